/* What disturbed a meeting: lost connections, a stop of the server, "I could not vote".
 *
 * The law wants technical trouble that kept members from taking part or voting in the minutes (reference: ASBL 9:16/1, SC
 * 6:75). Everybody reads when it was, during which vote, and how many people it touched; who they were stands in a document
 * of its own, for the officers, in an event that is not exported, and what their votes weigh, which of one person may say
 * who, in that event alone. The net loop finds losses and stops and says whom they may
 * concern (meeting.incident); this file decides by the record whom they do: a loss during a vote touches those who may cast
 * in it and have not. Whoever votes after all was not kept away: at each close the numbers are said again without them.
 * Invariant: nobody counts twice as kept away from one vote since it was last opened (INDEX_INCIDENT_PERSON), nor says
 * twice since then that they could not vote in it (INDEX_INCIDENT_REPORTED). Start at record() and incident_settle(). */
#include "assembly/incident.h"
#include "assembly/meeting.h"
#include "assembly/member.h"
#include "assembly/poll.h"
#include "assembly/work.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define COUNT_MAX INT64_C(9007199254740991)

static const char *const incident_words[] = {"connection", "many", "restart", "reported", NULL};
/* A close says two events for each incident, beside its own; where more were disturbed, the others go on saying too many. */
enum { PEOPLE_MAX = 5000, TEXT_MAX = 2000, SETTLED_MAX = WORK_EVENTS_MAX / 2 - 8 };

/* ---- whom ---- */

static struct index_key person_key(uint8_t prefix, struct id of, struct id member)
{
    struct index_key key = index_key(prefix);
    index_key_id(&key, of);
    index_key_id(&key, member);
    return key;
}

