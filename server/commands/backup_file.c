/* A backup as one file: an uncompressed tar whose first entry, manifest.json, says everything about the others.
 *
 *   manifest.json ‖ data.mdb ‖ files/<hash>… ‖ ledger.key? ‖ origin? ‖ palabre.conf? ‖ two zero blocks
 *
 * Unpacking reads from front to end, once, and believes
 * nothing: each entry must be the one the manifest expects next, with its size; the file must end behind the two blocks;
 * then each part is hashed as it stands on the disk. `tar xf` unpacks it as well.
 * Writing gives what it wrote to the disk every few MiB, so that a server on the same disk never waits behind a heap of
 * pages that are to be written. Start at backup_pack() and backup_unpack(). */
#include "server/commands/backup_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assembly/assembly.h"
#include "base/memory.h"

enum { PIECE = 1 << 20, FLUSH_EVERY = 8 << 20 };
static const char manifest_name[] = "manifest.json";

/* One run through a backup, either way. */
struct passage {
    int file;
    const char *path; /* for messages */
    uint8_t *piece;   /* PIECE bytes */
    uint64_t done, total;
    uint64_t written, flushed; /* of the file that is being written */
    backup_progress progress;
    void *context;
    char *message;
};

static bool fails(struct passage *run, const char *where, const char *what)
{
    snprintf(run->message, BACKUP_MESSAGE_SIZE, "%s: %s", where, what);
    return false;
}

static void passage_begin(struct passage *run, int file, const char *path, backup_progress progress,
                          void *context, char *message)
{
    *run = (struct passage){.file = file,
                            .path = path,
                            .piece = memory_new(1, PIECE),
                            .progress = progress,
                            .context = context,
                            .message = message};
}

static void count(struct passage *run, size_t bytes)
{
    run->done += bytes;
    if (run->progress != NULL) {
        run->progress(run->context, run->done, run->total);
    }
}

/* ---- writing ---- */

/* Starts the disk on what was written and waits for what was written before that. A pipe has no use for it. */
static void flush_some(struct passage *run, int file)
{
    if (run->written - run->flushed >= FLUSH_EVERY) {
        (void)sync_file_range(file, (off_t)run->flushed, (off_t)(run->written - run->flushed),
                              SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
                                  SYNC_FILE_RANGE_WAIT_AFTER);
        run->flushed = run->written;
    }
}

static bool write_all(struct passage *run, int file, const char *where, struct slice bytes)
{
    while (bytes.size > 0) {
        ssize_t size = write(file, bytes.data, bytes.size);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            return fails(run, where, strerror(size == 0 ? ENOSPC : errno));
        }
        run->written += (uint64_t)size;
        bytes = slice_of(bytes.data + size, bytes.size - (size_t)size);
    }
    flush_some(run, file);
    return true;
}

static bool write_head(struct passage *run, const char *name, uint64_t size, uint64_t time_s)
{
    uint8_t block[TAR_BLOCK];
    struct tar_entry entry = {.size = size, .time_s = time_s};
    snprintf(entry.name, sizeof entry.name, "%s", name);
    tar_encode(&entry, block);
    return write_all(run, run->file, run->path, slice_of(block, sizeof block));
}

static bool write_padding(struct passage *run, uint64_t size)
{
    static const uint8_t zero[TAR_BLOCK];
    return write_all(run, run->file, run->path, slice_of(zero, (size_t)tar_padding(size)));
}

static bool pack_bytes(struct passage *run, int from, const char *where, uint64_t size)
{
    while (size > 0) {
        ssize_t got = read(from, run->piece, size < PIECE ? (size_t)size : PIECE);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return fails(run, where, got == 0 ? "it has become shorter" : strerror(errno));
        }
        if (!write_all(run, run->file, run->path, slice_of(run->piece, (size_t)got))) {
            return false;
        }
        size -= (uint64_t)got;
        count(run, (size_t)got);
    }
    return true;
}

static bool pack_part(struct passage *run, const char *folder, const struct backup_part *part,
                      uint64_t time_s)
{
    char from[RECORD_PATH_SIZE];
    if (!record_path(folder, part->name, from)) {
        return fails(run, folder, "the name is too long");
    }
    int file = open(from, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return fails(run, from, strerror(errno));
    }
    bool good = write_head(run, part->name, part->size, time_s) &&
                pack_bytes(run, file, from, part->size) && write_padding(run, part->size);
    close(file);
    return good;
}

