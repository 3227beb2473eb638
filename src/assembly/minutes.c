/* Minutes: what the record says of a meeting, and what the secretary writes around it.
 *
 *   draft ──▶ write … write ──▶ seal        a second draft renews the facts; texts stay where they stood
 *
 * Facts are blocks made of the record (minutes_facts.c) and kept in the event `drafted`, people by id; the document has their
 * names, as they are at that moment. Writing names every fact by its id, in the order they have, with texts anywhere between
 * them: one left out, moved or changed is refused. Sealing fixes all of it, with the newest seal of the record and the hash of
 * the blocks, names left out of it, so that it says the same when a person is erased. Drafts are recorded apart from the
 * open record, which has the blocks from the seal on. Invariant: a document is its drafted facts and its last written
 * texts, nothing else. Start at draft(). */
#include "assembly/minutes.h"
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "base/fatal.h"

#include <string.h>

static const char *const state_words[] = {"draft", "sealed", NULL};
static const char *const block_words[] = {"heading",   "attendance", "quorum", "item", "vote",
                                          "incidents", "tasks",      "seal",   "text", NULL};

/* ---- shapes ---- */

static const struct field block_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "block_kind",
     .type = FIELD_WORD,
     .words = block_words,
     .summary = "text: the secretary's"},
    {.name = "text",
     .type = FIELD_TEXTS,
     .max = MINUTES_TEXT_MAX,
     .optional = true,
     .summary = "Markdown, of text"},
    {.name = "facts", .type = FIELD_ANY, .optional = true, .summary = "of every other kind"},
    {0},
};
static const struct field block = {.name = "block", .type = FIELD_OBJECT, .fields = block_fields};
static const struct field minutes_fields[] = {
    {.name = "state", .type = FIELD_WORD, .words = state_words},
    {.name = "blocks", .type = FIELD_LIST, .item = &block, .max = MINUTES_BLOCKS_MAX},
    {.name = "drafted_ms",
     .type = FIELD_TIME,
     .summary = "when the facts were made, the last time"},
    {.name = "hash",
     .type = FIELD_BYTES,
     .max = 32,
     .optional = true,
     .summary = "once sealed: of the blocks, without names of people"},
    {.name = "sealed_ms", .type = FIELD_TIME, .optional = true},
    {.name = "by",
     .type = FIELD_BY,
     .optional = true,
     .summary = "who drafted, wrote or sealed last"},
    {0},
};
static const struct field meeting_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {0},
};
#define BASE_FIELD .name = "base", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)
static const struct field seal_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {BASE_FIELD, .summary = "rev of the minutes that were read"},
    {0},
};
static const struct field written_fields[] = {
    {.name = "id", .type = FIELD_ID, .summary = "of a fact, or of a text (made by the client)"},
    {.name = "text",
     .type = FIELD_TEXTS,
     .max = MINUTES_TEXT_MAX,
     .optional = true,
     .summary = "Markdown in any of the languages; of a text alone"},
    {0},
};
static const struct field written = {
    .name = "block", .type = FIELD_OBJECT, .fields = written_fields};
static const struct field write_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {BASE_FIELD, .summary = "rev of the minutes that were changed"},
    {.name = "blocks",
     .type = FIELD_LIST,
     .item = &written,
     .max = MINUTES_BLOCKS_MAX,
     .summary = "all of them: every fact in its order, texts between them"},
    {0},
};
static const char *const format_words[] = {"html", "markdown", "json", NULL};
static const struct field export_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "format", .type = FIELD_WORD, .words = format_words},
    {.name = "words",
     .type = FIELD_LINE,
     .max = MINUTES_WORDS_MAX,
     .optional = true,
     .summary = "the four words of the seal in it, made by the client"},
    {0},
};
static const struct field printed_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "text", .type = FIELD_TEXT, .max = MINUTES_PRINT_MAX},
    {0},
};
static const struct field printed = {
    .name = "block", .type = FIELD_OBJECT, .fields = printed_fields};
