/* Approval: every marked option gets the whole weight of the ballot, over more than one byte of marks. */
#include "tests/harness/c/counting.h"

static void test_marks_and_weights(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "approval", 11, 3);
    counting_add(&counting, 2, 3, "0 7 8");
    counting_add(&counting, 1, 4, "7 10");
    counting_add(&counting, 1, 1, "8");
    counting_add(&counting, 3, 2, "blank");
    counting_count(&counting);
    counting_expect_scores(&counting, "6 0 0 0 0 0 0 10 7 0 4");
    counting_expect_winners(&counting, "0 7 8");
    counting_expect_elected(&counting, "7 8 0");
    assert_int_equal(counting.counts.valid.weight, 11);
    assert_int_equal(counting.counts.blank.weight, 6);
    counting_end(&counting);
}

static void test_all_marked_by_all(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "approval", 8, 3);
    counting_add(&counting, 5, 1, "0 1 2 3 4 5 6 7");
    counting_count(&counting);
    counting_expect_winners(&counting, "");
    counting_expect_ties(&counting, "0 1 2 3 4 5 6 7 status_quo");
    counting_end(&counting);
}

static void count_an_unused_bit(void *context)
{
    static const uint8_t ninth[] = {FORM_SET, 0, 4};
    struct counting *counting = context;
    tally_box_add(counting->box, slice_of(ninth, sizeof ninth), 1, 1);
    counting_count(counting);
}

static void test_an_unused_bit_is_a_bug(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "approval", 10, 1);
    assert_true(fixture_aborts(count_an_unused_bit, &counting));
    counting_end(&counting);
}

static void test_greatest_weights(void **state)
{
    struct counting counting;
    uint64_t greatest = (UINT64_C(1) << 53) - 1;
    (void)state;
    counting_begin(&counting, "approval", 2, 1);
    counting_add(&counting, 1, greatest - 1, "1");
    counting_add(&counting, 1, 1, "0 1");
    counting_count(&counting);
    assert_int_equal(counting.counts.scores[1], greatest);
    counting_expect_winners(&counting, "1");
    counting_end(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks_and_weights),
        cmocka_unit_test(test_all_marked_by_all),
        cmocka_unit_test(test_an_unused_bit_is_a_bug),
        cmocka_unit_test(test_greatest_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
