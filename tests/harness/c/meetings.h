/* Meetings in tests, for what several of them need. */
#ifndef PALABRE_TESTS_MEETINGS_H
#define PALABRE_TESTS_MEETINGS_H

#include "tests/harness/c/world.h"

/* Plans one of two hours; more: the rest of the parameters, beginning with a comma, or "". */
struct id meetings_plan(struct world *world, struct caller who, const char *kind, uint64_t starts,
                        const char *more);
/* The same in twenty days; the reason of a refusal, "" = done. */
const char *meetings_try_plan(struct world *world, struct caller who, const char *kind,
                              const char *more);
/* A command that takes nothing but its id; the reason of a refusal, "" = done. */
const char *meetings_act(struct world *world, struct caller who, const char *method, struct id id);
/* Of its document: a number, an id, whether there is something at this path. */
int64_t meetings_number(struct world *world, struct id id, const char *path);
struct id meetings_id(struct world *world, struct id meeting_id, const char *path);
bool meetings_has(struct world *world, struct id id, const char *path);

#endif
