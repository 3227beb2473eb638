/* Opening and making folders, and the batch calls that work on one.
 *
 * The ledger key is 32 bytes as 64 hex digits in DIR/ledger.key, made once by folder_create with mode 0600, written and
 * synced, it and its name, before the record names it. A folder without its key, or with a key of another mode, is not opened for writing:
 * a key that others can read is not the server's alone.
 * folder_calls is the real side of batch.h: begin = write transaction and due dates, commit = durable, then the
 * assembly's memory follows. Only the thread that runs batches touches struct folder while it does. */
#include "server/engine/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/engine/log.h"

enum {
    KEY_TEXT_SIZE = 2 * SEED_SIZE + 1,
    PATH_SIZE = 4096,
    READERS_EVERY_MS = 1000,
    ERASURES_MAX = 64 << 20
};

static bool key_path(const char *dir, char path[PATH_SIZE], char *message)
{
    int size = snprintf(path, PATH_SIZE, "%s/ledger.key", dir);
    if (size < 0 || size >= PATH_SIZE) {
        snprintf(message, FOLDER_MESSAGE_SIZE, "the folder's name is too long");
        return false;
    }
    return true;
}

static enum error key_fault(char *message, const char *what)
{
    snprintf(message, FOLDER_MESSAGE_SIZE, "ledger.key: %s", what);
    return ERROR_STORAGE_FAILED;
}

/* Writes all, with fsync. */
static bool write_durably(int file, struct slice bytes)
{
    size_t at = 0;
    while (at < bytes.size) {
        ssize_t size = write(file, bytes.data + at, bytes.size - at);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            return false;
        }
        at += (size_t)size;
    }
    return fsync(file) == 0;
}

/* Makes the names in a folder durable. */
static bool sync_names(const char *dir)
{
    int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0) {
        close(folder);
    }
    return good;
}

enum error folder_key_write(const char *dir, const struct key_pair *key,
                            char message[FOLDER_MESSAGE_SIZE])
{
    char path[PATH_SIZE];
    if (!key_path(dir, path, message)) {
        return ERROR_STORAGE_FAILED;
    }
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return key_fault(message, strerror(errno));
    }
    struct buffer text;
    buffer_init(&text, KEY_TEXT_SIZE);
    encoding_hex(&text, slice_of(key->secret, SEED_SIZE));
    buffer_append_text(&text, "\n");
    bool written = write_durably(file, buffer_slice(&text)) && sync_names(dir);
    close(file);
    crypto_wipe(text.data, text.size);
    buffer_free(&text);
    if (!written) {
        unlink(path);
        return key_fault(message, "could not be written");
    }
    return ERROR_NONE;
}

enum error folder_key_create(const char *dir, struct key_pair *key,
                             char message[FOLDER_MESSAGE_SIZE])
{
    uint8_t seed[SEED_SIZE];
    crypto_random(seed, sizeof seed);
    *key = crypto_key_pair(seed);
    crypto_wipe(seed, sizeof seed);
    return folder_key_write(dir, key, message);
}

enum error folder_key_read(const char *path, struct key_pair *key,
                           char message[FOLDER_MESSAGE_SIZE])
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return key_fault(message, strerror(errno));
    }
    struct stat about;
    char text[KEY_TEXT_SIZE + 1];
    ssize_t size = read(file, text, sizeof text);
    bool mine = fstat(file, &about) == 0 && (about.st_mode & 077) == 0;
    close(file);
    if (!mine) {
        return key_fault(message, "others may read it; its mode must be 0600");
    }
    struct buffer seed;
    buffer_init(&seed, SEED_SIZE);
    bool good = size == KEY_TEXT_SIZE && text[KEY_TEXT_SIZE - 1] == '\n' &&
                encoding_from_hex(slice_of(text, KEY_TEXT_SIZE - 1), &seed) &&
                seed.size == SEED_SIZE;
    if (good) {
        *key = crypto_key_pair(seed.data);
        crypto_wipe(seed.data, seed.size);
    }
    crypto_wipe(text, sizeof text);
    buffer_free(&seed);
    return good ? ERROR_NONE : key_fault(message, "not a ledger key");
}

static enum error key_read(const char *dir, struct key_pair *key, char *message)
{
    char path[PATH_SIZE];
    return key_path(dir, path, message) ? folder_key_read(path, key, message)
                                        : ERROR_STORAGE_FAILED;
}

