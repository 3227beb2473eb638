/* The words of sentences about rules, in each language of the product (words.c). Static.
 *
 * Templates hold marks, % and a letter, filled in by sentence.c: %x and %n the two numbers of a comparison, %l the least
 * that is enough, %f the fraction asked, %a "at least" or "more than", %c how x/n compares, %b the base, %v the verdict,
 * %o the options concerned, %m the way they are found,
 * %k a class, %y one more number. */
#ifndef PALABRE_RULES_WORDS_H
#define PALABRE_RULES_WORDS_H

#include <stdbool.h>

struct rule_words {
    const char *code;
    const char *group; /* between groups of three digits */
    const char *at_least, *more_than;
    const char *below, *equal, *above;
    const char *base_votes, *base_valid, *plus_abstain, *plus_blank, *plus_void, *base_present,
        *base_entitled;
    const char *quorum_part[3], *quorum_present[3]; /* heads, weight, shares */
    const char *quorum_unknown, *quorum_met, *quorum_missed;
    const char *second_call, *cap;
    const char *majority, *majority_nothing, *majority_unknown, *no_rule;
    const char *adopted, *not_adopted, *elected, *not_elected, *open, *chair_said;
    /* Classes: the whole comes first, then each; then what follows. */
    /* Classes: the whole first, then each, then that all must agree. */
    const char *whole, *class_majority, *class_winner, *class_unknown, *class_withheld,
        *class_empty, *class_quorum, *class_quorum_withheld, *class_quorum_withheld_missed,
        *all_must_agree;
    const char *agreed, *not_agreed;
    const char *consent[2], *concern[2], *objection[2]; /* one, several */
    bool zero_is_one;                                   /* 0 is said like 1 */
    const char *nobody_consents, *colon;
    const char *winner, *winner_nothing, *winner_unknown, *no_winner; /* with a majority */
    const char *valid[2], *chosen, *elected_by, *nobody_chosen, *nobody_elected;
    const char *by[14]; /* per number of a method; [0] any other */
    const char *places_empty, *and_more, *option;
    const char *tied_lot, *tied_chair, *tied_open_chair, *tied_open, *tied_none;
};
/* "fr", "nl", "en"; anything else is English. */
const struct rule_words *rule_words_of(const char *language);

#endif
