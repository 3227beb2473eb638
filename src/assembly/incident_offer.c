/* When what disturbed a vote is reason enough to ask it again.
 *
 * An incident says how many people it kept from a vote, each counted once; a row beside it what they weigh. While the result
 * is not known, more than five are enough; once it is, more weight than could have changed it. The margin is a pure function
 * of the result: how much more could be cast, all of it on one side, and the outcome be the same. The sum over the incidents
 * of a vote stands in a row, so that one more costs the same however many there were. Invariant: the names of all incidents
 * of a vote since it was last opened carry the same offer, earlier ones none; the row is their sum. Start at
 * incident_offer(). */
#include "assembly/erasure.h"
#include "assembly/incident.h"
#include "assembly/poll.h"
#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE_ENOUGH = 5, SUM_SIZE = 17 };

/* ---- the margin ---- */

static bool word_is(const json_t *object, const char *field, const char *word)
{
    return slice_equal(json_get_text(object, field), slice_text(word));
}

static uint64_t number(const json_t *object, const char *field)
{
    return (uint64_t)json_get_integer(object, field);
}

/* Of support (num/den of total, or more than that): how much more changes nothing. What is cast counts in total when the
 * majority is one of the votes cast. */
static uint64_t majority_margin(const json_t *majority)
{
    uint64_t num = number(majority, "num"), den = number(majority, "den");
    uint64_t support = number(majority, "support") * den, asked = number(majority, "total") * num;
    bool strict = json_get_flag(majority, "strict"), grows = word_is(majority, "base", "votes");
    if (json_get_flag(majority, "met")) {
        /* k against: (total + k) × num against support × den. */
        return grows && num > 0 ? (support - asked - (strict ? 1 : 0)) / num : UINT64_MAX;
    }
    /* k in favour: (support + k) × den against (total + k) × num. */
    uint64_t gap = asked - support, step = den - (grows ? num : 0);
    if (step == 0) {
        return UINT64_MAX;
    }
    return strict ? gap / step : gap == 0 ? 0 : (gap - 1) / step;
}

/* Of options with a number each: what the last winner has more than the first who is none. */
static uint64_t lead(const json_t *result)
{
    const json_t *scores = json_object_get(result, "scores");
    uint64_t least = UINT64_MAX, most = 0;
    size_t at, i;
    json_t *score, *winner;
    json_array_foreach(scores, at, score)
    {
        bool wins = false;
        json_array_foreach(json_object_get(result, "winners"), i, winner)
        {
            wins = wins || (size_t)json_integer_value(winner) == at;
        }
        uint64_t value = (uint64_t)json_integer_value(score);
        least = wins && value < least ? value : least;
        most = !wins && value > most ? value : most;
    }
    return least == UINT64_MAX || least <= most ? 0 : least - most - 1;
}

/* Options that count by the votes they got: nothing that is ranked, graded or transferred. */
static bool has_lead(const json_t *poll)
{
    return word_is(poll, "method", "single") || word_is(poll, "method", "approval");
}

bool incident_margin(const json_t *poll, uint64_t *margin)
{
    const json_t *result = json_object_get(poll, "result");
    const json_t *majority = json_object_get(result, "majority");
    const json_t *quorum = json_object_get(result, "quorum");
    bool short_of =
        quorum != NULL && word_is(quorum, "of", "part") && !json_get_flag(quorum, "met");
    *margin = UINT64_MAX;
    if (majority != NULL) {
        *margin = majority_margin(majority);
    } else if (result != NULL && has_lead(poll)) {
        *margin = lead(result);
    } else {
        return false;
    }
    if (short_of) {
        uint64_t missing = number(quorum, "least") - number(quorum, "x") - 1;
        bool met = json_get_flag(majority, "met");
        *margin = met || missing > *margin ? missing : *margin;
    }
    return true;
}

/* ---- the offer ---- */

struct index_key incident_of_poll(struct id poll, const struct id *incident)
{
    struct index_key key = index_key(INDEX_INCIDENT_OF_POLL);
    index_key_id(&key, poll);
    if (incident != NULL) {
        index_key_id(&key, *incident);
    }
    return key;
}

static struct index_key weight_key(struct id id)
{
    struct index_key key = index_key(INDEX_INCIDENT_WEIGHT);
    index_key_id(&key, id);
    return key;
}

struct incident_sum incident_sum_of(struct store_txn *txn, struct id id)
{
    struct slice row;
    struct index_key key = weight_key(id);
    json_t *incident = document_load(txn, DOCUMENT_INCIDENT, id);
    struct incident_sum sum = {.people = number(incident, "kept_away")};
    if (store_get(txn, TABLE_INDEX, index_key_slice(&key), &row)) {
        sum.weight = bytes_get_u64(row.data);
    }
    json_decref(incident);
    return sum;
}

