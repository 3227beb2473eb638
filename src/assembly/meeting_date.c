/* Dates of meetings: how early a call is, and when the next of a series takes place.
 *
 * Both are about local days, which only the server knows (assembly_set_zone); what is computed here goes into events, so a
 * replay needs no zone. A monthly meeting keeps its place in the month ("the first Thursday", "the last"), not its date, and all
 * keep their local hour when clocks change. Start at meeting_notice() and meeting_next_start(). */
#include "assembly/meeting.h"
#include "assembly/organisation.h"
#include "assembly/poll.h"
#include "assembly/rule.h"
#include "assembly/work.h"
#include "base/calendar.h"

#define DAY_MS INT64_C(86400000)
enum { WEEK = 7, WEEKS_OF_MONTH = 4 };

/* ---- local days ---- */

static int64_t local_ms(const struct request *request, uint64_t ms)
{
    int64_t (*offset)(uint64_t) = request->work->assembly->zone_offset;
    return (int64_t)ms + (offset == NULL ? 0 : offset(ms));
}

static int64_t local_day(const struct request *request, uint64_t ms)
{
    return local_ms(request, ms) / DAY_MS;
}

/* The same local hour, so many days later; an hour that is skipped by the clocks is the one after it. */
static uint64_t days_later(const struct request *request, uint64_t ms, unsigned days)
{
    int64_t wanted = local_ms(request, ms) + days * DAY_MS;
    uint64_t guess = ms + (uint64_t)(days * DAY_MS);
    uint64_t later = (uint64_t)((int64_t)guess + wanted - local_ms(request, guess));
    return local_ms(request, later) == wanted ? later : guess;
}

/* ---- series ---- */

/* From 1. */
static int day_of_month(const struct request *request, uint64_t ms)
{
    return calendar_day_of(local_day(request, ms)).day;
}

/* First, second … of its weekday in the month, from 0; WEEKS_OF_MONTH = the fifth, which is the last. */
static int week_of_month(const struct request *request, uint64_t ms)
{
    return (day_of_month(request, ms) - 1) / WEEK;
}

static bool is_last_of_month(const struct request *request, uint64_t ms)
{
    return day_of_month(request, days_later(request, ms, WEEK)) < day_of_month(request, ms);
}

static bool is_monthly(const json_t *meeting)
{
    return slice_equal(json_get_text(json_object_get(meeting, "series"), "every"),
                       slice_text("month"));
}

bool meeting_keeps_last(const struct request *request, const json_t *meeting)
{
    uint64_t starts = (uint64_t)json_get_integer(meeting, "starts_ms");
    bool before = json_get_flag(json_object_get(meeting, "series"), "last");
    return is_monthly(meeting) && (week_of_month(request, starts) == WEEKS_OF_MONTH ||
                                   (before && is_last_of_month(request, starts)));
}

/* last: on the last such weekday of each month, whichever it is. */
static uint64_t month_later(const struct request *request, uint64_t ms, bool last)
{
    uint64_t four = days_later(request, ms, 4 * WEEK), five = days_later(request, ms, 5 * WEEK);
    bool is_four = last ? day_of_month(request, five) < day_of_month(request, four)
                        : week_of_month(request, four) == week_of_month(request, ms);
    return is_four ? four : five;
}

uint64_t meeting_next_start(struct request *request, const json_t *meeting)
{
    struct slice every = json_get_text(json_object_get(meeting, "series"), "every");
    uint64_t starts = (uint64_t)json_get_integer(meeting, "starts_ms");
    unsigned days = slice_equal(every, slice_text("week")) ? WEEK : 2 * WEEK;
    bool monthly = is_monthly(meeting), last = meeting_keeps_last(request, meeting);
    do {
        starts = monthly ? month_later(request, starts, last) : days_later(request, starts, days);
    } while (starts <= request->now_ms);
    return starts;
}

/* ---- notice ---- */

/* Days between call and meeting that the law asks (sc: CSA 6:70; asbl: notice of the general assembly). */
static const struct {
    const char *legal_form, *kind;
    int64_t days;
} lawful[] = {
    {"sc", "general_assembly", 15},
    {"asbl", "general_assembly", 15},
};

static int64_t lawful_days(struct request *request, const json_t *plan)
{
    int64_t days = 0;
    json_t *organisation = organisation_load(request_txn(request));
    struct slice form = json_get_text(organisation, "legal_form");
    for (size_t i = 0; i < sizeof lawful / sizeof lawful[0]; i++) {
        if (slice_equal(form, slice_text(lawful[i].legal_form)) &&
            slice_equal(json_get_text(plan, "kind"), slice_text(lawful[i].kind))) {
            days = lawful[i].days;
        }
    }
    json_decref(organisation);
    return days;
}

/* Days between a first meeting and the second that the rule asks; a rule of the organisation has its own. */
static int64_t gap_days(struct request *request, struct slice rule)
{
    struct id id;
    const struct rule_preset *preset = rule_preset_find(rule);
    json_t *document =
        id_parse(rule, &id) ? document_load(request_txn(request), DOCUMENT_RULE, id) : NULL;
    const json_t *again = json_object_get(document, "second_call");
    int64_t days = json_get_integer(again, "gap_days");
    if (document == NULL && preset != NULL && preset->second_call) {
        days = preset->gap_days;
    }
    json_decref(document);
    return days;
}

bool meeting_fell_short(struct request *request, struct id first, struct slice named)
{
    json_t *found, *given = json_object();
    struct rule rule = {0};
    struct rule_use use;
    json_put(given, "use", json_text(named));
    enum error error = rule_of(request, given, &found, &use);
    json_decref(given);
    if (error == ERROR_NONE) {
        rule_read(found, &rule);
    }
    bool fell = poll_meeting_fell_short(request_txn(request), first, &rule);
    if (error == ERROR_NONE) {
        json_decref(found);
    }
    return fell;
}

static int64_t days_between(const struct request *request, uint64_t from_ms, uint64_t to_ms)
{
    int64_t days = local_day(request, to_ms) - local_day(request, from_ms);
    return days < 0 ? 0 : days;
}

json_t *meeting_notice(struct request *request, const json_t *plan)
{
    json_t *notice = json_object();
    uint64_t starts = (uint64_t)json_get_integer(plan, "starts");
    uint64_t called = (uint64_t)json_get_integer(plan, "called");
    int64_t law = lawful_days(request, plan), told = json_get_integer(plan, "notice_days");
    int64_t asked = told > law ? told : law;
    int64_t given = days_between(request, called > 0 ? called : request->now_ms, starts);
    bool enough = given >= asked;
    json_put(notice, "asked_days", json_number((uint64_t)asked));
    json_put(notice, "given_days", json_number((uint64_t)given));
    struct id first = json_get_id(plan, "second_of");
    if (!id_is_none(first)) {
        json_t *before = document_load(request_txn(request), DOCUMENT_MEETING, first);
        int64_t gap = gap_days(request, json_get_text(plan, "rule"));
        int64_t waited =
            days_between(request, (uint64_t)json_get_integer(before, "starts_ms"), starts);
        struct slice rule = json_get_text(plan, "rule");
        bool missed = meeting_fell_short(request, first, rule), known = missed || rule.size > 0;
        enough = enough && waited >= gap && (missed || !known);
        json_put(notice, "first_missed", known ? json_boolean(missed) : NULL);
        json_put(notice, "gap_asked_days", json_number((uint64_t)gap));
        json_put(notice, "gap_days", json_number((uint64_t)waited));
        json_decref(before);
    }
    json_put(notice, "enough", json_boolean(enough));
    return notice;
}
