/* Groups: who starts, joins, asks, leads and archives them; how they nest; that leaving the organisation leaves them. */
#include "assembly/group.h"
#include "tests/harness/c/world.h"

#include <string.h>

static struct id start(struct world *world, struct caller who, const char *name, const char *more)
{
    struct id id = world_id(world);
    world_must(world, who, "group.create",
               "{'id':'%s','language':'fr','name':'%s','purpose':'Un but.'%s}", world_text(id),
               name, more);
    return id;
}

static struct id start_under(struct world *world, struct caller who, struct id parent)
{
    char more[80];
    snprintf(more, sizeof more, ",'parent':'%s'", world_text(parent));
    return start(world, who, "Sous-groupe", more);
}

static bool in(struct world *world, struct id group, struct caller who, bool nested)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    bool yes =
        nested ? group_has_nested(txn, group, who.member) : group_has(txn, group, who.member);
    store_abort(txn);
    return yes;
}

static bool may_write(struct world *world, struct id group, struct caller who)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    bool yes = group_may_write(txn, group, who.member);
    store_abort(txn);
    return yes;
}

static void test_started(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""),
                  eve = world_member(&world, "Eve", "observer");
    struct id group = start(&world, ada, "Jardin", "");
    world_expect_number(&world, DOCUMENT_GROUP, group, "number", 1);
    world_expect_number(&world, DOCUMENT_GROUP, group, "members", 1);
    world_expect_text(&world, DOCUMENT_GROUP, group, "coordinators.0.name", "Ada");
    world_expect_text(&world, DOCUMENT_GROUP, group, "state", "open");
    world_expect_text(&world, DOCUMENT_GROUP_MEMBERS, group, "members.0.name", "Ada");
    assert_string_equal(world_try(&world, eve, "group.create",
                                  "{'id':'%s','language':'fr','name':'X','purpose':''}",
                                  world_text(world_id(&world))),
                        "right.missing");
    assert_string_equal(world_try(&world, ada, "group.create",
                                  "{'id':'%s','language':'fr','name':'X','purpose':''}",
                                  world_text(group)),
                        "conflict");
    world_must(&world, eve, "group.list", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "items")), 1);
    world_must(&world, eve, "group.get", "{'id':'1'}");
    assert_string_equal(json_string_value(world_at(world.result, "doc.name")), "Jardin");
    assert_string_equal(world_try(&world, eve, "group.get", "{'id':'9'}"), "group.unknown");
    world_close(&world);
}

static void test_people(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), bob = world_member(&world, "Bob", "");
    struct caller cy = world_member(&world, "Cy", ""),
                  flo = world_member(&world, "Flo", "facilitator");
    struct id group = start(&world, ada, "Jardin", "");
    world_must(&world, bob, "group.join", "{'id':'1'}");
    assert_string_equal(world_try(&world, bob, "group.join", "{'id':'1'}"), "conflict");
    assert_true(may_write(&world, group, bob));
    assert_false(may_write(&world, group, cy));
    assert_string_equal(world_try(&world, cy, "group.leave", "{'id':'1'}"), "group.not_member");
    assert_string_equal(world_try(&world, cy, "group.invite", "{'id':'1','member':'4'}"),
                        "right.missing");
    world_must(&world, bob, "group.invite", "{'id':'1','member':'%s'}", world_text(cy.member));
    world_expect_text(&world, DOCUMENT_GROUP_MEMBERS, group, "asked.0.name", "Cy");
    assert_string_equal(
        world_try(&world, bob, "group.invite", "{'id':'1','member':'%s'}", world_text(cy.member)),
        "conflict");
    world_must(&world, cy, "notification.list", "{}");
    assert_string_equal(json_string_value(world_at(world.result, "items.0.what")), "group_asked");
    assert_string_equal(world_try(&world, flo, "group.answer", "{'id':'1','yes':true}"),
                        "right.missing");
    world_must(&world, cy, "group.answer", "{'id':'1','yes':false}");
    assert_false(in(&world, group, cy, false));
    world_must(&world, ada, "group.invite", "{'id':'1','member':'%s'}", world_text(cy.member));
    world_must(&world, cy, "group.answer", "{'id':'1','yes':true}");
    assert_true(in(&world, group, cy, false));
    world_expect_number(&world, DOCUMENT_GROUP, group, "members", 3);
    json_t *people = world_document(&world, DOCUMENT_GROUP_MEMBERS, group);
    assert_int_equal(json_array_size(world_at(people, "asked")), 0);
    json_decref(people);
    world_must(&world, cy, "group.leave", "{'id':'1'}");
    assert_string_equal(
        world_try(&world, bob, "group.join", "{'id':'1','for':'%s'}", world_text(cy.member)),
        "right.missing");
    world_must(&world, flo, "group.join", "{'id':'1','for':'%s'}", world_text(cy.member));
    world_expect_text(&world, DOCUMENT_GROUP_MEMBERS, group, "members.2.recorded_by.name", "Flo");
    world_close(&world);
}

