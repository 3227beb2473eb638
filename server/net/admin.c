/* The admin listener: is it alive, is it ready, and figures for Prometheus. Never on the public side.
 *
 * /livez answers when the loop turns. /readyz looks at what an accepted ballot would need: the store can be read, has
 * space left, the writer answers its beats, and nobody has asked for a stop; 503 names what is missing. /metrics writes
 * the table of admin_metrics in the text format 0.0.4. What is counted is one addition where it happens; everything else
 * is looked up when somebody asks. No figure says anything of a person: labels are reasons, methods and carriers.
 * Start at admin_request(). */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/engine/clock.h"
#include "server/net/http.h"

enum {
    BODY_MAX_BYTES = 256 << 10,
    STUCK_MS = 3000, /* a beat that is longer on its way: the writer does not answer */
    PROBLEMS_MAX = 5
};

/* ---- counting ---- */

static const uint64_t bounds_us[HISTOGRAM_BOUNDS] = {100,   500,    1000,   5000,    10000,
                                                     25000, 100000, 500000, 1000000, 5000000};

void histogram_add(struct histogram *histogram, uint64_t us)
{
    size_t at = 0;
    while (at < HISTOGRAM_BOUNDS && us > bounds_us[at]) {
        at++;
    }
    histogram->counts[at]++;
    histogram->sum_us += us;
}

static void turn_begins(struct ev_loop *loop, struct ev_check *watcher, int events)
{
    struct net *net = watcher->data;
    (void)loop;
    (void)events;
    net->metrics.turn_us = clock_monotonic_us();
}

static void turn_ends(struct ev_loop *loop, struct ev_prepare *watcher, int events)
{
    struct net *net = watcher->data;
    (void)loop;
    (void)events;
    if (net->metrics.turn_us == 0) {
        return;
    }
    uint64_t us = clock_monotonic_us() - net->metrics.turn_us;
    net->metrics.turn_us = 0;
    histogram_add(&net->metrics.turns, us);
    notes_turn(&net->notes, clock_monotonic_ms(), us);
}

void admin_start(struct net *net)
{
    ev_check_init(&net->metrics.check, turn_begins);
    ev_set_priority(&net->metrics.check, EV_MAXPRI);
    net->metrics.check.data = net;
    ev_check_start(net->loop, &net->metrics.check);
    ev_prepare_init(&net->metrics.prepare, turn_ends);
    ev_set_priority(&net->metrics.prepare, EV_MINPRI);
    net->metrics.prepare.data = net;
    ev_prepare_start(net->loop, &net->metrics.prepare);
}

void admin_stop(struct net *net)
{
    if (net->metrics.check.data != NULL) {
        ev_check_stop(net->loop, &net->metrics.check);
        ev_prepare_stop(net->loop, &net->metrics.prepare);
    }
}

/* ---- ready? ---- */

static size_t find_problems(struct net *net, const char *problems[PROBLEMS_MAX])
{
    size_t count = 0;
    if (net->stopping) {
        problems[count++] = "stopping";
    }
    if (net_read(net) == NULL) {
        problems[count++] = "store_unreadable";
    }
    if (store_is_short_of_space(net->folder->store)) {
        problems[count++] = "storage_full";
    }
    if (pulse_age_ms(net) > STUCK_MS) {
        problems[count++] = "writer_stuck";
    }
    return count;
}

static void answer_ready(struct exchange *exchange)
{
    const char *problems[PROBLEMS_MAX];
    size_t count = find_problems(exchange->net, problems);
    struct buffer body;
    buffer_init(&body, 1024);
    buffer_format(&body, "{\"ready\":%s,\"problems\":[", count == 0 ? "true" : "false");
    for (size_t at = 0; at < count; at++) {
        buffer_format(&body, "%s\"%s\"", at == 0 ? "" : ",", problems[at]);
    }
    buffer_append_text(&body, "]}\n");
    struct answer answer = {
        .status = count == 0 ? 200 : 503, .type = "application/json", .body = buffer_slice(&body)};
    exchange_answer(exchange, &answer);
    buffer_free(&body);
}

/* ---- figures ---- */

/* What is looked up once for a whole answer. */
struct scrape {
    struct net *net;
    struct buffer *out;
    struct store_figures store;
};

static void put(const struct scrape *scrape, const char *name, const char *labels, double value)
{
    buffer_format(scrape->out, "%s%s %.17g\n", name, labels, value);
}

static void put_histogram(const struct scrape *scrape, const char *name,
                          const struct histogram *histogram)
{
    uint64_t count = 0;
    for (size_t at = 0; at < HISTOGRAM_BOUNDS; at++) {
        count += histogram->counts[at];
        buffer_format(scrape->out, "%s_bucket{le=\"%g\"} %llu\n", name, (double)bounds_us[at] / 1e6,
                      (unsigned long long)count);
    }
    count += histogram->counts[HISTOGRAM_BOUNDS];
    buffer_format(scrape->out, "%s_bucket{le=\"+Inf\"} %llu\n%s_sum %.17g\n%s_count %llu\n", name,
                  (unsigned long long)count, name, (double)histogram->sum_us / 1e6, name,
                  (unsigned long long)count);
}

