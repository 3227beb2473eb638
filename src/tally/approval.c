/* Method 4, approval: a ballot marks every option it accepts, at least one; an option's score is the weight of those who
 * accept it, and the best `seats` win.
 *
 * Invariant: no score is above the weight of the valid ballots. */
#include "tally/places.h"

#include "base/fatal.h"

/* Adds the weight to each option whose bit is set; option j = bit j mod 8 of byte j / 8. */
static void add_marks(const struct tally_pile *pile, uint64_t *scores)
{
    const uint8_t *bytes = pile->choice.data + 1;
    for (size_t at = 0; at + 1 < pile->choice.size; at++) {
        for (unsigned left = bytes[at]; left != 0; left &= left - 1) {
            scores[8 * at + (unsigned)__builtin_ctz(left)] += pile->weight;
        }
    }
}

static void count_approval(const struct tally_input *input, struct tally_counts *counts)
{
    uint16_t n_option = input->terms->definition->n_option;
    size_t bytes = ((size_t)n_option + 7) / 8;
    uint64_t *scores = arena_new(input->arena, 8 * bytes + 1, sizeof *scores);
    for (size_t i = 0; i < input->count; i++) {
        struct slice choice = input->piles[i].choice;
        assert_always(choice.size == 1 + bytes && choice.data[0] == FORM_SET);
        add_marks(&input->piles[i], scores);
    }
    for (size_t option = n_option; option < 8 * bytes; option++) {
        assert_always(scores[option] == 0); /* an unused bit */
    }
    counts->scores = scores;
    counts->n_scores = n_option;
    tally_places_by_score(input, counts);
}

const struct tally_method tally_approval = {.number = 4, .adds_up = true, .count = count_approval};
