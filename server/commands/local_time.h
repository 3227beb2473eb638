/* Dates as people write them, in a named time zone, to Unix milliseconds. Changes the zone of the process while it is in
 * use: for commands of one thread only. */
#ifndef PALABRE_SERVER_COMMANDS_LOCAL_TIME_H
#define PALABRE_SERVER_COMMANDS_LOCAL_TIME_H

#include <stdbool.h>
#include <stdint.h>

struct local_zone {
    char *before; /* the zone that was in force, NULL = the system's */
};
/* Puts a zone such as "Europe/Madrid" in force until local_zone_leave(). false = this machine does not know it (then
 * nothing has changed and nothing is to be left). */
bool local_zone_enter(struct local_zone *zone, const char *name);
void local_zone_leave(struct local_zone *zone);

struct local_time {
    int year, month, day, hour, minute, second; /* 2015, 1–12, 1–31, 0–23, 0–59, 0–59 */
};
/* false = no such date, or before 1970. Of an hour that a clock change repeats, the C library's choice. */
bool local_time_to_ms(const struct local_time *time, uint64_t *ms);
/* The same time of day so many days later (negative: before). */
uint64_t local_time_move(uint64_t ms, int days, int hour, int minute);

#endif
