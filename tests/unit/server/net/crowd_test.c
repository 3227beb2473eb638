/* Counting connections by place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/net/crowd.h"

static struct peer_address address(const char *text)
{
    struct peer_address parsed;
    assert_true(peer_parse(slice_text(text), &parsed));
    return parsed;
}

static void coming_and_going(void **state)
{
    (void)state;
    struct crowd *crowd = crowd_new();
    struct crowd_place *one = crowd_enter(crowd, address("192.0.2.7"));
    assert_int_equal(crowd_count(one), 1);
    assert_ptr_equal(crowd_enter(crowd, address("192.0.2.7")), one);
    struct crowd_place *other = crowd_enter(crowd, address("2001:db8::1"));
    assert_ptr_not_equal(other, one);
    assert_int_equal(crowd_count(one), 2);
    crowd_leave(crowd, one);
    assert_int_equal(crowd_count(one), 1);
    crowd_leave(crowd, one);
    assert_int_equal(crowd_count(crowd_enter(crowd, address("192.0.2.7"))), 1);
    crowd_free(crowd);
}

static void a_peer_without_an_address(void **state)
{
    (void)state;
    struct crowd *crowd = crowd_new();
    assert_null(crowd_enter(crowd, (struct peer_address){{0}}));
    crowd_leave(crowd, NULL);
    crowd_free(crowd);
}

/* More places than slots: each keeps its own count. */
static void many_places(void **state)
{
    (void)state;
    struct crowd *crowd = crowd_new();
    struct crowd_place *places[3000];
    for (size_t at = 0; at < 3000; at++) {
        struct peer_address from = {{1, (uint8_t)(at >> 8), (uint8_t)at}};
        places[at] = crowd_enter(crowd, from);
        assert_int_equal(crowd_count(places[at]), 1);
    }
    for (size_t at = 0; at < 3000; at++) {
        crowd_leave(crowd, places[at]);
    }
    crowd_free(crowd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coming_and_going),
        cmocka_unit_test(a_peer_without_an_address),
        cmocka_unit_test(many_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
