/* What happens to a vote after its opening: extended once at most (or never: setting vote_extension), closed by hand or by its date, cancelled with a reason.
 *
 * The binary events that verifiers read say what and when; who and why stand in a draft event (JSON) just before them, so
 * the documents can be made from the record alone. A cancelled decision gives its proposals back as ready; its number is
 * never used again. Closing leaves the count due at once (poll_apply.c). */
#include "assembly/member.h"
#include "assembly/poll_parts.h"
#include "assembly/settings.h"
#include "ledger/payload.h"

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
    if (!poll_is(poll, "open")) {
        return request_fault(request, "id", ERROR_POLL_BAD_STATE);
    }
    if (setting_number(request_txn(request), SETTING_VOTE_EXTENSION) == 0) {
        return request_fault(request, "id", ERROR_POLL_NO_EXTENSION);
    }
    if (json_object_get(poll, "extended") != NULL) {
        return request_fault(request, "id", ERROR_POLL_EXTENDED_TWICE);
    }
    if (before == 0 || closes <= before || closes <= request->now_ms) {
        return request_fault(request, "closes", ERROR_POLL_BAD_TIME);
    }
    return ERROR_NONE;
}

enum error poll_extend(struct request *request)
{
    struct id id;
    json_t *poll;
    struct slice none = {0};
    enum error error = poll_find_managed(request, &id, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    struct payload_poll_extended payload = {
        .closes_ms = (uint64_t)json_get_integer(request->params, "closes"),
    };
    error = check_extension(request, poll, payload.closes_ms);
    if (error == ERROR_NONE) {
        struct buffer bytes;
        buffer_init(&bytes, 16);
        payload_encode_poll_extended(&bytes, &payload);
        request_emit_json(request, EVENT_POLL_DRAFT,
                          poll_account("extended", id, request_text(request, "reason")));
        request_emit(request, EVENT_POLL_EXTENDED, id, buffer_slice(&bytes), none);
        buffer_free(&bytes);
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
        };
        buffer_init(&bytes, 64);
        payload_encode_poll_closed(&bytes, &payload);
        request_emit(request, EVENT_POLL_CLOSED, id, buffer_slice(&bytes), none);
        buffer_free(&bytes);
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
