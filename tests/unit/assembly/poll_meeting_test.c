/* Votes inside a meeting: who opens and casts them, presence and quorum at the opening and at the close, a chair's countdown,
 * nothing told before it is revealed, reopening and asking again, second calls. */
#include "assembly/kinds.h"
#include "assembly/meeting.h"
#include "ledger/record.h"
#include "tests/harness/c/voting.h"

#include <string.h>

#define DAY UINT64_C(86400000)
enum { PEOPLE = 8, YES = CHOICE_YES, NO = CHOICE_NO };

struct hall {
    struct world world;
    struct caller admin, lead; /* who facilitates */
    struct voter people[PEOPLE];
    struct id meeting, item; /* the one point of every agenda */
};

static struct id plan(struct hall *hall, const char *kind, uint64_t starts, const char *more)
{
    struct id id = world_id(&hall->world);
    world_must(&hall->world, hall->lead, "meeting.plan",
               "{'id':'%s','kind':'%s','title':{'fr':'AG'},'starts':%llu,'minutes':120,"
               "'agenda':[{'id':'%s','title':{'fr':'Statuts'},'item_kind':'vote','minutes':10}]%s}",
               world_text(id), kind, (unsigned long long)starts, world_text(hall->item), more);
    return id;
}

static void there(struct hall *hall, size_t i, bool present)
{
    world_must(&hall->world, hall->lead, "attendance.record",
               "{'meeting':'%s','member':'%s','present':%s}", world_text(hall->meeting),
               world_text(hall->people[i].caller.member), present ? "true" : "false");
}

/* The first `present` people are there. */
static void start(struct hall *hall, size_t present)
{
    world_must(&hall->world, hall->lead, "meeting.start", "{'id':'%s','seen':true}",
               world_text(hall->meeting));
    for (size_t i = 0; i < present; i++) {
        there(hall, i, true);
    }
}

/* Eight members and who facilitates; a general assembly is planned. */
static void hall_open(struct hall *hall, const char *more)
{
    static const char *const names[PEOPLE] = {"Ann", "Bea", "Cis", "Dov",
                                              "Eli", "Fay", "Gil", "Han"};
    world_open(&hall->world);
    hall->admin = world_member(&hall->world, "Ada", "admin observer");
    hall->lead = world_member(&hall->world, "Lou", "facilitator observer");
    for (size_t i = 0; i < PEOPLE; i++) {
        hall->people[i] = voting_voter(&hall->world, names[i], "");
    }
    hall->item = world_id(&hall->world);
    hall->meeting = plan(hall, "general_assembly", hall->world.now_ms + DAY, more);
}

static const char *try_define(struct hall *hall, struct caller who, struct id poll,
                              const char *kind, const char *more)
{
    return world_try(&hall->world, who, "poll.define",
                     "{'id':'%s','kind':'%s','question':{'fr':'Oui ?','nl':'Ja?','en':'Yes?'},"
                     "'method':'yes-no','meeting':'%s'%s}",
                     world_text(poll), kind, world_text(hall->meeting), more);
}

static struct id draft(struct hall *hall, const char *kind, const char *more)
{
    struct id poll = world_id(&hall->world);
    assert_string_equal(try_define(hall, hall->lead, poll, kind, more), "");
    return poll;
}

static const char *act(struct hall *hall, struct caller who, const char *method, struct id poll,
                       const char *more)
{
    return world_try(&hall->world, who, method, "{'id':'%s'%s}", world_text(poll), more);
}

static void lead(struct hall *hall, const char *method, struct id poll, const char *more)
{
    assert_string_equal(act(hall, hall->lead, method, poll, more), "");
}

static struct id opened(struct hall *hall, const char *kind, const char *more)
{
    struct id poll = draft(hall, kind, more);
    lead(hall, "poll.open", poll, "");
    return poll;
}

static const char *cast(struct hall *hall, struct id poll, size_t i, uint8_t value)
{
    return voting_cast(&hall->world, poll, &hall->people[i], FORM_YES_NO, value);
}

static void cast_all(struct hall *hall, struct id poll, size_t yes, size_t no)
{
    for (size_t i = 0; i < yes + no; i++) {
        assert_string_equal(cast(hall, poll, i, i < yes ? YES : NO), "");
    }
}

static const char *mine(struct hall *hall, struct id poll, size_t i)
{
    world_must(&hall->world, hall->people[i].caller, "ballot.mine", "{'poll':'%s'}",
               world_text(poll));
    const char *reason = json_string_value(world_at(hall->world.result, "reason"));
    return reason == NULL ? "" : reason;
}

