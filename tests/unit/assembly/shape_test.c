/* Parameters against tables: what each kind of field takes, what it refuses, and the name of the culprit. */
#include "assembly/shape.h"
#include "tests/harness/c/fixture.h"

static const char *const colours[] = {"red", "green", NULL};
static const struct field inner[] = {
    {.name = "key", .type = FIELD_LINE, .max = 5},
    {.name = "on", .type = FIELD_FLAG, .optional = true},
    {0},
};
static const struct field item = {.name = "item", .type = FIELD_INTEGER, .min = 0, .max = 9};
static const struct field fields[] = {
    {.name = "id", .type = FIELD_ID, .optional = true},
    {.name = "ref", .type = FIELD_REF, .optional = true},
    {.name = "line", .type = FIELD_LINE, .max = 4, .optional = true},
    {.name = "text", .type = FIELD_TEXT, .min = 1, .max = 4, .optional = true},
    {.name = "number", .type = FIELD_INTEGER, .min = 1, .max = 3, .optional = true},
    {.name = "time", .type = FIELD_TIME, .optional = true, .nullable = true},
    {.name = "flag", .type = FIELD_FLAG, .optional = true},
    {.name = "word", .type = FIELD_WORD, .words = colours, .optional = true},
    {.name = "language", .type = FIELD_LANGUAGE, .optional = true},
    {.name = "bytes", .type = FIELD_BYTES, .min = 2, .max = 3, .optional = true},
    {.name = "labels", .type = FIELD_LABELS, .max = 3, .optional = true},
    {.name = "object", .type = FIELD_OBJECT, .fields = inner, .optional = true},
    {.name = "list", .type = FIELD_LIST, .item = &item, .min = 1, .max = 2, .optional = true},
    {.name = "map", .type = FIELD_MAP, .item = &item, .min = 1, .max = 2, .optional = true},
    {0},
};

