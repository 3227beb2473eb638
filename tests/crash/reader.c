/* Opens a folder for reading as `palabre check` does, begins a read transaction, says so, and stays in it until it is killed.
 *   reader DIR */
#include <stdio.h>
#include <unistd.h>

#include "store/store.h"

int main(int argc, char **argv)
{
    struct store_options options = {.read_only = true};
    struct store *store;
    struct store_txn *txn;
    char message[256];
    if (argc < 2 || store_open(argv[1], false, &options, &store, message) != ERROR_NONE ||
        store_begin(store, STORE_READ, &txn) != ERROR_NONE) {
        return 1;
    }
    printf("reading\n");
    fflush(stdout);
    for (;;) {
        pause();
    }
}
