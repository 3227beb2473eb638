/* What the events of comments do to documents.
 *
 * A comment is one document in the topic of the thing it stands on. Its earlier wordings, and the words of a comment that
 * was removed, are in a second document of the same id that stands in no topic: comment.history reads it, with its own
 * rights, and restoring takes the words from there. A comment taken back unseen leaves every topic and is counted no more.
 * Invariants: a removed comment has an empty text; at most COMMENT_EDITS earlier wordings are kept; INDEX_COMMENT_ANSWER
 * holds exactly the answers that were not taken back. Start at comment_apply(). */
#include "assembly/comment.h"
#include "assembly/member.h"

/* ---- shapes ---- */

const char *const comment_reaction_words[] = {"agree", "thanks", "question", "celebrate", NULL};
enum { COUNT_MAX = INT32_MAX, MEMBERS_MAX = 100000 };

const struct field comment_source_fields[] = {
    {.name = "id", .type = FIELD_LINE, .min = 1, .max = 80},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "orphan",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "it answered a comment that is not in the source"},
    {.name = "votes", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {.name = "up", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {.name = "down", .type = FIELD_INTEGER, .max = INT64_C(9007199254740991)},
    {0},
};
static const struct field reference_fields[] = {
    {.name = "kind", .type = FIELD_WORD, .words = comment_kind_words},
    {.name = "id", .type = FIELD_ID},
    {0},
};
static const struct field removed_fields[] = {
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "reason", .type = FIELD_TEXT, .max = 4000, .summary = "may be empty for the author"},
    {.name = "by", .type = FIELD_BY},
    {.name = "unseen",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "taken back before anybody answered: it stands nowhere"},
    {0},
};
static const struct field member_id = {.name = "member", .type = FIELD_ID};
static const struct field reaction_fields[] = {
    {.name = "agree", .type = FIELD_LIST, .item = &member_id, .max = MEMBERS_MAX},
    {.name = "thanks", .type = FIELD_LIST, .item = &member_id, .max = MEMBERS_MAX},
    {.name = "question", .type = FIELD_LIST, .item = &member_id, .max = MEMBERS_MAX},
    {.name = "celebrate", .type = FIELD_LIST, .item = &member_id, .max = MEMBERS_MAX},
    {0},
};
static const struct field mention_item = {
    .name = "mention", .type = FIELD_OBJECT, .fields = mention_fields};
static const struct field comment_fields[] = {
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {.name = "on", .type = FIELD_OBJECT, .fields = reference_fields},
    {.name = "parent", .type = FIELD_ID, .optional = true},
    {.name = "reply_to", .type = FIELD_ID, .optional = true},
    {.name = "author", .type = FIELD_OBJECT, .fields = person_fields},
    {.name = "recorded_by",
     .type = FIELD_OBJECT,
     .fields = person_fields,
     .optional = true,
     .summary = "who wrote it down for an author without a device"},
    {.name = "language", .type = FIELD_LANGUAGE},
    {.name = "text", .type = FIELD_TEXT, .max = COMMENT_MAX, .summary = "empty when removed"},
    {.name = "mentions",
     .type = FIELD_LIST,
     .item = &mention_item,
     .max = MENTIONS_MAX,
     .optional = true,
     .summary = "people and groups named in the text, with their names as they were"},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "edited_ms", .type = FIELD_TIME, .optional = true},
    {.name = "edits", .type = FIELD_INTEGER, .max = COUNT_MAX, .optional = true},
    {.name = "edited_after_reactions", .type = FIELD_FLAG, .optional = true},
    {.name = "removed", .type = FIELD_OBJECT, .fields = removed_fields, .optional = true},
    {.name = "reactions", .type = FIELD_OBJECT, .fields = reaction_fields},
    {.name = "source", .type = FIELD_OBJECT, .fields = comment_source_fields, .optional = true},
    {0},
};
static const struct field wording_fields[] = {
    {.name = "text", .type = FIELD_TEXT, .max = COMMENT_MAX},
    {.name = "at_ms", .type = FIELD_TIME},
    {0},
};
static const struct field wording = {
    .name = "wording", .type = FIELD_OBJECT, .fields = wording_fields};
static const struct field versions_fields[] = {
    {.name = "items",
     .type = FIELD_LIST,
     .item = &wording,
     .max = COMMENT_EDITS,
     .summary = "earlier wordings, oldest first"},
    {.name = "removed",
     .type = FIELD_TEXT,
     .max = COMMENT_MAX,
     .optional = true,
     .summary = "the words of a comment that was removed"},
    {0},
};
const struct document_shape comment_documents[] = {
    {DOCUMENT_COMMENT, "comment", comment_fields},
    {DOCUMENT_COMMENT_VERSIONS, "comment_versions", versions_fields},
    {0},
};

