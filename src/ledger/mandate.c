/* Codecs of mandates and endings. Both end alike: form, that many keys (part of the signed body), that many
 * signatures. The body is kept as a slice of the payload, because the mandate's id is a hash of it.
 * Start at mandate_decode. */
#include "ledger/mandate.h"

#include "base/fatal.h"
#include "base/reader.h"

/* With the NUL that ends the literal, these are the bytes of tag(x). */
static const char TAG[] = "palabre/v1/mandate";
static const char END_TAG[] = "palabre/v1/mandate-end";

static void append_keys(struct buffer *out, const struct mandate_signers *signers)
{
    assert_always(signers->form == MANDATE_BY_GIVER || signers->form == MANDATE_BY_OFFICERS);
    buffer_append_u8(out, (uint8_t)signers->form);
    for (unsigned i = 0; i < (unsigned)signers->form; i++) {
        buffer_append(out, signers->pk[i].bytes, HASH_SIZE);
    }
}

void mandate_encode_body(struct buffer *out, const struct mandate *mandate)
{
    buffer_append(out, TAG, sizeof TAG);
    buffer_append(out, mandate->org.bytes, ID_SIZE);
    buffer_append(out, mandate->giver.bytes, ID_SIZE);
    buffer_append(out, mandate->holder.bytes, ID_SIZE);
    buffer_append_u8(out, (uint8_t)mandate->kind);
    buffer_append(out, mandate->scope.bytes, ID_SIZE);
    buffer_append_u64(out, mandate->from_ms);
    buffer_append_u64(out, mandate->until_ms);
    buffer_append(out, mandate->note.bytes, HASH_SIZE);
    buffer_append(out, mandate->nonce, sizeof mandate->nonce);
    append_keys(out, &mandate->signers);
}

void mandate_end_encode_body(struct buffer *out, const struct mandate_end *end)
{
    buffer_append(out, END_TAG, sizeof END_TAG);
    buffer_append(out, end->org.bytes, ID_SIZE);
    buffer_append(out, end->mandate.bytes, HASH_SIZE);
    append_keys(out, &end->signers);
}

/* Form, keys and signatures to the end of the payload; *body = what stands before the signatures. */
static bool read_signers(struct reader *reader, struct slice payload,
                         struct mandate_signers *signers, struct slice *body)
{
    *signers = (struct mandate_signers){.form = (enum mandate_form)reader_u8(reader)};
    if (signers->form != MANDATE_BY_GIVER && signers->form != MANDATE_BY_OFFICERS) {
        return false;
    }
    unsigned count = (unsigned)signers->form;
    for (unsigned i = 0; i < count; i++) {
        signers->pk[i] = reader_hash(reader);
    }
    *body = slice_of(payload.data, payload.size - reader->left.size);
    for (unsigned i = 0; i < count; i++) {
        reader_copy(reader, signers->signature[i], SIGNATURE_SIZE);
    }
    return reader_done(reader);
}

/* Scope and period belong to the kind. */
static bool kind_fits(const struct mandate *mandate)
{
    bool period = mandate->kind == MANDATE_PERIOD;
    bool known = period || mandate->kind == MANDATE_POLL || mandate->kind == MANDATE_MEETING;
    return known && period == id_is_none(mandate->scope) && period == (mandate->from_ms != 0) &&
           period == (mandate->until_ms != 0);
}

enum error mandate_decode(struct slice payload, struct mandate *mandate)
{
    struct reader reader = reader_of(payload);
    *mandate = (struct mandate){.from_ms = 0};
    reader_expect(&reader, slice_of(TAG, sizeof TAG));
    mandate->org = reader_id(&reader);
    mandate->giver = reader_id(&reader);
    mandate->holder = reader_id(&reader);
    mandate->kind = (enum mandate_kind)reader_u8(&reader);
    mandate->scope = reader_id(&reader);
    mandate->from_ms = reader_u64(&reader);
    mandate->until_ms = reader_u64(&reader);
    mandate->note = reader_hash(&reader);
    reader_copy(&reader, mandate->nonce, sizeof mandate->nonce);
    bool good = read_signers(&reader, payload, &mandate->signers, &mandate->body);
    return good && kind_fits(mandate) ? ERROR_NONE : ERROR_MANDATE_MALFORMED;
}

enum error mandate_end_decode(struct slice payload, struct mandate_end *end)
{
    struct reader reader = reader_of(payload);
    *end = (struct mandate_end){.body = {NULL, 0}};
    reader_expect(&reader, slice_of(END_TAG, sizeof END_TAG));
    end->org = reader_id(&reader);
    end->mandate = reader_hash(&reader);
    bool good = read_signers(&reader, payload, &end->signers, &end->body);
    return good ? ERROR_NONE : ERROR_MANDATE_MALFORMED;
}

bool mandate_signatures_are_good(const struct mandate_signers *signers, struct slice body)
{
    for (unsigned i = 0; i < (unsigned)signers->form; i++) {
        if (!crypto_verify(&signers->pk[i], body, signers->signature[i])) {
            return false;
        }
    }
    return true;
}

struct hash mandate_id(struct slice body)
{
    return crypto_hash_tagged("mandate-id", &body, 1);
}
