/* The service manager's side of life: ready, stopping, still alive.
 *
 * The protocol is one datagram on a unix socket, named by $NOTIFY_SOCKET ("@name" = an abstract one), so no library is
 * needed. $WATCHDOG_USEC says how often the manager wants a sign of life, $WATCHDOG_PID of whom. The sign is given by
 * server/net/pulse.c, after a round trip through the writer and the store. Start at supervisor_tell(). */
#include "server/engine/supervisor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* false = there is no manager, or its address is none. */
static bool manager_address(struct sockaddr_un *address, socklen_t *size)
{
    const char *path = getenv("NOTIFY_SOCKET");
    size_t length = path == NULL ? 0 : strlen(path);
    if (length < 2 || length >= sizeof address->sun_path || (path[0] != '/' && path[0] != '@')) {
        return false;
    }
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path, path, length);
    if (path[0] == '@') {
        address->sun_path[0] = '\0';
    }
    *size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    return true;
}

void supervisor_tell(const char *format, ...)
{
    struct sockaddr_un address;
    socklen_t address_size;
    char text[SUPERVISOR_STATE_MAX];
    va_list arguments;
    if (!manager_address(&address, &address_size)) {
        return;
    }
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t length = size < (int)sizeof text ? (size_t)size : sizeof text - 1;
    int socket_number = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (size < 0 || socket_number < 0) {
        return;
    }
    sendto(socket_number, text, length, MSG_NOSIGNAL, (const struct sockaddr *)&address,
           address_size);
    close(socket_number);
}

/* The whole of a variable as a number; 0 = none. */
static uint64_t variable(const char *name)
{
    const char *text = getenv(name);
    char *end;
    if (text == NULL || text[0] < '0' || text[0] > '9') {
        return 0;
    }
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    return errno == 0 && *end == '\0' ? value : 0;
}

uint64_t supervisor_watchdog_us(void)
{
    uint64_t pid = variable("WATCHDOG_PID");
    return pid == 0 || pid == (uint64_t)getpid() ? variable("WATCHDOG_USEC") : 0;
}