static void expect(struct hall *hall, struct id poll, const char *path, const char *text)
{
    world_expect_text(&hall->world, DOCUMENT_POLL, poll, path, text);
}

static void expect_number(struct hall *hall, struct id poll, const char *path, int64_t number)
{
    world_expect_number(&hall->world, DOCUMENT_POLL, poll, path, number);
}

static bool says(struct hall *hall, uint8_t kind, struct id poll, const char *path)
{
    json_t *document = world_document(&hall->world, kind, poll);
    bool there_is = world_at(document, path) != NULL;
    json_decref(document);
    return there_is;
}

static void reveal(struct hall *hall, struct id poll)
{
    lead(hall, "poll.close", poll, "");
    lead(hall, "poll.reveal", poll, "");
}

/* ---- the road ---- */

static void test_road(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    char item[80];
    (void)state;
    hall_open(&hall, "");
    snprintf(item, sizeof item, ",'body':'assembly','item':'%s'", world_text(hall.item));
    struct id poll = draft(&hall, "decision", item);
    expect(&hall, poll, "body", "assembly");
    expect(&hall, poll, "reveal", "hand");
    expect_number(&hall, poll, "meeting.number", 1);
    world_expect_text(world, DOCUMENT_POLL_CARD, poll, "meeting.item", world_text(hall.item));
    assert_string_equal(act(&hall, hall.lead, "poll.open", poll, ""), "meeting.bad_state");
    start(&hall, 4);
    lead(&hall, "poll.open", poll, "");
    expect_number(&hall, poll, "roll.count", PEOPLE);
    expect_number(&hall, poll, "presence.opening.heads", 4);
    there(&hall, 4, true);  /* late */
    there(&hall, 3, false); /* left */
    assert_string_equal(cast(&hall, poll, 0, YES), "");
    assert_string_equal(cast(&hall, poll, 3, YES), "ballot.not_present");
    assert_string_equal(cast(&hall, poll, 4, YES), "ballot.not_present");
    assert_string_equal(cast(&hall, poll, 5, YES), "ballot.not_present");
    assert_string_equal(mine(&hall, poll, 1), "");
    assert_string_equal(mine(&hall, poll, 3), "absent");
    assert_string_equal(mine(&hall, poll, 4), "late");
    assert_string_equal(mine(&hall, poll, 5), "absent");
    there(&hall, 3, true); /* was there when it opened, is again */
    assert_string_equal(cast(&hall, poll, 3, NO), "");
    there(&hall, 3, false); /* what was cast stays */
    assert_string_equal(act(&hall, hall.people[0].caller, "poll.awaited", poll, ""),
                        "right.missing");
    lead(&hall, "poll.awaited", poll, "");
    assert_int_equal(json_get_integer(world->result, "present"), 3);
    assert_int_equal(json_get_integer(world->result, "voted"), 2);
    assert_int_equal(json_get_integer(world->result, "awaited"), 2);
    lead(&hall, "poll.close", poll, "");
    world_due(world);
    world_close(world);
}

/* Between closing and revealing nothing tells how it ended. */
static void test_hidden(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, "");
    start(&hall, 4);
    struct id poll = opened(&hall, "decision", "");
    cast_all(&hall, poll, 3, 1);
    lead(&hall, "poll.close", poll, "");
    world->now_ms += DAY;
    world_due(world);
    expect(&hall, poll, "state", "closed");
    expect_number(&hall, poll, "presence.close.heads", 4);
    assert_false(says(&hall, DOCUMENT_POLL, poll, "result"));
    assert_false(says(&hall, DOCUMENT_POLL, poll, "decision"));
    assert_false(says(&hall, DOCUMENT_POLL_CARD, poll, "verdict"));
    assert_false(world_has(world, DOCUMENT_TALLY, poll));
    world_expect_number(world, DOCUMENT_TURNOUT, poll, "voted", 4);
    assert_string_equal(
        world_try(world, hall.people[0].caller, "ballot.list", "{'poll':'%s'}", world_text(poll)),
        "poll.bad_state");
    assert_string_equal(act(&hall, hall.people[0].caller, "poll.reveal", poll, ""),
                        "right.missing");
    lead(&hall, "poll.reveal", poll, "");
    expect(&hall, poll, "state", "counted");
    expect(&hall, poll, "result.verdict", "adopted");
    world_must(world, hall.people[0].caller, "ballot.list", "{'poll':'%s'}", world_text(poll));
    assert_int_equal(json_array_size(json_object_get(world->result, "items")), 4);
    json_t *document = world_document(world, DOCUMENT_POLL, poll);
    struct id decision = json_get_id(json_object_get(document, "decision"), "id");
    json_decref(document);
    world_expect_text(world, DOCUMENT_DECISION, decision, "body", "assembly");
    world_expect_number(world, DOCUMENT_DECISION, decision, "meeting.number", 1);
    assert_true(says(&hall, DOCUMENT_DECISION, decision, "meeting.started_ms"));
    assert_string_equal(act(&hall, hall.lead, "poll.reveal", poll, ""), "poll.bad_state");
    struct id at_once = opened(&hall, "straw", ",'reveal':'close'");
    lead(&hall, "poll.close", at_once, "");
    world_due(world);
    expect(&hall, at_once, "state", "counted");
    world_close(world);
}

