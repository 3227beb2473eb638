/* What the events of meetings do to documents: `meeting`, the check-in code while it is open, and the templates that were
 * kept. How a meeting is then stored and sent is in meeting_put.c.
 *
 * Times of items are those of the leaves: an item is held from when it is made the current one until another is, in one
 * or several stretches. `revs` notes which part changed when. Start at meeting_apply(). */
#include "assembly/meeting.h"
#include "assembly/erasure.h"
#include "assembly/group.h"
#include "assembly/personal.h"

#include <stdlib.h>

/* ---- parts ---- */

/* The check-in code: there until the meeting is over. */
static void put_code(struct change *change, struct id id, struct slice code)
{
    struct topic topics[] = {topic_of(TOPIC_MEETING_DESK, id), topic_of(TOPIC_SCREEN, id)};
    json_t *document = document_new(DOCUMENT_MEETING_CODE, id);
    json_put(document, "code", code.size == 0 ? NULL : json_text(code));
    change_put(change, DOCUMENT_MEETING_CODE, id, document, topics, code.size == 0 ? 0 : 2);
}

void meeting_apply_code(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    json_t *meeting = change_load(change, DOCUMENT_MEETING, id);
    if (meeting != NULL && (meeting_is(meeting, "planned") || meeting_is(meeting, "open"))) {
        put_code(change, id, json_get_text(change->json, "code"));
    }
    json_decref(meeting);
}

static void put_word(json_t *object, const char *key, const char *word)
{
    json_put(object, key, json_text(slice_text(word)));
}

static void note_rev(struct change *change, json_t *meeting, const char *part)
{
    json_put(json_object_get(meeting, "revs"), part, json_number(change->seq));
}

/* {"id","number"} of another meeting. New reference; NULL = there is none. */
static json_t *other_of(struct change *change, struct id id)
{
    static const char *const copied[] = {"number", NULL};
    json_t *meeting = id_is_none(id) ? NULL : change_load(change, DOCUMENT_MEETING, id);
    json_t *other = meeting == NULL ? NULL : json_object();
    if (other != NULL) {
        json_put(other, "id", json_id(id));
        fields_copy(other, meeting, copied);
    }
    json_decref(meeting);
    return other;
}

/* ---- agendas ---- */

/* {"id","number","title" or "titles"} of a thing, as it is now. */
static json_t *thing_of(struct change *change, uint8_t document, struct id id)
{
    json_t *thing = notify_about(change, document, id);
    json_object_del(thing, "kind");
    return thing;
}

static const struct {
    const char *list;
    uint8_t document;
} links[] = {
    {"proposals", DOCUMENT_PROPOSAL_CARD},
    {"polls", DOCUMENT_POLL},
    {"decisions", DOCUMENT_DECISION},
    {"tasks", DOCUMENT_TASK},
};

static json_t *things_of(struct change *change, uint8_t document, const json_t *ids)
{
    size_t i;
    json_t *text, *things = json_array();
    json_array_foreach(ids, i, text)
    {
        struct id id = {{0}};
        if (id_parse(slice_of(json_string_value(text), json_string_length(text)), &id)) {
            json_array_append_new(things, thing_of(change, document, id));
        }
    }
    return things;
}

/* The items that the event names; one that was there keeps what became of it. */
static void set_agenda(struct change *change, json_t *meeting)
{
    static const char *const copied[] = {"id", "parent", "title", "item_kind", "minutes", NULL};
    static const char *const held[] = {"started_ms", "ended_ms", "spent_ms", "outcome", NULL};
    size_t i;
    json_t *from, *agenda = json_array();
    json_array_foreach(json_object_get(change->json, "agenda"), i, from)
    {
        json_t *item = json_object();
        fields_copy(item, from, copied);
        for (size_t at = 0; at < sizeof links / sizeof links[0]; at++) {
            json_put(item, links[at].list,
                     things_of(change, links[at].document, json_object_get(from, links[at].list)));
        }
        fields_copy(item, meeting_item(meeting, json_get_id(from, "id")), held);
        json_array_append_new(agenda, item);
    }
    json_put(meeting, "agenda", agenda);
    note_rev(change, meeting, "agenda");
}

static void take_out(json_t *things, struct id id)
{
    for (size_t i = 0; i < json_array_size(things); i++) {
        if (id_equal(json_get_id(json_array_get(things, i), "id"), id)) {
            json_array_remove(things, i);
            return;
        }
    }
}

