/* The Gregorian calendar by counting days, and local time by the C library's database of zones.
 *
 * Days are counted from 1 March of the year 0, so that a leap day is the last of its year; 146,097 days make 400 years. The
 * zone belongs to the process and is set before there is a second thread; here it is only read. */
#include "base/calendar.h"

#include "base/fatal.h"

#include <time.h>

enum { DAYS_IN_400_YEARS = 146097, EPOCH = 719468 /* from 1 March 0 to 1 January 1970 */ };

int64_t calendar_number(struct calendar_day day)
{
    int64_t year = day.month > 2 ? day.year : day.year - 1;
    int64_t month = (day.month + 9) % 12; /* from March */
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day.day - 1 -
           EPOCH;
}

struct calendar_day calendar_day_of(int64_t number)
{
    int64_t rest = number + EPOCH, era = rest / DAYS_IN_400_YEARS;
    rest %= DAYS_IN_400_YEARS;
    int64_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int64_t of_year = rest - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    struct calendar_day day = {
        .year = (int)(year + era * 400 + (month >= 10)),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(of_year - (153 * month + 2) / 5 + 1),
    };
    return day;
}

bool calendar_is_day(struct calendar_day day)
{
    if (day.year < 1970 || day.year > CALENDAR_YEAR_MAX || day.month < 1 || day.month > 12 ||
        day.day < 1 || day.day > 31) {
        return false;
    }
    struct calendar_day same = calendar_day_of(calendar_number(day));
    return same.month == day.month && same.day == day.day;
}

int calendar_weekday(struct calendar_day day)
{
    return (int)((calendar_number(day) + 3) % 7); /* 1 January 1970 was a Thursday */
}

struct calendar_time calendar_local(uint64_t ms)
{
    struct tm parts;
    time_t seconds = (time_t)(ms / 1000);
    assert_always(localtime_r(&seconds, &parts) != NULL);
    struct calendar_time time = {
        .day = {parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday},
        .hour = parts.tm_hour,
        .minute = parts.tm_min,
        .second = parts.tm_sec,
    };
    return time;
}

uint64_t calendar_ms(struct calendar_day day, int hour, int minute)
{
    struct tm parts = {
        .tm_year = day.year - 1900,
        .tm_mon = day.month - 1,
        .tm_mday = day.day,
        .tm_hour = hour,
        .tm_min = minute,
        .tm_isdst = -1,
    };
    time_t seconds = mktime(&parts);
    return seconds < 0 ? 0 : (uint64_t)seconds * 1000;
}