static void put_build(const struct scrape *scrape, const char *name)
{
    char labels[40];
    snprintf(labels, sizeof labels, "{format=\"%d\"}", STORE_FORMAT);
    put(scrape, name, labels, 1);
}

static void put_connections(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "{role=\"websocket\"}", (double)scrape->net->connection_count);
    put(scrape, name, "{role=\"longpoll\"}", (double)scrape->net->poll_count);
}

static void put_screens(const struct scrape *scrape, const char *name)
{
    size_t screens = 0;
    const struct connection *connection = scrape->net->connections;
    for (; connection != NULL; connection = connection->next) {
        screens += connection->caller.kind == CALLER_SCREEN;
    }
    put(scrape, name, "", (double)screens);
}

static void put_rooms(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "", (double)scrape->net->rooms.count);
}

static void put_incidents(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "", (double)scrape->net->metrics.incidents);
}

static void put_sockets(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "", (double)scrape->net->sockets);
}

static void put_accepted(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "", (double)scrape->net->metrics.ballots_accepted);
}

static void put_rejected(const struct scrape *scrape, const char *name)
{
    for (int at = 0; at < ERROR_COUNT; at++) {
        char labels[80];
        uint64_t count = scrape->net->metrics.ballots_rejected[at];
        if (count > 0) {
            snprintf(labels, sizeof labels, "{reason=\"%s\"}", error_reason((enum error)at));
            put(scrape, name, labels, (double)count);
        }
    }
}

static void put_commit(const struct scrape *scrape, const char *name)
{
    put_histogram(scrape, name, &scrape->net->metrics.ballot_commits);
}

static void put_turns(const struct scrape *scrape, const char *name)
{
    put_histogram(scrape, name, &scrape->net->metrics.turns);
}

static void put_commits(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "", (double)writer_counters(scrape->net->writer).commits);
}

static void put_map(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "", (double)scrape->store.map_bytes);
}

static void put_used(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "", (double)store_used_bytes(scrape->net->folder->store));
}

static void put_lag(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "", (double)scrape->store.reader_lag);
}

static void put_queue(const struct scrape *scrape, const char *name)
{
    uint64_t bytes = 0;
    const struct connection *connection = scrape->net->connections;
    for (; connection != NULL; connection = connection->next) {
        bytes += (uint64_t)connection->feed_bytes + connection->reply_bytes;
    }
    put(scrape, name, "", (double)bytes);
}

static void put_dropped(const struct scrape *scrape, const char *name)
{
    for (int at = 0; at < DROP_REASONS; at++) {
        char labels[40];
        snprintf(labels, sizeof labels, "{reason=\"%s\"}", drop_names[at]);
        put(scrape, name, labels, (double)scrape->net->metrics.dropped[at]);
    }
}

static void put_sign_ins(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "{method=\"link\",result=\"ok\"}", (double)scrape->net->metrics.sign_ins[0]);
    put(scrape, name, "{method=\"link\",result=\"refused\"}",
        (double)scrape->net->metrics.sign_ins[1]);
}

/* The second line of the checkpoint's note is its size. */
static void put_sealed(const struct scrape *scrape, const char *name)
{
    struct slice note;
    struct store_txn *txn = net_read(scrape->net);
    unsigned long long size = 0;
    if (txn != NULL && ledger_checkpoint(txn, &note)) {
        const uint8_t *end = memchr(note.data, '\n', note.size);
        for (end = end == NULL ? note.data + note.size : end + 1;
             end < note.data + note.size && *end >= '0' && *end <= '9'; end++) {
            size = size * 10 + (unsigned long long)(*end - '0');
        }
        put(scrape, name, "", (double)size);
    }
}

/* palabre backup writes it; none yet = no figure. */
static void put_backup(const struct scrape *scrape, const char *name)
{
    char path[4096], line[32];
    int size = snprintf(path, sizeof path, "%s/backup.stamp", scrape->net->options->dir);
    FILE *file = size > 0 && (size_t)size < sizeof path ? fopen(path, "re") : NULL;
    if (file != NULL) {
        if (fgets(line, sizeof line, file) != NULL && line[0] >= '0' && line[0] <= '9') {
            put(scrape, name, "", (double)strtoull(line, NULL, 10));
        }
        fclose(file);
    }
}

static void put_processor(const struct scrape *scrape, const char *name)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        put(scrape, name, "",
            (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
    }
}

static void put_memory(const struct scrape *scrape, const char *name)
{
    char line[128]; /* pages: of the whole, then of what is in memory */
    FILE *file = fopen("/proc/self/statm", "re");
    if (file != NULL) {
        const char *second = fgets(line, sizeof line, file) == NULL ? NULL : strchr(line, ' ');
        if (second != NULL) {
            put(scrape, name, "",
                (double)strtoull(second, NULL, 10) * (double)sysconf(_SC_PAGESIZE));
        }
        fclose(file);
    }
}

