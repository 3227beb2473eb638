/* The cap: whose votes are cut, in which order, and the greatest weights; what a confidential vote withholds of its classes. */
#include "tests/harness/c/fixture.h"

#include "rules/rules.h"

enum { MOST = 6 };

static struct id person(uint8_t number)
{
    return (struct id){{number}};
}

static struct rule_ballot ballot(uint8_t voter, uint8_t on_behalf_of, uint64_t weight, size_t of)
{
    return (struct rule_ballot){
        .voter = person(voter), .on_behalf_of = person(on_behalf_of), .weight = weight, .of = of};
}

static struct rule third(void)
{
    return (struct rule){.name = slice_text("x"), .cap_num = 1, .cap_den = 3, .tie = 1};
}

/* In the order in which they were given: what each ballot counts. */
static void expect(struct rule_ballot *ballots, size_t count, const uint64_t *counted)
{
    for (size_t i = 0; i < count; i++) {
        if (ballots[i].counted != counted[ballots[i].of]) {
            fail_msg("ballot %zu counts %llu", ballots[i].of,
                     (unsigned long long)ballots[i].counted);
        }
    }
}

static void test_no_cap(void **state)
{
    struct rule rule = {.name = slice_text("x"), .tie = 1};
    struct rule_ballot ballots[] = {ballot(1, 1, 100, 0), ballot(2, 2, 1, 1)};
    struct rule_cap_effect effect = rule_cap(&rule, ballots, 2, 50);
    (void)state;
    expect(ballots, 2, (const uint64_t[]){100, 1});
    assert_int_equal(effect.lost + effect.people + effect.cast, 0);
    rule = third();
    assert_int_equal(rule_cap(&rule, NULL, 0, 0).cast, 0);
}

static void test_limit_is_rounded_down(void **state)
{
    struct rule rule = third();
    struct rule_ballot ballots[] = {ballot(1, 1, 5, 0), ballot(2, 2, 3, 1), ballot(3, 3, 3, 2)};
    struct rule_cap_effect effect = rule_cap(&rule, ballots, 3, 0);
    (void)state;
    expect(ballots, 3, (const uint64_t[]){3, 3, 3}); /* ⌊11/3⌋ */
    assert_int_equal(effect.cast, 11);
    assert_int_equal(effect.limit, 3);
    assert_int_equal(effect.people, 1);
    assert_int_equal(effect.lost, 2);
    ballots[0] = ballot(1, 1, 1, 0);
    ballots[1] = ballot(2, 2, 1, 1);
    effect = rule_cap(&rule, ballots, 2, 0);
    expect(ballots, 2, (const uint64_t[]){0, 0}); /* ⌊2/3⌋: a limit of nothing */
    assert_int_equal(effect.people, 2);
}

/* Papers raise W; they are not cut. Exactly the limit is not cut. */
static void test_papers_and_the_exact_limit(void **state)
{
    struct rule rule = third();
    struct rule_ballot ballots[] = {ballot(1, 1, 5, 0), ballot(2, 2, 1, 1)};
    struct rule_cap_effect effect = rule_cap(&rule, ballots, 2, 9);
    (void)state;
    assert_int_equal(effect.cast, 15);
    expect(ballots, 2, (const uint64_t[]){5, 1});
    assert_int_equal(effect.people, 0);
}

/* One's own ballot first even when the giver's id is lower, then ascending by giver; ballots come in any order. */
static void test_own_ballot_first(void **state)
{
    struct rule rule = third();
    struct rule_ballot ballots[] = {ballot(5, 9, 2, 0), ballot(5, 1, 2, 1), ballot(5, 5, 3, 2),
                                    ballot(2, 2, 6, 3), ballot(7, 7, 5, 4)};
    rule_cap(&rule, ballots, 5, 0); /* W = 18, limit 6 */
    (void)state;
    expect(ballots, 5, (const uint64_t[]){1, 2, 3, 6, 5});
    rule.cap_num = 1;
    rule.cap_den = 9; /* limit 2: nothing is left for those represented */
    rule_cap(&rule, ballots, 5, 0);
    expect(ballots, 5, (const uint64_t[]){0, 0, 2, 2, 2});
}

static void test_greatest_weights(void **state)
{
    uint64_t most = UINT64_C(1) << 60;
    struct rule rule = {.name = slice_text("x"), .cap_num = 999999, .cap_den = 1000000, .tie = 1};
    struct rule_ballot ballots[] = {ballot(1, 1, most, 0)};
    struct rule_cap_effect effect = rule_cap(&rule, ballots, 1, 0);
    (void)state;
    assert_true(effect.limit == UINT64_C(1152920351685342369)); /* ⌊2^60 · 999999 / 10^6⌋ */
    assert_true(ballots[0].counted == effect.limit && effect.lost == most - effect.limit);
}

static void withheld(const uint32_t *took_part, size_t count, const char *expected)
{
    struct rule_class classes[MOST] = {0};
    for (size_t i = 0; i < count; i++) {
        classes[i].numbers.took_part.heads = took_part[i];
    }
    rule_withhold(classes, count, 5);
    for (size_t i = 0; i < count; i++) {
        if (classes[i].withheld != (expected[i] == 'x')) {
            fail_msg("%s: class %zu", expected, i);
        }
    }
}

static void test_withheld_classes(void **state)
{
    (void)state;
    withheld((const uint32_t[]){5, 12}, 2, "..");
    withheld((const uint32_t[]){4, 12}, 2, "xx"); /* else 4 = all − 12 */
    withheld((const uint32_t[]){4, 12, 7}, 3, "x.x");
    withheld((const uint32_t[]){4, 12, 7, 1}, 4, "x..x"); /* 5 in the two together */
    withheld((const uint32_t[]){2, 12, 7, 2}, 4, "x.xx");
    withheld((const uint32_t[]){0, 1}, 2, "xx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_cap),
        cmocka_unit_test(test_limit_is_rounded_down),
        cmocka_unit_test(test_papers_and_the_exact_limit),
        cmocka_unit_test(test_own_ballot_first),
        cmocka_unit_test(test_greatest_weights),
        cmocka_unit_test(test_withheld_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
