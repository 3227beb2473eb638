/* Checkpoints byte for byte, the one accepted text, and every flipped bit. */
#include "crypto/note.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/encoding.h"
#include "crypto/merkle.h"
#include "tests/harness/c/fixture.h"

static void good_and_bad_origins(void **state)
{
    (void)state;
    static const char *const good[] = {"a/1", "vote.coop.example/log/1", "h:8080/x-y/4294967295"};
    static const char *const bad[] = {
        "",      "a/",           "/1",   "a1",
        "a/0",   "a/01",         "a/1/", "A/1",
        "a b/1", "a+/1",         "é/1",  "a/-1",
        "a/1\n", "a/4294967296", "a/1x", "a/99999999999999999999999",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(note_origin_is_good(slice_text(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(note_origin_is_good(slice_text(bad[i])));
    }
    char longest[ORIGIN_MAX + 2];
    memset(longest, 'a', sizeof longest);
    memcpy(longest + ORIGIN_MAX - 2, "/1", 2);
    assert_true(note_origin_is_good(slice_of(longest, ORIGIN_MAX)));
    memcpy(longest + ORIGIN_MAX - 2, "a/1", 3);
    assert_false(note_origin_is_good(slice_of(longest, ORIGIN_MAX + 1)));
}

struct known {
    json_t *keys, *file;
    struct hash public_key;
    struct key_pair pair;
};

static struct known known_start(void)
{
    struct known known = {
        fixture_vectors("keys.json"), fixture_vectors("checkpoints.json"), {{0}}, {{{0}}, {0}}};
    struct hash seed = fixture_hash(known.keys, "ledger_seed");
    known.pair = crypto_key_pair(seed.bytes);
    known.public_key = fixture_hash(known.keys, "ledger_pk");
    return known;
}

static void known_end(struct known *known)
{
    json_decref(known->keys);
    json_decref(known->file);
}

static struct slice known_note(const struct known *known, size_t index)
{
    const json_t *notes = json_object_get(known->file, "checkpoints");
    return slice_text(fixture_text(json_array_get(notes, index), "note"));
}

static void verifier_keys(void **state)
{
    (void)state;
    struct known known = known_start();
    struct slice expected = slice_text(fixture_text(known.keys, "vkey"));
    struct slice origin;
    struct hash key;
    assert_true(note_parse_vkey(expected, &origin, &key));
    assert_true(slice_equal(origin, slice_text(fixture_text(known.keys, "origin"))));
    assert_true(hash_equal(key, known.public_key));
    assert_int_equal(note_key_id(origin, &key), 0x773295f6);
    struct buffer made;
    buffer_init(&made, 1000);
    note_vkey(&made, origin, &key);
    assert_true(slice_equal(buffer_slice(&made), expected));
    for (size_t bit = 0; bit < 8 * made.size; bit++) {
        made.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_false(note_parse_vkey(buffer_slice(&made), &origin, &key));
        made.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t size = 0; size < made.size; size++) {
        assert_false(note_parse_vkey(slice_of(made.data, size), &origin, &key));
    }
    buffer_append_u8(&made, '\n');
    assert_false(note_parse_vkey(buffer_slice(&made), &origin, &key));
    buffer_free(&made);
    known_end(&known);
}

static void checkpoints_of_our_vectors(void **state)
{
    (void)state;
    struct known known = known_start();
    const json_t *notes = json_object_get(known.file, "checkpoints");
    size_t index;
    json_t *item;
    json_array_foreach(notes, index, item)
    {
        struct checkpoint checkpoint;
        struct slice note = known_note(&known, index);
        assert_true(note_open(note, &known.public_key, &checkpoint));
        assert_int_equal(checkpoint.size,
                         (uint64_t)json_number_value(json_object_get(item, "size")));
        assert_true(hash_equal(checkpoint.root, fixture_hash(item, "root")));
        struct buffer made;
        buffer_init(&made, NOTE_MAX_SIZE);
        note_sign(&made, &checkpoint, &known.pair);
        assert_true(slice_equal(buffer_slice(&made), note));
        buffer_free(&made);
    }
    assert_int_equal(json_array_size(notes), 4);
    fixture_count("palabre checkpoints", json_array_size(notes));
    known_end(&known);
}

static void every_flipped_bit_and_every_cut_is_noticed(void **state)
{
    (void)state;
    struct known known = known_start();
    struct checkpoint checkpoint;
    struct slice note = known_note(&known, 3);
    uint8_t bytes[1000];
    memcpy(bytes, note.data, note.size);
    for (size_t bit = 0; bit < 8 * note.size; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_false(note_open(slice_of(bytes, note.size), &known.public_key, &checkpoint));
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t size = 0; size < note.size; size++) {
        assert_false(note_open(slice_of(bytes, size), &known.public_key, &checkpoint));
    }
    struct hash other = known.public_key;
    other.bytes[0] ^= 1;
    assert_false(note_open(note, &other, &checkpoint));
    known_end(&known);
}

static bool opens_with(const struct known *known, const char *after)
{
    struct checkpoint checkpoint;
    struct buffer note;
    buffer_init(&note, 2 * NOTE_MAX_SIZE);
    buffer_append_slice(&note, known_note(known, 1));
    buffer_append_text(&note, after);
    bool opened = note_open(buffer_slice(&note), &known->public_key, &checkpoint);
    buffer_free(&note);
    return opened;
}

static void witness_lines(void **state)
{
    (void)state;
    static const char *const good[] = {
        "— witness AAAAAAA=\n",
        "— witness.example/w1 AAAAAAAAAAAA\n— other AAAAAAA=\n",
    };
    static const char *const bad[] = {
        "\n",
        "— witness AAAAAA==\n",
        "— witness AAAAAAA=",
        "— witness AAAAAAA= \n",
        "— witness  AAAAAAA=\n",
        "— AAAAAAA=\n",
        "—  AAAAAAA=\n",
        "- witness AAAAAAA=\n",
        "— wit+ness AAAAAAA=\n",
        "— wit\x01ness AAAAAAA=\n",
        "— wit\xffness AAAAAAA=\n",
        "— witness AAAAAAB=\n",
        "— witness AAAA AAA=\n",
        "— witness AAAAAAA=\n\n",
        "— vote.coop.example/log/1 AAAAAAA=\n",
    };
    struct known known = known_start();
    assert_true(opens_with(&known, ""));
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(opens_with(&known, good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(opens_with(&known, bad[i]));
    }
    char too_long[NOTE_MAX_SIZE + 1];
    memset(too_long, 'A', sizeof too_long);
    memcpy(too_long, "— w ", 6);
    too_long[NOTE_MAX_SIZE - 1] = '\n';
    too_long[NOTE_MAX_SIZE] = '\0';
    assert_false(opens_with(&known, too_long));
    known_end(&known);
}

/* Signs any first three lines, so that nothing but the strictness of the parser refuses them. */
static bool opens_signed(const struct known *known, const char *lines)
{
    struct checkpoint checkpoint;
    struct buffer note;
    uint8_t stamp[4 + SIGNATURE_SIZE] = {0x77, 0x32, 0x95, 0xf6};
    buffer_init(&note, NOTE_MAX_SIZE);
    buffer_append_text(&note, lines);
    crypto_sign(&known->pair, buffer_slice(&note), stamp + 4);
    buffer_append_text(&note, "\n— vote.coop.example/log/1 ");
    encoding_base64(&note, slice_of(stamp, sizeof stamp));
    buffer_append_u8(&note, '\n');
    bool opened = note_open(buffer_slice(&note), &known->public_key, &checkpoint);
    buffer_free(&note);
    return opened;
}

#define ROOT "axe0L/nhKhkdkA2TKtTK0bGBGyj41OH9In0tIyWqA48=\n"

static void signed_but_in_another_form(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "vote.coop.example/log/1\n08\n" ROOT,
        "vote.coop.example/log/1\n+8\n" ROOT,
        "vote.coop.example/log/1\n-8\n" ROOT,
        "vote.coop.example/log/1\n8 \n" ROOT,
        "vote.coop.example/log/1\n\n" ROOT,
        "vote.coop.example/log/1\n0x8\n" ROOT,
        "vote.coop.example/log/1\n9007199254740992\n" ROOT,
        "vote.coop.example/log/1\n99999999999999999999\n" ROOT,
        "vote.coop.example/log/1\n8\n" ROOT "more\n",
        "vote.coop.example/log/1\n8\naxe0L/nhKhkdkA2TKtTK0bGBGyj41OH9In0tIyWqA49=\n",
        "vote.coop.example/log/1\n8\naxe0L/nhKhkdkA2TKtTK0bGBGyj41OH9In0tIyWqA48\n",
        "vote.coop.example/log/1\n8\n\n",
        "vote.coop.example/log/2\n8\n" ROOT,
        "vote.coop.example/log/1 \n8\n" ROOT,
        "vote.coop.example/log/1\r\n8\n" ROOT,
        "\nvote.coop.example/log/1\n8\n" ROOT,
    };
    struct known known = known_start();
    assert_true(opens_signed(&known, "vote.coop.example/log/1\n8\n" ROOT));
    assert_true(opens_signed(&known, "vote.coop.example/log/1\n0\n" ROOT));
    assert_true(opens_signed(&known, "vote.coop.example/log/1\n9007199254740991\n" ROOT));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(opens_signed(&known, bad[i]));
    }
    known_end(&known);
}

/* A reference log of another project: 15 leaves, and its checkpoint at each size. */
static void checkpoints_of_a_reference_log(void **state)
{
    (void)state;
    static const char *const words[] = {"one",    "two",   "three",    "four",    "five",
                                        "six",    "seven", "eit",      "nain",    "ten",
                                        "ileven", "twelf", "threeten", "fourten", "fivten"};
    char *folder = fixture_shared("vectors/tlog/log");
    struct buffer seed;
    buffer_init(&seed, 100);
    assert_true(
        encoding_from_base64(slice_text("AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg"), &seed));
    struct key_pair pair = crypto_key_pair(seed.data + 1);
    struct checkpoint checkpoint = {.origin = slice_text("example.com/log/testdata")};
    struct merkle_edge edge = merkle_edge_empty();
    struct merkle_made made[MERKLE_MAX_LEVELS];
    struct buffer note;
    buffer_init(&note, NOTE_MAX_SIZE);
    for (unsigned size = 0; size <= 15; size++) {
        char name[20];
        snprintf(name, sizeof name, "checkpoint.%u", size);
        char *path = fixture_path(folder, name);
        struct buffer expected = fixture_read(path);
        checkpoint.size = edge.size;
        checkpoint.root = merkle_edge_root(&edge);
        buffer_clear(&note);
        note_sign(&note, &checkpoint, &pair);
        assert_true(slice_equal(buffer_slice(&note), buffer_slice(&expected)));
        if (size < 15) {
            (void)merkle_edge_add(&edge, merkle_leaf(slice_text(words[size])), made);
        }
        buffer_free(&expected);
        free(path);
    }
    fixture_count("tlog checkpoints", 16);
    buffer_free(&note);
    buffer_free(&seed);
    free(folder);
}

static int start(void **state)
{
    (void)state;
    return crypto_start() ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_and_bad_origins),
        cmocka_unit_test(verifier_keys),
        cmocka_unit_test(checkpoints_of_our_vectors),
        cmocka_unit_test(every_flipped_bit_and_every_cut_is_noticed),
        cmocka_unit_test(witness_lines),
        cmocka_unit_test(signed_but_in_another_form),
        cmocka_unit_test(checkpoints_of_a_reference_log),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
