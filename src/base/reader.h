/* Reads big-endian fields from a slice. The first read past the end, or of a value the formats refuse,
 * marks the reader `bad` for ever and yields zeros: a decoder reads all its fields and asks once.
 * Rules of ledger.md, Conventions: a u64 above 2^53 − 1 is bad; str and text must be UTF-8 without the refused characters. */
#ifndef PALABRE_BASE_READER_H
#define PALABRE_BASE_READER_H

#include "base/id.h"
#include "base/slice.h"

struct reader {
    struct slice left; /* not yet read; borrowed */
    bool bad;
};

struct reader reader_of(struct slice bytes);
uint8_t reader_u8(struct reader *reader);
uint16_t reader_u16(struct reader *reader);
uint32_t reader_u32(struct reader *reader);
uint64_t reader_u64(struct reader *reader);
/* size bytes, borrowed from the input. */
struct slice reader_bytes(struct reader *reader, size_t size);
void reader_copy(struct reader *reader, void *into, size_t size);
struct id reader_id(struct reader *reader);
struct hash reader_hash(struct reader *reader);
/* str: u16 length, one line. text: u32 length, may hold U+000A. Borrowed. */
struct slice reader_str(struct reader *reader);
struct slice reader_text(struct reader *reader);
/* Marks bad unless the next bytes are these. */
void reader_expect(struct reader *reader, struct slice bytes);
/* Not bad and nothing left. */
bool reader_done(const struct reader *reader);

#endif
