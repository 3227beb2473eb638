/* What becomes of a decision: the date at which it is looked at again, what is told of it since, and another result when the
 * chair settles a tie or its vote is opened and counted again.
 *
 * The date is proposed when the decision is recorded; facilitation or the secretariat moves or clears it. When it comes,
 * the system says so (decision.recall): the decision then waits in the topic `reviews`, and those who may deal with it are
 * told, until a new date is set, or none. Reports are sentences in several languages, the newest 50; whoever wrote the
 * newest may take it back. Invariant: `to_review_ms` stands exactly while the date that is set has passed.
 * Start at decision_review(). */
#include "assembly/decision.h"
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/personal.h"
#include "assembly/proposal.h"
#include "ledger/record.h"

enum { REPORTS_MAX = 50, TOLD_MAX = 50 };
#define REVIEW_WITHIN_MS (UINT64_C(20) * 366 * 24 * 60 * 60 * 1000)

/* ---- handlers ---- */

static json_t *decision_event(const char *what, struct id id)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(id));
    return event;
}

/* The decision of the parameter `id`; the caller drops it. */
static enum error find(struct request *request, struct id *id, json_t **decision)
{
    *id = request_ref(request, "id", NUMBER_DECISION);
    *decision =
        id_is_none(*id) ? NULL : document_load(request_txn(request), DOCUMENT_DECISION, *id);
    return *decision == NULL ? request_fault(request, "id", ERROR_DECISION_UNKNOWN) : ERROR_NONE;
}

enum error decision_review(struct request *request)
{
    static const char *const given[] = {"review_ms", "note", NULL};
    struct id id;
    json_t *decision;
    enum error error = find(request, &id, &decision);
    uint64_t at_ms = (uint64_t)json_get_integer(request->params, "review_ms");
    if (error == ERROR_NONE && request_has(request, "review_ms") &&
        (at_ms <= request->now_ms || at_ms > request->now_ms + REVIEW_WITHIN_MS)) {
        error = request_fault(request, "review_ms", ERROR_INPUT_BAD_VALUE);
    }
    if (error == ERROR_NONE) {
        json_t *event = decision_event("review", id);
        fields_copy(event, request->params, given);
        request_emit_json(request, EVENT_DECISION, event);
        member_wake(request);
    }
    json_decref(decision);
    return error;
}

/* The newest report may be taken back by whoever wrote it. */
static enum error check_back(struct request *request, const json_t *decision)
{
    const json_t *reports = json_object_get(decision, "reports");
    const json_t *last = json_array_get(reports, json_array_size(reports) - 1);
    const json_t *by = json_object_get(last, "by");
    return last != NULL && json_is_object(by) && member_is_caller(request, json_get_id(by, "id"))
               ? ERROR_NONE
               : request_fault(request, "take_back", ERROR_RIGHT_MISSING);
}

enum error decision_report(struct request *request)
{
    static const char *const given[] = {"text", NULL};
    struct id id;
    json_t *decision;
    bool back = json_get_flag(request->params, "take_back");
    enum error error = find(request, &id, &decision);
    if (error == ERROR_NONE && back == request_has(request, "text")) {
        error = request_fault(request, "text",
                              back ? ERROR_INPUT_BAD_VALUE : ERROR_INPUT_MISSING_FIELD);
    }
    size_t languages = json_object_size(json_object_get(request->params, "text"));
    if (error == ERROR_NONE && !back && (languages == 0 || languages > LANGUAGES_MAX)) {
        error = request_fault(request, "text", ERROR_INPUT_BAD_VALUE);
    }
    if (error == ERROR_NONE && back) {
        error = check_back(request, decision);
    }
    if (error == ERROR_NONE) {
        json_t *event = decision_event(back ? "unreported" : "reported", id);
        fields_copy(event, request->params, given);
        request_emit_json(request, EVENT_DECISION, event);
        member_wake(request);
    }
    json_decref(decision);
    return error;
}

enum error decision_recall(struct request *request)
{
    struct id id;
    json_t *decision;
    enum error error = find(request, &id, &decision);
    uint64_t at_ms = (uint64_t)json_get_integer(decision, "review_ms");
    if (error == ERROR_NONE && (at_ms == 0 || at_ms > request->now_ms ||
                                json_object_get(decision, "to_review_ms") != NULL)) {
        error = request_fault(request, "id", ERROR_CONFLICT);
    }
    if (error == ERROR_NONE) {
        request_emit_json(request, EVENT_DECISION, decision_event("recalled", id));
    }
    json_decref(decision);
    return error;
}

/* ---- apply ---- */

static json_t *signed_by(struct change *change, const char *const *names)
{
    json_t *entry = json_object();
    json_put(entry, "at_ms", json_number(change->time_ms));
    json_put(entry, "by", change_by(change, json_object_get(change->json, "by")));
    fields_copy(entry, change->json, names);
    return entry;
}

