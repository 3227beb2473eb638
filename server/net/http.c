/* HTTP: requests, bodies, answers. What is asked for is decided in route.c.
 *
 * An exchange is one request on its way to its answer. Bodies are taken whole, with a known length and a deadline of
 * their own; an answer is one head (with our headers on it) and one run of bytes, sent at most 64 KiB per turn. Whatever
 * is refused before its body has been read closes the connection afterwards, so that no byte of a body is ever taken for
 * the next request.
 *
 * Guards, each with a test of its name: raw_connection (CONNECT and anything that is not HTTP), transfer_encoding (400),
 * bad_version (505), bad_length (400), length_required (411), body_too_big (413), body_on_get (400), slow_body (cut after BODY_MS),
 * connection_cap and crowded_address (503, but for administration). */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/net/http.h"

enum { DISCARD_MAX = 1 << 20, HEAD_MAX = 8192, SLOW_READER_S = 30, FULL_MS = 5000 };

static struct exchange *exchange_new(struct net *net, struct lws *wsi, bool control)
{
    struct exchange *exchange = memory_new(1, sizeof *exchange);
    exchange->net = net;
    exchange->wsi = wsi;
    exchange->control = control;
    exchange->file = -1;
    buffer_init(&exchange->body, control ? CONTROL_BODY_MAX : MESSAGE_MAX);
    exchange->next = net->exchanges;
    if (net->exchanges != NULL) {
        net->exchanges->previous = exchange;
    }
    net->exchanges = exchange;
    return exchange;
}

static void exchange_free(struct exchange *exchange)
{
    if (exchange->previous != NULL) {
        exchange->previous->next = exchange->next;
    } else {
        exchange->net->exchanges = exchange->next;
    }
    if (exchange->next != NULL) {
        exchange->next->previous = exchange->previous;
    }
    if (exchange->conversation != NULL) {
        if (exchange->conversation->in_flight > 0) {
            exchange->conversation->owner = NULL; /* freed when its job is back */
            exchange->conversation->limit = NULL;
        } else {
            conversation_free(exchange->conversation);
        }
    }
    upload_abandon(exchange);
    longpoll_abandon(exchange);
    if (exchange->file >= 0) {
        close(exchange->file);
    }
    if (exchange->limit != NULL) {
        limits_leave(exchange->limit);
    }
    if (exchange->head != NULL) {
        segment_release(exchange->head);
    }
    if (exchange->owned != NULL) {
        segment_release(exchange->owned);
    }
    buffer_free(&exchange->body);
    free(exchange);
}

/* ---- answers ---- */

static const char *status_text(unsigned status)
{
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 421:
        return "Misdirected Request";
    case 429:
        return "Too Many Requests";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    case 507:
        return "Insufficient Storage";
    default:
        return "Error";
    }
}

/* On every answer but the parts of a page; strict enough that a page can load nothing but our own files and talk to
 * nobody but us. */
static const char page_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types palabre";
static const char security_headers[] = "Cross-Origin-Resource-Policy: same-origin\r\n"
                                       "X-Content-Type-Options: nosniff\r\n"
                                       "Referrer-Policy: no-referrer\r\n";
/* What only documents and workers obey. On a script or a style it is half a kilobyte that says nothing, seven times in a
 * first load. */
static const char document_headers[] =
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "X-Frame-Options: DENY\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "serial=(), midi=(), display-capture=()\r\n";

static void write_head(struct exchange *exchange, const struct answer *answer)
{
    struct buffer head;
    buffer_init(&head, HEAD_MAX);
    buffer_format(&head, "HTTP/1.1 %u %s\r\n", answer->status, status_text(answer->status));
    if (answer->status != 204 && answer->status != 304) {
        buffer_format(
            &head, "Content-Length: %llu\r\n",
            (unsigned long long)(answer->from_file ? answer->file_size : answer->body.size));
    }
    if (answer->type != NULL) {
        buffer_format(&head, "Content-Type: %s\r\n", answer->type);
    }
    buffer_format(&head, "Cache-Control: %s\r\n",
                  answer->cache == NULL ? "no-store" : answer->cache);
    buffer_append_text(&head, security_headers);
    if (!answer->part) {
        buffer_format(&head, "Content-Security-Policy: %s\r\n",
                      answer->policy == NULL ? page_policy : answer->policy);
        buffer_append_text(&head, document_headers);
    }
    if (exchange->net->origins[0].secure) {
        buffer_append_text(&head, "Strict-Transport-Security: max-age=31536000\r\n");
    }
    if (answer->headers != NULL) {
        buffer_append_text(&head, answer->headers);
    }
    buffer_append_text(&head, exchange->close_after ? "Connection: close\r\n\r\n" : "\r\n");
    exchange->head = segment_new(buffer_slice(&head));
    buffer_free(&head);
}

