/* A record made elsewhere becomes a folder: an export's events are judged, appended and applied one by one, as if they
 * came now, into an empty store.
 *
 * What comes out are the same leaves, the same tree and therefore the same documents; the checkpoint of the export, whose
 * signature was checked, must cover exactly these leaves. What is not in the record cannot come back: links, sessions,
 * secrets of lots that were not drawn, drafts and other personal documents; so the server's secret is drawn anew.
 * With the key that sealed the record, it simply goes on. With another, an epoch event names the new one: devices that knew
 * the old one will ask a person to look. Start at assembly_restore(). */
#include "assembly/registry.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/fatal.h"

#include <stdio.h>
#include <string.h>

enum { RESTORE_BATCH = 4096 };

struct restoring {
    const struct restore_source *source;
    struct store *store;
    struct store_txn *txn;
    struct ledger *ledger;
    struct batch batch;
    struct work work;
    uint64_t seq;
    bool ended;
    bool erased; /* it holds an erasure */
};

/* Verifiers only hash what a JSON event holds; who applies it reads an object that this program wrote. */
static bool payload_is_readable(const struct event *event)
{
    json_t *value;
    if (event->payload.size == 0 || !event_kind_of(event->type)->is_json) {
        return true;
    }
    bool parsed = json_parse(event->payload, &value) == ERROR_NONE;
    bool good = parsed && json_is_object(value);
    if (parsed) {
        json_decref(value);
    }
    return good;
}

static enum error take_one(struct restoring *run, const struct restore_event *given)
{
    struct leaf leaf;
    if (leaf_decode(given->leaf, &leaf) != ERROR_NONE) {
        return ERROR_EVENT_BAD_LEAF;
    }
    struct event event = {
        .type = leaf.type, .poll = leaf.poll, .payload = given->payload, .note = given->note};
    /* A note may be absent: the erasure that names it comes later. */
    struct record_at at = {.seq = run->seq, .time_ms = leaf.time_ms, .note_erased = true};
    bool known = event_kind_of(leaf.type) != NULL;
    if (!known || (leaf.type == EVENT_GENESIS) != (run->seq == 0)) {
        return ERROR_EVENT_BAD_LEAF;
    }
    if (event.payload.size == 0 && !event_type_is_erasable(leaf.type)) {
        return ERROR_IMPORT_UNREADABLE; /* only an erasure takes an opening away */
    }
    if (!payload_is_readable(&event)) {
        return ERROR_IMPORT_UNREADABLE;
    }
    enum error error = event.payload.size > 0 ? record_judge(run->txn, &event, &at) : ERROR_NONE;
    if (error == ERROR_NONE) {
        error = ledger_append_leaf(run->ledger, run->txn, given->leaf, given->salt, &event);
    }
    if (error == ERROR_NONE) {
        event_apply(&run->work, &event, &at);
        run->erased |= event.type == EVENT_ERASURE;
        run->seq++;
    }
    return error;
}

static enum error begin(struct restoring *run)
{
    enum error error = store_begin(run->store, STORE_WRITE, &run->txn);
    if (error == ERROR_NONE) {
        batch_clear(&run->batch);
        run->work = (struct work){.txn = run->txn, .batch = &run->batch};
    }
    return error;
}

static enum error take_batch(struct restoring *run)
{
    struct restore_event event;
    enum error error = begin(run);
    if (error != ERROR_NONE) {
        return error;
    }
    for (unsigned n = 0; error == ERROR_NONE && n < RESTORE_BATCH && !run->ended; n++) {
        error = run->source->next(run->source->context, &event);
        run->ended = error == ERROR_NONE && event.leaf.size == 0;
        if (error == ERROR_NONE && !run->ended) {
            error = take_one(run, &event);
        }
    }
    if (error != ERROR_NONE) {
        store_abort(run->txn);
        ledger_aborted(run->ledger);
        return error;
    }
    batch_finish(&run->work);
    error = store_commit(run->txn);
    if (error == ERROR_NONE) {
        ledger_committed(run->ledger);
    }
    return error;
}

/* The export's checkpoint covers exactly these leaves; it is kept. */
static enum error keep_checkpoint(struct restoring *run)
{
    struct checkpoint checkpoint;
    struct hash root;
    uint8_t key[8];
    if (!note_open(run->source->checkpoint, &run->source->public_key, &checkpoint) ||
        !slice_equal(checkpoint.origin, ledger_origin(run->ledger)) ||
        checkpoint.size != run->seq || run->seq == 0 ||
        ledger_root(run->txn, run->seq, &root) != ERROR_NONE ||
        !hash_equal(root, checkpoint.root)) {
        return ERROR_CHECKPOINT_BAD;
    }
    bytes_put_u64(key, run->seq);
    store_append(run->txn, TABLE_CHECKPOINT, slice_of(key, sizeof key), run->source->checkpoint);
    return ERROR_NONE;
}

static enum error complete(struct restoring *run, const struct key_pair *key, uint64_t now_ms)
{
    enum error error = begin(run);
    if (error != ERROR_NONE) {
        return error;
    }
    error = keep_checkpoint(run);
    if (error == ERROR_NONE && !hash_equal(key->public_key, run->source->public_key)) {
        const struct epoch_start start = {.key = key, .now_ms = now_ms};
        error = epoch_begin(run->ledger, &run->work, &start);
    }
    if (error != ERROR_NONE) {
        store_abort(run->txn);
        return error;
    }
    folder_put_secrets(run->txn);
    batch_finish(&run->work);
    return store_commit(run->txn);
}

enum error assembly_restore(struct store *store, const struct restore_source *source,
                            const struct key_pair *key, uint64_t now_ms, uint64_t *events)
{
    struct restoring run = {.source = source, .store = store, .batch = {.quiet = true}};
    struct store_txn *txn;
    enum error error = store_begin(store, STORE_READ, &txn);
    if (error != ERROR_NONE) {
        return error;
    }
    error = ledger_open(txn, NULL, &run.ledger);
    store_abort(txn);
    while (error == ERROR_NONE && !run.ended) {
        error = take_batch(&run);
    }
    if (error == ERROR_NONE) {
        error = complete(&run, key, now_ms);
    }
    if (error == ERROR_NONE && run.erased) { /* what stays of erased events is known only now */
        error = assembly_rebuild(store, crypto_random, NULL, NULL);
    }
    *events = run.seq;
    ledger_close(run.ledger);
    batch_free(&run.batch);
    return error;
}
