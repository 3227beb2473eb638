/* The life of a proposal: twelve states, and the steps between them as one table.
 *
 * A step is allowed when it stands in the table and the caller is one of those named there. The system
 * takes its steps through proposal_emit_mark(): an idea that reached the threshold, a vote that opened or
 * gave its result, a first to-do taken. Invariant: the state of a proposal changes by a "marked" event
 * alone, and each such event is a row of the table. Start at proposal_transitions. */
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"
#include "assembly/settings.h"
#include "base/fatal.h"
#include "ledger/definition.h"

enum {
    AUTHOR = PROPOSAL_BY_AUTHOR,
    STAND_IN = PROPOSAL_BY_STAND_IN,
    DOER = PROPOSAL_BY_DOER,
    CONSENT = PROPOSAL_BY_CONSENT,
    FACILITATOR = WHO_FACILITATOR,
    SYSTEM = WHO_SYSTEM,
};

const struct proposal_transition proposal_transitions[] = {
    {PROPOSAL_IDEA, PROPOSAL_DISCUSSED, SYSTEM | FACILITATOR, false},
    {PROPOSAL_IDEA, PROPOSAL_WITHDRAWN, AUTHOR, false},
    {PROPOSAL_IDEA, PROPOSAL_MERGED, CONSENT, false},
    {PROPOSAL_DISCUSSED, PROPOSAL_READY, AUTHOR | STAND_IN, false},
    {PROPOSAL_DISCUSSED, PROPOSAL_WITHDRAWN, AUTHOR, false},
    {PROPOSAL_DISCUSSED, PROPOSAL_MERGED, CONSENT, false},
    {PROPOSAL_READY, PROPOSAL_DISCUSSED, AUTHOR | STAND_IN, false},
    {PROPOSAL_READY, PROPOSAL_VOTING, SYSTEM, false},
    {PROPOSAL_READY, PROPOSAL_WITHDRAWN, AUTHOR, false},
    {PROPOSAL_READY, PROPOSAL_MERGED, CONSENT, false},
    {PROPOSAL_VOTING, PROPOSAL_ADOPTED, SYSTEM, false},
    {PROPOSAL_VOTING, PROPOSAL_REJECTED, SYSTEM, false},
    {PROPOSAL_VOTING, PROPOSAL_POSTPONED, SYSTEM, false},
    {PROPOSAL_VOTING, PROPOSAL_READY, SYSTEM, false},
    {PROPOSAL_VOTING, PROPOSAL_DISCUSSED, SYSTEM, false}, /* did not win, and the vote says so */
    /* The vote was opened again: its result is withdrawn. */
    {PROPOSAL_ADOPTED, PROPOSAL_VOTING, SYSTEM, false},
    {PROPOSAL_REJECTED, PROPOSAL_VOTING, SYSTEM, false},
    {PROPOSAL_POSTPONED, PROPOSAL_VOTING, SYSTEM, false},
    {PROPOSAL_DISCUSSED, PROPOSAL_VOTING, SYSTEM, false},
    {PROPOSAL_ADOPTED, PROPOSAL_IN_PROGRESS, SYSTEM | FACILITATOR, false},
    {PROPOSAL_ADOPTED, PROPOSAL_REALISED, AUTHOR | FACILITATOR, false},
    {PROPOSAL_ADOPTED, PROPOSAL_ABANDONED, FACILITATOR, true},
    {PROPOSAL_IN_PROGRESS, PROPOSAL_REALISED, AUTHOR | FACILITATOR, false},
    {PROPOSAL_IN_PROGRESS, PROPOSAL_ABANDONED, FACILITATOR, true},
    {PROPOSAL_REALISED, PROPOSAL_IN_PROGRESS, DOER, false},
    {PROPOSAL_POSTPONED, PROPOSAL_DISCUSSED, AUTHOR | FACILITATOR, false},
    {PROPOSAL_WITHDRAWN, PROPOSAL_IDEA, DOER, false},
    {PROPOSAL_NONE, PROPOSAL_NONE, 0, false},
};

