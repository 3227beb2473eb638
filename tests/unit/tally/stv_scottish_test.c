/* Scottish STV on counts worked out by hand: values rounded down paper by paper, surpluses before exclusions, the places filled
 * when as many are left, and the ties. Votes are in parts, 100,000 to a vote. */
#include "tests/harness/c/counting.h"

static void expect_stage(const struct counting *counting, size_t at, enum tally_action action,
                         uint16_t option, uint64_t exhausted, uint64_t lost, const char *votes)
{
    struct counting shown = *counting;
    assert_true(at < counting->counts.n_stages);
    const struct tally_stage *stage = &counting->counts.stages[at];
    assert_int_equal(stage->action, action);
    assert_int_equal(stage->option, option);
    shown.counts.scores = (uint64_t *)(uintptr_t)stage->votes;
    shown.counts.n_scores = counting->definition.n_option;
    counting_expect_scores(&shown, votes);
    assert_int_equal(stage->exhausted, exhausted);
    assert_int_equal(stage->lost, lost);
}

/* 20 votes, 3 places: the quota is 6. Option 0 has 8; its surplus of 2 moves 8 papers at 2/8 = 0.25. */
static void test_surplus_then_exclusion(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "stv-scottish", 4, 3);
    counting_add(&counting, 5, 1, "1 2 0 0");
    counting_add(&counting, 2, 1, "1 0 2 0");
    counting_add(&counting, 1, 1, "1 0 0 0");
    counting_add(&counting, 4, 1, "0 1 0 0");
    counting_add(&counting, 5, 1, "0 0 1 0");
    counting_add(&counting, 3, 1, "0 2 0 1");
    counting_count(&counting);
    assert_int_equal(counting.counts.scale, 100000);
    assert_int_equal(counting.counts.quota, 600000);
    counting_expect_scores(&counting, "8 4 5 3");
    assert_int_equal(counting.counts.n_stages, 4);
    expect_stage(&counting, 0, STAGE_BEGIN, NO_OPTION, 0, 0, "800000 400000 500000 300000");
    expect_stage(&counting, 1, STAGE_SURPLUS, 0, 25000, 0, "600000 525000 550000 300000");
    expect_stage(&counting, 2, STAGE_EXCLUSION, 3, 25000, 0, "600000 825000 550000 0");
    expect_stage(&counting, 3, STAGE_FILL, NO_OPTION, 25000, 0, "600000 825000 550000 0");
    assert_int_equal(counting.counts.stages[0].states[0], OPTION_ELECTED);
    assert_int_equal(counting.counts.stages[2].states[1], OPTION_ELECTED);
    assert_int_equal(counting.counts.stages[2].states[2], OPTION_CONTINUING);
    assert_int_equal(counting.counts.stages[3].states[2], OPTION_ELECTED);
    counting_expect_elected(&counting, "0 1 2");
    counting_end(&counting);
}

/* 7 papers share a surplus of 4: 0.57142 each, and 7 of them are 3.99994; what is missing is lost. Then some of these papers
 * move on with the surplus of their second option, each worth a part of what it was worth. */
static void test_rounding_paper_by_paper(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "stv-scottish", 4, 3);
    counting_add(&counting, 3, 1, "1 2 3 0");
    counting_add(&counting, 2, 1, "1 2 0 3");
    counting_add(&counting, 1, 2, "1 0 0 2");
    counting_add(&counting, 2, 1, "0 1 2 0");
    counting_add(&counting, 1, 1, "0 0 1 0");
    counting_add(&counting, 1, 1, "0 0 0 1");
    counting_count(&counting);
    assert_int_equal(counting.counts.quota, 300000); /* of 11 */
    expect_stage(&counting, 1, STAGE_SURPLUS, 0, 0, 400000 - 7 * 57142,
                 "300000 485710 100000 214284");
    /* 185710 of 485710: a paper worth 57142 moves at 21848, one worth 100000 at 38234. */
    expect_stage(&counting, 2, STAGE_SURPLUS, 1, 0,
                 400000 - 7 * 57142 + 185710 - 5 * 21848 - 2 * 38234,
                 "300000 300000 242012 257980");
    counting_end(&counting);
}

