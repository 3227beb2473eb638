/* What happens to a vote after its opening: extended once at most (or never: setting vote_extension), closed by hand or by
 * its date, cancelled with a reason. In a meeting its end is moved as often as it takes.
 *
 * The binary events that verifiers read say what and when; who and why stand in a draft event (JSON) just before them, so
 * the documents can be made from the record alone. A cancelled decision gives its proposals back as ready; its number is
 * never used again. Closing leaves the count due at once, but in a meeting (poll_apply.c). */
#include "assembly/incident.h"
#include "assembly/member.h"
#include "assembly/poll_parts.h"
#include "assembly/settings.h"
#include "ledger/payload.h"

enum { CLOSED_MAX = 1024 }; /* bytes of a closing */

enum error poll_find_managed(struct request *request, struct id *id, json_t **poll)
{
    enum error error = poll_find(request, "id", id, poll);
    if (error == ERROR_NONE && !poll_may_manage(request, *poll)) {
        json_decref(*poll);
        error = ERROR_RIGHT_MISSING;
    }
    return error;
}

json_t *poll_account(const char *what, struct id id, struct slice reason)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(id));
    json_put(event, "reason", json_text(reason));
    return event;
}

/* ---- poll.extend ---- */

static enum error check_extension(struct request *request, const json_t *poll, uint64_t closes)
{
    uint64_t before = (uint64_t)json_get_integer(poll, "closes_ms");
    if (setting_number(request_txn(request), SETTING_VOTE_EXTENSION) == 0) {
        return request_fault(request, "id", ERROR_POLL_NO_EXTENSION);
    }
    if (json_object_get(poll, "extended") != NULL) {
        return request_fault(request, "id", ERROR_POLL_EXTENDED_TWICE);
    }
    if (before == 0 || closes <= before || closes <= request->now_ms) {
        return request_fault(request, "closes", ERROR_POLL_BAD_TIME);
    }
    return request_has(request, "reason")
               ? ERROR_NONE
               : request_fault(request, "reason", ERROR_INPUT_MISSING_FIELD);
}

/* In a meeting: at any time to come, or by hand again. */
static enum error check_new_closing(struct request *request, const json_t *poll, uint64_t closes)
{
    uint64_t before = (uint64_t)json_get_integer(poll, "closes_ms");
    const char *field = request_has(request, "seconds") ? "seconds" : "closes";
    return closes == before || (closes != 0 && closes <= request->now_ms)
               ? request_fault(request, field, ERROR_POLL_BAD_TIME)
               : ERROR_NONE;
}

/* As given, or so many seconds from what was planned: from now on where it closes by hand. */
static uint64_t closes_of(const struct request *request, const json_t *poll)
{
    int64_t before = json_get_integer(poll, "closes_ms");
    int64_t from = before == 0 ? (int64_t)request->now_ms : before;
    int64_t later = from + json_get_integer(request->params, "seconds") * 1000;
    return !request_has(request, "seconds") ? (uint64_t)json_get_integer(request->params, "closes")
           : later > 0                      ? (uint64_t)later
                                            : 1; /* long past */
}

static enum error check_new_time(struct request *request, const json_t *poll, uint64_t closes)
{
    bool meets = !id_is_none(poll_meeting(poll));
    if (!poll_is(poll, "open")) {
        return request_fault(request, "id", ERROR_POLL_BAD_STATE);
    }
    if (request_has(request, "closes") == request_has(request, "seconds")) {
        return request_fault(request, "closes", ERROR_INPUT_MISSING_FIELD);
    }
    if (!meets && request_has(request, "seconds")) {
        return request_fault(request, "seconds", ERROR_INPUT_BAD_VALUE);
    }
    return meets ? check_new_closing(request, poll, closes)
                 : check_extension(request, poll, closes);
}

/* The record knows no end before the one it has, and none of a vote by hand: these are kept by the server alone, which
 * closes the vote by hand at that time. */
