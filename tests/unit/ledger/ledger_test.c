#include "tests/unit/ledger/ledger_fixture.h"

#include "ledger/ledger_keys.h"

/* The worked record, appended as the server does: every leaf, root, checkpoint and proof byte for byte. */
static void vectors_of_the_record(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    json_t *events = json_object_get(file, "events");
    json_t *vector;
    size_t i;
    struct scratch scratch;
    struct hash root;
    scratch_open(&scratch);
    scratch_replay(&scratch, events, 0, json_array_size(events));
    assert_int_equal(ledger_size(scratch.ledger), json_array_size(events));
    scratch_begin(&scratch);
    assert_int_equal(ledger_count(scratch.txn), json_array_size(events));
    json_array_foreach(events, i, vector)
    {
        struct given given = given_of(vector);
        struct ledger_entry entry;
        assert_true(ledger_read(scratch.txn, i, &entry));
        assert_bytes(entry.leaf_bytes, buffer_slice(&given.leaf));
        assert_bytes(entry.salt, buffer_slice(&given.salt));
        assert_bytes(entry.event.payload, given.event.payload);
        assert_bytes(entry.event.note, given.event.note);
        assert_int_equal(entry.event.type, given.event.type);
        given_free(&given);
    }
    fixture_count("palabre/events appended", i);
    json_array_foreach(json_object_get(file, "roots"), i, vector)
    {
        assert_reason(ledger_root(scratch.txn, number_of(vector, "size"), &root), "");
        assert_true(hash_equal(root, fixture_hash(vector, "root")));
    }
    fixture_count("palabre/events roots", i);
    assert_reason(ledger_root(scratch.txn, i, &root), "log.bad_range");
    json_array_foreach(json_object_get(file, "consistency"), i, vector)
    {
        struct merkle_proof proof;
        json_t *expected = json_object_get(vector, "proof");
        assert_reason(ledger_consistency(scratch.txn, number_of(vector, "from"),
                                         number_of(vector, "to"), &proof),
                      "");
        assert_int_equal(proof.count, json_array_size(expected));
        for (size_t k = 0; k < proof.count; k++) {
            struct buffer hash = fixture_bytes(json_string_value(json_array_get(expected, k)));
            assert_bytes(hash_slice(&proof.hashes[k]), buffer_slice(&hash));
            buffer_free(&hash);
        }
    }
    fixture_count("palabre/events consistency", i);
    scratch_close(&scratch);
    json_decref(file);
}

static void vectors_of_checkpoints(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    json_t *notes = fixture_vectors("checkpoints.json");
    json_t *vector;
    size_t i;
    struct scratch scratch;
    struct buffer vkey;
    scratch_open(&scratch);
    json_t *events = json_object_get(file, "events");
    scratch_replay(&scratch, events, 0, json_array_size(events));
    scratch_begin(&scratch);
    json_array_foreach(json_object_get(notes, "checkpoints"), i, vector)
    {
        uint8_t key[SEQ_KEY_SIZE];
        struct slice note;
        bytes_put_u64(key, number_of(vector, "size"));
        assert_true(store_get(scratch.txn, TABLE_CHECKPOINT, slice_of(key, sizeof key), &note));
        assert_bytes(note, slice_text(fixture_text(vector, "note")));
    }
    struct slice newest;
    assert_true(ledger_checkpoint(scratch.txn, &newest));
    json_t *last = json_array_get(json_object_get(notes, "checkpoints"), i - 1);
    assert_bytes(newest, slice_text(fixture_text(last, "note")));
    buffer_init(&vkey, 1024);
    ledger_vkey(scratch.ledger, &vkey);
    assert_bytes(buffer_slice(&vkey), slice_text(fixture_text(notes, "vkey")));
    fixture_count("palabre/checkpoints", i);
    buffer_free(&vkey);
    scratch_close(&scratch);
    json_decref(notes);
    json_decref(file);
}

