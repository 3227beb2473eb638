/* Writing the log.
 *
 * The right edge of the tree, the time of the last leaf, and origin and key of the epoch exist twice:
 * `committed` is what the store has durably, `pending` is what the open transaction has made of it.
 * ledger_committed copies pending over committed, ledger_aborted the other way: memory never runs ahead of
 * the disk. Every append writes the leaf, its opening, its note, and the complete subtrees it finishes, so a
 * reader of any snapshot finds every node it needs. One seal signs all appends of a transaction.
 * An epoch event (and genesis) changes origin and key from its own leaf on; the key that signs must be the
 * one it names. Start at ledger_append. */
#include "ledger/ledger.h"

#include <stdlib.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "ledger/ledger_keys.h"
#include "ledger/payload.h"
#include "ledger/record.h"

struct ledger_state {
    struct merkle_edge edge;
    uint64_t last_ms;
    struct id org;
    uint8_t origin[ORIGIN_MAX];
    size_t origin_size;
    struct hash public_key;
};

struct ledger {
    struct ledger_state committed, pending;
    struct key_pair key;
    bool has_key;
    uint64_t stamp_ms;     /* of the open transaction */
    struct buffer opening; /* scratch: salt ‖ payload */
    /* Of the open transaction once it is sealed. */
    bool sealed;
    struct buffer note;
    struct merkle_paths paths; /* of the sealed tree */
};

/* Opening */

static void set_origin(struct ledger_state *state, struct slice origin,
                       const struct hash *public_key)
{
    assert_always(origin.size <= ORIGIN_MAX);
    memcpy(state->origin, origin.data, origin.size);
    state->origin_size = origin.size;
    state->public_key = *public_key;
}

static enum error read_meta(struct store_txn *txn, struct ledger_state *state)
{
    struct slice org, origin, key;
    if (!store_get(txn, TABLE_META, slice_text(LEDGER_META_ORG), &org) || org.size != ID_SIZE) {
        return ERROR_STORAGE_CORRUPT;
    }
    memcpy(state->org.bytes, org.data, ID_SIZE);
    if (!store_get(txn, TABLE_META, slice_text(LEDGER_META_KEY), &key) || key.size != HASH_SIZE) {
        return ERROR_STORAGE_CORRUPT;
    }
    struct hash public_key;
    memcpy(public_key.bytes, key.data, HASH_SIZE);
    if (!store_get(txn, TABLE_META, slice_text(LEDGER_META_ORIGIN), &origin) ||
        !note_origin_is_good(origin)) {
        return ERROR_STORAGE_CORRUPT;
    }
    set_origin(state, origin, &public_key);
    return ERROR_NONE;
}

/* The complete subtrees on the right edge of a tree of `size` leaves: one per set bit, the largest first. */
static enum error read_edge(struct store_txn *txn, uint64_t size, struct merkle_edge *edge)
{
    *edge = merkle_edge_empty();
    for (unsigned level = MERKLE_MAX_LEVELS; level-- > 0;) {
        if ((size >> level & 1) == 0) {
            continue;
        }
        if (!ledger_node_at(txn, level, (size >> level) - 1, &edge->nodes[edge->count])) {
            return ERROR_STORAGE_CORRUPT;
        }
        edge->count++;
    }
    edge->size = size;
    return ERROR_NONE;
}

static enum error read_state(struct store_txn *txn, struct ledger_state *state)
{
    uint64_t size = ledger_count(txn);
    struct ledger_entry last;
    *state = (struct ledger_state){.edge = merkle_edge_empty()};
    if (size == 0) {
        return ERROR_NONE;
    }
    if (!ledger_read(txn, size - 1, &last)) {
        return ERROR_STORAGE_CORRUPT;
    }
    state->last_ms = last.leaf.time_ms;
    enum error error = read_meta(txn, state);
    return error != ERROR_NONE ? error : read_edge(txn, size, &state->edge);
}

