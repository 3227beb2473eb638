/* Points: weighted sums, and budgets that were not spent whole. */
#include "tests/harness/c/counting.h"

static void test_sums(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "dots", 3, 2);
    counting.definition.points = counting.definition.cap = 1000;
    counting_add(&counting, 2, 3, "300 0 700");
    counting_add(&counting, 1, 1, "0 1 0");
    counting_add(&counting, 1, 2, "blank");
    counting_count(&counting);
    counting_expect_scores(&counting, "1800 1 4200");
    counting_expect_winners(&counting, "0 2");
    counting_expect_elected(&counting, "2 0");
    assert_int_equal(counting.counts.valid.weight, 7);
    counting_end(&counting);
}

static void test_nobody_gave(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "dots", 3, 3);
    counting_add(&counting, 1, 1, "0 1 0");
    counting_count(&counting);
    counting_expect_winners(&counting, "1");
    counting_end(&counting);
}

static void count_too_many(void *context)
{
    static const uint8_t choice[] = {FORM_POINTS, 0, 10, 0, 1, 0, 0};
    struct counting *counting = context;
    tally_box_add(counting->box, slice_of(choice, sizeof choice), 1, 1);
    tally_count(&counting->terms, counting->box, &counting->arena, &counting->counts);
}

static void test_too_many_points_are_a_bug(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "dots", 3, 1);
    counting.terms.definition = &counting.definition;
    assert_true(fixture_aborts(count_too_many, &counting));
    counting_end(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_nobody_gave),
        cmocka_unit_test(test_too_many_points_are_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
