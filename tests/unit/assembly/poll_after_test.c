/* After the result: the chair's word on a tie, opening a vote again until no lot is left, and what was asked before it
 * opened. Each world that closes has replayed its ledger byte by byte. */
#include "tests/harness/c/voting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assembly/concept.h"
#include "assembly/decision.h"
#include "assembly/poll.h"
#include "ledger/result.h"

#define OPTIONS ",'method':'single'" OPTIONS_ALONE
#define OPTIONS_ALONE                                                                              \
    ",'options':["                                                                                 \
    "{'id':'0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b01','label':{'fr':'A','nl':'A','en':'A'}},"          \
    "{'id':'0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b02','label':{'fr':'B','nl':'B','en':'B'}},"          \
    "{'id':'0d5c1f1e-52e7-4b3a-8f0e-1f0e3c5a7b03','label':{'fr':'C','nl':'C','en':'C'}}]"

enum { VOTERS = 4 };
struct hall {
    struct world world;
    struct caller facilitator;
    struct voter voters[VOTERS];
    struct id proposal, poll, decision;
};

/* A decision on a ready proposal, open. */
static void hall_open(struct hall *hall, const char *rest)
{
    static const char *const names[] = {"Ann", "Bea", "Cis", "Dov"};
    struct world *world = &hall->world;
    world_open(world);
    hall->facilitator = world_member(world, "Fay", "facilitator observer");
    for (size_t i = 0; i < VOTERS; i++) {
        hall->voters[i] = voting_voter(world, names[i], "");
    }
    hall->proposal = voting_ready_proposal(world, hall->voters[0].caller, hall->facilitator);
    hall->poll = world_id(world);
    hall->decision = decision_of_poll(hall->poll);
    world_must(world, hall->facilitator, "poll.define",
               "{'id':'%s','kind':'decision','about':['%s'],'mode':'named',"
               "'question':{'fr':'?','nl':'?','en':'?'}%s}",
               world_text(hall->poll), world_text(hall->proposal), rest);
    world_must(world, hall->facilitator, "poll.open", "{'id':'%s'}", world_text(hall->poll));
}

static void cast(struct hall *hall, size_t voter, const char *bytes, size_t size)
{
    assert_string_equal(
        voting_cast_choice(&hall->world, hall->poll, &hall->voters[voter], bytes, size), "");
}

static void count(struct hall *hall)
{
    world_must(&hall->world, hall->facilitator, "poll.close", "{'id':'1'}");
    world_due(&hall->world);
    world_expect_text(&hall->world, DOCUMENT_POLL, hall->poll, "state", "counted");
}

static const char *decide(struct hall *hall, struct caller by, const char *what)
{
    return world_try(&hall->world, by, "poll.decide", "{'id':'1','reason':'Le tirage a parlé',%s}",
                     what);
}

static void expect_no(struct hall *hall, uint8_t kind, struct id id, const char *path)
{
    json_t *document = world_document(&hall->world, kind, id);
    assert_null(world_at(document, path));
    json_decref(document);
}

/* ---- the chair ---- */

static void test_chair_takes_one_of_the_tied(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, OPTIONS ",'rule':{'tie':'chair'}");
    cast(&hall, 0, "\4\0\0", 3);
    cast(&hall, 1, "\4\0\2", 3);
    assert_string_equal(decide(&hall, hall.facilitator, "'winners':[2]"), "poll.bad_state");
    count(&hall);
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "result.verdict", "tie_open");
    world_expect_text(world, DOCUMENT_PROPOSAL, hall.proposal, "state", "voting");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "result.verdict", "tie_open");
    static const char *const wrong[] = {"'winners':[1]", "'winners':[0,2]", "'adopted':true",
                                        "'winners':[2],'adopted':true"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_string_equal(decide(&hall, hall.facilitator, wrong[i]), "input.bad_value");
        assert_string_equal(world->field, "winners");
    }
    assert_string_equal(decide(&hall, hall.voters[1].caller, "'winners':[2]"), "right.missing");
    assert_string_equal(decide(&hall, hall.facilitator, "'winners':[2]"), "");
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "result.decided", "chair");
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "result.verdict", "none");
    world_expect_number(world, DOCUMENT_POLL, hall.poll, "result.winners.0", 2);
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "chair.by.name", "Fay");
    world_expect_text(world, DOCUMENT_PROPOSAL, hall.proposal, "state", "adopted");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "number", "2026-001");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "result.decided", "chair");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "chosen.0.en", "C");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "earlier.0.verdict", "tie_open");
    assert_string_equal(decide(&hall, hall.facilitator, "'winners':[0]"), "poll.bad_state");
    world_close(world);
}

