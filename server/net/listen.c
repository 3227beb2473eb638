/* Reading --listen.
 *
 * An address is ADDRESS:PORT with an IPv4 address, "localhost" (127.0.0.1) or an IPv6 address in brackets, or
 * unix:PATH. Names are not looked up: what a name means can change between two starts, and a server that listens
 * somewhere else than yesterday is a surprise nobody wants.
 * The sockets themselves are made by libwebsockets (loop.c). Its 4.1.6 listens on every address of the machine, without a
 * word of failure, when it cannot list them (getifaddrs, which needs AF_NETLINK): hence listen_holds(), which looks at
 * what was really bound. */
#include "server/net/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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

/* The address of a socket that listens on this port; false = it is none. */
static bool listens_on(int descriptor, int port, struct sockaddr_storage *bound)
{
    int listening = 0;
    socklen_t size = sizeof listening;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || !listening) {
        return false;
    }
    *bound = (struct sockaddr_storage){.ss_family = AF_UNSPEC};
    size = sizeof *bound;
    if (getsockname(descriptor, (struct sockaddr *)bound, &size) != 0) {
        return false;
    }
    in_port_t number = bound->ss_family == AF_INET    ? ((struct sockaddr_in *)bound)->sin_port
                       : bound->ss_family == AF_INET6 ? ((struct sockaddr_in6 *)bound)->sin6_port
                                                      : 0;
    return ntohs(number) == port;
}

static bool is_address(const struct sockaddr_storage *bound, const struct listen_address *address)
{
    struct in_addr four;
    struct in6_addr six;
    if (address->six) {
        return bound->ss_family == AF_INET6 && inet_pton(AF_INET6, address->host, &six) == 1 &&
               memcmp(&six, &((const struct sockaddr_in6 *)bound)->sin6_addr, sizeof six) == 0;
    }
    return bound->ss_family == AF_INET && inet_pton(AF_INET, address->host, &four) == 1 &&
           four.s_addr == ((const struct sockaddr_in *)bound)->sin_addr.s_addr;
}

bool listen_holds(const struct listen_address *address, int port)
{
    struct sockaddr_storage bound;
    int descriptors = (int)sysconf(_SC_OPEN_MAX);
    size_t found = 0;
    for (int descriptor = 0; descriptor < descriptors; descriptor++) {
        if (listens_on(descriptor, port, &bound)) {
            if (!address->any && !is_address(&bound, address)) {
                return false;
            }
            found++;
        }
    }
    return found > 0;
}

/* The address as the kernel takes it; its size. */
static socklen_t kernel_address(const struct listen_address *address, struct sockaddr_storage *made)
{
    *made = (struct sockaddr_storage){.ss_family = AF_UNSPEC};
    if (address->path) {
        struct sockaddr_un *path = (struct sockaddr_un *)made;
        path->sun_family = AF_UNIX;
        memcpy(path->sun_path, address->host, strlen(address->host));
        return sizeof *path;
    }
    if (address->six) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)made;
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((in_port_t)address->port);
        inet_pton(AF_INET6, address->host, &six->sin6_addr);
        return sizeof *six;
    }
    struct sockaddr_in *four = (struct sockaddr_in *)made;
    four->sin_family = AF_INET;
    four->sin_port = htons((in_port_t)address->port);
    inet_pton(AF_INET, address->host, &four->sin_addr);
    return sizeof *four;
}

const char *listen_fault(const struct listen_address *address)
{
    struct sockaddr_storage made;
    socklen_t size = kernel_address(address, &made);
    int yes = 1;
    int probe = socket(made.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool good = probe >= 0 && setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                bind(probe, (struct sockaddr *)&made, size) == 0;
    int fault = errno;
    if (good && address->path) {
        unlink(address->host);
    }
    if (probe >= 0) {
        close(probe);
    }
    return good ? "" : strerror(fault);
}
