/* Token buckets by session, member and address.
 *
 * A bucket fills at `count` tokens a period up to `burst`; a request takes one. Counting is in thousandths of a token from
 * monotonic milliseconds, so no timer runs and nothing is lost to rounding at ordinary rates.
 * A request of a member takes from the session's bucket and from the member's, which is as wide as five sessions: one
 * device in a loop stops only itself, and more sessions or tokens buy no more than that. Voting, drafts and all else have
 * buckets of their own: a lively discussion keeps nobody from voting. Reports and uploads are counted by member and day.
 * Without a session the address counts (IPv6 by its /64), generously, because a hall of five hundred people shares one;
 * opening links has its own bucket there, so that whatever else comes from the hall cannot keep people out.
 *
 * How buckets fail: all are in memory and full after a start, so a restart opens them; a store that fails does not touch
 * them. Addresses are counted up to LIMIT_ADDRESSES_MAX at once; those that come after share one entry, so there an attack
 * from everywhere closes the door to newcomers, never to people with a session.
 * Entries outlive the connection that made them, otherwise a reconnect would fill the bucket, and stay until their buckets
 * are full, otherwise waiting for the sweep would. They lie in sheets of their own: scattered among connections they would
 * keep the pages of a hall that has gone. Start at limits_take_many(). */
#include "server/net/limit.h"

#include <stdlib.h>

#include "base/memory.h"
#include "crypto/crypto.h"

/* Slots for a hall of 15,000, each with a session and a member of their own. */
enum {
    SLOTS = 32768,
    SHEET = 1024,
    IDLE_MS = 600000,
    TOKEN = 1000,
    MINUTE_MS = 60000,
    DAY_MS = 86400000
};
enum scope { SCOPE_SESSION, SCOPE_ACCOUNT, SCOPE_ADDRESS, SCOPE_CROWD };

static const struct kind {
    uint32_t count, burst; /* the usual ones: what counts is their relation */
    uint32_t period_ms;
    bool of_account; /* counted there alone */
} kinds[LIMIT_KINDS] = {
    [LIMIT_COMMANDS] = {100, 30, MINUTE_MS, false},
    [LIMIT_BALLOTS] = {600, 120, MINUTE_MS, false},
    [LIMIT_PERSONAL] = {120, 60, MINUTE_MS, false},
    [LIMIT_STRANGERS] = {3000, 600, MINUTE_MS, false},
    [LIMIT_SIGN_INS] = {600, 1500, MINUTE_MS, false},
    [LIMIT_REPORTS] = {50, 50, DAY_MS, true},
    [LIMIT_UPLOADS] = {200, 200, DAY_MS, true},
    [LIMIT_UPLOAD_KIB] = {100 << 10, 100 << 10, DAY_MS, true},
};

struct sheet {
    struct sheet *next;
    struct limit_entry entries[SHEET];
};

struct limits {
    struct limit_rate rates[LIMIT_KINDS];
    size_t count, addresses;
    struct limit_entry *slots[SLOTS];
    struct limit_entry *unused; /* entries of sheets; sheets are kept */
    struct sheet *sheets;
    struct limit_entry crowd; /* addresses beyond the cap */
};

struct limit_rate limit_scaled(enum limit_kind kind, uint64_t count)
{
    uint64_t burst = count * kinds[kind].burst / kinds[kind].count;
    return (struct limit_rate){.count = (uint32_t)count, .burst = burst == 0 ? 1 : (uint32_t)burst};
}

struct limits *limits_new(const struct limit_rate rates[LIMIT_KINDS])
{
    struct limits *limits = memory_new(1, sizeof *limits);
    memcpy(limits->rates, rates, sizeof limits->rates);
    limits->crowd.scope = SCOPE_CROWD;
    return limits;
}

void limits_change(struct limits *limits, const struct limit_rate rates[LIMIT_KINDS])
{
    memcpy(limits->rates, rates, sizeof limits->rates);
}

void limits_free(struct limits *limits)
{
    while (limits->sheets != NULL) {
        struct sheet *sheet = limits->sheets;
        limits->sheets = sheet->next;
        free(sheet);
    }
    free(limits);
}

/* ---- entries ---- */

