/* The sentence of a verdict, word by word, in each language. */
#include "tests/harness/c/fixture.h"

#include "base/utf8.h"
#include "rules/rules.h"

static struct rule two_thirds(void)
{
    return (struct rule){.name = slice_text("x"),
                         .majority_num = 2,
                         .majority_den = 3,
                         .majority_base = 1,
                         .tie = 1};
}

static struct rule_facts facts_of(const struct rule *rule, uint64_t yes, uint64_t no)
{
    return (struct rule_facts){
        .rule = rule,
        .method = RULE_YES_NO,
        .whole.entitled = {.heads = 38, .weight = 1400},
        .whole.entitled_shares = 2500000,
        .whole.took_part = {.heads = 18, .weight = 1000},
        .whole.support = yes,
        .whole.votes = yes + no,
    };
}

static void expect(const struct rule_facts *facts, const char *language, const char *sentence)
{
    struct buffer text;
    struct rule_verdict verdict = rule_judge(facts);
    buffer_init(&text, 4096);
    rule_sentence(&text, language, facts, &verdict, NULL);
    assert_true(utf8_is_clean(buffer_slice(&text), false));
    buffer_append_u8(&text, 0);
    assert_true(buffer_ok(&text));
    assert_string_equal((const char *)text.data, sentence);
    buffer_free(&text);
}

static void test_majority(void **state)
{
    struct rule rule = two_thirds();
    struct rule_facts facts = facts_of(&rule, 34, 17);
    (void)state;
    expect(&facts, "en",
           "34 yes of 51 yes + no: at least 2/3 needed; 34/51 is exactly 2/3: adopted");
    expect(
        &facts, "fr",
        "34 pour sur 51 pour + contre : il faut au moins 2/3 ; 34/51 vaut exactement 2/3 : adopté");
    expect(&facts, "nl",
           "34 voor van 51 voor + tegen: minstens 2/3 nodig; 34/51 is precies 2/3: aangenomen");
    expect(&facts, "eo",
           "34 yes of 51 yes + no: at least 2/3 needed; 34/51 is exactly 2/3: adopted");
    facts = facts_of(&rule, 33, 18);
    expect(&facts, "en",
           "33 yes of 51 yes + no: at least 2/3 needed; 33/51 is less than 2/3: not adopted");
    rule.majority_num = 1;
    rule.majority_den = 2;
    rule.majority_strict = 1;
    facts = facts_of(&rule, 25, 25);
    expect(&facts, "en",
           "25 yes of 50 yes + no: more than 1/2 needed; 25/50 is exactly 1/2: not adopted");
    expect(
        &facts, "nl",
        "25 voor van 50 voor + tegen: meer dan 1/2 nodig; 25/50 is precies 1/2: niet aangenomen");
    rule.tie = 2;
    expect(&facts, "fr",
           "25 pour sur 50 pour + contre : il faut plus de 1/2 ; 25/50 vaut exactement 1/2 : "
           "égalité des voix, la "
           "présidence de séance décide");
    facts = facts_of(&rule, 0, 0);
    expect(&facts, "en",
           "0 yes of 0 yes + no: more than 1/2 needed, nothing to count: not adopted");
}

static void test_bases(void **state)
{
    struct rule rule = two_thirds();
    (void)state;
    rule.abstain = 1;
    rule.blank = 2;
    rule.void_ = 1;
    struct rule_facts facts = facts_of(&rule, 1200000, 300000);
    facts.whole.abstain.weight = 1;
    expect(&facts, "en",
           "1,200,000 yes of 1,500,001 yes + no + abstain + blank + void: at least 2/3 needed; "
           "1,200,000/1,500,001 is "
           "more than 2/3: adopted");
    expect(&facts, "nl",
           "1.200.000 voor van 1.500.001 voor + tegen + onthouding + blanco + ongeldig: minstens "
           "2/3 nodig; "
           "1.200.000/1.500.001 is meer dan 2/3: aangenomen");
    expect(&facts, "fr",
           "1\u202f200\u202f000 pour sur 1\u202f500\u202f001 pour + contre + abstention + blanc + "
           "nul : il faut au "
           "moins 2/3 ; 1\u202f200\u202f000/1\u202f500\u202f001 dépasse 2/3 : adopté");
    rule.majority_base = 3;
    facts = facts_of(&rule, 1000, 2);
    expect(&facts, "en",
           "1,000 yes of 1,400 votes on the roll: at least 2/3 needed; 1,000/1,400 is more than "
           "2/3: adopted");
    rule.majority_base = 2;
    expect(&facts, "en",
           "1,000 yes: at least 2/3 of the votes present or represented needed, presence was not "
           "recorded: not adopted");
}

static void test_quorum(void **state)
{
    struct rule rule = two_thirds();
    (void)state;
    rule.quorum_num = 1;
    rule.quorum_den = 2;
    rule.quorum_unit = 1;
    rule.quorum_of = 2;
    struct rule_facts facts = facts_of(&rule, 13, 3);
    expect(&facts, "en",
           "18 of 38 on the roll took part, at least 1/2 (19) needed: quorum not reached, no "
           "decision");
    expect(&facts, "fr",
           "18 sur 38 de la liste des votants ont participé, il en faut au moins 1/2 (19) : quorum "
           "de présence non "
           "atteint, pas de décision");
    facts.whole.took_part.heads = 19;
    expect(&facts, "nl",
           "19 van 38 op de stemlijst namen deel, minstens 1/2 (19) nodig: aanwezigheidsquorum "
           "gehaald. 13 voor van 16 "
           "voor + tegen: minstens 2/3 nodig; 13/16 is meer dan 2/3: aangenomen");
    rule.quorum_unit = 3;
    rule.quorum_of = 1;
    expect(&facts, "en",
           "presence was not recorded, at least 1/2 (1,250,000) needed: quorum not reached, no "
           "decision");
    facts.whole.at_opening = facts.whole.at_close =
        (struct rule_presence){.kept = true, .of = {.shares = 1250000}};
    expect(&facts, "en",
           "1,250,000 of 2,500,000 shares present or represented, at least 1/2 (1,250,000) needed: "
           "quorum reached. 13 "
           "yes of 16 yes + no: at least 2/3 needed; 13/16 is more than 2/3: adopted");
}

static void test_no_rule(void **state)
{
    struct rule rule = {.name = slice_text("opinion"), .tie = 1};
    struct rule_facts facts = facts_of(&rule, 7, 5);
    (void)state;
    expect(&facts, "en", "7 yes, 5 no: no majority was asked, nothing is decided");
    expect(&facts, "fr", "7 pour, 5 contre : aucune majorité n'était demandée, rien n'est décidé");
    expect(&facts, "nl", "7 voor, 5 tegen: er werd geen meerderheid gevraagd, er is niets beslist");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_majority),
        cmocka_unit_test(test_bases),
        cmocka_unit_test(test_quorum),
        cmocka_unit_test(test_no_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
