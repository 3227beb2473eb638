/* Votes of groups: exactly the group's own members stand on the roll, those of groups below it when asked for; who may ask. */
#include "assembly/kinds.h"
#include "tests/harness/c/voting.h"

#include <string.h>

struct scene {
    struct world world;
    struct voter flo, ada, bob, cy, eve;
};

static void open_scene(struct scene *scene)
{
    struct world *world = &scene->world;
    world_open(world);
    scene->flo = voting_voter(world, "Flo", "facilitator");
    scene->ada = voting_voter(world, "Ada", "");
    scene->bob = voting_voter(world, "Bob", "");
    scene->cy = voting_voter(world, "Cy", "");
    scene->eve = voting_voter(world, "Eve", "");
    world_must(world, scene->ada.caller, "group.create",
               "{'id':'%s','language':'fr','name':'Jardin','purpose':''}",
               world_text(world_id(world)));
    world_must(world, scene->bob.caller, "group.join", "{'id':'1'}");
    world_must(world, scene->cy.caller, "group.create",
               "{'id':'%s','language':'fr','name':'Serre','purpose':'','parent':'1'}",
               world_text(world_id(world)));
}

#define GROUP  ",'electorate':{'kind':'group','ids':['1']}"
#define NESTED ",'electorate':{'kind':'group','ids':['1'],'nested':true}"
#define ASK                                                                                        \
    "{'id':'%s','kind':'%s','question':{'fr':'Oui ?','nl':'Ja?','en':'Yes?'},"                     \
    "'method':'yes-no','mode':'named','electorate':{'kind':'group','ids':['1']}%s}"
static const struct id none;

