/* Standing: what a member may do and since when, with the history that everybody reads, and leaving.
 *
 * The binary member event says what status and roles are now; a `standing` event beside it says who changed what, why, and
 * whether time alone did it. From both comes one document of its own, `member_history`: who invited, who gave which role
 * and who took it, pauses, leaving. It holds no shares and no e-mail address, so it may be read wherever names may.
 * Leaving is one act: what happens to each open to-do is said with it, keys, links and sessions end with it.
 * Invariant: a member who has left holds no open to-do that this act knew of. Start at leave(). */
#include "assembly/member.h"
#include "assembly/parts.h"
#include "assembly/personal.h"
#include "assembly/task.h"

enum { REASON_MAX = 500, GOODBYE_MAX = 2000 };

/* ---- the history ---- */

static const char *const what_words[] = {"invited", "joined", "status", "roles", "class", NULL};
static const char *const cause_words[] = {"chosen", "time", NULL};
static const struct field role_word = {
    .name = "role", .type = FIELD_WORD, .words = member_all_roles};
static const struct field step_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_BY},
    {.name = "what", .type = FIELD_WORD, .words = what_words},
    {.name = "status", .type = FIELD_WORD, .words = member_status_words, .optional = true},
    {.name = "cause", .type = FIELD_WORD, .words = cause_words, .optional = true},
    {.name = "given", .type = FIELD_LIST, .item = &role_word, .max = 8, .optional = true},
    {.name = "taken", .type = FIELD_LIST, .item = &role_word, .max = 8, .optional = true},
    {.name = "class", .type = FIELD_ID, .optional = true},
    {.name = "reason", .type = FIELD_TEXT, .max = REASON_MAX, .optional = true},
    {0},
};
static const struct field step = {.name = "step", .type = FIELD_OBJECT, .fields = step_fields};
static const struct field history_fields[] = {
    {.name = "items", .type = FIELD_LIST, .item = &step, .max = HISTORY_MAX},
    {0},
};

/* Takes the reference of the step. */
static void add_step(struct change *change, struct id member, json_t *one)
{
    struct topic topic = topic_of(TOPIC_MEMBER, member);
    json_t *history = change_load(change, DOCUMENT_MEMBER_HISTORY, member);
    if (history == NULL) {
        history = document_new(DOCUMENT_MEMBER_HISTORY, member);
        json_put(history, "items", json_array());
    }
    history_append(json_object_get(history, "items"), one);
    change_put(change, DOCUMENT_MEMBER_HISTORY, member, history, &topic, 1);
}

static json_t *new_step(struct change *change, const char *what, json_t *by)
{
    json_t *one = json_object();
    json_put(one, "at_ms", json_number(change->time_ms));
    json_put(one, "by", by);
    json_put(one, "what", json_text(slice_text(what)));
    return one;
}

void standing_invited(struct change *change, struct id member)
{
    if (json_get_integer(change->json, "number") == 0) {
        return;
    }
    json_t *one =
        new_step(change, "invited", change_by(change, json_object_get(change->json, "by")));
    json_t *document = change_load(change, DOCUMENT_MEMBER, member);
    const json_t *roles = json_object_get(document, "roles");
    if (json_array_size(roles) > 0) {
        json_put(one, "given", json_deep_copy(roles));
    }
    json_decref(document);
    add_step(change, member, one);
}

void standing_follow(struct change *change, struct id member, enum member_status before,
                     enum member_status after)
{
    if (before == MEMBER_INVITED && after == MEMBER_ACTIVE) {
        add_step(change, member, new_step(change, "joined", change_person(change, member)));
    }
    dormancy_follow(change, member, after);
}

static void apply_standing(struct change *change)
{
    static const char *const status[] = {"status", "cause", "reason", NULL};
    static const char *const roles[] = {"given", "taken", "reason", NULL};
    static const char *const class[] = {"class", "reason", NULL};
    static const struct {
        const char *key, *what;
        const char *const *copied;
    } parts[] = {
        {"status", "status", status}, {"given", "roles", roles}, {"class", "class", class}};
    struct id member = json_get_id(change->json, "member");
    for (size_t i = 0; change->json != NULL && i < sizeof parts / sizeof parts[0]; i++) {
        if (json_object_get(change->json, parts[i].key) != NULL) {
            json_t *one = new_step(change, parts[i].what,
                                   change_by(change, json_object_get(change->json, "by")));
            fields_copy(one, change->json, parts[i].copied);
            add_step(change, member, one);
        }
    }
    if (json_object_get(change->json, "given") != NULL) {
        change_notify(change, member, "role_changed",
                      notify_about(change, DOCUMENT_MEMBER, member));
    }
}

/* ---- emitting ---- */

/* Role words of `some` without those of `others`. */
static json_t *roles_beyond(uint16_t some, uint16_t others)
{
    return member_role_words((uint16_t)(some & ~(unsigned)others));
}

