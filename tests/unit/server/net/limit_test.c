/* Token buckets by session, on a clock that the test turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/net/limit.h"

static const struct limit_rate rates[LIMIT_KINDS] = {{100, 30}, {600, 120}, {120, 60}, {0, 0}};

static struct hash key_of(uint8_t byte)
{
    struct hash key = {.bytes = {0, byte, 7}};
    return key;
}

static void a_burst_then_a_steady_rate(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    struct hash key = key_of(1);
    struct limit_entry *entry = limits_enter(limits, &key, 1000);
    for (int at = 0; at < 30; at++) {
        assert_int_equal(limits_take(limits, entry, LIMIT_COMMANDS, 1000), 0);
    }
    uint64_t wait = limits_take(limits, entry, LIMIT_COMMANDS, 1000);
    assert_in_range(wait, 590, 610);
    assert_int_not_equal(limits_take(limits, entry, LIMIT_COMMANDS, 1000 + wait - 20), 0);
    assert_int_equal(limits_take(limits, entry, LIMIT_COMMANDS, 1000 + wait), 0);
    unsigned passed = 0;
    for (uint64_t now = 2000; now < 62000; now += 50) {
        passed += limits_take(limits, entry, LIMIT_COMMANDS, now) == 0;
    }
    assert_in_range(passed, 95, 102);
    limits_leave(entry);
    limits_free(limits);
}

static void ballots_have_their_own_bucket(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    struct hash key = key_of(1);
    struct limit_entry *entry = limits_enter(limits, &key, 0);
    while (limits_take(limits, entry, LIMIT_COMMANDS, 0) == 0) {
    }
    assert_int_equal(limits_take(limits, entry, LIMIT_BALLOTS, 0), 0);
    assert_int_equal(limits_take(limits, entry, LIMIT_STRANGERS, 0), 0);
    limits_leave(entry);
    limits_free(limits);
}

static void a_reconnect_does_not_fill_the_bucket(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    struct hash one = key_of(1);
    struct hash other = key_of(2);
    struct limit_entry *entry = limits_enter(limits, &one, 0);
    while (limits_take(limits, entry, LIMIT_COMMANDS, 0) == 0) {
    }
    limits_leave(entry);
    limits_sweep(limits, 1000);
    struct limit_entry *again = limits_enter(limits, &one, 1000);
    assert_ptr_equal(again, entry);
    assert_int_equal(limits_take(limits, limits_enter(limits, &other, 1000), LIMIT_COMMANDS, 1000),
                     0);
    assert_int_equal(limits_count(limits), 2);
    limits_sweep(limits, 10000000);
    assert_int_equal(limits_count(limits), 2); /* both are held */
    limits_leave(again);
    limits_sweep(limits, 10000000);
    assert_int_equal(limits_count(limits), 1);
    limits_free(limits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_then_a_steady_rate),
        cmocka_unit_test(ballots_have_their_own_bucket),
        cmocka_unit_test(a_reconnect_does_not_fill_the_bucket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