const char *const proposal_state_words[] = {
    "idea",     "discussed", "ready",     "voting", "adopted",   "in_progress", "realised",
    "rejected", "postponed", "withdrawn", "merged", "abandoned", NULL};

const struct proposal_transition *proposal_transition_find(enum proposal_state from,
                                                           enum proposal_state to)
{
    const struct proposal_transition *row = proposal_transitions;
    for (; row->from != PROPOSAL_NONE; row++) {
        if (row->from == from && row->to == to) {
            return row;
        }
    }
    return NULL;
}

const char *proposal_state_word(enum proposal_state state)
{
    assert_always(state > PROPOSAL_NONE && state < PROPOSAL_STATES);
    return proposal_state_words[state - 1];
}

enum proposal_state proposal_state_find(struct slice word)
{
    for (unsigned i = 0; proposal_state_words[i] != NULL; i++) {
        if (slice_equal(word, slice_text(proposal_state_words[i]))) {
            return (enum proposal_state)(i + 1);
        }
    }
    return PROPOSAL_NONE;
}

enum proposal_state proposal_state(struct store_txn *txn, struct id proposal)
{
    json_t *card = document_load(txn, DOCUMENT_PROPOSAL_CARD, proposal);
    enum proposal_state state = proposal_state_find(json_get_text(card, "state"));
    json_decref(card);
    return state;
}

struct id proposal_moved_by(struct store_txn *txn, struct id proposal)
{
    json_t *document = document_load(txn, DOCUMENT_PROPOSAL, proposal);
    const json_t *history = json_object_get(document, "history");
    size_t steps = json_array_size(history);
    struct id poll = {{0}};
    if (steps > 0) {
        poll = json_get_id(json_array_get(history, steps - 1), "poll");
    }
    json_decref(document);
    return poll;
}

bool proposal_about(struct store_txn *txn, struct id proposal, uint32_t *version, struct hash *hash)
{
    json_t *document = document_load(txn, DOCUMENT_PROPOSAL, proposal);
    if (document == NULL) {
        return false;
    }
    *version = (uint32_t)json_get_integer(document, "version");
    *hash = definition_about_hash(proposal, *version, json_get_text(document, "title"),
                                  json_get_text(document, "need"), json_get_text(document, "text"));
    json_decref(document);
    return true;
}

/* ---- marking ---- */

json_t *proposal_mark_event(struct id proposal, enum proposal_state from, enum proposal_state to)
{
    json_t *event = event_new("marked");
    json_put(event, "id", json_id(proposal));
    json_put(event, "from", json_text(slice_text(proposal_state_word(from))));
    json_put(event, "to", json_text(slice_text(proposal_state_word(to))));
    return event;
}

void proposal_emit_mark(struct request *request, struct id proposal, enum proposal_state to,
                        const char *reason, struct id poll)
{
    enum proposal_state from = proposal_state(request_txn(request), proposal);
    const struct proposal_transition *row = proposal_transition_find(from, to);
    assert_always(row != NULL && (row->who & WHO_SYSTEM) != 0);
    json_t *event = proposal_mark_event(proposal, from, to);
    json_put(event, "by", json_text(slice_text("system")));
    json_put(event, "reason", reason == NULL ? NULL : json_text(slice_text(reason)));
    json_put(event, "poll", id_is_none(poll) ? NULL : json_id(poll));
    request_emit_json(request, EVENT_PROPOSAL, event);
}

bool proposal_is_open(const json_t *proposal)
{
    enum proposal_state state = proposal_state_find(json_get_text(proposal, "state"));
    return state == PROPOSAL_IDEA || state == PROPOSAL_DISCUSSED || state == PROPOSAL_READY ||
           state == PROPOSAL_POSTPONED;
}

