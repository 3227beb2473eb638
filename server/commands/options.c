/* Arguments of subcommands.
 *
 * Each subcommand describes its options in one table; the same table reads the arguments and prints the help, so that the
 * two cannot differ. Options may stand before, between or after the other arguments; "--" ends them. An option that is
 * not in the table, a missing value, or a wrong number of other arguments is wrong usage: one line on stderr, exit 2. */
#include "server/commands/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_help(const struct usage *usage)
{
    printf("Usage: palabre %s\n\n%s\n", usage->line, usage->about);
    printf("\nOptions:\n");
    const struct option_line *option = usage->options;
    for (; option != NULL && option->name != NULL; option++) {
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", option->name, option->argument == NULL ? "" : " ",
                 option->argument == NULL ? "" : option->argument);
        printf("  %-26s %s\n", left, option->help);
    }
    printf("  %-26s %s\n", "--help", "this text");
    printf("\nExit codes: %s\n",
           usage->exits == NULL ? "0 done, 1 refused or wrong, 2 wrong usage" : usage->exits);
}

static int wrong(const struct usage *usage, const char *what, const char *which)
{
    fprintf(stderr, "palabre: %s%s\nUsage: palabre %s   (--help says more)\n", what, which,
            usage->line);
    return 2;
}

static const struct option_line *find(const struct usage *usage, const char *name, size_t size)
{
    const struct option_line *option = usage->options;
    for (; option != NULL && option->name != NULL; option++) {
        if (strlen(option->name) == size && memcmp(option->name, name, size) == 0) {
            return option;
        }
    }
    return NULL;
}

/* Takes the option at argv[*at]; OPTIONS_GO_ON or the exit code. */
static int take_option(const struct usage *usage, int argc, char **argv, int *at)
{
    const char *name = argv[*at] + 2;
    const char *equals = strchr(name, '=');
    size_t size = equals == NULL ? strlen(name) : (size_t)(equals - name);
    const struct option_line *option = find(usage, name, size);
    if (option == NULL) {
        return wrong(usage, "unknown option ", argv[*at]);
    }
    if (option->argument == NULL) {
        *option->flag = true;
        return equals == NULL ? OPTIONS_GO_ON : wrong(usage, "this option takes no value: ", name);
    }
    const char *value = equals == NULL ? NULL : equals + 1;
    if (value == NULL && *at + 1 < argc) {
        value = argv[++*at];
    }
    if (value == NULL) {
        return wrong(usage, "a value is missing after --", option->name);
    }
    size_t given = option->count == NULL ? 0 : *option->count;
    if (given >= option->max || (option->count == NULL && option->values[0] != NULL)) {
        return wrong(usage, "given too often: --", option->name);
    }
    option->values[given] = value;
    if (option->count != NULL) {
        (*option->count)++;
    }
    return OPTIONS_GO_ON;
}

int options_read(const struct usage *usage, int argc, char **argv, const char **arguments)
{
    size_t count = 0;
    bool only_arguments = false;
    for (int at = 1; at < argc; at++) {
        if (!only_arguments && strcmp(argv[at], "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments && strcmp(argv[at], "--help") == 0) {
            print_help(usage);
            return 0;
        } else if (!only_arguments && strncmp(argv[at], "--", 2) == 0) {
            int code = take_option(usage, argc, argv, &at);
            if (code != OPTIONS_GO_ON) {
                return code;
            }
        } else if (count == usage->arguments) {
            return wrong(usage, "one argument too many: ", argv[at]);
        } else {
            arguments[count++] = argv[at];
        }
    }
    return count == usage->arguments ? OPTIONS_GO_ON : wrong(usage, "an argument is missing", "");
}

bool options_number(const char *text, uint64_t max, uint64_t *value)
{
    char *end;
    if (*text < '0' || *text > '9' || strlen(text) > 18) {
        return false;
    }
    *value = strtoull(text, &end, 10);
    return *end == '\0' && *value <= max;
}
