/* palabre import --format palabre: an exported record becomes an organisation's folder again. */
#ifndef PALABRE_SERVER_COMMANDS_IMPORT_RECORD_H
#define PALABRE_SERVER_COMMANDS_IMPORT_RECORD_H

/* dir must not exist; key_file NULL = a new key is drawn. The exit code; says on stdout and stderr what was done. */
int import_record(const char *dir, const char *source, const char *key_file);

#endif
