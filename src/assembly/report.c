/* Moderation: any member reports a text once, facilitation looks at it and says what comes of it.
 *
 *   report.make ──▶ open ──report.settle──▶ kept, removed (a comment) or handled ──report.make──▶ open
 *
 * One document for each reported thing, under the thing's own id, in the topic `moderation` that facilitation alone reads:
 * so who reported is seen by nobody else, and the events are private in exports. While a comment's report is open the
 * comment itself stands in that topic too, so that the queue shows it live. A facilitator who removes a reported comment
 * anywhere settles its report. Invariant: INDEX_REPORT holds each report once, under its present state. Start at make(). */
#include "assembly/report.h"
#include "assembly/comment.h"
#include "assembly/member.h"
#include "assembly/personal.h"

#include <string.h>

enum {
    REPORTS_MAX = 50,
    REASON_BYTES = 4000,
    REASON_MAX = 1000,
    LIST_SCAN_MAX = 2000,
    FACILITATION_MAX = 50
};

/* ---- what can be reported ---- */

struct subject_kind {
    const char *word;
    uint8_t document, number;
    enum error unknown;
    const char *title; /* member of its document that names it; NULL = none */
    const char *
        owner; /* member that holds {"id","name"} of who wrote it; NULL = the thing itself is a person */
};
static const char *const kind_words[] = {"comment", "proposal", "member", "task", NULL};
static const struct subject_kind subject_kinds[] = {
    {"comment", DOCUMENT_COMMENT, NUMBER_COMMENT, ERROR_COMMENT_UNKNOWN, NULL, "author"},
    {"proposal", DOCUMENT_PROPOSAL_CARD, NUMBER_PROPOSAL, ERROR_PROPOSAL_UNKNOWN, "title",
     "author"},
    {"member", DOCUMENT_MEMBER, NUMBER_MEMBER, ERROR_MEMBER_UNKNOWN, "name", NULL},
    {"task", DOCUMENT_TASK, NUMBER_TASK, ERROR_TASK_UNKNOWN, "title", "created_by"},
    {0},
};

static const struct subject_kind *subject_kind_find(struct slice word)
{
    for (const struct subject_kind *kind = subject_kinds; kind->word != NULL; kind++) {
        if (slice_equal(word, slice_text(kind->word))) {
            return kind;
        }
    }
    return NULL;
}

/* ---- shapes ---- */

static const char *const outcome_words[] = {"kept", "removed", "handled", NULL};
static const char *const state_words[] = {"open", "kept", "removed", "handled", NULL};
static const struct field on_params[] = {
    {.name = "kind", .type = FIELD_WORD, .words = kind_words},
    {.name = "id", .type = FIELD_REF},
    {0},
};
static const struct field make_params[] = {
    {.name = "on", .type = FIELD_OBJECT, .fields = on_params},
    {.name = "reason",
     .type = FIELD_TEXT,
     .min = 1,
     .max = REASON_BYTES,
     .summary = "facilitation alone reads it; at most 1,000 characters"},
    {0},
};
static const struct field take_back_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "of the thing reported"},
    {0},
};
static const struct field settle_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "of the thing reported"},
    {.name = "outcome",
     .type = FIELD_WORD,
     .words = outcome_words,
     .summary = "removed: comments only; handled: settled in another way"},
    {.name = "word",
     .type = FIELD_TEXT,
     .min = 1,
     .max = REASON_BYTES,
     .summary = "why, at most 1,000 characters; of a removal everybody reads it"},
    {0},
};
static const struct field list_params[] = {
    {.name = "open", .type = FIELD_FLAG, .optional = true, .summary = "false: those settled"},
    {.name = "after", .type = FIELD_LINE, .min = 1, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
static const struct field listed = {
    .name = "document", .type = FIELD_ANY, .document = DOCUMENT_REPORT};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &listed, .max = 200, .summary = "newest first"},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
static const struct field on_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = kind_words},
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_ANY, .optional = true, .summary = "number people see"},
    {.name = "title", .type = FIELD_TEXT, .max = 4 * 160, .optional = true},
    {0},
};
static const struct field place_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = comment_kind_words},
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_ANY, .optional = true, .summary = "number people see"},
    {0},
};
static const struct field report_item_fields[] = {
    {.name = "by", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "reason", .type = FIELD_TEXT, .max = REASON_BYTES},
    {0},
};
static const struct field report_item = {
    .name = "report", .type = FIELD_OBJECT, .fields = report_item_fields};
