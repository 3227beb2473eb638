/* The environment: one LMDB file in one folder, opened by one writing process.
 *
 * DIR/lock carries the flock that keeps a second writing process out, and the pid of who holds it, for messages. It
 * is taken before LMDB touches anything and released by the system when the process ends, however it ends.
 * DIR/data.mdb and DIR/lock.mdb are LMDB's. The map is a reservation of address space of fixed size: it is never
 * resized while open, and running out of it is an error like a full disk.
 * META "format" is written in the transaction that creates the tables; a folder with a greater number is refused
 * before anything is changed in it.
 * Durability is LMDB's default: a commit returns after its data and its meta page are on the disk. Only scratch
 * stores are opened otherwise. Transactions are in transaction.c. Start at store_open(). */
#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/memory.h"

_Static_assert(sizeof(void *) >= 8, "the map needs a 64-bit address space");

#define DEFAULT_MAP_BYTES  (UINT64_C(16) << 30)
#define DISK_RESERVE_BYTES (UINT64_C(64) << 20)
enum { RESERVE_PERCENT = 5, MAX_READERS = 126, MESSAGE_SIZE = 256, LOCK_TRIES = 20 };

static const char *const table_names[TABLE_COUNT] = {
    [TABLE_META] = "meta",     [TABLE_LEAF] = "leaf",         [TABLE_OPENING] = "opening",
    [TABLE_NOTE] = "note",     [TABLE_NODE] = "node",         [TABLE_CHECKPOINT] = "checkpoint",
    [TABLE_RECORD] = "record", [TABLE_DOCUMENT] = "document", [TABLE_PLACE] = "place",
    [TABLE_TOPIC] = "topic",   [TABLE_NUMBER] = "number",     [TABLE_INDEX] = "index",
    [TABLE_ANSWER] = "answer", [TABLE_SECRET] = "secret",     [TABLE_PERSONAL] = "personal",
};

static const char format_key[] = "format";

/* What one opening needs to know; lives during store_open() alone. */
struct opening {
    const char *dir;
    bool create;
    const struct store_options *options;
    char *message;
};

__attribute__((format(printf, 3, 4))) static enum error
opening_fails(const struct opening *opening, enum error error, const char *format, ...)
{
    if (opening->message != NULL) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(opening->message, MESSAGE_SIZE, format, arguments);
        va_end(arguments);
    }
    return error;
}

bool store_disk_is_short(const struct store *store)
{
    struct statvfs disk;
    if (fstatvfs(store->folder, &disk) != 0) {
        return true; /* a disk that does not answer is not written to */
    }
    uint64_t free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
    uint64_t share = (uint64_t)disk.f_blocks * disk.f_frsize / 100 * RESERVE_PERCENT;
    return free_bytes < (share < DISK_RESERVE_BYTES ? share : DISK_RESERVE_BYTES);
}

enum error store_error_of(const struct store *store, int answer)
{
    switch (answer) {
    case MDB_MAP_FULL:
    case ENOSPC:
    case EDQUOT:
        return ERROR_STORAGE_FULL;
    case EIO: /* what LMDB answers for a short write, so also for a full disk */
        return store_disk_is_short(store) ? ERROR_STORAGE_FULL : ERROR_STORAGE_FAILED;
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
        return ERROR_STORAGE_CORRUPT;
    case ENOMEM:
        fatal_memory();
    default:
        return ERROR_STORAGE_FAILED;
    }
}

/* --- the folder and its lock --- */

