/* Topics: positions, what left, windows, names. */
#include "tests/harness/c/world.h"

#include "assembly/concept.h"

static const char *const text =
    "'language':'fr','title':'Un abri','need':'Il pleut','text':'','themes':[]";

struct run {
    struct feed_run feed;
    json_t *docs, *gone; /* arrays; owned */
    uint64_t reads;      /* of the store */
};

static json_t *as_array(struct buffer *list)
{
    struct buffer whole;
    buffer_init(&whole, list->size + 3);
    buffer_format(&whole, "[%.*s]", (int)list->size,
                  list->size == 0 ? "" : (const char *)list->data);
    json_t *array = json_parse_own(buffer_slice(&whole));
    buffer_free(&whole);
    return array;
}

static struct run read_topic(struct world *world, struct topic topic, uint64_t since, size_t max)
{
    struct store_txn *txn;
    struct buffer docs, gone;
    struct run run;
    buffer_init(&docs, 8 * 1024 * 1024);
    buffer_init(&gone, 1024 * 1024);
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    run.feed = feed_read(txn, topic, since, max, &docs, &gone);
    run.reads = store_reads(txn);
    store_abort(txn);
    run.docs = as_array(&docs);
    run.gone = as_array(&gone);
    buffer_free(&docs);
    buffer_free(&gone);
    return run;
}

static void run_drop(struct run *run)
{
    json_decref(run->docs);
    json_decref(run->gone);
}

static const char *submit(struct world *world, struct caller caller)
{
    const char *id = world_text(world_id(world));
    world_must(world, caller, "proposal.submit", "{'id':'%s',%s}", id, text);
    return id;
}

static void test_a_position_yields_only_what_changed(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""), bob = world_member(&world, "Bob", "");
    submit(&world, ann);
    const char *second = submit(&world, ann);
    struct run all = read_topic(&world, topic_plain(TOPIC_PROPOSALS), 0, 65536);
    assert_int_equal(json_array_size(all.docs), 2);
    struct run none = read_topic(&world, topic_plain(TOPIC_PROPOSALS), all.feed.upto, 65536);
    assert_int_equal(json_array_size(none.docs), 0);
    world_must(&world, bob, "proposal.support", "{'id':'%s','on':true}", second);
    struct run one = read_topic(&world, topic_plain(TOPIC_PROPOSALS), all.feed.upto, 65536);
    assert_int_equal(json_array_size(one.docs), 1);
    assert_int_equal(json_integer_value(world_at(one.docs, "0.supports")), 1);
    assert_int_equal(json_integer_value(world_at(one.docs, "0.rev")), one.feed.upto);
    run_drop(&all);
    run_drop(&none);
    run_drop(&one);
    world_close(&world);
}

static void test_runs_end_between_positions(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    for (int i = 0; i < 7; i++) {
        submit(&world, ann);
    }
    uint64_t since = 0;
    size_t documents = 0, runs = 0;
    bool more = true;
    while (more) {
        struct run run = read_topic(&world, topic_plain(TOPIC_PROPOSALS), since, 1);
        assert_true(run.feed.upto > since || !run.feed.more);
        since = run.feed.upto;
        more = run.feed.more;
        documents += json_array_size(run.docs);
        runs++;
        run_drop(&run);
    }
    assert_int_equal(documents, 7);
    assert_int_equal(runs, 7);
    world_close(&world);
}

static void test_what_leaves_a_topic_is_gone(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "facilitator"),
                  bob = world_member(&world, "Bob", "");
    const char *poll = world_text(world_id(&world));
    (void)bob;
    world_must(&world, ann, "poll.define",
               "{'id':'%s','kind':'straw','body':'members','about':[],'question':{'fr':'Oui "
               "?','nl':'Ja?','en':'Yes?'},"
               "'options':[],'method':'yes-no','mode':'named','revote':true,'show_live':false}",
               poll);
    world_must(&world, ann, "poll.open", "{'id':'%s'}", poll);
    struct run before = read_topic(&world, topic_plain(TOPIC_ORG), 0, 65536);
    world_must(&world, ann, "poll.close", "{'id':'%s'}", poll);
    world_due(&world);
    struct run after = read_topic(&world, topic_plain(TOPIC_ORG), before.feed.upto, 65536);
    assert_string_equal(json_string_value(world_at(after.gone, "0.kind")), "poll_card");
    assert_string_equal(json_string_value(world_at(after.gone, "0.id")), poll);
    struct run fresh = read_topic(&world, topic_plain(TOPIC_ORG), 0, 65536);
    assert_int_equal(json_array_size(fresh.gone), 0);
    run_drop(&before);
    run_drop(&after);
    run_drop(&fresh);
    world_close(&world);
}

static void test_a_window_holds_the_newest(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    for (int i = 0; i < 203; i++) {
        submit(&world, ann);
    }
    struct run run = read_topic(&world, topic_plain(TOPIC_PROPOSALS), 0, 8 * 1024 * 1024);
    assert_int_equal(json_array_size(run.docs), 200);
    assert_int_equal(json_integer_value(world_at(run.docs, "0.number")), 4);
    /* A step back, a step and a look for each; never a walk through what is older. */
    assert_in_range(run.reads, 200, 3 * 200 + 10);
    run_drop(&run);
    world_close(&world);
}

static void test_names_and_rights(void **state)
{
    struct world world;
    struct store_txn *txn;
    struct topic topic;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""),
                  admin = world_member(&world, "Ada", "admin");
    const char *id = submit(&world, ann);
    char named[64];
    snprintf(named, sizeof named, "proposal/%s", id);
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    struct topic by_number;
    assert_int_equal(topic_find(txn, slice_text("proposal/1"), &ann, &by_number), ERROR_NONE);
    assert_int_equal(topic_find(txn, slice_text(named), &ann, &topic), ERROR_NONE);
    assert_true(topic_equal(topic, by_number));
    assert_int_equal(topic_find(txn, slice_text("me"), &ann, &topic), ERROR_NONE);
    assert_true(id_equal(topic.id, ann.member));
    static const char *const unknown[] = {"",          "/",           "nothing", "proposal",
                                          "proposal/", "proposal/99", "org/1",   "proposal/x"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        assert_int_equal(topic_find(txn, slice_text(unknown[i]), &ann, &topic),
                         ERROR_TOPIC_UNKNOWN);
    }
    assert_int_equal(topic_find(txn, slice_text("members/private"), &ann, &topic),
                     ERROR_RIGHT_MISSING);
    assert_int_equal(topic_find(txn, slice_text("members/private"), &admin, &topic), ERROR_NONE);
    assert_int_equal(topic_find(txn, slice_text("org"), &world_nobody, &topic),
                     ERROR_RIGHT_MISSING);
    assert_true(feed_needs_full(txn, by_number, 0));
    assert_false(feed_needs_full(txn, by_number, 1));
    assert_true(feed_needs_full(txn, by_number, ledger_count(txn)));
    store_abort(txn);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_position_yields_only_what_changed),
        cmocka_unit_test(test_runs_end_between_positions),
        cmocka_unit_test(test_what_leaves_a_topic_is_gone),
        cmocka_unit_test(test_a_window_holds_the_newest),
        cmocka_unit_test(test_names_and_rights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
