/* Groups: a part of the organisation that works on something, started by any member.
 *
 * Groups nest, at most GROUP_DEPTH_MAX deep and never in a circle; each has members of its own, a few of whom coordinate it.
 * Whoever is a member of the organisation may join an open group; a member of the group may ask somebody in, who says yes or
 * no. Everybody reads a group's discussion, its members write. An archived group keeps its people and its texts, takes no
 * new ones, and can be opened again. Invariants: who coordinates is in the group; a group's parent exists.
 * Looking groups up is in group_find.c, what events do to documents in group_apply.c. Start at create(). */
#include "assembly/group.h"
#include "assembly/member.h"

#include <string.h>

enum { REASON_MAX = 4000 /* bytes */, REASON_CHARACTERS = 1000 };

/* ---- parameters ---- */

static const struct field create_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "name", .type = FIELD_LINE, .min = 1, .max = GROUP_NAME_MAX},
    {.name = "purpose",
     .type = FIELD_TEXT,
     .max = GROUP_PURPOSE_MAX,
     .summary = "what the group is for; may be empty"},
    {.name = "names",
     .type = FIELD_LABELS,
     .max = GROUP_NAME_MAX,
     .optional = true,
     .summary = "the name in other languages"},
    {.name = "purposes", .type = FIELD_TEXTS, .max = GROUP_PURPOSE_MAX, .optional = true},
    {.name = "parent",
     .type = FIELD_REF,
     .number = NUMBER_GROUP,
     .optional = true,
     .summary = "the group it is a part of"},
    {0},
};
static const struct field update_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_GROUP},
    {.name = "language", .type = FIELD_LANGUAGE, .optional = true},
    {.name = "name", .type = FIELD_LINE, .min = 1, .max = GROUP_NAME_MAX, .optional = true},
    {.name = "purpose", .type = FIELD_TEXT, .max = GROUP_PURPOSE_MAX, .optional = true},
    {.name = "names", .type = FIELD_LABELS, .max = GROUP_NAME_MAX, .optional = true},
    {.name = "purposes", .type = FIELD_TEXTS, .max = GROUP_PURPOSE_MAX, .optional = true},
    {.name = "parent",
     .type = FIELD_REF,
     .number = NUMBER_GROUP,
     .optional = true,
     .nullable = true,
     .summary = "null: part of no other group"},
    {0},
};
static const struct field id_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_GROUP},
    {0},
};
static const struct field join_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_GROUP},
    {.name = "for",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .summary = "recorded by facilitation or the secretariat for a member without a device"},
    {0},
};
static const struct field invite_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_GROUP},
    {.name = "member", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {0},
};
static const struct field answer_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_GROUP},
    {.name = "yes", .type = FIELD_FLAG},
    {0},
};
static const struct field role_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_GROUP},
    {.name = "member", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "coordinator", .type = FIELD_FLAG},
    {0},
};
static const struct field close_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_GROUP},
    {.name = "reason",
     .type = FIELD_TEXT,
     .min = 1,
     .max = REASON_MAX,
     .summary = "everybody reads it; at most 1,000 characters"},
    {0},
};
static const struct field list_params[] = {
    {.name = "after", .type = FIELD_LINE, .min = 1, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
static const struct field listed = {
    .name = "document", .type = FIELD_ANY, .document = DOCUMENT_GROUP};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &listed, .max = 200},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
static const struct field get_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_GROUP},
    {0},
};

/* ---- tools ---- */

/* The group of the parameter; *group is a new reference. */
static enum error find(struct request *request, const char *parameter, struct id *id,
                       json_t **group)
{
    *id = request_ref(request, parameter, NUMBER_GROUP);
    *group = id_is_none(*id) ? NULL : document_load(request_txn(request), DOCUMENT_GROUP, *id);
    return *group == NULL ? request_fault(request, parameter, ERROR_GROUP_UNKNOWN) : ERROR_NONE;
}

/* The group of the parameter `id`, open. Without it *group is NULL. */
static enum error find_open(struct request *request, struct id *id, json_t **group)
{
    enum error error = find(request, "id", id, group);
    if (error == ERROR_NONE && !group_is_open(*group)) {
        json_decref(*group);
        *group = NULL;
        error = request_fault(request, "id", ERROR_GROUP_BAD_STATE);
    }
    return error;
}

