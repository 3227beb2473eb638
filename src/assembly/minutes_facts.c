/* The facts of minutes: what the documents and the record say of a meeting, as blocks.
 *
 * Nothing is decided here and nothing is counted but who came at all: numbers are those that stand in the record (presence at
 * the start and at each vote, results), copied. People are named by id alone ("member": id), so that their names can go
 * (minutes.c puts the names in, for reading); titles of proposals and to-dos stand beside the id of the thing, where an
 * erasure finds them. A block has the same id each time it is made, from what it is about: texts keep their place by it.
 * The order: heading, attendance, quorum, each item of the agenda with its votes, votes without an item, incidents, to-dos,
 * seal. Start at minutes_facts(). */
#include "assembly/minutes.h"
#include "assembly/organisation.h"
#include "assembly/poll.h"
#include "assembly/task.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct facts {
    struct store_txn *txn;
    struct id id;
    const json_t *meeting;
    json_t *blocks;
};

static void add_block(struct facts *facts, const char *kind, struct id about, json_t *of)
{
    struct slice parts[] = {id_slice(&facts->id), slice_text(kind), id_slice(&about)};
    json_t *block = json_object();
    json_put(block, "id", json_id(id_from_hash(crypto_hash_tagged("minutes", parts, 3))));
    json_put(block, "block_kind", json_text(slice_text(kind)));
    json_put(block, "facts", of);
    json_array_append_new(facts->blocks, block);
}

/* ---- people ---- */

/* Everywhere: "by" {"id","name"} becomes "member": id, of a person. */
static void without_names(json_t *value)
{
    size_t i;
    const char *key;
    json_t *item;
    json_array_foreach(value, i, item)
    {
        without_names(item);
    }
    json_object_foreach(value, key, item)
    {
        without_names(item);
    }
    struct id by = json_get_id(json_object_get(value, "by"), "id");
    if (json_is_object(value) && json_object_get(value, "by") != NULL) {
        json_put(value, "by", NULL);
        json_put(value, "member", id_is_none(by) ? NULL : json_id(by));
    }
}

/* [{"member"}] of a list of people. New reference. */
static json_t *members_of(const json_t *people)
{
    size_t i;
    json_t *item, *members = json_array();
    json_array_foreach(people, i, item)
    {
        json_t *one = json_object();
        json_put(one, "member", json_id(json_get_id(item, "id")));
        json_array_append_new(members, one);
    }
    return members;
}

static void add_officer(json_t *officers, const char *office, const json_t *person)
{
    if (person != NULL) {
        json_t *officer = json_object();
        json_put(officer, "office", json_text(slice_text(office)));
        json_put(officer, "member", json_id(json_get_id(person, "id")));
        json_array_append_new(officers, officer);
    }
}

/* [{"office","member"}]. New reference. */
static json_t *officers_of(const json_t *meeting)
{
    size_t i;
    json_t *item, *officers = json_array();
    const json_t *offices = json_object_get(meeting, "offices");
    add_officer(officers, "chair", json_object_get(offices, "chair"));
    add_officer(officers, "secretary", json_object_get(offices, "secretary"));
    json_array_foreach(json_object_get(offices, "scrutineers"), i, item)
    {
        add_officer(officers, "scrutineer", item);
    }
    return officers;
}

/* ---- rows of an index ---- */

struct row_ids {
    struct id *ids; /* owned */
    size_t count, capacity;
};

