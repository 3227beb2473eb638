/* The net loop: one libwebsockets context on a libev loop of ours, one sweep timer, one thread.
 *
 * A turn is one callback and what follows from it: commands are answered or sent to the writer, topics are marked, and at
 * the end of the turn (net_end_turn) frames are built once and written to every connection that has something new. The
 * writer wakes the loop after each commit; net_drain then takes all finished batches at once, so changes that came close
 * together leave in one frame.
 * libwebsockets keeps its timers in one sorted list, which makes a timer per connection quadratic: there is one timer of
 * ours, and the library's own pings are off (an all-zero policy).
 * Signals: a thread of their own sets a flag and wakes the loop. SIGHUP changes what can change (reload()), SIGUSR1 opens
 * the log's files again.
 * Stopping: SIGTERM sets a flag and wakes the loop; connections are closed with 1012 as soon as their command in flight
 * has been answered; when none is left, or after 2.5 s, the context is destroyed from the timer, which ends the loop.
 *
 * Guards, each with a test of its name: plug_in_missing, connection_cap, stop_in_time. */
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/engine/log.h"
#include "server/engine/supervisor.h"
#include "server/net/http.h"
#include "server/net/listen.h"

enum {
    RX_BYTES = 128, /* of a WebSocket, which we read ourselves */
    TX_BYTES = 256 << 10,
    HEADERS_BYTES = 8192,
    FORWARDED_MAX = 2048,
    HALL = 256 /* connections whose memory is worth asking back */
};

/* ---- what the callbacks share ---- */

struct store_txn *net_read(struct net *net)
{
    if (net->reading) {
        return net->read;
    }
    enum error error = net->read == NULL ? store_begin(net->folder->store, STORE_READ, &net->read)
                                         : store_renew(net->read);
    if (error != ERROR_NONE) {
        log_line(LOG_LEVEL_ERROR, "net", "cannot read: %s", error_reason(error));
        return NULL;
    }
    net->reading = true;
    return net->read;
}

void net_read_end(struct net *net)
{
    if (net->reading) {
        store_reset(net->read);
        net->reading = false;
    }
}

void net_end_turn(struct net *net)
{
    if (net->destroyed) {
        return;
    }
    feed_flush(net);
    longpoll_flush(net);
    while (net->flush != NULL) {
        struct connection *connection = net->flush;
        net->flush = connection->flush_next;
        connection->flush_listed = false;
        connection_pump(connection);
    }
    net_read_end(net);
}

struct slice net_header(struct lws *wsi, enum lws_token_indexes token, char *text, size_t max)
{
    int size = lws_hdr_total_length(wsi, token);
    if (size <= 0 || (size_t)size >= max || lws_hdr_copy(wsi, text, (int)max, token) <= 0) {
        return slice_of(text, 0);
    }
    return slice_text(text);
}

/* The library keeps arguments apart, and would join them with commas. */
struct slice net_query(struct lws *wsi, char text[QUERY_MAX])
{
    int size = 0, used = 0;
    for (int at = 0; size >= 0; at++) {
        text[used] = '&';
        size = lws_hdr_copy_fragment(wsi, text + used + 1, QUERY_MAX - used - 1,
                                     WSI_TOKEN_HTTP_URI_ARGS, at);
        used += size > 0 ? size + 1 : 0;
    }
    return used == 0 ? slice_of(text, 0) : slice_of(text + 1, (size_t)used - 1);
}

bool net_origin_is_good(const struct net *net, struct lws *wsi, bool *secure)
{
    char text[ORIGIN_TEXT_MAX + 1];
    struct slice origin = net_header(wsi, WSI_TOKEN_ORIGIN, text, sizeof text);
    *secure = origin.size > 8 && memcmp(origin.data, "https://", 8) == 0;
    return origin_is_listed(net->origins, net->origin_count, origin);
}

bool net_host_is_good(const struct net *net, struct lws *wsi)
{
    char text[ORIGIN_TEXT_MAX + 1];
    struct slice host = net_header(wsi, WSI_TOKEN_HOST, text, sizeof text);
    return origin_has_host(net->origins, net->origin_count, host);
}

struct peer_address net_peer_address(const struct net *net, struct lws *wsi)
{
    char text[FORWARDED_MAX];
    struct sockaddr_storage end = {.ss_family = AF_UNSPEC};
    socklen_t size = sizeof end;
    getpeername(lws_get_socket_fd(wsi), (struct sockaddr *)&end, &size);
    struct slice list = net_header(wsi, WSI_TOKEN_X_FORWARDED_FOR, text, sizeof text);
    return peer_resolve(&net->settings.trust, peer_of_socket(&end), list);
}

