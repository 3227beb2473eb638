/* Standing: who changed what of a member, pauses by themselves, leaving, sponsors, links that were used. */
#include "assembly/concept.h"
#include "tests/harness/c/world.h"

#include <stdio.h>
#include <string.h>

static const uint64_t DAY_MS = UINT64_C(24) * 3600 * 1000;

static void test_roles_have_a_history(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    struct caller mia = world_member(&world, "Mia", "");
    world_must(&world, admin, "member.update",
               "{'id':'2','roles':['facilitator'],'reason':'For a year.'}");
    world_must(&world, admin, "member.update", "{'id':'2','roles':[]}");
    world_must(&world, admin, "member.update", "{'id':'2','class':'members'}"); /* no other class */
    struct id id = mia.member;
    world_expect_text(&world, DOCUMENT_MEMBER_HISTORY, id, "items.0.what", "invited");
    world_expect_text(&world, DOCUMENT_MEMBER_HISTORY, id, "items.1.what", "joined");
    world_expect_text(&world, DOCUMENT_MEMBER_HISTORY, id, "items.2.what", "roles");
    world_expect_text(&world, DOCUMENT_MEMBER_HISTORY, id, "items.2.by.name", "Ada");
    world_expect_text(&world, DOCUMENT_MEMBER_HISTORY, id, "items.2.given.0", "facilitator");
    world_expect_text(&world, DOCUMENT_MEMBER_HISTORY, id, "items.2.reason", "For a year.");
    world_expect_text(&world, DOCUMENT_MEMBER_HISTORY, id, "items.3.taken.0", "facilitator");
    json_t *history = world_document(&world, DOCUMENT_MEMBER_HISTORY, id);
    assert_int_equal(json_array_size(world_at(history, "items")), 4);
    json_decref(history);
    assert_string_equal(world_try(&world, admin, "member.update", "{'id':'1','roles':[]}"),
                        "organisation.last_admin");
    world_close(&world);
}

static void test_a_pause_comes_by_itself(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    struct caller mia = world_member(&world, "Mia", "");
    struct caller bob = world_member(&world, "Bob", "");
    struct caller watcher = world_member(&world, "Olga", "observer");
    struct id proposal = world_id(&world);
    world_must(&world, admin, "org.update", "{'settings':{'dormant_after_days':30}}");
    world.now_ms += 20 * DAY_MS;
    world_must(&world, mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
               world_text(proposal));
    world.now_ms += 12 * DAY_MS;
    world_due(&world);
    world_expect_text(&world, DOCUMENT_MEMBER, bob.member, "status", "dormant");
    world_expect_text(&world, DOCUMENT_MEMBER_HISTORY, bob.member, "items.2.cause", "time");
    world_expect_text(&world, DOCUMENT_MEMBER_HISTORY, bob.member, "items.2.by", "system");
    world_expect_text(&world, DOCUMENT_MEMBER, mia.member, "status", "active");
    world_expect_text(&world, DOCUMENT_MEMBER, watcher.member, "status", "active");
    world_must(&world, bob, "member.update", "{'id':'3','skills':['soudure']}");
    world_expect_text(&world, DOCUMENT_MEMBER, bob.member, "status", "active");
    world_must(&world, admin, "org.update", "{'settings':{'dormant_after_days':0}}");
    world.now_ms += 400 * DAY_MS;
    world_due(&world);
    world_expect_text(&world, DOCUMENT_MEMBER, mia.member, "status", "active");
    assert_string_equal(
        world_try(&world, admin, "member.doze", "{'id':'%s'}", world_text(mia.member)),
        "right.missing");
    world_close(&world);
}

struct stage {
    struct world world;
    struct caller admin, mia, bob;
    struct id proposal, tasks[3];
};

static void stage_open(struct stage *stage)
{
    struct world *world = &stage->world;
    world_open(world);
    stage->admin = world_member(world, "Ada", "admin");
    stage->mia = world_member(world, "Mia", "");
    stage->bob = world_member(world, "Bob", "");
    stage->proposal = world_id(world);
    world_must(world, stage->bob, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
               world_text(stage->proposal));
    for (size_t i = 0; i < 3; i++) {
        stage->tasks[i] = world_id(world);
        world_must(world, stage->mia, "task.create",
                   "{'id':'%s','language':'fr','title':'Planche','result':'',"
                   "'from':{'kind':'proposal','id':'%s'},'assignees':['2']}",
                   world_text(stage->tasks[i]), world_text(stage->proposal));
    }
}

