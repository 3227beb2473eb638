/* Members: people and organisations who belong, and the names on imported texts.
 *
 * What the record must never lose (status, roles) is in binary member events; what is personal (name,
 * class, e-mail, introduction) is in profile events, which can be erased. Two documents are built from
 * both: `member`, which members read, and `member_private`, which the member, administration and
 * secretariat read. Everybody may change their own words; administration changes class, roles, status.
 * Invariants: one administrator remains; INDEX_ADMIN holds those who can act, INDEX_MEMBER_OF_CLASS
 * everybody of a class. Words are in member_words.c, documents in
 * member_apply.c. Start at update(). */
#include "assembly/member.h"
#include "assembly/meeting.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/task.h"
#include "base/fatal.h"

#include <string.h>

/* ---- shapes ---- */

static const char *const status_words[] = {"invited", "active", "dormant", "left", NULL};

const struct field member_line = {.name = "line", .type = FIELD_LINE, .min = 1, .max = 80};
const struct field member_tie = {.name = "tie", .type = FIELD_LINE, .min = 1, .max = 35};
const struct field member_role = {
    .name = "role", .type = FIELD_WORD, .words = member_standing_roles};
const struct field person_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_TEXT, .max = 4 * NAME_MAX_CHARACTERS},
    {.name = "representative",
     .type = FIELD_TEXT,
     .max = 4 * NAME_MAX_CHARACTERS,
     .optional = true,
     .summary = "who acts for a member that is an organisation"},
    {0},
};
const struct field member_introduction_fields[] = {
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "text", .type = FIELD_TEXT, .min = 1, .max = 2000},
    {0},
};
static const struct field update_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "name", .type = FIELD_LINE, .min = 1, .max = NAME_MAX_CHARACTERS, .optional = true},
    {.name = "email",
     .type = FIELD_LINE,
     .min = 3,
     .max = EMAIL_MAX,
     .optional = true,
     .nullable = true},
    {.name = "language", .type = FIELD_LANGUAGE, .optional = true},
    {.name = "introduction",
     .type = FIELD_OBJECT,
     .fields = member_introduction_fields,
     .optional = true,
     .nullable = true},
    {.name = "skills", .type = FIELD_LIST, .item = &member_line, .max = 20, .optional = true},
    {.name = "needs", .type = FIELD_LIST, .item = &member_line, .max = 20, .optional = true},
    {.name = "sponsor",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .nullable = true,
     .summary = "the member a newcomer can ask anything"},
    {.name = "shows_email",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "other members see the address; oneself alone decides"},
    {.name = "representative",
     .type = FIELD_LINE,
     .min = 1,
     .max = NAME_MAX_CHARACTERS,
     .optional = true,
     .nullable = true,
     .summary = "who acts for a member that is an organisation"},
    {.name = "class",
     .type = FIELD_LINE,
     .min = 1,
     .max = 64,
     .optional = true,
     .summary = "id or key of a class"},
    {.name = "shares", .type = FIELD_INTEGER, .min = 0, .max = UINT32_MAX, .optional = true},
    {.name = "weight", .type = FIELD_INTEGER, .min = 1, .max = UINT32_MAX, .optional = true},
    {.name = "ties", .type = FIELD_LIST, .item = &member_tie, .max = 10, .optional = true},
    {.name = "roles", .type = FIELD_LIST, .item = &member_role, .max = 8, .optional = true},
    {.name = "status", .type = FIELD_WORD, .words = status_words, .optional = true},
    {.name = "reason",
     .type = FIELD_TEXT,
     .max = 500,
     .optional = true,
     .summary = "why status, roles or class change; stands in the history"},
    {0},
};
static const struct field import_source[] = {
    {.name = "format", .type = FIELD_LINE, .min = 1, .max = 40},
    {.name = "id", .type = FIELD_LINE, .min = 1, .max = 80},
    {0},
};
static const struct field import_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_LINE, .min = 1, .max = NAME_MAX_CHARACTERS},
    {.name = "source", .type = FIELD_OBJECT, .fields = import_source},
    {0},
};
static const struct field import_result[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "existing", .type = FIELD_FLAG, .optional = true, .summary = "was there before"},
    {0},
};
/* ---- emitting ---- */

void member_emit(struct request *request, struct id member, enum member_status status,
                 uint16_t roles)
{
    struct buffer payload;
    struct payload_member value = {.member = member, .status = status, .roles = roles};
    buffer_init(&payload, 64);
    payload_encode_member(&payload, &value);
    request_emit(request, EVENT_MEMBER, (struct id){{0}}, buffer_slice(&payload),
                 slice_of(NULL, 0));
    buffer_free(&payload);
}

