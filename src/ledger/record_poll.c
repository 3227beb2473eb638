/* Judging the events that make and move a poll (ledger.md, What check does): roll, definition, opening, late arrivals,
 * extension, closing, reopening, cancelling, result. Each has its row of the table there, checked from left
 * to right. States: none → roll → defined → open → closed → result; reopening goes back to open; a cancelled
 * poll stays so. An event whose opening is absent still needs the right state. Start at record_judge_poll. */
#include "ledger/record_state.h"

#include <stdlib.h>

#include "base/memory.h"
#include "ledger/definition_parts.h"
#include "ledger/result.h"

enum { TIE_CHAIR = 2 };

/* Members known, then active or dormant. */
static enum error check_roll_members(struct store_txn *txn, struct slice payload, uint32_t count,
                                     enum error malformed)
{
    bool all_active = true;
    for (uint32_t i = 0; i < count; i++) {
        struct record_member member;
        if (!record_member(txn, roll_read(payload, i).member, &member)) {
            return ERROR_MEMBER_UNKNOWN;
        }
        all_active =
            all_active && (member.status == MEMBER_ACTIVE || member.status == MEMBER_DORMANT);
    }
    return all_active ? ERROR_NONE : malformed;
}

static enum error judge_roll(struct store_txn *txn, const struct event *event,
                             const struct record_poll *poll)
{
    uint32_t count = 0;
    bool absent = event->payload.size == 0;
    if (!absent && roll_decode(event->payload, &count) != ERROR_NONE) {
        return ERROR_ROLL_MALFORMED;
    }
    if (poll->state != RECORD_POLL_NONE) {
        return ERROR_POLL_BAD_STATE;
    }
    return check_roll_members(txn, event->payload, count, ERROR_ROLL_MALFORMED);
}

/* New on the roll, in a class there is, and within the limit of weights. */
static bool additions_fit(struct store_txn *txn, const struct event *event,
                          const struct record_poll *poll, uint32_t count)
{
    uint64_t weight = poll->roll_weight + poll->added_weight;
    unsigned classes = poll->n_class > 0 ? poll->n_class : 1;
    for (uint32_t i = 0; i < count; i++) {
        struct roll_entry entry = roll_read(event->payload, i);
        struct roll_entry known;
        if (record_roll_entry(txn, event->poll, entry.member, &known) ||
            (!poll->definition_absent && entry.class_index >= classes)) {
            return false;
        }
        weight += entry.weight;
    }
    return record_weight_fits(weight, poll->points, poll->grades);
}

static enum error judge_roll_added(struct store_txn *txn, const struct event *event,
                                   const struct record_poll *poll, const struct record_at *at)
{
    uint32_t count = 0;
    bool absent = event->payload.size == 0;
    if (!absent && roll_decode(event->payload, &count) != ERROR_NONE) {
        return ERROR_ROLL_ADDED_MALFORMED;
    }
    if (poll->state != RECORD_POLL_OPEN ||
        (!poll->definition_absent && !(poll->flags & FLAG_LATE))) {
        return ERROR_POLL_BAD_STATE;
    }
    if (record_poll_is_overdue(poll, at->time_ms)) {
        return ERROR_POLL_BAD_TIME;
    }
    enum error error = check_roll_members(txn, event->payload, count, ERROR_ROLL_ADDED_MALFORMED);
    if (error == ERROR_NONE && !additions_fit(txn, event, poll, count)) {
        error = ERROR_ROLL_ADDED_MALFORMED;
    }
    return error;
}

static enum error check_definition(struct store_txn *txn, const struct event *event,
                                   const struct record_poll *poll,
                                   const struct definition *definition)
{
    if (poll->state != RECORD_POLL_ROLL) {
        return ERROR_POLL_BAD_STATE;
    }
    if (!id_equal(definition->org, record_org(txn)) || !id_equal(definition->poll, event->poll) ||
        !record_weight_fits(definition->roll_weight, definition->points, definition->grades)) {
        return ERROR_POLL_DEFINED_MALFORMED;
    }
    unsigned classes = definition->n_class > 0 ? definition->n_class : 1;
    bool same_roll = hash_equal(definition->roll_root, poll->roll_root) &&
                     definition->roll_count == poll->roll_count &&
                     definition->roll_weight == poll->roll_weight && poll->roll_class < classes;
    return same_roll || poll->roll_absent ? ERROR_NONE : ERROR_POLL_WRONG_ROLL;
}

