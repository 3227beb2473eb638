/* Files attached: who may, limits, names, what is readable by whom, undoing, and what keeps bytes alive. */
#include "assembly/concept.h"
#include "tests/harness/c/world.h"

#include <stdio.h>

#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

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

static void received(struct scene *scene, struct caller member, const char *sha256,
                     const char *type)
{
    world_must(&scene->world, world_system, "file.received",
               "{'sha256':'%s','member':'%s','type':'%s','size':1234,'width':40,'height':30}",
               sha256, world_text(member.member), type);
}

static const char *attach(struct scene *scene, struct caller caller, struct id id, const char *kind,
                          const char *thing, const char *sha256, const char *name)
{
    return world_try(&scene->world, caller, "file.attach",
                     "{'id':'%s','on':{'kind':'%s','id':'%s'},'sha256':'%s','name':'%s'}",
                     world_text(id), kind, thing, sha256, name);
}

static struct hash hash_of(char digit)
{
    struct hash hash;
    memset(hash.bytes, digit == 'a' ? 0xAA : 0xBB, sizeof hash.bytes);
    return hash;
}

static bool is_kept(struct scene *scene, char digit)
{
    struct store_txn *txn;
    struct hash hash = hash_of(digit);
    assert_int_equal(store_begin(scene->world.store, STORE_READ, &txn), ERROR_NONE);
    bool kept = file_is_kept(txn, &hash, scene->world.now_ms);
    store_abort(txn);
    return kept;
}

static enum error find(struct scene *scene, char digit, const char *name, struct caller caller,
                       struct file_found *found)
{
    struct store_txn *txn;
    struct hash hash = hash_of(digit);
    assert_int_equal(store_begin(scene->world.store, STORE_READ, &txn), ERROR_NONE);
    enum error error = file_find(txn, &hash, slice_text(name), &caller, found);
    store_abort(txn);
    return error;
}

static void test_attach_and_find(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct file_found found;
    struct id first = world_id(world), second = world_id(world);
    assert_string_equal(attach(scene, scene->mia, first, "proposal", "1", HASH_A, "plan.png"),
                        "file.unknown");
    received(scene, scene->mia, HASH_A, "png");
    assert_int_equal(find(scene, 'a', "plan.png", scene->mia, &found), ERROR_FILE_UNKNOWN);
    assert_string_equal(attach(scene, scene->mia, first, "proposal", "1", HASH_A, "plan.png"), "");
    world_expect_text(world, DOCUMENT_FILE, first, "name", "plan.png");
    world_expect_text(world, DOCUMENT_FILE, first, "type", "png");
    world_expect_text(world, DOCUMENT_FILE, first, "by.name", "Mia");
    world_expect_number(world, DOCUMENT_FILE, first, "width", 40);
    assert_string_equal(attach(scene, scene->mia, first, "proposal", "1", HASH_A, "plan.png"),
                        "conflict");
    assert_string_equal(attach(scene, scene->mia, second, "proposal", "1", HASH_A, "autre.PNG"),
                        "");
    assert_int_equal(find(scene, 'a', "autre.PNG", scene->noe, &found), ERROR_NONE);
    assert_string_equal(found.name, "autre.PNG");
    assert_string_equal(found.content_type, "image/png");
    assert_true(found.picture);
    assert_int_equal(find(scene, 'a', "?", scene->noe, &found), ERROR_NONE);
    assert_int_equal(find(scene, 'a', "plan.png", world_nobody, &found), ERROR_FILE_UNKNOWN);
    assert_int_equal(find(scene, 'b', "plan.png", scene->noe, &found), ERROR_FILE_UNKNOWN);
}

static void test_names(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    static const char *const bad[] = {"..",    ".htaccess", "a/b.txt", "a:b", "a*b",
                                      " . . ", "<x>.txt",   "a|b",     "a?b"};
    received(scene, scene->mia, HASH_A, "txt");
    for (size_t at = 0; at < sizeof bad / sizeof bad[0]; at++) {
        assert_string_equal(
            attach(scene, scene->mia, world_id(world), "proposal", "1", HASH_A, bad[at]),
            "file.bad_name");
    }
    static const struct {
        const char *given, *name, *type;
    } good[] = {{"prix.csv", "prix.csv", "csv"},       {"PRIX.CSV", "PRIX.CSV", "csv"},
                {"page.html", "page.html.txt", "txt"}, {"x.exe", "x.exe.txt", "txt"},
                {"notes.md", "notes.md", "txt"},       {"sans", "sans.txt", "txt"}};
    for (size_t at = 0; at < sizeof good / sizeof good[0]; at++) {
        struct id id = world_id(world);
        assert_string_equal(attach(scene, scene->mia, id, "proposal", "1", HASH_A, good[at].given),
                            "");
        world_expect_text(world, DOCUMENT_FILE, id, "name", good[at].name);
        world_expect_text(world, DOCUMENT_FILE, id, "type", good[at].type);
    }
}

