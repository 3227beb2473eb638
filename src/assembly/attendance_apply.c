/* What events do to `attendance`, one document of each member and meeting, and to the count of those present.
 *
 * A stay is a period: from coming in to going out. Coming in otherwise than one is there (from elsewhere instead of in the
 * hall) ends a period and begins another at the same moment. The document stands at the desk of the meeting and, until the
 * meeting is over, with its member. When the meeting ends, so does every stay; no event is needed for each.
 * Whoever leaves the organisation leaves its meetings by that same event.
 * An import that is taken back: the document of each one it changed says how many stays it added and whether they were there
 * before, until anything else changes it; what was so before is restored, and who had never been there is on no list. The
 * record keeps both, the import and its undoing. Start at apply_attendance(). */
#include "assembly/attendance.h"
#include "assembly/erasure.h"
#include "assembly/meeting.h"
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define COUNT_MAX INT64_C(9007199254740991)
enum { CLASS_KEY_MAX = 35 };

const char *const attendance_how_words[] = {"code", "remote", "desk", "list", NULL};
const char *const attendance_checked_words[] = {"session", "document", "known", "call", NULL};

/* ---- shape ---- */

static const struct field period_fields[] = {
    {.name = "in_ms", .type = FIELD_TIME},
    {.name = "out_ms", .type = FIELD_TIME, .optional = true, .summary = "absent: still there"},
    {.name = "how", .type = FIELD_WORD, .words = attendance_how_words},
    {.name = "remote", .type = FIELD_FLAG},
    {.name = "checked",
     .type = FIELD_WORD,
     .words = attendance_checked_words,
     .optional = true,
     .summary = "of those elsewhere: how it was made sure who they are"},
    {.name = "by", .type = FIELD_BY},
    {0},
};
static const struct field period = {
    .name = "period", .type = FIELD_OBJECT, .fields = period_fields};
static const struct field import_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "by", .type = FIELD_ID, .optional = true, .summary = "the member who brought it in"},
    {.name = "added", .type = FIELD_INTEGER, .max = ATTENDANCE_PERIODS_MAX},
    {.name = "present", .type = FIELD_FLAG, .summary = "before it"},
    {0},
};
static const struct field attendance_fields[] = {
    {.name = "meeting", .type = FIELD_ID},
    {.name = "member", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "class",
     .type = FIELD_LINE,
     .max = CLASS_KEY_MAX,
     .optional = true,
     .summary = "its key, when they last came in"},
    {.name = "present", .type = FIELD_FLAG},
    {.name = "periods", .type = FIELD_LIST, .item = &period, .max = ATTENDANCE_PERIODS_MAX},
    {.name = "import",
     .type = FIELD_OBJECT,
     .fields = import_fields,
     .optional = true,
     .summary = "the list that changed it last, as long as it can be taken back"},
    {0},
};
const struct document_shape attendance_documents[] = {
    {DOCUMENT_ATTENDANCE, "attendance", attendance_fields},
    {DOCUMENT_PRESENCE, "presence", presence_fields},
    {0},
};

/* ---- one document ---- */

static void put_attendance(struct change *change, struct id meeting, struct id member,
                           json_t *document, bool over)
{
    struct topic topics[] = {topic_of(TOPIC_MEETING_DESK, meeting), topic_of(TOPIC_ME, member)};
    change_put(change, DOCUMENT_ATTENDANCE, attendance_id(meeting, member), document, topics,
               over ? 1 : 2);
}

static json_t *new_attendance(struct id meeting, struct id member)
{
    json_t *document = document_new(DOCUMENT_ATTENDANCE, attendance_id(meeting, member));
    json_put(document, "meeting", json_id(meeting));
    json_put(document, "periods", json_array());
    return document;
}

/* They are or were there: also they who were taken off the list with an import. */
static void list_attendance(struct change *change, struct id meeting, struct id member)
{
    struct index_key key = attendance_key(meeting, member);
    change_index(change, index_key_slice(&key), attendance_id(meeting, member));
}

