/* The verdict of a vote from its facts, in the order of ledger.md, Result: quorum, a tie left open, consent or majority, no
 * rule. What is asked of the whole is asked of each class with entitled members too where the rule says so.
 *
 * Every comparison is den · x against num · n with exact integers (128 bits), never a percentage: two thirds of 51 is 34,
 * and 66.67 % is not two thirds. Nothing to count (a base of zero) carries nothing. A presence that was not kept meets no
 * quorum. Start at rule_judge(). */
#include "rules/rules.h"

#include "base/fatal.h"

enum { BASE_VOTES = 1, BASE_PRESENT = 2, BASE_ENTITLED = 3 };
enum { OF_PRESENT = 1, OF_TOOK_PART = 2 };
enum { TIE_CHAIR = 2 };

__extension__ typedef unsigned __int128 wide;

int rule_compare(uint64_t x, uint64_t n, uint32_t num, uint32_t den)
{
    wide left = (wide)x * den, right = (wide)n * num;
    return left < right ? -1 : left > right;
}

uint64_t rule_least(uint32_t num, uint32_t den, bool strict, uint64_t n)
{
    const wide most = (UINT64_C(1) << 53) - 1;
    wide product = (wide)n * num;
    assert_always(den > 0);
    wide least = strict ? product / den + 1 : (product + den - 1) / den;
    return (uint64_t)(least < most ? least : most);
}

struct rule_presence rule_presence_of(const struct payload_presence *presence, int class_index)
{
    int at = class_index + 1;
    struct rule_presence result = {.kept = at < presence->count};
    if (result.kept) {
        result.of = presence->of[at];
    }
    return result;
}

static bool comparison_met(const struct rule_comparison *comparison)
{
    int order = rule_compare(comparison->x, comparison->n, comparison->num, comparison->den);
    return comparison->known && (comparison->strict ? order > 0 : order >= 0);
}

static uint64_t headcount_in(const struct payload_headcount *count, uint8_t unit)
{
    return unit == UNIT_HEADS ? count->heads : unit == UNIT_WEIGHT ? count->weight : count->shares;
}

static struct rule_comparison judge_quorum(const struct rule *rule,
                                           const struct rule_numbers *numbers)
{
    struct rule_comparison quorum = {.num = rule->quorum_num,
                                     .den = rule->quorum_den,
                                     .strict = rule->quorum_strict != 0,
                                     .known = true};
    if (quorum.den == 0) {
        return quorum;
    }
    quorum.n = rule->quorum_unit == UNIT_HEADS    ? numbers->entitled.heads
               : rule->quorum_unit == UNIT_WEIGHT ? numbers->entitled.weight
                                                  : numbers->entitled_shares;
    if (rule->quorum_of == OF_TOOK_PART) {
        quorum.x =
            rule->quorum_unit == UNIT_HEADS ? numbers->took_part.heads : numbers->took_part.weight;
    } else {
        uint64_t first = headcount_in(&numbers->at_opening.of, rule->quorum_unit);
        uint64_t last = headcount_in(&numbers->at_close.of, rule->quorum_unit);
        quorum.known = numbers->at_opening.kept && numbers->at_close.kept;
        quorum.x = first < last ? first : last;
    }
    quorum.met = comparison_met(&quorum);
    return quorum;
}

static struct rule_comparison judge_majority(const struct rule *rule,
                                             const struct rule_numbers *numbers)
{
    struct rule_comparison majority = {.num = rule->majority_num,
                                       .den = rule->majority_den,
                                       .strict = rule->majority_strict != 0,
                                       .known = true};
    if (majority.den == 0) {
        return majority;
    }
    majority.x = numbers->support;
    switch (rule->majority_base) {
    case BASE_VOTES:
        majority.n = numbers->votes + (rule->abstain != 0 ? numbers->abstain.weight : 0) +
                     (rule->blank != 0 ? numbers->blank.weight : 0) +
                     (rule->void_ != 0 ? numbers->void_.weight : 0);
        break;
    case BASE_PRESENT:
        majority.known = numbers->at_close.kept;
        majority.n = numbers->at_close.of.weight;
        break;
    default:
        assert_always(rule->majority_base == BASE_ENTITLED);
        majority.n = numbers->entitled.weight;
        break;
    }
    majority.met = majority.n > 0 && comparison_met(&majority);
    return majority;
}

