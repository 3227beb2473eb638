/* Joining: what a link shows before it is used, and what using it does.
 *
 * session.look reads: whoever holds a link that still works learns what the organisation expects and whom to ask, in every
 * language, and uses nothing up. It needs the token and no session, and is limited by address like joining. session.join
 * makes an invited person a member and opens a session; for a member it opens another session. Whoever lost the answer may
 * repeat (token, command) for 15 minutes and gets a fresh session.
 * Start at look() and join(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "base/encoding.h"

enum { SENTENCE_MAX = 280, ASK_MAX = 5 };
static const uint64_t REPEAT_MS = 15 * 60 * 1000;

/* ---- session.join ---- */

static const struct field join_params[] = {
    {.name = "token", .type = FIELD_BYTES, .min = TOKEN_SIZE, .max = TOKEN_SIZE},
    {.name = "name",
     .type = FIELD_LINE,
     .min = 1,
     .max = NAME_MAX_CHARACTERS,
     .optional = true,
     .summary = "needed when the invitation gave none"},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "introduction",
     .type = FIELD_LINE,
     .min = 1,
     .max = SENTENCE_MAX,
     .optional = true,
     .summary = "a newcomer in one sentence; somebody who is a member already has their profile"},
    {0},
};

static bool token_hash(const struct request *request, struct hash *hash)
{
    uint8_t token[TOKEN_SIZE];
    if (!encoding_base64url_exact(request_text(request, "token"), token, sizeof token)) {
        return false;
    }
    *hash = crypto_hash(slice_of(token, sizeof token));
    return true;
}

/* May this link be used now? *repeated = by the command that used it a moment ago. */
static enum error check_link(struct request *request, const struct hash *hash,
                             struct invite *invite, bool *repeated)
{
    *repeated = false;
    if (!invite_read(request_txn(request), hash, invite)) {
        return request_fault(request, "token", ERROR_INVITE_UNKNOWN);
    }
    if (invite->used_ms != 0) {
        *repeated = id_equal(invite->command, request_id(request, "command")) &&
                    request->now_ms <= invite->used_ms + REPEAT_MS;
        return *repeated ? ERROR_NONE : request_fault(request, "token", ERROR_INVITE_USED);
    }
    return invite_is_over(request_txn(request), invite, request->now_ms)
               ? request_fault(request, "token", ERROR_INVITE_EXPIRED)
               : ERROR_NONE;
}

/* The newcomer's own name and language; *needed = a name is missing. */
static json_t *joining_fields(struct request *request, struct id member, bool *needed)
{
    static const char *const given[] = {"name", "language", NULL};
    json_t *known = document_load(request_txn(request), DOCUMENT_MEMBER, member);
    json_t *fields = json_object();
    fields_copy(fields, request->params, given);
    if (request_has(request, "introduction")) {
        json_t *introduction = json_object();
        json_put(introduction, "language", json_text(request_text(request, "language")));
        json_put(introduction, "text", json_text(request_text(request, "introduction")));
        json_put(fields, "introduction", introduction);
    }
    *needed = json_get_text(known, "name").size == 0 && !request_has(request, "name");
    json_decref(known);
    return fields;
}

static enum error emit_joined(struct request *request, struct id member,
                              const struct record_member *record)
{
    bool needed;
    json_t *fields = joining_fields(request, member, &needed);
    if (needed) {
        json_decref(fields);
        return request_fault(request, "name", ERROR_INVITE_NAME_NEEDED);
    }
    request_act_as(request, member);
    member_emit(request, member, MEMBER_ACTIVE, record->roles);
    member_emit_profile(request, member, fields);
    return ERROR_NONE;
}

/* The member sees which of the links made for them was used, and when. */
static void emit_used(struct request *request, struct id member, const struct hash *hash)
{
    json_t *event = event_new("link_used");
    json_put(event, "member", json_id(member));
    json_put(event, "link", json_id(invite_link_id(hash)));
    request_act_as(request, member);
    request_emit_json(request, EVENT_MEMBER_PROFILE, event);
}

