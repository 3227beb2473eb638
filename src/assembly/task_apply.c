/* From events of to-dos to documents: the task itself, the indexes behind the lists (mine, free, overdue), and the progress
 * that its decision and the cards of its proposals show.
 *
 * An event names the state it leads to; here people move between `asked` and `assignees`. Indexes and progress are kept by
 * taking back what the task said before and adding what it says now, so any step keeps them right. A dropped to-do counts
 * in no progress. A date that acts is set for the day it is due. Start at task_apply(). */
#include "assembly/parts.h"
#include "assembly/proposal.h"
#include "assembly/task.h"
#include "base/fatal.h"

#include <string.h>

enum { TASK_TOPICS_MAX = 32 };

static bool is_decision(const json_t *task)
{
    return slice_equal(json_get_text(json_object_get(task, "from"), "kind"),
                       slice_text("decision"));
}

/* ---- people ---- */

static json_t *people_of(struct change *change, const json_t *ids)
{
    size_t i;
    json_t *item, *people = json_array();
    json_array_foreach(ids, i, item)
    {
        struct id id = {{0}};
        assert_always(id_parse(slice_of(json_string_value(item), json_string_length(item)), &id));
        json_array_append_new(people, change_person(change, id));
    }
    return people;
}

static json_t *people_without(const json_t *people, struct id member)
{
    size_t i;
    json_t *item, *rest = json_array();
    json_array_foreach(people, i, item)
    {
        if (!id_equal(json_get_id(item, "id"), member)) {
            json_array_append(rest, item);
        }
    }
    return rest;
}

static void remove_person(json_t *task, const char *list, struct id member)
{
    json_put(task, list, people_without(json_object_get(task, list), member));
}

/* The item of a list of people; NULL = not there. Borrowed. */
static json_t *person_in(const json_t *people, struct id member)
{
    size_t i;
    json_t *item;
    json_array_foreach(people, i, item)
    {
        if (id_equal(json_get_id(item, "id"), member)) {
            return item;
        }
    }
    return NULL;
}

/* Somebody else recorded it for a member without a device. New reference, or NULL. */
static json_t *recorder(struct change *change, struct id member)
{
    struct id by = json_get_id(change->json, "by");
    return id_is_none(by) || id_equal(by, member) ? NULL : change_person(change, by);
}

/* A yes: whoever handed over to this person leaves. */
static void add_assignee(struct change *change, json_t *task, struct id member)
{
    json_t *asked = person_in(json_object_get(task, "asked"), member);
    struct id leaves = json_get_id(json_object_get(asked, "instead_of"), "id");
    if (!id_is_none(leaves)) {
        remove_person(task, "assignees", leaves);
    }
    remove_person(task, "asked", member);
    if (!people_have(json_object_get(task, "assignees"), member)) {
        json_t *person = change_person(change, member);
        json_put(person, "recorded_by", recorder(change, member));
        json_array_append_new(json_object_get(task, "assignees"), person);
    }
}

/* The list of people asked, as the event names it; who was asked before keeps what was said then. */
static void set_asked(struct change *change, json_t *task)
{
    size_t i;
    json_t *item, *people = json_array();
    const json_t *instead = json_object_get(change->json, "instead");
    json_array_foreach(json_object_get(change->json, "asked"), i, item)
    {
        struct id id = {{0}};
        assert_always(id_parse(slice_of(json_string_value(item), json_string_length(item)), &id));
        json_t *known = person_in(json_object_get(task, "asked"), id);
        json_t *person = known == NULL ? change_person(change, id) : json_deep_copy(known);
        struct id leaves = json_get_id(instead, json_string_value(item));
        if (!id_is_none(leaves)) {
            json_put(person, "instead_of", change_person(change, leaves));
        }
        json_array_append_new(people, person);
    }
    json_put(task, "asked", people);
}

/* ---- indexes ---- */

static void index_set(struct change *change, const struct index_key *key, struct id id, bool on)
{
    if (on) {
        change_index(change, index_key_slice(key), id);
    } else {
        change_unindex(change, index_key_slice(key));
    }
}

