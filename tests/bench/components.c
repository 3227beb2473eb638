/* The limits that the measurements are compared with: what the same work costs with nothing around it, on this machine, in
 * the same run.
 *
 * components ballots FILE GROUP   parse, base64url, Ed25519, SHA-256 and a synced LMDB commit per GROUP, one thread; FILE
 *                                 holds one ballot.cast message a line; the library's own code is not used
 * components echo N IN OUT        N sockets each send IN bytes at one instant and get OUT back, bare epoll; 7 rounds
 * components send N SIZE          SIZE bytes to N sockets, a bare loop of send(); 60 rounds, spaced
 *
 * The sockets' other ends are in a child process, so that only the serving side's CPU is counted. Each prints one line of
 * JSON: CPU in microseconds per ballot, reply or delivery; of `send` also the milliseconds until the last one has it. Start at main(). */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <lmdb.h>
#include <signal.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINES_MAX = 20000, TBS_MAX = 512, EVENTS = 512, ECHO_ROUNDS = 7, SEND_ROUNDS = 60 };

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void fail(const char *what)
{
    fprintf(stderr, "components: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void check(int code, const char *what)
{
    if (code != 0) {
        fprintf(stderr, "components: %s: %s\n", what, mdb_strerror(code));
        exit(1);
    }
}

/* ---- ballots ---- */

struct log {
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi events, leaves, index;
    uint64_t size;
};

static void log_open(struct log *log, const char *folder)
{
    check(mdb_env_create(&log->env), "environment");
    check(mdb_env_set_mapsize(log->env, (size_t)1 << 30), "map");
    check(mdb_env_set_maxdbs(log->env, 3), "tables");
    check(mdb_env_open(log->env, folder, 0, 0600), folder);
    check(mdb_txn_begin(log->env, NULL, 0, &log->txn), "transaction");
    check(mdb_dbi_open(log->txn, "events", MDB_CREATE, &log->events), "table");
    check(mdb_dbi_open(log->txn, "leaves", MDB_CREATE, &log->leaves), "table");
    check(mdb_dbi_open(log->txn, "index", MDB_CREATE, &log->index), "table");
    check(mdb_txn_commit(log->txn), "commit");
    log->txn = NULL;
}

static void put(struct log *log, MDB_dbi table, const void *key, size_t key_size, void *data,
                size_t size, unsigned flags)
{
    uint8_t copy[64];
    memcpy(copy, key, key_size);
    MDB_val k = {key_size, copy}, v = {size, data};
    check(mdb_put(log->txn, table, &k, &v, flags), "put");
}

/* Decodes a base64url string of a request's parameters. */
static size_t bytes_of(const json_t *params, const char *name, uint8_t *into, size_t room)
{
    size_t size = 0;
    const char *text = json_string_value(json_object_get(params, name));
    if (text == NULL || sodium_base642bin(into, room, text, strlen(text), NULL, &size, NULL,
                                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
        errno = EINVAL;
        fail("message");
    }
    return size;
}

/* Salted commitment, leaf, Merkle leaf hash; then opening, leaf and the voter's index entry. */
static void append(struct log *log, uint8_t *payload, size_t size)
{
    uint8_t salted[32 + 1 + TBS_MAX], leaf[59] = {1, 10}, hash[32], key[8], voter[32];
    for (size_t i = 0; i < 8; i++) {
        key[i] = (uint8_t)(log->size >> (56 - 8 * i));
    }
    randombytes_buf(salted, 32);
    salted[32] = 10;
    memcpy(salted + 33, payload, size);
    crypto_hash_sha256(leaf + 27, salted, 33 + size);
    memcpy(leaf + 10, payload + 39, 16);
    crypto_hash_sha256(hash, leaf, sizeof leaf);
    crypto_hash_sha256(hash, hash, sizeof hash);
    memcpy(voter, payload + 39, 16);
    memcpy(voter + 16, payload + 87, 16);
    put(log, log->events, key, sizeof key, salted, 33 + size, MDB_APPEND);
    put(log, log->leaves, key, sizeof key, leaf, sizeof leaf, MDB_APPEND);
    put(log, log->index, voter, sizeof voter, key, sizeof key, 0);
    log->size++;
}

static void one_ballot(struct log *log, const char *line)
{
    uint8_t payload[TBS_MAX], sig[64];
    json_error_t error;
    json_t *message = json_loads(line, JSON_REJECT_DUPLICATES, &error);
    json_t *params = json_object_get(message, "params");
    size_t size = bytes_of(params, "tbs", payload, sizeof payload - sizeof sig);
    bytes_of(params, "sig", sig, sizeof sig);
    if (size < 282 || crypto_sign_verify_detached(sig, payload, size, payload + 151) != 0) {
        errno = EINVAL;
        fail("signature");
    }
    memcpy(payload + size, sig, sizeof sig);
    append(log, payload, size + sizeof sig);
    json_decref(message);
}

static int ballots(const char *path, size_t group)
{
    static char *lines[LINES_MAX];
    size_t count = 0, room = 0;
    char folder[4096], *line = NULL;
    const char *temp = getenv("TMPDIR");
    struct log log = {0};
    FILE *file = fopen(path, "r");
    snprintf(folder, sizeof folder, "%s/components-XXXXXX", temp != NULL ? temp : "/tmp");
    if (file == NULL || sodium_init() < 0) {
        fail(path);
    }
    while (count < LINES_MAX && getline(&line, &room, file) > 0) {
        lines[count++] = strdup(line);
    }
    fclose(file);
    free(line);
    if (mkdtemp(folder) == NULL) {
        fail(folder);
    }
    log_open(&log, folder);
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t i = 0; i < count; i++) {
        if (log.txn == NULL) {
            check(mdb_txn_begin(log.env, NULL, 0, &log.txn), "transaction");
        }
        one_ballot(&log, lines[i]);
        if (i % group == group - 1 || i == count - 1) {
            check(mdb_txn_commit(log.txn), "commit");
            log.txn = NULL;
        }
    }
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = seconds(CLOCK_MONOTONIC) - wall;
    printf("{\"cpu_us\":%.2f,\"wall_us\":%.2f}\n", cpu * 1e6 / (double)count,
           wall * 1e6 / (double)count);
    mdb_env_close(log.env);
    return 0;
}

/* ---- sockets ---- */

static int listener(uint16_t *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(fd, 4096) != 0 || getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
        fail("listen");
    }
    *port = ntohs(address.sin_port);
    return fd;
}

static int connected(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        fail("connect");
    }
    return fd;
}

