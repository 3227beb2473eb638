/* Incidents: whom a loss touches, numbers that everybody reads, names and weights that the officers read, reports, stops, when a vote
 * is offered again; and the margin of a result. */
#include "assembly/incident.h"
#include "assembly/kinds.h"
#include "assembly/work.h"
#include "tests/harness/c/voting.h"

#include <string.h>

#define DAY UINT64_C(86400000)
enum { PEOPLE = 9, CROWD = 300 };

struct hall {
    struct world world;
    struct caller lead, admin;
    struct voter people[CROWD];
    struct id meeting, poll;
};

static void there(struct hall *hall, size_t i)
{
    world_must(&hall->world, hall->lead, "attendance.record",
               "{'meeting':'%s','member':'%s','present':true}", world_text(hall->meeting),
               world_text(hall->people[i].caller.member));
}

/* A vote is open; all but the last of so many were there when it opened, who has come since. `weight`: of people[1]. */
static void hall_open_of(struct hall *hall, size_t count, unsigned weight)
{
    world_open(&hall->world);
    hall->lead = world_member(&hall->world, "Lou", "facilitator observer");
    hall->admin = world_member(&hall->world, "Ada", "admin observer");
    for (size_t i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "Mia %zu", i);
        hall->people[i] = voting_voter(&hall->world, name, "");
    }
    hall->people[1].weight = weight;
    world_must(&hall->world, hall->admin, "member.update", "{'id':'%s','weight':%u}",
               world_text(hall->people[1].caller.member), weight);
    hall->meeting = world_id(&hall->world);
    hall->poll = world_id(&hall->world);
    world_must(&hall->world, hall->lead, "meeting.plan",
               "{'id':'%s','kind':'general_assembly','title':{'fr':'AG'},'starts':%llu,"
               "'minutes':120}",
               world_text(hall->meeting), (unsigned long long)(hall->world.now_ms + DAY));
    world_must(&hall->world, hall->lead, "meeting.start", "{'id':'%s','seen':true}",
               world_text(hall->meeting));
    for (size_t i = 0; i + 1 < count; i++) {
        there(hall, i);
    }
    world_must(&hall->world, hall->lead, "poll.define",
               "{'id':'%s','kind':'straw','question':{'fr':'Oui ?','nl':'Ja?','en':'Yes?'},"
               "'method':'yes-no','mode':'named','meeting':'%s'}",
               world_text(hall->poll), world_text(hall->meeting));
    world_must(&hall->world, hall->lead, "poll.open", "{'id':'%s','seen':true}",
               world_text(hall->poll));
    there(hall, count - 1);
}

static void hall_open_weighing(struct hall *hall, unsigned weight)
{
    hall_open_of(hall, PEOPLE, weight);
}

static void hall_open(struct hall *hall)
{
    hall_open_weighing(hall, 1);
}

/* What the server would say of people first … last. */
static struct id found(struct hall *hall, struct id id, const char *kind, size_t first, size_t last,
                       const char *more)
{
    char members[PEOPLE * 40] = "";
    for (size_t i = first; i <= last; i++) {
        snprintf(members + strlen(members), sizeof members - strlen(members), "%s'%s'",
                 i == first ? "" : ",", world_text(hall->people[i].caller.member));
    }
    world_must(&hall->world, world_system, "meeting.incident",
               "{'id':'%s','meeting':'%s','kind':'%s','at':%llu,'members':[%s]%s}", world_text(id),
               world_text(hall->meeting), kind, (unsigned long long)hall->world.now_ms - 30000,
               members, more);
    return id;
}

static struct id lost(struct hall *hall, size_t first, size_t last)
{
    char more[60];
    snprintf(more, sizeof more, ",'poll':'%s'", world_text(hall->poll));
    return found(hall, world_id(&hall->world), "connection", first, last, more);
}

static void expect(struct hall *hall, struct id id, const char *field, int64_t number)
{
    world_expect_number(&hall->world, DOCUMENT_INCIDENT, id, field, number);
}

