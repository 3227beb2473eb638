/* Who changed what of the organisation, and what it was before: what the settings page lists, and what "back to before" puts
 * back through the same org.update.
 *
 * One document, in no topic (home does not need it), read by `org.history`. Invariants: at most HISTORY_ITEMS items, the
 * newest ones; a value that is longer than VALUE_MAX when written is left out of its item, the record keeps it. */
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/settings.h"

enum { HISTORY_ITEMS = 100, VALUE_MAX = 1000 /* bytes */ };

static const struct field item_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "name",
     .type = FIELD_LINE,
     .max = 64,
     .summary = "of a parameter of org.update, or of one of its settings"},
    {.name = "before", .type = FIELD_ANY, .optional = true, .summary = "left out when it is long"},
    {.name = "after", .type = FIELD_ANY, .optional = true, .summary = "left out when it is long"},
    {0},
};
static const struct field item = {.name = "item", .type = FIELD_OBJECT, .fields = item_fields};
const struct field settings_history_fields[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &item,
     .max = HISTORY_ITEMS,
     .summary = "the newest changes, the last one last"},
    {0},
};

/* A copy, or NULL when it is none or too long to be shown. */
static json_t *shown(const json_t *value)
{
    struct buffer bytes;
    bool fits = value != NULL;
    buffer_init(&bytes, VALUE_MAX);
    if (fits) {
        json_write(&bytes, value);
        fits = buffer_ok(&bytes);
    }
    buffer_free(&bytes);
    return fits ? json_deep_copy(value) : NULL;
}

static json_t *item_of(struct change *change, const char *name, const json_t *before,
                       const json_t *after)
{
    json_t *one = json_object();
    json_put(one, "at_ms", json_number(change->time_ms));
    json_put(one, "by", change_by(change, json_object_get(change->json, "by")));
    json_put(one, "name", json_text(slice_text(name)));
    json_put(one, "before", shown(before));
    json_put(one, "after", shown(after));
    return one;
}

static json_t *history_load(struct change *change, struct id org)
{
    json_t *history = change_load(change, DOCUMENT_SETTINGS_HISTORY, org);
    if (history == NULL) {
        history = document_new(DOCUMENT_SETTINGS_HISTORY, org);
        json_put(history, "items", json_array());
    }
    return history;
}

void settings_history_add(struct change *change, const json_t *before, const json_t *after,
                          const char *const *names)
{
    struct id org = record_org(change->txn);
    json_t *history = history_load(change, org);
    json_t *items = json_object_get(history, "items");
    bool changed = false;
    for (; *names != NULL; names++) {
        const json_t *old = json_object_get(before, *names);
        const json_t *new = json_object_get(after, *names);
        if (new != NULL && (old == NULL || !json_equal(old, new))) {
            json_array_append_new(items, item_of(change, *names, old, new));
            changed = true;
        }
    }
    while (json_array_size(items) > HISTORY_ITEMS) {
        json_array_remove(items, 0);
    }
    if (changed) {
        change_put(change, DOCUMENT_SETTINGS_HISTORY, org, history, NULL, 0);
    } else {
        json_decref(history);
    }
}

enum error settings_history_get(struct request *request)
{
    struct id org = request_org(request);
    if (!document_exists(request_txn(request), DOCUMENT_SETTINGS_HISTORY, org)) {
        request->result = json_object();
        return ERROR_NONE; /* nothing was changed yet */
    }
    return request_answer_document(request, DOCUMENT_SETTINGS_HISTORY, org, ERROR_CONFLICT);
}
