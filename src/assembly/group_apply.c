/* What the events of groups do to documents: `group` (what everybody reads of it, with how many are in it and who
 * coordinates) and `group_members` (who is in it, who was asked).
 *
 * The rows of TABLE_INDEX say the same as the two lists and are changed with them, here alone. A member who leaves the
 * organisation leaves every group by the member event itself, so no other event is needed. Start at group_apply(). */
#include "assembly/group.h"
#include "assembly/member.h"
#include "assembly/personal.h"

#include <string.h>

/* ---- shapes ---- */

static const char *const state_words[] = {"open", "closed", NULL};
const struct field group_reference_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = GROUPS_MAX},
    {.name = "name", .type = FIELD_LINE, .max = GROUP_NAME_MAX},
    {.name = "names", .type = FIELD_LABELS, .max = GROUP_NAME_MAX, .optional = true},
    {0},
};
static const struct field parent_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = GROUPS_MAX},
    {0},
};
static const struct field closed_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "reason", .type = FIELD_TEXT, .max = 4000},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field person = {
    .name = "person", .type = FIELD_OBJECT, .fields = person_fields};
static const struct field group_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = GROUPS_MAX},
    {.name = "state", .type = FIELD_WORD, .words = state_words, .summary = "closed: archived"},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "name", .type = FIELD_LINE, .max = GROUP_NAME_MAX},
    {.name = "purpose", .type = FIELD_TEXT, .max = GROUP_PURPOSE_MAX},
    {.name = "names", .type = FIELD_LABELS, .max = GROUP_NAME_MAX, .optional = true},
    {.name = "purposes", .type = FIELD_TEXTS, .max = GROUP_PURPOSE_MAX, .optional = true},
    {.name = "parent", .type = FIELD_OBJECT, .fields = parent_fields, .optional = true},
    {.name = "members", .type = FIELD_INTEGER, .max = GROUP_MEMBERS_MAX, .summary = "how many"},
    {.name = "coordinators", .type = FIELD_LIST, .item = &person, .max = GROUP_COORDINATORS_MAX},
    {.name = "created_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "closed", .type = FIELD_OBJECT, .fields = closed_fields, .optional = true},
    {0},
};
static const struct field member_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_LINE, .max = NAME_MAX_CHARACTERS},
    {.name = "since_ms", .type = FIELD_TIME},
    {.name = "recorded_by", .type = FIELD_OBJECT, .fields = person_fields, .optional = true},
    {0},
};
static const struct field asked_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_LINE, .max = NAME_MAX_CHARACTERS},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field member_item = {
    .name = "member", .type = FIELD_OBJECT, .fields = member_fields};
static const struct field asked_item = {
    .name = "member", .type = FIELD_OBJECT, .fields = asked_fields};
static const struct field people_fields[] = {
    {.name = "members", .type = FIELD_LIST, .item = &member_item, .max = GROUP_MEMBERS_MAX},
    {.name = "asked", .type = FIELD_LIST, .item = &asked_item, .max = GROUP_ASKED_MAX},
    {0},
};
const struct document_shape group_documents[] = {
    {DOCUMENT_GROUP, "group", group_fields},
    {DOCUMENT_GROUP_MEMBERS, "group_members", people_fields},
    {0},
};

/* ---- the two documents of a group ---- */

struct pair {
    struct id id;
    json_t *group, *people;
};

static bool pair_load(struct change *change, struct id id, struct pair *pair)
{
    *pair = (struct pair){.id = id,
                          .group = change_load(change, DOCUMENT_GROUP, id),
                          .people = change_load(change, DOCUMENT_GROUP_MEMBERS, id)};
    if (pair->group == NULL || pair->people == NULL) {
        json_decref(pair->group);
        json_decref(pair->people);
        return false;
    }
    return true;
}

static void put_group(struct change *change, struct id id, json_t *group)
{
    struct topic topics[] = {topic_plain(TOPIC_GROUPS), topic_of(TOPIC_GROUP, id)};
    change_put(change, DOCUMENT_GROUP, id, group, topics, 2);
}

/* Takes both references. */
static void pair_put(struct change *change, struct pair *pair)
{
    struct topic topic = topic_of(TOPIC_GROUP, pair->id);
    const json_t *members = json_object_get(pair->people, "members");
    json_put(pair->group, "members", json_number(json_array_size(members)));
    change_put(change, DOCUMENT_GROUP_MEMBERS, pair->id, pair->people, &topic, 1);
    put_group(change, pair->id, pair->group);
}

