/* To-dos: the table of states walked by each role (each allowed step once, each forbidden one once), people asked and
 * answering, progress of decisions and proposals, thanks, and the lists. */
#include "tests/harness/c/voting.h"

#include <stdio.h>
#include <string.h>

#include "assembly/concept.h"
#include "assembly/decision.h"
#include "assembly/task.h"

enum { FACILITATOR, MAKER, DOER, GUEST, OTHER, OBSERVER, NOBODY, PEOPLE };

struct shop {
    struct world world;
    struct caller people[PEOPLE];
    struct id proposal, decision;
};

static void shop_open(struct shop *shop)
{
    struct world *world = &shop->world;
    world_open(world);
    shop->people[FACILITATOR] = world_member(world, "Fay", "facilitator");
    shop->people[MAKER] = world_member(world, "May", "");
    shop->people[DOER] = world_member(world, "Dov", "");
    shop->people[GUEST] = world_member(world, "Gus", "");
    shop->people[OTHER] = world_member(world, "Oto", "");
    shop->people[OBSERVER] = world_member(world, "Obe", "observer");
    shop->people[NOBODY] = world_nobody;
    struct voter ann = voting_voter(world, "Ann", "");
    shop->proposal = voting_ready_proposal(world, ann.caller, shop->people[FACILITATOR]);
    struct id poll = voting_open(world, shop->people[FACILITATOR], "decision", shop->proposal, "");
    assert_string_equal(voting_cast(world, poll, &ann, FORM_YES_NO, CHOICE_YES), "");
    world_must(world, shop->people[FACILITATOR], "poll.close", "{'id':'1'}");
    world_due(world);
    shop->decision = decision_of_poll(poll);
}

/* assignees: JSON list of the people asked (or oneself). */
static struct id make(struct shop *shop, int by, const char *assignees, const char *rest)
{
    struct id id = world_id(&shop->world);
    world_must(&shop->world, shop->people[by], "task.create",
               "{'id':'%s','language':'fr','title':'Acheter des briques','result':'200 briques',"
               "'from':{'kind':'decision','id':'2026-001'},'assignees':[%s]%s}",
               world_text(id), assignees, rest);
    return id;
}

static const char *quoted(const struct shop *shop, int who)
{
    static char text[4][64];
    static unsigned next;
    char *at = text[next++ % 4];
    snprintf(at, sizeof text[0], "'%s'", world_text(shop->people[who].member));
    return at;
}

/* A to-do of MAKER's in a state; GUEST is the one asked, DOER the one who took it. */
static struct id task_in(struct shop *shop, enum task_state state)
{
    struct world *world = &shop->world;
    struct id id = make(shop, MAKER, state == TASK_ASKED ? quoted(shop, GUEST) : "", "");
    if (state == TASK_TAKEN || state == TASK_DONE) {
        world_must(world, shop->people[DOER], "task.take", "{'id':'%s'}", world_text(id));
    }
    if (state == TASK_DONE) {
        world_must(world, shop->people[DOER], "task.mark", "{'id':'%s','state':'done'}",
                   world_text(id));
    }
    if (state == TASK_DROPPED) {
        world_must(world, shop->people[MAKER], "task.mark",
                   "{'id':'%s','state':'dropped','reason':'Trop cher'}", world_text(id));
    }
    world_expect_text(world, DOCUMENT_TASK, id, "state", task_state_word(state));
    return id;
}

/* ---- the table ---- */

static unsigned relation(int who, enum task_state state)
{
    switch (who) {
    case FACILITATOR:
        return TASK_ANY_MEMBER | TASK_FACILITATOR;
    case MAKER:
        return TASK_ANY_MEMBER | TASK_MAKER;
    case DOER:
        return TASK_ANY_MEMBER | (state == TASK_TAKEN || state == TASK_DONE ? TASK_ASSIGNEE : 0);
    case GUEST:
        return TASK_ANY_MEMBER | (state == TASK_ASKED ? TASK_ASKED_PERSON : 0);
    case OTHER:
        return TASK_ANY_MEMBER;
    default:
        return 0;
    }
}

