/* demo-organisation.json as bytes of the program, so that the demo needs no file at run time.
 *
 * The assembler takes the file in (`.incbin`); its path is relative to the top of the checkout, where the compiler is run
 * and which is one of its include folders. The bytes follow their number. */
#include "server/commands/demo_data.h"

__asm__(".section .rodata\n"
        ".balign 8\n"
        ".global palabre_demo_size\n"
        ".global palabre_demo_bytes\n"
        "palabre_demo_size:\n"
        ".quad palabre_demo_end - palabre_demo_bytes\n"
        "palabre_demo_bytes:\n"
        ".incbin \"server/commands/demo-organisation.json\"\n"
        "palabre_demo_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const uint64_t palabre_demo_size;
extern const uint8_t palabre_demo_bytes[];

struct slice demo_data(void)
{
    return slice_of(palabre_demo_bytes, palabre_demo_size);
}
