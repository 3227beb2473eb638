/* Choices of yes-no and consent: what a definition accepts, every method of the form counts, and no invariant of the count breaks. */
#include "tests/fuzz/elections.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    elections_try_choices(slice_of(data, size), FORM_YES_NO);
    elections_try_choices(slice_of(data, size), FORM_CONSENT);
    return 0;
}
