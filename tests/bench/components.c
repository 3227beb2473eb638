/* The limits that the measurements are compared with: what the same work costs with nothing around it, on this machine, in
 * the same run.
 *
 * components ballots FILE GROUP   parse, base64url, three look-ups (key, roll, ballot before), Ed25519, SHA-256, a synced
 *                                 LMDB commit per GROUP of leaves, openings, tree nodes and a seal, and receipts with
 *                                 their proofs; one thread; FILE holds one ballot.cast message a line, each of another
 *                                 voter; the library's own code is not used
 * components echo N IN OUT        N sockets each send IN bytes at one instant and get OUT back, bare epoll; 7 rounds, and
 *                                 of a socket alone 500
 * components page FILE            what a page of documents needs at least: says its port; for IN bytes that come on one
 *                                 socket, entries are found by key in an LMDB table and copied one behind the other in one
 *                                 read transaction, and OUT bytes go back, until the socket is closed. FILE: IN, OUT, how
 *                                 many entries the table has, then each entry's size
 *
 * Of an echo the other ends are in a child process, so that only the serving side's CPU is counted; of a page who asks and
 * who counts is the generator. The two others print one line of JSON: microseconds of CPU and on the wall (of ballots: in
 * the median group) per ballot or reply. What is sent to many is compared with broadcaster.c. Start at main(). */
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

enum { LINES_MAX = 20000, TBS_MAX = 512, EVENTS = 512, ECHO_ROUNDS = 7, ALONE_ROUNDS = 500 };

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

enum {
    HASH = 32,
    LEVELS = 32,
    PATH_HASHES = 2 * LEVELS,
    LEAF = 59,
    BASE64_HASH = 44,
    REPLY = 8192
};
/* Where the fields stand in the signed bytes. */
enum { AT_POLL = 39, AT_VOTER = 87, AT_KEY = 151, TBS_MIN = 282 };

struct log {
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi events, leaves, nodes, index, keys, roll, seals;
    uint64_t size;
    uint8_t edge[LEVELS][HASH]; /* complete subtrees of the right edge, by level */
    uint8_t secret[crypto_sign_SECRETKEYBYTES];
};

struct ballot {
    uint64_t seq;
    uint8_t leaf[LEAF], opening[HASH + 1 + TBS_MAX];
    size_t opening_size;
};

static void log_open(struct log *log, const char *folder)
{
    uint8_t public_key[crypto_sign_PUBLICKEYBYTES];
    check(mdb_env_create(&log->env), "environment");
    check(mdb_env_set_mapsize(log->env, (size_t)1 << 30), "map");
    check(mdb_env_set_maxdbs(log->env, 8), "tables");
    check(mdb_env_open(log->env, folder, 0, 0600), folder);
    check(mdb_txn_begin(log->env, NULL, 0, &log->txn), "transaction");
    check(mdb_dbi_open(log->txn, "events", MDB_CREATE, &log->events), "table");
    check(mdb_dbi_open(log->txn, "leaves", MDB_CREATE, &log->leaves), "table");
    check(mdb_dbi_open(log->txn, "nodes", MDB_CREATE, &log->nodes), "table");
    check(mdb_dbi_open(log->txn, "index", MDB_CREATE, &log->index), "table");
    check(mdb_dbi_open(log->txn, "keys", MDB_CREATE, &log->keys), "table");
    check(mdb_dbi_open(log->txn, "roll", MDB_CREATE, &log->roll), "table");
    check(mdb_dbi_open(log->txn, "seals", MDB_CREATE, &log->seals), "table");
    crypto_sign_keypair(public_key, log->secret);
}

static void log_open_scratch(struct log *log)
{
    char folder[4096];
    const char *temp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/components-XXXXXX", temp != NULL ? temp : "/tmp");
    if (sodium_init() < 0 || mkdtemp(folder) == NULL) {
        fail(folder);
    }
    log_open(log, folder);
}

static void put(struct log *log, MDB_dbi table, const void *key, size_t key_size, void *data,
                size_t size, unsigned flags)
{
    uint8_t copy[64];
    memcpy(copy, key, key_size);
    MDB_val k = {key_size, copy}, v = {size, data};
    check(mdb_put(log->txn, table, &k, &v, flags), "put");
}

