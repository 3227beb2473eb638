/* Opening: folder and rights, one writing process, formats, damage, and the reckoning of space. */
#include "store/store.h"

#include <lmdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/harness/c/fixture.h"

static const struct store_options quick = {.map_bytes = 4 << 20, .not_durable = true};
static const struct store_options reading = {.read_only = true};

static struct store *open_store(const char *folder, const struct store_options *options)
{
    struct store *store;
    char message[256];
    if (store_open(folder, !options->read_only, options, &store, message) != ERROR_NONE) {
        fail_msg("%s", message);
    }
    return store;
}

/* What opening is refused with; the message must contain `says`. */
static enum error refusal(const char *folder, bool create, const struct store_options *options,
                          const char *says)
{
    struct store *store;
    char message[256];
    enum error error = store_open(folder, create, options, &store, message);
    assert_int_not_equal(error, ERROR_NONE);
    assert_null(store);
    if (strstr(message, says) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", message, says);
    }
    assert_int_equal(store_open(folder, create, options, &store, NULL), error);
    return error;
}

static void put_meta(struct store *store, const char *key, struct slice value)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(store, STORE_WRITE, &txn), ERROR_NONE);
    store_put(txn, TABLE_META, slice_text(key), value);
    assert_int_equal(store_commit(txn), ERROR_NONE);
}

static bool has_meta(struct store *store, const char *key)
{
    struct store_txn *txn;
    struct slice value;
    assert_int_equal(store_begin(store, STORE_READ, &txn), ERROR_NONE);
    bool found = store_get(txn, TABLE_META, slice_text(key), &value);
    store_abort(txn);
    return found;
}

static void assert_mode(const char *folder, const char *name, unsigned mode)
{
    char *path = fixture_path(folder, name);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, mode);
    free(path);
}

static void creates_a_private_folder_durably(void **state)
{
    (void)state;
    char *parent = fixture_folder();
    char *folder = fixture_path(parent, "new");
    /* The defaults: 16 GiB of map, synced. */
    struct store *store;
    char message[256];
    assert_int_equal(store_open(folder, true, NULL, &store, message), ERROR_NONE);
    assert_string_equal(message, "");
    put_meta(store, "key", slice_text("value"));
    assert_mode(parent, "new", 0700);
    assert_mode(folder, "data.mdb", 0600);
    assert_mode(folder, "lock.mdb", 0600);
    assert_mode(folder, "lock", 0600);
    store_close(store);
    assert_int_equal(store_open(folder, false, NULL, &store, message), ERROR_NONE);
    assert_true(has_meta(store, "key"));
    assert_true(has_meta(store, "format"));
    store_close(store);
    store_close(NULL);
    free(folder);
    fixture_remove(parent);
}

static void what_is_not_there_is_not_opened(void **state)
{
    (void)state;
    char *parent = fixture_folder();
    char *folder = fixture_path(parent, "none");
    assert_int_equal(refusal(folder, false, &quick, "cannot open"), ERROR_STORAGE_FAILED);
    assert_int_equal(refusal(folder, false, &reading, "cannot open"), ERROR_STORAGE_FAILED);
    assert_int_equal(refusal(parent, false, &quick, "no data.mdb"), ERROR_STORAGE_FAILED);
    assert_int_equal(refusal(parent, false, &reading, "no data.mdb"), ERROR_STORAGE_FAILED);
    char *deep = fixture_path(folder, "deeper");
    assert_int_equal(refusal(deep, true, &quick, "cannot make"), ERROR_STORAGE_FAILED);
    free(deep);
    free(folder);
    fixture_remove(parent);
}

/* A child that has the folder open until it is ended. */
static pid_t serve_in_child(const char *folder)
{
    int ready[2];
    char byte = 0;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *store = open_store(folder, &quick);
        put_meta(store, "from child", slice_text("1"));
        if (write(ready[1], &byte, 1) == 1) {
            pause();
        }
        _exit(1);
    }
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    return child;
}

