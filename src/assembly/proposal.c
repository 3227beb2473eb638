/* Proposals: members suggest, everyone discusses and supports, a vote decides.
 *
 * This file holds the tables, proposal.submit, reading and import. Texts and their versions are in
 * proposal_text.c, supporters in proposal_people.c, the steps of a proposal's life in proposal_state.c, what
 * events do to documents in proposal_apply.c. A proposal has three documents, so that a new supporter or
 * comment never rewrites the long text: `proposal` (text, translations, history), `proposal_card` (what
 * lists show) and `supporters`. Invariants: a text changes only by its authors and never while a vote is
 * open; authors do not support their own. Start at submit(). */
#include "assembly/organisation.h"
#include "assembly/group.h"
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"
#include "base/fold.h"

#include <string.h>

/* ---- proposal.submit ---- */

enum error proposal_check_themes(struct request *request)
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

/* The smallest units say nothing without their currency. */
json_t *proposal_asks(const struct request *request)
{
    json_t *asks = json_deep_copy(json_object_get(request->params, "asks"));
    if (asks == NULL) {
        return NULL;
    }
    if (json_object_get(asks, "money") == NULL) {
        json_object_del(asks, "currency");
    } else if (json_object_get(asks, "currency") == NULL) {
        json_put(asks, "currency", json_text(slice_text("EUR")));
    }
    if (json_array_size(json_object_get(asks, "skills")) == 0) {
        json_object_del(asks, "skills");
    }
    return asks;
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
    json_put(event, "asks", proposal_asks(request));
    if (request_has(request, "group")) {
        json_put(event, "group", json_id(request_ref(request, "group", NUMBER_GROUP)));
    }
    return event;
}

/* An open group that the author is in. */
static enum error check_group(struct request *request, struct id author)
{
    struct id group = request_ref(request, "group", NUMBER_GROUP);
    if (!request_has(request, "group")) {
        return ERROR_NONE;
    }
    if (id_is_none(group) || !document_exists(request_txn(request), DOCUMENT_GROUP, group)) {
        return request_fault(request, "group", ERROR_GROUP_UNKNOWN);
    }
    return group_may_write(request_txn(request), group, author)
               ? ERROR_NONE
               : request_fault(request, "group", ERROR_GROUP_NOT_MEMBER);
}

static enum error submit(struct request *request)
{
    struct id author, id = request_id(request, "id");
    if (document_exists(request_txn(request), DOCUMENT_PROPOSAL, id)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    enum error error = member_on_behalf(request, &author);
    if (error == ERROR_NONE) {
        error = request_limit(request, "need", PROPOSAL_NEED_MAX);
    }
    if (error == ERROR_NONE) {
        error = proposal_check_themes(request);
    }
    struct id need = request_ref(request, "answers", NUMBER_PROPOSAL);
    if (error == ERROR_NONE && request_has(request, "answers")) {
        error = document_exists(request_txn(request), DOCUMENT_PROPOSAL, need)
                    ? proposal_check_room(request, "answers", id, need)
                    : request_fault(request, "answers", ERROR_PROPOSAL_UNKNOWN);
    }
    if (error == ERROR_NONE) {
        error = check_group(request, author);
    }
    if (error == ERROR_NONE) {
        request_emit_json(request, EVENT_PROPOSAL, submitted_event(request, id, author));
        if (!id_is_none(need)) {
            proposal_emit_related(request, id, need, slice_text("answers"), true);
        }
        member_wake(request);
    }
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
    struct slice asked = request_text(request, "asks");
    const json_t *asks = json_object_get(card, "asks");
    return (asked.size == 0 || json_object_get(asks, (const char *)asked.data) != NULL) &&
           (state.size == 0 || slice_equal(state, json_get_text(card, "state"))) &&
           (wanted.size == 0 || has_text(json_object_get(card, "themes"), wanted)) &&
           (fold_contains(json_get_text(card, "title"), text) ||
            fold_contains(json_get_text(card, "need"), text));
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
    if (known != NULL) {
        return import_existing(request, known);
    }
    if (!document_exists(request_txn(request), DOCUMENT_MEMBER, author)) {
        return request_fault(request, "author", ERROR_MEMBER_UNKNOWN);
    }
    json_t *event = submitted_event(request, id, author);
    fields_copy(event, request->params, given);
    request_emit_json(request, EVENT_PROPOSAL, event);
    return ERROR_NONE;
}

static void import_answer(struct request *request)
{
    static const char *const number[] = {"number", NULL};
    json_t *proposal =
        document_load(request_txn(request), DOCUMENT_PROPOSAL, request_id(request, "id"));
    request_answer_id(request);
    fields_copy(request->result, proposal, number);
    json_decref(proposal);
}

/* ---- tables ---- */

static const enum error revise_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                           ERROR_PROPOSAL_STALE, ERROR_NONE};
static const enum error support_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                            ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE,
                                            ERROR_NONE};
