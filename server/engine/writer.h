/* The writer thread: the only one that writes. Jobs go in, finished batches come out in order, each after its commit. */
#ifndef PALABRE_SERVER_ENGINE_WRITER_H
#define PALABRE_SERVER_ENGINE_WRITER_H

#include "server/engine/batch.h"

struct writer;

/* A finished batch: its jobs in order of execution, then what it changed. */
struct writer_batch {
    struct writer_batch *next;
    struct job *jobs; /* list by job->next; the taker owns them again */
    struct batch_changes changes;
};
/* Frees the batch and its changes, not its jobs. */
void writer_batch_free(struct writer_batch *batch);

struct writer_options {
    const struct batch_calls *calls;
    void *context;    /* of calls; the writer's alone while it runs */
    unsigned workers; /* signature threads; 0 = none (ballots go straight to the writer) */
    void (*wake)(
        void
            *context); /* called by the writer after each batch it has put out; any thread's call */
    void *wake_context;
    void (*broken)(
        void *
            context); /* the store cannot be trusted: must not return. NULL = say so and _Exit(1) */
};

/* Due dates up to now have been executed by the caller. The caller stops. */
struct writer *writer_start(const struct writer_options *options);
/* Any thread. Ballots go through the workers first. */
void writer_submit(struct writer *writer, struct job *job);
/* A list by job->next, in this order with nothing in between, so in one transaction when it has room. Ballots keep their
 * place in it: the writer checks their signatures itself. Any thread. */
void writer_submit_all(struct writer *writer, struct job *first);
/* The finished batches in order, NULL = none. The caller owns them. One thread. */
struct writer_batch *writer_take(struct writer *writer);
/* Executes and commits all that was submitted, ends the threads. Batches may be taken afterwards. */
void writer_stop(struct writer *writer);
/* After writer_stop; drops batches not taken (their jobs must have been taken). */
void writer_free(struct writer *writer);
/* Since start. Any thread. */
struct batch_counters writer_counters(struct writer *writer);

#endif
