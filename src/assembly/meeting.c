/* Meetings: general assemblies, of the board, of groups, work sessions.
 *
 * A meeting is planned with an agenda, opened, led through its items, and ended; then nothing of it changes but its minutes.
 * Who is there is kept by attendance.c, what is voted by the poll files, what disturbs it by incident.c. This file has what
 * others ask, and the tables. */
#include "assembly/meeting.h"
#include "assembly/group.h"

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

static bool holds(const json_t *meeting, const char *office, struct id member)
{
    const json_t *person = json_object_get(json_object_get(meeting, "offices"), office);
    return person != NULL && id_equal(json_get_id(person, "id"), member);
}

static bool runs(struct store_txn *txn, const json_t *meeting, const struct caller *caller)
{
    const json_t *group = json_object_get(meeting, "group");
    return (caller_who(txn, caller) & (WHO_FACILITATOR | WHO_SYSTEM)) != 0 ||
           holds(meeting, "chair", caller->member) || holds(meeting, "secretary", caller->member) ||
           (group != NULL && group_coordinates(txn, json_get_id(group, "id"), caller->member));
}

static bool records(struct store_txn *txn, const json_t *meeting, const struct caller *caller)
{
    const json_t *scrutineers = json_object_get(json_object_get(meeting, "offices"), "scrutineers");
    return runs(txn, meeting, caller) ||
           (caller_who(txn, caller) & (WHO_SECRETARY | WHO_ADMIN)) != 0 ||
           people_have(scrutineers, caller->member);
}

bool meeting_may_run(const struct request *request, const json_t *meeting)
{
    return runs(request_txn(request), meeting, &request->caller);
}

bool meeting_may_record(const struct request *request, const json_t *meeting)
{
    return records(request_txn(request), meeting, &request->caller);
}

bool meeting_desk_is_readable(struct store_txn *txn, struct id id, const struct caller *caller)
{
    json_t *meeting = document_load(txn, DOCUMENT_MEETING, id);
    bool may = meeting != NULL && records(txn, meeting, caller);
    json_decref(meeting);
    return may;
}

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
    .documents = meeting_documents,
    .topics = topics,
};
