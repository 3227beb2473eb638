/* The topics that somebody watches, by topic: a table that grows and shrinks with them. The net loop's alone. */
#ifndef PALABRE_SERVER_NET_WATCHES_H
#define PALABRE_SERVER_NET_WATCHES_H

#include "assembly/assembly.h"

struct watch {
    struct watch *next, *dirty_next;
    struct topic topic;
    char name[64];
    struct subscription *subscriptions;
    size_t live_count;
    uint64_t upto; /* live subscriptions have every change up to here, in their queues or sent */
    bool dirty, later;
    uint8_t ticks; /* of the sweep timer since its counts changed */
};
struct watches {
    struct watch **slots; /* owned; what stands in them is the feed's */
    size_t slot_count, count;
};

/* NULL = nobody watches it. */
struct watch *watches_find(const struct watches *watches, struct topic topic);
/* Its topic is not there yet. */
void watches_add(struct watches *watches, struct watch *watch);
/* It is there. The table may be another afterwards: not while its slots are walked. */
void watches_remove(struct watches *watches, struct watch *watch);

#endif
