/* Files beside the store: how bytes become durable before anything speaks of them, and how they go.
 *
 *   begin → write… → finish → [thread: check, hash, fsync, rename, fsync of the folder] → take → file.received → release
 *
 * Invariants: a name of 64 digits is only ever given to whole, checked, synced bytes with that hash; so a crash leaves
 * nothing but *.part files, which go at the next start, and whole files that nothing speaks of, which are swept.
 * Sweeping throws away what file_is_kept() does not know. It runs in the thread that names files, and passes over the bytes
 * of uploads that have not been released: whoever releases after the commit of file.received has therefore made them
 * known before the sweep reads the store. A file taken off is known for some seconds more (undo), so the sweep comes later.
 * Reading a part file goes through a map of it: nobody else writes there. Start at shelf_loop(). */
#include "server/engine/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/engine/log.h"

enum {
    CHARGE_LEAST = 4096,      /* what the smallest file counts for */
    SWEEP_SOON_US = 21000000, /* undo (10 s), the margin for transactions (10 s), and one */
    HASH_TEXT = 64
};
static const uint64_t SWEEP_EVERY_US = UINT64_C(3600) * 1000000;

struct shelf {
    struct shelf_options options;
    char folder[SHELF_PATH_SIZE - 128];
    int folder_file; /* for fsync of names */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    /* Under the lock. */
    struct upload *first, **last; /* to be finished */
    struct upload *out, **out_last;
    struct upload *open; /* begun and not released */
    size_t open_count;
    uint64_t used, reserved;     /* bytes of files, of open uploads */
    uint64_t sweep_us, again_us; /* the next sweep, and one more after it; 0 = none */
    uint64_t numbers;
    bool stopping;
};

static uint64_t charge(uint64_t bytes)
{
    return bytes < CHARGE_LEAST ? CHARGE_LEAST : bytes;
}

/* ---- names ---- */

void shelf_path(const struct shelf *shelf, const struct hash *sha256, char path[SHELF_PATH_SIZE])
{
    struct buffer digits;
    buffer_init(&digits, HASH_TEXT);
    encoding_hex(&digits, slice_of(sha256->bytes, HASH_SIZE));
    snprintf(path, SHELF_PATH_SIZE, "%s/%.*s", shelf->folder, (int)digits.size,
             (const char *)digits.data);
    buffer_free(&digits);
}

static void part_path(const struct shelf *shelf, uint64_t number, char path[SHELF_PATH_SIZE])
{
    snprintf(path, SHELF_PATH_SIZE, "%s/%llu.part", shelf->folder, (unsigned long long)number);
}

static bool name_hash(const char *name, struct hash *hash)
{
    struct buffer bytes;
    buffer_init(&bytes, HASH_SIZE);
    bool good = strlen(name) == HASH_TEXT && encoding_from_hex(slice_text(name), &bytes);
    if (good) {
        memcpy(hash->bytes, bytes.data, HASH_SIZE);
    }
    buffer_free(&bytes);
    return good;
}

/* ---- sweeping ---- */

static bool is_open(const struct shelf *shelf, const struct hash *hash)
{
    for (const struct upload *upload = shelf->open; upload != NULL; upload = upload->open_next) {
        if (upload->named && hash_equal(upload->sha256, *hash)) {
            return true;
        }
    }
    return false;
}

/* Throws one file away unless it is held. The lock is held, so nothing is released meanwhile. */
static void sweep_one(struct shelf *shelf, const char *path, const struct hash *hash,
                      uint64_t bytes)
{
    struct store_txn *txn;
    if (is_open(shelf, hash) || store_begin(shelf->options.store, STORE_READ, &txn) != ERROR_NONE) {
        return;
    }
    bool kept = file_is_kept(txn, hash, shelf->options.now_ms());
    bool sound = store_error(txn) == ERROR_NONE;
    store_abort(txn);
    if (!kept && sound && unlink(path) == 0) {
        shelf->used -= charge(bytes) < shelf->used ? charge(bytes) : shelf->used;
    }
}