/* Roots and proofs between all sizes hold, whatever was appended in one transaction. */
static void batches_and_reopening(void **state)
{
    (void)state;
    struct scratch scratch;
    struct event event = {.type = EVENT_ACT};
    uint8_t salt[SALT_SIZE] = {3};
    char text[32];
    uint64_t bad;
    scratch_open(&scratch);
    scratch_begin(&scratch);
    assert_reason(ledger_create(scratch.txn, (struct id){{1}}, slice_text("a.example/log/1"),
                                &scratch.key, 1000, salt),
                  "");
    scratch_commit(&scratch);
    for (unsigned round = 0; round < 12; round++) {
        scratch_begin(&scratch);
        assert_reason(ledger_open(scratch.txn, &scratch.key, &scratch.ledger), "");
        assert_int_equal(ledger_begin(scratch.ledger, round),
                         1000); /* never before the last leaf */
        for (unsigned i = 0; i < round; i++) {
            snprintf(text, sizeof text, "{\"round\":%u,\"i\":%u}", round, i);
            event.payload = slice_text(text);
            salt[1] = (uint8_t)i;
            ledger_append(scratch.ledger, scratch.txn, &event, salt);
        }
        ledger_seal(scratch.ledger, scratch.txn);
        scratch_commit(&scratch);
        ledger_committed(scratch.ledger);
        ledger_close(scratch.ledger);
        scratch.ledger = NULL;
    }
    scratch_begin(&scratch);
    assert_int_equal(ledger_count(scratch.txn), 67);
    assert_int_equal(store_count(scratch.txn, TABLE_CHECKPOINT),
                     12); /* genesis, and eleven rounds with leaves */
    assert_reason(ledger_verify(scratch.txn, &scratch.key.public_key, &bad, NULL, NULL), "");
    for (uint64_t from = 1; from <= 67; from++) {
        struct merkle_proof proof;
        struct hash first, last;
        assert_reason(ledger_consistency(scratch.txn, from, 67, &proof), "");
        assert_reason(ledger_root(scratch.txn, from, &first), "");
        assert_reason(ledger_root(scratch.txn, 67, &last), "");
        assert_true(merkle_verify_consistency(from, 67, first, last, &proof));
    }
    struct merkle_proof proof;
    assert_reason(ledger_consistency(scratch.txn, 0, 5, &proof), "log.bad_range");
    assert_reason(ledger_consistency(scratch.txn, 6, 5, &proof), "log.bad_range");
    assert_reason(ledger_consistency(scratch.txn, 1, 68, &proof), "log.bad_range");
    scratch_close(&scratch);
}

static void an_aborted_transaction_leaves_nothing(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    json_t *events = json_object_get(file, "events");
    struct scratch scratch;
    struct event event = {.type = EVENT_ACT, .payload = slice_text("{}")};
    const uint8_t salt[SALT_SIZE] = {0};
    scratch_open(&scratch);
    scratch_replay(&scratch, events, 0, 10);
    scratch_begin(&scratch);
    ledger_begin(scratch.ledger, UINT64_C(1767225999000));
    assert_int_equal(ledger_append(scratch.ledger, scratch.txn, &event, salt), 10);
    ledger_seal(scratch.ledger, scratch.txn);
    store_abort(scratch.txn);
    scratch.txn = NULL;
    ledger_aborted(scratch.ledger);
    assert_int_equal(ledger_next(scratch.ledger), 10);
    scratch_replay(&scratch, events, 10,
                   json_array_size(events)); /* roots are checked against the vectors */
    scratch_begin(&scratch);
    json_t *roots = json_object_get(file, "roots");
    struct hash root;
    assert_reason(ledger_root(scratch.txn, json_array_size(events), &root), "");
    assert_true(
        hash_equal(root, fixture_hash(json_array_get(roots, json_array_size(events)), "root")));
    scratch_close(&scratch);
    json_decref(file);
}

