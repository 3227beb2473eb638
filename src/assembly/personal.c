/* Personal documents: the table, its counter and its feed.
 *
 * Rows of TABLE_PERSONAL, each beginning with the member's id:
 *   0                    counter u64 (the last number given) ‖ floor u64 ‖ removed u64
 *   1 ‖ kind u8 ‖ id     rev u64 ‖ JSON; without JSON: removed
 *   2 ‖ rev u64          kind u8 ‖ id ‖ removed u8
 * A change gives the document the member's next number as its `rev` and moves its row of the second list, so a client that
 * comes back costs one range read, as in feed.c. Of removed documents the newest REMOVED_MAX are remembered; whoever comes
 * back from before the floor (the newest forgotten) starts anew.
 * Invariants: every row 1 has exactly one row 2 under its rev, and the reverse; `removed` counts those marked so.
 * No event, no clock: a rebuild does not touch the table. Start at personal_put(). */
#include "assembly/personal.h"
#include "assembly/registry.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    PART_STATE = 0,
    PART_DOCUMENT = 1,
    PART_ORDER = 2,
    STATE_SIZE = 24,
    REMOVED_MAX = 200,  /* removed documents remembered */
    FULL_NOTIFIED = 50, /* notifications of a full answer */
    KEY_MAX = ID_SIZE + 1 + DOCUMENT_KEY_SIZE,
    ORDER_KEY_SIZE = ID_SIZE + 1 + 8,
    ORDER_SIZE = DOCUMENT_KEY_SIZE + 1
};

/* ---- keys ---- */

struct key {
    uint8_t bytes[KEY_MAX];
    size_t size;
};

static struct key key_part(struct id member, uint8_t part)
{
    struct key key = {.size = ID_SIZE + 1};
    memcpy(key.bytes, member.bytes, ID_SIZE);
    key.bytes[ID_SIZE] = part;
    return key;
}

static struct slice key_slice(const struct key *key)
{
    return slice_of(key->bytes, key->size);
}

static struct key key_document(struct id member, const uint8_t document[DOCUMENT_KEY_SIZE])
{
    struct key key = key_part(member, PART_DOCUMENT);
    memcpy(key.bytes + key.size, document, DOCUMENT_KEY_SIZE);
    key.size += DOCUMENT_KEY_SIZE;
    return key;
}

static struct key key_order(struct id member, uint64_t rev)
{
    struct key key = key_part(member, PART_ORDER);
    bytes_put_u64(key.bytes + key.size, rev);
    key.size += 8;
    return key;
}

/* ---- the counter ---- */

struct state {
    uint64_t counter, floor,
        removed; /* the counter of a member without anything is 1: position 0 means nothing held */
};

static struct state state_read(struct store_txn *txn, struct id member)
{
    struct slice value;
    struct key key = key_part(member, PART_STATE);
    if (!store_get(txn, TABLE_PERSONAL, key_slice(&key), &value)) {
        return (struct state){.counter = 1};
    }
    assert_always(value.size == STATE_SIZE);
    return (struct state){.counter = bytes_get_u64(value.data),
                          .floor = bytes_get_u64(value.data + 8),
                          .removed = bytes_get_u64(value.data + 16)};
}

static void state_write(struct personal owner, const struct state *state)
{
    uint8_t value[STATE_SIZE];
    struct key key = key_part(owner.member, PART_STATE);
    bytes_put_u64(value, state->counter);
    bytes_put_u64(value + 8, state->floor);
    bytes_put_u64(value + 16, state->removed);
    store_put(owner.txn, TABLE_PERSONAL, key_slice(&key), slice_of(value, sizeof value));
}

/* ---- one document ---- */

struct stored {
    uint64_t rev;
    struct slice json; /* size 0 = removed; borrowed */
};

