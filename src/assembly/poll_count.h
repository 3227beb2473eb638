/* A count of a closed vote, made from the record alone. Included by src/assembly/poll_*.c and their tests. */
#ifndef PALABRE_ASSEMBLY_POLL_COUNT_H
#define PALABRE_ASSEMBLY_POLL_COUNT_H

#include "base/arena.h"
#include "ledger/record.h"
#include "ledger/result.h"
#include "rules/rules.h"
#include "tally/tally.h"

struct counted_ballot {
    struct slice choice;
    uint64_t weight; /* what the cap left of it */
    uint8_t class_index;
};
/* Everything that was counted and judged. Slices and arrays live in the arena, or are borrowed from the transaction, until
 * the store is written. */
struct poll_count {
    struct record_poll record;
    struct definition definition;
    struct hash lot_secret; /* the link that the result shows */
    struct hash lot_seed;
    struct tally_terms terms;
    struct tally_counts counts;
    struct rule_class classes[RULE_CLASSES_MAX];
    struct rule_facts facts;
    struct rule_verdict verdict;
    struct counted_ballot *finals; /* owned; of each member voted for the last */
    size_t n_final;
    struct arena arena;
};

/* Counts the final ballots of a vote that is closed (ledger.md, Counting), with this link of its lot. POLL_BAD_STATE;
 * STORAGE_CORRUPT when an opening that it needs is absent or a paper is there. The caller frees in any case. */
enum error poll_recount(struct store_txn *txn, struct id poll, const struct hash *lot_secret,
                        struct poll_count *count);
void poll_count_free(struct poll_count *count);

/* What the chair makes of a tie that was left open: of a yes-no adopted or not; else the winners, ascending: the sure ones
 * and some of the tied, as many as there are seats. false = this is not one of the outcomes that are open. */
bool poll_chair(struct poll_count *count, const uint16_t *winners, uint16_t n, bool adopted);

/* The payload of the result event; slices borrow. */
struct result poll_result_of(const struct poll_count *count, struct slice details);

#endif
