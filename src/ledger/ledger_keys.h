/* For src/ledger alone: keys of the log's tables, and the stored tree as merkle.h reads it. */
#ifndef PALABRE_LEDGER_LEDGER_KEYS_H
#define PALABRE_LEDGER_LEDGER_KEYS_H

#include <stdio.h>

#include "base/bytes.h"
#include "base/id.h"
#include "ledger/ledger.h"
#include "store/store.h"

enum { SEQ_KEY_SIZE = 8, NODE_KEY_SIZE = 9 };

/* META entries that the log writes. */
#define LEDGER_META_ORG    "org"
#define LEDGER_META_ORIGIN "origin"
#define LEDGER_META_KEY    "ledger-pk"

/* META entries of one epoch: "epoch/<n>" → seq u64 of its event, "handover/<n>" → the last seal of the epoch before. */
struct epoch_key {
    char text[32];
};
static inline struct epoch_key epoch_key(const char *what, uint32_t epoch)
{
    struct epoch_key key;
    snprintf(key.text, sizeof key.text, "%s/%u", what, (unsigned)epoch);
    return key;
}

/* The text of a receipt: what was recorded, its place, the way up to the root, the signed note. */
void ledger_append_receipt(struct buffer *out, const struct ledger_entry *entry,
                           const struct merkle_proof *proof, struct slice note);

/* merkle_node_at over TABLE_NODE; context is the transaction. */
bool ledger_node_at(void *context, unsigned level, uint64_t index, struct hash *hash);

#endif
