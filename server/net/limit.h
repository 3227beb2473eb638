/* How often one session, one member, one address may ask: token buckets. The net loop's alone. No clock: times are given. */
#ifndef PALABRE_SERVER_NET_LIMIT_H
#define PALABRE_SERVER_NET_LIMIT_H

#include "base/id.h"

enum limit_kind {
    /* of a session, and ACCOUNT_SESSIONS times as much of its member */
    LIMIT_COMMANDS,
    LIMIT_BALLOTS,
    LIMIT_PERSONAL, /* drafts and the like, which the client saves by itself */
    /* of an address */
    LIMIT_STRANGERS, /* requests without a session */
    LIMIT_SIGN_INS,  /* opening and looking at links */
    /* of a member, by the day */
    LIMIT_REPORTS,
    LIMIT_UPLOADS,
    LIMIT_UPLOAD_KIB,
    LIMIT_KINDS
};
enum { ACCOUNT_SESSIONS = 5, LIMIT_ADDRESSES_MAX = 65536 };

/* Tokens that come back in a period of the kind (a minute or a day), and how many lie ready; count 0 = no limit. */
struct limit_rate {
    uint32_t count, burst;
};
struct limit_bucket {
    uint64_t thousandths; /* of a token */
    uint64_t at_ms;       /* when they were counted */
};
struct limit_entry {
    struct limit_entry *next;    /* of its slot */
    struct limit_entry *account; /* of a session: its member's, held; else NULL */
    struct hash key;
    struct limit_bucket buckets[LIMIT_KINDS];
    uint64_t touched_ms; /* the store was told that the session lives; 0 = not since the start */
    uint64_t used_ms;
    unsigned users; /* connections, requests and sessions that hold it */
    uint8_t scope;
};
struct limits;

/* A kind with this count: its burst stands to it as the usual one to the usual count, and is at least 1. */
struct limit_rate limit_scaled(enum limit_kind kind, uint64_t count);

/* Copies rates. */
struct limits *limits_new(const struct limit_rate rates[LIMIT_KINDS]);
/* Other rates from now on; what buckets hold stays, up to the new bursts. */
void limits_change(struct limits *limits, const struct limit_rate rates[LIMIT_KINDS]);
void limits_free(struct limits *limits);
/* The entry of a session, or of an address without one (any bytes that name it), made with full buckets; held until
 * limits_leave. */
struct limit_entry *limits_enter_session(struct limits *limits, const struct hash *session,
                                         struct id member, uint64_t now_ms);
struct limit_entry *limits_enter_address(struct limits *limits, const uint8_t address[16],
                                         uint64_t now_ms);
void limits_leave(struct limit_entry *entry);
/* Takes one token, of a session's entry also its member's. 0 = go on; else how many ms to wait before the next. */
uint64_t limits_take(const struct limits *limits, struct limit_entry *entry, enum limit_kind kind,
                     uint64_t now_ms);
/* The same for several at once; more than the burst are never given. */
uint64_t limits_take_many(const struct limits *limits, struct limit_entry *entry,
                          enum limit_kind kind, uint32_t tokens, uint64_t now_ms);
/* Forgets entries that nobody holds, idle for ten minutes, whose buckets are full again. */
void limits_sweep(struct limits *limits, uint64_t now_ms);
size_t limits_count(const struct limits *limits);

#endif