/* By consent one objection is the outcome: its words come with it. */
static void test_hidden_objection(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    struct store_txn *txn;
    (void)state;
    hall_open(&hall, "");
    start(&hall, 4);
    struct id poll = world_id(world);
    world_must(world, hall.lead, "poll.define",
               "{'id':'%s','kind':'decision','question':{'fr':'Oui ?','nl':'Ja?','en':'Yes?'},"
               "'method':'consent','mode':'named','meeting':'1'}",
               world_text(poll));
    lead(&hall, "poll.open", poll, "");
    assert_string_equal(voting_object(world, poll, &hall.people[1], "Too hot"), "");
    struct topic topic = topic_of(TOPIC_OBJECTIONS, poll);
    for (int revealed = 0; revealed < 2; revealed++) {
        assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
        assert_int_equal(topic_is_readable(txn, topic, &hall.people[0].caller), revealed);
        assert_int_equal(topic_is_readable(txn, topic, &hall.lead), revealed);
        store_abort(txn);
        if (!revealed) {
            world_must(world, hall.lead, "notification.list", "{}");
            assert_int_equal(json_array_size(json_object_get(world->result, "items")), 0);
            reveal(&hall, poll);
        }
    }
    expect(&hall, poll, "result.verdict", "not_adopted");
    world_close(world);
}

/* ---- who, and what may be drafted ---- */

static void test_who(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, "");
    struct caller member = hall.people[1].caller;
    world_must(world, hall.lead, "meeting.offices", "{'id':'1','chair':'%s','scrutineers':[]}",
               world_text(hall.people[0].caller.member));
    struct id poll = world_id(world);
    assert_string_equal(try_define(&hall, member, poll, "decision", ""), "right.missing");
    assert_string_equal(try_define(&hall, member, poll, "straw", ""), "right.missing");
    assert_string_equal(try_define(&hall, hall.people[0].caller, poll, "decision", ""), "");
    start(&hall, 2);
    assert_string_equal(act(&hall, member, "poll.open", poll, ""), "right.missing");
    assert_string_equal(act(&hall, hall.people[0].caller, "poll.open", poll, ""), "");
    assert_string_equal(act(&hall, member, "poll.close", poll, ""), "right.missing");
    assert_string_equal(
        act(&hall, hall.people[0].caller, "poll.cancel", poll, ",'reason':'Wrong question'"), "");
    expect(&hall, poll, "cancelled.reason", "Wrong question");
    static const struct {
        const char *more, *reason, *field;
    } table[] = {
        {",'item':'00000000-0000-4000-8000-000000000000'", "meeting.bad_agenda", "item"},
        {",'opens':9000000000000", "input.bad_value", "opens"},
        {",'body':'members'", "input.bad_value", "body"},
        {",'body':'board'", "input.bad_value", "body"},
        {",'follows':'99'", "poll.unknown", "follows"},
        {",'rule':{'quorum':{'num':1,'den':2,'unit':'shares','of':'part'}}", "input.bad_value",
         "rule.quorum"},
        {",'rule':{'mandates':{'max':1,'who':'roll','own':true}}", "input.bad_value",
         "rule.mandates"},
        {",'electorate':{'kind':'present'},'rule':{'quorum':{'num':1,'den':2,'of':'present'}}",
         "input.bad_value", "rule.quorum"},
        {",'electorate':{'kind':'present'},'rule':{'majority':{'num':1,'den':2,'strict':true,"
         "'base':'entitled'}}",
         "input.bad_value", "rule.majority"},
        {",'electorate':{'kind':'present'},'params':{'flags':['late']}", "input.bad_value",
         "params.flags"},
        {",'rule':{'use':'sc-statutes','second_call':true}", "rule.bad_state", "rule.second_call"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_string_equal(
            try_define(&hall, hall.lead, world_id(world), "decision", table[i].more),
            table[i].reason);
        assert_string_equal(world->field, table[i].field);
    }
    static const char *const alone[] = {",'reveal':'hand'", ",'electorate':{'kind':'present'}",
                                        ",'body':'assembly'", ",'params':{'flags':['late']}"};
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        assert_string_equal(
            world_try(world, hall.lead, "poll.define",
                      "{'id':'%s','kind':'straw','question':{'fr':'?'},'method':'yes-no'%s}",
                      world_text(world_id(world)), alone[i]),
            "input.bad_value");
    }
    /* The rules of the statutes are an assembly's. */
    hall.meeting = plan(&hall, "board", world->now_ms + DAY, "");
    assert_string_equal(
        try_define(&hall, hall.lead, world_id(world), "decision", ",'rule':{'use':'sc-ordinary'}"),
        "rule.bad_state");
    struct id board = draft(&hall, "decision", "");
    expect(&hall, board, "body", "board");
    expect(&hall, board, "electorate.kind", "present");
    struct id all = draft(&hall, "decision", ",'electorate':{'kind':'entitled'}");
    expect(&hall, all, "body", "members");
    /* What is decided between two assemblies is not the assembly's. */
    hall.meeting = plan(&hall, "work_session", world->now_ms + DAY, "");
    assert_string_equal(
        try_define(&hall, hall.lead, world_id(world), "decision", ",'body':'assembly'"),
        "input.bad_value");
    world_must(world, hall.people[0].caller, "group.create",
               "{'id':'%s','language':'fr','name':'Jardin','purpose':''}",
               world_text(world_id(world)));
    hall.meeting = plan(&hall, "group", world->now_ms + DAY, ",'group':'1'");
    struct id group = draft(&hall, "decision", "");
    expect(&hall, group, "body", "group");
    expect(&hall, group, "groups.0.name", "Jardin");
    world_close(world);
}

