/* Documents held until the end of a transaction: written once, and meanwhile as if each event had written them. */
#include "assembly/work.h"
#include "base/bytes.h"
#include "tests/harness/c/world.h"

struct scene {
    struct world world;
    struct caller mia, noe;
    struct id proposal;
    struct store_txn *txn;
};

static void open_scene(struct scene *scene)
{
    world_open(&scene->world);
    scene->mia = world_member(&scene->world, "Mia", "");
    scene->noe = world_member(&scene->world, "Noé", "");
    scene->proposal = world_id(&scene->world);
    world_must(&scene->world, scene->mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
               world_text(scene->proposal));
}

static void begin(struct scene *scene)
{
    assert_int_equal(store_begin(scene->world.store, STORE_WRITE, &scene->txn), ERROR_NONE);
    assembly_begin(scene->world.assembly, scene->txn, scene->world.now_ms);
}

static void commit(struct scene *scene)
{
    assembly_finish(scene->world.assembly);
    assert_int_equal(store_commit(scene->txn), ERROR_NONE);
    assembly_committed(scene->world.assembly);
}

/* One command in the open transaction; its seq. params' reference is taken. */
static uint64_t execute(struct scene *scene, struct caller caller, const char *method,
                        json_t *params)
{
    struct request request = {
        .command = command_find(slice_text(method)), .caller = caller, .params = params};
    json_put(params, "command", json_id(world_id(&scene->world)));
    assert_int_equal(assembly_execute(scene->world.assembly, &request), ERROR_NONE);
    json_decref(request.result);
    json_decref(params);
    return request.seq;
}

static uint64_t post(struct scene *scene)
{
    return execute(scene, scene->noe, "comment.post",
                   json_pack("{s:s,s:{s:s,s:s},s:s,s:s}", "id", world_text(world_id(&scene->world)),
                             "on", "kind", "proposal", "id", "1", "language", "fr", "text",
                             "Oui."));
}

static uint64_t support(struct scene *scene)
{
    return execute(scene, scene->noe, "proposal.support",
                   json_pack("{s:s,s:b}", "id", "1", "on", 1));
}

/* What everybody in the transaction reads. */
static void expect_card(struct scene *scene, int64_t comments, uint64_t rev)
{
    json_t *card = document_load(scene->txn, DOCUMENT_PROPOSAL_CARD, scene->proposal);
    assert_int_equal(json_get_integer(card, "comments"), comments);
    assert_int_equal(json_get_integer(card, "rev"), rev);
    json_decref(card);
}

static uint64_t stored_rev(struct store_txn *txn, struct id proposal)
{
    uint8_t key[DOCUMENT_KEY_SIZE];
    struct slice bytes;
    document_key(DOCUMENT_PROPOSAL_CARD, proposal, key);
    assert_true(store_get(txn, TABLE_DOCUMENT, slice_of(key, sizeof key), &bytes));
    json_t *card = json_parse_own(bytes);
    uint64_t rev = (uint64_t)json_get_integer(card, "rev");
    json_decref(card);
    return rev;
}

struct rows {
    struct id proposal;
    size_t count;
    uint64_t rev;
};

static bool take_row(void *context, struct slice key, struct slice value)
{
    struct rows *rows = context;
    uint8_t document[DOCUMENT_KEY_SIZE];
    (void)value;
    document_key(DOCUMENT_PROPOSAL_CARD, rows->proposal, document);
    if (memcmp(key.data + TOPIC_KEY_SIZE + 8, document, sizeof document) == 0) {
        rows->count++;
        rows->rev = bytes_get_u64(key.data + TOPIC_KEY_SIZE);
    }
    return true;
}

/* Those who watch the list are told, and find the card once, at its rev. */
static void expect_fed(struct scene *scene, uint64_t rev)
{
    struct rows rows = {.proposal = scene->proposal};
    uint8_t topic[TOPIC_KEY_SIZE];
    struct store_txn *txn;
    topic_key(topic_plain(TOPIC_PROPOSALS), topic);
    assert_int_equal(store_begin(scene->world.store, STORE_READ, &txn), ERROR_NONE);
    store_scan(txn, TABLE_TOPIC, slice_of(topic, sizeof topic), take_row, &rows);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rev, rev);
    assert_int_equal(stored_rev(txn, scene->proposal), rev);
    store_abort(txn);
}

