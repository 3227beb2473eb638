/* Invitations: how a person comes in, by a link with a token in its fragment.
 *
 * A token is the first 16 bytes of HMAC(server secret, member id ‖ command id): the same command gives
 * the same link again and nothing that opens a door is stored. TABLE_SECRET holds, under the token's
 * hash, whose link it is, when it was made and whether it was used; that a link was made is in the
 * record, where its member sees it. A link works once and for as many days as the setting link_days
 * says; using it is joining.c.
 * This library knows no address: the server puts its origin before "/join#…".
 * Start at invite(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/settings.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "base/reader.h"

#include <stdlib.h>
#include <string.h>

enum { INVITE_ROW_SIZE = 48 };

/* ---- tokens and their rows ---- */

static void token_derive(struct store_txn *txn, struct id member, struct id command,
                         uint8_t token[TOKEN_SIZE])
{
    uint8_t message[2 * ID_SIZE];
    memcpy(message, member.bytes, ID_SIZE);
    memcpy(message + ID_SIZE, command.bytes, ID_SIZE);
    struct hash derived = secret_derive(txn, slice_of(message, sizeof message));
    memcpy(token, derived.bytes, TOKEN_SIZE);
    crypto_wipe(&derived, sizeof derived);
}

static struct index_key invite_key(const struct hash *token_hash)
{
    struct index_key key = index_key(SECRET_INVITE);
    index_key_hash(&key, token_hash);
    return key;
}

static struct index_key invite_of_key(struct id member, const struct hash *token_hash)
{
    struct index_key key = index_key(SECRET_INVITE_OF);
    index_key_id(&key, member);
    if (token_hash != NULL) {
        index_key_hash(&key, token_hash);
    }
    return key;
}

bool invite_read(struct store_txn *txn, const struct hash *token_hash, struct invite *invite)
{
    struct slice row;
    struct index_key key = invite_key(token_hash);
    if (!store_get(txn, TABLE_SECRET, index_key_slice(&key), &row)) {
        return false;
    }
    struct reader reader = reader_of(row);
    invite->member = reader_id(&reader);
    invite->issued_ms = reader_u64(&reader);
    invite->used_ms = reader_u64(&reader);
    invite->command = reader_id(&reader);
    assert_always(reader_done(&reader));
    return true;
}

void invite_write(struct store_txn *txn, const struct hash *token_hash, const struct invite *invite)
{
    struct buffer row;
    struct index_key key = invite_key(token_hash);
    struct index_key of = invite_of_key(invite->member, token_hash);
    buffer_init(&row, INVITE_ROW_SIZE);
    buffer_append(&row, invite->member.bytes, ID_SIZE);
    buffer_append_u64(&row, invite->issued_ms);
    buffer_append_u64(&row, invite->used_ms);
    buffer_append(&row, invite->command.bytes, ID_SIZE);
    store_put(txn, TABLE_SECRET, index_key_slice(&key), buffer_slice(&row));
    store_put(txn, TABLE_SECRET, index_key_slice(&of), slice_of("", 0));
    buffer_free(&row);
}

struct invite_list {
    struct hash *hashes; /* owned */
    size_t count, capacity;
};

static bool take_invite(void *context, struct slice key, struct slice value)
{
    struct invite_list *list = context;
    (void)value;
    if (list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 16 : list->capacity * 2;
        list->hashes = memory_resize(list->hashes, list->capacity, sizeof *list->hashes);
    }
    memcpy(list->hashes[list->count++].bytes, key.data + 1 + ID_SIZE, HASH_SIZE);
    return true;
}

bool invite_is_over(struct store_txn *txn, const struct invite *invite, uint64_t now_ms)
{
    return now_ms > invite->issued_ms + setting_days_ms(txn, SETTING_LINK_DAYS);
}

/* Deletes the member's links: those that are over, or all (now_ms 0) that have not been used. */
static void invites_sweep(struct store_txn *txn, struct id member, uint64_t now_ms)
{
    struct invite invite = {.used_ms = 0};
    struct invite_list list = {.count = 0};
    struct index_key prefix = invite_of_key(member, NULL);
    store_scan(txn, TABLE_SECRET, index_key_slice(&prefix), take_invite, &list);
    for (size_t i = 0; i < list.count; i++) {
        if (!invite_read(txn, &list.hashes[i], &invite) ||
            !(now_ms == 0 ? invite.used_ms == 0 : invite_is_over(txn, &invite, now_ms))) {
            continue;
        }
        struct index_key key = invite_key(&list.hashes[i]);
        struct index_key of = invite_of_key(member, &list.hashes[i]);
        store_delete(txn, TABLE_SECRET, index_key_slice(&key));
        store_delete(txn, TABLE_SECRET, index_key_slice(&of));
    }
    free(list.hashes);
}

