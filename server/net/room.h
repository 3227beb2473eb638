/* The room of one meeting, as the net loop sees it: which of those present have a page that is awake, one that sleeps, or
 * none any more; who was lost, and when. Plain data without sockets or clock: times are given, monotonic ms. */
#ifndef PALABRE_SERVER_NET_ROOM_H
#define PALABRE_SERVER_NET_ROOM_H

#include "base/id.h"

enum { ROOM_VOTES = 8 };

enum seat_state {
    SEAT_EMPTY,  /* has had no page since they came, or since this program started */
    SEAT_AWAKE,  /* at least one page that is looked at */
    SEAT_ASLEEP, /* pages that are not: put away, or their phone is locked */
    SEAT_GONE,   /* the last page went without a word */
    SEAT_STATES
};
/* Of somebody who is present. */
struct seat {
    struct id member;
    uint32_t awake, asleep; /* pages */
    uint8_t state;
    uint8_t told; /* bit of each vote for which the loss was told */
    bool slept;   /* the last page slept before it went */
    bool fresh;   /* not counted yet: see room_read_end() */
    bool outage;  /* lost with many others */
    uint64_t gone_ms;
};
struct room_vote {
    struct id poll; /* none = a free place */
    uint64_t since_ms;
};
struct room {
    struct id meeting;
    struct seat *seats; /* ascending by member */
    size_t count, capacity;
    size_t states[SEAT_STATES]; /* how many seats are in each */
    struct room_vote votes[ROOM_VOTES];
    bool outage; /* many were lost, and are not back */
    uint64_t outage_ms;
    bool changed;        /* since whoever watches was told */
    struct seat *before; /* while those present are read: the seats there were */
    size_t before_count, before_at;
};
/* What counts as lost. */
struct room_times {
    uint64_t wait_ms; /* so long a page is gone before that is an incident */
};

void room_init(struct room *room, struct id meeting);
void room_free(struct room *room);

/* Those present anew: start, each of them ascending, end. Seats stay as they are; whoever is new has a fresh one, and their
 * pages are then counted by room_count(), each once. true = some seat is fresh. */
void room_read_start(struct room *room);
void room_read(struct room *room, struct id member);
bool room_read_end(struct room *room);
void room_count(struct room *room, struct id member, bool asleep, uint64_t now_ms);
void room_count_end(struct room *room);
/* The votes that are open. */
void room_set_votes(struct room *room, const struct id *polls, size_t count, uint64_t now_ms);

/* A page of this member came, was put away or taken up again, went. Of somebody who is not present: nothing. gone_ms = when
 * it was last heard of. */
void room_page_came(struct room *room, struct id member);
void room_page_slept(struct room *room, struct id member, bool on, uint64_t now_ms);
void room_page_went(struct room *room, struct id member, bool asleep, uint64_t gone_ms);
/* A page without a connection at this moment (it polls) says that it is put away. */
void room_page_put_away(struct room *room, struct id member);

/* Members lost during this vote for long enough, not told yet, those of a few seconds at once; each is told once. At most
 * max; *since_ms = when the first went. */
size_t room_take_lost(struct room *room, size_t vote, const struct room_times *times,
                      uint64_t now_ms, struct id *members, size_t max, uint64_t *since_ms);
/* More than one in twenty of those present were lost within ten seconds: true, once, until room_outage_is_over(). */
bool room_take_outage(struct room *room, const struct room_times *times, uint64_t now_ms);
/* At most one in twenty of those present is still lost since then. */
bool room_outage_is_over(struct room *room);
/* Everybody lost in the outage, also those who are back. */
size_t room_outage_members(const struct room *room, struct id *members, size_t max);
/* The outage is told, and forgotten. */
void room_outage_end(struct room *room);

#endif
