/* What a request's head says: every function of server/net/header.h, addresses, and the query of a long poll, over any
 * bytes.
 *
 * The first byte chooses the function. A part that is handed out lies inside what went in; a number, an origin, a token or a
 * query that is accepted, written again, is accepted as the same. */
#include "server/net/header.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/encoding.h"
#include "server/net/feed_query.h"
#include "server/net/listen.h"
#include "server/net/peer.h"
#include "tests/fuzz/fuzz.h"

static void expect_inside(struct slice part, struct slice whole)
{
    fuzz_check(part.size == 0 ||
               (part.data >= whole.data && part.data + part.size <= whole.data + whole.size));
}

static void try_cookie(struct slice text)
{
    struct slice value;
    if (header_cookie(text, "palabre_session", &value)) {
        expect_inside(value, text);
    }
    if (header_cookie(text, "__Host-palabre_session", &value)) {
        expect_inside(value, text);
    }
}

static void try_accepts(struct slice text)
{
    header_accepts(text, "br");
    header_accepts(text, "gzip");
}

static void try_length(struct slice text)
{
    char again[32];
    uint64_t value, second;
    if (header_length(text, &value)) {
        fuzz_check(value < UINT64_C(1) << 53);
        int size = snprintf(again, sizeof again, "%" PRIu64, value);
        fuzz_check(header_length(slice_of(again, (size_t)size), &second) && second == value);
    }
}

static void try_tag(struct slice text)
{
    fuzz_check(!header_matches_tag(slice_of(NULL, 0), slice_text("\"x\"")));
    header_matches_tag(text, slice_text("\"0123456789abcdef\""));
}

static void try_word(struct slice text)
{
    header_has_word(text, "palabre.v1");
    header_equals(text, "websocket");
}

static void as_text(struct slice bytes, char *text, size_t max)
{
    size_t size = bytes.size < max - 1 ? bytes.size : max - 1;
    if (size > 0) {
        memcpy(text, bytes.data, size);
    }
    text[size] = 0;
}

static void try_origin(struct slice bytes)
{
    char typed[400];
    struct origin origin, again;
    as_text(bytes, typed, sizeof typed);
    if (origin_parse(typed, &origin)) {
        fuzz_check(strlen(origin.text) <= ORIGIN_TEXT_MAX);
        fuzz_check(origin_is_listed(&origin, 1, slice_text(origin.text)));
        fuzz_check(origin_has_host(&origin, 1, slice_text(origin.host)));
        if (strchr(origin.host, ':') == NULL) {
            fuzz_check(origin_parse(origin.text, &again));
            fuzz_check(strcmp(origin.text, again.text) == 0 && origin.secure == again.secure);
        }
    }
}

/* Host and Origin as they come, against one origin that is listed. */
static void try_listed(struct slice text)
{
    struct origin origin;
    fuzz_check(origin_parse("https://vote.example.org", &origin));
    if (origin_is_listed(&origin, 1, text)) {
        fuzz_check(slice_equal(text, slice_text("https://vote.example.org")));
    }
    if (origin_has_host(&origin, 1, text)) {
        fuzz_check(header_equals(text, "vote.example.org") ||
                   header_equals(text, "vote.example.org:443"));
    }
}

static void try_listen(struct slice bytes)
{
    char typed[400];
    struct listen_address address;
    as_text(bytes, typed, sizeof typed);
    if (listen_parse(typed, &address)) {
        fuzz_check(address.path || (address.port >= 0 && address.port <= 65535));
        fuzz_check(strlen(address.host) <= LISTEN_TEXT_MAX);
    }
}

