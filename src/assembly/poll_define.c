/* Drafting a vote: what may be asked, of whom, by which rule. The parameters become one complete draft (every default
 * filled in, every reference an id), recorded as a draft event; opening reads the draft alone.
 *
 * What the program cannot do yet is refused here and nowhere later: other methods, secret votes, rules within classes,
 * caps, proxies, electorates that need a meeting. So a draft that stands can be opened, unless time, proposals
 * or members have moved on. Start at poll_define(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/poll.h"
#include "assembly/proposal.h"
#include "assembly/settings.h"
#include "base/fatal.h"
#include "ledger/result.h"

#include <string.h>

static struct slice text_of(const json_t *value)
{
    return slice_of(json_string_value(value), json_string_length(value));
}

static bool word_is(const json_t *object, const char *key, const char *word)
{
    return slice_equal(json_get_text(object, key), slice_text(word));
}

/* Its result decides something: it enters the register. */
static bool decides(const json_t *draft)
{
    return word_is(draft, "kind", "decision") || word_is(draft, "kind", "election");
}

/* Position of the word in its list, from 1; 0 = not there. */
static uint8_t word_number(const char *const *words, struct slice word)
{
    for (uint8_t i = 0; words[i] != NULL; i++) {
        if (slice_equal(slice_text(words[i]), word)) {
            return (uint8_t)(i + 1);
        }
    }
    return 0;
}

uint8_t poll_kind_number(struct slice word)
{
    return word_number(poll_kind_words, word);
}

uint8_t poll_mode_number(struct slice word)
{
    return word_number(poll_mode_words, word);
}

uint8_t poll_body_number(struct slice word)
{
    return word_number(poll_body_words, word);
}

/* The parameter, or a default in its place. New reference. */
static json_t *given(const json_t *object, const char *key, json_t *otherwise)
{
    json_t *value = json_object_get(object, key);
    if (value == NULL) {
        return otherwise;
    }
    json_decref(otherwise);
    return json_deep_copy(value);
}

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

/* ---- the rule ---- */

/* What the organisation asks of a vote whose form says nothing; only of votes that decide. */
static json_t *default_majority(struct request *request, bool decides)
{
    static const struct {
        uint64_t num, den;
        bool strict;
    } table[] = {{1, 2, true}, {2, 3, false}, {3, 4, false}, {4, 5, false}};
    size_t at = decides ? (size_t)setting_number(request_txn(request), SETTING_VOTE_MAJORITY) : 0;
    json_t *majority = json_object();
    json_put(majority, "num", json_number(table[at].num));
    json_put(majority, "den", json_number(table[at].den));
    json_put(majority, "strict", json_boolean(table[at].strict));
    json_put(majority, "base", word("votes"));
    return majority;
}

static json_t *default_quorum(struct request *request, bool decides)
{
    int64_t percent = setting_number(request_txn(request), SETTING_VOTE_QUORUM_PERCENT);
    if (!decides || percent == 0) {
        return json_null();
    }
    json_t *quorum = json_object();
    json_put(quorum, "num", json_integer(percent));
    json_put(quorum, "den", json_number(100));
    return quorum;
}

static const char *default_abstain(struct request *request, bool decides)
{
    return decides ? setting_word(request_txn(request), SETTING_VOTE_ABSTAIN) : "out";
}

/* The defaults of an organisation that changed none. */
static bool is_simple(const json_t *rule)
{
    const json_t *majority = json_object_get(rule, "majority");
    return json_get_integer(majority, "num") == 1 && json_get_integer(majority, "den") == 2 &&
           json_get_flag(majority, "strict") && json_is_null(json_object_get(rule, "quorum")) &&
           word_is(rule, "abstain", "out");
}

static void fill_default(json_t *object, const char *key, json_t *value)
{
    if (json_object_get(object, key) == NULL) {
        json_put(object, key, value);
    } else {
        json_decref(value);
    }
}

