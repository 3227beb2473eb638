/* What counting by stages needs: each pile of equal ballots is a paper that lies with one option, in a list, and moves on to
 * the next continuing option of its order when that option goes.
 *
 * Invariant: a paper is in the list of the option at which its order stands, or in none when it is exhausted; so a stage costs
 * as many steps as papers move in it, not as there are. Start at ranked_open(). */
#include "tally/ranked.h"

#include "base/fatal.h"
#include "base/memory.h"
#include "tally/ties.h"

#include <stdlib.h>
#include <string.h>

/* ranks (one byte per option, 0 = unranked) into the options in their order. */
static void read_order(struct slice ranks, uint8_t *order)
{
    size_t end = ranks.size;
    memset(order, RANKED_END, ranks.size + 1);
    for (size_t option = 0; option < ranks.size; option++) {
        if (ranks.data[option] == 0) {
            continue;
        }
        size_t place = ranks.data[option] - 1U;
        assert_always(place < ranks.size);
        if (place < end && order[place] != RANKED_END) {
            end = place; /* shared: nobody is preferred here */
        }
        order[place] = (uint8_t)option;
    }
    order[end] = RANKED_END;
}

static void put(struct ranked *ranked, uint32_t paper, uint16_t option)
{
    ranked->papers[paper].next = ranked->first[option];
    ranked->first[option] = paper;
}

static void read_papers(struct ranked *ranked)
{
    const struct tally_input *input = ranked->input;
    size_t width = ranked->n_option + 1U;
    for (uint32_t i = 0; i < input->count; i++) {
        const struct tally_pile *pile = &input->piles[i];
        uint8_t *order = ranked->orders + i * width;
        assert_always(pile->choice.size == width && pile->choice.data[0] == FORM_RANKS);
        read_order(slice_of(pile->choice.data + 1, ranked->n_option), order);
        ranked->papers[i] = (struct ranked_paper){.order = order, .weight = pile->weight};
        if (order[0] == RANKED_END) {
            ranked->exhausted += pile->weight * ranked->scale;
        } else {
            put(ranked, i, order[0]);
            ranked->votes[order[0]] += pile->weight * ranked->scale;
        }
    }
}

void ranked_open(struct ranked *ranked, const struct tally_input *input, uint32_t scale)
{
    uint16_t n = input->terms->definition->n_option;
    assert_always(n <= RANKED_END && input->count < NO_PAPER);
    *ranked = (struct ranked){
        .input = input,
        .n_option = n,
        .papers = memory_new(input->count, sizeof *ranked->papers),
        .orders = memory_new(input->count, n + 1U),
        .first = arena_new(input->arena, n, sizeof *ranked->first),
        .votes = arena_new(input->arena, n, sizeof *ranked->votes),
        .states = arena_new(input->arena, n, sizeof *ranked->states),
        .tied = arena_new(input->arena, n, sizeof *ranked->tied),
        .scale = scale,
        /* Each option is excluded, or its surplus transferred, at most once; and it begins and may end with a stage. */
        .stages = arena_new(input->arena, n + 2U, sizeof *ranked->stages),
    };
    for (uint16_t i = 0; i < n; i++) {
        bool gone = input->terms->withdrawn != NULL && input->terms->withdrawn[i];
        ranked->states[i] = gone ? OPTION_WITHDRAWN : OPTION_CONTINUING;
        if (!gone) {
            ranked->n_continuing++;
        }
        ranked->first[i] = NO_PAPER;
    }
    read_papers(ranked);
    ranked_stage(ranked, STAGE_BEGIN, NO_OPTION);
}

void ranked_close(struct ranked *ranked)
{
    free(ranked->papers);
    free(ranked->orders);
}

uint32_t ranked_take(struct ranked *ranked, uint16_t option)
{
    uint32_t first = ranked->first[option];
    ranked->first[option] = NO_PAPER;
    return first;
}

uint16_t ranked_next(struct ranked *ranked, uint32_t number)
{
    struct ranked_paper *paper = &ranked->papers[number];
    uint8_t option;
    do {
        option = paper->order[++paper->at];
    } while (option != RANKED_END && ranked->states[option] != OPTION_CONTINUING);
    if (option == RANKED_END) {
        return NO_OPTION;
    }
    put(ranked, number, option);
    return option;
}

static const void *copy(struct ranked *ranked, const void *bytes, size_t size)
{
    return arena_copy(ranked->input->arena, slice_of(bytes, size)).data;
}

void ranked_stage(struct ranked *ranked, enum tally_action action, uint16_t option)
{
    ranked->stages[ranked->n_stages++] = (struct tally_stage){
        .action = action,
        .option = option,
        .votes = copy(ranked, ranked->votes, ranked->n_option * sizeof *ranked->votes),
        .states = copy(ranked, ranked->states, ranked->n_option),
        .exhausted = ranked->exhausted,
        .lost = ranked->lost,
    };
}

void ranked_mark(struct ranked *ranked)
{
    ranked->stages[ranked->n_stages - 1].states = copy(ranked, ranked->states, ranked->n_option);
}

uint16_t ranked_lowest(struct ranked *ranked)
{
    uint16_t n = 0;
    for (uint16_t i = 0; i < ranked->n_option; i++) {
        if (ranked->states[i] != OPTION_CONTINUING) {
            continue;
        }
        if (n > 0 && ranked->votes[i] < ranked->votes[ranked->tied[0]]) {
            n = 0;
        }
        if (n == 0 || ranked->votes[i] == ranked->votes[ranked->tied[0]]) {
            ranked->tied[n++] = i;
        }
    }
    return n;
}

uint16_t ranked_pick_lowest(struct ranked *ranked, uint16_t places)
{
    struct tally_ties *ties = ranked->input->ties;
    uint16_t n = ranked_lowest(ranked), stage = (uint16_t)(ranked->n_stages - 1);
    if (n == 1) {
        return ranked->tied[0];
    }
    /* Nothing moves when they go, and they all go before anybody else does. */
    if (ranked->votes[ranked->tied[0]] == 0 && ranked->n_continuing - n >= places) {
        return tally_ties_alike(ties, stage, TIE_FOR_EXCLUSION, ranked->tied, n);
    }
    return tally_ties_by_stages(ties, ranked->stages, ranked->n_stages, TIE_FOR_EXCLUSION,
                                ranked->tied, n);
}

void ranked_scores(const struct tally_input *input, struct tally_counts *counts)
{
    uint16_t n = input->terms->definition->n_option;
    counts->scores = arena_new(input->arena, n, sizeof *counts->scores);
    counts->n_scores = n;
    for (size_t pile = 0; pile < input->count; pile++) {
        const uint8_t *ranks = input->piles[pile].choice.data + 1;
        for (uint16_t option = 0; option < n; option++) {
            counts->scores[option] += ranks[option] == 1 ? input->piles[pile].weight : 0;
        }
    }
}

void ranked_report(const struct ranked *ranked, struct tally_counts *counts)
{
    counts->scale = ranked->scale;
    counts->stages = ranked->stages;
    counts->n_stages = ranked->n_stages;
}
