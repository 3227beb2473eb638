#include "tests/unit/ledger/ledger_fixture.h"

static void vectors_of_leaves(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("events.json");
    json_t *vector;
    size_t i;
    json_array_foreach(json_object_get(file, "events"), i, vector)
    {
        struct given given = given_of(vector);
        struct leaf leaf;
        uint8_t bytes[LEAF_SIZE];
        assert_reason(leaf_decode(buffer_slice(&given.leaf), &leaf), "");
        assert_int_equal(leaf.type, given.event.type);
        assert_int_equal(leaf.time_ms, given.time_ms);
        assert_true(id_equal(leaf.poll, given.event.poll));
        struct hash commitment =
            event_commitment(given.salt.data, given.event.type, given.event.payload);
        assert_true(hash_equal(commitment, fixture_hash(vector, "commitment")));
        assert_true(hash_equal(leaf.commitment, commitment));
        leaf_encode(&leaf, bytes);
        assert_bytes(slice_of(bytes, LEAF_SIZE), buffer_slice(&given.leaf));
        assert_true(
            hash_equal(merkle_leaf(buffer_slice(&given.leaf)), fixture_hash(vector, "leaf_hash")));
        given_free(&given);
    }
    fixture_count("palabre/events leaves", i);
    json_decref(file);
}

static void leaves_that_are_none(void **state)
{
    (void)state;
    struct leaf leaf = {.type = EVENT_BALLOT, .time_ms = 1, .poll = {{1}}};
    struct leaf read;
    uint8_t good[LEAF_SIZE];
    uint8_t bytes[LEAF_SIZE];
    leaf_encode(&leaf, good);
    static const struct {
        size_t at;
        uint8_t value;
    } changes[] = {
        {0, 0}, {0, 2},  {1, 0},  {1, 11}, {1, 13}, {1, 16}, {1, 17},   {1, 19},
        {1, 2}, {1, 22}, {1, 24}, {1, 28}, {1, 31}, {1, 42}, {2, 0x20}, {26, 1},
    };
    assert_reason(leaf_decode(slice_of(good, LEAF_SIZE), &read), "");
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        memcpy(bytes, good, LEAF_SIZE);
        bytes[changes[i].at] = changes[i].value;
        assert_reason(leaf_decode(slice_of(bytes, LEAF_SIZE), &read), "event.bad_leaf");
    }
    for (size_t size = 0; size < LEAF_SIZE; size++) {
        struct slice cut = exact_copy(slice_of(good, LEAF_SIZE), size);
        assert_reason(leaf_decode(cut, &read), "event.bad_leaf");
        exact_free(cut);
    }
    leaf.poll = (struct id){{0}};
    leaf_encode(&leaf, bytes);
    assert_reason(leaf_decode(slice_of(bytes, LEAF_SIZE), &read), "event.bad_leaf");
    leaf.type = 200; /* not assigned, but JSON: hashed and never read */
    leaf_encode(&leaf, bytes);
    assert_reason(leaf_decode(slice_of(bytes, LEAF_SIZE), &read), "");
}

static void table_of_types(void **state)
{
    (void)state;
    size_t count;
    const struct event_kind *kinds = event_kinds(&count);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(event_kind_of(kinds[i].type), &kinds[i]);
        assert_true(i == 0 || kinds[i - 1].type < kinds[i].type);
        assert_true(kinds[i].is_json == (kinds[i].type >= 32));
        assert_true(event_type_is_private(kinds[i].type) == kinds[i].is_private);
        assert_true(event_type_is_erasable(kinds[i].type) == kinds[i].is_erasable);
    }
    assert_null(event_kind_of(11));
    assert_false(event_type_is_known(11));
    assert_true(event_type_is_known(255));
    assert_true(event_type_is_private(128) && !event_type_is_private(127));
    assert_true(event_type_is_erasable(43) && !event_type_is_erasable(9));
}

static void notes(void **state)
{
    (void)state;
    json_t *file = fixture_vectors("ballots.json");
    json_t *vector;
    size_t i;
    json_array_foreach(json_object_get(file, "notes"), i, vector)
    {
        struct buffer note = bytes_of(vector, "salt");
        struct hash hash;
        buffer_append_text(&note, fixture_text(vector, "text"));
        assert_reason(event_note_hash(buffer_slice(&note), &hash), "");
        assert_true(hash_equal(hash, fixture_hash(vector, "commitment")));
        buffer_free(&note);
    }
    fixture_count("palabre/ballots notes", i);
    json_decref(file);
}

static void notes_that_are_none(void **state)
{
    (void)state;
    struct hash hash;
    uint8_t *note = memory_new(SALT_SIZE + NOTE_TEXT_MAX + 1, 1);
    memset(note + SALT_SIZE, 'a', NOTE_TEXT_MAX + 1);
    assert_reason(event_note_hash(slice_of(note, SALT_SIZE + NOTE_TEXT_MAX), &hash), "");
    assert_reason(event_note_hash(slice_of(note, SALT_SIZE + 1), &hash), "");
    assert_reason(event_note_hash(slice_of(note, SALT_SIZE + NOTE_TEXT_MAX + 1), &hash),
                  "ballot.bad_note");
    assert_reason(event_note_hash(slice_of(note, SALT_SIZE), &hash), "ballot.bad_note");
    assert_reason(event_note_hash(slice_of(note, 3), &hash), "ballot.bad_note");
    note[SALT_SIZE] = '\n';
    assert_reason(event_note_hash(slice_of(note, SALT_SIZE + 2), &hash), "");
    note[SALT_SIZE] = 0x07;
    assert_reason(event_note_hash(slice_of(note, SALT_SIZE + 2), &hash), "ballot.bad_note");
    note[SALT_SIZE] = 0xFF;
    assert_reason(event_note_hash(slice_of(note, SALT_SIZE + 2), &hash), "ballot.bad_note");
    free(note);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_leaves),   cmocka_unit_test(leaves_that_are_none),
        cmocka_unit_test(table_of_types),      cmocka_unit_test(notes),
        cmocka_unit_test(notes_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
