/* Votes of a meeting against a model, whatever happens in whatever order: who comes, goes, changes or leaves the organisation,
 * votes that open, close, open again and are revealed. A ballot is accepted from whom the model has on the roll, there at the
 * opening and there now; no vote has a result before it is revealed; and the record alone gives the same documents. */
#include "assembly/kinds.h"
#include "assembly/meeting.h"
#include "tests/harness/c/voting.h"

#include <string.h>

#define DAY UINT64_C(86400000)
enum { PEOPLE = 8, YES = CHOICE_YES, NO = CHOICE_NO };

struct hall {
    struct world world;
    struct caller admin, lead;
    struct voter people[PEOPLE];
    struct id meeting;
};

static void hall_open(struct hall *hall)
{
    static const char *const names[PEOPLE] = {"Ann", "Bea", "Cis", "Dov",
                                              "Eli", "Fay", "Gil", "Han"};
    world_open(&hall->world);
    hall->admin = world_member(&hall->world, "Ada", "admin observer");
    hall->lead = world_member(&hall->world, "Lou", "facilitator observer");
    for (size_t i = 0; i < PEOPLE; i++) {
        hall->people[i] = voting_voter(&hall->world, names[i], "");
    }
    hall->meeting = world_id(&hall->world);
    world_must(
        &hall->world, hall->lead, "meeting.plan",
        "{'id':'%s','kind':'general_assembly','title':{'fr':'AG'},'starts':%llu,'minutes':9}",
        world_text(hall->meeting), (unsigned long long)(hall->world.now_ms + DAY));
    world_must(&hall->world, hall->lead, "meeting.start", "{'id':'%s','seen':true}",
               world_text(hall->meeting));
}

static const char *act(struct hall *hall, struct caller who, const char *method, struct id poll,
                       const char *more)
{
    return world_try(&hall->world, who, method, "{'id':'%s'%s}", world_text(poll), more);
}

static void lead(struct hall *hall, const char *method, struct id poll, const char *more)
{
    assert_string_equal(act(hall, hall->lead, method, poll, more), "");
}

static struct id draft(struct hall *hall)
{
    struct id poll = world_id(&hall->world);
    world_must(&hall->world, hall->lead, "poll.define",
               "{'id':'%s','kind':'straw','question':{'fr':'Oui ?','nl':'Ja?','en':'Yes?'},"
               "'method':'yes-no','meeting':'%s'}",
               world_text(poll), world_text(hall->meeting));
    return poll;
}

static bool has_result(struct hall *hall, struct id poll)
{
    json_t *document = world_document(&hall->world, DOCUMENT_POLL, poll);
    bool has = world_at(document, "result") != NULL;
    json_decref(document);
    return has;
}

enum { VOTES = 12, STEPS = 160 };

struct happening {
    struct hall hall;
    uint64_t random;
    size_t votes;
    struct id poll[VOTES];
    const char *stands[VOTES]; /* as the model has it */
    struct voter voters[VOTES][PEOPLE];
    bool on_roll[VOTES][PEOPLE], there_at_opening[VOTES][PEOPLE];
    bool present[PEOPLE], came[PEOPLE], observes[PEOPLE], left[PEOPLE];
};

static size_t any(struct happening *now, size_t below)
{
    now->random = now->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(now->random >> 33) % below;
}

static size_t open_votes(const struct happening *now)
{
    size_t open = 0;
    for (size_t at = 0; at < now->votes; at++) {
        open += strcmp(now->stands[at], "open") == 0;
    }
    return open;
}

static void somebody_moves(struct happening *now)
{
    size_t i = any(now, PEOPLE);
    bool in = any(now, 3) > 0;
    const char *expected = now->left[i]           ? "member.bad_state"
                           : !in && !now->came[i] ? "attendance.not_present"
                                                  : "";
    assert_string_equal(
        world_try(&now->hall.world, now->hall.lead, "attendance.record",
                  "{'meeting':'%s','member':'%s','present':%s}", world_text(now->hall.meeting),
                  world_text(now->hall.people[i].caller.member), in ? "true" : "false"),
        expected);
    if (expected[0] == '\0') {
        now->present[i] = in;
        now->came[i] = true;
    }
}

static void somebody_changes(struct happening *now)
{
    static const char *const names[] = {"chair", "secretary"};
    size_t i = any(now, PEOPLE), what = any(now, 8);
    const char *id = world_text(now->hall.people[i].caller.member);
    if (now->left[i]) {
        return;
    }
    if (what == 0 && i > 4) {
        world_must(&now->hall.world, now->hall.admin, "member.update",
                   "{'id':'%s','status':'left'}", id);
        now->left[i] = true;
        now->present[i] = false;
    } else if (what < 4) {
        now->observes[i] = !now->observes[i];
        world_must(&now->hall.world, now->hall.admin, "member.update", "{'id':'%s','roles':[%s]}",
                   id, now->observes[i] ? "'observer'" : "");
    } else if (what < 6 && !now->observes[i]) {
        world_must(&now->hall.world, now->hall.lead, "meeting.offices",
                   "{'id':'%s','%s':'%s','scrutineers':[]}", world_text(now->hall.meeting),
                   names[what - 4], id);
    } else {
        world_must(&now->hall.world, now->hall.admin, "member.update", "{'id':'%s','shares':%zu}",
                   id, any(now, 9));
    }
}