void member_emit_standing(struct request *request, struct id member,
                          const struct record_member *before, const struct member_standing *after)
{
    json_t *event = event_new("standing");
    json_put(event, "member", json_id(member));
    if (after->status != before->status) {
        json_put(event, "status", json_text(slice_text(member_status_words[after->status - 1])));
        json_put(event, "cause", json_text(slice_text(after->by_time ? "time" : "chosen")));
    }
    if (after->roles != before->roles) {
        json_put(event, "given", roles_beyond(after->roles, before->roles));
        json_put(event, "taken", roles_beyond(before->roles, after->roles));
    }
    if (!id_is_none(after->class)) {
        json_put(event, "class", json_id(after->class));
    }
    if (json_object_size(event) == 2) {
        json_decref(event);
        return;
    }
    if (after->reason.size > 0) {
        json_put(event, "reason", json_text(after->reason));
    }
    request_emit_json(request, EVENT_STANDING, event);
}

/* ---- member.leave ---- */

static const struct field handed_fields[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_TASK},
    {.name = "to",
     .type = FIELD_REF,
     .number = NUMBER_MEMBER,
     .optional = true,
     .nullable = true,
     .summary = "who is asked to take it over; nobody = it becomes free"},
    {0},
};
static const struct field handed = {.name = "task", .type = FIELD_OBJECT, .fields = handed_fields};
static const struct field goodbye_fields[] = {
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "text", .type = FIELD_TEXT, .min = 1, .max = GOODBYE_MAX},
    {0},
};
static const struct field leave_params[] = {
    {.name = "id", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "goodbye", .type = FIELD_OBJECT, .fields = goodbye_fields, .optional = true},
    {.name = "reason", .type = FIELD_TEXT, .max = REASON_MAX, .optional = true},
    {.name = "tasks",
     .type = FIELD_LIST,
     .item = &handed,
     .max = TASKS_HANDED_MAX,
     .optional = true,
     .summary = "open to-dos that somebody else is asked to take; the others become free"},
    {0},
};

static enum error check_leave(struct request *request, struct id member,
                              struct record_member *before)
{
    if (!record_member(request_txn(request), member, before)) {
        return request_fault(request, "id", ERROR_MEMBER_UNKNOWN);
    }
    if (!member_is_caller(request, member) && !request_is(request, WHO_ADMIN | WHO_OPERATOR)) {
        return request_fault(request, "id", ERROR_RIGHT_MISSING);
    }
    if (before->status != MEMBER_INVITED && before->status != MEMBER_ACTIVE &&
        before->status != MEMBER_DORMANT) {
        return request_fault(request, "id", ERROR_MEMBER_BAD_STATE);
    }
    return member_is_last_admin(request_txn(request), before)
               ? request_fault(request, "id", ERROR_ORGANISATION_LAST_ADMIN)
               : ERROR_NONE;
}

static enum error leave(struct request *request)
{
    static const char *const given[] = {"goodbye", NULL};
    struct record_member before;
    struct id member = request_ref(request, "id", NUMBER_MEMBER);
    enum error error = check_leave(request, member, &before);
    if (error == ERROR_NONE) {
        error = task_hand_over_all(request, member, json_object_get(request->params, "tasks"));
    }
    if (error != ERROR_NONE) {
        return error;
    }
    struct member_standing after = {
        .status = MEMBER_LEFT, .roles = before.roles, .reason = request_text(request, "reason")};
    member_emit(request, member, after.status, after.roles);
    member_emit_standing(request, member, &before, &after);
    member_emit_keys_left(request, member);
    if (request_has(request, "goodbye")) {
        json_t *fields = json_object();
        fields_copy(fields, request->params, given);
        member_emit_profile(request, member, fields);
    }
    member_shut_out(request, member);
    return ERROR_NONE;
}

/* ---- tables ---- */

static const enum error leave_errors[] = {ERROR_MEMBER_UNKNOWN, ERROR_MEMBER_BAD_STATE,
                                          ERROR_ORGANISATION_LAST_ADMIN, ERROR_TASK_UNKNOWN,
                                          ERROR_NONE};
static const struct command commands[] = {
    {.method = "member.leave",
     .who = WHO_READERS & ~(unsigned)WHO_AUDITOR,
     .flags = COMMAND_WRITE | COMMAND_NO_TOKEN,
     .params = leave_params,
     .handle = leave,
     .errors = leave_errors,
     .summary = "Leave the organisation, or administration for somebody: a goodbye, and who takes "
                "over which to-do",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d21\",\"id\":\"1\"}"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_STANDING, apply_standing},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_MEMBER_HISTORY, "member_history", history_fields},
    {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_MEMBER,
     .name = "member",
     .has_id = true,
     .number = NUMBER_MEMBER,
     .readers = WHO_READERS & ~(unsigned)WHO_OBSERVER},
    {0},
};
const struct concept concept_standing = {
    .name = "standing",
    .commands = commands,
    .applies = applies,
    .documents = documents,
    .topics = topics,
};