void member_emit_profile(struct request *request, struct id member, json_t *fields)
{
    json_t *event = event_new("profile");
    json_put(event, "member", json_id(member));
    json_object_update(event, fields);
    json_decref(fields);
    request_emit_json(request, EVENT_MEMBER_PROFILE, event);
}

bool member_is_caller(const struct request *request, struct id member)
{
    return request->caller.kind == CALLER_MEMBER && id_equal(request->caller.member, member);
}

bool member_may_act(struct store_txn *txn, struct id member)
{
    struct record_member record;
    return record_member(txn, member, &record) &&
           (record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT);
}

void member_wake(struct request *request)
{
    struct record_member record;
    if (request->caller.kind == CALLER_MEMBER &&
        record_member(request_txn(request), request->caller.member, &record) &&
        record.status == MEMBER_DORMANT) {
        struct member_standing after = {.status = MEMBER_ACTIVE, .roles = record.roles};
        member_emit(request, request->caller.member, after.status, after.roles);
        member_emit_standing(request, request->caller.member, &record, &after);
    }
}

enum error member_on_behalf(struct request *request, struct id *member)
{
    struct record_member record;
    *member = request->caller.member;
    if (!request_has(request, "for")) {
        return ERROR_NONE;
    }
    *member = request_ref(request, "for", NUMBER_MEMBER);
    if (!request_is(request, WHO_FACILITATOR | WHO_SECRETARY)) {
        return request_fault(request, "for", ERROR_RIGHT_MISSING);
    }
    if (!record_member(request_txn(request), *member, &record)) {
        return request_fault(request, "for", ERROR_MEMBER_UNKNOWN);
    }
    bool acts = record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT;
    return acts && (record.roles & ROLE_OBSERVER) == 0
               ? ERROR_NONE
               : request_fault(request, "for", ERROR_MEMBER_BAD_STATE);
}

/* ---- member.update ---- */

/* Offices of one meeting are not given here. */
static const uint16_t meeting_roles = ROLE_CHAIR | ROLE_SCRUTINEER;

/* Who may change what; `own` = oneself as well. */
static const struct {
    const char *field;
    bool own;
    unsigned who;
} changeable[] = {
    {"name", true, WHO_ADMIN | WHO_OPERATOR},
    {"email", true, WHO_ADMIN | WHO_OPERATOR},
    {"language", true, WHO_ADMIN | WHO_OPERATOR},
    {"introduction", true, 0},
    {"skills", true, 0},
    {"needs", true, 0},
    {"sponsor", true, WHO_ADMIN | WHO_OPERATOR | WHO_FACILITATOR},
    {"shows_email", true, 0},
    {"representative", true, WHO_ADMIN | WHO_OPERATOR},
    {"class", false, WHO_ADMIN | WHO_OPERATOR},
    {"shares", false, WHO_ADMIN | WHO_OPERATOR | WHO_SECRETARY},
    {"weight", false, WHO_ADMIN | WHO_OPERATOR | WHO_SECRETARY},
    {"ties", false, WHO_ADMIN | WHO_OPERATOR | WHO_SECRETARY},
    {"roles", false, WHO_ADMIN | WHO_OPERATOR},
    {"status", true, WHO_ADMIN | WHO_OPERATOR},
};

static enum error check_rights(struct request *request, struct id member)
{
    bool own = member_is_caller(request, member);
    bool any = false;
    for (size_t i = 0; i < sizeof changeable / sizeof changeable[0]; i++) {
        if (json_object_get(request->params, changeable[i].field) == NULL) {
            continue;
        }
        any = true;
        if (!(own && changeable[i].own) && !request_is(request, changeable[i].who)) {
            return request_fault(request, changeable[i].field, ERROR_RIGHT_MISSING);
        }
    }
    return any ? ERROR_NONE : request_fault(request, "name", ERROR_INPUT_MISSING_FIELD);
}

static bool status_may_follow(enum member_status from, enum member_status to)
{
    switch (from) {
    case MEMBER_INVITED:
        return to == MEMBER_INVITED || to == MEMBER_LEFT; /* joining makes a member active */
    case MEMBER_ACTIVE:
    case MEMBER_DORMANT:
        return to == MEMBER_ACTIVE || to == MEMBER_DORMANT || to == MEMBER_LEFT;
    case MEMBER_LEFT:
        return to == MEMBER_LEFT || to == MEMBER_INVITED; /* comes back by a new link */
    case MEMBER_ERASED:
    case MEMBER_EXTERNAL:
        break;
    }
    return false;
}

static bool count_two(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    return ++*(size_t *)context < 2;
}

bool member_is_last_admin(struct store_txn *txn, const struct record_member *before)
{
    size_t admins = 0;
    uint8_t prefix = INDEX_ADMIN;
    store_scan(txn, TABLE_INDEX, slice_of(&prefix, 1), count_two, &admins);
    return member_is_acting_admin(before->status, before->roles) && admins < 2;
}