static void index_people(struct change *change, struct id id, const json_t *task, const char *list,
                         bool on)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(task, list), i, item)
    {
        struct index_key key = index_key(INDEX_TASK_OF_MEMBER);
        index_key_id(&key, json_get_id(item, "id"));
        index_key_u32(&key, UINT32_MAX - (uint32_t)json_get_integer(task, "number"));
        index_set(change, &key, id, on);
    }
}

struct index_key task_theme_prefix(struct slice theme)
{
    struct hash hash = crypto_hash(theme);
    struct index_key key = index_key(INDEX_TASK_BY_THEME);
    uint8_t *end = key.bytes + key.size;
    memcpy(end, hash.bytes, 8);
    key.size += 8;
    return key;
}

struct index_key task_meeting_prefix(struct id meeting)
{
    struct index_key key = index_key(INDEX_TASK_OF_ITEM);
    index_key_id(&key, meeting);
    return key;
}

static void index_numbered(struct change *change, struct index_key key, struct id id,
                           const json_t *task, bool on)
{
    index_key_u32(&key, UINT32_MAX - (uint32_t)json_get_integer(task, "number"));
    index_set(change, &key, id, on);
}

/* Rows behind the views: state, theme, maker, archive. */
static void index_views(struct change *change, struct id id, const json_t *task, bool on)
{
    size_t i;
    json_t *item;
    uint64_t ended = (uint64_t)json_get_integer(task, "ended_ms");
    struct id maker = json_get_id(json_object_get(task, "created_by"), "id");
    struct index_key key = index_key(INDEX_TASK_BY_STATE);
    index_key_u8(&key, (uint8_t)task_state_of(task));
    index_numbered(change, key, id, task, on);
    json_array_foreach(json_object_get(task, "themes"), i, item)
    {
        struct slice theme = slice_of(json_string_value(item), json_string_length(item));
        index_numbered(change, task_theme_prefix(theme), id, task, on);
    }
    if (!id_is_none(maker)) {
        key = index_key(INDEX_TASK_MADE_BY);
        index_key_id(&key, maker);
        index_numbered(change, key, id, task, on);
    }
    if (ended != 0) {
        key = index_key(INDEX_TASK_ENDED);
        index_key_u64(&key, UINT64_MAX - ended);
        index_key_id(&key, id);
        index_set(change, &key, id, on);
    }
}

/* Rows that depend on the state and the people of the task; task NULL = none. */
static void index_task(struct change *change, struct id id, const json_t *task, bool on)
{
    if (task == NULL) {
        return;
    }
    enum task_state state = task_state_of(task);
    uint64_t due = (uint64_t)json_get_integer(task, "due_ms");
    if (state == TASK_FREE) {
        struct index_key key = index_key(INDEX_TASK_FREE);
        index_key_u32(&key, UINT32_MAX - (uint32_t)json_get_integer(task, "number"));
        index_set(change, &key, id, on);
    }
    if (due != 0 && state != TASK_DONE && state != TASK_DROPPED) {
        struct index_key key = index_key(INDEX_TASK_BY_DUE);
        index_key_u64(&key, due);
        index_key_id(&key, id);
        index_set(change, &key, id, on);
    }
    index_people(change, id, task, "assignees", on);
    index_people(change, id, task, "asked", on);
    index_views(change, id, task, on);
}

/* The system looks at it once when its date passes. */
static void plan_overdue(struct change *change, struct id id, const json_t *task)
{
    enum task_state state = task_state_of(task);
    uint64_t due = (uint64_t)json_get_integer(task, "due_ms");
    bool told = (uint64_t)json_get_integer(task, "overdue_ms") == due;
    bool waits = state != TASK_DONE && state != TASK_DROPPED && !told;
    change_due(change, "task.overdue", id, waits ? due : 0);
}

