/* The organisation's decision rules: a preset is copied, adapted, and confirmed by an admin with the article of the statutes
 * that says so. Until then every vote by it says that nobody checked it.
 *
 * A rule is one document in the topic `org`, made from `rule-saved`, `rule-confirmed` and `rule-retired` of the event
 * organisation; presets themselves are a table of the program and are offered without a copy. What a rule asks, in three
 * languages, is written by src/rules when it is saved, and recorded with it.
 * Invariant: a document here holds a rule that a definition may hold; saving a rule takes its confirmation away, and one that
 * is retired is brought back (rule.retire) before it is changed.
 * Start at save() and rule_of(). */
#include "assembly/rule.h"

#include "assembly/parts.h"
#include "assembly/poll.h"
#include "base/fatal.h"
#include "rules/rules.h"

enum { RULES_MAX = 100, TITLE_MAX = 80, ASKS_MAX = 4000, ARTICLE_MAX = 200, GAP_DAYS_MAX = 365 };

/* ---- shapes ---- */

static const struct field gap_fields[] = {
    {.name = "gap_days",
     .type = FIELD_INTEGER,
     .max = GAP_DAYS_MAX,
     .summary = "days between the first meeting and the next, at least"},
    {0},
};
#define SECOND_CALL                                                                                \
    .name = "second_call", .type = FIELD_OBJECT, .fields = gap_fields, .nullable = true,           \
    .summary = "null: a quorum that was missed is missed for good"
#define ASKS                                                                                       \
    .name = "asks", .type = FIELD_TEXTS, .max = ASKS_MAX,                                          \
    .summary = "what the rule asks, in sentences"

static const struct field save_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "UUID of the rule, made by the client"},
    {.name = "preset",
     .type = FIELD_WORD,
     .words = rule_preset_names,
     .summary = "the preset it comes from; fields left out are those of the preset"},
    {.name = "title", .type = FIELD_LABELS, .max = TITLE_MAX, .optional = true},
    {.name = "method", .type = FIELD_WORD, .words = poll_method_words, .optional = true},
    {.name = "rule", .type = FIELD_OBJECT, .fields = poll_rule_fields, .optional = true},
    {.name = "mode", .type = FIELD_WORD, .words = poll_mode_words, .optional = true},
    {SECOND_CALL, .optional = true},
    {.name = "assembly", .type = FIELD_FLAG, .optional = true},
    {0},
};
static const struct field confirm_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "article",
     .type = FIELD_LINE,
     .max = ARTICLE_MAX,
     .optional = true,
     .summary = "of the statutes, which says so; left out: the confirmation is taken back"},
    {0},
};
static const struct field retire_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "retired", .type = FIELD_FLAG, .summary = "false: offered again"},
    {0},
};
static const struct field preview_params[] = {
    {.name = "preset",
     .type = FIELD_WORD,
     .words = rule_preset_names,
     .summary = "where the fields left out are from"},
    {.name = "method", .type = FIELD_WORD, .words = poll_method_words, .optional = true},
    {.name = "rule", .type = FIELD_OBJECT, .fields = poll_rule_fields, .optional = true},
    {SECOND_CALL, .optional = true},
    {0},
};
static const struct field preview_result[] = {{ASKS}, {0}};
static const struct field preset_fields[] = {
    {.name = "name", .type = FIELD_WORD, .words = rule_preset_names},
    {.name = "title", .type = FIELD_LABELS, .max = TITLE_MAX},
    {.name = "method", .type = FIELD_WORD, .words = poll_method_words},
    {.name = "rule", .type = FIELD_OBJECT, .fields = poll_rule_fields},
    {.name = "mode", .type = FIELD_WORD, .words = poll_mode_words},
    {SECOND_CALL},
    {.name = "assembly",
     .type = FIELD_FLAG,
     .summary = "what it is for is decided in a general assembly"},
    {.name = "from_statutes",
     .type = FIELD_FLAG,
     .summary = "not checked by a lawyer: to be compared with the statutes"},
    {.name = "article", .type = FIELD_LINE, .max = ARTICLE_MAX, .optional = true},
    {ASKS},
    {0},
};
static const struct field preset_item = {
    .name = "preset", .type = FIELD_OBJECT, .fields = preset_fields};
