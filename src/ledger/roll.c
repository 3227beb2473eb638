/* The roll of a poll: fixed 25-byte entries, ascending by member id, under one Merkle root.
 *
 * A roll is a list that may be large (a payload holds up to 671,000 entries), so nothing is copied out of
 * it: roll_decode checks the whole payload once, roll_read then takes entries where they lie. The weights
 * of one payload sum below 2^53 whatever they are (671,000 × 2^32), so the sum needs no check here; the
 * limit that includes the method's factor is record_judge's. Start at roll_decode. */
#include "ledger/roll.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "base/reader.h"
#include "crypto/merkle.h"

enum { COUNT_SIZE = 4 }; /* bytes before the first entry */

void roll_encode_entry(const struct roll_entry *entry, uint8_t bytes[ROLL_ENTRY_SIZE])
{
    memcpy(bytes, entry->member.bytes, ID_SIZE);
    bytes_put_u32(bytes + 16, entry->weight);
    bytes_put_u32(bytes + 20, entry->shares);
    bytes[24] = entry->class_index;
}

void roll_encode(struct buffer *out, const struct roll_entry *entries, size_t count)
{
    assert_always(count >= 1 && count <= UINT32_MAX);
    buffer_append_u32(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        assert_always(entries[i].weight >= 1);
        assert_always(i == 0 || id_compare(entries[i - 1].member, entries[i].member) < 0);
        uint8_t *into = buffer_reserve(out, ROLL_ENTRY_SIZE);
        if (into == NULL) {
            return; /* full: the caller asks buffer_ok() */
        }
        roll_encode_entry(&entries[i], into);
    }
}

struct roll_summary roll_summarise(const struct roll_entry *entries, size_t count)
{
    assert_always(count <= UINT32_MAX);
    struct roll_summary summary = {.count = (uint32_t)count};
    struct hash *leaves = memory_new(count, sizeof *leaves);
    for (size_t i = 0; i < count; i++) {
        uint8_t bytes[ROLL_ENTRY_SIZE];
        roll_encode_entry(&entries[i], bytes);
        leaves[i] = merkle_leaf(slice_of(bytes, sizeof bytes));
        summary.weight += entries[i].weight;
    }
    summary.root = merkle_root(leaves, count);
    free(leaves);
    return summary;
}

static struct roll_entry read_entry(struct slice bytes)
{
    struct reader reader = reader_of(bytes);
    struct roll_entry entry;
    entry.member = reader_id(&reader);
    entry.weight = reader_u32(&reader);
    entry.shares = reader_u32(&reader);
    entry.class_index = reader_u8(&reader);
    return entry;
}

enum error roll_decode(struct slice payload, uint32_t *count)
{
    struct reader reader = reader_of(payload);
    uint32_t announced = reader_u32(&reader);
    *count = 0;
    if (reader.bad || announced == 0 || (uint64_t)announced * ROLL_ENTRY_SIZE != reader.left.size) {
        return ERROR_ROLL_MALFORMED;
    }
    struct id before = {{0}};
    for (uint32_t i = 0; i < announced; i++) {
        struct roll_entry entry = roll_read(payload, i);
        if (entry.weight == 0 || id_compare(before, entry.member) >= 0) {
            return ERROR_ROLL_MALFORMED; /* the first entry too: no member has the zero id */
        }
        before = entry.member;
    }
    *count = announced;
    return ERROR_NONE;
}

struct roll_entry roll_read(struct slice payload, uint32_t index)
{
    return read_entry(
        slice_of(payload.data + COUNT_SIZE + (size_t)index * ROLL_ENTRY_SIZE, ROLL_ENTRY_SIZE));
}

struct roll_summary roll_summarise_payload(struct slice payload, uint8_t *greatest_class)
{
    uint32_t count = 0;
    assert_always(roll_decode(payload, &count) == ERROR_NONE);
    struct roll_summary summary = {.count = count};
    struct hash *leaves = memory_new(count, sizeof *leaves);
    *greatest_class = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct roll_entry entry = roll_read(payload, i);
        const uint8_t *at = payload.data + COUNT_SIZE + (size_t)i * ROLL_ENTRY_SIZE;
        leaves[i] = merkle_leaf(slice_of(at, ROLL_ENTRY_SIZE));
        summary.weight += entry.weight;
        if (entry.class_index > *greatest_class) {
            *greatest_class = entry.class_index;
        }
    }
    summary.root = merkle_root(leaves, count);
    free(leaves);
    return summary;
}
