/* Power cuts, replayed: what a disk may hold when the power goes, judged by the real code.
 *
 *   power RECORD WORK STATES SEED [early|nosync]
 *
 * RECORD is what the shim wrote while `palabre init` and `palabre serve` ran (shim.h). Played forward, it gives at any
 * moment what is surely on the disk and what is not: a write is sure once its file was synced after it, a name once its folder
 * was. A cut is tried at every sync, just before it returns. What was unsure is then dropped, kept, kept in part, torn into
 * pieces of 512 bytes or 4 KiB, applied in another order, cut at the file's old size, or left as junk in a file that has
 * grown. One thing is never torn: a write that lies within one sector (LMDB's meta page, 106 bytes or so), which is what
 * LMDB asks of a disk. Names survive in the order in which they were changed, up to some point.
 * Each state is made in WORK by a child and opened as `serve` does. It must hold every receipt, session and file that was
 * sent to anybody before the cut, and nothing may have been shown that it lacks; the ledger verifies; now and then documents
 * are rebuilt from it and another command is carried out.
 * early and nosync break the promise on purpose, to show that the judge sees it: replies leave one sync too soon; syncs do
 * nothing. Prints one line of JSON; the exit code is 1 when a state failed. Start at replay(). */
#include <errno.h>
#include <stdarg.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/engine/folder.h"
#include "tests/crash/shim.h"

enum {
    NAME_SIZE = 128,
    SECTOR = 512,
    PAGE = 4096,
    SOCKETS = 4096,
    TOKEN_TEXT = 43,
    HASH_TEXT = 64,
    REBUILD_EVERY = 50, /* states whose documents are rebuilt */
    SUBFOLDERS = 16,
    COMMIT_SYNCS = 2, /* of LMDB: the pages, then the meta page */
    GO_ON_EVERY = 10, /* states in which another command is carried out */
};

enum variant { DROP, KEEP, SOME, TEAR_512, TEAR_4096, REORDER, OLD_SIZE, JUNK, VARIANTS };

struct piece {
    uint64_t offset;
    const uint8_t *data; /* NULL = the file ends at offset */
    size_t size;
};

struct file {
    bool folder;
    uint8_t *bytes; /* surely on the disk */
    size_t size;
    struct piece *pending;
    size_t pending_count;
};

struct name {
    char path[NAME_SIZE];
    size_t file;
};

struct names {
    struct name *items;
    size_t count;
};

struct change {
    enum record_kind kind;
    char from[NAME_SIZE], to[NAME_SIZE];
    size_t file;
};

/* What somebody outside was told. */
struct told {
    enum { TOLD_RECEIPT, TOLD_SESSION, TOLD_FILE } kind;
    uint64_t seq;
    uint8_t bytes[LEAF_SIZE]; /* leaf, token or hash */
};

/* Where the power may go: what had been told until then. */
struct point {
    size_t told;
    uint64_t seen;
    unsigned long weight; /* its share of the states, with all before it */
};

struct stream {
    struct buffer bytes;
    size_t read;
};

static struct {
    const char *work;
    unsigned long states, seed;
    bool early, nosync;
    struct file *files;
    size_t file_count;
    struct names sure, live;
    struct change *changes;
    size_t change_count;
    struct stream streams[SOCKETS];
    struct told *told;
    size_t told_count;
    uint64_t seen; /* the greatest seq shown, + 1 */
    struct point *points;
    size_t point_count, point; /* in all; the one of now */
    bool much_is_unsure;       /* since the last sync, while listening */
    unsigned starts;
    unsigned long made, failed;
    uint64_t *marks; /* of each state: a hash of what was on the disk (shared with the children) */
    uint64_t random;
} cut;

static uint64_t random_number(void)
{
    cut.random ^= cut.random << 13;
    cut.random ^= cut.random >> 7;
    cut.random ^= cut.random << 17;
    return cut.random * UINT64_C(2685821657736338717);
}

static bool coin(void)
{
    return (random_number() >> 40 & 1) != 0;
}

/* ---- files and names ---- */