static const struct field presets_result[] = {
    {.name = "presets", .type = FIELD_LIST, .item = &preset_item, .max = RULES_MAX},
    {0},
};
static const struct field act_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field confirmed_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "article", .type = FIELD_LINE, .max = ARTICLE_MAX},
    {0},
};
static const struct field document_fields[] = {
    {.name = "preset", .type = FIELD_WORD, .words = rule_preset_names},
    {.name = "title", .type = FIELD_LABELS, .max = TITLE_MAX},
    {.name = "method", .type = FIELD_WORD, .words = poll_method_words},
    {.name = "rule", .type = FIELD_OBJECT, .fields = poll_rule_fields},
    {.name = "mode", .type = FIELD_WORD, .words = poll_mode_words},
    {SECOND_CALL},
    {.name = "assembly", .type = FIELD_FLAG},
    {ASKS},
    {.name = "saved", .type = FIELD_OBJECT, .fields = act_fields},
    {.name = "confirmed",
     .type = FIELD_OBJECT,
     .fields = confirmed_fields,
     .optional = true,
     .summary = "an admin compared it with the statutes; until then votes say that nobody did"},
    {.name = "retired", .type = FIELD_FLAG, .optional = true, .summary = "not offered any more"},
    {0},
};

/* ---- what a rule is made of ---- */

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

static json_t *texts_of(const char *const texts[RULE_LANGUAGES])
{
    json_t *json = json_object();
    for (size_t i = 0; i < RULE_LANGUAGES; i++) {
        json_put(json, rule_languages[i], word(texts[i]));
    }
    return json;
}

static json_t *second_call_of(const struct rule_preset *preset)
{
    if (!preset->second_call) {
        return json_null();
    }
    json_t *json = json_object();
    json_put(json, "gap_days", json_number(preset->gap_days));
    return json;
}

static json_t *asks_of(const json_t *draft)
{
    struct rule rule;
    json_t *json = json_object();
    const json_t *again = json_object_get(draft, "second_call");
    struct rule_second_call second_call = {
        .allowed = json_is_object(again),
        .gap_days = (uint16_t)json_get_integer(again, "gap_days"),
    };
    uint8_t method = definition_method_find(json_get_text(draft, "method"));
    rule_read(json_object_get(draft, "rule"), &rule);
    for (size_t i = 0; i < RULE_LANGUAGES; i++) {
        struct buffer text;
        buffer_init(&text, RULE_SENTENCE_MAX);
        rule_asks(&text, rule_languages[i], method, &rule, second_call);
        json_put(json, rule_languages[i], json_text(buffer_slice(&text)));
        buffer_free(&text);
    }
    return json;
}

/* title, method, rule, mode, second_call, assembly of a preset. New reference. */
static json_t *draft_of(const struct rule_preset *preset)
{
    struct rule rule = rule_preset_rule(preset);
    json_t *draft = json_object();
    json_put(draft, "title", texts_of(preset->titles));
    json_put(draft, "method", word(definition_method_name(preset->method)));
    json_put(draft, "rule", rule_write(&rule));
    json_put(draft, "mode", word(preset->confidential ? "confidential" : "named"));
    json_put(draft, "second_call", second_call_of(preset));
    json_put(draft, "assembly", json_boolean(preset->assembly));
    return draft;
}

