/* Values, order, walks in both directions, snapshots, and the error that stays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store.h"
#include "tests/harness/c/fixture.h"

struct place {
    char *folder;
    struct store *store;
};

static struct store *open_store(const char *folder, uint64_t map_bytes)
{
    const struct store_options options = {.map_bytes = map_bytes, .not_durable = true};
    struct store *store;
    char message[256];
    if (store_open(folder, true, &options, &store, message) != ERROR_NONE) {
        fail_msg("%s", message);
    }
    return store;
}

static int arrive(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    place->folder = fixture_folder();
    place->store = open_store(place->folder, 1 << 20);
    *state = place;
    return 0;
}

static int leave(void **state)
{
    struct place *place = *state;
    store_close(place->store);
    fixture_remove(place->folder);
    free(place);
    return 0;
}

static struct store_txn *begin(struct store *store, enum store_access access)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(store, access, &txn), ERROR_NONE);
    return txn;
}

static void put_text(struct store_txn *txn, const char *key, const char *value)
{
    store_put(txn, TABLE_DOCUMENT, slice_text(key), slice_text(value));
}

static bool holds(struct store_txn *txn, const char *key, const char *value)
{
    struct slice found;
    return store_get(txn, TABLE_DOCUMENT, slice_text(key), &found) &&
           slice_equal(found, slice_text(value));
}

static void committed_values_survive_reopening(void **state)
{
    struct place *place = *state;
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    put_text(txn, "a", "1");
    put_text(txn, "a", "2");
    put_text(txn, "empty", "");
    store_put(txn, TABLE_TOPIC, slice_text("a"), slice_text("elsewhere"));
    assert_true(holds(txn, "a", "2"));
    assert_int_equal(store_commit(txn), ERROR_NONE);
    store_close(place->store);
    place->store = open_store(place->folder, 1 << 20);
    txn = begin(place->store, STORE_READ);
    struct slice value;
    assert_true(holds(txn, "a", "2"));
    assert_true(holds(txn, "empty", ""));
    assert_int_equal(store_count(txn, TABLE_DOCUMENT), 2);
    assert_false(store_get(txn, TABLE_DOCUMENT, slice_text("b"), &value));
    assert_int_equal(value.size, 0);
    assert_int_equal(store_error(txn), ERROR_NONE);
    store_abort(txn);
}

static void an_abort_leaves_no_trace(void **state)
{
    struct place *place = *state;
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    put_text(txn, "a", "1");
    store_abort(txn);
    store_abort(NULL);
    txn = begin(place->store, STORE_READ);
    assert_int_equal(store_count(txn, TABLE_DOCUMENT), 0);
    assert_int_equal(store_commit(txn), ERROR_NONE);
}

static void deletes_and_clears(void **state)
{
    struct place *place = *state;
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    put_text(txn, "a", "1");
    put_text(txn, "b", "2");
    store_put(txn, TABLE_INDEX, slice_text("a"), slice_text("kept"));
    assert_true(store_delete(txn, TABLE_DOCUMENT, slice_text("a")));
    assert_false(store_delete(txn, TABLE_DOCUMENT, slice_text("a")));
    assert_int_equal(store_count(txn, TABLE_DOCUMENT), 1);
    store_clear(txn, TABLE_DOCUMENT);
    assert_int_equal(store_count(txn, TABLE_DOCUMENT), 0);
    assert_int_equal(store_count(txn, TABLE_INDEX), 1);
    assert_int_equal(store_commit(txn), ERROR_NONE);
}

static void large_values_and_longest_keys(void **state)
{
    struct place *place = *state;
    uint8_t key[511], bytes[70000];
    memset(key, 0xff, sizeof key);
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(i * 7);
    }
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    store_put(txn, TABLE_NOTE, slice_of(key, sizeof key), slice_of(bytes, sizeof bytes));
    assert_int_equal(store_commit(txn), ERROR_NONE);
    txn = begin(place->store, STORE_READ);
    struct slice found;
    assert_true(store_get(txn, TABLE_NOTE, slice_of(key, sizeof key), &found));
    assert_true(slice_equal(found, slice_of(bytes, sizeof bytes)));
    store_abort(txn);
}

static void appended_entries_come_in_order(void **state)
{
    struct place *place = *state;
    enum { ENTRIES = 3000 };
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    for (uint32_t i = 0; i < ENTRIES; i++) {
        uint8_t key[] = {(uint8_t)(i >> 8), (uint8_t)i};
        store_append(txn, TABLE_LEAF, slice_of(key, sizeof key), slice_text("leaf"));
    }
    assert_int_equal(store_commit(txn), ERROR_NONE);
    txn = begin(place->store, STORE_READ);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_LEAF);
    struct slice key, value;
    uint32_t count = 0;
    for (bool more = store_cursor_seek(cursor, slice_of(NULL, 0), &key, &value); more;
         more = store_cursor_next(cursor, &key, &value)) {
        assert_int_equal((uint32_t)key.data[0] << 8 | key.data[1], count);
        count++;
    }
    assert_int_equal(count, ENTRIES);
    store_cursor_close(cursor);
    store_cursor_close(NULL);
    store_abort(txn);
}

/* Walks with a cursor: which key is found, "" for none. */
static const char *found_key(bool found, struct slice key)
{
    static char text[16];
    snprintf(text, sizeof text, "%.*s", found ? (int)key.size : 0, (const char *)key.data);
    return text;
}