/* Its coordinators and facilitation; where nobody coordinates, whoever is in it. */
static bool may_lead(const struct request *request, struct id id, const json_t *group)
{
    const json_t *coordinators = json_object_get(group, "coordinators");
    if (request_is(request, WHO_FACILITATOR)) {
        return true;
    }
    return json_array_size(coordinators) == 0
               ? group_has(request_txn(request), id, request->caller.member)
               : people_have(coordinators, request->caller.member);
}

static json_t *event_of(const char *what, struct id id)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(id));
    return event;
}

static enum error emit(struct request *request, json_t *event)
{
    request_emit_json(request, EVENT_GROUP, event);
    member_wake(request);
    return ERROR_NONE;
}

/* ---- where a group stands ---- */

/* Steps from this group to the top, itself included; more than GROUP_DEPTH_MAX when `without` is met on the way. */
static int depth_of(struct store_txn *txn, struct id id, struct id without)
{
    int depth = 0;
    while (!id_is_none(id) && depth <= GROUP_DEPTH_MAX) {
        if (id_equal(id, without)) {
            return GROUP_DEPTH_MAX + 1;
        }
        depth++;
        id = group_parent(txn, id);
    }
    return depth;
}

struct height {
    struct store_txn *txn;
    int here, most;
};

static bool measure_child(void *context, struct slice key, struct slice value)
{
    struct height *height = context;
    struct id child = {{0}};
    (void)key;
    memcpy(child.bytes, value.data, ID_SIZE);
    height->here++;
    height->most = height->here > height->most ? height->here : height->most;
    if (height->here <= GROUP_DEPTH_MAX) {
        struct index_key prefix = group_children_prefix(child);
        store_scan(height->txn, TABLE_INDEX, index_key_slice(&prefix), measure_child, height);
    }
    height->here--;
    return true;
}

/* Levels of the group and what is below it. */
static int height_of(struct store_txn *txn, struct id id)
{
    struct height height = {.txn = txn, .here = 1, .most = 1};
    struct index_key prefix = group_children_prefix(id);
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), measure_child, &height);
    return height.most;
}

/* The parent asked for, open, where `levels` more fit under it. */
static enum error check_parent(struct request *request, struct id id, int levels, struct id *parent)
{
    json_t *group;
    enum error error = find(request, "parent", parent, &group);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!group_is_open(group)) {
        error = request_fault(request, "parent", ERROR_GROUP_BAD_STATE);
    } else if (depth_of(request_txn(request), *parent, id) + levels > GROUP_DEPTH_MAX) {
        error = request_fault(request, "parent", ERROR_GROUP_TOO_DEEP);
    }
    json_decref(group);
    return error;
}

/* ---- group.create, group.update ---- */

/* There are only so many groups: nobody uses them up alone. */
static bool has_started_many(struct request *request)
{
    enum { DAY_MS = 24 * 60 * 60 * 1000 };
    uint64_t since_ms = request->now_ms > DAY_MS ? request->now_ms - DAY_MS : 0;
    return !request_is(request, WHO_FACILITATOR) &&
           group_started_since(request_txn(request), request->caller.member, since_ms) >=
               GROUPS_A_DAY;
}

