/* The register: numbers by year without gaps, facts of each decision, order of the list, and that straw polls and practice
 * votes never enter it. */
#include "tests/harness/c/voting.h"

#include <stdio.h>

#include "assembly/concept.h"
#include "assembly/decision.h"
#include "assembly/poll.h"
#include "assembly/work.h"

static const struct id nothing;

static struct id decide(struct world *world, struct caller by, const char *kind, const char *rest)
{
    struct id poll = voting_open(world, by, kind, nothing, rest);
    world_must(world, by, "poll.close", "{'id':'%s'}", world_text(poll));
    world_due(world);
    return poll;
}

static void test_numbers_and_list(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller facilitator = world_member(&world, "Fay", "facilitator");
    struct id first = decide(&world, facilitator, "decision", "");
    decide(&world, facilitator, "straw", "");
    decide(&world, facilitator, "practice", "");
    decide(&world, facilitator, "election", "");
    world_must(&world, facilitator, "decision.list", "{}");
    assert_int_equal(json_array_size(json_object_get(world.result, "items")), 2);
    assert_string_equal(json_string_value(world_at(world.result, "items.0.number")), "2026-002");
    assert_string_equal(json_string_value(world_at(world.result, "items.0.poll_kind")), "election");
    assert_string_equal(json_string_value(world_at(world.result, "items.1.number")), "2026-001");
    world_must(&world, facilitator, "decision.list", "{'limit':1}");
    const char *next = json_string_value(json_object_get(world.result, "next"));
    assert_non_null(next);
    char after[200];
    snprintf(after, sizeof after, "%s", next);
    world_must(&world, facilitator, "decision.list", "{'limit':1,'after':'%s'}", after);
    assert_string_equal(json_string_value(world_at(world.result, "items.0.number")), "2026-001");
    assert_true(json_is_null(json_object_get(world.result, "next")));
    struct id decision = decision_of_poll(first);
    world_expect_text(&world, DOCUMENT_DECISION, decision, "number", "2026-001");
    world_expect_text(&world, DOCUMENT_DECISION, decision, "result.verdict", "not_adopted");
    world_expect_text(&world, DOCUMENT_DECISION, decision, "result.sentence.en",
                      "0 yes of 0 yes + no: more than 1/2 needed, nothing to count: not adopted");
    world_expect_number(&world, DOCUMENT_DECISION, decision, "poll.number", 1);
    world_expect_number(&world, DOCUMENT_DECISION, decision, "tasks.total", 0);
    world_close(&world);
}

static void test_facts(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller facilitator = world_member(&world, "Fay", "facilitator");
    struct caller author = world_member(&world, "Ann", "");
    struct id proposal = voting_ready_proposal(&world, author, facilitator);
    struct id poll = voting_open(&world, facilitator, "decision", proposal, "");
    world_must(&world, facilitator, "poll.close", "{'id':'%s'}", world_text(poll));
    uint64_t closed_ms = world.now_ms;
    world_due(&world);
    struct id decision = decision_of_poll(poll);
    world_expect_text(&world, DOCUMENT_DECISION, decision, "proposals.0.title", "Un four à pain");
    world_expect_number(&world, DOCUMENT_DECISION, decision, "proposals.0.number", 1);
    world_expect_text(&world, DOCUMENT_DECISION, decision, "question.nl", "Ja?");
    world_expect_text(&world, DOCUMENT_DECISION, decision, "rule.name", "simple-majority");
    world_expect_text(&world, DOCUMENT_DECISION, decision, "body", "members");
    world_expect_number(&world, DOCUMENT_DECISION, decision, "recorded_ms", (int64_t)closed_ms);
    world_expect_number(&world, DOCUMENT_DECISION, decision, "review_ms",
                        (int64_t)closed_ms + INT64_C(365) * 24 * 3600 * 1000);
    assert_string_equal(world_try(&world, author, "decision.get", "{'id':'2026-009'}"),
                        "decision.unknown");
    assert_string_equal(world_try(&world, world_nobody, "decision.list", "{}"), "session.none");
    world_close(&world);
}

