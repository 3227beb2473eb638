/* The result of a poll (ledger.md, Result): its payload, and the committed chain of lot secrets. */
#ifndef PALABRE_LEDGER_RESULT_H
#define PALABRE_LEDGER_RESULT_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/id.h"

enum { LOT_CHAIN = 16, RESULT_MAX_SCORES = 65535, RESULT_MAX_WINNERS = 1000 };

enum verdict {
    VERDICT_NONE = 0,
    VERDICT_ADOPTED = 1,
    VERDICT_NOT_ADOPTED = 2,
    VERDICT_NO_QUORUM = 3,
    VERDICT_TIE_OPEN = 4
};
enum decided { DECIDED_NO_TIE = 0, DECIDED_LOT = 1, DECIDED_CHAIR = 2, DECIDED_OPEN = 3 };
struct result_count {
    uint32_t heads;
    uint64_t weight;
};
struct result {
    struct hash poll_hash;
    uint64_t closed; /* seq of the poll-closed it follows */
    struct result_count entitled, took_part, valid, blank, abstain, void_;
    const uint64_t *scores;
    uint16_t n_scores;
    const uint16_t *winners;
    uint16_t n_winners; /* ascending */
    enum verdict verdict;
    enum decided decided;
    struct hash lot_secret;
    struct slice details; /* JSON of the server's own account */
};
void result_encode(struct buffer *out, const struct result *result);
/* Strict. scores and winners are copied into the caller's arrays (max entries each); RESULT_MALFORMED. Borrows details.
 * RESULT_MAX_SCORES and RESULT_MAX_WINNERS are enough for every result. */
enum error result_decode(struct slice payload, struct result *result, uint64_t *scores,
                         size_t max_scores, uint16_t *winners, size_t max_winners);

/* H(tag(lot-commit) ‖ secret): the commitment that a shown secret must fit. */
struct hash lot_commitment(struct hash secret);
/* s₁₆ → links[0] = s₀ … links[16] = s₁₆; each is H(tag(lot-commit) ‖ next). */
void lot_chain(const struct hash *last, struct hash links[LOT_CHAIN + 1]);
/* H(tag(lot-seed) ‖ poll_hash ‖ lot_secret ‖ H(sigs, ascending by on_behalf_of)) */
struct hash lot_seed(struct hash poll_hash, struct hash lot_secret, struct hash signatures_hash);
/* H(tag(lot-order) ‖ seed ‖ option u16): ascending keys are the order of favour. */
struct hash lot_key(struct hash seed, uint16_t option);

#endif
