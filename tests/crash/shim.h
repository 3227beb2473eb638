/* What the shim writes, for who replays it. */
#ifndef PALABRE_TESTS_SHIM_H
#define PALABRE_TESTS_SHIM_H

#include <stdbool.h>
#include <stdint.h>

enum record_kind {
    RECORD_START,        /* another program begins */
    RECORD_CREATE,       /* an empty file */
    RECORD_FOLDER,       /* an empty folder */
    RECORD_WRITE,        /* data at offset; where it is in the file before a sync: nobody knows */
    RECORD_WRITE_SYNCED, /* the same, synced when the call returned (O_DSYNC) */
    RECORD_SYNC,         /* fsync or fdatasync of a file or a folder returned */
    RECORD_TRUNCATE,     /* to offset bytes */
    RECORD_RENAME,       /* data: the new path */
    RECORD_UNLINK,
    RECORD_SENT, /* data went to a peer; offset: the socket */
};

/* Each is followed by its path below the folder and its data. In the machine's byte order. */
struct record_entry {
    uint32_t kind, path_size;
    uint64_t offset, size;
};

#endif
