/* Who is there, counted as they come and go.
 *
 * A *set* is the organisation (id zeros: everybody who may vote) or a meeting that counts. For each of its members a row says
 * what they add: class, weight, shares, whether they are elsewhere; one row for the set has the sums of each class. Whoever
 * comes, goes or changes has their old row taken out of the sums and the new one put in, so a check-in costs the same
 * however many came before it, and so does the question how many are entitled. Sums are kept for every class, voting or
 * not, and for those who cannot vote at all (class zeros): which classes vote is asked when they are read.
 * Invariant: the sums of a set are the sums of its members' rows; a row says what the documents say of its member. Apply
 * functions alone write here, so a replay makes all of it again. Start at replace(). */
#include "assembly/meeting_presence.h"
#include "assembly/group.h"
#include "assembly/meeting.h"
#include "assembly/organisation.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "base/reader.h"

#include <stdlib.h>
#include <string.h>

enum { SUMS_MAX = CLASSES_MAX + 1, ROW_SIZE = ID_SIZE + 9 };
static const struct id whole_organisation = {{0}};

/* What one member adds. */
struct share {
    struct id class; /* none = no vote */
    uint32_t weight, shares;
    bool remote;
};
struct sum {
    struct id class;
    uint32_t remote;
    struct payload_headcount of;
};
struct sums {
    struct id group;   /* of a group's meeting: whose members are entitled */
    uint32_t attended; /* members who ever came */
    size_t count;
    struct sum items[SUMS_MAX];
};

/* ---- rows ---- */

struct index_key meeting_present_key(struct id meeting, struct id member)
{
    struct index_key key = index_key(INDEX_PRESENT);
    index_key_id(&key, meeting);
    index_key_id(&key, member);
    return key;
}

static struct index_key sums_key(struct id set)
{
    struct index_key key = index_key(INDEX_HEADCOUNT);
    index_key_id(&key, set);
    return key;
}

static struct share share_from(struct slice value)
{
    struct reader reader = reader_of(value);
    struct share share = {.class = reader_id(&reader)};
    share.weight = reader_u32(&reader);
    share.shares = reader_u32(&reader);
    share.remote = reader_u8(&reader) != 0;
    assert_always(reader_done(&reader));
    return share;
}

static bool share_read(struct store_txn *txn, struct id set, struct id member, struct share *share)
{
    struct slice value;
    struct index_key key = meeting_present_key(set, member);
    bool found = store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
    if (found) {
        *share = share_from(value);
    }
    return found;
}

static void share_write(struct store_txn *txn, struct id set, struct id member,
                        const struct share *share)
{
    struct buffer value;
    struct index_key key = meeting_present_key(set, member);
    buffer_init(&value, ROW_SIZE);
    buffer_append(&value, share->class.bytes, ID_SIZE);
    buffer_append_u32(&value, share->weight);
    buffer_append_u32(&value, share->shares);
    buffer_append_u8(&value, share->remote);
    store_put(txn, TABLE_INDEX, index_key_slice(&key), buffer_slice(&value));
    buffer_free(&value);
}

static bool share_equal(const struct share *a, const struct share *b)
{
    return id_equal(a->class, b->class) && a->weight == b->weight && a->shares == b->shares &&
           a->remote == b->remote;
}

/* ---- sums ---- */

static bool sums_read(struct store_txn *txn, struct id set, struct sums *sums)
{
    struct slice value;
    struct index_key key = sums_key(set);
    *sums = (struct sums){0};
    if (!store_get(txn, TABLE_INDEX, index_key_slice(&key), &value)) {
        return false;
    }
    struct reader reader = reader_of(value);
    sums->group = reader_id(&reader);
    sums->attended = reader_u32(&reader);
    while (reader.left.size > 0 && sums->count < SUMS_MAX) {
        struct sum *sum = &sums->items[sums->count++];
        sum->class = reader_id(&reader);
        sum->remote = reader_u32(&reader);
        sum->of.heads = reader_u32(&reader);
        sum->of.weight = reader_u64(&reader);
        sum->of.shares = reader_u64(&reader);
    }
    assert_always(reader_done(&reader));
    return true;
}

static void sums_write(struct store_txn *txn, struct id set, const struct sums *sums)
{
    struct buffer value;
    struct index_key key = sums_key(set);
    buffer_init(&value, 4096);
    buffer_append(&value, sums->group.bytes, ID_SIZE);
    buffer_append_u32(&value, sums->attended);
    for (size_t i = 0; i < sums->count; i++) {
        const struct sum *sum = &sums->items[i];
        buffer_append(&value, sum->class.bytes, ID_SIZE);
        buffer_append_u32(&value, sum->remote);
        buffer_append_u32(&value, sum->of.heads);
        buffer_append_u64(&value, sum->of.weight);
        buffer_append_u64(&value, sum->of.shares);
    }
    assert_always(buffer_ok(&value));
    store_put(txn, TABLE_INDEX, index_key_slice(&key), buffer_slice(&value));
    buffer_free(&value);
}