/* The preset that the parameters name, with what they change: *draft as draft_of() makes it. New reference. */
static enum error adapted(struct request *request, json_t **draft)
{
    static const char *const given[] = {"title", "method", "mode", "second_call", "assembly", NULL};
    const struct rule_preset *preset = rule_preset_find(request_text(request, "preset"));
    assert_always(preset != NULL); /* its shape was checked */
    json_t *whole = draft_of(preset);
    json_t *rule =
        rule_complete(json_object_get(whole, "rule"), json_object_get(request->params, "rule"));
    json_put(rule, "name", word(preset->name)); /* the name says where it came from */
    json_put(whole, "rule", rule);
    fields_copy(whole, request->params, given);
    if (!rule_is_good(definition_method_find(json_get_text(whole, "method")), rule)) {
        json_decref(whole);
        return request_fault(request, "rule", ERROR_INPUT_BAD_VALUE);
    }
    if (slice_equal(json_get_text(whole, "mode"), slice_text("secret"))) {
        json_decref(whole);
        return request_fault(request, "mode", ERROR_POLL_MODE_UNAVAILABLE);
    }
    json_put(whole, "asks", asks_of(whole));
    *draft = whole;
    return ERROR_NONE;
}

/* ---- commands ---- */

static bool count_one(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    ++*(size_t *)context;
    return true;
}

static size_t rules_count(struct store_txn *txn)
{
    size_t count = 0;
    struct index_key key = index_key(INDEX_RULE);
    store_scan(txn, TABLE_INDEX, index_key_slice(&key), count_one, &count);
    return count;
}

static enum error save(struct request *request)
{
    json_t *draft;
    struct id id = request_id(request, "id");
    json_t *before = document_load(request_txn(request), DOCUMENT_RULE, id);
    bool known = before != NULL, retired = json_get_flag(before, "retired");
    json_decref(before);
    if (retired || (!known && rules_count(request_txn(request)) >= RULES_MAX)) {
        return request_fault(request, "id", retired ? ERROR_RULE_BAD_STATE : ERROR_RULE_FULL);
    }
    enum error error = adapted(request, &draft);
    if (error == ERROR_NONE) {
        json_t *event = event_new("rule_saved");
        json_put(event, "id", json_id(id));
        json_put(event, "preset", json_text(request_text(request, "preset")));
        json_object_update(event, draft);
        json_decref(draft);
        request_emit_json(request, EVENT_ORGANISATION, event);
    }
    return error;
}

static enum error confirm(struct request *request)
{
    struct id id = request_id(request, "id");
    json_t *rule = document_load(request_txn(request), DOCUMENT_RULE, id);
    bool confirmed = json_object_get(rule, "confirmed") != NULL;
    bool known = rule != NULL, retired = json_get_flag(rule, "retired");
    json_decref(rule);
    if (!known) {
        return request_fault(request, "id", ERROR_RULE_UNKNOWN);
    }
    if (retired || (!confirmed && !request_has(request, "article"))) {
        return request_fault(request, "id", ERROR_RULE_BAD_STATE);
    }
    json_t *event = event_new("rule_confirmed");
    json_put(event, "id", json_id(id));
    if (request_has(request, "article")) {
        json_put(event, "article", json_text(request_text(request, "article")));
    }
    request_emit_json(request, EVENT_ORGANISATION, event);
    return ERROR_NONE;
}

static enum error retire(struct request *request)
{
    struct id id = request_id(request, "id");
    bool retired = json_get_flag(request->params, "retired");
    json_t *rule = document_load(request_txn(request), DOCUMENT_RULE, id);
    bool known = rule != NULL, same = json_get_flag(rule, "retired") == retired;
    json_decref(rule);
    if (!known || same) {
        return request_fault(request, "id", known ? ERROR_RULE_BAD_STATE : ERROR_RULE_UNKNOWN);
    }
    json_t *event = event_new("rule_retired");
    json_put(event, "id", json_id(id));
    json_put(event, "retired", json_boolean(retired));
    request_emit_json(request, EVENT_ORGANISATION, event);
    return ERROR_NONE;
}

