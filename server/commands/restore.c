/* palabre restore: the way back from a backup to a folder that can be served.
 *
 * Everything happens in DIR.part and is checked there: the file against its manifest, the store against the manifest, every
 * hash and seal of the log, the keys that were given. Then an epoch begins (assembly_begin_epoch), whoever was erased since
 * the backup is erased again (--erasures), and DIR.part takes the name DIR: so there is a whole restored folder or none, and
 * nobody who was erased comes back for a moment. What a client may know that this folder does not is said at the
 * end: what came after the backup, which votes were open, how many events are lost if a seal of then is shown (--known).
 * Start at restore(). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "assembly/assembly.h"
#include "server/commands/backup_file.h"
#include "server/commands/commands.h"
#include "server/commands/erase.h"
#include "server/commands/options.h"
#include "server/commands/terminal.h"
#include "server/engine/clock.h"
#include "server/engine/folder.h"

struct restore {
    const char *file, *dir, *key_file, *known_file, *erasures;
    char work[RECORD_PATH_SIZE]; /* DIR.part */
    struct backup_manifest manifest;
    struct store *store;
    struct epoch_start start;
    struct key_pair key, old;
    struct hash sealed_by; /* the key of the backup's newest seal */
    struct buffer origin;  /* and its origin */
    size_t files;
};

static bool fails(const char *where, const char *what)
{
    fprintf(stderr, "palabre: %s: %s\n", where, what);
    return false;
}

/* ---- where to ---- */

/* Not there, or an empty folder (which is kept until another takes its name). */
static bool is_free(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return errno == ENOENT || fails(path, strerror(errno));
    }
    bool empty = true;
    // cppcheck-suppress readdirCalled
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
    }
    closedir(folder);
    return empty || fails(path, "it is not empty: restore makes a new folder");
}

static bool target_is_free(struct restore *restore)
{
    size_t length = strlen(restore->dir);
    while (length > 1 && restore->dir[length - 1] == '/') {
        length--;
    }
    int size =
        snprintf(restore->work, sizeof restore->work, "%.*s.part", (int)length, restore->dir);
    if (size < 0 || (size_t)size >= sizeof restore->work - 128) {
        return fails(restore->dir, "the name is too long");
    }
    struct stat about;
    if (lstat(restore->work, &about) == 0) {
        return fails(restore->work, "it is there: another restore is running, or one was cut off "
                                    "(then remove it)");
    }
    return is_free(restore->dir);
}

/* ---- checking ---- */

static bool read_seal(struct restore *restore, struct store_txn *txn)
{
    struct ledger *ledger;
    struct buffer vkey;
    struct slice origin;
    if (ledger_open(txn, NULL, &ledger) != ERROR_NONE) {
        return fails(restore->file, "its record cannot be read");
    }
    buffer_init(&vkey, NOTE_MAX_SIZE);
    ledger_vkey(ledger, &vkey);
    bool good = note_parse_vkey(buffer_slice(&vkey), &origin, &restore->sealed_by);
    buffer_append_slice(&restore->origin, origin);
    buffer_free(&vkey);
    ledger_close(ledger);
    return good || fails(restore->file, "its record cannot be read");
}

static bool check_log(struct restore *restore, struct store_txn *txn)
{
    struct terminal_bar bar = {.label = "checking"};
    uint64_t bad_seq = 0;
    enum error error = ledger_verify(txn, &restore->sealed_by, &bad_seq, terminal_progress, &bar);
    terminal_end(&bar);
    if (error != ERROR_NONE) {
        fprintf(stderr, "palabre: %s: event %" PRIu64 ": %s (%s)\n", restore->file, bad_seq,
                error_sentence(error), error_reason(error));
    }
    return error == ERROR_NONE;
}

/* A seal that some client kept: does it know more than the backup? */
static bool read_known(struct restore *restore, struct store_txn *txn)
{
    size_t size = 0;
    struct checkpoint known;
    struct hash root;
    if (restore->known_file == NULL) {
        return true;
    }
    uint8_t *note = record_read(restore->known_file, NOTE_MAX_SIZE, &size);
    bool good = note != NULL && note_open(slice_of(note, size), &restore->sealed_by, &known) &&
                slice_equal(known.origin, buffer_slice(&restore->origin));
    if (!good) {
        fails(restore->known_file, "it is not a seal of this record");
    } else if (known.size > restore->manifest.events) {
        restore->start.lost_size = known.size;
        restore->start.lost_root = known.root;
    } else if (ledger_root(txn, known.size, &root) != ERROR_NONE || !hash_equal(root, known.root)) {
        good = fails(restore->known_file, "the backup holds another history than this seal");
    }
    free(note);
    return good;
}

static bool check_store(struct restore *restore)
{
    struct store_txn *txn;
    if (store_begin(restore->store, STORE_READ, &txn) != ERROR_NONE) {
        return fails(restore->file, "its store cannot be read");
    }
    bool good = backup_agrees(txn, &restore->manifest) ||
                fails(restore->file, "its store holds another record than its manifest says");
    good = good && read_seal(restore, txn) && check_log(restore, txn) && read_known(restore, txn);
    store_abort(txn);
    return good;
}

