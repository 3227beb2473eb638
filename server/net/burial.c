/* Ending WebSockets whose socket has ended, a lot at a time.
 *
 * A hall whose network breaks leaves thousands of dead sockets at one instant. The library's own way to end a connection
 * later (LWS_TO_KILL_ASYNC) puts it into its one sorted list of timers, which is walked from its start for each: with n
 * dead, n² / 2 steps. So they wait here in a list of ours, and a timer of libev's, outside all callbacks of the library,
 * ends them at once, AT_A_TIME in a turn: the library may keep a timer for each until its socket has shut, and whoever is
 * alive is served between.
 * The invariant: a connection stands in the list from burial_add() until its wsi is closed, by us or by the library. */
#include "server/net/internal.h"

enum { AT_A_TIME = 256 };

void burial_add(struct connection *connection)
{
    struct net *net = connection->net;
    connection->dead_previous = NULL;
    connection->dead_next = net->dead;
    if (net->dead != NULL) {
        net->dead->dead_previous = connection;
    }
    net->dead = connection;
    ev_timer_start(net->loop, &net->burial);
}

void burial_forget(struct connection *connection)
{
    struct net *net = connection->net;
    if (connection->dead_previous != NULL) {
        connection->dead_previous->dead_next = connection->dead_next;
    } else {
        net->dead = connection->dead_next;
    }
    if (connection->dead_next != NULL) {
        connection->dead_next->dead_previous = connection->dead_previous;
    }
}

static void bury(struct ev_loop *loop, struct ev_timer *timer, int events)
{
    struct net *net = timer->data;
    (void)events;
    for (size_t count = 0; count < AT_A_TIME && net->dead != NULL; count++) {
        /* Comes back through connection_closed(), which takes it off the list. */
        lws_set_timeout(net->dead->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
    }
    if (net->dead != NULL) {
        ev_timer_stop(loop, timer); /* whoever died meanwhile may have started it */
        ev_timer_set(timer, 0., 0.);
        ev_timer_start(loop, timer);
    }
}

void burial_init(struct net *net)
{
    ev_timer_init(&net->burial, bury, 0., 0.);
    net->burial.data = net;
}