static void test_leaving(void **state)
{
    struct stage stage;
    struct world *world = &stage.world;
    (void)state;
    stage_open(&stage);
    assert_string_equal(world_try(world, stage.bob, "member.leave", "{'id':'2'}"), "right.missing");
    assert_string_equal(world_try(world, stage.admin, "member.leave", "{'id':'1'}"),
                        "organisation.last_admin");
    assert_string_equal(
        world_try(world, stage.mia, "member.leave", "{'id':'2','tasks':[{'id':'1','to':'2'}]}"),
        "member.unknown");
    assert_string_equal(
        world_try(world, stage.mia, "member.leave", "{'id':'2','tasks':[{'id':'9','to':'3'}]}"),
        "task.unknown");
    world_must(world, stage.mia, "member.leave",
               "{'id':'2','goodbye':{'language':'fr','text':'Gardez ma tasse.'},"
               "'tasks':[{'id':'1','to':'3'},{'id':'2'}]}");
    struct id mia = stage.mia.member;
    world_expect_text(world, DOCUMENT_MEMBER, mia, "status", "left");
    world_expect_text(world, DOCUMENT_MEMBER, mia, "goodbye.text", "Gardez ma tasse.");
    world_expect_text(world, DOCUMENT_TASK, stage.tasks[0], "state", "asked");
    world_expect_text(world, DOCUMENT_TASK, stage.tasks[0], "asked.0.name", "Bob");
    world_expect_text(world, DOCUMENT_TASK, stage.tasks[1], "state", "free");
    world_expect_text(world, DOCUMENT_TASK, stage.tasks[2], "state", "free");
    world_expect_text(world, DOCUMENT_MEMBER_HISTORY, mia, "items.2.status", "left");
    assert_string_equal(world_try(world, stage.mia, "member.list", "{}"), "right.missing");
    /* Comes back by a new link: the goodbye is of another time. */
    world_must(world, stage.admin, "member.update", "{'id':'2','status':'invited'}");
    world_must(world, stage.admin, "member.link", "{'id':'2'}");
    const char *link = json_string_value(world_at(world->result, "link"));
    char token[32];
    snprintf(token, sizeof token, "%s", link + strlen("/join#"));
    world_must(world, world_nobody, "session.join", "{'token':'%s','language':'fr'}", token);
    json_t *back = world_document(world, DOCUMENT_MEMBER, mia);
    assert_null(world_at(back, "goodbye"));
    assert_null(world_at(back, "left_ms"));
    json_decref(back);
    world_close(world);
}

static void test_a_task_of_two_stays_with_the_other(void **state)
{
    struct stage stage;
    struct world *world = &stage.world;
    (void)state;
    stage_open(&stage);
    struct caller cleo = world_member(world, "Cleo", "");
    world_must(world, stage.mia, "task.ask", "{'id':'1','members':['3']}");
    world_must(world, stage.bob, "task.answer", "{'id':'1','yes':true}");
    world_must(world, stage.admin, "member.leave", "{'id':'2','tasks':[{'id':'1','to':'4'}]}");
    world_expect_text(world, DOCUMENT_TASK, stage.tasks[0], "state", "taken");
    world_expect_text(world, DOCUMENT_TASK, stage.tasks[0], "assignees.0.name", "Bob");
    world_expect_text(world, DOCUMENT_TASK, stage.tasks[0], "asked.0.name", "Cleo");
    world_must(world, cleo, "task.answer", "{'id':'1','yes':true}");
    world_expect_text(world, DOCUMENT_TASK, stage.tasks[0], "assignees.1.name", "Cleo");
    world_close(world);
}

