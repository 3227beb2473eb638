#include "tests/unit/ledger/ledger_fixture.h"

#include "ledger/choice.h"
#include "ledger/definition_parts.h"

static void check_bytes(struct slice bytes, struct arena *arena, struct definition *definition)
{
    struct buffer out;
    size_t options_at;
    buffer_init(&out, DEFINITION_MAX);
    assert_reason(definition_decode_parts(bytes, arena, definition, &options_at), "");
    definition_encode(&out, definition);
    assert_bytes(buffer_slice(&out), bytes);
    for (unsigned i = 0; i < definition->n_option; i++) {
        assert_memory_equal(bytes.data + options_at + i * OPTION_BYTES,
                            definition->options[i].id.bytes, ID_SIZE);
    }
    buffer_free(&out);
}

static void check_fields(const json_t *vector, const struct definition *d)
{
    assert_int_equal(d->mode, number_of(vector, "mode"));
    assert_int_equal(d->kind, number_of(vector, "kind"));
    assert_int_equal(d->body, number_of(vector, "body"));
    assert_int_equal(d->method, number_of(vector, "method"));
    assert_int_equal(d->form, number_of(vector, "form"));
    assert_int_equal(d->flags, number_of(vector, "flags"));
    assert_int_equal(d->seats, number_of(vector, "seats"));
    assert_int_equal(d->closes_ms, number_of(vector, "closes_ms"));
    assert_int_equal(d->roll_count, number_of(vector, "roll_count"));
    assert_int_equal(d->roll_weight, number_of(vector, "roll_weight"));
    assert_true(id_equal(d->poll, id_of(vector, "poll")) &&
                id_equal(d->meeting, id_of(vector, "meeting")));
    assert_true(hash_equal(d->roll_root, fixture_hash(vector, "roll_root")));
    assert_true(hash_equal(d->lot_commit, fixture_hash(vector, "lot_commit")));
    assert_int_equal(d->n_option, json_array_size(json_object_get(vector, "options")));
    assert_int_equal(d->n_class, json_array_size(json_object_get(vector, "classes")));
    json_t *language;
    size_t i;
    json_array_foreach(json_object_get(vector, "languages"), i, language)
    {
        const struct definition_language *read = &d->languages[i];
        assert_bytes(read->code, slice_text(fixture_text(language, "code")));
        assert_bytes(read->question, slice_text(fixture_text(language, "question")));
        assert_bytes(read->explanation, slice_text(fixture_text(language, "explanation")));
        for (unsigned k = 0; k < d->n_option; k++) {
            json_t *label = json_array_get(json_object_get(language, "labels"), k);
            assert_bytes(read->labels[k], slice_text(json_string_value(label)));
        }
    }
    assert_int_equal(d->n_language, i);
    assert_bytes(d->rule.name, slice_text(fixture_text(json_object_get(vector, "rule"), "name")));
    assert_int_equal(d->rule.tie, number_of(json_object_get(vector, "rule"), "tie"));
}

static void vectors_of_definitions(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("polls.json");
    json_t *vector;
    size_t i;
    json_array_foreach(json_object_get(file, "polls"), i, vector)
    {
        struct buffer bytes = bytes_of(vector, "definition");
        struct arena arena;
        struct definition definition;
        arena_init(&arena, DEFINITION_ARENA);
        assert_int_equal(bytes.size, number_of(vector, "length"));
        check_bytes(buffer_slice(&bytes), &arena, &definition);
        check_fields(vector, &definition);
        assert_true(
            hash_equal(definition_hash(buffer_slice(&bytes)), fixture_hash(vector, "poll_hash")));
        check_strictness(EVENT_POLL_DEFINED, buffer_slice(&bytes));
        arena_free(&arena);
        buffer_free(&bytes);
    }
    json_t *proposal = json_object_get(file, "proposal");
    struct hash about = definition_about_hash(
        id_of(proposal, "id"), (uint32_t)number_of(proposal, "version"),
        slice_text(fixture_text(proposal, "title")), slice_text(fixture_text(proposal, "need")),
        slice_text(fixture_text(proposal, "text")));
    assert_true(hash_equal(about, fixture_hash(proposal, "hash")));
    fixture_count("palabre/polls", i + 1);
    json_decref(file);
}