/* Whoever calls a work session leads it, and decides nothing there for all; a group's decides for the group. */
static void test_what_a_meeting_decides(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, "");
    struct voter *ann = &hall.people[0];
    world_must(world, ann->caller, "group.create",
               "{'id':'%s','language':'fr','name':'Jardin','purpose':''}",
               world_text(world_id(world)));
    world_must(world, ann->caller, "meeting.plan",
               "{'id':'%s','kind':'work_session','title':{'fr':'Nous'},'starts':%llu,'minutes':60}",
               world_text(hall.meeting = world_id(world)), (unsigned long long)world->now_ms + DAY);
    assert_string_equal(try_define(&hall, ann->caller, world_id(world), "decision", ""),
                        "right.missing");
    assert_string_equal(try_define(&hall, ann->caller, world_id(world), "straw", ""), "");
    assert_string_equal(try_define(&hall, hall.lead, world_id(world), "decision", ""), "");
    world_must(world, ann->caller, "meeting.plan",
               "{'id':'%s','kind':'group','group':'1','title':{'fr':'Nous'},'starts':%llu,"
               "'minutes':60}",
               world_text(hall.meeting = world_id(world)), (unsigned long long)world->now_ms + DAY);
    assert_string_equal(try_define(&hall, ann->caller, world_id(world), "decision",
                                   ",'electorate':{'kind':'entitled'}"),
                        "right.missing");
    assert_string_equal(try_define(&hall, ann->caller, world_id(world), "decision", ""), "");
    world_close(world);
}

static void test_five_at_once(void **state)
{
    struct hall hall;
    struct id polls[MEETING_POLLS_OPEN_MAX];
    (void)state;
    hall_open(&hall, "");
    start(&hall, 2);
    for (size_t i = 0; i < MEETING_POLLS_OPEN_MAX; i++) {
        polls[i] = opened(&hall, "straw", "");
    }
    struct id sixth = draft(&hall, "straw", "");
    assert_string_equal(act(&hall, hall.lead, "poll.open", sixth, ""), "poll.too_many_open");
    assert_string_equal(cast(&hall, polls[4], 0, YES), "");
    lead(&hall, "poll.close", polls[0], "");
    lead(&hall, "poll.open", sixth, "");
    assert_string_equal(act(&hall, hall.lead, "poll.reopen", polls[0], ",'reason':'x'"),
                        "poll.too_many_open");
    world_close(&hall.world);
}

/* ---- time ---- */

