/* A growable run of bytes with a maximum.
 *
 * Invariants: size ≤ max; capacity is always one byte more than may be used, so that
 * buffer_format() has room for the NUL of printf; once `full` is set nothing is appended any more,
 * so what a full buffer holds is a prefix that nobody mistakes for the whole (buffer_ok() is
 * false). Capacity doubles, so that n appends cost O(n). All appends go through buffer_reserve():
 * start there. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fatal.h"
#include "base/memory.h"

enum { FIRST_CAPACITY = 64 }; /* bytes */

void buffer_init(struct buffer *buffer, size_t max_bytes)
{
    assert_always(max_bytes < SIZE_MAX / 4);
    *buffer = (struct buffer){.max = max_bytes};
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){.max = buffer->max};
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    buffer->full = false;
}

bool buffer_ok(const struct buffer *buffer)
{
    return !buffer->full;
}

struct slice buffer_slice(const struct buffer *buffer)
{
    return slice_of(buffer->data, buffer->size);
}

uint8_t *buffer_take(struct buffer *buffer, size_t *size)
{
    uint8_t *taken = buffer->data;
    if (taken == NULL) {
        taken = memory_new(1, 1);
    }
    *size = buffer->size;
    *buffer = (struct buffer){.max = buffer->max};
    return taken;
}

/* Room for `more` bytes and one to spare; false = would pass the maximum. */
static bool buffer_make_room(struct buffer *buffer, size_t more)
{
    if (buffer->full || more > buffer->max - buffer->size) {
        buffer->full = true;
        return false;
    }
    size_t needed = buffer->size + more + 1;
    if (needed <= buffer->capacity) {
        return true;
    }
    size_t capacity = buffer->capacity == 0 ? FIRST_CAPACITY : buffer->capacity * 2;
    if (capacity > buffer->max + 1) {
        capacity = buffer->max + 1;
    }
    if (capacity < needed) {
        capacity = needed;
    }
    buffer->data = memory_resize(buffer->data, capacity, 1);
    buffer->capacity = capacity;
    return true;
}

void buffer_expect(struct buffer *buffer, size_t size)
{
    if (size <= buffer->max - buffer->size) {
        (void)buffer_make_room(buffer, size);
    }
}

uint8_t *buffer_reserve(struct buffer *buffer, size_t size)
{
    if (!buffer_make_room(buffer, size)) {
        return NULL;
    }
    uint8_t *start = buffer->data + buffer->size;
    buffer->size += size;
    return start;
}

void buffer_append_more(struct buffer *buffer, const void *bytes, size_t size)
{
    uint8_t *into = buffer_reserve(buffer, size);
    if (into != NULL && size > 0) {
        memcpy(into, bytes, size);
    }
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    size_t room = buffer->full ? 0 : buffer->capacity - buffer->size;
    char *end = room == 0 ? NULL : (char *)buffer->data + buffer->size;
    va_start(arguments, format);
    int length = vsnprintf(end, room, format, arguments);
    va_end(arguments);
    assert_always(length >= 0);
    bool fits = (size_t)length < room; /* written already */
    if (!buffer_make_room(buffer, (size_t)length)) {
        return;
    }
    if (fits) {
        buffer->size += (size_t)length;
        return;
    }
    va_start(arguments, format);
    char *into = (char *)buffer->data + buffer->size;
    int written = vsnprintf(into, (size_t)length + 1, format, arguments);
    va_end(arguments);
    assert_always(written == length);
    buffer->size += (size_t)length;
}

/* The low `size` bytes of value, most significant first. */
static void buffer_append_big_endian(struct buffer *buffer, uint64_t value, size_t size)
{
    uint8_t *into = buffer_reserve(buffer, size);
    if (into == NULL) {
        return;
    }
    for (size_t i = size; i-- > 0; value >>= 8) {
        into[i] = (uint8_t)(value & 0xff);
    }
}

void buffer_append_u8(struct buffer *buffer, uint8_t value)
{
    if (!buffer->full && buffer->capacity - buffer->size > 1) { /* there is room: the usual case */
        buffer->data[buffer->size++] = value;
        return;
    }
    buffer_append_big_endian(buffer, value, 1);
}

void buffer_append_u16(struct buffer *buffer, uint16_t value)
{
    buffer_append_big_endian(buffer, value, 2);
}

void buffer_append_u32(struct buffer *buffer, uint32_t value)
{
    buffer_append_big_endian(buffer, value, 4);
}

void buffer_append_u64(struct buffer *buffer, uint64_t value)
{
    buffer_append_big_endian(buffer, value, 8);
}

void buffer_append_str(struct buffer *buffer, struct slice utf8)
{
    if (utf8.size > UINT16_MAX) {
        buffer->full = true;
        return;
    }
    buffer_append_u16(buffer, (uint16_t)utf8.size);
    buffer_append_slice(buffer, utf8);
}

void buffer_append_long_text(struct buffer *buffer, struct slice utf8)
{
    if (utf8.size > UINT32_MAX) {
        buffer->full = true;
        return;
    }
    buffer_append_u32(buffer, (uint32_t)utf8.size);
    buffer_append_slice(buffer, utf8);
}
