/* The to-dos of somebody who leaves: each is handed to a member who is asked, or becomes free.
 *
 * Only the steps that exist are taken, in the name of whoever records the leaving: the leaver gives back or answers no, and
 * then somebody else is asked. What several hold stays with the others. Start at task_hand_over_all(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/task.h"

struct open_list {
    struct id ids[TASKS_HANDED_MAX];
    size_t count;
    bool more;
    struct store_txn *txn;
};

static bool is_open(const json_t *task)
{
    enum task_state state = task_state_find(json_get_text(task, "state"));
    return state == TASK_ASKED || state == TASK_TAKEN;
}

static bool take_open(void *context, struct slice key, struct slice value)
{
    struct open_list *list = context;
    struct id id;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    json_t *task = document_load(list->txn, DOCUMENT_TASK, id);
    if (is_open(task)) {
        list->more = list->count == TASKS_HANDED_MAX;
        if (!list->more) {
            list->ids[list->count++] = id;
        }
    }
    json_decref(task);
    return !list->more;
}

static void open_tasks(struct store_txn *txn, struct id member, struct open_list *list)
{
    struct index_key prefix = index_key(INDEX_TASK_OF_MEMBER);
    index_key_id(&prefix, member);
    list->count = 0;
    list->more = false;
    list->txn = txn;
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), take_open, list);
}

static bool list_has(const struct open_list *list, struct id id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (id_equal(list->ids[i], id)) {
            return true;
        }
    }
    return false;
}

/* Who takes over this to-do; none = nobody was named. */
static struct id successor_of(struct request *request, const json_t *handed, struct id task)
{
    size_t i;
    json_t *item;
    struct id none = {{0}};
    json_array_foreach(handed, i, item)
    {
        struct id id = reference_find(request_txn(request), json_get_text(item, "id"), NUMBER_TASK);
        if (id_equal(id, task)) {
            return reference_find(request_txn(request), json_get_text(item, "to"), NUMBER_MEMBER);
        }
    }
    return none;
}

static enum error check_handed(struct request *request, struct id member, const json_t *handed,
                               const struct open_list *list)
{
    size_t i;
    json_t *item;
    struct record_member record;
    struct store_txn *txn = request_txn(request);
    json_array_foreach(handed, i, item)
    {
        struct id to = reference_find(txn, json_get_text(item, "to"), NUMBER_MEMBER);
        if (!list_has(list, reference_find(txn, json_get_text(item, "id"), NUMBER_TASK))) {
            return request_fault(request, "tasks", ERROR_TASK_UNKNOWN);
        }
        if (json_get_text(item, "to").size == 0) {
            continue;
        }
        if (id_is_none(to) || id_equal(to, member) || !record_member(txn, to, &record)) {
            return request_fault(request, "tasks", ERROR_MEMBER_UNKNOWN);
        }
        if ((record.status != MEMBER_ACTIVE && record.status != MEMBER_DORMANT) ||
            (record.roles & ROLE_OBSERVER) != 0) {
            return request_fault(request, "tasks", ERROR_MEMBER_BAD_STATE);
        }
    }
    return list->more ? request_fault(request, "tasks", ERROR_INPUT_TOO_BIG) : ERROR_NONE;
}

static json_t *step_event(const char *what, struct id task, enum task_state from,
                          enum task_state to)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(task));
    json_put(event, "from", json_text(slice_text(task_state_word(from))));
    json_put(event, "to", json_text(slice_text(task_state_word(to))));
    return event;
}

/* The ids of those asked, without the leaver. New reference. */
static json_t *still_asked(const json_t *task, struct id member)
{
    size_t i;
    json_t *item, *ids = json_array();
    json_array_foreach(json_object_get(task, "asked"), i, item)
    {
        if (!id_equal(json_get_id(item, "id"), member)) {
            json_array_append_new(ids, json_id(json_get_id(item, "id")));
        }
    }
    return ids;
}

/* The leaver's part ends: the state it is then in. */
static enum task_state emit_let_go(struct request *request, struct id member, struct id id,
                                   const json_t *task)
{
    bool holds = people_have(json_object_get(task, "assignees"), member);
    enum task_state from = task_state_find(json_get_text(task, "state")), to = from;
    json_t *asked = still_asked(task, member);
    size_t others =
        holds ? json_array_size(json_object_get(task, "assignees")) - 1 : json_array_size(asked);
    if (others == 0 && (holds || from == TASK_ASKED)) {
        to = TASK_FREE;
    }
    json_t *event = step_event(holds ? "marked" : "answered", id, from, to);
    if (!holds) {
        json_put(event, "yes", json_false());
    }
    json_put(event, "member", json_id(member));
    request_emit_json(request, EVENT_TASK, event);
    json_decref(asked);
    return to;
}

static void hand_over(struct request *request, struct id member, struct id id, struct id to)
{
    json_t *task = document_load(request_txn(request), DOCUMENT_TASK, id);
    enum task_state state = emit_let_go(request, member, id, task);
    if (!id_is_none(to)) {
        json_t *asked = state == TASK_FREE ? json_array() : still_asked(task, member);
        json_t *event =
            step_event("asked", id, state, state == TASK_TAKEN ? TASK_TAKEN : TASK_ASKED);
        json_put(event, "asked", ids_with(asked, to, true));
        json_decref(asked);
        request_emit_json(request, EVENT_TASK, event);
    }
    json_decref(task);
}

enum error task_hand_over_all(struct request *request, struct id member, const json_t *handed)
{
    struct open_list list;
    open_tasks(request_txn(request), member, &list);
    enum error error = check_handed(request, member, handed, &list);
    for (size_t i = 0; error == ERROR_NONE && i < list.count; i++) {
        hand_over(request, member, list.ids[i], successor_of(request, handed, list.ids[i]));
    }
    return error;
}
