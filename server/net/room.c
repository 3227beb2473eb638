/* Who is in the room of a meeting, and who was lost.
 *
 * A seat for each of those present, in order, so that one is found by halving. A page counts as awake until it says that it
 * sleeps (a phone that is locked, another tab in front); when the last page goes, its seat is gone, or asleep where that page
 * had said so: a phone in a pocket loses its connection all the time, and that disturbs nobody. Counts follow each change;
 * only while somebody is lost are seats walked, once a second.
 * Invariant: states[] counts every seat once, by its state; a seat is GONE only between the end of a last page that was awake
 * and the next page. Start at settle(), then room_take_lost(). */
#include "server/net/room.h"

#include <stdlib.h>

#include "base/memory.h"

enum {
    TOGETHER = 10, /* one tenth of the wait: losses found within it are told together */
    OUTAGE_WITHIN_MS = 10000,
    OUTAGE_ONE_IN = 20,
    OUTAGE_LEAST = 3, /* people: one or two are no outage, however small the room */
};

void room_init(struct room *room, struct id meeting)
{
    *room = (struct room){.meeting = meeting, .changed = true};
}

void room_free(struct room *room)
{
    free(room->seats);
    free(room->before);
}

/* ---- seats ---- */

static struct seat *seat_of(const struct room *room, struct id member)
{
    size_t first = 0, last = room->count;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        int order = memcmp(room->seats[middle].member.bytes, member.bytes, ID_SIZE);
        if (order == 0) {
            return &room->seats[middle];
        }
        if (order < 0) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return NULL;
}

static enum seat_state state_of(const struct seat *seat)
{
    if (seat->awake > 0) {
        return SEAT_AWAKE;
    }
    if (seat->asleep > 0 || seat->slept) {
        return SEAT_ASLEEP;
    }
    return seat->state == SEAT_EMPTY ? SEAT_EMPTY : SEAT_GONE;
}

/* After its pages changed. */
static void settle(struct room *room, struct seat *seat, uint64_t gone_ms)
{
    seat->slept = seat->slept && seat->awake == 0;
    enum seat_state state = state_of(seat);
    if (state == seat->state) {
        return;
    }
    room->states[seat->state]--;
    room->states[state]++;
    room->changed = true;
    seat->state = (uint8_t)state;
    if (state == SEAT_GONE) {
        seat->gone_ms = gone_ms;
        seat->told = 0;
    }
}

/* ---- reading ---- */

void room_read_start(struct room *room)
{
    room->before = room->seats;
    room->before_count = room->count;
    room->before_at = 0;
    room->seats = NULL;
    room->count = room->capacity = 0;
}

void room_read(struct room *room, struct id member)
{
    if (room->count == room->capacity) {
        room->capacity = room->capacity == 0 ? room->before_count + 16 : 2 * room->capacity;
        room->seats = memory_resize(room->seats, room->capacity, sizeof *room->seats);
    }
    while (room->before_at < room->before_count &&
           memcmp(room->before[room->before_at].member.bytes, member.bytes, ID_SIZE) < 0) {
        room->before_at++;
    }
    bool known = room->before_at < room->before_count &&
                 id_equal(room->before[room->before_at].member, member);
    room->seats[room->count++] =
        known ? room->before[room->before_at] : (struct seat){.member = member, .fresh = true};
}

bool room_read_end(struct room *room)
{
    bool fresh = false;
    size_t states[SEAT_STATES] = {0};
    for (size_t at = 0; at < room->count; at++) {
        states[room->seats[at].state]++;
        fresh = fresh || room->seats[at].fresh;
    }
    room->changed = room->changed || room->count != room->before_count || fresh;
    memcpy(room->states, states, sizeof states);
    free(room->before);
    room->before = NULL;
    return fresh;
}

void room_count(struct room *room, struct id member, bool asleep, uint64_t now_ms)
{
    struct seat *seat = seat_of(room, member);
    if (seat != NULL && seat->fresh) {
        seat->awake += !asleep;
        seat->asleep += asleep;
        settle(room, seat, now_ms);
    }
}

void room_count_end(struct room *room)
{
    for (size_t at = 0; at < room->count; at++) {
        room->seats[at].fresh = false;
    }
}

static size_t vote_at(const struct room *room, struct id poll)
{
    size_t at = 0;
    while (at < ROOM_VOTES && !id_equal(room->votes[at].poll, poll)) {
        at++;
    }
    return at;
}

static bool is_listed(const struct id *polls, size_t count, struct id poll)
{
    size_t at = 0;
    while (at < count && !id_equal(polls[at], poll)) {
        at++;
    }
    return at < count;
}

void room_set_votes(struct room *room, const struct id *polls, size_t count, uint64_t now_ms)
{
    for (size_t at = 0; at < ROOM_VOTES; at++) {
        if (!is_listed(polls, count, room->votes[at].poll)) {
            room->votes[at] = (struct room_vote){.since_ms = 0};
        }
    }
    for (size_t at = 0; at < count; at++) {
        size_t place = vote_at(room, (struct id){{0}});
        if (vote_at(room, polls[at]) < ROOM_VOTES || place == ROOM_VOTES) {
            continue;
        }
        room->votes[place] = (struct room_vote){.poll = polls[at], .since_ms = now_ms};
        for (size_t seat = 0; seat < room->count; seat++) {
            room->seats[seat].told &= (uint8_t) ~(1U << place);
        }
    }
}

