/* A pause by itself: who has not acted for as long as the organisation says is paused, on a date that acts.
 *
 * Any event that names a member as the one who did it is an act: everything recorded "by" them, what the secretariat
 * recorded for them, a ballot, a device. The day of the last act stands in TABLE_INDEX, and with it the date on which the
 * system executes member.doze. Acts of one day move nothing, so a ballot costs one look; hence the pause comes between
 * `dormant_after_days` and one day more. Another setting moves every date.
 * A pause touches no vote, share, roll or quorum, and acting ends it (member_wake): nothing here is needed for that.
 * Invariant: exactly the active members who are no observers have a date, unless the setting is 0.
 * Start at dormancy_every(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/settings.h"
#include "base/bytes.h"
#include "ledger/ballot.h"

static const uint64_t DAY_MS = UINT64_C(24) * 3600 * 1000;
static const char method[] = "member.doze";

static uint64_t setting_days(struct store_txn *txn)
{
    return (uint64_t)setting_number(txn, SETTING_DORMANT_AFTER_DAYS);
}

static struct index_key acted_key(struct id member)
{
    struct index_key key = index_key(INDEX_MEMBER_ACTED);
    index_key_id(&key, member);
    return key;
}

static uint64_t last_act(struct store_txn *txn, struct id member)
{
    struct slice value;
    struct index_key key = acted_key(member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value) && value.size == 8
               ? bytes_get_u64(value.data)
               : 0;
}

static bool may_doze(struct store_txn *txn, struct id member)
{
    struct record_member record;
    return record_member(txn, member, &record) && record.status == MEMBER_ACTIVE &&
           (record.roles & ROLE_OBSERVER) == 0;
}

static void set_date(struct change *change, struct id member, uint64_t days)
{
    uint64_t last_ms = last_act(change->txn, member);
    bool dated = days > 0 && last_ms > 0 && may_doze(change->txn, member);
    change_due(change, method, member, dated ? last_ms + (days + 1) * DAY_MS : 0);
}

static void note_act(struct change *change, struct id member)
{
    uint8_t value[8];
    struct index_key key = acted_key(member);
    uint64_t last_ms = last_act(change->txn, member);
    if (last_ms != 0 && change->time_ms < last_ms + DAY_MS) {
        return;
    }
    bytes_put_u64(value, change->time_ms);
    store_put(change->txn, TABLE_INDEX, index_key_slice(&key), slice_of(value, sizeof value));
    set_date(change, member, setting_days(change->txn));
}

void dormancy_follow(struct change *change, struct id member, enum member_status status)
{
    if (status == MEMBER_ACTIVE) {
        note_act(change, member); /* joined or woke; roles given change nothing of the day */
    }
    if (status != MEMBER_EXTERNAL) {
        set_date(change, member, setting_days(change->txn));
    }
}

/* ---- whose act an event is ---- */

static void note_text(struct change *change, const char *field)
{
    struct id member;
    if (id_parse(json_get_text(change->json, field), &member)) {
        note_act(change, member);
    }
}

static void note_binary(struct change *change)
{
    struct ballot ballot;
    struct payload_key_added key;
    if (change->type == EVENT_BALLOT && ballot_decode(change->payload, &ballot) == ERROR_NONE) {
        note_act(change, ballot.voter);
        if (!id_equal(ballot.voter, ballot.on_behalf_of)) {
            note_act(change, ballot.on_behalf_of);
        }
    } else if (change->type == EVENT_KEY_ADDED &&
               payload_decode_key_added(change->payload, &key) == ERROR_NONE) {
        note_act(change, key.member);
    }
}

static bool move_date(void *context, struct id id, const struct record_member *member)
{
    struct change *change = context;
    if (member->status == MEMBER_ACTIVE) {
        set_date(change, id, setting_days(change->txn));
    }
    return true;
}

static void dormancy_every(struct change *change)
{
    const json_t *settings = json_object_get(change->json, "settings");
    if (change->json == NULL) {
        note_binary(change);
        return;
    }
    note_text(change, "by");
    if (change->type == EVENT_SUPPORT || change->type == EVENT_COMMENT ||
        change->type == EVENT_TASK) { /* recorded for a member without a device */
        note_text(change, change->type == EVENT_COMMENT ? "author" : "member");
    }
    if (change->type == EVENT_ORGANISATION &&
        json_object_get(settings, "dormant_after_days") != NULL) {
        record_each_member(change->txn, move_date, change);
    }
}

/* ---- member.doze ---- */

static const struct field doze_params[] = {
    {.name = "id", .type = FIELD_ID},
    {0},
};

static enum error doze(struct request *request)
{
    struct record_member before;
    struct id member = request_id(request, "id");
    if (!record_member(request_txn(request), member, &before)) {
        return request_fault(request, "id", ERROR_MEMBER_UNKNOWN);
    }
    if (before.status != MEMBER_ACTIVE) {
        return request_fault(request, "id", ERROR_MEMBER_BAD_STATE);
    }
    struct member_standing after = {
        .status = MEMBER_DORMANT, .roles = before.roles, .by_time = true};
    member_emit(request, member, after.status, after.roles);
    member_emit_standing(request, member, &before, &after);
    return ERROR_NONE;
}

static const struct command commands[] = {
    {.method = "member.doze",
     .who = WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = doze_params,
     .handle = doze,
     .summary = "Pause a member who has not acted for dormant_after_days"},
    {0},
};
const struct concept concept_dormancy = {
    .name = "dormancy", .commands = commands, .every = dormancy_every};
