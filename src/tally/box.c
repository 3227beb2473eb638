/* The ballot box: choices with their weights go in, in any order; piles of equal choices come out, ascending.
 *
 * A choice that is put in is looked for at the one place of `recent` that its bytes point to; what is not found there becomes
 * a pile of its own. So equal choices mostly meet at once, and nobody can make the box slow by choosing choices that point
 * to the same place. What did not meet is put together when the piles are asked for: they are sorted as one sorts cards, by
 * the first eight bytes of their choices beside a pointer to the pile, which hardly ever has to be looked at; equal
 * neighbours are joined. Piles and choices then lie in the memory in their order, for those who read them one by one.
 * Invariant: every ballot put in is in exactly one pile. Start at tally_box_add() and tally_box_piles(); whoever only
 * adds ballots up takes them unsorted, from tally_box_heap(). */
#include "tally/tally.h"

#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>

struct tally_box {
    struct arena choices;
    struct tally_pile *piles; /* each choice is a copy in `choices` */
    size_t count, capacity;
    uint64_t
        *recent; /* capacity places: half the hash of a choice ‖ index of its pile + 1; 0 = none */
    bool sorted; /* the piles are ascending and differ */
};

enum { PILES_AT_FIRST = 16, BEGINNING = sizeof(uint64_t) };

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

static uint64_t hash_of(struct slice choice)
{
    uint64_t sum = choice.size, word;
    for (; choice.size >= sizeof word; choice = slice_of(choice.data + 8, choice.size - 8)) {
        memcpy(&word, choice.data, sizeof word);
        sum = mix(sum, word);
    }
    word = 0;
    memcpy(&word, choice.data, choice.size);
    return mix(sum, word);
}

/* Where a choice of this hash is looked for. */
static uint64_t *place_of(const struct tally_box *box, uint64_t hash)
{
    return &box->recent[(size_t)(hash >> 20) & (box->capacity - 1)];
}

/* What stands there: what is left of the hash says nearly always whether it is the same choice. */
static uint64_t entry_of(uint64_t hash, size_t pile)
{
    return hash << 32 | (pile + 1);
}

static void make_room(struct tally_box *box)
{
    box->capacity = box->capacity == 0 ? PILES_AT_FIRST : box->capacity * 2;
    assert_always(box->capacity <= UINT32_MAX);
    box->piles = memory_resize(box->piles, box->capacity, sizeof *box->piles);
    free(box->recent);
    box->recent = memory_new(box->capacity, sizeof *box->recent);
    for (size_t i = 0; i < box->count; i++) {
        uint64_t hash = hash_of(box->piles[i].choice);
        *place_of(box, hash) = entry_of(hash, i);
    }
}

void tally_box_add(struct tally_box *box, struct slice choice, uint32_t heads, uint64_t weight)
{
    assert_always(choice.size > 0);
    if (box->count == box->capacity) {
        make_room(box);
    }
    uint64_t hash = hash_of(choice), *place = place_of(box, hash);
    if (*place != 0 && (*place ^ entry_of(hash, 0)) >> 32 == 0) {
        struct tally_pile *pile = &box->piles[(uint32_t)*place - 1];
        if (slice_equal(pile->choice, choice)) {
            pile_join(pile, heads, weight);
            return;
        }
    }
    *place = entry_of(hash, box->count);
    box->piles[box->count++] = (struct tally_pile){
        .choice = arena_copy(&box->choices, choice), .heads = heads, .weight = weight};
    box->sorted = false;
}

size_t tally_box_bytes(const struct tally_box *box)
{
    return box->choices.used + box->capacity * (sizeof *box->piles + sizeof *box->recent);
}

/* ---- sorting ---- */

struct card {
    uint64_t
        beginning; /* of the choice, its first byte the most significant; zeros after its end */
    const struct tally_pile *pile;
};

static uint64_t beginning_of(struct slice choice)
{
    uint64_t beginning = 0;
    for (size_t i = 0; i < BEGINNING; i++) {
        beginning = beginning << 8 | (i < choice.size ? choice.data[i] : 0U);
    }
    return beginning;
}