static bool stored_read(struct personal owner, const uint8_t document[DOCUMENT_KEY_SIZE],
                        struct stored *stored)
{
    struct slice value;
    struct key key = key_document(owner.member, document);
    if (!store_get(owner.txn, TABLE_PERSONAL, key_slice(&key), &value)) {
        return false;
    }
    assert_always(value.size >= 8);
    *stored = (struct stored){.rev = bytes_get_u64(value.data),
                              .json = slice_of(value.data + 8, value.size - 8)};
    return true;
}

/* Moves the document to the member's next number; json size 0 marks it as removed. */
static void stored_write(struct personal owner, struct state *state,
                         const uint8_t document[DOCUMENT_KEY_SIZE], struct slice json)
{
    struct stored before;
    struct buffer value;
    uint8_t order[ORDER_SIZE];
    struct key key = key_document(owner.member, document);
    if (stored_read(owner, document, &before)) {
        bool removed = before.json.size == 0;
        struct key old = key_order(owner.member, before.rev);
        store_delete(owner.txn, TABLE_PERSONAL, key_slice(&old));
        state->removed -= removed ? 1 : 0;
    }
    struct key new = key_order(owner.member, ++state->counter);
    buffer_init(&value, DOCUMENT_MAX + 8);
    buffer_append_u64(&value, state->counter);
    buffer_append_slice(&value, json);
    assert_always(buffer_ok(&value));
    store_put(owner.txn, TABLE_PERSONAL, key_slice(&key), buffer_slice(&value));
    buffer_free(&value);
    memcpy(order, document, DOCUMENT_KEY_SIZE);
    order[DOCUMENT_KEY_SIZE] = json.size == 0;
    store_put(owner.txn, TABLE_PERSONAL, key_slice(&new), slice_of(order, sizeof order));
    state->removed += json.size == 0 ? 1 : 0;
    batch_note(owner.batch, topic_of(TOPIC_PERSONAL, owner.member), true);
}

struct personal personal_of(const struct request *request)
{
    return (struct personal){
        .txn = request->work->txn, .batch = request->work->batch, .member = request->caller.member};
}

json_t *personal_load(struct personal owner, uint8_t kind, struct id id)
{
    struct stored stored;
    uint8_t document[DOCUMENT_KEY_SIZE];
    document_key(kind, id, document);
    return stored_read(owner, document, &stored) && stored.json.size > 0
               ? json_parse_own(stored.json)
               : NULL;
}

void personal_put(struct personal owner, uint8_t kind, struct id id, json_t *document)
{
    struct buffer bytes;
    uint8_t key[DOCUMENT_KEY_SIZE];
    struct state state = state_read(owner.txn, owner.member);
    document_key(kind, id, key);
    json_put(document, "rev", json_number(state.counter + 1));
    buffer_init(&bytes, DOCUMENT_MAX);
    json_write(&bytes, document);
    assert_always(buffer_ok(&bytes));
    stored_write(owner, &state, key, buffer_slice(&bytes));
    state_write(owner, &state);
    buffer_free(&bytes);
    json_decref(document);
}

/* ---- removing ---- */

/* The oldest removed document is forgotten altogether. */
static void forget_oldest_removed(struct personal owner, struct state *state)
{
    struct slice key, value;
    struct key first = key_part(owner.member, PART_ORDER);
    uint8_t document[DOCUMENT_KEY_SIZE];
    struct store_cursor *cursor = store_cursor_open(owner.txn, TABLE_PERSONAL);
    bool found = store_cursor_seek(cursor, key_slice(&first), &key, &value);
    while (found && value.data[DOCUMENT_KEY_SIZE] == 0) {
        found = store_cursor_next(cursor, &key, &value);
    }
    assert_always(found && key.size == ORDER_KEY_SIZE);
    memcpy(document, value.data, DOCUMENT_KEY_SIZE);
    state->floor = bytes_get_u64(key.data + ID_SIZE + 1);
    state->removed--;
    store_cursor_close(cursor);
    struct key order = key_order(owner.member, state->floor);
    struct key row = key_document(owner.member, document);
    store_delete(owner.txn, TABLE_PERSONAL, key_slice(&order));
    store_delete(owner.txn, TABLE_PERSONAL, key_slice(&row));
}

