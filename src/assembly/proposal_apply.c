/* What the events of proposals do to documents.
 *
 * `proposal` holds text, translations and history and changes with the text or the state; `proposal_card` is
 * what lists and votes show and changes with everything; `supporters` changes with supports. The card's
 * threshold is computed again at each change. Invariants: card and proposal have the same state and number;
 * a card stands in the lists of its state and of each of its themes, and in the topics of the votes about it.
 * Start at proposal_apply(). */
#include "assembly/group.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "assembly/proposal_parts.h"
#include "assembly/settings.h"
#include "base/utf8.h"

#include <string.h>

enum { CARD_NEED_MAX = 280 /* characters */ };

/* ---- versions ---- */

/* The text as it stands now, kept for good: what a later version changed can be shown. */
static void keep_version(struct change *change, struct id id, const json_t *proposal)
{
    static const char *const kept[] = {"version", "language", "title", "need",
                                       "text",    "asks",     NULL};
    struct id key = proposal_version_id(id, json_get_integer(proposal, "version"));
    json_t *version = document_new(DOCUMENT_PROPOSAL_VERSION, key);
    json_put(version, "proposal", json_id(id));
    json_put(version, "at_ms", json_number(change->time_ms));
    json_put(version, "by", change_by(change, json_object_get(change->json, "by")));
    fields_copy(version, proposal, kept);
    change_put(change, DOCUMENT_PROPOSAL_VERSION, key, version, NULL, 0);
}

/* ---- submitted ---- */

static void card_texts(json_t *card, const json_t *from)
{
    struct slice need = utf8_prefix(json_get_text(from, "need"), CARD_NEED_MAX);
    json_t *asks = json_object_get(from, "asks");
    json_put(card, "title", json_text(json_get_text(from, "title")));
    json_put(card, "need", json_text(need));
    json_put(card, "empty", json_get_text(from, "text").size == 0 ? json_true() : NULL);
    if (asks != NULL) {
        json_put(card, "asks", json_object_size(asks) == 0 ? NULL : json_deep_copy(asks));
    }
}

static json_t *new_tasks(void)
{
    json_t *tasks = json_object();
    json_put(tasks, "total", json_number(0));
    json_put(tasks, "done", json_number(0));
    return tasks;
}

static const char *first_state(const json_t *event)
{
    return proposal_state_find(json_get_text(event, "state")) == PROPOSAL_DISCUSSED ? "discussed"
                                                                                    : "idea";
}

static struct id authors_first(const json_t *event)
{
    struct id author = {{0}};
    json_t *first = json_array_get(json_object_get(event, "authors"), 0);
    (void)id_parse(slice_of(json_string_value(first), json_string_length(first)), &author);
    return author;
}

static json_t *new_card(struct change *change, struct id id)
{
    const json_t *event = change->json;
    const json_t *source = json_object_get(event, "source");
    struct id author = authors_first(event);
    json_t *card = document_new(DOCUMENT_PROPOSAL_CARD, id);
    json_put(card, "number", json_number((uint64_t)json_get_integer(event, "number")));
    json_put(card, "state", json_text(slice_text(first_state(event))));
    json_put(card, "language", json_text(json_get_text(event, "language")));
    card_texts(card, event);
    json_put(card, "themes", json_deep_copy(json_object_get(event, "themes")));
    json_put(card, "version", json_number(1));
    json_put(card, "author", change_person(change, author));
    json_put(card, "authors_ms", json_number(change->time_ms));
    json_put(card, "supports", json_number(0));
    json_put(card, "threshold", json_number(0));
    json_put(card, "comments", json_number(0));
    json_put(card, "created_ms", json_number(change->time_ms));
    json_put(card, "state_ms", json_number(change->time_ms));
    if (source != NULL) {
        static const char *const shown[] = {"supports", "at_ms", NULL};
        json_t *figures = json_object();
        fields_copy(figures, source, shown);
        json_put(card, "source", figures);
    }
    json_put(card, "tasks", new_tasks());
    json_put(card, "group", group_reference(change->txn, json_get_id(event, "group")));
    return card;
}

static json_t *new_version(struct change *change, int64_t number)
{
    json_t *item = json_object();
    json_put(item, "version", json_number((uint64_t)number));
    json_put(item, "at_ms", json_number(change->time_ms));
    json_put(item, "by", change_by(change, json_object_get(change->json, "by")));
    json_put(item, "title", json_text(json_get_text(change->json, "title")));
    return item;
}

static json_t *new_authors(struct change *change)
{
    size_t i;
    json_t *item;
    json_t *authors = json_array();
    json_array_foreach(json_object_get(change->json, "authors"), i, item)
    {
        json_array_append_new(authors, change_by(change, item));
    }
    return authors;
}

