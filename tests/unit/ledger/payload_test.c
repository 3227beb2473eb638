#include "tests/unit/ledger/ledger_fixture.h"

/* Decodes, encodes again, compares. */
static void check_round_trip(uint8_t type, struct slice payload)
{
    struct buffer out;
    buffer_init(&out, PAYLOAD_MAX);
#define ROUND_TRIP(number, name)                                                                   \
    if (type == (number)) {                                                                        \
        struct payload_##name value;                                                               \
        assert_reason(payload_decode_##name(payload, &value), "");                                 \
        payload_encode_##name(&out, &value);                                                       \
        assert_bytes(buffer_slice(&out), payload);                                                 \
    }
    ROUND_TRIP(EVENT_GENESIS, genesis)
    ROUND_TRIP(EVENT_MEMBER, member)
    ROUND_TRIP(EVENT_KEY_ADDED, key_added)
    ROUND_TRIP(EVENT_KEY_REVOKED, key_revoked)
    ROUND_TRIP(EVENT_POLL_OPENED, poll_opened)
    ROUND_TRIP(EVENT_POLL_CLOSED, poll_closed)
    ROUND_TRIP(EVENT_POLL_EXTENDED, poll_extended)
    ROUND_TRIP(EVENT_POLL_REOPENED, poll_reopened)
    ROUND_TRIP(EVENT_POLL_CANCELLED, poll_cancelled)
    ROUND_TRIP(EVENT_EPOCH, epoch)
#undef ROUND_TRIP
    if (type == EVENT_ERASURE) {
        struct payload_erasure value;
        struct payload_range ranges[64];
        assert_reason(payload_decode_erasure(payload, &value), "");
        assert_true(value.count <= 64);
        for (uint32_t i = 0; i < value.count; i++) {
            ranges[i] = payload_erasure_range(&value, i);
        }
        payload_encode_erasure(&out, value.reason, value.what, ranges, value.count);
        assert_bytes(buffer_slice(&out), payload);
    }
    buffer_free(&out);
}

/* Every payload of the worked record, of every type. */
static void vectors_of_events(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    json_t *vector;
    size_t i;
    size_t count = 0;
    assert_true(crypto_start());
    json_array_foreach(json_object_get(file, "events"), i, vector)
    {
        struct given given = given_of(vector);
        if (given.event.type < 32) {
            check_strictness(given.event.type, given.event.payload);
            check_round_trip(given.event.type, given.event.payload);
            count++;
        }
        given_free(&given);
    }
    fixture_count("palabre/events payloads", count);
    json_decref(file);
}

static void vectors_of_other_payloads(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("payloads.json");
    struct buffer epoch = bytes_of(json_object_get(file, "epoch"), "payload");
    struct buffer reopened = bytes_of(file, "poll_reopened");
    struct buffer cancelled = bytes_of(file, "poll_cancelled");
    struct payload_epoch value;
    check_strictness(EVENT_EPOCH, buffer_slice(&epoch));
    check_round_trip(EVENT_EPOCH, buffer_slice(&epoch));
    check_strictness(EVENT_POLL_REOPENED, buffer_slice(&reopened));
    check_round_trip(EVENT_POLL_REOPENED, buffer_slice(&reopened));
    check_strictness(EVENT_POLL_CANCELLED, buffer_slice(&cancelled));
    check_round_trip(EVENT_POLL_CANCELLED, buffer_slice(&cancelled));
    assert_reason(payload_decode_epoch(buffer_slice(&epoch), &value), "");
    assert_int_equal(value.epoch, 2);
    assert_true(slice_equal(value.origin, slice_text("vote.coop.example/log/2")));
    struct hash seed = fixture_hash(json_object_get(file, "epoch"), "new_seed");
    struct key_pair key = crypto_key_pair(seed.bytes);
    assert_true(hash_equal(key.public_key, value.ledger_pk));
    buffer_free(&epoch);
    buffer_free(&reopened);
    buffer_free(&cancelled);
    fixture_count("palabre/payloads", 3);
    json_decref(file);
}

static void vectors_of_enrolment(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("enrolment.json");
    struct buffer body = bytes_of(file, "body");
    struct buffer payload = bytes_of(file, "payload");
    struct buffer proof = bytes_of(file, "proof");
    struct hash seed = fixture_hash(file, "device_seed");
    struct key_pair pair = crypto_key_pair(seed.bytes);
    struct payload_key_added key;
    assert_reason(payload_decode_key_added(buffer_slice(&payload), &key), "");
    assert_true(id_equal(key.org, id_of(file, "org")) &&
                id_equal(key.member, id_of(file, "member")));
    struct buffer made;
    buffer_init(&made, 512);
    payload_key_body(&made, &key);
    assert_bytes(buffer_slice(&made), buffer_slice(&body));
    uint8_t signature[SIGNATURE_SIZE];
    crypto_sign(&pair, buffer_slice(&body), signature);
    assert_bytes(slice_of(signature, SIGNATURE_SIZE), buffer_slice(&proof));
    assert_memory_equal(key.proof, signature, SIGNATURE_SIZE);
    assert_true(crypto_verify(&key.pk, buffer_slice(&made), key.proof));
    json_t *bad;
    size_t i;
    json_array_foreach(json_object_get(file, "bad_keys"), i, bad)
    {
        struct hash pk = fixture_hash(bad, "pk");
        assert_false(crypto_public_key_is_good(&pk));
    }
    fixture_count("palabre/enrolment", 1 + i);
    buffer_free(&made);
    buffer_free(&body);
    buffer_free(&payload);
    buffer_free(&proof);
    json_decref(file);
}

/* kind, scope, via and by belong together. */
static void enrolments_that_do_not_fit(void **state)
{
    (void)state;
    static const struct {
        int kind, via;
        uint8_t scope, by;
        bool good;
    } cases[] = {
        {1, 1, 0, 0, true},  {1, 3, 0, 0, true},  {1, 4, 0, 9, true},  {2, 5, 9, 9, true},
        {1, 1, 9, 0, false}, {1, 1, 0, 9, false}, {1, 4, 0, 0, false}, {1, 5, 0, 9, false},
        {2, 5, 0, 9, false}, {2, 5, 9, 0, false}, {2, 4, 9, 9, false}, {2, 1, 9, 0, false},
        {0, 1, 0, 0, false}, {3, 5, 9, 9, false}, {1, 0, 0, 0, false}, {1, 6, 0, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct payload_key_added key = {
            .org = {{1}},
            .member = {{2}},
            .kind = (enum key_kind)cases[i].kind,
            .via = (enum key_via)cases[i].via,
            .scope = {{cases[i].scope}},
            .by = {{cases[i].by}},
        };
        struct buffer out;
        buffer_init(&out, 512);
        payload_encode_key_added(&out, &key);
        assert_int_equal(out.size, 184);
        assert_reason(payload_decode_key_added(buffer_slice(&out), &key),
                      cases[i].good ? "" : "key-added.malformed");
        buffer_free(&out);
    }
}

static void members_that_are_none(void **state)
{
    (void)state;
    static const struct {
        int status;
        uint16_t roles;
        bool good;
    } cases[] = {{1, 0, true}, {6, 0xFF, true}, {0, 1, false}, {7, 1, false}, {2, 0x100, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct payload_member member = {.member = {{7}},
                                        .status = (enum member_status)cases[i].status,
                                        .roles = cases[i].roles};
        struct buffer out;
        buffer_init(&out, 64);
        payload_encode_member(&out, &member);
        assert_reason(payload_decode_member(buffer_slice(&out), &member),
                      cases[i].good ? "" : "member.malformed");
        buffer_free(&out);
    }
}

static void check_erasure(const char *hex, bool good)
{
    struct buffer bytes = fixture_bytes(hex);
    struct payload_erasure value;
    assert_reason(payload_decode_erasure(buffer_slice(&bytes), &value), good ? "" : "erasure.bad");
    buffer_free(&bytes);
}

static void erasures(void **state)
{
    (void)state;
    check_erasure("010100000001"
                  "0000000000000005"
                  "00000001",
                  true);
    check_erasure("010100000002"
                  "0000000000000005"
                  "00000002"
                  "0000000000000008"
                  "00000001",
                  true);
    check_erasure("010100000002" /* they touch */
                  "0000000000000005"
                  "00000002"
                  "0000000000000007"
                  "00000001",
                  false);
    check_erasure("010100000002" /* out of order */
                  "0000000000000008"
                  "00000001"
                  "0000000000000005"
                  "00000001",
                  false);
    check_erasure("010100000001" /* nothing */
                  "0000000000000005"
                  "00000000",
                  false);
    check_erasure("010100000000", false);
    check_erasure("0101ffffffff", false); /* a count without its ranges */
    check_erasure("010300000001"
                  "0000000000000005"
                  "00000001",
                  false);
    check_erasure("050100000001"
                  "0000000000000005"
                  "00000001",
                  false);
    check_erasure("010100000001" /* above 2^53 - 1 */
                  "0020000000000000"
                  "00000001",
                  false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_events),     cmocka_unit_test(vectors_of_other_payloads),
        cmocka_unit_test(vectors_of_enrolment),  cmocka_unit_test(enrolments_that_do_not_fit),
        cmocka_unit_test(members_that_are_none), cmocka_unit_test(erasures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
