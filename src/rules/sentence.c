/* The arithmetic of a verdict in one sentence, in French, Dutch and English: every number that was used, so that anybody
 * can do the sum again. "34 yes of 51 yes + no: at least 2/3 needed; 34/51 is exactly 2/3: adopted".
 *
 * A sentence is a template whose marks (% and a letter) are filled with numbers and words of the same language; the words
 * are those of the product's glossary. Start at rule_sentence(); a language is one entry of `languages`. */
#include "rules/rules.h"

#include "base/fatal.h"

#include <stdio.h>

/* Marks: %x and %n the two numbers, %l the least that is enough, %f the fraction asked, %a "at least" or "more than",
 * %c how x/n compares, %b the base, %v the verdict. */
struct words {
    const char *code;
    const char *group; /* between groups of three digits */
    const char *at_least, *more_than;
    const char *below, *equal, *above;
    const char *base_votes, *plus_abstain, *plus_blank, *plus_void, *base_present, *base_entitled;
    const char *quorum_part[3], *quorum_present[3]; /* heads, weight, shares */
    const char *quorum_unknown, *quorum_met, *quorum_missed;
    const char *majority, *majority_nothing, *majority_unknown, *no_rule;
    const char *adopted, *not_adopted, *open;
};

static const struct words languages[] = {
    {
        .code = "en",
        .group = ",",
        .at_least = "at least",
        .more_than = "more than",
        .below = "is less than",
        .equal = "is exactly",
        .above = "is more than",
        .base_votes = "yes + no",
        .plus_abstain = " + abstain",
        .plus_blank = " + blank",
        .plus_void = " + void",
        .base_present = "votes present or represented",
        .base_entitled = "votes on the roll",
        .quorum_part = {"%x of %n on the roll took part", "%x of %n votes on the roll took part",
                        "%x of %n shares took part"},
        .quorum_present = {"%x of %n on the roll present or represented",
                           "%x of %n votes on the roll present or represented",
                           "%x of %n shares present or represented"},
        .quorum_unknown = "presence was not recorded",
        .quorum_met = ", %a %f (%l) needed: quorum reached. ",
        .quorum_missed = ", %a %f (%l) needed: quorum not reached, no decision",
        .majority = "%x yes of %n %b: %a %f needed; %x/%n %c %f: %v",
        .majority_nothing = "%x yes of %n %b: %a %f needed, nothing to count: %v",
        .majority_unknown = "%x yes: %a %f of the %b needed, presence was not recorded: %v",
        .no_rule = "%x yes, %n no: no majority was asked, nothing is decided",
        .adopted = "adopted",
        .not_adopted = "not adopted",
        .open = "a tie, the chair decides",
    },
    {
        .code = "fr",
        .group = "\u202f",
        .at_least = "au moins",
        .more_than = "plus de",
        .below = "n'atteint pas",
        .equal = "vaut exactement",
        .above = "dépasse",
        .base_votes = "pour + contre",
        .plus_abstain = " + abstention",
        .plus_blank = " + blanc",
        .plus_void = " + nul",
        .base_present = "voix présentes ou représentées",
        .base_entitled = "voix de la liste des votants",
        .quorum_part = {"%x sur %n de la liste des votants ont participé",
                        "%x voix sur %n de la liste des votants ont participé",
                        "%x parts sur %n ont participé"},
        .quorum_present =
            {"%x sur %n de la liste des votants étaient présents ou représentés",
             "%x voix sur %n de la liste des votants étaient présentes ou représentées",
             "%x parts sur %n étaient présentes ou représentées"},
        .quorum_unknown = "la présence n'a pas été relevée",
        .quorum_met = ", il en faut %a %f (%l) : quorum de présence atteint. ",
        .quorum_missed =
            ", il en faut %a %f (%l) : quorum de présence non atteint, pas de décision",
        .majority = "%x pour sur %n %b : il faut %a %f ; %x/%n %c %f : %v",
        .majority_nothing = "%x pour sur %n %b : il faut %a %f, rien à compter : %v",
        .majority_unknown = "%x pour : il faut %a %f des %b, la présence n'a pas été relevée : %v",
        .no_rule = "%x pour, %n contre : aucune majorité n'était demandée, rien n'est décidé",
        .adopted = "adopté",
        .not_adopted = "non adopté",
        .open = "égalité des voix, la présidence de séance décide",
    },
    {
        .code = "nl",
        .group = ".",
        .at_least = "minstens",
        .more_than = "meer dan",
        .below = "is minder dan",
        .equal = "is precies",
        .above = "is meer dan",
        .base_votes = "voor + tegen",
        .plus_abstain = " + onthouding",
        .plus_blank = " + blanco",
        .plus_void = " + ongeldig",
        .base_present = "aanwezige of vertegenwoordigde stemmen",
        .base_entitled = "stemmen op de stemlijst",
        .quorum_part = {"%x van %n op de stemlijst namen deel",
                        "%x van %n stemmen op de stemlijst namen deel",
                        "%x van %n aandelen namen deel"},
        .quorum_present = {"%x van %n op de stemlijst aanwezig of vertegenwoordigd",
                           "%x van %n stemmen op de stemlijst aanwezig of vertegenwoordigd",
                           "%x van %n aandelen aanwezig of vertegenwoordigd"},
        .quorum_unknown = "de aanwezigheid is niet opgetekend",
        .quorum_met = ", %a %f (%l) nodig: aanwezigheidsquorum gehaald. ",
        .quorum_missed = ", %a %f (%l) nodig: aanwezigheidsquorum niet gehaald, geen beslissing",
        .majority = "%x voor van %n %b: %a %f nodig; %x/%n %c %f: %v",
        .majority_nothing = "%x voor van %n %b: %a %f nodig, niets te tellen: %v",
        .majority_unknown =
            "%x voor: %a %f van de %b nodig, de aanwezigheid is niet opgetekend: %v",
        .no_rule = "%x voor, %n tegen: er werd geen meerderheid gevraagd, er is niets beslist",
        .adopted = "aangenomen",
        .not_adopted = "niet aangenomen",
        .open = "staking van stemmen, de voorzitter van de vergadering beslist",
    },
};