static void one_process_writes_others_read(void **state)
{
    (void)state;
    char *folder = fixture_folder();
    assert_int_equal(store_lock_owner(folder), 0);
    pid_t child = serve_in_child(folder);
    char pid[32];
    snprintf(pid, sizeof pid, "process %ld ", (long)child);
    assert_int_equal(store_lock_owner(folder), child);
    assert_int_equal(refusal(folder, false, &quick, pid), ERROR_STORAGE_LOCKED);
    struct store *reader = open_store(folder, &reading);
    assert_true(has_meta(reader, "from child"));
    store_close(reader);
    /* The lock goes with its process, however that ends. */
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(store_lock_owner(folder), 0);
    struct store *store = open_store(folder, &quick);
    assert_int_equal(store_lock_owner(folder), getpid());
    assert_true(has_meta(store, "from child"));
    store_close(store);
    assert_int_equal(store_lock_owner(folder), 0);
    fixture_remove(folder);
}

static void one_process_opens_a_folder_once(void **state)
{
    (void)state;
    char *folder = fixture_folder();
    struct store *store = open_store(folder, &quick);
    assert_int_equal(refusal(folder, true, &quick, "serves"), ERROR_STORAGE_LOCKED);
    assert_int_equal(refusal(folder, false, &reading, "this process"), ERROR_STORAGE_LOCKED);
    put_meta(store, "still", slice_text("works"));
    store_close(store);
    fixture_remove(folder);
}

static void asking_for_the_owner_does_not_keep_a_writer_out(void **state)
{
    (void)state;
    char *folder = fixture_folder();
    store_close(open_store(folder, &quick));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        for (;;) {
            (void)store_lock_owner(folder);
        }
    }
    for (int i = 0; i < 20; i++) {
        store_close(open_store(folder, &quick));
    }
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    fixture_remove(folder);
}

static void other_formats_are_refused(void **state)
{
    (void)state;
    char *folder = fixture_folder();
    struct store *store = open_store(folder, &quick);
    put_meta(store, "format", slice_of("\0\0\0\2", 4));
    store_close(store);
    assert_int_equal(refusal(folder, false, &quick, "newer version of Palabre (format 2"),
                     ERROR_STORAGE_NEWER);
    assert_int_equal(refusal(folder, true, &quick, "newer"), ERROR_STORAGE_NEWER);
    assert_int_equal(refusal(folder, false, &reading, "newer"), ERROR_STORAGE_NEWER);
    fixture_remove(folder);
    folder = fixture_folder();
    store = open_store(folder, &quick);
    put_meta(store, "format", slice_of("\0\0\2", 3));
    store_close(store);
    assert_int_equal(refusal(folder, false, &quick, "damaged"), ERROR_STORAGE_CORRUPT);
    fixture_remove(folder);
}

static void damage_is_told_apart(void **state)
{
    (void)state;
    char *folder = fixture_folder();
    char *path = fixture_path(folder, "data.mdb");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (int i = 0; i < 20000; i++) {
        fputc('x', file);
    }
    fclose(file);
    assert_int_equal(refusal(folder, false, &quick, "cannot open the store"),
                     ERROR_STORAGE_CORRUPT);
    assert_int_equal(refusal(folder, false, &reading, "cannot open the store"),
                     ERROR_STORAGE_CORRUPT);
    free(path);
    fixture_remove(folder);
}

static void a_refused_map_names_the_setting(void **state)
{
    (void)state;
    char *folder = fixture_folder();
    const struct store_options vast = {.map_bytes = UINT64_C(1) << 60};
    assert_int_equal(refusal(folder, true, &vast, "map-size"), ERROR_STORAGE_FAILED);
    fixture_remove(folder);
}

