/* The places where the server listens: the control socket, the admin listener, the public addresses; and the origins that
 * follow from them.
 *
 * A place is one vhost of libwebsockets. What was asked for is what is bound, or the start fails with a sentence: an
 * address is looked at again after listening (listen.c says why). Sockets in the file system are made with mode 0600.
 * Start at places_open().
 *
 * Guards, each with a test of its name: other_address. */
#include <stdio.h>
#include <sys/stat.h>

#include "server/engine/log.h"
#include "server/net/internal.h"

/* ---- origins ---- */

static void add_origin(struct net *net, const char *typed)
{
    if (net->origin_count < NET_ORIGIN_MAX &&
        origin_parse(typed, &net->origins[net->origin_count])) {
        net->origin_count++;
    }
}

/* Without --origin: where we listen, and on loopback also localhost. */
static void add_default_origins(struct net *net, const struct listen_address *address, int port)
{
    char typed[ORIGIN_TEXT_MAX + 1];
    const char *host = address->any ? "127.0.0.1" : address->host;
    snprintf(typed, sizeof typed, address->six ? "http://[%s]:%d" : "http://%s:%d", host, port);
    add_origin(net, typed);
    if (strcmp(host, "127.0.0.1") == 0 || strcmp(host, "::1") == 0) {
        snprintf(typed, sizeof typed, "http://localhost:%d", port);
        add_origin(net, typed);
    }
}

void places_set_origins(struct net *net)
{
    net->origin_count = 0;
    for (size_t at = 0; at < net->settings.origin_count; at++) {
        add_origin(net, net->settings.origins[at]);
    }
    for (size_t at = 1; at <= net->options->listen_count && net->settings.origin_count == 0; at++) {
        if (!net->places[at].address.path) {
            add_default_origins(net, &net->places[at].address, net->places[at].port);
        }
    }
}

bool places_have_a_port(const struct net *net)
{
    for (size_t at = 1; at <= net->options->listen_count; at++) {
        if (net->places[at].port > 0) {
            return true;
        }
    }
    return false;
}

/* ---- listening ---- */

static struct lws_vhost *create_vhost(struct net *net, const struct place *place,
                                      struct listener *listener)
{
    const struct listen_address *address = &place->address;
    static const lws_retry_bo_t no_timers = {.secs_since_valid_ping = 0};
    struct lws_context_creation_info info = {
        .options = LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND,
        .port = address->port,
        .iface = address->any ? NULL : address->host,
        .protocols = net->protocols,
        .vhost_name = place->name,
        .alpn = "http/1.1",
        .server_string = "palabre",
        .keepalive_timeout = 15,
        .timeout_secs_ah_idle = 5,
        .retry_and_idle_policy = &no_timers,
        .user = listener,
    };
    if (address->path) {
        info.options |= LWS_SERVER_OPTION_UNIX_SOCK;
    } else if (!address->six) {
        info.options |= LWS_SERVER_OPTION_DISABLE_IPV6;
    }
    return lws_create_vhost(net->context, &info);
}

/* There and nowhere else; NULL with a sentence when not. Guard other_address. */
static struct lws_vhost *listen_at(struct net *net, const struct place *place, const char *typed,
                                   struct listener *listener, char *message)
{
    struct lws_vhost *vhost = create_vhost(net, place, listener);
    if (vhost == NULL) {
        const char *why = listen_fault(&place->address);
        snprintf(message, NET_MESSAGE_SIZE, "cannot listen on %s%s%s", typed,
                 why[0] == '\0' ? "" : ": ", why);
    } else if (!place->address.path &&
               !listen_holds(&place->address, lws_get_vhost_listen_port(vhost))) {
        snprintf(message, NET_MESSAGE_SIZE,
                 "cannot listen on %s alone: this machine's addresses cannot be listed (is "
                 "AF_NETLINK forbidden?)",
                 typed);
        vhost = NULL;
    }
    return vhost;
}

static bool listen_public(struct net *net, size_t at, char *message)
{
    const char *typed = net->options->listen[at];
    struct place *place = &net->places[at + 1];
    if (!listen_parse(typed, &place->address)) {
        snprintf(message, NET_MESSAGE_SIZE, "%s is not ADDRESS:PORT or unix:PATH", typed);
        return false;
    }
    snprintf(place->name, sizeof place->name, "public-%zu", at);
    struct lws_vhost *vhost = listen_at(net, place, typed, &net->public_side, message);
    if (vhost == NULL) {
        return false;
    }
    place->port = place->address.path ? 0 : lws_get_vhost_listen_port(vhost);
    return true;
}

/* The control socket is also where the loop is woken: one protocol of one vhost, or every batch would be drained once
 * for each. */
static bool listen_control(struct net *net, char *message)
{
    struct place *place = &net->places[0];
    snprintf(place->name, sizeof place->name, "control");
    if (!listen_path(net->options->control, &place->address)) {
        snprintf(message, NET_MESSAGE_SIZE, "the path of the control socket is too long: %s",
                 net->options->control);
        return false;
    }
    mode_t before = umask(0177);
    net->drain_vhost = create_vhost(net, place, &net->control_side);
    umask(before);
    if (net->drain_vhost == NULL || chmod(net->options->control, 0600) != 0) {
        snprintf(message, NET_MESSAGE_SIZE, "cannot listen on %s", net->options->control);
        return false;
    }
    net->drain_protocol = lws_vhost_name_to_protocol(net->drain_vhost, "http");
    return true;
}

/* A unix socket is for who may write in its folder, as the control socket is. */
static bool listen_admin(struct net *net, char *message)
{
    const char *typed = net->options->admin;
    struct place *place = &net->places[NET_LISTEN_MAX + 1];
    if (typed == NULL) {
        return true;
    }
    snprintf(place->name, sizeof place->name, "admin");
    if (!listen_parse(typed, &place->address)) {
        snprintf(message, NET_MESSAGE_SIZE, "admin-listen: %s is not an address", typed);
        return false;
    }
    mode_t before = umask(0177);
    struct lws_vhost *vhost = listen_at(net, place, typed, &net->admin_side, message);
    umask(before);
    if (vhost == NULL) {
        return false;
    }
    log_line(LOG_LEVEL_INFO, "start", "admin listener on %s", typed);
    return true;
}

bool places_open(struct net *net, char message[NET_MESSAGE_SIZE])
{
    const struct net_options *options = net->options;
    if (!listen_control(net, message) || !listen_admin(net, message)) {
        return false;
    }
    for (size_t at = 0; at < options->listen_count; at++) {
        if (!listen_public(net, at, message)) {
            return false;
        }
    }
    places_set_origins(net);
    if (net->origin_count == 0) {
        snprintf(message, NET_MESSAGE_SIZE, "a unix socket alone needs --origin");
    }
    return net->origin_count > 0;
}
