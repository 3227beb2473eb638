#include "tests/unit/ledger/ledger_fixture.h"

/* The worked record up to at_seq, and payloads judged as if they came next. */
static void vectors_of_judged_ballots(void **state)
{
    (void)state;
    json_t *events = fixture_vectors("events.json");
    json_t *file = fixture_vectors("ballots-judged.json");
    struct scratch scratch;
    json_t *vector;
    size_t i;
    size_t at_seq = (size_t)number_of(file, "at_seq");
    scratch_open(&scratch);
    scratch_replay(&scratch, json_object_get(events, "events"), 0, at_seq);
    scratch_begin(&scratch);
    json_array_foreach(json_object_get(file, "cases"), i, vector)
    {
        struct buffer payload = bytes_of(vector, "payload");
        struct event event = {.type = EVENT_BALLOT,
                              .poll = id_of(vector, "leaf_poll"),
                              .payload = buffer_slice(&payload)};
        struct record_at at = {.seq = at_seq, .time_ms = number_of(vector, "leaf_time_ms")};
        const char *reason = json_string_value(json_object_get(vector, "reason"));
        assert_reason(record_judge(scratch.txn, &event, &at), reason != NULL ? reason : "");
        assert_false(record_is_unjudged(scratch.txn, &event));
        if (reason != NULL && strcmp(reason, "ballot.bad_signature") != 0) {
            at.signature_known_good =
                true; /* every other reason stands without the signature being looked at */
            assert_reason(record_judge(scratch.txn, &event, &at), reason);
        }
        buffer_free(&payload);
    }
    fixture_count("palabre/ballots-judged", i);
    scratch_close(&scratch);
    json_decref(file);
    json_decref(events);
}

/* One bit of every byte of a ballot that would be accepted. */
static void every_flip_is_refused(void **state)
{
    (void)state;
    json_t *events = fixture_vectors("events.json");
    struct scratch scratch;
    scratch_open(&scratch);
    scratch_replay(&scratch, json_object_get(events, "events"), 0, 15);
    struct given given = given_of(json_array_get(json_object_get(events, "events"), 15));
    struct record_at at = {.seq = 15, .time_ms = given.time_ms};
    scratch_begin(&scratch);
    assert_reason(record_judge(scratch.txn, &given.event, &at), "");
    for (size_t i = 0; i < given.payload.size; i++) {
        given.payload.data[i] ^= (uint8_t)(1U << (i % 8));
        assert_int_not_equal(record_judge(scratch.txn, &given.event, &at), ERROR_NONE);
        given.payload.data[i] ^= (uint8_t)(1U << (i % 8));
    }
    given_free(&given);
    scratch_close(&scratch);
    json_decref(events);
}

/* What the record says after the whole worked ledger. */
static void facts_after_the_record(void **state)
{
    (void)state;
    json_t *events = fixture_vectors("events.json");
    json_t *file = fixture_vectors("ballots.json");
    json_t *ballots = json_object_get(file, "ballots");
    struct scratch scratch;
    struct record_poll poll;
    struct record_ballot ballot;
    uint64_t seq;
    scratch_open(&scratch);
    scratch_replay(&scratch, json_object_get(events, "events"), 0, 34);
    scratch_begin(&scratch);
    json_t *first = json_array_get(ballots, 0);
    json_t *second = json_array_get(ballots, 1);
    struct id id = id_of(first, "poll");
    assert_true(record_poll(scratch.txn, id, &poll));
    assert_int_equal(poll.state, RECORD_POLL_RESULT);
    assert_int_equal(poll.ballots, 4);
    assert_int_equal(poll.voted, 3);
    assert_int_equal(poll.voted_weight, 4);
    assert_int_equal(poll.last_ballot_seq, 18);
    assert_int_equal(poll.roll_seq, 12);
    assert_int_equal(poll.defined_seq, 13);
    assert_int_equal(poll.opened_seq, 14);
    assert_int_equal(poll.closed_seq, 20);
    assert_int_equal(poll.result_seq, 21);
    assert_true(record_ballot(scratch.txn, id, id_of(first, "on_behalf_of"), &ballot));
    assert_int_equal(ballot.counter, 2);
    assert_int_equal(ballot.seq, 16);
    assert_true(ballot.own);
    struct id giver = id_of(first, "on_behalf_of"); /* of the second too: it replaces the first */
    struct buffer tbs = bytes_of(first, "tbs");
    assert_true(
        record_ballot_by_tbs(scratch.txn, id, giver, crypto_hash(buffer_slice(&tbs)), &seq));
    assert_int_equal(seq, 15);
    buffer_free(&tbs);
    tbs = bytes_of(second, "tbs");
    assert_true(
        record_ballot_by_tbs(scratch.txn, id, giver, crypto_hash(buffer_slice(&tbs)), &seq));
    assert_int_equal(seq, 16);
    tbs.data[0] ^= 1;
    assert_false(
        record_ballot_by_tbs(scratch.txn, id, giver, crypto_hash(buffer_slice(&tbs)), &seq));
    buffer_free(&tbs);
    struct slice definition;
    assert_true(record_definition(scratch.txn, id, &definition));
    assert_true(hash_equal(definition_hash(definition), poll.poll_hash));
    scratch_close(&scratch);
    json_decref(file);
    json_decref(events);
}