static bool record_takes(struct request *request, struct id id, uint64_t closes)
{
    struct record_poll record;
    return record_poll(request_txn(request), id, &record) && record.closes_ms != 0 &&
           (closes == 0 || closes > record.closes_ms);
}

static void emit_extended(struct request *request, struct id id, uint64_t closes)
{
    struct buffer bytes;
    struct slice none = {0};
    struct payload_poll_extended payload = {.closes_ms = closes};
    bool taken = record_takes(request, id, closes);
    json_t *account =
        poll_account(taken ? "extended" : "countdown", id, request_text(request, "reason"));
    json_put(account, "closes", taken ? NULL : json_number(closes));
    request_emit_json(request, EVENT_POLL_DRAFT, account);
    if (taken) {
        buffer_init(&bytes, 16);
        payload_encode_poll_extended(&bytes, &payload);
        request_emit(request, EVENT_POLL_EXTENDED, id, buffer_slice(&bytes), none);
        buffer_free(&bytes);
    }
}

enum error poll_extend(struct request *request)
{
    struct id id;
    json_t *poll;
    enum error error = poll_find_managed(request, &id, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    uint64_t closes = closes_of(request, poll);
    error = check_new_time(request, poll, closes);
    if (error == ERROR_NONE) {
        emit_extended(request, id, closes);
        member_wake(request);
    }
    json_decref(poll);
    return error;
}

/* ---- poll.close ---- */

enum error poll_close(struct request *request)
{
    struct id id;
    json_t *poll;
    struct slice none = {0};
    struct record_poll record;
    enum error error = poll_find_managed(request, &id, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!poll_is(poll, "open") || !record_poll(request_txn(request), id, &record)) {
        error = request_fault(request, "id", ERROR_POLL_BAD_STATE);
    } else {
        struct buffer bytes;
        struct payload_poll_closed payload = {
            .poll_hash = record.poll_hash,
            .why = record.closes_ms != 0 && request->now_ms >= record.closes_ms ? CLOSED_BY_DATE
                                                                                : CLOSED_BY_HAND,
            .presence = poll_presence_at_close(request_txn(request), id, &record),
        };
        buffer_init(&bytes, CLOSED_MAX);
        payload_encode_poll_closed(&bytes, &payload);
        request_emit(request, EVENT_POLL_CLOSED, id, buffer_slice(&bytes), none);
        buffer_free(&bytes);
        incident_settle(request, id);
        member_wake(request);
    }
    json_decref(poll);
    return error;
}

/* ---- poll.cancel ---- */

void poll_emit_cancelled(struct request *request, struct id id, struct slice reason)
{
    struct slice none = {0};
    struct buffer bytes;
    request_emit_json(request, EVENT_POLL_DRAFT, poll_account("cancelled", id, reason));
    struct payload_poll_cancelled payload = {.reason = reason};
    buffer_init(&bytes, 8192);
    payload_encode_poll_cancelled(&bytes, &payload);
    request_emit(request, EVENT_POLL_CANCELLED, id, buffer_slice(&bytes), none);
    buffer_free(&bytes);
}

static void emit_cancelled(struct request *request, struct id id, const json_t *poll)
{
    struct slice reason = request_text(request, "reason");
    if (poll_is(poll, "draft")) { /* the record knows nothing of it yet */
        request_emit_json(request, EVENT_POLL_DRAFT, poll_account("cancelled", id, reason));
        return;
    }
    poll_emit_cancelled(request, id, reason);
    if (slice_equal(json_get_text(poll, "poll_kind"), slice_text("decision"))) {
        poll_mark_proposals(request, poll, id, PROPOSAL_VOTING, PROPOSAL_READY);
    }
}

enum error poll_cancel(struct request *request)
{
    struct id id;
    json_t *poll;
    enum error error = poll_find_managed(request, &id, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    if (poll_is(poll, "counted") || poll_is(poll, "cancelled")) {
        error = request_fault(request, "id", ERROR_POLL_BAD_STATE);
    } else {
        emit_cancelled(request, id, poll);
        member_wake(request);
    }
    json_decref(poll);
    return error;
}