static void test_rights(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id comment = world_id(world), file = world_id(world);
    received(scene, scene->mia, HASH_A, "pdf");
    received(scene, scene->noe, HASH_A, "pdf");
    assert_string_equal(
        attach(scene, scene->noe, world_id(world), "proposal", "1", HASH_A, "x.pdf"),
        "right.missing");
    assert_string_equal(
        attach(scene, scene->mia, world_id(world), "proposal", "9", HASH_A, "x.pdf"),
        "proposal.unknown");
    assert_string_equal(attach(scene, scene->mia, world_id(world), "task", "9", HASH_A, "x.pdf"),
                        "task.unknown");
    world_must(world, scene->noe, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':'Oui'}",
               world_text(comment));
    assert_string_equal(attach(scene, scene->mia, world_id(world), "comment", "1", HASH_A, "x.pdf"),
                        "right.missing");
    assert_string_equal(attach(scene, scene->noe, file, "comment", "1", HASH_A, "x.pdf"), "");
    assert_string_equal(
        world_try(world, scene->mia, "file.remove", "{'id':'%s'}", world_text(file)),
        "right.missing");
    world_must(world, scene->facilitator, "file.remove", "{'id':'%s'}", world_text(file));
    assert_string_equal(
        world_try(world, scene->noe, "file.remove", "{'id':'%s'}", world_text(file)),
        "file.unknown");
    assert_string_equal(
        world_try(world, scene->noe, "file.describe", "{'id':'%s','alt':'x'}", world_text(file)),
        "file.unknown");
}