static void index_new(struct change *change, struct id id, const json_t *task)
{
    char text[12];
    uint32_t number = (uint32_t)json_get_integer(task, "number");
    struct index_key key = index_key(INDEX_TASK_BY_NUMBER);
    index_key_u32(&key, UINT32_MAX - number);
    change_index(change, index_key_slice(&key), id);
    key = index_key(INDEX_TASK_OF);
    index_key_u8(&key, task_origin_of(json_object_get(task, "from"))->document);
    index_key_id(&key, json_get_id(json_object_get(task, "from"), "id"));
    index_key_id(&key, id);
    change_index(change, index_key_slice(&key), id);
    const json_t *meeting = json_object_get(task, "meeting");
    if (meeting != NULL) {
        key = task_meeting_prefix(json_get_id(meeting, "id"));
        index_key_id(&key, json_get_id(meeting, "item"));
        index_key_id(&key, id);
        change_index(change, index_key_slice(&key), id);
    }
    change_number(change, NUMBER_TASK, number_text(number, text), id);
}

/* ---- progress ---- */

struct progress {
    int64_t total, done;
};

static struct progress progress_of(const json_t *task)
{
    enum task_state state = task == NULL ? TASK_NONE : task_state_of(task);
    return (struct progress){
        .total = state != TASK_NONE && state != TASK_DROPPED ? 1 : 0,
        .done = state == TASK_DONE ? 1 : 0,
    };
}

static json_t *progress_moved(const json_t *tasks, struct progress by)
{
    json_t *moved = json_object();
    int64_t total = json_get_integer(tasks, "total") + by.total;
    int64_t done = json_get_integer(tasks, "done") + by.done;
    assert_always(total >= done && done >= 0);
    json_put(moved, "total", json_number((uint64_t)total));
    json_put(moved, "done", json_number((uint64_t)done));
    return moved;
}

static void move_decision(struct change *change, struct id id, struct progress by)
{
    json_t *decision = change_load(change, DOCUMENT_DECISION, id);
    if (decision != NULL) {
        json_put(decision, "tasks", progress_moved(json_object_get(decision, "tasks"), by));
        change_put_again(change, DOCUMENT_DECISION, id, decision);
    }
}

static void move_card(struct change *change, struct id id, struct progress by)
{
    json_t *card = change_load(change, DOCUMENT_PROPOSAL_CARD, id);
    if (card != NULL) {
        proposal_card_update(change, id, "tasks",
                             progress_moved(json_object_get(card, "tasks"), by));
    }
    json_decref(card);
}

/* Ids of the proposals it helps to realise. New reference. */
static json_t *proposals_of(struct change *change, const json_t *task)
{
    size_t i;
    json_t *item, *ids = json_array();
    struct id source = json_get_id(json_object_get(task, "from"), "id");
    if (!is_decision(task)) {
        json_array_append_new(ids, json_id(source));
        return ids;
    }
    json_t *decision = change_load(change, DOCUMENT_DECISION, source);
    json_array_foreach(json_object_get(decision, "proposals"), i, item)
    {
        json_array_append_new(ids, json_id(json_get_id(item, "id")));
    }
    json_decref(decision);
    return ids;
}

static void move_progress(struct change *change, const json_t *before, const json_t *after,
                          const json_t *proposals)
{
    size_t i;
    json_t *item;
    struct progress was = progress_of(before), is = progress_of(after);
    struct progress by = {.total = is.total - was.total, .done = is.done - was.done};
    if (by.total == 0 && by.done == 0) {
        return;
    }
    if (is_decision(after)) {
        move_decision(change, json_get_id(json_object_get(after, "from"), "id"), by);
    }
    json_array_foreach(proposals, i, item)
    {
        struct id id = {{0}};
        assert_always(id_parse(slice_of(json_string_value(item), json_string_length(item)), &id));
        move_card(change, id, by);
    }
}

/* ---- storing ---- */

