/* UTF-8: what is well formed, and what the record accepts.
 *
 * One decoder, utf8_next(), reads one code point and refuses what RFC 3629 refuses: overlong forms,
 * surrogates, values past U+10FFFF, stray and missing continuation bytes. Everything else walks
 * with it. The refused characters of the record are those that would make people see something else
 * than what was decoded: controls, line separators, direction marks, the byte order mark. Start at
 * utf8_next(). */
#include "base/utf8.h"

#include <string.h>

/* Length in bytes of the code point at the start of `left` and its value; 0 = not well formed (or
 * empty). */
static size_t utf8_next(struct slice left, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800,
                                     0x10000}; /* per length: below it is overlong */
    if (left.size == 0) {
        return 0;
    }
    uint8_t first = left.data[0];
    if (first < 0x80) {
        *point = first;
        return 1;
    }
    size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || left.size < length) {
        return 0;
    }
    uint32_t value = first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((left.data[i] & 0xc0) != 0x80) {
            return 0;
        }
        value = value << 6 | (left.data[i] & 0x3fu);
    }
    if (value < least[length] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
        return 0;
    }
    *point = value;
    return length;
}

static struct slice utf8_after(struct slice bytes, size_t size)
{
    return slice_of(bytes.data + size, bytes.size - size);
}

/* What begins with eight bytes of ASCII, without those: most of what is checked is nothing else. */
static struct slice utf8_after_ascii(struct slice bytes)
{
    uint64_t eight;
    while (bytes.size >= sizeof eight) {
        memcpy(&eight, bytes.data, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0) {
            break;
        }
        bytes = utf8_after(bytes, sizeof eight);
    }
    return bytes;
}

bool utf8_is_valid(struct slice bytes)
{
    while ((bytes = utf8_after_ascii(bytes)).size > 0) {
        uint32_t point;
        size_t length = utf8_next(bytes, &point);
        if (length == 0) {
            return false;
        }
        bytes = utf8_after(bytes, length);
    }
    return true;
}

/* Whether some continuation bytes make the cut code point whole. The values that begin with the same bytes are one
 * range, and what is refused lies at one of its ends or covers it: the lowest and the highest decide. */
static bool utf8_is_cut(struct slice left)
{
    for (unsigned fill = 0x80; fill <= 0xbf; fill += 0x3f) {
        uint8_t filled[4];
        uint32_t point;
        memset(filled, (int)fill, sizeof filled);
        if (left.size < sizeof filled) {
            memcpy(filled, left.data, left.size);
            if (utf8_next(slice_of(filled, sizeof filled), &point) > left.size) {
                return true;
            }
        }
    }
    return false;
}

bool utf8_begins_valid(struct slice bytes, size_t *whole)
{
    size_t size = bytes.size;
    while ((bytes = utf8_after_ascii(bytes)).size > 0) {
        uint32_t point;
        size_t length = utf8_next(bytes, &point);
        if (length == 0) {
            *whole = size - bytes.size;
            return utf8_is_cut(bytes);
        }
        bytes = utf8_after(bytes, length);
    }
    *whole = size;
    return true;
}

static bool utf8_is_refused(uint32_t point, bool multiline)
{
    if (point < 0x20) {
        return !(multiline && point == 0x0a);
    }
    return (point >= 0x7f && point <= 0x9f) || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xfeff;
}

bool utf8_is_clean(struct slice bytes, bool multiline)
{
    while (bytes.size > 0) {
        uint32_t point;
        size_t length = utf8_next(bytes, &point);
        if (length == 0 || utf8_is_refused(point, multiline)) {
            return false;
        }
        bytes = utf8_after(bytes, length);
    }
    return true;
}

size_t utf8_length(struct slice bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        count += (bytes.data[i] & 0xc0) != 0x80;
    }
    return count;
}

struct slice utf8_prefix(struct slice bytes, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        if ((bytes.data[i] & 0xc0) == 0x80) {
            continue;
        }
        if (count == max) {
            return slice_of(bytes.data, i);
        }
        count++;
    }
    return bytes;
}
