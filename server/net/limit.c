/* Token buckets by session.
 *
 * A bucket fills at per_minute tokens a minute up to burst; a request takes one. Counting is in thousandths of a token
 * from monotonic milliseconds, so no timer runs and nothing is lost to rounding at ordinary rates. Commands and ballots
 * have a bucket each: a lively discussion cannot keep a member from voting. The key is the session, not the address: a
 * hall of five hundred people shares one address; addresses have entries too, with a generous rate, for requests that
 * come without a session.
 * Entries outlive the connection that made them, otherwise a reconnect would fill the bucket. */
#include "server/net/limit.h"

#include <stdlib.h>

#include "base/memory.h"

enum { SLOTS = 4096, IDLE_MS = 600000, TOKEN = 1000, MINUTE_MS = 60000 };

struct limits {
    struct limit_rate rates[LIMIT_KINDS];
    size_t count;
    struct limit_entry *slots[SLOTS];
};

struct limits *limits_new(const struct limit_rate rates[LIMIT_KINDS])
{
    struct limits *limits = memory_new(1, sizeof *limits);
    memcpy(limits->rates, rates, sizeof limits->rates);
    return limits;
}

void limits_free(struct limits *limits)
{
    for (size_t slot = 0; slot < SLOTS; slot++) {
        while (limits->slots[slot] != NULL) {
            struct limit_entry *entry = limits->slots[slot];
            limits->slots[slot] = entry->next;
            free(entry);
        }
    }
    free(limits);
}

/* Keys are hashes: any of their bytes will do. */
static size_t slot_of(const struct hash *key)
{
    return ((size_t)key->bytes[0] << 8 | key->bytes[1]) % SLOTS;
}

struct limit_entry *limits_enter(struct limits *limits, const struct hash *key, uint64_t now_ms)
{
    struct limit_entry **slot = &limits->slots[slot_of(key)];
    struct limit_entry *entry = *slot;
    while (entry != NULL && !hash_equal(entry->key, *key)) {
        entry = entry->next;
    }
    if (entry == NULL) {
        entry = memory_new(1, sizeof *entry);
        entry->key = *key;
        for (size_t kind = 0; kind < LIMIT_KINDS; kind++) {
            entry->buckets[kind] = (struct limit_bucket){
                .thousandths = (uint64_t)limits->rates[kind].burst * TOKEN, .at_ms = now_ms};
        }
        entry->next = *slot;
        *slot = entry;
        limits->count++;
    }
    entry->users++;
    entry->used_ms = now_ms;
    return entry;
}

void limits_leave(struct limit_entry *entry)
{
    entry->users--;
}

uint64_t limits_take(const struct limits *limits, struct limit_entry *entry, enum limit_kind kind,
                     uint64_t now_ms)
{
    const struct limit_rate *rate = &limits->rates[kind];
    struct limit_bucket *bucket = &entry->buckets[kind];
    entry->used_ms = now_ms;
    if (rate->per_minute == 0) {
        return 0;
    }
    uint64_t passed = now_ms > bucket->at_ms ? now_ms - bucket->at_ms : 0;
    uint64_t full = (uint64_t)rate->burst * TOKEN;
    if (passed > MINUTE_MS * (uint64_t)(rate->burst + 1)) {
        bucket->thousandths = full;
    } else {
        bucket->thousandths += passed * rate->per_minute * TOKEN / MINUTE_MS;
    }
    bucket->at_ms = now_ms;
    if (bucket->thousandths > full) {
        bucket->thousandths = full;
    }
    if (bucket->thousandths >= TOKEN) {
        bucket->thousandths -= TOKEN;
        return 0;
    }
    uint64_t missing = TOKEN - bucket->thousandths;
    return missing * MINUTE_MS / ((uint64_t)rate->per_minute * TOKEN) + 1;
}

void limits_sweep(struct limits *limits, uint64_t now_ms)
{
    for (size_t slot = 0; slot < SLOTS; slot++) {
        struct limit_entry **link = &limits->slots[slot];
        while (*link != NULL) {
            struct limit_entry *entry = *link;
            if (entry->users == 0 && now_ms - entry->used_ms > IDLE_MS) {
                *link = entry->next;
                free(entry);
                limits->count--;
            } else {
                link = &entry->next;
            }
        }
    }
}

size_t limits_count(const struct limits *limits)
{
    return limits->count;
}
