/* Time zones and the year of a decision. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/engine/clock.h"

static void zones(void **state)
{
    (void)state;
    assert_true(clock_set_zone("UTC"));
    assert_false(clock_set_zone("Europe/Nowhere"));
    assert_false(clock_set_zone("../../etc/passwd"));
    assert_false(clock_set_zone("/etc/passwd"));
    assert_false(clock_set_zone(""));
    assert_true(clock_set_zone("Europe/Brussels"));
}

/* 31 December 2026, 23:30 UTC is already 2027 in Brussels. */
static void the_year_is_local(void **state)
{
    (void)state;
    const uint64_t ms = UINT64_C(1798759800000);
    assert_true(clock_set_zone("UTC"));
    assert_int_equal(clock_local_year(ms), 2026);
    assert_true(clock_set_zone("Europe/Brussels"));
    assert_int_equal(clock_local_year(ms), 2027);
}

/* Summer time ended in Brussels on 25 October 2026 at 01:00 UTC. */
static void the_offset_follows_summer_time(void **state)
{
    (void)state;
    const uint64_t change = UINT64_C(1792890000000);
    assert_true(clock_set_zone("Europe/Brussels"));
    assert_int_equal(clock_zone_offset(change - 1000), 2 * 3600 * 1000);
    assert_int_equal(clock_zone_offset(change), 3600 * 1000);
    assert_true(clock_set_zone("America/Sao_Paulo"));
    assert_int_equal(clock_zone_offset(change), -3 * 3600 * 1000);
}

static void monotonic_never_goes_back(void **state)
{
    (void)state;
    uint64_t last = clock_monotonic_us();
    for (int at = 0; at < 1000; at++) {
        uint64_t now = clock_monotonic_us();
        assert_true(now >= last);
        last = now;
    }
    assert_true(clock_wall_ms() > UINT64_C(1700000000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones),
        cmocka_unit_test(the_year_is_local),
        cmocka_unit_test(the_offset_follows_summer_time),
        cmocka_unit_test(monotonic_never_goes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
