/* Drafting a vote: what may be asked, of whom, by which rule. The parameters become one complete draft (every default
 * filled in, every reference an id), recorded as a draft event; opening reads the draft alone.
 *
 * What the program cannot do yet is refused here and nowhere later: secret votes, proxies; outside a meeting what needs
 * one; what a
 * method asks for in poll_method.c, rules in poll_rule.c. So a draft that stands can be opened, unless time, proposals or
 * members have moved on: its definition is made and read once, to see. Start at poll_define(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/poll_parts.h"
#include "assembly/proposal.h"
#include "assembly/settings.h"
#include "base/fatal.h"

#include <string.h>

/* Never where ballots are confidential, nor where the running sums are not what will count. */
static bool may_show_live(const json_t *draft)
{
    return poll_word_is(draft, "mode", "named") && poll_runs(draft) &&
           !json_is_object(json_object_get(json_object_get(draft, "rule"), "cap"));
}

/* Who decides follows from who is asked, and where: the general assembly and the board in their meetings alone, a group
 * when it is asked, else the members. */
static const char *body_of(struct request *request, const json_t *draft)
{
    const json_t *electorate = json_object_get(draft, "electorate");
    struct id meeting = json_get_id(draft, "meeting");
    bool all = poll_word_is(electorate, "kind", "entitled");
    return poll_word_is(electorate, "kind", "group")               ? "group"
           : id_is_none(meeting)                                   ? "members"
           : poll_meeting_is(request, meeting, "general_assembly") ? "assembly"
           : !all && poll_meeting_is(request, meeting, "board")    ? "board"
                                                                   : "members";
}

static enum error check_mode(struct request *request, const json_t *draft)
{
    if (poll_word_is(draft, "mode", "secret")) {
        return request_fault(request, "mode", ERROR_POLL_MODE_UNAVAILABLE);
    }
    if (json_get_flag(draft, "show_live") && !may_show_live(draft)) {
        return request_fault(request, "show_live", ERROR_INPUT_BAD_VALUE);
    }
    return poll_word_is(draft, "body", body_of(request, draft))
               ? ERROR_NONE
               : request_fault(request, "body", ERROR_INPUT_BAD_VALUE);
}

/* ---- texts ---- */

static enum error check_question(struct request *request, const json_t *draft)
{
    size_t i;
    json_t *language;
    const char *code;
    json_t *text;
    const json_t *question = json_object_get(draft, "question");
    json_t *organisation = organisation_load(request_txn(request));
    enum error error = ERROR_NONE;
    json_array_foreach(json_object_get(organisation, "languages"), i, language)
    {
        if (poll_decides(draft) && json_object_get(question, json_string_value(language)) == NULL) {
            error = request_fault(request, "question", ERROR_INPUT_MISSING_FIELD);
        }
    }
    json_decref(organisation);
    if (json_object_size(question) == 0) {
        error = request_fault(request, "question", ERROR_INPUT_MISSING_FIELD);
    }
    json_object_foreach(json_object_get(draft, "explanation"), code, text)
    {
        if (json_object_get(question, code) == NULL) {
            error = request_fault(request, "explanation", ERROR_INPUT_BAD_VALUE);
        }
    }
    return error;
}

/* Opening after now is for the opening to judge; here the two dates are compared with each other. */
static enum error check_times(struct request *request, const json_t *draft)
{
    int64_t opens = json_get_integer(draft, "opens"), closes = json_get_integer(draft, "closes");
    if (closes != 0 && (closes <= opens || (uint64_t)closes <= request->now_ms)) {
        return request_fault(request, "closes", ERROR_POLL_BAD_TIME);
    }
    return ERROR_NONE;
}

/* ---- proposals and voters ---- */

/* Ids of the proposals named, without repeats. */
static enum error about_ids(struct request *request, json_t *draft)
{
    size_t i;
    json_t *item, *ids = json_array();
    json_put(draft, "about", ids);
    json_array_foreach(json_object_get(request->params, "about"), i, item)
    {
        struct id id = reference_find(request_txn(request), poll_text_of(item), NUMBER_PROPOSAL);
        if (id_is_none(id) || !document_exists(request_txn(request), DOCUMENT_PROPOSAL, id)) {
            return request_fault(request, "about", ERROR_PROPOSAL_UNKNOWN);
        }
        if (ids_have(ids, id)) {
            return request_fault(request, "about", ERROR_INPUT_BAD_VALUE);
        }
        json_array_append_new(ids, json_id(id));
    }
    return ERROR_NONE;
}

