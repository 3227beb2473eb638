/* /ws: the upgrade, incoming messages, closing.
 *
 * Who may open one is decided before the upgrade (exact Host and Origin, subprotocol, nothing but "websocket" in
 * Upgrade); whether there is a session after it, because a browser is told why a socket closed but not why an upgrade
 * was refused: no session = 4401. Messages are put together from fragments up to 64 KiB; one command is carried out at a
 * time, and while it is, the socket is not read, so order needs no queue. All output goes through connection.c.
 *
 * Guards, each with a test of its name: foreign_host, foreign_origin, other_upgrade (NN-2025-0102: the header is copied,
 * `in` is never read), missing_subprotocol, wrong_path, no_session (4401), message_too_big (1009), binary_message
 * (1003), bad_utf8 (1007, by the library's own check), message_out_of_turn (1008).
 *
 * Not guarded: a client frame without a mask, which RFC 6455 wants closed with 1002. libwebsockets 4.1.6 reads it and shows
 * its users no mask bit. The mask protects proxies from pages, and a browser cannot leave it out. */
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
    if (!net_origin_is_good(net, wsi, &secure)) {
        return refuse_upgrade(wsi, "403 Forbidden");
    }
    if (!names_our_protocol(wsi)) {
        return refuse_upgrade(wsi, "400 Bad Request");
    }
    if (net->stopping) {
        return refuse_upgrade(wsi, "503 Service Unavailable");
    }
    return 0;
}

/* A session lives on while it is used; the store hears of it once a day. */
static void touch_session(struct connection *connection)
{
    struct net *net = connection->net;
    struct limit_entry *limit = connection->limit;
    if (limit->touched_ms != 0 && net->now_ms - limit->touched_ms < TOUCH_MS) {
        return;
    }
    limit->touched_ms = net->now_ms;
    struct job *job = memory_new(1, sizeof *job);
    job->request.caller = connection->caller;
    writer_submit(net->writer, job);
}

static int established(struct net *net, struct lws *wsi, struct connection **slot)
{
    struct caller caller;
    bool secure = false;
    *slot = NULL;
    if (net->stopping || !net_origin_is_good(net, wsi, &secure) ||
        net_find_session(net, wsi, secure, &caller) != ERROR_NONE) {
        lws_callback_on_writable(wsi); /* closed there, with a status */
        return 0;
    }
    *slot = connection_open(net, wsi, &caller);
    touch_session(*slot);
    return 0;
}

static int hang_up(struct lws *wsi, uint16_t status)
{
    lws_close_reason(wsi, (enum lws_close_status)status, NULL, 0);
    return -1;
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

static void start_message(struct connection *connection)
{
    struct conversation *conversation = conversation_new(connection->net, CARRIER_SOCKET);
    conversation->connection = connection;
    conversation->caller = connection->caller;
    conversation->limit = connection->limit;
    conversation->done = answered;
    connection->conversation = conversation;
    struct buffer input = connection->input;
    buffer_init(&connection->input, MESSAGE_MAX);
    rpc_start(conversation, buffer_slice(&input));
    buffer_free(&input);
    connection_hold_input(connection);
}

static int receive(struct connection *connection, struct lws *wsi, const void *bytes, size_t size)
{
    connection->heard_ms = connection->net->now_ms;
    connection->pinged = false;
    if (connection->closing != 0) {
        return 0;
    }
    if (lws_frame_is_binary(wsi)) {
        return hang_up(wsi, LWS_CLOSE_STATUS_UNACCEPTABLE_OPCODE);
    }
    if (connection->conversation != NULL) {
        return hang_up(wsi, LWS_CLOSE_STATUS_POLICY_VIOLATION);
    }
    buffer_append(&connection->input, bytes, size);
    if (!buffer_ok(&connection->input)) {
        return hang_up(wsi, LWS_CLOSE_STATUS_MESSAGE_TOO_LARGE);
    }
    if (lws_is_final_fragment(wsi) && lws_remaining_packet_payload(wsi) == 0) {
        start_message(connection);
    }
    return 0;
}

static int writeable(struct connection *connection, struct lws *wsi)
{
    if (connection == NULL) {
        return hang_up(wsi, CLOSE_NO_SESSION);
    }
    connection_pump(connection);
    if (connection->closing != 0 && connection->out_count == 0 && lws_partial_buffered(wsi) == 0) {
        return hang_up(wsi, connection->closing);
    }
    return 0;
}

int net_callback_socket(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                        size_t size)
{
    const struct listener *listener = lws_vhost_user(lws_get_vhost(wsi));
    struct connection **slot = user;
    struct connection *connection = slot == NULL ? NULL : *slot;
    int answer = 0;
    if (listener == NULL || (reason == LWS_CALLBACK_ESTABLISHED && slot == NULL)) {
        return 0;
    }
    listener->net->now_ms = clock_monotonic_ms();
    switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
        answer = established(listener->net, wsi, slot);
        break;
    case LWS_CALLBACK_RECEIVE:
        answer = connection == NULL ? 0 : receive(connection, wsi, in, size);
        break;
    case LWS_CALLBACK_RECEIVE_PONG:
        if (connection != NULL) {
            connection->heard_ms = listener->net->now_ms;
            connection->pinged = false;
        }
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
