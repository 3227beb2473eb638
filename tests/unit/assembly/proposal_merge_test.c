/* Relations on both sides, merging with the authors' consent, supports carried over one by one. */
#include "assembly/concept.h"
#include "assembly/proposal_parts.h"
#include "tests/harness/c/world.h"

struct stage {
    struct world world;
    struct caller mia, noe, lou, fay;
    struct id one, two;
};

static struct id submit(struct stage *stage, struct caller by, const char *title)
{
    struct id id = world_id(&stage->world);
    world_must(&stage->world, by, "proposal.submit",
               "{'id':'%s','language':'fr','title':'%s','need':'','text':'','themes':[]}",
               world_text(id), title);
    return id;
}

static int open(void **state)
{
    static struct stage stage;
    world_open(&stage.world);
    stage.mia = world_member(&stage.world, "Mia", "");
    stage.noe = world_member(&stage.world, "Noé", "");
    stage.lou = world_member(&stage.world, "Lou", "");
    stage.fay = world_member(&stage.world, "Fay", "facilitator");
    stage.one = submit(&stage, stage.mia, "Un banc");
    stage.two = submit(&stage, stage.noe, "Des bancs");
    *state = &stage;
    return 0;
}

static int end(void **state)
{
    struct stage *stage = *state;
    world_close(&stage->world);
    return 0;
}

static size_t size_at(struct stage *stage, uint8_t kind, struct id id, const char *path)
{
    json_t *document = world_document(&stage->world, kind, id);
    size_t size = json_array_size(world_at(document, path));
    json_decref(document);
    return size;
}

static void test_relations(void **state)
{
    static const char params[] = "{'id':'%s','to':'%s','as':'%s','on':%s}";
    struct stage *stage = *state;
    struct world *world = &stage->world;
    assert_string_equal(
        world_try(world, stage->lou, "proposal.relate", params, "1", "2", "duplicate_of", "true"),
        "right.missing");
    assert_string_equal(
        world_try(world, stage->mia, "proposal.relate", params, "1", "1", "answers", "true"),
        "input.bad_value");
    assert_string_equal(
        world_try(world, stage->mia, "proposal.relate", params, "1", "9", "answers", "true"),
        "proposal.unknown");
    assert_string_equal(world->field, "to");
    world_must(world, stage->mia, "proposal.relate", params, "1", "2", "duplicate_of", "true");
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->one, "relations.0.as", "duplicate_of");
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->two, "relations.0.as", "has_duplicate");
    world_expect_number(world, DOCUMENT_PROPOSAL, stage->two, "relations.0.number", 1);
    /* Another word replaces it; taking away what was not said is refused. */
    world_must(world, stage->fay, "proposal.relate", params, "1", "2", "alternative_to", "true");
    assert_int_equal(size_at(stage, DOCUMENT_PROPOSAL, stage->two, "relations"), 1);
    assert_string_equal(
        world_try(world, stage->mia, "proposal.relate", params, "1", "2", "answers", "false"),
        "proposal.not_asked");
    world_must(world, stage->mia, "proposal.relate", params, "1", "2", "alternative_to", "false");
    assert_int_equal(size_at(stage, DOCUMENT_PROPOSAL, stage->one, "relations"), 0);
    assert_int_equal(size_at(stage, DOCUMENT_PROPOSAL, stage->two, "relations"), 0);
    /* A new proposal that answers a need says so from the start. */
    struct id three = world_id(world);
    world_must(
        world, stage->lou, "proposal.submit",
        "{'id':'%s','language':'fr','title':'X','need':'','text':'Y','themes':[],'answers':'1'}",
        world_text(three));
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->one, "relations.0.as", "answered_by");
}

static void test_too_many(void **state)
{
    struct stage *stage = *state;
    struct world *world = &stage->world;
    for (int i = 0; i < PROPOSAL_RELATED_MAX; i++) {
        struct id other = submit(stage, stage->lou, "Autre");
        world_must(world, stage->mia, "proposal.relate",
                   "{'id':'1','to':'%s','as':'alternative_to','on':true}", world_text(other));
    }
    assert_string_equal(world_try(world, stage->mia, "proposal.relate",
                                  "{'id':'1','to':'2','as':'alternative_to','on':true}"),
                        "proposal.too_many_related");
    assert_string_equal(
        world_try(world, stage->fay, "proposal.merge", "{'id':'2','into':'1','on':true}"),
        "proposal.too_many_related");
}

