/* Reading the log from a transaction: entries, roots, proofs, checkpoints, receipts.
 *
 * Nothing here looks at the writer's memory: a snapshot holds its leaves, every complete subtree over them
 * and the checkpoint that seals them, because all three were committed together. Start at ledger_read. */
#include "ledger/ledger.h"

#include "base/encoding.h"
#include "base/fatal.h"
#include "base/reader.h"
#include "ledger/ledger_keys.h"

bool ledger_node_at(void *context, unsigned level, uint64_t index, struct hash *hash)
{
    uint8_t key[NODE_KEY_SIZE] = {(uint8_t)level};
    struct slice value;
    bytes_put_u64(key + 1, index);
    if (!store_get(context, TABLE_NODE, slice_of(key, sizeof key), &value) ||
        value.size != HASH_SIZE) {
        return false;
    }
    memcpy(hash->bytes, value.data, HASH_SIZE);
    return true;
}

uint64_t ledger_count(struct store_txn *txn)
{
    return store_count(txn, TABLE_LEAF);
}

bool ledger_read(struct store_txn *txn, uint64_t seq, struct ledger_entry *entry)
{
    uint8_t bytes[SEQ_KEY_SIZE];
    struct slice key = slice_of(bytes, sizeof bytes);
    struct slice opening;
    bytes_put_u64(bytes, seq);
    *entry = (struct ledger_entry){.seq = seq};
    if (!store_get(txn, TABLE_LEAF, key, &entry->leaf_bytes) ||
        leaf_decode(entry->leaf_bytes, &entry->leaf) != ERROR_NONE) {
        return false;
    }
    entry->event.type = entry->leaf.type;
    entry->event.poll = entry->leaf.poll;
    if (store_get(txn, TABLE_OPENING, key, &opening) && opening.size > SALT_SIZE) {
        entry->salt = slice_of(opening.data, SALT_SIZE);
        entry->event.payload = slice_of(opening.data + SALT_SIZE, opening.size - SALT_SIZE);
    }
    if (entry->leaf.type == EVENT_BALLOT || entry->leaf.type == EVENT_MANDATE) {
        struct slice note;
        if (store_get(txn, TABLE_NOTE, key, &note)) {
            entry->event.note = note;
        }
    }
    return true;
}

enum error ledger_root(struct store_txn *txn, uint64_t size, struct hash *root)
{
    if (size > ledger_count(txn)) {
        return ERROR_LOG_BAD_RANGE;
    }
    return merkle_root_at(ledger_node_at, txn, size, root) ? ERROR_NONE : ERROR_STORAGE_CORRUPT;
}

enum error ledger_consistency(struct store_txn *txn, uint64_t from, uint64_t to,
                              struct merkle_proof *proof)
{
    if (from == 0 || from > to || to > ledger_count(txn)) {
        return ERROR_LOG_BAD_RANGE;
    }
    return merkle_consistency(ledger_node_at, txn, from, to, proof) ? ERROR_NONE
                                                                    : ERROR_STORAGE_CORRUPT;
}

/* The newest checkpoint: its note and its size. */
static bool newest_checkpoint(struct store_txn *txn, struct slice *note, uint64_t *size)
{
    struct slice key;
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_CHECKPOINT);
    bool found =
        store_cursor_before(cursor, slice_of(NULL, 0), &key, note) && key.size == SEQ_KEY_SIZE;
    if (found) {
        *size = bytes_get_u64(key.data);
    }
    store_cursor_close(cursor);
    return found;
}

bool ledger_checkpoint(struct store_txn *txn, struct slice *note)
{
    uint64_t size;
    return newest_checkpoint(txn, note, &size);
}

/* Of a receipt: its lines without what they hold; a hash in base64 with its newline. */
enum { FIXED_TEXT_MAX = 80, HASH_LINE_SIZE = 45 };

void ledger_append_receipt(struct buffer *out, const struct ledger_entry *entry,
                           const struct merkle_proof *proof, struct slice note)
{
    struct buffer extra;
    size_t size = entry->leaf_bytes.size + entry->salt.size + entry->event.payload.size;
    buffer_init(&extra, (size_t)LEAF_SIZE + SALT_SIZE + PAYLOAD_MAX);
    buffer_expect(&extra, size);
    buffer_expect(out, FIXED_TEXT_MAX + size / 3 * 4 + proof->count * HASH_LINE_SIZE + note.size);
    buffer_append_slice(&extra, entry->leaf_bytes);
    buffer_append_slice(&extra, entry->salt);
    buffer_append_slice(&extra, entry->event.payload);
    buffer_append_text(out, "c2sp.org/tlog-proof@v1\nextra ");
    encoding_base64(out, buffer_slice(&extra));
    buffer_format(out, "\nindex %llu\n", (unsigned long long)entry->seq);
    for (size_t i = 0; i < proof->count; i++) {
        encoding_base64(out, hash_slice(&proof->hashes[i]));
        buffer_append_u8(out, '\n');
    }
    buffer_append_u8(out, '\n');
    buffer_append_slice(out, note);
    buffer_free(&extra);
}

/* To a note over the first `size` leaves. */
static enum error proof_to(struct store_txn *txn, uint64_t seq, struct slice note, uint64_t size,
                           struct buffer *out)
{
    struct ledger_entry entry;
    struct merkle_proof proof;
    if (seq >= size || !ledger_read(txn, seq, &entry) || entry.event.payload.size == 0) {
        return ERROR_LOG_BAD_RANGE;
    }
    if (!merkle_inclusion(ledger_node_at, txn, seq, size, &proof)) {
        return ERROR_STORAGE_CORRUPT;
    }
    ledger_append_receipt(out, &entry, &proof, note);
    return ERROR_NONE;
}

enum error ledger_receipt(struct store_txn *txn, uint64_t seq, struct buffer *out)
{
    struct slice note;
    uint64_t size;
    return newest_checkpoint(txn, &note, &size) ? proof_to(txn, seq, note, size, out)
                                                : ERROR_LOG_BAD_RANGE;
}

enum error ledger_epoch_proof(struct store_txn *txn, uint32_t epoch, struct buffer *out)
{
    struct epoch_key event = epoch_key("epoch", epoch), handover = epoch_key("handover", epoch);
    struct slice value, note;
    if (!store_get(txn, TABLE_META, slice_text(event.text), &value) || value.size != SEQ_KEY_SIZE) {
        return ERROR_LOG_BAD_RANGE;
    }
    uint64_t seq = bytes_get_u64(value.data);
    if (store_get(txn, TABLE_META, slice_text(handover.text), &note)) {
        return proof_to(txn, seq, note, seq + 1, out);
    }
    return ledger_receipt(txn, seq, out);
}
