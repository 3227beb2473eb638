/* Seats of a room: who is awake, asleep, gone; losses that are told, and those that are not, on a clock that the test turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/net/room.h"

enum { MANY = 1000, WAIT = 30000 };
static const struct room_times times = {.wait_ms = WAIT};
static const struct id meeting = {.bytes = {7}}, vote = {.bytes = {8}}, second = {.bytes = {9}};

/* Ascending with `at`. */
static struct id person(unsigned at)
{
    return (struct id){.bytes = {1, (uint8_t)(at >> 8), (uint8_t)at}};
}

static void read_first(struct room *room, unsigned count)
{
    room_read_start(room);
    for (unsigned at = 0; at < count; at++) {
        room_read(room, person(at));
    }
    room_read_end(room);
    room_count_end(room);
}

static void fill(struct room *room, unsigned count)
{
    room_init(room, meeting);
    read_first(room, count);
    for (unsigned at = 0; at < count; at++) {
        room_page_came(room, person(at));
    }
}

static void expect(const struct room *room, size_t awake, size_t asleep, size_t gone)
{
    assert_int_equal(room->states[SEAT_AWAKE], awake);
    assert_int_equal(room->states[SEAT_ASLEEP], asleep);
    assert_int_equal(room->states[SEAT_GONE], gone);
    assert_int_equal(room->count, awake + asleep + gone + room->states[SEAT_EMPTY]);
}

static size_t lost(struct room *room, uint64_t now_ms)
{
    struct id members[MANY];
    uint64_t since_ms;
    return room_take_lost(room, 0, &times, now_ms, members, MANY, &since_ms);
}

static void pages_make_the_state(void **state)
{
    (void)state;
    struct room room;
    room_init(&room, meeting);
    read_first(&room, 3);
    expect(&room, 0, 0, 0);
    room_page_came(&room, person(0));
    room_page_came(&room, person(1));
    room_page_came(&room, person(1)); /* a second page, or a new laptop beside the old one */
    room_page_came(&room, person(9)); /* not present */
    expect(&room, 2, 0, 0);
    room_page_went(&room, person(1), false, 1000);
    expect(&room, 2, 0, 0);
    room_page_slept(&room, person(1), true, 2000);
    expect(&room, 1, 1, 0);
    room_page_went(&room, person(1), true, 3000); /* in a pocket: not lost */
    expect(&room, 1, 1, 0);
    room_page_came(&room, person(1));
    room_page_went(&room, person(1), false, 4000);
    room_page_went(&room, person(0), false, 4000);
    expect(&room, 0, 0, 2);
    room_page_put_away(&room, person(0));
    expect(&room, 0, 1, 1);
    room_free(&room);
}

static void those_present_are_read_anew(void **state)
{
    (void)state;
    struct room room;
    fill(&room, 4);
    room_page_went(&room, person(3), false, 500);
    room.changed = false;
    room_read_start(&room);
    room_read(&room, person(1));
    room_read(&room, person(3));
    room_read(&room, person(5));
    assert_true(room_read_end(&room));
    room_count(&room, person(1), false, 600); /* is known: its page was counted when it came */
    room_count(&room, person(5), false, 600);
    room_count(&room, person(5), true, 600);
    room_count_end(&room);
    expect(&room, 2, 0, 1);
    assert_true(room.changed);
    room_page_went(&room, person(1), false, 700);
    room_page_went(&room, person(5), false, 700);
    expect(&room, 0, 1, 2);
    room_free(&room);
}

static void a_loss_is_told_once_for_each_vote(void **state)
{
    (void)state;
    struct room room;
    struct id members[4];
    uint64_t since_ms;
    fill(&room, 10);
    room_set_votes(&room, &vote, 1, 1000);
    room_page_went(&room, person(2), false, 10000);
    room_page_went(&room, person(4), false, 12000);
    room_page_slept(&room, person(5), true, 9000);
    room_page_went(&room, person(5), true, 10000);
    assert_int_equal(lost(&room, 10000 + WAIT), 0); /* perhaps others follow */
    assert_int_equal(room_take_lost(&room, 0, &times, 13000 + WAIT, members, 4, &since_ms), 2);
    assert_true(id_equal(members[0], person(2)) && id_equal(members[1], person(4)));
    assert_int_equal(since_ms, 10000);
    assert_int_equal(lost(&room, 90000), 0);
    const struct id both[] = {vote, second};
    room_set_votes(&room, both, 2, 100000);
    assert_int_equal(room_take_lost(&room, 1, &times, 100000 + WAIT, members, 4, &since_ms), 0);
    assert_int_equal(room_take_lost(&room, 1, &times, 103000 + WAIT, members, 4, &since_ms), 2);
    assert_int_equal(since_ms, 100000);
    room_page_came(&room, person(2));
    assert_int_equal(lost(&room, 200000), 0);
    room_page_went(&room, person(2), false, 200000);
    assert_int_equal(lost(&room, 203000 + WAIT), 1);
    room_free(&room);
}

static void many_at_once_are_one_outage(void **state)
{
    (void)state;
    struct room room;
    struct id members[MANY];
    fill(&room, MANY);
    for (unsigned at = 0; at < 50; at++) { /* one in twenty, and at leisure: none */
        room_page_went(&room, person(at), false, 1000 + at);
    }
    assert_false(room_take_outage(&room, &times, 100000));
    room_page_went(&room, person(50), false, 11060);
    assert_false(room_take_outage(&room, &times, 100000));
    room_page_went(&room, person(51), false, 10900);
    assert_true(room_take_outage(&room, &times, 100000));
    assert_int_equal(room.outage_ms, 1000);
    assert_false(room_take_outage(&room, &times, 100000));
    assert_false(room_outage_is_over(&room));
    room_page_went(&room, person(52), false, 101000);
    assert_false(room_outage_is_over(&room));
    for (unsigned at = 0; at < 52; at++) {
        room_page_came(&room, person(at));
    }
    assert_true(room_outage_is_over(&room));
    assert_int_equal(room_outage_members(&room, members, MANY), 53);
    room_outage_end(&room);
    assert_false(room_take_outage(&room, &times, 200000));
    room_free(&room);
}

/* Two of ten are no outage, and losses of a moment are none. */
static void a_small_room_has_no_outage_of_two(void **state)
{
    (void)state;
    struct room room;
    fill(&room, 10);
    room_page_went(&room, person(1), false, 1000);
    room_page_went(&room, person(2), false, 1000);
    assert_false(room_take_outage(&room, &times, 50000));
    room_page_went(&room, person(3), false, 1000);
    assert_false(room_take_outage(&room, &times, 3999));
    assert_true(room_take_outage(&room, &times, 4000));
    room_free(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_make_the_state),
        cmocka_unit_test(those_present_are_read_anew),
        cmocka_unit_test(a_loss_is_told_once_for_each_vote),
        cmocka_unit_test(many_at_once_are_one_outage),
        cmocka_unit_test(a_small_room_has_no_outage_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
