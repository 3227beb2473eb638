/* UUID texts, versions, comparison. */
#include "base/id.h"

#include "tests/harness/c/fixture.h"

static const char text[] = "1befc5df-df6b-48bf-8723-1211bfbfd44d";

static void parses_what_it_formats(void **state)
{
    (void)state;
    struct id id;
    char again[ID_TEXT_SIZE];
    assert_true(id_parse(slice_text(text), &id));
    assert_int_equal(id.bytes[0], 0x1b);
    assert_int_equal(id.bytes[15], 0x4d);
    id_format(id, again);
    assert_string_equal(again, text);
}

static void refuses_every_other_spelling(void **state)
{
    (void)state;
    static const char allowed[] = "0123456789abcdef-";
    struct id id = {{7}};
    assert_false(id_parse(slice_of(text, 35), &id));
    assert_false(id_parse(slice_of(text, 37), &id));
    assert_false(id_parse(slice_text("00000000-0000-0000-0000-000000000000"), &id));
    for (size_t at = 0; at < 36; at++) {
        for (int byte = 0; byte < 256; byte++) {
            char changed[ID_TEXT_SIZE];
            memcpy(changed, text, sizeof changed);
            changed[at] = (char)byte;
            bool dash = at == 8 || at == 13 || at == 18 || at == 23;
            bool good = byte != 0 && strchr(allowed, byte) != NULL && (byte == '-') == dash;
            struct id ignored;
            assert_int_equal(id_parse(slice_of(changed, 36), &ignored), good);
        }
    }
    assert_int_equal(id.bytes[0], 7);
}

static void made_ids_carry_version_and_variant(void **state)
{
    (void)state;
    struct hash hash;
    memset(hash.bytes, 0xff, sizeof hash.bytes);
    char made[ID_TEXT_SIZE];
    id_format(id_from_hash(hash), made);
    assert_string_equal(made, "ffffffff-ffff-8fff-bfff-ffffffffffff");
    id_format(id_from_random(hash.bytes), made);
    assert_string_equal(made, "ffffffff-ffff-4fff-bfff-ffffffffffff");
    memset(hash.bytes, 0, sizeof hash.bytes);
    id_format(id_from_hash(hash), made);
    assert_string_equal(made, "00000000-0000-8000-8000-000000000000");
}

static void compares_as_unsigned_bytes(void **state)
{
    (void)state;
    struct id low = {{0x7f}}, high = {{0x80}}, none = {{0}};
    assert_true(id_compare(low, high) < 0);
    assert_true(id_compare(high, low) > 0);
    assert_int_equal(id_compare(low, low), 0);
    assert_true(id_equal(low, low));
    assert_false(id_equal(low, high));
    assert_true(id_is_none(none));
    assert_false(id_is_none(low));
    struct hash zero = {{0}}, one = {{0}};
    one.bytes[31] = 1;
    assert_true(hash_is_none(zero));
    assert_false(hash_is_none(one));
    assert_false(hash_equal(zero, one));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_what_it_formats),
        cmocka_unit_test(refuses_every_other_spelling),
        cmocka_unit_test(made_ids_carry_version_and_variant),
        cmocka_unit_test(compares_as_unsigned_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
