/* Votes inside a meeting: what is asked of them besides what every vote is asked.
 *
 * Their roll is everybody entitled, as the record wants it for quorums and majorities; who may cast is whoever was present
 * when the vote opened and still is (with `late`: whoever is present). Who was present then is written into rows by apply at
 * the opening; how many, by heads, weight and shares of the roll, stands in the record at the opening and at each close.
 * Nothing of the outcome exists before it is revealed: closing does not count (poll_apply.c), and what would tell it, the
 * list of ballots and the objections, is given out with the result. A meeting that ends leaves its closed votes due to be
 * counted at that instant. Invariant: presence is counted from the roll, so it is never more than it.
 * Start at poll_meeting_take() and poll_meeting_check(). */
#include "assembly/meeting.h"
#include "assembly/poll_parts.h"
#include "base/memory.h"
#include "rules/rules.h"

#include <stdlib.h>
#include <string.h>

enum { OF_PRESENT = 1 };

struct id poll_meeting(const json_t *poll)
{
    return json_get_id(json_object_get(poll, "meeting"), "id");
}

/* ---- rows ---- */

struct gathering {
    struct id *ids; /* owned; NULL = only counting */
    size_t count;
};

static bool take_row(void *context, struct slice key, struct slice value)
{
    struct gathering *gathering = context;
    (void)value;
    if (gathering->ids != NULL) {
        memcpy(gathering->ids[gathering->count].bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    }
    gathering->count++;
    return true;
}

/* The ids that stand under prefix ‖ of, ascending. The caller frees. */
static struct id *ids_under(struct store_txn *txn, uint8_t prefix, struct id of, size_t *count)
{
    struct gathering gathering = {0};
    struct index_key key = index_key(prefix);
    index_key_id(&key, of);
    store_scan(txn, TABLE_INDEX, index_key_slice(&key), take_row, &gathering);
    gathering.ids = memory_new(gathering.count + 1, sizeof *gathering.ids);
    gathering.count = 0;
    store_scan(txn, TABLE_INDEX, index_key_slice(&key), take_row, &gathering);
    *count = gathering.count;
    return gathering.ids;
}

/* ---- who is there ---- */

static bool has_row(struct store_txn *txn, uint8_t prefix, struct id of, struct id member)
{
    struct slice value;
    struct index_key key = index_key(prefix);
    index_key_id(&key, of);
    index_key_id(&key, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

bool poll_has_present(struct store_txn *txn, struct id meeting, struct id member)
{
    return has_row(txn, INDEX_PRESENT, meeting, member);
}

enum poll_standing poll_standing_of(struct store_txn *txn, struct id poll,
                                    const struct record_poll *record, struct id member)
{
    if (id_is_none(record->meeting)) {
        return POLL_MAY_CAST;
    }
    if (!poll_has_present(txn, record->meeting, member)) {
        return POLL_ABSENT;
    }
    return (record->flags & FLAG_LATE) != 0 || has_row(txn, INDEX_PRESENT_AT_OPENING, poll, member)
               ? POLL_MAY_CAST
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
    if (poll_has_present(txn, meeting, entry->member)) {
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
    if ((!poll_is(before, "counted") && !poll_is(before, "cancelled")) ||
        id_is_none(poll_meeting(before)) || json_object_get(before, "followed_by") != NULL) {
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

bool poll_meeting_is_run(const struct request *request, struct id meeting)
{
    json_t *document = document_load(request_txn(request), DOCUMENT_MEETING, meeting);
    bool may = document != NULL && meeting_may_run(request, document);
    json_decref(document);
    return may;
}

/* ---- opening ---- */

unsigned poll_open_count(struct store_txn *txn, struct id meeting)
{
    size_t count;
    unsigned open = 0;
    struct record_poll record;
    struct id *polls = ids_under(txn, INDEX_POLL_OF_MEETING, meeting, &count);
    for (size_t i = 0; i < count; i++) {
        open += record_poll(txn, polls[i], &record) && record.state == RECORD_POLL_OPEN;
    }
    free(polls);
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

static uint64_t in_unit(const struct payload_headcount *count, uint8_t unit)
{
    const uint64_t units[] = {count->heads, count->weight, count->shares};
    return units[unit - 1];
}

/* The first place where fewer are there than this rule asks: overall, then in each class that has voters. */
static bool falls_short(const struct rule *rule, const struct payload_presence *present,
                        const struct payload_presence *entitled, struct poll_shortage *shortage)
{
    bool asked = rule->quorum_den > 0 && rule->quorum_of == OF_PRESENT;
    bool each = (rule->per_class & RULE_PER_CLASS_QUORUM) != 0;
    for (int i = 0; asked && i < (each ? present->count : 1); i++) {
        uint64_t n = in_unit(&entitled->of[i], rule->quorum_unit);
        shortage->x = in_unit(&present->of[i], rule->quorum_unit);
        shortage->least =
            rule_least(rule->quorum_num, rule->quorum_den, rule->quorum_strict != 0, n);
        if (entitled->of[i].heads > 0 && shortage->x < shortage->least) {
            return true;
        }
    }
    return false;
}

/* The quorum that the meeting watches. */
static bool meeting_falls_short(struct store_txn *txn, struct id meeting,
                                struct poll_shortage *shortage)
{
    json_t *presence = document_load(txn, DOCUMENT_PRESENCE, meeting);
    const json_t *quorum = json_object_get(presence, "quorum");
    bool short_of = quorum != NULL && !json_get_flag(quorum, "met");
    shortage->x = (uint64_t)json_get_integer(quorum, "x");
    shortage->least = (uint64_t)json_get_integer(quorum, "least");
    json_decref(presence);
    return short_of;
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
    return falls_short(rule, present, &entitled, shortage) ||
           meeting_falls_short(txn, meeting, shortage);
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
    size_t count;
    struct id *members = ids_under(change->txn, INDEX_PRESENT, meeting, &count);
    for (size_t i = 0; i < count; i++) {
        struct index_key key = index_key(INDEX_PRESENT_AT_OPENING);
        index_key_id(&key, change->poll);
        index_key_id(&key, members[i]);
        change_index(change, index_key_slice(&key), members[i]);
    }
    free(members);
}

/* Nothing stays hidden that was closed: each is counted by the system, in this transaction. */
void poll_apply_meeting(struct change *change)
{
    size_t count;
    struct record_poll record;
    if (!event_is(change->json, "ended")) {
        return; /* another act, or erased */
    }
    struct id *polls =
        ids_under(change->txn, INDEX_POLL_OF_MEETING, json_get_id(change->json, "id"), &count);
    for (size_t i = 0; i < count; i++) {
        if (record_poll(change->txn, polls[i], &record) && record.state == RECORD_POLL_CLOSED) {
            change_due(change, "poll.count", polls[i], change->time_ms);
        }
    }
    free(polls);
}
