/* What the net loop asks of meetings that are under way: which there are, who is present, which votes are open.
 *
 * Reading of indexes alone, which the files of meetings, attendance and votes write; no document is parsed. Start at
 * room_each_open(). */
#include "assembly/kinds.h"
#include "assembly/parts.h"

#include <string.h>

struct walk {
    void (*visit)(void *context, struct id id);
    void *context;
};

/* Rows end with the id that is meant. */
static bool take_last(void *context, struct slice key, struct slice value)
{
    const struct walk *walk = context;
    struct id id;
    (void)value;
    memcpy(id.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    walk->visit(walk->context, id);
    return true;
}

static void each(struct store_txn *txn, const struct index_key *prefix,
                 void (*visit)(void *context, struct id id), void *context)
{
    struct walk walk = {.visit = visit, .context = context};
    store_scan(txn, TABLE_INDEX, index_key_slice(prefix), take_last, &walk);
}

void room_each_open(struct store_txn *txn, void (*visit)(void *context, struct id meeting),
                    void *context)
{
    struct index_key prefix = index_key(INDEX_MEETING_OPEN);
    each(txn, &prefix, visit, context);
}

void room_each_present(struct store_txn *txn, struct id meeting,
                       void (*visit)(void *context, struct id member), void *context)
{
    struct index_key prefix = index_key(INDEX_PRESENT);
    index_key_id(&prefix, meeting);
    each(txn, &prefix, visit, context);
}

struct votes {
    struct store_txn *txn;
    struct id *polls;
    size_t count, max;
};

static void take_vote(void *context, struct id poll)
{
    struct votes *votes = context;
    struct record_poll record;
    if (votes->count < votes->max && record_poll(votes->txn, poll, &record) &&
        record.state == RECORD_POLL_OPEN) {
        votes->polls[votes->count++] = poll;
    }
}

size_t room_open_votes(struct store_txn *txn, struct id meeting, struct id *polls, size_t max)
{
    struct votes votes = {.txn = txn, .polls = polls, .max = max};
    struct index_key prefix = index_key(INDEX_POLL_OF_MEETING);
    index_key_id(&prefix, meeting);
    each(txn, &prefix, take_vote, &votes);
    return votes.count;
}

struct id room_of_topic(struct topic topic)
{
    bool of_room = topic.kind == TOPIC_MEETING || topic.kind == TOPIC_MEETING_DESK;
    return of_room ? topic.id : (struct id){{0}};
}

struct topic room_topic(struct id meeting)
{
    return topic_of(TOPIC_MEETING_DESK, meeting);
}
