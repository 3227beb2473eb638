/* The shelf of files: whole bytes get their name after they are checked, anything else leaves nothing; room, and sweeping
 * at a start. Built with the thread sanitizer too: a thread of the shelf's works beside the one of the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/engine/clock.h"
#include "server/engine/shelf.h"

enum { UPLOADS = 24 };

struct scene {
    char dir[256];
    struct store *store;
    struct shelf *shelf;
    atomic_uint wakes;
};

static void woken(void *context)
{
    struct scene *scene = context;
    atomic_fetch_add(&scene->wakes, 1);
}

static void start(struct scene *scene, uint64_t max_bytes)
{
    char message[256];
    struct shelf_options options = {.dir = scene->dir,
                                    .max_bytes = max_bytes,
                                    .store = scene->store,
                                    .now_ms = clock_wall_ms,
                                    .wake = woken,
                                    .wake_context = scene};
    scene->shelf = shelf_open(&options, message);
    assert_non_null(scene->shelf);
}

static int open_scene(void **state)
{
    static struct scene scene;
    char message[256];
    struct store_options options = {.not_durable = true};
    scene = (struct scene){.store = NULL};
    assert_true(crypto_start());
    const char *parent = getenv("TMPDIR");
    snprintf(scene.dir, sizeof scene.dir, "%s/palabre-shelf-XXXXXX",
             parent == NULL ? "/tmp" : parent);
    assert_non_null(mkdtemp(scene.dir));
    assert_int_equal(store_open(scene.dir, true, &options, &scene.store, message), ERROR_NONE);
    start(&scene, 1 << 20);
    *state = &scene;
    return 0;
}

/* Names in DIR/files; removes them too when asked. */
static unsigned count_files(const struct scene *scene, bool remove_them)
{
    char path[600];
    unsigned count = 0;
    snprintf(path, sizeof path, "%s/files", scene->dir);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        count++;
        if (remove_them) {
            snprintf(path, sizeof path, "%.255s/files/%.255s", scene->dir, entry->d_name);
            assert_int_equal(unlink(path), 0);
        }
    }
    closedir(folder);
    return count;
}

static int close_scene(void **state)
{
    static const char *const rest[] = {"files", "data.mdb", "lock.mdb", "lock", ""};
    struct scene *scene = *state;
    char path[600];
    shelf_close(scene->shelf);
    store_close(scene->store);
    count_files(scene, true);
    for (size_t at = 0; at < sizeof rest / sizeof rest[0]; at++) {
        snprintf(path, sizeof path, "%.255s/%s", scene->dir, rest[at]);
        remove(path);
    }
    return 0;
}

static struct upload *begin(struct scene *scene, uint64_t size)
{
    enum error error;
    struct upload *upload = shelf_begin(scene->shelf, size, &error);
    assert_int_equal(error, upload == NULL ? error : ERROR_NONE);
    assert_non_null(upload);
    return upload;
}

/* Waits for so many finished uploads and counts those without error. */
static unsigned take(struct scene *scene, unsigned expected)
{
    unsigned good = 0;
    while (expected > 0) {
        struct upload *upload = shelf_take(scene->shelf);
        if (upload == NULL) {
            usleep(500);
        }
        while (upload != NULL) {
            struct upload *next = upload->next;
            good += upload->error == ERROR_NONE;
            expected--;
            shelf_release(scene->shelf, upload);
            upload = next;
        }
    }
    return good;
}

static void send(struct scene *scene, const char *text)
{
    struct upload *upload = begin(scene, strlen(text));
    for (const char *at = text; *at != '\0'; at++) {
        shelf_write(upload, slice_of(at, 1));
    }
    shelf_finish(scene->shelf, upload);
}