/* All files of the folder: counts them when it starts, sweeps what nothing holds. */
static bool walk(struct shelf *shelf, bool starting)
{
    struct stat about;
    struct hash hash;
    char path[SHELF_PATH_SIZE];
    DIR *folder = opendir(shelf->folder);
    if (folder == NULL) {
        return false;
    }
    // cppcheck-suppress readdirCalled
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        size_t size = strlen(entry->d_name);
        snprintf(path, sizeof path, "%s/%.127s", shelf->folder, entry->d_name);
        if (starting && size > 5 && strcmp(entry->d_name + size - 5, ".part") == 0) {
            unlink(path);
        } else if (name_hash(entry->d_name, &hash) && lstat(path, &about) == 0) {
            pthread_mutex_lock(&shelf->lock);
            shelf->used += starting ? charge((uint64_t)about.st_size) : 0;
            sweep_one(shelf, path, &hash, (uint64_t)about.st_size);
            pthread_mutex_unlock(&shelf->lock);
        }
    }
    closedir(folder);
    return true;
}

void shelf_sweep_soon(struct shelf *shelf)
{
    uint64_t at_us = clock_monotonic_us() + SWEEP_SOON_US;
    pthread_mutex_lock(&shelf->lock);
    if (at_us < shelf->sweep_us) {
        shelf->sweep_us = at_us;
    } else {
        shelf->again_us = at_us;
    }
    pthread_mutex_unlock(&shelf->lock);
    pthread_cond_signal(&shelf->wake);
}

void shelf_sweep_now(struct shelf *shelf)
{
    pthread_mutex_lock(&shelf->lock);
    shelf->sweep_us = 0;
    pthread_mutex_unlock(&shelf->lock);
    pthread_cond_signal(&shelf->wake);
}

/* ---- uploads: the beginner's side ---- */

static enum error open_error(int number)
{
    return number == ENOSPC || number == EDQUOT ? ERROR_STORAGE_FULL : ERROR_STORAGE_FAILED;
}

static enum error admit(struct shelf *shelf, uint64_t expected)
{
    if (expected == 0) {
        return ERROR_FILE_EMPTY;
    }
    if (expected > MEDIA_MAX) {
        return ERROR_FILE_TOO_BIG;
    }
    if (shelf->open_count >= SHELF_UPLOADS_MAX) {
        return ERROR_FILE_BUSY;
    }
    uint64_t room = shelf->options.max_bytes;
    uint64_t taken = shelf->used + shelf->reserved;
    return taken > room || charge(expected) > room - taken ? ERROR_FILE_FULL : ERROR_NONE;
}

static struct upload *reserve(struct shelf *shelf, uint64_t expected, enum error *error)
{
    struct upload *upload = NULL;
    pthread_mutex_lock(&shelf->lock);
    *error = admit(shelf, expected);
    if (*error == ERROR_NONE) {
        upload = memory_new(1, sizeof *upload);
        upload->file = -1;
        upload->expected = expected;
        upload->number = ++shelf->numbers;
        upload->open_next = shelf->open;
        if (shelf->open != NULL) {
            shelf->open->open_previous = upload;
        }
        shelf->open = upload;
        shelf->open_count++;
        shelf->reserved += charge(expected);
    }
    pthread_mutex_unlock(&shelf->lock);
    return upload;
}

struct upload *shelf_begin(struct shelf *shelf, uint64_t expected, enum error *error)
{
    char path[SHELF_PATH_SIZE];
    struct upload *upload = reserve(shelf, expected, error);
    if (upload == NULL) {
        return NULL;
    }
    part_path(shelf, upload->number, path);
    upload->file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (upload->file < 0) {
        *error = open_error(errno);
        log_line(LOG_LEVEL_ERROR, "shelf", "%s: %s", path, strerror(errno));
        shelf_release(shelf, upload);
        return NULL;
    }
    return upload;
}

void shelf_write(struct upload *upload, struct slice bytes)
{
    while (bytes.size > 0 && upload->error == ERROR_NONE) {
        ssize_t size = write(upload->file, bytes.data, bytes.size);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            upload->error = open_error(errno);
            return;
        }
        upload->received += (uint64_t)size;
        bytes = slice_of(bytes.data + size, bytes.size - (size_t)size);
    }
}

