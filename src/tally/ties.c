/* How ties are broken, for every method in one place.
 *
 * With a lot, the options stand in one order of favour for the whole count (ascending lot_key): the first of the tied wins a
 * place, the last goes. Without one the tie stands: nobody of the tied is seated, or the chair decides later.
 * Start at tally_ties_place() and tally_ties_one(). */
#include "tally/ties.h"

#include "base/fatal.h"
#include "crypto/crypto.h"

#include <string.h>

enum { TIE_RULE_STATUS_QUO = 1, TIE_RULE_LOT = 3, TIES_AT_FIRST = 8 };

struct tally_ties {
    const struct tally_terms *terms;
    struct arena *arena;
    struct tally_tie *list;
    size_t count, capacity;
};

struct tally_ties *tally_ties_new(const struct tally_terms *terms, struct arena *arena)
{
    struct tally_ties *ties = arena_new(arena, 1, sizeof *ties);
    *ties = (struct tally_ties){.terms = terms, .arena = arena};
    return ties;
}

static const uint16_t *kept(struct tally_ties *ties, const uint16_t *options, uint16_t n)
{
    return (const uint16_t *)(const void *)arena_copy(ties->arena,
                                                      slice_of(options, n * sizeof *options))
        .data;
}

static void note(struct tally_ties *ties, struct tally_tie tie)
{
    if (ties->count == ties->capacity) {
        size_t capacity = ties->capacity == 0 ? TIES_AT_FIRST : 2 * ties->capacity;
        struct tally_tie *list = arena_new(ties->arena, capacity, sizeof *list);
        if (ties->count > 0) {
            memcpy(list, ties->list, ties->count * sizeof *list);
        }
        ties->list = list;
        ties->capacity = capacity;
    }
    ties->list[ties->count++] = tie;
}

/* Without a seed nothing can be drawn. */
static enum tally_tie_how how_of(const struct tally_ties *ties)
{
    uint8_t rule = ties->terms->definition->rule.tie;
    if (rule == TIE_RULE_LOT && ties->terms->lot_seed != NULL) {
        return TIE_BY_LOT;
    }
    return rule == TIE_RULE_STATUS_QUO ? TIE_STATUS_QUO : TIE_LEFT_OPEN;
}

/* The tied in the order of favour. */
static uint16_t *by_favour(struct tally_ties *ties, const uint16_t *tied, uint16_t n)
{
    uint16_t *order = arena_new(ties->arena, n, sizeof *order);
    struct hash *keys = arena_new(ties->arena, n, sizeof *keys);
    for (uint16_t i = 0; i < n; i++) {
        struct hash key = lot_key(*ties->terms->lot_seed, tied[i]);
        uint16_t at = i;
        for (; at > 0 && memcmp(keys[at - 1].bytes, key.bytes, HASH_SIZE) > 0; at--) {
            keys[at] = keys[at - 1];
            order[at] = order[at - 1];
        }
        keys[at] = key;
        order[at] = tied[i];
    }
    return order;
}

uint16_t tally_ties_place(struct tally_ties *ties, uint16_t stage, const uint16_t *tied, uint16_t n,
                          uint16_t places, const uint16_t **chosen)
{
    enum tally_tie_how how = how_of(ties);
    assert_always(places < n);
    uint16_t got = how == TIE_BY_LOT ? places : 0;
    *chosen = got > 0 ? by_favour(ties, tied, n) : NULL;
    note(ties, (struct tally_tie){.stage = stage,
                                  .what_for = TIE_FOR_PLACE,
                                  .how = how,
                                  .tied = kept(ties, tied, n),
                                  .n_tied = n,
                                  .chosen = *chosen,
                                  .n_chosen = got});
    return got;
}

uint16_t tally_ties_one(struct tally_ties *ties, uint16_t stage, enum tally_tie_for what_for,
                        const uint16_t *tied, uint16_t n)
{
    enum tally_tie_how how = how_of(ties);
    uint16_t one = NO_OPTION;
    if (how == TIE_BY_LOT) {
        const uint16_t *order = by_favour(ties, tied, n);
        one = what_for == TIE_FOR_EXCLUSION ? order[n - 1] : order[0];
    }
    note(ties, (struct tally_tie){.stage = stage,
                                  .what_for = what_for,
                                  .how = how,
                                  .tied = kept(ties, tied, n),
                                  .n_tied = n,
                                  .chosen = one == NO_OPTION ? NULL : kept(ties, &one, 1),
                                  .n_chosen = one == NO_OPTION ? 0 : 1});
    return one;
}

void tally_ties_earlier(struct tally_ties *ties, uint16_t stage, enum tally_tie_for what_for,
                        const uint16_t *tied, uint16_t n, uint16_t chosen)
{
    note(ties, (struct tally_tie){.stage = stage,
                                  .what_for = what_for,
                                  .how = TIE_BY_EARLIER_STAGE,
                                  .tied = kept(ties, tied, n),
                                  .n_tied = n,
                                  .chosen = kept(ties, &chosen, 1),
                                  .n_chosen = 1});
}

void tally_ties_fill(const struct tally_ties *ties, struct tally_counts *counts)
{
    counts->ties = ties->list;
    counts->n_ties = ties->count;
    counts->decided = DECIDED_NO_TIE;
    for (size_t i = 0; i < ties->count; i++) {
        if (ties->list[i].how == TIE_LEFT_OPEN) {
            counts->decided = DECIDED_OPEN;
        } else if (ties->list[i].how == TIE_BY_LOT && counts->decided != DECIDED_OPEN) {
            counts->decided = DECIDED_LOT;
        }
    }
}
