/* What the files of server/net share. The net loop's thread alone touches all of it, but for the members marked. */
#ifndef PALABRE_SERVER_NET_INTERNAL_H
#define PALABRE_SERVER_NET_INTERNAL_H

#include <ev.h>
#include <libwebsockets.h>
#include <pthread.h>
#include <stdatomic.h>

#include "server/net/assets.h"
#include "server/net/crowd.h"
#include "server/net/feed_query.h"
#include "server/net/frames.h"
#include "server/net/listen.h"
#include "server/net/net.h"
#include "server/net/notes.h"
#include "server/net/room.h"
#include "server/net/watches.h"
#include "server/engine/shelf.h"

enum {
    MESSAGE_MAX = 64 << 10,     /* bytes of a WebSocket message, of a body of /rpc */
    CONTROL_BODY_MAX = 4 << 20, /* bytes of a body on the control socket */
    RUN_BYTES = 60 << 10,       /* documents in one frame of the feed */
    WRITE_BYTES = 64 << 10,     /* handed to one socket per turn */
    SOCKET_BYTES = 128 << 10,   /* what the kernel keeps for one WebSocket, half of what it takes */
    BEHIND_BYTES = 256 << 10,   /* live bytes unsent before a topic is read again instead */
    REPLY_BACKLOG_BYTES = 64 << 10, /* unsent replies before a connection's commands wait */
    REPLY_BACKLOG_FRAMES = 256,     /* the same, counted */
    READ_BYTES = 8 << 10,           /* taken from one socket per turn */
    QUERY_MAX = 8 << 10,            /* bytes of an address's query: a head has no more */
    TOPICS_MAX = 64,                /* of one connection */
    TICK_MS = 250,                  /* the sweep timer; also the pace of counts */
    PING_MS = 25000,                /* silence before we ask */
    SILENT_MS = 40000,              /* silence before we hang up */
    CHOKED_MS = 30000,              /* a socket that takes nothing before we hang up */
    RECHECK_MS = 30000,             /* a session is looked at again at least this often */
    TOUCH_MS = 86400000,            /* a session's life is prolonged once a day */
    BODY_MS = 15000,                /* a request's body must be here within */
    STOP_MS = 2500,                 /* after this a stop no longer waits */
    CLOSE_SEND_S = 10,              /* to get a close frame out */
    CLOSE_END_S = 3,                /* then the peer has this long to end the connection */
    POLL_MS = 25000,                /* a poll with nothing new is held so long */
    POLLS_OF_SESSION = 8,           /* held at once: pages open in one browser */
    CLOSE_NO_SESSION = 4401,
    CLOSE_RESTART = 1012,
    CLOSE_TRY_LATER = 1013,
};

struct connection;
struct conversation;
struct turn;
struct subscription;
struct exchange;
struct longpoll;
struct watched;

/* Framed bytes, built once, shared by every queue they stand in. */
struct segment {
    uint32_t references;
    uint32_t size;
    uint8_t bytes[];
};
struct segment *segment_new(struct slice bytes);
/* One whole text frame (server to client, unmasked, FIN). */
struct segment *segment_new_text(struct slice payload);
/* The same, its payload in parts. */
struct segment *segment_new_parts(const struct slice *parts, size_t count);
void segment_release(struct segment *segment);

struct listener { /* user of a vhost */
    struct net *net;
    bool control, admin;
};
struct place { /* of a vhost: the library keeps pointers into it */
    struct listen_address address;
    char name[32];
    int port; /* where it listens; 0 = a unix socket */
};

struct pulse { /* pulse.c: an empty job that goes round through the writer and the store */
    uint64_t every_ms, sent_ms, back_ms;
    bool on_its_way;
};

enum { HISTOGRAM_BOUNDS = 10 };
struct histogram {
    uint64_t counts[HISTOGRAM_BOUNDS + 1]; /* the last one: above all bounds */
    uint64_t sum_us;
};
struct metrics { /* admin.c: what is counted where it happens */
    uint64_t ballots_accepted, ballots_rejected[ERROR_COUNT];
    uint64_t sign_ins[2]; /* let in, refused */
    uint64_t incidents;   /* recorded by the loop */
    uint64_t dropped[DROP_REASONS];
    struct histogram ballot_commits, turns;
    uint64_t turn_us; /* when this turn began; 0 = the loop waits */
    struct ev_check check;
    struct ev_prepare prepare;
};