static const enum error mark_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                         ERROR_PROPOSAL_REASON_NEEDED, ERROR_NONE};
static const enum error submit_errors[] = {ERROR_PROPOSAL_UNKNOWN,
                                           ERROR_PROPOSAL_TOO_MANY_RELATED,
                                           ERROR_MEMBER_UNKNOWN,
                                           ERROR_MEMBER_BAD_STATE,
                                           ERROR_GROUP_UNKNOWN,
                                           ERROR_GROUP_NOT_MEMBER,
                                           ERROR_NONE};
static const enum error version_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_VERSION_UNKNOWN,
                                            ERROR_NONE};
static const enum error invite_errors[] = {ERROR_PROPOSAL_UNKNOWN,
                                           ERROR_PROPOSAL_BAD_STATE,
                                           ERROR_PROPOSAL_NOT_ASKED,
                                           ERROR_PROPOSAL_TOO_MANY_AUTHORS,
                                           ERROR_MEMBER_UNKNOWN,
                                           ERROR_MEMBER_BAD_STATE,
                                           ERROR_NONE};
static const enum error join_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                         ERROR_PROPOSAL_NOT_ASKED, ERROR_PROPOSAL_TOO_MANY_AUTHORS,
                                         ERROR_NONE};
static const enum error leave_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_LAST_AUTHOR,
                                          ERROR_NONE};
static const enum error take_over_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                              ERROR_PROPOSAL_NOT_SILENT,
                                              ERROR_PROPOSAL_TOO_MANY_AUTHORS, ERROR_NONE};
static const enum error relate_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_NOT_ASKED,
                                           ERROR_PROPOSAL_TOO_MANY_RELATED, ERROR_NONE};
static const enum error merge_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                          ERROR_PROPOSAL_NOT_ASKED, ERROR_PROPOSAL_TOO_MANY_RELATED,
                                          ERROR_NONE};
static const enum error answer_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_PROPOSAL_BAD_STATE,
                                           ERROR_NONE};
