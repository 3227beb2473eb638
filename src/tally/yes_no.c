/* Method 1, yes-no: scores are the weights of yes and of no; there are no winners. Whether the question is carried, and
 * what a tie means, is said by the rule (src/rules), which knows abstentions, blanks and fractions.
 *
 * Invariant: yes + no = the weight of the valid ballots. */
#include "tally/tally.h"

#include "base/fatal.h"

static void count_yes_no(const struct tally_input *input, struct tally_counts *counts)
{
    uint64_t *scores = arena_new(input->arena, 2, sizeof *scores);
    assert_always(input->terms->definition->form == FORM_YES_NO);
    for (size_t i = 0; i < input->count; i++) {
        struct slice choice = input->piles[i].choice;
        assert_always(choice.size == 2 && choice.data[0] == FORM_YES_NO &&
                      (choice.data[1] == CHOICE_YES || choice.data[1] == CHOICE_NO));
        scores[choice.data[1] == CHOICE_YES ? 0 : 1] += input->piles[i].weight;
    }
    counts->scores = scores;
    counts->n_scores = 2;
}

const struct tally_method tally_yes_no = {.number = 1, .adds_up = true, .count = count_yes_no};