static void take_out_everywhere(json_t *meeting, struct id poll)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(meeting, "agenda"), i, item)
    {
        take_out(json_object_get(item, "polls"), poll);
    }
}

void meeting_forget_poll(struct change *change, struct id id, struct id poll)
{
    json_t *meeting = change_load(change, DOCUMENT_MEETING, id);
    json_t *before = json_deep_copy(json_object_get(meeting, "agenda"));
    take_out_everywhere(meeting, poll);
    if (json_equal(before, json_object_get(meeting, "agenda"))) {
        json_decref(meeting);
    } else {
        note_rev(change, meeting, "agenda");
        meeting_put_step(change, id, meeting, before);
    }
    json_decref(before);
}

/* A vote drafted for an item is named there, as it is now called, and in no other. */
void meeting_apply_poll(struct change *change)
{
    struct id id = json_get_id(change->json, "meeting"), poll = json_get_id(change->json, "id");
    json_t *meeting =
        event_is(change->json, "drafted") ? change_load(change, DOCUMENT_MEETING, id) : NULL;
    json_t *item = meeting_item(meeting, json_get_id(change->json, "item"));
    if (item == NULL) {
        json_decref(meeting);
        return;
    }
    json_t *before = json_deep_copy(json_object_get(meeting, "agenda"));
    take_out_everywhere(meeting, poll);
    json_t *polls = json_object_get(item, "polls");
    if (json_array_size(polls) < MEETING_LINKS_MAX) {
        json_array_append_new(polls, thing_of(change, DOCUMENT_POLL, poll));
    }
    note_rev(change, meeting, "agenda");
    meeting_put_step(change, id, meeting, before);
    json_decref(before);
}

/* ---- planning ---- */

static void set_series(json_t *meeting, const json_t *event)
{
    static const char *const kept[] = {"last", "next", NULL};
    const json_t *every = json_object_get(event, "series");
    if (every == NULL) {
        return;
    }
    json_t *series = json_is_string(every) ? json_object() : NULL;
    if (series != NULL) {
        json_put(series, "every", json_deep_copy(every));
        fields_copy(series, json_object_get(meeting, "series"), kept);
        fields_copy(series, event, kept);
    }
    json_put(meeting, "series", series);
}

/* A value that is null is taken away. */
static void set_values(json_t *meeting, const json_t *event)
{
    static const char *const names[] = {"title",       "place",  "link", "remote", "procedure",
                                        "notice_days", "notice", "rule", NULL};
    for (const char *const *name = names; *name != NULL; name++) {
        json_t *value = json_object_get(event, *name);
        if (value != NULL) {
            json_put(meeting, *name, json_is_null(value) ? NULL : json_deep_copy(value));
        }
    }
    if (json_object_get(event, "rule") != NULL) {
        json_t *quorum = json_object_get(event, "quorum");
        json_put(meeting, "quorum", quorum == NULL ? NULL : json_deep_copy(quorum));
    }
    set_series(meeting, event);
}

static void set_dates(json_t *meeting, const json_t *event)
{
    int64_t starts = json_get_integer(meeting, "starts_ms");
    int64_t length = json_get_integer(meeting, "planned_end_ms") - starts;
    if (json_object_get(event, "starts") != NULL) {
        starts = json_get_integer(event, "starts");
    }
    if (json_object_get(event, "minutes") != NULL) {
        length = json_get_integer(event, "minutes") * 60000;
    }
    json_put(meeting, "starts_ms", json_number((uint64_t)starts));
    json_put(meeting, "planned_end_ms", json_number((uint64_t)(starts + length)));
}

/* Another meeting says that this one follows it: `second`, or the next of its series. */
static void tell_before(struct change *change, struct id before, struct id id, bool second)
{
    json_t *meeting = id_is_none(before) ? NULL : change_load(change, DOCUMENT_MEETING, before);
    if (meeting == NULL) {
        return;
    }
    json_t *series = json_object_get(meeting, "series");
    if (second) {
        json_put(meeting, "second", other_of(change, id));
    } else if (series != NULL) {
        json_put(series, "next", other_of(change, id));
    }
    meeting_put(change, before, meeting);
}

static json_t *no_offices(void)
{
    json_t *offices = json_object();
    json_put(offices, "scrutineers", json_array());
    return offices;
}