/* The chair's winner is judged in each class too: half of the whole, and half of every class. */
static void test_chair_with_classes(void **state)
{
    static const struct {
        const char *strict, *verdict;
    } rows[] = {{"false", "adopted"}, {"true", "not_adopted"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct hall hall;
        char rest[1024];
        snprintf(rest, sizeof rest,
                 "%s,'rule':{'majority':{'num':1,'den':2,'strict':%s},"
                 "'per_class':['majority'],'tie':'chair'}",
                 OPTIONS, rows[i].strict);
        hall_open(&hall, rest);
        cast(&hall, 0, "\4\0\0", 3);
        cast(&hall, 1, "\4\0\2", 3);
        count(&hall);
        world_expect_text(&hall.world, DOCUMENT_POLL, hall.poll, "result.verdict", "tie_open");
        assert_string_equal(decide(&hall, hall.facilitator, "'winners':[2]"), "");
        world_expect_text(&hall.world, DOCUMENT_POLL, hall.poll, "result.verdict", rows[i].verdict);
        world_expect_number(&hall.world, DOCUMENT_POLL, hall.poll,
                            "result.classes.0.majority.support", 1);
        world_close(&hall.world);
    }
}

static void test_chair_of_a_yes_no(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, ",'method':'yes-no','rule':{'tie':'chair'}");
    cast(&hall, 0, "\2\1", 2);
    cast(&hall, 1, "\2\2", 2);
    count(&hall);
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "result.verdict", "tie_open");
    assert_string_equal(decide(&hall, hall.facilitator, "'winners':[0]"), "input.bad_value");
    assert_string_equal(decide(&hall, hall.facilitator, "'adopted':false"), "");
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "result.verdict", "not_adopted");
    world_expect_text(world, DOCUMENT_PROPOSAL, hall.proposal, "state", "rejected");
    world_close(world);
}

/* In the middle of a count by stages the chair has the choice of all who could still win. */
static void test_chair_in_mid_count(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, ",'method':'irv'" OPTIONS_ALONE ",'rule':{'tie':'chair'}");
    cast(&hall, 0, "\10\1\0\0", 4);
    cast(&hall, 1, "\10\1\0\0", 4);
    cast(&hall, 2, "\10\0\1\2", 4);
    cast(&hall, 3, "\10\0\2\1", 4);
    count(&hall);
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "result.verdict", "tie_open");
    assert_string_equal(decide(&hall, hall.facilitator, "'winners':[1]"), "");
    world_expect_number(world, DOCUMENT_POLL, hall.poll, "result.elected.0", 1);
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "chosen.0.fr", "B");
    world_close(world);
}

/* A tie that is to be reported is nobody's to settle here. */
static void test_reported_stays_open(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall, OPTIONS ",'rule':{'tie':'reported'}");
    cast(&hall, 0, "\4\0\0", 3);
    cast(&hall, 1, "\4\0\2", 3);
    count(&hall);
    assert_string_equal(decide(&hall, hall.facilitator, "'winners':[2]"), "poll.bad_state");
    world_close(&hall.world);
}

/* ---- opened again ---- */

static const char *reopen(struct hall *hall, struct caller by)
{
    return world_try(&hall->world, by, "poll.reopen", "{'id':'1','reason':'Une panne'}");
}

