/* The table of event types and the 59 bytes of a leaf.
 *
 * Start at `kinds`: every assigned number with what a verifier must know about it. Numbers 1–31 that are
 * not listed are reserved and refused wherever they appear; numbers from 32 on are JSON that verifiers
 * hash and never read, so a leaf with an unassigned one is still a leaf (a later version wrote it).
 * A commitment hides the payload behind a random salt: erasing salt and payload leaves nothing to guess. */
#include "ledger/event.h"

#include "base/bytes.h"
#include "base/reader.h"
#include "base/utf8.h"

enum { LEAF_VERSION = 1, FIRST_JSON = 32, FIRST_PRIVATE_JSON = 128 };

/* type, name, has_poll, is_private, is_erasable, is_json */
static const struct event_kind kinds[] = {
    {EVENT_GENESIS, "genesis", false, false, false, false},
    {EVENT_MEMBER, "member", false, false, false, false},
    {EVENT_KEY_ADDED, "key-added", false, false, false, false},
    {EVENT_KEY_REVOKED, "key-revoked", false, false, false, false},
    {EVENT_ROLL, "roll", true, true, true, false},
    {EVENT_POLL_DEFINED, "poll-defined", true, false, true, false},
    {EVENT_POLL_OPENED, "poll-opened", true, false, false, false},
    {EVENT_MANDATE, "mandate", false, true, true, false},
    {EVENT_MANDATE_ENDED, "mandate-ended", false, true, false, false},
    {EVENT_BALLOT, "ballot", true, true, true, false},
    {EVENT_PAPER_BATCH, "paper-batch", true, true, true, false},
    {EVENT_POLL_CLOSED, "poll-closed", true, false, false, false},
    {EVENT_RESULT, "result", true, false, false, false},
    {EVENT_ERASURE, "erasure", false, false, false, false},
    {EVENT_EPOCH, "epoch", false, false, false, false},
    {EVENT_ROLL_ADDED, "roll-added", true, true, true, false},
    {EVENT_POLL_EXTENDED, "poll-extended", true, false, false, false},
    {EVENT_POLL_REOPENED, "poll-reopened", true, false, false, false},
    {EVENT_POLL_CANCELLED, "poll-cancelled", true, false, false, false},
    {EVENT_ORGANISATION, "organisation", false, false, true, true},
    {EVENT_POLL_DRAFT, "poll-draft", false, false, true, true},
    {EVENT_PROPOSAL, "proposal", false, false, true, true},
    {EVENT_SUPPORT, "support", false, false, true, true},
    {EVENT_COMMENT, "comment", false, false, true, true},
    {EVENT_DECISION, "decision", false, false, true, true},
    {EVENT_TASK, "task", false, false, true, true},
    {EVENT_MEETING, "meeting", false, false, true, true},
    {EVENT_ATTENDANCE, "attendance", false, false, true, true},
    {EVENT_MINUTES, "minutes", false, false, true, true},
    {EVENT_ACT, "act", false, false, true, true},
    {EVENT_GROUP, "group", false, false, true, true},
    {EVENT_FILE, "file", false, false, true, true},
    {EVENT_MEMBER_PROFILE, "member-profile", false, true, true, true},
    {EVENT_REPORT, "report", false, true, true, true},
    {EVENT_STANDING, "standing", false, true, true, true},
    {EVENT_ERASED, "erased", false, true, true, true},
    {EVENT_POLL_WISH, "poll-wish", false, true, true, true},
    {EVENT_INCIDENT, "incident-names", false, true, true, true},
    {EVENT_MEETING_CODE, "meeting-code", false, true, true, true},
    {EVENT_MINUTES_DRAFT, "minutes-draft", false, true, true, true},
};

const struct event_kind *event_kinds(size_t *count)
{
    *count = sizeof kinds / sizeof kinds[0];
    return kinds;
}

const struct event_kind *event_kind_of(uint8_t type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].type == type) {
            return &kinds[i];
        }
    }
    return NULL;
}

bool event_type_is_known(uint8_t type)
{
    return type >= FIRST_JSON || event_kind_of(type) != NULL;
}

bool event_type_is_private(uint8_t type)
{
    const struct event_kind *kind = event_kind_of(type);
    return kind != NULL ? kind->is_private : type >= FIRST_PRIVATE_JSON;
}

bool event_type_is_erasable(uint8_t type)
{
    const struct event_kind *kind = event_kind_of(type);
    return kind != NULL ? kind->is_erasable : type >= FIRST_JSON;
}

bool event_fits_poll(uint8_t type, struct id poll)
{
    const struct event_kind *kind = event_kind_of(type);
    bool wants_poll = kind != NULL && kind->has_poll;
    return wants_poll != id_is_none(poll);
}

void leaf_encode(const struct leaf *leaf, uint8_t bytes[LEAF_SIZE])
{
    bytes[0] = LEAF_VERSION;
    bytes[1] = leaf->type;
    bytes_put_u64(bytes + 2, leaf->time_ms);
    memcpy(bytes + 10, leaf->poll.bytes, ID_SIZE);
    bytes[26] = 0; /* flags */
    memcpy(bytes + 27, leaf->commitment.bytes, HASH_SIZE);
}

enum error leaf_decode(struct slice bytes, struct leaf *leaf)
{
    struct reader reader = reader_of(bytes);
    uint8_t version = reader_u8(&reader);
    leaf->type = reader_u8(&reader);
    leaf->time_ms = reader_u64(&reader);
    leaf->poll = reader_id(&reader);
    uint8_t flags = reader_u8(&reader);
    leaf->commitment = reader_hash(&reader);
    if (!reader_done(&reader) || version != LEAF_VERSION || flags != 0 ||
        !event_type_is_known(leaf->type) || !event_fits_poll(leaf->type, leaf->poll)) {
        return ERROR_EVENT_BAD_LEAF;
    }
    return ERROR_NONE;
}

struct hash event_commitment(const uint8_t salt[SALT_SIZE], uint8_t type, struct slice payload)
{
    struct slice parts[] = {slice_of(salt, SALT_SIZE), slice_of(&type, 1), payload};
    return crypto_hash_tagged("commit", parts, 3);
}

enum error event_note_hash(struct slice note, struct hash *hash)
{
    if (note.size <= SALT_SIZE || note.size > SALT_SIZE + NOTE_TEXT_MAX) {
        return ERROR_BALLOT_BAD_NOTE;
    }
    struct slice text = slice_of(note.data + SALT_SIZE, note.size - SALT_SIZE);
    if (!utf8_is_clean(text, true)) {
        return ERROR_BALLOT_BAD_NOTE;
    }
    *hash = crypto_hash_tagged("note", &note, 1);
    return ERROR_NONE;
}