static const uint8_t *get(struct log *log, MDB_dbi table, const void *key, size_t key_size)
{
    uint8_t copy[64];
    memcpy(copy, key, key_size);
    MDB_val k = {key_size, copy}, v;
    int code = mdb_get(log->txn, table, &k, &v);
    if (code != MDB_NOTFOUND) {
        check(code, "get");
    }
    return code == 0 ? v.mv_data : NULL;
}

static void be64(uint64_t value, uint8_t *into)
{
    for (size_t i = 0; i < 8; i++) {
        into[i] = (uint8_t)(value >> (56 - 8 * i));
    }
}

static void node_key(unsigned level, uint64_t index, uint8_t key[9])
{
    key[0] = (uint8_t)level;
    be64(index, key + 1);
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

static size_t payload_of(const char *line, uint8_t payload[TBS_MAX])
{
    json_error_t error;
    json_t *message = json_loads(line, JSON_REJECT_DUPLICATES, &error);
    json_t *params = json_object_get(message, "params");
    size_t size = bytes_of(params, "tbs", payload, TBS_MAX - crypto_sign_BYTES);
    size_t sig = bytes_of(params, "sig", payload + size, crypto_sign_BYTES);
    json_decref(message);
    if (size < TBS_MIN || sig != crypto_sign_BYTES) {
        errno = EINVAL;
        fail("message");
    }
    return size + sig;
}

/* What the organisation knows before the vote: the voters' keys, and who is on the roll. */
static void enter(struct log *log, const char *line)
{
    uint8_t payload[TBS_MAX], about[HASH] = {0};
    payload_of(line, payload);
    put(log, log->keys, payload + AT_KEY, HASH, about, sizeof about, 0);
    put(log, log->roll, payload + AT_VOTER, 16, about, 25, 0);
}

static void hash_two(const uint8_t *left, const uint8_t *right, uint8_t *into)
{
    uint8_t both[1 + 2 * HASH] = {1};
    memcpy(both + 1, left, HASH);
    memcpy(both + 1 + HASH, right, HASH);
    crypto_hash_sha256(into, both, sizeof both);
}

/* The leaf's hash, and every subtree it completes. */
static void grow_tree(struct log *log, const uint8_t leaf[LEAF])
{
    uint8_t data[1 + LEAF] = {0}, hash[HASH], key[9];
    unsigned level = 0;
    memcpy(data + 1, leaf, LEAF);
    crypto_hash_sha256(hash, data, sizeof data);
    node_key(0, log->size, key);
    put(log, log->nodes, key, sizeof key, hash, HASH, 0);
    for (; (log->size >> level & 1) != 0; level++) {
        hash_two(log->edge[level], hash, hash);
        node_key(level + 1, log->size >> (level + 1), key);
        put(log, log->nodes, key, sizeof key, hash, HASH, 0);
    }
    memcpy(log->edge[level], hash, HASH);
    log->size++;
}

/* Salted commitment and leaf; opening, leaf, tree and the voter's index entry. */
static void append(struct log *log, const uint8_t *payload, size_t size, struct ballot *ballot)
{
    uint8_t key[8], voter[32];
    *ballot = (struct ballot){.seq = log->size, .leaf = {1, 10}, .opening_size = HASH + 1 + size};
    randombytes_buf(ballot->opening, HASH);
    ballot->opening[HASH] = 10;
    memcpy(ballot->opening + HASH + 1, payload, size);
    crypto_hash_sha256(ballot->leaf + 27, ballot->opening, ballot->opening_size);
    memcpy(ballot->leaf + 10, payload + AT_POLL, 16);
    be64(log->size, key);
    memcpy(voter, payload + AT_POLL, 16);
    memcpy(voter + 16, payload + AT_VOTER, 16);
    if (get(log, log->index, voter, sizeof voter) != NULL) {
        errno = EEXIST;
        fail("voter");
    }
    put(log, log->events, key, sizeof key, ballot->opening, ballot->opening_size, MDB_APPEND);
    put(log, log->leaves, key, sizeof key, ballot->leaf, LEAF, MDB_APPEND);
    put(log, log->index, voter, sizeof voter, key, sizeof key, 0);
    grow_tree(log, ballot->leaf);
}

static void one_ballot(struct log *log, const char *line, struct ballot *ballot)
{
    uint8_t payload[TBS_MAX];
    size_t size = payload_of(line, payload);
    const uint8_t *sig = payload + size - crypto_sign_BYTES;
    if (get(log, log->keys, payload + AT_KEY, HASH) == NULL ||
        get(log, log->roll, payload + AT_VOTER, 16) == NULL ||
        crypto_sign_verify_detached(sig, payload, size - crypto_sign_BYTES, payload + AT_KEY) !=
            0) {
        errno = EINVAL;
        fail("signature");
    }
    append(log, payload, size, ballot);
}

static char *base64(char *into, const uint8_t *bytes, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < size; at += 3) {
        size_t left = size - at;
        unsigned group = (unsigned)bytes[at] << 16 | (left > 1 ? (unsigned)bytes[at + 1] << 8 : 0) |
                         (left > 2 ? bytes[at + 2] : 0U);
        *into++ = digits[group >> 18];
        *into++ = digits[group >> 12 & 63];
        *into++ = left > 1 ? digits[group >> 6 & 63] : '=';
        *into++ = left > 2 ? digits[group & 63] : '=';
    }
    return into;
}

