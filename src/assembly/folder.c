/* A folder's assembly from the outside: founding it, opening it, rebuilding what is derived, checking that the ledger alone
 * gives the documents.
 *
 * Everything in RECORD, DOCUMENT, PLACE, TOPIC, NUMBER, INDEX and ANSWER comes from the ledger by event_apply() and from
 * nowhere else. `meta.projection` says which version of the apply functions wrote them; another number rebuilds them all in
 * batches and gives the feed a new epoch. Start at replay(). */
#include "assembly/erasure.h"
#include "assembly/registry.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "base/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    REPLAY_BATCH = 4096, /* events of one transaction */
    ENDING_MAX = 256 << 20
};

static const enum table derived[] = {TABLE_RECORD, TABLE_DOCUMENT, TABLE_PLACE, TABLE_TOPIC,
                                     TABLE_NUMBER, TABLE_INDEX,    TABLE_ANSWER};
enum { DERIVED = sizeof derived / sizeof derived[0] };

/* ---- meta ---- */

static const char meta_compact[] =
    "compact"; /* u64 ms: something was erased, the file has not been rewritten since */

static void meta_put_u32(struct store_txn *txn, const char *name, uint32_t value)
{
    uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                        (uint8_t)value};
    store_put(txn, TABLE_META, slice_text(name), slice_of(bytes, sizeof bytes));
}

static uint32_t meta_u32(struct store_txn *txn, const char *name)
{
    struct slice value;
    if (!store_get(txn, TABLE_META, slice_text(name), &value)) {
        return 0;
    }
    struct reader reader = reader_of(value);
    return reader_u32(&reader);
}

void folder_new_feed(struct store_txn *txn, void (*random)(void *into, size_t size))
{
    uint8_t bytes[8];
    char text[17];
    random(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    }
    store_put(txn, TABLE_META, slice_text("feed_epoch"), slice_text(text));
}

uint32_t folder_projection(struct store_txn *txn)
{
    return meta_u32(txn, "projection");
}

/* ---- replay ---- */

static void apply_entry(struct work *work, const struct ledger_entry *entry)
{
    struct event event = entry->event;
    struct record_at at = {.seq = entry->seq, .time_ms = entry->leaf.time_ms};
    event_apply(work, &event, &at);
}

/* ---- founding ---- */

static json_t *default_classes(struct id org)
{
    json_t *classes = json_array(), *one = json_object(), *label = json_object();
    struct slice parts[] = {id_slice(&org), slice_text("members")};
    json_put(one, "id", json_id(id_from_hash(crypto_hash_tagged("class", parts, 2))));
    json_put(one, "key", json_text(slice_text("members")));
    json_put(label, "fr", json_text(slice_text("Membres")));
    json_put(label, "nl", json_text(slice_text("Leden")));
    json_put(label, "en", json_text(slice_text("Members")));
    json_put(one, "label", label);
    json_put(one, "votes", json_true());
    json_array_append_new(classes, one);
    return classes;
}

static json_t *founding_payload(const struct assembly_founding *founding)
{
    json_t *payload = json_object();
    json_put(payload, "by", json_text(slice_text("operator")));
    json_put(payload, "what", json_text(slice_text("founded")));
    json_put(payload, "id", json_id(founding->org));
    json_put(payload, "name", json_text(founding->name));
    json_put(payload, "names", founding->names == NULL ? NULL : json_deep_copy(founding->names));
    json_put(payload, "languages", json_deep_copy(founding->languages));
    json_put(
        payload, "legal_form",
        json_text(founding->legal_form.size == 0 ? slice_text("de-facto") : founding->legal_form));
    json_put(payload, "time_zone", json_text(founding->time_zone));
    json_put(payload, "classes",
             founding->classes == NULL ? default_classes(founding->org)
                                       : json_deep_copy(founding->classes));
    if (founding->demo) {
        json_put(payload, "demo", json_true());
    }
    return payload;
}

