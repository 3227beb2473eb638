/* Giving places to the best: the options are sorted, the first `seats` of them win, and only a tie across the cut needs a
 * decision, which ties.c makes by the rule of the vote. A tie above the cut seats all of the tied, one below it none.
 *
 * Invariant: options that compare equal are treated alike, unless a lot was drawn between them; among themselves they
 * stand in the order of the definition. Start at tally_places(). */
#include "tally/places.h"

#include "tally/ties.h"

#include <stdlib.h>

static int number_order(const void *a, const void *b)
{
    const uint16_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

static int best_first(const void *a, const void *b, void *context)
{
    const struct tally_order *order = context;
    const uint16_t *left = a, *right = b;
    int by_order = order->compare(order->context, *right, *left);
    return by_order != 0 ? by_order : number_order(a, b);
}

/* The options that were not withdrawn, the best first. */
static uint16_t *sorted(const struct tally_input *input, const struct tally_order *order,
                        uint16_t *n)
{
    const struct tally_terms *terms = input->terms;
    struct tally_order copy = *order;
    uint16_t *list = arena_new(input->arena, (size_t)terms->definition->n_option + 1, sizeof *list);
    *n = 0;
    for (uint16_t option = 0; option < terms->definition->n_option; option++) {
        if (terms->withdrawn == NULL || !terms->withdrawn[option]) {
            list[(*n)++] = option;
        }
    }
    qsort_r(list, *n, sizeof *list, best_first, &copy);
    return list;
}

static bool are_equal(const struct tally_order *order, uint16_t a, uint16_t b)
{
    return order->compare(order->context, a, b) == 0;
}

static const uint16_t *ranks_of(const struct tally_input *input, const struct tally_order *order,
                                const uint16_t *list, uint16_t n)
{
    uint16_t *ranks =
        arena_new(input->arena, (size_t)input->terms->definition->n_option + 1, sizeof *ranks);
    for (uint16_t i = 0; i < n; i++) {
        bool shared = i > 0 && are_equal(order, list[i - 1], list[i]);
        ranks[list[i]] = shared ? ranks[list[i - 1]] : (uint16_t)(i + 1);
    }
    return ranks;
}

/* How many of the list win before any tie is broken: all up to the cut, or up to the tie across it, whose end is *tie_end. */
static uint16_t sure_of(const struct tally_order *order, const uint16_t *list, uint16_t may_win,
                        uint16_t seats, uint16_t *tie_end)
{
    uint16_t first = seats;
    *tie_end = seats;
    if (seats == 0 || seats >= may_win || !are_equal(order, list[seats - 1], list[seats])) {
        return seats < may_win ? seats : may_win;
    }
    while (first > 0 && are_equal(order, list[first - 1], list[seats])) {
        first--;
    }
    while (*tie_end < may_win && are_equal(order, list[seats], list[*tie_end])) {
        (*tie_end)++;
    }
    return first;
}

static void seat(const struct tally_input *input, const struct tally_order *order, uint16_t *list,
                 uint16_t n, struct tally_counts *counts)
{
    const uint16_t *chosen = NULL;
    uint16_t may_win = 0, tie_end = 0, drawn = 0;
    uint16_t seats = input->terms->definition->seats;
    while (may_win < n && order->may_win(order->context, list[may_win])) {
        may_win++;
    }
    uint16_t sure = sure_of(order, list, may_win, seats, &tie_end);
    if (sure < seats && sure < may_win) {
        drawn = tally_ties_place(input->ties, 0, list + sure, (uint16_t)(tie_end - sure),
                                 (uint16_t)(seats - sure), &chosen);
    }
    for (uint16_t i = 0; i < drawn; i++) {
        list[sure + i] = chosen[i];
    }
    tally_elect(counts, input->arena, list, (uint16_t)(sure + drawn));
}

void tally_places(const struct tally_input *input, const struct tally_order *order,
                  struct tally_counts *counts)
{
    uint16_t n;
    uint16_t *list = sorted(input, order, &n);
    counts->ranks = ranks_of(input, order, list, n);
    seat(input, order, list, n, counts);
}

/* ---- by score ---- */

static int compare_scores(const void *context, uint16_t a, uint16_t b)
{
    const uint64_t *scores = context;
    return scores[a] < scores[b] ? -1 : scores[a] > scores[b];
}

static bool is_above_zero(const void *context, uint16_t option)
{
    const uint64_t *scores = context;
    return scores[option] > 0;
}

void tally_places_by_score(const struct tally_input *input, struct tally_counts *counts)
{
    const struct tally_order order = {
        .compare = compare_scores, .may_win = is_above_zero, .context = counts->scores};
    uint16_t n;
    uint16_t *list = sorted(input, &order, &n);
    seat(input, &order, list, n, counts);
}
