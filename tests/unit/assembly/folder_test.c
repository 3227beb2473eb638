/* A folder's derived tables: rebuilt, damaged, newer. */
#include "tests/harness/c/world.h"

#include "assembly/concept.h"
#include "assembly/work.h"
#include "base/memory.h"

#include <stdlib.h>

static const char *const text =
    "'language':'fr','title':'Un abri','need':'Il pleut','text':'','themes':[]";

static void tell_story(struct world *world)
{
    struct caller ann = world_member(world, "Ann", "facilitator"),
                  bob = world_member(world, "Bob", "");
    const char *id = world_text(world_id(world));
    world_must(world, ann, "proposal.submit", "{'id':'%s',%s}", id, text);
    world_must(world, bob, "proposal.support", "{'id':'%s','on':true}", id);
    world_must(world, bob, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'%s'},'text':'Oui'}",
               world_text(world_id(world)), id);
}

/* Writes one row; size 0 removes it. */
static void set_row(struct world *world, enum table table, struct slice key, struct slice value)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    if (value.size == 0) {
        assert_true(store_delete(txn, table, key));
    } else {
        store_put(txn, table, key, value);
    }
    assert_int_equal(store_commit(txn), ERROR_NONE);
}

static struct check_report check(struct world *world, enum error *error)
{
    struct store_txn *txn;
    struct store *scratch;
    struct check_report report;
    struct store_options options = {.not_durable = true};
    char *folder = fixture_folder();
    assert_int_equal(store_open(folder, true, &options, &scratch, NULL), ERROR_NONE);
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    *error = assembly_check(txn, scratch, &report, NULL, NULL);
    store_abort(txn);
    store_close(scratch);
    fixture_remove(folder);
    return report;
}

static void test_a_changed_document_is_found(void **state)
{
    struct world world;
    struct store_txn *txn;
    struct slice bytes;
    enum error error;
    uint8_t key[DOCUMENT_KEY_SIZE];
    (void)state;
    world_open(&world);
    tell_story(&world);
    document_key(DOCUMENT_ORGANISATION, world.org, key);
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    assert_true(document_bytes(txn, DOCUMENT_ORGANISATION, world.org, &bytes));
    uint8_t *copy = memory_copy(bytes.data, bytes.size);
    size_t size = bytes.size;
    store_abort(txn);
    copy[size - 2] ^= 1;
    set_row(&world, TABLE_DOCUMENT, slice_of(key, sizeof key), slice_of(copy, size));
    struct check_report report = check(&world, &error);
    assert_int_equal(error, ERROR_NONE);
    assert_int_equal(report.differing, 1);
    assert_memory_equal(report.first_difference, "organisation ", 13);
    set_row(&world, TABLE_DOCUMENT, slice_of(key, sizeof key), slice_text(""));
    report = check(&world, &error);
    assert_int_equal(report.differing, 1);
    copy[size - 2] ^= 1;
    set_row(&world, TABLE_DOCUMENT, slice_of(key, sizeof key), slice_of(copy, size));
    free(copy);
    world_close(&world);
}

static void test_a_changed_opening_is_found(void **state)
{
    struct world world;
    struct store_txn *txn;
    struct slice value;
    enum error error;
    static const uint8_t key[8] = {0, 0, 0, 0, 0, 0, 0, 3};
    (void)state;
    world_open(&world);
    tell_story(&world);
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    assert_true(store_get(txn, TABLE_OPENING, slice_of(key, sizeof key), &value));
    uint8_t *copy = memory_copy(value.data, value.size);
    size_t size = value.size;
    store_abort(txn);
    copy[0] ^= 1;
    set_row(&world, TABLE_OPENING, slice_of(key, sizeof key), slice_of(copy, size));
    struct check_report report = check(&world, &error);
    assert_int_equal(error, ERROR_EVENT_BAD_COMMITMENT);
    assert_int_equal(report.bad_seq, 3);
    copy[0] ^= 1;
    set_row(&world, TABLE_OPENING, slice_of(key, sizeof key), slice_of(copy, size));
    free(copy);
    world_close(&world);
}

static void reopen(struct world *world, enum error expected)
{
    assembly_close(world->assembly);
    assert_int_equal(assembly_open(world->store, &world->key, NULL, NULL, &world->assembly),
                     expected);
}

static void test_an_older_projection_is_rebuilt(void **state)
{
    struct world world;
    struct store_txn *txn;
    uint8_t key[DOCUMENT_KEY_SIZE], epoch[16];
    static const uint8_t older[4] = {0, 0, 0, 0};
    (void)state;
    world_open(&world);
    tell_story(&world);
    document_key(DOCUMENT_ORGANISATION, world.org, key);
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    assert_int_equal(feed_epoch(txn).size, sizeof epoch);
    memcpy(epoch, feed_epoch(txn).data, sizeof epoch);
    store_abort(txn);
    set_row(&world, TABLE_DOCUMENT, slice_of(key, sizeof key), slice_text(""));
    set_row(&world, TABLE_META, slice_text("projection"), slice_of(older, sizeof older));
    reopen(&world, ERROR_NONE);
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    assert_memory_not_equal(feed_epoch(txn).data, epoch, sizeof epoch);
    store_abort(txn);
    /* The rebuilt folder goes on: the ledger, the documents and the numbers fit. */
    struct caller cy = world_member(&world, "Cy", "");
    world_must(&world, cy, "proposal.submit", "{'id':'%s',%s}", world_text(world_id(&world)), text);
    assert_int_equal(json_integer_value(json_object_get(world.result, "number")), 2);
    world_close(&world);
}

static void test_a_newer_projection_is_refused(void **state)
{
    struct world world;
    struct assembly *assembly;
    static const uint8_t newer[4] = {0, 0, 0, PROJECTION + 1}, now[4] = {0, 0, 0, PROJECTION};
    (void)state;
    world_open(&world);
    set_row(&world, TABLE_META, slice_text("projection"), slice_of(newer, sizeof newer));
    assert_int_equal(assembly_open(world.store, &world.key, NULL, NULL, &assembly),
                     ERROR_STORAGE_NEWER);
    set_row(&world, TABLE_META, slice_text("projection"), slice_of(now, sizeof now));
    world_close(&world);
}

static void test_another_key_is_refused(void **state)
{
    struct world world;
    struct assembly *assembly;
    static const uint8_t seed[SEED_SIZE] = {9};
    (void)state;
    world_open(&world);
    struct key_pair other = crypto_key_pair(seed);
    assert_int_equal(assembly_open(world.store, &other, NULL, NULL, &assembly),
                     ERROR_CHECKPOINT_BAD);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_changed_document_is_found),
        cmocka_unit_test(test_a_changed_opening_is_found),
        cmocka_unit_test(test_an_older_projection_is_rebuilt),
        cmocka_unit_test(test_a_newer_projection_is_refused),
        cmocka_unit_test(test_another_key_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