/* Reads size bytes from each of the sockets, whichever come. */
static void drain(int poller, size_t total)
{
    static uint8_t bytes[65536];
    struct epoll_event events[EVENTS];
    while (total > 0) {
        int count = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            ssize_t size = recv(events[i].data.fd, bytes, sizeof bytes, MSG_DONTWAIT);
            total -= size > 0 ? (size_t)size : 0;
        }
    }
}

static void add(int poller, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) != 0) {
        fail("epoll");
    }
}

/* The other ends: in each round sends `in` bytes on every socket (if any), reads `out` from each, then says so. */
static void other_side(uint16_t port, size_t n, size_t in, size_t out, int rounds, int tell)
{
    int *fds = calloc(n, sizeof *fds), poller = epoll_create1(0);
    uint8_t *bytes = calloc(1, in + 1);
    for (size_t i = 0; i < n; i++) {
        fds[i] = connected(port);
        add(poller, fds[i]);
    }
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < n && in > 0; i++) {
            if (send(fds[i], bytes, in, MSG_NOSIGNAL) != (ssize_t)in) {
                fail("send");
            }
        }
        drain(poller, n * out);
        if (write(tell, "", 1) != 1) {
            fail("tell");
        }
    }
    _exit(0);
}

struct hall {
    int *fds;
    size_t n;
    pid_t child;
    int told;
};