static struct ledger *ledger_new(const struct ledger_state *state, const struct key_pair *key)
{
    struct ledger *ledger = memory_new(1, sizeof *ledger);
    ledger->committed = ledger->pending = *state;
    buffer_init(&ledger->opening, (size_t)SALT_SIZE + PAYLOAD_MAX);
    buffer_init(&ledger->note, NOTE_MAX_SIZE);
    if (key != NULL) {
        ledger->key = *key;
        ledger->has_key = true;
    }
    return ledger;
}

enum error ledger_open(struct store_txn *txn, const struct key_pair *key, struct ledger **ledger)
{
    struct ledger_state state;
    *ledger = NULL;
    enum error error = read_state(txn, &state);
    if (error != ERROR_NONE) {
        return error;
    }
    if (key != NULL && (state.edge.size == 0 || !hash_equal(key->public_key, state.public_key))) {
        return ERROR_CHECKPOINT_BAD;
    }
    *ledger = ledger_new(&state, key);
    return ERROR_NONE;
}

void ledger_close(struct ledger *ledger)
{
    if (ledger == NULL) {
        return;
    }
    crypto_wipe(&ledger->key, sizeof ledger->key);
    buffer_free(&ledger->opening);
    buffer_free(&ledger->note);
    free(ledger);
}

enum error ledger_create(struct store_txn *txn, struct id org, struct slice origin,
                         const struct key_pair *key, uint64_t now_ms, const uint8_t salt[SALT_SIZE])
{
    if (ledger_count(txn) != 0 || !note_origin_is_good(origin)) {
        return ERROR_GENESIS_MALFORMED;
    }
    struct payload_genesis genesis = {.org = org, .origin = origin, .ledger_pk = key->public_key};
    struct buffer payload;
    buffer_init(&payload, 1024);
    payload_encode_genesis(&payload, &genesis);
    struct event event = {.type = EVENT_GENESIS, .payload = buffer_slice(&payload)};
    struct ledger_state empty = {.edge = merkle_edge_empty()};
    struct ledger *ledger = ledger_new(&empty, key);
    ledger_begin(ledger, now_ms);
    struct record_at at = {.seq = 0, .time_ms = ledger->stamp_ms};
    ledger_append(ledger, txn, &event, salt);
    record_apply(txn, &event, &at);
    ledger_seal(ledger, txn);
    ledger_close(ledger);
    buffer_free(&payload);
    return ERROR_NONE;
}

/* Facts */

struct id ledger_org(const struct ledger *ledger)
{
    return ledger->committed.org;
}

struct slice ledger_origin(const struct ledger *ledger)
{
    return slice_of(ledger->committed.origin, ledger->committed.origin_size);
}

void ledger_vkey(const struct ledger *ledger, struct buffer *out)
{
    note_vkey(out, ledger_origin(ledger), &ledger->committed.public_key);
}

uint64_t ledger_size(const struct ledger *ledger)
{
    return ledger->committed.edge.size;
}

uint64_t ledger_next(const struct ledger *ledger)
{
    return ledger->pending.edge.size;
}

/* Writing */

uint64_t ledger_begin(struct ledger *ledger, uint64_t now_ms)
{
    assert_always(ledger->pending.edge.size == ledger->committed.edge.size);
    ledger->stamp_ms = ledger->committed.last_ms;
    return ledger_set_time(ledger, now_ms);
}

uint64_t ledger_set_time(struct ledger *ledger, uint64_t now_ms)
{
    if (now_ms > ledger->stamp_ms) {
        ledger->stamp_ms = now_ms;
    }
    return ledger->stamp_ms;
}

void ledger_set_key(struct ledger *ledger, const struct key_pair *key)
{
    ledger->key = *key;
    ledger->has_key = true;
}

