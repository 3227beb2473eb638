/* Ties of one count: recorded as they come, broken by the rule of the vote (ledger.md, Result: Lot, Winners and decided).
 * Used by the methods of src/tally alone. */
#ifndef PALABRE_TALLY_TIES_H
#define PALABRE_TALLY_TIES_H

#include "tally/tally.h"

/* In the arena of the input, which it keeps. */
struct tally_ties *tally_ties_new(const struct tally_terms *terms, struct arena *arena);
/* For the last places: which `places` of the n tied options (ascending, 0 < places < n) get one; *chosen is in the arena, in
 * the order of favour. Returns how many: places, or 0 when the tie stands (none is seated, or it is left open). */
uint16_t tally_ties_place(struct tally_ties *ties, uint16_t stage, const uint16_t *tied, uint16_t n,
                          uint16_t places, const uint16_t **chosen);
/* Which of the tied (ascending) is taken now, where the count goes on with it: who is excluded, whose surplus is transferred
 * first, who gets the next of several places. NO_OPTION: the tie stands, and the count ends here with who has a place. */
uint16_t tally_ties_one(struct tally_ties *ties, uint16_t stage, enum tally_tie_for what_for,
                        const uint16_t *tied, uint16_t n);
/* The same where it cannot change who wins which of them is taken: never NO_OPTION. */
uint16_t tally_ties_alike(struct tally_ties *ties, uint16_t stage, enum tally_tie_for what_for,
                          const uint16_t *tied, uint16_t n);
/* The same by the most recent earlier stage at which the tied differ (the least goes, the greatest comes first), then as
 * tally_ties_one. The last of the n_stages is the one in which they are tied. tied is narrowed. */
uint16_t tally_ties_by_stages(struct tally_ties *ties, const struct tally_stage *stages,
                              size_t n_stages, enum tally_tie_for what_for, uint16_t *tied,
                              uint16_t n);
/* Counts input by the method, as often as its ties need, and fills ties and decided. counts holds what comes before. */
void tally_ties_count(const struct tally_method *method, const struct tally_input *input,
                      struct tally_counts *counts);

#endif
