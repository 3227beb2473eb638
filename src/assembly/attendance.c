/* Who is at a meeting, and how many.
 *
 * Somebody is there from the moment they check in (by code on their own phone, at the desk, by a list) until they check out,
 * the desk says that they left, or the meeting ends: never less because a connection was lost or a screen went dark. People
 * come in once the doors are open, some hours before the start. Saying again what is so already changes nothing and is no
 * error, so a phone that asks twice, or two helpers at the desk, do no harm.
 * What events do is in attendance_apply.c, counting in meeting_presence.c, lists in attendance_list.c. Start at enter(). */
#include "assembly/attendance.h"
#include "assembly/meeting.h"
#include "assembly/member.h"

#include <string.h>

enum {
    WHO_COMES = WHO_MEMBER | WHO_OBSERVER,
    WHO_DESK = WHO_COMES | WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN,
    CODE_TYPED_MAX = 20
};

/* ---- tools of the concept ---- */

bool attendance_doors_are_open(const json_t *meeting, uint64_t now_ms)
{
    return meeting_is(meeting, "open") ||
           (meeting_is(meeting, "planned") &&
            now_ms + ATTENDANCE_DOORS_MS >= (uint64_t)json_get_integer(meeting, "starts_ms"));
}

bool attendance_may_come(struct store_txn *txn, struct id member)
{
    struct record_member record;
    return record_member(txn, member, &record) &&
           (record.status == MEMBER_INVITED || record.status == MEMBER_ACTIVE ||
            record.status == MEMBER_DORMANT);
}

struct id attendance_id(struct id meeting, struct id member)
{
    uint8_t both[2 * ID_SIZE];
    memcpy(both, meeting.bytes, ID_SIZE);
    memcpy(both + ID_SIZE, member.bytes, ID_SIZE);
    return id_from_hash(crypto_hash(slice_of(both, sizeof both)));
}

struct index_key attendance_key(struct id meeting, struct id member)
{
    struct index_key key = index_key(INDEX_ATTENDANCE_OF);
    index_key_id(&key, meeting);
    index_key_id(&key, member);
    return key;
}

static json_t *event_of(const char *what, struct id meeting)
{
    json_t *event = event_new(what);
    json_put(event, "meeting", json_id(meeting));
    return event;
}

void attendance_emit_count(struct request *request, struct id meeting, const char *at)
{
    json_t *event = event_of(at, meeting);
    json_put(event, "presence", presence_now(request_txn(request), meeting));
    request_emit_json(request, EVENT_ATTENDANCE, event);
}

/* The stay that has not ended; NULL = none. *document is a new reference. */
static const json_t *stay_of(struct store_txn *txn, struct id meeting, struct id member,
                             json_t **document)
{
    *document = document_load(txn, DOCUMENT_ATTENDANCE, attendance_id(meeting, member));
    const json_t *periods = json_object_get(*document, "periods");
    return json_get_flag(*document, "present")
               ? json_array_get(periods, json_array_size(periods) - 1)
               : NULL;
}

