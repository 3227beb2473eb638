/* Codecs of the smaller binary payloads, one pair per event type.
 *
 * Every decoder reads all fields in order, then asks once whether the bytes ended exactly there and every
 * value is in its range; what needs the rest of the record (is the member known, is the poll open) is
 * record_judge's. Encoders take values the caller has checked. Start at payload_decode_key_added, the
 * largest of them. */
#include "ledger/payload.h"

#include "base/fatal.h"
#include "base/reader.h"
#include "crypto/note.h"

enum { PRESENCE_MAX = 33, STATUS_MAX = MEMBER_EXTERNAL, ROLES_ALL = 0xFF };

/* With the NUL that ends the literal, these are the bytes of tag(x). */
static const char KEY_TAG[] = "palabre/v1/device-key";

static void append_id(struct buffer *out, struct id id)
{
    buffer_append(out, id.bytes, ID_SIZE);
}

static void append_hash(struct buffer *out, struct hash hash)
{
    buffer_append(out, hash.bytes, HASH_SIZE);
}

/* genesis, epoch */

void payload_encode_genesis(struct buffer *out, const struct payload_genesis *value)
{
    append_id(out, value->org);
    buffer_append_str(out, value->origin);
    append_hash(out, value->ledger_pk);
}

enum error payload_decode_genesis(struct slice payload, struct payload_genesis *value)
{
    struct reader reader = reader_of(payload);
    value->org = reader_id(&reader);
    value->origin = reader_str(&reader);
    value->ledger_pk = reader_hash(&reader);
    if (!reader_done(&reader) || id_is_none(value->org) || !note_origin_is_good(value->origin)) {
        return ERROR_GENESIS_MALFORMED;
    }
    return ERROR_NONE;
}

void payload_encode_epoch(struct buffer *out, const struct payload_epoch *value)
{
    buffer_append_u32(out, value->epoch);
    buffer_append_str(out, value->origin);
    append_hash(out, value->ledger_pk);
    buffer_append_u8(out, value->cause);
    append_hash(out, value->root);
    buffer_append_u64(out, value->lost_size);
    append_hash(out, value->lost_root);
}

enum error payload_decode_epoch(struct slice payload, struct payload_epoch *value)
{
    struct reader reader = reader_of(payload);
    value->epoch = reader_u32(&reader);
    value->origin = reader_str(&reader);
    value->ledger_pk = reader_hash(&reader);
    value->cause = reader_u8(&reader);
    value->root = reader_hash(&reader);
    value->lost_size = reader_u64(&reader);
    value->lost_root = reader_hash(&reader);
    bool good = reader_done(&reader) && value->epoch >= 2 && note_origin_is_good(value->origin) &&
                (value->cause == 1 || value->cause == 2) &&
                (value->lost_size == 0) == hash_is_none(value->lost_root);
    return good ? ERROR_NONE : ERROR_EPOCH_MALFORMED;
}

/* erasure */

enum { RANGE_SIZE = 12, ERASURE_REASON_MAX = 4 };

void payload_encode_erasure(struct buffer *out, uint8_t reason, enum erasure_what what,
                            const struct payload_range *ranges, uint32_t count)
{
    buffer_append_u8(out, reason);
    buffer_append_u8(out, (uint8_t)what);
    buffer_append_u32(out, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_always(i == 0 || ranges[i - 1].first + ranges[i - 1].count < ranges[i].first);
        buffer_append_u64(out, ranges[i].first);
        buffer_append_u32(out, ranges[i].count);
    }
}

struct payload_range payload_erasure_range(const struct payload_erasure *value, uint32_t index)
{
    struct reader reader =
        reader_of(slice_of(value->ranges.data + (size_t)index * RANGE_SIZE, RANGE_SIZE));
    struct payload_range range;
    range.first = reader_u64(&reader);
    range.count = reader_u32(&reader);
    return range;
}

