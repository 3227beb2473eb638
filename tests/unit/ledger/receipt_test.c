#include "tests/unit/ledger/ledger_fixture.h"

static json_t *file;
static struct slice text, vkey;
static struct buffer tbs;

static int load(void **state)
{
    (void)state;
    if (!crypto_start()) {
        return -1;
    }
    file = fixture_vectors("receipt.json");
    text = slice_text(fixture_text(file, "file"));
    vkey = slice_text(fixture_text(file, "vkey"));
    json_t *events = fixture_vectors("events.json");
    struct given given = given_of(json_array_get(json_object_get(events, "events"), 17));
    buffer_init(&tbs, 1024);
    buffer_append(&tbs, given.payload.data, given.payload.size - SIGNATURE_SIZE);
    given_free(&given);
    json_decref(events);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    buffer_free(&tbs);
    json_decref(file);
    return 0;
}

/* The receipt given when the ballot was recorded, byte for byte. */
static void vector_of_a_receipt(void **state)
{
    (void)state;
    json_t *events = fixture_vectors("events.json");
    struct scratch scratch;
    struct buffer made;
    uint64_t seq;
    scratch_open(&scratch);
    scratch_replay(&scratch, json_object_get(events, "events"), 0, 18);
    scratch_begin(&scratch);
    buffer_init(&made, 1U << 20);
    assert_reason(ledger_receipt(scratch.txn, 17, &made), "");
    assert_bytes(buffer_slice(&made), text);
    assert_reason(receipt_check(text, vkey, buffer_slice(&tbs), &seq), "");
    assert_int_equal(seq, 17);
    assert_reason(receipt_check(text, vkey, slice_of(NULL, 0), &seq), "");
    assert_reason(ledger_receipt(scratch.txn, 18, &made), "log.bad_range");
    fixture_count("palabre/receipt", 1);
    buffer_free(&made);
    scratch_close(&scratch);
    json_decref(events);
}

/* A later receipt of every ballot holds too. */
static void receipts_under_a_later_seal(void **state)
{
    (void)state;
    json_t *events = fixture_vectors("events.json");
    struct scratch scratch;
    struct buffer made;
    uint64_t seq;
    scratch_open(&scratch);
    scratch_replay(&scratch, json_object_get(events, "events"), 0, 34);
    scratch_begin(&scratch);
    static const uint64_t ballots[] = {15, 16, 17, 18, 25, 29};
    for (size_t i = 0; i < sizeof ballots / sizeof ballots[0]; i++) {
        buffer_init(&made, 1U << 20);
        assert_reason(ledger_receipt(scratch.txn, ballots[i], &made), "");
        assert_reason(receipt_check(buffer_slice(&made), vkey, slice_of(NULL, 0), &seq), "");
        assert_int_equal(seq, ballots[i]);
        if (ballots[i] != 17) {
            assert_reason(receipt_check(buffer_slice(&made), vkey, buffer_slice(&tbs), &seq),
                          "receipt.not_mine");
        }
        buffer_free(&made);
    }
    buffer_init(&made, 1U << 20);
    assert_reason(ledger_receipt(scratch.txn, 14, &made),
                  ""); /* no ballot: never a receipt of a vote */
    assert_reason(receipt_check(buffer_slice(&made), vkey, slice_of(NULL, 0), &seq),
                  "receipt.malformed");
    buffer_free(&made);
    scratch_close(&scratch);
    json_decref(events);
}

static void assert_sealed_receipts(struct scratch *scratch)
{
    uint64_t size = ledger_next(scratch->ledger);
    for (uint64_t step = 0; step < 2 * size; step++) {
        struct buffer plain, sealed;
        uint64_t seq = step < size ? step : step * 7 % size;
        buffer_init(&plain, 1U << 20);
        buffer_init(&sealed, 1U << 20);
        assert_reason(ledger_receipt(scratch->txn, seq, &plain), "");
        assert_reason(ledger_receipt_sealed(scratch->ledger, scratch->txn, seq, &sealed), "");
        assert_bytes(buffer_slice(&sealed), buffer_slice(&plain));
        buffer_free(&plain);
        buffer_free(&sealed);
    }
    struct buffer none;
    buffer_init(&none, 1U << 20);
    assert_reason(ledger_receipt_sealed(scratch->ledger, scratch->txn, size, &none),
                  "log.bad_range");
    buffer_free(&none);
}

/* The writer's way to receipts gives the same bytes: in the transaction that sealed, in the next before it seals, after one
 * that was aborted (whose nodes were others) and after one that committed. */
