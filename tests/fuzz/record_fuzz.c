/* Every decoder of the record formats: no bytes may break one, and bytes that are accepted have one encoding.
 *
 * The first byte of an input chooses the decoder from the table, the rest is what it reads. After a success the value is
 * encoded again and must give the same bytes: a payload that could be written in two ways could be hashed in two. */
#include "crypto/note.h"
#include "ledger/ballot.h"
#include "ledger/choice.h"
#include "ledger/definition.h"
#include "ledger/ledger.h"
#include "ledger/mandate.h"
#include "ledger/paper.h"
#include "ledger/payload.h"
#include "ledger/result.h"
#include "ledger/roll.h"
#include "tests/fuzz/fuzz.h"

enum { OUT_MAX = 1 << 20 };

/* `out` holds what the value encodes to. */
static void expect_same(struct buffer *out, struct slice bytes)
{
    fuzz_check(buffer_ok(out));
    fuzz_check(slice_equal(buffer_slice(out), bytes));
    buffer_free(out);
}

#define PAYLOAD(name)                                                                              \
    static void try_##name(struct slice bytes)                                                     \
    {                                                                                              \
        struct payload_##name value;                                                               \
        struct buffer out;                                                                         \
        if (payload_decode_##name(bytes, &value) == ERROR_NONE) {                                  \
            buffer_init(&out, OUT_MAX);                                                            \
            payload_encode_##name(&out, &value);                                                   \
            expect_same(&out, bytes);                                                              \
        }                                                                                          \
    }
PAYLOAD(genesis)
PAYLOAD(member)
PAYLOAD(key_added)
PAYLOAD(key_revoked)
PAYLOAD(poll_opened)
PAYLOAD(poll_closed)
PAYLOAD(poll_extended)
PAYLOAD(poll_reopened)
PAYLOAD(poll_cancelled)
PAYLOAD(epoch)

static void try_erasure(struct slice bytes)
{
    struct payload_erasure value;
    struct payload_range ranges[256];
    struct buffer out;
    if (payload_decode_erasure(bytes, &value) != ERROR_NONE || value.count > 256) {
        return;
    }
    for (uint32_t at = 0; at < value.count; at++) {
        ranges[at] = payload_erasure_range(&value, at);
    }
    buffer_init(&out, OUT_MAX);
    payload_encode_erasure(&out, value.reason, value.what, ranges, value.count);
    expect_same(&out, bytes);
}

static void try_leaf(struct slice bytes)
{
    struct leaf leaf;
    uint8_t again[LEAF_SIZE];
    if (leaf_decode(bytes, &leaf) == ERROR_NONE) {
        leaf_encode(&leaf, again);
        fuzz_check(slice_equal(slice_of(again, LEAF_SIZE), bytes));
        fuzz_check(event_type_is_known(leaf.type) && event_fits_poll(leaf.type, leaf.poll));
    }
}

static void try_roll(struct slice bytes)
{
    static struct roll_entry entries[OUT_MAX / ROLL_ENTRY_SIZE];
    struct buffer out;
    uint32_t count;
    uint8_t greatest;
    if (roll_decode(bytes, &count) != ERROR_NONE) {
        return;
    }
    fuzz_check((uint64_t)count * ROLL_ENTRY_SIZE + 4 == bytes.size);
    for (uint32_t at = 0; at < count; at++) {
        entries[at] = roll_read(bytes, at);
    }
    buffer_init(&out, OUT_MAX);
    roll_encode(&out, entries, count);
    expect_same(&out, bytes);
    struct roll_summary one = roll_summarise(entries, count);
    struct roll_summary other = roll_summarise_payload(bytes, &greatest);
    fuzz_check(hash_equal(one.root, other.root) && one.count == other.count &&
               one.weight == other.weight);
}

