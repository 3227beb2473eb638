/* Load for the measurements: many WebSockets of members in one process, so that the server is what is measured.
 *
 * load PORT ORIGIN FILE: each line of FILE is one connection: its cookie, the message it sends first (may be empty), the
 * message it sends on "send", separated by tabs. One epoll loop; nothing is parsed but frame heads; messages are sent
 * with a zero mask, so they go out as they stand in the file. What it is told comes on stdin, one word a line:
 *   send   every connection sends its message at once; answers with acknowledged and refused, milliseconds to the last
 *          reply, and the latencies from the common instant
 *   wait   waits until each connection has received one more frame; answers with the milliseconds it took
 *   quit
 * A frame counts once; those that come before "wait" is read count for it. Start at main(). */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS_MAX = 20000, FRAME_MAX = 1 << 20, EVENTS = 512 };

struct client {
    int fd;
    bool open; /* the upgrade was answered */
    char *cookie, *first, *message;
    uint8_t *input; /* bytes of frames not yet whole */
    size_t size, room;
    unsigned frames; /* received and not yet waited for */
    bool acknowledged, refused;
    double reply_ms;
};

static struct client *clients;
static size_t client_count;
static int poller;
static double start_ms;
static size_t replied;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void fail(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void write_all(int fd, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    while (size > 0) {
        ssize_t sent = send(fd, at, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            continue;
        }
        if (sent <= 0) {
            fail("send");
        }
        at += sent;
        size -= (size_t)sent;
    }
}

/* One text frame with a mask of zeros. */
static void send_text(struct client *client, const char *text)
{
    size_t size = strlen(text), head = size < 126 ? 6 : 8;
    uint8_t *frame = calloc(1, head + size);
    if (frame == NULL || size > 65535) {
        fail("message");
    }
    frame[0] = 0x81;
    frame[1] = (uint8_t)(0x80 | (size < 126 ? size : 126));
    if (head == 8) {
        frame[2] = (uint8_t)(size >> 8);
        frame[3] = (uint8_t)size;
    }
    memcpy(frame + head, text, size);
    write_all(client->fd, frame, head + size);
    free(frame);
}

static void open_client(struct client *client, uint16_t port, const char *origin)
{
    char head[1024];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (client->fd < 0 ||
        connect(client->fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        fail("connect");
    }
    int size = snprintf(head, sizeof head,
                        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nOrigin: %s\r\nCookie: %s\r\n"
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Protocol: palabre.v1\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                        port, origin, client->cookie);
    write_all(client->fd, head, (size_t)size);
    fcntl(client->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    epoll_ctl(poller, EPOLL_CTL_ADD, client->fd, &event);
}

/* A whole text frame. Pings are not answered: measurements are shorter than the server's patience. */
static void take_frame(struct client *client, const uint8_t *payload, size_t size)
{
    if (start_ms > 0 && !client->acknowledged && !client->refused &&
        memmem(payload, size, "\"id\":7", 6) != NULL) {
        client->acknowledged = memmem(payload, size, "\"result\"", 8) != NULL;
        client->refused = !client->acknowledged;
        client->reply_ms = now_ms() - start_ms;
        replied++;
        return;
    }
    client->frames++;
}

/* Bytes used up by the whole frame at the start of the input; 0 = not whole yet. */
static size_t one_frame(struct client *client)
{
    const uint8_t *in = client->input;
    size_t head = 2, size;
    if (client->size < 2) {
        return 0;
    }
    size = in[1] & 0x7f;
    if (size == 126 && client->size >= 4) {
        head = 4;
        size = (size_t)in[2] << 8 | in[3];
    } else if (size == 127 && client->size >= 10) {
        head = 10;
        size = (size_t)in[6] << 24 | (size_t)in[7] << 16 | (size_t)in[8] << 8 | in[9];
    } else if (size >= 126) {
        return 0;
    }
    if (client->size < head + size) {
        return 0;
    }
    if ((in[0] & 0x0f) == 1) {
        take_frame(client, in + head, size);
    } else if ((in[0] & 0x0f) == 8) {
        fprintf(stderr, "load: closed by the server: %d\n",
                size < 2 ? 0 : in[head] << 8 | in[head + 1]);
        exit(1);
    }
    return head + size;
}

static void take_head(struct client *client)
{
    const uint8_t *end = memmem(client->input, client->size, "\r\n\r\n", 4);
    if (end == NULL) {
        return;
    }
    if (client->size < 12 || memcmp(client->input, "HTTP/1.1 101", 12) != 0) {
        errno = EPROTO;
        fail("the upgrade was refused");
    }
    size_t used = (size_t)(end - client->input) + 4;
    memmove(client->input, client->input + used, client->size - used);
    client->size -= used;
    client->open = true;
    if (client->first[0] != '\0') {
        send_text(client, client->first);
    } else {
        client->frames++;
    }
}

static void receive(struct client *client)
{
    if (client->room - client->size < 16384) {
        client->room = client->room * 2 + 32768;
        client->input = client->room > FRAME_MAX * 4 ? NULL : realloc(client->input, client->room);
        if (client->input == NULL) {
            fail("memory");
        }
    }
    ssize_t size = recv(client->fd, client->input + client->size, client->room - client->size, 0);
    if (size == 0) {
        errno = ECONNRESET;
    }
    if (size <= 0) {
        if (errno == EAGAIN) {
            return;
        }
        fail("receive");
    }
    client->size += (size_t)size;
    if (!client->open) {
        take_head(client);
    }
    size_t used = 0, one;
    while (client->open && (one = one_frame(client)) > 0) {
        used = one;
        client->size -= used;
        memmove(client->input, client->input + used, client->size);
    }
}

/* True when stdin has something to read. */
static bool turn(void)
{
    struct epoll_event events[EVENTS];
    bool told = false;
    int count = epoll_wait(poller, events, EVENTS, 1000);
    for (int i = 0; i < count; i++) {
        if (events[i].data.ptr == NULL) {
            told = true;
        } else {
            receive(events[i].data.ptr);
        }
    }
    return told;
}

/* Takes one frame from each connection once all have one. */
static void wait_frames(void)
{
    for (size_t i = 0; i < client_count; i++) {
        while (clients[i].frames == 0) {
            turn();
        }
        clients[i].frames--;
    }
}

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static void storm(void)
{
    size_t acknowledged = 0;
    double *latencies = calloc(client_count, sizeof *latencies), sent_ms;
    if (latencies == NULL) {
        fail("memory");
    }
    replied = 0;
    for (size_t i = 0; i < client_count; i++) {
        clients[i].acknowledged = clients[i].refused = false;
    }
    start_ms = now_ms();
    for (size_t i = 0; i < client_count; i++) {
        send_text(&clients[i], clients[i].message);
    }
    sent_ms = now_ms() - start_ms;
    while (replied < client_count) {
        turn();
    }
    for (size_t i = 0; i < client_count; i++) {
        acknowledged += clients[i].acknowledged;
        latencies[i] = clients[i].reply_ms;
    }
    qsort(latencies, client_count, sizeof *latencies, by_value);
    printf("{\"acknowledged\":%zu,\"refused\":%zu,\"sent_ms\":%.2f,\"last_ms\":%.2f,"
           "\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n",
           acknowledged, client_count - acknowledged, sent_ms, latencies[client_count - 1],
           latencies[client_count / 2], latencies[client_count * 99 / 100]);
    fflush(stdout);
    start_ms = 0;
    free(latencies);
}

static void read_clients(const char *path)
{
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    clients = calloc(CLIENTS_MAX, sizeof *clients);
    if (file == NULL || clients == NULL) {
        fail(path);
    }
    while (client_count < CLIENTS_MAX && getline(&line, &room, file) > 0) {
        struct client *client = &clients[client_count++];
        char *rest = strdup(line);
        client->cookie = strsep(&rest, "\t\n");
        client->first = strsep(&rest, "\t\n");
        client->message = strsep(&rest, "\t\n");
        if (client->message == NULL) {
            errno = EINVAL;
            fail(path);
        }
    }
    free(line);
    fclose(file);
}

static bool obey(void)
{
    char word[32];
    if (fgets(word, sizeof word, stdin) == NULL || strncmp(word, "quit", 4) == 0) {
        return false;
    }
    if (strncmp(word, "send", 4) == 0) {
        storm();
    } else if (strncmp(word, "wait", 4) == 0) {
        double began = now_ms();
        wait_frames();
        printf("{\"ms\":%.3f}\n", now_ms() - began);
        fflush(stdout);
    }
    return true;
}

int main(int count, char **args)
{
    struct rlimit files = {65536, 65536};
    if (count != 4) {
        fprintf(stderr, "usage: load PORT ORIGIN FILE\n");
        return 2;
    }
    setrlimit(RLIMIT_NOFILE, &files);
    setvbuf(stdin, NULL, _IONBF, 0);
    poller = epoll_create1(0);
    struct epoll_event told = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, 0, &told);
    read_clients(args[3]);
    for (size_t i = 0; i < client_count; i++) {
        open_client(&clients[i], (uint16_t)strtoul(args[1], NULL, 10), args[2]);
        while (!clients[i].open) {
            turn();
        }
    }
    wait_frames();
    printf("ready\n");
    fflush(stdout);
    for (bool going = true; going;) {
        if (turn()) {
            going = obey();
        }
    }
    return 0;
}
