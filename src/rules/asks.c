/* What a rule asks, before any vote, in French, Dutch and English: a sentence for the majority, one for what is left out or
 * counted against, then quorum, classes, cap, proxies, ties and the second call, each only where there is one.
 *
 * The sentences follow from the fields alone, so they cannot say anything else than what is counted. Start at rule_asks(). */
#include "rules/preset.h"

#include "base/fatal.h"
#include "rules/rules.h"

#include <stdio.h>
#include <string.h>

enum { BASE_VOTES = 1, OF_PRESENT = 1, FRACTIONS = 4 };
enum { COUNTED_WAYS = 3, BALLOT_KINDS = 3, TIES = 5, NO_LIMIT = 0xFFFF };

/* Marks: %f a fraction in words, %b its base, %s a list of kinds of ballots, %d a number. */
struct asking {
    const char *code;
    const char *fractions[FRACTIONS]; /* as in `usual` */
    const char *majority[2];          /* at least, more than */
    const char *first[2];             /* the same for the first of several options */
    const char *consent, *no_majority;
    const char *bases[4];                  /* votes, present, entitled; [0] valid votes */
    const char *kinds[BALLOT_KINDS], *and; /* abstentions, blank, void */
    const char *counted[COUNTED_WAYS];     /* left out, in the base, as no */
    const char *quorum[2];                 /* at least, more than */
    const char *units[3], *of_present, *of_part;
    const char *each_quorum, *each_majority, *each_both;
    const char *cap, *proxies, *any_proxies;
    const char *ties[TIES]; /* per number; not adopted says nothing */
    const char *second_call, *second_call_at_once;
};

static const struct {
    uint32_t num, den;
} usual[FRACTIONS] = {{1, 2}, {2, 3}, {3, 4}, {4, 5}};

