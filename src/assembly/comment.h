/* Comments: what the files of this concept share (comment.c, comment_apply.c, comment_kind.c, mention.c) and what
 * moderation (report.c) needs of them. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_COMMENT_H
#define PALABRE_ASSEMBLY_COMMENT_H

#include "assembly/concept.h"
#include "assembly/parts.h"

enum {
    COMMENT_MAX = 8000, /* bytes of one comment */
    COMMENT_EDITS = 20, /* earlier wordings that are kept for reading */
    MENTIONS_MAX = 20,  /* people and groups named in one text */
    COMMENT_UNSEEN_MINUTES =
        10, /* so long a comment that nobody answered can be taken back as if never sent */
};

/* ---- on what people comment (comment_kind.c) ---- */

/* One kind of thing with a discussion of its own: one line of the table. */
struct comment_kind {
    const char *word; /* as in the protocol: "proposal" */
    uint8_t document, topic, number;
    enum error unknown; /* what a comment on nothing is refused with */
    /* More than being a member; NULL = every member writes. */
    bool (*may_write)(const struct request *request, struct id thing);
    /* One comment more (1) or fewer (-1): where it is counted; NULL = nowhere. */
    void (*counted)(struct change *change, struct id thing, int by);
};
extern const struct comment_kind comment_kinds[]; /* word NULL ends */
extern const char *const comment_kind_words[];    /* the same words, NULL-terminated */
/* NULL = no such word. */
const struct comment_kind *comment_kind_find(struct slice word);
/* On whose page people read the comments on a thing: its own, or for an objection that of its vote. */
void comment_page(struct store_txn *txn, struct slice *word, struct id *thing);
/* The topic in which the comment of this document or event stands. */
struct topic comment_topic(const json_t *comment);

/* ---- documents (comment_apply.c) ---- */

extern const struct document_shape comment_documents[];
extern const struct field comment_source_fields[];
extern const char *const comment_reaction_words[];
void comment_apply(struct change *change);
/* Somebody answered this comment (answers that were taken back do not count). */
bool comment_is_answered(struct store_txn *txn, struct id comment);

/* ---- telling people (comment_notify.c): after the documents of the event were put ---- */

void comment_notify_posted(struct change *change, struct id id);
void comment_notify_edited(struct change *change, struct id id);
/* The author hears of what another did with the comment. */
void comment_notify_author(struct change *change, struct id id, const char *what);

/* ---- mentions (mention.c) ---- */

/* A person or group named in a text as @[Name](member:UUID) or @[Name](group:UUID). */
struct mention {
    uint8_t kind; /* DOCUMENT_MEMBER, or that of groups */
    struct id id;
};
/* The distinct mentions of a text in order. At most `max` are filled in; the answer counts all. */
size_t mention_parse(struct slice text, struct mention *found, size_t max);
/* [{"kind","id","name"}] of those in the text who are there to read it. New reference. */
json_t *mention_people(struct change *change, struct slice text);
/* The text of a document with mentions with "@Name" for each mark, as people read it: appended to out, no longer than the
 * text. Borrowed from out. */
struct slice mention_plain(struct slice text, struct buffer *out);
/* Active and paused members with a word of their name for each word of the text that begins like it: [{"kind","id","name"}],
 * at most 8. New reference. */
json_t *mention_members(struct request *request, struct slice text);
extern const struct field mention_fields[];

#endif