struct rooms { /* rooms.c: meetings under way */
    struct watched *items;
    size_t count;
    bool stale;    /* which there are is to be read again */
    uint64_t told; /* number of the last counts: they grow, over restarts too */
};

struct net {
    struct ev_loop *loop;
    struct lws_context *context;
    const struct net_options *options;
    struct net_settings settings; /* in force */
    struct folder *folder;
    struct writer *writer;
    struct shelf *shelf;
    struct origin origins[NET_ORIGIN_MAX];
    size_t origin_count;
    struct assets *assets;
    struct limits *limits;
    struct buffer openrpc; /* the published description */
    char openrpc_tag[40];
    struct store_txn *read; /* kept between uses, reset at the end of each turn */
    bool reading;
    struct connection *connections; /* WebSockets, newest first */
    size_t connection_count;
    size_t connections_most;     /* since memory was last given back */
    struct exchange *exchanges;  /* HTTP requests in progress */
    size_t sockets, sockets_max; /* accepted, of any kind; past the maximum only administration */
    struct crowd *crowd;
    size_t files; /* the limit of open files */
    struct watches watches;
    struct watch *dirty;      /* to be sent at the end of this turn */
    bool has_later;           /* some watch has counts to send at the next tick */
    struct connection *flush; /* connections with something new to send */
    struct connection *dead;  /* whose sockets have ended: burial.c */
    struct ev_timer burial;
    struct longpoll *polls; /* held, newest first */
    struct longpoll *ready; /* to be answered at the end of this turn */
    size_t poll_count, polls_max;
    uint64_t now_ms; /* monotonic; of this turn */
    uint64_t second_ms, sweep_ms;
    struct pulse pulse;
    struct rooms rooms;
    struct metrics metrics;
    struct notes notes;
    uint64_t last_connection, last_request; /* numbers, for the log */
    lws_sorted_usec_list_t tick;
    struct listener public_side, control_side, admin_side;
    struct place
        places[NET_LISTEN_MAX + 2]; /* the control socket's first, the admin listener's last */
    struct lws_protocols protocols[3];
    const struct lws_protocols *drain_protocol;
    struct lws_vhost *drain_vhost;
    atomic_bool stop_asked, reload_asked, reopen_asked; /* set by the signal thread */
    pthread_mutex_t waking; /* held by other threads while they wake the loop */
    bool deaf; /* the context is being destroyed: nobody wakes it any more; under waking */
    bool stopping, destroyed;
    uint64_t stop_ms;
    uint64_t sends, sent_bytes;
    uint8_t *gather; /* LWS_PRE + WRITE_BYTES */
};

/* The snapshot of this turn: the newest commit whose batch has been taken is in it. NULL = the store failed. */
struct store_txn *net_read(struct net *net);
void net_read_end(struct net *net);
/* Ends a turn: builds frames of dirty topics, then writes to every connection that has something to send. */
void net_end_turn(struct net *net);
int net_callback_http(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                      size_t size);
int net_callback_socket(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                        size_t size);
/* Drains what the writer put out. Called when the loop was woken. */
void net_drain(struct net *net);
void net_start_stop(struct net *net);
/* The sessions or rights of this member changed, or of the screens of this meeting: their connections are looked at again. */
void net_recheck(struct net *net, struct id account);
/* The access token that this request brings, else the session that its cookie names; a nobody with the reason else. secure = the origin is https. */
enum error net_find_session(struct net *net, struct lws *wsi, bool secure, struct caller *caller);
/* Authorization: Bearer is there, good or not: then neither Origin nor X-Palabre-CSRF is asked for. */
bool net_has_bearer(struct lws *wsi);
/* A session, or access token, lives on while it is used; the store hears of it once a day. */
void net_touch_session(struct net *net, const struct caller *caller, struct limit_entry *limit);
/* The Origin header is one of ours; *secure = it is https. */
bool net_origin_is_good(const struct net *net, struct lws *wsi, bool *secure);
bool net_host_is_good(const struct net *net, struct lws *wsi);
/* Where a request comes from: the other end of its socket, or what a trusted proxy says. While its headers are there. */
struct peer_address net_peer_address(const struct net *net, struct lws *wsi);
/* The same for a GET, with which a browser sends no Origin: the cookie of the origin that the Host names. */
enum error net_find_reader(struct net *net, struct lws *wsi, struct caller *caller);
/* Copies a header into text (its size there); size 0 = absent, or longer than max. */
struct slice net_header(struct lws *wsi, enum lws_token_indexes token, char *text, size_t max);
/* The query of the address, whole; size 0 = none. */
struct slice net_query(struct lws *wsi, char text[QUERY_MAX]);