static json_t *new_proposal(struct change *change, struct id id)
{
    static const char *const texts[] = {"title", "need", "text", "themes", NULL};
    static const char *const source[] = {"source", NULL};
    const json_t *event = change->json;
    json_t *versions = json_array();
    json_t *proposal = document_new(DOCUMENT_PROPOSAL, id);
    json_put(proposal, "number", json_number((uint64_t)json_get_integer(event, "number")));
    json_put(proposal, "state", json_text(slice_text(first_state(event))));
    json_put(proposal, "language", json_text(json_get_text(event, "language")));
    json_put(proposal, "version", json_number(1));
    fields_copy(proposal, event, texts);
    json_put(proposal, "authors", new_authors(change));
    json_put(proposal, "created_ms", json_number(change->time_ms));
    json_put(proposal, "changed_ms", json_number(change->time_ms));
    json_put(proposal, "translations", json_array());
    if (json_object_size(json_object_get(event, "asks")) > 0) {
        json_put(proposal, "asks", json_deep_copy(json_object_get(event, "asks")));
    }
    json_put(proposal, "recorded_by", proposal_recorder(change, authors_first(event)));
    json_array_append_new(versions, new_version(change, 1));
    json_put(proposal, "versions", versions);
    json_put(proposal, "history", json_array());
    fields_copy(proposal, event, source);
    json_put(proposal, "group", group_reference(change->txn, json_get_id(event, "group")));
    return proposal;
}

static void apply_submitted(struct change *change, struct id id)
{
    char text[12];
    json_t *supporters = document_new(DOCUMENT_SUPPORTERS, id);
    json_t *card = new_card(change, id);
    uint32_t number = (uint32_t)json_get_integer(card, "number");
    json_put(supporters, "items", json_array());
    change_number(change, NUMBER_PROPOSAL, number_text(number, text), id);
    proposal_index_number(change, card);
    proposal_index_state(change, card, true);
    proposal_index_themes(change, card, true);
    organisation_count_proposal(change);
    proposal_index_author(change, id, number, authors_first(change->json), true);
    json_t *proposal = new_proposal(change, id);
    keep_version(change, id, proposal);
    proposal_put(change, id, proposal);
    proposal_put_card(change, id, card);
    proposal_put_supporters(change, id, supporters);
}

/* ---- revised, translated ---- */

/* Titles of translations that are up to date, for the card. */
static json_t *current_titles(const json_t *translations)
{
    size_t i;
    json_t *item;
    json_t *titles = json_object();
    json_array_foreach(translations, i, item)
    {
        if (!json_get_flag(item, "stale")) {
            json_object_set(titles, json_string_value(json_object_get(item, "language")),
                            json_object_get(item, "title"));
        }
    }
    if (json_object_size(titles) > 0) {
        return titles;
    }
    json_decref(titles);
    return NULL;
}

static bool same_texts(const json_t *a, const json_t *b)
{
    static const char *const texts[] = {"title", "need", "text"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!slice_equal(json_get_text(a, texts[i]), json_get_text(b, texts[i]))) {
            return false;
        }
    }
    return true;
}

/* After a change of themes alone translations stay good: they are of the new version too. */
static void age_translations(json_t *translations, bool stale, int64_t current)
{
    size_t i;
    json_t *item;
    json_array_foreach(translations, i, item)
    {
        if (stale) {
            json_put(item, "stale", json_true());
        } else if (!json_get_flag(item, "stale")) {
            json_put(item, "version", json_number((uint64_t)current));
        }
    }
}

static bool apply_revised(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    static const char *const texts[] = {"title", "need", "text", "themes", "asks", NULL};
    int64_t number = json_get_integer(change->json, "version");
    json_t *translations = json_object_get(proposal, "translations");
    age_translations(translations, !same_texts(proposal, change->json), number);
    fields_copy(proposal, change->json, texts);
    if (json_object_size(json_object_get(proposal, "asks")) == 0) {
        json_put(proposal, "asks", NULL);
    }
    json_put(proposal, "version", json_number((uint64_t)number));
    json_put(proposal, "changed_ms", json_number(change->time_ms));
    history_append(json_object_get(proposal, "versions"), new_version(change, number));
    keep_version(change, id, proposal);
    proposal_index_themes(change, card, false);
    card_texts(card, change->json);
    json_put(card, "version", json_number((uint64_t)number));
    json_put(card, "themes", json_deep_copy(json_object_get(change->json, "themes")));
    json_put(card, "titles", current_titles(translations));
    proposal_index_themes(change, card, true);
    return true;
}

