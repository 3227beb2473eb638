/* A small world for tests of search: three people, and the shortest ways to write and to ask. */
#ifndef PALABRE_TESTS_SEARCHING_H
#define PALABRE_TESTS_SEARCHING_H

#include "tests/harness/c/world.h"

struct searching {
    struct world world;
    struct caller mia, noe, observer; /* mia is a facilitator, noe a member */
};
/* Set-up and teardown of a cmocka test; *state is the world. Closing compares the index with that of a replay. */
int searching_open(void **state);
int searching_close(void **state);
/* Mia proposes; noe comments on the proposal with this id; how many items noe's question finds (world.result has them).
 * A refusal fails the test. */
struct id searching_propose(struct searching *scene, const char *language, const char *title,
                            const char *need, const char *text);
struct id searching_comment(struct searching *scene, const char *on, const char *text);
size_t searching_find(struct searching *scene, const char *text);

#endif
