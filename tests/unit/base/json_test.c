/* Hostile texts are refused with the right reason; what is written is read back; the neutral values. */
#include "base/json.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "tests/harness/c/fixture.h"

static enum error parse(struct slice text)
{
    json_t *value;
    enum error error = json_parse(text, &value);
    assert_int_equal(error == ERROR_NONE, value != NULL);
    json_decref(value);
    return error;
}

static void reasons_of_refusal(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum error error;
    } cases[] = {
        {"{}", ERROR_NONE},
        {" [1, -2, \"x\", null, true] ", ERROR_NONE},
        {"\"lone\"", ERROR_NONE},
        {"9007199254740991", ERROR_NONE},
        {"-9007199254740991", ERROR_NONE},
        {"9007199254740992", ERROR_INPUT_BAD_JSON},
        {"-9007199254740992", ERROR_INPUT_BAD_JSON},
        {"[{\"a\":99999999999999999999999}]", ERROR_INPUT_BAD_JSON},
        {"1.0", ERROR_INPUT_BAD_JSON},
        {"[{\"a\":[1e2]}]", ERROR_INPUT_BAD_JSON},
        {"1e999", ERROR_INPUT_BAD_JSON},
        {"NaN", ERROR_INPUT_BAD_JSON},
        {"", ERROR_INPUT_BAD_JSON},
        {"{} {}", ERROR_INPUT_BAD_JSON},
        {"[1,]", ERROR_INPUT_BAD_JSON},
        {"[01]", ERROR_INPUT_BAD_JSON},
        {"]]]]]]]]]]]]]]]]]]", ERROR_INPUT_BAD_JSON},
        {"{'a':1}", ERROR_INPUT_BAD_JSON},
        {"// no\n1", ERROR_INPUT_BAD_JSON},
        {"\"\\u0000\"", ERROR_INPUT_BAD_JSON},
        {"{\"a\\u0000\":1}", ERROR_INPUT_BAD_JSON},
        {"\"\\ud800\"", ERROR_INPUT_BAD_JSON},
        {"\"\\udc00\\ud800\"", ERROR_INPUT_BAD_JSON},
        {"\"tab\there\"", ERROR_INPUT_BAD_JSON},
        {"{\"a\":1,\"a\":1}", ERROR_INPUT_DUPLICATE_KEY},
        {"[{\"b\":{\"a\":1,\"\\u0061\":2}}]", ERROR_INPUT_DUPLICATE_KEY},
        {"\"\xff\"", ERROR_INPUT_BAD_UTF8},
        {"\"\xed\xa0\x80\"", ERROR_INPUT_BAD_UTF8},
        {"\xc3", ERROR_INPUT_BAD_UTF8},
        {"\xef\xbb\xbf{}", ERROR_INPUT_BAD_JSON},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(parse(slice_text(cases[i].text)), cases[i].error);
    }
    assert_int_equal(parse(slice_of("1\0", 2)), ERROR_INPUT_BAD_JSON);
    assert_int_equal(parse(slice_of("{}\0{", 4)), ERROR_INPUT_BAD_JSON);
    assert_int_equal(parse(slice_of(NULL, 0)), ERROR_INPUT_BAD_JSON);
}

static enum error parse_nested(size_t depth, const char *open, const char *middle,
                               const char *close)
{
    struct buffer text;
    buffer_init(&text, 8 << 20);
    for (size_t i = 0; i < depth; i++) {
        buffer_append_text(&text, open);
    }
    buffer_append_text(&text, middle);
    for (size_t i = 0; i < depth; i++) {
        buffer_append_text(&text, close);
    }
    enum error error = parse(buffer_slice(&text));
    buffer_free(&text);
    return error;
}

