/* Method 9, schulze: an option wins that nobody beats by a stronger chain of duels than it has back.
 *
 * d[a][b] is the weight that ranks a above b; what is not ranked stands below all that is, equal among itself. There is a link
 * from a to b when d[a][b] > d[b][a]; it is the stronger the more votes win it, then the fewer are against (winning votes). A
 * chain is as strong as its weakest link. Places are given tier by tier: the first are those whom nobody beats, the next those
 * whom nobody of the rest beats. Without a ballot nobody wins.
 *
 * The matrix is counted 64 piles at a time: their ranks lie in planes of bits, so that one comparison takes a step per bit
 * instead of one per pile. Strengths become small numbers in their order, so a widest path is a minimum of numbers.
 * Invariant: d[a][b] + d[b][a] ≤ valid. Start at count_schulze(). */
#include "tally/ranked.h"
#include "tally/places.h"

#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { LANES = 64, RANK_BITS = 8, WEIGHT_BITS = 64, OPTIONS_MAX = 255 };

/* 64 piles: bit i of each word belongs to pile i. */
struct block {
    uint64_t ranks[OPTIONS_MAX][RANK_BITS]; /* per option, planes from the least significant bit */
    uint64_t weights[WEIGHT_BITS];
    unsigned rank_bits, weight_bits; /* planes in use */
};

static unsigned width_of(uint64_t word)
{
    return word == 0 ? 0 : 64 - (unsigned)__builtin_clzll(word);
}

/* The planes of one option: eight piles at a time, a byte each, of which one bit is gathered by a product. */
static void planes_fill(uint64_t *planes, unsigned bits, const uint8_t ranks[LANES])
{
    for (unsigned eight = 0; eight < LANES / 8; eight++) {
        uint64_t bytes = 0;
        for (unsigned i = 0; i < 8; i++) {
            bytes |= (uint64_t)ranks[8 * eight + i] << (8 * i);
        }
        for (unsigned bit = 0; bit < bits; bit++) {
            uint64_t one = bytes >> bit & UINT64_C(0x0101010101010101);
            planes[bit] |= one * UINT64_C(0x0102040810204080) >> 56 << (8 * eight);
        }
    }
}

static void block_fill(struct block *block, const struct tally_pile *piles, size_t count,
                       uint16_t n)
{
    /* Below every rank; 255 ranks occur only where everything is ranked. */
    uint8_t unranked = (uint8_t)(n < OPTIONS_MAX ? n + 1 : OPTIONS_MAX);
    uint64_t all_weights = 0;
    memset(block->ranks, 0, n * sizeof block->ranks[0]);
    memset(block->weights, 0, sizeof block->weights);
    block->rank_bits = width_of(unranked);
    for (uint16_t option = 0; option < n; option++) {
        uint8_t ranks[LANES] = {0};
        for (size_t lane = 0; lane < count; lane++) {
            uint8_t rank = piles[lane].choice.data[1 + option];
            ranks[lane] = rank == 0 ? unranked : rank;
        }
        planes_fill(block->ranks[option], block->rank_bits, ranks);
    }
    for (size_t lane = 0; lane < count; lane++) {
        all_weights |= piles[lane].weight;
        for (unsigned bit = 0; bit < WEIGHT_BITS && piles[lane].weight >> bit != 0; bit++) {
            block->weights[bit] |= (piles[lane].weight >> bit & 1) << lane;
        }
    }
    block->weight_bits = width_of(all_weights);
}

static unsigned bits_of(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
}

static uint64_t weight_of(const struct block *block, uint64_t lanes)
{
    uint64_t sum = 0;
    for (unsigned bit = 0; bit < block->weight_bits; bit++) {
        sum += (uint64_t)bits_of(lanes & block->weights[bit]) << bit;
    }
    return sum;
}

static void block_add(const struct block *block, uint16_t n, uint64_t *d)
{
    for (uint16_t a = 0; a < n; a++) {
        for (uint16_t b = (uint16_t)(a + 1); b < n; b++) {
            uint64_t less = 0,
                     unequal = 0; /* lanes in which a's rank is less than b's; or another */
            for (unsigned bit = 0; bit < block->rank_bits; bit++) {
                uint64_t of_a = block->ranks[a][bit], of_b = block->ranks[b][bit];
                uint64_t differ = of_a ^ of_b;
                less = (differ & of_b) | (less & ~differ);
                unequal |= differ;
            }
            d[a * n + b] += weight_of(block, less);
            d[b * n + a] += weight_of(block, unequal & ~less);
        }
    }
}

static uint64_t *count_pairs(const struct tally_input *input, uint16_t n)
{
    uint64_t *d = arena_new(input->arena, (size_t)n * n, sizeof *d);
    struct block *block = memory_new(1, sizeof *block);
    for (size_t i = 0; i < input->count; i += LANES) {
        size_t count = input->count - i < LANES ? input->count - i : LANES;
        block_fill(block, &input->piles[i], count, n);
        block_add(block, n, d);
    }
    free(block);
    return d;
}

/* ---- strengths ---- */