static void the_writers_receipts_are_the_same(void **state)
{
    (void)state;
    json_t *events = fixture_vectors("events.json");
    struct scratch scratch;
    struct event event = {.type = EVENT_ACT, .payload = slice_text("{}")};
    scratch_open(&scratch);
    scratch_replay(&scratch, json_object_get(events, "events"), 0, 18);
    for (uint8_t round = 0; round < 6; round++) {
        scratch_begin(&scratch);
        ledger_begin(scratch.ledger, UINT64_C(1767225999000));
        assert_sealed_receipts(&scratch);
        for (uint8_t i = 0; i <= round; i++) {
            const uint8_t salt[SALT_SIZE] = {round, i};
            ledger_append(scratch.ledger, scratch.txn, &event, salt);
        }
        ledger_seal(scratch.ledger, scratch.txn);
        assert_sealed_receipts(&scratch);
        if (round % 2 == 0) {
            store_abort(scratch.txn);
            scratch.txn = NULL;
            ledger_aborted(scratch.ledger);
        } else {
            scratch_commit(&scratch);
            ledger_committed(scratch.ledger);
        }
    }
    scratch_close(&scratch);
    json_decref(events);
}

static void every_flip_is_refused(void **state)
{
    (void)state;
    uint8_t *bytes = memory_copy(text.data, text.size);
    uint64_t seq;
    for (size_t i = 0; i < text.size * 8; i++) {
        bytes[i / 8] ^= (uint8_t)(1U << (i % 8));
        assert_int_not_equal(
            receipt_check(slice_of(bytes, text.size), vkey, buffer_slice(&tbs), &seq), ERROR_NONE);
        bytes[i / 8] ^= (uint8_t)(1U << (i % 8));
    }
    free(bytes);
}

static void every_cut_is_refused(void **state)
{
    (void)state;
    uint64_t seq;
    for (size_t size = 0; size < text.size; size++) {
        struct slice cut = exact_copy(text, size);
        assert_int_not_equal(receipt_check(cut, vkey, slice_of(NULL, 0), &seq), ERROR_NONE);
        exact_free(cut);
    }
    struct buffer longer;
    buffer_init(&longer, text.size + 16);
    buffer_append_slice(&longer, text);
    buffer_append_u8(&longer, '\n');
    assert_int_not_equal(receipt_check(buffer_slice(&longer), vkey, slice_of(NULL, 0), &seq),
                         ERROR_NONE);
    buffer_free(&longer);
}

/* The receipt with its first `old` replaced. */
static enum error check_with(const char *old, const char *new)
{
    struct buffer changed;
    uint64_t seq;
    const uint8_t *at = memmem(text.data, text.size, old, strlen(old));
    assert_non_null(at);
    size_t before = (size_t)(at - text.data);
    buffer_init(&changed, text.size + 1024);
    buffer_append(&changed, text.data, before);
    buffer_append_text(&changed, new);
    buffer_append(&changed, at + strlen(old), text.size - before - strlen(old));
    enum error error = receipt_check(buffer_slice(&changed), vkey, slice_of(NULL, 0), &seq);
    buffer_free(&changed);
    return error;
}

static void reasons(void **state)
{
    (void)state;
    uint64_t seq;
    struct buffer other;
    assert_reason(check_with("@v1", "@v2"), "receipt.malformed");
    assert_reason(check_with("index 17", "index 017"), "receipt.malformed");
    assert_reason(check_with("index 17", "index 99999999999999999"), "receipt.malformed");
    assert_reason(check_with("index 17", "index 16"), "receipt.not_included");
    assert_reason(check_with("index 17", "index 18"), "receipt.not_included");
    assert_reason(check_with("extra ", "extra  "), "receipt.malformed");
    assert_reason(check_with("\n\nvote.coop", "\n\nvote.koop"), "receipt.wrong_log");
    assert_reason(check_with("/log/1\n18\n", "/log/1\n17\n"), "receipt.bad_checkpoint");
    buffer_init(&other, 1024);
    const uint8_t seed[SEED_SIZE] = {1};
    struct key_pair key = crypto_key_pair(seed);
    note_vkey(&other, slice_text("vote.coop.example/log/1"), &key.public_key);
    assert_reason(receipt_check(text, buffer_slice(&other), slice_of(NULL, 0), &seq),
                  "receipt.bad_checkpoint");
    buffer_clear(&other);
    note_vkey(&other, slice_text("vote.coop.example/log/2"), &key.public_key);
    assert_reason(receipt_check(text, buffer_slice(&other), slice_of(NULL, 0), &seq),
                  "receipt.wrong_log");
    buffer_free(&other);
    tbs.data[3] ^= 1;
    assert_reason(receipt_check(text, vkey, buffer_slice(&tbs), &seq), "receipt.not_mine");
    tbs.data[3] ^= 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vector_of_a_receipt),
        cmocka_unit_test(receipts_under_a_later_seal),
        cmocka_unit_test(the_writers_receipts_are_the_same),
        cmocka_unit_test(every_flip_is_refused),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(reasons),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
