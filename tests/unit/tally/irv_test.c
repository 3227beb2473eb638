/* Instant run-off: stage by stage, exhausted ballots, the two bases of a majority, and the ties of each kind. */
#include "tests/harness/c/counting.h"

static void expect_stage(const struct counting *counting, size_t at, enum tally_action action,
                         uint16_t option, uint64_t exhausted, const char *votes)
{
    struct counting shown = *counting;
    assert_true(at < counting->counts.n_stages);
    const struct tally_stage *stage = &counting->counts.stages[at];
    assert_int_equal(stage->action, action);
    assert_int_equal(stage->option, option);
    assert_int_equal(stage->exhausted, exhausted);
    shown.counts.scores = (uint64_t *)(uintptr_t)stage->votes;
    shown.counts.n_scores = counting->definition.n_option;
    counting_expect_scores(&shown, votes);
}

/* Nine ballots: the leader of the first stage is overtaken by the second choices of the last. */
static void test_transfers(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "irv", 4, 1);
    counting_add(&counting, 4, 1, "1 0 0 0");
    counting_add(&counting, 3, 1, "2 1 0 0");
    counting_add(&counting, 2, 1, "0 2 1 3");
    counting_add(&counting, 1, 1, "0 0 0 1");
    counting_add(&counting, 2, 1, "blank");
    counting_count(&counting);
    counting_expect_scores(&counting, "4 3 2 1");
    assert_int_equal(counting.counts.n_stages, 3);
    expect_stage(&counting, 0, STAGE_BEGIN, NO_OPTION, 0, "4 3 2 1");
    expect_stage(&counting, 1, STAGE_EXCLUSION, 3, 1, "4 3 2 0");
    expect_stage(&counting, 2, STAGE_EXCLUSION, 2, 1, "4 5 0 0");
    assert_int_equal(counting.counts.stages[2].states[1], OPTION_ELECTED);
    assert_int_equal(counting.counts.stages[2].states[0], OPTION_CONTINUING);
    assert_int_equal(counting.counts.stages[2].states[3], OPTION_EXCLUDED);
    counting_expect_winners(&counting, "1");
    counting_expect_ties(&counting, "");
    assert_int_equal(counting.counts.decided, DECIDED_NO_TIE);
    counting_end(&counting);
}

/* Half is not more than half; one more ballot is, and ends it at once. */
static void test_more_than_half(void **state)
{
    struct counting counting;
    (void)state;
    for (uint32_t more = 0; more < 2; more++) {
        counting_begin(&counting, "irv", 3, 1);
        counting_add(&counting, 4 + more, 1, "1 0 0");
        counting_add(&counting, 3, 1, "0 1 2");
        counting_add(&counting, 1, 1, "0 2 1");
        counting_count(&counting);
        assert_int_equal(counting.counts.n_stages, more == 0 ? 2 : 1);
        counting_expect_winners(&counting, more == 0 ? "" : "0");
        counting_expect_ties(&counting, more == 0 ? "0 1 status_quo" : "");
        counting_end(&counting);
    }
}

/* 5 of 9 continuing, but not of 12 valid: with opt 1 nobody wins, and it is no tie. */
static void test_majority_of_all_valid(void **state)
{
    struct counting counting;
    (void)state;
    for (uint16_t opt = 0; opt < 2; opt++) {
        counting_begin(&counting, "irv", 3, 1);
        counting.definition.opt = opt;
        counting_add(&counting, 5, 1, "1 0 0");
        counting_add(&counting, 4, 1, "0 1 0");
        counting_add(&counting, 3, 1, "0 0 1");
        counting_count(&counting);
        counting_expect_winners(&counting, opt == 0 ? "0" : "");
        assert_int_equal(counting.counts.n_stages, 2);
        assert_int_equal(counting.counts.stages[1].exhausted, 3);
        assert_int_equal(counting.counts.decided, DECIDED_NO_TIE);
        counting_end(&counting);
    }
}

/* 1 and 2 are equal after the first exclusion; before it 2 had less. */
static void test_earlier_stage(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "irv", 4, 1);
    counting_add(&counting, 6, 1, "1 0 0 0");
    counting_add(&counting, 4, 1, "0 1 0 0");
    counting_add(&counting, 3, 1, "0 0 1 0");
    counting_add(&counting, 1, 1, "0 0 2 1");
    counting_count(&counting);
    counting_expect_ties(&counting, "1 2 earlier 2");
    assert_int_equal(counting.counts.ties[0].stage, 1);
    assert_int_equal(counting.counts.ties[0].what_for, TIE_FOR_EXCLUSION);
    counting_expect_winners(&counting, "0");
    counting_end(&counting);
}

/* A ballot ends where two options share a rank; one that begins so is exhausted from the start. */
static void test_equal_ranks_end_a_ballot(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "irv", 4, 1);
    counting.definition.flags |= FLAG_EQUAL_RANKS;
    counting_add(&counting, 3, 1, "1 0 0 0");
    counting_add(&counting, 2, 1, "2 1 2 3");
    counting_add(&counting, 1, 1, "1 1 0 0");
    counting_add(&counting, 2, 1, "0 0 1 0");
    counting_count(&counting);
    expect_stage(&counting, 0, STAGE_BEGIN, NO_OPTION, 1, "3 2 2 0");
    counting_expect_scores(&counting, "4 3 2 0");
    assert_int_equal(counting.counts.stages[2].exhausted, 3);
    counting_expect_winners(&counting, "0");
    counting_end(&counting);
}

static void test_nothing_to_count(void **state)
{
    static const bool all[] = {true, true};
    struct counting counting;
    (void)state;
    for (unsigned withdrawn = 0; withdrawn < 2; withdrawn++) {
        counting_begin(&counting, "irv", 2, 1);
        counting.terms.withdrawn = withdrawn == 1 ? all : NULL;
        counting_add(&counting, 3, 2, "abstain");
        counting_count(&counting);
        counting_expect_winners(&counting, "");
        counting_expect_ties(&counting, "");
        counting_end(&counting);
    }
}

/* The only one left wins if anybody wants it; a withdrawn one never does. */
static void test_one_left(void **state)
{
    static const bool withdrawn[] = {true, false, true};
    struct counting counting;
    (void)state;
    counting_begin(&counting, "irv", 3, 1);
    counting.terms.withdrawn = withdrawn;
    counting_add(&counting, 1, 1, "0 1 0");
    counting_count(&counting);
    counting_expect_winners(&counting, "1");
    assert_int_equal(counting.counts.stages[0].states[0], OPTION_WITHDRAWN);
    counting_end(&counting);
}

static void test_greatest_weights(void **state)
{
    struct counting counting;
    uint64_t half = (UINT64_C(1) << 52) - 1;
    (void)state;
    counting_begin(&counting, "irv", 3, 1);
    counting_add(&counting, 1, half, "1 0 0");
    counting_add(&counting, 1, half - 1, "0 1 2");
    counting_add(&counting, 1, 2, "0 2 1");
    counting_count(&counting);
    counting_expect_winners(&counting, "1");
    assert_int_equal(counting.counts.stages[1].votes[1], half + 1);
    counting_end(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transfers),
        cmocka_unit_test(test_more_than_half),
        cmocka_unit_test(test_majority_of_all_valid),
        cmocka_unit_test(test_earlier_stage),
        cmocka_unit_test(test_equal_ranks_end_a_ballot),
        cmocka_unit_test(test_nothing_to_count),
        cmocka_unit_test(test_one_left),
        cmocka_unit_test(test_greatest_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
