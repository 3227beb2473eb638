/* The arithmetic of a verdict in one sentence, in French, Dutch and English: every number that was used, so that anybody
 * can do the sum again. "34 yes of 51 yes + no: at least 2/3 needed; 34/51 is exactly 2/3: adopted".
 *
 * In this order: second call, quorum (of the whole, then of each class), cap, then what was asked (yes-no, consent, a
 * majority for the first) or who is chosen, ties last. A quorum that was missed ends the sentence. The words are templates
 * of words.c whose marks are filled in here. Start at rule_sentence(). */
#include "rules/rules.h"

#include "base/fatal.h"
#include "base/utf8.h"
#include "rules/words.h"

#include <stdio.h>

enum { LISTED_MAX = 20 /* options */, LABEL_MAX = 240 /* bytes */ };
enum { BASE_VOTES = 1, BASE_PRESENT = 2, OF_TOOK_PART = 2, TIE_LOT = 3, TIE_CHAIR = 2 };

struct telling {
    struct buffer *out;
    const struct rule_words *words;
    const struct rule_facts *facts;
    const struct rule_verdict *verdict;
    const struct rule_labels *labels;
};
/* What the marks of one template stand for; those it does not hold may be left out. */
struct filling {
    struct rule_comparison comparison;
    const uint16_t *options;
    size_t n_options;
    const uint64_t *scores; /* of each option, in brackets; NULL = without */
    size_t class_index;
    uint64_t number;
    const char *end;
};

static void fill(const struct telling *telling, const char *template,
                 const struct filling *filling);

static void append_number(const struct telling *telling, uint64_t value)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            buffer_append_text(telling->out, telling->words->group);
        }
        buffer_append(telling->out, &digits[i], 1);
    }
}

/* At most LABEL_MAX bytes of it, whole characters. */
static void append_label(const struct telling *telling, struct slice label)
{
    size_t size = label.size;
    if (size <= LABEL_MAX) {
        buffer_append(telling->out, label.data, size);
        return;
    }
    for (size = LABEL_MAX; size > 0 && (label.data[size] & 0xC0) == 0x80; size--) {
    }
    buffer_append(telling->out, label.data, size);
    buffer_append_text(telling->out, "…");
}

static void append_option(const struct telling *telling, uint16_t option)
{
    if (telling->labels != NULL && telling->labels->options != NULL) {
        append_label(telling, telling->labels->options[option]);
    } else {
        struct filling filling = {.number = (uint64_t)option + 1};
        fill(telling, telling->words->option, &filling);
    }
}

static void append_options(const struct telling *telling, const struct filling *filling)
{
    size_t shown = filling->n_options < LISTED_MAX ? filling->n_options : LISTED_MAX;
    for (size_t i = 0; i < shown; i++) {
        buffer_append_text(telling->out, i > 0 ? ", " : "");
        append_option(telling, filling->options[i]);
        if (filling->scores != NULL) {
            buffer_append_text(telling->out, " (");
            append_number(telling, filling->scores[filling->options[i]]);
            buffer_append_text(telling->out, ")");
        }
    }
    if (shown < filling->n_options) {
        struct filling more = {.number = filling->n_options - shown};
        fill(telling, telling->words->and_more, &more);
    }
}

static void append_class(const struct telling *telling, size_t index)
{
    bool named = telling->labels != NULL && telling->labels->classes != NULL;
    append_label(telling,
                 named ? telling->labels->classes[index] : telling->facts->classes[index].code);
}

static void append_base(const struct telling *telling)
{
    const struct rule_words *words = telling->words;
    const struct rule *rule = telling->facts->rule;
    struct buffer *out = telling->out;
    if (rule->majority_base != BASE_VOTES) {
        buffer_append_text(out, rule->majority_base == BASE_PRESENT ? words->base_present
                                                                    : words->base_entitled);
        return;
    }
    buffer_append_text(out, telling->facts->method == RULE_YES_NO ? words->base_votes
                                                                  : words->base_valid);
    buffer_append_text(out, rule->abstain != 0 ? words->plus_abstain : "");
    buffer_append_text(out, rule->blank != 0 ? words->plus_blank : "");
    buffer_append_text(out, rule->void_ != 0 ? words->plus_void : "");
}

