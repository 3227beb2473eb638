/* Method 2, consent: scores are the weights of consent, of consent with a concern, and of objection; there are no winners.
 * One objection is enough, whatever its weight: what it means is said by the rule (src/rules). An objection ends when its
 * author casts another ballot, so it is never counted after that.
 *
 * Invariant: the three scores add up to the weight of the valid ballots. */
#include "tally/tally.h"

#include "base/fatal.h"

static void count_consent(const struct tally_input *input, struct tally_counts *counts)
{
    uint64_t *scores = arena_new(input->arena, 3, sizeof *scores);
    assert_always(input->terms->definition->form == FORM_CONSENT);
    for (size_t i = 0; i < input->count; i++) {
        struct slice choice = input->piles[i].choice;
        assert_always(choice.size == 2 && choice.data[0] == FORM_CONSENT &&
                      choice.data[1] >= CHOICE_CONSENT && choice.data[1] <= CHOICE_OBJECTION);
        scores[choice.data[1] - CHOICE_CONSENT] += input->piles[i].weight;
    }
    counts->scores = scores;
    counts->n_scores = 3;
}

const struct tally_method tally_consent = {.number = 2, .adds_up = true, .count = count_consent};
