/* Mandates and their endings (ledger.md, Proxies and paper): one member gives another their vote, signed by a device or by two officers. */
#ifndef PALABRE_LEDGER_MANDATE_H
#define PALABRE_LEDGER_MANDATE_H

#include "base/buffer.h"
#include "base/error.h"
#include "crypto/crypto.h"

enum mandate_kind { MANDATE_POLL = 1, MANDATE_MEETING = 2, MANDATE_PERIOD = 3 };
enum mandate_form {
    MANDATE_BY_GIVER = 1,
    MANDATE_BY_OFFICERS = 2
}; /* also the number of keys that sign */

struct mandate_signers {
    enum mandate_form form;
    struct hash pk[2];
    uint8_t signature[2][SIGNATURE_SIZE];
};
struct mandate {
    struct id org, giver, holder;
    enum mandate_kind kind;
    struct id scope;            /* poll or meeting; none for a period */
    uint64_t from_ms, until_ms; /* of a period, else 0 */
    struct hash note;           /* none = no instructions */
    uint8_t nonce[16];
    struct mandate_signers signers;
    struct slice body; /* the signed bytes; set by mandate_decode */
};
struct mandate_end {
    struct id org;
    struct hash mandate; /* id of the mandate it ends */
    struct mandate_signers signers;
    struct slice body;
};

/* Append the bytes that each signer signs; the payload is these bytes and then form × signature. */
void mandate_encode_body(struct buffer *out, const struct mandate *mandate);
void mandate_end_encode_body(struct buffer *out, const struct mandate_end *end);
/* Strict; MANDATE_MALFORMED. Borrow from the payload. */
enum error mandate_decode(struct slice payload, struct mandate *mandate);
enum error mandate_end_decode(struct slice payload, struct mandate_end *end);
/* Every signature over body is good (ledger.md, Conventions: Signatures). About 50 µs each. */
bool mandate_signatures_are_good(const struct mandate_signers *signers, struct slice body);
/* H(tag(mandate-id) ‖ body): what ballots and endings cite. */
struct hash mandate_id(struct slice body);

#endif