static enum error judge_defined(struct store_txn *txn, const struct event *event,
                                const struct record_poll *poll)
{
    struct arena arena;
    struct definition definition;
    if (event->payload.size == 0) {
        return poll->state == RECORD_POLL_ROLL ? ERROR_NONE : ERROR_POLL_BAD_STATE;
    }
    arena_init(&arena, DEFINITION_ARENA);
    enum error error = definition_decode(event->payload, &arena, &definition);
    if (error == ERROR_NONE) {
        error = check_definition(txn, event, poll, &definition);
    }
    arena_free(&arena);
    return error;
}

/* None, or overall and one per class. */
static bool presence_fits(const struct record_poll *poll, const struct payload_presence *presence)
{
    return presence->count == 0 || poll->definition_absent || presence->count == 1 + poll->n_class;
}

static enum error judge_opened(const struct event *event, const struct record_poll *poll,
                               const struct record_at *at)
{
    struct payload_poll_opened opened;
    if (payload_decode_poll_opened(event->payload, &opened) != ERROR_NONE) {
        return ERROR_POLL_OPENED_MALFORMED;
    }
    if (poll->state != RECORD_POLL_DEFINED) {
        return ERROR_POLL_BAD_STATE;
    }
    if (poll->definition_absent) {
        return ERROR_NONE; /* its hash is taken from here on */
    }
    if (!hash_equal(opened.poll_hash, poll->poll_hash)) {
        return ERROR_POLL_WRONG_DEFINITION;
    }
    if (at->time_ms < poll->opens_ms || (poll->closes_ms != 0 && at->time_ms >= poll->closes_ms)) {
        return ERROR_POLL_BAD_TIME;
    }
    return presence_fits(poll, &opened.presence) ? ERROR_NONE : ERROR_POLL_OPENED_MALFORMED;
}

static enum error judge_closed(const struct event *event, const struct record_poll *poll,
                               const struct record_at *at)
{
    struct payload_poll_closed closed;
    if (payload_decode_poll_closed(event->payload, &closed) != ERROR_NONE) {
        return ERROR_POLL_CLOSED_MALFORMED;
    }
    if (poll->state != RECORD_POLL_OPEN) {
        return ERROR_POLL_BAD_STATE;
    }
    if (!hash_equal(closed.poll_hash, poll->poll_hash)) {
        return ERROR_POLL_WRONG_DEFINITION;
    }
    if (closed.why == CLOSED_BY_DATE && poll->closes_known &&
        !record_poll_is_overdue(poll, at->time_ms)) {
        return ERROR_POLL_BAD_TIME;
    }
    return presence_fits(poll, &closed.presence) ? ERROR_NONE : ERROR_POLL_CLOSED_MALFORMED;
}

static enum error judge_extended(const struct event *event, const struct record_poll *poll,
                                 const struct record_at *at)
{
    struct payload_poll_extended extended;
    if (payload_decode_poll_extended(event->payload, &extended) != ERROR_NONE) {
        return ERROR_POLL_EXTENDED_MALFORMED;
    }
    if (poll->state != RECORD_POLL_OPEN) {
        return ERROR_POLL_BAD_STATE;
    }
    bool later = extended.closes_ms == 0 || extended.closes_ms > poll->closes_ms;
    bool good = !poll->closes_known ||
                (poll->closes_ms != 0 && later && !record_poll_is_overdue(poll, at->time_ms));
    return good ? ERROR_NONE : ERROR_POLL_BAD_TIME;
}

