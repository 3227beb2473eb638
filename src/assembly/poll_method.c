/* What each method asks for when a vote is defined: the form of its ballots, which parameters and flags it takes and what
 * they are when nobody says, whether a majority may be asked, whether its running result can be shown.
 *
 * One row of `methods` is one method; what the row does not name is refused by its name. A method is offered when it has a
 * row here and src/tally counts it. Invariant: parameters that poll_check_method() let pass make a definition that
 * definition_decode() accepts. Start at `methods`. */
#include "assembly/poll_parts.h"
#include "assembly/proposal.h"
#include "tally/tally.h"

#include <string.h>

enum takes {
    TAKES_OPTIONS = 1,
    TAKES_SEATS = 2,
    TAKES_MARKS = 4,   /* min and max: how many a ballot may hold */
    TAKES_GRADES = 8,  /* named, worst first */
    TAKES_LEVELS = 16, /* numbers 0 … levels − 1 */
    TAKES_POINTS = 32, /* points and cap */
    TAKES_EQUAL = 64,  /* the flag `equal` */
    TAKES_MAJORITY = 128,
    TAKES_OPT = 256,    /* bit 1 */
    TAKES_RUNNING = 512 /* a running result */
};
enum {
    OPTIONS_RANKED_MAX = 255,
    GRADES_MAX = 100,
    GRADE_TABLE_MAX = 65535, /* options × grades */
    LEVELS_DEFAULT = 6,
    POINTS_DEFAULT = 10,
    RANKED = TAKES_OPTIONS | TAKES_MARKS | TAKES_RUNNING,
};
static const struct method {
    const char *name;
    uint8_t form;
    unsigned takes;
} methods[] = {
    {"yes-no", FORM_YES_NO, TAKES_MAJORITY | TAKES_RUNNING},
    {"consent", FORM_CONSENT, 0},
    {"single", FORM_ONE, TAKES_OPTIONS | TAKES_SEATS | TAKES_MAJORITY | TAKES_RUNNING},
    {"approval", FORM_SET,
     TAKES_OPTIONS | TAKES_SEATS | TAKES_MARKS | TAKES_MAJORITY | TAKES_RUNNING},
    {"score", FORM_GRADES, TAKES_OPTIONS | TAKES_SEATS | TAKES_LEVELS | TAKES_OPT | TAKES_RUNNING},
    {"dots", FORM_POINTS, TAKES_OPTIONS | TAKES_SEATS | TAKES_POINTS | TAKES_RUNNING},
    {"majority-judgment", FORM_GRADES, TAKES_OPTIONS | TAKES_SEATS | TAKES_GRADES | TAKES_OPT},
    {"irv", FORM_RANKS, RANKED | TAKES_OPT},
    {"schulze", FORM_RANKS, RANKED | TAKES_SEATS | TAKES_EQUAL},
    {"stv-scottish", FORM_RANKS, RANKED | TAKES_SEATS},
};

static const struct method *method_of(const json_t *draft)
{
    struct slice name = json_get_text(draft, "method");
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (slice_equal(name, slice_text(methods[i].name))) {
            return &methods[i];
        }
    }
    return NULL;
}

static bool takes(const json_t *draft, unsigned what)
{
    const struct method *method = method_of(draft);
    return method != NULL && (method->takes & what) == what;
}

static size_t option_count(const json_t *draft)
{
    return json_array_size(json_object_get(draft, "options"));
}

static int64_t param(const json_t *draft, const char *name)
{
    return json_get_integer(json_object_get(draft, "params"), name);
}

uint8_t poll_form(const json_t *poll)
{
    const struct method *method = method_of(poll);
    return method == NULL ? FORM_BLANK : method->form;
}

bool poll_takes_majority(const json_t *draft)
{
    return takes(draft, TAKES_MAJORITY) && (option_count(draft) == 0 || param(draft, "seats") == 1);
}

bool poll_runs(const json_t *draft)
{
    return takes(draft, TAKES_RUNNING);
}

/* ---- filling in ---- */

static void put_default(json_t *whole, const json_t *given, const char *name, uint64_t otherwise)
{
    json_put(whole, name, poll_given(given, name, json_number(otherwise)));
}