/* Right edge of a tree whose size is no power of two: the root of what stands right of each level's complete nodes. */
static void fold_edge(const struct log *log, uint8_t rest[LEVELS + 1][HASH], bool there[LEVELS + 1])
{
    there[0] = false;
    for (unsigned level = 0; level < LEVELS; level++) {
        bool bit = (log->size >> level & 1) != 0;
        there[level + 1] = there[level] || bit;
        if (bit && there[level]) {
            hash_two(log->edge[level], rest[level], rest[level + 1]);
        } else if (there[level + 1]) {
            memcpy(rest[level + 1], bit ? log->edge[level] : rest[level], HASH);
        }
    }
}

struct seal {
    uint8_t rest[LEVELS + 1][HASH];
    bool there[LEVELS + 1];
    char text[256];
    size_t size;
};

static void seal(struct log *log, struct seal *seal)
{
    uint8_t sig[4 + crypto_sign_BYTES] = {0}, key[8];
    fold_edge(log, seal->rest, seal->there);
    int head = snprintf(seal->text, 96, "example/log/1\\n%llu\\n", (unsigned long long)log->size);
    char *end = base64(seal->text + head, seal->rest[LEVELS], HASH);
    crypto_sign_detached(sig + 4, NULL, (const uint8_t *)seal->text,
                         (unsigned long long)(end - seal->text), log->secret);
    memcpy(end, "\\n\\n", 4);
    end = base64(end + 4, sig, sizeof sig);
    seal->size = (size_t)(end - seal->text);
    be64(log->size, key);
    put(log, log->seals, key, sizeof key, seal->text, seal->size, MDB_APPEND);
}