bool proposal_is_silent(struct request *request, struct id proposal)
{
    json_t *card = document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, proposal);
    uint64_t last_ms = (uint64_t)json_get_integer(card, "authors_ms");
    json_decref(card);
    return request->now_ms > last_ms + setting_days_ms(request_txn(request), SETTING_SILENT_DAYS);
}

bool proposal_may_stand_in(struct request *request, struct id id, const json_t *proposal)
{
    if (!request_is(request, WHO_FACILITATOR)) {
        return false;
    }
    return json_object_get(proposal, "source") != NULL || proposal_is_silent(request, id);
}

static bool is_author(struct request *request, const json_t *proposal)
{
    return request_is(request, WHO_MEMBER) && proposal_by_caller(request, proposal);
}

static bool is_doer(struct request *request, const json_t *proposal)
{
    const json_t *history = json_object_get(proposal, "history");
    const json_t *last = json_array_get(history, json_array_size(history) - 1);
    return request->caller.kind == CALLER_MEMBER &&
           id_equal(json_get_id(json_object_get(last, "by"), "id"), request->caller.member);
}

static bool may_mark(struct request *request, const struct proposal_transition *row, struct id id,
                     const json_t *proposal)
{
    return request_is(request, row->who & (WHO_FACILITATOR | WHO_SYSTEM)) ||
           ((row->who & PROPOSAL_BY_AUTHOR) != 0 && is_author(request, proposal)) ||
           ((row->who & PROPOSAL_BY_DOER) != 0 && is_doer(request, proposal)) ||
           ((row->who & PROPOSAL_BY_STAND_IN) != 0 && proposal_may_stand_in(request, id, proposal));
}

static enum error check_mark(struct request *request, struct id id, const json_t *proposal,
                             enum proposal_state from, enum proposal_state to)
{
    const struct proposal_transition *row = proposal_transition_find(from, to);
    if (row == NULL) {
        return request_fault(request, "state", ERROR_PROPOSAL_BAD_STATE);
    }
    if (!may_mark(request, row, id, proposal)) {
        return request_fault(request, "state", ERROR_RIGHT_MISSING);
    }
    if (row->reason && request_text(request, "reason").size == 0) {
        return request_fault(request, "reason", ERROR_PROPOSAL_REASON_NEEDED);
    }
    return request_limit(request, "reason", 1000);
}

enum error proposal_handle_mark(struct request *request)
{
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    enum proposal_state to = proposal_state_find(request_text(request, "state"));
    json_t *proposal = document_load(request_txn(request), DOCUMENT_PROPOSAL, id);
    enum proposal_state from = proposal_state_find(json_get_text(proposal, "state"));
    enum error error = proposal == NULL ? request_fault(request, "id", ERROR_PROPOSAL_UNKNOWN)
                                        : check_mark(request, id, proposal, from, to);
    json_decref(proposal);
    if (error != ERROR_NONE) {
        return error;
    }
    struct slice reason = request_text(request, "reason");
    json_t *event = proposal_mark_event(id, from, to);
    json_put(event, "reason", reason.size == 0 ? NULL : json_text(reason));
    request_emit_json(request, EVENT_PROPOSAL, event);
    return ERROR_NONE;
}

/* ---- proposal.answer ---- */

enum error proposal_handle_answer(struct request *request)
{
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    enum proposal_state state = proposal_state(request_txn(request), id);
    if (state != PROPOSAL_READY) {
        return request_fault(request, "id",
                             state == PROPOSAL_NONE ? ERROR_PROPOSAL_UNKNOWN
                                                    : ERROR_PROPOSAL_BAD_STATE);
    }
    json_t *event = event_new("answered");
    json_put(event, "id", json_id(id));
    json_put(event, "text", json_text(request_text(request, "text")));
    request_emit_json(request, EVENT_PROPOSAL, event);
    return ERROR_NONE;
}
