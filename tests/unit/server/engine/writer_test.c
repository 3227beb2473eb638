/* The writer thread with a stand-in assembly: several threads submit, everything comes back once, in order, after its
 * commit, in far fewer commits than commands. Built with the thread sanitizer too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/engine/clock.h"
#include "server/engine/writer.h"

enum { THREADS = 4, JOBS = 300, SHARE = 4, LONE = 20 };

struct fake {
    uint64_t executed, committed; /* the writer's alone while it runs */
    atomic_uint wakes;
    uint64_t due_at_ms;
    bool has_due;
    atomic_uint due_runs;
    useconds_t commit_us;
    /* A commit lasts until so many more than it holds were submitted, or all that will be: on any machine. */
    atomic_uint submitted;
    unsigned all;
};

static bool fake_is_short(void *context)
{
    (void)context;
    return false;
}
static enum error fake_begin(void *context, uint64_t now_ms, unsigned year)
{
    struct fake *fake = context;
    (void)year;
    if (fake->has_due && fake->due_at_ms <= now_ms) {
        fake->has_due = false;
        atomic_fetch_add(&fake->due_runs, 1);
    }
    return ERROR_NONE;
}
static enum error fake_execute(void *context, struct request *request)
{
    struct fake *fake = context;
    request->result = json_pack("{s:I}", "seq", (json_int_t)++fake->executed);
    return ERROR_NONE;
}
static enum error fake_finish(void *context)
{
    (void)context;
    return ERROR_NONE;
}
static void fake_complete(void *context, struct request *request)
{
    (void)context;
    (void)request;
}
static enum error fake_commit(void *context, struct batch_changes *changes)
{
    struct fake *fake = context;
    (void)changes;
    usleep(fake->commit_us);
    while (atomic_load(&fake->submitted) < fake->all &&
           atomic_load(&fake->submitted) < fake->executed + SHARE) {
        usleep(50);
    }
    fake->committed = fake->executed;
    return ERROR_NONE;
}
static void fake_abort(void *context)
{
    (void)context;
}
static bool fake_next_due(void *context, uint64_t *at_ms)
{
    const struct fake *fake = context;
    *at_ms = fake->due_at_ms;
    return fake->has_due;
}
static void fake_wake(void *context)
{
    struct fake *fake = context;
    atomic_fetch_add(&fake->wakes, 1);
}

static const struct batch_calls calls = {fake_is_short, fake_begin,  fake_execute, fake_finish,
                                         fake_complete, fake_commit, fake_abort,   fake_next_due};

static struct writer *start(struct fake *fake, unsigned workers)
{
    struct writer_options options = {.calls = &calls,
                                     .context = fake,
                                     .workers = workers,
                                     .wake = fake_wake,
                                     .wake_context = fake};
    return writer_start(&options);
}

struct client {
    struct writer *writer;
    struct fake *fake;
    const char *method;
    pthread_t thread;
    struct job jobs[JOBS];
};

static void *submit(void *argument)
{
    struct client *client = argument;
    for (int at = 0; at < JOBS; at++) {
        client->jobs[at].request.command = command_find(slice_text(client->method));
        client->jobs[at].request.params = json_object();
        client->jobs[at].owner = client;
        writer_submit(client->writer, &client->jobs[at]);
        atomic_fetch_add(&client->fake->submitted, 1);
    }
    return NULL;
}

/* Takes all that is out; each seq must be the next one. */
static uint64_t take(struct writer *writer, uint64_t *last_seq)
{
    uint64_t count = 0;
    struct writer_batch *batch = writer_take(writer);
    while (batch != NULL) {
        struct writer_batch *next = batch->next;
        for (struct job *job = batch->jobs; job != NULL; job = job->next) {
            assert_int_equal(job->error, ERROR_NONE);
            assert_int_equal(json_get_integer(job->request.result, "seq"), ++*last_seq);
            count++;
        }
        writer_batch_free(batch);
        batch = next;
    }
    return count;
}

static void storm(const char *method, unsigned workers)
{
    struct fake fake = {.commit_us = 500, .all = THREADS * JOBS};
    struct writer *writer = start(&fake, workers);
    struct client *clients = calloc(THREADS, sizeof *clients);
    uint64_t last_seq = 0;
    uint64_t taken = 0;
    for (int at = 0; at < THREADS; at++) {
        clients[at].writer = writer;
        clients[at].fake = &fake;
        clients[at].method = method;
        assert_int_equal(pthread_create(&clients[at].thread, NULL, submit, &clients[at]), 0);
    }
    while (taken < (uint64_t)THREADS * JOBS) {
        taken += take(writer, &last_seq);
        usleep(200);
    }
    for (int at = 0; at < THREADS; at++) {
        pthread_join(clients[at].thread, NULL);
    }
    struct batch_counters counters = writer_counters(writer);
    writer_stop(writer);
    writer_free(writer);
    assert_int_equal(fake.committed, THREADS * JOBS);
    assert_true(counters.commits <= THREADS * JOBS / 2);
    assert_true(atomic_load(&fake.wakes) > 0);
    for (int at = 0; at < THREADS; at++) {
        for (int one = 0; one < JOBS; one++) {
            json_decref(clients[at].jobs[one].request.params);
            json_decref(clients[at].jobs[one].request.result);
        }
    }
    free(clients);
}

