/* The demo as a list of dated acts: who sends which command when. Planned from the file (demo_people.c, demo_texts.c,
 * demo_votes.c, demo_more.c), told on a simulated clock (demo_run.c), compared with what the file expects (demo_expect.c).
 *
 * The organisation's time zone is in force (local_time.h) while a story is planned and told. */
#ifndef PALABRE_SERVER_COMMANDS_DEMO_STORY_H
#define PALABRE_SERVER_COMMANDS_DEMO_STORY_H

#include "assembly/assembly.h"
#include "server/engine/folder.h"

enum {
    DEMO_MESSAGE_SIZE = 400,
    DEMO_LEFT_MAX = 40,
    DEMO_FILE_MAX = 16 << 10,
    DEMO_CHOICE_MAX = 16
};
#define DEMO_MINUTE ((uint64_t)60 * 1000)
#define DEMO_HOUR   (60 * DEMO_MINUTE)
#define DEMO_DAY    (24 * DEMO_HOUR)

/* What an act's parameters need that only the telling knows. */
enum demo_need {
    NEED_NOTHING,
    NEED_TOKEN,     /* session.join: the token of `member`'s invitation */
    NEED_KEY,       /* device.enrol: key and proof of `member` */
    NEED_BALLOT,    /* ballot.cast: `member`'s signed ballot on `poll` */
    NEED_OBJECTION, /* comment.post: on what `member` objected in `poll` */
    NEED_BYTES,     /* file.received: the bytes of `file` on the shelf */
};
struct demo_act {
    uint64_t at_ms;
    size_t order; /* acts of one instant keep the order they were planned in */
    const char *method;
    struct caller caller;
    json_t *params; /* owned; `command` is added when told */
    enum demo_need need;
    struct id member, poll;
    uint8_t choice[DEMO_CHOICE_MAX]; /* of a ballot, as in the record */
    size_t choice_size;
    const json_t *reason; /* of a ballot: the text to be noted, or NULL; borrowed */
    uint32_t counter, weight;
    const json_t *file; /* of demo-more.json; borrowed */
};
struct demo_left { /* what the program cannot do yet */
    const char *what;
    size_t count;
};
struct demo_story {
    json_t *file; /* owned */
    json_t *more; /* demo-more.json; owned */
    struct id org;
    uint64_t now_ms; /* the day the demo is made; no act is later */
    uint64_t founded_ms;
    struct demo_act *acts;
    size_t count, capacity;
    struct demo_left left[DEMO_LEFT_MAX];
    size_t left_count;
    size_t ballots; /* voters of the polls told; a changed ballot counts once */
};

/* Reads the built-in files. The caller clears. */
void demo_story_open(struct demo_story *story, uint64_t now_ms);
/* Plans everything; acts are then in order of time. */
void demo_story_plan(struct demo_story *story);
void demo_story_clear(struct demo_story *story);

/* Parts of the plan. */
void demo_plan_people(struct demo_story *story);
void demo_plan_groups(struct demo_story *story);
void demo_plan_texts(struct demo_story *story);
void demo_plan_votes(struct demo_story *story);
/* Of one proposal (demo_authors.c): its co-authors, its merge into another. */
void demo_plan_authors(struct demo_story *story, const json_t *proposal, uint64_t created_ms);
void demo_plan_merge(struct demo_story *story, const json_t *proposal, uint64_t at_ms);
/* What it asks for, as the command takes it; NULL = nothing. New reference. */
json_t *demo_asks(const json_t *proposal);
/* The member's support of this proposal comes along from one that was merged into it. */
bool demo_comes_along(const struct demo_story *story, struct id proposal, struct id member);
void demo_plan_tasks(struct demo_story *story);
/* A choice of the file on this poll as the record has it: form, then its body; *size receives its bytes. */
void demo_choice(const json_t *poll, const json_t *told, uint8_t choice[DEMO_CHOICE_MAX],
                 size_t *size);
