/* Method 12, stv-scottish: the single transferable vote of the Scottish Local Government Elections Order 2007 (SSI 2007/42),
 * a weighted inclusive Gregory method in five decimals.
 *
 * Quota = ⌊valid / (seats + 1)⌋ + 1. At the end of each stage whoever has the quota is elected. Then the largest surplus is
 * transferred: every paper of that option goes on, worth ⌊surplus · its value / the option's votes⌋. Only when no surplus waits
 * the lowest is excluded, and its papers go on at their value. When as many are left as places, they are elected and nothing
 * more is transferred. Equal ones are told apart by the most recent earlier stage at which they differ. Having exactly the
 * quota is a surplus of nothing, which is a stage of its own.
 *
 * Papers of equal value and order go together, but the rounding down is that of each paper, so grouping never shows.
 * Invariant: votes + exhausted + lost = valid · scale, at every stage. Start at count_stv(). */
#include "tally/ranked.h"
#include "tally/ties.h"

#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>

__extension__ typedef unsigned __int128 wide;

enum { PARTS = 100000 };
static const uint64_t SUM_MAX = (UINT64_C(1) << 53) - 1; /* the greatest integer JSON holds */

struct stv {
    struct ranked ranked;
    uint32_t *values; /* per paper, in parts of a vote */
    uint64_t quota;   /* parts */
    uint16_t seats, n_elected, n_waiting;
    uint16_t *
        elected; /* in the order of election; the last n_waiting have surpluses to transfer, in any order */
    bool *waiting; /* per option: elected, surplus not transferred */
};

static uint16_t places_left(const struct stv *stv)
{
    return (uint16_t)(stv->seats - stv->n_elected);
}

/* More votes now, else at the most recent earlier stage at which they differ, else the lower number. */
static bool comes_before(const struct stv *stv, uint16_t a, uint16_t b)
{
    for (size_t i = stv->ranked.n_stages; i-- > 0;) {
        const uint64_t *votes = stv->ranked.stages[i].votes;
        if (votes[a] != votes[b]) {
            return votes[a] > votes[b];
        }
    }
    return a < b;
}

/* Elects the continuing options that have at least so many parts; the greatest first. */
static void elect(struct stv *stv, uint64_t least)
{
    struct ranked *ranked = &stv->ranked;
    uint16_t from = stv->n_elected;
    for (uint16_t i = 0; i < ranked->n_option; i++) {
        if (ranked->states[i] != OPTION_CONTINUING || ranked->votes[i] < least) {
            continue;
        }
        uint16_t at = stv->n_elected++;
        assert_always(at < stv->seats);
        for (; at > from && comes_before(stv, i, stv->elected[at - 1]); at--) {
            stv->elected[at] = stv->elected[at - 1];
        }
        stv->elected[at] = i;
        ranked->states[i] = OPTION_ELECTED;
        ranked->n_continuing--;
        stv->waiting[i] = true;
        stv->n_waiting++;
    }
}

/* A paper goes on to its next option, or is exhausted; it is worth its value there. */
static void pass_on(struct stv *stv, uint32_t paper)
{
    struct ranked *ranked = &stv->ranked;
    uint16_t to = ranked_next(ranked, paper);
    *(to == NO_OPTION ? &ranked->exhausted : &ranked->votes[to]) +=
        ranked->papers[paper].weight * stv->values[paper];
}

static void transfer_surplus(struct stv *stv, uint16_t option)
{
    struct ranked *ranked = &stv->ranked;
    uint64_t votes = ranked->votes[option], surplus = votes - stv->quota, passed = 0;
    uint32_t value = 0, reduced = 0; /* of the paper before: most are worth the same */
    for (uint32_t i = ranked_take(ranked, option), next; i != NO_PAPER && surplus > 0; i = next) {
        next = ranked->papers[i].next;
        if (stv->values[i] != value) {
            value = stv->values[i];
            reduced = (uint32_t)((wide)surplus * value / votes);
        }
        stv->values[i] = reduced;
        passed += ranked->papers[i].weight * reduced;
        pass_on(stv, i);
    }
    ranked->lost += surplus - passed;
    ranked->votes[option] = stv->quota;
    stv->waiting[option] = false;
    stv->n_waiting--;
    ranked_stage(ranked, STAGE_SURPLUS, option);
}

