/* Votes and to-dos of the demo.
 *
 * A vote is defined by a facilitator the evening before it opens, opened by hand at its time and closed by its date: its
 * result, its decision and the next state of its proposal are the system's. Ballots are spread evenly over the time it is
 * open (until now, for one that still is); a changed one comes half-way before the one that replaced it.
 * To-dos come from decisions, whose ids the register derives from the vote's. Start at demo_plan_votes(). */
#include "server/commands/demo_story.h"

#include <stdio.h>

#include "base/fatal.h"
#include "ledger/definition.h"

/* ---- votes ---- */

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

static void plan_definition(struct demo_story *story, const json_t *poll, uint64_t opened_ms,
                            uint64_t closes_ms)
{
    static const char *const names[] = {"id",     "kind", "body",   "about",    "question",
                                        "method", "mode", "revote", "show_live"};
    json_t *params = json_object();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_put(params, names[i], json_incref(json_object_get(poll, names[i])));
    }
    demo_poll_params(poll, params);
    json_put(params, "closes", closes_ms == 0 ? NULL : json_number(closes_ms));
    struct caller facilitator = demo_as(demo_role(story, "facilitator"));
    demo_act_add(story, opened_ms - 11 * DEMO_HOUR, facilitator, "poll.define", params);
    params = json_object();
    json_put(params, "id", json_incref(json_object_get(poll, "id")));
    struct demo_act *act = demo_act_add(story, opened_ms, facilitator, "poll.open", params);
    act->poll = json_get_id(poll, "id");
}

/* An objection needs a reason: the one that the file tells of this member. */
static const json_t *reason_of(const json_t *poll, struct id member)
{
    size_t i;
    json_t *objection;
    json_array_foreach(json_object_get(poll, "objections"), i, objection)
    {
        if (id_equal(json_get_id(objection, "member"), member)) {
            return json_object_get(json_object_get(objection, "text"), "text");
        }
    }
    return NULL;
}

static void plan_ballot(struct demo_story *story, const json_t *poll, struct id member,
                        const json_t *told, uint32_t counter, uint64_t at_ms)
{
    const json_t *about = demo_find(story, "members", member);
    struct demo_act *act =
        demo_act_add(story, at_ms, demo_as(member), "ballot.cast", json_object());
    act->need = NEED_BALLOT;
    act->member = member;
    act->poll = json_get_id(poll, "id");
    demo_choice(poll, json_object_get(told, "choice"), act->choice, &act->choice_size);
    act->reason = act->choice[0] == FORM_CONSENT && act->choice[1] == CHOICE_OBJECTION
                      ? reason_of(poll, member)
                      : NULL;
    act->counter = counter;
    act->weight = (uint32_t)json_get_integer(about, "weight");
}

/* What the file tells in answer to this member's objection, while it stands. */
static void plan_answer(struct demo_story *story, const json_t *poll, struct id member,
                        uint64_t at_ms)
{
    static const char *const words[] = {"language", "text"};
    size_t i;
    json_t *objection;
    json_array_foreach(json_object_get(poll, "objections"), i, objection)
    {
        const json_t *answer = json_object_get(objection, "answer");
        if (answer == NULL || !id_equal(json_get_id(objection, "member"), member)) {
            continue;
        }
        json_t *params = json_object();
        json_put(params, "id", json_incref(json_object_get(objection, "id")));
        for (size_t at = 0; at < sizeof words / sizeof words[0]; at++) {
            json_put(params, words[at], json_incref(json_object_get(answer, words[at])));
        }
        struct demo_act *act =
            demo_act_add(story, at_ms, demo_as(json_get_id(answer, "by")), "comment.post", params);
        act->need = NEED_OBJECTION;
        act->member = member;
        act->poll = json_get_id(poll, "id");
    }
}

static void plan_ballots(struct demo_story *story, const json_t *poll, uint64_t opened_ms,
                         uint64_t until_ms)
{
    const json_t *ballots = json_object_get(poll, "ballots");
    size_t count = json_array_size(ballots);
    for (size_t i = 0; i < count; i++) {
        const json_t *ballot = json_array_get(ballots, i);
        const json_t *earlier = json_object_get(ballot, "earlier");
        struct id member = json_get_id(ballot, "member");
        uint64_t after_ms = (until_ms - opened_ms) * (i + 1) / (count + 1);
        if (earlier != NULL) {
            plan_ballot(story, poll, member, earlier, 1, opened_ms + after_ms / 2);
            plan_answer(story, poll, member, opened_ms + after_ms / 4 * 3);
        }
        plan_ballot(story, poll, member, ballot, earlier == NULL ? 1 : 2, opened_ms + after_ms);
    }
    story->ballots += count;
}

