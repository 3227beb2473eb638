/* How much one person may cast (ledger.md, Counting, step 2), and which numbers of a class may be shown.
 *
 * The cap: W is the weight of all final ballots and papers, the limit a fraction of it rounded down. Whoever signed
 * ballots, their own and those under mandates, has the limit once: it is spent on their own ballot first, then ascending by
 * on_behalf_of; papers are not capped. Invariant: no voter's counted weights are together more than the limit, and none is
 * more than its weight. Start at rule_cap(). */
#include "rules/rules.h"

#include <stdlib.h>

__extension__ typedef unsigned __int128 wide;

/* By voter; of one voter the own ballot first, then ascending by on_behalf_of. */
static int in_order_of_spending(const void *left, const void *right)
{
    const struct rule_ballot *a = left, *b = right;
    int order = id_compare(a->voter, b->voter);
    if (order != 0) {
        return order;
    }
    bool own_a = id_equal(a->voter, a->on_behalf_of), own_b = id_equal(b->voter, b->on_behalf_of);
    return own_a != own_b ? (own_a ? -1 : 1) : id_compare(a->on_behalf_of, b->on_behalf_of);
}

/* Spends one voter's limit on the ballots from `at`; the first of the next voter. */
static size_t spend(struct rule_ballot *ballots, size_t count, size_t at,
                    struct rule_cap_effect *effect)
{
    uint64_t left = effect->limit, lost = 0;
    struct id voter = ballots[at].voter;
    for (; at < count && id_equal(ballots[at].voter, voter); at++) {
        struct rule_ballot *ballot = &ballots[at];
        ballot->counted = ballot->weight < left ? ballot->weight : left;
        left -= ballot->counted;
        lost += ballot->weight - ballot->counted;
    }
    effect->people += lost > 0 ? 1 : 0;
    effect->lost += lost;
    return at;
}

struct rule_cap_effect rule_cap(const struct rule *rule, struct rule_ballot *ballots, size_t count,
                                uint64_t papers)
{
    struct rule_cap_effect effect = {.cast = papers};
    for (size_t i = 0; i < count; i++) {
        ballots[i].counted = ballots[i].weight;
        effect.cast += ballots[i].weight;
    }
    if (rule->cap_den == 0) {
        return (struct rule_cap_effect){0};
    }
    effect.limit = (uint64_t)((wide)effect.cast * rule->cap_num / rule->cap_den);
    if (count > 0) {
        qsort(ballots, count, sizeof *ballots, in_order_of_spending);
    }
    for (size_t at = 0; at < count;) {
        at = spend(ballots, count, at, &effect);
    }
    return effect;
}

/* The class in which fewest took part of those still shown; count = none. */
static size_t smallest_shown(const struct rule_class *classes, size_t count)
{
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        if (!classes[i].withheld && (best == count || classes[i].numbers.took_part.heads <
                                                          classes[best].numbers.took_part.heads)) {
            best = i;
        }
    }
    return best;
}

void rule_withhold(struct rule_class *classes, size_t count, uint32_t least)
{
    uint32_t hidden = 0;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        classes[i].withheld = classes[i].numbers.took_part.heads < least;
        hidden += classes[i].withheld ? classes[i].numbers.took_part.heads : 0;
        any = any || classes[i].withheld;
    }
    for (size_t at; any && hidden < least && (at = smallest_shown(classes, count)) < count;) {
        classes[at].withheld = true;
        hidden += classes[at].numbers.took_part.heads;
    }
}