static void cursors_walk_both_ways(void **state)
{
    struct place *place = *state;
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    put_text(txn, "b", "2");
    put_text(txn, "d", "4");
    put_text(txn, "f", "6");
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_DOCUMENT);
    struct slice key, value;
    const struct {
        const char *at, *from, *before;
    } cases[] = {{"", "b", "f"},  {"a", "b", ""},  {"b", "b", ""}, {"c", "d", "b"},
                 {"d", "d", "b"}, {"f", "f", "d"}, {"g", "", "f"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct slice at = slice_text(cases[i].at);
        bool found = store_cursor_seek(cursor, at, &key, &value);
        assert_string_equal(found_key(found, key), cases[i].from);
        found = store_cursor_before(cursor, at, &key, &value);
        assert_string_equal(found_key(found, key), cases[i].before);
    }
    assert_true(store_cursor_before(cursor, slice_of(NULL, 0), &key, &value));
    assert_true(slice_equal(value, slice_text("6")));
    assert_true(store_cursor_previous(cursor, &key, &value));
    assert_true(slice_equal(value, slice_text("4")));
    assert_true(store_cursor_next(cursor, &key, &value));
    assert_true(slice_equal(value, slice_text("6")));
    assert_false(store_cursor_next(cursor, &key, &value));
    assert_true(store_cursor_seek(cursor, slice_text("b"), &key, &value));
    assert_false(store_cursor_previous(cursor, &key, &value));
    store_cursor_close(cursor);
    store_abort(txn);
}

static void a_cursor_puts_what_a_put_does(void **state)
{
    struct place *place = *state;
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_SECRET);
    struct slice key, value;
    for (int round = 0; round < 2; round++) {
        for (char letter = 'z'; letter >= 'a'; letter--) {
            char text[2] = {letter, (char)('0' + round)};
            store_cursor_put(cursor, slice_of(&letter, 1), slice_of(text, (size_t)round + 1));
            assert_true(store_get(txn, TABLE_SECRET, slice_of(&letter, 1), &value));
            assert_true(slice_equal(value, slice_of(text, (size_t)round + 1)));
        }
    }
    assert_true(store_cursor_next(cursor, &key, &value)); /* it stands at the last one put */
    assert_true(slice_equal(key, slice_text("b")));
    assert_int_equal(store_count(txn, TABLE_SECRET), 26);
    store_cursor_close(cursor);
    store_abort(txn);
}

static void an_empty_table_has_nothing_to_walk(void **state)
{
    struct place *place = *state;
    struct store_txn *txn = begin(place->store, STORE_READ);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_SECRET);
    struct slice key, value;
    assert_false(store_cursor_seek(cursor, slice_of(NULL, 0), &key, &value));
    assert_false(store_cursor_before(cursor, slice_of(NULL, 0), &key, &value));
    assert_false(store_cursor_before(cursor, slice_text("x"), &key, &value));
    assert_false(store_cursor_next(cursor, &key, &value));
    assert_false(store_cursor_previous(cursor, &key, &value));
    store_cursor_close(cursor);
    store_abort(txn);
}

struct visited {
    char keys[64];
    size_t limit;
};

static bool visit(void *context, struct slice key, struct slice value)
{
    struct visited *visited = context;
    (void)value;
    strncat(visited->keys, (const char *)key.data, key.size);
    strncat(visited->keys, " ", 2);
    visited->limit--;
    return visited->limit > 0;
}

