/* Which events of a record go when a member is erased, and what stays of each.
 *
 * Always: everything that says who the person is (profile), what was noted of their standing, and the words of their
 * reports. Where texts are asked for: the words of proposals they are the first author of (every version and translation,
 * whoever wrote it down), of comments in their name, of to-dos they made or changed, of work sessions they called, of offers
 * of help, files they attached, and notes on their ballots. Never: ballots, rolls and definitions of votes (without them no
 * count could be done again), decisions, the life of groups, that they were at a meeting, settings, and what they wrote in
 * an office about things of others.
 * It is one table (`rules`) and one walk over the record, in order, so that a thing is known before what changes it.
 * A proposal's title that stands in events of others is blanked there. Start at erasing_choose(). */
#include "assembly/erasure.h"
#include "base/memory.h"
#include "ledger/ballot.h"
#include "ledger/mandate.h"

#include <stdlib.h>
#include <string.h>

/* ---- lists ---- */

void id_list_add(struct id_list *list, struct id id)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 16 : 2 * list->capacity;
        list->items = memory_resize(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = id;
}

bool id_list_has(const struct id_list *list, struct id id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (id_equal(list->items[i], id)) {
            return true;
        }
    }
    return false;
}

static void seq_list_add(struct seq_list *list, uint64_t seq)
{
    struct payload_range *last = list->count == 0 ? NULL : &list->ranges[list->count - 1];
    if (last != NULL && last->first + last->count == seq) {
        last->count++;
        return;
    }
    if (list->ranges == NULL || list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 16 : 2 * list->capacity;
        list->ranges = memory_resize(list->ranges, list->capacity, sizeof *list->ranges);
    }
    list->ranges[list->count++] = (struct payload_range){.first = seq, .count = 1};
}

/* ---- the rules ---- */

enum whose {
    WHOSE_MEMBER, /* the event is about the member */
    WHOSE_BY,     /* the member did it */
    WHOSE_AUTHOR, /* … is its author */
    WHOSE_FIRST,  /* … is the first of its authors */
    WHOSE_CALLED, /* … and it is a work session, which any member may call */
    WHOSE_THING,  /* it is about a thing of theirs */
    WHOSE_OWN     /* they did it, to a thing of theirs */
};
enum fate { FATE_STAYS, FATE_GONE, FATE_REDUCED, FATE_PROFILE };
struct erasing_rule {
    uint8_t type;
    const char *what; /* NULL = any */
    enum whose whose;
    bool texts; /* only where texts are asked for */
    enum fate fate;
    bool makes; /* the thing it names is the member's */
};
static const struct erasing_rule rules[] = {
    {EVENT_MEMBER_PROFILE, "profile", WHOSE_MEMBER, false, FATE_PROFILE, false},
    {EVENT_MEMBER_PROFILE, NULL, WHOSE_MEMBER, false, FATE_GONE, false},
    {EVENT_STANDING, NULL, WHOSE_MEMBER, false, FATE_GONE, false},
    {EVENT_POLL_WISH, NULL, WHOSE_BY, false, FATE_GONE, false},
    {EVENT_REPORT, "made", WHOSE_MEMBER, false, FATE_REDUCED, false},
    {EVENT_INCIDENT, "reported", WHOSE_MEMBER, false, FATE_REDUCED, false},
    {EVENT_PROPOSAL, "submitted", WHOSE_FIRST, true, FATE_REDUCED, true},
    {EVENT_PROPOSAL, "revised", WHOSE_THING, true, FATE_REDUCED, false},
    {EVENT_PROPOSAL, "translated", WHOSE_THING, true, FATE_REDUCED, false},
    {EVENT_PROPOSAL, "translated", WHOSE_BY, true, FATE_REDUCED, false},
    {EVENT_PROPOSAL, "marked", WHOSE_OWN, true, FATE_REDUCED, false},
    {EVENT_SUPPORT, "supported", WHOSE_MEMBER, true, FATE_REDUCED, false},
    {EVENT_COMMENT, "posted", WHOSE_AUTHOR, true, FATE_REDUCED, true},
    {EVENT_COMMENT, "edited", WHOSE_THING, true, FATE_REDUCED, false},
    {EVENT_COMMENT, "removed", WHOSE_OWN, true, FATE_REDUCED, false},
    {EVENT_TASK, "created", WHOSE_BY, true, FATE_REDUCED, true},
    {EVENT_TASK, "updated", WHOSE_THING, true, FATE_REDUCED, false},
    {EVENT_TASK, "updated", WHOSE_BY, true, FATE_REDUCED, false},
    {EVENT_TASK, "asked", WHOSE_BY, true, FATE_REDUCED, false},
    {EVENT_TASK, "marked", WHOSE_BY, true, FATE_REDUCED, false},
    {EVENT_TASK, "thanked", WHOSE_MEMBER, true, FATE_REDUCED, false},
    {EVENT_MEETING, "planned", WHOSE_CALLED, true, FATE_REDUCED, true},
    {EVENT_MEETING, "revised", WHOSE_OWN, true, FATE_REDUCED, false},
    {EVENT_MEETING, "agenda", WHOSE_OWN, true, FATE_REDUCED, false},
    {EVENT_MEETING, "cancelled", WHOSE_OWN, true, FATE_REDUCED, false},
    {EVENT_FILE, "attached", WHOSE_BY, true, FATE_GONE, true},
    {EVENT_FILE, "described", WHOSE_THING, true, FATE_GONE, false},
};
enum { RULES = sizeof rules / sizeof rules[0] };