static void apply(struct file *file, const struct piece *piece)
{
    size_t end = (size_t)piece->offset + piece->size;
    if (piece->data == NULL) {
        file->size = (size_t)piece->offset;
        return;
    }
    if (end > file->size) {
        file->bytes = memory_resize(file->bytes, end, 1);
        memset(file->bytes + file->size, 0, end - file->size);
        file->size = end;
    }
    memcpy(file->bytes + piece->offset, piece->data, piece->size);
}

static struct name *find(const struct names *names, const char *path)
{
    for (size_t at = 0; at < names->count; at++) {
        if (strcmp(names->items[at].path, path) == 0) {
            return &names->items[at];
        }
    }
    return NULL;
}

static void forget(struct names *names, const char *path)
{
    struct name *name = find(names, path);
    if (name != NULL) {
        *name = names->items[--names->count];
    }
}

static void change_names(struct names *names, const struct change *change)
{
    const char *path = change->kind == RECORD_RENAME ? change->to : change->from;
    forget(names, change->from);
    if (change->kind != RECORD_UNLINK) {
        forget(names, path);
        names->items = memory_resize(names->items, names->count + 1, sizeof *names->items);
        struct name *name = &names->items[names->count++];
        snprintf(name->path, sizeof name->path, "%s", path);
        name->file = change->file;
    }
}

static bool stands_in(const char *path, const char *folder)
{
    const char *slash = strrchr(path, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - path);
    return strlen(folder) == size && memcmp(path, folder, size) == 0;
}

static void sync_names(const char *folder)
{
    size_t kept = 0;
    for (size_t at = 0; at < cut.change_count; at++) {
        if (stands_in(cut.changes[at].from, folder)) {
            change_names(&cut.sure, &cut.changes[at]);
        } else {
            cut.changes[kept++] = cut.changes[at];
        }
    }
    cut.change_count = kept;
}

static void sync_bytes(struct file *file)
{
    for (size_t at = 0; at < file->pending_count; at++) {
        apply(file, &file->pending[at]);
    }
    file->pending_count = 0;
}

static void note_change(enum record_kind kind, const char *from, struct slice to)
{
    struct change change = {.kind = kind};
    struct name *name = find(&cut.live, from);
    snprintf(change.from, sizeof change.from, "%s", from);
    snprintf(change.to, sizeof change.to, "%.*s", (int)to.size, (const char *)to.data);
    if (kind == RECORD_CREATE || kind == RECORD_FOLDER) {
        cut.files = memory_resize(cut.files, cut.file_count + 1, sizeof *cut.files);
        cut.files[cut.file_count] = (struct file){.folder = kind == RECORD_FOLDER};
        change.file = cut.file_count++;
    } else if (name != NULL) {
        change.file = name->file;
    }
    change_names(&cut.live, &change);
    cut.changes = memory_resize(cut.changes, cut.change_count + 1, sizeof *cut.changes);
    cut.changes[cut.change_count++] = change;
}

/* ---- what was told ---- */

static void note_told(struct told told)
{
    cut.told = memory_resize(cut.told, cut.told_count + 1, sizeof *cut.told);
    cut.told[cut.told_count++] = told;
}

/* A receipt as it stands in JSON: its lines end in \n; "extra" begins with the leaf, "index" is the seq. */
static void read_receipt(const char *text)
{
    const char *extra = strstr(text, "\\nextra ");
    const char *index = strstr(text, "\\nindex ");
    struct told told = {.kind = TOLD_RECEIPT};
    struct buffer bytes;
    assert_always(extra != NULL && index != NULL);
    extra += strlen("\\nextra ");
    buffer_init(&bytes, PAGE);
    assert_always(encoding_from_base64(slice_of(extra, strcspn(extra, "\\")), &bytes));
    memcpy(told.bytes, bytes.data, LEAF_SIZE);
    told.seq = strtoull(index + strlen("\\nindex "), NULL, 10);
    note_told(told);
    buffer_free(&bytes);
}

