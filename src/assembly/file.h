/* Files attached: what the handlers (file.c), the documents (file_apply.c) and the server share.
 * Included by src/assembly only; the server's side is in assembly.h. */
#ifndef PALABRE_ASSEMBLY_FILE_H
#define PALABRE_ASSEMBLY_FILE_H

#include "assembly/concept.h"
#include "assembly/parts.h"
#include "base/media.h"

enum {
    FILE_SWEEP_MARGIN_MS = 10000, /* longer than any transaction lasts */
    FILES_MAX = 20,
    FILE_NAME_MAX = 120 /* characters */,
    FILE_ALT_MAX = 500 /* characters */
};

/* What files are attached to. */
struct file_holder {
    const char *kind; /* word; NULL ends the table */
    uint8_t document;
    uint8_t number;
    uint8_t
        topic; /* the file stands in this topic of the thing; 0 = of a comment: where it stands */
    enum error unknown;
    /* Who may attach: ERROR_NONE, RIGHT_MISSING or the state's error. */
    enum error (*may_edit)(const struct request *request, const json_t *thing);
};
extern const struct file_holder file_holders[];
/* NULL = no such kind. */
const struct file_holder *file_holder_find(struct slice kind);

/* Key prefixes: of all files of a thing, of all files with these bytes. */
struct index_key file_of_prefix(uint8_t document, struct id thing);
struct index_key file_hash_prefix(const struct hash *sha256);
/* The 64 hexadecimal digits of documents and events; false = it is not that. */
bool file_hash_read(struct slice text, struct hash *hash);

/* Bytes that somebody sent and that are not attached yet, or have just been taken off. */
struct file_upload {
    uint64_t until_ms; /* may be attached up to here */
    uint32_t size;
    struct media media;
};
struct file_upload file_upload_decode(struct slice row);
bool file_upload_read(struct store_txn *txn, const struct hash *hash, struct id member,
                      struct file_upload *upload);
void file_upload_write(struct store_txn *txn, const struct hash *hash, struct id member,
                       const struct file_upload *upload);

void file_apply(struct change *change);
/* Files of a comment that is removed are hidden, restored they are there again; taken back, they go. */
void file_apply_comment(struct change *change);

/* What the member sent and attached nowhere is no longer known, so its bytes are swept. */
void file_forget_uploads(struct store_txn *txn, struct id member);

#endif
