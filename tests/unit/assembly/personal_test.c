/* Personal documents: one member's alone, numbered by that member's counter, outside the record. */
#include "tests/harness/c/world.h"

#include <stdio.h>

#include "assembly/personal.h"
#include "assembly/work.h"

struct run {
    struct feed_run feed;
    json_t *docs, *gone; /* arrays; owned */
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

static struct run read_personal(struct world *world, struct id member, uint64_t since, size_t max)
{
    struct store_txn *txn;
    struct buffer docs, gone;
    struct run run;
    buffer_init(&docs, 8 * 1024 * 1024);
    buffer_init(&gone, 1024 * 1024);
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    run.feed = feed_read(txn, topic_of(TOPIC_PERSONAL, member), since, max, &docs, &gone);
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

static size_t count_kind(const struct run *run, const char *kind)
{
    size_t i, count = 0;
    json_t *item;
    json_array_foreach(run->docs, i, item)
    {
        count += slice_equal(json_get_text(item, "kind"), slice_text(kind));
    }
    return count;
}

static bool needs_full(struct world *world, struct id member, uint64_t since)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    bool full = feed_needs_full(txn, topic_of(TOPIC_PERSONAL, member), since);
    store_abort(txn);
    return full;
}

/* As an apply function would, in a transaction of its own; live = not while rebuilding. */
static void notify(struct world *world, struct id by, struct id member, const char *what,
                   const char *thing, uint32_t comment, bool live)
{
    char payload[128];
    struct store_txn *txn;
    struct batch batch = {.quiet = true};
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    struct work work = {.assembly = live ? world->assembly : NULL, .txn = txn, .batch = &batch};
    snprintf(payload, sizeof payload, "{\"by\":\"%s\"}", world_text(by));
    json_t *event = json_parse_own(slice_text(payload));
    struct change change = {.assembly = work.assembly,
                            .txn = txn,
                            .time_ms = world->now_ms,
                            .json = event,
                            .work = &work};
    struct id id;
    assert_true(id_parse(slice_text(thing), &id));
    change_notify(&change, member, what,
                  notify_about_comment(&change, DOCUMENT_PROPOSAL_CARD, id, comment));
    json_decref(event);
    batch_free(&batch);
    assert_int_equal(store_commit(txn), ERROR_NONE);
}

static const char *submit(struct world *world, struct caller caller)
{
    const char *id = world_text(world_id(world));
    world_must(world, caller, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un abri','need':'Il pleut','text':'',"
               "'themes':[]}",
               id);
    return id;
}

static void test_a_draft_is_kept_for_its_member_alone(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""), bob = world_member(&world, "Bob", "");
    world_must(&world, ann, "draft.save", "{'object':'new/proposal','field':'text','text':'Ceci'}");
    assert_int_equal(world.seq, 0);
    struct run hers = read_personal(&world, ann.member, 0, SIZE_MAX);
    struct run his = read_personal(&world, bob.member, 0, SIZE_MAX);
    assert_int_equal(json_array_size(hers.docs), 1);
    assert_string_equal(json_string_value(world_at(hers.docs, "0.text")), "Ceci");
    assert_int_equal(json_array_size(his.docs), 0);
    assert_int_equal(his.feed.upto, 1);
    run_drop(&hers);
    run_drop(&his);
    world_close(&world);
}

static void test_the_later_writing_wins(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    unsigned long long now = world.now_ms;
    static const char save[] = "{'object':'new/proposal','field':'text','text':'%s','at_ms':%llu}";
    world_must(&world, ann, "draft.save", save, "deux", now - 1000);
    world_must(&world, ann, "draft.save", save, "un", now - 2000);
    struct run run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_string_equal(json_string_value(world_at(run.docs, "0.text")), "deux");
    run_drop(&run);
    world_must(&world, ann, "draft.save", save, "trois", now + 9000000000ULL);
    run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_string_equal(json_string_value(world_at(run.docs, "0.text")), "trois");
    assert_int_equal(json_integer_value(world_at(run.docs, "0.at_ms")), world.now_ms);
    run_drop(&run);
    world_close(&world);
}