static const struct field settled_fields[] = {
    {.name = "by", .type = FIELD_BY},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "word", .type = FIELD_TEXT, .max = REASON_BYTES},
    {0},
};
static const struct field report_fields[] = {
    {.name = "on", .type = FIELD_OBJECT, .fields = on_fields},
    {.name = "place",
     .type = FIELD_OBJECT,
     .fields = place_fields,
     .optional = true,
     .summary = "where a comment stands"},
    {.name = "state", .type = FIELD_WORD, .words = state_words},
    {.name = "since_ms", .type = FIELD_TIME, .summary = "when it was first reported, this time"},
    {.name = "reports", .type = FIELD_LIST, .item = &report_item, .max = REPORTS_MAX},
    {.name = "settled", .type = FIELD_OBJECT, .fields = settled_fields, .optional = true},
    {0},
};

/* ---- report.make, report.take_back ---- */

static bool has_reported(struct store_txn *txn, struct id thing, struct id member)
{
    struct slice value;
    struct index_key key = index_key(INDEX_REPORT_BY);
    index_key_id(&key, thing);
    index_key_id(&key, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

static bool is_open(const json_t *report)
{
    return slice_equal(json_get_text(report, "state"), slice_text("open"));
}

/* It exists, was not taken away, and is not the caller's own. */
static enum error check_thing(struct request *request, const struct subject_kind *kind,
                              struct id thing)
{
    json_t *document =
        id_is_none(thing) ? NULL : document_load(request_txn(request), kind->document, thing);
    struct id owner =
        kind->owner == NULL ? thing : json_get_id(json_object_get(document, kind->owner), "id");
    bool known = document != NULL && document_is_readable(request_txn(request), kind->document,
                                                          thing, &request->caller);
    bool removed = json_object_get(document, "removed") != NULL;
    json_decref(document);
    if (!known) {
        return request_fault(request, "on", kind->unknown);
    }
    if (removed) {
        return request_fault(request, "on", ERROR_COMMENT_REMOVED);
    }
    return member_is_caller(request, owner) ? request_fault(request, "on", ERROR_RIGHT_MISSING)
                                            : ERROR_NONE;
}

/* Another report of it would say nothing new. */
static enum error check_report(struct request *request, const struct subject_kind *kind,
                               struct id thing)
{
    json_t *report = document_load(request_txn(request), DOCUMENT_REPORT, thing);
    bool other =
        report != NULL &&
        !slice_equal(json_get_text(json_object_get(report, "on"), "kind"), slice_text(kind->word));
    bool full = json_array_size(json_object_get(report, "reports")) >= REPORTS_MAX;
    json_decref(report);
    if (other) {
        return request_fault(request, "on", ERROR_CONFLICT);
    }
    if (has_reported(request_txn(request), thing, request->caller.member)) {
        return request_fault(request, "on", ERROR_REPORT_TWICE);
    }
    return full ? request_fault(request, "on", ERROR_REPORT_FULL) : ERROR_NONE;
}

static json_t *event_of(const char *what, struct id thing)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(thing));
    return event;
}

static enum error make(struct request *request)
{
    static const char *const given[] = {"reason", NULL};
    const json_t *on = json_object_get(request->params, "on");
    const struct subject_kind *kind = subject_kind_find(json_get_text(on, "kind"));
    struct id thing = reference_find(request_txn(request), json_get_text(on, "id"), kind->number);
    enum error error = check_thing(request, kind, thing);
    if (error == ERROR_NONE) {
        error = check_report(request, kind, thing);
    }
    if (error == ERROR_NONE) {
        error = request_limit(request, "reason", REASON_MAX);
    }
    if (error == ERROR_NONE) {
        json_t *event = event_of("made", thing);
        json_put(event, "on", json_text(slice_text(kind->word)));
        json_put(event, "member", json_id(request->caller.member));
        fields_copy(event, request->params, given);
        request_emit_json(request, EVENT_REPORT, event);
        member_wake(request);
    }
    return error;
}

static enum error take_back(struct request *request)
{
    struct id thing = request_id(request, "id");
    json_t *report = document_load(request_txn(request), DOCUMENT_REPORT, thing);
    bool mine = has_reported(request_txn(request), thing, request->caller.member);
    bool open = is_open(report);
    json_decref(report);
    if (!mine) {
        return request_fault(request, "id", ERROR_REPORT_UNKNOWN);
    }
    if (!open) {
        return request_fault(request, "id", ERROR_REPORT_BAD_STATE);
    }
    json_t *event = event_of("taken_back", thing);
    json_put(event, "member", json_id(request->caller.member));
    request_emit_json(request, EVENT_REPORT, event);
    return ERROR_NONE;
}

/* ---- report.settle ---- */

