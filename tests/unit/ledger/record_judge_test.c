#include "tests/unit/ledger/ledger_fixture.h"

/* Exported records replayed leaf by leaf through the judges: good ones to their end, bad ones to their reason. */

/* Reasons that come from the folder, or from the recount, and not from judging an event. */
static bool is_judged_elsewhere(const char *reason)
{
    static const char *const others[] = {"export.",         "checkpoint.",  "key.not_the_given",
                                         "event.malformed", "event.hidden", "erasure.not_done",
                                         "result.differs"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strncmp(reason, others[i], strlen(others[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void vectors_of_bad_records(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("exports-bad.json");
    json_t *one;
    size_t i;
    size_t count = 0;
    json_array_foreach(json_object_get(file, "cases"), i, one)
    {
        const char *reason = fixture_text(one, "reason");
        if (is_judged_elsewhere(reason)) {
            continue;
        }
        struct scratch scratch;
        struct lines lines = lines_of(file, one);
        size_t stopped;
        scratch_open(&scratch);
        enum error error = replay(&scratch, lines, &stopped);
        if (strcmp(error_reason(error), reason) != 0 || stopped != number_of(one, "seq")) {
            fail_msg("%s: %s at %zu, not %s at %u", fixture_text(one, "name"), error_reason(error),
                     stopped, reason, (unsigned)number_of(one, "seq"));
        }
        scratch_close(&scratch);
        free(lines.items);
        count++;
    }
    fixture_count("palabre/exports-bad events", count);
    json_decref(file);
}

static const char *state_name(enum record_poll_state state)
{
    static const char *const names[] = {"none",   "roll",   "defined",  "open",
                                        "closed", "result", "cancelled"};
    return names[state];
}

static void check_poll(struct scratch *scratch, const json_t *expected)
{
    struct record_poll poll;
    assert_true(record_poll(scratch->txn, id_of(expected, "poll"), &poll));
    assert_string_equal(state_name(poll.state), fixture_text(expected, "state"));
    assert_int_equal(poll.ballots, number_of(expected, "ballots"));
}

static void vectors_of_counted_records(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("counts.json");
    json_t *one;
    size_t i;
    json_array_foreach(json_object_get(file, "cases"), i, one)
    {
        struct scratch scratch;
        struct lines lines = lines_of(file, one);
        size_t stopped;
        scratch_open(&scratch);
        enum error error = replay(&scratch, lines, &stopped);
        if (error != ERROR_NONE) {
            fail_msg("%s: %s at %zu", fixture_text(one, "name"), error_reason(error), stopped);
        }
        check_poll(&scratch, json_object_get(one, "expected"));
        scratch_close(&scratch);
        free(lines.items);
    }
    fixture_count("palabre/counts judged", i);
    json_decref(file);
}

/* Lines of a folder's events.ndjson; free(lines.items), and *text with free(). */
static struct lines lines_of_file(const char *events, char **text)
{
    struct lines lines = {.count = 0};
    *text = memory_copy_text(events);
    lines.items = memory_new(strlen(events) + 1, sizeof *lines.items);
    for (char *line = *text; *line != '\0';) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        lines.items[lines.count++] = line;
        line = end + 1;
    }
    return lines;
}

/* Exports with openings left out: states move, what cannot be seen is skipped and counted. */
static void check_export(const json_t *one)
{
    json_t *files = json_object_get(one, "files");
    json_t *expected = json_object_get(one, "expected");
    struct scratch scratch;
    char *text;
    struct lines lines = lines_of_file(fixture_text(files, "events.ndjson"), &text);
    size_t stopped;
    json_t *poll;
    size_t i;
    uint64_t unjudged = 0;
    scratch_open(&scratch);
    enum error error = replay(&scratch, lines, &stopped);
    if (error != ERROR_NONE) {
        fail_msg("%s at %zu", error_reason(error), stopped);
    }
    json_array_foreach(json_object_get(expected, "polls"), i, poll)
    {
        check_poll(&scratch, poll);
        unjudged += number_of(poll, "unjudged");
    }
    uint64_t found = 0;
    store_abort(scratch.txn);
    scratch.txn = NULL;
    ledger_close(scratch.ledger);
    scratch_begin(&scratch); /* again, asking before each ballot */
    assert_reason(ledger_open(scratch.txn, NULL, &scratch.ledger), "");
    for (size_t k = 0; k < lines.count; k++) {
        struct given given = given_of_line(lines.items[k]);
        struct leaf leaf;
        assert_reason(leaf_decode(buffer_slice(&given.leaf), &leaf), "");
        given.event.type = leaf.type;
        given.event.poll = leaf.poll;
        struct record_at at = {.seq = k, .time_ms = leaf.time_ms};
        found +=
            given.event.payload.size > 0 && record_is_unjudged(scratch.txn, &given.event) ? 1 : 0;
        record_apply(scratch.txn, &given.event, &at);
        given_free(&given);
    }
    assert_int_equal(found, unjudged);
    scratch_close(&scratch);
    free(lines.items);
    free(text);
}

static void vectors_of_exports(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("exports.json");
    static const char *const names[] = {"private", "open", "unjudged"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        check_export(json_object_get(file, names[i]));
    }
    fixture_count("palabre/exports judged", 3);
    json_decref(file);
}

/* A known record, and events that may not stand after it. */
static void forms_that_never_stand(void **state)
{
    (void)state;
    json_t *events = fixture_vectors("events.json");
    struct scratch scratch;
    struct record_at at = {.seq = 34, .time_ms = UINT64_C(1767225999000)};
    scratch_open(&scratch);
    scratch_replay(&scratch, json_object_get(events, "events"), 0, 34);
    scratch_begin(&scratch);
    static const uint8_t reserved[] = {0, 11, 12, 13, 16, 17, 19, 22, 24, 28, 29, 30, 31};
    for (size_t i = 0; i < sizeof reserved; i++) {
        struct event event = {.type = reserved[i], .payload = slice_text("x")};
        assert_reason(record_judge(scratch.txn, &event, &at), "event.bad_leaf");
    }
    struct event json = {.type = EVENT_ACT, .payload = slice_text("{}")};
    assert_reason(record_judge(scratch.txn, &json, &at), "");
    json.note = slice_text("a note where none may be");
    assert_reason(record_judge(scratch.txn, &json, &at), "event.bad_leaf");
    json.note = slice_of(NULL, 0);
    json.poll.bytes[0] = 1;
    assert_reason(record_judge(scratch.txn, &json, &at), "event.bad_leaf");
    struct given genesis = given_of(json_array_get(json_object_get(events, "events"), 0));
    assert_reason(record_judge(scratch.txn, &genesis.event, &at), "genesis.malformed");
    given_free(&genesis);
    for (uint8_t type = 1; type < 32; type++) { /* no binary event is one byte long */
        const struct event_kind *kind = event_kind_of(type);
        if (kind != NULL) {
            struct event event = {.type = type, .payload = slice_text("x")};
            event.poll.bytes[0] = kind->has_poll ? 1 : 0;
            assert_int_not_equal(record_judge(scratch.txn, &event, &at), ERROR_NONE);
        }
    }
    scratch_close(&scratch);
    json_decref(events);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_bad_records),
        cmocka_unit_test(vectors_of_counted_records),
        cmocka_unit_test(vectors_of_exports),
        cmocka_unit_test(forms_that_never_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