/* This connection may be served: guards connection_cap and crowded_address. */
bool net_has_room(struct net *net, struct lws *wsi);
/* Answers an upgrade that may not happen; the return value for the callback, 0 = it may. */
int socket_check_upgrade(struct net *net, struct lws *wsi, bool control);
/* ---- http.c ---- */
/* Closes requests whose body does not come. Once a second. */
void http_sweep(struct net *net);
const char *http_cookie_name(bool secure);
/* Uploads that the shelf has finished. */
void upload_drain(struct net *net);

/* ---- admin.c ---- */
/* Measures the turns of the loop; until admin_stop. */
void admin_start(struct net *net);
void admin_stop(struct net *net);
void histogram_add(struct histogram *histogram, uint64_t us);

/* ---- audit.c ---- */
/* A line when it is an act of office: before its parameters and its answer are released. */
void audit_turn(const struct conversation *conversation, const struct turn *turn);

/* ---- places.c ---- */
/* Listens everywhere it was asked to; false = not, message says where and why. */
bool places_open(struct net *net, char message[NET_MESSAGE_SIZE]);
/* The origins of the settings, else those of the addresses that are listened on. */
void places_set_origins(struct net *net);
bool places_have_a_port(const struct net *net);

/* ---- pulse.c ---- */
void pulse_start(struct pulse *pulse, uint64_t now_ms);
/* Sends the next beat when it is time. Each tick. */
void pulse_tick(struct net *net);
/* The beat has come back. */
void pulse_back(struct net *net);
/* How long the writer owes an answer to the beat, in ms; 0 = it owes none. */
uint64_t pulse_age_ms(const struct net *net);

/* ---- rooms.c ---- */
/* Reads which meetings are under way, and records that the program was not serving them: once the writer works. */
void rooms_start(struct net *net);
void rooms_free(struct net *net);
/* A commit changed this topic. Somebody watches this topic from now on. */
void rooms_topic(struct net *net, struct topic topic);
void rooms_subscribed(struct net *net, struct topic topic);
/* Pages of members: connections and held polls. heard_ms = when the page was last heard of. */
void rooms_page_came(struct net *net, const struct caller *caller);
void rooms_page_went(struct net *net, const struct caller *caller, bool asleep, uint64_t heard_ms);
/* session.sleep; connection NULL = said over /rpc. */
void rooms_sleep(struct net *net, const struct caller *caller, struct connection *connection,
                 bool on);
/* An incident that the writer has dealt with; frees the job. */
void rooms_back(struct net *net, struct job *job);
/* Tells who watches; each tick. */
void rooms_tick(struct net *net);
/* Appends the counts of this topic's room, as JSON behind a comma where some are there; nothing if they were told by `since`. */
void rooms_write(struct net *net, struct topic topic, uint64_t since, struct buffer *out);
/* Reads what is new, finds incidents; once a second. */
void rooms_sweep(struct net *net);

/* ---- rpc.c: one message being answered, over any carrier ---- */

enum carrier { CARRIER_SOCKET, CARRIER_HTTP, CARRIER_CONTROL };
/* One request of a message, from its checks to its answer. */
struct turn {
    struct job job;      /* error set before it was sent = refused here */
    const json_t *id;    /* borrowed from the message; NULL = a notification: no answer */
    struct slice method; /* borrowed from the message */
    uint64_t retry_after_ms;
    uint64_t sent_us; /* of a ballot: when it went to the writer */
};
struct conversation {
    struct net *net;
    enum carrier carrier;
    uint64_t number; /* for the log */
    struct caller caller;
    enum error session_error;  /* why caller is nobody: SESSION_NONE, SESSION_EXPIRED */
    struct limit_entry *limit; /* NULL = no limit (control) */
    struct upload *upload;     /* what file.received speaks of: released with the conversation */
    struct connection *connection; /* CARRIER_SOCKET; NULL once it has closed */
    void (*done)(struct conversation
                     *conversation); /* the whole reply is there (also from within rpc_start) */
    void *owner;                     /* of done; NULL once it has gone */
    json_t *message;                 /* request or array of requests */
    struct turn *turns;              /* the run being carried out */
    size_t at, run_count;            /* where it stands in the array */
    size_t in_flight;                /* jobs of it that are with the writer */
    bool batch, finished;
    struct buffer reply; /* size 0 = nothing to say (notifications only) */
    size_t answered, succeeded, without_session;
    enum error fault; /* the message itself could not be read */
    bool opens_session, closes_session;
    uint8_t session_token[32];
    uint64_t session_max_age_s;
};
struct conversation *conversation_new(struct net *net, enum carrier carrier);
/* Whose it is, for a line of the log. */
struct log_source conversation_source(const struct conversation *conversation);
void conversation_free(struct conversation *conversation);
/* Reads bytes and answers; done is called now, or later after the writer's commit. */
void rpc_start(struct conversation *conversation, struct slice bytes);
/* The same with a message that is parsed already, of which it becomes the owner. */
void rpc_start_parsed(struct conversation *conversation, json_t *message);
/* One of its jobs has come back from the writer. */
void rpc_resume(struct conversation *conversation);
/* A reply that refuses the whole message, without an id. */
void rpc_refuse(struct buffer *reply, enum error error);
void rpc_write_error(struct buffer *reply, const json_t *id, enum error error, const char *field,
                     uint64_t retry_after_ms);

