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
/* Memory that the box holds, for whoever fills it from a source without bounds. */
size_t tally_box_bytes(const struct tally_box *box);
/* The piles, ascending by choice. Borrowed until the next add. */
const struct tally_pile *tally_box_piles(struct tally_box *box, size_t *count);
/* The piles in whatever order they are in, at less cost: blank and abstaining ones first, and equal choices perhaps in
 * several piles. Borrowed until the next add. */
const struct tally_pile *tally_box_heap(struct tally_box *box, size_t *count);

/* What is counted, and how: of the box come the ballots. */
struct tally_terms {
    const struct definition *definition; /* its method is offered */
    const bool *
        withdrawn; /* per option; NULL = none. No ballot names a withdrawn option: whoever reads a file takes it out */
    const struct hash *lot_seed; /* NULL = none was drawn: with rule tie 3 a tie then stays open */
    struct result_count void_papers; /* that nobody can read */
};

/* What happened in a stage of a count by stages (irv, stv-scottish), and how it stood after that. */
enum tally_action {
    STAGE_BEGIN = 0,     /* first preferences */
    STAGE_SURPLUS = 1,   /* that of `option` was transferred */
    STAGE_EXCLUSION = 2, /* `option` was excluded, and its ballots transferred */
    STAGE_FILL = 3,      /* as many were left as places: they are elected, nothing is transferred */
};
enum tally_state {
    OPTION_CONTINUING = 0,
    OPTION_ELECTED = 1,
    OPTION_EXCLUDED = 2,
    OPTION_WITHDRAWN = 3
};
enum { NO_OPTION = 0xFFFF };
struct tally_stage {
    enum tally_action action;
    uint16_t option;       /* NO_OPTION where none is meant */
    const uint64_t *votes; /* per option, in parts of a vote (scale) */
    const uint8_t *states; /* per option, enum tally_state */
    uint64_t exhausted;    /* parts that no continuing option gets any more */
    uint64_t lost;         /* parts that rounding took, all stages together */
};

/* A tie, and what was made of it; options ascending. */
enum tally_tie_for { TIE_FOR_PLACE = 0, TIE_FOR_EXCLUSION = 1, TIE_FOR_SURPLUS = 2 };
enum tally_tie_how {
    TIE_BY_EARLIER_STAGE = 0,
    TIE_BY_LOT = 1,
    TIE_STATUS_QUO = 2,    /* none of the tied is seated */
    TIE_LEFT_OPEN = 3,     /* the chair's, or reported */
    TIE_NO_DIFFERENCE = 4, /* whoever was taken, the same options win */
};
struct tally_tie {
    uint16_t stage; /* index in stages; 0 without stages */
    enum tally_tie_for what_for;
    enum tally_tie_how how;
    const uint16_t *tied, *chosen; /* chosen: who gets the place, or goes */
    uint16_t n_tied, n_chosen;
};

/* All arrays are in the arena of the count. */
struct tally_counts {
    struct result_count took_part, valid, blank, abstain,
        void_;        /* took part = the sum of the other four */
    uint64_t *scores; /* what they are: ledger.md, Result, per method */
    uint16_t n_scores;
    uint16_t *winners; /* ascending */
    uint16_t *elected; /* the same n_winners options in the order in which they got their places */
    uint16_t n_winners;
    enum decided decided; /* of a tie for places; a tied yes-no is judged by the rules */
    /* NULL or 0 where a method has no such thing. */
    const uint64_t *graders; /* per option: the weight that graded it (score) */
    uint32_t
        scale; /* parts of a vote in quota and stages: 1, or 100,000 (less from 9·10^10 votes) */
    uint64_t quota;                   /* parts */
    const struct tally_stage *stages; /* first to last */
    size_t n_stages;
    const uint64_t *pairwise;  /* n_option × n_option: [a·n + b] = weight that prefers a to b */
    const uint16_t *ranks;     /* per option from 1; equal ones share it; 0 = withdrawn */
    uint16_t condorcet_winner; /* NO_OPTION = none */
    const struct tally_tie *ties; /* in the order in which they came */
    size_t n_ties;
};

struct tally_ties; /* ties.h */
/* What a method counts. */
struct tally_input {
    const struct tally_terms *terms;
    const struct tally_pile *piles; /* of the valid ballots, as the method takes them */
    size_t count;
    struct result_count valid;
    struct tally_ties *ties; /* whoever meets a tie asks here */
    struct arena *arena;
};
struct tally_method {
    uint8_t number; /* ledger.md, Definition */
    /* It adds ballots up: piles come to it in any order, and equal choices perhaps in several. Others get piles that ascend
     * by choice and differ. */
    bool adds_up;
    /* Fills scores, and winners and elected by tally_elect(), and what else the method has; ties and decided are filled from
     * input->ties afterwards, and counts already holds valid … void. Pure: where there are ties it is called again. */
    void (*count)(const struct tally_input *input, struct tally_counts *counts);
};
/* NULL = this method is not offered. Static. */
const struct tally_method *tally_method_of(uint8_t number);

/* Counts the box for a definition whose method is offered. Checks itself with tally_fault(): a fault is a bug and aborts. */
void tally_count(const struct tally_terms *terms, struct tally_box *box, struct arena *arena,
                 struct tally_counts *counts);
/* The same with a method that need not be in the table, and without the check. */
void tally_count_by(const struct tally_method *method, const struct tally_terms *terms,
                    struct tally_box *box, struct arena *arena, struct tally_counts *counts);
/* The name of the first invariant that these counts break, e.g. "stage-sum"; NULL = none. Static text. */
const char *tally_fault(const struct tally_terms *terms, const struct tally_counts *counts);

/* The tie that matters: where one stands, that among those of whom some could still get a place; else the first for which the lot
 * was drawn. NULL = none. */
const struct tally_tie *tally_deciding_tie(const struct tally_counts *counts);

/* For methods: sets elected (the n options in the order of their places) and winners. */
void tally_elect(struct tally_counts *counts, struct arena *arena, const uint16_t *elected,
                 uint16_t n);

extern const struct tally_method tally_yes_no, tally_consent, tally_single, tally_approval,
    tally_score, tally_dots, tally_majority_judgment, tally_irv, tally_schulze, tally_stv_scottish;

#endif
