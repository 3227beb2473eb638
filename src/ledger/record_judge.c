/* May this event stand here? The entrance: what holds for every event, then the judge of its type.
 *
 * Genesis, epochs, members, keys and erasures are judged here; polls in record_poll.c, ballots in
 * record_ballot.c, mandates in record_mandate.c, paper in record_paper.c. Judging writes nothing. Every judge
 * decodes first, then checks in the order of ledger.md, What check does, so that two verifiers name the same reason.
 * Start at record_judge. */
#include "ledger/record_state.h"

#include "ledger/ledger.h"
#include "ledger/ledger_keys.h"

/* genesis and epochs */

/* Does origin end in "/<epoch>"? *name = what stands before. */
static bool origin_has_epoch(struct slice origin, uint32_t epoch, struct slice *name)
{
    uint64_t number = 0;
    size_t slash = origin.size;
    while (slash > 0 && origin.data[slash - 1] != '/') {
        slash--;
    }
    if (slash == 0) {
        return false;
    }
    for (size_t i = slash; i < origin.size && number <= UINT32_MAX; i++) {
        number = number * 10 +
                 (uint64_t)(origin.data[i] - '0'); /* digits: note_origin_is_good has seen to it */
    }
    *name = slice_of(origin.data, slash - 1);
    return number == epoch;
}

static enum error judge_genesis(const struct event *event)
{
    struct payload_genesis genesis;
    struct slice name;
    bool good = payload_decode_genesis(event->payload, &genesis) == ERROR_NONE &&
                origin_has_epoch(genesis.origin, 1, &name);
    return good ? ERROR_NONE : ERROR_GENESIS_MALFORMED;
}

static enum error judge_epoch(struct store_txn *txn, const struct event *event,
                              const struct record_at *at)
{
    struct payload_epoch epoch;
    struct record_log log;
    struct slice before, after;
    struct hash root;
    if (payload_decode_epoch(event->payload, &epoch) != ERROR_NONE) {
        return ERROR_EPOCH_MALFORMED;
    }
    bool good = record_log(txn, &log) && epoch.epoch == log.epoch + 1 &&
                origin_has_epoch(log.origin, log.epoch, &before) &&
                origin_has_epoch(epoch.origin, epoch.epoch, &after) && slice_equal(before, after) &&
                merkle_root_at(ledger_node_at, txn, at->seq, &root) && hash_equal(root, epoch.root);
    return good ? ERROR_NONE : ERROR_EPOCH_BAD;
}

/* members and keys */

static enum error judge_member(const struct event *event)
{
    struct payload_member member;
    return payload_decode_member(event->payload, &member);
}

static bool proof_is_good(const struct payload_key_added *key)
{
    struct buffer body;
    buffer_init(&body, 256);
    payload_key_body(&body, key);
    bool good = crypto_verify(&key->pk, buffer_slice(&body), key->proof);
    buffer_free(&body);
    return good;
}

static enum error judge_key_added(struct store_txn *txn, const struct event *event)
{
    struct payload_key_added key;
    struct record_member member;
    struct record_key known;
    if (payload_decode_key_added(event->payload, &key) != ERROR_NONE ||
        !id_equal(key.org, record_org(txn)) ||
        ((key.via == VIA_OFFICER || key.via == VIA_CARD) && !record_is_officer(txn, key.by))) {
        return ERROR_KEY_ADDED_MALFORMED;
    }
    if (!record_member(txn, key.member, &member)) {
        return ERROR_MEMBER_UNKNOWN;
    }
    if (!crypto_public_key_is_good(&key.pk)) {
        return ERROR_KEY_BAD_POINT;
    }
    if (record_key(txn, &key.pk, &known)) {
        return ERROR_KEY_TWICE;
    }
    return proof_is_good(&key) ? ERROR_NONE : ERROR_KEY_BAD_PROOF;
}

static enum error judge_key_revoked(struct store_txn *txn, const struct event *event)
{
    struct payload_key_revoked revoked;
    struct record_key key;
    if (payload_decode_key_revoked(event->payload, &revoked) != ERROR_NONE) {
        return ERROR_KEY_REVOKED_MALFORMED;
    }
    bool good = record_key(txn, &revoked.pk, &key) && key.revoked_seq == 0;
    return good ? ERROR_NONE : ERROR_KEY_UNKNOWN;
}

/* erasure */

static bool range_may_be_erased(struct store_txn *txn, struct payload_range range,
                                enum erasure_what what)
{
    for (uint64_t seq = range.first; seq < range.first + range.count; seq++) {
        struct ledger_entry entry;
        if (!ledger_read(txn, seq, &entry)) {
            return false;
        }
        uint8_t type = entry.leaf.type;
        bool allowed = what == ERASE_NOTE ? type == EVENT_BALLOT || type == EVENT_MANDATE
                                          : event_type_is_erasable(type);
        if (!allowed) {
            return false;
        }
    }
    return true;
}

static enum error judge_erasure(struct store_txn *txn, const struct event *event,
                                const struct record_at *at)
{
    struct payload_erasure erasure;
    if (payload_decode_erasure(event->payload, &erasure) != ERROR_NONE) {
        return ERROR_ERASURE_BAD;
    }
    for (uint32_t i = 0; i < erasure.count; i++) {
        struct payload_range range = payload_erasure_range(&erasure, i);
        if (range.first + range.count > at->seq || !range_may_be_erased(txn, range, erasure.what)) {
            return ERROR_ERASURE_BAD;
        }
    }
    return ERROR_NONE;
}

/* the entrance */

static enum error judge_form(const struct event *event, const struct record_at *at)
{
    bool takes_note = event->type == EVENT_BALLOT || event->type == EVENT_MANDATE;
    if (!event_type_is_known(event->type) || !event_fits_poll(event->type, event->poll) ||
        (event->note.size > 0 && !takes_note)) {
        return ERROR_EVENT_BAD_LEAF;
    }
    if (event->payload.size > PAYLOAD_MAX) {
        return ERROR_INPUT_TOO_BIG;
    }
    if ((event->type == EVENT_GENESIS) != (at->seq == 0)) {
        return ERROR_GENESIS_MALFORMED;
    }
    return ERROR_NONE;
}

enum error record_judge(struct store_txn *txn, const struct event *event,
                        const struct record_at *at)
{
    enum error error = judge_form(event, at);
    if (error != ERROR_NONE) {
        return error;
    }
    switch (event->type) {
    case EVENT_GENESIS:
        return judge_genesis(event);
    case EVENT_MEMBER:
        return judge_member(event);
    case EVENT_KEY_ADDED:
        return judge_key_added(txn, event);
    case EVENT_KEY_REVOKED:
        return judge_key_revoked(txn, event);
    case EVENT_MANDATE:
        return record_judge_mandate(txn, event, at);
    case EVENT_MANDATE_ENDED:
        return record_judge_mandate_end(txn, event);
    case EVENT_BALLOT:
        return record_judge_ballot(txn, event, at);
    case EVENT_PAPER_BATCH:
        return record_judge_paper(txn, event, at);
    case EVENT_ERASURE:
        return judge_erasure(txn, event, at);
    case EVENT_EPOCH:
        return judge_epoch(txn, event, at);
    default:
        return event->type >= EVENT_ORGANISATION ? ERROR_NONE : record_judge_poll(txn, event, at);
    }
}
