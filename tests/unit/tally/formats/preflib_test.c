/* PrefLib: the choices that orders and categories become. */
#include "tests/unit/tally/formats/reading.h"

#define HEAD "# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 9\n"

static void test_orders(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "x.toi", HEAD "5: 2,{1,3}\n3: 3\n1:\n", "schulze");
    reading_expect_piles(&reading, "00*1 08000001*3 08020102*5");
    election_free(&reading.election);
    reading_by(&reading, "x.toi", HEAD "5: 2,{1,3}\n3: {2},1 , 3\n1: {},2\n", "irv");
    reading_expect_piles(&reading, "08000100*6 08020103*3");
    assert_int_equal(reading.election.over_voted.heads, 5);
    assert_int_equal(reading.election.skipped.heads, 1);
    election_free(&reading.election);
}

static void test_categories(void **state)
{
    static const char text[] =
        "# DATA TYPE: cat\n# NUMBER CATEGORIES: 2\n" HEAD "5: {1,3},2\n3: {},{1,2,3}\n1: 2\n";
    struct reading reading;
    (void)state;
    reading_by(&reading, "", text, "approval");
    reading_expect_piles(&reading, "00*3 0502*1 0505*5");
    assert_int_equal(reading.election.empty.heads, 3);
    election_free(&reading.election);
    reading_by(&reading, "", text, "majority-judgment");
    assert_int_equal(reading.election.definition.grades, 2);
    reading_expect_piles(&reading, "06000000*3 06010001*5 06ff01ff*1");
    election_free(&reading.election);
    reading_by(&reading, "", text, "score");
    reading_expect_piles(&reading, "06000000*3 06000100*1 06010001*5");
    election_free(&reading.election);
}

/* The content decides: categories in a file that is called otherwise, orders in one that is called .cat. */
static void test_content_decides(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "x.soc",
               "# NUMBER CATEGORIES: 3\n# DATA TYPE: cat\n" HEAD "9: {1},{2},{3}\n", "score");
    reading_expect_piles(&reading, "06020100*9");
    election_free(&reading.election);
    reading_by(&reading, "x.cat", "# DATA TYPE: soc\n" HEAD "9: 1,2,3\n", "irv");
    reading_expect_piles(&reading, "08010203*9");
    election_free(&reading.election);
}

static void test_the_header_tells_whether_it_is_whole(void **state)
{
    struct reading reading;
    (void)state;
    reading_by(&reading, "x.soc", HEAD "8: 1,2,3\n", "irv");
    reading_expect_fault(&reading, 2, 18,
                         "as many voters as there are ballots, 8: the file may be cut");
    election_free(&reading.election);
    reading_by(&reading, "x.soc", "# NUMBER ALTERNATIVES: 3\n8: 1,2,3\n", "irv");
    reading_expect_fault(&reading, 3, 1, "a header with NUMBER VOTERS");
    election_free(&reading.election);
    reading_by(&reading, "x.soc", "# NUMBER ALTERNATIVES: 256\n", "irv");
    reading_expect_fault(&reading, 1, 24, "between 1 and 255 candidates");
    election_free(&reading.election);
}

/* "12abc" is no 12, whichever the key. */
static void test_numbers_of_the_header_are_whole(void **state)
{
    static const struct {
        const char *text;
        unsigned line, column;
    } wrong[] = {
        {"# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 8abc\n8: 1,2,3\n", 2, 18},
        {"# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 8 8\n8: 1,2,3\n", 2, 18},
        {"# NUMBER ALTERNATIVES: 3.5\n# NUMBER VOTERS: 8\n8: 1,2,3\n", 1, 24},
        {"# NUMBER CATEGORIES: 2,\n# NUMBER ALTERNATIVES: 3\n", 1, 22},
    };
    struct reading reading;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        reading_by(&reading, "x.soc", wrong[i].text, "irv");
        reading_expect_fault(&reading, wrong[i].line, wrong[i].column, "a number behind the key");
        election_free(&reading.election);
    }
    reading_by(&reading, "x.soc", "# NUMBER ALTERNATIVES: 3 \r\n# NUMBER VOTERS: 8\t\r\n8: 1,2,3",
               "irv");
    reading_expect_piles(&reading, "08010203*8");
    election_free(&reading.election);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_categories),
        cmocka_unit_test(test_content_decides),
        cmocka_unit_test(test_the_header_tells_whether_it_is_whole),
        cmocka_unit_test(test_numbers_of_the_header_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
