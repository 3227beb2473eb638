/* The organisation's settings, classes and counts. */
#include "assembly/concept.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "tests/harness/c/world.h"

#include <string.h>

static const char *const class_a = "ba21244b-7f43-4b1e-bad3-b23194bdf018";

static void test_founded(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "name", "Les Pavés");
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "legal_form", "de-facto");
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "classes.0.key", "members");
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "log.origin", "les-paves/log/1");
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "settings.support.at_least", 3);
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "members.active", 0);
    world_close(&world);
}

static void test_update_by_whom(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    struct caller facilitator = world_member(&world, "Flo", "facilitator");
    struct caller member = world_member(&world, "Mia", "");
    const char *change =
        "{'name':'Les Pavés Volants','expectations':{'fr':'Une aide par saison.'}}";
    assert_string_equal(world_try(&world, facilitator, "org.update", "%s", change),
                        "right.missing");
    assert_string_equal(world_try(&world, member, "org.update", "%s", change), "right.missing");
    assert_string_equal(world_try(&world, world_nobody, "org.update", "%s", change),
                        "session.none");
    world_must(&world, admin, "org.update", "%s", change);
    world_must(&world, world_operator, "org.update", "{'time_zone':'Europe/Paris'}");
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "name", "Les Pavés Volants");
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "time_zone", "Europe/Paris");
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "expectations.fr",
                      "Une aide par saison.");
    world_close(&world);
}

static void test_update_refused(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller o = world_operator;
    assert_string_equal(world_try(&world, o, "org.update", "{}"), "input.missing_field");
    assert_string_equal(world_try(&world, o, "org.update", "{'languages':['fr','fr']}"),
                        "input.bad_value");
    assert_string_equal(world_try(&world, o, "org.update", "{'time_zone':'../etc/passwd'}"),
                        "input.bad_value");
    assert_string_equal(
        world_try(&world, o, "org.update",
                  "{'settings':{'support':{'at_least':9,'num':1,'den':20,'at_most':3}}}"),
        "input.bad_value");
    assert_string_equal(world_try(&world, o, "org.update",
                                  "{'settings':{'themes':[{'key':'a b','label':{'en':'x'}}]}}"),
                        "input.bad_value");
    assert_string_equal(world_try(&world, o, "org.update", "{'colour':'red'}"),
                        "input.unknown_field");
    world_close(&world);
}

static void test_settings_merge(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    world_must(&world, world_operator, "org.update",
               "{'settings':{'themes':[{'key':'welcome','label':{'en':'Welcome'}}]}}");
    world_must(&world, world_operator, "org.update", "{'settings':{'answer_owed_days':14}}");
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "settings.themes.0.key", "welcome");
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "settings.answer_owed_days", 14);
    world_close(&world);
}

static void test_classes(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    world_must(&world, world_operator, "org.update",
               "{'classes':[{'id':'%s','key':'A','label':{'fr':'Parts A'},'votes':true}]}",
               class_a);
    struct id member = world_id(&world);
    world_must(&world, world_operator, "member.invite", "{'id':'%s','name':'An','class':'A'}",
               world_text(member));
    world_expect_text(&world, DOCUMENT_MEMBER, member, "class", class_a);
    const char *without =
        "{'classes':[{'id':'019a0000-0000-7000-8000-000000000001','key':'B','label':{'fr':'B'},"
        "'votes':false}]}";
    assert_string_equal(world_try(&world, world_operator, "org.update", "%s", without),
                        "class.in_use");
    assert_string_equal(world.field, "classes");
    assert_string_equal(
        world_try(&world, world_operator, "org.update",
                  "{'classes':[{'id':'%s','key':'A','label':{'fr':'A'},'votes':true},"
                  "{'id':'019a0000-0000-7000-8000-000000000001','key':'A','label':{'fr':'B'},"
                  "'votes':true}]}",
                  class_a),
        "input.bad_value");
    assert_string_equal(
        world_try(&world, world_operator, "member.invite",
                  "{'id':'019a0000-0000-7000-8000-000000000002','name':'Bo','class':'Z'}"),
        "class.unknown");
    world_close(&world);
}

static uint32_t threshold(struct world *world)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    uint32_t value = organisation_threshold(txn);
    store_abort(txn);
    return value;
}

static void test_threshold_and_counts(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    for (int i = 0; i < 5; i++) {
        (void)world_member(&world, "Somebody", "");
    }
    assert_int_equal(threshold(&world), 3);
    world_must(&world, world_operator, "org.update",
               "{'settings':{'support':{'at_least':1,'num':1,'den':2,'at_most':15}}}");
    assert_int_equal(threshold(&world), 3); /* half of 5, rounded up */
    world_must(&world, world_operator, "org.update",
               "{'settings':{'support':{'at_least':1,'num':1,'den':1,'at_most':4}}}");
    assert_int_equal(threshold(&world), 4);
    world_must(&world, world_operator, "member.update", "{'id':'1','status':'dormant'}");
    world_must(&world, world_operator, "member.update", "{'id':'3','status':'dormant'}");
    assert_int_equal(threshold(&world), 3); /* the row follows each count: three are active */
    world_must(&world, world_operator, "member.update", "{'id':'3','status':'active'}");
    assert_int_equal(threshold(&world), 4);
    world_must(&world, world_operator, "member.update", "{'id':'2','status':'left'}");
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "members.active", 3);
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "members.dormant", 1);
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "members.invited", 0);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_founded),        cmocka_unit_test(test_update_by_whom),
        cmocka_unit_test(test_update_refused), cmocka_unit_test(test_settings_merge),
        cmocka_unit_test(test_classes),        cmocka_unit_test(test_threshold_and_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
