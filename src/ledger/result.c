/* The result's payload, and the lot: a chain of secrets committed by its first link, from which each result
 * shows the next one. The numbers are judged by the recount; here only the form is. Start at result_decode. */
#include "ledger/result.h"

#include "base/reader.h"
#include "crypto/crypto.h"

static void append_count(struct buffer *out, struct result_count count)
{
    buffer_append_u32(out, count.heads);
    buffer_append_u64(out, count.weight);
}

static struct result_count read_count(struct reader *reader)
{
    struct result_count count;
    count.heads = reader_u32(reader);
    count.weight = reader_u64(reader);
    return count;
}

void result_encode(struct buffer *out, const struct result *result)
{
    buffer_append(out, result->poll_hash.bytes, HASH_SIZE);
    buffer_append_u64(out, result->closed);
    append_count(out, result->entitled);
    append_count(out, result->took_part);
    append_count(out, result->valid);
    append_count(out, result->blank);
    append_count(out, result->abstain);
    append_count(out, result->void_);
    buffer_append_u16(out, result->n_scores);
    for (unsigned i = 0; i < result->n_scores; i++) {
        buffer_append_u64(out, result->scores[i]);
    }
    buffer_append_u16(out, result->n_winners);
    for (unsigned i = 0; i < result->n_winners; i++) {
        buffer_append_u16(out, result->winners[i]);
    }
    buffer_append_u8(out, (uint8_t)result->verdict);
    buffer_append_u8(out, (uint8_t)result->decided);
    buffer_append(out, result->lot_secret.bytes, HASH_SIZE);
    buffer_append_long_text(out, result->details);
}

static void read_scores(struct reader *reader, struct result *result, uint64_t *scores, size_t max)
{
    result->n_scores = reader_u16(reader);
    result->scores = scores;
    if (result->n_scores > max) {
        reader->bad = true;
    }
    for (unsigned i = 0; !reader->bad && i < result->n_scores; i++) {
        scores[i] = reader_u64(reader);
    }
}

static void read_winners(struct reader *reader, struct result *result, uint16_t *winners,
                         size_t max)
{
    result->n_winners = reader_u16(reader);
    result->winners = winners;
    if (result->n_winners > max) {
        reader->bad = true;
    }
    for (unsigned i = 0; !reader->bad && i < result->n_winners; i++) {
        winners[i] = reader_u16(reader);
        if (i > 0 && winners[i - 1] >= winners[i]) {
            reader->bad = true;
        }
    }
}

enum error result_decode(struct slice payload, struct result *result, uint64_t *scores,
                         size_t max_scores, uint16_t *winners, size_t max_winners)
{
    struct reader reader = reader_of(payload);
    *result = (struct result){.closed = 0};
    result->poll_hash = reader_hash(&reader);
    result->closed = reader_u64(&reader);
    result->entitled = read_count(&reader);
    result->took_part = read_count(&reader);
    result->valid = read_count(&reader);
    result->blank = read_count(&reader);
    result->abstain = read_count(&reader);
    result->void_ = read_count(&reader);
    read_scores(&reader, result, scores, max_scores);
    read_winners(&reader, result, winners, max_winners);
    result->verdict = (enum verdict)reader_u8(&reader);
    result->decided = (enum decided)reader_u8(&reader);
    result->lot_secret = reader_hash(&reader);
    result->details = reader_text(&reader);
    bool good = reader_done(&reader) && (unsigned)result->verdict <= VERDICT_TIE_OPEN &&
                (unsigned)result->decided <= DECIDED_OPEN;
    return good ? ERROR_NONE : ERROR_RESULT_MALFORMED;
}

struct hash lot_commitment(struct hash secret)
{
    struct slice part = hash_slice(&secret);
    return crypto_hash_tagged("lot-commit", &part, 1);
}

void lot_chain(const struct hash *last, struct hash links[LOT_CHAIN + 1])
{
    links[LOT_CHAIN] = *last;
    for (size_t i = LOT_CHAIN; i-- > 0;) {
        links[i] = lot_commitment(links[i + 1]);
    }
}

struct hash lot_seed(struct hash poll_hash, struct hash lot_secret, struct hash signatures_hash)
{
    struct slice parts[] = {hash_slice(&poll_hash), hash_slice(&lot_secret),
                            hash_slice(&signatures_hash)};
    return crypto_hash_tagged("lot-seed", parts, 3);
}

struct hash lot_key(struct hash seed, uint16_t option)
{
    uint8_t number[2] = {(uint8_t)(option >> 8), (uint8_t)option};
    struct slice parts[] = {hash_slice(&seed), slice_of(number, 2)};
    return crypto_hash_tagged("lot-order", parts, 2);
}