/* The definitions behind the worked counts: many rules, methods and classes. */
static void vectors_of_counted_definitions(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("counts.json");
    json_t *vector;
    size_t i;
    json_array_foreach(json_object_get(file, "cases"), i, vector)
    {
        struct buffer bytes = bytes_of(vector, "definition");
        struct arena arena;
        struct definition definition;
        arena_init(&arena, DEFINITION_ARENA);
        check_bytes(buffer_slice(&bytes), &arena, &definition);
        arena_free(&arena);
        buffer_free(&bytes);
    }
    fixture_count("palabre/counts definitions", i);
    json_decref(file);
}

/* A valid definition to spoil: approval of three options, majority, quorum, two classes, one language. */
static struct definition_option options[] = {
    {.id = {{1}}},
    {.id = {{2}}},
    {.id = {{3}}},
    {.id = {{4}}},
};
static struct slice labels[4], grade_labels[3], class_codes[2];
static struct definition_about abouts[2];
static struct definition_language language[2];

static struct definition sound(void)
{
    for (size_t i = 0; i < 4; i++) {
        labels[i] = slice_text("label");
        options[i].cost = 0;
        options[i].id = (struct id){{(uint8_t)(i + 1)}};
    }
    for (size_t i = 0; i < 3; i++) {
        grade_labels[i] = slice_text("grade");
    }
    class_codes[0] = slice_text("A-1");
    class_codes[1] = slice_text("b");
    abouts[0].id.bytes[0] = 1;
    abouts[1].id.bytes[0] = 2;
    language[0] = (struct definition_language){.code = slice_text("fr"),
                                               .question = slice_text("Quoi ?"),
                                               .explanation = slice_text("a\nb"),
                                               .labels = labels};
    language[1] = language[0];
    language[1].code = slice_text("nl-be");
    return (struct definition){
        .org = {{1}},
        .poll = {{2}},
        .nonce = {{3}},
        .mode = 1,
        .kind = 1,
        .body = 1,
        .method = 4,
        .form = FORM_SET,
        .flags = FLAG_REVOTE | FLAG_LATE,
        .seats = 1,
        .min = 1,
        .max = 2,
        .opens_ms = 5,
        .closes_ms = 6,
        .roll_count = 1,
        .roll_weight = 1,
        .lot_commit = {{1}},
        .rule = {.name = slice_text("rule"),
                 .majority_num = 1,
                 .majority_den = 2,
                 .majority_strict = 1,
                 .majority_base = 1,
                 .abstain = 1,
                 .blank = 2,
                 .quorum_num = 1,
                 .quorum_den = 3,
                 .quorum_unit = 3,
                 .quorum_of = 1,
                 .per_class = 3,
                 .cap_num = 1,
                 .cap_den = 10,
                 .mandates_max = 2,
                 .mandates_who = 1,
                 .mandates_own = 1,
                 .tie = 1},
        .n_class = 2,
        .classes = class_codes,
        .n_about = 2,
        .about = abouts,
        .n_option = 4,
        .options = options,
        .n_language = 2,
        .languages = language,
    };
}

static enum error decode_of(const struct definition *definition)
{
    struct buffer bytes;
    struct arena arena;
    struct definition read;
    buffer_init(&bytes, 2 * DEFINITION_MAX);
    arena_init(&arena, DEFINITION_ARENA);
    definition_encode(&bytes, definition);
    assert_true(buffer_ok(&bytes));
    enum error error = definition_decode(buffer_slice(&bytes), &arena, &read);
    arena_free(&arena);
    buffer_free(&bytes);
    return error;
}