void shelf_finish(struct shelf *shelf, struct upload *upload)
{
    pthread_mutex_lock(&shelf->lock);
    assert_always(!shelf->stopping);
    upload->next = NULL;
    *shelf->last = upload;
    shelf->last = &upload->next;
    pthread_mutex_unlock(&shelf->lock);
    pthread_cond_signal(&shelf->wake);
}

struct upload *shelf_take(struct shelf *shelf)
{
    pthread_mutex_lock(&shelf->lock);
    struct upload *uploads = shelf->out;
    shelf->out = NULL;
    shelf->out_last = &shelf->out;
    pthread_mutex_unlock(&shelf->lock);
    return uploads;
}

void shelf_release(struct shelf *shelf, struct upload *upload)
{
    char path[SHELF_PATH_SIZE];
    if (upload->file >= 0) {
        close(upload->file);
        part_path(shelf, upload->number, path);
        unlink(path);
    }
    pthread_mutex_lock(&shelf->lock);
    if (upload->open_previous != NULL) {
        upload->open_previous->open_next = upload->open_next;
    } else {
        shelf->open = upload->open_next;
    }
    if (upload->open_next != NULL) {
        upload->open_next->open_previous = upload->open_previous;
    }
    shelf->open_count--;
    shelf->reserved -= upload->named ? 0 : charge(upload->expected);
    pthread_mutex_unlock(&shelf->lock);
    free(upload);
}

uint64_t shelf_used(struct shelf *shelf)
{
    pthread_mutex_lock(&shelf->lock);
    uint64_t used = shelf->used;
    pthread_mutex_unlock(&shelf->lock);
    return used;
}

/* ---- uploads: the thread's side ---- */

static enum error check_bytes(struct upload *upload)
{
    struct stat about;
    if (upload->received != upload->expected || fstat(upload->file, &about) != 0 ||
        (uint64_t)about.st_size != upload->expected) {
        return ERROR_FILE_BROKEN;
    }
    size_t size = (size_t)upload->expected;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, upload->file, 0);
    if (bytes == MAP_FAILED) {
        return ERROR_STORAGE_FAILED;
    }
    enum error error = media_check(slice_of(bytes, size), &upload->media);
    if (error == ERROR_NONE) {
        upload->sha256 = crypto_hash(slice_of(bytes, size));
    }
    munmap(bytes, size);
    return error;
}

/* Durable under its name: first the bytes, then the name. */
static enum error name_bytes(struct shelf *shelf, struct upload *upload)
{
    char part[SHELF_PATH_SIZE], path[SHELF_PATH_SIZE];
    if (fsync(upload->file) != 0) {
        return open_error(errno);
    }
    part_path(shelf, upload->number, part);
    shelf_path(shelf, &upload->sha256, path);
    bool there = access(path, F_OK) == 0;
    pthread_mutex_lock(&shelf->lock);
    bool good = rename(part, path) == 0;
    int number = errno;
    if (good) {
        upload->named = true;
        shelf->reserved -= charge(upload->expected);
        shelf->used += there ? 0 : charge(upload->expected);
    }
    pthread_mutex_unlock(&shelf->lock);
    if (!good) {
        return open_error(number);
    }
    close(upload->file);
    upload->file = -1;
    return fsync(shelf->folder_file) == 0 ? ERROR_NONE : ERROR_STORAGE_FAILED;
}

static void finish_one(struct shelf *shelf, struct upload *upload)
{
    if (upload->error == ERROR_NONE) {
        upload->error = check_bytes(upload);
    }
    if (upload->error == ERROR_NONE) {
        upload->error = name_bytes(shelf, upload);
    }
}

/* Until there is something to finish, a sweep to make, or the end. The lock is held around it. */
static void wait_for_work(struct shelf *shelf)
{
    while (shelf->first == NULL && !shelf->stopping && clock_monotonic_us() < shelf->sweep_us) {
        struct timespec at = {.tv_sec = (time_t)(shelf->sweep_us / 1000000),
                              .tv_nsec = (long)(shelf->sweep_us % 1000000) * 1000};
        pthread_cond_timedwait(&shelf->wake, &shelf->lock, &at);
    }
}