static bool note_row(void *context, struct slice key, struct slice value)
{
    struct row_ids *rows = context;
    if (rows->count == rows->capacity) {
        rows->capacity = rows->capacity == 0 ? 64 : 2 * rows->capacity;
        rows->ids = memory_resize(rows->ids, rows->capacity, sizeof *rows->ids);
    }
    (void)value;
    memcpy(rows->ids[rows->count++].bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    return true;
}

/* The ids that end the rows of the meeting. The caller frees. */
static struct row_ids rows_of(struct store_txn *txn, uint8_t prefix, struct id meeting)
{
    struct row_ids rows = {0};
    struct index_key key = index_key(prefix);
    index_key_id(&key, meeting);
    store_scan(txn, TABLE_INDEX, index_key_slice(&key), note_row, &rows);
    return rows;
}

/* ---- heading, attendance, quorum ---- */

/* [{"key","label"}] of the classes, as they are called now. New reference. */
static json_t *classes_of(const json_t *organisation)
{
    static const char *const copied[] = {"key", "label", NULL};
    size_t i;
    json_t *class, *classes = json_array();
    json_array_foreach(json_object_get(organisation, "classes"), i, class)
    {
        json_t *one = json_object();
        fields_copy(one, class, copied);
        json_array_append_new(classes, one);
    }
    return classes;
}

static void add_heading(struct facts *facts)
{
    static const char *const copied[] = {
        "number",         "meeting_kind", "title",      "place",       "link",      "remote",
        "procedure",      "called_ms",    "notice",     "notice_days", "starts_ms", "second_of",
        "planned_end_ms", "group",        "started_ms", "ended_ms",    NULL};
    static const char *const names[] = {"name", "names", "legal_form", NULL};
    json_t *heading = json_object(), *named = json_object();
    json_t *organisation = organisation_load(facts->txn);
    fields_copy(named, organisation, names);
    json_put(named, "classes", classes_of(organisation));
    json_put(heading, "organisation", named);
    fields_copy(heading, facts->meeting, copied);
    json_put(heading, "officers", officers_of(facts->meeting));
    json_decref(organisation);
    add_block(facts, "heading", facts->id, heading);
}

static bool was_remote(const json_t *periods)
{
    size_t i;
    json_t *period;
    json_array_foreach(periods, i, period)
    {
        if (json_get_flag(period, "remote")) {
            return true;
        }
    }
    return false;
}

/* {"member","class"?,"periods"}: stays without who recorded them. New reference. */
static json_t *attendee(const json_t *attendance)
{
    static const char *const copied[] = {"class", NULL};
    static const char *const stay[] = {"in_ms", "out_ms", "how", "remote", "checked", NULL};
    size_t i;
    json_t *period, *periods = json_array(), *person = json_object();
    json_put(person, "member", json_id(json_get_id(json_object_get(attendance, "member"), "id")));
    fields_copy(person, attendance, copied);
    json_array_foreach(json_object_get(attendance, "periods"), i, period)
    {
        json_t *one = json_object();
        fields_copy(one, period, stay);
        json_array_append_new(periods, one);
    }
    json_put(person, "periods", periods);
    return person;
}

static void add_attendance(struct facts *facts)
{
    uint64_t remote = 0;
    json_t *people = json_array(), *of = json_object();
    struct row_ids rows = rows_of(facts->txn, INDEX_ATTENDANCE_OF, facts->id);
    for (size_t i = 0; i < rows.count; i++) {
        struct slice value;
        struct id id;
        struct index_key key = index_key(INDEX_ATTENDANCE_OF);
        index_key_id(&key, facts->id);
        index_key_id(&key, rows.ids[i]);
        assert_always(store_get(facts->txn, TABLE_INDEX, index_key_slice(&key), &value) &&
                      value.size == ID_SIZE);
        memcpy(id.bytes, value.data, ID_SIZE);
        json_t *attendance = document_load(facts->txn, DOCUMENT_ATTENDANCE, id);
        if (attendance != NULL) {
            remote += was_remote(json_object_get(attendance, "periods"));
            json_array_append_new(people, attendee(attendance));
        }
        json_decref(attendance);
    }
    free(rows.ids);
    json_put(of, "attended", json_number(json_array_size(people)));
    json_put(of, "remote", json_number(remote));
    json_put(of, "people", people);
    add_block(facts, "attendance", facts->id, of);
}

/* In what a vote counted who was there when it opened, where the record does not say so: as its own rule asks, else as the
 * meeting watches; NULL = not at all. */
static const json_t *unit_at_opening(const struct facts *facts, const json_t *rule)
{
    const json_t *quorum = json_object_get(rule, "quorum");
    bool own = slice_equal(json_get_text(quorum, "of"), slice_text("present"));
    return json_object_get(own ? quorum : json_object_get(facts->meeting, "quorum"), "unit");
}

/* What was said to have been seen below the quorum: of a vote, or (none) of the meeting. New reference. */
static json_t *seen_of(const struct facts *facts, struct id poll, const json_t *rule)
{
    size_t i;
    json_t *item, *seen = json_array();
    const json_t *unit = unit_at_opening(facts, rule);
    json_array_foreach(json_object_get(facts->meeting, "seen_below_quorum"), i, item)
    {
        if (id_equal(json_get_id(item, "poll"), poll)) {
            json_t *one = json_deep_copy(item);
            without_names(one);
            if (unit != NULL && json_object_get(one, "unit") == NULL) {
                json_put(one, "unit", json_deep_copy(unit));
            }
            json_array_append_new(seen, one);
        }
    }
    return seen;
}

/* Presence when the meeting was opened, beside what was asked. */
static void add_quorum(struct facts *facts)
{
    static const char *const copied[] = {"at_ms",  "present", "entitled", "remote",
                                         "guests", "classes", "quorum",   NULL};
    struct id none = {{0}};
    json_t *of = json_object();
    json_t *presence = document_load(facts->txn, DOCUMENT_PRESENCE, facts->id);
    fields_copy(of, json_object_get(presence, "at_start"), copied);
    json_t *asked = json_object_get(facts->meeting, "quorum");
    json_put(of, "asked", json_incref(asked));
    json_put(of, "seen", seen_of(facts, none, NULL));
    json_decref(presence);
    add_block(facts, "quorum", facts->id, of);
}

/* ---- votes ---- */

/* Labels of the options that won, in the order of their places; NULL without options. New reference. */
static json_t *chosen_of(const json_t *poll)
{
    size_t i;
    json_t *place, *options = json_object_get(poll, "options"), *chosen = json_array();
    json_array_foreach(json_object_get(json_object_get(poll, "result"), "elected"), i, place)
    {
        json_t *label =
            json_object_get(json_array_get(options, (size_t)json_integer_value(place)), "label");
        if (label != NULL) {
            json_array_append(chosen, label);
        }
    }
    return chosen;
}

/* The numbers of the result; the long account of a method stays with the vote. */
static json_t *result_of(const json_t *poll)
{
    static const char *const numbers[] = {
        "verdict", "decided", "entitled", "took_part", "valid",    "blank",    "abstain",
        "void",    "yes",     "no",       "consent",   "concern",  "scores",   "objection",
        "winners", "quorum",  "classes",  "seq",       "majority", "sentence", NULL};
    const json_t *result = json_object_get(poll, "result");
    json_t *copy = result == NULL ? NULL : json_object();
    if (copy != NULL) {
        fields_copy(copy, result, numbers);
    }
    return copy;
}

static void add_vote(struct facts *facts, struct id id, const json_t *poll)
{
    static const char *const copied[] = {
        "number",    "state",     "poll_kind",   "body",     "method",   "mode",     "question",
        "opened_ms", "closed_ms", "presence",    "roll",     "extended", "reopened", "chair",
        "cancelled", "follows",   "followed_by", "decision", NULL};
    static const char *const rule[] = {"name", "quorum", "majority", NULL};
    static const char *const about[] = {"id", "number", "title", NULL};
    size_t i;
    json_t *item, *vote = json_object(), *asked = json_object(), *proposals = json_array();
    fields_copy(vote, poll, copied);
    fields_copy(asked, json_object_get(poll, "rule"), rule);
    if (json_object_get(facts->meeting, "second_of") != NULL) { /* a new point is a first call */
        bool second = json_get_flag(json_object_get(poll, "rule"), "second_call");
        json_put(asked, "second_call", json_boolean(second));
    }
    json_array_foreach(json_object_get(poll, "about"), i, item)
    {
        json_t *one = json_object();
        fields_copy(one, item, about);
        json_array_append_new(proposals, one);
    }
    json_put(vote, "poll", json_id(id));
    json_put(vote, "rule", asked);
    json_put(vote, "about", proposals);
    json_put(vote, "result", result_of(poll));
    json_put(vote, "chosen", chosen_of(poll));
    json_put(vote, "seen", seen_of(facts, id, asked));
    json_t *own = json_deep_copy(vote);
    json_decref(vote);
    without_names(own);
    add_block(facts, "vote", id, own);
}

struct vote {
    json_t *poll; /* a reference */
};

static int in_order(const void *left, const void *right)
{
    const json_t *a = ((const struct vote *)left)->poll, *b = ((const struct vote *)right)->poll;
    int64_t opened = json_get_integer(a, "opened_ms") - json_get_integer(b, "opened_ms");
    int64_t number = json_get_integer(a, "number") - json_get_integer(b, "number");
    int64_t first = opened != 0 ? opened : number;
    return first < 0 ? -1 : first > 0;
}

/* The votes of the meeting that were opened, in the order in which they were. The caller frees. */
static struct vote *votes_of(const struct facts *facts, size_t *count)
{
    struct row_ids rows = rows_of(facts->txn, INDEX_POLL_OF_MEETING, facts->id);
    struct vote *votes = memory_new(rows.count + 1, sizeof *votes);
    *count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        json_t *poll = document_load(facts->txn, DOCUMENT_POLL, rows.ids[i]);
        if (json_get_integer(poll, "opened_ms") != 0) {
            votes[(*count)++].poll = poll;
        } else {
            json_decref(poll);
        }
    }
    free(rows.ids);
    qsort(votes, *count, sizeof *votes, in_order);
    return votes;
}

