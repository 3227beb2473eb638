/* The plan's own tools: acts, times, and finding things in the file.
 *
 * A time of the file is whole days from the day the demo is made, at a local time of day. Acts that the file does not date
 * (supports, ballots, answers) are placed by the planners between those that it does; demo_not_before() keeps each of them
 * after its actor has joined and before now. The list is sorted once, at the end: by time, then in the order planned.
 * Start at demo_story_plan(). */
#include "server/commands/demo_story.h"

#include <stdlib.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "server/commands/demo_data.h"
#include "server/commands/local_time.h"

/* ---- acts ---- */

struct demo_act *demo_act_add(struct demo_story *story, uint64_t at_ms, struct caller caller,
                              const char *method, json_t *params)
{
    if (story->count == story->capacity) {
        story->capacity = story->capacity == 0 ? 256 : 2 * story->capacity;
        story->acts = memory_resize(story->acts, story->capacity, sizeof *story->acts);
    }
    struct demo_act *act = &story->acts[story->count];
    *act = (struct demo_act){
        .at_ms = at_ms,
        .order = story->count,
        .method = method,
        .caller = caller,
        .params = params,
    };
    story->count++;
    return act;
}

void demo_leave_out(struct demo_story *story, const char *what, size_t count)
{
    for (size_t i = 0; i < story->left_count; i++) {
        if (strcmp(story->left[i].what, what) == 0) {
            story->left[i].count += count;
            return;
        }
    }
    if (count > 0) {
        assert_always(story->left_count < DEMO_LEFT_MAX);
        story->left[story->left_count++] = (struct demo_left){.what = what, .count = count};
    }
}

struct caller demo_operator(void)
{
    return (struct caller){.kind = CALLER_OPERATOR};
}

struct caller demo_as(struct id member)
{
    return (struct caller){.kind = CALLER_MEMBER, .member = member};
}

struct caller demo_as_text(const json_t *id_text)
{
    return demo_as(demo_id(id_text));
}

/* ---- the file ---- */

struct id demo_id(const json_t *text)
{
    struct id id = {{0}};
    assert_always(id_parse(slice_of(json_string_value(text), json_string_length(text)), &id));
    return id;
}

const json_t *demo_list(const struct demo_story *story, const char *name)
{
    const json_t *list = json_object_get(story->file, name);
    assert_always(json_is_array(list));
    return list;
}

const json_t *demo_find(const struct demo_story *story, const char *list, struct id id)
{
    size_t i;
    json_t *item;
    json_array_foreach((json_t *)(uintptr_t)demo_list(story, list), i, item)
    {
        if (id_equal(json_get_id(item, "id"), id)) {
            return item;
        }
    }
    return NULL;
}

struct id demo_role(const struct demo_story *story, const char *role)
{
    const json_t *members = demo_list(story, "members");
    for (size_t i = 0; i < json_array_size(members); i++) {
        const json_t *member = json_array_get(members, i);
        const json_t *roles = json_object_get(member, "roles");
        for (size_t j = 0; j < json_array_size(roles); j++) {
            if (strcmp(json_string_value(json_array_get(roles, j)), role) == 0) {
                return json_get_id(member, "id");
            }
        }
    }
    fatal_bug(__FILE__, __LINE__, "somebody has this role");
}

uint64_t demo_date(const struct demo_story *story, const json_t *value)
{
    struct slice time = json_get_text(value, "time");
    assert_always(time.size == 5);
    int hour = (time.data[0] - '0') * 10 + (time.data[1] - '0');
    int minute = (time.data[3] - '0') * 10 + (time.data[4] - '0');
    return local_time_move(story->now_ms, (int)json_get_integer(value, "days"), hour, minute);
}

uint64_t demo_time(const struct demo_story *story, const json_t *value)
{
    uint64_t at_ms = demo_date(story, value);
    return at_ms < story->now_ms ? at_ms : story->now_ms;
}

uint64_t demo_joined(const struct demo_story *story, struct id member)
{
    return demo_time(story, json_object_get(demo_find(story, "members", member), "joined"));
}

uint64_t demo_not_before(const struct demo_story *story, uint64_t at_ms, uint64_t least_ms)
{
    uint64_t later_ms = at_ms > least_ms ? at_ms : least_ms;
    return later_ms < story->now_ms ? later_ms : story->now_ms;
}

/* ---- what is told ---- */

bool demo_poll_is_told(const json_t *poll)
{
    return !slice_equal(json_get_text(poll, "method"), slice_text("pb-mes")) &&
           !slice_equal(json_get_text(poll, "body"), slice_text("assembly"));
}

const json_t *demo_poll_about(const struct demo_story *story, struct id proposal)
{
    const json_t *polls = demo_list(story, "polls");
    for (size_t i = 0; i < json_array_size(polls); i++) {
        const json_t *poll = json_array_get(polls, i);
        const json_t *about = json_object_get(poll, "about");
        for (size_t j = 0; j < json_array_size(about); j++) {
            if (id_equal(demo_id(json_array_get(about, j)), proposal)) {
                return poll;
            }
        }
    }
    return NULL;
}

struct id demo_decision_poll(const struct demo_story *story, struct id decision)
{
    return json_get_id(demo_find(story, "decisions", decision), "poll");
}

bool demo_decision_is_told(const struct demo_story *story, struct id decision)
{
    return demo_poll_is_told(demo_find(story, "polls", demo_decision_poll(story, decision)));
}

bool demo_task_is_told(const struct demo_story *story, const json_t *task)
{
    const json_t *from = json_object_get(task, "from");
    struct slice kind = json_get_text(from, "kind");
    if (slice_equal(kind, slice_text("decision"))) {
        return demo_decision_is_told(story, json_get_id(from, "id"));
    }
    return slice_equal(kind, slice_text("proposal"));
}

struct id demo_decision_id(struct id poll)
{
    struct slice parts[] = {id_slice(&poll)};
    return id_from_hash(crypto_hash_tagged("decision", parts, 1));
}

/* ---- the plan ---- */

static int compare_acts(const void *a, const void *b)
{
    const struct demo_act *one = a, *other = b;
    if (one->at_ms != other->at_ms) {
        return one->at_ms < other->at_ms ? -1 : 1;
    }
    return one->order < other->order ? -1 : one->order > other->order;
}

void demo_story_open(struct demo_story *story, uint64_t now_ms)
{
    *story = (struct demo_story){.now_ms = now_ms,
                                 .file = json_parse_own(demo_data()),
                                 .more = json_parse_own(demo_more_data())};
    story->org = json_get_id(json_object_get(story->file, "organisation"), "id");
}

void demo_story_plan(struct demo_story *story)
{
    demo_plan_people(story);
    demo_plan_groups(story);
    demo_plan_texts(story);
    demo_plan_votes(story);
    demo_plan_tasks(story);
    demo_plan_more(story);
    demo_plan_meetings(story);
    qsort(story->acts, story->count, sizeof *story->acts, compare_acts);
}

void demo_story_clear(struct demo_story *story)
{
    for (size_t i = 0; i < story->count; i++) {
        json_decref(story->acts[i].params);
    }
    free(story->acts);
    json_decref(story->file);
    json_decref(story->more);
    *story = (struct demo_story){.count = 0};
}