static enum error group_id(struct request *request, struct slice text, struct id *id)
{
    *id = reference_find(request_txn(request), text, NUMBER_GROUP);
    json_t *group =
        id_is_none(*id) ? NULL : document_load(request_txn(request), DOCUMENT_GROUP, *id);
    bool known = group != NULL, open = poll_word_is(group, "state", "open");
    json_decref(group);
    if (!known) {
        return request_fault(request, "electorate", ERROR_GROUP_UNKNOWN);
    }
    return open ? ERROR_NONE : request_fault(request, "electorate", ERROR_GROUP_BAD_STATE);
}

static enum error electorate_id(struct request *request, const json_t *electorate,
                                struct slice text, json_t *ids)
{
    struct id id = {{0}};
    if (poll_word_is(electorate, "kind", "group")) {
        enum error error = group_id(request, text, &id);
        if (error != ERROR_NONE) {
            return error;
        }
    } else if (poll_word_is(electorate, "kind", "classes")) {
        id = organisation_class(request_txn(request), text);
        if (id_is_none(id)) {
            return request_fault(request, "electorate", ERROR_CLASS_UNKNOWN);
        }
    } else {
        id = reference_find(request_txn(request), text, NUMBER_MEMBER);
        if (id_is_none(id) || !document_exists(request_txn(request), DOCUMENT_MEMBER, id)) {
            return request_fault(request, "electorate", ERROR_MEMBER_UNKNOWN);
        }
    }
    if (ids_have(ids, id)) {
        return request_fault(request, "electorate", ERROR_INPUT_BAD_VALUE);
    }
    json_array_append_new(ids, json_id(id));
    return ERROR_NONE;
}

/* Does a vote of this kind, here, ask such an electorate? listed = it names ids. */
static bool kind_is_good(const struct request *request, const json_t *draft,
                         const json_t *electorate, bool listed)
{
    return listed || poll_word_is(electorate, "kind", "entitled") ||
           (poll_word_is(electorate, "kind", "present") && request_has(request, "meeting")) ||
           (poll_word_is(electorate, "kind", "active") &&
            (poll_word_is(draft, "kind", "straw") || poll_word_is(draft, "kind", "practice")));
}

/* {"kind","ids"?,"nested"?} with every reference an id; "active" is for what does not decide. A group's own members vote;
 * those of groups below it too only when `nested` says so. */
static enum error read_electorate(struct request *request, json_t *draft, const json_t *asked)
{
    size_t i;
    json_t *item;
    json_t *electorate = json_object(), *ids = json_array();
    enum error error = ERROR_NONE;
    json_put(electorate, "kind", poll_given(asked, "kind", poll_word("entitled")));
    json_put(draft, "electorate", electorate);
    bool group = poll_word_is(electorate, "kind", "group");
    bool listed = group || poll_word_is(electorate, "kind", "classes") ||
                  poll_word_is(electorate, "kind", "list");
    size_t named = json_array_size(json_object_get(asked, "ids"));
    if (!kind_is_good(request, draft, electorate, listed) || listed != (named > 0) ||
        (group && named > POLL_GROUPS_MAX) || (!group && json_get_flag(asked, "nested"))) {
        error = request_fault(request, "electorate", ERROR_INPUT_BAD_VALUE);
    }
    json_array_foreach(json_object_get(asked, "ids"), i, item)
    {
        error = error == ERROR_NONE ? electorate_id(request, electorate, poll_text_of(item), ids)
                                    : error;
    }
    json_put(electorate, "ids", listed ? json_incref(ids) : NULL);
    json_put(electorate, "nested", json_get_flag(asked, "nested") ? json_true() : NULL);
    json_decref(ids);
    return error;
}

/* As asked for; else in a group's meeting the group, in the board's those who are there, and everybody entitled. */
static enum error electorate_ids(struct request *request, json_t *draft)
{
    const json_t *asked = json_object_get(request->params, "electorate");
    json_t *usual = asked == NULL ? poll_meeting_electorate(request, draft) : NULL;
    enum error error = read_electorate(request, draft, asked == NULL ? usual : asked);
    json_decref(usual);
    return error;
}

/* ---- who may ---- */