/* The rule with every field there; a rule without a name of its own is called what it is. New reference. */
static json_t *rule_complete(struct request *request, const json_t *rule, bool decides)
{
    json_t *whole = json_object();
    bool changed = rule != NULL && json_object_size(rule) > 0;
    json_put(whole, "name", given(rule, "name", word("custom")));
    json_put(whole, "majority", given(rule, "majority", default_majority(request, decides)));
    json_put(whole, "abstain", given(rule, "abstain", word(default_abstain(request, decides))));
    json_put(whole, "blank", given(rule, "blank", word("out")));
    json_put(whole, "void", given(rule, "void", word("out")));
    json_put(whole, "quorum", given(rule, "quorum", default_quorum(request, decides)));
    json_put(whole, "per_class", given(rule, "per_class", json_array()));
    json_put(whole, "cap", given(rule, "cap", json_null()));
    json_put(whole, "mandates", given(rule, "mandates", json_null()));
    json_put(whole, "tie", given(rule, "tie", word("not_adopted")));
    if (json_is_object(json_object_get(whole, "majority"))) {
        fill_default(json_object_get(whole, "majority"), "base", word("votes"));
    }
    if (json_is_object(json_object_get(whole, "quorum"))) {
        json_t *quorum = json_object_get(whole, "quorum");
        fill_default(quorum, "strict", json_false());
        fill_default(quorum, "unit", word("heads"));
        fill_default(quorum, "of", word("part"));
    }
    if (json_get_integer(json_object_get(whole, "mandates"), "max") == 0) {
        json_put(whole, "mandates", json_null());
    }
    if (!changed && is_simple(whole)) {
        json_put(whole, "name", word("simple-majority"));
    }
    return whole;
}

static uint8_t counted_number(const json_t *rule, const char *key)
{
    static const char *const words[] = {"out", "base", "no", NULL};
    uint8_t number = word_number(words, json_get_text(rule, key));
    assert_always(number > 0);
    return (uint8_t)(number - 1);
}

void poll_rule_of(const json_t *json, struct rule *rule)
{
    static const char *const bases[] = {"votes", "present", "entitled", NULL};
    static const char *const units[] = {"heads", "weight", "shares", NULL};
    static const char *const ofs[] = {"present", "part", NULL};
    static const char *const ties[] = {"not_adopted", "chair", "lot", "reported", NULL};
    const json_t *majority = json_object_get(json, "majority");
    const json_t *quorum = json_object_get(json, "quorum");
    *rule = (struct rule){
        .name = json_get_text(json, "name"),
        .abstain = counted_number(json, "abstain"),
        .blank = counted_number(json, "blank"),
        .void_ = counted_number(json, "void"),
        .tie = word_number(ties, json_get_text(json, "tie")),
    };
    if (json_is_object(majority)) {
        rule->majority_num = (uint32_t)json_get_integer(majority, "num");
        rule->majority_den = (uint32_t)json_get_integer(majority, "den");
        rule->majority_strict = json_get_flag(majority, "strict") ? 1 : 0;
        rule->majority_base = word_number(bases, json_get_text(majority, "base"));
    }
    if (json_is_object(quorum)) {
        rule->quorum_num = (uint32_t)json_get_integer(quorum, "num");
        rule->quorum_den = (uint32_t)json_get_integer(quorum, "den");
        rule->quorum_strict = json_get_flag(quorum, "strict") ? 1 : 0;
        rule->quorum_unit = word_number(units, json_get_text(quorum, "unit"));
        rule->quorum_of = word_number(ofs, json_get_text(quorum, "of"));
    }
}

static bool fraction_is_good(const json_t *fraction)
{
    return !json_is_object(fraction) ||
           json_get_integer(fraction, "num") <= json_get_integer(fraction, "den");
}

/* What the record allows, and of that what this version counts: presence is recorded by a meeting's desk, so nothing
 * outside a meeting may depend on it. */
static enum error check_rule(struct request *request, const json_t *draft)
{
    const json_t *rule = json_object_get(draft, "rule");
    const json_t *majority = json_object_get(rule, "majority");
    const json_t *quorum = json_object_get(rule, "quorum");
    bool all_out = word_is(rule, "abstain", "out") && word_is(rule, "blank", "out") &&
                   word_is(rule, "void", "out");
    if (!fraction_is_good(majority) || word_is(majority, "base", "present") ||
        (json_is_null(majority) && (decides(draft) || !all_out))) {
        return request_fault(request, "rule.majority", ERROR_INPUT_BAD_VALUE);
    }
    if (!fraction_is_good(quorum) || word_is(quorum, "of", "present") ||
        word_is(quorum, "unit", "shares")) {
        return request_fault(request, "rule.quorum", ERROR_INPUT_BAD_VALUE);
    }
    if (json_array_size(json_object_get(rule, "per_class")) > 0) {
        return request_fault(request, "rule.per_class", ERROR_INPUT_BAD_VALUE);
    }
    if (!json_is_null(json_object_get(rule, "cap"))) {
        return request_fault(request, "rule.cap", ERROR_INPUT_BAD_VALUE);
    }
    if (!json_is_null(json_object_get(rule, "mandates"))) {
        return request_fault(request, "rule.mandates", ERROR_INPUT_BAD_VALUE);
    }
    return word_is(rule, "tie", "chair") ? request_fault(request, "rule.tie", ERROR_INPUT_BAD_VALUE)
                                         : ERROR_NONE;
}

