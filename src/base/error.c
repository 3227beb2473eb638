/* The table of errors: reason and sentence of each value of `enum error`.
 *
 * Both arrays are written from ERROR_LIST, so that a value cannot lack its reason. Reasons are part
 * of the protocol: clients translate them and the published description lists them; sentences are
 * for logs and scripts. error_find() walks the table: it serves tests and the reading of answers,
 * never a hot path. */
#include "base/error.h"

#include <string.h>

#include "base/fatal.h"

struct error_entry {
    const char *reason;
    const char *sentence;
};

static const struct error_entry errors[ERROR_COUNT] = {[ERROR_NONE] = {"", "done"},
#define ERROR_ENTRY(name, reason, sentence) [ERROR_##name] = {reason, sentence},
                                                       ERROR_LIST(ERROR_ENTRY)
#undef ERROR_ENTRY
};

const char *error_reason(enum error error)
{
    assert_always((unsigned)error < ERROR_COUNT);
    return errors[error].reason;
}

const char *error_sentence(enum error error)
{
    assert_always((unsigned)error < ERROR_COUNT);
    return errors[error].sentence;
}

enum error error_find(const char *reason)
{
    for (unsigned value = 0; value < ERROR_COUNT; value++) {
        if (strcmp(errors[value].reason, reason) == 0) {
            return (enum error)value;
        }
    }
    return ERROR_COUNT;
}