json_t *poll_params_complete(const json_t *draft, const json_t *given)
{
    size_t options = option_count(draft);
    json_t *whole = json_object(), *flags = json_array();
    json_array_append_new(flags, poll_word("blank"));
    json_array_append_new(flags, poll_word("abstain"));
    json_put(whole, "flags", poll_given(given, "flags", flags));
    if (takes(draft, TAKES_OPT) && json_object_get(given, "opt") != NULL) {
        put_default(whole, given, "opt", 0);
    }
    if (takes(draft, TAKES_OPTIONS)) {
        put_default(whole, takes(draft, TAKES_SEATS) ? given : NULL, "seats", 1);
    }
    if (takes(draft, TAKES_MARKS)) {
        put_default(whole, given, "min", 1);
        put_default(whole, given, "max", options);
    }
    if (takes(draft, TAKES_GRADES)) {
        json_put(whole, "grades", poll_given(given, "grades", json_array()));
    }
    if (takes(draft, TAKES_LEVELS)) {
        put_default(whole, given, "levels", LEVELS_DEFAULT);
    }
    if (takes(draft, TAKES_POINTS)) {
        put_default(whole, given, "points", POINTS_DEFAULT);
        put_default(whole, given, "cap", (uint64_t)json_get_integer(whole, "points"));
    }
    return whole;
}

enum error poll_options_complete(struct request *request, json_t *draft)
{
    static const char *const copied[] = {"id", "label", NULL};
    size_t i;
    json_t *item, *options = json_array();
    json_put(draft, "options", options);
    json_array_foreach(json_object_get(request->params, "options"), i, item)
    {
        json_t *option = json_object(), *proposal = json_object_get(item, "proposal");
        fields_copy(option, item, copied);
        json_array_append_new(options, option);
        if (proposal != NULL) {
            struct id id =
                reference_find(request_txn(request), poll_text_of(proposal), NUMBER_PROPOSAL);
            if (id_is_none(id)) {
                return request_fault(request, "options", ERROR_PROPOSAL_UNKNOWN);
            }
            json_put(option, "proposal", json_id(id));
        }
    }
    return ERROR_NONE;
}

/* ---- checking ---- */

static enum error bad(struct request *request, const char *field)
{
    return request_fault(request, field, ERROR_INPUT_BAD_VALUE);
}

/* Parameters that are not the method's are refused by name. */
static enum error check_given(struct request *request, const json_t *draft)
{
    static const struct {
        const char *name, *field;
        unsigned takes;
    } table[] = {
        {"opt", "params.opt", TAKES_OPT},          {"seats", "params.seats", TAKES_SEATS},
        {"min", "params.min", TAKES_MARKS},        {"max", "params.max", TAKES_MARKS},
        {"grades", "params.grades", TAKES_GRADES}, {"levels", "params.levels", TAKES_LEVELS},
        {"points", "params.points", TAKES_POINTS}, {"cap", "params.cap", TAKES_POINTS},
        {"budget", "params.budget", ~0U}, /* of methods that are not offered */
    };
    const json_t *given = json_object_get(request->params, "params");
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (json_object_get(given, table[i].name) != NULL && !takes(draft, table[i].takes)) {
            return bad(request, table[i].field);
        }
    }
    return ERROR_NONE;
}

/* Who comes after the opening votes too: of a meeting, and on the roll from the beginning. */
static bool may_be_late(const json_t *draft)
{
    return json_object_get(draft, "meeting") != NULL &&
           !poll_word_is(json_object_get(draft, "electorate"), "kind", "present");
}

static enum error check_flags(struct request *request, const json_t *draft)
{
    static const struct {
        const char *word;
        uint8_t form; /* 0 = any */
        unsigned takes;
    } table[] = {
        {"blank", 0, 0},
        {"abstain", 0, 0},
        {"equal", FORM_RANKS, TAKES_EQUAL},
        {"all_points", FORM_POINTS, 0},
    };
    size_t i;
    json_t *flag;
    const struct method *method = method_of(draft);
    json_array_foreach(json_object_get(json_object_get(draft, "params"), "flags"), i, flag)
    {
        bool good = false;
        for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
            good = good || (slice_equal(poll_text_of(flag), slice_text(table[at].word)) &&
                            (table[at].form == 0 || table[at].form == method->form) &&
                            takes(draft, table[at].takes));
        }
        good = good || (slice_equal(poll_text_of(flag), slice_text("late")) && may_be_late(draft));
        if (!good) {
            return bad(request, "params.flags");
        }
    }
    return ERROR_NONE;
}

/* The same languages as the question has. */
static bool speaks_as_question(const json_t *draft, const json_t *labels)
{
    const char *code;
    json_t *text;
    bool all = true;
    json_t *question = json_object_get(draft, "question");
    json_object_foreach(question, code, text)
    {
        all = all && json_object_get(labels, code) != NULL;
    }
    return all && json_object_size(labels) == json_object_size(question);
}

/* Each proposal is one of those that the vote is about, and one option's. */
static bool proposal_fits(const json_t *draft, const json_t *option, json_t *seen)
{
    const json_t *proposal = json_object_get(option, "proposal");
    if (proposal == NULL) {
        return true;
    }
    bool fits = ids_have(json_object_get(draft, "about"), json_get_id(option, "proposal")) &&
                json_object_get(seen, json_string_value(proposal)) == NULL;
    json_put(seen, json_string_value(proposal), json_true());
    return fits;
}

