/* Progress on a terminal; nothing when stderr is not one. */
#ifndef PALABRE_SERVER_COMMANDS_TERMINAL_H
#define PALABRE_SERVER_COMMANDS_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

struct terminal_bar {
    const char *label;
    unsigned percent; /* last shown */
    bool shown;
};
/* context = struct terminal_bar; fits the progress parameters of src/. */
void terminal_progress(void *context, uint64_t done, uint64_t total);
/* Clears the line. */
void terminal_end(struct terminal_bar *bar);

#endif
