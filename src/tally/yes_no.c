/* Method 1, yes-no: scores are the weights of yes and of no; there are no winners. Whether the question is carried, and
 * what a tie means, is said by the rule (src/rules), which knows abstentions, blanks and fractions.
 *
 * Invariant: yes + no = the weight of the valid ballots. */
#include "tally/tally.h"

#include "base/fatal.h"

static void count_yes_no(const struct definition *definition, const struct tally_pile *valid,
                         size_t count, struct arena *arena, struct tally_counts *counts)
{
    uint64_t *scores = arena_new(arena, 2, sizeof *scores);
    assert_always(definition->form == FORM_YES_NO);
    for (size_t i = 0; i < count; i++) {
        struct slice choice = valid[i].choice;
        assert_always(choice.size == 2 && choice.data[0] == FORM_YES_NO &&
                      (choice.data[1] == CHOICE_YES || choice.data[1] == CHOICE_NO));
        scores[choice.data[1] == CHOICE_YES ? 0 : 1] += valid[i].weight;
    }
    assert_always(scores[0] + scores[1] == counts->valid.weight);
    counts->scores = scores;
    counts->n_scores = 2;
    counts->winners = NULL;
    counts->n_winners = 0;
    counts->decided = DECIDED_NO_TIE;
}

const struct tally_method tally_yes_no = {.number = 1, .count = count_yes_no};
