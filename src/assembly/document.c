/* Documents and their places: the JSON that clients receive, stored once, and an index from topics to documents.
 *
 * TABLE_DOCUMENT holds the bytes; TABLE_PLACE says in which topics a document stands and at which rev; TABLE_TOPIC is the
 * inverse, ordered by rev, with one row per (topic, document) that moves when the document changes. A document that leaves
 * a topic leaves a row marked gone. Invariant: every PLACE entry has exactly one TOPIC row, and the reverse.
 * A document may be newer than its rows (change_put_untold()): then another one, whose row moved, tells what changed.
 * So a client that comes back with a position reads only what changed since (feed.c), and nothing is replayed.
 * Start at change_put(). */
#include "assembly/registry.h"
#include "assembly/search.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void document_key(uint8_t kind, struct id id, uint8_t key[DOCUMENT_KEY_SIZE])
{
    key[0] = kind;
    memcpy(key + 1, id.bytes, ID_SIZE);
}

void topic_key(struct topic topic, uint8_t key[TOPIC_KEY_SIZE])
{
    key[0] = topic.kind;
    memcpy(key + 1, topic.id.bytes, ID_SIZE);
}

struct topic topic_from_key(struct slice key)
{
    struct topic topic = {.kind = key.data[0]};
    memcpy(topic.id.bytes, key.data + 1, ID_SIZE);
    return topic;
}

struct topic topic_of(uint8_t kind, struct id id)
{
    return (struct topic){.kind = kind, .id = id};
}

struct topic topic_plain(uint8_t kind)
{
    return (struct topic){.kind = kind};
}

bool topic_equal(struct topic a, struct topic b)
{
    return a.kind == b.kind && id_equal(a.id, b.id);
}

bool document_bytes(struct store_txn *txn, uint8_t kind, struct id id, struct slice *bytes)
{
    uint8_t key[DOCUMENT_KEY_SIZE];
    struct held *held = held_find(txn, kind, id);
    if (held != NULL) {
        *bytes = held_bytes(held);
        return true;
    }
    document_key(kind, id, key);
    return store_get(txn, TABLE_DOCUMENT, slice_of(key, sizeof key), bytes);
}

bool document_exists(struct store_txn *txn, uint8_t kind, struct id id)
{
    struct slice bytes;
    return document_bytes(txn, kind, id, &bytes);
}

json_t *document_load(struct store_txn *txn, uint8_t kind, struct id id)
{
    struct slice bytes;
    return document_bytes(txn, kind, id, &bytes) ? json_parse_own(bytes) : NULL;
}

json_t *document_new(uint8_t kind, struct id id)
{
    const struct document_shape *shape = registry_document(kind);
    assert_always(shape != NULL);
    json_t *document = json_object();
    json_put(document, "kind", json_text(slice_text(shape->name)));
    json_put(document, "id", json_id(id));
    json_put(document, "rev", json_number(0));
    return document;
}

json_t *change_load(struct change *change, uint8_t kind, struct id id)
{
    return document_load(change->txn, kind, id);
}

/* ---- what the transaction changed ---- */

void batch_note(struct batch *batch, struct topic topic, bool urgent)
{
    if (!batch->quiet) {
        topic_set_add(&batch->changes, (struct topic_change){.topic = topic, .urgent = urgent});
    }
}

void change_touched(struct change *change, struct id member)
{
    batch_touch(change->work->batch, member);
}

void batch_touch(struct batch *batch, struct id member)
{
    if (batch->quiet) {
        return;
    }
    if (batch->touched_count == batch->touched_capacity) {
        batch->touched_capacity = batch->touched_capacity == 0 ? 16 : batch->touched_capacity * 2;
        batch->touched =
            memory_resize(batch->touched, batch->touched_capacity, sizeof *batch->touched);
    }
    batch->touched[batch->touched_count++] = member;
}

void batch_clear(struct batch *batch)
{
    topic_set_clear(&batch->changes);
    batch->touched_count = 0;
    batch->later_count = 0;
    batch->gathered_count = 0;
    held_forget_all(batch);
    batch->renew = false;
}

void batch_free(struct batch *batch)
{
    topic_set_free(&batch->changes);
    free(batch->touched);
    free(batch->later);
    search_words_free(batch);
    held_forget_all(batch);
    free(batch->held);
    *batch = (struct batch){0};
}

