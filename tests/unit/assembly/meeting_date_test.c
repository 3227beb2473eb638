/* Dates of meetings: series across a change of clocks and of those who lead them, notice. */
#include "assembly/erasure.h"
#include "assembly/meeting.h"
#include "tests/harness/c/meetings.h"

#define DAY  UINT64_C(86400000)
#define HOUR UINT64_C(3600000)

/* Brussels in 2026: summer time from 29 March 01:00 to 25 October 01:00 UTC. */
static int64_t brussels(uint64_t ms)
{
    const uint64_t spring = UINT64_C(1774746000000), autumn = UINT64_C(1792890000000);
    return (int64_t)(ms >= spring && ms < autumn ? 2 * HOUR : HOUR);
}

/* The start of the meeting that follows one of a series that started then; it ended right afterwards. */
static int64_t next_start(const char *every, uint64_t starts)
{
    struct world world;
    char more[80];
    world_open(&world);
    assembly_set_zone(world.assembly, brussels);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    world.now_ms = starts - DAY;
    snprintf(more, sizeof more, ",'series':'%s','template':'working_group'", every);
    struct id id = meetings_plan(&world, flo, "work_session", starts, more);
    assert_string_equal(meetings_act(&world, flo, "meeting.start", id), "");
    assert_string_equal(meetings_act(&world, flo, "meeting.end", id), "");
    world_expect_number(&world, DOCUMENT_MEETING, id, "series.next.number", 2);
    struct id next = meetings_id(&world, id, "series.next.id");
    world_expect_text(&world, DOCUMENT_MEETING, next, "agenda.3.item_kind", "work");
    world_expect_text(&world, DOCUMENT_MEETING, next, "series.every", every);
    int64_t found = meetings_number(&world, next, "starts_ms");
    /* One that does not take place is followed by the next as well. */
    world_must(&world, flo, "meeting.cancel", "{'id':'2','reason':'Vacances.'}");
    world_expect_number(&world, DOCUMENT_MEETING, next, "series.next.number", 3);
    world_close(&world);
    return found;
}

static void test_series(void **state)
{
    (void)state;
    /* Thursday 26 March 2026 18:00 in Brussels is 17:00 UTC; a week later summer time has begun: 16:00 UTC. */
    assert_int_equal(next_start("week", UINT64_C(1774544400000)), INT64_C(1775145600000));
    /* Two weeks over the end of summer time: 15 October 16:00 UTC → 29 October 17:00 UTC. */
    assert_int_equal(next_start("two_weeks", UINT64_C(1792080000000)), INT64_C(1793293200000));
    /* First Thursdays: 2 July → 6 August; 5 February → 5 March. */
    assert_int_equal(next_start("month", UINT64_C(1783008000000)), INT64_C(1786032000000));
    assert_int_equal(next_start("month", UINT64_C(1770310800000)), INT64_C(1772730000000));
    /* The last, where there are five: 30 April → 28 May. */
    assert_int_equal(next_start("month", UINT64_C(1777564800000)), INT64_C(1779984000000));
    /* Half past two does not exist on 29 March: half past three. */
    assert_int_equal(next_start("week", UINT64_C(1774143000000)), INT64_C(1774747800000));
}

/* Thursday 29 January 2026 18:00 in Brussels was the last of its month; so are those that follow, of four or five, until one
 * is put on another place. */
static void test_last_of_month(void **state)
{
    static const int64_t last[] = {
        INT64_C(1772125200000) /* 26 February */, INT64_C(1774544400000) /* 26 March */,
        INT64_C(1777564800000) /* 30 April */, INT64_C(1779984000000) /* 28 May */};
    struct world world;
    (void)state;
    world_open(&world);
    assembly_set_zone(world.assembly, brussels);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    world.now_ms = UINT64_C(1769706000000) - DAY;
    struct id id =
        meetings_plan(&world, flo, "work_session", world.now_ms + DAY, ",'series':'month'");
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) {
        world_must(&world, flo, "meeting.cancel", "{'id':'%s','reason':'Non.'}", world_text(id));
        id = meetings_id(&world, id, "series.next.id");
        assert_int_equal(meetings_number(&world, id, "starts_ms"), last[i]);
    }
    /* 14 May, the second Thursday → 11 June. */
    world_must(&world, flo, "meeting.revise", "{'id':'5','starts':%lld}",
               (long long)(last[3] - 14 * (int64_t)DAY));
    world_must(&world, flo, "meeting.cancel", "{'id':'5','reason':'Non.'}");
    id = meetings_id(&world, id, "series.next.id");
    assert_int_equal(meetings_number(&world, id, "starts_ms"), last[3] + 14 * (int64_t)DAY);
    assert_false(meetings_has(&world, id, "series.last"));
    world_close(&world);
}

