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

/* The item of the parameter, if there is one, is of this meeting and can name one more vote. */
static enum error check_item(struct request *request, json_t *meeting)
{
    if (!request_has(request, "item")) {
        return ERROR_NONE;
    }
    const json_t *item = meeting_item(meeting, request_id(request, "item"));
    if (item == NULL) {
        return request_fault(request, "item", ERROR_MEETING_BAD_AGENDA);
    }
    bool named = people_have(json_object_get(item, "polls"), request_id(request, "id"));
    return named || meeting_has_room(meeting, item)
               ? ERROR_NONE
               : request_fault(request, "item", ERROR_INPUT_TOO_BIG);
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
    } else {
        error = check_item(request, meeting);
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

struct gathering {
    struct id *ids; /* owned */
    size_t count, room;
};
static struct gathering polls_of(struct store_txn *txn, struct id meeting);

/* ---- second calls ---- */

static bool has_missed_vote(struct store_txn *txn, struct id meeting)
{
    bool missed = false;
    struct gathering polls = polls_of(txn, meeting);
    for (size_t i = 0; i < polls.count && !missed; i++) {
        json_t *poll = document_load(txn, DOCUMENT_POLL, polls.ids[i]);
        missed = poll_word_is(json_object_get(poll, "result"), "verdict", "no_quorum");
        json_decref(poll);
    }
    free(polls.ids);
    return missed;
}

bool poll_meeting_fell_short(struct store_txn *txn, struct id meeting, const struct rule *rule)
{
    struct quorum_rule quorum = quorum_of_rule(rule);
    json_t *document = document_load(txn, DOCUMENT_MEETING, meeting);
    bool seen = json_array_size(json_object_get(document, "seen_below_quorum")) > 0;
    json_decref(document);
    return seen || presence_fell_short(txn, meeting, &quorum) || has_missed_vote(txn, meeting);
}

/* What a vote decides: a point of its meeting's agenda, what an earlier vote asked. */
struct matter {
    struct id meeting, item, follows;
};

/* A vote of the first meeting on this missed its quorum; asked again meanwhile in the second, it still did. */
static bool vote_missed(struct store_txn *txn, const struct matter *matter, struct id first)
{
    json_t *poll = document_load(txn, DOCUMENT_POLL, matter->follows);
    while (poll != NULL && id_equal(poll_meeting(poll), matter->meeting)) {
        struct id before = json_get_id(json_object_get(poll, "follows"), "id");
        json_decref(poll);
        poll = document_load(txn, DOCUMENT_POLL, before);
    }
    bool missed = poll != NULL && id_equal(poll_meeting(poll), first) &&
                  poll_word_is(json_object_get(poll, "result"), "verdict", "no_quorum");
    json_decref(poll);
    return missed;
}

/* Somebody saw the quorum missed when the meeting started, or when a vote on this point opened. */
static bool was_seen(const json_t *meeting, struct id item)
{
    size_t i;
    json_t *one;
    bool seen = false;
    json_array_foreach(json_object_get(meeting, "seen_below_quorum"), i, one)
    {
        seen = seen || json_object_get(one, "poll") == NULL ||
               id_equal(json_get_id(one, "item"), item);
    }
    return seen;
}

/* The point stood on the agenda of the first meeting, which was short of what the rule asks, and no vote decided it there. A
 * meeting that is called again keeps the ids of the points it takes over. */
static bool item_missed(struct store_txn *txn, const json_t *first, struct id item,
                        const struct rule *rule)
{
    if (meeting_item(first, item) == NULL) {
        return false;
    }
    struct quorum_rule quorum = quorum_of_rule(rule);
    struct id meeting = json_get_id(first, "id");
    bool missed = presence_fell_short(txn, meeting, &quorum) || was_seen(first, item);
    bool decided = false;
    struct gathering polls = polls_of(txn, meeting);
    for (size_t i = 0; i < polls.count; i++) {
        json_t *poll = document_load(txn, DOCUMENT_POLL, polls.ids[i]);
        bool here = id_equal(json_get_id(json_object_get(poll, "meeting"), "item"), item);
        bool short_of = poll_word_is(json_object_get(poll, "result"), "verdict", "no_quorum");
        missed = missed || (here && short_of);
        decided = decided || (here && !short_of && poll_is(poll, "counted") && poll_decides(poll));
        json_decref(poll);
    }
    free(polls.ids);
    return missed && !decided;
}

/* Statutes let a meeting that was called again decide whatever the attendance: what the first could not decide for want of
 * the quorum that the rule asks, and so long after it, to the hour. Anything else there is decided as at a first call. */
static bool is_second(struct request *request, const struct matter *matter, const struct rule *rule,
                      uint16_t gap_days, uint64_t latest_ms)
{
    const int64_t hour = INT64_C(3600000);
    struct store_txn *txn = request_txn(request);
    json_t *second = document_load(txn, DOCUMENT_MEETING, matter->meeting);
    struct id before = json_get_id(json_object_get(second, "second_of"), "id");
    json_t *first = document_load(txn, DOCUMENT_MEETING, before);
    int64_t starts = json_get_integer(second, "starts_ms");
    int64_t at = (uint64_t)starts > latest_ms ? (int64_t)latest_ms : starts;
    int64_t gap = at - json_get_integer(first, "starts_ms");
    bool is = first != NULL && gap + hour >= gap_days * 24 * hour && /* clocks change by one */
              (vote_missed(txn, matter, before) || item_missed(txn, first, matter->item, rule));
    json_decref(first);
    json_decref(second);
    return is;
}

/* A rule that was retired asks nothing. */
static bool is_second_by(struct request *request, const struct matter *matter, const json_t *named,
                         uint64_t latest_ms)
{
    struct rule rule = {0};
    struct rule_use use;
    json_t *found, *given = json_object();
    json_put(given, "use", json_text(json_get_text(named, "use")));
    enum error error = rule_of(request, given, &found, &use);
    json_decref(given);
    if (error != ERROR_NONE) {
        return true;
    }
    rule_read(found, &rule);
    bool is = is_second(request, matter, &rule, use.gap_days, latest_ms);
    json_decref(found);
    return is;
}

bool poll_meeting_is_second(struct request *request, const json_t *draft)
{
    struct matter matter = {.meeting = json_get_id(draft, "meeting"),
                            .item = json_get_id(draft, "item"),
                            .follows = json_get_id(draft, "follows")};
    return is_second_by(request, &matter, json_object_get(draft, "rule"), INT64_MAX);
}

/* Its date may have been moved since the draft, or the meeting be held before it. */
bool poll_meeting_is_second_now(struct request *request, const json_t *poll)
{
    const json_t *rule = json_object_get(poll, "rule");
    struct matter matter = {.meeting = poll_meeting(poll),
                            .item = json_get_id(json_object_get(poll, "meeting"), "item"),
                            .follows = json_get_id(json_object_get(poll, "follows"), "id")};
    return !json_get_flag(rule, "second_call") ||
           is_second_by(request, &matter, rule, request->now_ms);
}

/* ---- who leads ---- */

bool poll_meeting_is_run(const struct request *request, struct id meeting)
{
    json_t *document = document_load(request_txn(request), DOCUMENT_MEETING, meeting);
    bool may = document != NULL && meeting_may_run(request, document);
    json_decref(document);
    return may;
}

bool poll_meeting_is_chaired(const struct request *request, struct id meeting)
{
    struct record_member record;
    json_t *document = document_load(request_txn(request), DOCUMENT_MEETING, meeting);
    struct id chair =
        json_get_id(json_object_get(json_object_get(document, "offices"), "chair"), "id");
    bool can = !id_is_none(chair) && record_member(request_txn(request), chair, &record) &&
               (record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT);
    json_decref(document);
    return !can || id_equal(chair, request->caller.member);
}

/* ---- opening ---- */

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
    shortage->unit = quorum_unit(&quorum.rule);
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
    json_put(event, "unit", json_text(slice_text(seen->unit)));
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
