/* Progress on a terminal (nothing when stderr is not one), and texts of others made harmless for one. */
#ifndef PALABRE_SERVER_COMMANDS_TERMINAL_H
#define PALABRE_SERVER_COMMANDS_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/slice.h"

struct terminal_bar {
    const char *label;
    unsigned percent; /* last shown */
    bool shown;
};
/* context = struct terminal_bar; fits the progress parameters of src/. */
void terminal_progress(void *context, uint64_t done, uint64_t total);
/* Clears the line. */
void terminal_end(struct terminal_bar *bar);
/* Writes text; a byte of what is not clean UTF-8 of one line (utf8_is_clean) becomes '?'. */
void terminal_text(FILE *out, struct slice text);

#endif
