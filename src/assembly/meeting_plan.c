/* Planning meetings: announcing, changing, calling and cancelling one.
 *
 * Whether the call was early enough, and a second call late enough after the first, is computed here (meeting_date.c) each
 * time one of the dates changes and stands in the event, because local days are not in the record; it warns, and refuses
 * nothing. The quorum that is watched is copied out of the rule that was named, so a rule changed later changes no meeting.
 * Start at meeting_handle_plan(). */
#include "assembly/group.h"
#include "assembly/meeting.h"
#include "assembly/meeting_presence.h"
#include "assembly/rule.h"

#include <string.h>

/* ---- who plans ---- */

static bool is_kind(const json_t *plan, const char *kind)
{
    return slice_equal(json_get_text(plan, "kind"), slice_text(kind));
}

/* Facilitators, secretariat and administration plan anything; coordinators what their group does; any member a work
 * session. */
static bool may_plan(const struct request *request, struct id group)
{
    return request_is(request, WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN) ||
           (is_kind(request->params, "work_session") && request_is(request, WHO_MEMBER)) ||
           (is_kind(request->params, "group") && !id_is_none(group) &&
            group_coordinates(request_txn(request), group, request->caller.member));
}

static bool count_one(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    return ++*(size_t *)context <= MEETINGS_AHEAD_MAX;
}

/* Work sessions of members take half of the room at most: an assembly can always be called. */
static size_t room_for(const struct request *request)
{
    return request_is(request, WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN)
               ? MEETINGS_AHEAD_MAX
               : MEETINGS_AHEAD_MAX / 2;
}

static bool is_full(struct store_txn *txn, size_t room)
{
    size_t count = 0;
    struct index_key prefix = index_key(INDEX_MEETING_AHEAD);
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), count_one, &count);
    return count >= room;
}

/* ---- what may be given ---- */

static enum error check_link(struct request *request)
{
    static const char https[] = "https://";
    struct slice link = request_text(request, "link");
    bool good = link.size > sizeof https - 1 && memcmp(link.data, https, sizeof https - 1) == 0;
    return request_has(request, "link") && !good
               ? request_fault(request, "link", ERROR_INPUT_BAD_VALUE)
               : ERROR_NONE;
}

/* Nobody announces a meeting years ahead; what is computed from a date stays a date. */
static enum error check_starts(struct request *request)
{
    const uint64_t ahead_max = UINT64_C(5) * 366 * 24 * 60 * 60 * 1000;
    bool far = (uint64_t)json_get_integer(request->params, "starts") > request->now_ms + ahead_max;
    return far ? request_fault(request, "starts", ERROR_INPUT_BAD_VALUE) : ERROR_NONE;
}

static enum error check_values(struct request *request)
{
    enum error error = check_link(request);
    return error == ERROR_NONE ? check_starts(request) : error;
}

static enum error check_group(struct request *request, struct id *group)
{
    *group = request_ref(request, "group", NUMBER_GROUP);
    if (!request_has(request, "group")) {
        return is_kind(request->params, "group")
                   ? request_fault(request, "group", ERROR_INPUT_MISSING_FIELD)
                   : ERROR_NONE;
    }
    json_t *document =
        id_is_none(*group) ? NULL : document_load(request_txn(request), DOCUMENT_GROUP, *group);
    bool known = document != NULL, open = known && group_is_open(document);
    json_decref(document);
    if (!known) {
        return request_fault(request, "group", ERROR_GROUP_UNKNOWN);
    }
    return open ? ERROR_NONE : request_fault(request, "group", ERROR_GROUP_BAD_STATE);
}

/* The meeting that this one calls again: ended, of the same kind and group, and not called again yet. */
static enum error check_first(struct request *request, struct id group, struct id *id,
                              json_t **first)
{
    *id = (struct id){{0}};
    *first = NULL;
    if (!request_has(request, "second_of")) {
        return ERROR_NONE;
    }
    enum error error = meeting_find(request, "second_of", id, first);
    if (error == ERROR_NONE &&
        (!meeting_is(*first, "ended") || json_object_get(*first, "second") != NULL ||
         !slice_equal(json_get_text(*first, "meeting_kind"), request_text(request, "kind")) ||
         !id_equal(json_get_id(json_object_get(*first, "group"), "id"), group))) {
        json_decref(*first);
        *first = NULL;
        error = request_fault(request, "second_of", ERROR_MEETING_BAD_STATE);
    }
    return error;
}

