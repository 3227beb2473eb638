/* What the framework itself keeps: the assembly, one request's work, one transaction's batch. Only execute.c, request.c,
 * document.c, feed.c, due.c, check.c, token.c and screen.c look inside. */
#ifndef PALABRE_ASSEMBLY_WORK_H
#define PALABRE_ASSEMBLY_WORK_H

#include "assembly/concept.h"
#include "base/arena.h"

enum {
    WORK_EVENTS_MAX = 16384,           /* events of one command */
    WORK_ARENA_MAX = 48 * 1024 * 1024, /* bytes of copied payloads of one command */
    JSON_USUAL = 1000,                 /* most payloads and documents: room made at once */
    DOCUMENT_MAX = 16 * 1024 * 1024,   /* bytes of one document */
    PLACE_ENTRY_SIZE = 26,             /* topic[17] ‖ rev u64 ‖ gone u8 */
    TOPIC_KEY_SIZE = 17,
    DOCUMENT_KEY_SIZE = 17,
    PROJECTION = 10, /* raise it when apply functions change what they write */
};

struct emitted {
    uint8_t type;
    struct id poll;
    struct slice payload, note; /* in the arena */
    json_t *json;               /* owned; NULL for binary; once payload is written, what it says */
    bool judged;                /* by the handler */
};

struct later { /* a counts document to build at the end of the transaction */
    uint8_t kind;
    struct id id;
    uint64_t rev;
    json_t *(*make)(struct store_txn *txn, struct id id);
    struct topic topics[4];
    size_t topic_count;
};

enum { HELD_MAX = 64, HELD_TOPICS = 8 };
struct held { /* a document that change_hold() keeps until the end of the transaction */
    uint8_t kind;
    struct id id;
    uint64_t rev;
    json_t *document;    /* owned; "rev" is in it */
    struct buffer bytes; /* empty = not written since it last changed */
    struct topic topics[HELD_TOPICS];
    size_t topic_count;
};

struct batch {  /* one write transaction */
    bool quiet; /* replay: nobody is told */
    bool renew; /* words were erased: everything derived is made again at the end */
    struct topic_set changes;
    struct id *touched;
    size_t touched_count, touched_capacity;
    struct later *later;
    size_t later_count, later_capacity;
    struct held *held; /* HELD_MAX of them, once one was held */
    size_t held_count;
    struct gathered *gathered; /* words for the index (search_words.c) */
    size_t gathered_count, gathered_capacity;
};

struct work {                  /* one request, or one replay */
    struct assembly *assembly; /* NULL while replaying into a scratch store */
    struct store_txn *txn;
    struct batch *batch; /* NULL while reading */
    struct arena arena;
    struct emitted *events; /* arena; at most WORK_EVENTS_MAX */
    size_t event_count, event_capacity;
    struct id acting;   /* request_act_as */
    struct id actor;    /* the member who calls; none otherwise */
    struct hash digest; /* request_digest(), once computed */
    bool has_digest;
};

struct assembly {
    struct store *store;
    struct ledger *ledger;
    struct id org;
    void (*random)(void *into, size_t size);
    int64_t (*zone_offset)(uint64_t ms); /* NULL = local time is UTC */
    struct store_txn *txn;               /* the write transaction, NULL outside */
    uint64_t now_ms;                     /* its stamp */
    struct batch batch;
};

void batch_clear(struct batch *batch);
void batch_free(struct batch *batch);
/* The topic has changed: who watches it is told after the commit. */
void batch_note(struct batch *batch, struct topic topic, bool urgent);
/* The member's rights, sessions or access tokens changed. */
void batch_touch(struct batch *batch, struct id member);
/* Room for one event more; moves those there are. */
void work_make_room(struct work *work);
/* Writes what is held and gathered, builds the counts documents that were asked for: the transaction may be committed. */
void batch_finish(struct work *work);

/* One event that is in the ledger: record, answer table, documents. */
void event_apply(struct work *work, const struct event *event, const struct record_at *at);

/* Digest of a request: what makes two requests with one command id the same. Computed once, so no handler changes params. */
struct hash request_digest(const struct request *request);
/* The id under which answers of a caller are kept: the member's, none for operator and system. */
struct id answer_owner(const struct request *request);
/* This command was carried out: digest and position of its answer, 0 = it changed nothing. */
bool answer_find(struct store_txn *txn, struct id owner, struct id command, struct hash *digest,
                 uint64_t *seq);
/* A JSON event that carries a command id fills the answer table; an act stands before the event it speaks of. */
void answer_apply(struct change *change);
/* Remembers one that changed nothing, among the newest ANSWERS_KEPT_MAX of the folder (some 1 MiB). */
enum { ANSWERS_KEPT_MAX = 4096 };
void answer_keep(struct store_txn *txn, struct id owner, struct id command, struct hash digest);

/* What a folder has that is not in its record: the server's secret, projection, epoch of the feed. */
void folder_put_secrets(struct store_txn *txn);
/* Which apply functions wrote what is derived. */
uint32_t folder_projection(struct store_txn *txn);
/* Positions of the feed begin anew. */
void folder_new_feed(struct store_txn *txn, void (*random)(void *into, size_t size));
/* Sessions, links, tokens, uploads end, and the server's secret is drawn anew; secrets of lots stay. */
void folder_end_sessions(struct store_txn *txn);
/* Appends the event that begins an epoch and seals it, in an open transaction of the store. */
enum error epoch_begin(struct ledger *ledger, struct work *work, const struct epoch_start *start);
/* Replaces everything derived from the ledger in the transaction's own store. */
enum error assembly_rebuild(struct store *store, void (*random)(void *into, size_t size),
                            void (*progress)(void *context, uint64_t done, uint64_t total),
                            void *context);

/* The same within the open write transaction, and the file is to be rewritten (META "compact"). */
void assembly_derive(struct assembly *assembly);

/* Writes a document (its reference is taken) and its places; document.c. */
void document_store(struct change *change, uint8_t kind, struct id id, json_t *document,
                    uint64_t rev, const struct topic *topics, size_t count, bool urgent);

/* document_hold.c. NULL = this transaction does not hold it. Borrowed until something else is held or put. */
struct held *held_find(struct store_txn *txn, uint8_t kind, struct id id);
/* Its bytes as they would be stored. Borrowed until it changes. */
struct slice held_bytes(struct held *held);
void held_forget(struct batch *batch, struct held *held);
void held_forget_all(struct batch *batch);
void held_write(struct work *work, struct held *held);
/* Nothing is held afterwards. */
void held_write_all(struct work *work);

/* search_words.c: words that were gathered for the index become rows. */
void search_words_write(struct batch *batch, struct store_txn *txn);
void search_words_free(struct batch *batch);

void document_key(uint8_t kind, struct id id, uint8_t key[DOCUMENT_KEY_SIZE]);
void topic_key(struct topic topic, uint8_t key[TOPIC_KEY_SIZE]);
struct topic topic_from_key(struct slice key);

#endif
