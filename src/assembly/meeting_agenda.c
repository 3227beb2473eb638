/* Agendas: what a meeting talks about, in which order, how long; and templates of them.
 *
 * An agenda is written as a whole list, made from a revision that its author saw (`base`): if somebody else changed it since,
 * nothing is lost, because the command is refused with `conflict`. Items are two levels deep; the event names what they are
 * about by id, documents add number and title as they were then. An item that was held cannot be taken out, and keeps its
 * times. Start at meeting_agenda_of(). */
#include "assembly/meeting.h"

#include <string.h>

/* ---- what an item names ---- */

static const struct {
    const char *list;
    uint8_t document, number;
    enum error unknown;
} links[] = {
    {"proposals", DOCUMENT_PROPOSAL_CARD, NUMBER_PROPOSAL, ERROR_PROPOSAL_UNKNOWN},
    {"polls", DOCUMENT_POLL, NUMBER_POLL, ERROR_POLL_UNKNOWN},
    {"decisions", DOCUMENT_DECISION, NUMBER_DECISION, ERROR_DECISION_UNKNOWN},
    {"tasks", DOCUMENT_TASK, NUMBER_TASK, ERROR_TASK_UNKNOWN},
};
enum { LINKS = sizeof links / sizeof links[0] };

static enum error resolve_links(struct request *request, const json_t *given, json_t *item)
{
    for (size_t at = 0; at < LINKS; at++) {
        size_t i;
        json_t *text, *ids = json_array();
        json_put(item, links[at].list, ids);
        json_array_foreach(json_object_get(given, links[at].list), i, text)
        {
            struct slice reference = slice_of(json_string_value(text), json_string_length(text));
            struct id id = reference_find(request_txn(request), reference, links[at].number);
            if (id_is_none(id) || !document_exists(request_txn(request), links[at].document, id)) {
                return request_fault(request, links[at].list, links[at].unknown);
            }
            if (!ids_have(ids, id)) {
                json_array_append_new(ids, json_id(id));
            }
        }
    }
    return ERROR_NONE;
}

/* ---- a list of items ---- */

/* The parent stands before, and has none itself. */
static bool is_top(const json_t *agenda, struct id id)
{
    size_t i;
    json_t *item;
    json_array_foreach(agenda, i, item)
    {
        if (id_equal(json_get_id(item, "id"), id)) {
            return json_object_get(item, "parent") == NULL;
        }
    }
    return false;
}

static enum error add_item(struct request *request, const json_t *given, json_t *agenda)
{
    static const char *const copied[] = {"id", "parent", "title", "item_kind", "minutes", NULL};
    struct id parent = json_get_id(given, "parent");
    if (people_have(agenda, json_get_id(given, "id")) ||
        (!id_is_none(parent) && !is_top(agenda, parent))) {
        return request_fault(request, "items", ERROR_MEETING_BAD_AGENDA);
    }
    json_t *item = json_object();
    fields_copy(item, given, copied);
    json_array_append_new(agenda, item);
    return resolve_links(request, given, item);
}

/* What was held stays. */
static bool keeps_held(const json_t *agenda, const json_t *meeting)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(meeting, "agenda"), i, item)
    {
        if (json_object_get(item, "started_ms") != NULL &&
            !people_have(agenda, json_get_id(item, "id"))) {
            return false;
        }
    }
    return true;
}

static size_t count_links(const json_t *agenda)
{
    size_t i, count = 0;
    json_t *item;
    json_array_foreach(agenda, i, item)
    {
        for (size_t at = 0; at < LINKS; at++) {
            count += json_array_size(json_object_get(item, links[at].list));
        }
    }
    return count;
}

bool meeting_has_room(const json_t *meeting, const json_t *item)
{
    return json_array_size(json_object_get(item, "polls")) < MEETING_LINKS_MAX &&
           count_links(json_object_get(meeting, "agenda")) < MEETING_AGENDA_LINKS_MAX;
}

enum error meeting_agenda_of(struct request *request, const json_t *items, const json_t *meeting,
                             json_t **agenda)
{
    size_t i;
    json_t *item;
    enum error error = ERROR_NONE;
    *agenda = json_array();
    for (i = 0; error == ERROR_NONE && i < json_array_size(items); i++) {
        item = json_array_get(items, i);
        error = add_item(request, item, *agenda);
    }
    if (error == ERROR_NONE && !keeps_held(*agenda, meeting)) {
        error = request_fault(request, "items", ERROR_MEETING_BAD_AGENDA);
    }
    if (error == ERROR_NONE && count_links(*agenda) > MEETING_AGENDA_LINKS_MAX) {
        error = request_fault(request, "items", ERROR_INPUT_TOO_BIG);
    }
    if (error != ERROR_NONE) {
        json_decref(*agenda);
        *agenda = NULL;
    }
    return error;
}

