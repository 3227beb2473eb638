#include "tests/unit/ledger/ledger_fixture.h"

static void vectors_of_the_roll(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("roll.json");
    struct buffer payload = bytes_of(file, "payload");
    struct roll_entry entries[16];
    json_t *vector;
    size_t i;
    uint32_t count;
    json_array_foreach(json_object_get(file, "entries"), i, vector)
    {
        uint8_t bytes[ROLL_ENTRY_SIZE];
        struct buffer expected = bytes_of(vector, "entry");
        assert_true(i < 16);
        entries[i] = (struct roll_entry){
            .member = id_of(vector, "member"),
            .weight = (uint32_t)number_of(vector, "weight"),
            .shares = (uint32_t)number_of(vector, "shares"),
            .class_index = (uint8_t)number_of(vector, "class"),
        };
        roll_encode_entry(&entries[i], bytes);
        assert_bytes(slice_of(bytes, sizeof bytes), buffer_slice(&expected));
        assert_true(
            hash_equal(merkle_leaf(buffer_slice(&expected)), fixture_hash(vector, "leaf_hash")));
        buffer_free(&expected);
    }
    struct buffer made;
    buffer_init(&made, PAYLOAD_MAX);
    roll_encode(&made, entries, i);
    assert_bytes(buffer_slice(&made), buffer_slice(&payload));
    assert_reason(roll_decode(buffer_slice(&payload), &count), "");
    assert_int_equal(count, i);
    struct roll_summary summary = roll_summarise(entries, i);
    assert_true(hash_equal(summary.root, fixture_hash(file, "roll_root")));
    assert_int_equal(summary.weight, 5);
    uint8_t greatest;
    struct roll_summary again = roll_summarise_payload(buffer_slice(&payload), &greatest);
    assert_true(hash_equal(again.root, summary.root));
    assert_int_equal(again.weight, summary.weight);
    assert_int_equal(again.count, count);
    assert_int_equal(greatest, 1);
    fixture_count("palabre/roll", i);
    check_strictness(EVENT_ROLL, buffer_slice(&payload));
    buffer_free(&made);
    buffer_free(&payload);
    json_decref(file);
}

static void check_roll(const struct roll_entry *entries, uint32_t count, const char *reason)
{
    struct buffer payload;
    uint32_t found;
    buffer_init(&payload, 4096);
    buffer_append_u32(&payload, count);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t bytes[ROLL_ENTRY_SIZE];
        roll_encode_entry(&entries[i], bytes);
        buffer_append(&payload, bytes, sizeof bytes);
    }
    assert_reason(roll_decode(buffer_slice(&payload), &found), reason);
    buffer_free(&payload);
}

static void rolls_that_are_none(void **state)
{
    (void)state;
    const struct roll_entry good[] = {{.member = {{1}}, .weight = 1},
                                      {.member = {{2}}, .weight = UINT32_MAX}};
    const struct roll_entry twice[] = {{.member = {{2}}, .weight = 1},
                                       {.member = {{2}}, .weight = 1}};
    const struct roll_entry backwards[] = {{.member = {{2}}, .weight = 1},
                                           {.member = {{1}}, .weight = 1}};
    const struct roll_entry weightless[] = {{.member = {{2}}, .weight = 0}};
    const struct roll_entry nobody[] = {{.member = {{0}}, .weight = 1}};
    uint32_t count;
    check_roll(good, 2, "");
    check_roll(good, 0, "roll.malformed");
    check_roll(twice, 2, "roll.malformed");
    check_roll(backwards, 2, "roll.malformed");
    check_roll(weightless, 1, "roll.malformed");
    check_roll(nobody, 1, "roll.malformed");
    const uint8_t huge[] = {0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3};
    assert_reason(roll_decode(slice_of(huge, sizeof huge), &count), "roll.malformed");
}

static void encode_backwards(void *context)
{
    struct roll_entry entries[] = {{.member = {{2}}, .weight = 1}, {.member = {{1}}, .weight = 1}};
    roll_encode(context, entries, 2);
}

static void unordered_entries_are_a_bug(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, 1024);
    assert_true(fixture_aborts(encode_backwards, &out));
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_the_roll),
        cmocka_unit_test(rolls_that_are_none),
        cmocka_unit_test(unordered_entries_are_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