/* ---- pages ---- */

void room_page_came(struct room *room, struct id member)
{
    struct seat *seat = seat_of(room, member);
    if (seat != NULL) {
        seat->awake++;
        settle(room, seat, 0);
    }
}

void room_page_slept(struct room *room, struct id member, bool on, uint64_t now_ms)
{
    struct seat *seat = seat_of(room, member);
    if (seat != NULL) {
        seat->awake += on ? -1U : 1U;
        seat->asleep += on ? 1U : -1U;
        settle(room, seat, now_ms);
    }
}

void room_page_went(struct room *room, struct id member, bool asleep, uint64_t gone_ms)
{
    struct seat *seat = seat_of(room, member);
    if (seat != NULL) {
        seat->awake -= !asleep;
        seat->asleep -= asleep;
        seat->slept = seat->slept || (asleep && seat->awake == 0);
        settle(room, seat, gone_ms);
    }
}

void room_page_put_away(struct room *room, struct id member)
{
    struct seat *seat = seat_of(room, member);
    if (seat != NULL) {
        seat->slept = true;
        settle(room, seat, 0);
    }
}

/* ---- losses ---- */

static bool is_lost(const struct seat *seat, size_t vote)
{
    return seat->state == SEAT_GONE && (seat->told & 1U << vote) == 0;
}

/* Lost during the vote, or before it opened and not back. */
static uint64_t lost_since(const struct seat *seat, const struct room_vote *vote)
{
    return seat->gone_ms > vote->since_ms ? seat->gone_ms : vote->since_ms;
}

size_t room_take_lost(struct room *room, size_t vote, const struct room_times *times,
                      uint64_t now_ms, struct id *members, size_t max, uint64_t *since_ms)
{
    const struct room_vote *open = &room->votes[vote];
    size_t count = 0;
    bool ripe = false;
    for (size_t at = 0; room->states[SEAT_GONE] > 0 && at < room->count && !ripe; at++) {
        ripe = is_lost(&room->seats[at], vote) && now_ms >= lost_since(&room->seats[at], open) +
                                                                times->wait_ms +
                                                                times->wait_ms / TOGETHER;
    }
    *since_ms = now_ms;
    for (size_t at = 0; ripe && at < room->count && count < max; at++) {
        struct seat *seat = &room->seats[at];
        uint64_t since = lost_since(seat, open);
        if (is_lost(seat, vote) && now_ms >= since + times->wait_ms) {
            seat->told |= (uint8_t)(1U << vote);
            members[count++] = seat->member;
            *since_ms = since < *since_ms ? since : *since_ms;
        }
    }
    return count;
}

static int by_time(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a, second = *(const uint64_t *)b;
    return (first > second) - (first < second);
}

/* When most were lost within ten seconds; 0 = fewer than make an outage. */
static uint64_t densest(uint64_t *times, size_t count, size_t present)
{
    size_t first = 0;
    qsort(times, count, sizeof *times, by_time);
    for (size_t last = 0; last < count; last++) {
        while (times[last] - times[first] > OUTAGE_WITHIN_MS) {
            first++;
        }
        size_t lost = last - first + 1;
        if (lost >= OUTAGE_LEAST && lost * OUTAGE_ONE_IN > present) {
            return times[first];
        }
    }
    return 0;
}

bool room_take_outage(struct room *room, const struct room_times *times, uint64_t now_ms)
{
    size_t gone = room->states[SEAT_GONE], count = 0;
    if (room->outage || gone < OUTAGE_LEAST || gone * OUTAGE_ONE_IN <= room->count) {
        return false;
    }
    uint64_t *when = memory_new(gone, sizeof *when);
    for (size_t at = 0; at < room->count; at++) {
        const struct seat *seat = &room->seats[at];
        if (seat->state == SEAT_GONE && !seat->outage &&
            now_ms >= seat->gone_ms + times->wait_ms / TOGETHER) {
            when[count++] = seat->gone_ms;
        }
    }
    room->outage_ms = densest(when, count, room->count);
    free(when);
    room->outage = room->outage_ms > 0;
    return room->outage;
}

bool room_outage_is_over(struct room *room)
{
    size_t still = 0;
    for (size_t at = 0; room->outage && at < room->count; at++) {
        struct seat *seat = &room->seats[at];
        seat->outage =
            seat->outage || (seat->state == SEAT_GONE && seat->gone_ms >= room->outage_ms);
        still += seat->outage && seat->state == SEAT_GONE;
    }
    return room->outage && still * OUTAGE_ONE_IN <= room->count;
}

size_t room_outage_members(const struct room *room, struct id *members, size_t max)
{
    size_t count = 0;
    for (size_t at = 0; at < room->count && count < max; at++) {
        if (room->seats[at].outage) {
            members[count++] = room->seats[at].member;
        }
    }
    return count;
}

void room_outage_end(struct room *room)
{
    room->outage = false;
    for (size_t at = 0; at < room->count; at++) {
        /* Who has not come back stays marked: the same loss is no second outage. */
        room->seats[at].outage = room->seats[at].outage && room->seats[at].state == SEAT_GONE;
    }
}
