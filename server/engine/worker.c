/* The signature workers: 83 % of a ballot's cost is its Ed25519 check, and it needs no state.
 *
 * A worker decodes tbs and sig out of the parameters, checks the signature against the public key that stands in the
 * signed bytes, and notes the result in the request. That is advice to the writer ("this signature is good for this
 * key"); whether the key is in the record and active is for the writer, in its transaction. Anything that cannot be
 * decoded is left for the writer to refuse with its proper reason.
 * One queue under one mutex; a worker is woken only when one is asleep. */
#include "server/engine/worker.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "ledger/ballot.h"

struct worker_pool {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct job *first, **last; /* waiting */
    unsigned asleep, count;
    bool stopping;
    void (*done)(void *context, struct job *job);
    void *context;
    pthread_t threads[];
};

bool worker_ballot_is_good(const json_t *params)
{
    struct slice tbs = json_get_text(params, "tbs");
    struct slice sig = json_get_text(params, "sig");
    struct buffer payload;
    buffer_init(&payload, BALLOT_TBS_MAX + SIGNATURE_SIZE);
    struct ballot ballot;
    bool good = encoding_from_base64url(tbs, &payload) && encoding_from_base64url(sig, &payload) &&
                ballot_decode(buffer_slice(&payload), &ballot) == ERROR_NONE &&
                ballot_signature_is_good(&ballot);
    buffer_free(&payload);
    return good;
}

/* The next job, or NULL when the pool stops and nothing waits. */
static struct job *take(struct worker_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (pool->first == NULL && !pool->stopping) {
        pool->asleep++;
        pthread_cond_wait(&pool->wake, &pool->lock);
        pool->asleep--;
    }
    struct job *job = pool->first;
    if (job != NULL) {
        pool->first = job->next;
        if (pool->first == NULL) {
            pool->last = &pool->first;
        }
    }
    pthread_mutex_unlock(&pool->lock);
    return job;
}

static void *work(void *argument)
{
    struct worker_pool *pool = argument;
    struct job *job;
    while ((job = take(pool)) != NULL) {
        job->request.ballot_signature_good = worker_ballot_is_good(job->request.params);
        pool->done(pool->context, job);
    }
    return NULL;
}

struct worker_pool *worker_pool_start(unsigned count, void (*done)(void *context, struct job *job),
                                      void *context)
{
    assert_always(count > 0);
    struct worker_pool *pool = memory_new(1, sizeof *pool + count * sizeof pool->threads[0]);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    pool->last = &pool->first;
    pool->count = count;
    pool->done = done;
    pool->context = context;
    for (unsigned at = 0; at < count; at++) {
        assert_always(pthread_create(&pool->threads[at], NULL, work, pool) == 0);
    }
    return pool;
}

void worker_pool_submit(struct worker_pool *pool, struct job *job)
{
    job->next = NULL;
    pthread_mutex_lock(&pool->lock);
    assert_always(!pool->stopping);
    *pool->last = job;
    pool->last = &job->next;
    bool wake = pool->asleep > 0;
    pthread_mutex_unlock(&pool->lock);
    if (wake) {
        pthread_cond_signal(&pool->wake);
    }
}

void worker_pool_stop(struct worker_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_broadcast(&pool->wake);
    for (unsigned at = 0; at < pool->count; at++) {
        pthread_join(pool->threads[at], NULL);
    }
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
