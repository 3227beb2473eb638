/* Decision rules: pure functions fed with facts (ledger.md, Definition and Result). The verdict keeps every number it used, and
 * says it in a sentence that a person can check. Exact fractions: every comparison is a product of integers, in 128 bits.
 * Any thread. */
#ifndef PALABRE_RULES_RULES_H
#define PALABRE_RULES_RULES_H

#include "base/buffer.h"
#include "ledger/definition.h"
#include "ledger/payload.h"
#include "ledger/result.h"

/* Overall presence at one moment; kept false = the desk recorded none. */
struct rule_presence {
    bool kept;
    struct payload_headcount of;
};
/* The overall part of what an opening or a closing recorded. */
struct rule_presence rule_presence_of(const struct payload_presence *presence);

struct rule_facts {
    const struct rule *rule;
    bool
        is_yes_no; /* yes-no is the only method whose support can equal the rest: a tie is judged here */
    struct result_count entitled, took_part, blank, abstain, void_;
    uint64_t entitled_shares;
    struct rule_presence at_opening, at_close;
    uint64_t support;     /* weight of yes, or the only winner's score */
    uint64_t votes;       /* yes + no, or the weight of the valid ballots */
    enum decided decided; /* of the tally */
};
/* x of n against num/den, with > when strict. */
struct rule_comparison {
    uint32_t num, den; /* 0/0 = there was no such rule */
    bool strict;
    uint64_t x, n;
    bool known; /* false = a presence that was not kept */
    bool met;
};
struct rule_verdict {
    enum verdict verdict;
    enum decided decided;
    struct rule_comparison
        quorum; /* x = who took part, or the lower of the presences at opening and at close */
    struct rule_comparison majority; /* x = support, n = the base */
};
/* Overall rules only: per_class and cap must be 0 (polls that have them are not offered). */
struct rule_verdict rule_judge(const struct rule_facts *facts);
/* The least x that meets num/den of n; may be above n with a strict 1/1. */
uint64_t rule_least(uint32_t num, uint32_t den, bool strict, uint64_t n);
/* −1, 0 or 1: x/n compared with num/den, for n > 0. */
int rule_compare(uint64_t x, uint64_t n, uint32_t num, uint32_t den);

/* Appends the sentence in one language: "fr", "nl" or "en"; anything else is written in English. */
void rule_sentence(struct buffer *out, const char *language, const struct rule_facts *facts,
                   const struct rule_verdict *verdict);

#endif
