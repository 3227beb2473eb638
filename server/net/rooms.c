/* Meetings under way: their rooms (room.c) follow what connections do, and whoever looks after the door is told.
 *
 * A connection of a member tells each room when it comes, sleeps, wakes and goes; a held poll likewise. Who is present and
 * which votes are open is read again when a commit touched the meeting's topics, at most once a second. Counts go out as the
 * notification room.changed to those who watch meeting_desk/ID, at most every two seconds; to polls with a number, by which
 * they say what they have had. What disturbs the meeting becomes a command of the system, meeting.incident, on the road of all
 * commands; whether it is one is decided there, by the record.
 * While a meeting is under way the file DIR/alive is touched each second, however the program ends: its time is when the
 * meeting was last served. Nothing here is kept over a restart but that. Start at rooms_sweep(). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/engine/log.h"
#include "server/net/internal.h"

enum { TOLD_MS = 2000, NAMES_MAX = 5000, PATH_SIZE = 4096, COUNTS_SIZE = 1024 };

/* One meeting under way. */
struct watched {
    struct room room;
    bool stale;  /* the store has news of it */
    bool found;  /* while open meetings are read */
    bool afresh; /* whoever watches is told, though it be what the others know */
    size_t present, states[SEAT_STATES]; /* as last told */
    uint64_t told, told_ms;
    struct id outage; /* the incident that is not over */
};

/* ---- the file alive ---- */

static bool alive_path(const struct net *net, char path[PATH_SIZE])
{
    int size = snprintf(path, PATH_SIZE, "%s/alive", net->options->dir);
    return size > 0 && size < PATH_SIZE;
}

/* 0 = no meeting was under way when the program ended. */
static uint64_t alive_read_ms(const struct net *net)
{
    char path[PATH_SIZE];
    struct stat about;
    if (!alive_path(net, path) || stat(path, &about) != 0) {
        return 0;
    }
    return (uint64_t)about.st_mtim.tv_sec * 1000 + (uint64_t)about.st_mtim.tv_nsec / 1000000;
}

static void alive_touch(const struct net *net)
{
    char path[PATH_SIZE];
    if (!alive_path(net, path) || utimensat(AT_FDCWD, path, NULL, 0) == 0) {
        return;
    }
    int file = errno == ENOENT ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (file >= 0) {
        close(file);
    }
}

static void alive_end(const struct net *net)
{
    char path[PATH_SIZE];
    if (alive_path(net, path)) {
        unlink(path);
    }
}

/* ---- incidents ---- */

static struct id new_id(void)
{
    uint8_t random[ID_SIZE];
    crypto_random(random, sizeof random);
    return id_from_random(random);
}

/* {"id","meeting","kind"}: parameters of meeting.incident. */
static json_t *incident_of(struct id id, struct id meeting, const char *kind)
{
    json_t *params = json_object();
    json_put(params, "id", json_id(id));
    json_put(params, "meeting", json_id(meeting));
    json_put(params, "kind", json_text(slice_text(kind)));
    return params;
}

static json_t *list_of(const struct id *members, size_t count)
{
    json_t *list = json_array();
    for (size_t at = 0; at < count; at++) {
        json_array_append_new(list, json_id(members[at]));
    }
    return list;
}

/* Wall time of a monotonic one. */
static json_t *wall(const struct net *net, uint64_t ms)
{
    return json_number(clock_wall_ms() - (net->now_ms - ms));
}

/* Takes params. */
static void submit(struct net *net, json_t *params)
{
    if (net->stopping) {
        json_decref(params);
        return;
    }
    struct job *job = memory_new(1, sizeof *job);
    json_put(params, "command", json_id(new_id()));
    job->owner = &net->rooms;
    job->request.command = command_find(slice_text("meeting.incident"));
    job->request.params = params;
    job->request.caller.kind = CALLER_SYSTEM;
    writer_submit(net->writer, job);
}

