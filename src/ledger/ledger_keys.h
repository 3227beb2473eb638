/* For src/ledger alone: keys of the log's tables, and the stored tree as merkle.h reads it. */
#ifndef PALABRE_LEDGER_LEDGER_KEYS_H
#define PALABRE_LEDGER_LEDGER_KEYS_H

#include "base/id.h"
#include "store/store.h"

enum { SEQ_KEY_SIZE = 8, NODE_KEY_SIZE = 9 };

static inline void ledger_put_u64(uint8_t *into, uint64_t value)
{
    for (unsigned i = 0; i < 8; i++) {
        into[i] = (uint8_t)(value >> (56 - 8 * i));
    }
}
static inline uint64_t ledger_get_u64(const uint8_t *from)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < 8; i++) {
        value = value << 8 | from[i];
    }
    return value;
}

/* META entries that the log writes. */
#define LEDGER_META_ORG    "org"
#define LEDGER_META_ORIGIN "origin"
#define LEDGER_META_KEY    "ledger-pk"

/* merkle_node_at over TABLE_NODE; context is the transaction. */
bool ledger_node_at(void *context, unsigned level, uint64_t index, struct hash *hash);

#endif
