/* GET /feed: the feed as a long poll, for halls whose Wi-Fi breaks WebSockets.
 *
 * A poll names its topics with the position it has reached in each (feed_query.c); the server remembers nothing between
 * two polls. When it comes, each topic is read from that position. Is there something to tell, it is answered at once;
 * else it is held, watching its topics as a connection does, and answered with the frames of the turn in which the first
 * of them changes, or after POLL_MS with nothing. The invariant is the feed's: everything up to a `seq` has been told. A
 * poll is held only when it has everything up to where its watches stand, so no change falls between two polls.
 * A frame is built once for all polls that watch its topic, an answer once for all that got the same frames. Counts of a
 * room (rooms.c) have numbers in place of positions: a poll that says which it has had last is told of newer ones.
 * While one is held its socket is not read (libwebsockets 4.1.6 would spin on bytes or an end that it does not take during
 * an answer), so once a second we look ourselves whether the peer is still there.
 * A held poll keeps a socket and the library's room for its head, so they are at most a quarter of those.
 * Start at longpoll_start().
 *
 * Guards, each with a test of its name: foreign_poll (403), poll_without_session (401), unbounded_query (400),
 * poll_too_often (429), too_many_held (503), revoked_while_held (401). */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/net/feed_query.h"
#include "server/net/http.h"

enum { ANSWER_MAX = 64 << 20, CLOSED_MAX = 16 << 10 };

/* ---- answers ---- */

static void write_start(struct slice epoch, struct buffer *body)
{
    buffer_append_text(body, "{\"epoch\":");
    json_write_string(body, epoch);
    buffer_append_text(body, ",\"topics\":[");
}

static void write_end(struct slice closed, struct slice rooms, struct buffer *body)
{
    buffer_append_text(body, "],\"closed\":[");
    buffer_append_slice(body, closed);
    buffer_append_text(body, rooms.size == 0 ? "]" : "],\"rooms\":[");
    buffer_append_slice(body, rooms);
    buffer_append_text(body, rooms.size == 0 ? "}" : "]}");
}

static void refuse(struct exchange *exchange, unsigned status, enum error error, const char *field,
                   uint64_t wait_ms)
{
    struct buffer body;
    buffer_init(&body, 1024);
    rpc_write_error(&body, NULL, error, field, wait_ms);
    struct answer answer = {
        .status = status, .type = "application/json", .body = buffer_slice(&body)};
    exchange_answer(exchange, &answer);
    buffer_free(&body);
}

/* The bytes are shared with whoever has the segment. */
static void answer_with(struct exchange *exchange, struct segment *body)
{
    struct answer answer = {.status = 200,
                            .type = "application/json",
                            .body = slice_of(body->bytes, body->size),
                            .borrowed = true};
    exchange_answer(exchange, &answer);
    body->references++;
    exchange->owned = body;
}

/* ---- who asks ---- */

/* No page of another origin can send the header of its own making; what a browser says beside it must fit too. */
static enum error check_origin(struct exchange *exchange)
{
    char text[32];
    bool secure;
    struct lws *wsi = exchange->wsi;
    if (net_has_bearer(wsi)) {
        return ERROR_NONE;
    }
    if (lws_hdr_total_length(wsi, WSI_TOKEN_ORIGIN) > 0 &&
        !net_origin_is_good(exchange->net, wsi, &secure)) {
        return ERROR_ORIGIN_REFUSED;
    }
    int size = lws_hdr_custom_copy(wsi, text, sizeof text, "sec-fetch-site:", 15);
    if (size >= 0 && strcmp(text, "same-origin") != 0) {
        return ERROR_ORIGIN_REFUSED;
    }
    size = lws_hdr_custom_copy(wsi, text, sizeof text, "x-palabre-csrf:", 15);
    return size == 1 && text[0] == '1' ? ERROR_NONE : ERROR_CSRF_MISSING;
}