static const struct sum *sum_find(const struct sums *sums, struct id class)
{
    static const struct sum nothing = {0};
    for (size_t i = 0; i < sums->count; i++) {
        if (id_equal(sums->items[i].class, class)) {
            return &sums->items[i];
        }
    }
    return &nothing;
}

static void sums_add(struct sums *sums, const struct share *share)
{
    size_t at = 0;
    while (at < sums->count && !id_equal(sums->items[at].class, share->class)) {
        at++;
    }
    if (at == sums->count) {
        assert_always(sums->count < SUMS_MAX); /* members stand in classes that exist */
        sums->items[sums->count++] = (struct sum){.class = share->class};
    }
    struct sum *sum = &sums->items[at];
    sum->remote += share->remote;
    sum->of.heads++;
    sum->of.weight += share->weight;
    sum->of.shares += share->shares;
}

/* A class in which nobody is left is forgotten: it may be taken out of the organisation. */
static void sums_take(struct sums *sums, const struct share *share)
{
    size_t at = 0;
    while (at < sums->count && !id_equal(sums->items[at].class, share->class)) {
        at++;
    }
    assert_always(at < sums->count && sums->items[at].of.heads > 0);
    struct sum *sum = &sums->items[at];
    sum->remote -= share->remote;
    sum->of.heads--;
    sum->of.weight -= share->weight;
    sum->of.shares -= share->shares;
    if (sum->of.heads == 0) {
        *sum = sums->items[--sums->count];
    }
}

static uint32_t heads_of(const struct sums *sums)
{
    uint32_t heads = 0;
    for (size_t i = 0; i < sums->count; i++) {
        heads += sums->items[i].of.heads;
    }
    return heads;
}

/* The member's part in a set becomes `new`; NULL = none. false = it was that already. */
static bool replace(struct store_txn *txn, struct id set, struct sums *sums, struct id member,
                    const struct share *new)
{
    struct share old;
    bool had = share_read(txn, set, member, &old);
    if (new == NULL ? !had : had && share_equal(&old, new)) {
        return false;
    }
    if (had) {
        sums_take(sums, &old);
    }
    if (new != NULL) {
        sums_add(sums, new);
        share_write(txn, set, member, new);
    } else {
        struct index_key key = meeting_present_key(set, member);
        store_delete(txn, TABLE_INDEX, index_key_slice(&key));
    }
    sums_write(txn, set, sums);
    return true;
}

/* ---- what a member adds ---- */

