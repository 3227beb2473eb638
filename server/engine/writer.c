/* The writer: takes all that waits, executes it in one transaction, commits, then lets replies and changes go.
 *
 * How batches form: nothing in flight = what is there is committed at once, so a lone command waits for one fsync and no
 * timer. While ballots are still with the signature workers the writer waits for them, at most 4 ms or 256 commands:
 * that makes commits of dozens of ballots in a storm, where committing whatever is there would make commits of four.
 * A finished batch goes out as one piece, replies before changes, batches in order: the net loop can never show a
 * change before the reply that caused it, nor two changes in the wrong order.
 * Dates that act (a vote that closes at eight) are executed at the head of each batch; an idle writer wakes for the
 * earliest one. The wall clock is read again at least once a second, so that a jump of it is noticed.
 * Start reading at write_loop(). */
#include "server/engine/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/engine/log.h"
#include "server/engine/worker.h"

enum {
    GATHER_US = 4000,      /* longest wait for ballots in the workers */
    GATHER_COMMANDS = 256, /* … or this many commands */
    BATCH_MAX = 2048,      /* commands in one transaction */
    IDLE_US = 1000000,     /* the wall clock is looked at this often */
};

struct writer {
    struct writer_options options;
    struct worker_pool *pool;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    /* Under the lock. */
    struct job *first, **last; /* waiting for the writer */
    size_t waiting;            /* their number */
    size_t in_workers;
    bool gathering; /* the writer sleeps until enough ballots are back */
    bool stopping;
    struct writer_batch *out, **out_last;
    struct batch_counters counters;
    /* The writer's alone. */
    struct batch_counters running;
    struct job *jobs[BATCH_MAX];
};

void writer_batch_free(struct writer_batch *batch)
{
    batch_changes_free(&batch->changes);
    free(batch);
}

static void push(struct writer *writer, struct job *job)
{
    job->next = NULL;
    *writer->last = job;
    writer->last = &job->next;
    writer->waiting++;
}

/* A worker hands a ballot on. The writer is woken when it is idle, or when it has waited for enough. */
static void ballot_checked(void *context, struct job *job)
{
    struct writer *writer = context;
    pthread_mutex_lock(&writer->lock);
    push(writer, job);
    writer->in_workers--;
    bool wake = !writer->gathering || writer->in_workers == 0 || writer->waiting >= GATHER_COMMANDS;
    pthread_mutex_unlock(&writer->lock);
    if (wake) {
        pthread_cond_signal(&writer->wake);
    }
}

void writer_submit(struct writer *writer, struct job *job)
{
    const struct command *command = job->request.command;
    bool to_workers = writer->pool != NULL && command != NULL && command_is_ballot(command);
    pthread_mutex_lock(&writer->lock);
    assert_always(!writer->stopping);
    bool wake = false;
    if (to_workers) {
        writer->in_workers++;
    } else {
        push(writer, job);
        wake = !writer->gathering;
    }
    pthread_mutex_unlock(&writer->lock);
    if (to_workers) {
        worker_pool_submit(writer->pool, job);
    } else if (wake) {
        pthread_cond_signal(&writer->wake);
    }
}

void writer_submit_all(struct writer *writer, struct job *first)
{
    pthread_mutex_lock(&writer->lock);
    assert_always(!writer->stopping);
    while (first != NULL) {
        struct job *next = first->next;
        push(writer, first);
        first = next;
    }
    bool wake = !writer->gathering;
    pthread_mutex_unlock(&writer->lock);
    if (wake) {
        pthread_cond_signal(&writer->wake);
    }
}

/* Sleeps until woken or until the monotonic time; the lock is held around it. */
static void sleep_until(struct writer *writer, uint64_t at_us)
{
    struct timespec at = {.tv_sec = (time_t)(at_us / 1000000),
                          .tv_nsec = (long)(at_us % 1000000) * 1000};
    pthread_cond_timedwait(&writer->wake, &writer->lock, &at);
}

static bool something_is_due(struct writer *writer, uint64_t *wait_us)
{
    uint64_t at_ms;
    *wait_us = IDLE_US;
    if (!writer->options.calls->next_due(writer->options.context, &at_ms)) {
        return false;
    }
    uint64_t now_ms = clock_wall_ms();
    if (at_ms <= now_ms) {
        return true;
    }
    if (at_ms - now_ms < IDLE_US / 1000) {
        *wait_us = (at_ms - now_ms) * 1000;
    }
    return false;
}

/* Waits for work. true = there is some: jobs, or a date that acts; false = stopping and nothing left. A date that could
 * not be executed (no space) is tried again only after a second. */