/* ---- the key ---- */

static bool choose_key(struct restore *restore)
{
    char path[RECORD_PATH_SIZE];
    char message[FOLDER_MESSAGE_SIZE];
    struct stat about;
    bool inside = record_path(restore->work, "ledger.key", path) && lstat(path, &about) == 0;
    const char *from = restore->key_file != NULL ? restore->key_file : inside ? path : NULL;
    restore->start.key = &restore->key;
    if (from == NULL) {
        return folder_key_create(restore->work, &restore->key, message) == ERROR_NONE ||
               fails(restore->work, message);
    }
    if (folder_key_read(from, &restore->key, message) != ERROR_NONE) {
        return fails(from, message);
    }
    if (!hash_equal(restore->key.public_key, restore->sealed_by)) {
        return fails(from, "it is not the key that sealed this record");
    }
    restore->old = restore->key;
    restore->start.old = &restore->old;
    return inside || folder_key_write(restore->work, &restore->key, message) == ERROR_NONE ||
           fails(restore->work, message);
}

/* ---- what is said ---- */

static void time_text(uint64_t ms, char text[32])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm broken;
    if (gmtime_r(&seconds, &broken) == NULL ||
        strftime(text, 32, "%Y-%m-%d %H:%M:%S UTC", &broken) == 0) {
        snprintf(text, 32, "%" PRIu64 " ms", ms);
    }
}

static void say_vote(const json_t *card, uint64_t now_ms)
{
    static const char *const languages[] = {"en", "fr", "nl"};
    struct slice question = slice_of("", 0);
    const json_t *labels = json_object_get(card, "question");
    for (size_t i = 0; i < sizeof languages / sizeof languages[0] && question.size == 0; i++) {
        question = json_get_text(labels, languages[i]);
    }
    uint64_t closes_ms = (uint64_t)json_get_integer(card, "closes_ms");
    char closes[32];
    time_text(closes_ms, closes);
    printf("  %" PRId64 " %.*s%s%s%s\n", json_get_integer(card, "number"), (int)question.size,
           (const char *)question.data, closes_ms == 0 ? "" : ", closes ",
           closes_ms == 0 ? "" : closes,
           closes_ms != 0 && closes_ms <= now_ms
               ? ": past; it closes as soon as it is served, reopen it if ballots are missing"
               : "");
}

static void say_votes(struct store *store, uint64_t now_ms)
{
    struct store_txn *txn;
    struct topic topic;
    struct buffer bytes;
    struct caller caller = {.kind = CALLER_OPERATOR};
    bool any = false;
    if (store_begin(store, STORE_READ, &txn) != ERROR_NONE) {
        return;
    }
    buffer_init(&bytes, FOLDER_TOPIC_MAX);
    if (topic_find(txn, slice_text("org"), &caller, &topic) == ERROR_NONE) {
        folder_topic(txn, topic, &bytes);
        json_t *list = json_parse_own(buffer_slice(&bytes));
        for (size_t at = 0; at < json_array_size(list); at++) {
            const json_t *card = json_array_get(list, at);
            if (slice_equal(json_get_text(card, "kind"), slice_text("poll_card")) &&
                slice_equal(json_get_text(card, "state"), slice_text("open"))) {
                printf("%s", any ? ""
                                 : "votes that were open; what was cast since must be cast "
                                   "again:\n");
                any = true;
                say_vote(card, now_ms);
            }
        }
        json_decref(list);
    }
    buffer_free(&bytes);
    store_abort(txn);
}

static void say(const struct restore *restore)
{
    const struct backup_manifest *manifest = &restore->manifest;
    char last[32], made[32];
    time_text(manifest->last_ms, last);
    time_text(manifest->made_ms, made);
    printf("restored: %" PRIu64 " events up to %s, %zu files, checked\n", manifest->events, last,
           restore->files);
    printf("%s\n", restore->start.old != NULL
                       ? "a new epoch, vouched for by the old key: devices that saw no more than "
                         "this follow by themselves"
                       : "a new epoch under a new key: every device asks its person to look");
    printf("not here: whatever was recorded after %s, from event %" PRIu64 " on; people have to do "
           "it again\n",
           made, manifest->events);
    if (restore->start.lost_size > 0) {
        printf("lost for certain: %" PRIu64 " events, %" PRIu64 " to %" PRIu64 "\n",
               restore->start.lost_size - manifest->events, manifest->events,
               restore->start.lost_size - 1);
    } else if (restore->known_file != NULL) {
        printf("the seal of %s knows of nothing more\n", restore->known_file);
    }
    say_votes(restore->store, restore->start.now_ms);
    if (restore->erasures == NULL) {
        printf(
            "who was erased after the backup is back: before serving, run palabre erase %s --list "
            "FILE, FILE being `erasures` of the old folder (none there: nobody was)\n",
            restore->dir);
    }
    printf("%s\n",
           restore->start.keep_sessions
               ? "sessions and links of then are valid, also those that were ended since"
               : "sessions, links and tokens have ended: palabre invite DIR --member N makes "
                 "a link");
    for (size_t at = 0; at < manifest->missing_count; at++) {
        char name[TAR_NAME_MAX + 1];
        backup_file_name(&manifest->missing[at], name);
        printf("missing already when the backup was made: %s\n", name);
    }
}

