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
    (void)state;
    /* A world for each: what is written about a decision grows with its to-dos. */
    for (unsigned from = TASK_FREE; from < TASK_STATES; from++) {
        struct shop shop;
        shop_open(&shop);
        for (unsigned to = TASK_FREE; to < TASK_STATES; to++) {
            for (int who = 0; who < PEOPLE; who++) {
                struct id id = task_in(&shop, from);
                expect(try_mark(&shop, who, id, to), wanted(who, from, to, TASK_BY_MARK), who, from,
                       to);
            }
        }
        world_close(&shop.world);
    }
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

/* ---- asking, handing over, for somebody without a device ---- */

static void test_asking(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    (void)state;
    shop_open(&shop);
    struct id id = make(&shop, MAKER, "", "");
    world_must(world, shop.people[MAKER], "task.ask", "{'id':'1','members':[%s,%s]}",
               quoted(&shop, GUEST), quoted(&shop, DOER));
    world_expect_text(world, DOCUMENT_TASK, id, "state", "asked");
    world_must(world, shop.people[MAKER], "task.ask", "{'id':'1','members':[%s],'on':false}",
               quoted(&shop, GUEST));
    world_expect_text(world, DOCUMENT_TASK, id, "asked.0.name", "Dov");
    assert_string_equal(world_try(world, shop.people[MAKER], "task.ask",
                                  "{'id':'1','members':[%s],'on':false}", quoted(&shop, GUEST)),
                        "input.bad_value");
    assert_string_equal(world_try(world, shop.people[OTHER], "task.ask",
                                  "{'id':'1','members':[%s]}", quoted(&shop, GUEST)),
                        "right.missing");
    world_must(world, shop.people[MAKER], "task.ask", "{'id':'1','members':[%s],'on':false}",
               quoted(&shop, DOER));
    world_expect_text(world, DOCUMENT_TASK, id, "state", "free");
    world_must(world, shop.people[DOER], "task.take", "{'id':'1'}");
    assert_string_equal(world_try(world, shop.people[MAKER], "task.ask",
                                  "{'id':'1','members':[%s],'hand_over':true}",
                                  quoted(&shop, GUEST)),
                        "input.bad_value");
    world_must(world, shop.people[DOER], "task.ask", "{'id':'1','members':[%s],'hand_over':true}",
               quoted(&shop, GUEST));
    world_expect_text(world, DOCUMENT_TASK, id, "state", "taken");
    world_expect_text(world, DOCUMENT_TASK, id, "asked.0.instead_of.name", "Dov");
    world_must(world, shop.people[GUEST], "task.answer", "{'id':'1','yes':true}");
    world_expect_text(world, DOCUMENT_TASK, id, "assignees.0.name", "Gus");
    json_t *task = world_document(world, DOCUMENT_TASK, id);
    assert_int_equal(json_array_size(json_object_get(task, "assignees")), 1);
    json_decref(task);
    /* The last one leaves while somebody is asked: the question stands. */
    world_must(world, shop.people[GUEST], "task.ask", "{'id':'1','members':[%s]}",
               quoted(&shop, OTHER));
    world_must(world, shop.people[GUEST], "task.mark", "{'id':'1','state':'free'}");
    world_expect_text(world, DOCUMENT_TASK, id, "state", "asked");
    world_close(world);
}

static void test_recorded_for(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    (void)state;
    shop_open(&shop);
    struct id id = make(&shop, MAKER, "", "");
    assert_string_equal(world_try(world, shop.people[OTHER], "task.take", "{'id':'1','for':%s}",
                                  quoted(&shop, GUEST)),
                        "right.missing");
    assert_string_equal(world_try(world, shop.people[FACILITATOR], "task.take",
                                  "{'id':'1','for':%s}", quoted(&shop, OBSERVER)),
                        "member.bad_state");
    world_must(world, shop.people[FACILITATOR], "task.take", "{'id':'1','for':%s}",
               quoted(&shop, GUEST));
    world_expect_text(world, DOCUMENT_TASK, id, "assignees.0.name", "Gus");
    world_expect_text(world, DOCUMENT_TASK, id, "assignees.0.recorded_by.name", "Fay");
    world_must(world, shop.people[FACILITATOR], "task.mark", "{'id':'1','state':'free','for':%s}",
               quoted(&shop, GUEST));
    world_expect_text(world, DOCUMENT_TASK, id, "state", "free");
    world_close(world);
}

/* ---- texts, checklist, dates ---- */

