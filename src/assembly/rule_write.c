/* A rule between its two forms: struct rule of a definition, and the JSON of protocol and documents.
 *
 * Invariant: rule_read(rule_write(r)) gives r. What may be combined is not decided here again: a rule is good when a
 * definition that holds it is read back by the record's own strict decoder. Start at rule_is_good(). */
#include "assembly/rule.h"

#include "base/fatal.h"
#include "rules/rules.h"

static const char *const base_words[] = {"votes", "present", "entitled"};
static const char *const unit_words[] = {"heads", "weight", "shares"};
static const char *const of_words[] = {"present", "part"};
static const char *const counted_words[] = {"out", "base", "no"};
static const char *const who_words[] = {"roll", "class", "member"};
static const char *const tie_words[] = {"not_adopted", "chair", "lot", "reported"};

/* ---- writing ---- */

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

static json_t *fraction(uint32_t num, uint32_t den)
{
    json_t *json = json_object();
    json_put(json, "num", json_number(num));
    json_put(json, "den", json_number(den));
    return json;
}

static json_t *majority_of(const struct rule *rule)
{
    if (rule->majority_den == 0) {
        return json_null();
    }
    json_t *json = fraction(rule->majority_num, rule->majority_den);
    json_put(json, "strict", json_boolean(rule->majority_strict != 0));
    json_put(json, "base", word(base_words[rule->majority_base - 1]));
    return json;
}

static json_t *quorum_of(const struct rule *rule)
{
    if (rule->quorum_den == 0) {
        return json_null();
    }
    json_t *json = fraction(rule->quorum_num, rule->quorum_den);
    json_put(json, "strict", json_boolean(rule->quorum_strict != 0));
    json_put(json, "unit", word(unit_words[rule->quorum_unit - 1]));
    json_put(json, "of", word(of_words[rule->quorum_of - 1]));
    return json;
}

static json_t *mandates_of(const struct rule *rule)
{
    if (rule->mandates_max == 0) {
        return json_null();
    }
    json_t *json = json_object();
    json_put(json, "max", json_number(rule->mandates_max));
    json_put(json, "who", word(who_words[rule->mandates_who - 1]));
    json_put(json, "own", json_boolean(rule->mandates_own != 0));
    return json;
}

static json_t *per_class_of(const struct rule *rule)
{
    json_t *json = json_array();
    if ((rule->per_class & RULE_PER_CLASS_QUORUM) != 0) {
        json_array_append_new(json, word("quorum"));
    }
    if ((rule->per_class & RULE_PER_CLASS_MAJORITY) != 0) {
        json_array_append_new(json, word("majority"));
    }
    return json;
}

json_t *rule_write(const struct rule *rule)
{
    json_t *json = json_object();
    json_put(json, "name", json_text(rule->name));
    json_put(json, "majority", majority_of(rule));
    json_put(json, "abstain", word(counted_words[rule->abstain]));
    json_put(json, "blank", word(counted_words[rule->blank]));
    json_put(json, "void", word(counted_words[rule->void_]));
    json_put(json, "quorum", quorum_of(rule));
    json_put(json, "per_class", per_class_of(rule));
    json_put(json, "cap", rule->cap_den > 0 ? fraction(rule->cap_num, rule->cap_den) : json_null());
    json_put(json, "mandates", mandates_of(rule));
    json_put(json, "tie", word(tie_words[rule->tie - 1]));
    return json;
}

/* ---- reading ---- */

static uint8_t position(const char *const *words, size_t count, struct slice text)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(slice_text(words[i]), text)) {
            return (uint8_t)i;
        }
    }
    assert_always(false); /* its shape was checked */
    return 0;
}

#define POSITION(words, object, key)                                                               \
    position(words, sizeof(words) / sizeof(words)[0], json_get_text(object, key))

static void read_majority(const json_t *json, struct rule *rule)
{
    const json_t *majority = json_object_get(json, "majority");
    if (json_is_object(majority)) {
        rule->majority_num = (uint32_t)json_get_integer(majority, "num");
        rule->majority_den = (uint32_t)json_get_integer(majority, "den");
        rule->majority_strict = json_get_flag(majority, "strict") ? 1 : 0;
        rule->majority_base = (uint8_t)(POSITION(base_words, majority, "base") + 1);
    }
}

static void read_quorum(const json_t *json, struct rule *rule)
{
    const json_t *quorum = json_object_get(json, "quorum");
    if (json_is_object(quorum)) {
        rule->quorum_num = (uint32_t)json_get_integer(quorum, "num");
        rule->quorum_den = (uint32_t)json_get_integer(quorum, "den");
        rule->quorum_strict = json_get_flag(quorum, "strict") ? 1 : 0;
        rule->quorum_unit = (uint8_t)(POSITION(unit_words, quorum, "unit") + 1);
        rule->quorum_of = (uint8_t)(POSITION(of_words, quorum, "of") + 1);
    }
}

