/* Events and leaves (ledger.md, Event types): the 59 bytes of a leaf, the salted commitment. */
#ifndef PALABRE_LEDGER_EVENT_H
#define PALABRE_LEDGER_EVENT_H

#include "base/error.h"
#include "base/id.h"
#include "crypto/crypto.h"

enum {
    LEAF_SIZE = 59,
    SALT_SIZE = 32,
    PAYLOAD_MAX = 16 * 1024 * 1024,
    NOTE_TEXT_MAX = 16384
}; /* bytes */

/* 1–31: binary, read by verifiers. 32–127: JSON, in every export. 128–255: JSON, personal or confidential. */
enum event_type {
    EVENT_GENESIS = 1,
    EVENT_MEMBER = 2,
    EVENT_KEY_ADDED = 3,
    EVENT_KEY_REVOKED = 4,
    EVENT_ROLL = 5,
    EVENT_POLL_DEFINED = 6,
    EVENT_POLL_OPENED = 7,
    EVENT_MANDATE = 8,
    EVENT_MANDATE_ENDED = 9,
    EVENT_BALLOT = 10,
    /* 11–13, 16, 17 reserved for secret ballots */
    EVENT_PAPER_BATCH = 14,
    EVENT_POLL_CLOSED = 15,
    EVENT_RESULT = 18,
    /* 19, 22, 24, 28–31 reserved */
    EVENT_ERASURE = 20,
    EVENT_EPOCH = 21,
    EVENT_ROLL_ADDED = 23,
    EVENT_POLL_EXTENDED = 25,
    EVENT_POLL_REOPENED = 26,
    EVENT_POLL_CANCELLED = 27,
    EVENT_ORGANISATION = 32,
    EVENT_POLL_DRAFT = 33,
    EVENT_PROPOSAL = 34,
    EVENT_SUPPORT = 35,
    EVENT_COMMENT = 36,
    EVENT_DECISION = 37,
    EVENT_TASK = 38,
    EVENT_MEETING = 39,
    EVENT_ATTENDANCE = 40,
    EVENT_MINUTES = 41,
    EVENT_ACT = 42,
    EVENT_GROUP = 43,
    EVENT_FILE = 44,
    EVENT_MEMBER_PROFILE = 128,
    EVENT_REPORT = 129,
    EVENT_STANDING = 130,
    EVENT_ERASED = 131,
    EVENT_POLL_WISH = 132,
    EVENT_INCIDENT = 133,
    EVENT_MEETING_CODE = 134,
    EVENT_MINUTES_DRAFT = 135,
};

struct event_kind {
    uint8_t type;
    const char *name; /* as in the record formats, e.g. "key-added" */
    bool has_poll;    /* the leaf carries a poll id */
    bool is_private;  /* class P: only in exports made with --with-private */
    bool is_erasable;
    bool is_json;
};
/* NULL for a reserved or unassigned number. Static. */
const struct event_kind *event_kind_of(uint8_t type);
/* The whole table, ascending by type; *count entries. Static. */
const struct event_kind *event_kinds(size_t *count);

/* Assigned among 1–31, or any number from 32 on (verifiers hash those and never read them). */
bool event_type_is_known(uint8_t type);
/* Class P, and erasable, for every number: unassigned JSON types by their range. */
bool event_type_is_private(uint8_t type);
bool event_type_is_erasable(uint8_t type);
/* A poll id where the type carries one, none where it does not. */
bool event_fits_poll(uint8_t type, struct id poll);

/* One event, before or after it is in the record. Slices are borrowed. */
struct event {
    uint8_t type;
    struct id poll;       /* none unless the kind has one */
    struct slice payload; /* 1 … PAYLOAD_MAX bytes; size 0 only when the opening is absent */
    struct slice note;    /* salt[32] ‖ text, of a ballot or a mandate; size 0 = none */
};

struct leaf {
    uint8_t type;
    uint64_t time_ms;
    struct id poll;
    struct hash commitment;
};
void leaf_encode(const struct leaf *leaf, uint8_t bytes[LEAF_SIZE]);
/* EVENT_BAD_LEAF: version, flags, unknown type, poll zeros or not as §2 says, number above 2^53 − 1. */
enum error leaf_decode(struct slice bytes, struct leaf *leaf);
/* H(tag(commit) ‖ salt ‖ type ‖ payload) */
struct hash event_commitment(const uint8_t salt[SALT_SIZE], uint8_t type, struct slice payload);
/* H(tag(note) ‖ salt ‖ text); note = salt ‖ text, 1–16,384 bytes of clean text, else BALLOT_BAD_NOTE. */
enum error event_note_hash(struct slice note, struct hash *hash);

#endif
