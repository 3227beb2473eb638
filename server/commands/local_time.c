/* Local times through the C library's time zone database.
 *
 * mktime() knows one zone, that of the process (TZ), so a zone is entered and left around a run of conversions. A date that
 * does not exist (30 February) is one that mktime() answers with another day: such dates are refused, while an hour that a
 * clock change leaves out is moved by the library and accepted. */
#include "server/commands/local_time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "server/engine/clock.h"

static void zone_restore(const char *before)
{
    if (before == NULL) {
        unsetenv("TZ");
    } else {
        setenv("TZ", before, 1);
    }
    tzset();
}

bool local_zone_enter(struct local_zone *zone, const char *name)
{
    const char *before = getenv("TZ");
    zone->before = before == NULL ? NULL : memory_copy_text(before);
    if (clock_set_zone(name)) {
        return true;
    }
    local_zone_leave(zone);
    return false;
}

void local_zone_leave(struct local_zone *zone)
{
    zone_restore(zone->before);
    free(zone->before);
    zone->before = NULL;
}

bool local_time_to_ms(const struct local_time *time, uint64_t *ms)
{
    struct tm parts = {
        .tm_year = time->year - 1900,
        .tm_mon = time->month - 1,
        .tm_mday = time->day,
        .tm_hour = time->hour,
        .tm_min = time->minute,
        .tm_sec = time->second,
        .tm_isdst = -1,
    };
    time_t seconds = mktime(&parts);
    if (seconds < 0 || parts.tm_mday != time->day || parts.tm_mon != time->month - 1) {
        return false;
    }
    *ms = (uint64_t)seconds * 1000;
    return true;
}

uint64_t local_time_move(uint64_t ms, int days, int hour, int minute)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts;
    if (localtime_r(&seconds, &parts) == NULL) {
        return 0;
    }
    parts.tm_mday += days;
    parts.tm_hour = hour;
    parts.tm_min = minute;
    parts.tm_sec = 0;
    parts.tm_isdst = -1;
    seconds = mktime(&parts);
    return seconds < 0 ? 0 : (uint64_t)seconds * 1000;
}
