/* Notifications: what happened that concerns one member, told to that member alone.
 *
 * Apply functions of all concepts call change_notify(). A notification is a personal document whose id is derived from
 * what happened and to which thing, so the same again is the same document with a greater count; read once, it starts
 * again at one. What a member does not want to hear is a list of words in the document `preferences`.
 * Invariants: at most NOTIFICATIONS_MAX a member, the ones changed longest ago go first; nothing is written while a folder
 * is rebuilt or checked. Start at change_notify_by(). */
#include "assembly/member.h"
#include "assembly/objection.h"
#include "assembly/parts.h"
#include "assembly/personal.h"
#include "assembly/registry.h"
#include "assembly/shape.h"
#include "assembly/work.h"
#include "base/fatal.h"

#include <stdio.h>
#include <string.h>

enum {
    NOTIFICATIONS_MAX = 200,
    LIST_MAX = 200,
    LIST_DEFAULT = 50,
    WORDS_MAX = 64,
    COUNT_MAX = 1000000
};

/* A new word: also in web/locales/notify/{fr,nl,en}.ftl and web/src/notify/kinds.ts. */
const char *const notification_words[] = {
    /* discussion */
    "reply",           /* somebody answered my comment */
    "mention",         /* somebody named me */
    "comment",         /* a comment on my proposal */
    "reaction",        /* a reaction to my comment */
    "comment_removed", /* my comment was taken away */
    "report",          /* a comment waits for facilitators */
    "report_answered", /* what came of my report */
    /* proposals */
    "proposal_state",    /* a proposal of mine, or that I support, took a step */
    "proposal_revised",  /* the text of one that I support changed */
    "proposal_merged",   /* one of mine was joined with another */
    "proposal_help",     /* somebody offers help */
    "proposal_answered", /* the organisation answered */
    "proposal_done",     /* all to-dos of one of mine are done: is it realised? */
    "proposal_realised", /* what I voted on is realised */
    "merge_asked",       /* I am asked to let mine go on in another */
    "support_follows",   /* one that I support went on in another: does my support go along? */
    "author_asked",      /* I am asked to write along */
    "authors_changed",   /* somebody writes along, or no longer */
    /* votes */
    "decision",        /* a proposal of mine was decided on */
    "poll_result",     /* a vote of mine was counted */
    "poll_again",      /* a vote by consent is asked again, about a new text */
    "objection",       /* somebody objects to a proposal of mine, or in a vote that I put */
    "decision_review", /* the date has come at which a decision is looked at again */
    /* to-dos */
    "task_asked",    /* I am asked */
    "task_answered", /* who I asked said yes or no */
    "task_given",    /* one that I made was taken, or given back */
    "task_done",     /* one that I made, or that follows my proposal, is done */
    "task_dropped",  /* one of mine was dropped */
    "task_thanked",  /* thanks for what I did */
    "task_due",      /* one of mine is due */
    /* meetings */
    "meeting_called", /* the call of a meeting was sent */
    /* groups and members */
    "group_asked",    /* I am asked to join a group */
    "group_joined",   /* I am in a group now, or my request was answered */
    "group_news",     /* a group of mine changed */
    "member_joined",  /* somebody whom I invited has come */
    "role_changed",   /* a role was given to me or taken */
    "sponsor",        /* somebody new can ask me anything */
    "device_revoked", /* a device of mine was revoked by an office */
    "file",           /* a file was added to something of mine */
    NULL,
};

static const char *const thing_kinds[] = {"proposal", "poll",    "decision", "task",
                                          "group",    "meeting", "member",   "report",
                                          "theme",    "org",     NULL};

/* ---- shapes ---- */

