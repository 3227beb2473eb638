/* Votes by a rule that is named: a preset, or a rule of the organisation, with its warning until an admin confirmed it, its
 * second call, and the secrecy that goes with it. */
#include "tests/harness/c/voting.h"

#include <string.h>

#include "assembly/concept.h"

static const struct id nothing;

struct hall {
    struct world world;
    struct caller admin, facilitator;
    struct voter voters[5];
    struct id proposal;
};

static void hall_open(struct hall *hall)
{
    static const char *const names[] = {"Ann", "Bea", "Cis", "Dov", "Eli"};
    world_open(&hall->world);
    hall->admin = world_member(&hall->world, "Ada", "admin");
    hall->facilitator = world_member(&hall->world, "Fay", "facilitator observer");
    for (size_t i = 0; i < 5; i++) {
        hall->voters[i] = voting_voter(&hall->world, names[i], "");
    }
    hall->proposal = voting_ready_proposal(&hall->world, hall->voters[0].caller, hall->facilitator);
}

static const char *define(struct hall *hall, const char *rule)
{
    return world_try(&hall->world, hall->facilitator, "poll.define",
                     "{'id':'%s','kind':'straw','method':'yes-no','mode':'named',"
                     "'question':{'fr':'Oui ?'},'rule':%s}",
                     world_text(world_id(&hall->world)), rule);
}

static void test_preset_is_named(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id poll = voting_open(world, hall.facilitator, "decision", hall.proposal,
                                 ",'rule':{'use':'asbl-ordinary-b'}");
    world_expect_text(world, DOCUMENT_POLL, poll, "rule.preset", "asbl-ordinary-b");
    world_expect_text(world, DOCUMENT_POLL, poll, "rule.name", "asbl-ordinary-b");
    world_expect_text(world, DOCUMENT_POLL, poll, "rule.abstain", "no");
    world_expect_text(world, DOCUMENT_POLL_CARD, poll, "rule.preset", "asbl-ordinary-b");
    json_t *card = world_document(world, DOCUMENT_POLL_CARD, poll);
    assert_true(json_is_false(world_at(card, "rule.checked")));
    json_decref(card);
    voting_cast(world, poll, &hall.voters[0], FORM_YES_NO, CHOICE_YES);
    voting_cast(world, poll, &hall.voters[1], FORM_ABSTAIN, 0);
    world_must(world, hall.facilitator, "poll.close", "{'id':'1'}");
    world_due(world);
    world_expect_text(world, DOCUMENT_POLL, poll, "result.sentence.en",
                      "1 yes of 2 yes + no + abstain + blank + void: more than 1/2 needed; 1/2 is "
                      "exactly 1/2: not adopted");
    json_t *document = world_document(world, DOCUMENT_POLL, poll);
    struct id decision = json_get_id(json_object_get(document, "decision"), "id");
    json_decref(document);
    json_t *entry = world_document(world, DOCUMENT_DECISION, decision);
    assert_true(json_is_false(world_at(entry, "rule.checked"))); /* the register says so too */
    json_decref(entry);
    world_close(world);
}

/* An adapted copy: the vote has its fields; once an admin confirmed it, new votes say so, and old ones stay as they were. */
static void test_own_rule(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id id = world_id(world);
    char use[80];
    snprintf(use, sizeof use, ",'rule':{'use':'%s'}", world_text(id));
    world_must(world, hall.admin, "rule.save",
               "{'id':'%s','preset':'asbl-statutes','rule':{'quorum':{'num':1,'den':2}}}",
               world_text(id));
    struct id before = voting_open(world, hall.facilitator, "straw", nothing, use);
    world_must(world, hall.admin, "rule.confirm", "{'id':'%s','article':'art. 24'}",
               world_text(id));
    struct id after = voting_open(world, hall.facilitator, "straw", nothing, use);
    world_expect_text(world, DOCUMENT_POLL, after, "rule.preset", "asbl-statutes");
    world_expect_text(world, DOCUMENT_POLL, after, "rule.use", world_text(id));
    world_expect_text(world, DOCUMENT_POLL, after, "rule.quorum.of", "part");
    json_t *old = world_document(world, DOCUMENT_POLL, before),
           *new = world_document(world, DOCUMENT_POLL, after);
    assert_true(json_is_false(world_at(old, "rule.checked")));
    assert_true(json_is_true(world_at(new, "rule.checked")));
    assert_true(json_is_null(world_at(new, "rule.mandates"))); /* given for a meeting */
    json_decref(old);
    json_decref(new);
    world_must(world, hall.admin, "rule.retire", "{'id':'%s','retired':true}", world_text(id));
    char again[80];
    snprintf(again, sizeof again, "{'use':'%s'}", world_text(id));
    assert_string_equal(define(&hall, again), "rule.bad_state");
    assert_string_equal(world->field, "rule.use");
    world_close(world);
}

