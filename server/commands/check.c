/* palabre check: the record alone must give every document, byte for byte.
 *
 * First the log itself: leaf hashes, commitments, the tree, the newest checkpoint. Then the ledger is replayed into an
 * empty scratch store in a temporary folder, by the same judge and the same apply functions as live commands, and every
 * document and answer is compared. The folder is opened read-only and takes no lock, so a running server may be checked
 * (as of the moment the check began).
 * A child reads the folder: LMDB believes the pages of its file, which is mapped, so a damaged one can end the process that
 * reads it. The parent then says that the folder is damaged. Start at check_folder(). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "assembly/assembly.h"
#include "server/commands/backup_file.h"
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

static int read_folder(const char *dir, const char *scratch)
{
    struct store_options options = {.read_only = true};
    struct store *from;
    char message[256];
    int code = 1;
    if (store_open(dir, false, &options, &from, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        return 2;
    }
    if (store_has_last_commit(from)) {
        code = check_with(dir, from, scratch);
    } else {
        fprintf(stderr, "palabre: %s is damaged: its last commit cannot be read\n", dir);
    }
    store_close(from);
    return code;
}

/* The answer of the child that reads; 1 when it did not live to give one. */
static int answer_of(pid_t child, const char *dir)
{
    int status;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return 1;
        }
    }
    if (WIFEXITED(status)) {
        return WEXITSTATUS(status);
    }
    fprintf(stderr, "palabre: %s is damaged: reading it ended the check (signal %d)\n", dir,
            WTERMSIG(status));
    return 1;
}

static int check_folder(const char *dir)
{
    char scratch[PATH_SIZE];
    if (!make_scratch(scratch)) {
        fprintf(stderr, "palabre: no temporary folder can be made (TMPDIR)\n");
        return 1;
    }
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        exit(read_folder(dir, scratch));
    }
    int code = child < 0 ? read_folder(dir, scratch) : answer_of(child, dir);
    record_remove(scratch);
    return code;
}

/* ---- a backup ---- */

static int check_manifest(const char *file, const char *dir, const struct backup_manifest *manifest)
{
    struct store_options options = {.read_only = true};
    struct store *store;
    struct store_txn *txn;
    char message[256];
    bool good = store_open(dir, false, &options, &store, message) == ERROR_NONE;
    if (!good) {
        fprintf(stderr, "palabre: %s: %s\n", file, message);
        return 1;
    }
    good = store_begin(store, STORE_READ, &txn) == ERROR_NONE;
    if (good) {
        good = backup_agrees(txn, manifest);
        store_abort(txn);
    }
    store_close(store);
    if (!good) {
        fprintf(stderr, "palabre: %s: its store holds another record than its manifest says\n",
                file);
    }
    return good ? 0 : 1;
}

/* Unpacked into a temporary folder, it is checked like any other. */
static int check_backup(const char *file)
{
    struct backup_manifest manifest;
    struct terminal_bar bar = {.label = "reading"};
    char message[BACKUP_MESSAGE_SIZE], scratch[PATH_SIZE], dir[RECORD_PATH_SIZE];
    if (!make_scratch(scratch) || !record_path(scratch, "backup", dir)) {
        fprintf(stderr, "palabre: no temporary folder can be made (TMPDIR)\n");
        return 1;
    }
    bool good = backup_unpack(file, dir, &manifest, terminal_progress, &bar, message);
    terminal_end(&bar);
    if (!good) {
        fprintf(stderr, "palabre: %s\n", message);
    }
    int code = good ? check_manifest(file, dir, &manifest) : 1;
    code = code == 0 ? check_folder(dir) : code;
    if (code == 0) {
        printf("the backup is whole: %zu parts, %llu bytes%s\n", manifest.count,
               (unsigned long long)backup_manifest_bytes(&manifest),
               manifest.missing_count == 0 ? "" : ", some files were missing when it was made");
    }
    backup_manifest_free(&manifest);
    record_remove(scratch);
    return code;
}

int command_check(int argc, char **argv)
{
    static const struct usage usage = {
        .line = "check DIR",
        .about =
            "Verifies the record (hashes, commitments, tree, checkpoint), then rebuilds every\n"
            "document from it in a temporary folder (TMPDIR) and compares. DIR may also be a file\n"
            "that palabre backup made: it is then unpacked into the temporary folder.",
        .exits = "0 identical, 1 something differs or is damaged, 2 wrong usage or unreadable",
        .arguments = 1,
    };
    const char *dir;
    struct stat about;
    int code = options_read(&usage, argc, argv, &dir);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    bool is_file = stat(dir, &about) == 0 && S_ISREG(about.st_mode);
    return is_file ? check_backup(dir) : check_folder(dir);
}
