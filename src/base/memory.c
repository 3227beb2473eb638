/* Allocation that cannot fail half-way: it succeeds or the process ends.
 *
 * Invariant: no function returns NULL, and no product of count and size wraps. Sizes that come from
 * outside are bounded before they get here (buffers have maxima, counts are compared with the bytes
 * left), so a product that overflows is a bug and a refusal by the system is real exhaustion. Start
 * at memory_new(). */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"

void *memory_new(size_t count, size_t size)
{
    if (count == 0 || size == 0) {
        count = 1;
        size = 1;
    }
    void *made = calloc(count, size); /* checks the product itself */
    if (made == NULL) {
        fatal_memory();
    }
    return made;
}

void *memory_resize(void *old, size_t count, size_t size)
{
    assert_always(size == 0 || count <= SIZE_MAX / size);
    size_t bytes = count * size;
    void *made = realloc(old, bytes == 0 ? 1 : bytes);
    if (made == NULL) {
        fatal_memory();
    }
    return made;
}

void *memory_copy(const void *bytes, size_t size)
{
    void *made = malloc(size == 0 ? 1 : size);
    if (made == NULL) {
        fatal_memory();
    }
    if (size > 0) {
        memcpy(made, bytes, size);
    }
    return made;
}

char *memory_copy_text(const char *text)
{
    return memory_copy(text, strlen(text) + 1);
}
