/* Co-authors by invitation and by offer, leaving, taking over from silent authors, and what each is asked meanwhile. */
#include "assembly/concept.h"
#include "assembly/proposal_parts.h"
#include "tests/harness/c/world.h"

#include <string.h>

struct stage {
    struct world world;
    struct caller mia, noe, lou;
    struct id id;
};

static int open(void **state)
{
    static struct stage stage;
    world_open(&stage.world);
    stage.mia = world_member(&stage.world, "Mia", "");
    stage.noe = world_member(&stage.world, "Noé", "");
    stage.lou = world_member(&stage.world, "Lou", "");
    stage.id = world_id(&stage.world);
    world_must(
        &stage.world, stage.mia, "proposal.submit",
        "{'id':'%s','language':'fr','title':'Un banc','need':'S’asseoir','text':'','themes':[]}",
        world_text(stage.id));
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

/* Notifications of this kind that the member has. */
static size_t told(struct stage *stage, struct caller member, const char *what)
{
    size_t i, count = 0;
    json_t *item;
    world_must(&stage->world, member, "notification.list", "{}");
    json_array_foreach(world_at(stage->world.result, "items"), i, item)
    {
        count += strcmp(json_string_value(world_at(item, "what")), what) == 0;
    }
    return count;
}

static const char *invite(struct stage *stage, struct caller by, struct caller member, bool on)
{
    return world_try(&stage->world, by, "proposal.invite", "{'id':'1','member':'%s','on':%s}",
                     world_text(member.member), on ? "true" : "false");
}

static const char *join(struct stage *stage, struct caller by, bool yes)
{
    return world_try(&stage->world, by, "proposal.join", "{'id':'1','yes':%s}",
                     yes ? "true" : "false");
}

static void test_invitation(void **state)
{
    struct stage *stage = *state;
    struct world *world = &stage->world;
    assert_string_equal(invite(stage, stage->noe, stage->lou, true), "right.missing");
    assert_string_equal(invite(stage, stage->mia, stage->mia, true), "proposal.not_asked");
    assert_string_equal(join(stage, stage->noe, false), "proposal.not_asked");
    world_must(world, stage->noe, "proposal.support", "{'id':'1','on':true}");
    assert_string_equal(invite(stage, stage->mia, stage->noe, true), "");
    assert_string_equal(invite(stage, stage->mia, stage->noe, true), "proposal.not_asked");
    world_expect_text(world, DOCUMENT_ASKED, stage->noe.member, "items.0.what", "author");
    world_expect_text(world, DOCUMENT_ASKED, stage->noe.member, "items.0.person.name", "Mia");
    assert_string_equal(join(stage, stage->noe, true), "");
    assert_int_equal(size_at(stage, DOCUMENT_ASKED, stage->noe.member, "items"), 0);
    assert_int_equal(size_at(stage, DOCUMENT_PROPOSAL, stage->id, "invited"), 0);
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->id, "authors.1.name", "Noé");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, stage->id, "supports",
                        0); /* their own now */
    assert_string_equal(world_try(world, stage->noe, "proposal.support", "{'id':'1','on':true}"),
                        "right.missing");
    world_must(world, stage->noe, "proposal.revise", "{'id':'1','base':1,'text':'Deux bancs.'}");
    assert_string_equal(invite(stage, stage->noe, stage->lou, true), "");
    assert_string_equal(join(stage, stage->lou, false), ""); /* "not me" needs no reason */
    assert_string_equal(join(stage, stage->lou, true), "");  /* and an offer after all */
    assert_string_equal(invite(stage, stage->noe, stage->lou, false), "");
    assert_int_equal(size_at(stage, DOCUMENT_PROPOSAL, stage->id, "authors"), 2);
    struct caller observer = world_member(world, "Olaf", "observer");
    assert_string_equal(invite(stage, stage->mia, observer, true), "member.bad_state");
}

static void test_offer(void **state)
{
    struct stage *stage = *state;
    struct world *world = &stage->world;
    assert_string_equal(join(stage, stage->lou, true), "");
    assert_string_equal(join(stage, stage->lou, true), "proposal.not_asked");
    assert_string_equal(join(stage, stage->noe, true), "");
    assert_int_equal(size_at(stage, DOCUMENT_ASKED, stage->mia.member, "items"), 2);
    world_expect_text(world, DOCUMENT_ASKED, stage->mia.member, "items.0.what", "offer");
    assert_string_equal(join(stage, stage->noe, false), ""); /* taken back */
    assert_int_equal(size_at(stage, DOCUMENT_ASKED, stage->mia.member, "items"), 1);
    assert_string_equal(invite(stage, stage->mia, stage->lou, true), "");
    assert_int_equal(size_at(stage, DOCUMENT_ASKED, stage->mia.member, "items"), 0);
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->id, "authors.1.name", "Lou");
    /* The first author leaves; the other is then the card's author and cannot leave. */
    world_must(world, stage->mia, "proposal.leave", "{'id':'1'}");
    world_expect_text(world, DOCUMENT_PROPOSAL_CARD, stage->id, "author.name", "Lou");
    assert_string_equal(world_try(world, stage->mia, "proposal.leave", "{'id':'1'}"),
                        "right.missing");
    assert_string_equal(world_try(world, stage->lou, "proposal.leave", "{'id':'1'}"),
                        "proposal.last_author");
    world_must(world, stage->mia, "proposal.support", "{'id':'1','on':true}");
}

