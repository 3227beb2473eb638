/* The assembly as the server sees it: commands go in, events are appended, documents come out.
 *
 * No socket, clock, thread or randomness of its own: time and random bytes come with the request, and every call names
 * the transaction it works in. One `struct assembly` per folder. Calls that take a write transaction belong to the
 * writer thread; calls that take a read transaction may come from any thread. */
#ifndef PALABRE_ASSEMBLY_ASSEMBLY_H
#define PALABRE_ASSEMBLY_ASSEMBLY_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/json.h"
#include "crypto/crypto.h"
#include "ledger/ledger.h"
#include "store/store.h"

struct assembly;
struct command;

enum caller_kind {
    CALLER_NOBODY,   /* no session */
    CALLER_MEMBER,   /* a session of a member */
    CALLER_OPERATOR, /* whoever opens DIR/control, and the program's own commands on a folder */
    CALLER_SYSTEM,   /* due dates */
    CALLER_SCREEN,   /* a projector, by the code of its meeting */
};
struct caller {
    enum caller_kind kind;
    struct id member;    /* of a CALLER_MEMBER */
    struct id meeting;   /* of a CALLER_SCREEN */
    struct hash session; /* of both: hash of the session token, or access token */
    uint8_t scopes;      /* of an access token: enum token_scope bits; 0 = a session, all of it */
    uint64_t ends_ms;    /* when an access token ends, Unix ms; 0 = the session is asked */
    uint64_t used_ms;    /* when the store last heard that session or token are used, Unix ms */
};

/* Whose sessions these are: the member's, the meeting's of a screen; none else. */
struct id caller_account(const struct caller *caller);

/* One request: filled by the server, worked on by one thread at a time. */
struct request {
    const struct command *command;
    json_t *params; /* object; the caller's reference */
    struct caller caller;
    uint64_t now_ms;            /* Unix ms; the writer's stamp for writes */
    unsigned year;              /* local year of now_ms, for numbers of decisions */
    bool ballot_signature_good; /* a worker verified it (advice that the writer may trust) */

    /* Answers. */
    uint64_t seq;   /* of the first event of a write that is not an act */
    json_t *result; /* new reference on success; of a write: after assembly_complete */
    struct buffer *
        written; /* the caller's: a read may write its result here and make none; NULL = it may not */
    const char *field;   /* static or inside params: the parameter at fault, or NULL */
    bool opens_session;  /* session.join: session_token holds the bytes for the cookie */
    bool closes_session; /* session.leave */
    uint8_t session_token[32];
    uint64_t session_max_age_s;

    struct work *work; /* the assembly's own, while it executes */
    bool shape_checked;
};
/* Drops the result; params stay the caller's. */
void request_clear(struct request *request);

/* Making a folder's assembly: genesis, organisation event, server secret. Within a write transaction that the caller
 * commits. origin = "<log name>/1". */
struct assembly_founding {
    struct id org;
    struct slice name, legal_form, time_zone, log_name; /* legal_form "" = de-facto */
    const json_t *languages;                            /* array of codes, at least one */
    const json_t *names;   /* {fr,nl,en} or NULL: name in several languages */
    const json_t *classes; /* [{id,key,label{},votes}] or NULL: one class `members` that votes */
    bool demo;
    uint64_t now_ms;
};
/* One of sc asbl aisbl de-facto scop scic loi1901 other (03, Organisation). */
bool organisation_is_legal_form(struct slice text);
enum error assembly_found(struct store_txn *txn, const struct assembly_founding *founding,
                          const struct key_pair *key);

/* key NULL = reading and checking only. Rebuilds documents when the projection number of the folder is older
 * (progress may be NULL). The caller closes; store must outlive it. */
enum error assembly_open(struct store *store, const struct key_pair *key,
                         void (*progress)(void *context, uint64_t done, uint64_t total),
                         void *context, struct assembly **assembly);
void assembly_close(struct assembly *assembly);
struct ledger *assembly_ledger(struct assembly *assembly);
/* What local time is ahead of UTC at a Unix time, in ms; until it is set, local time is UTC. For dates that handlers compute
 * (the next meeting of a series); what they compute is recorded. */
void assembly_set_zone(struct assembly *assembly, int64_t (*offset)(uint64_t ms));

/* The command table. NULL = METHOD_UNKNOWN. Static. */
const struct command *command_find(struct slice method);
bool command_is_write(const struct command *command);
/* Needs a ballot signature check by a worker before the writer. */
bool command_is_ballot(const struct command *command);
/* Outside the rate limit (session.ping). */
bool command_is_free(const struct command *command);
/* Presence, devices, definitions, proofs: counted with ballots, so that nothing else a person does keeps them from voting. */
bool command_is_voting(const struct command *command);
/* Drafts, read marks: saved by the client on its own, counted apart from what a person does. */
bool command_is_personal(const struct command *command);
/* session.join, session.leave: only over /rpc. */
bool command_is_session(const struct command *command);
/* A member makes only so many in a day. */
bool command_is_daily(const struct command *command);
/* Not for plain members: an act of office. */
bool command_is_office(const struct command *command);
/* Static. */
const char *command_method(const struct command *command);
bool command_allows(const struct command *command, enum caller_kind kind);

