/* What the program tells the service manager that started it (sd_notify(3)): a datagram to $NOTIFY_SOCKET. Without a
 * manager nothing happens. The net loop's thread, or the start of the program. */
#ifndef PALABRE_SERVER_ENGINE_SUPERVISOR_H
#define PALABRE_SERVER_ENGINE_SUPERVISOR_H

#include <stdint.h>

enum { SUPERVISOR_STATE_MAX = 256 }; /* bytes of one message; a longer one is cut off */

/* Assignments as in sd_notify(3), separated by newlines: "READY=1\nSTATUS=…". Never waits; a manager that does not read
 * misses the message. */
void supervisor_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Within how many microseconds the manager wants to hear WATCHDOG=1 again; 0 = it does not watch. */
uint64_t supervisor_watchdog_us(void);

#endif