/* Those of one item, or without one that the agenda has (item none). */
static void add_votes(struct facts *facts, const struct vote *votes, size_t count, struct id item)
{
    for (size_t i = 0; i < count; i++) {
        struct id of = json_get_id(json_object_get(votes[i].poll, "meeting"), "item");
        of = people_have(json_object_get(facts->meeting, "agenda"), of) ? of : (struct id){{0}};
        if (id_equal(of, item)) {
            add_vote(facts, json_get_id(votes[i].poll, "id"), votes[i].poll);
        }
    }
}

/* ---- the agenda ---- */

static void add_items(struct facts *facts, const struct vote *votes, size_t count)
{
    static const char *const copied[] = {"title",      "item_kind", "minutes",
                                         "started_ms", "ended_ms",  "spent_ms",
                                         "outcome",    "proposals", NULL};
    size_t i;
    unsigned first = 0, second = 0;
    json_t *item;
    json_array_foreach(json_object_get(facts->meeting, "agenda"), i, item)
    {
        struct id id = json_get_id(item, "id");
        bool below = !id_is_none(json_get_id(item, "parent"));
        json_t *of = json_object(), *place = json_array();
        first += !below;
        second = below ? second + 1 : 0;
        json_array_append_new(place, json_number(first));
        if (below) {
            json_array_append_new(place, json_number(second));
        }
        json_put(of, "item", json_id(id));
        json_put(of, "place", place);
        fields_copy(of, item, copied);
        add_block(facts, "item", id, of);
        add_votes(facts, votes, count, id);
    }
}

