/* Local dates of a named zone: summer and winter, dates that do not exist, moving by days over a clock change. */
#include "tests/harness/c/fixture.h"

#include <stdlib.h>
#include <time.h>

#include "server/commands/local_time.h"

static uint64_t at(int year, int month, int day, int hour, int minute)
{
    uint64_t ms = 0;
    struct local_time time = {
        .year = year, .month = month, .day = day, .hour = hour, .minute = minute};
    assert_true(local_time_to_ms(&time, &ms));
    return ms;
}

static void summer_and_winter(void **state)
{
    (void)state;
    struct local_zone zone;
    assert_true(local_zone_enter(&zone, "Europe/Madrid"));
    assert_int_equal(at(2020, 2, 10, 9, 0), UINT64_C(1581321600000));
    assert_int_equal(at(2020, 7, 2, 12, 0), UINT64_C(1593684000000));
    assert_int_equal(at(1970, 1, 1, 1, 0), 0);
    local_zone_leave(&zone);
}

static void dates_that_do_not_exist(void **state)
{
    (void)state;
    struct local_zone zone;
    uint64_t ms;
    struct local_time time = {.year = 2021, .month = 2, .day = 29};
    assert_true(local_zone_enter(&zone, "Europe/Brussels"));
    assert_false(local_time_to_ms(&time, &ms));
    time = (struct local_time){.year = 1969, .month = 12, .day = 31};
    assert_false(local_time_to_ms(&time, &ms));
    assert_int_equal(at(2020, 2, 29, 0, 0), UINT64_C(1582930800000));
    local_zone_leave(&zone);
}

static void moving_keeps_the_time_of_day(void **state)
{
    (void)state;
    struct local_zone zone;
    assert_true(local_zone_enter(&zone, "Europe/Brussels"));
    uint64_t april = at(2026, 4, 3, 11, 30);
    assert_int_equal(local_time_move(april, -14, 20, 0), at(2026, 3, 20, 20, 0));
    assert_int_equal(local_time_move(april, 300, 8, 15), at(2027, 1, 28, 8, 15));
    assert_int_equal(local_time_move(april, 0, 11, 30), april);
    local_zone_leave(&zone);
}

static void the_zone_before_comes_back(void **state)
{
    (void)state;
    struct local_zone zone;
    setenv("TZ", "Asia/Tokyo", 1);
    tzset();
    assert_false(local_zone_enter(&zone, "Europe/Nowhere"));
    assert_string_equal(getenv("TZ"), "Asia/Tokyo");
    assert_true(local_zone_enter(&zone, "Europe/Madrid"));
    assert_string_equal(getenv("TZ"), "Europe/Madrid");
    local_zone_leave(&zone);
    assert_string_equal(getenv("TZ"), "Asia/Tokyo");
    assert_int_equal(at(2020, 1, 1, 9, 0), UINT64_C(1577836800000));
    unsetenv("TZ");
    tzset();
    assert_true(local_zone_enter(&zone, "Europe/Madrid"));
    local_zone_leave(&zone);
    assert_null(getenv("TZ"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(summer_and_winter),
        cmocka_unit_test(dates_that_do_not_exist),
        cmocka_unit_test(moving_keeps_the_time_of_day),
        cmocka_unit_test(the_zone_before_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
