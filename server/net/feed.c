/* The feed: documents of watched topics, pushed when they change.
 *
 * A watch exists for each topic somebody has subscribed to. At the end of a loop turn every watch that a commit marked
 * builds its frames once, from one read snapshot, and all live subscriptions get a reference to them. A subscription
 * that is not live (new with much to read, or a client that fell behind) is pulled: its next run is read when its
 * socket has drained, so a large topic costs one run of memory and a slow reader slows only itself.
 * The invariant of positions: a live subscription has everything up to watch->upto in its queue or sent; a pulled one has
 * everything up to its own `from`. A frame carries `seq` only when nothing older is still to come.
 * Counts (turnout) are not urgent: their watches wait for the next tick of the sweep timer; the more watch, the more ticks,
 * so that a full hall is told once a second and its phones are spared three quarters of the bytes.
 * A held poll (longpoll.c) watches in the same way, and is live from the start: it is held only when it has everything.
 * Start reading at feed_subscribe() and feed_flush(). */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "server/net/internal.h"

enum { RUN_MAX = 32 << 20, FRAME_MAX = 33 << 20, RUN_AROUND = 200 };

/* ---- watches ---- */

static struct watch *watch_make(struct net *net, struct topic topic)
{
    struct watch *watch = watches_find(&net->watches, topic);
    if (watch != NULL) {
        return watch;
    }
    watch = memory_new(1, sizeof *watch);
    watch->topic = topic;
    struct buffer name;
    buffer_init(&name, sizeof watch->name - 1);
    topic_name(&name, topic);
    memcpy(watch->name, name.data, name.size);
    buffer_free(&name);
    watches_add(&net->watches, watch);
    return watch;
}

/* A watch nobody subscribes to goes; one that still stands in the dirty list goes when the list is worked off. */
static void watch_drop_if_unused(struct net *net, struct watch *watch)
{
    if (watch->subscriptions != NULL || watch->dirty) {
        return;
    }
    watches_remove(&net->watches, watch);
    free(watch);
}

static void make_dirty(struct net *net, struct watch *watch)
{
    watch->later = false;
    watch->ticks = 0;
    if (!watch->dirty) {
        watch->dirty = true;
        watch->dirty_next = net->dirty;
        net->dirty = watch;
    }
}

void feed_mark(struct net *net, struct topic_change change)
{
    struct watch *watch = watches_find(&net->watches, change.topic);
    if (watch == NULL) {
        return;
    }
    if (change.urgent) {
        make_dirty(net, watch);
    } else {
        watch->later = true;
        net->has_later = true;
    }
}

void feed_tell(struct net *net, struct topic topic, struct slice frame, struct slice polled)
{
    const struct watch *watch = watches_find(&net->watches, topic);
    struct subscription *subscription = watch == NULL ? NULL : watch->subscriptions;
    if (subscription == NULL) {
        return;
    }
    struct segment *segment = segment_new_text(frame), *counts = segment_new(polled);
    for (; subscription != NULL; subscription = subscription->watch_next) {
        if (subscription->connection != NULL) {
            segment->references++;
            connection_queue(subscription->connection, segment, NULL, 0);
        } else {
            longpoll_take_room(subscription->poll, counts);
        }
    }
    segment_release(segment);
    segment_release(counts);
}

/* It is the turn of a watch whose counts changed. */
static bool is_its_tick(struct watch *watch)
{
    enum { EACH = 250 /* who watch */, TICKS_MOST = 4 };
    size_t ticks = 1 + watch->live_count / EACH;
    return ++watch->ticks >= (ticks < TICKS_MOST ? ticks : TICKS_MOST);
}

void feed_mark_later(struct net *net)
{
    if (!net->has_later) {
        return;
    }
    net->has_later = false;
    for (size_t slot = 0; slot < net->watches.slot_count; slot++) {
        for (struct watch *watch = net->watches.slots[slot]; watch != NULL; watch = watch->next) {
            if (watch->later && is_its_tick(watch)) {
                make_dirty(net, watch);
            }
            net->has_later = net->has_later || watch->later;
        }
    }
}

/* ---- subscriptions ---- */

static void set_live(struct subscription *subscription, bool live)
{
    if (subscription->live == live) {
        return;
    }
    subscription->live = live;
    struct watch *watch = subscription->watch;
    if (live && watch->live_count == 0) {
        watch->upto = subscription->from;
    }
    watch->live_count = live ? watch->live_count + 1 : watch->live_count - 1;
    struct connection *connection = subscription->connection;
    if (connection != NULL && live) {
        connection->pulling_count--;
    } else if (connection != NULL) {
        connection->pulling_count++;
    }
}

