/* Checking a receipt as its holder does, with nothing but the text and the key of the log that is known.
 *
 * The order is that of ledger.md, Receipts: form, the log's name, the checkpoint's signature, the commitment, whose ballot
 * it is, and last the inclusion proof. The text has one form: every line is taken whole, numbers have no
 * leading zero, base64 is canonical. Start at receipt_check. */
#include "ledger/ledger.h"

#include "base/encoding.h"
#include "ledger/ballot.h"

enum { RECEIPT_MAX = 24 * 1024 * 1024, INDEX_DIGITS_MAX = 16, HASH_TEXT_SIZE = 44 };

struct receipt {
    struct buffer extra; /* leaf ‖ salt ‖ payload */
    uint64_t index;
    struct merkle_proof proof;
    struct slice checkpoint;
};

/* The next line without its newline; false = no newline left. */
static bool take_line(struct slice *left, struct slice *line)
{
    const uint8_t *end = left->size > 0 ? memchr(left->data, '\n', left->size) : NULL;
    if (end == NULL) {
        return false;
    }
    *line = slice_of(left->data, (size_t)(end - left->data));
    *left = slice_of(end + 1, left->size - line->size - 1);
    return true;
}

/* A line "<name> <value>". */
static bool take_field(struct slice *left, const char *name, struct slice *value)
{
    struct slice line;
    size_t length = strlen(name);
    if (!take_line(left, &line) || line.size <= length || memcmp(line.data, name, length) != 0 ||
        line.data[length] != ' ') {
        return false;
    }
    *value = slice_of(line.data + length + 1, line.size - length - 1);
    return true;
}

static bool parse_decimal(struct slice text, uint64_t *value)
{
    *value = 0;
    if (text.size == 0 || text.size > INDEX_DIGITS_MAX || (text.size > 1 && text.data[0] == '0')) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        *value = *value * 10 + (uint64_t)(text.data[i] - '0');
    }
    return *value < UINT64_C(1) << 53;
}

static bool parse_hash(struct slice text, struct hash *hash)
{
    struct buffer bytes;
    buffer_init(&bytes, HASH_SIZE);
    bool good = text.size == HASH_TEXT_SIZE && encoding_from_base64(text, &bytes) &&
                bytes.size == HASH_SIZE;
    if (good) {
        memcpy(hash->bytes, bytes.data, HASH_SIZE);
    }
    buffer_free(&bytes);
    return good;
}

static bool parse_receipt(struct slice text, struct receipt *receipt)
{
    struct slice line;
    if (text.size > RECEIPT_MAX || !take_line(&text, &line) ||
        !slice_equal(line, slice_text("c2sp.org/tlog-proof@v1")) ||
        !take_field(&text, "extra", &line) || !encoding_from_base64(line, &receipt->extra) ||
        !take_field(&text, "index", &line) || !parse_decimal(line, &receipt->index)) {
        return false;
    }
    receipt->proof.count = 0;
    for (;;) {
        if (!take_line(&text, &line)) {
            return false;
        }
        if (line.size == 0) {
            break;
        }
        if (receipt->proof.count == MERKLE_MAX_LEVELS ||
            !parse_hash(line, &receipt->proof.hashes[receipt->proof.count])) {
            return false;
        }
        receipt->proof.count++;
    }
    receipt->checkpoint = text;
    return receipt->extra.size > LEAF_SIZE + SALT_SIZE;
}

static enum error check_parts(const struct receipt *receipt, struct slice vkey, struct slice tbs)
{
    const uint8_t *extra = receipt->extra.data;
    struct slice leaf_bytes = slice_of(extra, LEAF_SIZE);
    struct slice payload =
        slice_of(extra + LEAF_SIZE + SALT_SIZE, receipt->extra.size - LEAF_SIZE - SALT_SIZE);
    struct slice rest = receipt->checkpoint;
    struct slice name, origin;
    struct hash public_key;
    struct checkpoint checkpoint;
    struct leaf leaf;
    struct ballot ballot;
    if (leaf_decode(leaf_bytes, &leaf) != ERROR_NONE || leaf.type != EVENT_BALLOT ||
        !take_line(&rest, &name)) {
        return ERROR_RECEIPT_MALFORMED;
    }
    if (!note_parse_vkey(vkey, &origin, &public_key) || !slice_equal(name, origin)) {
        return ERROR_RECEIPT_WRONG_LOG;
    }
    if (!note_open(receipt->checkpoint, &public_key, &checkpoint)) {
        return ERROR_RECEIPT_BAD_CHECKPOINT;
    }
    if (!hash_equal(event_commitment(extra + LEAF_SIZE, leaf.type, payload), leaf.commitment)) {
        return ERROR_RECEIPT_BAD_COMMITMENT;
    }
    if (ballot_decode(payload, &ballot) != ERROR_NONE || !id_equal(ballot.poll, leaf.poll)) {
        return ERROR_RECEIPT_MALFORMED;
    }
    if (tbs.size > 0 && !slice_equal(tbs, ballot.tbs)) {
        return ERROR_RECEIPT_NOT_MINE;
    }
    bool included = merkle_verify_inclusion(merkle_leaf(leaf_bytes), receipt->index,
                                            checkpoint.size, &receipt->proof, checkpoint.root);
    return included ? ERROR_NONE : ERROR_RECEIPT_NOT_INCLUDED;
}

enum error receipt_check(struct slice receipt, struct slice vkey, struct slice tbs, uint64_t *seq)
{
    struct receipt parsed;
    *seq = 0;
    buffer_init(&parsed.extra, (size_t)LEAF_SIZE + SALT_SIZE + PAYLOAD_MAX);
    enum error error = ERROR_RECEIPT_MALFORMED;
    if (parse_receipt(receipt, &parsed)) {
        error = check_parts(&parsed, vkey, tbs);
    }
    if (error == ERROR_NONE) {
        *seq = parsed.index;
    }
    buffer_free(&parsed.extra);
    return error;
}
