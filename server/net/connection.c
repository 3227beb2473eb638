/* A WebSocket connection: what it is owed, and when its socket takes it.
 *
 * Everything that goes out is whole frames. Replies and live frames stand in one queue in the order they arose; the queue
 * holds references to shared segments and an offset into the first. It is sent by us, one send() for all that stands in
 * it, at most 64 KiB to a socket per turn; libwebsockets only says when a socket that was full has room again, and until
 * then nothing is written. So the memory a slow reader costs is a run of documents, its unsent replies, and at most
 * 256 KiB of shared live frames: past that, live frames are dropped and the topic is read again from where the client
 * stands, at its own pace. Replies are never dropped; a client that asks and does not read is not read from either. A
 * socket that has not taken the rest of a write for CHOKED_MS is given up.
 * Closing: what is queued goes out, then the close frame, then our side is shut; the peer has CLOSE_END_S to do the same.
 *
 * Guards, each with a test of its name: slow_reader (live bytes over BEHIND_BYTES), choked_reader (1013),
 * reply_backlog (replies over REPLY_BACKLOG_BYTES stop input), silent_connection (no word for SILENT_MS),
 * revoked_session (4401). */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/net/internal.h"

static struct slice ping_frame(void)
{
    static const uint8_t bytes[] = {0x89, 0x00};
    return slice_of(bytes, sizeof bytes);
}

