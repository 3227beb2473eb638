/* Heads of tar entries as POSIX ustar writes them.
 *
 * Decoding takes name, size and time out of the block, encodes them again and compares all 512 bytes: so there is one form
 * for each entry, and whatever else a tar can hold (links, devices, long names, owners, extensions) is no entry here. Sizes
 * from 8 GiB on are written in base 256, as GNU tar, libarchive and busybox read them. Start at tar_encode(). */
#include "base/tar.h"

#include <stdio.h>
#include <string.h>

#include "base/fatal.h"

enum {
    MODE_AT = 100,
    OWNER_AT = 108,
    GROUP_AT = 116,
    SIZE_AT = 124,
    TIME_AT = 136,
    SUM_AT = 148,
    KIND_AT = 156,
    MAGIC_AT = 257,
    SIZE_DIGITS = 11
};
static const uint64_t octal_end = UINT64_C(1) << (3 * SIZE_DIGITS);

static bool is_name(const char *name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-";
    size_t size = strlen(name);
    return size > 0 && size <= TAR_NAME_MAX && strspn(name, allowed) == size;
}

static void put_octal(uint8_t *at, int digits, uint64_t value)
{
    for (int i = digits; i-- > 0; value >>= 3) {
        at[i] = (uint8_t)('0' + (value & 7));
    }
}

static void put_size(uint8_t *at, uint64_t size)
{
    if (size < octal_end) {
        put_octal(at, SIZE_DIGITS, size);
        return;
    }
    at[0] = 0x80;
    for (int i = SIZE_DIGITS; i >= 4; i--, size >>= 8) {
        at[i] = (uint8_t)size;
    }
}

void tar_encode(const struct tar_entry *entry, uint8_t block[TAR_BLOCK])
{
    assert_always(is_name(entry->name) && entry->size <= INT64_MAX && entry->time_s < octal_end);
    memset(block, 0, TAR_BLOCK);
    memcpy(block, entry->name, strlen(entry->name));
    put_octal(block + MODE_AT, 7, 0600);
    put_octal(block + OWNER_AT, 7, 0);
    put_octal(block + GROUP_AT, 7, 0);
    put_size(block + SIZE_AT, entry->size);
    put_octal(block + TIME_AT, SIZE_DIGITS, entry->time_s);
    block[KIND_AT] = '0';
    memcpy(block + MAGIC_AT,
           "ustar\0"
           "00",
           8);
    memset(block + SUM_AT, ' ', 8);
    unsigned sum = 0;
    for (int i = 0; i < TAR_BLOCK; i++) {
        sum += block[i];
    }
    put_octal(block + SUM_AT, 6, sum);
    block[SUM_AT + 6] = 0;
}

static uint64_t get_octal(const uint8_t *at, int digits)
{
    uint64_t value = 0;
    for (int i = 0; i < digits; i++) {
        value = value << 3 | (at[i] & 7);
    }
    return value;
}

static uint64_t get_size(const uint8_t *at)
{
    uint64_t size = 0;
    if (at[0] != 0x80) {
        return get_octal(at, SIZE_DIGITS);
    }
    for (int i = 4; i <= SIZE_DIGITS; i++) {
        size = size << 8 | at[i];
    }
    return size;
}

bool tar_decode(const uint8_t block[TAR_BLOCK], struct tar_entry *entry)
{
    uint8_t again[TAR_BLOCK];
    memcpy(entry->name, block, TAR_NAME_MAX);
    entry->name[TAR_NAME_MAX] = '\0';
    entry->size = get_size(block + SIZE_AT);
    entry->time_s = get_octal(block + TIME_AT, SIZE_DIGITS);
    if (!is_name(entry->name) || entry->size > INT64_MAX) {
        return false;
    }
    tar_encode(entry, again);
    return memcmp(again, block, TAR_BLOCK) == 0;
}

bool tar_is_end(const uint8_t block[TAR_BLOCK])
{
    static const uint8_t zero[TAR_BLOCK];
    return memcmp(block, zero, TAR_BLOCK) == 0;
}

uint64_t tar_padding(uint64_t size)
{
    return (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK;
}
