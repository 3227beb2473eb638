/* BLT: the choices that ballots become, byte by byte, and the limits. What files in the wild look like is in
 * tests/data/wild. */
#include "tests/unit/tally/formats/reading.h"

#include <stdlib.h>

static void test_ranks(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "", "3 2\n5 2 1 0\n1 3 0\n2 2 1 0\n4 0\n0\n", "stv-scottish");
    reading_expect_piles(&reading, "00*4 08000001*1 08020100*7");
    assert_int_equal(reading.election.definition.seats, 2);
    assert_int_equal(reading.election.ballots.heads, 12);
    assert_int_equal(reading.election.empty.heads, 4);
    election_free(&reading.election);
}

/* Equal ranks are dense; for a method that takes one option a rank they end the ballot, or are passed over. */
static void test_equal_ranks(void **state)
{
    static const char text[] = "4 1\n1 4=2 3 1 0\n1 1 2=3 4 0\n0\n";
    struct reading reading;
    struct election_ask ask = {.method = 8, .skip_over_votes = true};
    (void)state;
    reading_by(&reading, "", text, "schulze");
    reading_expect_piles(&reading, "0801020203*1 0803010201*1");
    election_free(&reading.election);
    reading_by(&reading, "", text, "irv");
    reading_expect_piles(&reading, "00*1 0801000000*1");
    assert_int_equal(reading.election.over_voted.heads, 2);
    assert_int_equal(reading.election.empty.heads, 0);
    election_free(&reading.election);
    reading_of(&reading, "", slice_text(text), &ask);
    reading_expect_piles(&reading, "0801000002*1 0802000100*1");
    election_free(&reading.election);
}

/* An option that an over-vote named may still be ranked alone behind it. */
static void test_passed_over_is_not_named(void **state)
{
    struct reading reading;
    struct election_ask ask = {.method = 8, .skip_over_votes = true};
    (void)state;
    reading_of(&reading, "", slice_text("3 1\n1 1=2 2 0\n0\n"), &ask);
    reading_expect_piles(&reading, "08000100*1");
    assert_int_equal(reading.election.repeated.heads, 0);
    election_free(&reading.election);
}

static void test_first_choice_alone(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "", "3 1\n-1\n5 1 3 2 0\n2 2 0\n1 1 0\n0\n", "single");
    reading_expect_piles(&reading, "00*1 040001*2 040002*5");
    assert_true(reading.election.withdrawn[0] && !reading.election.withdrawn[1]);
    election_free(&reading.election);
}

/* The whole file is counted in the finest unit that one weight needs. */
static void test_decimals(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "", "2 1\n1 1 0\n0.5 2 0\n2.000001 1 2 0\n3.10 2 0\n0\n", "irv");
    reading_expect_piles(&reading, "080001*3600000 080100*1000000 080102*2000001");
    assert_int_equal(reading.election.decimals, 6);
    assert_int_equal(reading.election.ballots.heads, 4);
    assert_int_equal(reading.election.ballots.weight, 6600001);
    election_free(&reading.election);
    reading_by(&reading, "", "2 1\n1.0000000 1 0\n0\n", "irv");
    reading_expect_piles(&reading, "080100*1");
    assert_int_equal(reading.election.decimals, 0);
    election_free(&reading.election);
}

static void test_sums_have_a_limit(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "", "2 1\n90071992547.5 1 0\n0\n", "irv");
    reading_expect_fault(&reading, 2, 1, "weights that sum up to at most 90071992547");
    election_free(&reading.election);
    reading_by(&reading, "", "2 1\n4294967295 1 0\n0\n", "irv");
    assert_int_equal(reading.error, ERROR_NONE);
    assert_int_equal(reading.election.ballots.heads, UINT32_MAX);
    election_free(&reading.election);
    reading_by(&reading, "", "2 1\n4294967295 1 0\n1 2 0\n0\n", "irv");
    reading_expect_fault(&reading, 3, 1, "at most 4294967295 ballots");
    election_free(&reading.election);
}

/* 255 candidates are ranked whole. */
static void test_most_candidates(void **state)
{
    struct buffer text;
    struct reading reading;
    struct arena arena;
    struct tally_counts counts;
    (void)state;
    for (uint8_t round = 0; round < 2; round++) {
        buffer_init(&text, 65536);
        buffer_append_text(&text, "255 3\n1");
        for (unsigned i = 255; i > 0; i--) {
            buffer_format(&text, " %u", i);
        }
        buffer_append_text(&text, " 0\n0\n");
        buffer_append_u8(&text, 0);
        reading_by(&reading, "", (const char *)text.data, round == 0 ? "stv-scottish" : "schulze");
        assert_int_equal(reading.error, ERROR_NONE);
        struct tally_terms terms = election_terms(&reading.election, NULL);
        arena_init(&arena, SIZE_MAX);
        tally_count(&terms, reading.election.box, &arena, &counts);
        assert_int_equal(counts.winners[counts.n_winners - 1], 254);
        arena_free(&arena);
        election_free(&reading.election);
        buffer_free(&text);
    }
}

static void test_names(void **state)
{
    struct reading reading;
    struct buffer text;
    (void)state;
    reading_by(&reading, "", "2 1\n1 1 0\n0\n\"\"A\"\"\nB  \t C # c\n\"T\" # t\n", "irv");
    assert_int_equal(reading.error, ERROR_NONE);
    assert_true(slice_equal(reading.election.names[0], slice_text("A")));
    assert_true(slice_equal(reading.election.names[1], slice_text("B C")));
    assert_true(slice_equal(reading.election.title, slice_text("T")));
    election_free(&reading.election);
    buffer_init(&text, 65536);
    buffer_append_text(&text, "1 1\n1 1 0\n0\n\"");
    for (unsigned i = 0; i <= ELECTION_NAME_MAX; i++) {
        buffer_append_text(&text, "n");
    }
    buffer_append_text(&text, "\"\n");
    buffer_append_u8(&text, 0);
    reading_by(&reading, "", (const char *)text.data, "irv");
    reading_expect_fault(&reading, 4, 1, "a text of at most 1000 bytes");
    election_free(&reading.election);
    buffer_free(&text);
}

/* "1-2" is no number of seats, nor a withdrawal. */
static void test_the_number_of_seats_is_whole(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "x.blt", "3 1-2\n1 3 0\n0\n", "irv");
    reading_expect_fault(&reading, 1, 3, "the number of seats");
    election_free(&reading.election);
    reading_by(&reading, "x.blt", "3 1 -2\n1 3 0\n0\n", "irv");
    assert_true(reading.election.withdrawn[1]);
    election_free(&reading.election);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_equal_ranks),
        cmocka_unit_test(test_passed_over_is_not_named),
        cmocka_unit_test(test_first_choice_alone),
        cmocka_unit_test(test_decimals),
        cmocka_unit_test(test_sums_have_a_limit),
        cmocka_unit_test(test_most_candidates),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_the_number_of_seats_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
