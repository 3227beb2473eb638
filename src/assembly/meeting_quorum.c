/* The quorum of a meeting, and `presence`, the document that shows it: numbers, never a name.
 *
 * What is compared is the count of meeting_presence.c with a fraction; the arithmetic is that of src/rules, which judges votes.
 * `presence` is made once in a transaction, at its end, however many checked in. What it is made of (sums, the organisation's
 * classes, the meeting's quorum) changes by events that each ask for it to be made again; when the meeting ends it is
 * written for the last time. Start at quorum_judge(). */
#include "assembly/meeting_presence.h"
#include "assembly/meeting.h"
#include "assembly/organisation.h"
#include "rules/rules.h"

#define COUNT_MAX INT64_C(9007199254740991)
enum { FRACTION_MAX = 1000000, CLASS_CODE_MAX = 35, OF_THOSE_PRESENT = 1 };

static const char *const unit_words[] = {"heads", "weight", "shares", NULL};

/* ---- shape ---- */

static const struct field headcount_fields[] = {
    {.name = "heads", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "weight", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "shares", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
static const struct field quorum_fields[] = {
    {.name = "num", .type = FIELD_INTEGER, .max = FRACTION_MAX},
    {.name = "den", .type = FIELD_INTEGER, .max = FRACTION_MAX},
    {.name = "strict", .type = FIELD_FLAG},
    {.name = "unit", .type = FIELD_WORD, .words = unit_words},
    {.name = "x", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "who is there"},
    {.name = "n", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "of all who are entitled"},
    {.name = "least",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .summary = "the least x that is enough"},
    {.name = "missing", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "0 once it is reached"},
    {.name = "met",
     .type = FIELD_FLAG,
     .summary = "overall, and in each class where that is asked"},
    {0},
};
static const struct field class_fields[] = {
    {.name = "code", .type = FIELD_LINE, .max = CLASS_CODE_MAX},
    {.name = "present", .type = FIELD_OBJECT, .fields = headcount_fields},
    {.name = "entitled", .type = FIELD_OBJECT, .fields = headcount_fields},
    {.name = "quorum", .type = FIELD_OBJECT, .fields = quorum_fields, .optional = true},
    {0},
};
static const struct field class_item = {
    .name = "class", .type = FIELD_OBJECT, .fields = class_fields};
static const struct field start_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "present", .type = FIELD_OBJECT, .fields = headcount_fields},
    {.name = "entitled", .type = FIELD_OBJECT, .fields = headcount_fields},
    {.name = "remote", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "guests", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "classes", .type = FIELD_LIST, .item = &class_item, .max = CLASSES_MAX},
    {.name = "quorum", .type = FIELD_OBJECT, .fields = quorum_fields, .optional = true},
    {0},
};
const struct field presence_fields[] = {
    {.name = "present",
     .type = FIELD_OBJECT,
     .fields = headcount_fields,
     .summary = "entitled members who are there"},
    {.name = "entitled", .type = FIELD_OBJECT, .fields = headcount_fields},
    {.name = "remote", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "heads, of present"},
    {.name = "guests",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .summary = "heads: there, without a vote"},
    {.name = "left", .type = FIELD_INTEGER, .max = COUNT_MAX, .summary = "heads: were there"},
    {.name = "classes", .type = FIELD_LIST, .item = &class_item, .max = CLASSES_MAX},
    {.name = "quorum", .type = FIELD_OBJECT, .fields = quorum_fields, .optional = true},
    {.name = "at_start",
     .type = FIELD_OBJECT,
     .fields = start_fields,
     .optional = true,
     .summary = "the same, when the meeting started"},
    {0},
};

/* ---- judging ---- */

struct quorum_rule quorum_of_meeting(const json_t *meeting)
{
    const json_t *asked = json_object_get(meeting, "quorum");
    struct quorum_rule rule = {.unit = 1};
    struct slice unit = json_get_text(asked, "unit");
    if (asked == NULL) {
        return rule;
    }
    rule.num = (uint32_t)json_get_integer(asked, "num");
    rule.den = (uint32_t)json_get_integer(asked, "den");
    rule.strict = json_get_flag(asked, "strict");
    rule.per_class = json_get_flag(asked, "per_class");
    for (uint8_t i = 0; unit_words[i] != NULL; i++) {
        rule.unit = slice_equal(unit, slice_text(unit_words[i])) ? (uint8_t)(i + 1) : rule.unit;
    }
    return rule;
}

