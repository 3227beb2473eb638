/* The two fates that end the program: a bug, and memory exhaustion. Both print and abort. */
#ifndef PALABRE_BASE_FATAL_H
#define PALABRE_BASE_FATAL_H

/* Prints "palabre: bug: FILE:LINE: EXPRESSION" on stderr and aborts. Any thread. */
_Noreturn void fatal_bug(const char *file, int line, const char *expression);
/* Prints that memory is exhausted on stderr and aborts. Any thread. */
_Noreturn void fatal_memory(void);

/* An invariant of ours, checked in release builds too. */
#define assert_always(condition) ((condition) ? (void)0 : fatal_bug(__FILE__, __LINE__, #condition))

#endif