enum error folder_create(const char *dir, const struct assembly_founding *founding,
                         char message[FOLDER_MESSAGE_SIZE])
{
    struct store_options options = {.read_only = false};
    struct store *store;
    struct store_txn *txn = NULL;
    struct key_pair key;
    enum error error = store_open(dir, true, &options, &store, message);
    if (error != ERROR_NONE) {
        return error;
    }
    error = store_begin(store, STORE_WRITE, &txn);
    if (error == ERROR_NONE && store_count(txn, TABLE_LEAF) > 0) {
        snprintf(message, FOLDER_MESSAGE_SIZE, "%s holds an organisation already", dir);
        error = ERROR_CONFLICT;
    } else if (error == ERROR_NONE) {
        error = folder_key_create(dir, &key, message);
    } else {
        snprintf(message, FOLDER_MESSAGE_SIZE, "%s", error_sentence(error));
    }
    if (error == ERROR_NONE) {
        error = assembly_found(txn, founding, &key);
        crypto_wipe(&key, sizeof key);
        if (error == ERROR_NONE) {
            error = store_commit(txn);
            txn = NULL;
        }
        if (error != ERROR_NONE) {
            char path[PATH_SIZE];
            if (key_path(dir, path, message)) {
                unlink(path);
            }
            snprintf(message, FOLDER_MESSAGE_SIZE, "%s", error_sentence(error));
        }
    }
    if (txn != NULL) {
        store_abort(txn);
    }
    store_close(store);
    return error;
}

static bool folder_clean(struct folder *folder);

static void remember_next_due(struct folder *folder, struct store_txn *txn)
{
    folder->has_next_due = assembly_next_due(txn, &folder->next_due_ms);
}

enum error folder_open(const char *dir, folder_progress progress, void *context,
                       struct folder **folder, char message[FOLDER_MESSAGE_SIZE])
{
    return folder_open_sized(dir, 0, progress, context, folder, message);
}

enum error folder_open_sized(const char *dir, uint64_t map_bytes, folder_progress progress,
                             void *context, struct folder **folder,
                             char message[FOLDER_MESSAGE_SIZE])
{
    struct store_options options = {.map_bytes = map_bytes};
    struct folder *opened = memory_new(1, sizeof *opened);
    struct store_txn *txn;
    message[0] = '\0';
    opened->dir = memory_copy_text(dir);
    enum error error = store_open(dir, false, &options, &opened->store, message);
    if (error == ERROR_NONE) {
        error = key_read(dir, &opened->key, message);
    }
    if (error == ERROR_NONE) {
        error = assembly_open(opened->store, &opened->key, progress, context, &opened->assembly);
        if (error == ERROR_CHECKPOINT_BAD) {
            key_fault(message,
                      "not the key that sealed this record (or its newest seal is damaged)");
        }
    }
    if (error == ERROR_NONE) {
        assembly_set_zone(opened->assembly, clock_zone_offset);
        error = folder_clean(opened) ? ERROR_NONE : ERROR_STORAGE_FAILED;
    }
    if (error == ERROR_NONE) {
        error = store_begin(opened->store, STORE_READ, &txn);
    }
    if (error != ERROR_NONE) {
        if (message[0] == '\0') {
            snprintf(message, FOLDER_MESSAGE_SIZE, "%s", error_sentence(error));
        }
        folder_close(opened);
        return error;
    }
    remember_next_due(opened, txn);
    store_abort(txn);
    *folder = opened;
    return ERROR_NONE;
}

void folder_close(struct folder *folder)
{
    if (folder->assembly != NULL) {
        assembly_close(folder->assembly);
    }
    if (folder->store != NULL) {
        store_close(folder->store);
    }
    crypto_wipe(&folder->key, sizeof folder->key);
    free(folder->dir);
    free(folder);
}

bool folder_public_key(const char *dir, struct hash *key)
{
    struct key_pair pair;
    char message[FOLDER_MESSAGE_SIZE];
    if (key_read(dir, &pair, message) != ERROR_NONE) {
        return false;
    }
    *key = pair.public_key;
    crypto_wipe(&pair, sizeof pair);
    return true;
}

