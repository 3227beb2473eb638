/* Load for the measurements: many WebSockets of members in one process, so that the server is what is measured.
 *
 * load PORT ORIGIN FILE: each line of FILE is one connection: its cookie, the message it sends first (may be empty), the
 * message it sends on "send", separated by tabs. One epoll loop; nothing is parsed but frame heads and the first bytes of
 * a payload, nothing is kept of the rest; messages are sent with a zero mask, so they go out as they stand in the file;
 * pings are answered. All are opened before "ready" is said. What it is told comes on stdin, one word a line, and each is
 * answered by one line of JSON, times in milliseconds:
 *   send        every connection sends its message at once: acknowledged and refused, when the last was sent, the
 *               greatest "seq" of the replies, and their times since the common instant
 *   turns       the same one after the other: each sends when the one before has been answered; the times of the replies
 *               since their own sending
 *   wait        waits until each connection has received one more frame: how long it waited. Frames that came before the
 *               word was read count
 *   mark        the instant that "until" counts from is now
 *   until SEQ   waits until each connection has been brought to this position ("seq" of a frame of the feed): when they
 *               were, since the mark
 *   silence N   the last N connections are not read and not waited for any more; 0 = all are again
 *   nap MS      between two looks at the sockets it sleeps so long, as readers do who are not on this machine: a sender is
 *               then not charged for waking it with each send; 0 = it waits for them
 *   next FILE   line by line what each connection sends from now on on "send"; an empty line: nothing, and no answer awaited
 *   spread MS   from now on "send" spreads the messages evenly over this time, and replies count since their own sending
 *   lasting 1   from now on a connection that breaks, or cannot be made, is tried again after a random while that grows from
 *               one second to eight, as the client does; what was not answered is then sent again
 *   back        waits until each connection is open: how long after the first one broke that was
 *   received    bytes each connection has received since it was first opened: in the mean, and the most
 *   close       closes all, without a word
 *   open N      opens the first N again, all if N is left out, WINDOW at a time: how long each took, until the answer to
 *               what it sends first
 *   quit        as does the end of stdin
 * Start at main(). */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
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

enum {
    CLIENTS_MAX = 20000,
    EVENTS = 512,
    WINDOW = 256,           /* opened at a time */
    OF_AN_ADDRESS = 10000,  /* 127.0.0.1, then 127.0.0.2 …: an address has 28,000 ports for us */
    BEGINNING = 256,        /* of a payload: the id of a reply, the position of a run */
    READ_BYTES = 256 << 10, /* at a time */
};
enum state { CLOSED, UPGRADING, OPENING /* until the first reply */, OPEN };

struct client {
    int fd;
    enum state state;
    bool silent;
    char *cookie, *first, *message;
    uint8_t head[10], head_size; /* of the frame that comes */
    unsigned line_ends;          /* of \r\n\r\n after the upgrade's answer, seen so far */
    uint64_t left;               /* of its payload; counts once the head is whole */
    uint8_t beginning[BEGINNING + 1];
    size_t begun;
    unsigned frames; /* received and not yet waited for */
    uint64_t seq;    /* the position it has been brought to */
    double seq_ms, opened_ms;
    bool sent, acknowledged, refused;
    double sent_ms, reply_ms;
    uint64_t received; /* bytes, in all its lives */
    double again_ms;   /* when it is tried again; its next pause at most */
    double pause_ms;
};

static struct client *clients;
static size_t client_count, silent_count;
static uint16_t port;
static const char *origin;
static int poller;
static double storm_ms, mark_ms; /* 0 = no storm */
static size_t replied, opening;
static uint64_t awaited_seq;
static size_t behind; /* clients that have not been brought there */
static struct timespec nap;
static double spread_ms;
static bool lasting;
static size_t broken;             /* connections that wait to be tried again */
static double broke_ms, whole_ms; /* when the first one broke, when all were open again */
static double times[CLIENTS_MAX];

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

/* ---- sending ---- */

static void write_all(int fd, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    while (size > 0) {
        ssize_t sent = send(fd, at, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, 1000);
            continue;
        }
        if (sent <= 0) {
            if (lasting) {
                return; /* reading will tell */
            }
            fail("send");
        }
        at += sent;
        size -= (size_t)sent;
    }
}