void feed_renew(struct net *net)
{
    struct connection *connection = net->connections;
    for (; connection != NULL; connection = connection->next) {
        struct subscription *subscription = connection->subscriptions;
        for (; subscription != NULL; subscription = subscription->next) {
            set_live(subscription, false);
            subscription->from = 0;
            subscription->renewed = true;
        }
        connection_want_flush(connection);
    }
    longpoll_answer_all(net);
}

static struct subscription *subscription_of(struct connection *connection, struct topic topic)
{
    struct subscription *subscription = connection->subscriptions;
    while (subscription != NULL && !topic_equal(subscription->watch->topic, topic)) {
        subscription = subscription->next;
    }
    return subscription;
}

/* In the list of its watch, not yet in that of whoever watches. */
static struct subscription *subscription_new(struct net *net, struct topic topic)
{
    struct watch *watch = watch_make(net, topic);
    struct subscription *subscription = memory_new(1, sizeof *subscription);
    subscription->watch = watch;
    subscription->watch_next = watch->subscriptions;
    if (watch->subscriptions != NULL) {
        watch->subscriptions->watch_previous = subscription;
    }
    watch->subscriptions = subscription;
    return subscription;
}

/* Out of the list of its watch; whoever watches has let go of it. */
static void subscription_free(struct net *net, struct subscription *subscription)
{
    struct watch *watch = subscription->watch;
    if (subscription->watch_previous != NULL) {
        subscription->watch_previous->watch_next = subscription->watch_next;
    } else {
        watch->subscriptions = subscription->watch_next;
    }
    if (subscription->watch_next != NULL) {
        subscription->watch_next->watch_previous = subscription->watch_previous;
    }
    free(subscription);
    watch_drop_if_unused(net, watch);
}

static struct subscription *subscription_make(struct connection *connection, struct topic topic)
{
    struct subscription *subscription = subscription_of(connection, topic);
    if (subscription != NULL) {
        return subscription;
    }
    subscription = subscription_new(connection->net, topic);
    subscription->connection = connection;
    subscription->next = connection->subscriptions;
    connection->subscriptions = subscription;
    connection->subscription_count++;
    connection->pulling_count++;
    return subscription;
}

/* Frames of it that are already queued go out as ordinary bytes. */
static void disown_frames(struct connection *connection, const struct subscription *subscription)
{
    for (uint32_t at = 0; at < connection->out_count; at++) {
        struct outgoing *item = queue_at(connection, at);
        if (item->feed == subscription) {
            uint32_t unsent = item->segment->size - (at == 0 ? connection->offset : 0);
            connection->feed_bytes -= unsent;
            connection->reply_bytes += unsent;
            connection->reply_count++;
            item->feed = NULL;
        }
    }
}

static void subscription_drop(struct subscription *subscription)
{
    struct connection *connection = subscription->connection;
    disown_frames(connection, subscription);
    set_live(subscription, false);
    struct subscription **link = &connection->subscriptions;
    while (*link != subscription) {
        link = &(*link)->next;
    }
    *link = subscription->next;
    connection->subscription_count--;
    connection->pulling_count--;
    subscription_free(connection->net, subscription);
}

void feed_drop_all(struct connection *connection)
{
    while (connection->subscriptions != NULL) {
        subscription_drop(connection->subscriptions);
    }
}

/* ---- frames ---- */

/* What a run of documents looks like, without the braces around it. */
struct run {
    struct feed_run read;
    struct buffer docs, gone;
};

static void run_start(struct run *run)
{
    buffer_init(&run->docs, RUN_MAX);
    buffer_init(&run->gone, RUN_MAX);
    buffer_expect(&run->docs, RUN_BYTES + RUN_BYTES / 4);
}

static void run_end(struct run *run)
{
    buffer_free(&run->docs);
    buffer_free(&run->gone);
}

static void run_read(struct run *run, struct store_txn *txn, struct topic topic, uint64_t since,
                     size_t max_bytes)
{
    buffer_clear(&run->docs);
    buffer_clear(&run->gone);
    run->read = feed_read(txn, topic, since, max_bytes, &run->docs, &run->gone);
}

static bool run_is_empty(const struct run *run)
{
    return run->docs.size == 0 && run->gone.size == 0;
}

static void run_write(const struct run *run, struct buffer *out)
{
    buffer_expect(out, run->docs.size + run->gone.size + RUN_AROUND);
    buffer_append_text(out, ",\"docs\":[");
    buffer_append_slice(out, buffer_slice(&run->docs));
    buffer_append_text(out, "],\"gone\":[");
    buffer_append_slice(out, buffer_slice(&run->gone));
    buffer_append_text(out, "]");
}

