/* Token buckets by session, member and address, on a clock that the test turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/net/limit.h"

static const struct limit_rate rates[LIMIT_KINDS] = {
    [LIMIT_COMMANDS] = {100, 30}, [LIMIT_BALLOTS] = {600, 120},
    [LIMIT_PERSONAL] = {120, 60}, [LIMIT_SIGN_INS] = {600, 1500},
    [LIMIT_REPORTS] = {50, 50},   [LIMIT_UPLOAD_KIB] = {1000, 1000}};
static const struct id mia = {.bytes = {1}};
static const uint64_t day_ms = 86400000;

static struct limit_entry *enter(struct limits *limits, uint8_t session, uint64_t now_ms)
{
    struct hash key = {.bytes = {0, session, 7}};
    return limits_enter_session(limits, &key, mia, now_ms);
}

static unsigned take_all(const struct limits *limits, struct limit_entry *entry,
                         enum limit_kind kind, uint64_t now_ms)
{
    unsigned taken = 0;
    while (taken < 10000 && limits_take(limits, entry, kind, now_ms) == 0) {
        taken++;
    }
    return taken;
}

static void a_burst_then_a_steady_rate(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    struct limit_entry *entry = enter(limits, 1, 1000);
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
    struct limit_entry *entry = enter(limits, 1, 0);
    take_all(limits, entry, LIMIT_COMMANDS, 0);
    assert_int_equal(limits_take(limits, entry, LIMIT_BALLOTS, 0), 0);
    assert_int_equal(take_all(limits, entry, LIMIT_STRANGERS, 0), 10000); /* count 0: no limit */
    limits_leave(entry);
    limits_free(limits);
}

static void more_sessions_buy_a_member_five_times_as_much_and_no_more(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    unsigned taken = 0, minute = 0;
    for (uint8_t session = 0; session < 20; session++) {
        taken += take_all(limits, enter(limits, session, 0), LIMIT_COMMANDS, 0);
    }
    assert_int_equal(taken, 5 * 30);
    for (uint64_t now = 50; now <= 60000; now += 50) {
        for (uint8_t session = 0; session < 20; session++) {
            minute += limits_take(limits, enter(limits, session, now), LIMIT_COMMANDS, now) == 0;
        }
    }
    assert_in_range(minute, 495, 501);
    /* Another member has lost nothing, and a session that was refused by its member's bucket kept its own. */
    struct hash key = {.bytes = {9}};
    struct id other = {.bytes = {2}};
    struct limit_entry *apart = limits_enter_session(limits, &key, other, 60000);
    assert_int_equal(take_all(limits, apart, LIMIT_COMMANDS, 60000), 30);
    limits_free(limits);
}

static void what_is_counted_by_the_day_is_the_members(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    struct limit_entry *one = enter(limits, 1, 0);
    struct limit_entry *other = enter(limits, 2, 0);
    assert_int_equal(take_all(limits, one, LIMIT_REPORTS, 0), 50);
    uint64_t wait = limits_take(limits, other, LIMIT_REPORTS, 0);
    assert_in_range(wait, day_ms / 50 - 2000, day_ms / 50 + 2000);
    assert_int_equal(limits_take(limits, other, LIMIT_REPORTS, wait), 0);
    /* Asking all the time neither hurries nor delays it. */
    unsigned taken = 0;
    for (uint64_t now = wait; now < wait + day_ms; now += 997) {
        taken += limits_take(limits, other, LIMIT_REPORTS, now) == 0;
    }
    assert_in_range(taken, 49, 50);
    limits_free(limits);
}

static void several_tokens_at_once(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    struct limit_entry *entry = enter(limits, 1, 0);
    assert_int_equal(limits_take_many(limits, entry, LIMIT_UPLOAD_KIB, 900, 0), 0);
    assert_int_not_equal(limits_take_many(limits, entry, LIMIT_UPLOAD_KIB, 101, 0), 0);
    assert_int_equal(limits_take_many(limits, entry, LIMIT_UPLOAD_KIB, 100, 0), 0);
    assert_int_not_equal(limits_take_many(limits, entry, LIMIT_UPLOAD_KIB, 1001, 5 * day_ms), 0);
    limits_free(limits);
}