/* Parameters of poll.define that depend on the method: options, params, rule, electorate (demo_polls.c). */
void demo_poll_params(const json_t *poll, json_t *params);
/* Meetings and the votes of the assembly (demo_meetings.c). */
void demo_plan_meetings(struct demo_story *story);
/* Options of a poll as the command takes them. New reference. */
json_t *demo_poll_options(const json_t *poll);
/* What demo-more.json tells besides. */
void demo_plan_more(struct demo_story *story);
/* Acts there with this method, on this kind of thing (NULL = any). */
size_t demo_more_count(const struct demo_story *story, const char *method, const char *on);
/* Appends the bytes of a file there; bytes: DEMO_FILE_MAX. */
void demo_file_bytes(const json_t *file, struct buffer *bytes);

/* Adds an act; params is taken. The answer may be changed until the next one is added. */
struct demo_act *demo_act_add(struct demo_story *story, uint64_t at_ms, struct caller caller,
                              const char *method, json_t *params);
void demo_leave_out(struct demo_story *story, const char *what, size_t count);

/* Callers. */
struct caller demo_operator(void);
struct caller demo_as(struct id member);
struct caller demo_as_text(const json_t *id_text);

/* Looking things up in the file; borrowed. */
const json_t *demo_list(const struct demo_story *story, const char *name);
const json_t *demo_find(const struct demo_story *story, const char *list, struct id id);
struct id demo_id(const json_t *text);
/* The first member with this role. */
struct id demo_role(const struct demo_story *story, const char *role);
/* Unix ms of {days, time}, never later than now. `dated` 0 = the value is not there. */
uint64_t demo_time(const struct demo_story *story, const json_t *value);
/* The same without the bound: for dates to come. */
uint64_t demo_date(const struct demo_story *story, const json_t *value);
/* When a member joined; acts in their name are not earlier. */
uint64_t demo_joined(const struct demo_story *story, struct id member);
/* later of two times, and never later than now. */
uint64_t demo_not_before(const struct demo_story *story, uint64_t at_ms, uint64_t least_ms);
/* The poll that is told or left out about this proposal; NULL = none. */
const json_t *demo_poll_about(const struct demo_story *story, struct id proposal);
/* The program can hold this vote. */
bool demo_poll_is_told(const json_t *poll);
/* The file's decision is told (its poll is). */
bool demo_decision_is_told(const struct demo_story *story, struct id decision);
/* The poll of a decision of the file. */
struct id demo_decision_poll(const struct demo_story *story, struct id decision);
/* The to-do is told (what it comes from is). */
bool demo_task_is_told(const struct demo_story *story, const json_t *task);
/* The id that the register gives the decision of a poll. */
struct id demo_decision_id(struct id poll);

/* The shelf of files of the folder at dir while the story is told. NULL = a message says why. The caller closes. */
struct demo_shelf;
struct demo_shelf *demo_shelf_open(struct folder *folder, const char *dir,
                                   char message[DEMO_MESSAGE_SIZE]);
void demo_shelf_close(struct demo_shelf *files);
/* Checks and keeps a file's bytes; params becomes what file.received says of them. The reason why not. */
enum error demo_shelf_put(struct demo_shelf *files, const json_t *file, json_t *params);
/* What was put is known by now: the commit is done. */
void demo_shelf_release(struct demo_shelf *files);

/* Tells the story in an empty organisation's folder. False = a message says what was refused. */
bool demo_tell(struct demo_story *story, struct folder *folder, const char *dir,
               char message[DEMO_MESSAGE_SIZE]);

struct demo_figures {
    size_t members, groups, proposals, comments, polls, ballots, decisions, tasks, meetings, files,
        reports;
};
/* Compares every figure with the file's; counts. False = a message names the first that differs. */
bool demo_expect(const struct demo_story *story, struct folder *folder,
                 struct demo_figures *figures, char message[DEMO_MESSAGE_SIZE]);

/* Makes the demo in DIR: a new folder, or an empty one. It is told in DIR.making first, which takes the name DIR when all
 * is done, so that a demo is there whole or not at all. The caller clears the story, which is opened in any case. */
enum demo_outcome { DEMO_MADE, DEMO_WAS_THERE, DEMO_FAILED };
enum demo_outcome demo_make(const char *dir, uint64_t now_ms, struct demo_story *story,
                            struct demo_figures *figures, char message[DEMO_MESSAGE_SIZE]);

#endif