bool net_has_bearer(struct lws *wsi)
{
    char text[1024];
    struct slice bearer;
    return header_bearer(net_header(wsi, WSI_TOKEN_HTTP_AUTHORIZATION, text, sizeof text), &bearer);
}

static bool read_cookie(struct lws *wsi, bool secure, uint8_t token[32])
{
    char text[4096];
    struct slice value;
    struct slice cookies = net_header(wsi, WSI_TOKEN_HTTP_COOKIE, text, sizeof text);
    return header_cookie(cookies, http_cookie_name(secure), &value) &&
           encoding_base64url_exact(value, token, 32);
}

/* An access token counts alone: a cookie beside it is not looked at, whether the token is good or not. */
enum error net_find_session(struct net *net, struct lws *wsi, bool secure, struct caller *caller)
{
    char text[1024];
    uint8_t token[32];
    *caller = (struct caller){.kind = CALLER_NOBODY};
    struct slice bearer;
    bool script =
        header_bearer(net_header(wsi, WSI_TOKEN_HTTP_AUTHORIZATION, text, sizeof text), &bearer);
    if (script ? !header_token(bearer, TOKEN_PREFIX, token) : !read_cookie(wsi, secure, token)) {
        return ERROR_SESSION_NONE;
    }
    struct store_txn *txn = net_read(net);
    enum error error = ERROR_STORAGE_FAILED;
    if (txn != NULL) {
        error = (script ? token_find : session_find)(txn, token, clock_wall_ms(), caller);
    }
    crypto_wipe(token, sizeof token);
    if (error != ERROR_NONE) {
        *caller = (struct caller){.kind = CALLER_NOBODY};
    }
    return error;
}

void net_touch_session(struct net *net, const struct caller *caller, struct limit_entry *limit)
{
    bool told = limit->touched_ms != 0 && net->now_ms - limit->touched_ms < TOUCH_MS;
    if (told || clock_wall_ms() < caller->used_ms + TOUCH_MS) {
        return;
    }
    limit->touched_ms = net->now_ms;
    struct job *job = memory_new(1, sizeof *job);
    job->request.caller = *caller;
    writer_submit(net->writer, job);
}

enum error net_find_reader(struct net *net, struct lws *wsi, struct caller *caller)
{
    char text[ORIGIN_TEXT_MAX + 1];
    struct slice host = net_header(wsi, WSI_TOKEN_HOST, text, sizeof text);
    enum error error = ERROR_SESSION_NONE;
    for (size_t at = 0; at < net->origin_count && error != ERROR_NONE; at++) {
        if (origin_has_host(&net->origins[at], 1, host)) {
            error = net_find_session(net, wsi, net->origins[at].secure, caller);
        }
    }
    return error;
}

/* ---- settings ---- */

/* Guard connection_cap. */
static size_t most_sockets(const struct net_settings *settings, size_t files)
{
    size_t left = files > 2 * settings->reserve ? files - settings->reserve : files / 2;
    return settings->connections > 0 && settings->connections < left ? settings->connections : left;
}

/* A greater map while it serves: what waits for room goes on. */
static void resize_map(struct net *net, uint64_t map_bytes)
{
    if (map_bytes == net->settings.map_bytes) {
        return;
    }
    net_read_end(net);
    if (store_resize(net->folder->store, map_bytes) != ERROR_NONE) {
        log_line(LOG_LEVEL_ERROR, "reload", "map-size stays as it was: the system refuses another");
    }
}

/* SIGHUP: what can change while it serves. */
static void reload(struct net *net)
{
    struct net_settings settings;
    if (net->options->reload == NULL || !net->options->reload(net->options->context, &settings)) {
        return;
    }
    resize_map(net, settings.map_bytes);
    net->settings = settings;
    if (settings.origin_count > 0 || places_have_a_port(net)) {
        places_set_origins(net);
    } else {
        log_line(LOG_LEVEL_WARNING, "reload",
                 "a unix socket alone needs an origin: the old ones stay");
    }
    net->sockets_max = most_sockets(&net->settings, net->files);
    limits_change(net->limits, net->settings.rates);
    shelf_resize(net->shelf, net->settings.files_max);
}

