/* What each address answers.
 *
 * Open to all: the client's files, /healthz, /openrpc.json, /log/checkpoint. POST /rpc asks for the exact Origin and the
 * header X-Palabre-CSRF, takes the session from the cookie, and is the one place where sessions begin and end: the
 * cookie is set and cleared here. On the control socket (mode 0600 in the folder) whoever calls is the operator, and
 * /stats tells counters and
 * /topic/NAME all documents of a topic. /files is in upload.c.
 *
 * Guards, each with a test of its name: foreign_host (421), unknown_method (405), foreign_origin (403), csrf_missing
 * (403), cross_site (403), not_json (415), no_session (401), path_outside (404: only paths found at start exist). */
#include <stdio.h>

#include "base/encoding.h"
#include "server/engine/clock.h"
#include "server/net/http.h"

enum { COOKIE_MAX = 4096 };

const char *http_cookie_name(bool secure)
{
    return secure ? "__Host-palabre_session" : "palabre_session";
}

/* ---- /rpc ---- */

/* Guard: cross_site. What a browser says of itself; other programs say nothing. */
static bool comes_from_elsewhere(struct lws *wsi)
{
    static const char name[] = "sec-fetch-site:";
    char site[16] = "";
    if (lws_hdr_custom_length(wsi, name, sizeof name - 1) < 0) {
        return false;
    }
    lws_hdr_custom_copy(wsi, site, sizeof site, name, sizeof name - 1);
    return strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
}

/* Guard: not_json. A form cannot send this type. */
static bool is_json(struct lws *wsi)
{
    char text[64];
    struct slice type = net_header(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE, text, sizeof text);
    const uint8_t *more = type.size == 0 ? NULL : memchr(type.data, ';', type.size);
    if (more != NULL) {
        type.size = (size_t)(more - type.data);
    }
    return header_equals(type, "application/json");
}

enum error route_check_caller(struct exchange *exchange)
{
    char csrf[4];
    if (exchange->control || net_has_bearer(exchange->wsi)) {
        return ERROR_NONE;
    }
    if (!net_origin_is_good(exchange->net, exchange->wsi, &exchange->secure) ||
        comes_from_elsewhere(exchange->wsi)) {
        return ERROR_ORIGIN_REFUSED;
    }
    if (lws_hdr_custom_copy(exchange->wsi, csrf, sizeof csrf, "x-palabre-csrf:", 15) < 0 ||
        csrf[0] != '1') {
        return ERROR_CSRF_MISSING;
    }
    return ERROR_NONE;
}

/* Without a session the address counts: generously, a hall shares one. */
static struct limit_entry *enter_limits(const struct exchange *exchange,
                                        const struct caller *caller)
{
    struct net *net = exchange->net;
    if (caller->kind == CALLER_MEMBER || caller->kind == CALLER_SCREEN) {
        return limits_enter_session(net->limits, &caller->session, caller_account(caller),
                                    net->now_ms);
    }
    struct peer_address place = peer_place(net_peer_address(net, exchange->wsi));
    return limits_enter_address(net->limits, place.bytes, net->now_ms);
}

static void start_rpc(struct exchange *exchange)
{
    struct net *net = exchange->net;
    enum error error = route_check_caller(exchange);
    if (error != ERROR_NONE) {
        exchange->refusal_status = 403;
        exchange->refusal = error;
        return;
    }
    if (!exchange->control && !is_json(exchange->wsi)) {
        exchange->refusal_status = 415;
        exchange->refusal = ERROR_INPUT_BAD_REQUEST;
        return;
    }
    struct conversation *conversation =
        conversation_new(net, exchange->control ? CARRIER_CONTROL : CARRIER_HTTP);
    exchange->conversation = conversation;
    conversation->owner = exchange;
    if (exchange->control) {
        conversation->caller.kind = CALLER_OPERATOR;
        return;
    }
    conversation->session_error =
        net_find_session(net, exchange->wsi, exchange->secure, &conversation->caller);
    if (conversation->session_error != ERROR_NONE && net_has_bearer(exchange->wsi)) {
        exchange->refusal_status = 401;
        exchange->refusal = conversation->session_error;
        return;
    }
    exchange->limit = enter_limits(exchange, &conversation->caller);
    conversation->limit = exchange->limit;
    if (conversation->caller.scopes != 0) {
        net_touch_session(net, &conversation->caller, exchange->limit);
    }
}

static unsigned status_of(const struct conversation *conversation)
{
    if (conversation->fault == ERROR_INPUT_BAD_UTF8) {
        return 400;
    }
    if (conversation->without_session > 0 && conversation->succeeded == 0) {
        return 401;
    }
    return conversation->reply.size == 0 ? 204 : 200;
}