/* ---- answers ---- */

static void index_answer(struct change *change, struct id answered, struct id id, bool on)
{
    struct index_key key = index_key(INDEX_COMMENT_ANSWER);
    if (id_is_none(answered)) {
        return;
    }
    index_key_id(&key, answered);
    index_key_id(&key, id);
    if (on) {
        change_index(change, index_key_slice(&key), id);
    } else {
        change_unindex(change, index_key_slice(&key));
    }
}

static void index_answers(struct change *change, const json_t *comment, struct id id, bool on)
{
    index_answer(change, json_get_id(comment, "parent"), id, on);
    index_answer(change, json_get_id(comment, "reply_to"), id, on);
}

bool comment_is_answered(struct store_txn *txn, struct id comment)
{
    struct slice key, value;
    struct index_key prefix = index_key(INDEX_COMMENT_ANSWER);
    index_key_id(&prefix, comment);
    struct slice from = index_key_slice(&prefix);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_INDEX);
    bool found = store_cursor_seek(cursor, from, &key, &value) && key.size > from.size &&
                 slice_equal(slice_of(key.data, from.size), from);
    store_cursor_close(cursor);
    return found;
}

static void index_comment(struct change *change, const json_t *event, struct id id, bool on)
{
    const json_t *thing = json_object_get(event, "on");
    const struct comment_kind *kind = comment_kind_find(json_get_text(thing, "kind"));
    struct index_key key = index_key(INDEX_COMMENT_OF);
    index_key_u8(&key, kind == NULL ? DOCUMENT_PROPOSAL : kind->document);
    index_key_id(&key, json_get_id(thing, "id"));
    index_key_u64(&key, change->seq);
    if (on) {
        change_index(change, index_key_slice(&key), id);
    }
    if (kind != NULL && kind->counted != NULL) {
        kind->counted(change, json_get_id(thing, "id"), on ? 1 : -1);
    }
}

/* ---- posted ---- */

static json_t *new_reactions(void)
{
    json_t *reactions = json_object();
    for (const char *const *word = comment_reaction_words; *word != NULL; word++) {
        json_put(reactions, *word, json_array());
    }
    return reactions;
}

static json_t *new_removed(struct change *change)
{
    json_t *removed = json_object();
    json_put(removed, "at_ms", json_number(change->time_ms));
    json_put(removed, "reason", json_text(json_get_text(change->json, "reason")));
    json_put(removed, "by", change_by(change, json_object_get(change->json, "by")));
    return removed;
}

/* The words, and who is named in them. */
static void put_words(struct change *change, json_t *comment, struct slice text)
{
    json_t *mentions = mention_people(change, text);
    bool any = json_array_size(mentions) > 0;
    json_put(comment, "text", json_text(text));
    json_put(comment, "mentions", any ? json_incref(mentions) : NULL);
    json_decref(mentions);
}

/* Who wrote it down, when that is another member than the author. */
static json_t *recorder_of(struct change *change, struct id author)
{
    struct id by = json_get_id(change->json, "by");
    return id_is_none(by) || id_equal(by, author) ? NULL : change_person(change, by);
}

static void apply_posted(struct change *change, struct id id)
{
    static const char *const first[] = {"number", "on", "parent", "reply_to", NULL};
    static const char *const source[] = {"source", NULL};
    char text[12];
    const json_t *event = change->json;
    bool removed = json_get_flag(event, "removed");
    struct id author = json_get_id(event, "author");
    struct topic topic = comment_topic(event);
    json_t *comment = document_new(DOCUMENT_COMMENT, id);
    fields_copy(comment, event, first);
    json_put(comment, "author", change_person(change, author));
    json_put(comment, "recorded_by", recorder_of(change, author));
    json_put(comment, "language", json_text(json_get_text(event, "language")));
    put_words(change, comment, removed ? slice_text("") : json_get_text(event, "text"));
    json_put(comment, "at_ms", json_number(change->time_ms));
    json_put(comment, "removed", removed ? new_removed(change) : NULL);
    json_put(comment, "reactions", new_reactions());
    fields_copy(comment, event, source);
    uint32_t number = (uint32_t)json_get_integer(event, "number");
    change_number(change, NUMBER_COMMENT, number_text(number, text), id);
    index_answers(change, event, id, true);
    change_put(change, DOCUMENT_COMMENT, id, comment, &topic, 1);
    index_comment(change, event, id, true);
    comment_notify_posted(change, id);
}

/* ---- wordings ---- */

static json_t *versions_load(struct change *change, struct id id)
{
    json_t *versions = change_load(change, DOCUMENT_COMMENT_VERSIONS, id);
    if (versions == NULL) {
        versions = document_new(DOCUMENT_COMMENT_VERSIONS, id);
        json_put(versions, "items", json_array());
    }
    return versions;
}

