/* Verdicts: exact fractions at their edges, each base, each way of counting abstentions and blanks, quorums of heads, weight
 * and shares, and the order of the reasons. */
#include "tests/harness/c/fixture.h"

#include "rules/rules.h"

static struct rule simple(void)
{
    return (struct rule){.name = slice_text("simple-majority"),
                         .majority_num = 1,
                         .majority_den = 2,
                         .majority_strict = 1,
                         .majority_base = 1,
                         .tie = 1};
}

static struct rule_facts facts_of(const struct rule *rule, uint64_t yes, uint64_t no)
{
    return (struct rule_facts){
        .rule = rule,
        .method = RULE_YES_NO,
        .whole.entitled = {.heads = 100, .weight = 100},
        .whole.took_part = {.heads = (uint32_t)(yes + no), .weight = yes + no},
        .whole.support = yes,
        .whole.votes = yes + no,
        .whole.entitled_shares = 1000,
    };
}

static enum verdict judged(const struct rule *rule, uint64_t yes, uint64_t no)
{
    struct rule_facts facts = facts_of(rule, yes, no);
    return rule_judge(&facts).verdict;
}

static void test_simple_majority(void **state)
{
    struct rule rule = simple();
    (void)state;
    assert_int_equal(judged(&rule, 26, 25), VERDICT_ADOPTED);
    assert_int_equal(judged(&rule, 25, 25), VERDICT_NOT_ADOPTED);
    assert_int_equal(judged(&rule, 1, 0), VERDICT_ADOPTED);
    assert_int_equal(judged(&rule, 0, 0), VERDICT_NOT_ADOPTED);
    assert_int_equal(judged(&rule, 0, 1), VERDICT_NOT_ADOPTED);
}

/* At every total up to 200 the least number that is enough is enough, and one less is not. */
static void test_edges_of_fractions(void **state)
{
    static const uint32_t fractions[][2] = {{1, 2},  {2, 3}, {3, 4},           {4, 5},
                                            {9, 10}, {1, 1}, {333333, 1000000}};
    (void)state;
    for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++) {
        for (uint8_t strict = 0; strict < 2; strict++) {
            struct rule rule = simple();
            rule.majority_num = fractions[i][0];
            rule.majority_den = fractions[i][1];
            rule.majority_strict = strict;
            for (uint64_t total = 1; total <= 200; total++) {
                uint64_t least =
                    rule_least(rule.majority_num, rule.majority_den, strict != 0, total);
                assert_int_equal(judged(&rule, least - 1, total - (least - 1)),
                                 VERDICT_NOT_ADOPTED);
                if (least <= total) {
                    assert_int_equal(judged(&rule, least, total - least), VERDICT_ADOPTED);
                }
            }
        }
    }
}

static void test_products_of_128_bits(void **state)
{
    uint64_t most = (UINT64_C(1) << 53) - 1;
    struct rule rule = simple();
    (void)state;
    rule.majority_num = 999999;
    rule.majority_den = 1000000;
    rule.majority_strict = 0;
    struct rule_facts facts = facts_of(&rule, most - most / 1000000, 0);
    facts.whole.votes = most;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
    facts.whole.support -= 2;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NOT_ADOPTED);
    assert_int_equal(rule_compare(most, most, 999999, 1000000), 1);
    assert_int_equal(rule_compare(most / 2, most, 1, 2), -1);
}

static void test_abstain_blank_void(void **state)
{
    (void)state;
    for (uint8_t way = 0; way < 3; way++) {
        struct rule rules[3] = {simple(), simple(), simple()};
        rules[0].abstain = rules[1].blank = rules[2].void_ = way;
        for (size_t i = 0; i < 3; i++) {
            struct rule_facts facts = facts_of(&rules[i], 3, 2);
            struct result_count one = {.heads = 1, .weight = 1};
            facts.whole.abstain = facts.whole.blank = facts.whole.void_ = one;
            struct rule_verdict verdict = rule_judge(&facts);
            assert_int_equal(verdict.majority.n, way == 0 ? 5 : 6);
            assert_int_equal(verdict.verdict, way == 0 ? VERDICT_ADOPTED : VERDICT_NOT_ADOPTED);
        }
    }
}

