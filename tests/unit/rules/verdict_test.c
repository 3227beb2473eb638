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
    assert_int_equal(rule_least(1, 1, true, most),
                     most); /* what is written is a number of the record */
    assert_int_equal(rule_least(1, 1, true, most - 1), most);
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

/* ---- classes ---- */

static struct rule_facts with_classes(const struct rule *rule, struct rule_class *classes,
                                      size_t count)
{
    struct rule_facts facts = {
        .rule = rule, .method = RULE_YES_NO, .classes = classes, .n_class = count};
    for (size_t i = 0; i < count; i++) {
        const struct rule_numbers *one = &classes[i].numbers;
        facts.whole.entitled.heads += one->entitled.heads;
        facts.whole.entitled.weight += one->entitled.weight;
        facts.whole.took_part.heads += one->took_part.heads;
        facts.whole.took_part.weight += one->took_part.weight;
        facts.whole.support += one->support;
        facts.whole.votes += one->votes;
        facts.whole.entitled_shares += one->entitled_shares;
    }
    return facts;
}

static struct rule_class class_of(const char *code, uint32_t entitled, uint64_t yes, uint64_t no)
{
    return (struct rule_class){
        .code = slice_text(code),
        .numbers = {.entitled = {.heads = entitled, .weight = entitled},
                    .took_part = {.heads = (uint32_t)(yes + no), .weight = yes + no},
                    .support = yes,
                    .votes = yes + no},
    };
}

static void test_class_that_disagrees(void **state)
{
    struct rule rule = simple();
    struct rule_class classes[] = {class_of("members", 9, 9, 0), class_of("workers", 4, 1, 3)};
    struct rule_facts facts = with_classes(&rule, classes, 2);
    (void)state;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED); /* nobody asked the classes */
    assert_int_equal(rule_judge(&facts).n_class, 0);
    rule.per_class = RULE_PER_CLASS_MAJORITY;
    struct rule_verdict verdict = rule_judge(&facts);
    assert_int_equal(verdict.verdict, VERDICT_NOT_ADOPTED);
    assert_true(verdict.majority.met && verdict.classes[0].agreed && !verdict.classes[1].agreed);
    assert_int_equal(verdict.classes[1].majority.x, 1);
    assert_int_equal(verdict.classes[1].majority.n, 4);
    assert_int_equal(verdict.classes[1].quorum.den, 0);
    classes[1] = class_of("workers", 4, 3, 1);
    facts = with_classes(&rule, classes, 2);
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
    classes[1] = class_of("workers", 4, 0, 0); /* nobody of it votes: nothing carries nothing */
    facts = with_classes(&rule, classes, 2);
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NOT_ADOPTED);
}

static void test_classes_agree_but_not_the_whole(void **state)
{
    struct rule rule = simple();
    struct rule_class classes[] = {class_of("a", 3, 2, 1), class_of("b", 3, 2, 1)};
    struct rule_facts facts = with_classes(&rule, classes, 2);
    (void)state;
    rule.per_class = RULE_PER_CLASS_MAJORITY;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
    facts.whole.votes = 8; /* as when somebody of no class voted against */
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NOT_ADOPTED);
}

static void test_class_with_nobody_entitled(void **state)
{
    struct rule rule = simple();
    struct rule_class classes[] = {class_of("members", 9, 6, 3), class_of("empty", 0, 0, 0)};
    struct rule_facts facts = with_classes(&rule, classes, 2);
    (void)state;
    rule.per_class = RULE_PER_CLASS_QUORUM | RULE_PER_CLASS_MAJORITY;
    rule.quorum_num = 1;
    rule.quorum_den = 2;
    rule.quorum_unit = 1;
    rule.quorum_of = 2;
    struct rule_verdict verdict = rule_judge(&facts);
    assert_int_equal(verdict.verdict, VERDICT_ADOPTED);
    assert_true(verdict.classes[0].asked && !verdict.classes[1].asked);
}

