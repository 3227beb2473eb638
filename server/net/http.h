/* HTTP exchanges: shared by http.c (how) and route.c (what). */
#ifndef PALABRE_SERVER_NET_HTTP_H
#define PALABRE_SERVER_NET_HTTP_H

#include "server/net/internal.h"

struct exchange {
    struct exchange *next, *previous;
    struct net *net;
    struct lws *wsi;
    bool control, admin, post, head_only, close_after, answered, discard, secure;
    bool finishing;              /* the upload is with the shelf's thread */
    struct slice path;           /* while route_request runs */
    uint64_t expected, received; /* bytes of the body */
    uint64_t deadline_ms;        /* of the body */
    struct buffer body;
    unsigned refusal_status; /* not 0: answered so when the body has been read */
    enum error refusal;
    uint64_t retry_after_ms; /* said with RATE_LIMITED */
    struct conversation *conversation;
    struct limit_entry *limit;
    struct segment *head, *owned;
    struct slice left;     /* of the answer's body */
    struct upload *upload; /* of POST /files, until it is recorded */
    int file;              /* -1, or the open file that the answer's body is read from */
    uint64_t file_left;    /* bytes of it still to send */
    struct longpoll *poll; /* of GET /feed, while it is held */
    bool polled;           /* a stop waits until its answer has gone */
};

struct answer {
    unsigned status;
    const char *type;    /* Content-Type; NULL = none */
    const char *cache;   /* Cache-Control; NULL = no-store */
    const char *headers; /* more lines, each ending in CRLF; NULL = none */
    struct slice body;
    bool borrowed;      /* body outlives the exchange; else it is copied */
    bool part;          /* a script or style of our pages: neither a document nor a worker */
    const char *policy; /* Content-Security-Policy; NULL = that of our own pages */
    bool from_file;     /* the body is file_size bytes of file, which the exchange closes */
    int file;
    uint64_t file_size;
};
/* Once per exchange; later calls do nothing. */
void exchange_answer(struct exchange *exchange, const struct answer *answer);
/* error ERROR_NONE = without a body. */
void exchange_refuse(struct exchange *exchange, unsigned status, enum error error);

/* The head has been read: answers, or leaves it to route_body, or sets a refusal for after the body. */
void route_request(struct exchange *exchange);
/* The body of a POST is there. */
void route_body(struct exchange *exchange);
/* The same on the admin listener, which knows no other request. */
void admin_request(struct exchange *exchange);
/* POST /files: bodies of another size. */
bool route_is_upload(struct slice path);
/* Guards foreign_origin and csrf_missing; sets exchange->secure. */
enum error route_check_caller(struct exchange *exchange);

/* ---- longpoll.c: GET /feed ---- */

/* The head of GET /feed: answers, refuses, or holds it. */
void longpoll_start(struct exchange *exchange);
/* The exchange ends. */
void longpoll_abandon(struct exchange *exchange);

/* ---- upload.c: POST /files, GET /files/… ---- */

/* The head of POST /files: begins an upload, or sets a refusal for after the body. */
void upload_start(struct exchange *exchange);
void upload_take(struct exchange *exchange, struct slice bytes);
void upload_end(struct exchange *exchange);
/* The exchange ends. */
void upload_abandon(struct exchange *exchange);
void upload_serve(struct exchange *exchange);

#endif