static uint32_t bounded(int64_t value, uint32_t least)
{
    return value < least ? least : value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

static bool may_vote(struct store_txn *txn, struct id member)
{
    struct record_member record;
    return record_member(txn, member, &record) && (record.roles & ROLE_OBSERVER) == 0 &&
           (record.status == MEMBER_ACTIVE || record.status == MEMBER_DORMANT);
}

/* As the documents have it now. A class of zeros: has no vote. */
static struct share share_of(struct store_txn *txn, struct id member)
{
    struct share share = {.weight = 0};
    if (may_vote(txn, member)) {
        json_t *document = document_load(txn, DOCUMENT_MEMBER, member);
        share.class = json_get_id(document, "class");
        json_decref(document);
    }
    if (!id_is_none(share.class)) {
        json_t *private = document_load(txn, DOCUMENT_MEMBER_PRIVATE, member);
        share.weight = bounded(json_get_integer(private, "weight"), 1);
        share.shares = bounded(json_get_integer(private, "shares"), 0);
        json_decref(private);
    }
    return share;
}

/* What the member adds to a meeting: the row of the organisation says it already. */
static struct share share_in(struct store_txn *txn, const struct sums *sums, struct id member,
                             bool remote)
{
    struct share share = {.weight = 0};
    bool entitled = share_read(txn, whole_organisation, member, &share) &&
                    (id_is_none(sums->group) || group_has(txn, sums->group, member));
    if (!entitled) {
        share = (struct share){.weight = 0};
    }
    share.remote = remote;
    return share;
}

/* ---- asking ---- */

bool meeting_is_present(struct store_txn *txn, struct id meeting, struct id member)
{
    struct slice value;
    struct index_key key = meeting_present_key(meeting, member);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

bool presence_is_open(struct store_txn *txn, struct id meeting)
{
    struct slice value;
    struct index_key key = sums_key(meeting);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
}

bool presence_is_remote(struct store_txn *txn, struct id meeting)
{
    struct sums sums;
    bool remote = false;
    (void)sums_read(txn, meeting, &sums);
    for (size_t i = 0; i < sums.count; i++) {
        remote = remote || sums.items[i].remote > 0;
    }
    return remote;
}

struct present_walk {
    bool (*visit)(void *context, struct id member);
    void *context;
};

static struct id id_at_end(struct slice key)
{
    struct id id;
    memcpy(id.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    return id;
}

static bool visit_present(void *context, struct slice key, struct slice value)
{
    struct present_walk *walk = context;
    (void)value;
    return walk->visit(walk->context, id_at_end(key));
}

void meeting_each_present(struct store_txn *txn, struct id meeting,
                          bool (*visit)(void *context, struct id member), void *context)
{
    struct present_walk walk = {.visit = visit, .context = context};
    struct index_key key = index_key(INDEX_PRESENT);
    index_key_id(&key, meeting);
    store_scan(txn, TABLE_INDEX, index_key_slice(&key), visit_present, &walk);
}

struct group_walk {
    struct store_txn *txn;
    struct sums *sums;
};

static bool add_of_group(void *context, struct id member)
{
    struct group_walk *walk = context;
    struct share share;
    if (share_read(walk->txn, whole_organisation, member, &share)) {
        sums_add(walk->sums, &share);
    }
    return true;
}

static void sums_entitled(struct store_txn *txn, struct id group, struct sums *sums)
{
    struct group_walk walk = {.txn = txn, .sums = sums};
    if (id_is_none(group)) {
        sums_read(txn, whole_organisation, sums);
        return;
    }
    *sums = (struct sums){0};
    group_each_member(txn, group, false, add_of_group, &walk);
}

static struct id group_of_meeting(struct store_txn *txn, struct id meeting)
{
    json_t *document = document_load(txn, DOCUMENT_MEETING, meeting);
    struct id group = json_get_id(json_object_get(document, "group"), "id");
    json_decref(document);
    return group;
}

static void headcount_add(struct payload_headcount *to, const struct payload_headcount *more)
{
    to->heads += more->heads;
    to->weight += more->weight;
    to->shares += more->shares;
}

void meeting_count(struct store_txn *txn, const json_t *organisation, struct id meeting,
                   struct meeting_count *count)
{
    struct sums present, entitled;
    struct roll_classes classes;
    struct id group =
        sums_read(txn, meeting, &present) ? present.group : group_of_meeting(txn, meeting);
    sums_entitled(txn, group, &entitled);
    (void)roll_classes_of(organisation, &classes); /* an organisation has no more */
    *count = (struct meeting_count){.n_class = classes.count};
    for (uint8_t i = 0; i < classes.count; i++) {
        const struct sum *there = sum_find(&present, classes.ids[i]);
        count->classes[i] =
            (struct meeting_class){.id = classes.ids[i],
                                   .code = classes.codes[i],
                                   .present = there->of,
                                   .entitled = sum_find(&entitled, classes.ids[i])->of};
        headcount_add(&count->present, &count->classes[i].present);
        headcount_add(&count->entitled, &count->classes[i].entitled);
        count->remote += there->remote;
    }
    count->guests = heads_of(&present) - count->present.heads;
    count->left = present.attended - heads_of(&present);
}

/* ---- applying ---- */

void presence_open(struct change *change, struct id meeting)
{
    struct sums sums = {.count = 0};
    if (!presence_is_open(change->txn, meeting)) {
        sums.group = group_of_meeting(change->txn, meeting);
        sums_write(change->txn, meeting, &sums);
    }
    presence_show(change, meeting);
}

void presence_enter(struct change *change, struct id meeting, struct id member, bool remote,
                    bool first)
{
    struct sums sums;
    if (!sums_read(change->txn, meeting, &sums)) {
        return;
    }
    struct share share = share_in(change->txn, &sums, member, remote);
    sums.attended += first;
    if (replace(change->txn, meeting, &sums, member, &share)) {
        presence_show(change, meeting);
    }
}

void presence_leave(struct change *change, struct id meeting, struct id member)
{
    struct sums sums;
    if (sums_read(change->txn, meeting, &sums) &&
        replace(change->txn, meeting, &sums, member, NULL)) {
        presence_show(change, meeting);
    }
}

void presence_forget(struct change *change, struct id meeting, struct id member)
{
    struct sums sums;
    if (sums_read(change->txn, meeting, &sums)) {
        (void)replace(change->txn, meeting, &sums, member, NULL);
        sums.attended -= sums.attended > 0;
        sums_write(change->txn, meeting, &sums);
        presence_show(change, meeting);
    }
}

struct id_walk {
    struct id *ids;
    size_t count, capacity;
};

static bool note_id(void *context, struct slice key, struct slice value)
{
    struct id_walk *walk = context;
    (void)value;
    if (walk->count == walk->capacity) {
        walk->capacity = walk->capacity == 0 ? 64 : 2 * walk->capacity;
        walk->ids = memory_resize(walk->ids, walk->capacity, sizeof *walk->ids);
    }
    walk->ids[walk->count++] = id_at_end(key);
    return true;
}

/* The ids at the end of the keys under a prefix; the caller frees ids. */
static struct id_walk ids_under(struct store_txn *txn, struct index_key prefix)
{
    struct id_walk walk = {0};
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), note_id, &walk);
    return walk;
}

static struct id_walk ids_present(struct store_txn *txn, struct id meeting)
{
    struct index_key prefix = index_key(INDEX_PRESENT);
    index_key_id(&prefix, meeting);
    return ids_under(txn, prefix);
}

void presence_close(struct change *change, struct id meeting)
{
    struct index_key key = sums_key(meeting);
    if (!presence_is_open(change->txn, meeting)) {
        return;
    }
    struct id_walk there = ids_present(change->txn, meeting);
    for (size_t i = 0; i < there.count; i++) {
        struct index_key row = meeting_present_key(meeting, there.ids[i]);
        store_delete(change->txn, TABLE_INDEX, index_key_slice(&row));
    }
    free(there.ids);
    store_delete(change->txn, TABLE_INDEX, index_key_slice(&key));
}

/* ---- following what changes elsewhere ---- */

/* Meetings that count those present. */
static struct id_walk open_meetings(struct store_txn *txn)
{
    struct id_walk walk = ids_under(txn, index_key(INDEX_HEADCOUNT));
    if (walk.count > 0 && id_is_none(walk.ids[0])) {
        walk.ids[0] = walk.ids[--walk.count]; /* the organisation */
    }
    return walk;
}

size_t presence_meetings_of(struct store_txn *txn, struct id member,
                            struct id into[MEETINGS_AHEAD_MAX])
{
    size_t count = 0;
    struct id_walk meetings = open_meetings(txn);
    for (size_t i = 0; i < meetings.count && count < MEETINGS_AHEAD_MAX; i++) {
        if (meeting_is_present(txn, meetings.ids[i], member)) {
            into[count++] = meetings.ids[i];
        }
    }
    free(meetings.ids);
    return count;
}

/* Somebody who is there counts for what they are now; true = otherwise than before. */
static bool follow_in(struct change *change, struct id meeting, struct sums *sums, struct id member)
{
    struct share old;
    if (!share_read(change->txn, meeting, member, &old)) {
        return false;
    }
    struct share share = share_in(change->txn, sums, member, old.remote);
    return replace(change->txn, meeting, sums, member, &share);
}

void presence_follow(struct change *change, struct id member)
{
    struct sums sums;
    struct share share = share_of(change->txn, member);
    sums_read(change->txn, whole_organisation, &sums);
    if (!replace(change->txn, whole_organisation, &sums, member,
                 id_is_none(share.class) ? NULL : &share)) {
        return;
    }
    struct id_walk meetings = open_meetings(change->txn);
    for (size_t i = 0; i < meetings.count; i++) {
        if (sums_read(change->txn, meetings.ids[i], &sums)) {
            (void)follow_in(change, meetings.ids[i], &sums, member);
            presence_show(change, meetings.ids[i]); /* the number entitled changed too */
        }
    }
    free(meetings.ids);
}

void presence_follow_group(struct change *change, struct id group, struct id member)
{
    struct sums sums;
    struct id_walk meetings = open_meetings(change->txn);
    for (size_t i = 0; i < meetings.count; i++) {
        if (sums_read(change->txn, meetings.ids[i], &sums) && id_equal(sums.group, group)) {
            (void)follow_in(change, meetings.ids[i], &sums, member);
            presence_show(change, meetings.ids[i]);
        }
    }
    free(meetings.ids);
}

void presence_follow_meeting(struct change *change, struct id meeting)
{
    struct sums sums;
    if (!sums_read(change->txn, meeting, &sums)) {
        return;
    }
    struct id group = group_of_meeting(change->txn, meeting);
    if (!id_equal(group, sums.group)) {
        sums.group = group;
        sums_write(change->txn, meeting, &sums);
        struct id_walk there = ids_present(change->txn, meeting);
        for (size_t i = 0; i < there.count; i++) {
            (void)follow_in(change, meeting, &sums, there.ids[i]);
        }
        free(there.ids);
    }
    presence_show(change, meeting);
}

void presence_follow_organisation(struct change *change)
{
    struct id_walk meetings = open_meetings(change->txn);
    for (size_t i = 0; i < meetings.count; i++) {
        presence_show(change, meetings.ids[i]);
    }
    free(meetings.ids);
}