static const struct field on_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = thing_kinds},
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_LINE, .max = 20, .optional = true},
    {.name = "title", .type = FIELD_TEXT, .max = 1000, .optional = true},
    {.name = "titles",
     .type = FIELD_LABELS,
     .max = 300,
     .optional = true,
     .summary = "title, or question, by language"},
    {.name = "comment",
     .type = FIELD_INTEGER,
     .max = INT32_MAX,
     .optional = true,
     .summary = "number of the first comment it tells of"},
    {0},
};
static const struct field notification_fields[] = {
    {.name = "what", .type = FIELD_WORD, .words = notification_words},
    {.name = "on", .type = FIELD_OBJECT, .fields = on_fields},
    {.name = "by", .type = FIELD_BY, .summary = "who acted last"},
    {.name = "count", .type = FIELD_INTEGER, .min = 1, .max = COUNT_MAX},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "read", .type = FIELD_FLAG},
    {0},
};
static const struct field one_word = {
    .name = "what", .type = FIELD_WORD, .words = notification_words};
static const struct field preferences_fields[] = {
    {.name = "off",
     .type = FIELD_LIST,
     .item = &one_word,
     .max = WORDS_MAX,
     .summary = "kinds of notification not wanted"},
    {0},
};
static const struct field read_params[] = {
    {.name = "id", .type = FIELD_ID, .optional = true},
    {.name = "all", .type = FIELD_FLAG, .optional = true, .summary = "instead of id"},
    {.name = "read", .type = FIELD_FLAG, .optional = true, .summary = "false takes it back"},
    {0},
};
static const struct field list_params[] = {
    {.name = "after", .type = FIELD_LINE, .max = 20, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = LIST_MAX, .optional = true},
    {0},
};
static const struct field item_field = {
    .name = "item", .type = FIELD_ANY, .document = DOCUMENT_NOTIFICATION};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &item_field, .max = LIST_MAX},
    {.name = "next", .type = FIELD_LINE, .max = 20, .nullable = true},
    {0},
};

/* ---- about what ---- */

json_t *notify_about(struct change *change, uint8_t document, struct id id)
{
    if (document == DOCUMENT_OBJECTION) { /* read and answered on the page of its vote */
        return notify_about(change, DOCUMENT_POLL, objection_poll(change->txn, id));
    }
    static const char *const labels[] = {"titles", "question", "names"};
    static const char *const texts[] = {"title", "name", "label"};
    json_t *about = json_object();
    json_t *from = document_load(change->txn, document, id);
    const char *name = registry_document(document)->name;
    size_t size = strcspn(name, "_"); /* proposal_card leads to the proposal */
    json_put(about, "kind", json_text(slice_of(name, size)));
    json_put(about, "id", json_id(id));
    const json_t *number = json_object_get(from, "number");
    if (json_is_integer(number) && json_integer_value(number) > 0) {
        char text[12];
        json_put(about, "number",
                 json_text(number_text((uint32_t)json_integer_value(number), text)));
    } else if (json_is_string(number)) {
        json_put(about, "number", json_deep_copy(number));
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const json_t *text = json_object_get(from, texts[i]);
        const char *key = json_is_object(text) ? "titles" : "title";
        if (text != NULL && json_object_get(about, key) == NULL) {
            json_put(about, key, json_deep_copy(text));
        }
    }
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        const json_t *label = json_object_get(from, labels[i]);
        if (json_object_size(label) > 0 && json_object_get(about, "titles") == NULL) {
            json_put(about, "titles", json_deep_copy(label));
        }
    }
    json_decref(from);
    return about;
}

json_t *notify_about_comment(struct change *change, uint8_t document, struct id id,
                             uint32_t comment)
{
    json_t *about = notify_about(change, document, id);
    json_put(about, "comment", json_number(comment));
    return about;
}

/* ---- telling ---- */

static struct id preferences_id(struct id member)
{
    return member;
}