static const char *compared(const struct rule_words *words,
                            const struct rule_comparison *comparison)
{
    int order = rule_compare(comparison->x, comparison->n, comparison->num, comparison->den);
    return order < 0 ? words->below : order == 0 ? words->equal : words->above;
}

static const char *way_of(const struct telling *telling)
{
    const char *const *by = telling->words->by;
    size_t known = sizeof telling->words->by / sizeof telling->words->by[0];
    const char *way = telling->facts->method < known ? by[telling->facts->method] : NULL;
    return way != NULL ? way : by[0];
}

static void fill_number(const struct telling *telling, char mark, const struct filling *filling)
{
    const struct rule_comparison *of = &filling->comparison;
    switch (mark) {
    case 'x':
        append_number(telling, of->x);
        break;
    case 'n':
        append_number(telling, of->n);
        break;
    case 'l':
        append_number(telling, rule_least(of->num, of->den, of->strict, of->n));
        break;
    case 'f':
        append_number(telling, of->num);
        buffer_append_text(telling->out, "/");
        append_number(telling, of->den);
        break;
    default:
        assert_always(mark == 'y');
        append_number(telling, filling->number);
        break;
    }
}

static void fill_mark(const struct telling *telling, char mark, const struct filling *filling)
{
    const struct rule_words *words = telling->words;
    switch (mark) {
    case 'a':
        buffer_append_text(telling->out,
                           filling->comparison.strict ? words->more_than : words->at_least);
        break;
    case 'c':
        buffer_append_text(telling->out, compared(words, &filling->comparison));
        break;
    case 'b':
        append_base(telling);
        break;
    case 'o':
        append_options(telling, filling);
        break;
    case 'm':
        buffer_append_text(telling->out, way_of(telling));
        break;
    case 'k':
        append_class(telling, filling->class_index);
        break;
    case 'v':
        assert_always(filling->end != NULL);
        buffer_append_text(telling->out, filling->end);
        break;
    default:
        fill_number(telling, mark, filling);
        break;
    }
}

static void fill(const struct telling *telling, const char *template, const struct filling *filling)
{
    for (const char *at = template; *at != 0; at++) {
        if (*at == '%') {
            fill_mark(telling, *++at, filling);
        } else {
            buffer_append(telling->out, at, 1);
        }
    }
}

/* ---- quorum and cap ---- */

static void tell_quorum(const struct telling *telling, const struct rule_comparison *quorum)
{
    const struct rule_words *words = telling->words;
    const struct rule *rule = telling->facts->rule;
    struct filling filling = {.comparison = *quorum};
    size_t unit = (size_t)rule->quorum_unit - 1;
    assert_always(unit < 3);
    const char *count =
        rule->quorum_of == OF_TOOK_PART ? words->quorum_part[unit] : words->quorum_present[unit];
    fill(telling, quorum->known ? count : words->quorum_unknown, &filling);
    fill(telling, quorum->met ? words->quorum_met : words->quorum_missed, &filling);
}

static void tell_class_quorum(const struct telling *telling, size_t index)
{
    const struct rule_words *words = telling->words;
    const struct rule_comparison *quorum = &telling->verdict->classes[index].quorum;
    struct filling filling = {.class_index = index};
    if (telling->facts->classes[index].withheld) {
        fill(telling,
             quorum->met ? words->class_quorum_withheld : words->class_quorum_withheld_missed,
             &filling);
        return;
    }
    fill(telling, words->class_quorum, &filling);
    tell_quorum(telling, quorum);
}

