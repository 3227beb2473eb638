/* Meetings called again: what the first must have been, when the quorum is dropped, what is warned of and what is refused. */
#include "assembly/kinds.h"
#include "assembly/meeting.h"
#include "tests/harness/c/voting.h"

#include <string.h>

#define DAY UINT64_C(86400000)
enum { PEOPLE = 4 };

struct hall {
    struct world world;
    struct caller lead, admin;
    struct voter people[PEOPLE];
    struct id item; /* of the first meeting's agenda */
};

/* Each has one share of four: half of them are two. */
static void hall_open(struct hall *hall)
{
    static const char *const names[PEOPLE] = {"Ann", "Bea", "Cis", "Dov"};
    world_open(&hall->world);
    hall->lead = world_member(&hall->world, "Lou", "facilitator observer");
    hall->admin = world_member(&hall->world, "Ada", "admin observer");
    for (size_t i = 0; i < PEOPLE; i++) {
        hall->people[i] = voting_voter(&hall->world, names[i], "");
        world_must(&hall->world, hall->admin, "member.update", "{'id':'%s','shares':1}",
                   world_text(hall->people[i].caller.member));
    }
}

static const char *try_plan(struct hall *hall, struct id id, const char *kind, uint64_t starts,
                            const char *more)
{
    return world_try(&hall->world, hall->lead, "meeting.plan",
                     "{'id':'%s','kind':'%s','title':{'fr':'AG'},'starts':%llu,'minutes':60%s}",
                     world_text(id), kind, (unsigned long long)starts, more);
}

static struct id plan(struct hall *hall, uint64_t starts, const char *more)
{
    struct id id = world_id(&hall->world);
    assert_string_equal(try_plan(hall, id, "general_assembly", starts, more), "");
    return id;
}

static struct id plan_first(struct hall *hall, uint64_t starts, const char *more)
{
    char agenda[300];
    hall->item = world_id(&hall->world);
    snprintf(agenda, sizeof agenda,
             "%s,'agenda':[{'id':'%s','title':{'fr':'Point'},'item_kind':'vote','minutes':10}]",
             more, world_text(hall->item));
    return plan(hall, starts, agenda);
}

/* Held, with so many of the four there when it starts. */
static void hold(struct hall *hall, struct id meeting, size_t present)
{
    struct world *world = &hall->world;
    for (size_t i = 0; i < present; i++) {
        world_must(world, hall->lead, "attendance.record",
                   "{'meeting':'%s','member':'%s','present':true}", world_text(meeting),
                   world_text(hall->people[i].caller.member));
    }
    world_must(world, hall->lead, "meeting.start", "{'id':'%s','seen':true}", world_text(meeting));
}

static void end(struct hall *hall, struct id meeting)
{
    world_must(&hall->world, hall->lead, "meeting.end", "{'id':'%s'}", world_text(meeting));
}

static bool is(struct hall *hall, struct id meeting, const char *path, bool value)
{
    json_t *document = world_document(&hall->world, DOCUMENT_MEETING, meeting);
    const json_t *at = world_at(document, path);
    bool right = value ? json_is_true(at) : json_is_false(at);
    json_decref(document);
    return right;
}

static bool has(struct hall *hall, struct id meeting, const char *path)
{
    json_t *document = world_document(&hall->world, DOCUMENT_MEETING, meeting);
    bool there = world_at(document, path) != NULL;
    json_decref(document);
    return there;
}

static const char *define_second(struct hall *hall, struct id meeting)
{
    return world_try(&hall->world, hall->lead, "poll.define",
                     "{'id':'%s','kind':'decision','question':{'fr':'?','nl':'?','en':'?'},"
                     "'method':'yes-no','meeting':'%s','item':'%s',"
                     "'rule':{'use':'sc-statutes','second_call':true}}",
                     world_text(world_id(&hall->world)), world_text(meeting),
                     world_text(hall->item));
}

