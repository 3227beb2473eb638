/* Screens: the same code each time, sessions that read one topic and do nothing, and what ends them. */
#include "assembly/concept.h"
#include "assembly/kinds.h"
#include "tests/harness/c/world.h"

#include <string.h>

#define DAY    UINT64_C(86400000)
#define MINUTE UINT64_C(60000)

struct hall {
    struct world world;
    struct caller lead, ada;
    struct id meeting;
    char code[16];
    uint8_t token[32]; /* of the newest screen */
};

static struct id plan(struct hall *hall)
{
    struct id id = world_id(&hall->world);
    world_must(&hall->world, hall->lead, "meeting.plan",
               "{'id':'%s','kind':'general_assembly','title':{'fr':'AG'},'starts':%llu,"
               "'minutes':120}",
               world_text(id), (unsigned long long)(hall->world.now_ms + DAY));
    return id;
}

static const char *ask_code(struct hall *hall, const char *more)
{
    world_must(&hall->world, hall->lead, "meeting.screen", "{'id':'%s'%s}",
               world_text(hall->meeting), more);
    return json_string_value(world_at(hall->world.result, "code"));
}

static void hall_open(struct hall *hall)
{
    world_open(&hall->world);
    hall->lead = world_member(&hall->world, "Lou", "facilitator");
    hall->ada = world_member(&hall->world, "Ada", "");
    hall->meeting = plan(hall);
    snprintf(hall->code, sizeof hall->code, "%s", ask_code(hall, ""));
}

static struct caller session(struct hall *hall, enum error expected)
{
    struct store_txn *txn;
    struct caller caller;
    assert_int_equal(store_begin(hall->world.store, STORE_READ, &txn), ERROR_NONE);
    assert_int_equal(session_find(txn, hall->token, hall->world.now_ms, &caller), expected);
    assert_int_equal(session_is_good(txn, &caller, hall->world.now_ms), expected == ERROR_NONE);
    store_abort(txn);
    return caller;
}

/* A new screen. */
static struct caller enter(struct hall *hall)
{
    world_must(&hall->world, world_nobody, "session.screen", "{'code':'%s'}", hall->code);
    assert_true(hall->world.opened_session);
    memcpy(hall->token, hall->world.session_token, sizeof hall->token);
    return session(hall, ERROR_NONE);
}

static bool reads(struct hall *hall, struct caller caller, const char *topic, struct id id)
{
    struct store_txn *txn;
    struct topic found;
    char name[80];
    snprintf(name, sizeof name, id_is_none(id) ? "%s" : "%s/%s", topic, world_text(id));
    assert_int_equal(store_begin(hall->world.store, STORE_READ, &txn), ERROR_NONE);
    bool may = topic_find(txn, slice_text(name), &caller, &found) == ERROR_NONE;
    store_abort(txn);
    return may;
}

static void the_code_is_the_same_until_it_is_renewed(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    assert_int_equal(strlen(hall.code), 10);
    assert_string_equal(ask_code(&hall, ""), hall.code);
    assert_string_equal(json_string_value(world_at(hall.world.result, "link")) + 8, hall.code);
    assert_string_equal(world_try(&hall.world, hall.ada, "meeting.screen", "{'id':'1'}"),
                        "right.missing");
    assert_string_equal(world_try(&hall.world, hall.lead, "meeting.screen", "{'id':'9'}"),
                        "meeting.unknown");
    enter(&hall);
    const char *command = "'command':'3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d15'";
    char more[100], renewed[16];
    snprintf(more, sizeof more, ",'renew':true,%s", command);
    snprintf(renewed, sizeof renewed, "%s", ask_code(&hall, more));
    assert_string_not_equal(renewed, hall.code);
    session(&hall, ERROR_SESSION_EXPIRED);
    assert_string_equal(
        world_try(&hall.world, world_nobody, "session.screen", "{'code':'%s'}", hall.code),
        "screen.unknown");
    assert_string_equal(ask_code(&hall, more), renewed); /* repeated */
    snprintf(hall.code, sizeof hall.code, "%s", renewed);
    hall.code[0] |= 0x20; /* typed without capitals */
    enter(&hall);
    world_close(&hall.world);
}

/* Its answer was lost, and somebody renewed the code since then. */
static void a_renewal_repeated_later_brings_no_code_back(void **state)
{
    struct hall hall;
    char first[16], last[16];
    const char *again = ",'renew':true,'command':'3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d15'";
    (void)state;
    hall_open(&hall);
    snprintf(first, sizeof first, "%s", ask_code(&hall, again));
    for (size_t i = 0; i < 63; i++) { /* as many as are known */
        snprintf(last, sizeof last, "%s", ask_code(&hall, ",'renew':true"));
    }
    snprintf(hall.code, sizeof hall.code, "%s", last);
    enter(&hall);
    assert_string_equal(ask_code(&hall, again), last);
    session(&hall, ERROR_NONE);
    assert_string_equal(
        world_try(&hall.world, world_nobody, "session.screen", "{'code':'%s'}", first),
        "screen.unknown");
    for (size_t i = 0; i < 3; i++) { /* the row stays as long as it may be */
        snprintf(last, sizeof last, "%s", ask_code(&hall, ",'renew':true"));
    }
    assert_string_equal(ask_code(&hall, ""), last);
    world_close(&hall.world);
}

