/* The organisation: name, languages, classes of members, settings, and the counts that home shows.
 *
 * One document in the topic `org`. It is made by the genesis event (which names the log), filled by
 * the founding event and changed by `org.update`, which records only what changed. The counts of
 * members by status and of proposals live in it too: member.c and proposal.c report each change, so
 * the threshold of support can be computed from this one document.
 * Invariant: each class that a member belongs to exists. Start at update(). */
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/settings.h"
#include "base/reader.h"
#include "crypto/note.h"

#include <string.h>

enum { EXPECTATION_LINES = 5 };

/* ---- shapes ---- */

static const struct field language = {.name = "language", .type = FIELD_LANGUAGE};
static const struct field class_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "key", .type = FIELD_LINE, .min = 1, .max = 35, .summary = "letters, digits, hyphens"},
    {.name = "label", .type = FIELD_LABELS, .max = 80},
    {.name = "votes", .type = FIELD_FLAG, .summary = "members of this class are entitled to vote"},
    {0},
};
static const struct field class_field = {
    .name = "class", .type = FIELD_OBJECT, .fields = class_fields};
static const char *const legal_forms[] = {"sc",   "asbl",    "aisbl", "de-facto", "scop",
                                          "scic", "loi1901", "other", NULL};

static const struct field update_params[] = {
    {.name = "name", .type = FIELD_LINE, .min = 1, .max = 80, .optional = true},
    {.name = "names",
     .type = FIELD_LABELS,
     .max = 80,
     .optional = true,
     .summary = "the name in several languages"},
    {.name = "languages",
     .type = FIELD_LIST,
     .item = &language,
     .min = 1,
     .max = LANGUAGES_MAX,
     .optional = true},
    {.name = "time_zone", .type = FIELD_LINE, .min = 1, .max = 64, .optional = true},
    {.name = "expectations",
     .type = FIELD_TEXTS,
     .max = 2000,
     .optional = true,
     .summary = "what the organisation expects of a member, per language"},
    {.name = "classes",
     .type = FIELD_LIST,
     .item = &class_field,
     .min = 1,
     .max = CLASSES_MAX,
     .optional = true,
     .summary = "the whole list; a class in use stays"},
    {.name = "settings",
     .type = FIELD_OBJECT,
     .fields = settings_params,
     .optional = true,
     .summary = "only what changes"},
    {.name = "legal_form", .type = FIELD_WORD, .words = legal_forms, .optional = true},
    {0},
};
static const struct field count_fields[] = {
    {.name = "active", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "dormant", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "invited", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "external", .type = FIELD_INTEGER, .max = INT64_MAX},
    {0},
};
static const struct field log_fields[] = {
    {.name = "origin", .type = FIELD_LINE, .max = 200},
    {.name = "vkey", .type = FIELD_LINE, .max = 300},
    {0},
};
bool organisation_is_legal_form(struct slice text)
{
    for (const char *const *form = legal_forms; *form != NULL; form++) {
        if (slice_equal(text, slice_text(*form))) {
            return true;
        }
    }
    return false;
}

static const struct field practice_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX},
    {0},
};
static const struct field organisation_fields[] = {
    {.name = "name", .type = FIELD_LINE, .max = 80},
    {.name = "names", .type = FIELD_LABELS, .max = 80, .optional = true},
    {.name = "languages", .type = FIELD_LIST, .item = &language, .max = LANGUAGES_MAX},
    {.name = "legal_form", .type = FIELD_WORD, .words = legal_forms},
    {.name = "time_zone", .type = FIELD_LINE, .max = 64},
    {.name = "demo", .type = FIELD_FLAG, .optional = true},
    {.name = "expectations", .type = FIELD_TEXTS, .max = 2000, .optional = true},
    {.name = "classes", .type = FIELD_LIST, .item = &class_field, .max = CLASSES_MAX},
    {.name = "settings", .type = FIELD_OBJECT, .fields = settings_fields},
    {.name = "members",
     .type = FIELD_OBJECT,
     .fields = count_fields,
     .summary = "members by status"},
    {.name = "proposals", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "log", .type = FIELD_OBJECT, .fields = log_fields},
    {.name = "practice",
     .type = FIELD_OBJECT,
     .fields = practice_fields,
     .optional = true,
     .summary = "the practice vote that is open"},
    {0},
};

