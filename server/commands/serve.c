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

#include "base/memory.h"
#include "server/commands/commands.h"
#include "server/commands/configuration.h"
#include "server/commands/options.h"
#include "server/commands/served.h"
#include "server/commands/terminal.h"
#include "server/engine/clock.h"
#include "server/engine/log.h"
#include "server/engine/supervisor.h"
#include "server/net/listen.h"
#include "server/net/net.h"

enum { PATH_SIZE = 4096, HELP_SIZE = 200, OPTIONS_MORE = 3 };

struct rate_line {
    enum configuration_name name;
    enum limit_kind kind;
    unsigned unit; /* tokens of the kind */
};
static const struct rate_line rate_lines[LIMIT_KINDS] = {
    {CONFIGURATION_COMMAND_RATE, LIMIT_COMMANDS, 1},
    {CONFIGURATION_BALLOT_RATE, LIMIT_BALLOTS, 1},
    {CONFIGURATION_PERSONAL_RATE, LIMIT_PERSONAL, 1},
    {CONFIGURATION_STRANGER_RATE, LIMIT_STRANGERS, 1},
    {CONFIGURATION_SIGN_IN_RATE, LIMIT_SIGN_INS, 1},
    {CONFIGURATION_REPORTS_PER_DAY, LIMIT_REPORTS, 1},
    {CONFIGURATION_UPLOADS_PER_DAY, LIMIT_UPLOADS, 1},
    {CONFIGURATION_UPLOAD_MIB_PER_DAY, LIMIT_UPLOAD_KIB, 1024},
};

struct wanted {
    struct configuration_given given;
    bool check, print;
    struct configuration started; /* what it was started with, also what SIGHUP cannot change */
    struct configuration *now;    /* in force: started, or owned */
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
    served_remember(wanted->given.dir, origin);
    bool local = strncmp(origin, "http://127.", 11) == 0 ||
                 strncmp(origin, "http://[::1]", 12) == 0 ||
                 strncmp(origin, "http://localhost", 16) == 0;
    if (strncmp(origin, "http://", 7) == 0 && !local) {
        log_line(LOG_LEVEL_WARNING, "serve", "%s is not encrypted: %s", origin,
                 configuration_flag(&wanted->started, CONFIGURATION_HALL)
                     ? "for the network of this room alone"
                     : "say --hall if that is meant, else put a TLS proxy before it");
    }
    printf("Serving on %s\n", origin);
    fflush(stdout);
}

static void set_rates(const struct configuration *configuration, struct net_settings *settings)
{
    for (size_t at = 0; at < LIMIT_KINDS; at++) {
        const struct rate_line *line = &rate_lines[at];
        uint64_t value = 0;
        configuration_number(configuration, line->name, &value);
        settings->rates[line->kind] = limit_scaled(line->kind, value * line->unit);
    }
}

/* What SIGHUP can change. Texts are borrowed from the configuration. */
static struct net_settings settings_of(const struct configuration *configuration)
{
    struct net_settings settings = {.origin_count = 0};
    const char *texts[CONFIGURATION_LIST_MAX];
    settings.origin_count = configuration_list(configuration, CONFIGURATION_ORIGIN, texts);
    memcpy(settings.origins, texts, settings.origin_count * sizeof texts[0]);
    size_t count = configuration_list(configuration, CONFIGURATION_TRUSTED_PROXY, texts);
    for (size_t at = 0; at < count; at++) {
        peer_trust_add(&settings.trust, texts[at]);
    }
    configuration_number(configuration, CONFIGURATION_FILES, &settings.files_max);
    settings.files_max <<= 20;
    configuration_number(configuration, CONFIGURATION_MAP_SIZE, &settings.map_bytes);
    settings.map_bytes <<= 20;
    configuration_number(configuration, CONFIGURATION_CONNECTIONS, &settings.connections);
    configuration_number(configuration, CONFIGURATION_CONNECTIONS_PER_ADDRESS,
                         &settings.connections_per_address);
    configuration_number(configuration, CONFIGURATION_RESERVE, &settings.reserve);
    configuration_number(configuration, CONFIGURATION_LOST_SECONDS, &settings.lost_ms);
    settings.lost_ms *= 1000;
    set_rates(configuration, &settings);
    return settings;
}