enum error meeting_handle_agenda(struct request *request)
{
    struct id id;
    json_t *meeting, *agenda;
    enum error error = meeting_to_prepare(request, "ahead", &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    error = meeting_check_base(request, meeting, "agenda");
    if (error == ERROR_NONE) {
        error =
            meeting_agenda_of(request, json_object_get(request->params, "items"), meeting, &agenda);
    }
    if (error == ERROR_NONE) {
        json_t *event = meeting_event("agenda", id);
        json_put(event, "agenda", agenda);
        request_emit_json(request, EVENT_MEETING, event);
    }
    json_decref(meeting);
    return error;
}

/* ---- an agenda again ---- */

static json_t *ids_of(const json_t *things)
{
    size_t i;
    json_t *thing, *ids = json_array();
    json_array_foreach(things, i, thing)
    {
        json_array_append_new(ids, json_id(json_get_id(thing, "id")));
    }
    return ids;
}

static struct id random_id(struct request *request)
{
    struct id id;
    request_random(request, id.bytes, ID_SIZE);
    return id;
}

static size_t position_of(const json_t *agenda, struct id id)
{
    size_t i = 0;
    while (!id_equal(json_get_id(json_array_get(agenda, i), "id"), id)) {
        i++;
    }
    return i;
}

/* With a new id; `under` gives its parent by its position. */
static json_t *new_item(struct request *request, const json_t *from, const json_t *agenda,
                        bool has_parent, size_t under)
{
    static const char *const copied[] = {"title", "item_kind", "minutes", NULL};
    json_t *item = json_object();
    json_put(item, "id", json_id(random_id(request)));
    if (has_parent) {
        json_put(item, "parent", json_id(json_get_id(json_array_get(agenda, under), "id")));
    }
    fields_copy(item, from, copied);
    return item;
}

json_t *meeting_agenda_next(struct request *request, const json_t *meeting)
{
    size_t i;
    json_t *from, *agenda = json_array();
    const json_t *before = json_object_get(meeting, "agenda");
    json_array_foreach(before, i, from)
    {
        struct id parent = json_get_id(from, "parent");
        bool has_parent = !id_is_none(parent);
        json_t *item = new_item(request, from, agenda, has_parent,
                                has_parent ? position_of(before, parent) : 0);
        for (size_t at = 0; at < LINKS; at++) {
            json_put(item, links[at].list, json_array());
        }
        json_array_append_new(agenda, item);
    }
    return agenda;
}

json_t *meeting_agenda_again(const json_t *meeting)
{
    static const char *const copied[] = {"id", "parent", "title", "item_kind", "minutes", NULL};
    size_t i;
    json_t *from, *agenda = json_array();
    json_array_foreach(json_object_get(meeting, "agenda"), i, from)
    {
        json_t *item = json_object();
        fields_copy(item, from, copied);
        for (size_t at = 0; at < LINKS; at++) {
            json_put(item, links[at].list, ids_of(json_object_get(from, links[at].list)));
        }
        json_array_append_new(agenda, item);
    }
    return agenda;
}

/* ---- templates ---- */

static json_t *find_template(struct request *request, struct slice name)
{
    size_t i;
    json_t *one, *found = NULL, *built_in = meeting_templates();
    struct id id;
    json_array_foreach(built_in, i, one)
    {
        if (slice_equal(json_get_text(one, "id"), name)) {
            found = json_incref(one);
        }
    }
    json_decref(built_in);
    return found == NULL && id_parse(name, &id)
               ? document_load(request_txn(request), DOCUMENT_AGENDA_TEMPLATE, id)
               : found;
}

enum error meeting_agenda_of_template(struct request *request, json_t **agenda)
{
    size_t i;
    json_t *from, *template = find_template(request, request_text(request, "template"));
    if (template == NULL) {
        return request_fault(request, "template", ERROR_MEETING_BAD_AGENDA);
    }
    *agenda = json_array();
    json_array_foreach(json_object_get(template, "items"), i, from)
    {
        json_t *item = new_item(request, from, *agenda, json_object_get(from, "under") != NULL,
                                (size_t)json_get_integer(from, "under"));
        for (size_t at = 0; at < LINKS; at++) {
            json_put(item, links[at].list, json_array());
        }
        json_array_append_new(*agenda, item);
    }
    json_decref(template);
    return ERROR_NONE;
}

static struct index_key templates_prefix(void)
{
    return index_key(INDEX_AGENDA_TEMPLATE);
}

struct kept {
    struct store_txn *txn;
    json_t *items;
};

static bool add_kept(void *context, struct slice key, struct slice value)
{
    struct kept *kept = context;
    struct id id;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    json_array_append_new(kept->items, document_load(kept->txn, DOCUMENT_AGENDA_TEMPLATE, id));
    return true;
}

/* Built-in ones first. */
enum error meeting_handle_templates(struct request *request)
{
    struct index_key prefix = templates_prefix();
    struct kept kept = {.txn = request_txn(request), .items = meeting_templates()};
    store_scan(kept.txn, TABLE_INDEX, index_key_slice(&prefix), add_kept, &kept);
    request->result = json_object();
    json_put(request->result, "items", kept.items);
    return ERROR_NONE;
}

static bool count_one(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    return ++*(size_t *)context < MEETING_TEMPLATES_MAX;
}

/* As with meetings ahead, those of members from their work sessions take half of the room at most. */
static bool is_full(const struct request *request)
{
    size_t count = 0;
    bool office = request_is(request, WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN);
    struct index_key prefix = templates_prefix();
    store_scan(request_txn(request), TABLE_INDEX, index_key_slice(&prefix), count_one, &count);
    return count >= (office ? MEETING_TEMPLATES_MAX : MEETING_TEMPLATES_MAX / 2u);
}

/* Items without what they were about and what became of them. New reference. */
static json_t *template_items(const json_t *agenda)
{
    static const char *const copied[] = {"title", "item_kind", "minutes", NULL};
    size_t i;
    json_t *from, *items = json_array();
    json_array_foreach(agenda, i, from)
    {
        json_t *item = json_object();
        struct id parent = json_get_id(from, "parent");
        fields_copy(item, from, copied);
        if (!id_is_none(parent)) {
            json_put(item, "under", json_number(position_of(agenda, parent)));
        }
        json_array_append_new(items, item);
    }
    return items;
}

enum error meeting_handle_keep_template(struct request *request)
{
    struct id id = request_id(request, "id"), from;
    json_t *meeting;
    if (document_exists(request_txn(request), DOCUMENT_AGENDA_TEMPLATE, id)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    enum error error = meeting_find(request, "meeting", &from, &meeting);
    if (error == ERROR_NONE && !meeting_may_prepare(request, meeting)) {
        error = request_fault(request, "meeting", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE && is_full(request)) {
        error = request_fault(request, "id", ERROR_MEETING_FULL);
    }
    if (error == ERROR_NONE) {
        json_t *event = meeting_event("template_kept", id);
        json_put(event, "name", json_deep_copy(json_object_get(request->params, "name")));
        json_put(event, "kind", json_text(json_get_text(meeting, "meeting_kind")));
        json_put(event, "items", template_items(json_object_get(meeting, "agenda")));
        request_emit_json(request, EVENT_MEETING, event);
    }
    json_decref(meeting);
    return error;
}

/* What is forgotten stays stored, so that it can be brought back. */
static bool is_offered(const struct request *request, struct id id)
{
    struct slice value;
    struct index_key key = templates_prefix();
    index_key_id(&key, id);
    return store_get(request_txn(request), TABLE_INDEX, index_key_slice(&key), &value);
}

static json_t *kept_again(struct id id, const json_t *template)
{
    static const char *const copied[] = {"name", "items", NULL};
    json_t *event = meeting_event("template_kept", id);
    fields_copy(event, template, copied);
    json_put(event, "kind", json_text(json_get_text(template, "meeting_kind")));
    return event;
}

static enum error judge_forget(struct request *request, struct id id, const json_t *template,
                               bool forgotten)
{
    struct id by = json_get_id(json_object_get(template, "by"), "id");
    if (template == NULL) {
        return request_fault(request, "id", ERROR_MEETING_UNKNOWN);
    }
    if (!id_equal(by, request->caller.member) &&
        !request_is(request, WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (!forgotten && !is_offered(request, id) && is_full(request)) {
        return request_fault(request, "id", ERROR_MEETING_FULL);
    }
    return ERROR_NONE;
}

/* Who kept it, facilitation, secretariat and administration. What is so already changes nothing. */
enum error meeting_handle_forget_template(struct request *request)
{
    struct id id = request_id(request, "id");
    bool forgotten =
        !request_has(request, "forgotten") || json_get_flag(request->params, "forgotten");
    json_t *template = document_load(request_txn(request), DOCUMENT_AGENDA_TEMPLATE, id);
    enum error error = judge_forget(request, id, template, forgotten);
    if (error == ERROR_NONE && forgotten == is_offered(request, id)) {
        request_emit_json(request, EVENT_MEETING,
                          forgotten ? meeting_event("template_forgotten", id)
                                    : kept_again(id, template));
    }
    json_decref(template);
    return error;
}
