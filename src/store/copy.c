/* A compact copy of the environment, and readers that died: what other processes than the writer do with a folder.
 *
 * LMDB copies from a read transaction of its own, page by page in pieces of 1 MiB: the writer goes on meanwhile, and only
 * the pages that it frees are not used again until the copy is done. Where the file system can, the copy is written past
 * the page cache. Pages that are not in use are left out, so a copy holds nothing of what was deleted.
 * A reader that was killed keeps its slot, and with it every page freed since: store_clear_dead_readers() lets it go. */
#include "store/internal.h"

#include <errno.h>
#include <stdio.h>

enum error store_copy(struct store *store, const char *folder, char message[256])
{
    store_enter(store);
    int answer =
        store->env == NULL ? MDB_INVALID : mdb_env_copy2(store->env, folder, MDB_CP_COMPACT);
    store_leave(store);
    if (answer == 0) {
        return ERROR_NONE;
    }
    snprintf(message, 256, "the store cannot be copied to %.120s: %s", folder,
             mdb_strerror(answer));
    return answer == ENOSPC || answer == EDQUOT ? ERROR_STORAGE_FULL : ERROR_STORAGE_FAILED;
}

void store_clear_dead_readers(struct store *store)
{
    int dead = 0;
    store_enter(store);
    if (store->env != NULL) {
        (void)mdb_reader_check(store->env, &dead); /* asked again in a second */
    }
    store_leave(store);
}
