/* Batches of papers and raised hands (ledger.md, Proxies and paper): counted choices under the signatures of two officers. */
#ifndef PALABRE_LEDGER_PAPER_H
#define PALABRE_LEDGER_PAPER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/reader.h"
#include "crypto/crypto.h"

enum paper_kind { PAPER_SHEETS = 1, PAPER_HANDS = 2 };

struct paper_batch {
    struct id org, poll;
    struct hash poll_hash;
    struct id batch;
    uint16_t version; /* from 1 */
    enum paper_kind kind;
    uint8_t class_index;
    struct hash sheet;   /* SHA-256 of the scanned sheet, or none */
    uint32_t n_voter;    /* 0 withdraws the batch */
    struct slice voters; /* n_voter × 16 bytes, ascending */
    uint32_t void_ballots;
    uint64_t void_weight;
    uint16_t n_choice;
    struct slice
        choices; /* n_choice × (ballots u32 ‖ weight u64 ‖ length u16 ‖ choice), ascending by choice */
    struct hash pk[2];
    uint8_t signature[2][SIGNATURE_SIZE];
    struct slice body; /* the signed bytes; set by paper_decode */
};
struct paper_choice {
    uint32_t ballots; /* ≥ 1 */
    uint64_t weight;
    struct slice choice;
};

/* Appends the bytes that both officers sign; the payload is these and then the two signatures. */
void paper_encode_body(struct buffer *out, const struct paper_batch *batch);
/* Appends one item of `choices`. */
void paper_encode_choice(struct buffer *out, const struct paper_choice *choice);
/* Strict; BATCH_MALFORMED. Borrows. */
enum error paper_decode(struct slice payload, struct paper_batch *batch);
/* index < n_voter of an accepted batch. */
struct id paper_voter(const struct paper_batch *batch, uint32_t index);
/* Walks the choices of an accepted batch: begin with reader_of(batch->choices), until false. */
bool paper_next_choice(struct reader *reader, struct paper_choice *choice);

#endif
