/* A folder made, opened, locked, refused: with the real store and the real assembly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/engine/clock.h"
#include "server/engine/folder.h"
#include "server/engine/writer.h"

static char parent[] = "/tmp/palabre-folder-XXXXXX";
static char dir[64];

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

static int start(void **state)
{
    (void)state;
    assert_true(crypto_start());
    assert_non_null(mkdtemp(parent));
    snprintf(dir, sizeof dir, "%s/org", parent);
    return 0;
}

static int end(void **state)
{
    (void)state;
    return nftw(parent, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static enum error create(void)
{
    char message[FOLDER_MESSAGE_SIZE];
    json_t *languages = json_pack("[s,s]", "fr", "nl");
    struct assembly_founding founding = {.org = {.bytes = {1, 2, 3, 4, 5, 6, 0x80, 7, 0x80}},
                                         .name = slice_text("Essai"),
                                         .legal_form = slice_text(""),
                                         .time_zone = slice_text("Europe/Brussels"),
                                         .log_name = slice_text("essai/log"),
                                         .languages = languages,
                                         .now_ms = clock_wall_ms()};
    enum error error = folder_create(dir, &founding, message);
    json_decref(languages);
    return error;
}

static void made_once(void **state)
{
    (void)state;
    char path[96];
    struct stat about;
    struct hash key;
    assert_int_equal(create(), ERROR_NONE);
    snprintf(path, sizeof path, "%s/ledger.key", dir);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_true(folder_public_key(dir, &key));
    assert_int_equal(create(), ERROR_CONFLICT);
    struct hash same;
    assert_true(folder_public_key(dir, &same));
    assert_true(hash_equal(key, same));
}

static void opened_by_one(void **state)
{
    (void)state;
    char message[FOLDER_MESSAGE_SIZE];
    char zone[64];
    struct folder *folder;
    assert_int_equal(folder_open(dir, NULL, NULL, &folder, message), ERROR_NONE);
    folder_zone(folder, zone);
    assert_string_equal(zone, "Europe/Brussels");
    assert_true(folder_run_due(folder, clock_wall_ms()));
    assert_int_equal(store_lock_owner(dir), getpid());
    folder_close(folder);
}

static struct job *invitation(const char *class)
{
    struct job *job = calloc(1, sizeof *job);
    uint8_t random[ID_SIZE];
    crypto_random(random, sizeof random);
    job->request.command = command_find(slice_text("member.invite"));
    job->request.caller.kind = CALLER_OPERATOR;
    job->request.params = json_object();
    json_put(job->request.params, "id", json_id(id_from_random(random)));
    crypto_random(random, sizeof random);
    json_put(job->request.params, "command", json_id(id_from_random(random)));
    json_put(job->request.params, "class", json_text(slice_text(class)));
    assert_int_equal(assembly_check_shape(&job->request), ERROR_NONE);
    return job;
}

static void no_wake(void *context)
{
    (void)context;
}

static void the_writer_writes_to_it(void **state)
{
    (void)state;
    enum { COUNT = 20 };
    char message[FOLDER_MESSAGE_SIZE];
    struct folder *folder;
    assert_int_equal(folder_open(dir, NULL, NULL, &folder, message), ERROR_NONE);
    struct writer_options options = {
        .calls = &folder_calls, .context = folder, .workers = 1, .wake = no_wake};
    struct writer *writer = writer_start(&options);
    for (int at = 0; at < COUNT; at++) {
        writer_submit(writer, invitation(at == 7 ? "nobody" : "members"));
    }
    writer_stop(writer);
    int refused = 0;
    int count = 0;
    bool changed = false;
    struct writer_batch *batch = writer_take(writer);
    while (batch != NULL) {
        struct writer_batch *next_batch = batch->next;
        changed |= batch->changes.topics.count > 0;
        for (struct job *job = batch->jobs; job != NULL;) {
            struct job *next = job->next;
            refused += job->error == ERROR_CLASS_UNKNOWN;
            count++;
            assert_true(job->error == ERROR_CLASS_UNKNOWN ||
                        json_get_text(job->request.result, "link").size > 0);
            json_decref(job->request.params);
            json_decref(job->request.result);
            free(job);
            job = next;
        }
        writer_batch_free(batch);
        batch = next_batch;
    }
    assert_int_equal(count, COUNT);
    assert_int_equal(refused, 1);
    assert_true(changed);
    writer_free(writer);
    folder_close(folder);
}

static void a_key_that_others_may_read_is_refused(void **state)
{
    (void)state;
    char path[96];
    char message[FOLDER_MESSAGE_SIZE];
    struct folder *folder;
    snprintf(path, sizeof path, "%s/ledger.key", dir);
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(folder_open(dir, NULL, NULL, &folder, message), ERROR_STORAGE_FAILED);
    assert_non_null(strstr(message, "0600"));
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(truncate(path, 10), 0);
    assert_int_equal(folder_open(dir, NULL, NULL, &folder, message), ERROR_STORAGE_FAILED);
    unlink(path);
    assert_int_equal(folder_open(dir, NULL, NULL, &folder, message), ERROR_STORAGE_FAILED);
    struct hash key;
    assert_false(folder_public_key(dir, &key));
}

static void what_is_no_folder_is_refused(void **state)
{
    (void)state;
    char message[FOLDER_MESSAGE_SIZE];
    struct folder *folder;
    assert_int_not_equal(folder_open("/nonexistent/org", NULL, NULL, &folder, message), ERROR_NONE);
    assert_true(message[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(made_once),
        cmocka_unit_test(opened_by_one),
        cmocka_unit_test(the_writer_writes_to_it),
        cmocka_unit_test(a_key_that_others_may_read_is_refused),
        cmocka_unit_test(what_is_no_folder_is_refused),
    };
    return cmocka_run_group_tests(tests, start, end);
}