/* Genesis and epoch events name the origin and the key of what follows. */
static void note_epoch(struct ledger *ledger, struct store_txn *txn, const struct event *event)
{
    struct ledger_state *state = &ledger->pending;
    if (event->type == EVENT_GENESIS) {
        struct payload_genesis genesis;
        assert_always(payload_decode_genesis(event->payload, &genesis) == ERROR_NONE);
        state->org = genesis.org;
        set_origin(state, genesis.origin, &genesis.ledger_pk);
        store_put(txn, TABLE_META, slice_text(LEDGER_META_ORG), id_slice(&state->org));
    } else if (event->type == EVENT_EPOCH) {
        struct payload_epoch epoch;
        assert_always(payload_decode_epoch(event->payload, &epoch) == ERROR_NONE);
        set_origin(state, epoch.origin, &epoch.ledger_pk);
        uint8_t seq[SEQ_KEY_SIZE];
        bytes_put_u64(seq, state->edge.size);
        struct epoch_key key = epoch_key("epoch", epoch.epoch);
        store_put(txn, TABLE_META, slice_text(key.text), slice_of(seq, sizeof seq));
    } else {
        return;
    }
    store_put(txn, TABLE_META, slice_text(LEDGER_META_KEY), hash_slice(&state->public_key));
    store_put(txn, TABLE_META, slice_text(LEDGER_META_ORIGIN),
              slice_of(state->origin, state->origin_size));
}

static void put_leaf(struct ledger *ledger, struct store_txn *txn, const uint8_t leaf[LEAF_SIZE])
{
    uint8_t key[SEQ_KEY_SIZE];
    bytes_put_u64(key, ledger->pending.edge.size);
    store_append(txn, TABLE_LEAF, slice_of(key, sizeof key), slice_of(leaf, LEAF_SIZE));
    struct merkle_made made[MERKLE_MAX_LEVELS];
    size_t count =
        merkle_edge_add(&ledger->pending.edge, merkle_leaf(slice_of(leaf, LEAF_SIZE)), made);
    for (size_t i = 0; i < count; i++) {
        uint8_t node[NODE_KEY_SIZE] = {(uint8_t)made[i].level};
        bytes_put_u64(node + 1, made[i].index);
        store_put(txn, TABLE_NODE, slice_of(node, sizeof node), hash_slice(&made[i].hash));
    }
}

static void put_opening(struct ledger *ledger, struct store_txn *txn, const struct event *event,
                        const uint8_t salt[SALT_SIZE])
{
    uint8_t key[SEQ_KEY_SIZE];
    bytes_put_u64(key, ledger->pending.edge.size);
    buffer_clear(&ledger->opening);
    buffer_append(&ledger->opening, salt, SALT_SIZE);
    buffer_append_slice(&ledger->opening, event->payload);
    assert_always(buffer_ok(&ledger->opening));
    store_append(txn, TABLE_OPENING, slice_of(key, sizeof key), buffer_slice(&ledger->opening));
    if (event->note.size > 0) {
        store_append(txn, TABLE_NOTE, slice_of(key, sizeof key), event->note);
    }
}

uint64_t ledger_append(struct ledger *ledger, struct store_txn *txn, const struct event *event,
                       const uint8_t salt[SALT_SIZE])
{
    assert_always(event->payload.size >= 1 && event->payload.size <= PAYLOAD_MAX);
    assert_always(event_fits_poll(event->type, event->poll));
    struct leaf leaf = {
        .type = event->type,
        .time_ms = ledger->stamp_ms,
        .poll = event->poll,
        .commitment = event_commitment(salt, event->type, event->payload),
    };
    uint8_t bytes[LEAF_SIZE];
    leaf_encode(&leaf, bytes);
    uint64_t seq = ledger->pending.edge.size;
    ledger->pending.last_ms = ledger->stamp_ms;
    note_epoch(ledger, txn, event);
    put_opening(ledger, txn, event, salt);
    put_leaf(ledger, txn, bytes);
    return seq;
}

