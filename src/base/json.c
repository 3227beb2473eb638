/* JSON at the edges of the program: strict reading of hostile bytes, writing in one form.
 *
 * Jansson parses by recursion and accepts more than the protocol does. So the bytes are checked
 * first (UTF-8, then nesting, by one loop that knows strings and brackets: up to the first error of
 * the text it counts exactly as the parser recurses), then parsed, then the values are walked once
 * to refuse numbers that JavaScript would not hold exactly: reals, and integers beyond ±(2^53 − 1).
 * Invariant: what json_parse() yields is at most JSON_MAX_DEPTH deep, so every walk over it may
 * recurse. Exhausted memory inside jansson aborts like everywhere else. Start at json_parse(). */
#include "base/json.h"

#include "base/encoding.h"
#include "base/fatal.h"
#include "base/utf8.h"

#define NUMBER_MAX ((INT64_C(1) << 53) - 1)

static bool json_is_too_deep(struct slice bytes)
{
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t byte = bytes.data[i];
        if (in_string) {
            i += byte == '\\'; /* the escaped character ends no string */
            in_string = byte != '"';
        } else if (byte == '"') {
            in_string = true;
        } else if (byte == '[' || byte == '{') {
            depth++;
            if (depth > JSON_MAX_DEPTH) {
                return true;
            }
        } else if ((byte == ']' || byte == '}') && depth > 0) {
            depth--;
        }
    }
    return false;
}

static bool json_numbers_are_exact(json_t *value)
{
    size_t index;
    const char *key;
    json_t *member;
    switch (json_typeof(value)) {
    case JSON_REAL:
        return false;
    case JSON_INTEGER:
        return json_integer_value(value) >= -NUMBER_MAX && json_integer_value(value) <= NUMBER_MAX;
    case JSON_ARRAY:
        json_array_foreach(value, index, member)
        {
            if (!json_numbers_are_exact(member)) {
                return false;
            }
        }
        return true;
    case JSON_OBJECT:
        json_object_foreach(value, key, member)
        {
            if (!json_numbers_are_exact(member)) {
                return false;
            }
        }
        return true;
    case JSON_STRING:
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        return true;
    }
    return false;
}

enum error json_parse(struct slice bytes, json_t **out)
{
    *out = NULL;
    if (!utf8_is_valid(bytes)) {
        return ERROR_INPUT_BAD_UTF8;
    }
    if (json_is_too_deep(bytes)) {
        return ERROR_INPUT_TOO_DEEP;
    }
    if (bytes.size == 0 || memchr(bytes.data, 0, bytes.size) != NULL) {
        return ERROR_INPUT_BAD_JSON; /* jansson takes a NUL between values for the end of the text */
    }
    json_error_t problem;
    const char *text = (const char *)bytes.data;
    json_t *value =
        json_loadb(text, bytes.size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
    if (value == NULL) {
        enum json_error_code code = json_error_code(&problem);
        if (code == json_error_out_of_memory) {
            fatal_memory();
        }
        return code == json_error_duplicate_key ? ERROR_INPUT_DUPLICATE_KEY : ERROR_INPUT_BAD_JSON;
    }
    if (!json_numbers_are_exact(value)) {
        json_decref(value);
        return ERROR_INPUT_BAD_JSON;
    }
    *out = value;
    return ERROR_NONE;
}

json_t *json_parse_own(struct slice bytes)
{
    json_t *value;
    enum error error = json_parse(bytes, &value);
    assert_always(error == ERROR_NONE);
    return value;
}

static int json_append_piece(const char *piece, size_t size, void *buffer)
{
    buffer_append(buffer, piece, size);
    return 0;
}

static void json_write_with(struct buffer *out, const json_t *value, size_t flags)
{
    int failed =
        json_dump_callback(value, json_append_piece, out, JSON_COMPACT | JSON_ENCODE_ANY | flags);
    assert_always(failed == 0);
}

void json_write(struct buffer *out, const json_t *value)
{
    json_write_with(out, value, 0);
}

void json_write_sorted(struct buffer *out, const json_t *value)
{
    json_write_with(out, value, JSON_SORT_KEYS);
}

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

void json_write_string(struct buffer *out, struct slice utf8)
{
    buffer_append_u8(out, '"');
    size_t plain = 0; /* start of the run that needs no escape */
    for (size_t i = 0; i < utf8.size; i++) {
        uint8_t byte = utf8.data[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            continue;
        }
        buffer_append(out, utf8.data + plain, i - plain);
        plain = i + 1;
        char escape = json_short_escape(byte);
        if (escape != 0) {
            buffer_format(out, "\\%c", escape);
        } else {
            buffer_format(out, "\\u%04X", (unsigned)byte);
        }
    }
    if (utf8.size > plain) {
        buffer_append(out, utf8.data + plain, utf8.size - plain);
    }
    buffer_append_u8(out, '"');
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
