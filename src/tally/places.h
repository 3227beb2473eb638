/* Places for the best, for the methods that put all options in one order. Used by the methods of src/tally alone. */
#ifndef PALABRE_TALLY_PLACES_H
#define PALABRE_TALLY_PLACES_H

#include "tally/tally.h"

struct tally_order {
    /* Above 0: a is better; 0: equal. A total order of all options. */
    int (*compare)(const void *context, uint16_t a, uint16_t b);
    /* false = never gets a place, even where one stays empty; such options are the worst of the order. */
    bool (*may_win)(const void *context, uint16_t option);
    const void *context;
};
/* Fills winners and elected: the best `seats` of those that may win, fewer if there are fewer, a tie for the last of them by the
 * rule of the vote; and ranks, where equal options share the better one: 1, 2, 2, 4. */
void tally_places(const struct tally_input *input, const struct tally_order *order,
                  struct tally_counts *counts);
/* The same by counts->scores, one per option: the greatest is the best, and zero never wins. Without ranks. */
void tally_places_by_score(const struct tally_input *input, struct tally_counts *counts);

#endif