static void read_told(const char *what, const char *value)
{
    struct told told = {.kind = TOLD_SESSION};
    if (strcmp(what, "\"receipt\":\"") == 0) {
        read_receipt(value);
    } else if (strcmp(what, "palabre_session=") == 0) {
        if (encoding_base64url_exact(slice_of(value, TOKEN_TEXT), told.bytes, 32)) {
            note_told(told);
        }
    } else if (strcmp(what, "\"sha256\":\"") == 0) {
        struct buffer hash;
        buffer_init(&hash, HASH_SIZE);
        told.kind = TOLD_FILE;
        assert_always(encoding_from_hex(slice_of(value, HASH_TEXT), &hash));
        memcpy(told.bytes, hash.data, HASH_SIZE);
        note_told(told);
        buffer_free(&hash);
    } else {
        uint64_t seq = strtoull(value, NULL, 10);
        cut.seen = seq + 1 > cut.seen ? seq + 1 : cut.seen;
    }
}

/* All that is whole in what a socket carried so far; the next bytes may be the rest of the last one. */
static void read_stream(struct stream *stream)
{
    static const struct {
        const char *what, *end;
    } marks[] = {{"\"receipt\":\"", "\""},
                 {"palabre_session=", ";"},
                 {"\"sha256\":\"", "\""},
                 {"\"seq\":", ",}"},
                 {"\"rev\":", ",}"}};
    buffer_append(&stream->bytes, "", 1);
    stream->bytes.size--;
    char *text = (char *)stream->bytes.data;
    for (size_t at = stream->read; at < stream->bytes.size; at++) {
        for (size_t mark = 0; mark < sizeof marks / sizeof marks[0]; mark++) {
            size_t size = strlen(marks[mark].what);
            if (strncmp(text + at, marks[mark].what, size) != 0) {
                continue;
            }
            if (text[at + size + strcspn(text + at + size, marks[mark].end)] == 0) {
                return; /* not whole yet */
            }
            read_told(marks[mark].what, text + at + size);
            at += size;
        }
        stream->read = at + 1;
    }
}

static void note_sent(uint64_t socket, struct slice bytes)
{
    assert_always(socket < SOCKETS);
    struct stream *stream = &cut.streams[socket];
    if (stream->bytes.max == 0) {
        buffer_init(&stream->bytes, SIZE_MAX / 8);
    }
    for (size_t at = 0; at < bytes.size; at++) { /* frames hold NULs between texts */
        uint8_t byte = bytes.data[at] == 0 ? ' ' : bytes.data[at];
        buffer_append(&stream->bytes, &byte, 1);
    }
    read_stream(stream);
}

/* ---- one state ---- */

static bool is_whole(const struct piece *piece)
{
    return piece->size == 0 || piece->offset / SECTOR == (piece->offset + piece->size - 1) / SECTOR;
}

/* Keeps pieces of a write by chance; what is dropped beyond the old end is junk in JUNK, else zeroes. */
static void keep_some(struct file *file, const struct piece *piece, size_t unit, bool junk,
                      size_t old_size)
{
    for (size_t at = 0; at < piece->size;) {
        size_t end = unit - (size_t)((piece->offset + at) % unit) + at;
        end = end > piece->size || is_whole(piece) ? piece->size : end;
        struct piece part = {piece->offset + at, piece->data + at, end - at};
        bool kept = coin();
        if (kept) {
            apply(file, &part);
        } else if (junk && part.offset >= old_size) {
            uint8_t *noise = memory_new(part.size, 1);
            memset(noise, (int)(random_number() >> 50 & 0xff), part.size);
            part.data = noise;
            apply(file, &part);
            free(noise);
        }
        at = end;
    }
}

static void shuffle(struct file *file)
{
    for (size_t at = file->pending_count; at > 1; at--) {
        size_t other = (size_t)(random_number() >> 20) % at;
        struct piece piece = file->pending[at - 1];
        file->pending[at - 1] = file->pending[other];
        file->pending[other] = piece;
    }
}

