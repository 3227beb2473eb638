/* Documents that one member can make grow: they stay within their bounds, and nothing stops. Each world that closes has
 * replayed its ledger byte by byte. */
#include "tests/harness/c/voting.h"

#include <stdio.h>

#include "assembly/parts.h"

struct scene {
    struct world world;
    struct caller author, facilitator;
    struct id proposal;
};

static void scene_open(struct scene *scene)
{
    world_open(&scene->world);
    scene->facilitator = world_member(&scene->world, "Fay", "facilitator observer");
    scene->author = voting_voter(&scene->world, "Ann", "").caller;
    scene->proposal = voting_ready_proposal(&scene->world, scene->author, scene->facilitator);
}

/* Each straw poll has a smaller id than those before, so each takes another's place on the card. */
static void test_a_card_leaves_many_topics(void **state)
{
    enum { POLLS = 320 };
    struct scene scene;
    (void)state;
    scene_open(&scene);
    struct world *world = &scene.world;
    for (unsigned i = 0; i < POLLS; i++) {
        char id[ID_TEXT_SIZE];
        snprintf(id, sizeof id, "%08x-0000-4000-8000-000000000000", 0x7fffffffU - i);
        world_must(world, scene.author, "poll.define",
                   "{'id':'%s','kind':'straw','about':['1'],'question':{'en':'?'},"
                   "'method':'yes-no','mode':'named'}",
                   id);
        world_must(world, scene.author, "comment.post",
                   "{'id':'%s','on':{'kind':'proposal','id':'1'},'language':'en','text':'%u more'}",
                   world_text(world_id(world)), i);
    }
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, scene.proposal, "comments", POLLS);
    world_close(world);
}

static void test_a_history_shows_its_newest(void **state)
{
    struct scene scene;
    (void)state;
    scene_open(&scene);
    struct world *world = &scene.world;
    world_must(world, scene.author, "proposal.mark",
               "{'id':'1','state':'discussed','reason':'once more'}");
    for (unsigned i = 1; i <= HISTORY_MAX + 5; i++) {
        world_must(world, scene.author, "proposal.revise", "{'id':'1','base':%u,'title':'Take %u'}",
                   i, i);
    }
    json_t *proposal = world_document(world, DOCUMENT_PROPOSAL, scene.proposal);
    const json_t *versions = json_object_get(proposal, "versions");
    assert_int_equal(json_array_size(versions), HISTORY_MAX);
    assert_int_equal(json_get_integer(json_array_get(versions, 0), "version"), 7);
    assert_int_equal(json_get_integer(proposal, "version"), HISTORY_MAX + 6);
    json_decref(proposal);
    world_close(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_card_leaves_many_topics),
        cmocka_unit_test(test_a_history_shows_its_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