/* Genesis is in the ledger: its record, then the organisation event. */
static enum error founding_events(struct store_txn *txn, const struct assembly_founding *founding,
                                  const struct key_pair *key)
{
    struct batch batch = {.quiet = true};
    struct work work = {.txn = txn, .batch = &batch};
    struct ledger *ledger;
    struct ledger_entry genesis;
    struct buffer bytes;
    uint8_t salt[SALT_SIZE];
    enum error error = ledger_open(txn, key, &ledger);
    if (error != ERROR_NONE) {
        return error;
    }
    assert_always(ledger_read(txn, 0, &genesis));
    apply_entry(&work, &genesis);
    buffer_init(&bytes, PAYLOAD_MAX);
    json_t *payload = founding_payload(founding);
    json_write(&bytes, payload);
    struct event event = {.type = EVENT_ORGANISATION, .payload = buffer_slice(&bytes)};
    crypto_random(salt, sizeof salt);
    struct record_at at = {.time_ms = ledger_begin(ledger, founding->now_ms)};
    at.seq = ledger_append(ledger, txn, &event, salt);
    event_apply(&work, &event, &at);
    batch_finish(&work);
    ledger_seal(ledger, txn);
    ledger_committed(ledger);
    ledger_close(ledger);
    json_decref(payload);
    buffer_free(&bytes);
    batch_free(&batch);
    return ERROR_NONE;
}

void folder_put_secrets(struct store_txn *txn)
{
    uint8_t secret[32], prefix = SECRET_SERVER;
    crypto_random(secret, sizeof secret);
    store_put(txn, TABLE_SECRET, slice_of(&prefix, 1), slice_of(secret, sizeof secret));
    crypto_wipe(secret, sizeof secret);
    meta_put_u32(txn, "projection", PROJECTION);
    folder_new_feed(txn, crypto_random);
}

struct ending {
    struct buffer keys; /* one after the other, each behind its length u16 */
};

/* Everything but secrets of lots: what another program version keeps here ends too. */
static bool note_ending(void *context, struct slice key, struct slice value)
{
    struct ending *ending = context;
    (void)value;
    if (key.size > 0 && key.data[0] != SECRET_LOT) {
        buffer_append_u16(&ending->keys, (uint16_t)key.size);
        buffer_append_slice(&ending->keys, key);
    }
    return true;
}

void folder_end_sessions(struct store_txn *txn)
{
    struct ending ending;
    buffer_init(&ending.keys, ENDING_MAX);
    store_scan(txn, TABLE_SECRET, slice_of(NULL, 0), note_ending, &ending);
    assert_always(buffer_ok(&ending.keys));
    struct reader reader = reader_of(buffer_slice(&ending.keys));
    while (reader.left.size > 0) {
        uint16_t size = reader_u16(&reader);
        store_delete(txn, TABLE_SECRET, reader_bytes(&reader, size));
    }
    buffer_free(&ending.keys);
    folder_put_secrets(txn);
}

enum error assembly_found(struct store_txn *txn, const struct assembly_founding *founding,
                          const struct key_pair *key)
{
    uint8_t salt[SALT_SIZE];
    struct buffer origin;
    buffer_init(&origin, ORIGIN_MAX);
    buffer_append_slice(&origin, founding->log_name);
    buffer_append_text(&origin, "/1");
    crypto_random(salt, sizeof salt);
    enum error error = buffer_ok(&origin) && note_origin_is_good(buffer_slice(&origin))
                           ? ERROR_NONE
                           : ERROR_INPUT_BAD_VALUE;
    if (error == ERROR_NONE) {
        error =
            ledger_create(txn, founding->org, buffer_slice(&origin), key, founding->now_ms, salt);
    }
    if (error == ERROR_NONE) {
        folder_put_secrets(txn);
        error = founding_events(txn, founding, key);
    }
    buffer_free(&origin);
    return error == ERROR_NONE ? store_error(txn) : error;
}

/* ---- rebuilding in place ---- */

static void clear_derived(struct store_txn *txn)
{
    for (size_t i = 0; i < DERIVED; i++) {
        store_clear(txn, derived[i]);
    }
    residue_load(txn, txn);
}

static enum error rebuild_batch(struct store *store, uint64_t from, uint64_t *to)
{
    struct store_txn *txn;
    struct batch batch = {.quiet = true};
    enum error error = store_begin(store, STORE_WRITE, &txn);
    if (error != ERROR_NONE) {
        return error;
    }
    if (from == 0) {
        clear_derived(txn);
    }
    struct work work = {.txn = txn, .batch = &batch};
    struct ledger_entry entry;
    for (*to = from; *to - from < REPLAY_BATCH && ledger_read(txn, *to, &entry); ++*to) {
        apply_entry(&work, &entry);
    }
    batch_finish(&work);
    batch_free(&batch);
    return store_commit(txn);
}

