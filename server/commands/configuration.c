/* The settings of `palabre serve`.
 *
 * Everything follows from the table: the options and their help, the names in the environment, what a file may say, what
 * --print-config writes, and the tables in docs/operating.md, which a test compares with it. A value comes from the
 * strongest source that says one: option, environment, file, default; a list is taken whole from one source. Sources are
 * read from the weakest to the strongest, so that each only has to put away what a weaker one left.
 * Nothing is guessed: an unknown name, a value out of its range, a name given twice is an error that names its place, and
 * all errors are told at once. configuration_read() is a pure function of bytes. Start there. */
#include "server/commands/configuration.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "server/commands/options.h"
#include "server/net/header.h"
#include "server/net/listen.h"
#include "server/net/peer.h"

enum { PATH_SIZE = 4096, SHOWN_MAX = 80 };
static const char prefix[] = "PALABRE_";

/* ---- what texts are good ---- */

static bool is_listen(const char *text)
{
    struct listen_address address;
    return listen_parse(text, &address);
}

static bool is_origin(const char *text)
{
    struct origin origin;
    return origin_parse(text, &origin);
}

static bool is_proxy(const char *text)
{
    struct peer_trust trust = {.count = 0};
    return peer_trust_add(&trust, text);
}

/* The machine itself is the only one that may ask: what is told there is for its operator. */
static bool is_admin(const char *text)
{
    struct listen_address address;
    if (strcmp(text, "none") == 0) {
        return true;
    }
    return listen_parse(text, &address) && (address.path || strncmp(address.host, "127.", 4) == 0 ||
                                            (address.six && strcmp(address.host, "::1") == 0));
}

