/* Method 5, score: a ballot gives options a grade from 0; the best `seats` win, by the sum of the grades or, with the option
 * bit 1, by their mean. An option without a grade on a ballot gets 0 in the sum; for the mean that ballot says nothing
 * of it. Scores are the weighted sums either way; graders say how much weight graded each option.
 *
 * Means are never divided out: a's is greater than b's when sum a · graders b > sum b · graders a, in 128 bits. An option that
 * nobody graded counts as a mean of 0, and a sum of 0 wins no place.
 * Invariant: sum ≤ graders · (grades − 1), graders ≤ the weight of the valid ballots. */
#include "tally/places.h"

#include "base/fatal.h"

enum { OPT_MEAN = 1, NO_GRADE = 0xFF };
__extension__ typedef unsigned __int128 wide;

struct sums {
    uint64_t *sum, *graders; /* per option */
};

static void add_grades(const struct sums *sums, const struct tally_pile *pile, uint8_t grades)
{
    const uint8_t *given = pile->choice.data + 1;
    for (size_t option = 0; option + 1 < pile->choice.size; option++) {
        if (given[option] != NO_GRADE) {
            assert_always(given[option] < grades);
            sums->sum[option] += given[option] * pile->weight;
            sums->graders[option] += pile->weight;
        }
    }
}

static int compare_means(const void *context, uint16_t a, uint16_t b)
{
    const struct sums *sums = context;
    wide left = (wide)sums->sum[a] * (sums->graders[b] > 0 ? sums->graders[b] : 1);
    wide right = (wide)sums->sum[b] * (sums->graders[a] > 0 ? sums->graders[a] : 1);
    return left < right ? -1 : left > right;
}

static bool is_above_zero(const void *context, uint16_t option)
{
    const struct sums *sums = context;
    return sums->sum[option] > 0;
}

static void count_score(const struct tally_input *input, struct tally_counts *counts)
{
    const struct definition *definition = input->terms->definition;
    size_t room = (size_t)definition->n_option + 1;
    struct sums sums = {arena_new(input->arena, room, sizeof(uint64_t)),
                        arena_new(input->arena, room, sizeof(uint64_t))};
    for (size_t i = 0; i < input->count; i++) {
        struct slice choice = input->piles[i].choice;
        assert_always(choice.size == 1 + (size_t)definition->n_option &&
                      choice.data[0] == FORM_GRADES);
        add_grades(&sums, &input->piles[i], definition->grades);
    }
    counts->scores = sums.sum;
    counts->graders = sums.graders;
    counts->n_scores = definition->n_option;
    if ((definition->opt & OPT_MEAN) != 0) {
        tally_places(input, &(struct tally_order){compare_means, is_above_zero, &sums}, counts);
    } else {
        tally_places_by_score(input, counts);
    }
}

const struct tally_method tally_score = {.number = 5, .adds_up = true, .count = count_score};