/* Of 11 votes and 3 places, 1 has exactly the quota of 3: a surplus of nothing is a stage in which nothing moves. */
static void test_exactly_the_quota(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "stv-scottish", 5, 3);
    counting_add(&counting, 3, 1, "0 1 2 0 0");
    counting_add(&counting, 2, 1, "1 0 0 0 0");
    counting_add(&counting, 2, 1, "0 0 1 0 0");
    counting_add(&counting, 2, 1, "0 0 0 1 0");
    counting_add(&counting, 1, 1, "0 0 0 2 1");
    counting_add(&counting, 1, 1, "0 0 2 0 1");
    counting_count(&counting);
    expect_stage(&counting, 1, STAGE_SURPLUS, 1, 0, 0, "200000 300000 200000 200000 200000");
    counting_end(&counting);
}

/* As many options as places, or fewer: all are elected, and nothing is transferred. */
static void test_no_contest(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "stv-scottish", 3, 3);
    counting.terms.withdrawn = (const bool[]){false, true, false};
    counting_add(&counting, 3, 1, "1 0 2");
    counting_count(&counting);
    counting_expect_elected(&counting, "0 2");
    assert_int_equal(counting.counts.n_stages, 2);
    assert_int_equal(counting.counts.stages[1].action, STAGE_FILL);
    assert_int_equal(counting.counts.stages[1].votes[0], 300000);
    counting_end(&counting);
}

static void test_nobody_voted(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "stv-scottish", 3, 3);
    counting_add(&counting, 3, 1, "blank");
    counting_count(&counting);
    counting_expect_winners(&counting, "");
    assert_int_equal(counting.counts.quota, 100000);
    counting_end(&counting);
}

/* 0 and 1 both have a surplus of 1; which goes first is seen at no earlier stage. Whoever is first, 0, 1 and 2 win. */
static void test_tied_surpluses(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "stv-scottish", 4, 3);
    counting_add(&counting, 4, 1, "1 0 2 0");
    counting_add(&counting, 4, 1, "0 1 2 0");
    counting_add(&counting, 2, 1, "0 0 1 0");
    counting_add(&counting, 1, 1, "0 0 0 1");
    counting_count(&counting);
    counting_expect_ties(&counting, "0 1 no_difference 0");
    assert_int_equal(counting.counts.ties[0].what_for, TIE_FOR_SURPLUS);
    counting_expect_winners(&counting, "0 1 2");
    assert_int_equal(counting.counts.decided, DECIDED_NO_TIE);
    counting_end(&counting);
}

/* Weights of 2^32 − 1 keep all five decimals; sums beyond 2^53 / 100,000 give up some, never the sum. */
static void test_great_weights(void **state)
{
    struct counting counting;
    (void)state;
    for (uint32_t heads = 2; heads < 2000000; heads *= 1000) {
        counting_begin(&counting, "stv-scottish", 3, 2);
        counting_add(&counting, 3 * heads, UINT32_MAX, "1 2 0");
        counting_add(&counting, heads, UINT32_MAX, "0 1 0");
        counting_add(&counting, heads, UINT32_MAX, "0 0 1");
        counting_count(&counting);
        assert_int_equal(counting.counts.scale, heads == 2 ? 100000 : heads == 2000 ? 100 : 0);
        counting_expect_winners(&counting, "0 1");
        counting_end(&counting);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_surplus_then_exclusion),
        cmocka_unit_test(test_rounding_paper_by_paper),
        cmocka_unit_test(test_exactly_the_quota),
        cmocka_unit_test(test_no_contest),
        cmocka_unit_test(test_nobody_voted),
        cmocka_unit_test(test_tied_surpluses),
        cmocka_unit_test(test_great_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
