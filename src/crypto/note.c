/* Checkpoints: the signed sentence "this record has this many leaves and this root".
 *
 * The form is a C2SP signed note: three lines (origin, size, root), an empty line, then signature lines. Signed are
 * the three lines with their newlines. A key has an id made of its origin and its bytes, so a signature line says
 * whose it is. The first signature line is the ledger key's; others may follow (witnesses): their form is checked,
 * their signature is not, and none may use the ledger's name.
 * Parsing is strict: one text per checkpoint, so that nobody can show the same checkpoint in two disguises.
 * Start at note_open(). */
#include "crypto/note.h"

#include "base/encoding.h"
#include "base/fatal.h"
#include "base/utf8.h"

enum {
    KEY_ID_SIZE = 4,
    STAMP_SIZE = KEY_ID_SIZE + SIGNATURE_SIZE, /* key id ‖ signature */
    KEY_MARK = 0x01,                           /* Ed25519, in front of a public key */
    TEXT_MAX = ORIGIN_MAX + 100,               /* the three lines */
};

#define SIZE_MAX_LEAVES ((UINT64_C(1) << 53) - 1)
#define DASH            "\xe2\x80\x94 " /* em dash and space: begins a signature line */

/* --- origin and verifier key --- */

static bool is_origin_character(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '.' ||
           byte == ':' || byte == '/' || byte == '-';
}

