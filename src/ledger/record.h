/* What a verifier must remember to judge binary events (ledger.md, Ballot, What check does): members and roles, keys, polls and their
 * state, rolls, final ballots, mandates. It lives in TABLE_RECORD, is changed by record_apply() alone, and is
 * rebuilt from the ledger. Server, `check` and `verify` judge by these same functions. */
#ifndef PALABRE_LEDGER_RECORD_H
#define PALABRE_LEDGER_RECORD_H

#include "ledger/ballot.h"
#include "ledger/definition.h"
#include "ledger/payload.h"
#include "ledger/roll.h"
#include "store/store.h"

enum record_poll_state {
    RECORD_POLL_NONE = 0,
    RECORD_POLL_ROLL,
    RECORD_POLL_DEFINED,
    RECORD_POLL_OPEN,
    RECORD_POLL_CLOSED,
    RECORD_POLL_RESULT,
    RECORD_POLL_CANCELLED
};

struct record_member {
    enum member_status status;
    uint16_t roles;
    uint64_t seq; /* of the last member event */
};
struct record_key {
    struct id member;
    enum key_kind kind;
    struct id scope;
    uint64_t added_seq, added_ms;
    uint64_t revoked_seq; /* 0 = good (seq 0 is genesis) */
    uint8_t via;
    uint8_t reason;
};
struct record_poll {
    enum record_poll_state state;
    struct id org; /* the organisation's, kept here because every ballot is compared with it */
    struct hash poll_hash; /* none before the definition */
    uint64_t defined_seq, roll_seq, opened_seq, opened_ms, closed_seq, closed_ms,
        result_seq;     /* 0 = not yet */
    uint64_t closes_ms; /* in force; 0 = by hand */
    uint32_t extensions;
    uint64_t ballots; /* accepted, revotes included */
    uint32_t voted;   /* distinct on_behalf_of with a ballot */
    uint64_t voted_weight;
    uint64_t last_ballot_seq;
    struct hash lot_secret;   /* commitment in force */
    uint8_t verdict, decided; /* of the last result, else 0 */
    /* The roll as it was frozen, and what late arrivals added. */
    struct hash roll_root;
    uint32_t roll_count, added_count;
    uint64_t roll_weight, added_weight;
    uint8_t roll_class; /* greatest class index on the roll */
    /* From the definition; zeros before it and while it is absent. */
    struct id meeting;
    uint8_t mode, method, form, grades, n_class, tie;
    uint16_t flags, n_option, seats, min, max, points, cap;
    uint64_t budget, opens_ms;
    uint16_t mandates_max;
    uint8_t mandates_who, mandates_own;
    uint32_t options_at; /* offset of the first option in the definition's bytes */
    /* What this reader could not see: openings that were absent when their event was applied. */
    bool roll_absent, definition_absent, ballots_absent, batches_absent;
    bool closes_known, lot_known; /* closes_ms and lot_secret mean something */
};
/* The final (last) ballot of (poll, on_behalf_of). */
struct record_ballot {
    uint32_t counter;
    uint64_t seq;
    struct id voter;
    struct hash tbs_hash;
    bool own;
};

struct record_mandate {
    struct id giver, holder;
    uint8_t kind; /* enum mandate_kind */
    struct id scope;
    uint64_t from_ms, until_ms, seq, ended_seq; /* ended_seq 0 = not ended */
    struct hash previous; /* the mandate this giver recorded before it; none = the first */
};

/* The organisation's id, as genesis names it; none before genesis is applied. */
struct id record_org(struct store_txn *txn);
bool record_member(struct store_txn *txn, struct id member, struct record_member *value);
bool record_key(struct store_txn *txn, const struct hash *pk, struct record_key *value);
bool record_poll(struct store_txn *txn, struct id poll, struct record_poll *value);
bool record_roll_entry(struct store_txn *txn, struct id poll, struct id member,
                       struct roll_entry *entry);
bool record_ballot(struct store_txn *txn, struct id poll, struct id on_behalf_of,
                   struct record_ballot *value);
/* seq of the ballot with these exact signed bytes, which name on_behalf_of; false = none. */
bool record_ballot_by_tbs(struct store_txn *txn, struct id poll, struct id on_behalf_of,
                          struct hash tbs_hash, uint64_t *seq);
/* A batch of papers or hands (ledger.md, Proxies and paper), in its last version; without voters it has been withdrawn. */
struct record_batch {
    uint16_t version;
    uint64_t seq;
    uint32_t voters;
};
bool record_batch(struct store_txn *txn, struct id poll, struct id batch,
                  struct record_batch *value);
/* Every batch of a poll in id order, the withdrawn too. */
void record_each_batch(struct store_txn *txn, struct id poll,
                       bool (*visit)(void *context, struct id batch,
                                     const struct record_batch *value),
                       void *context);
bool record_mandate(struct store_txn *txn, const struct hash *id, struct record_mandate *value);
/* The mandate in force for (giver, poll) at this time: the last recorded one that covers the poll, unless it is ended.
 * false = none. */
bool record_active_mandate(struct store_txn *txn, struct id giver, struct id poll,
                           const struct record_poll *value, uint64_t time_ms, struct hash *id,
                           struct record_mandate *mandate);
/* Active or dormant, with one of the offices chair, facilitator, secretary, scrutineer. */
bool record_is_officer(struct store_txn *txn, struct id member);
/* The definition bytes of a poll (borrowed from the ledger's opening); false = absent. */
bool record_definition(struct store_txn *txn, struct id poll, struct slice *bytes);
/* Members in id order / keys of one member / final ballots of one poll in on_behalf_of order; until visit returns false. */
void record_each_member(struct store_txn *txn,
                        bool (*visit)(void *context, struct id id,
                                      const struct record_member *member),
                        void *context);
void record_each_key(struct store_txn *txn, struct id member,
                     bool (*visit)(void *context, const struct hash *pk,
                                   const struct record_key *key),
                     void *context);
void record_each_ballot(struct store_txn *txn, struct id poll,
                        bool (*visit)(void *context, struct id on_behalf_of,
                                      const struct record_ballot *ballot),
                        void *context);
void record_each_roll_entry(struct store_txn *txn, struct id poll,
                            bool (*visit)(void *context, const struct roll_entry *entry),
                            void *context);

/* Where an event is, or would be, appended. */
struct record_at {
    uint64_t seq, time_ms;
    bool
        signature_known_good; /* a worker has checked the ballot's signature: check 2 is not repeated */
    bool note_erased; /* replaying: an erasure covers the note (or the opening) of this seq */
};
/* May this event stand here? The error is the reason of ledger.md. Types 32–255 are always good. Writes nothing.
 * Results are checked for form, state, closed seq, poll_hash and lot; the recount is tally's. */
enum error record_judge(struct store_txn *txn, const struct event *event,
                        const struct record_at *at);
/* A ballot (payload present) of which a check was skipped because an opening before it is absent (ledger.md, Ballot).
 * Ask before record_apply. */
bool record_is_unjudged(struct store_txn *txn, const struct event *event);
/* Takes a good event into account. An erased (absent) payload still moves states as §12 says. */
void record_apply(struct store_txn *txn, const struct event *event, const struct record_at *at);

#endif
