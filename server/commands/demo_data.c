/* demo-organisation.json and demo-more.json as bytes of the program, so that the demo needs no file at run time.
 *
 * The assembler takes the files in (`.incbin`); their paths are relative to the top of the checkout, where the compiler is
 * run and which is one of its include folders. The bytes follow their number. */
#include "server/commands/demo_data.h"

#define DEMO_FILE(name, path)                                                                      \
    __asm__(".section .rodata\n"                                                                   \
            ".balign 8\n"                                                                          \
            ".global palabre_" name "_size\n"                                                      \
            ".global palabre_" name "_bytes\n"                                                     \
            "palabre_" name "_size:\n"                                                             \
            ".quad palabre_" name "_end - palabre_" name "_bytes\n"                                \
            "palabre_" name "_bytes:\n"                                                            \
            ".incbin \"" path "\"\n"                                                               \
            "palabre_" name "_end:\n"                                                              \
            ".byte 0\n"                                                                            \
            ".previous\n")

DEMO_FILE("demo", "server/commands/demo-organisation.json");
DEMO_FILE("demo_more", "server/commands/demo-more.json");
extern const uint64_t palabre_demo_size, palabre_demo_more_size;
extern const uint8_t palabre_demo_bytes[], palabre_demo_more_bytes[];

struct slice demo_data(void)
{
    return slice_of(palabre_demo_bytes, palabre_demo_size);
}

struct slice demo_more_data(void)
{
    return slice_of(palabre_demo_more_bytes, palabre_demo_more_size);
}