static bool wait_for_work(struct writer *writer, uint64_t not_due_before_us)
{
    while (writer->first == NULL) {
        if (writer->stopping && writer->in_workers == 0) {
            return false;
        }
        uint64_t wait_us;
        uint64_t now_us = clock_monotonic_us();
        bool due = something_is_due(writer, &wait_us);
        if (due && now_us >= not_due_before_us) {
            return true;
        }
        sleep_until(writer, due ? not_due_before_us : now_us + wait_us);
    }
    return true;
}

static void gather_ballots(struct writer *writer)
{
    uint64_t deadline = clock_monotonic_us() + GATHER_US;
    writer->gathering = true;
    while (writer->in_workers > 0 && writer->waiting < GATHER_COMMANDS &&
           clock_monotonic_us() < deadline) {
        sleep_until(writer, deadline);
    }
    writer->gathering = false;
}

static size_t take_waiting(struct writer *writer)
{
    size_t count = 0;
    while (writer->first != NULL && count < BATCH_MAX) {
        writer->jobs[count++] = writer->first;
        writer->first = writer->first->next;
    }
    if (writer->first == NULL) {
        writer->last = &writer->first;
    }
    writer->waiting -= count;
    return count;
}

static _Noreturn void give_up(struct writer *writer)
{
    if (writer->options.broken != NULL) {
        writer->options.broken(writer->options.context);
    }
    log_line(LOG_LEVEL_ERROR, "writer",
             "the store failed in a way that leaves its content unknown; stopping without answers");
    _Exit(1);
}

static struct writer_batch *run_batch(struct writer *writer, size_t count)
{
    struct writer_batch *batch = memory_new(1, sizeof *batch);
    uint64_t now_ms = clock_wall_ms();
    if (!batch_run(writer->options.calls, writer->options.context, writer->jobs, count, now_ms,
                   clock_local_year(now_ms), &batch->changes, &writer->running)) {
        give_up(writer);
    }
    struct job **last = &batch->jobs;
    for (size_t at = 0; at < count; at++) {
        writer->jobs[at]->next = NULL;
        *last = writer->jobs[at];
        last = &writer->jobs[at]->next;
    }
    return batch;
}

static void put_out(struct writer *writer, struct writer_batch *batch)
{
    *writer->out_last = batch;
    writer->out_last = &batch->next;
    writer->counters = writer->running;
}

static void *write_loop(void *argument)
{
    struct writer *writer = argument;
    uint64_t not_due_before_us = 0;
    pthread_mutex_lock(&writer->lock);
    while (wait_for_work(writer, not_due_before_us)) {
        gather_ballots(writer);
        size_t count = take_waiting(writer);
        pthread_mutex_unlock(&writer->lock);
        struct writer_batch *batch = run_batch(writer, count);
        uint64_t ignored;
        not_due_before_us = something_is_due(writer, &ignored) ? clock_monotonic_us() + IDLE_US : 0;
        pthread_mutex_lock(&writer->lock);
        put_out(writer, batch);
        pthread_mutex_unlock(&writer->lock);
        writer->options.wake(writer->options.wake_context);
        pthread_mutex_lock(&writer->lock);
    }
    pthread_mutex_unlock(&writer->lock);
    return NULL;
}

struct writer *writer_start(const struct writer_options *options)
{
    struct writer *writer = memory_new(1, sizeof *writer);
    writer->options = *options;
    writer->last = &writer->first;
    writer->out_last = &writer->out;
    pthread_mutex_init(&writer->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&writer->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (options->workers > 0) {
        writer->pool = worker_pool_start(options->workers, ballot_checked, writer);
    }
    assert_always(pthread_create(&writer->thread, NULL, write_loop, writer) == 0);
    return writer;
}

struct writer_batch *writer_take(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    struct writer_batch *batches = writer->out;
    writer->out = NULL;
    writer->out_last = &writer->out;
    pthread_mutex_unlock(&writer->lock);
    return batches;
}

void writer_stop(struct writer *writer)
{
    if (writer->pool != NULL) {
        worker_pool_stop(writer->pool);
        writer->pool = NULL;
    }
    pthread_mutex_lock(&writer->lock);
    writer->stopping = true;
    pthread_mutex_unlock(&writer->lock);
    pthread_cond_signal(&writer->wake);
    pthread_join(writer->thread, NULL);
}

void writer_free(struct writer *writer)
{
    struct writer_batch *batch = writer->out;
    while (batch != NULL) {
        struct writer_batch *next = batch->next;
        writer_batch_free(batch);
        batch = next;
    }
    pthread_cond_destroy(&writer->wake);
    pthread_mutex_destroy(&writer->lock);
    free(writer);
}

struct batch_counters writer_counters(struct writer *writer)
{
    pthread_mutex_lock(&writer->lock);
    struct batch_counters counters = writer->counters;
    pthread_mutex_unlock(&writer->lock);
    return counters;
}