void exchange_answer(struct exchange *exchange, const struct answer *answer)
{
    if (exchange->answered) {
        if (answer->from_file) {
            close(answer->file);
        }
        return;
    }
    exchange->answered = true;
    write_head(exchange, answer);
    bool empty = exchange->head_only || answer->status == 204 || answer->status == 304;
    exchange->file = answer->from_file ? answer->file : -1;
    if (empty) {
        exchange->left = slice_of(NULL, 0);
    } else if (answer->from_file) {
        exchange->file_left = answer->file_size;
    } else if (answer->borrowed) {
        exchange->left = answer->body;
    } else {
        exchange->owned = segment_new(answer->body);
        exchange->left = slice_of(exchange->owned->bytes, exchange->owned->size);
    }
    lws_set_timeout(exchange->wsi, PENDING_TIMEOUT_HTTP_CONTENT, SLOW_READER_S);
    lws_callback_on_writable(exchange->wsi);
}

void exchange_refuse(struct exchange *exchange, unsigned status, enum error error)
{
    struct buffer body;
    char retry[48];
    const char *headers = status == 405 ? "Allow: GET, HEAD, POST\r\n" : NULL;
    buffer_init(&body, 1024);
    if (error != ERROR_NONE) {
        rpc_write_error(&body, NULL, error, NULL, exchange->retry_after_ms);
    }
    if (exchange->retry_after_ms > 0) {
        snprintf(retry, sizeof retry, "Retry-After: %llu\r\n",
                 (unsigned long long)(exchange->retry_after_ms + 999) / 1000);
        headers = retry;
    }
    struct answer answer = {.status = status,
                            .type = error == ERROR_NONE ? NULL : "application/json",
                            .headers = headers,
                            .body = buffer_slice(&body)};
    exchange_answer(exchange, &answer);
    buffer_free(&body);
}

/* The next piece of the file behind the answer. The loop waits for the disk only when read-ahead was not done. */
static ssize_t read_file_part(struct exchange *exchange, uint8_t *into)
{
    size_t most = WRITE_BYTES - HEAD_MAX;
    size_t part = exchange->file_left < most ? (size_t)exchange->file_left : most;
    ssize_t size = read(exchange->file, into, part);
    if (size > 0) {
        exchange->file_left -= (uint64_t)size;
    }
    return size;
}

/* The head and the first bytes leave in one write. -1 = the socket is gone. */
static int write_part(struct exchange *exchange)
{
    uint8_t *into = exchange->net->gather + LWS_PRE;
    size_t size = 0;
    if (exchange->head != NULL) {
        size = exchange->head->size;
        memcpy(into, exchange->head->bytes, size);
        segment_release(exchange->head);
        exchange->head = NULL;
    }
    size_t part = exchange->left.size;
    part = part < WRITE_BYTES - size ? part : WRITE_BYTES - size;
    if (part > 0) {
        memcpy(into + size, exchange->left.data, part);
        exchange->left = slice_of(exchange->left.data + part, exchange->left.size - part);
    }
    if (exchange->file_left > 0) {
        ssize_t got = read_file_part(exchange, into + size);
        if (got <= 0) {
            return -1; /* cut short: the length said more, so the client knows */
        }
        part = (size_t)got;
    }
    exchange->net->sends++;
    exchange->net->sent_bytes += size + part;
    return lws_write(exchange->wsi, into, size + part, LWS_WRITE_HTTP) < 0 ? -1 : 0;
}

static int write_answer(struct exchange **slot)
{
    struct exchange *exchange = *slot;
    struct lws *wsi = exchange->wsi;
    if (!exchange->answered) {
        return 0;
    }
    if (exchange->head != NULL || exchange->left.size > 0 || exchange->file_left > 0) {
        if (write_part(exchange) < 0) {
            return -1;
        }
        /* Not done while the library holds bytes of it: a stop would cut them off. */
        if (exchange->left.size > 0 || exchange->file_left > 0 || exchange->close_after ||
            lws_partial_buffered(wsi) > 0) {
            lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, SLOW_READER_S);
            lws_callback_on_writable(wsi);
            return 0;
        }
    }
    bool close_after = exchange->close_after;
    exchange_free(exchange);
    *slot = NULL;
    return close_after || lws_http_transaction_completed(wsi) ? -1 : 0;
}

/* ---- requests ---- */

