/* Proposals: members suggest, everyone discusses and supports, a vote decides.
 *
 * This file holds the commands and the tables; the steps of a proposal's life are in proposal_state.c, what
 * events do to documents in proposal_apply.c. A proposal has three documents, so that a new supporter or
 * comment never rewrites the long text: `proposal` (text, translations, history), `proposal_card` (what
 * lists show) and `supporters`. Invariants: a text changes only by its authors and never while a vote is
 * open; authors do not support their own. Start at submit(). */
#include "assembly/organisation.h"
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/proposal.h"

#include <string.h>

enum {
    TITLE_MAX = 160,
    NEED_MAX = 1000, /* characters */
    NEED_MAX_BYTES = 4000,
    TEXT_MAX = 40000, /* bytes */
    HELP_MAX = 300,
    THEMES_OF_ONE = 5,
    TRANSLATIONS_MAX = 16,
};

/* ---- shapes of parameters ---- */

static const struct field theme = {.name = "theme", .type = FIELD_LINE, .min = 1, .max = 35};
static const struct field submit_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .min = 1, .max = TITLE_MAX},
    {.name = "need",
     .type = FIELD_TEXT,
     .max = NEED_MAX_BYTES,
     .summary = "what is missing, at most 1,000 characters"},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX, .summary = "Markdown; may be empty"},
    {.name = "themes",
     .type = FIELD_LIST,
     .item = &theme,
     .max = THEMES_OF_ONE,
     .summary = "keys of the organisation's themes"},
    {0},
};
static const struct field revise_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "base",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = INT32_MAX,
     .summary = "the version that was revised"},
    {.name = "title", .type = FIELD_LINE, .min = 1, .max = TITLE_MAX, .optional = true},
    {.name = "need", .type = FIELD_TEXT, .max = NEED_MAX_BYTES, .optional = true},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX, .optional = true},
    {.name = "themes", .type = FIELD_LIST, .item = &theme, .max = THEMES_OF_ONE, .optional = true},
    {0},
};
static const struct field translate_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "version",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = INT32_MAX,
     .summary = "the version translated"},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .min = 1, .max = TITLE_MAX},
    {.name = "need", .type = FIELD_TEXT, .max = NEED_MAX_BYTES},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX},
    {0},
};
static const struct field support_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "on", .type = FIELD_FLAG, .summary = "false takes the support back"},
    {.name = "help",
     .type = FIELD_LINE,
     .min = 1,
     .max = HELP_MAX,
     .optional = true,
     .summary = "\"I can help with …\""},
    {0},
};
static const struct field mark_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {.name = "state", .type = FIELD_WORD, .words = proposal_state_words},
    {.name = "reason",
     .type = FIELD_TEXT,
     .max = 4000,
     .optional = true,
     .summary = "at most 1,000 characters; needed to give up what was adopted"},
    {0},
};
static const struct field list_params[] = {
    {.name = "state", .type = FIELD_WORD, .words = proposal_state_words, .optional = true},
    {.name = "theme", .type = FIELD_LINE, .min = 1, .max = 35, .optional = true},
    {.name = "text",
     .type = FIELD_LINE,
     .min = 1,
     .max = 80,
     .optional = true,
     .summary = "part of title or need"},
    {.name = "after", .type = FIELD_LINE, .min = 1, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
static const struct field get_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_PROPOSAL},
    {0},
};
static const struct field listed_document = {
    .name = "document", .type = FIELD_ANY, .document = DOCUMENT_PROPOSAL_CARD};
static const struct field list_result[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &listed_document,
     .max = 200,
     .summary = "proposal_card documents, newest first"},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
static const struct field get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_PROPOSAL},
    {0},
};
static const char *const import_states[] = {"idea", "discussed", NULL};
static const struct field import_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "title", .type = FIELD_LINE, .min = 1, .max = TITLE_MAX},
    {.name = "need", .type = FIELD_TEXT, .max = NEED_MAX_BYTES},
    {.name = "text", .type = FIELD_TEXT, .max = TEXT_MAX},
    {.name = "author", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "source", .type = FIELD_OBJECT, .fields = proposal_source_fields},
    {.name = "state", .type = FIELD_WORD, .words = import_states},
    {0},
};
static const struct field import_result[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = UINT32_MAX, .optional = true},
    {.name = "existing", .type = FIELD_FLAG, .optional = true, .summary = "was there before"},
    {0},
};

/* ---- proposal.submit ---- */