static size_t topics_of(struct id id, const json_t *task, const json_t *proposals,
                        struct topic topics[TASK_TOPICS_MAX])
{
    size_t i, count = 0;
    json_t *item;
    topics[count++] = topic_plain(TOPIC_TASKS);
    topics[count++] = topic_of(TOPIC_TASK, id);
    const json_t *from = json_object_get(task, "from");
    const struct task_origin *origin = task_origin_of(from);
    struct id meeting = json_get_id(json_object_get(task, "meeting"), "id");
    if (!id_is_none(meeting)) {
        topics[count++] = topic_of(TOPIC_MEETING, meeting);
        topics[count++] = topic_of(TOPIC_SCREEN, meeting);
    }
    if (origin->topic == TOPIC_DECISION) { /* those of proposals follow */
        topics[count++] = topic_of(origin->topic, json_get_id(from, "id"));
    }
    json_array_foreach(proposals, i, item)
    {
        struct id proposal = {{0}};
        assert_always(
            count < TASK_TOPICS_MAX &&
            id_parse(slice_of(json_string_value(item), json_string_length(item)), &proposal));
        topics[count++] = topic_of(TOPIC_PROPOSAL, proposal);
    }
    return count;
}

/* Stores the task as it is now; before NULL = it is new. Takes the reference of after. */
static void store(struct change *change, struct id id, const json_t *before, json_t *after)
{
    struct topic topics[TASK_TOPICS_MAX];
    json_t *proposals = proposals_of(change, after);
    size_t count = topics_of(id, after, proposals, topics);
    index_task(change, id, before, false);
    index_task(change, id, after, true);
    plan_overdue(change, id, after);
    json_incref(after);
    change_put(change, DOCUMENT_TASK, id, after, topics, count);
    move_progress(change, before, after, proposals);
    task_tell(change, id, before, after, proposals);
    json_decref(after);
    json_decref(proposals);
}

/* ---- events ---- */

/* The title of a thing that has one in each language, as text: the event's language, or the first there is. NULL = none. */
static json_t *label_in(const json_t *thing, const json_t *event)
{
    json_t *titles = json_object_get(thing, "title");
    json_t *title = json_object_get(titles, json_string_value(json_object_get(event, "language")));
    title = title != NULL ? title : json_object_iter_value(json_object_iter(titles));
    return json_incref(title);
}

/* {"id","number","item"?} of the meeting it was given out in; NULL = none. */
static json_t *meeting_document(struct change *change, const json_t *meeting)
{
    static const char *const names[] = {"id", "item", NULL};
    static const char *const number[] = {"number", NULL};
    if (meeting == NULL) {
        return NULL;
    }
    json_t *reference = json_object();
    json_t *document = change_load(change, DOCUMENT_MEETING, json_get_id(meeting, "id"));
    fields_copy(reference, document, number);
    fields_copy(reference, meeting, names);
    json_decref(document);
    return reference;
}

/* {"kind","id","number","title"?} of where it comes from, as now. */
static json_t *source_document(struct change *change, const json_t *from)
{
    static const char *const names[] = {"kind", "id", NULL};
    static const char *const shown[] = {"number", "title", NULL};
    const struct task_origin *origin = task_origin_of(from);
    bool decision = origin->document == DOCUMENT_DECISION;
    json_t *document = change_load(change, origin->shown, json_get_id(from, "id"));
    json_t *source = json_object();
    fields_copy(source, from, names);
    fields_copy(source, document, shown);
    if (origin->document == DOCUMENT_MEETING) { /* in the language of the to-do */
        json_t *item = person_in(json_object_get(document, "agenda"),
                                 json_get_id(json_object_get(change->json, "meeting"), "item"));
        json_put(source, "title", label_in(document, change->json));
        json_put(source, "item", label_in(item, change->json));
    }
    if (decision) { /* the title of its first proposal says what it is about */
        static const char *const title[] = {"title", NULL};
        fields_copy(source, json_array_get(json_object_get(document, "proposals"), 0), title);
    }
    json_decref(document);
    return source;
}

static json_t *list_or_empty(const json_t *list)
{
    return list == NULL ? json_array() : json_deep_copy(list);
}

/* Lines of a checklist as named; one that was there keeps its tick. New reference. */
static json_t *checklist_of(const json_t *named, const json_t *before)
{
    static const char *const names[] = {"id", "text", NULL};
    static const char *const tick[] = {"done", "by", "at_ms", NULL};
    size_t i;
    json_t *item, *lines = json_array();
    json_array_foreach(named, i, item)
    {
        json_t *line = json_object();
        fields_copy(line, item, names);
        json_put(line, "done", json_boolean(false));
        fields_copy(line, person_in(before, json_get_id(item, "id")), tick);
        json_array_append_new(lines, line);
    }
    return lines;
}