static void test_reopening(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, ",'method':'yes-no'");
    cast(&hall, 0, "\2\1", 2);
    assert_string_equal(reopen(&hall, hall.facilitator), "poll.bad_state");
    count(&hall);
    world_expect_text(world, DOCUMENT_PROPOSAL, hall.proposal, "state", "adopted");
    assert_string_equal(reopen(&hall, hall.voters[0].caller), "right.missing");
    assert_string_equal(
        world_try(world, hall.facilitator, "poll.reopen", "{'id':'1','closes':1000,'reason':'x'}"),
        "poll.bad_time");
    world_must(world, hall.facilitator, "poll.reopen", "{'id':'1','closes':%llu,'reason':'Panne'}",
               (unsigned long long)world->now_ms + 3600000);
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "state", "open");
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "reopened.reason", "Panne");
    expect_no(&hall, DOCUMENT_POLL, hall.poll, "result");
    expect_no(&hall, DOCUMENT_POLL_CARD, hall.poll, "verdict");
    world_expect_text(world, DOCUMENT_PROPOSAL, hall.proposal, "state", "voting");
    expect_no(&hall, DOCUMENT_PROPOSAL_CARD, hall.proposal, "decision");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "withdrawn.reason", "Panne");
    cast(&hall, 1, "\2\2", 2);
    cast(&hall, 2, "\2\2", 2);
    world->now_ms += 3600000;
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, hall.poll, "state", "counted");
    world_expect_number(world, DOCUMENT_POLL, hall.poll, "result.no", 2);
    world_expect_text(world, DOCUMENT_PROPOSAL, hall.proposal, "state", "rejected");
    world_expect_text(world, DOCUMENT_PROPOSAL_CARD, hall.proposal, "decision.verdict",
                      "not_adopted");
    expect_no(&hall, DOCUMENT_DECISION, hall.decision, "withdrawn");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "number", "2026-001");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "result.verdict", "not_adopted");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "earlier.0.verdict", "adopted");
    world_expect_text(world, DOCUMENT_DECISION, hall.decision, "earlier.0.reason", "Panne");
    world_close(world);
}

static void extend(struct hall *hall, uint64_t closes)
{
    world_must(&hall->world, hall->facilitator, "poll.extend",
               "{'id':'1','closes':%llu,'reason':'Late'}", (unsigned long long)closes);
}

/* Its new end may be moved once, like the first one. */
static void test_extended_again(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, ",'method':'yes-no','closes':1893456000000");
    extend(&hall, UINT64_C(1893456000001));
    assert_string_equal(world_try(world, hall.facilitator, "poll.extend",
                                  "{'id':'1','closes':1893456000002,'reason':'Later'}"),
                        "poll.extended_twice");
    count(&hall);
    uint64_t end = world->now_ms + 3600000;
    world_must(world, hall.facilitator, "poll.reopen", "{'id':'1','closes':%llu,'reason':'Panne'}",
               (unsigned long long)end);
    expect_no(&hall, DOCUMENT_POLL, hall.poll, "extended");
    extend(&hall, end + 1);
    world_expect_number(world, DOCUMENT_POLL, hall.poll, "extended.closes_ms", (int64_t)end + 1);
    world_close(world);
}

/* What followed has begun: the result stays. */
static void test_not_once_it_has_begun(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall, ",'method':'yes-no'");
    cast(&hall, 0, "\2\1", 2);
    count(&hall);
    world_must(&hall.world, hall.facilitator, "proposal.mark", "{'id':'1','state':'in_progress'}");
    assert_string_equal(reopen(&hall, hall.facilitator), "proposal.bad_state");
    world_close(&hall.world);
}