static void put_open_files(const struct scrape *scrape, const char *name)
{
    DIR *folder = opendir("/proc/self/fd");
    if (folder != NULL) {
        size_t count = 0;
        /* A stream of our own: glibc promises safety. */
        // cppcheck-suppress readdirCalled
        while (readdir(folder) != NULL) {
            count++;
        }
        closedir(folder);
        put(scrape, name, "", (double)(count - 3)); /* ".", ".." and the folder itself */
    }
}

static void put_files_max(const struct scrape *scrape, const char *name)
{
    put(scrape, name, "", (double)scrape->net->files);
}

static const struct {
    const char *name, *type, *help;
    void (*put)(const struct scrape *scrape, const char *name);
} admin_metrics[] = {
    {"palabre_build_info", "gauge", "Always 1; the format of the store.", put_build},
    {"palabre_ws_connections", "gauge", "Live connections by carrier.", put_connections},
    {"palabre_screens", "gauge", "Connections of screens of meetings.", put_screens},
    {"palabre_rooms", "gauge", "Meetings under way.", put_rooms},
    {"palabre_incidents_total", "counter", "Disturbances of meetings found since the start.",
     put_incidents},
    {"palabre_sockets", "gauge", "Accepted sockets of any kind.", put_sockets},
    {"palabre_ballots_accepted_total", "counter", "Ballots in the record since the start.",
     put_accepted},
    {"palabre_ballots_rejected_total", "counter", "Ballots refused since the start.", put_rejected},
    {"palabre_ballot_commit_seconds", "histogram",
     "From a ballot's arrival to its being on the disk.", put_commit},
    {"palabre_commits_total", "counter", "Write transactions committed.", put_commits},
    {"palabre_lmdb_map_bytes", "gauge", "The most the record may take.", put_map},
    {"palabre_lmdb_used_bytes", "gauge", "What the record takes.", put_used},
    {"palabre_lmdb_reader_lag_transactions", "gauge",
     "How many transactions the oldest reader is behind.", put_lag},
    {"palabre_log_sealed_events", "gauge", "Events under the last checkpoint.", put_sealed},
    {"palabre_backup_last_success_timestamp_seconds", "gauge",
     "When palabre backup last wrote a whole backup of it.", put_backup},
    {"palabre_send_queue_bytes", "gauge", "Bytes that wait to be sent to live connections.",
     put_queue},
    {"palabre_clients_dropped_total", "counter", "Live connections that the server ended.",
     put_dropped},
    {"palabre_auth_attempts_total", "counter", "Sign-ins.", put_sign_ins},
    {"palabre_loop_turn_seconds", "histogram", "How long the net loop was busy at a time.",
     put_turns},
    {"process_cpu_seconds_total", "counter", "Processor time.", put_processor},
    {"process_resident_memory_bytes", "gauge", "Memory.", put_memory},
    {"process_open_fds", "gauge", "Open files and sockets.", put_open_files},
    {"process_max_fds", "gauge", "The limit of open files and sockets.", put_files_max},
};

static void answer_metrics(struct exchange *exchange)
{
    struct buffer body;
    buffer_init(&body, BODY_MAX_BYTES);
    const struct scrape scrape = {
        .net = exchange->net, .out = &body, .store = store_figures(exchange->net->folder->store)};
    for (size_t at = 0; at < sizeof admin_metrics / sizeof admin_metrics[0]; at++) {
        buffer_format(&body, "# HELP %s %s\n# TYPE %s %s\n", admin_metrics[at].name,
                      admin_metrics[at].help, admin_metrics[at].name, admin_metrics[at].type);
        admin_metrics[at].put(&scrape, admin_metrics[at].name);
    }
    struct answer answer = {.status = 200,
                            .type = "text/plain; version=0.0.4; charset=utf-8",
                            .body = buffer_slice(&body)};
    exchange_answer(exchange, &answer);
    buffer_free(&body);
}

void admin_request(struct exchange *exchange)
{
    static const struct answer alive = {.status = 200,
                                        .type = "text/plain; charset=utf-8",
                                        .body = {.data = (const uint8_t *)"ok\n", .size = 3},
                                        .borrowed = true};
    if (exchange->post) {
        exchange->close_after = true;
        exchange_refuse(exchange, 405, ERROR_NONE);
    } else if (slice_equal(exchange->path, slice_text("/livez"))) {
        exchange_answer(exchange, &alive);
    } else if (slice_equal(exchange->path, slice_text("/readyz"))) {
        answer_ready(exchange);
    } else if (slice_equal(exchange->path, slice_text("/metrics"))) {
        answer_metrics(exchange);
    } else {
        exchange_refuse(exchange, 404, ERROR_NONE);
    }
}
