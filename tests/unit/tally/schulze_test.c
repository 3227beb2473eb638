/* Schulze: the matrix over blocks of 64 piles, winning votes and then fewer against, tiers, places, and the largest sizes. */
#include "tests/harness/c/counting.h"

#include <stdlib.h>

static void expect_pairs(struct counting *counting, const char *pairs)
{
    uint16_t n = counting->definition.n_option;
    struct counting shown = *counting;
    shown.counts.scores = (uint64_t *)(uintptr_t)counting->counts.pairwise;
    shown.counts.n_scores = (uint16_t)(n * n);
    counting_expect_scores(&shown, pairs);
}

/* Equal ranks prefer nobody; what is not ranked is below and equal. */
static void test_pairs(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "schulze", 4, 1);
    counting.definition.flags |= FLAG_EQUAL_RANKS;
    counting_add(&counting, 3, 1, "1 2 0 0");
    counting_add(&counting, 2, 5, "2 1 1 0");
    counting_count(&counting);
    expect_pairs(&counting, "0 3 3 13 10 0 3 13 10 0 0 10 0 0 0 0");
    counting_expect_scores(&counting, "3 10 10 0");
    assert_int_equal(counting.counts.condorcet_winner, 1);
    counting_expect_ranks(&counting, "3 1 2 4");
    counting_expect_winners(&counting, "1");
    counting_end(&counting);
}

/* Cycles of three: two links that are equally weak leave two options unbeaten; the one with fewer votes breaks it. */
static void test_cycles(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "schulze", 3, 1);
    counting_add(&counting, 7, 1, "1 2 3");
    counting_add(&counting, 7, 1, "3 1 2");
    counting_add(&counting, 6, 1, "2 3 1");
    counting_count(&counting);
    expect_pairs(&counting, "0 13 7 7 0 14 13 6 0");
    assert_int_equal(counting.counts.condorcet_winner, NO_OPTION);
    /* Every chain but 1 > 2 has a link of 13 : 7. */
    counting_expect_ranks(&counting, "1 1 3");
    counting_end(&counting);

    counting_begin(&counting, "schulze", 3, 1);
    counting_add(&counting, 7, 1, "1 2 3");
    counting_add(&counting, 6, 1, "3 1 2");
    counting_add(&counting, 1, 1, "0 1 0");
    counting_add(&counting, 6, 1, "2 3 1");
    counting_count(&counting);
    /* 0 > 1 by 13 : 7, 1 > 2 by 14 : 6, 2 > 0 by 12 : 7 */
    expect_pairs(&counting, "0 13 7 7 0 14 12 6 0");
    counting_expect_ranks(&counting, "1 2 3");
    counting_expect_winners(&counting, "0");
    counting_end(&counting);
}

/* 12 : 6 is stronger than 12 : 7, and as strong as 12 : 6. */
static void test_fewer_against(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "schulze", 3, 1);
    counting.definition.flags |= FLAG_EQUAL_RANKS;
    counting_add(&counting, 6, 1, "1 2 3");
    counting_add(&counting, 6, 1, "3 1 2");
    counting_add(&counting, 5, 1, "2 3 1");
    counting_add(&counting, 1, 1, "2 2 1");
    counting_count(&counting);
    expect_pairs(&counting, "0 11 6 6 0 12 12 6 0");
    counting_expect_ranks(&counting, "3 1 2"); /* the weakest link is 0 > 1 */
    counting_end(&counting);

    counting_begin(&counting, "schulze", 3, 1);
    counting.definition.flags |= FLAG_EQUAL_RANKS;
    counting_add(&counting, 6, 1, "1 2 3");
    counting_add(&counting, 6, 1, "3 1 2");
    counting_add(&counting, 5, 1, "2 3 1");
    counting_add(&counting, 1, 1, "2 2 1");
    counting_add(&counting, 1, 1, "1 2 2");
    counting_count(&counting);
    /* 0 > 1 by 12 : 6, 1 > 2 by 12 : 6, 2 > 0 by 12 : 7 */
    expect_pairs(&counting, "0 12 7 6 0 12 12 6 0");
    counting_expect_ranks(&counting, "1 2 3");
    counting_end(&counting);
}

/* Places go tier by tier; a tie across the cut is the rule's. */
static void test_places(void **state)
{
    static const char *const winners[] = {"0", "0", "0 1 2"};
    struct counting counting;
    (void)state;
    for (uint16_t seats = 1; seats <= 3; seats++) {
        counting_begin(&counting, "schulze", 4, seats);
        counting_add(&counting, 2, 1, "1 2 3 4");
        counting_add(&counting, 2, 1, "1 3 2 4");
        counting_count(&counting);
        counting_expect_ranks(&counting, "1 2 2 4");
        counting_expect_winners(&counting, winners[seats - 1]);
        counting_expect_ties(&counting, seats == 2 ? "1 2 status_quo" : "");
        counting_end(&counting);
    }
}

static void test_withdrawn_and_empty(void **state)
{
    static const bool withdrawn[] = {false, true, false};
    struct counting counting;
    (void)state;
    counting_begin(&counting, "schulze", 3, 1);
    counting.terms.withdrawn = withdrawn;
    counting_add(&counting, 1, 1, "2 0 1");
    counting_count(&counting);
    counting_expect_ranks(&counting, "2 0 1");
    assert_int_equal(counting.counts.condorcet_winner, 2);
    counting_end(&counting);

    counting_begin(&counting, "schulze", 3, 1);
    counting_count(&counting);
    counting_expect_winners(&counting, "");
    counting_expect_ties(&counting, "");
    counting_end(&counting);
}

/* 255 options, every rank in use, more than one block of piles, weights of many bits: against a count pair by pair. */
static void test_many_options(void **state)
{
    enum { N = 255, PILES = 130 };
    struct counting counting;
    uint64_t *pairs = test_calloc((size_t)N * N, sizeof *pairs);
    (void)state;
    srandom(20261126);
    counting_begin(&counting, "schulze", N, 7);
    for (unsigned pile = 0; pile < PILES; pile++) {
        uint8_t choice[1 + N] = {FORM_RANKS}, *ranks = choice + 1;
        uint64_t weight = (uint64_t)random() >> (pile % 31);
        long left = pile % 3 == 0 ? N : random() % N + 1;
        for (long rank = 1; rank <= left; rank++) {
            long at = random() % N;
            while (ranks[at] != 0) {
                at = (at + 1) % N;
            }
            ranks[at] = (uint8_t)rank;
        }
        tally_box_add(counting.box, slice_of(choice, sizeof choice), 1, weight);
        for (size_t a = 0; a < N; a++) {
            for (size_t b = 0; b < N; b++) {
                bool prefers = ranks[a] > 0 && (ranks[b] == 0 || ranks[a] < ranks[b]);
                pairs[a * N + b] += prefers ? weight : 0;
            }
        }
    }
    counting_count(&counting);
    assert_memory_equal(counting.counts.pairwise, pairs, (size_t)N * N * sizeof *pairs);
    assert_int_equal(counting.counts.n_winners, 7);
    test_free(pairs);
    counting_end(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_cycles),
        cmocka_unit_test(test_fewer_against),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_withdrawn_and_empty),
        cmocka_unit_test(test_many_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
