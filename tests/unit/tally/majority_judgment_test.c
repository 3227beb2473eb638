/* Majority judgment: worked orders, equal tallies, grades that were not given, and thousands of random tallies against the
 * definition taken at its word, which sorts the ballots and takes the lower middle one away until the grades differ. */
#include "tests/harness/c/counting.h"

#include <string.h>

enum { NONE_SAYS_NOTHING = 1, BALLOTS = 24, GRADES = 4 };

/* Each option's ballots, worst first. */
struct heap {
    uint8_t grade[BALLOTS * BALLOTS];
    size_t count;
};

/* By the words of the definition, of two heaps of the same size. */
static int plain_compare(struct heap a, struct heap b)
{
    assert_int_equal(a.count, b.count);
    while (a.count > 0) {
        size_t middle = (a.count - 1) / 2;
        if (a.grade[middle] != b.grade[middle]) {
            return a.grade[middle] - b.grade[middle];
        }
        a.count--;
        b.count--;
        memmove(a.grade + middle, a.grade + middle + 1, a.count - middle);
        memmove(b.grade + middle, b.grade + middle + 1, b.count - middle);
    }
    return 0;
}

/* Every ballot `times` times, sorted. */
static struct heap heap_of(const uint64_t *tally, size_t grades, size_t times)
{
    struct heap heap = {{0}, 0};
    for (size_t grade = 0; grade < grades; grade++) {
        for (size_t i = 0; i < tally[grade] * times; i++) {
            assert_true(heap.count < sizeof heap.grade);
            heap.grade[heap.count++] = (uint8_t)grade;
        }
    }
    return heap;
}

/* A row of numbers that are the same everywhere. */
static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 16;
}

/* Ballots of three options; with gaps some grades are not given. */
static void add_random(struct counting *counting, uint32_t *state, unsigned ballots, bool gaps)
{
    for (unsigned i = 0; i < ballots; i++) {
        uint8_t choice[] = {FORM_GRADES, 0, 0, 0};
        for (size_t option = 1; option <= 3; option++) {
            bool gap = gaps && next(state) % 3 == 0;
            choice[option] = gap ? 0xFF : (uint8_t)(next(state) % GRADES);
        }
        if (choice[1] != 0xFF || choice[2] != 0xFF || choice[3] != 0xFF) {
            tally_box_add(counting->box, slice_of(choice, sizeof choice), 1, 1 + next(state) % 2);
        }
    }
}

static uint64_t judges_of(const uint64_t *tally)
{
    uint64_t sum = 0;
    for (size_t grade = 0; grade < GRADES; grade++) {
        sum += tally[grade];
    }
    return sum;
}

/* The ranks order each pair as the plain words do; heaps of different sizes are made as large as both together. */
static void compare_ranks(const struct counting *counting)
{
    for (size_t a = 0; a < 3; a++) {
        for (size_t b = 0; b < 3; b++) {
            const uint64_t *left = counting->counts.scores + a * GRADES;
            const uint64_t *right = counting->counts.scores + b * GRADES;
            uint64_t n = judges_of(left), m = judges_of(right);
            int by_words = n == 0 || m == 0 ? (n > 0) - (m > 0)
                                            : plain_compare(heap_of(left, GRADES, n == m ? 1 : m),
                                                            heap_of(right, GRADES, n == m ? 1 : n));
            int by_rank = counting->counts.ranks[b] - counting->counts.ranks[a];
            assert_int_equal((by_words > 0) - (by_words < 0), (by_rank > 0) - (by_rank < 0));
        }
    }
}

static void test_against_the_plain_words(void **state)
{
    uint32_t random = 1;
    (void)state;
    for (unsigned round = 0; round < 4000; round++) {
        struct counting counting;
        bool gaps = round % 2 == 1;
        counting_begin(&counting, "majority-judgment", 3, 1);
        counting.definition.grades = GRADES;
        counting.definition.opt = gaps && round % 4 == 1 ? NONE_SAYS_NOTHING : 0;
        add_random(&counting, &random, 1 + next(&random) % (BALLOTS / 2), gaps);
        counting_count(&counting);
        compare_ranks(&counting);
        counting_end(&counting);
    }
}

