/* Small parts that several concepts share.
 *
 * Nothing here knows a concept: keys of indexes are built, events are started, people and lists are read,
 * texts are searched. Everything is a pure function of its arguments and, for names of people, of the
 * store. Invariant: a key never grows past its room (a bug otherwise). Start at index_key(). */
#include "assembly/parts.h"
#include "base/bytes.h"
#include "base/fatal.h"
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

struct slice index_key_slice(const struct index_key *key)
{
    return slice_of(key->bytes, key->size);
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

bool request_has(const struct request *request, const char *field)
{
    const json_t *value = json_object_get(request->params, field);
    return value != NULL && !json_is_null(value);
}

/* ---- search ---- */

/* One folded letter from valid UTF-8: ASCII in lower case, letters U+00C0–017F without their accents,
 * anything else byte by byte. */
static uint8_t fold_next(struct slice *text)
{
    static const char latin1[] = "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
    static const char extended[] =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
        "nnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    uint8_t first = text->data[0];
    if (first >= 0xC3 && first <= 0xC5 && text->size > 1) {
        unsigned point = (unsigned)(first & 0x1F) << 6 | (unsigned)(text->data[1] & 0x3F);
        *text = slice_of(text->data + 2, text->size - 2);
        return (uint8_t)(point < 0x100 ? latin1[point - 0xC0] : extended[point - 0x100]);
    }
    *text = slice_of(text->data + 1, text->size - 1);
    return first >= 'A' && first <= 'Z' ? (uint8_t)(first + 32) : first;
}

static bool starts_folded(struct slice text, struct slice needle)
{
    while (needle.size > 0) {
        if (text.size == 0 || fold_next(&text) != fold_next(&needle)) {
            return false;
        }
    }
    return true;
}

bool text_contains(struct slice text, struct slice needle)
{
    if (starts_folded(text, needle)) {
        return true;
    }
    while (text.size > 0) {
        fold_next(&text);
        if (starts_folded(text, needle)) {
            return true;
        }
    }
    return false;
}

struct slice text_fold(struct slice text, uint8_t *room, size_t size)
{
    size_t at = 0;
    while (text.size > 0 && at < size) {
        uint8_t letter = fold_next(&text);
        bool sign =
            letter < 0x80 && !(letter >= 'a' && letter <= 'z') && !(letter >= '0' && letter <= '9');
        room[at++] = sign ? ' ' : letter;
    }
    return slice_of(room, at);
}
