/* Meetings of the demo: one that was held, one of a series to come, and the assembly that is being prepared, with its two votes
 * as drafts.
 *
 * The file was written before the protocol: it names decisions by its own ids, votes on items (here a vote is defined for its
 * item), and dates only what was announced. A meeting is planned two weeks before it, an assembly to come yesterday, by its
 * chair, the starter of its group, or a facilitator. What was held is opened and ended at its times; the desk records who
 * came. Start at demo_plan_meetings(). */
#include "server/commands/demo_story.h"

#include "base/fatal.h"

static bool word_is(const json_t *object, const char *key, const char *word)
{
    return slice_equal(json_get_text(object, key), slice_text(word));
}

static bool is_assembly(const json_t *meeting)
{
    return word_is(meeting, "kind", "general_assembly");
}

static bool is_held(const json_t *meeting)
{
    return word_is(meeting, "state", "held");
}

static struct caller leader_of(const struct demo_story *story, const json_t *meeting)
{
    struct id chair = json_get_id(json_object_get(meeting, "offices"), "chair");
    struct id group = json_get_id(meeting, "group");
    if (!id_is_none(group)) {
        return demo_as(json_get_id(demo_find(story, "groups", group), "started_by"));
    }
    return demo_as(id_is_none(chair) ? demo_role(story, "facilitator") : chair);
}

static json_t *params_of(const json_t *meeting, const char *key)
{
    json_t *params = json_object();
    json_put(params, key, json_incref(json_object_get(meeting, "id")));
    return params;
}

/* ---- agendas ---- */

static void add_one(json_t *list, const json_t *item, const char *key)
{
    json_t *one = json_object_get(item, key);
    if (one != NULL) {
        json_array_append(list, one);
    }
}

/* Votes that are there before the meeting; those of the assembly are defined for their item afterwards. */
static json_t *polls_of(const struct demo_story *story, const json_t *item)
{
    json_t *polls = json_array();
    struct id poll = json_get_id(item, "poll");
    if (!id_is_none(poll) && demo_poll_is_told(demo_find(story, "polls", poll))) {
        add_one(polls, item, "poll");
    }
    return polls;
}

static json_t *decisions_of(const struct demo_story *story, const json_t *item)
{
    size_t i;
    json_t *told, *decisions = json_array();
    json_array_foreach(json_object_get(item, "decisions"), i, told)
    {
        struct id id = demo_id(told);
        if (demo_decision_is_told(story, id)) {
            json_array_append_new(decisions,
                                  json_id(demo_decision_id(demo_decision_poll(story, id))));
        }
    }
    return decisions;
}

static json_t *tasks_of(const struct demo_story *story, const json_t *item)
{
    size_t i;
    json_t *told, *tasks = json_array();
    json_array_foreach(json_object_get(item, "tasks"), i, told)
    {
        if (demo_task_is_told(story, demo_find(story, "tasks", demo_id(told)))) {
            json_array_append(tasks, told);
        }
    }
    return tasks;
}

static json_t *item_of(const struct demo_story *story, const json_t *told)
{
    static const char *const copied[] = {"id", "title", "minutes"};
    json_t *item = json_object(), *proposals = json_array();
    for (size_t i = 0; i < sizeof copied / sizeof copied[0]; i++) {
        json_put(item, copied[i], json_incref(json_object_get(told, copied[i])));
    }
    json_put(item, "item_kind", json_incref(json_object_get(told, "kind")));
    add_one(proposals, told, "proposal");
    json_array_extend(proposals, json_object_get(told, "proposals"));
    json_put(item, "proposals", proposals);
    json_put(item, "polls", polls_of(story, told));
    json_put(item, "decisions", decisions_of(story, told));
    json_put(item, "tasks", tasks_of(story, told));
    return item;
}

static json_t *agenda_of(const struct demo_story *story, const json_t *meeting)
{
    size_t i;
    json_t *told, *agenda = json_array();
    json_array_foreach(json_object_get(meeting, "agenda"), i, told)
    {
        json_array_append_new(agenda, item_of(story, told));
    }
    return agenda;
}

/* ---- planning ---- */

static const char *kind_of(const json_t *meeting)
{
    return is_assembly(meeting)                        ? "general_assembly"
           : word_is(meeting, "kind", "group_meeting") ? "group"
                                                       : "work_session";
}

static uint64_t planned_ms(const struct demo_story *story, const json_t *meeting)
{
    uint64_t starts_ms = demo_date(story, json_object_get(meeting, "starts"));
    return is_held(meeting) ? starts_ms - 14 * DEMO_DAY : story->now_ms - DEMO_DAY;
}

static bool has_remote(const json_t *meeting)
{
    size_t i;
    json_t *one;
    bool remote = json_get_flag(json_object_get(meeting, "remote"), "allowed");
    json_array_foreach(json_object_get(meeting, "attendance"), i, one)
    {
        remote = remote || json_get_flag(one, "remote");
    }
    return remote;
}