static void keep_wording(struct change *change, struct id id, const json_t *comment)
{
    static const char *const text[] = {"text", NULL};
    const json_t *edited = json_object_get(comment, "edited_ms");
    json_t *versions = versions_load(change, id);
    json_t *items = json_object_get(versions, "items"), *item = json_object();
    fields_copy(item, comment, text);
    json_put(item, "at_ms",
             json_deep_copy(edited == NULL ? json_object_get(comment, "at_ms") : edited));
    json_array_append_new(items, item);
    while (json_array_size(items) > COMMENT_EDITS) {
        json_array_remove(items, 0);
    }
    change_put(change, DOCUMENT_COMMENT_VERSIONS, id, versions, NULL, 0);
}

static bool has_reactions(const json_t *comment)
{
    const json_t *reactions = json_object_get(comment, "reactions");
    for (const char *const *word = comment_reaction_words; *word != NULL; word++) {
        if (json_array_size(json_object_get(reactions, *word)) > 0) {
            return true;
        }
    }
    return false;
}

static void apply_edited(struct change *change, struct id id, json_t *comment)
{
    uint64_t edits = (uint64_t)json_get_integer(comment, "edits") + 1;
    keep_wording(change, id, comment);
    put_words(change, comment, json_get_text(change->json, "text"));
    json_put(comment, "edited_ms", json_number(change->time_ms));
    json_put(comment, "edits", json_number(edits));
    if (has_reactions(comment)) {
        json_put(comment, "edited_after_reactions", json_true());
    }
    change_put_again(change, DOCUMENT_COMMENT, id, comment);
    comment_notify_edited(change, id);
}

/* ---- removed, restored, withdrawn ---- */

static void apply_removed(struct change *change, struct id id, json_t *comment)
{
    json_t *versions = versions_load(change, id);
    json_put(versions, "removed", json_text(json_get_text(comment, "text")));
    change_put(change, DOCUMENT_COMMENT_VERSIONS, id, versions, NULL, 0);
    put_words(change, comment, slice_text(""));
    json_put(comment, "removed", new_removed(change));
    change_put_again(change, DOCUMENT_COMMENT, id, comment);
    comment_notify_author(change, id, "comment_removed");
}

static void apply_restored(struct change *change, struct id id, json_t *comment)
{
    json_t *versions = versions_load(change, id);
    put_words(change, comment, json_get_text(versions, "removed"));
    json_put(versions, "removed", NULL);
    json_put(comment, "removed", NULL);
    change_put(change, DOCUMENT_COMMENT_VERSIONS, id, versions, NULL, 0);
    change_put_again(change, DOCUMENT_COMMENT, id, comment);
}

static void apply_withdrawn(struct change *change, struct id id, json_t *comment)
{
    json_t *versions = document_new(DOCUMENT_COMMENT_VERSIONS, id);
    json_put(versions, "items", json_array());
    change_put(change, DOCUMENT_COMMENT_VERSIONS, id, versions, NULL, 0);
    put_words(change, comment, slice_text(""));
    json_put(comment, "removed", new_removed(change));
    json_put(json_object_get(comment, "removed"), "unseen", json_true());
    index_answers(change, comment, id, false);
    index_comment(change, comment, id, false);
    change_put(change, DOCUMENT_COMMENT, id, comment, NULL, 0);
}

/* ---- reacted ---- */

static void apply_reacted(struct change *change, struct id id, json_t *comment)
{
    json_t *reactions = json_object_get(comment, "reactions");
    const char *word = json_string_value(json_object_get(change->json, "reaction"));
    json_put(reactions, word,
             ids_with(json_object_get(reactions, word), json_get_id(change->json, "member"),
                      json_get_flag(change->json, "on")));
    change_put_again(change, DOCUMENT_COMMENT, id, comment);
    if (json_get_flag(change->json, "on")) {
        comment_notify_author(change, id, "reaction");
    }
}

/* ---- all of them ---- */

void comment_apply(struct change *change)
{
    static const struct {
        const char *what;
        void (*apply)(struct change *change, struct id id, json_t *comment);
    } steps[] = {
        {"edited", apply_edited},   {"removed", apply_removed},     {"restored", apply_restored},
        {"reacted", apply_reacted}, {"withdrawn", apply_withdrawn},
    };
    struct id id = json_get_id(change->json, "id");
    if (event_is(change->json, "posted")) {
        apply_posted(change, id);
        return;
    }
    json_t *comment = change_load(change, DOCUMENT_COMMENT, id);
    for (size_t i = 0; comment != NULL && i < sizeof steps / sizeof steps[0]; i++) {
        if (event_is(change->json, steps[i].what)) {
            steps[i].apply(change, id, comment);
            return;
        }
    }
    json_decref(comment);
}
