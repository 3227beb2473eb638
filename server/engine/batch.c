/* Group commit: validate and apply each command, seal, commit once.
 *
 * Invariants: a command that is refused has written nothing; no answer is believed before the commit that holds it; when
 * anything unexpected happens inside the transaction, the whole of it is thrown away and the commands are tried again
 * one by one, so that one bad command cannot take its neighbours with it.
 * A failing commit is judged: when the store can still begin a transaction and the disk is short of space, the commands
 * are refused with storage.full; anything else means that nobody knows what is on the disk, and the process must end
 * without a word to the clients (they ask again after the restart).
 * Start reading at batch_run(). */
#include "server/engine/batch.h"

#include <stdlib.h>

#include "base/memory.h"

enum stage { STAGE_DONE, STAGE_BEGIN, STAGE_EXECUTE, STAGE_COMMIT };

struct run {
    const struct batch_calls *calls;
    void *context;
    uint64_t now_ms;
    unsigned year;
    struct batch_changes *changes;
    struct batch_counters *counters;
    enum error error; /* of the stage that failed */
};

void batch_changes_free(struct batch_changes *changes)
{
    topic_set_free(&changes->topics);
    topic_set_free(&changes->members);
}

void batch_changes_add(struct batch_changes *changes, struct topic_change change)
{
    topic_set_add(&changes->topics, change);
}

void batch_changes_add_member(struct batch_changes *changes, struct id member)
{
    topic_set_add(&changes->members, (struct topic_change){.topic = {.id = member}});
}

/* Forgets an answer that never became durable. */
static void job_forget(struct job *job)
{
    json_decref(job->request.result);
    job->request.result = NULL;
    job->request.field = NULL;
    job->request.seq = 0; /* done again, it is another */
    job->request.opens_session = false;
    job->request.closes_session = false;
    job->error = ERROR_NONE;
}

static void jobs_refuse(struct job *const *jobs, size_t count, enum error error)
{
    for (size_t at = 0; at < count; at++) {
        job_forget(jobs[at]);
        jobs[at]->error = error;
    }
}

/* What carried no command (a session prolonged, a beat of the pulse) is not counted. */
static void count_jobs(struct batch_counters *counters, struct job *const *jobs, size_t count)
{
    size_t commands = 0;
    for (size_t at = 0; at < count; at++) {
        const struct command *command = jobs[at]->request.command;
        commands += command != NULL;
        counters->refused += jobs[at]->error != ERROR_NONE;
        counters->ballots +=
            jobs[at]->error == ERROR_NONE && command != NULL && command_is_ballot(command);
    }
    counters->commands += commands;
    counters->commits += commands > 0 || count == 0;
}

static enum stage attempt(struct run *run, struct job *const *jobs, size_t count)
{
    const struct batch_calls *calls = run->calls;
    run->error = calls->begin(run->context, run->now_ms, run->year);
    if (run->error != ERROR_NONE) {
        return STAGE_BEGIN;
    }
    for (size_t at = 0; at < count; at++) {
        jobs[at]->request.now_ms = run->now_ms;
        jobs[at]->request.year = run->year;
        jobs[at]->error = calls->execute(run->context, &jobs[at]->request);
    }
    run->error = calls->finish(run->context);
    if (run->error == ERROR_NONE) {
        for (size_t at = 0; at < count; at++) {
            if (jobs[at]->error == ERROR_NONE) {
                calls->complete(run->context, &jobs[at]->request);
            }
        }
    } else {
        calls->abort(run->context);
        return STAGE_EXECUTE;
    }
    run->error = calls->commit(run->context, run->changes);
    if (run->error != ERROR_NONE) {
        return STAGE_COMMIT;
    }
    count_jobs(run->counters, jobs, count);
    return STAGE_DONE;
}

/* After a transaction that could not begin or commit: is it only the space? */
static bool store_is_sound_but_full(struct run *run)
{
    if (run->calls->begin(run->context, run->now_ms, run->year) != ERROR_NONE) {
        return false;
    }
    run->calls->abort(run->context);
    return run->calls->is_short(run->context);
}

/* Deals with what attempt() could not do; false = the process must end. */
static bool settle(struct run *run, enum stage stage, struct job *const *jobs, size_t count)
{
    if (stage == STAGE_DONE) {
        return true;
    }
    if (stage == STAGE_EXECUTE) {
        jobs_refuse(jobs, count, run->error);
        return true;
    }
    if (!store_is_sound_but_full(run)) {
        return false;
    }
    jobs_refuse(jobs, count, ERROR_STORAGE_FULL);
    return true;
}

bool batch_run(const struct batch_calls *calls, void *context, struct job *const *jobs,
               size_t count, uint64_t now_ms, unsigned year, struct batch_changes *changes,
               struct batch_counters *counters)
{
    if (calls->is_short(context)) {
        jobs_refuse(jobs, count, ERROR_STORAGE_FULL);
        return true;
    }
    struct run run = {.calls = calls,
                      .context = context,
                      .now_ms = now_ms,
                      .year = year,
                      .changes = changes,
                      .counters = counters};
    enum stage stage = attempt(&run, jobs, count);
    if (stage != STAGE_EXECUTE || count < 2) {
        return settle(&run, stage, jobs, count);
    }
    counters->replays++;
    for (size_t at = 0; at < count; at++) {
        job_forget(jobs[at]);
    }
    for (size_t at = 0; at < count; at++) {
        stage = attempt(&run, &jobs[at], 1);
        if (!settle(&run, stage, &jobs[at], 1)) {
            return false;
        }
    }
    return true;
}
