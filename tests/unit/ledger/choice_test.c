#include "tests/unit/ledger/ledger_fixture.h"

#include "ledger/choice.h"

/* Each family twice: with decoded options, and with the options as they stand in a definition. */
static size_t check_family(const json_t *vector)
{
    static struct definition_option options[1000];
    static uint8_t bytes[1000 * OPTION_BYTES];
    struct definition definition = {
        .form = (uint8_t)number_of(vector, "form"),
        .flags = (uint16_t)number_of(vector, "flags"),
        .n_option = (uint16_t)number_of(vector, "options"),
        .min = (uint16_t)number_of(vector, "min"),
        .max = (uint16_t)number_of(vector, "max"),
        .grades = (uint8_t)number_of(vector, "grades"),
        .points = (uint16_t)number_of(vector, "points"),
        .cap = (uint16_t)number_of(vector, "cap"),
        .budget = number_of(vector, "budget"),
        .options = options,
    };
    memset(bytes, 0, sizeof bytes);
    for (unsigned i = 0; i < definition.n_option; i++) {
        json_t *cost = json_array_get(json_object_get(vector, "costs"), i);
        options[i].cost = (uint64_t)json_number_value(cost);
        for (unsigned k = 0; k < 8; k++) {
            bytes[i * OPTION_BYTES + ID_SIZE + k] = (uint8_t)(options[i].cost >> (56 - 8 * k));
        }
    }
    struct choice_rules raw = choice_rules_of(&definition);
    raw.options = NULL;
    raw.option_bytes = slice_of(bytes, (size_t)definition.n_option * OPTION_BYTES);
    json_t *one;
    size_t i;
    json_array_foreach(json_object_get(vector, "cases"), i, one)
    {
        struct buffer choice = bytes_of(one, "choice");
        struct slice exact = exact_copy(buffer_slice(&choice), choice.size);
        const char *reason =
            json_is_true(json_object_get(one, "accepted")) ? "" : "ballot.bad_choice";
        assert_reason(definition_check_choice(&definition, exact), reason);
        assert_reason(choice_check(&raw, exact), reason);
        exact_free(exact);
        buffer_free(&choice);
    }
    return i;
}

static void vectors_of_choices(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("choices.json");
    json_t *vector;
    size_t i;
    size_t count = 0;
    json_array_foreach(file, i, vector)
    {
        count += check_family(vector);
    }
    fixture_count("palabre/choices", count);
    json_decref(file);
}

static enum error check(const struct definition *definition, const char *hex)
{
    struct buffer choice = fixture_bytes(hex);
    enum error error = definition_check_choice(definition, buffer_slice(&choice));
    buffer_free(&choice);
    return error;
}

static void lengths_and_forms(void **state)
{
    (void)state;
    struct definition ranks = {.form = FORM_RANKS, .n_option = 3, .min = 1, .max = 3};
    assert_reason(check(&ranks, "08010203"), "");
    assert_reason(check(&ranks, "08010200"), "");
    assert_reason(check(&ranks, "080102"), "ballot.bad_choice");
    assert_reason(check(&ranks, "0801020300"), "ballot.bad_choice");
    assert_reason(check(&ranks, "08010300"), "ballot.bad_choice");
    assert_reason(check(&ranks, "08010100"), "ballot.bad_choice");
    assert_reason(check(&ranks, "080000ff"), "ballot.bad_choice");
    assert_reason(check(&ranks, "08000000"), "ballot.bad_choice");
    assert_reason(check(&ranks, "00"), "ballot.bad_choice");
    assert_reason(check(&ranks, ""), "ballot.bad_choice");
    ranks.flags = FLAG_EQUAL_RANKS | FLAG_BLANK;
    assert_reason(check(&ranks, "08010100"), "");
    assert_reason(check(&ranks, "08010300"), "ballot.bad_choice");
    assert_reason(check(&ranks, "00"), "");
    assert_reason(check(&ranks, "0000"), "ballot.bad_choice");
    assert_reason(check(&ranks, "01"), "ballot.bad_choice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_choices),
        cmocka_unit_test(lengths_and_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
