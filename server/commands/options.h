/* Reading a subcommand's arguments, and --help. */
#ifndef PALABRE_SERVER_COMMANDS_OPTIONS_H
#define PALABRE_SERVER_COMMANDS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --name VALUE, --name=VALUE, or a flag. */
struct option_line {
    const char *name;     /* without the dashes; NULL ends the table */
    const char *argument; /* what stands for the value in the help; NULL = a flag */
    const char *help;     /* one line */
    bool *flag;           /* of a flag */
    const char **values;  /* of the others: room for max values */
    size_t max;
    size_t *count; /* values given; NULL = one at most */
};
struct usage {
    const char *line;  /* "init DIR --name NAME [options]" */
    const char *about; /* some sentences; ends without a line break */
    const char *exits; /* what the exit codes mean here */
    const struct option_line *options;
    size_t arguments; /* how many others must be there */
};

enum { OPTIONS_GO_ON = -1 };
/* Fills options and the other arguments (borrowed from argv). OPTIONS_GO_ON, or the exit code: 0 after --help, 2 after a
 * message on stderr. */
int options_read(const struct usage *usage, int argc, char **argv, const char **arguments);
/* A decimal number ≤ max; false = it is not. */
bool options_number(const char *text, uint64_t max, uint64_t *value);

#endif
