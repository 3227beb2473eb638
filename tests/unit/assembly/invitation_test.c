/* Invitations: one link, one person, thirty days, and the same answer to the same command. */
#include "assembly/concept.h"
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <string.h>

static const uint64_t DAY_MS = UINT64_C(24) * 3600 * 1000;
static const char *const command_one = "019a0000-0000-7000-8000-0000000000c1";
static const char *const command_two = "019a0000-0000-7000-8000-0000000000c2";

struct link {
    char token[64];
};

static struct link link_of(struct world *world)
{
    struct link link;
    const char *text = json_string_value(world_at(world->result, "link"));
    assert_non_null(text);
    assert_memory_equal(text, "/join#", 6);
    assert_int_equal(strlen(text), 6 + 22);
    snprintf(link.token, sizeof link.token, "%s", text + 6);
    return link;
}

static struct link invite(struct world *world, struct caller by, struct id id, const char *name)
{
    world_must(world, by, "member.invite", "{'id':'%s','name':'%s','class':'members'}",
               world_text(id), name);
    return link_of(world);
}

static void test_join(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct id id = world_id(&world);
    struct link link = invite(&world, world_operator, id, "An");
    assert_int_equal(json_integer_value(world_at(world.result, "number")), 1);
    world_must(&world, world_nobody, "session.join", "{'token':'%s','language':'nl'}", link.token);
    assert_true(world.opened_session);
    assert_string_equal(json_string_value(world_at(world.result, "member")), world_text(id));
    assert_string_equal(json_string_value(world_at(world.result, "name")), "An");
    assert_string_equal(json_string_value(world_at(world.result, "roles.0")), "member");
    assert_string_equal(json_string_value(world_at(world.result, "org")), world_text(world.org));
    assert_string_equal(json_string_value(world_at(world.result, "org_name")), "Les Pavés");
    assert_string_equal(json_string_value(world_at(world.result, "origin")), "les-paves/log/1");
    assert_null(world_at(world.result, "seq"));
    world_expect_text(&world, DOCUMENT_MEMBER, id, "status", "active");
    world_expect_text(&world, DOCUMENT_MEMBER, id, "language", "nl");
    assert_string_equal(world_try(&world, world_nobody, "session.join",
                                  "{'token':'%s','language':'nl'}", link.token),
                        "invite.used");
    world_close(&world);
}

static void test_name_needed(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct id id = world_id(&world);
    world_must(&world, world_operator, "member.invite", "{'id':'%s','class':'members'}",
               world_text(id));
    struct link link = link_of(&world);
    assert_string_equal(world_try(&world, world_nobody, "session.join",
                                  "{'token':'%s','language':'fr'}", link.token),
                        "invite.name_needed");
    assert_string_equal(world.field, "name");
    world_expect_text(&world, DOCUMENT_MEMBER, id, "status", "invited");
    world_must(&world, world_nobody, "session.join", "{'token':'%s','language':'fr','name':'Noé'}",
               link.token);
    world_expect_text(&world, DOCUMENT_MEMBER, id, "name", "Noé");
    world_close(&world);
}

static void test_repeated(void **state)
{
    struct world world;
    uint8_t first[32];
    (void)state;
    world_open(&world);
    struct id id = world_id(&world);
    static const char params[] = "{'id':'%s','name':'An','class':'members','command':'%s'}";
    world_must(&world, world_operator, "member.invite", params, world_text(id), command_one);
    struct link link = link_of(&world);
    uint64_t seq = world.seq;
    world_must(&world, world_operator, "member.invite", params, world_text(id), command_one);
    assert_string_equal(link_of(&world).token, link.token); /* derived, not stored */
    assert_int_equal(world.seq, seq);
    assert_string_equal(
        world_try(&world, world_operator, "member.invite", params, world_text(id), command_two),
        "conflict");
    static const char join[] = "{'token':'%s','language':'nl','command':'%s'}";
    world_must(&world, world_nobody, "session.join", join, link.token, command_one);
    memcpy(first, world.session_token, sizeof first);
    world.now_ms += 14 * 60 * 1000;
    world_must(&world, world_nobody, "session.join", join, link.token, command_one);
    assert_true(world.opened_session);
    assert_memory_not_equal(first, world.session_token, sizeof first);
    assert_string_equal(json_string_value(world_at(world.result, "member")), world_text(id));
    assert_string_equal(
        world_try(&world, world_nobody, "session.join", join, link.token, command_two),
        "invite.used");
    world.now_ms += 2 * 60 * 1000;
    assert_string_equal(
        world_try(&world, world_nobody, "session.join", join, link.token, command_one),
        "invite.used");
    world_close(&world);
}

