/* Looking groups up: keys of their indexes, who is in which, what stands above and below.
 *
 * Membership is two rows of TABLE_INDEX for each (group, member), so that asking costs one look-up and a roll costs one row
 * for each member; the documents show the same. Walking up is at most GROUP_DEPTH_MAX steps. Start at group_has(). */
#include "assembly/group.h"

#include <string.h>

enum { BY_NUMBER = 1, BY_PARENT = 2, ASKED = 3 }; /* second byte of INDEX_GROUP */

/* ---- keys ---- */

struct index_key group_members_prefix(struct id group)
{
    struct index_key key = index_key(INDEX_GROUP_MEMBER);
    index_key_id(&key, group);
    return key;
}

struct index_key group_member_key(struct id group, struct id member)
{
    struct index_key key = group_members_prefix(group);
    index_key_id(&key, member);
    return key;
}

struct index_key group_groups_prefix(struct id member)
{
    struct index_key key = index_key(INDEX_GROUP_OF_MEMBER);
    index_key_id(&key, member);
    return key;
}

struct index_key group_of_member_key(struct id member, struct id group)
{
    struct index_key key = group_groups_prefix(member);
    index_key_id(&key, group);
    return key;
}

struct index_key group_numbers_prefix(void)
{
    struct index_key key = index_key(INDEX_GROUP);
    index_key_u8(&key, BY_NUMBER);
    return key;
}

struct index_key group_number_key(uint32_t number)
{
    struct index_key key = group_numbers_prefix();
    index_key_u32(&key, number);
    return key;
}

struct index_key group_children_prefix(struct id parent)
{
    struct index_key key = index_key(INDEX_GROUP);
    index_key_u8(&key, BY_PARENT);
    index_key_id(&key, parent);
    return key;
}

struct index_key group_child_key(struct id parent, struct id group)
{
    struct index_key key = group_children_prefix(parent);
    index_key_id(&key, group);
    return key;
}

struct index_key group_asked_prefix(struct id member)
{
    struct index_key key = index_key(INDEX_GROUP);
    index_key_u8(&key, ASKED);
    index_key_id(&key, member);
    return key;
}

struct index_key group_asked_key(struct id member, struct id group)
{
    struct index_key key = group_asked_prefix(member);
    index_key_id(&key, group);
    return key;
}

/* ---- asking ---- */

bool group_has(struct store_txn *txn, struct id group, struct id member)
{
    struct slice value;
    struct index_key key = group_member_key(group, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

struct id group_parent(struct store_txn *txn, struct id group)
{
    json_t *document = document_load(txn, DOCUMENT_GROUP, group);
    struct id parent = json_get_id(json_object_get(document, "parent"), "id");
    json_decref(document);
    return parent;
}

struct search {
    struct store_txn *txn;
    struct id wanted;
    bool found;
};

/* Is the wanted group this one, or above it? */
static bool look_above(void *context, struct slice key, struct slice value)
{
    struct search *search = context;
    struct id group;
    (void)value;
    memcpy(group.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    for (int depth = 0; depth < GROUP_DEPTH_MAX && !id_is_none(group) && !search->found; depth++) {
        search->found = id_equal(group, search->wanted);
        group = search->found ? group : group_parent(search->txn, group);
    }
    return !search->found;
}

bool group_has_nested(struct store_txn *txn, struct id group, struct id member)
{
    struct search search = {.txn = txn, .wanted = group};
    struct index_key prefix = group_groups_prefix(member);
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), look_above, &search);
    return search.found;
}

bool group_is_open(const json_t *group)
{
    return slice_equal(json_get_text(group, "state"), slice_text("open"));
}

bool group_may_write(struct store_txn *txn, struct id group, struct id member)
{
    json_t *document = document_load(txn, DOCUMENT_GROUP, group);
    bool may = document != NULL && group_is_open(document) && group_has(txn, group, member);
    json_decref(document);
    return may;
}

bool group_coordinates(struct store_txn *txn, struct id group, struct id member)
{
    json_t *document = document_load(txn, DOCUMENT_GROUP, group);
    bool yes = people_have(json_object_get(document, "coordinators"), member);
    json_decref(document);
    return yes;
}

json_t *group_reference(struct store_txn *txn, struct id group)
{
    static const char *const names[] = {"number", "name", "names", NULL};
    json_t *document = document_load(txn, DOCUMENT_GROUP, group);
    if (document == NULL) {
        return NULL;
    }
    json_t *reference = json_object();
    json_put(reference, "id", json_id(group));
    fields_copy(reference, document, names);
    json_decref(document);
    return reference;
}

/* Numbers go up with time: from the newest back to the first that is older. */
size_t group_started_since(struct store_txn *txn, struct id member, uint64_t since_ms)
{
    size_t count = 0;
    struct slice key, value;
    struct index_key prefix = group_numbers_prefix(), end = group_number_key(UINT32_MAX);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_INDEX);
    bool found = store_cursor_before(cursor, index_key_slice(&end), &key, &value);
    while (found && count < GROUPS_A_DAY && key.size == end.size &&
           memcmp(key.data, prefix.bytes, prefix.size) == 0) {
        struct id id;
        memcpy(id.bytes, value.data, ID_SIZE);
        json_t *group = document_load(txn, DOCUMENT_GROUP, id);
        found = (uint64_t)json_get_integer(group, "created_ms") >= since_ms;
        count += found && id_equal(json_get_id(json_object_get(group, "by"), "id"), member);
        json_decref(group);
        found = found && store_cursor_previous(cursor, &key, &value);
    }
    store_cursor_close(cursor);
    return count;
}

/* ---- everybody ---- */

struct walk {
    struct store_txn *txn;
    bool nested, stopped;
    int depth;
    bool (*visit)(void *context, struct id member);
    void *context;
};

static bool visit_member(void *context, struct slice key, struct slice value)
{
    struct walk *walk = context;
    struct id member;
    (void)value;
    memcpy(member.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    walk->stopped = !walk->visit(walk->context, member);
    return !walk->stopped;
}

static void walk_group(struct walk *walk, struct id group);

static bool visit_child(void *context, struct slice key, struct slice value)
{
    struct walk *walk = context;
    struct id child;
    (void)value;
    memcpy(child.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    walk->depth++;
    walk_group(walk, child);
    walk->depth--;
    return !walk->stopped;
}

/* Recursion is bounded by GROUP_DEPTH_MAX. */
static void walk_group(struct walk *walk, struct id group)
{
    struct index_key members = group_members_prefix(group);
    store_scan(walk->txn, TABLE_INDEX, index_key_slice(&members), visit_member, walk);
    if (walk->nested && !walk->stopped && walk->depth < GROUP_DEPTH_MAX) {
        struct index_key children = group_children_prefix(group);
        store_scan(walk->txn, TABLE_INDEX, index_key_slice(&children), visit_child, walk);
    }
}

void group_each_member(struct store_txn *txn, struct id group, bool nested,
                       bool (*visit)(void *context, struct id member), void *context)
{
    struct walk walk = {
        .txn = txn, .nested = nested, .depth = 1, .visit = visit, .context = context};
    walk_group(&walk, group);
}