static bool is_whose(const struct erasing *run, const json_t *event, enum whose whose)
{
    bool by = id_equal(json_get_id(event, "by"), run->member);
    struct id first = {{0}};
    const json_t *author = json_array_get(json_object_get(event, "authors"), 0);
    switch (whose) {
    case WHOSE_MEMBER:
        return id_equal(json_get_id(event, "member"), run->member);
    case WHOSE_BY:
        return by;
    case WHOSE_CALLED:
        by = json_object_get(event, "called_by") == NULL
                 ? by
                 : id_equal(json_get_id(event, "called_by"), run->member);
        return by && slice_equal(json_get_text(event, "kind"), slice_text("work_session"));
    case WHOSE_AUTHOR:
        return id_equal(json_get_id(event, "author"), run->member);
    case WHOSE_FIRST:
        (void)id_parse(slice_of(json_string_value(author), json_string_length(author)), &first);
        return id_equal(first, run->member);
    case WHOSE_THING:
        return id_list_has(&run->things, json_get_id(event, "id"));
    case WHOSE_OWN:
        return by && id_list_has(&run->things, json_get_id(event, "id"));
    }
    return false;
}

static const struct erasing_rule *rule_of(const struct erasing *run, uint8_t type,
                                          const json_t *event)
{
    for (size_t i = 0; i < RULES; i++) {
        const struct erasing_rule *rule = &rules[i];
        if (rule->type == type && (rule->what == NULL || event_is(event, rule->what)) &&
            is_whose(run, event, rule->whose)) {
            return rule;
        }
    }
    return NULL;
}

/* ---- one event ---- */

/* Titles of the member's things, wherever they were copied to; true = there was one. */
static bool blank_titles(const struct erasing *run, json_t *value)
{
    size_t i;
    const char *key;
    json_t *item;
    bool found = false;
    json_array_foreach(value, i, item)
    {
        found |= blank_titles(run, item);
    }
    json_object_foreach(value, key, item)
    {
        found |= blank_titles(run, item);
    }
    if (json_is_object(value) && json_get_text(value, "title").size > 0 &&
        !slice_equal(json_get_text(value, "title"), slice_text(ERASED_TEXT)) &&
        id_list_has(&run->things, json_get_id(value, "id"))) {
        json_put(value, "title", json_text(slice_text(ERASED_TEXT)));
        found = true;
    }
    return found;
}

/* A text for each language. */
static bool blank_texts(json_t *texts)
{
    const char *language;
    json_t *text;
    json_object_foreach(texts, language, text)
    {
        json_string_set(text, ERASED_TEXT);
    }
    return json_object_size(texts) > 0;
}

/* What minutes copied out of a work session that the member called: its announcement, and what its items are called. */
static bool blank_session(const struct erasing *run, const json_t *event)
{
    static const char *const named[] = {"title", "place", "procedure", NULL};
    size_t i;
    json_t *block;
    bool found = false;
    if (!id_list_has(&run->things, json_get_id(event, "meeting"))) {
        return false;
    }
    json_array_foreach(json_object_get(event, "blocks"), i, block)
    {
        json_t *facts = json_object_get(block, "facts");
        for (const char *const *name = named; *name != NULL; name++) {
            found |= blank_texts(json_object_get(facts, *name));
        }
        if (json_get_text(facts, "link").size > 0) {
            json_put(facts, "link", json_text(slice_text(ERASED_TEXT)));
        }
    }
    return found;
}

