/* What a verifier must remember to judge binary events (06 §6, §12 step 6): members and roles, keys, polls and their
 * state, rolls, final ballots, mandates. It lives in TABLE_RECORD, is changed by record_apply() alone, and is
 * rebuilt from the ledger. Server, `check` and `verify` judge by these same functions. */
#ifndef PALABRE_LEDGER_RECORD_H
#define PALABRE_LEDGER_RECORD_H

#include "ledger/ballot.h"
#include "ledger/definition.h"
#include "ledger/payload.h"
#include "ledger/roll.h"
#include "store/store.h"

enum record_poll_state { RECORD_POLL_NONE = 0, RECORD_POLL_ROLL, RECORD_POLL_DEFINED, RECORD_POLL_OPEN, RECORD_POLL_CLOSED, RECORD_POLL_RESULT, RECORD_POLL_CANCELLED };

struct record_member { enum member_status status; uint16_t roles; uint64_t seq; /* of the last member event */ };
struct record_key { struct id member; enum key_kind kind; struct id scope; uint64_t added_seq, added_ms; uint64_t revoked_seq; /* 0 = good (seq 0 is genesis) */ uint8_t via; uint8_t reason; };
struct record_poll {
    enum record_poll_state state;
    struct hash poll_hash;     /* none before the definition */
    uint64_t defined_seq, roll_seq, opened_seq, opened_ms, closed_seq, closed_ms, result_seq; /* 0 = not yet */
    uint64_t closes_ms;        /* in force; 0 = by hand */
    uint32_t extensions;
    uint64_t ballots;          /* accepted, revotes included */
    uint32_t voted;            /* distinct on_behalf_of with a ballot */
    uint64_t voted_weight;
    uint64_t last_ballot_seq;
    struct hash lot_secret;    /* commitment in force */
};
/* The final (last) ballot of (poll, on_behalf_of). */
struct record_ballot { uint32_t counter; uint64_t seq; struct id voter; struct hash tbs_hash; bool own; };

bool record_member(struct store_txn *txn, struct id member, struct record_member *value);
bool record_key(struct store_txn *txn, const struct hash *pk, struct record_key *value);
bool record_poll(struct store_txn *txn, struct id poll, struct record_poll *value);
bool record_roll_entry(struct store_txn *txn, struct id poll, struct id member, struct roll_entry *entry);
bool record_ballot(struct store_txn *txn, struct id poll, struct id on_behalf_of, struct record_ballot *value);
/* seq of the ballot with these exact signed bytes; false = none. */
bool record_ballot_by_tbs(struct store_txn *txn, struct id poll, struct hash tbs_hash, uint64_t *seq);
/* The definition bytes of a poll (borrowed from the ledger's opening); false = absent. */
bool record_definition(struct store_txn *txn, struct id poll, struct slice *bytes);
/* Members in id order / keys of one member / final ballots of one poll in on_behalf_of order; until visit returns false. */
void record_each_member(struct store_txn *txn, bool (*visit)(void *context, struct id id, const struct record_member *member), void *context);
void record_each_key(struct store_txn *txn, struct id member, bool (*visit)(void *context, const struct hash *pk, const struct record_key *key), void *context);
void record_each_ballot(struct store_txn *txn, struct id poll, bool (*visit)(void *context, struct id on_behalf_of, const struct record_ballot *ballot), void *context);
void record_each_roll_entry(struct store_txn *txn, struct id poll, bool (*visit)(void *context, const struct roll_entry *entry), void *context);

/* Where an event is, or would be, appended. */
struct record_at {
    uint64_t seq, time_ms;
    bool signature_known_good; /* a worker has checked the ballot's signature: check 2 is not repeated */
};
/* May this event stand here? The error is the reason of 06 §6–8, §12. Types 32–255 are always good. Writes nothing.
 * Results are checked for form, state, closed seq, poll_hash and lot; the recount is tally's. */
enum error record_judge(struct store_txn *txn, const struct event *event, const struct record_at *at);
/* Takes a good event into account. An erased (absent) payload still moves states as §12 says. */
void record_apply(struct store_txn *txn, const struct event *event, const struct record_at *at);

#endif
