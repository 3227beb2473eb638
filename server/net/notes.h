/* What the log is told of now and then, however often it happens. */
#ifndef PALABRE_SERVER_NET_NOTES_H
#define PALABRE_SERVER_NET_NOTES_H

#include "server/engine/log.h"

enum {
    NOTES_SIGN_INS = 10,        /* refusals said one by one in a minute */
    NOTES_SLOW_TURN_US = 250000 /* a turn of the loop that is worth a line */
};
/* Why the server ended a live connection. */
enum drop { DROP_SILENT, DROP_SLOW, DROP_NO_SESSION, DROP_PROTOCOL, DROP_REASONS };
extern const char *const drop_names[DROP_REASONS];

/* All zero at the start. The net loop's alone. */
struct notes {
    bool full;                      /* what was said last of the storage */
    uint64_t dropped[DROP_REASONS]; /* of these the log knows */
    uint64_t dropped_ms;            /* when it was told; 0 = never */
    uint64_t refused, refused_ms;   /* sign-ins of the minute that began then */
    uint64_t slow, slowest_us;      /* turns since the last line */
    uint64_t slow_ms;
};
/* Once a second. now_ms is monotonic; full: writes are refused; dropped: counts since the start. */
void notes_tick(struct notes *notes, uint64_t now_ms, bool full,
                const uint64_t dropped[DROP_REASONS]);
void notes_sign_in_refused(struct notes *notes, uint64_t now_ms, const struct log_source *source,
                           const char *reason);
/* A turn of the loop took so long. */
void notes_turn(struct notes *notes, uint64_t now_ms, uint64_t us);

#endif