static void obey_signals(struct net *net)
{
    if (atomic_exchange(&net->reopen_asked, false)) {
        log_reopen();
    }
    if (atomic_exchange(&net->reload_asked, false)) {
        reload(net);
    }
    if (atomic_load(&net->stop_asked) && !net->stopping) {
        net_start_stop(net);
    }
}

/* ---- what the writer put out ---- */

static void take_job(struct net *net, struct job *job)
{
    if (job->owner == NULL) {
        free(job); /* a session prolonged */
    } else if (job->owner == &net->pulse) {
        free(job);
        pulse_back(net);
    } else if (job->owner == &net->rooms) {
        rooms_back(net, job);
    } else {
        rpc_resume(job->owner);
    }
}

void net_recheck(struct net *net, struct id account)
{
    struct connection *connection = net->connections;
    for (; connection != NULL; connection = connection->next) {
        if (id_equal(caller_account(&connection->caller), account)) {
            connection_recheck(connection);
        }
    }
    longpoll_recheck(net, account);
}

static void take_batch(struct net *net, struct writer_batch *batch)
{
    struct job *job = batch->jobs;
    while (job != NULL) {
        struct job *next = job->next;
        take_job(net, job);
        job = next;
    }
    if (batch->changes.renewed) {
        feed_renew(net);
        shelf_sweep_now(net->shelf);
    }
    for (size_t at = 0; at < batch->changes.topics.count; at++) {
        feed_mark(net, batch->changes.topics.items[at]);
        rooms_topic(net, batch->changes.topics.items[at].topic);
    }
    for (size_t at = 0; at < batch->changes.members.count; at++) {
        net_recheck(net, batch->changes.members.items[at].topic.id);
    }
    writer_batch_free(batch);
}

static void take_batches(struct net *net)
{
    struct writer_batch *batch = writer_take(net->writer);
    net_read_end(net); /* what is read from here on is at least as new as these batches */
    while (batch != NULL) {
        struct writer_batch *next = batch->next;
        take_batch(net, batch);
        batch = next;
    }
}

void net_drain(struct net *net)
{
    if (net->writer == NULL || net->destroyed) {
        return;
    }
    net->now_ms = clock_monotonic_ms();
    take_batches(net);
    upload_drain(net);
    obey_signals(net);
    net_end_turn(net);
}

static void wake(void *context)
{
    struct net *net = context;
    pthread_mutex_lock(&net->waking);
    if (!net->deaf) {
        lws_cancel_service(net->context);
    }
    pthread_mutex_unlock(&net->waking);
}

/* Nobody wakes the loop any more: after this the context may go, whatever other threads are doing. */
static void stop_hearing(struct net *net)
{
    net->destroyed = true;
    pthread_mutex_lock(&net->waking);
    net->deaf = true;
    pthread_mutex_unlock(&net->waking);
}

/* ---- the sweep timer ---- */

static bool stop_is_complete(const struct net *net)
{
    if (net->now_ms - net->stop_ms >= STOP_MS) {
        return true;
    }
    for (const struct exchange *exchange = net->exchanges; exchange != NULL;
         exchange = exchange->next) {
        if (exchange->conversation != NULL || exchange->finishing || exchange->polled) {
            return false;
        }
    }
    return net->connection_count == 0;
}

void net_start_stop(struct net *net)
{
    net->stopping = true;
    net->stop_ms = net->now_ms;
    supervisor_tell("STOPPING=1");
    log_line(LOG_LEVEL_INFO, "net", "stopping: %zu connections", net->connection_count);
    struct connection *connection = net->connections;
    for (; connection != NULL; connection = connection->next) {
        if (connection->conversation == NULL) {
            connection_close(connection, CLOSE_RESTART);
        }
    }
    longpoll_answer_all(net);
}

/* What a hall used that has gone goes back to the system: the allocator keeps what lies between what is in use. */
static void give_back(struct net *net)
{
    if (net->connection_count > net->connections_most) {
        net->connections_most = net->connection_count;
    }
    if (net->connections_most >= HALL && net->connection_count <= net->connections_most / 2) {
        net->connections_most = net->connection_count;
        malloc_trim(0);
    }
}

static void sweep_second(struct net *net)
{
    struct connection *connection = net->connections;
    for (; connection != NULL; connection = connection->next) {
        connection_sweep(connection);
    }
    give_back(net);
    rooms_sweep(net);
    http_sweep(net);
    longpoll_sweep(net);
    notes_tick(&net->notes, net->now_ms, store_is_short_of_space(net->folder->store),
               net->metrics.dropped);
    if (net->now_ms - net->sweep_ms >= 60000) {
        net->sweep_ms = net->now_ms;
        limits_sweep(net->limits, net->now_ms);
    }
}

