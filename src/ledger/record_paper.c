/* Judging and applying batches of papers and hands (ledger.md, Proxies and paper).
 *
 * A batch is kept with its version; each voter of a batch in force points at it, so that nobody is in two and
 * counting can leave out electronic ballots on their behalf. A new version takes the pointers of the old one
 * away first. What needs an absent opening is skipped: without the roll the voters and the sum of weights,
 * without the definition the choices, after an absent batch the version and the other batches.
 * Start at record_judge_paper. */
#include "ledger/paper.h"

#include <stdlib.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "ledger/record_state.h"

static const struct slice nothing = {NULL, 0};
static const uint64_t NUMBER_MAX = (UINT64_C(1) << 53) - 1;

static struct record_name batch_name(struct id poll, struct id batch)
{
    return record_name_of(RECORD_BATCH, id_slice(&poll), id_slice(&batch), nothing);
}

static struct record_name voter_name(struct id poll, struct id voter)
{
    return record_name_of(RECORD_BATCH_VOTER, id_slice(&poll), id_slice(&voter), nothing);
}

static struct record_batch read_batch(struct slice value)
{
    struct reader reader = reader_of(value);
    struct record_batch batch;
    batch.version = reader_u16(&reader);
    batch.seq = reader_u64(&reader);
    batch.voters = reader_u32(&reader);
    return batch;
}

bool record_batch(struct store_txn *txn, struct id poll, struct id batch,
                  struct record_batch *value)
{
    struct record_name name = batch_name(poll, batch);
    struct slice bytes;
    if (!record_get(txn, &name, &bytes)) {
        return false;
    }
    *value = read_batch(bytes);
    return true;
}

/* The batch in force that lists the voter. */
static bool batch_of_voter(struct store_txn *txn, struct id poll, struct id voter, struct id *batch)
{
    struct record_name name = voter_name(poll, voter);
    struct slice value;
    if (!record_get(txn, &name, &value) || value.size != ID_SIZE) {
        return false;
    }
    memcpy(batch->bytes, value.data, ID_SIZE);
    return true;
}

struct batch_walk {
    bool (*visit)(void *context, struct id batch, const struct record_batch *value);
    void *context;
};

static bool visit_batch(void *context, struct slice key, struct slice value)
{
    struct batch_walk *walk = context;
    struct record_batch batch = read_batch(value);
    struct id id;
    assert_always(key.size >= ID_SIZE);
    memcpy(id.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    return walk->visit(walk->context, id, &batch);
}

void record_each_batch(struct store_txn *txn, struct id poll,
                       bool (*visit)(void *context, struct id batch,
                                     const struct record_batch *value),
                       void *context)
{
    struct batch_walk walk = {.visit = visit, .context = context};
    struct record_name prefix = record_name_of(RECORD_BATCH, id_slice(&poll), nothing, nothing);
    store_scan(txn, TABLE_RECORD, record_name_slice(&prefix), visit_batch, &walk);
}

/* Judging */

static enum error check_state(const struct record_poll *poll, const struct record_at *at)
{
    if (poll->state != RECORD_POLL_OPEN && poll->state != RECORD_POLL_CLOSED) {
        return ERROR_POLL_BAD_STATE;
    }
    return record_poll_is_overdue(poll, at->time_ms) ? ERROR_POLL_BAD_TIME : ERROR_NONE;
}

static bool signers_are_good(struct store_txn *txn, const struct paper_batch *batch)
{
    struct id officers[2];
    return record_key_is_officers(txn, &batch->pk[0], &officers[0]) &&
           record_key_is_officers(txn, &batch->pk[1], &officers[1]) &&
           !id_equal(officers[0], officers[1]);
}

/* Everyone on the roll, in the batch's class, in no other batch; *weight = theirs together. */
static bool voters_are_good(struct store_txn *txn, const struct paper_batch *batch,
                            const struct record_poll *poll, uint64_t *weight)
{
    *weight = 0;
    for (uint32_t i = 0; i < batch->n_voter; i++) {
        struct id voter = paper_voter(batch, i);
        struct roll_entry entry;
        struct id other;
        if (!record_roll_entry(txn, batch->poll, voter, &entry) ||
            entry.class_index != batch->class_index) {
            return false;
        }
        if (!poll->batches_absent && batch_of_voter(txn, batch->poll, voter, &other) &&
            !id_equal(other, batch->batch)) {
            return false;
        }
        *weight += entry.weight;
    }
    return true;
}

static bool choices_are_good(struct store_txn *txn, const struct paper_batch *batch,
                             const struct record_poll *poll)
{
    struct reader reader = reader_of(batch->choices);
    struct paper_choice choice;
    while (paper_next_choice(&reader, &choice)) {
        if (record_check_choice(txn, batch->poll, poll, choice.choice) != ERROR_NONE) {
            return false;
        }
    }
    return true;
}

/* Papers = voters, their weight = the voters' (unless the roll is absent). */
static bool sums_are_good(const struct paper_batch *batch, const struct record_poll *poll,
                          uint64_t weight)
{
    struct reader reader = reader_of(batch->choices);
    struct paper_choice choice;
    uint64_t ballots = batch->void_ballots;
    uint64_t sum = batch->void_weight;
    while (paper_next_choice(&reader, &choice)) {
        ballots += choice.ballots;
        sum += choice.weight;
        if (sum > NUMBER_MAX) {
            return poll->roll_absent && ballots == batch->n_voter; /* more than any roll weighs */
        }
    }
    return ballots == batch->n_voter && (poll->roll_absent || sum == weight);
}

static enum error check_content(struct store_txn *txn, const struct paper_batch *batch,
                                const struct record_poll *poll)
{
    struct record_batch last = {.version = 0};
    uint64_t weight = 0;
    record_batch(txn, batch->poll, batch->batch, &last);
    if (!poll->batches_absent && batch->version != (unsigned)last.version + 1) {
        return ERROR_BATCH_STALE_VERSION;
    }
    if (!poll->roll_absent && !voters_are_good(txn, batch, poll, &weight)) {
        return ERROR_BATCH_BAD_VOTERS;
    }
    if (!choices_are_good(txn, batch, poll)) {
        return ERROR_BATCH_BAD_CHOICE;
    }
    return sums_are_good(batch, poll, weight) ? ERROR_NONE : ERROR_BATCH_WRONG_SUM;
}

enum error record_judge_paper(struct store_txn *txn, const struct event *event,
                              const struct record_at *at)
{
    struct paper_batch batch;
    struct record_poll poll;
    record_poll(txn, event->poll, &poll);
    if (event->payload.size == 0) {
        return check_state(&poll, at);
    }
    if (paper_decode(event->payload, &batch) != ERROR_NONE ||
        !id_equal(batch.org, record_org(txn))) {
        return ERROR_BATCH_MALFORMED;
    }
    if (!crypto_verify(&batch.pk[0], batch.body, batch.signature[0]) ||
        !crypto_verify(&batch.pk[1], batch.body, batch.signature[1])) {
        return ERROR_BATCH_BAD_SIGNATURE;
    }
    if (!signers_are_good(txn, &batch)) {
        return ERROR_BATCH_BAD_SIGNER;
    }
    if (!id_equal(batch.poll, event->poll)) {
        return ERROR_BATCH_WRONG_POLL;
    }
    enum error error = check_state(&poll, at);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!hash_equal(batch.poll_hash, poll.poll_hash)) {
        return ERROR_BATCH_WRONG_POLL;
    }
    return check_content(txn, &batch, &poll);
}

