/* Erasing a member: who they are, and where asked for what they wrote, leaves the record and everything made from it.
 *
 *   member.erase ──▶ to-dos given back, keys revoked, member event `erased`
 *                ──▶ erased events (131): what stays of each event (residue.c), the list of texts by others
 *                ──▶ erasure events (20): their openings and notes leave the store, the leaves stay
 *
 * At the end of the transaction every document, index and answer is made again from what remains (assembly_derive), so no
 * copy of a name or a text is left in one; then the file of the store is rewritten (store_compact), and until that is done
 * `erasure.state` says so. Personal documents of the member, sessions and links go, and notifications of others that speak
 * of them. The document `erasure` lists texts by others that name the member, for the secretariat.
 * Invariant: an erased member stays erased, and can be erased again only with texts when that was not done at first.
 * What goes is decided in erasure_choose.c. Start at erase(). */
#include "assembly/erasure.h"
#include "assembly/file.h"
#include "assembly/member.h"
#include "assembly/personal.h"
#include "assembly/registry.h"
#include "assembly/task.h"
#include "assembly/work.h"
#include "base/fatal.h"

#include <string.h>

enum { RESIDUE_BYTES = 4 * 1024 * 1024 /* of one event, about */ };

/* ---- shapes ---- */

/* In the order of the reasons of the record (ledger.md, Erasing). */
static const char *const reason_words[] = {"asked", "retention", "authority", "moderation", NULL};
static const struct field erase_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "texts",
     .type = FIELD_FLAG,
     .summary = "also what they wrote: proposals, comments, to-dos, files, notes on ballots"},
    {.name = "reason", .type = FIELD_WORD, .words = reason_words},
    {0},
};
static const struct field preview_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "texts", .type = FIELD_FLAG},
    {0},
};
static const struct field preview_result[] = {
    {.name = "profile",
     .type = FIELD_INTEGER,
     .max = INT64_MAX,
     .summary = "events of the record that say who the person is"},
    {.name = "texts", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "files", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "notes", .type = FIELD_INTEGER, .max = INT64_MAX, .summary = "on ballots"},
    {.name = "named",
     .type = FIELD_INTEGER,
     .max = NAMED_MAX,
     .summary = "texts by others in which the name stands; they stay"},
    {0},
};
static const struct field mark_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "thing", .type = FIELD_ID},
    {.name = "done", .type = FIELD_FLAG},
    {0},
};
static const struct field no_params[] = {{0}};
static const struct field state_result[] = {
    {.name = "pending",
     .type = FIELD_FLAG,
     .summary = "something was erased that is still in the file on the disk"},
    {0},
};
static const struct field on_fields[] = {
    {.name = "kind", .type = FIELD_LINE, .max = 20},
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_ANY, .optional = true},
    {0},
};
static const struct field named_fields[] = {
    {.name = "kind", .type = FIELD_LINE, .max = 20},
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_ANY, .optional = true},
    {.name = "on", .type = FIELD_OBJECT, .fields = on_fields, .optional = true},
    {.name = "whole",
     .type = FIELD_FLAG,
     .summary = "the whole name stands there, not a word of it"},
    {.name = "done", .type = FIELD_BY, .optional = true, .summary = "who looked after it"},
    {0},
};
static const struct field named = {.name = "text", .type = FIELD_OBJECT, .fields = named_fields};
static const struct field erasure_fields[] = {
    {.name = "number",
     .type = FIELD_INTEGER,
     .max = INT64_MAX,
     .summary = "of the member; 0: none"},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "texts", .type = FIELD_FLAG},
    {.name = "reason", .type = FIELD_WORD, .words = reason_words},
    {.name = "named", .type = FIELD_LIST, .item = &named, .max = NAMED_MAX},
    {0},
};

/* ---- member.erase ---- */