/* Words of the member in what others did. */
static bool blank_copies(const struct erasing *run, uint8_t type, json_t *event)
{
    bool minutes = type == EVENT_MINUTES || type == EVENT_MINUTES_DRAFT;
    bool titles = type == EVENT_PROPOSAL || type == EVENT_DECISION || type == EVENT_TASK ||
                  type == EVENT_POLL_DRAFT || minutes;
    bool found = titles && blank_titles(run, event);
    return (minutes && blank_session(run, event)) || found;
}

static void put_residue(struct erasing *run, uint64_t seq, json_t *residue)
{
    json_t *row = json_object();
    json_put(row, "seq", json_number(seq));
    json_put(row, "event", residue);
    json_array_append_new(run->residues, row);
}

static void count(struct erasing *run, uint8_t type)
{
    if (type >= EVENT_MEMBER_PROFILE) {
        run->profile++;
    } else if (type == EVENT_FILE) {
        run->files++;
    } else {
        run->words++;
    }
}

static void take(struct erasing *run, const struct ledger_entry *entry, const json_t *event,
                 enum fate fate)
{
    seq_list_add(&run->openings, entry->seq);
    count(run, entry->leaf.type);
    if (fate == FATE_PROFILE) {
        put_residue(run, entry->seq, residue_of_profile(event));
    } else if (fate == FATE_REDUCED) {
        put_residue(run, entry->seq, residue_make(event));
    }
}

static void look_at_json(struct erasing *run, const struct ledger_entry *entry)
{
    json_t *event = json_parse_own(entry->event.payload);
    const struct erasing_rule *rule = rule_of(run, entry->leaf.type, event);
    json_t *name = json_object_get(event, "name");
    if (rule != NULL && rule->makes) {
        id_list_add(&run->things, json_get_id(event, "id"));
    }
    if (rule != NULL && rule->fate == FATE_PROFILE && json_string_length(name) > 0) {
        json_array_append(run->names, name);
    }
    bool words = rule != NULL && (rule->fate != FATE_REDUCED || residue_has_words(event));
    if (words && (run->texts || !rule->texts)) {
        take(run, entry, event, rule->fate);
    } else if (run->texts && blank_copies(run, entry->leaf.type, event)) {
        seq_list_add(&run->openings, entry->seq);
        put_residue(run, entry->seq, json_incref(event));
    }
    json_decref(event);
}

/* The member's own words beside what they signed. */
static void look_at_note(struct erasing *run, const struct ledger_entry *entry)
{
    struct ballot ballot;
    struct mandate mandate;
    bool theirs = false;
    if (entry->leaf.type == EVENT_BALLOT) {
        theirs = ballot_decode(entry->event.payload, &ballot) == ERROR_NONE &&
                 id_equal(ballot.voter, run->member);
    } else if (entry->leaf.type == EVENT_MANDATE) {
        theirs = mandate_decode(entry->event.payload, &mandate) == ERROR_NONE &&
                 id_equal(mandate.giver, run->member);
    }
    if (theirs) {
        seq_list_add(&run->notes, entry->seq);
        run->ballot_notes++;
    }
}

void erasing_choose(struct store_txn *txn, struct id member, bool texts, struct erasing *erasing)
{
    struct ledger_entry entry;
    *erasing = (struct erasing){
        .member = member, .texts = texts, .names = json_array(), .residues = json_array()};
    for (uint64_t seq = 0; ledger_read(txn, seq, &entry); seq++) {
        const struct event_kind *kind = event_kind_of(entry.leaf.type);
        if (entry.event.payload.size == 0 || kind == NULL) {
            continue;
        }
        if (kind->is_json && entry.leaf.type != EVENT_ERASED) {
            look_at_json(erasing, &entry);
        } else if (texts && entry.event.note.size > 0) {
            look_at_note(erasing, &entry);
        }
    }
}

void erasing_free(struct erasing *erasing)
{
    free(erasing->things.items);
    free(erasing->openings.ranges);
    free(erasing->notes.ranges);
    json_decref(erasing->names);
    json_decref(erasing->residues);
}