static void emit_settled(struct request *request, struct id thing, const char *outcome,
                         struct slice word)
{
    json_t *event = event_of("settled", thing);
    json_put(event, "outcome", json_text(slice_text(outcome)));
    json_put(event, "word", json_text(word));
    request_emit_json(request, EVENT_REPORT, event);
}

void report_settle_removed(struct request *request, struct id comment, bool by_its_author)
{
    json_t *report = document_load(request_txn(request), DOCUMENT_REPORT, comment);
    if (is_open(report) && !by_its_author) {
        emit_settled(request, comment, "removed", request_text(request, "reason"));
    }
    json_decref(report);
}

static bool comment_stands(struct request *request, struct id id)
{
    json_t *comment = document_load(request_txn(request), DOCUMENT_COMMENT, id);
    bool stands = comment != NULL && json_object_get(comment, "removed") == NULL;
    json_decref(comment);
    return stands;
}

static enum error check_settle(struct request *request, const json_t *report)
{
    bool removal = slice_equal(request_text(request, "outcome"), slice_text("removed"));
    bool comment =
        slice_equal(json_get_text(json_object_get(report, "on"), "kind"), slice_text("comment"));
    if (report == NULL) {
        return request_fault(request, "id", ERROR_REPORT_UNKNOWN);
    }
    if (!is_open(report)) {
        return request_fault(request, "id", ERROR_REPORT_BAD_STATE);
    }
    if (removal && !comment) {
        return request_fault(request, "outcome", ERROR_INPUT_BAD_VALUE);
    }
    if (removal && !comment_stands(request, request_id(request, "id"))) {
        return request_fault(request, "id", ERROR_COMMENT_REMOVED);
    }
    return request_limit(request, "word", REASON_MAX);
}

static enum error settle(struct request *request)
{
    struct id thing = request_id(request, "id");
    struct slice outcome = request_text(request, "outcome"), word = request_text(request, "word");
    json_t *report = document_load(request_txn(request), DOCUMENT_REPORT, thing);
    enum error error = check_settle(request, report);
    json_decref(report);
    if (error != ERROR_NONE) {
        return error;
    }
    if (slice_equal(outcome, slice_text("removed"))) {
        json_t *event = event_of("removed", thing);
        json_put(event, "reason", json_text(word));
        request_emit_json(request, EVENT_COMMENT, event);
    }
    for (const char *const *one = outcome_words; *one != NULL; one++) {
        if (slice_equal(outcome, slice_text(*one))) {
            emit_settled(request, thing, *one, word);
        }
    }
    member_wake(request);
    return ERROR_NONE;
}

/* ---- report.list ---- */

static enum error list(struct request *request)
{
    bool settled = request_has(request, "open") && !json_get_flag(request->params, "open");
    struct index_key prefix = index_key(INDEX_REPORT);
    index_key_u8(&prefix, settled ? 0 : 1);
    return request_answer_list(request, index_key_slice(&prefix), DOCUMENT_REPORT, NULL,
                               LIST_SCAN_MAX);
}

/* ---- documents ---- */

