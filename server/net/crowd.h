/* How many connections each place has: an IPv4 address, or the /64 of an IPv6 one. The net loop's alone. */
#ifndef PALABRE_SERVER_NET_CROWD_H
#define PALABRE_SERVER_NET_CROWD_H

#include "server/net/peer.h"

struct crowd;
struct crowd_place;

struct crowd *crowd_new(void);
void crowd_free(struct crowd *crowd);
/* One more from here; held until crowd_leave. NULL for a peer without an address (a unix socket). */
struct crowd_place *crowd_enter(struct crowd *crowd, struct peer_address place);
/* NULL is fine. */
void crowd_leave(struct crowd *crowd, struct crowd_place *place);
/* Those who are here now. */
size_t crowd_count(const struct crowd_place *place);

#endif