static json_t *last_period(const json_t *document)
{
    const json_t *periods = json_object_get(document, "periods");
    return json_array_get(periods, json_array_size(periods) - 1);
}

bool attendance_is_of_import(const json_t *document, struct id import)
{
    return !id_is_none(import) &&
           id_equal(json_get_id(json_object_get(document, "import"), "id"), import);
}

/* Before a stay begins or ends: what was so before the import, or, if this is none, that there is nothing to take back. */
static void mark_import(const struct change *change, json_t *document)
{
    struct id import = json_get_id(change->json, "import");
    if (id_is_none(import)) {
        json_put(document, "import", NULL);
    } else if (!attendance_is_of_import(document, import)) {
        json_t *mark = json_object();
        struct id by = json_get_id(change->json, "by");
        json_put(mark, "id", json_id(import));
        json_put(mark, "at_ms", json_number(change->time_ms));
        json_put(mark, "by", id_is_none(by) ? NULL : json_id(by));
        json_put(mark, "added", json_number(0));
        json_put(mark, "present", json_boolean(json_get_flag(document, "present")));
        json_put(document, "import", mark);
    }
}

static void end_stay(json_t *document, uint64_t at_ms)
{
    if (json_get_flag(document, "present")) {
        json_put(last_period(document), "out_ms", json_number(at_ms));
    }
    json_put(document, "present", json_false());
}

static void begin_stay(struct change *change, json_t *document)
{
    static const char *const given[] = {"how", "remote", "checked", NULL};
    json_t *stay = json_object(), *periods = json_object_get(document, "periods");
    json_t *mark = json_object_get(document, "import");
    json_put(stay, "in_ms", json_number(change->time_ms));
    fields_copy(stay, change->json, given);
    json_put(stay, "by", change_by(change, json_object_get(change->json, "by")));
    json_array_append_new(periods, stay);
    if (json_array_size(periods) > ATTENDANCE_PERIODS_MAX) {
        json_array_remove(periods, 0);
    }
    if (mark != NULL) {
        json_put(mark, "added", json_number((uint64_t)json_get_integer(mark, "added") + 1));
    }
    json_put(document, "present", json_true());
}

/* As before the import: the stays that it added are gone, the one that it ended goes on, unless who stayed has left the
 * organisation since. */
static void take_back_stays(json_t *document, bool may_stay)
{
    json_t *mark = json_object_get(document, "import"),
           *periods = json_object_get(document, "periods");
    bool there = json_get_flag(mark, "present");
    for (int64_t left = json_get_integer(mark, "added"); left > 0; left--) {
        json_array_remove(periods, json_array_size(periods) - 1);
    }
    there = there && may_stay && json_array_size(periods) > 0;
    if (there) {
        json_put(last_period(document), "out_ms", NULL);
    }
    json_put(document, "present", json_boolean(there));
    json_put(document, "import", NULL);
}

/* The key of the member's class; NULL = in none. */
static json_t *class_key(struct change *change, struct id member)
{
    size_t i;
    json_t *class, *key = NULL;
    json_t *document = change_load(change, DOCUMENT_MEMBER, member);
    json_t *organisation = organisation_load(change->txn);
    json_array_foreach(json_object_get(organisation, "classes"), i, class)
    {
        if (slice_equal(json_get_text(class, "id"), json_get_text(document, "class"))) {
            key = json_text(json_get_text(class, "key"));
        }
    }
    json_decref(organisation);
    json_decref(document);
    return key;
}

/* ---- events of attendance ---- */

