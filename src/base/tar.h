/* Heads of a POSIX tar (ustar): regular files alone, one encoding for each value. Pure functions. */
#ifndef PALABRE_BASE_TAR_H
#define PALABRE_BASE_TAR_H

#include <stdbool.h>
#include <stdint.h>

enum { TAR_BLOCK = 512, TAR_NAME_MAX = 99 }; /* bytes */

struct tar_entry {
    char name[TAR_NAME_MAX + 1]; /* 1–99 bytes of [A-Za-z0-9._/-] */
    uint64_t size;               /* bytes, below 2^63 */
    uint64_t time_s;             /* Unix seconds, below 2^33 */
};

void tar_encode(const struct tar_entry *entry, uint8_t block[TAR_BLOCK]);
/* true = the block is, byte for byte, what tar_encode() makes of *entry. */
bool tar_decode(const uint8_t block[TAR_BLOCK], struct tar_entry *entry);
/* One of the two zero blocks behind the last entry. */
bool tar_is_end(const uint8_t block[TAR_BLOCK]);
/* Zero bytes that follow so many bytes of a file. */
uint64_t tar_padding(uint64_t size);

#endif