static void test_countdown(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    struct store_txn *txn;
    struct record_poll record;
    (void)state;
    hall_open(&hall, "");
    start(&hall, 4);
    struct id timed = draft(&hall, "straw", ""), by_hand = opened(&hall, "straw", "");
    lead(&hall, "poll.open", timed, ",'seconds':120");
    json_t *document = world_document(world, DOCUMENT_POLL, timed);
    uint64_t closes = (uint64_t)json_get_integer(document, "closes_ms");
    assert_int_equal(closes - (uint64_t)json_get_integer(document, "opened_ms"), 120000);
    json_decref(document);
    lead(&hall, "poll.extend", timed, ",'seconds':60");
    lead(&hall, "poll.extend", timed, ",'seconds':60,'reason':'Wi-Fi'");
    expect_number(&hall, timed, "closes_ms", (int64_t)closes + 120000);
    expect(&hall, timed, "extended.reason", "Wi-Fi");
    lead(&hall, "poll.extend", timed, ",'seconds':-180"); /* earlier than the record has it */
    assert_false(says(&hall, DOCUMENT_POLL, timed, "extended"));
    expect_number(&hall, timed, "closes_ms", (int64_t)closes - 60000);
    assert_string_equal(act(&hall, hall.lead, "poll.extend", timed, ",'seconds':-600"),
                        "poll.bad_time");
    assert_string_equal(act(&hall, hall.lead, "poll.extend", timed, ",'seconds':0"),
                        "poll.bad_time");
    assert_string_equal(act(&hall, hall.lead, "poll.extend", timed, ""), "input.missing_field");
    assert_string_equal(cast(&hall, timed, 0, YES), "");
    lead(&hall, "poll.extend", by_hand, ",'seconds':30");
    lead(&hall, "poll.extend", by_hand, ",'closes':0");
    assert_false(says(&hall, DOCUMENT_POLL, by_hand, "closes_ms"));
    lead(&hall, "poll.extend", by_hand, ",'seconds':20");
    lead(&hall, "poll.extend", by_hand, ",'seconds':10,'reason':'Longer'");
    expect(&hall, by_hand, "extended.reason", "Longer");
    lead(&hall, "poll.extend", by_hand, ",'closes':0");
    lead(&hall, "poll.extend", by_hand, ",'seconds':30");
    /* At that very moment: in before it, or refused. */
    world->now_ms = closes - 60000 - 1 - 1000; /* each call moves it on by a second */
    assert_string_equal(cast(&hall, timed, 1, YES), "");
    world->now_ms = closes - 60000 - 1000;
    assert_string_equal(cast(&hall, timed, 2, YES), "poll.closed");
    expect(&hall, timed, "state", "closed");
    expect(&hall, by_hand, "state", "closed");
    expect_number(&hall, timed, "closed_ms", (int64_t)closes - 60000);
    assert_int_equal(store_begin(world->store, STORE_READ, &txn), ERROR_NONE);
    assert_true(record_poll(txn, timed, &record));
    assert_int_equal(record.closes_ms, closes + 120000); /* as the record has it: by hand */
    store_abort(txn);
    lead(&hall, "poll.reveal", timed, "");
    expect_number(&hall, timed, "result.took_part.heads", 2);
    world_close(world);
}

/* ---- reopening, asking again ---- */

static void test_reopened(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, "");
    start(&hall, 3);
    struct id poll = opened(&hall, "decision", "");
    assert_string_equal(cast(&hall, poll, 0, YES), "");
    assert_string_equal(act(&hall, hall.lead, "poll.reopen", poll, ",'reason':'x'"),
                        "poll.bad_state");
    lead(&hall, "poll.close", poll, "");
    there(&hall, 3, true);
    assert_string_equal(cast(&hall, poll, 1, NO), "poll.closed");
    lead(&hall, "poll.reopen", poll, ",'reason':'Connections were lost','seconds':30");
    assert_string_equal(cast(&hall, poll, 1, NO), "");
    assert_string_equal(cast(&hall, poll, 2, NO), "");
    assert_string_equal(cast(&hall, poll, 3, NO), "ballot.not_present"); /* of the same room */
    world->now_ms += 30000;
    world_due(world);
    expect(&hall, poll, "state", "closed");
    expect(&hall, poll, "reopened.reason", "Connections were lost");
    lead(&hall, "poll.reveal", poll, "");
    expect_number(&hall, poll, "result.yes", 1); /* what was cast before stayed */
    expect_number(&hall, poll, "result.no", 2);
    assert_string_equal(act(&hall, hall.lead, "poll.reopen", poll, ",'reason':'x'"), "poll.shown");
    struct id live = opened(&hall, "straw", ",'show_live':true");
    assert_string_equal(cast(&hall, live, 0, YES), "");
    world_expect_number(world, DOCUMENT_TALLY, live, "yes", 1);
    lead(&hall, "poll.close", live, "");
    assert_string_equal(act(&hall, hall.lead, "poll.reopen", live, ",'reason':'x'"), "poll.shown");
    world_close(world);
}