/* Signature threads: one core is left for the loop and the writer. */
static unsigned default_workers(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 2 ? (unsigned)cores - 1 : 1;
}

static struct log_options log_options_of(const struct configuration *configuration)
{
    return (struct log_options){
        .format = (enum log_format)configuration_choice(configuration, CONFIGURATION_LOG_FORMAT),
        .level = (enum log_level)configuration_choice(configuration, CONFIGURATION_LOG_LEVEL),
        .file = configuration_text(configuration, CONFIGURATION_LOG_FILE),
        .audit_file = configuration_text(configuration, CONFIGURATION_AUDIT_FILE)};
}

/* The settings that differ between two configurations and that SIGHUP changes, or does not: "a, b"; false = none. */
static bool list_changes(const struct configuration *before, const struct configuration *after,
                         bool reloads, char names[LOG_MESSAGE_SIZE])
{
    size_t size = 0;
    for (int at = 0; at < CONFIGURATION_COUNT; at++) {
        enum configuration_name name = (enum configuration_name)at;
        if (configuration_lines[at].reloads == reloads &&
            !configuration_same(before, after, name)) {
            size += (size_t)snprintf(names + size, LOG_MESSAGE_SIZE - size, "%s%s",
                                     size == 0 ? "" : ", ", configuration_lines[at].name);
        }
    }
    return size > 0;
}

static void log_complaints(struct slice lines)
{
    while (lines.size > 0) {
        const uint8_t *end = memchr(lines.data, '\n', lines.size);
        size_t size = end == NULL ? lines.size : (size_t)(end - lines.data);
        log_line(LOG_LEVEL_ERROR, "reload", "settings stay as they are: %.*s", (int)size,
                 (const char *)lines.data);
        size_t passed = end == NULL ? size : size + 1;
        lines = slice_of(lines.data + passed, lines.size - passed);
    }
}

static void drop(struct wanted *wanted, struct configuration *configuration)
{
    if (configuration != &wanted->started) {
        configuration_free(configuration);
        free(configuration);
    }
}

/* All that can fail has been tried before anything is changed. */
static bool reload(void *context, struct net_settings *settings)
{
    struct wanted *wanted = context;
    struct configuration *fresh = memory_new(1, sizeof *fresh);
    struct buffer complaints;
    char names[LOG_MESSAGE_SIZE], message[256];
    buffer_init(&complaints, CONFIGURATION_COMPLAINTS_MAX);
    bool good = configuration_load(&wanted->given, fresh, &complaints);
    if (good) {
        const struct log_options options = log_options_of(fresh);
        good = log_open(&options, message);
        buffer_append_text(&complaints, good ? "" : message);
    }
    if (!good) {
        log_complaints(buffer_slice(&complaints));
        drop(wanted, fresh);
    } else {
        bool some = list_changes(wanted->now, fresh, true, names);
        log_line(LOG_LEVEL_INFO, "reload", "settings read again; changed: %s",
                 some ? names : "none");
        if (list_changes(&wanted->started, fresh, false, names)) {
            log_line(LOG_LEVEL_WARNING, "reload", "only a restart changes: %s", names);
        }
        drop(wanted, wanted->now);
        wanted->now = fresh;
        *settings = settings_of(fresh);
    }
    buffer_free(&complaints);
    return good;
}