/* Those who hold an office read it, beside the names. */
static bool offered(struct hall *hall, struct id id)
{
    json_t *names = world_document(&hall->world, DOCUMENT_INCIDENT_NAMES, id);
    bool offer = json_is_true(world_at(names, "offer"));
    json_decref(names);
    return offer;
}

static const char *cast(struct hall *hall, size_t i, uint8_t value)
{
    return voting_cast(&hall->world, hall->poll, &hall->people[i], FORM_YES_NO, value);
}

static const char *report(struct hall *hall, size_t i, const char *more)
{
    return world_try(&hall->world, hall->people[i].caller, "incident.report", "{'meeting':'%s'%s}",
                     world_text(hall->meeting), more);
}

static void a_loss_touches_who_may_vote_and_has_not(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    assert_string_equal(cast(&hall, 0, CHOICE_YES), "");
    uint64_t before = hall.world.seq;
    struct id nothing = lost(&hall, 0, 0);
    assert_false(world_has(&hall.world, DOCUMENT_INCIDENT, nothing));
    assert_int_equal(hall.world.seq, 0);
    assert_true(before > 0);
    struct id id = lost(&hall, 0, PEOPLE - 1); /* one voted, the last came too late */
    expect(&hall, id, "people", PEOPLE - 2);
    expect(&hall, id, "kept_away", PEOPLE - 2);
    world_expect_text(&hall.world, DOCUMENT_INCIDENT, id, "incident_kind", "connection");
    world_expect_text(&hall.world, DOCUMENT_INCIDENT_NAMES, id, "people.0.name", "Mia 1");
    struct id again = lost(&hall, 1, 2); /* lost a second time: touched, not counted again */
    expect(&hall, again, "people", 2);
    expect(&hall, again, "kept_away", 0);
    assert_true(offered(&hall, id) && offered(&hall, again));
    world_close(&hall.world);
}

static void names_are_for_the_officers(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    const struct caller *readers[] = {&hall.lead, &hall.admin, &hall.people[0].caller};
    struct store_txn *txn;
    struct id id = lost(&hall, 1, 1);
    assert_int_equal(store_begin(hall.world.store, STORE_READ, &txn), ERROR_NONE);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(document_is_readable(txn, DOCUMENT_INCIDENT_NAMES, id, readers[i]),
                         i == 0);
        assert_true(document_is_readable(txn, DOCUMENT_INCIDENT, id, readers[i]));
    }
    store_abort(txn);
    assert_string_equal(world_try(&hall.world, hall.lead, "meeting.incident",
                                  "{'id':'%s','meeting':'%s','kind':'many','at':1}",
                                  world_text(world_id(&hall.world)), world_text(hall.meeting)),
                        "right.missing");
    world_close(&hall.world);
}

/* The vote as it ends with three to one, whom it waits for aside. */
static void close_three_to_one(struct hall *hall)
{
    static const size_t people[] = {0, 2, 3, 4};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(cast(hall, people[i], i < 3 ? CHOICE_YES : CHOICE_NO), "");
    }
    world_must(&hall->world, hall->lead, "poll.close", "{'id':'%s'}", world_text(hall->poll));
    world_must(&hall->world, hall->lead, "poll.reveal", "{'id':'%s'}", world_text(hall->poll));
}

static bool has_field(struct hall *hall, uint8_t kind, struct id id, const char *field)
{
    json_t *document = world_document(&hall->world, kind, id);
    bool has = world_at(document, field) != NULL;
    json_decref(document);
    return has;
}

/* Where votes weigh, what one person weighs tells who it was: neither members nor exports read it, nor what follows from it.
 * Who holds an office is offered the vote again by it all the same. */
static void what_they_weigh_is_for_the_officers(void **state)
{
    static const unsigned weights[] = {4711, 1};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct hall hall;
        hall_open_weighing(&hall, weights[i]);
        struct id id = lost(&hall, 1, 1);
        expect(&hall, id, "kept_away", 1);
        assert_false(has_field(&hall, DOCUMENT_INCIDENT, id, "weight"));
        close_three_to_one(&hall);
        assert_int_equal(offered(&hall, id), weights[i] > 1);
        assert_false(has_field(&hall, DOCUMENT_INCIDENT, id, "offer"));
        assert_false(world_tells_everybody(&hall.world, slice_text("\"weight\":4711")));
        struct id later = lost(&hall, 5, 5); /* closed: nobody is waited for */
        assert_false(world_has(&hall.world, DOCUMENT_INCIDENT, later));
        world_close(&hall.world);
    }
}

