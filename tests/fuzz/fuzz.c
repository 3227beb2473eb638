/* The small tools of the harnesses: cutting an input into fields, saying what did not hold.
 * An input that ends early yields zeros and empty slices, so that every byte string is an input. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

const char *fuzz_replayed;

void fuzz_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    abort();
}

static struct slice take(struct slice *input, size_t size)
{
    struct slice taken = slice_of(input->data, size < input->size ? size : input->size);
    if (taken.size > 0) {
        *input = slice_of(input->data + taken.size, input->size - taken.size);
    }
    return taken;
}

uint8_t fuzz_byte(struct slice *input)
{
    struct slice byte = take(input, 1);
    return byte.size == 0 ? 0 : byte.data[0];
}

uint16_t fuzz_number(struct slice *input)
{
    uint8_t high = fuzz_byte(input);
    return (uint16_t)(high << 8 | fuzz_byte(input));
}

struct slice fuzz_until(struct slice *input, uint8_t mark)
{
    const uint8_t *found = input->size == 0 ? NULL : memchr(input->data, mark, input->size);
    if (found == NULL) {
        return take(input, input->size);
    }
    struct slice taken = take(input, (size_t)(found - input->data));
    take(input, 1);
    return taken;
}