/* ---- the quorum that is watched ---- */

/* Of the rule named, into the plan: {"name","num","den","strict","unit","per_class"}, nothing where the rule has none. */
static enum error add_quorum(struct request *request, json_t *plan, bool second_call)
{
    static const char *const copied[] = {"num", "den", "strict", "unit", NULL};
    size_t i;
    json_t *word, *found, *given = json_object();
    struct rule_use use;
    bool per_class = false;
    json_put(given, "use", json_text(request_text(request, "rule")));
    json_put(given, "second_call", json_boolean(second_call));
    enum error error = rule_of(request, given, &found, &use);
    json_decref(given);
    if (error != ERROR_NONE) {
        return request_fault(request, "rule", error);
    }
    const json_t *asked = json_object_get(found, "quorum");
    /* Only who is there can be watched; who takes part is known when a vote has closed. */
    if (json_is_object(asked) && slice_equal(json_get_text(asked, "of"), slice_text("present"))) {
        json_array_foreach(json_object_get(found, "per_class"), i, word)
        {
            per_class = per_class || strcmp(json_string_value(word), "quorum") == 0;
        }
        json_t *quorum = json_object();
        json_put(quorum, "name", json_text(json_get_text(found, "name")));
        fields_copy(quorum, asked, copied);
        json_put(quorum, "per_class", json_boolean(per_class));
        json_put(plan, "quorum", quorum);
    }
    json_decref(found);
    return ERROR_NONE;
}

/* A second call drops the quorum, where the rule lets it and the first meeting (none = this is no second) missed it. */
static enum error watch_quorum(struct request *request, json_t *plan, struct id first)
{
    if (!request_has(request, "rule")) {
        return ERROR_NONE;
    }
    struct slice rule = request_text(request, "rule");
    bool second = !id_is_none(first) && meeting_fell_short(request, first, rule);
    json_put(plan, "rule", json_text(rule));
    enum error error = add_quorum(request, plan, second);
    return error == ERROR_RULE_BAD_STATE && second ? add_quorum(request, plan, false) : error;
}

/* ---- meeting.plan ---- */

static enum error add_agenda(struct request *request, json_t *plan, const json_t *first)
{
    json_t *agenda = NULL;
    enum error error = ERROR_NONE;
    if (request_has(request, "agenda")) {
        error =
            meeting_agenda_of(request, json_object_get(request->params, "agenda"), NULL, &agenda);
    } else if (request_has(request, "template")) {
        error = meeting_agenda_of_template(request, &agenda);
    } else if (first != NULL) {
        agenda = meeting_agenda_again(first);
    } else {
        agenda = json_array();
    }
    json_put(plan, "agenda", agenda);
    return error;
}

