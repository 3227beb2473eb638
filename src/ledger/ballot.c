/* The signed bytes of a ballot and their one reading.
 *
 * The decoder keeps `tbs`, the exact bytes that were signed, as a slice of the payload: signature, index and
 * receipts use those, never a re-encoding. Whether the ballot may stand where it is, is record_judge's; here
 * only form and signature are looked at. Start at ballot_decode. */
#include "ledger/ballot.h"

#include "base/fatal.h"
#include "base/reader.h"

static const char TAG[] = "palabre/v1/open-ballot"; /* with its NUL: tag(open-ballot) */

void ballot_encode_tbs(struct buffer *out, const struct ballot *ballot)
{
    assert_always(ballot->choice.size >= 1 && ballot->choice.size <= UINT16_MAX);
    buffer_append(out, TAG, sizeof TAG);
    buffer_append(out, ballot->org.bytes, ID_SIZE);
    buffer_append(out, ballot->poll.bytes, ID_SIZE);
    buffer_append(out, ballot->poll_hash.bytes, HASH_SIZE);
    buffer_append(out, ballot->voter.bytes, ID_SIZE);
    buffer_append(out, ballot->on_behalf_of.bytes, ID_SIZE);
    buffer_append(out, ballot->mandate.bytes, HASH_SIZE);
    buffer_append(out, ballot->device_pk.bytes, HASH_SIZE);
    buffer_append_u32(out, ballot->counter);
    buffer_append_u32(out, ballot->weight);
    buffer_append(out, ballot->nonce, sizeof ballot->nonce);
    buffer_append_u64(out, ballot->seen_size);
    buffer_append(out, ballot->seen_root.bytes, HASH_SIZE);
    buffer_append(out, ballot->note.bytes, HASH_SIZE);
    buffer_append_u16(out, (uint16_t)ballot->choice.size);
    buffer_append_slice(out, ballot->choice);
}

enum error ballot_decode(struct slice payload, struct ballot *ballot)
{
    struct reader reader = reader_of(payload);
    reader_expect(&reader, slice_of(TAG, sizeof TAG));
    ballot->org = reader_id(&reader);
    ballot->poll = reader_id(&reader);
    ballot->poll_hash = reader_hash(&reader);
    ballot->voter = reader_id(&reader);
    ballot->on_behalf_of = reader_id(&reader);
    ballot->mandate = reader_hash(&reader);
    ballot->device_pk = reader_hash(&reader);
    ballot->counter = reader_u32(&reader);
    ballot->weight = reader_u32(&reader);
    reader_copy(&reader, ballot->nonce, sizeof ballot->nonce);
    ballot->seen_size = reader_u64(&reader);
    ballot->seen_root = reader_hash(&reader);
    ballot->note = reader_hash(&reader);
    ballot->choice = reader_bytes(&reader, reader_u16(&reader));
    reader_copy(&reader, ballot->signature, SIGNATURE_SIZE);
    if (!reader_done(&reader) || ballot->choice.size == 0) {
        ballot->tbs = slice_of("", 0);
        return ERROR_BALLOT_MALFORMED;
    }
    ballot->tbs = slice_of(payload.data, payload.size - SIGNATURE_SIZE);
    return ERROR_NONE;
}

bool ballot_signature_is_good(const struct ballot *ballot)
{
    return crypto_verify(&ballot->device_pk, ballot->tbs, ballot->signature);
}
