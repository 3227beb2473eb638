/* Settings: every one has a default, is kept, acts, and its changes can be read and taken back. */
#include "assembly/settings.h"
#include "assembly/kinds.h"
#include "tests/harness/c/world.h"

#include <string.h>

static int64_t number(struct world *world, enum setting setting)
{
    struct store_txn *txn;
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    int64_t value = setting_number(txn, setting);
    store_abort(txn);
    return value;
}

static void test_defaults(void **state)
{
    struct world world;
    size_t i;
    json_t *one;
    (void)state;
    world_open(&world);
    json_t *organisation = world_document(&world, DOCUMENT_ORGANISATION, world.org);
    json_t *published = settings_published();
    assert_int_equal(json_array_size(published), SETTINGS);
    json_array_foreach(published, i, one)
    {
        const char *name = json_string_value(json_object_get(one, "name"));
        json_t *value = json_object_get(json_object_get(organisation, "settings"), name);
        assert_non_null(value);
        assert_true(json_equal(value, json_object_get(one, "default")));
        assert_true(json_get_text(one, "summary").size > 0);
        assert_true(json_is_string(json_object_get(one, "unit")));
    }
    json_decref(published);
    json_decref(organisation);
    world_close(&world);
}

static void test_kept(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    assert_int_equal(number(&world, SETTING_VOTE_DAYS), 7);
    assert_int_equal(number(&world, SETTING_VOTE_REVOTE), 1);
    world_must(&world, world_operator, "org.update",
               "{'settings':{'vote_days':14,'vote_revote':false,'vote_majority':'two_thirds'}}");
    assert_int_equal(number(&world, SETTING_VOTE_DAYS), 14);
    assert_int_equal(number(&world, SETTING_VOTE_REVOTE), 0);
    assert_int_equal(number(&world, SETTING_VOTE_MAJORITY), 1);
    assert_int_equal(number(&world, SETTING_VOTE_ABSTAIN), 0);
    world_expect_number(&world, DOCUMENT_ORGANISATION, world.org, "settings.vote_days", 14);
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "settings.vote_majority",
                      "two_thirds");
    world_close(&world);
}

static void test_bounds(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    const char *const bad[] = {"{'settings':{'vote_days':0}}", "{'settings':{'vote_days':'7'}}",
                               "{'settings':{'vote_close_hour':24}}",
                               "{'settings':{'vote_majority':'most'}}",
                               "{'settings':{'vote_revote':1}}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_string_equal(world_try(&world, world_operator, "org.update", "%s", bad[i]),
                            "input.bad_value");
    }
    assert_string_equal(
        world_try(&world, world_operator, "org.update", "{'settings':{'speaking':3}}"),
        "input.unknown_field");
    assert_string_equal(world_try(&world, world_operator, "org.update",
                                  "{'expectations':{'en':'1\\n2\\n3\\n4\\n5\\n6'}}"),
                        "input.too_big");
    world_must(&world, world_operator, "org.update", "{'expectations':{'en':'1\\n2\\n3\\n4\\n5'}}");
    world_must(&world, world_operator, "org.update", "{'legal_form':'scop'}");
    world_expect_text(&world, DOCUMENT_ORGANISATION, world.org, "legal_form", "scop");
    world_close(&world);
}

static void test_history(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    world_must(&world, admin, "org.history", "{}");
    assert_null(world_at(world.result, "doc"));
    world_must(&world, admin, "org.update",
               "{'settings':{'vote_days':14},'time_zone':'Europe/Paris'}");
    world_must(&world, admin, "org.update", "{'settings':{'vote_days':14}}"); /* no change */
    world_must(&world, admin, "org.history", "{}");
    json_t *items = world_at(world.result, "doc.items");
    assert_int_equal(json_array_size(items), 2);
    assert_string_equal(json_string_value(world_at(items, "0.name")), "time_zone");
    assert_string_equal(json_string_value(world_at(items, "0.before")), "Europe/Brussels");
    assert_string_equal(json_string_value(world_at(items, "1.name")), "vote_days");
    assert_int_equal(json_integer_value(world_at(items, "1.before")), 7);
    assert_int_equal(json_integer_value(world_at(items, "1.after")), 14);
    assert_string_equal(json_string_value(world_at(items, "1.by.name")), "Ada");
    for (int i = 0; i < 120; i++) {
        world_must(&world, admin, "org.update", "{'settings':{'vote_days':%d}}", 20 + i);
    }
    world_must(&world, admin, "org.history", "{}");
    assert_int_equal(json_array_size(world_at(world.result, "doc.items")), 100);
    world_close(&world);
}

