/* Counting connections by place: a table of those places that have any.
 *
 * A place is counted with its first request, when the headers of a trusted proxy tell whose it is, and forgotten with its
 * last connection; so the table is never longer than there are connections. A hall shares one address: the limit that
 * this serves (connections-per-address) is generous and keeps one machine from taking every connection there is. */
#include "server/net/crowd.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { SLOTS = 1024 };

struct crowd_place {
    struct crowd_place *next; /* of its slot */
    struct peer_address address;
    size_t count;
};
struct crowd {
    struct crowd_place *slots[SLOTS];
};

struct crowd *crowd_new(void)
{
    return memory_new(1, sizeof(struct crowd));
}

void crowd_free(struct crowd *crowd)
{
    for (size_t slot = 0; slot < SLOTS; slot++) {
        while (crowd->slots[slot] != NULL) {
            struct crowd_place *place = crowd->slots[slot];
            crowd->slots[slot] = place->next;
            free(place);
        }
    }
    free(crowd);
}

static struct crowd_place **slot_of(struct crowd *crowd, const struct peer_address *address)
{
    uint32_t sum = 2166136261U;
    for (size_t at = 0; at < sizeof address->bytes; at++) {
        sum = (sum ^ address->bytes[at]) * 16777619U;
    }
    return &crowd->slots[sum % SLOTS];
}

struct crowd_place *crowd_enter(struct crowd *crowd, struct peer_address address)
{
    static const struct peer_address none;
    if (memcmp(&address, &none, sizeof none) == 0) {
        return NULL;
    }
    struct crowd_place **slot = slot_of(crowd, &address);
    struct crowd_place *place = *slot;
    while (place != NULL && memcmp(&place->address, &address, sizeof address) != 0) {
        place = place->next;
    }
    if (place == NULL) {
        place = memory_new(1, sizeof *place);
        place->address = address;
        place->next = *slot;
        *slot = place;
    }
    place->count++;
    return place;
}

void crowd_leave(struct crowd *crowd, struct crowd_place *place)
{
    if (place == NULL || --place->count > 0) {
        return;
    }
    struct crowd_place **link = slot_of(crowd, &place->address);
    while (*link != place) {
        link = &(*link)->next;
    }
    *link = place->next;
    free(place);
}

size_t crowd_count(const struct crowd_place *place)
{
    return place->count;
}