static void read_limits(const json_t *json, struct rule *rule)
{
    size_t i;
    json_t *part;
    const json_t *cap = json_object_get(json, "cap");
    const json_t *mandates = json_object_get(json, "mandates");
    json_array_foreach(json_object_get(json, "per_class"), i, part)
    {
        struct slice text = slice_of(json_string_value(part), json_string_length(part));
        rule->per_class |= slice_equal(text, slice_text("quorum")) ? RULE_PER_CLASS_QUORUM
                                                                   : RULE_PER_CLASS_MAJORITY;
    }
    if (json_is_object(cap)) {
        rule->cap_num = (uint32_t)json_get_integer(cap, "num");
        rule->cap_den = (uint32_t)json_get_integer(cap, "den");
    }
    if (json_is_object(mandates)) {
        rule->mandates_max = (uint16_t)json_get_integer(mandates, "max");
        rule->mandates_who = (uint8_t)(POSITION(who_words, mandates, "who") + 1);
        rule->mandates_own = json_get_flag(mandates, "own") ? 1 : 0;
    }
}

void rule_read(const json_t *json, struct rule *rule)
{
    *rule = (struct rule){
        .name = json_get_text(json, "name"),
        .abstain = POSITION(counted_words, json, "abstain"),
        .blank = POSITION(counted_words, json, "blank"),
        .void_ = POSITION(counted_words, json, "void"),
        .tie = (uint8_t)(POSITION(tie_words, json, "tie") + 1),
    };
    read_majority(json, rule);
    read_quorum(json, rule);
    read_limits(json, rule);
}

/* ---- completing and judging ---- */

static void fill_default(json_t *object, const char *key, json_t *value)
{
    if (json_is_object(object) && json_object_get(object, key) == NULL) {
        json_put(object, key, value);
    } else {
        json_decref(value);
    }
}

json_t *rule_complete(const json_t *base, const json_t *given)
{
    json_t *whole = json_deep_copy(base), *copy = json_deep_copy(given);
    if (copy != NULL) {
        json_object_update(whole, copy);
        json_decref(copy);
    }
    json_t *quorum = json_object_get(whole, "quorum");
    fill_default(json_object_get(whole, "majority"), "base", word("votes"));
    fill_default(quorum, "strict", json_false());
    fill_default(quorum, "unit", word("heads"));
    fill_default(quorum, "of", word("part"));
    if (json_get_integer(json_object_get(whole, "mandates"), "max") == 0) {
        json_put(whole, "mandates", json_null());
    }
    fill_default(json_object_get(whole, "mandates"), "who", word("roll"));
    fill_default(json_object_get(whole, "mandates"), "own", json_true());
    return whole;
}

/* The form of a ballot of each method, as in a definition. */
static uint8_t form_of(uint8_t method)
{
    static const uint8_t forms[] = {0,           FORM_YES_NO, FORM_CONSENT, FORM_ONE,   FORM_SET,
                                    FORM_GRADES, FORM_POINTS, FORM_GRADES,  FORM_RANKS, FORM_RANKS,
                                    FORM_RANKS,  FORM_RANKS,  FORM_RANKS,   FORM_RANKS};
    return method < sizeof forms ? forms[method] : FORM_SET;
}

/* The smallest definition of this method. */
static struct definition smallest(uint8_t method, struct definition_language *language,
                                  struct definition_option options[2], struct slice *class)
{
    uint8_t form = form_of(method);
    bool has_options = form > FORM_CONSENT;
    return (struct definition){
        .org = {{1}},
        .poll = {{2}},
        .nonce = {{3}},
        .mode = MODE_NAMED,
        .kind = POLL_DECISION,
        .body = BODY_MEMBERS,
        .method = method,
        .form = form,
        .seats = 1,
        .min = form == FORM_SET || form == FORM_RANKS ? 1 : 0,
        .max = form == FORM_SET || form == FORM_RANKS ? 2 : 0,
        .grades = form == FORM_GRADES ? 2 : 0,
        .points = form == FORM_POINTS ? 1 : 0,
        .cap = form == FORM_POINTS ? 1 : 0,
        .roll_root = {{4}},
        .roll_count = 1,
        .roll_weight = 1,
        .lot_commit = {{5}},
        .n_class = 1,
        .classes = class,
        .n_option = has_options ? 2 : 0,
        .options = options,
        .n_language = 1,
        .languages = language,
    };
}

bool rule_is_good(uint8_t method, const json_t *complete)
{
    struct slice text = slice_text("x");
    struct slice labels[2] = {text, text};
    struct definition_option options[2] = {{.id = {{1}}}, {.id = {{2}}}};
    struct definition_language language = {
        .code = slice_text("en"),
        .question = text,
        .labels = labels,
        .grades = method == 7 ? labels : NULL,
    };
    struct definition read, definition = smallest(method, &language, options, &text);
    struct arena arena;
    struct buffer bytes;
    rule_read(complete, &definition.rule);
    arena_init(&arena, DEFINITION_ARENA);
    buffer_init(&bytes, DEFINITION_MAX);
    definition_encode(&bytes, &definition);
    bool good = definition_decode(buffer_slice(&bytes), &arena, &read) == ERROR_NONE;
    buffer_free(&bytes);
    arena_free(&arena);
    return good;
}