static void test_called_again(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    uint64_t starts = world->now_ms + DAY / 24;
    struct id first = plan_first(&hall, starts, ",'rule':'sc-statutes'");
    assert_string_equal(
        try_plan(&hall, world_id(world), "general_assembly", starts, ",'second_of':'1'"),
        "meeting.bad_state"); /* it is not over */
    assert_string_equal(
        world_try(world, hall.lead, "meeting.start", "{'id':'%s'}", world_text(first)),
        "meeting.below_quorum");
    hold(&hall, first, 1);
    world_expect_text(world, DOCUMENT_MEETING, first, "seen_below_quorum.0.by.name", "Lou");
    world_expect_number(world, DOCUMENT_MEETING, first, "seen_below_quorum.0.x", 1);
    end(&hall, first);
    assert_string_equal(try_plan(&hall, world_id(world), "board", starts, ",'second_of':'1'"),
                        "meeting.bad_state");
    struct id second = plan(&hall, starts + 14 * DAY, ",'second_of':'1','rule':'sc-statutes'");
    world_expect_number(world, DOCUMENT_MEETING, first, "second.number", 2);
    world_expect_number(world, DOCUMENT_MEETING, second, "second_of.number", 1);
    world_expect_text(world, DOCUMENT_MEETING, second, "agenda.0.title.fr", "Point");
    assert_false(has(&hall, second, "quorum"));
    world_expect_number(world, DOCUMENT_MEETING, second, "notice.gap_asked_days", 15);
    world_expect_number(world, DOCUMENT_MEETING, second, "notice.gap_days", 14);
    assert_true(is(&hall, second, "notice.enough", false));
    assert_true(is(&hall, second, "notice.first_missed", true));
    assert_string_equal(define_second(&hall, second), "rule.bad_state"); /* a day too early */
    world_must(world, hall.lead, "meeting.revise", "{'id':'2','starts':%llu}",
               (unsigned long long)(starts + 15 * DAY));
    assert_true(is(&hall, second, "notice.enough", true));
    assert_string_equal(define_second(&hall, second), "");
    assert_string_equal(
        try_plan(&hall, world_id(world), "general_assembly", starts, ",'second_of':'1'"),
        "meeting.bad_state");
    world_close(world);
}

/* Half of the shares were there: a meeting called again needs its quorum like any other, and says so. */
static void test_the_first_had_its_quorum(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    uint64_t starts = world->now_ms + DAY / 24;
    struct id first = plan_first(&hall, starts, "");
    hold(&hall, first, 2);
    end(&hall, first);
    struct id second = plan(&hall, starts + 20 * DAY, ",'second_of':'1'");
    assert_false(has(&hall, second, "notice.first_missed")); /* of which quorum? */
    assert_true(is(&hall, second, "notice.enough", true));
    world_must(world, hall.lead, "meeting.revise", "{'id':'2','rule':'sc-statutes'}");
    assert_true(is(&hall, second, "notice.first_missed", false));
    assert_true(is(&hall, second, "notice.enough", false));
    world_expect_text(world, DOCUMENT_MEETING, second, "quorum.unit", "shares");
    assert_string_equal(define_second(&hall, second), "rule.bad_state");
    assert_string_equal(world->field, "rule.second_call");
    world_close(world);
}

/* A rule that asks more than were there, which nobody had named: known from the count at the start. */
static void test_the_first_was_short_of_this_rule(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    (void)state;
    hall_open(&hall);
    uint64_t starts = world->now_ms + DAY / 24;
    struct id first = plan_first(&hall, starts, "");
    hold(&hall, first, 1);
    end(&hall, first);
    struct id second = plan(&hall, starts + 20 * DAY, ",'second_of':'1'");
    assert_string_equal(define_second(&hall, second), "");
    world_close(world);
}

/* ---- of what it decides whatever the attendance ---- */

enum { MISSED, DECIDED, UNTOUCHED, NEW, POINTS };

static const char *define(struct hall *hall, struct id poll, const char *meeting, const char *rule,
                          const char *about, struct id id)
{
    return world_try(&hall->world, hall->lead, "poll.define",
                     "{'id':'%s','kind':'decision','question':{'fr':'?','nl':'?','en':'?'},"
                     "'method':'yes-no','meeting':'%s','rule':{%s},'%s':'%s'}",
                     world_text(poll), meeting, rule, about, world_text(id));
}

static const char *define_again(struct hall *hall, struct id poll, const char *about, struct id id)
{
    return define(hall, poll, "2", "'use':'sc-statutes','second_call':true", about, id);
}

/* One of four votes yes. */
static void expect_vote(struct hall *hall, struct id poll, const char *verdict)
{
    struct world *world = &hall->world;
    world_must(world, hall->lead, "poll.open", "{'id':'%s','seen':true}", world_text(poll));
    assert_string_equal(voting_cast(world, poll, &hall->people[0], FORM_YES_NO, CHOICE_YES), "");
    world_must(world, hall->lead, "poll.close", "{'id':'%s'}", world_text(poll));
    world_must(world, hall->lead, "poll.reveal", "{'id':'%s'}", world_text(poll));
    world_expect_text(world, DOCUMENT_POLL, poll, "result.verdict", verdict);
}

static struct id vote(struct hall *hall, const char *meeting, const char *rule, struct id item,
                      const char *verdict)
{
    struct id poll = world_id(&hall->world);
    assert_string_equal(define(hall, poll, meeting, rule, "item", item), "");
    expect_vote(hall, poll, verdict);
    return poll;
}

static void set_agenda(struct hall *hall, const char *meeting, const struct id *points,
                       size_t count)
{
    char items[600];
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        size += (size_t)snprintf(items + size, sizeof items - size,
                                 "%s{'id':'%s','title':{'fr':'P'},'item_kind':'vote','minutes':1}",
                                 i == 0 ? "" : ",", world_text(points[i]));
    }
    world_must(&hall->world, hall->lead, "meeting.agenda", "{'id':'%s','base':999999,'items':[%s]}",
               meeting, items);
}

