/* What the log is told of now and then: a log that can be filled from outside hides what matters.
 *
 * The storage: a line when it has become full and one when it is not any more, however many writes were refused between.
 * Connections dropped and slow turns: at once, then at most a line a minute that counts what came since. Refused
 * sign-ins: the first ones of a minute one by one, the others as a number when the minute is over.
 * Nothing here reads a clock or the net: the caller says what the time is. Start at notes_tick(). */
#include "server/net/notes.h"

#include <stdio.h>
#include <string.h>

enum { MINUTE_MS = 60000, LINE_MAX_BYTES = 160 };

const char *const drop_names[DROP_REASONS] = {"silent", "slow", "no_session", "protocol"};

static bool a_minute_has_passed(uint64_t since_ms, uint64_t now_ms)
{
    return since_ms == 0 || now_ms - since_ms >= MINUTE_MS;
}

static void note_storage(struct notes *notes, bool full)
{
    if (full != notes->full) {
        notes->full = full;
        log_line(full ? LOG_LEVEL_ERROR : LOG_LEVEL_WARNING, "storage", "%s",
                 full ? "full: writes are refused, reading goes on" : "there is room again");
    }
}

static void note_dropped(struct notes *notes, uint64_t now_ms, const uint64_t dropped[DROP_REASONS])
{
    char text[LINE_MAX_BYTES] = "";
    size_t size = 0;
    if (!a_minute_has_passed(notes->dropped_ms, now_ms) ||
        memcmp(notes->dropped, dropped, sizeof notes->dropped) == 0) {
        return;
    }
    for (size_t at = 0; at < DROP_REASONS; at++) {
        uint64_t count = dropped[at] - notes->dropped[at];
        if (count > 0) {
            size +=
                (size_t)snprintf(text + size, sizeof text - size, "%s%s=%llu", size == 0 ? "" : " ",
                                 drop_names[at], (unsigned long long)count);
        }
        notes->dropped[at] = dropped[at];
    }
    notes->dropped_ms = now_ms;
    log_line(LOG_LEVEL_INFO, "dropped", "%s", text);
}

static void end_refused(struct notes *notes, uint64_t now_ms)
{
    if (notes->refused == 0 || now_ms - notes->refused_ms < MINUTE_MS) {
        return;
    }
    if (notes->refused > NOTES_SIGN_INS) {
        log_line(LOG_LEVEL_WARNING, "sign-in", "%llu more were refused in a minute",
                 (unsigned long long)(notes->refused - NOTES_SIGN_INS));
    }
    notes->refused = 0;
}

void notes_sign_in_refused(struct notes *notes, uint64_t now_ms, const struct log_source *source,
                           const char *reason)
{
    end_refused(notes, now_ms);
    if (notes->refused++ == 0) {
        notes->refused_ms = now_ms;
    }
    if (notes->refused <= NOTES_SIGN_INS) {
        log_line_of(LOG_LEVEL_INFO, "sign-in", source, "refused: %s", reason);
    }
}

void notes_turn(struct notes *notes, uint64_t now_ms, uint64_t us)
{
    if (us <= NOTES_SLOW_TURN_US) {
        return;
    }
    if (!a_minute_has_passed(notes->slow_ms, now_ms)) {
        notes->slow++;
        notes->slowest_us = us > notes->slowest_us ? us : notes->slowest_us;
        return;
    }
    log_line(LOG_LEVEL_WARNING, "loop",
             "a turn took %llu ms; others since the last such line: %llu, the longest %llu ms",
             (unsigned long long)us / 1000, (unsigned long long)notes->slow,
             (unsigned long long)notes->slowest_us / 1000);
    notes->slow = 0;
    notes->slowest_us = 0;
    notes->slow_ms = now_ms;
}

void notes_tick(struct notes *notes, uint64_t now_ms, bool full,
                const uint64_t dropped[DROP_REASONS])
{
    note_storage(notes, full);
    note_dropped(notes, now_ms, dropped);
    end_refused(notes, now_ms);
}