static void a_screen_reads_one_topic_and_does_nothing(void **state)
{
    struct hall hall;
    const struct id none = {{0}};
    (void)state;
    hall_open(&hall);
    struct id other = plan(&hall);
    struct caller screen = enter(&hall), second = enter(&hall);
    assert_int_equal(screen.kind, CALLER_SCREEN);
    assert_true(reads(&hall, screen, "screen", hall.meeting));
    assert_true(reads(&hall, second, "screen", hall.meeting));
    assert_true(reads(&hall, hall.lead, "screen", hall.meeting));
    assert_false(reads(&hall, hall.ada, "screen", hall.meeting));
    assert_false(reads(&hall, screen, "screen", other));
    static const char *const plain[] = {"org",      "proposals",       "meetings",  "me",
                                        "personal", "members/private", "moderation"};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        assert_false(reads(&hall, screen, plain[i], none));
    }
    assert_false(reads(&hall, screen, "meeting", hall.meeting));
    assert_false(reads(&hall, screen, "meeting_desk", hall.meeting));
    assert_false(reads(&hall, screen, "meeting_office", hall.meeting));
    assert_false(reads(&hall, screen, "member", hall.ada.member));
    world_must(&hall.world, screen, "session.get", "{}");
    assert_string_equal(json_string_value(world_at(hall.world.result, "roles.0")), "screen");
    assert_string_equal(json_string_value(world_at(hall.world.result, "meeting")),
                        world_text(hall.meeting));
    assert_string_equal(world_try(&hall.world, screen, "meeting.list", "{}"), "right.missing");
    assert_string_equal(world_try(&hall.world, screen, "attendance.enter", "{'meeting':'1'}"),
                        "right.missing");
    world_must(&hall.world, screen, "session.leave", "{}");
    assert_true(hall.world.closed_session);
    world_close(&hall.world);
}

static void sessions_of_members_stay(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    world_must(&hall.world, hall.lead, "session.screen", "{'code':'%s'}", hall.code);
    assert_false(hall.world.opened_session);
    assert_string_equal(json_string_value(world_at(hall.world.result, "name")), "Lou");
    assert_string_equal(
        world_try(&hall.world, hall.ada, "session.screen", "{'code':'%s'}", hall.code),
        "screen.signed_in");
    struct caller screen = enter(&hall);
    world_must(&hall.world, screen, "session.screen", "{'code':'%s'}", hall.code);
    assert_false(hall.world.opened_session);
    world_close(&hall.world);
}

static void the_meeting_ends_its_screens(void **state)
{
    struct hall hall;
    char first[200];
    (void)state;
    hall_open(&hall);
    enter(&hall);
    snprintf(first, sizeof first, "{'id':'1','command':'%s'}", world_text(world_id(&hall.world)));
    world_must(&hall.world, hall.lead, "meeting.screen", "%s", first);
    hall.world.now_ms += 400 * DAY;
    session(&hall, ERROR_SESSION_EXPIRED);
    for (size_t i = 0; i < 40; i++) { /* more than may be: old ones make room */
        enter(&hall);
    }
    world_must(&hall.world, hall.lead, "meeting.cancel", "{'id':'%s','reason':'Neige'}",
               world_text(hall.meeting));
    session(&hall, ERROR_NONE); /* it may ask for the last word */
    assert_string_equal(
        world_try(&hall.world, world_nobody, "session.screen", "{'code':'%s'}", hall.code),
        "screen.unknown");
    assert_string_equal(world_try(&hall.world, hall.lead, "meeting.screen", "{'id':'1'}"),
                        "meeting.bad_state");
    assert_string_equal(world_try(&hall.world, hall.lead, "meeting.screen", "%s", first),
                        "meeting.bad_state"); /* nor by saying again what was answered before */
    assert_true(reads(&hall, session(&hall, ERROR_NONE), "screen", hall.meeting));
    hall.world.now_ms += 2 * MINUTE;
    session(&hall, ERROR_SESSION_EXPIRED);
    world_close(&hall.world);
}

/* Two minutes after its end, to the millisecond; with another code at once. */
static void a_screen_hears_the_end(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    world_must(&hall.world, hall.lead, "meeting.start", "{'id':'1','seen':true}");
    struct caller renewed = enter(&hall);
    snprintf(hall.code, sizeof hall.code, "%s", ask_code(&hall, ",'renew':true"));
    session(&hall, ERROR_SESSION_EXPIRED);
    assert_int_equal(renewed.kind, CALLER_SCREEN);
    enter(&hall);
    world_must(&hall.world, hall.lead, "meeting.end", "{'id':'1'}");
    json_t *meeting = world_document(&hall.world, DOCUMENT_MEETING, hall.meeting);
    uint64_t ended_ms = (uint64_t)json_integer_value(world_at(meeting, "ended_ms"));
    json_decref(meeting);
    hall.world.now_ms = ended_ms + 2 * MINUTE;
    assert_true(reads(&hall, session(&hall, ERROR_NONE), "screen", hall.meeting));
    /* Loaded again it gives its code again; nobody else comes in by it any more. */
    assert_string_equal(world_try(&hall.world, session(&hall, ERROR_NONE), "session.screen",
                                  "{'code':'%s'}", hall.code),
                        "");
    assert_string_equal(
        world_try(&hall.world, world_nobody, "session.screen", "{'code':'%s'}", hall.code),
        "screen.unknown");
    hall.world.now_ms++;
    session(&hall, ERROR_SESSION_EXPIRED);
    world_close(&hall.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_code_is_the_same_until_it_is_renewed),
        cmocka_unit_test(a_renewal_repeated_later_brings_no_code_back),
        cmocka_unit_test(a_screen_reads_one_topic_and_does_nothing),
        cmocka_unit_test(sessions_of_members_stay),
        cmocka_unit_test(the_meeting_ends_its_screens),
        cmocka_unit_test(a_screen_hears_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