static void apply_created(struct change *change, struct id id)
{
    static const char *const copied[] = {"number", "state",   "language",     "title",
                                         "result", "quality", "effort_hours", NULL};
    const json_t *event = change->json;
    json_t *task = document_new(DOCUMENT_TASK, id);
    fields_copy(task, event, copied);
    if (json_get_integer(event, "due") != 0) {
        json_put(task, "due_ms", json_number((uint64_t)json_get_integer(event, "due")));
    }
    json_put(task, "checklist", checklist_of(json_object_get(event, "checklist"), NULL));
    json_put(task, "themes", list_or_empty(json_object_get(event, "themes")));
    json_put(task, "from", source_document(change, json_object_get(event, "from")));
    json_t *first = json_array_get(json_object_get(event, "proposals"), 0);
    json_put(task, "proposal", first == NULL ? NULL : json_incref(first));
    json_put(task, "meeting", meeting_document(change, json_object_get(event, "meeting")));
    json_put(task, "created_by", change_by(change, json_object_get(event, "by")));
    json_put(task, "created_ms", json_number(change->time_ms));
    json_put(task, "assignees", people_of(change, json_object_get(event, "assignees")));
    json_put(task, "asked", people_of(change, json_object_get(event, "asked")));
    json_put(task, "thanks", json_array());
    json_put(task, "history", json_array());
    index_new(change, id, task);
    store(change, id, NULL, task);
}

static void apply_thanked(struct change *change, json_t *task)
{
    struct id member = json_get_id(change->json, "member");
    static const char *const names[] = {"text", NULL};
    size_t i;
    json_t *item, *kept = json_array(), *thanks = json_object();
    json_array_foreach(json_object_get(task, "thanks"), i, item)
    {
        if (!id_equal(json_get_id(json_object_get(item, "by"), "id"), member)) {
            json_array_append(kept, item);
        }
    }
    json_put(thanks, "by", change_person(change, member));
    fields_copy(thanks, change->json, names);
    json_put(thanks, "at_ms", json_number(change->time_ms));
    json_array_append_new(kept, thanks);
    if (json_array_size(kept) > TASK_THANKS_KEPT) {
        json_array_remove(kept, 0);
    }
    json_put(task, "thanks", kept);
}

static void add_history(struct change *change, json_t *task)
{
    static const char *const step[] = {"what", "from", "to", "changed", NULL};
    static const char *const reason[] = {"reason", NULL};
    json_t *entry = json_object();
    json_put(entry, "at_ms", json_number(change->time_ms));
    fields_copy(entry, change->json, step);
    json_put(entry, "by", change_by(change, json_object_get(change->json, "by")));
    fields_copy(entry, change->json, reason);
    history_append(json_object_get(task, "history"), entry);
}

/* Who is asked and who said yes after the step. */
static void move_people(struct change *change, json_t *task, enum task_state to)
{
    struct id member = json_get_id(change->json, "member");
    bool yes = event_is(change->json, "taken") ||
               (event_is(change->json, "answered") && json_get_flag(change->json, "yes"));
    if (yes) {
        add_assignee(change, task, member);
    } else if (event_is(change->json, "answered")) {
        remove_person(task, "asked", member);
    } else if (event_is(change->json, "asked")) {
        set_asked(change, task);
    } else if (!id_is_none(member)) {
        remove_person(task, "assignees", member);
    }
    if (to == TASK_FREE) {
        json_put(task, "asked", json_array());
        json_put(task, "assignees", json_array());
    }
}

static void apply_step(struct change *change, json_t *task)
{
    enum task_state to = task_state_find(json_get_text(change->json, "to"));
    assert_always(to != TASK_NONE);
    move_people(change, task, to);
    json_put(task, "state", json_text(slice_text(task_state_word(to))));
    json_put(task, "done_ms", to == TASK_DONE ? json_number(change->time_ms) : NULL);
    json_put(task, "ended_ms",
             to == TASK_DONE || to == TASK_DROPPED ? json_number(change->time_ms) : NULL);
    json_put(task, "reason",
             to == TASK_DROPPED ? json_text(json_get_text(change->json, "reason")) : NULL);
    add_history(change, task);
}

