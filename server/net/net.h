/* The network side of the program: HTTP, WebSocket, the control socket, the feed. One thread, the caller's. */
#ifndef PALABRE_SERVER_NET_NET_H
#define PALABRE_SERVER_NET_NET_H

#include "server/engine/folder.h"
#include "server/engine/writer.h"
#include "server/net/header.h"
#include "server/net/limit.h"
#include "server/net/peer.h"

enum { NET_MESSAGE_SIZE = 256, NET_LISTEN_MAX = 8, NET_ORIGIN_MAX = 16 };

/* What SIGHUP can change: read where it is used, from net->settings. Texts are borrowed from the configuration in force. */
struct net_settings {
    const char *origins[NET_ORIGIN_MAX]; /* as typed; none = made from the listen addresses */
    size_t origin_count;
    struct peer_trust trust; /* proxies whose X-Forwarded-For is believed */
    struct limit_rate rates[LIMIT_KINDS];
    uint64_t files_max;               /* bytes of all files attached */
    uint64_t map_bytes;               /* the most the record may take */
    uint64_t connections;             /* 0 = what the limit of open files leaves */
    uint64_t connections_per_address; /* 0 = no limit */
    uint64_t lost_ms;                 /* a page gone so long is an incident of its meeting */
    uint64_t reserve;                 /* open files kept for the operator and the program itself */
};

struct net_options {
    struct folder *folder;
    const struct batch_calls *calls;    /* on the folder; NULL = folder_calls */
    const char *control;                /* path of the control socket */
    const char *listen[NET_LISTEN_MAX]; /* "127.0.0.1:8080", "[::1]:8080", "unix:/path" */
    size_t listen_count;
    struct net_settings settings; /* as it starts */
    const char *admin;            /* where /livez, /readyz and /metrics answer; NULL = nowhere */
    const char *web;              /* folder of the built client; NULL = none */
    unsigned workers;             /* signature threads */
    const char *dir;              /* of the organisation: files attached lie in it */
    void (*ready)(void *context, const char *origin); /* called once all sockets listen */
    /* SIGHUP: the settings from here on; false = as before, and why has been logged. */
    bool (*reload)(void *context, struct net_settings *settings);
    void *context;
};

/* The signals that a server takes: SIGTERM and SIGINT stop it, SIGHUP reads settings again, SIGUSR1 opens the log's files
 * again. Blocks them in the calling thread and in those it starts; what comes before net_serve() waits for it. */
void net_block_signals(void);
/* Serves until SIGTERM or SIGINT, then stops in order. true = stopped as asked; false = could not start, message says
 * why. */
bool net_serve(const struct net_options *options, char message[NET_MESSAGE_SIZE]);

#endif
