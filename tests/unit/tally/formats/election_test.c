/* Which format a file is, and that too large a file is not read. */
#include "tests/unit/tally/formats/reading.h"

static enum election_format format_of(const char *name, const char *text)
{
    return election_format_of(&(struct election_file){.name = name, .bytes = slice_text(text)});
}

static void test_formats(void **state)
{
    static const struct {
        const char *name, *text;
        enum election_format format;
    } cases[] = {
        {"", "3 1\n", ELECTION_BLT},
        {"x.csv", "# a comment\n\n  3 1 # more\n", ELECTION_BLT},
        {"",
         "\xEF\xBB\xBF"
         "3 1\n",
         ELECTION_BLT},
        {"", "/* comment */ 3 1\n", ELECTION_BLT},
        {"x.blt", "three one\n", ELECTION_BLT},
        {"x.blt", "# FILE NAME: y\n# NUMBER ALTERNATIVES: 3\n", ELECTION_PREFLIB},
        {"", "# Number alternatives: 3\r\n", ELECTION_PREFLIB},
        {"x.soi", "4: 1,2\n", ELECTION_PREFLIB},
        {"", ",A,B\n1,2,3\n", ELECTION_TABLE},
        {"", "id;A;B\n", ELECTION_TABLE},
        {"", "id\tA\n", ELECTION_TABLE},
        {"", "4 2,1\n", ELECTION_TABLE},
        {"", "", ELECTION_UNKNOWN},
        {"", "META\n", ELECTION_UNKNOWN},
        {"x.csv", "", ELECTION_TABLE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(format_of(cases[i].name, cases[i].text), cases[i].format);
    }
}

static void test_too_large(void **state)
{
    struct reading reading;
    struct election_ask ask = {.method = 8};
    (void)state;
    static const uint8_t start[] = "3 1\n";
    reading_of(&reading, "", slice_of(start, (size_t)ELECTION_BYTES_MAX + 1), &ask);
    reading_expect_fault(&reading, 1, 1, "a file of at most 256 MiB");
    election_free(&reading.election);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
