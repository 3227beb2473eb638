/* What the files of src/store share; nobody else includes this. */
#ifndef PALABRE_STORE_INTERNAL_H
#define PALABRE_STORE_INTERNAL_H

#include <lmdb.h>
#include <stdatomic.h>

#include "store/store.h"

enum { STORE_MAX_KEY = 511 }; /* bytes; what LMDB was compiled with */

struct store {
    MDB_env *env;
    MDB_dbi tables[TABLE_COUNT];
    int folder; /* descriptor of DIR */
    int lock;   /* descriptor of DIR/lock that holds the flock; −1 when read_only */
    bool read_only;
    char *dir;
    uint64_t map_bytes; /* as asked for; 0 = the default */
    bool not_durable;
    atomic_uint users; /* open transactions of this process; see compact.c */
};

/* The error for what LMDB answered; not for MDB_SUCCESS and MDB_NOTFOUND. Exhausted memory aborts. Any thread. */
enum error store_error_of(const struct store *store, int answer);
/* Around every use of the environment; never between two of the same file. Any thread. */
void store_enter(struct store *store);
void store_leave(struct store *store);
/* Opens environment and tables again after another file has taken the name. */
enum error store_reopen(struct store *store);
/* Is the disk that holds the folder below its reserve? Any thread. */
bool store_disk_is_short(const struct store *store);

#endif
