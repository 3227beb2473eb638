/* Devices: the keys that sign a member's ballots.
 *
 * A key enters the record once, with a proof that its device holds the private half, and is revoked when
 * it is lost or replaced; the record judges both. Here is only who may ask, and the document that shows a
 * member every device ever added in their name. Its id is computed from the key.
 * Start at enrol(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/personal.h"
#include "base/encoding.h"
#include "base/fatal.h"

#include <string.h>

enum { NOTE_MAX = 500, OFFICES = WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN };

static const char *const reason_words[] = {"lost", "replaced", "left", "office", "expired", NULL};
static const char *const given_reasons[] = {"lost", "replaced", "office", NULL};
static const char *const via_words[] = {"invitation", "email", "device", "officer", "card", NULL};
static const char *const key_words[] = {"device", "card", NULL};

static const struct field enrol_params[] = {
    {.name = "pk", .type = FIELD_BYTES, .min = HASH_SIZE, .max = HASH_SIZE, .summary = "Ed25519"},
    {.name = "proof",
     .type = FIELD_BYTES,
     .min = SIGNATURE_SIZE,
     .max = SIGNATURE_SIZE,
     .summary = "signature by pk over the enrolment's body"},
    {0},
};
static const struct field enrol_result[] = {
    {.name = "id", .type = FIELD_ID, .summary = "of the device document"},
    {0},
};
static const struct field revoke_params[] = {
    {.name = "pk", .type = FIELD_BYTES, .min = HASH_SIZE, .max = HASH_SIZE},
    {.name = "reason",
     .type = FIELD_WORD,
     .words = given_reasons,
     .optional = true,
     .summary = "lost when left out; office: by facilitation, secretariat or administration"},
    {.name = "note",
     .type = FIELD_TEXT,
     .min = 1,
     .max = NOTE_MAX,
     .optional = true,
     .summary = "why, for the member to read; needed when it is somebody else's device"},
    {0},
};
static const struct field list_params[] = {
    {.name = "member",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .summary = "somebody else's: for facilitation, secretariat and administration"},
    {0},
};
static const struct field revoked_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "reason", .type = FIELD_WORD, .words = reason_words},
    {.name = "by", .type = FIELD_BY, .optional = true, .summary = "when it was somebody else"},
    {.name = "note", .type = FIELD_TEXT, .max = NOTE_MAX, .optional = true},
    {0},
};
static const struct field device_fields[] = {
    {.name = "member", .type = FIELD_ID},
    {.name = "pk", .type = FIELD_BYTES, .min = HASH_SIZE, .max = HASH_SIZE},
    {.name = "key_kind", .type = FIELD_WORD, .words = key_words},
    {.name = "via", .type = FIELD_WORD, .words = via_words},
    {.name = "added_ms", .type = FIELD_TIME},
    {.name = "revoked", .type = FIELD_OBJECT, .fields = revoked_fields, .optional = true},
    {0},
};
static const struct field device_item = {
    .name = "device", .type = FIELD_ANY, .document = DOCUMENT_DEVICE};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &device_item, .max = 10000},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};

static struct id device_id(const struct hash *pk)
{
    return id_from_hash(crypto_hash(hash_slice(pk)));
}

static void request_key(const struct request *request, struct hash *pk)
{
    assert_always(
        encoding_base64url_exact(request_text(request, "pk"), pk->bytes, sizeof pk->bytes));
}

/* ---- device.enrol ---- */

/* Keys of one member in use; who leaves has all of them revoked by one command. */
enum { DEVICES_MAX = 100 };

static bool count_good(void *context, const struct hash *pk, const struct record_key *key)
{
    (void)pk;
    *(size_t *)context += key->revoked_seq == 0;
    return true;
}

static bool has_too_many(const struct request *request)
{
    size_t count = 0;
    record_each_key(request_txn(request), request->caller.member, count_good, &count);
    return count >= DEVICES_MAX;
}

