/* palabre check: the record alone must give every document, byte for byte.
 *
 * First the log itself: leaf hashes, commitments, the tree, the newest checkpoint. Then the ledger is replayed into an
 * empty scratch store in a temporary folder, by the same judge and the same apply functions as live commands, and every
 * document and answer is compared. The folder is opened read-only and takes no lock, so a running server may be checked
 * (as of the moment the check began). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assembly/assembly.h"
#include "server/commands/commands.h"
#include "server/commands/options.h"
#include "server/commands/record_folder.h"
#include "server/commands/terminal.h"
#include "server/engine/folder.h"

enum { PATH_SIZE = 4096 };

static bool make_scratch(char path[PATH_SIZE])
{
    const char *parent = getenv("TMPDIR");
    int size = snprintf(path, PATH_SIZE, "%s/palabre-check-XXXXXX",
                        parent == NULL || parent[0] == '\0' ? "/tmp" : parent);
    return size > 0 && size < PATH_SIZE && mkdtemp(path) != NULL;
}

static int report_wrong(enum error error, uint64_t bad_seq)
{
    fprintf(stderr, "palabre: event %llu: %s (%s)\n", (unsigned long long)bad_seq,
            error_sentence(error), error_reason(error));
    return 1;
}

static int compare(struct store_txn *from, struct store *to)
{
    struct check_report report = {.events = 0};
    struct terminal_bar bar = {.label = "replaying"};
    enum error error = assembly_check(from, to, &report, terminal_progress, &bar);
    terminal_end(&bar);
    if (error != ERROR_NONE) {
        return report_wrong(error, report.bad_seq);
    }
    printf("%llu events, %llu documents, %s\n", (unsigned long long)report.events,
           (unsigned long long)report.documents,
           report.differing == 0 ? "identical" : "not identical");
    if (report.differing > 0) {
        fprintf(stderr, "palabre: %llu differ, the first: %s\n",
                (unsigned long long)report.differing, report.first_difference);
    }
    return report.differing == 0 ? 0 : 1;
}

/* The key that must have sealed the record: the folder's own, or in a copy without it the one the record names. */
static bool expected_key(const char *dir, struct store_txn *txn, struct hash *key)
{
    struct ledger *ledger;
    struct buffer vkey;
    struct slice origin;
    if (folder_public_key(dir, key)) {
        return true;
    }
    if (ledger_open(txn, NULL, &ledger) != ERROR_NONE) {
        return false;
    }
    buffer_init(&vkey, NOTE_MAX_SIZE);
    ledger_vkey(ledger, &vkey);
    bool good = note_parse_vkey(buffer_slice(&vkey), &origin, key);
    buffer_free(&vkey);
    ledger_close(ledger);
    return good;
}

static int verify_log(const char *dir, struct store_txn *txn)
{
    struct hash key;
    uint64_t bad_seq = 0;
    struct terminal_bar bar = {.label = "hashing"};
    if (!expected_key(dir, txn, &key)) {
        return report_wrong(ERROR_CHECKPOINT_BAD, 0);
    }
    enum error error = ledger_verify(txn, &key, &bad_seq, terminal_progress, &bar);
    terminal_end(&bar);
    return error == ERROR_NONE ? 0 : report_wrong(error, bad_seq);
}

static int check_with(const char *dir, struct store *from, const char *scratch)
{
    struct store_options options = {.not_durable = true};
    struct store *to;
    struct store_txn *txn;
    char message[256];
    enum error error = store_begin(from, STORE_READ, &txn);
    if (error != ERROR_NONE) {
        return report_wrong(error, 0);
    }
    int code = verify_log(dir, txn);
    if (code == 0 && store_open(scratch, true, &options, &to, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        code = 1;
    } else if (code == 0) {
        code = compare(txn, to);
        store_close(to);
    }
    store_abort(txn);
    return code;
}

int command_check(int argc, char **argv)
{
    static const struct usage usage = {
        .line = "check DIR",
        .about =
            "Verifies the record (hashes, commitments, tree, checkpoint), then rebuilds every\n"
            "document from it in a temporary folder (TMPDIR) and compares.",
        .exits = "0 identical, 1 something differs or is damaged, 2 wrong usage or unreadable",
        .arguments = 1,
    };
    const char *dir;
    int code = options_read(&usage, argc, argv, &dir);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    struct store_options options = {.read_only = true};
    struct store *from;
    char message[256];
    char scratch[PATH_SIZE];
    if (store_open(dir, false, &options, &from, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        return 2;
    }
    if (make_scratch(scratch)) {
        code = check_with(dir, from, scratch);
        record_remove(scratch);
    } else {
        fprintf(stderr, "palabre: no temporary folder can be made (TMPDIR)\n");
        code = 1;
    }
    store_close(from);
    return code;
}