static enum error open_folder(struct store *store, const struct opening *opening)
{
    if (opening->create && mkdir(opening->dir, 0700) != 0 && errno != EEXIST) {
        return opening_fails(opening, ERROR_STORAGE_FAILED, "cannot make the folder %s: %s",
                             opening->dir, strerror(errno));
    }
    store->folder = open(opening->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (store->folder < 0) {
        return opening_fails(opening, ERROR_STORAGE_FAILED, "cannot open the folder %s: %s",
                             opening->dir, strerror(errno));
    }
    if (!opening->create && faccessat(store->folder, "data.mdb", F_OK, 0) != 0) {
        return opening_fails(opening, ERROR_STORAGE_FAILED, "%s holds no record (no data.mdb)",
                             opening->dir);
    }
    return ERROR_NONE;
}

/* The number in the lock file, −1 when there is none. */
static long lock_read_pid(int lock)
{
    char text[24];
    ssize_t size = pread(lock, text, sizeof text - 1, 0);
    if (size <= 0) {
        return -1;
    }
    text[size] = '\0';
    long pid = strtol(text, NULL, 10);
    return pid > 0 ? pid : -1;
}

static bool lock_write_pid(int lock)
{
    char text[24];
    int size = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    return ftruncate(lock, 0) == 0 && pwrite(lock, text, (size_t)size, 0) == size;
}

/* Somebody who asks store_lock_owner() holds a shared lock for an instant: hence a few tries. */
static int lock_try(int lock)
{
    int answer = flock(lock, LOCK_EX | LOCK_NB);
    for (int i = 1; i < LOCK_TRIES && answer != 0 && errno == EWOULDBLOCK; i++) {
        usleep(5000);
        answer = flock(lock, LOCK_EX | LOCK_NB);
    }
    return answer;
}

/* The flock belongs to the open file, so it also keeps this process from opening the folder a second time. */
static enum error take_lock(struct store *store, const struct opening *opening)
{
    store->lock = openat(store->folder, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (store->lock < 0) {
        return opening_fails(opening, ERROR_STORAGE_FAILED, "cannot open %s/lock: %s", opening->dir,
                             strerror(errno));
    }
    if (lock_try(store->lock) != 0) {
        if (errno != EWOULDBLOCK) {
            return opening_fails(opening, ERROR_STORAGE_FAILED, "cannot lock %s/lock: %s",
                                 opening->dir, strerror(errno));
        }
        return opening_fails(opening, ERROR_STORAGE_LOCKED, "process %ld serves %s",
                             lock_read_pid(store->lock), opening->dir);
    }
    if (!lock_write_pid(store->lock)) {
        return opening_fails(opening, errno == ENOSPC ? ERROR_STORAGE_FULL : ERROR_STORAGE_FAILED,
                             "cannot write %s/lock: %s", opening->dir, strerror(errno));
    }
    return ERROR_NONE;
}

long store_lock_owner(const char *dir)
{
    int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return 0;
    }
    int lock = openat(folder, "lock", O_RDONLY | O_CLOEXEC);
    close(folder);
    if (lock < 0) {
        return 0;
    }
    long owner = 0;
    if (flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        owner = lock_read_pid(lock);
    }
    close(lock); /* and the shared lock with it */
    return owner;
}

/* LMDB's own locks break when one process opens the same file twice. */
static enum error refuse_own_folder(const struct opening *opening)
{
    if (store_lock_owner(opening->dir) != (long)getpid()) {
        return ERROR_NONE;
    }
    return opening_fails(opening, ERROR_STORAGE_LOCKED, "this process (%ld) has %s open already",
                         (long)getpid(), opening->dir);
}

/* --- the environment --- */

static enum error environment_fails(const struct store *store, const struct opening *opening,
                                    uint64_t map_bytes, int answer)
{
    if (answer == ENOMEM) {
        return opening_fails(opening, ERROR_STORAGE_FAILED,
                             "the system refuses %llu bytes of address space for the map of %s: "
                             "lower the setting map-size or raise the limit (ulimit -v)",
                             (unsigned long long)map_bytes, opening->dir);
    }
    return opening_fails(opening, store_error_of(store, answer), "cannot open the store in %s: %s",
                         opening->dir, mdb_strerror(answer));
}

static enum error open_environment(struct store *store, const struct opening *opening)
{
    /* A reader that says nothing takes the size that the writer recorded in the file. */
    uint64_t map_bytes = store->map_bytes;
    if (map_bytes == 0 && !store->read_only) {
        map_bytes = DEFAULT_MAP_BYTES;
    }
    unsigned flags =
        MDB_NOTLS | (store->read_only ? MDB_RDONLY : 0u) | (store->not_durable ? MDB_NOSYNC : 0u);
    int answer = mdb_env_create(&store->env);
    if (answer == 0 && map_bytes > 0) {
        answer = mdb_env_set_mapsize(store->env, map_bytes);
    }
    if (answer == 0) {
        answer = mdb_env_set_maxdbs(store->env, TABLE_COUNT);
    }
    if (answer == 0) {
        answer = mdb_env_set_maxreaders(store->env, MAX_READERS);
    }
    if (answer == 0) {
        answer = mdb_env_open(store->env, opening->dir, flags, 0600);
    }
    if (answer == 0) {
        assert_always(mdb_env_get_maxkeysize(store->env) == STORE_MAX_KEY);
        int dead = 0;
        answer = mdb_reader_check(store->env, &dead);
    }
    return answer == 0 ? ERROR_NONE : environment_fails(store, opening, map_bytes, answer);
}

/* Makes the names of a new folder durable: LMDB syncs its file, not the folder that names it. */
static enum error sync_folder(const struct store *store, const struct opening *opening)
{
    int parent = openat(store->folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = fsync(store->folder);
    if (parent >= 0) {
        failed |= fsync(parent);
        close(parent);
    }
    return failed == 0 ? ERROR_NONE
                       : opening_fails(opening, ERROR_STORAGE_FAILED, "cannot sync %s: %s",
                                       opening->dir, strerror(errno));
}

/* --- tables and format --- */

static enum error format_is_known(const struct opening *opening, MDB_val value)
{
    const uint8_t *bytes = value.mv_data;
    uint32_t format = 0;
    for (size_t i = 0; i < value.mv_size && value.mv_size == 4; i++) {
        format = format << 8 | bytes[i];
    }
    if (format == 0) {
        return opening_fails(opening, ERROR_STORAGE_CORRUPT, "the format number of %s is damaged",
                             opening->dir);
    }
    if (format > STORE_FORMAT) {
        return opening_fails(opening, ERROR_STORAGE_NEWER,
                             "%s was written by a newer version of Palabre (format %lu, this one "
                             "knows %d)",
                             opening->dir, (unsigned long)format, STORE_FORMAT);
    }
    return ERROR_NONE;
}

/* Checks META "format", or writes it into a folder that is being created. */
static enum error check_format(struct store *store, const struct opening *opening, MDB_txn *txn)
{
    char key_bytes[sizeof format_key];
    memcpy(key_bytes, format_key, sizeof format_key);
    MDB_val key = {.mv_size = sizeof format_key - 1, .mv_data = key_bytes};
    MDB_val value;
    MDB_stat stat;
    int answer = mdb_get(txn, store->tables[TABLE_META], &key, &value);
    if (answer == 0) {
        return format_is_known(opening, value);
    }
    if (answer == MDB_NOTFOUND && opening->create && !store->read_only) {
        answer = mdb_stat(txn, store->tables[TABLE_META], &stat);
        if (answer == 0 && stat.ms_entries == 0) {
            uint8_t format[4] = {0, 0, 0, STORE_FORMAT};
            value = (MDB_val){.mv_size = sizeof format, .mv_data = format};
            answer = mdb_put(txn, store->tables[TABLE_META], &key, &value, 0);
            return answer == 0 ? ERROR_NONE : environment_fails(store, opening, 0, answer);
        }
    }
    return opening_fails(opening, ERROR_STORAGE_CORRUPT, "%s holds no format number", opening->dir);
}

static enum error open_table(struct store *store, const struct opening *opening, MDB_txn *txn,
                             enum table table)
{
    assert_always(table_names[table] != NULL);
    unsigned flags = store->read_only ? 0u : MDB_CREATE;
    int answer = mdb_dbi_open(txn, table_names[table], flags, &store->tables[table]);
    if (answer == MDB_NOTFOUND) {
        return opening_fails(opening, ERROR_STORAGE_CORRUPT,
                             "%s lacks the table %s: an earlier palabre wrote it. Start the server "
                             "on it once, then try again",
                             opening->dir, table_names[table]);
    }
    return answer == 0 ? ERROR_NONE : environment_fails(store, opening, 0, answer);
}

/* META first: a folder of a newer format is refused before a table is made in it. */
static enum error open_tables(struct store *store, const struct opening *opening)
{
    MDB_txn *txn;
    int answer = mdb_txn_begin(store->env, NULL, store->read_only ? MDB_RDONLY : 0u, &txn);
    if (answer != 0) {
        return environment_fails(store, opening, 0, answer);
    }
    enum error error = open_table(store, opening, txn, TABLE_META);
    if (error == ERROR_NONE) {
        error = check_format(store, opening, txn);
    }
    for (int table = TABLE_META + 1; table < TABLE_COUNT && error == ERROR_NONE; table++) {
        error = open_table(store, opening, txn, (enum table)table);
    }
    if (error != ERROR_NONE) {
        mdb_txn_abort(txn);
        return error;
    }
    answer = mdb_txn_commit(txn); /* for a reader: keeps the handles */
    return answer == 0 ? ERROR_NONE : environment_fails(store, opening, 0, answer);
}

/* A process that reads may come while the writer gives the store another file (compact.c). */
static enum error open_file(struct store *store, const struct opening *opening)
{
    (void)flock(store->folder, LOCK_SH);
    enum error error = open_environment(store, opening);
    (void)flock(store->folder, LOCK_UN);
    return error == ERROR_NONE ? open_tables(store, opening) : error;
}

enum error store_reopen(struct store *store)
{
    const struct opening opening = {.dir = store->dir};
    enum error error = open_environment(store, &opening);
    return error == ERROR_NONE ? open_tables(store, &opening) : error;
}

static enum error open_all(struct store *store, const struct opening *opening)
{
    enum error error = open_folder(store, opening);
    if (error == ERROR_NONE) {
        error = store->read_only ? refuse_own_folder(opening) : take_lock(store, opening);
    }
    if (error == ERROR_NONE) {
        error = open_file(store, opening);
    }
    if (error == ERROR_NONE && opening->create && !store->not_durable) {
        error = sync_folder(store, opening);
    }
    return error;
}

enum error store_open(const char *dir, bool create, const struct store_options *options,
                      struct store **store, char message[256])
{
    static const struct store_options defaults = {.map_bytes = 0};
    const struct opening opening = {
        .dir = dir,
        .create = create,
        .options = options == NULL ? &defaults : options,
        .message = message,
    };
    assert_always(!(create && opening.options->read_only));
    if (message != NULL) {
        message[0] = '\0';
    }
    struct store *made = memory_new(1, sizeof *made);
    made->folder = -1;
    made->lock = -1;
    made->read_only = opening.options->read_only;
    made->not_durable = opening.options->not_durable;
    made->map_bytes = opening.options->map_bytes;
    made->dir = memory_copy_text(dir);
    enum error error = open_all(made, &opening);
    if (error != ERROR_NONE) {
        store_close(made);
        made = NULL;
    }
    *store = made;
    return error;
}

void store_close(struct store *store)
{
    if (store == NULL) {
        return;
    }
    if (store->env != NULL) {
        mdb_env_close(store->env);
    }
    if (store->lock >= 0) {
        close(store->lock); /* after LMDB let go of its files */
    }
    if (store->folder >= 0) {
        close(store->folder);
    }
    free(store->dir);
    free(store);
}

/* --- damage --- */

/* Two meta pages take turns, so their transactions follow each other. Where one is damaged LMDB goes back to the other
 * without a word. While another process commits, one look may fall between two commits: hence more than one. */
bool store_has_last_commit(const struct store *store)
{
    enum { HEADER = 16, TXNID_AT = HEADER + 128, META_SIZE = TXNID_AT + 8, LOOKS = 3 };
    static const uint32_t magic[2] = {0xBEEFC0DE, 1};
    MDB_stat stat;
    bool good = false;
    int file = openat(store->folder, "data.mdb", O_RDONLY | O_CLOEXEC);
    for (int looks = 0; file >= 0 && !good && looks < LOOKS; looks++) {
        uint8_t meta[2][META_SIZE];
        uint64_t txnid[2] = {0, 0};
        good = mdb_env_stat(store->env, &stat) == 0;
        for (int at = 0; at < 2 && good; at++) {
            off_t place = (off_t)stat.ms_psize * at;
            good = pread(file, meta[at], META_SIZE, place) == META_SIZE &&
                   memcmp(meta[at] + HEADER, magic, sizeof magic) == 0;
            memcpy(&txnid[at], meta[at] + TXNID_AT, sizeof txnid[at]);
        }
        good = good && (txnid[0] + 1 == txnid[1] || txnid[1] + 1 == txnid[0]);
    }
    if (file >= 0) {
        close(file);
    }
    return good;
}

/* --- space --- */

/* Pages that LMDB keeps for reuse: every entry of its free list begins with a count. 0 when it cannot be read. */
static uint64_t count_free_pages(const struct store *store)
{
    MDB_txn *txn;
    if (mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn) != 0) {
        return 0;
    }
    uint64_t pages = 0;
    MDB_cursor *cursor;
    if (mdb_cursor_open(txn, 0, &cursor) == 0) { /* handle 0 is the free list */
        MDB_val key, value;
        while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
            size_t count;
            memcpy(&count, value.mv_data, sizeof count);
            pages += count;
        }
        mdb_cursor_close(cursor);
    }
    mdb_txn_abort(txn);
    return pages;
}

