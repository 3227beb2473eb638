/* Comments: two levels, editing, reactions, removal with a reason, import of threads. */
#include "assembly/concept.h"
#include "tests/harness/c/world.h"

#include <stdio.h>

struct scene {
    struct world world;
    struct caller mia, noe, facilitator;
    struct id proposal;
};

static int scene_open(void **state)
{
    static struct scene scene;
    world_open(&scene.world);
    scene.mia = world_member(&scene.world, "Mia", "");
    scene.noe = world_member(&scene.world, "Noé", "");
    scene.facilitator = world_member(&scene.world, "Flo", "facilitator");
    scene.proposal = world_id(&scene.world);
    world_must(&scene.world, scene.mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
               world_text(scene.proposal));
    *state = &scene;
    return 0;
}

static int scene_close(void **state)
{
    struct scene *scene = *state;
    world_close(&scene->world);
    return 0;
}

static const char *post(struct scene *scene, struct caller caller, struct id id, const char *more)
{
    return world_try(
        &scene->world, caller, "comment.post",
        "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':'Avec un dossier.'%s}",
        world_text(id), more);
}

static const char *reply(struct scene *scene, struct id id, struct id parent, struct id reply_to)
{
    char more[128] = "";
    size_t size = 0;
    if (!id_is_none(parent)) {
        size = (size_t)snprintf(more, sizeof more, ",'parent':'%s'", world_text(parent));
    }
    if (!id_is_none(reply_to)) {
        snprintf(more + size, sizeof more - size, ",'reply_to':'%s'", world_text(reply_to));
    }
    return post(scene, scene->noe, id, more);
}

static const struct id none = {{0}};

static void test_two_levels(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id first = world_id(world), second = world_id(world), third = world_id(world),
              other = world_id(world);
    assert_string_equal(post(scene, scene->noe, first, ""), "");
    assert_int_equal(json_integer_value(world_at(world->result, "number")), 1);
    assert_string_equal(reply(scene, second, first, none), "");
    assert_string_equal(reply(scene, third, first, second), "");
    world_expect_text(world, DOCUMENT_COMMENT, third, "parent", world_text(first));
    world_expect_text(world, DOCUMENT_COMMENT, third, "reply_to", world_text(second));
    assert_string_equal(reply(scene, world_id(world), second, none),
                        "comment.bad_parent"); /* a third level */
    assert_string_equal(reply(scene, world_id(world), none, world_id(world)), "comment.bad_parent");
    assert_string_equal(post(scene, scene->noe, other, ""), "");
    assert_string_equal(reply(scene, world_id(world), other, second), "comment.bad_parent");
    struct id fourth = world_id(world);
    assert_string_equal(reply(scene, fourth, none, third), ""); /* its parent follows */
    world_expect_text(world, DOCUMENT_COMMENT, fourth, "parent", world_text(first));
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene->proposal, "comments", 5);
    assert_string_equal(post(scene, scene->noe, first, ""), "conflict");
}

static void test_parent_elsewhere(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id elsewhere = world_id(world);
    world_must(world, scene->mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Autre','need':'','text':'','themes':[]}",
               world_text(world_id(world)));
    world_must(world, scene->mia, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'2'},'text':'Ici'}",
               world_text(elsewhere));
    assert_string_equal(reply(scene, world_id(world), elsewhere, none), "comment.bad_parent");
    assert_string_equal(
        world_try(world, scene->mia, "comment.post",
                  "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'7'},'text':'x'}",
                  world_text(world_id(world))),
        "proposal.unknown");
    assert_string_equal(
        world_try(world, scene->mia, "comment.post",
                  "{'id':'%s','language':'fr','on':{'kind':'poll','id':'7'},'text':'x'}",
                  world_text(world_id(world))),
        "input.bad_value");
}

static void test_rights(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct caller observer = world_member(world, "Olaf", "observer");
    struct id id = world_id(world);
    assert_string_equal(post(scene, observer, id, ""), "right.missing");
    assert_string_equal(post(scene, world_operator, id, ""), "right.missing");
    assert_string_equal(post(scene, world_nobody, id, ""), "session.none");
    assert_string_equal(post(scene, scene->noe, id, ""), "");
    assert_string_equal(world_try(world, scene->mia, "comment.edit", "{'id':'1','text':'x'}"),
                        "right.missing");
    assert_string_equal(
        world_try(world, scene->facilitator, "comment.edit", "{'id':'1','text':'x'}"),
        "right.missing");
    assert_string_equal(world_try(world, scene->mia, "comment.remove", "{'id':'1','reason':'x'}"),
                        "right.missing");
    assert_string_equal(
        world_try(world, observer, "comment.react", "{'id':'1','reaction':'agree','on':true}"),
        "right.missing");
    assert_string_equal(world_try(world, scene->mia, "comment.edit", "{'id':'5','text':'x'}"),
                        "comment.unknown");
}