static void a_reconnect_does_not_fill_the_bucket(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    struct limit_entry *entry = enter(limits, 1, 0);
    take_all(limits, entry, LIMIT_COMMANDS, 0);
    limits_leave(entry);
    limits_sweep(limits, 1000);
    assert_ptr_equal(enter(limits, 1, 1000), entry);
    assert_int_equal(limits_take(limits, enter(limits, 2, 1000), LIMIT_COMMANDS, 1000), 0);
    assert_int_equal(limits_count(limits), 3); /* two sessions and their member */
    limits_sweep(limits, 10000000);
    assert_int_equal(limits_count(limits), 3); /* all are held */
    limits_leave(entry);
    limits_sweep(limits, 10000000);
    assert_int_equal(limits_count(limits), 2);
    limits_free(limits);
}

static void a_bucket_of_a_day_is_remembered_until_it_is_full(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    struct limit_entry *entry = enter(limits, 1, 0);
    take_all(limits, entry, LIMIT_REPORTS, 0);
    limits_leave(entry);
    for (uint64_t now = 0; now < day_ms; now += day_ms / 48) {
        limits_sweep(limits, now);
    }
    assert_int_equal(limits_count(limits), 1); /* the session has gone, its member is known */
    assert_in_range(take_all(limits, enter(limits, 1, day_ms / 2), LIMIT_REPORTS, day_ms / 2), 0,
                    49);
    limits_free(limits);
}

static void addresses_beyond_the_cap_share_one_entry(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    uint8_t address[16] = {0};
    for (uint32_t at = 0; at < LIMIT_ADDRESSES_MAX; at++) {
        memcpy(address, &at, sizeof at);
        limits_leave(limits_enter_address(limits, address, 1));
    }
    assert_int_equal(limits_count(limits), LIMIT_ADDRESSES_MAX);
    address[8] = 1;
    struct limit_entry *one = limits_enter_address(limits, address, 1);
    assert_int_equal(take_all(limits, one, LIMIT_SIGN_INS, 1), 1500);
    address[8] = 2;
    assert_ptr_equal(limits_enter_address(limits, address, 1), one);
    assert_int_not_equal(limits_take(limits, one, LIMIT_SIGN_INS, 1), 0);
    /* Whoever has a session gets in all the same. */
    assert_int_equal(limits_take(limits, enter(limits, 1, 1), LIMIT_COMMANDS, 1), 0);
    limits_sweep(limits, 700000);
    assert_int_equal(limits_count(limits), 2);
    limits_leave(limits_enter_address(limits, address, 700000));
    assert_int_equal(limits_count(limits), 3);
    limits_free(limits);
}

static void rates_that_change(void **state)
{
    (void)state;
    struct limits *limits = limits_new(rates);
    struct limit_rate others[LIMIT_KINDS] = {[LIMIT_COMMANDS] = limit_scaled(LIMIT_COMMANDS, 10)};
    struct limit_entry *entry = enter(limits, 1, 0);
    assert_int_equal(others[LIMIT_COMMANDS].burst, 3);
    limits_change(limits, others);
    assert_int_equal(take_all(limits, entry, LIMIT_COMMANDS, 0), 3);
    assert_int_equal(take_all(limits, entry, LIMIT_BALLOTS, 0), 10000);
    assert_int_equal(limit_scaled(LIMIT_COMMANDS, 1).burst, 1);
    assert_int_equal(limit_scaled(LIMIT_SIGN_INS, 600).burst, 1500);
    assert_int_equal(limit_scaled(LIMIT_UPLOAD_KIB, 1U << 30).burst, 1U << 30);
    limits_free(limits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_then_a_steady_rate),
        cmocka_unit_test(ballots_have_their_own_bucket),
        cmocka_unit_test(more_sessions_buy_a_member_five_times_as_much_and_no_more),
        cmocka_unit_test(what_is_counted_by_the_day_is_the_members),
        cmocka_unit_test(several_tokens_at_once),
        cmocka_unit_test(a_reconnect_does_not_fill_the_bucket),
        cmocka_unit_test(a_bucket_of_a_day_is_remembered_until_it_is_full),
        cmocka_unit_test(addresses_beyond_the_cap_share_one_entry),
        cmocka_unit_test(rates_that_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