static bool remove_key(struct personal owner, const uint8_t document[DOCUMENT_KEY_SIZE])
{
    struct stored stored;
    if (!stored_read(owner, document, &stored) || stored.json.size == 0) {
        return false;
    }
    struct state state = state_read(owner.txn, owner.member);
    stored_write(owner, &state, document, slice_text(""));
    if (state.removed > REMOVED_MAX) {
        forget_oldest_removed(owner, &state);
    }
    state_write(owner, &state);
    return true;
}

bool personal_remove(struct personal owner, uint8_t kind, struct id id)
{
    uint8_t document[DOCUMENT_KEY_SIZE];
    document_key(kind, id, document);
    return remove_key(owner, document);
}

struct oldest {
    size_t count, bytes;
    uint64_t rev;
    uint8_t document[DOCUMENT_KEY_SIZE];
};

static bool look_for_oldest(void *context, struct slice key, struct slice value)
{
    struct oldest *oldest = context;
    uint64_t rev = bytes_get_u64(value.data);
    if (value.size == 8) {
        return true;
    }
    oldest->count++;
    oldest->bytes += value.size;
    if (rev < oldest->rev) {
        oldest->rev = rev;
        memcpy(oldest->document, key.data + ID_SIZE + 1, DOCUMENT_KEY_SIZE);
    }
    return true;
}

void personal_trim(struct personal owner, uint8_t kind, size_t max_count, size_t max_bytes)
{
    struct key prefix = key_part(owner.member, PART_DOCUMENT);
    prefix.bytes[prefix.size++] = kind;
    for (;;) {
        struct oldest oldest = {.rev = UINT64_MAX};
        store_scan(owner.txn, TABLE_PERSONAL, key_slice(&prefix), look_for_oldest, &oldest);
        if (oldest.count == 0 || (oldest.count <= max_count && oldest.bytes <= max_bytes)) {
            return;
        }
        remove_key(owner, oldest.document);
    }
}

/* ---- notifications ---- */

enum { TOLD_MAX = 256 };

struct told { /* one notification */
    uint64_t rev;
    struct id by;
    uint8_t document[DOCUMENT_KEY_SIZE];
};
struct told_list {
    struct told items[TOLD_MAX];
    size_t count;
};

/* Who acted, as these bytes were written (notify.c); none for the system. Within texts quotes are escaped. */
static struct id by_of(struct slice json)
{
    static const char mark[] = "\"by\":{\"id\":\"";
    struct id by = {{0}};
    const uint8_t *found = memmem(json.data, json.size, mark, sizeof mark - 1);
    size_t at = found == NULL ? json.size : (size_t)(found - json.data) + sizeof mark - 1;
    if (json.size - at >= ID_TEXT_SIZE - 1) {
        (void)id_parse(slice_of(json.data + at, ID_TEXT_SIZE - 1), &by);
    }
    return by;
}

static bool take_told(void *context, struct slice key, struct slice value)
{
    struct told_list *list = context;
    if (value.size > 8 && list->count < TOLD_MAX) {
        struct told *told = &list->items[list->count++];
        told->rev = bytes_get_u64(value.data);
        told->by = by_of(slice_of(value.data + 8, value.size - 8));
        memcpy(told->document, key.data + ID_SIZE + 1, DOCUMENT_KEY_SIZE);
    }
    return true;
}

/* The first of whoever has most, when that is more than `many`; NULL = nobody has. */
static const struct told *loudest(const struct told_list *list, size_t many)
{
    const struct told *most = NULL;
    for (size_t i = 0; i < list->count; i++) {
        size_t same = 0;
        for (size_t j = i; j < list->count; j++) {
            same += id_equal(list->items[i].by, list->items[j].by);
        }
        if (same > many && !id_is_none(list->items[i].by)) {
            many = same;
            most = &list->items[i];
        }
    }
    return most;
}

