/* What export and restoring share: the six files of an exported record, and the bytes of files beside it. */
#ifndef PALABRE_SERVER_COMMANDS_RECORD_FOLDER_H
#define PALABRE_SERVER_COMMANDS_RECORD_FOLDER_H

#include <stdint.h>

#include "base/id.h"
#include "base/slice.h"

enum { RECORD_PATH_SIZE = 4096, RECORD_MESSAGE_SIZE = 5120 };

/* The five files that `manifest` lists, ascending; NULL ends. */
extern const char *const record_files[];

/* "FOLDER/NAME"; false = too long. */
bool record_path(const char *folder, const char *name, char path[RECORD_PATH_SIZE]);
/* "FOLDER.files/<hash>"; hash NULL = that folder itself. A slash at the end of FOLDER is looked over. */
bool record_bytes_path(const char *folder, const struct hash *sha256, char path[RECORD_PATH_SIZE]);
/* SHA-256 of a file; false = it cannot be read. */
bool record_hash(const char *path, struct hash *hash);
/* A new file with these bytes, synced; false = it cannot be written (or is there). */
bool record_write(const char *path, struct slice bytes);
/* The whole of a small file (at most max bytes) into a new allocation; NULL = it cannot be read or is larger. */
uint8_t *record_read(const char *path, size_t max, size_t *size);
/* Copies from `from` to the new file `to`, synced; false = it cannot, or the bytes have another hash. */
bool record_copy(const char *from, const char *to, const struct hash *expected);
/* Removes a folder with all that is in it. */
void record_remove(const char *folder);

#endif