static void apply_planned(struct change *change, struct id id)
{
    char text[12];
    const json_t *event = change->json;
    uint32_t number = (uint32_t)json_get_integer(event, "number");
    struct id group = json_get_id(event, "group"), first = json_get_id(event, "second_of");
    struct index_key key = index_key(INDEX_MEETING_BY_NUMBER);
    json_t *meeting = document_new(DOCUMENT_MEETING, id);
    json_put(meeting, "number", json_number(number));
    json_put(meeting, "meeting_kind", json_text(json_get_text(event, "kind")));
    put_word(meeting, "state", "planned");
    set_dates(meeting, event);
    json_put(meeting, "remote", json_false());
    json_put(meeting, "notice_days", json_number(0));
    set_values(meeting, event);
    json_put(meeting, "group", id_is_none(group) ? NULL : group_reference(change->txn, group));
    json_put(meeting, "second_of", other_of(change, first));
    json_put(meeting, "offices", no_offices());
    json_put(meeting, "revs", json_object());
    note_rev(change, meeting, "plan");
    note_rev(change, meeting, "offices");
    note_rev(change, meeting, "current");
    set_agenda(change, meeting);
    json_put(meeting, "seen_below_quorum", json_array());
    const json_t *called_by = json_object_get(event, "called_by"); /* of a series: the first one */
    json_put(meeting, "by",
             change_by(change, called_by != NULL ? called_by : json_object_get(event, "by")));
    index_key_u32(&key, UINT32_MAX - number);
    change_index(change, index_key_slice(&key), id);
    change_number(change, NUMBER_MEETING, number_text(number, text), id);
    if (json_object_get(event, "code") != NULL) { /* as it was recorded once */
        put_code(change, id, json_get_text(event, "code"));
    }
    meeting_put(change, id, meeting);
    tell_before(change, first, id, true);
    tell_before(change, json_get_id(event, "after"), id, false);
}

static void apply_revised(struct change *change, json_t *meeting)
{
    set_dates(meeting, change->json);
    set_values(meeting, change->json);
    note_rev(change, meeting, "plan");
}

static void apply_agenda(struct change *change, json_t *meeting)
{
    set_agenda(change, meeting);
}

static bool add_member(void *context, struct id id)
{
    id_list_add(context, id);
    return true;
}

static bool add_anybody(void *context, struct id id, const struct record_member *member)
{
    (void)member;
    id_list_add(context, id);
    return true;
}

/* Whoever is called hears of it, once; those who may not act are told nothing anyway. */
static void tell_called(struct change *change, struct id id, const json_t *meeting)
{
    struct id_list members = {0};
    struct id group = json_get_id(json_object_get(meeting, "group"), "id");
    if (id_is_none(group)) {
        record_each_member(change->txn, add_anybody, &members);
    } else {
        group_each_member(change->txn, group, false, add_member, &members);
    }
    for (size_t i = 0; i < members.count; i++) {
        change_notify(change, members.items[i], "meeting_called",
                      notify_about(change, DOCUMENT_MEETING_CARD, id));
    }
    free(members.items);
}

static void apply_called(struct change *change, json_t *meeting)
{
    json_put(meeting, "called_ms", json_number(change->time_ms));
    set_values(meeting, change->json);
    note_rev(change, meeting, "plan");
    tell_called(change, json_get_id(change->json, "id"), meeting);
}

static void apply_cancelled(struct change *change, json_t *meeting)
{
    json_t *account = json_object();
    json_put(account, "at_ms", json_number(change->time_ms));
    json_put(account, "reason", json_text(json_get_text(change->json, "reason")));
    json_put(account, "by", change_by(change, json_object_get(change->json, "by")));
    json_put(meeting, "cancelled", account);
    put_word(meeting, "state", "cancelled");
    put_code(change, json_get_id(change->json, "id"), slice_of(NULL, 0));
}

/* ---- offices ---- */

/* Rows of those who are secretary from this meeting alone. */
static void index_lent(struct change *change, const json_t *gave, bool lent)
{
    size_t i;
    json_t *one;
    json_array_foreach(gave, i, one)
    {
        struct index_key key = index_key(INDEX_MEETING_SECRETARY);
        struct id id = json_get_id(change->json, "id");
        index_key_id(&key, json_get_id(one, "id"));
        index_key_id(&key, id);
        if (!slice_equal(json_get_text(one, "role"), slice_text("secretary"))) {
            continue;
        }
        if (lent) {
            change_index(change, index_key_slice(&key), id);
        } else {
            change_unindex(change, index_key_slice(&key));
        }
    }
}