static void test_asked_again(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    char more[120];
    (void)state;
    hall_open(&hall, "");
    start(&hall, 3);
    struct id proposal = voting_ready_proposal(world, hall.people[0].caller, hall.lead);
    snprintf(more, sizeof more, ",'about':['%s']", world_text(proposal));
    struct id first = opened(&hall, "decision", more);
    snprintf(more, sizeof more, ",'about':['%s'],'follows':'%s'", world_text(proposal),
             world_text(first));
    assert_string_equal(try_define(&hall, hall.lead, world_id(world), "decision", more),
                        "poll.bad_state"); /* it is not over */
    cast_all(&hall, first, 1, 2);
    reveal(&hall, first);
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "rejected");
    struct id second = draft(&hall, "decision", more);
    expect_number(&hall, second, "follows.number", 1);
    expect_number(&hall, first, "followed_by.number", 2);
    assert_string_equal(try_define(&hall, hall.lead, world_id(world), "decision", more),
                        "poll.bad_state"); /* asked again once */
    assert_string_equal(try_define(&hall, hall.lead, second, "decision", more), ""); /* its draft */
    expect_number(&hall, second, "follows.number", 1);
    lead(&hall, "poll.open", second, "");
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "voting");
    cast_all(&hall, second, 2, 1);
    reveal(&hall, second);
    world_expect_text(world, DOCUMENT_PROPOSAL, proposal, "state", "adopted");
    expect(&hall, first, "result.verdict", "not_adopted");
    world_close(world);
}

/* A meeting that ends leaves nothing hidden, and no two decisions with one number. */
static void test_ended(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, "");
    start(&hall, 3);
    struct id polls[3];
    for (size_t i = 0; i < 3; i++) {
        polls[i] = opened(&hall, "decision", "");
        cast_all(&hall, polls[i], 2, 1);
    }
    lead(&hall, "poll.close", polls[0], "");
    lead(&hall, "poll.close", polls[1], "");
    assert_string_equal(act(&hall, hall.lead, "meeting.end", hall.meeting, ""),
                        "meeting.bad_state");
    lead(&hall, "poll.cancel", polls[2], ",'reason':'No time'");
    lead(&hall, "meeting.end", hall.meeting, "");
    world_due(world);
    expect(&hall, polls[0], "state", "counted");
    expect(&hall, polls[1], "state", "counted");
    expect(&hall, polls[2], "state", "cancelled");
    json_t *one = world_document(world, DOCUMENT_POLL, polls[0]),
           *two = world_document(world, DOCUMENT_POLL, polls[1]);
    assert_false(json_equal(world_at(one, "decision.number"), world_at(two, "decision.number")));
    json_decref(one);
    json_decref(two);
    world_close(world);
}

/* ---- quorum ---- */

#define HALF_PRESENT ",'rule':{'quorum':{'num':1,'den':2}}"

static void test_quorum(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, "");
    start(&hall, 3);
    struct id poll = draft(&hall, "decision", HALF_PRESENT);
    expect(&hall, poll, "rule.quorum.of", "present");
    assert_string_equal(act(&hall, hall.lead, "poll.open", poll, ""), "meeting.below_quorum");
    assert_string_equal(world->field, "seen");
    lead(&hall, "poll.open", poll, ",'seen':true");
    world_expect_number(world, DOCUMENT_MEETING, hall.meeting, "seen_below_quorum.0.x", 3);
    world_expect_number(world, DOCUMENT_MEETING, hall.meeting, "seen_below_quorum.0.least", 4);
    world_expect_text(world, DOCUMENT_MEETING, hall.meeting, "seen_below_quorum.0.poll",
                      world_text(poll));
    there(&hall, 3, true); /* at the opening counts too */
    cast_all(&hall, poll, 3, 0);
    reveal(&hall, poll);
    expect(&hall, poll, "result.verdict", "no_quorum");
    expect_number(&hall, poll, "result.quorum.x", 3);
    struct id lost = opened(&hall, "decision", HALF_PRESENT);
    cast_all(&hall, lost, 4, 0);
    there(&hall, 0, false);
    reveal(&hall, lost);
    expect(&hall, lost, "result.verdict", "no_quorum");
    expect_number(&hall, lost, "presence.opening.heads", 4);
    expect_number(&hall, lost, "presence.close.heads", 3);
    there(&hall, 0, true);
    struct id met = opened(&hall, "decision", HALF_PRESENT);
    cast_all(&hall, met, 3, 0);
    reveal(&hall, met);
    expect(&hall, met, "result.verdict", "adopted");
    expect(&hall, met, "result.sentence.en",
           "4 of 8 on the roll present or represented, at least 1/2 (4) needed: quorum reached. "
           "3 yes of 3 yes + no: more than 1/2 needed; 3/3 is more than 1/2: adopted");
    world_close(world);
}

