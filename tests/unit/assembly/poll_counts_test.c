/* The counts that move while people vote: a changed ballot takes the old one out, several ballots of one transaction count
 * once each, and a vote that does not show its tally has none. Each world that closes has replayed its ledger. */
#include "tests/harness/c/voting.h"

#include "assembly/concept.h"

static const struct id nothing;

static void expect_tally(struct world *world, struct id poll, const int64_t counts[4])
{
    static const char *const names[] = {"yes", "no", "abstain", "blank"};
    for (size_t i = 0; i < 4; i++) {
        world_expect_number(world, DOCUMENT_TALLY, poll, names[i], counts[i]);
    }
}

static void test_running_tally(void **state)
{
    static const struct {
        size_t voter;
        uint8_t form, choice;
        int64_t counts[4], voted;
    } ballots[] = {
        {0, FORM_YES_NO, CHOICE_YES, {1, 0, 0, 0}, 1},
        {1, FORM_YES_NO, CHOICE_NO, {1, 1, 0, 0}, 2},
        {2, FORM_BLANK, 0, {1, 1, 0, 1}, 3},
        {0, FORM_YES_NO, CHOICE_NO, {0, 2, 0, 1}, 3},
        {0, FORM_ABSTAIN, 0, {0, 1, 1, 1}, 3},
        {2, FORM_YES_NO, CHOICE_YES, {1, 1, 1, 0}, 3},
        {1, FORM_YES_NO, CHOICE_NO, {1, 1, 1, 0}, 3},
    };
    struct world world;
    struct voter voters[3];
    (void)state;
    world_open(&world);
    struct caller facilitator = world_member(&world, "Fay", "facilitator observer");
    voters[0] = voting_voter(&world, "Ann", "");
    voters[1] = voting_voter(&world, "Bea", "");
    voters[2] = voting_voter(&world, "Cis", "");
    struct id poll = voting_open(&world, facilitator, "decision", nothing, ",'show_live':true");
    expect_tally(&world, poll, (const int64_t[4]){0});
    world_expect_number(&world, DOCUMENT_TURNOUT, poll, "entitled", 3);
    for (size_t i = 0; i < sizeof ballots / sizeof ballots[0]; i++) {
        assert_string_equal(voting_cast(&world, poll, &voters[ballots[i].voter], ballots[i].form,
                                        ballots[i].choice),
                            "");
        expect_tally(&world, poll, ballots[i].counts);
        world_expect_number(&world, DOCUMENT_TURNOUT, poll, "voted", ballots[i].voted);
    }
    world_close(&world);
}

static void test_no_tally_unless_shown(void **state)
{
    struct world world;
    (void)state;
    world_open(&world);
    struct caller facilitator = world_member(&world, "Fay", "facilitator observer");
    struct voter voter = voting_voter(&world, "Ann", "");
    struct id poll = voting_open(&world, facilitator, "decision", nothing, "");
    assert_string_equal(voting_cast(&world, poll, &voter, FORM_YES_NO, CHOICE_YES), "");
    assert_false(world_has(&world, DOCUMENT_TALLY, poll));
    world_expect_number(&world, DOCUMENT_TURNOUT, poll, "voted", 1);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_running_tally),
        cmocka_unit_test(test_no_tally_unless_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