/* The quorums up to the first that was missed. */
static void tell_quorums(const struct telling *telling)
{
    const struct rule_verdict *verdict = telling->verdict;
    bool met = true;
    if (verdict->quorum.den > 0) {
        tell_quorum(telling, &verdict->quorum);
        met = verdict->quorum.met;
    }
    for (size_t i = 0; met && i < verdict->n_class; i++) {
        if (verdict->classes[i].quorum.den > 0) {
            tell_class_quorum(telling, i);
            met = verdict->classes[i].quorum.met;
        }
    }
}

static void tell_cap(const struct telling *telling)
{
    const struct rule_cap_effect *cap = &telling->facts->cap;
    const struct rule *rule = telling->facts->rule;
    struct filling filling = {
        .comparison = {.num = rule->cap_num, .den = rule->cap_den, .x = cap->lost, .n = cap->cast},
        .number = cap->limit,
    };
    if (cap->lost > 0) {
        fill(telling, telling->words->cap, &filling);
    }
}

/* ---- majority ---- */

static const char *end_of(const struct telling *telling)
{
    const struct rule_words *words = telling->words;
    bool election = telling->facts->election;
    switch (telling->verdict->verdict) {
    case VERDICT_ADOPTED:
        return election ? words->elected : words->adopted;
    case VERDICT_TIE_OPEN:
        return words->open;
    default:
        return election ? words->not_elected : words->not_adopted;
    }
}

static bool classes_have_a_say(const struct telling *telling)
{
    return (telling->facts->rule->per_class & RULE_PER_CLASS_MAJORITY) != 0;
}

static void tell_class(const struct telling *telling, size_t index)
{
    const struct rule_words *words = telling->words;
    const struct rule_class_verdict *class = &telling->verdict->classes[index];
    struct filling filling = {
        .comparison = class->majority,
        .class_index = index,
        .end = class->majority.met ? words->agreed : words->not_agreed,
    };
    fill(telling,
         !class->asked                             ? words->class_empty
         : telling->facts->classes[index].withheld ? words->class_withheld
         : !class->majority.known                  ? words->class_unknown
         : telling->facts->method == RULE_YES_NO   ? words->class_majority
                                                   : words->class_winner,
         &filling);
}

/* What was asked of the whole, then of each class, then what follows. */
static void tell_majority(const struct telling *telling, bool has_first)
{
    const struct rule_words *words = telling->words;
    const struct rule_facts *facts = telling->facts;
    const struct rule_comparison *majority = &telling->verdict->majority;
    bool yes_no = facts->method == RULE_YES_NO, classes = classes_have_a_say(telling);
    struct filling filling = {
        .comparison = *majority,
        .options = facts->elected,
        .n_options = facts->n_elected,
        .end = classes ? (majority->met ? words->agreed : words->not_agreed) : end_of(telling),
    };
    buffer_append_text(telling->out, classes ? words->whole : "");
    if (telling->verdict->decided == DECIDED_CHAIR && yes_no) {
        filling.end = "";
    }
    fill(telling,
         !has_first         ? words->no_winner
         : !majority->known ? (yes_no ? words->majority_unknown : words->winner_unknown)
         : majority->n == 0 ? (yes_no ? words->majority_nothing : words->winner_nothing)
                            : (yes_no ? words->majority : words->winner),
         &filling);
    if (telling->verdict->decided == DECIDED_CHAIR && yes_no) {
        buffer_append_text(telling->out, words->chair_said);
        buffer_append_text(telling->out, end_of(telling));
    }
    for (size_t i = 0; classes && i < telling->verdict->n_class; i++) {
        tell_class(telling, i);
    }
    buffer_append_text(telling->out, classes ? words->all_must_agree : "");
    buffer_append_text(telling->out, classes ? end_of(telling) : "");
}

static void tell_yes_no(const struct telling *telling)
{
    const struct rule_numbers *whole = &telling->facts->whole;
    struct filling counts = {
        .comparison = {.x = whole->support, .n = whole->votes - whole->support}};
    if (telling->verdict->majority.den > 0) {
        tell_majority(telling, true);
    } else {
        fill(telling, telling->words->no_rule, &counts);
    }
}

