/* LMDB behind one wall: one environment in one folder, ordered tables of byte keys and values (store/tables.h).
 *
 * One write transaction at a time (the writer thread's); read transactions are snapshots, any thread, each used
 * by one thread at a time. Slices that come out are borrowed from the map: valid until the transaction ends or,
 * in a write transaction, until the next write.
 * Errors inside a transaction are sticky: a put that fails marks the transaction, later puts do nothing, and
 * store_commit() answers the error. So code that changes state puts without looking. */
#ifndef PALABRE_STORE_STORE_H
#define PALABRE_STORE_STORE_H

#include "base/error.h"
#include "base/slice.h"
#include "store/tables.h"

struct store;
struct store_txn;

enum store_access { STORE_READ, STORE_WRITE };

struct store_options {
    uint64_t map_bytes; /* address space; 0 = 16 GiB */
    bool read_only;     /* open an existing folder only to read; takes no lock */
    bool not_durable;   /* for scratch stores of `check` and tests only: no fsync */
};

/* Creates DIR (0700) when create is set, takes DIR/lock (flock; STORAGE_LOCKED when another process holds it),
 * opens every table, clears stale readers, checks the format version (STORAGE_NEWER). A folder that this process has
 * open already is refused with STORAGE_LOCKED too: LMDB's locks break otherwise. options NULL = all defaults.
 * message (may be NULL, 256 bytes) receives an English sentence on failure. The caller closes. */
enum error store_open(const char *dir, bool create, const struct store_options *options,
                      struct store **store, char message[256]);
/* No transaction may be open. */
void store_close(struct store *store);
/* The pid written in DIR/lock by the process that holds it, 0 when nobody does, −1 when it is held and no pid is
 * written in it (yet). */
long store_lock_owner(const char *dir);

enum error store_begin(struct store *store, enum store_access access, struct store_txn **txn);
/* Durable when it returns ERROR_NONE. Ends the transaction either way. */
enum error store_commit(struct store_txn *txn);
void store_abort(struct store_txn *txn);
/* A read transaction kept between uses: reset ends it and frees its snapshot, renew takes the newest. */
void store_reset(struct store_txn *txn);
enum error store_renew(struct store_txn *txn);
/* Values and steps of cursors asked for since it began: what tests hold a page's cost to. */
uint64_t store_reads(const struct store_txn *txn);
/* A pointer of the caller's that goes with a write transaction: what is to be written before its end. NULL again before
 * store_commit(), else it is a bug and aborts. NULL at first. */
void store_attach(struct store_txn *txn, void *attached);
void *store_attached(const struct store_txn *txn);
/* The sticky error of the transaction: STORAGE_FULL, STORAGE_FAILED or STORAGE_CORRUPT. */
enum error store_error(const struct store_txn *txn);

/* false = absent (or the transaction has failed). */
bool store_get(struct store_txn *txn, enum table table, struct slice key, struct slice *value);
void store_put(struct store_txn *txn, enum table table, struct slice key, struct slice value);
/* The key must be greater than every key of the table (MDB_APPEND): anything else is a bug and aborts. */
void store_append(struct store_txn *txn, enum table table, struct slice key, struct slice value);
/* true = it was there. */
bool store_delete(struct store_txn *txn, enum table table, struct slice key);
/* Empties a table. */
void store_clear(struct store_txn *txn, enum table table);
uint64_t store_count(struct store_txn *txn, enum table table);

/* Walking in key order. The cursor belongs to its transaction; end it before the transaction. A write to the same
 * table while walking ends the walk's guarantees: collect first, then write. */
struct store_cursor;
struct store_cursor *store_cursor_open(struct store_txn *txn, enum table table);
void store_cursor_close(struct store_cursor *cursor);
/* First entry with key ≥ from. */
bool store_cursor_seek(struct store_cursor *cursor, struct slice from, struct slice *key,
                       struct slice *value);
bool store_cursor_next(struct store_cursor *cursor, struct slice *key, struct slice *value);
/* Last entry with key < before (size 0 = the last of the table). */
bool store_cursor_before(struct store_cursor *cursor, struct slice before, struct slice *key,
                         struct slice *value);
bool store_cursor_previous(struct store_cursor *cursor, struct slice *key, struct slice *value);
/* store_put() by a cursor, which stands at the entry afterwards: keys that follow each other cost less so. */
void store_cursor_put(struct store_cursor *cursor, struct slice key, struct slice value);

/* Calls visit for every entry whose key begins with prefix, in key order, until it returns false. visit must not write
 * to the table. */
typedef bool (*store_visit)(void *context, struct slice key, struct slice value);
void store_scan(struct store_txn *txn, enum table table, struct slice prefix, store_visit visit,
                void *context);

/* false = the newest commit in the file is damaged, and LMDB went back to the one before. Any thread. */
bool store_has_last_commit(const struct store *store);
/* Writes all rows into a new file that takes the place of the old one, so that nothing deleted can be read from it; needs
 * as much room on the disk as the store uses. Durable and whole at every moment. The writer's thread, with no transaction
 * of its own open; waits at most 10 s for others to end theirs. STORAGE_FULL, STORAGE_FAILED: the old file is still
 * served. STORAGE_CORRUPT: neither can be opened, the process must end. */
enum error store_compact(struct store *store);
/* Another size of the map, in bytes; never below what is in use. Waits up to 10 s until no transaction of this process is
 * open. STORAGE_FAILED: the old size stays (the system refuses the address space, or somebody reads on). Any thread that has
 * no transaction open. */
enum error store_resize(struct store *store, uint64_t map_bytes);

/* Free space below a reserve? Of the disk 64 MiB (5 % of one that is smaller than 1.25 GiB), of the map 5 %, pages that
 * can be reused counting as free. Called before each batch, with no write transaction open. */
bool store_is_short_of_space(struct store *store);
/* Writes a compact copy of the newest snapshot to FOLDER/data.mdb, which must not be there; the writer is not held up, in
 * this process or another. Not synced. STORAGE_FULL (of FOLDER's disk), STORAGE_FAILED; message says why. Any thread. */
enum error store_copy(struct store *store, const char *folder, char message[256]);
/* Lets go of snapshots whose process has died. Any thread. */
void store_clear_dead_readers(struct store *store);
/* For figures. reader_lag = how many transactions the oldest read transaction is behind the newest commit. */
struct store_figures {
    uint64_t map_bytes, reader_lag;
};
struct store_figures store_figures(struct store *store);
/* Bytes of pages in use (an upper bound when every reader slot is taken), for figures. */
uint64_t store_used_bytes(struct store *store);

#endif