static void test_a_position_yields_what_changed_and_what_went(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    world_must(&world, ann, "draft.save", "{'object':'x','field':'a','text':'un'}");
    world_must(&world, ann, "draft.save", "{'object':'x','field':'b','text':'deux'}");
    struct run run = read_personal(&world, ann.member, 0, SIZE_MAX);
    uint64_t position = run.feed.upto;
    assert_int_equal(json_array_size(run.docs), 2);
    run_drop(&run);
    world_must(&world, ann, "draft.save", "{'object':'x','field':'a','text':''}");
    run = read_personal(&world, ann.member, position, SIZE_MAX);
    assert_int_equal(json_array_size(run.docs), 0);
    assert_int_equal(json_array_size(run.gone), 1);
    assert_string_equal(json_string_value(world_at(run.gone, "0.kind")), "draft");
    assert_true(run.feed.upto > position);
    run_drop(&run);
    run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(json_array_size(run.docs), 1);
    assert_int_equal(json_array_size(run.gone), 0);
    run_drop(&run);
    assert_true(needs_full(&world, ann.member, position + 99));
    assert_false(needs_full(&world, ann.member, position));
    world_close(&world);
}

static void test_a_long_answer_comes_in_runs(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    for (unsigned i = 0; i < 5; i++) {
        world_must(&world, ann, "draft.save", "{'object':'x','field':'f%u','text':'mots'}", i);
    }
    uint64_t since = 0;
    size_t runs = 0, documents = 0;
    struct feed_run feed;
    do {
        struct run run = read_personal(&world, ann.member, since, 1);
        feed = run.feed;
        documents += json_array_size(run.docs);
        assert_true(feed.upto > since || !feed.more);
        since = feed.upto;
        runs++;
        run_drop(&run);
    } while (feed.more && runs < 20);
    assert_int_equal(documents, 5);
    assert_int_equal(runs, 5);
    world_close(&world);
}

static void test_drafts_stay_within_bounds(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    for (unsigned i = 0; i < 330; i++) {
        world_must(&world, ann, "draft.save", "{'object':'x','field':'f%u','text':'mots'}", i);
    }
    struct run run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(json_array_size(run.docs), 100);
    assert_string_equal(json_string_value(world_at(run.docs, "0.field")), "f230");
    run_drop(&run);
    /* Somebody who comes back from before what is remembered of the removed starts anew. */
    assert_true(needs_full(&world, ann.member, 2));
    char large[39001];
    memset(large, 'm', sizeof large - 1);
    large[sizeof large - 1] = 0;
    for (unsigned i = 0; i < 12; i++) {
        world_must(&world, ann, "draft.save", "{'object':'y','field':'f%u','text':'%s'}", i, large);
    }
    run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(json_array_size(run.docs), 10);
    run_drop(&run);
    assert_string_equal(world_try(&world, ann, "draft.save",
                                  "{'object':'y','field':'z','text':'%s%.2000s'}", large, large),
                        "input.too_big");
    world_close(&world);
}

static void test_a_read_mark_only_goes_forward(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    const char *thing = world_text(world_id(&world));
    static const char mark[] = "{'on':{'kind':'proposal','id':'%s'},'upto':%d}";
    world_must(&world, ann, "read.mark", mark, thing, 7);
    world_must(&world, ann, "read.mark", mark, thing, 3);
    struct run run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(json_array_size(run.docs), 1);
    assert_int_equal(json_integer_value(world_at(run.docs, "0.upto")), 7);
    assert_string_equal(json_string_value(world_at(run.docs, "0.id")), thing);
    run_drop(&run);
    for (unsigned i = 0; i < 160; i++) {
        world_must(&world, ann, "read.mark", mark, world_text(world_id(&world)), 1);
    }
    run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(json_array_size(run.docs), 150);
    run_drop(&run);
    world_close(&world);
}

static void test_the_same_news_is_one_notification(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""), bob = world_member(&world, "Bob", "");
    const char *thing = submit(&world, ann);
    notify(&world, bob.member, ann.member, "comment", thing, 4, true);
    notify(&world, bob.member, ann.member, "comment", thing, 5, true);
    notify(&world, bob.member, ann.member, "reply", thing, 5, true);
    struct run run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(json_array_size(run.docs), 2);
    assert_int_equal(json_integer_value(world_at(run.docs, "0.count")), 2);
    assert_int_equal(json_integer_value(world_at(run.docs, "0.on.comment")), 4);
    assert_string_equal(json_string_value(world_at(run.docs, "0.on.kind")), "proposal");
    assert_string_equal(json_string_value(world_at(run.docs, "0.on.title")), "Un abri");
    assert_string_equal(json_string_value(world_at(run.docs, "0.on.number")), "1");
    assert_string_equal(json_string_value(world_at(run.docs, "0.by.name")), "Bob");
    const char *id = json_string_value(world_at(run.docs, "0.id"));
    world_must(&world, ann, "notification.read", "{'id':'%s'}", id);
    run_drop(&run);
    notify(&world, bob.member, ann.member, "comment", thing, 9, true);
    run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(json_integer_value(world_at(run.docs, "1.count")), 1);
    assert_int_equal(json_integer_value(world_at(run.docs, "1.on.comment")), 9);
    run_drop(&run);
    world_close(&world);
}