static void write_cookie(const struct exchange *exchange, struct buffer *headers)
{
    const struct conversation *conversation = exchange->conversation;
    const char *secure = exchange->secure ? "; Secure" : "";
    if (conversation->opens_session) {
        buffer_format(headers, "Set-Cookie: %s=", http_cookie_name(exchange->secure));
        encoding_base64url(headers, slice_of(conversation->session_token, 32));
        buffer_format(headers, "; Path=/; HttpOnly; SameSite=Strict%s; Max-Age=%llu\r\n", secure,
                      (unsigned long long)conversation->session_max_age_s);
    } else if (conversation->closes_session) {
        buffer_format(headers,
                      "Set-Cookie: %s=; Path=/; HttpOnly; SameSite=Strict%s; Max-Age=0\r\n",
                      http_cookie_name(exchange->secure), secure);
    }
}

static void rpc_done(struct conversation *conversation)
{
    struct exchange *exchange = conversation->owner;
    struct buffer headers;
    buffer_init(&headers, 512);
    write_cookie(exchange, &headers);
    buffer_append_u8(&headers, 0);
    struct answer answer = {.status = status_of(conversation),
                            .type = "application/json",
                            .headers = (const char *)headers.data,
                            .body = buffer_slice(&conversation->reply)};
    exchange_answer(exchange, &answer);
    crypto_wipe(headers.data, headers.size);
    buffer_free(&headers);
}

void route_body(struct exchange *exchange)
{
    struct conversation *conversation = exchange->conversation;
    if (exchange->answered) {
        return;
    }
    if (exchange->upload != NULL) {
        upload_end(exchange);
        return;
    }
    if (exchange->refusal_status != 0 || conversation == NULL) {
        exchange_refuse(exchange, exchange->refusal_status == 0 ? 404 : exchange->refusal_status,
                        exchange->refusal);
        return;
    }
    conversation->done = rpc_done;
    rpc_start(conversation, buffer_slice(&exchange->body));
}

/* ---- what can be read ---- */

static void answer_text(struct exchange *exchange, const char *type, struct slice body)
{
    struct answer answer = {.status = 200, .type = type, .cache = "no-cache", .body = body};
    exchange_answer(exchange, &answer);
}

static void answer_checkpoint(struct exchange *exchange)
{
    struct slice note;
    struct store_txn *txn = net_read(exchange->net);
    if (txn == NULL || !ledger_checkpoint(txn, &note)) {
        exchange_refuse(exchange, 503, ERROR_STORAGE_FAILED);
        return;
    }
    answer_text(exchange, "text/plain; charset=utf-8", note);
}

static void answer_stats(struct exchange *exchange)
{
    struct net *net = exchange->net;
    struct batch_counters counters = writer_counters(net->writer);
    struct buffer body;
    buffer_init(&body, 1024);
    buffer_format(&body,
                  "{\"commits\":%llu,\"commands\":%llu,\"ballots\":%llu,\"refused\":%llu,"
                  "\"replays\":%llu,\"sends\":%llu,\"sent_bytes\":%llu,\"connections\":%zu,"
                  "\"sockets\":%zu,\"polls\":%zu,\"polls_max\":%zu,\"used_bytes\":%llu}\n",
                  (unsigned long long)counters.commits, (unsigned long long)counters.commands,
                  (unsigned long long)counters.ballots, (unsigned long long)counters.refused,
                  (unsigned long long)counters.replays, (unsigned long long)net->sends,
                  (unsigned long long)net->sent_bytes, net->connection_count, net->sockets,
                  net->poll_count, net->polls_max,
                  (unsigned long long)store_used_bytes(net->folder->store));
    answer_text(exchange, "application/json", buffer_slice(&body));
    buffer_free(&body);
}

/* On the control socket: all documents of a topic, for the program's own commands. */
static void answer_topic(struct exchange *exchange)
{
    static const struct caller caller = {.kind = CALLER_OPERATOR};
    struct slice name = slice_of(exchange->path.data + 7, exchange->path.size - 7);
    struct store_txn *txn = net_read(exchange->net);
    struct topic topic;
    if (txn == NULL || topic_find(txn, name, &caller, &topic) != ERROR_NONE) {
        exchange_refuse(exchange, 404, ERROR_TOPIC_UNKNOWN);
        return;
    }
    struct buffer body;
    buffer_init(&body, FOLDER_TOPIC_MAX);
    folder_topic(txn, topic, &body);
    answer_text(exchange, "application/json", buffer_slice(&body));
    buffer_free(&body);
}

