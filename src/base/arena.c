/* Memory that lives as long as one request.
 *
 * A chain of blocks, the newest first; a request takes bytes from the newest one until it is used
 * up, then a new block is made, at least BLOCK_SIZE long. Nothing is given back before
 * arena_free(). Invariants: every pointer handed out is aligned for any type; what arena_new() gives is zeroed; the sum of
 * what was handed out stays within `max`. Inputs are bounded before they are copied here, so
 * passing `max` is a bug of ours, not bad input. Start at arena_new(). */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/memory.h"

enum { BLOCK_SIZE = 8192, ALIGNMENT = alignof(max_align_t) }; /* bytes */

struct arena_block {
    struct arena_block *next;
    size_t used, size;  /* bytes of data */
    max_align_t data[]; /* aligned for any type */
};

void arena_init(struct arena *arena, size_t max_bytes)
{
    *arena = (struct arena){.blocks = NULL, .used = 0, .max = max_bytes};
}

void arena_free(struct arena *arena)
{
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->blocks = NULL;
    arena->used = 0;
}

static struct arena_block *arena_grow(struct arena *arena, size_t bytes)
{
    size_t size = bytes > BLOCK_SIZE ? bytes : BLOCK_SIZE;
    struct arena_block *block = memory_resize(NULL, 1, sizeof *block + size);
    block->size = size;
    block->used = 0;
    block->next = arena->blocks;
    arena->blocks = block;
    return block;
}

static uint8_t *arena_take(struct arena *arena, size_t count, size_t size)
{
    assert_always(size == 0 || count <= (SIZE_MAX - ALIGNMENT) / size);
    size_t bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes == 0) {
        bytes = ALIGNMENT;
    }
    assert_always(bytes <= arena->max - arena->used);
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->size - block->used < bytes) {
        block = arena_grow(arena, bytes);
    }
    uint8_t *start = (uint8_t *)block->data + block->used;
    block->used += bytes;
    arena->used += bytes;
    return start;
}

void *arena_new(struct arena *arena, size_t count, size_t size)
{
    return memset(arena_take(arena, count, size), 0, count * size);
}

struct slice arena_copy(struct arena *arena, struct slice bytes)
{
    uint8_t *copy = arena_take(arena, bytes.size, 1);
    if (bytes.size > 0) {
        memcpy(copy, bytes.data, bytes.size);
    }
    return slice_of(copy, bytes.size);
}