/* By its name, leading to what it is attached to, until it is taken off. */
static void test_found(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id file = world_id(world);
    received(scene, scene->mia, HASH_A, "pdf");
    assert_string_equal(
        attach(scene, scene->mia, file, "proposal", "1", HASH_A, "devis-menuiserie.pdf"), "");
    world_must(world, scene->noe, "search.find", "{'text':'menuiseries'}");
    assert_string_equal(json_string_value(world_at(world->result, "items.0.kind")), "file");
    assert_string_equal(json_string_value(world_at(world->result, "items.0.on.title")), "Un banc");
    world_must(world, scene->mia, "file.remove", "{'id':'%s'}", world_text(file));
    world_must(world, scene->noe, "search.find", "{'text':'menuiseries'}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 0);
}

/* What is voted on stays as it is. */
static void test_frozen_while_voting(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id file = world_id(world);
    received(scene, scene->mia, HASH_A, "png");
    assert_string_equal(attach(scene, scene->mia, file, "proposal", "1", HASH_A, "a.png"), "");
    world_must(world, scene->facilitator, "proposal.mark", "{'id':'1','state':'discussed'}");
    world_must(world, scene->mia, "proposal.mark", "{'id':'1','state':'ready'}");
    assert_string_equal(
        attach(scene, scene->mia, world_id(world), "proposal", "1", HASH_A, "b.png"),
        "proposal.bad_state");
    assert_string_equal(
        world_try(world, scene->mia, "file.remove", "{'id':'%s'}", world_text(file)),
        "proposal.bad_state");
    world_must(world, scene->facilitator, "file.remove", "{'id':'%s'}", world_text(file));
}

static void test_tasks(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id file = world_id(world);
    world_must(world, scene->facilitator, "task.create",
               "{'id':'%s','language':'fr','title':'Acheter','result':'Un banc',"
               "'from':{'kind':'proposal','id':'1'},'assignees':['%s']}",
               world_text(world_id(world)), world_text(scene->noe.member));
    received(scene, scene->noe, HASH_A, "jpeg");
    received(scene, scene->mia, HASH_A, "jpeg");
    assert_string_equal(attach(scene, scene->noe, file, "task", "1", HASH_A, "bon.jpg"), "");
    assert_string_equal(attach(scene, scene->mia, world_id(world), "task", "1", HASH_A, "x.jpg"),
                        "right.missing");
    world_must(world, scene->noe, "file.describe", "{'id':'%s','alt':'Le bon de commande'}",
               world_text(file));
    world_expect_text(world, DOCUMENT_FILE, file, "alt", "Le bon de commande");
    world_must(world, scene->facilitator, "notification.list", "{}");
    assert_string_equal(json_string_value(world_at(world->result, "items.0.what")), "file");
    world_must(world, scene->noe, "notification.list", "{}");
    assert_string_not_equal(json_string_value(world_at(world->result, "items.0.what")), "file");
    world_must(world, scene->mia, "file.list", "{'on':{'kind':'task','id':'1'}}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 1);
}

static void test_room(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id last = {{0}};
    received(scene, scene->mia, HASH_A, "txt");
    for (unsigned n = 0; n < 20; n++) {
        last = world_id(world);
        assert_string_equal(attach(scene, scene->mia, last, "proposal", "1", HASH_A, "a.txt"), "");
    }
    assert_string_equal(
        attach(scene, scene->mia, world_id(world), "proposal", "1", HASH_A, "a.txt"),
        "file.too_many");
    world_must(world, scene->mia, "file.remove", "{'id':'%s'}", world_text(last));
    assert_string_equal(
        attach(scene, scene->mia, world_id(world), "proposal", "1", HASH_A, "a.txt"), "");
}

/* Bytes live as long as a document or an upload of the last day speaks of them. */
static void test_what_keeps_bytes(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct id file = world_id(world);
    assert_false(is_kept(scene, 'a'));
    received(scene, scene->mia, HASH_A, "txt");
    received(scene, scene->mia, HASH_B, "txt");
    assert_true(is_kept(scene, 'a'));
    assert_string_equal(attach(scene, scene->mia, file, "proposal", "1", HASH_A, "a.txt"), "");
    world->now_ms += UINT64_C(25) * 3600 * 1000;
    assert_true(is_kept(scene, 'a'));
    assert_false(is_kept(scene, 'b'));
    assert_string_equal(
        attach(scene, scene->mia, world_id(world), "proposal", "1", HASH_B, "b.txt"),
        "file.unknown");
    world_must(world, scene->mia, "file.remove", "{'id':'%s'}", world_text(file));
    assert_true(is_kept(scene, 'a')); /* for undoing */
    struct id again = world_id(world);
    assert_string_equal(attach(scene, scene->mia, again, "proposal", "1", HASH_A, "a.txt"), "");
    world_must(world, scene->mia, "file.remove", "{'id':'%s'}", world_text(again));
    world->now_ms += 21000;
    assert_false(is_kept(scene, 'a'));
    assert_string_equal(
        attach(scene, scene->mia, world_id(world), "proposal", "1", HASH_A, "a.txt"),
        "file.unknown");
}

static void test_removed_comment(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct file_found found;
    struct id file = world_id(world);
    world_must(world, scene->noe, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':'Oui'}",
               world_text(world_id(world)));
    received(scene, scene->noe, HASH_A, "png");
    assert_string_equal(attach(scene, scene->noe, file, "comment", "1", HASH_A, "x.png"), "");
    assert_int_equal(find(scene, 'a', "x.png", scene->mia, &found), ERROR_NONE);
    world_must(world, scene->facilitator, "comment.remove", "{'id':'1','reason':'Publicité'}");
    assert_int_equal(find(scene, 'a', "x.png", scene->mia, &found), ERROR_FILE_UNKNOWN);
    world_must(world, scene->mia, "file.list", "{'on':{'kind':'comment','id':'1'}}");
    assert_int_equal(json_array_size(world_at(world->result, "items")), 0);
    assert_string_equal(attach(scene, scene->noe, world_id(world), "comment", "1", HASH_A, "x.png"),
                        "comment.removed");
    world->now_ms += UINT64_C(25) * 3600 * 1000;
    assert_true(is_kept(scene, 'a'));
    world_must(world, scene->facilitator, "comment.restore", "{'id':'1'}");
    assert_int_equal(find(scene, 'a', "x.png", scene->mia, &found), ERROR_NONE);
    world_must(world, scene->noe, "file.remove", "{'id':'%s'}", world_text(file));
    json_t *document = world_document(world, DOCUMENT_FILE, file);
    assert_null(json_object_get(document, "name"));
    assert_null(json_object_get(document, "sha256"));
    json_decref(document);
}

static void test_withdrawn_comment(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct file_found found;
    struct id file = world_id(world);
    world_must(world, scene->noe, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':'Oui'}",
               world_text(world_id(world)));
    received(scene, scene->noe, HASH_A, "png");
    assert_string_equal(attach(scene, scene->noe, file, "comment", "1", HASH_A, "x.png"), "");
    world_must(world, scene->noe, "comment.withdraw", "{'id':'1'}");
    assert_int_equal(find(scene, 'a', "x.png", scene->mia, &found), ERROR_FILE_UNKNOWN);
    world->now_ms += UINT64_C(25) * 3600 * 1000;
    assert_false(is_kept(scene, 'a'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_attach_and_find, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_names, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_rights, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_frozen_while_voting, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_tasks, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_room, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_what_keeps_bytes, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_removed_comment, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_found, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(test_withdrawn_comment, scene_open, scene_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
