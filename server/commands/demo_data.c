/* demo-organisation.json as bytes of the program, so that the demo needs no file at run time.
 *
 * The assembler takes the file in (`.incbin`); its path is relative to the top of the checkout, where the compiler is run
 * and which is one of its include folders. Two symbols stand before and after the bytes. */
#include "server/commands/demo_data.h"

__asm__(".section .rodata\n"
        ".global palabre_demo_begin\n"
        ".global palabre_demo_end\n"
        "palabre_demo_begin:\n"
        ".incbin \"server/commands/demo-organisation.json\"\n"
        "palabre_demo_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const uint8_t palabre_demo_begin[];
extern const uint8_t palabre_demo_end[];

struct slice demo_data(void)
{
    return slice_of(palabre_demo_begin, (size_t)(palabre_demo_end - palabre_demo_begin));
}
