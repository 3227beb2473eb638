/* Method 6, dots: a ballot spreads points over the options; an option's score is the weighted sum of its points, and the best
 * `seats` win. Points that a ballot did not spend are nobody's.
 *
 * Invariant: the scores add up to at most the points of all valid ballots. */
#include "tally/places.h"

#include "base/fatal.h"

static void count_dots(const struct tally_input *input, struct tally_counts *counts)
{
    uint16_t n_option = input->terms->definition->n_option;
    uint64_t *scores = arena_new(input->arena, (size_t)n_option + 1, sizeof *scores);
    for (size_t i = 0; i < input->count; i++) {
        const struct tally_pile *pile = &input->piles[i];
        const uint8_t *points = pile->choice.data + 1;
        assert_always(pile->choice.size == 1 + 2 * (size_t)n_option &&
                      pile->choice.data[0] == FORM_POINTS);
        for (size_t option = 0; option < n_option; option++) {
            unsigned given = (unsigned)points[2 * option] << 8 | points[2 * option + 1];
            scores[option] += given * pile->weight;
        }
    }
    counts->scores = scores;
    counts->n_scores = n_option;
    tally_places_by_score(input, counts);
}

const struct tally_method tally_dots = {.number = 6, .adds_up = true, .count = count_dots};