static enum error check_themes(struct request *request)
{
    size_t i;
    json_t *item;
    bool good = true;
    json_t *organisation = organisation_load(request_txn(request));
    json_array_foreach(json_object_get(request->params, "themes"), i, item)
    {
        struct slice key = slice_of(json_string_value(item), json_string_length(item));
        good = good && organisation_has_theme(organisation, key);
    }
    json_decref(organisation);
    return good ? ERROR_NONE : request_fault(request, "themes", ERROR_INPUT_BAD_VALUE);
}

static json_t *submitted_event(struct request *request, struct id id, struct id author)
{
    static const char *const given[] = {"language", "title", "need", "text", NULL};
    json_t *event = event_new("submitted");
    json_t *authors = json_array();
    json_t *themes = json_object_get(request->params, "themes");
    json_put(event, "id", json_id(id));
    json_put(event, "number", json_number(number_next(request_txn(request), NUMBER_PROPOSAL)));
    fields_copy(event, request->params, given);
    json_put(event, "themes", themes == NULL ? json_array() : json_deep_copy(themes));
    json_array_append_new(authors, json_id(author));
    json_put(event, "authors", authors);
    return event;
}

static enum error submit(struct request *request)
{
    struct id id = request_id(request, "id");
    if (document_exists(request_txn(request), DOCUMENT_PROPOSAL, id)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    enum error error = request_limit(request, "need", NEED_MAX);
    if (error == ERROR_NONE) {
        error = check_themes(request);
    }
    if (error == ERROR_NONE) {
        json_t *event = submitted_event(request, id, request->caller.member);
        request_emit_json(request, EVENT_PROPOSAL, event);
        member_wake(request);
    }
    return error;
}

/* ---- proposal.revise ---- */

static bool is_author(const struct request *request, const json_t *proposal)
{
    return people_have(json_object_get(proposal, "authors"), request->caller.member);
}

static enum error check_revise(struct request *request, const json_t *proposal)
{
    enum proposal_state state = proposal_state_find(json_get_text(proposal, "state"));
    if (proposal == NULL) {
        return request_fault(request, "id", ERROR_PROPOSAL_UNKNOWN);
    }
    if (!is_author(request, proposal)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (state != PROPOSAL_IDEA && state != PROPOSAL_DISCUSSED) {
        return request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
    }
    if (json_get_integer(request->params, "base") != json_get_integer(proposal, "version")) {
        return request_fault(request, "base", ERROR_PROPOSAL_STALE);
    }
    if (json_object_size(request->params) < 4) { /* only command, id, base */
        return request_fault(request, "title", ERROR_INPUT_MISSING_FIELD);
    }
    enum error error = request_limit(request, "need", NEED_MAX);
    return error == ERROR_NONE ? check_themes(request) : error;
}

static enum error revise(struct request *request)
{
    static const char *const texts[] = {"title", "need", "text", "themes", NULL};
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    json_t *proposal = document_load(request_txn(request), DOCUMENT_PROPOSAL, id);
    enum error error = check_revise(request, proposal);
    if (error == ERROR_NONE) {
        json_t *event = event_new("revised");
        json_put(event, "id", json_id(id));
        json_put(event, "version",
                 json_number((uint64_t)json_get_integer(proposal, "version") + 1));
        fields_copy(event, proposal, texts);
        fields_copy(event, request->params, texts);
        request_emit_json(request, EVENT_PROPOSAL, event);
        member_wake(request);
    }
    json_decref(proposal);
    return error;
}

/* ---- proposal.translate ---- */

static bool has_room(const json_t *translations, struct slice language)
{
    size_t i;
    json_t *item;
    json_array_foreach(translations, i, item)
    {
        if (slice_equal(json_get_text(item, "language"), language)) {
            return true;
        }
    }
    return json_array_size(translations) < TRANSLATIONS_MAX;
}

static enum error check_translate(struct request *request, const json_t *proposal)
{
    struct slice language = request_text(request, "language");
    if (proposal == NULL) {
        return request_fault(request, "id", ERROR_PROPOSAL_UNKNOWN);
    }
    if (proposal_state_find(json_get_text(proposal, "state")) == PROPOSAL_VOTING) {
        return request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
    }
    if (json_get_integer(request->params, "version") != json_get_integer(proposal, "version")) {
        return request_fault(request, "version", ERROR_PROPOSAL_STALE);
    }
    if (slice_equal(language, json_get_text(proposal, "language")) ||
        !has_room(json_object_get(proposal, "translations"), language)) {
        return request_fault(request, "language", ERROR_INPUT_BAD_VALUE);
    }
    return request_limit(request, "need", NEED_MAX);
}

static enum error translate(struct request *request)
{
    static const char *const given[] = {"version", "language", "title", "need", "text", NULL};
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    json_t *proposal = document_load(request_txn(request), DOCUMENT_PROPOSAL, id);
    enum error error = check_translate(request, proposal);
    json_decref(proposal);
    if (error == ERROR_NONE) {
        json_t *event = event_new("translated");
        json_put(event, "id", json_id(id));
        fields_copy(event, request->params, given);
        request_emit_json(request, EVENT_PROPOSAL, event);
        member_wake(request);
    }
    return error;
}

/* ---- proposal.support ---- */

static bool supports(struct store_txn *txn, struct id proposal, struct id member)
{
    struct slice value;
    struct index_key key = index_key(INDEX_SUPPORT);
    index_key_id(&key, proposal);
    index_key_id(&key, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

static enum error check_support(struct request *request, const json_t *card)
{
    enum proposal_state state = proposal_state_find(json_get_text(card, "state"));
    if (card == NULL) {
        return request_fault(request, "id", ERROR_PROPOSAL_UNKNOWN);
    }
    if (id_equal(json_get_id(json_object_get(card, "author"), "id"), request->caller.member)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    return state == PROPOSAL_IDEA || state == PROPOSAL_DISCUSSED || state == PROPOSAL_READY
               ? ERROR_NONE
               : request_fault(request, "id", ERROR_PROPOSAL_BAD_STATE);
}

static void emit_support(struct request *request, struct id id, const json_t *card, bool on)
{
    static const char *const given[] = {"help", NULL};
    struct store_txn *txn = request_txn(request);
    json_t *event = event_new(on ? "supported" : "unsupported");
    json_put(event, "id", json_id(id));
    json_put(event, "member", json_id(request->caller.member));
    if (on) {
        fields_copy(event, request->params, given);
    }
    request_emit_json(request, EVENT_SUPPORT, event);
    int64_t count = json_get_integer(card, "supports");
    count += on && !supports(txn, id, request->caller.member);
    if (on && count >= (int64_t)organisation_threshold(txn) &&
        proposal_state_find(json_get_text(card, "state")) == PROPOSAL_IDEA) {
        proposal_emit_mark(request, id, PROPOSAL_DISCUSSED, NULL, (struct id){{0}});
    }
    member_wake(request);
}

static enum error support(struct request *request)
{
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    json_t *card = document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, id);
    enum error error = check_support(request, card);
    if (error == ERROR_NONE) {
        emit_support(request, id, card, json_get_flag(request->params, "on"));
    }
    json_decref(card);
    return error;
}

/* ---- reading ---- */

static bool has_text(const json_t *list, struct slice text)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (slice_equal(slice_of(json_string_value(item), json_string_length(item)), text)) {
            return true;
        }
    }
    return false;
}

static bool keep_card(const struct request *request, const json_t *card)
{
    struct slice state = request_text(request, "state");
    struct slice wanted = request_text(request, "theme");
    struct slice text = request_text(request, "text");
    return (state.size == 0 || slice_equal(state, json_get_text(card, "state"))) &&
           (wanted.size == 0 || has_text(json_object_get(card, "themes"), wanted)) &&
           (text_contains(json_get_text(card, "title"), text) ||
            text_contains(json_get_text(card, "need"), text));
}

static enum error list(struct request *request)
{
    struct slice wanted = request_text(request, "theme");
    enum proposal_state state = proposal_state_find(request_text(request, "state"));
    struct index_key prefix = index_key(INDEX_PROPOSAL_BY_NUMBER);
    if (wanted.size > 0) {
        prefix = proposal_theme_prefix(wanted);
    } else if (state != PROPOSAL_NONE) {
        prefix = index_key(INDEX_PROPOSAL_BY_STATE);
        index_key_u8(&prefix, (uint8_t)state);
    }
    return request_answer_list(request, index_key_slice(&prefix), DOCUMENT_PROPOSAL_CARD, keep_card,
                               1000);
}

static enum error get(struct request *request)
{
    struct id id = request_ref(request, "id", NUMBER_PROPOSAL);
    return request_answer_document(request, DOCUMENT_PROPOSAL, id, ERROR_PROPOSAL_UNKNOWN);
}

/* ---- import.proposal ---- */

static enum error import_existing(struct request *request, json_t *proposal)
{
    request->seq = (uint64_t)json_get_integer(proposal, "rev");
    json_put(request->result, "number", json_copy(json_object_get(proposal, "number")));
    json_put(request->result, "existing", json_true());
    json_decref(proposal);
    return ERROR_NONE;
}

static enum error import(struct request *request)
{
    static const char *const given[] = {"source", "state", NULL};
    struct id id = request_id(request, "id");
    struct id author = request_ref(request, "author", NUMBER_MEMBER);
    json_t *known = document_load(request_txn(request), DOCUMENT_PROPOSAL, id);
    request->result = json_object();
    json_put(request->result, "id", json_id(id));
    if (known != NULL) {
        return import_existing(request, known);
    }
    if (!document_exists(request_txn(request), DOCUMENT_MEMBER, author)) {
        return request_fault(request, "author", ERROR_MEMBER_UNKNOWN);
    }
    json_t *event = submitted_event(request, id, author);
    fields_copy(event, request->params, given);
    json_put(request->result, "number", json_copy(json_object_get(event, "number")));
    request_emit_json(request, EVENT_PROPOSAL, event);
    return ERROR_NONE;
}

/* ---- tables ---- */

static const enum error revise_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                           ERROR_PROPOSAL_STALE, ERROR_NONE};
static const enum error support_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                            ERROR_NONE};
static const enum error mark_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                         ERROR_PROPOSAL_REASON_NEEDED, ERROR_NONE};
static const enum error get_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_NONE};
static const enum error import_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_NONE};
static const struct command commands[] = {
    {.method = "proposal.submit",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = submit_params,
     .handle = submit,
     .creates = DOCUMENT_PROPOSAL,
     .summary = "Suggest a proposal: it becomes an idea",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d20\","
                "\"id\":\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b601\",\"language\":\"en\","
                "\"title\":\"A bench in the yard\",\"need\":\"Nowhere to sit outside\","
                "\"text\":\"\",\"themes\":[]}"},
    {.method = "proposal.revise",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = revise_params,
     .handle = revise,
     .errors = revise_errors,
     .summary = "A new version of the text, by its authors, while it is an idea or discussed",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d21\",\"id\":\"1\",\"base\":1,"
                "\"text\":\"Two benches.\"}"},
    {.method = "proposal.translate",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = translate_params,
     .handle = translate,
     .errors = revise_errors,
     .summary = "A translation of the current version, by any member",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d22\",\"id\":\"1\","
                "\"version\":1,\"language\":\"nl\",\"title\":\"Een bank op de koer\","
                "\"need\":\"Buiten kan je nergens zitten\",\"text\":\"\"}"},
    {.method = "proposal.support",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = support_params,
     .handle = support,
     .errors = support_errors,
     .summary = "Support a proposal, or take the support back",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d23\",\"id\":\"1\",\"on\":true,"
                "\"help\":\"carpentry\"}"},
    {.method = "proposal.mark",
     .who = WHO_MEMBER | WHO_FACILITATOR | WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = mark_params,
     .handle = proposal_handle_mark,
     .errors = mark_errors,
     .summary = "Move a proposal one step on; who may depends on the step",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d24\",\"id\":\"1\","
                "\"state\":\"discussed\"}"},
    {.method = "proposal.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .summary = "Cards of proposals, newest first",
     .example = "{\"state\":\"discussed\",\"limit\":20}"},
    {.method = "proposal.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = get_params,
     .result = get_result,
     .handle = get,
     .errors = get_errors,
     .summary = "One proposal",
     .example = "{\"id\":\"1\"}"},
    {.method = "import.proposal",
     .who = WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = import_params,
     .result = import_result,
     .handle = import,
     .errors = import_errors,
     .summary = "Bring in a proposal from elsewhere; one already there stays as it is"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_PROPOSAL, proposal_apply},
    {EVENT_SUPPORT, proposal_apply_support},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_PROPOSALS, .name = "proposals", .readers = WHO_READERS, .windowed = true},
    {.code = TOPIC_PROPOSAL,
     .name = "proposal",
     .has_id = true,
     .number = NUMBER_PROPOSAL,
     .readers = WHO_READERS},
    {0},
};
const struct concept concept_proposal = {
    .name = "proposal",
    .commands = commands,
    .applies = applies,
    .documents = proposal_documents,
    .topics = topics,
};