static void test_consent(void **state)
{
    struct stage *stage = *state;
    struct world *world = &stage->world;
    static const char ask[] = "{'id':'1','into':'2','on':%s}";
    assert_string_equal(
        world_try(world, stage->fay, "proposal.mark", "{'id':'1','state':'merged'}"),
        "right.missing"); /* never over the authors' heads */
    assert_string_equal(world_try(world, stage->mia, "proposal.merge", ask, "true"),
                        "right.missing");
    assert_string_equal(world_try(world, stage->mia, "proposal.consent", "{'id':'1','yes':true}"),
                        "proposal.not_asked");
    world_must(world, stage->fay, "proposal.merge", ask, "true");
    world_expect_text(world, DOCUMENT_PROPOSAL_CARD, stage->one, "state", "idea");
    world_expect_number(world, DOCUMENT_ASKED, stage->mia.member, "items.0.into.number", 2);
    assert_string_equal(world_try(world, stage->noe, "proposal.consent", "{'id':'1','yes':true}"),
                        "right.missing");
    world_must(world, stage->mia, "proposal.consent", "{'id':'1','yes':false}");
    assert_int_equal(size_at(stage, DOCUMENT_ASKED, stage->mia.member, "items"), 0);
    world_must(world, stage->fay, "proposal.merge", ask, "true");
    world_must(world, stage->fay, "proposal.merge", ask, "false");
    assert_string_equal(world_try(world, stage->mia, "proposal.consent", "{'id':'1','yes':true}"),
                        "proposal.not_asked");
    world_must(world, stage->fay, "proposal.merge", ask, "true");
    world_must(world, stage->mia, "proposal.consent", "{'id':'1','yes':true}");
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->one, "state", "merged");
    world_expect_number(world, DOCUMENT_PROPOSAL, stage->one, "merged_into.number", 2);
    world_expect_number(world, DOCUMENT_PROPOSAL, stage->two, "merged_from.0.number", 1);
    assert_int_equal(size_at(stage, DOCUMENT_ASKED, stage->mia.member, "items"), 0);
}

/* Nobody here to ask: the authors have been silent. */
static void test_silent(void **state)
{
    struct stage *stage = *state;
    struct world *world = &stage->world;
    world->now_ms += UINT64_C(31) * 24 * 3600 * 1000;
    world_must(world, stage->fay, "proposal.merge", "{'id':'1','into':'2','on':true}");
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->one, "state", "merged");
}

static void test_follow(void **state)
{
    struct stage *stage = *state;
    struct world *world = &stage->world;
    struct caller ben = world_member(world, "Ben", "");
    world_must(world, stage->lou, "proposal.support", "{'id':'1','on':true,'help':'scie'}");
    world_must(world, ben, "proposal.support", "{'id':'1','on':true}");
    world_must(world, stage->noe, "proposal.support", "{'id':'1','on':true}");
    assert_string_equal(world_try(world, ben, "proposal.follow", "{'id':'1','yes':true}"),
                        "proposal.bad_state");
    world_must(world, stage->fay, "proposal.merge", "{'id':'1','into':'2','on':true}");
    world_must(world, stage->mia, "proposal.consent", "{'id':'1','yes':true}");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, stage->two, "supports",
                        0); /* not by itself */
    world_expect_text(world, DOCUMENT_ASKED, stage->lou.member, "items.0.what", "follow");
    assert_string_equal(world_try(world, stage->fay, "proposal.follow", "{'id':'1','yes':true}"),
                        "proposal.not_asked");
    world_must(world, stage->lou, "proposal.follow", "{'id':'1','yes':true}");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, stage->two, "supports", 1);
    world_expect_text(world, DOCUMENT_SUPPORTERS, stage->two, "items.0.help", "scie");
    world_expect_number(world, DOCUMENT_SUPPORTERS, stage->two, "items.0.from.number", 1);
    assert_int_equal(size_at(stage, DOCUMENT_ASKED, stage->lou.member, "items"), 0);
    assert_string_equal(world_try(world, stage->lou, "proposal.follow", "{'id':'1','yes':true}"),
                        "proposal.not_asked");
    world_must(world, ben, "proposal.follow", "{'id':'1','yes':false}");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, stage->two, "supports", 1);
    world_must(world, ben, "proposal.follow", "{'id':'1','yes':true}"); /* after all */
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, stage->two, "supports", 2);
    /* An author of the other one has nothing to carry over. */
    world_must(world, stage->noe, "proposal.follow", "{'id':'1','yes':true}");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, stage->two, "supports", 2);
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, stage->one, "supports", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_relations, open, end),
        cmocka_unit_test_setup_teardown(test_too_many, open, end),
        cmocka_unit_test_setup_teardown(test_consent, open, end),
        cmocka_unit_test_setup_teardown(test_silent, open, end),
        cmocka_unit_test_setup_teardown(test_follow, open, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