void personal_trim_notifications(struct personal owner, size_t max)
{
    struct told_list list = {.count = 0};
    struct key prefix = key_part(owner.member, PART_DOCUMENT);
    prefix.bytes[prefix.size++] = DOCUMENT_NOTIFICATION;
    store_scan(owner.txn, TABLE_PERSONAL, key_slice(&prefix), take_told, &list);
    if (list.count <= max) {
        return;
    }
    const struct told *loud = loudest(&list, max / 4);
    const struct told *oldest = loud == NULL ? &list.items[0] : loud;
    for (size_t i = 0; i < list.count; i++) {
        const struct told *told = &list.items[i];
        if ((loud == NULL || id_equal(told->by, loud->by)) && told->rev < oldest->rev) {
            oldest = told;
        }
    }
    remove_key(owner, oldest->document);
}

struct keys {
    struct key *items;
    size_t count, capacity;
};

static bool take_key(void *context, struct slice key, struct slice value)
{
    struct keys *keys = context;
    (void)value;
    assert_always(key.size <= KEY_MAX);
    if (keys->count == keys->capacity) {
        keys->capacity = keys->capacity == 0 ? 64 : keys->capacity * 2;
        keys->items = memory_resize(keys->items, keys->capacity, sizeof *keys->items);
    }
    struct key *item = &keys->items[keys->count++];
    memcpy(item->bytes, key.data, key.size);
    item->size = key.size;
    return true;
}

void personal_forget(struct change *change, struct id member)
{
    struct keys keys = {.count = 0};
    if (change->assembly == NULL) {
        return;
    }
    store_scan(change->txn, TABLE_PERSONAL, id_slice(&member), take_key, &keys);
    for (size_t i = 0; i < keys.count; i++) {
        store_delete(change->txn, TABLE_PERSONAL, key_slice(&keys.items[i]));
    }
    free(keys.items);
}

struct dropping {
    struct keys keys;
    bool (*about)(void *context, const json_t *notification);
    void *context;
};

static bool take_about(void *context, struct slice key, struct slice value)
{
    struct dropping *dropping = context;
    if (key.size != KEY_MAX || key.data[ID_SIZE] != PART_DOCUMENT ||
        key.data[ID_SIZE + 1] != DOCUMENT_NOTIFICATION || value.size <= 8) {
        return true;
    }
    json_t *notification = json_parse_own(slice_of(value.data + 8, value.size - 8));
    if (dropping->about(dropping->context, notification)) {
        take_key(&dropping->keys, key, value);
    }
    json_decref(notification);
    return true;
}

void personal_drop_notifications(struct store_txn *txn, struct batch *batch,
                                 bool (*about)(void *context, const json_t *notification),
                                 void *context)
{
    struct dropping dropping = {.about = about, .context = context};
    store_scan(txn, TABLE_PERSONAL, slice_text(""), take_about, &dropping);
    for (size_t i = 0; i < dropping.keys.count; i++) {
        struct personal owner = {.txn = txn, .batch = batch};
        memcpy(owner.member.bytes, dropping.keys.items[i].bytes, ID_SIZE);
        remove_key(owner, dropping.keys.items[i].bytes + ID_SIZE + 1);
    }
    free(dropping.keys.items);
}

/* ---- the feed ---- */

static bool order_is_of(struct slice key, struct id member)
{
    return key.size == ORDER_KEY_SIZE && memcmp(key.data, member.bytes, ID_SIZE) == 0 &&
           key.data[ID_SIZE] == PART_ORDER;
}

static uint64_t order_rev(struct slice key)
{
    return bytes_get_u64(key.data + ID_SIZE + 1);
}

static void separate(struct buffer *list)
{
    if (list->size > 0) {
        buffer_append_u8(list, ',');
    }
}