struct seen {
    unsigned members, keys, ballots, entries, batches;
};
static bool see_member(void *context, struct id id, const struct record_member *member)
{
    (void)id;
    ((struct seen *)context)->members += member->status == MEMBER_ACTIVE ? 1 : 0;
    return true;
}
static bool see_key(void *context, const struct hash *pk, const struct record_key *key)
{
    (void)pk;
    ((struct seen *)context)->keys += key->added_seq > 0 ? 1 : 0;
    return true;
}
static bool see_ballot(void *context, struct id on_behalf_of, const struct record_ballot *ballot)
{
    (void)on_behalf_of;
    ((struct seen *)context)->ballots += ballot->seq > 0 ? 1 : 0;
    return true;
}
static bool see_entry(void *context, const struct roll_entry *entry)
{
    ((struct seen *)context)->entries += entry->weight;
    return true;
}
static bool see_batch(void *context, struct id batch, const struct record_batch *value)
{
    (void)batch;
    ((struct seen *)context)->batches += value->version;
    return true;
}

static void walks(void **state)
{
    (void)state;
    json_t *events = fixture_vectors("events.json");
    json_t *keys = fixture_vectors("keys.json");
    json_t *ballots = fixture_vectors("ballots.json");
    struct scratch scratch;
    struct seen seen = {0};
    scratch_open(&scratch);
    scratch_replay(&scratch, json_object_get(events, "events"), 0, 34);
    scratch_begin(&scratch);
    struct id poll = id_of(json_array_get(json_object_get(ballots, "ballots"), 0), "poll");
    json_t *c = json_object_get(json_object_get(keys, "members"), "C");
    record_each_member(scratch.txn, see_member, &seen);
    record_each_key(scratch.txn, id_of(c, "id"), see_key, &seen);
    record_each_ballot(scratch.txn, poll, see_ballot, &seen);
    record_each_roll_entry(scratch.txn, poll, see_entry, &seen);
    record_each_batch(scratch.txn, poll, see_batch, &seen);
    assert_int_equal(seen.members, 4);
    assert_int_equal(seen.keys, 2);
    assert_int_equal(seen.ballots, 3);
    assert_int_equal(seen.entries, 5);
    assert_int_equal(seen.batches, 1);
    struct hash first = fixture_hash(c, "device_pk");
    struct record_key key;
    assert_true(record_key(scratch.txn, &first, &key));
    assert_int_equal(key.revoked_seq, 28);
    scratch_close(&scratch);
    json_decref(ballots);
    json_decref(keys);
    json_decref(events);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_judged_ballots),
        cmocka_unit_test(every_flip_is_refused),
        cmocka_unit_test(facts_after_the_record),
        cmocka_unit_test(walks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
