/* One write transaction for many commands: the heart of group commit, without threads or clocks.
 * Used by the writer thread, and directly by commands that work on a folder which no server holds. */
#ifndef PALABRE_SERVER_ENGINE_BATCH_H
#define PALABRE_SERVER_ENGINE_BATCH_H

#include "assembly/assembly.h"

/* One command on its way. Whoever submits it owns it again when it comes back. */
struct job {
    struct job *next;       /* of the queue that holds it */
    struct request request; /* command NULL = prolong the caller's session (session_touch) */
    enum error error;       /* the answer: ERROR_NONE = request.result holds it */
    void *owner;            /* the submitter's */
};

/* What the batches between two looks changed. */
struct batch_changes {
    struct topic_set topics;
    struct topic_set members; /* whose rights or sessions changed: kind 0, id of the member */
    bool renewed; /* every document was made again: positions of the feed mean nothing any more */
};
void batch_changes_free(struct batch_changes *changes);
/* Adds a topic, or makes it urgent. */
void batch_changes_add(struct batch_changes *changes, struct topic_change change);
void batch_changes_add_member(struct batch_changes *changes, struct id member);

/* How a batch reaches the assembly: folder_calls (folder.h), or a test's own. */
struct batch_calls {
    /* Free space below the reserve. */
    bool (*is_short)(void *context);
    /* Opens the transaction and executes the due dates. */
    enum error (*begin)(void *context, uint64_t now_ms, unsigned year);
    enum error (*execute)(void *context, struct request *request);
    /* Writes counts, seals; answers the transaction's sticky error. */
    enum error (*finish)(void *context);
    /* Receipts, after finish. */
    void (*complete)(void *context, struct request *request);
    /* Durable when it answers ERROR_NONE; then adds what changed. Ends the transaction either way. */
    enum error (*commit)(void *context, struct batch_changes *changes);
    void (*abort)(void *context);
    /* The earliest date that acts as of the last commit; false = none. */
    bool (*next_due)(void *context, uint64_t *at_ms);
};

struct batch_counters {
    uint64_t commits, commands, ballots, refused, replays;
};

/* Executes jobs in order and commits once; an unexpected error aborts all and executes them one by one. Afterwards every
 * job has its error or result. false = the store can no longer be trusted: no reply may leave, the process must end. */
bool batch_run(const struct batch_calls *calls, void *context, struct job *const *jobs,
               size_t count, uint64_t now_ms, unsigned year, struct batch_changes *changes,
               struct batch_counters *counters);

#endif