/* Put to another vote since: that one has the say. */
static void test_not_once_another_vote_has_it(void **state)
{
    static const char *const steps[] = {"discussed", "ready"}; /* by facilitation, by the author */
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, ",'method':'yes-no','rule':{'majority':{'num':1,'den':2,'strict':true},"
                     "'quorum':{'num':1,'den':2}}");
    count(&hall);
    world_expect_text(world, DOCUMENT_PROPOSAL, hall.proposal, "state", "postponed");
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        world_must(world, i == 0 ? hall.facilitator : hall.voters[0].caller, "proposal.mark",
                   "{'id':'1','state':'%s'}", steps[i]);
        assert_string_equal(reopen(&hall, hall.facilitator), "proposal.bad_state");
    }
    struct id other = voting_draft(world, hall.facilitator, "decision", hall.proposal, "");
    world_must(world, hall.facilitator, "poll.open", "{'id':'%s'}", world_text(other));
    assert_string_equal(reopen(&hall, hall.facilitator), "proposal.bad_state");
    world_close(world);
}

/* Each count shows one link of the chain: sixteen, and then no more. */
static void test_until_no_lot_is_left(void **state)
{
    struct hall hall;
    size_t counts = 1;
    (void)state;
    hall_open(&hall, OPTIONS ",'rule':{'tie':'lot'}");
    cast(&hall, 0, "\4\0\0", 3);
    cast(&hall, 1, "\4\0\2", 3);
    count(&hall);
    for (; strcmp(reopen(&hall, hall.facilitator), "") == 0; counts++) {
        count(&hall);
        world_expect_text(&hall.world, DOCUMENT_POLL, hall.poll, "result.decided", "lot");
    }
    assert_string_equal(reopen(&hall, hall.facilitator), "poll.no_lot_left");
    assert_int_equal(counts, LOT_CHAIN);
    world_close(&hall.world);
}

/* ---- asked before ---- */

static void define(struct hall *hall, struct id draft, const char *mode)
{
    world_must(&hall->world, hall->facilitator, "poll.define",
               "{'id':'%s','kind':'decision','mode':'%s','method':'yes-no',"
               "'question':{'fr':'?','nl':'?','en':'?'}}",
               world_text(draft), mode);
}

static void test_asking_for_confidential_ballots(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, ",'method':'yes-no'");
    struct id draft = world_id(world);
    define(&hall, draft, "named");
    for (size_t i = 0; i < 3; i++) {
        world_must(world, hall.voters[i % 2].caller, "poll.ask_confidential",
                   "{'id':'2','on':true}"); /* one of them twice */
    }
    world_expect_number(world, DOCUMENT_POLL, draft, "asked_confidential", 2);
    world_must(world, hall.voters[0].caller, "ballot.mine", "{'poll':'2'}");
    assert_true(json_is_true(json_object_get(world->result, "asked_confidential")));
    world_must(world, hall.voters[0].caller, "poll.ask_confidential", "{'id':'2','on':false}");
    world_expect_number(world, DOCUMENT_POLL, draft, "asked_confidential", 1);
    json_t *document = world_document(world, DOCUMENT_POLL, draft);
    char *text = json_dumps(document, 0);
    assert_null(strstr(text, "Bea"));
    free(text);
    json_decref(document);
    define(&hall, draft, "named");
    world_expect_number(world, DOCUMENT_POLL, draft, "asked_confidential", 1);
    assert_string_equal(
        world_try(world, hall.facilitator, "poll.ask_confidential", "{'id':'2','on':true}"),
        "right.missing");
    assert_string_equal(
        world_try(world, hall.voters[0].caller, "poll.ask_confidential", "{'id':'1','on':true}"),
        "poll.bad_state");
    define(&hall, draft, "confidential");
    assert_string_equal(
        world_try(world, hall.voters[0].caller, "poll.ask_confidential", "{'id':'2','on':true}"),
        "poll.bad_state");
    world_close(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chair_takes_one_of_the_tied),
        cmocka_unit_test(test_chair_with_classes),
        cmocka_unit_test(test_chair_of_a_yes_no),
        cmocka_unit_test(test_chair_in_mid_count),
        cmocka_unit_test(test_reported_stays_open),
        cmocka_unit_test(test_reopening),
        cmocka_unit_test(test_extended_again),
        cmocka_unit_test(test_not_once_it_has_begun),
        cmocka_unit_test(test_not_once_another_vote_has_it),
        cmocka_unit_test(test_until_no_lot_is_left),
        cmocka_unit_test(test_asking_for_confidential_ballots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
