/* BLT files: whatever the bytes are, blt.c reads an election that can be counted, or names the place.
 *
 * The first byte of an input chooses the options of the count, the rest is the file. */
#include "tests/fuzz/elections.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t methods[] = {8, 9, 12, 3};
    struct slice input = slice_of(data, size);
    uint8_t mode = fuzz_byte(&input);
    struct election_file file = {.name = "ballots.blt", .bytes = input};
    for (size_t i = 0; i < sizeof methods; i++) {
        elections_try(&file, mode, methods[i]);
    }
    return 0;
}