static void settle_bytes(struct file *file, enum variant variant)
{
    size_t old_size = file->size;
    size_t unit = variant == TEAR_512 ? SECTOR : variant == SOME ? (size_t)1 << 40 : PAGE;
    if (variant == REORDER) {
        shuffle(file);
    }
    for (size_t at = 0; at < file->pending_count && variant != DROP; at++) {
        const struct piece *piece = &file->pending[at];
        if (variant == KEEP || piece->data == NULL) {
            apply(file, piece);
        } else {
            keep_some(file, piece, unit, variant == JUNK, old_size);
        }
    }
    if (variant == OLD_SIZE && file->size > old_size) {
        file->size = old_size;
    }
}

static void settle_names(enum variant variant)
{
    size_t kept = variant == DROP   ? 0
                  : variant == KEEP ? cut.change_count
                                    : (size_t)(random_number() >> 20) % (cut.change_count + 1);
    for (size_t at = 0; at < kept; at++) {
        change_names(&cut.sure, &cut.changes[at]);
    }
}

static uint64_t mix(uint64_t mark, const uint8_t *bytes, size_t size)
{
    for (; size >= 8; bytes += 8, size -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        mark = (mark ^ word) * UINT64_C(1099511628211);
    }
    for (; size > 0; bytes++, size--) {
        mark = (mark ^ *bytes) * UINT64_C(1099511628211);
    }
    return mark;
}

static void write_file(const char *path, const struct file *file)
{
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_always(to >= 0);
    for (size_t at = 0; at < file->size;) {
        ssize_t done = write(to, file->bytes + at, file->size - at);
        assert_always(done > 0);
        at += (size_t)done;
    }
    close(to);
}

/* Makes the folder; answers the mark of what is in it. */
static uint64_t make_folder(const char *folder)
{
    char path[PAGE];
    uint64_t mark = UINT64_C(14695981039346656037);
    assert_always(mkdir(folder, 0700) == 0);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t at = 0; at < cut.sure.count; at++) {
            const struct name *name = &cut.sure.items[at];
            const struct file *file = &cut.files[name->file];
            assert_always(snprintf(path, sizeof path, "%s/%s", folder, name->path) < PAGE);
            if (pass == 0 && file->folder) {
                assert_always(mkdir(path, 0700) == 0);
            } else if (pass == 1 && !file->folder && strncmp(name->path, "lock", 4) != 0) {
                struct stat about;
                char *slash = strrchr(path, '/');
                *slash = 0;
                bool there = stat(path, &about) == 0; /* the folder itself may be lost */
                *slash = '/';
                if (there) {
                    write_file(path, file);
                    mark = mix(mix(mark, (const uint8_t *)name->path, strlen(name->path)),
                               file->bytes, file->size);
                }
            }
        }
    }
    return mark;
}

/* ---- judging it ---- */

