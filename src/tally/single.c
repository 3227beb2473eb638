/* Method 3, single: one option a ballot; an option's score is the weight of those who chose it, and the best `seats` win.
 *
 * Invariant: the scores add up to the weight of the valid ballots. */
#include "tally/places.h"

#include "base/fatal.h"

static void count_single(const struct tally_input *input, struct tally_counts *counts)
{
    uint16_t n_option = input->terms->definition->n_option;
    uint64_t *scores = arena_new(input->arena, (size_t)n_option + 1, sizeof *scores);
    for (size_t i = 0; i < input->count; i++) {
        struct slice choice = input->piles[i].choice;
        assert_always(choice.size == 3 && choice.data[0] == FORM_ONE);
        uint16_t option = (uint16_t)(choice.data[1] << 8 | choice.data[2]);
        assert_always(option < n_option);
        scores[option] += input->piles[i].weight;
    }
    counts->scores = scores;
    counts->n_scores = n_option;
    tally_places_by_score(input, counts);
}

const struct tally_method tally_single = {.number = 3, .adds_up = true, .count = count_single};