const struct configuration_line configuration_lines[CONFIGURATION_COUNT] = {
    [CONFIGURATION_LISTEN] = {.name = "listen",
                              .argument = "A:P",
                              .help = "address and port, or unix:PATH; may be repeated",
                              .otherwise = "127.0.0.1:8080",
                              .expected = "ADDRESS:PORT or unix:PATH",
                              .good = is_listen,
                              .room = 8},
    [CONFIGURATION_ORIGIN] = {.name = "origin",
                              .argument = "URL",
                              .help = "how browsers reach it; may be repeated",
                              .absent = "the listen addresses",
                              .expected = "scheme://host[:port]",
                              .good = is_origin,
                              .room = 16,
                              .reloads = true},
    [CONFIGURATION_WEB] = {.name = "web",
                           .argument = "DIR",
                           .help = "the built client",
                           .absent = "the folder web beside the program",
                           .room = 1},
    [CONFIGURATION_HALL] = {.name = "hall",
                            .help = "plain http for the local network of one room, knowingly",
                            .otherwise = "no",
                            .room = 1,
                            .type = CONFIGURATION_FLAG},
    [CONFIGURATION_COMMAND_RATE] = {.name = "command-rate",
                                    .argument = "N",
                                    .help = "commands a minute and session; 0 = no limit",
                                    .otherwise = "100",
                                    .max = 1000000,
                                    .room = 1,
                                    .type = CONFIGURATION_NUMBER,
                                    .reloads = true},
    [CONFIGURATION_BALLOT_RATE] = {.name = "ballot-rate",
                                   .argument = "N",
                                   .help = "ballots a minute and session; 0 = no limit",
                                   .otherwise = "600",
                                   .max = 1000000,
                                   .room = 1,
                                   .type = CONFIGURATION_NUMBER,
                                   .reloads = true},
    [CONFIGURATION_PERSONAL_RATE] =
        {.name = "personal-rate",
         .argument = "N",
         .help = "drafts and read marks saved a minute and session; 0 = no limit",
         .otherwise = "120",
         .max = 1000000,
         .room = 1,
         .type = CONFIGURATION_NUMBER,
         .reloads = true},
    [CONFIGURATION_STRANGER_RATE] =
        {.name = "stranger-rate",
         .argument = "N",
         .help = "requests without a session a minute and address; 0 = no limit",
         .otherwise = "3000",
         .max = 1000000,
         .room = 1,
         .type = CONFIGURATION_NUMBER,
         .reloads = true},
    [CONFIGURATION_SIGN_IN_RATE] = {.name = "sign-in-rate",
                                    .argument = "N",
                                    .help = "sign-ins a minute and address; 0 = no limit",
                                    .otherwise = "600",
                                    .max = 1000000,
                                    .room = 1,
                                    .type = CONFIGURATION_NUMBER,
                                    .reloads = true},
    [CONFIGURATION_REPORTS_PER_DAY] = {.name = "reports-per-day",
                                       .argument = "N",
                                       .help =
                                           "texts that a member reports, times that they check "
                                           "in to a meeting or call one, in a day; 0 = no limit",
                                       .otherwise = "50",
                                       .max = 1000000,
                                       .room = 1,
                                       .type = CONFIGURATION_NUMBER,
                                       .reloads = true},
    [CONFIGURATION_UPLOADS_PER_DAY] = {.name = "uploads-per-day",
                                       .argument = "N",
                                       .help = "files that a member sends in a day; 0 = no limit",
                                       .otherwise = "200",
                                       .max = 1000000,
                                       .room = 1,
                                       .type = CONFIGURATION_NUMBER,
                                       .reloads = true},
    [CONFIGURATION_UPLOAD_MIB_PER_DAY] = {.name = "upload-mib-per-day",
                                          .argument = "MIB",
                                          .help = "MiB that a member sends in a day; 0 = no limit",
                                          .otherwise = "100",
                                          .max = 1 << 20,
                                          .room = 1,
                                          .type = CONFIGURATION_NUMBER,
                                          .reloads = true},
    [CONFIGURATION_WORKERS] = {.name = "workers",
                               .argument = "N",
                               .help = "signature threads",
                               .absent = "one less than cores",
                               .min = 1,
                               .max = 256,
                               .room = 1,
                               .type = CONFIGURATION_NUMBER},
    [CONFIGURATION_FILES] = {.name = "files",
                             .argument = "MIB",
                             .help = "room for all files attached, in MiB; 0 = none",
                             .otherwise = "200",
                             .max = 1 << 20,
                             .room = 1,
                             .type = CONFIGURATION_NUMBER,
                             .reloads = true},
    [CONFIGURATION_TRUSTED_PROXY] =
        {.name = "trusted-proxy",
         .argument = "A",
         .help = "proxy whose X-Forwarded-For is believed: address, range/BITS or unix; may be "
                 "repeated",
         .absent = "none",
         .expected = "an address, a range such as 10.0.0.0/8, or unix",
         .good = is_proxy,
         .room = PEER_TRUST_MAX,
         .reloads = true},
    [CONFIGURATION_CONNECTIONS] = {.name = "connections",
                                   .argument = "N",
                                   .help = "connections at once",
                                   .absent = "what the limit of open files leaves",
                                   .min = 1,
                                   .max = 1000000,
                                   .room = 1,
                                   .type = CONFIGURATION_NUMBER,
                                   .reloads = true},
    [CONFIGURATION_CONNECTIONS_PER_ADDRESS] = {.name = "connections-per-address",
                                               .argument = "N",
                                               .help =
                                                   "connections at once from one address; 0 = no "
                                                   "limit",
                                               .otherwise = "2000",
                                               .max = 1000000,
                                               .room = 1,
                                               .type = CONFIGURATION_NUMBER,
                                               .reloads = true},
    [CONFIGURATION_RESERVE] = {.name = "reserve",
                               .argument = "N",
                               .help = "open files kept for the operator and the program itself",
                               .otherwise = "64",
                               .min = 16,
                               .max = 10000,
                               .room = 1,
                               .type = CONFIGURATION_NUMBER,
                               .reloads = true},
    [CONFIGURATION_LOST_SECONDS] =
        {.name = "lost-seconds",
         .argument = "N",
         .help = "seconds without a connection after which a loss disturbs a meeting",
         .otherwise = "30",
         .min = 1,
         .max = 600,
         .room = 1,
         .type = CONFIGURATION_NUMBER,
         .reloads = true},
    [CONFIGURATION_ADMIN_LISTEN] =
        {.name = "admin-listen",
         .argument = "A:P",
         .help = "where /livez, /readyz and /metrics answer: loopback, unix:PATH, or none",
         .absent = "unix:DIR/admin",
         .expected = "ADDRESS:PORT on the loopback (127.0.0.1, [::1]), unix:PATH, or none: "
                     "the admin listener is never open to a network",
         .good = is_admin,
         .room = 1},
    [CONFIGURATION_MAP_SIZE] = {.name = "map-size",
                                .argument = "MIB",
                                .help = "the most the record may take, in MiB",
                                .otherwise = "16384",
                                .min = 16,
                                .max = 1 << 24,
                                .room = 1,
                                .type = CONFIGURATION_NUMBER,
                                .reloads = true},
    [CONFIGURATION_LOG_FORMAT] = {.name = "log-format",
                                  .argument = "text|json",
                                  .help = "a line of the log",
                                  .otherwise = "text",
                                  .room = 1,
                                  .type = CONFIGURATION_CHOICE,
                                  .reloads = true},
    [CONFIGURATION_LOG_LEVEL] = {.name = "log-level",
                                 .argument = "error|warning|info|debug",
                                 .help = "the least weighty lines that are written",
                                 .otherwise = "info",
                                 .room = 1,
                                 .type = CONFIGURATION_CHOICE,
                                 .reloads = true},
    [CONFIGURATION_LOG_FILE] = {.name = "log-file",
                                .argument = "FILE",
                                .help = "the log; opened anew by SIGUSR1",
                                .absent = "stderr",
                                .room = 1,
                                .reloads = true},
    [CONFIGURATION_AUDIT_FILE] = {.name = "audit-file",
                                  .argument = "FILE",
                                  .help = "acts of administrators and of the operator, apart",
                                  .absent = "in the log",
                                  .room = 1,
                                  .reloads = true},
};

