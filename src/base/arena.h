/* Memory of one request, freed in one go. Not shared between threads. */
#ifndef PALABRE_BASE_ARENA_H
#define PALABRE_BASE_ARENA_H

#include "base/slice.h"

struct arena_block;
struct arena {
    struct arena_block *blocks; /* owned */
    size_t used, max;           /* bytes; past max is a bug of ours (inputs are bounded before) */
};

void arena_init(struct arena *arena, size_t max_bytes);
void arena_free(struct arena *arena);
/* Zeroed, aligned for any type; lives until arena_free. */
void *arena_new(struct arena *arena, size_t count, size_t size);
struct slice arena_copy(struct arena *arena, struct slice bytes);

#endif
