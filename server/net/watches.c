/* The table of watches: slots with a list each, as many as there are watches, since each member who is here has some of
 * their own.
 *
 * Full, it doubles; when a quarter of it is left it halves, so a hall that has gone leaves nothing behind, and somebody who
 * comes and goes at the edge moves nothing. Start at resize(). */
#include "server/net/watches.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/memory.h"

enum { SLOTS_LEAST = 256 };

/* Ids are random, but for bits that say which kind of random. */
static struct watch **slot_of(const struct watches *watches, struct topic topic)
{
    uint64_t sum = bytes_get_u64(topic.id.bytes) ^ bytes_get_u64(topic.id.bytes + 8);
    sum = (sum + topic.kind) * 0x9e3779b97f4a7c15ULL;
    return &watches->slots[(sum >> 32) % watches->slot_count];
}

static void put(struct watches *watches, struct watch *watch)
{
    struct watch **slot = slot_of(watches, watch->topic);
    watch->next = *slot;
    *slot = watch;
}

static void resize(struct watches *watches, size_t slot_count)
{
    struct watch **old = watches->slots;
    size_t before = watches->slot_count;
    watches->slot_count = slot_count;
    watches->slots = memory_new(slot_count, sizeof(struct watch *));
    for (size_t slot = 0; slot < before; slot++) {
        while (old[slot] != NULL) {
            struct watch *watch = old[slot];
            old[slot] = watch->next;
            put(watches, watch);
        }
    }
    free(old);
}

struct watch *watches_find(const struct watches *watches, struct topic topic)
{
    struct watch *watch = watches->slot_count == 0 ? NULL : *slot_of(watches, topic);
    while (watch != NULL && !topic_equal(watch->topic, topic)) {
        watch = watch->next;
    }
    return watch;
}

void watches_add(struct watches *watches, struct watch *watch)
{
    if (watches->count == watches->slot_count) {
        resize(watches, watches->slot_count == 0 ? SLOTS_LEAST : watches->slot_count * 2);
    }
    put(watches, watch);
    watches->count++;
}

void watches_remove(struct watches *watches, struct watch *watch)
{
    struct watch **link = slot_of(watches, watch->topic);
    while (*link != watch) {
        link = &(*link)->next;
    }
    *link = watch->next;
    watches->count--;
    if (watches->slot_count > SLOTS_LEAST && watches->count <= watches->slot_count / 4) {
        resize(watches, watches->slot_count / 2);
    }
}