static void test_texts(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    char first[64], second[64], rest[256];
    (void)state;
    shop_open(&shop);
    snprintf(first, sizeof first, "'%s'", world_text(world_id(world)));
    snprintf(second, sizeof second, "'%s'", world_text(world_id(world)));
    snprintf(rest, sizeof rest,
             ",'quality':'Sans fissure','effort_hours':4,'checklist':[{'id':%s,'text':'Voir'},"
             "{'id':%s,'text':'Payer'}]",
             first, second);
    struct id id = make(&shop, DOER, quoted(&shop, DOER), rest);
    world_must(world, shop.people[DOER], "task.check", "{'id':'1','line':%s,'on':true}", second);
    world_expect_text(world, DOCUMENT_TASK, id, "checklist.1.by.name", "Dov");
    assert_string_equal(world_try(world, shop.people[MAKER], "task.check",
                                  "{'id':'1','line':%s,'on':true}", second),
                        "right.missing");
    assert_string_equal(world_try(world, shop.people[DOER], "task.check",
                                  "{'id':'1','line':'%s','on':true}", world_text(world_id(world))),
                        "input.bad_value");
    assert_string_equal(
        world_try(world, shop.people[OTHER], "task.update", "{'id':'1','title':'Autre'}"),
        "right.missing");
    assert_string_equal(world_try(world, shop.people[DOER], "task.update",
                                  "{'id':'1','checklist':[{'id':%s,'text':'a'},"
                                  "{'id':%s,'text':'b'}]}",
                                  first, first),
                        "input.bad_value");
    /* Lines change places, one is said better: the tick follows its line. */
    world_must(world, shop.people[FACILITATOR], "task.update",
               "{'id':'1','title':'Acheter 200 briques','quality':'','effort_hours':null,"
               "'result':'200 briques','checklist':[{'id':%s,'text':'Payer tout'},"
               "{'id':%s,'text':'Voir'}]}",
               second, first);
    json_t *task = world_document(world, DOCUMENT_TASK, id);
    assert_true(json_is_true(world_at(task, "checklist.0.done")));
    assert_true(json_is_false(world_at(task, "checklist.1.done")));
    assert_null(world_at(task, "quality"));
    assert_null(world_at(task, "effort_hours"));
    assert_string_equal(json_string_value(world_at(task, "history.0.changed.0")), "title");
    assert_int_equal(json_array_size(world_at(task, "history.0.changed")), 4);
    json_decref(task);
    world_expect_text(world, DOCUMENT_TASK_VERSIONS, id, "items.0.title", "Acheter des briques");
    world_expect_text(world, DOCUMENT_TASK_VERSIONS, id, "items.0.quality", "Sans fissure");
    world_must(world, shop.people[DOER], "task.mark", "{'id':'1','state':'done'}");
    assert_string_equal(
        world_try(world, shop.people[DOER], "task.update", "{'id':'1','title':'Autre'}"),
        "task.bad_state");
    world_close(world);
}

static int64_t number_in(struct world *world, struct id id, const char *path)
{
    json_t *task = world_document(world, DOCUMENT_TASK, id);
    json_t *value = world_at(task, path);
    int64_t number = value == NULL ? 0 : json_integer_value(value);
    json_decref(task);
    return number;
}

/* The date passes once; a later date makes it good again; what is done never gets late. */
static void test_overdue(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    char rest[64];
    (void)state;
    shop_open(&shop);
    uint64_t due = world->now_ms + 60000;
    snprintf(rest, sizeof rest, ",'due':%llu", (unsigned long long)due);
    struct id id = make(&shop, DOER, quoted(&shop, DOER), rest);
    struct id done = make(&shop, DOER, quoted(&shop, DOER), rest);
    world_must(world, shop.people[DOER], "task.mark", "{'id':'2','state':'done'}");
    world_due(world);
    assert_int_equal(number_in(world, id, "overdue_ms"), 0);
    world->now_ms = due + 1;
    world_due(world);
    assert_int_equal(number_in(world, id, "overdue_ms"), (int64_t)due);
    assert_int_equal(number_in(world, done, "overdue_ms"), 0);
    world_expect_text(world, DOCUMENT_TASK, id, "history.0.what", "overdue");
    uint64_t seq = world->seq;
    world_due(world);
    assert_int_equal(world->seq, seq);
    world_must(world, shop.people[DOER], "task.update", "{'id':'1','due':%llu}",
               (unsigned long long)(due + 3600000));
    assert_int_equal(listed(&shop, DOER, "{'overdue':true}"), 0);
    world->now_ms = due + 3700000;
    world_due(world);
    assert_int_equal(number_in(world, id, "overdue_ms"), (int64_t)due + 3600000);
    world_must(world, shop.people[DOER], "task.update", "{'id':'1','due':null}");
    assert_int_equal(listed(&shop, DOER, "{'overdue':true}"), 0);
    world_close(world);
}