/* ---- asking ---- */

json_t *organisation_load(struct store_txn *txn)
{
    return document_load(txn, DOCUMENT_ORGANISATION, record_org(txn));
}

struct id organisation_class(struct store_txn *txn, struct slice text)
{
    size_t i;
    json_t *item;
    struct id id = {{0}};
    json_t *organisation = organisation_load(txn);
    json_array_foreach(json_object_get(organisation, "classes"), i, item)
    {
        if (slice_equal(json_get_text(item, "id"), text) ||
            slice_equal(json_get_text(item, "key"), text)) {
            id = json_get_id(item, "id");
            break;
        }
    }
    json_decref(organisation);
    return id;
}

static uint32_t threshold_of(const json_t *organisation)
{
    const json_t *support = json_object_get(json_object_get(organisation, "settings"), "support");
    int64_t active = json_get_integer(json_object_get(organisation, "members"), "active");
    int64_t num = json_get_integer(support, "num");
    int64_t den = json_get_integer(support, "den");
    int64_t at_least = json_get_integer(support, "at_least");
    int64_t at_most = json_get_integer(support, "at_most");
    int64_t fraction = den > 0 ? (active * num + den - 1) / den : 0;
    int64_t threshold = fraction > at_least ? fraction : at_least;
    return (uint32_t)(threshold > at_most ? at_most : threshold);
}

/* Every change of a card asks: it is kept beside the document that it follows from. */
uint32_t organisation_threshold(struct store_txn *txn)
{
    struct slice value;
    struct index_key key = index_key(INDEX_THRESHOLD);
    if (!store_get(txn, TABLE_INDEX, index_key_slice(&key), &value)) {
        return 0;
    }
    struct reader reader = reader_of(value);
    return reader_u32(&reader);
}

/* No row says 0. */
static void put_threshold(struct change *change, uint32_t threshold)
{
    struct buffer value;
    struct index_key key = index_key(INDEX_THRESHOLD);
    if (threshold == organisation_threshold(change->txn)) {
        return;
    }
    buffer_init(&value, sizeof threshold);
    buffer_append_u32(&value, threshold);
    store_put(change->txn, TABLE_INDEX, index_key_slice(&key), buffer_slice(&value));
    buffer_free(&value);
}

bool organisation_has_theme(const json_t *organisation, struct slice key)
{
    size_t i;
    json_t *item;
    const json_t *themes = json_object_get(json_object_get(organisation, "settings"), "themes");
    json_array_foreach(themes, i, item)
    {
        if (slice_equal(json_get_text(item, "key"), key)) {
            return !json_get_flag(item, "retired");
        }
    }
    return false;
}

/* ---- org.update ---- */

static bool languages_are_distinct(const json_t *list)
{
    size_t i, j;
    json_t *item, *other;
    json_array_foreach(list, i, item)
    {
        json_array_foreach(list, j, other)
        {
            if (j < i && json_equal(item, other)) {
                return false;
            }
        }
    }
    return true;
}

static bool note_use(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    *(bool *)context = true;
    return false;
}

static bool class_is_used(struct store_txn *txn, struct id class)
{
    bool used = false;
    struct index_key key = index_key(INDEX_MEMBER_OF_CLASS);
    index_key_id(&key, class);
    store_scan(txn, TABLE_INDEX, index_key_slice(&key), note_use, &used);
    return used;
}

static enum error check_classes(struct request *request, const json_t *organisation)
{
    size_t i, j;
    json_t *old, *item;
    const json_t *classes = json_object_get(request->params, "classes");
    if (!keys_are_distinct(classes, "id") || !keys_are_distinct(classes, "key")) {
        return request_fault(request, "classes", ERROR_INPUT_BAD_VALUE);
    }
    json_array_foreach(json_object_get(organisation, "classes"), i, old)
    {
        bool kept = false;
        json_array_foreach(classes, j, item)
        {
            kept = kept || slice_equal(json_get_text(item, "id"), json_get_text(old, "id"));
        }
        if (!kept && class_is_used(request_txn(request), json_get_id(old, "id"))) {
            return request_fault(request, "classes", ERROR_CLASS_IN_USE);
        }
    }
    return ERROR_NONE;
}

