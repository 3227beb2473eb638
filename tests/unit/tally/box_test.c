/* The ballot box against a plain list: whatever choices go in, in whatever order, each comes out once, ascending, with the sums
 * of its ballots. */
#include "tests/harness/c/fixture.h"

#include <stdlib.h>

#include "tally/tally.h"

enum { CHOICES_MAX = 4096, CHOICE_MAX = 700 };

struct plain {
    uint8_t bytes[CHOICES_MAX][CHOICE_MAX];
    size_t sizes[CHOICES_MAX];
    uint32_t heads[CHOICES_MAX];
    uint64_t weights[CHOICES_MAX];
    size_t count;
};

static void plain_add(struct plain *plain, struct slice choice, uint64_t weight)
{
    size_t at = 0;
    while (at < plain->count &&
           !slice_equal(slice_of(plain->bytes[at], plain->sizes[at]), choice)) {
        at++;
    }
    if (at == plain->count) {
        assert_true(at < CHOICES_MAX);
        memcpy(plain->bytes[at], choice.data, choice.size);
        plain->sizes[at] = choice.size;
        plain->count++;
    }
    plain->heads[at]++;
    plain->weights[at] += weight;
}

static void expect_same(struct tally_box *box, const struct plain *plain)
{
    size_t count;
    const struct tally_pile *piles = tally_box_piles(box, &count);
    assert_int_equal(count, plain->count);
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (!slice_equal(slice_of(plain->bytes[at], plain->sizes[at]), piles[i].choice)) {
            at++;
            assert_true(at < plain->count);
        }
        assert_int_equal(piles[i].heads, plain->heads[at]);
        assert_int_equal(piles[i].weight, plain->weights[at]);
        assert_true(i == 0 || slice_compare(piles[i - 1].choice, piles[i].choice) < 0);
    }
}

/* Unsorted: the same sums, blank and abstaining ones before the others. */
static void expect_same_sums(struct tally_box *box, const struct plain *plain)
{
    size_t count;
    const struct tally_pile *piles = tally_box_heap(box, &count);
    bool valid = false;
    for (size_t i = 0; i < count; i++) {
        assert_false(valid && piles[i].choice.data[0] <= FORM_ABSTAIN);
        valid = piles[i].choice.data[0] > FORM_ABSTAIN;
    }
    for (size_t at = 0; at < plain->count; at++) {
        uint64_t heads = 0, weight = 0;
        for (size_t i = 0; i < count; i++) {
            if (slice_equal(slice_of(plain->bytes[at], plain->sizes[at]), piles[i].choice)) {
                heads += piles[i].heads;
                weight += piles[i].weight;
            }
        }
        assert_int_equal(heads, plain->heads[at]);
        assert_int_equal(weight, plain->weights[at]);
    }
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

/* A choice of a few letters, often a beginning of another one, sometimes behind many equal bytes. */
static size_t make_choice(uint32_t *state, uint8_t bytes[CHOICE_MAX])
{
    size_t before = next_random(state) % 4 == 0 ? next_random(state) % 3 * 300 : 0;
    size_t size = before + 1 + next_random(state) % 4;
    memset(bytes, 1, before);
    for (size_t at = before; at < size; at++) {
        bytes[at] = next_random(state) % 8 == 0 ? 255 : (uint8_t)(next_random(state) % 5);
    }
    return size;
}

static void test_as_a_plain_list(void **state)
{
    struct plain *plain = calloc(1, sizeof *plain);
    uint32_t random = 7;
    (void)state;
    for (unsigned round = 0; round < 20; round++) {
        struct tally_box *box = tally_box_new();
        memset(plain, 0, sizeof *plain);
        unsigned ballots = round * round * 8;
        for (unsigned i = 0; i < ballots; i++) {
            uint8_t bytes[CHOICE_MAX];
            size_t size = make_choice(&random, bytes);
            uint64_t weight = next_random(&random) % 3 + 1;
            tally_box_add(box, slice_of(bytes, size), 1, weight);
            plain_add(plain, slice_of(bytes, size), weight);
            if (i % 401 == 400) {
                expect_same_sums(box, plain);
            }
            if (i % 501 == 500) {
                expect_same(box, plain); /* and goes on after that */
            }
        }
        expect_same_sums(box, plain);
        expect_same(box, plain);
        tally_box_free(box);
    }
    free(plain);
}

/* Choices of one length that differ in their last bytes alone: the sort's way past its cards. */
static void test_late_differences(void **state)
{
    struct tally_box *box = tally_box_new();
    uint8_t bytes[300] = {FORM_RANKS};
    size_t count;
    (void)state;
    for (unsigned i = 0; i < 3000; i++) {
        unsigned value = i * 1237 % 3000;
        bytes[298] = (uint8_t)(value >> 8);
        bytes[299] = (uint8_t)value;
        tally_box_add(box, slice_of(bytes, sizeof bytes), 1, value);
    }
    const struct tally_pile *piles = tally_box_piles(box, &count);
    assert_int_equal(count, 3000);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(piles[i].weight, i);
    }
    tally_box_free(box);
}

static void test_what_it_holds_is_known(void **state)
{
    struct tally_box *box = tally_box_new();
    uint8_t bytes[100] = {FORM_GRADES};
    (void)state;
    for (unsigned i = 0; i < 1000; i++) {
        bytes[1] = (uint8_t)(i >> 8);
        bytes[2] = (uint8_t)i;
        tally_box_add(box, slice_of(bytes, sizeof bytes), 1, 1);
    }
    size_t full = tally_box_bytes(box);
    assert_true(full >= 100 * 1000);
    tally_box_add(box, slice_of(bytes, sizeof bytes), 1, 1);
    assert_int_equal(tally_box_bytes(box), full);
    tally_box_free(box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_a_plain_list),
        cmocka_unit_test(test_late_differences),
        cmocka_unit_test(test_what_it_holds_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