static void test_expired_and_unknown(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct link link = invite(&world, world_operator, world_id(&world), "An");
    assert_string_equal(world_try(&world, world_nobody, "session.join",
                                  "{'token':'AAECAwQFBgcICQoLDA0ODw','language':'fr'}"),
                        "invite.unknown");
    assert_string_equal(
        world_try(&world, world_nobody, "session.join", "{'token':'AAEC','language':'fr'}"),
        "input.bad_value");
    world.now_ms += 31 * DAY_MS;
    assert_string_equal(world_try(&world, world_nobody, "session.join",
                                  "{'token':'%s','language':'fr'}", link.token),
                        "invite.expired");
    world_must(&world, world_operator, "member.link", "{'id':'1'}");
    struct link again = link_of(&world);
    assert_string_not_equal(again.token, link.token);
    world_must(&world, world_nobody, "session.join", "{'token':'%s','language':'fr'}", again.token);
    world_close(&world);
}

static void test_link_is_seen(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    struct caller member = world_member(&world, "Mia", "");
    world_must(&world, admin, "member.link", "{'id':'2'}");
    struct link link = link_of(&world);
    world_expect_text(&world, DOCUMENT_MEMBER_PRIVATE, member.member, "links.1.by.name", "Ada");
    world_must(&world, world_nobody, "session.join",
               "{'token':'%s','language':'en','name':'Other'}", link.token);
    assert_true(world.opened_session);
    world_expect_text(&world, DOCUMENT_MEMBER, member.member, "name",
                      "Mia"); /* only a session was opened */
    world_expect_text(&world, DOCUMENT_MEMBER, member.member, "language", "fr");
    world_close(&world);
}

static void test_rights(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    struct caller facilitator = world_member(&world, "Flo", "facilitator");
    struct caller secretary = world_member(&world, "Sam", "secretary");
    struct caller member = world_member(&world, "Mia", "");
    static const char plain[] = "{'id':'%s','name':'An','class':'members'}";
    static const char gift[] = "{'id':'%s','name':'An','class':'members',%s}";
    assert_string_equal(
        world_try(&world, member, "member.invite", plain, world_text(world_id(&world))),
        "right.missing");
    assert_string_equal(
        world_try(&world, secretary, "member.invite", plain, world_text(world_id(&world))),
        "right.missing");
    world_must(&world, facilitator, "member.invite", plain, world_text(world_id(&world)));
    world_must(&world, facilitator, "member.invite", gift, world_text(world_id(&world)),
               "'roles':['observer']");
    const char *gifts[] = {"'roles':['admin']", "'roles':['facilitator']", "'shares':2",
                           "'weight':2", "'demo':true"};
    for (size_t i = 0; i < sizeof gifts / sizeof gifts[0]; i++) {
        assert_string_equal(world_try(&world, facilitator, "member.invite", gift,
                                      world_text(world_id(&world)), gifts[i]),
                            "right.missing");
    }
    world_must(&world, admin, "member.invite", gift, world_text(world_id(&world)),
               "'roles':['admin'],'weight':2");
    assert_string_equal(world_try(&world, admin, "member.invite", gift,
                                  world_text(world_id(&world)), "'demo':true"),
                        "right.missing");
    /* a link lends nothing its maker does not have */
    assert_string_equal(world_try(&world, facilitator, "member.link", "{'id':'1'}"),
                        "right.missing");
    assert_string_equal(world_try(&world, facilitator, "member.link", "{'id':'3'}"),
                        "right.missing");
    world_must(&world, facilitator, "member.link", "{'id':'4'}");
    world_must(&world, secretary, "member.link", "{'id':'4'}");
    world_must(&world, admin, "member.link", "{'id':'2'}");
    assert_string_equal(world_try(&world, member, "member.link", "{'id':'4'}"), "right.missing");
    world_close(&world);
}

static void test_left_closes_links(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct id id = world_id(&world);
    char tokens[100][32];
    struct link link = invite(&world, world_operator, id, "An");
    for (size_t i = 0; i < 100; i++) {
        world_must(&world, world_operator, "member.link", "{'id':'%s'}", world_text(id));
        const char *made = json_string_value(json_object_get(world.result, "link"));
        snprintf(tokens[i], sizeof tokens[i], "%s", made + strlen("/join#"));
    }
    world_must(&world, world_operator, "member.update", "{'id':'%s','status':'left'}",
               world_text(id));
    for (size_t i = 0; i < 100; i++) {
        assert_string_equal(world_try(&world, world_nobody, "session.join",
                                      "{'token':'%s','language':'fr'}", tokens[i]),
                            "invite.unknown");
    }
    assert_string_equal(world_try(&world, world_nobody, "session.join",
                                  "{'token':'%s','language':'fr'}", link.token),
                        "invite.unknown");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_name_needed),
        cmocka_unit_test(test_repeated),
        cmocka_unit_test(test_expired_and_unknown),
        cmocka_unit_test(test_link_is_seen),
        cmocka_unit_test(test_rights),
        cmocka_unit_test(test_left_closes_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