enum error ledger_append_leaf(struct ledger *ledger, struct store_txn *txn, struct slice leaf_bytes,
                              struct slice salt, const struct event *event)
{
    struct leaf leaf;
    if (leaf_decode(leaf_bytes, &leaf) != ERROR_NONE) {
        return ERROR_EVENT_BAD_LEAF;
    }
    if (leaf.time_ms < ledger->pending.last_ms) {
        return ERROR_EVENT_TIME_ORDER;
    }
    if (event->payload.size > 0) {
        if (salt.size != SALT_SIZE ||
            !hash_equal(event_commitment(salt.data, leaf.type, event->payload), leaf.commitment)) {
            return ERROR_EVENT_BAD_COMMITMENT;
        }
        struct payload_genesis genesis;
        struct payload_epoch epoch;
        if (leaf.type == EVENT_GENESIS &&
            payload_decode_genesis(event->payload, &genesis) != ERROR_NONE) {
            return ERROR_GENESIS_MALFORMED;
        }
        if (leaf.type == EVENT_EPOCH &&
            payload_decode_epoch(event->payload, &epoch) != ERROR_NONE) {
            return ERROR_EPOCH_MALFORMED;
        }
        note_epoch(ledger, txn, event);
        put_opening(ledger, txn, event, salt.data);
    }
    ledger->pending.last_ms = leaf.time_ms;
    ledger_set_time(ledger, leaf.time_ms);
    put_leaf(ledger, txn, leaf_bytes.data);
    return ERROR_NONE;
}

/* The note over all that was appended. */
static void sign_pending(const struct ledger *ledger, struct slice origin,
                         const struct key_pair *key, struct buffer *note)
{
    struct checkpoint checkpoint = {
        .origin = origin,
        .size = ledger->pending.edge.size,
        .root = merkle_edge_root(&ledger->pending.edge),
    };
    note_sign(note, &checkpoint, key);
    assert_always(buffer_ok(note));
}

void ledger_hand_over(struct ledger *ledger, struct store_txn *txn, uint32_t epoch,
                      struct slice origin, const struct key_pair *key)
{
    struct buffer note;
    struct epoch_key name = epoch_key("handover", epoch);
    buffer_init(&note, NOTE_MAX_SIZE);
    sign_pending(ledger, origin, key, &note);
    store_put(txn, TABLE_META, slice_text(name.text), buffer_slice(&note));
    buffer_free(&note);
}

void ledger_seal(struct ledger *ledger, struct store_txn *txn)
{
    const struct ledger_state *state = &ledger->pending;
    if (state->edge.size == ledger->committed.edge.size) {
        return;
    }
    assert_always(ledger->has_key && hash_equal(ledger->key.public_key, state->public_key));
    buffer_clear(&ledger->note);
    sign_pending(ledger, slice_of(state->origin, state->origin_size), &ledger->key, &ledger->note);
    uint8_t key[SEQ_KEY_SIZE];
    bytes_put_u64(key, state->edge.size);
    store_append(txn, TABLE_CHECKPOINT, slice_of(key, sizeof key), buffer_slice(&ledger->note));
    merkle_paths_start(&ledger->paths, &state->edge);
    ledger->sealed = true;
}

enum error ledger_receipt_sealed(struct ledger *ledger, struct store_txn *txn, uint64_t seq,
                                 struct buffer *out)
{
    struct ledger_entry entry;
    struct merkle_proof proof;
    if (!ledger->sealed) {
        return ledger_receipt(txn, seq, out);
    }
    if (seq >= ledger->paths.edge.size || !ledger_read(txn, seq, &entry) ||
        entry.event.payload.size == 0) {
        return ERROR_LOG_BAD_RANGE;
    }
    if (!merkle_paths_inclusion(&ledger->paths, ledger_node_at, txn, seq, &proof)) {
        return ERROR_STORAGE_CORRUPT;
    }
    ledger_append_receipt(out, &entry, &proof, buffer_slice(&ledger->note));
    return ERROR_NONE;
}

void ledger_committed(struct ledger *ledger)
{
    ledger->committed = ledger->pending;
    ledger->sealed = false;
}

void ledger_aborted(struct ledger *ledger)
{
    ledger->pending = ledger->committed;
    ledger->sealed = false;
}