static const enum error get_errors[] = {ERROR_PROPOSAL_UNKNOWN, ERROR_NONE};
static const enum error import_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_NONE};
static const struct command commands[] = {
    {.method = "proposal.submit",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = proposal_submit_params,
     .handle = submit,
     .creates = DOCUMENT_PROPOSAL,
     .errors = submit_errors,
     .summary = "Suggest a proposal: it becomes an idea",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d20\","
                "\"id\":\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b601\",\"language\":\"en\","
                "\"title\":\"A bench in the yard\",\"need\":\"Nowhere to sit outside\","
                "\"text\":\"\",\"themes\":[]}"},
    {.method = "proposal.revise",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = proposal_revise_params,
     .handle = proposal_handle_revise,
     .errors = revise_errors,
     .summary = "A new version of the text, by its authors, while it is an idea or discussed",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d21\",\"id\":\"1\",\"base\":1,"
                "\"text\":\"Two benches.\"}"},
    {.method = "proposal.translate",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = proposal_translate_params,
     .handle = proposal_handle_translate,
     .errors = revise_errors,
     .summary = "A translation of the current version, by any member",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d22\",\"id\":\"1\","
                "\"version\":1,\"language\":\"nl\",\"title\":\"Een bank op de koer\","
                "\"need\":\"Buiten kan je nergens zitten\",\"text\":\"\"}"},
    {.method = "proposal.support",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = proposal_support_params,
     .handle = proposal_handle_support,
     .errors = support_errors,
     .summary = "Support a proposal, or take the support back",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d23\",\"id\":\"1\",\"on\":true,"
                "\"help\":\"carpentry\"}"},
    {.method = "proposal.mark",
     .who = WHO_MEMBER | WHO_FACILITATOR | WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = proposal_mark_params,
     .handle = proposal_handle_mark,
     .errors = mark_errors,
     .summary = "Move a proposal one step on; who may depends on the step",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d24\",\"id\":\"1\","
                "\"state\":\"discussed\"}"},
    {.method = "proposal.answer",
     .who = WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = proposal_answer_params,
     .handle = proposal_handle_answer,
     .errors = answer_errors,
     .summary = "A written answer to a proposal that is ready: a vote is then no longer owed",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d25\",\"id\":\"1\","
                "\"text\":\"We vote on it in spring, with the budget.\"}"},
    {.method = "proposal.invite",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = proposal_invite_params,
     .handle = proposal_handle_invite,
     .errors = invite_errors,
     .summary = "An author asks a member to be a co-author, or accepts or declines one who offers",
     .example = "{\"id\":\"1\",\"member\":\"2\",\"on\":true}"},
    {.method = "proposal.join",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = proposal_join_params,
     .handle = proposal_handle_join,
     .errors = join_errors,
     .summary = "Say yes or no to being a co-author, or offer to be one",
     .example = "{\"id\":\"1\",\"yes\":true}"},
    {.method = "proposal.leave",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = proposal_leave_params,
     .handle = proposal_handle_leave,
     .errors = leave_errors,
     .summary = "A co-author leaves; one author remains",
     .example = "{\"id\":\"1\"}"},
    {.method = "proposal.take_over",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = proposal_leave_params,
     .handle = proposal_handle_take_over,
     .errors = take_over_errors,
     .summary = "A supporter takes over from authors who have been silent for long",
     .example = "{\"id\":\"1\"}"},
    {.method = "proposal.relate",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = proposal_relate_params,
     .handle = proposal_handle_relate,
     .errors = relate_errors,
     .summary =
         "Say that a proposal is a duplicate of another, an alternative to it, or answers its need",
     .example = "{\"id\":\"2\",\"to\":\"1\",\"as\":\"alternative_to\",\"on\":true}"},
    {.method = "proposal.merge",
     .who = WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = proposal_merge_params,
     .handle = proposal_handle_merge,
     .errors = merge_errors,
     .summary = "Ask the authors of a proposal to let it go on in another; where nobody can be "
                "asked, do it",
     .example = "{\"id\":\"2\",\"into\":\"1\",\"on\":true}"},
    {.method = "proposal.consent",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = proposal_consent_params,
     .handle = proposal_handle_consent,
     .errors = merge_errors,
     .summary = "One of the authors answers whether it goes on in another",
     .example = "{\"id\":\"2\",\"yes\":true}"},
    {.method = "proposal.follow",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = proposal_follow_params,
     .handle = proposal_handle_follow,
     .errors = merge_errors,
     .summary = "A supporter of a merged proposal says whether their support goes along",
     .example = "{\"id\":\"2\",\"yes\":true}"},
    {.method = "proposal.version",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = proposal_version_params,
     .result = proposal_version_result,
     .handle = proposal_handle_version,
     .errors = version_errors,
     .summary = "The text as it stood in a version",
     .example = "{\"id\":\"1\",\"version\":1}"},
    {.method = "proposal.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = proposal_list_params,
     .result = proposal_list_result,
     .handle = list,
     .summary = "Cards of proposals, newest first",
     .example = "{\"state\":\"discussed\",\"limit\":20}"},
    {.method = "proposal.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = proposal_get_params,
     .result = proposal_get_result,
     .handle = get,
     .errors = get_errors,
     .summary = "One proposal",
     .example = "{\"id\":\"1\"}"},
    {.method = "theme.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = proposal_theme_params,
     .result = proposal_theme_result,
     .handle = proposal_handle_theme,
     .summary = "Who is active in a theme: authors and supporters of its newest 200 proposals",
     .example = "{\"theme\":\"welcome\"}"},
    {.method = "import.proposal",
     .who = WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = proposal_import_params,
     .result = proposal_import_result,
     .handle = import,
     .answer = import_answer,
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