static enum error join(struct request *request)
{
    struct hash hash;
    struct invite invite = {.used_ms = 0};
    struct record_member record;
    bool repeated;
    if (!token_hash(request, &hash)) {
        return request_fault(request, "token", ERROR_INPUT_BAD_VALUE);
    }
    enum error error = check_link(request, &hash, &invite, &repeated);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!record_member(request_txn(request), invite.member, &record) ||
        record.status == MEMBER_LEFT || record.status == MEMBER_ERASED) {
        return request_fault(request, "token", ERROR_MEMBER_BAD_STATE);
    }
    if (record.status == MEMBER_INVITED) {
        error = emit_joined(request, invite.member, &record);
    }
    if (error != ERROR_NONE) {
        return error;
    }
    if (!repeated) {
        emit_used(request, invite.member, &hash);
        invite.used_ms = request->now_ms;
        invite.command = request_id(request, "command");
        invite_write(request_txn(request), &hash, &invite);
    }
    session_open(request, invite.member);
    return ERROR_NONE;
}

static void answer_join(struct request *request)
{
    struct hash hash;
    struct invite invite = {.used_ms = 0};
    if (token_hash(request, &hash) && invite_read(request_txn(request), &hash, &invite)) {
        session_describe(request, invite.member);
    }
}

/* ---- session.look ---- */

static const struct field look_params[] = {
    {.name = "token", .type = FIELD_BYTES, .min = TOKEN_SIZE, .max = TOKEN_SIZE},
    {0},
};
static const struct field look_language = {.name = "language", .type = FIELD_LANGUAGE};
static const struct field look_name = {
    .name = "name", .type = FIELD_LINE, .max = NAME_MAX_CHARACTERS};
static const struct field look_result[] = {
    {.name = "org_name", .type = FIELD_LINE, .max = 80},
    {.name = "names", .type = FIELD_LABELS, .max = 80, .optional = true},
    {.name = "demo", .type = FIELD_FLAG, .optional = true},
    {.name = "languages", .type = FIELD_LIST, .item = &look_language, .max = LANGUAGES_MAX},
    {.name = "expectations", .type = FIELD_TEXTS, .max = 2000, .optional = true},
    {.name = "name",
     .type = FIELD_LINE,
     .max = NAME_MAX_CHARACTERS,
     .summary = "the name the invitation gives; empty = the person gives it"},
    {.name = "newcomer", .type = FIELD_FLAG, .summary = "false = a link for somebody who is in"},
    {.name = "language", .type = FIELD_LANGUAGE, .optional = true},
    {.name = "sponsor", .type = FIELD_LINE, .max = NAME_MAX_CHARACTERS, .optional = true},
    {.name = "ask",
     .type = FIELD_LIST,
     .item = &look_name,
     .max = ASK_MAX,
     .summary = "names of those who answer questions: the sponsor, else who invited, else "
                "facilitation"},
    {0},
};

struct ask_walk {
    struct store_txn *txn;
    json_t *names;
};

static bool take_facilitator(void *context, struct id id, const struct record_member *member)
{
    struct ask_walk *walk = context;
    bool acts = member->status == MEMBER_ACTIVE || member->status == MEMBER_DORMANT;
    if (acts && (member->roles & (ROLE_FACILITATOR | ROLE_ADMIN)) != 0) {
        json_t *document = document_load(walk->txn, DOCUMENT_MEMBER, id);
        json_array_append_new(walk->names, json_text(json_get_text(document, "name")));
        json_decref(document);
    }
    return json_array_size(walk->names) < ASK_MAX;
}

/* Whom to ask, by name. New reference. */
static json_t *whom_to_ask(struct request *request, const json_t *member, const json_t *private)
{
    struct ask_walk walk = {.txn = request_txn(request), .names = json_array()};
    struct slice sponsor = json_get_text(json_object_get(member, "sponsor"), "name");
    struct slice inviter = json_get_text(json_object_get(private, "invited_by"), "name");
    if (sponsor.size > 0 || inviter.size > 0) {
        json_array_append_new(walk.names, json_text(sponsor.size > 0 ? sponsor : inviter));
    } else {
        record_each_member(walk.txn, take_facilitator, &walk);
    }
    return walk.names;
}