/* One frame with a mask of zeros. */
static void send_frame(const struct client *client, uint8_t opcode, const void *bytes, size_t size)
{
    static uint8_t frame[8 + 65535];
    size_t head = size < 126 ? 6 : 8;
    if (size > 65535) {
        errno = EMSGSIZE;
        fail("message");
    }
    memset(frame, 0, head);
    frame[0] = 0x80 | opcode;
    frame[1] = (uint8_t)(0x80 | (size < 126 ? size : 126));
    if (head == 8) {
        frame[2] = (uint8_t)(size >> 8);
        frame[3] = (uint8_t)size;
    }
    memcpy(frame + head, bytes, size);
    write_all(client->fd, frame, head + size);
}

static void send_text(const struct client *client, const char *text)
{
    send_frame(client, 1, text, strlen(text));
}

/* ---- receiving ---- */

static void send_message(struct client *client)
{
    if (!client->sent) {
        client->sent_ms = spread_ms > 0 ? now_ms() : storm_ms;
        client->sent = true;
    }
    if (client->state == OPEN) {
        send_text(client, client->message);
    }
}

static void opened(struct client *client)
{
    client->state = OPEN;
    client->opened_ms = now_ms() - client->opened_ms;
    client->pause_ms = 0;
    opening--;
    whole_ms = broken == 0 && opening == 0 ? now_ms() : whole_ms;
    if (storm_ms > 0 && client->sent && !client->acknowledged && !client->refused) {
        send_message(client);
    }
}

/* Between 0 and 1, spread well enough. */
static double chance(void)
{
    static uint32_t state = 1;
    state = state * 1664525 + 1013904223;
    return state / 4294967296.0;
}

/* To be tried again; or the end of the measurement. */
static void broke(struct client *client, const char *what)
{
    enum { PAUSE_MS = 1000, PAUSE_MOST_MS = 8000 };
    if (!lasting) {
        fail(what);
    }
    if (client->fd >= 0) {
        close(client->fd);
    }
    opening -= client->state == UPGRADING || client->state == OPENING;
    client->state = CLOSED;
    client->pause_ms = client->pause_ms < 1               ? PAUSE_MS
                       : client->pause_ms < PAUSE_MOST_MS ? client->pause_ms * 2
                                                          : PAUSE_MOST_MS;
    client->again_ms = now_ms() + client->pause_ms * chance();
    broke_ms = broke_ms > 0 ? broke_ms : now_ms();
    broken++;
}

static void take_seq(struct client *client, const char *text)
{
    uint64_t before = client->seq;
    client->seq = strtoull(text, NULL, 10);
    client->seq_ms = now_ms();
    if (!client->silent && before < awaited_seq && client->seq >= awaited_seq) {
        behind--;
    }
}

static void take_text(struct client *client)
{
    const char *text = (const char *)client->beginning;
    const char *seq = strstr(text, "\"seq\":"), *docs = strstr(text, "\"docs\":");
    bool positioned = seq != NULL && (docs == NULL || seq < docs);
    if (storm_ms > 0 && !client->acknowledged && !client->refused && strstr(text, "\"id\":7")) {
        client->seq = positioned ? strtoull(seq + 6, NULL, 10) : 0;
        client->acknowledged = strstr(text, "\"result\"") != NULL;
        client->refused = !client->acknowledged;
        client->reply_ms = now_ms() - client->sent_ms;
        replied++;
        return;
    }
    if (positioned) {
        take_seq(client, seq + 6);
    }
    if (client->state == OPENING) {
        opened(client);
    } else {
        client->frames++;
    }
}

static void take_frame(struct client *client)
{
    client->beginning[client->begun] = 0;
    switch (client->head[0] & 0x0f) {
    case 1:
        take_text(client);
        break;
    case 8:
        if (lasting) {
            break; /* the end of the connection follows */
        }
        fprintf(stderr, "load: closed by the server: %d\n",
                client->begun < 2 ? 0 : client->beginning[0] << 8 | client->beginning[1]);
        exit(1);
    case 9:
        send_frame(client, 10, client->beginning, client->begun);
        break;
    default:
        break;
    }
    client->head_size = 0;
    client->begun = 0;
}