void invitation_forget(struct store_txn *txn, struct id member)
{
    invites_sweep(txn, member, 0);
}

struct id invite_link_id(const struct hash *token_hash)
{
    struct slice part = hash_slice(token_hash);
    return id_from_hash(crypto_hash_tagged("link", &part, 1));
}

struct id invitation_link_id(struct request *request, struct id member)
{
    uint8_t token[TOKEN_SIZE];
    token_derive(request_txn(request), member, request_id(request, "command"), token);
    struct hash hash = crypto_hash(slice_of(token, sizeof token));
    crypto_wipe(token, sizeof token);
    return invite_link_id(&hash);
}

void invitation_issue(struct request *request, struct id member)
{
    uint8_t token[TOKEN_SIZE];
    struct invite invite = {.member = member, .issued_ms = request->now_ms};
    invites_sweep(request_txn(request), member, request->now_ms);
    token_derive(request_txn(request), member, request_id(request, "command"), token);
    struct hash hash = crypto_hash(slice_of(token, sizeof token));
    invite_write(request_txn(request), &hash, &invite);
    crypto_wipe(token, sizeof token);
}

void invitation_answer(struct request *request, struct id member)
{
    uint8_t token[TOKEN_SIZE];
    struct buffer link;
    token_derive(request_txn(request), member, request_id(request, "command"), token);
    buffer_init(&link, 64);
    buffer_append_text(&link, "/join#");
    encoding_base64url(&link, slice_of(token, sizeof token));
    json_put(request->result, "link", json_text(buffer_slice(&link)));
    buffer_free(&link);
    crypto_wipe(token, sizeof token);
}

/* ---- member.invite ---- */

static const char *const kind_words[] = {"person", "organisation", NULL};
static const struct field invite_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name",
     .type = FIELD_LINE,
     .min = 1,
     .max = NAME_MAX_CHARACTERS,
     .optional = true,
     .summary = "without it the person gives it when joining"},
    {.name = "kind", .type = FIELD_WORD, .words = kind_words, .optional = true},
    {.name = "email", .type = FIELD_LINE, .min = 3, .max = EMAIL_MAX, .optional = true},
    {.name = "language", .type = FIELD_LANGUAGE, .optional = true},
    {.name = "class", .type = FIELD_LINE, .min = 1, .max = 64, .summary = "id or key of a class"},
    {.name = "shares", .type = FIELD_INTEGER, .min = 0, .max = UINT32_MAX, .optional = true},
    {.name = "weight",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = UINT32_MAX,
     .optional = true,
     .summary = "number of votes; 1 without it"},
    {.name = "ties", .type = FIELD_LIST, .item = &member_tie, .max = 10, .optional = true},
    {.name = "roles", .type = FIELD_LIST, .item = &member_role, .max = 8, .optional = true},
    {.name = "sponsor", .type = FIELD_REF, .number = NUMBER_MEMBER, .optional = true},
    {.name = "representative",
     .type = FIELD_LINE,
     .min = 1,
     .max = NAME_MAX_CHARACTERS,
     .optional = true,
     .summary = "who acts for a member that is an organisation"},
    {.name = "demo",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "an invented member; by the operator only"},
    {0},
};

enum error invitation_check_gifts(struct request *request, const json_t *given)
{
    static const char *const gifts[] = {"shares", "weight", NULL};
    if (request_is(request, WHO_ADMIN | WHO_OPERATOR)) {
        return ERROR_NONE;
    }
    unsigned roles = member_roles(json_object_get(given, "roles"));
    if ((roles & ~(unsigned)(ROLE_MEMBER | ROLE_OBSERVER)) != 0) {
        return request_fault(request, "roles", ERROR_RIGHT_MISSING);
    }
    for (size_t i = 0; gifts[i] != NULL; i++) {
        if (json_object_get(given, gifts[i]) != NULL) {
            return request_fault(request, gifts[i], ERROR_RIGHT_MISSING);
        }
    }
    return ERROR_NONE;
}