static void test_quorum_in_each_class(void **state)
{
    struct rule rule = simple();
    struct rule_class classes[] = {class_of("members", 10, 10, 0), class_of("workers", 4, 1, 0)};
    struct rule_facts facts = with_classes(&rule, classes, 2);
    (void)state;
    rule.quorum_num = 1;
    rule.quorum_den = 2;
    rule.quorum_unit = 1;
    rule.quorum_of = 2;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
    rule.per_class = RULE_PER_CLASS_QUORUM;
    struct rule_verdict verdict = rule_judge(&facts);
    assert_int_equal(verdict.verdict, VERDICT_NO_QUORUM);
    assert_true(verdict.quorum.met && !verdict.classes[1].agreed);
    assert_int_equal(verdict.classes[1].majority.den, 0);
    rule_drop_quorum(&rule);
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
    assert_int_equal(rule.per_class, 0);
    rule.per_class = RULE_PER_CLASS_MAJORITY;
    rule_drop_quorum(&rule);
    assert_int_equal(rule.per_class, RULE_PER_CLASS_MAJORITY);
}

/* Half of the shares must be there, in the class too; votes are counted by head. */
static void test_quorum_of_shares_votes_by_head(void **state)
{
    struct rule rule = simple();
    struct rule_class classes[] = {class_of("members", 10, 6, 0), class_of("workers", 4, 1, 0)};
    (void)state;
    rule.quorum_num = 1;
    rule.quorum_den = 2;
    rule.quorum_unit = 3;
    rule.quorum_of = 1;
    rule.per_class = RULE_PER_CLASS_QUORUM;
    classes[0].numbers.entitled_shares = 900;
    classes[1].numbers.entitled_shares = 101;
    for (size_t i = 0; i < 2; i++) {
        classes[i].numbers.at_opening = classes[i].numbers.at_close =
            (struct rule_presence){.kept = true, .of = {.heads = 1, .weight = 1, .shares = 51}};
    }
    struct rule_facts facts = with_classes(&rule, classes, 2);
    facts.whole.at_opening = facts.whole.at_close =
        (struct rule_presence){.kept = true, .of = {.heads = 2, .weight = 2, .shares = 501}};
    struct rule_verdict verdict = rule_judge(&facts);
    assert_int_equal(verdict.verdict, VERDICT_NO_QUORUM);
    assert_true(verdict.quorum.met && verdict.classes[1].quorum.met);
    assert_false(verdict.classes[0].quorum.met); /* 51 of 900 */
    classes[0].numbers.at_opening.of.shares = classes[0].numbers.at_close.of.shares = 450;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
    classes[1].numbers.at_close.of.shares = 50; /* some left: 50 of 101 */
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NO_QUORUM);
}

static void test_presence_of_a_class(void **state)
{
    struct payload_presence kept = {.count = 3, .of = {{5, 5, 5}, {2, 2, 2}, {3, 3, 3}}};
    struct payload_presence none = {0};
    (void)state;
    assert_int_equal(rule_presence_of(&kept, -1).of.heads, 5);
    assert_int_equal(rule_presence_of(&kept, 1).of.heads, 3);
    assert_false(rule_presence_of(&kept, 2).kept);
    assert_false(rule_presence_of(&none, -1).kept);
}

/* With classes in the majority nothing is tied: equal numbers are not enough. */
static void test_no_tie_where_classes_decide(void **state)
{
    struct rule rule = simple();
    struct rule_class classes[] = {class_of("a", 4, 2, 2), class_of("b", 4, 2, 2)};
    struct rule_facts facts = with_classes(&rule, classes, 2);
    (void)state;
    rule.tie = 2;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_TIE_OPEN);
    rule.per_class = RULE_PER_CLASS_MAJORITY;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NOT_ADOPTED);
    assert_int_equal(rule_judge(&facts).decided, DECIDED_NO_TIE);
}

/* ---- other methods ---- */