/* ---- taking values ---- */

/* Where the next value stands. */
struct reading {
    struct configuration *configuration;
    enum configuration_source source;
    const char *place; /* a file, a variable, an option */
    unsigned line;     /* of a file; else 0 */
    struct buffer *complaints;
};

__attribute__((format(printf, 2, 3))) static void complain(const struct reading *reading,
                                                           const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    buffer_append_text(reading->complaints, reading->place);
    if (reading->line > 0) {
        buffer_format(reading->complaints, ":%u", reading->line);
    }
    buffer_format(reading->complaints, ": %s\n", text);
}

static bool has_choice(const char *words, const char *text, unsigned *which)
{
    size_t size = strlen(text);
    *which = 0;
    for (const char *word = words; size > 0; word = strchr(word, '|') + 1, (*which)++) {
        size_t length = strcspn(word, "|");
        if (length == size && memcmp(word, text, size) == 0) {
            return true;
        }
        if (word[length] == '\0') {
            break;
        }
    }
    return false;
}

/* Says what is wrong with a value; false = it is not good. The text of a secret is not repeated. */
static bool check_value(const struct reading *reading, const struct configuration_line *line,
                        const char *text)
{
    char shown[SHOWN_MAX + 8] = "the value";
    uint64_t number;
    unsigned which;
    if (!line->secret) {
        snprintf(shown, sizeof shown, "\"%.*s\"", SHOWN_MAX, text);
    }
    switch (line->type) {
    case CONFIGURATION_TEXT:
        if (line->good == NULL || line->good(text)) {
            return true;
        }
        complain(reading, "%s: %s is not %s", line->name, shown, line->expected);
        return false;
    case CONFIGURATION_FLAG:
        if (strcmp(text, "yes") == 0 || strcmp(text, "no") == 0) {
            return true;
        }
        complain(reading, "%s: %s is not yes or no", line->name, shown);
        return false;
    case CONFIGURATION_NUMBER:
        if (options_number(text, line->max, &number) && number >= line->min) {
            return true;
        }
        complain(reading, "%s: %s is not a number from %llu to %llu", line->name, shown,
                 (unsigned long long)line->min, (unsigned long long)line->max);
        return false;
    case CONFIGURATION_CHOICE:
        break;
    }
    if (has_choice(line->argument, text, &which)) {
        return true;
    }
    complain(reading, "%s: %s is not one of %s", line->name, shown, line->argument);
    return false;
}

static void forget(struct configuration_value *value)
{
    for (size_t at = 0; at < value->count; at++) {
        free(value->texts[at]);
    }
    value->count = 0;
}