struct quorum_rule quorum_of_rule(const struct rule *rule)
{
    if (rule->quorum_den == 0 || rule->quorum_of != OF_THOSE_PRESENT) {
        return (struct quorum_rule){.unit = 1};
    }
    return (struct quorum_rule){.num = rule->quorum_num,
                                .den = rule->quorum_den,
                                .strict = rule->quorum_strict != 0,
                                .unit = rule->quorum_unit,
                                .per_class = (rule->per_class & RULE_PER_CLASS_QUORUM) != 0};
}

const char *quorum_unit(const struct quorum_rule *rule)
{
    return unit_words[rule->unit - 1];
}

static uint64_t in_unit(const struct payload_headcount *count, uint8_t unit)
{
    return unit == 1 ? count->heads : unit == 2 ? count->weight : count->shares;
}

static struct quorum_state compare(const struct quorum_rule *rule,
                                   const struct payload_headcount *present,
                                   const struct payload_headcount *entitled)
{
    struct quorum_state state = {.asked = rule->den > 0, .met = true};
    if (!state.asked) {
        return state;
    }
    state.x = in_unit(present, rule->unit);
    state.n = in_unit(entitled, rule->unit);
    state.least = rule_least(rule->num, rule->den, rule->strict, state.n);
    int order = rule_compare(state.x, state.n, rule->num, rule->den);
    state.met = rule->strict ? order > 0 : order >= 0;
    state.missing = state.met ? 0 : state.least > state.x ? state.least - state.x : 1;
    return state;
}

/* Where nobody has a vote, or any of the shares that are asked, nobody can be enough: nought of nought is no half. */
static void refuse_nothing(struct quorum_state *whole)
{
    if (whole->asked && whole->n == 0) {
        whole->least = whole->missing = 1;
        whole->met = false;
    }
}

void quorum_judge(const struct quorum_rule *rule, const struct meeting_count *count,
                  struct meeting_quorum *quorum)
{
    *quorum = (struct meeting_quorum){.rule = *rule,
                                      .whole = compare(rule, &count->present, &count->entitled)};
    refuse_nothing(&quorum->whole);
    quorum->met = quorum->whole.met;
    for (uint8_t i = 0; i < count->n_class && rule->per_class; i++) {
        const struct meeting_class *class = &count->classes[i];
        if (class->entitled.heads > 0) {
            quorum->classes[i] = compare(rule, &class->present, &class->entitled);
            quorum->met = quorum->met && quorum->classes[i].met;
        }
    }
}

const struct quorum_state *quorum_shortage(const struct meeting_quorum *quorum)
{
    const struct quorum_state *state = &quorum->whole;
    enum { CLASSES = sizeof quorum->classes / sizeof quorum->classes[0] };
    for (size_t i = 0; state->met && i < CLASSES; i++) {
        if (quorum->classes[i].asked && !quorum->classes[i].met) {
            state = &quorum->classes[i];
        }
    }
    return state;
}

void meeting_quorum(struct store_txn *txn, struct id meeting, const json_t *document,
                    const struct rule *rule, struct meeting_quorum *quorum)
{
    struct meeting_count count;
    struct quorum_rule asked = rule == NULL ? quorum_of_meeting(document) : quorum_of_rule(rule);
    json_t *organisation = organisation_load(txn);
    meeting_count(txn, organisation, meeting, &count);
    quorum_judge(&asked, &count, quorum);
    json_decref(organisation);
}

static struct payload_headcount headcount_of(const json_t *json)
{
    return (struct payload_headcount){.heads = (uint32_t)json_get_integer(json, "heads"),
                                      .weight = (uint64_t)json_get_integer(json, "weight"),
                                      .shares = (uint64_t)json_get_integer(json, "shares")};
}

bool presence_fell_short(struct store_txn *txn, struct id meeting, const struct quorum_rule *rule)
{
    size_t i;
    json_t *class;
    struct meeting_quorum quorum;
    json_t *document = document_load(txn, DOCUMENT_PRESENCE, meeting);
    const json_t *start = json_object_get(document, "at_start");
    struct meeting_count count = {.present = headcount_of(json_object_get(start, "present")),
                                  .entitled = headcount_of(json_object_get(start, "entitled"))};
    json_array_foreach(json_object_get(start, "classes"), i, class)
    {
        count.classes[count.n_class].present = headcount_of(json_object_get(class, "present"));
        count.classes[count.n_class++].entitled = headcount_of(json_object_get(class, "entitled"));
    }
    quorum_judge(rule, &count, &quorum);
    json_decref(document);
    return !quorum.met;
}