static void tick(lws_sorted_usec_list_t *timer)
{
    struct net *net = lws_container_of(timer, struct net, tick);
    net->now_ms = clock_monotonic_ms();
    feed_mark_later(net);
    rooms_tick(net);
    pulse_tick(net);
    if (net->now_ms - net->second_ms >= 1000) {
        net->second_ms = net->now_ms;
        sweep_second(net);
    }
    net_end_turn(net);
    if (net->stopping && stop_is_complete(net)) {
        stop_hearing(net);
        lws_context_destroy(net->context);
        ev_break(net->loop, EVBREAK_ALL);
        return;
    }
    lws_sul_schedule(net->context, 0, &net->tick, tick,
                     (net->stopping ? 20 : TICK_MS) * LWS_US_PER_MS);
}

/* ---- starting ---- */

static void log_library(int level, const char *text)
{
    log_line(level == LLL_ERR ? LOG_LEVEL_ERROR : LOG_LEVEL_WARNING, "lws", "%.*s",
             (int)strcspn(text, "\n"), text);
}

static void set_protocols(struct net *net)
{
    net->protocols[0] = (struct lws_protocols){.name = "http",
                                               .callback = net_callback_http,
                                               .per_session_data_size = sizeof(void *),
                                               .rx_buffer_size = 4096,
                                               .tx_packet_size = TX_BYTES};
    net->protocols[1] = (struct lws_protocols){.name = "palabre.v1",
                                               .callback = net_callback_socket,
                                               .per_session_data_size = sizeof(void *),
                                               .rx_buffer_size = RX_BYTES,
                                               .tx_packet_size = TX_BYTES};
    net->protocols[2] = (struct lws_protocols){.name = NULL};
}

static size_t file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 1024;
    }
    limit.rlim_cur = limit.rlim_max < 65536 ? limit.rlim_max : 65536;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return (size_t)limit.rlim_cur;
}

/* Guard plug_in_missing. */
static bool create_context(struct net *net, size_t files, char *message)
{
    static const lws_retry_bo_t no_timers = {.secs_since_valid_ping = 0};
    void *loops[] = {net->loop};
    struct lws_context_creation_info info = {
        .options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_LIBEV,
        .foreign_loops = loops,
        .count_threads = 1,
        .fd_limit_per_thread = (unsigned)files,
        .max_http_header_data2 = HEADERS_BYTES,
        .max_http_header_pool2 = (unsigned)files,
        .pt_serv_buf_size = 16384,
        .timeout_secs = 10,
        .timeout_secs_ah_idle = 5,
        .keepalive_timeout = 15,
        .retry_and_idle_policy = &no_timers,
        .port = CONTEXT_PORT_NO_LISTEN_SERVER,
        .user = net,
    };
    lws_set_log_level(LLL_ERR | LLL_WARN, log_library);
    net->context = lws_create_context(&info);
    if (net->context == NULL) {
        snprintf(message, NET_MESSAGE_SIZE,
                 "the event loop cannot start: is the package libwebsockets-evlib-ev installed?");
    }
    return net->context != NULL;
}

static void describe(struct net *net)
{
    json_t *description = openrpc_document();
    buffer_init(&net->openrpc, 16 << 20);
    json_write(&net->openrpc, description);
    json_decref(description);
    struct hash hash = crypto_hash(buffer_slice(&net->openrpc));
    struct buffer tag;
    buffer_init(&tag, sizeof net->openrpc_tag - 1);
    buffer_append_text(&tag, "\"");
    encoding_hex(&tag, slice_of(hash.bytes, 16));
    buffer_append_text(&tag, "\"");
    memcpy(net->openrpc_tag, tag.data, tag.size);
    buffer_free(&tag);
}

/* ---- signals ---- */

static sigset_t our_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGUSR1);
    return set;
}