static enum error create(struct request *request)
{
    static const char *const given[] = {"language", "name", "purpose", "names", "purposes", NULL};
    struct id id = request_id(request, "id"), parent = {{0}};
    uint32_t number = number_next(request_txn(request), NUMBER_GROUP);
    enum error error = ERROR_NONE;
    if (document_exists(request_txn(request), DOCUMENT_GROUP, id)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    if (number > GROUPS_MAX) {
        return request_fault(request, "id", ERROR_GROUP_FULL);
    }
    if (has_started_many(request)) {
        return request_fault(request, "id", ERROR_GROUP_TOO_MANY);
    }
    if (request_has(request, "parent")) {
        error = check_parent(request, id, 1, &parent);
    }
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *event = event_of("created", id);
    json_put(event, "number", json_number(number));
    fields_copy(event, request->params, given);
    json_put(event, "parent", id_is_none(parent) ? NULL : json_id(parent));
    json_put(event, "member", json_id(request->caller.member));
    return emit(request, event);
}

static enum error check_update(struct request *request, struct id id, const json_t *group,
                               struct id *parent)
{
    if (!may_lead(request, id, group)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (json_object_size(request->params) < 3) { /* only command and id */
        return request_fault(request, "name", ERROR_INPUT_MISSING_FIELD);
    }
    return request_has(request, "parent")
               ? check_parent(request, id, height_of(request_txn(request), id), parent)
               : ERROR_NONE;
}

static enum error update(struct request *request)
{
    static const char *const given[] = {"language", "name", "purpose", "names", "purposes", NULL};
    struct id id, parent = {{0}};
    json_t *group;
    enum error error = find_open(request, &id, &group);
    if (error == ERROR_NONE) {
        error = check_update(request, id, group, &parent);
    }
    if (error == ERROR_NONE) {
        json_t *event = event_of("updated", id);
        fields_copy(event, request->params, given);
        if (json_object_get(request->params, "parent") != NULL) {
            json_put(event, "parent", id_is_none(parent) ? json_null() : json_id(parent));
        }
        error = emit(request, event);
    }
    json_decref(group);
    return error;
}

/* ---- who is in ---- */

static bool was_asked(struct request *request, struct id id, struct id member)
{
    struct slice value;
    struct index_key key = group_asked_key(member, id);
    return store_get(request_txn(request), TABLE_INDEX, index_key_slice(&key), &value);
}

static enum error emit_member(struct request *request, const char *what, struct id id,
                              struct id member)
{
    json_t *event = event_of(what, id);
    json_put(event, "member", json_id(member));
    return emit(request, event);
}

static enum error check_room(struct request *request, struct id id, const json_t *group,
                             struct id member)
{
    if (group_has(request_txn(request), id, member)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    return json_get_integer(group, "members") >= GROUP_MEMBERS_MAX
               ? request_fault(request, "id", ERROR_GROUP_FULL)
               : ERROR_NONE;
}

static enum error join(struct request *request)
{
    struct id id, member;
    json_t *group;
    enum error error = find_open(request, &id, &group);
    if (error == ERROR_NONE) {
        error = member_on_behalf(request, &member);
    }
    if (error == ERROR_NONE) {
        error = check_room(request, id, group, member);
    }
    if (error == ERROR_NONE) {
        error = emit_member(request, "joined", id, member);
    }
    json_decref(group);
    return error;
}

static enum error leave(struct request *request)
{
    struct id id, member;
    json_t *group;
    enum error error = find(request, "id", &id, &group);
    if (error == ERROR_NONE) {
        error = member_on_behalf(request, &member);
    }
    if (error == ERROR_NONE && !group_has(request_txn(request), id, member)) {
        error = request_fault(request, "id", ERROR_GROUP_NOT_MEMBER);
    }
    if (error == ERROR_NONE) {
        error = emit_member(request, "left", id, member);
    }
    json_decref(group);
    return error;
}

/* Somebody who can say yes: active or dormant, no observer, not in it yet. */
static enum error check_invited(struct request *request, struct id id, const json_t *group,
                                struct id member)
{
    struct record_member record;
    if (id_is_none(member) || !record_member(request_txn(request), member, &record)) {
        return request_fault(request, "member", ERROR_MEMBER_UNKNOWN);
    }
    bool here = record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT;
    if (!here || (record.roles & ROLE_OBSERVER) != 0) {
        return request_fault(request, "member", ERROR_MEMBER_BAD_STATE);
    }
    if (was_asked(request, id, member)) {
        return request_fault(request, "member", ERROR_CONFLICT);
    }
    json_t *people = document_load(request_txn(request), DOCUMENT_GROUP_MEMBERS, id);
    bool full = json_array_size(json_object_get(people, "asked")) >= GROUP_ASKED_MAX;
    json_decref(people);
    return full ? request_fault(request, "member", ERROR_GROUP_FULL)
                : check_room(request, id, group, member);
}

static enum error invite(struct request *request)
{
    struct id id, member = request_ref(request, "member", NUMBER_MEMBER);
    json_t *group;
    enum error error = find_open(request, &id, &group);
    if (error == ERROR_NONE && !may_lead(request, id, group) &&
        !group_has(request_txn(request), id, request->caller.member)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE) {
        error = check_invited(request, id, group, member);
    }
    if (error == ERROR_NONE) {
        error = emit_member(request, "asked", id, member);
    }
    json_decref(group);
    return error;
}

static enum error answer(struct request *request)
{
    struct id id, member = request->caller.member;
    json_t *group;
    bool yes = json_get_flag(request->params, "yes");
    enum error error = find_open(request, &id, &group);
    if (error == ERROR_NONE && !was_asked(request, id, member)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE && yes) {
        error = check_room(request, id, group, member);
    }
    if (error == ERROR_NONE) {
        error = emit_member(request, yes ? "joined" : "declined", id, member);
    }
    json_decref(group);
    return error;
}

/* ---- group.role ---- */

static enum error check_role(struct request *request, struct id id, const json_t *group,
                             struct id member)
{
    bool on = json_get_flag(request->params, "coordinator");
    const json_t *coordinators = json_object_get(group, "coordinators");
    if (id_is_none(member) || !group_has(request_txn(request), id, member)) {
        return request_fault(request, "member", ERROR_GROUP_NOT_MEMBER);
    }
    if (people_have(coordinators, member) == on) {
        return request_fault(request, "coordinator", ERROR_CONFLICT);
    }
    return on && json_array_size(coordinators) >= GROUP_COORDINATORS_MAX
               ? request_fault(request, "member", ERROR_GROUP_FULL)
               : ERROR_NONE;
}

static enum error role(struct request *request)
{
    static const char *const given[] = {"coordinator", NULL};
    struct id id, member = request_ref(request, "member", NUMBER_MEMBER);
    json_t *group;
    enum error error = find_open(request, &id, &group);
    if (error == ERROR_NONE && !may_lead(request, id, group)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE) {
        error = check_role(request, id, group, member);
    }
    if (error == ERROR_NONE) {
        json_t *event = event_of("role", id);
        json_put(event, "member", json_id(member));
        fields_copy(event, request->params, given);
        error = emit(request, event);
    }
    json_decref(group);
    return error;
}

/* ---- group.close, group.reopen ---- */

static enum error move(struct request *request, bool close)
{
    static const char *const given[] = {"reason", NULL};
    struct id id;
    json_t *group;
    enum error error = find(request, "id", &id, &group);
    if (error == ERROR_NONE && !may_lead(request, id, group)) {
        error = request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE && group_is_open(group) != close) {
        error = request_fault(request, "id", ERROR_GROUP_BAD_STATE);
    }
    if (error == ERROR_NONE) {
        error = request_limit(request, "reason", REASON_CHARACTERS);
    }
    if (error == ERROR_NONE) {
        json_t *event = event_of(close ? "closed" : "reopened", id);
        fields_copy(event, request->params, given);
        error = emit(request, event);
    }
    json_decref(group);
    return error;
}

static enum error close_group(struct request *request)
{
    return move(request, true);
}

static enum error reopen(struct request *request)
{
    return move(request, false);
}

/* ---- reading ---- */

static enum error list(struct request *request)
{
    struct index_key prefix = group_numbers_prefix();
    return request_answer_list(request, index_key_slice(&prefix), DOCUMENT_GROUP, NULL, 200);
}

static enum error get(struct request *request)
{
    return request_answer_document(request, DOCUMENT_GROUP,
                                   request_ref(request, "id", NUMBER_GROUP), ERROR_GROUP_UNKNOWN);
}

/* ---- tables ---- */

static const enum error place_errors[] = {ERROR_GROUP_UNKNOWN,  ERROR_GROUP_BAD_STATE,
                                          ERROR_GROUP_TOO_DEEP, ERROR_GROUP_FULL,
                                          ERROR_GROUP_TOO_MANY, ERROR_NONE};
static const enum error join_errors[] = {ERROR_GROUP_UNKNOWN,    ERROR_GROUP_BAD_STATE,
                                         ERROR_GROUP_FULL,       ERROR_MEMBER_UNKNOWN,
                                         ERROR_MEMBER_BAD_STATE, ERROR_NONE};
static const enum error leave_errors[] = {ERROR_GROUP_UNKNOWN, ERROR_GROUP_NOT_MEMBER,
                                          ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE, ERROR_NONE};
static const enum error role_errors[] = {ERROR_GROUP_UNKNOWN, ERROR_GROUP_BAD_STATE,
                                         ERROR_GROUP_NOT_MEMBER, ERROR_GROUP_FULL, ERROR_NONE};
static const enum error state_errors[] = {ERROR_GROUP_UNKNOWN, ERROR_GROUP_BAD_STATE, ERROR_NONE};
static const enum error get_errors[] = {ERROR_GROUP_UNKNOWN, ERROR_NONE};

static const struct command commands[] = {
    {.method = "group.create",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = create_params,
     .handle = create,
     .creates = DOCUMENT_GROUP,
     .errors = place_errors,
     .summary = "Start a group; whoever starts it is in it and coordinates it",
     .example = "{\"id\":\"5b1f0c9e-2d64-4f0a-9a51-6f1f0e7d2a10\",\"language\":\"en\","
                "\"name\":\"Garden\",\"purpose\":\"A garden that feeds the canteen\"}"},
    {.method = "group.update",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = update_params,
     .handle = update,
     .errors = place_errors,
     .summary = "Change a group's name, purpose or place: its coordinators, a facilitator",
     .example = "{\"id\":\"1\",\"purpose\":\"A garden and a compost\"}"},
    {.method = "group.join",
     .who = WHO_MEMBER | WHO_FACILITATOR | WHO_SECRETARY,
     .flags = COMMAND_WRITE,
     .params = join_params,
     .handle = join,
     .errors = join_errors,
     .summary = "Join an open group",
     .example = "{\"id\":\"1\"}"},
    {.method = "group.leave",
     .who = WHO_MEMBER | WHO_FACILITATOR | WHO_SECRETARY,
     .flags = COMMAND_WRITE,
     .params = join_params,
     .handle = leave,
     .errors = leave_errors,
     .summary = "Leave a group",
     .example = "{\"id\":\"1\"}"},
    {.method = "group.invite",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = invite_params,
     .handle = invite,
     .errors = join_errors,
     .summary = "Ask a member to come into one's group; they say yes or no",
     .example = "{\"id\":\"1\",\"member\":\"2\"}"},
    {.method = "group.answer",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = answer_params,
     .handle = answer,
     .errors = state_errors,
     .summary = "Say yes or no to a group that asked",
     .example = "{\"id\":\"1\",\"yes\":true}"},
    {.method = "group.role",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = role_params,
     .handle = role,
     .errors = role_errors,
     .summary = "Who coordinates a group: its coordinators say, a facilitator, any of its members "
                "where nobody does",
     .example = "{\"id\":\"1\",\"member\":\"2\",\"coordinator\":true}"},
    {.method = "group.close",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = close_params,
     .handle = close_group,
     .errors = state_errors,
     .summary = "Archive a group, with a reason",
     .example = "{\"id\":\"1\",\"reason\":\"The garden is there.\"}"},
    {.method = "group.reopen",
     .who = WHO_MEMBER | WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = id_params,
     .handle = reopen,
     .errors = state_errors,
     .summary = "Open an archived group again",
     .example = "{\"id\":\"1\"}"},
    {.method = "group.list",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .summary = "Groups, the first one first",
     .example = "{\"limit\":20}"},
    {.method = "group.get",
     .who = WHO_READERS,
     .flags = COMMAND_READ,
     .params = id_params,
     .result = get_result,
     .handle = get,
     .errors = get_errors,
     .summary = "One group",
     .example = "{\"id\":\"1\"}"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_GROUP, group_apply},
    {EVENT_MEMBER, group_apply_member},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_GROUPS, .name = "groups", .readers = WHO_READERS},
    {.code = TOPIC_GROUP,
     .name = "group",
     .has_id = true,
     .number = NUMBER_GROUP,
     .readers = WHO_READERS},
    {0},
};
const struct concept concept_group = {
    .name = "group",
    .commands = commands,
    .applies = applies,
    .documents = group_documents,
    .topics = topics,
};
