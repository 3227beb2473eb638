/* Ballots that rank, as the methods by stages (irv, stv-scottish) read them, and the stages that they keep.
 * Used by these methods alone. */
#ifndef PALABRE_TALLY_RANKED_H
#define PALABRE_TALLY_RANKED_H

#include "tally/tally.h"

enum { RANKED_END = 0xFF, NO_PAPER = 0x7FFFFFFF };

/* The papers of one pile stand together: they go the same way, each worth the same. */
struct ranked_paper {
    const uint8_t *order; /* the options in their order, ended by RANKED_END */
    uint64_t weight;
    uint32_t next; /* of the same holder, or NO_PAPER */
    uint32_t at;   /* where in the order the holder stands */
};
struct ranked {
    const struct tally_input *input;
    uint16_t n_option, n_continuing;
    struct ranked_paper *papers; /* owned, as orders and the list of stages */
    uint8_t *orders;
    uint32_t *first;          /* per option: of the papers it holds */
    uint64_t *votes;          /* per option, in parts */
    uint8_t *states;          /* per option, enum tally_state */
    uint64_t exhausted, lost; /* parts */
    uint32_t scale;
    struct tally_stage *stages;
    size_t n_stages;
    uint16_t *tied; /* room for every option */
};

/* Each paper lies with its first preference, worth `scale` parts. A ballot ends where two options share a rank. */
void ranked_open(struct ranked *ranked, const struct tally_input *input, uint32_t scale);
void ranked_close(struct ranked *ranked);
/* The papers an option holds are taken from it: the first of them. */
uint32_t ranked_take(struct ranked *ranked, uint16_t option);
/* Moves the paper on to its next continuing option; NO_OPTION = there is none. */
uint16_t ranked_next(struct ranked *ranked, uint32_t paper);
/* Keeps how things stand as a stage. */
void ranked_stage(struct ranked *ranked, enum tally_action action, uint16_t option);
/* Sets the states that the last stage shows to what they are now. */
void ranked_mark(struct ranked *ranked);
/* Puts the continuing options with the least votes into tied, ascending; returns how many. */
uint16_t ranked_lowest(struct ranked *ranked);
/* Which of the lowest goes; NO_OPTION: the tie stands. places: how many are still free. */
uint16_t ranked_pick_lowest(struct ranked *ranked, uint16_t places);
/* Scores of every method that ranks: per option the weight of the ballots that rank it first. */
void ranked_scores(const struct tally_input *input, struct tally_counts *counts);
/* Hands the stages over to the counts. */
void ranked_report(const struct ranked *ranked, struct tally_counts *counts);

#endif
