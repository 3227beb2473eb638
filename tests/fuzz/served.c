/* The server as it is: net_serve() with libwebsockets on libev, the writer, the shelf; only durable commits are missing.
 *
 * It runs in a thread, because the loop of libev is not ours to step; the harness talks to it over a unix socket. Two things
 * make one input like the next. A batch ends by being taken back: its answers say "done", the store is as it was. And
 * nothing is waited for by time: served_settle() sends a write on a connection of its own; the loop and the writer both take
 * things in order, so when it is answered, whatever was sent before has been read and carried out.
 * Start at served_start(). */
#include "tests/fuzz/served.h"

#include <errno.h>
#include <fcntl.h>
#include <libwebsockets.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "server/engine/clock.h"
#include "server/net/net.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stage.h"

enum { SENT_MAX = 1 << 20, ROUNDS_MAX = 20, BARRIER_SIZE = 1024 };

static struct stage stage;
static struct folder *folder;
static char *path, *socket_path, *control_path, *listen_text;
static struct net_options options;
static pthread_t server;
static sem_t is_ready;
static int barrier = -1; /* the connection of served_settle */
static char ask_loop[BARRIER_SIZE], ask_writer[BARRIER_SIZE];

/* ---- batches that are taken back ---- */

static enum error take_back(void *context, struct batch_changes *changes)
{
    struct folder *of = context;
    size_t count;
    const struct topic_change *topics = assembly_changes(of->assembly, &count);
    for (size_t at = 0; at < count; at++) {
        batch_changes_add(changes, topics[at]);
    }
    const struct id *members = assembly_touched_members(of->assembly, &count);
    for (size_t at = 0; at < count; at++) {
        batch_changes_add_member(changes, members[at]);
    }
    folder_calls.abort(context);
    return ERROR_NONE;
}

/* ---- the folder and the thread ---- */

static void fill(void)
{
    char message[FOLDER_MESSAGE_SIZE];
    json_t *languages = json_pack("[sss]", "fr", "nl", "en");
    struct world *world = &stage.world;
    *world = (struct world){.now_ms = UINT64_C(1767603600000)};
    world->org = world_id(world);
    struct assembly_founding founding = {.org = world->org,
                                         .name = slice_text("Les Pavés"),
                                         .time_zone = slice_text("Europe/Brussels"),
                                         .log_name = slice_text("les-paves/log"),
                                         .languages = languages,
                                         .now_ms = world->now_ms};
    fuzz_check(folder_create(path, &founding, message) == ERROR_NONE);
    json_decref(languages);
    fuzz_check(folder_open(path, NULL, NULL, &folder, message) == ERROR_NONE);
    world->now_ms = clock_wall_ms(); /* sessions must be of today */
    world->store = folder->store;
    world->assembly = folder->assembly;
    stage_fill(&stage);
    json_decref(world->result);
    world->result = NULL;
}

static void ready(void *context, const char *origin)
{
    (void)context;
    (void)origin;
    lws_set_log_level(0, NULL);
    sem_post(&is_ready);
}

static void *serve(void *argument)
{
    char message[NET_MESSAGE_SIZE] = "";
    (void)argument;
    if (!net_serve(&options, message)) {
        fprintf(stderr, "%s\n", message);
        abort();
    }
    return NULL;
}

static void at_exit(void)
{
    close(barrier);
    kill(getpid(), SIGTERM);
    pthread_join(server, NULL);
    folder_close(folder);
    fixture_remove(path);
    free(socket_path);
    free(control_path);
    free(listen_text);
}