enum error payload_decode_erasure(struct slice payload, struct payload_erasure *value)
{
    struct reader reader = reader_of(payload);
    value->reason = reader_u8(&reader);
    value->what = (enum erasure_what)reader_u8(&reader);
    value->count = reader_u32(&reader);
    value->ranges = reader.left;
    if (reader.bad || value->reason < 1 || value->reason > ERASURE_REASON_MAX ||
        (value->what != ERASE_OPENING && value->what != ERASE_NOTE) || value->count == 0 ||
        (uint64_t)value->count * RANGE_SIZE != reader.left.size) {
        return ERROR_ERASURE_BAD;
    }
    uint64_t next = 0; /* the least seq the next range may begin at */
    while (reader.left.size > 0) {
        uint64_t first = reader_u64(&reader);
        uint32_t count = reader_u32(&reader);
        if (reader.bad || count == 0 || first < next) {
            return ERROR_ERASURE_BAD;
        }
        next = first + count + 1;
    }
    return ERROR_NONE;
}

/* member */

void payload_encode_member(struct buffer *out, const struct payload_member *value)
{
    append_id(out, value->member);
    buffer_append_u8(out, (uint8_t)value->status);
    buffer_append_u16(out, value->roles);
}

enum error payload_decode_member(struct slice payload, struct payload_member *value)
{
    struct reader reader = reader_of(payload);
    value->member = reader_id(&reader);
    uint8_t status = reader_u8(&reader);
    value->roles = reader_u16(&reader);
    value->status = (enum member_status)status;
    if (!reader_done(&reader) || id_is_none(value->member) || status < MEMBER_INVITED ||
        status > STATUS_MAX || value->roles > ROLES_ALL) {
        return ERROR_MEMBER_MALFORMED;
    }
    return ERROR_NONE;
}

/* keys */

void payload_key_body(struct buffer *out, const struct payload_key_added *key)
{
    buffer_append(out, KEY_TAG, sizeof KEY_TAG);
    append_id(out, key->org);
    append_id(out, key->member);
    append_hash(out, key->pk);
    buffer_append_u8(out, (uint8_t)key->kind);
    append_id(out, key->scope);
}

void payload_encode_key_added(struct buffer *out, const struct payload_key_added *value)
{
    payload_key_body(out, value);
    buffer_append(out, value->proof, SIGNATURE_SIZE);
    buffer_append_u8(out, (uint8_t)value->via);
    append_id(out, value->by);
}

/* Scope and via belong to the kind, `by` to the via. */
static bool key_fields_fit(const struct payload_key_added *key)
{
    bool card = key->kind == KEY_CARD;
    bool handed_over = key->via == VIA_OFFICER || key->via == VIA_CARD;
    return (card || key->kind == KEY_DEVICE) && card != id_is_none(key->scope) &&
           key->via >= VIA_INVITATION && key->via <= VIA_CARD && card == (key->via == VIA_CARD) &&
           handed_over != id_is_none(key->by);
}

enum error payload_decode_key_added(struct slice payload, struct payload_key_added *value)
{
    struct reader reader = reader_of(payload);
    reader_expect(&reader, slice_of(KEY_TAG, sizeof KEY_TAG));
    value->org = reader_id(&reader);
    value->member = reader_id(&reader);
    value->pk = reader_hash(&reader);
    value->kind = (enum key_kind)reader_u8(&reader);
    value->scope = reader_id(&reader);
    reader_copy(&reader, value->proof, SIGNATURE_SIZE);
    value->via = (enum key_via)reader_u8(&reader);
    value->by = reader_id(&reader);
    return reader_done(&reader) && key_fields_fit(value) ? ERROR_NONE : ERROR_KEY_ADDED_MALFORMED;
}

void payload_encode_key_revoked(struct buffer *out, const struct payload_key_revoked *value)
{
    append_hash(out, value->pk);
    buffer_append_u8(out, (uint8_t)value->reason);
}

