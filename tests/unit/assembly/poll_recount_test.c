/* The server's own count against worked counts made by another implementation: each record of
 * tests/data/vectors/counts.json is replayed, and before each of its results the vote is counted from the record. The
 * payload must come out byte for byte, the chair's too. Records with papers are refused, as this version counts none. */
#include "tests/unit/ledger/ledger_fixture.h"

#include "assembly/poll_count.h"

enum { SCORES = 64, WINNERS = 16 };

static void compare(struct scratch *scratch, const char *name, const struct event *event,
                    size_t *counted)
{
    uint64_t scores[SCORES];
    uint16_t winners[WINNERS];
    struct result result;
    struct poll_count count;
    struct buffer ours;
    assert_reason(result_decode(event->payload, &result, scores, SCORES, winners, WINNERS), "");
    enum error error = poll_recount(scratch->txn, event->poll, &result.lot_secret, &count);
    bool paper = strstr(name, "paper: ") != NULL;
    assert_reason(error, paper ? "storage.corrupt" : "");
    if (!paper) {
        if (result.decided == DECIDED_CHAIR) {
            assert_true(
                poll_chair(&count, winners, result.n_winners, result.verdict == VERDICT_ADOPTED));
        }
        struct result made = poll_result_of(&count, result.details);
        buffer_init(&ours, PAYLOAD_MAX);
        result_encode(&ours, &made);
        if (!slice_equal(buffer_slice(&ours), event->payload)) {
            fail_msg("%s: verdict %d, decided %d, %d winners", name, (int)made.verdict,
                     (int)made.decided, (int)made.n_winners);
        }
        buffer_free(&ours);
        ++*counted;
    }
    poll_count_free(&count);
}

static void check_case(const json_t *file, const json_t *one, size_t *counted)
{
    struct scratch scratch;
    struct lines lines = lines_of(file, one);
    scratch_open(&scratch);
    scratch_begin(&scratch);
    assert_reason(ledger_open(scratch.txn, NULL, &scratch.ledger), "");
    ledger_begin(scratch.ledger, 0);
    for (size_t i = 0; i < lines.count; i++) {
        struct given given = given_of_line(lines.items[i]);
        struct leaf leaf;
        assert_reason(leaf_decode(buffer_slice(&given.leaf), &leaf), "");
        given.event.type = leaf.type;
        given.event.poll = leaf.poll;
        if (leaf.type == EVENT_RESULT && i >= (size_t)number_of(one, "keep")) {
            compare(&scratch, fixture_text(one, "name"), &given.event, counted);
        }
        given_free(&given);
        assert_reason(take_line(&scratch, lines.items[i], false), "");
    }
    scratch_close(&scratch);
    free(lines.items);
}

static void vectors_of_counts(void **state)
{
    size_t i, counted = 0;
    json_t *one;
    json_t *file = fixture_vectors("counts.json");
    (void)state;
    json_array_foreach(json_object_get(file, "cases"), i, one)
    {
        check_case(file, one, &counted);
    }
    json_decref(file);
    assert_true(counted >= 45);
    fixture_count("palabre/counts by the server", counted);
}

/* What the chair may not say: nothing is open, too few, too many, who was not tied. */
static void chair_says_what_is_open(void **state)
{
    static const uint16_t first[] = {0}, third[] = {2}, two[] = {0, 1};
    static const struct {
        const char *name;
        const uint16_t *winners;
        uint16_t n;
        bool may;
    } rows[] = {
        {"single, tie broken by the chair", first, 1, true},
        {"single, tie broken by the chair", third, 1, false},
        {"single, tie broken by the chair", two, 2, false},
        {"single, tie broken by the chair", NULL, 0, false},
        {"yes-no tie, then the chair says yes", first, 1, false},
        {"yes-no tie, then the chair says yes", NULL, 0, true},
        {"yes-no, 3 to 2", NULL, 0, false},
    };
    json_t *file = fixture_vectors("counts.json");
    size_t i, met = 0;
    json_t *one;
    (void)state;
    json_array_foreach(json_object_get(file, "cases"), i, one)
    {
        for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
            if (strcmp(fixture_text(one, "name"), rows[row].name) != 0) {
                continue;
            }
            struct scratch scratch;
            struct poll_count count;
            struct lines lines = lines_of(file, one);
            size_t stopped;
            struct hash none = {{0}};
            scratch_open(&scratch);
            assert_reason(replay(&scratch, lines, &stopped), "");
            struct id poll = id_of(json_object_get(one, "expected"), "poll");
            assert_reason(poll_recount(scratch.txn, poll, &none, &count), "");
            assert_int_equal(poll_chair(&count, rows[row].winners, rows[row].n, true),
                             rows[row].may);
            poll_count_free(&count);
            scratch_close(&scratch);
            free(lines.items);
            met++;
        }
    }
    json_decref(file);
    assert_int_equal(met, sizeof rows / sizeof rows[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_counts),
        cmocka_unit_test(chair_says_what_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
