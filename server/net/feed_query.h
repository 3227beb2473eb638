/* What the query of GET /feed says: a pure function of bytes from outside. No libwebsockets here. */
#ifndef PALABRE_SERVER_NET_FEED_QUERY_H
#define PALABRE_SERVER_NET_FEED_QUERY_H

#include "base/error.h"
#include "base/slice.h"

enum { FEED_QUERY_TOPICS_MAX = 64, FEED_QUERY_NAME_SIZE = 64, FEED_QUERY_EPOCH_SIZE = 65 };

struct feed_query_topic {
    char name[FEED_QUERY_NAME_SIZE]; /* as the client wrote it */
    bool known;                      /* has a position: else all of it is wanted */
    uint64_t since;
};
struct feed_query {
    char epoch[FEED_QUERY_EPOCH_SIZE]; /* "" = none given */
    bool hold;                         /* false: wait=0 */
    bool rooms;                        /* room=N: counts of rooms are wanted, told after N */
    uint64_t room;
    struct feed_query_topic topics[FEED_QUERY_TOPICS_MAX];
    size_t count; /* at least 1 */
};
/* "epoch=E&topics=NAME[:POSITION],…&wait=0&room=N", arguments in any order, each once; nothing else is taken.
 * INPUT_UNKNOWN_FIELD, INPUT_MISSING_FIELD, INPUT_BAD_VALUE, INPUT_TOO_BIG (more than 64 topics), with *field. */
enum error feed_query_parse(struct slice text, struct feed_query *query, const char **field);

#endif