/* The rest of the input after the definition is a choice for it. */
static void try_definition(struct slice bytes)
{
    struct arena arena;
    struct definition definition;
    struct buffer out;
    uint16_t size = fuzz_number(&bytes);
    struct slice head = slice_of(bytes.data, size < bytes.size ? size : bytes.size);
    struct slice choice = head.size == bytes.size
                              ? slice_of(NULL, 0)
                              : slice_of(bytes.data + head.size, bytes.size - head.size);
    arena_init(&arena, DEFINITION_ARENA);
    if (definition_decode(head, &arena, &definition) == ERROR_NONE) {
        buffer_init(&out, OUT_MAX);
        definition_encode(&out, &definition);
        expect_same(&out, head);
        definition_check_choice(&definition, choice);
        fuzz_check(definition_method_name(definition.method) != NULL);
    }
    arena_free(&arena);
}

static void try_choice(struct slice bytes)
{
    struct choice_rules rules = {.form = fuzz_byte(&bytes),
                                 .flags = fuzz_number(&bytes),
                                 .n_option = fuzz_byte(&bytes),
                                 .min = fuzz_byte(&bytes),
                                 .max = fuzz_byte(&bytes),
                                 .grades = fuzz_byte(&bytes),
                                 .points = fuzz_byte(&bytes),
                                 .cap = fuzz_byte(&bytes),
                                 .budget = fuzz_number(&bytes)};
    static uint8_t options[256 * OPTION_BYTES];
    for (size_t at = 0; at < 256; at++) {
        options[at * OPTION_BYTES + OPTION_BYTES - 1] = (uint8_t)at;
    }
    rules.option_bytes = slice_of(options, (size_t)rules.n_option * OPTION_BYTES);
    choice_check(&rules, bytes);
}

static void try_ballot(struct slice bytes)
{
    struct ballot ballot;
    struct buffer out;
    if (ballot_decode(bytes, &ballot) == ERROR_NONE) {
        buffer_init(&out, OUT_MAX);
        ballot_encode_tbs(&out, &ballot);
        fuzz_check(slice_equal(buffer_slice(&out), ballot.tbs));
        buffer_append(&out, ballot.signature, SIGNATURE_SIZE);
        expect_same(&out, bytes);
        ballot_signature_is_good(&ballot);
    }
}

static void append_signatures(struct buffer *out, const struct mandate_signers *signers)
{
    for (unsigned at = 0; at < (unsigned)signers->form; at++) {
        buffer_append(out, signers->signature[at], SIGNATURE_SIZE);
    }
}

static void try_mandate(struct slice bytes)
{
    struct mandate mandate;
    struct buffer out;
    if (mandate_decode(bytes, &mandate) == ERROR_NONE) {
        buffer_init(&out, OUT_MAX);
        mandate_encode_body(&out, &mandate);
        fuzz_check(slice_equal(buffer_slice(&out), mandate.body));
        append_signatures(&out, &mandate.signers);
        expect_same(&out, bytes);
        mandate_signatures_are_good(&mandate.signers, mandate.body);
    }
}

static void try_mandate_end(struct slice bytes)
{
    struct mandate_end end;
    struct buffer out;
    if (mandate_end_decode(bytes, &end) == ERROR_NONE) {
        buffer_init(&out, OUT_MAX);
        mandate_end_encode_body(&out, &end);
        append_signatures(&out, &end.signers);
        expect_same(&out, bytes);
    }
}

static void try_paper(struct slice bytes)
{
    struct paper_batch batch;
    struct paper_choice choice;
    struct buffer out, choices;
    if (paper_decode(bytes, &batch) != ERROR_NONE) {
        return;
    }
    buffer_init(&choices, OUT_MAX);
    struct reader reader = reader_of(batch.choices);
    uint32_t count = 0;
    for (; paper_next_choice(&reader, &choice); count++) {
        paper_encode_choice(&choices, &choice);
    }
    fuzz_check(count == batch.n_choice);
    expect_same(&choices, batch.choices);
    buffer_init(&out, OUT_MAX);
    paper_encode_body(&out, &batch);
    buffer_append(&out, batch.signature[0], SIGNATURE_SIZE);
    buffer_append(&out, batch.signature[1], SIGNATURE_SIZE);
    expect_same(&out, bytes);
}