/* Takes the person out of a list of {"id",…}; true = was there. */
static bool take_out(json_t *list, struct id member)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (id_equal(json_get_id(json_array_get(list, i), "id"), member)) {
            json_array_remove(list, i);
            return true;
        }
    }
    return false;
}

/* ---- people ---- */

static void forget_asked(struct change *change, struct pair *pair, struct id member)
{
    struct index_key key = group_asked_key(member, pair->id);
    if (take_out(json_object_get(pair->people, "asked"), member)) {
        change_unindex(change, index_key_slice(&key));
    }
}

static void add_member(struct change *change, struct pair *pair, struct id member)
{
    struct index_key in = group_member_key(pair->id, member);
    struct index_key of = group_of_member_key(member, pair->id);
    json_t *members = json_object_get(pair->people, "members");
    struct id by = {{0}};
    if (people_have(members, member) || json_array_size(members) >= GROUP_MEMBERS_MAX) {
        return;
    }
    json_t *one = change_person(change, member);
    json_put(one, "since_ms", json_number(change->time_ms));
    if (id_parse(json_get_text(change->json, "by"), &by) && !id_equal(by, member)) {
        json_put(one, "recorded_by", change_person(change, by));
    }
    json_array_append_new(members, one);
    change_index(change, index_key_slice(&in), member);
    change_index(change, index_key_slice(&of), pair->id);
    forget_asked(change, pair, member);
}

static void take_member(struct change *change, struct pair *pair, struct id member)
{
    struct index_key in = group_member_key(pair->id, member);
    struct index_key of = group_of_member_key(member, pair->id);
    if (take_out(json_object_get(pair->people, "members"), member)) {
        take_out(json_object_get(pair->group, "coordinators"), member);
        change_unindex(change, index_key_slice(&in));
        change_unindex(change, index_key_slice(&of));
    }
}

static void ask_member(struct change *change, struct pair *pair, struct id member)
{
    struct index_key key = group_asked_key(member, pair->id);
    json_t *asked = json_object_get(pair->people, "asked");
    if (people_have(asked, member) || json_array_size(asked) >= GROUP_ASKED_MAX) {
        return;
    }
    json_t *one = change_person(change, member);
    json_put(one, "at_ms", json_number(change->time_ms));
    json_put(one, "by", change_by(change, json_object_get(change->json, "by")));
    json_array_append_new(asked, one);
    change_index(change, index_key_slice(&key), pair->id);
}

static void set_role(struct change *change, struct pair *pair, struct id member)
{
    json_t *coordinators = json_object_get(pair->group, "coordinators");
    take_out(coordinators, member);
    if (json_get_flag(change->json, "coordinator") &&
        json_array_size(coordinators) < GROUP_COORDINATORS_MAX) {
        json_array_append_new(coordinators, change_person(change, member));
    }
}

/* ---- texts and place ---- */

static void set_parent(struct change *change, struct pair *pair, struct id parent)
{
    static const char *const names[] = {"number", NULL};
    struct id before = json_get_id(json_object_get(pair->group, "parent"), "id");
    struct index_key old = group_child_key(before, pair->id);
    struct index_key new = group_child_key(parent, pair->id);
    change_unindex(change, index_key_slice(&old));
    change_index(change, index_key_slice(&new), pair->id);
    json_t *above = id_is_none(parent) ? NULL : change_load(change, DOCUMENT_GROUP, parent);
    json_t *reference = above == NULL ? NULL : json_object();
    if (reference != NULL) {
        json_put(reference, "id", json_id(parent));
        fields_copy(reference, above, names);
    }
    json_put(pair->group, "parent", reference);
    json_decref(above);
}

static void set_texts(struct change *change, struct pair *pair)
{
    static const char *const texts[] = {"language", "name", "purpose", "names", "purposes", NULL};
    fields_copy(pair->group, change->json, texts);
    if (json_object_get(change->json, "parent") != NULL) {
        set_parent(change, pair, json_get_id(change->json, "parent"));
    }
}

