/* Fields in order, the mark that stays, and the rules that all formats share. */
#include "base/reader.h"

#include "tests/harness/c/fixture.h"

static void reads_what_was_written(void **state)
{
    (void)state;
    struct id id = {{1, 2, 3}};
    struct hash hash = {{9, 8, 7}};
    struct buffer bytes;
    buffer_init(&bytes, 1000);
    buffer_append_u8(&bytes, 0xfe);
    buffer_append_u16(&bytes, 0xfedc);
    buffer_append_u32(&bytes, 0xfedcba98);
    buffer_append_u64(&bytes, (UINT64_C(1) << 53) - 1);
    buffer_append_slice(&bytes, id_slice(&id));
    buffer_append_slice(&bytes, hash_slice(&hash));
    buffer_append_str(&bytes, slice_text("één"));
    buffer_append_long_text(&bytes, slice_text("a\nb"));
    buffer_append_text(&bytes, "tail");
    struct reader reader = reader_of(buffer_slice(&bytes));
    assert_int_equal(reader_u8(&reader), 0xfe);
    assert_int_equal(reader_u16(&reader), 0xfedc);
    assert_int_equal(reader_u32(&reader), 0xfedcba98);
    assert_int_equal(reader_u64(&reader), (UINT64_C(1) << 53) - 1);
    assert_true(id_equal(reader_id(&reader), id));
    assert_true(hash_equal(reader_hash(&reader), hash));
    assert_true(slice_equal(reader_str(&reader), slice_text("één")));
    assert_true(slice_equal(reader_text(&reader), slice_text("a\nb")));
    assert_false(reader_done(&reader));
    reader_expect(&reader, slice_text("tail"));
    assert_true(reader_done(&reader));
    buffer_free(&bytes);
}

static void every_cut_is_bad_and_stays_bad(void **state)
{
    (void)state;
    const uint8_t bytes[15] = {0};
    for (size_t size = 0; size <= sizeof bytes; size++) {
        struct reader reader = reader_of(slice_of(bytes, size));
        (void)reader_u8(&reader);
        (void)reader_u16(&reader);
        (void)reader_u32(&reader);
        assert_int_equal(reader_u64(&reader), 0);
        assert_int_equal(reader_done(&reader), size == sizeof bytes);
        if (size < sizeof bytes) {
            assert_int_equal(reader_bytes(&reader, 0).size, 0);
            assert_true(reader.bad);
        }
    }
}

static void zeros_come_after_the_end(void **state)
{
    (void)state;
    uint8_t into[4] = {1, 2, 3, 4};
    struct reader reader = reader_of(slice_text("ab"));
    reader_copy(&reader, into, sizeof into);
    assert_true(reader.bad);
    assert_memory_equal(into, "\0\0\0\0", 4);
    assert_true(id_is_none(reader_id(&reader)));
    assert_true(hash_is_none(reader_hash(&reader)));
    assert_int_equal(reader_text(&reader).size, 0);
}

static void a_number_past_2_53_is_bad(void **state)
{
    (void)state;
    struct reader reader = reader_of(slice_of("\x00\x20\0\0\0\0\0\0", 8));
    assert_int_equal(reader_u64(&reader), 0);
    assert_true(reader.bad);
}

static void text_must_be_clean(void **state)
{
    (void)state;
    const struct {
        struct slice bytes;
        bool str_good, text_good;
    } cases[] = {
        {slice_of("\0\1a", 3), true, true},          {slice_of("\0\1\n", 3), false, true},
        {slice_of("\0\1\r", 3), false, false},       {slice_of("\0\1\xff", 3), false, false},
        {slice_of("\0\2\xc2\x80", 4), false, false}, {slice_of("\0\2a", 3), false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reader reader = reader_of(cases[i].bytes);
        (void)reader_str(&reader);
        assert_int_equal(reader_done(&reader), cases[i].str_good);
        struct buffer longer;
        buffer_init(&longer, 100);
        buffer_append_u16(&longer, 0);
        buffer_append_slice(&longer, cases[i].bytes);
        reader = reader_of(buffer_slice(&longer));
        (void)reader_text(&reader);
        assert_int_equal(reader_done(&reader), cases[i].text_good);
        buffer_free(&longer);
    }
}

static void other_bytes_than_expected_are_bad(void **state)
{
    (void)state;
    struct reader reader = reader_of(slice_text("abd"));
    reader_expect(&reader, slice_text("abc"));
    assert_true(reader.bad);
    reader = reader_of(slice_text("ab"));
    reader_expect(&reader, slice_text("abc"));
    assert_true(reader.bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_was_written),
        cmocka_unit_test(every_cut_is_bad_and_stays_bad),
        cmocka_unit_test(zeros_come_after_the_end),
        cmocka_unit_test(a_number_past_2_53_is_bad),
        cmocka_unit_test(text_must_be_clean),
        cmocka_unit_test(other_bytes_than_expected_are_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