static void try_result(struct slice bytes)
{
    static uint64_t scores[RESULT_MAX_SCORES];
    static uint16_t winners[RESULT_MAX_WINNERS];
    struct result result;
    struct buffer out;
    if (result_decode(bytes, &result, scores, RESULT_MAX_SCORES, winners, RESULT_MAX_WINNERS) ==
        ERROR_NONE) {
        buffer_init(&out, OUT_MAX);
        result_encode(&out, &result);
        expect_same(&out, bytes);
    }
}

static void try_note_text(struct slice bytes)
{
    struct hash hash;
    event_note_hash(bytes, &hash);
}

static void try_vkey(struct slice bytes)
{
    struct slice origin;
    struct hash key;
    struct buffer out;
    if (note_parse_vkey(bytes, &origin, &key)) {
        buffer_init(&out, OUT_MAX);
        note_vkey(&out, origin, &key);
        expect_same(&out, bytes);
    }
}

static struct key_pair ledger_key(void)
{
    static const uint8_t seed[SEED_SIZE] = {3};
    return crypto_key_pair(seed);
}

/* The signature of a mutated note never fits, so the parsed part is signed again and opened. */
static void try_checkpoint(struct slice bytes)
{
    struct key_pair key = ledger_key();
    struct checkpoint checkpoint, again;
    struct buffer out;
    if (note_open(bytes, &key.public_key, &checkpoint)) {
        buffer_init(&out, OUT_MAX);
        note_sign(&out, &checkpoint, &key);
        fuzz_check(note_open(buffer_slice(&out), &key.public_key, &again));
        fuzz_check(again.size == checkpoint.size && hash_equal(again.root, checkpoint.root));
        buffer_free(&out);
    }
}

/* Text lines as they come, under our own signature: what note_open makes of witness lines and numbers. */
static void try_signed_text(struct slice bytes)
{
    struct key_pair key = ledger_key();
    struct checkpoint checkpoint;
    struct slice text = fuzz_until(&bytes, 0);
    struct slice origin = text;
    struct buffer out;
    uint8_t signature[SIGNATURE_SIZE];
    origin = fuzz_until(&origin, '\n');
    if (!note_origin_is_good(origin)) {
        return;
    }
    struct checkpoint plain = {.origin = origin, .size = 1};
    buffer_init(&out, OUT_MAX);
    note_sign(&out, &plain, &key);
    buffer_append_slice(&out, bytes); /* witness lines */
    note_open(buffer_slice(&out), &key.public_key, &checkpoint);
    buffer_free(&out);
    crypto_sign(&key, text, signature);
    note_open(text, &key.public_key, &checkpoint);
}

static void try_receipt(struct slice bytes)
{
    struct slice vkey = fuzz_until(&bytes, '\n');
    uint64_t seq;
    receipt_check(bytes, vkey, slice_of(NULL, 0), &seq);
    receipt_check(bytes, vkey, slice_of("x", 1), &seq);
}

static void (*const decoders[])(struct slice bytes) = {
    try_leaf,        try_genesis,    try_member,        try_key_added,     try_key_revoked,
    try_roll,        try_definition, try_poll_opened,   try_mandate,       try_mandate_end,
    try_ballot,      try_choice,     try_note_text,     try_signed_text,   try_paper,
    try_poll_closed, try_vkey,       try_checkpoint,    try_result,        try_receipt,
    try_erasure,     try_epoch,      try_poll_extended, try_poll_reopened, try_poll_cancelled,
};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return crypto_start() ? 0 : 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = slice_of(data, size);
    uint8_t which = fuzz_byte(&input);
    if (which < sizeof decoders / sizeof decoders[0] && size <= OUT_MAX / 2) {
        decoders[which](input);
    }
    return 0;
}
