/* What a concept is made of, and the tools its handlers and apply functions use. Included by src/assembly only.
 *
 * A concept file (proposal.c …) exports one `const struct concept`; registry.c lists them. Permission, rate class, read or
 * write, parameters and documents are data in these tables; handlers hold only the rule itself.
 *
 *   handle (write): reads, checks everything, then emits events (and, last of all, writes TABLE_SECRET rows if it must).
 *                   It never touches documents. Returning an error leaves no trace.
 *   apply:          turns one event into documents, for live commands, replay and rebuild alike. It sees only the event
 *                   and the store; no request, no clock. It must accept an erased payload (json NULL, payload empty). */
#ifndef PALABRE_ASSEMBLY_CONCEPT_H
#define PALABRE_ASSEMBLY_CONCEPT_H

#include "assembly/assembly.h"
#include "assembly/kinds.h"
#include "ledger/record.h"

/* ---- Shapes: parameters of commands, results, documents. Checked, published as OpenRPC, generated as TypeScript. ---- */

enum field_type {
    FIELD_ID,  /* UUID text of a thing the caller names */
    FIELD_REF, /* an existing thing: UUID or number; `number` says of which kind (NUMBER_…); handlers use request_ref() */
    FIELD_LINE,     /* one line of clean text, 1 … max characters */
    FIELD_TEXT,     /* clean text of several lines, 0 … max bytes */
    FIELD_INTEGER,  /* min … max */
    FIELD_TIME,     /* Unix ms, 0 … 2^53 − 1 */
    FIELD_FLAG,     /* true or false */
    FIELD_WORD,     /* one of words[] */
    FIELD_LANGUAGE, /* BCP 47: 2–35 of [a-z0-9-] */
    FIELD_BYTES,    /* base64url; min … max decoded bytes */
    FIELD_LABELS, /* object: language → one line, 1 … max characters each; at least one unless optional */
    FIELD_TEXTS,  /* object: language → text, ≤ max bytes each */
    FIELD_OBJECT, /* fields[] */
    FIELD_LIST,   /* of `item`, min … max items */
    FIELD_MAP,    /* object: any key (1–64 characters) → item */
    FIELD_BY,     /* who acted: {"id","name"}, "system" or "operator" */
    FIELD_ANY,    /* JSON not looked into (documents and results only) */
};
struct field {
    const char *name; /* NULL ends a table */
    enum field_type type;
    bool optional;
    bool nullable;
    int64_t min, max;
    const char *const *words;   /* FIELD_WORD; NULL-terminated */
    const struct field *fields; /* FIELD_OBJECT; ends with name NULL */
    const struct field *item;   /* FIELD_LIST, FIELD_MAP: one field, its name is ignored */
    uint8_t number;             /* FIELD_REF */
    uint8_t document;           /* FIELD_ANY: a document of this kind; 0 = anything */
    const char *summary;        /* one English line for the OpenRPC document */
};

/* ---- Commands ---- */

enum who {
    WHO_NOBODY_NEEDED = 1, /* callable without a session */
    WHO_MEMBER = 2,        /* active or dormant, not an observer */
    WHO_OBSERVER = 4,
    WHO_AUDITOR = 8,
    WHO_FACILITATOR = 16,
    WHO_SECRETARY = 32,
    WHO_ADMIN = 64,
    WHO_OPERATOR = 128,
    WHO_SYSTEM = 256,
    WHO_SCREEN = 512, /* a projector: of its own meeting's topic alone */
    WHO_READERS = WHO_MEMBER | WHO_OBSERVER | WHO_AUDITOR | WHO_FACILITATOR | WHO_SECRETARY |
                  WHO_ADMIN | WHO_OPERATOR,
};
enum command_flag {
    COMMAND_READ = 0,
    COMMAND_WRITE = 1, /* takes `command`, a UUID (added to the parameters by the table walker) */
    COMMAND_SELF_KEYED = 2, /* a write without `command`: its signed bytes are its key */
    COMMAND_BALLOT = 4,
    COMMAND_FREE = 8,      /* outside the rate limit */
    COMMAND_SESSION = 16,  /* only over /rpc */
    COMMAND_PERSONAL = 64, /* of personal documents: counted apart from other commands */
    COMMAND_VOTING = 256,  /* what a vote needs beside the ballot: counted with ballots */
    COMMAND_CREATES = 32,  /* the answer is {id, seq, number?}: `creates` names the document kind */
    COMMAND_OWN_REPEATS = 2048, /* makes secrets beside the record: its handler knows its repeats */
    COMMAND_NO_TOKEN = 1024,    /* by a session alone: never with an access token */
    COMMAND_DAILY = 512,        /* a member makes only so many in a day */
    COMMAND_FREES_FILES =
        128, /* bytes of files may become useless: the shelf is swept afterwards */
};
struct command {
    const char *method;
    unsigned who;               /* enum who bits */
    unsigned flags;             /* enum command_flag bits */
    const struct field *params; /* without `command` */
    const struct field
        *result; /* fields of the answer beside those of COMMAND_CREATES / {seq}; NULL = none */
    enum error (*handle)(struct request *request);
    uint8_t creates; /* enum document_code for COMMAND_CREATES */
    /* Adds to the answer of a write, live or repeated (request->result holds {seq…}). May be NULL. Must depend only on
     * params and store, so that a repeated command answers the same. */
    void (*answer)(struct request *request);
    const char *summary; /* one English line */
    const char *example; /* JSON of the params, or NULL; "$id", "$command" etc. are not expanded */
    const enum error *
        errors; /* refusals of its own, ERROR_NONE-terminated; NULL = none beyond the common ones */
};

