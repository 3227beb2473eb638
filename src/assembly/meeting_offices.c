/* Offices of a meeting, and the roles that they are in the record while it is open.
 *
 * What must be known to others than this server (who could count paper, whose two signatures open something) is a role of the
 * member event. The meeting writes down which of these roles somebody has from it alone (`gave`): those it takes back, when
 * the office goes to somebody else and when it ends. A standing role stays. Where two meetings are open, each notes what it
 * asks, and the last one that does takes it back. Whoever left meanwhile loses it as well, so that nobody comes back with it.
 * For this server the role of secretary is the secretariat (it erases people and changes their shares); who has it from a meeting
 * alone has what a meeting gives, and nothing outside of it (meeting_lends_secretary). Start at meeting_emit_roles(). */
#include "assembly/meeting.h"
#include "assembly/member.h"

#include <string.h>

static const struct {
    const char *word;
    uint16_t role;
} roles[] = {{"chair", ROLE_CHAIR}, {"secretary", ROLE_SECRETARY}, {"scrutineer", ROLE_SCRUTINEER}};
enum { ROLES = sizeof roles / sizeof roles[0], PEOPLE_MAX = 2 * MEETING_GAVE_MAX };

/* ---- lists of roles ---- */

/* Roles in [{"id","role"}] of one member. */
static uint16_t roles_in(const json_t *gave, struct id member)
{
    size_t i;
    json_t *one;
    uint16_t found = 0;
    json_array_foreach(gave, i, one)
    {
        for (size_t at = 0; id_equal(json_get_id(one, "id"), member) && at < ROLES; at++) {
            bool same = slice_equal(json_get_text(one, "role"), slice_text(roles[at].word));
            found |= same ? roles[at].role : 0;
        }
    }
    return found;
}

/* Roles that these offices ask for one member. */
static uint16_t roles_of(const json_t *offices, struct id member)
{
    uint16_t found =
        people_have(json_object_get(offices, "scrutineers"), member) ? ROLE_SCRUTINEER : 0;
    for (size_t at = 0; at < ROLES; at++) {
        const json_t *person = json_object_get(offices, roles[at].word);
        if (person != NULL && id_equal(json_get_id(person, "id"), member)) {
            found |= roles[at].role;
        }
    }
    return found;
}

static void add_roles(json_t *gave, struct id member, uint16_t some)
{
    for (size_t at = 0; at < ROLES; at++) {
        if ((some & roles[at].role) != 0) {
            json_t *one = json_object();
            json_put(one, "id", json_id(member));
            json_put(one, "role", json_text(slice_text(roles[at].word)));
            json_array_append_new(gave, one);
        }
    }
}

struct people {
    struct id ids[PEOPLE_MAX];
    size_t count;
};

static void note_person(struct people *people, struct id member)
{
    for (size_t i = 0; i < people->count; i++) {
        if (id_equal(people->ids[i], member)) {
            return;
        }
    }
    if (!id_is_none(member) && people->count < PEOPLE_MAX) {
        people->ids[people->count++] = member;
    }
}

static void note_list(struct people *people, const json_t *list)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        note_person(people, json_get_id(one, "id"));
    }
}

static bool found_one(void *context, struct slice key, struct slice value)
{
    (void)key;
    (void)value;
    *(bool *)context = true;
    return false;
}

bool meeting_lends_secretary(struct store_txn *txn, struct id member)
{
    bool lends = false;
    struct index_key prefix = index_key(INDEX_MEETING_SECRETARY);
    index_key_id(&prefix, member);
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), found_one, &lends);
    return lends;
}

/* ---- other meetings that are open ---- */

struct others {
    struct store_txn *txn;
    struct id without, member;
    uint16_t gave;
};

static bool add_other(void *context, struct slice key, struct slice value)
{
    struct others *others = context;
    struct id id;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    if (!id_equal(id, others->without)) {
        json_t *meeting = document_load(others->txn, DOCUMENT_MEETING, id);
        others->gave |= roles_in(json_object_get(meeting, "gave"), others->member);
        json_decref(meeting);
    }
    return true;
}

/* Roles that other open meetings have given to this member. */
static uint16_t gave_elsewhere(struct store_txn *txn, struct id meeting, struct id member)
{
    struct others others = {.txn = txn, .without = meeting, .member = member};
    struct index_key prefix = index_key(INDEX_MEETING_OPEN);
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), add_other, &others);
    return others.gave;
}

/* ---- events ---- */