static void take(const struct reading *reading, enum configuration_name name, const char *text)
{
    const struct configuration_line *line = &configuration_lines[name];
    struct configuration_value *value = &reading->configuration->values[name];
    if (text[0] == '\0') {
        complain(reading, "%s: a value is missing", line->name);
        return;
    }
    if (!utf8_is_clean(slice_text(text), false)) {
        complain(reading, "%s: text without control and direction marks was expected", line->name);
        return;
    }
    if (!check_value(reading, line, text)) {
        return;
    }
    if (value->source != reading->source) {
        forget(value);
        value->source = reading->source;
    }
    if (value->count == line->room && line->room == 1 && reading->line > 0) {
        complain(reading, "%s stands twice, first on line %u", line->name, value->lines[0]);
        return;
    }
    if (value->count == line->room) {
        complain(reading, "%s: more than %zu values", line->name, line->room);
        return;
    }
    value->lines[value->count] = reading->line;
    value->texts[value->count++] = memory_copy_text(text);
}

static bool find_name(const char *name, enum configuration_name *found)
{
    for (int at = 0; at < CONFIGURATION_COUNT; at++) {
        if (strcmp(configuration_lines[at].name, name) == 0) {
            *found = (enum configuration_name)at;
            return true;
        }
    }
    return false;
}

/* ---- a file ---- */

static struct slice trim(struct slice text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text = slice_of(text.data + 1, text.size - 1);
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t')) {
        text.size--;
    }
    return text;
}

static void copy_text(struct slice from, char into[CONFIGURATION_LINE_MAX + 1])
{
    if (from.size > 0) {
        memcpy(into, from.data, from.size);
    }
    into[from.size] = '\0';
}

/* One line without its end, at most CONFIGURATION_LINE_MAX bytes, valid UTF-8, no NUL. */
static void read_setting(const struct reading *reading, struct slice text)
{
    char name[CONFIGURATION_LINE_MAX + 1], value[CONFIGURATION_LINE_MAX + 1];
    enum configuration_name found;
    text = trim(text);
    if (text.size == 0 || text.data[0] == '#') {
        return;
    }
    const uint8_t *equals = memchr(text.data, '=', text.size);
    if (equals == NULL) {
        complain(reading, "\"name = value\" was expected");
        return;
    }
    size_t size = (size_t)(equals - text.data);
    copy_text(trim(slice_of(text.data, size)), name);
    copy_text(trim(slice_of(equals + 1, text.size - size - 1)), value);
    if (!utf8_is_clean(slice_text(name), false)) {
        complain(reading, "the name of a setting was expected, without control characters");
    } else if (!find_name(name, &found)) {
        complain(reading, "unknown setting \"%.*s\"", SHOWN_MAX, name);
    } else {
        take(reading, found, value);
    }
}

static void read_line(const struct reading *reading, struct slice text)
{
    if (text.size > 0 && text.data[text.size - 1] == '\r') {
        text.size--;
    }
    if (text.size > CONFIGURATION_LINE_MAX) {
        complain(reading, "the line is longer than %d bytes", CONFIGURATION_LINE_MAX);
    } else if (text.size > 0 && memchr(text.data, '\0', text.size) != NULL) {
        complain(reading, "a NUL byte; text was expected");
    } else if (!utf8_is_valid(text)) {
        complain(reading, "not UTF-8");
    } else {
        read_setting(reading, text);
    }
}

void configuration_read(struct configuration *configuration, const char *file, struct slice bytes,
                        struct buffer *complaints)
{
    struct reading reading = {.configuration = configuration,
                              .source = SOURCE_FILE,
                              .place = file,
                              .complaints = complaints};
    while (bytes.size > 0) {
        const uint8_t *end = memchr(bytes.data, '\n', bytes.size);
        size_t size = end == NULL ? bytes.size : (size_t)(end - bytes.data);
        reading.line++;
        read_line(&reading, slice_of(bytes.data, size));
        size_t passed = end == NULL ? size : size + 1;
        bytes = slice_of(bytes.data + passed, bytes.size - passed);
    }
}