static bool sweep_is_due(struct shelf *shelf)
{
    uint64_t now_us = clock_monotonic_us();
    if (now_us < shelf->sweep_us) {
        return false;
    }
    shelf->sweep_us = shelf->again_us > now_us ? shelf->again_us : now_us + SWEEP_EVERY_US;
    shelf->again_us = 0;
    return true;
}

static void put_out(struct shelf *shelf, struct upload *upload)
{
    upload->next = NULL;
    *shelf->out_last = upload;
    shelf->out_last = &upload->next;
}

static void *shelf_loop(void *argument)
{
    struct shelf *shelf = argument;
    pthread_mutex_lock(&shelf->lock);
    for (;;) {
        wait_for_work(shelf);
        struct upload *upload = shelf->first;
        if (upload != NULL) {
            shelf->first = upload->next;
            shelf->last = shelf->first == NULL ? &shelf->first : shelf->last;
        } else if (shelf->stopping) {
            break;
        }
        bool sweep = sweep_is_due(shelf);
        pthread_mutex_unlock(&shelf->lock);
        if (upload != NULL) {
            finish_one(shelf, upload);
        }
        if (sweep) {
            walk(shelf, false);
        }
        pthread_mutex_lock(&shelf->lock);
        if (upload != NULL) {
            put_out(shelf, upload);
            pthread_mutex_unlock(&shelf->lock);
            shelf->options.wake(shelf->options.wake_context);
            pthread_mutex_lock(&shelf->lock);
        }
    }
    pthread_mutex_unlock(&shelf->lock);
    return NULL;
}

/* ---- opening and closing ---- */

/* The folder's own name must be durable before files in it are. Costs little when it was made long ago. */
static bool sync_parent(int folder)
{
    int parent = openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = parent >= 0 && fsync(parent) == 0;
    if (parent >= 0) {
        close(parent);
    }
    return good;
}

static bool open_folder(struct shelf *shelf, const char *dir, char *message)
{
    int size = snprintf(shelf->folder, sizeof shelf->folder, "%s/files", dir);
    if (size < 0 || (size_t)size >= sizeof shelf->folder) {
        snprintf(message, 256, "the folder's name is too long");
        return false;
    }
    if (mkdir(shelf->folder, 0700) != 0 && errno != EEXIST) {
        snprintf(message, 256, "%.200s: %s", shelf->folder, strerror(errno));
        return false;
    }
    shelf->folder_file = open(shelf->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (shelf->folder_file < 0 || !sync_parent(shelf->folder_file) || !walk(shelf, true)) {
        snprintf(message, 256, "%.200s: %s", shelf->folder, strerror(errno));
        return false;
    }
    return true;
}

struct shelf *shelf_open(const struct shelf_options *options, char *message)
{
    struct shelf *shelf = memory_new(1, sizeof *shelf);
    shelf->options = *options;
    shelf->folder_file = -1;
    shelf->last = &shelf->first;
    shelf->out_last = &shelf->out;
    shelf->sweep_us = clock_monotonic_us() + SWEEP_SOON_US;
    pthread_mutex_init(&shelf->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&shelf->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (!open_folder(shelf, options->dir, message)) {
        if (shelf->folder_file >= 0) {
            close(shelf->folder_file);
        }
        free(shelf);
        return NULL;
    }
    assert_always(pthread_create(&shelf->thread, NULL, shelf_loop, shelf) == 0);
    return shelf;
}

void shelf_resize(struct shelf *shelf, uint64_t max_bytes)
{
    pthread_mutex_lock(&shelf->lock);
    shelf->options.max_bytes = max_bytes;
    pthread_mutex_unlock(&shelf->lock);
}

void shelf_close(struct shelf *shelf)
{
    pthread_mutex_lock(&shelf->lock);
    shelf->stopping = true;
    pthread_mutex_unlock(&shelf->lock);
    pthread_cond_signal(&shelf->wake);
    pthread_join(shelf->thread, NULL);
    struct upload *upload = shelf_take(shelf);
    while (upload != NULL) {
        struct upload *next = upload->next;
        shelf_release(shelf, upload);
        upload = next;
    }
    assert_always(shelf->open == NULL);
    close(shelf->folder_file);
    pthread_cond_destroy(&shelf->wake);
    pthread_mutex_destroy(&shelf->lock);
    free(shelf);
}