/* What becomes of the others is asked only where options stand for proposals. */
static bool others_fits(const json_t *draft)
{
    size_t i;
    json_t *option;
    bool any = json_object_get(draft, "others") == NULL;
    json_array_foreach(json_object_get(draft, "options"), i, option)
    {
        any = any || json_object_get(option, "proposal") != NULL;
    }
    return any;
}

static enum error check_each_option(struct request *request, const json_t *draft)
{
    size_t i;
    json_t *option, *ids = json_object(), *proposals = json_object();
    enum error error = ERROR_NONE;
    json_array_foreach(json_object_get(draft, "options"), i, option)
    {
        const json_t *id = json_object_get(option, "id");
        if (error != ERROR_NONE) {
            continue;
        }
        if (id_is_none(json_get_id(option, "id")) ||
            json_object_get(ids, json_string_value(id)) != NULL ||
            !proposal_fits(draft, option, proposals)) {
            error = bad(request, "options");
        } else if (!speaks_as_question(draft, json_object_get(option, "label"))) {
            error = request_fault(request, "options.label", ERROR_INPUT_MISSING_FIELD);
        }
        json_put(ids, json_string_value(id), json_true());
    }
    json_decref(proposals);
    json_decref(ids);
    return error;
}

static enum error check_options(struct request *request, const json_t *draft)
{
    size_t i, count = option_count(draft);
    json_t *given;
    if (!others_fits(draft)) {
        return bad(request, "others");
    }
    if (!takes(draft, TAKES_OPTIONS)) {
        return count == 0 ? ERROR_NONE : bad(request, "options");
    }
    if (count == 0) {
        return request_fault(request, "options", ERROR_INPUT_MISSING_FIELD);
    }
    if (count < 2) {
        return bad(request, "options");
    }
    if (method_of(draft)->form == FORM_RANKS && count > OPTIONS_RANKED_MAX) {
        return request_fault(request, "options", ERROR_INPUT_TOO_BIG);
    }
    json_array_foreach(json_object_get(request->params, "options"), i, given)
    {
        if (json_object_get(given, "cost") != NULL) {
            return bad(request, "options.cost");
        }
    }
    return check_each_option(request, draft);
}

static enum error check_grades(struct request *request, const json_t *draft)
{
    size_t i;
    json_t *label;
    const json_t *grades = json_object_get(json_object_get(draft, "params"), "grades");
    size_t count = json_array_size(grades);
    if (!takes(draft, TAKES_GRADES)) {
        return ERROR_NONE;
    }
    if (count == 0) {
        return request_fault(request, "params.grades", ERROR_INPUT_MISSING_FIELD);
    }
    if (count < 2 || count > GRADES_MAX || count * option_count(draft) > GRADE_TABLE_MAX) {
        return bad(request, "params.grades");
    }
    json_array_foreach(grades, i, label)
    {
        if (!speaks_as_question(draft, label)) {
            return request_fault(request, "params.grades", ERROR_INPUT_MISSING_FIELD);
        }
    }
    return ERROR_NONE;
}

static enum error check_numbers(struct request *request, const json_t *draft)
{
    int64_t options = (int64_t)option_count(draft), seats = param(draft, "seats");
    int64_t least = param(draft, "min"), most = param(draft, "max");
    int64_t levels = param(draft, "levels"), points = param(draft, "points");
    int64_t cap = param(draft, "cap");
    if (param(draft, "opt") > 1) {
        return bad(request, "params.opt");
    }
    if (takes(draft, TAKES_OPTIONS) && (seats < 1 || seats > options)) {
        return bad(request, "params.seats");
    }
    if (takes(draft, TAKES_MARKS) && (most < 1 || most > options)) {
        return bad(request, "params.max");
    }
    if (takes(draft, TAKES_MARKS) && (least < 1 || least > most)) {
        return bad(request, "params.min");
    }
    if (takes(draft, TAKES_LEVELS) &&
        (levels < 2 || levels > GRADES_MAX || levels * options > GRADE_TABLE_MAX)) {
        return bad(request, "params.levels");
    }
    if (takes(draft, TAKES_POINTS) && points < 1) {
        return bad(request, "params.points");
    }
    return takes(draft, TAKES_POINTS) && (cap < 1 || cap > points) ? bad(request, "params.cap")
                                                                   : ERROR_NONE;
}

enum error poll_check_method(struct request *request, const json_t *draft)
{
    static enum error (*const checks[])(struct request *, const json_t *) = {
        check_given, check_flags, check_options, check_grades, check_numbers,
    };
    if (method_of(draft) == NULL ||
        tally_method_of(definition_method_find(json_get_text(draft, "method"))) == NULL) {
        return request_fault(request, "method", ERROR_POLL_METHOD_UNAVAILABLE);
    }
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        enum error error = checks[i](request, draft);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    return ERROR_NONE;
}
