/* Meetings: general assemblies, of the board, of groups, work sessions.
 *
 * A meeting is planned with an agenda, opened, led through its items, and ended; then nothing of it changes but its minutes.
 * Nothing starts or ends one by itself: dates are what was announced. What several leaders do at once is kept apart by
 * `revs`: a command says which revision it was made from, and is refused when that part has changed since.
 * Who is there is kept by attendance.c, what is voted by the poll files, what disturbs it by incident.c. This file has what
 * others ask, and the topics; planning is in meeting_plan.c, agendas in meeting_agenda.c, leading in meeting_run.c. */
#include "assembly/meeting.h"
#include "assembly/group.h"

#include <string.h>

/* ---- asking ---- */

bool meeting_is(const json_t *meeting, const char *state)
{
    return slice_equal(json_get_text(meeting, "state"), slice_text(state));
}

enum error meeting_find(struct request *request, const char *parameter, struct id *id,
                        json_t **meeting)
{
    *id = request_ref(request, parameter, NUMBER_MEETING);
    *meeting = id_is_none(*id) ? NULL : document_load(request_txn(request), DOCUMENT_MEETING, *id);
    return *meeting == NULL ? request_fault(request, parameter, ERROR_MEETING_UNKNOWN) : ERROR_NONE;
}

json_t *meeting_item(const json_t *meeting, struct id item)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(meeting, "agenda"), i, one)
    {
        if (id_equal(json_get_id(one, "id"), item)) {
            return one;
        }
    }
    return NULL;
}

/* ---- who ---- */

static bool holds(const json_t *meeting, const char *office, struct id member)
{
    const json_t *person = json_object_get(json_object_get(meeting, "offices"), office);
    return person != NULL && id_equal(json_get_id(person, "id"), member);
}

/* Whoever called a work session leads it. */
static bool called(const json_t *meeting, struct id member)
{
    return slice_equal(json_get_text(meeting, "meeting_kind"), slice_text("work_session")) &&
           id_equal(json_get_id(json_object_get(meeting, "by"), "id"), member);
}

static bool runs(struct store_txn *txn, const json_t *meeting, const struct caller *caller)
{
    struct id member = caller->member;
    const json_t *group = json_object_get(meeting, "group");
    unsigned who = caller_who(txn, caller);
    if ((who & (WHO_FACILITATOR | WHO_SYSTEM)) != 0) {
        return true;
    }
    return caller->kind == CALLER_MEMBER && (who & WHO_READERS) != 0 &&
           (holds(meeting, "chair", member) || holds(meeting, "secretary", member) ||
            called(meeting, member) ||
            (group != NULL && group_coordinates(txn, json_get_id(group, "id"), member)));
}

static bool records(struct store_txn *txn, const json_t *meeting, const struct caller *caller)
{
    const json_t *scrutineers = json_object_get(json_object_get(meeting, "offices"), "scrutineers");
    unsigned who = caller_who(txn, caller);
    return runs(txn, meeting, caller) || (who & (WHO_SECRETARY | WHO_ADMIN)) != 0 ||
           ((who & WHO_READERS) != 0 && people_have(scrutineers, caller->member));
}

bool meeting_may_run(const struct request *request, const json_t *meeting)
{
    return runs(request_txn(request), meeting, &request->caller);
}

bool meeting_may_record(const struct request *request, const json_t *meeting)
{
    return records(request_txn(request), meeting, &request->caller);
}

bool meeting_may_prepare(const struct request *request, const json_t *meeting)
{
    return request_is(request, WHO_SECRETARY | WHO_ADMIN) || meeting_may_run(request, meeting);
}

/* ---- for handlers ---- */

json_t *meeting_event(const char *what, struct id id)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(id));
    return event;
}

static bool is_in(const json_t *meeting, const char *state)
{
    return state == NULL || meeting_is(meeting, state) ||
           (strcmp(state, "ahead") == 0 &&
            (meeting_is(meeting, "planned") || meeting_is(meeting, "open")));
}

static enum error find_for(struct request *request, const char *state, struct id *id,
                           json_t **meeting,
                           bool (*may)(const struct request *request, const json_t *meeting))
{
    enum error error = meeting_find(request, "id", id, meeting);
    if (error == ERROR_NONE && !may(request, *meeting)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE && !is_in(*meeting, state)) {
        error = request_fault(request, "id", ERROR_MEETING_BAD_STATE);
    }
    if (error != ERROR_NONE) {
        json_decref(*meeting);
        *meeting = NULL;
    }
    return error;
}

enum error meeting_to_run(struct request *request, const char *state, struct id *id,
                          json_t **meeting)
{
    return find_for(request, state, id, meeting, meeting_may_run);
}

enum error meeting_to_prepare(struct request *request, const char *state, struct id *id,
                              json_t **meeting)
{
    return find_for(request, state, id, meeting, meeting_may_prepare);
}

enum error meeting_check_base(struct request *request, const json_t *meeting, const char *part)
{
    const json_t *revs = json_object_get(meeting, "revs");
    bool newer = request_has(request, "base") &&
                 json_get_integer(request->params, "base") < json_get_integer(revs, part);
    return newer ? request_fault(request, "base", ERROR_CONFLICT) : ERROR_NONE;
}

/* ---- tables ---- */

bool meeting_desk_is_readable(struct store_txn *txn, struct id id, const struct caller *caller)
{
    json_t *meeting = document_load(txn, DOCUMENT_MEETING, id);
    bool may = meeting != NULL && records(txn, meeting, caller);
    json_decref(meeting);
    return may;
}

bool meeting_office_is_readable(struct store_txn *txn, struct id id, const struct caller *caller)
{
    json_t *meeting = document_load(txn, DOCUMENT_MEETING, id);
    const json_t *scrutineers = json_object_get(json_object_get(meeting, "offices"), "scrutineers");
    bool may =
        meeting != NULL && (runs(txn, meeting, caller) || people_have(scrutineers, caller->member));
    json_decref(meeting);
    return may;
}

static const struct applies applies[] = {
    {EVENT_MEETING, meeting_apply},
    {EVENT_MEETING_CODE, meeting_apply_code},
    {EVENT_POLL_DRAFT, meeting_apply_poll},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_MEETINGS, .name = "meetings", .readers = WHO_READERS, .windowed = true},
    {.code = TOPIC_MEETING,
     .name = "meeting",
     .has_id = true,
     .number = NUMBER_MEETING,
     .readers = WHO_READERS},
    {.code = TOPIC_MEETING_DESK,
     .name = "meeting_desk",
     .has_id = true,
     .number = NUMBER_MEETING,
     .readers = WHO_READERS,
     .may_read = meeting_desk_is_readable},
    {0},
};
const struct concept concept_meeting = {
    .name = "meeting",
    .commands = meeting_commands,
    .applies = applies,
    .documents = meeting_documents,
    .topics = topics,
};