/* Bytes of the map up to its highest page, and the size of a page. */
static uint64_t highest_byte(const struct store *store, uint64_t *map_bytes, uint64_t *page_bytes)
{
    MDB_envinfo info;
    MDB_stat stat;
    int failed = mdb_env_info(store->env, &info);
    failed |= mdb_env_stat(store->env, &stat);
    assert_always(failed == 0);
    *map_bytes = info.me_mapsize;
    *page_bytes = stat.ms_psize;
    return ((uint64_t)info.me_last_pgno + 1) * stat.ms_psize;
}

static bool map_is_short(const struct store *store)
{
    uint64_t map_bytes, page_bytes;
    uint64_t used = highest_byte(store, &map_bytes, &page_bytes);
    uint64_t allowed = map_bytes / 100 * (100 - RESERVE_PERCENT);
    if (used <= allowed) {
        return false; /* the usual case, without a look at the free list */
    }
    return used - count_free_pages(store) * page_bytes > allowed;
}

bool store_is_short_of_space(struct store *store)
{
    if (store_disk_is_short(store)) {
        return true;
    }
    store_enter(store);
    bool is_short = store->env == NULL || map_is_short(store);
    store_leave(store);
    return is_short;
}

uint64_t store_used_bytes(struct store *store)
{
    uint64_t map_bytes, page_bytes, used = 0;
    store_enter(store);
    if (store->env != NULL) {
        used = highest_byte(store, &map_bytes, &page_bytes);
        used -= count_free_pages(store) * page_bytes;
    }
    store_leave(store);
    return used;
}

/* LMDB tells its readers only as text: "pid thread txnid", "-" for an idle one. */
static int look_at_reader(const char *line, void *context)
{
    uint64_t *oldest = context;
    const char *last = strrchr(line, ' ');
    if (last != NULL && last[1] >= '0' && last[1] <= '9') {
        uint64_t transaction = strtoull(last + 1, NULL, 10);
        *oldest = transaction < *oldest ? transaction : *oldest;
    }
    return 0;
}

struct store_figures store_figures(struct store *store)
{
    MDB_envinfo info;
    uint64_t oldest = UINT64_MAX;
    int failed = mdb_env_info(store->env, &info);
    assert_always(failed == 0);
    mdb_reader_list(store->env, look_at_reader, &oldest);
    return (struct store_figures){
        .map_bytes = info.me_mapsize,
        .reader_lag = oldest < info.me_last_txnid ? info.me_last_txnid - oldest : 0,
    };
}