static const char *try_mark(struct shop *shop, int who, struct id id, enum task_state to)
{
    char rest[96] = ",'reason':'x'";
    if (to == TASK_ASKED) {
        snprintf(rest, sizeof rest, ",'assignees':[%s]",
                 quoted(shop, OTHER == who ? GUEST : OTHER));
    }
    return world_try(&shop->world, shop->people[who], "task.mark", "{'id':'%s','state':'%s'%s}",
                     world_text(id), task_state_word(to), rest);
}

static const char *wanted(int who, enum task_state from, enum task_state to, enum task_way way)
{
    const struct task_step *step = task_step_find(from, to, way);
    if (who == NOBODY) {
        return "session.none";
    }
    if (who == OBSERVER) {
        return "right.missing";
    }
    if (step == NULL) {
        return "task.bad_state";
    }
    return (relation(who, from) & step->who) != 0 ? "" : "right.missing";
}

static void expect(const char *found, const char *asked, int who, enum task_state from,
                   enum task_state to)
{
    if (strcmp(found, asked) != 0) {
        fail_msg("%s to %s by person %d: %s, not %s", task_state_word(from), task_state_word(to),
                 who, found, asked);
    }
}

static void test_marks_by_role(void **state)
{
    struct shop shop;
    (void)state;
    shop_open(&shop);
    for (unsigned from = TASK_FREE; from < TASK_STATES; from++) {
        for (unsigned to = TASK_FREE; to < TASK_STATES; to++) {
            for (int who = 0; who < PEOPLE; who++) {
                struct id id = task_in(&shop, from);
                expect(try_mark(&shop, who, id, to), wanted(who, from, to, TASK_BY_MARK), who, from,
                       to);
            }
        }
    }
    world_close(&shop.world);
}

static void test_takes_by_role(void **state)
{
    struct shop shop;
    (void)state;
    shop_open(&shop);
    for (unsigned from = TASK_FREE; from < TASK_STATES; from++) {
        for (int who = 0; who < PEOPLE; who++) {
            struct id id = task_in(&shop, from);
            const char *found = world_try(&shop.world, shop.people[who], "task.take", "{'id':'%s'}",
                                          world_text(id));
            expect(found, wanted(who, from, TASK_TAKEN, TASK_BY_TAKE), who, from, TASK_TAKEN);
        }
    }
    world_close(&shop.world);
}

static void test_answers_by_role(void **state)
{
    struct shop shop;
    (void)state;
    shop_open(&shop);
    for (unsigned from = TASK_FREE; from < TASK_STATES; from++) {
        for (int who = 0; who < PEOPLE; who++) {
            for (int yes = 0; yes < 2; yes++) {
                enum task_state to = yes != 0 ? TASK_TAKEN : TASK_FREE;
                struct id id = task_in(&shop, from);
                const char *found =
                    world_try(&shop.world, shop.people[who], "task.answer", "{'id':'%s','yes':%s}",
                              world_text(id), yes != 0 ? "true" : "false");
                /* Among several asked, one may answer after another took it: there only the others are refused. */
                const char *asked = from == TASK_TAKEN && who < OBSERVER
                                        ? "right.missing"
                                        : wanted(who, from, to, TASK_BY_ANSWER);
                expect(found, asked, who, from, to);
            }
        }
    }
    world_close(&shop.world);
}

/* ---- people ---- */