static void plan_poll(struct demo_story *story, const json_t *poll)
{
    if (slice_equal(json_get_text(poll, "body"), slice_text("assembly"))) {
        return; /* demo_meetings.c */
    }
    if (!demo_poll_is_told(poll)) {
        demo_leave_out(story, "votes on a shared budget", 1);
        return;
    }
    const json_t *closed = json_object_get(poll, "closed");
    const json_t *closes = closed != NULL ? closed : json_object_get(poll, "closes");
    uint64_t opened_ms = demo_time(story, json_object_get(poll, "opened"));
    uint64_t closes_ms = closes == NULL ? 0 : demo_date(story, closes); /* 0: by hand, later */
    plan_definition(story, poll, opened_ms, closes_ms);
    plan_ballots(story, poll, opened_ms,
                 closes_ms == 0 ? story->now_ms : demo_not_before(story, closes_ms, 0));
}

/* When it is looked at again, set the day after it was recorded; what became of it, told a month later. */
static void plan_decision(struct demo_story *story, const json_t *decision)
{
    struct id id = demo_decision_id(json_get_id(decision, "poll"));
    struct caller keeper = demo_as_text(json_object_get(decision, "recorded_by"));
    uint64_t recorded_ms = demo_time(story, json_object_get(decision, "recorded"));
    const json_t *review = json_object_get(decision, "review");
    json_t *report = json_object_get(decision, "report");
    json_t *params = json_object();
    json_put(params, "id", json_id(id));
    json_put(params, "review_ms",
             review == NULL ? json_null() : json_number(demo_date(story, review)));
    demo_act_add(story, demo_not_before(story, recorded_ms + DEMO_DAY, 0), keeper,
                 "decision.review", params);
    if (report != NULL) {
        params = json_object();
        json_put(params, "id", json_id(id));
        json_put(params, "text", json_incref(report));
        demo_act_add(story, demo_not_before(story, recorded_ms + 30 * DEMO_DAY, 0), keeper,
                     "decision.report", params);
    }
}

void demo_plan_votes(struct demo_story *story)
{
    const json_t *polls = demo_list(story, "polls");
    const json_t *decisions = demo_list(story, "decisions");
    for (size_t i = 0; i < json_array_size(polls); i++) {
        plan_poll(story, json_array_get(polls, i));
    }
    for (size_t i = 0; i < json_array_size(decisions); i++) {
        const json_t *decision = json_array_get(decisions, i);
        if (demo_decision_is_told(story, json_get_id(decision, "id"))) {
            plan_decision(story, decision);
        } else {
            demo_leave_out(story, "decisions", 1);
        }
    }
}

/* ---- to-dos ---- */

static bool state_is(const json_t *task, const char *state)
{
    return slice_equal(json_get_text(task, "state"), slice_text(state));
}

static json_t *text_in(const json_t *texts, const json_t *thing)
{
    json_t *text = json_object_get(texts, json_string_value(json_object_get(thing, "language")));
    assert_always(text != NULL);
    return json_incref(text);
}

/* In the register the decision has another id than in the file. */
static json_t *source_of(const struct demo_story *story, const json_t *task)
{
    const json_t *told = json_object_get(task, "from");
    struct id id = json_get_id(told, "id");
    json_t *from = json_object();
    if (slice_equal(json_get_text(told, "kind"), slice_text("decision"))) {
        id = demo_decision_id(demo_decision_poll(story, id));
    }
    json_put(from, "kind", json_incref(json_object_get(told, "kind")));
    json_put(from, "id", json_id(id));
    return from;
}

/* The file names lines by their texts; the id of one follows from the to-do and its place. */
static struct id line_id(const json_t *task, size_t place)
{
    uint8_t at = (uint8_t)place;
    struct slice parts[] = {json_get_text(task, "id"), slice_of(&at, 1)};
    return id_from_hash(crypto_hash_tagged("line", parts, 2));
}

static json_t *checklist_of(const json_t *task)
{
    size_t i;
    json_t *told, *lines = json_array();
    json_array_foreach(json_object_get(task, "checklist"), i, told)
    {
        json_t *line = json_object();
        json_put(line, "id", json_id(line_id(task, i)));
        json_put(line, "text", json_incref(json_object_get(told, "text")));
        json_array_append_new(lines, line);
    }
    return lines;
}