static bool pack_manifest(struct passage *run, const struct backup_manifest *manifest)
{
    struct buffer text;
    buffer_init(&text, BACKUP_MANIFEST_MAX);
    backup_manifest_write(manifest, &text);
    bool good = buffer_ok(&text)
                    ? write_head(run, manifest_name, text.size, manifest->made_ms / 1000)
                    : fails(run, run->path, "too many files for one backup");
    good = good && write_all(run, run->file, run->path, buffer_slice(&text)) &&
           write_padding(run, text.size);
    buffer_free(&text);
    return good;
}

bool backup_pack(int file, const char *folder, const char *store_folder,
                 const struct backup_manifest *manifest, backup_progress progress, void *context,
                 char message[BACKUP_MESSAGE_SIZE])
{
    static const uint8_t end[2 * TAR_BLOCK];
    struct passage run;
    passage_begin(&run, file, "the backup", progress, context, message);
    run.total = backup_manifest_bytes(manifest);
    bool good = pack_manifest(&run, manifest);
    for (size_t at = 0; good && at < manifest->count; at++) {
        good = pack_part(&run, at == 0 ? store_folder : folder, &manifest->parts[at],
                         manifest->made_ms / 1000);
    }
    good = good && write_all(&run, file, run.path, slice_of(end, sizeof end));
    free(run.piece);
    return good;
}

/* ---- reading ---- */

/* Exactly size bytes. */
static bool read_exactly(struct passage *run, uint8_t *into, size_t size)
{
    size_t have = 0;
    while (have < size) {
        ssize_t got = read(run->file, into + have, size - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return fails(run, run->path,
                         got == 0 ? "it is cut off: the end of the backup is missing"
                                  : strerror(errno));
        }
        have += (size_t)got;
    }
    return true;
}

static bool read_padding(struct passage *run, uint64_t size)
{
    uint8_t rest[TAR_BLOCK] = {0};
    return read_exactly(run, rest, (size_t)tar_padding(size)) &&
           (tar_is_end(rest) || fails(run, run->path, "bytes stand where none belong"));
}

/* The next entry must be this one. */
static bool read_head(struct passage *run, const char *name, struct tar_entry *entry)
{
    uint8_t block[TAR_BLOCK];
    if (!read_exactly(run, block, sizeof block)) {
        return false;
    }
    if (!tar_decode(block, entry) || strcmp(entry->name, name) != 0) {
        return fails(run, run->path,
                     strcmp(name, manifest_name) == 0
                         ? "it is not a backup of Palabre"
                         : "it holds something else than its manifest says");
    }
    return true;
}

static bool read_manifest(struct passage *run, struct backup_manifest *manifest)
{
    struct tar_entry entry;
    if (!read_head(run, manifest_name, &entry)) {
        return false;
    }
    if (entry.size == 0 || entry.size > BACKUP_MANIFEST_MAX) {
        return fails(run, run->path, "its manifest has an impossible size");
    }
    uint8_t *text = memory_new(1, (size_t)entry.size);
    bool good = read_exactly(run, text, (size_t)entry.size) && read_padding(run, entry.size);
    const char *fault =
        good ? backup_manifest_read(slice_of(text, (size_t)entry.size), manifest) : NULL;
    free(text);
    return good && (fault == NULL || fails(run, run->path, fault));
}

static bool unpack_bytes(struct passage *run, int to, const char *where, uint64_t size)
{
    run->written = run->flushed = 0;
    while (size > 0) {
        size_t want = size < PIECE ? (size_t)size : PIECE;
        if (!read_exactly(run, run->piece, want) ||
            !write_all(run, to, where, slice_of(run->piece, want))) {
            return false;
        }
        size -= want;
        count(run, want);
    }
    return fsync(to) == 0 || fails(run, where, strerror(errno));
}