/* The answer with the receipt: leaf and opening, the proof's hashes out of the store, the seal. */
static size_t receipt(struct log *log, const struct seal *seal, const struct ballot *ballot,
                      char reply[REPLY])
{
    uint8_t extra[LEAF + HASH + 1 + TBS_MAX], key[9];
    memcpy(extra, ballot->leaf, LEAF);
    memcpy(extra + LEAF, ballot->opening, ballot->opening_size);
    char *at = reply + snprintf(reply, 64, "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"");
    at = base64(at, extra, LEAF + ballot->opening_size);
    at += snprintf(at, 32, "\\n%llu\\n", (unsigned long long)ballot->seq);
    for (unsigned level = 0; (log->size - 1) >> level > 0; level++) {
        uint64_t beside = ballot->seq >> level ^ 1;
        const uint8_t *hash = seal->rest[level];
        if (beside < log->size >> level) {
            node_key(level, beside, key);
            hash = get(log, log->nodes, key, sizeof key);
        } else if (beside > log->size >> level || !seal->there[level]) {
            continue;
        }
        at = base64(at, hash, HASH);
        memcpy(at, "\\n", 2);
        at += 2;
    }
    memcpy(at, seal->text, seal->size);
    return (size_t)(at - reply) + seal->size;
}

/* One group: ballots, seal, receipts, commit. Answers the bytes of a receipt. */
static size_t one_group(struct log *log, char *const *lines, struct ballot *group, size_t count)
{
    static char reply[REPLY];
    struct seal sealed;
    size_t size = 0;
    check(mdb_txn_begin(log->env, NULL, 0, &log->txn), "transaction");
    for (size_t i = 0; i < count; i++) {
        one_ballot(log, lines[i], &group[i]);
    }
    seal(log, &sealed);
    for (size_t i = 0; i < count; i++) {
        size = receipt(log, &sealed, &group[i], reply);
    }
    check(mdb_txn_commit(log->txn), "commit");
    return size;
}

static size_t read_lines(const char *path, char **lines)
{
    size_t count = 0, room = 0;
    char *line = NULL;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fail(path);
    }
    while (count < LINES_MAX && getline(&line, &room, file) > 0) {
        lines[count++] = strdup(line);
    }
    fclose(file);
    free(line);
    return count;
}

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static int ballots(const char *path, size_t group)
{
    static char *lines[LINES_MAX];
    static double walls[LINES_MAX];
    size_t count = read_lines(path, lines), groups = 0, size = 0;
    struct log log = {0};
    struct ballot *taken = calloc(group, sizeof *taken);
    if (taken == NULL) {
        fail("memory");
    }
    log_open_scratch(&log);
    for (size_t i = 0; i < count; i++) {
        enter(&log, lines[i]);
    }
    check(mdb_txn_commit(log.txn), "commit");
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t i = 0; i < count; i += group) {
        double began = seconds(CLOCK_MONOTONIC);
        size = one_group(&log, lines + i, taken, count - i < group ? count - i : group);
        walls[groups++] = seconds(CLOCK_MONOTONIC) - began;
    }
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    qsort(walls, groups, sizeof *walls, by_value);
    printf("{\"cpu_us\":%.2f,\"wall_us\":%.2f,\"reply\":%zu}\n", cpu * 1e6 / (double)count,
           walls[groups / 2] * 1e6 / (double)group, size);
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

/* The other ends: in each round sends `in` bytes on every socket and reads `out` from each. */
static void other_side(uint16_t port, size_t n, size_t in, size_t out, int rounds)
{
    int *fds = calloc(n, sizeof *fds), poller = epoll_create1(0);
    uint8_t *bytes = calloc(1, in + 1);
    for (size_t i = 0; i < n; i++) {
        fds[i] = connected(port);
        add(poller, fds[i]);
    }
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < n; i++) {
            if (send(fds[i], bytes, in, MSG_NOSIGNAL) != (ssize_t)in) {
                fail("send");
            }
        }
        drain(poller, n * out);
    }
    _exit(0);
}

struct hall {
    int *fds;
    pid_t child;
};

static void hall_open(struct hall *hall, size_t n, size_t in, size_t out, int rounds)
{
    uint16_t port;
    int fd = listener(&port);
    hall->fds = calloc(n, sizeof *hall->fds);
    if (hall->fds == NULL) {
        fail("memory");
    }
    hall->child = fork();
    if (hall->child == 0) {
        close(fd);
        other_side(port, n, in, out, rounds);
    }
    for (size_t i = 0; i < n; i++) {
        hall->fds[i] = accept(fd, NULL, NULL);
    }
    close(fd);
}