static enum error judge_reopened(const struct event *event, const struct record_poll *poll,
                                 const struct record_at *at)
{
    struct payload_poll_reopened reopened;
    if (payload_decode_poll_reopened(event->payload, &reopened) != ERROR_NONE) {
        return ERROR_POLL_REOPENED_MALFORMED;
    }
    if (poll->state != RECORD_POLL_CLOSED && poll->state != RECORD_POLL_RESULT) {
        return ERROR_POLL_BAD_STATE;
    }
    bool good = reopened.closes_ms == 0 || reopened.closes_ms > at->time_ms;
    return good ? ERROR_NONE : ERROR_POLL_BAD_TIME;
}

static enum error judge_cancelled(const struct event *event, const struct record_poll *poll,
                                  const struct record_at *at)
{
    struct payload_poll_cancelled cancelled;
    if (payload_decode_poll_cancelled(event->payload, &cancelled) != ERROR_NONE) {
        return ERROR_POLL_CANCELLED_MALFORMED;
    }
    if (poll->state != RECORD_POLL_DEFINED && poll->state != RECORD_POLL_OPEN &&
        poll->state != RECORD_POLL_CLOSED) {
        return ERROR_POLL_BAD_STATE;
    }
    return record_poll_is_overdue(poll, at->time_ms) ? ERROR_POLL_BAD_TIME : ERROR_NONE;
}

/* A result follows the closing; the chair's follows, once, a result that left a tie open. */
static enum error check_result(const struct record_poll *poll, const struct result *result)
{
    bool chairs = poll->state == RECORD_POLL_RESULT && poll->verdict == VERDICT_TIE_OPEN &&
                  poll->decided == DECIDED_OPEN && result->decided == DECIDED_CHAIR &&
                  (poll->definition_absent || poll->tie == TIE_CHAIR);
    if ((poll->state != RECORD_POLL_CLOSED && !chairs) || result->closed != poll->closed_seq) {
        return ERROR_POLL_BAD_STATE;
    }
    if (!hash_equal(result->poll_hash, poll->poll_hash)) {
        return ERROR_POLL_WRONG_DEFINITION;
    }
    struct hash shown = chairs ? result->lot_secret : lot_commitment(result->lot_secret);
    bool good = !poll->lot_known || hash_equal(shown, poll->lot_secret);
    return good ? ERROR_NONE : ERROR_RESULT_BAD_LOT;
}

static enum error judge_result(const struct event *event, const struct record_poll *poll)
{
    struct result result;
    uint64_t *scores = memory_new(RESULT_MAX_SCORES, sizeof *scores);
    uint16_t *winners = memory_new(RESULT_MAX_WINNERS, sizeof *winners);
    enum error error = result_decode(event->payload, &result, scores, RESULT_MAX_SCORES, winners,
                                     RESULT_MAX_WINNERS);
    if (error == ERROR_NONE) {
        error = check_result(poll, &result);
    }
    free(winners);
    free(scores);
    return error;
}

enum error record_judge_poll(struct store_txn *txn, const struct event *event,
                             const struct record_at *at)
{
    struct record_poll poll;
    record_poll(txn, event->poll, &poll);
    switch (event->type) {
    case EVENT_ROLL:
        return judge_roll(txn, event, &poll);
    case EVENT_POLL_DEFINED:
        return judge_defined(txn, event, &poll);
    case EVENT_POLL_OPENED:
        return judge_opened(event, &poll, at);
    case EVENT_POLL_CLOSED:
        return judge_closed(event, &poll, at);
    case EVENT_RESULT:
        return judge_result(event, &poll);
    case EVENT_ROLL_ADDED:
        return judge_roll_added(txn, event, &poll, at);
    case EVENT_POLL_EXTENDED:
        return judge_extended(event, &poll, at);
    case EVENT_POLL_REOPENED:
        return judge_reopened(event, &poll, at);
    case EVENT_POLL_CANCELLED:
        return judge_cancelled(event, &poll, at);
    default:
        return ERROR_EVENT_BAD_LEAF;
    }
}
