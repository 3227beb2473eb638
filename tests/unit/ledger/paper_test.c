#include "tests/unit/ledger/ledger_fixture.h"

/* The batch of the worked record: its body, its papers, and its strictness. */
static void vector_of_a_batch(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("mandate.json");
    json_t *events = fixture_vectors("events.json");
    struct buffer body = bytes_of(file, "batch_body");
    struct given given = given_of(json_array_get(json_object_get(events, "events"), 19));
    struct paper_batch batch;
    struct buffer made;
    assert_true(crypto_start());
    assert_reason(paper_decode(given.event.payload, &batch), "");
    assert_bytes(batch.body, buffer_slice(&body));
    assert_true(crypto_verify(&batch.pk[0], batch.body, batch.signature[0]));
    assert_true(crypto_verify(&batch.pk[1], batch.body, batch.signature[1]));
    buffer_init(&made, 4096);
    paper_encode_body(&made, &batch);
    assert_bytes(buffer_slice(&made), buffer_slice(&body));
    buffer_clear(&made);
    struct reader reader = reader_of(batch.choices);
    struct paper_choice choice;
    uint64_t ballots = batch.void_ballots;
    while (paper_next_choice(&reader, &choice)) {
        paper_encode_choice(&made, &choice);
        ballots += choice.ballots;
    }
    assert_bytes(buffer_slice(&made), batch.choices);
    assert_int_equal(ballots, batch.n_voter);
    check_strictness(EVENT_PAPER_BATCH, given.event.payload);
    fixture_count("palabre/mandate paper batch", 1);
    buffer_free(&made);
    buffer_free(&body);
    given_free(&given);
    json_decref(events);
    json_decref(file);
}

static void check(const struct paper_batch *batch, const char *reason)
{
    struct buffer payload;
    struct paper_batch read;
    const uint8_t signatures[2 * SIGNATURE_SIZE] = {0};
    buffer_init(&payload, 4096);
    paper_encode_body(&payload, batch);
    buffer_append(&payload, signatures, sizeof signatures);
    assert_reason(paper_decode(buffer_slice(&payload), &read), reason);
    buffer_free(&payload);
}

static void batches_that_are_none(void **state)
{
    (void)state;
    uint8_t voters[2 * ID_SIZE] = {[0] = 1, [ID_SIZE] = 2};
    const uint8_t yes[] = {2, 1};
    const uint8_t no[] = {2, 2};
    struct buffer choices;
    buffer_init(&choices, 4096);
    paper_encode_choice(&choices, &(struct paper_choice){1, 1, slice_of(yes, 2)});
    paper_encode_choice(&choices, &(struct paper_choice){1, 1, slice_of(no, 2)});
    struct paper_batch good = {
        .version = 1,
        .kind = PAPER_SHEETS,
        .n_voter = 2,
        .voters = slice_of(voters, sizeof voters),
        .n_choice = 2,
        .choices = buffer_slice(&choices),
    };
    check(&good, "");
    struct paper_batch bad = good;
    bad.kind = (enum paper_kind)3;
    check(&bad, "batch.malformed");
    bad = good;
    bad.n_choice = 1;
    check(&bad, "batch.malformed");
    bad.n_choice = 0xFFFF;
    check(&bad, "batch.malformed");
    voters[0] = 2; /* twice the same */
    check(&good, "batch.malformed");
    voters[0] = 1;
    buffer_clear(&choices);
    paper_encode_choice(&choices, &(struct paper_choice){1, 1, slice_of(no, 2)});
    paper_encode_choice(&choices, &(struct paper_choice){1, 1, slice_of(yes, 2)});
    good.choices = buffer_slice(&choices);
    check(&good, "batch.malformed");
    buffer_clear(&choices);
    paper_encode_choice(&choices, &(struct paper_choice){0, 1, slice_of(yes, 2)});
    good.choices = buffer_slice(&choices);
    good.n_choice = 1;
    check(&good, "batch.malformed");
    buffer_free(&choices);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vector_of_a_batch),
        cmocka_unit_test(batches_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