bool attendance_is_known(struct store_txn *txn, struct id meeting, struct id member)
{
    struct slice value;
    struct index_key key = attendance_key(meeting, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

bool attendance_is_there(struct store_txn *txn, struct id meeting, struct id member, bool *remote)
{
    json_t *document;
    const json_t *stay = stay_of(txn, meeting, member, &document);
    bool there = stay != NULL;
    *remote = json_get_flag(stay, "remote");
    json_decref(document);
    return there;
}

void attendance_emit(struct request *request, struct id meeting, struct id member, bool present,
                     const char *how, bool remote, struct slice checked)
{
    json_t *document;
    const json_t *stay = stay_of(request_txn(request), meeting, member, &document);
    bool same = stay != NULL && present && json_get_flag(stay, "remote") == remote &&
                (checked.size == 0 || slice_equal(checked, json_get_text(stay, "checked")));
    if (!same && (present || stay != NULL)) {
        json_t *event = event_of(present ? "in" : "out", meeting);
        json_put(event, "member", json_id(member));
        json_put(event, "how", json_text(slice_text(how)));
        json_put(event, "remote", present ? json_boolean(remote) : NULL);
        json_put(event, "checked", present && checked.size > 0 ? json_text(checked) : NULL);
        json_put(event, "import",
                 request_has(request, "import") ? json_id(request_id(request, "import")) : NULL);
        request_emit_json(request, EVENT_ATTENDANCE, event);
    }
    json_decref(document);
}

/* ---- attendance.enter, attendance.leave ---- */

static const struct field enter_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {.name = "code",
     .type = FIELD_LINE,
     .min = 1,
     .max = CODE_TYPED_MAX,
     .optional = true,
     .summary = "of the hall; without it one takes part from elsewhere"},
    {0},
};
static const struct field leave_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {0},
};
static const struct field record_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {.name = "member", .type = FIELD_REF, .number = NUMBER_MEMBER},
    {.name = "present", .type = FIELD_FLAG},
    {.name = "remote", .type = FIELD_FLAG, .optional = true},
    {.name = "checked",
     .type = FIELD_WORD,
     .words = attendance_checked_words,
     .optional = true,
     .summary = "of those elsewhere: how it was made sure who they are"},
    {0},
};
static const struct field document_result[] = {
    {.name = "doc", .type = FIELD_ANY, .document = DOCUMENT_ATTENDANCE},
    {0},
};

/* The meeting of the parameter, whose doors are open. Without it *meeting is NULL. */
static enum error find_open(struct request *request, struct id *id, json_t **meeting)
{
    enum error error = meeting_find(request, "meeting", id, meeting);
    if (error == ERROR_NONE && !attendance_doors_are_open(*meeting, request->now_ms)) {
        json_decref(*meeting);
        *meeting = NULL;
        error = request_fault(request, "meeting", ERROR_MEETING_BAD_STATE);
    }
    return error;
}

/* As people type it: small letters, spaces and hyphens are all right. */
static bool code_is(struct slice code, struct slice typed)
{
    size_t at = 0;
    for (size_t i = 0; i < typed.size; i++) {
        uint8_t byte = typed.data[i];
        byte = byte >= 'a' && byte <= 'z' ? (uint8_t)(byte - 'a' + 'A') : byte;
        if (byte == ' ' || byte == '-') {
            continue;
        }
        if (at >= code.size || code.data[at++] != byte) {
            return false;
        }
    }
    return code.size > 0 && at == code.size;
}

/* The server gives a member only so many tries in a day (COMMAND_DAILY): of a thousand million codes. */
static enum error check_code(struct request *request, struct id id, const json_t *meeting)
{
    if (!request_has(request, "code")) {
        return json_get_flag(meeting, "remote")
                   ? ERROR_NONE
                   : request_fault(request, "code", ERROR_ATTENDANCE_BAD_CODE);
    }
    json_t *document = document_load(request_txn(request), DOCUMENT_MEETING_CODE, id);
    bool right = code_is(json_get_text(document, "code"), request_text(request, "code"));
    json_decref(document);
    return right ? ERROR_NONE : request_fault(request, "code", ERROR_ATTENDANCE_BAD_CODE);
}

/* Who is there from elsewhere already, and was perhaps asked for a document, is so still. */
static enum error enter(struct request *request)
{
    struct id id, member = request->caller.member;
    json_t *meeting;
    bool hall = request_has(request, "code"), remote = false;
    enum error error = find_open(request, &id, &meeting);
    if (error == ERROR_NONE) {
        error = check_code(request, id, meeting);
    }
    if (error == ERROR_NONE) {
        bool asked =
            !hall && !(attendance_is_there(request_txn(request), id, member, &remote) && remote);
        attendance_emit(request, id, member, true, hall ? "code" : "remote", !hall,
                        slice_text(asked ? "session" : ""));
    }
    json_decref(meeting);
    return error;
}

