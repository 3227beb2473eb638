/* Strict reading of hostile JSON in one pass over its bytes, into jansson's values.
 *
 * Jansson's own parser reads byte by byte through a callback and accepts more than the protocol does; most of what the
 * program reads (documents, payloads, messages) is strings without an escape, which are copied here by runs. Refused are
 * what is not UTF-8, what is nested deeper than JSON_MAX_DEPTH, a key that stands twice, reals and integers that JavaScript
 * would not hold exactly, U+0000, and whatever RFC 8259 does not allow.
 * Invariants: reading recurses no deeper than JSON_MAX_DEPTH, so every walk over what comes out may recurse too; bytes that
 * stand in a value were seen to be UTF-8 before. Memory that runs out aborts. Start at json_parse(). */
#include "base/json.h"

#include "base/fatal.h"
#include "base/utf8.h"

#define NUMBER_MAX ((INT64_C(1) << 53) - 1)
enum { DIGITS_MAX = 16 };

struct parser {
    const uint8_t *at, *end;
    unsigned depth;     /* open arrays and objects */
    struct buffer text; /* a string with escapes, unescaped */
    enum error error;   /* of what could not be read */
};

static json_t *parse_value(struct parser *parser);

static json_t *refused(struct parser *parser, enum error error)
{
    parser->error = error;
    return NULL;
}

static json_t *made(json_t *value)
{
    if (value == NULL) {
        fatal_memory();
    }
    return value;
}

/* What stands next behind white space, which is not taken; 0 at the end (a NUL is no JSON either). */
static uint8_t next_byte(struct parser *parser)
{
    while (parser->at < parser->end && (*parser->at == ' ' || *parser->at == '\n' ||
                                        *parser->at == '\r' || *parser->at == '\t')) {
        parser->at++;
    }
    return parser->at < parser->end ? *parser->at : 0;
}

/* ---- strings ---- */

static bool take_hex(struct parser *parser, uint32_t *unit)
{
    *unit = 0;
    if (parser->end - parser->at < 4) {
        return false;
    }
    for (int i = 0; i < 4; i++) {
        uint8_t byte = *parser->at++, lower = byte | 0x20;
        bool digit = byte >= '0' && byte <= '9';
        if (!digit && (lower < 'a' || lower > 'f')) {
            return false;
        }
        *unit = *unit << 4 | (uint32_t)(digit ? byte - '0' : lower - 'a' + 10);
    }
    return true;
}

static void append_point(struct buffer *text, uint32_t point)
{
    if (point < 0x80) {
        buffer_append_u8(text, (uint8_t)point);
        return;
    }
    size_t further = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    uint32_t first = 0xff00u >> (further + 1) & 0xffu; /* as many ones as bytes */
    buffer_append_u8(text, (uint8_t)(first | point >> 6 * further));
    while (further-- > 0) {
        buffer_append_u8(text, (uint8_t)(0x80 | (point >> 6 * further & 0x3f)));
    }
}

/* Behind "\u": one code point, of two escapes when it needs a pair. */
static bool take_point(struct parser *parser)
{
    uint32_t unit, low;
    if (!take_hex(parser, &unit) || unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff)) {
        return false;
    }
    if (unit >= 0xd800 && unit <= 0xdbff) {
        if (parser->end - parser->at < 2 || parser->at[0] != '\\' || parser->at[1] != 'u') {
            return false;
        }
        parser->at += 2;
        if (!take_hex(parser, &low) || low < 0xdc00 || low > 0xdfff) {
            return false;
        }
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
    append_point(&parser->text, unit);
    return true;
}

/* Behind a backslash. */
static bool take_escape(struct parser *parser)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    uint8_t byte = parser->at < parser->end ? *parser->at++ : 0;
    const char *name = byte == 0 ? NULL : strchr(names, byte);
    if (name == NULL) {
        return byte == 'u' && take_point(parser);
    }
    buffer_append_u8(&parser->text, (uint8_t)meant[name - names]);
    return true;
}

/* Up to the next byte that ends a run of characters as they are. */
static struct slice take_run(struct parser *parser)
{
    const uint8_t *from = parser->at;
    while (parser->at < parser->end && *parser->at >= 0x20 && *parser->at != '"' &&
           *parser->at != '\\') {
        parser->at++;
    }
    return slice_of(from, (size_t)(parser->at - from));
}

/* Behind the opening quote: the string without its quotes, borrowed until the next one. */
static bool take_string(struct parser *parser, struct slice *string)
{
    *string = take_run(parser);
    if (parser->at < parser->end && *parser->at == '"') { /* the usual one, with no escape */
        parser->at++;
        return true;
    }
    buffer_clear(&parser->text);
    buffer_append_slice(&parser->text, *string);
    while (parser->at < parser->end && *parser->at == '\\') {
        parser->at++;
        if (!take_escape(parser)) {
            return false;
        }
        buffer_append_slice(&parser->text, take_run(parser));
    }
    *string = buffer_slice(&parser->text);
    bool ended = parser->at < parser->end && *parser->at == '"';
    parser->at += ended;
    return ended && buffer_ok(&parser->text);
}

/* ---- values ---- */

static json_t *parse_string(struct parser *parser)
{
    struct slice string;
    parser->at++;
    if (!take_string(parser, &string)) {
        return refused(parser, ERROR_INPUT_BAD_JSON);
    }
    return made(
        json_stringn_nocheck(string.size == 0 ? "" : (const char *)string.data, string.size));
}

