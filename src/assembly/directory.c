/* The directory: members found by name, skill or need, by class, tie, role and status, page by page.
 *
 * Two orders, each an index kept by member_apply.c: by number, and by folded name for people who read. What a reader may
 * not see, they may not search either: observers read numbers and names, so every other condition is refused to them.
 * A page looks at so many members at most; `next` then goes on from there, even when none of those was kept.
 * Start at list(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "base/fold.h"

#include <string.h>

/* Whatever is asked of 2,000 members with a line or two each, or of 900 who say more about themselves, is less than 5 ms of
 * work: everybody's reads wait for it. */
enum { SCAN_MAX = 2000, SCAN_BYTES = 1200 << 10 };

static const char *const where_words[] = {"name", "skill", "need", NULL};
static const char *const order_words[] = {"number", "name", NULL};
static const struct field where_word = {.name = "where", .type = FIELD_WORD, .words = where_words};
static const struct field list_params[] = {
    {.name = "status",
     .type = FIELD_WORD,
     .words = member_status_words,
     .optional = true,
     .summary = "without it everybody but imported authors"},
    {.name = "text",
     .type = FIELD_LINE,
     .min = 1,
     .max = 80,
     .optional = true,
     .summary = "part of the name, or of what `where` says"},
    {.name = "where",
     .type = FIELD_LIST,
     .item = &where_word,
     .min = 1,
     .max = 3,
     .optional = true,
     .summary = "where the text is looked for; the name when left out"},
    {.name = "class",
     .type = FIELD_LINE,
     .min = 1,
     .max = 64,
     .optional = true,
     .summary = "id of a class"},
    {.name = "tie", .type = FIELD_LINE, .min = 1, .max = 35, .optional = true},
    {.name = "role", .type = FIELD_WORD, .words = member_standing_roles, .optional = true},
    {.name = "group", .type = FIELD_REF, .number = NUMBER_GROUP, .optional = true},
    {.name = "without_sponsor",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "those invited or active who have no sponsor"},
    {.name = "order", .type = FIELD_WORD, .words = order_words, .optional = true},
    {.name = "after", .type = FIELD_LINE, .min = 1, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
static const struct field get_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {0},
};
static const struct field listed_document = {
    .name = "document", .type = FIELD_ANY, .document = DOCUMENT_MEMBER};
static const struct field list_result[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &listed_document,
     .max = 200,
     .summary = "member documents; observers get number and name only"},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
static const struct field get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_MEMBER},
    {0},
};

/* ---- what a reader may see ---- */

/* Observers read names only. */
static json_t *name_only(const json_t *member)
{
    static const char *const shown[] = {"kind", "id", "rev", "number", "name", NULL};
    json_t *result = json_object();
    fields_copy(result, member, shown);
    return result;
}

static bool reads_names_only(const struct request *request)
{
    return !request_is(request, WHO_READERS & ~(unsigned)WHO_OBSERVER);
}

static enum error check_conditions(struct request *request)
{
    static const char *const hidden[] = {"where", "class",           "tie", "role",
                                         "group", "without_sponsor", NULL};
    for (size_t i = 0; reads_names_only(request) && hidden[i] != NULL; i++) {
        if (json_object_get(request->params, hidden[i]) != NULL) {
            return request_fault(request, hidden[i], ERROR_RIGHT_MISSING);
        }
    }
    return ERROR_NONE;
}

/* ---- conditions ---- */

static struct slice item_text(const json_t *item)
{
    return slice_of(json_string_value(item), json_string_length(item));
}

static bool list_contains(const json_t *list, struct slice text)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (fold_contains(item_text(item), text)) {
            return true;
        }
    }
    return false;
}

static bool list_holds(const json_t *list, struct slice word)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (text_equals(item_text(item), word)) {
            return true;
        }
    }
    return false;
}

static bool keep_text(const struct request *request, const json_t *member)
{
    struct slice text = request_text(request, "text");
    const json_t *where = json_object_get(request->params, "where");
    bool anywhere = where == NULL;
    if (text.size == 0) {
        return true;
    }
    return ((anywhere || list_holds(where, slice_text("name"))) &&
            (fold_contains(json_get_text(member, "name"), text) ||
             fold_contains(json_get_text(member, "representative"), text))) ||
           (list_holds(where, slice_text("skill")) &&
            list_contains(json_object_get(member, "skills"), text)) ||
           (list_holds(where, slice_text("need")) &&
            list_contains(json_object_get(member, "needs"), text));
}

static bool keep_sponsorless(const struct request *request, const json_t *member)
{
    struct slice status = json_get_text(member, "status");
    return !json_get_flag(request->params, "without_sponsor") ||
           (json_object_get(member, "sponsor") == NULL &&
            (slice_equal(status, slice_text("invited")) ||
             slice_equal(status, slice_text("active"))));
}

static bool keep_group(const struct request *request, const json_t *member)
{
    struct slice value;
    struct index_key key = index_key(INDEX_GROUP_MEMBER);
    if (!request_has(request, "group")) {
        return true;
    }
    index_key_id(&key, request_ref(request, "group", NUMBER_GROUP));
    index_key_id(&key, json_get_id(member, "id"));
    return store_get(request_txn(request), TABLE_INDEX, index_key_slice(&key), &value);
}