/* An administrator is erased by administration alone. */
static enum error check_erase(struct request *request, struct id member,
                              struct record_member *before)
{
    if (!record_member(request_txn(request), member, before)) {
        return request_fault(request, "id", ERROR_MEMBER_UNKNOWN);
    }
    if ((before->roles & ROLE_ADMIN) != 0 && !request_is(request, WHO_ADMIN | WHO_OPERATOR)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (member_is_last_admin(request_txn(request), before)) {
        return request_fault(request, "id", ERROR_ORGANISATION_LAST_ADMIN);
    }
    return ERROR_NONE;
}

static enum error let_go(struct request *request, struct id member,
                         const struct record_member *before)
{
    if (before->status == MEMBER_ACTIVE || before->status == MEMBER_DORMANT) {
        return task_hand_over_all(request, member, NULL);
    }
    return ERROR_NONE;
}

static json_t *residue_event(const json_t *rows, size_t *next)
{
    json_t *event = event_new("residue"), *some = json_array();
    struct buffer bytes;
    buffer_init(&bytes, PAYLOAD_MAX);
    while (*next < json_array_size(rows) && bytes.size < RESIDUE_BYTES) {
        json_t *row = json_array_get(rows, (*next)++);
        json_write(&bytes, row);
        json_array_append(some, row);
    }
    buffer_free(&bytes);
    json_put(event, "events", some);
    return event;
}

static void emit_list(struct request *request, const struct erasing *erasing)
{
    json_t *event = event_new("named");
    json_put(event, "member", json_id(erasing->member));
    json_put(event, "texts", json_boolean(erasing->texts));
    json_put(event, "reason", json_text(request_text(request, "reason")));
    json_put(event, "named", erasing_named(request_txn(request), erasing));
    request_emit_json(request, EVENT_ERASED, event);
}

static uint8_t reason_of(const struct request *request)
{
    uint8_t reason = 0;
    while (!slice_equal(request_text(request, "reason"), slice_text(reason_words[reason]))) {
        reason++;
    }
    return (uint8_t)(reason + 1);
}

static void emit_erasure(struct request *request, enum erasure_what what,
                         const struct seq_list *list)
{
    struct buffer payload;
    struct slice none = {0};
    struct id no_poll = {{0}};
    if (list->count == 0) {
        return;
    }
    buffer_init(&payload, PAYLOAD_MAX);
    payload_encode_erasure(&payload, reason_of(request), what, list->ranges, list->count);
    assert_always(buffer_ok(&payload));
    request_emit(request, EVENT_ERASURE, no_poll, buffer_slice(&payload), none);
    buffer_free(&payload);
}

static void emit_all(struct request *request, const struct erasing *erasing,
                     const struct record_member *before)
{
    if (before->status != MEMBER_ERASED) {
        member_emit(request, erasing->member, MEMBER_ERASED, 0);
        member_emit_keys_left(request, erasing->member);
    }
    for (size_t next = 0; next < json_array_size(erasing->residues);) {
        request_emit_json(request, EVENT_ERASED, residue_event(erasing->residues, &next));
    }
    emit_list(request, erasing);
    emit_erasure(request, ERASE_OPENING, &erasing->openings);
    emit_erasure(request, ERASE_NOTE, &erasing->notes);
}

/* Speaks of the member, or of something of theirs. */
static bool is_about(void *context, const json_t *value)
{
    const struct erasing *erasing = context;
    const char *key;
    size_t i;
    json_t *item;
    struct id id;
    bool about = false;
    json_array_foreach(value, i, item)
    {
        about |= is_about(context, item);
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, item)
    {
        about |= is_about(context, item);
    }
    if (json_is_string(value) &&
        id_parse(slice_of(json_string_value(value), json_string_length(value)), &id)) {
        about =
            id_equal(id, erasing->member) || (erasing->texts && id_list_has(&erasing->things, id));
    }
    return about;
}

static enum error erase(struct request *request)
{
    struct record_member before;
    struct erasing erasing;
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    bool texts = json_get_flag(request->params, "texts");
    enum error error = check_erase(request, member, &before);
    if (error != ERROR_NONE) {
        return error;
    }
    erasing_choose(request_txn(request), member, texts, &erasing);
    if (before.status == MEMBER_ERASED && erasing.openings.count == 0 && erasing.notes.count == 0) {
        error = request_fault(request, "id", ERROR_MEMBER_BAD_STATE); /* nothing is left to erase */
    }
    if (error == ERROR_NONE) {
        error = let_go(request, member, &before);
    }
    if (error == ERROR_NONE) {
        emit_all(request, &erasing, &before);
        member_shut_out(request, member);
        file_forget_uploads(request_txn(request), member);
        personal_drop_notifications(request_txn(request), request->work->batch, is_about, &erasing);
    }
    erasing_free(&erasing);
    return error;
}

/* ---- erasure.preview, erasure.state ---- */

static enum error preview(struct request *request)
{
    struct record_member before;
    struct erasing erasing;
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    if (!record_member(request_txn(request), member, &before)) {
        return request_fault(request, "id", ERROR_MEMBER_UNKNOWN);
    }
    erasing_choose(request_txn(request), member, json_get_flag(request->params, "texts"), &erasing);
    json_t *texts_by_others = erasing_named(request_txn(request), &erasing);
    request->result = json_object();
    json_put(request->result, "profile", json_number((uint64_t)erasing.profile));
    json_put(request->result, "texts", json_number((uint64_t)erasing.words));
    json_put(request->result, "files", json_number((uint64_t)erasing.files));
    json_put(request->result, "notes", json_number((uint64_t)erasing.ballot_notes));
    json_put(request->result, "named", json_number(json_array_size(texts_by_others)));
    json_decref(texts_by_others);
    erasing_free(&erasing);
    return ERROR_NONE;
}

static enum error state(struct request *request)
{
    request->result = json_object();
    json_put(request->result, "pending",
             json_boolean(assembly_wants_compaction(request_txn(request))));
    return ERROR_NONE;
}

/* ---- erasure.mark ---- */

static json_t *named_find(const json_t *document, struct id thing)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(document, "named"), i, item)
    {
        if (id_equal(json_get_id(item, "id"), thing)) {
            return item;
        }
    }
    return NULL;
}

