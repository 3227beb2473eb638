/* Group commit without threads: what is committed, what is answered, what happens when the store fails. The assembly is a
 * stand-in that fails on demand: that cannot be had from a real disk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/engine/batch.h"

enum { JOBS = 5 };

struct fake {
    bool is_short, open;
    int begun, committed, aborted;
    int executed;   /* in this transaction */
    json_t *poison; /* params of the command that breaks its transaction */
    bool poisoned;
    int fail_commits;      /* this many commits fail */
    bool dead;             /* begin fails */
    bool short_after_fail; /* the disk turns out to be full */
    char log[256];         /* what was executed and committed, in order */
};

static bool fake_is_short(void *context)
{
    const struct fake *fake = context;
    return fake->is_short;
}

static enum error fake_begin(void *context, uint64_t now_ms, unsigned year)
{
    struct fake *fake = context;
    assert_false(fake->open);
    assert_int_equal(now_ms, 1000);
    assert_int_equal(year, 2026);
    if (fake->dead) {
        return ERROR_STORAGE_FAILED;
    }
    fake->open = true;
    fake->poisoned = false;
    fake->begun++;
    return ERROR_NONE;
}

static enum error fake_execute(void *context, struct request *request)
{
    struct fake *fake = context;
    json_int_t number = json_integer_value(json_object_get(request->params, "n"));
    size_t size = strlen(fake->log);
    fake->log[size] = (char)('0' + number);
    fake->log[size + 1] = '\0';
    fake->poisoned |= request->params == fake->poison;
    assert_int_equal(request->seq, 0); /* nothing is left of an attempt that was taken back */
    request->seq = (uint64_t)number;
    if (number == 9) {
        request->field = "n";
        return ERROR_INPUT_BAD_VALUE;
    }
    request->result = json_pack("{s:I}", "seq", number);
    return ERROR_NONE;
}

static enum error fake_finish(void *context)
{
    const struct fake *fake = context;
    return fake->poisoned ? ERROR_STORAGE_CORRUPT : ERROR_NONE;
}

static void fake_complete(void *context, struct request *request)
{
    (void)context;
    json_object_set_new(request->result, "receipt", json_true());
}

static enum error fake_commit(void *context, struct batch_changes *changes)
{
    struct fake *fake = context;
    fake->open = false;
    if (fake->fail_commits > 0) {
        fake->fail_commits--;
        fake->is_short = fake->short_after_fail;
        return ERROR_STORAGE_FAILED;
    }
    fake->committed++;
    strncat(fake->log, "|", sizeof fake->log - strlen(fake->log) - 1);
    batch_changes_add(changes, (struct topic_change){.topic = {.kind = 1}});
    return ERROR_NONE;
}

static void fake_abort(void *context)
{
    struct fake *fake = context;
    fake->open = false;
    fake->aborted++;
    strncat(fake->log, "x", sizeof fake->log - strlen(fake->log) - 1);
}

static bool fake_next_due(void *context, uint64_t *at_ms)
{
    (void)context;
    (void)at_ms;
    return false;
}

static const struct batch_calls calls = {fake_is_short, fake_begin,  fake_execute, fake_finish,
                                         fake_complete, fake_commit, fake_abort,   fake_next_due};

struct scene {
    struct fake fake;
    struct job jobs[JOBS], *list[JOBS];
    struct batch_changes changes;
    struct batch_counters counters;
};

static void scene_start(struct scene *scene, const int numbers[JOBS])
{
    *scene = (struct scene){.counters = {.commits = 0}};
    for (int at = 0; at < JOBS; at++) {
        scene->jobs[at].request.params = json_pack("{s:i}", "n", numbers[at]);
        scene->jobs[at].request.command = command_find(slice_text("session.ping"));
        scene->list[at] = &scene->jobs[at];
    }
}

static bool scene_run(struct scene *scene)
{
    return batch_run(&calls, &scene->fake, scene->list, JOBS, 1000, 2026, &scene->changes,
                     &scene->counters);
}

static void scene_end(struct scene *scene)
{
    for (int at = 0; at < JOBS; at++) {
        json_decref(scene->jobs[at].request.params);
        json_decref(scene->jobs[at].request.result);
    }
    batch_changes_free(&scene->changes);
}