static bool apply_translated(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    static const char *const given[] = {"language", "title", "need", "text", "version", NULL};
    size_t i;
    json_t *item;
    json_t *translations = json_object_get(proposal, "translations");
    json_t *new = json_object();
    (void)id;
    fields_copy(new, change->json, given);
    json_put(new, "by", change_by(change, json_object_get(change->json, "by")));
    json_array_foreach(translations, i, item)
    {
        if (json_equal(json_object_get(item, "language"), json_object_get(new, "language"))) {
            json_array_remove(translations, i);
            break;
        }
    }
    json_array_append_new(translations, new);
    json_put(card, "titles", current_titles(translations));
    return true;
}

/* ---- marked, answered ---- */

static json_t *new_step(struct change *change)
{
    static const char *const given[] = {"from", "to", NULL};
    static const char *const also[] = {"reason", "poll", NULL};
    json_t *item = json_object();
    json_put(item, "at_ms", json_number(change->time_ms));
    fields_copy(item, change->json, given);
    json_put(item, "by", change_by(change, json_object_get(change->json, "by")));
    fields_copy(item, change->json, also);
    return item;
}

/* A ready proposal is owed a vote or a written answer until then. */
static uint64_t owed_ms(struct change *change)
{
    return change->time_ms + setting_days_ms(change->txn, SETTING_ANSWER_OWED_DAYS);
}

static void set_owed(json_t *proposal, json_t *card, uint64_t until_ms)
{
    json_put(proposal, "owed_ms", until_ms == 0 ? NULL : json_number(until_ms));
    json_put(card, "owed_ms", until_ms == 0 ? NULL : json_number(until_ms));
}

static bool apply_marked(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    struct slice to = json_get_text(change->json, "to");
    bool ready = proposal_state_find(to) == PROPOSAL_READY;
    proposal_index_state(change, card, false);
    json_put(card, "state", json_text(to));
    json_put(card, "state_ms", json_number(change->time_ms));
    proposal_index_state(change, card, true);
    json_put(proposal, "state", json_text(to));
    json_put(proposal, "ready_ms", ready ? json_number(change->time_ms) : NULL);
    set_owed(proposal, card, ready ? owed_ms(change) : 0);
    history_append(json_object_get(proposal, "history"), new_step(change));
    if (!proposal_is_open(proposal)) {
        proposal_clear_asked(change, id, proposal);
    }
    if (proposal_state_find(to) == PROPOSAL_MERGED) {
        proposal_apply_merged(change, id, proposal);
    }
    return true;
}

static bool apply_answered(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    json_t *answers = proposal_list_of(proposal, "answers");
    json_t *item = json_object();
    (void)id;
    json_put(item, "text", json_text(json_get_text(change->json, "text")));
    json_put(item, "at_ms", json_number(change->time_ms));
    json_put(item, "by", change_by(change, json_object_get(change->json, "by")));
    json_array_append_new(answers, item);
    if (json_array_size(answers) > PROPOSAL_ANSWERS_MAX) {
        json_array_remove(answers, 0);
    }
    set_owed(proposal, card, 0);
    return true;
}

/* What each event does; true = the card changed as well. */
static const struct {
    const char *what;
    proposal_applier *apply;
} changes[] = {
    {"revised", apply_revised},
    {"translated", apply_translated},
    {"marked", apply_marked},
    {"answered", apply_answered},
    {"invited", proposal_apply_invited},
    {"uninvited", proposal_apply_uninvited},
    {"joined", proposal_apply_joined},
    {"left", proposal_apply_left},
    {"taken_over", proposal_apply_taken_over},
    {"related", proposal_apply_related},
    {"merge_asked", proposal_apply_merge_asked},
    {"merge_dropped", proposal_apply_merge_dropped},
};

static void apply_change(struct change *change, struct id id, json_t *proposal, json_t *card)
{
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        if (!event_is(change->json, changes[i].what)) {
            continue;
        }
        bool both = changes[i].apply(change, id, proposal, card);
        struct id by = json_get_id(change->json, "by");
        uint32_t number = (uint32_t)json_get_integer(card, "number");
        both = both || proposal_is_author(change->txn, number, by);
        proposal_note_author(change, card, by);
        proposal_put(change, id, json_incref(proposal));
        if (both) {
            proposal_put_card(change, id, json_incref(card));
        }
        proposal_tell(change, id, proposal);
    }
}

void proposal_apply(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    if (change->json == NULL || event_is(change->json, "submitted")) {
        if (change->json != NULL) {
            apply_submitted(change, id);
        }
        return;
    }
    json_t *proposal = change_load(change, DOCUMENT_PROPOSAL, id);
    json_t *card = change_load(change, DOCUMENT_PROPOSAL_CARD, id);
    if (proposal != NULL && card != NULL) {
        apply_change(change, id, proposal, card);
    }
    json_decref(proposal);
    json_decref(card);
}