/* ---- method and its parameters ---- */

static json_t *params_complete(const json_t *params)
{
    json_t *whole = json_object(), *flags = json_array();
    json_array_append_new(flags, word("blank"));
    json_array_append_new(flags, word("abstain"));
    json_put(whole, "flags", given(params, "flags", flags));
    return whole;
}

/* Of a yes-no the parameters are two flags: blank and abstain. */
static enum error check_method(struct request *request, const json_t *draft)
{
    size_t i;
    json_t *flag;
    const json_t *params = json_object_get(request->params, "params");
    const json_t *flags = json_object_get(json_object_get(draft, "params"), "flags");
    if (!word_is(draft, "method", "yes-no")) {
        return request_fault(request, "method", ERROR_POLL_METHOD_UNAVAILABLE);
    }
    if (json_array_size(json_object_get(request->params, "options")) > 0) {
        return request_fault(request, "options", ERROR_INPUT_BAD_VALUE);
    }
    if (params != NULL &&
        json_object_size(params) > (json_object_get(params, "flags") == NULL ? 0 : 1)) {
        return request_fault(request, "params", ERROR_INPUT_BAD_VALUE);
    }
    json_array_foreach(flags, i, flag)
    {
        struct slice text = text_of(flag);
        if (!slice_equal(text, slice_text("blank")) && !slice_equal(text, slice_text("abstain"))) {
            return request_fault(request, "params.flags", ERROR_INPUT_BAD_VALUE);
        }
    }
    return ERROR_NONE;
}