static void append_row(struct personal owner, struct slice order, struct buffer *docs,
                       struct buffer *list)
{
    struct id id;
    struct stored stored;
    char text[ID_TEXT_SIZE];
    if (order.data[DOCUMENT_KEY_SIZE] == 0) {
        assert_always(stored_read(owner, order.data, &stored));
        separate(docs);
        buffer_append_slice(docs, stored.json);
        return;
    }
    memcpy(id.bytes, order.data + 1, ID_SIZE);
    id_format(id, text);
    separate(list);
    buffer_format(list, "{\"kind\":\"%s\",\"id\":\"%s\"}", registry_document(order.data[0])->name,
                  text);
}

/* Calls take for the member's documents, the one changed last first, until it returns false; rev < before. */
static void walk_back(struct personal owner, uint64_t before,
                      bool (*take)(void *context, uint64_t rev, struct slice order), void *context)
{
    struct slice key, order;
    struct key end = key_order(owner.member, before);
    struct store_cursor *cursor = store_cursor_open(owner.txn, TABLE_PERSONAL);
    bool found = store_cursor_before(cursor, key_slice(&end), &key, &order);
    while (found && order_is_of(key, owner.member) && take(context, order_rev(key), order)) {
        found = store_cursor_previous(cursor, &key, &order);
    }
    store_cursor_close(cursor);
}

struct window {
    size_t left;
    uint64_t start;
};

static bool count_notified(void *context, uint64_t rev, struct slice order)
{
    struct window *window = context;
    if (order.data[0] == DOCUMENT_NOTIFICATION && order.data[DOCUMENT_KEY_SIZE] == 0) {
        window->start = rev;
        window->left--;
    }
    return window->left > 0;
}

struct feed_run personal_read(struct store_txn *txn, struct id member, uint64_t since,
                              size_t max_bytes, struct buffer *docs, struct buffer *gone)
{
    struct personal owner = {.txn = txn, .member = member};
    struct feed_run run = {.upto = since};
    struct window window = {.left = FULL_NOTIFIED};
    struct slice key, order;
    bool full = since == 0;
    if (full) {
        walk_back(owner, UINT64_MAX, count_notified, &window);
    }
    struct key from = key_order(member, since + 1);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_PERSONAL);
    bool found = store_cursor_seek(cursor, key_slice(&from), &key, &order);
    while (found && order_is_of(key, member)) {
        if (docs->size + gone->size >= max_bytes && run.upto > since) {
            run.more = true;
            break;
        }
        run.upto = order_rev(key);
        bool old = order.data[0] == DOCUMENT_NOTIFICATION && run.upto < window.start;
        if (!old && !(full && order.data[DOCUMENT_KEY_SIZE] != 0)) {
            append_row(owner, order, docs, gone);
            run.documents++;
        }
        found = store_cursor_next(cursor, &key, &order);
    }
    store_cursor_close(cursor);
    if (!run.more) {
        run.upto = state_read(txn, member).counter;
    }
    return run;
}

bool personal_needs_full(struct store_txn *txn, struct id member, uint64_t since)
{
    struct state state = state_read(txn, member);
    return since == 0 || since > state.counter || since < state.floor;
}

struct list {
    struct personal owner;
    uint8_t kind;
    size_t max;
    json_t *items;
};

static bool take_item(void *context, uint64_t rev, struct slice order)
{
    struct stored stored;
    struct list *list = context;
    (void)rev;
    if (order.data[0] == list->kind && order.data[DOCUMENT_KEY_SIZE] == 0) {
        assert_always(stored_read(list->owner, order.data, &stored));
        json_array_append_new(list->items, json_parse_own(stored.json));
    }
    return json_array_size(list->items) < list->max;
}

json_t *personal_list(struct personal owner, uint8_t kind, uint64_t before, size_t max)
{
    struct list list = {.owner = owner, .kind = kind, .max = max, .items = json_array()};
    walk_back(owner, before == 0 ? UINT64_MAX : before, take_item, &list);
    return list.items;
}

/* ---- the topic ---- */

static const struct topic_shape topics[] = {
    {.code = TOPIC_PERSONAL, .name = "personal", .readers = WHO_READERS & ~(unsigned)WHO_OPERATOR},
    {0},
};
const struct concept concept_personal = {.name = "personal", .topics = topics};
