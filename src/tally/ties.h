/* Ties of one count: recorded as they come, broken by the rule of the vote (ledger.md, Result: Lot, Winners and decided).
 * Used by the methods of src/tally alone. */
#ifndef PALABRE_TALLY_TIES_H
#define PALABRE_TALLY_TIES_H

#include "tally/tally.h"

/* In the arena. */
struct tally_ties *tally_ties_new(const struct tally_terms *terms, struct arena *arena);
/* The `places` of the n tied options (ascending, places < n) that get a place; *chosen is in the arena, in the order of favour.
 * Returns how many: places when the lot was drawn, 0 when the tie stands (none is seated, or it is left open). */
uint16_t tally_ties_place(struct tally_ties *ties, uint16_t stage, const uint16_t *tied, uint16_t n,
                          uint16_t places, const uint16_t **chosen);
/* Which of the tied goes (TIE_FOR_EXCLUSION) or is transferred first (TIE_FOR_SURPLUS); NO_OPTION: the tie stands, and the
 * count ends here with who has a place already. */
uint16_t tally_ties_one(struct tally_ties *ties, uint16_t stage, enum tally_tie_for what_for,
                        const uint16_t *tied, uint16_t n);
/* Notes a tie that an earlier stage decided. */
void tally_ties_earlier(struct tally_ties *ties, uint16_t stage, enum tally_tie_for what_for,
                        const uint16_t *tied, uint16_t n, uint16_t chosen);
/* Fills ties, n_ties and decided. */
void tally_ties_fill(const struct tally_ties *ties, struct tally_counts *counts);

#endif
