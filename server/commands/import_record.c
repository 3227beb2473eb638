/* Restoring an organisation from its private export.
 *
 * Checked before anything is made: the six files are there, the manifest names the hashes they have, the scope is private
 * and whole. Then every event is judged and applied (assembly_restore), its seal checked, and the bytes of files attached
 * copied from SOURCE.files, each against its hash. Anything wrong is said by name and the new folder is removed again.
 * The ledger key is in no export. Given with --key, the record goes on under it; else a new one is drawn, which devices
 * will ask their people about. What the record does not hold is said at the end. Start at import_record(). */
#include "server/commands/import_record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "server/commands/record_folder.h"
#include "server/engine/clock.h"
#include "server/engine/folder.h"

enum { SMALL_MAX = 1 << 16 };

struct restore {
    const char *dir, *source;
    uint8_t *checkpoint, *vkey;
    struct restore_source record;
    FILE *events;
    char *line;
    size_t line_size;
    uint64_t line_number;
    struct buffer parts[4]; /* leaf, salt, payload, note of the line */
    struct key_pair key;
    uint64_t files, missing;
    bool altered;
};

static int refuse(const char *where, const char *what)
{
    fprintf(stderr, "palabre: %s: %s\n", where, what);
    return 2;
}

/* ---- the six files ---- */

static bool line_names(struct slice *manifest, const char *name, struct hash *hash)
{
    char expected[64];
    int size = snprintf(expected, sizeof expected, "  %s\n", name);
    size_t whole = 2 * HASH_SIZE + (size_t)size;
    struct buffer bytes;
    if (manifest->size < whole ||
        memcmp(manifest->data + 2 * HASH_SIZE, expected, (size_t)size) != 0) {
        return false;
    }
    buffer_init(&bytes, HASH_SIZE);
    bool good = encoding_from_hex(slice_of(manifest->data, 2 * HASH_SIZE), &bytes);
    if (good) {
        memcpy(hash->bytes, bytes.data, HASH_SIZE);
    }
    buffer_free(&bytes);
    *manifest = slice_of(manifest->data + whole, manifest->size - whole);
    return good;
}

static int check_manifest(const char *source)
{
    char path[RECORD_PATH_SIZE];
    size_t size;
    if (!record_path(source, "manifest", path)) {
        return refuse(source, "the name is too long");
    }
    uint8_t *text = record_read(path, SMALL_MAX, &size);
    if (text == NULL) {
        return refuse(path, "it cannot be read");
    }
    struct slice rest = slice_of(text, size);
    int code = 0;
    for (const char *const *name = record_files; code == 0 && *name != NULL; name++) {
        struct hash expected, found;
        if (!line_names(&rest, *name, &expected)) {
            code = refuse(path, "it is not the manifest of an exported record");
        } else if (!record_path(source, *name, path) || !record_hash(path, &found)) {
            code = refuse(path, "it cannot be read");
        } else if (!hash_equal(expected, found)) {
            code = refuse(path, "it is not the file that was exported (export.altered)");
        }
    }
    free(text);
    return code == 0 && rest.size > 0 ? refuse(source, "the manifest lists other files") : code;
}

static uint8_t *read_small(const struct restore *restore, const char *name, size_t *size)
{
    char path[RECORD_PATH_SIZE];
    return record_path(restore->source, name, path) ? record_read(path, SMALL_MAX, size) : NULL;
}

static int check_scope(const struct restore *restore)
{
    size_t size;
    uint8_t *scope = read_small(restore, "scope", &size);
    bool whole = scope != NULL && slice_equal(slice_of(scope, size), slice_text("private 0\n"));
    free(scope);
    return whole ? 0
                 : refuse(restore->source,
                          "only a whole private export can be restored; an open one leaves out "
                          "rolls, ballots, notes and what is known of members");
}

static int read_seal(struct restore *restore)
{
    size_t size, key_size;
    struct slice origin;
    restore->checkpoint = read_small(restore, "checkpoint", &size);
    restore->vkey = read_small(restore, "ledger.vkey", &key_size);
    if (restore->checkpoint == NULL || restore->vkey == NULL || key_size == 0 ||
        !note_parse_vkey(slice_of(restore->vkey, key_size - 1), &origin,
                         &restore->record.public_key)) {
        return refuse(restore->source, "its checkpoint or ledger.vkey cannot be read");
    }
    restore->record.checkpoint = slice_of(restore->checkpoint, size);
    return 0;
}

/* ---- events ---- */

static bool take_part(struct restore *restore, const json_t *line, const char *name, size_t part)
{
    struct slice text = json_get_text(line, name);
    struct buffer *into = &restore->parts[part];
    buffer_clear(into);
    return text.size == 0 || encoding_from_base64(text, into);
}

static enum error next_event(void *context, struct restore_event *event)
{
    struct restore *restore = context;
    json_t *line;
    ssize_t size = getline(&restore->line, &restore->line_size, restore->events);
    *event = (struct restore_event){.leaf = slice_of(NULL, 0)};
    if (size < 0) {
        return feof(restore->events) ? ERROR_NONE : ERROR_STORAGE_FAILED;
    }
    if (size == 0 || restore->line[size - 1] != '\n' ||
        json_parse(slice_of(restore->line, (size_t)size - 1), &line) != ERROR_NONE) {
        return ERROR_IMPORT_UNREADABLE;
    }
    bool good = json_is_object(line) &&
                json_get_integer(line, "seq") == (int64_t)restore->line_number &&
                take_part(restore, line, "leaf", 0) && take_part(restore, line, "salt", 1) &&
                take_part(restore, line, "payload", 2) && take_part(restore, line, "note", 3) &&
                restore->parts[0].size > 0;
    json_decref(line);
    restore->line_number++;
    *event = (struct restore_event){.leaf = buffer_slice(&restore->parts[0]),
                                    .salt = buffer_slice(&restore->parts[1]),
                                    .payload = buffer_slice(&restore->parts[2]),
                                    .note = buffer_slice(&restore->parts[3])};
    return good ? ERROR_NONE : ERROR_IMPORT_UNREADABLE;
}

