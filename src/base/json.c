/* JSON values of the program: writing them in one form, making them, reading their members.
 *
 * Reading bytes is in json_parse.c; what it yields is at most JSON_MAX_DEPTH deep. What is written is what jansson writes
 * compactly: documents are compared byte by byte, so the form never changes. Exhausted memory inside jansson aborts like
 * everywhere else. Start at json_write(). */
#include "base/json.h"

#include <stdlib.h>

#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "base/utf8.h"

#define NUMBER_MAX ((INT64_C(1) << 53) - 1)

/* The short escape of a character, or 0. */
static char json_short_escape(uint8_t byte)
{
    switch (byte) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

size_t json_escape(uint8_t byte, uint8_t escape[JSON_ESCAPE_MAX])
{
    static const char hex[] = "0123456789ABCDEF";
    char letter = json_short_escape(byte);
    bool is_short = letter != 0;
    const char bytes[] = {'\\', is_short ? letter : 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    memcpy(escape, bytes, sizeof bytes);
    return is_short ? 2 : sizeof bytes;
}

/* Does one of the eight bytes need an escape? (A byte of v is zero iff a high bit stays in (v − 1…1) & ~v & 8…8, and below
 * 0x20 iff one stays with 0x20 in place of 1.) */
static bool json_eight_need_escape(const uint8_t *bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t v;
    memcpy(&v, bytes, sizeof v);
    uint64_t quote = v ^ (ones * '"'), backslash = v ^ (ones * '\\');
    uint64_t found =
        ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | ((v - ones * 0x20) & ~v);
    return (found & (ones * 0x80)) != 0;
}

void json_write_string(struct buffer *out, struct slice utf8)
{
    uint8_t escape[JSON_ESCAPE_MAX];
    buffer_expect(out, utf8.size + 2);
    buffer_append_u8(out, '"');
    size_t plain = 0; /* start of the run that needs no escape */
    for (size_t i = 0; i < utf8.size; i++) {
        while (utf8.size - i > 8 && !json_eight_need_escape(utf8.data + i)) {
            i += 8;
        }
        uint8_t byte = utf8.data[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            continue;
        }
        buffer_append(out, utf8.data + plain, i - plain);
        plain = i + 1;
        buffer_append(out, escape, json_escape(byte, escape));
    }
    if (utf8.size > plain) {
        buffer_append(out, utf8.data + plain, utf8.size - plain);
    }
    buffer_append_u8(out, '"');
}

/* Whole values: as jansson would dump them, but strings by runs, not character by character. A value is at most
 * JSON_MAX_DEPTH deep when it was parsed, and as deep as a table of fields when it was made: recursion is bounded. */

static void json_write_integer(struct buffer *out, json_int_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0) {
        buffer_append_u8(out, '-');
    }
    buffer_append(out, digits + at, sizeof digits - at);
}

void json_write_number(struct buffer *out, uint64_t value)
{
    assert_always(value <= (uint64_t)NUMBER_MAX);
    json_write_integer(out, (json_int_t)value);
}

static void json_write_value(struct buffer *out, const json_t *value, bool sorted);

static void json_write_member(struct buffer *out, bool first, const char *key, const json_t *value,
                              bool sorted)
{
    if (!first) {
        buffer_append_u8(out, ',');
    }
    json_write_string(out, slice_text(key));
    buffer_append_u8(out, ':');
    json_write_value(out, value, sorted);
}

static int json_compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void json_write_sorted_members(struct buffer *out, const json_t *object)
{
    size_t count = 0;
    const char **keys = memory_new(json_object_size(object) + 1, sizeof *keys);
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)object, key, member)
    {
        keys[count++] = key;
    }
    qsort(keys, count, sizeof *keys, json_compare_keys);
    for (size_t i = 0; i < count; i++) {
        json_write_member(out, i == 0, keys[i], json_object_get(object, keys[i]), true);
    }
    free(keys);
}

static void json_write_object(struct buffer *out, const json_t *object, bool sorted)
{
    const char *key;
    json_t *member;
    bool first = true;
    buffer_append_u8(out, '{');
    if (sorted) {
        json_write_sorted_members(out, object);
    } else {
        json_object_foreach((json_t *)(uintptr_t)object, key, member)
        {
            json_write_member(out, first, key, member, false);
            first = false;
        }
    }
    buffer_append_u8(out, '}');
}

static void json_write_array(struct buffer *out, const json_t *array, bool sorted)
{
    size_t index;
    json_t *item;
    buffer_append_u8(out, '[');
    json_array_foreach(array, index, item)
    {
        if (index > 0) {
            buffer_append_u8(out, ',');
        }
        json_write_value(out, item, sorted);
    }
    buffer_append_u8(out, ']');
}

static void json_write_value(struct buffer *out, const json_t *value, bool sorted)
{
    assert_always(value != NULL && !json_is_real(value)); /* nothing here makes reals */
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        json_write_object(out, value, sorted);
        break;
    case JSON_ARRAY:
        json_write_array(out, value, sorted);
        break;
    case JSON_STRING:
        json_write_string(out, slice_of(json_string_value(value), json_string_length(value)));
        break;
    case JSON_INTEGER:
        json_write_integer(out, json_integer_value(value));
        break;
    case JSON_TRUE:
        buffer_append_text(out, "true");
        break;
    case JSON_FALSE:
        buffer_append_text(out, "false");
        break;
    case JSON_REAL:
    case JSON_NULL:
        buffer_append_text(out, "null");
        break;
    }
}

void json_write(struct buffer *out, const json_t *value)
{
    json_write_value(out, value, false);
}

void json_write_sorted(struct buffer *out, const json_t *value)
{
    json_write_value(out, value, true);
}

static json_t *json_made(json_t *value)
{
    if (value == NULL) {
        fatal_memory();
    }
    return value;
}

json_t *json_text(struct slice utf8)
{
    assert_always(utf8_is_valid(utf8));
    return json_made(
        json_stringn_nocheck(utf8.size == 0 ? "" : (const char *)utf8.data, utf8.size));
}

json_t *json_id(struct id id)
{
    char text[ID_TEXT_SIZE];
    id_format(id, text);
    return json_made(json_stringn_nocheck(text, ID_TEXT_SIZE - 1));
}

json_t *json_base64url(struct slice bytes)
{
    struct buffer text;
    buffer_init(&text, bytes.size / 3 * 4 + 4);
    encoding_base64url(&text, bytes);
    assert_always(buffer_ok(&text));
    json_t *value = json_text(buffer_slice(&text));
    buffer_free(&text);
    return value;
}

json_t *json_number(uint64_t value)
{
    assert_always(value <= (uint64_t)NUMBER_MAX);
    return json_made(json_integer((json_int_t)value));
}

struct slice json_get_text(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? slice_of(json_string_value(value), json_string_length(value))
                                 : slice_of("", 0);
}

struct id json_get_id(const json_t *object, const char *key)
{
    struct id id = {{0}};
    if (!id_parse(json_get_text(object, key), &id)) {
        return (struct id){{0}};
    }
    return id;
}

int64_t json_get_integer(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

bool json_get_flag(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

void json_put(json_t *object, const char *key, json_t *value)
{
    assert_always(json_is_object(object));
    if (value == NULL) {
        (void)json_object_del(object,
                              key); /* answers -1 when the key was not there: nothing to do */
        return;
    }
    int failed = json_object_set_new(object, key, value);
    assert_always(failed == 0);
}