static void add_agenda(struct facts *facts)
{
    size_t count;
    struct id none = {{0}};
    struct vote *votes = votes_of(facts, &count);
    add_items(facts, votes, count);
    add_votes(facts, votes, count, none);
    for (size_t i = 0; i < count; i++) {
        json_decref(votes[i].poll);
    }
    free(votes);
}

/* ---- before the seal ---- */

/* The seq of the result that the minutes tell of this vote; 0 = none. */
static int64_t told_result(const json_t *minutes, struct id poll)
{
    size_t i;
    json_t *block;
    json_array_foreach(json_object_get(minutes, "blocks"), i, block)
    {
        const json_t *vote = json_object_get(block, "facts");
        if (slice_equal(json_get_text(block, "block_kind"), slice_text("vote")) &&
            id_equal(json_get_id(vote, "poll"), poll)) {
            return json_get_integer(json_object_get(vote, "result"), "seq");
        }
    }
    return 0;
}

enum error minutes_check_votes(struct store_txn *txn, struct id id, const json_t *minutes)
{
    enum error error = ERROR_NONE;
    struct row_ids rows = rows_of(txn, INDEX_POLL_OF_MEETING, id);
    for (size_t i = 0; i < rows.count && error == ERROR_NONE; i++) {
        json_t *poll = document_load(txn, DOCUMENT_POLL, rows.ids[i]);
        int64_t seq = json_get_integer(json_object_get(poll, "result"), "seq");
        error = poll_waits_for_chair(poll)                 ? ERROR_MINUTES_TIE_OPEN
                : seq != told_result(minutes, rows.ids[i]) ? ERROR_MINUTES_STALE
                                                           : ERROR_NONE;
        json_decref(poll);
    }
    free(rows.ids);
    return error;
}

/* ---- incidents, to-dos, seal ---- */

static void add_incidents(struct facts *facts)
{
    static const char *const copied[] = {"incident_kind", "at_ms",     "until_ms",
                                         "people",        "kept_away", NULL};
    static const char *const number[] = {"number", "question", NULL};
    json_t *items = json_array(), *of = json_object();
    struct row_ids rows = rows_of(facts->txn, INDEX_INCIDENT_OF, facts->id);
    for (size_t i = 0; i < rows.count; i++) {
        json_t *incident = document_load(facts->txn, DOCUMENT_INCIDENT, rows.ids[i]);
        json_t *one = json_object();
        fields_copy(one, incident, copied);
        struct id poll = json_get_id(incident, "poll");
        json_t *vote = id_is_none(poll) ? NULL : document_load(facts->txn, DOCUMENT_POLL, poll);
        if (vote != NULL) {
            json_t *reference = json_object();
            json_put(reference, "id", json_id(poll));
            fields_copy(reference, vote, number);
            json_put(one, "poll", reference);
        }
        json_decref(vote);
        json_decref(incident);
        json_array_append_new(items, one);
    }
    free(rows.ids);
    json_put(of, "items", items);
    add_block(facts, "incidents", facts->id, of);
}

