/* The account of a count: each part as it stands in documents, and no part that the method has not. */
#include "tests/harness/c/counting.h"

#include "assembly/poll_report.h"

#include <stdlib.h>

static void expect(const struct counting *counting, const char *json)
{
    struct buffer bytes;
    json_t *report = json_object();
    poll_report(report, &counting->terms, &counting->counts);
    buffer_init(&bytes, 65536);
    json_write(&bytes, report);
    json_decref(report);
    buffer_append_u8(&bytes, 0);
    assert_true(buffer_ok(&bytes));
    assert_string_equal((const char *)buffer_slice(&bytes).data, json);
    buffer_free(&bytes);
}

static void test_answers(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "yes-no", 0, 1);
    counting_add(&counting, 3, 1, "yes");
    counting_add(&counting, 1, 2, "no");
    counting_count(&counting);
    expect(&counting, "{\"yes\":3,\"no\":2,\"scores\":[3,2],\"winners\":[]}");
    counting_end(&counting);
    counting_begin(&counting, "consent", 0, 1);
    counting_add(&counting, 3, 1, "consent");
    counting_add(&counting, 1, 2, "objection");
    counting_count(&counting);
    expect(&counting, "{\"consent\":3,\"concern\":0,\"objection\":2,\"scores\":[3,0,2],"
                      "\"winners\":[]}");
    counting_end(&counting);
}

static void test_places(void **state)
{
    struct counting counting;
    (void)state;
    counting_begin(&counting, "single", 3, 2);
    counting_add(&counting, 3, 1, "2");
    counting_add(&counting, 1, 1, "0");
    counting_add(&counting, 1, 1, "1");
    counting_count(&counting);
    expect(&counting, "{\"scores\":[1,1,3],\"winners\":[2],\"elected\":[2],\"ties\":[{\"stage\":0,"
                      "\"for\":\"place\",\"tied\":[0,1],\"how\":\"status_quo\",\"chosen\":[]}]}");
    counting_end(&counting);
    counting_begin(&counting, "score", 2, 2);
    counting_add(&counting, 2, 1, "3 -");
    counting_add(&counting, 1, 1, "1 6");
    counting_count(&counting);
    expect(&counting, "{\"scores\":[7,6],\"winners\":[0,1],\"elected\":[0,1],\"graders\":[3,1],"
                      "\"ties\":[]}");
    counting_end(&counting);
    counting_begin(&counting, "majority-judgment", 2, 1);
    counting.definition.grades = 2;
    counting_add(&counting, 1, 1, "0 1");
    counting_count(&counting);
    expect(&counting, "{\"scores\":[1,0,0,1],\"winners\":[1],\"elected\":[1],\"ranks\":[2,1],"
                      "\"ties\":[]}");
    counting_end(&counting);
}

/* Made up: what methods by stages and by duels fill in. */
static void test_stages_and_duels(void **state)
{
    static const uint64_t votes[] = {250000, 50000}, after[] = {300000, 0};
    static const uint8_t begin[] = {OPTION_CONTINUING, OPTION_CONTINUING},
                         end[] = {OPTION_ELECTED, OPTION_EXCLUDED};
    static const struct tally_stage stages[] = {
        {.action = STAGE_BEGIN, .option = NO_OPTION, .votes = votes, .states = begin},
        {STAGE_EXCLUSION, 1, after, end, 7, 3},
    };
    static const uint64_t pairs[] = {0, 2, 1, 0};
    static const uint16_t tied[] = {0, 1}, chosen[] = {1};
    static const struct tally_tie tie = {1, TIE_FOR_EXCLUSION, TIE_BY_LOT, tied, chosen, 2, 1};
    uint64_t scores[] = {2, 1};
    uint16_t winners[] = {0}, ranks[] = {1, 2};
    struct counting counting;
    (void)state;
    counting_begin(&counting, "stv-scottish", 2, 1);
    counting.terms.definition = &counting.definition;
    counting.counts = (struct tally_counts){.scores = scores,
                                            .n_scores = 2,
                                            .winners = winners,
                                            .elected = winners,
                                            .n_winners = 1,
                                            .scale = 100000,
                                            .quota = 200000,
                                            .stages = stages,
                                            .n_stages = 2,
                                            .pairwise = pairs,
                                            .ranks = ranks,
                                            .ties = &tie,
                                            .n_ties = 1};
    expect(
        &counting,
        "{\"scores\":[2,1],\"winners\":[0],\"elected\":[0],\"scale\":100000,\"quota\":200000,"
        "\"stages\":[{\"action\":\"begin\",\"votes\":[250000,50000],\"states\":[\"continuing\","
        "\"continuing\"],\"exhausted\":0,\"lost\":0},{\"action\":\"exclusion\",\"option\":1,"
        "\"votes\":[300000,0],\"states\":[\"elected\",\"excluded\"],\"exhausted\":7,\"lost\":3}],"
        "\"pairwise\":[[0,2],[1,0]],\"ranks\":[1,2],\"condorcet_winner\":0,\"ties\":[{\"stage\":1,"
        "\"for\":\"exclusion\",\"tied\":[0,1],\"how\":\"lot\",\"chosen\":[1]}]}");
    counting_end(&counting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_stages_and_duels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