static void opening_with_another_key(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    struct scratch scratch;
    const uint8_t seed[SEED_SIZE] = {9};
    struct ledger *ledger;
    scratch_open(&scratch);
    struct key_pair other = crypto_key_pair(seed);
    scratch_begin(&scratch);
    assert_reason(ledger_open(scratch.txn, &scratch.key, &ledger),
                  "checkpoint.bad"); /* nothing is there */
    assert_null(ledger);
    store_abort(scratch.txn);
    scratch.txn = NULL;
    scratch_replay(&scratch, json_object_get(file, "events"), 0, 3);
    scratch_begin(&scratch);
    assert_reason(ledger_open(scratch.txn, &other, &ledger), "checkpoint.bad");
    assert_reason(ledger_open(scratch.txn, NULL, &ledger), "");
    assert_int_equal(ledger_size(ledger), 3);
    ledger_close(ledger);
    assert_reason(ledger_create(scratch.txn, (struct id){{1}}, slice_text("b.example/log/1"),
                                &other, 1, seed),
                  "genesis.malformed");
    scratch_close(&scratch);
    json_decref(file);
}

/* An epoch event brings a new origin and key, from its own leaf on. */
static void a_new_epoch(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    struct scratch scratch;
    const uint8_t seed[SEED_SIZE] = {9};
    const uint8_t salt[SALT_SIZE] = {4};
    struct hash root;
    struct buffer payload;
    uint64_t bad;
    scratch_open(&scratch);
    struct key_pair other = crypto_key_pair(seed);
    scratch_replay(&scratch, json_object_get(file, "events"), 0, 8);
    scratch_begin(&scratch);
    uint64_t now = ledger_begin(scratch.ledger, UINT64_C(1767225999000));
    assert_reason(ledger_root(scratch.txn, 8, &root), "");
    struct payload_epoch epoch = {.epoch = 2,
                                  .origin = slice_text("vote.coop.example/log/2"),
                                  .ledger_pk = other.public_key,
                                  .cause = 1,
                                  .root = root};
    buffer_init(&payload, 1024);
    payload_encode_epoch(&payload, &epoch);
    struct event event = {.type = EVENT_EPOCH, .payload = buffer_slice(&payload)};
    struct record_at at = {.seq = 8, .time_ms = now};
    assert_reason(record_judge(scratch.txn, &event, &at), "");
    struct record_at elsewhere = {.seq = 7, .time_ms = now};
    assert_reason(record_judge(scratch.txn, &event, &elsewhere), "epoch.bad");
    record_apply(scratch.txn, &event, &at);
    ledger_append(scratch.ledger, scratch.txn, &event, salt);
    ledger_set_key(scratch.ledger, &other);
    ledger_seal(scratch.ledger, scratch.txn);
    assert_reason(record_judge(scratch.txn, &event, &at), "epoch.bad"); /* not twice */
    scratch_commit(&scratch);
    ledger_committed(scratch.ledger);
    assert_true(slice_equal(ledger_origin(scratch.ledger), slice_text("vote.coop.example/log/2")));
    scratch_begin(&scratch);
    assert_reason(ledger_verify(scratch.txn, &other.public_key, &bad, NULL, NULL), "");
    assert_reason(ledger_verify(scratch.txn, &scratch.key.public_key, &bad, NULL, NULL),
                  "checkpoint.bad");
    ledger_close(scratch.ledger);
    assert_reason(ledger_open(scratch.txn, &scratch.key, &scratch.ledger), "checkpoint.bad");
    assert_reason(ledger_open(scratch.txn, &other, &scratch.ledger), "");
    buffer_free(&payload);
    scratch_close(&scratch);
    json_decref(file);
}

