/* The pulse: is the whole road alive, from the loop through the writer to the store and back?
 *
 * Every few seconds the loop sends an empty job (no command, nobody's session) to the writer. It waits in the same queue
 * as everybody's, opens the same write transaction, and comes back on the same way as answers do. So a beat that returned
 * shows that the loop turns, the writer takes jobs and the store answers; a store without room answers too. One beat is on its way at a time;
 * how long it has been there says how long the writer has been stuck.
 * The service manager hears WATCHDOG=1 after a beat, never from a timer alone. Start at pulse_tick(). */
#include "base/memory.h"
#include "server/engine/supervisor.h"
#include "server/net/internal.h"

enum { BEAT_MS = 5000, BEATS_A_WATCH = 4 /* within the time the manager waits */ };

void pulse_start(struct pulse *pulse, uint64_t now_ms)
{
    uint64_t watch_ms = supervisor_watchdog_us() / 1000;
    *pulse = (struct pulse){.every_ms = BEAT_MS, .back_ms = now_ms, .sent_ms = now_ms};
    if (watch_ms > 0 && watch_ms / BEATS_A_WATCH < pulse->every_ms) {
        pulse->every_ms = watch_ms / BEATS_A_WATCH;
    }
}

void pulse_tick(struct net *net)
{
    struct pulse *pulse = &net->pulse;
    if (pulse->on_its_way || net->stopping || net->now_ms - pulse->sent_ms < pulse->every_ms) {
        return;
    }
    struct job *job = memory_new(1, sizeof *job);
    job->owner = pulse;
    pulse->on_its_way = true;
    pulse->sent_ms = net->now_ms;
    writer_submit(net->writer, job);
}

void pulse_back(struct net *net)
{
    net->pulse.on_its_way = false;
    net->pulse.back_ms = net->now_ms;
    supervisor_tell("WATCHDOG=1\nSTATUS=%zu connected", net->connection_count);
}

uint64_t pulse_age_ms(const struct net *net)
{
    return net->pulse.on_its_way ? net->now_ms - net->pulse.sent_ms : 0;
}