/* false = it cannot be read, which has been said, or (missing allowed) it is not there. */
static bool read_file(struct configuration *configuration, const char *path, bool may_be_missing,
                      struct buffer *complaints)
{
    const struct reading reading = {.place = path, .complaints = complaints};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        if (!may_be_missing || errno != ENOENT) {
            complain(&reading, "%s", strerror(errno));
        }
        return false;
    }
    char *bytes = memory_new(1, CONFIGURATION_FILE_MAX + 1);
    size_t size = 0;
    ssize_t got = 1;
    while (got > 0 && size <= CONFIGURATION_FILE_MAX) {
        got = read(file, bytes + size, CONFIGURATION_FILE_MAX + 1 - size);
        size += got > 0 ? (size_t)got : 0;
    }
    int fault = got < 0 ? errno : 0;
    close(file);
    if (fault != 0) {
        complain(&reading, "%s", strerror(fault));
    } else if (size > CONFIGURATION_FILE_MAX) {
        complain(&reading, "the file is larger than %d bytes", CONFIGURATION_FILE_MAX);
    } else {
        configuration_read(configuration, path, slice_of(bytes, size), complaints);
    }
    free(bytes);
    return fault == 0;
}

/* ---- the environment ---- */

/* The setting that a variable "PALABRE_…=…" names, and its value; false = it is not one of ours, or of no setting. */
static bool find_variable(const char *variable, enum configuration_name *found, const char **value)
{
    char name[64];
    const char *equals = strchr(variable, '=');
    if (strncmp(variable, prefix, sizeof prefix - 1) != 0 || equals == NULL) {
        return false;
    }
    const char *from = variable + sizeof prefix - 1;
    size_t size = (size_t)(equals - from);
    if (size >= sizeof name) {
        return false;
    }
    for (size_t at = 0; at < size; at++) {
        bool capital = from[at] >= 'A' && from[at] <= 'Z';
        if (!capital && from[at] != '_') {
            return false;
        }
        name[at] = capital ? (char)(from[at] - 'A' + 'a') : '-';
    }
    name[size] = '\0';
    *value = equals + 1;
    return find_name(name, found);
}

static void take_variable(const struct reading *reading, enum configuration_name name,
                          const char *value)
{
    if (configuration_lines[name].room == 1) {
        take(reading, name, value);
        return;
    }
    char *copy = memory_copy_text(value);
    char *rest = NULL;
    char *word = strtok_r(copy, " ", &rest);
    if (word == NULL) {
        take(reading, name, "");
    }
    for (; word != NULL; word = strtok_r(NULL, " ", &rest)) {
        take(reading, name, word);
    }
    free(copy);
}

void configuration_read_environment(struct configuration *configuration, char *const *environment,
                                    struct buffer *complaints)
{
    for (; environment != NULL && *environment != NULL; environment++) {
        enum configuration_name name;
        const char *value;
        char place[64];
        if (find_variable(*environment, &name, &value)) {
            snprintf(place, sizeof place, "%.*s", (int)strcspn(*environment, "="), *environment);
            struct reading reading = {.configuration = configuration,
                                      .source = SOURCE_ENVIRONMENT,
                                      .place = place,
                                      .complaints = complaints};
            take_variable(&reading, name, value);
        }
    }
}

void configuration_name_strangers(char *const *environment, struct buffer *notes)
{
    for (; environment != NULL && *environment != NULL; environment++) {
        enum configuration_name name;
        const char *value;
        if (strncmp(*environment, prefix, sizeof prefix - 1) == 0 &&
            !find_variable(*environment, &name, &value)) {
            buffer_format(notes, "%.*s names no setting and is not looked at\n",
                          (int)strcspn(*environment, "="), *environment);
        }
    }
}

/* ---- the whole ---- */

static void read_options(struct configuration *configuration,
                         const struct configuration_given *given, struct buffer *complaints)
{
    for (int at = 0; at < CONFIGURATION_COUNT; at++) {
        enum configuration_name name = (enum configuration_name)at;
        char place[64];
        snprintf(place, sizeof place, "--%s", configuration_lines[at].name);
        const struct reading reading = {.configuration = configuration,
                                        .source = SOURCE_OPTION,
                                        .place = place,
                                        .complaints = complaints};
        for (size_t value = 0; value < given->counts[at]; value++) {
            take(&reading, name, given->options[at][value]);
        }
        if (given->flags[at]) {
            take(&reading, name, "yes");
        }
    }
}

