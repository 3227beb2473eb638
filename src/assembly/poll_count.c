/* Counting a closed vote: the final ballots of the record, the tally, the verdict, the result in the record, the decision
 * and the steps of the proposals.
 *
 * poll.count is the system's command: closing leaves it due at the same instant, so the writer executes it in the same
 * transaction. A vote of a meeting is counted by poll.reveal instead, when who leads it wants it seen. It reads the ledger alone (definition, roll, final ballots), never a document's numbers, so whoever holds the
 * openings can do the same sum. The result shows the next link of the lot's chain and moves the kept secret one on.
 * Start at poll_count(). */
#include "assembly/decision.h"
#include "assembly/poll_parts.h"
#include "assembly/proposal.h"
#include "base/fatal.h"
#include "ledger/payload.h"
#include "ledger/result.h"

#include <string.h>

enum { LOT_VALUE_SIZE = HASH_SIZE + 1 };

struct counting {
    struct request *request;
    struct id id;
    const json_t *poll;
    const struct poll_count *count;
};

/* ---- the lot ---- */

enum error poll_next_link(struct store_txn *txn, struct id id, struct hash *link)
{
    struct index_key key = index_key(SECRET_LOT);
    struct hash last, links[LOT_CHAIN + 1];
    struct slice value;
    index_key_id(&key, id);
    if (!store_get(txn, TABLE_SECRET, index_key_slice(&key), &value) ||
        value.size != LOT_VALUE_SIZE || value.data[HASH_SIZE] > LOT_CHAIN) {
        return ERROR_POLL_NO_LOT_LEFT;
    }
    memcpy(last.bytes, value.data, HASH_SIZE);
    lot_chain(&last, links);
    *link = links[value.data[HASH_SIZE]];
    crypto_wipe(&last, sizeof last);
    crypto_wipe(links, sizeof links);
    return ERROR_NONE;
}

static void move_lot(struct store_txn *txn, struct id id)
{
    struct index_key key = index_key(SECRET_LOT);
    uint8_t bytes[LOT_VALUE_SIZE];
    struct slice value;
    index_key_id(&key, id);
    assert_always(store_get(txn, TABLE_SECRET, index_key_slice(&key), &value) &&
                  value.size == LOT_VALUE_SIZE);
    memcpy(bytes, value.data, LOT_VALUE_SIZE);
    bytes[HASH_SIZE]++;
    store_put(txn, TABLE_SECRET, index_key_slice(&key), slice_of(bytes, sizeof bytes));
}

/* ---- events ---- */

static void emit_result(struct counting *counting, const json_t *json)
{
    struct buffer details, payload;
    struct slice none = {0};
    buffer_init(&details, PAYLOAD_MAX);
    buffer_init(&payload, PAYLOAD_MAX);
    json_write(&details, json);
    struct result result = poll_result_of(counting->count, buffer_slice(&details));
    result_encode(&payload, &result);
    assert_always(buffer_ok(&details) && buffer_ok(&payload));
    request_emit(counting->request, EVENT_RESULT, counting->id, buffer_slice(&payload), none);
    buffer_free(&payload);
    buffer_free(&details);
}

/* ---- what follows ---- */

/* What becomes of proposals that the question is about as a whole. */
static enum proposal_state state_of_all(const struct poll_count *count)
{
    switch (count->verdict.verdict) {
    case VERDICT_ADOPTED:
        return PROPOSAL_ADOPTED;
    case VERDICT_NOT_ADOPTED:
        return PROPOSAL_REJECTED;
    case VERDICT_NO_QUORUM:
        return PROPOSAL_POSTPONED;
    case VERDICT_NONE: /* something was chosen, or nothing */
        return count->counts.n_winners > 0 ? PROPOSAL_ADOPTED : PROPOSAL_REJECTED;
    default:
        return PROPOSAL_NONE;
    }
}

/* The option that stands for a proposal; NO_OPTION = none. */
static uint16_t option_of(const json_t *poll, struct id proposal)
{
    size_t i;
    json_t *option;
    json_array_foreach(json_object_get(poll, "options"), i, option)
    {
        if (id_equal(json_get_id(option, "proposal"), proposal)) {
            return (uint16_t)i;
        }
    }
    return NO_OPTION;
}

static bool has_won(const struct poll_count *count, uint16_t option)
{
    for (uint16_t i = 0; i < count->counts.n_winners; i++) {
        if (count->counts.winners[i] == option) {
            return true;
        }
    }
    return false;
}

/* Where options stand for proposals, winners are adopted; the others rejected, or discussed again if the vote says so. */
static enum proposal_state state_of_one(const struct counting *counting, struct id proposal)
{
    const struct poll_count *count = counting->count;
    enum proposal_state all = state_of_all(count);
    uint16_t option = option_of(counting->poll, proposal);
    if (option == NO_OPTION || (all != PROPOSAL_ADOPTED && all != PROPOSAL_REJECTED)) {
        return all;
    }
    if (all == PROPOSAL_ADOPTED && has_won(count, option)) {
        return PROPOSAL_ADOPTED;
    }
    return poll_word_is(counting->poll, "others", "discussed") ? PROPOSAL_DISCUSSED
                                                               : PROPOSAL_REJECTED;
}

static void move_proposals(const struct counting *counting)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(counting->poll, "about"), i, item)
    {
        struct id proposal = json_get_id(item, "id");
        enum proposal_state to = state_of_one(counting, proposal);
        if (to != PROPOSAL_NONE &&
            proposal_state(request_txn(counting->request), proposal) == PROPOSAL_VOTING) {
            proposal_emit_mark(counting->request, proposal, to, NULL, counting->id);
        }
    }
}

/* Only a decision moves proposals. */
void poll_announce(struct request *request, struct id id, const json_t *poll,
                   const struct poll_count *count)
{
    struct counting counting = {.request = request, .id = id, .poll = poll, .count = count};
    json_t *json = poll_result(request_txn(request), poll, count);
    emit_result(&counting, json);
    if (poll_decides(poll)) {
        decision_emit(request, id, poll, json);
    }
    if (poll_word_is(poll, "poll_kind", "decision")) {
        move_proposals(&counting);
    }
    json_decref(json);
}

static enum error count(struct request *request, struct id id, const json_t *poll)
{
    struct hash link;
    struct record_poll record;
    struct poll_count count;
    if (!record_poll(request_txn(request), id, &record) || record.state != RECORD_POLL_CLOSED) {
        return request_fault(request, "id", ERROR_POLL_BAD_STATE);
    }
    enum error error = poll_next_link(request_txn(request), id, &link);
    if (error == ERROR_NONE) {
        error = poll_recount(request_txn(request), id, &link, &count);
        if (error == ERROR_NONE) {
            poll_announce(request, id, poll, &count);
            move_lot(request_txn(request), id);
        }
        poll_count_free(&count);
    }
    return error;
}

enum error poll_count(struct request *request)
{
    struct id id;
    json_t *poll;
    enum error error = poll_find(request, "id", &id, &poll);
    if (error == ERROR_NONE) {
        error = count(request, id, poll);
        json_decref(poll);
    }
    return error;
}

enum error poll_reveal(struct request *request)
{
    struct id id;
    json_t *poll;
    enum error error = poll_find_managed(request, &id, &poll);
    if (error == ERROR_NONE) {
        error = id_is_none(poll_meeting(poll)) ? request_fault(request, "id", ERROR_POLL_BAD_STATE)
                                               : count(request, id, poll);
        json_decref(poll);
    }
    return error;
}
