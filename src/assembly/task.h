/* To-dos: states and steps as data, shared by the handlers (task.c), the documents (task_apply.c) and the table test.
 * Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_TASK_H
#define PALABRE_ASSEMBLY_TASK_H

#include "assembly/concept.h"

enum task_state {
    TASK_NONE = 0,
    TASK_FREE,
    TASK_ASKED,
    TASK_TAKEN,
    TASK_DONE,
    TASK_DROPPED,
    TASK_STATES
};
enum task_way { TASK_BY_TAKE, TASK_BY_ANSWER, TASK_BY_MARK };
/* Who may take a step: any of these relations. */
enum task_who {
    TASK_ANY_MEMBER = 1,
    TASK_ASKED_PERSON = 2,
    TASK_ASSIGNEE = 4,
    TASK_MAKER = 8,
    TASK_FACILITATOR = 16
};
struct task_step {
    enum task_state from, to; /* from TASK_NONE ends the table */
    enum task_way way;        /* the command that takes it */
    unsigned who;             /* enum task_who bits */
    bool reason;              /* needs one */
};
extern const struct task_step task_steps[];
/* NULL = not allowed to anybody. */
const struct task_step *task_step_find(enum task_state from, enum task_state to, enum task_way way);
const char *task_state_word(enum task_state state);
enum task_state task_state_find(struct slice word); /* TASK_NONE = no such word */

void task_apply(struct change *change);

#endif
