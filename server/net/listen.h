/* What stands behind --listen. No libwebsockets here. */
#ifndef PALABRE_SERVER_NET_LISTEN_H
#define PALABRE_SERVER_NET_LISTEN_H

#include <stdbool.h>

enum { LISTEN_TEXT_MAX = 107 }; /* bytes of a unix socket's path, the longest of them */

struct listen_address {
    char host[LISTEN_TEXT_MAX + 1]; /* address, or path of the unix socket */
    int port;                       /* 0 = any free one */
    bool path;                      /* a unix socket */
    bool six;                       /* an IPv6 address */
    bool any;                       /* every address of the machine */
};
/* "127.0.0.1:8080", "localhost:8080", "0.0.0.0:80", "[::1]:8080", "unix:/run/palabre.sock"; false = none of these. */
bool listen_parse(const char *typed, struct listen_address *address);
/* false = too long for a unix socket. */
bool listen_path(const char *path, struct listen_address *address);
/* This process listens on this port (> 0) nowhere but on this address: false = on another, or not at all. A look at its
 * descriptors, for once after listening. */
bool listen_holds(const struct listen_address *address, int port);
/* Why this address cannot be listened on, in the words of the system ("Address already in use"), found by trying; ""
 * when it now can. For a message after a failure, which libwebsockets does not explain. */
const char *listen_fault(const struct listen_address *address);

#endif