/* Every kind of vote that there is: decisions and elections enter the register, straw polls and practice never do. */
static void test_kinds(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller facilitator = world_member(&world, "Fay", "facilitator");
    for (const char *const *kind = poll_kind_words; *kind != NULL; kind++) {
        bool enters = strcmp(*kind, "straw") != 0 && strcmp(*kind, "practice") != 0;
        struct id poll = decide(&world, facilitator, *kind, "");
        assert_int_equal(world_has(&world, DOCUMENT_DECISION, decision_of_poll(poll)), enters);
    }
    world_close(&world);
}

static size_t listed(struct world *world, struct caller caller, const char *params)
{
    world_must(world, caller, "decision.list", "%s", params);
    return json_array_size(world_at(world->result, "items"));
}

static void test_review(void **state)
{
    struct world world;
    const uint64_t day = UINT64_C(24) * 3600 * 1000;
    (void)state;
    world_open(&world);
    struct caller secretary = world_member(&world, "Sam", "secretary");
    struct caller facilitator = world_member(&world, "Fay", "facilitator");
    struct caller member = world_member(&world, "Mia", "");
    struct id id = decision_of_poll(decide(&world, facilitator, "decision", ""));
    assert_string_equal(
        world_try(&world, member, "decision.review", "{'id':'2026-001','review_ms':null}"),
        "right.missing");
    assert_string_equal(
        world_try(&world, secretary, "decision.review", "{'id':'2026-001','review_ms':1000}"),
        "input.bad_value");
    assert_string_equal(
        world_try(&world, secretary, "decision.review", "{'id':'2026-009','review_ms':null}"),
        "decision.unknown");
    uint64_t at_ms = world.now_ms + 10 * day;
    world_must(&world, secretary, "decision.review",
               "{'id':'2026-001','review_ms':%llu,'note':'Trop tôt'}", (unsigned long long)at_ms);
    world_expect_number(&world, DOCUMENT_DECISION, id, "review_ms", (int64_t)at_ms);
    world_expect_text(&world, DOCUMENT_DECISION, id, "review.by.name", "Sam");
    world_expect_text(&world, DOCUMENT_DECISION, id, "review.note", "Trop tôt");
    assert_int_equal(listed(&world, member, "{'to_review':true}"), 0);
    world.now_ms = at_ms + 1000;
    world_due(&world);
    world_expect_number(&world, DOCUMENT_DECISION, id, "to_review_ms", (int64_t)world.now_ms);
    assert_int_equal(listed(&world, member, "{'to_review':true}"), 1);
    world_must(&world, secretary, "notification.list", "{}");
    assert_string_equal(json_string_value(world_at(world.result, "items.0.what")),
                        "decision_review");
    world_must(&world, member, "notification.list", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 0);
    world_must(&world, facilitator, "decision.review", "{'id':'2026-001','review_ms':null}");
    json_t *decision = world_document(&world, DOCUMENT_DECISION, id);
    assert_null(world_at(decision, "to_review_ms"));
    assert_null(world_at(decision, "review_ms"));
    json_decref(decision);
    world.now_ms += 800 * day;
    world_due(&world);
    assert_int_equal(listed(&world, member, "{'to_review':true}"), 0);
    world_close(&world);
}

/* When nothing else is due, nothing is after the documents were made again. */
static void test_recalled_once(void **state)
{
    struct world world;
    struct store_txn *txn;
    uint64_t next_ms = 0;
    (void)state;
    world_open(&world);
    struct caller facilitator = world_member(&world, "Fay", "facilitator");
    struct id id = decision_of_poll(decide(&world, facilitator, "decision", ""));
    uint64_t at_ms = world.now_ms + 86400000;
    world_must(&world, facilitator, "decision.review", "{'id':'2026-001','review_ms':%llu}",
               (unsigned long long)at_ms);
    world.now_ms = at_ms + 1000;
    world_due(&world);
    world_expect_number(&world, DOCUMENT_DECISION, id, "to_review_ms", (int64_t)world.now_ms);
    assert_int_equal(assembly_rebuild(world.store, crypto_random, NULL, NULL), ERROR_NONE);
    assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
    assert_false(assembly_next_due(txn, &next_ms) && next_ms <= world.now_ms);
    store_abort(txn);
    world_close(&world);
}

