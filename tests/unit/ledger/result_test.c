#include "tests/unit/ledger/ledger_fixture.h"

static void check_result(struct slice payload)
{
    static uint64_t scores[RESULT_MAX_SCORES];
    static uint16_t winners[RESULT_MAX_WINNERS];
    struct result result;
    struct buffer made;
    assert_reason(
        result_decode(payload, &result, scores, RESULT_MAX_SCORES, winners, RESULT_MAX_WINNERS),
        "");
    buffer_init(&made, PAYLOAD_MAX);
    result_encode(&made, &result);
    assert_bytes(buffer_slice(&made), payload);
    if (result.n_scores > 0) {
        assert_reason(result_decode(payload, &result, scores, result.n_scores - 1U, winners,
                                    RESULT_MAX_WINNERS),
                      "result.malformed");
    }
    buffer_free(&made);
}

/* Every result of the worked counts, and the two of the record. */
static void vectors_of_results(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("counts.json");
    json_t *events = fixture_vectors("events.json");
    json_t *vector;
    json_t *payload;
    size_t i;
    size_t k;
    size_t count = 0;
    json_array_foreach(json_object_get(file, "cases"), i, vector)
    {
        json_array_foreach(json_object_get(vector, "results"), k, payload)
        {
            struct buffer bytes = fixture_bytes(json_string_value(payload));
            check_result(buffer_slice(&bytes));
            buffer_free(&bytes);
            count++;
        }
    }
    json_array_foreach(json_object_get(events, "events"), i, vector)
    {
        struct given given = given_of(vector);
        if (given.event.type == EVENT_RESULT) {
            check_result(given.event.payload);
            count++;
        }
        given_free(&given);
    }
    fixture_count("palabre/counts results", count);
    json_decref(events);
    json_decref(file);
}

static void vectors_of_the_lot(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("lot.json");
    struct buffer signatures;
    json_t *one;
    size_t i;
    buffer_init(&signatures, 4096);
    json_array_foreach(json_object_get(file, "sigs"), i, one)
    {
        struct buffer signature = fixture_bytes(json_string_value(one));
        buffer_append_slice(&signatures, buffer_slice(&signature));
        buffer_free(&signature);
    }
    struct hash secret = fixture_hash(file, "lot_secret");
    assert_true(hash_equal(lot_commitment(secret), fixture_hash(file, "lot_commit")));
    struct hash seed =
        lot_seed(fixture_hash(file, "poll_hash"), secret, crypto_hash(buffer_slice(&signatures)));
    assert_true(hash_equal(seed, fixture_hash(file, "seed")));
    json_array_foreach(json_object_get(file, "keys"), i, one)
    {
        struct buffer key = fixture_bytes(json_string_value(one));
        struct hash made = lot_key(seed, (uint16_t)i);
        assert_bytes(hash_slice(&made), buffer_slice(&key));
        buffer_free(&key);
    }
    fixture_count("palabre/lot", i);
    buffer_free(&signatures);
    json_decref(file);
}

static void vectors_of_chains(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("keys.json");
    json_t *chain;
    size_t i;
    json_array_foreach(json_object_get(file, "lot_chains"), i, chain)
    {
        struct hash links[LOT_CHAIN + 1];
        struct buffer last = fixture_bytes(json_string_value(json_array_get(chain, LOT_CHAIN)));
        struct hash secret;
        memcpy(secret.bytes, last.data, HASH_SIZE);
        assert_int_equal(json_array_size(chain), LOT_CHAIN + 1);
        lot_chain(&secret, links);
        for (size_t k = 0; k <= LOT_CHAIN; k++) {
            struct buffer link = fixture_bytes(json_string_value(json_array_get(chain, k)));
            assert_bytes(hash_slice(&links[k]), buffer_slice(&link));
            buffer_free(&link);
        }
        buffer_free(&last);
    }
    fixture_count("palabre/keys lot chains", i);
    json_decref(file);
}

static void results_that_are_none(void **state)
{
    (void)state;
    uint64_t scores[4] = {1, 2, 3, 4};
    uint16_t winners[2] = {3, 3};
    struct result result = {.scores = scores, .n_scores = 4, .winners = winners, .n_winners = 2};
    struct buffer bytes;
    struct result read;
    uint64_t read_scores[4];
    uint16_t read_winners[2];
    static const struct {
        uint16_t second;
        int verdict, decided;
        const char *reason;
    } cases[] = {
        {4, 4, 3, ""},
        {3, 0, 0, "result.malformed"}, /* a winner twice */
        {2, 0, 0, "result.malformed"},
        {4, 5, 0, "result.malformed"},
        {4, 0, 4, "result.malformed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        winners[1] = cases[i].second;
        result.verdict = (enum verdict)cases[i].verdict;
        result.decided = (enum decided)cases[i].decided;
        buffer_init(&bytes, 4096);
        result_encode(&bytes, &result);
        assert_reason(result_decode(buffer_slice(&bytes), &read, read_scores, 4, read_winners, 2),
                      cases[i].reason);
        buffer_free(&bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_results),
        cmocka_unit_test(vectors_of_the_lot),
        cmocka_unit_test(vectors_of_chains),
        cmocka_unit_test(results_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
