/* Erasing a member: what goes, what stays, what is listed; and that no table holds a word of it afterwards. */
#include "assembly/concept.h"
#include "assembly/erasure.h"
#include "base/bytes.h"
#include "ledger/ledger.h"
#include "tests/harness/c/world.h"

#include <string.h>
#include <strings.h>

static const char canary[] = "Zorblax";

struct scene {
    struct world world;
    struct caller admin, secretary, zoe, noe;
    struct id proposal, comment, answer, task;
};

static int scene_open(void **state)
{
    static struct scene scene;
    struct world *world = &scene.world;
    world_open(world);
    scene.admin = world_member(world, "Ada", "admin");
    scene.secretary = world_member(world, "Sam", "secretary");
    scene.zoe = world_member(world, "Zorblax Quirinus", "");
    scene.noe = world_member(world, "Noé", "");
    scene.proposal = world_id(world);
    scene.comment = world_id(world);
    scene.answer = world_id(world);
    scene.task = world_id(world);
    world_must(world, scene.zoe, "member.update",
               "{'id':'%s','email':'zorblax@example.org','skills':['Zorblax'],"
               "'introduction':{'language':'en','text':'I am Zorblax'}}",
               world_text(scene.zoe.member));
    world_must(
        world, scene.zoe, "proposal.submit",
        "{'id':'%s','language':'en','title':'A Zorblax bench','need':'Zorblax','text':'Zorblax',"
        "'themes':[]}",
        world_text(scene.proposal));
    world_must(world, scene.noe, "proposal.support", "{'id':'1','on':true}");
    world_must(
        world, scene.zoe, "comment.post",
        "{'id':'%s','language':'en','on':{'kind':'proposal','id':'1'},'text':'So says Zorblax'}",
        world_text(scene.comment));
    world_must(
        world, scene.noe, "comment.post",
        "{'id':'%s','language':'en','on':{'kind':'proposal','id':'1'},'text':'As Quirinus says'}",
        world_text(scene.answer));
    world_must(world, scene.zoe, "task.create",
               "{'id':'%s','language':'en','title':'Zorblax paints','result':'Zorblax',"
               "'from':{'kind':'proposal','id':'1'},'assignees':[]}",
               world_text(scene.task));
    world_must(world, scene.zoe, "report.make",
               "{'on':{'kind':'comment','id':'2'},'reason':'Zorblax is named'}");
    *state = &scene;
    return 0;
}

static int scene_close(void **state)
{
    struct scene *scene = *state;
    world_close(&scene->world);
    return 0;
}

static const char *erase(struct scene *scene, struct caller caller, struct caller member,
                         const char *texts)
{
    return world_try(&scene->world, caller, "member.erase",
                     "{'id':'%s','texts':%s,'reason':'asked'}", world_text(member.member), texts);
}

struct looking {
    const char *word;
    int table, found;
};

static bool holds(struct slice bytes, const char *word)
{
    for (size_t at = 0; at + strlen(word) <= bytes.size; at++) {
        if (strncasecmp((const char *)bytes.data + at, word, strlen(word)) == 0) {
            return true;
        }
    }
    return false;
}

static bool look(void *context, struct slice key, struct slice value)
{
    struct looking *looking = context;
    looking->found += holds(key, looking->word) || holds(value, looking->word) ? 1 : 0;
    return true;
}

static int rows_with(struct world *world, const char *word)
{
    struct store_txn *txn;
    struct looking looking = {.word = word};
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    for (looking.table = 0; looking.table < TABLE_COUNT; looking.table++) {
        store_scan(txn, (enum table)looking.table, slice_text(""), look, &looking);
    }
    store_abort(txn);
    return looking.found;
}

static void test_who_may(void **state)
{
    struct scene *scene = *state;
    assert_string_equal(erase(scene, scene->noe, scene->zoe, "false"), "right.missing");
    assert_string_equal(erase(scene, scene->zoe, scene->zoe, "false"), "right.missing");
    assert_string_equal(erase(scene, scene->secretary, scene->admin, "false"), "right.missing");
    assert_string_equal(erase(scene, scene->admin, scene->admin, "false"),
                        "organisation.last_admin");
    assert_string_equal(world_try(&scene->world, scene->admin, "member.erase",
                                  "{'id':'99','texts':false,'reason':'asked'}"),
                        "member.unknown");
}

static void test_everything_goes(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    assert_true(rows_with(world, canary) > 10);
    assert_string_equal(erase(scene, scene->secretary, scene->zoe, "true"), "");
    assert_int_equal(rows_with(world, canary), 0);
    world_check(world);
    world_expect_text(world, DOCUMENT_MEMBER, scene->zoe.member, "status", "erased");
    world_expect_text(world, DOCUMENT_MEMBER, scene->zoe.member, "name", "");
    world_expect_text(world, DOCUMENT_PROPOSAL, scene->proposal, "title", "[…]");
    world_expect_text(world, DOCUMENT_COMMENT, scene->comment, "text", "[…]");
    world_expect_text(world, DOCUMENT_TASK, scene->task, "title", "[…]");
    world_expect_number(world, DOCUMENT_PROPOSAL, scene->proposal, "number", 1);
    world_expect_text(world, DOCUMENT_COMMENT, scene->answer, "text", "As Quirinus says");
    assert_string_equal(erase(scene, scene->admin, scene->zoe, "true"), "member.bad_state");
    assert_string_equal(world_try(world, scene->zoe, "proposal.support", "{'id':'1','on':true}"),
                        "right.missing");
}

