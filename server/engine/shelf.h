/* The bytes of files attached: DIR/files, one file each, named by its SHA-256.
 *
 * The net loop begins an upload and writes into it; a thread of the shelf's own checks, hashes, syncs and names what has
 * come, so that the loop never waits for a disk. Finished uploads come back through shelf_take, like batches of the writer. */
#ifndef PALABRE_SERVER_ENGINE_SHELF_H
#define PALABRE_SERVER_ENGINE_SHELF_H

#include "assembly/assembly.h"
#include "base/media.h"

enum { SHELF_PATH_SIZE = 4096, SHELF_UPLOADS_MAX = 32 };

struct shelf;
/* One file on its way. The beginner's until shelf_finish, and again when it comes back. */
struct upload {
    struct upload *next; /* of the queue that holds it */
    struct upload *open_next, *open_previous;
    struct id member;
    uint64_t expected, received; /* bytes */
    enum error error;            /* the first thing that went wrong; sticky */
    struct hash sha256;          /* once finished without error */
    struct media media;
    void *owner; /* the beginner's; NULL = nobody waits for it any more */
    int file;    /* open part file */
    uint64_t number;
    bool named; /* its bytes stand under sha256 */
};

struct shelf_options {
    const char *dir;     /* the organisation's folder */
    uint64_t max_bytes;  /* of all files together; under the shelf's lock once it is open */
    struct store *store; /* read only, to know what is still held */
    uint64_t (*now_ms)(void);
    void (*wake)(void *context); /* called by the shelf's thread when an upload is finished */
    void *wake_context;
};

/* Makes DIR/files, throws away what a crash left half, sweeps, then starts the thread. NULL = it cannot; message (256
 * bytes) says why. The caller closes. */
struct shelf *shelf_open(const struct shelf_options *options, char *message);
/* Another maximum for all files together; what is there stays. */
void shelf_resize(struct shelf *shelf, uint64_t max_bytes);
/* Uploads that were begun must have been released or finished. */
void shelf_close(struct shelf *shelf);

/* NULL = refused: FILE_EMPTY, FILE_TOO_BIG, FILE_BUSY (SHELF_UPLOADS_MAX at once), FILE_FULL (no room for so many bytes),
 * STORAGE_FULL, STORAGE_FAILED. */
struct upload *shelf_begin(struct shelf *shelf, uint64_t expected, enum error *error);
/* Appends to the part file (page cache only). After an error it does nothing. */
void shelf_write(struct upload *upload, struct slice bytes);
/* All bytes are there: gives it to the thread. */
void shelf_finish(struct shelf *shelf, struct upload *upload);
/* Finished uploads in order, NULL = none; each is to be released. */
struct upload *shelf_take(struct shelf *shelf);
/* Frees it; a part file goes. Until then its bytes are not swept. */
void shelf_release(struct shelf *shelf, struct upload *upload);
/* Something was taken off: sweeps as soon as undoing is over. Any thread. */
void shelf_sweep_soon(struct shelf *shelf);
/* Something was erased: sweeps at once. Any thread. */
void shelf_sweep_now(struct shelf *shelf);
/* Where the bytes with this hash lie, whether or not they do. */
void shelf_path(const struct shelf *shelf, const struct hash *sha256, char path[SHELF_PATH_SIZE]);
/* Bytes that count against the maximum, each file as at least 4 KiB. Any thread. */
uint64_t shelf_used(struct shelf *shelf);

#endif
