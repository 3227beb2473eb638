/* Who has come lately and said who they are.
 *
 * One document, `newcomers`, holds the NEWCOMERS_MAX members with an introduction who joined last, newest first; whoever
 * leaves or takes the introduction away goes from it. How long somebody is new is a setting that the reader applies
 * (`newcomer_weeks`): nothing here looks at a clock. Everybody who watches `org` reads it, observers too, so it holds
 * names and no words. Invariant: it is a function of the members' documents in the order they were put.
 * Start at newcomers_follow(). */
#include "assembly/newcomers.h"
#include "assembly/member.h"
#include "assembly/organisation.h"

enum { NEWCOMERS_MAX = 10 };

static const struct field newcomer_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "name", .type = FIELD_TEXT, .max = 4 * NAME_MAX_CHARACTERS},
    {.name = "joined_ms", .type = FIELD_TIME},
    {0},
};
static const struct field newcomer_item = {
    .name = "member", .type = FIELD_OBJECT, .fields = newcomer_fields};
const struct field newcomers_fields[] = {
    {.name = "members", .type = FIELD_LIST, .item = &newcomer_item, .max = NEWCOMERS_MAX},
    {0},
};

static bool is_newcomer(const json_t *member)
{
    enum member_status status = member_status_find(json_get_text(member, "status"));
    return (status == MEMBER_ACTIVE || status == MEMBER_DORMANT) &&
           json_object_get(member, "introduction") != NULL &&
           json_get_integer(member, "joined_ms") > 0 && json_get_integer(member, "number") > 0;
}

static json_t *new_item(struct id id, const json_t *member)
{
    json_t *item = json_object();
    json_put(item, "id", json_id(id));
    json_put(item, "number", json_number((uint64_t)json_get_integer(member, "number")));
    json_put(item, "name", json_text(json_get_text(member, "name")));
    json_put(item, "joined_ms", json_number((uint64_t)json_get_integer(member, "joined_ms")));
    return item;
}

/* The list without this member, and with the item (may be NULL; its reference is taken) in its place. */
static json_t *list_with(const json_t *list, struct id id, json_t *item)
{
    size_t i;
    json_t *other;
    json_t *next = json_array();
    json_array_foreach(list, i, other)
    {
        if (id_equal(json_get_id(other, "id"), id)) {
            continue;
        }
        if (item != NULL &&
            json_get_integer(item, "joined_ms") > json_get_integer(other, "joined_ms")) {
            json_array_append_new(next, item);
            item = NULL;
        }
        json_array_append(next, other);
    }
    if (item != NULL) {
        json_array_append_new(next, item);
    }
    while (json_array_size(next) > NEWCOMERS_MAX) {
        json_array_remove(next, NEWCOMERS_MAX);
    }
    return next;
}

void newcomers_follow(struct change *change, struct id id, const json_t *member)
{
    struct id org = record_org(change->txn);
    struct topic topic = topic_plain(TOPIC_ORG);
    json_t *document = change_load(change, DOCUMENT_NEWCOMERS, org);
    const json_t *before = json_object_get(document, "members");
    json_t *item = is_newcomer(member) ? new_item(id, member) : NULL;
    json_t *after = list_with(before, id, item);
    if (document == NULL ? json_array_size(after) == 0 : json_equal(before, after)) {
        json_decref(after);
        json_decref(document);
        return;
    }
    if (document == NULL) {
        document = document_new(DOCUMENT_NEWCOMERS, org);
    }
    json_put(document, "members", after);
    change_put(change, DOCUMENT_NEWCOMERS, org, document, &topic, 1);
}