static const struct asking languages[] = {
    {
        .code = "en",
        .fractions = {"half", "two thirds", "three quarters", "four fifths"},
        .majority = {"Adopted with at least %f of %b.", "Adopted with more than %f of %b."},
        .first = {"The first needs at least %f of %b.", "The first needs more than %f of %b."},
        .consent = "Adopted when somebody consents and nobody objects.",
        .no_majority = "No majority is asked.",
        .bases = {"the valid votes", "yes + no", "the votes present or represented",
                  "the votes on the roll"},
        .kinds = {"abstentions", "blank ballots", "void ballots"},
        .and = " and ",
        .counted = {"Left out: %s.", "Counted in the base: %s.", "Counted as no: %s."},
        .quorum = {"Quorum: at least %f of %b.", "Quorum: more than %f of %b."},
        .units = {"the voters", "the votes", "the shares"},
        .of_present = " present or represented",
        .of_part = " took part",
        .each_quorum = "Each class must reach the quorum.",
        .each_majority = "Each class must agree.",
        .each_both = "Each class must reach the quorum and agree.",
        .cap = "Nobody counts for more than %f of the votes cast.",
        .proxies = "Proxies per person: at most %d.",
        .any_proxies = "Proxies without a limit.",
        .ties = {[2] = "On a tie the chair decides.",
                 [3] = "A tie is drawn by lot.",
                 [4] = "A tie is left open."},
        .second_call = "A second call, at least %d days later, decides whatever the attendance.",
        .second_call_at_once = "A second call decides whatever the attendance.",
    },
    {
        .code = "fr",
        .fractions = {"la moitié", "deux tiers", "trois quarts", "quatre cinquièmes"},
        .majority = {"Adopté avec au moins %f %b.", "Adopté avec plus de %f %b."},
        .first = {"L’option en tête doit avoir au moins %f %b.",
                  "L’option en tête doit avoir plus de %f %b."},
        .consent = "Adopté si quelqu’un consent et que personne n’objecte.",
        .no_majority = "Aucune majorité n’est demandée.",
        .bases = {"des voix valables", "de pour + contre", "des voix présentes ou représentées",
                  "des voix de la liste des votants"},
        .kinds = {"abstentions", "bulletins blancs", "bulletins nuls"},
        .and = " et ",
        .counted = {"Non comptés\u202f: %s.", "Comptés dans la base\u202f: %s.",
                    "Comptés contre\u202f: %s."},
        .quorum = {"Quorum de présence\u202f: au moins %f %b.",
                   "Quorum de présence\u202f: plus de %f %b."},
        .units = {"des votants", "des voix", "des parts"},
        .of_present = " présents ou représentés",
        .of_part = " ayant participé",
        .each_quorum = "Chaque catégorie doit atteindre le quorum.",
        .each_majority = "Chaque catégorie doit être d’accord.",
        .each_both = "Chaque catégorie doit atteindre le quorum et être d’accord.",
        .cap = "Personne ne compte pour plus de %f des voix déposées.",
        .proxies = "Procurations par personne\u202f: au plus %d.",
        .any_proxies = "Procurations sans limite.",
        .ties = {[2] = "À égalité, la présidence de séance décide.",
                 [3] = "À égalité, le sort décide.",
                 [4] = "À égalité, rien n’est décidé."},
        .second_call = "Une seconde convocation, au moins %d jours plus tard, décide quel que soit "
                       "le nombre de présents.",
        .second_call_at_once =
            "Une seconde convocation décide quel que soit le nombre de présents.",
    },
    {
        .code = "nl",
        .fractions = {"de helft", "twee derde", "drie vierde", "vier vijfde"},
        .majority = {"Aangenomen met minstens %f van %b.", "Aangenomen met meer dan %f van %b."},
        .first = {"De optie vooraan heeft minstens %f van %b nodig.",
                  "De optie vooraan heeft meer dan %f van %b nodig."},
        .consent = "Aangenomen als iemand instemt en niemand bezwaar maakt.",
        .no_majority = "Er wordt geen meerderheid gevraagd.",
        .bases = {"de geldige stemmen", "voor + tegen", "de aanwezige of vertegenwoordigde stemmen",
                  "de stemmen op de stemlijst"},
        .kinds = {"onthoudingen", "blanco stembiljetten", "ongeldige stembiljetten"},
        .and = " en ",
        .counted = {"Niet meegeteld: %s.", "Meegeteld in de basis: %s.", "Geteld als tegen: %s."},
        .quorum = {"Aanwezigheidsquorum: minstens %f van %b.",
                   "Aanwezigheidsquorum: meer dan %f van %b."},
        .units = {"de stemgerechtigden", "de stemmen", "de aandelen"},
        .of_present = " aanwezig of vertegenwoordigd",
        .of_part = " nam deel",
        .each_quorum = "Elke categorie moet het quorum halen.",
        .each_majority = "Elke categorie moet akkoord gaan.",
        .each_both = "Elke categorie moet het quorum halen en akkoord gaan.",
        .cap = "Niemand telt voor meer dan %f van de uitgebrachte stemmen.",
        .proxies = "Volmachten per persoon: hoogstens %d.",
        .any_proxies = "Volmachten zonder grens.",
        .ties = {[2] = "Bij staking van stemmen beslist de voorzitter van de vergadering.",
                 [3] = "Bij staking van stemmen beslist het lot.",
                 [4] = "Bij staking van stemmen is er niets beslist."},
        .second_call = "Een tweede oproeping, minstens %d dagen later, beslist ongeacht het aantal "
                       "aanwezigen.",
        .second_call_at_once = "Een tweede oproeping beslist ongeacht het aantal aanwezigen.",
    },
};

/* What stands for the marks of one template. */
struct filling {
    uint32_t num, den, number;
    const char *base, *base_end;
    unsigned kinds; /* bits */
};

static void append_decimal(struct buffer *out, uint32_t value)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", value);
    buffer_append_text(out, digits);
}

static void append_fraction(struct buffer *out, const struct asking *words, uint32_t num,
                            uint32_t den)
{
    for (size_t i = 0; i < FRACTIONS; i++) {
        if ((uint64_t)num * usual[i].den == (uint64_t)den * usual[i].num) {
            buffer_append_text(out, words->fractions[i]);
            return;
        }
    }
    append_decimal(out, num);
    buffer_append_text(out, "/");
    append_decimal(out, den);
}

static void append_kinds(struct buffer *out, const struct asking *words, unsigned kinds)
{
    const char *before = "";
    for (unsigned i = 0; i < BALLOT_KINDS; i++) {
        if ((kinds >> i & 1) != 0) {
            buffer_append_text(out, before);
            buffer_append_text(out, words->kinds[i]);
            unsigned rest = kinds >> (i + 1);
            before = (rest & (rest - 1)) == 0 ? words->and : ", ";
        }
    }
}

