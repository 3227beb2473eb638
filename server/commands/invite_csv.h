/* Inviting everybody of a file. */
#ifndef PALABRE_SERVER_COMMANDS_INVITE_CSV_H
#define PALABRE_SERVER_COMMANDS_INVITE_CSV_H

#include <stdbool.h>

struct invite_csv {
    const char *dir, *file, *class, *origin; /* class, origin may be NULL */
    bool dry;                                /* only say what would be done */
};
/* The exit code: 0 done, 1 something is wrong and nobody, or not everybody, was invited. */
int invite_csv(const struct invite_csv *wanted);

#endif