void net_block_signals(void)
{
    sigset_t set = our_signals();
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static atomic_bool *wish_of(struct net *net, int signal_number)
{
    switch (signal_number) {
    case SIGHUP:
        return &net->reload_asked;
    case SIGUSR1:
        return &net->reopen_asked;
    default:
        return &net->stop_asked;
    }
}

static void *wait_for_signals(void *argument)
{
    struct net *net = argument;
    sigset_t set = our_signals();
    int signal_number, before;
    while (sigwait(&set, &signal_number) == 0) {
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before); /* never while it holds `waking` */
        atomic_store(wish_of(net, signal_number), true);
        wake(net);
        pthread_setcancelstate(before, &before);
    }
    return NULL;
}

/* ---- the whole ---- */

static void run(struct net *net)
{
    const struct net_options *options = net->options;
    pthread_t signals;
    struct writer_options writer = {.calls =
                                        options->calls == NULL ? &folder_calls : options->calls,
                                    .context = net->folder,
                                    .workers = options->workers,
                                    .wake = wake,
                                    .wake_context = net};
    net->writer = writer_start(&writer);
    if (pthread_create(&signals, NULL, wait_for_signals, net) != 0) {
        abort();
    }
    net->now_ms = clock_monotonic_ms();
    net->sweep_ms = net->now_ms;
    pulse_start(&net->pulse, net->now_ms);
    admin_start(net);
    burial_init(net);
    rooms_start(net);
    supervisor_tell("READY=1\nSTATUS=serving %s", net->origins[0].text);
    lws_sul_schedule(net->context, 0, &net->tick, tick, TICK_MS * LWS_US_PER_MS);
    if (options->ready != NULL) {
        options->ready(options->context, net->origins[0].text);
    }
    while (!net->destroyed && lws_service(net->context, 0) >= 0) {
    }
    pthread_cancel(signals);
    pthread_join(signals, NULL);
}

static bool open_shelf(struct net *net, char *message)
{
    struct shelf_options options = {.dir = net->options->dir,
                                    .max_bytes = net->settings.files_max,
                                    .store = net->folder->store,
                                    .now_ms = clock_wall_ms,
                                    .wake = wake,
                                    .wake_context = net};
    net->shelf = shelf_open(&options, message);
    return net->shelf != NULL;
}

static void finish(struct net *net)
{
    if (net->writer != NULL) {
        writer_stop(net->writer);
        take_batches(net); /* jobs whose connections have gone */
        writer_free(net->writer);
    }
    if (net->shelf != NULL) {
        shelf_close(net->shelf);
    }
    net_read_end(net);
    if (net->read != NULL) {
        store_abort(net->read);
    }
    admin_stop(net);
    rooms_free(net);
    ev_loop_destroy(net->loop);
    crowd_free(net->crowd);
    assets_free(net->assets);
    limits_free(net->limits);
    buffer_free(&net->openrpc);
    free(net->watches.slots);
    free(net->gather);
    pthread_mutex_destroy(&net->waking);
    free(net);
}

bool net_serve(const struct net_options *options, char message[NET_MESSAGE_SIZE])
{
    struct net *net = memory_new(1, sizeof *net);
    bool has_client;
    net_block_signals();
    pthread_mutex_init(&net->waking, NULL);
    net->options = options;
    net->folder = options->folder;
    net->public_side = (struct listener){.net = net};
    net->control_side = (struct listener){.net = net, .control = true};
    net->admin_side = (struct listener){.net = net, .admin = true};
    net->settings = options->settings;
    net->files = file_limit();
    net->sockets_max = most_sockets(&net->settings, net->files);
    net->polls_max = net->sockets_max / 4;
    net->gather = memory_new(1, LWS_PRE + WRITE_BYTES);
    net->loop = ev_loop_new(EVFLAG_AUTO);
    net->crowd = crowd_new();
    net->limits = limits_new(net->settings.rates);
    net->assets = assets_load(options->web, &has_client);
    if (options->web != NULL && !has_client) {
        log_line(LOG_LEVEL_WARNING, "net", "no web client in %s: only the protocol is served",
                 options->web);
    }
    describe(net);
    set_protocols(net);
    bool started = create_context(net, net->files, message) && open_shelf(net, message) &&
                   places_open(net, message);
    if (started) {
        /* libev may have let SIGINT through again. */
        net_block_signals();
        run(net);
        unlink(options->control);
        if (net->places[NET_LISTEN_MAX + 1].address.path) {
            unlink(net->places[NET_LISTEN_MAX + 1].address.host);
        }
    }
    if (net->context != NULL) {
        /* After the tick has destroyed it from inside the loop, this frees what the loop stood on. */
        stop_hearing(net);
        lws_context_destroy(net->context);
    }
    finish(net);
    return started;
}