/* Reported once the result is known, and where a ballot came after all. */
static void a_weight_that_is_reported_counts(void **state)
{
    struct hall hall;
    char poll[60];
    (void)state;
    hall_open_weighing(&hall, 4711);
    snprintf(poll, sizeof poll, ",'poll':'%s'", world_text(hall.poll));
    assert_string_equal(report(&hall, 1, poll), "");
    struct id id = lost(&hall, 5, 5);
    assert_string_equal(cast(&hall, 1, CHOICE_YES), "");
    close_three_to_one(&hall);
    assert_false(offered(&hall, id)); /* one of those two has voted */
    assert_false(world_tells_everybody(&hall.world, slice_text("\"weight\":4711")));
    world_close(&hall.world);
}

/* ---- records of earlier versions ---- */

struct older {
    struct hall *hall;
    struct id incident;
    unsigned kept_away, weight;
};
static struct older older;

/* An incident as it was recorded once: its weight in the event that everybody reads. */
static enum error emit_older(struct request *request)
{
    json_t *event = event_new("incident");
    json_put(event, "id", json_id(older.hall->meeting));
    json_put(event, "incident", json_id(older.incident));
    json_put(event, "kind", json_text(slice_text("connection")));
    json_put(event, "at", json_number(request->now_ms - 30000));
    json_put(event, "people", json_number(1));
    json_put(event, "poll", json_id(older.hall->poll));
    json_put(event, "kept_away", json_number(older.kept_away));
    json_put(event, "weight", json_number(older.weight));
    request_emit_json(request, EVENT_MEETING, event);
    if (older.kept_away == 0) {
        return ERROR_NONE; /* the vote has closed */
    }
    json_t *names = event_new("names"), *people = json_array();
    json_array_append_new(people, json_id(older.hall->people[1].caller.member));
    json_put(names, "id", json_id(older.incident));
    json_put(names, "meeting", json_id(older.hall->meeting));
    json_put(names, "poll", json_id(older.hall->poll));
    json_put(names, "people", people);
    json_put(names, "uncounted", json_array());
    request_emit_json(request, EVENT_INCIDENT, names);
    return ERROR_NONE;
}

static void record_older(struct hall *hall, struct id incident, unsigned kept_away, unsigned weight)
{
    static const struct command command = {.method = "meeting.incident",
                                           .who = WHO_SYSTEM,
                                           .flags = COMMAND_WRITE,
                                           .handle = emit_older};
    struct store_txn *txn;
    struct world *world = &hall->world;
    world->now_ms += 1000;
    struct request request = {.command = &command,
                              .caller = world_system,
                              .params = json_object(),
                              .shape_checked = true,
                              .now_ms = world->now_ms,
                              .year = 2026};
    json_put(request.params, "command", json_id(world_id(world)));
    older = (struct older){hall, incident, kept_away, weight};
    assert_int_equal(store_begin(world->store, STORE_WRITE, &txn), ERROR_NONE);
    assembly_begin(world->assembly, txn, world->now_ms);
    assert_int_equal(assembly_execute(world->assembly, &request), ERROR_NONE);
    assembly_finish(world->assembly);
    assembly_complete(world->assembly, &request);
    assert_int_equal(store_commit(txn), ERROR_NONE);
    assembly_committed(world->assembly);
    json_decref(request.params);
    json_decref(request.result);
}