static void scans_keep_to_their_prefix(void **state)
{
    struct place *place = *state;
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    const char *const keys[] = {"a", "ab", "abc", "abd", "ac", "b", "\xff", "\xff\xff"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        put_text(txn, keys[i], "");
    }
    const struct {
        const char *prefix;
        size_t limit;
        const char *expected;
    } cases[] = {
        {"ab", 9, "ab abc abd "},      {"ab", 2, "ab abc "}, {"b", 9, "b "},  {"c", 9, ""},
        {"\xff", 9, "\xff \xff\xff "}, {"", 3, "a ab abc "}, {"abcd", 9, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct visited visited = {.limit = cases[i].limit};
        store_scan(txn, TABLE_DOCUMENT, slice_text(cases[i].prefix), visit, &visited);
        assert_string_equal(visited.keys, cases[i].expected);
    }
    store_abort(txn);
}

static bool file_holds(const char *folder, const char *word)
{
    static char bytes[4 << 20];
    char path[512];
    snprintf(path, sizeof path, "%s/data.mdb", folder);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return memmem(bytes, size, word, strlen(word)) != NULL;
}

static void put_lines(struct store_txn *txn)
{
    char key[32], text[400];
    for (int i = 0; i < 500; i++) {
        snprintf(key, sizeof key, "key %04d", i);
        snprintf(text, sizeof text, "%s %0*d", i % 2 == 0 ? "hidden" : "public", i % 250 + 1, i);
        put_text(txn, key, text);
    }
}

static void delete_secrets(struct store_txn *txn)
{
    char key[32];
    for (int i = 0; i < 500; i += 2) {
        snprintf(key, sizeof key, "key %04d", i);
        store_delete(txn, TABLE_DOCUMENT, slice_text(key));
    }
}

static void a_compacted_file_holds_nothing_deleted(void **state)
{
    struct place *place = *state;
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    struct slice value;
    put_lines(txn);
    assert_int_equal(store_commit(txn), ERROR_NONE);
    txn = begin(place->store, STORE_WRITE);
    delete_secrets(txn);
    assert_int_equal(store_commit(txn), ERROR_NONE);
    assert_true(file_holds(place->folder, "hidden"));
    struct store_txn *reader = begin(place->store, STORE_READ);
    store_reset(reader); /* kept between uses, as the server does */
    assert_int_equal(store_compact(place->store), ERROR_NONE);
    assert_false(file_holds(place->folder, "hidden"));
    assert_int_equal(store_renew(reader), ERROR_NONE);
    assert_int_equal(store_count(reader, TABLE_DOCUMENT), 250);
    assert_true(store_get(reader, TABLE_DOCUMENT, slice_text("key 0001"), &value));
    store_abort(reader);
    txn = begin(place->store, STORE_WRITE);
    put_text(txn, "after", "written");
    assert_int_equal(store_commit(txn), ERROR_NONE);
    store_close(place->store);
    place->store = open_store(place->folder, 1 << 20);
    txn = begin(place->store, STORE_READ);
    assert_true(holds(txn, "after", "written"));
    store_abort(txn);
}

static void a_reader_keeps_its_snapshot_until_renewed(void **state)
{
    struct place *place = *state;
    struct store_txn *reader = begin(place->store, STORE_READ);
    struct store_txn *writer = begin(place->store, STORE_WRITE);
    put_text(writer, "a", "1");
    assert_int_equal(store_commit(writer), ERROR_NONE);
    assert_false(holds(reader, "a", "1"));
    store_reset(reader);
    assert_int_equal(store_renew(reader), ERROR_NONE);
    assert_true(holds(reader, "a", "1"));
    store_abort(reader);
}

/* Puts entries of 4,000 bytes under keys that begin so, until the transaction fails; how many. */
static size_t fill(struct store_txn *txn, char first)
{
    static const uint8_t bytes[4000];
    for (size_t i = 0;; i++) {
        char key[16];
        snprintf(key, sizeof key, "%c%06zu", first, i);
        store_put(txn, TABLE_OPENING, slice_text(key), slice_of(bytes, sizeof bytes));
        if (store_error(txn) != ERROR_NONE) {
            return i;
        }
        assert_true(i < 10000);
    }
}

static void a_full_map_is_an_error_that_stays_and_passes(void **state)
{
    struct place *place = *state;
    struct store_txn *txn = begin(place->store, STORE_WRITE);
    put_text(txn, "before", "1");
    assert_int_equal(store_commit(txn), ERROR_NONE);

    txn = begin(place->store, STORE_WRITE);
    put_text(txn, "lost", "1");
    assert_true(fill(txn, 'x') > 20);
    assert_int_equal(store_error(txn), ERROR_STORAGE_FULL);
    struct slice value, key;
    put_text(txn, "late", "1");
    assert_false(store_get(txn, TABLE_DOCUMENT, slice_text("before"), &value));
    assert_false(store_delete(txn, TABLE_DOCUMENT, slice_text("before")));
    assert_int_equal(store_count(txn, TABLE_DOCUMENT), 0);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_DOCUMENT);
    assert_false(store_cursor_seek(cursor, slice_of(NULL, 0), &key, &value));
    store_cursor_close(cursor);
    assert_int_equal(store_commit(txn), ERROR_STORAGE_FULL);

    txn = begin(place->store, STORE_WRITE);
    assert_true(holds(txn, "before", "1"));
    assert_false(holds(txn, "lost", "1"));
    assert_false(holds(txn, "late", "1"));
    assert_int_equal(store_count(txn, TABLE_OPENING), 0);
    put_text(txn, "after", "1");
    assert_int_equal(store_commit(txn), ERROR_NONE);
}

