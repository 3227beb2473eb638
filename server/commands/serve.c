/* palabre serve: opens the folder, does what is due, then serves until it is told to stop.
 *
 * The phases: options → folder (lock, key, documents; rebuilt when the program's projection is newer) → time zone → dates
 * that fell due while nobody served → sockets → loop → stop. Nothing listens before the due dates have acted, so nobody
 * ever sees a vote open that should have closed in the night.
 * Once it listens it prints one line on stdout: "Serving on ORIGIN". */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/commands/commands.h"
#include "server/commands/options.h"
#include "server/commands/served.h"
#include "server/commands/terminal.h"
#include "server/engine/clock.h"
#include "server/engine/log.h"
#include "server/engine/supervisor.h"
#include "server/net/listen.h"
#include "server/net/net.h"

enum {
    PATH_SIZE = 4096,
    COMMANDS_A_MINUTE = 100,
    BALLOTS_A_MINUTE = 600,
    PERSONAL_A_MINUTE = 120,
    STRANGERS_A_MINUTE = 3000,
    FILES_MIB = 200,
    FILES_MIB_MAX = 1 << 20
};

struct wanted {
    const char *dir, *web, *commands, *ballots, *workers, *files;
    bool hall;
    struct net_options net;
};

/* The folder `web` beside the program file, followed through links. */
static bool web_beside_program(char path[PATH_SIZE])
{
    ssize_t size = readlink("/proc/self/exe", path, PATH_SIZE - 16);
    struct stat about;
    if (size <= 0) {
        return false;
    }
    /* build/release/palabre and an installed palabre have it in their own folder or the one above. */
    for (int up = 0; up < 2; up++) {
        while (size > 0 && path[size - 1] != '/') {
            size--;
        }
        if (size == 0) {
            return false;
        }
        snprintf(path + size, (size_t)(PATH_SIZE - size), "web");
        if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
            return true;
        }
        size--;
    }
    return false;
}

static void ready(void *context, const char *origin)
{
    const struct wanted *wanted = context;
    served_remember(wanted->dir, origin);
    bool local = strncmp(origin, "http://127.", 11) == 0 ||
                 strncmp(origin, "http://[::1]", 12) == 0 ||
                 strncmp(origin, "http://localhost", 16) == 0;
    if (strncmp(origin, "http://", 7) == 0 && !local) {
        log_line(LOG_LEVEL_WARNING, "serve", "%s is not encrypted: %s", origin,
                 wanted->hall ? "for the network of this room alone"
                              : "say --hall if that is meant, else put a TLS proxy before it");
    }
    printf("Serving on %s\n", origin);
    fflush(stdout);
}

static bool set_rate(const char *typed, enum limit_kind kind, uint32_t otherwise, uint32_t burst,
                     struct net_options *net)
{
    uint64_t value = otherwise;
    if (typed != NULL && !options_number(typed, 1000000, &value)) {
        return false;
    }
    uint64_t scaled = value * burst / otherwise;
    net->rates[kind] = (struct limit_rate){.per_minute = (uint32_t)value,
                                           .burst = scaled == 0 ? 1 : (uint32_t)scaled};
    return true;
}

/* Signature threads: one core is left for the loop and the writer. */
static unsigned default_workers(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 2 ? (unsigned)cores - 1 : 1;
}

static bool set_numbers(struct wanted *wanted)
{
    uint64_t workers = default_workers();
    if (wanted->workers != NULL &&
        (!options_number(wanted->workers, 256, &workers) || workers == 0)) {
        return false;
    }
    wanted->net.workers = (unsigned)workers;
    uint64_t files = FILES_MIB;
    if (wanted->files != NULL && !options_number(wanted->files, FILES_MIB_MAX, &files)) {
        return false;
    }
    wanted->net.files_max = files << 20;
    return set_rate(wanted->commands, LIMIT_COMMANDS, COMMANDS_A_MINUTE, 30, &wanted->net) &&
           set_rate(wanted->ballots, LIMIT_BALLOTS, BALLOTS_A_MINUTE, 120, &wanted->net) &&
           set_rate(NULL, LIMIT_PERSONAL, PERSONAL_A_MINUTE, 60, &wanted->net) &&
           set_rate(NULL, LIMIT_STRANGERS, STRANGERS_A_MINUTE, 600, &wanted->net);
}

