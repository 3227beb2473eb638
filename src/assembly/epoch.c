/* Beginning an epoch: what a ledger does that came out of a backup or an export, or gets another key (ledger.md, Epochs).
 *
 * The epoch event is the first new leaf. It names origin and key of what follows, the root before it, and what is known to
 * be lost. If the key of the epoch before is there, its last seal covers the event, so that devices which trust that key
 * learn the new one from it; it is kept beside the seals (ledger_hand_over), and the old origin never signs again.
 * A folder out of a backup also forgets whom it let in: sessions, links and tokens of then might have been revoked since.
 * Secrets of lots not yet drawn stay: the votes that committed to them go on. Start at assembly_begin_epoch(). */
#include "assembly/registry.h"
#include "assembly/work.h"
#include "base/fatal.h"

#include <stdlib.h>
#include <string.h>

enum { CAUSE_RESTORED = 2 };

/* "<name>/<epoch + 1>" after "<name>/<epoch>"; the origin is well formed. */
static uint32_t next_origin(struct slice origin, struct buffer *out)
{
    size_t at = origin.size;
    uint32_t epoch = 0;
    while (at > 0 && origin.data[at - 1] != '/') {
        at--;
    }
    for (size_t digit = at; digit < origin.size; digit++) {
        epoch = epoch * 10 + (uint32_t)(origin.data[digit] - '0');
    }
    buffer_append_slice(out, slice_of(origin.data, at));
    buffer_format(out, "%u", (unsigned)epoch + 1);
    return epoch + 1;
}

static enum error append_event(struct ledger *ledger, struct work *work,
                               const struct epoch_start *start, const struct payload_epoch *epoch)
{
    uint8_t salt[SALT_SIZE];
    struct buffer payload;
    buffer_init(&payload, 1024);
    payload_encode_epoch(&payload, epoch);
    struct event event = {.type = EVENT_EPOCH, .payload = buffer_slice(&payload)};
    struct record_at at = {.seq = ledger_next(ledger),
                           .time_ms = ledger_begin(ledger, start->now_ms)};
    enum error error = record_judge(work->txn, &event, &at);
    if (error == ERROR_NONE) {
        crypto_random(salt, sizeof salt);
        ledger_append(ledger, work->txn, &event, salt);
        event_apply(work, &event, &at);
    }
    buffer_free(&payload);
    return error;
}

enum error epoch_begin(struct ledger *ledger, struct work *work, const struct epoch_start *start)
{
    struct buffer old, origin;
    struct payload_epoch epoch = {.ledger_pk = start->key->public_key,
                                  .cause = CAUSE_RESTORED,
                                  .lost_size = start->lost_size,
                                  .lost_root = start->lost_root};
    buffer_init(&old, ORIGIN_MAX);
    buffer_init(&origin, ORIGIN_MAX);
    buffer_append_slice(&old, ledger_origin(ledger));
    epoch.epoch = next_origin(ledger_origin(ledger), &origin);
    epoch.origin = buffer_slice(&origin);
    enum error error = ledger_root(work->txn, ledger_next(ledger), &epoch.root);
    if (error == ERROR_NONE) {
        error = append_event(ledger, work, start, &epoch);
    }
    if (error == ERROR_NONE) {
        if (start->old != NULL) {
            ledger_hand_over(ledger, work->txn, epoch.epoch, buffer_slice(&old), start->old);
        }
        ledger_set_key(ledger, start->key);
        ledger_seal(ledger, work->txn);
    }
    buffer_free(&old);
    buffer_free(&origin);
    return error;
}

/* ---- a folder out of a backup ---- */

/* Derived documents of an earlier program are made anew first: applying the event builds on them. */
static enum error bring_up_to_date(struct store *store, struct ledger **ledger)
{
    struct store_txn *txn;
    enum error error = store_begin(store, STORE_READ, &txn);
    if (error != ERROR_NONE) {
        return error;
    }
    uint32_t projection = folder_projection(txn);
    error = projection > PROJECTION ? ERROR_STORAGE_NEWER : ledger_open(txn, NULL, ledger);
    store_abort(txn);
    if (error == ERROR_NONE && projection < PROJECTION) {
        error = assembly_rebuild(store, crypto_random, NULL, NULL);
    }
    return error;
}

static enum error begin_in(struct store *store, struct ledger *ledger,
                           const struct epoch_start *start)
{
    struct store_txn *txn;
    enum error error = store_begin(store, STORE_WRITE, &txn);
    if (error != ERROR_NONE) {
        return error;
    }
    struct batch batch = {.quiet = true};
    struct work work = {.txn = txn, .batch = &batch};
    error = epoch_begin(ledger, &work, start);
    if (error == ERROR_NONE) {
        if (!start->keep_sessions) {
            folder_end_sessions(txn);
        }
        folder_new_feed(txn, crypto_random);
        batch_finish(&work);
        error = store_commit(txn);
    } else {
        store_abort(txn);
    }
    batch_free(&batch);
    return error;
}

enum error assembly_begin_epoch(struct store *store, const struct epoch_start *start)
{
    struct ledger *ledger = NULL;
    enum error error = bring_up_to_date(store, &ledger);
    if (error == ERROR_NONE) {
        error = begin_in(store, ledger, start);
    }
    ledger_close(ledger);
    return error;
}
