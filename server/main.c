/* The program: a table of subcommands.
 *
 * Start here, then read server/commands/serve.c (what a server is made of), server/net/loop.c (its turns) and
 * server/engine/writer.c (how commands become durable). Exit codes: 0 done, 1 refused or wrong, 2 wrong usage or
 * unreadable input; each subcommand's --help says more. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "crypto/crypto.h"
#include "server/commands/commands.h"

static const struct {
    const char *name, *about;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"init", "make the folder of a new organisation", command_init},
    {"serve", "serve an organisation to its members", command_serve},
    {"invite", "bring somebody in: prints a link", command_invite},
    {"import", "bring in a discussion, or restore an exported organisation", command_import},
    {"demo", "make a demo organisation with a year of life in it", command_demo},
    {"export", "write the record into a folder that others can check", command_export},
    {"backup", "write the whole folder into one file, while it is served", command_backup},
    {"restore", "make a folder out of a backup, in a new epoch", command_restore},
    {"erase", "take a person out of the record for ever", command_erase},
    {"minutes", "print the minutes of a meeting", command_minutes},
    {"check", "rebuild every document from the record and compare", command_check},
    {"tally", "count a file of ballots, or say the verdict of a rule", command_tally},
    {"openrpc", "print the description of every method", command_openrpc},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static int help(FILE *out, int code)
{
    fprintf(out, "Usage: palabre COMMAND ...   (palabre COMMAND --help says more)\n\n");
    for (size_t at = 0; at < COMMANDS; at++) {
        fprintf(out, "  %-10s %s\n", commands[at].name, commands[at].about);
    }
    fprintf(out, "\nExit codes: 0 done, 1 refused or wrong, 2 wrong usage or unreadable input\n");
    return code;
}

/* Memory holds the key and tokens, so it is never written out when the program crashes. Below a page no file is made, and
 * of exactly 1 the kernel starts no program that takes dumps either (0 would: fs/coredump.c). */
static void forbid_core_dumps(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_max > 1) {
        limit = (struct rlimit){.rlim_cur = 1, .rlim_max = 1};
        setrlimit(RLIMIT_CORE, &limit);
    }
}

int main(int argc, char **argv)
{
    forbid_core_dumps();
    if (argc < 2 || strcmp(argv[1], "--help") == 0) {
        return argc < 2 ? help(stderr, 2) : help(stdout, 0);
    }
    if (!crypto_start()) {
        fprintf(stderr, "palabre: the system gives no random bytes\n");
        return 1;
    }
    for (size_t at = 0; at < COMMANDS; at++) {
        if (strcmp(argv[1], commands[at].name) == 0) {
            return commands[at].run(argc - 1, argv + 1);
        }
    }
    fprintf(stderr, "palabre: no such command: %s\n\n", argv[1]);
    return help(stderr, 2);
}