/* ---- classes ---- */

static struct rule_class_verdict judge_class(const struct rule *rule,
                                             const struct rule_numbers *numbers)
{
    struct rule_class_verdict result = {
        .asked = rule->per_class != 0 && numbers->entitled.heads > 0,
        .agreed = true,
    };
    if (result.asked && (rule->per_class & RULE_PER_CLASS_QUORUM) != 0) {
        result.quorum = judge_quorum(rule, numbers);
        result.agreed = result.quorum.met;
    }
    if (result.asked && (rule->per_class & RULE_PER_CLASS_MAJORITY) != 0) {
        result.majority = judge_majority(rule, numbers);
        result.agreed = result.agreed && result.majority.met;
    }
    return result;
}

static bool quorum_missed(const struct rule_comparison *quorum)
{
    return quorum->den > 0 && !quorum->met;
}

static bool is_quorum_missed(const struct rule_verdict *verdict)
{
    bool missed = quorum_missed(&verdict->quorum);
    for (size_t i = 0; i < verdict->n_class; i++) {
        missed = missed || quorum_missed(&verdict->classes[i].quorum);
    }
    return missed;
}

static bool is_majority_met(const struct rule_verdict *verdict)
{
    bool met = verdict->majority.met;
    for (size_t i = 0; i < verdict->n_class; i++) {
        met = met && (verdict->classes[i].majority.den == 0 || verdict->classes[i].majority.met);
    }
    return met;
}

/* ---- the whole ---- */

/* A yes-no is tied when support is exactly the fraction asked, of something, and more than it was asked, and classes have
 * no say in the majority. */
static bool is_tied(const struct rule_facts *facts, const struct rule_comparison *majority)
{
    return facts->method == RULE_YES_NO && majority->den > 0 && majority->known &&
           majority->strict && (facts->rule->per_class & RULE_PER_CLASS_MAJORITY) == 0 &&
           majority->x > 0 && majority->n > 0 &&
           rule_compare(majority->x, majority->n, majority->num, majority->den) == 0;
}

static enum decided decided_of(const struct rule_facts *facts,
                               const struct rule_comparison *majority)
{
    if (facts->method != RULE_YES_NO) {
        return facts->decided;
    }
    if (facts->rule->tie != TIE_CHAIR || !is_tied(facts, majority)) {
        return DECIDED_NO_TIE;
    }
    return facts->decided == DECIDED_CHAIR ? DECIDED_CHAIR : DECIDED_OPEN;
}

static enum verdict verdict_of(const struct rule_facts *facts, const struct rule_verdict *verdict)
{
    bool adopted = is_majority_met(verdict);
    if (is_quorum_missed(verdict)) {
        return VERDICT_NO_QUORUM;
    }
    if (verdict->decided == DECIDED_OPEN) {
        return VERDICT_TIE_OPEN;
    }
    if (facts->method == RULE_CONSENT) {
        adopted = facts->objection == 0 && facts->consent + facts->concern > 0;
    } else if (verdict->majority.den == 0) {
        return VERDICT_NONE;
    } else if (facts->method == RULE_YES_NO && verdict->decided == DECIDED_CHAIR) {
        adopted = facts->chair_says_yes;
    }
    return adopted ? VERDICT_ADOPTED : VERDICT_NOT_ADOPTED;
}

struct rule_verdict rule_judge(const struct rule_facts *facts)
{
    const struct rule *rule = facts->rule;
    struct rule_verdict result = {
        .quorum = judge_quorum(rule, &facts->whole),
        .majority = judge_majority(rule, &facts->whole),
        .n_class = rule->per_class != 0 ? facts->n_class : 0,
    };
    assert_always(facts->n_class <= RULE_CLASSES_MAX &&
                  (rule->per_class == 0 || facts->n_class > 0));
    for (size_t i = 0; i < result.n_class; i++) {
        result.classes[i] = judge_class(rule, &facts->classes[i].numbers);
    }
    result.decided = decided_of(facts, &result.majority);
    result.verdict = verdict_of(facts, &result);
    return result;
}

void rule_drop_quorum(struct rule *rule)
{
    rule->quorum_num = rule->quorum_den = 0;
    rule->quorum_strict = rule->quorum_unit = rule->quorum_of = 0;
    rule->per_class &= (uint8_t)~RULE_PER_CLASS_QUORUM;
}