static bool zone_is_good(struct slice zone)
{
    for (size_t i = 0; i < zone.size; i++) {
        uint8_t c = zone.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && strchr("_+-/", c) == NULL) {
            return false;
        }
    }
    return true;
}

/* Five lines at most in each language. */
static bool expectations_are_short(json_t *expectations)
{
    const char *code;
    json_t *text;
    json_object_foreach(expectations, code, text)
    {
        size_t lines = 1;
        for (const char *at = json_string_value(text); *at != '\0'; at++) {
            lines += *at == '\n';
        }
        if (lines > EXPECTATION_LINES) {
            return false;
        }
    }
    return true;
}

static const char *const changeable[] = {"name",         "names",      "languages",
                                         "time_zone",    "legal_form", "classes",
                                         "expectations", "settings",   NULL};

static enum error update(struct request *request)
{
    enum error error = ERROR_NONE;
    if (json_object_size(request->params) < 2) { /* only `command` */
        return request_fault(request, "name", ERROR_INPUT_MISSING_FIELD);
    }
    if (!languages_are_distinct(json_object_get(request->params, "languages"))) {
        return request_fault(request, "languages", ERROR_INPUT_BAD_VALUE);
    }
    if (!zone_is_good(request_text(request, "time_zone"))) {
        return request_fault(request, "time_zone", ERROR_INPUT_BAD_VALUE);
    }
    if (!expectations_are_short(json_object_get(request->params, "expectations"))) {
        return request_fault(request, "expectations", ERROR_INPUT_TOO_BIG);
    }
    if (request_has(request, "classes")) {
        json_t *organisation = organisation_load(request_txn(request));
        error = check_classes(request, organisation);
        json_decref(organisation);
    }
    if (error == ERROR_NONE && !settings_are_good(json_object_get(request->params, "settings"))) {
        error = request_fault(request, "settings", ERROR_INPUT_BAD_VALUE);
    }
    if (error == ERROR_NONE) {
        json_t *event = event_new("updated");
        fields_copy(event, request->params, changeable);
        request_emit_json(request, EVENT_ORGANISATION, event);
    }
    return error;
}

/* ---- documents ---- */

/* To be put back. */
static json_t *take(struct change *change)
{
    return change_take(change, DOCUMENT_ORGANISATION, record_org(change->txn));
}

static void put(struct change *change, json_t *organisation)
{
    struct topic topic = topic_plain(TOPIC_ORG);
    struct id id = json_get_id(organisation, "id");
    put_threshold(change, threshold_of(organisation));
    change_hold(change, DOCUMENT_ORGANISATION, id, organisation, &topic, 1);
}

static json_t *new_counts(void)
{
    json_t *counts = json_object();
    json_put(counts, "active", json_number(0));
    json_put(counts, "dormant", json_number(0));
    json_put(counts, "invited", json_number(0));
    json_put(counts, "external", json_number(0));
    return counts;
}

static json_t *new_log(struct slice origin, const struct hash *key)
{
    struct buffer vkey;
    json_t *log = json_object();
    buffer_init(&vkey, NOTE_MAX_SIZE);
    note_vkey(&vkey, origin, key);
    json_put(log, "origin", json_text(origin));
    json_put(log, "vkey", json_text(buffer_slice(&vkey)));
    buffer_free(&vkey);
    return log;
}

static void apply_genesis(struct change *change)
{
    struct payload_genesis genesis;
    if (payload_decode_genesis(change->payload, &genesis) != ERROR_NONE) {
        return;
    }
    json_t *organisation = document_new(DOCUMENT_ORGANISATION, genesis.org);
    json_put(organisation, "name", json_text(slice_text("")));
    json_put(organisation, "languages", json_array());
    json_put(organisation, "legal_form", json_text(slice_text("de-facto")));
    json_put(organisation, "time_zone", json_text(slice_text("Europe/Brussels")));
    json_put(organisation, "classes", json_array());
    json_put(organisation, "settings", settings_default());
    json_put(organisation, "members", new_counts());
    json_put(organisation, "proposals", json_number(0));
    json_put(organisation, "log", new_log(genesis.origin, &genesis.ledger_pk));
    put(change, organisation);
}

