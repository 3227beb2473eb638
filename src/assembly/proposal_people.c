/* Supporters of a proposal.
 *
 * Invariant: authors do not support their own; enough supporters move an idea to its discussion.
 * Start at proposal_handle_support(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/proposal.h"

/* ---- proposal.support ---- */

static bool supports(struct store_txn *txn, struct id proposal, struct id member)
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

static enum error check_support(struct request *request, const json_t *card, struct id member)
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

static void emit_support(struct request *request, struct id id, const json_t *card,
                         struct id member, bool on)
{
    static const char *const given[] = {"help", NULL};
    struct store_txn *txn = request_txn(request);
    json_t *event = event_new(on ? "supported" : "unsupported");
    json_put(event, "id", json_id(id));
    json_put(event, "member", json_id(member));
    if (on) {
        fields_copy(event, request->params, given);
    }
    request_emit_json(request, EVENT_SUPPORT, event);
    int64_t count = json_get_integer(card, "supports");
    count += on && !supports(txn, id, member);
    if (on && count >= (int64_t)organisation_threshold(txn) &&
        proposal_state_find(json_get_text(card, "state")) == PROPOSAL_IDEA) {
        proposal_emit_mark(request, id, PROPOSAL_DISCUSSED, NULL, (struct id){{0}});
    }
    member_wake(request);
}

enum error proposal_handle_support(struct request *request)
{
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    json_t *card = document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, id);
    struct id member;
    enum error error = member_on_behalf(request, &member);
    if (error == ERROR_NONE) {
        error = check_support(request, card, member);
    }
    if (error == ERROR_NONE) {
        emit_support(request, id, card, member, json_get_flag(request->params, "on"));
    }
    json_decref(card);
    return error;
}
