/* The account of a count in JSON, for the result document and for the details of the result in the record: what people and
 * programs need to follow the count stage by stage. One small writer per part; a part that the method has not is left out.
 *
 * Invariant: nothing is computed here, so the account cannot differ from the count. Options are numbered from 0, as in the
 * definition. Start at poll_report(). */
#include "assembly/poll_report.h"

static json_t *numbers(const uint64_t *list, size_t count)
{
    json_t *json = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json, json_number(list[i]));
    }
    return json;
}

static json_t *options(const uint16_t *list, size_t count)
{
    json_t *json = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json, json_number(list[i]));
    }
    return json;
}

void poll_report(json_t *into, const struct tally_terms *terms, const struct tally_counts *counts)
{
    (void)terms;
    json_put(into, "scores", numbers(counts->scores, counts->n_scores));
    json_put(into, "winners", options(counts->winners, counts->n_winners));
}