/* A sentence, after a space when it is not the first. */
static void say(struct buffer *out, const struct asking *words, const char *template,
                const struct filling *filling)
{
    buffer_append_text(out, out->size > 0 ? " " : "");
    for (const char *at = template; *at != 0; at++) {
        if (*at != '%') {
            buffer_append(out, at, 1);
            continue;
        }
        switch (*++at) {
        case 'f':
            append_fraction(out, words, filling->num, filling->den);
            break;
        case 'b':
            assert_always(filling->base != NULL && filling->base_end != NULL);
            buffer_append_text(out, filling->base);
            buffer_append_text(out, filling->base_end);
            break;
        case 's':
            append_kinds(out, words, filling->kinds);
            break;
        default:
            append_decimal(out, filling->number);
            break;
        }
    }
}

static void say_counted(struct buffer *out, const struct asking *words, const struct rule *rule)
{
    const uint8_t ways[BALLOT_KINDS] = {rule->abstain, rule->blank, rule->void_};
    for (uint8_t way = 0; way < COUNTED_WAYS; way++) {
        struct filling filling = {0};
        for (unsigned i = 0; i < BALLOT_KINDS; i++) {
            filling.kinds |= ways[i] == way ? 1U << i : 0;
        }
        if (filling.kinds != 0) {
            say(out, words, words->counted[way], &filling);
        }
    }
}

static void say_majority(struct buffer *out, const struct asking *words, uint8_t method,
                         const struct rule *rule)
{
    bool votes = rule->majority_base == BASE_VOTES, yes_no = method == RULE_YES_NO;
    struct filling filling = {
        .num = rule->majority_num,
        .den = rule->majority_den,
        .base = words->bases[votes && !yes_no ? 0 : rule->majority_base],
        .base_end = "",
    };
    if (rule->majority_den == 0) {
        say(out, words, method == RULE_CONSENT ? words->consent : words->no_majority, &filling);
        return;
    }
    say(out, words, (yes_no ? words->majority : words->first)[rule->majority_strict != 0],
        &filling);
    if (votes) {
        say_counted(out, words, rule);
    }
}

static void say_quorum(struct buffer *out, const struct asking *words, const struct rule *rule)
{
    if (rule->quorum_den > 0) {
        struct filling filling = {
            .num = rule->quorum_num,
            .den = rule->quorum_den,
            .base = words->units[rule->quorum_unit - 1],
            .base_end = rule->quorum_of == OF_PRESENT ? words->of_present : words->of_part,
        };
        say(out, words, words->quorum[rule->quorum_strict != 0], &filling);
    }
    const char *const each[] = {NULL, words->each_quorum, words->each_majority, words->each_both};
    if (rule->per_class != 0) {
        say(out, words, each[rule->per_class & 3], &(struct filling){0});
    }
}

static void say_limits(struct buffer *out, const struct asking *words, const struct rule *rule)
{
    if (rule->cap_den > 0) {
        say(out, words, words->cap, &(struct filling){.num = rule->cap_num, .den = rule->cap_den});
    }
    if (rule->mandates_max > 0) {
        say(out, words, rule->mandates_max == NO_LIMIT ? words->any_proxies : words->proxies,
            &(struct filling){.number = rule->mandates_max});
    }
    if (rule->tie < TIES && words->ties[rule->tie] != NULL) {
        say(out, words, words->ties[rule->tie], &(struct filling){0});
    }
}

static const struct asking *words_of(const char *language)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        if (strcmp(languages[i].code, language) == 0) {
            return &languages[i];
        }
    }
    return &languages[0];
}

void rule_asks(struct buffer *out, const char *language, uint8_t method, const struct rule *rule,
               struct rule_second_call second_call)
{
    const struct asking *words = words_of(language);
    say_majority(out, words, method, rule);
    say_quorum(out, words, rule);
    say_limits(out, words, rule);
    if (second_call.allowed) {
        say(out, words, second_call.gap_days > 0 ? words->second_call : words->second_call_at_once,
            &(struct filling){.number = second_call.gap_days});
    }
}