static void test_consent(void **state)
{
    static const struct {
        uint64_t consent, concern, objection;
        enum verdict verdict;
    } cases[] = {{12, 1, 0, VERDICT_ADOPTED},
                 {12, 1, 1, VERDICT_NOT_ADOPTED},
                 {0, 1, 0, VERDICT_ADOPTED},
                 {0, 0, 0, VERDICT_NOT_ADOPTED}};
    struct rule rule = {.name = slice_text("consent"), .tie = 1};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rule_facts facts = {.rule = &rule,
                                   .method = RULE_CONSENT,
                                   .consent = cases[i].consent,
                                   .concern = cases[i].concern,
                                   .objection = cases[i].objection};
        assert_int_equal(rule_judge(&facts).verdict, cases[i].verdict);
    }
    rule.quorum_num = 1;
    rule.quorum_den = 2;
    rule.quorum_unit = 1;
    rule.quorum_of = 2;
    struct rule_facts facts = {.rule = &rule, .method = RULE_CONSENT, .consent = 1};
    facts.whole.entitled.heads = 4;
    facts.whole.took_part.heads = 1;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NO_QUORUM);
}

static void test_majority_for_the_first(void **state)
{
    struct rule rule = simple();
    struct rule_facts facts = facts_of(&rule, 3, 3);
    (void)state;
    facts.method = RULE_SINGLE;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NOT_ADOPTED);
    facts.whole.support = 4;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_ADOPTED);
    facts.decided = DECIDED_OPEN;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_TIE_OPEN);
    facts.decided = DECIDED_LOT;
    assert_int_equal(rule_judge(&facts).decided, DECIDED_LOT);
    rule.majority_num = rule.majority_den = 0;
    rule.majority_strict = rule.majority_base = 0;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NONE);
    facts.decided = DECIDED_OPEN;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_TIE_OPEN);
}

static void test_chair_settles_a_tie(void **state)
{
    struct rule rule = simple();
    struct rule_facts facts = facts_of(&rule, 5, 5);
    (void)state;
    rule.tie = 2;
    facts.decided = DECIDED_CHAIR;
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NOT_ADOPTED);
    facts.chair_says_yes = true;
    struct rule_verdict verdict = rule_judge(&facts);
    assert_int_equal(verdict.verdict, VERDICT_ADOPTED);
    assert_int_equal(verdict.decided, DECIDED_CHAIR);
    facts.whole.support = 4; /* no tie: the chair has no say */
    assert_int_equal(rule_judge(&facts).verdict, VERDICT_NOT_ADOPTED);
    assert_int_equal(rule_judge(&facts).decided, DECIDED_NO_TIE);
}

static void test_all_abstain(void **state)
{
    (void)state;
    for (uint8_t way = 0; way < 3; way++) {
        struct rule rule = simple();
        rule.majority_strict = 0; /* even "at least" of nothing carries nothing */
        rule.abstain = way;
        struct rule_facts facts = facts_of(&rule, 0, 0);
        facts.whole.abstain = (struct result_count){.heads = 9, .weight = 9};
        assert_int_equal(rule_judge(&facts).verdict, VERDICT_NOT_ADOPTED);
        assert_int_equal(rule_judge(&facts).majority.n, way == 0 ? 0 : 9);
    }
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
        cmocka_unit_test(test_class_that_disagrees),
        cmocka_unit_test(test_classes_agree_but_not_the_whole),
        cmocka_unit_test(test_class_with_nobody_entitled),
        cmocka_unit_test(test_quorum_in_each_class),
        cmocka_unit_test(test_quorum_of_shares_votes_by_head),
        cmocka_unit_test(test_presence_of_a_class),
        cmocka_unit_test(test_no_tie_where_classes_decide),
        cmocka_unit_test(test_consent),
        cmocka_unit_test(test_majority_for_the_first),
        cmocka_unit_test(test_chair_settles_a_tie),
        cmocka_unit_test(test_all_abstain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
