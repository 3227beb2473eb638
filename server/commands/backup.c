/* palabre backup: a folder as it is now, in one file, while it is served.
 *
 * LMDB makes a compact copy of one snapshot into the folder FILE.part; everything else follows from that copy: how many
 * events, under which seal, which files attached. Their bytes are taken from the organisation's folder: they never change
 * under their name, and are swept only some seconds after the record has let go of them. If one has gone meanwhile the
 * snapshot is taken anew, and what is still missing then is missing in the folder itself: it is named.
 * FILE appears whole or not at all: written as FILE.part/backup, synced, renamed. FILE.part is locked, so that two backups
 * to one FILE do not mix; what a killed one left there is used again. Without --with-key the ledger key is left out.
 * Start at make(). */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assembly/assembly.h"
#include "server/commands/backup_file.h"
#include "server/commands/commands.h"
#include "server/commands/options.h"
#include "server/commands/terminal.h"
#include "server/engine/clock.h"

enum { SNAPSHOT_TRIES = 3, NICENESS = 5 };
static const char *const copied_names[] = {"data.mdb", "lock.mdb", "backup", "lock"};
enum { COPIED_NAMES = sizeof copied_names / sizeof copied_names[0] };

struct backup {
    const char *dir, *file;
    bool with_key, to_stdout;
    char work[RECORD_PATH_SIZE]; /* FILE.part, or a temporary folder */
    int work_folder;             /* its descriptor, -1 */
    int work_lock; /* FILE.part/lock, with a flock; -1 (the folder's own flock is the store's) */
    struct store *store; /* of the folder that is served */
    struct backup_manifest manifest;
    bool failed;
    struct terminal_bar bar;
};

static bool fails(const char *where, const char *what)
{
    fprintf(stderr, "palabre: %s: %s\n", where, what);
    return false;
}

/* ---- the folder where it is put together ---- */

static bool work_name(struct backup *backup)
{
    const char *parent = getenv("TMPDIR");
    int size = backup->to_stdout
                   ? snprintf(backup->work, sizeof backup->work, "%s/palabre-backup-XXXXXX",
                              parent == NULL || parent[0] == '\0' ? "/tmp" : parent)
                   : snprintf(backup->work, sizeof backup->work, "%s.part", backup->file);
    if (size < 0 || (size_t)size >= sizeof backup->work - sizeof "/data.mdb") {
        return fails(backup->file, "the name is too long");
    }
    if (backup->to_stdout ? mkdtemp(backup->work) == NULL
                          : mkdir(backup->work, 0700) != 0 && errno != EEXIST) {
        return fails(backup->work, strerror(errno));
    }
    return true;
}

/* The lock is the last to go. */
static void work_clear(const struct backup *backup, bool with_lock)
{
    for (size_t at = 0; at < COPIED_NAMES - (with_lock ? 0u : 1u); at++) {
        unlinkat(backup->work_folder, copied_names[at], 0);
    }
}