static void test_several_people(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    char list[256];
    (void)state;
    shop_open(&shop);
    snprintf(list, sizeof list, "%s,%s", quoted(&shop, GUEST), quoted(&shop, DOER));
    struct id id = make(&shop, MAKER, list, "");
    world_expect_text(world, DOCUMENT_TASK, id, "state", "asked");
    world_must(world, shop.people[GUEST], "task.answer", "{'id':'1','yes':false}");
    world_expect_text(world, DOCUMENT_TASK, id, "state", "asked");
    world_must(world, shop.people[DOER], "task.answer", "{'id':'1','yes':true}");
    world_expect_text(world, DOCUMENT_TASK, id, "state", "taken");
    world_expect_text(world, DOCUMENT_TASK, id, "assignees.0.name", "Dov");
    world_must(world, shop.people[DOER], "task.mark", "{'id':'1','state':'free'}");
    world_expect_text(world, DOCUMENT_TASK, id, "state", "free");
    snprintf(list, sizeof list, "%s,%s", quoted(&shop, MAKER), quoted(&shop, GUEST));
    id = make(&shop, MAKER, list, "");
    world_expect_text(world, DOCUMENT_TASK, id, "state", "taken");
    world_must(world, shop.people[GUEST], "task.answer", "{'id':'2','yes':true}");
    world_must(world, shop.people[MAKER], "task.mark", "{'id':'2','state':'free'}");
    world_expect_text(world, DOCUMENT_TASK, id, "state", "taken");
    world_expect_text(world, DOCUMENT_TASK, id, "assignees.0.name", "Gus");
    world_must(world, shop.people[GUEST], "task.mark", "{'id':'2','state':'done'}");
    world_must(world, shop.people[OTHER], "task.thank", "{'id':'2','text':'Merci'}");
    world_must(world, shop.people[OTHER], "task.thank", "{'id':'2','text':'Merci encore'}");
    world_must(world, shop.people[DOER], "task.thank", "{'id':'2'}");
    world_expect_text(world, DOCUMENT_TASK, id, "thanks.0.text", "Merci encore");
    world_expect_text(world, DOCUMENT_TASK, id, "thanks.1.by.name", "Dov");
    assert_string_equal(world_try(world, shop.people[GUEST], "task.thank", "{'id':'2'}"),
                        "right.missing");
    assert_string_equal(world_try(world, shop.people[GUEST], "task.thank", "{'id':'1'}"),
                        "task.bad_state");
    world_close(world);
}

static void test_refused(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    (void)state;
    shop_open(&shop);
    struct id id = make(&shop, MAKER, "", "");
    assert_string_equal(
        world_try(world, shop.people[MAKER], "task.mark", "{'id':'1','state':'dropped'}"),
        "task.reason_needed");
    assert_string_equal(
        world_try(world, shop.people[MAKER], "task.mark", "{'id':'1','state':'asked'}"),
        "input.missing_field");
    assert_string_equal(world_try(world, shop.people[MAKER], "task.mark",
                                  "{'id':'1','state':'asked','assignees':[%s]}",
                                  quoted(&shop, MAKER)),
                        "input.bad_value");
    assert_string_equal(world_try(world, shop.people[MAKER], "task.mark",
                                  "{'id':'1','state':'asked','assignees':[%s]}",
                                  quoted(&shop, OBSERVER)),
                        "member.bad_state");
    assert_string_equal(world_try(world, shop.people[MAKER], "task.take", "{'id':'9'}"),
                        "task.unknown");
    static const char *const sources[] = {"{'kind':'decision','id':'2026-009'}",
                                          "{'kind':'proposal','id':'9'}"};
    static const char *const reasons[] = {"decision.unknown", "proposal.unknown"};
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(
            world_try(world, shop.people[MAKER], "task.create",
                      "{'id':'%s','language':'fr','title':'T','result':'','from':%s}",
                      world_text(world_id(world)), sources[i]),
            reasons[i]);
    }
    assert_string_equal(world_try(world, shop.people[MAKER], "task.create",
                                  "{'id':'%s','language':'fr','title':'T','result':'',"
                                  "'from':{'kind':'proposal','id':'1'}}",
                                  world_text(id)),
                        "conflict");
    world_close(world);
}

/* ---- progress and lists ---- */