static void hall_open(struct hall *hall, size_t n, size_t in, size_t out, int rounds)
{
    uint16_t port;
    int pipes[2], fd = listener(&port);
    if (pipe(pipes) != 0 || (hall->fds = calloc(n, sizeof *hall->fds)) == NULL) {
        fail("pipe");
    }
    hall->n = n;
    hall->told = pipes[0];
    hall->child = fork();
    if (hall->child == 0) {
        close(fd);
        other_side(port, n, in, out, rounds, pipes[1]);
    }
    for (size_t i = 0; i < n; i++) {
        hall->fds[i] = accept(fd, NULL, NULL);
    }
    close(fd);
}

static void hall_round(const struct hall *hall)
{
    char byte;
    if (read(hall->told, &byte, 1) != 1) {
        fail("the other side ended");
    }
}

/* A bare server: whatever comes in whole is answered. */
static int echo(size_t n, size_t in, size_t out)
{
    static uint8_t bytes[65536];
    struct hall hall;
    struct epoll_event events[EVENTS];
    int poller = epoll_create1(0);
    hall_open(&hall, n, in, out, ECHO_ROUNDS);
    for (size_t i = 0; i < n; i++) {
        add(poller, hall.fds[i]);
    }
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t left = n * ECHO_ROUNDS; left > 0;) {
        int count = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            ssize_t size = recv(events[i].data.fd, bytes, in, MSG_DONTWAIT);
            if (size != (ssize_t)in || send(events[i].data.fd, bytes, out, MSG_NOSIGNAL) < 0) {
                fail("echo");
            }
            left--;
        }
    }
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    printf("{\"cpu_us\":%.3f}\n", cpu * 1e6 / (double)(n * ECHO_ROUNDS));
    waitpid(hall.child, NULL, 0);
    return 0;
}

/* A lone change to everybody, as a bare loop of send() would bring it. */
static int send_all(size_t n, size_t size)
{
    static uint8_t bytes[65536];
    double cpu = 0, wall = 0;
    struct hall hall;
    hall_open(&hall, n, 0, size, SEND_ROUNDS);
    for (int round = 0; round < SEND_ROUNDS; round++) {
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        double before = seconds(CLOCK_PROCESS_CPUTIME_ID), began = seconds(CLOCK_MONOTONIC);
        for (size_t i = 0; i < n; i++) {
            if (send(hall.fds[i], bytes, size, MSG_NOSIGNAL) != (ssize_t)size) {
                fail("send");
            }
        }
        cpu += seconds(CLOCK_PROCESS_CPUTIME_ID) - before;
        hall_round(&hall);
        wall += seconds(CLOCK_MONOTONIC) - began;
    }
    printf("{\"cpu_us\":%.3f,\"last_ms\":%.3f}\n", cpu * 1e6 / (double)(n * SEND_ROUNDS),
           wall * 1e3 / SEND_ROUNDS);
    waitpid(hall.child, NULL, 0);
    return 0;
}

static size_t number(const char *text)
{
    unsigned long value = strtoul(text, NULL, 10);
    if (value == 0 || value > 65536) {
        errno = EINVAL;
        fail(text);
    }
    return value;
}

int main(int count, char **args)
{
    struct rlimit files = {65536, 65536};
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    if (count == 4 && strcmp(args[1], "ballots") == 0) {
        return ballots(args[2], number(args[3]));
    }
    if (count == 5 && strcmp(args[1], "echo") == 0) {
        return echo(number(args[2]), number(args[3]), number(args[4]));
    }
    if (count == 4 && strcmp(args[1], "send") == 0) {
        return send_all(number(args[2]), number(args[3]));
    }
    fprintf(stderr, "usage: components ballots FILE GROUP | echo N IN OUT | send N SIZE\n");
    return 2;
}
