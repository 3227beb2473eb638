/* Single choice, and what all methods by score share: places, a tie at the cut under each rule, ties that are none of the
 * cut's business, seats that stay empty. */
#include "tests/harness/c/counting.h"

/* Scores 5 3 3 3 0. */
static void begin(struct counting *counting, uint16_t seats)
{
    counting_begin(counting, "single", 5, seats);
    counting_add(counting, 1, 5, "0");
    counting_add(counting, 3, 1, "1");
    counting_add(counting, 1, 3, "2");
    counting_add(counting, 1, 1, "3");
    counting_add(counting, 1, 2, "3");
    counting_add(counting, 2, 4, "abstain");
}

static void test_the_best(void **state)
{
    struct counting counting;
    (void)state;
    begin(&counting, 1);
    counting_count(&counting);
    counting_expect_scores(&counting, "5 3 3 3 0");
    counting_expect_winners(&counting, "0");
    counting_expect_ties(&counting, "");
    assert_int_equal(counting.counts.decided, DECIDED_NO_TIE);
    assert_int_equal(counting.counts.valid.heads, 7);
    assert_null(counting.counts.ranks);
    counting_end(&counting);
}

static void test_tie_not_seated(void **state)
{
    struct counting counting;
    (void)state;
    begin(&counting, 3);
    counting_count(&counting);
    counting_expect_winners(&counting, "0");
    counting_expect_ties(&counting, "1 2 3 status_quo");
    assert_int_equal(counting.counts.decided, DECIDED_NO_TIE);
    counting_end(&counting);
}

/* Rules 2 and 4, and a lot that was never drawn. */
static void test_tie_left_open(void **state)
{
    (void)state;
    for (uint8_t rule = 2; rule <= 4; rule++) {
        struct counting counting;
        begin(&counting, 2);
        counting.definition.rule.tie = rule;
        counting_count(&counting);
        counting_expect_winners(&counting, "0");
        counting_expect_ties(&counting, "1 2 3 open");
        assert_int_equal(counting.counts.decided, DECIDED_OPEN);
        counting_end(&counting);
    }
}

/* The lot alone decides, and the order of favour is the order of places. */
static void test_tie_by_lot(void **state)
{
    bool seen[5] = {false};
    (void)state;
    for (uint8_t seed = 0; seed < 40; seed++) {
        struct counting counting;
        begin(&counting, 2);
        counting_lot(&counting, seed);
        counting_count(&counting);
        assert_int_equal(counting.counts.n_winners, 2);
        assert_int_equal(counting.counts.elected[0], 0);
        assert_int_equal(counting.counts.decided, DECIDED_LOT);
        uint16_t lucky = counting.counts.elected[1];
        assert_in_range(lucky, 1, 3);
        assert_int_equal(counting.counts.winners[1], lucky);
        assert_int_equal(counting.counts.ties[0].chosen[0], lucky);
        for (uint16_t other = 1; other <= 3; other++) {
            struct hash a = lot_key(counting.seed, lucky), b = lot_key(counting.seed, other);
            assert_true(slice_compare(hash_slice(&a), hash_slice(&b)) <= 0);
        }
        seen[lucky] = true;
        counting_end(&counting);
    }
    assert_true(seen[1] && seen[2] && seen[3]);
}

/* Three tied for two places: whoever is drawn, the elected stand in the order of favour and the winners ascend. */
static void test_two_of_three(void **state)
{
    (void)state;
    for (uint8_t seed = 0; seed < 20; seed++) {
        struct counting counting;
        begin(&counting, 3);
        counting_lot(&counting, seed);
        counting_count(&counting);
        assert_int_equal(counting.counts.n_winners, 3);
        assert_true(counting.counts.winners[1] < counting.counts.winners[2]);
        struct hash first = lot_key(counting.seed, counting.counts.elected[1]);
        struct hash second = lot_key(counting.seed, counting.counts.elected[2]);
        assert_true(slice_compare(hash_slice(&first), hash_slice(&second)) < 0);
        counting_end(&counting);
    }
}

/* A tie above the cut seats everybody; nobody is seated with nothing; every option with a vote may find a place. */
static void test_no_tie_at_the_cut(void **state)
{
    struct counting counting;
    (void)state;
    begin(&counting, 4);
    counting_count(&counting);
    counting_expect_winners(&counting, "0 1 2 3");
    counting_expect_elected(&counting, "0 1 2 3");
    counting_expect_ties(&counting, "");
    counting_end(&counting);
    begin(&counting, 5);
    counting_count(&counting);
    counting_expect_winners(&counting, "0 1 2 3");
    counting_end(&counting);
}

static void test_nobody(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "single", 3, 1);
    counting_count(&counting);
    counting_expect_scores(&counting, "0 0 0");
    counting_expect_winners(&counting, "");
    counting_expect_ties(&counting, "");
    assert_int_equal(counting.counts.decided, DECIDED_NO_TIE);
    counting_end(&counting);
}

static void test_withdrawn(void **state)
{
    static const bool withdrawn[] = {false, true, false};
    struct counting counting;
    (void)state;
    counting_begin(&counting, "single", 3, 2);
    counting.terms.withdrawn = withdrawn;
    counting_add(&counting, 1, 2, "2");
    counting_add(&counting, 1, 1, "0");
    counting_count(&counting);
    counting_expect_winners(&counting, "0 2");
    counting_expect_elected(&counting, "2 0");
    counting_end(&counting);
}

static void count_no_such_option(void *context)
{
    static const uint8_t fourth[] = {FORM_ONE, 0, 3};
    struct counting *counting = context;
    tally_box_add(counting->box, slice_of(fourth, sizeof fourth), 1, 1);
    counting_count(counting);
}

static void test_no_such_option_is_a_bug(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "single", 3, 1);
    assert_true(fixture_aborts(count_no_such_option, &counting));
    counting_end(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_best),
        cmocka_unit_test(test_tie_not_seated),
        cmocka_unit_test(test_tie_left_open),
        cmocka_unit_test(test_tie_by_lot),
        cmocka_unit_test(test_two_of_three),
        cmocka_unit_test(test_no_tie_at_the_cut),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_withdrawn),
        cmocka_unit_test(test_no_such_option_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