static const struct field export_result[] = {
    {.name = "text", .type = FIELD_TEXT, .max = MINUTES_PRINT_MAX},
    {.name = "blocks",
     .type = FIELD_LIST,
     .item = &printed,
     .max = MINUTES_BLOCKS_MAX,
     .optional = true,
     .summary = "markdown: the same block by block"},
    {0},
};

/* ---- asking ---- */

static bool is_text(const json_t *one)
{
    return slice_equal(json_get_text(one, "block_kind"), slice_text("text"));
}

static bool is_sealed(const json_t *minutes)
{
    return slice_equal(json_get_text(minutes, "state"), slice_text("sealed"));
}

bool minutes_are_sealed(struct store_txn *txn, struct id meeting)
{
    json_t *minutes = document_load(txn, DOCUMENT_MINUTES, meeting);
    bool sealed = is_sealed(minutes);
    json_decref(minutes);
    return sealed;
}

static bool may_write(const struct request *request, const json_t *meeting)
{
    return meeting_may_run(request, meeting) || request_is(request, WHO_SECRETARY);
}

/* The meeting, which the caller may write the minutes of, and they are not sealed. *minutes NULL = none are drafted. Both are
 * new references without error. MEETING_UNKNOWN, RIGHT_MISSING, MEETING_BAD_STATE, MINUTES_SEALED. */
static enum error find(struct request *request, struct id *id, json_t **meeting, json_t **minutes)
{
    *minutes = NULL;
    enum error error = meeting_find(request, "meeting", id, meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    *minutes = document_load(request_txn(request), DOCUMENT_MINUTES, *id);
    if (!may_write(request, *meeting)) {
        error = ERROR_RIGHT_MISSING;
    } else if (!meeting_is(*meeting, "open") && !meeting_is(*meeting, "ended")) {
        error = request_fault(request, "meeting", ERROR_MEETING_BAD_STATE);
    } else if (is_sealed(*minutes)) {
        error = request_fault(request, "meeting", ERROR_MINUTES_SEALED);
    }
    if (error != ERROR_NONE) {
        json_decref(*meeting);
        json_decref(*minutes);
    }
    return error;
}

static json_t *minutes_event(const char *what, struct id meeting)
{
    json_t *event = event_new(what);
    json_put(event, "meeting", json_id(meeting));
    return event;
}

/* ---- minutes.draft ---- */

static enum error draft(struct request *request)
{
    struct id id;
    json_t *meeting, *minutes;
    enum error error = find(request, &id, &meeting, &minutes);
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *blocks = minutes_facts(request_txn(request), id, meeting);
    if (minutes_fit(blocks)) {
        json_t *event = minutes_event("drafted", id);
        json_put(event, "blocks", json_incref(blocks));
        request_emit_json(request, EVENT_MINUTES_DRAFT, event);
    } else {
        error = request_fault(request, "meeting", ERROR_INPUT_TOO_BIG);
    }
    json_decref(blocks);
    json_decref(meeting);
    json_decref(minutes);
    return error;
}

/* ---- minutes.write ---- */

/* The next fact at or after *at; NULL = no more. Borrowed. */
static json_t *next_fact(const json_t *blocks, size_t *at)
{
    while (*at < json_array_size(blocks)) {
        json_t *one = json_array_get(blocks, (*at)++);
        if (!is_text(one)) {
            return one;
        }
    }
    return NULL;
}

static bool is_fact(const json_t *blocks, struct id id)
{
    size_t at = 0;
    const json_t *fact = next_fact(blocks, &at);
    while (fact != NULL && !id_equal(json_get_id(fact, "id"), id)) {
        fact = next_fact(blocks, &at);
    }
    return fact != NULL;
}

/* Every fact, in its order, and no text in the place of one. */
static bool facts_stand(const json_t *minutes, const json_t *given)
{
    size_t i, at = 0;
    json_t *item, *blocks = json_object_get(minutes, "blocks");
    json_array_foreach(given, i, item)
    {
        bool text = json_object_get(item, "text") != NULL;
        const json_t *fact = text ? NULL : next_fact(blocks, &at);
        if (text ? is_fact(blocks, json_get_id(item, "id"))
                 : !id_equal(json_get_id(fact, "id"), json_get_id(item, "id"))) {
            return false;
        }
    }
    return next_fact(blocks, &at) == NULL;
}

/* No more texts than may be, each with an id of its own, in languages of the organisation. */
static bool texts_are_good(struct request *request, const json_t *given)
{
    size_t i, texts = 0;
    const char *language;
    json_t *item, *text, *seen = json_object();
    bool good = true;
    json_t *organisation = organisation_load(request_txn(request));
    json_array_foreach(given, i, item)
    {
        const char *id = json_string_value(json_object_get(item, "id"));
        good = good && json_object_get(seen, id) == NULL;
        json_put(seen, id, json_true());
        texts += json_object_get(item, "text") != NULL;
        json_object_foreach(json_object_get(item, "text"), language, text)
        {
            size_t n;
            json_t *code;
            bool known = false;
            json_array_foreach(json_object_get(organisation, "languages"), n, code)
            {
                known = known || strcmp(json_string_value(code), language) == 0;
            }
            good = good && known;
        }
    }
    json_decref(seen);
    json_decref(organisation);
    return good && texts <= MINUTES_TEXTS_MAX;
}

/* There are some, and nobody has changed them since the caller saw them. */
static enum error check_base(struct request *request, const json_t *minutes)
{
    if (minutes == NULL) {
        return request_fault(request, "meeting", ERROR_MINUTES_UNKNOWN);
    }
    return json_get_integer(request->params, "base") == json_get_integer(minutes, "rev")
               ? ERROR_NONE
               : request_fault(request, "base", ERROR_CONFLICT);
}

static enum error check_written(struct request *request, const json_t *minutes)
{
    const json_t *given = json_object_get(request->params, "blocks");
    enum error error = check_base(request, minutes);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!facts_stand(minutes, given)) {
        return request_fault(request, "blocks", ERROR_MINUTES_FACT_ALTERED);
    }
    return texts_are_good(request, given) ? ERROR_NONE
                                          : request_fault(request, "blocks", ERROR_INPUT_BAD_VALUE);
}