static bool list_changed(struct scene *scene)
{
    size_t count;
    const struct topic_change *changes = assembly_changes(scene->world.assembly, &count);
    for (size_t i = 0; i < count; i++) {
        if (topic_equal(changes[i].topic, topic_plain(TOPIC_PROPOSALS))) {
            return true;
        }
    }
    return false;
}

static void test_written_once(void **state)
{
    struct scene scene;
    (void)state;
    open_scene(&scene);
    begin(&scene);
    uint64_t before = stored_rev(scene.txn, scene.proposal), last = 0;
    for (int64_t comments = 1; comments <= 3; comments++) {
        last = post(&scene);
        expect_card(&scene, comments, last);
        assert_int_equal(stored_rev(scene.txn, scene.proposal), before);
    }
    commit(&scene);
    assert_true(list_changed(&scene));
    expect_fed(&scene, last);
    world_close(&scene.world);
}

/* A support puts the card that comments left held, and comments go on from what it put. */
static void test_put_by_another(void **state)
{
    struct scene scene;
    (void)state;
    open_scene(&scene);
    begin(&scene);
    post(&scene);
    uint64_t supported = support(&scene);
    expect_card(&scene, 1, supported);
    assert_int_equal(stored_rev(scene.txn, scene.proposal), supported);
    uint64_t last = post(&scene);
    expect_card(&scene, 2, last);
    commit(&scene);
    expect_fed(&scene, last);
    json_t *card = world_document(&scene.world, DOCUMENT_PROPOSAL_CARD, scene.proposal);
    assert_int_equal(json_get_integer(card, "supports"), 1);
    json_decref(card);
    world_close(&scene.world);
}

/* More than are held: the first are written before the end, and change again. */
static void test_more_than_fit(void **state)
{
    enum { PROPOSALS = HELD_MAX + 3, ROUNDS = 2 };
    struct scene scene;
    struct id proposals[PROPOSALS];
    (void)state;
    open_scene(&scene);
    for (size_t i = 0; i < PROPOSALS; i++) {
        proposals[i] = world_id(&scene.world);
        world_must(&scene.world, scene.mia, "proposal.submit",
                   "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
                   world_text(proposals[i]));
    }
    begin(&scene);
    for (size_t i = 0; i < ROUNDS * PROPOSALS; i++) {
        execute(&scene, scene.noe, "comment.post",
                json_pack("{s:s,s:{s:s,s:s},s:s,s:s}", "id", world_text(world_id(&scene.world)),
                          "on", "kind", "proposal", "id", world_text(proposals[i % PROPOSALS]),
                          "language", "fr", "text", "Oui."));
    }
    commit(&scene);
    for (size_t i = 0; i < PROPOSALS; i++) {
        world_expect_number(&scene.world, DOCUMENT_PROPOSAL_CARD, proposals[i], "comments", ROUNDS);
    }
    world_close(&scene.world);
}

/* What an aborted transaction held is gone with it. */
static void test_aborted(void **state)
{
    struct scene scene;
    (void)state;
    open_scene(&scene);
    begin(&scene);
    post(&scene);
    store_abort(scene.txn);
    assembly_aborted(scene.world.assembly);
    world_expect_number(&scene.world, DOCUMENT_PROPOSAL_CARD, scene.proposal, "comments", 0);
    begin(&scene);
    uint64_t last = post(&scene);
    commit(&scene);
    expect_fed(&scene, last);
    world_expect_number(&scene.world, DOCUMENT_PROPOSAL_CARD, scene.proposal, "comments", 1);
    world_close(&scene.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written_once),
        cmocka_unit_test(test_put_by_another),
        cmocka_unit_test(test_more_than_fit),
        cmocka_unit_test(test_aborted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
