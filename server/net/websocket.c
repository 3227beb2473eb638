/* /ws: the upgrade, incoming messages, closing.
 *
 * Who may open one is decided before the upgrade (exact Host and Origin, subprotocol, nothing but "websocket" in
 * Upgrade); whether there is a session after it, because a browser is told why a socket closed but not why an upgrade
 * was refused: no session = 4401.
 * The address may carry the query of GET /feed: it is carried out as feed.subscribe, so that documents come one round trip
 * earlier.
 * From then on the socket is read here, not by libwebsockets, whose reader of frames lets too much pass (frames without a
 * mask, codes, pings that are lost: decision 0018): bytes go through frames.c. One command is carried out at a time, and
 * while it is, the socket is not read, so order needs no queue. All output goes through connection.c.
 *
 * Guards, each with a test of its name: foreign_host, foreign_origin, other_upgrade (NN-2025-0102: the header is copied,
 * `in` is never read), missing_subprotocol, wrong_path, no_session (4401), early_frames (never read: RFC 6455 §4.1 has clients wait). */
#include <errno.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/net/internal.h"

static bool copy_equals(struct lws *wsi, enum lws_token_indexes token, const char *wanted)
{
    char text[256];
    return header_equals(net_header(wsi, token, text, sizeof text), wanted);
}

static bool names_our_protocol(struct lws *wsi)
{
    char text[256];
    return header_has_word(net_header(wsi, WSI_TOKEN_PROTOCOL, text, sizeof text), "palabre.v1");
}

static int refuse_upgrade(struct lws *wsi, const char *status)
{
    uint8_t bytes[LWS_PRE + 256];
    int size = lws_snprintf((char *)bytes + LWS_PRE, 256,
                            "HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n"
                            "X-Content-Type-Options: nosniff\r\n\r\n",
                            status);
    lws_write(wsi, bytes + LWS_PRE, (size_t)size, LWS_WRITE_HTTP_HEADERS);
    return -1;
}

int socket_check_upgrade(struct net *net, struct lws *wsi, bool control)
{
    bool secure;
    if (!copy_equals(wsi, WSI_TOKEN_UPGRADE, "websocket") || control) {
        return refuse_upgrade(wsi, "400 Bad Request");
    }
    if (!copy_equals(wsi, WSI_TOKEN_GET_URI, "/ws")) {
        return refuse_upgrade(wsi, "404 Not Found");
    }
    if (!net_host_is_good(net, wsi)) {
        return refuse_upgrade(wsi, "421 Misdirected Request");
    }
    if (!net_origin_is_good(net, wsi, &secure) && !net_has_bearer(wsi)) {
        return refuse_upgrade(wsi, "403 Forbidden");
    }
    if (!names_our_protocol(wsi)) {
        return refuse_upgrade(wsi, "400 Bad Request");
    }
    if (net->stopping || !net_has_room(net, wsi)) {
        return refuse_upgrade(wsi, "503 Service Unavailable\r\nRetry-After: 5");
    }
    return 0;
}

static void answered(struct conversation *conversation)
{
    struct connection *connection = conversation->connection;
    if (conversation->reply.size > 0) {
        struct segment *segment = segment_new_text(buffer_slice(&conversation->reply));
        connection_queue(connection, segment, NULL, 0);
    }
    connection->conversation = NULL;
    conversation_free(conversation);
    if (connection->net->stopping) {
        connection_close(connection, CLOSE_RESTART);
    }
    connection_want_flush(connection);
}

static struct conversation *converse(struct connection *connection)
{
    struct conversation *conversation = conversation_new(connection->net, CARRIER_SOCKET);
    conversation->connection = connection;
    conversation->caller = connection->caller;
    conversation->limit = connection->limit;
    conversation->done = answered;
    connection->conversation = conversation;
    return conversation;
}

static void start_message(struct connection *connection)
{
    struct conversation *conversation = converse(connection);
    struct buffer input = connection->frames.message;
    buffer_init(&connection->frames.message, MESSAGE_MAX);
    rpc_start(conversation, buffer_slice(&input));
    buffer_free(&input);
}

/* The message that asks for the topics of a query. */
static enum error write_subscription(const struct feed_query *query, json_t *message,
                                     const char **field)
{
    json_t *params = json_object(), *topics = json_object();
    json_put(message, "jsonrpc", json_text(slice_text("2.0")));
    json_put(message, "id", json_number(0));
    json_put(message, "method", json_text(slice_text("feed.subscribe")));
    json_put(message, "params", params);
    json_put(params, "topics", topics);
    if (query->epoch[0] != '\0') {
        json_put(params, "epoch", json_text(slice_text(query->epoch)));
    }
    for (size_t at = 0; at < query->count; at++) {
        json_put(topics, query->topics[at].name, json_number(query->topics[at].since));
    }
    bool of_polls = !query->hold || query->rooms, twice = json_object_size(topics) < query->count;
    *field = !query->hold ? "wait" : query->rooms ? "room" : "topics";
    return of_polls ? ERROR_INPUT_UNKNOWN_FIELD : twice ? ERROR_INPUT_BAD_VALUE : ERROR_NONE;
}

