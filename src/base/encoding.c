/* Bytes as text: base64, base64url, hex.
 *
 * Decoding accepts one text per byte string only (canonical: right padding, unused bits zero, no
 * white space, lower case), so that texts may be compared, hashed and used as keys. It is
 * table-driven: binary parameters of ballots come through here, a few hundred bytes per ballot and
 * many ballots at once. The tables hold value + 1, so that the zeros C fills in mean "not in the
 * alphabet"; subtracting 1 from such a zero sets high bits, which are gathered and looked at once
 * at the end. The alphabets are those of RFC 4648. Start at decode64(). */
#include "base/encoding.h"

static const char digits_standard[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char digits_url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char digits_hex[] = "0123456789abcdef";

/* clang-format off */
#define LETTERS_AND_DIGITS                                                                             \
    ['A'] = 1, ['B'] = 2, ['C'] = 3, ['D'] = 4, ['E'] = 5, ['F'] = 6, ['G'] = 7, ['H'] = 8, ['I'] = 9, \
    ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17,    \
    ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25,    \
    ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33,    \
    ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41,    \
    ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49,    \
    ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56, ['4'] = 57,    \
    ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62

static const uint8_t values_standard[256] = {LETTERS_AND_DIGITS, ['+'] = 63, ['/'] = 64};
static const uint8_t values_url[256] = {LETTERS_AND_DIGITS, ['-'] = 63, ['_'] = 64};
static const uint8_t values_hex[256] = {
    ['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10,
    ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};
/* clang-format on */

static void encode64(struct buffer *out, struct slice bytes, const char *digits, bool padded)
{
    size_t whole = bytes.size / 3;
    size_t rest = bytes.size % 3;
    size_t tail = rest == 0 ? 0 : padded ? 4 : rest + 1;
    uint8_t *into = buffer_reserve(out, whole * 4 + tail);
    if (into == NULL) {
        return;
    }
    const uint8_t *from = bytes.data;
    for (size_t i = 0; i < whole; i++, from += 3, into += 4) {
        uint32_t group = (uint32_t)from[0] << 16 | (uint32_t)from[1] << 8 | from[2];
        into[0] = (uint8_t)digits[group >> 18];
        into[1] = (uint8_t)digits[group >> 12 & 63];
        into[2] = (uint8_t)digits[group >> 6 & 63];
        into[3] = (uint8_t)digits[group & 63];
    }
    if (rest == 0) {
        return;
    }
    uint32_t group = (uint32_t)from[0] << 16 | (rest == 2 ? (uint32_t)from[1] << 8 : 0);
    into[0] = (uint8_t)digits[group >> 18];
    into[1] = (uint8_t)digits[group >> 12 & 63];
    if (rest == 2) {
        into[2] = (uint8_t)digits[group >> 6 & 63];
    } else if (padded) {
        into[2] = '=';
    }
    if (padded) {
        into[3] = '=';
    }
}

/* Bytes that `length` digits without padding stand for; length % 4 is not 1. */
static size_t decoded_size(size_t length)
{
    return length / 4 * 3 + (length % 4 == 0 ? 0 : length % 4 - 1);
}

/* Digits without padding into decoded_size() bytes; false = a character or an unused bit that may
 * not be. */
static bool decode64(const uint8_t *values, struct slice digits, uint8_t *into)
{
    uint32_t bad = 0;
    const uint8_t *from = digits.data;
    for (size_t i = 0; i < digits.size / 4; i++, from += 4, into += 3) {
        uint32_t a = (uint32_t)values[from[0]] - 1;
        uint32_t b = (uint32_t)values[from[1]] - 1;
        uint32_t c = (uint32_t)values[from[2]] - 1;
        uint32_t d = (uint32_t)values[from[3]] - 1;
        bad |= a | b | c | d;
        into[0] = (uint8_t)(a << 2 | (b >> 4 & 3));
        into[1] = (uint8_t)(b << 4 | (c >> 2 & 15));
        into[2] = (uint8_t)(c << 6 | (d & 63));
    }
    size_t rest = digits.size % 4;
    if (rest >= 2) {
        uint32_t a = (uint32_t)values[from[0]] - 1;
        uint32_t b = (uint32_t)values[from[1]] - 1;
        uint32_t c = rest == 3 ? (uint32_t)values[from[2]] - 1 : 0;
        uint32_t unused = rest == 3 ? c & 3 : b & 15;
        bad |= a | b | c | (unused == 0 ? 0 : ~UINT32_C(0));
        into[0] = (uint8_t)(a << 2 | (b >> 4 & 3));
        if (rest == 3) {
            into[1] = (uint8_t)(b << 4 | (c >> 2 & 15));
        }
    }
    return (bad & ~UINT32_C(63)) == 0;
}

static bool append_decoded64(const uint8_t *values, struct slice digits, struct buffer *out)
{
    if (digits.size % 4 == 1) {
        return false;
    }
    size_t before = out->size;
    uint8_t *into = buffer_reserve(out, decoded_size(digits.size));
    if (into == NULL) {
        return false;
    }
    if (!decode64(values, digits, into)) {
        out->size = before;
        return false;
    }
    return true;
}

void encoding_base64(struct buffer *out, struct slice bytes)
{
    encode64(out, bytes, digits_standard, true);
}

void encoding_base64url(struct buffer *out, struct slice bytes)
{
    encode64(out, bytes, digits_url, false);
}

void encoding_hex(struct buffer *out, struct slice bytes)
{
    uint8_t *into = buffer_reserve(out, bytes.size * 2);
    if (into == NULL) {
        return;
    }
    for (size_t i = 0; i < bytes.size; i++) {
        into[2 * i] = (uint8_t)digits_hex[bytes.data[i] >> 4];
        into[2 * i + 1] = (uint8_t)digits_hex[bytes.data[i] & 15];
    }
}

bool encoding_from_base64(struct slice text, struct buffer *out)
{
    if (text.size % 4 != 0) {
        return false;
    }
    /* At most two signs of padding; a third is then a character outside the alphabet. */
    for (int i = 0; i < 2 && text.size > 0 && text.data[text.size - 1] == '='; i++) {
        text.size--;
    }
    return append_decoded64(values_standard, text, out);
}

bool encoding_from_base64url(struct slice text, struct buffer *out)
{
    return append_decoded64(values_url, text, out);
}

bool encoding_from_hex(struct slice text, struct buffer *out)
{
    if (text.size % 2 != 0) {
        return false;
    }
    size_t before = out->size;
    uint8_t *into = buffer_reserve(out, text.size / 2);
    if (into == NULL) {
        return false;
    }
    uint32_t bad = 0;
    for (size_t i = 0; i < text.size / 2; i++) {
        uint32_t high = (uint32_t)values_hex[text.data[2 * i]] - 1;
        uint32_t low = (uint32_t)values_hex[text.data[2 * i + 1]] - 1;
        bad |= high | low;
        into[i] = (uint8_t)(high << 4 | (low & 15));
    }
    if ((bad & ~UINT32_C(15)) != 0) {
        out->size = before;
        return false;
    }
    return true;
}

bool encoding_base64url_exact(struct slice text, void *into, size_t size)
{
    if (text.size % 4 == 1 || decoded_size(text.size) != size) {
        return false;
    }
    return decode64(values_url, text, into);
}