/* Shape of the parameters, from the table: INPUT_UNKNOWN_FIELD, INPUT_MISSING_FIELD, INPUT_BAD_VALUE, INPUT_TOO_BIG with
 * request->field. No store needed; any thread. params must not be NULL. */
enum error assembly_check_shape(struct request *request);
/* A read, in its own read transaction: rights, then the handler. */
enum error assembly_read(struct assembly *assembly, struct store_txn *txn, struct request *request);

/* Writing (writer thread): begin → execute… → finish → commit → committed, or abort → aborted.
 * A refused command has written nothing. now_ms is raised to the last leaf's time. */
void assembly_begin(struct assembly *assembly, struct store_txn *txn, uint64_t now_ms);
enum error assembly_execute(struct assembly *assembly, struct request *request);
/* The earliest date that acts: false = none. A due command is executed with assembly_execute_due at ≥ at_ms, before
 * anything else that its date could touch. */
bool assembly_next_due(struct store_txn *txn, uint64_t *at_ms);
/* Executes the earliest due command if its date is ≤ now; false = nothing was due. *failed receives its refusal (the date
 * is then dropped). */
bool assembly_execute_due(struct assembly *assembly, uint64_t now_ms, unsigned year,
                          enum error *failed);
/* Writes counts documents, seals the ledger. changes: see below. */
void assembly_finish(struct assembly *assembly);
/* After finish, while the transaction is open: builds request->result (receipts cover the new checkpoint). Called for
 * every executed request that answered without error. */
void assembly_complete(struct assembly *assembly, struct request *request);
void assembly_committed(struct assembly *assembly);
void assembly_aborted(struct assembly *assembly);

/* A topic that clients watch: kind and id. A value. */
struct topic {
    uint8_t kind;
    struct id id; /* none for topics without one */
};
bool topic_equal(struct topic a, struct topic b);
/* Topics changed by the current transaction, valid from assembly_finish to the next begin. `urgent` false = only counts
 * documents (turnout) changed: may be pushed later, at most 4 times a second. */
struct topic_change {
    struct topic topic;
    bool urgent;
};
/* Changed topics, each once, in the order of their first change (topic_set.c): adding one costs the same however many
 * there are. Zeroes are an empty set. */
struct topic_set {
    struct topic_change *items; /* owned */
    size_t count, capacity;
    size_t *slots; /* owned: index + 1 into items, by hash; 0 = free */
    size_t slot_count;
};
/* Adds a topic, or makes it urgent. */
void topic_set_add(struct topic_set *set, struct topic_change change);
/* Empties it; what it has allocated stays. */
void topic_set_clear(struct topic_set *set);
void topic_set_free(struct topic_set *set);
const struct topic_change *assembly_changes(const struct assembly *assembly, size_t *count);
/* Members whose rights or sessions changed in the current transaction (roles, status, session ended): their
 * subscriptions are looked at again. */
const struct id *assembly_touched_members(const struct assembly *assembly, size_t *count);

/* Words were erased in the current transaction: every document was made again, positions of the feed mean nothing. */
bool assembly_renewed(const struct assembly *assembly);
/* Something was erased and the file of the store has not been rewritten since (store_compact). */
bool assembly_wants_compaction(struct store_txn *txn);
void assembly_compacted(struct store_txn *txn);
/* Appends one line for each erased member: "<id> <texts 0 or 1> <reason> <ms>". For DIR/erasures. */
void assembly_erasures(struct store_txn *txn, struct buffer *out);

/* "proposals", "proposal/<id or number>", "me", … with the caller's right to read it: TOPIC_UNKNOWN, RIGHT_MISSING. */
enum error topic_find(struct store_txn *txn, struct slice name, const struct caller *caller,
                      struct topic *topic);
/* Appends the topic's canonical name ("proposal/<uuid>"). */
void topic_name(struct buffer *out, struct topic topic);

/* Documents of a topic changed after `since` (0 = all, gone ones left out), in order of rev, at most about max_bytes.
 * Appends to docs the JSON of documents separated by commas, to gone the references {"kind","id"} separated by commas.
 * *upto = every change ≤ it is in this run or before. *more = call again with since = *upto. */
struct feed_run {
    uint64_t upto;
    bool more;
    size_t documents;
};
struct feed_run feed_read(struct store_txn *txn, struct topic topic, uint64_t since,
                          size_t max_bytes, struct buffer *docs, struct buffer *gone);
/* True when `since` is older than the tombstones kept, or beyond the ledger: the client must forget what it holds. */
bool feed_needs_full(struct store_txn *txn, struct topic topic, uint64_t since);
/* The epoch of positions: changes when documents are rebuilt. Borrowed from txn. */
struct slice feed_epoch(struct store_txn *txn);