/* Shares, and each class: what the hall has in all is not enough where one class is not there. */
static void test_shares_and_classes(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, "");
    json_t *organisation = world_document(world, DOCUMENT_ORGANISATION, world->org);
    char class[40];
    snprintf(class, sizeof class, "%s", json_string_value(world_at(organisation, "classes.0.id")));
    json_decref(organisation);
    struct id workers = world_id(world);
    world_must(world, hall.admin, "org.update",
               "{'classes':[{'id':'%s','key':'members','label':{'fr':'Membres'},'votes':true},"
               "{'id':'%s','key':'workers','label':{'fr':'Travail'},'votes':true}]}",
               class, world_text(workers));
    for (size_t i = 0; i < PEOPLE; i++) {
        world_must(world, hall.admin, "member.update", "{'id':'%s','shares':%d%s}",
                   world_text(hall.people[i].caller.member), i == 0 ? 50 : 1,
                   i >= 6 ? ",'class':'workers'" : "");
    }
    start(&hall, 2); /* 51 of 57 shares, no worker */
    struct id shares =
        opened(&hall, "decision", ",'rule':{'quorum':{'num':1,'den':2,'unit':'shares'}}");
    expect_number(&hall, shares, "presence.opening.shares", 51);
    cast_all(&hall, shares, 2, 0);
    reveal(&hall, shares);
    expect(&hall, shares, "result.verdict", "adopted");
    struct id each =
        draft(&hall, "decision", ",'rule':{'quorum':{'num':1,'den':4},'per_class':['quorum']}");
    assert_string_equal(act(&hall, hall.lead, "poll.open", each, ""), "meeting.below_quorum");
    there(&hall, 6, true);
    lead(&hall, "poll.open", each, "");
    cast_all(&hall, each, 2, 0);
    reveal(&hall, each);
    expect(&hall, each, "result.verdict", "adopted");
    /* Of the workers alone: the hall's other people are not on the roll, so they are not present in it. */
    struct id list = opened(&hall, "straw",
                            ",'electorate':{'kind':'classes','ids':['workers']},"
                            "'rule':{'quorum':{'num':1,'den':2,'of':'present'}}");
    expect_number(&hall, list, "presence.opening.heads", 1);
    world_close(world);
}

/* Half of shares that nobody has is not reached by nobody: the meeting says so, and a vote that asks it does not open. */
static void test_no_shares(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, ",'rule':'sc-statutes'");
    assert_string_equal(
        world_try(world, hall.lead, "meeting.start", "{'id':'%s'}", world_text(hall.meeting)),
        "meeting.below_quorum");
    start(&hall, 8);
    world_expect_number(world, DOCUMENT_PRESENCE, hall.meeting, "quorum.n", 0);
    world_expect_number(world, DOCUMENT_PRESENCE, hall.meeting, "quorum.missing", 1);
    struct id poll = draft(&hall, "decision", ",'rule':{'use':'sc-statutes'}");
    assert_string_equal(act(&hall, hall.lead, "poll.open", poll, ",'seen':true"), "poll.no_shares");
    world_must(world, hall.admin, "member.update", "{'id':'%s','shares':1}",
               world_text(hall.people[0].caller.member));
    world_expect_number(world, DOCUMENT_PRESENCE, hall.meeting, "quorum.missing", 0);
    lead(&hall, "poll.open", poll, "");
    world_close(world);
}

/* Three quarters of those voting; the first meeting is short of shares, the one called again decides with whoever came. */
static void test_second_call(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    char more[120];
    (void)state;
    hall_open(&hall, "");
    for (size_t i = 0; i < PEOPLE; i++) {
        world_must(world, hall.admin, "member.update", "{'id':'%s','shares':1}",
                   world_text(hall.people[i].caller.member));
    }
    start(&hall, 3);
    struct id poll = draft(&hall, "decision", ",'rule':{'use':'sc-statutes'}");
    expect(&hall, poll, "rule.quorum.unit", "shares");
    lead(&hall, "poll.open", poll, ",'seen':true");
    cast_all(&hall, poll, 3, 0);
    reveal(&hall, poll);
    expect(&hall, poll, "result.verdict", "no_quorum");
    lead(&hall, "meeting.end", hall.meeting, "");
    snprintf(more, sizeof more, ",'second_of':'%s'", world_text(hall.meeting));
    hall.meeting = plan(&hall, "general_assembly", world->now_ms + 20 * DAY, more);
    snprintf(more, sizeof more, ",'rule':{'use':'sc-statutes','second_call':true},'item':'%s'",
             world_text(hall.item));
    struct id early = draft(&hall, "decision", more);
    world->now_ms += 2 * DAY;
    start(&hall, 4); /* before its date: the statutes' days have not passed */
    assert_string_equal(act(&hall, hall.lead, "poll.open", early, ",'seen':true"),
                        "rule.bad_state");
    world->now_ms += 18 * DAY;
    struct id again = opened(&hall, "decision", more);
    assert_false(says(&hall, DOCUMENT_POLL, again, "rule.quorum.num"));
    cast_all(&hall, again, 3, 1); /* exactly three quarters */
    reveal(&hall, again);
    expect(&hall, again, "result.verdict", "adopted");
    expect(
        &hall, again, "result.sentence.en",
        "Second call: decided whatever the attendance. 3 yes of 4 yes + no: at least 3/4 needed; "
        "3/4 is exactly 3/4: adopted");
    struct id fails = opened(&hall, "decision", more);
    cast_all(&hall, fails, 2, 1);
    reveal(&hall, fails);
    expect(&hall, fails, "result.verdict", "not_adopted");
    world_close(world);
}

