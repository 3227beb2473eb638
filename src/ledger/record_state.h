/* For src/ledger alone: how the record's facts are kept in TABLE_RECORD. Layouts are on top of record.c. */
#ifndef PALABRE_LEDGER_RECORD_STATE_H
#define PALABRE_LEDGER_RECORD_STATE_H

#include "ledger/mandate.h"
#include "ledger/record.h"

enum record_prefix {
    RECORD_ORG = 'O',
    RECORD_MEMBER = 'M',
    RECORD_KEY = 'K',
    RECORD_KEY_OF_MEMBER = 'k',
    RECORD_POLL = 'P',
    RECORD_VOTER = 'R',
    RECORD_BALLOT_TBS = 'T',
    RECORD_CARD_USED = 'C',
    RECORD_MANDATE = 'D',
    RECORD_NEWEST_MANDATE = 'd',
    RECORD_MANDATES_ABSENT = 'A',
    RECORD_REPRESENTED = 'V',
    RECORD_REPRESENTED_COUNT = 'W',
    RECORD_BATCH = 'Q',
    RECORD_BATCH_VOTER = 'q',
};

/* A key: prefix and up to three fixed parts. */
struct record_name {
    uint8_t bytes[1 + 3 * HASH_SIZE];
    size_t size;
};
struct record_name record_name_of(enum record_prefix prefix, struct slice a, struct slice b,
                                  struct slice c);
static inline struct slice record_name_slice(const struct record_name *name)
{
    return slice_of(name->bytes, name->size);
}
bool record_get(struct store_txn *txn, const struct record_name *name, struct slice *value);
void record_put(struct store_txn *txn, const struct record_name *name, struct slice value);

/* What genesis and epochs said. */
struct record_log {
    struct id org;
    uint32_t epoch;
    struct slice origin; /* borrowed from the transaction */
};
bool record_log(struct store_txn *txn, struct record_log *log);
void record_put_log(struct store_txn *txn, const struct record_log *log);

void record_put_member(struct store_txn *txn, struct id member, const struct record_member *value);
void record_put_key(struct store_txn *txn, const struct hash *pk, const struct record_key *value);
void record_put_poll(struct store_txn *txn, struct id poll, const struct record_poll *value);
void record_put_roll_entry(struct store_txn *txn, struct id poll, const struct roll_entry *entry);
/* What a poll knows of a member: their entry on the roll, the last ballot on their behalf. */
struct record_voter {
    bool on_roll, has_ballot;
    struct roll_entry entry;
    struct record_ballot ballot;
};
struct record_voter record_voter(struct store_txn *txn, struct id poll, struct id member);
/* voter as record_voter gave it; takes the ballot in. */
void record_put_ballot(struct store_txn *txn, struct id poll, struct record_voter *voter,
                       const struct record_ballot *value);
void record_put_mandate(struct store_txn *txn, const struct hash *id,
                        const struct record_mandate *value);
/* A u32 under a name; 0 when there is none. */
uint32_t record_number(struct store_txn *txn, const struct record_name *name);
void record_put_number(struct store_txn *txn, const struct record_name *name, uint32_t value);

bool record_mandates_are_absent(struct store_txn *txn);
/* The poll is open and its closing time has come: nothing of it but its closing. */
bool record_poll_is_overdue(const struct record_poll *poll, uint64_t time_ms);
/* weight × max(1, points, grades − 1) ≤ 2^53 − 1 */
bool record_weight_fits(uint64_t weight, uint16_t points, uint8_t grades);

/* May a ballot (or a paper) of this poll hold this choice? An absent definition lets every choice pass.
 * BALLOT_BAD_CHOICE. */
enum error record_check_choice(struct store_txn *txn, struct id id, const struct record_poll *poll,
                               struct slice choice);

/* The judges, by subject. */
enum error record_judge_ballot(struct store_txn *txn, const struct event *event,
                               const struct record_at *at);
enum error record_judge_poll(struct store_txn *txn, const struct event *event,
                             const struct record_at *at);
enum error record_judge_mandate(struct store_txn *txn, const struct event *event,
                                const struct record_at *at);
enum error record_judge_mandate_end(struct store_txn *txn, const struct event *event);
enum error record_judge_paper(struct store_txn *txn, const struct event *event,
                              const struct record_at *at);
void record_apply_paper(struct store_txn *txn, const struct event *event,
                        const struct record_at *at, struct record_poll *poll);
/* Note named by the signed bytes and note given (ledger.md, Ballot, check 12): any error is BALLOT_BAD_NOTE. */
enum error record_judge_note(const struct hash *named, struct slice given, bool erased);
/* May these keys sign for giver (none = unknown)? Officers may not be the holder (none = anybody). */
bool record_signers_are_good(struct store_txn *txn, const struct mandate_signers *signers,
                             struct id giver, struct id holder);
/* The key of an officer's device that may sign now; *member receives whose. */
bool record_key_is_officers(struct store_txn *txn, const struct hash *pk, struct id *member);

#endif