static void apply_review(struct change *change, struct id id, json_t *decision)
{
    static const char *const note[] = {"note", NULL};
    uint64_t at_ms = (uint64_t)json_get_integer(change->json, "review_ms");
    json_put(decision, "review_ms", at_ms == 0 ? NULL : json_number(at_ms));
    json_put(decision, "to_review_ms", NULL);
    json_put(decision, "review", signed_by(change, note));
    change_due(change, "decision.recall", id, at_ms);
}

static void apply_report(struct change *change, json_t *decision, bool back)
{
    static const char *const text[] = {"text", NULL};
    json_t *reports = json_object_get(decision, "reports");
    if (back) {
        json_array_remove(reports, json_array_size(reports) - 1);
        return;
    }
    json_array_append_new(reports, signed_by(change, text));
    while (json_array_size(reports) > REPORTS_MAX) {
        json_array_remove(reports, 0);
    }
}

/* Facilitation and the secretariat. */
static size_t keepers(struct store_txn *txn, struct id members[TOLD_MAX])
{
    size_t count = 0;
    struct slice key, value;
    struct record_member record;
    struct index_key prefix = index_key(INDEX_MEMBER_BY_NUMBER);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_INDEX);
    bool found = store_cursor_seek(cursor, index_key_slice(&prefix), &key, &value);
    while (found && key.data[0] == INDEX_MEMBER_BY_NUMBER && count < TOLD_MAX) {
        struct id id;
        memcpy(id.bytes, value.data, ID_SIZE);
        if (record_member(txn, id, &record) &&
            (record.roles & (ROLE_FACILITATOR | ROLE_SECRETARY)) != 0) {
            members[count++] = id;
        }
        found = store_cursor_next(cursor, &key, &value);
    }
    store_cursor_close(cursor);
    return count;
}

static void tell_keepers(struct change *change, struct id id)
{
    struct id members[TOLD_MAX];
    size_t count = keepers(change->txn, members);
    for (size_t i = 0; i < count; i++) {
        change_notify(change, members[i], "decision_review",
                      notify_about(change, DOCUMENT_DECISION, id));
    }
}

/* ---- another result ---- */

/* The cards of its proposals say what is in force; nothing while it is withdrawn. */
static void tell_cards(struct change *change, struct id id, const json_t *decision)
{
    static const char *const number[] = {"number", NULL};
    static const char *const verdict[] = {"verdict", NULL};
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(decision, "proposals"), i, item)
    {
        json_t *reference = NULL;
        if (json_object_get(decision, "withdrawn") == NULL) {
            reference = json_object();
            json_put(reference, "id", json_id(id));
            fields_copy(reference, decision, number);
            fields_copy(reference, json_object_get(decision, "result"), verdict);
        }
        proposal_card_update(change, json_get_id(item, "id"), "decision", reference);
    }
}

static void apply_withdrawn(struct change *change, struct id id, json_t *decision)
{
    static const char *const reason[] = {"reason", NULL};
    json_put(decision, "withdrawn", signed_by(change, reason));
    tell_cards(change, id, decision);
}

/* What was in force before stays named, with the reason if it was withdrawn. */
static void note_earlier(json_t *decision)
{
    static const char *const of_result[] = {"verdict", "seq", NULL};
    static const char *const reason[] = {"reason", NULL};
    json_t *one = json_object(), *earlier = json_object_get(decision, "earlier");
    fields_copy(one, json_object_get(decision, "result"), of_result);
    fields_copy(one, json_object_get(decision, "withdrawn"), reason);
    if (earlier == NULL) {
        earlier = json_array();
        json_put(decision, "earlier", earlier);
    }
    json_array_append_new(earlier, one);
}

static void apply_revised(struct change *change, struct id id, json_t *decision)
{
    static const char *const named[] = {"result", "chosen", NULL};
    note_earlier(decision);
    fields_copy(decision, change->json, named);
    json_put(json_object_get(decision, "result"), "seq",
             json_number(change->seq - 1)); /* it stands just before */
    json_put(decision, "recorded_ms", json_number(change->time_ms));
    json_put(decision, "recorded_by", change_by(change, json_object_get(change->json, "by")));
    json_put(decision, "withdrawn", NULL);
    tell_cards(change, id, decision);
}

void decision_apply_review(struct change *change, struct id id)
{
    json_t *decision = change_load(change, DOCUMENT_DECISION, id);
    bool recalled = event_is(change->json, "recalled");
    if (decision == NULL) {
        return;
    }
    if (event_is(change->json, "review")) {
        apply_review(change, id, decision);
    } else if (event_is(change->json, "withdrawn")) {
        apply_withdrawn(change, id, decision);
    } else if (event_is(change->json, "revised")) {
        apply_revised(change, id, decision);
    } else if (recalled) {
        json_put(decision, "to_review_ms", json_number(change->time_ms));
    } else {
        apply_report(change, decision, event_is(change->json, "unreported"));
    }
    decision_put(change, id, decision);
    if (recalled) {
        change_due(change, "decision.recall", id, 0); /* a replay does not call it again */
        tell_keepers(change, id);
    }
}
