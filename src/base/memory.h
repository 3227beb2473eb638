/* Allocators that never return NULL: exhaustion aborts (fatal_memory). Free with free(). Any thread. */
#ifndef PALABRE_BASE_MEMORY_H
#define PALABRE_BASE_MEMORY_H

#include <stddef.h>

/* count × size zeroed bytes; a product that overflows aborts. */
void *memory_new(size_t count, size_t size);
/* Grows or shrinks; old may be NULL. */
void *memory_resize(void *old, size_t count, size_t size);
/* A copy of size bytes (one byte is allocated for size 0). */
void *memory_copy(const void *bytes, size_t size);
/* A copy of a C string. */
char *memory_copy_text(const char *text);

#endif