/* The date that recording proposes comes too. */
static void test_twelve_months(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller facilitator = world_member(&world, "Fay", "facilitator");
    struct id id = decision_of_poll(decide(&world, facilitator, "decision", ""));
    world.now_ms += UINT64_C(366) * 24 * 3600 * 1000;
    world_due(&world);
    json_t *decision = world_document(&world, DOCUMENT_DECISION, id);
    assert_non_null(world_at(decision, "to_review_ms"));
    json_decref(decision);
    world_close(&world);
}

static void test_reports(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller facilitator = world_member(&world, "Fay", "facilitator");
    struct caller other = world_member(&world, "Fred", "facilitator");
    struct id id = decision_of_poll(decide(&world, facilitator, "decision", ""));
    static const char *const bad[] = {"{'id':'2026-001'}", "{'id':'2026-001','text':{}}",
                                      "{'id':'2026-001','text':{'fr':'x'},'take_back':true}"};
    static const char *const reasons[] = {"input.missing_field", "input.bad_value",
                                          "input.bad_value"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_string_equal(world_try(&world, facilitator, "decision.report", "%s", bad[i]),
                            reasons[i]);
    }
    for (size_t i = 1; i <= 52; i++) {
        world_must(&world, facilitator, "decision.report",
                   "{'id':'2026-001','text':{'fr':'Neuf soirées, no %zu','nl':'Avonden'}}", i);
    }
    world_expect_text(&world, DOCUMENT_DECISION, id, "reports.49.text.fr", "Neuf soirées, no 52");
    world_expect_text(&world, DOCUMENT_DECISION, id, "reports.0.text.fr", "Neuf soirées, no 3");
    assert_string_equal(
        world_try(&world, other, "decision.report", "{'id':'2026-001','take_back':true}"),
        "right.missing");
    world_must(&world, facilitator, "decision.report", "{'id':'2026-001','take_back':true}");
    json_t *decision = world_document(&world, DOCUMENT_DECISION, id);
    assert_int_equal(json_array_size(world_at(decision, "reports")), 49);
    json_decref(decision);
    world_must(&world, other, "search.find", "{'text':'soiree'}");
    assert_string_equal(json_string_value(world_at(world.result, "items.0.kind")), "decision");
    world_close(&world);
}

static void test_filters(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller facilitator = world_member(&world, "Fay", "facilitator");
    struct caller author = world_member(&world, "Ann", "");
    struct id proposal = voting_ready_proposal(&world, author, facilitator);
    struct id poll = voting_open(&world, facilitator, "decision", proposal, "");
    world_must(&world, facilitator, "poll.close", "{'id':'%s'}", world_text(poll));
    world_due(&world);
    decide(&world, facilitator, "decision", "");
    assert_int_equal(listed(&world, author, "{}"), 2);
    assert_int_equal(listed(&world, author, "{'text':'FOUR pain'}"), 1);
    assert_int_equal(listed(&world, author, "{'text':'2026-002'}"), 1);
    assert_int_equal(listed(&world, author, "{'text':'piscine'}"), 0);
    assert_int_equal(listed(&world, author, "{'proposal':'1'}"), 1);
    assert_int_equal(listed(&world, author, "{'proposal':'7'}"), 0);
    assert_int_equal(listed(&world, author, "{'year':2026}"), 2);
    assert_int_equal(listed(&world, author, "{'year':2025}"), 0);
    assert_int_equal(listed(&world, author, "{'verdict':'not_adopted'}"), 2);
    assert_int_equal(listed(&world, author, "{'verdict':'adopted'}"), 0);
    assert_int_equal(listed(&world, author, "{'theme':'canteen'}"), 0);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers_and_list),
                                       cmocka_unit_test(test_facts),
                                       cmocka_unit_test(test_kinds),
                                       cmocka_unit_test(test_review),
                                       cmocka_unit_test(test_recalled_once),
                                       cmocka_unit_test(test_twelve_months),
                                       cmocka_unit_test(test_reports),
                                       cmocka_unit_test(test_filters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
