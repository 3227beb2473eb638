/* Method 7, majority judgment: a ballot gives each option a grade in words; scores are how much weight gave each option each
 * grade (its tally, worst grade first), and the best `seats` win.
 *
 * Options are put in order by their middle grade, of an even number of ballots the lower of the two; where that is equal, one
 * such middle ballot is taken away from each, again and again, until the middle grades differ (Balinski and Laraki,
 * "Majority Judgment", 2011). Taking middle ballots away walks outwards from the middle of the sorted ballots: one
 * below, one above, and so on. So two tallies are compared by walking both halves of both at once, run by run: as
 * many steps as there are grades, however many ballots. Each ballot is taken as two halves, which makes odd and even
 * numbers the same case and changes no order. Where options have different numbers of ballots (option bit 1: no
 * grade given says nothing, instead of the worst), each tally is enlarged to the product of both numbers: shares are compared.
 * Invariant: equal shares of every grade, and nothing else, share a rank; without bit 1 every tally adds up to the
 * weight of the valid ballots. Start at compare_tallies(). */
#include "tally/places.h"

#include "base/fatal.h"

enum { OPT_NONE = 1, NO_GRADE = 0xFF };
__extension__ typedef unsigned __int128 wide;

struct judgment {
    uint8_t grades;
    const uint64_t *tallies; /* option × grade, worst first */
    uint64_t *judges;        /* per option: the sum of its tally */
};

/* One half of an option's ballots, read from the middle outwards. */
struct walk {
    const uint64_t *tally;
    wide
        run_of_one; /* what one ballot is counted as: two halves, as often as the other option has judges */
    int grade, step; /* step: −1 downwards, 1 upwards */
    wide left;       /* of the run of this grade */
};

/* To the next grade that somebody gave; the caller knows there is one. */
static void walk_on(struct walk *walk, wide passed)
{
    walk->left -= passed;
    while (walk->left == 0) {
        walk->grade += walk->step;
        walk->left = walk->run_of_one * walk->tally[walk->grade];
    }
}

/* From the middle of all: the walk down begins with the part of the run that lies below it, the walk up with the other
 * part, or with the next grade. */
static void walk_begin(struct walk *down, struct walk *up, const uint64_t *tally, uint64_t judges,
                       uint64_t others)
{
    wide half = (wide)judges * others, one = 2 * (wide)others, below = 0;
    int grade = 0;
    while (below + one * tally[grade] < half) {
        below += one * tally[grade];
        grade++;
    }
    *down = (struct walk){tally, one, grade, -1, half - below};
    *up = (struct walk){tally, one, grade, 1, below + one * tally[grade] - half};
    walk_on(up, 0);
}

static wide least(wide a, wide b)
{
    return a < b ? a : b;
}

/* Above 0: a is better. Options that nobody judged are the worst, and equal. */
static int compare_tallies(const void *context, uint16_t a, uint16_t b)
{
    const struct judgment *judgment = context;
    struct walk down[2], up[2];
    uint64_t judges[2] = {judgment->judges[a], judgment->judges[b]};
    if (judges[0] == 0 || judges[1] == 0) {
        return (judges[0] > 0) - (judges[1] > 0);
    }
    wide rest = (wide)judges[0] * judges[1]; /* of either half of either */
    walk_begin(&down[0], &up[0], judgment->tallies + (size_t)a * judgment->grades, judges[0],
               judges[1]);
    walk_begin(&down[1], &up[1], judgment->tallies + (size_t)b * judgment->grades, judges[1],
               judges[0]);
    for (;;) {
        if (down[0].grade != down[1].grade) {
            return down[0].grade - down[1].grade;
        }
        if (up[0].grade != up[1].grade) {
            return up[0].grade - up[1].grade;
        }
        wide passed = least(least(down[0].left, down[1].left), least(up[0].left, up[1].left));
        rest -= passed;
        if (rest == 0) {
            return 0;
        }
        for (size_t i = 0; i < 2; i++) {
            walk_on(&down[i], passed);
            walk_on(&up[i], passed);
        }
    }
}

static bool is_judged(const void *context, uint16_t option)
{
    const struct judgment *judgment = context;
    return judgment->judges[option] > 0;
}

static void add_grades(const struct definition *definition, const struct tally_pile *pile,
                       uint64_t *tallies)
{
    const uint8_t *given = pile->choice.data + 1;
    bool none_is_worst = (definition->opt & OPT_NONE) == 0;
    for (size_t option = 0; option < definition->n_option; option++) {
        uint8_t grade = given[option] == NO_GRADE && none_is_worst ? 0 : given[option];
        if (grade != NO_GRADE) {
            assert_always(grade < definition->grades);
            tallies[option * definition->grades + grade] += pile->weight;
        }
    }
}

static void sum_up(const struct definition *definition, const struct judgment *judgment)
{
    for (size_t option = 0; option < definition->n_option; option++) {
        for (size_t grade = 0; grade < definition->grades; grade++) {
            judgment->judges[option] += judgment->tallies[option * definition->grades + grade];
        }
    }
}

static void count_majority_judgment(const struct tally_input *input, struct tally_counts *counts)
{
    const struct definition *definition = input->terms->definition;
    size_t cells = (size_t)definition->n_option * definition->grades;
    uint64_t *tallies = arena_new(input->arena, cells + 1, sizeof *tallies);
    struct judgment judgment = {
        definition->grades, tallies,
        arena_new(input->arena, (size_t)definition->n_option + 1, sizeof(uint64_t))};
    for (size_t i = 0; i < input->count; i++) {
        struct slice choice = input->piles[i].choice;
        assert_always(choice.size == 1 + (size_t)definition->n_option &&
                      choice.data[0] == FORM_GRADES);
        add_grades(definition, &input->piles[i], tallies);
    }
    sum_up(definition, &judgment);
    counts->scores = tallies;
    counts->n_scores = (uint16_t)cells;
    tally_places(input, &(struct tally_order){compare_tallies, is_judged, &judgment}, counts);
}

const struct tally_method tally_majority_judgment = {
    .number = 7, .adds_up = true, .count = count_majority_judgment};
