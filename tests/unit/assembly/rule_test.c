/* Rules of the organisation: presets are offered, copied, adapted and confirmed; a rule that no definition could hold is
 * refused; every preset survives the way into JSON and back. */
#include "assembly/rule.h"
#include "tests/harness/c/world.h"

#include <string.h>

static void test_presets_are_offered(void **state)
{
    struct world world;
    size_t i;
    json_t *one;
    (void)state;
    world_open(&world);
    struct caller eve = world_member(&world, "Eve", "observer");
    world_must(&world, eve, "rule.presets", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "presets")), 12);
    json_array_foreach(world_at(world.result, "presets"), i, one)
    {
        bool simple = strcmp(fixture_text(one, "name"), "simple-majority") == 0 ||
                      strcmp(fixture_text(one, "name"), "consent") == 0;
        assert_int_equal(json_get_flag(one, "from_statutes"), !simple);
        assert_int_equal(json_object_size(json_object_get(one, "asks")), 3);
    }
    one = world_at(world.result, "presets.7");
    assert_string_equal(fixture_text(one, "name"), "asbl-statutes");
    assert_string_equal(fixture_text(one, "article"), "CSA/WVV 9:21");
    assert_int_equal(json_get_integer(json_object_get(one, "second_call"), "gap_days"), 15);
    assert_string_equal(json_string_value(world_at(one, "rule.quorum.unit")), "heads");
    world_close(&world);
}

/* rule_read(rule_write(r)) is r, for the presets and for a rule that uses every field. */
static void test_written_and_read(void **state)
{
    size_t count;
    const struct rule_preset *presets = rule_presets(&count);
    struct rule rules[32] = {{.name = slice_text("x"),
                              .majority_num = 3,
                              .majority_den = 7,
                              .majority_base = 3,
                              .abstain = 1,
                              .blank = 2,
                              .void_ = 1,
                              .quorum_num = 1,
                              .quorum_den = 9,
                              .quorum_strict = 1,
                              .quorum_unit = 2,
                              .quorum_of = 2,
                              .per_class = 3,
                              .cap_num = 1,
                              .cap_den = 10,
                              .mandates_max = 0xFFFF,
                              .mandates_who = 3,
                              .tie = 4}};
    (void)state;
    for (size_t i = 0; i < count; i++) {
        rules[i + 1] = rule_preset_rule(&presets[i]);
    }
    for (size_t i = 0; i <= count; i++) {
        struct rule read;
        json_t *json = rule_write(&rules[i]), *again = rule_complete(json, NULL);
        assert_true(json_equal(json, again));
        rule_read(json, &read);
        assert_true(slice_equal(read.name, rules[i].name));
        read.name = rules[i].name;
        struct definition a = {.rule = read}, b = {.rule = rules[i]};
        struct buffer left, right;
        buffer_init(&left, DEFINITION_MAX);
        buffer_init(&right, DEFINITION_MAX);
        definition_encode(&left, &a);
        definition_encode(&right, &b);
        assert_true(slice_equal(buffer_slice(&left), buffer_slice(&right)));
        buffer_free(&left);
        buffer_free(&right);
        json_decref(json);
        json_decref(again);
    }
}

static void test_copied_and_adapted(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", "admin"),
                  flo = world_member(&world, "Flo", "facilitator");
    struct id id = world_id(&world);
    world_must(&world, ada, "rule.save", "{'id':'%s','preset':'asbl-statutes'}", world_text(id));
    world_expect_text(&world, DOCUMENT_RULE, id, "preset", "asbl-statutes");
    world_expect_text(&world, DOCUMENT_RULE, id, "title.nl", "Vzw: statuten wijzigen");
    world_expect_number(&world, DOCUMENT_RULE, id, "second_call.gap_days", 15);
    world_expect_text(&world, DOCUMENT_RULE, id, "saved.by.name", "Ada");
    world_must(
        &world, ada, "rule.save",
        "{'id':'%s','preset':'asbl-statutes','title':{'fr':'Nos statuts'},'second_call':null,"
        "'rule':{'majority':{'num':3,'den':4,'strict':false},'mandates':null}}",
        world_text(id));
    world_expect_text(&world, DOCUMENT_RULE, id, "title.fr", "Nos statuts");
    world_expect_number(&world, DOCUMENT_RULE, id, "rule.majority.num", 3);
    world_expect_text(&world, DOCUMENT_RULE, id, "rule.majority.base", "votes");
    world_expect_text(&world, DOCUMENT_RULE, id, "rule.quorum.of", "present");
    world_expect_text(&world, DOCUMENT_RULE, id, "rule.name", "asbl-statutes");
    world_expect_text(&world, DOCUMENT_RULE, id, "asks.en",
                      "Adopted with at least three quarters of yes + no. Left out: abstentions, "
                      "blank ballots and void ballots. Quorum: at least two thirds of the voters "
                      "present or represented.");
    assert_string_equal(
        world_try(&world, flo, "rule.save", "{'id':'%s','preset':'consent'}", world_text(id)),
        "right.missing");
    world_must(&world, flo, "rule.preview",
               "{'preset':'consent','rule':{'quorum':{'num':1,'den':3}}}");
    assert_string_equal(json_string_value(world_at(world.result, "asks.en")),
                        "Adopted when somebody consents and nobody objects. Quorum: at least 1/3 "
                        "of the voters took part.");
    world_close(&world);
}

