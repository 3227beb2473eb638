/* Recomputing the whole log from its leaves: every leaf hash, every stored node, every commitment of a
 * present opening, the order of times, and every checkpoint, root and signature.
 *
 * One pass with an edge of its own; the stored nodes are compared as the edge makes them. Checkpoints are
 * walked beside the leaves, since record_judge trusts their roots when a ballot cites one.
 * Start at ledger_verify. */
#include "ledger/ledger.h"

#include "base/fatal.h"
#include "ledger/ledger_keys.h"
#include "ledger/payload.h"

enum { PROGRESS_STEP = 4096 };

struct verification {
    struct store_txn *txn;
    struct merkle_edge edge;
    uint64_t last_ms;
    struct slice origin; /* of the newest epoch so far; borrowed from the openings */
    struct hash public_key;
};

static enum error check_nodes(struct verification *run, struct slice leaf_bytes)
{
    struct merkle_made made[MERKLE_MAX_LEVELS];
    size_t count = merkle_edge_add(&run->edge, merkle_leaf(leaf_bytes), made);
    for (size_t i = 0; i < count; i++) {
        struct hash stored;
        if (!ledger_node_at(run->txn, made[i].level, made[i].index, &stored) ||
            !hash_equal(stored, made[i].hash)) {
            return ERROR_STORAGE_CORRUPT;
        }
    }
    return ERROR_NONE;
}

/* Origin and key that the event names, when it begins an epoch. */
static void follow_epoch(struct verification *run, const struct event *event)
{
    struct payload_genesis genesis;
    struct payload_epoch epoch;
    if (event->type == EVENT_GENESIS &&
        payload_decode_genesis(event->payload, &genesis) == ERROR_NONE) {
        run->origin = genesis.origin;
        run->public_key = genesis.ledger_pk;
    } else if (event->type == EVENT_EPOCH &&
               payload_decode_epoch(event->payload, &epoch) == ERROR_NONE) {
        run->origin = epoch.origin;
        run->public_key = epoch.ledger_pk;
    }
}

/* The checkpoint of the size reached, if there is one: signature, origin, size and root. */
static enum error check_checkpoint(struct verification *run, bool newest)
{
    uint8_t key[SEQ_KEY_SIZE];
    struct slice note;
    struct checkpoint checkpoint;
    bytes_put_u64(key, run->edge.size);
    if (!store_get(run->txn, TABLE_CHECKPOINT, slice_of(key, sizeof key), &note)) {
        return newest ? ERROR_CHECKPOINT_BAD : ERROR_NONE;
    }
    if (!note_open(note, &run->public_key, &checkpoint) || checkpoint.size != run->edge.size ||
        !slice_equal(checkpoint.origin, run->origin) ||
        !hash_equal(checkpoint.root, merkle_edge_root(&run->edge))) {
        return ERROR_CHECKPOINT_BAD;
    }
    return ERROR_NONE;
}

/* The last seal of the epoch before, over the event that began this one: by the key of that epoch. */
static enum error check_handover(const struct verification *before, const struct verification *now,
                                 const struct event *event)
{
    struct payload_epoch epoch;
    struct checkpoint checkpoint;
    struct slice note;
    if (event->type != EVENT_EPOCH || payload_decode_epoch(event->payload, &epoch) != ERROR_NONE) {
        return ERROR_NONE;
    }
    struct epoch_key name = epoch_key("handover", epoch.epoch);
    if (!store_get(now->txn, TABLE_META, slice_text(name.text), &note)) {
        return ERROR_NONE;
    }
    bool good = note_open(note, &before->public_key, &checkpoint) &&
                slice_equal(checkpoint.origin, before->origin) &&
                checkpoint.size == now->edge.size &&
                hash_equal(checkpoint.root, merkle_edge_root(&now->edge));
    return good ? ERROR_NONE : ERROR_CHECKPOINT_BAD;
}

static enum error check_leaf(struct verification *run, uint64_t seq)
{
    struct ledger_entry entry;
    if (!ledger_read(run->txn, seq, &entry)) {
        return ERROR_EVENT_BAD_LEAF;
    }
    if (entry.leaf.time_ms < run->last_ms) {
        return ERROR_EVENT_TIME_ORDER;
    }
    run->last_ms = entry.leaf.time_ms;
    if (entry.event.payload.size > 0 &&
        !hash_equal(event_commitment(entry.salt.data, entry.leaf.type, entry.event.payload),
                    entry.leaf.commitment)) {
        return ERROR_EVENT_BAD_COMMITMENT;
    }
    const struct verification before = *run;
    follow_epoch(run, &entry.event);
    enum error error = check_nodes(run, entry.leaf_bytes);
    return error == ERROR_NONE ? check_handover(&before, run, &entry.event) : error;
}

enum error ledger_verify(struct store_txn *txn, const struct hash *ledger_pk, uint64_t *bad_seq,
                         void (*progress)(void *context, uint64_t done, uint64_t total),
                         void *context)
{
    struct verification run = {.txn = txn, .edge = merkle_edge_empty()};
    uint64_t total = ledger_count(txn);
    for (uint64_t seq = 0; seq < total; seq++) {
        *bad_seq = seq;
        enum error error = check_leaf(&run, seq);
        if (error == ERROR_NONE) {
            error = check_checkpoint(&run, seq + 1 == total);
        }
        if (error != ERROR_NONE) {
            return error;
        }
        if (progress != NULL && (seq + 1) % PROGRESS_STEP == 0) {
            progress(context, seq + 1, total);
        }
    }
    *bad_seq = total;
    bool known = total > 0 && hash_equal(run.public_key, *ledger_pk);
    return known ? ERROR_NONE : ERROR_CHECKPOINT_BAD;
}
