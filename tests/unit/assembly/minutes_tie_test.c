/* A tie and the minutes: they are not sealed over one that waits for the chair, nor with a result that has changed; once they
 * are, what they tell stays. */
#include "assembly/kinds.h"
#include "tests/harness/c/voting.h"

#include <string.h>

struct hall {
    struct world world;
    struct caller flo;
    struct voter chair, other;
    struct id meeting;
};

/* A vote on which the two of them are divided, revealed. */
static void tie(struct hall *hall, int number, const char *kind, const char *more)
{
    struct world *world = &hall->world;
    struct id poll = world_id(world);
    world_must(world, hall->flo, "poll.define",
               "{'id':'%s','kind':'%s','question':{'fr':'?','nl':'?','en':'?'},"
               "'method':'yes-no','meeting':'1','rule':{'tie':'chair'}%s}",
               world_text(poll), kind, more);
    world_must(world, hall->flo, "poll.open", "{'id':'%d','seen':true}", number);
    assert_string_equal(voting_cast(world, poll, &hall->chair, FORM_YES_NO, CHOICE_YES), "");
    assert_string_equal(voting_cast(world, poll, &hall->other, FORM_YES_NO, CHOICE_NO), "");
    world_must(world, hall->flo, "poll.close", "{'id':'%d'}", number);
    world_must(world, hall->flo, "poll.reveal", "{'id':'%d'}", number);
}

static void hall_open(struct hall *hall)
{
    struct world *world = &hall->world;
    world_open(world);
    hall->flo = world_member(world, "Flo", "facilitator observer");
    hall->chair = voting_voter(world, "Ann", "");
    hall->other = voting_voter(world, "Bea", "");
    hall->meeting = world_id(world);
    world_must(world, hall->flo, "meeting.plan",
               "{'id':'%s','kind':'general_assembly','title':{'fr':'AG'},'starts':%llu,"
               "'minutes':60}",
               world_text(hall->meeting), (unsigned long long)world->now_ms + 3600000);
    world_must(world, hall->flo, "meeting.offices", "{'id':'1','chair':'%s','scrutineers':[]}",
               world_text(hall->chair.caller.member));
    world_must(world, hall->flo, "attendance.record",
               "{'meeting':'1','member':'%s','present':true}",
               world_text(hall->chair.caller.member));
    world_must(world, hall->flo, "attendance.record",
               "{'meeting':'1','member':'%s','present':true}",
               world_text(hall->other.caller.member));
    world_must(world, hall->flo, "meeting.start", "{'id':'1','seen':true}");
}

static const char *drafted(struct hall *hall)
{
    return world_try(&hall->world, hall->flo, "minutes.draft", "{'meeting':'1'}");
}

static const char *sealed(struct hall *hall)
{
    json_t *minutes = world_document(&hall->world, DOCUMENT_MINUTES, hall->meeting);
    long long rev = (long long)json_get_integer(minutes, "rev");
    json_decref(minutes);
    return world_try(&hall->world, hall->flo, "minutes.seal", "{'meeting':'1','base':%lld}", rev);
}

/* As they are printed from the folder, and by who was there and looks after nothing. */
static void expect_printed(struct hall *hall, const char *by_other)
{
    static const char asked[] = "{'meeting':'1','language':'nl','format':'html'}";
    assert_string_equal(world_try(&hall->world, world_operator, "minutes.export", asked), "");
    assert_string_equal(world_try(&hall->world, hall->other.caller, "minutes.export", asked),
                        by_other);
}

static const char *decide(struct hall *hall, int number)
{
    return world_try(&hall->world, hall->chair.caller, "poll.decide",
                     "{'id':'%d','adopted':true,'reason':'For the oven'}", number);
}

static void test_tie(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    tie(&hall, 1, "decision", "");
    tie(&hall, 2, "straw", "");
    world_must(&hall.world, hall.flo, "meeting.end", "{'id':'1'}");
    assert_string_equal(drafted(&hall), "");
    expect_printed(&hall, "minutes.unknown"); /* a draft */
    assert_string_equal(sealed(&hall), "minutes.tie_open");
    assert_string_equal(decide(&hall, 1), "");
    assert_string_equal(sealed(&hall), "minutes.stale");
    assert_string_equal(drafted(&hall), "");
    assert_string_equal(sealed(&hall), "");
    expect_printed(&hall, "");
    assert_string_equal(decide(&hall, 2), "minutes.sealed"); /* a straw vote waits for nobody */
    world_close(&hall.world);
}

/* What was asked again is not waited for. */
static void test_asked_again(void **state)
{
    struct hall hall;
    (void)state;
    hall_open(&hall);
    tie(&hall, 1, "decision", "");
    tie(&hall, 2, "decision", ",'follows':'1'");
    assert_string_equal(decide(&hall, 2), "");
    world_must(&hall.world, hall.flo, "meeting.end", "{'id':'1'}");
    assert_string_equal(drafted(&hall), "");
    assert_string_equal(sealed(&hall), "");
    world_close(&hall.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tie),
        cmocka_unit_test(test_asked_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