static void commands_share_commits(void **state)
{
    (void)state;
    storm("proposal.support", 0);
}

static void ballots_go_through_the_workers_and_share_commits(void **state)
{
    (void)state;
    storm("ballot.cast", 2);
}

/* A batch of a message: one piece, in its order, ballots in their places, even while others send. */
static void a_list_is_one_commit_in_its_order(void **state)
{
    (void)state;
    struct fake fake = {.commit_us = 1000};
    struct writer *writer = start(&fake, 2);
    struct job *jobs = calloc(JOBS, sizeof *jobs);
    for (int at = 0; at < JOBS; at++) {
        jobs[at].request.command =
            command_find(slice_text(at % 3 == 1 ? "ballot.cast" : "task.create"));
        jobs[at].request.params = json_object();
        jobs[at].next = at + 1 < JOBS ? &jobs[at + 1] : NULL;
    }
    writer_submit_all(writer, jobs);
    writer_stop(writer);
    struct writer_batch *batch = writer_take(writer);
    assert_non_null(batch);
    assert_null(batch->next);
    const struct job *job = batch->jobs;
    for (int at = 0; at < JOBS; at++, job = job->next) {
        assert_ptr_equal(job, &jobs[at]);
        assert_int_equal(json_get_integer(job->request.result, "seq"), at + 1);
    }
    assert_null(job);
    assert_int_equal(writer_counters(writer).commits, 1);
    writer_batch_free(batch);
    writer_free(writer);
    for (int at = 0; at < JOBS; at++) {
        json_decref(jobs[at].request.params);
        json_decref(jobs[at].request.result);
    }
    free(jobs);
}

static void a_lone_command_does_not_wait(void **state)
{
    (void)state;
    struct fake fake = {.commit_us = 0};
    struct writer *writer = start(&fake, 1);
    uint64_t last_seq = 0, quickest_us = UINT64_MAX;
    for (int at = 0; at < LONE; at++) {
        struct job job = {.request = {.command = command_find(slice_text("ballot.cast")),
                                      .params = json_object()}};
        uint64_t from_us = clock_monotonic_us();
        writer_submit(writer, &job);
        while (take(writer, &last_seq) == 0) {
            usleep(50);
        }
        uint64_t took_us = clock_monotonic_us() - from_us;
        quickest_us = took_us < quickest_us ? took_us : quickest_us;
        assert_false(job.request.ballot_signature_good);
        json_decref(job.request.params);
        json_decref(job.request.result);
    }
    /* A timer would hold up each of them, a machine that does other things too not all: half of what the writer sleeps. */
    assert_true(quickest_us < 500000);
    writer_stop(writer);
    writer_free(writer);
}

static void a_date_acts_without_a_command(void **state)
{
    (void)state;
    struct fake fake = {.due_at_ms = clock_wall_ms() + 50, .has_due = true};
    struct writer *writer = start(&fake, 0);
    while (atomic_load(&fake.due_runs) == 0) {
        usleep(1000);
    }
    assert_int_equal(atomic_load(&fake.due_runs), 1);
    writer_stop(writer);
    writer_free(writer);
}

static void stopping_finishes_what_was_submitted(void **state)
{
    (void)state;
    struct fake fake = {.commit_us = 2000};
    struct writer *writer = start(&fake, 1);
    struct client *client = calloc(1, sizeof *client);
    uint64_t last_seq = 0;
    client->writer = writer;
    client->fake = &fake;
    client->method = "ballot.cast";
    submit(client);
    writer_stop(writer);
    assert_int_equal(take(writer, &last_seq), JOBS);
    writer_free(writer);
    for (int one = 0; one < JOBS; one++) {
        json_decref(client->jobs[one].request.params);
        json_decref(client->jobs[one].request.result);
    }
    free(client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_share_commits),
        cmocka_unit_test(ballots_go_through_the_workers_and_share_commits),
        cmocka_unit_test(a_list_is_one_commit_in_its_order),
        cmocka_unit_test(a_lone_command_does_not_wait),
        cmocka_unit_test(a_date_acts_without_a_command),
        cmocka_unit_test(stopping_finishes_what_was_submitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