static json_t *parse_number(struct parser *parser)
{
    bool negative = *parser->at == '-';
    int64_t value = 0;
    parser->at += negative;
    const uint8_t *from = parser->at;
    while (parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9' &&
           parser->at - from <= DIGITS_MAX) {
        value = value * 10 + (*parser->at++ - '0');
    }
    ptrdiff_t digits = parser->at - from;
    uint8_t after = parser->at < parser->end ? *parser->at : 0;
    bool good = digits > 0 && digits <= DIGITS_MAX && (digits == 1 || *from != '0') &&
                value <= NUMBER_MAX && after != '.' && after != 'e' && after != 'E';
    return good ? made(json_integer(negative ? -value : value))
                : refused(parser, ERROR_INPUT_BAD_JSON);
}

static json_t *parse_word(struct parser *parser)
{
    static const char *const words[] = {"true", "false", "null"};
    json_t *const values[] = {json_true(), json_false(), json_null()};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i]);
        if ((size_t)(parser->end - parser->at) >= size && memcmp(parser->at, words[i], size) == 0) {
            parser->at += size;
            return values[i];
        }
    }
    return refused(parser, ERROR_INPUT_BAD_JSON);
}

/* Behind one value of a list: is there another? false = it ended, or there is an error. */
static bool goes_on(struct parser *parser, uint8_t end)
{
    uint8_t byte = next_byte(parser);
    if (byte != ',' && byte != end) {
        parser->error = ERROR_INPUT_BAD_JSON;
        return false;
    }
    parser->at++;
    return byte == ',';
}

/* Behind the opening bracket: does it end at once? */
static bool is_empty(struct parser *parser, uint8_t end)
{
    bool empty = next_byte(parser) == end;
    parser->at += empty;
    return empty;
}

static void parse_items(struct parser *parser, json_t *array)
{
    bool more = !is_empty(parser, ']');
    while (more) {
        json_t *item = parse_value(parser);
        if (item == NULL) {
            return;
        }
        assert_always(json_array_append_new(array, item) == 0);
        more = goes_on(parser, ']');
    }
}

/* The value of a key, put into the object. A key that was there before makes it no larger. */
static void put_member(struct parser *parser, json_t *object, struct slice key)
{
    size_t before = json_object_size(object);
    if (next_byte(parser) != ':') {
        parser->error = ERROR_INPUT_BAD_JSON;
        return;
    }
    parser->at++;
    json_t *value = parse_value(parser);
    if (value == NULL) {
        return;
    }
    const char *name = key.size == 0 ? "" : (const char *)key.data;
    if (json_object_setn_new_nocheck(object, name, key.size, value) != 0) {
        fatal_memory();
    }
    if (json_object_size(object) == before) {
        parser->error = ERROR_INPUT_DUPLICATE_KEY;
    }
}

static void parse_member(struct parser *parser, json_t *object)
{
    struct slice key;
    if (next_byte(parser) != '"') {
        parser->error = ERROR_INPUT_BAD_JSON;
        return;
    }
    parser->at++;
    if (!take_string(parser, &key)) {
        parser->error = ERROR_INPUT_BAD_JSON;
    } else if (key.size == 0 || key.data != parser->text.data) {
        put_member(parser, object, key);
    } else { /* it had an escape: the next string may take its place */
        struct buffer copy;
        buffer_init(&copy, key.size);
        buffer_append_slice(&copy, key);
        put_member(parser, object, buffer_slice(&copy));
        buffer_free(&copy);
    }
}

static void parse_members(struct parser *parser, json_t *object)
{
    bool more = !is_empty(parser, '}');
    while (more) {
        parse_member(parser, object);
        more = parser->error == ERROR_NONE && goes_on(parser, '}');
    }
}

static json_t *parse_container(struct parser *parser)
{
    bool is_object = *parser->at++ == '{';
    if (++parser->depth > JSON_MAX_DEPTH) {
        return refused(parser, ERROR_INPUT_TOO_DEEP);
    }
    json_t *value = made(is_object ? json_object() : json_array());
    if (is_object) {
        parse_members(parser, value);
    } else {
        parse_items(parser, value);
    }
    parser->depth--;
    if (parser->error != ERROR_NONE) {
        json_decref(value);
        return NULL;
    }
    return value;
}

/* A new reference, or NULL and parser->error. */
static json_t *parse_value(struct parser *parser)
{
    switch (next_byte(parser)) {
    case '{':
    case '[':
        return parse_container(parser);
    case '"':
        return parse_string(parser);
    case 't':
    case 'f':
    case 'n':
        return parse_word(parser);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return parse_number(parser);
    default:
        return refused(parser, ERROR_INPUT_BAD_JSON);
    }
}

enum error json_parse(struct slice bytes, json_t **out)
{
    *out = NULL;
    if (!utf8_is_valid(bytes)) {
        return ERROR_INPUT_BAD_UTF8;
    }
    if (bytes.size == 0) {
        return ERROR_INPUT_BAD_JSON;
    }
    struct parser parser = {.at = bytes.data, .end = bytes.data + bytes.size};
    buffer_init(&parser.text, bytes.size);
    json_t *value = parse_value(&parser);
    (void)next_byte(&parser);
    if (value != NULL && parser.at != parser.end) {
        json_decref(value);
        value = refused(&parser, ERROR_INPUT_BAD_JSON);
    }
    buffer_free(&parser.text);
    *out = value;
    return parser.error;
}

json_t *json_parse_own(struct slice bytes)
{
    json_t *value;
    enum error error = json_parse(bytes, &value);
    assert_always(error == ERROR_NONE);
    return value;
}