struct link {
    uint64_t with, against;
    size_t at; /* in the matrix */
};

/* The weaker first. */
static int link_order(const void *a, const void *b)
{
    const struct link *left = a, *right = b;
    if (left->with != right->with) {
        return left->with < right->with ? -1 : 1;
    }
    return left->against > right->against ? -1 : left->against < right->against;
}

/* Per pair the strength of its link as a number from 1, equal ones equal; 0 = there is none. At most one link per two options,
 * so 255 options need less than 2^15 numbers. Freed by the caller. */
static int16_t *strengths(const uint64_t *d, uint16_t n)
{
    size_t count = 0;
    struct link *links = memory_new((size_t)n * n / 2 + 1, sizeof *links);
    int16_t *p = memory_new((size_t)n * n, sizeof *p), strength = 0;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            if (d[a * n + b] > d[b * n + a]) {
                links[count++] = (struct link){d[a * n + b], d[b * n + a], a * n + b};
            }
        }
    }
    qsort(links, count, sizeof *links, link_order);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || link_order(&links[i - 1], &links[i]) != 0) {
            strength++;
        }
        p[links[i].at] = strength;
    }
    free(links);
    return p;
}

/* Strongest chains, by every option in turn as the one between (Floyd and Warshall). */
static void widen(int16_t *p, uint16_t n)
{
    for (size_t k = 0; k < n; k++) {
        for (size_t a = 0; a < n; a++) {
            int16_t to_k = p[a * n + k];
            const int16_t *from_k = &p[k * n];
            int16_t *row = &p[a * n];
            for (size_t b = 0; b < n && to_k > 0; b++) {
                int16_t through = to_k < from_k[b] ? to_k : from_k[b];
                row[b] = row[b] > through ? row[b] : through;
            }
        }
    }
}

/* ---- places ---- */

/* The options without a rank whom nobody else without one beats. */
static uint16_t next_tier(const int16_t *p, uint16_t n, const uint16_t *ranks, uint16_t *tier)
{
    uint16_t count = 0;
    for (uint16_t a = 0; a < n; a++) {
        bool beaten = ranks[a] != NO_OPTION;
        for (uint16_t b = 0; b < n && !beaten; b++) {
            beaten = ranks[b] == NO_OPTION && p[b * n + a] > p[a * n + b];
        }
        if (!beaten) {
            tier[count++] = a;
        }
    }
    return count;
}

/* Ranks all that are not withdrawn; returns how many ranks there are. */
static void rank(const struct tally_input *input, const int16_t *p, uint16_t n, uint16_t *ranks)
{
    uint16_t *tier = arena_new(input->arena, n, sizeof *tier), number = 0, ranked = 0;
    for (uint16_t i = 0; i < n; i++) {
        bool gone = input->terms->withdrawn != NULL && input->terms->withdrawn[i];
        ranks[i] = gone ? 0 : NO_OPTION;
        ranked = (uint16_t)(ranked + (gone ? 1 : 0));
    }
    while (ranked < n) {
        uint16_t count = next_tier(p, n, ranks, tier);
        assert_always(count > 0); /* being beaten is transitive */
        number++;
        for (uint16_t i = 0; i < count; i++) {
            ranks[tier[i]] = number;
        }
        ranked = (uint16_t)(ranked + count);
    }
}

/* ---- counting ---- */

/* Who beats everybody in a duel; NO_OPTION = nobody. */
static uint16_t condorcet_winner(const struct tally_input *input, const uint64_t *d, uint16_t n)
{
    const bool *withdrawn = input->terms->withdrawn;
    for (uint16_t a = 0; a < n; a++) {
        bool all = withdrawn == NULL || !withdrawn[a];
        for (uint16_t b = 0; b < n && all; b++) {
            all = a == b || (withdrawn != NULL && withdrawn[b]) || d[a * n + b] > d[b * n + a];
        }
        if (all) {
            return a;
        }
    }
    return NO_OPTION;
}

static int better_tier(const void *context, uint16_t a, uint16_t b)
{
    const uint16_t *tiers = context;
    return tiers[a] < tiers[b] ? 1 : -(tiers[a] > tiers[b]);
}

static bool is_ranked(const void *context, uint16_t option)
{
    (void)context;
    (void)option;
    return true;
}

static void count_schulze(const struct tally_input *input, struct tally_counts *counts)
{
    uint16_t n = input->terms->definition->n_option;
    uint64_t *d = count_pairs(input, n);
    int16_t *p = strengths(d, n);
    uint16_t *tiers = arena_new(input->arena, n, sizeof *tiers);
    const struct tally_order order = {better_tier, is_ranked, tiers};
    widen(p, n);
    rank(input, p, n, tiers);
    free(p);
    ranked_scores(input, counts);
    counts->pairwise = d;
    if (input->valid.weight > 0) {
        tally_places(input, &order, counts);
        counts->condorcet_winner = condorcet_winner(input, d, n);
    }
}

const struct tally_method tally_schulze = {.number = 9, .adds_up = true, .count = count_schulze};