static int serve_folder(struct wanted *wanted, struct folder *folder)
{
    char message[NET_MESSAGE_SIZE];
    char control[PATH_SIZE];
    char web[PATH_SIZE];
    char zone[64];
    folder_zone(folder, zone);
    if (!clock_set_zone(zone)) {
        log_line(LOG_LEVEL_WARNING, "serve", "the time zone %s is not known here; years follow UTC",
                 zone);
    }
    if (!folder_run_due(folder, clock_wall_ms())) {
        fprintf(stderr, "palabre: the store failed while due dates were carried out\n");
        return 1;
    }
    snprintf(control, sizeof control, "%s/control", wanted->dir);
    wanted->net.folder = folder;
    wanted->net.dir = wanted->dir;
    wanted->net.control = control;
    wanted->net.web = wanted->web;
    if (wanted->web == NULL && web_beside_program(web)) {
        wanted->net.web = web;
    }
    wanted->net.ready = ready;
    wanted->net.context = wanted;
    if (!net_serve(&wanted->net, message)) {
        fprintf(stderr, "palabre: %s\n", message);
        return 1;
    }
    return 0;
}

/* A long rebuild is no reason for the service manager to give up on the start. */
static void rebuilding(void *context, uint64_t done, uint64_t total)
{
    terminal_progress(context, done, total);
    supervisor_tell(
        "EXTEND_TIMEOUT_USEC=60000000\nSTATUS=rebuilding documents: %llu of %llu events",
        (unsigned long long)done, (unsigned long long)total);
}

static int run(struct wanted *wanted)
{
    char message[FOLDER_MESSAGE_SIZE];
    struct terminal_bar bar = {.label = "rebuilding documents"};
    struct folder *folder;
    enum error error = folder_open(wanted->dir, rebuilding, &bar, &folder, message);
    terminal_end(&bar);
    if (error == ERROR_STORAGE_LOCKED) {
        fprintf(stderr, "palabre: %s is served by process %ld\n", wanted->dir,
                store_lock_owner(wanted->dir));
        return 1;
    }
    if (error != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        return 1;
    }
    int code = serve_folder(wanted, folder);
    folder_close(folder);
    return code;
}

/* What stands behind --listen and --origin; exit 2 before anything is opened. */
static bool addresses_are_good(const struct net_options *net)
{
    struct listen_address address;
    struct origin origin;
    for (size_t at = 0; at < net->listen_count; at++) {
        if (!listen_parse(net->listen[at], &address)) {
            fprintf(stderr, "palabre: --listen %s is not ADDRESS:PORT or unix:PATH\n",
                    net->listen[at]);
            return false;
        }
    }
    for (size_t at = 0; at < net->origin_count; at++) {
        if (!origin_parse(net->origins[at], &origin)) {
            fprintf(stderr, "palabre: --origin %s is not scheme://host[:port]\n", net->origins[at]);
            return false;
        }
    }
    return true;
}

int command_serve(int argc, char **argv)
{
    struct wanted wanted = {.dir = NULL};
    const struct option_line options[] = {
        {"listen", "A:P", "address and port, or unix:PATH; may be repeated; default 127.0.0.1:8080",
         NULL, wanted.net.listen, NET_LISTEN_MAX, &wanted.net.listen_count},
        {"origin", "URL", "how browsers reach it; may be repeated; default the listen address",
         NULL, wanted.net.origins, NET_ORIGIN_MAX, &wanted.net.origin_count},
        {"web", "DIR", "the built client; default: web beside the program", NULL, &wanted.web, 1,
         NULL},
        {"hall", NULL, "plain http for the local network of one room, knowingly", &wanted.hall,
         NULL, 0, NULL},
        {"command-rate", "N", "commands a minute and session; default 100; 0 = no limit", NULL,
         &wanted.commands, 1, NULL},
        {"ballot-rate", "N", "ballots a minute and session; default 600; 0 = no limit", NULL,
         &wanted.ballots, 1, NULL},
        {"workers", "N", "signature threads; default cores - 1", NULL, &wanted.workers, 1, NULL},
        {"files", "MIB", "room for files attached, in MiB; default 200; 0 = none", NULL,
         &wanted.files, 1, NULL},
        {0},
    };
    const struct usage usage = {
        .line = "serve DIR [options]",
        .about =
            "Serves the organisation in DIR until SIGTERM or SIGINT. TLS is the proxy's: give\n"
            "--origin https://… behind Caddy, nginx or HAProxy.",
        .exits = "0 stopped as asked, 1 could not start or the store failed, 2 wrong usage",
        .options = options,
        .arguments = 1,
    };
    int code = options_read(&usage, argc, argv, &wanted.dir);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    if (!addresses_are_good(&wanted.net)) {
        return 2;
    }
    if (!set_numbers(&wanted)) {
        fprintf(stderr, "palabre: a number is missing or out of range\n");
        return 2;
    }
    if (wanted.net.listen_count == 0) {
        wanted.net.listen[wanted.net.listen_count++] = "127.0.0.1:8080";
    }
    return run(&wanted);
}