static void test_named_by_hash(void **state)
{
    struct scene *scene = *state;
    char path[SHELF_PATH_SIZE];
    struct stat about;
    struct hash hash = crypto_hash(slice_text("bonjour\n"));
    send(scene, "bonjour\n");
    assert_int_equal(take(scene, 1), 1);
    shelf_path(scene->shelf, &hash, path);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_size, 8);
    assert_int_equal(count_files(scene, false), 1);
    assert_int_equal(shelf_used(scene->shelf), 4096);
    send(scene, "bonjour\n"); /* the same bytes once more */
    assert_int_equal(take(scene, 1), 1);
    assert_int_equal(count_files(scene, false), 1);
    assert_int_equal(shelf_used(scene->shelf), 4096);
    /* What is out may be taken before its waker is called: all are once the thread has ended. */
    shelf_close(scene->shelf);
    assert_int_equal(atomic_load(&scene->wakes), 2);
    start(scene, 1 << 20);
}

static void test_nothing_half(void **state)
{
    struct scene *scene = *state;
    struct upload *dropped = begin(scene, 100);
    shelf_write(dropped, slice_text("abc"));
    assert_int_equal(count_files(scene, false), 1);
    shelf_release(scene->shelf, dropped);
    assert_int_equal(count_files(scene, false), 0);
    struct upload *shorter = begin(scene, 100); /* less than it said */
    shelf_write(shorter, slice_text("abc"));
    shelf_finish(scene->shelf, shorter);
    send(scene, "<html>");
    assert_int_equal(take(scene, 2), 0);
    assert_int_equal(count_files(scene, false), 0);
    assert_int_equal(shelf_used(scene->shelf), 0);
}

static void test_room(void **state)
{
    struct scene *scene = *state;
    enum error error;
    assert_null(shelf_begin(scene->shelf, 0, &error));
    assert_int_equal(error, ERROR_FILE_EMPTY);
    assert_null(shelf_begin(scene->shelf, MEDIA_MAX + 1, &error));
    assert_int_equal(error, ERROR_FILE_TOO_BIG);
    assert_null(shelf_begin(scene->shelf, (1 << 20) + 1, &error));
    assert_int_equal(error, ERROR_FILE_FULL);
    struct upload *half = begin(scene, 600 << 10);
    assert_null(shelf_begin(scene->shelf, 500 << 10, &error)); /* both together do not fit */
    assert_int_equal(error, ERROR_FILE_FULL);
    shelf_release(scene->shelf, half);
    struct upload *many[SHELF_UPLOADS_MAX];
    for (unsigned at = 0; at < SHELF_UPLOADS_MAX; at++) {
        many[at] = begin(scene, 10);
    }
    assert_null(shelf_begin(scene->shelf, 10, &error));
    assert_int_equal(error, ERROR_FILE_BUSY);
    for (unsigned at = 0; at < SHELF_UPLOADS_MAX; at++) {
        shelf_release(scene->shelf, many[at]);
    }
}

/* Many at once, each other bytes, some of them wrong. */
static void test_many(void **state)
{
    struct scene *scene = *state;
    for (unsigned at = 0; at < UPLOADS; at++) {
        char text[32];
        snprintf(text, sizeof text, at % 4 == 3 ? "<p>%u" : "texte %u", at);
        send(scene, text);
    }
    assert_int_equal(take(scene, UPLOADS), UPLOADS * 3 / 4);
    assert_int_equal(count_files(scene, false), UPLOADS * 3 / 4);
}

/* What a crash left: half files go, and whole ones that nothing speaks of. Other names are not ours to remove. */
static void test_swept_at_a_start(void **state)
{
    static const char *const left[] = {
        "7.part", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "notes.txt"};
    struct scene *scene = *state;
    shelf_close(scene->shelf);
    for (size_t at = 0; at < 3; at++) {
        char path[600];
        snprintf(path, sizeof path, "%.255s/files/%s", scene->dir, left[at]);
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        fputs("x", file);
        fclose(file);
    }
    start(scene, 1 << 20);
    assert_int_equal(count_files(scene, false), 1);
    assert_int_equal(shelf_used(scene->shelf), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_named_by_hash, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(test_nothing_half, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(test_room, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(test_many, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(test_swept_at_a_start, open_scene, close_scene),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
