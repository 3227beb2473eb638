/* The people of a proposal: supporters, authors, and how one becomes one.
 *
 * An author invites and the member says yes, or a member offers and an author says yes: whichever comes
 * second makes the co-author. When the authors have been silent for long, a supporter takes over; the old
 * authors stay named first. Invariants: authors do not support their own (joining takes the support back);
 * one author at least remains; enough supporters move an idea to its discussion. Start at
 * proposal_handle_support() and proposal_handle_invite(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"
#include "ledger/record.h"

/* ---- proposal.support ---- */

bool proposal_has_supporter(struct store_txn *txn, struct id proposal, struct id member)
{
    struct slice value;
    struct index_key key = index_key(INDEX_SUPPORT);
    index_key_id(&key, proposal);
    index_key_id(&key, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

bool proposal_is_author(struct store_txn *txn, uint32_t number, struct id member)
{
    struct slice value;
    struct index_key key = index_key(INDEX_PROPOSAL_OF_AUTHOR);
    index_key_id(&key, member);
    index_key_u32(&key, UINT32_MAX - number);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

static bool writes(struct request *request, const json_t *card, struct id member)
{
    return proposal_is_author(request_txn(request), (uint32_t)json_get_integer(card, "number"),
                              member);
}

enum error proposal_check_support(struct request *request, const json_t *card, struct id member)
{
    enum proposal_state state = proposal_state_find(json_get_text(card, "state"));
    if (card == NULL) {
        return request_fault(request, "id", ERROR_PROPOSAL_UNKNOWN);
    }
    if (writes(request, card, member)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    return state == PROPOSAL_IDEA || state == PROPOSAL_DISCUSSED || state == PROPOSAL_READY
               ? ERROR_NONE
               : request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
}

/* {"id","number"} of a proposal for an event; NULL = none. */
static json_t *reference_of(struct store_txn *txn, struct id id)
{
    static const char *const given[] = {"id", "number", NULL};
    json_t *card = id_is_none(id) ? NULL : document_load(txn, DOCUMENT_PROPOSAL_CARD, id);
    if (card == NULL) {
        return NULL;
    }
    json_t *reference = json_object();
    fields_copy(reference, card, given);
    json_decref(card);
    return reference;
}

void proposal_emit_support(struct request *request, struct id id, const json_t *card,
                           struct id member, const json_t *help, struct id from)
{
    struct store_txn *txn = request_txn(request);
    json_t *event = event_new("supported");
    json_put(event, "id", json_id(id));
    json_put(event, "member", json_id(member));
    json_put(event, "help", help == NULL ? NULL : json_deep_copy(help));
    json_put(event, "from", reference_of(txn, from));
    request_emit_json(request, EVENT_SUPPORT, event);
    int64_t count = json_get_integer(card, "supports");
    count += !proposal_has_supporter(txn, id, member);
    if (count >= (int64_t)organisation_threshold(txn) &&
        proposal_state_find(json_get_text(card, "state")) == PROPOSAL_IDEA) {
        proposal_emit_mark(request, id, PROPOSAL_DISCUSSED, NULL, (struct id){{0}});
    }
}

static void emit_unsupported(struct request *request, struct id id, struct id member)
{
    json_t *event = event_new("unsupported");
    json_put(event, "id", json_id(id));
    json_put(event, "member", json_id(member));
    request_emit_json(request, EVENT_SUPPORT, event);
}

enum error proposal_handle_support(struct request *request)
{
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    json_t *card = document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, id);
    struct id member;
    enum error error = member_on_behalf(request, &member);
    if (error == ERROR_NONE) {
        error = proposal_check_support(request, card, member);
    }
    if (error == ERROR_NONE) {
        if (json_get_flag(request->params, "on")) {
            proposal_emit_support(request, id, card, member,
                                  json_object_get(request->params, "help"), (struct id){{0}});
        } else {
            emit_unsupported(request, id, member);
        }
        member_wake(request);
    }
    json_decref(card);
    return error;
}

/* ---- authors ---- */

json_t *proposal_load(struct request *request, const char *field, struct id *id)
{
    *id = request_ref(request, field, NUMBER_PROPOSAL);
    json_t *proposal =
        id_is_none(*id) ? NULL : document_load(request_txn(request), DOCUMENT_PROPOSAL, *id);
    if (proposal == NULL) {
        (void)request_fault(request, field, ERROR_PROPOSAL_UNKNOWN);
    }
    return proposal;
}

void proposal_emit(struct request *request, const char *what, struct id id, struct id member)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(id));
    json_put(event, "member", id_is_none(member) ? NULL : json_id(member));
    request_emit_json(request, EVENT_PROPOSAL, event);
}

bool proposal_by_caller(const struct request *request, const json_t *proposal)
{
    return people_have(json_object_get(proposal, "authors"), request->caller.member);
}

/* How a member stands to the authors. */
enum standing { STANDS_APART, STANDS_INVITED, STANDS_OFFERING, STANDS_AUTHOR };

static enum standing standing_of(const json_t *proposal, struct id member)
{
    size_t i;
    json_t *item;
    if (people_have(json_object_get(proposal, "authors"), member)) {
        return STANDS_AUTHOR;
    }
    json_array_foreach(json_object_get(proposal, "invited"), i, item)
    {
        if (id_equal(json_get_id(json_object_get(item, "member"), "id"), member)) {
            struct id by = json_get_id(json_object_get(item, "by"), "id");
            return id_equal(by, member) ? STANDS_OFFERING : STANDS_INVITED;
        }
    }
    return STANDS_APART;
}

static bool is_full(const json_t *proposal, bool with_invited)
{
    size_t authors = json_array_size(json_object_get(proposal, "authors"));
    size_t invited = json_array_size(json_object_get(proposal, "invited"));
    return authors + (with_invited ? invited : 0) >= PROPOSAL_AUTHORS_MAX;
}

/* An author supports no longer: the proposal is their own. */
static void emit_joined(struct request *request, const char *what, struct id id, struct id member)
{
    proposal_emit(request, what, id, member);
    if (proposal_has_supporter(request_txn(request), id, member)) {
        emit_unsupported(request, id, member);
    }
}

static enum error check_person(struct request *request, struct id member)
{
    struct record_member record;
    if (id_is_none(member) || !record_member(request_txn(request), member, &record)) {
        return request_fault(request, "member", ERROR_MEMBER_UNKNOWN);
    }
    bool here = record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT;
    return here && (record.roles & ROLE_OBSERVER) == 0
               ? ERROR_NONE
               : request_fault(request, "member", ERROR_MEMBER_BAD_STATE);
}

static enum error invite(struct request *request, struct id id, const json_t *proposal)
{
    struct id member = request_ref(request, "member", NUMBER_MEMBER);
    bool on = json_get_flag(request->params, "on");
    enum standing standing = standing_of(proposal, member);
    enum error error = check_person(request, member);
    if (error != ERROR_NONE) {
        return error;
    }
    if (standing == STANDS_AUTHOR || (on && standing == STANDS_INVITED) ||
        (!on && standing == STANDS_APART)) {
        return request_fault(request, "member", ERROR_PROPOSAL_NOT_ASKED);
    }
    if (on && is_full(proposal, standing == STANDS_APART)) {
        return request_fault(request, "member", ERROR_PROPOSAL_TOO_MANY_AUTHORS);
    }
    if (on && standing == STANDS_OFFERING) {
        emit_joined(request, "joined", id, member);
    } else {
        proposal_emit(request, on ? "invited" : "uninvited", id, member);
    }
    return ERROR_NONE;
}

enum error proposal_handle_invite(struct request *request)
{
    struct id id;
    json_t *proposal = proposal_load(request, "id", &id);
    enum error error;
    if (proposal == NULL) {
        return ERROR_PROPOSAL_UNKNOWN;
    }
    if (!proposal_by_caller(request, proposal)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    } else if (!proposal_is_open(proposal)) {
        error = request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
    } else {
        error = invite(request, id, proposal);
    }
    if (error == ERROR_NONE) {
        member_wake(request);
    }
    json_decref(proposal);
    return error;
}

static enum error join(struct request *request, struct id id, const json_t *proposal)
{
    struct id member = request->caller.member;
    bool yes = json_get_flag(request->params, "yes");
    enum standing standing = standing_of(proposal, member);
    if (standing == STANDS_AUTHOR || (yes && standing == STANDS_OFFERING) ||
        (!yes && standing == STANDS_APART)) {
        return request_fault(request, "id", ERROR_PROPOSAL_NOT_ASKED);
    }
    if (yes && is_full(proposal, standing == STANDS_APART)) {
        return request_fault(request, "id", ERROR_PROPOSAL_TOO_MANY_AUTHORS);
    }
    if (yes && standing == STANDS_INVITED) {
        emit_joined(request, "joined", id, member);
    } else {
        proposal_emit(request, yes ? "invited" : "uninvited", id, member);
    }
    return ERROR_NONE;
}

enum error proposal_handle_join(struct request *request)
{
    struct id id;
    json_t *proposal = proposal_load(request, "id", &id);
    if (proposal == NULL) {
        return ERROR_PROPOSAL_UNKNOWN;
    }
    enum error error = proposal_is_open(proposal)
                           ? join(request, id, proposal)
                           : request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
    if (error == ERROR_NONE) {
        member_wake(request);
    }
    json_decref(proposal);
    return error;
}

enum error proposal_handle_leave(struct request *request)
{
    struct id id;
    json_t *proposal = proposal_load(request, "id", &id);
    enum error error = ERROR_NONE;
    if (proposal == NULL) {
        return ERROR_PROPOSAL_UNKNOWN;
    }
    if (!proposal_by_caller(request, proposal)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    } else if (json_array_size(json_object_get(proposal, "authors")) < 2) {
        error = request_fault(request, "id", ERROR_PROPOSAL_LAST_AUTHOR);
    } else {
        proposal_emit(request, "left", id, request->caller.member);
        member_wake(request);
    }
    json_decref(proposal);
    return error;
}

/* ---- proposal.take_over ---- */

static enum error check_take_over(struct request *request, struct id id, const json_t *proposal)
{
    if (!proposal_is_open(proposal)) {
        return request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
    }
    if (!proposal_has_supporter(request_txn(request), id, request->caller.member)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (!proposal_is_silent(request, id)) {
        return request_fault(request, "id", ERROR_PROPOSAL_NOT_SILENT);
    }
    return is_full(proposal, false) ? request_fault(request, "id", ERROR_PROPOSAL_TOO_MANY_AUTHORS)
                                    : ERROR_NONE;
}

enum error proposal_handle_take_over(struct request *request)
{
    struct id id;
    json_t *proposal = proposal_load(request, "id", &id);
    if (proposal == NULL) {
        return ERROR_PROPOSAL_UNKNOWN;
    }
    enum error error = check_take_over(request, id, proposal);
    if (error == ERROR_NONE) {
        emit_joined(request, "taken_over", id, request->caller.member);
        member_wake(request);
    }
    json_decref(proposal);
    return error;
}