struct filling {
    const struct words *words;
    const struct rule *rule;
    const struct rule_comparison *comparison;
    const char *end;
};

static void append_number(struct buffer *out, const struct words *words, uint64_t value)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            buffer_append_text(out, words->group);
        }
        buffer_append(out, &digits[i], 1);
    }
}

static void append_base(struct buffer *out, const struct words *words, const struct rule *rule)
{
    if (rule->majority_base != 1) {
        buffer_append_text(out,
                           rule->majority_base == 2 ? words->base_present : words->base_entitled);
        return;
    }
    buffer_append_text(out, words->base_votes);
    buffer_append_text(out, rule->abstain != 0 ? words->plus_abstain : "");
    buffer_append_text(out, rule->blank != 0 ? words->plus_blank : "");
    buffer_append_text(out, rule->void_ != 0 ? words->plus_void : "");
}

static const char *compared(const struct words *words, const struct rule_comparison *comparison)
{
    int order = rule_compare(comparison->x, comparison->n, comparison->num, comparison->den);
    return order < 0 ? words->below : order == 0 ? words->equal : words->above;
}

static void fill_mark(struct buffer *out, char mark, const struct filling *filling)
{
    const struct words *words = filling->words;
    const struct rule_comparison *comparison = filling->comparison;
    switch (mark) {
    case 'x':
        append_number(out, words, comparison->x);
        break;
    case 'n':
        append_number(out, words, comparison->n);
        break;
    case 'l':
        append_number(
            out, words,
            rule_least(comparison->num, comparison->den, comparison->strict, comparison->n));
        break;
    case 'f':
        append_number(out, words, comparison->num);
        buffer_append_text(out, "/");
        append_number(out, words, comparison->den);
        break;
    case 'a':
        buffer_append_text(out, comparison->strict ? words->more_than : words->at_least);
        break;
    case 'c':
        buffer_append_text(out, compared(words, comparison));
        break;
    case 'b':
        append_base(out, words, filling->rule);
        break;
    default:
        assert_always(mark == 'v');
        buffer_append_text(out, filling->end);
        break;
    }
}

static void fill(struct buffer *out, const char *template, const struct filling *filling)
{
    for (const char *at = template; *at != 0; at++) {
        if (*at == '%') {
            fill_mark(out, *++at, filling);
        } else {
            buffer_append(out, at, 1);
        }
    }
}

static const struct words *words_of(const char *language)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        if (strcmp(languages[i].code, language) == 0) {
            return &languages[i];
        }
    }
    return &languages[0];
}

static void write_quorum(struct buffer *out, const struct words *words, const struct rule *rule,
                         const struct rule_verdict *verdict)
{
    struct filling filling = {
        .words = words, .rule = rule, .comparison = &verdict->quorum, .end = ""};
    size_t unit = (size_t)rule->quorum_unit - 1;
    assert_always(unit < 3);
    const char *count =
        rule->quorum_of == 2 ? words->quorum_part[unit] : words->quorum_present[unit];
    fill(out, verdict->quorum.known ? count : words->quorum_unknown, &filling);
    fill(out, verdict->quorum.met ? words->quorum_met : words->quorum_missed, &filling);
}

void rule_sentence(struct buffer *out, const char *language, const struct rule_facts *facts,
                   const struct rule_verdict *verdict)
{
    const struct words *words = words_of(language);
    const struct rule_comparison *majority = &verdict->majority;
    assert_always(facts->is_yes_no);
    if (verdict->quorum.den > 0) {
        write_quorum(out, words, facts->rule, verdict);
    }
    if (verdict->verdict == VERDICT_NO_QUORUM) {
        return;
    }
    struct filling filling = {.words = words, .rule = facts->rule, .comparison = majority};
    struct rule_comparison counts = {
        .x = facts->support, .n = facts->votes - facts->support, .den = 1};
    if (verdict->verdict == VERDICT_NONE) {
        filling.comparison = &counts;
        fill(out, words->no_rule, &filling);
        return;
    }
    filling.end = verdict->verdict == VERDICT_ADOPTED    ? words->adopted
                  : verdict->verdict == VERDICT_TIE_OPEN ? words->open
                                                         : words->not_adopted;
    fill(out,
         !majority->known   ? words->majority_unknown
         : majority->n == 0 ? words->majority_nothing
                            : words->majority,
         &filling);
}