struct key_list {
    struct hash keys[200];
    size_t count;
};

static bool take_good_key(void *context, const struct hash *pk, const struct record_key *key)
{
    struct key_list *list = context;
    if (key->revoked_seq == 0) {
        list->keys[list->count++] = *pk;
    }
    return list->count < sizeof list->keys / sizeof list->keys[0];
}

void member_emit_keys_left(struct request *request, struct id member)
{
    struct buffer payload;
    struct key_list list = {.count = 0};
    record_each_key(request_txn(request), member, take_good_key, &list);
    buffer_init(&payload, 256);
    for (size_t i = 0; i < list.count; i++) {
        struct payload_key_revoked value = {.pk = list.keys[i], .reason = KEY_LEFT};
        buffer_clear(&payload);
        payload_encode_key_revoked(&payload, &value);
        request_emit(request, EVENT_KEY_REVOKED, (struct id){{0}}, buffer_slice(&payload),
                     slice_of(NULL, 0));
    }
    buffer_free(&payload);
}

/* Status and roles of the parameters, checked against those before. */
static enum error check_standing(struct request *request, struct id member,
                                 const struct record_member *before, enum member_status *status,
                                 uint16_t *roles)
{
    *status = before->status;
    *roles = before->roles;
    if (request_has(request, "status")) {
        *status = member_status_find(request_text(request, "status"));
        if (!status_may_follow(before->status, *status)) {
            return request_fault(request, "status", ERROR_MEMBER_BAD_STATE);
        }
    }
    if (request_has(request, "roles")) {
        bool lent = meeting_lends_secretary(request_txn(request), member);
        unsigned office = before->roles & (meeting_roles | (lent ? ROLE_SECRETARY : 0u));
        *roles = (uint16_t)(member_roles(json_object_get(request->params, "roles")) | office);
    }
    if (!member_is_acting_admin(*status, *roles) &&
        member_is_last_admin(request_txn(request), before)) {
        return request_fault(request, request_has(request, "roles") ? "roles" : "status",
                             ERROR_ORGANISATION_LAST_ADMIN);
    }
    return ERROR_NONE;
}

bool member_email_is_good(struct slice email)
{
    const uint8_t *at = email.size == 0 ? NULL : memchr(email.data, '@', email.size);
    return at != NULL && at != email.data && at != email.data + email.size - 1 &&
           memchr(email.data, ' ', email.size) == NULL;
}

enum error member_check_sponsor(struct request *request, struct id newcomer, struct id sponsor)
{
    struct record_member record;
    json_t *document = document_load(request_txn(request), DOCUMENT_MEMBER, sponsor);
    size_t sponsored = json_array_size(json_object_get(document, "sponsors"));
    bool known = document != NULL;
    json_decref(document);
    if (!known || !record_member(request_txn(request), sponsor, &record)) {
        return request_fault(request, "sponsor", ERROR_MEMBER_UNKNOWN);
    }
    if (id_equal(newcomer, sponsor) ||
        (record.status != MEMBER_INVITED && record.status != MEMBER_ACTIVE &&
         record.status != MEMBER_DORMANT)) {
        return request_fault(request, "sponsor", ERROR_MEMBER_BAD_STATE);
    }
    return sponsored >= SPONSORED_MAX ? request_fault(request, "sponsor", ERROR_INPUT_TOO_BIG)
                                      : ERROR_NONE;
}

/* The personal fields given, references resolved; NULL fields with an error. */
static enum error profile_fields(struct request *request, struct id member, json_t **fields)
{
    static const char *const plain[] = {"name",   "email",       "language",       "introduction",
                                        "skills", "needs",       "shares",         "weight",
                                        "ties",   "shows_email", "representative", NULL};
    *fields = NULL;
    struct store_txn *txn = request_txn(request);
    struct id class = organisation_class(txn, request_text(request, "class"));
    struct id sponsor = request_ref(request, "sponsor", NUMBER_MEMBER);
    if (request_has(request, "class") && id_is_none(class)) {
        return request_fault(request, "class", ERROR_CLASS_UNKNOWN);
    }
    enum error error = request_has(request, "sponsor")
                           ? member_check_sponsor(request, member, sponsor)
                           : ERROR_NONE;
    if (error != ERROR_NONE) {
        return error;
    }
    if (request_has(request, "email") && !member_email_is_good(request_text(request, "email"))) {
        return request_fault(request, "email", ERROR_INPUT_BAD_VALUE);
    }
    *fields = json_object();
    fields_copy(*fields, request->params, plain);
    if (request_has(request, "class")) {
        json_put(*fields, "class", json_id(class));
    }
    if (json_object_get(request->params, "sponsor") != NULL) {
        json_put(*fields, "sponsor", id_is_none(sponsor) ? json_null() : json_id(sponsor));
    }
    return ERROR_NONE;
}