static enum error presets(struct request *request)
{
    size_t count;
    const struct rule_preset *all = rule_presets(&count);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *one = draft_of(&all[i]);
        json_put(one, "asks", asks_of(one));
        json_put(one, "name", word(all[i].name));
        json_put(one, "from_statutes", json_boolean(all[i].from_statutes));
        json_put(one, "article", all[i].article == NULL ? NULL : word(all[i].article));
        json_array_append_new(list, one);
    }
    request->result = json_object();
    json_put(request->result, "presets", list);
    return ERROR_NONE;
}

static enum error preview(struct request *request)
{
    static const char *const shown[] = {"asks", NULL};
    json_t *draft;
    enum error error = adapted(request, &draft);
    if (error == ERROR_NONE) {
        request->result = json_object();
        fields_copy(request->result, draft, shown);
        json_decref(draft);
    }
    return error;
}

/* ---- the rule of a vote ---- */

/* A copy of the rule, with where it is from; the organisation's own comes before a preset of the same name. */
static enum error find_rule(struct request *request, struct slice use, json_t **found,
                            struct rule_use *terms)
{
    struct id id;
    const struct rule_preset *preset = rule_preset_find(use);
    json_t *document =
        id_parse(use, &id) ? document_load(request_txn(request), DOCUMENT_RULE, id) : NULL;
    if (document == NULL && preset == NULL) {
        return request_fault(request, "rule.use", ERROR_RULE_UNKNOWN);
    }
    if (json_get_flag(document, "retired")) {
        json_decref(document);
        return request_fault(request, "rule.use", ERROR_RULE_BAD_STATE);
    }
    json_t *whole = document == NULL ? draft_of(preset) : document;
    bool checked =
        document == NULL ? !preset->from_statutes : json_object_get(document, "confirmed") != NULL;
    const json_t *again = json_object_get(whole, "second_call");
    *terms = (struct rule_use){
        .confidential = slice_equal(json_get_text(whole, "mode"), slice_text("confidential")),
        .assembly = json_get_flag(whole, "assembly"),
        .second_call = json_is_object(again),
        .gap_days = (uint16_t)json_get_integer(again, "gap_days"),
    };
    *found = json_deep_copy(json_object_get(whole, "rule"));
    json_put(*found, "use", json_text(use));
    json_put(*found, "preset",
             document == NULL ? word(preset->name) : json_text(json_get_text(document, "preset")));
    json_put(*found, "checked", json_boolean(checked));
    json_decref(whole);
    return ERROR_NONE;
}

/* Without its quorum, and without it in each class. */
static void drop_quorum(json_t *found)
{
    struct rule rule;
    rule_read(found, &rule);
    rule_drop_quorum(&rule);
    json_t *changed = rule_write(&rule);
    json_object_update(found, changed);
    json_decref(changed);
    json_put(found, "second_call", json_true());
}

enum error rule_of(struct request *request, const json_t *given, json_t **found,
                   struct rule_use *use)
{
    bool called_again = json_get_flag(given, "second_call");
    enum error error = find_rule(request, json_get_text(given, "use"), found, use);
    if (error != ERROR_NONE) {
        return error;
    }
    if (called_again && !use->second_call) {
        json_decref(*found);
        return request_fault(request, "rule.second_call", ERROR_RULE_BAD_STATE);
    }
    if (called_again) {
        drop_quorum(*found);
    }
    json_put(*found, "mandates", json_null());
    return ERROR_NONE;
}

/* ---- documents ---- */

static json_t *act_of(struct change *change)
{
    json_t *act = json_object();
    json_put(act, "at_ms", json_number(change->time_ms));
    json_put(act, "by", change_by(change, json_object_get(change->json, "by")));
    return act;
}

static void put(struct change *change, struct id id, json_t *document)
{
    struct topic topic = topic_plain(TOPIC_ORG);
    change_put(change, DOCUMENT_RULE, id, document, &topic, 1);
}