static bool is_word(const char *what)
{
    for (const char *const *word = notification_words; *word != NULL; word++) {
        if (strcmp(*word, what) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_wanted(struct personal owner, const char *what)
{
    size_t i;
    json_t *word;
    bool wanted = true;
    json_t *preferences = personal_load(owner, DOCUMENT_PREFERENCES, preferences_id(owner.member));
    json_array_foreach(json_object_get(preferences, "off"), i, word)
    {
        wanted = wanted && strcmp(json_string_value(word), what) != 0;
    }
    json_decref(preferences);
    return wanted;
}

static struct id notification_id(const char *what, const json_t *about)
{
    struct slice parts[] = {slice_text(what), slice_text("\n"), json_get_text(about, "kind"),
                            slice_text("\n"), json_get_text(about, "id")};
    return id_from_hash(crypto_hash_tagged("notification", parts, sizeof parts / sizeof parts[0]));
}

/* An unread one goes on: counted, and it still opens at the first comment it told of. */
static json_t *notification_next(struct personal owner, struct id id, const char *what,
                                 json_t *about)
{
    int64_t count = 1;
    json_t *before = personal_load(owner, DOCUMENT_NOTIFICATION, id);
    json_t *next = document_new(DOCUMENT_NOTIFICATION, id);
    if (before != NULL && !json_get_flag(before, "read")) {
        json_t *comment = json_object_get(json_object_get(before, "on"), "comment");
        count += json_get_integer(before, "count");
        if (comment != NULL) {
            json_object_set(about, "comment", comment);
        }
    }
    json_put(next, "what", json_text(slice_text(what)));
    json_put(next, "on", about);
    json_put(next, "count", json_number((uint64_t)(count > COUNT_MAX ? COUNT_MAX : count)));
    json_decref(before);
    return next;
}

static struct id id_of_by(const struct change *change)
{
    struct id by = {{0}};
    if (json_object_get(change->json, "by") == NULL) {
        return change->work->actor;
    }
    (void)id_parse(json_get_text(change->json, "by"), &by);
    return by;
}

static json_t *shown_by(struct change *change, struct id actor)
{
    const json_t *by = json_object_get(change->json, "by");
    if (!id_is_none(actor)) {
        return change_person(change, actor);
    }
    return by == NULL ? json_text(slice_text("system")) : change_by(change, by);
}

void change_notify_by(struct change *change, struct id actor, struct id member, const char *what,
                      json_t *about)
{
    assert_always(is_word(what));
    struct personal owner = {.txn = change->txn, .batch = change->work->batch, .member = member};
    if (change->assembly == NULL || id_is_none(member) || id_equal(member, actor) ||
        id_equal(member, id_of_by(change)) || !member_may_act(change->txn, member) ||
        !is_wanted(owner, what)) {
        json_decref(about);
        return;
    }
    struct id id = notification_id(what, about);
    json_t *notification = notification_next(owner, id, what, about);
    json_put(notification, "by", shown_by(change, actor));
    json_put(notification, "at_ms", json_number(change->time_ms));
    json_put(notification, "read", json_false());
    personal_put(owner, DOCUMENT_NOTIFICATION, id, notification);
    personal_trim_notifications(owner, NOTIFICATIONS_MAX);
}

void change_notify(struct change *change, struct id member, const char *what, json_t *about)
{
    change_notify_by(change, id_of_by(change), member, what, about);
}

void change_notify_people(struct change *change, const json_t *people, const char *what,
                          uint8_t document, struct id thing)
{
    size_t i;
    json_t *person;
    json_array_foreach(people, i, person)
    {
        change_notify(change, json_get_id(person, "id"), what,
                      notify_about(change, document, thing));
    }
}

/* ---- notification.read ---- */

static void mark(struct personal owner, json_t *notification, bool read)
{
    struct id id = json_get_id(notification, "id");
    if (json_get_flag(notification, "read") == read) {
        json_decref(notification);
        return;
    }
    json_put(notification, "read", json_boolean(read));
    personal_put(owner, DOCUMENT_NOTIFICATION, id, notification);
}

static enum error mark_all(struct personal owner)
{
    json_t *items = personal_list(owner, DOCUMENT_NOTIFICATION, 0, NOTIFICATIONS_MAX);
    for (size_t i = json_array_size(items); i > 0; i--) { /* the order stays as it is */
        mark(owner, json_incref(json_array_get(items, i - 1)), true);
    }
    json_decref(items);
    return ERROR_NONE;
}

static enum error notification_read(struct request *request)
{
    struct personal owner = personal_of(request);
    bool all = json_get_flag(request->params, "all");
    if (all == request_has(request, "id")) {
        return request_fault(request, "id", ERROR_INPUT_BAD_VALUE);
    }
    if (all) {
        return mark_all(owner);
    }
    json_t *notification = personal_load(owner, DOCUMENT_NOTIFICATION, request_id(request, "id"));
    if (notification == NULL) {
        return request_fault(request, "id", ERROR_NOTIFICATION_UNKNOWN);
    }
    mark(owner, notification,
         !request_has(request, "read") || json_get_flag(request->params, "read"));
    return ERROR_NONE;
}

/* ---- notification.list ---- */

static bool parse_position(struct slice text, uint64_t *position)
{
    *position = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || *position > UINT64_MAX / 16) {
            return false;
        }
        *position = *position * 10 + (uint64_t)(text.data[i] - '0');
    }
    return true;
}

static enum error notification_list(struct request *request)
{
    uint64_t before;
    char next[24];
    int64_t limit = json_get_integer(request->params, "limit");
    size_t max = limit == 0 ? LIST_DEFAULT : (size_t)limit;
    if (!parse_position(request_text(request, "after"), &before)) {
        return request_fault(request, "after", ERROR_INPUT_BAD_VALUE);
    }
    json_t *items = personal_list(personal_of(request), DOCUMENT_NOTIFICATION, before, max + 1);
    bool more = json_array_size(items) > max;
    if (more) {
        json_array_remove(items, max);
        snprintf(next, sizeof next, "%lld",
                 (long long)json_get_integer(json_array_get(items, max - 1), "rev"));
    }
    request->result = json_object();
    json_put(request->result, "items", items);
    json_put(request->result, "next", more ? json_text(slice_text(next)) : json_null());
    return ERROR_NONE;
}

/* ---- preferences.set ---- */

static enum error preferences_set(struct request *request)
{
    struct personal owner = personal_of(request);
    struct id id = preferences_id(owner.member);
    json_t *preferences = document_new(DOCUMENT_PREFERENCES, id);
    json_put(preferences, "off", json_deep_copy(json_object_get(request->params, "off")));
    personal_put(owner, DOCUMENT_PREFERENCES, id, preferences);
    return ERROR_NONE;
}

/* ---- tables ---- */

enum { WHO_PERSON = WHO_READERS & ~(unsigned)WHO_OPERATOR };
static const enum error read_errors[] = {ERROR_NOTIFICATION_UNKNOWN, ERROR_NONE};
static const struct command commands[] = {
    {.method = "notification.read",
     .who = WHO_PERSON,
     .flags = COMMAND_WRITE | COMMAND_PERSONAL,
     .params = read_params,
     .handle = notification_read,
     .errors = read_errors,
     .summary = "One notification of mine, or all, is read (or not yet)",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d70\",\"all\":true}"},
    {.method = "notification.list",
     .who = WHO_PERSON,
     .flags = COMMAND_READ,
     .params = list_params,
     .result = list_result,
     .handle = notification_list,
     .summary = "My notifications, the newest first",
     .example = "{\"limit\":50}"},
    {.method = "preferences.set",
     .who = WHO_PERSON,
     .flags = COMMAND_WRITE | COMMAND_PERSONAL,
     .params = preferences_fields,
     .handle = preferences_set,
     .summary = "What I want to be told of",
     .example = "{\"command\":\"3f1f6f5e-6f3c-4a8e-9d35-0f5a2b1c7d71\",\"off\":[\"reaction\"]}"},
    {0},
};
static const struct document_shape documents[] = {
    {DOCUMENT_NOTIFICATION, "notification", notification_fields},
    {DOCUMENT_PREFERENCES, "preferences", preferences_fields},
    {0},
};
const struct concept concept_notification = {
    .name = "notification",
    .commands = commands,
    .documents = documents,
};
