/* The primitives, as the record defines them, on top of libsodium.
 *
 * Signatures: a key is judged once, when it enters the record (crypto_public_key_is_good); from then on
 * crypto_verify() makes the other three checks of a valid signature: S in range, R not of small order, and the
 * equation without the cofactor on R's very bytes. Verifiers that multiply by the cofactor accept more, so two
 * programs could disagree about a ballot: nothing else may check signatures.
 * Every hash but leaf and node hashes begins with a tag, so that bytes made for one purpose are never valid for
 * another. Start at crypto_hash_tagged() and crypto_verify(). */
#include "crypto/crypto.h"

/* Not <sodium.h>: it declares a crypto_hash and a crypto_sign of its own. */
#include <sodium/core.h>
#include <sodium/crypto_auth_hmacsha256.h>
#include <sodium/crypto_core_ed25519.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/crypto_sign_ed25519.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include "base/fatal.h"

_Static_assert(HASH_SIZE == crypto_hash_sha256_BYTES, "a hash is a SHA-256");
_Static_assert(HASH_SIZE == crypto_sign_ed25519_PUBLICKEYBYTES,
               "a public key has the size of a hash");
_Static_assert(HASH_SIZE == crypto_auth_hmacsha256_KEYBYTES, "a hash serves as a key");
_Static_assert(SIGNATURE_SIZE == crypto_sign_ed25519_BYTES, "Ed25519 signature");
_Static_assert(SEED_SIZE == crypto_sign_ed25519_SEEDBYTES, "Ed25519 seed");
_Static_assert(SECRET_KEY_SIZE == crypto_sign_ed25519_SECRETKEYBYTES, "Ed25519 secret key");

/* libsodium asks for a pointer even to nothing. */
static const uint8_t *bytes_of(struct slice slice)
{
    static const uint8_t nothing = 0;
    return slice.size == 0 ? &nothing : slice.data;
}

bool crypto_start(void)
{
    return sodium_init() >= 0; /* 1 = was initialised already */
}

void crypto_random(void *into, size_t size)
{
    randombytes_buf(into, size);
}

void crypto_wipe(void *bytes, size_t size)
{
    sodium_memzero(bytes, size);
}

bool crypto_equal(const void *a, const void *b, size_t size)
{
    return sodium_memcmp(a, b, size) == 0;
}

static void hash_add(crypto_hash_sha256_state *state, struct slice bytes)
{
    crypto_hash_sha256_update(state, bytes_of(bytes), bytes.size);
}

static struct hash hash_end(crypto_hash_sha256_state *state)
{
    struct hash hash;
    crypto_hash_sha256_final(state, hash.bytes);
    return hash;
}

struct hash crypto_hash(struct slice bytes)
{
    return crypto_hash_parts(&bytes, 1);
}

struct hash crypto_hash_parts(const struct slice *parts, size_t count)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < count; i++) {
        hash_add(&state, parts[i]);
    }
    return hash_end(&state);
}

struct hash crypto_hash_tagged(const char *name, const struct slice *parts, size_t count)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash_add(&state, slice_text("palabre/v1/"));
    hash_add(&state, slice_of(name, strlen(name) + 1)); /* the tag ends with its NUL */
    for (size_t i = 0; i < count; i++) {
        hash_add(&state, parts[i]);
    }
    return hash_end(&state);
}

struct hash crypto_keyed_hash(const struct hash *key, struct slice message)
{
    struct hash hash;
    crypto_auth_hmacsha256(hash.bytes, bytes_of(message), message.size, key->bytes);
    return hash;
}

struct key_pair crypto_key_pair(const uint8_t seed[SEED_SIZE])
{
    struct key_pair pair;
    int failed = crypto_sign_ed25519_seed_keypair(pair.public_key.bytes, pair.secret, seed);
    assert_always(failed == 0);
    return pair;
}

void crypto_sign(const struct key_pair *key, struct slice message,
                 uint8_t signature[SIGNATURE_SIZE])
{
    int failed =
        crypto_sign_ed25519_detached(signature, NULL, bytes_of(message), message.size, key->secret);
    assert_always(failed == 0);
}

bool crypto_verify(const struct hash *public_key, struct slice message,
                   const uint8_t signature[SIGNATURE_SIZE])
{
    return crypto_sign_ed25519_verify_detached(signature, bytes_of(message), message.size,
                                               public_key->bytes) == 0;
}

bool crypto_public_key_is_good(const struct hash *public_key)
{
    return crypto_core_ed25519_is_valid_point(public_key->bytes) == 1;
}
