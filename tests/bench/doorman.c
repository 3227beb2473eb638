/* What coming in costs with nothing around it: accepts, answers an upgrade, answers one frame.
 *
 * doorman BYTES: prints the port of the loopback that it listens on, and serves until its stdin ends. One epoll loop. A
 * connection's first bytes, to their empty line, are answered by 101; what follows is taken for one whole frame and
 * answered by a text frame of BYTES. Nothing is parsed, hashed, looked up or kept but where a connection stands. The same
 * generator of load speaks with it and with the server. Start at main(). */
#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FILES = 65536, EVENTS = 512, FRAME_MAX = 65536, HEAD = 4 };

static const char upgraded[] = "HTTP/1.1 101 Switching Protocols\r\n"
                               "Upgrade: WebSocket\r\n"
                               "Connection: Upgrade\r\n"
                               "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                               "Sec-WebSocket-Protocol: palabre.v1\r\n\r\n";
static bool is_in[FILES]; /* by descriptor: its upgrade was answered */
static uint8_t frame[HEAD + FRAME_MAX];
static size_t frame_size;
static int poller, door;

static void fail(const char *what)
{
    fprintf(stderr, "doorman: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void watch(int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) != 0) {
        fail("epoll");
    }
}

static void listen_here(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (door < 0 || bind(door, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(door, SOMAXCONN) != 0 ||
        getsockname(door, (struct sockaddr *)&address, &size) != 0) {
        fail("listen");
    }
    printf("%u\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);
}

static void let_in(void)
{
    int fd;
    while ((fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        is_in[fd] = false;
        watch(fd);
    }
}

static void answer(int fd)
{
    char bytes[8192];
    ssize_t size = recv(fd, bytes, sizeof bytes, 0);
    if (size <= 0) {
        close(fd);
        return;
    }
    bool upgrade = !is_in[fd];
    if (upgrade && memmem(bytes, (size_t)size, "\r\n\r\n", 4) == NULL) {
        errno = EPROTO;
        fail("half a request");
    }
    is_in[fd] = true;
    const void *reply = upgrade ? (const void *)upgraded : frame;
    size_t reply_size = upgrade ? sizeof upgraded - 1 : frame_size;
    if (send(fd, reply, reply_size, MSG_NOSIGNAL) != (ssize_t)reply_size) {
        fail("send");
    }
}

/* false = stdin has ended. */
static bool turn(void)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poller, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
        if (events[i].data.fd == STDIN_FILENO) {
            return false;
        }
        if (events[i].data.fd == door) {
            let_in();
        } else {
            answer(events[i].data.fd);
        }
    }
    return true;
}

int main(int count, char **args)
{
    struct rlimit files;
    size_t bytes = count == 2 ? strtoul(args[1], NULL, 10) : 0;
    if (bytes < 126 || bytes >= FRAME_MAX) {
        fprintf(stderr, "usage: doorman BYTES\n");
        return 2;
    }
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < FILES ? files.rlim_max : FILES;
    setrlimit(RLIMIT_NOFILE, &files);
    memcpy(frame, (uint8_t[]){0x81, 126, (uint8_t)(bytes >> 8), (uint8_t)bytes}, HEAD);
    memset(frame + HEAD, ' ', bytes);
    frame_size = HEAD + bytes;
    poller = epoll_create1(0);
    listen_here();
    watch(door);
    watch(STDIN_FILENO);
    while (turn()) {
    }
    return 0;
}
