/* Below the quorum: what was seen at the start and at a vote says in what it counts, the vote's own rule or the meeting's. */
#include "assembly/kinds.h"
#include "tests/harness/c/world.h"

#include <stdio.h>

#define DAY UINT64_C(86400000)
enum { PEOPLE = 8, PRESENT = 3 };

struct hall {
    struct world world;
    struct caller lead;
    struct id meeting;
};

/* Three of eight are there, with twelve of seventeen votes; the meeting watches two thirds of the members. */
static void hall_open(struct hall *hall)
{
    struct caller people[PEOPLE];
    world_open(&hall->world);
    hall->lead = world_member(&hall->world, "Lou", "facilitator observer");
    struct caller admin = world_member(&hall->world, "Ada", "admin observer");
    for (size_t i = 0; i < PEOPLE; i++) {
        char name[32];
        snprintf(name, sizeof name, "Mia %zu", i);
        people[i] = world_member(&hall->world, name, "");
    }
    world_must(&hall->world, admin, "member.update", "{'id':'%s','weight':10}",
               world_text(people[0].member));
    hall->meeting = world_id(&hall->world);
    world_must(&hall->world, hall->lead, "meeting.plan",
               "{'id':'%s','kind':'general_assembly','title':{'fr':'AG'},'starts':%llu,"
               "'minutes':120,'rule':'asbl-statutes'}",
               world_text(hall->meeting), (unsigned long long)(hall->world.now_ms + 20 * DAY));
    hall->world.now_ms += 20 * DAY;
    world_must(&hall->world, hall->lead, "meeting.start", "{'id':'%s','seen':true}",
               world_text(hall->meeting));
    for (size_t i = 0; i < PRESENT; i++) {
        world_must(&hall->world, hall->lead, "attendance.record",
                   "{'meeting':'%s','member':'%s','present':true}", world_text(hall->meeting),
                   world_text(people[i].member));
    }
}

static void opens_a_vote(struct hall *hall, const char *quorum)
{
    struct id poll = world_id(&hall->world);
    world_must(&hall->world, hall->lead, "poll.define",
               "{'id':'%s','kind':'decision','question':{'fr':'Oui ?','nl':'Ja?','en':'Yes?'},"
               "'method':'yes-no','meeting':'%s','rule':{'quorum':%s}}",
               world_text(poll), world_text(hall->meeting), quorum);
    world_must(&hall->world, hall->lead, "poll.open", "{'id':'%s','seen':true}", world_text(poll));
}

static void expect_seen(struct hall *hall, size_t at, const char *unit, int64_t there,
                        int64_t least)
{
    char path[60];
    snprintf(path, sizeof path, "seen_below_quorum.%zu.unit", at);
    world_expect_text(&hall->world, DOCUMENT_MEETING, hall->meeting, path, unit);
    snprintf(path, sizeof path, "seen_below_quorum.%zu.x", at);
    world_expect_number(&hall->world, DOCUMENT_MEETING, hall->meeting, path, there);
    snprintf(path, sizeof path, "seen_below_quorum.%zu.least", at);
    world_expect_number(&hall->world, DOCUMENT_MEETING, hall->meeting, path, least);
}

static void what_was_seen_has_its_unit(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    opens_a_vote(&hall, "{'num':1,'den':2,'unit':'weight'}"); /* met: the meeting's is not */
    opens_a_vote(&hall, "{'num':9,'den':10,'unit':'weight'}");
    expect_seen(&hall, 0, "heads", 0, 6);
    expect_seen(&hall, 1, "heads", PRESENT, 6);
    expect_seen(&hall, 2, "weight", 12, 16);
    world_close(&hall.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_seen_has_its_unit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
