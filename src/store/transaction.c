/* Transactions, values and cursors.
 *
 * A transaction remembers the first error that LMDB gave it; from then on reads find nothing, writes do nothing, and
 * store_commit() aborts and answers that error. So code that changes state writes without looking, and a batch is
 * either wholly in the store or not at all.
 * Misuse by our own code (a key too long, an append out of order, a write in a read transaction, a cursor left open
 * at the end of its transaction) is a bug and aborts: LMDB would corrupt memory or the order of the record.
 * Start at store_begin() and txn_failed(). */
#include "store/internal.h"

#include <stdlib.h>

#include "base/fatal.h"
#include "base/memory.h"

struct store_txn {
    struct store *store;
    MDB_txn *txn;
    enum error error; /* the first one; sticky */
    bool writes;
    unsigned cursors; /* open ones */
    uint64_t reads;
    void *attached;
};

struct store_cursor {
    struct store_txn *txn;
    MDB_cursor *cursor;
};

/* LMDB's struct has no const; it does not write through what it is given. */
static MDB_val val_of(struct slice bytes)
{
    static const uint8_t nothing = 0;
    const uint8_t *data = bytes.data == NULL ? &nothing : bytes.data;
    return (MDB_val){.mv_size = bytes.size, .mv_data = (void *)(uintptr_t)data};
}

static MDB_val val_of_key(struct slice key)
{
    assert_always(key.size > 0 && key.size <= STORE_MAX_KEY);
    return val_of(key);
}

static struct slice slice_of_val(MDB_val value)
{
    return slice_of(value.mv_data, value.mv_size);
}

/* Notes an answer that is neither success nor "not found". true = the transaction goes on and the answer is 0. */
static bool txn_failed(struct store_txn *txn, int answer)
{
    if (answer == 0) {
        return false;
    }
    if (answer != MDB_NOTFOUND && txn->error == ERROR_NONE) {
        txn->error = store_error_of(txn->store, answer);
    }
    return true;
}

static MDB_dbi txn_table(const struct store_txn *txn, enum table table)
{
    assert_always((unsigned)table < TABLE_COUNT);
    return txn->store->tables[table];
}

enum error store_begin(struct store *store, enum store_access access, struct store_txn **txn)
{
    assert_always(access == STORE_READ || !store->read_only);
    MDB_txn *begun;
    store_enter(store);
    int answer = store->env == NULL ? MDB_INVALID
                                    : mdb_txn_begin(store->env, NULL,
                                                    access == STORE_READ ? MDB_RDONLY : 0u, &begun);
    if (answer != 0) {
        store_leave(store);
        *txn = NULL;
        return store_error_of(store, answer);
    }
    struct store_txn *made = memory_new(1, sizeof *made);
    made->store = store;
    made->txn = begun;
    made->writes = access == STORE_WRITE;
    *txn = made;
    return ERROR_NONE;
}

enum error store_commit(struct store_txn *txn)
{
    assert_always(txn->cursors == 0);
    assert_always(txn->attached == NULL || txn->error != ERROR_NONE);
    if (txn->error != ERROR_NONE) {
        enum error error = txn->error;
        store_abort(txn);
        return error;
    }
    int answer = mdb_txn_commit(txn->txn); /* frees it in every case */
    enum error error = answer == 0 ? ERROR_NONE : store_error_of(txn->store, answer);
    store_leave(txn->store);
    free(txn);
    return error;
}

void store_abort(struct store_txn *txn)
{
    if (txn == NULL) {
        return;
    }
    assert_always(txn->cursors == 0);
    if (txn->txn != NULL) {
        mdb_txn_abort(txn->txn);
        store_leave(txn->store);
    }
    free(txn);
}

void store_reset(struct store_txn *txn)
{
    assert_always(!txn->writes && txn->cursors == 0);
    if (txn->txn != NULL) {
        mdb_txn_abort(txn->txn);
        store_leave(txn->store);
        txn->txn = NULL;
    }
}

enum error store_renew(struct store_txn *txn)
{
    assert_always(!txn->writes);
    assert_always(txn->txn == NULL);
    store_enter(txn->store);
    int answer = txn->store->env == NULL
                     ? MDB_INVALID
                     : mdb_txn_begin(txn->store->env, NULL, MDB_RDONLY, &txn->txn);
    txn->error = answer == 0 ? ERROR_NONE : store_error_of(txn->store, answer);
    if (answer != 0) {
        store_leave(txn->store);
        txn->txn = NULL;
    }
    return txn->error;
}

uint64_t store_reads(const struct store_txn *txn)
{
    return txn->reads;
}

void store_attach(struct store_txn *txn, void *attached)
{
    assert_always(txn->writes);
    txn->attached = attached;
}

void *store_attached(const struct store_txn *txn)
{
    return txn->attached;
}

enum error store_error(const struct store_txn *txn)
{
    return txn->error;
}

/* --- values --- */

bool store_get(struct store_txn *txn, enum table table, struct slice key, struct slice *value)
{
    MDB_val wanted = val_of_key(key);
    MDB_val found;
    txn->reads++;
    if (txn->error != ERROR_NONE ||
        txn_failed(txn, mdb_get(txn->txn, txn_table(txn, table), &wanted, &found))) {
        *value = slice_of("", 0);
        return false;
    }
    *value = slice_of_val(found);
    return true;
}