static void set_gave(struct change *change, json_t *meeting, const json_t *gave)
{
    index_lent(change, json_object_get(meeting, "gave"), false);
    index_lent(change, gave, true);
    json_put(meeting, "gave", json_array_size(gave) == 0 ? NULL : json_deep_copy(gave));
}

static json_t *person_in(struct change *change, const json_t *offices, const char *office)
{
    const json_t *person = json_object_get(offices, office);
    return person == NULL ? NULL : change_person(change, json_get_id(person, "id"));
}

static void apply_offices(struct change *change, json_t *meeting)
{
    size_t i;
    json_t *person, *offices = no_offices();
    const json_t *named = json_object_get(change->json, "offices");
    json_put(offices, "chair", person_in(change, named, "chair"));
    json_put(offices, "secretary", person_in(change, named, "secretary"));
    json_array_foreach(json_object_get(named, "scrutineers"), i, person)
    {
        json_array_append_new(json_object_get(offices, "scrutineers"),
                              change_person(change, json_get_id(person, "id")));
    }
    json_put(meeting, "offices", offices);
    set_gave(change, meeting, json_object_get(change->json, "gave"));
    note_rev(change, meeting, "offices");
}

/* ---- leading ---- */

static void note_leader(struct change *change, json_t *meeting)
{
    struct id by = json_get_id(change->json, "by");
    if (!id_is_none(by)) {
        json_put(meeting, "led_by", change_person(change, by));
    }
}

static void apply_started(struct change *change, json_t *meeting)
{
    put_word(meeting, "state", "open");
    json_put(meeting, "started_ms", json_number(change->time_ms));
    set_gave(change, meeting, json_object_get(change->json, "gave"));
    note_leader(change, meeting);
}

/* The current item, if there is one, is left with this outcome. */
static void leave_item(struct change *change, json_t *meeting, const char *outcome)
{
    json_t *item = meeting_item(meeting, json_get_id(meeting, "current"));
    if (item != NULL) {
        uint64_t since = (uint64_t)json_get_integer(meeting, "current_ms");
        uint64_t spent = (uint64_t)json_get_integer(item, "spent_ms");
        json_put(item, "ended_ms", json_number(change->time_ms));
        json_put(item, "spent_ms", json_number(spent + change->time_ms - since));
        put_word(item, "outcome", outcome);
    }
    json_put(meeting, "current", NULL);
    json_put(meeting, "current_ms", NULL);
}

static void enter_item(struct change *change, json_t *meeting, json_t *item)
{
    json_put(item, "outcome", NULL);
    json_put(item, "ended_ms", NULL);
    if (json_object_get(item, "started_ms") == NULL) {
        json_put(item, "started_ms", json_number(change->time_ms));
    }
    json_put(meeting, "current", json_id(json_get_id(item, "id")));
    json_put(meeting, "current_ms", json_number(change->time_ms));
}

static void apply_item(struct change *change, json_t *meeting)
{
    json_t *item = meeting_item(meeting, json_get_id(change->json, "item"));
    leave_item(change, meeting, "held");
    if (item != NULL) {
        enter_item(change, meeting, item);
    }
    note_rev(change, meeting, "current");
    note_leader(change, meeting);
}

/* Also what is below it and has not been held. */
static void apply_moved(struct change *change, json_t *meeting)
{
    size_t i;
    json_t *item;
    struct id moved = json_get_id(change->json, "item"), current = json_get_id(meeting, "current");
    bool is_current = id_equal(moved, current);
    json_array_foreach(json_object_get(meeting, "agenda"), i, item)
    {
        bool below = id_equal(json_get_id(item, "parent"), moved);
        if (id_equal(json_get_id(item, "id"), moved) ||
            (below && json_object_get(item, "outcome") == NULL)) {
            is_current = is_current || id_equal(json_get_id(item, "id"), current);
            put_word(item, "outcome", "moved");
        }
    }
    if (is_current) {
        leave_item(change, meeting, "moved");
    }
    note_rev(change, meeting, "current");
    note_leader(change, meeting);
}

static void apply_shown(struct change *change, json_t *meeting)
{
    json_t *shown = json_object();
    const json_t *poll = json_object_get(change->json, "poll");
    json_put(shown, "what", json_text(json_get_text(change->json, "screen")));
    json_put(shown, "poll", poll == NULL ? NULL : json_deep_copy(poll));
    json_put(shown, "since_ms", json_number(change->time_ms));
    json_put(meeting, "shown", shown);
    note_leader(change, meeting);
}