static void test_refused(void **state)
{
    static const char *const bad[] = {
        "'rule':{'majority':{'num':3,'den':2,'strict':false}}",
        "'rule':{'quorum':{'num':5,'den':4}}",
        "'rule':{'majority':null,'abstain':'no'}",
        "'rule':{'per_class':['quorum']}",
        "'rule':{'cap':{'num':2,'den':1}}",
        "'method':'consent'",
        "'method':'irv'",
        "'method':'consent','rule':{'majority':null,'cap':{'num':1,'den':10}}",
    };
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", "admin");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const char *reason =
            world_try(&world, ada, "rule.preview", "{'preset':'simple-majority',%s}", bad[i]);
        if (strcmp(reason, "input.bad_value") != 0 || strcmp(world.field, "rule") != 0) {
            fail_msg("%s: %s, %s", bad[i], reason, world.field);
        }
    }
    assert_string_equal(world_try(&world, ada, "rule.preview", "{'preset':'nothing'}"),
                        "input.bad_value");
    assert_string_equal(
        world_try(&world, ada, "rule.preview", "{'preset':'consent','mode':'secret'}"),
        "input.unknown_field");
    assert_string_equal(world_try(&world, ada, "rule.save",
                                  "{'id':'%s','preset':'consent','mode':'secret'}",
                                  world_text(world_id(&world))),
                        "poll.mode_unavailable");
    /* Good ones, next to the bad. */
    world_must(&world, ada, "rule.preview",
               "{'preset':'simple-majority','rule':{'majority':null},'method':'irv'}");
    world_must(&world, ada, "rule.preview",
               "{'preset':'simple-majority','rule':{'per_class':['majority'],"
               "'cap':{'num':1,'den':10}},'method':'approval'}");
    world_must(&world, ada, "rule.preview", "{'preset':'consent','method':'majority-judgment'}");
    world_close(&world);
}

static void test_confirmed_and_retired(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", "admin");
    struct id id = world_id(&world);
    const char *text = world_text(id);
    assert_string_equal(world_try(&world, ada, "rule.confirm", "{'id':'%s','article':'24'}", text),
                        "rule.unknown");
    world_must(&world, ada, "rule.save", "{'id':'%s','preset':'asbl-statutes'}", text);
    assert_string_equal(world_try(&world, ada, "rule.confirm", "{'id':'%s'}", text),
                        "rule.bad_state");
    assert_string_equal(
        world_try(&world, world_operator, "rule.confirm", "{'id':'%s','article':'24'}", text),
        "right.missing");
    world_must(&world, ada, "rule.confirm", "{'id':'%s','article':'art. 24'}", text);
    world_expect_text(&world, DOCUMENT_RULE, id, "confirmed.article", "art. 24");
    world_expect_text(&world, DOCUMENT_RULE, id, "confirmed.by.name", "Ada");
    world_must(&world, ada, "rule.confirm", "{'id':'%s'}", text);
    json_t *document = world_document(&world, DOCUMENT_RULE, id);
    assert_null(json_object_get(document, "confirmed"));
    json_decref(document);
    world_must(&world, ada, "rule.confirm", "{'id':'%s','article':'art. 24'}", text);
    world_must(&world, ada, "rule.save", "{'id':'%s','preset':'asbl-purpose'}", text);
    document = world_document(&world, DOCUMENT_RULE, id);
    assert_null(json_object_get(document, "confirmed")); /* it is another rule now */
    json_decref(document);
    world_must(&world, ada, "rule.retire", "{'id':'%s','retired':true}", text);
    assert_string_equal(world_try(&world, ada, "rule.retire", "{'id':'%s','retired':true}", text),
                        "rule.bad_state");
    assert_string_equal(world_try(&world, ada, "rule.confirm", "{'id':'%s','article':'24'}", text),
                        "rule.bad_state");
    assert_string_equal(
        world_try(&world, ada, "rule.save", "{'id':'%s','preset':'asbl-purpose'}", text),
        "rule.bad_state"); /* it would be offered again, unseen */
    json_t *retired = world_document(&world, DOCUMENT_RULE, id);
    assert_true(json_get_flag(retired, "retired"));
    json_decref(retired);
    world_must(&world, ada, "rule.retire", "{'id':'%s','retired':false}", text);
    world_must(&world, ada, "rule.save", "{'id':'%s','preset':'asbl-purpose'}", text);
    world_must(&world, ada, "rule.confirm", "{'id':'%s','article':'24'}", text);
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "name", "Les Pavés");
    world_close(&world);
}

static void test_at_most_100(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", "admin");
    struct id first = world_id(&world);
    world_must(&world, ada, "rule.save", "{'id':'%s','preset':'consent'}", world_text(first));
    for (size_t i = 1; i < 100; i++) {
        world_must(&world, ada, "rule.save", "{'id':'%s','preset':'consent'}",
                   world_text(world_id(&world)));
    }
    assert_string_equal(world_try(&world, ada, "rule.save", "{'id':'%s','preset':'consent'}",
                                  world_text(world_id(&world))),
                        "rule.full");
    world_must(&world, ada, "rule.save", "{'id':'%s','preset':'scop'}", world_text(first));
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_presets_are_offered),   cmocka_unit_test(test_written_and_read),
        cmocka_unit_test(test_copied_and_adapted),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_confirmed_and_retired), cmocka_unit_test(test_at_most_100),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
