/* Score: sums and means of the same ballots, grades that were not given, means that only exact fractions tell apart. */
#include "tests/harness/c/counting.h"

enum { MEAN = 1 };

/* Sums 9, 8, 0; graders 5, 2, 5. */
static void begin(struct counting *counting, uint16_t opt)
{
    counting_begin(counting, "score", 3, 1);
    counting->definition.opt = opt;
    counting_add(counting, 3, 1, "3 - 0");
    counting_add(counting, 1, 2, "0 4 0");
}

static void test_sum(void **state)
{
    struct counting counting;
    (void)state;
    begin(&counting, 0);
    counting_count(&counting);
    counting_expect_scores(&counting, "9 8 0");
    counting_expect_winners(&counting, "0");
    assert_int_equal(counting.counts.graders[0], 5);
    assert_int_equal(counting.counts.graders[1], 2);
    assert_int_equal(counting.counts.graders[2], 5);
    assert_null(counting.counts.ranks);
    counting_end(&counting);
}

/* 9/5 is less than 8/2. */
static void test_mean(void **state)
{
    struct counting counting;
    (void)state;
    begin(&counting, MEAN);
    counting_count(&counting);
    counting_expect_scores(&counting, "9 8 0");
    counting_expect_winners(&counting, "1");
    counting_expect_ranks(&counting, "2 1 3");
    counting_end(&counting);
}

/* 2/6 and 1/3 are equal; a mean of one ballot is as good as that of many. */
static void test_equal_means(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "score", 3, 1);
    counting.definition.opt = MEAN;
    counting_add(&counting, 1, 2, "1 - -");
    counting_add(&counting, 1, 4, "0 - -");
    counting_add(&counting, 1, 1, "- 1 -");
    counting_add(&counting, 1, 2, "- 0 -");
    counting_count(&counting);
    counting_expect_scores(&counting, "2 1 0");
    counting_expect_winners(&counting, "");
    counting_expect_ranks(&counting, "1 1 3");
    counting_expect_ties(&counting, "0 1 status_quo");
    counting_end(&counting);
}

/* Two means that agree to more digits than a double has. */
static void test_means_are_exact(void **state)
{
    uint64_t big = (UINT64_C(1) << 52) - 1;
    struct counting counting;
    (void)state;
    counting_begin(&counting, "score", 2, 1);
    counting.definition.opt = MEAN;
    counting.definition.grades = 2;
    counting_add(&counting, 1, big - 1, "1 -");
    counting_add(&counting, 1, 1, "0 -");
    counting_add(&counting, 1, big, "- 1");
    counting_add(&counting, 1, 1, "- 0");
    counting_count(&counting);
    counting_expect_winners(&counting, "1");
    counting_end(&counting);
}

/* All graded it worst, or nobody graded it: no place, even where one stays empty. */
static void test_nothing_wins_nothing(void **state)
{
    (void)state;
    for (uint16_t opt = 0; opt <= MEAN; opt++) {
        struct counting counting;
        counting_begin(&counting, "score", 4, 3);
        counting.definition.opt = opt;
        counting_add(&counting, 2, 1, "0 - 1 6");
        counting_count(&counting);
        counting_expect_winners(&counting, "2 3");
        counting_expect_elected(&counting, "3 2");
        counting_end(&counting);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sum),
        cmocka_unit_test(test_mean),
        cmocka_unit_test(test_equal_means),
        cmocka_unit_test(test_means_are_exact),
        cmocka_unit_test(test_nothing_wins_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