/* They are judged alike; what they say to everybody in their events no document repeats. */
static void an_earlier_version_said_the_weight(void **state)
{
    struct hall hall;
    (void)state;
    hall_open_weighing(&hall, 4711);
    struct id id = world_id(&hall.world), other = world_id(&hall.world);
    record_older(&hall, id, 1, 4711);
    record_older(&hall, other, 1, 1);
    record_older(&hall, other, 0, 0);
    assert_false(has_field(&hall, DOCUMENT_INCIDENT, id, "weight"));
    close_three_to_one(&hall);
    assert_true(offered(&hall, id) && offered(&hall, other));
    expect(&hall, other, "kept_away", 0);
    world_close(&hall.world);
}

static void a_member_says_so_once(void **state)
{
    struct hall hall;
    char poll[60];
    (void)state;
    hall_open(&hall);
    snprintf(poll, sizeof poll, ",'poll':'%s'", world_text(hall.poll));
    struct caller out = world_member(&hall.world, "Out", "");
    assert_string_equal(world_try(&hall.world, out, "incident.report", "{'meeting':'%s'}",
                                  world_text(hall.meeting)),
                        "attendance.not_present");
    lost(&hall, 3, 3);
    assert_string_equal(report(&hall, 3, poll), "");
    assert_string_equal(report(&hall, 3, poll), "incident.twice");
    lost(&hall, 3, 3); /* lost once more: that they said so already stays */
    assert_string_equal(report(&hall, 3, poll), "incident.twice");
    assert_string_equal(report(&hall, 3, ",'text':'Le son est parti'"), "");
    assert_string_equal(report(&hall, 3, ""), "incident.twice");
    assert_string_equal(report(&hall, 4, ",'poll':'9'"), "poll.unknown");
    world_must(&hall.world, hall.lead, "poll.close", "{'id':'%s'}", world_text(hall.poll));
    assert_string_equal(report(&hall, 3, poll), "incident.twice");
    hall.world.now_ms += 60000;
    world_must(&hall.world, hall.lead, "poll.reopen", "{'id':'%s','reason':'Wi-Fi'}",
               world_text(hall.poll));
    assert_string_equal(report(&hall, 3, poll), ""); /* once more, of this opening */
    assert_string_equal(report(&hall, 3, poll), "incident.twice");
    assert_string_equal(report(&hall, 3, ""), "incident.twice");
    world_must(&hall.world, hall.lead, "poll.close", "{'id':'%s'}", world_text(hall.poll));
    world_must(&hall.world, hall.lead, "poll.reveal", "{'id':'%s'}", world_text(hall.poll));
    world_must(&hall.world, hall.lead, "meeting.end", "{'id':'%s'}", world_text(hall.meeting));
    assert_string_equal(report(&hall, 5, ""), "meeting.bad_state");
    world_close(&hall.world);
}

/* Kept away are those who have no ballot in the end. */
static void who_votes_after_all_was_not_kept_away(void **state)
{
    struct hall hall;
    char poll[60];
    (void)state;
    hall_open(&hall);
    snprintf(poll, sizeof poll, ",'poll':'%s'", world_text(hall.poll));
    struct id first = lost(&hall, 0, 5), second = lost(&hall, 5, 6);
    assert_string_equal(report(&hall, 7, poll), "");
    assert_true(offered(&hall, first));
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(cast(&hall, i, CHOICE_YES), "");
    }
    assert_string_equal(cast(&hall, 5, CHOICE_YES), "");
    world_must(&hall.world, hall.lead, "poll.close", "{'id':'%s'}", world_text(hall.poll));
    expect(&hall, first, "people", 6); /* so many were disturbed */
    expect(&hall, first, "kept_away", 2);
    expect(&hall, second, "kept_away", 1);
    assert_false(offered(&hall, first) || offered(&hall, second));
    world_must(&hall.world, hall.lead, "poll.reopen", "{'id':'%s','reason':'Wi-Fi'}",
               world_text(hall.poll));
    world_must(&hall.world, hall.lead, "poll.close", "{'id':'%s'}", world_text(hall.poll));
    expect(&hall, first, "kept_away", 2); /* once */
    world_close(&hall.world);
}