static void test_second_call(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    /* The quorum of the preset needs a meeting; at a second call there is none. */
    assert_string_equal(define(&hall, "{'use':'asbl-statutes'}"), "input.bad_value");
    assert_string_equal(world->field, "rule.quorum");
    struct id poll = voting_open(world, hall.facilitator, "decision", hall.proposal,
                                 ",'rule':{'use':'asbl-statutes','second_call':true}");
    world_expect_text(world, DOCUMENT_POLL, poll, "rule.majority.base", "votes");
    json_t *document = world_document(world, DOCUMENT_POLL, poll);
    assert_true(json_is_null(world_at(document, "rule.quorum")));
    assert_true(json_is_true(world_at(document, "rule.second_call")));
    json_decref(document);
    voting_cast(world, poll, &hall.voters[0], FORM_YES_NO, CHOICE_YES);
    world_must(world, hall.facilitator, "poll.close", "{'id':'1'}");
    world_due(world);
    world_expect_text(
        world, DOCUMENT_POLL, poll, "result.sentence.fr",
        "Seconde convocation\u202f: décision quel que soit le nombre de présents. 1 pour "
        "sur 1 pour + contre\u202f: il faut au moins 2/3\u202f; 1/1 dépasse 2/3\u202f: adopté");
    world_close(world);
}

static void test_confidential_by_default(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    struct id id = world_id(world), poll = world_id(world);
    world_must(world, hall.admin, "rule.save",
               "{'id':'%s','preset':'asbl-exclusion','rule':{'quorum':null}}", world_text(id));
    world_must(world, hall.facilitator, "poll.define",
               "{'id':'%s','kind':'straw','method':'yes-no','question':{'fr':'Exclure ?'},"
               "'rule':{'use':'%s'}}",
               world_text(poll), world_text(id));
    world_expect_text(world, DOCUMENT_POLL, poll, "mode", "confidential");
    world_must(world, hall.facilitator, "poll.define",
               "{'id':'%s','kind':'straw','method':'yes-no','question':{'fr':'Exclure ?'},"
               "'mode':'named','rule':{'use':'%s'}}",
               world_text(poll), world_text(id));
    world_expect_text(world, DOCUMENT_POLL, poll, "mode", "named");
    world_close(world);
}

static void test_refused(void **state)
{
    static const struct {
        const char *rule, *reason, *field;
    } cases[] = {
        {"{'use':'sc'}", "rule.unknown", "rule.use"},
        {"{'use':'6a9e3c0e-8a0b-4d5e-9d55-0c6a5f8f3a10'}", "rule.unknown", "rule.use"},
        {"{'use':'sc-ordinary','second_call':true}", "rule.bad_state", "rule.second_call"},
        {"{'use':'sc-ordinary','tie':'lot'}", "input.bad_value", "rule"},
        {"{'second_call':true}", "input.bad_value", "rule"},
        {"{'use':'sc-ordinary','checked':true}", "input.unknown_field", "checked"},
        {"{'use':'loi1901'}", "input.bad_value", "rule.majority"},
    };
    struct hall hall;
    (void)state;
    hall_open(&hall);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *reason = define(&hall, cases[i].rule);
        if (strcmp(reason, cases[i].reason) != 0 || strcmp(hall.world.field, cases[i].field) != 0) {
            fail_msg("%s: %s, %s", cases[i].rule, reason, hall.world.field);
        }
    }
    assert_string_equal(define(&hall, "{'use':'sc-ordinary'}"), "");
    assert_string_equal(define(&hall, "{'use':'sc-ordinary','second_call':false}"), "");
    world_close(&hall.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_preset_is_named), cmocka_unit_test(test_own_rule),
        cmocka_unit_test(test_second_call),     cmocka_unit_test(test_confidential_by_default),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