/* The newest meta page is spoiled: LMDB opens the commit before, and says nothing. */
static void a_damaged_last_commit_is_seen(void **state)
{
    (void)state;
    enum { PAGE = 4096, TXNID_AT = 144 };
    char *folder = fixture_folder();
    struct store *store = open_store(folder, &quick);
    put_meta(store, "one", slice_text("1"));
    put_meta(store, "two", slice_text("2"));
    store_close(store);
    store = open_store(folder, &reading);
    assert_true(store_has_last_commit(store));
    store_close(store);
    char *path = fixture_path(folder, "data.mdb");
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    uint64_t txnid[2];
    for (int at = 0; at < 2; at++) {
        assert_int_equal(fseek(file, at * PAGE + TXNID_AT, SEEK_SET), 0);
        assert_int_equal(fread(&txnid[at], sizeof txnid[at], 1, file), 1);
    }
    uint64_t older = (txnid[0] < txnid[1] ? txnid[0] : txnid[1]) - 2;
    assert_int_equal(fseek(file, (txnid[0] < txnid[1]) * PAGE + TXNID_AT, SEEK_SET), 0);
    assert_int_equal(fwrite(&older, sizeof older, 1, file), 1);
    fclose(file);
    free(path);
    store = open_store(folder, &reading);
    assert_true(has_meta(store, "one"));
    assert_false(has_meta(store, "two"));
    assert_false(store_has_last_commit(store));
    store_close(store);
    fixture_remove(folder);
}

static void space_is_reckoned_with_what_can_be_reused(void **state)
{
    (void)state;
    static const uint8_t bytes[4000];
    char *folder = fixture_folder();
    struct store *store = open_store(folder, &quick);
    uint64_t before = store_used_bytes(store);
    assert_true(before > 0 && before < 1 << 20);
    assert_false(store_is_short_of_space(store));
    struct store_txn *txn;
    size_t entries = 0;
    while (!store_is_short_of_space(store)) {
        assert_true(entries < 2000);
        assert_int_equal(store_begin(store, STORE_WRITE, &txn), ERROR_NONE);
        for (int i = 0; i < 10; i++, entries++) {
            char key[16];
            snprintf(key, sizeof key, "%06zu", entries);
            store_append(txn, TABLE_LEAF, slice_text(key), slice_of(bytes, sizeof bytes));
        }
        assert_int_equal(store_commit(txn), ERROR_NONE);
    }
    assert_true(entries > 500);
    assert_true(store_used_bytes(store) > 3 << 20);
    assert_int_equal(store_begin(store, STORE_WRITE, &txn), ERROR_NONE);
    store_clear(txn, TABLE_LEAF);
    assert_int_equal(store_commit(txn), ERROR_NONE);
    assert_false(store_is_short_of_space(store));
    assert_true(store_used_bytes(store) < 1 << 20);
    store_close(store);
    fixture_remove(folder);
}

