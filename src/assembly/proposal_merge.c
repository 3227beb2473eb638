/* Proposals that have to do with each other: relations, and merging one into another.
 *
 * A relation is said by the authors of one of them or by a facilitator, and stands on both pages. A merge is
 * proposed by a facilitator and agreed to by an author of the one that ends; nobody's support is moved over
 * their head: each supporter is asked, and says yes or no. Invariants: a proposal is related to at most
 * PROPOSAL_RELATED_MAX others; only one that its authors gave, or that has nobody here to ask, is merged.
 * Start at proposal_handle_merge(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"

/* ---- the limit ---- */

static bool count_row(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    ++*(size_t *)context;
    return true;
}

static bool has_room(struct store_txn *txn, struct id id)
{
    size_t count = 0;
    struct index_key prefix = index_key(INDEX_PROPOSAL_RELATED);
    index_key_id(&prefix, id);
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), count_row, &count);
    return count < PROPOSAL_RELATED_MAX;
}

static bool are_related(struct store_txn *txn, struct id id, struct id other)
{
    struct slice value;
    struct index_key key = index_key(INDEX_PROPOSAL_RELATED);
    index_key_id(&key, id);
    index_key_id(&key, other);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

enum error proposal_check_room(struct request *request, const char *field, struct id id,
                               struct id other)
{
    struct store_txn *txn = request_txn(request);
    return are_related(txn, id, other) || (has_room(txn, id) && has_room(txn, other))
               ? ERROR_NONE
               : request_fault(request, field, ERROR_PROPOSAL_TOO_MANY_RELATED);
}

/* ---- proposal.relate ---- */

const char *proposal_inverse(struct slice word)
{
    static const char *const pairs[][2] = {
        {"duplicate_of", "has_duplicate"},
        {"alternative_to", "alternative_to"},
        {"answers", "answered_by"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (slice_equal(word, slice_text(pairs[i][0]))) {
            return pairs[i][1];
        }
    }
    return NULL;
}

void proposal_emit_related(struct request *request, struct id id, struct id to, struct slice as,
                           bool on)
{
    json_t *event = event_new("related");
    json_put(event, "id", json_id(id));
    json_put(event, "to", json_id(to));
    json_put(event, "as", json_text(as));
    json_put(event, "on", json_boolean(on));
    request_emit_json(request, EVENT_PROPOSAL, event);
}

/* The relation that `proposal` says it has to the other one. */
static bool says(const json_t *proposal, struct id other, struct slice as)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(proposal, "relations"), i, item)
    {
        if (id_equal(json_get_id(item, "id"), other) &&
            slice_equal(json_get_text(item, "as"), as)) {
            return true;
        }
    }
    return false;
}

static enum error relate(struct request *request, struct id id, const json_t *proposal,
                         struct id to)
{
    struct slice as = request_text(request, "as");
    bool on = json_get_flag(request->params, "on");
    if (id_equal(id, to)) {
        return request_fault(request, "to", ERROR_INPUT_BAD_VALUE);
    }
    if (!proposal_by_caller(request, proposal) && !request_is(request, WHO_FACILITATOR)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (!on && !says(proposal, to, as)) {
        return request_fault(request, "to", ERROR_PROPOSAL_NOT_ASKED);
    }
    enum error error = on ? proposal_check_room(request, "to", id, to) : ERROR_NONE;
    if (error == ERROR_NONE) {
        proposal_emit_related(request, id, to, as, on);
        member_wake(request);
    }
    return error;
}

/* Runs `handle` with both proposals. */
static enum error with_both(struct request *request, const char *field,
                            enum error (*handle)(struct request *request, struct id id,
                                                 const json_t *proposal, struct id other))
{
    struct id id, other;
    json_t *proposal = proposal_load(request, "id", &id);
    json_t *second = proposal == NULL ? NULL : proposal_load(request, field, &other);
    enum error error =
        second == NULL ? ERROR_PROPOSAL_UNKNOWN : handle(request, id, proposal, other);
    json_decref(second);
    json_decref(proposal);
    return error;
}

enum error proposal_handle_relate(struct request *request)
{
    return with_both(request, "to", relate);
}

/* ---- proposal.merge, proposal.consent ---- */

static bool can_merge(struct store_txn *txn, struct id id)
{
    enum proposal_state state = proposal_state(txn, id);
    return state == PROPOSAL_IDEA || state == PROPOSAL_DISCUSSED || state == PROPOSAL_READY;
}

static enum error check_merge(struct request *request, struct id id, struct id into)
{
    if (id_equal(id, into)) {
        return request_fault(request, "into", ERROR_INPUT_BAD_VALUE);
    }
    if (!can_merge(request_txn(request), id)) {
        return request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
    }
    if (!can_merge(request_txn(request), into)) {
        return request_fault(request, "into", ERROR_PROPOSAL_BAD_STATE);
    }
    return proposal_check_room(request, "into", id, into);
}

/* What the authors are shown of the other one. */
static json_t *into_reference(struct request *request, struct id into)
{
    static const char *const given[] = {"id", "number", "title", "language", NULL};
    json_t *card = document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, into);
    json_t *reference = json_object();
    fields_copy(reference, card, given);
    json_decref(card);
    return reference;
}

