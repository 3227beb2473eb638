/* What all methods have in common: blank and abstaining ballots are set apart, and the sums are checked.
 *
 * Invariant: took part = valid + blank + abstain + void, in heads and in weight. A method sees only the piles of valid
 * ballots, ascending by choice, so the same ballots in any order give the same result. Start at tally_count(). */
#include "tally/tally.h"

#include "base/fatal.h"
#include "tally/ties.h"

#include <stdlib.h>

static const struct tally_method *const methods[] = {
    &tally_yes_no, &tally_consent,           &tally_single, &tally_approval, &tally_score,
    &tally_dots,   &tally_majority_judgment, &tally_irv,    &tally_schulze,  &tally_stv_scottish,
};

const struct tally_method *tally_method_of(uint8_t number)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (methods[i]->number == number) {
            return methods[i];
        }
    }
    return NULL;
}

static void count_add(struct result_count *count, uint32_t heads, uint64_t weight)
{
    assert_always(count->heads <= UINT32_MAX - heads && count->weight <= UINT64_MAX - weight);
    count->heads += heads;
    count->weight += weight;
}

/* Sets the blank and abstaining piles apart; what is left are the valid ones. */
static void set_apart(const struct tally_pile *piles, size_t count, struct tally_input *input,
                      struct tally_counts *counts)
{
    size_t apart = 0;
    for (size_t i = 0; i < count; i++) {
        const struct tally_pile *pile = &piles[i];
        uint8_t form = pile->choice.data[0];
        count_add(&counts->took_part, pile->heads, pile->weight);
        count_add(form == FORM_BLANK     ? &counts->blank
                  : form == FORM_ABSTAIN ? &counts->abstain
                                         : &counts->valid,
                  pile->heads, pile->weight);
        /* Blank (0) and abstain (1) stand before every other form. */
        apart += form > FORM_ABSTAIN ? 0 : 1;
    }
    input->piles =
        apart == 0 ? piles : piles + apart; /* without any pile there is no array to point into */
    input->count = count - apart;
    input->valid = counts->valid;
}

static int option_order(const void *a, const void *b)
{
    const uint16_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

void tally_elect(struct tally_counts *counts, struct arena *arena, const uint16_t *elected,
                 uint16_t n)
{
    counts->elected = arena_new(arena, n, sizeof *elected);
    counts->winners = arena_new(arena, n, sizeof *elected);
    counts->n_winners = n;
    for (uint16_t i = 0; i < n; i++) {
        counts->elected[i] = elected[i];
        counts->winners[i] = elected[i];
    }
    qsort(counts->winners, n, sizeof *elected, option_order);
}

void tally_count_by(const struct tally_method *method, const struct tally_terms *terms,
                    struct tally_box *box, struct arena *arena, struct tally_counts *counts)
{
    size_t count = 0;
    const struct tally_pile *piles =
        (method->adds_up ? tally_box_heap : tally_box_piles)(box, &count);
    struct tally_input input = {
        .terms = terms, .ties = tally_ties_new(terms, arena), .arena = arena};
    *counts = (struct tally_counts){
        .void_ = terms->void_papers,
        .took_part = terms->void_papers,
        .condorcet_winner = NO_OPTION,
    };
    set_apart(piles, count, &input, counts);
    tally_ties_count(method, &input, counts);
}

void tally_count(const struct tally_terms *terms, struct tally_box *box, struct arena *arena,
                 struct tally_counts *counts)
{
    const struct tally_method *method = tally_method_of(terms->definition->method);
    assert_always(method != NULL);
    tally_count_by(method, terms, box, arena, counts);
    const char *fault = tally_fault(terms, counts);
    if (fault != NULL) {
        fatal_bug(__FILE__, __LINE__, fault);
    }
}