static void test_bases(void **state)
{
    struct rule rule = simple();
    (void)state;
    rule.majority_base = 3;
    assert_int_equal(judged(&rule, 50, 1), VERDICT_NOT_ADOPTED);
    assert_int_equal(judged(&rule, 51, 1), VERDICT_ADOPTED);
    rule.majority_base = 2;
    assert_int_equal(judged(&rule, 51, 1), VERDICT_NOT_ADOPTED); /* presence not kept */
    struct rule_facts facts = facts_of(&rule, 51, 1);
    facts.whole.at_close =
        (struct rule_presence){.kept = true, .of = {.heads = 60, .weight = 101, .shares = 0}};
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
    facts.whole.at_close.of.weight = 102;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NOT_ADOPTED);
}

static void test_quorum_of_who_took_part(void **state)
{
    struct rule rule = simple();
    (void)state;
    rule.quorum_num = 1;
    rule.quorum_den = 2;
    rule.quorum_unit = 1;
    rule.quorum_of = 2;
    assert_int_equal(judged(&rule, 49, 0), VERDICT_NO_QUORUM);
    assert_int_equal(judged(&rule, 50, 0), VERDICT_ADOPTED);
    rule.quorum_strict = 1;
    assert_int_equal(judged(&rule, 50, 0), VERDICT_NO_QUORUM);
    assert_int_equal(judged(&rule, 51, 0), VERDICT_ADOPTED);
    rule.quorum_unit = 2;
    struct rule_facts facts = facts_of(&rule, 10, 0);
    facts.whole.took_part.weight = 51;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
}

static void test_quorum_of_presence(void **state)
{
    struct rule rule = simple();
    (void)state;
    rule.quorum_num = 1;
    rule.quorum_den = 2;
    rule.quorum_unit = 3;
    rule.quorum_of = 1;
    struct rule_facts facts = facts_of(&rule, 10, 0);
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NO_QUORUM);
    facts.whole.at_opening =
        (struct rule_presence){.kept = true, .of = {.heads = 9, .weight = 9, .shares = 600}};
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NO_QUORUM);
    facts.whole.at_close =
        (struct rule_presence){.kept = true, .of = {.heads = 9, .weight = 9, .shares = 499}};
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NO_QUORUM);
    facts.whole.at_close.of.shares = 500;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
}

static void test_ties(void **state)
{
    struct rule rule = simple();
    (void)state;
    for (uint8_t tie = 1; tie <= 4; tie++) {
        rule.tie = tie;
        struct rule_facts facts = facts_of(&rule, 5, 5);
        struct rule_verdict verdict = rule_judge(&facts);
        assert_int_equal(verdict.verdict, tie == 2 ? VERDICT_TIE_OPEN : VERDICT_NOT_ADOPTED);
        assert_int_equal(verdict.decided, tie == 2 ? DECIDED_OPEN : DECIDED_NO_TIE);
    }
    rule.tie = 2;
    assert_int_equal(judged(&rule, 0, 0), VERDICT_NOT_ADOPTED);
    rule.majority_strict = 0;
    assert_int_equal(judged(&rule, 5, 5), VERDICT_ADOPTED);
    rule.majority_strict = 1;
    rule.quorum_num = rule.quorum_den = rule.quorum_unit = 1;
    rule.quorum_of = 2;
    struct rule_facts facts = facts_of(&rule, 5, 5);
    struct rule_verdict verdict = rule_judge(&facts);
    assert_int_equal(verdict.verdict,
                     VERDICT_NO_QUORUM); /* the quorum comes first, the tie is still told */
    assert_int_equal(verdict.decided, DECIDED_OPEN);
}

static void test_no_majority(void **state)
{
    struct rule rule = {.name = slice_text("opinion"), .tie = 1};
    (void)state;
    assert_int_equal(judged(&rule, 10, 0), VERDICT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_simple_majority),
        cmocka_unit_test(test_edges_of_fractions),
        cmocka_unit_test(test_products_of_128_bits),
        cmocka_unit_test(test_abstain_blank_void),
        cmocka_unit_test(test_bases),
        cmocka_unit_test(test_quorum_of_who_took_part),
        cmocka_unit_test(test_quorum_of_presence),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_no_majority),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
