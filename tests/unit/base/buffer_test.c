/* Growing, the maximum and its mark, the formats of numbers and strings. */
#include "tests/harness/c/fixture.h"

#include <stdlib.h>

static void grows_to_its_maximum_and_no_further(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 1000);
    for (int i = 0; i < 1000; i++) {
        buffer_append_u8(&buffer, (uint8_t)i);
        assert_true(buffer_ok(&buffer));
    }
    buffer_append_u8(&buffer, 1);
    assert_false(buffer_ok(&buffer));
    assert_int_equal(buffer.size, 1000);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(buffer.data[i], i & 0xff);
    }
    buffer_free(&buffer);
}

static void stays_full_even_for_what_would_fit(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 4);
    buffer_append_text(&buffer, "ab");
    buffer_append_text(&buffer, "cde");
    buffer_append_text(&buffer, "f");
    assert_false(buffer_ok(&buffer));
    assert_true(slice_equal(buffer_slice(&buffer), slice_text("ab")));
    assert_null(buffer_reserve(&buffer, 0));
    buffer_clear(&buffer);
    assert_true(buffer_ok(&buffer));
    buffer_append_text(&buffer, "abcd");
    assert_true(buffer_ok(&buffer));
    buffer_free(&buffer);
    buffer_append_text(&buffer, "wxyz");
    assert_true(buffer_ok(&buffer));
    buffer_free(&buffer);
}

static void numbers_are_big_endian(void **state)
{
    (void)state;
    static const uint8_t expected[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
                                       0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f};
    struct buffer buffer;
    buffer_init(&buffer, 100);
    buffer_append_u8(&buffer, 0x01);
    buffer_append_u16(&buffer, 0x0203);
    buffer_append_u32(&buffer, 0x04050607);
    buffer_append_u64(&buffer, UINT64_C(0x08090a0b0c0d0e0f));
    assert_true(slice_equal(buffer_slice(&buffer), slice_of(expected, sizeof expected)));
    buffer_free(&buffer);
}

static void strings_carry_their_length(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 100);
    buffer_append_str(&buffer, slice_text("né"));
    buffer_append_long_text(&buffer, slice_text("x"));
    assert_true(slice_equal(buffer_slice(&buffer), slice_of("\0\3n\xc3\xa9\0\0\0\1x", 10)));
    buffer_free(&buffer);
}

static void a_str_too_long_makes_it_full(void **state)
{
    (void)state;
    struct buffer text, buffer;
    buffer_init(&text, 1 << 20);
    memset(buffer_reserve(&text, 65536), 'a', 65536);
    buffer_init(&buffer, 1 << 20);
    buffer_append_str(&buffer, slice_of(text.data, 65535));
    assert_true(buffer_ok(&buffer));
    assert_int_equal(buffer.size, 65537);
    buffer_append_str(&buffer, buffer_slice(&text));
    assert_false(buffer_ok(&buffer));
    buffer_free(&buffer);
    buffer_free(&text);
}

static void printf_fills_exactly_to_the_maximum(void **state)
{
    (void)state;
    struct buffer buffer;
    buffer_init(&buffer, 6);
    buffer_format(&buffer, "%d-%s", 12, "abc");
    assert_true(buffer_ok(&buffer));
    assert_true(slice_equal(buffer_slice(&buffer), slice_text("12-abc")));
    buffer_format(&buffer, "%s", "");
    assert_true(buffer_ok(&buffer));
    buffer_format(&buffer, "%d", 1);
    assert_false(buffer_ok(&buffer));
    buffer_free(&buffer);
}

static void taking_hands_over_the_bytes(void **state)
{
    (void)state;
    struct buffer buffer;
    size_t size;
    buffer_init(&buffer, 10);
    uint8_t *none = buffer_take(&buffer, &size);
    assert_non_null(none);
    assert_int_equal(size, 0);
    free(none);
    buffer_append_text(&buffer, "abc");
    uint8_t *taken = buffer_take(&buffer, &size);
    assert_int_equal(size, 3);
    assert_memory_equal(taken, "abc", 3);
    free(taken);
    assert_int_equal(buffer.size, 0);
    buffer_append(&buffer, NULL, 0);
    buffer_append_slice(&buffer, slice_of(NULL, 0));
    assert_true(buffer_ok(&buffer));
    buffer_free(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_to_its_maximum_and_no_further),
        cmocka_unit_test(stays_full_even_for_what_would_fit),
        cmocka_unit_test(numbers_are_big_endian),
        cmocka_unit_test(strings_carry_their_length),
        cmocka_unit_test(a_str_too_long_makes_it_full),
        cmocka_unit_test(printf_fills_exactly_to_the_maximum),
        cmocka_unit_test(taking_hands_over_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