static void test_texts_by_others_are_listed(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    world_must(world, scene->secretary, "erasure.preview", "{'id':'%s','texts':true}",
               world_text(scene->zoe.member));
    assert_int_equal(json_integer_value(world_at(world->result, "named")), 1);
    assert_string_equal(erase(scene, scene->secretary, scene->zoe, "true"), "");
    struct id member = scene->zoe.member;
    world_expect_text(world, DOCUMENT_ERASURE, member, "named.0.id", world_text(scene->answer));
    world_expect_text(world, DOCUMENT_ERASURE, member, "named.0.kind", "comment");
    world_expect_text(world, DOCUMENT_ERASURE, member, "reason", "asked");
    world_must(world, scene->secretary, "erasure.mark", "{'id':'%s','thing':'%s','done':true}",
               world_text(member), world_text(scene->answer));
    world_expect_text(world, DOCUMENT_ERASURE, member, "named.0.done.name", "Sam");
    assert_string_equal(world_try(world, scene->noe, "erasure.mark",
                                  "{'id':'%s','thing':'%s','done':true}", world_text(member),
                                  world_text(scene->answer)),
                        "right.missing");
}

/* What a secretary wrote between the facts of minutes, which no search finds. */
static void test_minutes_are_read_through(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    char blocks[2000] = "";
    size_t i;
    json_t *block;
    struct id meeting = world_id(world), text = world_id(world), plain = world_id(world);
    world_must(world, scene->secretary, "meeting.plan",
               "{'id':'%s','kind':'work_session','title':{'fr':'Four'},'starts':%llu,'minutes':60}",
               world_text(meeting), (unsigned long long)world->now_ms + 3600000);
    world_must(world, scene->secretary, "meeting.start", "{'id':'1'}");
    world_must(world, scene->secretary, "minutes.draft", "{'meeting':'1'}");
    json_t *minutes = world_document(world, DOCUMENT_MINUTES, meeting);
    json_array_foreach(json_object_get(minutes, "blocks"), i, block)
    {
        snprintf(blocks + strlen(blocks), sizeof blocks - strlen(blocks), "{'id':'%s'},",
                 json_string_value(json_object_get(block, "id")));
    }
    world_must(world, scene->secretary, "minutes.write",
               "{'meeting':'1','base':%lld,'blocks':[%s"
               "{'id':'%s','text':{'fr':'Quirinus a parlé','en':'Zorblax Quirinus spoke'}},"
               "{'id':'%s','text':{'fr':'Rien'}}]}",
               (long long)json_get_integer(minutes, "rev"), blocks, world_text(text),
               world_text(plain));
    json_decref(minutes);
    struct id member = scene->zoe.member;
    assert_string_equal(erase(scene, scene->admin, scene->zoe, "false"), "");
    world_expect_text(world, DOCUMENT_ERASURE, member, "named.0.kind", "minutes");
    world_expect_text(world, DOCUMENT_ERASURE, member, "named.0.id", world_text(text));
    world_expect_number(world, DOCUMENT_ERASURE, member, "named.0.number", 1);
    json_t *erasure = world_document(world, DOCUMENT_ERASURE, member);
    assert_true(json_is_true(world_at(erasure, "named.0.whole")));
    json_array_foreach(json_object_get(erasure, "named"), i, block)
    {
        assert_false(id_equal(json_get_id(block, "id"), plain));
    }
    json_decref(erasure);
}

static void test_texts_stay_unless_asked(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    assert_string_equal(erase(scene, scene->secretary, scene->zoe, "false"), "");
    world_expect_text(world, DOCUMENT_MEMBER, scene->zoe.member, "name", "");
    world_expect_text(world, DOCUMENT_PROPOSAL, scene->proposal, "title", "A Zorblax bench");
    world_expect_text(world, DOCUMENT_PROPOSAL, scene->proposal, "authors.0.name", "");
    world_check(world);
    world_must(world, scene->secretary, "erasure.state", "{}");
    assert_true(json_is_true(world_at(world->result, "pending"))); /* no server rewrote the file */
    assert_string_equal(erase(scene, scene->secretary, scene->zoe, "true"), "");
    assert_int_equal(rows_with(world, canary), 0);
    world_expect_number(world, DOCUMENT_ERASURE, scene->zoe.member, "number", 3);
}

static void test_what_is_still_there_is_found(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    struct store_txn *txn;
    struct slice opening;
    uint8_t key[8] = {0};
    assert_string_equal(erase(scene, scene->secretary, scene->zoe, "true"), "");
    struct erased_ranges ranges;
    uint64_t seq;
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    erased_ranges_read(txn, &ranges);
    assert_true(ranges.count > 0);
    assert_false(erased_ranges_hold(&ranges, txn, &seq));
    assert_true(store_get(txn, TABLE_OPENING, slice_of(key, sizeof key), &opening));
    bytes_put_u64(key, ranges.items[0].range.first);
    store_put(txn, TABLE_OPENING, slice_of(key, sizeof key), opening);
    assert_true(erased_ranges_hold(&ranges, txn, &seq));
    assert_int_equal(seq, ranges.items[0].range.first);
    erased_ranges_free(&ranges);
    store_abort(txn);
}

#define SCENE_TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(test_who_may),
        SCENE_TEST(test_everything_goes),
        SCENE_TEST(test_texts_by_others_are_listed),
        SCENE_TEST(test_minutes_are_read_through),
        SCENE_TEST(test_texts_stay_unless_asked),
        SCENE_TEST(test_what_is_still_there_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
