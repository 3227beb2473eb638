/* Small parts that several concepts share.
 *
 * Nothing here knows a concept: keys of indexes are built, events are started, people and lists are read.
 * Everything is a pure function of its arguments and, for names of people, of the
 * store. Invariant: a key never grows past its room (a bug otherwise). Start at index_key(). */
#include "assembly/parts.h"
#include "base/bytes.h"
#include "base/fatal.h"
#include "base/fold.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* ---- keys ---- */

static void key_append(struct index_key *key, const void *bytes, size_t size)
{
    assert_always(key->size + size <= sizeof key->bytes);
    memcpy(key->bytes + key->size, bytes, size);
    key->size += size;
}

struct index_key index_key(uint8_t prefix)
{
    struct index_key key = {.size = 1};
    key.bytes[0] = prefix;
    return key;
}

void index_key_u8(struct index_key *key, uint8_t value)
{
    key_append(key, &value, 1);
}

void index_key_u32(struct index_key *key, uint32_t value)
{
    uint8_t bytes[4];
    bytes_put_u32(bytes, value);
    key_append(key, bytes, sizeof bytes);
}

void index_key_u64(struct index_key *key, uint64_t value)
{
    uint8_t bytes[8];
    bytes_put_u64(bytes, value);
    key_append(key, bytes, sizeof bytes);
}

void index_key_id(struct index_key *key, struct id id)
{
    key_append(key, id.bytes, ID_SIZE);
}

void index_key_hash(struct index_key *key, const struct hash *hash)
{
    key_append(key, hash->bytes, HASH_SIZE);
}

void index_key_bytes(struct index_key *key, struct slice bytes)
{
    key_append(key, bytes.data, bytes.size);
}

struct slice index_key_slice(const struct index_key *key)
{
    return slice_of(key->bytes, key->size);
}

struct hash secret_derive(struct store_txn *txn, struct slice message)
{
    struct slice secret;
    struct hash key;
    uint8_t prefix = SECRET_SERVER;
    assert_always(store_get(txn, TABLE_SECRET, slice_of(&prefix, 1), &secret) &&
                  secret.size == HASH_SIZE);
    memcpy(key.bytes, secret.data, HASH_SIZE);
    struct hash derived = crypto_keyed_hash(&key, message);
    crypto_wipe(&key, sizeof key);
    return derived;
}

/* ---- events ---- */

json_t *event_new(const char *what)
{
    json_t *event = json_object();
    json_put(event, "what", json_text(slice_text(what)));
    return event;
}

bool event_is(const json_t *event, const char *what)
{
    return slice_equal(json_get_text(event, "what"), slice_text(what));
}

void fields_copy(json_t *to, const json_t *from, const char *const *names)
{
    for (; *names != NULL; names++) {
        json_t *value = json_object_get(from, *names);
        if (value != NULL) {
            json_put(to, *names, json_deep_copy(value));
        }
    }
}

json_t *change_by(struct change *change, const json_t *by)
{
    struct id id;
    struct slice text = slice_of(json_string_value(by), json_string_length(by));
    if (text.size == 0) {
        return json_text(slice_text("operator"));
    }
    return id_parse(text, &id) ? change_person(change, id) : json_text(text);
}

struct slice number_text(uint32_t number, char text[12])
{
    int size = snprintf(text, 12, "%u", (unsigned)number);
    return slice_of(text, (size_t)size);
}

/* ---- lists ---- */

static bool is_id(const json_t *value, struct id id)
{
    struct id found;
    return json_is_string(value) &&
           id_parse(slice_of(json_string_value(value), json_string_length(value)), &found) &&
           id_equal(found, id);
}

bool ids_have(const json_t *list, struct id id)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (is_id(item, id)) {
            return true;
        }
    }
    return false;
}

bool people_have(const json_t *list, struct id id)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (is_id(json_object_get(item, "id"), id)) {
            return true;
        }
    }
    return false;
}

json_t *ids_with(const json_t *list, struct id id, bool on)
{
    size_t i;
    json_t *item;
    json_t *result = json_array();
    json_array_foreach(list, i, item)
    {
        if (!is_id(item, id)) {
            json_array_append(result, item);
        }
    }
    if (on) {
        json_array_append_new(result, json_id(id));
    }
    return result;
}

void history_append(json_t *list, json_t *item)
{
    json_array_append_new(list, item);
    while (json_array_size(list) > HISTORY_MAX) {
        json_array_remove(list, 0);
    }
}

/* ---- parameters ---- */

enum error request_limit(struct request *request, const char *field, size_t max_characters)
{
    return utf8_length(request_text(request, field)) > max_characters
               ? request_fault(request, field, ERROR_INPUT_TOO_BIG)
               : ERROR_NONE;
}

void request_answer_id(struct request *request)
{
    json_put(request->result, "id", json_id(request_id(request, "id")));
}

bool request_has(const struct request *request, const char *field)
{
    const json_t *value = json_object_get(request->params, field);
    return value != NULL && !json_is_null(value);
}

/* ---- search ---- */

struct slice text_fold(struct slice text, uint8_t *room, size_t size)
{
    struct fold_reader reader = fold_reader_of(text);
    struct fold_word word;
    size_t at = 0;
    while (fold_next(&reader, &word) && at + 1 + word.size <= size) {
        if (at > 0) {
            room[at++] = ' ';
        }
        memcpy(room + at, word.text, word.size);
        at += word.size;
    }
    return slice_of(room, at);
}

size_t text_folded(struct slice text, uint8_t *into, size_t max)
{
    struct buffer words;
    buffer_init(&words, 2 * text.size + 64);
    fold_append(&words, text);
    struct slice folded = words.size > 0 ? buffer_slice(&words) : text;
    size_t size = folded.size < max ? folded.size : max;
    if (size > 0) {
        memcpy(into, folded.data, size);
    }
    buffer_free(&words);
    return size;
}

bool text_equals(struct slice a, struct slice b)
{
    uint8_t one[400], other[400];
    size_t size = text_folded(a, one, sizeof one);
    return size == text_folded(b, other, sizeof other) &&
           (size == 0 || memcmp(one, other, size) == 0);
}

/* ---- what people write in tables ---- */

struct slice text_trimmed(struct slice text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text = slice_of(text.data + 1, text.size - 1);
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t')) {
        text.size--;
    }
    return text;
}

bool text_means(const struct text_word *table, struct slice text, unsigned *means)
{
    for (; table->said != NULL; table++) {
        if (text_equals(slice_text(table->said), text)) {
            *means = table->means;
            return true;
        }
    }
    return false;
}