/* One more byte of a frame's head; true = it is whole, and `left` says how long the payload is. */
static bool take_head(struct client *client, uint8_t byte)
{
    client->head[client->head_size++] = byte;
    unsigned length = client->head_size < 2 ? 0 : client->head[1];
    unsigned wide = length < 126 ? 0 : length == 126 ? 2 : 8;
    if (client->head_size < 2 + wide) {
        return false;
    }
    client->left = wide == 0 ? length : 0;
    for (unsigned at = 0; at < wide; at++) {
        client->left = client->left << 8 | client->head[2 + at];
    }
    return true;
}

static void take_frames(struct client *client, const uint8_t *bytes, size_t size)
{
    while (size > 0) {
        if (client->left == 0) {
            bool whole = take_head(client, *bytes++);
            size--;
            if (whole && client->left == 0) {
                take_frame(client);
            }
            continue;
        }
        size_t part = size < client->left ? size : (size_t)client->left;
        size_t room = BEGINNING - client->begun, kept = part < room ? part : room;
        memcpy(client->beginning + client->begun, bytes, kept);
        client->begun += kept;
        client->left -= part;
        bytes += part;
        size -= part;
        if (client->left == 0) {
            take_frame(client);
        }
    }
}

/* The answer to the upgrade, to its empty line. */
static void take_upgrade(struct client *client, const uint8_t *bytes, size_t size)
{
    static const char end[] = "\r\n\r\n";
    while (size > 0 && client->line_ends < 4) {
        if (client->begun < 12) {
            client->beginning[client->begun++] = *bytes;
        }
        client->line_ends =
            *bytes == end[client->line_ends] ? client->line_ends + 1 : *bytes == '\r';
        bytes++;
        size--;
    }
    if (client->line_ends < 4) {
        return;
    }
    if (memcmp(client->beginning, "HTTP/1.1 101", 12) != 0) {
        fprintf(stderr, "load: the upgrade was refused: %.12s\n", (char *)client->beginning);
        exit(1);
    }
    client->begun = 0;
    client->state = OPENING;
    if (client->first[0] != '\0') {
        send_text(client, client->first);
    } else {
        opened(client);
    }
    take_frames(client, bytes, size);
}

static void receive(struct client *client)
{
    static uint8_t bytes[READ_BYTES];
    ssize_t size = recv(client->fd, bytes, sizeof bytes, 0);
    if (size == 0) {
        errno = ECONNRESET;
    }
    if (size <= 0 && errno != EAGAIN) {
        broke(client, "receive");
    }
    if (size > 0) {
        client->received += (uint64_t)size;
        (client->state == UPGRADING ? take_upgrade : take_frames)(client, bytes, (size_t)size);
    }
}

static void open_client(struct client *client);

static void try_again(void)
{
    double now = now_ms();
    for (size_t i = 0; i < client_count && broken > 0; i++) {
        if (clients[i].state == CLOSED && clients[i].pause_ms > 0 && clients[i].again_ms <= now &&
            opening < WINDOW) {
            broken--;
            open_client(&clients[i]);
        }
    }
}

/* Waits at most so long. True when stdin has something to read. */
static bool turn_within(int timeout_ms)
{
    enum { LOOK_MS = 20 };
    struct epoll_event events[EVENTS];
    bool told = false;
    if (nap.tv_nsec > 0) {
        nanosleep(&nap, NULL);
    }
    if (broken > 0) {
        try_again();
        timeout_ms = timeout_ms < LOOK_MS ? timeout_ms : LOOK_MS;
    }
    int count = epoll_wait(poller, events, EVENTS, timeout_ms);
    for (int i = 0; i < count; i++) {
        if (events[i].data.ptr != NULL) {
            receive(events[i].data.ptr);
        } else if ((events[i].events & (EPOLLHUP | EPOLLRDHUP)) != 0) {
            exit(0);
        } else {
            told = true;
        }
    }
    return told;
}

static bool turn(void)
{
    return turn_within(1000);
}

/* ---- opening and closing ---- */

static void listen_to(struct client *client, int operation)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    epoll_ctl(poller, operation, client->fd, &event);
}

