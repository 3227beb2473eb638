/* Taking a judged event into account: the only place that changes the record's facts.
 *
 * Each event changes a few values by key. An event whose opening is absent still moves its poll's state and
 * leaves a mark (roll_absent and so on), so that what depends on it is skipped later rather than refused.
 * Decoding cannot fail here: the event has been judged, so a payload that does not decode is a bug.
 * Start at record_apply. */
#include "ledger/record_state.h"

#include <stdlib.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "ledger/definition_parts.h"
#include "ledger/result.h"

static const struct slice nothing = {NULL, 0};

/* the organisation, its members and their keys */

static void apply_genesis(struct store_txn *txn, const struct event *event)
{
    struct payload_genesis genesis;
    assert_always(payload_decode_genesis(event->payload, &genesis) == ERROR_NONE);
    struct record_log log = {.org = genesis.org, .epoch = 1, .origin = genesis.origin};
    record_put_log(txn, &log);
}

static void apply_epoch(struct store_txn *txn, const struct event *event)
{
    struct payload_epoch epoch;
    assert_always(payload_decode_epoch(event->payload, &epoch) == ERROR_NONE);
    struct record_log log = {.org = record_org(txn), .epoch = epoch.epoch, .origin = epoch.origin};
    record_put_log(txn, &log);
}

static void apply_member(struct store_txn *txn, const struct event *event,
                         const struct record_at *at)
{
    struct payload_member member;
    assert_always(payload_decode_member(event->payload, &member) == ERROR_NONE);
    struct record_member value = {.status = member.status, .roles = member.roles, .seq = at->seq};
    record_put_member(txn, member.member, &value);
}

static void apply_key_added(struct store_txn *txn, const struct event *event,
                            const struct record_at *at)
{
    struct payload_key_added key;
    assert_always(payload_decode_key_added(event->payload, &key) == ERROR_NONE);
    struct record_key value = {
        .member = key.member,
        .kind = key.kind,
        .scope = key.scope,
        .added_seq = at->seq,
        .added_ms = at->time_ms,
        .via = (uint8_t)key.via,
    };
    record_put_key(txn, &key.pk, &value);
}

static void apply_key_revoked(struct store_txn *txn, const struct event *event,
                              const struct record_at *at)
{
    struct payload_key_revoked revoked;
    struct record_key key;
    assert_always(payload_decode_key_revoked(event->payload, &revoked) == ERROR_NONE);
    assert_always(record_key(txn, &revoked.pk, &key) || store_error(txn) != ERROR_NONE);
    if (store_error(txn) == ERROR_NONE) {
        key.revoked_seq = at->seq;
        key.reason = (uint8_t)revoked.reason;
        record_put_key(txn, &revoked.pk, &key);
    }
}

/* mandates */

static void apply_mandate(struct store_txn *txn, const struct event *event,
                          const struct record_at *at)
{
    struct mandate mandate;
    struct slice newest;
    if (event->payload.size == 0) {
        struct record_name absent =
            record_name_of(RECORD_MANDATES_ABSENT, nothing, nothing, nothing);
        record_put_number(txn, &absent, record_number(txn, &absent) + 1);
        return;
    }
    assert_always(mandate_decode(event->payload, &mandate) == ERROR_NONE);
    struct record_mandate value = {
        .giver = mandate.giver,
        .holder = mandate.holder,
        .kind = (uint8_t)mandate.kind,
        .scope = mandate.scope,
        .from_ms = mandate.from_ms,
        .until_ms = mandate.until_ms,
        .seq = at->seq,
    };
    struct hash id = mandate_id(mandate.body);
    struct record_name name =
        record_name_of(RECORD_NEWEST_MANDATE, id_slice(&mandate.giver), nothing, nothing);
    if (record_get(txn, &name, &newest) && newest.size == HASH_SIZE) {
        memcpy(value.previous.bytes, newest.data, HASH_SIZE);
    }
    record_put_mandate(txn, &id, &value);
    record_put(txn, &name, hash_slice(&id));
}

static void apply_mandate_end(struct store_txn *txn, const struct event *event,
                              const struct record_at *at)
{
    struct mandate_end end;
    struct record_mandate mandate;
    if (event->payload.size == 0) {
        return;
    }
    assert_always(mandate_end_decode(event->payload, &end) == ERROR_NONE);
    if (record_mandate(txn, &end.mandate, &mandate)) { /* else its mandate is absent */
        mandate.ended_seq = at->seq;
        record_put_mandate(txn, &end.mandate, &mandate);
    }
}

/* polls */