/* ---- other rolls ---- */

static void test_present_and_late(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall, "");
    start(&hall, 3);
    struct id present = opened(&hall, "decision", ",'electorate':{'kind':'present'}");
    struct id late = opened(&hall, "straw", ",'params':{'flags':['late']}");
    expect_number(&hall, present, "roll.count", 3);
    there(&hall, 3, true);
    assert_string_equal(cast(&hall, present, 3, YES), "ballot.not_on_roll");
    assert_string_equal(mine(&hall, present, 3), "late");
    assert_string_equal(cast(&hall, late, 3, YES), "");
    assert_string_equal(mine(&hall, late, 4), "absent");
    cast_all(&hall, present, 2, 1);
    reveal(&hall, present);
    expect(&hall, present, "result.verdict", "adopted");
    expect_number(&hall, present, "result.entitled.heads", 3);
    /* Four ballots that nobody is to know: few enough to guess. */
    struct id few = draft(&hall, "election", "");
    assert_string_equal(act(&hall, hall.lead, "poll.open", few, ""),
                        "poll.too_few_for_confidential");
    struct id base = opened(
        &hall, "decision",
        ",'rule':{'majority':{'num':1,'den':2,'strict':true,'base':'present'}}"); /* 4 are there */
    cast_all(&hall, base, 2, 0);
    reveal(&hall, base);
    expect(&hall, base, "result.verdict", "not_adopted");
    expect_number(&hall, base, "result.majority.total", 4);
    world_close(world);
}

/* A tie is the chair's, who is a member like any other outside this meeting. */
static void test_chair(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    struct caller chair;
    (void)state;
    hall_open(&hall, "");
    chair = hall.people[0].caller;
    world_must(world, hall.lead, "meeting.offices", "{'id':'1','chair':'%s','scrutineers':[]}",
               world_text(chair.member));
    start(&hall, 2);
    struct id poll = opened(&hall, "decision", ",'rule':{'tie':'chair'}");
    cast_all(&hall, poll, 1, 1);
    assert_string_equal(act(&hall, chair, "poll.close", poll, ""), "");
    assert_string_equal(
        act(&hall, chair, "poll.decide", poll, ",'adopted':true,'reason':'Not counted yet'"),
        "poll.bad_state");
    assert_string_equal(act(&hall, chair, "poll.reveal", poll, ""), "");
    expect(&hall, poll, "result.verdict", "tie_open");
    assert_string_equal(
        act(&hall, hall.people[1].caller, "poll.decide", poll, ",'adopted':true,'reason':'x'"),
        "right.missing");
    assert_string_equal(act(&hall, hall.lead, "poll.decide", poll, ",'adopted':true,'reason':'x'"),
                        "right.missing"); /* who leads is not who chairs */
    assert_string_equal(
        act(&hall, chair, "poll.decide", poll, ",'adopted':true,'reason':'For the oven'"), "");
    expect(&hall, poll, "result.verdict", "adopted");
    expect(&hall, poll, "chair.by.name", "Ann");
    world_close(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_road),
        cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_hidden_objection),
        cmocka_unit_test(test_who),
        cmocka_unit_test(test_what_a_meeting_decides),
        cmocka_unit_test(test_five_at_once),
        cmocka_unit_test(test_countdown),
        cmocka_unit_test(test_reopened),
        cmocka_unit_test(test_asked_again),
        cmocka_unit_test(test_ended),
        cmocka_unit_test(test_quorum),
        cmocka_unit_test(test_shares_and_classes),
        cmocka_unit_test(test_no_shares),
        cmocka_unit_test(test_second_call),
        cmocka_unit_test(test_present_and_late),
        cmocka_unit_test(test_chair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
