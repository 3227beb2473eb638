/* The two ways this program ends itself.
 *
 * A bug is an invariant of ours that does not hold: going on could write a wrong record, so the
 * process says where and aborts; the store only ever holds whole transactions, so nothing that was
 * promised is lost. Exhausted memory is treated the same way, because code that half survives it is
 * code nobody tests. Nothing here allocates. Start at fatal_bug(). */
#include "base/fatal.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void fatal_bug(const char *file, int line, const char *expression)
{
    fprintf(stderr, "palabre: bug: %s:%d: %s\n", file, line, expression);
    fflush(stderr);
    abort();
}

_Noreturn void fatal_memory(void)
{
    fputs("palabre: memory is exhausted\n", stderr);
    fflush(stderr);
    abort();
}