static void test_lead(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), bob = world_member(&world, "Bob", "");
    struct caller cy = world_member(&world, "Cy", ""),
                  flo = world_member(&world, "Flo", "facilitator");
    struct id group = start(&world, ada, "Jardin", "");
    world_must(&world, bob, "group.join", "{'id':'1'}");
    assert_string_equal(world_try(&world, bob, "group.update", "{'id':'1','name':'Potager'}"),
                        "right.missing");
    assert_string_equal(world_try(&world, ada, "group.update", "{'id':'1'}"),
                        "input.missing_field");
    world_must(&world, ada, "group.update",
               "{'id':'1','name':'Potager','names':{'nl':'Moestuin'}}");
    world_expect_text(&world, DOCUMENT_GROUP, group, "names.nl", "Moestuin");
    assert_string_equal(world_try(&world, ada, "group.role",
                                  "{'id':'1','member':'%s','coordinator':true}",
                                  world_text(cy.member)),
                        "group.not_member");
    world_must(&world, ada, "group.role", "{'id':'1','member':'%s','coordinator':true}",
               world_text(bob.member));
    world_must(&world, bob, "group.update", "{'id':'1','purpose':'Autre.'}");
    world_must(&world, ada, "group.leave", "{'id':'1'}");
    world_must(&world, bob, "group.role", "{'id':'1','member':'%s','coordinator':false}",
               world_text(bob.member));
    /* Nobody coordinates: whoever is in it may. */
    assert_string_equal(world_try(&world, cy, "group.update", "{'id':'1','name':'X'}"),
                        "right.missing");
    world_must(&world, bob, "group.role", "{'id':'1','member':'%s','coordinator':true}",
               world_text(bob.member));
    assert_string_equal(world_try(&world, cy, "group.close", "{'id':'1','reason':'Fini.'}"),
                        "right.missing");
    world_must(&world, flo, "group.close", "{'id':'1','reason':'Fini.'}");
    world_expect_text(&world, DOCUMENT_GROUP, group, "closed.reason", "Fini.");
    assert_false(may_write(&world, group, bob));
    assert_string_equal(world_try(&world, cy, "group.join", "{'id':'1'}"), "group.bad_state");
    assert_string_equal(world_try(&world, bob, "group.close", "{'id':'1','reason':'Fini.'}"),
                        "group.bad_state");
    world_must(&world, bob, "group.reopen", "{'id':'1'}");
    assert_true(may_write(&world, group, bob));
    world_close(&world);
}

