/* To-dos while they wait and while they are worked on: whom to ask, what is expected, the checklist, and the date that
 * passes.
 *
 * Asking names the whole list of people asked afterwards, so adding and taking back are one event. Somebody who hands over
 * stays until the other says yes: the person asked carries `instead_of`. An update carries only what changed; a line of the
 * checklist keeps its tick as long as it keeps its id. The date that passes is the system's own command, once for each
 * date. Start at task_ask(), task_update(), task_check(), task_overdue(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/task.h"

/* ---- task.ask ---- */

/* What the caller must be to it to ask, or to take a question back. */
static unsigned who_asks(enum task_state state)
{
    return TASK_MAKER | TASK_FACILITATOR | (state == TASK_TAKEN ? TASK_ASSIGNEE : 0);
}

static enum error check_asking(struct request *request, const json_t *task)
{
    enum task_state state = task_state_of(task);
    unsigned who = task_relations(request, task, request->caller.member);
    if (state != TASK_FREE && state != TASK_ASKED && state != TASK_TAKEN) {
        return request_fault(request, "id", ERROR_TASK_BAD_STATE);
    }
    if ((who & who_asks(state)) == 0) {
        return ERROR_RIGHT_MISSING;
    }
    if (json_get_flag(request->params, "hand_over") &&
        (state != TASK_TAKEN || (who & TASK_ASSIGNEE) == 0)) {
        return request_fault(request, "hand_over", ERROR_INPUT_BAD_VALUE);
    }
    return ERROR_NONE;
}

static json_t *ids_of(const json_t *people)
{
    size_t i;
    json_t *item, *ids = json_array();
    json_array_foreach(people, i, item)
    {
        json_array_append_new(ids, json_id(json_get_id(item, "id")));
    }
    return ids;
}

/* Those named join the list of people asked; the event says for whom they would stand in. */
static enum error add_asked(struct request *request, const json_t *task, const json_t *named,
                            json_t *asked, json_t *event)
{
    size_t i;
    json_t *item, *instead = json_object();
    bool hand_over = json_get_flag(request->params, "hand_over");
    enum error error = ERROR_NONE;
    json_array_foreach(named, i, item)
    {
        struct id member = {{0}};
        (void)id_parse(slice_of(json_string_value(item), json_string_length(item)), &member);
        if (people_have(json_object_get(task, "assignees"), member) || ids_have(asked, member)) {
            error = request_fault(request, "members", ERROR_INPUT_BAD_VALUE);
            break;
        }
        json_array_append(asked, item);
        if (hand_over) {
            json_put(instead, json_string_value(item), json_id(request->caller.member));
        }
    }
    if (json_array_size(asked) + json_array_size(json_object_get(task, "assignees")) >
        TASK_PEOPLE_MAX) {
        error = request_fault(request, "members", ERROR_INPUT_TOO_BIG);
    }
    json_put(event, "instead", instead);
    return error;
}

static enum error remove_asked(struct request *request, const json_t *named, json_t **asked)
{
    size_t i;
    json_t *item;
    json_array_foreach(named, i, item)
    {
        struct id member = {{0}};
        (void)id_parse(slice_of(json_string_value(item), json_string_length(item)), &member);
        if (!ids_have(*asked, member)) {
            return request_fault(request, "members", ERROR_INPUT_BAD_VALUE);
        }
        json_t *rest = ids_with(*asked, member, false);
        json_decref(*asked);
        *asked = rest;
    }
    return ERROR_NONE;
}

static enum error make_asked(struct request *request, const json_t *task, json_t *event)
{
    json_t *self = json_array(), *named = json_array();
    json_t *asked = ids_of(json_object_get(task, "asked"));
    bool off = request_has(request, "on") && !json_get_flag(request->params, "on");
    enum error error = task_sort_people(request, "members",
                                        json_object_get(request->params, "members"), self, named);
    if (error == ERROR_NONE && json_array_size(self) > 0) { /* oneself takes, and is not asked */
        error = request_fault(request, "members", ERROR_INPUT_BAD_VALUE);
    }
    if (error == ERROR_NONE) {
        error = off ? remove_asked(request, named, &asked)
                    : add_asked(request, task, named, asked, event);
    }
    enum task_state from = task_state_of(task);
    enum task_state to = from == TASK_TAKEN           ? TASK_TAKEN
                         : json_array_size(asked) > 0 ? TASK_ASKED
                                                      : TASK_FREE;
    task_put_step(event, from, to);
    json_put(event, "asked", asked);
    json_decref(self);
    json_decref(named);
    return error;
}

enum error task_ask(struct request *request)
{
    struct id id;
    json_t *task;
    enum error error = task_find(request, &id, &task);
    if (error != ERROR_NONE) {
        return error;
    }
    error = check_asking(request, task);
    if (error == ERROR_NONE) {
        json_t *event = task_event("asked", id);
        error = make_asked(request, task, event);
        if (error == ERROR_NONE) {
            task_emit(request, event);
        } else {
            json_decref(event);
        }
    }
    json_decref(task);
    return error;
}

/* ---- task.update ---- */

static bool lines_are_distinct(const json_t *lines)
{
    size_t i;
    json_t *item;
    bool good = true;
    json_t *seen = json_array();
    json_array_foreach(lines, i, item)
    {
        struct id id = json_get_id(item, "id");
        good = good && !ids_have(seen, id);
        json_array_append_new(seen, json_id(id));
    }
    json_decref(seen);
    return good;
}

