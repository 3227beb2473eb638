/* The rule of a draft: what was given, what the organisation asks where nothing was, and what may be asked of which method.
 *
 * Presence is recorded by a meeting's desk, so nothing outside a meeting may depend on it; proxies are not given yet. Both
 * are refused here by the name of their field. Invariant: a rule that poll_check_rule() let pass is one that
 * definition_decode() accepts. Start at poll_rule_take(). */
#include "assembly/parts.h"
#include "assembly/poll_parts.h"
#include "assembly/rule.h"
#include "assembly/settings.h"

static bool meets(const json_t *draft)
{
    return json_object_get(draft, "meeting") != NULL;
}

/* Its roll is those who are there: a share of all who are entitled says nothing then. */
static bool asks_present(const json_t *draft)
{
    return poll_word_is(json_object_get(draft, "electorate"), "kind", "present");
}

/* ---- completing ---- */

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
    json_put(majority, "base", poll_word("votes"));
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
           poll_word_is(rule, "abstain", "out");
}

static void fill_default(json_t *object, const char *key, json_t *value)
{
    if (json_object_get(object, key) == NULL) {
        json_put(object, key, value);
    } else {
        json_decref(value);
    }
}

/* Half, two thirds …: of a yes-no alone. The other methods elect or find consent: a majority is asked there only by name. */
static json_t *default_majority_of(struct request *request, const json_t *draft)
{
    return poll_word_is(draft, "method", "yes-no") ? default_majority(request, poll_decides(draft))
                                                   : json_null();
}

static const char *default_name(const json_t *draft, const json_t *rule)
{
    bool consent =
        poll_word_is(draft, "method", "consent") && json_is_null(json_object_get(rule, "quorum"));
    return is_simple(rule) ? "simple-majority" : consent ? "consent" : "custom";
}

/* A quorum is of those present in a meeting, unless these are all who are asked. */
static const char *default_of(const json_t *draft)
{
    return meets(draft) && !asks_present(draft) ? "present" : "part";
}

static void fill_parts(const json_t *draft, json_t *whole)
{
    if (json_is_object(json_object_get(whole, "majority"))) {
        fill_default(json_object_get(whole, "majority"), "base", poll_word("votes"));
    }
    if (json_is_object(json_object_get(whole, "quorum"))) {
        json_t *quorum = json_object_get(whole, "quorum");
        fill_default(quorum, "strict", json_false());
        fill_default(quorum, "unit", poll_word("heads"));
        fill_default(quorum, "of", poll_word(default_of(draft)));
    }
    if (json_get_integer(json_object_get(whole, "mandates"), "max") == 0) {
        json_put(whole, "mandates", json_null());
    }
}

static json_t *complete_rule(struct request *request, const json_t *draft, const json_t *given)
{
    json_t *whole = json_object();
    bool changed = given != NULL && json_object_size(given) > 0, decides = poll_decides(draft);
    json_put(whole, "name", poll_given(given, "name", poll_word("custom")));
    json_put(whole, "majority", poll_given(given, "majority", default_majority_of(request, draft)));
    bool majority = json_is_object(json_object_get(whole, "majority"));
    json_put(whole, "abstain",
             poll_given(given, "abstain",
                        poll_word(majority ? default_abstain(request, decides) : "out")));
    json_put(whole, "blank", poll_given(given, "blank", poll_word("out")));
    json_put(whole, "void", poll_given(given, "void", poll_word("out")));
    json_put(whole, "quorum", poll_given(given, "quorum", default_quorum(request, decides)));
    json_put(whole, "per_class", poll_given(given, "per_class", json_array()));
    json_put(whole, "cap", poll_given(given, "cap", json_null()));
    json_put(whole, "mandates", poll_given(given, "mandates", json_null()));
    json_put(whole, "tie", poll_given(given, "tie", poll_word("not_adopted")));
    fill_parts(draft, whole);
    if (!changed) {
        json_put(whole, "name", poll_word(default_name(draft, whole)));
    }
    return whole;
}

/* In a meeting the statutes' rules are an assembly's, and a second call is what they say; outside one the card says that an
 * assembly may be needed. */