/* One flipped bit in any table of the log is found. */
static void verification_finds_damage(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    json_t *events = json_object_get(file, "events");
    static const enum table tables[] = {TABLE_LEAF, TABLE_OPENING, TABLE_NODE, TABLE_CHECKPOINT};
    struct scratch scratch;
    uint64_t bad;
    size_t count = 0;
    scratch_open(&scratch);
    scratch_replay(&scratch, events, 0, json_array_size(events));
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        for (uint64_t n = 0;; n++) {
            struct slice key, value;
            scratch_begin(&scratch);
            struct store_cursor *cursor = store_cursor_open(scratch.txn, tables[t]);
            bool found = store_cursor_seek(cursor, slice_of("", 0), &key, &value);
            for (uint64_t i = 0; i < n && found; i++) {
                found = store_cursor_next(cursor, &key, &value);
            }
            if (found) {
                uint8_t name[16];
                uint8_t bytes[1024];
                assert_true(key.size <= sizeof name && value.size <= sizeof bytes);
                size_t name_size = key.size, size = value.size;
                memcpy(name, key.data, name_size);
                memcpy(bytes, value.data, size);
                bytes[(n * 7) % size] ^= (uint8_t)(1U << (n % 8));
                store_cursor_close(cursor);
                store_put(scratch.txn, tables[t], slice_of(name, name_size), slice_of(bytes, size));
                assert_int_not_equal(
                    ledger_verify(scratch.txn, &scratch.key.public_key, &bad, NULL, NULL),
                    ERROR_NONE);
                count++;
            } else {
                store_cursor_close(cursor);
            }
            store_abort(scratch.txn);
            scratch.txn = NULL;
            if (!found) {
                break;
            }
        }
    }
    assert_int_equal(count, 34 + 34 + (34 + 17 + 8 + 4 + 2 + 1) + 34);
    scratch_close(&scratch);
    json_decref(file);
}

/* Replaying a record as leaves gives the same tree; a wrong leaf is refused and nothing is appended. */
static void leaves_from_elsewhere(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    json_t *vector;
    size_t i;
    struct scratch scratch;
    struct hash root;
    scratch_open(&scratch);
    scratch_begin(&scratch);
    assert_reason(ledger_open(scratch.txn, NULL, &scratch.ledger), "");
    ledger_begin(scratch.ledger, 0);
    json_array_foreach(json_object_get(file, "events"), i, vector)
    {
        struct given given = given_of(vector);
        struct slice leaf = buffer_slice(&given.leaf);
        struct slice salt = buffer_slice(&given.salt);
        if (i > 0) {
            struct event absent = {.type = given.event.type};
            given.salt.data[0] ^= 1;
            assert_reason(ledger_append_leaf(scratch.ledger, scratch.txn, leaf, salt, &given.event),
                          "event.bad_commitment");
            given.salt.data[0] ^= 1;
            given.leaf.data[5] ^= 0x10; /* an earlier time */
            if (given.leaf.data[5] < (given.leaf.data[5] ^ 0x10)) {
                assert_reason(ledger_append_leaf(scratch.ledger, scratch.txn, leaf, salt, &absent),
                              "event.time_order");
            }
            given.leaf.data[5] ^= 0x10;
        }
        assert_reason(ledger_append_leaf(scratch.ledger, scratch.txn, leaf, salt, &given.event),
                      "");
        given_free(&given);
    }
    assert_reason(ledger_root(scratch.txn, i, &root), "");
    assert_true(
        hash_equal(root, fixture_hash(json_array_get(json_object_get(file, "roots"), i), "root")));
    scratch_close(&scratch);
    json_decref(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_the_record),
        cmocka_unit_test(vectors_of_checkpoints),
        cmocka_unit_test(batches_and_reopening),
        cmocka_unit_test(an_aborted_transaction_leaves_nothing),
        cmocka_unit_test(opening_with_another_key),
        cmocka_unit_test(a_new_epoch),
        cmocka_unit_test(verification_finds_damage),
        cmocka_unit_test(leaves_from_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
