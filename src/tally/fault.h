/* Between the two files of invariants (fault.c, fault_stages.c). Each says whether it holds. */
#ifndef PALABRE_TALLY_FAULT_H
#define PALABRE_TALLY_FAULT_H

#include "tally/tally.h"

typedef bool (*fault_invariant)(const struct tally_terms *terms, const struct tally_counts *counts);

bool fault_withdrawn(const struct tally_terms *terms, uint16_t option);
bool fault_wins(const struct tally_counts *counts, uint16_t option);
/* Whether some tie was settled so. */
bool fault_tie_is(const struct tally_counts *counts, enum tally_tie_how how);

/* Every part of every valid vote is with an option, exhausted or lost in rounding. */
bool fault_stage_sum(const struct tally_terms *terms, const struct tally_counts *counts);
/* Who is out or elected stays so; a stage changes what it says, and nothing else. */
bool fault_stage_states(const struct tally_terms *terms, const struct tally_counts *counts);
/* Nobody who is in loses votes, nobody who is out has any, what is exhausted or lost stays so. */
bool fault_stage_votes(const struct tally_terms *terms, const struct tally_counts *counts);
/* The lowest is excluded, and only when no surplus waits; the largest surplus is transferred. */
bool fault_stage_choice(const struct tally_terms *terms, const struct tally_counts *counts);
/* The first stage shows the first preferences. */
bool fault_stage_first(const struct tally_terms *terms, const struct tally_counts *counts);
/* The quota is the least number of whole votes that no more than `seats` options can have; who is elected has it, or more than
 * half where there is none. */
bool fault_stage_quota(const struct tally_terms *terms, const struct tally_counts *counts);
/* The elected of the last stage are the winners, or some of them where a tie stands. */
bool fault_stage_winners(const struct tally_terms *terms, const struct tally_counts *counts);

#endif