static const struct {
    const char *json;
    enum error error;
    const char *field; /* NULL when accepted */
} cases[] = {
    {"{}", ERROR_NONE, NULL},
    {"{\"other\":1}", ERROR_INPUT_UNKNOWN_FIELD, "other"},
    {"{\"id\":\"019a0000-0000-7000-8000-000000000001\"}", ERROR_NONE, NULL},
    {"{\"id\":\"019A0000-0000-7000-8000-000000000001\"}", ERROR_INPUT_BAD_VALUE, "id"},
    {"{\"id\":\"00000000-0000-0000-0000-000000000000\"}", ERROR_INPUT_BAD_VALUE, "id"},
    {"{\"id\":42}", ERROR_INPUT_BAD_VALUE, "id"},
    {"{\"ref\":\"42\"}", ERROR_NONE, NULL},
    {"{\"ref\":\"2026-003\"}", ERROR_NONE, NULL},
    {"{\"ref\":\"../../x\"}", ERROR_INPUT_BAD_VALUE, "ref"},
    {"{\"ref\":\"\"}", ERROR_INPUT_BAD_VALUE, "ref"},
    {"{\"line\":\"été!\"}", ERROR_NONE, NULL},
    {"{\"line\":\"\"}", ERROR_INPUT_BAD_VALUE, "line"},
    {"{\"line\":\"a\\nb\"}", ERROR_INPUT_BAD_VALUE, "line"},
    {"{\"line\":\"a\\u202eb\"}", ERROR_INPUT_BAD_VALUE, "line"},
    {"{\"line\":\"abcde\"}", ERROR_INPUT_TOO_BIG, "line"},
    {"{\"text\":\"a\\nb\"}", ERROR_NONE, NULL},
    {"{\"text\":\"\"}", ERROR_INPUT_BAD_VALUE, "text"},
    {"{\"text\":\"été\"}", ERROR_INPUT_TOO_BIG, "text"},
    {"{\"number\":3}", ERROR_NONE, NULL},
    {"{\"number\":4}", ERROR_INPUT_BAD_VALUE, "number"},
    {"{\"number\":0}", ERROR_INPUT_BAD_VALUE, "number"},
    {"{\"number\":\"1\"}", ERROR_INPUT_BAD_VALUE, "number"},
    {"{\"number\":null}", ERROR_INPUT_BAD_VALUE, "number"},
    {"{\"time\":null}", ERROR_NONE, NULL},
    {"{\"time\":9007199254740991}", ERROR_NONE, NULL},
    {"{\"time\":-1}", ERROR_INPUT_BAD_VALUE, "time"},
    {"{\"flag\":true}", ERROR_NONE, NULL},
    {"{\"flag\":1}", ERROR_INPUT_BAD_VALUE, "flag"},
    {"{\"word\":\"red\"}", ERROR_NONE, NULL},
    {"{\"word\":\"blue\"}", ERROR_INPUT_BAD_VALUE, "word"},
    {"{\"language\":\"nl-be\"}", ERROR_NONE, NULL},
    {"{\"language\":\"NL\"}", ERROR_INPUT_BAD_VALUE, "language"},
    {"{\"bytes\":\"AAA\"}", ERROR_NONE, NULL},
    {"{\"bytes\":\"AA\"}", ERROR_INPUT_BAD_VALUE, "bytes"},
    {"{\"bytes\":\"AAB\"}", ERROR_INPUT_BAD_VALUE, "bytes"},
    {"{\"bytes\":\"AAAAAAAA\"}", ERROR_INPUT_TOO_BIG, "bytes"},
    {"{\"labels\":{\"fr\":\"oui\"}}", ERROR_NONE, NULL},
    {"{\"labels\":{\"fr\":\"trop\"}}", ERROR_INPUT_TOO_BIG, "fr"},
    {"{\"labels\":{\"Français\":\"a\"}}", ERROR_INPUT_BAD_VALUE, "Français"},
    {"{\"object\":{\"key\":\"a\"}}", ERROR_NONE, NULL},
    {"{\"object\":{}}", ERROR_INPUT_MISSING_FIELD, "key"},
    {"{\"object\":{\"key\":\"a\",\"x\":1}}", ERROR_INPUT_UNKNOWN_FIELD, "x"},
    {"{\"object\":[]}", ERROR_INPUT_BAD_VALUE, "object"},
    {"{\"list\":[1,2]}", ERROR_NONE, NULL},
    {"{\"list\":[]}", ERROR_INPUT_BAD_VALUE, "list"},
    {"{\"list\":[1,2,3]}", ERROR_INPUT_BAD_VALUE, "list"},
    {"{\"list\":[10]}", ERROR_INPUT_BAD_VALUE, "list"},
    {"{\"map\":{\"any/key\":1}}", ERROR_NONE, NULL},
    {"{\"map\":{}}", ERROR_INPUT_BAD_VALUE, "map"},
    {"{\"map\":{\"\":1}}", ERROR_INPUT_BAD_VALUE, "map"},
};

static void test_each_kind_of_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *value;
        const char *field;
        assert_int_equal(json_parse(slice_text(cases[i].json), &value), ERROR_NONE);
        enum error error = shape_check(fields, value, &field);
        if (error != cases[i].error) {
            fail_msg("%s: %s instead of %s", cases[i].json, error_reason(error),
                     error_reason(cases[i].error));
        }
        if (cases[i].field == NULL) {
            assert_null(field);
        } else {
            assert_string_equal(field, cases[i].field);
        }
        json_decref(value);
    }
}

static void test_writes_take_a_command(void **state)
{
    (void)state;
    static const struct field none[] = {{0}};
    const struct command write = {.method = "x.y", .flags = COMMAND_WRITE, .params = none};
    const struct command self_keyed = {
        .method = "x.z", .flags = COMMAND_WRITE | COMMAND_SELF_KEYED, .params = none};
    struct request request = {.command = &write, .params = json_object()};
    assert_int_equal(assembly_check_shape(&request), ERROR_INPUT_MISSING_FIELD);
    assert_string_equal(request.field, "command");
    assert_false(request.shape_checked);
    json_put(request.params, "command",
             json_text(slice_text("019a0000-0000-7000-8000-000000000001")));
    assert_int_equal(assembly_check_shape(&request), ERROR_NONE);
    assert_true(request.shape_checked);
    request.command = &self_keyed;
    assert_int_equal(assembly_check_shape(&request), ERROR_INPUT_UNKNOWN_FIELD);
    json_decref(request.params);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_kind_of_field),
        cmocka_unit_test(test_writes_take_a_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
