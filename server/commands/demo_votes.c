/* Votes and to-dos of the demo.
 *
 * A vote is defined by a facilitator the evening before it opens, opened by hand at its time and closed by its date: its
 * result, its decision and the next state of its proposal are the system's. Ballots are spread evenly over the time it is
 * open (until now, for one that still is); a changed one comes half-way before the one that replaced it.
 * To-dos come from decisions, whose ids the register derives from the vote's. Start at demo_plan_votes(). */
#include "server/commands/demo_story.h"

#include <stdio.h>

#include "base/fatal.h"

/* ---- votes ---- */

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

/* The story's names for the parts of a rule are not the protocol's. */
static json_t *rule_of(const json_t *poll)
{
    const json_t *told = json_object_get(poll, "rule");
    const json_t *majority = json_object_get(told, "majority");
    const json_t *quorum = json_object_get(told, "quorum");
    json_t *rule = json_object(), *part = json_object();
    json_put(part, "num", json_incref(json_object_get(majority, "num")));
    json_put(part, "den", json_incref(json_object_get(majority, "den")));
    json_put(part, "strict", json_incref(json_object_get(majority, "strict")));
    json_put(part, "base", word("votes"));
    json_put(rule, "name", word("simple-majority"));
    json_put(rule, "majority", part);
    json_put(rule, "abstain", word("out"));
    json_put(rule, "blank", word("out"));
    json_put(rule, "void", word("out"));
    if (json_is_object(quorum)) {
        part = json_object();
        json_put(part, "num", json_incref(json_object_get(quorum, "num")));
        json_put(part, "den", json_incref(json_object_get(quorum, "den")));
        json_put(part, "strict", json_false());
        json_put(part, "unit", word("heads"));
        json_put(part, "of", word("part"));
        json_put(rule, "quorum", part);
    }
    json_put(rule, "tie", word("not_adopted"));
    return rule;
}

static void plan_definition(struct demo_story *story, const json_t *poll, uint64_t opened_ms,
                            uint64_t closes_ms)
{
    static const char *const names[] = {"id",     "kind", "body",   "about",    "question",
                                        "method", "mode", "revote", "show_live"};
    json_t *params = json_object(), *method = json_object(), *flags = json_array();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_put(params, names[i], json_incref(json_object_get(poll, names[i])));
    }
    json_array_append_new(flags, word("abstain"));
    json_put(method, "flags", flags);
    json_put(params, "params", method);
    json_put(params, "options", json_array());
    json_put(params, "rule", rule_of(poll));
    json_put(params, "closes", json_number(closes_ms));
    struct caller facilitator = demo_as(demo_role(story, "facilitator"));
    demo_act_add(story, opened_ms - 11 * DEMO_HOUR, facilitator, "poll.define", params);
    params = json_object();
    json_put(params, "id", json_incref(json_object_get(poll, "id")));
    struct demo_act *act = demo_act_add(story, opened_ms, facilitator, "poll.open", params);
    act->poll = json_get_id(poll, "id");
}

static uint8_t choice_of(const json_t *ballot)
{
    switch (json_get_integer(ballot, "choice")) {
    case 0:
        return 1;
    case 1:
        return 2;
    case 2:
        return 0;
    default:
        fatal_bug(__FILE__, __LINE__, "a yes-no choice of the demo is 0, 1 or 2");
    }
}

static void plan_ballot(struct demo_story *story, const json_t *poll, struct id member,
                        uint8_t choice, uint32_t counter, uint64_t at_ms)
{
    const json_t *about = demo_find(story, "members", member);
    struct demo_act *act =
        demo_act_add(story, at_ms, demo_as(member), "ballot.cast", json_object());
    act->need = NEED_BALLOT;
    act->member = member;
    act->poll = json_get_id(poll, "id");
    act->choice = choice;
    act->counter = counter;
    act->weight = (uint32_t)json_get_integer(about, "weight");
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
            plan_ballot(story, poll, member, choice_of(earlier), 1, opened_ms + after_ms / 2);
        }
        plan_ballot(story, poll, member, choice_of(ballot), earlier == NULL ? 1 : 2,
                    opened_ms + after_ms);
    }
    story->ballots += count;
}

static const char *left_out_as(const json_t *poll)
{
    static const char *const kinds[][2] = {
        {"consent", "votes by consent"},
        {"stv-scottish", "votes by single transferable vote"},
        {"pb-mes", "votes on a shared budget"},
        {"majority-judgment", "votes by majority judgment"},
        {"approval", "votes by approval"},
        {"schulze", "votes by ranking"},
        {"single", "votes for one of several"},
        {"yes-no", "votes of an assembly"},
    };
    struct slice method = json_get_text(poll, "method");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (slice_equal(method, slice_text(kinds[i][0]))) {
            return kinds[i][1];
        }
    }
    return "votes of other kinds";
}

static void plan_poll(struct demo_story *story, const json_t *poll)
{
    if (!demo_poll_is_told(poll)) {
        demo_leave_out(story, left_out_as(poll), 1);
        return;
    }
    const json_t *closed = json_object_get(poll, "closed");
    uint64_t opened_ms = demo_time(story, json_object_get(poll, "opened"));
    uint64_t closes_ms =
        demo_date(story, closed != NULL ? closed : json_object_get(poll, "closes"));
    plan_definition(story, poll, opened_ms, closes_ms);
    plan_ballots(story, poll, opened_ms, demo_not_before(story, closes_ms, 0));
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