/* How the request says where it ends; 0 = fine, else the status to refuse it with. */
static unsigned check_framing(struct exchange *exchange, struct lws *wsi)
{
    char text[64];
    if (lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0) {
        return 400;
    }
    int size = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH);
    if (size <= 0) {
        return exchange->post ? 411 : 0;
    }
    struct slice length = net_header(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, text, sizeof text);
    if (!header_length(length, &exchange->expected)) {
        return 400;
    }
    if (!exchange->post) {
        return exchange->expected > 0 ? 400 : 0;
    }
    uint64_t most = route_is_upload(exchange->path) ? MEDIA_MAX : exchange->body.max;
    return exchange->expected > most ? 413 : 0;
}

/* HTTP/1.0 and 1.1 alone; the library takes anything, and nothing at all. */
static bool version_is_good(struct lws *wsi)
{
    char text[16];
    struct slice version = net_header(wsi, WSI_TOKEN_HTTP, text, sizeof text);
    return slice_equal(version, slice_text("HTTP/1.1")) ||
           slice_equal(version, slice_text("HTTP/1.0"));
}

static bool read_method(struct exchange *exchange, struct lws *wsi, char *path, size_t max)
{
    static const struct {
        enum lws_token_indexes token;
        bool post, head_only;
    } methods[] = {{WSI_TOKEN_GET_URI, false, false},
                   {WSI_TOKEN_HEAD_URI, false, true},
                   {WSI_TOKEN_POST_URI, true, false}};
    for (size_t at = 0; at < sizeof methods / sizeof methods[0]; at++) {
        struct slice uri = net_header(wsi, methods[at].token, path, max);
        if (uri.size > 0) {
            exchange->post = methods[at].post;
            exchange->head_only = methods[at].head_only;
            exchange->path = uri;
            return true;
        }
    }
    return false;
}

static int start_exchange(const struct listener *side, struct lws *wsi, struct exchange **slot)
{
    char path[HEAD_MAX];
    if (*slot != NULL) {
        exchange_free(*slot);
    }
    struct net *net = side->net;
    *slot = exchange_new(net, wsi, side->control);
    struct exchange *exchange = *slot;
    exchange->admin = side->admin;
    bool known = read_method(exchange, wsi, path, sizeof path);
    unsigned refused = !known ? 405 : !version_is_good(wsi) ? 505 : check_framing(exchange, wsi);
    if (refused == 0 && !net_has_room(net, wsi)) {
        refused = 503;
        exchange->retry_after_ms = FULL_MS;
    }
    exchange->deadline_ms = net->now_ms + BODY_MS;
    if (refused != 0) {
        exchange->close_after = true;
        exchange->discard = refused == 413 && exchange->expected <= DISCARD_MAX;
        exchange->refusal_status = refused;
        exchange->refusal = refused == 503                    ? ERROR_NONE
                            : refused != 413                  ? ERROR_INPUT_BAD_REQUEST
                            : route_is_upload(exchange->path) ? ERROR_FILE_TOO_BIG
                                                              : ERROR_INPUT_TOO_BIG;
        if (!exchange->discard) {
            exchange_refuse(exchange, refused, exchange->refusal);
        }
    } else {
        route_request(exchange);
        exchange->close_after |= exchange->post && exchange->answered && exchange->expected > 0;
        if (exchange->post && exchange->expected == 0) {
            route_body(exchange);
        }
    }
    exchange->path = slice_of(NULL, 0);
    return 0;
}

static int take_body(struct exchange *exchange, const void *bytes, size_t size)
{
    if (exchange == NULL) {
        return -1;
    }
    if (exchange->answered) {
        return 0; /* refused at its head: closes when the answer has gone */
    }
    exchange->received += size;
    /* Each part of a body lets the library forget that the sweep has asked for the end. */
    if (exchange->received > exchange->expected || exchange->net->now_ms > exchange->deadline_ms) {
        return -1;
    }
    if (exchange->upload != NULL) {
        upload_take(exchange, slice_of(bytes, size));
    } else if (!exchange->discard && exchange->refusal_status == 0) {
        buffer_append(&exchange->body, bytes, size);
    }
    return 0;
}

/* The library says this once more for each piece that follows the body before its answer: a second request, or anything. */
static int end_body(struct exchange *exchange)
{
    if (exchange == NULL || exchange->answered || exchange->finishing) {
        return 0;
    }
    lws_set_timeout(exchange->wsi, NO_PENDING_TIMEOUT, 0);
    exchange->deadline_ms = UINT64_MAX;
    if (exchange->refusal_status != 0) {
        exchange_refuse(exchange, exchange->refusal_status, exchange->refusal);
        return 0;
    }
    if (exchange->conversation == NULL || exchange->conversation->done == NULL) {
        route_body(exchange);
    }
    return 0;
}

