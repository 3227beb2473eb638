/* When what disturbed a vote is reason enough to ask it again.
 *
 * An incident says how many people it kept from a vote, each counted once. While the result is not known, more than five are
 * enough; once it is, more weight than could have changed it. The margin is a pure function of the result: how much more
 * could be cast, all of it on one side, and the outcome be the same. Invariant: all incidents of a vote since it was last
 * opened carry the same offer, earlier ones none. Start at incident_offer(). */
#include "assembly/incident.h"
#include "assembly/poll.h"

#include <string.h>

enum { PEOPLE_ENOUGH = 5, INCIDENTS_MAX = 256 };

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

struct incidents {
    struct id ids[INCIDENTS_MAX];
    size_t count;
};

static bool take_incident(void *context, struct slice key, struct slice value)
{
    struct incidents *incidents = context;
    (void)value;
    memcpy(incidents->ids[incidents->count++].bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    return incidents->count < INCIDENTS_MAX;
}

static bool is_enough(const json_t *poll, uint64_t people, uint64_t weight)
{
    uint64_t margin;
    if (json_object_get(poll, "cancelled") != NULL) {
        return false;
    }
    return incident_margin(poll, &margin) ? weight > margin : people > PEOPLE_ENOUGH;
}

void incident_offer(struct change *change, struct id id)
{
    struct incidents incidents = {.count = 0};
    struct index_key prefix = incident_of_poll(id, NULL);
    json_t *documents[INCIDENTS_MAX];
    store_scan(change->txn, TABLE_INDEX, index_key_slice(&prefix), take_incident, &incidents);
    if (incidents.count == 0) {
        return;
    }
    json_t *poll = document_load(change->txn, DOCUMENT_POLL, id);
    uint64_t since_ms = number(json_object_get(poll, "reopened"), "at_ms");
    uint64_t people = 0, weight = 0;
    for (size_t i = 0; i < incidents.count; i++) {
        documents[i] = change_load(change, DOCUMENT_INCIDENT, incidents.ids[i]);
        bool counts = number(documents[i], "at_ms") >= since_ms;
        people += counts ? number(documents[i], "kept_away") : 0;
        weight += counts ? number(documents[i], "weight") : 0;
    }
    bool enough = is_enough(poll, people, weight);
    for (size_t i = 0; i < incidents.count; i++) {
        bool offer = enough && number(documents[i], "at_ms") >= since_ms;
        if (json_get_flag(documents[i], "offer") != offer) {
            json_put(documents[i], "offer", json_boolean(offer));
            incident_put(change, incidents.ids[i], documents[i]);
        } else {
            json_decref(documents[i]);
        }
    }
    json_decref(poll);
}
