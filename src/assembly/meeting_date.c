/* Dates of meetings: how early a call is, and when the next of a series takes place.
 *
 * Both are about local days, which only the server knows (assembly_set_zone); what is computed here goes into events, so a
 * replay needs no zone. A monthly meeting keeps its place in the month ("the first Thursday"), not its date, and all keep
 * their local hour when clocks change. Start at meeting_notice() and meeting_next_start(). */
#include "assembly/meeting.h"
#include "assembly/organisation.h"
#include "assembly/rule.h"
#include "assembly/work.h"

#define DAY_MS INT64_C(86400000)
enum { WEEK = 7 };

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
    return (uint64_t)((int64_t)guess + wanted - local_ms(request, guess));
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* From 1. */
static int64_t day_of_month(const struct request *request, uint64_t ms)
{
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t day = local_day(request, ms), year = 1970;
    for (; day >= (is_leap(year) ? 366 : 365); year++) {
        day -= is_leap(year) ? 366 : 365;
    }
    for (size_t month = 0; month < sizeof lengths; month++) {
        int64_t length = lengths[month] + (month == 1 && is_leap(year) ? 1 : 0);
        if (day < length) {
            break;
        }
        day -= length;
    }
    return day + 1;
}

/* ---- series ---- */

/* First, second … of its weekday in the month, from 0; the fifth is the last. */
static int64_t week_of_month(const struct request *request, uint64_t ms)
{
    return (day_of_month(request, ms) - 1) / WEEK;
}

static uint64_t month_later(const struct request *request, uint64_t ms)
{
    uint64_t four = days_later(request, ms, 4 * WEEK), five = days_later(request, ms, 5 * WEEK);
    int64_t week = week_of_month(request, ms);
    bool last_is_later = day_of_month(request, five) > day_of_month(request, four);
    if (week == 4) {
        return last_is_later ? five : four;
    }
    return week_of_month(request, four) == week ? four : five;
}

uint64_t meeting_next_start(struct request *request, const json_t *meeting)
{
    struct slice every = json_get_text(json_object_get(meeting, "series"), "every");
    uint64_t starts = (uint64_t)json_get_integer(meeting, "starts_ms");
    unsigned days = slice_equal(every, slice_text("week")) ? WEEK : 2 * WEEK;
    bool monthly = slice_equal(every, slice_text("month"));
    do {
        starts = monthly ? month_later(request, starts) : days_later(request, starts, days);
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
        enough = enough && waited >= gap;
        json_put(notice, "gap_asked_days", json_number((uint64_t)gap));
        json_put(notice, "gap_days", json_number((uint64_t)waited));
        json_decref(before);
    }
    json_put(notice, "enough", json_boolean(enough));
    return notice;
}