/* ---- Concepts ---- */

struct change;
struct applies {
    uint8_t event; /* type; 0 ends the table */
    void (*apply)(struct change *change);
};
struct document_shape {
    uint8_t code; /* enum document_code; 0 ends the table */
    const char *name;
    const struct field *fields; /* beside kind, id, rev */
};
struct topic_shape {
    uint8_t code; /* enum topic_code; 0 ends the table */
    const char *name;
    bool has_id;
    uint8_t number;   /* NUMBER_… that the id may be given as */
    unsigned readers; /* enum who bits */
    /* More than the bits: e.g. only the roll's members. NULL = no more. */
    bool (*may_read)(struct store_txn *txn, struct id id, const struct caller *caller);
    bool
        windowed; /* a full answer holds the newest 200 documents only; older ones by the list method */
};
struct concept {
    const char *name;
    const struct command *commands; /* method NULL ends */
    const struct applies *applies;
    const struct document_shape *documents;
    const struct topic_shape *topics;
    void (*every)(struct change * change); /* sees each event after the others; NULL = none */
};
/* registry.c */
extern const struct concept *const concept_registry[]; /* NULL-terminated */

/* ---- Handling: tools on a request ---- */

/* The transaction of the request; NULL never. */
struct store_txn *request_txn(const struct request *request);
struct assembly *request_assembly(const struct request *request);
struct id request_org(const struct request *request);
/* Random bytes of the request's source. */
void request_random(struct request *request, void *into, size_t size);
/* The parameter's value: a FIELD_ID. */
struct id request_id(const struct request *request, const char *name);
/* A FIELD_REF resolved through its number or taken as UUID; none when the parameter is absent or nothing has that number. */
struct id request_ref(const struct request *request, const char *name, uint8_t number_kind);
/* Text forms of the same, for refs inside objects. */
struct id reference_find(struct store_txn *txn, struct slice text, uint8_t number_kind);
struct slice request_text(const struct request *request, const char *name);
/* The caller has one of these who bits (roles looked up in the record of this transaction). */
bool request_is(const struct request *request, unsigned who);
/* The same for any caller. */
unsigned caller_who(struct store_txn *txn, const struct caller *caller);
/* {"id","name"} of a member as documents show authors; name as of now. New reference. */
json_t *person_of(struct store_txn *txn, struct id member);
/* "by" of events and history: the member's id text, "operator" or "system". New reference. */
json_t *request_by(const struct request *request);
/* Marks the parameter at fault and returns error: `return request_fault(request, "closes", ERROR_POLL_BAD_TIME);` */
enum error request_fault(struct request *request, const char *field, enum error error);

/* The command is recorded as done by this member (session.join: the caller has no session yet). */
void request_act_as(struct request *request, struct id member);

/* Emits an event; payload and note are copied; salts are drawn by the framework. Events are appended after the handler
 * returns, in this order. The framework puts an `act` event before the first binary event of a write command (except
 * COMMAND_SELF_KEYED) and adds "command", "by", "digest" to the first JSON event. */
void request_emit(struct request *request, uint8_t type, struct id poll, struct slice payload,
                  struct slice note);
/* The same for the first event of a command that is its own key, when the handler has judged it itself (record_judge at
 * ledger_next): it is not judged again. */
void request_emit_judged(struct request *request, const struct event *event);
/* payload's reference is taken. "by" is added when absent. */
void request_emit_json(struct request *request, uint8_t type, json_t *payload);
/* The number the next thing of this kind gets (counting those already emitted in this request when told through taken). */
uint32_t number_next(struct store_txn *txn, uint8_t number_kind);

