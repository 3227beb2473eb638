/* The least a broadcaster can do, to compare the server with: raw epoll, one thread, nothing is checked, stored or parsed.
 *
 * broadcaster SIZE   says its port, then obeys stdin. It answers an upgrade of load.c with a ready-made 101, and whoever
 *                    then speaks of feed.subscribe watches. Any other message is a change: it is answered with its number,
 *                    and a frame of SIZE bytes (its head included) is appended to one log that all watchers share. At the
 *                    end of a turn of the loop each watcher gets all it lacks of the log by one send().
 *   change           on stdin: a lone change, brought by a bare loop of send() over all watchers; answers with its number
 *
 * Its processor time is read from outside, as the server's is. Start at main(). */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 20000, EVENTS = 512, LOG_MAX = 64 << 20, FRAME_MAX = 65535 };

struct connection {
    int fd;
    bool upgraded, watches, full /* waits for room in its socket */;
    size_t cursor; /* of the log: what it has */
};

static struct connection *connections[CONNECTIONS_MAX];
static size_t connection_count, frame_size, log_size;
static uint8_t changes[LOG_MAX];
static unsigned long long last_seq;
static int poller, listening;

static void fail(const char *what)
{
    fprintf(stderr, "broadcaster: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void watch(struct connection *connection, int operation, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = connection};
    if (epoll_ctl(poller, operation, connection->fd, &event) != 0) {
        fail("epoll");
    }
}

static void open_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (listening < 0 || bind(listening, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listening, 4096) != 0 ||
        getsockname(listening, (struct sockaddr *)&address, &size) != 0) {
        fail("listen");
    }
    printf("%u\n", ntohs(address.sin_port));
    fflush(stdout);
}

