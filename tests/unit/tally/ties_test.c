/* Ties: by the lot, standing for the chair or for good, found to change nothing by trying, and too many to try. */
#include "tests/harness/c/counting.h"

/* The seed under which a comes before b: 1 or 2 or … */
static uint8_t seed_favouring(uint16_t a, uint16_t b)
{
    for (uint8_t byte = 1; byte < 255; byte++) {
        struct hash seed;
        memset(seed.bytes, byte, HASH_SIZE);
        struct hash of_a = lot_key(seed, a), of_b = lot_key(seed, b);
        if (memcmp(of_a.bytes, of_b.bytes, HASH_SIZE) < 0) {
            return byte;
        }
    }
    fail();
    return 0;
}

/* Schulze's example of 45 voters: 1 and 4 are equal and lowest, and 2 wins whoever of them goes. */
static void begin_no_difference(struct counting *counting)
{
    counting_begin(counting, "irv", 5, 1);
    counting_add(counting, 5, 1, "1 5 2 4 3");
    counting_add(counting, 5, 1, "1 5 4 2 3");
    counting_add(counting, 8, 1, "4 1 5 3 2");
    counting_add(counting, 3, 1, "2 3 1 5 4");
    counting_add(counting, 7, 1, "2 4 1 5 3");
    counting_add(counting, 2, 1, "3 2 1 4 5");
    counting_add(counting, 7, 1, "5 4 2 1 3");
    counting_add(counting, 8, 1, "3 2 5 4 1");
}

static void test_no_difference(void **state)
{
    struct counting counting;
    (void)state;
    for (uint8_t rule = 1; rule <= 4; rule++) {
        for (uint16_t first = 1; first <= 4; first = (uint16_t)(first + 3)) {
            begin_no_difference(&counting);
            counting_lot(&counting, seed_favouring(first, (uint16_t)(5 - first)));
            counting.definition.rule.tie = rule;
            counting_count(&counting);
            counting_expect_winners(&counting, "2");
            counting_expect_ties(&counting,
                                 first == 1 ? "1 4 no_difference 4" : "1 4 no_difference 1");
            assert_int_equal(counting.counts.decided, DECIDED_NO_TIE);
            counting_end(&counting);
        }
    }
}

/* 0 or 1 goes, and the other one wins with its votes; 2 loses in any case. */
static void begin_difference(struct counting *counting)
{
    counting_begin(counting, "irv", 3, 1);
    counting_add(counting, 3, 1, "1 2 0");
    counting_add(counting, 3, 1, "2 1 0");
    counting_add(counting, 5, 1, "0 0 1");
}

static void test_lot_for_exclusion(void **state)
{
    struct counting counting;
    (void)state;
    for (uint16_t first = 0; first < 2; first++) {
        begin_difference(&counting);
        counting_lot(&counting, seed_favouring(first, (uint16_t)(1 - first)));
        counting_count(&counting);
        counting_expect_winners(&counting, first == 0 ? "0" : "1");
        counting_expect_ties(&counting, first == 0 ? "0 1 lot 1" : "0 1 lot 0");
        assert_int_equal(counting.counts.decided, DECIDED_LOT);
        counting_end(&counting);
    }
}

/* The count ends at the tie: nobody is sure, and a second tie names those for whom a place hangs on it. */
static void test_left_standing(void **state)
{
    struct counting counting;
    (void)state;
    for (uint8_t rule = 1; rule <= 4; rule++) { /* with the lot but no seed it stays open too */
        begin_difference(&counting);
        counting.definition.rule.tie = rule;
        counting_count(&counting);
        counting_expect_winners(&counting, "");
        counting_expect_ties(&counting,
                             rule == 1 ? "0 1 status_quo, 0 1 status_quo" : "0 1 open, 0 1 open");
        assert_int_equal(counting.counts.ties[0].what_for, TIE_FOR_EXCLUSION);
        assert_int_equal(counting.counts.ties[1].what_for, TIE_FOR_PLACE);
        assert_int_equal(counting.counts.n_stages, 1);
        assert_int_equal(counting.counts.decided, rule == 1 ? DECIDED_NO_TIE : DECIDED_OPEN);
        counting_end(&counting);
    }
}

/* Two places, 15 votes, quota 6: 2 and 3 tie for exclusion, and either of them gets the second place by the other's votes; 0 has
 * its own already, and 1 none in any case. */
static void test_the_sure_are_seated(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "stv-scottish", 4, 2);
    counting.definition.rule.tie = 2;
    counting_add(&counting, 6, 1, "1 0 0 0");
    counting_add(&counting, 5, 1, "0 1 0 0");
    counting_add(&counting, 3, 1, "0 0 1 2");
    counting_add(&counting, 3, 1, "0 0 2 1");
    counting_count(&counting);
    counting_expect_winners(&counting, "0");
    counting_expect_ties(&counting, "2 3 open, 2 3 open");
    counting_end(&counting);
}

/* 1 is elected whichever of 2 and 3 goes, though it has not got the quota when the count stops. */
static void test_sure_though_not_elected_yet(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "stv-scottish", 4, 2);
    counting.definition.rule.tie = 2;
    counting_add(&counting, 6, 1, "1 0 0 0");
    counting_add(&counting, 4, 1, "0 1 0 0");
    counting_add(&counting, 4, 1, "0 0 1 2");
    counting_add(&counting, 4, 1, "0 0 2 1");
    counting_count(&counting);
    /* 18 votes, quota 7; 1, 2 and 3 tie: 1 out: 0 and one of the others … 2 out: 0 and 3; 3 out: 0 and 2 */
    counting_expect_winners(&counting, "0");
    counting_expect_ties(&counting, "1 2 3 open, 2 3 open");
    counting_end(&counting);
}