static bool has_row(struct store_txn *txn, uint8_t prefix, struct id of, struct id member)
{
    struct slice value;
    struct index_key key = person_key(prefix, of, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

/* The last incident of this vote, or meeting, that counted the member as kept away, or that they reported; none. */
static struct id last_incident(struct store_txn *txn, uint8_t prefix, struct id of,
                               struct id member)
{
    struct slice value;
    struct id incident = {{0}};
    struct index_key key = person_key(prefix, of, member);
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
    json_t *uncounted;  /* those of them who are not kept away by this one */
    uint64_t kept_away, weight;
};

static void take_opened(struct store_txn *txn, struct found *found)
{
    json_t *poll = id_is_none(found->poll) ? NULL : document_load(txn, DOCUMENT_POLL, found->poll);
    found->opened_ms = (uint64_t)json_get_integer(json_object_get(poll, "reopened"), "at_ms");
    json_decref(poll);
}

/* The incident was after its vote was last opened. */
static bool is_since(struct store_txn *txn, struct id incident, uint64_t opened_ms)
{
    json_t *document =
        id_is_none(incident) ? NULL : document_load(txn, DOCUMENT_INCIDENT, incident);
    bool since = document != NULL && (uint64_t)json_get_integer(document, "at_ms") >= opened_ms;
    json_decref(document);
    return since;
}

/* Counts whoever this vote still waits for and no incident of it since it was last opened has counted. */
static bool count_person(struct store_txn *txn, struct found *found, struct id member)
{
    uint64_t weight;
    if (id_is_none(found->poll) || !is_awaited(txn, found->poll, member, &weight) ||
        is_since(txn, last_incident(txn, INDEX_INCIDENT_PERSON, found->poll, member),
                 found->opened_ms)) {
        return false;
    }
    found->kept_away++;
    found->weight += weight;
    return true;
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
    }
    request_emit_json(request, EVENT_MEETING, event);
}

/* What stands in no export for everybody: the event's beginning, with what those weigh who were kept away. */
static json_t *office_event(const char *what, const struct found *found)
{
    json_t *event = event_new(what);
    json_put(event, "id", json_id(found->id));
    json_put(event, "meeting", json_id(found->meeting));
    if (!id_is_none(found->poll)) {
        json_put(event, "poll", json_id(found->poll));
        json_put(event, "weight", json_number(found->weight));
    }
    return event;
}

/* Takes found->people and found->uncounted. */
static void emit_names(struct request *request, const struct found *found)
{
    json_t *event = office_event("names", found);
    json_put(event, "people", found->people);
    json_put(event, "uncounted", found->uncounted);
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
            if (!count_person(txn, found, member) && !id_is_none(found->poll)) {
                json_array_append_new(found->uncounted, json_id(member));
            }
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
    found->uncounted = json_array();
    take_opened(request_txn(request), found);
    take_people(request, found, connection);
    size_t people = json_array_size(found->people);
    if (people == 0) {
        json_decref(found->people);
        json_decref(found->uncounted);
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
    struct id before = last_incident(txn, INDEX_INCIDENT_REPORTED, of, member);
    return is_since(txn, before, found->opened_ms) ? ERROR_INCIDENT_TWICE : ERROR_NONE;
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
    take_opened(request_txn(request), &found);
    error = check_report(request, meeting, &found);
    json_decref(meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    request_random(request, random, sizeof random);
    found.id = id_from_random(random);
    bool counted = count_person(request_txn(request), &found, request->caller.member);
    emit_public(request, &found, 1);
    json_t *event = office_event("reported", &found);
    json_put(event, "member", json_id(request->caller.member));
    json_put(event, "counted", json_boolean(counted));
    json_put(event, "text", json_text(request_text(request, "text")));
    request_emit_json(request, EVENT_INCIDENT, event);
    return ERROR_NONE;
}

/* ---- those who voted after all ---- */

/* What an incident counted of people who have a ballot now. */
struct settled {
    struct id incident;
    uint64_t people, weight;
};
struct settling {
    struct store_txn *txn;
    struct id poll;
    uint64_t opened_ms;
    struct settled *items; /* owned */
    size_t count, room;
};

static struct settled *settled_of(struct settling *settling, struct id incident)
{
    for (size_t i = 0; i < settling->count; i++) {
        if (id_equal(settling->items[i].incident, incident)) {
            return &settling->items[i];
        }
    }
    if (!is_since(settling->txn, incident, settling->opened_ms)) {
        return NULL;
    }
    if (settling->count == settling->room) {
        settling->room = settling->room == 0 ? 16 : 2 * settling->room;
        settling->items = memory_resize(settling->items, settling->room, sizeof *settling->items);
    }
    settling->items[settling->count] = (struct settled){.incident = incident};
    return &settling->items[settling->count++];
}

static bool settle_person(void *context, struct slice key, struct slice value)
{
    struct settling *settling = context;
    struct record_ballot ballot;
    struct roll_entry entry;
    struct id member, incident;
    memcpy(member.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    memcpy(incident.bytes, value.data, ID_SIZE);
    if (record_ballot(settling->txn, settling->poll, member, &ballot) &&
        record_roll_entry(settling->txn, settling->poll, member, &entry)) {
        struct settled *settled = settled_of(settling, incident);
        if (settled != NULL) {
            settled->people++;
            settled->weight += entry.weight;
        }
    }
    return true;
}

/* Records of earlier versions say less of whom they counted. */
static uint64_t less(uint64_t before, uint64_t by)
{
    return before > by ? before - by : 0;
}

/* The incident once more, with fewer kept away. */
static void emit_settled(struct request *request, const struct settled *settled)
{
    json_t *incident = document_load(request_txn(request), DOCUMENT_INCIDENT, settled->incident);
    struct incident_sum before = incident_sum_of(request_txn(request), settled->incident);
    struct found found = {.id = settled->incident,
                          .meeting = json_get_id(incident, "meeting"),
                          .poll = json_get_id(incident, "poll"),
                          .kind = json_string_value(json_object_get(incident, "incident_kind")),
                          .at_ms = (uint64_t)json_get_integer(incident, "at_ms"),
                          .until_ms = (uint64_t)json_get_integer(incident, "until_ms"),
                          .kept_away = less(before.people, settled->people),
                          .weight = less(before.weight, settled->weight)};
    emit_public(request, &found, (uint64_t)json_get_integer(incident, "people"));
    request_emit_json(request, EVENT_INCIDENT, office_event("settled", &found));
    json_decref(incident);
}

void incident_settle(struct request *request, struct id poll)
{
    struct found of = {.poll = poll};
    struct index_key prefix = index_key(INDEX_INCIDENT_PERSON);
    index_key_id(&prefix, poll);
    take_opened(request_txn(request), &of);
    struct settling settling = {
        .txn = request_txn(request), .poll = poll, .opened_ms = of.opened_ms};
    store_scan(request_txn(request), TABLE_INDEX, index_key_slice(&prefix), settle_person,
               &settling);
    for (size_t i = 0; i < settling.count && i < SETTLED_MAX; i++) {
        emit_settled(request, &settling.items[i]);
    }
    free(settling.items);
}

/* ---- applying ---- */

void incident_put_names(struct change *change, struct id id, json_t *names)
{
    struct topic topic = topic_of(TOPIC_MEETING_OFFICE, json_get_id(names, "meeting"));
    change_put(change, DOCUMENT_INCIDENT_NAMES, id, names, &topic, 1);
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

/* Found, told once more when it is over, or with fewer kept away once its vote has closed. */
static void apply_found(struct change *change)
{
    static const char *const numbers[] = {"people", "poll", "kept_away", NULL};
    struct id id = json_get_id(change->json, "incident"), meeting = json_get_id(change->json, "id");
    struct topic topic = topic_of(TOPIC_MEETING, meeting);
    struct incident_sum before = incident_sum_of(change->txn, id);
    json_t *incident = change_load(change, DOCUMENT_INCIDENT, id);
    if (incident == NULL) {
        incident = document_new(DOCUMENT_INCIDENT, id);
        json_put(incident, "meeting", json_id(meeting));
        json_put(incident, "incident_kind", json_text(json_get_text(change->json, "kind")));
        json_put(incident, "at_ms", json_integer(json_get_integer(change->json, "at")));
        index_incident(change, id);
    }
    if (json_object_get(change->json, "until") != NULL) {
        json_put(incident, "until_ms", json_integer(json_get_integer(change->json, "until")));
    }
    fields_copy(incident, change->json, numbers);
    change_put(change, DOCUMENT_INCIDENT, id, incident, &topic, 1);
    incident_put_weight(change, id); /* as it was recorded once, for everybody */
    incident_offer_changed(change, id, &before);
}

static void apply_meeting(struct change *change)
{
    if (event_is(change->json, "incident")) {
        apply_found(change);
    }
}

/* This incident counts the member as kept away from its vote. */
static void index_counted(struct change *change, struct id poll, struct id member)
{
    struct index_key key = person_key(INDEX_INCIDENT_PERSON, poll, member);
    change_index(change, index_key_slice(&key), json_get_id(change->json, "id"));
}

static bool is_among(const json_t *ids, const json_t *id)
{
    size_t i;
    json_t *one;
    json_array_foreach(ids, i, one)
    {
        if (json_equal(one, id)) {
            return true;
        }
    }
    return false;
}

static void take_found(struct change *change, json_t *people)
{
    size_t i;
    json_t *one;
    struct id poll = json_get_id(change->json, "poll");
    json_array_foreach(json_object_get(change->json, "people"), i, one)
    {
        struct id member = id_at(json_object_get(change->json, "people"), i);
        json_array_append_new(people, change_person(change, member));
        if (!id_is_none(poll) && !is_among(json_object_get(change->json, "uncounted"), one)) {
            index_counted(change, poll, member);
        }
    }
}

static void take_report(struct change *change, json_t *people)
{
    struct id poll = json_get_id(change->json, "poll"),
              member = json_get_id(change->json, "member"),
              of = id_is_none(poll) ? json_get_id(change->json, "meeting") : poll;
    struct index_key key = person_key(INDEX_INCIDENT_REPORTED, of, member);
    change_index(change, index_key_slice(&key), json_get_id(change->json, "id"));
    json_array_append_new(people, change_person(change, member));
    if (json_get_flag(change->json, "counted")) {
        index_counted(change, poll, member);
    }
}

static void apply_people(struct change *change, struct id id)
{
    json_t *names = document_new(DOCUMENT_INCIDENT_NAMES, id);
    json_t *people = json_array();
    if (event_is(change->json, "reported")) {
        take_report(change, people);
    } else {
        take_found(change, people);
    }
    json_put(names, "meeting", json_id(json_get_id(change->json, "meeting")));
    json_put(names, "people", people);
    if (json_get_text(change->json, "text").size > 0) {
        json_put(names, "text", json_text(json_get_text(change->json, "text")));
    }
    incident_put_names(change, id, names);
}

static void apply_names(struct change *change)
{
    if (change->json == NULL) {
        return;
    }
    struct id id = json_get_id(change->json, "id");
    struct incident_sum before = incident_sum_of(change->txn, id);
    if (!event_is(change->json, "settled")) {
        apply_people(change, id);
    }
    incident_put_weight(change, id);
    incident_offer_changed(change, id, &before);
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
     .summary =
         "of the vote: who had not voted, and whom no incident before counted; once the vote "
         "has closed, without those who voted after all"},
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
    {.name = "offer",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "the incidents of its vote kept away enough to ask it again: more weight than "
                "could change the result, more than 5 people before it is known"},
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
     .summary =
         "I could not vote, or take part: once for each vote, again once it was opened again, "
         "by somebody present",
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
