/* Rewriting the file of the store, so that nothing which was deleted is left in it.
 *
 * LMDB keeps the pages it no longer needs, with what stood on them, and page copies carry the gaps of pages along. So the
 * copy is made row by row, in order, into a new file (DIR/compact/data.mdb): what is in it was in a row, and nothing else.
 * The new file is whole and synced before it takes the name of the old one; a crash leaves the old or the new one.
 * The exchange happens while no transaction is open in this process: store->users counts them, and holds SWAPPING instead
 * while the environment is closed and opened again, a few milliseconds. Other processes that read keep the old file; one
 * that is just opening waits for the flock of the folder, so that LMDB's table of readers never serves two files.
 * A map of another size is opened in the same quiet moment. Start at store_compact(). */
#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fatal.h"

enum {
    SWAPPING = 1 << 30,
    WAIT_US = 1000,
    SWAP_TRIES = 10000, /* waits for readers */
    ROWS_AT_ONCE = 50000,
    PATH_SIZE = 4096
};
static const char part[] = "compact";

/* ---- who is inside ---- */

void store_enter(struct store *store)
{
    unsigned users = atomic_load(&store->users);
    for (;;) {
        if (users == SWAPPING) {
            usleep(WAIT_US);
            users = atomic_load(&store->users);
        } else if (atomic_compare_exchange_weak(&store->users, &users, users + 1)) {
            return;
        }
    }
}

void store_leave(struct store *store)
{
    atomic_fetch_sub(&store->users, 1);
}

static bool shut(struct store *store)
{
    for (int i = 0; i < SWAP_TRIES; i++) {
        unsigned none = 0;
        if (atomic_compare_exchange_strong(&store->users, &none, SWAPPING)) {
            return true;
        }
        usleep(WAIT_US);
    }
    return false;
}

/* ---- the copy ---- */

static enum error copy_rows(struct store_cursor *rows, struct store *to, enum table table,
                            struct slice *key, struct slice *value, bool *more)
{
    struct store_txn *txn;
    enum error error = store_begin(to, STORE_WRITE, &txn);
    if (error != ERROR_NONE) {
        return error;
    }
    for (unsigned n = 0; *more && n < ROWS_AT_ONCE; n++) {
        if (table == TABLE_META) { /* the new file has some rows of its own */
            store_put(txn, table, *key, *value);
        } else {
            store_append(txn, table, *key, *value);
        }
        *more = store_cursor_next(rows, key, value);
    }
    return store_commit(txn);
}

static enum error copy_table(struct store_txn *from, struct store *to, enum table table)
{
    struct slice key, value;
    struct store_cursor *rows = store_cursor_open(from, table);
    bool more = store_cursor_seek(rows, slice_of(NULL, 0), &key, &value);
    enum error error = ERROR_NONE;
    while (more && error == ERROR_NONE) {
        error = copy_rows(rows, to, table, &key, &value, &more);
    }
    store_cursor_close(rows);
    return error == ERROR_NONE ? store_error(from) : error;
}

static enum error copy_all(struct store *store, struct store *to)
{
    struct store_txn *from;
    enum error error = store_begin(store, STORE_READ, &from);
    if (error != ERROR_NONE) {
        return error;
    }
    for (int table = 0; table < TABLE_COUNT && error == ERROR_NONE; table++) {
        error = copy_table(from, to, (enum table)table);
    }
    store_abort(from);
    return error;
}

static void clear_away(const struct store *store)
{
    static const char *const files[] = {"compact/data.mdb", "compact/lock.mdb", "compact/lock"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        unlinkat(store->folder, files[i], 0);
    }
    unlinkat(store->folder, part, AT_REMOVEDIR);
}

static bool sync_file(const struct store *store)
{
    int file = openat(store->folder, "compact/data.mdb", O_RDWR | O_CLOEXEC);
    bool synced = file >= 0 && fsync(file) == 0;
    if (file >= 0) {
        close(file);
    }
    return synced;
}

static enum error make_copy(struct store *store)
{
    char path[PATH_SIZE];
    struct store *to;
    struct store_options options = {.map_bytes = store->map_bytes, .not_durable = true};
    int size = snprintf(path, sizeof path, "%s/%s", store->dir, part);
    if (size < 0 || size >= (int)sizeof path) {
        return ERROR_STORAGE_FAILED;
    }
    clear_away(store);
    enum error error = store_open(path, true, &options, &to, NULL);
    if (error != ERROR_NONE) {
        return error;
    }
    error = copy_all(store, to);
    store_close(to);
    return error == ERROR_NONE && !sync_file(store) ? ERROR_STORAGE_FAILED : error;
}

/* ---- the exchange ---- */

static enum error take_place(struct store *store)
{
    if (!shut(store)) {
        return ERROR_STORAGE_FAILED;
    }
    assert_always(flock(store->folder, LOCK_EX) == 0);
    mdb_env_close(store->env);
    store->env = NULL;
    unlinkat(store->folder, "lock.mdb", 0);
    bool renamed = renameat(store->folder, "compact/data.mdb", store->folder, "data.mdb") == 0 &&
                   fsync(store->folder) == 0;
    enum error error = store_reopen(store);
    flock(store->folder, LOCK_UN);
    if (error != ERROR_NONE && store->env != NULL) {
        mdb_env_close(store->env);
        store->env = NULL; /* nothing can be begun any more */
    }
    atomic_store(&store->users, 0);
    if (error != ERROR_NONE) {
        return ERROR_STORAGE_CORRUPT;
    }
    return renamed ? ERROR_NONE : ERROR_STORAGE_FAILED;
}

enum error store_resize(struct store *store, uint64_t map_bytes)
{
    uint64_t before = store->map_bytes;
    if (!shut(store)) {
        return ERROR_STORAGE_FAILED;
    }
    mdb_env_close(store->env);
    store->env = NULL;
    store->map_bytes = map_bytes;
    enum error error = store_reopen(store);
    if (error != ERROR_NONE) {
        store->map_bytes = before;
        assert_always(store_reopen(store) == ERROR_NONE); /* it was open a moment ago */
    }
    atomic_store(&store->users, 0);
    return error == ERROR_NONE ? ERROR_NONE : ERROR_STORAGE_FAILED;
}

enum error store_compact(struct store *store)
{
    assert_always(!store->read_only);
    enum error error = make_copy(store);
    if (error == ERROR_NONE) {
        error = take_place(store);
    }
    clear_away(store);
    return error;
}
