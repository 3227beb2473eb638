/* The bytes of the demo's files, on the same shelf and through the same checks as those that members send.
 *
 * One upload at a time: written, given to the shelf's thread, waited for. It is released after the commit that makes it
 * known, as the shelf asks. Start at demo_shelf_put(). */
#include "server/commands/demo_story.h"

#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/engine/shelf.h"

struct demo_shelf {
    struct shelf *shelf;
    struct upload *held; /* finished, not yet released */
    sem_t finished;
};

static void wake(void *context)
{
    struct demo_shelf *files = context;
    sem_post(&files->finished);
}

struct demo_shelf *demo_shelf_open(struct folder *folder, const char *dir,
                                   char message[DEMO_MESSAGE_SIZE])
{
    struct demo_shelf *files = memory_new(1, sizeof *files);
    struct shelf_options options = {.dir = dir,
                                    .max_bytes = 64 * (uint64_t)DEMO_FILE_MAX,
                                    .store = folder->store,
                                    .now_ms = clock_wall_ms,
                                    .wake = wake,
                                    .wake_context = files};
    sem_init(&files->finished, 0, 0);
    files->shelf = shelf_open(&options, message);
    if (files->shelf == NULL) {
        sem_destroy(&files->finished);
        free(files);
        return NULL;
    }
    return files;
}

void demo_shelf_close(struct demo_shelf *files)
{
    demo_shelf_release(files);
    shelf_close(files->shelf);
    sem_destroy(&files->finished);
    free(files);
}

void demo_shelf_release(struct demo_shelf *files)
{
    while (files->held != NULL) {
        struct upload *upload = files->held;
        files->held = upload->next;
        shelf_release(files->shelf, upload);
    }
}

static void put_received(json_t *params, const struct upload *upload)
{
    struct buffer digits;
    buffer_init(&digits, 2 * HASH_SIZE);
    encoding_hex(&digits, hash_slice(&upload->sha256));
    json_put(params, "sha256", json_text(buffer_slice(&digits)));
    json_put(params, "type", json_text(slice_text(media_word(upload->media.type))));
    json_put(params, "size", json_number(upload->expected));
    json_put(params, "width", json_number(upload->media.width));
    json_put(params, "height", json_number(upload->media.height));
    buffer_free(&digits);
}

/* Waits for the shelf's thread; the upload is held until it is released. */
static enum error finish(struct demo_shelf *files, struct upload *upload, json_t *params)
{
    shelf_finish(files->shelf, upload);
    while (sem_wait(&files->finished) != 0) { /* a signal came */
    }
    upload = shelf_take(files->shelf);
    assert_always(upload != NULL);
    upload->next = files->held;
    files->held = upload;
    if (upload->error == ERROR_NONE) {
        put_received(params, upload);
    }
    return upload->error;
}

enum error demo_shelf_put(struct demo_shelf *files, const json_t *file, json_t *params)
{
    struct buffer bytes;
    enum error error = ERROR_NONE;
    buffer_init(&bytes, DEMO_FILE_MAX);
    demo_file_bytes(file, &bytes);
    struct upload *upload = shelf_begin(files->shelf, bytes.size, &error);
    if (upload != NULL) {
        shelf_write(upload, buffer_slice(&bytes));
        error = finish(files, upload, params);
    }
    buffer_free(&bytes);
    return error;
}