/* ---- consent ---- */

static void tell_counted(const struct telling *telling, uint64_t value, const char *const names[2],
                         const char *before)
{
    bool one = value == 1 || (value == 0 && telling->words->zero_is_one);
    buffer_append_text(telling->out, before);
    append_number(telling, value);
    buffer_append_text(telling->out, " ");
    buffer_append_text(telling->out, names[one ? 0 : 1]);
}

static void tell_consent(const struct telling *telling)
{
    const struct rule_words *words = telling->words;
    const struct rule_facts *facts = telling->facts;
    tell_counted(telling, facts->consent, words->consent, "");
    tell_counted(telling, facts->concern, words->concern, ", ");
    tell_counted(telling, facts->objection, words->objection, ", ");
    if (facts->consent + facts->concern == 0) {
        buffer_append_text(telling->out, words->nobody_consents);
    }
    buffer_append_text(telling->out, words->colon);
    buffer_append_text(telling->out, end_of(telling));
}

/* ---- options and persons ---- */

static void tell_chosen(const struct telling *telling)
{
    const struct rule_words *words = telling->words;
    const struct rule_facts *facts = telling->facts;
    struct filling filling = {
        .comparison = {.x = facts->whole.votes},
        .options = facts->elected,
        .n_options = facts->n_elected,
        .scores = facts->scores,
        .number = facts->seats > facts->n_elected ? facts->seats - facts->n_elected : 0,
    };
    bool one = facts->whole.votes == 1 || (facts->whole.votes == 0 && words->zero_is_one);
    fill(telling, words->valid[one ? 0 : 1], &filling);
    if (facts->n_elected == 0) {
        buffer_append_text(telling->out,
                           facts->election ? words->nobody_elected : words->nobody_chosen);
        return;
    }
    fill(telling, facts->election ? words->elected_by : words->chosen, &filling);
    if (filling.number > 0 && telling->verdict->decided != DECIDED_OPEN) {
        fill(telling, words->places_empty, &filling);
    }
}

static void tell_ties(const struct telling *telling)
{
    const struct rule_words *words = telling->words;
    const struct rule_facts *facts = telling->facts;
    struct filling filling = {.options = facts->tied, .n_options = facts->n_tied};
    if (facts->n_tied == 0) {
        return;
    }
    switch (telling->verdict->decided) {
    case DECIDED_LOT:
        fill(telling, words->tied_lot, &filling);
        break;
    case DECIDED_CHAIR:
        fill(telling, words->tied_chair, &filling);
        break;
    case DECIDED_OPEN:
        fill(telling, facts->rule->tie == TIE_CHAIR ? words->tied_open_chair : words->tied_open,
             &filling);
        break;
    default:
        fill(telling, words->tied_none, &filling);
        break;
    }
}

static void tell_options(const struct telling *telling)
{
    if (telling->verdict->majority.den == 0 || telling->verdict->verdict == VERDICT_TIE_OPEN) {
        tell_chosen(telling);
    } else {
        tell_majority(telling, telling->facts->n_elected == 1);
    }
    tell_ties(telling);
}

void rule_sentence(struct buffer *out, const char *language, const struct rule_facts *facts,
                   const struct rule_verdict *verdict, const struct rule_labels *labels)
{
    struct telling telling = {.out = out,
                              .words = rule_words_of(language),
                              .facts = facts,
                              .verdict = verdict,
                              .labels = labels};
    buffer_append_text(out, facts->second_call ? telling.words->second_call : "");
    tell_quorums(&telling);
    if (verdict->verdict == VERDICT_NO_QUORUM) {
        return;
    }
    tell_cap(&telling);
    if (facts->method == RULE_YES_NO) {
        tell_yes_no(&telling);
    } else if (facts->method == RULE_CONSENT) {
        tell_consent(&telling);
    } else {
        tell_options(&telling);
    }
}
