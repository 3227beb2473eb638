/* Ballots (ledger.md, Ballot): the bytes a device signs, and the payload of the event. */
#ifndef PALABRE_LEDGER_BALLOT_H
#define PALABRE_LEDGER_BALLOT_H

#include "base/buffer.h"
#include "base/error.h"
#include "crypto/crypto.h"

enum { BALLOT_FIXED_SIZE = 281, BALLOT_TBS_MAX = BALLOT_FIXED_SIZE + 65535 }; /* bytes */

struct ballot {
    struct id org, poll;
    struct hash poll_hash;
    struct id voter, on_behalf_of;
    struct hash mandate, device_pk;
    uint32_t counter, weight;
    uint8_t nonce[16];
    uint64_t seen_size;
    struct hash seen_root, note;
    struct slice choice; /* form u8, then its body */
    struct slice tbs;    /* the signed bytes; set by ballot_decode */
    uint8_t signature[SIGNATURE_SIZE];
};
/* Appends tbs. */
void ballot_encode_tbs(struct buffer *out, const struct ballot *ballot);
/* payload = tbs ‖ sig; check 1 of the acceptance list: BALLOT_MALFORMED. Borrows. */
enum error ballot_decode(struct slice payload, struct ballot *ballot);
/* Check 2. About 50 µs; any thread. */
bool ballot_signature_is_good(const struct ballot *ballot);

#endif
