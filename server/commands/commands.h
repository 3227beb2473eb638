/* The subcommands: one file each. Every one answers --help, and ends with 0 done, 1 refused or wrong, 2 wrong usage or
 * unreadable input; tally says more with its codes. */
#ifndef PALABRE_SERVER_COMMANDS_COMMANDS_H
#define PALABRE_SERVER_COMMANDS_COMMANDS_H

/* argv[0] is the name of the subcommand. They answer the exit code of the program. */
int command_init(int argc, char **argv);
int command_serve(int argc, char **argv);
int command_invite(int argc, char **argv);
int command_demo(int argc, char **argv);
int command_import(int argc, char **argv);
int command_check(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_restore(int argc, char **argv);
int command_erase(int argc, char **argv);
int command_minutes(int argc, char **argv);
int command_export(int argc, char **argv);
int command_tally(int argc, char **argv);
int command_openrpc(int argc, char **argv);

#endif