static void test_sponsors(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    struct caller fac = world_member(&world, "Fay", "facilitator");
    struct caller mia = world_member(&world, "Mia", "");
    world_must(&world, fac, "member.update", "{'id':'3','sponsor':'1'}");
    world_expect_text(&world, DOCUMENT_MEMBER, mia.member, "sponsor.name", "Ada");
    world_expect_text(&world, DOCUMENT_MEMBER, admin.member, "sponsors.0.name", "Mia");
    world_must(&world, mia, "member.update", "{'id':'3','sponsor':'2'}");
    world_expect_text(&world, DOCUMENT_MEMBER, fac.member, "sponsors.0.name", "Mia");
    json_t *ada = world_document(&world, DOCUMENT_MEMBER, admin.member);
    assert_null(world_at(ada, "sponsors"));
    json_decref(ada);
    assert_string_equal(world_try(&world, mia, "member.update", "{'id':'3','sponsor':'3'}"),
                        "member.bad_state");
    assert_string_equal(world_try(&world, mia, "member.update", "{'id':'2','sponsor':'1'}"),
                        "right.missing");
    world_must(&world, mia, "member.update", "{'id':'3','sponsor':null}");
    json_t *document = world_document(&world, DOCUMENT_MEMBER, mia.member);
    assert_null(world_at(document, "sponsor"));
    json_decref(document);
    world_close(&world);
}

static void test_an_address_is_shown_by_its_member_alone(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    struct caller mia = world_member(&world, "Mia", "");
    world_must(&world, mia, "member.update", "{'id':'2','email':'mia@example.org'}");
    json_t *hidden = world_document(&world, DOCUMENT_MEMBER, mia.member);
    assert_null(world_at(hidden, "email"));
    json_decref(hidden);
    assert_string_equal(world_try(&world, admin, "member.update", "{'id':'2','shows_email':true}"),
                        "right.missing");
    world_must(&world, mia, "member.update", "{'id':'2','shows_email':true}");
    world_expect_text(&world, DOCUMENT_MEMBER, mia.member, "email", "mia@example.org");
    world_must(&world, mia, "member.update", "{'id':'2','email':'m@example.org'}");
    world_expect_text(&world, DOCUMENT_MEMBER, mia.member, "email", "m@example.org");
    world_must(&world, mia, "member.update", "{'id':'2','shows_email':false}");
    hidden = world_document(&world, DOCUMENT_MEMBER, mia.member);
    assert_null(world_at(hidden, "email"));
    json_decref(hidden);
    world_close(&world);
}

static void test_looking_uses_nothing_up(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller admin = world_member(&world, "Ada", "admin");
    struct id id = world_id(&world);
    world_must(&world, admin, "org.update", "{'expectations':{'fr':'Aider une fois par saison.'}}");
    world_must(&world, admin, "member.invite",
               "{'id':'%s','name':'École','class':'members','kind':'organisation',"
               "'representative':'Zoé','sponsor':'1'}",
               world_text(id));
    char token[32];
    snprintf(token, sizeof token, "%s",
             json_string_value(world_at(world.result, "link")) + strlen("/join#"));
    for (int i = 0; i < 2; i++) {
        world_must(&world, world_nobody, "session.look", "{'token':'%s'}", token);
    }
    assert_string_equal(json_string_value(world_at(world.result, "expectations.fr")),
                        "Aider une fois par saison.");
    assert_string_equal(json_string_value(world_at(world.result, "ask.0")), "Ada");
    assert_string_equal(json_string_value(world_at(world.result, "name")), "École");
    assert_true(json_is_true(world_at(world.result, "newcomer")));
    assert_null(world_at(world.result, "email"));
    world_must(&world, world_nobody, "session.join",
               "{'token':'%s','language':'fr','introduction':'Une école au bord du canal.'}",
               token);
    world_expect_text(&world, DOCUMENT_MEMBER, id, "introduction.text",
                      "Une école au bord du canal.");
    world_expect_text(&world, DOCUMENT_MEMBER, admin.member, "sponsors.0.representative", "Zoé");
    json_t *private = world_document(&world, DOCUMENT_MEMBER_PRIVATE, id);
    assert_true(json_integer_value(world_at(private, "links.0.used_ms")) > 0);
    json_decref(private);
    assert_string_equal(world_try(&world, world_nobody, "session.look", "{'token':'%s'}", token),
                        "invite.used");
    assert_string_equal(
        world_try(&world, world_nobody, "session.look", "{'token':'AAECAwQFBgcICQoLDA0ODw'}"),
        "invite.unknown");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roles_have_a_history),
        cmocka_unit_test(test_a_pause_comes_by_itself),
        cmocka_unit_test(test_leaving),
        cmocka_unit_test(test_a_task_of_two_stays_with_the_other),
        cmocka_unit_test(test_sponsors),
        cmocka_unit_test(test_an_address_is_shown_by_its_member_alone),
        cmocka_unit_test(test_looking_uses_nothing_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
