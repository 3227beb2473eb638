/* The codec of a batch. Voters and choices stay where they lie in the payload; decoding walks both once, so
 * that whoever walks them later need not look for ends. Start at paper_decode. */
#include "ledger/paper.h"

#include "base/fatal.h"

enum { CHOICE_FIXED_SIZE = 14 }; /* ballots, weight, length */

static const char TAG[] = "palabre/v1/paper-batch"; /* with its NUL: tag(paper-batch) */

void paper_encode_choice(struct buffer *out, const struct paper_choice *choice)
{
    assert_always(choice->choice.size >= 1 && choice->choice.size <= UINT16_MAX);
    buffer_append_u32(out, choice->ballots);
    buffer_append_u64(out, choice->weight);
    buffer_append_u16(out, (uint16_t)choice->choice.size);
    buffer_append_slice(out, choice->choice);
}

void paper_encode_body(struct buffer *out, const struct paper_batch *batch)
{
    assert_always(batch->voters.size == (size_t)batch->n_voter * ID_SIZE);
    buffer_append(out, TAG, sizeof TAG);
    buffer_append(out, batch->org.bytes, ID_SIZE);
    buffer_append(out, batch->poll.bytes, ID_SIZE);
    buffer_append(out, batch->poll_hash.bytes, HASH_SIZE);
    buffer_append(out, batch->batch.bytes, ID_SIZE);
    buffer_append_u16(out, batch->version);
    buffer_append_u8(out, (uint8_t)batch->kind);
    buffer_append_u8(out, batch->class_index);
    buffer_append(out, batch->sheet.bytes, HASH_SIZE);
    buffer_append_u32(out, batch->n_voter);
    buffer_append_slice(out, batch->voters);
    buffer_append_u32(out, batch->void_ballots);
    buffer_append_u64(out, batch->void_weight);
    buffer_append_u16(out, batch->n_choice);
    buffer_append_slice(out, batch->choices);
    buffer_append(out, batch->pk[0].bytes, HASH_SIZE);
    buffer_append(out, batch->pk[1].bytes, HASH_SIZE);
}

struct id paper_voter(const struct paper_batch *batch, uint32_t index)
{
    struct id voter;
    memcpy(voter.bytes, batch->voters.data + (size_t)index * ID_SIZE, ID_SIZE);
    return voter;
}

static void read_voters(struct reader *reader, struct paper_batch *batch)
{
    batch->n_voter = reader_u32(reader);
    if (batch->n_voter > reader->left.size / ID_SIZE) {
        reader->bad = true;
        return;
    }
    batch->voters = reader_bytes(reader, (size_t)batch->n_voter * ID_SIZE);
    for (uint32_t i = 1; i < batch->n_voter && !reader->bad; i++) {
        if (id_compare(paper_voter(batch, i - 1), paper_voter(batch, i)) >= 0) {
            reader->bad = true;
        }
    }
}

static void read_choice(struct reader *reader, struct paper_choice *choice)
{
    choice->ballots = reader_u32(reader);
    choice->weight = reader_u64(reader);
    choice->choice = reader_bytes(reader, reader_u16(reader));
}

bool paper_next_choice(struct reader *reader, struct paper_choice *choice)
{
    if (reader->bad || reader->left.size < CHOICE_FIXED_SIZE) {
        return false;
    }
    read_choice(reader, choice);
    return !reader->bad;
}

static void read_choices(struct reader *reader, struct paper_batch *batch)
{
    batch->n_choice = reader_u16(reader);
    struct slice start = reader->left;
    struct slice before = {NULL, 0};
    for (unsigned i = 0; i < batch->n_choice && !reader->bad; i++) {
        struct paper_choice choice;
        read_choice(reader, &choice);
        /* No choice is empty, so the first is greater than the empty one too. */
        if (choice.ballots == 0 || slice_compare(before, choice.choice) >= 0) {
            reader->bad = true;
        }
        before = choice.choice;
    }
    batch->choices = slice_of(start.data, start.size - reader->left.size);
}

enum error paper_decode(struct slice payload, struct paper_batch *batch)
{
    struct reader reader = reader_of(payload);
    *batch = (struct paper_batch){.version = 0};
    reader_expect(&reader, slice_of(TAG, sizeof TAG));
    batch->org = reader_id(&reader);
    batch->poll = reader_id(&reader);
    batch->poll_hash = reader_hash(&reader);
    batch->batch = reader_id(&reader);
    batch->version = reader_u16(&reader);
    batch->kind = (enum paper_kind)reader_u8(&reader);
    batch->class_index = reader_u8(&reader);
    batch->sheet = reader_hash(&reader);
    read_voters(&reader, batch);
    batch->void_ballots = reader_u32(&reader);
    batch->void_weight = reader_u64(&reader);
    read_choices(&reader, batch);
    batch->pk[0] = reader_hash(&reader);
    batch->pk[1] = reader_hash(&reader);
    batch->body = slice_of(payload.data, payload.size - reader.left.size);
    reader_copy(&reader, batch->signature[0], SIGNATURE_SIZE);
    reader_copy(&reader, batch->signature[1], SIGNATURE_SIZE);
    bool good = reader_done(&reader) && (batch->kind == PAPER_SHEETS || batch->kind == PAPER_HANDS);
    return good ? ERROR_NONE : ERROR_BATCH_MALFORMED;
}
