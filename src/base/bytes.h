/* Big-endian numbers at a place in memory: keys of tables and structures of a fixed size. What is appended goes through
 * base/buffer.h, what is decoded through base/reader.h. */
#ifndef PALABRE_BASE_BYTES_H
#define PALABRE_BASE_BYTES_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

/* Writes 4 bytes. */
static inline void bytes_put_u32(uint8_t *into, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        into[i] = (uint8_t)(value >> (24 - 8 * i));
    }
}

/* Writes 8 bytes. */
static inline void bytes_put_u64(uint8_t *into, uint64_t value)
{
    for (unsigned i = 0; i < 8; i++) {
        into[i] = (uint8_t)(value >> (56 - 8 * i));
    }
}

/* Reads 4 bytes. */
static inline uint32_t bytes_get_u32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

/* Reads 8 bytes. */
static inline uint64_t bytes_get_u64(const uint8_t *from)
{
    uint64_t value;
    memcpy(&value, from, sizeof value);
    return be64toh(value);
}

#endif
