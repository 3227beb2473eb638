/* What the events of members do to documents.
 *
 * `member` and `member_private` are built from binary member events (status, roles: never erased) and from
 * profile events (everything personal), whichever comes. A member event makes the documents, so a profile
 * that was erased leaves a member without a name, never a hole. The lists of members, of a class, of
 * administrators and of imported authors are kept here too.
 * Invariants: INDEX_ADMIN holds exactly the administrators who can act; a member stands in
 * INDEX_MEMBER_OF_CLASS under the class its document names. Start at member_apply(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/personal.h"

/* ---- shapes of documents ---- */

static const struct field any_role = {
    .name = "role", .type = FIELD_WORD, .words = member_all_roles};
static const struct field member_fields[] = {
    {.name = "number",
     .type = FIELD_INTEGER,
     .max = INT64_MAX,
     .summary = "0 for the author of imported texts"},
    {.name = "name",
     .type = FIELD_TEXT,
     .max = 4 * NAME_MAX_CHARACTERS,
     .summary = "empty until the invited person gives it"},
    {.name = "member_kind", .type = FIELD_WORD, .words = member_kind_words},
    {.name = "class", .type = FIELD_ID, .nullable = true},
    {.name = "ties", .type = FIELD_LIST, .item = &member_tie, .max = 10},
    {.name = "roles", .type = FIELD_LIST, .item = &any_role, .max = 8},
    {.name = "status", .type = FIELD_WORD, .words = member_status_words},
    {.name = "language", .type = FIELD_LINE, .max = 35, .optional = true},
    {.name = "introduction",
     .type = FIELD_OBJECT,
     .fields = member_introduction_fields,
     .optional = true},
    {.name = "skills", .type = FIELD_LIST, .item = &member_line, .max = 20, .optional = true},
    {.name = "needs", .type = FIELD_LIST, .item = &member_line, .max = 20, .optional = true},
    {.name = "sponsor", .type = FIELD_OBJECT, .fields = person_fields, .optional = true},
    {.name = "joined_ms", .type = FIELD_TIME, .optional = true},
    {.name = "demo", .type = FIELD_FLAG, .optional = true},
    {0},
};
static const struct field link_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field link_item = {.name = "link", .type = FIELD_OBJECT, .fields = link_fields};
static const struct field private_fields[] = {
    {.name = "email", .type = FIELD_LINE, .max = EMAIL_MAX, .optional = true},
    {.name = "shares", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "weight", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "invited_ms", .type = FIELD_TIME, .optional = true},
    {.name = "invited_by", .type = FIELD_BY, .optional = true},
    {.name = "links",
     .type = FIELD_LIST,
     .item = &link_item,
     .max = 50,
     .summary = "links to join made for this member, the newest 50"},
    {0},
};
const struct document_shape member_documents[] = {
    {DOCUMENT_MEMBER, "member", member_fields},
    {DOCUMENT_MEMBER_PRIVATE, "member_private", private_fields},
    {0},
};

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

void member_apply(struct change *change)
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
        before = member_status_find(json_get_text(member, "status"));
    }
    json_put(member, "roles", member_role_words(value.roles));
    json_put(member, "status", json_text(slice_text(member_status_words[value.status - 1])));
    if (value.status == MEMBER_ACTIVE && json_object_get(member, "joined_ms") == NULL) {
        json_put(member, "joined_ms", json_number(change->time_ms));
    }
    put_member(change, value.member, member);
    index_admin(change, value.member, member_is_acting_admin(value.status, value.roles));
    organisation_count_member(change, before, value.status);
    change_touched(change, value.member);
    if (value.status == MEMBER_LEFT || value.status == MEMBER_ERASED) {
        personal_forget(change, value.member);
    }
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

void member_apply_profile(struct change *change)
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
