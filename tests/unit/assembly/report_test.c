/* Reports: once each, seen by facilitation alone, settled with a word. */
#include "assembly/concept.h"
#include "tests/harness/c/world.h"

struct scene {
    struct world world;
    struct caller mia, noe, facilitator;
    struct id proposal, comment;
};

static int scene_open(void **state)
{
    static struct scene scene;
    struct world *world = &scene.world;
    world_open(world);
    scene.mia = world_member(world, "Mia", "");
    scene.noe = world_member(world, "Noé", "");
    scene.facilitator = world_member(world, "Flo", "facilitator");
    scene.proposal = world_id(world);
    scene.comment = world_id(world);
    world_must(world, scene.mia, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'','text':'','themes':[]}",
               world_text(scene.proposal));
    world_must(world, scene.noe, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':'Achetez'}",
               world_text(scene.comment));
    *state = &scene;
    return 0;
}

static int scene_close(void **state)
{
    struct scene *scene = *state;
    world_close(&scene->world);
    return 0;
}

static const char *report(struct scene *scene, struct caller caller, const char *kind,
                          const char *id)
{
    return world_try(&scene->world, caller, "report.make",
                     "{'on':{'kind':'%s','id':'%s'},'reason':'Publicité'}", kind, id);
}

static const char *settle(struct scene *scene, struct caller caller, struct id id,
                          const char *outcome)
{
    return world_try(&scene->world, caller, "report.settle",
                     "{'id':'%s','outcome':'%s','word':'Hors sujet'}", world_text(id), outcome);
}

static void test_once_each(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    assert_string_equal(report(scene, scene->noe, "comment", "1"), "right.missing"); /* one's own */
    assert_string_equal(report(scene, scene->mia, "comment", "1"), "");
    assert_string_equal(report(scene, scene->mia, "comment", "1"), "report.twice");
    assert_string_equal(report(scene, scene->facilitator, "comment", "1"), "");
    world_expect_text(world, DOCUMENT_REPORT, scene->comment, "state", "open");
    world_expect_text(world, DOCUMENT_REPORT, scene->comment, "reports.0.by.name", "Mia");
    world_expect_text(world, DOCUMENT_REPORT, scene->comment, "place.kind", "proposal");
    world_expect_number(world, DOCUMENT_REPORT, scene->comment, "place.number", 1);
    assert_string_equal(report(scene, scene->mia, "comment", "9"), "comment.unknown");
    assert_string_equal(report(scene, scene->mia, "poll", "1"), "input.bad_value");
    assert_string_equal(report(scene, world_member(world, "Olaf", "observer"), "comment", "1"),
                        "right.missing");
}

static void test_other_things(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    assert_string_equal(report(scene, scene->mia, "proposal", "1"), "right.missing");
    assert_string_equal(report(scene, scene->noe, "proposal", "1"), "");
    world_expect_text(world, DOCUMENT_REPORT, scene->proposal, "on.title", "Un banc");
    assert_string_equal(report(scene, scene->noe, "member", "2"), "right.missing");
    assert_string_equal(report(scene, scene->mia, "member", "2"), "");
    world_expect_text(world, DOCUMENT_REPORT, scene->noe.member, "on.title", "Noé");
    assert_string_equal(settle(scene, scene->facilitator, scene->proposal, "removed"),
                        "input.bad_value");
    assert_string_equal(settle(scene, scene->facilitator, scene->proposal, "handled"), "");
    world_expect_text(world, DOCUMENT_REPORT, scene->proposal, "state", "handled");
    world_expect_text(world, DOCUMENT_REPORT, scene->proposal, "settled.word", "Hors sujet");
}

static size_t listed(struct scene *scene, const char *open)
{
    world_must(&scene->world, scene->facilitator, "report.list", "{'open':%s}", open);
    return json_array_size(world_at(scene->world.result, "items"));
}

static void test_settle(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    assert_string_equal(settle(scene, scene->facilitator, scene->comment, "kept"),
                        "report.unknown");
    assert_string_equal(report(scene, scene->mia, "comment", "1"), "");
    assert_int_equal(listed(scene, "true"), 1);
    assert_string_equal(settle(scene, scene->mia, scene->comment, "kept"), "right.missing");
    assert_string_equal(settle(scene, scene->facilitator, scene->comment, "kept"), "");
    assert_int_equal(listed(scene, "true"), 0);
    assert_int_equal(listed(scene, "false"), 1);
    assert_string_equal(settle(scene, scene->facilitator, scene->comment, "kept"),
                        "report.bad_state");
    assert_string_equal(report(scene, scene->mia, "comment", "1"), "report.twice");
    assert_string_equal(report(scene, scene->facilitator, "comment", "1"), ""); /* opens it again */
    assert_int_equal(listed(scene, "true"), 1);
    assert_int_equal(listed(scene, "false"), 0);
    assert_string_equal(settle(scene, scene->facilitator, scene->comment, "removed"), "");
    world_expect_text(world, DOCUMENT_COMMENT, scene->comment, "removed.reason", "Hors sujet");
    world_expect_text(world, DOCUMENT_COMMENT, scene->comment, "text", "");
    world_expect_text(world, DOCUMENT_REPORT, scene->comment, "state", "removed");
    world_expect_text(world, DOCUMENT_REPORT, scene->comment, "settled.by.name", "Flo");
    world_expect_text(world, DOCUMENT_COMMENT, scene->comment, "removed.by.name", "Flo");
    world_must(world, scene->mia, "notification.list", "{}");
    assert_string_equal(json_string_value(world_at(world->result, "items.0.what")),
                        "report_answered");
    world_must(world, scene->facilitator, "comment.restore", "{'id':'1'}");
    world_expect_text(world, DOCUMENT_COMMENT, scene->comment, "text", "Achetez");
}

static void test_removed_elsewhere(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    assert_string_equal(report(scene, scene->mia, "comment", "1"), "");
    world_must(world, scene->noe, "comment.remove", "{'id':'1'}");
    world_expect_text(world, DOCUMENT_REPORT, scene->comment, "state", "open");
    world_must(world, scene->noe, "comment.restore", "{'id':'1'}");
    world_must(world, scene->facilitator, "comment.remove", "{'id':'1','reason':'Publicité'}");
    world_expect_text(world, DOCUMENT_REPORT, scene->comment, "state", "removed");
    assert_string_equal(report(scene, scene->facilitator, "comment", "1"), "comment.removed");
}

static void test_taken_back(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    assert_string_equal(report(scene, scene->mia, "comment", "1"), "");
    assert_string_equal(world_try(world, scene->facilitator, "report.take_back", "{'id':'%s'}",
                                  world_text(scene->comment)),
                        "report.unknown");
    world_must(world, scene->mia, "report.take_back", "{'id':'%s'}", world_text(scene->comment));
    assert_int_equal(listed(scene, "true"), 0);
    assert_string_equal(report(scene, scene->mia, "comment", "1"), "");
    assert_int_equal(listed(scene, "true"), 1);
    json_t *document = world_document(world, DOCUMENT_REPORT, scene->comment);
    assert_int_equal(json_array_size(world_at(document, "reports")), 1);
    assert_null(world_at(document, "settled"));
    json_decref(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_once_each, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_other_things, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_settle, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_removed_elsewhere, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_taken_back, scene_open, scene_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