static bool keep_member(const struct request *request, const json_t *member)
{
    struct slice status = request_text(request, "status"), class = request_text(request, "class");
    struct slice tie = request_text(request, "tie"), role = request_text(request, "role");
    return (status.size == 0 || slice_equal(status, json_get_text(member, "status"))) &&
           (class.size == 0 || slice_equal(class, json_get_text(member, "class"))) &&
           (tie.size == 0 || list_holds(json_object_get(member, "ties"), tie)) &&
           (role.size == 0 || list_holds(json_object_get(member, "roles"), role)) &&
           keep_sponsorless(request, member) && keep_group(request, member) &&
           keep_text(request, member);
}

/* ---- member.list, member.get ---- */

static uint8_t order_of(const struct request *request)
{
    if (slice_equal(request_text(request, "status"), slice_text("external"))) {
        return INDEX_MEMBER_EXTERNAL;
    }
    return slice_equal(request_text(request, "order"), slice_text("name")) ? INDEX_MEMBER_BY_NAME
                                                                           : INDEX_MEMBER_BY_NUMBER;
}

static enum error list(struct request *request)
{
    uint8_t prefix = order_of(request);
    enum error error = check_conditions(request);
    if (error == ERROR_NONE) {
        error = request_answer_list_within(request, slice_of(&prefix, 1), DOCUMENT_MEMBER,
                                           keep_member, SCAN_MAX, SCAN_BYTES);
    }
    if (error == ERROR_NONE && reads_names_only(request)) {
        size_t i;
        json_t *item;
        json_t *names = json_array();
        json_array_foreach(json_object_get(request->result, "items"), i, item)
        {
            json_array_append_new(names, name_only(item));
        }
        json_put(request->result, "items", names);
    }
    return error;
}

static enum error get(struct request *request)
{
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    enum error error =
        request_answer_document(request, DOCUMENT_MEMBER, member, ERROR_MEMBER_UNKNOWN);
    if (error == ERROR_NONE && reads_names_only(request)) {
        json_put(request->result, "doc", name_only(json_object_get(request->result, "doc")));
    }
    return error;
}

/* ---- member.works ---- */

enum { WORKS_MAX = 100 };
static const struct field work_item = {.name = "document", .type = FIELD_ANY};
static const struct field works_result[] = {
    {.name = "proposals",
     .type = FIELD_LIST,
     .item = &work_item,
     .max = WORKS_MAX,
     .summary = "proposal_card documents they are an author of, the newest first"},
    {.name = "tasks",
     .type = FIELD_LIST,
     .item = &work_item,
     .max = WORKS_MAX,
     .summary = "task documents they hold or are asked for, the newest first"},
    {.name = "groups",
     .type = FIELD_LIST,
     .item = &work_item,
     .max = WORKS_MAX,
     .summary = "group documents of the groups they are in"},
    {0},
};

static json_t *documents_under(struct request *request, uint8_t prefix, struct id member,
                               uint8_t kind)
{
    struct slice key, value;
    json_t *items = json_array();
    struct index_key start = index_key(prefix);
    index_key_id(&start, member);
    struct store_cursor *cursor = store_cursor_open(request_txn(request), TABLE_INDEX);
    bool found = store_cursor_seek(cursor, index_key_slice(&start), &key, &value);
    while (found && key.size > start.size && memcmp(key.data, start.bytes, start.size) == 0 &&
           json_array_size(items) < WORKS_MAX) {
        struct id id;
        memcpy(id.bytes, value.data, ID_SIZE);
        json_t *document = document_load(request_txn(request), kind, id);
        if (document != NULL) {
            json_array_append_new(items, document);
        }
        found = store_cursor_next(cursor, &key, &value);
    }
    store_cursor_close(cursor);
    return items;
}

static enum error works(struct request *request)
{
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    if (id_is_none(member) || !document_exists(request_txn(request), DOCUMENT_MEMBER, member)) {
        return request_fault(request, "id", ERROR_MEMBER_UNKNOWN);
    }
    request->result = json_object();
    json_put(request->result, "proposals",
             documents_under(request, INDEX_PROPOSAL_OF_AUTHOR, member, DOCUMENT_PROPOSAL_CARD));
    json_put(request->result, "tasks",
             documents_under(request, INDEX_TASK_OF_MEMBER, member, DOCUMENT_TASK));
    json_put(request->result, "groups",
             documents_under(request, INDEX_GROUP_OF_MEMBER, member, DOCUMENT_GROUP));
    return ERROR_NONE;
}

/* ---- tables ---- */

static const enum error get_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_NONE};
static const struct command commands[] = {
    {.method = "member.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .summary = "Members in the order of their numbers or names, those that fit every condition",
     .example = "{\"limit\":50}"},
    {.method = "member.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = get_params,
     .result = get_result,
     .handle = get,
     .errors = get_errors,
     .summary = "One member",
     .example = "{\"id\":\"1\"}"},
    {.method = "member.works",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = get_params,
     .result = works_result,
     .handle = works,
     .errors = get_errors,
     .summary = "What a member proposed, their to-dos and groups",
     .example = "{\"id\":\"1\"}"},
    {0},
};
const struct concept concept_directory = {.name = "directory", .commands = commands};
