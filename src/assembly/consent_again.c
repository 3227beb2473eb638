/* Asking again: a new version of a text during its vote by consent.
 *
 * The text of a proposal stands still while a vote on it is open, so that everybody answers to the same words. When an
 * objection is taken into the text, one command does what would otherwise be five by three people: the open vote ends, the
 * proposal gets its new version, a vote like the old one is drafted about it, and the date of its opening is now, so it is open
 * when the command is answered. Nobody's answer is carried over; both votes name each other, and everybody on the new roll
 * hears of it (consent.c). Who leads the vote may do it, who writes the proposal or facilitates may change its text.
 * Invariant: at no point of the record is a vote open on a text that is not the proposal's. Start at consent_ask_again(). */
#include "assembly/consent.h"
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/poll.h"
#include "assembly/proposal.h"

static const char why[] =
    "Nouvelle version du texte · Nieuwe versie van de tekst · New version of the text";

static bool word_is(const json_t *object, const char *key, const char *word)
{
    return slice_equal(json_get_text(object, key), slice_text(word));
}

/* As long as the old one was planned, from now on; 0 = closed by hand. */
static uint64_t closes_of(const struct request *request, const json_t *old)
{
    uint64_t closes = (uint64_t)json_get_integer(old, "closes_ms");
    uint64_t opened = (uint64_t)json_get_integer(old, "opened_ms");
    if (request_has(request, "closes")) {
        return (uint64_t)json_get_integer(request->params, "closes");
    }
    return closes == 0 ? 0 : request->now_ms + (closes - opened);
}

/* From `ready` on a text stands still: the decision that is taken on it may change it, a straw poll may not. */
static bool text_may_change(struct request *request, const json_t *old)
{
    struct id proposal = json_get_id(json_array_get(json_object_get(old, "about"), 0), "id");
    enum proposal_state state = proposal_state(request_txn(request), proposal);
    return word_is(old, "poll_kind", "decision")
               ? state == PROPOSAL_VOTING
               : state == PROPOSAL_IDEA || state == PROPOSAL_DISCUSSED;
}

static enum error check(struct request *request, const json_t *old)
{
    struct id new = request_id(request, "id");
    if (!poll_may_manage(request, old)) {
        return ERROR_RIGHT_MISSING;
    }
    if (!word_is(old, "method", "consent") || !id_is_none(poll_meeting(old)) ||
        json_array_size(json_object_get(old, "about")) != 1 || !poll_is(old, "open")) {
        return request_fault(request, "poll", ERROR_POLL_BAD_STATE);
    }
    if (!text_may_change(request, old)) {
        return request_fault(request, "poll", ERROR_PROPOSAL_BAD_STATE);
    }
    if (document_exists(request_txn(request), DOCUMENT_POLL, new)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    uint64_t closes = closes_of(request, old);
    return closes != 0 && closes <= request->now_ms
               ? request_fault(request, "closes", ERROR_POLL_BAD_TIME)
               : ERROR_NONE;
}

/* A draft like the old vote, which opens now. */
static void emit_draft(struct request *request, const json_t *old, struct id proposal)
{
    static const char *const same[] = {"body",        "method",    "mode",   "question",
                                       "explanation", "options",   "params", "rule",
                                       "revote",      "show_live", "others", NULL};
    json_t *draft = event_new("drafted"), *about = json_array();
    uint64_t closes = closes_of(request, old);
    json_array_append_new(about, json_id(proposal));
    json_put(draft, "id", json_id(request_id(request, "id")));
    json_put(draft, "number", json_number(number_next(request_txn(request), NUMBER_POLL)));
    json_put(draft, "kind", json_text(json_get_text(old, "poll_kind")));
    fields_copy(draft, old, same);
    json_put(draft, "electorate", json_deep_copy(json_object_get(old, "electorate")));
    json_put(draft, "about", about);
    json_put(draft, "opens", json_number(request->now_ms));
    json_put(draft, "closes", closes == 0 ? NULL : json_number(closes));
    json_put(draft, "follows", json_id(json_get_id(old, "id")));
    request_emit_json(request, EVENT_POLL_DRAFT, draft);
}

static enum error ask(struct request *request, const json_t *old, struct id id)
{
    struct id proposal = json_get_id(json_array_get(json_object_get(old, "about"), 0), "id");
    poll_emit_cancelled(request, id, slice_text(why));
    if (word_is(old, "poll_kind", "decision")) {
        poll_mark_proposals(request, old, id, PROPOSAL_VOTING, PROPOSAL_READY);
    }
    enum error error = proposal_revise_voted(request, proposal);
    if (error == ERROR_NONE) {
        emit_draft(request, old, proposal);
        member_wake(request);
    }
    return error;
}

enum error consent_ask_again(struct request *request)
{
    struct id id;
    json_t *old;
    enum error error = poll_find(request, "poll", &id, &old);
    if (error != ERROR_NONE) {
        return error;
    }
    error = check(request, old);
    if (error == ERROR_NONE) {
        error = ask(request, old, id);
    }
    json_decref(old);
    return error;
}

/* ---- documents ---- */

static json_t *reference(const json_t *poll)
{
    static const char *const names[] = {"id", "number", NULL};
    json_t *json = json_object();
    fields_copy(json, poll, names);
    return json;
}

void consent_link(struct change *change, json_t *poll)
{
    struct id before = json_get_id(change->json, "follows");
    json_t *old = id_is_none(before) ? NULL : change_load(change, DOCUMENT_POLL, before);
    if (old == NULL) {
        return;
    }
    json_put(poll, "follows", reference(old));
    json_put(old, "followed_by", reference(poll));
    poll_store(change, before, old);
}

/* ---- parameters ---- */

enum { TITLE_MAX = 160 /* characters */, NEED_MAX = 4000, TEXT_MAX = 40000 /* bytes */ };

const struct field consent_ask_again_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "UUID of the new vote, made by the client"},
    {.name = "poll",
     .type = FIELD_REF,
     .number = NUMBER_POLL,
     .summary = "the open vote by consent about one proposal"},
    {.name = "base",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = INT32_MAX,
     .summary = "the version of the proposal that was revised"},
    {.name = "title", .type = FIELD_LINE, .min = 1, .max = TITLE_MAX, .optional = true},
    {.name = "need", .type = FIELD_TEXT, .max = NEED_MAX, .optional = true},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX, .optional = true},
    {.name = "closes",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "left out: open as long as the old one was planned"},
    {0},
};
const enum error consent_ask_again_errors[] = {
    ERROR_POLL_UNKNOWN,       ERROR_POLL_BAD_STATE, ERROR_POLL_BAD_TIME,
    ERROR_PROPOSAL_BAD_STATE, ERROR_PROPOSAL_STALE, ERROR_NONE,
};
