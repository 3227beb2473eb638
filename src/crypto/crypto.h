/* libsodium behind one wall: SHA-256, Ed25519 as ledger.md, Conventions, defines a good signature, random bytes.
 * crypto_start() once before anything else; afterwards every function may be called by any thread. */
#ifndef PALABRE_CRYPTO_CRYPTO_H
#define PALABRE_CRYPTO_CRYPTO_H

#include <stdalign.h>

#include "base/id.h"
#include "base/slice.h"

enum { SIGNATURE_SIZE = 64, SEED_SIZE = 32, SECRET_KEY_SIZE = 64 }; /* bytes */

/* Initialises libsodium; false = the library cannot start (no entropy source). */
bool crypto_start(void);
/* Fills size bytes from the system's generator. */
void crypto_random(void *into, size_t size);
/* Overwrites secrets; the compiler does not drop it. */
void crypto_wipe(void *bytes, size_t size);
/* Constant time. */
bool crypto_equal(const void *a, const void *b, size_t size);

/* libsodium exports functions of these two names as well: in the program ours are called otherwise, so that neither
 * is ever taken for the other when it is linked. */
#define CRYPTO_SYMBOL(name) __asm__("palabre_" name)

/* SHA-256 (FIPS 180-4) of some bytes; of several parts in a row. */
struct hash crypto_hash(struct slice bytes) CRYPTO_SYMBOL("crypto_hash");
struct hash crypto_hash_parts(const struct slice *parts, size_t count);
/* H(tag(name) ‖ parts…): tag(x) = "palabre/v1/x" and one 0x00 (ledger.md, Conventions). */
struct hash crypto_hash_tagged(const char *name, const struct slice *parts, size_t count);
/* HMAC-SHA-256 (RFC 2104) of one message: tokens derived from a server secret. */
struct hash crypto_keyed_hash(const struct hash *key, struct slice message);

struct key_pair {
    struct hash public_key;
    uint8_t secret[SECRET_KEY_SIZE]; /* seed ‖ public key */
};
/* Ed25519 key of a 32-byte seed (RFC 8032). */
struct key_pair crypto_key_pair(const uint8_t seed[SEED_SIZE]);
void crypto_sign(const struct key_pair *key, struct slice message,
                 uint8_t signature[SIGNATURE_SIZE]) CRYPTO_SYMBOL("crypto_sign");
/* A good signature of ledger.md, Conventions (what crypto_sign_verify_detached checks); about 50 µs. */
bool crypto_verify(const struct hash *public_key, struct slice message,
                   const uint8_t signature[SIGNATURE_SIZE]);
/* A good key of ledger.md, Conventions: canonical, not of small order, in the prime-order subgroup. */
bool crypto_public_key_is_good(const struct hash *public_key);

#endif