static void test_roll(void **state)
{
    struct scene s;
    (void)state;
    open_scene(&s);
    struct id poll = voting_open(&s.world, s.flo.caller, "decision", none, GROUP);
    world_expect_number(&s.world, DOCUMENT_POLL, poll, "roll.count", 2);
    world_expect_text(&s.world, DOCUMENT_POLL, poll, "body", "group");
    world_expect_text(&s.world, DOCUMENT_POLL, poll, "groups.0.name", "Jardin");
    world_expect_text(&s.world, DOCUMENT_POLL_CARD, poll, "groups.0.name", "Jardin");
    assert_string_equal(voting_cast(&s.world, poll, &s.ada, FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(&s.world, poll, &s.bob, FORM_YES_NO, CHOICE_NO), "");
    assert_string_equal(voting_cast(&s.world, poll, &s.eve, FORM_YES_NO, CHOICE_YES),
                        "ballot.not_on_roll");
    assert_string_equal(voting_cast(&s.world, poll, &s.cy, FORM_YES_NO, CHOICE_YES),
                        "ballot.not_on_roll"); /* in the group below only */
    /* Whoever leaves the group keeps the vote that has begun, and is not in the next. */
    world_must(&s.world, s.bob.caller, "group.leave", "{'id':'1'}");
    assert_string_equal(voting_cast(&s.world, poll, &s.bob, FORM_YES_NO, CHOICE_YES), "");
    struct id next = voting_open(&s.world, s.flo.caller, "decision", none, GROUP);
    world_expect_number(&s.world, DOCUMENT_POLL, next, "roll.count", 1);
    world_must(&s.world, s.flo.caller, "poll.close", "{'id':'%s'}", world_text(poll));
    world_due(&s.world);
    world_expect_text(&s.world, DOCUMENT_POLL, poll, "result.verdict", "adopted");
    world_close(&s.world);
}

static void test_nested(void **state)
{
    struct scene s;
    (void)state;
    open_scene(&s);
    world_must(&s.world, s.ada.caller, "group.join", "{'id':'2'}"); /* in both: once on the roll */
    struct id poll = voting_open(&s.world, s.flo.caller, "decision", none, NESTED);
    world_expect_number(&s.world, DOCUMENT_POLL, poll, "roll.count", 3);
    assert_string_equal(voting_cast(&s.world, poll, &s.cy, FORM_YES_NO, CHOICE_YES), "");
    struct id two = voting_open(&s.world, s.flo.caller, "straw", none,
                                ",'electorate':{'kind':'group','ids':['1','2']}");
    world_expect_number(&s.world, DOCUMENT_POLL, two, "roll.count", 3);
    world_close(&s.world);
}

static void test_who_may_ask(void **state)
{
    struct scene s;
    (void)state;
    open_scene(&s);

    struct {
        struct caller who;
        const char *kind, *more, *reason;
    } table[] = {
        {s.ada.caller, "decision", "", ""},              /* coordinates it */
        {s.bob.caller, "decision", "", "right.missing"}, /* is in it */
        {s.bob.caller, "straw", "", ""},
        {s.eve.caller, "straw", "", "right.missing"},
        {s.eve.caller, "decision", "", "right.missing"},
        {s.flo.caller, "decision", ",'body':'group'", ""},
        {s.flo.caller, "decision", ",'body':'members'", "input.bad_value"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char params[600];
        snprintf(params, sizeof params, ASK, world_text(world_id(&s.world)), table[i].kind,
                 table[i].more);
        assert_string_equal(world_try(&s.world, table[i].who, "poll.define", "%s", params),
                            table[i].reason);
    }
    world_must(&s.world, s.ada.caller, "poll.open", "{'id':'1'}");
    assert_string_equal(world_try(&s.world, s.bob.caller, "poll.close", "{'id':'1'}"),
                        "right.missing");
    world_must(&s.world, s.ada.caller, "poll.close", "{'id':'1'}");
    /* Not on somebody else's proposal. */
    struct id foreign = voting_ready_proposal(&s.world, s.eve.caller, s.flo.caller);
    char params[600], about[80];
    snprintf(about, sizeof about, ",'about':['%s']", world_text(foreign));
    snprintf(params, sizeof params, ASK, world_text(world_id(&s.world)), "decision", about);
    assert_string_equal(world_try(&s.world, s.ada.caller, "poll.define", "%s", params),
                        "right.missing");
    world_must(&s.world, s.flo.caller, "poll.define", "%s", params);
    world_close(&s.world);
}

static void test_refused(void **state)
{
    struct scene s;
    (void)state;
    open_scene(&s);
    world_must(&s.world, s.cy.caller, "group.close", "{'id':'2','reason':'Fini.'}");
    static const struct {
        const char *electorate, *reason;
    } table[] = {
        {"{'kind':'group','ids':['9']}", "group.unknown"},
        {"{'kind':'group','ids':['2']}", "group.bad_state"},
        {"{'kind':'group','ids':[]}", "input.bad_value"},
        {"{'kind':'group'}", "input.bad_value"},
        {"{'kind':'group','ids':['1','1']}", "input.bad_value"},
        {"{'kind':'group','ids':['1','1','1','1','1','1']}", "input.bad_value"},
        {"{'kind':'entitled','nested':true}", "input.bad_value"},
        {"{'kind':'active'}", "input.bad_value"}, /* a decision asks who is paused too */
        {"{'kind':'present'}", "input.bad_value"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_string_equal(
            world_try(&s.world, s.flo.caller, "poll.define",
                      "{'id':'%s','kind':'decision','question':{'fr':'Oui ?','nl':'Ja?','en':"
                      "'Yes?'},'method':'yes-no','mode':'named','electorate':%s}",
                      world_text(world_id(&s.world)), table[i].electorate),
            table[i].reason);
        assert_string_equal(s.world.field, "electorate");
    }
    world_close(&s.world);
}

static void test_proposal_of_group(void **state)
{
    struct scene s;
    (void)state;
    open_scene(&s);
    struct id id = world_id(&s.world);
    const char *const text = "'language':'fr','title':'Un banc','need':'','text':'','themes':[]";
    assert_string_equal(world_try(&s.world, s.eve.caller, "proposal.submit",
                                  "{'id':'%s','group':'1',%s}", world_text(id), text),
                        "group.not_member");
    assert_string_equal(world_try(&s.world, s.eve.caller, "proposal.submit",
                                  "{'id':'%s','group':'7',%s}", world_text(id), text),
                        "group.unknown");
    world_must(&s.world, s.bob.caller, "proposal.submit", "{'id':'%s','group':'1',%s}",
               world_text(id), text);
    world_expect_text(&s.world, DOCUMENT_PROPOSAL_CARD, id, "group.name", "Jardin");
    world_expect_text(&s.world, DOCUMENT_PROPOSAL, id, "group.name", "Jardin");
    world_must(&s.world, s.flo.caller, "proposal.mark", "{'id':'1','state':'discussed'}");
    world_must(&s.world, s.bob.caller, "proposal.mark", "{'id':'1','state':'ready'}");
    struct id poll = voting_open(&s.world, s.ada.caller, "decision", id, GROUP);
    world_expect_number(&s.world, DOCUMENT_POLL, poll, "roll.count", 2);
    world_close(&s.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roll),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_who_may_ask),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_proposal_of_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