static void emit_merged(struct request *request, struct id id, struct id into)
{
    json_t *event =
        proposal_mark_event(id, proposal_state(request_txn(request), id), PROPOSAL_MERGED);
    json_put(event, "into", into_reference(request, into));
    request_emit_json(request, EVENT_PROPOSAL, event);
    member_wake(request);
}

static enum error merge(struct request *request, struct id id, const json_t *proposal,
                        struct id into)
{
    if (!json_get_flag(request->params, "on")) {
        if (json_object_get(proposal, "merge") == NULL) {
            return request_fault(request, "id", ERROR_PROPOSAL_NOT_ASKED);
        }
        proposal_emit(request, "merge_dropped", id, (struct id){{0}});
        return ERROR_NONE;
    }
    enum error error = check_merge(request, id, into);
    if (error != ERROR_NONE) {
        return error;
    }
    if (proposal_by_caller(request, proposal) || proposal_may_stand_in(request, id, proposal)) {
        emit_merged(request, id, into);
        return ERROR_NONE;
    }
    json_t *event = event_new("merge_asked");
    json_put(event, "id", json_id(id));
    json_put(event, "into", into_reference(request, into));
    request_emit_json(request, EVENT_PROPOSAL, event);
    member_wake(request);
    return ERROR_NONE;
}

enum error proposal_handle_merge(struct request *request)
{
    return with_both(request, "into", merge);
}

static enum error consent(struct request *request, struct id id, const json_t *proposal)
{
    const json_t *asked = json_object_get(proposal, "merge");
    struct id into = json_get_id(json_object_get(asked, "into"), "id");
    if (!proposal_by_caller(request, proposal)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (asked == NULL) {
        return request_fault(request, "id", ERROR_PROPOSAL_NOT_ASKED);
    }
    if (!json_get_flag(request->params, "yes")) {
        proposal_emit(request, "merge_dropped", id, (struct id){{0}});
        member_wake(request);
        return ERROR_NONE;
    }
    enum error error = check_merge(request, id, into);
    if (error == ERROR_NONE) {
        emit_merged(request, id, into);
    }
    return error;
}

enum error proposal_handle_consent(struct request *request)
{
    struct id id;
    json_t *proposal = proposal_load(request, "id", &id);
    enum error error = proposal == NULL ? ERROR_PROPOSAL_UNKNOWN : consent(request, id, proposal);
    json_decref(proposal);
    return error;
}

/* ---- proposal.follow ---- */

/* The caller's item among the supporters; NULL = does not support it. Borrowed. */
static const json_t *own_support(const struct request *request, const json_t *supporters)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(supporters, "items"), i, item)
    {
        if (id_equal(json_get_id(json_object_get(item, "member"), "id"), request->caller.member)) {
            return item;
        }
    }
    return NULL;
}

static void emit_followed(struct request *request, struct id id, bool yes)
{
    json_t *event = event_new("followed");
    json_put(event, "id", json_id(id));
    json_put(event, "member", json_id(request->caller.member));
    json_put(event, "yes", json_boolean(yes));
    request_emit_json(request, EVENT_SUPPORT, event);
    member_wake(request);
}

/* An author of the other one, or somebody who supports it already, has nothing to carry over. */
static enum error follow(struct request *request, struct id id, struct id into,
                         const json_t *support)
{
    struct id member = request->caller.member;
    json_t *card = document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, into);
    bool there = proposal_is_author(request_txn(request),
                                    (uint32_t)json_get_integer(card, "number"), member) ||
                 proposal_has_supporter(request_txn(request), into, member);
    enum error error = there ? ERROR_NONE : proposal_check_support(request, card, member);
    if (error == ERROR_NONE) {
        emit_followed(request, id, true);
        if (!there) {
            proposal_emit_support(request, into, card, member, json_object_get(support, "help"),
                                  id);
        }
    }
    json_decref(card);
    return error;
}

static enum error answer_follow(struct request *request, struct id id, const json_t *proposal)
{
    enum error error = ERROR_NONE;
    struct id into = json_get_id(json_object_get(proposal, "merged_into"), "id");
    json_t *supporters = document_load(request_txn(request), DOCUMENT_SUPPORTERS, id);
    const json_t *own = own_support(request, supporters);
    if (id_is_none(into)) {
        error = request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
    } else if (own == NULL || json_get_flag(own, "followed")) {
        error = request_fault(request, "id", ERROR_PROPOSAL_NOT_ASKED);
    } else if (json_get_flag(request->params, "yes")) {
        error = follow(request, id, into, own);
    } else {
        emit_followed(request, id, false);
    }
    json_decref(supporters);
    return error;
}

enum error proposal_handle_follow(struct request *request)
{
    struct id id;
    json_t *proposal = proposal_load(request, "id", &id);
    enum error error =
        proposal == NULL ? ERROR_PROPOSAL_UNKNOWN : answer_follow(request, id, proposal);
    json_decref(proposal);
    return error;
}