/* Applying */

struct voters_of_batch {
    struct id batch;
    struct id *voters; /* owned */
    size_t count, capacity;
};

static bool collect_voter(void *context, struct slice key, struct slice value)
{
    struct voters_of_batch *found = context;
    if (!slice_equal(value, id_slice(&found->batch))) {
        return true;
    }
    if (found->count == found->capacity) {
        found->capacity = found->capacity == 0 ? 16 : found->capacity * 2;
        found->voters = memory_resize(found->voters, found->capacity, sizeof *found->voters);
    }
    memcpy(found->voters[found->count++].bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    return true;
}

static void forget_voters(struct store_txn *txn, struct id poll, struct id batch)
{
    struct voters_of_batch found = {.batch = batch};
    struct record_name prefix =
        record_name_of(RECORD_BATCH_VOTER, id_slice(&poll), nothing, nothing);
    store_scan(txn, TABLE_RECORD, record_name_slice(&prefix), collect_voter, &found);
    for (size_t i = 0; i < found.count; i++) {
        struct record_name name = voter_name(poll, found.voters[i]);
        store_delete(txn, TABLE_RECORD, record_name_slice(&name));
    }
    free(found.voters);
}

static void put_batch(struct store_txn *txn, const struct paper_batch *batch, uint64_t seq)
{
    uint8_t value[14];
    struct record_name name = batch_name(batch->poll, batch->batch);
    value[0] = (uint8_t)(batch->version >> 8);
    value[1] = (uint8_t)batch->version;
    for (unsigned i = 0; i < 8; i++) {
        value[2 + i] = (uint8_t)(seq >> (56 - 8 * i));
    }
    for (unsigned i = 0; i < 4; i++) {
        value[10 + i] = (uint8_t)(batch->n_voter >> (24 - 8 * i));
    }
    record_put(txn, &name, slice_of(value, sizeof value));
}

void record_apply_paper(struct store_txn *txn, const struct event *event,
                        const struct record_at *at, struct record_poll *poll)
{
    struct paper_batch batch;
    if (event->payload.size == 0) {
        poll->batches_absent = true;
        return;
    }
    if (paper_decode(event->payload, &batch) != ERROR_NONE) {
        return; /* never: it has been judged */
    }
    forget_voters(txn, event->poll, batch.batch);
    put_batch(txn, &batch, at->seq);
    for (uint32_t i = 0; i < batch.n_voter; i++) {
        struct record_name name = voter_name(event->poll, paper_voter(&batch, i));
        record_put(txn, &name, id_slice(&batch.batch));
    }
}
