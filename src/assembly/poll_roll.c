/* Who may vote: from the electorate of a draft to the roll that opening freezes.
 *
 * On a roll stands who is active or dormant, no observer, in a voting class, and in the electorate asked for. The weight is
 * the member's number of votes, the shares are kept for quorums. Members of a class come from an index, so a roll costs one
 * look at each of its members and no walk over the others; so do members of a group, of which those in a voting class are on
 * the roll; those present at a meeting are all its voters who are there. Ascending by id, as the record wants it.
 * Before the opening the same judgement tells one member whether they would be on it. */
#include "assembly/group.h"
#include "assembly/meeting_presence.h"
#include "base/memory.h"
#include "ledger/record.h"

#include <stdlib.h>
#include <string.h>

static int code_order(const json_t *a, const json_t *b)
{
    return slice_compare(json_get_text(a, "key"), json_get_text(b, "key"));
}

bool roll_classes_of(const json_t *organisation, struct roll_classes *classes)
{
    size_t i;
    json_t *item, *sorted[32] = {NULL};
    *classes = (struct roll_classes){0};
    json_array_foreach(json_object_get(organisation, "classes"), i, item)
    {
        if (!json_get_flag(item, "votes")) {
            continue;
        }
        if (classes->count == 32) {
            return false;
        }
        size_t at = classes->count++;
        for (; at > 0 && code_order(item, sorted[at - 1]) < 0; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = item;
    }
    for (size_t at = 0; at < classes->count; at++) {
        classes->codes[at] = json_get_text(sorted[at], "key");
        classes->ids[at] = json_get_id(sorted[at], "id");
    }
    return true;
}

static bool kind_is(const json_t *electorate, const char *kind)
{
    return slice_equal(json_get_text(electorate, "kind"), slice_text(kind));
}

/* Position among the voting classes that the electorate takes in; false = none of them. */
static bool class_position(const struct roll_classes *classes, const json_t *electorate,
                           struct id class, uint8_t *position)
{
    for (uint8_t i = 0; i < classes->count; i++) {
        if (id_equal(classes->ids[i], class)) {
            *position = i;
            return !kind_is(electorate, "classes") ||
                   ids_have(json_object_get(electorate, "ids"), class);
        }
    }
    return false;
}

static bool status_is_entitled(struct store_txn *txn, const json_t *electorate, struct id member)
{
    struct record_member record;
    if (!record_member(txn, member, &record) || (record.roles & ROLE_OBSERVER) != 0) {
        return false;
    }
    return record.status == MEMBER_ACTIVE ||
           (record.status == MEMBER_DORMANT && !kind_is(electorate, "active"));
}

/* ---- groups ---- */

static bool group_of_electorate(const json_t *electorate, size_t index, struct id *group)
{
    const json_t *text = json_array_get(json_object_get(electorate, "ids"), index);
    return text != NULL &&
           id_parse(slice_of(json_string_value(text), json_string_length(text)), group);
}

static bool is_in_groups(struct store_txn *txn, const json_t *electorate, struct id member)
{
    struct id group;
    bool nested = json_get_flag(electorate, "nested"), in = false;
    for (size_t i = 0; !in && group_of_electorate(electorate, i, &group); i++) {
        in = nested ? group_has_nested(txn, group, member) : group_has(txn, group, member);
    }
    return in;
}

bool electorate_is_led_by(struct store_txn *txn, const json_t *electorate, struct id member)
{
    struct id group;
    bool all = kind_is(electorate, "group");
    for (size_t i = 0; all && group_of_electorate(electorate, i, &group); i++) {
        all = group_coordinates(txn, group, member);
    }
    return all;
}

bool electorate_is_of(struct store_txn *txn, const json_t *electorate, struct id member)
{
    struct id group;
    bool all = kind_is(electorate, "group");
    for (size_t i = 0; all && group_of_electorate(electorate, i, &group); i++) {
        all = group_has(txn, group, member);
    }
    return all;
}

/* ---- one member ---- */

static uint32_t bounded(int64_t value, uint32_t least)
{
    return value < least ? least : value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

/* The member's class is known to be at this position. */
static bool entry_of(struct store_txn *txn, const json_t *poll, struct id member, uint8_t position,
                     struct roll_entry *entry)
{
    const json_t *electorate = json_object_get(poll, "electorate");
    if (!status_is_entitled(txn, electorate, member) ||
        (kind_is(electorate, "present") && !meeting_is_present(txn, poll_meeting(poll), member)) ||
        (kind_is(electorate, "group") && !is_in_groups(txn, electorate, member)) ||
        (kind_is(electorate, "list") && !ids_have(json_object_get(electorate, "ids"), member))) {
        return false;
    }
    json_t *private = document_load(txn, DOCUMENT_MEMBER_PRIVATE, member);
    *entry = (struct roll_entry){
        .member = member,
        .weight = bounded(json_get_integer(private, "weight"), 1),
        .shares = bounded(json_get_integer(private, "shares"), 0),
        .class_index = position,
    };
    json_decref(private);
    return true;
}

bool electorate_has(struct store_txn *txn, const struct roll_classes *classes, const json_t *poll,
                    struct id member, struct roll_entry *entry)
{
    uint8_t position = 0;
    json_t *document = document_load(txn, DOCUMENT_MEMBER, member);
    bool has = document != NULL &&
               class_position(classes, json_object_get(poll, "electorate"),
                              json_get_id(document, "class"), &position) &&
               entry_of(txn, poll, member, position, entry);
    json_decref(document);
    return has;
}

/* ---- the whole roll ---- */

struct gathering {
    struct store_txn *txn;
    const struct roll_classes *classes;
    const json_t *poll, *electorate;
    uint8_t position;
    struct roll_entry *entries;
    size_t count, capacity;
};

static void add_entry(struct gathering *gathering, struct roll_entry entry)
{
    if (gathering->count == gathering->capacity) {
        gathering->capacity = gathering->capacity == 0 ? 64 : gathering->capacity * 2;
        gathering->entries =
            memory_resize(gathering->entries, gathering->capacity, sizeof *gathering->entries);
    }
    gathering->entries[gathering->count++] = entry;
}

static bool gather(void *context, struct slice key, struct slice value)
{
    struct gathering *gathering = context;
    struct roll_entry entry;
    struct id member;
    (void)value;
    memcpy(member.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    if (entry_of(gathering->txn, gathering->poll, member, gathering->position, &entry)) {
        add_entry(gathering, entry);
    }
    return true;
}

static bool gather_of_group(void *context, struct id member)
{
    struct gathering *gathering = context;
    struct roll_entry entry;
    if (electorate_has(gathering->txn, gathering->classes, gathering->poll, member, &entry)) {
        add_entry(gathering, entry);
    }
    return true;
}

static void gather_groups(struct gathering *gathering)
{
    struct id group;
    for (size_t i = 0; group_of_electorate(gathering->electorate, i, &group); i++) {
        group_each_member(gathering->txn, group, json_get_flag(gathering->electorate, "nested"),
                          gather_of_group, gathering);
    }
}

static int entry_order(const void *a, const void *b)
{
    const struct roll_entry *left = a, *right = b;
    return id_compare(left->member, right->member);
}

/* A member of two groups stands on the roll once. */
static size_t without_repeats(struct roll_entry *entries, size_t count)
{
    size_t kept = 1;
    for (size_t i = 1; i < count; i++) {
        if (!id_equal(entries[i].member, entries[kept - 1].member)) {
            entries[kept++] = entries[i];
        }
    }
    return kept;
}

size_t electorate_roll(struct store_txn *txn, const struct roll_classes *classes,
                       const json_t *poll, struct roll_entry **entries)
{
    const json_t *electorate = json_object_get(poll, "electorate");
    struct gathering gathering = {
        .txn = txn, .classes = classes, .poll = poll, .electorate = electorate};
    bool groups = kind_is(electorate, "group");
    if (groups) {
        gather_groups(&gathering);
    }
    for (uint8_t i = 0; i < classes->count && !groups; i++) {
        if (class_position(classes, electorate, classes->ids[i], &gathering.position)) {
            struct index_key key = index_key(INDEX_MEMBER_OF_CLASS);
            index_key_id(&key, classes->ids[i]);
            store_scan(txn, TABLE_INDEX, index_key_slice(&key), gather, &gathering);
        }
    }
    if (gathering.count > 0) {
        qsort(gathering.entries, gathering.count, sizeof *gathering.entries, entry_order);
        gathering.count = without_repeats(gathering.entries, gathering.count);
    }
    *entries = gathering.entries;
    return gathering.count;
}
