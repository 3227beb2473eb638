/* The ballot box: choices with their weights go in, in any order; piles of equal choices come out, ascending.
 *
 * A choice that is put in is looked for at the one place of `recent` that its bytes point to; what is not found there becomes
 * a pile of its own. So equal choices mostly meet at once, and nobody can make the box slow by choosing choices that point
 * to the same place. What did not meet is put together when the piles are asked for: they are sorted byte by byte, as one
 * sorts cards, and equal neighbours joined.
 * Invariant: every ballot put in is in exactly one pile. Start at tally_box_add() and tally_box_piles(). */
#include "tally/tally.h"

#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>

struct tally_box {
    struct arena choices;
    struct tally_pile *piles; /* each choice is a copy in `choices` */
    size_t count, capacity;
    uint32_t *recent; /* capacity places: index of a pile + 1, 0 = none */
    bool sorted;      /* the piles are ascending and differ */
};

enum { PILES_AT_FIRST = 16, FEW = 24, BYTES_AS_CARDS = 32 };

struct tally_box *tally_box_new(void)
{
    struct tally_box *box = memory_new(1, sizeof *box);
    arena_init(&box->choices, SIZE_MAX);
    return box;
}

void tally_box_free(struct tally_box *box)
{
    if (box != NULL) {
        arena_free(&box->choices);
        free(box->piles);
        free(box->recent);
        free(box);
    }
}

static void pile_join(struct tally_pile *pile, uint32_t heads, uint64_t weight)
{
    assert_always(pile->heads <= UINT32_MAX - heads && pile->weight <= UINT64_MAX - weight);
    pile->heads += heads;
    pile->weight += weight;
}

/* ---- putting in ---- */

static uint64_t mix(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return sum ^ sum >> 29;
}

/* Where a choice is looked for, among `capacity` places (a power of two). */
static size_t place_of(struct slice choice, size_t capacity)
{
    uint64_t sum = choice.size, word;
    for (; choice.size >= sizeof word; choice = slice_of(choice.data + 8, choice.size - 8)) {
        memcpy(&word, choice.data, sizeof word);
        sum = mix(sum, word);
    }
    word = 0;
    memcpy(&word, choice.data, choice.size);
    return (size_t)(mix(sum, word) >> 20) & (capacity - 1);
}

static void make_room(struct tally_box *box)
{
    box->capacity = box->capacity == 0 ? PILES_AT_FIRST : box->capacity * 2;
    assert_always(box->capacity <= UINT32_MAX);
    box->piles = memory_resize(box->piles, box->capacity, sizeof *box->piles);
    free(box->recent);
    box->recent = memory_new(box->capacity, sizeof *box->recent);
    for (size_t i = 0; i < box->count; i++) {
        box->recent[place_of(box->piles[i].choice, box->capacity)] = (uint32_t)i + 1;
    }
}

void tally_box_add(struct tally_box *box, struct slice choice, uint32_t heads, uint64_t weight)
{
    assert_always(choice.size > 0);
    if (box->count == box->capacity) {
        make_room(box);
    }
    uint32_t *place = &box->recent[place_of(choice, box->capacity)];
    if (*place > 0 && slice_equal(box->piles[*place - 1].choice, choice)) {
        pile_join(&box->piles[*place - 1], heads, weight);
        return;
    }
    box->piles[box->count++] = (struct tally_pile){
        .choice = arena_copy(&box->choices, choice), .heads = heads, .weight = weight};
    *place = (uint32_t)box->count;
    box->sorted = false;
}

size_t tally_box_bytes(const struct tally_box *box)
{
    return box->choices.used + box->capacity * (sizeof *box->piles + sizeof *box->recent);
}

/* ---- sorting ---- */

static int pile_order(const void *a, const void *b)
{
    const struct tally_pile *left = a, *right = b;
    return slice_compare(left->choice, right->choice);
}

static void sort_few(struct tally_pile *piles, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct tally_pile pile = piles[i];
        size_t at = i;
        for (; at > 0 && slice_compare(piles[at - 1].choice, pile.choice) > 0; at--) {
            piles[at] = piles[at - 1];
        }
        piles[at] = pile;
    }
}

/* The stack of a choice by its byte at `depth`: 0 for one that ends before it. */
static unsigned stack_of(const struct tally_pile *pile, size_t depth)
{
    return depth < pile->choice.size ? pile->choice.data[depth] + 1U : 0;
}

/* Piles whose first `depth` bytes are equal. They are dealt to 257 stacks by their next byte, in place, then each stack is
 * sorted by the bytes after that. */
static void sort_cards(struct tally_pile *piles, size_t count, size_t depth)
{
    size_t next[257] = {0}, end[257], at = 0;
    for (size_t i = 0; i < count; i++) {
        next[stack_of(&piles[i], depth)]++;
    }
    for (unsigned stack = 0; stack < 257; stack++) {
        size_t size = next[stack];
        next[stack] = at;
        at += size;
        end[stack] = at;
    }
    for (unsigned stack = 0; stack < 257; stack++) {
        while (next[stack] < end[stack]) {
            size_t from = next[stack];
            struct tally_pile pile = piles[from];
            size_t to = next[stack_of(&pile, depth)]++;
            piles[from] = piles[to];
            piles[to] = pile;
        }
    }
    /* Those of stack 0 have ended: they are equal. */
    for (unsigned stack = 1; stack < 257; stack++) {
        size_t size = end[stack] - end[stack - 1];
        struct tally_pile *first = &piles[end[stack - 1]];
        if (size <= FEW) {
            sort_few(first, size);
        } else if (depth < BYTES_AS_CARDS) {
            sort_cards(first, size, depth + 1);
        } else {
            qsort(first, size, sizeof *first, pile_order);
        }
    }
}

const struct tally_pile *tally_box_piles(struct tally_box *box, size_t *count)
{
    if (!box->sorted && box->count > 0) {
        size_t kept = 0;
        sort_cards(box->piles, box->count, 0);
        for (size_t i = 1; i < box->count; i++) {
            struct tally_pile *pile = &box->piles[i];
            if (slice_equal(box->piles[kept].choice, pile->choice)) {
                pile_join(&box->piles[kept], pile->heads, pile->weight);
            } else {
                box->piles[++kept] = *pile;
            }
        }
        box->count = kept + 1;
        memset(box->recent, 0, box->capacity * sizeof *box->recent);
        box->sorted = true;
    }
    *count = box->count;
    return box->piles;
}