/* The position, when nothing older is still to come. */
static void seq_write(const struct run *run, const char *otherwise, struct buffer *out)
{
    if (run->read.more) {
        buffer_append_text(out, otherwise);
    } else {
        buffer_format(out, ",\"seq\":%llu", (unsigned long long)run->read.upto);
    }
}

/* epoch size 0 = a change; else a new beginning. */
static struct segment *changed_frame(const struct watch *watch, const struct run *run,
                                     struct slice epoch)
{
    struct buffer head;
    buffer_init(&head, FRAME_MAX);
    buffer_format(&head,
                  "{\"jsonrpc\":\"2.0\",\"method\":\"feed.changed\",\"params\":"
                  "{\"topic\":\"%s\"",
                  watch->name);
    if (epoch.size > 0) {
        buffer_append_text(&head, ",\"full\":true,\"epoch\":");
        json_write_string(&head, epoch);
    }
    seq_write(run, "", &head);
    buffer_append_text(&head, ",\"docs\":[");
    const struct slice parts[] = {
        buffer_slice(&head),      buffer_slice(&run->docs), slice_text("],\"gone\":["),
        buffer_slice(&run->gone), slice_text("]}}"),
    };
    struct segment *segment = segment_new_parts(parts, sizeof parts / sizeof parts[0]);
    buffer_free(&head);
    return segment;
}

/* To every connection that is live at this moment. */
static void deliver(struct watch *watch, const struct run *run)
{
    struct segment *segment = NULL;
    struct subscription *subscription = watch->subscriptions;
    for (; subscription != NULL; subscription = subscription->watch_next) {
        if (subscription->live && subscription->connection != NULL) {
            segment = segment == NULL ? changed_frame(watch, run, slice_of(NULL, 0)) : segment;
            segment->references++;
            connection_queue(subscription->connection, segment, subscription, watch->upto);
        }
    }
    if (segment != NULL) {
        segment_release(segment);
    }
}

/* A topic as a poll is told of it. `seq` is always there: a run ends where a position is good. */
static void write_polled(const char *name, const char *asked, bool full, const struct run *run,
                         struct buffer *out)
{
    buffer_format(out, "{\"topic\":\"%s\"", name);
    if (asked != NULL && strcmp(asked, name) != 0) {
        buffer_format(out, ",\"asked\":\"%s\"", asked); /* of clean bytes alone */
    }
    buffer_format(out, ",\"full\":%s,\"seq\":%llu,\"more\":%s", full ? "true" : "false",
                  (unsigned long long)run->read.upto, run->read.more ? "true" : "false");
    run_write(run, out);
    buffer_append_text(out, "}");
}

static struct segment *polled_frame(const struct watch *watch, const struct run *run)
{
    struct buffer frame;
    buffer_init(&frame, FRAME_MAX);
    write_polled(watch->name, NULL, false, run, &frame);
    struct segment *segment = segment_new(buffer_slice(&frame));
    buffer_free(&frame);
    return segment;
}

/* To every poll that has not had one of this topic. */
static void deliver_to_polls(struct watch *watch, const struct run *run)
{
    struct segment *segment = NULL;
    struct subscription *subscription = watch->subscriptions;
    for (; subscription != NULL; subscription = subscription->watch_next) {
        if (subscription->live && subscription->poll != NULL) {
            segment = segment == NULL ? polled_frame(watch, run) : segment;
            segment->references++;
            longpoll_take(subscription->poll, segment);
            set_live(subscription, false);
        }
    }
    if (segment != NULL) {
        segment_release(segment);
    }
}

static void flush_watch(struct net *net, struct watch *watch, struct run *run)
{
    struct store_txn *txn = net_read(net);
    while (txn != NULL && watch->live_count > 0) {
        run_read(run, txn, watch->topic, watch->upto, RUN_BYTES);
        if (!run_is_empty(run)) {
            deliver(watch, run);
            deliver_to_polls(watch, run);
        }
        watch->upto = run->read.upto;
        if (!run->read.more) {
            break;
        }
    }
}

void feed_flush(struct net *net)
{
    if (net->dirty == NULL) {
        return;
    }
    struct run run;
    run_start(&run);
    while (net->dirty != NULL) {
        struct watch *watch = net->dirty;
        net->dirty = watch->dirty_next;
        watch->dirty = false;
        flush_watch(net, watch, &run);
        watch_drop_if_unused(net, watch);
    }
    run_end(&run);
}