void rooms_back(struct net *net, struct job *job)
{
    if (job->error == ERROR_NONE) {
        net->metrics.incidents += job->request.seq > 0;
    } else {
        log_line(LOG_LEVEL_WARNING, "room", "an incident was not recorded: %s",
                 error_reason(job->error));
    }
    json_decref(job->request.params);
    json_decref(job->request.result);
    free(job);
}

static void report_lost(struct net *net, struct watched *watched, size_t vote)
{
    uint64_t since_ms;
    const struct room_times times = {.wait_ms = net->settings.lost_ms};
    struct id *members = memory_new(NAMES_MAX, sizeof *members);
    size_t count =
        room_take_lost(&watched->room, vote, &times, net->now_ms, members, NAMES_MAX, &since_ms);
    if (count > 0) {
        json_t *params = incident_of(new_id(), watched->room.meeting, "connection");
        json_put(params, "poll", json_id(watched->room.votes[vote].poll));
        json_put(params, "at", wall(net, since_ms));
        json_put(params, "members", list_of(members, count));
        submit(net, params);
    }
    free(members);
}

static void report_outage(struct net *net, struct watched *watched, bool over)
{
    struct id *members = memory_new(NAMES_MAX, sizeof *members);
    size_t count = room_outage_members(&watched->room, members, NAMES_MAX);
    json_t *params = incident_of(watched->outage, watched->room.meeting, "many");
    json_put(params, "at", wall(net, watched->room.outage_ms));
    if (over) {
        json_put(params, "until", wall(net, net->now_ms));
    }
    json_put(params, "members", list_of(members, count));
    submit(net, params);
    free(members);
}

static void find_incidents(struct net *net, struct watched *watched)
{
    struct room *room = &watched->room;
    const struct room_times times = {.wait_ms = net->settings.lost_ms};
    if (room_take_outage(room, &times, net->now_ms)) {
        watched->outage = new_id();
        (void)room_outage_is_over(room); /* marks who was lost in it */
        report_outage(net, watched, false);
    } else if (room_outage_is_over(room)) {
        report_outage(net, watched, true);
        room_outage_end(room);
    }
    for (size_t vote = 0; room->states[SEAT_GONE] > 0 && vote < ROOM_VOTES; vote++) {
        if (!id_is_none(room->votes[vote].poll)) {
            report_lost(net, watched, vote);
        }
    }
}

/* ---- which meetings, who is there ---- */

static struct watched *find(struct net *net, struct id meeting)
{
    for (size_t at = 0; at < net->rooms.count; at++) {
        if (id_equal(net->rooms.items[at].room.meeting, meeting)) {
            return &net->rooms.items[at];
        }
    }
    return NULL;
}

static void take_open(void *context, struct id meeting)
{
    struct net *net = context;
    struct watched *watched = find(net, meeting);
    if (watched == NULL) {
        net->rooms.items =
            memory_resize(net->rooms.items, net->rooms.count + 1, sizeof *net->rooms.items);
        watched = &net->rooms.items[net->rooms.count++];
        *watched = (struct watched){.stale = true, .afresh = true};
        room_init(&watched->room, meeting);
    }
    watched->found = true;
}

static void read_open(struct net *net, struct store_txn *txn)
{
    struct rooms *rooms = &net->rooms;
    for (size_t at = 0; at < rooms->count; at++) {
        rooms->items[at].found = false;
    }
    room_each_open(txn, take_open, net);
    size_t kept = 0;
    for (size_t at = 0; at < rooms->count; at++) {
        if (rooms->items[at].found) {
            rooms->items[kept++] = rooms->items[at];
        } else {
            room_free(&rooms->items[at].room);
        }
    }
    if (rooms->count > 0 && kept == 0) {
        alive_end(net);
    }
    rooms->count = kept;
    rooms->stale = false;
}

static void take_present(void *context, struct id member)
{
    room_read(context, member);
}

