/* Who hears of a comment: whoever is answered, named in it, or wrote the proposal it stands on; whose words get a reaction
 * or are taken away.
 *
 * Nobody hears twice of one event: the nearest reason wins, in that order. An edit tells those who are named now and were
 * in no earlier wording. What was imported tells nobody. Everything goes through change_notify(), which knows who does not
 * want to hear and tells nobody what they did themselves. Start at comment_notify_posted(). */
#include "assembly/comment.h"
#include "assembly/group.h"
#include "assembly/objection.h"
#include "assembly/personal.h"

enum { TOLD_MAX = 600, GROUP_TOLD_MAX = 500 /* members told when their groups are named */ };

struct telling {
    struct change *change;
    const json_t *comment;
    struct id told[TOLD_MAX];
    size_t count;
};

/* Tells this member, unless they have heard of it or there is no more room. */
static void tell(struct telling *telling, struct id member, const char *what)
{
    const json_t *on = json_object_get(telling->comment, "on");
    const struct comment_kind *kind = comment_kind_find(json_get_text(on, "kind"));
    struct id actor = json_get_id(json_object_get(telling->comment, "author"), "id");
    if (kind == NULL || id_is_none(member) || telling->count == TOLD_MAX) {
        return;
    }
    for (size_t i = 0; i < telling->count; i++) {
        if (id_equal(telling->told[i], member)) {
            return;
        }
    }
    telling->told[telling->count++] = member;
    change_notify_by(telling->change, actor, member, what,
                     notify_about_comment(telling->change, kind->document, json_get_id(on, "id"),
                                          (uint32_t)json_get_integer(telling->comment, "number")));
}

static void tell_answered(struct telling *telling)
{
    struct id answered = json_get_id(telling->comment, "reply_to");
    if (id_is_none(answered)) {
        answered = json_get_id(telling->comment, "parent");
    }
    json_t *comment =
        id_is_none(answered) ? NULL : change_load(telling->change, DOCUMENT_COMMENT, answered);
    tell(telling, json_get_id(json_object_get(comment, "author"), "id"), "reply");
    json_decref(comment);
}

/* The wordings before this one name this person or group. */
static bool was_named(const json_t *earlier, const struct mention *mention)
{
    size_t i;
    json_t *item;
    struct mention before[MENTIONS_MAX];
    json_array_foreach(earlier, i, item)
    {
        size_t count = mention_parse(json_get_text(item, "text"), before, MENTIONS_MAX);
        for (size_t j = 0; j < count && j < MENTIONS_MAX; j++) {
            if (before[j].kind == mention->kind && id_equal(before[j].id, mention->id)) {
                return true;
            }
        }
    }
    return false;
}

static bool tell_one(void *context, struct id member)
{
    struct telling *telling = context;
    if (telling->count >= GROUP_TOLD_MAX) {
        return false;
    }
    tell(telling, member, "mention");
    return true;
}

static void tell_mentioned(struct telling *telling, const json_t *earlier)
{
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(telling->comment, "mentions"), i, item)
    {
        bool group = slice_equal(json_get_text(item, "kind"), slice_text("group"));
        struct mention mention = {.kind = group ? DOCUMENT_GROUP : DOCUMENT_MEMBER,
                                  .id = json_get_id(item, "id")};
        if (was_named(earlier, &mention)) {
            continue;
        }
        if (group) {
            group_each_member(telling->change->txn, mention.id, false, tell_one, telling);
        } else {
            tell(telling, mention.id, "mention");
        }
    }
}

/* Who wrote the proposal it stands on, or the objection. */
static void tell_authors(struct telling *telling)
{
    size_t i;
    json_t *item;
    const json_t *on = json_object_get(telling->comment, "on");
    if (slice_equal(json_get_text(on, "kind"), slice_text("objection"))) {
        tell(telling, objection_author(telling->change->txn, json_get_id(on, "id")), "reply");
        return;
    }
    if (!slice_equal(json_get_text(on, "kind"), slice_text("proposal"))) {
        return;
    }
    json_t *proposal = change_load(telling->change, DOCUMENT_PROPOSAL, json_get_id(on, "id"));
    json_array_foreach(json_object_get(proposal, "authors"), i, item)
    {
        tell(telling, json_get_id(item, "id"), "comment");
    }
    json_decref(proposal);
}

void comment_notify_posted(struct change *change, struct id id)
{
    if (json_object_get(change->json, "source") != NULL) {
        return;
    }
    json_t *comment = change_load(change, DOCUMENT_COMMENT, id);
    struct telling telling = {.change = change, .comment = comment};
    tell_answered(&telling);
    tell_mentioned(&telling, NULL);
    tell_authors(&telling);
    json_decref(comment);
}

void comment_notify_edited(struct change *change, struct id id)
{
    json_t *comment = change_load(change, DOCUMENT_COMMENT, id);
    json_t *versions = change_load(change, DOCUMENT_COMMENT_VERSIONS, id);
    struct telling telling = {.change = change, .comment = comment};
    tell_mentioned(&telling, json_object_get(versions, "items"));
    json_decref(versions);
    json_decref(comment);
}

void comment_notify_author(struct change *change, struct id id, const char *what)
{
    json_t *comment = change_load(change, DOCUMENT_COMMENT, id);
    const json_t *on = json_object_get(comment, "on");
    const struct comment_kind *kind = comment_kind_find(json_get_text(on, "kind"));
    if (kind != NULL) {
        change_notify(change, json_get_id(json_object_get(comment, "author"), "id"), what,
                      notify_about_comment(change, kind->document, json_get_id(on, "id"),
                                           (uint32_t)json_get_integer(comment, "number")));
    }
    json_decref(comment);
}