/* Deals the cards to 256 stacks by their byte `shift` bits from the right, each in the order in which they come. */
static void deal(const struct card *cards, size_t count, unsigned shift, const size_t sizes[256],
                 struct card *into)
{
    size_t next[256], at = 0;
    for (unsigned stack = 0; stack < 256; stack++) {
        next[stack] = at;
        at += sizes[stack];
    }
    for (size_t i = 0; i < count; i++) {
        into[next[cards[i].beginning >> shift & 0xFF]++] = cards[i];
    }
}

/* Sorts by beginning, from the last byte to the first; a byte in which all agree costs nothing. Returns which of the two. */
static struct card *sort_cards(struct card *cards, struct card *spare, size_t count)
{
    static const size_t none[BEGINNING][256];
    size_t sizes[BEGINNING][256];
    memcpy(sizes, none, sizeof sizes);
    for (size_t i = 0; i < count; i++) {
        for (unsigned byte = 0; byte < BEGINNING; byte++) {
            sizes[byte][cards[i].beginning >> (8 * byte) & 0xFF]++;
        }
    }
    for (unsigned byte = 0; byte < BEGINNING; byte++) {
        if (sizes[byte][cards[0].beginning >> (8 * byte) & 0xFF] < count) {
            deal(cards, count, 8 * byte, sizes[byte], spare);
            struct card *dealt = spare;
            spare = cards;
            cards = dealt;
        }
    }
    return cards;
}

static int card_order(const void *a, const void *b)
{
    const struct card *left = a, *right = b;
    return slice_compare(left->pile->choice, right->pile->choice);
}

/* Those that begin alike are told apart by all of their bytes. */
static void sort_alike(struct card *cards, size_t count)
{
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && cards[to].beginning == cards[from].beginning;) {
            to++;
        }
        if (to - from > 1) {
            qsort(&cards[from], to - from, sizeof *cards, card_order);
        }
    }
}

/* Puts piles and choices down again in the order of the cards, equal ones together. */
static void lay_out(struct tally_box *box, const struct card *cards)
{
    struct arena choices;
    struct tally_pile *piles = memory_resize(NULL, box->capacity, sizeof *piles);
    size_t kept = 0;
    arena_init(&choices, SIZE_MAX);
    for (size_t i = 0; i < box->count; i++) {
        const struct tally_pile *pile = cards[i].pile;
        if (i > 0 && cards[i].beginning == cards[i - 1].beginning &&
            slice_equal(piles[kept - 1].choice, pile->choice)) {
            pile_join(&piles[kept - 1], pile->heads, pile->weight);
        } else {
            piles[kept] = *pile;
            piles[kept++].choice = arena_copy(&choices, pile->choice);
        }
    }
    arena_free(&box->choices);
    free(box->piles);
    box->choices = choices;
    box->piles = piles;
    box->count = kept;
}

static void box_sort(struct tally_box *box)
{
    struct card *cards = memory_resize(NULL, 2 * box->count, sizeof *cards);
    for (size_t i = 0; i < box->count; i++) {
        cards[i] = (struct card){beginning_of(box->piles[i].choice), &box->piles[i]};
    }
    struct card *sorted = sort_cards(cards, cards + box->count, box->count);
    sort_alike(sorted, box->count);
    lay_out(box, sorted);
    free(cards);
    memset(box->recent, 0, box->capacity * sizeof *box->recent);
    box->sorted = true;
}

/* Blank and abstaining ones to the front, the others as they came. */
const struct tally_pile *tally_box_heap(struct tally_box *box, size_t *count)
{
    size_t front = 0;
    for (size_t i = 0; !box->sorted && i < box->count; i++) {
        struct tally_pile pile = box->piles[i];
        if (pile.choice.data[0] <= FORM_ABSTAIN) {
            box->piles[i] = box->piles[front];
            box->piles[front++] = pile;
        }
    }
    if (front > 0) { /* what `recent` knows of places is no longer true */
        memset(box->recent, 0, box->capacity * sizeof *box->recent);
    }
    *count = box->count;
    return box->piles;
}

const struct tally_pile *tally_box_piles(struct tally_box *box, size_t *count)
{
    if (!box->sorted && box->count > 0) {
        box_sort(box);
    }
    *count = box->count;
    return box->piles;
}