static enum error write_texts(struct request *request)
{
    struct id id;
    json_t *meeting, *minutes;
    enum error error = find(request, &id, &meeting, &minutes);
    if (error != ERROR_NONE) {
        return error;
    }
    error = check_written(request, minutes);
    if (error == ERROR_NONE) {
        json_t *event = minutes_event("written", id);
        json_put(event, "blocks", json_deep_copy(json_object_get(request->params, "blocks")));
        request_emit_json(request, EVENT_MINUTES_DRAFT, event);
    }
    json_decref(meeting);
    json_decref(minutes);
    return error;
}

/* ---- minutes.seal ---- */

/* Names are not part of what is sealed: "member" is the id alone again, as in the record. */
static void leave_names_out(json_t *value)
{
    size_t i;
    const char *key;
    json_t *item;
    json_array_foreach(value, i, item)
    {
        leave_names_out(item);
    }
    json_object_foreach(value, key, item)
    {
        leave_names_out(item);
    }
    struct id member = json_get_id(json_object_get(value, "member"), "id");
    if (!id_is_none(member)) {
        json_put(value, "member", json_id(member));
    }
}

static void set_seal(json_t *minutes, const json_t *seal)
{
    json_t *blocks = json_object_get(minutes, "blocks");
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        json_t *one = json_array_get(blocks, i);
        if (slice_equal(json_get_text(one, "block_kind"), slice_text("seal"))) {
            json_put(one, "facts", json_deep_copy(seal));
        }
    }
}

/* SHA-256 of the blocks: compact JSON, keys sorted. */
static struct hash hash_of(const json_t *blocks)
{
    struct buffer bytes;
    buffer_init(&bytes, PAYLOAD_MAX);
    json_write_sorted(&bytes, blocks);
    assert_always(buffer_ok(&bytes));
    struct hash hash = crypto_hash(buffer_slice(&bytes));
    buffer_free(&bytes);
    return hash;
}