static enum error leave(struct request *request)
{
    struct id id;
    json_t *meeting;
    enum error error = find_open(request, &id, &meeting);
    if (error == ERROR_NONE &&
        !attendance_is_known(request_txn(request), id, request->caller.member)) {
        error = request_fault(request, "meeting", ERROR_ATTENDANCE_NOT_PRESENT);
    }
    if (error == ERROR_NONE) {
        attendance_emit(request, id, request->caller.member, false, "code", false, slice_text(""));
    }
    json_decref(meeting);
    return error;
}

static void answer_own(struct request *request)
{
    struct id meeting = request_ref(request, "meeting", NUMBER_MEETING);
    json_put(request->result, "doc",
             document_load(request_txn(request), DOCUMENT_ATTENDANCE,
                           attendance_id(meeting, request->caller.member)));
}

/* ---- attendance.record ---- */

static enum error check_member(struct request *request, struct id member)
{
    struct record_member record;
    if (id_is_none(member) || !record_member(request_txn(request), member, &record)) {
        return request_fault(request, "member", ERROR_MEMBER_UNKNOWN);
    }
    return attendance_may_come(request_txn(request), member)
               ? ERROR_NONE
               : request_fault(request, "member", ERROR_MEMBER_BAD_STATE);
}

static enum error check_record(struct request *request, const json_t *meeting, struct id member)
{
    bool remote = json_get_flag(request->params, "remote");
    if (!meeting_may_record(request, meeting)) {
        return request_fault(request, "meeting", ERROR_RIGHT_MISSING);
    }
    if (remote && !json_get_flag(meeting, "remote")) {
        return request_fault(request, "remote", ERROR_INPUT_BAD_VALUE);
    }
    return check_member(request, member);
}

static enum error record(struct request *request)
{
    struct id id, member = request_ref(request, "member", NUMBER_MEMBER);
    json_t *meeting;
    bool present = json_get_flag(request->params, "present");
    enum error error = find_open(request, &id, &meeting);
    if (error == ERROR_NONE) {
        error = check_record(request, meeting, member);
    }
    if (error == ERROR_NONE && !present && !attendance_is_known(request_txn(request), id, member)) {
        error = request_fault(request, "member", ERROR_ATTENDANCE_NOT_PRESENT);
    }
    if (error == ERROR_NONE) {
        attendance_emit(request, id, member, present, "desk",
                        json_get_flag(request->params, "remote"), request_text(request, "checked"));
    }
    json_decref(meeting);
    return error;
}

static void answer_record(struct request *request)
{
    struct id meeting = request_ref(request, "meeting", NUMBER_MEETING);
    struct id member = request_ref(request, "member", NUMBER_MEMBER);
    json_put(
        request->result, "doc",
        document_load(request_txn(request), DOCUMENT_ATTENDANCE, attendance_id(meeting, member)));
}

/* ---- attendance.undo_import ---- */

static const struct field undo_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {.name = "import", .type = FIELD_ID},
    {0},
};

struct left_of_import {
    struct store_txn *txn;
    struct id import;
    bool found;
};

static bool look_for_import(void *context, struct slice key, struct slice value)
{
    struct left_of_import *left = context;
    struct id id;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    json_t *document = document_load(left->txn, DOCUMENT_ATTENDANCE, id);
    left->found = attendance_is_of_import(document, left->import);
    json_decref(document);
    return !left->found;
}

/* One event, whose application knows whom it concerns; none when nobody is as the import left them. */
static enum error undo_import(struct request *request)
{
    struct id id;
    json_t *meeting;
    enum error error = find_open(request, &id, &meeting);
    if (error == ERROR_NONE && !meeting_may_record(request, meeting)) {
        error = request_fault(request, "meeting", ERROR_RIGHT_MISSING);
    }
    json_decref(meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    struct left_of_import left = {.txn = request_txn(request),
                                  .import = request_id(request, "import")};
    struct index_key prefix = index_key(INDEX_ATTENDANCE_OF);
    index_key_id(&prefix, id);
    store_scan(left.txn, TABLE_INDEX, index_key_slice(&prefix), look_for_import, &left);
    if (left.found) {
        json_t *event = event_of("import_undone", id);
        json_put(event, "import", json_id(left.import));
        request_emit_json(request, EVENT_ATTENDANCE, event);
    }
    return ERROR_NONE;
}

/* ---- tables ---- */

static const enum error enter_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                          ERROR_ATTENDANCE_BAD_CODE, ERROR_NONE};
static const enum error leave_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                          ERROR_ATTENDANCE_NOT_PRESENT, ERROR_NONE};
static const enum error record_errors[] = {ERROR_MEETING_UNKNOWN,        ERROR_MEETING_BAD_STATE,
                                           ERROR_ATTENDANCE_NOT_PRESENT, ERROR_MEMBER_UNKNOWN,
                                           ERROR_MEMBER_BAD_STATE,       ERROR_NONE};