/* ---- views ---- */

static void test_views(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    (void)state;
    shop_open(&shop);
    make(&shop, MAKER, "", "");
    make(&shop, MAKER, quoted(&shop, GUEST), "");
    make(&shop, DOER, quoted(&shop, DOER), "");
    world_must(world, shop.people[DOER], "task.create",
               "{'id':'%s','language':'fr','title':'T','result':'',"
               "'from':{'kind':'proposal','id':'1'}}",
               world_text(world_id(world)));
    assert_int_equal(listed(&shop, MAKER, "{'made':true}"), 2);
    assert_int_equal(listed(&shop, MAKER, "{'made':true,'state':'asked'}"), 1);
    assert_int_equal(listed(&shop, OTHER, "{'state':'asked'}"), 1);
    assert_int_equal(listed(&shop, OTHER, "{'from':{'kind':'decision','id':'2026-001'}}"), 3);
    assert_int_equal(listed(&shop, OTHER, "{'from':{'kind':'proposal','id':'1'}}"), 1);
    assert_string_equal(
        world_try(world, shop.people[OTHER], "task.list", "{'from':{'kind':'proposal','id':'9'}}"),
        "proposal.unknown");
    world_must(world, shop.people[DOER], "task.mark", "{'id':'3','state':'done'}");
    assert_int_equal(listed(&shop, OTHER, "{'archive':true}"), 0);
    assert_int_equal(listed(&shop, OTHER, "{'archive':false}"), 4);
    world->now_ms += TASK_ARCHIVE_MS;
    assert_int_equal(listed(&shop, OTHER, "{'archive':true}"), 1);
    assert_int_equal(listed(&shop, OTHER, "{'archive':false}"), 3);
    world_must(world, shop.people[DOER], "task.mark", "{'id':'3','state':'taken'}");
    assert_int_equal(listed(&shop, OTHER, "{'archive':true}"), 0);
    world_close(world);
}

static void test_themes(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    (void)state;
    shop_open(&shop);
    struct caller admin = world_member(world, "Ada", "admin");
    world_must(world, admin, "org.update",
               "{'settings':{'themes':[{'key':'lieu','label':{'fr':'Lieu'}}]}}");
    struct id proposal = world_id(world);
    world_must(world, shop.people[MAKER], "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'On est debout','text':'',"
               "'themes':['lieu']}",
               world_text(proposal));
    struct id id = world_id(world);
    world_must(world, shop.people[MAKER], "task.create",
               "{'id':'%s','language':'fr','title':'T','result':'',"
               "'from':{'kind':'proposal','id':'2'}}",
               world_text(id));
    world_expect_text(world, DOCUMENT_TASK, id, "themes.0", "lieu");
    assert_int_equal(listed(&shop, OTHER, "{'theme':'lieu'}"), 1);
    world_must(world, shop.people[MAKER], "task.update", "{'id':'1','themes':[]}");
    assert_int_equal(listed(&shop, OTHER, "{'theme':'lieu'}"), 0);
    assert_string_equal(
        world_try(world, shop.people[MAKER], "task.update", "{'id':'1','themes':['autre']}"),
        "input.bad_value");
    world_close(world);
}

/* ---- whom to ask ---- */

static void test_suggestions(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    (void)state;
    shop_open(&shop);
    world_must(world, shop.people[GUEST], "proposal.submit",
               "{'id':'%s','language':'fr','title':'Un banc','need':'On est debout','text':'',"
               "'themes':[]}",
               world_text(world_id(world)));
    world_must(world, shop.people[DOER], "proposal.support",
               "{'id':'2','on':true,'help':'une camionnette'}");
    world_must(world, shop.people[OTHER], "member.update", "{'id':%s,'skills':['Menuiserie fine']}",
               quoted(&shop, OTHER));
    world_must(world, shop.people[OBSERVER], "member.update", "{'id':%s,'skills':['Menuiserie']}",
               quoted(&shop, OBSERVER));
    world_must(world, shop.people[GUEST], "task.suggest",
               "{'from':{'kind':'proposal','id':'2'},'text':'De la ménuiserie simple'}");
    json_t *items = json_object_get(world->result, "items");
    assert_int_equal(json_array_size(items), 2);
    assert_string_equal(json_string_value(world_at(items, "0.member.name")), "Dov");
    assert_string_equal(json_string_value(world_at(items, "0.text")), "une camionnette");
    assert_string_equal(json_string_value(world_at(items, "1.member.name")), "Oto");
    assert_string_equal(json_string_value(world_at(items, "1.why")), "skill");
    assert_string_equal(world_try(world, shop.people[GUEST], "task.suggest", "{}"),
                        "input.missing_field");
    world_close(world);
}