/* ---- the key ---- */

static int choose_key(struct restore *restore, const char *key_file)
{
    uint8_t seed[SEED_SIZE];
    char message[FOLDER_MESSAGE_SIZE];
    if (key_file != NULL) {
        bool good = folder_key_read(key_file, &restore->key, message) == ERROR_NONE &&
                    hash_equal(restore->key.public_key, restore->record.public_key);
        return good ? 0 : refuse(key_file, "it is not the key that sealed this record");
    }
    crypto_random(seed, sizeof seed);
    restore->key = crypto_key_pair(seed);
    crypto_wipe(seed, sizeof seed);
    return 0;
}

/* ---- files attached ---- */

static void copy_file(void *context, const struct hash *sha256, bool shown)
{
    struct restore *restore = context;
    char from[RECORD_PATH_SIZE], to[RECORD_PATH_SIZE];
    struct hash found;
    (void)shown;
    if (restore->altered || !record_bytes_path(restore->source, sha256, from) ||
        snprintf(to, sizeof to, "%.3900s/files%s", restore->dir, strrchr(from, '/')) < 0) {
        return;
    }
    if (!record_hash(from, &found)) {
        fprintf(stderr, "palabre: %s: it is missing\n", from);
        restore->missing++;
    } else if (!hash_equal(found, *sha256) || !record_copy(from, to, sha256)) {
        fprintf(stderr, "palabre: %s: it is not the file that was attached (export.altered)\n",
                from);
        restore->altered = true;
    } else {
        restore->files++;
    }
}

static bool copy_files(struct restore *restore, struct store *store)
{
    char path[RECORD_PATH_SIZE];
    struct store_txn *txn;
    if (!record_path(restore->dir, "files", path) || mkdir(path, 0700) != 0 ||
        store_begin(store, STORE_READ, &txn) != ERROR_NONE) {
        return false;
    }
    file_each(txn, copy_file, restore);
    store_abort(txn);
    return !restore->altered;
}

/* ---- the whole ---- */

static int fill(struct restore *restore, struct store *store)
{
    uint64_t events;
    enum error error =
        assembly_restore(store, &restore->record, &restore->key, clock_wall_ms(), &events);
    if (error != ERROR_NONE) {
        fprintf(stderr, "palabre: %s/events.ndjson: event %llu: %s (%s)\n", restore->source,
                (unsigned long long)events, error_sentence(error), error_reason(error));
        return 1;
    }
    char message[FOLDER_MESSAGE_SIZE];
    if (folder_key_write(restore->dir, &restore->key, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        return 1;
    }
    if (!copy_files(restore, store)) {
        return 1;
    }
    bool same = hash_equal(restore->key.public_key, restore->record.public_key);
    printf("%llu events, %llu files%s\n", (unsigned long long)events,
           (unsigned long long)restore->files, restore->missing > 0 ? ", some missing" : "");
    printf("%s\n", same ? "the record goes on under the same key"
                        : "a new key seals what comes now: devices will ask their people to look");
    printf("not in a record, so not here: links and sessions (palabre invite makes new ones), "
           "drafts,\nnotifications, places read, and lots of votes not yet drawn\n");
    return restore->missing == 0 ? 0 : 1;
}

static int make_folder(struct restore *restore)
{
    char path[RECORD_PATH_SIZE], message[FOLDER_MESSAGE_SIZE];
    struct store_options options = {.read_only = false};
    struct store *store;
    struct stat about;
    if (stat(restore->dir, &about) == 0) {
        fprintf(stderr, "palabre: %s is there already\n", restore->dir);
        return 1;
    }
    restore->events =
        record_path(restore->source, "events.ndjson", path) ? fopen(path, "re") : NULL;
    if (restore->events == NULL) {
        return refuse(path, strerror(errno));
    }
    if (store_open(restore->dir, true, &options, &store, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        fclose(restore->events);
        return 1;
    }
    int code = fill(restore, store);
    store_close(store);
    fclose(restore->events);
    if (code != 0 && restore->missing == 0) {
        record_remove(restore->dir);
    }
    return code;
}

int import_record(const char *dir, const char *source, const char *key_file)
{
    static const size_t sizes[] = {LEAF_SIZE, SALT_SIZE, PAYLOAD_MAX,
                                   (size_t)SALT_SIZE + NOTE_TEXT_MAX};
    struct restore restore = {.dir = dir, .source = source};
    restore.record.next = next_event;
    restore.record.context = &restore;
    for (size_t part = 0; part < 4; part++) {
        buffer_init(&restore.parts[part], sizes[part]);
    }
    int code = check_manifest(source);
    code = code == 0 ? check_scope(&restore) : code;
    code = code == 0 ? read_seal(&restore) : code;
    code = code == 0 ? choose_key(&restore, key_file) : code;
    code = code == 0 ? make_folder(&restore) : code;
    for (size_t part = 0; part < 4; part++) {
        buffer_free(&restore.parts[part]);
    }
    crypto_wipe(&restore.key, sizeof restore.key);
    free(restore.line);
    free(restore.checkpoint);
    free(restore.vkey);
    return code;
}