static enum error mark(struct request *request)
{
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    json_t *document = document_load(request_txn(request), DOCUMENT_ERASURE, member);
    bool known = named_find(document, request_id(request, "thing")) != NULL;
    bool erased = document != NULL;
    json_decref(document);
    if (!known) {
        return request_fault(request, erased ? "thing" : "id", ERROR_MEMBER_UNKNOWN);
    }
    json_t *event = event_new("marked");
    json_put(event, "member", json_id(member));
    json_put(event, "thing", json_id(request_id(request, "thing")));
    json_put(event, "done", json_boolean(json_get_flag(request->params, "done")));
    request_emit_json(request, EVENT_ERASED, event);
    return ERROR_NONE;
}

/* ---- applying ---- */

static void put_erasure(struct change *change, struct id member, json_t *document)
{
    struct topic topic = topic_plain(TOPIC_ERASURES);
    change_put(change, DOCUMENT_ERASURE, member, document, &topic, 1);
}

/* A member erased before, now with texts: the list was made while the name was known. */
static void apply_again(struct change *change, struct id member, json_t *document)
{
    bool texts = json_get_flag(document, "texts") || json_get_flag(change->json, "texts");
    json_put(document, "texts", json_boolean(texts));
    put_erasure(change, member, document);
}

static void apply_named(struct change *change)
{
    static const char *const kept[] = {"texts", "reason", NULL};
    struct id member = json_get_id(change->json, "member");
    json_t *before = change_load(change, DOCUMENT_ERASURE, member);
    if (before != NULL) {
        apply_again(change, member, before);
        return;
    }
    json_t *person = change_load(change, DOCUMENT_MEMBER, member);
    json_t *document = document_new(DOCUMENT_ERASURE, member);
    struct index_key key = index_key(INDEX_ERASURE);
    json_put(document, "number", json_number((uint64_t)json_get_integer(person, "number")));
    json_put(document, "at_ms", json_number(change->time_ms));
    json_put(document, "by", change_by(change, json_object_get(change->json, "by")));
    fields_copy(document, change->json, kept);
    json_put(document, "named", json_deep_copy(json_object_get(change->json, "named")));
    put_erasure(change, member, document);
    index_key_id(&key, member);
    change_index(change, index_key_slice(&key), member);
    json_decref(person);
}

