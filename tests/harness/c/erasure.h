/* What is left of a record when openings are erased: every world is replayed without some of its payloads. */
#ifndef PALABRE_TESTS_ERASURE_H
#define PALABRE_TESTS_ERASURE_H

#include "store/store.h"

/* Replays the ledger of `from` into the empty store `scratch`, whose transactions are all taken back: without erasable
 * payloads alone, without all payloads of one kind of act (each kind some times in one program), and without all that may be
 * erased. Apply functions must
 * accept each of them, twice with the same documents. Aborts where one does not; `ERASURE=1` in the environment says
 * what was erased. */
void erasure_check(struct store_txn *from, struct store *scratch);

#endif
