/* The record for those who come back: a proof that the log they saw is the beginning of the log there is (ledger.md, Seals).
 * Nothing else of the record is read through commands; the public log is served as files. */
#include "assembly/concept.h"
#include "crypto/merkle.h"

enum { EPOCH_PROOF_MAX = 16384 };

static enum error proof(struct request *request)
{
    struct merkle_proof found;
    uint64_t from = (uint64_t)json_get_integer(request->params, "from");
    uint64_t to = (uint64_t)json_get_integer(request->params, "to");
    if (from == 0 || from > to || to > ledger_count(request_txn(request))) {
        return request_fault(request, "to", ERROR_LOG_BAD_RANGE);
    }
    enum error error = ledger_consistency(request_txn(request), from, to, &found);
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *hashes = json_array();
    for (size_t i = 0; i < found.count; i++) {
        json_array_append_new(hashes, json_base64url(hash_slice(&found.hashes[i])));
    }
    request->result = json_object();
    json_put(request->result, "hashes", hashes);
    return ERROR_NONE;
}

/* How a device that knows the epoch before learns of this one: the event that began it, to a seal. */
static enum error epoch(struct request *request)
{
    struct buffer text;
    buffer_init(&text, EPOCH_PROOF_MAX);
    enum error error = ledger_epoch_proof(
        request_txn(request), (uint32_t)json_get_integer(request->params, "epoch"), &text);
    if (error == ERROR_NONE) {
        request->result = json_object();
        json_put(request->result, "proof", json_text(buffer_slice(&text)));
    }
    buffer_free(&text);
    return error == ERROR_LOG_BAD_RANGE ? request_fault(request, "epoch", error) : error;
}

#define SIZE_MAX_EXACT INT64_C(9007199254740991)
static const struct field proof_params[] = {
    {.name = "from",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = SIZE_MAX_EXACT,
     .summary = "size of the tree seen before"},
    {.name = "to",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = SIZE_MAX_EXACT,
     .summary = "size of the tree seen now"},
    {0},
};
static const struct field hash_item = {
    .name = "hash", .type = FIELD_BYTES, .min = HASH_SIZE, .max = HASH_SIZE};
static const struct field proof_result[] = {
    {.name = "hashes", .type = FIELD_LIST, .item = &hash_item, .max = 2 * MERKLE_MAX_LEVELS},
    {0},
};
static const struct field epoch_params[] = {
    {.name = "epoch", .type = FIELD_INTEGER, .min = 2, .max = INT32_MAX},
    {0},
};
static const struct field epoch_result[] = {
    {.name = "proof",
     .type = FIELD_TEXT,
     .max = EPOCH_PROOF_MAX,
     .summary = "a tlog-proof: to the last seal of the epoch before, or to the newest"},
    {0},
};
static const enum error proof_errors[] = {ERROR_LOG_BAD_RANGE, ERROR_NONE};

static const struct command commands[] = {
    {.method = "log.proof",
     .who = WHO_READERS | WHO_SCREEN,
     .flags = COMMAND_READ | COMMAND_VOTING,
     .params = proof_params,
     .result = proof_result,
     .handle = proof,
     .errors = proof_errors,
     .summary = "Consistency proof between two sizes of the log (RFC 6962)",
     .example = "{\"from\":1,\"to\":2}"},
    {.method = "log.epoch",
     .who = WHO_READERS | WHO_SCREEN,
     .flags = COMMAND_READ | COMMAND_VOTING,
     .params = epoch_params,
     .result = epoch_result,
     .handle = epoch,
     .errors = proof_errors,
     .summary = "The event that began an epoch, and who vouches for it",
     .example = "{\"epoch\":2}"},
    {0},
};

/* What an erasure names is taken out of the store with its event; the leaves stay. */
static void apply_erasure(struct change *change)
{
    ledger_erase(change->txn, change->payload);
}

static const struct applies applies[] = {
    {EVENT_ERASURE, apply_erasure},
    {0},
};
const struct concept concept_log = {.name = "log", .commands = commands, .applies = applies};
