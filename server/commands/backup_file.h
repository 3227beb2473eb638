/* A backup: one file that holds a folder as it was at one moment. The layout is in backup_file.c and docs/backup.md. */
#ifndef PALABRE_SERVER_COMMANDS_BACKUP_FILE_H
#define PALABRE_SERVER_COMMANDS_BACKUP_FILE_H

#include "server/commands/backup_manifest.h"
#include "server/commands/record_folder.h"
#include "store/store.h"

enum { BACKUP_MESSAGE_SIZE = 5120 }; /* bytes of the English sentence on failure */
typedef void (*backup_progress)(void *context, uint64_t done, uint64_t total);

/* Writes manifest and parts, read from FOLDER (data.mdb from STORE_FOLDER), into the open file. What is written is given to
 * the disk as it comes, never much at once. message says what went wrong. */
bool backup_pack(int file, const char *folder, const char *store_folder,
                 const struct backup_manifest *manifest, backup_progress progress, void *context,
                 char message[BACKUP_MESSAGE_SIZE]);
/* Unpacks into the new folder INTO, everything checked against the manifest and synced. Refuses what is not exactly a backup:
 * another or a newer format, other names, another hash, an end that is missing or something behind it. message says what;
 * INTO is then to be thrown away. The caller frees the manifest either way. */
bool backup_unpack(const char *path, const char *into, struct backup_manifest *manifest,
                   backup_progress progress, void *context, char message[BACKUP_MESSAGE_SIZE]);
/* Fills in events, root, last_ms, org and checkpoint as the store has them; false = the newest seal is not one over all
 * events by the key that the record names. */
bool backup_describe(struct store_txn *txn, struct backup_manifest *manifest);
/* Does the store hold what the manifest says, under a good seal? */
bool backup_agrees(struct store_txn *txn, const struct backup_manifest *manifest);

#endif