bool folder_run_due(struct folder *folder, uint64_t now_ms)
{
    struct batch_changes changes = {.topics.count = 0};
    struct batch_counters counters = {.commits = 0};
    bool sound = batch_run(&folder_calls, folder, NULL, 0, now_ms, clock_local_year(now_ms),
                           &changes, &counters);
    batch_changes_free(&changes);
    return sound;
}

void folder_topic(struct store_txn *txn, struct topic topic, struct buffer *out)
{
    struct buffer docs;
    struct buffer gone;
    buffer_init(&docs, FOLDER_TOPIC_MAX - 2);
    buffer_init(&gone, FOLDER_TOPIC_MAX);
    feed_read(txn, topic, 0, FOLDER_TOPIC_MAX / 2, &docs, &gone);
    buffer_append_text(out, "[");
    buffer_append_slice(out, buffer_slice(&docs));
    buffer_append_text(out, "]");
    buffer_free(&docs);
    buffer_free(&gone);
}

/* The organisation document out of the topic everybody may read. */
static json_t *read_organisation(struct store_txn *txn)
{
    struct caller caller = {.kind = CALLER_OPERATOR};
    struct topic topic;
    if (topic_find(txn, slice_text("org"), &caller, &topic) != ERROR_NONE) {
        return NULL;
    }
    struct buffer array;
    buffer_init(&array, FOLDER_TOPIC_MAX);
    folder_topic(txn, topic, &array);
    json_t *list = json_parse_own(buffer_slice(&array));
    json_t *found = NULL;
    for (size_t at = 0; at < json_array_size(list) && found == NULL; at++) {
        json_t *document = json_array_get(list, at);
        if (slice_equal(json_get_text(document, "kind"), slice_text("organisation"))) {
            found = json_incref(document);
        }
    }
    json_decref(list);
    buffer_free(&array);
    return found;
}

void folder_zone(struct folder *folder, char zone[64])
{
    struct store_txn *txn;
    snprintf(zone, 64, "UTC");
    if (store_begin(folder->store, STORE_READ, &txn) != ERROR_NONE) {
        return;
    }
    json_t *organisation = read_organisation(txn);
    struct slice name = json_get_text(organisation, "time_zone");
    if (name.size > 0 && name.size < 64) {
        snprintf(zone, 64, "%.*s", (int)name.size, (const char *)name.data);
    }
    json_decref(organisation);
    store_abort(txn);
}

/* ---- After an erasure ---- */

/* DIR/erasures says who was erased, for the day an older backup is restored: written whole, then named. */
static bool list_erasures(const struct folder *folder, struct store_txn *txn)
{
    char path[PATH_SIZE], part[PATH_SIZE];
    struct buffer list;
    if (snprintf(path, sizeof path, "%s/erasures", folder->dir) >= PATH_SIZE ||
        snprintf(part, sizeof part, "%s/erasures.part", folder->dir) >= PATH_SIZE) {
        return false;
    }
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return false;
    }
    buffer_init(&list, ERASURES_MAX);
    assembly_erasures(txn, &list);
    bool good = buffer_ok(&list) && write_durably(file, buffer_slice(&list));
    close(file);
    buffer_free(&list);
    return good && rename(part, path) == 0;
}

static bool is_wanted(struct folder *folder)
{
    struct store_txn *txn;
    bool wanted = store_begin(folder->store, STORE_READ, &txn) == ERROR_NONE;
    if (wanted) {
        wanted = assembly_wants_compaction(txn);
        if (wanted && !list_erasures(folder, txn)) {
            log_line(LOG_LEVEL_WARNING, "erasure", "the list of erasures could not be written");
        }
        store_abort(txn);
    }
    return wanted;
}

static bool forget_wanted(struct folder *folder)
{
    struct store_txn *txn;
    if (store_begin(folder->store, STORE_WRITE, &txn) != ERROR_NONE) {
        return false;
    }
    assembly_compacted(txn);
    return store_commit(txn) == ERROR_NONE;
}

/* false = the store cannot be used any more. What could not be done (no room) is done at the next start. */
static bool folder_clean(struct folder *folder)
{
    if (!is_wanted(folder)) {
        return true;
    }
    enum error error = store_compact(folder->store);
    if (error == ERROR_NONE && !forget_wanted(folder)) {
        error = ERROR_STORAGE_FAILED;
    }
    if (error != ERROR_NONE) {
        log_line(LOG_LEVEL_WARNING, "erasure", "what was erased is still in data.mdb: %s",
                 error_reason(error));
    }
    return error != ERROR_STORAGE_CORRUPT;
}

