/* The server's log: one write per line, so that lines of several threads do not mix.
 *
 * Whoever runs the program reads stderr (systemd keeps it with its own time stamps). What came from outside may stand in
 * a line, so control characters are replaced: nobody can forge a second line or drive the reader's terminal. */
#include "server/engine/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const char *level_name(enum log_level level)
{
    switch (level) {
    case LOG_LEVEL_ERROR:
        return "error";
    case LOG_LEVEL_WARNING:
        return "warning";
    case LOG_LEVEL_INFO:
        break;
    }
    return "info";
}

void log_line(enum log_level level, const char *part, const char *format, ...)
{
    char message[500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    for (char *at = message; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            *at = '?';
        }
    }
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    char line[640];
    int size =
        snprintf(line, sizeof line, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ %s %s %s\n",
                 parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
                 parts.tm_sec, now.tv_nsec / 1000000, level_name(level), part, message);
    size_t bytes = size < 0 ? 0 : (size_t)size < sizeof line ? (size_t)size : sizeof line - 1;
    if (write(STDERR_FILENO, line, bytes) < 0) {
        return; /* nobody reads stderr: nothing better can be done with it */
    }
}