static void apply_in(struct change *change, struct id meeting, struct id member)
{
    json_t *document = change_load(change, DOCUMENT_ATTENDANCE, attendance_id(meeting, member));
    if (document == NULL) {
        document = new_attendance(meeting, member);
    }
    bool first = json_array_size(json_object_get(document, "periods")) == 0;
    list_attendance(change, meeting, member);
    mark_import(change, document);
    json_put(document, "member", change_person(change, member));
    json_put(document, "class", class_key(change, member));
    end_stay(document, change->time_ms);
    begin_stay(change, document);
    put_attendance(change, meeting, member, document, false);
    presence_open(change, meeting);
    presence_enter(change, meeting, member, json_get_flag(change->json, "remote"), first);
}

static void apply_out(struct change *change, struct id meeting, struct id member)
{
    json_t *document = change_load(change, DOCUMENT_ATTENDANCE, attendance_id(meeting, member));
    if (document != NULL) {
        mark_import(change, document);
        end_stay(document, change->time_ms);
        put_attendance(change, meeting, member, document, false);
        presence_leave(change, meeting, member);
    }
}

struct everybody {
    struct id *members;
    size_t count, capacity;
};

static bool note_member(void *context, struct slice key, struct slice value)
{
    struct everybody *all = context;
    (void)value;
    if (all->count == all->capacity) {
        all->capacity = all->capacity == 0 ? 256 : 2 * all->capacity;
        all->members = memory_resize(all->members, all->capacity, sizeof *all->members);
    }
    memcpy(all->members[all->count++].bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    return true;
}

/* Who is or was there; the caller frees .members. */
static struct everybody everybody_of(struct change *change, struct id meeting)
{
    struct everybody all = {0};
    struct index_key prefix = index_key(INDEX_ATTENDANCE_OF);
    index_key_id(&prefix, meeting);
    store_scan(change->txn, TABLE_INDEX, index_key_slice(&prefix), note_member, &all);
    return all;
}

static void take_back(struct change *change, struct id meeting, struct id member, json_t *document)
{
    take_back_stays(document, attendance_may_come(change->txn, member));
    if (json_array_size(json_object_get(document, "periods")) == 0) {
        struct index_key key = attendance_key(meeting, member);
        change_unindex(change, index_key_slice(&key));
        change_put(change, DOCUMENT_ATTENDANCE, attendance_id(meeting, member), document, NULL, 0);
        presence_forget(change, meeting, member);
        return;
    }
    bool there = json_get_flag(document, "present");
    bool remote = json_get_flag(last_period(document), "remote");
    put_attendance(change, meeting, member, document, false);
    if (there) {
        presence_enter(change, meeting, member, remote, false);
    } else {
        presence_leave(change, meeting, member);
    }
}

static void apply_import_undone(struct change *change, struct id meeting)
{
    struct id import = json_get_id(change->json, "import");
    struct everybody all = everybody_of(change, meeting);
    for (size_t i = 0; i < all.count; i++) {
        json_t *document =
            change_load(change, DOCUMENT_ATTENDANCE, attendance_id(meeting, all.members[i]));
        if (attendance_is_of_import(document, import)) {
            take_back(change, meeting, all.members[i], document);
        } else {
            json_decref(document);
        }
    }
    free(all.members);
}

/* Every stay ends; the documents leave their members. */
static void end_all(struct change *change, struct id meeting)
{
    presence_close(change, meeting);
    struct everybody all = everybody_of(change, meeting);
    for (size_t i = 0; i < all.count; i++) {
        json_t *document =
            change_load(change, DOCUMENT_ATTENDANCE, attendance_id(meeting, all.members[i]));
        end_stay(document, change->time_ms);
        json_put(document, "import", NULL);
        put_attendance(change, meeting, all.members[i], document, true);
    }
    free(all.members);
}

/* The count that the record keeps is what is shown of the start, and of a meeting that is over: also when somebody who was
 * counted is erased later. */
static void apply_start(struct change *change, struct id meeting)
{
    static const char *const kept[] = {"present", "entitled", "remote", "guests",
                                       "classes", "quorum",   NULL};
    json_t *start = json_object();
    presence_open(change, meeting);
    json_t *presence = presence_now(change->txn, meeting);
    json_put(start, "at_ms", json_number(change->time_ms));
    fields_copy(start, json_object_get(change->json, "presence"), kept);
    json_put(presence, "at_start", start);
    presence_put(change, meeting, presence);
    json_decref(presence);
}

static void apply_end(struct change *change, struct id meeting)
{
    presence_put(change, meeting, json_object_get(change->json, "presence"));
    end_all(change, meeting);
}

static void apply_attendance(struct change *change)
{
    struct id meeting = json_get_id(change->json, "meeting");
    struct id member = json_get_id(change->json, "member");
    if (!document_exists(change->txn, DOCUMENT_MEETING, meeting)) {
        return; /* erased */
    }
    if (event_is(change->json, "in")) {
        apply_in(change, meeting, member);
    } else if (event_is(change->json, "out")) {
        apply_out(change, meeting, member);
    } else if (event_is(change->json, "import_undone")) {
        apply_import_undone(change, meeting);
    } else if (event_is(change->json, "start")) {
        apply_start(change, meeting);
    } else if (event_is(change->json, "end")) {
        apply_end(change, meeting);
    }
}

/* ---- events of others ---- */

/* Called off while people came in: no count was taken. */
static void end_uncounted(struct change *change, struct id meeting)
{
    if (presence_is_open(change->txn, meeting)) {
        json_t *presence = presence_now(change->txn, meeting);
        presence_put(change, meeting, presence);
        end_all(change, meeting);
        json_decref(presence);
    }
}

static bool note_present(void *context, struct id member)
{
    id_list_add(context, member);
    return true;
}

/* Put off while people came in: who came for today is not there on the other day. */
static void leave_closed_doors(struct change *change, struct id id)
{
    struct id_list there = {0};
    json_t *meeting = document_load(change->txn, DOCUMENT_MEETING, id);
    if (meeting != NULL && meeting_is(meeting, "planned") &&
        !attendance_doors_are_open(meeting, change->time_ms)) {
        meeting_each_present(change->txn, id, note_present, &there);
    }
    for (size_t i = 0; i < there.count; i++) {
        apply_out(change, id, there.items[i]);
    }
    free(there.items);
    json_decref(meeting);
}

static void apply_meeting(struct change *change)
{
    struct id meeting = json_get_id(change->json, "id");
    if (event_is(change->json, "started")) {
        presence_open(change, meeting);
    } else if (event_is(change->json, "cancelled") || event_is(change->json, "ended")) {
        end_uncounted(change, meeting);
    } else if (event_is(change->json, "revised")) { /* its quorum, its date */
        presence_follow_meeting(change, meeting);
        leave_closed_doors(change, meeting);
    }
}

static void apply_member(struct change *change)
{
    struct payload_member value;
    struct id meetings[MEETINGS_AHEAD_MAX];
    if (payload_decode_member(change->payload, &value) != ERROR_NONE) {
        return;
    }
    if (value.status == MEMBER_LEFT || value.status == MEMBER_ERASED) {
        size_t count = presence_meetings_of(change->txn, value.member, meetings);
        for (size_t i = 0; i < count; i++) {
            apply_out(change, meetings[i], value.member);
        }
    }
    presence_follow(change, value.member);
}

static void apply_profile(struct change *change)
{
    presence_follow(change, json_get_id(change->json, "member"));
}

static void apply_group(struct change *change)
{
    struct id member = json_get_id(change->json, "member");
    if (!id_is_none(member)) {
        presence_follow_group(change, json_get_id(change->json, "id"), member);
    }
}

const struct applies attendance_applies[] = {
    {EVENT_ATTENDANCE, apply_attendance},
    {EVENT_MEETING, apply_meeting},
    {EVENT_MEMBER, apply_member},
    {EVENT_MEMBER_PROFILE, apply_profile},
    {EVENT_GROUP, apply_group},
    {EVENT_ORGANISATION, presence_follow_organisation},
    {0},
};
