/* The ballot box and yes-no: the order of ballots never matters, sums are exact up to the greatest weights, blank and
 * abstaining ballots stand apart. */
#include "tests/harness/c/fixture.h"

#include "tally/tally.h"

static const struct definition yes_no = {.method = 1, .form = FORM_YES_NO};
static const struct tally_terms terms = {.definition = &yes_no},
                                with_papers = {.definition = &yes_no, .void_papers = {2, 7}};
static const uint8_t yes[] = {FORM_YES_NO, CHOICE_YES}, no[] = {FORM_YES_NO, CHOICE_NO},
                     blank[] = {FORM_BLANK}, abstain[] = {FORM_ABSTAIN};

static void add(struct tally_box *box, unsigned kind, uint64_t weight)
{
    static const struct slice choices[] = {{yes, 2}, {no, 2}, {blank, 1}, {abstain, 1}};
    tally_box_add(box, choices[kind % 4], 1, weight);
}

static void test_empty(void **state)
{
    struct arena arena;
    struct tally_counts counts;
    struct tally_box *box = tally_box_new();
    (void)state;
    arena_init(&arena, 65536);
    tally_count(&terms, box, &arena, &counts);
    assert_int_equal(counts.n_scores, 2);
    assert_int_equal(counts.scores[0] + counts.scores[1] + counts.took_part.heads, 0);
    tally_box_free(box);
    arena_free(&arena);
}

/* 5,000 ballots of four kinds in three orders. */
static void test_order_does_not_matter(void **state)
{
    (void)state;
    for (unsigned order = 0; order < 3; order++) {
        struct arena arena;
        struct tally_counts counts;
        size_t piles;
        struct tally_box *box = tally_box_new();
        arena_init(&arena, 65536);
        for (unsigned i = 0; i < 5000; i++) {
            unsigned at = order == 0 ? i : order == 1 ? 4999 - i : (i * 1237) % 5000;
            add(box, at, at);
        }
        assert_non_null(tally_box_piles(box, &piles));
        assert_int_equal(piles, 4);
        tally_count(&with_papers, box, &arena, &counts);
        assert_int_equal(counts.took_part.heads, 5002);
        assert_int_equal(counts.valid.heads, 2500);
        assert_int_equal(counts.blank.heads, 1250);
        assert_int_equal(counts.abstain.heads, 1250);
        assert_int_equal(counts.void_.weight, 7);
        assert_int_equal(counts.scores[0], 1250 * (0 + 4996) / 2);
        assert_int_equal(counts.scores[1], 1250 * (1 + 4997) / 2);
        assert_int_equal(counts.blank.weight, 1250 * (2 + 4998) / 2);
        assert_int_equal(counts.abstain.weight, 1250 * (3 + 4999) / 2);
        assert_int_equal(counts.n_winners, 0);
        tally_box_free(box);
        arena_free(&arena);
    }
}

static void test_greatest_weights(void **state)
{
    struct arena arena;
    struct tally_counts counts;
    struct tally_box *box = tally_box_new();
    (void)state;
    arena_init(&arena, 65536);
    for (unsigned i = 0; i < 3; i++) {
        add(box, 0, UINT32_MAX);
        add(box, 1, (UINT64_C(1) << 53) - 1);
    }
    tally_count(&terms, box, &arena, &counts);
    assert_int_equal(counts.scores[0], 3 * (uint64_t)UINT32_MAX);
    assert_int_equal(counts.scores[1], 3 * ((UINT64_C(1) << 53) - 1));
    tally_box_free(box);
    arena_free(&arena);
}

/* Many different choices: each keeps its own pile, ascending. */
static void test_many_piles(void **state)
{
    struct tally_box *box = tally_box_new();
    size_t count;
    (void)state;
    for (unsigned i = 0; i < 6000; i++) {
        unsigned value = (i * 733) % 3000;
        uint8_t choice[] = {FORM_ONE, (uint8_t)(value >> 8), (uint8_t)value};
        tally_box_add(box, slice_of(choice, sizeof choice), 1, 1);
    }
    const struct tally_pile *piles = tally_box_piles(box, &count);
    assert_int_equal(count, 3000);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(piles[i].heads, 2);
        assert_true(i == 0 || slice_compare(piles[i - 1].choice, piles[i].choice) < 0);
    }
    tally_box_free(box);
}

static void count_a_foreign_choice(void *context)
{
    static const uint8_t foreign[] = {FORM_ONE, 0, 1};
    struct arena arena;
    struct tally_counts counts;
    struct tally_box *box = context;
    arena_init(&arena, 65536);
    tally_box_add(box, slice_of(foreign, sizeof foreign), 1, 1);
    tally_count(&terms, box, &arena, &counts);
}

static void test_a_foreign_choice_is_a_bug(void **state)
{
    struct tally_box *box = tally_box_new();
    (void)state;
    assert_true(fixture_aborts(count_a_foreign_choice, box));
    tally_box_free(box);
}

static void test_methods_offered(void **state)
{
    (void)state;
    assert_ptr_equal(tally_method_of(1), &tally_yes_no);
    assert_null(tally_method_of(0));
    assert_ptr_equal(tally_method_of(7), &tally_majority_judgment);
    assert_null(tally_method_of(20));
    assert_null(tally_method_of(255));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_order_does_not_matter),
        cmocka_unit_test(test_greatest_weights),
        cmocka_unit_test(test_many_piles),
        cmocka_unit_test(test_a_foreign_choice_is_a_bug),
        cmocka_unit_test(test_methods_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
