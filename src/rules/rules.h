/* Decision rules: pure functions fed with facts (ledger.md, Definition and Result). The verdict keeps every number it used,
 * overall and in each class, and says it in a sentence that a person can check. Exact fractions: every comparison is a
 * product of integers, in 128 bits. Any thread. */
#ifndef PALABRE_RULES_RULES_H
#define PALABRE_RULES_RULES_H

#include "base/buffer.h"
#include "base/id.h"
#include "ledger/definition.h"
#include "ledger/payload.h"
#include "ledger/result.h"

enum { RULE_CLASSES_MAX = 32, RULE_SENTENCE_MAX = 32 * 1024 /* bytes of any sentence */ };
enum { RULE_PER_CLASS_QUORUM = 1, RULE_PER_CLASS_MAJORITY = 2 }; /* bits of rule.per_class */
enum { RULE_YES_NO = 1, RULE_CONSENT = 2, RULE_SINGLE = 3, RULE_APPROVAL = 4 }; /* methods */
enum { UNIT_HEADS = 1, UNIT_WEIGHT = 2, UNIT_SHARES = 3 }; /* rule.quorum_unit */

/* Presence at one moment; kept false = the desk recorded none. */
struct rule_presence {
    bool kept;
    struct payload_headcount of;
};
/* What an opening or a closing recorded: of all (-1), or of the class with this index in the definition. */
struct rule_presence rule_presence_of(const struct payload_presence *presence, int class_index);

/* The numbers of the whole vote, or of one class. Weights are those after the cap. */
struct rule_numbers {
    struct result_count entitled; /* roll and additions, uncapped */
    struct result_count took_part, blank, abstain, void_;
    uint64_t entitled_shares;
    struct rule_presence at_opening, at_close; /* at the last close */
    uint64_t support; /* weight of yes, or of the only winner (0 without exactly one) */
    uint64_t votes;   /* yes + no, or the weight of the valid ballots */
};
struct rule_class {
    struct slice code; /* as in the definition */
    bool withheld; /* the sentence says whether it agreed, without its numbers (rule_withhold) */
    struct rule_numbers numbers;
};
/* What a cap did (rule_cap); all 0 without one. */
struct rule_cap_effect {
    uint64_t cast;   /* W: weights of the final ballots and of all papers */
    uint64_t limit;  /* ⌊W · num / den⌋ */
    uint32_t people; /* whose votes were cut */
    uint64_t lost;   /* votes cut in all */
};
struct rule_facts {
    const struct rule *rule;
    uint8_t method; /* its number; one of RULE_* or another that elects */
    uint16_t seats;
    bool election; /* of persons: they are elected, options are chosen */
    struct rule_numbers whole;
    const struct rule_class *classes; /* in the order of the definition; needed with per_class */
    size_t n_class;
    uint64_t consent, concern, objection; /* weights, of a consent */
    enum decided decided; /* of the tally; DECIDED_CHAIR: the chair has settled an open tie */
    bool chair_says_yes;  /* of a tied yes-no that the chair has settled */
    bool second_call;     /* a meeting called again: the sentence says so; the quorum is 0/0 */
    struct rule_cap_effect cap;
    /* For the sentence alone, of the methods that elect: */
    const uint16_t *elected; /* options in the order of their places */
    size_t n_elected;
    const uint64_t *scores; /* per option; NULL where scores do not tell who is first */
    const uint16_t *tied;   /* options whose tie a lot, the chair or nobody settled */
    size_t n_tied;
};
/* x of n against num/den, with > when strict. */
struct rule_comparison {
    uint32_t num, den; /* 0/0 = there was no such rule */
    bool strict;
    uint64_t x, n;
    bool known; /* false = a presence that was not kept */
    bool met;
};
struct rule_class_verdict {
    bool asked; /* it has entitled members, and the rule asks each class */
    bool agreed;
    struct rule_comparison quorum, majority; /* 0/0 unless asked of each class */
};
struct rule_verdict {
    enum verdict verdict;
    enum decided decided;
    struct rule_comparison
        quorum; /* x = who took part, or the lower of the presences at opening and at close */
    struct rule_comparison majority; /* x = support, n = the base */
    size_t n_class;
    struct rule_class_verdict classes[RULE_CLASSES_MAX];
};
struct rule_verdict rule_judge(const struct rule_facts *facts);

/* A final ballot before the cap. */
struct rule_ballot {
    struct id voter, on_behalf_of;
    uint64_t weight;
    uint64_t counted; /* out: what is left of the weight under the cap */
    size_t of;        /* the caller's own number of it; not read */
};
/* ledger.md, Counting, step 2: sets `counted` of each ballot; reorders them. papers = the weight of all papers, void
 * included. den 0 = no cap: each counts whole. */
struct rule_cap_effect rule_cap(const struct rule *rule, struct rule_ballot *ballots, size_t count,
                                uint64_t papers);
/* Confidential votes: withholds each class in which fewer than `least` took part, and the next smallest ones until what
 * can be had by subtracting the shown from the whole is no smaller either. */
void rule_withhold(struct rule_class *classes, size_t count, uint32_t least);
/* The rule of a vote at a meeting called again: the same without its quorum, and without it in each class. */
void rule_drop_quorum(struct rule *rule);

/* The least x that meets num/den of n, 2^53 − 1 at most; above n with a strict 1/1, which nothing meets. */
uint64_t rule_least(uint32_t num, uint32_t den, bool strict, uint64_t n);
/* −1, 0 or 1: x/n compared with num/den, for n > 0. */
int rule_compare(uint64_t x, uint64_t n, uint32_t num, uint32_t den);

/* What options and classes are called in the language of the sentence; NULL members: "option 1", the code. */
struct rule_labels {
    const struct slice *options; /* as many as the definition has */
    const struct slice *classes; /* n_class */
};
/* Appends the sentence in one language: "fr", "nl" or "en"; anything else is written in English. At most
 * RULE_SENTENCE_MAX bytes: long labels and long lists are cut. labels may be NULL. */
void rule_sentence(struct buffer *out, const char *language, const struct rule_facts *facts,
                   const struct rule_verdict *verdict, const struct rule_labels *labels);

#endif
