/* Documents that many events of one transaction change, like the card of a proposal that is discussed: written once, at its
 * end.
 *
 * change_take() gives the parsed document, change_hold() takes it back changed and keeps it in the batch instead of in the
 * store. Invariants: to everybody who reads in this transaction a held document is there as if it had been written, because
 * document_bytes() asks here first and gets its bytes with the rev of the last event; whoever puts the same document
 * otherwise replaces what is held; batch_finish() writes what is left, and a transaction that holds one cannot be
 * committed. So the end of a transaction holds the same documents as if each event had written them, whichever events are
 * in it: `palabre check` replays in other transactions and compares.
 * Start at change_hold(). */
#include "assembly/work.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct held *held_find(struct store_txn *txn, uint8_t kind, struct id id)
{
    const struct batch *batch = store_attached(txn);
    for (size_t i = 0; batch != NULL && i < batch->held_count; i++) {
        if (batch->held[i].kind == kind && id_equal(batch->held[i].id, id)) {
            return &batch->held[i];
        }
    }
    return NULL;
}

struct slice held_bytes(struct held *held)
{
    if (held->bytes.size == 0) {
        buffer_expect(&held->bytes, JSON_USUAL);
        json_write(&held->bytes, held->document);
        assert_always(buffer_ok(&held->bytes));
    }
    return buffer_slice(&held->bytes);
}

static void held_free(struct held *held)
{
    json_decref(held->document);
    buffer_free(&held->bytes);
}

/* The last one takes its place. */
void held_forget(struct batch *batch, struct held *held)
{
    held_free(held);
    *held = batch->held[--batch->held_count];
}

void held_write(struct work *work, struct held *held)
{
    struct held one = *held;
    struct change change = {
        .assembly = work->assembly, .txn = work->txn, .work = work, .seq = one.rev};
    *held = work->batch->held[--work->batch->held_count];
    document_store(&change, one.kind, one.id, json_incref(one.document), one.rev, one.topics,
                   one.topic_count, true);
    held_free(&one);
}

void held_write_all(struct work *work)
{
    while (work->batch->held_count > 0) {
        held_write(work, &work->batch->held[0]);
    }
}

void held_forget_all(struct batch *batch)
{
    while (batch->held_count > 0) {
        held_forget(batch, &batch->held[0]);
    }
}

json_t *change_take(struct change *change, uint8_t kind, struct id id)
{
    struct held *held = held_find(change->txn, kind, id);
    if (held == NULL) {
        return document_load(change->txn, kind, id);
    }
    buffer_clear(&held->bytes);
    return json_incref(held->document);
}

static struct held *held_new(struct work *work, uint8_t kind, struct id id)
{
    struct batch *batch = work->batch;
    if (batch->held == NULL) {
        batch->held = memory_new(HELD_MAX, sizeof *batch->held);
    }
    if (batch->held_count == HELD_MAX) {
        held_write(work, &batch->held[0]);
    }
    store_attach(work->txn, batch);
    struct held *held = &batch->held[batch->held_count++];
    *held = (struct held){.kind = kind, .id = id};
    buffer_init(&held->bytes, DOCUMENT_MAX);
    return held;
}

void change_hold(struct change *change, uint8_t kind, struct id id, json_t *document,
                 const struct topic *topics, size_t count)
{
    if (count > HELD_TOPICS) {
        change_put(change, kind, id, document, topics, count);
        return;
    }
    struct held *held = held_find(change->txn, kind, id);
    if (held == NULL) {
        held = held_new(change->work, kind, id);
    }
    json_put(document, "rev", json_number(change->seq));
    json_decref(held->document);
    held->document = document;
    held->rev = change->seq;
    held->topic_count = count;
    memcpy(held->topics, topics, count * sizeof *topics);
    buffer_clear(&held->bytes);
}