/* On the loopback the kernel connects at once, as long as the server's queue has room for WINDOW. −1: nobody listens. */
static int connected(size_t number)
{
    struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM, 0), late_port = 1;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(number / OF_AN_ADDRESS));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(port);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &late_port, sizeof late_port);
    if (fd < 0 || bind(fd, (const struct sockaddr *)&from, sizeof from) != 0) {
        fail("bind");
    }
    if (connect(fd, (const struct sockaddr *)&to, sizeof to) != 0) {
        close(fd);
        return -1;
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

static void open_client(struct client *client)
{
    char head[1024];
    client->opened_ms = now_ms();
    client->fd = connected((size_t)(client - clients));
    client->state = UPGRADING;
    client->line_ends = client->head_size = 0;
    client->left = client->begun = client->frames = 0;
    client->seq = 0;
    opening++;
    if (client->fd < 0) {
        broke(client, "connect");
        return;
    }
    int size = snprintf(head, sizeof head,
                        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nOrigin: %s\r\nCookie: %s\r\n"
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Protocol: palabre.v1\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                        port, origin, client->cookie);
    write_all(client->fd, head, (size_t)size);
    listen_to(client, EPOLL_CTL_ADD);
}

/* Opens those of [from, to) that are closed; back when each has the answer to what it sent first. */
static void open_clients(size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        while (opening >= WINDOW) {
            turn();
        }
        if (clients[i].state == CLOSED) {
            open_client(&clients[i]);
        }
    }
    while (opening > 0) {
        turn();
    }
}

static void close_clients(size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (clients[i].state != CLOSED) {
            close(clients[i].fd);
            clients[i].state = CLOSED;
        }
    }
}

static void silence(size_t count)
{
    silent_count = count < client_count ? count : client_count;
    for (size_t i = 0; i < client_count; i++) {
        bool silent = i >= client_count - silent_count;
        if (silent != clients[i].silent) {
            clients[i].silent = silent;
            listen_to(&clients[i], silent ? EPOLL_CTL_DEL : EPOLL_CTL_ADD);
        }
    }
}

/* ---- the words ---- */

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* The first `count` of `times`, and the end of the line. */
static void say_times(size_t count)
{
    qsort(times, count, sizeof *times, by_value);
    printf("\"count\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"last_ms\":%.3f}\n", count,
           times[count / 2], times[count * 99 / 100], times[count - 1]);
}

static void say_open(const char *argument)
{
    size_t asked = strtoul(argument, NULL, 10);
    size_t count = asked > 0 && asked < client_count ? asked : client_count;
    double began = now_ms();
    open_clients(0, count);
    printf("{\"ms\":%.3f,", now_ms() - began);
    for (size_t i = 0; i < count; i++) {
        times[i] = clients[i].opened_ms;
    }
    say_times(count);
}

static void say_close(const char *argument)
{
    (void)argument;
    close_clients(0, client_count);
    printf("{}\n");
}

static void say_silence(const char *argument)
{
    silence(strtoul(argument, NULL, 10));
    printf("{}\n");
}

static void say_nap(const char *argument)
{
    nap.tv_nsec = strtol(argument, NULL, 10) * 1000000;
    printf("{}\n");
}

static void say_wait(const char *argument)
{
    (void)argument;
    double began = now_ms();
    for (size_t i = 0; i < client_count - silent_count; i++) {
        while (clients[i].frames == 0) {
            turn();
        }
        clients[i].frames--;
    }
    printf("{\"ms\":%.3f}\n", now_ms() - began);
}

/* All that were ever opened are open again. */
static void say_back(const char *argument)
{
    (void)argument;
    while (broken > 0 || opening > 0) {
        turn();
    }
    printf("{\"ms\":%.3f}\n", whole_ms - broke_ms);
}

static void say_received(const char *argument)
{
    uint64_t sum = 0, most = 0;
    (void)argument;
    for (size_t i = 0; i < client_count; i++) {
        sum += clients[i].received;
        most = clients[i].received > most ? clients[i].received : most;
    }
    printf("{\"mean\":%.0f,\"most\":%llu}\n", (double)sum / (double)client_count,
           (unsigned long long)most);
}

static void say_spread(const char *argument)
{
    spread_ms = strtod(argument, NULL);
    printf("{}\n");
}

static void say_lasting(const char *argument)
{
    lasting = argument[0] == '1';
    printf("{}\n");
}

static void say_next(const char *path)
{
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    for (size_t i = 0; i < client_count; i++) {
        ssize_t size = file == NULL ? -1 : getline(&line, &room, file);
        if (size < 0) {
            fail(path);
        }
        line[size - (line[size - 1] == '\n')] = 0;
        free(clients[i].message);
        clients[i].message = strdup(line);
    }
    free(line);
    fclose(file);
    printf("{}\n");
}