/* X-Forwarded-For, and what is trusted: an address reads back as itself; a peer outside the trusted ones is who it is. */
static void try_peer(struct slice bytes)
{
    char typed[80], text[PEER_TEXT_SIZE];
    struct peer_trust trust = {.count = 0};
    struct peer_address peer, again, stranger, proxy;
    struct slice range = fuzz_until(&bytes, '\n');
    as_text(range, typed, sizeof typed);
    peer_trust_add(&trust, typed);
    fuzz_check(peer_trust_add(&trust, "10.0.0.0/8") && trust.count <= PEER_TRUST_MAX);
    if (peer_parse(range, &peer)) {
        peer_format(peer, text);
        fuzz_check(peer_parse(slice_text(text), &again));
        fuzz_check(memcmp(&peer, &again, sizeof peer) == 0);
        peer_place(peer);
    }
    fuzz_check(peer_parse(slice_text("10.1.2.3"), &proxy));
    fuzz_check(peer_parse(slice_text("203.0.113.9"), &stranger));
    peer = peer_resolve(&trust, proxy, bytes);
    trust = (struct peer_trust){.count = 0};
    fuzz_check(peer_trust_add(&trust, "10.0.0.0/8"));
    again = peer_resolve(&trust, stranger, bytes);
    fuzz_check(memcmp(&again, &stranger, sizeof again) == 0);
}

static void try_bearer(struct slice text)
{
    struct slice bearer;
    uint8_t token[32];
    if (header_bearer(text, &bearer)) {
        fuzz_check(bearer.size > 0);
        expect_inside(bearer, text);
        if (header_token(bearer, "palabre_", token)) {
            struct buffer again;
            buffer_init(&again, 64);
            buffer_append_text(&again, "palabre_");
            encoding_base64url(&again, slice_of(token, sizeof token));
            fuzz_check(slice_equal(buffer_slice(&again), bearer));
            buffer_free(&again);
        }
    }
}

static void write_query(const struct feed_query *query, struct buffer *into)
{
    char position[32];
    buffer_append_text(into, query->hold ? "topics=" : "wait=0&topics=");
    for (size_t at = 0; at < query->count; at++) {
        const struct feed_query_topic *topic = &query->topics[at];
        snprintf(position, sizeof position, ":%" PRIu64, topic->since);
        buffer_append_text(into, at == 0 ? "" : ",");
        buffer_append_text(into, topic->name);
        buffer_append_text(into, topic->known ? position : "");
    }
    snprintf(position, sizeof position, "&room=%" PRIu64, query->room);
    buffer_append_text(into, query->rooms ? position : "");
    if (query->epoch[0] != 0) {
        buffer_append_text(into, "&epoch=");
        buffer_append_text(into, query->epoch);
    }
}

static void expect_same(const struct feed_query *one, const struct feed_query *other)
{
    fuzz_check(one->count == other->count && one->hold == other->hold);
    fuzz_check(one->rooms == other->rooms && one->room == other->room);
    fuzz_check(strcmp(one->epoch, other->epoch) == 0);
    for (size_t at = 0; at < one->count; at++) {
        fuzz_check(strcmp(one->topics[at].name, other->topics[at].name) == 0);
        fuzz_check(one->topics[at].known == other->topics[at].known);
        fuzz_check(!one->topics[at].known || one->topics[at].since == other->topics[at].since);
    }
}

static void try_query(struct slice text)
{
    struct feed_query query, again;
    struct buffer written;
    const char *field = "";
    if (feed_query_parse(text, &query, &field) != ERROR_NONE) {
        fuzz_check(field != NULL && field[0] != 0);
        return;
    }
    fuzz_check(field == NULL && query.count > 0 && query.count <= FEED_QUERY_TOPICS_MAX);
    buffer_init(&written, 16384);
    write_query(&query, &written);
    fuzz_check(feed_query_parse(buffer_slice(&written), &again, &field) == ERROR_NONE);
    expect_same(&query, &again);
    buffer_free(&written);
}

static void (*const functions[])(struct slice text) = {
    try_cookie, try_accepts, try_length, try_tag,    try_word,  try_origin,
    try_listed, try_listen,  try_peer,   try_bearer, try_query,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = slice_of(data, size);
    uint8_t which = fuzz_byte(&input);
    if (which < sizeof functions / sizeof functions[0]) {
        functions[which](input);
    }
    return 0;
}