/* All of it, people by id: the open record has had nothing of these minutes before. */
static void emit_sealed(struct request *request, struct id id, json_t *minutes,
                        const json_t *meeting)
{
    json_t *facts = minutes_seal_facts(request_txn(request), meeting);
    json_t *event = minutes_event("sealed", id);
    set_seal(minutes, facts);
    json_t *blocks = json_deep_copy(json_object_get(minutes, "blocks"));
    leave_names_out(blocks);
    struct hash hash = hash_of(blocks);
    json_put(event, "seal", facts);
    json_put(event, "blocks", blocks);
    json_put(event, "hash", json_base64url(hash_slice(&hash)));
    request_emit_json(request, EVENT_MINUTES, event);
}

static enum error check_sealable(struct request *request, struct id id, const json_t *meeting,
                                 const json_t *minutes)
{
    enum error error = ERROR_NONE;
    if (!meeting_is(meeting, "ended")) {
        error = ERROR_MEETING_BAD_STATE;
    } else if (json_get_integer(minutes, "drafted_ms") < json_get_integer(meeting, "ended_ms")) {
        error = ERROR_MINUTES_STALE; /* of a part of it */
    } else {
        error = minutes_check_votes(request_txn(request), id, minutes);
    }
    return error == ERROR_NONE ? ERROR_NONE : request_fault(request, "meeting", error);
}

static enum error seal(struct request *request)
{
    struct id id;
    json_t *meeting, *minutes;
    enum error error = find(request, &id, &meeting, &minutes);
    if (error != ERROR_NONE) {
        return error;
    }
    error = check_base(request, minutes);
    if (error == ERROR_NONE) {
        error = check_sealable(request, id, meeting, minutes);
    }
    if (error == ERROR_NONE) {
        emit_sealed(request, id, minutes, meeting);
    }
    json_decref(meeting);
    json_decref(minutes);
    return error;
}

/* ---- applying ---- */

/* "member": id becomes "member": {"id","name"}. */
static void put_names(struct change *change, json_t *value)
{
    size_t i;
    const char *key;
    json_t *item;
    json_array_foreach(value, i, item)
    {
        put_names(change, item);
    }
    json_object_foreach(value, key, item)
    {
        put_names(change, item);
    }
    struct id member = json_get_id(value, "member");
    if (json_is_object(value) && !id_is_none(member)) {
        json_put(value, "member", change_person(change, member));
    }
}

static json_t *text_block(const json_t *given)
{
    json_t *one = json_object();
    json_put(one, "id", json_id(json_get_id(given, "id")));
    json_put(one, "block_kind", json_text(slice_text("text")));
    json_put(one, "text", json_deep_copy(json_object_get(given, "text")));
    return one;
}

/* Appends the texts that stood right after the fact `after` (none = at the very beginning), and after those behind it that are
 * no longer there. */
static void append_texts(json_t *into, const json_t *before, const json_t *facts, struct id after)
{
    size_t i;
    json_t *item;
    bool here = id_is_none(after);
    json_array_foreach(before, i, item)
    {
        if (is_text(item)) {
            if (here) {
                json_array_append(into, item);
            }
        } else if (people_have(facts, json_get_id(item, "id"))) {
            here = id_equal(json_get_id(item, "id"), after);
        }
    }
}

/* New facts with the texts where they stood. */
static void apply_drafted(struct change *change, json_t *minutes)
{
    size_t i;
    struct id none = {{0}};
    json_t *item, *blocks = json_array();
    const json_t *before = json_object_get(minutes, "blocks");
    const json_t *facts = json_object_get(change->json, "blocks");
    append_texts(blocks, before, facts, none);
    json_array_foreach(facts, i, item)
    {
        json_t *fact = json_deep_copy(item);
        put_names(change, fact);
        json_array_append_new(blocks, fact);
        append_texts(blocks, before, facts, json_get_id(item, "id"));
    }
    json_put(minutes, "blocks", blocks);
    json_put(minutes, "drafted_ms", json_number(change->time_ms));
}