static void put_entries(struct store_txn *txn, struct id poll, struct slice payload, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct roll_entry entry = roll_read(payload, i);
        record_put_roll_entry(txn, poll, &entry);
    }
}

static void apply_roll(struct store_txn *txn, const struct event *event, const struct record_at *at,
                       struct record_poll *poll)
{
    poll->state = RECORD_POLL_ROLL;
    poll->roll_seq = at->seq;
    if (event->payload.size == 0) {
        poll->roll_absent = true;
        return;
    }
    struct roll_summary summary = roll_summarise_payload(event->payload, &poll->roll_class);
    poll->roll_root = summary.root;
    poll->roll_count = summary.count;
    poll->roll_weight = summary.weight;
    put_entries(txn, event->poll, event->payload, summary.count);
}

static void apply_roll_added(struct store_txn *txn, const struct event *event,
                             struct record_poll *poll)
{
    uint8_t greatest_class;
    if (event->payload.size == 0) {
        poll->roll_absent = true;
        return;
    }
    struct roll_summary summary = roll_summarise_payload(event->payload, &greatest_class);
    poll->added_count += summary.count;
    poll->added_weight += summary.weight;
    put_entries(txn, event->poll, event->payload, summary.count);
}

static void keep_rules(struct record_poll *poll, const struct definition *d)
{
    poll->meeting = d->meeting;
    poll->mode = d->mode;
    poll->method = d->method;
    poll->form = d->form;
    poll->grades = d->grades;
    poll->n_class = d->n_class;
    poll->tie = d->rule.tie;
    poll->flags = d->flags;
    poll->n_option = d->n_option;
    poll->seats = d->seats;
    poll->min = d->min;
    poll->max = d->max;
    poll->points = d->points;
    poll->cap = d->cap;
    poll->budget = d->budget;
    poll->opens_ms = d->opens_ms;
    poll->mandates_max = d->rule.mandates_max;
    poll->mandates_who = d->rule.mandates_who;
    poll->mandates_own = d->rule.mandates_own;
}

static void apply_defined(const struct event *event, const struct record_at *at,
                          struct record_poll *poll)
{
    struct arena arena;
    struct definition definition;
    size_t options_at;
    poll->state = RECORD_POLL_DEFINED;
    poll->defined_seq = at->seq;
    if (event->payload.size == 0) {
        poll->definition_absent = true;
        return;
    }
    arena_init(&arena, DEFINITION_ARENA);
    assert_always(definition_decode_parts(event->payload, &arena, &definition, &options_at) ==
                  ERROR_NONE);
    poll->poll_hash = definition_hash(event->payload);
    poll->options_at = (uint32_t)options_at;
    keep_rules(poll, &definition);
    if (poll->roll_absent) { /* what the definition says of it */
        poll->roll_root = definition.roll_root;
        poll->roll_count = definition.roll_count;
        poll->roll_weight = definition.roll_weight;
    }
    poll->closes_ms = definition.closes_ms;
    poll->closes_known = true;
    poll->lot_secret = definition.lot_commit;
    poll->lot_known = true;
    arena_free(&arena);
}

static void apply_opened(const struct event *event, const struct record_at *at,
                         struct record_poll *poll)
{
    struct payload_poll_opened opened;
    assert_always(payload_decode_poll_opened(event->payload, &opened) == ERROR_NONE);
    poll->state = RECORD_POLL_OPEN;
    poll->poll_hash = opened.poll_hash;
    poll->opened_seq = at->seq;
    poll->opened_ms = at->time_ms;
}

static void apply_times(const struct event *event, struct record_poll *poll)
{
    if (event->type == EVENT_POLL_EXTENDED) {
        struct payload_poll_extended extended;
        assert_always(payload_decode_poll_extended(event->payload, &extended) == ERROR_NONE);
        poll->closes_ms = extended.closes_ms;
        poll->extensions++;
    } else {
        struct payload_poll_reopened reopened;
        assert_always(payload_decode_poll_reopened(event->payload, &reopened) == ERROR_NONE);
        poll->closes_ms = reopened.closes_ms;
        poll->state = RECORD_POLL_OPEN;
        poll->closed_seq = poll->closed_ms = poll->result_seq = 0;
        poll->verdict = poll->decided = 0;
    }
    poll->closes_known = true;
}

static void apply_result(const struct event *event, const struct record_at *at,
                         struct record_poll *poll)
{
    struct result result;
    uint64_t *scores = memory_new(RESULT_MAX_SCORES, sizeof *scores);
    uint16_t *winners = memory_new(RESULT_MAX_WINNERS, sizeof *winners);
    assert_always(result_decode(event->payload, &result, scores, RESULT_MAX_SCORES, winners,
                                RESULT_MAX_WINNERS) == ERROR_NONE);
    poll->state = RECORD_POLL_RESULT;
    poll->result_seq = at->seq;
    poll->verdict = (uint8_t)result.verdict;
    poll->decided = (uint8_t)result.decided;
    poll->lot_secret = result.lot_secret;
    poll->lot_known = true;
    free(winners);
    free(scores);
}

