/* The counts that move while people vote: the documents turnout and tally.
 *
 * A ballot costs the same however many came before it: the turnout is in the record, and the running tally of a vote that
 * shows it live is kept in TABLE_INDEX, with what each member's ballot in force adds to it, so that a changed ballot takes
 * the old one out. The two documents are built from these sums once, at the end of the transaction.
 * Invariant: the sums of a vote are the sums of its members' rows. Both are made by apply alone, so a replay makes them
 * again. Start at poll_counts_ballot(). */
#include "assembly/poll.h"
#include "base/bytes.h"
#include "base/fatal.h"
#include "ledger/ballot.h"

/* Sums of a vote: the weight of abstentions, of blanks, then a score for each option (or yes and no). */
enum { RUN_ABSTAIN, RUN_BLANK, RUN_SCORES, RUN_MAX = RUN_SCORES + 1000, NO_GRADE = 0xFF };
struct running {
    uint64_t sums[RUN_MAX];
    size_t count;
};

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

static size_t run_count(const struct record_poll *record)
{
    size_t scores = record->form == FORM_YES_NO ? 2 : record->n_option;
    assert_always(RUN_SCORES + scores <= RUN_MAX);
    return RUN_SCORES + scores;
}

static void read_sums(struct store_txn *txn, struct id poll, const struct record_poll *record,
                      struct running *running)
{
    struct slice value;
    struct index_key key = index_key(INDEX_RUNNING);
    index_key_id(&key, poll);
    running->count = run_count(record);
    bool found = store_get(txn, TABLE_INDEX, index_key_slice(&key), &value) &&
                 value.size == 8 * running->count;
    for (size_t i = 0; i < running->count; i++) {
        running->sums[i] = found ? bytes_get_u64(value.data + 8 * i) : 0;
    }
}

static void write_sums(struct store_txn *txn, struct id poll, const struct running *running)
{
    uint8_t value[8 * RUN_MAX];
    struct index_key key = index_key(INDEX_RUNNING);
    index_key_id(&key, poll);
    for (size_t i = 0; i < running->count; i++) {
        bytes_put_u64(value + 8 * i, running->sums[i]);
    }
    store_put(txn, TABLE_INDEX, index_key_slice(&key), slice_of(value, 8 * running->count));
}

/* What one vote of this choice adds to the score of an option (or of yes and no). */
static uint64_t points_of(struct slice choice, size_t at)
{
    const uint8_t *body = choice.data + 1;
    switch (choice.data[0]) {
    case FORM_YES_NO:
        return body[0] == (at == 0 ? CHOICE_YES : CHOICE_NO);
    case FORM_ONE:
        return (size_t)(body[0] << 8 | body[1]) == at;
    case FORM_SET:
        return body[at / 8] >> (at % 8) & 1;
    case FORM_GRADES:
        return body[at] == NO_GRADE ? 0 : body[at];
    case FORM_POINTS:
        return (uint64_t)body[2 * at] << 8 | body[2 * at + 1];
    case FORM_RANKS:
        return body[at] == 1;
    default:
        return 0;
    }
}

/* Adds a ballot, or takes it out: sums are modulo 2^64, and none is ever more than 2^53. */
static void add_choice(struct running *running, struct slice choice, uint64_t weight, bool out)
{
    uint64_t each = out ? 0 - weight : weight;
    if (choice.data[0] <= FORM_ABSTAIN) {
        running->sums[choice.data[0] == FORM_BLANK ? RUN_BLANK : RUN_ABSTAIN] += each;
        return;
    }
    for (size_t at = 0; at + RUN_SCORES < running->count; at++) {
        running->sums[RUN_SCORES + at] += each * points_of(choice, at);
    }
}

/* The row of a member: what their ballot in force adds: weight u64, choice. */
static void put_row(struct change *change, const struct index_key *key, const struct ballot *ballot)
{
    uint8_t weight[8];
    struct buffer row;
    bytes_put_u64(weight, ballot->weight);
    buffer_init(&row, sizeof weight + BALLOT_TBS_MAX);
    buffer_append(&row, weight, sizeof weight);
    buffer_append_slice(&row, ballot->choice);
    assert_always(buffer_ok(&row));
    store_put(change->txn, TABLE_INDEX, index_key_slice(key), buffer_slice(&row));
    buffer_free(&row);
}