/* A network that fails one after the other, and all vote after all: the close says so of each. */
static void a_crowd_votes_after_all(void **state)
{
    static struct hall hall;
    struct id incidents[CROWD - 1];
    (void)state;
    hall_open_of(&hall, CROWD, 1);
    for (size_t i = 0; i + 1 < CROWD; i++) {
        incidents[i] = lost(&hall, i, i);
    }
    for (size_t i = 0; i + 1 < CROWD; i++) {
        assert_string_equal(cast(&hall, i, CHOICE_YES), "");
    }
    world_must(&hall.world, hall.lead, "poll.close", "{'id':'%s'}", world_text(hall.poll));
    for (size_t i = 0; i + 1 < CROWD; i++) {
        expect(&hall, incidents[i], "kept_away", 0);
    }
    world_close(&hall.world);
}

/* However many there were before: all count, and all say the same. */
static void the_offer_counts_all(void **state)
{
    enum { BEFORE = 280 };
    struct hall hall;
    struct id before[BEFORE];
    (void)state;
    hall_open(&hall);
    for (size_t i = 0; i < BEFORE; i++) {
        before[i] = lost(&hall, i < 5 ? i : 0, i < 5 ? i : 0);
    }
    assert_false(offered(&hall, before[0]));
    struct id sixth = lost(&hall, 5, 5);
    assert_true(offered(&hall, sixth));
    for (size_t i = 0; i < BEFORE; i++) {
        assert_true(offered(&hall, before[i]));
    }
    world_close(&hall.world);
}

/* Five are not enough before the result; one is after, where one could have changed it. */
static void a_vote_is_offered_again(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    struct id five = lost(&hall, 3, 7);
    assert_false(offered(&hall, five));
    struct id sixth = lost(&hall, 2, 2);
    assert_true(offered(&hall, five) && offered(&hall, sixth));
    world_must(&hall.world, hall.lead, "poll.close", "{'id':'%s'}", world_text(hall.poll));
    world_must(&hall.world, hall.lead, "poll.reopen", "{'id':'%s','reason':'Wi-Fi'}",
               world_text(hall.poll));
    assert_false(offered(&hall, five) || offered(&hall, sixth));
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(cast(&hall, i, i < 3 ? CHOICE_YES : CHOICE_NO), "");
    }
    hall.world.now_ms += 60000; /* lost since it was opened again */
    struct id one = lost(&hall, 4, 4);
    struct id two = lost(&hall, 5, 6);
    assert_false(offered(&hall, one) || offered(&hall, two));
    world_must(&hall.world, hall.lead, "poll.close", "{'id':'%s'}", world_text(hall.poll));
    assert_false(offered(&hall, one));
    world_must(&hall.world, hall.lead, "poll.reveal", "{'id':'%s'}", world_text(hall.poll));
    /* Three to one; three who were kept away since it was opened again, each counted anew. */
    expect(&hall, one, "kept_away", 1);
    expect(&hall, two, "kept_away", 2);
    assert_true(offered(&hall, one) && offered(&hall, two));
    assert_false(offered(&hall, five));
    world_close(&hall.world);
}

static void an_outage_has_an_end_and_a_stop_two(void **state)
{
    struct hall hall;
    char until[40];
    (void)state;
    hall_open(&hall);
    struct id id = found(&hall, world_id(&hall.world), "many", 0, 3, "");
    expect(&hall, id, "people", 4);
    snprintf(until, sizeof until, ",'until':%llu", (unsigned long long)hall.world.now_ms);
    found(&hall, id, "many", 0, 5, until);
    expect(&hall, id, "people", 6);
    json_t *incident = world_document(&hall.world, DOCUMENT_INCIDENT, id);
    assert_true(json_integer_value(world_at(incident, "until_ms")) >
                json_integer_value(world_at(incident, "at_ms")));
    assert_null(world_at(incident, "poll"));
    json_decref(incident);
    struct id stop = world_id(&hall.world);
    uint64_t started_ms = hall.world.now_ms + 60000;
    world_must(&hall.world, world_system, "meeting.incident",
               "{'id':'%s','meeting':'%s','kind':'restart','at':5,'until':%llu}", world_text(stop),
               world_text(hall.meeting), (unsigned long long)started_ms);
    expect(&hall, stop, "people", PEOPLE);
    expect(&hall, stop, "until_ms", (int64_t)started_ms);
    incident = world_document(&hall.world, DOCUMENT_INCIDENT, stop);
    assert_true(json_integer_value(world_at(incident, "at_ms")) > 5); /* the last event was later */
    assert_string_equal(json_string_value(world_at(incident, "poll")), world_text(hall.poll));
    json_decref(incident);
    world_close(&hall.world);
}