/* What only a start can change. */
static void set_options(struct wanted *wanted)
{
    const struct configuration *configuration = &wanted->started;
    const char *texts[CONFIGURATION_LIST_MAX];
    uint64_t workers = default_workers();
    configuration_number(configuration, CONFIGURATION_WORKERS, &workers);
    wanted->net.workers = (unsigned)workers;
    wanted->net.listen_count = configuration_list(configuration, CONFIGURATION_LISTEN, texts);
    memcpy(wanted->net.listen, texts, wanted->net.listen_count * sizeof texts[0]);
    wanted->net.web = configuration_text(configuration, CONFIGURATION_WEB);
    wanted->net.dir = wanted->given.dir;
    wanted->net.settings = settings_of(configuration);
    wanted->net.reload = reload;
}

static int serve_folder(struct wanted *wanted, struct folder *folder)
{
    char message[NET_MESSAGE_SIZE];
    char control[PATH_SIZE], admin[PATH_SIZE];
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
    snprintf(control, sizeof control, "%s/control", wanted->given.dir);
    snprintf(admin, sizeof admin, "unix:%s/admin", wanted->given.dir);
    const char *typed = configuration_text(&wanted->started, CONFIGURATION_ADMIN_LISTEN);
    wanted->net.admin = typed == NULL ? admin : strcmp(typed, "none") == 0 ? NULL : typed;
    wanted->net.folder = folder;
    wanted->net.control = control;
    if (wanted->net.web == NULL && web_beside_program(web)) {
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

struct rebuild {
    struct terminal_bar bar;
    uint64_t events, began_ms; /* 0 events = there was none */
};

/* A long rebuild is no reason for the service manager to give up on the start. */
static void rebuilding(void *context, uint64_t done, uint64_t total)
{
    struct rebuild *rebuild = context;
    terminal_progress(&rebuild->bar, done, total);
    rebuild->events = done;
    supervisor_tell(
        "EXTEND_TIMEOUT_USEC=60000000\nSTATUS=rebuilding documents: %llu of %llu events",
        (unsigned long long)done, (unsigned long long)total);
}

static int run(struct wanted *wanted)
{
    char message[FOLDER_MESSAGE_SIZE];
    struct rebuild rebuild = {.bar.label = "rebuilding documents",
                              .began_ms = clock_monotonic_ms()};
    struct folder *folder;
    uint64_t map_mib = 0;
    const char *dir = wanted->given.dir;
    configuration_number(&wanted->started, CONFIGURATION_MAP_SIZE, &map_mib);
    enum error error =
        folder_open_sized(dir, map_mib << 20, rebuilding, &rebuild, &folder, message);
    terminal_end(&rebuild.bar);
    if (error == ERROR_STORAGE_LOCKED) {
        fprintf(stderr, "palabre: %s is served by process %ld\n", dir, store_lock_owner(dir));
        return 1;
    }
    if (error != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        return 1;
    }
    if (rebuild.events > 0) {
        log_line(LOG_LEVEL_INFO, "start", "documents made again from %llu events in %llu ms",
                 (unsigned long long)rebuild.events,
                 (unsigned long long)(clock_monotonic_ms() - rebuild.began_ms));
    }
    set_options(wanted);
    int code = serve_folder(wanted, folder);
    folder_close(folder);
    return code;
}

/* ---- the command line ---- */

/* Options and their help, from the table of settings. */
static void describe_settings(struct option_line options[], char helps[][HELP_SIZE],
                              struct configuration_given *given)
{
    for (size_t at = 0; at < CONFIGURATION_COUNT; at++) {
        const struct configuration_line *line = &configuration_lines[at];
        const char *otherwise = line->otherwise == NULL ? line->absent : line->otherwise;
        bool flag = line->type == CONFIGURATION_FLAG;
        snprintf(helps[at], HELP_SIZE, "%s%s%s", line->help,
                 flag ? "" : "; default: ", flag ? "" : otherwise);
        options[at] = (struct option_line){.name = line->name,
                                           .argument = line->argument,
                                           .help = helps[at],
                                           .flag = &given->flags[at],
                                           .values = given->options[at],
                                           .max = line->room,
                                           .count = &given->counts[at]};
    }
}

/* Each line begins with the program's name, as all that it says before it serves. */
static void say_lines(struct slice lines)
{
    while (lines.size > 0) {
        const uint8_t *end = memchr(lines.data, '\n', lines.size);
        size_t size = end == NULL ? lines.size : (size_t)(end - lines.data);
        fprintf(stderr, "palabre: %.*s\n", (int)size, (const char *)lines.data);
        size_t passed = end == NULL ? size : size + 1;
        lines = slice_of(lines.data + passed, lines.size - passed);
    }
}

/* What is said at first: what is not as usual. */
static void log_settings(const struct configuration *configuration)
{
    const struct configuration nothing = {.file = NULL};
    char names[LOG_MESSAGE_SIZE] = "", restart[LOG_MESSAGE_SIZE] = "";
    bool some = list_changes(&nothing, configuration, true, names);
    bool more = list_changes(&nothing, configuration, false, restart);
    log_line(LOG_LEVEL_INFO, "start", "settings from %s; not as usual: %s%s%s",
             configuration->file == NULL ? "no file" : configuration->file, restart,
             some && more ? ", " : "", some || more ? names : "none");
}

static int start(struct wanted *wanted)
{
    char message[256];
    const struct log_options options = log_options_of(&wanted->started);
    net_block_signals();
    if (!log_open(&options, message)) {
        fprintf(stderr, "palabre: %s\n", message);
        return 2;
    }
    log_settings(&wanted->started);
    int code = run(wanted);
    log_close();
    return code;
}

/* The exit code. */
static int carry_out(struct wanted *wanted)
{
    struct buffer text;
    buffer_init(&text, CONFIGURATION_COMPLAINTS_MAX);
    bool good = configuration_load(&wanted->given, &wanted->started, &text);
    if (wanted->check) {
        configuration_name_strangers(wanted->given.environment, &text);
    }
    say_lines(buffer_slice(&text));
    buffer_clear(&text);
    int code = good ? 0 : 2;
    if (good && wanted->print) {
        configuration_print(&wanted->started, &text);
        fwrite(text.data, 1, text.size, stdout);
    } else if (good && wanted->check) {
        printf("the configuration is good\n");
    } else if (good) {
        wanted->now = &wanted->started;
        code = start(wanted);
        drop(wanted, wanted->now);
    }
    buffer_free(&text);
    configuration_free(&wanted->started);
    return code;
}

int command_serve(int argc, char **argv)
{
    struct wanted wanted = {.given.environment = environ};
    char helps[CONFIGURATION_COUNT][HELP_SIZE];
    struct option_line options[CONFIGURATION_COUNT + OPTIONS_MORE + 1] = {{0}};
    describe_settings(options, helps, &wanted.given);
    options[CONFIGURATION_COUNT] =
        (struct option_line){"config",
                             "FILE",
                             "settings, a line each; default: DIR/palabre.conf, if there is one",
                             NULL,
                             &wanted.given.file,
                             1,
                             NULL};
    options[CONFIGURATION_COUNT + 1] =
        (struct option_line){"check-config",
                             NULL,
                             "say whether the settings are good, and end",
                             &wanted.check,
                             NULL,
                             0,
                             NULL};
    options[CONFIGURATION_COUNT + 2] =
        (struct option_line){"print-config",
                             NULL,
                             "print the settings in force as such a file, and end",
                             &wanted.print,
                             NULL,
                             0,
                             NULL};
    const struct usage usage = {
        .line = "serve DIR [options]",
        .about =
            "Serves the organisation in DIR until SIGTERM or SIGINT. TLS is the proxy's: give\n"
            "--origin https://… behind Caddy, nginx or HAProxy. Each setting may also stand in a\n"
            "file, or in the environment as PALABRE_…; an option comes before both.",
        .exits = "0 stopped as asked, 1 could not start or the store failed, 2 wrong usage",
        .options = options,
        .arguments = 1,
    };
    int code = options_read(&usage, argc, argv, &wanted.given.dir);
    return code == OPTIONS_GO_ON ? carry_out(&wanted) : code;
}
