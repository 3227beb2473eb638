/* Days of the calendar, and what the clock on the wall says in the process's time zone (the organisation's: the server sets
 * it once at start). The only place of the library that includes <time.h> is calendar.c; the time itself comes from outside. */
#ifndef PALABRE_BASE_CALENDAR_H
#define PALABRE_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum { CALENDAR_YEAR_MAX = 9999 };

struct calendar_day {
    int year, month, day; /* from 1970, 1 … 12, 1 … 31 */
};
struct calendar_time {
    struct calendar_day day;
    int hour, minute, second;
};

/* There is such a day, from 1970 to 9999. */
bool calendar_is_day(struct calendar_day day);
/* Days since 1 January 1970, and back. */
int64_t calendar_number(struct calendar_day day);
struct calendar_day calendar_day_of(int64_t number);
/* 0 = Monday … 6 = Sunday. */
int calendar_weekday(struct calendar_day day);

/* Unix ms to the local time and back; an hour that a change of the clock leaves out is moved by the C library. */
struct calendar_time calendar_local(uint64_t ms);
uint64_t calendar_ms(struct calendar_day day, int hour, int minute);

#endif
