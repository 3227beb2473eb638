/* Presets: each is a rule that a definition may hold, and says what it asks in three languages; the sentences follow from
 * the fields. */
#include "tests/harness/c/fixture.h"

#include <string.h>

#include "base/utf8.h"
#include "ledger/definition.h"
#include "rules/preset.h"
#include "rules/rules.h"

static struct rule_preset found(const char *name)
{
    const struct rule_preset *preset = rule_preset_find(slice_text(name));
    assert_non_null(preset);
    return *preset;
}

static void expect(const char *language, uint8_t method, const struct rule *rule,
                   struct rule_second_call second_call, const char *sentence)
{
    struct buffer text;
    buffer_init(&text, RULE_SENTENCE_MAX);
    rule_asks(&text, language, method, rule, second_call);
    assert_true(utf8_is_clean(buffer_slice(&text), false));
    buffer_append_u8(&text, 0);
    assert_true(buffer_ok(&text));
    assert_string_equal((const char *)text.data, sentence);
    buffer_free(&text);
}

static void expect_preset(const char *name, const char *language, const char *sentence)
{
    struct rule_preset preset = found(name);
    struct rule rule = rule_preset_rule(&preset);
    expect(language, preset.method, &rule,
           (struct rule_second_call){.allowed = preset.second_call, .gap_days = preset.gap_days},
           sentence);
}

/* A definition with this rule is read back: the strict decoder accepts every field. */
static void test_each_fits_a_definition(void **state)
{
    size_t count;
    const struct rule_preset *presets = rule_presets(&count);
    (void)state;
    assert_int_equal(count, 12);
    for (size_t i = 0; i < count; i++) {
        struct arena arena;
        struct buffer bytes;
        struct definition read;
        struct slice question = slice_text("?");
        struct definition_language language = {.code = slice_text("en"), .question = question};
        struct definition definition = {
            .org = {{1}},
            .poll = {{2}},
            .nonce = {{3}},
            .mode = MODE_NAMED,
            .kind = POLL_DECISION,
            .body = BODY_MEMBERS,
            .method = presets[i].method,
            .form = presets[i].method == RULE_CONSENT ? FORM_CONSENT : FORM_YES_NO,
            .seats = 1,
            .roll_root = {{4}},
            .roll_count = 1,
            .roll_weight = 1,
            .lot_commit = {{5}},
            .rule = rule_preset_rule(&presets[i]),
            .n_language = 1,
            .languages = &language,
        };
        arena_init(&arena, DEFINITION_ARENA);
        buffer_init(&bytes, DEFINITION_MAX);
        definition_encode(&bytes, &definition);
        if (definition_decode(buffer_slice(&bytes), &arena, &read) != ERROR_NONE) {
            fail_msg("%s is no rule for a definition", presets[i].name);
        }
        assert_true(slice_equal(read.rule.name, slice_text(presets[i].name)));
        assert_true(rule_preset_find(read.rule.name) == &presets[i]);
        assert_string_equal(rule_preset_names[i], presets[i].name);
        assert_true(presets[i].second_call == (presets[i].gap_days > 0));
        assert_true(!presets[i].second_call || presets[i].rule.quorum_den > 0);
        buffer_free(&bytes);
        arena_free(&arena);
    }
    assert_null(rule_preset_names[count]);
    assert_null(rule_preset_find(slice_text("sc")));
}

