/* Method 8, irv (instant run-off): every ballot counts for the first of its options that is still in; who has more than half
 * wins; until then the lowest goes, one at a time, never several at once, for that can change who wins.
 *
 * More than half: of what is still with an option, or (opt bit 1) of all valid ballots, in which case nobody may win. With two
 * left and equal the tie is one for the place. Scores are first preferences.
 * Invariant: votes + exhausted = valid, at every stage. Start at count_irv(). */
#include "tally/ranked.h"
#include "tally/ties.h"

enum { OPT_OF_ALL_VALID = 1 };

/* The continuing option with most votes, when that is more than half; else NO_OPTION. */
static uint16_t majority(const struct ranked *ranked, uint64_t base)
{
    for (uint16_t i = 0; i < ranked->n_option; i++) {
        if (ranked->votes[i] > base / 2) {
            return i;
        }
    }
    return NO_OPTION;
}

static void exclude(struct ranked *ranked, uint16_t option)
{
    ranked->states[option] = OPTION_EXCLUDED;
    ranked->n_continuing--;
    ranked->votes[option] = 0;
    for (uint32_t i = ranked_take(ranked, option), next; i != NO_PAPER; i = next) {
        next = ranked->papers[i].next;
        uint16_t to = ranked_next(ranked, i);
        *(to == NO_OPTION ? &ranked->exhausted : &ranked->votes[to]) += ranked->papers[i].weight;
    }
    ranked_stage(ranked, STAGE_EXCLUSION, option);
}

/* Of two that are equal, by the policy for places. */
static uint16_t last_two(struct ranked *ranked)
{
    const uint16_t *chosen;
    uint16_t n = ranked_lowest(ranked);
    return n == 2 && tally_ties_place(ranked->input->ties, (uint16_t)(ranked->n_stages - 1),
                                      ranked->tied, n, 1, &chosen) == 1
               ? chosen[0]
               : NO_OPTION;
}

/* Excludes until somebody has won; NO_OPTION = nobody. */
static uint16_t run(struct ranked *ranked, bool of_all_valid)
{
    uint64_t valid = ranked->input->valid.weight;
    if (ranked->exhausted == valid) {
        return NO_OPTION;
    }
    for (;;) {
        uint16_t winner = majority(ranked, of_all_valid ? valid : valid - ranked->exhausted);
        if (winner != NO_OPTION) {
            return winner;
        }
        if (ranked->n_continuing <= 2) {
            return of_all_valid ? NO_OPTION : last_two(ranked);
        }
        uint16_t lowest = ranked_pick_lowest(ranked, 1);
        if (lowest == NO_OPTION) {
            return NO_OPTION;
        }
        exclude(ranked, lowest);
    }
}

static void count_irv(const struct tally_input *input, struct tally_counts *counts)
{
    struct ranked ranked;
    ranked_open(&ranked, input, 1);
    ranked_scores(input, counts);
    uint16_t winner = run(&ranked, input->terms->definition->opt & OPT_OF_ALL_VALID);
    if (winner != NO_OPTION) {
        ranked.states[winner] = OPTION_ELECTED;
        ranked_mark(&ranked);
    }
    tally_elect(counts, input->arena, &winner, winner == NO_OPTION ? 0 : 1);
    ranked_report(&ranked, counts);
    ranked_close(&ranked);
}

const struct tally_method tally_irv = {.number = 8, .count = count_irv};