static bool is_author_of_all(const struct request *request, const json_t *about)
{
    size_t i;
    json_t *item;
    bool all = json_array_size(about) > 0;
    json_array_foreach(about, i, item)
    {
        struct id id = {{0}};
        assert_always(id_parse(poll_text_of(item), &id));
        json_t *proposal = document_load(request_txn(request), DOCUMENT_PROPOSAL, id);
        all = all && people_have(json_object_get(proposal, "authors"), request->caller.member);
        json_decref(proposal);
    }
    return all;
}

/* Every proposal belongs to one of the groups asked: a group decides on its own proposals only, unless a facilitator asks
 * it. */
static bool is_about_groups(const struct request *request, const json_t *about,
                            const json_t *electorate)
{
    size_t i;
    json_t *item;
    bool all = true;
    json_array_foreach(about, i, item)
    {
        struct id id = {{0}};
        assert_always(id_parse(poll_text_of(item), &id));
        json_t *card = document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, id);
        struct id group = json_get_id(json_object_get(card, "group"), "id");
        all = all && !id_is_none(group) && ids_have(json_object_get(electorate, "ids"), group);
        json_decref(card);
    }
    return all;
}

/* Who leads a meeting asks what it can decide: an assembly anything, a board what is the board's, a group its own members on
 * its own proposals. Nobody gets to decide for all by calling three friends to a work session. */
static bool may_ask_in_meeting(const struct request *request, const json_t *draft, struct id id)
{
    const json_t *electorate = json_object_get(draft, "electorate");
    const json_t *ids = json_object_get(electorate, "ids");
    json_t *meeting = document_load(request_txn(request), DOCUMENT_MEETING, id);
    bool own = poll_word_is(meeting, "meeting_kind", "general_assembly") ||
               (poll_word_is(meeting, "meeting_kind", "board") &&
                !poll_word_is(electorate, "kind", "entitled")) ||
               poll_word_is(draft, "kind", "straw");
    struct id group = json_get_id(json_object_get(meeting, "group"), "id");
    own = own || (poll_word_is(meeting, "meeting_kind", "group") && json_array_size(ids) == 1 &&
                  poll_word_is(electorate, "kind", "group") && ids_have(ids, group) &&
                  !json_get_flag(electorate, "nested") &&
                  is_about_groups(request, json_object_get(draft, "about"), electorate));
    json_decref(meeting);
    return own;
}

/* A facilitator anything; who leads a meeting its votes; an admin elections; outside meetings a member a straw poll on
 * proposals of their own, or of their groups; who coordinates groups a decision of these on what belongs to them. */
static bool may_define(const struct request *request, const json_t *draft)
{
    struct id meeting = json_get_id(draft, "meeting");
    if (request_is(request, WHO_FACILITATOR) ||
        (!id_is_none(meeting) && poll_meeting_is_run(request, meeting) &&
         may_ask_in_meeting(request, draft, meeting))) {
        return true;
    }
    if (poll_word_is(draft, "kind", "election")) {
        return request_is(request, WHO_ADMIN);
    }
    if (!id_is_none(meeting)) {
        return false;
    }
    const json_t *electorate = json_object_get(draft, "electorate");
    struct id caller = request->caller.member;
    if (!request_is(request, WHO_MEMBER)) {
        return false;
    }
    if (poll_word_is(draft, "kind", "decision")) {
        return electorate_is_led_by(request_txn(request), electorate, caller) &&
               is_about_groups(request, json_object_get(draft, "about"), electorate);
    }
    return poll_word_is(draft, "kind", "straw") &&
           (is_author_of_all(request, json_object_get(draft, "about")) ||
            (json_array_size(json_object_get(draft, "about")) == 0 &&
             electorate_is_of(request_txn(request), electorate, caller)));
}

/* ---- the command ---- */

static json_t *default_flag(struct request *request, enum setting setting)
{
    return json_boolean(setting_number(request_txn(request), setting) != 0);
}

static const char *default_mode(const json_t *draft)
{
    return poll_is_of_persons(draft) ? "confidential" : "named";
}

static void complete_words(struct request *request, json_t *draft)
{
    static const char *const copied[] = {"question", "explanation", "opens",
                                         "closes",   "others",      NULL};
    const json_t *params = request->params;
    json_put(draft, "id", poll_given(params, "id", NULL));
    json_put(draft, "kind", poll_given(params, "kind", NULL));
    json_put(draft, "method", poll_given(params, "method", NULL));
    json_put(draft, "mode", poll_given(params, "mode", poll_word(default_mode(draft))));
    json_put(draft, "revote",
             poll_given(params, "revote", default_flag(request, SETTING_VOTE_REVOTE)));
    fields_copy(draft, params, copied);
    if (json_object_size(json_object_get(draft, "explanation")) == 0) {
        json_put(draft, "explanation", NULL);
    }
}

