/* Reading --listen.
 *
 * An address is ADDRESS:PORT with an IPv4 address, "localhost" (127.0.0.1) or an IPv6 address in brackets, or
 * unix:PATH. Names are not looked up: what a name means can change between two starts, and a server that listens
 * somewhere else than yesterday is a surprise nobody wants.
 * A pure function: the sockets themselves are made in loop.c. */
#include "server/net/listen.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

static bool copy(struct listen_address *address, const char *text, size_t size)
{
    if (size == 0 || size > LISTEN_TEXT_MAX) {
        return false;
    }
    memcpy(address->host, text, size);
    address->host[size] = '\0';
    return true;
}

bool listen_path(const char *path, struct listen_address *address)
{
    *address = (struct listen_address){.path = true};
    return copy(address, path, strlen(path));
}

static bool read_port(const char *text, int *port)
{
    char *end;
    if (*text < '0' || *text > '9') {
        return false;
    }
    unsigned long value = strtoul(text, &end, 10);
    *port = (int)value;
    return *end == '\0' && value <= 65535;
}

bool listen_parse(const char *typed, struct listen_address *address)
{
    *address = (struct listen_address){.port = 0};
    if (strncmp(typed, "unix:", 5) == 0) {
        return listen_path(typed + 5, address);
    }
    const char *colon = strrchr(typed, ':');
    if (colon == NULL || !read_port(colon + 1, &address->port)) {
        return false;
    }
    unsigned char parsed[sizeof(struct in6_addr)];
    if (typed[0] == '[') {
        address->six = true;
        return colon > typed + 2 && colon[-1] == ']' &&
               copy(address, typed + 1, (size_t)(colon - typed) - 2) &&
               inet_pton(AF_INET6, address->host, parsed) == 1;
    }
    if (!copy(address, typed, (size_t)(colon - typed))) {
        return false;
    }
    if (strcmp(address->host, "localhost") == 0) {
        memcpy(address->host, "127.0.0.1", 10);
    }
    address->any = strcmp(address->host, "0.0.0.0") == 0;
    return inet_pton(AF_INET, address->host, parsed) == 1;
}
