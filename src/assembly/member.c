/* Members: people and organisations who belong, and the names on imported texts.
 *
 * What the record must never lose (status, roles) is in binary member events; what is personal (name,
 * class, e-mail, introduction) is in profile events, which can be erased. Two documents are built from
 * both: `member`, which members read, and `member_private`, which the member, administration and
 * secretariat read. Everybody may change their own words; administration changes class, roles, status.
 * Invariants: one administrator remains; INDEX_ADMIN holds those who can act, INDEX_MEMBER_OF_CLASS
 * everybody of a class. Start at the tables at the end, then update() and apply_member(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "base/fatal.h"

#include <string.h>

/* ---- words ---- */

static const char *const status_words[] = {"invited", "active", "dormant", "left", NULL};
static const char *const all_status_words[] = {"invited", "active",   "dormant", "left",
                                               "erased",  "external", NULL};
static const char *const kind_words[] = {"person", "organisation", NULL};
static const char *const standing_roles[] = {"admin",   "facilitator", "secretary",
                                             "auditor", "observer",    NULL};
static const char *const all_roles[] = {"admin",    "facilitator", "secretary",  "auditor",
                                        "observer", "chair",       "scrutineer", NULL};
static const struct {
    const char *word;
    uint16_t role;
} role_bits[] = {
    {"admin", ROLE_ADMIN},           {"facilitator", ROLE_FACILITATOR},
    {"secretary", ROLE_SECRETARY},   {"auditor", ROLE_AUDITOR},
    {"observer", ROLE_OBSERVER},     {"chair", ROLE_CHAIR},
    {"scrutineer", ROLE_SCRUTINEER},
};
enum { ROLE_WORDS = sizeof role_bits / sizeof role_bits[0] };

/* Offices of one meeting are not given here. */
static const uint16_t meeting_roles = ROLE_CHAIR | ROLE_SCRUTINEER;

static uint16_t role_of(struct slice word)
{
    for (size_t i = 0; i < ROLE_WORDS; i++) {
        if (slice_equal(word, slice_text(role_bits[i].word))) {
            return role_bits[i].role;
        }
    }
    return 0;
}

uint16_t member_roles(const json_t *words)
{
    size_t i;
    json_t *word;
    unsigned roles = 0;
    json_array_foreach(words, i, word)
    {
        roles |= role_of(slice_of(json_string_value(word), json_string_length(word)));
    }
    return (uint16_t)((roles & ROLE_OBSERVER) != 0 ? roles : roles | ROLE_MEMBER);
}

static json_t *role_words(uint16_t roles)
{
    json_t *words = json_array();
    for (size_t i = 0; i < ROLE_WORDS; i++) {
        if ((roles & role_bits[i].role) != 0) {
            json_array_append_new(words, json_text(slice_text(role_bits[i].word)));
        }
    }
    return words;
}

static enum member_status status_of(struct slice word)
{
    for (size_t i = 0; all_status_words[i] != NULL; i++) {
        if (slice_equal(word, slice_text(all_status_words[i]))) {
            return (enum member_status)(i + 1);
        }
    }
    return 0;
}

/* ---- shapes ---- */

