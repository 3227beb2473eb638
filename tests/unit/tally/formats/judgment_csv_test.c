/* Tables of grades: what a number in a cell is, by method. */
#include "tests/unit/tally/formats/reading.h"

static const char text[] = "id,A,B\n1,0,3\n2,,1\n3,,\n4,0,0\n";

static void test_judgment(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "", text, "majority-judgment");
    assert_int_equal(reading.election.definition.grades, 3);
    assert_int_equal(reading.election.definition.opt, 0);
    reading_expect_piles(&reading, "00*2 06ff00*1 06ff02*1");
    election_free(&reading.election);
}

static void test_score(void **state)
{
    struct reading reading;
    struct election_ask ask = {.method = 5, .opt = 1, .blank_is_none = true};
    (void)state;
    reading_by(&reading, "", text, "score");
    assert_int_equal(reading.election.definition.grades, 4);
    reading_expect_piles(&reading, "00*1 060000*1 060001*1 060003*1");
    election_free(&reading.election);
    reading_of(&reading, "", slice_text(text), &ask);
    assert_int_equal(reading.election.definition.opt, 1);
    reading_expect_piles(&reading, "00*1 060000*1 060003*1 06ff01*1");
    election_free(&reading.election);
}

static void test_dots(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "", "id,A,B\n1,300,9\n2,7,\n3,0,0\n", "dots");
    assert_int_equal(reading.election.definition.points, 309);
    assert_int_equal(reading.election.definition.cap, 300);
    reading_expect_piles(&reading, "00*1 0700070000*1 07012c0009*1");
    election_free(&reading.election);
}

static void test_limits(void **state)
{
    struct reading reading;
    struct buffer long_row;
    (void)state;
    reading_by(&reading, "", "id,A,B\n1,99,100\n", "score");
    reading_expect_fault(&reading, 2, 6, "a number from 0 to 99");
    election_free(&reading.election);
    reading_by(&reading, "", "id,A,B\n1,99,10000\n", "dots");
    reading_expect_fault(&reading, 2, 6, "a number from 0 to 9999");
    election_free(&reading.election);
    buffer_init(&long_row, 65536);
    for (unsigned i = 0; i < 257; i++) {
        buffer_append_text(&long_row, "x,");
    }
    buffer_append_u8(&long_row, 0);
    reading_by(&reading, "", (const char *)long_row.data, "score");
    reading_expect_fault(&reading, 1, 514, "at most 256 cells in a row");
    election_free(&reading.election);
    buffer_free(&long_row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judgment),
        cmocka_unit_test(test_score),
        cmocka_unit_test(test_dots),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