static void test_twenty_authors(void **state)
{
    struct stage *stage = *state;
    for (int i = 1; i < PROPOSAL_AUTHORS_MAX; i++) {
        assert_string_equal(
            invite(stage, stage->mia, world_member(&stage->world, "Other", ""), true), "");
    }
    assert_string_equal(invite(stage, stage->mia, stage->noe, true), "proposal.too_many_authors");
    assert_string_equal(join(stage, stage->noe, true), "proposal.too_many_authors");
}

static void test_withdrawn_asks_nobody(void **state)
{
    struct stage *stage = *state;
    assert_string_equal(invite(stage, stage->mia, stage->noe, true), "");
    world_must(&stage->world, stage->mia, "proposal.mark", "{'id':'1','state':'withdrawn'}");
    assert_int_equal(size_at(stage, DOCUMENT_ASKED, stage->noe.member, "items"), 0);
    assert_string_equal(join(stage, stage->noe, true), "proposal.bad_state");
}

static void test_who_is_told(void **state)
{
    struct stage *stage = *state;
    struct world *world = &stage->world;
    world_must(world, stage->lou, "proposal.support", "{'id':'1','on':true,'help':'scie'}");
    assert_int_equal(told(stage, stage->mia, "proposal_help"), 1);
    assert_string_equal(invite(stage, stage->mia, stage->noe, true), "");
    assert_int_equal(told(stage, stage->noe, "author_asked"), 1);
    assert_string_equal(join(stage, stage->noe, true), "");
    assert_int_equal(told(stage, stage->mia, "authors_changed"), 1);
    assert_int_equal(told(stage, stage->noe, "authors_changed"), 0); /* their own act */
    world_must(world, stage->noe, "proposal.revise", "{'id':'1','base':1,'text':'Deux bancs.'}");
    assert_int_equal(told(stage, stage->lou, "proposal_revised"), 1);
    assert_int_equal(told(stage, stage->noe, "proposal_revised"), 0);
    struct caller fay = world_member(world, "Fay", "facilitator");
    struct id other = world_id(world);
    world_must(world, fay, "proposal.submit",
               "{'id':'%s','language':'fr','title':'Bancs','need':'','text':'','themes':[]}",
               world_text(other));
    world_must(world, fay, "proposal.merge", "{'id':'1','into':'2','on':true}");
    assert_int_equal(told(stage, stage->noe, "merge_asked"), 1);
    world_must(world, stage->mia, "proposal.consent", "{'id':'1','yes':true}");
    assert_int_equal(told(stage, stage->lou, "support_follows"), 1);
    assert_int_equal(told(stage, fay, "proposal_merged"), 1);
}

static void test_take_over(void **state)
{
    static const uint64_t month_ms = UINT64_C(30) * 24 * 3600 * 1000;
    struct stage *stage = *state;
    struct world *world = &stage->world;
    world_must(world, stage->noe, "proposal.support", "{'id':'1','on':true}");
    assert_string_equal(world_try(world, stage->noe, "proposal.take_over", "{'id':'1'}"),
                        "proposal.not_silent");
    world->now_ms += month_ms;
    world_must(world, stage->mia, "comment.post",
               "{'id':'%s','language':'fr','on':{'kind':'proposal','id':'1'},'text':'Oui.'}",
               world_text(world_id(world)));
    assert_string_equal(world_try(world, stage->noe, "proposal.take_over", "{'id':'1'}"),
                        "proposal.not_silent"); /* the author spoke */
    world->now_ms += month_ms + 1000;
    assert_string_equal(world_try(world, stage->lou, "proposal.take_over", "{'id':'1'}"),
                        "right.missing"); /* no supporter */
    world_must(world, stage->noe, "proposal.take_over", "{'id':'1'}");
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->id, "authors.0.name", "Mia");
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->id, "authors.1.name", "Noé");
    world_expect_text(world, DOCUMENT_PROPOSAL, stage->id, "takeovers.0.member.name", "Noé");
    world_expect_number(world, DOCUMENT_PROPOSAL_CARD, stage->id, "supports", 0);
    world_must(world, stage->noe, "proposal.revise", "{'id':'1','base':1,'text':'Un banc.'}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_invitation, open, end),
        cmocka_unit_test_setup_teardown(test_offer, open, end),
        cmocka_unit_test_setup_teardown(test_twenty_authors, open, end),
        cmocka_unit_test_setup_teardown(test_withdrawn_asks_nobody, open, end),
        cmocka_unit_test_setup_teardown(test_take_over, open, end),
        cmocka_unit_test_setup_teardown(test_who_is_told, open, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
