/* Wall and monotonic time.
 *
 * The library (src/) has no clock: every time it sees was read here. Event times come from the wall clock and are
 * raised by the ledger so that they never go back; deadlines, pings and rates come from the monotonic clock, which a
 * jump of the wall clock does not touch. The zone is a property of the process, set once before threads start; the
 * year of a decision's number and the next date of a series of meetings need it. */
#include "server/engine/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

uint64_t clock_wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec < 0 ? 0 : (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t clock_monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* A zone is a file below the system's zoneinfo folder; an unknown name would silently mean UTC. */
static bool zone_is_known(const char *zone)
{
    if (zone[0] == '\0' || zone[0] == '/' || strstr(zone, "..") != NULL) {
        return false;
    }
    if (strcmp(zone, "UTC") == 0) {
        return true;
    }
    char path[256];
    int size = snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    return size > 0 && (size_t)size < sizeof path && access(path, R_OK) == 0;
}

bool clock_set_zone(const char *zone)
{
    bool known = zone_is_known(zone);
    setenv("TZ", known ? zone : "UTC", 1);
    tzset();
    return known;
}

unsigned clock_local_year(uint64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts;
    if (localtime_r(&seconds, &parts) == NULL) {
        return 1970;
    }
    return (unsigned)(parts.tm_year + 1900);
}

int64_t clock_zone_offset(uint64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts;
    return localtime_r(&seconds, &parts) == NULL ? 0 : (int64_t)parts.tm_gmtoff * 1000;
}