enum error task_check_texts(struct request *request)
{
    size_t i;
    json_t *item;
    bool good = true;
    json_t *organisation = organisation_load(request_txn(request));
    json_array_foreach(json_object_get(request->params, "themes"), i, item)
    {
        struct slice key = slice_of(json_string_value(item), json_string_length(item));
        good = good && organisation_has_theme(organisation, key);
    }
    json_decref(organisation);
    if (!good) {
        return request_fault(request, "themes", ERROR_INPUT_BAD_VALUE);
    }
    return lines_are_distinct(json_object_get(request->params, "checklist"))
               ? ERROR_NONE
               : request_fault(request, "checklist", ERROR_INPUT_BAD_VALUE);
}

/* The lines as an update names them: ids and texts. New reference. */
static json_t *bare_lines(const json_t *lines)
{
    static const char *const names[] = {"id", "text", NULL};
    size_t i;
    json_t *item, *bare = json_array();
    json_array_foreach(lines, i, item)
    {
        json_t *line = json_object();
        fields_copy(line, item, names);
        json_array_append_new(bare, line);
    }
    return bare;
}

/* A field of the command, where the document has it, and what stands for "none" in the event. */
struct editable {
    const char *param, *member;
    bool number;
};
static const struct editable editables[] = {
    {"title", "title", false},
    {"result", "result", false},
    {"quality", "quality", false},
    {"due", "due_ms", true},
    {"effort_hours", "effort_hours", true},
    {"language", "language", false},
    {"themes", "themes", false},
    {"checklist", "checklist", false},
};

/* What the to-do says now, in the form the command gives it. New reference. */
static json_t *current(const json_t *task, const struct editable *editable)
{
    const json_t *value = json_object_get(task, editable->member);
    if (slice_equal(slice_text(editable->param), slice_text("checklist"))) {
        return bare_lines(value);
    }
    if (value != NULL) {
        return json_deep_copy(value);
    }
    return editable->number ? json_number(0) : json_text(slice_text(""));
}

/* The event holds what differs, and `changed` names it. */
static void put_changes(struct request *request, const json_t *task, json_t *event)
{
    json_t *changed = json_array();
    for (size_t i = 0; i < sizeof editables / sizeof editables[0]; i++) {
        const struct editable *editable = &editables[i];
        json_t *given = json_object_get(request->params, editable->param);
        if (given == NULL) {
            continue;
        }
        json_t *wanted = json_is_null(given) ? json_number(0) : json_deep_copy(given);
        json_t *now = current(task, editable);
        if (!json_equal(wanted, now)) {
            json_put(event, editable->param, json_incref(wanted));
            json_array_append_new(changed, json_text(slice_text(editable->param)));
        }
        json_decref(wanted);
        json_decref(now);
    }
    json_put(event, "changed", changed);
}

enum error task_update(struct request *request)
{
    struct id id;
    json_t *task;
    enum error error = task_find(request, &id, &task);
    if (error != ERROR_NONE) {
        return error;
    }
    enum task_state state = task_state_of(task);
    unsigned who = task_relations(request, task, request->caller.member);
    if ((who & (TASK_MAKER | TASK_ASSIGNEE | TASK_FACILITATOR)) == 0) {
        error = ERROR_RIGHT_MISSING;
    } else if (state == TASK_DONE || state == TASK_DROPPED) {
        error = request_fault(request, "id", ERROR_TASK_BAD_STATE);
    } else {
        error = task_check_texts(request);
    }
    if (error == ERROR_NONE) {
        json_t *event = task_event("updated", id);
        put_changes(request, task, event);
        task_emit(request, event);
    }
    json_decref(task);
    return error;
}

/* ---- task.check ---- */

static bool has_line(const json_t *task, struct id line)
{
    return people_have(json_object_get(task, "checklist"), line);
}

enum error task_check(struct request *request)
{
    struct id id, line = request_id(request, "line");
    json_t *task;
    enum error error = task_find(request, &id, &task);
    if (error != ERROR_NONE) {
        return error;
    }
    if ((task_relations(request, task, request->caller.member) & TASK_ASSIGNEE) == 0) {
        error = ERROR_RIGHT_MISSING;
    } else if (task_state_of(task) != TASK_TAKEN) {
        error = request_fault(request, "id", ERROR_TASK_BAD_STATE);
    } else if (!has_line(task, line)) {
        error = request_fault(request, "line", ERROR_INPUT_BAD_VALUE);
    } else {
        json_t *event = task_event("checked", id);
        json_put(event, "line", json_id(line));
        json_put(event, "on", json_boolean(json_get_flag(request->params, "on")));
        task_emit(request, event);
    }
    json_decref(task);
    return error;
}

/* ---- the date that passes ---- */

enum error task_overdue(struct request *request)
{
    struct id id;
    json_t *task;
    enum error error = task_find(request, &id, &task);
    if (error != ERROR_NONE) {
        return error;
    }
    enum task_state state = task_state_of(task);
    int64_t due = json_get_integer(task, "due_ms");
    if (state == TASK_DONE || state == TASK_DROPPED || due == 0 ||
        (uint64_t)due > request->now_ms) {
        error = request_fault(request, "id", ERROR_TASK_BAD_STATE);
    } else {
        json_t *event = task_event("overdue", id);
        json_put(event, "due", json_number((uint64_t)due));
        request_emit_json(request, EVENT_TASK, event);
    }
    json_decref(task);
    return error;
}
