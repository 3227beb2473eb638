/* Votes out of an exported record: an election that can be counted, or the event that is wrong.
 *
 * The first byte of an input chooses the options of the count. With its highest bit the rest is events.ndjson as it stands.
 * Else it is events, each a type, two bytes of length and the payload; their lines are made here, with leaves that fit, so
 * that mutated payloads get past the commitments. */
#include "base/encoding.h"
#include "ledger/event.h"
#include "tests/fuzz/elections.h"
#include "tests/fuzz/fuzz.h"

enum { EVENTS_MAX_BYTES = 16 << 20, RAW = 128 };

static const struct id poll = {{7}};
static const uint8_t salt[SALT_SIZE];

static void append_field(struct buffer *out, const char *name, struct slice bytes)
{
    buffer_format(out, ",\"%s\":\"", name);
    encoding_base64(out, bytes);
    buffer_append_text(out, "\"");
}

static void append_event(struct buffer *out, unsigned seq, uint8_t type, struct slice payload)
{
    uint8_t bytes[LEAF_SIZE];
    const struct event_kind *kind = event_kind_of(type);
    struct leaf leaf = {.type = type, .commitment = event_commitment(salt, type, payload)};
    if (kind != NULL && kind->has_poll) {
        leaf.poll = poll;
    }
    leaf_encode(&leaf, bytes);
    buffer_format(out, "{\"seq\":%u", seq);
    append_field(out, "leaf", slice_of(bytes, LEAF_SIZE));
    if (payload.size > 0) {
        append_field(out, "salt", slice_of(salt, SALT_SIZE));
        append_field(out, "payload", payload);
    }
    buffer_append_text(out, "}\n");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = slice_of(data, size);
    uint8_t mode = fuzz_byte(&input);
    struct buffer events;
    struct election_file file = {.name = "", .scope = slice_text("private 0\n")};
    buffer_init(&events, EVENTS_MAX_BYTES);
    for (unsigned seq = 0; (mode & RAW) == 0 && input.size > 0; seq++) {
        uint8_t type = fuzz_byte(&input);
        size_t length = fuzz_number(&input);
        struct slice payload = slice_of(input.data, length < input.size ? length : input.size);
        append_event(&events, seq, type, payload);
        input = slice_of(input.data + payload.size, input.size - payload.size);
    }
    fuzz_check(buffer_ok(&events));
    file.bytes = (mode & RAW) != 0 ? input : buffer_slice(&events);
    elections_try(&file, mode, 0);
    buffer_free(&events);
    return 0;
}