bool configuration_load(const struct configuration_given *given,
                        struct configuration *configuration, struct buffer *complaints)
{
    char path[PATH_SIZE];
    size_t before = complaints->size;
    *configuration = (struct configuration){.file = NULL};
    snprintf(path, sizeof path, "%s/palabre.conf", given->dir);
    const char *file = given->file == NULL ? path : given->file;
    if (read_file(configuration, file, given->file == NULL, complaints)) {
        configuration->file = memory_copy_text(file);
    }
    configuration_read_environment(configuration, given->environment, complaints);
    read_options(configuration, given, complaints);
    return complaints->size == before && buffer_ok(complaints);
}

void configuration_free(struct configuration *configuration)
{
    for (int at = 0; at < CONFIGURATION_COUNT; at++) {
        forget(&configuration->values[at]);
    }
    free(configuration->file);
    configuration->file = NULL;
}

/* ---- values in force ---- */

size_t configuration_list(const struct configuration *configuration, enum configuration_name name,
                          const char *texts[CONFIGURATION_LIST_MAX])
{
    const struct configuration_value *value = &configuration->values[name];
    for (size_t at = 0; at < value->count; at++) {
        texts[at] = value->texts[at];
    }
    if (value->count == 0 && configuration_lines[name].otherwise != NULL) {
        texts[0] = configuration_lines[name].otherwise;
        return 1;
    }
    return value->count;
}

const char *configuration_text(const struct configuration *configuration,
                               enum configuration_name name)
{
    const char *texts[CONFIGURATION_LIST_MAX];
    return configuration_list(configuration, name, texts) == 0 ? NULL : texts[0];
}

bool configuration_number(const struct configuration *configuration, enum configuration_name name,
                          uint64_t *value)
{
    const char *text = configuration_text(configuration, name);
    return text != NULL && options_number(text, configuration_lines[name].max, value);
}

bool configuration_flag(const struct configuration *configuration, enum configuration_name name)
{
    const char *text = configuration_text(configuration, name);
    return text != NULL && strcmp(text, "yes") == 0;
}

unsigned configuration_choice(const struct configuration *configuration,
                              enum configuration_name name)
{
    unsigned which;
    has_choice(configuration_lines[name].argument, configuration_text(configuration, name), &which);
    return which;
}

bool configuration_same(const struct configuration *one, const struct configuration *other,
                        enum configuration_name name)
{
    const char *a[CONFIGURATION_LIST_MAX], *b[CONFIGURATION_LIST_MAX];
    size_t count = configuration_list(one, name, a);
    bool same = configuration_list(other, name, b) == count;
    for (size_t at = 0; same && at < count; at++) {
        same = strcmp(a[at], b[at]) == 0;
    }
    return same;
}

/* ---- printing ---- */

static void print_source(const struct configuration *configuration,
                         const struct configuration_line *line,
                         const struct configuration_value *value, size_t at, struct buffer *out)
{
    if (value->count == 0) {
        buffer_format(out, "# default%s%s\n", line->otherwise == NULL ? ": " : "",
                      line->otherwise == NULL ? line->absent : "");
        return;
    }
    switch (value->source) {
    case SOURCE_FILE:
        buffer_format(out, "# %s:%u\n", configuration->file, value->lines[at]);
        return;
    case SOURCE_ENVIRONMENT:
        buffer_append_text(out, "# environment\n");
        return;
    case SOURCE_DEFAULT:
    case SOURCE_OPTION:
        buffer_append_text(out, "# option\n");
        return;
    }
}

void configuration_print_line(const struct configuration *configuration,
                              const struct configuration_line *line,
                              const struct configuration_value *value, struct buffer *out)
{
    if (value->count == 0) {
        print_source(configuration, line, value, 0, out);
        if (line->otherwise == NULL) {
            buffer_format(out, "# %s =\n", line->name);
        } else {
            buffer_format(out, "%s = %s\n", line->name, line->otherwise);
        }
    }
    for (size_t at = 0; at < value->count; at++) {
        print_source(configuration, line, value, at, out);
        if (line->secret) {
            buffer_format(out, "# %s = (secret, not shown)\n", line->name);
        } else {
            buffer_format(out, "%s = %s\n", line->name, value->texts[at]);
        }
    }
}

void configuration_print(const struct configuration *configuration, struct buffer *out)
{
    for (int at = 0; at < CONFIGURATION_COUNT; at++) {
        configuration_print_line(configuration, &configuration_lines[at],
                                 &configuration->values[at], out);
    }
}