static void add_to_tally(struct change *change)
{
    struct ballot ballot;
    struct slice before;
    struct record_poll record;
    struct running running;
    if (ballot_decode(change->payload, &ballot) != ERROR_NONE ||
        !record_poll(change->txn, change->poll, &record) || record.definition_absent) {
        return; /* erased */
    }
    struct index_key key = index_key(INDEX_RUNNING);
    index_key_id(&key, change->poll);
    index_key_id(&key, ballot.on_behalf_of);
    read_sums(change->txn, change->poll, &record, &running);
    if (store_get(change->txn, TABLE_INDEX, index_key_slice(&key), &before) && before.size > 8) {
        add_choice(&running, slice_of(before.data + 8, before.size - 8), bytes_get_u64(before.data),
                   true);
    }
    add_choice(&running, ballot.choice, ballot.weight, false);
    put_row(change, &key, &ballot);
    write_sums(change->txn, change->poll, &running);
}

static json_t *make_tally(struct store_txn *txn, struct id id)
{
    struct running running;
    struct record_poll record;
    json_t *tally = document_new(DOCUMENT_TALLY, id), *scores = json_array();
    record_poll(txn, id, &record);
    read_sums(txn, id, &record, &running);
    if (record.form == FORM_YES_NO) {
        json_put(tally, "yes", json_number(running.sums[RUN_SCORES]));
        json_put(tally, "no", json_number(running.sums[RUN_SCORES + 1]));
    }
    json_put(tally, "abstain", json_number(running.sums[RUN_ABSTAIN]));
    json_put(tally, "blank", json_number(running.sums[RUN_BLANK]));
    for (size_t i = RUN_SCORES; i < running.count; i++) {
        json_array_append_new(scores, json_number(running.sums[i]));
    }
    json_put(tally, "scores", record.form == FORM_YES_NO ? NULL : json_incref(scores));
    json_decref(scores);
    return tally;
}

/* ---- both ---- */

enum { COUNTS_TOPICS_MAX = 2 };

/* Where they stand: with the vote, and on the screens of its meeting. */
static size_t topics_of(struct change *change, struct topic topics[COUNTS_TOPICS_MAX])
{
    struct record_poll record;
    size_t count = 0;
    topics[count++] = topic_of(TOPIC_POLL, change->poll);
    if (record_poll(change->txn, change->poll, &record) && !id_is_none(record.meeting)) {
        topics[count++] = topic_of(TOPIC_SCREEN, record.meeting);
    }
    return count;
}

void poll_counts_start(struct change *change, const json_t *poll)
{
    struct topic topics[COUNTS_TOPICS_MAX];
    size_t count = topics_of(change, topics);
    if (json_get_flag(poll, "show_live") &&
        slice_equal(json_get_text(poll, "mode"), slice_text("named"))) {
        change_put(change, DOCUMENT_TALLY, change->poll, make_tally(change->txn, change->poll),
                   topics, count);
    }
    change_put_later(change, DOCUMENT_TURNOUT, change->poll, make_turnout, topics, count);
}

void poll_counts_again(struct change *change)
{
    struct topic topics[COUNTS_TOPICS_MAX];
    size_t count = topics_of(change, topics);
    change_put_later(change, DOCUMENT_TURNOUT, change->poll, make_turnout, topics, count);
}

/* Whether a vote shows its tally is asked of that document, which exists from the opening on, not of the poll: a ballot
 * parses nothing. */
void poll_counts_ballot(struct change *change)
{
    struct topic topics[COUNTS_TOPICS_MAX];
    size_t count = topics_of(change, topics);
    change_put_later(change, DOCUMENT_TURNOUT, change->poll, make_turnout, topics, count);
    if (document_exists(change->txn, DOCUMENT_TALLY, change->poll)) {
        add_to_tally(change);
        change_put_later(change, DOCUMENT_TALLY, change->poll, make_tally, topics, count);
    }
}
