/* The verdict of a vote from its facts, in the order of ledger.md, Result: quorum, a tie left open, majority, no rule.
 *
 * Every comparison is den · x against num · n with exact integers (128 bits), never a percentage: two thirds of 51 is 34,
 * and 66.67 % is not two thirds. Nothing to count (a base of zero) carries nothing. A presence that was not kept meets no
 * quorum. Start at rule_judge(). */
#include "rules/rules.h"

#include "base/fatal.h"

enum { BASE_VOTES = 1, BASE_PRESENT = 2, BASE_ENTITLED = 3 };
enum { UNIT_HEADS = 1, UNIT_WEIGHT = 2, UNIT_SHARES = 3, OF_PRESENT = 1, OF_TOOK_PART = 2 };
enum { TIE_CHAIR = 2 };

__extension__ typedef unsigned __int128 wide;

int rule_compare(uint64_t x, uint64_t n, uint32_t num, uint32_t den)
{
    wide left = (wide)x * den, right = (wide)n * num;
    return left < right ? -1 : left > right;
}

uint64_t rule_least(uint32_t num, uint32_t den, bool strict, uint64_t n)
{
    wide product = (wide)n * num;
    assert_always(den > 0);
    return (uint64_t)(strict ? product / den + 1 : (product + den - 1) / den);
}

struct rule_presence rule_presence_of(const struct payload_presence *presence)
{
    struct rule_presence result = {.kept = presence->count > 0};
    if (result.kept) {
        result.of = presence->of[0];
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

static struct rule_comparison judge_quorum(const struct rule_facts *facts)
{
    const struct rule *rule = facts->rule;
    struct rule_comparison quorum = {.num = rule->quorum_num,
                                     .den = rule->quorum_den,
                                     .strict = rule->quorum_strict != 0,
                                     .known = true};
    if (quorum.den == 0) {
        return quorum;
    }
    quorum.n = rule->quorum_unit == UNIT_HEADS    ? facts->entitled.heads
               : rule->quorum_unit == UNIT_WEIGHT ? facts->entitled.weight
                                                  : facts->entitled_shares;
    if (rule->quorum_of == OF_TOOK_PART) {
        quorum.x =
            rule->quorum_unit == UNIT_HEADS ? facts->took_part.heads : facts->took_part.weight;
    } else {
        uint64_t first = headcount_in(&facts->at_opening.of, rule->quorum_unit);
        uint64_t last = headcount_in(&facts->at_close.of, rule->quorum_unit);
        quorum.known = facts->at_opening.kept && facts->at_close.kept;
        quorum.x = first < last ? first : last;
    }
    quorum.met = comparison_met(&quorum);
    return quorum;
}

static struct rule_comparison judge_majority(const struct rule_facts *facts)
{
    const struct rule *rule = facts->rule;
    struct rule_comparison majority = {.num = rule->majority_num,
                                       .den = rule->majority_den,
                                       .strict = rule->majority_strict != 0,
                                       .known = true};
    if (majority.den == 0) {
        return majority;
    }
    majority.x = facts->support;
    switch (rule->majority_base) {
    case BASE_VOTES:
        majority.n = facts->votes + (rule->abstain != 0 ? facts->abstain.weight : 0) +
                     (rule->blank != 0 ? facts->blank.weight : 0) +
                     (rule->void_ != 0 ? facts->void_.weight : 0);
        break;
    case BASE_PRESENT:
        majority.known = facts->at_close.kept;
        majority.n = facts->at_close.of.weight;
        break;
    default:
        assert_always(rule->majority_base == BASE_ENTITLED);
        majority.n = facts->entitled.weight;
        break;
    }
    majority.met = majority.n > 0 && comparison_met(&majority);
    return majority;
}

/* A yes-no is tied when support is exactly the fraction asked, of something, and more than it was asked. */
static bool is_left_open(const struct rule_facts *facts, const struct rule_comparison *majority)
{
    return facts->is_yes_no && majority->den > 0 && majority->known && majority->strict &&
           facts->rule->tie == TIE_CHAIR && majority->x > 0 && majority->n > 0 &&
           rule_compare(majority->x, majority->n, majority->num, majority->den) == 0;
}

struct rule_verdict rule_judge(const struct rule_facts *facts)
{
    assert_always(facts->rule->per_class == 0 && facts->rule->cap_den == 0);
    struct rule_verdict result = {
        .decided = facts->decided,
        .quorum = judge_quorum(facts),
        .majority = judge_majority(facts),
    };
    if (is_left_open(facts, &result.majority)) {
        result.decided = DECIDED_OPEN;
    }
    if (result.quorum.den > 0 && !result.quorum.met) {
        result.verdict = VERDICT_NO_QUORUM;
    } else if (result.decided == DECIDED_OPEN) {
        result.verdict = VERDICT_TIE_OPEN;
    } else if (result.majority.den > 0) {
        result.verdict = result.majority.met ? VERDICT_ADOPTED : VERDICT_NOT_ADOPTED;
    } else {
        result.verdict = VERDICT_NONE;
    }
    return result;
}