/* ---- places ---- */

struct place_entry {
    struct topic topic;
    uint64_t rev;
    bool gone;
};
enum { PLACE_MAX = 300, TOPIC_ROW_SIZE = TOPIC_KEY_SIZE + 8 + DOCUMENT_KEY_SIZE };
struct place {
    struct place_entry entries[PLACE_MAX];
    size_t count;
};

static void topic_row(const struct place_entry *entry, const uint8_t *document,
                      uint8_t row[TOPIC_ROW_SIZE])
{
    topic_key(entry->topic, row);
    bytes_put_u64(row + TOPIC_KEY_SIZE, entry->rev);
    memcpy(row + TOPIC_KEY_SIZE + 8, document, DOCUMENT_KEY_SIZE);
}

static void place_read(struct store_txn *txn, struct slice key, struct place *place)
{
    struct slice value;
    place->count = 0;
    if (!store_get(txn, TABLE_PLACE, key, &value)) {
        return;
    }
    assert_always(value.size % PLACE_ENTRY_SIZE == 0 && value.size / PLACE_ENTRY_SIZE <= PLACE_MAX);
    for (size_t at = 0; at < value.size; at += PLACE_ENTRY_SIZE) {
        place->entries[place->count++] = (struct place_entry){
            .topic = topic_from_key(slice_of(value.data + at, TOPIC_KEY_SIZE)),
            .rev = bytes_get_u64(value.data + at + TOPIC_KEY_SIZE),
            .gone = value.data[at + PLACE_ENTRY_SIZE - 1] != 0,
        };
    }
}

static void place_write(struct store_txn *txn, struct slice key, const struct place *place)
{
    uint8_t value[PLACE_MAX * PLACE_ENTRY_SIZE];
    for (size_t i = 0; i < place->count; i++) {
        uint8_t *at = value + i * PLACE_ENTRY_SIZE;
        topic_key(place->entries[i].topic, at);
        bytes_put_u64(at + TOPIC_KEY_SIZE, place->entries[i].rev);
        at[PLACE_ENTRY_SIZE - 1] = place->entries[i].gone;
    }
    store_put(txn, TABLE_PLACE, key, slice_of(value, place->count * PLACE_ENTRY_SIZE));
}

static struct place_entry *place_find(struct place *place, struct topic topic)
{
    for (size_t i = 0; i < place->count; i++) {
        if (topic_equal(place->entries[i].topic, topic)) {
            return &place->entries[i];
        }
    }
    return NULL;
}

/* Moves one topic row to rev; entry's old row is removed when it had one. */
static void place_move(struct store_txn *txn, const uint8_t *document, struct place_entry *entry,
                       bool had_row, uint64_t rev, bool gone)
{
    uint8_t row[TOPIC_ROW_SIZE];
    if (had_row) {
        topic_row(entry, document, row);
        store_delete(txn, TABLE_TOPIC, slice_of(row, sizeof row));
    }
    entry->rev = rev;
    entry->gone = gone;
    topic_row(entry, document, row);
    uint8_t flag = gone;
    store_put(txn, TABLE_TOPIC, slice_of(row, sizeof row), slice_of(&flag, 1));
}

/* A place that is full forgets the oldest topic that the document has left: somebody who comes back to that topic after a
 * long time is not told that it went. */
static struct place_entry *place_add(struct store_txn *txn, const uint8_t *document,
                                     struct place *place, struct topic topic)
{
    uint8_t row[TOPIC_ROW_SIZE];
    if (place->count < PLACE_MAX) {
        place->entries[place->count] = (struct place_entry){.topic = topic};
        return &place->entries[place->count++];
    }
    struct place_entry *entry = &place->entries[0];
    for (size_t i = 1; i < place->count; i++) {
        struct place_entry *other = &place->entries[i];
        if (other->gone && (!entry->gone || other->rev < entry->rev)) {
            entry = other;
        }
    }
    assert_always(entry->gone); /* no document stands in so many topics */
    topic_row(entry, document, row);
    store_delete(txn, TABLE_TOPIC, slice_of(row, sizeof row));
    *entry = (struct place_entry){.topic = topic};
    return entry;
}

static bool topics_hold(const struct topic *topics, size_t count, struct topic topic)
{
    for (size_t i = 0; i < count; i++) {
        if (topic_equal(topics[i], topic)) {
            return true;
        }
    }
    return false;
}