/* Guards foreign_poll, poll_without_session, poll_too_often; false = refused. */
static bool admit(struct exchange *exchange, struct caller *caller)
{
    struct net *net = exchange->net;
    enum error error = check_origin(exchange);
    if (error != ERROR_NONE) {
        refuse(exchange, 403, error, NULL, 0);
        return false;
    }
    error = net_find_reader(net, exchange->wsi, caller);
    if (error != ERROR_NONE) {
        refuse(exchange, 401, error, NULL, 0);
        return false;
    }
    exchange->limit =
        limits_enter_session(net->limits, &caller->session, caller_account(caller), net->now_ms);
    net_touch_session(net, caller, exchange->limit);
    uint64_t wait_ms = limits_take(net->limits, exchange->limit, LIMIT_PERSONAL, net->now_ms);
    if (wait_ms > 0) {
        refuse(exchange, 429, ERROR_RATE_LIMITED, NULL, wait_ms);
    }
    return wait_ms == 0;
}

/* ---- when it comes ---- */

/* A poll being read for the first time. */
struct reading {
    const struct feed_query *query;
    const struct caller *caller;
    struct longpoll_topic topics[TOPICS_MAX];
    size_t count; /* of those that may be read */
    bool news;
    struct buffer body, closed, rooms;
};

static void write_closed(const char *name, enum error error, struct buffer *closed)
{
    buffer_format(closed, "%s{\"topic\":\"%s\",\"reason\":\"%s\"}", closed->size == 0 ? "" : ",",
                  name, error_reason(error)); /* the name is of clean bytes alone */
}

static void read_topic(struct store_txn *txn, const struct feed_query_topic *asked, bool same_epoch,
                       size_t budget, struct reading *reading)
{
    struct longpoll_topic *topic = &reading->topics[reading->count];
    enum error error = topic_find(txn, slice_text(asked->name), reading->caller, &topic->topic);
    if (error != ERROR_NONE) {
        write_closed(asked->name, error, &reading->closed);
        return;
    }
    topic->asked = asked->name;
    topic->from = asked->since;
    topic->full = !asked->known || !same_epoch ||
                  (asked->since > 0 && feed_needs_full(txn, topic->topic, asked->since));
    reading->count++;
    size_t before = reading->body.size;
    buffer_append_text(&reading->body, reading->news ? "," : "");
    if (budget > 0 && feed_poll_read(txn, topic, budget, &reading->body)) {
        reading->news = true;
    } else {
        reading->body.size = before;
    }
}

/* Topics past the room of one answer are told with the next poll, which comes at once. */
static void read_topics(struct store_txn *txn, struct reading *reading)
{
    const struct feed_query *query = reading->query;
    bool same_epoch = slice_equal(slice_text(query->epoch), feed_epoch(txn));
    size_t start = reading->body.size;
    for (size_t at = 0; at < query->count; at++) {
        size_t used = reading->body.size - start;
        read_topic(txn, &query->topics[at], same_epoch, used < RUN_BYTES ? RUN_BYTES - used : 0,
                   reading);
    }
}

static void read_rooms(struct net *net, struct reading *reading)
{
    for (size_t at = 0; reading->query->rooms && at < reading->count; at++) {
        rooms_write(net, reading->topics[at].topic, reading->query->room, &reading->rooms);
    }
}

/* Guard: too_many_held. */
static bool may_hold(const struct exchange *exchange)
{
    const struct net *net = exchange->net;
    size_t own = 0;
    for (const struct longpoll *poll = net->polls; poll != NULL; poll = poll->next) {
        own += poll->exchange->limit == exchange->limit;
    }
    return net->poll_count < net->polls_max && own < POLLS_OF_SESSION;
}

static void hold(struct exchange *exchange, const struct reading *reading)
{
    struct net *net = exchange->net;
    struct longpoll *poll = memory_new(1, sizeof *poll);
    poll->net = net;
    poll->exchange = exchange;
    poll->caller = *reading->caller;
    poll->until_ms = net->now_ms + POLL_MS;
    poll->rooms = reading->query->rooms;
    memcpy(poll->epoch, reading->query->epoch, sizeof poll->epoch);
    poll->next = net->polls;
    if (net->polls != NULL) {
        net->polls->previous = poll;
    }
    net->polls = poll;
    net->poll_count++;
    rooms_page_came(net, &poll->caller);
    exchange->poll = poll;
    exchange->deadline_ms = UINT64_MAX;
    lws_set_timeout(exchange->wsi, NO_PENDING_TIMEOUT, 0);
    lws_rx_flow_control(exchange->wsi, 0);
    for (size_t at = 0; at < reading->count; at++) {
        feed_poll_watch(poll, reading->topics[at].topic, reading->topics[at].from);
    }
}