/* What the address asks for is answered as if the first message had: the answer leaves right behind the opening. */
static void subscribe_with_opening(struct connection *connection)
{
    char text[QUERY_MAX];
    struct feed_query query;
    const char *field = NULL;
    struct slice asked = net_query(connection->wsi, text);
    if (asked.size == 0) {
        return;
    }
    json_t *message = json_object();
    enum error error = feed_query_parse(asked, &query, &field);
    if (error == ERROR_NONE) {
        error = write_subscription(&query, message, &field);
    }
    struct conversation *conversation = converse(connection);
    if (error == ERROR_NONE) {
        rpc_start_parsed(conversation, message);
        return;
    }
    json_put(message, "id", json_number(0));
    rpc_write_error(&conversation->reply, json_object_get(message, "id"), error, field, 0);
    json_decref(message);
    answered(conversation);
}

static int established(struct net *net, struct lws *wsi, struct connection **slot)
{
    struct caller caller;
    bool secure = false;
    *slot = NULL;
    if (net->stopping || (!net_origin_is_good(net, wsi, &secure) && !net_has_bearer(wsi)) ||
        net_find_session(net, wsi, secure, &caller) != ERROR_NONE) {
        lws_callback_on_writable(wsi); /* closed there, with a status */
        return 0;
    }
    *slot = connection_open(net, wsi, &caller);
    net_touch_session(net, &caller, (*slot)->limit);
    subscribe_with_opening(*slot);
    return 0;
}

static void send_pong(struct connection *connection)
{
    const struct frames *frames = &connection->frames;
    uint8_t pong[2 + FRAMES_CONTROL_MAX] = {0x8a, frames->control_size};
    memcpy(pong + 2, frames->control, frames->control_size);
    struct slice bytes = slice_of(pong, 2U + frames->control_size);
    connection_queue(connection, segment_new(bytes), NULL, 0);
}

static void take_event(struct connection *connection, enum frame_event event)
{
    switch (event) {
    case FRAME_TEXT:
        start_message(connection);
        break;
    case FRAME_PING:
        send_pong(connection);
        break;
    case FRAME_WRONG:
        connection->net->metrics.dropped[DROP_PROTOCOL] += connection->closing == 0;
        connection_close(connection, connection->frames.status);
        break;
    case FRAME_CLOSE:
        connection_close(connection, connection->frames.status);
        break;
    case FRAME_PONG:
    case FRAME_NEEDS_MORE:
        break;
    }
}

/* What waited from before, else what the socket has; -1 = nothing, or the end. */
static ssize_t next_bytes(struct connection *connection, uint8_t bytes[READ_BYTES])
{
    size_t waited = connection->pending.size;
    if (waited > 0) {
        memcpy(bytes, connection->pending.data, waited);
        buffer_free(&connection->pending);
        return (ssize_t)waited;
    }
    ssize_t size = recv(connection->descriptor, bytes, READ_BYTES, MSG_DONTWAIT);
    if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) {
        connection_kill(connection);
        return -1;
    }
    if (size > 0) {
        connection->heard_ms = connection->net->now_ms;
        connection->pinged = false;
    }
    return size;
}

void socket_readable(struct ev_loop *loop, struct ev_io *watcher, int events)
{
    struct connection *connection = watcher->data;
    struct net *net = connection->net;
    uint8_t bytes[READ_BYTES];
    (void)loop;
    (void)events;
    if (connection->held || connection->dead) {
        ev_io_stop(net->loop, watcher); /* until connection_hold_input() lets it go on */
        return;
    }
    net->now_ms = clock_monotonic_ms();
    ssize_t size = next_bytes(connection, bytes);
    struct slice rest = slice_of(bytes, size > 0 ? (size_t)size : 0);
    while (rest.size > 0 && connection->closing == 0 && connection_is_ready(connection)) {
        take_event(connection, frames_take(&connection->frames, &rest));
    }
    if (connection->closing == 0) {
        buffer_append_slice(&connection->pending, rest);
    }
    connection_hold_input(connection);
    net_end_turn(net);
}

static int writeable(struct connection *connection, struct lws *wsi)
{
    if (connection == NULL) {
        lws_close_reason(wsi, (enum lws_close_status)CLOSE_NO_SESSION, NULL, 0);
        return -1;
    }
    connection_writable(connection);
    return 0;
}

int net_callback_socket(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                        size_t size)
{
    const struct listener *listener = lws_vhost_user(lws_get_vhost(wsi));
    struct connection **slot = user;
    struct connection *connection = slot == NULL ? NULL : *slot;
    int answer = 0;
    (void)in;
    (void)size;
    if (listener == NULL || (reason == LWS_CALLBACK_ESTABLISHED && slot == NULL)) {
        return 0;
    }
    listener->net->now_ms = clock_monotonic_ms();
    switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
        answer = established(listener->net, wsi, slot);
        break;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        answer = writeable(connection, wsi);
        break;
    case LWS_CALLBACK_CLOSED:
        if (connection != NULL) {
            connection_closed(connection);
            *slot = NULL;
        }
        break;
    default:
        return 0;
    }
    net_end_turn(listener->net);
    return answer;
}
