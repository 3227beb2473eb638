/* The register: numbers by year without gaps, facts of each decision, order of the list, and that straw polls and practice
 * votes never enter it. */
#include "tests/harness/c/voting.h"

#include <stdio.h>

#include "assembly/concept.h"
#include "assembly/decision.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers_and_list),
                                       cmocka_unit_test(test_facts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
