/* What the fuzz harnesses share. A harness is one file NAME_fuzz.c with LLVMFuzzerTestOneInput: libFuzzer calls it with
 * random bytes (`make fuzz`), replay.c with every file of corpus/NAME (`make test`). */
#ifndef PALABRE_TESTS_FUZZ_H
#define PALABRE_TESTS_FUZZ_H

#include "base/slice.h"

/* Names and signatures are libFuzzer's. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The name of the file whose bytes are given, in replay.c; NULL under libFuzzer. */
extern const char *fuzz_replayed;

/* Aborts with the place and the words: what was promised of any input did not hold. */
#define fuzz_check(condition) ((condition) ? (void)0 : fuzz_failed(__FILE__, __LINE__, #condition))
_Noreturn void fuzz_failed(const char *file, int line, const char *condition);

/* An input is cut into fields: a byte or two that choose, then the rest. Zeros when nothing is left. */
uint8_t fuzz_byte(struct slice *input);
uint16_t fuzz_number(struct slice *input);
/* The bytes up to the next `mark` (which is dropped), or all that are left. */
struct slice fuzz_until(struct slice *input, uint8_t mark);

#endif
