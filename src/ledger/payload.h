/* Payloads of the smaller binary events (ledger.md, Event types): genesis, member, keys, poll opening … cancelling.
 * Encoders append to a buffer; decoders are strict (exact length, every value in its range) and borrow from the payload. */
#ifndef PALABRE_LEDGER_PAYLOAD_H
#define PALABRE_LEDGER_PAYLOAD_H

#include "base/buffer.h"
#include "base/error.h"
#include "ledger/event.h"

enum member_status {
    MEMBER_INVITED = 1,
    MEMBER_ACTIVE = 2,
    MEMBER_DORMANT = 3,
    MEMBER_LEFT = 4,
    MEMBER_ERASED = 5,
    MEMBER_EXTERNAL = 6,
};
enum role {
    ROLE_CHAIR = 1,
    ROLE_FACILITATOR = 2,
    ROLE_SECRETARY = 4,
    ROLE_SCRUTINEER = 8,
    ROLE_MEMBER = 16,
    ROLE_OBSERVER = 32,
    ROLE_AUDITOR = 64,
    ROLE_ADMIN = 128,
};
struct payload_genesis {
    struct id org;
    struct slice origin;
    struct hash ledger_pk;
};
struct payload_member {
    struct id member;
    enum member_status status;
    uint16_t roles;
};
enum key_kind { KEY_DEVICE = 1, KEY_CARD = 2 };
enum key_via { VIA_INVITATION = 1, VIA_EMAIL = 2, VIA_DEVICE = 3, VIA_OFFICER = 4, VIA_CARD = 5 };
struct payload_key_added {
    struct id org, member;
    struct hash pk;
    enum key_kind kind;
    struct id scope; /* the meeting of a card, else none */
    uint8_t proof[SIGNATURE_SIZE];
    enum key_via via;
    struct id by; /* the officer for VIA_OFFICER and VIA_CARD, else none */
};
enum key_reason {
    KEY_LOST = 1,
    KEY_REPLACED = 2,
    KEY_LEFT = 3,
    KEY_BY_OFFICE = 4,
    KEY_CARD_EXPIRED = 5
};
struct payload_key_revoked {
    struct hash pk;
    enum key_reason reason;
};
/* Presence recorded by a meeting's desk; count 0 = not kept, else 1 + classes: overall, then per class. */
struct payload_headcount {
    uint32_t heads;
    uint64_t weight, shares;
};
struct payload_presence {
    uint8_t count;
    struct payload_headcount of[33];
};
struct payload_poll_opened {
    struct hash poll_hash;
    struct payload_presence presence;
};
enum close_why { CLOSED_BY_HAND = 1, CLOSED_BY_DATE = 2 };
struct payload_poll_closed {
    struct hash poll_hash;
    enum close_why why;
    struct payload_presence presence;
};
struct payload_poll_extended {
    uint64_t closes_ms;
};
struct payload_poll_reopened {
    uint64_t closes_ms;
    struct slice reason;
};
struct payload_poll_cancelled {
    struct slice reason;
};
struct payload_epoch {
    uint32_t epoch;
    struct slice origin;
    struct hash ledger_pk;
    uint8_t cause;
    struct hash root;
    uint64_t lost_size;
    struct hash lost_root;
};

enum erasure_what { ERASE_OPENING = 1, ERASE_NOTE = 2 };
struct payload_erasure {
    uint8_t reason; /* 1 the person asked, 2 retention over, 3 authority, 4 moderation */
    enum erasure_what what;
    uint32_t count;
    struct slice ranges; /* count × (first u64 ‖ count u32) */
};
struct payload_range {
    uint64_t first;
    uint32_t count;
};

/* The body a device signs to enrol (103 bytes): tag(device-key) ‖ org ‖ member ‖ pk ‖ kind ‖ scope. */
void payload_key_body(struct buffer *out, const struct payload_key_added *key);
void payload_encode_genesis(struct buffer *out, const struct payload_genesis *value);
void payload_encode_member(struct buffer *out, const struct payload_member *value);
void payload_encode_key_added(struct buffer *out, const struct payload_key_added *value);
void payload_encode_key_revoked(struct buffer *out, const struct payload_key_revoked *value);
void payload_encode_poll_opened(struct buffer *out, const struct payload_poll_opened *value);
void payload_encode_poll_closed(struct buffer *out, const struct payload_poll_closed *value);
void payload_encode_poll_extended(struct buffer *out, const struct payload_poll_extended *value);
void payload_encode_poll_reopened(struct buffer *out, const struct payload_poll_reopened *value);
void payload_encode_poll_cancelled(struct buffer *out, const struct payload_poll_cancelled *value);
void payload_encode_epoch(struct buffer *out, const struct payload_epoch *value);
/* Ascending ranges with a gap of at least one leaf between them (a bug otherwise). */
void payload_encode_erasure(struct buffer *out, uint8_t reason, enum erasure_what what,
                            const struct payload_range *ranges, uint32_t count);
/* Form alone; whether the leaves may be erased is record_judge's. ERASURE_BAD. */
enum error payload_decode_erasure(struct slice payload, struct payload_erasure *value);
/* index < value->count of a payload that was accepted. */
struct payload_range payload_erasure_range(const struct payload_erasure *value, uint32_t index);
/* Each answers its own …_MALFORMED. */
enum error payload_decode_genesis(struct slice payload, struct payload_genesis *value);
enum error payload_decode_member(struct slice payload, struct payload_member *value);
enum error payload_decode_key_added(struct slice payload, struct payload_key_added *value);
enum error payload_decode_key_revoked(struct slice payload, struct payload_key_revoked *value);
enum error payload_decode_poll_opened(struct slice payload, struct payload_poll_opened *value);
enum error payload_decode_poll_closed(struct slice payload, struct payload_poll_closed *value);
enum error payload_decode_poll_extended(struct slice payload, struct payload_poll_extended *value);
enum error payload_decode_poll_reopened(struct slice payload, struct payload_poll_reopened *value);
enum error payload_decode_poll_cancelled(struct slice payload,
                                         struct payload_poll_cancelled *value);
enum error payload_decode_epoch(struct slice payload, struct payload_epoch *value);

#endif
