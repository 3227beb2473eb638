/* To-dos: states, steps and origins as data, shared by the handlers (task.c, task_edit.c, task_read.c), the documents
 * (task_apply.c), the tables (task_shape.c) and the table test. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_TASK_H
#define PALABRE_ASSEMBLY_TASK_H

#include "assembly/parts.h"

enum {
    TASK_TITLE_MAX = 160,   /* characters */
    TASK_RESULT_MAX = 4000, /* bytes */
    TASK_QUALITY_MAX = 2000,
    TASK_REASON_MAX = 4000,
    TASK_THANKS_MAX = 4000,
    TASK_THANKS_KEPT = 200, /* the newest that a document shows */
    TASK_PEOPLE_MAX = 20,   /* assignees and people asked, each */
    TASK_LINES_MAX = 30,    /* of a checklist */
    TASK_LINE_MAX = 200,    /* characters */
    TASK_THEMES_MAX = 5,
    TASK_HOURS_MAX = 1000,
    TASK_VERSIONS_MAX = 20,  /* earlier texts that are kept at hand */
    TASK_CANDIDATES_MAX = 8, /* of a name that several members have */
};
/* Done or dropped so long ago, a to-do has left the lists for the archive. */
#define TASK_ARCHIVE_MS (UINT64_C(30) * 24 * 60 * 60 * 1000)

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
extern const char *const task_state_words[]; /* NULL-terminated */
const char *task_state_word(enum task_state state);
enum task_state task_state_find(struct slice word); /* TASK_NONE = no such word */
enum task_state task_state_of(const json_t *task);

/* What a to-do may come from. Another kind of origin is one more line. */
struct task_origin {
    const char *word;   /* NULL ends the table */
    uint8_t document;   /* must exist */
    uint8_t shown;      /* the document whose number and title the to-do shows */
    uint8_t number;     /* NUMBER_… */
    uint8_t topic;      /* in which its to-dos stand */
    enum error unknown; /* when there is none */
};
extern const struct task_origin task_origins[];
extern const char *const task_origin_words[]; /* the same words, NULL-terminated */
/* Of {"kind",…}; NULL = no such kind. */
const struct task_origin *task_origin_of(const json_t *from);

/* ---- between the handlers ---- */

/* The to-do named by `id`; TASK_UNKNOWN. */
enum error task_find(struct request *request, struct id *id, json_t **task);
/* What the member is to it (enum task_who bits); the caller's own role counts when it is the caller. */
unsigned task_relations(const struct request *request, const json_t *task, struct id member);
/* The id of what {"kind","id"} names; faults on "from". */
enum error task_source(struct request *request, const json_t *from, struct id *id);
/* Ids of the proposals that a decision or a proposal stands for. New reference. */
json_t *task_proposals_from(struct store_txn *txn, struct slice kind, struct id id);
/* Sorts people (texts: ids or numbers, of the parameter `field`) into who said yes (oneself) and who is asked. */
enum error task_sort_people(struct request *request, const char *field, const json_t *people,
                            json_t *said_yes, json_t *asked);
/* Makes a to-do of {id, language, title, result, from, assignees?, …} as task.create takes them; `meeting` {id, item?} besides
 * says where it was given out, when that is not what it comes from. */
enum error task_make(struct request *request, const json_t *wanted);
/* Themes are the organisation's, lines of the checklist have ids of their own. */
enum error task_check_texts(struct request *request);
json_t *task_event(const char *what, struct id id);
void task_put_step(json_t *event, enum task_state from, enum task_state to);
void task_emit(struct request *request, json_t *event);

/* Key prefix of the list of a theme. */
struct index_key task_theme_prefix(struct slice theme);
/* Of those given out in a meeting. */
struct index_key task_meeting_prefix(struct id meeting);

/* ---- handlers ---- */

enum error task_create(struct request *request);
enum error task_parse(struct request *request);
enum error task_quick(struct request *request);
enum error task_take(struct request *request);
enum error task_answer(struct request *request);
enum error task_mark(struct request *request);
enum error task_thank(struct request *request);
enum error task_ask(struct request *request);
enum error task_update(struct request *request);
enum error task_check(struct request *request);
enum error task_overdue(struct request *request);
enum error task_list(struct request *request);
enum error task_get(struct request *request);
enum error task_suggest(struct request *request);

/* ---- documents ---- */

void task_apply(struct change *change);
/* Notifications after the documents of an event were put; before NULL = a new to-do. proposals: ids. */
void task_tell(struct change *change, struct id id, const json_t *before, const json_t *after,
               const json_t *proposals);
/* Of an event of a proposal: those who voted on it hear that it is realised. */
void task_tell_realised(struct change *change);

/* Leaving (task_leave.c): every open to-do of the member is let go, and those in `handed` ([{"id","to"?}], texts) are
 * put to somebody else. Checks all before it emits anything; faults on "tasks". */
enum { TASKS_HANDED_MAX = 100 };
enum error task_hand_over_all(struct request *request, struct id member, const json_t *handed);

#endif