bool feed_pull(struct connection *connection)
{
    struct run run;
    bool queued = false;
    if (connection->pulling_count == 0) {
        return false;
    }
    struct store_txn *txn = net_read(connection->net);
    run_start(&run);
    struct subscription *subscription = connection->subscriptions;
    for (; txn != NULL && !queued && subscription != NULL; subscription = subscription->next) {
        if (subscription->live) {
            continue;
        }
        run_read(&run, txn, subscription->watch->topic, subscription->from, RUN_BYTES);
        queued = !run_is_empty(&run) || subscription->renewed;
        subscription->from = run.read.upto;
        if (queued) {
            struct slice epoch = subscription->renewed ? feed_epoch(txn) : slice_of(NULL, 0);
            connection_queue(connection, changed_frame(subscription->watch, &run, epoch), NULL, 0);
            subscription->renewed = false;
        }
        set_live(subscription, !run.read.more);
    }
    run_end(&run);
    return queued;
}

void feed_fall_behind(struct connection *connection)
{
    uint32_t kept = connection->offset > 0 ? 1 : 0;
    for (uint32_t at = kept; at < connection->out_count; at++) {
        struct outgoing item = *queue_at(connection, at);
        if (item.feed == NULL) {
            *queue_at(connection, kept) = item;
            kept++;
            continue;
        }
        if (item.feed->live) {
            item.feed->from = item.from;
            set_live(item.feed, false);
        }
        connection->feed_bytes -= item.segment->size;
        segment_release(item.segment);
    }
    connection->out_count = kept;
}

/* ---- the commands ---- */

struct asked {
    struct topic topic;
    uint64_t since;
    const char *name; /* as the client wrote it */
};

/* Everything is looked at before anything is changed. */
static enum error read_topics(struct connection *connection, struct store_txn *txn,
                              const json_t *topics, struct asked *asked, size_t *count,
                              const char **field)
{
    *count = 0;
    for (void *at = json_object_iter((json_t *)(uintptr_t)topics); at != NULL;
         at = json_object_iter_next((json_t *)(uintptr_t)topics, at)) {
        const char *name = json_object_iter_key(at);
        json_int_t since = json_integer_value(json_object_iter_value(at));
        if (*count == TOPICS_MAX || since < 0) {
            *field = "topics";
            return ERROR_INPUT_BAD_VALUE;
        }
        struct asked *one = &asked[(*count)++];
        enum error error = topic_find(txn, slice_text(name), &connection->caller, &one->topic);
        if (error != ERROR_NONE) {
            *field = name;
            return error;
        }
        one->since = (uint64_t)since;
        one->name = name;
    }
    return ERROR_NONE;
}

static void answer_topic(struct connection *connection, struct store_txn *txn,
                         const struct asked *asked, bool same_epoch, size_t budget, struct run *run,
                         struct buffer *out)
{
    bool full =
        asked->since == 0 || !same_epoch || feed_needs_full(txn, asked->topic, asked->since);
    struct subscription *subscription = subscription_make(connection, asked->topic);
    disown_frames(connection, subscription);
    set_live(subscription, false);
    buffer_clear(&run->docs);
    buffer_clear(&run->gone);
    run->read = (struct feed_run){.upto = full ? 0 : asked->since, .more = true};
    if (budget > 0) {
        run_read(run, txn, asked->topic, run->read.upto, budget);
    }
    subscription->from = run->read.upto;
    subscription->renewed = false;
    set_live(subscription, !run->read.more);
    buffer_format(out, "{\"topic\":\"%s\"", subscription->watch->name);
    if (strcmp(asked->name, subscription->watch->name) != 0) {
        buffer_append_text(out, ",\"asked\":");
        json_write_string(out, slice_text(asked->name));
    }
    buffer_append_text(out, full ? ",\"full\":true" : ",\"full\":false");
    seq_write(run, ",\"seq\":null", out);
    run_write(run, out);
    buffer_append_text(out, "}");
}

