/* A growable run of bytes with a maximum given when it is made.
 * What would pass the maximum is not appended and leaves the buffer `full` for ever: an encoder appends
 * without looking and asks buffer_ok() once. Not shared between threads. */
#ifndef PALABRE_BASE_BUFFER_H
#define PALABRE_BASE_BUFFER_H

#include "base/slice.h"

struct buffer {
    uint8_t *data;              /* owned; NULL while empty */
    size_t size, capacity, max; /* bytes */
    bool full;                  /* an append was refused */
};

void buffer_init(struct buffer *buffer, size_t max_bytes);
/* Frees the bytes; the buffer may be used again with the same maximum. */
void buffer_free(struct buffer *buffer);
/* Forgets the bytes and the `full` mark, keeps the memory. */
void buffer_clear(struct buffer *buffer);
bool buffer_ok(const struct buffer *buffer);
/* Valid until the next append, clear or free. */
struct slice buffer_slice(const struct buffer *buffer);
/* Hands the bytes to the caller (free()), and leaves an empty buffer. */
uint8_t *buffer_take(struct buffer *buffer, size_t *size);

/* Where there is room, the usual case, nothing is called: answers are put together from many short pieces. */
void buffer_append_more(struct buffer *buffer, const void *bytes, size_t size);
static inline void buffer_append(struct buffer *buffer, const void *bytes, size_t size)
{
    if (size > 0 && !buffer->full && size < buffer->capacity - buffer->size) {
        memcpy(buffer->data + buffer->size, bytes, size);
        buffer->size += size;
        return;
    }
    buffer_append_more(buffer, bytes, size);
}
static inline void buffer_append_slice(struct buffer *buffer, struct slice bytes)
{
    buffer_append(buffer, bytes.data, bytes.size);
}
static inline void buffer_append_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}
/* printf into the buffer. */
void buffer_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Memory for size more bytes at once, where it is known what comes: appending them copies nothing twice. */
void buffer_expect(struct buffer *buffer, size_t size);
/* size bytes to be filled by the caller at once; NULL when full. */
uint8_t *buffer_reserve(struct buffer *buffer, size_t size);

/* Big-endian integers, and the strings of the record formats (ledger.md, Conventions): u16 or u32 byte length, then bytes. */
void buffer_append_u8(struct buffer *buffer, uint8_t value);
void buffer_append_u16(struct buffer *buffer, uint16_t value);
void buffer_append_u32(struct buffer *buffer, uint32_t value);
void buffer_append_u64(struct buffer *buffer, uint64_t value);
void buffer_append_str(struct buffer *buffer, struct slice utf8); /* ≤ 65,535 bytes, else full */
void buffer_append_long_text(struct buffer *buffer, struct slice utf8); /* u32 length */

#endif