/* Access tokens: in place of a session. SESSION_NONE, SESSION_EXPIRED. */
#define TOKEN_PREFIX "palabre_" /* then 32 bytes as base64url */
enum token_scope { TOKEN_READ = 1, TOKEN_WRITE = 2 /* and above them the offices (token.c) */ };
enum error token_find(struct store_txn *txn, const uint8_t bytes[32], uint64_t now_ms,
                      struct caller *caller);

/* Sessions. The token is 32 random bytes; the store keeps its hash. SESSION_NONE, SESSION_EXPIRED. */
enum error session_find(struct store_txn *txn, const uint8_t token[32], uint64_t now_ms,
                        struct caller *caller);
/* The member may still act with it (status, session kept): for re-checks of open connections. */
bool session_is_good(struct store_txn *txn, const struct caller *caller, uint64_t now_ms);
/* Writer: prolongs the idle time of a session (call at most once a day per session). */
void session_touch(struct store_txn *txn, const struct caller *caller, uint64_t now_ms);

/* A record made elsewhere, event by event (an export's). Slices live until the next call. */
struct restore_event {
    struct slice leaf; /* size 0 = the end */
    struct slice salt, payload, note;
};
struct restore_source {
    /* ERROR_NONE, or why the next event could not be read. */
    enum error (*next)(void *context, struct restore_event *event);
    void *context;
    struct slice checkpoint; /* the export's note */
    struct hash public_key;  /* that must have signed it */
};
/* Fills an empty store; key seals what comes afterwards: the one that sealed the record, or a new one (then an epoch event
 * is added). *events = how many were taken; with an error that is the seq of the wrong one. After an error the store is to
 * be thrown away. */
enum error assembly_restore(struct store *store, const struct restore_source *source,
                            const struct key_pair *key, uint64_t now_ms, uint64_t *events);

/* A folder that came out of a backup goes on in a new epoch of its record. */
struct epoch_start {
    const struct key_pair *key; /* seals from now on */
    const struct key_pair *old; /* the one that sealed until now; NULL = it is lost */
    uint64_t lost_size;         /* of the last seal known to be lost; 0 = none is known */
    struct hash lost_root;
    bool keep_sessions; /* sessions, links and tokens of then stay valid */
    uint64_t now_ms;
};
/* STORAGE_NEWER; EPOCH_BAD, EPOCH_MALFORMED and errors of the store: nothing has changed then. */
enum error assembly_begin_epoch(struct store *store, const struct epoch_start *start);

/* Files attached. Their bytes lie beside the store, named by their hash; here is who may have them. */
struct file_found {
    char name[512];           /* as the document says it, in UTF-8 */
    const char *content_type; /* static */
    bool picture;             /* may be shown in a page */
};
/* The file with these bytes in a topic that the caller may read; the one of this name when there are several.
 * FILE_UNKNOWN. */
enum error file_find(struct store_txn *txn, const struct hash *sha256, struct slice name,
                     const struct caller *caller, struct file_found *found);
/* Something is or may still be attached that has these bytes; else they may be thrown away. */
bool file_is_kept(struct store_txn *txn, const struct hash *sha256, uint64_t now_ms);
/* Every hash of bytes attached, once; shown = some document in a topic has it. */
void file_each(struct store_txn *txn,
               void (*visit)(void *context, const struct hash *sha256, bool shown), void *context);
/* A successful command of this kind may leave bytes that nothing holds any more. */
bool command_frees_files(const struct command *command);
/* The caller's roles allow the method (as of this transaction). */
bool caller_may(struct store_txn *txn, const struct caller *caller, const char *method);

/* Meetings under way, as the net loop follows them (room.c). */
void room_each_open(struct store_txn *txn, void (*visit)(void *context, struct id meeting),
                    void *context);
/* Who is there, guests too; ascending. */
void room_each_present(struct store_txn *txn, struct id meeting,
                       void (*visit)(void *context, struct id member), void *context);
/* Its votes that are open, at most max; how many. */
size_t room_open_votes(struct store_txn *txn, struct id meeting, struct id *polls, size_t max);
/* The meeting about whose room a change of this topic may tell something; none = of no room. */
struct id room_of_topic(struct topic topic);
/* Whoever watches this topic looks after the room. */
struct topic room_topic(struct id meeting);

/* The OpenRPC document of every method, error and document kind; a new reference. */
json_t *openrpc_document(void);

/* Replays the ledger of `from` into an empty scratch store `to` by the same judge and apply, then compares every
 * recorded document and answer byte by byte. */
struct check_report {
    uint64_t events, documents, differing; /* differing documents, either way */
    uint64_t bad_seq;                      /* with an error: the first wrong event */
    char first_difference[200];            /* "proposal <id>", "" when identical */
};
enum error assembly_check(struct store_txn *from, struct store *to, struct check_report *report,
                          void (*progress)(void *context, uint64_t done, uint64_t total),
                          void *context);

#endif