/* ---- the document ---- */

static json_t *headcount_json(const struct payload_headcount *count)
{
    json_t *object = json_object();
    json_put(object, "heads", json_number(count->heads));
    json_put(object, "weight", json_number(count->weight));
    json_put(object, "shares", json_number(count->shares));
    return object;
}

/* NULL where none is asked. met: overall it also says whether the classes agree. */
static json_t *quorum_json(const struct quorum_rule *rule, const struct quorum_state *state,
                           bool met)
{
    if (!state->asked) {
        return NULL;
    }
    json_t *object = json_object();
    json_put(object, "num", json_number(rule->num));
    json_put(object, "den", json_number(rule->den));
    json_put(object, "strict", json_boolean(rule->strict));
    json_put(object, "unit", json_text(slice_text(quorum_unit(rule))));
    json_put(object, "x", json_number(state->x));
    json_put(object, "n", json_number(state->n));
    json_put(object, "least", json_number(state->least));
    json_put(object, "missing", json_number(state->missing));
    json_put(object, "met", json_boolean(met));
    return object;
}

static json_t *classes_json(const struct meeting_count *count, const struct meeting_quorum *quorum)
{
    json_t *classes = json_array();
    for (uint8_t i = 0; i < count->n_class; i++) {
        json_t *class = json_object();
        const struct quorum_state *state = &quorum->classes[i];
        json_put(class, "code", json_text(count->classes[i].code));
        json_put(class, "present", headcount_json(&count->classes[i].present));
        json_put(class, "entitled", headcount_json(&count->classes[i].entitled));
        json_put(class, "quorum", quorum_json(&quorum->rule, state, state->met));
        json_array_append_new(classes, class);
    }
    return classes;
}

/* `presence` without its kind, id and rev: what the record keeps of the start and the end. */
json_t *presence_now(struct store_txn *txn, struct id meeting)
{
    static const char *const kept[] = {"at_start", NULL};
    struct meeting_count count;
    struct meeting_quorum quorum;
    json_t *organisation = organisation_load(txn);
    json_t *document = document_load(txn, DOCUMENT_MEETING, meeting);
    json_t *before = document_load(txn, DOCUMENT_PRESENCE, meeting);
    struct quorum_rule rule = quorum_of_meeting(document);
    meeting_count(txn, organisation, meeting, &count);
    quorum_judge(&rule, &count, &quorum);
    json_t *presence = json_object();
    json_put(presence, "present", headcount_json(&count.present));
    json_put(presence, "entitled", headcount_json(&count.entitled));
    json_put(presence, "remote", json_number(count.remote));
    json_put(presence, "guests", json_number(count.guests));
    json_put(presence, "left", json_number(count.left));
    json_put(presence, "classes", classes_json(&count, &quorum));
    json_put(presence, "quorum", quorum_json(&rule, &quorum.whole, quorum.met));
    fields_copy(presence, before, kept);
    json_decref(before);
    json_decref(document);
    json_decref(organisation);
    return presence;
}

/* NULL = it ended in this transaction: the last one is written. */
static json_t *make_presence(struct store_txn *txn, struct id id)
{
    if (!presence_is_open(txn, id)) {
        return NULL;
    }
    json_t *presence = document_new(DOCUMENT_PRESENCE, id), *now = presence_now(txn, id);
    json_object_update(presence, now);
    json_decref(now);
    return presence;
}

void presence_show(struct change *change, struct id meeting)
{
    struct topic topics[] = {topic_of(TOPIC_MEETING, meeting), topic_of(TOPIC_SCREEN, meeting)};
    change_put_later(change, DOCUMENT_PRESENCE, meeting, make_presence, topics, 2);
}

void presence_put(struct change *change, struct id meeting, const json_t *presence)
{
    struct topic topics[] = {topic_of(TOPIC_MEETING, meeting), topic_of(TOPIC_SCREEN, meeting)};
    json_t *document = document_new(DOCUMENT_PRESENCE, meeting);
    json_object_update(document, (json_t *)(uintptr_t)presence);
    change_put(change, DOCUMENT_PRESENCE, meeting, document, topics, 2);
}
