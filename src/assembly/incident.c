/* What disturbed a meeting: lost connections, a stop of the server, "I could not vote".
 *
 * The law wants technical trouble that kept members from taking part or voting in the minutes (reference: ASBL 9:16/1, SC
 * 6:75). Everybody reads when it was, during which vote, and how many people it touched; who they were stands in a document
 * of its own, for the officers, in an event that is not exported. The net loop finds losses and stops and says whom they may
 * concern (meeting.incident); this file decides by the record whom they do: a loss during a vote touches those who may cast
 * in it and have not. Invariant: nobody counts twice as kept away from one vote (INDEX_INCIDENT_PERSON).
 * Start at record(). */
#include "assembly/incident.h"
#include "assembly/meeting.h"
#include "assembly/member.h"
#include "assembly/poll.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define COUNT_MAX INT64_C(9007199254740991)

static const char *const incident_words[] = {"connection", "many", "restart", "reported", NULL};
enum { PEOPLE_MAX = 5000, TEXT_MAX = 2000 };

/* ---- whom ---- */

static bool has_row(struct store_txn *txn, uint8_t prefix, struct id of, struct id member)
{
    struct slice value;
    struct index_key key = index_key(prefix);
    index_key_id(&key, of);
    index_key_id(&key, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

static struct index_key person_key(struct id of, struct id member)
{
    struct index_key key = index_key(INDEX_INCIDENT_PERSON);
    index_key_id(&key, of);
    index_key_id(&key, member);
    return key;
}

/* The incident that touched this member last, of this vote (of this meeting outside votes); none. */
static struct id touched_by(struct store_txn *txn, struct id of, struct id member)
{
    struct slice value;
    struct id incident = {{0}};
    struct index_key key = person_key(of, member);
    if (store_get(txn, TABLE_INDEX, index_key_slice(&key), &value)) {
        memcpy(incident.bytes, value.data, ID_SIZE);
    }
    return incident;
}

/* The member may cast in this vote and has not; with what weight. */
static bool is_awaited(struct store_txn *txn, struct id poll, struct id member, uint64_t *weight)
{
    struct record_poll record;
    struct record_ballot ballot;
    struct roll_entry entry;
    if (!record_poll(txn, poll, &record) || !record_roll_entry(txn, poll, member, &entry) ||
        record_ballot(txn, poll, member, &ballot)) {
        return false;
    }
    *weight = entry.weight;
    return poll_standing_of(txn, poll, &record, member) == POLL_MAY_CAST;
}

/* ---- emitting ---- */

struct found {
    struct id id, meeting, poll; /* poll none = of no vote */
    const char *kind;
    uint64_t at_ms, until_ms;
    uint64_t opened_ms; /* when its vote was opened again, else 0 */
    json_t *people;     /* ids */
    uint64_t kept_away, weight;
};

static void take_opened(struct store_txn *txn, struct found *found)
{
    json_t *poll = id_is_none(found->poll) ? NULL : document_load(txn, DOCUMENT_POLL, found->poll);
    found->opened_ms = (uint64_t)json_get_integer(json_object_get(poll, "reopened"), "at_ms");
    json_decref(poll);
}

/* An incident of this vote since it was last opened has touched the member. */
static bool was_touched(struct store_txn *txn, const struct found *found, struct id member)
{
    struct id incident = touched_by(txn, found->poll, member);
    json_t *document =
        id_is_none(incident) ? NULL : document_load(txn, DOCUMENT_INCIDENT, incident);
    bool touched =
        document != NULL && (uint64_t)json_get_integer(document, "at_ms") >= found->opened_ms;
    json_decref(document);
    return touched;
}

/* Counts whoever this vote still waits for and no incident of it has counted. */
static void count_person(struct store_txn *txn, struct found *found, struct id member)
{
    uint64_t weight;
    if (!id_is_none(found->poll) && is_awaited(txn, found->poll, member, &weight) &&
        !was_touched(txn, found, member)) {
        found->kept_away++;
        found->weight += weight;
    }
}

static void put_time(json_t *event, const char *name, uint64_t ms)
{
    json_put(event, name, ms == 0 ? NULL : json_number(ms));
}

static void emit_public(struct request *request, const struct found *found, uint64_t people)
{
    json_t *event = event_new("incident");
    json_put(event, "id", json_id(found->meeting));
    json_put(event, "incident", json_id(found->id));
    json_put(event, "kind", json_text(slice_text(found->kind)));
    put_time(event, "at", found->at_ms);
    put_time(event, "until", found->until_ms);
    json_put(event, "people", json_number(people));
    if (!id_is_none(found->poll)) {
        json_put(event, "poll", json_id(found->poll));
        json_put(event, "kept_away", json_number(found->kept_away));
        json_put(event, "weight", json_number(found->weight));
    }
    request_emit_json(request, EVENT_MEETING, event);
}

/* Takes found->people. */
static void emit_names(struct request *request, const struct found *found)
{
    json_t *event = event_new("names");
    json_put(event, "id", json_id(found->id));
    json_put(event, "meeting", json_id(found->meeting));
    if (!id_is_none(found->poll)) {
        json_put(event, "poll", json_id(found->poll));
    }
    json_put(event, "people", found->people);
    request_emit_json(request, EVENT_INCIDENT, event);
}

/* ---- meeting.incident ---- */

static struct id id_at(const json_t *list, size_t at)
{
    struct id id = {{0}};
    const json_t *item = json_array_get(list, at);
    (void)id_parse(slice_of(json_string_value(item), json_string_length(item)), &id);
    return id;
}

/* Of those given, whom it concerns. */
static void take_people(struct request *request, struct found *found, bool awaited)
{
    uint64_t weight;
    struct store_txn *txn = request_txn(request);
    const json_t *members = json_object_get(request->params, "members");
    for (size_t i = 0; i < json_array_size(members); i++) {
        struct id member = id_at(members, i);
        if (has_row(txn, INDEX_PRESENT, found->meeting, member) &&
            (!awaited || is_awaited(txn, found->poll, member, &weight))) {
            count_person(txn, found, member);
            json_array_append_new(found->people, json_id(member));
        }
    }
}

static bool is_open_vote(struct store_txn *txn, struct id meeting, struct id poll)
{
    struct record_poll record;
    return has_row(txn, INDEX_POLL_OF_MEETING, meeting, poll) && record_poll(txn, poll, &record) &&
           record.state == RECORD_POLL_OPEN;
}

static void count_one(void *context, struct id member)
{
    (void)member;
    ++*(uint64_t *)context;
}

/* The program ended, by itself or not: since its last sign of life, or the last event, whichever is later. */
static void record_restart(struct request *request, struct found *found)
{
    struct id votes[2];
    struct ledger_entry newest;
    uint64_t people = 0, leaves = ledger_count(request_txn(request));
    struct store_txn *txn = request_txn(request);
    if (leaves > 0 && ledger_read(txn, leaves - 1, &newest) && newest.leaf.time_ms > found->at_ms) {
        found->at_ms = newest.leaf.time_ms;
    }
    found->at_ms = found->at_ms < found->until_ms ? found->at_ms : found->until_ms;
    room_each_present(txn, found->meeting, count_one, &people);
    if (room_open_votes(txn, found->meeting, votes, 2) == 1) {
        found->poll = votes[0];
    }
    emit_public(request, found, people);
}

static void record_people(struct request *request, struct found *found)
{
    bool connection = strcmp(found->kind, "connection") == 0;
    found->people = json_array();
    take_opened(request_txn(request), found);
    take_people(request, found, connection);
    size_t people = json_array_size(found->people);
    if (people == 0) {
        json_decref(found->people);
        return;
    }
    emit_public(request, found, people);
    emit_names(request, found);
}

static enum error record(struct request *request)
{
    struct store_txn *txn = request_txn(request);
    struct found found = {.id = request_id(request, "id"),
                          .meeting = request_id(request, "meeting"),
                          .poll = request_id(request, "poll"),
                          .at_ms = (uint64_t)json_get_integer(request->params, "at"),
                          .until_ms = (uint64_t)json_get_integer(request->params, "until")};
    size_t kind = 0;
    json_t *meeting = document_load(txn, DOCUMENT_MEETING, found.meeting);
    bool open = meeting != NULL && meeting_is(meeting, "open");
    json_decref(meeting);
    if (!open) {
        return request_fault(request, "meeting", ERROR_MEETING_BAD_STATE);
    }
    while (!slice_equal(request_text(request, "kind"), slice_text(incident_words[kind]))) {
        kind++;
    }
    found.kind = incident_words[kind];
    if (strcmp(found.kind, "restart") == 0) {
        record_restart(request, &found);
    } else if (id_is_none(found.poll) || is_open_vote(txn, found.meeting, found.poll)) {
        record_people(request, &found);
    }
    return ERROR_NONE;
}

/* ---- incident.report ---- */

static bool has_reported(struct store_txn *txn, struct id of, struct id member)
{
    struct id incident = touched_by(txn, of, member);
    json_t *document =
        id_is_none(incident) ? NULL : document_load(txn, DOCUMENT_INCIDENT, incident);
    bool reported = slice_equal(json_get_text(document, "incident_kind"), slice_text("reported"));
    json_decref(document);
    return reported;
}

static enum error check_report(struct request *request, const json_t *meeting,
                               const struct found *found)
{
    struct store_txn *txn = request_txn(request);
    struct id member = request->caller.member;
    if (!meeting_is(meeting, "open")) {
        return request_fault(request, "meeting", ERROR_MEETING_BAD_STATE);
    }
    if (!has_row(txn, INDEX_PRESENT, found->meeting, member)) {
        return request_fault(request, "meeting", ERROR_ATTENDANCE_NOT_PRESENT);
    }
    if (request_has(request, "poll") &&
        !has_row(txn, INDEX_POLL_OF_MEETING, found->meeting, found->poll)) {
        return request_fault(request, "poll", ERROR_POLL_UNKNOWN);
    }
    struct id of = id_is_none(found->poll) ? found->meeting : found->poll;
    return has_reported(txn, of, member) ? ERROR_INCIDENT_TWICE : ERROR_NONE;
}

static enum error report(struct request *request)
{
    uint8_t random[ID_SIZE];
    json_t *meeting;
    struct found found = {.kind = "reported", .at_ms = request->now_ms};
    enum error error = meeting_find(request, "meeting", &found.meeting, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    found.poll = request_ref(request, "poll", NUMBER_POLL);
    error = check_report(request, meeting, &found);
    json_decref(meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    request_random(request, random, sizeof random);
    found.id = id_from_random(random);
    take_opened(request_txn(request), &found);
    count_person(request_txn(request), &found, request->caller.member);
    emit_public(request, &found, 1);
    json_t *event = event_new("reported");
    json_put(event, "id", json_id(found.id));
    json_put(event, "meeting", json_id(found.meeting));
    json_put(event, "poll", id_is_none(found.poll) ? NULL : json_id(found.poll));
    json_put(event, "member", json_id(request->caller.member));
    json_put(event, "text", json_text(request_text(request, "text")));
    request_emit_json(request, EVENT_INCIDENT, event);
    return ERROR_NONE;
}

/* ---- applying ---- */

void incident_put(struct change *change, struct id id, json_t *incident)
{
    struct topic topic = topic_of(TOPIC_MEETING, json_get_id(incident, "meeting"));
    change_put(change, DOCUMENT_INCIDENT, id, incident, &topic, 1);
}

static void index_incident(struct change *change, struct id id)
{
    struct id poll = json_get_id(change->json, "poll");
    struct index_key key = index_key(INDEX_INCIDENT_OF);
    index_key_id(&key, json_get_id(change->json, "id"));
    index_key_u64(&key, (uint64_t)json_get_integer(change->json, "at"));
    index_key_id(&key, id);
    change_index(change, index_key_slice(&key), id);
    if (!id_is_none(poll)) {
        key = incident_of_poll(poll, &id);
        change_index(change, index_key_slice(&key), id);
    }
}

/* Found, or told once more when it is over. */
static void apply_found(struct change *change)
{
    static const char *const numbers[] = {"people", "poll", "kept_away", "weight", NULL};
    struct id id = json_get_id(change->json, "incident");
    json_t *incident = change_load(change, DOCUMENT_INCIDENT, id);
    if (incident == NULL) {
        incident = document_new(DOCUMENT_INCIDENT, id);
        json_put(incident, "meeting", json_id(json_get_id(change->json, "id")));
        json_put(incident, "incident_kind", json_text(json_get_text(change->json, "kind")));
        json_put(incident, "at_ms", json_integer(json_get_integer(change->json, "at")));
        index_incident(change, id);
    }
    if (json_object_get(change->json, "until") != NULL) {
        json_put(incident, "until_ms", json_integer(json_get_integer(change->json, "until")));
    }
    fields_copy(incident, change->json, numbers);
    incident_put(change, id, incident);
    if (json_object_get(change->json, "poll") != NULL) {
        incident_offer(change, json_get_id(change->json, "poll"));
    }
}

static void apply_meeting(struct change *change)
{
    if (event_is(change->json, "incident")) {
        apply_found(change);
    }
}

static void touch_person(struct change *change, json_t *people, struct id member)
{
    struct id poll = json_get_id(change->json, "poll");
    struct id of = id_is_none(poll) ? json_get_id(change->json, "meeting") : poll;
    struct index_key key = person_key(of, member);
    change_index(change, index_key_slice(&key), json_get_id(change->json, "id"));
    json_array_append_new(people, change_person(change, member));
}

static void apply_names(struct change *change)
{
    if (change->json == NULL) {
        return;
    }
    struct id id = json_get_id(change->json, "id"), meeting = json_get_id(change->json, "meeting");
    const json_t *ids = json_object_get(change->json, "people");
    struct topic topic = topic_of(TOPIC_MEETING_OFFICE, meeting);
    json_t *names = document_new(DOCUMENT_INCIDENT_NAMES, id);
    json_t *people = json_array();
    for (size_t i = 0; i < json_array_size(ids); i++) {
        touch_person(change, people, id_at(ids, i));
    }
    if (event_is(change->json, "reported")) {
        touch_person(change, people, json_get_id(change->json, "member"));
    }
    json_put(names, "meeting", json_id(meeting));
    json_put(names, "people", people);
    if (json_get_text(change->json, "text").size > 0) {
        json_put(names, "text", json_text(json_get_text(change->json, "text")));
    }
    change_put(change, DOCUMENT_INCIDENT_NAMES, id, names, &topic, 1);
}

/* Its result is known, withdrawn, or will never be. */
static void apply_vote(struct change *change)
{
    incident_offer(change, change->poll);
}

/* ---- tables ---- */

static const struct field incident_fields[] = {
    {.name = "meeting", .type = FIELD_ID},
    {.name = "incident_kind",
     .type = FIELD_WORD,
     .words = incident_words,
     .summary = "connection: of somebody who had not voted; many: more than 5 % within 10 s; "
                "restart: the server stopped; reported: a member says they could not vote"},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "until_ms", .type = FIELD_TIME, .optional = true},
    {.name = "poll", .type = FIELD_ID, .optional = true},
    {.name = "people", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "kept_away",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary = "of the vote: who had not voted, and whom no incident before counted"},
    {.name = "weight",
     .type = FIELD_INTEGER,
     .max = COUNT_MAX,
     .optional = true,
     .summary = "of those"},
    {.name = "offer",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "the incidents of this vote kept away enough to ask it again: more weight than "
                "could change the result, more than 5 people before it is known"},
    {0},
};
static const struct field person = {
    .name = "person", .type = FIELD_OBJECT, .fields = person_fields};
static const struct field names_fields[] = {
    {.name = "meeting", .type = FIELD_ID},
    {.name = "people", .type = FIELD_LIST, .item = &person, .max = PEOPLE_MAX},
    {.name = "text",
     .type = FIELD_TEXT,
     .max = TEXT_MAX,
     .optional = true,
     .summary = "as reported"},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_INCIDENT, "incident", incident_fields},
    {DOCUMENT_INCIDENT_NAMES, "incident_names", names_fields},
    {0},
};
static const struct field member_item = {.name = "member", .type = FIELD_ID};
static const struct field record_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "meeting", .type = FIELD_ID},
    {.name = "kind", .type = FIELD_WORD, .words = incident_words},
    {.name = "at", .type = FIELD_TIME},
    {.name = "until", .type = FIELD_TIME, .optional = true},
    {.name = "poll", .type = FIELD_ID, .optional = true},
    {.name = "members",
     .type = FIELD_LIST,
     .item = &member_item,
     .max = PEOPLE_MAX,
     .optional = true},
    {0},
};
static const struct field report_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {.name = "poll", .type = FIELD_REF, .number = NUMBER_POLL, .optional = true},
    {.name = "text",
     .type = FIELD_TEXT,
     .max = TEXT_MAX,
     .optional = true,
     .summary = "for the officers"},
    {0},
};
static const enum error record_errors[] = {ERROR_MEETING_BAD_STATE, ERROR_NONE};
static const enum error report_errors[] = {ERROR_MEETING_UNKNOWN,        ERROR_MEETING_BAD_STATE,
                                           ERROR_ATTENDANCE_NOT_PRESENT, ERROR_POLL_UNKNOWN,
                                           ERROR_INCIDENT_TWICE,         ERROR_NONE};
static const struct command commands[] = {
    {.method = "meeting.incident",
     .who = WHO_SYSTEM,
     .flags = COMMAND_WRITE,
     .params = record_params,
     .handle = record,
     .errors = record_errors,
     .summary = "What the server found: losses during a vote, many at once, a stop of its own",
     .example = NULL},
    {.method = "incident.report",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = report_params,
     .handle = report,
     .errors = report_errors,
     .summary = "I could not vote, or take part: once for each vote, by somebody present",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d15\",\"meeting\":\"1\"}"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_MEETING, apply_meeting},     {EVENT_INCIDENT, apply_names},
    {EVENT_RESULT, apply_vote},         {EVENT_POLL_REOPENED, apply_vote},
    {EVENT_POLL_CANCELLED, apply_vote}, {0},
};
static const struct topic_shape topics[] = {
    {.code = TOPIC_MEETING_OFFICE,
     .name = "meeting_office",
     .has_id = true,
     .number = NUMBER_MEETING,
     .readers = WHO_READERS,
     .may_read = meeting_office_is_readable},
    {0},
};
const struct concept concept_incident = {.name = "incident",
                                         .commands = commands,
                                         .applies = applies,
                                         .documents = documents,
                                         .topics = topics};