static void exclude(struct stv *stv, uint16_t option)
{
    struct ranked *ranked = &stv->ranked;
    ranked->states[option] = OPTION_EXCLUDED;
    ranked->n_continuing--;
    ranked->votes[option] = 0;
    for (uint32_t i = ranked_take(ranked, option), next; i != NO_PAPER; i = next) {
        next = ranked->papers[i].next;
        pass_on(stv, i);
    }
    ranked_stage(ranked, STAGE_EXCLUSION, option);
}

/* The largest surplus that waits; NO_OPTION: the tie stands. */
static uint16_t pick_surplus(struct stv *stv)
{
    struct ranked *ranked = &stv->ranked;
    uint16_t n = 0, *tied = ranked->tied;
    for (uint16_t i = 0; i < ranked->n_option; i++) {
        if (!stv->waiting[i]) {
            continue;
        }
        if (n > 0 && ranked->votes[i] > ranked->votes[tied[0]]) {
            n = 0;
        }
        if (n == 0 || ranked->votes[i] == ranked->votes[tied[0]]) {
            tied[n++] = i;
        }
    }
    if (n == 1) {
        return tied[0];
    }
    if (ranked->votes[tied[0]] == stv->quota) { /* nothing to transfer */
        return tally_ties_alike(ranked->input->ties, (uint16_t)(ranked->n_stages - 1),
                                TIE_FOR_SURPLUS, tied, n);
    }
    return tally_ties_by_stages(ranked->input->ties, ranked->stages, ranked->n_stages,
                                TIE_FOR_SURPLUS, tied, n);
}

/* Stage after stage until the places are filled, or a tie stands. */
static void run(struct stv *stv)
{
    struct ranked *ranked = &stv->ranked;
    for (;;) {
        elect(stv, stv->quota);
        ranked_mark(ranked);
        if (places_left(stv) == 0) {
            return;
        }
        if (ranked->n_continuing <= places_left(stv)) {
            if (ranked->n_continuing > 0) {
                elect(stv, 0);
                ranked_stage(ranked, STAGE_FILL, NO_OPTION);
            }
            return;
        }
        bool surplus = stv->n_waiting > 0;
        uint16_t option =
            surplus ? pick_surplus(stv) : ranked_pick_lowest(ranked, places_left(stv));
        if (option == NO_OPTION) {
            return;
        }
        (surplus ? transfer_surplus : exclude)(stv, option);
    }
}

/* Five decimals; fewer for weights whose sum would be beyond what JSON holds. */
static uint32_t scale_for(uint64_t weight)
{
    uint32_t scale = PARTS;
    while (scale > 1 && weight > SUM_MAX / scale) {
        scale /= 10;
    }
    return scale;
}

static void count_stv(const struct tally_input *input, struct tally_counts *counts)
{
    const struct definition *definition = input->terms->definition;
    uint32_t scale = scale_for(input->valid.weight);
    struct stv stv = {
        .seats = definition->seats,
        .values = memory_new(input->count, sizeof *stv.values),
        .elected = arena_new(input->arena, definition->seats, sizeof *stv.elected),
        .waiting = arena_new(input->arena, definition->n_option, sizeof *stv.waiting),
    };
    ranked_open(&stv.ranked, input, scale);
    for (size_t i = 0; i < input->count; i++) {
        stv.values[i] = scale;
    }
    uint64_t valid = input->valid.weight - stv.ranked.exhausted / scale;
    stv.quota = (valid / (stv.seats + 1U) + 1) * scale;
    if (valid > 0) {
        run(&stv);
    }
    ranked_scores(input, counts);
    tally_elect(counts, input->arena, stv.elected, stv.n_elected);
    ranked_report(&stv.ranked, counts);
    counts->quota = stv.quota;
    ranked_close(&stv.ranked);
    free(stv.values);
}

const struct tally_method tally_stv_scottish = {.number = 12, .count = count_stv};