/* Somebody looks at the page, though the poll need not be held: it was here a moment ago. */
static void show_page(struct net *net, const struct caller *caller)
{
    rooms_page_came(net, caller);
    rooms_page_went(net, caller, false, net->now_ms);
}

static void answer_reading(struct exchange *exchange, struct reading *reading)
{
    if (reading->query->hold) {
        show_page(exchange->net, reading->caller);
    }
    write_end(buffer_slice(&reading->closed), buffer_slice(&reading->rooms), &reading->body);
    struct segment *body = segment_new(buffer_slice(&reading->body));
    answer_with(exchange, body);
    segment_release(body);
}

static void read_and_answer(struct exchange *exchange, const struct feed_query *query,
                            const struct caller *caller)
{
    struct store_txn *txn = net_read(exchange->net);
    if (txn == NULL) {
        refuse(exchange, 503, ERROR_STORAGE_FAILED, NULL, 0);
        return;
    }
    struct reading reading = {.query = query, .caller = caller};
    buffer_init(&reading.body, ANSWER_MAX);
    buffer_init(&reading.closed, CLOSED_MAX);
    buffer_init(&reading.rooms, CLOSED_MAX);
    write_start(feed_epoch(txn), &reading.body);
    read_topics(txn, &reading);
    read_rooms(exchange->net, &reading);
    if (reading.news || reading.closed.size > 0 || reading.rooms.size > 0 || !query->hold) {
        answer_reading(exchange, &reading);
    } else if (may_hold(exchange)) {
        hold(exchange, &reading);
    } else {
        refuse(exchange, 503, ERROR_FEED_FULL, NULL, 0);
    }
    buffer_free(&reading.body);
    buffer_free(&reading.closed);
    buffer_free(&reading.rooms);
}

void longpoll_start(struct exchange *exchange)
{
    char text[QUERY_MAX];
    struct feed_query query;
    struct caller caller;
    const char *field = NULL;
    exchange->polled = true;
    if (exchange->net->stopping) {
        refuse(exchange, 503, ERROR_SERVER_STOPPING, NULL, 0);
        return;
    }
    if (exchange->head_only) {
        exchange_refuse(exchange, 405, ERROR_NONE);
        return;
    }
    if (!admit(exchange, &caller)) {
        return;
    }
    enum error error = feed_query_parse(net_query(exchange->wsi, text), &query, &field);
    if (error != ERROR_NONE) {
        refuse(exchange, 400, error, field, 0);
        return;
    }
    read_and_answer(exchange, &query, &caller);
}

/* ---- while it is held ---- */

static void make_ready(struct longpoll *poll)
{
    if (!poll->ready_listed) {
        poll->ready_listed = true;
        poll->ready_next = poll->net->ready;
        poll->net->ready = poll;
    }
}

void longpoll_take(struct longpoll *poll, struct segment *frame)
{
    poll->frames[poll->count++] = frame;
    make_ready(poll);
}

void longpoll_take_room(struct longpoll *poll, struct segment *counts)
{
    if (poll->rooms && poll->room == NULL) {
        counts->references++;
        poll->room = counts;
        make_ready(poll);
    }
}

/* Its topics are let go of; the exchange goes on with its answer. */
static void end_poll(struct longpoll *poll)
{
    struct net *net = poll->net;
    feed_poll_drop(poll);
    for (size_t at = 0; at < poll->count; at++) {
        segment_release(poll->frames[at]);
    }
    if (poll->room != NULL) {
        segment_release(poll->room);
    }
    if (poll->previous != NULL) {
        poll->previous->next = poll->next;
    } else {
        net->polls = poll->next;
    }
    if (poll->next != NULL) {
        poll->next->previous = poll->previous;
    }
    net->poll_count--;
    rooms_page_went(net, &poll->caller, poll->asleep, net->now_ms);
    poll->exchange->poll = NULL;
    free(poll);
}

void longpoll_abandon(struct exchange *exchange)
{
    struct longpoll *poll = exchange->poll;
    if (poll == NULL) {
        return;
    }
    struct longpoll **link = &poll->net->ready;
    while (poll->ready_listed && *link != poll) {
        link = &(*link)->ready_next;
    }
    if (poll->ready_listed) {
        *link = poll->ready_next;
    }
    end_poll(poll);
}