/* A page that a person looks at: not a script's. */
static bool is_page(const struct caller *caller)
{
    return caller->kind == CALLER_MEMBER && caller->scopes == 0;
}

static void read_room(struct net *net, struct store_txn *txn, struct watched *watched)
{
    struct room *room = &watched->room;
    struct id polls[ROOM_VOTES];
    room_read_start(room);
    room_each_present(txn, room->meeting, take_present, room);
    if (room_read_end(room)) {
        for (const struct connection *at = net->connections; at != NULL; at = at->next) {
            if (is_page(&at->caller)) {
                room_count(room, at->caller.member, at->asleep, net->now_ms);
            }
        }
        for (const struct longpoll *at = net->polls; at != NULL; at = at->next) {
            if (is_page(&at->caller)) {
                room_count(room, at->caller.member, at->asleep, net->now_ms);
            }
        }
        room_count_end(room);
    }
    size_t count = room_open_votes(txn, room->meeting, polls, ROOM_VOTES);
    room_set_votes(room, polls, count, net->now_ms);
    watched->stale = false;
}

void rooms_topic(struct net *net, struct topic topic)
{
    struct id meeting = room_of_topic(topic);
    if (id_is_none(meeting)) {
        return;
    }
    struct watched *watched = find(net, meeting);
    net->rooms.stale = true; /* it may have begun or ended */
    if (watched != NULL) {
        watched->stale = true;
    }
}

void rooms_subscribed(struct net *net, struct topic topic)
{
    struct watched *watched = find(net, room_of_topic(topic));
    if (watched != NULL && topic_equal(topic, room_topic(watched->room.meeting))) {
        watched->room.changed = watched->afresh = true;
        watched->told_ms = 0;
    }
}

/* ---- pages ---- */

void rooms_page_came(struct net *net, const struct caller *caller)
{
    for (size_t at = 0; is_page(caller) && at < net->rooms.count; at++) {
        room_page_came(&net->rooms.items[at].room, caller->member);
    }
}

void rooms_page_went(struct net *net, const struct caller *caller, bool asleep, uint64_t heard_ms)
{
    for (size_t at = 0; is_page(caller) && at < net->rooms.count; at++) {
        room_page_went(&net->rooms.items[at].room, caller->member, asleep, heard_ms);
    }
}

static void page_slept(struct net *net, const struct caller *caller, bool *asleep, bool on)
{
    for (size_t at = 0; *asleep != on && at < net->rooms.count; at++) {
        room_page_slept(&net->rooms.items[at].room, caller->member, on, net->now_ms);
    }
    *asleep = on;
}

/* A page that polls says it by /rpc, mostly while a poll of it is held: those of its session sleep, and end asleep. */
static bool polls_slept(struct net *net, const struct caller *caller, bool on)
{
    bool held = false;
    for (struct longpoll *at = net->polls; at != NULL; at = at->next) {
        if (is_page(&at->caller) && hash_equal(at->caller.session, caller->session)) {
            page_slept(net, caller, &at->asleep, on);
            held = true;
        }
    }
    return held;
}

void rooms_sleep(struct net *net, const struct caller *caller, struct connection *connection,
                 bool on)
{
    if (!is_page(caller)) {
        return;
    }
    if (connection != NULL) {
        page_slept(net, caller, &connection->asleep, on);
    } else if (!polls_slept(net, caller, on) && on) {
        for (size_t at = 0; at < net->rooms.count; at++) {
            room_page_put_away(&net->rooms.items[at].room, caller->member);
        }
    }
}

/* ---- telling ---- */

/* Members of the JSON, without the braces around them. */
static void write_counts(const struct room *room, struct buffer *out)
{
    char meeting[ID_TEXT_SIZE];
    id_format(room->meeting, meeting);
    buffer_format(
        out, "\"meeting\":\"%s\",\"present\":%zu,\"connected\":%zu,\"asleep\":%zu,\"gone\":%zu",
        meeting, room->count, room->states[SEAT_AWAKE], room->states[SEAT_ASLEEP],
        room->states[SEAT_GONE]);
}