void http_sweep(struct net *net)
{
    for (struct exchange *exchange = net->exchanges; exchange != NULL; exchange = exchange->next) {
        if (!exchange->answered && net->now_ms > exchange->deadline_ms) {
            lws_set_timeout(exchange->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
        }
    }
}

/* What concerns a request; false = not one of these reasons. */
static bool on_request(struct lws *wsi, enum lws_callback_reasons reason, struct exchange **slot,
                       const void *in, size_t size, int *answer)
{
    switch (reason) {
    case LWS_CALLBACK_HTTP:
        *answer = start_exchange(lws_vhost_user(lws_get_vhost(wsi)), wsi, slot);
        return true;
    case LWS_CALLBACK_HTTP_BODY:
        *answer = take_body(*slot, in, size);
        return true;
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        *answer = end_body(*slot);
        return true;
    case LWS_CALLBACK_HTTP_WRITEABLE:
        *answer = *slot == NULL ? 0 : write_answer(slot);
        return true;
    case LWS_CALLBACK_CLOSED_HTTP:
    case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
        if (*slot != NULL) {
            exchange_free(*slot);
            *slot = NULL;
        }
        return true;
    default:
        return false;
    }
}

/* ---- who gets in ---- */

/* A connection from outside: what stands behind the library's opaque pointer. */
struct guest {
    struct crowd_place *place; /* NULL = no request yet, or no address */
    bool counted, late;        /* late: came when there was no room */
};

/* Guard connection_cap: half of the reserve takes in who may be administration; the control socket and
 * the admin listener always get in. */
static int admit(const struct net *net, bool control)
{
    size_t most = net->sockets_max + (size_t)net->settings.reserve / 2;
    return !control && (net->stopping || net->sockets >= most) ? -1 : 0;
}

static void welcome(const struct net *net, struct lws *wsi)
{
    struct guest *guest = memory_new(1, sizeof *guest);
    guest->late = net->sockets > net->sockets_max;
    lws_set_opaque_user_data(wsi, guest);
}

static void take_leave(struct net *net, struct lws *wsi)
{
    struct guest *guest = lws_get_opaque_user_data(wsi);
    if (guest != NULL) {
        crowd_leave(net->crowd, guest->place);
        free(guest);
        lws_set_opaque_user_data(wsi, NULL);
    }
}

static bool is_administration(struct net *net, struct lws *wsi)
{
    struct caller caller;
    bool secure = net->origins[0].secure;
    return net_find_session(net, wsi, secure, &caller) == ERROR_NONE &&
           caller_may(net_read(net), &caller, "org.update");
}

bool net_has_room(struct net *net, struct lws *wsi)
{
    struct guest *guest = lws_get_opaque_user_data(wsi);
    if (guest == NULL) {
        return true;
    }
    if (!guest->counted) {
        uint64_t most = net->settings.connections_per_address;
        guest->counted = true;
        guest->place = crowd_enter(net->crowd, peer_place(net_peer_address(net, wsi)));
        guest->late |= guest->place != NULL && most > 0 && crowd_count(guest->place) > most;
    }
    return !guest->late || is_administration(net, wsi);
}

int net_callback_http(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                      size_t size)
{
    const struct listener *listener = lws_vhost_user(lws_get_vhost(wsi));
    int answer = 0;
    if (listener == NULL) {
        return 0;
    }
    struct net *net = listener->net;
    net->now_ms = clock_monotonic_ms();
    if (user != NULL && on_request(wsi, reason, user, in, size, &answer)) {
        net_end_turn(net);
        return answer;
    }
    switch (reason) {
    case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
        if (lws_get_vhost(wsi) == net->drain_vhost &&
            lws_get_protocol(wsi) == net->drain_protocol) {
            net_drain(net);
        }
        return 0;
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return socket_check_upgrade(net, wsi, listener->control || listener->admin);
    case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
        return admit(net, listener->control || listener->admin);
    case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
        if (!listener->control && !listener->admin) {
            welcome(net, wsi);
        }
        return 0;
    case LWS_CALLBACK_WSI_CREATE:
        net->sockets++;
        return 0;
    case LWS_CALLBACK_WSI_DESTROY:
        net->sockets--;
        take_leave(net, wsi);
        return 0;
    case LWS_CALLBACK_RAW_ADOPT:
    case LWS_CALLBACK_RAW_RX:
    case LWS_CALLBACK_RAW_CONNECTED:
    case LWS_CALLBACK_RAW_WRITEABLE:
    case LWS_CALLBACK_RAW_SKT_BIND_PROTOCOL:
        return -1;
    default:
        return 0;
    }
}