static void test_who_is_not_told(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""), bob = world_member(&world, "Bob", "");
    const char *thing = submit(&world, ann);
    struct id none = {{0}};
    notify(&world, ann.member, ann.member, "comment", thing, 1, true);       /* herself */
    notify(&world, bob.member, ann.member, "comment", thing, 1, false);      /* a rebuild */
    notify(&world, bob.member, none, "comment", thing, 1, true);             /* nobody */
    notify(&world, bob.member, world_id(&world), "comment", thing, 1, true); /* a stranger */
    world_must(&world, ann, "preferences.set", "{'off':['comment']}");
    notify(&world, bob.member, ann.member, "comment", thing, 1, true); /* not wanted */
    struct run run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(count_kind(&run, "notification"), 0);
    run_drop(&run);
    notify(&world, bob.member, ann.member, "mention", thing, 1, true);
    run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(count_kind(&run, "notification"), 1);
    run_drop(&run);
    world_close(&world);
}

static void test_notifications_stay_within_bounds_and_are_listed(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""), bob = world_member(&world, "Bob", "");
    for (unsigned i = 0; i < 205; i++) {
        notify(&world, bob.member, ann.member, "comment", world_text(world_id(&world)), i + 1,
               true);
    }
    struct run run = read_personal(&world, ann.member, 0, SIZE_MAX);
    assert_int_equal(json_array_size(run.docs), 50);
    assert_int_equal(json_integer_value(world_at(run.docs, "49.on.comment")), 205);
    run_drop(&run);
    char after[32] = "";
    int64_t expected = 205;
    for (size_t pages = 0; pages < 3; pages++) {
        world_must(&world, ann, "notification.list", "{'limit':90%s}", after);
        json_t *item;
        size_t i;
        json_array_foreach(world_at(world.result, "items"), i, item)
        {
            assert_int_equal(json_integer_value(world_at(item, "on.comment")), expected--);
        }
        const char *next = json_string_value(world_at(world.result, "next"));
        snprintf(after, sizeof after, ",'after':'%s'", next == NULL ? "" : next);
    }
    assert_int_equal(expected, 5);
    assert_true(json_is_null(world_at(world.result, "next")));
    world_must(&world, ann, "notification.read", "{'all':true}");
    world_must(&world, ann, "notification.list", "{'limit':200}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 200);
    assert_int_equal(json_integer_value(world_at(world.result, "items.0.on.comment")), 205);
    assert_true(json_is_true(world_at(world.result, "items.199.read")));
    assert_string_equal(
        world_try(&world, ann, "notification.read", "{'id':'%s'}", world_text(world_id(&world))),
        "notification.unknown");
    assert_string_equal(world_try(&world, ann, "notification.read", "{}"), "input.bad_value");
    world_close(&world);
}

/* One who names another in hundreds of places pushes away their own words, not those of others. */
static void test_one_voice_does_not_drown_others(void **state)
{
    enum { OTHERS = 30, MANY = 400 };
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""), bob = world_member(&world, "Bob", ""),
                  eve = world_member(&world, "Eve", "");
    for (unsigned i = 0; i < OTHERS; i++) {
        notify(&world, bob.member, ann.member, "reply", world_text(world_id(&world)), i + 1, true);
    }
    for (unsigned i = 0; i < MANY; i++) {
        notify(&world, eve.member, ann.member, "mention", world_text(world_id(&world)), i + 1,
               true);
    }
    size_t i, replies = 0, mentions = 0;
    json_t *item;
    world_must(&world, ann, "notification.list", "{'limit':200}");
    json_array_foreach(world_at(world.result, "items"), i, item)
    {
        bool reply = slice_equal(json_get_text(item, "what"), slice_text("reply"));
        replies += reply;
        mentions += !reply;
    }
    assert_int_equal(replies, OTHERS);
    assert_int_equal(mentions, 200 - OTHERS);
    assert_int_equal(json_integer_value(world_at(world.result, "items.0.on.comment")), MANY);
    world_close(&world);
}

