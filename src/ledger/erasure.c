/* Erasing (ledger.md, Erasing): openings and notes that an erasure event names leave the store; their leaves stay.
 *
 * A leaf holds a salted commitment alone, so what is left says nothing of what was there, and every proof, receipt and
 * checkpoint stays good. Done when the event is applied, live and in a replay alike; there the openings are gone already.
 * Whether these leaves may be erased was judged before. Start at ledger_erase(). */
#include "base/bytes.h"
#include "ledger/ledger.h"
#include "ledger/payload.h"

void ledger_erase(struct store_txn *txn, struct slice payload)
{
    struct payload_erasure erasure;
    if (payload_decode_erasure(payload, &erasure) != ERROR_NONE) {
        return;
    }
    for (uint32_t i = 0; i < erasure.count; i++) {
        struct payload_range range = payload_erasure_range(&erasure, i);
        for (uint64_t seq = range.first; seq < range.first + range.count; seq++) {
            uint8_t key[8];
            bytes_put_u64(key, seq);
            store_delete(txn, TABLE_NOTE, slice_of(key, sizeof key));
            if (erasure.what == ERASE_OPENING) {
                store_delete(txn, TABLE_OPENING, slice_of(key, sizeof key));
            }
        }
    }
}
