/* Decoding of the record's binary formats without a check after every field.
 *
 * Invariant: once `bad`, always bad, and every further read yields zeros without looking at the
 * input. So a decoder reads all fields of a structure in order and asks reader_done() at the end;
 * it never uses a value before that except as a count, and counts are safe because reading past the
 * end only makes the reader bad. The rules of the formats that hold everywhere (numbers that
 * JavaScript holds exactly, clean UTF-8) are enforced here, so that no decoder can forget them.
 * Start at reader_bytes(). */
#include "base/reader.h"

#include "base/utf8.h"

#define NUMBER_MAX ((UINT64_C(1) << 53) - 1)

struct reader reader_of(struct slice bytes)
{
    return (struct reader){.left = bytes, .bad = false};
}

struct slice reader_bytes(struct reader *reader, size_t size)
{
    if (reader->bad || size > reader->left.size) {
        reader->bad = true;
        return slice_of("", 0);
    }
    struct slice taken = slice_of(reader->left.data, size);
    if (size > 0) {
        reader->left = slice_of(reader->left.data + size, reader->left.size - size);
    }
    return taken;
}

static uint64_t reader_big_endian(struct reader *reader, size_t size)
{
    struct slice bytes = reader_bytes(reader, size);
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        value = value << 8 | bytes.data[i];
    }
    return value;
}

uint8_t reader_u8(struct reader *reader)
{
    return (uint8_t)reader_big_endian(reader, 1);
}

uint16_t reader_u16(struct reader *reader)
{
    return (uint16_t)reader_big_endian(reader, 2);
}

uint32_t reader_u32(struct reader *reader)
{
    return (uint32_t)reader_big_endian(reader, 4);
}

uint64_t reader_u64(struct reader *reader)
{
    uint64_t value = reader_big_endian(reader, 8);
    if (value > NUMBER_MAX) {
        reader->bad = true;
        return 0;
    }
    return value;
}

void reader_copy(struct reader *reader, void *into, size_t size)
{
    struct slice bytes = reader_bytes(reader, size);
    if (size == 0) {
        return;
    }
    if (bytes.size == size) {
        memcpy(into, bytes.data, size);
    } else {
        memset(into, 0, size);
    }
}

struct id reader_id(struct reader *reader)
{
    struct id id;
    reader_copy(reader, id.bytes, ID_SIZE);
    return id;
}

struct hash reader_hash(struct reader *reader)
{
    struct hash hash;
    reader_copy(reader, hash.bytes, HASH_SIZE);
    return hash;
}

static struct slice reader_clean(struct reader *reader, size_t size, bool multiline)
{
    struct slice text = reader_bytes(reader, size);
    if (!utf8_is_clean(text, multiline)) {
        reader->bad = true;
        return slice_of("", 0);
    }
    return text;
}

struct slice reader_str(struct reader *reader)
{
    return reader_clean(reader, reader_u16(reader), false);
}

struct slice reader_text(struct reader *reader)
{
    return reader_clean(reader, reader_u32(reader), true);
}

void reader_expect(struct reader *reader, struct slice bytes)
{
    if (!slice_equal(reader_bytes(reader, bytes.size), bytes)) {
        reader->bad = true;
    }
}

bool reader_done(const struct reader *reader)
{
    return !reader->bad && reader->left.size == 0;
}