static void plan_meeting(struct demo_story *story, const json_t *meeting)
{
    static const char *const copied[] = {"title", "place", "group", "notice_days"};
    uint64_t starts_ms = demo_date(story, json_object_get(meeting, "starts"));
    uint64_t ends_ms = demo_date(story, json_object_get(meeting, "announced_end"));
    json_t *params = params_of(meeting, "id");
    json_t *procedure = json_object_get(json_object_get(meeting, "remote"), "procedure");
    for (size_t i = 0; i < sizeof copied / sizeof copied[0]; i++) {
        json_t *value = json_object_get(meeting, copied[i]);
        json_put(params, copied[i], value == NULL ? NULL : json_incref(value));
    }
    json_put(params, "kind", json_text(slice_text(kind_of(meeting))));
    json_put(params, "starts", json_number(starts_ms));
    json_put(params, "minutes", json_number((ends_ms - starts_ms) / DEMO_MINUTE));
    json_put(params, "remote", json_boolean(has_remote(meeting)));
    json_put(params, "procedure", procedure == NULL ? NULL : json_incref(procedure));
    if (word_is(meeting, "series", "first_thursday")) {
        json_put(params, "series", json_text(slice_text("month")));
    }
    if (is_assembly(meeting)) {
        json_put(params, "rule", json_text(slice_text("sc-statutes")));
    }
    json_put(params, "agenda", agenda_of(story, meeting));
    demo_act_add(story, planned_ms(story, meeting), leader_of(story, meeting), "meeting.plan",
                 params);
}

static void plan_offices(struct demo_story *story, const json_t *meeting)
{
    const json_t *told = json_object_get(meeting, "offices");
    json_t *params = params_of(meeting, "id");
    json_object_update(params, (json_t *)(uintptr_t)told);
    demo_act_add(story, planned_ms(story, meeting) + DEMO_HOUR, leader_of(story, meeting),
                 "meeting.offices", params);
}

/* ---- its votes ---- */

/* A statute vote by the preset of its rule; an election has no majority beside its seats. */
static json_t *rule_of(const json_t *poll)
{
    json_t *rule = json_object(),
           *preset = json_object_get(json_object_get(poll, "rule"), "preset");
    if (preset != NULL) {
        json_put(rule, "use", json_incref(preset));
        return rule;
    }
    json_put(rule, "name", json_text(slice_text("custom")));
    json_put(rule, "majority", json_null());
    json_put(rule, "quorum", json_null());
    json_put(rule, "tie", json_text(slice_text("reported")));
    return rule;
}

/* `item` of the file names the vote it is for. */
static void plan_poll(struct demo_story *story, const json_t *meeting, const json_t *item)
{
    static const char *const names[] = {"id",     "kind", "body",   "about",    "question",
                                        "method", "mode", "revote", "show_live"};
    const json_t *poll = demo_find(story, "polls", json_get_id(item, "poll"));
    if (poll == NULL || !word_is(poll, "body", "assembly")) {
        return;
    }
    json_t *params = params_of(meeting, "meeting");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_put(params, names[i], json_incref(json_object_get(poll, names[i])));
    }
    json_put(params, "item", json_incref(json_object_get(item, "id")));
    json_put(params, "options", demo_poll_options(poll));
    if (word_is(poll, "kind", "election")) {
        json_t *seats = json_object();
        json_put(seats, "seats",
                 json_incref(json_object_get(json_object_get(poll, "params"), "winners")));
        json_put(params, "params", seats);
    }
    json_put(params, "rule", rule_of(poll));
    demo_act_add(story, planned_ms(story, meeting) + 2 * DEMO_HOUR, leader_of(story, meeting),
                 "poll.define", params);
}

/* ---- what was held ---- */

static void plan_presence(struct demo_story *story, const json_t *meeting, const json_t *told,
                          const char *date, bool present)
{
    json_t *params = params_of(meeting, "meeting");
    bool remote = json_get_flag(told, "remote");
    json_put(params, "member", json_incref(json_object_get(told, "member")));
    json_put(params, "present", json_boolean(present));
    if (present) {
        json_put(params, "remote", json_boolean(remote));
        json_put(params, "checked", remote ? json_text(slice_text("known")) : NULL);
    }
    demo_act_add(story, demo_time(story, json_object_get(told, date)), leader_of(story, meeting),
                 "attendance.record", params);
}

/* Who stayed to the end leaves with it. */
static void plan_attendance(struct demo_story *story, const json_t *meeting, uint64_t ended_ms)
{
    size_t i;
    json_t *told;
    json_array_foreach(json_object_get(meeting, "attendance"), i, told)
    {
        plan_presence(story, meeting, told, "in", true);
        if (demo_time(story, json_object_get(told, "out")) < ended_ms) {
            plan_presence(story, meeting, told, "out", false);
        }
    }
}

static void plan_held(struct demo_story *story, const json_t *meeting)
{
    struct caller leader = leader_of(story, meeting);
    uint64_t ended_ms = demo_time(story, json_object_get(meeting, "ended"));
    demo_act_add(story, demo_time(story, json_object_get(meeting, "starts")), leader,
                 "meeting.start", params_of(meeting, "id"));
    plan_attendance(story, meeting, ended_ms);
    demo_act_add(story, ended_ms, leader, "meeting.end", params_of(meeting, "id"));
}

void demo_plan_meetings(struct demo_story *story)
{
    const json_t *meetings = demo_list(story, "meetings");
    for (size_t i = 0; i < json_array_size(meetings); i++) {
        const json_t *meeting = json_array_get(meetings, i);
        size_t at;
        json_t *item;
        plan_meeting(story, meeting);
        if (json_object_get(meeting, "offices") != NULL) {
            plan_offices(story, meeting);
        }
        json_array_foreach(json_object_get(meeting, "agenda"), at, item)
        {
            plan_poll(story, meeting, item);
        }
        if (is_held(meeting)) {
            plan_held(story, meeting);
        }
        if (json_object_get(meeting, "call_sent") != NULL) {
            demo_act_add(story, story->now_ms, leader_of(story, meeting), "meeting.call",
                         params_of(meeting, "id"));
        }
        demo_leave_out(story, "proxies", json_array_size(json_object_get(meeting, "proxies")));
    }
}