static void accept_all(void)
{
    int fd, on = 1, socket_bytes = 128 << 10; /* as the server has it */
    while ((fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct connection *connection = calloc(1, sizeof *connection);
        if (connection == NULL || connection_count == CONNECTIONS_MAX) {
            fail("connection");
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &socket_bytes, sizeof socket_bytes);
        connection->fd = fd;
        connections[connection_count++] = connection;
        watch(connection, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static void forget(struct connection *connection)
{
    size_t at = 0;
    while (connections[at] != connection) {
        at++;
    }
    connections[at] = connections[--connection_count];
    close(connection->fd);
    free(connection);
}

static void say(const struct connection *connection, const char *text)
{
    char frame[128];
    int size = snprintf(frame + 2, sizeof frame - 2, "%s", text);
    frame[0] = (char)0x81;
    frame[1] = (char)size;
    if (size > 125 || send(connection->fd, frame, (size_t)size + 2, MSG_NOSIGNAL) != size + 2) {
        fail("answer");
    }
}

/* The next change, as a frame at the end of the log. */
static const uint8_t *append(void)
{
    uint8_t *frame = changes + log_size;
    size_t payload = frame_size - 4;
    if (log_size + frame_size > LOG_MAX) {
        errno = ENOSPC;
        fail("log");
    }
    memset(frame, ' ', frame_size);
    frame[0] = 0x81;
    frame[1] = 126;
    frame[2] = (uint8_t)(payload >> 8);
    frame[3] = (uint8_t)payload;
    int written = snprintf((char *)frame + 4, payload, "{\"seq\":%llu}", ++last_seq);
    frame[4 + written] = ' ';
    log_size += frame_size;
    return frame;
}

static void take_message(struct connection *connection, const uint8_t *text, size_t size)
{
    char answer[100];
    if (memmem(text, size, "feed.subscribe", 14) != NULL) {
        connection->watches = true;
        connection->cursor = log_size;
        say(connection, "{\"id\":1,\"result\":{\"seq\":0}}");
        return;
    }
    append();
    snprintf(answer, sizeof answer, "{\"id\":7,\"result\":{\"seq\":%llu}}", last_seq);
    say(connection, answer);
}

/* Messages of load.c: masked with zeros, short, and in one piece. */
static void take_messages(struct connection *connection, const uint8_t *bytes, size_t size)
{
    while (size >= 6) {
        size_t length = bytes[1] & 0x7f, head = length == 126 ? 8 : 6;
        length = length == 126 ? (size_t)bytes[2] << 8 | bytes[3] : length;
        if (size < head + length) {
            errno = EPROTO;
            fail("message in pieces");
        }
        if ((bytes[0] & 0x0f) == 1) {
            take_message(connection, bytes + head, length);
        }
        bytes += head + length;
        size -= head + length;
    }
}

static void receive(struct connection *connection)
{
    static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                 "Connection: Upgrade\r\n\r\n";
    static uint8_t bytes[FRAME_MAX + 8];
    ssize_t size = recv(connection->fd, bytes, sizeof bytes, 0);
    if (size <= 0) {
        forget(connection);
    } else if (connection->upgraded) {
        take_messages(connection, bytes, (size_t)size);
    } else if (memmem(bytes, (size_t)size, "\r\n\r\n", 4) != NULL) {
        connection->upgraded = true;
        if (send(connection->fd, answer, sizeof answer - 1, MSG_NOSIGNAL) < 0) {
            fail("upgrade");
        }
    }
}

/* All it lacks, by one send. */
static void flush_one(struct connection *connection)
{
    size_t lacks = log_size - connection->cursor;
    ssize_t sent = send(connection->fd, changes + connection->cursor, lacks, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
        fail("send");
    }
    connection->cursor += sent > 0 ? (size_t)sent : 0;
    bool full = connection->cursor < log_size;
    if (full != connection->full) {
        connection->full = full;
        watch(connection, EPOLL_CTL_MOD, full ? EPOLLIN | EPOLLOUT : EPOLLIN);
    }
}

static void flush_all(void)
{
    static size_t flushed;
    for (size_t at = 0; at < connection_count && flushed < log_size; at++) {
        struct connection *connection = connections[at];
        if (connection->watches && !connection->full && connection->cursor < log_size) {
            flush_one(connection);
        }
    }
    flushed = log_size;
}

/* The bare loop. */
static void change(void)
{
    const uint8_t *frame = append();
    for (size_t at = 0; at < connection_count; at++) {
        struct connection *connection = connections[at];
        if (connection->watches &&
            send(connection->fd, frame, frame_size, MSG_NOSIGNAL) != (ssize_t)frame_size) {
            fail("send");
        }
        connection->cursor = log_size;
    }
    printf("{\"seq\":%llu}\n", last_seq);
    fflush(stdout);
}

static void obey(void)
{
    char line[64];
    if (fgets(line, sizeof line, stdin) == NULL || strcmp(line, "change\n") != 0) {
        exit(0);
    }
    change();
}

static void turn(void)
{
    static struct epoll_event events[EVENTS];
    int count = epoll_wait(poller, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
        if (events[i].data.ptr == NULL) {
            obey();
        } else if (events[i].data.ptr == &listening) {
            accept_all();
        } else if ((events[i].events & EPOLLOUT) != 0) {
            flush_one(events[i].data.ptr);
        } else {
            receive(events[i].data.ptr);
        }
    }
    flush_all();
}

int main(int count, char **args)
{
    struct rlimit files;
    frame_size = count == 2 ? strtoul(args[1], NULL, 10) : 0;
    if (frame_size < 130 || frame_size > FRAME_MAX) {
        fprintf(stderr, "usage: broadcaster SIZE (130 to 65535)\n");
        return 2;
    }
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    setvbuf(stdin, NULL, _IONBF, 0);
    poller = epoll_create1(0);
    open_port();
    struct epoll_event told = {.events = EPOLLIN, .data.ptr = NULL};
    struct epoll_event coming = {.events = EPOLLIN, .data.ptr = &listening};
    epoll_ctl(poller, EPOLL_CTL_ADD, 0, &told);
    epoll_ctl(poller, EPOLL_CTL_ADD, listening, &coming);
    for (;;) {
        turn();
    }
}
