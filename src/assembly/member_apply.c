/* What the events of members do to documents.
 *
 * `member` and `member_private` are built from binary member events (status, roles: never erased) and from
 * profile events (everything personal), whichever comes. A member event makes the documents, so a profile
 * that was erased leaves a member without a name, never a hole. The lists of members (by number, name, address),
 * of a class, of administrators and of imported authors are kept here too.
 * Invariants: INDEX_ADMIN holds exactly the administrators who can act; a member stands in
 * INDEX_MEMBER_OF_CLASS under the class its document names, in INDEX_MEMBER_BY_NAME under its name; the
 * e-mail address is in `member` only while its member shows it; a sponsor's `sponsors` and the newcomer's
 * `sponsor` say the same. Start at member_apply(). */
#include "assembly/member.h"
#include "assembly/newcomers.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/personal.h"

/* ---- shapes of documents ---- */

static const struct field any_role = {
    .name = "role", .type = FIELD_WORD, .words = member_all_roles};
static const struct field sponsored = {
    .name = "newcomer", .type = FIELD_OBJECT, .fields = person_fields};
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
    {.name = "sponsors",
     .type = FIELD_LIST,
     .item = &sponsored,
     .max = SPONSORED_MAX,
     .optional = true,
     .summary = "the newcomers who can ask this member anything"},
    {.name = "email",
     .type = FIELD_LINE,
     .max = EMAIL_MAX,
     .optional = true,
     .summary = "only while its member shows it"},
    {.name = "representative",
     .type = FIELD_LINE,
     .max = NAME_MAX_CHARACTERS,
     .optional = true,
     .summary = "who acts for a member that is an organisation"},
    {.name = "joined_ms", .type = FIELD_TIME, .optional = true},
    {.name = "left_ms", .type = FIELD_TIME, .optional = true},
    {.name = "goodbye",
     .type = FIELD_OBJECT,
     .fields = member_introduction_fields,
     .optional = true,
     .summary = "what a former member wrote on leaving"},
    {.name = "demo", .type = FIELD_FLAG, .optional = true},
    {0},
};
static const struct field link_fields[] = {
    {.name = "id", .type = FIELD_ID, .optional = true, .summary = "computed from the link"},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "used_ms", .type = FIELD_TIME, .optional = true},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field link_item = {.name = "link", .type = FIELD_OBJECT, .fields = link_fields};
static const struct field private_fields[] = {
    {.name = "email", .type = FIELD_LINE, .max = EMAIL_MAX, .optional = true},
    {.name = "shows_email",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "the member lets other members see the address"},
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
    {DOCUMENT_NEWCOMERS, "newcomers", newcomers_fields},
    {0},
};

/* ---- documents ---- */

static void put_member(struct change *change, struct id id, json_t *member)
{
    struct topic topics[] = {topic_of(TOPIC_ME, id), topic_of(TOPIC_MEMBER, id)};
    newcomers_follow(change, id, member);
    change_put(change, DOCUMENT_MEMBER, id, member, topics, 2);
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

static void index_set(struct change *change, const struct index_key *key, struct id member, bool on)
{
    if (on) {
        change_index(change, index_key_slice(key), member);
    } else {
        change_unindex(change, index_key_slice(key));
    }
}

/* Those without a name come last. */
struct index_key member_name_key(struct slice name)
{
    uint8_t folded[NAME_KEY_MAX] = {0xFF};
    size_t size = name.size == 0 ? 1 : text_folded(name, folded, sizeof folded);
    struct index_key key = index_key(INDEX_MEMBER_BY_NAME);
    index_key_bytes(&key, slice_of(folded, size));
    index_key_u8(&key, 0);
    return key;
}

static void index_name(struct change *change, struct id member, struct slice name, bool on)
{
    struct index_key key = member_name_key(name);
    index_key_id(&key, member);
    index_set(change, &key, member, on);
}

struct slice member_email_folded(struct slice email, uint8_t into[EMAIL_MAX])
{
    size_t size = email.size < EMAIL_MAX ? email.size : EMAIL_MAX;
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = email.data[i];
        into[i] = byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte + 32) : byte;
    }
    return slice_of(into, size);
}

