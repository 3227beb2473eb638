/* UUIDs and hashes as values.
 *
 * Ids are names that clients or we choose; nothing is read out of their version, but what we make
 * carries a proper one (RFC 9562: 8 for ids derived from content, 4 for random ones). The text form
 * has one spelling only, so that two texts are the same id exactly when they are the same bytes.
 * None of these comparisons guards a secret. Start at id_parse(). */
#include "base/id.h"

static bool bytes_are_zero(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++) {
        any |= bytes[i];
    }
    return any == 0;
}

bool id_is_none(struct id id)
{
    return bytes_are_zero(id.bytes, ID_SIZE);
}

bool id_equal(struct id a, struct id b)
{
    return memcmp(a.bytes, b.bytes, ID_SIZE) == 0;
}

int id_compare(struct id a, struct id b)
{
    return memcmp(a.bytes, b.bytes, ID_SIZE);
}

/* A lower-case hex digit's value and 16; 0 for every other character. */
static const uint8_t hex_digits[256] = {
    ['0'] = 16, ['1'] = 17, ['2'] = 18, ['3'] = 19, ['4'] = 20, ['5'] = 21, ['6'] = 22, ['7'] = 23,
    ['8'] = 24, ['9'] = 25, ['a'] = 26, ['b'] = 27, ['c'] = 28, ['d'] = 29, ['e'] = 30, ['f'] = 31,
};
/* Where the two digits of each byte stand. */
static const uint8_t digit_places[ID_SIZE] = {0,  2,  4,  6,  9,  11, 14, 16,
                                              19, 21, 24, 26, 28, 30, 32, 34};

static bool is_dash_position(size_t at)
{
    return at == 8 || at == 13 || at == 18 || at == 23;
}

bool id_parse(struct slice text, struct id *id)
{
    if (text.size != ID_TEXT_SIZE - 1) {
        return false;
    }
    struct id made;
    unsigned good = 16;
    for (size_t i = 0; i < ID_SIZE; i++) {
        unsigned high = hex_digits[text.data[digit_places[i]]];
        unsigned low = hex_digits[text.data[digit_places[i] + 1]];
        good &= high & low;
        made.bytes[i] = (uint8_t)((high & 15) << 4 | (low & 15));
    }
    bool dashes =
        text.data[8] == '-' && text.data[13] == '-' && text.data[18] == '-' && text.data[23] == '-';
    if (good == 0 || !dashes || id_is_none(made)) {
        return false;
    }
    *id = made;
    return true;
}

void id_format(struct id id, char text[ID_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    size_t at = 0;
    for (size_t i = 0; i < ID_SIZE; i++) {
        if (is_dash_position(at)) {
            text[at++] = '-';
        }
        text[at++] = digits[id.bytes[i] >> 4];
        text[at++] = digits[id.bytes[i] & 15];
    }
    text[at] = '\0';
}

static struct id id_with_version(const uint8_t *bytes, unsigned version)
{
    struct id id;
    memcpy(id.bytes, bytes, ID_SIZE);
    id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0fu) | version << 4);
    id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3fu) | 0x80u);
    return id;
}

struct id id_from_hash(struct hash hash)
{
    return id_with_version(hash.bytes, 8);
}

struct id id_from_random(const uint8_t random[ID_SIZE])
{
    return id_with_version(random, 4);
}

bool hash_is_none(struct hash hash)
{
    return bytes_are_zero(hash.bytes, HASH_SIZE);
}

bool hash_equal(struct hash a, struct hash b)
{
    return memcmp(a.bytes, b.bytes, HASH_SIZE) == 0;
}