static const struct field need_line = {.name = "line", .type = FIELD_LINE, .min = 1, .max = 80};
const struct field member_tie = {.name = "tie", .type = FIELD_LINE, .min = 1, .max = 35};
const struct field member_role = {.name = "role", .type = FIELD_WORD, .words = standing_roles};
static const struct field any_role = {.name = "role", .type = FIELD_WORD, .words = all_roles};
const struct field person_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_LINE, .max = 80},
    {0},
};
static const struct field introduction_fields[] = {
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
     .fields = introduction_fields,
     .optional = true,
     .nullable = true},
    {.name = "skills", .type = FIELD_LIST, .item = &need_line, .max = 20, .optional = true},
    {.name = "needs", .type = FIELD_LIST, .item = &need_line, .max = 20, .optional = true},
    {.name = "sponsor",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .nullable = true,
     .summary = "the member a newcomer can ask anything"},
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
    {0},
};
static const struct field list_params[] = {
    {.name = "status",
     .type = FIELD_WORD,
     .words = all_status_words,
     .optional = true,
     .summary = "without it everybody but imported authors"},
    {.name = "text",
     .type = FIELD_LINE,
     .min = 1,
     .max = 80,
     .optional = true,
     .summary = "part of the name"},
    {.name = "after", .type = FIELD_LINE, .min = 1, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
static const struct field get_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {0},
};
static const struct field any_document = {.name = "document", .type = FIELD_ANY};
static const struct field list_result[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &any_document,
     .max = 200,
     .summary = "member documents; observers get number and name only"},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
static const struct field get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .summary = "the member document"},
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
static const struct field member_fields[] = {
    {.name = "number",
     .type = FIELD_INTEGER,
     .max = INT64_MAX,
     .summary = "0 for the author of imported texts"},
    {.name = "name", .type = FIELD_LINE, .max = NAME_MAX_CHARACTERS},
    {.name = "member_kind", .type = FIELD_WORD, .words = kind_words},
    {.name = "class", .type = FIELD_ID, .nullable = true},
    {.name = "ties", .type = FIELD_LIST, .item = &member_tie, .max = 10},
    {.name = "roles", .type = FIELD_LIST, .item = &any_role, .max = 8},
    {.name = "status", .type = FIELD_WORD, .words = all_status_words},
    {.name = "language", .type = FIELD_LINE, .max = 35},
    {.name = "introduction", .type = FIELD_OBJECT, .fields = introduction_fields, .optional = true},
    {.name = "skills", .type = FIELD_LIST, .item = &need_line, .max = 20, .optional = true},
    {.name = "needs", .type = FIELD_LIST, .item = &need_line, .max = 20, .optional = true},
    {.name = "sponsor", .type = FIELD_OBJECT, .fields = person_fields, .optional = true},
    {.name = "joined_ms", .type = FIELD_TIME, .optional = true},
    {.name = "demo", .type = FIELD_FLAG, .optional = true},
    {0},
};
static const struct field link_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_ANY, .summary = "{id, name}, or \"operator\""},
    {0},
};
static const struct field link_item = {.name = "link", .type = FIELD_OBJECT, .fields = link_fields};
static const struct field private_fields[] = {
    {.name = "email", .type = FIELD_LINE, .max = EMAIL_MAX, .optional = true},
    {.name = "shares", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "weight", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "invited_ms", .type = FIELD_TIME, .optional = true},
    {.name = "invited_by",
     .type = FIELD_ANY,
     .optional = true,
     .summary = "{id, name} or \"operator\""},
    {.name = "links",
     .type = FIELD_LIST,
     .item = &link_item,
     .max = 50,
     .summary = "links to join made for this member, the newest 50"},
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

void member_wake(struct request *request)
{
    struct record_member record;
    if (request->caller.kind == CALLER_MEMBER &&
        record_member(request_txn(request), request->caller.member, &record) &&
        record.status == MEMBER_DORMANT) {
        member_emit(request, request->caller.member, MEMBER_ACTIVE, record.roles);
    }
}

/* ---- member.update ---- */

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
    {"sponsor", true, WHO_ADMIN | WHO_OPERATOR},
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

static bool is_acting_admin(enum member_status status, uint16_t roles)
{
    return (status == MEMBER_ACTIVE || status == MEMBER_DORMANT) && (roles & ROLE_ADMIN) != 0;
}

static bool count_two(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    return ++*(size_t *)context < 2;
}

static bool is_last_admin(struct store_txn *txn, const struct record_member *before)
{
    size_t admins = 0;
    uint8_t prefix = INDEX_ADMIN;
    store_scan(txn, TABLE_INDEX, slice_of(&prefix, 1), count_two, &admins);
    return is_acting_admin(before->status, before->roles) && admins < 2;
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

/* Who leaves signs nothing more: the keys of all devices are revoked. */
static void emit_keys_left(struct request *request, struct id member)
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
static enum error check_standing(struct request *request, const struct record_member *before,
                                 enum member_status *status, uint16_t *roles)
{
    *status = before->status;
    *roles = before->roles;
    if (request_has(request, "status")) {
        *status = status_of(request_text(request, "status"));
        if (!status_may_follow(before->status, *status)) {
            return request_fault(request, "status", ERROR_MEMBER_BAD_STATE);
        }
    }
    if (request_has(request, "roles")) {
        unsigned office = before->roles & meeting_roles;
        *roles = (uint16_t)(member_roles(json_object_get(request->params, "roles")) | office);
    }
    if (!is_acting_admin(*status, *roles) && is_last_admin(request_txn(request), before)) {
        return request_fault(request, request_has(request, "roles") ? "roles" : "status",
                             ERROR_ORGANISATION_LAST_ADMIN);
    }
    return ERROR_NONE;
}

static bool email_is_good(struct slice email)
{
    const uint8_t *at = email.size == 0 ? NULL : memchr(email.data, '@', email.size);
    return at != NULL && at != email.data && at != email.data + email.size - 1 &&
           memchr(email.data, ' ', email.size) == NULL;
}

/* The personal fields given, references resolved; NULL fields with an error. */
static enum error profile_fields(struct request *request, json_t **fields)
{
    static const char *const plain[] = {"name",  "email",  "language", "introduction", "skills",
                                        "needs", "shares", "weight",   "ties",         NULL};
    *fields = NULL;
    struct store_txn *txn = request_txn(request);
    struct id class = organisation_class(txn, request_text(request, "class"));
    struct id sponsor = request_ref(request, "sponsor", NUMBER_MEMBER);
    if (request_has(request, "class") && id_is_none(class)) {
        return request_fault(request, "class", ERROR_CLASS_UNKNOWN);
    }
    if (request_has(request, "sponsor") && !document_exists(txn, DOCUMENT_MEMBER, sponsor)) {
        return request_fault(request, "sponsor", ERROR_MEMBER_UNKNOWN);
    }
    if (request_has(request, "email") && !email_is_good(request_text(request, "email"))) {
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

static enum error update(struct request *request)
{
    struct record_member before;
    enum member_status status;
    uint16_t roles;
    json_t *fields;
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    if (!record_member(request_txn(request), member, &before)) {
        return request_fault(request, "id", ERROR_MEMBER_UNKNOWN);
    }
    enum error error = check_rights(request, member);
    if (error == ERROR_NONE &&
        (before.status == MEMBER_EXTERNAL || before.status == MEMBER_ERASED)) {
        error = request_fault(request, "id", ERROR_MEMBER_BAD_STATE);
    }
    if (error == ERROR_NONE) {
        error = check_standing(request, &before, &status, &roles);
    }
    if (error == ERROR_NONE) {
        error = profile_fields(request, &fields);
    }
    if (error != ERROR_NONE) {
        return error;
    }
    if (request_has(request, "status") || request_has(request, "roles")) {
        member_emit(request, member, status, roles);
    }
    if (status == MEMBER_LEFT && before.status != MEMBER_LEFT) {
        emit_keys_left(request, member);
    }
    if (json_object_size(fields) > 0) {
        member_emit_profile(request, member, fields);
    } else {
        json_decref(fields);
    }
    if (status == MEMBER_LEFT) {
        invitation_forget(request_txn(request), member);
        session_end_all(request_txn(request), member);
    }
    return ERROR_NONE;
}

/* ---- reading ---- */

/* Observers read names only. */
static json_t *name_only(const json_t *member)
{
    static const char *const shown[] = {"kind", "id", "rev", "number", "name", NULL};
    json_t *result = json_object();
    fields_copy(result, member, shown);
    return result;
}

static bool reads_names_only(const struct request *request)
{
    return !request_is(request, WHO_READERS & ~(unsigned)WHO_OBSERVER);
}

static bool keep_member(const struct request *request, const json_t *member)
{
    struct slice status = request_text(request, "status");
    return (status.size == 0 || slice_equal(status, json_get_text(member, "status"))) &&
           text_contains(json_get_text(member, "name"), request_text(request, "text"));
}

static enum error list(struct request *request)
{
    bool external = slice_equal(request_text(request, "status"), slice_text("external"));
    uint8_t prefix = external ? INDEX_MEMBER_EXTERNAL : INDEX_MEMBER_BY_NUMBER;
    enum error error =
        request_answer_list(request, slice_of(&prefix, 1), DOCUMENT_MEMBER, keep_member, 1000);
    if (error == ERROR_NONE && reads_names_only(request)) {
        size_t i;
        json_t *item;
        json_t *names = json_array();
        json_array_foreach(json_object_get(request->result, "items"), i, item)
        {
            json_array_append_new(names, name_only(item));
        }
        json_put(request->result, "items", names);
    }
    return error;
}

static enum error get(struct request *request)
{
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    enum error error =
        request_answer_document(request, DOCUMENT_MEMBER, member, ERROR_MEMBER_UNKNOWN);
    if (error == ERROR_NONE && reads_names_only(request)) {
        json_put(request->result, "doc", name_only(json_object_get(request->result, "doc")));
    }
    return error;
}

/* ---- import.member ---- */

static enum error import(struct request *request)
{
    struct id member = request_id(request, "id");
    json_t *known = document_load(request_txn(request), DOCUMENT_MEMBER, member);
    request->result = json_object();
    json_put(request->result, "id", json_id(member));
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

/* ---- documents ---- */

static void put_member(struct change *change, struct id id, json_t *member)
{
    struct topic topic = topic_of(TOPIC_ME, id);
    change_put(change, DOCUMENT_MEMBER, id, member, &topic, 1);
}

static void put_private(struct change *change, struct id id, json_t *private)
{
    struct topic topics[] = {topic_of(TOPIC_ME, id), topic_plain(TOPIC_MEMBERS_PRIVATE)};
    change_put(change, DOCUMENT_MEMBER_PRIVATE, id, private, topics, 2);
}

static json_t *new_member(struct id id)
{
    json_t *member = document_new(DOCUMENT_MEMBER, id);
    json_put(member, "number", json_number(0));
    json_put(member, "name", json_text(slice_text("")));
    json_put(member, "member_kind", json_text(slice_text("person")));
    json_put(member, "class", json_null());
    json_put(member, "ties", json_array());
    json_put(member, "roles", json_array());
    json_put(member, "status", json_text(slice_text("invited")));
    json_put(member, "language", json_text(slice_text("")));
    return member;
}

static void make_private(struct change *change, struct id id)
{
    json_t *private = document_new(DOCUMENT_MEMBER_PRIVATE, id);
    json_put(private, "shares", json_number(0));
    json_put(private, "weight", json_number(1));
    json_put(private, "invited_ms", json_number(change->time_ms));
    json_put(private, "links", json_array());
    put_private(change, id, private);
}

static void index_admin(struct change *change, struct id member, bool on)
{
    struct index_key key = index_key(INDEX_ADMIN);
    index_key_id(&key, member);
    if (on) {
        change_index(change, index_key_slice(&key), member);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
}

static void index_external(struct change *change, struct id member)
{
    struct index_key key = index_key(INDEX_MEMBER_EXTERNAL);
    index_key_id(&key, member);
    change_index(change, index_key_slice(&key), member);
}

static void apply_member(struct change *change)
{
    struct payload_member value;
    enum member_status before = 0;
    if (payload_decode_member(change->payload, &value) != ERROR_NONE) {
        return;
    }
    json_t *member = change_load(change, DOCUMENT_MEMBER, value.member);
    if (member == NULL) {
        member = new_member(value.member);
        if (value.status == MEMBER_EXTERNAL) {
            index_external(change, value.member);
        } else {
            make_private(change, value.member);
        }
    } else {
        before = status_of(json_get_text(member, "status"));
    }
    json_put(member, "roles", role_words(value.roles));
    json_put(member, "status", json_text(slice_text(all_status_words[value.status - 1])));
    if (value.status == MEMBER_ACTIVE && json_object_get(member, "joined_ms") == NULL) {
        json_put(member, "joined_ms", json_number(change->time_ms));
    }
    put_member(change, value.member, member);
    index_admin(change, value.member, is_acting_admin(value.status, value.roles));
    organisation_count_member(change, before, value.status);
    change_touched(change, value.member);
}

static void index_class(struct change *change, struct id member, struct id class, bool on)
{
    struct index_key key = index_key(INDEX_MEMBER_OF_CLASS);
    index_key_id(&key, class);
    index_key_id(&key, member);
    if (id_is_none(class)) {
        return;
    }
    if (on) {
        change_index(change, index_key_slice(&key), member);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
}

static void apply_number(struct change *change, struct id member, json_t *document)
{
    char text[12];
    uint32_t number = (uint32_t)json_get_integer(change->json, "number");
    struct index_key key = index_key(INDEX_MEMBER_BY_NUMBER);
    if (number == 0) {
        return;
    }
    index_key_u32(&key, number);
    json_put(document, "number", json_number(number));
    change_number(change, NUMBER_MEMBER, number_text(number, text), member);
    change_index(change, index_key_slice(&key), member);
}

/* null takes a field away. */
static void take_field(json_t *document, const json_t *event, const char *field)
{
    json_t *value = json_object_get(event, field);
    if (json_is_null(value)) {
        json_object_del(document, field);
    } else if (value != NULL) {
        json_put(document, field, json_deep_copy(value));
    }
}

static void apply_public_profile(struct change *change, struct id id, json_t *member)
{
    static const char *const taken[] = {"name",   "language", "ties", "introduction",
                                        "skills", "needs",    "demo"};
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        take_field(member, change->json, taken[i]);
    }
    if (json_object_get(change->json, "kind") != NULL) {
        json_put(member, "member_kind", json_text(json_get_text(change->json, "kind")));
    }
    struct id class = json_get_id(change->json, "class");
    if (!id_is_none(class)) {
        index_class(change, id, json_get_id(member, "class"), false);
        index_class(change, id, class, true);
        json_put(member, "class", json_id(class));
    }
    const json_t *sponsor = json_object_get(change->json, "sponsor");
    if (json_is_null(sponsor)) {
        json_object_del(member, "sponsor");
    } else if (sponsor != NULL) {
        json_put(member, "sponsor", change_person(change, json_get_id(change->json, "sponsor")));
    }
    apply_number(change, id, member);
    put_member(change, id, member);
}

static void apply_private_profile(struct change *change, struct id id, json_t *private)
{
    take_field(private, change->json, "email");
    take_field(private, change->json, "shares");
    take_field(private, change->json, "weight");
    if (json_get_integer(change->json, "number") > 0) {
        json_put(private, "invited_by", change_by(change, json_object_get(change->json, "by")));
    }
    put_private(change, id, private);
}

static void apply_link(struct change *change, struct id id, json_t *private)
{
    json_t *links = json_object_get(private, "links");
    json_t *link = json_object();
    json_put(link, "at_ms", json_number(change->time_ms));
    json_put(link, "by", change_by(change, json_object_get(change->json, "by")));
    json_array_append_new(links, link);
    if (json_array_size(links) > 50) {
        json_array_remove(links, 0);
    }
    put_private(change, id, private);
}

static void apply_profile(struct change *change)
{
    struct id id = json_get_id(change->json, "member");
    json_t *member = change_load(change, DOCUMENT_MEMBER, id);
    json_t *private = change_load(change, DOCUMENT_MEMBER_PRIVATE, id);
    bool link = event_is(change->json, "link");
    if (link && private != NULL) {
        apply_link(change, id, private);
        private = NULL;
    } else if (!link && member != NULL) {
        apply_public_profile(change, id, member);
        member = NULL;
        if (private != NULL) {
            apply_private_profile(change, id, private);
            private = NULL;
        }
    }
    json_decref(member);
    json_decref(private);
}

/* ---- tables ---- */

static const enum error update_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE,
                                           ERROR_ORGANISATION_LAST_ADMIN, ERROR_CLASS_UNKNOWN,
                                           ERROR_NONE};
static const enum error get_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_NONE};
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
    {.method = "member.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .summary = "Members in the order of their numbers",
     .example = "{\"limit\":50}"},
    {.method = "member.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = get_params,
     .result = get_result,
     .handle = get,
     .errors = get_errors,
     .summary = "One member",
     .example = "{\"id\":\"1\"}"},
    {.method = "import.member",
     .who = WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = import_params,
     .result = import_result,
     .handle = import,
     .summary = "Bring in an author of imported texts; one already there stays as it is",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d12\","
                "\"id\":\"5f0c9f4e-0c1d-8c61-a5a0-1d0f6f6a7b01\",\"name\":\"Author 12\","
                "\"source\":{\"format\":\"decide-madrid\",\"id\":\"12\"}}"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_MEMBER, apply_member},
    {EVENT_MEMBER_PROFILE, apply_profile},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_MEMBER, "member", member_fields},
    {DOCUMENT_MEMBER_PRIVATE, "member_private", private_fields},
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
    .documents = documents,
    .topics = topics,
};