static enum error check_invite(struct request *request, struct id *class, struct id *sponsor)
{
    struct record_member known;
    struct store_txn *txn = request_txn(request);
    *class = organisation_class(txn, request_text(request, "class"));
    *sponsor = request_ref(request, "sponsor", NUMBER_MEMBER);
    if (record_member(txn, request_id(request, "id"), &known)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    if (id_is_none(*class)) {
        return request_fault(request, "class", ERROR_CLASS_UNKNOWN);
    }
    if (json_object_get(request->params, "demo") != NULL && !request_is(request, WHO_OPERATOR)) {
        return request_fault(request, "demo", ERROR_RIGHT_MISSING);
    }
    enum error error = request_has(request, "sponsor")
                           ? member_check_sponsor(request, request_id(request, "id"), *sponsor)
                           : ERROR_NONE;
    return error == ERROR_NONE ? invitation_check_gifts(request, request->params) : error;
}

void invitation_emit(struct request *request, struct id member, uint32_t number,
                     const json_t *given, struct id class, struct id sponsor)
{
    static const char *const copied[] = {"name",   "kind", "email", "language",       "shares",
                                         "weight", "ties", "demo",  "representative", NULL};
    json_t *fields = json_object();
    json_put(fields, "number", json_number(number));
    json_put(fields, "class", json_id(class));
    fields_copy(fields, given, copied);
    if (!id_is_none(sponsor)) {
        json_put(fields, "sponsor", json_id(sponsor));
    }
    json_put(fields, "link", json_id(invitation_link_id(request, member)));
    member_emit(request, member, MEMBER_INVITED, member_roles(json_object_get(given, "roles")));
    member_emit_profile(request, member, fields);
    invitation_issue(request, member);
}

static enum error invite(struct request *request)
{
    struct id class, sponsor, member = request_id(request, "id");
    enum error error = check_invite(request, &class, &sponsor);
    if (error == ERROR_NONE) {
        uint32_t number = number_next(request_txn(request), NUMBER_MEMBER);
        invitation_emit(request, member, number, request->params, class, sponsor);
    }
    return error;
}

static void answer_invite(struct request *request)
{
    invitation_answer(request, request_id(request, "id"));
}

/* ---- member.link ---- */

static const struct field link_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {0},
};
static const struct field link_result[] = {
    {.name = "link",
     .type = FIELD_LINE,
     .max = 300,
     .summary = "works once, within 30 days; the server puts its origin before the path"},
    {0},
};

/* A link opens the member's session: whoever makes one needs every right that it would lend. */
static bool may_lend(const struct request *request, uint16_t roles)
{
    static const unsigned rights = ROLE_ADMIN | ROLE_FACILITATOR | ROLE_SECRETARY | ROLE_AUDITOR |
                                   ROLE_CHAIR | ROLE_SCRUTINEER;
    struct record_member maker;
    return request_is(request, WHO_ADMIN | WHO_OPERATOR) ||
           (record_member(request_txn(request), request->caller.member, &maker) &&
            (roles & rights & ~(unsigned)maker.roles) == 0);
}

static enum error make_link(struct request *request)
{
    struct record_member record;
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    if (!record_member(request_txn(request), member, &record)) {
        return request_fault(request, "id", ERROR_MEMBER_UNKNOWN);
    }
    if (record.status != MEMBER_INVITED && record.status != MEMBER_ACTIVE &&
        record.status != MEMBER_DORMANT) {
        return request_fault(request, "id", ERROR_MEMBER_BAD_STATE);
    }
    if (!may_lend(request, record.roles)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    json_t *event = event_new("link");
    json_put(event, "member", json_id(member));
    json_put(event, "link", json_id(invitation_link_id(request, member)));
    request_emit_json(request, EVENT_MEMBER_PROFILE, event);
    invitation_issue(request, member);
    return ERROR_NONE;
}

static void answer_link(struct request *request)
{
    invitation_answer(request, request_ref(request, "id", NUMBER_MEMBER));
}

/* ---- tables ---- */

static const enum error invite_errors[] = {ERROR_CLASS_UNKNOWN, ERROR_MEMBER_UNKNOWN,
                                           ERROR_MEMBER_BAD_STATE, ERROR_NONE};
static const enum error link_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE, ERROR_NONE};
static const struct command commands[] = {
    {.method = "member.invite",
     .who = WHO_FACILITATOR | WHO_ADMIN | WHO_OPERATOR,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = invite_params,
     .result = link_result,
     .handle = invite,
     .creates = DOCUMENT_MEMBER,
     .answer = answer_invite,
     .errors = invite_errors,
     .summary = "Invite a member: answers the link that lets them in",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d13\","
                "\"id\":\"7c3e9a10-52a4-4d0b-8f62-93a1d2f4b501\",\"name\":\"An Peeters\","
                "\"class\":\"members\",\"language\":\"nl\"}"},
    {.method = "member.link",
     .who = WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN | WHO_OPERATOR,
     .flags = COMMAND_WRITE | COMMAND_NO_TOKEN,
     .params = link_params,
     .result = link_result,
     .handle = make_link,
     .answer = answer_link,
     .errors = link_errors,
     .summary = "A new link for a member, who sees that it was made",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d14\",\"id\":\"1\"}"},
    {0},
};
const struct concept concept_invitation = {.name = "invitation", .commands = commands};
