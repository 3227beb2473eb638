/* Value types: a UUID (RFC 9562), and 32 bytes of a hash or a key. */
#ifndef PALABRE_BASE_ID_H
#define PALABRE_BASE_ID_H

#include "base/slice.h"

enum { ID_SIZE = 16, ID_TEXT_SIZE = 37, HASH_SIZE = 32 }; /* bytes; the text with its NUL */

struct id {
    uint8_t bytes[ID_SIZE]; /* 16 zero bytes = none */
};

struct hash {
    uint8_t bytes[HASH_SIZE]; /* 32 zero bytes = none */
};

bool id_is_none(struct id id);
bool id_equal(struct id a, struct id b);
/* As unsigned bytes: < 0, 0, > 0. */
int id_compare(struct id a, struct id b);
/* Canonical lower-case 8-4-4-4-12 text only; the nil UUID is refused. false = not one. */
bool id_parse(struct slice text, struct id *id);
void id_format(struct id id, char text[ID_TEXT_SIZE]);
/* Sets version 8 and the variant on the first 16 bytes of a hash: an id derived from content (RFC 9562 §5.8). */
struct id id_from_hash(struct hash hash);
/* The same for 16 random bytes: version 4. */
struct id id_from_random(const uint8_t random[ID_SIZE]);
static inline struct slice id_slice(const struct id *id)
{
    return slice_of(id->bytes, ID_SIZE);
}

bool hash_is_none(struct hash hash);
bool hash_equal(struct hash a, struct hash b);
static inline struct slice hash_slice(const struct hash *hash)
{
    return slice_of(hash->bytes, HASH_SIZE);
}

#endif