static void apply_written(struct change *change, json_t *minutes)
{
    size_t i, at = 0;
    json_t *item, *blocks = json_array();
    const json_t *before = json_object_get(minutes, "blocks");
    json_array_foreach(json_object_get(change->json, "blocks"), i, item)
    {
        if (json_object_get(item, "text") != NULL) {
            json_array_append_new(blocks, text_block(item));
        } else {
            json_array_append(blocks, next_fact(before, &at));
        }
    }
    json_put(minutes, "blocks", blocks);
}

static void apply_sealed(struct change *change, json_t *minutes)
{
    json_t *blocks = json_deep_copy(json_object_get(change->json, "blocks"));
    if (blocks != NULL) { /* the drafts may be gone */
        put_names(change, blocks);
        json_put(minutes, "blocks", blocks);
    } else { /* as it was recorded once */
        json_t *facts = json_deep_copy(json_object_get(change->json, "seal"));
        put_names(change, facts);
        set_seal(minutes, facts);
        json_decref(facts);
    }
    json_put(minutes, "state", json_text(slice_text("sealed")));
    json_put(minutes, "hash", json_text(json_get_text(change->json, "hash")));
    json_put(minutes, "sealed_ms", json_number(change->time_ms));
}

static void apply(struct change *change)
{
    struct id id = json_get_id(change->json, "meeting");
    if (change->json == NULL) {
        return; /* erased */
    }
    struct topic topics[] = {topic_of(TOPIC_MEETING_DESK, id), topic_of(TOPIC_MEETING, id)};
    json_t *minutes = change_load(change, DOCUMENT_MINUTES, id);
    if (minutes == NULL) {
        minutes = document_new(DOCUMENT_MINUTES, id);
        json_put(minutes, "state", json_text(slice_text("draft")));
        json_put(minutes, "blocks", json_array());
    }
    if (event_is(change->json, "drafted")) {
        apply_drafted(change, minutes);
    } else if (event_is(change->json, "written")) {
        apply_written(change, minutes);
    } else if (event_is(change->json, "sealed")) {
        apply_sealed(change, minutes);
    }
    json_put(minutes, "by", change_by(change, json_object_get(change->json, "by")));
    change_put(change, DOCUMENT_MINUTES, id, minutes, topics, is_sealed(minutes) ? 2 : 1);
}

/* ---- minutes.export ---- */

static json_t *blocks_printed(const json_t *minutes, const char *language, struct slice words)
{
    size_t i;
    json_t *item, *list = json_array();
    struct buffer text;
    buffer_init(&text, MINUTES_PRINT_MAX);
    json_array_foreach(json_object_get(minutes, "blocks"), i, item)
    {
        json_t *one = json_object();
        buffer_clear(&text);
        minutes_print_block(&text, minutes, item, language, words);
        json_put(one, "id", json_id(json_get_id(item, "id")));
        json_put(one, "text", json_text(buffer_slice(&text)));
        json_array_append_new(list, one);
    }
    buffer_free(&text);
    return list;
}

/* What does not fit is no answer at all: a text that ends anywhere need not be UTF-8. */
static enum error print(struct request *request, const json_t *minutes, struct buffer *text)
{
    const char *language = json_string_value(json_object_get(request->params, "language"));
    struct slice words = request_text(request, "words"), format = request_text(request, "format");
    bool markdown = slice_equal(format, slice_text("markdown"));
    if (slice_equal(format, slice_text("json"))) {
        json_write(text, minutes);
    } else {
        minutes_print(text, minutes, language, markdown ? MINUTES_MARKDOWN : MINUTES_HTML, words);
    }
    if (!buffer_ok(text)) {
        return request_fault(request, "meeting", ERROR_INPUT_TOO_BIG);
    }
    request->result = json_object();
    json_put(request->result, "text", json_text(buffer_slice(text)));
    json_put(request->result, "blocks", markdown ? blocks_printed(minutes, language, words) : NULL);
    return ERROR_NONE;
}

