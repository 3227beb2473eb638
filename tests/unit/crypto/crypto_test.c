/* Known answers, other projects' vectors of Ed25519 with the verdicts that the record asks for, and flipped bits. */
#include "crypto/crypto.h"

#include <stdlib.h>

#include "tests/harness/c/fixture.h"

static bool verify_bytes(struct slice key, struct slice message, struct slice signature)
{
    if (key.size != HASH_SIZE || signature.size != SIGNATURE_SIZE) {
        return false; /* the formats have fixed sizes: another one does not come this far */
    }
    struct hash public_key;
    memcpy(public_key.bytes, key.data, HASH_SIZE);
    return crypto_verify(&public_key, message, signature.data);
}

static void hashes_known_texts(void **state)
{
    (void)state;
    struct buffer expected =
        fixture_bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    struct hash hash = crypto_hash(slice_text("abc"));
    assert_true(slice_equal(hash_slice(&hash), buffer_slice(&expected)));
    const struct slice parts[] = {slice_text("a"), slice_of(NULL, 0), slice_text("bc")};
    hash = crypto_hash_parts(parts, 3);
    assert_true(slice_equal(hash_slice(&hash), buffer_slice(&expected)));
    buffer_free(&expected);
    expected = fixture_bytes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    hash = crypto_hash(slice_of(NULL, 0));
    assert_true(slice_equal(hash_slice(&hash), buffer_slice(&expected)));
    buffer_free(&expected);
}

static void a_tag_is_its_text_and_a_nul(void **state)
{
    (void)state;
    const struct slice parts[] = {slice_text("xy"), slice_text("z")};
    struct hash tagged = crypto_hash_tagged("name", parts, 2);
    struct hash plain = crypto_hash(slice_of("palabre/v1/name\0xyz", 19));
    assert_true(hash_equal(tagged, plain));
}

/* RFC 4231, case 2 has a short key; ours are 32 bytes, so its zero padding is written out. */
static void hmac_known_answer(void **state)
{
    (void)state;
    struct hash key = {{'J', 'e', 'f', 'e'}};
    struct hash mac = crypto_keyed_hash(&key, slice_text("what do ya want for nothing?"));
    struct buffer expected =
        fixture_bytes("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assert_true(slice_equal(hash_slice(&mac), buffer_slice(&expected)));
    buffer_free(&expected);
}

static void random_bytes_differ(void **state)
{
    (void)state;
    struct hash a = {{0}}, b = {{0}};
    crypto_random(a.bytes, HASH_SIZE);
    crypto_random(b.bytes, HASH_SIZE);
    assert_false(hash_equal(a, b));
    assert_false(crypto_equal(a.bytes, b.bytes, HASH_SIZE));
    assert_true(crypto_equal(a.bytes, a.bytes, HASH_SIZE));
    crypto_wipe(a.bytes, HASH_SIZE);
    assert_true(hash_is_none(a));
}

/* seed ‖ key : key : message : signature ‖ message, in hex; the case is checked in all its parts. */
static void check_rfc8032_line(char *line)
{
    struct buffer fields[4];
    char *rest = line;
    for (size_t i = 0; i < 4; i++) {
        char *field = strsep(&rest, ":");
        assert_non_null(field);
        fields[i] = fixture_bytes(field);
    }
    assert_int_equal(fields[0].size, 64);
    struct key_pair key = crypto_key_pair(fields[0].data);
    assert_true(slice_equal(hash_slice(&key.public_key), buffer_slice(&fields[1])));
    uint8_t signature[SIGNATURE_SIZE];
    crypto_sign(&key, buffer_slice(&fields[2]), signature);
    assert_memory_equal(signature, fields[3].data, SIGNATURE_SIZE);
    assert_true(crypto_verify(&key.public_key, buffer_slice(&fields[2]), signature));
    assert_true(crypto_public_key_is_good(&key.public_key));
    for (size_t i = 0; i < 4; i++) {
        buffer_free(&fields[i]);
    }
}

static void rfc8032_style_cases(void **state)
{
    (void)state;
    char *path = fixture_shared("vectors/ed25519/rfc8032-style-128.txt");
    struct buffer file = fixture_read(path);
    buffer_append_u8(&file, 0);
    size_t cases = 0;
    char *rest = (char *)file.data;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        if (*line != '\0') {
            check_rfc8032_line(line);
            cases++;
        }
    }
    assert_int_equal(cases, 128);
    fixture_count("ed25519 rfc8032", cases);
    buffer_free(&file);
    free(path);
}

/* Exactly these 43 of the edge cases are valid for a verifier without the cofactor that refuses small orders in R. */
static void cctv_edge_cases(void **state)
{
    (void)state;
    char *path = fixture_shared("vectors/ed25519/cctv-ed25519vectors.json");
    json_t *cases = fixture_json(path);
    size_t accepted = 0, index;
    json_t *item;
    json_array_foreach(cases, index, item)
    {
        struct hash key = fixture_hash(item, "key");
        struct buffer signature = fixture_bytes(fixture_text(item, "sig"));
        accepted += verify_bytes(hash_slice(&key), slice_text(fixture_text(item, "msg")),
                                 buffer_slice(&signature));
        buffer_free(&signature);
    }
    assert_int_equal(json_array_size(cases), 914);
    assert_int_equal(accepted, 43);
    fixture_count("ed25519 cctv", json_array_size(cases));
    json_decref(cases);
    free(path);
}

