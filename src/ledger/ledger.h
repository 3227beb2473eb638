/* The append-only log in the store: leaves, openings, the stored tree, one checkpoint per write transaction, proofs and
 * receipts (ledger.md). It holds the right edge of the tree in memory; that edge changes only when the
 * transaction that moved it has committed.
 * Writing: the writer thread alone, ledger_begin → ledger_append… → ledger_seal → store_commit → ledger_committed
 * (or ledger_aborted). Reading functions take any transaction and use only the store: any thread. */
#ifndef PALABRE_LEDGER_LEDGER_H
#define PALABRE_LEDGER_LEDGER_H

#include "base/buffer.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "ledger/event.h"
#include "store/store.h"

struct ledger;

/* Starts a ledger: appends genesis (seq 0) for org with origin = "<name>/1", applies it to the record, seals.
 * The caller commits the transaction. GENESIS_MALFORMED: a bad origin, or leaves are there already.
 * key is borrowed for the call. */
enum error ledger_create(struct store_txn *txn, struct id org, struct slice origin,
                         const struct key_pair *key, uint64_t now_ms,
                         const uint8_t salt[SALT_SIZE]);
/* Reads the edge, the origin and the last time. The key must be the one of the newest epoch (CHECKPOINT_BAD else).
 * key NULL = never sealed by this ledger: for reading, and for replaying a record into a store (which may be empty).
 * The caller closes. */
enum error ledger_open(struct store_txn *txn, const struct key_pair *key, struct ledger **ledger);
void ledger_close(struct ledger *ledger);

struct id ledger_org(const struct ledger *ledger);
struct slice ledger_origin(const struct ledger *ledger); /* lives as long as the ledger */
/* Appends the vkey text. */
void ledger_vkey(const struct ledger *ledger, struct buffer *out);
uint64_t ledger_size(const struct ledger *ledger); /* committed leaves */

/* Stamps the transaction: answers now_ms, or the last leaf's time if that is later. */
uint64_t ledger_begin(struct ledger *ledger, uint64_t now_ms);
/* Raises the stamp within the transaction (never lowers it): for batches imported or replayed at several times. */
uint64_t ledger_set_time(struct ledger *ledger, uint64_t now_ms);
/* The seq the next append will get. */
uint64_t ledger_next(const struct ledger *ledger);
/* Appends one event with this salt; returns its seq. The payload is judged by record_judge() before. */
uint64_t ledger_append(struct ledger *ledger, struct store_txn *txn, const struct event *event,
                       const uint8_t salt[SALT_SIZE]);
/* For a record made elsewhere, replayed into a store: appends a leaf as it is, with its opening (salt, event->payload,
 * event->note) unless that is absent (payload.size 0). EVENT_BAD_LEAF, EVENT_TIME_ORDER, EVENT_BAD_COMMITMENT,
 * GENESIS_MALFORMED, EPOCH_MALFORMED; nothing is then appended. */
enum error ledger_append_leaf(struct ledger *ledger, struct store_txn *txn, struct slice leaf_bytes,
                              struct slice salt, const struct event *event);
/* The key that signs from now on: before an epoch event that names another key is appended and sealed. Copied. */
void ledger_set_key(struct ledger *ledger, const struct key_pair *key);
/* After the event that began `epoch` was appended, before it is sealed: signs the last seal of the epoch before, by its
 * origin and key, over this event too. It is kept apart from the others. */
void ledger_hand_over(struct ledger *ledger, struct store_txn *txn, uint32_t epoch,
                      struct slice origin, const struct key_pair *key);
/* Signs and stores one checkpoint over all appended leaves; nothing when none was appended. */
void ledger_seal(struct ledger *ledger, struct store_txn *txn);
void ledger_committed(struct ledger *ledger);
void ledger_aborted(struct ledger *ledger);

/* What stands at a seq. Opening absent (erased): payload.size 0. Borrowed from txn. */
struct ledger_entry {
    uint64_t seq;
    struct leaf leaf;
    struct slice leaf_bytes, salt;
    struct event event;
};
/* false = no such leaf (or the store failed). */
bool ledger_read(struct store_txn *txn, uint64_t seq, struct ledger_entry *entry);
/* Leaves in this snapshot. */
uint64_t ledger_count(struct store_txn *txn);
/* Root of the first `size` leaves; LOG_BAD_RANGE. */
enum error ledger_root(struct store_txn *txn, uint64_t size, struct hash *root);
enum error ledger_consistency(struct store_txn *txn, uint64_t from, uint64_t to,
                              struct merkle_proof *proof);
/* The newest signed note in this snapshot; borrowed. */
bool ledger_checkpoint(struct store_txn *txn, struct slice *note);
/* Appends the tlog-proof of a leaf to the newest checkpoint of this snapshot (LOG_BAD_RANGE). Inside a write
 * transaction it covers what was sealed in it. */
enum error ledger_receipt(struct store_txn *txn, uint64_t seq, struct buffer *out);

/* The same for the writer, after ledger_seal: the receipts of one transaction share their note and what their proofs have in
 * common. Without a seal in the open transaction it is ledger_receipt. */
enum error ledger_receipt_sealed(struct ledger *ledger, struct store_txn *txn, uint64_t seq,
                                 struct buffer *out);

/* Appends the tlog-proof of the event that began an epoch: to the last seal of the epoch before if there is one, else to
 * the newest (LOG_BAD_RANGE: no such epoch). */
enum error ledger_epoch_proof(struct store_txn *txn, uint32_t epoch, struct buffer *out);

/* Takes out of the store the openings and notes that this erasure payload names; for the apply function of its event (erasure.c). */
void ledger_erase(struct store_txn *txn, struct slice payload);

/* Checks a receipt as a client does (ledger.md, Receipts). tbs (size 0 = unknown) must be a prefix of the payload. RECEIPT_*. */
enum error receipt_check(struct slice receipt, struct slice vkey, struct slice tbs, uint64_t *seq);

/* Recomputes every leaf hash, node, commitment of present openings, time order, and every checkpoint; the newest epoch's
 * key must be ledger_pk.
 * progress (may be NULL) is called every 4,096 leaves. *bad_seq names the first wrong leaf. */
enum error ledger_verify(struct store_txn *txn, const struct hash *ledger_pk, uint64_t *bad_seq,
                         void (*progress)(void *context, uint64_t done, uint64_t total),
                         void *context);

#endif
