/* The counts that move while people vote: the documents turnout and tally.
 *
 * A ballot costs the same however many came before it: the turnout is in the record, and the running tally of a vote that
 * shows it live is kept in TABLE_INDEX, with what each member's ballot in force adds to it, so that a changed ballot takes
 * the old one out. The two documents are built from these sums once, at the end of the transaction.
 * Invariant: the sums of a vote are the sums of its members' rows. Both are made by apply alone, so a replay makes them
 * again. Start at poll_counts_ballot(). */
#include "assembly/poll.h"
#include "base/bytes.h"
#include "ledger/ballot.h"
#include "tally/tally.h"

enum { RUN_YES, RUN_NO, RUN_ABSTAIN, RUN_BLANK, RUN_COUNT };
enum { SUMS_SIZE = RUN_COUNT * 8, PART_SIZE = 1 + 8 };

/* ---- turnout ---- */

static json_t *make_turnout(struct store_txn *txn, struct id id)
{
    struct record_poll record = {0};
    json_t *poll = document_load(txn, DOCUMENT_POLL, id);
    if (poll == NULL || !record_poll(txn, id, &record)) {
        json_decref(poll);
        return NULL;
    }
    if (poll_is(poll, "cancelled") && json_get_flag(poll, "standing")) {
        record.voted = 0; /* what was voted in it is forgotten */
        record.voted_weight = 0;
    }
    const json_t *roll = json_object_get(poll, "roll");
    json_t *turnout = document_new(DOCUMENT_TURNOUT, id);
    json_put(turnout, "voted", json_number(record.voted));
    json_put(turnout, "entitled", json_number((uint64_t)json_get_integer(roll, "count")));
    json_put(turnout, "voted_weight", json_number(record.voted_weight));
    json_put(turnout, "entitled_weight", json_number((uint64_t)json_get_integer(roll, "weight")));
    json_decref(poll);
    return turnout;
}

/* ---- the running tally ---- */

static void read_sums(struct store_txn *txn, struct id poll, uint64_t sums[RUN_COUNT])
{
    struct slice value;
    struct index_key key = index_key(INDEX_RUNNING);
    index_key_id(&key, poll);
    bool found = store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
    for (size_t i = 0; i < RUN_COUNT; i++) {
        sums[i] = found && value.size == SUMS_SIZE ? bytes_get_u64(value.data + 8 * i) : 0;
    }
}

static void write_sums(struct store_txn *txn, struct id poll, const uint64_t sums[RUN_COUNT])
{
    uint8_t value[SUMS_SIZE];
    struct index_key key = index_key(INDEX_RUNNING);
    index_key_id(&key, poll);
    for (size_t i = 0; i < RUN_COUNT; i++) {
        bytes_put_u64(value + 8 * i, sums[i]);
    }
    store_put(txn, TABLE_INDEX, index_key_slice(&key), slice_of(value, sizeof value));
}

static uint8_t run_of(struct slice choice)
{
    if (choice.data[0] == FORM_BLANK) {
        return RUN_BLANK;
    }
    if (choice.data[0] == FORM_ABSTAIN) {
        return RUN_ABSTAIN;
    }
    return choice.size == 2 && choice.data[1] == CHOICE_YES ? RUN_YES : RUN_NO;
}

static void add_to_tally(struct change *change)
{
    struct ballot ballot;
    struct slice before;
    uint64_t sums[RUN_COUNT];
    uint8_t part[PART_SIZE];
    if (ballot_decode(change->payload, &ballot) != ERROR_NONE) {
        return; /* erased */
    }
    struct index_key key = index_key(INDEX_RUNNING);
    index_key_id(&key, change->poll);
    index_key_id(&key, ballot.on_behalf_of);
    read_sums(change->txn, change->poll, sums);
    if (store_get(change->txn, TABLE_INDEX, index_key_slice(&key), &before) &&
        before.size == PART_SIZE && before.data[0] < RUN_COUNT) {
        sums[before.data[0]] -= bytes_get_u64(before.data + 1);
    }
    part[0] = run_of(ballot.choice);
    bytes_put_u64(part + 1, ballot.weight);
    sums[part[0]] += ballot.weight;
    store_put(change->txn, TABLE_INDEX, index_key_slice(&key), slice_of(part, sizeof part));
    write_sums(change->txn, change->poll, sums);
}

static json_t *make_tally(struct store_txn *txn, struct id id)
{
    uint64_t sums[RUN_COUNT];
    read_sums(txn, id, sums);
    json_t *tally = document_new(DOCUMENT_TALLY, id);
    json_put(tally, "yes", json_number(sums[RUN_YES]));
    json_put(tally, "no", json_number(sums[RUN_NO]));
    json_put(tally, "abstain", json_number(sums[RUN_ABSTAIN]));
    json_put(tally, "blank", json_number(sums[RUN_BLANK]));
    return tally;
}

/* ---- both ---- */

void poll_counts_start(struct change *change, const json_t *poll)
{
    struct topic topic = topic_of(TOPIC_POLL, change->poll);
    if (json_get_flag(poll, "show_live") &&
        slice_equal(json_get_text(poll, "mode"), slice_text("named"))) {
        change_put(change, DOCUMENT_TALLY, change->poll, make_tally(change->txn, change->poll),
                   &topic, 1);
    }
    change_put_later(change, DOCUMENT_TURNOUT, change->poll, make_turnout, &topic, 1);
}

void poll_counts_again(struct change *change, struct topic topic)
{
    change_put_later(change, DOCUMENT_TURNOUT, change->poll, make_turnout, &topic, 1);
}

/* Whether a vote shows its tally is asked of that document, which exists from the opening on, not of the poll: a ballot
 * parses nothing. */
void poll_counts_ballot(struct change *change)
{
    struct topic topic = topic_of(TOPIC_POLL, change->poll);
    change_put_later(change, DOCUMENT_TURNOUT, change->poll, make_turnout, &topic, 1);
    if (document_exists(change->txn, DOCUMENT_TALLY, change->poll)) {
        add_to_tally(change);
        change_put_later(change, DOCUMENT_TALLY, change->poll, make_tally, &topic, 1);
    }
}