static void set_closed(struct change *change, struct pair *pair, bool closed)
{
    json_t *account = closed ? json_object() : NULL;
    if (closed) {
        json_put(account, "at_ms", json_number(change->time_ms));
        json_put(account, "reason", json_text(json_get_text(change->json, "reason")));
        json_put(account, "by", change_by(change, json_object_get(change->json, "by")));
    }
    json_put(pair->group, "state", json_text(slice_text(closed ? "closed" : "open")));
    json_put(pair->group, "closed", account);
}

/* ---- events ---- */

static void apply_created(struct change *change, struct id id)
{
    char text[12];
    const json_t *event = change->json;
    struct id starter = json_get_id(event, "member");
    uint32_t number = (uint32_t)json_get_integer(event, "number");
    struct index_key key = group_number_key(number);
    struct pair pair = {.id = id,
                        .group = document_new(DOCUMENT_GROUP, id),
                        .people = document_new(DOCUMENT_GROUP_MEMBERS, id)};
    json_put(pair.group, "number", json_number(number));
    json_put(pair.group, "state", json_text(slice_text("open")));
    set_texts(change, &pair);
    if (json_object_get(event, "parent") == NULL) {
        set_parent(change, &pair, (struct id){{0}});
    }
    json_put(pair.group, "members", json_number(0));
    json_put(pair.group, "coordinators", json_array());
    json_put(pair.group, "created_ms", json_number(change->time_ms));
    json_put(pair.group, "by", change_by(change, json_object_get(event, "by")));
    json_put(pair.people, "members", json_array());
    json_put(pair.people, "asked", json_array());
    add_member(change, &pair, starter);
    json_array_append_new(json_object_get(pair.group, "coordinators"),
                          change_person(change, starter));
    change_number(change, NUMBER_GROUP, number_text(number, text), id);
    change_index(change, index_key_slice(&key), id);
    pair_put(change, &pair);
}

static void apply_to(struct change *change, struct pair *pair)
{
    struct id member = json_get_id(change->json, "member");
    if (event_is(change->json, "updated")) {
        set_texts(change, pair);
    } else if (event_is(change->json, "joined")) {
        add_member(change, pair, member);
    } else if (event_is(change->json, "left")) {
        take_member(change, pair, member);
    } else if (event_is(change->json, "asked")) {
        ask_member(change, pair, member);
    } else if (event_is(change->json, "declined")) {
        forget_asked(change, pair, member);
    } else if (event_is(change->json, "role")) {
        set_role(change, pair, member);
    } else {
        set_closed(change, pair, event_is(change->json, "closed"));
    }
}

void group_apply(struct change *change)
{
    struct pair pair;
    struct id id = json_get_id(change->json, "id");
    if (event_is(change->json, "created")) {
        apply_created(change, id);
    } else if (pair_load(change, id, &pair)) {
        apply_to(change, &pair);
        pair_put(change, &pair);
        if (event_is(change->json, "asked")) {
            change_notify(change, json_get_id(change->json, "member"), "group_asked",
                          notify_about(change, DOCUMENT_GROUP, id));
        }
    }
}

/* ---- leaving the organisation ---- */

struct groups {
    struct id ids[GROUPS_MAX];
    size_t count;
};

static bool note_group(void *context, struct slice key, struct slice value)
{
    struct groups *groups = context;
    (void)key;
    memcpy(groups->ids[groups->count++].bytes, value.data, ID_SIZE);
    return groups->count < GROUPS_MAX;
}

static struct groups groups_under(struct change *change, struct index_key prefix)
{
    struct groups groups = {.count = 0};
    store_scan(change->txn, TABLE_INDEX, index_key_slice(&prefix), note_group, &groups);
    return groups;
}

static void leave_all(struct change *change, const struct groups *groups, struct id member)
{
    for (size_t i = 0; i < groups->count; i++) {
        struct pair pair;
        if (pair_load(change, groups->ids[i], &pair)) {
            take_member(change, &pair, member);
            forget_asked(change, &pair, member);
            pair_put(change, &pair);
        }
    }
}

void group_apply_member(struct change *change)
{
    struct payload_member value;
    if (payload_decode_member(change->payload, &value) != ERROR_NONE ||
        (value.status != MEMBER_LEFT && value.status != MEMBER_ERASED)) {
        return;
    }
    struct groups in = groups_under(change, group_groups_prefix(value.member));
    struct groups asked = groups_under(change, group_asked_prefix(value.member));
    leave_all(change, &in, value.member);
    leave_all(change, &asked, value.member);
}