/* A document's JSON, parsed: new reference or NULL. Never change it in a handler. */
json_t *document_load(struct store_txn *txn, uint8_t kind, struct id id);
/* The stored bytes; false = none. Borrowed. */
bool document_bytes(struct store_txn *txn, uint8_t kind, struct id id, struct slice *bytes);
bool document_exists(struct store_txn *txn, uint8_t kind, struct id id);
/* The caller may read one of the topics in which it stands. */
bool document_is_readable(struct store_txn *txn, uint8_t kind, struct id id,
                          const struct caller *caller);
bool topic_is_readable(struct store_txn *txn, struct topic topic, const struct caller *caller);
/* The same for whoever asks it of many topics: who = caller_who(). */
bool topic_is_readable_by(struct store_txn *txn, struct topic topic, const struct caller *caller,
                          unsigned who);
/* Sets request->result = {"doc": document} or returns unknown. */
enum error request_answer_document(struct request *request, uint8_t kind, struct id id,
                                   enum error unknown);
/* Lists {items, next}: documents whose keys stand in TABLE_INDEX under prefix, in key order after the cursor `after`
 * (base64url of the key's tail), at most limit (1–200, default 50) that keep() accepts (NULL = all). The index value is the
 * document's id. scan_max bounds the entries looked at (then `next` goes on from there). */
enum error request_answer_list(struct request *request, struct slice prefix, uint8_t kind,
                               bool (*keep)(const struct request *request, const json_t *document),
                               size_t scan_max);
/* The same, looking at so many bytes of documents at most: a document costs by its size. */
enum error request_answer_list_within(struct request *request, struct slice prefix, uint8_t kind,
                                      bool (*keep)(const struct request *request,
                                                   const json_t *document),
                                      size_t scan_max, size_t bytes_max);

/* ---- Applying: tools on a change ---- */

struct change {
    struct assembly *assembly; /* NULL while replaying into a scratch store */
    struct store_txn *txn;
    uint64_t seq, time_ms;
    uint8_t type;
    struct id poll;
    struct slice payload; /* binary types; size 0 = erased */
    const json_t *json;   /* JSON types; NULL = erased */
    struct work *work;    /* the framework's */
};
/* Parsed copy of a document to change and put back; NULL = none. New reference. */
json_t *change_load(struct change *change, uint8_t kind, struct id id);
/* Stores the document (its reference is taken) with "rev" = seq, in exactly these topics. For a new document pass the
 * object made by document_new(). */
void change_put(struct change *change, uint8_t kind, struct id id, json_t *document,
                const struct topic *topics, size_t count);
/* The same for a document that many events of a transaction change: written once, at its end; whoever reads it before, by
 * document_load() and the like, finds it changed. change_take() is change_load() for these: the parsed document itself where
 * it is held. New reference; whatever is changed in it stays, so it goes back by change_hold(). */
json_t *change_take(struct change *change, uint8_t kind, struct id id);
void change_hold(struct change *change, uint8_t kind, struct id id, json_t *document,
                 const struct topic *topics, size_t count);
/* Changed again in the topics it already stands in. */
void change_put_again(struct change *change, uint8_t kind, struct id id, json_t *document);
/* The same, but those who watch these topics are not sent it: smaller documents, put beside it, tell them what changed. Who
 * reads a topic from its beginning, or the document, gets it as it is now. */
void change_put_untold(struct change *change, uint8_t kind, struct id id, json_t *document);
/* Counts documents (turnout): built once at the end of the transaction by make(), whose rev is the last seq it was asked
 * with. Not urgent for the feed. */
void change_put_later(struct change *change, uint8_t kind, struct id id,
                      json_t *(*make)(struct store_txn *txn, struct id id),
                      const struct topic *topics, size_t count);
/* {"kind","id","rev":0}: first keys of every document. */
json_t *document_new(uint8_t kind, struct id id);
/* A number given in an event becomes findable; raises the counter of its kind. */
void change_number(struct change *change, uint8_t number_kind, struct slice text, struct id id);
/* TABLE_INDEX rows. */
void change_index(struct change *change, struct slice key, struct id id);
void change_unindex(struct change *change, struct slice key);
/* Dates that act: `method` is executed by the system with {"id": id} at at_ms. One row per (method, id): setting it again
 * moves it; at_ms 0 removes it. */
void change_due(struct change *change, const char *method, struct id id, uint64_t at_ms);
/* The member's rights changed: subscriptions are looked at again. */
void change_touched(struct change *change, struct id member);
/* {"id","name"} as known at this point of the record. */
json_t *change_person(struct change *change, struct id member);

struct topic topic_of(uint8_t kind, struct id id);
struct topic topic_plain(uint8_t kind);

#endif