static bool complain(unsigned long state, enum variant variant, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool complain(unsigned long state, enum variant variant, const char *format, ...)
{
    static const char *const words[VARIANTS] = {
        "drop", "keep", "some", "tear at 512", "tear at 4096", "reorder", "old size", "junk"};
    va_list arguments;
    fprintf(stderr, "power: state %lu (seed %lu, sync %zu of %zu, %s): ", state, cut.seed + state,
            cut.point, cut.point_count, words[variant]);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\n");
    return false;
}

static const char *missing(const char *folder, struct store_txn *txn, const struct told *told)
{
    struct ledger_entry entry;
    struct caller caller;
    struct buffer path;
    struct hash hash;
    switch (told->kind) {
    case TOLD_RECEIPT:
        return ledger_read(txn, told->seq, &entry) &&
                       slice_equal(entry.leaf_bytes, slice_of(told->bytes, LEAF_SIZE))
                   ? NULL
                   : "a ballot with a receipt is missing";
    case TOLD_SESSION:
        return session_find(txn, told->bytes, clock_wall_ms(), &caller) == ERROR_NONE
                   ? NULL
                   : "a session is missing";
    case TOLD_FILE:
        break;
    }
    memcpy(hash.bytes, told->bytes, HASH_SIZE);
    buffer_init(&path, PAGE);
    buffer_format(&path, "%s/files/", folder);
    encoding_hex(&path, slice_of(hash.bytes, HASH_SIZE));
    buffer_append(&path, "", 1);
    int file = open((const char *)path.data, O_RDONLY);
    struct stat about = {.st_size = 0};
    uint8_t *bytes = NULL;
    bool good = file >= 0 && fstat(file, &about) == 0;
    if (good) {
        bytes = memory_new((size_t)about.st_size + 1, 1);
        good = read(file, bytes, (size_t)about.st_size) == about.st_size &&
               hash_equal(crypto_hash(slice_of(bytes, (size_t)about.st_size)), hash);
        close(file);
    }
    free(bytes);
    buffer_free(&path);
    return good ? NULL : "a file is missing or broken";
}

static bool documents_are_those(struct store_txn *txn, unsigned long state, enum variant variant)
{
    char path[PAGE];
    struct store *scratch;
    struct check_report report = {.events = 0};
    struct store_options options = {.not_durable = true};
    snprintf(path, sizeof path, "%s/scratch", cut.work);
    assert_always(mkdir(path, 0700) == 0);
    assert_always(store_open(path, true, &options, &scratch, NULL) == ERROR_NONE);
    enum error error = assembly_check(txn, scratch, &report, NULL, NULL);
    store_close(scratch);
    return error == ERROR_NONE && report.differing == 0
               ? true
               : complain(state, variant, "documents: %s, %llu differ", error_reason(error),
                          (unsigned long long)report.differing);
}

/* Another command is carried out, and is there. */
static bool goes_on(struct folder *folder)
{
    struct job job = {.request.command = command_find(slice_text("member.invite"))};
    struct job *jobs[] = {&job};
    struct batch_changes changes = {.topics.count = 0};
    struct batch_counters counters = {.commits = 0};
    struct store_txn *txn;
    uint8_t random[ID_SIZE];
    job.request.caller.kind = CALLER_OPERATOR;
    job.request.params = json_object();
    crypto_random(random, sizeof random);
    json_put(job.request.params, "id", json_id(id_from_random(random)));
    crypto_random(random, sizeof random);
    json_put(job.request.params, "command", json_id(id_from_random(random)));
    json_put(job.request.params, "name", json_text(slice_text("Après")));
    json_put(job.request.params, "class", json_text(slice_text("members")));
    assert_always(assembly_check_shape(&job.request) == ERROR_NONE);
    bool good =
        batch_run(&folder_calls, folder, jobs, 1, clock_wall_ms(), 2026, &changes, &counters);
    uint64_t bad_seq;
    good = good && job.error == ERROR_NONE &&
           store_begin(folder->store, STORE_READ, &txn) == ERROR_NONE;
    if (good) {
        good = ledger_verify(txn, &folder->key.public_key, &bad_seq, NULL, NULL) == ERROR_NONE;
        store_abort(txn);
    }
    return good;
}

static bool judge_open(struct folder *folder, const char *path, unsigned long state,
                       enum variant variant)
{
    struct store_txn *txn;
    uint64_t bad_seq = 0;
    bool good = true;
    const struct point *now = &cut.points[cut.point + (cut.early ? COMMIT_SYNCS : 0)];
    if (store_begin(folder->store, STORE_READ, &txn) != ERROR_NONE) {
        return complain(state, variant, "no transaction");
    }
    enum error error = ledger_verify(txn, &folder->key.public_key, &bad_seq, NULL, NULL);
    if (error != ERROR_NONE) {
        good = complain(state, variant, "ledger: %s", error_reason(error));
    }
    for (size_t at = 0; at < now->told && good; at++) {
        const char *what = missing(path, txn, &cut.told[at]);
        good = what == NULL ? true : complain(state, variant, "%s", what);
    }
    if (good && ledger_count(txn) < now->seen) {
        good = complain(state, variant, "%llu events were shown, %llu are there",
                        (unsigned long long)now->seen, (unsigned long long)ledger_count(txn));
    }
    if (good && state % REBUILD_EVERY == 0) {
        good = documents_are_those(txn, state, variant);
    }
    store_abort(txn);
    return good;
}

static bool judge(const char *path, unsigned long state, enum variant variant)
{
    char message[FOLDER_MESSAGE_SIZE];
    struct folder *folder;
    enum error error = folder_open(path, NULL, NULL, &folder, message);
    if (error != ERROR_NONE) {
        /* Nothing was promised before `init` ended. */
        return cut.starts < 2 ? true : complain(state, variant, "does not open: %s", message);
    }
    bool good = judge_open(folder, path, state, variant);
    if (good && state % GO_ON_EVERY == 0 && !goes_on(folder)) {
        good = complain(state, variant, "does not go on");
    }
    folder_close(folder);
    return good;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

/* In the child. */
static _Noreturn void try_state(unsigned long state, enum variant variant)
{
    char path[PAGE];
    cut.random = (cut.seed + state) * UINT64_C(0x9E3779B97F4A7C15) | 1;
    for (size_t at = 0; at < cut.file_count; at++) {
        settle_bytes(&cut.files[at], variant);
    }
    settle_names(variant);
    snprintf(path, sizeof path, "%s/org", cut.work);
    cut.marks[state] = make_folder(path);
    _exit(judge(path, state, variant) ? 0 : 1);
}

static void cut_here(void)
{
    unsigned long before = cut.point == 0 ? 0 : cut.points[cut.point - 1].weight;
    unsigned long all = cut.points[cut.point_count - 1].weight;
    unsigned long first = before * cut.states / all;
    unsigned long end = cut.points[cut.point].weight * cut.states / all;
    for (unsigned long state = first; state < end; state++) {
        int status;
        /* Of a few states here, not always the same ones. */
        enum variant variant =
            (enum variant)((state - first + cut.point * (end - first)) % VARIANTS);
        assert_always(mkdir(cut.work, 0700) == 0);
        pid_t child = fork();
        assert_always(child >= 0);
        if (child == 0) {
            try_state(state, variant);
        }
        assert_always(waitpid(child, &status, 0) == child);
        cut.made++;
        cut.failed += status != 0;
        if (WIFSIGNALED(status)) {
            complain(state, variant, "signal %d", WTERMSIG(status));
        }
        assert_always(nftw(cut.work, remove_one, SUBFOLDERS, FTW_DEPTH | FTW_PHYS) == 0);
    }
    cut.point++;
}

/* ---- replaying ---- */

static void play_write(const char *path, const struct record_entry *entry, const uint8_t *data,
                       bool synced)
{
    struct name *name = find(&cut.live, path);
    if (name == NULL) {
        return; /* deleted while it was open */
    }
    struct file *file = &cut.files[name->file];
    struct piece piece = {entry->offset, entry->kind == RECORD_TRUNCATE ? NULL : data,
                          (size_t)entry->size};
    file->pending = memory_resize(file->pending, file->pending_count + 1, sizeof *file->pending);
    file->pending[file->pending_count++] = piece;
    if (synced) {
        assert_always(is_whole(&piece)); /* what LMDB needs of a disk is no more than this */
        cut_here();
        file = &cut.files[name->file];
        if (!cut.nosync) {
            apply(file, &piece);
            file->pending_count--;
        }
    }
}

static void play_sync(const char *path)
{
    struct name *name = find(&cut.live, path);
    cut_here();
    if (path[0] == 0 || (name != NULL && cut.files[name->file].folder)) {
        sync_names(path);
    } else if (name != NULL && !cut.nosync) {
        sync_bytes(&cut.files[name->file]);
    }
}

static void play(const struct record_entry *entry, const char *path, const uint8_t *data)
{
    switch ((enum record_kind)entry->kind) {
    case RECORD_START:
        cut.starts++;
        break;
    case RECORD_CREATE:
    case RECORD_FOLDER:
    case RECORD_UNLINK:
    case RECORD_RENAME:
        note_change((enum record_kind)entry->kind, path, slice_of(data, (size_t)entry->size));
        break;
    case RECORD_WRITE:
    case RECORD_TRUNCATE:
        play_write(path, entry, data, false);
        break;
    case RECORD_WRITE_SYNCED:
        play_write(path, entry, data, true);
        break;
    case RECORD_SYNC:
        play_sync(path);
        break;
    case RECORD_SENT:
        break;
    }
}

/* First what was told and when, and where there is much to lose: before a meta page there are two states only. */
static void listen(const struct record_entry *entry, const char *path, const uint8_t *data)
{
    (void)path;
    if (entry->kind == RECORD_SENT) {
        note_sent(entry->offset, slice_of(data, (size_t)entry->size));
    } else if (entry->kind == RECORD_SYNC || entry->kind == RECORD_WRITE_SYNCED) {
        unsigned long before = cut.point_count == 0 ? 0 : cut.points[cut.point_count - 1].weight;
        cut.points = memory_resize(cut.points, cut.point_count + 1, sizeof *cut.points);
        cut.points[cut.point_count++] =
            (struct point){cut.told_count, cut.seen, before + (cut.much_is_unsure ? VARIANTS : 1)};
        cut.much_is_unsure = false;
    } else {
        cut.much_is_unsure |= entry->kind != RECORD_START;
    }
}

static void replay(struct slice record, void (*visit)(const struct record_entry *entry,
                                                      const char *path, const uint8_t *data))
{
    for (size_t at = 0; at < record.size;) {
        struct record_entry entry;
        char path[NAME_SIZE];
        memcpy(&entry, record.data + at, sizeof entry);
        at += sizeof entry;
        assert_always(entry.path_size < sizeof path);
        memcpy(path, record.data + at, entry.path_size);
        path[entry.path_size] = 0;
        at += entry.path_size;
        visit(&entry, path, record.data + at);
        at += (size_t)entry.size;
    }
}

static int by_value(const void *a, const void *b)
{
    uint64_t left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return left < right ? -1 : left > right;
}

static unsigned long distinct(void)
{
    unsigned long count = 0;
    qsort(cut.marks, cut.states, sizeof *cut.marks, by_value);
    for (unsigned long at = 0; at < cut.states; at++) {
        count += at == 0 || cut.marks[at] != cut.marks[at - 1];
    }
    return count;
}

int main(int argc, char **argv)
{
    struct stat about;
    if (argc < 5 || !crypto_start()) {
        return 2;
    }
    int file = open(argv[1], O_RDONLY);
    assert_always(file >= 0 && fstat(file, &about) == 0 && about.st_size > 0);
    const uint8_t *record = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    assert_always(record != MAP_FAILED);
    cut.work = argv[2];
    cut.states = strtoul(argv[3], NULL, 10);
    cut.seed = strtoul(argv[4], NULL, 10);
    cut.early = argc > 5 && strcmp(argv[5], "early") == 0;
    cut.nosync = argc > 5 && strcmp(argv[5], "nosync") == 0;
    cut.marks = mmap(NULL, (cut.states + 1) * sizeof *cut.marks, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_always(cut.marks != MAP_FAILED);
    replay(slice_of(record, (size_t)about.st_size), listen);
    cut.points = memory_resize(cut.points, cut.point_count + COMMIT_SYNCS, sizeof *cut.points);
    for (size_t at = 0; at < COMMIT_SYNCS; at++) {
        cut.points[cut.point_count + at] = (struct point){cut.told_count, cut.seen, 0};
    }
    replay(slice_of(record, (size_t)about.st_size), play);
    size_t kinds[3] = {0};
    for (size_t at = 0; at < cut.told_count; at++) {
        kinds[cut.told[at].kind]++;
    }
    printf("{\"states\":%lu,\"distinct\":%lu,\"syncs\":%zu,\"receipts\":%zu,\"sessions\":%zu,"
           "\"files\":%zu,\"events\":%llu,\"failed\":%lu}\n",
           cut.made, distinct(), cut.point_count, kinds[0], kinds[1], kinds[2],
           (unsigned long long)cut.seen, cut.failed);
    return cut.failed == 0 ? 0 : 1;
}