static void depth_is_judged_before_parsing(void **state)
{
    (void)state;
    assert_int_equal(parse_nested(16, "[", "", "]"), ERROR_NONE);
    assert_int_equal(parse_nested(17, "[", "", "]"), ERROR_INPUT_TOO_DEEP);
    assert_int_equal(parse_nested(16, "{\"a\":", "1", "}"), ERROR_NONE);
    assert_int_equal(parse_nested(17, "{\"a\":", "1", "}"), ERROR_INPUT_TOO_DEEP);
    assert_int_equal(parse_nested(100000, "[", "", ""), ERROR_INPUT_TOO_DEEP);
    assert_int_equal(parse_nested(1000000, "{\"a\":", "", ""), ERROR_INPUT_TOO_DEEP);
    /* Brackets in strings do not count, after an escaped quote neither; siblings do not add up. */
    assert_int_equal(parse(slice_text("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"")), ERROR_NONE);
    assert_int_equal(parse(slice_text("\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[\\\\\"")), ERROR_NONE);
    assert_int_equal(parse(slice_text("[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]")),
                     ERROR_NONE);
}

static bool is_exact(json_t *value)
{
    size_t index;
    const char *key;
    json_t *member;
    bool exact = !json_is_real(value) && llabs(json_integer_value(value)) < INT64_C(1) << 53;
    json_array_foreach(value, index, member)
    {
        exact = exact && is_exact(member);
    }
    json_object_foreach(value, key, member)
    {
        exact = exact && is_exact(member);
    }
    return exact;
}

/* Jansson reads the same, or refuses the same but for numbers. */
static void expect_read_as_jansson(struct slice text)
{
    json_t *ours, *theirs = NULL;
    bool taken = json_parse(text, &ours) == ERROR_NONE;
    if (memchr(text.data, 0, text.size) == NULL) { /* where jansson sees the end */
        theirs = json_loadb((const char *)text.data, text.size,
                            JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    }
    assert_int_equal(taken, theirs != NULL && is_exact(theirs));
    assert_true(!taken || json_equal(ours, theirs));
    json_decref(ours);
    json_decref(theirs);
}

static void damaged_texts_are_read_as_jansson_reads_them(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"a\":[1,-20,{}],\"b\\u00e9\":\"x\\n\\u20AC\\ud83d\\ude00\",\"c\":null}",
        " [ true , false,\"\\\\\\\"\\/\\b\\f\\r\\t é€😀\", 9007199254740991 , 0 ] ",
        "{\"a\":{\"a\":-9007199254740991},\"\":[[],[{}]],\"\\u0061b\":\"\",\"ab\\u0063\":1}",
    };
    static const char bytes[] = "\"\\{}[]:,0129-+.eEutfnb \t\n\x01\x7f\x80\xc3\xed"
                                "aA/'";
    char damaged[200];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t size = strlen(texts[i]);
        for (size_t at = 0; at < size; at++) {
            expect_read_as_jansson(slice_of((const uint8_t *)texts[i], at)); /* cut short */
            for (size_t n = 0; n < sizeof bytes; n++) {                      /* one changed */
                memcpy(damaged, texts[i], size);
                damaged[at] = bytes[n];
                expect_read_as_jansson(slice_of((const uint8_t *)damaged, size));
                memmove(damaged + at + 1, texts[i] + at, size - at); /* one more */
                expect_read_as_jansson(slice_of((const uint8_t *)damaged, size + 1));
            }
            memmove(damaged, texts[i], at); /* one less */
            memmove(damaged + at, texts[i] + at + 1, size - at - 1);
            expect_read_as_jansson(slice_of((const uint8_t *)damaged, size - 1));
        }
    }
}

static void writes_compactly_in_the_order_of_setting(void **state)
{
    (void)state;
    json_t *object = json_object();
    json_put(object, "z", json_number(9007199254740991));
    json_put(object, "a", json_text(slice_text("é\"\n")));
    json_put(object, "gone", json_true());
    json_put(object, "gone", NULL);
    json_put(object, "never", NULL);
    json_put(object, "m", json_base64url(slice_text("\xfb\xff\xbf!")));
    struct buffer out;
    buffer_init(&out, 1000);
    json_write(&out, object);
    assert_true(
        slice_equal(buffer_slice(&out),
                    slice_text("{\"z\":9007199254740991,\"a\":\"é\\\"\\n\",\"m\":\"-_-_IQ\"}")));
    json_t *again = json_parse_own(buffer_slice(&out));
    assert_true(json_equal(object, again));
    buffer_clear(&out);
    json_write_sorted(&out, again);
    assert_true(
        slice_equal(buffer_slice(&out),
                    slice_text("{\"a\":\"é\\\"\\n\",\"m\":\"-_-_IQ\",\"z\":9007199254740991}")));
    json_decref(again);
    json_decref(object);
    buffer_free(&out);
}

static void a_full_buffer_is_marked(void **state)
{
    (void)state;
    json_t *value = json_text(slice_text("longer than the buffer"));
    struct buffer out;
    buffer_init(&out, 5);
    json_write(&out, value);
    assert_false(buffer_ok(&out));
    json_decref(value);
    buffer_free(&out);
}

static void expect_as_jansson(const json_t *value)
{
    struct buffer ours;
    buffer_init(&ours, 1 << 16);
    for (int sorted = 0; sorted < 2; sorted++) {
        size_t flags = JSON_COMPACT | JSON_ENCODE_ANY | (sorted ? JSON_SORT_KEYS : 0);
        char *theirs = json_dumps(value, flags);
        assert_non_null(theirs);
        buffer_clear(&ours);
        (sorted ? json_write_sorted : json_write)(&ours, value);
        assert_true(slice_equal(buffer_slice(&ours), slice_text(theirs)));
        free(theirs);
    }
    buffer_free(&ours);
}

static void values_are_written_as_jansson_does(void **state)
{
    static const char *const texts[] = {
        "{}",
        "[]",
        "[[],{},[{}],\"\",null,true,false]",
        "[0,-1,9,10,-10,9007199254740991,-9007199254740991]",
        "{\"b\":{\"z\":1,\"a\":[{\"y\":null,\"x\":false}]},\"a\":\"é\",\"aa\":1,\"\":2,\"é\":3,"
        "\"A\":4}",
        "{\"k\\\"\\n\\u0001\":\"\\u001f\\u007f/\\\\\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_t *value = json_parse_own(slice_text(texts[i]));
        expect_as_jansson(value);
        json_decref(value);
    }
    json_t *least = json_integer(INT64_MIN);
    expect_as_jansson(least);
    json_decref(least);
}

/* Every character of the lower planes, as jansson writes it. */
static void strings_are_written_in_one_form(void **state)
{
    (void)state;
    struct buffer ours;
    buffer_init(&ours, 1 << 16);
    for (int byte = 1; byte < 0x80; byte++) {
        for (size_t at = 0; at < 20; at++) { /* among plain ones, at every place */
            char text[] = "abcdefghijklmnopqrst";
            text[at] = (char)byte;
            json_t *value = json_text(slice_of(text, at % 2 == 0 ? at + 1 : sizeof text - 1));
            expect_as_jansson(value);
            json_decref(value);
        }
    }
    buffer_clear(&ours);
    json_write_string(&ours, slice_text("é€😀"));
    assert_true(slice_equal(buffer_slice(&ours), slice_text("\"é€😀\"")));
    buffer_clear(&ours);
    json_write_string(&ours, slice_of(NULL, 0));
    assert_true(slice_equal(buffer_slice(&ours), slice_text("\"\"")));
    buffer_free(&ours);
}

static void reads_neutral_values_for_what_is_missing(void **state)
{
    (void)state;
    static const char text[] = "{\"text\":\"abc\",\"id\":\"1befc5df-df6b-48bf-8723-1211bfbfd44d\","
                               "\"n\":-5,\"yes\":true,\"no\":false,\"bad\":\"1BEF\"}";
    json_t *object = json_parse_own(slice_text(text));
    assert_true(slice_equal(json_get_text(object, "text"), slice_text("abc")));
    assert_int_equal(json_get_text(object, "n").size, 0);
    assert_int_equal(json_get_text(object, "none").size, 0);
    struct id id = json_get_id(object, "id");
    assert_int_equal(id.bytes[0], 0x1b);
    assert_true(id_is_none(json_get_id(object, "bad")));
    assert_true(id_is_none(json_get_id(object, "n")));
    assert_int_equal(json_get_integer(object, "n"), -5);
    assert_int_equal(json_get_integer(object, "text"), 0);
    assert_true(json_get_flag(object, "yes"));
    assert_false(json_get_flag(object, "no"));
    assert_false(json_get_flag(object, "text"));
    assert_int_equal(json_get_text(NULL, "text").size, 0);
    json_t *value = json_id(id);
    assert_string_equal(json_string_value(value), "1befc5df-df6b-48bf-8723-1211bfbfd44d");
    json_decref(value);
    json_decref(object);
}

static void parse_own_garbage(void *context)
{
    (void)context;
    (void)json_parse_own(slice_text("{"));
}

static void number_too_large(void *context)
{
    (void)context;
    (void)json_number(UINT64_C(1) << 53);
}

static void our_own_mistakes_are_bugs(void **state)
{
    (void)state;
    assert_true(fixture_aborts(parse_own_garbage, NULL));
    assert_true(fixture_aborts(number_too_large, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_of_refusal),
        cmocka_unit_test(depth_is_judged_before_parsing),
        cmocka_unit_test(damaged_texts_are_read_as_jansson_reads_them),
        cmocka_unit_test(writes_compactly_in_the_order_of_setting),
        cmocka_unit_test(a_full_buffer_is_marked),
        cmocka_unit_test(values_are_written_as_jansson_does),
        cmocka_unit_test(strings_are_written_in_one_form),
        cmocka_unit_test(reads_neutral_values_for_what_is_missing),
        cmocka_unit_test(our_own_mistakes_are_bugs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