/* ---- the margin ---- */

static void margin(const char *text, uint64_t expected)
{
    char json[500];
    uint64_t found_margin = 0;
    snprintf(json, sizeof json, "%s", text);
    for (char *at = json; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    json_t *poll = json_parse_own(slice_text(json));
    assert_true(incident_margin(poll, &found_margin));
    if (found_margin != expected) {
        fail_msg("%s: %llu", text, (unsigned long long)found_margin);
    }
    json_decref(poll);
}

/* Against trying: `more` ballots of one kind do not change the outcome, one more does. */
static bool is_met(uint64_t support, uint64_t total, uint64_t num, uint64_t den, bool strict)
{
    return strict ? support * den > total * num : support * den >= total * num;
}

static void try_majority(uint64_t support, uint64_t total, uint64_t num, uint64_t den, bool strict)
{
    char json[300];
    bool met = is_met(support, total, num, den, strict);
    uint64_t more = 0;
    while (more < 500 &&
           is_met(met ? support : support + more + 1, total + more + 1, num, den, strict) == met) {
        more++;
    }
    snprintf(json, sizeof json,
             "{'method':'yes-no','result':{'majority':{'num':%u,'den':%u,'strict':%s,"
             "'base':'votes','support':%u,'total':%u,'met':%s}}}",
             (unsigned)num, (unsigned)den, strict ? "true" : "false", (unsigned)support,
             (unsigned)total, met ? "true" : "false");
    margin(json, more);
}

static void the_margin_is_what_changes_nothing(void **state)
{
    static const uint64_t fractions[][2] = {{1, 2}, {2, 3}, {3, 4}, {4, 5}};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        for (uint64_t support = 0; support <= 24; support++) {
            try_majority(support, 24, fractions[i][0], fractions[i][1], i == 0);
            try_majority(support, 24, fractions[i][0], fractions[i][1], i != 0);
        }
    }
    margin("{'method':'single','result':{'scores':[30,26,3],'winners':[0]}}", 3);
    margin("{'method':'approval','result':{'scores':[30,26,3],'winners':[0,1]}}", 22);
    margin("{'method':'yes-no','result':{'majority':{'num':1,'den':2,'strict':true,'base':"
           "'entitled','support':20,'total':50,'met':false}}}",
           5);
    margin("{'method':'yes-no','result':{'majority':{'num':1,'den':2,'strict':true,'base':'votes',"
           "'support':20,'total':21,'met':true},'quorum':{'of':'part','met':false,'x':21,"
           "'least':30}}}",
           8);
    uint64_t none;
    json_t *ranked = json_parse_own(
        slice_text("{\"method\":\"irv\",\"result\":{\"scores\":[3,2],\"winners\":[0]}}"));
    assert_false(incident_margin(ranked, &none));
    json_decref(ranked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_loss_touches_who_may_vote_and_has_not),
        cmocka_unit_test(names_are_for_the_officers),
        cmocka_unit_test(what_they_weigh_is_for_the_officers),
        cmocka_unit_test(a_weight_that_is_reported_counts),
        cmocka_unit_test(an_earlier_version_said_the_weight),
        cmocka_unit_test(a_member_says_so_once),
        cmocka_unit_test(who_votes_after_all_was_not_kept_away),
        cmocka_unit_test(a_crowd_votes_after_all),
        cmocka_unit_test(the_offer_counts_all),
        cmocka_unit_test(a_vote_is_offered_again),
        cmocka_unit_test(an_outage_has_an_end_and_a_stop_two),
        cmocka_unit_test(the_margin_is_what_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
