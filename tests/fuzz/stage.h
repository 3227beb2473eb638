/* The organisation that harnesses play in: a few members, one thing of each kind, an open vote, a meeting under way. */
#ifndef PALABRE_TESTS_FUZZ_STAGE_H
#define PALABRE_TESTS_FUZZ_STAGE_H

#include "tests/harness/c/voting.h"

enum {
    STAGE_OPERATOR,
    STAGE_NOBODY,
    STAGE_FACILITATOR, /* admin too */
    STAGE_SECRETARY,
    STAGE_MEMBER,
    STAGE_OTHER,
    STAGE_OBSERVER,
    STAGE_CALLERS
};
enum { STAGE_LETTERS = 26, STAGE_CAPITALS = 7, STAGE_WORD_SIZE = 700 };

struct stage {
    struct world world;
    struct caller callers[STAGE_CALLERS];
    struct voter voters[2]; /* of STAGE_FACILITATOR and STAGE_MEMBER */
    /* What "@a" … "@z" stand for in an input: the session of STAGE_FACILITATOR, ids of things, signed bytes of ballots; then
     * "@A" … "@F": ids of what belongs to meetings; "@G": the number of the newest event. Each ends in NUL. */
    char words[STAGE_LETTERS + STAGE_CAPITALS][STAGE_WORD_SIZE];
};

/* world is open; the same things in every run. */
void stage_fill(struct stage *stage);
/* From here on "@G" is the newest event of the record: what `base` asks for right after an act. */
void stage_set_newest(struct stage *stage);
/* Appends text with "@a" … "@z" and "@A" … "@G" replaced. */
void stage_expand(const struct stage *stage, struct slice text, struct buffer *out);

#endif
