/* Well-formedness against every code point and the classic malformed forms; refused characters; cutting. */
#include "base/utf8.h"

#include "tests/harness/c/fixture.h"

/* Encodes without judging. */
static size_t encode(uint32_t point, uint8_t out[4])
{
    if (point < 0x80) {
        out[0] = (uint8_t)point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, point >>= 6) {
        out[i] = (uint8_t)(0x80 | (point & 0x3f));
    }
    static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    out[0] = (uint8_t)(lead[length] | point);
    return length;
}

static bool is_refused(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point <= 0x9f) ||
           (point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069) ||
           point == 0xfeff;
}

static void every_code_point(void **state)
{
    (void)state;
    for (uint32_t point = 0; point < 0x120000; point++) {
        uint8_t bytes[4];
        struct slice slice = slice_of(bytes, encode(point, bytes));
        bool valid = point < 0x110000 && (point < 0xd800 || point > 0xdfff);
        assert_int_equal(utf8_is_valid(slice), valid);
        assert_int_equal(utf8_is_clean(slice, false), valid && !is_refused(point));
        assert_int_equal(utf8_is_clean(slice, true), valid && (!is_refused(point) || point == 10));
        assert_false(utf8_is_valid(slice_of(bytes, slice.size - 1)) && slice.size > 1);
    }
}

static void malformed(void **state)
{
    (void)state;
    const char *cases[] = {"\x80",
                           "\xbf",
                           "\xc0\x80",
                           "\xc1\xbf",
                           "\xe0\x80\x80",
                           "\xe0\x9f\xbf",
                           "\xed\xa0\x80",
                           "\xf0\x80\x80\x80",
                           "\xf0\x8f\xbf\xbf",
                           "\xf4\x90\x80\x80",
                           "\xf5\x80\x80\x80",
                           "\xfe",
                           "\xff",
                           "\xc3(",
                           "\xe2\x82(",
                           "a\xc3",
                           "\xe2\x82\xac\x80"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_false(utf8_is_valid(slice_text(cases[i])));
        assert_false(utf8_is_clean(slice_text(cases[i]), true));
    }
    assert_true(utf8_is_valid(slice_of(NULL, 0)));
}

static void counts_and_cuts_between_code_points(void **state)
{
    (void)state;
    struct slice text = slice_text("aé€😀");
    assert_int_equal(utf8_length(text), 4);
    const size_t sizes[] = {0, 1, 3, 6, 10, 10};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(utf8_prefix(text, i).size, sizes[i]);
    }
    assert_int_equal(utf8_length(slice_of(NULL, 0)), 0);
    assert_int_equal(utf8_prefix(slice_of(NULL, 0), 3).size, 0);
}

/* Every code point, cut everywhere; and what can no longer become one. */
static void beginnings(void **state)
{
    (void)state;
    size_t whole;
    struct slice text = slice_text("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    static const size_t wholes[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
    for (size_t size = 0; size <= text.size; size++) {
        assert_true(utf8_begins_valid(slice_of(text.data, size), &whole));
        assert_int_equal(whole, wholes[size]);
    }
    static const char *const hopeless[] = {
        "\x80",         "\xc0",     "\xc1",         "\xf5",        "\xff",
        "\xe0\x9f",     "\xed\xa0", "\xf0\x8f",     "\xf4\x90",    "a\xc3z",
        "\xf0\x9f\x41", "\xc0\xaf", "12345678\x80", "1234567\xc0", "12345678\xc3z"};
    for (size_t at = 0; at < sizeof hopeless / sizeof hopeless[0]; at++) {
        assert_false(utf8_begins_valid(slice_text(hopeless[at]), &whole));
    }
    static const char *const hopeful[] = {"\xe0", "\xed", "\xf0", "\xf4", "\xed\x9f", "\xf4\x8f"};
    for (size_t at = 0; at < sizeof hopeful / sizeof hopeful[0]; at++) {
        assert_true(utf8_begins_valid(slice_text(hopeful[at]), &whole));
        assert_int_equal(whole, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point),
        cmocka_unit_test(malformed),
        cmocka_unit_test(counts_and_cuts_between_code_points),
        cmocka_unit_test(beginnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