/* Letters and digits that nobody mistakes for others, in capitals. */
static const char code_alphabet[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Those in the hall check in by it. It opens nothing before the doors do (attendance.c), and stands apart from the plan: an
 * open export of the record lets nobody in. */
static void emit_code(struct request *request, struct id id)
{
    enum { LETTERS = sizeof code_alphabet - 1, FAIR = 256 - 256 % LETTERS };
    char code[MEETING_CODE_SIZE];
    for (size_t i = 0; i < MEETING_CODE_SIZE;) {
        uint8_t byte;
        request_random(request, &byte, 1);
        if (byte < FAIR) {
            code[i++] = code_alphabet[byte % LETTERS];
        }
    }
    json_t *event = meeting_event("drawn", id);
    json_put(event, "code", json_text(slice_of(code, sizeof code)));
    request_emit_json(request, EVENT_MEETING_CODE, event);
}

static json_t *plan_of(struct request *request, struct id id, struct id group, struct id first)
{
    static const char *const given[] = {"kind",        "title",  "starts", "minutes",
                                        "place",       "link",   "remote", "procedure",
                                        "notice_days", "series", NULL};
    json_t *plan = meeting_event("planned", id);
    json_put(plan, "number", json_number(number_next(request_txn(request), NUMBER_MEETING)));
    fields_copy(plan, request->params, given);
    json_put(plan, "group", id_is_none(group) ? NULL : json_id(group));
    json_put(plan, "second_of", id_is_none(first) ? NULL : json_id(first));
    return plan;
}

enum error meeting_handle_plan(struct request *request)
{
    struct id id = request_id(request, "id"), group = {{0}}, first_id = {{0}};
    json_t *first = NULL;
    if (document_exists(request_txn(request), DOCUMENT_MEETING, id)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    enum error error = check_group(request, &group);
    if (error == ERROR_NONE && !may_plan(request, group)) {
        error = request_fault(request, "kind", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE && is_full(request_txn(request), room_for(request))) {
        error = request_fault(request, "id", ERROR_MEETING_FULL);
    }
    if (error == ERROR_NONE) {
        error = check_values(request);
    }
    if (error == ERROR_NONE) {
        error = check_first(request, group, &first_id, &first);
    }
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *plan = plan_of(request, id, group, first_id);
    error = watch_quorum(request, plan, first_id);
    if (error == ERROR_NONE) {
        error = add_agenda(request, plan, first);
    }
    if (error == ERROR_NONE) {
        json_put(plan, "notice", meeting_notice(request, plan));
        request_emit_json(request, EVENT_MEETING, plan);
        emit_code(request, id);
    } else {
        json_decref(plan);
    }
    json_decref(first);
    return error;
}

/* The meeting that ends makes room for it; a group that was archived meets no more. */
static bool has_next(struct request *request, const json_t *meeting, struct id group)
{
    const json_t *series = json_object_get(meeting, "series");
    if (series == NULL || json_object_get(series, "next") != NULL ||
        is_full(request_txn(request), MEETINGS_AHEAD_MAX + 1)) {
        return false;
    }
    json_t *document = document_load(request_txn(request), DOCUMENT_GROUP, group);
    bool open = document == NULL || group_is_open(document);
    json_decref(document);
    return open;
}

/* The next of a series is planned by the act that ends this one; where there is no room the series stops. A work session stays
 * that of who called the first. */
void meeting_emit_next(struct request *request, struct id id, const json_t *meeting)
{
    static const char *const kept[] = {"title",       "place", "link",   "remote", "procedure",
                                       "notice_days", "rule",  "quorum", NULL};
    const json_t *series = json_object_get(meeting, "series");
    struct id next, group = json_get_id(json_object_get(meeting, "group"), "id");
    struct id by = json_get_id(json_object_get(meeting, "by"), "id");
    if (!has_next(request, meeting, group)) {
        return;
    }
    request_random(request, next.bytes, ID_SIZE);
    uint64_t length = (uint64_t)(json_get_integer(meeting, "planned_end_ms") -
                                 json_get_integer(meeting, "starts_ms"));
    json_t *plan = meeting_event("planned", next);
    json_put(plan, "number", json_number(number_next(request_txn(request), NUMBER_MEETING)));
    json_put(plan, "kind", json_text(json_get_text(meeting, "meeting_kind")));
    fields_copy(plan, meeting, kept);
    json_put(plan, "starts", json_number(meeting_next_start(request, meeting)));
    json_put(plan, "minutes", json_number(length / 60000));
    json_put(plan, "series", json_text(json_get_text(series, "every")));
    json_put(plan, "last", meeting_keeps_last(request, meeting) ? json_true() : NULL);
    json_put(plan, "called_by", id_is_none(by) ? NULL : json_id(by));
    json_put(plan, "group", id_is_none(group) ? NULL : json_id(group));
    json_put(plan, "after", json_id(id));
    json_put(plan, "agenda", meeting_agenda_next(request, meeting));
    json_put(plan, "notice", meeting_notice(request, plan));
    request_emit_json(request, EVENT_MEETING, plan);
    emit_code(request, next);
}

/* ---- meeting.revise, meeting.call ---- */

/* The dates of a meeting as a plan has them, for its notice. New reference. */
static json_t *plan_again(const json_t *meeting)
{
    static const char *const kept[] = {"notice_days", "rule", NULL};
    json_t *plan = json_object();
    struct id first = json_get_id(json_object_get(meeting, "second_of"), "id");
    fields_copy(plan, meeting, kept);
    json_put(plan, "kind", json_text(json_get_text(meeting, "meeting_kind")));
    json_put(plan, "starts", json_number((uint64_t)json_get_integer(meeting, "starts_ms")));
    json_put(plan, "second_of", id_is_none(first) ? NULL : json_id(first));
    if (json_get_integer(meeting, "called_ms") > 0) {
        json_put(plan, "called", json_number((uint64_t)json_get_integer(meeting, "called_ms")));
    }
    return plan;
}

static enum error check_revision(struct request *request, const json_t *meeting)
{
    if (json_object_size(request->params) <= 2u + (request_has(request, "base") ? 1 : 0)) {
        return request_fault(request, "title", ERROR_INPUT_MISSING_FIELD);
    }
    if (meeting_is(meeting, "open") && request_has(request, "starts")) {
        return request_fault(request, "starts", ERROR_MEETING_BAD_STATE);
    }
    /* Who is there from elsewhere stays so, until the desk or they themselves say otherwise. */
    if (request_has(request, "remote") && !json_get_flag(request->params, "remote") &&
        presence_is_remote(request_txn(request), json_get_id(meeting, "id"))) {
        return request_fault(request, "remote", ERROR_MEETING_BAD_STATE);
    }
    enum error error = meeting_check_base(request, meeting, "plan");
    return error == ERROR_NONE ? check_values(request) : error;
}

enum error meeting_handle_revise(struct request *request)
{
    static const char *const given[] = {"title", "starts", "minutes",   "place",
                                        "link",  "remote", "procedure", "notice_days",
                                        "rule",  "series", NULL};
    static const char *const dates[] = {"starts", "notice_days", "rule", NULL};
    struct id id;
    json_t *meeting;
    enum error error = meeting_to_prepare(request, "ahead", &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *event = meeting_event("revised", id);
    error = check_revision(request, meeting);
    if (error == ERROR_NONE) {
        fields_copy(event, request->params, given);
        error =
            watch_quorum(request, event, json_get_id(json_object_get(meeting, "second_of"), "id"));
    }
    if (error == ERROR_NONE) {
        json_t *plan = plan_again(meeting);
        fields_copy(plan, event, dates);
        json_put(event, "notice", meeting_notice(request, plan));
        json_decref(plan);
        request_emit_json(request, EVENT_MEETING, event);
    } else {
        json_decref(event);
    }
    json_decref(meeting);
    return error;
}

/* The call was sent now, whichever way: it is recorded once. */
enum error meeting_handle_call(struct request *request)
{
    struct id id;
    json_t *meeting;
    enum error error = meeting_to_prepare(request, "planned", &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    if (json_object_get(meeting, "called_ms") != NULL) {
        error = request_fault(request, "id", ERROR_MEETING_BAD_STATE);
    } else {
        json_t *event = meeting_event("called", id), *plan = plan_again(meeting);
        json_put(plan, "called", json_number(request->now_ms));
        json_put(event, "notice", meeting_notice(request, plan));
        json_decref(plan);
        request_emit_json(request, EVENT_MEETING, event);
    }
    json_decref(meeting);
    return error;
}

/* ---- meeting.cancel ---- */

/* A meeting of a series that does not take place is followed by the next. */
enum error meeting_handle_cancel(struct request *request)
{
    struct id id;
    json_t *meeting;
    enum error error = meeting_to_prepare(request, "planned", &id, &meeting);
    if (error == ERROR_NONE) {
        json_t *event = meeting_event("cancelled", id);
        json_put(event, "reason", json_text(request_text(request, "reason")));
        request_emit_json(request, EVENT_MEETING, event);
        meeting_emit_next(request, id, meeting);
        json_decref(meeting);
    }
    return error;
}