#define REFUSED(change)                                                                            \
    do {                                                                                           \
        struct definition d = sound();                                                             \
        change;                                                                                    \
        if (decode_of(&d) != ERROR_POLL_DEFINED_MALFORMED) {                                       \
            fail_msg("accepted: %s", #change);                                                     \
        }                                                                                          \
    } while (0)
#define ACCEPTED(change)                                                                           \
    do {                                                                                           \
        struct definition d = sound();                                                             \
        change;                                                                                    \
        if (decode_of(&d) != ERROR_NONE) {                                                         \
            fail_msg("refused: %s", #change);                                                      \
        }                                                                                          \
    } while (0)

static void no_majority(struct definition *d)
{
    d->rule.majority_num = d->rule.majority_den = 0;
    d->rule.majority_strict = d->rule.majority_base = d->rule.abstain = d->rule.blank = 0;
    d->rule.per_class = 1;
}

/* Turns it into a definition of another method, valid again. */
static void become(struct definition *d, uint8_t method, uint8_t form)
{
    no_majority(d);
    d->method = method;
    d->form = form;
    bool marks = form == FORM_SET || form == FORM_RANKS;
    d->min = marks ? 1 : 0;
    d->max = marks ? 2 : 0;
    d->grades = form == FORM_GRADES ? 3 : 0;
    d->points = form == FORM_POINTS ? 10 : 0;
    d->cap = form == FORM_POINTS ? 5 : 0;
    if (method == 7) {
        language[0].grades = language[1].grades = grade_labels;
    }
    if (method <= 2) {
        d->n_option = 0;
        d->rule.cap_num = d->rule.cap_den = 0;
    }
}

static void values_out_of_range(void **state)
{
    (void)state;
    ACCEPTED((void)0);
    REFUSED(d.mode = 0);
    REFUSED(d.mode = 3);
    REFUSED(d.kind = 0);
    REFUSED(d.kind = 5);
    REFUSED(d.body = 0);
    REFUSED(d.body = 5);
    REFUSED(d.method = 0);
    REFUSED(d.method = 21);
    REFUSED(d.form = FORM_ONE);
    REFUSED(d.form = 0);
    REFUSED(d.form = 200);
    REFUSED(d.flags = 256);
    REFUSED(d.flags = FLAG_EQUAL_RANKS);
    REFUSED(d.flags = FLAG_BASKET);
    REFUSED(d.flags = FLAG_ALL_POINTS);
    REFUSED(d.opt = 1);
    REFUSED(d.seats = 0);
    REFUSED(no_majority(&d); d.seats = 5);
    ACCEPTED(no_majority(&d); d.seats = 4);
    REFUSED(d.seats = 2); /* a majority needs one seat */
    REFUSED(d.min = 0);
    REFUSED(d.min = 3);
    REFUSED(d.max = 5);
    REFUSED(d.grades = 2);
    REFUSED(d.points = 1);
    REFUSED(d.cap = 1);
    REFUSED(d.budget = 1);
    REFUSED(d.opens_ms = 6);
    ACCEPTED(d.opens_ms = 6; d.closes_ms = 0);
    ACCEPTED(d.opens_ms = 0; d.closes_ms = 1);
    REFUSED(d.closes_ms = UINT64_C(1) << 53);
    REFUSED(d.roll_weight = UINT64_C(1) << 53);
    REFUSED(d.lot_commit.bytes[0] = 0);
    REFUSED(options[1].id.bytes[0] = 1);
    REFUSED(options[1].id.bytes[0] = 0);
    REFUSED(options[1].cost = 1);
}

static void rules_out_of_range(void **state)
{
    (void)state;
    REFUSED(d.rule.name = slice_text(""));
    REFUSED(d.rule.name = slice_text("a\nb"));
    REFUSED(d.rule.majority_num = 3);
    REFUSED(d.rule.majority_num = 0);
    REFUSED(d.rule.majority_den = 1000001);
    ACCEPTED(d.rule.majority_den = 1000000);
    REFUSED(d.rule.majority_strict = 2);
    REFUSED(d.rule.majority_base = 0);
    REFUSED(d.rule.majority_base = 4);
    REFUSED(d.rule.abstain = 3);
    REFUSED(d.rule.blank = 3);
    REFUSED(d.rule.void_ = 3);
    REFUSED(no_majority(&d); d.rule.abstain = 1);
    REFUSED(no_majority(&d); d.rule.majority_strict = 1);
    REFUSED(no_majority(&d); d.rule.majority_base = 1);
    REFUSED(no_majority(&d); d.rule.per_class = 2);
    REFUSED(d.rule.quorum_strict = 2);
    REFUSED(d.rule.quorum_unit = 0);
    REFUSED(d.rule.quorum_unit = 4);
    REFUSED(d.rule.quorum_of = 0);
    REFUSED(d.rule.quorum_of = 2); /* shares of those who took part */
    ACCEPTED(d.rule.quorum_unit = 2; d.rule.quorum_of = 2);
    REFUSED(d.rule.quorum_num = d.rule.quorum_den = 0);
    REFUSED(d.rule.per_class = 4);
    REFUSED(d.n_class = 0);
    ACCEPTED(d.n_class = 0; d.rule.per_class = 0);
    REFUSED(d.rule.cap_num = 11);
    REFUSED(d.rule.mandates_who = 0);
    REFUSED(d.rule.mandates_who = 4);
    REFUSED(d.rule.mandates_own = 2);
    REFUSED(d.rule.mandates_max = 0);
    ACCEPTED(d.rule.mandates_max = 0xFFFF);
    REFUSED(d.rule.tie = 0);
    REFUSED(d.rule.tie = 5);
    REFUSED(become(&d, 2, FORM_CONSENT); d.rule.cap_num = d.rule.cap_den = 1);
    REFUSED(become(&d, 3, FORM_ONE); d.seats = 2; d.rule.majority_num = d.rule.majority_den = 1;
            d.rule.majority_base = 1);
    REFUSED(become(&d, 5, FORM_GRADES); d.rule.majority_num = d.rule.majority_den = 1;
            d.rule.majority_base = 1);
}

static void lists_and_texts(void **state)
{
    (void)state;
    REFUSED(class_codes[0] = slice_text("c"));
    REFUSED(class_codes[0] = slice_text("b"));
    REFUSED(class_codes[0] = slice_text(""));
    REFUSED(class_codes[0] = slice_text("A_1"));
    REFUSED(class_codes[0] = slice_text("A23456789012345678901234567890123456"));
    ACCEPTED(class_codes[0] = slice_text("A2345678901234567890123456789012345"));
    REFUSED(abouts[0].id.bytes[0] = 2);
    REFUSED(abouts[0].id.bytes[0] = 3);
    REFUSED(d.n_language = 0);
    REFUSED(language[0].code = slice_text("nl-be"));
    REFUSED(language[0].code = slice_text("FR"));
    REFUSED(language[0].code = slice_text("f"));
    REFUSED(language[0].question = slice_text(""));
    REFUSED(language[0].question = slice_text("a\nb"));
    REFUSED(language[0].question = slice_text("a\xe2\x80\xae"
                                              "b"));            /* U+202E turns the text around */
    REFUSED(language[0].question = slice_text("\xc0\xaf"));     /* overlong */
    REFUSED(language[0].question = slice_text("\xed\xa0\x80")); /* a surrogate */
    ACCEPTED(language[0].explanation = slice_text(""));
    REFUSED(language[0].explanation = slice_text("a\tb"));
    REFUSED(labels[2] = slice_text(""));
    ACCEPTED(become(&d, 7, FORM_GRADES));
    REFUSED(become(&d, 7, FORM_GRADES); grade_labels[1] = slice_text(""));
    REFUSED(become(&d, 7, FORM_GRADES); d.grades = 1);
    REFUSED(become(&d, 5, FORM_GRADES); d.grades = 101);
}

static void every_method(void **state)
{
    (void)state;
    for (unsigned method = 1; method <= 20; method++) {
        const char *name = definition_method_name((uint8_t)method);
        assert_non_null(name);
        assert_int_equal(definition_method_find(slice_text(name)), method);
        unsigned forms = 0;
        for (unsigned form = 0; form <= 9; form++) {
            struct definition d = sound();
            become(&d, (uint8_t)method, (uint8_t)form);
            enum error error = decode_of(&d);
            assert_true(error == ERROR_NONE || error == ERROR_POLL_DEFINED_MALFORMED);
            forms += error == ERROR_NONE ? 1 : 0;
        }
        assert_int_equal(forms, method >= 14 && method <= 17 ? 2 : 1);
    }
    assert_null(definition_method_name(0));
    assert_null(definition_method_name(21));
    assert_int_equal(definition_method_find(slice_text("none")), 0);
    ACCEPTED(become(&d, 14, FORM_SET); d.flags = FLAG_BASKET; d.budget = 7; options[0].cost = 9;
             d.opt = 1);
    REFUSED(become(&d, 14, FORM_SET); options[0].cost = (UINT64_C(1) << 53) - 1;
            options[1].cost = 1);
    ACCEPTED(become(&d, 17, FORM_POINTS); d.flags = FLAG_BASKET | FLAG_ALL_POINTS);
    ACCEPTED(become(&d, 8, FORM_RANKS); d.flags = FLAG_EQUAL_RANKS; d.opt = 1);
    REFUSED(become(&d, 6, FORM_POINTS); d.cap = 11);
    REFUSED(become(&d, 6, FORM_POINTS); d.cap = 0);
    REFUSED(become(&d, 1, FORM_YES_NO); d.n_option = 1);
    REFUSED(become(&d, 1, FORM_YES_NO); d.seats = 2);
}

/* 1,000 options, 255 when they are ranked; 65,535 grades in all. */
static void limits_of_options(void **state)
{
    (void)state;
    static struct definition_option many[1001];
    static struct slice many_labels[1001];
    for (size_t i = 0; i < 1001; i++) {
        many[i].id = (struct id){{(uint8_t)(i >> 8), (uint8_t)i, 1}};
        many_labels[i] = slice_text("x");
    }
#define MANY(count)                                                                                \
    d.n_option = (count);                                                                          \
    d.options = many;                                                                              \
    language[0].labels = language[1].labels = many_labels
    ACCEPTED(MANY(1000));
    REFUSED(MANY(1001));
    ACCEPTED(become(&d, 9, FORM_RANKS); MANY(255));
    REFUSED(become(&d, 9, FORM_RANKS); MANY(256));
    ACCEPTED(become(&d, 5, FORM_GRADES); d.grades = 65; MANY(1000));
    REFUSED(become(&d, 5, FORM_GRADES); d.grades = 66; MANY(1000));
}

static void counts_without_bytes(void **state)
{
    (void)state;
    struct definition d = sound();
    struct buffer bytes;
    struct arena arena;
    struct definition read;
    buffer_init(&bytes, DEFINITION_MAX + 2);
    definition_encode(&bytes, &d);
    for (size_t i = 0; i + 1 < bytes.size;
         i++) { /* every field at its greatest: no allocation follows it */
        uint8_t kept[2] = {bytes.data[i], bytes.data[i + 1]};
        bytes.data[i] = bytes.data[i + 1] = 0xFF;
        struct slice copy = exact_copy(buffer_slice(&bytes), bytes.size);
        arena_init(&arena, DEFINITION_ARENA);
        (void)definition_decode(copy, &arena, &read);
        arena_free(&arena);
        exact_free(copy);
        bytes.data[i] = kept[0];
        bytes.data[i + 1] = kept[1];
    }
    uint8_t *large = memory_new(DEFINITION_MAX + 1, 1);
    arena_init(&arena, DEFINITION_ARENA);
    assert_reason(definition_decode(slice_of(large, DEFINITION_MAX + 1), &arena, &read),
                  "poll-defined.malformed");
    arena_free(&arena);
    free(large);
    buffer_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_definitions), cmocka_unit_test(vectors_of_counted_definitions),
        cmocka_unit_test(values_out_of_range),    cmocka_unit_test(rules_out_of_range),
        cmocka_unit_test(lists_and_texts),        cmocka_unit_test(every_method),
        cmocka_unit_test(limits_of_options),      cmocka_unit_test(counts_without_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
