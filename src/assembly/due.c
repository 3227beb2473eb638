/* Dates that act. A row (time, method, id) in TABLE_INDEX says that the system executes `method` on a thing at a time:
 * votes open, close and are counted this way. The writer executes what is due before anything else, so that a date acts in
 * the right order even if the server slept. A due row is removed before its command runs: a command that is refused
 * (a roll that is empty) is not tried for ever. Rows are written by apply functions, so a replay makes them again. */
#include "assembly/registry.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/fatal.h"

#include <string.h>

enum { METHOD_MAX = 32, DUE_KEY_MAX = 1 + 8 + METHOD_MAX + 1 + ID_SIZE };

static struct slice due_key(uint8_t key[DUE_KEY_MAX], uint64_t at_ms, const char *method,
                            struct id id)
{
    size_t length = strlen(method) + 1;
    assert_always(length <= METHOD_MAX + 1);
    key[0] = INDEX_DUE;
    bytes_put_u64(key + 1, at_ms);
    memcpy(key + 9, method, length);
    memcpy(key + 9 + length, id.bytes, ID_SIZE);
    return slice_of(key, 9 + length + ID_SIZE);
}

static struct slice due_of_key(uint8_t key[DUE_KEY_MAX], const char *method, struct id id)
{
    size_t length = strlen(method) + 1;
    assert_always(length <= METHOD_MAX + 1);
    key[0] = INDEX_DUE_OF;
    memcpy(key + 1, method, length);
    memcpy(key + 1 + length, id.bytes, ID_SIZE);
    return slice_of(key, 1 + length + ID_SIZE);
}

static void due_remove(struct store_txn *txn, const char *method, struct id id)
{
    uint8_t of[DUE_KEY_MAX], key[DUE_KEY_MAX];
    struct slice of_key = due_of_key(of, method, id), value;
    if (store_get(txn, TABLE_INDEX, of_key, &value)) {
        uint64_t at_ms = bytes_get_u64(value.data);
        store_delete(txn, TABLE_INDEX, due_key(key, at_ms, method, id));
        store_delete(txn, TABLE_INDEX, of_key);
    }
}

void change_due(struct change *change, const char *method, struct id id, uint64_t at_ms)
{
    uint8_t of[DUE_KEY_MAX], key[DUE_KEY_MAX], value[8];
    due_remove(change->txn, method, id);
    if (at_ms != 0) {
        bytes_put_u64(value, at_ms);
        store_put(change->txn, TABLE_INDEX, due_of_key(of, method, id),
                  slice_of(value, sizeof value));
        store_put(change->txn, TABLE_INDEX, due_key(key, at_ms, method, id), slice_text(""));
    }
}

struct due {
    uint64_t at_ms;
    const struct command *command;
    struct id id;
};

static bool due_first(struct store_txn *txn, struct due *due)
{
    uint8_t prefix = INDEX_DUE;
    struct slice key, value;
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_INDEX);
    bool found =
        store_cursor_seek(cursor, slice_of(&prefix, 1), &key, &value) && key.data[0] == INDEX_DUE;
    if (found) {
        due->at_ms = bytes_get_u64(key.data + 1);
        due->command = command_find(slice_of(key.data + 9, key.size - 9 - 1 - ID_SIZE));
        assert_always(due->command != NULL);
        memcpy(due->id.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    }
    store_cursor_close(cursor);
    return found;
}

bool assembly_next_due(struct store_txn *txn, uint64_t *at_ms)
{
    struct due due;
    bool found = due_first(txn, &due);
    *at_ms = found ? due.at_ms : 0;
    return found;
}

/* The command id of a due act: the same date of the same thing is the same act. */
static struct id due_command(const struct due *due)
{
    uint8_t at[8];
    bytes_put_u64(at, due->at_ms);
    struct slice parts[] = {slice_text(due->command->method), id_slice(&due->id),
                            slice_of(at, sizeof at)};
    return id_from_hash(crypto_hash_tagged("due", parts, 3));
}

bool assembly_execute_due(struct assembly *assembly, uint64_t now_ms, unsigned year,
                          enum error *failed)
{
    struct due due;
    /* The stamp of the transaction may be later than the clock, when that was set back. */
    now_ms = assembly->now_ms > now_ms ? assembly->now_ms : now_ms;
    *failed = ERROR_NONE;
    if (!due_first(assembly->txn, &due) || due.at_ms > now_ms) {
        return false;
    }
    due_remove(assembly->txn, due.command->method, due.id);
    struct request request = {
        .command = due.command,
        .params = json_object(),
        .caller = {.kind = CALLER_SYSTEM},
        .now_ms = now_ms,
        .year = year,
    };
    json_put(request.params, "id", json_id(due.id));
    if ((due.command->flags & COMMAND_SELF_KEYED) == 0) {
        json_put(request.params, "command", json_id(due_command(&due)));
    }
    *failed = assembly_execute(assembly, &request);
    request_clear(&request);
    json_decref(request.params);
    return true;
}
