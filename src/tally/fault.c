/* What must hold of every count, whatever the method: a table of invariants, each with the name it is called by when it is
 * broken. A count that breaks one is a bug; tally_count() stops on it rather than publish a wrong result.
 *
 * Start at tally_fault(); an invariant is one function and one line of the table. */
#include "tally/tally.h"

#include "base/fatal.h"

typedef bool (*invariant)(const struct tally_terms *terms, const struct tally_counts *counts);

static bool ballots_add_up(const struct tally_terms *terms, const struct tally_counts *counts)
{
    (void)terms;
    return counts->took_part.heads == counts->valid.heads + counts->blank.heads +
                                          counts->abstain.heads + counts->void_.heads &&
           counts->took_part.weight == counts->valid.weight + counts->blank.weight +
                                           counts->abstain.weight + counts->void_.weight;
}

static bool winners_are_good(const struct tally_terms *terms, const struct tally_counts *counts)
{
    const struct definition *definition = terms->definition;
    for (uint16_t i = 0; i < counts->n_winners; i++) {
        uint16_t winner = counts->winners[i];
        if (winner >= definition->n_option || (i > 0 && winner <= counts->winners[i - 1]) ||
            (terms->withdrawn != NULL && terms->withdrawn[winner])) {
            return false;
        }
    }
    return counts->n_winners <= definition->seats;
}

/* Every part of every valid vote is with an option, exhausted or lost in rounding. */
static bool stages_add_up(const struct tally_terms *terms, const struct tally_counts *counts)
{
    for (size_t i = 0; i < counts->n_stages; i++) {
        const struct tally_stage *stage = &counts->stages[i];
        uint64_t sum = stage->exhausted + stage->lost;
        for (uint16_t option = 0; option < terms->definition->n_option; option++) {
            sum += stage->votes[option];
        }
        if (sum != counts->valid.weight * counts->scale) {
            return false;
        }
    }
    return true;
}

static const struct {
    const char *name;
    invariant holds;
} invariants[] = {
    {"ballots-sum", ballots_add_up},
    {"winners", winners_are_good},
    {"stage-sum", stages_add_up},
};

const char *tally_fault(const struct tally_terms *terms, const struct tally_counts *counts)
{
    for (size_t i = 0; i < sizeof invariants / sizeof invariants[0]; i++) {
        if (!invariants[i].holds(terms, counts)) {
            return invariants[i].name;
        }
    }
    return NULL;
}