/* It is about to be answered. */
static struct exchange *let_go(struct longpoll *poll)
{
    struct exchange *exchange = poll->exchange;
    lws_rx_flow_control(exchange->wsi, 1);
    longpoll_abandon(exchange);
    return exchange;
}

/* In a new epoch still under the one of its positions: the next poll is then told everything anew. */
static struct segment *compose(const struct longpoll *poll)
{
    struct buffer body;
    buffer_init(&body, ANSWER_MAX);
    write_start(slice_text(poll->epoch), &body);
    for (size_t at = 0; at < poll->count; at++) {
        buffer_append_text(&body, at == 0 ? "" : ",");
        buffer_append(&body, poll->frames[at]->bytes, poll->frames[at]->size);
    }
    struct slice none = {0};
    write_end(none, poll->room == NULL ? none : slice_of(poll->room->bytes, poll->room->size),
              &body);
    struct segment *segment = segment_new(buffer_slice(&body));
    buffer_free(&body);
    return segment;
}

/* The last answer made in a flush: many polls get the same. */
struct composed {
    struct segment *body; /* NULL = none yet */
    const struct segment *frames[TOPICS_MAX], *room;
    size_t count;
    char epoch[FEED_QUERY_EPOCH_SIZE];
};

static bool has_same_frames(const struct longpoll *poll, const struct composed *last)
{
    bool same = last->body != NULL && last->count == poll->count && last->room == poll->room &&
                strcmp(last->epoch, poll->epoch) == 0;
    for (size_t at = 0; same && at < poll->count; at++) {
        same = last->frames[at] == poll->frames[at];
    }
    return same;
}

static struct segment *answer_for(struct longpoll *poll, struct composed *last)
{
    if (has_same_frames(poll, last)) {
        return last->body;
    }
    if (last->body != NULL) {
        segment_release(last->body);
    }
    last->body = compose(poll);
    last->count = poll->count;
    last->room = poll->room;
    memcpy(last->epoch, poll->epoch, sizeof last->epoch);
    for (size_t at = 0; at < poll->count; at++) {
        last->frames[at] = poll->frames[at];
    }
    return last->body;
}

void longpoll_flush(struct net *net)
{
    struct composed last = {.body = NULL};
    while (net->ready != NULL) {
        struct longpoll *poll = net->ready;
        if (net->stopping && poll->count == 0) {
            refuse(let_go(poll), 503, ERROR_SERVER_STOPPING, NULL, 0);
        } else {
            struct segment *body = answer_for(poll, &last);
            answer_with(let_go(poll), body);
        }
    }
    if (last.body != NULL) {
        segment_release(last.body);
    }
}

static bool peer_is_gone(const struct longpoll *poll)
{
    char byte;
    ssize_t size = recv(lws_get_socket_fd(poll->exchange->wsi), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
}

void longpoll_sweep(struct net *net)
{
    for (struct longpoll *poll = net->polls; poll != NULL; poll = poll->next) {
        if (net->now_ms >= poll->until_ms) {
            make_ready(poll);
        } else if (peer_is_gone(poll)) {
            lws_set_timeout(poll->exchange->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
        }
    }
}

/* Guard: revoked_while_held. A topic that may no longer be read is told with the next poll, which comes at once. */
static void recheck(struct longpoll *poll, struct store_txn *txn)
{
    if (!session_is_good(txn, &poll->caller, clock_wall_ms())) {
        refuse(let_go(poll), 401, ERROR_SESSION_EXPIRED, NULL, 0);
    } else if (!feed_poll_is_good(poll, txn)) {
        make_ready(poll);
    }
}

void longpoll_recheck(struct net *net, struct id account)
{
    struct longpoll *poll = net->polls;
    while (poll != NULL) {
        struct longpoll *next = poll->next;
        struct store_txn *txn = net_read(net);
        if (txn != NULL && id_equal(caller_account(&poll->caller), account)) {
            recheck(poll, txn);
        }
        poll = next;
    }
}

void longpoll_answer_all(struct net *net)
{
    for (struct longpoll *poll = net->polls; poll != NULL; poll = poll->next) {
        make_ready(poll);
    }
}