/* Else the kernel keeps up to 4 MiB for each reader that does not read. */
static void bound_kernel(int descriptor)
{
    int bytes = SOCKET_BYTES;
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

struct connection *connection_open(struct net *net, struct lws *wsi, const struct caller *caller)
{
    struct connection *connection = memory_new(1, sizeof *connection);
    connection->net = net;
    connection->wsi = wsi;
    connection->descriptor = lws_get_socket_fd(wsi);
    connection->out = &connection->one;
    connection->out_size = 1;
    connection->full = lws_partial_buffered(wsi) != 0; /* the rest of the 101 goes first */
    connection->number = ++net->last_connection;
    connection->caller = *caller;
    connection->limit =
        limits_enter_session(net->limits, &caller->session, caller_account(caller), net->now_ms);
    connection->heard_ms = net->now_ms;
    connection->recheck_ms = net->now_ms + RECHECK_MS;
    connection->taken_ms = net->now_ms;
    bound_kernel(connection->descriptor);
    frames_init(&connection->frames, MESSAGE_MAX);
    buffer_init(&connection->pending, READ_BYTES);
    ev_io_init(&connection->readable, socket_readable, connection->descriptor, EV_READ);
    connection->readable.data = connection;
    lws_rx_flow_control(wsi, 0); /* for good: we read it ourselves */
    ev_io_start(net->loop, &connection->readable);
    connection->next = net->connections;
    if (net->connections != NULL) {
        net->connections->previous = connection;
    }
    net->connections = connection;
    net->connection_count++;
    rooms_page_came(net, caller);
    return connection;
}

static void unlist(struct connection *connection)
{
    struct net *net = connection->net;
    if (connection->previous != NULL) {
        connection->previous->next = connection->next;
    } else {
        net->connections = connection->next;
    }
    if (connection->next != NULL) {
        connection->next->previous = connection->previous;
    }
    net->connection_count--;
    struct connection **link = &net->flush;
    while (connection->flush_listed && *link != NULL) {
        if (*link == connection) {
            *link = connection->flush_next;
            break;
        }
        link = &(*link)->flush_next;
    }
}

static void free_ring(struct connection *connection)
{
    if (connection->out != &connection->one) {
        free(connection->out);
    }
}

void connection_closed(struct connection *connection)
{
    struct net *net = connection->net;
    bool vanished = net->now_ms - connection->heard_ms >= PING_MS;
    rooms_page_went(net, &connection->caller, connection->asleep,
                    vanished ? connection->heard_ms : net->now_ms);
    ev_io_stop(net->loop, &connection->readable);
    unlist(connection);
    if (connection->dead) {
        burial_forget(connection);
    }
    feed_drop_all(connection);
    for (uint32_t at = 0; at < connection->out_count; at++) {
        segment_release(queue_at(connection, at)->segment);
    }
    free_ring(connection);
    frames_free(&connection->frames);
    buffer_free(&connection->pending);
    limits_leave(connection->limit);
    if (connection->conversation != NULL) {
        /* Its job is with the writer: the answer will find nobody and be freed. */
        connection->conversation->connection = NULL;
    }
    free(connection);
}

void connection_want_flush(struct connection *connection)
{
    if (!connection->flush_listed) {
        connection->flush_listed = true;
        connection->flush_next = connection->net->flush;
        connection->net->flush = connection;
    }
}

static void grow_ring(struct connection *connection)
{
    uint32_t size = connection->out_size == 1 ? 4 : connection->out_size * 2;
    struct outgoing *ring = memory_new(size, sizeof *ring);
    for (uint32_t at = 0; at < connection->out_count; at++) {
        ring[at] = *queue_at(connection, at);
    }
    free_ring(connection);
    connection->out = ring;
    connection->out_size = size;
    connection->out_first = 0;
}

void connection_queue(struct connection *connection, struct segment *segment,
                      struct subscription *feed, uint64_t from)
{
    if (connection->out_count == connection->out_size) {
        grow_ring(connection);
    }
    *queue_at(connection, connection->out_count) =
        (struct outgoing){.segment = segment, .feed = feed, .from = from};
    connection->out_count++;
    if (feed != NULL) {
        connection->feed_bytes += segment->size;
    } else {
        connection->reply_bytes += segment->size;
        connection->reply_count++;
    }
    connection_want_flush(connection);
    if (connection->feed_bytes > BEHIND_BYTES) {
        feed_fall_behind(connection);
    }
}

/* size bytes of the queue's front have gone. */
static void advance(struct connection *connection, size_t size)
{
    while (size > 0) {
        struct outgoing *first = &connection->out[connection->out_first];
        size_t left = first->segment->size - connection->offset;
        size_t part = size < left ? size : left;
        connection->offset += (uint32_t)part;
        if (first->feed != NULL) {
            connection->feed_bytes -= (uint32_t)part;
        } else {
            connection->reply_bytes -= (uint32_t)part;
        }
        size -= part;
        if (part == left) {
            connection->reply_count -= first->feed == NULL;
            segment_release(first->segment);
            connection->offset = 0;
            connection->out_first = (connection->out_first + 1) & (connection->out_size - 1);
            connection->out_count--;
        }
    }
    if (connection->out_count == 0) {
        /* An idle connection keeps no ring. */
        free_ring(connection);
        connection->out = &connection->one;
        connection->out_size = 1;
        connection->out_first = 0;
    }
}

/* The front of the queue as one run of bytes: the segment itself when it is alone or long, else a copy of several. */
static uint8_t *front(struct connection *connection, size_t max, size_t *size)
{
    struct outgoing *first = &connection->out[connection->out_first];
    size_t left = first->segment->size - connection->offset;
    if (connection->out_count == 1 || left >= max / 4) {
        *size = left < max ? left : max;
        return first->segment->bytes + connection->offset;
    }
    uint8_t *into = connection->net->gather;
    size_t filled = 0;
    size_t offset = connection->offset;
    for (uint32_t at = 0; at < connection->out_count && filled < max; at++) {
        const struct outgoing *item = queue_at(connection, at);
        size_t part = item->segment->size - offset;
        part = part < max - filled ? part : max - filled;
        memcpy(into + filled, item->segment->bytes + offset, part);
        filled += part;
        offset = 0;
    }
    *size = filled;
    return into;
}

void connection_kill(struct connection *connection)
{
    if (connection->dead) {
        return;
    }
    connection->dead = true;
    ev_io_stop(connection->net->loop, &connection->readable);
    /* Both ways: else the library waits ten seconds for the end of a peer that has gone. */
    shutdown(connection->descriptor, SHUT_RDWR);
    burial_add(connection);
}

/* Once everything else has gone: the close frame; once that has gone too, the end of our side. */
static void say_farewell(struct connection *connection)
{
    uint16_t status = connection->closing;
    uint8_t frame[] = {0x88, 2, (uint8_t)(status >> 8), (uint8_t)status};
    if (status == CLOSE_WITHOUT_CODE) {
        frame[1] = 0;
    }
    if (!connection->farewell) {
        connection->farewell = true;
        connection_queue(connection, segment_new(slice_of(frame, 2U + frame[1])), NULL, 0);
    } else if (!connection->ended) {
        connection->ended = true;
        shutdown(connection->descriptor, SHUT_WR);
        lws_set_timeout(connection->wsi, PENDING_TIMEOUT_CLOSE_ACK, CLOSE_END_S);
    }
}

/* Something stands at the front of the queue; false = there is nothing to send. */
static bool has_front(struct connection *connection)
{
    if (connection->out_count == 0 && connection->closing != 0) {
        say_farewell(connection);
    }
    return connection->out_count > 0 || (connection->closing == 0 && feed_pull(connection));
}

/* The socket took so much of a write of this size. What was cut off may have been dropped since then (feed_fall_behind):
 * a write taken whole leaves nothing to wait for. */
static void note_taken(struct connection *connection, size_t sent, size_t size)
{
    if (sent == size || sent >= connection->cut) {
        connection->taken_ms = connection->net->now_ms;
        connection->cut = (uint32_t)(size - sent);
    } else {
        connection->cut -= (uint32_t)sent;
    }
    connection->full = sent < size;
    connection->net->sends++;
    connection->net->sent_bytes += sent;
    advance(connection, sent);
}

/* One send() from the front of the queue. Answers how much went; 0 = the socket is full, or dead. */
static size_t send_front(struct connection *connection, size_t max)
{
    size_t size;
    const uint8_t *bytes = front(connection, max, &size);
    ssize_t sent = send(connection->descriptor, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) {
        connection_kill(connection);
        return 0;
    }
    note_taken(connection, sent > 0 ? (size_t)sent : 0, size);
    return sent > 0 ? (size_t)sent : 0;
}

void connection_pump(struct connection *connection)
{
    size_t budget = WRITE_BYTES;
    while (!connection->dead && !connection->full && budget > 0 && has_front(connection)) {
        budget -= send_front(connection, budget);
    }
    bool more = connection->out_count > 0 || connection->pulling_count > 0;
    if (!connection->dead && !connection->ended && (more || connection->closing != 0)) {
        lws_callback_on_writable(connection->wsi);
    }
    connection_hold_input(connection);
}

void connection_writable(struct connection *connection)
{
    connection->full = false;
    connection_pump(connection);
}

void connection_close(struct connection *connection, uint16_t status)
{
    if (connection->closing == 0) {
        connection->closing = status;
        if (!connection->net->stopping) {
            /* A peer that reads nothing would never let the close frame out; a stop ends all by itself. */
            lws_set_timeout(connection->wsi, PENDING_TIMEOUT_CLOSE_SEND, CLOSE_SEND_S);
        }
        connection_want_flush(connection);
    }
}

bool connection_is_ready(const struct connection *connection)
{
    return connection->conversation == NULL && connection->reply_bytes <= REPLY_BACKLOG_BYTES &&
           connection->reply_count <= REPLY_BACKLOG_FRAMES;
}

/* Holding costs nothing until more comes: socket_readable() stops the watcher then, and only then. A client that waits for
 * its answer is no system call to the loop. */
void connection_hold_input(struct connection *connection)
{
    /* A closing connection is read to its end: what comes is thrown away. */
    bool hold = connection->closing == 0 && !connection_is_ready(connection);
    if (hold == connection->held || connection->dead) {
        return;
    }
    connection->held = hold;
    if (hold) {
        return;
    }
    ev_io_start(connection->net->loop, &connection->readable);
    if (connection->pending.size > 0) {
        ev_feed_event(connection->net->loop, &connection->readable, EV_READ);
    }
}

void connection_recheck(struct connection *connection)
{
    struct net *net = connection->net;
    connection->recheck_ms = net->now_ms + RECHECK_MS;
    struct store_txn *txn = net_read(net);
    if (txn == NULL) {
        return;
    }
    if (!session_is_good(txn, &connection->caller, clock_wall_ms())) {
        net->metrics.dropped[DROP_NO_SESSION] += connection->closing == 0;
        connection_close(connection, CLOSE_NO_SESSION);
        return;
    }
    feed_recheck(connection, txn);
}

void connection_sweep(struct connection *connection)
{
    struct net *net = connection->net;
    uint64_t silent = net->now_ms - connection->heard_ms;
    if (connection->dead) {
        return;
    }
    if (silent >= SILENT_MS) {
        net->metrics.dropped[DROP_SILENT]++;
        connection_kill(connection);
        return;
    }
    if (connection->cut > 0 && net->now_ms - connection->taken_ms >= CHOKED_MS) {
        net->metrics.dropped[DROP_SLOW] += connection->closing == 0;
        connection_close(connection, CLOSE_TRY_LATER);
        return;
    }
    if (silent >= PING_MS && !connection->pinged) {
        connection->pinged = true;
        connection_queue(connection, segment_new(ping_frame()), NULL, 0);
    }
    bool ended = connection->caller.ends_ms != 0 && clock_wall_ms() >= connection->caller.ends_ms;
    if (ended || net->now_ms >= connection->recheck_ms) {
        connection_recheck(connection);
    }
}