/* What the minutes say of this vote: "second", "first". */
static void expect_call(struct hall *hall, const json_t *minutes, struct id poll, bool second)
{
    size_t i;
    json_t *block;
    char line[60];
    const json_t *blocks = json_object_get(minutes, "blocks"), *facts = NULL;
    json_array_foreach(blocks, i, block)
    {
        if (id_equal(json_get_id(json_object_get(block, "facts"), "poll"), poll)) {
            facts = json_object_get(block, "facts");
        }
    }
    const json_t *flag = world_at(facts, "rule.second_call");
    assert_true(second ? json_is_true(flag) : json_is_false(flag));
    world_must(&hall->world, hall->lead, "minutes.export",
               "{'meeting':'2','language':'en','format':'markdown'}");
    snprintf(line, sizeof line, "**Call**: %s", second ? "second, whatever" : "first");
    assert_non_null(strstr(json_string_value(world_at(hall->world.result, "text")), line));
}

/* The first meeting, on all points but the new one; so many are there. */
static struct id hold_first(struct hall *hall, struct id *points, uint64_t *starts, size_t there)
{
    hall_open(hall);
    for (size_t i = 0; i < POINTS; i++) {
        points[i] = world_id(&hall->world);
    }
    *starts = hall->world.now_ms + DAY / 24;
    struct id first = plan(hall, *starts, "");
    set_agenda(hall, "1", points, NEW);
    hold(hall, first, there);
    return first;
}

/* The first was short when it started: what was voted on in vain there, or not at all. What was decided there, and what is new,
 * needs its quorum. */
static void test_of_what(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    struct id points[POINTS];
    (void)state;
    uint64_t starts;
    struct id first = hold_first(&hall, points, &starts, 1);
    struct id missed = vote(&hall, "1", "'use':'sc-statutes'", points[MISSED], "no_quorum");
    (void)vote(&hall, "1", "'use':'sc-ordinary'", points[DECIDED], "adopted");
    end(&hall, first);
    struct id second = plan(&hall, starts + 20 * DAY, ",'second_of':'1'");
    world_expect_text(world, DOCUMENT_MEETING, second, "agenda.2.id",
                      world_text(points[UNTOUCHED]));
    set_agenda(&hall, "2", points, POINTS);
    world->now_ms = starts + 20 * DAY;
    hold(&hall, second, 1);
    for (size_t i = 0; i < POINTS; i++) {
        bool may = i == MISSED || i == UNTOUCHED;
        assert_string_equal(define_again(&hall, world_id(world), "item", points[i]),
                            may ? "" : "rule.bad_state");
        assert_true(may || strcmp(world->field, "rule.second_call") == 0);
    }
    struct id new = vote(&hall, "2", "'use':'sc-statutes'", points[NEW], "no_quorum");
    /* By the vote alone; asked again in the second meeting, it is still that of the first. */
    struct id once = world_id(world), twice = world_id(world);
    assert_string_equal(define_again(&hall, once, "follows", missed), "");
    world_must(world, hall.lead, "poll.open", "{'id':'%s'}", world_text(once));
    world_must(world, hall.lead, "poll.cancel", "{'id':'%s','reason':'Typo'}", world_text(once));
    assert_string_equal(define_again(&hall, twice, "follows", once), "");
    expect_vote(&hall, twice, "adopted");
    world_must(world, hall.lead, "minutes.draft", "{'meeting':'2'}");
    json_t *minutes = world_document(world, DOCUMENT_MINUTES, second);
    expect_call(&hall, minutes, twice, true);
    expect_call(&hall, minutes, new, false);
    json_decref(minutes);
    world_close(world);
}

/* Quorum of half of the shares at the start, lost before one vote: that one alone. */
static void test_of_the_vote_that_missed(void **state)
{
    struct hall hall;
    struct world *world = &hall.world;
    struct id points[POINTS];
    (void)state;
    uint64_t starts;
    struct id first = hold_first(&hall, points, &starts, 2);
    world_must(world, hall.lead, "attendance.record",
               "{'meeting':'1','member':'%s','present':false}",
               world_text(hall.people[1].caller.member));
    (void)vote(&hall, "1", "'use':'sc-statutes'", points[MISSED], "no_quorum");
    end(&hall, first);
    (void)plan(&hall, starts + 20 * DAY, ",'second_of':'1'");
    assert_string_equal(define_again(&hall, world_id(world), "item", points[MISSED]), "");
    assert_string_equal(define_again(&hall, world_id(world), "item", points[UNTOUCHED]),
                        "rule.bad_state");
    world_close(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_called_again),
        cmocka_unit_test(test_the_first_had_its_quorum),
        cmocka_unit_test(test_the_first_was_short_of_this_rule),
        cmocka_unit_test(test_of_what),
        cmocka_unit_test(test_of_the_vote_that_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
