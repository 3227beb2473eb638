/* What a backup says of itself. */
#ifndef PALABRE_SERVER_COMMANDS_BACKUP_MANIFEST_H
#define PALABRE_SERVER_COMMANDS_BACKUP_MANIFEST_H

#include "base/buffer.h"
#include "base/id.h"
#include "base/tar.h"

enum { BACKUP_FORMAT = 1, BACKUP_MANIFEST_MAX = 64 << 20 };

struct backup_part {
    char name[TAR_NAME_MAX + 1]; /* data.mdb, ledger.key, origin, palabre.conf or files/<hash> */
    uint64_t size;               /* bytes */
    struct hash sha256;
};
struct backup_manifest {
    uint64_t made_ms, last_ms; /* when it was made; time of the last event */
    struct id org;
    uint64_t events;
    struct hash root; /* of their tree */
    struct buffer checkpoint;
    struct backup_part *parts; /* data.mdb, then by name */
    size_t count, capacity;
    struct hash *missing; /* files that the record names and whose bytes were not there */
    size_t missing_count;
};

void backup_manifest_init(struct backup_manifest *manifest);
void backup_manifest_free(struct backup_manifest *manifest);
void backup_manifest_add(struct backup_manifest *manifest, const struct backup_part *part);
void backup_manifest_miss(struct backup_manifest *manifest, const struct hash *sha256);
/* Bytes of all parts. */
uint64_t backup_manifest_bytes(const struct backup_manifest *manifest);
/* "files/<hash>" */
void backup_file_name(const struct hash *sha256, char name[TAR_NAME_MAX + 1]);
void backup_manifest_write(const struct backup_manifest *manifest, struct buffer *out);
/* Into a manifest that was just made; NULL, or what is wrong (static). The caller frees the manifest either way. */
const char *backup_manifest_read(struct slice text, struct backup_manifest *manifest);

#endif
