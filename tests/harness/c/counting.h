/* Counts in tests: a definition, a box of ballots written as a person would say them, and what came out. */
#ifndef PALABRE_TESTS_COUNTING_H
#define PALABRE_TESTS_COUNTING_H

#include "tally/tally.h"
#include "tests/harness/c/fixture.h"

struct counting {
    struct arena arena;
    struct definition definition; /* tests set what they need between begin and count */
    struct tally_terms terms;     /* of this definition */
    struct hash seed;             /* of the lot, once counting_lot() said so */
    struct tally_box *box;
    struct tally_counts counts;
};

/* A definition of this method with so many options and seats (1 … n), tie rule not_adopted. */
void counting_begin(struct counting *counting, const char *method, uint16_t options,
                    uint16_t seats);
/* A tie is drawn by the lot of this seed. */
void counting_lot(struct counting *counting, uint8_t seed);
/* Puts ballots of this weight each into the box. The text is the body of the choice in the form of the method: the option of
 * a single choice ("2"), the options of a set ("0 3"), one number per option for grades, points and ranks ("5 - 0": - is no
 * grade), "yes", "no", "consent", "concern", "objection"; and for every form "blank" and "abstain". */
void counting_add(struct counting *counting, uint32_t heads, uint64_t weight, const char *choice);
/* The choice of such a text; out needs 1 + 2 × options bytes. */
struct slice counting_choice(const struct definition *definition, const char *text, uint8_t *out);
/* Counts, and fails the test when an invariant is broken. */
void counting_count(struct counting *counting);
void counting_end(struct counting *counting);

/* Of the counts: numbers parted by spaces, and ", " between ties: "0 1 2 lot 1". Each fails the test when it differs. */
void counting_expect_scores(const struct counting *counting, const char *scores);
void counting_expect_winners(const struct counting *counting, const char *winners);
void counting_expect_elected(const struct counting *counting, const char *elected);
void counting_expect_ranks(const struct counting *counting, const char *ranks);
void counting_expect_ties(const struct counting *counting, const char *ties);

#endif