/* ---- The calls of a batch ---- */

static bool folder_is_short(void *context)
{
    const struct folder *folder = context;
    return store_is_short_of_space(folder->store);
}

/* Before the commands, so that a date acts first; after them, so that what they made due (a count) is in the same
 * transaction. */
static void execute_due(struct folder *folder)
{
    enum error refused = ERROR_NONE;
    while (assembly_execute_due(folder->assembly, folder->now_ms, folder->year, &refused)) {
        if (refused != ERROR_NONE) {
            log_line(LOG_LEVEL_WARNING, "due", "a date was dropped: %s", error_reason(refused));
            refused = ERROR_NONE;
        }
    }
}

/* A backup or an export that was killed keeps its snapshot, and the file grows, until somebody looks. */
static void clear_dead_readers(struct folder *folder)
{
    uint64_t now_ms = clock_monotonic_ms();
    if (now_ms - folder->readers_seen_ms >= READERS_EVERY_MS) {
        folder->readers_seen_ms = now_ms;
        store_clear_dead_readers(folder->store);
    }
}

static enum error folder_begin(void *context, uint64_t now_ms, unsigned year)
{
    struct folder *folder = context;
    clear_dead_readers(folder);
    enum error error = store_begin(folder->store, STORE_WRITE, &folder->txn);
    if (error != ERROR_NONE) {
        folder->txn = NULL;
        return error;
    }
    assembly_begin(folder->assembly, folder->txn, now_ms);
    folder->now_ms = now_ms;
    folder->year = year;
    execute_due(folder);
    return ERROR_NONE;
}

static enum error folder_execute(void *context, struct request *request)
{
    struct folder *folder = context;
    if (request->command == NULL) {
        session_touch(folder->txn, &request->caller, request->now_ms);
        return ERROR_NONE;
    }
    return assembly_execute(folder->assembly, request);
}

static enum error folder_finish(void *context)
{
    struct folder *folder = context;
    execute_due(folder);
    assembly_finish(folder->assembly);
    return store_error(folder->txn);
}

static void folder_complete(void *context, struct request *request)
{
    struct folder *folder = context;
    if (request->command != NULL) {
        assembly_complete(folder->assembly, request);
    }
}

static enum error folder_commit(void *context, struct batch_changes *changes)
{
    struct folder *folder = context;
    bool had = folder->has_next_due;
    uint64_t at_ms = folder->next_due_ms;
    remember_next_due(folder, folder->txn);
    enum error error = store_commit(folder->txn);
    folder->txn = NULL;
    if (error != ERROR_NONE) {
        folder->has_next_due = had;
        folder->next_due_ms = at_ms;
        assembly_aborted(folder->assembly);
        return error;
    }
    bool renewed = assembly_renewed(folder->assembly);
    assembly_committed(folder->assembly);
    if (renewed && !folder_clean(folder)) {
        return ERROR_STORAGE_CORRUPT;
    }
    changes->renewed |= renewed;
    size_t count;
    const struct topic_change *topics = assembly_changes(folder->assembly, &count);
    for (size_t at = 0; at < count; at++) {
        batch_changes_add(changes, topics[at]);
    }
    const struct id *members = assembly_touched_members(folder->assembly, &count);
    for (size_t at = 0; at < count; at++) {
        batch_changes_add_member(changes, members[at]);
    }
    return ERROR_NONE;
}

static void folder_abort(void *context)
{
    struct folder *folder = context;
    store_abort(folder->txn);
    folder->txn = NULL;
    assembly_aborted(folder->assembly);
}

static bool folder_next_due(void *context, uint64_t *at_ms)
{
    const struct folder *folder = context;
    *at_ms = folder->next_due_ms;
    return folder->has_next_due;
}

const struct batch_calls folder_calls = {
    .is_short = folder_is_short,
    .begin = folder_begin,
    .execute = folder_execute,
    .finish = folder_finish,
    .complete = folder_complete,
    .commit = folder_commit,
    .abort = folder_abort,
    .next_due = folder_next_due,
};
