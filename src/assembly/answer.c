/* Commands already carried out: the same one again gets the same answer, and does nothing.
 *
 * TABLE_ANSWER is filled from the command ids that events carry, so a replay fills it again, and it grows with the record. A
 * command that changed nothing has no event; sent again after somebody else changed the same thing it would act. So it is
 * remembered outside the record, the newest ANSWERS_KEPT_MAX of them: a repeat comes within seconds, or when a device that was away is
 * back. Those forgotten, and all of them once a folder goes on elsewhere, are carried out as if they came the first time.
 * Start at answer_find(). */
#include "assembly/kinds.h"
#include "assembly/parts.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/reader.h"

#include <string.h>

static struct slice answer_key(struct id owner, struct id command, uint8_t key[2 * ID_SIZE])
{
    memcpy(key, owner.bytes, ID_SIZE);
    memcpy(key + ID_SIZE, command.bytes, ID_SIZE);
    return slice_of(key, 2 * ID_SIZE);
}

/* ---- of the record ---- */

static bool find_recorded(struct store_txn *txn, struct id owner, struct id command,
                          struct hash *digest, uint64_t *seq)
{
    uint8_t key[2 * ID_SIZE];
    struct slice value;
    if (!store_get(txn, TABLE_ANSWER, answer_key(owner, command, key), &value)) {
        return false;
    }
    struct reader reader = reader_of(value);
    *digest = reader_hash(&reader);
    *seq = reader_u64(&reader);
    assert_always(reader_done(&reader));
    return true;
}

void answer_apply(struct change *change)
{
    uint8_t key[2 * ID_SIZE];
    struct hash digest, known;
    uint64_t seq;
    struct id command = json_get_id(change->json, "command");
    if (id_is_none(command)) {
        return;
    }
    struct id owner = {{0}};
    (void)id_parse(json_get_text(change->json, "by"), &owner);
    if (find_recorded(change->txn, owner, command, &known, &seq)) {
        return;
    }
    if (!encoding_base64url_exact(json_get_text(change->json, "digest"), digest.bytes, HASH_SIZE)) {
        return;
    }
    struct buffer value;
    buffer_init(&value, HASH_SIZE + 8);
    buffer_append_slice(&value, hash_slice(&digest));
    buffer_append_u64(&value, change->type == EVENT_ACT ? change->seq + 1 : change->seq);
    store_put(change->txn, TABLE_ANSWER, answer_key(owner, command, key), buffer_slice(&value));
    buffer_free(&value);
}

/* ---- of those that changed nothing ---- */

static struct index_key kept_key(struct slice owner_and_command)
{
    struct index_key key = index_key(SECRET_ANSWER);
    index_key_bytes(&key, owner_and_command);
    return key;
}

static struct index_key order_key(uint64_t number)
{
    struct index_key key = index_key(SECRET_ANSWER_ORDER);
    index_key_u64(&key, number);
    return key;
}

/* The number of the next; the first is 0. */
static uint64_t next_number(struct store_txn *txn)
{
    struct slice key, value;
    uint8_t after = SECRET_ANSWER_ORDER + 1;
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_SECRET);
    bool found = store_cursor_before(cursor, slice_of(&after, 1), &key, &value) &&
                 key.data[0] == SECRET_ANSWER_ORDER;
    uint64_t next = found ? bytes_get_u64(key.data + 1) + 1 : 0;
    store_cursor_close(cursor);
    return next;
}

static void forget(struct store_txn *txn, uint64_t number)
{
    struct slice value;
    struct index_key order = order_key(number);
    if (store_get(txn, TABLE_SECRET, index_key_slice(&order), &value)) {
        struct index_key kept = kept_key(value);
        store_delete(txn, TABLE_SECRET, index_key_slice(&kept));
        store_delete(txn, TABLE_SECRET, index_key_slice(&order));
    }
}

void answer_keep(struct store_txn *txn, struct id owner, struct id command, struct hash digest)
{
    uint8_t bytes[2 * ID_SIZE];
    struct slice name = answer_key(owner, command, bytes);
    uint64_t number = next_number(txn);
    struct index_key kept = kept_key(name), order = order_key(number);
    store_put(txn, TABLE_SECRET, index_key_slice(&kept), hash_slice(&digest));
    store_put(txn, TABLE_SECRET, index_key_slice(&order), name);
    if (number >= ANSWERS_KEPT_MAX) {
        forget(txn, number - ANSWERS_KEPT_MAX);
    }
}

bool answer_find(struct store_txn *txn, struct id owner, struct id command, struct hash *digest,
                 uint64_t *seq)
{
    uint8_t bytes[2 * ID_SIZE];
    struct slice value;
    if (find_recorded(txn, owner, command, digest, seq)) {
        return true;
    }
    struct index_key kept = kept_key(answer_key(owner, command, bytes));
    if (!store_get(txn, TABLE_SECRET, index_key_slice(&kept), &value)) {
        return false;
    }
    struct reader reader = reader_of(value);
    *digest = reader_hash(&reader);
    *seq = 0;
    return true;
}