/* ---- who is told ---- */

/* What the newest notifications of a member say: at most three, "a b c". */
static const char *told(struct shop *shop, int who)
{
    static char words[128];
    size_t i;
    json_t *item;
    words[0] = 0;
    world_must(&shop->world, shop->people[who], "notification.list", "{'limit':3}");
    json_array_foreach(json_object_get(shop->world.result, "items"), i, item)
    {
        size_t length = strlen(words);
        snprintf(words + length, sizeof words - length, "%s%s", i > 0 ? " " : "",
                 json_string_value(json_object_get(item, "what")));
    }
    return words;
}

static void test_told(void **state)
{
    struct shop shop;
    struct world *world = &shop.world;
    char rest[64];
    (void)state;
    shop_open(&shop);
    snprintf(rest, sizeof rest, ",'due':%llu", (unsigned long long)world->now_ms + 60000);
    make(&shop, MAKER, quoted(&shop, GUEST), rest);
    assert_string_equal(told(&shop, GUEST), "task_asked");
    assert_string_equal(told(&shop, MAKER), "");
    world_must(world, shop.people[GUEST], "task.answer", "{'id':'1','yes':true}");
    assert_string_equal(told(&shop, MAKER), "task_answered");
    world->now_ms += 120000;
    world_due(world);
    assert_string_equal(told(&shop, GUEST), "task_due task_asked");
    world_must(world, shop.people[GUEST], "task.ask", "{'id':'1','members':[%s]}",
               quoted(&shop, DOER));
    world_must(world, shop.people[MAKER], "task.mark",
               "{'id':'1','state':'dropped','reason':'Trop cher'}");
    assert_string_equal(told(&shop, GUEST), "task_dropped task_due task_asked");
    assert_string_equal(told(&shop, DOER), "task_dropped task_asked");
    make(&shop, MAKER, quoted(&shop, MAKER), "");
    world_must(world, shop.people[MAKER], "task.mark", "{'id':'2','state':'done'}");
    world_must(world, shop.people[DOER], "task.thank", "{'id':'2'}");
    assert_string_equal(told(&shop, MAKER), "task_thanked task_answered");
    assert_string_equal(told(&shop, OTHER), "");
    world_close(world);
}

/* Ann wrote the proposal and voted; Vic voted; Oto did neither. */
static void test_realised(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller fay = world_member(&world, "Fay", "facilitator");
    struct caller oto = world_member(&world, "Oto", "");
    struct voter ann = voting_voter(&world, "Ann", ""), vic = voting_voter(&world, "Vic", "");
    struct id proposal = voting_ready_proposal(&world, ann.caller, fay);
    struct id poll = voting_open(&world, fay, "decision", proposal, "");
    assert_string_equal(voting_cast(&world, poll, &ann, FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(&world, poll, &vic, FORM_YES_NO, CHOICE_YES), "");
    world_must(&world, fay, "poll.close", "{'id':'1'}");
    world_due(&world);
    struct shop shop = {
        .people = {[FACILITATOR] = fay, [DOER] = oto, [MAKER] = ann.caller, [GUEST] = vic.caller}};
    shop.world = world;
    make(&shop, DOER, quoted(&shop, DOER), "");
    make(&shop, DOER, quoted(&shop, DOER), "");
    world_must(&shop.world, oto, "task.mark", "{'id':'1','state':'done'}");
    assert_null(strstr(told(&shop, MAKER), "proposal_done"));
    world_must(&shop.world, oto, "task.mark", "{'id':'2','state':'done'}");
    assert_non_null(strstr(told(&shop, MAKER), "proposal_done"));
    assert_null(strstr(told(&shop, GUEST), "proposal_done"));
    world_must(&shop.world, ann.caller, "proposal.mark", "{'id':'1','state':'realised'}");
    assert_non_null(strstr(told(&shop, GUEST), "proposal_realised"));
    assert_null(strstr(told(&shop, DOER), "proposal_realised"));
    assert_null(strstr(told(&shop, MAKER), "proposal_realised")); /* it is her own act */
    world_close(&shop.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks_by_role),
        cmocka_unit_test(test_takes_by_role),
        cmocka_unit_test(test_answers_by_role),
        cmocka_unit_test(test_several_people),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_asking),
        cmocka_unit_test(test_recorded_for),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_overdue),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_themes),
        cmocka_unit_test(test_suggestions),
        cmocka_unit_test(test_told),
        cmocka_unit_test(test_realised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