static enum error export_minutes(struct request *request)
{
    struct buffer text;
    struct store_txn *txn = request_txn(request);
    struct id id = request_ref(request, "meeting", NUMBER_MEETING);
    if (id_is_none(id) || !document_exists(txn, DOCUMENT_MEETING, id)) {
        return request_fault(request, "meeting", ERROR_MEETING_UNKNOWN);
    }
    json_t *minutes = document_load(txn, DOCUMENT_MINUTES, id);
    bool may = request->caller.kind == CALLER_OPERATOR || /* a draft is in no topic of theirs */
               document_is_readable(txn, DOCUMENT_MINUTES, id, &request->caller);
    if (minutes == NULL || !may) {
        json_decref(minutes);
        return request_fault(request, "meeting", ERROR_MINUTES_UNKNOWN);
    }
    buffer_init(&text, MINUTES_PRINT_MAX);
    enum error error = print(request, minutes, &text);
    buffer_free(&text);
    json_decref(minutes);
    return error;
}

/* ---- tables ---- */

enum { WHO_WRITES = WHO_MEMBER | WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN };
static const enum error draft_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                          ERROR_MINUTES_SEALED, ERROR_NONE};
static const enum error write_errors[] = {ERROR_MEETING_UNKNOWN,      ERROR_MEETING_BAD_STATE,
                                          ERROR_MINUTES_SEALED,       ERROR_MINUTES_UNKNOWN,
                                          ERROR_MINUTES_FACT_ALTERED, ERROR_NONE};
static const enum error seal_errors[] = {ERROR_MEETING_UNKNOWN,
                                         ERROR_MEETING_BAD_STATE,
                                         ERROR_MINUTES_SEALED,
                                         ERROR_MINUTES_UNKNOWN,
                                         ERROR_MINUTES_STALE,
                                         ERROR_MINUTES_TIE_OPEN,
                                         ERROR_NONE};
static const enum error export_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MINUTES_UNKNOWN,
                                           ERROR_NONE};
static const struct command commands[] = {
    {.method = "minutes.draft",
     .who = WHO_WRITES,
     .flags = COMMAND_WRITE,
     .params = meeting_params,
     .handle = draft,
     .errors = draft_errors,
     .summary = "Minutes from the record; again: the facts are renewed, texts stay",
     .example = "{\"meeting\":\"4\"}"},
    {.method = "minutes.write",
     .who = WHO_WRITES,
     .flags = COMMAND_WRITE,
     .params = write_params,
     .handle = write_texts,
     .errors = write_errors,
     .summary = "Texts around the facts, which stay as they are",
     .example = "{\"meeting\":\"4\",\"base\":812,\"blocks\":[{\"id\":\"0d5c1f1e-52e7-4b3a-8f0e-"
                "1f0e3c5a7b23\",\"text\":{\"fr\":\"La séance est ouverte.\"}}]}"},
    {.method = "minutes.seal",
     .who = WHO_WRITES,
     .flags = COMMAND_WRITE,
     .params = seal_params,
     .handle = seal,
     .errors = seal_errors,
     .summary = "Fixes them for good, for everybody to read",
     .example = "{\"meeting\":\"4\",\"base\":815}"},
    {.method = "minutes.export",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = export_params,
     .result = export_result,
     .handle = export_minutes,
     .errors = export_errors,
     .summary = "Minutes as a page to print, as Markdown or as JSON",
     .example = "{\"meeting\":\"4\",\"language\":\"fr\",\"format\":\"html\"}"},
    {0},
};
static const struct applies applies[] = {{EVENT_MINUTES_DRAFT, apply}, {EVENT_MINUTES, apply}, {0}};
static const struct document_shape documents[] = {
    {DOCUMENT_MINUTES, "minutes", minutes_fields},
    {0},
};
const struct concept concept_minutes = {
    .name = "minutes", .commands = commands, .applies = applies, .documents = documents};