/* ---- texts, ticks, dates ---- */

/* The texts as they were, kept beside the to-do. */
static void keep_version(struct change *change, struct id id, const json_t *before)
{
    static const char *const texts[] = {"title", "result", "quality", "due_ms", "language", NULL};
    struct topic topic = topic_of(TOPIC_TASK, id);
    json_t *versions = change_load(change, DOCUMENT_TASK_VERSIONS, id);
    if (versions == NULL) {
        versions = document_new(DOCUMENT_TASK_VERSIONS, id);
        json_put(versions, "items", json_array());
    }
    json_t *items = json_object_get(versions, "items"), *version = json_object();
    json_put(version, "at_ms", json_number(change->time_ms));
    json_put(version, "by", change_by(change, json_object_get(change->json, "by")));
    fields_copy(version, before, texts);
    json_array_append_new(items, version);
    if (json_array_size(items) > TASK_VERSIONS_MAX) {
        json_array_remove(items, 0);
    }
    change_put(change, DOCUMENT_TASK_VERSIONS, id, versions, &topic, 1);
}

/* A number of 0 and an empty quality are none. */
static void put_updated(json_t *task, const json_t *event)
{
    static const char *const plain[] = {"title", "result", "language", "themes", NULL};
    json_t *due = json_object_get(event, "due"), *quality = json_object_get(event, "quality");
    json_t *hours = json_object_get(event, "effort_hours");
    fields_copy(task, event, plain);
    if (due != NULL) {
        json_put(task, "due_ms", json_integer_value(due) == 0 ? NULL : json_incref(due));
    }
    if (hours != NULL) {
        json_put(task, "effort_hours", json_integer_value(hours) == 0 ? NULL : json_incref(hours));
    }
    if (quality != NULL) {
        json_put(task, "quality", json_string_length(quality) == 0 ? NULL : json_incref(quality));
    }
    if (json_object_get(event, "checklist") != NULL) {
        json_put(
            task, "checklist",
            checklist_of(json_object_get(event, "checklist"), json_object_get(task, "checklist")));
    }
}

static void apply_updated(struct change *change, struct id id, const json_t *before, json_t *task)
{
    const json_t *event = change->json;
    bool texts = json_object_get(event, "title") != NULL ||
                 json_object_get(event, "result") != NULL ||
                 json_object_get(event, "quality") != NULL || json_object_get(event, "due") != NULL;
    if (texts) {
        keep_version(change, id, before);
    }
    put_updated(task, event);
    if (json_array_size(json_object_get(event, "changed")) > 0) {
        add_history(change, task);
    }
}

static void apply_checked(struct change *change, json_t *task)
{
    bool on = json_get_flag(change->json, "on");
    json_t *line = person_in(json_object_get(task, "checklist"), json_get_id(change->json, "line"));
    if (line != NULL) {
        json_put(line, "done", json_boolean(on));
        json_put(line, "by", on ? change_by(change, json_object_get(change->json, "by")) : NULL);
        json_put(line, "at_ms", on ? json_number(change->time_ms) : NULL);
    }
}

static void apply_overdue(struct change *change, json_t *task)
{
    json_put(task, "overdue_ms", json_number((uint64_t)json_get_integer(change->json, "due")));
    add_history(change, task);
}

void task_apply(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    if (event_is(change->json, "created")) {
        apply_created(change, id);
        return;
    }
    json_t *before = change_load(change, DOCUMENT_TASK, id);
    if (before == NULL) {
        return; /* erased */
    }
    json_t *after = json_deep_copy(before);
    if (event_is(change->json, "thanked")) {
        apply_thanked(change, after);
    } else if (event_is(change->json, "updated")) {
        apply_updated(change, id, before, after);
    } else if (event_is(change->json, "checked")) {
        apply_checked(change, after);
    } else if (event_is(change->json, "overdue")) {
        apply_overdue(change, after);
    } else {
        apply_step(change, after);
    }
    store(change, id, before, after);
    json_decref(before);
}
