/* Threads that check ballot signatures before the writer sees the ballots. They touch neither LMDB nor sockets. */
#ifndef PALABRE_SERVER_ENGINE_WORKER_H
#define PALABRE_SERVER_ENGINE_WORKER_H

#include "server/engine/batch.h"

struct worker_pool;

/* Starts count threads (≥ 1). done is called by a worker for each job it has looked at. The caller stops. */
struct worker_pool *worker_pool_start(unsigned count, void (*done)(void *context, struct job *job),
                                      void *context);
/* Any thread. */
void worker_pool_submit(struct worker_pool *pool, struct job *job);
/* Finishes what waits, ends the threads, frees. */
void worker_pool_stop(struct worker_pool *pool);

/* The advice itself: params hold tbs and sig of a ballot whose signature is good. Pure; about 50 µs. */
bool worker_ballot_is_good(const json_t *params);

#endif
