/* Counting: one file per method, one interface. Pure functions of ballots, in exact integers.
 *
 * A ballot box takes choices with their weights, in any order; equal choices are put together in one pile before anything
 * is counted, so no count can depend on the order of the ballots. What the numbers mean for the decision (majority,
 * quorum, a tied vote) is the business of src/rules. Any thread; a box is used by one thread at a time. */
#ifndef PALABRE_TALLY_TALLY_H
#define PALABRE_TALLY_TALLY_H

#include "base/arena.h"
#include "ledger/definition.h"
#include "ledger/result.h"

struct tally_pile {
    struct slice choice; /* form u8, then its body; owned by the box */
    uint32_t heads;      /* ballots, ≥ 1 */
    uint64_t weight;
};

struct tally_box;
/* The caller frees it. */
struct tally_box *tally_box_new(void);
void tally_box_free(struct tally_box *box);
/* Puts `heads` ballots of together `weight` into the box; the choice is copied. It must be one that the definition
 * allows (definition_check_choice). */
void tally_box_add(struct tally_box *box, struct slice choice, uint32_t heads, uint64_t weight);
/* The piles, ascending by choice. Borrowed until the next add. */
const struct tally_pile *tally_box_piles(struct tally_box *box, size_t *count);

struct tally_counts {
    struct result_count took_part, valid, blank, abstain,
        void_;        /* took part = the sum of the other four */
    uint64_t *scores; /* in the arena; what they are: ledger.md, Result, per method */
    uint16_t n_scores;
    uint16_t *winners; /* in the arena; ascending */
    uint16_t n_winners;
    enum decided decided; /* of a tie for places; a tied yes-no is judged by the rules */
};

struct tally_method {
    uint8_t number; /* ledger.md, Definition */
    /* Fills scores, winners and decided from the piles of valid ballots. */
    void (*count)(const struct definition *definition, const struct tally_pile *valid, size_t count,
                  struct arena *arena, struct tally_counts *counts);
};
/* NULL = this method is not offered. Static. */
const struct tally_method *tally_method_of(uint8_t number);

/* Counts the box for a definition whose method is offered. void_papers: papers that nobody can read (zeros without paper).
 * Checks its own sums: a difference is a bug and aborts. */
void tally_count(const struct definition *definition, struct tally_box *box,
                 struct result_count void_papers, struct arena *arena, struct tally_counts *counts);

extern const struct tally_method tally_yes_no;

#endif