/* A table that came with a later version; who only reads cannot make it. */
static void a_folder_of_an_earlier_version_says_what_to_do(void **state)
{
    (void)state;
    char *parent = fixture_folder();
    char *folder = fixture_path(parent, "old");
    MDB_env *environment;
    MDB_txn *txn;
    MDB_dbi table;
    store_close(open_store(folder, &quick));
    assert_int_equal(mdb_env_create(&environment), 0);
    assert_int_equal(mdb_env_set_maxdbs(environment, 2), 0);
    assert_int_equal(mdb_env_open(environment, folder, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(environment, NULL, 0, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, "personal", 0, &table), 0);
    assert_int_equal(mdb_drop(txn, table, 1), 0);
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(environment);
    assert_int_equal(refusal(folder, false, &reading, "Start the server on it once"),
                     ERROR_STORAGE_CORRUPT);
    store_close(open_store(folder, &quick));
    store_close(open_store(folder, &reading));
    free(folder);
    fixture_remove(parent);
}

/* What was deleted is not in a copy, and the copy is a store of its own. */
static void a_copy_is_compact_and_of_one_snapshot(void **state)
{
    (void)state;
    char *folder = fixture_folder(), *target = fixture_folder();
    char *path = fixture_path(target, "data.mdb");
    char message[256], secret[4000];
    struct store *store = open_store(folder, &quick), *copy;
    memset(secret, 'q', sizeof secret);
    put_meta(store, "gone", slice_of(secret, sizeof secret));
    put_meta(store, "kept", slice_text("value"));
    struct store_txn *txn;
    assert_int_equal(store_begin(store, STORE_WRITE, &txn), ERROR_NONE);
    assert_true(store_delete(txn, TABLE_META, slice_text("gone")));
    assert_int_equal(store_commit(txn), ERROR_NONE);
    assert_int_equal(store_begin(store, STORE_WRITE, &txn), ERROR_NONE);
    store_put(txn, TABLE_META, slice_text("open"), slice_text("value"));
    assert_int_equal(store_copy(store, target, message), ERROR_NONE); /* while one is written */
    assert_int_equal(store_commit(txn), ERROR_NONE);
    assert_int_not_equal(store_copy(store, target, message), ERROR_NONE);
    assert_non_null(strstr(message, "exist"));
    copy = open_store(target, &reading);
    assert_true(has_meta(copy, "kept"));
    assert_false(has_meta(copy, "gone"));
    assert_false(has_meta(copy, "open"));
    store_close(copy);
    store_close(store);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char bytes[1 << 18];
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_true(size > 0 && size < sizeof bytes);
    assert_null(memmem(bytes, size, secret, 100));
    free(path);
    fixture_remove(folder);
    fixture_remove(target);
}

static off_t grown_by_writing(struct store *store, const char *folder)
{
    struct stat before, now;
    char *path = fixture_path(folder, "data.mdb");
    char value[3000];
    memset(value, 'v', sizeof value);
    assert_int_equal(stat(path, &before), 0);
    for (int i = 0; i < 50; i++) {
        put_meta(store, "key", slice_of(value, sizeof value));
    }
    assert_int_equal(stat(path, &now), 0);
    free(path);
    return now.st_size - before.st_size;
}

/* A reader that was killed holds its slot until somebody looks. */
static void readers_that_died_are_let_go(void **state)
{
    (void)state;
    char *folder = fixture_folder();
    struct store *store = open_store(folder, &quick);
    put_meta(store, "key", slice_text("value"));
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct store *mine;
        struct store_txn *txn;
        char message[256];
        bool good = store_open(folder, false, &reading, &mine, message) == ERROR_NONE &&
                    store_begin(mine, STORE_READ, &txn) == ERROR_NONE;
        (void)!write(ready[1], good ? "y" : "n", 1);
        pause();
    }
    char answer = 0;
    assert_int_equal(read(ready[0], &answer, 1), 1);
    assert_int_equal(answer, 'y');
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_true(grown_by_writing(store, folder) > 100000); /* every page is still held */
    store_clear_dead_readers(store);
    (void)grown_by_writing(store, folder);
    assert_int_equal(grown_by_writing(store, folder), 0);
    store_close(store);
    fixture_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(creates_a_private_folder_durably),
        cmocka_unit_test(what_is_not_there_is_not_opened),
        cmocka_unit_test(one_process_writes_others_read),
        cmocka_unit_test(one_process_opens_a_folder_once),
        cmocka_unit_test(asking_for_the_owner_does_not_keep_a_writer_out),
        cmocka_unit_test(other_formats_are_refused),
        cmocka_unit_test(damage_is_told_apart),
        cmocka_unit_test(a_folder_of_an_earlier_version_says_what_to_do),
        cmocka_unit_test(a_refused_map_names_the_setting),
        cmocka_unit_test(a_damaged_last_commit_is_seen),
        cmocka_unit_test(space_is_reckoned_with_what_can_be_reused),
        cmocka_unit_test(a_copy_is_compact_and_of_one_snapshot),
        cmocka_unit_test(readers_that_died_are_let_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