/* Who called the first of a series of work sessions leads the next one too, whoever ended the one before, and it is theirs
 * when they are erased with their words. */
static void test_series_of_a_caller(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller ada = world_member(&world, "Ada", ""), adm = world_member(&world, "Adm", "admin");
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct id id = meetings_plan(&world, ada, "work_session", world.now_ms + DAY,
                                 ",'series':'week','place':{'fr':'Chez Ada'}");
    world_must(&world, flo, "meeting.cancel", "{'id':'1','reason':'Neige.'}");
    struct id next = meetings_id(&world, id, "series.next.id");
    world_expect_text(&world, DOCUMENT_MEETING, next, "by.name", "Ada");
    assert_string_equal(meetings_act(&world, ada, "meeting.start", next), "");
    world_must(&world, adm, "member.erase", "{'id':'%s','texts':true,'reason':'asked'}",
               world_text(ada.member));
    world_expect_text(&world, DOCUMENT_MEETING, next, "place.fr", ERASED_TEXT);
    world_expect_text(&world, DOCUMENT_MEETING, next, "series.every", "week");
    world_close(&world);
}

/* A series goes on in the place of the one that ends; that of a group ends with it. A group calls its own meetings again. */
static void test_series_of_a_group(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    for (int i = 0; i < 2; i++) {
        world_must(&world, flo, "group.create",
                   "{'id':'%s','language':'fr','name':'G','purpose':''}",
                   world_text(world_id(&world)));
    }
    struct id id =
        meetings_plan(&world, flo, "group", world.now_ms + DAY, ",'group':'1','series':'week'");
    for (int i = 1; i < MEETINGS_AHEAD_MAX; i++) {
        meetings_plan(&world, flo, "board", world.now_ms + DAY, "");
    }
    assert_string_equal(meetings_try_plan(&world, flo, "board", ""), "meeting.full");
    assert_string_equal(meetings_act(&world, flo, "meeting.start", id), "");
    assert_string_equal(meetings_act(&world, flo, "meeting.end", id), "");
    assert_string_equal(meetings_try_plan(&world, flo, "board", ""), "meeting.full");
    struct id next = meetings_id(&world, id, "series.next.id");
    world_must(&world, flo, "group.close", "{'id':'1','reason':'Fini.'}");
    world_must(&world, flo, "meeting.cancel", "{'id':'%s','reason':'Fini.'}", world_text(next));
    assert_false(meetings_has(&world, next, "series.next"));
    world_must(&world, flo, "group.reopen", "{'id':'1'}");
    assert_string_equal(meetings_try_plan(&world, flo, "group", ",'group':'2','second_of':'1'"),
                        "meeting.bad_state");
    assert_string_equal(meetings_try_plan(&world, flo, "group", ",'group':'1','second_of':'1'"),
                        "");
    world_close(&world);
}

static void test_notice(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller flo = world_member(&world, "Flo", "facilitator");
    struct caller adm = world_member(&world, "Adm", "admin");
    world_must(&world, adm, "org.update", "{'legal_form':'sc'}");
    struct id id = meetings_plan(&world, flo, "general_assembly", world.now_ms + 15 * DAY, "");
    world_expect_number(&world, DOCUMENT_MEETING, id, "notice.asked_days", 15);
    world_expect_number(&world, DOCUMENT_MEETING, id, "notice.given_days", 15);
    json_t *meeting = world_document(&world, DOCUMENT_MEETING, id);
    assert_true(json_is_true(world_at(meeting, "notice.enough")));
    json_decref(meeting);
    world.now_ms += DAY;
    assert_string_equal(meetings_act(&world, flo, "meeting.call", id), "");
    assert_string_equal(meetings_act(&world, flo, "meeting.call", id), "meeting.bad_state");
    world_expect_number(&world, DOCUMENT_MEETING, id, "notice.given_days", 14);
    world_must(&world, flo, "meeting.revise", "{'id':'1','starts':%llu,'notice_days':20}",
               (unsigned long long)(world.now_ms + 19 * DAY));
    world_expect_number(&world, DOCUMENT_MEETING, id, "notice.asked_days", 20);
    world_expect_number(&world, DOCUMENT_MEETING, id, "notice.given_days", 19);
    struct id work = meetings_plan(&world, flo, "work_session", world.now_ms + DAY, "");
    world_expect_number(&world, DOCUMENT_MEETING, work, "notice.asked_days", 0);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_series),
        cmocka_unit_test(test_last_of_month),
        cmocka_unit_test(test_series_of_a_caller),
        cmocka_unit_test(test_series_of_a_group),
        cmocka_unit_test(test_notice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