struct index_key member_email_key(struct slice email)
{
    uint8_t folded[EMAIL_MAX];
    struct index_key key = index_key(INDEX_MEMBER_BY_EMAIL);
    index_key_id(&key, id_from_hash(crypto_hash(member_email_folded(email, folded))));
    return key;
}

static void index_email(struct change *change, struct id member, struct slice email, bool on)
{
    struct index_key key = member_email_key(email);
    index_key_id(&key, member);
    if (email.size > 0) {
        index_set(change, &key, member, on);
    }
}

static void index_admin(struct change *change, struct id member, bool on)
{
    struct index_key key = index_key(INDEX_ADMIN);
    index_key_id(&key, member);
    index_set(change, &key, member, on);
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
            index_name(change, value.member, slice_text(""), true);
        }
    } else {
        before = member_status_find(json_get_text(member, "status"));
    }
    json_put(member, "roles", member_role_words(value.roles));
    json_put(member, "status", json_text(slice_text(member_status_words[value.status - 1])));
    if (value.status == MEMBER_ACTIVE && json_object_get(member, "joined_ms") == NULL) {
        json_put(member, "joined_ms", json_number(change->time_ms));
    }
    if (value.status == MEMBER_LEFT && before != MEMBER_LEFT) {
        json_put(member, "left_ms", json_number(change->time_ms));
    } else if (before == MEMBER_LEFT && value.status != MEMBER_LEFT) { /* comes back */
        json_object_del(member, "left_ms");
        json_object_del(member, "goodbye");
    }
    put_member(change, value.member, member);
    standing_follow(change, value.member, before, value.status);
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
    index_set(change, &key, member, on);
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

/* The other end of a sponsorship: the sponsor's list gains or loses this newcomer. */
static void list_sponsored(struct change *change, struct id sponsor, struct id newcomer, bool on)
{
    size_t i;
    json_t *item, *list;
    json_t *document = id_is_none(sponsor) ? NULL : change_load(change, DOCUMENT_MEMBER, sponsor);
    if (document == NULL) {
        return;
    }
    list = json_array();
    json_array_foreach(json_object_get(document, "sponsors"), i, item)
    {
        if (!id_equal(json_get_id(item, "id"), newcomer)) {
            json_array_append(list, item);
        }
    }
    if (on && json_array_size(list) < SPONSORED_MAX) {
        json_array_append_new(list, change_person(change, newcomer));
    }
    if (json_array_size(list) == 0) {
        json_decref(list);
        list = NULL;
    }
    json_put(document, "sponsors", list);
    put_member(change, sponsor, document);
}

static void apply_sponsor(struct change *change, struct id id, json_t *member)
{
    const json_t *sponsor = json_object_get(change->json, "sponsor");
    struct id before = json_get_id(json_object_get(member, "sponsor"), "id");
    struct id after = json_get_id(change->json, "sponsor");
    if (sponsor == NULL || id_equal(after, id)) {
        return;
    }
    json_put(member, "sponsor", id_is_none(after) ? NULL : change_person(change, after));
    if (!id_equal(before, after)) {
        list_sponsored(change, before, id, false);
    }
    list_sponsored(change, after, id, true);
    if (!id_equal(before, after)) {
        change_notify(change, after, "sponsor", notify_about(change, DOCUMENT_MEMBER, id));
    }
}

static void apply_name(struct change *change, struct id id, json_t *member)
{
    if (json_object_get(change->json, "name") != NULL) {
        bool listed = !slice_equal(json_get_text(member, "status"), slice_text("external"));
        if (listed) {
            index_name(change, id, json_get_text(member, "name"), false);
            index_name(change, id, json_get_text(change->json, "name"), true);
        }
        take_field(member, change->json, "name");
    }
}

