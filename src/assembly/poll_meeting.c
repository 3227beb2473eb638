/* Votes inside a meeting: what is asked of them besides what every vote is asked.
 *
 * Their roll is everybody entitled, as the record wants it for quorums and majorities; who may cast is whoever was present
 * when the vote opened and still is (with `late`: whoever is present). Who was present then is written into rows by apply at
 * the opening; how many, by heads, weight and shares of the roll, stands in the record at the opening and at each close.
 * Nothing of the outcome exists before it is revealed: closing does not count (poll_apply.c), and what would tell it, the
 * list of ballots and the objections, is given out with the result. A meeting that ends leaves its closed votes due to be
 * counted at that instant. Invariant: presence is counted from the roll, so it is never more than it.
 * Start at poll_meeting_take() and poll_meeting_check(). */
#include "assembly/meeting_presence.h"
#include "assembly/poll_parts.h"
#include "assembly/rule.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct id poll_meeting(const json_t *poll)
{
    return json_get_id(json_object_get(poll, "meeting"), "id");
}

/* ---- who is there ---- */

/* The member was at the meeting when this vote opened. */
static bool was_present(struct store_txn *txn, struct id poll, struct id member)
{
    struct slice value;
    struct index_key key = index_key(INDEX_PRESENT_AT_OPENING);
    index_key_id(&key, poll);
    index_key_id(&key, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

enum poll_standing poll_standing_of(struct store_txn *txn, struct id poll,
                                    const struct record_poll *record, struct id member)
{
    if (id_is_none(record->meeting)) {
        return POLL_MAY_CAST;
    }
    if (!meeting_is_present(txn, record->meeting, member)) {
        return POLL_ABSENT;
    }
    return (record->flags & FLAG_LATE) != 0 || was_present(txn, poll, member) ? POLL_MAY_CAST
                                                                              : POLL_LATE;
}

static void add(struct payload_headcount *sum, const struct roll_entry *entry)
{
    sum->heads++;
    sum->weight += entry->weight;
    sum->shares += entry->shares;
}

static void add_present(struct store_txn *txn, struct id meeting, const struct roll_entry *entry,
                        struct payload_presence *presence)
{
    if (meeting_is_present(txn, meeting, entry->member)) {
        add(&presence->of[0], entry);
        if (entry->class_index + 1 < presence->count) {
            add(&presence->of[entry->class_index + 1], entry);
        }
    }
}

struct payload_presence poll_presence_at_opening(struct store_txn *txn, struct id meeting,
                                                 const struct roll_entry *entries, size_t count,
                                                 uint8_t n_class)
{
    struct payload_presence presence = {.count = (uint8_t)(1 + n_class)};
    for (size_t i = 0; i < count; i++) {
        add_present(txn, meeting, &entries[i], &presence);
    }
    return presence;
}

struct closing {
    struct store_txn *txn;
    struct id meeting;
    struct payload_presence presence;
};

static bool add_entry(void *context, const struct roll_entry *entry)
{
    struct closing *closing = context;
    add_present(closing->txn, closing->meeting, entry, &closing->presence);
    return true;
}

struct payload_presence poll_presence_at_close(struct store_txn *txn, struct id poll,
                                               const struct record_poll *record)
{
    struct closing closing = {.txn = txn, .meeting = record->meeting};
    if (!id_is_none(record->meeting)) {
        closing.presence.count = (uint8_t)(1 + record->n_class);
        record_each_roll_entry(txn, poll, add_entry, &closing);
    }
    return closing.presence;
}

/* ---- drafting ---- */

static bool agenda_has(const json_t *meeting, struct id item)
{
    return people_have(json_object_get(meeting, "agenda"), item);
}

static enum error take_meeting(struct request *request, json_t *draft)
{
    struct id id;
    json_t *meeting;
    enum error error = meeting_find(request, "meeting", &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    json_put(draft, "meeting", json_id(id));
    json_put(draft, "item", poll_given(request->params, "item", NULL));
    json_put(draft, "reveal", poll_given(request->params, "reveal", poll_word("hand")));
    if (!meeting_is(meeting, "planned") && !meeting_is(meeting, "open")) {
        error = request_fault(request, "meeting", ERROR_MEETING_BAD_STATE);
    } else if (request_has(request, "item") && !agenda_has(meeting, request_id(request, "item"))) {
        error = request_fault(request, "item", ERROR_MEETING_BAD_AGENDA);
    }
    json_decref(meeting);
    return error;
}

/* What the new vote asks again: one of a meeting too, whose result was shown, or that was cancelled. */
static enum error take_follows(struct request *request, json_t *draft)
{
    struct id id;
    json_t *before;
    enum error error = poll_find(request, "follows", &id, &before);
    if (error != ERROR_NONE) {
        return error;
    }
    struct id after = json_get_id(json_object_get(before, "followed_by"), "id");
    if ((!poll_is(before, "counted") && !poll_is(before, "cancelled")) ||
        id_is_none(poll_meeting(before)) ||
        (!id_is_none(after) && !id_equal(after, request_id(request, "id")))) {
        error = request_fault(request, "follows", ERROR_POLL_BAD_STATE);
    }
    json_put(draft, "follows", json_id(id));
    json_decref(before);
    return error;
}

enum error poll_meeting_take(struct request *request, json_t *draft)
{
    static const char *const alone[] = {"item", "reveal", "follows"};
    if (request_has(request, "meeting")) {
        enum error error = take_meeting(request, draft);
        if (error == ERROR_NONE && json_get_integer(request->params, "opens") != 0) {
            error = request_fault(request, "opens", ERROR_INPUT_BAD_VALUE); /* somebody opens it */
        }
        return error == ERROR_NONE && request_has(request, "follows") ? take_follows(request, draft)
                                                                      : error;
    }
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        if (request_has(request, alone[i])) {
            return request_fault(request, alone[i], ERROR_INPUT_BAD_VALUE);
        }
    }
    return ERROR_NONE;
}

bool poll_meeting_is(struct request *request, struct id meeting, const char *kind)
{
    json_t *document = document_load(request_txn(request), DOCUMENT_MEETING, meeting);
    bool is = document != NULL && poll_word_is(document, "meeting_kind", kind);
    json_decref(document);
    return is;
}

json_t *poll_meeting_electorate(struct request *request, const json_t *draft)
{
    json_t *meeting =
        document_load(request_txn(request), DOCUMENT_MEETING, json_get_id(draft, "meeting"));
    const json_t *group = json_object_get(json_object_get(meeting, "group"), "id");
    json_t *electorate = NULL;
    if (group != NULL) {
        electorate = json_object();
        json_t *ids = json_array();
        json_array_append_new(ids, json_deep_copy(group));
        json_put(electorate, "kind", poll_word("group"));
        json_put(electorate, "ids", ids);
    } else if (meeting != NULL && poll_word_is(meeting, "meeting_kind", "board")) {
        electorate = json_object();
        json_put(electorate, "kind", poll_word("present"));
    }
    json_decref(meeting);
    return electorate;
}

/* Statutes let a meeting that was called again decide whatever the attendance: so long after the first, to the hour. */
static bool is_second(struct request *request, struct id meeting, uint16_t gap_days,
                      uint64_t latest_ms)
{
    const int64_t hour = INT64_C(3600000);
    json_t *second = document_load(request_txn(request), DOCUMENT_MEETING, meeting);
    struct id before = json_get_id(json_object_get(second, "second_of"), "id");
    json_t *first = document_load(request_txn(request), DOCUMENT_MEETING, before);
    int64_t starts = json_get_integer(second, "starts_ms");
    int64_t at = (uint64_t)starts > latest_ms ? (int64_t)latest_ms : starts;
    int64_t gap = at - json_get_integer(first, "starts_ms");
    bool is = first != NULL && gap + hour >= gap_days * 24 * hour; /* clocks change by one */
    json_decref(first);
    json_decref(second);
    return is;
}

bool poll_meeting_is_second(struct request *request, struct id meeting, uint16_t gap_days)
{
    return is_second(request, meeting, gap_days, INT64_MAX);
}

/* Its date may have been moved since the draft, or the meeting be held before it. A rule that was retired asks nothing. */
bool poll_meeting_is_second_now(struct request *request, const json_t *poll)
{
    json_t *found;
    struct rule_use use;
    const json_t *rule = json_object_get(poll, "rule");
    if (!json_get_flag(rule, "second_call") || rule_of(request, rule, &found, &use) != ERROR_NONE) {
        return true;
    }
    json_decref(found);
    return is_second(request, poll_meeting(poll), use.gap_days, request->now_ms);
}

bool poll_meeting_is_run(const struct request *request, struct id meeting)
{
    json_t *document = document_load(request_txn(request), DOCUMENT_MEETING, meeting);
    bool may = document != NULL && meeting_may_run(request, document);
    json_decref(document);
    return may;
}

/* ---- opening ---- */

struct gathering {
    struct id *ids; /* owned */
    size_t count, room;
};

static bool gather_id(void *context, struct id id)
{
    struct gathering *gathering = context;
    if (gathering->count == gathering->room) {
        gathering->room = gathering->room == 0 ? 64 : 2 * gathering->room;
        gathering->ids = memory_resize(gathering->ids, gathering->room, sizeof *gathering->ids);
    }
    gathering->ids[gathering->count++] = id;
    return true;
}

static bool gather_row(void *context, struct slice key, struct slice value)
{
    struct id id;
    (void)value;
    memcpy(id.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    return gather_id(context, id);
}

/* The caller frees ids. */
static struct gathering polls_of(struct store_txn *txn, struct id meeting)
{
    struct gathering polls = {0};
    struct index_key key = index_key(INDEX_POLL_OF_MEETING);
    index_key_id(&key, meeting);
    store_scan(txn, TABLE_INDEX, index_key_slice(&key), gather_row, &polls);
    return polls;
}

unsigned poll_open_count(struct store_txn *txn, struct id meeting)
{
    unsigned open = 0;
    struct record_poll record;
    struct gathering polls = polls_of(txn, meeting);
    for (size_t i = 0; i < polls.count; i++) {
        open += record_poll(txn, polls.ids[i], &record) && record.state == RECORD_POLL_OPEN;
    }
    free(polls.ids);
    return open;
}

enum error poll_meeting_check(struct request *request, struct id meeting)
{
    json_t *document = document_load(request_txn(request), DOCUMENT_MEETING, meeting);
    bool open = document != NULL && meeting_is(document, "open");
    json_decref(document);
    if (!open) {
        return request_fault(request, "id", ERROR_MEETING_BAD_STATE);
    }
    return poll_open_count(request_txn(request), meeting) < MEETING_POLLS_OPEN_MAX
               ? ERROR_NONE
               : request_fault(request, "id", ERROR_POLL_TOO_MANY_OPEN);
}

/* ---- quorum ---- */

/* What this rule asks of those on the roll who are there. */
static void judge_rule(const struct rule *rule, const struct payload_presence *present,
                       const struct payload_presence *entitled, struct meeting_quorum *quorum)
{
    struct quorum_rule asked = quorum_of_rule(rule);
    struct meeting_count count = {.present = present->of[0], .entitled = entitled->of[0]};
    for (; count.n_class + 1 < present->count; count.n_class++) {
        count.classes[count.n_class] = (struct meeting_class){
            .present = present->of[count.n_class + 1], .entitled = entitled->of[count.n_class + 1]};
    }
    quorum_judge(&asked, &count, quorum);
}

/* What the meeting watches. */
static void judge_meeting(struct store_txn *txn, struct id meeting, struct meeting_quorum *quorum)
{
    json_t *document = document_load(txn, DOCUMENT_MEETING, meeting);
    meeting_quorum(txn, meeting, document, NULL, quorum);
    json_decref(document);
}

bool poll_falls_short(struct store_txn *txn, struct id meeting, const struct rule *rule,
                      const struct roll_entry *entries, size_t count,
                      const struct payload_presence *present, struct poll_shortage *shortage)
{
    struct payload_presence entitled = {.count = present->count};
    for (size_t i = 0; i < count; i++) {
        add(&entitled.of[0], &entries[i]);
        if (entries[i].class_index + 1 < entitled.count) {
            add(&entitled.of[entries[i].class_index + 1], &entries[i]);
        }
    }
    struct meeting_quorum quorum;
    judge_rule(rule, present, &entitled, &quorum);
    if (quorum.met) {
        judge_meeting(txn, meeting, &quorum);
    }
    shortage->x = quorum_shortage(&quorum)->x;
    shortage->least = quorum_shortage(&quorum)->least;
    return !quorum.met;
}

void poll_emit_seen(struct request *request, const json_t *poll, const struct poll_shortage *seen)
{
    const json_t *item = json_object_get(json_object_get(poll, "meeting"), "item");
    json_t *event = event_new("seen");
    json_put(event, "id", json_id(poll_meeting(poll)));
    json_put(event, "item", json_deep_copy(item));
    json_put(event, "poll", json_id(json_get_id(poll, "id")));
    json_put(event, "x", json_number(seen->x));
    json_put(event, "least", json_number(seen->least));
    request_emit_json(request, EVENT_MEETING, event);
}

/* ---- poll.awaited ---- */

struct awaiting {
    struct store_txn *txn;
    struct id poll;
    struct record_poll record;
    uint64_t present, awaited;
};

static bool await_one(void *context, const struct roll_entry *entry)
{
    struct awaiting *awaiting = context;
    struct record_ballot ballot;
    if (poll_standing_of(awaiting->txn, awaiting->poll, &awaiting->record, entry->member) ==
        POLL_MAY_CAST) {
        awaiting->present++;
        awaiting->awaited += !record_ballot(awaiting->txn, awaiting->poll, entry->member, &ballot);
    }
    return true;
}

/* Numbers alone: who they are is not said of any vote. */
enum error poll_awaited(struct request *request)
{
    json_t *poll;
    struct awaiting awaiting = {.txn = request_txn(request)};
    enum error error = poll_find_managed(request, &awaiting.poll, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!poll_is(poll, "open") || id_is_none(poll_meeting(poll)) ||
        !record_poll(awaiting.txn, awaiting.poll, &awaiting.record)) {
        error = request_fault(request, "id", ERROR_POLL_BAD_STATE);
    } else {
        record_each_roll_entry(awaiting.txn, awaiting.poll, await_one, &awaiting);
        request->result = json_object();
        json_put(request->result, "present", json_number(awaiting.present));
        json_put(request->result, "voted", json_number(awaiting.record.voted));
        json_put(request->result, "awaited", json_number(awaiting.awaited));
    }
    json_decref(poll);
    return error;
}

/* ---- applying ---- */

void poll_remember_present(struct change *change, struct id meeting)
{
    struct gathering members = {0};
    meeting_each_present(change->txn, meeting, gather_id, &members);
    for (size_t i = 0; i < members.count; i++) {
        struct index_key key = index_key(INDEX_PRESENT_AT_OPENING);
        index_key_id(&key, change->poll);
        index_key_id(&key, members.ids[i]);
        change_index(change, index_key_slice(&key), members.ids[i]);
    }
    free(members.ids);
}

/* Nothing stays hidden that was closed: each is counted by the system, in this transaction. */
void poll_apply_meeting(struct change *change)
{
    struct record_poll record;
    if (!event_is(change->json, "ended")) {
        return; /* another act, or erased */
    }
    struct gathering polls = polls_of(change->txn, json_get_id(change->json, "id"));
    for (size_t i = 0; i < polls.count; i++) {
        if (record_poll(change->txn, polls.ids[i], &record) && record.state == RECORD_POLL_CLOSED) {
            change_due(change, "poll.count", polls.ids[i], change->time_ms);
        }
    }
    free(polls.ids);
}