/* The enrolment is its own key: repeated, it answers where the key entered the record. */
static enum error enrol(struct request *request)
{
    struct record_key known;
    struct payload_key_added key = {.org = request_org(request),
                                    .member = request->caller.member,
                                    .kind = KEY_DEVICE,
                                    .via = VIA_INVITATION};
    request_key(request, &key.pk);
    if (record_key(request_txn(request), &key.pk, &known)) {
        request->seq = known.added_seq;
        return id_equal(known.member, key.member) ? ERROR_NONE
                                                  : request_fault(request, "pk", ERROR_KEY_TWICE);
    }
    if (has_too_many(request)) {
        return request_fault(request, "pk", ERROR_INPUT_TOO_BIG);
    }
    assert_always(
        encoding_base64url_exact(request_text(request, "proof"), key.proof, sizeof key.proof));
    struct buffer payload;
    buffer_init(&payload, 512);
    payload_encode_key_added(&payload, &key);
    request_emit(request, EVENT_KEY_ADDED, (struct id){{0}}, buffer_slice(&payload),
                 slice_of(NULL, 0));
    buffer_free(&payload);
    return ERROR_NONE; /* the record judges key and proof before anything is written */
}

static void answer_enrol(struct request *request)
{
    struct hash pk;
    request_key(request, &pk);
    json_put(request->result, "id", json_id(device_id(&pk)));
}

/* ---- device.revoke ---- */

static enum key_reason reason_of(struct slice word)
{
    for (size_t i = 0; reason_words[i] != NULL; i++) {
        if (slice_equal(word, slice_text(reason_words[i]))) {
            return (enum key_reason)(i + 1);
        }
    }
    return 0;
}

static enum error revoke(struct request *request)
{
    struct record_key known;
    struct payload_key_revoked revoked;
    request_key(request, &revoked.pk);
    if (!record_key(request_txn(request), &revoked.pk, &known)) {
        return request_fault(request, "pk", ERROR_KEY_UNKNOWN);
    }
    if (known.revoked_seq != 0) {
        return request_fault(request, "pk", ERROR_KEY_REVOKED);
    }
    bool own = member_is_caller(request, known.member);
    bool office = request_is(request, OFFICES);
    if (!own && !office) {
        return request_fault(request, "pk", ERROR_RIGHT_MISSING);
    }
    if (!own && request_text(request, "note").size == 0) {
        return request_fault(request, "note", ERROR_INPUT_MISSING_FIELD);
    }
    revoked.reason = reason_of(request_text(request, "reason"));
    if (revoked.reason == 0) {
        revoked.reason = own ? KEY_LOST : KEY_BY_OFFICE;
    }
    if (revoked.reason == KEY_BY_OFFICE && !office) {
        return request_fault(request, "reason", ERROR_RIGHT_MISSING);
    }
    struct buffer payload;
    buffer_init(&payload, 64);
    payload_encode_key_revoked(&payload, &revoked);
    request_emit(request, EVENT_KEY_REVOKED, (struct id){{0}}, buffer_slice(&payload),
                 slice_of(NULL, 0));
    buffer_free(&payload);
    if (!own) {
        json_t *event = event_new("device_revoked");
        json_put(event, "member", json_id(known.member));
        json_put(event, "device", json_id(device_id(&revoked.pk)));
        json_put(event, "note", json_text(request_text(request, "note")));
        request_emit_json(request, EVENT_STANDING, event);
    }
    return ERROR_NONE;
}

/* ---- device.list ---- */

struct device_walk {
    struct store_txn *txn;
    json_t *items;
};

static bool take_device(void *context, const struct hash *pk, const struct record_key *key)
{
    struct device_walk *walk = context;
    (void)key;
    json_t *device = document_load(walk->txn, DOCUMENT_DEVICE, device_id(pk));
    if (device != NULL) {
        json_array_append_new(walk->items, device);
    }
    return true;
}

static enum error list(struct request *request)
{
    struct id member = request->caller.member;
    struct device_walk walk = {.txn = request_txn(request)};
    if (request_has(request, "member")) {
        member = request_ref(request, "member", NUMBER_MEMBER);
        if (!document_exists(walk.txn, DOCUMENT_MEMBER, member)) {
            return request_fault(request, "member", ERROR_MEMBER_UNKNOWN);
        }
        if (!member_is_caller(request, member) && !request_is(request, OFFICES)) {
            return request_fault(request, "member", ERROR_RIGHT_MISSING);
        }
    }
    walk.items = json_array();
    record_each_key(walk.txn, member, take_device, &walk);
    request->result = json_object();
    json_put(request->result, "items", walk.items);
    json_put(request->result, "next", json_null());
    return ERROR_NONE;
}

