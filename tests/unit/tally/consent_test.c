/* Consent: three weights, no winners, one objection is seen however light it is. */
#include "tests/harness/c/counting.h"

static void test_three_answers(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "consent", 0, 1);
    counting_add(&counting, 3, 5, "consent");
    counting_add(&counting, 2, 4, "concern");
    counting_add(&counting, 1, 1, "objection");
    counting_add(&counting, 1, 7, "abstain");
    counting_add(&counting, 1, 9, "blank");
    counting_count(&counting);
    counting_expect_scores(&counting, "15 8 1");
    counting_expect_winners(&counting, "");
    counting_expect_ties(&counting, "");
    assert_int_equal(counting.counts.valid.weight, 24);
    assert_int_equal(counting.counts.abstain.weight, 7);
    assert_int_equal(counting.counts.blank.weight, 9);
    assert_int_equal(counting.counts.took_part.heads, 8);
    counting_end(&counting);
}

static void test_nobody(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "consent", 0, 1);
    counting_add(&counting, 4, 1, "abstain");
    counting_count(&counting);
    counting_expect_scores(&counting, "0 0 0");
    counting_end(&counting);
}

static void count_a_fourth_answer(void *context)
{
    static const uint8_t fourth[] = {FORM_CONSENT, 4};
    struct counting *counting = context;
    tally_box_add(counting->box, slice_of(fourth, sizeof fourth), 1, 1);
    counting_count(counting);
}

static void test_a_fourth_answer_is_a_bug(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "consent", 0, 1);
    assert_true(fixture_aborts(count_a_fourth_answer, &counting));
    counting_end(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_answers),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_a_fourth_answer_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