static bool unpack_part(struct passage *run, const char *into, const struct backup_part *part)
{
    char to[RECORD_PATH_SIZE];
    struct tar_entry entry;
    struct hash found;
    if (!record_path(into, part->name, to)) {
        return fails(run, into, "the name is too long");
    }
    if (!read_head(run, part->name, &entry)) {
        return false;
    }
    if (entry.size != part->size) {
        return fails(run, run->path, "it holds something else than its manifest says");
    }
    int file = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return fails(run, to, strerror(errno));
    }
    bool good = unpack_bytes(run, file, to, part->size) && read_padding(run, part->size);
    close(file);
    if (good && (!record_hash(to, &found) || !hash_equal(found, part->sha256))) {
        snprintf(run->message, BACKUP_MESSAGE_SIZE,
                 "%s: %s was altered: its hash is not the one in the manifest", run->path,
                 part->name);
        return false;
    }
    return good;
}

/* The two blocks, and then nothing. */
static bool read_end(struct passage *run)
{
    uint8_t block[TAR_BLOCK];
    for (int i = 0; i < 2; i++) {
        if (!read_exactly(run, block, sizeof block)) {
            return false;
        }
        if (!tar_is_end(block)) {
            return fails(run, run->path, "it holds more than its manifest says");
        }
    }
    ssize_t more = read(run->file, block, 1);
    return more == 0 || fails(run, run->path, "something stands behind its end");
}

static bool sync_folder(struct passage *run, const char *folder)
{
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = file >= 0 && fsync(file) == 0;
    if (file >= 0) {
        close(file);
    }
    return good || fails(run, folder, strerror(errno));
}

bool backup_unpack(const char *path, const char *into, struct backup_manifest *manifest,
                   backup_progress progress, void *context, char message[BACKUP_MESSAGE_SIZE])
{
    struct passage run;
    char files[RECORD_PATH_SIZE];
    backup_manifest_init(manifest);
    passage_begin(&run, open(path, O_RDONLY | O_CLOEXEC), path, progress, context, message);
    bool good = run.file >= 0 || fails(&run, path, strerror(errno));
    good = good && read_manifest(&run, manifest);
    run.total = backup_manifest_bytes(manifest);
    if (good &&
        (!record_path(into, "files", files) || mkdir(into, 0700) != 0 || mkdir(files, 0700) != 0)) {
        good = fails(&run, into, strerror(errno));
    }
    for (size_t at = 0; good && at < manifest->count; at++) {
        good = unpack_part(&run, into, &manifest->parts[at]);
    }
    good = good && read_end(&run) && sync_folder(&run, files) && sync_folder(&run, into);
    if (run.file >= 0) {
        close(run.file);
    }
    free(run.piece);
    return good;
}

/* ---- what an unpacked store holds ---- */

bool backup_describe(struct store_txn *txn, struct backup_manifest *manifest)
{
    struct ledger *ledger;
    struct ledger_entry last;
    struct slice note, origin;
    struct buffer vkey;
    struct hash key;
    struct checkpoint seal;
    manifest->events = ledger_count(txn);
    if (manifest->events == 0 || !ledger_read(txn, manifest->events - 1, &last) ||
        ledger_root(txn, manifest->events, &manifest->root) != ERROR_NONE ||
        !ledger_checkpoint(txn, &note) || ledger_open(txn, NULL, &ledger) != ERROR_NONE) {
        return false;
    }
    manifest->last_ms = last.leaf.time_ms;
    manifest->org = ledger_org(ledger);
    buffer_clear(&manifest->checkpoint);
    buffer_append_slice(&manifest->checkpoint, note);
    buffer_init(&vkey, NOTE_MAX_SIZE);
    ledger_vkey(ledger, &vkey);
    bool good = note_parse_vkey(buffer_slice(&vkey), &origin, &key) &&
                note_open(note, &key, &seal) && slice_equal(seal.origin, origin) &&
                seal.size == manifest->events && hash_equal(seal.root, manifest->root);
    buffer_free(&vkey);
    ledger_close(ledger);
    return good;
}

bool backup_agrees(struct store_txn *txn, const struct backup_manifest *manifest)
{
    struct backup_manifest found;
    backup_manifest_init(&found);
    bool good = backup_describe(txn, &found) && found.events == manifest->events &&
                found.last_ms == manifest->last_ms && id_equal(found.org, manifest->org) &&
                hash_equal(found.root, manifest->root) &&
                slice_equal(buffer_slice(&found.checkpoint), buffer_slice(&manifest->checkpoint));
    backup_manifest_free(&found);
    return good;
}
