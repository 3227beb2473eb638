/* Our own JSON read where it lies: a walk over the members that passes by what nobody asked for.
 *
 * A document is written by json_write(): compact, and with no other escapes than the short ones and \u00XX. So a value ends
 * where its quote, bracket or digits end, and a long text is passed by as fast as its closing quote is found. Invariant:
 * nothing is read past the end of the view. Start at json_view_next(). */
#include "base/json_view.h"

#include "base/fatal.h"

/* Where the string that begins at `at` ends, past its closing quote. */
static const uint8_t *past_string(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *from = at + 1, *quote = at;
    bool escaped = true;
    while (escaped) {
        quote = memchr(quote + 1, '"', (size_t)(end - quote - 1));
        assert_always(quote != NULL);
        escaped = false;
        for (const uint8_t *back = quote; back > from && back[-1] == '\\'; back--) {
            escaped = !escaped;
        }
    }
    return quote + 1;
}

/* From an opening bracket past the one that closes it. */
static const uint8_t *past_container(const uint8_t *at, const uint8_t *end)
{
    size_t depth = 0;
    do {
        assert_always(at < end);
        if (*at == '"') {
            at = past_string(at, end);
            continue;
        }
        depth += *at == '{' || *at == '[';
        depth -= *at == '}' || *at == ']';
        at++;
    } while (depth > 0);
    return at;
}

static const uint8_t *past_value(const uint8_t *at, const uint8_t *end)
{
    assert_always(at < end);
    if (*at == '"') {
        return past_string(at, end);
    }
    if (*at == '{' || *at == '[') {
        return past_container(at, end);
    }
    while (at < end && *at != ',' && *at != '}' && *at != ']') {
        at++;
    }
    return at;
}

bool json_view_next(struct slice *rest, struct slice *key, struct slice *value)
{
    const uint8_t *at = rest->data, *end = at + rest->size;
    *key = slice_of(at, 0);
    if (rest->size < 2 || (*at != '{' && *at != '[' && *at != ',') || at[1] == '}' ||
        at[1] == ']') {
        return false;
    }
    const uint8_t *from = at + 1, *to = past_value(from, end);
    if (*from == '"' && to < end && *to == ':') {
        *key = slice_of(from + 1, (size_t)(to - from) - 2);
        from = to + 1;
        to = past_value(from, end);
    }
    *value = slice_of(from, (size_t)(to - from));
    *rest = slice_of(to, (size_t)(end - to));
    return true;
}

void json_view_members(struct slice object, const struct slice *keys, struct slice *values,
                       size_t count)
{
    struct slice name, value;
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        values[i] = slice_of("", 0);
    }
    if (object.size == 0 || object.data[0] != '{') {
        return;
    }
    while (found < count && json_view_next(&object, &name, &value)) {
        for (size_t i = 0; i < count; i++) {
            if (keys[i].size == name.size && memcmp(keys[i].data, name.data, name.size) == 0) {
                values[i] = value;
                found++;
            }
        }
    }
}

struct slice json_view_member(struct slice object, const char *key)
{
    struct slice value, wanted = slice_text(key);
    json_view_members(object, &wanted, &value, 1);
    return value;
}

static uint8_t hex_value(uint8_t digit)
{
    return digit <= '9' ? (uint8_t)(digit - '0') : (uint8_t)((digit | 0x20) - 'a' + 10);
}

/* One escape from its backslash on; its size. */
static size_t append_escape(struct buffer *out, const uint8_t *at, size_t size)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    assert_always(size >= 2 && at[1] != 0);
    if (at[1] == 'u') {
        assert_always(size >= 6 && at[2] == '0' && at[3] == '0');
        buffer_append_u8(out, (uint8_t)(hex_value(at[4]) << 4 | hex_value(at[5])));
        return 6;
    }
    const char *name = strchr(names, at[1]);
    assert_always(name != NULL);
    buffer_append_u8(out, (uint8_t)meant[name - names]);
    return 2;
}

struct slice json_view_text(struct slice value, struct buffer *texts)
{
    if (value.size < 2 || value.data[0] != '"') {
        return slice_of("", 0);
    }
    const uint8_t *at = value.data + 1, *end = value.data + value.size - 1;
    const uint8_t *escape = memchr(at, '\\', (size_t)(end - at));
    size_t from = texts->size;
    if (escape == NULL) {
        return slice_of(at, (size_t)(end - at));
    }
    while (escape != NULL) {
        buffer_append(texts, at, (size_t)(escape - at));
        at = escape + append_escape(texts, escape, (size_t)(end - escape));
        escape = memchr(at, '\\', (size_t)(end - at));
    }
    buffer_append(texts, at, (size_t)(end - at));
    return slice_of(texts->data + from, texts->size - from);
}

struct id json_view_id(struct slice value)
{
    struct id id = {{0}};
    if (value.size < 2 || value.data[0] != '"' ||
        !id_parse(slice_of(value.data + 1, value.size - 2), &id)) {
        return (struct id){{0}};
    }
    return id;
}