static enum error check_mode(struct request *request, const json_t *draft)
{
    if (word_is(draft, "mode", "secret")) {
        return request_fault(request, "mode", ERROR_POLL_MODE_UNAVAILABLE);
    }
    if (word_is(draft, "mode", "confidential") && json_get_flag(draft, "show_live")) {
        return request_fault(request, "show_live", ERROR_INPUT_BAD_VALUE);
    }
    /* A vote of a group asks the group, and nobody else's vote does. */
    bool group = word_is(json_object_get(draft, "electorate"), "kind", "group");
    return word_is(draft, "body", group ? "group" : "members")
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
        if (decides(draft) && json_object_get(question, json_string_value(language)) == NULL) {
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
        struct id id = reference_find(request_txn(request), text_of(item), NUMBER_PROPOSAL);
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
    bool known = group != NULL, open = word_is(group, "state", "open");
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
    if (word_is(electorate, "kind", "group")) {
        enum error error = group_id(request, text, &id);
        if (error != ERROR_NONE) {
            return error;
        }
    } else if (word_is(electorate, "kind", "classes")) {
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

/* {"kind","ids"?,"nested"?} with every reference an id; "active" is for what does not decide. A group's own members vote;
 * those of groups below it too only when `nested` says so. */
static enum error electorate_ids(struct request *request, json_t *draft)
{
    size_t i;
    json_t *item;
    const json_t *asked = json_object_get(request->params, "electorate");
    json_t *electorate = json_object(), *ids = json_array();
    enum error error = ERROR_NONE;
    json_put(electorate, "kind", given(asked, "kind", word("entitled")));
    json_put(draft, "electorate", electorate);
    bool group = word_is(electorate, "kind", "group");
    bool listed =
        group || word_is(electorate, "kind", "classes") || word_is(electorate, "kind", "list");
    size_t most = group ? POLL_GROUPS_MAX : SIZE_MAX;
    bool open = word_is(electorate, "kind", "entitled") ||
                (word_is(electorate, "kind", "active") &&
                 (word_is(draft, "kind", "straw") || word_is(draft, "kind", "practice")));
    if ((!listed && !open) || listed != (json_array_size(json_object_get(asked, "ids")) > 0) ||
        json_array_size(json_object_get(asked, "ids")) > most ||
        (!group && json_get_flag(asked, "nested"))) {
        error = request_fault(request, "electorate", ERROR_INPUT_BAD_VALUE);
    }
    json_array_foreach(json_object_get(asked, "ids"), i, item)
    {
        error =
            error == ERROR_NONE ? electorate_id(request, electorate, text_of(item), ids) : error;
    }
    json_put(electorate, "ids", listed ? ids : NULL);
    json_put(electorate, "nested", json_get_flag(asked, "nested") ? json_true() : NULL);
    if (!listed) {
        json_decref(ids);
    }
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
        assert_always(id_parse(text_of(item), &id));
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
        assert_always(id_parse(text_of(item), &id));
        json_t *card = document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, id);
        struct id group = json_get_id(json_object_get(card, "group"), "id");
        all = all && !id_is_none(group) && ids_have(json_object_get(electorate, "ids"), group);
        json_decref(card);
    }
    return all;
}

/* A facilitator anything; an admin elections; a member a straw poll on proposals of their own, or of their groups; who
 * coordinates groups a decision of these on what belongs to them. */
static bool may_define(const struct request *request, const json_t *draft)
{
    if (request_is(request, WHO_FACILITATOR)) {
        return true;
    }
    if (word_is(draft, "kind", "election")) {
        return request_is(request, WHO_ADMIN);
    }
    const json_t *electorate = json_object_get(draft, "electorate");
    struct id caller = request->caller.member;
    if (!request_is(request, WHO_MEMBER)) {
        return false;
    }
    if (word_is(draft, "kind", "decision")) {
        return electorate_is_led_by(request_txn(request), electorate, caller) &&
               is_about_groups(request, json_object_get(draft, "about"), electorate);
    }
    return word_is(draft, "kind", "straw") &&
           (is_author_of_all(request, json_object_get(draft, "about")) ||
            (json_array_size(json_object_get(draft, "about")) == 0 &&
             electorate_is_of(request_txn(request), electorate, caller)));
}

/* ---- the command ---- */

static json_t *default_flag(struct request *request, enum setting setting)
{
    return json_boolean(setting_number(request_txn(request), setting) != 0);
}

/* A running result is never shown where ballots are confidential. */
static json_t *default_live(struct request *request, const json_t *draft)
{
    return word_is(draft, "mode", "named") ? default_flag(request, SETTING_VOTE_SHOW_LIVE)
                                           : json_false();
}

static enum error complete(struct request *request, json_t *draft)
{
    static const char *const copied[] = {"question", "explanation", "opens", "closes", NULL};
    const json_t *params = request->params;
    json_put(draft, "id", given(params, "id", NULL));
    json_put(draft, "kind", given(params, "kind", NULL));
    bool group = word_is(json_object_get(params, "electorate"), "kind", "group");
    json_put(draft, "body", given(params, "body", word(group ? "group" : "members")));
    json_put(draft, "method", given(params, "method", NULL));
    json_put(draft, "mode", given(params, "mode", NULL));
    json_put(draft, "options", json_array());
    json_put(draft, "params", params_complete(json_object_get(params, "params")));
    json_put(draft, "rule",
             rule_complete(request, json_object_get(params, "rule"), decides(draft)));
    json_put(draft, "revote", given(params, "revote", default_flag(request, SETTING_VOTE_REVOTE)));
    json_put(draft, "show_live", given(params, "show_live", default_live(request, draft)));
    fields_copy(draft, params, copied);
    if (json_object_size(json_object_get(draft, "explanation")) == 0) {
        json_put(draft, "explanation", NULL);
    }
    enum error error = about_ids(request, draft);
    return error == ERROR_NONE ? electorate_ids(request, draft) : error;
}

static enum error check(struct request *request, const json_t *draft)
{
    static enum error (*const checks[])(struct request *, const json_t *) = {
        check_method, check_mode, check_rule, check_question, check_times,
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        enum error error = checks[i](request, draft);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    return ERROR_NONE;
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
    }
    json_decref(old);
    return error;
}

enum error poll_define(struct request *request)
{
    uint32_t number = 0;
    json_t *draft = event_new("drafted");
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
    if (error != ERROR_NONE) {
        json_decref(draft);
        return error;
    }
    json_put(draft, "number", json_number(number));
    request_emit_json(request, EVENT_POLL_DRAFT, draft);
    member_wake(request);
    return ERROR_NONE;
}
