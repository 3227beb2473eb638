/* The table of watches: whoever is there is found, whoever has gone is not, and what a full hall needed is given back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "server/net/watches.h"

enum { HALL = 20000, LEAST = 256 };

static struct topic topic_at(size_t at)
{
    struct topic topic = {.kind = (uint8_t)(1 + at % 3)};
    bytes_put_u64(topic.id.bytes, at * UINT64_C(0x9e3779b97f4a7c15));
    bytes_put_u64(topic.id.bytes + 8, at);
    return topic;
}

static void fits(const struct watches *watches)
{
    assert_true(watches->count <= watches->slot_count);
    assert_true(watches->slot_count == LEAST || watches->count > watches->slot_count / 4);
}

static void a_hall_comes_and_goes(void **state)
{
    struct watches watches = {0};
    struct watch *all = memory_new(HALL, sizeof *all);
    (void)state;
    assert_null(watches_find(&watches, topic_at(0)));
    for (size_t at = 0; at < HALL; at++) {
        all[at].topic = topic_at(at);
        watches_add(&watches, &all[at]);
        fits(&watches);
    }
    assert_true(watches.slot_count >= HALL);
    for (size_t at = 0; at < HALL; at++) {
        assert_ptr_equal(watches_find(&watches, topic_at(at)), &all[at]);
    }
    for (size_t gone = 0; gone < HALL; gone++) {
        size_t at = gone * 7919 % HALL; /* in another order than they came */
        watches_remove(&watches, &all[at]);
        fits(&watches);
        assert_null(watches_find(&watches, topic_at(at)));
        if (gone % 1000 == 0) {
            for (size_t left = gone + 1; left < HALL; left++) {
                size_t there = left * 7919 % HALL;
                assert_ptr_equal(watches_find(&watches, topic_at(there)), &all[there]);
            }
        }
    }
    assert_int_equal(watches.count, 0);
    assert_int_equal(watches.slot_count, LEAST);
    free(watches.slots);
    free(all);
}

/* Just below and above a size, nothing is moved each time. */
static void the_edge_is_quiet(void **state)
{
    struct watches watches = {0};
    struct watch all[LEAST + 2];
    (void)state;
    memset(all, 0, sizeof all);
    for (size_t at = 0; at <= LEAST; at++) {
        all[at].topic = topic_at(at);
        watches_add(&watches, &all[at]);
    }
    const struct watch *const *slots = (const struct watch *const *)watches.slots;
    for (int again = 0; again < 10; again++) {
        watches_remove(&watches, &all[LEAST]);
        watches_add(&watches, &all[LEAST]);
        assert_ptr_equal(watches.slots, slots);
    }
    free(watches.slots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hall_comes_and_goes),
        cmocka_unit_test(the_edge_is_quiet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