static void put_with(struct store_txn *txn, enum table table, struct slice key, struct slice value,
                     unsigned flags)
{
    assert_always(txn->writes);
    MDB_val at = val_of_key(key);
    MDB_val bytes = val_of(value);
    if (txn->error != ERROR_NONE) {
        return;
    }
    int answer = mdb_put(txn->txn, txn_table(txn, table), &at, &bytes, flags);
    assert_always(answer != MDB_KEYEXIST); /* an append that is not behind all keys */
    (void)txn_failed(txn, answer);
}

void store_put(struct store_txn *txn, enum table table, struct slice key, struct slice value)
{
    put_with(txn, table, key, value, 0);
}

void store_append(struct store_txn *txn, enum table table, struct slice key, struct slice value)
{
    put_with(txn, table, key, value, MDB_APPEND);
}

bool store_delete(struct store_txn *txn, enum table table, struct slice key)
{
    assert_always(txn->writes);
    MDB_val at = val_of_key(key);
    return txn->error == ERROR_NONE &&
           !txn_failed(txn, mdb_del(txn->txn, txn_table(txn, table), &at, NULL));
}

void store_clear(struct store_txn *txn, enum table table)
{
    assert_always(txn->writes);
    if (txn->error == ERROR_NONE) {
        (void)txn_failed(txn, mdb_drop(txn->txn, txn_table(txn, table), 0));
    }
}

uint64_t store_count(struct store_txn *txn, enum table table)
{
    MDB_stat stat;
    if (txn->error != ERROR_NONE ||
        txn_failed(txn, mdb_stat(txn->txn, txn_table(txn, table), &stat))) {
        return 0;
    }
    return stat.ms_entries;
}

/* --- cursors --- */

/* A cursor of a failed transaction is made all the same and finds nothing. */
struct store_cursor *store_cursor_open(struct store_txn *txn, enum table table)
{
    struct store_cursor *made = memory_new(1, sizeof *made);
    made->txn = txn;
    if (txn->error == ERROR_NONE &&
        txn_failed(txn, mdb_cursor_open(txn->txn, txn_table(txn, table), &made->cursor))) {
        made->cursor = NULL;
    }
    txn->cursors++;
    return made;
}

void store_cursor_close(struct store_cursor *cursor)
{
    if (cursor == NULL) {
        return;
    }
    if (cursor->cursor != NULL) {
        mdb_cursor_close(cursor->cursor);
    }
    cursor->txn->cursors--;
    free(cursor);
}

/* LMDB believes its pages; a damaged one can hold keys that nobody could have put there. */
static bool key_is_sound(MDB_val key)
{
    return key.mv_size > 0 && key.mv_size <= STORE_MAX_KEY;
}

/* One step; `at` is the key for MDB_SET_RANGE. */
static bool cursor_step(struct store_cursor *cursor, MDB_cursor_op op, struct slice at,
                        struct slice *key, struct slice *value)
{
    MDB_val found_key = val_of(at);
    MDB_val found_value;
    cursor->txn->reads++;
    if (cursor->txn->error != ERROR_NONE || cursor->cursor == NULL ||
        txn_failed(cursor->txn, mdb_cursor_get(cursor->cursor, &found_key, &found_value, op)) ||
        txn_failed(cursor->txn, key_is_sound(found_key) ? 0 : MDB_CORRUPTED)) {
        *key = slice_of("", 0);
        *value = slice_of("", 0);
        return false;
    }
    *key = slice_of_val(found_key);
    *value = slice_of_val(found_value);
    return true;
}

bool store_cursor_seek(struct store_cursor *cursor, struct slice from, struct slice *key,
                       struct slice *value)
{
    assert_always(from.size <= STORE_MAX_KEY);
    return cursor_step(cursor, from.size == 0 ? MDB_FIRST : MDB_SET_RANGE, from, key, value);
}

bool store_cursor_next(struct store_cursor *cursor, struct slice *key, struct slice *value)
{
    return cursor_step(cursor, MDB_NEXT, slice_of(NULL, 0), key, value);
}

bool store_cursor_before(struct store_cursor *cursor, struct slice before, struct slice *key,
                         struct slice *value)
{
    assert_always(before.size <= STORE_MAX_KEY);
    if (before.size > 0 && cursor_step(cursor, MDB_SET_RANGE, before, key, value)) {
        return cursor_step(cursor, MDB_PREV, slice_of(NULL, 0), key, value);
    }
    return cursor_step(cursor, MDB_LAST, slice_of(NULL, 0), key, value);
}

bool store_cursor_previous(struct store_cursor *cursor, struct slice *key, struct slice *value)
{
    return cursor_step(cursor, MDB_PREV, slice_of(NULL, 0), key, value);
}

void store_cursor_put(struct store_cursor *cursor, struct slice key, struct slice value)
{
    assert_always(cursor->txn->writes);
    MDB_val at = val_of_key(key);
    MDB_val bytes = val_of(value);
    if (cursor->txn->error == ERROR_NONE && cursor->cursor != NULL) {
        (void)txn_failed(cursor->txn, mdb_cursor_put(cursor->cursor, &at, &bytes, 0));
    }
}

static bool begins_with(struct slice key, struct slice prefix)
{
    return key.size >= prefix.size && slice_equal(slice_of(key.data, prefix.size), prefix);
}

void store_scan(struct store_txn *txn, enum table table, struct slice prefix, store_visit visit,
                void *context)
{
    struct store_cursor *cursor = store_cursor_open(txn, table);
    struct slice key, value;
    bool more = store_cursor_seek(cursor, prefix, &key, &value);
    while (more && begins_with(key, prefix) && visit(context, key, value)) {
        more = store_cursor_next(cursor, &key, &value);
    }
    store_cursor_close(cursor);
}