/* Tallies 0: 2 2 0; 1: 1 3 0; 2: 0 4 0; middle grades of four ballots are the lower: 0, 1, 1; 2 beats 1 at the third step. */
static void test_lower_middle(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "majority-judgment", 3, 1);
    counting.definition.grades = 3;
    counting_add(&counting, 1, 1, "0 0 1");
    counting_add(&counting, 1, 1, "0 1 1");
    counting_add(&counting, 2, 1, "1 1 1");
    counting_count(&counting);
    counting_expect_scores(&counting, "2 2 0 1 3 0 0 4 0");
    counting_expect_ranks(&counting, "3 2 1");
    counting_expect_winners(&counting, "2");
    counting_end(&counting);
}

/* The same tally from other people is a tie, for one place and not for two. */
static void test_equal_tallies(void **state)
{
    (void)state;
    for (uint16_t seats = 1; seats <= 2; seats++) {
        struct counting counting;
        counting_begin(&counting, "majority-judgment", 3, seats);
        counting_add(&counting, 1, 1, "5 6 2");
        counting_add(&counting, 1, 1, "6 5 2");
        counting_count(&counting);
        counting_expect_ranks(&counting, "1 1 3");
        counting_expect_winners(&counting, seats == 1 ? "" : "0 1");
        counting_expect_ties(&counting, seats == 1 ? "0 1 status_quo" : "");
        counting_end(&counting);
    }
}

/* A grade that was not given is the worst, or nothing at all. */
static void test_not_given(void **state)
{
    struct counting counting;
    (void)state;
    for (uint16_t opt = 0; opt <= NONE_SAYS_NOTHING; opt++) {
        counting_begin(&counting, "majority-judgment", 3, 3);
        counting.definition.opt = opt;
        counting.definition.grades = 3;
        counting_add(&counting, 3, 1, "1 - -");
        counting_add(&counting, 1, 1, "1 2 -");
        counting_count(&counting);
        counting_expect_scores(&counting, opt == 0 ? "0 4 0 3 0 1 4 0 0" : "0 4 0 0 0 1 0 0 0");
        counting_expect_ranks(&counting, opt == 0 ? "1 2 3" : "2 1 3");
        counting_expect_winners(&counting, opt == 0 ? "0 1 2" : "0 1");
        counting_end(&counting);
    }
}

/* A third of three ballots good is as much as a third of six. */
static void test_shares(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "majority-judgment", 2, 1);
    counting.definition.opt = NONE_SAYS_NOTHING;
    counting_add(&counting, 1, 2, "4 -");
    counting_add(&counting, 1, 4, "1 -");
    counting_add(&counting, 1, 1, "- 4");
    counting_add(&counting, 1, 2, "- 1");
    counting_count(&counting);
    counting_expect_ranks(&counting, "1 1");
    counting_end(&counting);
}

/* Two tallies of the greatest weight that differ by one ballot. */
static void test_greatest_weights(void **state)
{
    uint64_t half = (UINT64_C(1) << 49) - 1;
    struct counting counting;
    (void)state;
    counting_begin(&counting, "majority-judgment", 2, 1);
    counting_add(&counting, 1, half, "3 3");
    counting_add(&counting, 1, half, "6 6");
    counting_add(&counting, 1, 1, "3 4");
    counting_count(&counting);
    counting_expect_ranks(&counting, "2 1");
    counting_end(&counting);
}

static void test_nobody(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "majority-judgment", 2, 1);
    counting_add(&counting, 3, 1, "blank");
    counting_count(&counting);
    counting_expect_winners(&counting, "");
    counting_expect_ties(&counting, "");
    counting_expect_ranks(&counting, "1 1");
    counting_end(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_the_plain_words),
        cmocka_unit_test(test_lower_middle),
        cmocka_unit_test(test_equal_tallies),
        cmocka_unit_test(test_not_given),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_greatest_weights),
        cmocka_unit_test(test_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
