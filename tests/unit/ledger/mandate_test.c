#include "tests/unit/ledger/ledger_fixture.h"

static void vectors_of_mandates(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("mandate.json");
    struct buffer body = bytes_of(file, "body");
    struct buffer payload = bytes_of(file, "payload");
    struct buffer end_body = bytes_of(file, "end_body");
    struct buffer end_payload = bytes_of(file, "end_payload");
    struct buffer made;
    struct mandate mandate;
    struct mandate_end end;
    assert_true(crypto_start());
    assert_reason(mandate_decode(buffer_slice(&payload), &mandate), "");
    assert_bytes(mandate.body, buffer_slice(&body));
    assert_true(id_equal(mandate.giver, id_of(file, "giver")));
    assert_true(id_equal(mandate.holder, id_of(file, "holder")));
    assert_true(id_equal(mandate.scope, id_of(file, "scope")));
    assert_true(mandate_signatures_are_good(&mandate.signers, mandate.body));
    struct hash id = mandate_id(mandate.body);
    assert_true(hash_equal(id, fixture_hash(file, "mandate_id")));
    buffer_init(&made, 4096);
    mandate_encode_body(&made, &mandate);
    assert_bytes(buffer_slice(&made), buffer_slice(&body));
    assert_reason(mandate_end_decode(buffer_slice(&end_payload), &end), "");
    assert_bytes(end.body, buffer_slice(&end_body));
    assert_true(hash_equal(end.mandate, id));
    assert_true(mandate_signatures_are_good(&end.signers, end.body));
    buffer_clear(&made);
    mandate_end_encode_body(&made, &end);
    assert_bytes(buffer_slice(&made), buffer_slice(&end_body));
    check_strictness(EVENT_MANDATE, buffer_slice(&payload));
    check_strictness(EVENT_MANDATE_ENDED, buffer_slice(&end_payload));
    end.signers.signature[1][3] ^= 1;
    assert_false(mandate_signatures_are_good(&end.signers, end.body));
    fixture_count("palabre/mandate", 2);
    buffer_free(&made);
    buffer_free(&body);
    buffer_free(&payload);
    buffer_free(&end_body);
    buffer_free(&end_payload);
    json_decref(file);
}

static void check_kind(int kind, uint8_t scope, uint64_t from_ms, uint64_t until_ms,
                       const char *reason)
{
    struct mandate mandate = {
        .kind = (enum mandate_kind)kind,
        .scope = {{scope}},
        .from_ms = from_ms,
        .until_ms = until_ms,
        .signers = {.form = MANDATE_BY_OFFICERS},
    };
    struct buffer payload;
    buffer_init(&payload, 4096);
    mandate_encode_body(&payload, &mandate);
    buffer_append(&payload, mandate.signers.signature, sizeof mandate.signers.signature);
    assert_reason(mandate_decode(buffer_slice(&payload), &mandate), reason);
    buffer_free(&payload);
}

static void scope_and_period_belong_to_the_kind(void **state)
{
    (void)state;
    check_kind(1, 1, 0, 0, "");
    check_kind(2, 1, 0, 0, "");
    check_kind(3, 0, 1, 2, "");
    check_kind(0, 1, 0, 0, "mandate.malformed");
    check_kind(4, 1, 0, 0, "mandate.malformed");
    check_kind(1, 0, 0, 0, "mandate.malformed");
    check_kind(1, 1, 1, 0, "mandate.malformed");
    check_kind(2, 1, 1, 2, "mandate.malformed");
    check_kind(3, 1, 1, 2, "mandate.malformed");
    check_kind(3, 0, 0, 2, "mandate.malformed");
    check_kind(3, 0, 1, 0, "mandate.malformed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_mandates),
        cmocka_unit_test(scope_and_period_belong_to_the_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