/* ---- websocket.c ---- */

/* libev's: bytes have come, or may be looked at again. */
void socket_readable(struct ev_loop *loop, struct ev_io *watcher, int events);

/* ---- connection.c: a WebSocket and its outgoing queue ---- */

struct outgoing {
    struct segment *segment;   /* one reference */
    struct subscription *feed; /* live frame of this subscription; NULL = reply, ping, pulled run */
    uint64_t from;             /* position before this frame */
};
struct connection {
    /* What every delivery touches stands together. */
    struct connection *flush_next;
    struct net *net;
    struct outgoing *out; /* ring of 1, 4, 8 … places; `one` while one is enough */
    struct outgoing one;
    uint32_t out_first, out_count, out_size;
    uint32_t offset;                  /* bytes of the first one already sent */
    uint32_t feed_bytes, reply_bytes; /* unsent */
    uint32_t reply_count;             /* unsent frames that are not of the feed */
    uint32_t cut;      /* bytes that the socket did not take of a write that found it full */
    uint64_t taken_ms; /* when a write was last taken whole, or what had been cut off it */
    struct conversation *conversation; /* being answered; NULL = ready for the next */
    int descriptor;                    /* of the socket */
    uint16_t subscription_count, pulling_count;
    uint16_t closing; /* status to close with; 0 = stay */
    bool full;        /* the socket has no room: nothing is written until it says so */
    bool flush_listed, pinged, held, dead;
    bool asleep;          /* its page said so (session.sleep) */
    bool farewell, ended; /* the close frame is queued; everything has gone and our side is shut */
    struct subscription *subscriptions;
    struct connection *next, *previous;
    struct connection *dead_next, *dead_previous; /* while dead */
    struct lws *wsi;
    uint64_t number; /* for the log */
    struct caller caller;
    struct limit_entry *limit;
    uint64_t heard_ms, recheck_ms;
    struct ev_io readable; /* our own: libwebsockets does not read this socket */
    struct frames frames;
    struct buffer
        pending; /* read, but not yet looked at: what came behind a command being answered */
};
/* The place of the at-th thing that waits. */
static inline struct outgoing *queue_at(const struct connection *connection, uint32_t at)
{
    return &connection->out[(connection->out_first + at) & (connection->out_size - 1)];
}
struct connection *connection_open(struct net *net, struct lws *wsi, const struct caller *caller);
/* The socket is gone. */
void connection_closed(struct connection *connection);
/* Takes the caller's reference of segment; feed NULL = never dropped. */
void connection_queue(struct connection *connection, struct segment *segment,
                      struct subscription *feed, uint64_t from);
/* Has something to send: written at the end of the turn. */
void connection_want_flush(struct connection *connection);
/* Writes what the socket takes, if it has room. */
void connection_pump(struct connection *connection);
/* The same, now that the socket has room again. */
void connection_writable(struct connection *connection);
/* Asks for a close with this status at the next chance; CLOSE_WITHOUT_CODE = a close frame without one. */
void connection_close(struct connection *connection, uint16_t status);
/* The socket is broken or ended: the connection goes without another word. */
void connection_kill(struct connection *connection);
/* What has been read may be looked at: no command is being answered, not too many answers wait. */
bool connection_is_ready(const struct connection *connection);
/* Stops or goes on reading from the socket, as its state demands. */
void connection_hold_input(struct connection *connection);
/* Pings, silence, sessions: once a second. */
void connection_sweep(struct connection *connection);
/* The session or the rights of its member changed. */
void connection_recheck(struct connection *connection);