static enum error complete_count(struct request *request, json_t *draft)
{
    const json_t *params = request->params;
    json_put(draft, "params", poll_params_complete(draft, json_object_get(params, "params")));
    enum error error = poll_rule_take(request, draft);
    if (error != ERROR_NONE) {
        return error;
    }
    bool live =
        may_show_live(draft) && setting_number(request_txn(request), SETTING_VOTE_SHOW_LIVE) != 0;
    json_put(draft, "show_live", poll_given(params, "show_live", json_boolean(live)));
    return ERROR_NONE;
}

static enum error complete(struct request *request, json_t *draft)
{
    complete_words(request, draft);
    enum error error = poll_meeting_take(request, draft);
    if (error == ERROR_NONE) {
        error = about_ids(request, draft);
    }
    if (error == ERROR_NONE) {
        error = poll_options_complete(request, draft);
    }
    if (error == ERROR_NONE) {
        error = electorate_ids(request, draft);
    }
    if (error == ERROR_NONE) {
        error = complete_count(request, draft);
    }
    json_put(draft, "body",
             poll_given(request->params, "body", poll_word(body_of(request, draft))));
    return error;
}

static enum error check(struct request *request, const json_t *draft)
{
    static enum error (*const checks[])(struct request *, const json_t *) = {
        poll_check_method, check_mode, poll_check_rule, check_question, check_times,
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        enum error error = checks[i](request, draft);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    return ERROR_NONE;
}

/* Nobody replaces a draft that they have not seen; a wish or a comment since leaves it as it was. */
static bool is_stale(const struct request *request, const json_t *old)
{
    return request_has(request, "base") &&
           json_get_integer(request->params, "base") < json_get_integer(old, "drafted");
}

/* The number of a new draft, or of the one that is replaced. */
static enum error number_of(struct request *request, uint32_t *number)
{
    json_t *old = document_load(request_txn(request), DOCUMENT_POLL, request_id(request, "id"));
    enum error error = ERROR_NONE;
    if (old == NULL) {
        *number = number_next(request_txn(request), NUMBER_POLL);
        return ERROR_NONE;
    }
    *number = (uint32_t)json_get_integer(old, "number");
    if (!poll_is(old, "draft")) {
        error = request_fault(request, "id", ERROR_CONFLICT);
    } else if (!poll_may_manage(request, old)) {
        error = ERROR_RIGHT_MISSING;
    } else if (is_stale(request, old)) {
        error = request_fault(request, "base", ERROR_CONFLICT);
    }
    json_decref(old);
    return error;
}

/* The whole draft, and its definition as a trial. */
static enum error make(struct request *request, json_t *draft, struct buffer *bytes)
{
    uint32_t number = 0;
    enum error error = complete(request, draft);
    if (error == ERROR_NONE && !may_define(request, draft)) {
        error = ERROR_RIGHT_MISSING;
    }
    if (error == ERROR_NONE) {
        error = number_of(request, &number);
    }
    if (error == ERROR_NONE) {
        error = check(request, draft);
    }
    if (error == ERROR_NONE) {
        error = poll_try_definition(request, draft, bytes);
    }
    json_put(draft, "number", json_number(number));
    return error;
}

enum error poll_define(struct request *request)
{
    struct buffer bytes;
    json_t *draft = event_new("drafted");
    buffer_init(&bytes, DEFINITION_MAX);
    enum error error = make(request, draft, &bytes);
    buffer_free(&bytes);
    if (error != ERROR_NONE) {
        json_decref(draft);
        return error;
    }
    request_emit_json(request, EVENT_POLL_DRAFT, draft);
    member_wake(request);
    return ERROR_NONE;
}

enum error poll_preview(struct request *request)
{
    static const char *const shown[] = {"body",   "mode",      "params", "rule",
                                        "revote", "show_live", NULL};
    struct buffer bytes;
    json_t *draft = json_object();
    buffer_init(&bytes, DEFINITION_MAX);
    enum error error = make(request, draft, &bytes);
    if (error == ERROR_NONE) {
        request->result = json_object();
        fields_copy(request->result, draft, shown);
        json_put(request->result, "definition", json_base64url(buffer_slice(&bytes)));
    }
    buffer_free(&bytes);
    json_decref(draft);
    return error;
}