static void a_vote_opens(struct happening *now)
{
    bool entitled = false;
    size_t at = now->votes;
    for (size_t i = 0; i < PEOPLE; i++) {
        entitled = entitled || (!now->observes[i] && !now->left[i]);
    }
    if (at == VOTES || !entitled) {
        return;
    }
    struct id poll = draft(&now->hall);
    const char *expected = open_votes(now) == MEETING_POLLS_OPEN_MAX ? "poll.too_many_open" : "";
    assert_string_equal(act(&now->hall, now->hall.lead, "poll.open", poll, ",'seen':true"),
                        expected);
    if (expected[0] != '\0') {
        return;
    }
    now->poll[at] = poll;
    now->stands[at] = "open";
    now->votes++;
    for (size_t i = 0; i < PEOPLE; i++) {
        now->voters[at][i] = now->hall.people[i];
        now->on_roll[at][i] = !now->observes[i] && !now->left[i];
        now->there_at_opening[at][i] = now->present[i];
    }
}

/* From one state to the next, where that is allowed. */
static void a_vote_moves(struct happening *now)
{
    static const struct {
        const char *method, *more, *from, *to, *refused;
    } steps[] = {
        {"poll.close", "", "open", "closed", "poll.bad_state"},
        {"poll.reveal", "", "closed", "counted", "poll.bad_state"},
        {"poll.reopen", ",'reason':'Again'", "closed", "open", "poll.bad_state"},
        {"poll.extend", ",'seconds':80000", "open", "open", "poll.bad_state"},
    };
    size_t at = any(now, now->votes), i = any(now, 4);
    bool may = strcmp(now->stands[at], steps[i].from) == 0;
    bool full = i == 2 && may && open_votes(now) == MEETING_POLLS_OPEN_MAX;
    bool shown = i == 2 && strcmp(now->stands[at], "counted") == 0;
    assert_string_equal(
        act(&now->hall, now->hall.lead, steps[i].method, now->poll[at], steps[i].more),
        full    ? "poll.too_many_open"
        : shown ? "poll.shown"
        : may   ? ""
                : steps[i].refused);
    now->stands[at] = may && !full ? steps[i].to : now->stands[at];
}

/* Accepted from those of the roll who were there when it opened and are now, from nobody else. */
static void somebody_votes(struct happening *now)
{
    size_t at = any(now, now->votes), i = any(now, PEOPLE);
    struct voter *voter = &now->voters[at][i], before = *voter;
    bool may = strcmp(now->stands[at], "open") == 0 && now->on_roll[at][i] && !now->left[i] &&
               now->there_at_opening[at][i] && now->present[i];
    const char *reason =
        voting_cast(&now->hall.world, now->poll[at], voter, FORM_YES_NO, any(now, 2) ? YES : NO);
    assert_int_equal(reason[0] == '\0', may);
    if (!may) {
        *voter = before;
    }
}

static void expect_states(struct happening *now)
{
    for (size_t at = 0; at < now->votes; at++) {
        world_expect_text(&now->hall.world, DOCUMENT_POLL, now->poll[at], "state", now->stands[at]);
        assert_int_equal(has_result(&now->hall, now->poll[at]),
                         strcmp(now->stands[at], "counted") == 0);
    }
}

static void run_seed(uint64_t seed)
{
    struct happening now = {.random = seed};
    hall_open(&now.hall);
    while (now.votes == 0) {
        a_vote_opens(&now);
    }
    for (size_t step = 0; step < STEPS; step++) {
        static void (*const acts[])(struct happening *) = {
            somebody_moves, somebody_moves, somebody_votes, somebody_votes,
            somebody_votes, a_vote_moves,   a_vote_opens,   somebody_changes};
        acts[any(&now, sizeof acts / sizeof acts[0])](&now);
    }
    expect_states(&now);
    for (size_t at = 0; at < now.votes; at++) {
        if (strcmp(now.stands[at], "open") == 0) {
            assert_string_equal(act(&now.hall, now.hall.lead, "meeting.end", now.hall.meeting, ""),
                                "meeting.bad_state");
            lead(&now.hall, "poll.close", now.poll[at], "");
        }
        now.stands[at] = "counted";
    }
    lead(&now.hall, "meeting.end", now.hall.meeting, "");
    world_due(&now.hall.world);
    expect_states(&now);
    world_close(&now.hall.world); /* replayed: the same documents */
}

static void test_any_order(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        run_seed(seed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