static void say_mark(const char *argument)
{
    (void)argument;
    mark_ms = now_ms();
    printf("{}\n");
}

static void say_until(const char *argument)
{
    size_t reading = client_count - silent_count;
    awaited_seq = strtoull(argument, NULL, 10);
    behind = 0;
    for (size_t i = 0; i < reading; i++) {
        behind += clients[i].seq < awaited_seq;
    }
    while (behind > 0) {
        turn();
    }
    for (size_t i = 0; i < reading; i++) {
        times[i] = clients[i].seq_ms - mark_ms;
    }
    printf("{");
    say_times(reading);
}

static void begin_replies(void)
{
    replied = 0;
    for (size_t i = 0; i < client_count; i++) {
        clients[i].acknowledged = clients[i].refused = clients[i].sent = false;
    }
}

static void say_replies(double sent_ms)
{
    size_t acknowledged = 0, asked = 0;
    uint64_t seq = 0;
    storm_ms = 0;
    for (size_t i = 0; i < client_count; i++) {
        acknowledged += clients[i].acknowledged;
        seq = clients[i].seq > seq ? clients[i].seq : seq;
        if (clients[i].sent) {
            times[asked++] = clients[i].reply_ms;
        }
    }
    printf("{\"acknowledged\":%zu,\"refused\":%zu,\"sent_ms\":%.2f,\"seq\":%llu,", acknowledged,
           asked - acknowledged, sent_ms, (unsigned long long)seq);
    say_times(asked);
}

static void say_send(const char *argument)
{
    (void)argument;
    size_t asked = 0;
    begin_replies();
    storm_ms = now_ms();
    for (size_t i = 0; i < client_count; i++) {
        double due_ms = storm_ms + spread_ms * (double)i / (double)client_count;
        for (double left; spread_ms > 0 && (left = due_ms - now_ms()) > 0;) {
            turn_within((int)left + 1);
        }
        if (clients[i].message[0] != '\0') {
            send_message(&clients[i]);
            asked++;
        }
    }
    double sent_ms = now_ms() - storm_ms;
    while (replied < asked) {
        turn();
    }
    say_replies(sent_ms);
}

static void say_turns(const char *argument)
{
    double began = now_ms();
    (void)argument;
    begin_replies();
    for (size_t i = 0; i < client_count; i++) {
        storm_ms = now_ms();
        send_message(&clients[i]);
        while (replied <= i) {
            turn();
        }
    }
    say_replies(now_ms() - began);
}

static const struct word {
    const char *name;
    void (*say)(const char *argument);
} words[] = {{"send", say_send}, {"turns", say_turns},      {"wait", say_wait},
             {"mark", say_mark}, {"until", say_until},      {"silence", say_silence},
             {"nap", say_nap},   {"close", say_close},      {"open", say_open},
             {"next", say_next}, {"spread", say_spread},    {"lasting", say_lasting},
             {"back", say_back}, {"received", say_received}};

/* false = that was all. */
static bool obey(void)
{
    char line[512];
    if (fgets(line, sizeof line, stdin) == NULL || strncmp(line, "quit", 4) == 0) {
        return false;
    }
    line[strcspn(line, "\n")] = 0;
    char *argument = line, *name = strsep(&argument, " ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(name, words[i].name) == 0) {
            words[i].say(argument == NULL ? "" : argument);
            fflush(stdout);
            return true;
        }
    }
    errno = EINVAL;
    fail(name);
    return false;
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
        const char *message = strsep(&rest, "\t\n");
        if (message == NULL) {
            errno = EINVAL;
            fail(path);
        }
        client->message = strdup(message);
        client->fd = -1;
    }
    free(line);
    fclose(file);
}

int main(int count, char **args)
{
    struct rlimit files;
    if (count != 4) {
        fprintf(stderr, "usage: load PORT ORIGIN FILE\n");
        return 2;
    }
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    setvbuf(stdin, NULL, _IONBF, 0);
    port = (uint16_t)strtoul(args[1], NULL, 10);
    origin = args[2];
    poller = epoll_create1(0);
    struct epoll_event told = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, 0, &told);
    read_clients(args[3]);
    open_clients(0, client_count);
    printf("ready\n");
    fflush(stdout);
    for (bool going = true; going;) {
        if (turn()) {
            going = obey();
        }
    }
    return 0;
}
