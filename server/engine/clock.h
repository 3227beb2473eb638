/* The two clocks and the organisation's time zone. */
#ifndef PALABRE_SERVER_ENGINE_CLOCK_H
#define PALABRE_SERVER_ENGINE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Unix ms: what events carry. Any thread. */
uint64_t clock_wall_ms(void);
/* Microseconds since some start that never go back: durations and deadlines. Any thread. */
uint64_t clock_monotonic_us(void);
static inline uint64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / 1000;
}
/* Once at start, before there is a second thread: a tz name such as "Europe/Brussels". false = the name is not known on
 * this machine (then UTC is in force). */
bool clock_set_zone(const char *zone);
/* The year of a Unix time in the zone set at start. Any thread. */
unsigned clock_local_year(uint64_t ms);
/* What local time is ahead of UTC at a Unix time, in ms. Any thread. */
int64_t clock_zone_offset(uint64_t ms);

#endif
