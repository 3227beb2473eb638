/* Whose address a request comes from: what the socket says, or what a proxy we trust says. No libwebsockets here. */
#ifndef PALABRE_SERVER_NET_PEER_H
#define PALABRE_SERVER_NET_PEER_H

#include <sys/socket.h>

#include "base/slice.h"

enum { PEER_TRUST_MAX = 16, PEER_TEXT_SIZE = 46 };

/* An IPv6 address; IPv4 in its mapped form ::ffff:a.b.c.d; all zero = none (a unix socket). */
struct peer_address {
    uint8_t bytes[16];
};
struct peer_range {
    struct peer_address base;
    unsigned bits; /* of base that count, 0–128 */
};
/* Proxies whose X-Forwarded-For is believed. */
struct peer_trust {
    struct peer_range ranges[PEER_TRUST_MAX];
    size_t count;
    bool local; /* whoever connects to a unix socket */
};

/* "192.0.2.7", "192.0.2.0/24", "2001:db8::/32" or "unix"; false = it is none of them, or one too many. */
bool peer_trust_add(struct peer_trust *trust, const char *typed);
/* The other end of a socket, as getpeername() says; none unless it is IPv4 or IPv6. */
struct peer_address peer_of_socket(const struct sockaddr_storage *end);
/* An address as proxies write it: with or without a port, IPv6 with or without brackets. Nothing else. */
bool peer_parse(struct slice text, struct peer_address *address);
/* The right-most hop that is no proxy of ours. peer = the other end of the socket; forwarded = X-Forwarded-For, its lines
 * joined by commas, which a peer outside `trust` is not believed. Never fails: what cannot be read ends the walk at the
 * last hop that was. */
struct peer_address peer_resolve(const struct peer_trust *trust, struct peer_address peer,
                                 struct slice forwarded);
/* What counts as one place in limits: an IPv4 address, or the /64 of an IPv6 one, which is what one subscriber gets. */
struct peer_address peer_place(struct peer_address address);
/* As people write it. */
void peer_format(struct peer_address address, char text[PEER_TEXT_SIZE]);

#endif