static void test_numbers(void **state)
{
    static const struct {
        const char *name;
        uint32_t num, den;
        uint8_t strict, base, abstain;
        uint32_t quorum_num, quorum_den;
        uint8_t unit;
        bool confidential;
        uint16_t gap_days;
    } expected[] = {
        {"simple-majority", 1, 2, 1, 1, 0, 0, 0, 0, false, 0},
        {"consent", 0, 0, 0, 0, 0, 0, 0, 0, false, 0},
        {"sc-ordinary", 1, 2, 1, 1, 0, 0, 0, 0, false, 0},
        {"sc-statutes", 3, 4, 0, 1, 0, 1, 2, 3, false, 15},
        {"sc-purpose", 4, 5, 0, 1, 0, 1, 2, 3, false, 15},
        {"asbl-ordinary-a", 1, 2, 1, 1, 0, 0, 0, 0, false, 0},
        {"asbl-ordinary-b", 1, 2, 1, 1, 2, 0, 0, 0, false, 0},
        {"asbl-statutes", 2, 3, 0, 1, 0, 2, 3, 1, false, 15},
        {"asbl-purpose", 4, 5, 0, 1, 0, 2, 3, 1, false, 15},
        {"asbl-exclusion", 2, 3, 0, 1, 0, 2, 3, 1, true, 0},
        {"loi1901", 1, 2, 1, 2, 0, 0, 0, 0, false, 0},
        {"scop", 1, 2, 1, 1, 0, 0, 0, 0, false, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct rule_preset preset = found(expected[i].name);
        assert_int_equal(preset.rule.majority_num, expected[i].num);
        assert_int_equal(preset.rule.majority_den, expected[i].den);
        assert_int_equal(preset.rule.majority_strict, expected[i].strict);
        assert_int_equal(preset.rule.majority_base, expected[i].base);
        assert_int_equal(preset.rule.abstain, expected[i].abstain);
        assert_int_equal(preset.rule.quorum_num, expected[i].quorum_num);
        assert_int_equal(preset.rule.quorum_den, expected[i].quorum_den);
        assert_int_equal(preset.rule.quorum_unit, expected[i].unit);
        assert_int_equal(preset.confidential, expected[i].confidential);
        assert_int_equal(preset.gap_days, expected[i].gap_days);
    }
}

/* Not one number that was not verified is printed. */
static void test_articles(void **state)
{
    size_t count;
    const struct rule_preset *presets = rule_presets(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_true(strncmp(presets[i].name, "sc-", 3) != 0 || presets[i].article == NULL);
    }
    assert_string_equal(found("asbl-statutes").article, "CSA/WVV 9:21");
    assert_null(found("asbl-ordinary-a").article);
}

static void test_what_presets_ask(void **state)
{
    (void)state;
    expect_preset("simple-majority", "en",
                  "Adopted with more than half of yes + no. Left out: abstentions, blank ballots "
                  "and void ballots.");
    expect_preset("consent", "fr", "Adopté si quelqu’un consent et que personne n’objecte.");
    expect_preset(
        "sc-statutes", "en",
        "Adopted with at least three quarters of yes + no. Left out: abstentions, blank ballots "
        "and void ballots. Quorum: at least half of the shares present or represented. Proxies "
        "per person: at most 1. A second call, at least 15 days later, decides whatever the "
        "attendance.");
    expect_preset(
        "asbl-ordinary-b", "fr",
        "Adopté avec plus de la moitié de pour + contre. Comptés contre\u202f: abstentions, "
        "bulletins blancs et bulletins nuls. Procurations par personne\u202f: au plus 1.");
    expect_preset("asbl-exclusion", "nl",
                  "Aangenomen met minstens twee derde van voor + tegen. Niet meegeteld: "
                  "onthoudingen, blanco stembiljetten en ongeldige stembiljetten. "
                  "Aanwezigheidsquorum: minstens twee derde van de stemgerechtigden aanwezig of "
                  "vertegenwoordigd. Volmachten per persoon: hoogstens 1.");
    expect_preset("loi1901", "fr",
                  "Adopté avec plus de la moitié des voix présentes ou représentées. Procurations "
                  "par personne\u202f: au plus 1.");
}

static void test_what_any_rule_asks(void **state)
{
    struct rule_second_call none = {0}, at_once = {.allowed = true};
    struct rule rule = {.name = slice_text("x"),
                        .majority_num = 3,
                        .majority_den = 5,
                        .majority_base = 1,
                        .abstain = 1,
                        .void_ = 1,
                        .blank = 2,
                        .quorum_num = 1,
                        .quorum_den = 10,
                        .quorum_strict = 1,
                        .quorum_unit = 2,
                        .quorum_of = 2,
                        .per_class = 3,
                        .cap_num = 1,
                        .cap_den = 10,
                        .mandates_max = 0xFFFF,
                        .tie = 2};
    (void)state;
    expect("en", RULE_APPROVAL, &rule, at_once,
           "The first needs at least 3/5 of the valid votes. Counted in the base: abstentions and "
           "void ballots. Counted as no: blank ballots. Quorum: more than 1/10 of the votes took "
           "part. Each class must reach the quorum and agree. Nobody counts for more than 1/10 of "
           "the votes cast. Proxies without a limit. On a tie the chair decides. A second call "
           "decides whatever the attendance.");
    rule = (struct rule){.name = slice_text("x"), .tie = 3};
    expect("nl", RULE_SINGLE, &rule, none,
           "Er wordt geen meerderheid gevraagd. Bij staking van stemmen beslist het lot.");
    rule = (struct rule){.name = slice_text("x"),
                         .majority_num = 2,
                         .majority_den = 4,
                         .majority_base = 3,
                         .per_class = 2,
                         .tie = 4};
    expect("fr", RULE_YES_NO, &rule, none,
           "Adopté avec au moins la moitié des voix de la liste des votants. Chaque catégorie doit "
           "être d’accord. À égalité, rien n’est décidé.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_fits_a_definition),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_articles),
        cmocka_unit_test(test_what_presets_ask),
        cmocka_unit_test(test_what_any_rule_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