static void one_commit_for_all(void **state)
{
    (void)state;
    struct scene scene;
    scene_start(&scene, (const int[]){1, 2, 9, 4, 5});
    assert_true(scene_run(&scene));
    assert_string_equal(scene.fake.log, "12945|");
    assert_int_equal(scene.counters.commits, 1);
    assert_int_equal(scene.counters.commands, 5);
    assert_int_equal(scene.counters.refused, 1);
    assert_int_equal(scene.jobs[2].error, ERROR_INPUT_BAD_VALUE);
    assert_string_equal(scene.jobs[2].request.field, "n");
    assert_true(json_get_flag(scene.jobs[4].request.result, "receipt"));
    assert_int_equal(scene.changes.topics.count, 1);
    scene_end(&scene);
}

static void an_unexpected_error_hurts_only_its_command(void **state)
{
    (void)state;
    struct scene scene;
    scene_start(&scene, (const int[]){1, 2, 3, 4, 5});
    scene.fake.poison = scene.jobs[2].request.params;
    assert_true(scene_run(&scene));
    assert_string_equal(scene.fake.log, "12345x1|2|3x4|5|");
    assert_int_equal(scene.counters.replays, 1);
    assert_int_equal(scene.jobs[2].error, ERROR_STORAGE_CORRUPT);
    assert_null(scene.jobs[2].request.result);
    for (int at = 0; at < JOBS; at++) {
        assert_true(at == 2 || scene.jobs[at].error == ERROR_NONE);
    }
    scene_end(&scene);
}

static void short_of_space_writes_nothing(void **state)
{
    (void)state;
    struct scene scene;
    scene_start(&scene, (const int[]){1, 2, 3, 4, 5});
    scene.fake.is_short = true;
    assert_true(scene_run(&scene));
    assert_string_equal(scene.fake.log, "");
    assert_int_equal(scene.jobs[0].error, ERROR_STORAGE_FULL);
    assert_int_equal(scene.jobs[4].error, ERROR_STORAGE_FULL);
    scene_end(&scene);
}

static void a_commit_that_fails_for_space_is_refused(void **state)
{
    (void)state;
    struct scene scene;
    scene_start(&scene, (const int[]){1, 2, 3, 4, 5});
    scene.fake.fail_commits = 1;
    scene.fake.short_after_fail = true;
    assert_true(scene_run(&scene));
    assert_int_equal(scene.jobs[3].error, ERROR_STORAGE_FULL);
    assert_null(scene.jobs[3].request.result);
    assert_int_equal(scene.counters.commits, 0);
    scene_end(&scene);
}

static void a_commit_that_fails_otherwise_ends_the_process(void **state)
{
    (void)state;
    struct scene scene;
    scene_start(&scene, (const int[]){1, 2, 3, 4, 5});
    scene.fake.fail_commits = 1;
    assert_false(scene_run(&scene));
    scene_end(&scene);
    scene_start(&scene, (const int[]){1, 2, 3, 4, 5});
    scene.fake.dead = true;
    assert_false(scene_run(&scene));
    scene_end(&scene);
}

static void changes_are_kept_once(void **state)
{
    (void)state;
    struct batch_changes changes = {.topics.count = 0};
    struct id member = {.bytes = {1}};
    batch_changes_add(&changes, (struct topic_change){.topic = {.kind = 2}});
    batch_changes_add(&changes, (struct topic_change){.topic = {.kind = 2}, .urgent = true});
    batch_changes_add(&changes, (struct topic_change){.topic = {.kind = 3}});
    batch_changes_add_member(&changes, member);
    batch_changes_add_member(&changes, member);
    assert_int_equal(changes.topics.count, 2);
    assert_true(changes.topics.items[0].urgent);
    assert_false(changes.topics.items[1].urgent);
    assert_int_equal(changes.members.count, 1);
    batch_changes_free(&changes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_commit_for_all),
        cmocka_unit_test(an_unexpected_error_hurts_only_its_command),
        cmocka_unit_test(short_of_space_writes_nothing),
        cmocka_unit_test(a_commit_that_fails_for_space_is_refused),
        cmocka_unit_test(a_commit_that_fails_otherwise_ends_the_process),
        cmocka_unit_test(changes_are_kept_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
