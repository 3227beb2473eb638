/* Reading to-dos: the lists, one to-do, and whom one might ask.
 *
 * Every view is a walk over one index in the order it is shown, with a filter on top: mine, made by me, one state, a theme,
 * what a decision or proposal led to, those past their date, and the archive of what ended 30 days ago or longer. Whom to
 * ask: who said "I can help with …" on the proposal behind it, then members whose skills are words of the text; people who
 * pause are left in peace. Start at task_list(), task_suggest(). */
#include "assembly/member.h"
#include "assembly/task.h"
#include "base/fatal.h"
#include "base/fold.h"
#include "ledger/record.h"

#include <string.h>

enum { TASK_SCAN_MAX = 2000, SUGGEST_MAX = 12, SUGGEST_SCAN_MAX = 5000, SKILL_WORD_MIN = 4 };

static bool is_overdue(const json_t *task, uint64_t now_ms)
{
    enum task_state state = task_state_of(task);
    int64_t due = json_get_integer(task, "due_ms");
    return due != 0 && (uint64_t)due < now_ms && state != TASK_DONE && state != TASK_DROPPED;
}

static uint64_t ended_ms(const json_t *task)
{
    return (uint64_t)json_get_integer(task, "ended_ms");
}

static bool is_of(const json_t *task, struct id member)
{
    return people_have(json_object_get(task, "assignees"), member) ||
           people_have(json_object_get(task, "asked"), member);
}

static bool has_theme(const json_t *task, struct slice theme)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(task, "themes"), i, item)
    {
        if (slice_equal(slice_of(json_string_value(item), json_string_length(item)), theme)) {
            return true;
        }
    }
    return false;
}

static bool is_from(const json_t *task, const json_t *source)
{
    const json_t *from = json_object_get(task, "from");
    return slice_equal(json_get_text(from, "kind"), json_get_text(source, "kind")) &&
           id_equal(json_get_id(from, "id"), json_get_id(source, "id"));
}

static bool is_of_meeting(const struct request *request, const json_t *task)
{
    return id_equal(json_get_id(json_object_get(task, "meeting"), "id"),
                    request_ref(request, "meeting", NUMBER_MEETING));
}

static bool keep(const struct request *request, const json_t *task)
{
    const json_t *params = request->params;
    struct id caller = request->caller.member;
    struct slice state = request_text(request, "state"), theme = request_text(request, "theme");
    const json_t *maker = json_object_get(task, "created_by");
    bool old = ended_ms(task) != 0 && ended_ms(task) + TASK_ARCHIVE_MS <= request->now_ms;
    return (!json_get_flag(params, "mine") || is_of(task, caller)) &&
           (!json_get_flag(params, "free") || task_state_of(task) == TASK_FREE) &&
           (!json_get_flag(params, "overdue") || is_overdue(task, request->now_ms)) &&
           (!json_get_flag(params, "made") || id_equal(json_get_id(maker, "id"), caller)) &&
           (!request_has(request, "archive") || json_get_flag(params, "archive") == old) &&
           (state.size == 0 || slice_equal(state, json_get_text(task, "state"))) &&
           (theme.size == 0 || has_theme(task, theme)) &&
           (!request_has(request, "meeting") || is_of_meeting(request, task)) &&
           (!request_has(request, "from") || is_from(task, json_object_get(params, "from")));
}

/* The index that serves the narrowest of the filters given. */
static struct index_key index_for(const struct request *request)
{
    const json_t *params = request->params;
    struct slice theme = request_text(request, "theme"), state = request_text(request, "state");
    struct index_key key = index_key(INDEX_TASK_BY_NUMBER);
    if (request_has(request, "from")) {
        const json_t *from = json_object_get(params, "from");
        key = index_key(INDEX_TASK_OF);
        index_key_u8(&key, task_origin_of(from)->document);
        index_key_id(&key, json_get_id(from, "id"));
    } else if (request_has(request, "meeting")) {
        key = task_meeting_prefix(request_ref(request, "meeting", NUMBER_MEETING));
    } else if (json_get_flag(params, "mine") || json_get_flag(params, "made")) {
        key = index_key(json_get_flag(params, "mine") ? INDEX_TASK_OF_MEMBER : INDEX_TASK_MADE_BY);
        index_key_id(&key, request->caller.member);
    } else if (json_get_flag(params, "archive")) {
        key = index_key(INDEX_TASK_ENDED);
    } else if (json_get_flag(params, "overdue")) {
        key = index_key(INDEX_TASK_BY_DUE);
    } else if (json_get_flag(params, "free")) {
        key = index_key(INDEX_TASK_FREE);
    } else if (theme.size > 0) {
        key = task_theme_prefix(theme);
    } else if (state.size > 0) {
        key = index_key(INDEX_TASK_BY_STATE);
        index_key_u8(&key, (uint8_t)task_state_find(state));
    }
    return key;
}

enum error task_list(struct request *request)
{
    json_t *from = json_object_get(request->params, "from");
    if (request_has(request, "from")) { /* a number becomes its id, for index and filter */
        struct id id;
        enum error error = task_source(request, from, &id);
        if (error != ERROR_NONE) {
            return error;
        }
        json_put(from, "id", json_id(id));
    }
    if (request_has(request, "meeting") &&
        id_is_none(request_ref(request, "meeting", NUMBER_MEETING))) {
        return request_fault(request, "meeting", ERROR_MEETING_UNKNOWN);
    }
    struct index_key key = index_for(request);
    return request_answer_list(request, index_key_slice(&key), DOCUMENT_TASK, keep, TASK_SCAN_MAX);
}