void member_shut_out(struct request *request, struct id member)
{
    invitation_forget(request_txn(request), member);
    session_end_all(request_txn(request), member);
}

static enum error check_update(struct request *request, struct id member,
                               struct record_member *before, struct member_standing *after)
{
    if (!record_member(request_txn(request), member, before)) {
        return request_fault(request, "id", ERROR_MEMBER_UNKNOWN);
    }
    enum error error = check_rights(request, member);
    if (error == ERROR_NONE &&
        (before->status == MEMBER_EXTERNAL || before->status == MEMBER_ERASED)) {
        error = request_fault(request, "id", ERROR_MEMBER_BAD_STATE);
    }
    return error == ERROR_NONE
               ? check_standing(request, member, before, &after->status, &after->roles)
               : error;
}

/* The class given, when it is another than before; none = it stays. */
static struct id other_class(struct request *request, struct id member, const json_t *fields)
{
    struct id given = json_get_id(fields, "class"), none = {{0}};
    json_t *document = document_load(request_txn(request), DOCUMENT_MEMBER, member);
    bool same = id_equal(given, json_get_id(document, "class"));
    json_decref(document);
    return same ? none : given;
}

static enum error update(struct request *request)
{
    struct record_member before;
    struct member_standing after = {.reason = request_text(request, "reason")};
    json_t *fields = NULL;
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    enum error error = check_update(request, member, &before, &after);
    if (error == ERROR_NONE) {
        error = profile_fields(request, member, &fields);
    }
    bool leaves = error == ERROR_NONE && after.status == MEMBER_LEFT;
    if (leaves && before.status != MEMBER_LEFT) {
        error = task_hand_over_all(request, member, NULL);
    }
    if (error != ERROR_NONE) {
        json_decref(fields);
        return error;
    }
    after.class = other_class(request, member, fields);
    if (request_has(request, "status") || request_has(request, "roles")) {
        member_emit(request, member, after.status, after.roles);
    }
    if (leaves && before.status != MEMBER_LEFT) {
        member_emit_keys_left(request, member);
    }
    if (json_object_size(fields) > 0) {
        member_emit_profile(request, member, fields);
    } else {
        json_decref(fields);
    }
    member_emit_standing(request, member, &before, &after);
    if (leaves) {
        member_shut_out(request, member);
    }
    return ERROR_NONE;
}

/* ---- import.member ---- */

static enum error import(struct request *request)
{
    struct id member = request_id(request, "id");
    json_t *known = document_load(request_txn(request), DOCUMENT_MEMBER, member);
    request->result = json_object();
    if (known != NULL) {
        request->seq = (uint64_t)json_get_integer(known, "rev");
        json_put(request->result, "existing", json_true());
        json_decref(known);
        return ERROR_NONE;
    }
    static const char *const given[] = {"name", "source", NULL};
    json_t *fields = json_object();
    fields_copy(fields, request->params, given);
    member_emit(request, member, MEMBER_EXTERNAL, 0);
    member_emit_profile(request, member, fields);
    return ERROR_NONE;
}

/* ---- tables ---- */

static const enum error update_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE,
                                           ERROR_ORGANISATION_LAST_ADMIN, ERROR_CLASS_UNKNOWN,
                                           ERROR_NONE};
static const struct command commands[] = {
    {.method = "member.update",
     .who = WHO_READERS,
     .flags = COMMAND_WRITE,
     .params = update_params,
     .handle = update,
     .errors = update_errors,
     .summary = "Change a member: one's own words, or class, roles and status by administration",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d11\",\"id\":\"1\","
                "\"status\":\"dormant\"}"},
    {.method = "import.member",
     .who = WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = import_params,
     .result = import_result,
     .handle = import,
     .answer = request_answer_id,
     .summary = "Bring in an author of imported texts; one already there stays as it is",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d12\","
                "\"id\":\"5f0c9f4e-0c1d-8c61-a5a0-1d0f6f6a7b01\",\"name\":\"Author 12\","
                "\"source\":{\"format\":\"decide-madrid\",\"id\":\"12\"}}"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_MEMBER, member_apply},
    {EVENT_MEMBER_PROFILE, member_apply_profile},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_ME, .name = "me", .readers = WHO_READERS & ~(unsigned)WHO_OPERATOR},
    {.code = TOPIC_MEMBERS_PRIVATE,
     .name = "members/private",
     .readers = WHO_ADMIN | WHO_SECRETARY | WHO_OPERATOR},
    {0},
};
const struct concept concept_member = {
    .name = "member",
    .commands = commands,
    .applies = applies,
    .documents = member_documents,
    .topics = topics,
};
