/* How often one session may ask: token buckets, kept by session. The net loop's alone. No clock: times are given. */
#ifndef PALABRE_SERVER_NET_LIMIT_H
#define PALABRE_SERVER_NET_LIMIT_H

#include "base/id.h"

enum limit_kind {
    LIMIT_COMMANDS,
    LIMIT_BALLOTS,
    LIMIT_PERSONAL,  /* drafts and the like, which the client saves by itself */
    LIMIT_STRANGERS, /* requests without a session, by address */
    LIMIT_KINDS
};

/* per_minute 0 = no limit. */
struct limit_rate {
    uint32_t per_minute, burst;
};
struct limit_bucket {
    uint64_t thousandths; /* of a token */
    uint64_t at_ms;       /* when they were counted */
};
struct limit_entry {
    struct limit_entry *next; /* of its slot */
    struct hash key;          /* a session, or an address */
    struct limit_bucket buckets[LIMIT_KINDS];
    uint64_t touched_ms; /* last time the store was told that the session lives; 0 = never */
    uint64_t used_ms;
    unsigned users; /* connections and requests that hold it */
};
struct limits;

struct limits *limits_new(const struct limit_rate rates[LIMIT_KINDS]);
void limits_free(struct limits *limits);
/* The entry of a key, made with full buckets; held until limits_leave. */
struct limit_entry *limits_enter(struct limits *limits, const struct hash *key, uint64_t now_ms);
void limits_leave(struct limit_entry *entry);
/* Takes one token. 0 = go on; else how many ms to wait before the next. */
uint64_t limits_take(const struct limits *limits, struct limit_entry *entry, enum limit_kind kind,
                     uint64_t now_ms);
/* Forgets entries that nobody holds and that have been idle for ten minutes. */
void limits_sweep(struct limits *limits, uint64_t now_ms);
size_t limits_count(const struct limits *limits);

#endif