static void write_numbered(const struct watched *watched, struct buffer *out)
{
    buffer_append_text(out, "{");
    write_counts(&watched->room, out);
    buffer_format(out, ",\"told\":%llu}", (unsigned long long)watched->told);
}

static void tell(struct net *net, struct watched *watched)
{
    struct room *room = &watched->room;
    struct buffer frame, polled;
    watched->afresh = false;
    watched->told = ++net->rooms.told;
    watched->told_ms = net->now_ms;
    watched->present = room->count;
    memcpy(watched->states, room->states, sizeof watched->states);
    buffer_init(&frame, COUNTS_SIZE);
    buffer_init(&polled, COUNTS_SIZE);
    buffer_append_text(&frame, "{\"jsonrpc\":\"2.0\",\"method\":\"room.changed\",\"params\":{");
    write_counts(room, &frame);
    buffer_append_text(&frame, "}}");
    write_numbered(watched, &polled);
    feed_tell(net, room_topic(room->meeting), buffer_slice(&frame), buffer_slice(&polled));
    buffer_free(&frame);
    buffer_free(&polled);
}

/* Polls go and come with each answer: what has come back to what was told is no news. */
static bool has_news(const struct watched *watched)
{
    const struct room *room = &watched->room;
    return watched->afresh || watched->present != room->count ||
           memcmp(watched->states, room->states, sizeof watched->states) != 0;
}

void rooms_tick(struct net *net)
{
    for (size_t at = 0; at < net->rooms.count; at++) {
        struct watched *watched = &net->rooms.items[at];
        if (watched->room.changed && !watched->stale && net->now_ms >= watched->told_ms + TOLD_MS) {
            watched->room.changed = false;
            if (has_news(watched)) {
                tell(net, watched);
            }
        }
    }
}

void rooms_write(struct net *net, struct topic topic, uint64_t since, struct buffer *out)
{
    struct id meeting = room_of_topic(topic);
    const struct watched *watched = find(net, meeting);
    /* A number that was not reached yet is from before the clock was set back. */
    bool known = watched != NULL && since <= net->rooms.told && watched->told <= since;
    if (watched != NULL && !known && watched->told > 0 && topic_equal(topic, room_topic(meeting))) {
        buffer_append_text(out, out->size == 0 ? "" : ",");
        write_numbered(watched, out);
    }
}

/* ---- the whole ---- */

void rooms_sweep(struct net *net)
{
    struct rooms *rooms = &net->rooms;
    struct store_txn *txn = rooms->stale || rooms->count > 0 ? net_read(net) : NULL;
    if (txn == NULL) {
        return;
    }
    if (rooms->stale) {
        read_open(net, txn);
    }
    for (size_t at = 0; at < rooms->count; at++) {
        if (rooms->items[at].stale) {
            read_room(net, txn, &rooms->items[at]);
        }
        find_incidents(net, &rooms->items[at]);
    }
    if (rooms->count > 0) {
        alive_touch(net);
    }
}

void rooms_start(struct net *net)
{
    uint64_t alive_ms = alive_read_ms(net);
    net->rooms.stale = true;
    net->rooms.told = clock_wall_ms(); /* above all that was told before a restart */
    struct store_txn *txn = net_read(net);
    if (txn != NULL) {
        read_open(net, txn);
    }
    for (size_t at = 0; at < net->rooms.count; at++) {
        json_t *params = incident_of(new_id(), net->rooms.items[at].room.meeting, "restart");
        json_put(params, "at", json_number(alive_ms));
        json_put(params, "until", json_number(clock_wall_ms()));
        submit(net, params);
    }
    net_read_end(net);
}

void rooms_free(struct net *net)
{
    for (size_t at = 0; at < net->rooms.count; at++) {
        room_free(&net->rooms.items[at].room);
    }
    free(net->rooms.items);
}
