/* Leading a meeting: opening, going through its items, what the big screen shows, ending.
 *
 * People act; nothing happens by date. What depends on where the meeting stands takes the revision that the caller saw, so
 * two who lead at once do not step over each other. Ending closes what only an open meeting has: its check-in code, the
 * roles it gave (meeting_offices.c), who is there (attendance_apply.c sees the event). Start at meeting_handle_start(). */
#include "assembly/attendance.h"
#include "assembly/meeting.h"
#include "assembly/meeting_presence.h"

/* ---- meeting.start ---- */

/* Where it falls short: overall, else the first class that does. */
static const struct quorum_state *shortage_of(const struct meeting_quorum *quorum)
{
    const struct quorum_state *state = &quorum->whole;
    for (size_t i = 0; state->met && i < sizeof quorum->classes / sizeof quorum->classes[0]; i++) {
        if (quorum->classes[i].asked && !quorum->classes[i].met) {
            state = &quorum->classes[i];
        }
    }
    return state;
}

static void emit_seen(struct request *request, struct id id, const struct meeting_quorum *quorum)
{
    const struct quorum_state *shortage = shortage_of(quorum);
    json_t *event = meeting_event("seen", id);
    json_put(event, "x", json_number(shortage->x));
    json_put(event, "least", json_number(shortage->least));
    json_put(event, "unit", json_text(slice_text(quorum_unit(&quorum->rule))));
    request_emit_json(request, EVENT_MEETING, event);
}

static void emit_start(struct request *request, struct id id, const json_t *meeting)
{
    json_t *event = meeting_event("started", id);
    request_emit_json(request, EVENT_MEETING, event);
    json_put(event, "gave",
             meeting_emit_roles(request, id, meeting, json_object_get(meeting, "offices")));
    attendance_emit_count(request, id, "start");
}

enum error meeting_handle_start(struct request *request)
{
    struct id id;
    json_t *meeting;
    struct meeting_quorum quorum;
    enum error error = meeting_to_run(request, "planned", &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    meeting_quorum(request_txn(request), id, meeting, NULL, &quorum);
    if (!quorum.met && !json_get_flag(request->params, "seen")) {
        error = request_fault(request, "seen", ERROR_MEETING_BELOW_QUORUM);
    } else {
        emit_start(request, id, meeting);
        if (!quorum.met) {
            emit_seen(request, id, &quorum);
        }
    }
    json_decref(meeting);
    return error;
}

/* ---- items ---- */

/* The meeting, open, and the item that the parameters name. */
static enum error find_item(struct request *request, struct id *id, json_t **meeting, json_t **item)
{
    enum error error = meeting_to_run(request, "open", id, meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    error = meeting_check_base(request, *meeting, "current");
    *item = meeting_item(*meeting, request_id(request, "item"));
    if (error == ERROR_NONE && *item == NULL) {
        error = request_fault(request, "item", ERROR_MEETING_BAD_AGENDA);
    }
    if (error != ERROR_NONE) {
        json_decref(*meeting);
    }
    return error;
}

static enum error emit_item(struct request *request, const char *what, struct id id)
{
    json_t *event = meeting_event(what, id);
    json_put(event, "item", json_id(request_id(request, "item")));
    request_emit_json(request, EVENT_MEETING, event);
    return ERROR_NONE;
}

enum error meeting_handle_item(struct request *request)
{
    struct id id;
    json_t *meeting, *item;
    enum error error = find_item(request, &id, &meeting, &item);
    if (error != ERROR_NONE) {
        return error;
    }
    struct id current = json_get_id(meeting, "current");
    error = id_equal(current, request_id(request, "item"))
                ? request_fault(request, "item", ERROR_CONFLICT)
                : emit_item(request, "item", id);
    json_decref(meeting);
    return error;
}

/* It goes on in writing. What it is about stays in its state: a proposal is discussed on its own page anyway. */
enum error meeting_handle_move(struct request *request)
{
    struct id id;
    json_t *meeting, *item;
    enum error error = find_item(request, &id, &meeting, &item);
    if (error != ERROR_NONE) {
        return error;
    }
    bool moved = slice_equal(json_get_text(item, "outcome"), slice_text("moved"));
    error =
        moved ? request_fault(request, "item", ERROR_CONFLICT) : emit_item(request, "moved", id);
    json_decref(meeting);
    return error;
}

/* ---- meeting.show ---- */

static enum error check_shown(struct request *request, struct id id, struct id *poll)
{
    struct slice what = request_text(request, "what");
    bool needs = slice_equal(what, slice_text("poll")) || slice_equal(what, slice_text("result"));
    *poll = request_ref(request, "poll", NUMBER_POLL);
    if (!needs && request_has(request, "poll")) {
        return request_fault(request, "poll", ERROR_INPUT_BAD_VALUE);
    }
    if (needs && !request_has(request, "poll")) {
        return request_fault(request, "poll", ERROR_INPUT_MISSING_FIELD);
    }
    struct slice value;
    struct index_key key = index_key(INDEX_POLL_OF_MEETING);
    index_key_id(&key, id);
    index_key_id(&key, *poll);
    return !needs || store_get(request_txn(request), TABLE_INDEX, index_key_slice(&key), &value)
               ? ERROR_NONE
               : request_fault(request, "poll", ERROR_POLL_UNKNOWN);
}

enum error meeting_handle_show(struct request *request)
{
    struct id id, poll;
    json_t *meeting;
    enum error error = meeting_to_run(request, "open", &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    error = check_shown(request, id, &poll);
    if (error == ERROR_NONE) {
        json_t *event = meeting_event("shown", id);
        json_put(event, "screen", json_text(request_text(request, "what")));
        json_put(event, "poll", id_is_none(poll) ? NULL : json_id(poll));
        request_emit_json(request, EVENT_MEETING, event);
    }
    json_decref(meeting);
    return error;
}

/* ---- meeting.end ---- */

enum error meeting_handle_end(struct request *request)
{
    struct id id;
    json_t *meeting;
    enum error error = meeting_to_run(request, "open", &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    if (poll_open_count(request_txn(request), id) > 0) {
        error = request_fault(request, "id", ERROR_MEETING_BAD_STATE);
    } else {
        attendance_emit_count(request, id, "end");
        request_emit_json(request, EVENT_MEETING, meeting_event("ended", id));
        json_decref(meeting_emit_roles(request, id, meeting, NULL));
        meeting_emit_next(request, id, meeting);
    }
    json_decref(meeting);
    return error;
}