static void expect_progress(struct shop *shop, int64_t total, int64_t done)
{
    world_expect_number(&shop->world, DOCUMENT_DECISION, shop->decision, "tasks.total", total);
    world_expect_number(&shop->world, DOCUMENT_DECISION, shop->decision, "tasks.done", done);
    world_expect_number(&shop->world, DOCUMENT_PROPOSAL_CARD, shop->proposal, "tasks.total", total);
    world_expect_number(&shop->world, DOCUMENT_PROPOSAL_CARD, shop->proposal, "tasks.done", done);
}

static void test_progress(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    (void)state;
    shop_open(&shop);
    world_expect_text(world, DOCUMENT_PROPOSAL, shop.proposal, "state", "adopted");
    struct id id = make(&shop, MAKER, "", "");
    expect_progress(&shop, 1, 0);
    world_expect_text(world, DOCUMENT_TASK, id, "from.number", "2026-001");
    world_expect_text(world, DOCUMENT_TASK, id, "proposal", world_text(shop.proposal));
    world_expect_text(world, DOCUMENT_PROPOSAL, shop.proposal, "state", "adopted");
    world_must(world, shop.people[DOER], "task.take", "{'id':'1'}");
    world_expect_text(world, DOCUMENT_PROPOSAL, shop.proposal, "state", "in_progress");
    make(&shop, MAKER, quoted(&shop, MAKER), "");
    world_must(world, shop.people[DOER], "task.mark", "{'id':'1','state':'done'}");
    expect_progress(&shop, 2, 1);
    world_must(world, shop.people[MAKER], "task.mark", "{'id':'2','state':'dropped','reason':'x'}");
    expect_progress(&shop, 1, 1);
    world_must(world, shop.people[DOER], "task.mark", "{'id':'1','state':'taken'}");
    world_must(world, shop.people[MAKER], "task.mark", "{'id':'2','state':'free'}");
    expect_progress(&shop, 2, 0);
    world_close(world);
}

static size_t listed(struct shop *shop, int who, const char *params)
{
    world_must(&shop->world, shop->people[who], "task.list", "%s", params);
    return json_array_size(json_object_get(shop->world.result, "items"));
}

static void test_lists(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    char rest[64];
    (void)state;
    shop_open(&shop);
    snprintf(rest, sizeof rest, ",'due':%llu", (unsigned long long)world->now_ms + 60000);
    make(&shop, MAKER, "", rest);
    make(&shop, MAKER, quoted(&shop, GUEST), rest);
    make(&shop, DOER, quoted(&shop, DOER), "");
    assert_int_equal(listed(&shop, OTHER, "{}"), 3);
    assert_string_equal(json_string_value(world_at(world->result, "items.0.state")), "taken");
    assert_int_equal(listed(&shop, OTHER, "{'free':true}"), 1);
    assert_int_equal(listed(&shop, OTHER, "{'mine':true}"), 0);
    assert_int_equal(listed(&shop, GUEST, "{'mine':true}"), 1);
    assert_int_equal(listed(&shop, DOER, "{'mine':true}"), 1);
    assert_int_equal(listed(&shop, DOER, "{'overdue':true}"), 0);
    world->now_ms += 120000;
    assert_int_equal(listed(&shop, DOER, "{'overdue':true}"), 2);
    assert_int_equal(listed(&shop, GUEST, "{'overdue':true,'mine':true}"), 1);
    world_must(world, shop.people[GUEST], "task.answer", "{'id':'2','yes':true}");
    world_must(world, shop.people[GUEST], "task.mark", "{'id':'2','state':'done'}");
    assert_int_equal(listed(&shop, DOER, "{'overdue':true}"), 1);
    assert_int_equal(listed(&shop, OBSERVER, "{'limit':1}"), 1);
    assert_false(json_is_null(json_object_get(world->result, "next")));
    world_close(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks_by_role),   cmocka_unit_test(test_takes_by_role),
        cmocka_unit_test(test_answers_by_role), cmocka_unit_test(test_several_people),
        cmocka_unit_test(test_refused),         cmocka_unit_test(test_progress),
        cmocka_unit_test(test_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