/* A bare server: whatever comes in whole is answered. */
static int echo(size_t n, size_t in, size_t out)
{
    static uint8_t bytes[65536];
    struct hall hall;
    struct epoll_event events[EVENTS];
    int poller = epoll_create1(0), rounds = n == 1 ? ALONE_ROUNDS : ECHO_ROUNDS;
    hall_open(&hall, n, in, out, rounds);
    for (size_t i = 0; i < n; i++) {
        add(poller, hall.fds[i]);
    }
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t left = n * (size_t)rounds; left > 0;) {
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
    wall = seconds(CLOCK_MONOTONIC) - wall;
    double each = 1e6 / (double)(n * (size_t)rounds);
    printf("{\"cpu_us\":%.3f,\"wall_us\":%.3f}\n", cpu * each, wall * each);
    waitpid(hall.child, NULL, 0);
    return 0;
}

/* ---- pages ---- */

enum { PAGE_ENTRIES_MAX = 20000, KEY_SIZE = 17 };

struct page {
    size_t in, out, others, count, bytes;
    size_t sizes[PAGE_ENTRIES_MAX];
    uint8_t keys[PAGE_ENTRIES_MAX][KEY_SIZE];
    uint8_t *copy;
};

static void page_load(struct page *page, const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL || fscanf(file, "%zu %zu %zu", &page->in, &page->out, &page->others) != 3) {
        fail(path);
    }
    while (page->count < PAGE_ENTRIES_MAX && fscanf(file, "%zu", &page->sizes[page->count]) == 1) {
        page->bytes += page->sizes[page->count++];
    }
    fclose(file);
    if (page->count == 0 || (page->copy = calloc(1, page->bytes + page->out + page->in)) == NULL) {
        errno = EINVAL;
        fail(path);
    }
}

/* The page's entries among others of the same sizes, under random keys as documents have. */
static void page_store(struct page *page, struct log *log)
{
    uint8_t key[KEY_SIZE];
    for (size_t i = 0; i < page->count; i++) {
        randombytes_buf(page->keys[i], KEY_SIZE);
        put(log, log->events, page->keys[i], KEY_SIZE, page->copy, page->sizes[i], 0);
    }
    for (size_t i = page->count; i < page->others; i++) {
        randombytes_buf(key, KEY_SIZE);
        put(log, log->events, key, KEY_SIZE, page->copy, page->sizes[i % page->count], 0);
    }
    check(mdb_txn_commit(log->txn), "commit");
}

static void page_copy(const struct page *page, struct log *log)
{
    uint8_t *at = page->copy;
    check(mdb_txn_renew(log->txn), "transaction");
    for (size_t i = 0; i < page->count; i++) {
        MDB_val value, key = {KEY_SIZE, (void *)(uintptr_t)page->keys[i]};
        check(mdb_get(log->txn, log->events, &key, &value), "get");
        memcpy(at, value.mv_data, value.mv_size);
        at += value.mv_size;
    }
    mdb_txn_reset(log->txn);
}

/* Until the other end has gone. */
static void page_serve(const struct page *page, struct log *log, int fd)
{
    struct epoll_event event;
    int poller = epoll_create1(0);
    add(poller, fd);
    while (epoll_wait(poller, &event, 1, -1) == 1) {
        ssize_t size = recv(fd, page->copy, page->in, 0);
        if (size == 0) {
            return;
        }
        if (size != (ssize_t)page->in) {
            fail("request");
        }
        page_copy(page, log);
        if (send(fd, page->copy, page->out, MSG_NOSIGNAL) != (ssize_t)page->out) {
            fail("answer");
        }
    }
}

static int page_of(const char *path)
{
    static struct page page;
    struct log log = {0};
    uint16_t port;
    page_load(&page, path);
    log_open_scratch(&log);
    page_store(&page, &log);
    check(mdb_txn_begin(log.env, NULL, MDB_RDONLY, &log.txn), "transaction");
    mdb_txn_reset(log.txn);
    int listening = listener(&port);
    printf("%u\n", port);
    fflush(stdout);
    page_serve(&page, &log, accept(listening, NULL, NULL));
    mdb_txn_abort(log.txn);
    mdb_env_close(log.env);
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
    if (count == 3 && strcmp(args[1], "page") == 0) {
        return page_of(args[2]);
    }
    fprintf(stderr, "usage: components ballots FILE GROUP | echo N IN OUT | page FILE\n");
    return 2;
}
