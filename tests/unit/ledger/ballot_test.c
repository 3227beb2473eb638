#include "tests/unit/ledger/ledger_fixture.h"

static struct buffer payload_of(const json_t *vector)
{
    struct buffer payload = bytes_of(vector, "tbs");
    struct buffer signature = bytes_of(vector, "sig");
    buffer_append_slice(&payload, buffer_slice(&signature));
    buffer_free(&signature);
    return payload;
}

static void check_fields(const json_t *vector, const struct ballot *ballot)
{
    assert_true(id_equal(ballot->poll, id_of(vector, "poll")));
    assert_true(id_equal(ballot->voter, id_of(vector, "voter")));
    assert_true(id_equal(ballot->on_behalf_of, id_of(vector, "on_behalf_of")));
    assert_true(hash_equal(ballot->mandate, fixture_hash(vector, "mandate")));
    assert_true(hash_equal(ballot->device_pk, fixture_hash(vector, "device_pk")));
    assert_true(hash_equal(ballot->seen_root, fixture_hash(vector, "seen_root")));
    assert_true(hash_equal(ballot->note, fixture_hash(vector, "note")));
    assert_int_equal(ballot->counter, number_of(vector, "counter"));
    assert_int_equal(ballot->weight, number_of(vector, "weight"));
    assert_int_equal(ballot->seen_size, number_of(vector, "seen_size"));
    struct buffer choice = bytes_of(vector, "choice");
    assert_bytes(ballot->choice, buffer_slice(&choice));
    buffer_free(&choice);
}

static void vectors_of_ballots(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("ballots.json");
    json_t *vector;
    size_t i;
    assert_true(crypto_start());
    json_array_foreach(json_object_get(file, "ballots"), i, vector)
    {
        struct buffer payload = payload_of(vector);
        struct buffer tbs = bytes_of(vector, "tbs");
        struct buffer made;
        struct ballot ballot;
        uint8_t signature[SIGNATURE_SIZE];
        assert_reason(ballot_decode(buffer_slice(&payload), &ballot), "");
        check_fields(vector, &ballot);
        assert_bytes(ballot.tbs, buffer_slice(&tbs));
        buffer_init(&made, BALLOT_TBS_MAX);
        ballot_encode_tbs(&made, &ballot);
        assert_bytes(buffer_slice(&made), buffer_slice(&tbs));
        assert_true(ballot_signature_is_good(&ballot));
        struct hash seed = fixture_hash(vector, "device_seed");
        struct key_pair key = crypto_key_pair(seed.bytes);
        crypto_sign(&key, buffer_slice(&made), signature);
        assert_memory_equal(signature, ballot.signature, SIGNATURE_SIZE);
        check_strictness(EVENT_BALLOT, buffer_slice(&payload));
        buffer_free(&made);
        buffer_free(&tbs);
        buffer_free(&payload);
    }
    fixture_count("palabre/ballots", i);
    json_decref(file);
}

/* No bit of a ballot can be changed: either it is no ballot, or the signature is not good. */
static void every_flip_is_refused(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("ballots.json");
    struct buffer payload = payload_of(json_array_get(json_object_get(file, "ballots"), 1));
    for (size_t i = 0; i < payload.size * 8; i++) {
        struct ballot ballot;
        payload.data[i / 8] ^= (uint8_t)(1U << (i % 8));
        assert_true(ballot_decode(buffer_slice(&payload), &ballot) != ERROR_NONE ||
                    !ballot_signature_is_good(&ballot));
        payload.data[i / 8] ^= (uint8_t)(1U << (i % 8));
    }
    buffer_free(&payload);
    json_decref(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_ballots),
        cmocka_unit_test(every_flip_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