enum error task_get(struct request *request)
{
    return request_answer_document(request, DOCUMENT_TASK, request_ref(request, "id", NUMBER_TASK),
                                   ERROR_TASK_UNKNOWN);
}

/* ---- whom to ask ---- */

struct suggesting {
    struct request *request;
    const json_t *task; /* NULL while it is being written */
    json_t *items;
    json_t *seen; /* ids */
    struct slice texts[3];
};

/* Active, no observer, not the caller, not yet asked or at work, not yet suggested. */
static bool may_suggest(const struct suggesting *suggesting, struct id member)
{
    struct record_member record;
    return record_member(request_txn(suggesting->request), member, &record) &&
           record.status == MEMBER_ACTIVE && (record.roles & ROLE_OBSERVER) == 0 &&
           !id_equal(member, suggesting->request->caller.member) &&
           !(suggesting->task != NULL && is_of(suggesting->task, member)) &&
           !ids_have(suggesting->seen, member) && json_array_size(suggesting->items) < SUGGEST_MAX;
}

static void suggest(struct suggesting *suggesting, struct id member, const char *why,
                    struct slice text)
{
    if (!may_suggest(suggesting, member)) {
        return;
    }
    json_t *item = json_object();
    json_put(item, "member", person_of(request_txn(suggesting->request), member));
    json_put(item, "why", json_text(slice_text(why)));
    json_put(item, "text", json_text(text));
    json_array_append_new(suggesting->items, item);
    json_array_append_new(suggesting->seen, json_id(member));
}

static void suggest_helpers(struct suggesting *suggesting, const json_t *proposals)
{
    size_t i, n;
    json_t *one, *item;
    json_array_foreach(proposals, i, one)
    {
        struct id proposal = {{0}};
        (void)id_parse(slice_of(json_string_value(one), json_string_length(one)), &proposal);
        json_t *supporters =
            document_load(request_txn(suggesting->request), DOCUMENT_SUPPORTERS, proposal);
        json_array_foreach(json_object_get(supporters, "items"), n, item)
        {
            if (json_get_text(item, "help").size > 0) {
                suggest(suggesting, json_get_id(json_object_get(item, "member"), "id"), "help",
                        json_get_text(item, "help"));
            }
        }
        json_decref(supporters);
    }
}

/* A word of the skill, of four letters at least, stands in one of the texts. */
static bool skill_matches(const struct suggesting *suggesting, struct slice skill)
{
    size_t start = 0;
    for (size_t at = 0; at <= skill.size; at++) {
        if (at < skill.size && strchr(" ,;/()'-", skill.data[at]) == NULL) {
            continue;
        }
        struct slice word = slice_of(skill.data + start, at - start);
        start = at + 1;
        for (size_t i = 0; word.size >= SKILL_WORD_MIN && i < 3; i++) {
            if (fold_contains(suggesting->texts[i], word)) {
                return true;
            }
        }
    }
    return false;
}

static bool look_at_member(void *context, struct id member)
{
    struct suggesting *suggesting = context;
    size_t i;
    json_t *item;
    json_t *document = document_load(request_txn(suggesting->request), DOCUMENT_MEMBER, member);
    json_array_foreach(json_object_get(document, "skills"), i, item)
    {
        struct slice skill = slice_of(json_string_value(item), json_string_length(item));
        if (skill_matches(suggesting, skill)) {
            suggest(suggesting, member, "skill", skill);
        }
    }
    json_decref(document);
    return json_array_size(suggesting->items) < SUGGEST_MAX;
}

struct member_walk {
    struct suggesting *suggesting;
    size_t left;
};

static bool walk_member(void *context, struct slice key, struct slice value)
{
    struct member_walk *walk = context;
    struct id member;
    (void)key;
    assert_always(value.size == ID_SIZE);
    memcpy(member.bytes, value.data, ID_SIZE);
    return look_at_member(walk->suggesting, member) && --walk->left > 0;
}

static void suggest_skilled(struct suggesting *suggesting)
{
    struct index_key key = index_key(INDEX_MEMBER_BY_NUMBER);
    struct member_walk walk = {.suggesting = suggesting, .left = SUGGEST_SCAN_MAX};
    store_scan(request_txn(suggesting->request), TABLE_INDEX, index_key_slice(&key), walk_member,
               &walk);
}

/* Of a to-do that is there (`id`), or of one that is being written (`from`, `text`). */
enum error task_suggest(struct request *request)
{
    struct id id;
    json_t *task = NULL;
    const json_t *from = json_object_get(request->params, "from");
    enum error error = ERROR_NONE;
    if (request_has(request, "id")) {
        error = task_find(request, &id, &task);
        from = error == ERROR_NONE ? json_object_get(task, "from") : NULL;
    } else if (!request_has(request, "from")) {
        error = request_fault(request, "from", ERROR_INPUT_MISSING_FIELD);
    }
    if (error == ERROR_NONE) {
        error = task_source(request, from, &id);
    }
    if (error == ERROR_NONE) {
        struct suggesting suggesting = {
            .request = request,
            .task = task,
            .items = json_array(),
            .seen = json_array(),
            .texts = {request_text(request, "text"), json_get_text(task, "title"),
                      json_get_text(task, "result")},
        };
        json_t *proposals =
            task_proposals_from(request_txn(request), json_get_text(from, "kind"), id);
        suggest_helpers(&suggesting, proposals);
        suggest_skilled(&suggesting);
        request->result = json_object();
        json_put(request->result, "items", suggesting.items);
        json_decref(suggesting.seen);
        json_decref(proposals);
    }
    json_decref(task);
    return error;
}