static void put_back(struct limits *limits, struct limit_entry *entry)
{
    *entry = (struct limit_entry){.next = limits->unused};
    limits->unused = entry;
}

static struct limit_entry *take_entry(struct limits *limits)
{
    if (limits->unused == NULL) {
        struct sheet *sheet = memory_new(1, sizeof *sheet);
        sheet->next = limits->sheets;
        limits->sheets = sheet;
        for (size_t i = SHEET; i > 0; i--) {
            put_back(limits, &sheet->entries[i - 1]);
        }
    }
    struct limit_entry *entry = limits->unused;
    limits->unused = entry->next;
    return entry;
}

/* ---- buckets ---- */

static bool counts(const struct limits *limits, const struct limit_entry *entry,
                   enum limit_kind kind)
{
    return entry != NULL && limits->rates[kind].count > 0 &&
           !(kinds[kind].of_account && entry->scope != SCOPE_ACCOUNT);
}

static uint64_t shares(const struct limit_entry *entry, enum limit_kind kind)
{
    return entry->scope == SCOPE_ACCOUNT && !kinds[kind].of_account ? ACCOUNT_SESSIONS : 1;
}

/* Thousandths of tokens in a full bucket. */
static uint64_t capacity(const struct limits *limits, const struct limit_entry *entry,
                         enum limit_kind kind)
{
    return limits->rates[kind].burst * shares(entry, kind) * TOKEN;
}

static void fill(const struct limits *limits, struct limit_entry *entry, enum limit_kind kind,
                 uint64_t now_ms)
{
    struct limit_bucket *bucket = &entry->buckets[kind];
    uint64_t full = capacity(limits, entry, kind);
    uint64_t a_period = limits->rates[kind].count * shares(entry, kind) * TOKEN;
    uint64_t period_ms = kinds[kind].period_ms;
    uint64_t passed = now_ms > bucket->at_ms ? now_ms - bucket->at_ms : 0;
    if (passed > full * period_ms / a_period) {
        *bucket = (struct limit_bucket){.thousandths = full, .at_ms = now_ms};
        return;
    }
    uint64_t gained = passed * a_period / period_ms;
    bucket->thousandths += gained;
    bucket->at_ms += (gained * period_ms + a_period - 1) / a_period;
    if (bucket->thousandths > full) {
        bucket->thousandths = full;
    }
}

/* How long until the bucket holds this many; 0 = it does. */
static uint64_t wait_for(const struct limits *limits, struct limit_entry *entry,
                         enum limit_kind kind, uint64_t wanted, uint64_t now_ms)
{
    if (!counts(limits, entry, kind)) {
        return 0;
    }
    fill(limits, entry, kind, now_ms);
    const struct limit_bucket *bucket = &entry->buckets[kind];
    if (bucket->thousandths >= wanted) {
        return 0;
    }
    uint64_t a_period = limits->rates[kind].count * shares(entry, kind) * TOKEN;
    return (wanted - bucket->thousandths) * kinds[kind].period_ms / a_period + 1;
}

static void spend(const struct limits *limits, struct limit_entry *entry, enum limit_kind kind,
                  uint64_t tokens)
{
    if (counts(limits, entry, kind)) {
        entry->buckets[kind].thousandths -= tokens;
    }
}

uint64_t limits_take_many(const struct limits *limits, struct limit_entry *entry,
                          enum limit_kind kind, uint32_t tokens, uint64_t now_ms)
{
    uint64_t wanted = (uint64_t)tokens * TOKEN;
    uint64_t own = wait_for(limits, entry, kind, wanted, now_ms);
    uint64_t of_account = wait_for(limits, entry->account, kind, wanted, now_ms);
    entry->used_ms = now_ms;
    if (own > 0 || of_account > 0) {
        return own > of_account ? own : of_account;
    }
    spend(limits, entry, kind, wanted);
    spend(limits, entry->account, kind, wanted);
    return 0;
}

uint64_t limits_take(const struct limits *limits, struct limit_entry *entry, enum limit_kind kind,
                     uint64_t now_ms)
{
    return limits_take_many(limits, entry, kind, 1, now_ms);
}

/* ---- entries ---- */