static void apply_marked(struct change *change)
{
    struct id member = json_get_id(change->json, "member");
    json_t *document = change_load(change, DOCUMENT_ERASURE, member);
    json_t *item = named_find(document, json_get_id(change->json, "thing"));
    if (item == NULL) {
        json_decref(document);
        return;
    }
    json_put(item, "done",
             json_get_flag(change->json, "done")
                 ? change_by(change, json_object_get(change->json, "by"))
                 : NULL);
    put_erasure(change, member, document);
}

/* What stays becomes findable; live, everything is made again from it when the transaction ends. */
static void apply_erased(struct change *change)
{
    if (event_is(change->json, "residue")) {
        residue_keep(change->txn, change->json);
    } else if (event_is(change->json, "named")) {
        apply_named(change);
        change->work->batch->renew = true;
    } else if (event_is(change->json, "marked")) {
        apply_marked(change);
    }
}

static bool append_line(void *context, struct slice key, struct slice value)
{
    static const char *const unknown = "asked";
    struct {
        struct store_txn *txn;
        struct buffer *out;
    } *run = context;
    char text[ID_TEXT_SIZE];
    struct id member;
    (void)key;
    memcpy(member.bytes, value.data, ID_SIZE);
    id_format(member, text);
    json_t *document = document_load(run->txn, DOCUMENT_ERASURE, member);
    const char *reason = json_string_value(json_object_get(document, "reason"));
    buffer_format(run->out, "%s %d %s %llu\n", text, json_get_flag(document, "texts") ? 1 : 0,
                  reason == NULL ? unknown : reason,
                  (unsigned long long)json_get_integer(document, "at_ms"));
    json_decref(document);
    return true;
}

void assembly_erasures(struct store_txn *txn, struct buffer *out)
{
    struct {
        struct store_txn *txn;
        struct buffer *out;
    } run = {txn, out};
    uint8_t prefix = INDEX_ERASURE;
    store_scan(txn, TABLE_INDEX, slice_of(&prefix, 1), append_line, &run);
}

/* ---- tables ---- */

enum { WHO_ERASES = WHO_ADMIN | WHO_SECRETARY | WHO_OPERATOR };
static const enum error erase_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE,
                                          ERROR_ORGANISATION_LAST_ADMIN, ERROR_NONE};
static const enum error unknown_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_NONE};
static const struct command commands[] = {
    {.method = "member.erase",
     .who = WHO_ERASES,
     .flags = COMMAND_WRITE | COMMAND_NO_TOKEN,
     .params = erase_params,
     .handle = erase,
     .errors = erase_errors,
     .summary = "Take a person out of the record for ever: who they are, and where asked what they "
                "wrote; ballots and leaves stay",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d90\",\"id\":\"7\","
                "\"texts\":true,\"reason\":\"asked\"}"},
    {.method = "erasure.preview",
     .who = WHO_ERASES,
     .flags = COMMAND_READ,
     .params = preview_params,
     .result = preview_result,
     .handle = preview,
     .errors = unknown_errors,
     .summary = "What erasing a member would take out, and how many texts by others name them",
     .example = "{\"id\":\"7\",\"texts\":true}"},
    {.method = "erasure.mark",
     .who = WHO_ERASES,
     .flags = COMMAND_WRITE,
     .params = mark_params,
     .handle = mark,
     .errors = unknown_errors,
     .summary = "A text by somebody else that names an erased member has been looked after, or not",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d91\",\"id\":\"7\","
                "\"thing\":\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b701\",\"done\":true}"},
    {.method = "erasure.state",
     .who = WHO_ERASES,
     .flags = COMMAND_READ,
     .params = no_params,
     .result = state_result,
     .handle = state,
     .summary = "Whether what was erased has also left the file on the disk",
     .example = "{}"},
    {0},
};
static const struct applies applies[] = {{EVENT_ERASED, apply_erased}, {0}};
static const struct document_shape documents[] = {
    {DOCUMENT_ERASURE, "erasure", erasure_fields},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_ERASURES, .name = "erasures", .readers = WHO_ERASES},
    {0},
};
const struct concept concept_erasure = {
    .name = "erasure",
    .commands = commands,
    .applies = applies,
    .documents = documents,
    .topics = topics,
};
