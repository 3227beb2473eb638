/* Polls of the demo in the words of the protocol: options, parameters of the method, rule, electorate, and choices as ballots
 * hold them. The file was written before the protocol and says some of it otherwise; here is the one place that knows.
 * Start at demo_poll_params(). */
#include "server/commands/demo_story.h"

#include "base/fatal.h"
#include "ledger/definition.h"

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

static bool method_is(const json_t *poll, const char *method)
{
    return slice_equal(json_get_text(poll, "method"), slice_text(method));
}

/* ---- options and parameters ---- */

/* Of a yes-no and of consent the file lists the answers; the protocol has no options there. */
json_t *demo_poll_options(const json_t *poll)
{
    size_t i;
    json_t *told, *options = json_array();
    json_array_foreach(json_object_get(poll, "options"), i, told)
    {
        json_t *option = json_object();
        json_put(option, "id", json_incref(json_object_get(told, "id")));
        json_put(option, "label", json_incref(json_object_get(told, "label")));
        if (!method_is(poll, "yes-no") && !method_is(poll, "consent")) {
            json_array_append(options, option);
        }
        json_decref(option);
    }
    return options;
}

static json_t *method_params(const json_t *poll)
{
    static const char *const names[][2] = {
        {"seats", "seats"}, {"winners", "seats"}, {"min", "min"},
        {"max", "max"},     {"grades", "grades"},
    };
    const json_t *told = json_object_get(poll, "params");
    json_t *params = json_object(), *flags = json_array();
    json_array_append_new(flags, word("abstain"));
    json_put(params, "flags", flags);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_t *value = json_object_get(told, names[i][0]);
        if (value != NULL) {
            json_put(params, names[i][1], json_incref(value));
        }
    }
    return params;
}

/* ---- the rule ---- */

static json_t *majority_of(const json_t *majority)
{
    json_t *part = json_object();
    json_put(part, "num", json_incref(json_object_get(majority, "num")));
    json_put(part, "den", json_incref(json_object_get(majority, "den")));
    json_put(part, "strict", json_incref(json_object_get(majority, "strict")));
    json_put(part, "base", word("votes"));
    return part;
}

static json_t *quorum_of(const json_t *quorum)
{
    json_t *part = json_object();
    json_put(part, "num", json_incref(json_object_get(quorum, "num")));
    json_put(part, "den", json_incref(json_object_get(quorum, "den")));
    json_put(part, "strict", json_false());
    json_put(part, "unit", word("heads"));
    json_put(part, "of", word("part"));
    return part;
}

static const char *tie_of(const json_t *told)
{
    static const char *const words[][2] = {
        {"status_quo", "not_adopted"}, {"lot", "lot"}, {"report", "reported"}};
    struct slice tie = json_get_text(told, "tie");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (slice_equal(tie, slice_text(words[i][0]))) {
            return words[i][1];
        }
    }
    fatal_bug(__FILE__, __LINE__, "what the demo says of a tie is known");
}

static json_t *rule_of(const json_t *poll)
{
    const json_t *told = json_object_get(poll, "rule");
    const json_t *majority = json_object_get(told, "majority");
    const json_t *quorum = json_object_get(told, "quorum");
    json_t *rule = json_object();
    json_put(rule, "name",
             word(json_is_object(majority)     ? "simple-majority"
                  : method_is(poll, "consent") ? "consent"
                                               : "custom"));
    json_put(rule, "majority", json_is_object(majority) ? majority_of(majority) : json_null());
    json_put(rule, "abstain", word("out"));
    json_put(rule, "blank", word("out"));
    json_put(rule, "void", word("out"));
    json_put(rule, "quorum", json_is_object(quorum) ? quorum_of(quorum) : json_null());
    json_put(rule, "tie", word(tie_of(told)));
    return rule;
}

/* NULL = every entitled member. */
static json_t *electorate_of(const json_t *poll)
{
    json_t *group =
        json_object_get(json_object_get(json_object_get(poll, "rule"), "electorate"), "group");
    if (group == NULL) {
        return NULL;
    }
    json_t *electorate = json_object(), *ids = json_array();
    json_array_append(ids, group);
    json_put(electorate, "kind", word("group"));
    json_put(electorate, "ids", ids);
    return electorate;
}

void demo_poll_params(const json_t *poll, json_t *params)
{
    json_put(params, "options", demo_poll_options(poll));
    json_put(params, "params", method_params(poll));
    json_put(params, "rule", rule_of(poll));
    json_put(params, "electorate", electorate_of(poll));
}

/* ---- choices ---- */

/* The answers of a method without options, in the file's order; 0 = abstains. */
static void answer(uint8_t form, const uint8_t answers[3], const json_t *told,
                   uint8_t choice[DEMO_CHOICE_MAX], size_t *size)
{
    json_int_t at = json_integer_value(told);
    assert_always(at >= 0 && at < 3);
    choice[0] = answers[at] == 0 ? FORM_ABSTAIN : form;
    choice[1] = answers[at];
    *size = answers[at] == 0 ? 1 : 2;
}

static void mark(uint8_t form, const json_t *told, size_t options, uint8_t choice[DEMO_CHOICE_MAX],
                 size_t *size)
{
    choice[0] = form;
    *size = 1 + (form == FORM_SET ? (options + 7) / 8 : options);
    assert_always(*size <= DEMO_CHOICE_MAX);
    for (size_t i = 0; i < json_array_size(told); i++) {
        size_t value = (size_t)json_integer_value(json_array_get(told, i));
        if (form == FORM_SET) {
            choice[1 + value / 8] |= (uint8_t)(1U << (value % 8));
        } else if (form == FORM_GRADES) {
            choice[1 + i] = (uint8_t)value; /* a grade for each option */
        } else {
            choice[1 + value] = (uint8_t)(i + 1); /* options, the most preferred first */
        }
    }
}

void demo_choice(const json_t *poll, const json_t *told, uint8_t choice[DEMO_CHOICE_MAX],
                 size_t *size)
{
    static const uint8_t yes_no[] = {CHOICE_YES, CHOICE_NO, 0};
    static const uint8_t consent[] = {CHOICE_CONSENT, CHOICE_OBJECTION, 0};
    size_t options = json_array_size(json_object_get(poll, "options"));
    if (method_is(poll, "yes-no")) {
        answer(FORM_YES_NO, yes_no, told, choice, size);
    } else if (method_is(poll, "consent")) {
        answer(FORM_CONSENT, consent, told, choice, size);
    } else if (method_is(poll, "single")) {
        choice[0] = FORM_ONE;
        choice[2] = (uint8_t)json_integer_value(told);
        *size = 3;
    } else {
        mark(method_is(poll, "approval")            ? FORM_SET
             : method_is(poll, "majority-judgment") ? FORM_GRADES
                                                    : FORM_RANKS,
             told, options, choice, size);
    }
}
