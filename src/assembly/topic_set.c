/* A set of topics that grows: one act may tell thousands of members, and each has a topic of their own.
 *
 * Items stand in the order in which they came; an open-addressed table of indexes, at most half full, finds them again.
 * Ids are random, or chosen by a client, so the hash mixes all of their bytes; whoever chose ids that meet would only make
 * their own act slow. Start at topic_set_add(). */
#include "assembly/assembly.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_MIN = 128 };

static size_t hash_of(struct topic topic)
{
    uint64_t high, low;
    memcpy(&high, topic.id.bytes, sizeof high);
    memcpy(&low, topic.id.bytes + sizeof high, sizeof low);
    uint64_t mixed =
        (high ^ (low * UINT64_C(0x9e3779b97f4a7c15)) ^ topic.kind) * UINT64_C(0xff51afd7ed558ccd);
    return (size_t)(mixed ^ (mixed >> 32));
}

/* The slot of this topic, or the free one where it belongs. */
static size_t *slot_of(const struct topic_set *set, struct topic topic)
{
    size_t at = hash_of(topic) & (set->slot_count - 1);
    while (set->slots[at] != 0 && !topic_equal(set->items[set->slots[at] - 1].topic, topic)) {
        at = (at + 1) & (set->slot_count - 1);
    }
    return &set->slots[at];
}

static void grow(struct topic_set *set)
{
    set->slot_count = set->slot_count == 0 ? SLOTS_MIN : set->slot_count * 2;
    set->capacity = set->slot_count / 2;
    set->items = memory_resize(set->items, set->capacity, sizeof *set->items);
    free(set->slots);
    set->slots = memory_new(set->slot_count, sizeof *set->slots);
    for (size_t i = 0; i < set->count; i++) {
        *slot_of(set, set->items[i].topic) = i + 1;
    }
}

void topic_set_add(struct topic_set *set, struct topic_change change)
{
    if (set->count == set->capacity) {
        grow(set);
    }
    size_t *slot = slot_of(set, change.topic);
    if (*slot != 0) {
        set->items[*slot - 1].urgent |= change.urgent;
        return;
    }
    set->items[set->count++] = change;
    *slot = set->count;
}

void topic_set_clear(struct topic_set *set)
{
    if (set->count > 0) {
        memset(set->slots, 0, set->slot_count * sizeof *set->slots);
    }
    set->count = 0;
}

void topic_set_free(struct topic_set *set)
{
    free(set->items);
    free(set->slots);
    *set = (struct topic_set){.count = 0};
}