/* ---- documents ---- */

static void apply_added(struct change *change)
{
    struct payload_key_added key;
    if (payload_decode_key_added(change->payload, &key) != ERROR_NONE) {
        return;
    }
    struct id id = device_id(&key.pk);
    struct topic topic = topic_of(TOPIC_ME, key.member);
    json_t *device = document_new(DOCUMENT_DEVICE, id);
    json_put(device, "member", json_id(key.member));
    json_put(device, "pk", json_base64url(hash_slice(&key.pk)));
    json_put(device, "key_kind", json_text(slice_text(key_words[key.kind - 1])));
    json_put(device, "via", json_text(slice_text(via_words[key.via - 1])));
    json_put(device, "added_ms", json_number(change->time_ms));
    change_put(change, DOCUMENT_DEVICE, id, device, &topic, 1);
}

static void apply_revoked(struct change *change)
{
    struct payload_key_revoked revoked;
    if (payload_decode_key_revoked(change->payload, &revoked) != ERROR_NONE) {
        return;
    }
    struct id id = device_id(&revoked.pk);
    json_t *device = change_load(change, DOCUMENT_DEVICE, id);
    if (device == NULL) {
        return;
    }
    json_t *how = json_object();
    json_put(how, "at_ms", json_number(change->time_ms));
    json_put(how, "reason", json_text(slice_text(reason_words[revoked.reason - 1])));
    json_put(device, "revoked", how);
    change_put_again(change, DOCUMENT_DEVICE, id, device);
}

/* Who of the offices revoked it, and why: told beside the revocation itself. */
static void apply_note(struct change *change)
{
    struct id id = json_get_id(change->json, "device");
    json_t *device =
        event_is(change->json, "device_revoked") ? change_load(change, DOCUMENT_DEVICE, id) : NULL;
    json_t *how = json_object_get(device, "revoked");
    if (how == NULL) {
        json_decref(device);
        return;
    }
    json_put(how, "by", change_by(change, json_object_get(change->json, "by")));
    json_put(how, "note", json_text(json_get_text(change->json, "note")));
    change_put_again(change, DOCUMENT_DEVICE, id, device);
    struct id member = json_get_id(change->json, "member");
    change_notify(change, member, "device_revoked", notify_about(change, DOCUMENT_MEMBER, member));
}

/* ---- tables ---- */

static const enum error enrol_errors[] = {ERROR_KEY_ADDED_MALFORMED, ERROR_KEY_BAD_POINT,
                                          ERROR_KEY_TWICE, ERROR_KEY_BAD_PROOF, ERROR_NONE};
static const enum error list_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_NONE};
static const enum error revoke_errors[] = {ERROR_KEY_UNKNOWN, ERROR_KEY_REVOKED, ERROR_NONE};
static const struct command commands[] = {
    {.method = "device.enrol",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE | COMMAND_SELF_KEYED | COMMAND_NO_TOKEN | COMMAND_VOTING,
     .params = enrol_params,
     .result = enrol_result,
     .handle = enrol,
     .answer = answer_enrol,
     .errors = enrol_errors,
     .summary = "Add this device: its key may sign my ballots"},
    {.method = "device.list",
     .who = WHO_MEMBER | OFFICES,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .errors = list_errors,
     .summary = "Every device ever added in my name, or for the offices in somebody else's",
     .example = "{}"},
    {.method = "device.revoke",
     .who = WHO_MEMBER | OFFICES,
     .flags = COMMAND_WRITE | COMMAND_NO_TOKEN,
     .params = revoke_params,
     .handle = revoke,
     .errors = revoke_errors,
     .summary = "A device may sign no more"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_KEY_ADDED, apply_added},
    {EVENT_KEY_REVOKED, apply_revoked},
    {EVENT_STANDING, apply_note},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_DEVICE, "device", device_fields},
    {0},
};
const struct concept concept_device = {
    .name = "device",
    .commands = commands,
    .applies = applies,
    .documents = documents,
};