enum error feed_subscribe(struct connection *connection, const json_t *params,
                          struct buffer *result, const char **field)
{
    struct asked asked[TOPICS_MAX];
    size_t count;
    struct store_txn *txn = net_read(connection->net);
    if (txn == NULL) {
        return ERROR_STORAGE_FAILED;
    }
    enum error error =
        read_topics(connection, txn, json_object_get(params, "topics"), asked, &count, field);
    if (error != ERROR_NONE) {
        return error;
    }
    if (connection->subscription_count + count > TOPICS_MAX) {
        *field = "topics";
        return ERROR_INPUT_TOO_BIG;
    }
    struct slice epoch = feed_epoch(txn);
    bool same_epoch = slice_equal(json_get_text(params, "epoch"), epoch);
    struct run run;
    run_start(&run);
    buffer_append_text(result, "{\"epoch\":");
    json_write_string(result, epoch);
    buffer_append_text(result, ",\"topics\":[");
    size_t start = result->size;
    for (size_t at = 0; at < count; at++) {
        size_t used = result->size - start;
        buffer_append_text(result, at == 0 ? "" : ",");
        answer_topic(connection, txn, &asked[at], same_epoch,
                     used < RUN_BYTES ? RUN_BYTES - used : 0, &run, result);
    }
    buffer_append_text(result, "]}");
    run_end(&run);
    for (size_t at = 0; at < count; at++) {
        rooms_subscribed(connection->net, asked[at].topic);
    }
    connection_want_flush(connection);
    return ERROR_NONE;
}

enum error feed_unsubscribe(struct connection *connection, const json_t *params)
{
    struct store_txn *txn = net_read(connection->net);
    const json_t *topics = json_object_get(params, "topics");
    for (size_t at = 0; txn != NULL && at < json_array_size(topics); at++) {
        struct topic topic;
        const json_t *name = json_array_get(topics, at);
        if (!json_is_string(name)) {
            continue;
        }
        struct slice text = slice_of(json_string_value(name), json_string_length(name));
        /* A right lost since then does not keep anybody from unsubscribing. */
        enum error error = topic_find(txn, text, &connection->caller, &topic);
        if (error == ERROR_NONE || error == ERROR_RIGHT_MISSING) {
            struct subscription *subscription = subscription_of(connection, topic);
            if (subscription != NULL) {
                subscription_drop(subscription);
            }
        }
    }
    return ERROR_NONE;
}

static void say_closed(struct connection *connection, const struct watch *watch)
{
    char frame[160];
    int size =
        snprintf(frame, sizeof frame,
                 "{\"jsonrpc\":\"2.0\",\"method\":\"feed.closed\",\"params\":{\"topic\":\"%s\"}}",
                 watch->name);
    connection_queue(connection, segment_new_text(slice_of(frame, (size_t)size)), NULL, 0);
}

void feed_recheck(struct connection *connection, struct store_txn *txn)
{
    struct subscription *subscription = connection->subscriptions;
    while (subscription != NULL) {
        struct subscription *next = subscription->next;
        struct topic topic;
        struct slice name = slice_text(subscription->watch->name);
        if (topic_find(txn, name, &connection->caller, &topic) != ERROR_NONE) {
            say_closed(connection, subscription->watch);
            subscription_drop(subscription);
        }
        subscription = next;
    }
}

/* ---- for polls ---- */

bool feed_poll_read(struct store_txn *txn, struct longpoll_topic *topic, size_t max_bytes,
                    struct buffer *out)
{
    struct run run;
    struct buffer name;
    run_start(&run);
    run_read(&run, txn, topic->topic, topic->full ? 0 : topic->from, max_bytes);
    bool news = topic->full || !run_is_empty(&run);
    topic->from = run.read.upto;
    if (news) {
        buffer_init(&name, sizeof((struct watch *)NULL)->name);
        topic_name(&name, topic->topic);
        buffer_append_u8(&name, 0);
        write_polled((const char *)name.data, topic->asked, topic->full, &run, out);
        buffer_free(&name);
    }
    run_end(&run);
    return news;
}

void feed_poll_watch(struct longpoll *poll, struct topic topic, uint64_t from)
{
    struct subscription *subscription = subscription_new(poll->net, topic);
    subscription->poll = poll;
    subscription->from = from;
    subscription->next = poll->subscriptions;
    poll->subscriptions = subscription;
    set_live(subscription, true);
}

void feed_poll_drop(struct longpoll *poll)
{
    while (poll->subscriptions != NULL) {
        struct subscription *subscription = poll->subscriptions;
        poll->subscriptions = subscription->next;
        set_live(subscription, false);
        subscription_free(poll->net, subscription);
    }
}

bool feed_poll_is_good(const struct longpoll *poll, struct store_txn *txn)
{
    const struct subscription *subscription = poll->subscriptions;
    struct topic topic;
    while (subscription != NULL && topic_find(txn, slice_text(subscription->watch->name),
                                              &poll->caller, &topic) == ERROR_NONE) {
        subscription = subscription->next;
    }
    return subscription == NULL;
}
