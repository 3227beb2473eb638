/* A view of our own JSON shows what parsing it gives, member by member. */
#include "base/json.h"
#include "base/json_view.h"

#include "tests/harness/c/fixture.h"

static void expect_same(struct slice view, const json_t *value);

static void expect_members(struct slice view, const json_t *object)
{
    struct slice key, item;
    const char *name;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)object, name, member)
    {
        assert_true(json_view_next(&view, &key, &item));
        assert_true(slice_equal(key, slice_text(name)));
        expect_same(item, member);
    }
    assert_false(json_view_next(&view, &key, &item));
}

static void expect_items(struct slice view, const json_t *array)
{
    struct slice key, item;
    size_t i;
    json_t *value;
    json_array_foreach(array, i, value)
    {
        assert_true(json_view_next(&view, &key, &item));
        assert_int_equal(key.size, 0);
        expect_same(item, value);
    }
    assert_false(json_view_next(&view, &key, &item));
}

static void expect_same(struct slice view, const json_t *value)
{
    struct buffer written, texts;
    buffer_init(&written, 100000);
    buffer_init(&texts, 100000);
    json_write(&written, value);
    assert_true(slice_equal(view, buffer_slice(&written)));
    struct slice text = json_view_text(view, &texts);
    if (json_is_string(value)) {
        assert_int_equal(text.size, json_string_length(value));
        assert_memory_equal(text.data, json_string_value(value), text.size);
    } else {
        assert_int_equal(text.size, 0);
    }
    buffer_free(&written);
    buffer_free(&texts);
    if (json_is_object(value)) {
        expect_members(view, value);
    } else if (json_is_array(value)) {
        expect_items(view, value);
    }
}

static void shows_what_parsing_gives(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "{}",
        "[]",
        "\"\"",
        "-1",
        "{\"a\":{},\"b\":[],\"c\":\"\",\"d\":null,\"e\":true,\"f\":-12,\"g\":\"x\"}",
        "[\"a\",\"b:\",{\"c\":[\"}\",\"]\",\"{\\\"\"]},[[1],[]],0]",
        "{\"a\":\"ends in \\\\\",\"b\":\"\\\\\\\"\",\"c\":\"\\\\\\\\\",\"d\":\",\\\"e\\\":1\"}",
        "{\"text\":\"é\\n\\t\\r\\b\\f\\u0001\\u001F/\\u007f 🚲\",\"on\":{\"id\":\"\"}}",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *value;
        struct buffer written;
        buffer_init(&written, 100000);
        assert_int_equal(json_parse(slice_text(cases[i]), &value), ERROR_NONE);
        json_write(&written, value);
        expect_same(buffer_slice(&written), value);
        buffer_free(&written);
        json_decref(value);
    }
}

static void every_character_comes_back(void **state)
{
    (void)state;
    char characters[256];
    struct buffer written;
    for (int i = 0; i < 127; i++) {
        characters[i] = (char)(i + 1);
    }
    json_t *value = json_text(slice_of(characters, 127));
    buffer_init(&written, 100000);
    json_write(&written, value);
    expect_same(buffer_slice(&written), value);
    buffer_free(&written);
    json_decref(value);
}

static void finds_members(void **state)
{
    (void)state;
    struct slice object =
        slice_text("{\"ab\":1,\"in\":{\"a\":2},\"a\":\"3\",\"end\\\\\":\"\\\\\"}");
    assert_true(slice_equal(json_view_member(object, "a"), slice_text("\"3\"")));
    assert_int_equal(json_view_member(object, "b").size, 0);
    assert_int_equal(json_view_member(slice_text("[\"a\",\"b\"]"), "a").size, 0);
    assert_int_equal(json_view_member(slice_of(NULL, 0), "a").size, 0);
    struct id id = json_view_id(slice_text("\"39cd9ad0-9806-8f9d-bbe6-9dd1fa656105\""));
    assert_int_equal(id.bytes[0], 0x39);
    assert_true(id_equal(json_view_id(slice_text("\"39cd\"")), (struct id){{0}}));
    assert_true(id_equal(json_view_id(slice_of(NULL, 0)), (struct id){{0}}));
}

static void look_for_more(void *context)
{
    (void)json_view_member(slice_text(context), "z");
}

static void what_is_cut_off_is_a_bug(void **state)
{
    (void)state;
    static char string[] = "{\"a\":\"b", container[] = "{\"a\":{\"b\":1",
                escaped[] = "{\"a\":\"\\\"";
    assert_true(fixture_aborts(look_for_more, string));
    assert_true(fixture_aborts(look_for_more, container));
    assert_true(fixture_aborts(look_for_more, escaped));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_what_parsing_gives),
        cmocka_unit_test(every_character_comes_back),
        cmocka_unit_test(finds_members),
        cmocka_unit_test(what_is_cut_off_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
