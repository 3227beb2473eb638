/* Comparison of byte runs. */
#include "tests/harness/c/fixture.h"

static void orders_as_unsigned_bytes_and_shorter_first(void **state)
{
    (void)state;
    const char *ascending[] = {"", "a", "a\x01", "ab", "b", "\x7f", "\x80", "\xff"};
    for (size_t i = 0; i < 8; i++) {
        for (size_t j = 0; j < 8; j++) {
            int order = slice_compare(slice_text(ascending[i]), slice_text(ascending[j]));
            assert_int_equal(order < 0, i < j);
            assert_int_equal(order > 0, i > j);
            assert_int_equal(slice_equal(slice_text(ascending[i]), slice_text(ascending[j])),
                             i == j);
        }
    }
}

static void nothing_equals_nothing(void **state)
{
    (void)state;
    assert_true(slice_equal(slice_of(NULL, 0), slice_text("")));
    assert_int_equal(slice_compare(slice_of(NULL, 0), slice_text("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_as_unsigned_bytes_and_shorter_first),
        cmocka_unit_test(nothing_equals_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