static void test_nesting(void **state)
{
    struct world world;
    struct id chain[GROUP_DEPTH_MAX];
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), bob = world_member(&world, "Bob", "");
    chain[0] = start(&world, ada, "Haut", "");
    for (int i = 1; i < GROUP_DEPTH_MAX; i++) {
        chain[i] = start_under(&world, ada, chain[i - 1]);
    }
    assert_string_equal(
        world_try(&world, ada, "group.create",
                  "{'id':'%s','language':'fr','name':'X','purpose':'','parent':'5'}",
                  world_text(world_id(&world))),
        "group.too_deep");
    assert_string_equal(world.field, "parent");
    /* A circle, itself, too deep with what is below it. */
    assert_string_equal(world_try(&world, ada, "group.update", "{'id':'1','parent':'3'}"),
                        "group.too_deep");
    assert_string_equal(world_try(&world, ada, "group.update", "{'id':'2','parent':'2'}"),
                        "group.too_deep");
    struct id other = start(&world, ada, "À côté", "");
    world_must(&world, ada, "group.update", "{'id':'6','parent':'2'}");
    world_expect_number(&world, DOCUMENT_GROUP, other, "parent.number", 2);
    world_must(&world, ada, "group.update", "{'id':'6','parent':null}");
    assert_string_equal(world_try(&world, ada, "group.update", "{'id':'1','parent':'6'}"),
                        "group.too_deep");
    world_must(&world, ada, "group.update", "{'id':'2','parent':'6'}");
    /* Membership below counts with the parent's only when nesting is asked for. */
    world_must(&world, bob, "group.join", "{'id':'5'}");
    assert_false(in(&world, chain[1], bob, false));
    assert_true(in(&world, chain[1], bob, true));
    assert_true(in(&world, other, bob, true));
    assert_false(in(&world, chain[0], bob, true));
    world_close(&world);
}

static void test_leaving_the_organisation(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), bob = world_member(&world, "Bob", "");
    struct id first = start(&world, ada, "Jardin", ""), second = start(&world, bob, "Cuisine", "");
    world_must(&world, ada, "group.join", "{'id':'2'}");
    struct id third = start(&world, bob, "Atelier", "");
    world_must(&world, bob, "group.invite", "{'id':'3','member':'%s'}", world_text(ada.member));
    world_must(&world, world_operator, "member.update", "{'id':'%s','status':'left'}",
               world_text(ada.member));
    assert_false(in(&world, first, ada, false));
    assert_false(in(&world, second, ada, false));
    world_expect_number(&world, DOCUMENT_GROUP, first, "members", 0);
    world_expect_number(&world, DOCUMENT_GROUP, second, "members", 1);
    json_t *group = world_document(&world, DOCUMENT_GROUP, first);
    json_t *people = world_document(&world, DOCUMENT_GROUP_MEMBERS, third);
    assert_int_equal(json_array_size(world_at(group, "coordinators")), 0);
    assert_int_equal(json_array_size(world_at(people, "asked")), 0);
    json_decref(group);
    json_decref(people);
    world_close(&world);
}

static void test_bounds(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", "facilitator"),
                  bob = world_member(&world, "Bob", ""), eve = world_member(&world, "Eve", "");
    for (int i = 0; i < GROUPS_A_DAY; i++) {
        (void)start(&world, bob, "Groupe", "");
    }
    assert_string_equal(world_try(&world, bob, "group.create",
                                  "{'id':'%s','language':'fr','name':'X','purpose':''}",
                                  world_text(world_id(&world))),
                        "group.too_many");
    (void)start(&world, eve, "Groupe", "");
    world.now_ms += UINT64_C(24) * 60 * 60 * 1000;
    (void)start(&world, bob, "Groupe", "");
    for (int i = GROUPS_A_DAY + 2; i < GROUPS_MAX; i++) {
        (void)start(&world, ada, "Groupe", "");
    }
    assert_string_equal(world_try(&world, ada, "group.create",
                                  "{'id':'%s','language':'fr','name':'X','purpose':''}",
                                  world_text(world_id(&world))),
                        "group.full");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_started),
        cmocka_unit_test(test_people),
        cmocka_unit_test(test_lead),
        cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_leaving_the_organisation),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