static void apply_organisation(struct change *change)
{
    static const char *const recorded[] = {"name",       "names",     "languages",
                                           "legal_form", "time_zone", "expectations",
                                           "classes",    "demo",      NULL};
    json_t *organisation = organisation_load(change->txn);
    if (organisation == NULL || change->json == NULL ||
        !(event_is(change->json, "founded") || event_is(change->json, "updated"))) {
        json_decref(organisation);
        return;
    }
    json_t *settings = json_object_get(change->json, "settings");
    if (event_is(change->json, "updated")) {
        settings_history_add(change, organisation, change->json, recorded);
        settings_history_add(change, json_object_get(organisation, "settings"), settings,
                             settings_names());
    }
    fields_copy(organisation, change->json, recorded);
    if (settings != NULL) {
        json_object_update(json_object_get(organisation, "settings"), settings);
        settings_apply(change, settings);
    }
    put(change, organisation);
}

static const char *count_name(enum member_status status)
{
    switch (status) {
    case MEMBER_INVITED:
        return "invited";
    case MEMBER_ACTIVE:
        return "active";
    case MEMBER_DORMANT:
        return "dormant";
    case MEMBER_EXTERNAL:
        return "external";
    case MEMBER_LEFT:
    case MEMBER_ERASED:
        break;
    }
    return NULL;
}

static void count_add(json_t *counts, const char *name, int64_t by)
{
    if (name != NULL) {
        json_put(counts, name, json_number((uint64_t)(json_get_integer(counts, name) + by)));
    }
}

void organisation_count_member(struct change *change, enum member_status before,
                               enum member_status after)
{
    json_t *organisation = before == after ? NULL : take(change);
    if (organisation == NULL) {
        return;
    }
    json_t *counts = json_object_get(organisation, "members");
    count_add(counts, count_name(before), -1);
    count_add(counts, count_name(after), 1);
    put(change, organisation);
}

void organisation_count_proposal(struct change *change)
{
    json_t *organisation = take(change);
    if (organisation != NULL) {
        count_add(organisation, "proposals", 1);
        put(change, organisation);
    }
}

void organisation_set_practice(struct change *change, struct id poll, int64_t number)
{
    json_t *organisation = organisation_load(change->txn);
    json_t *practice = id_is_none(poll) ? NULL : json_object();
    if (organisation == NULL) {
        json_decref(practice);
        return;
    }
    if (practice != NULL) {
        json_put(practice, "id", json_id(poll));
        json_put(practice, "number", json_integer(number));
    }
    json_put(organisation, "practice", practice);
    put(change, organisation);
}

/* ---- tables ---- */

static const struct field no_params[] = {{0}};
static const struct field history_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_SETTINGS_HISTORY, .optional = true},
    {0},
};
static const enum error update_errors[] = {ERROR_CLASS_IN_USE, ERROR_NONE};
static const struct command commands[] = {
    {.method = "org.update",
     .who = WHO_ADMIN | WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = update_params,
     .handle = update,
     .errors = update_errors,
     .summary = "Change the organisation's name, languages, classes or settings",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d10\","
                "\"expectations\":{\"en\":\"Help once a season.\"}}"},
    {.method = "org.history",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = no_params,
     .result = history_result,
     .handle = settings_history_get,
     .summary = "Who changed what of the organisation: the newest 100 changes",
     .example = "{}"},
    {0},
};
/* Devices learn here which origin and key seal from now on. */
static void apply_epoch(struct change *change)
{
    struct payload_epoch epoch;
    struct id org = record_org(change->txn);
    json_t *organisation = change_load(change, DOCUMENT_ORGANISATION, org);
    if (organisation == NULL || payload_decode_epoch(change->payload, &epoch) != ERROR_NONE) {
        json_decref(organisation);
        return;
    }
    json_put(organisation, "log", new_log(epoch.origin, &epoch.ledger_pk));
    change_put_again(change, DOCUMENT_ORGANISATION, org, organisation);
}

static const struct applies applies[] = {
    {EVENT_GENESIS, apply_genesis},
    {EVENT_EPOCH, apply_epoch},
    {EVENT_ORGANISATION, apply_organisation},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_ORGANISATION, "organisation", organisation_fields},
    {DOCUMENT_SETTINGS_HISTORY, "settings_history", settings_history_fields},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_ORG, .name = "org", .readers = WHO_READERS},
    {0},
};
const struct concept concept_organisation = {
    .name = "organisation",
    .commands = commands,
    .applies = applies,
    .documents = documents,
    .topics = topics,
};
