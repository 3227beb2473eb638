/* From events of files to documents.
 *
 * A file is a document of its own in the topics where its thing is read, so whoever looks at the thing sees it come and go.
 * Two indexes go with it: files of a thing (for the limit and the list) and files with certain bytes (who may fetch them,
 * and whether anybody still does). Taken off, the document leaves its topics and forgets name, type and hash.
 * Start at file_apply(). */
#include "assembly/comment.h"
#include "assembly/file.h"
#include "assembly/personal.h"
#include "base/fatal.h"

static void index_file(struct change *change, const json_t *file, struct id id, bool on)
{
    struct hash hash;
    const json_t *thing = json_object_get(file, "on");
    const struct file_holder *holder = file_holder_find(json_get_text(thing, "kind"));
    assert_always(holder != NULL && file_hash_read(json_get_text(file, "sha256"), &hash));
    struct index_key keys[] = {file_of_prefix(holder->document, json_get_id(thing, "id")),
                               file_hash_prefix(&hash)};
    for (size_t at = 0; at < 2; at++) {
        index_key_id(&keys[at], id);
        if (on) {
            change_index(change, index_key_slice(&keys[at]), id);
        } else {
            change_unindex(change, index_key_slice(&keys[at]));
        }
    }
}

/* Where the file is read: the thing's own topic, or where the comment stands. */
static struct topic topic_for(struct change *change, const json_t *on)
{
    const struct file_holder *holder = file_holder_find(json_get_text(on, "kind"));
    struct id thing = json_get_id(on, "id");
    assert_always(holder != NULL);
    if (holder->topic != 0) {
        return topic_of(holder->topic, thing);
    }
    json_t *comment = change_load(change, DOCUMENT_COMMENT, thing);
    struct topic topic = comment_topic(comment);
    json_decref(comment);
    return topic;
}

/* Those whose thing it is: the authors of a proposal, who does or made a to-do. */
static void tell(struct change *change, const json_t *on)
{
    struct id thing = json_get_id(on, "id");
    const struct file_holder *holder = file_holder_find(json_get_text(on, "kind"));
    json_t *document = change_load(change, holder->document, thing);
    if (holder->document == DOCUMENT_PROPOSAL) {
        change_notify_people(change, json_object_get(document, "authors"), "file",
                             DOCUMENT_PROPOSAL_CARD, thing);
    } else if (holder->document == DOCUMENT_TASK) {
        struct id maker = json_get_id(json_object_get(document, "created_by"), "id");
        const json_t *doing = json_object_get(document, "assignees");
        change_notify_people(change, doing, "file", DOCUMENT_TASK, thing);
        if (!id_is_none(maker) && !people_have(doing, maker)) {
            change_notify(change, maker, "file", notify_about(change, DOCUMENT_TASK, thing));
        }
    }
    json_decref(document);
}

static void apply_attached(struct change *change, struct id id)
{
    static const char *const given[] = {"on",    "name",   "type", "size", "sha256",
                                        "width", "height", "alt",  NULL};
    json_t *file = document_new(DOCUMENT_FILE, id);
    fields_copy(file, change->json, given);
    json_put(file, "by", change_by(change, json_object_get(change->json, "by")));
    json_put(file, "at_ms", json_number(change->time_ms));
    index_file(change, file, id, true);
    struct topic topic = topic_for(change, json_object_get(file, "on"));
    change_put(change, DOCUMENT_FILE, id, file, &topic, 1);
    tell(change, json_object_get(change->json, "on"));
}

/* The file's reference is taken. */
static void take_off(struct change *change, struct id id, json_t *file)
{
    static const char *const kept[] = {"on", "by", "at_ms", NULL};
    json_t *rest = document_new(DOCUMENT_FILE, id);
    json_t *removed = json_object();
    index_file(change, file, id, false);
    fields_copy(rest, file, kept);
    json_put(removed, "at_ms", json_number(change->time_ms));
    json_put(removed, "by", change_by(change, json_object_get(change->json, "by")));
    json_put(rest, "removed", removed);
    json_decref(file);
    change_put(change, DOCUMENT_FILE, id, rest, NULL, 0);
}

void file_apply(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    if (event_is(change->json, "attached")) {
        apply_attached(change, id);
        return;
    }
    json_t *file = change_load(change, DOCUMENT_FILE, id);
    if (file == NULL || json_object_get(file, "removed") != NULL) {
        json_decref(file);
    } else if (event_is(change->json, "removed")) {
        take_off(change, id, file);
    } else {
        struct slice alt = json_get_text(change->json, "alt");
        json_put(file, "alt", alt.size == 0 ? NULL : json_text(alt));
        change_put_again(change, DOCUMENT_FILE, id, file);
    }
}

/* ---- comments ---- */

struct found {
    struct id files[FILES_MAX];
    size_t count;
};

static bool take_file(void *context, struct slice key, struct slice value)
{
    struct found *found = context;
    (void)key;
    memcpy(found->files[found->count++].bytes, value.data, ID_SIZE);
    return found->count < FILES_MAX;
}

/* Hidden, a file stands in no topic: nobody gets it, and its bytes stay for the day it is restored. */
static void hide(struct change *change, struct id id, json_t *file, bool hidden)
{
    struct topic topic = topic_for(change, json_object_get(file, "on"));
    json_put(file, "hidden", hidden ? json_true() : NULL);
    change_put(change, DOCUMENT_FILE, id, file, &topic, hidden ? 0 : 1);
}

void file_apply_comment(struct change *change)
{
    struct found found = {.count = 0};
    bool removed = event_is(change->json, "removed"), gone = event_is(change->json, "withdrawn");
    if (!removed && !gone && !event_is(change->json, "restored")) {
        return;
    }
    struct index_key prefix = file_of_prefix(DOCUMENT_COMMENT, json_get_id(change->json, "id"));
    store_scan(change->txn, TABLE_INDEX, index_key_slice(&prefix), take_file, &found);
    for (size_t at = 0; at < found.count; at++) {
        json_t *file = change_load(change, DOCUMENT_FILE, found.files[at]);
        if (file != NULL && gone) {
            take_off(change, found.files[at], file);
        } else if (file != NULL) {
            hide(change, found.files[at], file, removed);
        }
    }
}
