/* Checkpoints as C2SP signed notes, and verifier keys (ledger.md, Seals). Pure functions. */
#ifndef PALABRE_CRYPTO_NOTE_H
#define PALABRE_CRYPTO_NOTE_H

#include "base/buffer.h"
#include "crypto/crypto.h"

enum { NOTE_MAX_SIZE = 4096, ORIGIN_MIN = 3, ORIGIN_MAX = 200 }; /* bytes */

/* 3–200 bytes of [a-z0-9.:/-] ending in "/" and a decimal epoch without leading zero. */
bool note_origin_is_good(struct slice origin);
/* First 4 bytes of H(origin ‖ 0x0A ‖ 0x01 ‖ pk). */
uint32_t note_key_id(struct slice origin, const struct hash *public_key);
/* "<origin>+<key id hex>+<base64(0x01 ‖ pk)>" */
void note_vkey(struct buffer *out, struct slice origin, const struct hash *public_key);
/* Strict; origin is borrowed from vkey. */
bool note_parse_vkey(struct slice vkey, struct slice *origin, struct hash *public_key);

struct checkpoint {
    struct slice origin; /* borrowed */
    uint64_t size;       /* leaves */
    struct hash root;
};
/* Appends the whole signed note. */
void note_sign(struct buffer *out, const struct checkpoint *checkpoint, const struct key_pair *key);
/* Strict parse and check of the signature of `public_key` under the note's origin (first signature line);
 * origin is borrowed from note. false = not a checkpoint of that key. */
bool note_open(struct slice note, const struct hash *public_key, struct checkpoint *checkpoint);

#endif