/* ballots */

static void note_representation(struct store_txn *txn, const struct ballot *ballot)
{
    struct slice found;
    struct slice poll = id_slice(&ballot->poll);
    struct slice voter = id_slice(&ballot->voter);
    struct record_name giver =
        record_name_of(RECORD_REPRESENTED, poll, voter, id_slice(&ballot->on_behalf_of));
    if (record_get(txn, &giver, &found)) {
        return;
    }
    struct record_name count = record_name_of(RECORD_REPRESENTED_COUNT, poll, voter, nothing);
    uint32_t before = record_number(txn, &count);
    record_put(txn, &giver, nothing);
    record_put_number(txn, &count, before + 1);
}

static void apply_ballot(struct store_txn *txn, const struct event *event,
                         const struct record_at *at, struct record_poll *poll)
{
    struct ballot ballot;
    struct record_key key;
    poll->ballots++;
    poll->last_ballot_seq = at->seq;
    if (event->payload.size == 0) {
        poll->ballots_absent = true;
        return;
    }
    assert_always(ballot_decode(event->payload, &ballot) == ERROR_NONE);
    struct record_ballot value = {
        .counter = ballot.counter,
        .seq = at->seq,
        .voter = ballot.voter,
        .tbs_hash = crypto_hash(ballot.tbs),
        .own = id_equal(ballot.voter, ballot.on_behalf_of),
    };
    struct record_voter voter = record_voter(txn, event->poll, ballot.on_behalf_of);
    if (!voter.has_ballot) {
        poll->voted++;
        poll->voted_weight += ballot.weight;
    }
    if (!value.own) {
        note_representation(txn, &ballot);
    }
    if (record_key(txn, &ballot.device_pk, &key) && key.kind == KEY_CARD) {
        struct record_name used = record_name_of(RECORD_CARD_USED, id_slice(&event->poll),
                                                 hash_slice(&ballot.device_pk), nothing);
        record_put(txn, &used, nothing);
    }
    record_put_ballot(txn, event->poll, &voter, &value);
}

static void apply_to_poll(struct store_txn *txn, const struct event *event,
                          const struct record_at *at)
{
    struct record_poll poll;
    record_poll(txn, event->poll, &poll);
    switch (event->type) {
    case EVENT_ROLL:
        poll.org = record_org(txn);
        apply_roll(txn, event, at, &poll);
        break;
    case EVENT_ROLL_ADDED:
        apply_roll_added(txn, event, &poll);
        break;
    case EVENT_POLL_DEFINED:
        apply_defined(event, at, &poll);
        break;
    case EVENT_POLL_OPENED:
        apply_opened(event, at, &poll);
        break;
    case EVENT_POLL_EXTENDED:
    case EVENT_POLL_REOPENED:
        apply_times(event, &poll);
        break;
    case EVENT_POLL_CLOSED:
        poll.state = RECORD_POLL_CLOSED;
        poll.closed_seq = at->seq;
        poll.closed_ms = at->time_ms;
        break;
    case EVENT_POLL_CANCELLED:
        poll.state = RECORD_POLL_CANCELLED;
        break;
    case EVENT_RESULT:
        apply_result(event, at, &poll);
        break;
    case EVENT_BALLOT:
        apply_ballot(txn, event, at, &poll);
        break;
    case EVENT_PAPER_BATCH:
        record_apply_paper(txn, event, at, &poll);
        break;
    default:
        return;
    }
    record_put_poll(txn, event->poll, &poll);
}

void record_apply(struct store_txn *txn, const struct event *event, const struct record_at *at)
{
    switch (event->type) {
    case EVENT_GENESIS:
        apply_genesis(txn, event);
        break;
    case EVENT_EPOCH:
        apply_epoch(txn, event);
        break;
    case EVENT_MEMBER:
        apply_member(txn, event, at);
        break;
    case EVENT_KEY_ADDED:
        apply_key_added(txn, event, at);
        break;
    case EVENT_KEY_REVOKED:
        apply_key_revoked(txn, event, at);
        break;
    case EVENT_MANDATE:
        apply_mandate(txn, event, at);
        break;
    case EVENT_MANDATE_ENDED:
        apply_mandate_end(txn, event, at);
        break;
    default:
        apply_to_poll(txn, event, at);
    }
}