static void check_wycheproof_case(struct slice key, const json_t *item)
{
    struct buffer message = fixture_bytes(fixture_text(item, "msg"));
    struct buffer signature = fixture_bytes(fixture_text(item, "sig"));
    bool valid = strcmp(fixture_text(item, "result"), "valid") == 0;
    assert_int_equal(verify_bytes(key, buffer_slice(&message), buffer_slice(&signature)), valid);
    buffer_free(&message);
    buffer_free(&signature);
}

static void wycheproof_cases(void **state)
{
    (void)state;
    char *path = fixture_shared("vectors/ed25519/wycheproof-ed25519.json");
    json_t *file = fixture_json(path);
    size_t count = 0, index, number;
    json_t *group, *item;
    json_array_foreach(json_object_get(file, "testGroups"), index, group)
    {
        struct buffer key = fixture_bytes(fixture_text(json_object_get(group, "publicKey"), "pk"));
        json_array_foreach(json_object_get(group, "tests"), number, item)
        {
            check_wycheproof_case(buffer_slice(&key), item);
            count++;
        }
        buffer_free(&key);
    }
    assert_int_equal(count, 151);
    fixture_count("ed25519 wycheproof", count);
    json_decref(file);
    free(path);
}

/* The keys of our own vectors: seeds, public keys, and the seed of a card. */
static void keys_of_our_vectors(void **state)
{
    (void)state;
    json_t *keys = fixture_vectors("keys.json");
    size_t count = 0;
    const char *name;
    json_t *member;
    json_object_foreach(json_object_get(keys, "members"), name, member)
    {
        struct hash seed = fixture_hash(member, "device_seed");
        struct key_pair pair = crypto_key_pair(seed.bytes);
        assert_true(hash_equal(pair.public_key, fixture_hash(member, "device_pk")));
        assert_true(crypto_public_key_is_good(&pair.public_key));
        count++;
        if (json_object_get(member, "card_secret") == NULL) {
            continue;
        }
        struct buffer parts[] = {fixture_bytes(fixture_text(keys, "org")),
                                 fixture_bytes(fixture_text(member, "id")),
                                 fixture_bytes(fixture_text(keys, "meeting")),
                                 fixture_bytes(fixture_text(member, "card_secret"))};
        const struct slice slices[] = {buffer_slice(&parts[0]), buffer_slice(&parts[1]),
                                       buffer_slice(&parts[2]), buffer_slice(&parts[3])};
        seed = crypto_hash_tagged("card-key", slices, 4);
        assert_true(hash_equal(seed, fixture_hash(member, "card_seed")));
        pair = crypto_key_pair(seed.bytes);
        assert_true(hash_equal(pair.public_key, fixture_hash(member, "card_pk")));
        count++;
        for (size_t i = 0; i < 4; i++) {
            buffer_free(&parts[i]);
        }
    }
    fixture_count("palabre keys", count);
    json_decref(keys);
}

static void bad_keys_are_refused(void **state)
{
    (void)state;
    json_t *enrolment = fixture_vectors("enrolment.json");
    struct hash key = fixture_hash(enrolment, "pk");
    struct buffer body = fixture_bytes(fixture_text(enrolment, "body"));
    struct buffer proof = fixture_bytes(fixture_text(enrolment, "proof"));
    assert_true(crypto_public_key_is_good(&key));
    assert_true(verify_bytes(hash_slice(&key), buffer_slice(&body), buffer_slice(&proof)));
    const json_t *bad_keys = json_object_get(enrolment, "bad_keys");
    size_t index;
    json_t *bad;
    json_array_foreach(bad_keys, index, bad)
    {
        key = fixture_hash(bad, "pk");
        assert_false(crypto_public_key_is_good(&key));
    }
    assert_true(json_array_size(bad_keys) >= 7);
    fixture_count("palabre bad keys", json_array_size(bad_keys));
    buffer_free(&body);
    buffer_free(&proof);
    json_decref(enrolment);
}

/* Whatever single bit of key, message or signature changes, the signature is not valid any more. */
static void every_flipped_bit_is_noticed(void **state)
{
    (void)state;
    const uint8_t seed[SEED_SIZE] = {1, 2, 3};
    struct key_pair pair = crypto_key_pair(seed);
    uint8_t bytes[HASH_SIZE + SIGNATURE_SIZE + 40] = {0};
    struct slice key = slice_of(bytes, HASH_SIZE);
    struct slice message = slice_of(bytes + HASH_SIZE + SIGNATURE_SIZE, 40);
    memcpy(bytes, pair.public_key.bytes, HASH_SIZE);
    crypto_sign(&pair, message, bytes + HASH_SIZE);
    struct slice signature = slice_of(bytes + HASH_SIZE, SIGNATURE_SIZE);
    assert_true(verify_bytes(key, message, signature));
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_false(verify_bytes(key, message, signature));
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_true(verify_bytes(key, message, signature));
    assert_false(verify_bytes(key, slice_of(message.data, 39), signature));
}

static int start(void **state)
{
    (void)state;
    return crypto_start() && crypto_start() ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_known_texts),   cmocka_unit_test(a_tag_is_its_text_and_a_nul),
        cmocka_unit_test(hmac_known_answer),    cmocka_unit_test(random_bytes_differ),
        cmocka_unit_test(rfc8032_style_cases),  cmocka_unit_test(cctv_edge_cases),
        cmocka_unit_test(wycheproof_cases),     cmocka_unit_test(keys_of_our_vectors),
        cmocka_unit_test(bad_keys_are_refused), cmocka_unit_test(every_flipped_bit_is_noticed),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