static void apply_public_profile(struct change *change, struct id id, json_t *member,
                                 const json_t *private)
{
    static const char *const taken[] = {"language", "ties", "introduction", "skills",
                                        "needs",    "demo", "goodbye",      "representative"};
    apply_name(change, id, member);
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
    bool shown = json_get_flag(private, "shows_email") && json_object_get(private, "email") != NULL;
    json_put(member, "email", shown ? json_text(json_get_text(private, "email")) : NULL);
    apply_number(change, id, member);
    put_member(change, id, member);
    if (json_object_get(change->json, "sponsor") != NULL) {
        json_t *again = change_load(change, DOCUMENT_MEMBER, id); /* its own name is known now */
        apply_sponsor(change, id, again);
        put_member(change, id, again);
    }
}

static void apply_private_profile(struct change *change, struct id id, json_t *private)
{
    if (json_object_get(change->json, "email") != NULL) {
        index_email(change, id, json_get_text(private, "email"), false);
        index_email(change, id, json_get_text(change->json, "email"), true);
    }
    take_field(private, change->json, "email");
    take_field(private, change->json, "shows_email");
    take_field(private, change->json, "shares");
    take_field(private, change->json, "weight");
    if (json_get_integer(change->json, "number") > 0) {
        json_put(private, "invited_by", change_by(change, json_object_get(change->json, "by")));
    }
    put_private(change, id, private);
}

static void add_link(struct change *change, json_t *private)
{
    json_t *links = json_object_get(private, "links");
    json_t *link = json_object();
    struct id known = json_get_id(change->json, "link");
    json_put(link, "id", id_is_none(known) ? NULL : json_id(known));
    json_put(link, "at_ms", json_number(change->time_ms));
    json_put(link, "by", change_by(change, json_object_get(change->json, "by")));
    json_array_append_new(links, link);
    if (json_array_size(links) > 50) {
        json_array_remove(links, 0);
    }
}

static void apply_link_used(struct change *change, json_t *private)
{
    size_t i;
    json_t *link;
    json_array_foreach(json_object_get(private, "links"), i, link)
    {
        if (id_equal(json_get_id(link, "id"), json_get_id(change->json, "link"))) {
            json_put(link, "used_ms", json_number(change->time_ms));
        }
    }
}

/* Whoever invited a newcomer, and the sponsor, hear that they have come. */
static void tell_joined(struct change *change, struct id id, const json_t *member,
                        const json_t *private)
{
    struct id inviter = json_get_id(json_object_get(private, "invited_by"), "id");
    struct id sponsor = json_get_id(json_object_get(member, "sponsor"), "id");
    change_notify(change, inviter, "member_joined", notify_about(change, DOCUMENT_MEMBER, id));
    if (!id_equal(sponsor, inviter)) {
        change_notify(change, sponsor, "member_joined", notify_about(change, DOCUMENT_MEMBER, id));
    }
}

void member_apply_profile(struct change *change)
{
    struct id id = json_get_id(change->json, "member");
    json_t *member = change_load(change, DOCUMENT_MEMBER, id);
    json_t *private = change_load(change, DOCUMENT_MEMBER_PRIVATE, id);
    bool used = event_is(change->json, "link_used");
    if (!used && private != NULL && json_object_get(change->json, "link") != NULL) {
        add_link(change, private);
    }
    if (used && private != NULL) {
        apply_link_used(change, private);
    }
    if (used && json_get_integer(member, "joined_ms") == (int64_t)change->time_ms) {
        tell_joined(change, id, member, private);
    }
    if (used || event_is(change->json, "link")) {
        if (private != NULL) {
            put_private(change, id, private);
        }
        json_decref(member);
        return;
    }
    if (private != NULL) {
        json_incref(private);
        apply_private_profile(change, id, private);
    }
    if (member != NULL) {
        apply_public_profile(change, id, member, private);
        standing_invited(change, id);
    }
    json_decref(private);
}
