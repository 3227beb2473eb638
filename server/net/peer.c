/* The real address behind proxies.
 *
 * X-Forwarded-For is a list to which each proxy adds the address it was called from, at the right. Everything left of what
 * our own proxy added is the sender's word. So the walk goes from the right: as long as a hop is a proxy we trust, the hop
 * before it is believed; the first that is not is the address. Whoever connects directly is not believed at all.
 * A pure function of bytes from outside: nothing is allocated, at most HOPS_MAX hops are read, and what is no address ends
 * the walk, so that rubbish counts for the proxy that handed it on and never for a third party.
 * All addresses are kept as IPv6, so that ::ffff:192.0.2.7 and 192.0.2.7 are one. Start at peer_resolve(). */
#include "server/net/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

enum { HOPS_MAX = 16, IPV4_AT = 12, IPV4_BITS = 96, ALL_BITS = 128, PLACE_BYTES = 8 };

static const uint8_t mapped[IPV4_AT] = {[10] = 0xff, [11] = 0xff};

static bool is_ipv4(const struct peer_address *address)
{
    return memcmp(address->bytes, mapped, sizeof mapped) == 0;
}

static bool is_none(const struct peer_address *address)
{
    static const struct peer_address none = {.bytes = {0}};
    return memcmp(address, &none, sizeof none) == 0;
}

/* Text that is an address and nothing else. */
static bool parse_bare(const char *text, struct peer_address *address)
{
    *address = (struct peer_address){.bytes = {0}};
    if (inet_pton(AF_INET6, text, address->bytes) == 1) {
        return true;
    }
    memcpy(address->bytes, mapped, sizeof mapped);
    return inet_pton(AF_INET, text, address->bytes + IPV4_AT) == 1;
}

static bool is_port(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits >= 1 && digits <= 5 && text[digits] == '\0';
}

/* "[v6]" and "[v6]:port" become "v6", "v4:port" becomes "v4"; false = brackets or port are wrong. */
static bool strip_port(char *text, const char **address)
{
    char *colon = strchr(text, ':');
    *address = text;
    if (text[0] == '[') {
        char *end = strchr(text, ']');
        if (end == NULL || strchr(text, ':') == NULL) {
            return false;
        }
        *end = '\0';
        *address = text + 1;
        return end[1] == '\0' || (end[1] == ':' && is_port(end + 2));
    }
    if (colon != NULL && strchr(colon + 1, ':') == NULL) {
        *colon = '\0';
        return is_port(colon + 1);
    }
    return true;
}

struct peer_address peer_of_socket(const struct sockaddr_storage *end)
{
    struct peer_address address = {.bytes = {0}};
    if (end->ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)end;
        memcpy(address.bytes, &six->sin6_addr, sizeof address.bytes);
    } else if (end->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)end;
        memcpy(address.bytes, mapped, sizeof mapped);
        memcpy(address.bytes + IPV4_AT, &four->sin_addr, sizeof four->sin_addr);
    }
    return address;
}

bool peer_parse(struct slice text, struct peer_address *address)
{
    char copy[PEER_TEXT_SIZE + 8];
    const char *bare;
    *address = (struct peer_address){.bytes = {0}};
    if (text.size == 0 || text.size >= sizeof copy || memchr(text.data, '\0', text.size) != NULL) {
        return false;
    }
    memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return strip_port(copy, &bare) && parse_bare(bare, address) && !is_none(address);
}

bool peer_trust_add(struct peer_trust *trust, const char *typed)
{
    char copy[PEER_TEXT_SIZE + 8];
    if (strcmp(typed, "unix") == 0) {
        trust->local = true;
        return true;
    }
    size_t size = strlen(typed);
    if (trust->count == PEER_TRUST_MAX || size >= sizeof copy) {
        return false;
    }
    memcpy(copy, typed, size + 1);
    char *slash = strchr(copy, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    struct peer_range range;
    if (!parse_bare(copy, &range.base)) {
        return false;
    }
    unsigned most = strchr(copy, ':') == NULL ? ALL_BITS - IPV4_BITS : ALL_BITS;
    unsigned bits = most;
    if (slash != NULL) {
        bits = is_port(slash + 1) ? (unsigned)strtoul(slash + 1, NULL, 10) : most + 1;
    }
    range.bits = bits + (ALL_BITS - most);
    if (bits <= most) {
        trust->ranges[trust->count++] = range;
    }
    return bits <= most;
}

static bool is_in(const struct peer_address *address, const struct peer_range *range)
{
    size_t whole = range->bits / 8;
    unsigned rest = range->bits % 8;
    if (memcmp(address->bytes, range->base.bytes, whole) != 0) {
        return false;
    }
    return rest == 0 || (address->bytes[whole] ^ range->base.bytes[whole]) >> (8 - rest) == 0;
}

static bool is_trusted(const struct peer_trust *trust, const struct peer_address *address)
{
    if (is_none(address)) {
        return trust->local;
    }
    for (size_t at = 0; at < trust->count; at++) {
        if (is_in(address, &trust->ranges[at])) {
            return true;
        }
    }
    return false;
}

/* Cuts the last hop off a list, blanks around it left out. */
static struct slice last_hop(struct slice *list)
{
    size_t end = list->size;
    size_t start = end;
    while (start > 0 && list->data[start - 1] != ',') {
        start--;
    }
    list->size = start > 0 ? start - 1 : 0;
    while (start < end && (list->data[start] == ' ' || list->data[start] == '\t')) {
        start++;
    }
    while (end > start && (list->data[end - 1] == ' ' || list->data[end - 1] == '\t')) {
        end--;
    }
    return slice_of(list->data + start, end - start);
}

struct peer_address peer_resolve(const struct peer_trust *trust, struct peer_address peer,
                                 struct slice forwarded)
{
    struct peer_address hop;
    for (unsigned hops = 0; hops < HOPS_MAX && forwarded.size > 0; hops++) {
        if (!is_trusted(trust, &peer) || !peer_parse(last_hop(&forwarded), &hop)) {
            break;
        }
        peer = hop;
    }
    return peer;
}

struct peer_address peer_place(struct peer_address address)
{
    if (!is_ipv4(&address)) {
        memset(address.bytes + PLACE_BYTES, 0, sizeof address.bytes - PLACE_BYTES);
    }
    return address;
}

void peer_format(struct peer_address address, char text[PEER_TEXT_SIZE])
{
    if (is_ipv4(&address)) {
        inet_ntop(AF_INET, address.bytes + IPV4_AT, text, PEER_TEXT_SIZE);
    } else {
        inet_ntop(AF_INET6, address.bytes, text, PEER_TEXT_SIZE);
    }
}