/* Each piece of misuse runs in a child that opens a folder of its own. */
static struct store_txn *begin_in_child(void *folder, enum store_access access)
{
    return begin(open_store(folder, 1 << 20), access);
}

static void append_out_of_order(void *folder)
{
    struct store_txn *txn = begin_in_child(folder, STORE_WRITE);
    store_append(txn, TABLE_LEAF, slice_text("b"), slice_text(""));
    store_append(txn, TABLE_LEAF, slice_text("a"), slice_text(""));
}

static void append_twice(void *folder)
{
    struct store_txn *txn = begin_in_child(folder, STORE_WRITE);
    store_append(txn, TABLE_LEAF, slice_text("b"), slice_text(""));
    store_append(txn, TABLE_LEAF, slice_text("b"), slice_text(""));
}

static void put_long_key(void *folder)
{
    static const uint8_t key[512];
    struct store_txn *txn = begin_in_child(folder, STORE_WRITE);
    store_put(txn, TABLE_NOTE, slice_of(key, sizeof key), slice_text(""));
}

static void put_no_key(void *folder)
{
    store_put(begin_in_child(folder, STORE_WRITE), TABLE_NOTE, slice_text(""), slice_text(""));
}

static void put_while_reading(void *folder)
{
    store_put(begin_in_child(folder, STORE_READ), TABLE_NOTE, slice_text("a"), slice_text(""));
}

static void commit_with_cursor(void *folder)
{
    struct store_txn *txn = begin_in_child(folder, STORE_WRITE);
    (void)store_cursor_open(txn, TABLE_NOTE);
    (void)store_commit(txn);
}

static void misuse_is_a_bug(void **state)
{
    (void)state;
    void (*const bodies[])(void *) = {append_out_of_order, append_twice,      put_long_key,
                                      put_no_key,          put_while_reading, commit_with_cursor};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        char *folder = fixture_folder();
        assert_true(fixture_aborts(bodies[i], folder));
        fixture_remove(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(committed_values_survive_reopening, arrive, leave),
        cmocka_unit_test_setup_teardown(an_abort_leaves_no_trace, arrive, leave),
        cmocka_unit_test_setup_teardown(deletes_and_clears, arrive, leave),
        cmocka_unit_test_setup_teardown(large_values_and_longest_keys, arrive, leave),
        cmocka_unit_test_setup_teardown(appended_entries_come_in_order, arrive, leave),
        cmocka_unit_test_setup_teardown(cursors_walk_both_ways, arrive, leave),
        cmocka_unit_test_setup_teardown(an_empty_table_has_nothing_to_walk, arrive, leave),
        cmocka_unit_test_setup_teardown(a_cursor_puts_what_a_put_does, arrive, leave),
        cmocka_unit_test_setup_teardown(scans_keep_to_their_prefix, arrive, leave),
        cmocka_unit_test_setup_teardown(a_reader_keeps_its_snapshot_until_renewed, arrive, leave),
        cmocka_unit_test_setup_teardown(a_compacted_file_holds_nothing_deleted, arrive, leave),
        cmocka_unit_test_setup_teardown(a_full_map_is_an_error_that_stays_and_passes, arrive,
                                        leave),
        cmocka_unit_test(misuse_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