static void write_barriers(void)
{
    static const char body[] =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"notification.read\",\"params\":{\"all\":true,"
        "\"command\":\"@n\"}}";
    struct buffer text;
    buffer_init(&text, BARRIER_SIZE);
    stage_expand(&stage, slice_text(body), &text);
    size_t size = text.size;
    snprintf(ask_loop, sizeof ask_loop, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    snprintf(ask_writer, sizeof ask_writer,
             "POST /rpc HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
             "X-Palabre-CSRF: 1\r\nContent-Type: application/json\r\n"
             "Cookie: palabre_session=%s\r\nContent-Length: %zu\r\n\r\n%.*s",
             stage.words[0], size, (int)size, (const char *)text.data);
    buffer_free(&text);
}

void served_start(void)
{
    static struct batch_calls calls;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    fuzz_check(crypto_start());
    path = fixture_folder();
    fill();
    socket_path = fixture_path(path, "public");
    control_path = fixture_path(path, "control");
    listen_text = fixture_path("unix:", socket_path);
    memmove(listen_text + 5, listen_text + 6, strlen(listen_text + 6) + 1); /* "unix:/…" */
    calls = folder_calls;
    calls.commit = take_back;
    options = (struct net_options){
        .folder = folder,
        .calls = &calls,
        .control = control_path,
        .listen = {listen_text},
        .listen_count = 1,
        .settings = {.origins = {"http://localhost"}, .origin_count = 1, .files_max = 4 << 20},
        .dir = path,
        .ready = ready};
    write_barriers();
    sem_init(&is_ready, 0, 0);
    fuzz_check(pthread_create(&server, NULL, serve, NULL) == 0);
    while (sem_wait(&is_ready) != 0) {
    }
    atexit(at_exit);
}

/* ---- talking to it ---- */

int served_connect(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", socket_path);
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    fuzz_check(file >= 0);
    fuzz_check(connect(file, (const struct sockaddr *)&address, sizeof address) == 0);
    return file;
}

static bool send_all(int file, const uint8_t *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(file, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EINTR) {
            return false; /* closed, or the server does not read: flow control is its right */
        }
        bytes += sent < 0 ? 0 : sent;
        size -= sent < 0 ? 0 : (size_t)sent;
    }
    return true;
}

void served_expand(struct slice bytes, struct buffer *out)
{
    buffer_init(out, SENT_MAX);
    stage_expand(&stage, bytes, out);
}

bool served_send(int connection, struct slice bytes)
{
    return send_all(connection, bytes.data, bytes.size);
}

/* Sends a request on the barrier's connection and reads its answer, which is short and comes whole. */
static void pass_barrier(const char *request)
{
    char answer[8192];
    for (unsigned attempt = 0; attempt < 3; attempt++) {
        if (barrier < 0) {
            barrier = served_connect();
        }
        if (send_all(barrier, (const uint8_t *)request, strlen(request)) &&
            recv(barrier, answer, sizeof answer, 0) > 0) {
            fuzz_check(memcmp(answer, "HTTP/1.1 200", 12) == 0);
            return;
        }
        close(barrier); /* kept alive long enough */
        barrier = -1;
    }
    fuzz_failed(__FILE__, __LINE__, "the server answers");
}

/* Reads what is there; how much it was. */
static size_t drain(int connection, char *text, size_t max, size_t *filled)
{
    static char bytes[1 << 16];
    size_t all = 0;
    ssize_t size;
    while ((size = recv(connection, bytes, sizeof bytes, MSG_DONTWAIT)) > 0) {
        size_t part = (size_t)size < max - *filled ? (size_t)size : max - *filled;
        if (part > 0) {
            memcpy(text + *filled, bytes, part);
            *filled += part;
        }
        all += (size_t)size;
    }
    return all;
}

void served_settle(int connection, char *text, size_t max)
{
    size_t filled = 0, most = max == 0 ? 0 : max - 1;
    pass_barrier(ask_loop);
    pass_barrier(ask_writer);
    for (unsigned round = 0; round < ROUNDS_MAX && drain(connection, text, most, &filled) > 0;
         round++) {
        pass_barrier(ask_loop);
    }
    if (max > 0) {
        text[filled] = 0;
    }
}

void served_close(int connection)
{
    close(connection);
    pass_barrier(ask_loop);
}
