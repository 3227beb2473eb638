/* For src/ledger alone: keys of the log's tables, and the stored tree as merkle.h reads it. */
#ifndef PALABRE_LEDGER_LEDGER_KEYS_H
#define PALABRE_LEDGER_LEDGER_KEYS_H

#include "base/bytes.h"
#include "base/id.h"
#include "store/store.h"

enum { SEQ_KEY_SIZE = 8, NODE_KEY_SIZE = 9 };

/* META entries that the log writes. */
#define LEDGER_META_ORG    "org"
#define LEDGER_META_ORIGIN "origin"
#define LEDGER_META_KEY    "ledger-pk"

/* merkle_node_at over TABLE_NODE; context is the transaction. */
bool ledger_node_at(void *context, unsigned level, uint64_t index, struct hash *hash);

#endif