static bool work_open(struct backup *backup)
{
    struct stat about;
    if (!backup->to_stdout && lstat(backup->file, &about) == 0) {
        return fails(backup->file, "it is there already");
    }
    if (!work_name(backup)) {
        return false;
    }
    backup->work_folder = open(backup->work, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (backup->work_folder < 0) {
        return fails(backup->work, strerror(errno));
    }
    backup->work_lock =
        openat(backup->work_folder, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (backup->work_lock < 0) {
        return fails(backup->work, strerror(errno));
    }
    /* Alone, then shared: opening the copy takes a shared lock of its folder, and another backup wants to be alone. */
    if (flock(backup->work_lock, LOCK_EX | LOCK_NB) != 0 ||
        flock(backup->work_lock, LOCK_SH | LOCK_NB) != 0) {
        close(backup->work_lock);
        backup->work_lock = -1;
        return fails(backup->file, "another backup is being written to it");
    }
    work_clear(backup, false);
    return true;
}

static void work_close(struct backup *backup)
{
    if (backup->work_lock >= 0) {
        work_clear(backup, true);
        rmdir(backup->work);
        close(backup->work_lock);
    }
    if (backup->work_folder >= 0) {
        close(backup->work_folder);
    }
}

/* ---- what belongs to it ---- */

/* false = it is not there. */
static bool add_part(struct backup *backup, const char *folder, const char *name)
{
    struct backup_part part = {.size = 0};
    char path[RECORD_PATH_SIZE];
    struct stat about;
    snprintf(part.name, sizeof part.name, "%s", name);
    if (!record_path(folder, name, path) || stat(path, &about) != 0 ||
        !record_hash(path, &part.sha256)) {
        return false;
    }
    part.size = (uint64_t)about.st_size;
    backup_manifest_add(&backup->manifest, &part);
    return true;
}

static void add_file(void *context, const struct hash *sha256, bool shown)
{
    struct backup *backup = context;
    char name[TAR_NAME_MAX + 1];
    (void)shown;
    backup_file_name(sha256, name);
    if (!add_part(backup, backup->dir, name)) {
        backup_manifest_miss(&backup->manifest, sha256);
    } else if (!hash_equal(backup->manifest.parts[backup->manifest.count - 1].sha256, *sha256)) {
        backup->manifest.count--; /* damaged: not what the record names */
        backup_manifest_miss(&backup->manifest, sha256);
    }
}

static bool describe(struct backup *backup, struct store *copy)
{
    struct store_txn *txn;
    if (store_begin(copy, STORE_READ, &txn) != ERROR_NONE) {
        return fails(backup->dir, "the copy of the store cannot be read");
    }
    bool good = backup_describe(txn, &backup->manifest);
    if (good) {
        good = add_part(backup, backup->work, "data.mdb");
        file_each(txn, add_file, backup);
    } else {
        fails(backup->dir, "the newest seal is not one over the whole record: run palabre check");
    }
    store_abort(txn);
    return good;
}

/* One snapshot, and what its record names. */
static bool take_snapshot(struct backup *backup)
{
    struct store_options options = {.read_only = true};
    struct store *copy;
    char message[256];
    work_clear(backup, false);
    backup_manifest_free(&backup->manifest);
    backup->manifest.made_ms = clock_wall_ms();
    if (store_copy(backup->store, backup->work, message) != ERROR_NONE ||
        store_open(backup->work, false, &options, &copy, message) != ERROR_NONE) {
        return fails(backup->dir, message);
    }
    bool good = describe(backup, copy);
    store_close(copy);
    return good;
}

static bool collect(struct backup *backup)
{
    bool good = false;
    for (int tries = 0; tries < SNAPSHOT_TRIES; tries++) {
        good = take_snapshot(backup);
        if (!good || backup->manifest.missing_count == 0) {
            break;
        }
    }
    if (good && backup->with_key && !add_part(backup, backup->dir, "ledger.key")) {
        return fails(backup->dir, "its ledger.key cannot be read");
    }
    if (good) {
        (void)add_part(backup, backup->dir, "origin");
        (void)add_part(backup, backup->dir, "palabre.conf");
    }
    return good;
}

/* ---- writing ---- */

static bool sync_parent(const struct backup *backup)
{
    char path[RECORD_PATH_SIZE];
    snprintf(path, sizeof path, "%s", backup->file);
    char *slash = strrchr(path, '/');
    if (slash != NULL) {
        slash[slash == path ? 1 : 0] = '\0';
    }
    int folder = open(slash == NULL ? "." : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0) {
        close(folder);
    }
    return good || fails(backup->file, strerror(errno));
}

static bool pack(struct backup *backup, int file)
{
    char message[BACKUP_MESSAGE_SIZE];
    bool good = backup_pack(file, backup->dir, backup->work, &backup->manifest, terminal_progress,
                            &backup->bar, message);
    terminal_end(&backup->bar);
    if (!good) {
        fprintf(stderr, "palabre: %s\n", message);
    }
    return good;
}

static bool write_file(struct backup *backup)
{
    if (backup->to_stdout) {
        return pack(backup, STDOUT_FILENO);
    }
    int file = openat(backup->work_folder, "backup", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return fails(backup->work, strerror(errno));
    }
    bool good = pack(backup, file);
    if (good && fsync(file) != 0) {
        good = fails(backup->file, strerror(errno));
    }
    close(file);
    if (good && renameat(backup->work_folder, "backup", AT_FDCWD, backup->file) != 0) {
        good = fails(backup->file, strerror(errno));
    }
    return good && sync_parent(backup);
}

/* DIR/backup.stamp: when the last backup was whole, in Unix seconds, for whoever watches. */
static void stamp(const struct backup *backup)
{
    char path[RECORD_PATH_SIZE], fresh[RECORD_PATH_SIZE], text[32];
    snprintf(text, sizeof text, "%" PRIu64 "\n", clock_wall_ms() / 1000);
    bool good = record_path(backup->dir, "backup.stamp", path) &&
                record_path(backup->dir, "backup.stamp.new", fresh);
    if (good) {
        unlink(fresh);
        good = record_write(fresh, slice_text(text)) && rename(fresh, path) == 0;
    }
    if (!good) {
        fails(backup->dir, "backup.stamp could not be written; the backup itself is whole");
    }
}

static void say(const struct backup *backup, uint64_t began_us)
{
    const struct backup_manifest *manifest = &backup->manifest;
    FILE *out = backup->to_stdout ? stderr : stdout;
    char root[2 * 8 + 1];
    uint64_t bytes = backup_manifest_bytes(manifest);
    uint64_t took_us = clock_monotonic_us() - began_us + 1;
    size_t files = 0;
    for (size_t at = 0; at < manifest->count; at++) {
        files += strncmp(manifest->parts[at].name, "files/", 6) == 0;
    }
    for (size_t i = 0; i < 8; i++) {
        snprintf(root + 2 * i, 3, "%02x", manifest->root.bytes[i]);
    }
    fprintf(out,
            "backup: %" PRIu64 " events, %zu files, %" PRIu64 " bytes, checkpoint %" PRIu64
            " %s, %" PRIu64 ".%" PRIu64 " s, %" PRIu64 " MB/s\n",
            manifest->events, files, bytes, manifest->events, root, took_us / 1000000,
            took_us / 100000 % 10, bytes / took_us);
    fprintf(out, "%s\n",
            backup->with_key ? "the ledger key is in it: keep it as you keep the server itself"
                             : "the ledger key is not in it: keep a copy of ledger.key elsewhere");
}

static int make(struct backup *backup)
{
    uint64_t began_us = clock_monotonic_us();
    bool good = work_open(backup) && collect(backup) && write_file(backup);
    work_close(backup);
    if (!good) {
        return 1;
    }
    stamp(backup);
    say(backup, began_us);
    for (size_t at = 0; at < backup->manifest.missing_count; at++) {
        char name[TAR_NAME_MAX + 1];
        backup_file_name(&backup->manifest.missing[at], name);
        fails(name, "missing or damaged in the folder; the rest is in the backup");
    }
    return backup->manifest.missing_count == 0 ? 0 : 1;
}

int command_backup(int argc, char **argv)
{
    struct backup backup = {.work_folder = -1, .work_lock = -1, .bar = {.label = "writing"}};
    const char *arguments[2];
    const struct option_line options[] = {
        {"with-key", NULL, "the ledger key too: whoever has the file can then seal as the server",
         &backup.with_key, NULL, 0, NULL},
        {0},
    };
    const struct usage usage = {
        .line = "backup DIR FILE [--with-key]",
        .about =
            "Writes the organisation in DIR, as it is now, into the new file FILE (- = standard\n"
            "output). A server may run meanwhile. palabre check FILE verifies it, palabre\n"
            "restore FILE DIR brings it back. It holds private texts, ballots and secrets.",
        .exits =
            "0 done, 1 it could not be written, or bytes of a file are missing, 2 wrong usage or\n"
            "unreadable",
        .options = options,
        .arguments = 2,
    };
    int code = options_read(&usage, argc, argv, arguments);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    struct store_options store_options = {.read_only = true};
    char message[256];
    backup.dir = arguments[0];
    backup.file = arguments[1];
    backup.to_stdout = strcmp(backup.file, "-") == 0;
    backup_manifest_init(&backup.manifest);
    (void)!nice(NICENESS); /* the server comes first */
    if (store_open(backup.dir, false, &store_options, &backup.store, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        return 2;
    }
    code = make(&backup);
    store_close(backup.store);
    backup_manifest_free(&backup.manifest);
    return code;
}