enum error payload_decode_key_revoked(struct slice payload, struct payload_key_revoked *value)
{
    struct reader reader = reader_of(payload);
    value->pk = reader_hash(&reader);
    value->reason = (enum key_reason)reader_u8(&reader);
    bool good =
        reader_done(&reader) && value->reason >= KEY_LOST && value->reason <= KEY_CARD_EXPIRED;
    return good ? ERROR_NONE : ERROR_KEY_REVOKED_MALFORMED;
}

/* opening and closing of a poll */

static void append_presence(struct buffer *out, const struct payload_presence *presence)
{
    buffer_append_u8(out, presence->count);
    for (unsigned i = 0; i < presence->count; i++) {
        buffer_append_u32(out, presence->of[i].heads);
        buffer_append_u64(out, presence->of[i].weight);
        buffer_append_u64(out, presence->of[i].shares);
    }
}

static void read_presence(struct reader *reader, struct payload_presence *presence)
{
    *presence = (struct payload_presence){.count = reader_u8(reader)};
    if (presence->count > PRESENCE_MAX) {
        reader->bad = true;
        return;
    }
    for (unsigned i = 0; i < presence->count; i++) {
        presence->of[i].heads = reader_u32(reader);
        presence->of[i].weight = reader_u64(reader);
        presence->of[i].shares = reader_u64(reader);
    }
}

void payload_encode_poll_opened(struct buffer *out, const struct payload_poll_opened *value)
{
    append_hash(out, value->poll_hash);
    append_presence(out, &value->presence);
}

enum error payload_decode_poll_opened(struct slice payload, struct payload_poll_opened *value)
{
    struct reader reader = reader_of(payload);
    value->poll_hash = reader_hash(&reader);
    read_presence(&reader, &value->presence);
    return reader_done(&reader) ? ERROR_NONE : ERROR_POLL_OPENED_MALFORMED;
}

void payload_encode_poll_closed(struct buffer *out, const struct payload_poll_closed *value)
{
    append_hash(out, value->poll_hash);
    buffer_append_u8(out, (uint8_t)value->why);
    append_presence(out, &value->presence);
}

enum error payload_decode_poll_closed(struct slice payload, struct payload_poll_closed *value)
{
    struct reader reader = reader_of(payload);
    value->poll_hash = reader_hash(&reader);
    value->why = (enum close_why)reader_u8(&reader);
    read_presence(&reader, &value->presence);
    bool good =
        reader_done(&reader) && (value->why == CLOSED_BY_HAND || value->why == CLOSED_BY_DATE);
    return good ? ERROR_NONE : ERROR_POLL_CLOSED_MALFORMED;
}

void payload_encode_poll_extended(struct buffer *out, const struct payload_poll_extended *value)
{
    buffer_append_u64(out, value->closes_ms);
}

enum error payload_decode_poll_extended(struct slice payload, struct payload_poll_extended *value)
{
    struct reader reader = reader_of(payload);
    value->closes_ms = reader_u64(&reader);
    return reader_done(&reader) ? ERROR_NONE : ERROR_POLL_EXTENDED_MALFORMED;
}

void payload_encode_poll_reopened(struct buffer *out, const struct payload_poll_reopened *value)
{
    buffer_append_u64(out, value->closes_ms);
    buffer_append_long_text(out, value->reason);
}

enum error payload_decode_poll_reopened(struct slice payload, struct payload_poll_reopened *value)
{
    struct reader reader = reader_of(payload);
    value->closes_ms = reader_u64(&reader);
    value->reason = reader_text(&reader);
    return reader_done(&reader) ? ERROR_NONE : ERROR_POLL_REOPENED_MALFORMED;
}

void payload_encode_poll_cancelled(struct buffer *out, const struct payload_poll_cancelled *value)
{
    buffer_append_long_text(out, value->reason);
}

enum error payload_decode_poll_cancelled(struct slice payload, struct payload_poll_cancelled *value)
{
    struct reader reader = reader_of(payload);
    value->reason = reader_text(&reader);
    return reader_done(&reader) ? ERROR_NONE : ERROR_POLL_CANCELLED_MALFORMED;
}