static void apply_saved(struct change *change, struct id id)
{
    static const char *const recorded[] = {"preset",      "title",    "method", "rule", "mode",
                                           "second_call", "assembly", "asks",   NULL};
    struct index_key key = index_key(INDEX_RULE);
    json_t *document = document_new(DOCUMENT_RULE, id);
    fields_copy(document, change->json, recorded);
    json_put(document, "saved", act_of(change));
    index_key_id(&key, id);
    change_index(change, index_key_slice(&key), id);
    put(change, id, document);
}

static void apply_confirmed(struct change *change, json_t *document)
{
    json_t *confirmed = NULL;
    const json_t *article = json_object_get(change->json, "article");
    if (article != NULL) {
        confirmed = act_of(change);
        json_put(confirmed, "article", json_deep_copy(article));
    }
    json_put(document, "confirmed", confirmed);
}

static void apply_rule(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    if (event_is(change->json, "rule_saved")) {
        apply_saved(change, id);
        return;
    }
    bool confirmed = event_is(change->json, "rule_confirmed");
    if (!confirmed && !event_is(change->json, "rule_retired")) {
        return; /* of the organisation itself, or erased */
    }
    json_t *document = change_load(change, DOCUMENT_RULE, id);
    if (document == NULL) {
        return; /* what it was is erased */
    }
    if (confirmed) {
        apply_confirmed(change, document);
    } else {
        json_put(document, "retired", json_get_flag(change->json, "retired") ? json_true() : NULL);
    }
    put(change, id, document);
}

/* ---- tables ---- */

static const struct field no_params[] = {{0}};
static const enum error save_errors[] = {ERROR_RULE_FULL, ERROR_RULE_BAD_STATE,
                                         ERROR_POLL_MODE_UNAVAILABLE, ERROR_NONE};
static const enum error change_errors[] = {ERROR_RULE_UNKNOWN, ERROR_RULE_BAD_STATE, ERROR_NONE};
static const struct command commands[] = {
    {.method = "rule.presets",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = no_params,
     .result = presets_result,
     .handle = presets,
     .summary = "The ready-made rules of the program, each with what it asks",
     .example = "{}"},
    {.method = "rule.preview",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = preview_params,
     .result = preview_result,
     .handle = preview,
     .summary = "What a preset would ask with these changes; nothing is recorded",
     .example = "{\"preset\":\"sc-statutes\",\"rule\":{\"majority\":{\"num\":2,\"den\":3,"
                "\"strict\":false}}}"},
    {.method = "rule.save",
     .who = WHO_ADMIN | WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = save_params,
     .handle = save,
     .errors = save_errors,
     .summary = "Copy a preset into a rule of the organisation, or change that rule; a change "
                "takes its confirmation away",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d10\","
                "\"id\":\"6a9e3c0e-8a0b-4d5e-9d55-0c6a5f8f3a10\",\"preset\":\"asbl-statutes\"}"},
    {.method = "rule.confirm",
     .who = WHO_ADMIN,
     .flags = COMMAND_WRITE,
     .params = confirm_params,
     .handle = confirm,
     .errors = change_errors,
     .summary = "Say which article of the statutes says what the rule asks, or take that back",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d10\","
                "\"id\":\"6a9e3c0e-8a0b-4d5e-9d55-0c6a5f8f3a10\",\"article\":\"art. 24\"}"},
    {.method = "rule.retire",
     .who = WHO_ADMIN | WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = retire_params,
     .handle = retire,
     .errors = change_errors,
     .summary = "Offer a rule of the organisation no more, or again",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d10\","
                "\"id\":\"6a9e3c0e-8a0b-4d5e-9d55-0c6a5f8f3a10\",\"retired\":true}"},
    {0},
};
static const struct applies applies[] = {{EVENT_ORGANISATION, apply_rule}, {0}};
static const struct document_shape documents[] = {{DOCUMENT_RULE, "rule", document_fields}, {0}};
const struct concept concept_rule = {
    .name = "rule", .commands = commands, .applies = applies, .documents = documents};