static bool has_held_part(const json_t *meeting, struct id parent)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(meeting, "agenda"), i, item)
    {
        if (id_equal(json_get_id(item, "parent"), parent) &&
            json_object_get(item, "started_ms") != NULL) {
            return true;
        }
    }
    return false;
}

static void apply_ended(struct change *change, json_t *meeting)
{
    size_t i;
    json_t *item;
    leave_item(change, meeting, "held");
    json_array_foreach(json_object_get(meeting, "agenda"), i, item)
    {
        if (json_object_get(item, "outcome") == NULL) {
            put_word(item, "outcome",
                     has_held_part(meeting, json_get_id(item, "id")) ? "held" : "skipped");
        }
    }
    put_word(meeting, "state", "ended");
    json_put(meeting, "ended_ms", json_number(change->time_ms));
    set_gave(change, meeting, NULL);
    put_code(change, json_get_id(change->json, "id"), slice_of(NULL, 0));
    note_rev(change, meeting, "current");
    note_leader(change, meeting);
}

/* ---- templates ---- */

/* One that is brought back is still that of who kept it first. */
static void apply_template(struct change *change, struct id id, bool kept)
{
    static const char *const copied[] = {"name", "items", NULL};
    struct topic topic = topic_plain(TOPIC_MEETINGS);
    struct index_key key = index_key(INDEX_AGENDA_TEMPLATE);
    json_t *template = change_load(change, DOCUMENT_AGENDA_TEMPLATE, id);
    bool first = template == NULL;
    if (kept && first) {
        template = document_new(DOCUMENT_AGENDA_TEMPLATE, id);
    }
    index_key_id(&key, id);
    if (kept) {
        fields_copy(template, change->json, copied);
        json_put(template, "meeting_kind", json_text(json_get_text(change->json, "kind")));
        if (first) {
            json_put(template, "by", change_by(change, json_object_get(change->json, "by")));
        }
        change_index(change, index_key_slice(&key), id);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
    if (template != NULL) {
        change_put(change, DOCUMENT_AGENDA_TEMPLATE, id, template, &topic, kept ? 1 : 0);
    }
}

/* Fewer were there than a quorum asks, and who leads the meeting said that they saw it: at its start, or opening a vote. */
static void apply_seen(struct change *change, json_t *meeting)
{
    static const char *const said[] = {"item", "poll", "x", "least", "unit", NULL};
    json_t *seen = json_object(), *list = json_object_get(meeting, "seen_below_quorum");
    json_put(seen, "at_ms", json_number(change->time_ms));
    json_put(seen, "by", change_by(change, json_object_get(change->json, "by")));
    fields_copy(seen, change->json, said);
    history_append(list, seen);
}

/* ---- events ---- */

/* step: it changes no more than where the meeting stands and what became of its items. */
static const struct {
    const char *what;
    void (*apply)(struct change *change, json_t *meeting);
    bool step;
} steps[] = {
    {"revised", apply_revised, false}, {"agenda", apply_agenda, false},
    {"offices", apply_offices, false}, {"called", apply_called, false},
    {"started", apply_started, false}, {"item", apply_item, true},
    {"moved", apply_moved, true},      {"shown", apply_shown, true},
    {"ended", apply_ended, false},     {"cancelled", apply_cancelled, false},
    {"seen", apply_seen, false},
};

static void apply_to(struct change *change, struct id id, json_t *meeting, size_t at)
{
    json_t *before = json_deep_copy(json_object_get(meeting, "agenda"));
    steps[at].apply(change, meeting);
    if (steps[at].step) {
        meeting_put_step(change, id, meeting, before);
    } else {
        meeting_put(change, id, meeting);
    }
    json_decref(before);
}

void meeting_apply(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    if (event_is(change->json, "planned")) {
        apply_planned(change, id);
        return;
    }
    if (event_is(change->json, "template_kept") || event_is(change->json, "template_forgotten")) {
        apply_template(change, id, event_is(change->json, "template_kept"));
        return;
    }
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        json_t *meeting = event_is(change->json, steps[i].what)
                              ? change_load(change, DOCUMENT_MEETING, id)
                              : NULL;
        if (meeting != NULL) {
            apply_to(change, id, meeting, i);
        }
    }
}