static bool has_tag(struct exchange *exchange, const char *tag)
{
    char text[1024];
    struct slice header =
        net_header(exchange->wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, text, sizeof text);
    return header_matches_tag(header, slice_text(tag));
}

static void answer_tagged(struct exchange *exchange, const char *tag, struct answer *answer,
                          const char *coding)
{
    char headers[160];
    snprintf(headers, sizeof headers, "ETag: %s\r\nVary: Accept-Encoding\r\n%s", tag, coding);
    answer->headers = headers;
    answer->borrowed = true;
    if (has_tag(exchange, tag)) {
        answer->status = 304;
    }
    exchange_answer(exchange, answer);
    answer->headers = NULL;
}

static void answer_asset(struct exchange *exchange, const struct asset *asset, unsigned status)
{
    static const char *const codings[CODING_COUNT] = {"", "Content-Encoding: gzip\r\n",
                                                      "Content-Encoding: br\r\n"};
    char accepts[512];
    struct slice header =
        net_header(exchange->wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING, accepts, sizeof accepts);
    enum asset_coding coding = asset_choose(asset, header);
    struct answer answer = {.status = status,
                            .type = asset->type,
                            .cache = asset->immutable ? "public, max-age=31536000, immutable"
                                                      : "no-cache",
                            .part = asset->immutable && strncmp(asset->type, "text/", 5) == 0,
                            .body = slice_of(asset->forms[coding].data, asset->forms[coding].size)};
    answer_tagged(exchange, asset->forms[coding].tag, &answer, codings[coding]);
}

/* A file of the client. An address that nobody knows is 404; a browser gets the client with it, which says so in words. */
static void answer_file(struct exchange *exchange)
{
    char text[512];
    const struct assets *assets = exchange->net->assets;
    const struct asset *asset = assets_find(assets, exchange->path);
    const struct asset *home = assets_find(assets, slice_text("/"));
    struct slice accept = net_header(exchange->wsi, WSI_TOKEN_HTTP_ACCEPT, text, sizeof text);
    if (asset != NULL) {
        answer_asset(exchange, asset, 200);
    } else if (home != NULL && accept.size > 0 &&
               memmem(accept.data, accept.size, "text/html", 9) != NULL) {
        answer_asset(exchange, home, 404);
    } else {
        exchange_refuse(exchange, 404, ERROR_NONE);
    }
}

static void route_get(struct exchange *exchange)
{
    struct net *net = exchange->net;
    struct slice path = exchange->path;
    if (slice_equal(path, slice_text("/healthz"))) {
        answer_text(exchange, "text/plain; charset=utf-8", slice_text("ok\n"));
    } else if (slice_equal(path, slice_text("/openrpc.json"))) {
        struct answer answer = {.status = 200,
                                .type = "application/json",
                                .cache = "no-cache",
                                .body = buffer_slice(&net->openrpc)};
        answer_tagged(exchange, net->openrpc_tag, &answer, "");
    } else if (slice_equal(path, slice_text("/log/checkpoint"))) {
        answer_checkpoint(exchange);
    } else if (exchange->control && slice_equal(path, slice_text("/stats"))) {
        answer_stats(exchange);
    } else if (exchange->control && path.size > 7 && memcmp(path.data, "/topic/", 7) == 0) {
        answer_topic(exchange);
    } else if (!exchange->control && path.size > 7 && memcmp(path.data, "/files/", 7) == 0) {
        upload_serve(exchange);
    } else if (!exchange->control && slice_equal(path, slice_text("/feed"))) {
        longpoll_start(exchange);
    } else if (exchange->control) {
        exchange_refuse(exchange, 404, ERROR_NONE);
    } else {
        answer_file(exchange);
    }
}

bool route_is_upload(struct slice path)
{
    return slice_equal(path, slice_text("/files"));
}

void route_request(struct exchange *exchange)
{
    bool rpc = slice_equal(exchange->path, slice_text("/rpc"));
    if (exchange->admin) {
        admin_request(exchange);
    } else if (!exchange->control && !net_host_is_good(exchange->net, exchange->wsi)) {
        exchange->close_after = true;
        exchange_refuse(exchange, 421, ERROR_ORIGIN_REFUSED);
    } else if (exchange->post && rpc) {
        start_rpc(exchange);
    } else if (exchange->post && route_is_upload(exchange->path)) {
        upload_start(exchange);
    } else if (exchange->post || rpc || route_is_upload(exchange->path)) {
        exchange->close_after = true;
        exchange_refuse(exchange, 405, ERROR_NONE);
    } else {
        route_get(exchange);
    }
}