/* ---- burial.c ---- */
void burial_init(struct net *net);
/* Its wsi is closed in a turn or two. */
void burial_add(struct connection *connection);
/* The wsi of a dead connection is closed. */
void burial_forget(struct connection *connection);

/* ---- feed.c: topics that connections watch ---- */

struct subscription {
    struct subscription *next; /* of the connection, or of the poll */
    struct subscription *watch_next, *watch_previous;
    struct connection *connection; /* NULL = of a poll */
    struct longpoll *poll;
    struct watch *watch;
    uint64_t from; /* while pulling: the position reached */
    bool live;     /* false = pulling */
    bool renewed;  /* its next frame says that what was held is to be forgotten */
};
/* The command feed.subscribe: appends the JSON of its result. A refusal has subscribed to nothing. */
enum error feed_subscribe(struct connection *connection, const json_t *params,
                          struct buffer *result, const char **field);
enum error feed_unsubscribe(struct connection *connection, const json_t *params);
void feed_drop_all(struct connection *connection);
/* A committed batch changed this topic. */
void feed_mark(struct net *net, struct topic_change change);
/* Every document was made again: all subscriptions start anew, in a new epoch. */
void feed_renew(struct net *net);
/* A notification to every connection that watches this topic; what it says, as JSON, to held polls that ask for it. */
void feed_tell(struct net *net, struct topic topic, struct slice frame, struct slice polled);
/* Counts that waited become due: once a tick. */
void feed_mark_later(struct net *net);
/* Frames of all dirty topics into the queues. */
void feed_flush(struct net *net);
/* Queues the next run of a subscription that is not live; false = all are live. */
bool feed_pull(struct connection *connection);
/* Drops unsent live frames and reads their topics again once the socket has drained. */
void feed_fall_behind(struct connection *connection);
/* Closes subscriptions that the caller may no longer read. */
void feed_recheck(struct connection *connection, struct store_txn *txn);

/* ---- longpoll.c: GET /feed; its topics are watched by feed.c ---- */

struct longpoll {
    struct longpoll *next, *previous, *ready_next;
    struct net *net;
    struct exchange *exchange;
    struct caller caller;
    struct subscription *subscriptions;
    uint64_t until_ms;
    char epoch[FEED_QUERY_EPOCH_SIZE]; /* of its positions */
    bool ready_listed;
    bool asleep;          /* its page was put away: see rooms_sleep() */
    bool rooms;           /* it asks for counts of rooms */
    struct segment *room; /* those it is answered with; NULL = none */
    size_t count;
    struct segment *frames[TOPICS_MAX]; /* one for each topic that changed: JSON, shared */
};
/* What a poll is told of one topic when it comes. */
struct longpoll_topic {
    struct topic topic;
    const char *asked; /* as the client wrote it */
    bool full;         /* all of it, from the beginning */
    uint64_t from;     /* before: the position of the client; after: the position reached */
};
/* Appends the topic's JSON when there is something to tell; false = nothing new. */
bool feed_poll_read(struct store_txn *txn, struct longpoll_topic *topic, size_t max_bytes,
                    struct buffer *out);
/* Watches a topic for it, of which it has everything up to `from`. Each frame goes to longpoll_take(). */
void feed_poll_watch(struct longpoll *poll, struct topic topic, uint64_t from);
void feed_poll_drop(struct longpoll *poll);
/* Each of its topics may still be read. */
bool feed_poll_is_good(const struct longpoll *poll, struct store_txn *txn);
/* Takes a reference of the segment. */
void longpoll_take(struct longpoll *poll, struct segment *frame);
/* The same with counts of a room, if it asks for them: one in an answer, others with the next poll, which comes at once. */
void longpoll_take_room(struct longpoll *poll, struct segment *counts);
/* Answers those that are ready: at the end of a turn, after feed_flush(). */
void longpoll_flush(struct net *net);
/* Those that have waited long enough. Once a second. */
void longpoll_sweep(struct net *net);
/* As net_recheck(). */
void longpoll_recheck(struct net *net, struct id account);
/* Answers all: the server stops, or every document was made again. */
void longpoll_answer_all(struct net *net);

#endif