/* A decimal number without leading zero, at most `most`, for the whole of text. */
static bool parse_decimal(struct slice text, uint64_t most, uint64_t *number)
{
    if (text.size == 0 || text.size > 20 || (text.size > 1 && text.data[0] == '0')) {
        return false;
    }
    uint64_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        unsigned digit = (unsigned)(text.data[i] - '0');
        if (value > (most - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

bool note_origin_is_good(struct slice origin)
{
    if (origin.size < ORIGIN_MIN || origin.size > ORIGIN_MAX) {
        return false;
    }
    size_t after_slash = 0;
    for (size_t i = 0; i < origin.size; i++) {
        if (!is_origin_character(origin.data[i])) {
            return false;
        }
        after_slash = origin.data[i] == '/' ? i + 1 : after_slash;
    }
    uint64_t epoch = 0;
    return after_slash >= 2 &&
           parse_decimal(slice_of(origin.data + after_slash, origin.size - after_slash), UINT32_MAX,
                         &epoch) &&
           epoch > 0;
}

static void key_id_bytes(struct slice origin, const struct hash *public_key,
                         uint8_t id[KEY_ID_SIZE])
{
    static const uint8_t between[] = {0x0a, KEY_MARK};
    const struct slice parts[] = {origin, slice_of(between, sizeof between),
                                  hash_slice(public_key)};
    struct hash hash = crypto_hash_parts(parts, 3);
    memcpy(id, hash.bytes, KEY_ID_SIZE);
}

uint32_t note_key_id(struct slice origin, const struct hash *public_key)
{
    uint8_t id[KEY_ID_SIZE];
    key_id_bytes(origin, public_key, id);
    return (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3];
}

void note_vkey(struct buffer *out, struct slice origin, const struct hash *public_key)
{
    uint8_t marked[1 + HASH_SIZE] = {KEY_MARK};
    memcpy(marked + 1, public_key->bytes, HASH_SIZE);
    buffer_append_slice(out, origin);
    buffer_format(out, "+%08lx+", (unsigned long)note_key_id(origin, public_key));
    encoding_base64(out, slice_of(marked, sizeof marked));
}

/* Exactly size bytes from padded base64. */
static bool decode_exact(struct slice text, void *into, size_t size)
{
    if (text.size != (size + 2) / 3 * 4) {
        return false;
    }
    struct buffer bytes;
    buffer_init(&bytes, size + 2);
    bool good = encoding_from_base64(text, &bytes) && bytes.size == size;
    if (good) {
        memcpy(into, bytes.data, size);
    }
    buffer_free(&bytes);
    return good;
}

/* Takes the text before `mark` from *left, and the mark; false when the mark is not there. */
static bool take_until(struct slice *left, char mark, struct slice *taken)
{
    const uint8_t *found = left->size == 0 ? NULL : memchr(left->data, mark, left->size);
    if (found == NULL) {
        return false;
    }
    *taken = slice_of(left->data, (size_t)(found - left->data));
    *left = slice_of(found + 1, left->size - taken->size - 1);
    return true;
}

bool note_parse_vkey(struct slice vkey, struct slice *origin, struct hash *public_key)
{
    struct slice left = vkey;
    struct slice name, id_text;
    uint8_t marked[1 + HASH_SIZE];
    if (!take_until(&left, '+', &name) || !take_until(&left, '+', &id_text) ||
        !note_origin_is_good(name) || !decode_exact(left, marked, sizeof marked) ||
        marked[0] != KEY_MARK) {
        return false;
    }
    struct hash key;
    memcpy(key.bytes, marked + 1, HASH_SIZE);
    uint8_t id[KEY_ID_SIZE];
    key_id_bytes(name, &key, id);
    struct buffer expected;
    buffer_init(&expected, 2 * KEY_ID_SIZE);
    encoding_hex(&expected, slice_of(id, sizeof id));
    bool good = slice_equal(buffer_slice(&expected), id_text);
    buffer_free(&expected);
    if (good) {
        *origin = name;
        *public_key = key;
    }
    return good;
}

/* --- signing --- */

void note_sign(struct buffer *out, const struct checkpoint *checkpoint, const struct key_pair *key)
{
    assert_always(checkpoint->origin.size <= ORIGIN_MAX && checkpoint->size <= SIZE_MAX_LEAVES);
    struct buffer text;
    buffer_init(&text, TEXT_MAX);
    buffer_append_slice(&text, checkpoint->origin);
    buffer_format(&text, "\n%llu\n", (unsigned long long)checkpoint->size);
    encoding_base64(&text, hash_slice(&checkpoint->root));
    buffer_append_u8(&text, '\n');
    assert_always(buffer_ok(&text));

    uint8_t stamp[STAMP_SIZE];
    key_id_bytes(checkpoint->origin, &key->public_key, stamp);
    crypto_sign(key, buffer_slice(&text), stamp + KEY_ID_SIZE);

    buffer_append_slice(out, buffer_slice(&text));
    buffer_append_text(out, "\n" DASH);
    buffer_append_slice(out, checkpoint->origin);
    buffer_append_u8(out, ' ');
    encoding_base64(out, slice_of(stamp, sizeof stamp));
    buffer_append_u8(out, '\n');
    buffer_free(&text);
}

/* --- opening --- */

/* One line "— <name> <base64>": its parts. */
static bool take_signature_line(struct slice *left, struct slice *name, struct slice *base64)
{
    struct slice line;
    const struct slice dash = slice_text(DASH);
    if (!take_until(left, '\n', &line) || line.size < dash.size ||
        !slice_equal(slice_of(line.data, dash.size), dash)) {
        return false;
    }
    line = slice_of(line.data + dash.size, line.size - dash.size);
    if (!take_until(&line, ' ', name) || name->size == 0) {
        return false;
    }
    *base64 = line;
    return true;
}

/* Signature lines after the first: well formed, at least 5 bytes, not in the ledger's name. */
static bool witnesses_are_well_formed(struct slice left, struct slice origin)
{
    while (left.size > 0) {
        struct slice name, base64;
        if (!take_signature_line(&left, &name, &base64) || slice_equal(name, origin) ||
            !utf8_is_clean(name, false) || memchr(name.data, '+', name.size) != NULL) {
            return false;
        }
        struct buffer bytes;
        buffer_init(&bytes, NOTE_MAX_SIZE);
        bool good = encoding_from_base64(base64, &bytes) && bytes.size > KEY_ID_SIZE;
        buffer_free(&bytes);
        if (!good) {
            return false;
        }
    }
    return true;
}

static bool is_signed(struct slice text, struct slice origin, struct slice base64,
                      const struct hash *public_key)
{
    uint8_t stamp[STAMP_SIZE];
    uint8_t id[KEY_ID_SIZE];
    if (!decode_exact(base64, stamp, sizeof stamp)) {
        return false;
    }
    key_id_bytes(origin, public_key, id);
    return memcmp(id, stamp, KEY_ID_SIZE) == 0 &&
           crypto_verify(public_key, text, stamp + KEY_ID_SIZE);
}

bool note_open(struct slice note, const struct hash *public_key, struct checkpoint *checkpoint)
{
    struct slice left = note;
    struct slice size_text, root_text, blank, name, base64;
    struct checkpoint found;
    if (note.size > NOTE_MAX_SIZE || !take_until(&left, '\n', &found.origin) ||
        !take_until(&left, '\n', &size_text) || !take_until(&left, '\n', &root_text)) {
        return false;
    }
    struct slice text = slice_of(note.data, note.size - left.size);
    if (!note_origin_is_good(found.origin) ||
        !parse_decimal(size_text, SIZE_MAX_LEAVES, &found.size) ||
        !decode_exact(root_text, found.root.bytes, HASH_SIZE)) {
        return false;
    }
    if (!take_until(&left, '\n', &blank) || blank.size != 0 ||
        !take_signature_line(&left, &name, &base64) || !slice_equal(name, found.origin) ||
        !witnesses_are_well_formed(left, found.origin) ||
        !is_signed(text, found.origin, base64, public_key)) {
        return false;
    }
    *checkpoint = found;
    return true;
}