static void emit_member(struct request *request, struct id member,
                        const struct record_member *before, uint16_t after)
{
    bool wakes = member_is_caller(request, member) && before->status == MEMBER_DORMANT;
    enum member_status status = wakes ? MEMBER_ACTIVE : before->status;
    if (after == before->roles) {
        return;
    }
    member_emit(request, member, status, after);
    if (wakes) { /* acting ends a pause: its history says so; an office is told by the meeting */
        struct member_standing standing = {.status = status, .roles = before->roles};
        member_emit_standing(request, member, before, &standing);
    }
}

json_t *meeting_emit_roles(struct request *request, struct id id, const json_t *meeting,
                           const json_t *offices)
{
    struct people people = {.count = 0};
    const json_t *before = json_object_get(meeting, "gave");
    json_t *gave = json_array();
    note_list(&people, before);
    note_person(&people, json_get_id(json_object_get(offices, "chair"), "id"));
    note_person(&people, json_get_id(json_object_get(offices, "secretary"), "id"));
    note_list(&people, json_object_get(offices, "scrutineers"));
    for (size_t i = 0; i < people.count; i++) {
        struct record_member record;
        struct id member = people.ids[i];
        if (!record_member(request_txn(request), member, &record) ||
            record.status == MEMBER_ERASED) {
            continue;
        }
        bool acts = record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT;
        uint16_t had = roles_in(before, member);
        uint16_t elsewhere = gave_elsewhere(request_txn(request), id, member);
        uint16_t wanted = acts ? roles_of(offices, member) : 0;
        uint16_t standing = record.roles & (uint16_t) ~(had | elsewhere);
        uint16_t kept = record.roles & (uint16_t) ~(had & ~elsewhere & ~wanted);
        add_roles(gave, member, wanted & (uint16_t)~standing);
        emit_member(request, member, &record, kept | wanted);
    }
    return gave;
}

/* ---- meeting.offices ---- */

/* The person a parameter names, as the event has it, or nothing. */
static enum error check_person(struct request *request, const char *field, struct slice text,
                               json_t **person)
{
    struct record_member record;
    struct id member = reference_find(request_txn(request), text, NUMBER_MEMBER);
    if (id_is_none(member) || !record_member(request_txn(request), member, &record)) {
        return request_fault(request, field, ERROR_MEMBER_UNKNOWN);
    }
    bool acts = record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT;
    if (!acts || (record.roles & ROLE_OBSERVER) != 0) {
        return request_fault(request, field, ERROR_MEMBER_BAD_STATE);
    }
    *person = json_object();
    json_put(*person, "id", json_id(member));
    return ERROR_NONE;
}

static enum error add_office(struct request *request, const char *field, json_t *offices)
{
    json_t *person = NULL;
    if (!request_has(request, field)) {
        return ERROR_NONE;
    }
    enum error error = check_person(request, field, request_text(request, field), &person);
    json_put(offices, field, person);
    return error;
}

static enum error add_scrutineers(struct request *request, json_t *offices)
{
    size_t i;
    json_t *text, *list = json_array();
    json_put(offices, "scrutineers", list);
    json_array_foreach(json_object_get(request->params, "scrutineers"), i, text)
    {
        json_t *person = NULL;
        struct slice reference = slice_of(json_string_value(text), json_string_length(text));
        enum error error = check_person(request, "scrutineers", reference, &person);
        if (error != ERROR_NONE) {
            return error;
        }
        if (people_have(list, json_get_id(person, "id"))) {
            json_decref(person);
            return request_fault(request, "scrutineers", ERROR_INPUT_BAD_VALUE);
        }
        json_array_append_new(list, person);
    }
    return ERROR_NONE;
}

/* All offices at once; in an open meeting the roles follow. */
enum error meeting_handle_offices(struct request *request)
{
    struct id id;
    json_t *meeting;
    enum error error = meeting_to_prepare(request, "ahead", &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *event = meeting_event("offices", id), *offices = json_object();
    error = meeting_check_base(request, meeting, "offices");
    error = error != ERROR_NONE ? error : add_office(request, "chair", offices);
    error = error != ERROR_NONE ? error : add_office(request, "secretary", offices);
    error = error != ERROR_NONE ? error : add_scrutineers(request, offices);
    json_put(event, "offices", offices);
    if (error == ERROR_NONE) {
        request_emit_json(request, EVENT_MEETING, event);
        if (meeting_is(meeting, "open")) {
            json_put(event, "gave", meeting_emit_roles(request, id, meeting, offices));
        }
    } else {
        json_decref(event);
    }
    json_decref(meeting);
    return error;
}