/* Whom the chair may choose from: not the two of whom one goes, but those who can still win. When 0 goes, 1 passes 3, whose
 * ballots make 2 win; when 1 goes, the other way round. */
static void test_the_tie_that_decides(void **state)
{
    struct counting counting;
    (void)state;
    for (uint8_t rule = 2; rule <= 3; rule++) {
        counting_begin(&counting, "irv", 4, 1);
        if (rule == 3) {
            counting_lot(&counting, seed_favouring(0, 1));
        }
        counting.definition.rule.tie = rule;
        counting_add(&counting, 2, 1, "1 2 0 0");
        counting_add(&counting, 1, 1, "1 0 2 0");
        counting_add(&counting, 2, 1, "2 1 0 0");
        counting_add(&counting, 1, 1, "0 1 0 2");
        counting_add(&counting, 4, 1, "0 0 1 2");
        counting_add(&counting, 4, 1, "0 0 2 1");
        counting_count(&counting);
        counting_expect_ties(&counting, rule == 2 ? "0 1 open, 2 3 open" : "0 1 lot 1");
        const struct tally_tie *tie = tally_deciding_tie(&counting.counts);
        assert_non_null(tie);
        assert_int_equal(tie->n_tied, 2);
        assert_int_equal(tie->tied[0], rule == 2 ? 2 : 0);
        counting_expect_winners(&counting, rule == 2 ? "" : "3");
        counting_end(&counting);
    }
    begin_no_difference(&counting);
    counting_count(&counting);
    assert_null(tally_deciding_tie(&counting.counts));
    counting_end(&counting);
}

/* Of those without a vote any may go first, however many they are: nothing is tried. */
static void test_without_votes(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "irv", 12, 1);
    counting_add(&counting, 3, 1, "1 0 0 0 0 0 0 0 0 0 0 0");
    counting_add(&counting, 2, 1, "0 1 2 3 4 5 6 7 8 9 0 0");
    counting_add(&counting, 1, 1, "0 2 1 0 0 0 0 0 0 0 0 0");
    counting_count(&counting);
    counting_expect_winners(&counting, "");
    assert_int_equal(counting.counts.n_ties,
                     9); /* eight among the nine without a vote, and the last two */
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(counting.counts.ties[i].how, TIE_NO_DIFFERENCE);
    }
    assert_int_equal(counting.counts.ties[8].how, TIE_STATUS_QUO);
    counting_end(&counting);
}

/* Six options with a ballot each make 360 ways to go on: they are taken to matter. */
static void test_too_many_to_try(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "irv", 7, 1);
    counting.definition.rule.tie = 4;
    counting_add(&counting, 6, 1, "1 0 0 0 0 0 0");
    counting_add(&counting, 1, 1, "2 1 0 0 0 0 0");
    counting_add(&counting, 1, 1, "2 0 1 0 0 0 0");
    counting_add(&counting, 1, 1, "2 0 0 1 0 0 0");
    counting_add(&counting, 1, 1, "2 0 0 0 1 0 0");
    counting_add(&counting, 1, 1, "2 0 0 0 0 1 0");
    counting_add(&counting, 1, 1, "2 0 0 0 0 0 1");
    counting_count(&counting); /* 6 of 12 is not more than half; any exclusion makes it 7 */
    counting_expect_winners(&counting, "0");
    counting_expect_ties(&counting, "1 2 3 4 5 6 no_difference 6");
    counting_end(&counting);

    counting_begin(&counting, "irv", 7, 1);
    counting.definition.rule.tie = 4;
    for (unsigned i = 0; i < 7; i++) {
        char ballot[] = "0 0 0 0 0 0 0";
        ballot[2 * i] = '1';
        counting_add(&counting, 1, 1, ballot);
    }
    counting_count(&counting);
    counting_expect_winners(&counting, "");
    counting_expect_ties(&counting, "0 1 2 3 4 5 6 open, 0 1 2 3 4 5 6 open");
    counting_end(&counting);
}

/* Three of five for two places: one of ten ways, in the order of favour. */
static void test_several_places(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "approval", 5, 3);
    counting_lot(&counting, 9);
    counting_add(&counting, 2, 1, "4");
    counting_add(&counting, 1, 1, "0 1 2 3");
    counting_count(&counting);
    assert_int_equal(counting.counts.n_winners, 3);
    assert_int_equal(counting.counts.elected[0], 4);
    struct hash before = lot_key(counting.seed, counting.counts.elected[1]);
    struct hash after = lot_key(counting.seed, counting.counts.elected[2]);
    assert_true(memcmp(before.bytes, after.bytes, HASH_SIZE) < 0);
    assert_int_equal(counting.counts.decided, DECIDED_LOT);
    counting_end(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_difference),
        cmocka_unit_test(test_lot_for_exclusion),
        cmocka_unit_test(test_left_standing),
        cmocka_unit_test(test_the_sure_are_seated),
        cmocka_unit_test(test_sure_though_not_elected_yet),
        cmocka_unit_test(test_the_tie_that_decides),
        cmocka_unit_test(test_without_votes),
        cmocka_unit_test(test_too_many_to_try),
        cmocka_unit_test(test_several_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