static void test_edit_and_react(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id id = world_id(world);
    assert_string_equal(post(scene, scene->noe, id, ""), "");
    world_must(world, scene->noe, "comment.edit", "{'id':'1','text':'À l’ombre.'}");
    world_expect_text(world, DOCUMENT_COMMENT, id, "text", "À l’ombre.");
    world_must(world, scene->mia, "comment.react", "{'id':'1','reaction':'thanks','on':true}");
    world_must(world, scene->mia, "comment.react", "{'id':'1','reaction':'thanks','on':true}");
    world_must(world, scene->facilitator, "comment.react",
               "{'id':'1','reaction':'thanks','on':true}");
    json_t *comment = world_document(world, DOCUMENT_COMMENT, id);
    assert_int_equal(json_array_size(world_at(comment, "reactions.thanks")), 2);
    assert_non_null(world_at(comment, "edited_ms"));
    json_decref(comment);
    world_must(world, scene->mia, "comment.react", "{'id':'1','reaction':'thanks','on':false}");
    world_expect_text(world, DOCUMENT_COMMENT, id, "reactions.thanks.0",
                      world_text(scene->facilitator.member));
    assert_string_equal(
        world_try(world, scene->mia, "comment.react", "{'id':'1','reaction':'boo','on':true}"),
        "input.bad_value");
}

static void test_remove(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id first = world_id(world), second = world_id(world);
    assert_string_equal(post(scene, scene->noe, first, ""), "");
    assert_string_equal(reply(scene, second, first, none), "");
    assert_string_equal(world_try(world, scene->facilitator, "comment.remove", "{'id':'1'}"),
                        "input.missing_field");
    world_must(world, scene->facilitator, "comment.remove", "{'id':'1','reason':'Publicité'}");
    world_expect_text(world, DOCUMENT_COMMENT, first, "text", "");
    world_expect_text(world, DOCUMENT_COMMENT, first, "removed.reason", "Publicité");
    world_expect_text(world, DOCUMENT_COMMENT, first, "removed.by.name", "Flo");
    assert_string_equal(
        world_try(world, scene->facilitator, "comment.remove", "{'id':'1','reason':'x'}"),
        "comment.removed");
    assert_string_equal(world_try(world, scene->noe, "comment.edit", "{'id':'1','text':'x'}"),
                        "comment.removed");
    assert_string_equal(reply(scene, world_id(world), first, none), "comment.removed");
    assert_string_equal(reply(scene, world_id(world), first, second), ""); /* the thread goes on */
    world_must(world, scene->noe, "comment.remove", "{'id':'2','reason':'Je me suis trompé'}");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene->proposal, "comments", 3);
}

static void test_import(void **state)
{
    static const char params[] =
        "{'id':'%s','on':{'kind':'proposal','id':'1'},'author':'%s','language':'es','text':'%s',"
        "'source':{'id':'88','at_ms':1442000000000,'orphan':true,'votes':3,'up':2,'down':1}%s}";
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id author = world_id(world), first = world_id(world), empty = world_id(world);
    world_must(world, world_operator, "import.member",
               "{'id':'%s','name':'Author 12','source':{'format':'x','id':'12'}}",
               world_text(author));
    world_must(world, world_operator, "import.comment", params, world_text(first),
               world_text(author), "Hola", "");
    world_must(world, world_operator, "import.comment", params, world_text(empty),
               world_text(author), "", ",'removed':true");
    world_must(world, world_operator, "import.comment", params, world_text(first),
               world_text(author), "Hola", "");
    assert_true(json_is_true(world_at(world->result, "existing")));
    world_expect_text(world, DOCUMENT_COMMENT, first, "author.name", "Author 12");
    world_expect_number(world, DOCUMENT_COMMENT, first, "source.up", 2);
    world_expect_text(world, DOCUMENT_COMMENT, empty, "removed.by", "operator");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene->proposal, "comments", 2);
    assert_string_equal(world_try(world, scene->facilitator, "import.comment", params,
                                  world_text(world_id(world)), world_text(author), "x", ""),
                        "right.missing");
    assert_string_equal(world_try(world, world_operator, "import.comment", params,
                                  world_text(world_id(world)), world_text(world_id(world)), "x",
                                  ""),
                        "member.unknown");
}

static void test_author_forgets_a_pause(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    world_must(world, scene->noe, "member.update", "{'id':'2','status':'dormant'}");
    assert_string_equal(post(scene, scene->noe, world_id(world), ""), "");
    world_expect_text(world, DOCUMENT_MEMBER, scene->noe.member, "status", "active");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_two_levels, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_parent_elsewhere, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_rights, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_edit_and_react, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_remove, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_import, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_author_forgets_a_pause, scene_open, scene_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