static void index_report(struct change *change, struct id thing, const json_t *report, bool on)
{
    struct index_key key = index_key(INDEX_REPORT);
    if (json_object_get(report, "state") == NULL) {
        return; /* a new one stands nowhere yet */
    }
    index_key_u8(&key, is_open(report) ? 1 : 0);
    index_key_u64(&key, UINT64_MAX - (uint64_t)json_get_integer(report, "since_ms"));
    index_key_id(&key, thing);
    if (on) {
        change_index(change, index_key_slice(&key), thing);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
}

/* The reported comment stands in the queue as long as its report is open. */
static void place_comment(struct change *change, struct id thing, const json_t *report)
{
    json_t *comment = change_load(change, DOCUMENT_COMMENT, thing);
    bool is_comment =
        slice_equal(json_get_text(json_object_get(report, "on"), "kind"), slice_text("comment"));
    bool unseen = json_get_flag(json_object_get(comment, "removed"), "unseen");
    if (comment == NULL || !is_comment || unseen) {
        json_decref(comment);
        return;
    }
    struct topic topics[] = {comment_topic(comment), topic_plain(TOPIC_MODERATION)};
    change_put(change, DOCUMENT_COMMENT, thing, comment, topics, is_open(report) ? 2 : 1);
}

/* Stores it under its new state; takes the reference. */
static void store_report(struct change *change, struct id thing, json_t *report, const char *state)
{
    struct topic topic = topic_plain(TOPIC_MODERATION);
    index_report(change, thing, report, false);
    bool opens = !is_open(report) && strcmp(state, "open") == 0;
    json_put(report, "state", json_text(slice_text(state)));
    if (opens) {
        json_put(report, "since_ms", json_number(change->time_ms));
    }
    index_report(change, thing, report, true);
    place_comment(change, thing, report);
    change_put(change, DOCUMENT_REPORT, thing, report, &topic, 1);
}

/* {"kind","id","number"?} of the thing on whose page a comment is read. */
static json_t *place_of(struct change *change, const json_t *comment)
{
    static const char *const number[] = {"number", NULL};
    const json_t *on = json_object_get(comment, "on");
    struct slice word = json_get_text(on, "kind");
    struct id id = json_get_id(on, "id");
    comment_page(change->txn, &word, &id);
    const struct comment_kind *kind = comment_kind_find(word);
    if (kind == NULL) {
        return NULL;
    }
    json_t *place = json_object();
    json_t *thing = change_load(change, kind->document, id);
    json_put(place, "kind", json_text(word));
    json_put(place, "id", json_id(id));
    fields_copy(place, thing, number);
    json_decref(thing);
    return place;
}

static json_t *new_report(struct change *change, struct id thing)
{
    static const char *const number[] = {"number", NULL};
    const struct subject_kind *kind = subject_kind_find(json_get_text(change->json, "on"));
    json_t *report = document_new(DOCUMENT_REPORT, thing), *on = json_object();
    json_t *document = kind == NULL ? NULL : change_load(change, kind->document, thing);
    json_put(on, "kind", json_text(json_get_text(change->json, "on")));
    json_put(on, "id", json_id(thing));
    fields_copy(on, document, number);
    if (kind != NULL && kind->title != NULL) {
        json_put(on, "title", json_text(json_get_text(document, kind->title)));
    }
    json_put(report, "on", on);
    json_put(report, "place",
             kind != NULL && kind->document == DOCUMENT_COMMENT ? place_of(change, document)
                                                                : NULL);
    json_put(report, "reports", json_array());
    json_decref(document);
    return report;
}

static void mark_reporter(struct change *change, struct id thing, struct id member, bool on)
{
    struct index_key key = index_key(INDEX_REPORT_BY);
    index_key_id(&key, thing);
    index_key_id(&key, member);
    if (on) {
        change_index(change, index_key_slice(&key), member);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
}

/* ---- telling ---- */

/* Leads to the reported thing, a comment in its place. */
static json_t *about(struct change *change, struct id thing)
{
    json_t *report = change_load(change, DOCUMENT_REPORT, thing), *leads = NULL;
    const json_t *on = json_object_get(report, "on"), *place = json_object_get(report, "place");
    const struct comment_kind *kind = comment_kind_find(json_get_text(place, "kind"));
    const struct subject_kind *subject = subject_kind_find(json_get_text(on, "kind"));
    if (kind != NULL) {
        leads = notify_about_comment(change, kind->document, json_get_id(place, "id"),
                                     (uint32_t)json_get_integer(on, "number"));
    } else if (subject != NULL) {
        leads = notify_about(change, subject->document, thing);
    }
    json_decref(report);
    return leads;
}

/* Everybody who can look at the queue. */
static void tell_facilitation(struct change *change, struct id thing)
{
    struct slice key, value;
    struct record_member record;
    struct index_key prefix = index_key(INDEX_MEMBER_BY_NUMBER);
    struct store_cursor *cursor = store_cursor_open(change->txn, TABLE_INDEX);
    bool found = store_cursor_seek(cursor, index_key_slice(&prefix), &key, &value);
    struct id members[FACILITATION_MAX];
    size_t count = 0;
    while (found && key.data[0] == INDEX_MEMBER_BY_NUMBER && count < FACILITATION_MAX) {
        struct id id;
        memcpy(id.bytes, value.data, ID_SIZE);
        if (record_member(change->txn, id, &record) && (record.roles & ROLE_FACILITATOR) != 0) {
            members[count++] = id;
        }
        found = store_cursor_next(cursor, &key, &value);
    }
    store_cursor_close(cursor);
    for (size_t i = 0; i < count; i++) {
        change_notify(change, members[i], "report", about(change, thing));
    }
}

static void tell_reporters(struct change *change, struct id thing)
{
    size_t i;
    json_t *item;
    json_t *report = change_load(change, DOCUMENT_REPORT, thing);
    json_array_foreach(json_object_get(report, "reports"), i, item)
    {
        change_notify(change, json_get_id(json_object_get(item, "by"), "id"), "report_answered",
                      about(change, thing));
    }
    json_decref(report);
}

/* ---- events ---- */

static void apply_made(struct change *change, struct id thing, json_t *report)
{
    static const char *const reason[] = {"reason", NULL};
    struct id member = json_get_id(change->json, "member");
    json_t *item = json_object();
    if (report == NULL) {
        report = new_report(change, thing);
    }
    json_put(item, "by", change_person(change, member));
    json_put(item, "at_ms", json_number(change->time_ms));
    fields_copy(item, change->json, reason);
    json_array_append_new(json_object_get(report, "reports"), item);
    mark_reporter(change, thing, member, true);
    json_put(report, "settled", NULL);
    store_report(change, thing, report, "open");
    tell_facilitation(change, thing);
}

static void apply_taken_back(struct change *change, struct id thing, json_t *report)
{
    size_t i;
    json_t *item, *kept = json_array();
    struct id member = json_get_id(change->json, "member");
    json_array_foreach(json_object_get(report, "reports"), i, item)
    {
        if (!id_equal(json_get_id(json_object_get(item, "by"), "id"), member)) {
            json_array_append(kept, item);
        }
    }
    bool none_left = json_array_size(kept) == 0;
    json_put(report, "reports", kept);
    mark_reporter(change, thing, member, false);
    if (none_left) {
        json_t *settled = json_object();
        json_put(settled, "by", change_person(change, member));
        json_put(settled, "at_ms", json_number(change->time_ms));
        json_put(settled, "word", json_text(slice_text("")));
        json_put(report, "settled", settled);
    }
    store_report(change, thing, report, none_left ? "kept" : "open");
}

static void apply_settled(struct change *change, struct id thing, json_t *report)
{
    static const char *const word[] = {"word", NULL};
    json_t *settled = json_object();
    json_put(settled, "by", change_by(change, json_object_get(change->json, "by")));
    json_put(settled, "at_ms", json_number(change->time_ms));
    fields_copy(settled, change->json, word);
    json_put(report, "settled", settled);
    store_report(change, thing, report,
                 json_string_value(json_object_get(change->json, "outcome")));
    tell_reporters(change, thing);
}

static void apply(struct change *change)
{
    struct id thing = json_get_id(change->json, "id");
    json_t *report = change_load(change, DOCUMENT_REPORT, thing);
    if (event_is(change->json, "made")) {
        apply_made(change, thing, report);
    } else if (report == NULL) {
        return; /* erased */
    } else if (event_is(change->json, "taken_back")) {
        apply_taken_back(change, thing, report);
    } else {
        apply_settled(change, thing, report);
    }
}

/* ---- tables ---- */

static const enum error make_errors[] = {
    ERROR_COMMENT_UNKNOWN, ERROR_PROPOSAL_UNKNOWN, ERROR_MEMBER_UNKNOWN, ERROR_TASK_UNKNOWN,
    ERROR_COMMENT_REMOVED, ERROR_REPORT_TWICE,     ERROR_REPORT_FULL,    ERROR_NONE};
static const enum error settle_errors[] = {ERROR_REPORT_UNKNOWN, ERROR_REPORT_BAD_STATE,
                                           ERROR_COMMENT_REMOVED, ERROR_NONE};
static const struct command commands[] = {
    {.method = "report.make",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE | COMMAND_DAILY,
     .params = make_params,
     .handle = make,
     .errors = make_errors,
     .summary = "Show a text to facilitation, once; nobody else sees who did",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d50\","
                "\"on\":{\"kind\":\"comment\",\"id\":\"1\"},\"reason\":\"An advert\"}"},
    {.method = "report.take_back",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = take_back_params,
     .handle = take_back,
     .errors = settle_errors,
     .summary = "Take one's own report back, while it is open",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d51\","
                "\"id\":\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b701\"}"},
    {.method = "report.settle",
     .who = WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = settle_params,
     .handle = settle,
     .errors = settle_errors,
     .summary = "Say what comes of what was reported: kept, removed, handled",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d52\","
                "\"id\":\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b701\",\"outcome\":\"kept\","
                "\"word\":\"A question, politely asked\"}"},
    {.method = "report.list",
     .who = WHO_FACILITATOR,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .summary = "What was reported, newest first",
     .example = "{\"open\":true}"},
    {0},
};
static const struct applies applies[] = {{EVENT_REPORT, apply}, {0}};
static const struct document_shape documents[] = {
    {DOCUMENT_REPORT, "report", report_fields},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_MODERATION, .name = "moderation", .readers = WHO_FACILITATOR, .windowed = true},
    {0},
};
const struct concept concept_report = {
    .name = "report",
    .commands = commands,
    .applies = applies,
    .documents = documents,
    .topics = topics,
};