/* ---- the whole ---- */

static bool unpack(struct restore *restore)
{
    char message[BACKUP_MESSAGE_SIZE];
    struct terminal_bar bar = {.label = "unpacking"};
    bool good = backup_unpack(restore->file, restore->work, &restore->manifest, terminal_progress,
                              &bar, message);
    terminal_end(&bar);
    if (!good) {
        fprintf(stderr, "palabre: %s\n", message);
    }
    for (size_t at = 0; at < restore->manifest.count; at++) {
        restore->files += strncmp(restore->manifest.parts[at].name, "files/", 6) == 0;
    }
    return good;
}

static bool begin_epoch(struct restore *restore)
{
    restore->start.now_ms = clock_wall_ms();
    enum error error = assembly_begin_epoch(restore->store, &restore->start);
    return error == ERROR_NONE || fails(restore->file, error_sentence(error));
}

static bool open_store(struct restore *restore)
{
    char message[256];
    return store_open(restore->work, false, NULL, &restore->store, message) == ERROR_NONE ||
           fails(restore->file, message);
}

/* The desk opens the store for itself. */
static bool erase_again(struct restore *restore)
{
    struct operator_desk *desk;
    char message[FOLDER_MESSAGE_SIZE];
    if (restore->erasures == NULL) {
        return true;
    }
    store_close(restore->store);
    restore->store = NULL;
    if (operator_open(restore->work, &desk, message) != ERROR_NONE) {
        return fails(restore->work, message);
    }
    int code = erase_list(desk, restore->work, restore->erasures);
    operator_close(desk);
    return code == 0 ? open_store(restore)
                     : fails(restore->erasures, "not all of it could be done: nothing is restored");
}

static bool take_name(const struct restore *restore)
{
    if (rename(restore->work, restore->dir) != 0) {
        return fails(restore->dir, strerror(errno));
    }
    int folder = open(restore->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int parent = folder < 0 ? -1 : openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = folder >= 0 && parent >= 0 && fsync(folder) == 0 && fsync(parent) == 0;
    if (folder >= 0) {
        close(folder);
    }
    if (parent >= 0) {
        close(parent);
    }
    return good || fails(restore->dir, strerror(errno));
}

static int restore_all(struct restore *restore)
{
    if (!target_is_free(restore)) {
        return 1;
    }
    bool good = unpack(restore) && open_store(restore) && check_store(restore) &&
                choose_key(restore) && begin_epoch(restore) && erase_again(restore) &&
                take_name(restore);
    if (good) {
        say(restore);
    }
    store_close(restore->store);
    if (!good) {
        record_remove(restore->work);
    }
    return good ? 0 : 1;
}

int command_restore(int argc, char **argv)
{
    struct restore restore = {.store = NULL};
    const char *arguments[2];
    const struct option_line options[] = {
        {"key", "FILE", "the ledger.key that sealed the record, if it is not in the backup", NULL,
         &restore.key_file, 1, NULL},
        {"known", "FILE", "a seal that a client kept: says how many events are lost", NULL,
         &restore.known_file, 1, NULL},
        {"erasures", "FILE", "`erasures` of the old folder: who was erased since is erased again",
         NULL, &restore.erasures, 1, NULL},
        {"keep-sessions", NULL, "sessions, links and tokens of then stay valid, revoked or not",
         &restore.start.keep_sessions, NULL, 0, NULL},
        {0},
    };
    const struct usage usage = {
        .line = "restore FILE DIR [--key FILE] [--known FILE] [--erasures FILE] [--keep-sessions]",
        .about =
            "Makes the folder DIR out of FILE, which palabre backup wrote. Everything is verified\n"
            "first; DIR must not exist or be empty. A new epoch of the record begins, and what a\n"
            "client may know that DIR does not is said.",
        .exits = "0 restored, 1 refused or wrong, 2 wrong usage",
        .options = options,
        .arguments = 2,
    };
    int code = options_read(&usage, argc, argv, arguments);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    restore.file = arguments[0];
    restore.dir = arguments[1];
    backup_manifest_init(&restore.manifest);
    buffer_init(&restore.origin, ORIGIN_MAX);
    code = restore_all(&restore);
    backup_manifest_free(&restore.manifest);
    buffer_free(&restore.origin);
    crypto_wipe(&restore.key, sizeof restore.key);
    crypto_wipe(&restore.old, sizeof restore.old);
    return code;
}
