/* What an import brings in, whatever the format: people, proposals, comments, checked whole before the first of them is
 * sent. */
#ifndef PALABRE_SERVER_COMMANDS_IMPORT_SOURCE_H
#define PALABRE_SERVER_COMMANDS_IMPORT_SOURCE_H

#include "base/error.h"
#include "base/slice.h"

struct csv_table;

enum {
    IMPORT_MESSAGE_SIZE = 512,  /* bytes of an English sentence, with the NUL */
    IMPORT_NONE = 0x7FFFFFFF,   /* index of nothing */
    IMPORT_TITLE_MAX = 160,     /* characters */
    IMPORT_NEED_MAX = 1000,     /* characters */
    IMPORT_TEXT_MAX = 40000,    /* bytes */
    IMPORT_COMMENT_MAX = 8000,  /* bytes */
    IMPORT_FILE_MAX = 256 << 20 /* bytes */
};

/* Slices are borrowed from the source that holds them. */
struct import_proposal {
    struct slice id, url, code, title, need, text, author;
    uint64_t at_ms, supports, comments; /* figures of the source */
};
struct import_comment {
    struct slice id, author, text; /* text "" = removed at the source */
    bool orphan;                   /* it answers one that is not in the source */
    size_t proposal;               /* index */
    size_t parent, reply_to;       /* indexes; IMPORT_NONE = on the proposal itself */
    uint64_t at_ms, votes, up, down;
};
struct import_source {
    const char *format, *language; /* static */
    struct slice *people;          /* ids at the source */
    struct import_proposal *proposals;
    struct import_comment *comments; /* an answered one before its answers */
    size_t person_count, proposal_count, comment_count;
    size_t commenting, orphans, empty; /* people who commented; comments */
    struct csv_table *tables[3];       /* what the slices borrow from */
};

/* The three tables of Decide Madrid's public export. IMPORT_UNREADABLE with a message "FILE:LINE:COLUMN: expected …" (or
 * about the file alone). The caller frees. */
enum error import_read_madrid(const char *folder, struct import_source **source,
                              char message[IMPORT_MESSAGE_SIZE]);
void import_source_free(struct import_source *source);

#endif
