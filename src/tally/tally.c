/* The ballot box, and what all methods have in common: blank and abstaining ballots are set apart, equal choices are put
 * together, and the sums are checked.
 *
 * Invariant: took part = valid + blank + abstain + void, in heads and in weight, and every ballot put into the box is in
 * exactly one pile. A method sees only the piles of valid ballots, ascending by choice, so the same ballots in any order
 * give the same result. Start at tally_count(). */
#include "tally/tally.h"

#include "base/fatal.h"
#include "base/memory.h"
#include "tally/ties.h"

#include <stdlib.h>

struct tally_box {
    struct tally_pile *piles; /* each choice is a copy of its own */
    size_t count, capacity;
    size_t sorted; /* the first `sorted` piles are ascending and differ */
};

enum { PILES_AT_FIRST = 16, PILES_BEFORE_SORTING = 1024 };

struct tally_box *tally_box_new(void)
{
    return memory_new(1, sizeof(struct tally_box));
}

static void pile_free(struct tally_pile *pile)
{
    free((void *)(uintptr_t)pile->choice.data);
}

void tally_box_free(struct tally_box *box)
{
    if (box == NULL) {
        return;
    }
    for (size_t i = 0; i < box->count; i++) {
        pile_free(&box->piles[i]);
    }
    free(box->piles);
    free(box);
}

static int pile_order(const void *a, const void *b)
{
    const struct tally_pile *left = a, *right = b;
    return slice_compare(left->choice, right->choice);
}

static void pile_join(struct tally_pile *pile, uint32_t heads, uint64_t weight)
{
    assert_always(pile->heads <= UINT32_MAX - heads && pile->weight <= UINT64_MAX - weight);
    pile->heads += heads;
    pile->weight += weight;
}

static void box_sort(struct tally_box *box)
{
    size_t kept = 0;
    if (box->sorted == box->count) {
        return;
    }
    qsort(box->piles, box->count, sizeof *box->piles, pile_order);
    for (size_t i = 1; i < box->count; i++) {
        if (slice_equal(box->piles[kept].choice, box->piles[i].choice)) {
            pile_join(&box->piles[kept], box->piles[i].heads, box->piles[i].weight);
            pile_free(&box->piles[i]);
        } else {
            box->piles[++kept] = box->piles[i];
        }
    }
    box->count = kept + 1;
    box->sorted = box->count;
}

/* The pile of this choice among the sorted ones, or NULL. */
static struct tally_pile *box_find(struct tally_box *box, struct slice choice)
{
    struct tally_pile wanted = {.choice = choice};
    if (box->sorted == 0) {
        return NULL;
    }
    return bsearch(&wanted, box->piles, box->sorted, sizeof *box->piles, pile_order);
}

void tally_box_add(struct tally_box *box, struct slice choice, uint32_t heads, uint64_t weight)
{
    struct tally_pile *pile = box_find(box, choice);
    assert_always(choice.size > 0);
    if (pile != NULL) {
        pile_join(pile, heads, weight);
        return;
    }
    if (box->count - box->sorted >= PILES_BEFORE_SORTING + box->sorted) {
        box_sort(box);
    }
    if (box->count == box->capacity) {
        box->capacity = box->capacity == 0 ? PILES_AT_FIRST : box->capacity * 2;
        box->piles = memory_resize(box->piles, box->capacity, sizeof *box->piles);
    }
    box->piles[box->count++] = (struct tally_pile){
        .choice = slice_of(memory_copy(choice.data, choice.size), choice.size),
        .heads = heads,
        .weight = weight,
    };
}

const struct tally_pile *tally_box_piles(struct tally_box *box, size_t *count)
{
    box_sort(box);
    *count = box->count;
    return box->piles;
}

/* ---- counting ---- */

static const struct tally_method *const methods[] = {
    &tally_yes_no,
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
        /* Blank (0) and abstain (1) sort before every other form. */
        apart += form > FORM_ABSTAIN ? 0 : 1;
    }
    input->piles =
        apart == 0 ? piles : piles + apart; /* without any pile there is no array to point into */
    input->count = count - apart;
    input->valid = counts->valid;
}

void tally_count_by(const struct tally_method *method, const struct tally_terms *terms,
                    struct tally_box *box, struct arena *arena, struct tally_counts *counts)
{
    size_t count = 0;
    const struct tally_pile *piles = tally_box_piles(box, &count);
    struct tally_input input = {
        .terms = terms, .ties = tally_ties_new(terms, arena), .arena = arena};
    *counts = (struct tally_counts){
        .void_ = terms->void_papers,
        .took_part = terms->void_papers,
        .condorcet_winner = NO_OPTION,
    };
    set_apart(piles, count, &input, counts);
    method->count(&input, counts);
    tally_ties_fill(input.ties, counts);
}

void tally_count(const struct tally_terms *terms, struct tally_box *box, struct arena *arena,
                 struct tally_counts *counts)
{
    const struct tally_method *method = tally_method_of(terms->definition->method);
    assert_always(method != NULL);
    tally_count_by(method, terms, box, arena, counts);
    assert_always(tally_fault(terms, counts) == NULL);
}