/* What a vote or a merge tells everybody in one commit. */
static void test_thousands_are_told_in_one_commit(void **state)
{
    enum { MEMBERS = 5000 };
    struct world world;
    struct store_txn *txn;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    struct batch batch = {.quiet = false};
    assert_int_equal(store_begin(world.store, STORE_WRITE, &txn), ERROR_NONE);
    struct work work = {.assembly = world.assembly, .txn = txn, .batch = &batch};
    for (unsigned i = 0; i < MEMBERS; i++) {
        struct personal owner = {.txn = txn, .batch = &batch, .member = world_id(&world)};
        json_t *news = document_new(DOCUMENT_NOTIFICATION, ann.member);
        personal_put(owner, DOCUMENT_NOTIFICATION, ann.member, news);
        personal_trim_notifications(owner, 200);
    }
    assert_int_equal(batch.changes.count, MEMBERS);
    assert_int_equal(work.batch->changes.items[MEMBERS - 1].topic.kind, TOPIC_PERSONAL);
    batch_free(&batch);
    store_abort(txn);
    world_close(&world);
}

static void test_a_rebuild_keeps_them_and_leaving_does_not(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", ""), bob = world_member(&world, "Bob", "");
    world_must(&world, ann, "draft.save", "{'object':'x','field':'a','text':'un'}");
    world_must(&world, bob, "draft.save", "{'object':'x','field':'a','text':'un'}");
    world_must(&world, world_operator, "member.update", "{'id':'%s','status':'left'}",
               world_text(bob.member));
    assert_int_equal(assembly_rebuild(world.store, crypto_random, NULL, NULL), ERROR_NONE);
    struct run hers = read_personal(&world, ann.member, 0, SIZE_MAX);
    struct run his = read_personal(&world, bob.member, 0, SIZE_MAX);
    assert_int_equal(json_array_size(hers.docs), 1);
    assert_int_equal(json_array_size(his.docs), 0);
    run_drop(&hers);
    run_drop(&his);
    world_close(&world);
}

static void test_the_topic_is_the_callers_own(void **state)
{
    struct world world;
    struct store_txn *txn;
    struct topic topic;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    assert_int_equal(topic_find(txn, slice_text("personal"), &ann, &topic), ERROR_NONE);
    assert_true(id_equal(topic.id, ann.member));
    assert_int_equal(topic_find(txn, slice_text("personal"), &world_operator, &topic),
                     ERROR_RIGHT_MISSING);
    store_abort(txn);
    world_close(&world);
}

static bool lacks_canary(void *context, struct slice key, struct slice value)
{
    static const char canary[] = "perroquet";
    (void)context;
    assert_null(memmem(key.data, key.size, canary, sizeof canary - 1));
    assert_null(memmem(value.data, value.size, canary, sizeof canary - 1));
    return true;
}

static void test_the_words_of_a_draft_stand_in_one_table(void **state)
{
    struct world world;
    struct store_txn *txn;
    (void)state;
    world_open(&world);
    struct caller ann = world_member(&world, "Ann", "");
    world_must(&world, ann, "draft.save", "{'object':'x','field':'a','text':'Un perroquet'}");
    (void)submit(&world, ann);
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    for (int table = 0; table < TABLE_COUNT; table++) {
        if (table != TABLE_PERSONAL) {
            store_scan(txn, (enum table)table, slice_text(""), lacks_canary, NULL);
        }
    }
    store_abort(txn);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_draft_is_kept_for_its_member_alone),
        cmocka_unit_test(test_the_later_writing_wins),
        cmocka_unit_test(test_a_position_yields_what_changed_and_what_went),
        cmocka_unit_test(test_a_long_answer_comes_in_runs),
        cmocka_unit_test(test_drafts_stay_within_bounds),
        cmocka_unit_test(test_a_read_mark_only_goes_forward),
        cmocka_unit_test(test_the_same_news_is_one_notification),
        cmocka_unit_test(test_who_is_not_told),
        cmocka_unit_test(test_notifications_stay_within_bounds_and_are_listed),
        cmocka_unit_test(test_one_voice_does_not_drown_others),
        cmocka_unit_test(test_thousands_are_told_in_one_commit),
        cmocka_unit_test(test_a_rebuild_keeps_them_and_leaving_does_not),
        cmocka_unit_test(test_the_topic_is_the_callers_own),
        cmocka_unit_test(test_the_words_of_a_draft_stand_in_one_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