/* Addresses are chosen by their senders: only a hash spreads them. */
static struct hash key_of(enum scope scope, const uint8_t *bytes, size_t size)
{
    uint8_t text[1 + HASH_SIZE] = {(uint8_t)scope};
    memcpy(text + 1, bytes, size);
    return crypto_hash(slice_of(text, 1 + size));
}

static size_t slot_of(const struct hash *key)
{
    return ((size_t)key->bytes[0] << 8 | key->bytes[1]) % SLOTS;
}

static struct limit_entry *find(struct limits *limits, const struct hash *key)
{
    struct limit_entry *entry = limits->slots[slot_of(key)];
    while (entry != NULL && !hash_equal(entry->key, *key)) {
        entry = entry->next;
    }
    return entry;
}

static void fill_all(const struct limits *limits, struct limit_entry *entry, uint64_t now_ms)
{
    for (size_t kind = 0; kind < LIMIT_KINDS; kind++) {
        entry->buckets[kind] = (struct limit_bucket){
            .thousandths = capacity(limits, entry, (enum limit_kind)kind), .at_ms = now_ms};
    }
}

static struct limit_entry *add(struct limits *limits, enum scope scope, const struct hash *key,
                               uint64_t now_ms)
{
    struct limit_entry **slot = &limits->slots[slot_of(key)];
    struct limit_entry *entry = take_entry(limits);
    entry->key = *key;
    entry->scope = (uint8_t)scope;
    fill_all(limits, entry, now_ms);
    entry->next = *slot;
    *slot = entry;
    limits->count++;
    limits->addresses += scope == SCOPE_ADDRESS;
    return entry;
}

static struct limit_entry *hold(struct limit_entry *entry, uint64_t now_ms)
{
    entry->users++;
    entry->used_ms = now_ms;
    return entry;
}

struct limit_entry *limits_enter_session(struct limits *limits, const struct hash *session,
                                         struct id member, uint64_t now_ms)
{
    struct hash key = key_of(SCOPE_SESSION, session->bytes, HASH_SIZE);
    struct limit_entry *entry = find(limits, &key);
    if (entry == NULL) {
        struct hash of = key_of(SCOPE_ACCOUNT, member.bytes, ID_SIZE);
        struct limit_entry *account = find(limits, &of);
        account = account == NULL ? add(limits, SCOPE_ACCOUNT, &of, now_ms) : account;
        entry = add(limits, SCOPE_SESSION, &key, now_ms);
        entry->account = hold(account, now_ms);
    }
    return hold(entry, now_ms);
}

struct limit_entry *limits_enter_address(struct limits *limits, const uint8_t address[16],
                                         uint64_t now_ms)
{
    struct hash key = key_of(SCOPE_ADDRESS, address, 16);
    struct limit_entry *entry = find(limits, &key);
    if (entry == NULL && limits->addresses == LIMIT_ADDRESSES_MAX) {
        entry = &limits->crowd;
        if (entry->used_ms == 0) {
            fill_all(limits, entry, now_ms);
        }
    }
    return hold(entry == NULL ? add(limits, SCOPE_ADDRESS, &key, now_ms) : entry, now_ms);
}

void limits_leave(struct limit_entry *entry)
{
    entry->users--;
}

static bool is_full(const struct limits *limits, struct limit_entry *entry, uint64_t now_ms)
{
    for (size_t kind = 0; kind < LIMIT_KINDS; kind++) {
        if (wait_for(limits, entry, (enum limit_kind)kind,
                     capacity(limits, entry, (enum limit_kind)kind), now_ms) > 0) {
            return false;
        }
    }
    return true;
}

void limits_sweep(struct limits *limits, uint64_t now_ms)
{
    for (size_t slot = 0; slot < SLOTS; slot++) {
        struct limit_entry **link = &limits->slots[slot];
        while (*link != NULL) {
            struct limit_entry *entry = *link;
            if (entry->users == 0 && now_ms - entry->used_ms > IDLE_MS &&
                is_full(limits, entry, now_ms)) {
                *link = entry->next;
                if (entry->account != NULL) {
                    entry->account->used_ms = entry->used_ms;
                    limits_leave(entry->account);
                }
                limits->count--;
                limits->addresses -= entry->scope == SCOPE_ADDRESS;
                put_back(limits, entry);
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