void incident_put_weight(struct change *change, struct id id)
{
    uint8_t row[8];
    struct index_key key = weight_key(id);
    if (json_object_get(change->json, "weight") != NULL) {
        bytes_put_u64(row, number(change->json, "weight"));
        store_put(change->txn, TABLE_INDEX, index_key_slice(&key), slice_of(row, sizeof row));
    }
}

static struct index_key sum_key(struct id poll)
{
    struct index_key key = index_key(INDEX_INCIDENT_SUM);
    index_key_id(&key, poll);
    return key;
}

/* Returns whether they are offered now. */
static bool sum_read(struct store_txn *txn, struct id poll, struct incident_sum *sum)
{
    struct slice row;
    struct index_key key = sum_key(poll);
    *sum = (struct incident_sum){0};
    if (!store_get(txn, TABLE_INDEX, index_key_slice(&key), &row)) {
        return false;
    }
    *sum = (struct incident_sum){bytes_get_u64(row.data), bytes_get_u64(row.data + 8)};
    return row.data[16] != 0;
}

static void sum_write(struct store_txn *txn, struct id poll, const struct incident_sum *sum,
                      bool offered)
{
    uint8_t row[SUM_SIZE];
    struct index_key key = sum_key(poll);
    bytes_put_u64(row, sum->people);
    bytes_put_u64(row + 8, sum->weight);
    row[16] = offered;
    store_put(txn, TABLE_INDEX, index_key_slice(&key), slice_of(row, sizeof row));
}

static bool take_incident(void *context, struct slice key, struct slice value)
{
    struct id id;
    (void)value;
    memcpy(id.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    id_list_add(context, id);
    return true;
}

/* The caller frees items. */
static struct id_list incidents_of(struct store_txn *txn, struct id poll)
{
    struct id_list incidents = {0};
    struct index_key prefix = incident_of_poll(poll, NULL);
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), take_incident, &incidents);
    return incidents;
}

static bool is_enough(const json_t *poll, const struct incident_sum *sum)
{
    uint64_t margin;
    if (json_object_get(poll, "cancelled") != NULL) {
        return false;
    }
    return incident_margin(poll, &margin) ? sum->weight > margin : sum->people > PEOPLE_ENOUGH;
}

/* Nobody is offered a vote but who leads it: what of one person outweighs a result would tell of them. A stop of the server
 * has no names, and keeps nobody away. */
static void mark(struct change *change, struct id id, bool offer)
{
    json_t *names = change_load(change, DOCUMENT_INCIDENT_NAMES, id);
    if (names != NULL && json_get_flag(names, "offer") != offer) {
        json_put(names, "offer", json_boolean(offer));
        incident_put_names(change, id, names);
    } else {
        json_decref(names);
    }
}

static uint64_t opened_again_ms(const json_t *poll)
{
    return number(json_object_get(poll, "reopened"), "at_ms");
}

static bool is_since(struct change *change, struct id id, const json_t *poll)
{
    json_t *incident = change_load(change, DOCUMENT_INCIDENT, id);
    bool since = number(incident, "at_ms") >= opened_again_ms(poll);
    json_decref(incident);
    return since;
}

void incident_offer(struct change *change, struct id id)
{
    struct incident_sum sum = {0};
    struct id_list incidents = incidents_of(change->txn, id);
    json_t *poll = incidents.count == 0 ? NULL : document_load(change->txn, DOCUMENT_POLL, id);
    for (size_t i = 0; i < incidents.count; i++) {
        if (is_since(change, incidents.items[i], poll)) {
            struct incident_sum one = incident_sum_of(change->txn, incidents.items[i]);
            sum.people += one.people;
            sum.weight += one.weight;
        }
    }
    bool enough = is_enough(poll, &sum);
    for (size_t i = 0; i < incidents.count; i++) {
        mark(change, incidents.items[i], enough && is_since(change, incidents.items[i], poll));
    }
    if (incidents.count > 0) {
        sum_write(change->txn, id, &sum, enough);
    }
    free(incidents.items);
    json_decref(poll);
}

void incident_offer_changed(struct change *change, struct id id, const struct incident_sum *before)
{
    struct incident_sum sum, now = incident_sum_of(change->txn, id);
    struct id of = json_get_id(change->json, "poll");
    json_t *poll = id_is_none(of) ? NULL : document_load(change->txn, DOCUMENT_POLL, of);
    if (poll != NULL && is_since(change, id, poll)) {
        bool offered = sum_read(change->txn, of, &sum);
        sum.people += now.people - before->people;
        sum.weight += now.weight - before->weight;
        if (is_enough(poll, &sum) != offered) {
            incident_offer(change, of);
        } else {
            sum_write(change->txn, of, &sum, offered);
            mark(change, id, offered);
        }
    }
    json_decref(poll);
}