enum error assembly_rebuild(struct store *store, void (*random)(void *into, size_t size),
                            void (*progress)(void *context, uint64_t done, uint64_t total),
                            void *context)
{
    struct store_txn *txn;
    enum error error = store_begin(store, STORE_READ, &txn);
    if (error != ERROR_NONE) {
        return error;
    }
    uint64_t total = ledger_count(txn), done = 0;
    store_abort(txn);
    while (error == ERROR_NONE && done < total) {
        error = rebuild_batch(store, done, &done);
        if (progress != NULL) {
            progress(context, done, total);
        }
    }
    if (error != ERROR_NONE || (error = store_begin(store, STORE_WRITE, &txn)) != ERROR_NONE) {
        return error;
    }
    meta_put_u32(txn, "projection", PROJECTION);
    folder_new_feed(txn, random);
    return store_commit(txn);
}

/* An entry of the open transaction may stand in memory that LMDB gives up while more is written: it is applied from a
 * copy. */
static void apply_copy(struct work *work, const struct ledger_entry *entry, struct buffer *copy)
{
    struct ledger_entry own = *entry;
    buffer_clear(copy);
    buffer_append_slice(copy, entry->event.payload);
    buffer_append_slice(copy, entry->event.note);
    assert_always(buffer_ok(copy));
    own.event.payload = slice_of(copy->data, entry->event.payload.size);
    own.event.note = slice_of(copy->data + entry->event.payload.size, entry->event.note.size);
    apply_entry(work, &own);
}

void assembly_derive(struct assembly *assembly)
{
    struct batch batch = {.quiet = true};
    struct work work = {.txn = assembly->txn, .batch = &batch};
    struct ledger_entry entry;
    struct buffer copy;
    uint8_t since[8];
    buffer_init(&copy, (size_t)PAYLOAD_MAX + SALT_SIZE + NOTE_TEXT_MAX);
    clear_derived(assembly->txn);
    for (uint64_t seq = 0; ledger_read(assembly->txn, seq, &entry); seq++) {
        apply_copy(&work, &entry, &copy);
    }
    batch_finish(&work);
    batch_free(&batch);
    buffer_free(&copy);
    folder_new_feed(assembly->txn, assembly->random);
    bytes_put_u64(since, assembly->now_ms);
    store_put(assembly->txn, TABLE_META, slice_text(meta_compact), slice_of(since, sizeof since));
}

bool assembly_wants_compaction(struct store_txn *txn)
{
    struct slice value;
    return store_get(txn, TABLE_META, slice_text(meta_compact), &value);
}

void assembly_compacted(struct store_txn *txn)
{
    store_delete(txn, TABLE_META, slice_text(meta_compact));
}

/* ---- opening ---- */

static enum error read_ledger(struct store *store, const struct key_pair *key,
                              struct ledger **ledger, uint32_t *projection)
{
    struct store_txn *txn;
    enum error error = store_begin(store, STORE_READ, &txn);
    if (error == ERROR_NONE) {
        error = ledger_open(txn, key, ledger);
        *projection = meta_u32(txn, "projection");
        store_abort(txn);
    }
    return error;
}

enum error assembly_open(struct store *store, const struct key_pair *key,
                         void (*progress)(void *context, uint64_t done, uint64_t total),
                         void *context, struct assembly **assembly)
{
    struct ledger *ledger;
    uint32_t projection;
    enum error error = read_ledger(store, key, &ledger, &projection);
    if (error != ERROR_NONE) {
        return error;
    }
    if (projection > PROJECTION) {
        error = ERROR_STORAGE_NEWER;
    } else if (projection < PROJECTION && key != NULL) {
        error = assembly_rebuild(store, crypto_random, progress, context);
    }
    if (error != ERROR_NONE) {
        ledger_close(ledger);
        return error;
    }
    *assembly = memory_new(1, sizeof **assembly);
    **assembly = (struct assembly){
        .store = store, .ledger = ledger, .org = ledger_org(ledger), .random = crypto_random};
    return ERROR_NONE;
}

void assembly_set_zone(struct assembly *assembly, int64_t (*offset)(uint64_t ms))
{
    assembly->zone_offset = offset;
}

void assembly_close(struct assembly *assembly)
{
    assert_always(assembly->txn == NULL);
    ledger_close(assembly->ledger);
    batch_free(&assembly->batch);
    free(assembly);
}