static enum error check_in_meeting(struct request *request, const json_t *draft,
                                   const struct rule_use *use)
{
    struct id meeting = json_get_id(draft, "meeting");
    if (id_is_none(meeting)) {
        return ERROR_NONE;
    }
    if (use->assembly && poll_decides(draft) &&
        !poll_meeting_is(request, meeting, "general_assembly")) {
        return request_fault(request, "rule.use", ERROR_RULE_BAD_STATE);
    }
    return json_get_flag(json_object_get(draft, "rule"), "second_call") &&
                   !poll_meeting_is_second(request, draft)
               ? request_fault(request, "rule.second_call", ERROR_RULE_BAD_STATE)
               : ERROR_NONE;
}

/* A rule named by a preset or by one of the organisation's: with no field of its own. */
static enum error named_rule(struct request *request, json_t *draft, const json_t *given)
{
    json_t *rule;
    struct rule_use use;
    size_t own = json_object_size(given) - (json_object_get(given, "use") != NULL ? 1 : 0) -
                 (json_object_get(given, "second_call") != NULL ? 1 : 0);
    if (own > 0 || json_object_get(given, "use") == NULL) {
        return request_fault(request, "rule", ERROR_INPUT_BAD_VALUE);
    }
    enum error error = rule_of(request, given, &rule, &use);
    if (error == ERROR_NONE) {
        json_put(draft, "rule", rule);
        error = check_in_meeting(request, draft, &use);
        if (use.confidential && !request_has(request, "mode")) {
            json_put(draft, "mode", poll_word("confidential"));
        }
    }
    return error;
}

enum error poll_rule_take(struct request *request, json_t *draft)
{
    const json_t *given = json_object_get(request->params, "rule");
    if (json_object_get(given, "use") != NULL || json_object_get(given, "second_call") != NULL) {
        return named_rule(request, draft, given);
    }
    json_put(draft, "rule", complete_rule(request, draft, given));
    return ERROR_NONE;
}

/* ---- checking ---- */

static bool fraction_is_good(const json_t *fraction)
{
    return !json_is_object(fraction) ||
           json_get_integer(fraction, "num") <= json_get_integer(fraction, "den");
}

static bool majority_is_good(const json_t *draft, const json_t *rule)
{
    const json_t *majority = json_object_get(rule, "majority");
    bool all_out = poll_word_is(rule, "abstain", "out") && poll_word_is(rule, "blank", "out") &&
                   poll_word_is(rule, "void", "out");
    if (!json_is_object(majority)) {
        return all_out && !(poll_word_is(draft, "method", "yes-no") && poll_decides(draft));
    }
    return poll_takes_majority(draft) && fraction_is_good(majority) &&
           (!poll_word_is(majority, "base", "present") || meets(draft)) &&
           (!poll_word_is(majority, "base", "entitled") || !asks_present(draft));
}

static bool quorum_is_good(const json_t *draft, const json_t *rule)
{
    const json_t *quorum = json_object_get(rule, "quorum");
    bool present = poll_word_is(quorum, "of", "present");
    return fraction_is_good(quorum) && (!present || (meets(draft) && !asks_present(draft))) &&
           (!poll_word_is(quorum, "unit", "shares") || present);
}

/* Within each class only what is asked of all. */
static bool per_class_is_good(const json_t *rule)
{
    size_t i;
    json_t *part;
    bool good = true;
    json_array_foreach(json_object_get(rule, "per_class"), i, part)
    {
        good = good && json_is_object(json_object_get(rule, json_string_value(part)));
    }
    return good;
}

static bool cap_is_good(const json_t *draft, const json_t *rule)
{
    const json_t *cap = json_object_get(rule, "cap");
    return json_is_null(cap) ||
           (fraction_is_good(cap) && !poll_word_is(draft, "method", "consent"));
}

enum error poll_check_rule(struct request *request, const json_t *draft)
{
    const json_t *rule = json_object_get(draft, "rule");
    const char *field = !majority_is_good(draft, rule)                      ? "rule.majority"
                        : !quorum_is_good(draft, rule)                      ? "rule.quorum"
                        : !per_class_is_good(rule)                          ? "rule.per_class"
                        : !cap_is_good(draft, rule)                         ? "rule.cap"
                        : json_is_object(json_object_get(rule, "mandates")) ? "rule.mandates"
                                                                            : NULL;
    return field == NULL ? ERROR_NONE : request_fault(request, field, ERROR_INPUT_BAD_VALUE);
}