static json_t *task_facts(const json_t *task)
{
    static const char *const copied[] = {"id",    "number", "title", "language",
                                         "state", "due_ms", NULL};
    static const char *const where[] = {"item", NULL};
    json_t *one = json_object();
    fields_copy(one, task, copied);
    fields_copy(one, json_object_get(task, "meeting"), where);
    json_put(one, "assignees", members_of(json_object_get(task, "assignees")));
    json_put(one, "asked", members_of(json_object_get(task, "asked")));
    return one;
}

/* Those given out; a dropped one was taken back (an undo of the console is that too). */
static void add_tasks(struct facts *facts)
{
    json_t *items = json_array(), *of = json_object();
    struct row_ids rows = rows_of(facts->txn, INDEX_TASK_OF_ITEM, facts->id);
    for (size_t i = 0; i < rows.count; i++) {
        json_t *task = document_load(facts->txn, DOCUMENT_TASK, rows.ids[i]);
        if (task_state_of(task) != TASK_DROPPED) {
            json_array_append_new(items, task_facts(task));
        }
        json_decref(task);
    }
    free(rows.ids);
    json_put(of, "items", items);
    add_block(facts, "tasks", facts->id, of);
}

/* The second and third line of a checkpoint: its size, and its root in base64. */
static bool read_seal(struct slice note, uint64_t *size, struct hash *root)
{
    struct slice lines[3];
    for (size_t i = 0; i < 3; i++) {
        const uint8_t *end = memchr(note.data, '\n', note.size);
        if (end == NULL) {
            return false;
        }
        lines[i] = slice_of(note.data, (size_t)(end - note.data));
        note = slice_of(end + 1, note.size - lines[i].size - 1);
    }
    *size = 0;
    for (size_t i = 0; i < lines[1].size; i++) {
        *size = *size * 10 + (lines[1].data[i] - '0');
    }
    struct buffer bytes;
    buffer_init(&bytes, HASH_SIZE);
    bool good = encoding_from_base64(lines[2], &bytes) && bytes.size == HASH_SIZE;
    if (good) {
        memcpy(root->bytes, bytes.data, HASH_SIZE);
    }
    buffer_free(&bytes);
    return good;
}

json_t *minutes_seal_facts(struct store_txn *txn, const json_t *meeting)
{
    uint64_t size;
    struct hash root;
    struct slice note;
    json_t *of = json_object();
    assert_always(ledger_checkpoint(txn, &note) && read_seal(note, &size, &root));
    json_put(of, "size", json_number(size));
    json_put(of, "root", json_base64url(hash_slice(&root)));
    json_put(of, "officers", officers_of(meeting));
    return of;
}

/* ---- all ---- */

json_t *minutes_facts(struct store_txn *txn, struct id id, const json_t *meeting)
{
    struct facts facts = {.txn = txn, .id = id, .meeting = meeting, .blocks = json_array()};
    add_heading(&facts);
    add_attendance(&facts);
    add_quorum(&facts);
    add_agenda(&facts);
    add_incidents(&facts);
    add_tasks(&facts);
    add_block(&facts, "seal", id, minutes_seal_facts(txn, meeting));
    return facts.blocks;
}

bool minutes_fit(const json_t *blocks)
{
    static const char member[] = "\"member\":";
    enum { PERSON = 800 /* bytes of the longest name and representative */ };
    struct buffer bytes;
    size_t people = 0;
    buffer_init(&bytes, MINUTES_FACTS_MAX);
    json_write(&bytes, blocks);
    struct slice left = buffer_slice(&bytes);
    for (const uint8_t *at = left.data; left.size > 0 && at != NULL; people += at != NULL) {
        at = memmem(left.data, left.size, member, sizeof member - 1);
        left = at == NULL ? left : slice_of(at + 1, left.size - (size_t)(at + 1 - left.data));
    }
    bool fit = buffer_ok(&bytes) && bytes.size + people * PERSON <= MINUTES_FACTS_MAX;
    buffer_free(&bytes);
    return fit;
}
