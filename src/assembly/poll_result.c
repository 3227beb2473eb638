/* The result of a count as documents show it: numbers, verdict, the account of the method, the arithmetic in a sentence.
 *
 * Nothing is computed here but what `least` says. The longest parts of an account (stages, pairs) are left out of a result
 * that would weigh more than RESULT_MAX bytes, and said to be: the record has the ballots, so they can be made again.
 * Options are called by their labels, in the language of the sentence or the first there is. Start at poll_result(). */
#include "assembly/organisation.h"
#include "assembly/poll_parts.h"
#include "assembly/poll_report.h"
#include "base/fatal.h"

enum { RESULT_MAX = 128 * 1024 };

static json_t *count_json(struct result_count count)
{
    json_t *json = json_object();
    json_put(json, "heads", json_number(count.heads));
    json_put(json, "weight", json_number(count.weight));
    return json;
}

static json_t *fraction_json(const struct rule_comparison *comparison)
{
    json_t *json = json_object();
    json_put(json, "num", json_number(comparison->num));
    json_put(json, "den", json_number(comparison->den));
    json_put(json, "strict", json_boolean(comparison->strict));
    return json;
}

/* NULL = none was asked. */
static json_t *quorum_json(const struct rule_comparison *quorum, const json_t *rule)
{
    static const char *const names[] = {"unit", "of", NULL};
    if (quorum->den == 0) {
        return NULL;
    }
    json_t *json = fraction_json(quorum);
    fields_copy(json, json_object_get(rule, "quorum"), names);
    json_put(json, "x", json_number(quorum->x));
    json_put(json, "n", json_number(quorum->n));
    json_put(json, "least",
             json_number(rule_least(quorum->num, quorum->den, quorum->strict, quorum->n)));
    json_put(json, "met", json_boolean(quorum->met));
    return json;
}

static json_t *majority_json(const struct rule_comparison *majority, const json_t *rule)
{
    static const char *const names[] = {"base", NULL};
    if (majority->den == 0) {
        return NULL;
    }
    json_t *json = fraction_json(majority);
    fields_copy(json, json_object_get(rule, "majority"), names);
    json_put(json, "support", json_number(majority->x));
    json_put(json, "total", json_number(majority->n));
    json_put(json, "met", json_boolean(majority->met));
    return json;
}

/* ---- classes ---- */

static json_t *class_json(const struct rule_class *class, const struct rule_class_verdict *verdict,
                          const json_t *rule)
{
    json_t *json = json_object();
    json_put(json, "code", json_text(class->code));
    json_put(json, "agreed", json_boolean(verdict->agreed));
    if (!class->withheld) {
        json_put(json, "entitled", count_json(class->numbers.entitled));
        json_put(json, "took_part", count_json(class->numbers.took_part));
        json_put(json, "quorum", quorum_json(&verdict->quorum, rule));
        json_put(json, "majority", majority_json(&verdict->majority, rule));
    }
    return json;
}

/* NULL unless the rule asks classes; one without members on the roll was not asked. */
static json_t *classes_json(const struct poll_count *count, const json_t *rule)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count->verdict.n_class; i++) {
        if (count->verdict.classes[i].asked) {
            json_array_append_new(list,
                                  class_json(&count->classes[i], &count->verdict.classes[i], rule));
        }
    }
    if (json_array_size(list) == 0) {
        json_decref(list);
        return NULL;
    }
    return list;
}

/* ---- the sentence ---- */

static const struct definition_language *language_of(const struct definition *definition,
                                                     const char *code)
{
    for (unsigned i = 0; i < definition->n_language; i++) {
        if (slice_equal(definition->languages[i].code, slice_text(code))) {
            return &definition->languages[i];
        }
    }
    return &definition->languages[0];
}

/* What the organisation calls its classes, in this language; their codes where it does not say. */
static void class_labels(const struct poll_count *count, const json_t *organisation,
                         const char *language, struct slice labels[RULE_CLASSES_MAX])
{
    size_t at;
    json_t *class;
    for (size_t i = 0; i < count->facts.n_class; i++) {
        labels[i] = count->classes[i].code;
        json_array_foreach(json_object_get(organisation, "classes"), at, class)
        {
            struct slice label = json_get_text(json_object_get(class, "label"), language);
            if (label.size > 0 && slice_equal(json_get_text(class, "key"), labels[i])) {
                labels[i] = label;
            }
        }
    }
}

static json_t *sentences_json(const struct poll_count *count, const json_t *organisation,
                              const json_t *rule)
{
    static const char *const languages[] = {"fr", "nl", "en"};
    json_t *json = json_object();
    struct rule_facts facts = count->facts;
    facts.second_call = json_get_flag(rule, "second_call");
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        struct buffer text;
        struct slice classes[RULE_CLASSES_MAX];
        struct rule_labels labels = {
            .options = language_of(&count->definition, languages[i])->labels, .classes = classes};
        class_labels(count, organisation, languages[i], classes);
        buffer_init(&text, RULE_SENTENCE_MAX);
        rule_sentence(&text, languages[i], &facts, &count->verdict, &labels);
        assert_always(buffer_ok(&text));
        json_put(json, languages[i], json_text(buffer_slice(&text)));
        buffer_free(&text);
    }
    return json;
}

/* ---- the whole ---- */

static void put_numbers(json_t *json, const struct poll_count *count)
{
    const struct tally_counts *counts = &count->counts;
    json_put(json, "verdict", poll_word(poll_verdict_words[count->verdict.verdict]));
    json_put(json, "decided", poll_word(poll_decided_words[count->verdict.decided]));
    json_put(json, "entitled", count_json(count->facts.whole.entitled));
    json_put(json, "took_part", count_json(counts->took_part));
    json_put(json, "valid", count_json(counts->valid));
    json_put(json, "blank", count_json(counts->blank));
    json_put(json, "abstain", count_json(counts->abstain));
    json_put(json, "void", count_json(counts->void_));
}

static size_t weight_of(const json_t *json)
{
    struct buffer bytes;
    buffer_init(&bytes, PAYLOAD_MAX);
    json_write(&bytes, json);
    size_t size = buffer_ok(&bytes) ? bytes.size : PAYLOAD_MAX;
    buffer_free(&bytes);
    return size;
}

/* The longest first. */
static void leave_out(json_t *json)
{
    static const char *const parts[] = {"pairwise", "stages"};
    json_t *left = json_array();
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (json_object_get(json, parts[i]) != NULL && weight_of(json) > RESULT_MAX) {
            json_put(json, parts[i], NULL);
            json_array_append_new(left, poll_word(parts[i]));
        }
    }
    json_put(json, "left_out", json_array_size(left) == 0 ? NULL : json_incref(left));
    json_decref(left);
}

json_t *poll_result(struct store_txn *txn, const json_t *poll, const struct poll_count *count)
{
    const json_t *rule = json_object_get(poll, "rule");
    json_t *json = json_object(), *organisation = organisation_load(txn);
    put_numbers(json, count);
    poll_report(json, &count->terms, &count->counts);
    json_put(json, "quorum", quorum_json(&count->verdict.quorum, rule));
    json_put(json, "majority", majority_json(&count->verdict.majority, rule));
    json_put(json, "classes", classes_json(count, rule));
    json_put(json, "sentence", sentences_json(count, organisation, rule));
    leave_out(json);
    json_decref(organisation);
    return json;
}
