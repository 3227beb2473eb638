/* After the result: the chair's word on a tie that was left open, and opening a vote again.
 *
 * Both stand in the record as what they are: the chair's result repeats every number of the open one and shows the same
 * lot (ledger.md, Result); a reopening withdraws the result, gives its proposals back to the vote, and the next count shows
 * the next link of the lot, so without a link left it is refused. Who and why stand in a draft event just before.
 * Invariant: a decision is either in force, with the result that its vote shows, or withdrawn. Start at poll_decide(). */
#include "assembly/decision.h"
#include "assembly/member.h"
#include "assembly/minutes.h"
#include "assembly/poll_parts.h"
#include "assembly/proposal.h"
#include "ledger/payload.h"

enum { TIE_CHAIR = 2, WINNERS_MAX = 1000 };

/* ---- poll.decide ---- */

bool poll_waits_for_chair(const json_t *poll)
{
    return poll_decides(poll) && json_object_get(poll, "followed_by") == NULL &&
           poll_word_is(json_object_get(poll, "rule"), "tie", "chair") &&
           poll_word_is(json_object_get(poll, "result"), "verdict", "tie_open");
}

/* What the request says: winners, or adopted or not. false = neither, or both. */
static bool read_choice(const struct request *request, uint16_t winners[WINNERS_MAX], uint16_t *n)
{
    size_t i;
    json_t *item;
    const json_t *list = json_object_get(request->params, "winners");
    *n = 0;
    json_array_foreach(list, i, item)
    {
        winners[(*n)++] = (uint16_t)json_integer_value(item);
    }
    return (list != NULL) != (json_object_get(request->params, "adopted") != NULL);
}

static enum error decide(struct request *request, struct id id, const json_t *poll)
{
    struct record_poll record;
    struct poll_count count;
    uint16_t winners[WINNERS_MAX], n;
    if (!record_poll(request_txn(request), id, &record) || record.state != RECORD_POLL_RESULT ||
        record.verdict != VERDICT_TIE_OPEN || record.tie != TIE_CHAIR) {
        return request_fault(request, "id", ERROR_POLL_BAD_STATE);
    }
    bool asked = read_choice(request, winners, &n);
    bool adopted = json_get_flag(request->params, "adopted");
    enum error error = poll_recount(request_txn(request), id, &record.lot_secret, &count);
    if (error == ERROR_NONE && (!asked || (n == 0) != (count.facts.method == RULE_YES_NO) ||
                                !poll_chair(&count, winners, n, adopted))) {
        error = request_fault(request, "winners", ERROR_INPUT_BAD_VALUE);
    }
    if (error == ERROR_NONE) {
        request_emit_json(request, EVENT_POLL_DRAFT,
                          poll_account("decided", id, request_text(request, "reason")));
        poll_announce(request, id, poll, &count);
        member_wake(request);
    }
    poll_count_free(&count);
    return error;
}

/* In a meeting the word is that of its chair, where one is named who can say it; whoever leads it says it otherwise. Once
 * the minutes are sealed they tell what was decided. */
static enum error check_chair(struct request *request, const json_t *poll)
{
    struct id meeting = poll_meeting(poll);
    if (id_is_none(meeting)) {
        return ERROR_NONE;
    }
    if (!poll_meeting_is_chaired(request, meeting)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    return minutes_are_sealed(request_txn(request), meeting)
               ? request_fault(request, "id", ERROR_MINUTES_SEALED)
               : ERROR_NONE;
}

enum error poll_decide(struct request *request)
{
    struct id id;
    json_t *poll;
    enum error error = poll_find_managed(request, &id, &poll);
    if (error == ERROR_NONE) {
        error = check_chair(request, poll);
        error = error == ERROR_NONE ? decide(request, id, poll) : error;
        json_decref(poll);
    }
    return error;
}

/* ---- poll.reopen ---- */

/* In a meeting only what nobody saw the outcome of, not even while it ran. */
static enum error check_state(struct request *request, const json_t *poll)
{
    struct id meeting = poll_meeting(poll);
    if (id_is_none(meeting)) {
        return request_has(request, "seconds")
                   ? request_fault(request, "seconds", ERROR_INPUT_BAD_VALUE)
               : poll_is(poll, "counted") ? ERROR_NONE
                                          : request_fault(request, "id", ERROR_POLL_BAD_STATE);
    }
    if (poll_is(poll, "counted") || (poll_is(poll, "closed") && json_get_flag(poll, "show_live"))) {
        return request_fault(request, "id", ERROR_POLL_SHOWN);
    }
    return poll_is(poll, "closed") ? poll_meeting_check(request, meeting)
                                   : request_fault(request, "id", ERROR_POLL_BAD_STATE);
}

static uint64_t closes_of(const struct request *request)
{
    uint64_t seconds = (uint64_t)json_get_integer(request->params, "seconds");
    return seconds == 0 ? (uint64_t)json_get_integer(request->params, "closes")
                        : request->now_ms + seconds * 1000;
}

static enum error check_reopening(struct request *request, struct id id, const json_t *poll)
{
    size_t i;
    json_t *item;
    struct hash link;
    uint64_t closes = closes_of(request);
    enum error error = check_state(request, poll);
    if (error != ERROR_NONE) {
        return error;
    }
    if (closes != 0 && closes <= request->now_ms) {
        return request_fault(request, "closes", ERROR_POLL_BAD_TIME);
    }
    /* Each proposal stands where this vote left it: nothing has come of it since, no other vote either. */
    json_array_foreach(json_object_get(poll, "about"), i, item)
    {
        if (poll_word_is(poll, "poll_kind", "decision") && poll_is(poll, "counted") &&
            !id_equal(proposal_moved_by(request_txn(request), json_get_id(item, "id")), id)) {
            return request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
        }
    }
    return poll_next_link(request_txn(request), id, &link);
}

static void emit_reopened(struct request *request, struct id id)
{
    struct slice none = {0};
    struct buffer bytes;
    struct payload_poll_reopened payload = {
        .closes_ms = closes_of(request),
        .reason = request_text(request, "reason"),
    };
    buffer_init(&bytes, 8192);
    payload_encode_poll_reopened(&bytes, &payload);
    request_emit_json(request, EVENT_POLL_DRAFT, poll_account("reopened", id, payload.reason));
    request_emit(request, EVENT_POLL_REOPENED, id, buffer_slice(&bytes), none);
    buffer_free(&bytes);
}

void poll_take_back(struct request *request, const json_t *poll, struct id id)
{
    static const enum proposal_state left[] = {PROPOSAL_ADOPTED, PROPOSAL_REJECTED,
                                               PROPOSAL_POSTPONED, PROPOSAL_DISCUSSED};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        poll_mark_proposals(request, poll, id, left[i], PROPOSAL_VOTING);
    }
}

enum error poll_reopen(struct request *request)
{
    struct id id;
    json_t *poll;
    enum error error = poll_find_managed(request, &id, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    error = check_reopening(request, id, poll);
    if (error == ERROR_NONE) {
        emit_reopened(request, id);
        if (poll_decides(poll)) {
            decision_emit_withdrawn(request, id, request_text(request, "reason"));
        }
        if (poll_word_is(poll, "poll_kind", "decision")) {
            poll_take_back(request, poll, id);
        }
        member_wake(request);
    }
    json_decref(poll);
    return error;
}