static void place_document(struct change *change, const uint8_t *document, uint64_t rev,
                           const struct topic *topics, size_t count, bool urgent)
{
    struct slice key = slice_of(document, DOCUMENT_KEY_SIZE);
    struct place place;
    place_read(change->txn, key, &place);
    for (size_t i = 0; i < place.count; i++) {
        struct place_entry *entry = &place.entries[i];
        if (!entry->gone && !topics_hold(topics, count, entry->topic)) {
            place_move(change->txn, document, entry, true, rev, true);
            batch_note(change->work->batch, entry->topic, true);
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct place_entry *entry = place_find(&place, topics[i]);
        bool had_row = entry != NULL;
        if (!had_row) {
            entry = place_add(change->txn, document, &place, topics[i]);
        }
        place_move(change->txn, document, entry, had_row, rev, false);
        batch_note(change->work->batch, topics[i], urgent);
    }
    place_write(change->txn, key, &place);
}

/* What a caller who may read one of a document's topics may know of. */
bool document_is_readable(struct store_txn *txn, uint8_t kind, struct id id,
                          const struct caller *caller)
{
    uint8_t key[DOCUMENT_KEY_SIZE];
    struct place place;
    bool readable = false;
    const struct held *held = held_find(txn, kind, id);
    for (size_t i = 0; held != NULL && i < held->topic_count; i++) {
        readable = readable || topic_is_readable(txn, held->topics[i], caller);
    }
    if (held != NULL) {
        return readable;
    }
    document_key(kind, id, key);
    place_read(txn, slice_of(key, sizeof key), &place);
    for (size_t i = 0; i < place.count && !readable; i++) {
        readable = !place.entries[i].gone && topic_is_readable(txn, place.entries[i].topic, caller);
    }
    return readable;
}

/* ---- writing documents ---- */

/* Its bytes, and what is found of it; not its places. */
static void write_document(struct change *change, uint8_t kind, struct id id, json_t *document,
                           uint64_t rev, const struct topic *topics, size_t count)
{
    uint8_t key[DOCUMENT_KEY_SIZE];
    struct held *held = held_find(change->txn, kind, id);
    if (held != NULL) {
        held_forget(change->work->batch, held);
    }
    document_key(kind, id, key);
    json_put(document, "rev", json_number(rev));
    struct buffer bytes;
    buffer_init(&bytes, DOCUMENT_MAX);
    buffer_expect(&bytes, JSON_USUAL);
    json_write(&bytes, document);
    assert_always(buffer_ok(&bytes));
    store_put(change->txn, TABLE_DOCUMENT, slice_of(key, sizeof key), buffer_slice(&bytes));
    buffer_free(&bytes);
    search_document(change, kind, id, document, topics, count);
    json_decref(document);
}

void document_store(struct change *change, uint8_t kind, struct id id, json_t *document,
                    uint64_t rev, const struct topic *topics, size_t count, bool urgent)
{
    uint8_t key[DOCUMENT_KEY_SIZE];
    document_key(kind, id, key);
    write_document(change, kind, id, document, rev, topics, count);
    place_document(change, key, rev, topics, count, urgent);
}

void change_put(struct change *change, uint8_t kind, struct id id, json_t *document,
                const struct topic *topics, size_t count)
{
    document_store(change, kind, id, document, change->seq, topics, count, true);
}

/* The topics in which it stands; how many. */
static size_t topics_now(struct change *change, uint8_t kind, struct id id,
                         struct topic topics[PLACE_MAX])
{
    uint8_t key[DOCUMENT_KEY_SIZE];
    struct place place;
    size_t count = 0;
    struct held *held = held_find(change->txn, kind, id);
    if (held != NULL) {
        held_write(change->work, held); /* its topics are places now */
    }
    document_key(kind, id, key);
    place_read(change->txn, slice_of(key, sizeof key), &place);
    for (size_t i = 0; i < place.count; i++) {
        if (!place.entries[i].gone) {
            topics[count++] = place.entries[i].topic;
        }
    }
    return count;
}

void change_put_again(struct change *change, uint8_t kind, struct id id, json_t *document)
{
    struct topic topics[PLACE_MAX];
    size_t count = topics_now(change, kind, id, topics);
    document_store(change, kind, id, document, change->seq, topics, count, true);
}

void change_put_untold(struct change *change, uint8_t kind, struct id id, json_t *document)
{
    struct topic topics[PLACE_MAX];
    size_t count = topics_now(change, kind, id, topics);
    write_document(change, kind, id, document, change->seq, topics, count);
}

void change_put_later(struct change *change, uint8_t kind, struct id id,
                      json_t *(*make)(struct store_txn *txn, struct id id),
                      const struct topic *topics, size_t count)
{
    struct batch *batch = change->work->batch;
    struct later *later = NULL;
    for (size_t i = 0; i < batch->later_count; i++) {
        if (batch->later[i].kind == kind && id_equal(batch->later[i].id, id)) {
            later = &batch->later[i];
        }
    }
    if (later == NULL) {
        if (batch->later_count == batch->later_capacity) {
            batch->later_capacity = batch->later_capacity == 0 ? 16 : batch->later_capacity * 2;
            batch->later = memory_resize(batch->later, batch->later_capacity, sizeof *batch->later);
        }
        later = &batch->later[batch->later_count++];
    }
    assert_always(count <= sizeof later->topics / sizeof later->topics[0]);
    *later = (struct later){
        .kind = kind, .id = id, .rev = change->seq, .make = make, .topic_count = count};
    if (count > 0) {
        memcpy(later->topics, topics, count * sizeof *topics);
    }
}

void batch_finish(struct work *work)
{
    held_write_all(work);
    for (size_t i = 0; i < work->batch->later_count; i++) {
        struct later *later = &work->batch->later[i];
        struct change change = {
            .assembly = work->assembly, .txn = work->txn, .work = work, .seq = later->rev};
        json_t *document = later->make(work->txn, later->id);
        if (document != NULL) {
            document_store(&change, later->kind, later->id, document, later->rev, later->topics,
                           later->topic_count, false);
        }
    }
    work->batch->later_count = 0;
    search_words_write(work->batch, work->txn);
    store_attach(work->txn, NULL);
}

/* ---- numbers and indexes ---- */

static bool parse_number(struct slice text, uint32_t *number)
{
    uint64_t value = 0;
    if (text.size == 0 || text.size > 10 || text.data[0] == '0') {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        value = value * 10 + (uint64_t)(text.data[i] - '0');
    }
    *number = (uint32_t)value;
    return value <= UINT32_MAX;
}

static struct slice number_key(uint8_t kind, struct slice text, uint8_t key[64])
{
    assert_always(text.size < 63);
    key[0] = kind;
    memcpy(key + 1, text.data, text.size);
    return slice_of(key, text.size + 1);
}

/* The counter of a kind stands under the kind and one 0x00, which no number's text contains. */
uint32_t number_next(struct store_txn *txn, uint8_t number_kind)
{
    uint8_t key[2] = {number_kind, 0};
    struct slice value;
    if (!store_get(txn, TABLE_NUMBER, slice_of(key, sizeof key), &value)) {
        return 1;
    }
    return (uint32_t)bytes_get_u64(value.data) + 1;
}

void change_number(struct change *change, uint8_t number_kind, struct slice text, struct id id)
{
    uint8_t key[64];
    uint32_t number;
    store_put(change->txn, TABLE_NUMBER, number_key(number_kind, text, key), id_slice(&id));
    if (parse_number(text, &number) && number >= number_next(change->txn, number_kind)) {
        uint8_t counter[2] = {number_kind, 0};
        uint8_t value[8];
        bytes_put_u64(value, number);
        store_put(change->txn, TABLE_NUMBER, slice_of(counter, sizeof counter),
                  slice_of(value, sizeof value));
    }
}

struct id reference_find(struct store_txn *txn, struct slice text, uint8_t number_kind)
{
    struct id id = {{0}};
    struct slice value;
    uint8_t key[64];
    if (id_parse(text, &id)) {
        return id;
    }
    if (text.size == 0 || text.size > 20 || text.data[0] == 0 ||
        !store_get(txn, TABLE_NUMBER, number_key(number_kind, text, key), &value)) {
        return (struct id){{0}};
    }
    memcpy(id.bytes, value.data, ID_SIZE);
    return id;
}

void change_index(struct change *change, struct slice key, struct id id)
{
    store_put(change->txn, TABLE_INDEX, key, id_slice(&id));
}

void change_unindex(struct change *change, struct slice key)
{
    store_delete(change->txn, TABLE_INDEX, key);
}