static const enum error list_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_NONE};
static const enum error import_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                           ERROR_IMPORT_UNREADABLE, ERROR_NONE};
static const enum error undo_errors[] = {ERROR_MEETING_UNKNOWN, ERROR_MEETING_BAD_STATE,
                                         ERROR_NONE};
static const struct command commands[] = {
    {.method = "attendance.enter",
     .who = WHO_COMES,
     .flags = COMMAND_WRITE | COMMAND_DAILY | COMMAND_VOTING,
     .params = enter_params,
     .result = document_result,
     .handle = enter,
     .answer = answer_own,
     .errors = enter_errors,
     .summary = "Check in to a meeting: in the hall by its code, from elsewhere without",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7e40\",\"meeting\":\"1\","
                "\"code\":\"7KQ4XM\"}"},
    {.method = "attendance.leave",
     .who = WHO_COMES,
     .flags = COMMAND_WRITE,
     .params = leave_params,
     .result = document_result,
     .handle = leave,
     .answer = answer_own,
     .errors = leave_errors,
     .summary = "Check out of a meeting",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7e41\",\"meeting\":\"1\"}"},
    {.method = "attendance.record",
     .who = WHO_DESK,
     .flags = COMMAND_WRITE,
     .params = record_params,
     .result = document_result,
     .handle = record,
     .answer = answer_record,
     .errors = record_errors,
     .summary = "At the desk of a meeting: a member comes in, or has left",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7e42\",\"meeting\":\"1\","
                "\"member\":\"7\",\"present\":true}"},
    {.method = "attendance.list",
     .who = WHO_DESK,
     .flags = COMMAND_READ,
     .params = attendance_list_params,
     .result = attendance_list_result,
     .handle = attendance_list,
     .errors = list_errors,
     .summary =
         "Who is and was at a meeting, for those at its desk and those who are or were there",
     .example = "{\"meeting\":\"1\",\"limit\":200}"},
    {.method = "attendance.preview",
     .who = WHO_DESK,
     .flags = COMMAND_READ,
     .params = attendance_import_params,
     .result = attendance_preview_result,
     .handle = attendance_preview,
     .errors = import_errors,
     .summary = "What a list of those present would record: name,email,present,remote,proxy_for",
     .example = "{\"meeting\":\"1\",\"csv\":\"bmFtZSxwcmVzZW50CkFuLDEK\"}"},
    {.method = "attendance.import",
     .who = WHO_DESK,
     .flags = COMMAND_WRITE,
     .params = attendance_import_params,
     .result = attendance_import_result,
     .handle = attendance_import,
     .answer = attendance_answer_import,
     .errors = import_errors,
     .summary = "Record who is present from a list; rows that are wrong are left out and reported",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7e43\",\"meeting\":\"1\","
                "\"csv\":\"bmFtZSxwcmVzZW50CkFuLDEK\"}"},
    {.method = "attendance.undo_import",
     .who = WHO_DESK,
     .flags = COMMAND_WRITE,
     .params = undo_params,
     .handle = undo_import,
     .errors = undo_errors,
     .summary =
         "Take an import back: everybody it changed, and nobody changed since, is as before it",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7e44\",\"meeting\":\"1\","
                "\"import\":\"7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e50\"}"},
    {0},
};
const struct concept concept_attendance = {
    .name = "attendance",
    .commands = commands,
    .applies = attendance_applies,
    .documents = attendance_documents,
};