#define PROPOSAL                                                                                   \
    "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':['garden']}"

static void test_themes_retire(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller member = world_member(&world, "Mia", "");
    world_must(&world, world_operator, "org.update",
               "{'settings':{'themes':[{'key':'garden','label':{'en':'Garden'}}]}}");
    world_must(&world, member, "proposal.submit", PROPOSAL, world_text(world_id(&world)));
    world_must(&world, world_operator, "org.update",
               "{'settings':{'themes':[{'key':'garden','label':{'en':'Garden'},'retired':true}]}}");
    assert_string_equal(
        world_try(&world, member, "proposal.submit", PROPOSAL, world_text(world_id(&world))),
        "input.bad_value");
    world_close(&world);
}

static const uint64_t DAY = UINT64_C(24) * 3600 * 1000;

static void test_sessions(void **state)
{
    struct world world;
    struct caller caller;
    struct store_txn *txn;
    (void)state;
    world_open(&world);
    (void)world_member(&world, "Mia", "");
    uint64_t joined_ms = world.now_ms;
    static const struct {
        const char *change;
        uint64_t days;
        enum error error;
    } table[] = {
        {"{'settings':{'session_idle_days':14}}", 13, ERROR_NONE},
        {"{'settings':{'session_idle_days':14}}", 15, ERROR_SESSION_EXPIRED},
        {"{'settings':{'session_idle_days':20}}", 15, ERROR_NONE},
        {"{'settings':{'session_days':10}}", 11, ERROR_SESSION_EXPIRED},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        uint8_t token[32];
        memcpy(token, world.session_token, sizeof token);
        world_must(&world, world_operator, "org.update", "%s", table[i].change);
        memcpy(world.session_token, token, sizeof token);
        assert_int_equal(store_begin(world.store, STORE_READ, &txn), ERROR_NONE);
        assert_int_equal(session_find(txn, token, joined_ms + table[i].days * DAY, &caller),
                         table[i].error);
        store_abort(txn);
    }
    world_close(&world);
}

static void test_link_days(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    world_must(&world, world_operator, "org.update", "{'settings':{'link_days':3}}");
    for (int days = 2; days <= 4; days += 2) {
        struct id id = world_id(&world);
        world_must(&world, world_operator, "member.invite",
                   "{'id':'%s','name':'An','class':'members'}", world_text(id));
        char token[64];
        snprintf(token, sizeof token, "%s",
                 strchr(json_string_value(world_at(world.result, "link")), '#') + 1);
        world.now_ms += (uint64_t)days * DAY;
        assert_string_equal(world_try(&world, world_nobody, "session.join",
                                      "{'token':'%s','language':'fr'}", token),
                            days < 3 ? "" : "invite.expired");
    }
    world_close(&world);
}

static void test_silent_days(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller mia = world_member(&world, "Mia", ""),
                  flo = world_member(&world, "Flo", "facilitator");
    struct id id = world_id(&world);
    world_must(&world, mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
               world_text(id));
    world_must(&world, flo, "proposal.mark", "{'id':'1','state':'discussed'}");
    world.now_ms += 5 * DAY;
    assert_string_equal(world_try(&world, flo, "proposal.mark", "{'id':'1','state':'ready'}"),
                        "right.missing");
    world_must(&world, world_operator, "org.update", "{'settings':{'silent_days':4}}");
    world_must(&world, flo, "proposal.mark", "{'id':'1','state':'ready'}");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),      cmocka_unit_test(test_kept),
        cmocka_unit_test(test_bounds),        cmocka_unit_test(test_history),
        cmocka_unit_test(test_themes_retire), cmocka_unit_test(test_sessions),
        cmocka_unit_test(test_link_days),     cmocka_unit_test(test_silent_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