static void describe_link(struct request *request, struct id member, bool newcomer)
{
    static const char *const of_organisation[] = {"names", "demo", "languages", "expectations",
                                                  NULL};
    static const char *const of_member[] = {"name", "language", NULL};
    struct store_txn *txn = request_txn(request);
    json_t *organisation = organisation_load(txn);
    json_t *person = document_load(txn, DOCUMENT_MEMBER, member);
    json_t *private = document_load(txn, DOCUMENT_MEMBER_PRIVATE, member);
    const json_t *sponsor = json_object_get(person, "sponsor");
    request->result = json_object();
    json_put(request->result, "org_name", json_text(json_get_text(organisation, "name")));
    fields_copy(request->result, organisation, of_organisation);
    fields_copy(request->result, person, of_member);
    json_put(request->result, "newcomer", json_boolean(newcomer));
    if (sponsor != NULL) {
        json_put(request->result, "sponsor", json_text(json_get_text(sponsor, "name")));
    }
    json_put(request->result, "ask", whom_to_ask(request, person, private));
    json_decref(organisation);
    json_decref(person);
    json_decref(private);
}

static enum error look(struct request *request)
{
    struct hash hash;
    struct invite invite = {.used_ms = 0};
    struct record_member record;
    if (!token_hash(request, &hash)) {
        return request_fault(request, "token", ERROR_INPUT_BAD_VALUE);
    }
    if (!invite_read(request_txn(request), &hash, &invite)) {
        return request_fault(request, "token", ERROR_INVITE_UNKNOWN);
    }
    if (invite.used_ms != 0) {
        return request_fault(request, "token", ERROR_INVITE_USED);
    }
    if (invite_is_over(request_txn(request), &invite, request->now_ms)) {
        return request_fault(request, "token", ERROR_INVITE_EXPIRED);
    }
    if (!record_member(request_txn(request), invite.member, &record) ||
        record.status == MEMBER_LEFT || record.status == MEMBER_ERASED) {
        return request_fault(request, "token", ERROR_MEMBER_BAD_STATE);
    }
    describe_link(request, invite.member, record.status == MEMBER_INVITED);
    return ERROR_NONE;
}

/* ---- tables ---- */

static const enum error join_errors[] = {ERROR_INVITE_UNKNOWN,   ERROR_INVITE_USED,
                                         ERROR_INVITE_EXPIRED,   ERROR_INVITE_NAME_NEEDED,
                                         ERROR_MEMBER_BAD_STATE, ERROR_NONE};
static const enum error look_errors[] = {ERROR_INVITE_UNKNOWN, ERROR_INVITE_USED,
                                         ERROR_INVITE_EXPIRED, ERROR_MEMBER_BAD_STATE, ERROR_NONE};
static const struct command commands[] = {
    {.method = "session.look",
     .who = WHO_NOBODY_NEEDED,
     .flags = COMMAND_READ | COMMAND_SESSION,
     .params = look_params,
     .result = look_result,
     .handle = look,
     .errors = look_errors,
     .summary = "What a link shows before it is used: what is expected of members, whom to ask",
     .example = "{\"token\":\"AAECAwQFBgcICQoLDA0ODw\"}"},
    {.method = "session.join",
     .who = WHO_NOBODY_NEEDED,
     .flags = COMMAND_WRITE | COMMAND_SESSION,
     .params = join_params,
     .result = session_fields,
     .handle = join,
     .answer = answer_join,
     .errors = join_errors,
     .summary = "Enter by a link: opens a session, and makes an invited person a member",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d15\","
                "\"token\":\"AAECAwQFBgcICQoLDA0ODw\",\"language\":\"fr\"}"},
    {0},
};
const struct concept concept_joining = {.name = "joining", .commands = commands};