/* The lines that are done were ticked one by one, by whoever took it first. */
static void plan_ticks(struct demo_story *story, const json_t *task, uint64_t created_ms)
{
    size_t i;
    json_t *told;
    const json_t *assignee = json_array_get(json_object_get(task, "assignees"), 0);
    json_array_foreach(json_object_get(task, "checklist"), i, told)
    {
        if (json_get_flag(told, "done")) {
            json_t *params = json_object();
            json_put(params, "id", json_incref(json_object_get(task, "id")));
            json_put(params, "line", json_id(line_id(task, i)));
            json_put(params, "on", json_boolean(true));
            demo_act_add(story, demo_not_before(story, created_ms + (i + 2) * 4 * DEMO_DAY, 0),
                         demo_as_text(assignee), "task.check", params);
        }
    }
}

static void plan_creation(struct demo_story *story, const json_t *task, uint64_t created_ms)
{
    json_t *params = json_object(), *people = json_array();
    json_put(params, "checklist", checklist_of(task));
    json_t *effort = json_object_get(task, "effort_hours");
    json_put(params, "effort_hours", effort == NULL ? NULL : json_incref(effort));
    json_array_extend(people, json_object_get(task, "assignees"));
    if (json_object_get(task, "asked") != NULL) {
        json_array_extend(people, json_object_get(task, "asked"));
    }
    json_put(params, "id", json_incref(json_object_get(task, "id")));
    json_put(params, "language", json_incref(json_object_get(task, "language")));
    json_put(params, "title", text_in(json_object_get(task, "title"), task));
    json_put(params, "result", text_in(json_object_get(task, "result"), task));
    json_put(params, "due", json_number(demo_date(story, json_object_get(task, "due"))));
    json_put(params, "from", source_of(story, task));
    json_put(params, "assignees", people);
    demo_act_add(story, created_ms, demo_as(demo_role(story, "secretary")), "task.create", params);
}

/* Who was asked and took it says yes; who was asked for a to-do that stayed free says no. */
static void plan_answers(struct demo_story *story, const json_t *task, const char *list, bool yes,
                         uint64_t created_ms)
{
    const json_t *people = json_object_get(task, list);
    for (size_t i = 0; i < json_array_size(people); i++) {
        json_t *params = json_object();
        json_put(params, "id", json_incref(json_object_get(task, "id")));
        json_put(params, "yes", json_boolean(yes));
        demo_act_add(story, demo_not_before(story, created_ms + (i + 1) * 7 * DEMO_HOUR, 0),
                     demo_as_text(json_array_get(people, i)), "task.answer", params);
    }
}

static void plan_mark(struct demo_story *story, const json_t *task, uint64_t at_ms,
                      struct caller by, const char *state, json_t *reason)
{
    json_t *params = json_object();
    json_put(params, "id", json_incref(json_object_get(task, "id")));
    json_put(params, "state", word(state));
    json_put(params, "reason", reason);
    demo_act_add(story, at_ms, by, "task.mark", params);
}

static void plan_thanks(struct demo_story *story, const json_t *task, uint64_t done_ms)
{
    const json_t *thanks = json_object_get(task, "thanks");
    for (size_t i = 0; i < json_array_size(thanks); i++) {
        const json_t *one = json_array_get(thanks, i);
        json_t *params = json_object();
        json_put(params, "id", json_incref(json_object_get(task, "id")));
        json_put(params, "text", json_incref(json_object_get(one, "text")));
        demo_act_add(story, demo_not_before(story, done_ms + (i + 1) * 14 * DEMO_HOUR, 0),
                     demo_as(json_get_id(one, "member")), "task.thank", params);
    }
}

static void plan_task(struct demo_story *story, const json_t *task)
{
    if (!demo_task_is_told(story, task)) {
        demo_leave_out(story, "to-dos", 1);
        return;
    }
    uint64_t created_ms = demo_time(story, json_object_get(task, "created"));
    plan_creation(story, task, created_ms);
    plan_answers(story, task, "assignees", true, created_ms);
    if (state_is(task, "free")) {
        plan_answers(story, task, "asked", false, created_ms);
    }
    if (state_is(task, "done")) {
        uint64_t done_ms = demo_time(story, json_object_get(task, "done_at"));
        const json_t *assignee = json_array_get(json_object_get(task, "assignees"), 0);
        plan_mark(story, task, done_ms, demo_as_text(assignee), "done", NULL);
        plan_thanks(story, task, done_ms);
    }
    if (state_is(task, "dropped")) {
        struct id by = demo_role(story, "facilitator");
        plan_mark(story, task, demo_time(story, json_object_get(task, "due")), demo_as(by),
                  "dropped", text_in(json_object_get(task, "reason"), task));
    }
    plan_ticks(story, task, created_ms);
}

void demo_plan_tasks(struct demo_story *story)
{
    const json_t *tasks = demo_list(story, "tasks");
    for (size_t i = 0; i < json_array_size(tasks); i++) {
        plan_task(story, json_array_get(tasks, i));
    }
}
