/* What stays of an erased event: its ids, numbers and words of state, without anything that somebody wrote.
 *
 * Whoever replays a record meets events without their opening. A proposal that was never submitted would leave comments,
 * votes and decisions pointing at nothing. So `member.erase` first writes `erased` events (type 131) that say of each
 * event whose text goes what is to stand in its place, and then the erasure itself. A replay reads these first
 * (residue_load) and applies an absent event by its residue (residue_of): documents keep their shape, with ERASED_TEXT for words.
 * An absent event without a residue is simply absent. Invariant: a residue holds nothing but what redact() lets through.
 * Start at residue_load(). */
#include "assembly/erasure.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* ---- making one ---- */

/* Members whose strings are words of ours, never of a person. */
static const char *const plain_keys[] = {"what",      "by",     "state",    "from",     "to",
                                         "as",        "kind",   "reaction", "language", "outcome",
                                         "changed",   "themes", "on",       "currency", "code",
                                         "item_kind", "series", "rule",     "unit",     NULL};
/* Members that go altogether: what a guess could be tested with, and where an imported text came from. */
static const char *const dropped_keys[] = {"command", "method", "digest", "source", NULL};

/* Members with a text for each language, whose codes ("as", "to") say nothing of what stands there. */
static const char *const text_keys[] = {"title", "place", "procedure", NULL};

static bool is_among(const char *const *words, const char *key)
{
    while (*words != NULL && strcmp(*words, key) != 0) {
        words++;
    }
    return *words != NULL;
}

static json_t *redact(const json_t *value, const char *key);

static json_t *redact_list(const json_t *list, const char *key)
{
    size_t i;
    json_t *item;
    json_t *kept = json_array();
    json_array_foreach(list, i, item)
    {
        json_t *one = redact(item, key);
        if (json_is_string(one) && !json_equal(one, item)) { /* a list of lines */
            json_decref(one);
        } else {
            json_array_append_new(kept, one);
        }
    }
    return kept;
}

static json_t *redact_object(const json_t *object)
{
    const char *key;
    json_t *item;
    json_t *kept = json_object();
    json_object_foreach((json_t *)(uintptr_t)object, key, item)
    {
        if (!is_among(dropped_keys, key)) {
            json_put(kept, key, redact(item, key));
        }
    }
    return kept;
}

static json_t *redact_texts(const json_t *texts)
{
    const char *language;
    json_t *text, *kept = json_object();
    json_object_foreach((json_t *)(uintptr_t)texts, language, text)
    {
        json_put(kept, language, redact(text, NULL));
    }
    return kept;
}

static json_t *redact(const json_t *value, const char *key)
{
    struct id id;
    if (json_is_object(value)) {
        bool texts = key != NULL && is_among(text_keys, key);
        return texts ? redact_texts(value) : redact_object(value);
    }
    if (json_is_array(value)) {
        return redact_list(value, key);
    }
    if (!json_is_string(value)) {
        return json_deep_copy(value);
    }
    struct slice text = slice_of(json_string_value(value), json_string_length(value));
    bool plain = key != NULL && (is_among(plain_keys, key) || id_parse(text, &id));
    return json_text(plain || text.size == 0 ? text : slice_text(ERASED_TEXT));
}

bool residue_has_words(const json_t *event)
{
    json_t *residue = redact_object(event), *rest = json_object();
    const char *key;
    json_t *item;
    json_object_foreach((json_t *)(uintptr_t)event, key, item)
    {
        if (!is_among(dropped_keys, key)) {
            json_object_set(rest, key, item);
        }
    }
    bool has = !json_equal(residue, rest);
    json_decref(residue);
    json_decref(rest);
    return has;
}

json_t *residue_make(const json_t *event)
{
    return redact_object(event);
}

json_t *residue_of_profile(const json_t *event)
{
    static const char *const kept[] = {"what", "by", "member", "number", "kind", NULL};
    json_t *residue = json_object();
    fields_copy(residue, event, kept);
    return residue;
}

/* ---- finding it again ---- */

static struct index_key residue_key(uint64_t seq)
{
    struct index_key key = index_key(INDEX_RESIDUE);
    index_key_u64(&key, seq);
    return key;
}

json_t *residue_of(struct store_txn *txn, uint64_t seq)
{
    struct slice bytes;
    struct index_key key = residue_key(seq);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &bytes) ? json_parse_own(bytes)
                                                                      : NULL;
}

void residue_keep(struct store_txn *txn, const json_t *event)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(event, "events"), i, row)
    {
        struct buffer bytes;
        struct index_key key = residue_key((uint64_t)json_get_integer(row, "seq"));
        buffer_init(&bytes, PAYLOAD_MAX);
        json_write(&bytes, json_object_get(row, "event"));
        store_put(txn, TABLE_INDEX, index_key_slice(&key), buffer_slice(&bytes));
        buffer_free(&bytes);
    }
}

void residue_load(struct store_txn *from, struct store_txn *to)
{
    struct ledger_entry entry;
    for (uint64_t seq = 0; ledger_read(from, seq, &entry); seq++) {
        if (entry.leaf.type == EVENT_ERASED && entry.event.payload.size > 0) {
            json_t *event = json_parse_own(entry.event.payload);
            residue_keep(to, event);
            json_decref(event);
        }
    }
}

/* ---- what erasures cover ---- */

static void cover(struct erased_ranges *ranges, struct slice payload)
{
    struct payload_erasure erasure;
    if (payload_decode_erasure(payload, &erasure) != ERROR_NONE) {
        return;
    }
    ranges->items =
        memory_resize(ranges->items, ranges->count + erasure.count, sizeof *ranges->items);
    for (uint32_t i = 0; i < erasure.count; i++) {
        ranges->items[ranges->count++] = (struct erased_range){
            .range = payload_erasure_range(&erasure, i), .what = erasure.what};
    }
}

void erased_ranges_read(struct store_txn *txn, struct erased_ranges *ranges)
{
    struct ledger_entry entry;
    *ranges = (struct erased_ranges){0};
    for (uint64_t seq = 0; ledger_read(txn, seq, &entry); seq++) {
        if (entry.leaf.type == EVENT_ERASURE) {
            cover(ranges, entry.event.payload);
        }
    }
}

bool erased_ranges_cover(const struct erased_ranges *ranges, uint64_t seq, enum erasure_what what)
{
    for (size_t i = 0; i < ranges->count; i++) {
        const struct erased_range *item = &ranges->items[i];
        if (seq >= item->range.first && seq - item->range.first < item->range.count &&
            (item->what == ERASE_OPENING || what == ERASE_NOTE)) {
            return true;
        }
    }
    return false;
}

static bool is_there(struct store_txn *txn, enum table table, uint64_t seq)
{
    uint8_t key[8];
    struct slice value;
    bytes_put_u64(key, seq);
    return store_get(txn, table, slice_of(key, sizeof key), &value);
}

bool erased_ranges_hold(const struct erased_ranges *ranges, struct store_txn *txn, uint64_t *seq)
{
    for (size_t i = 0; i < ranges->count; i++) {
        const struct erased_range *item = &ranges->items[i];
        for (*seq = item->range.first; *seq - item->range.first < item->range.count; ++*seq) {
            if (is_there(txn, TABLE_NOTE, *seq) ||
                (item->what == ERASE_OPENING && is_there(txn, TABLE_OPENING, *seq))) {
                return true;
            }
        }
    }
    return false;
}

void erased_ranges_free(struct erased_ranges *ranges)
{
    free(ranges->items);
}
