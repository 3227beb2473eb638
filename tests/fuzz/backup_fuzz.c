/* What comes back from elsewhere: the manifest of a backup, a whole backup, an exported record.
 *
 * The first byte chooses. A manifest that is accepted, written and read again, is the same. A backup is unpacked into a
 * new folder of ours, and whatever it says, nothing stands beside that folder afterwards. An export is four files with
 * 0x1E between them (scope, vkey, checkpoint, events); the list of hashes is made for it, so that the files are read. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "crypto/crypto.h"
#include "server/commands/backup_file.h"
#include "server/commands/import_record.h"
#include "tests/fuzz/fuzz.h"
#include "tests/harness/c/fixture.h"

enum { PATH_SIZE = 512, OUT_MAX = 4 << 20 };

static char *top; /* the folder in which all this happens */

static void path_of(char path[PATH_SIZE], const char *name)
{
    snprintf(path, PATH_SIZE, "%s/%s", top, name);
}

static void write_file(const char *name, struct slice bytes)
{
    char path[PATH_SIZE];
    path_of(path, name);
    FILE *file = fopen(path, "wb");
    fuzz_check(file != NULL);
    fuzz_check(bytes.size == 0 || fwrite(bytes.data, 1, bytes.size, file) == bytes.size);
    fclose(file);
}

static void try_manifest(struct slice input)
{
    struct backup_manifest first, second;
    struct buffer once, twice;
    backup_manifest_init(&first);
    backup_manifest_init(&second);
    buffer_init(&once, OUT_MAX);
    buffer_init(&twice, OUT_MAX);
    if (backup_manifest_read(input, &first) == NULL) {
        backup_manifest_write(&first, &once);
        fuzz_check(buffer_ok(&once));
        fuzz_check(backup_manifest_read(buffer_slice(&once), &second) == NULL);
        backup_manifest_write(&second, &twice);
        fuzz_check(slice_equal(buffer_slice(&once), buffer_slice(&twice)));
        fuzz_check(backup_manifest_bytes(&first) == backup_manifest_bytes(&second));
    }
    buffer_free(&once);
    buffer_free(&twice);
    backup_manifest_free(&first);
    backup_manifest_free(&second);
}

/* Of a folder, "." and ".." aside. */
static size_t entries(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    fuzz_check(folder != NULL);
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count - 2;
}

static void try_backup(struct slice input)
{
    char path[PATH_SIZE], into[PATH_SIZE], message[BACKUP_MESSAGE_SIZE] = "";
    struct backup_manifest manifest;
    struct stat about;
    write_file("backup", input);
    path_of(path, "backup");
    path_of(into, "into");
    bool good = backup_unpack(path, into, &manifest, NULL, NULL, message);
    fuzz_check(good == (message[0] == 0));
    backup_manifest_free(&manifest);
    fuzz_check(entries(top) <= 2);
    if (stat(into, &about) == 0) {
        record_remove(into);
    }
    unlink(path);
}

static void try_export(struct slice input)
{
    static const char *const names[] = {"source/scope", "source/ledger.vkey", "source/checkpoint",
                                        "source/events.ndjson", "source/README.txt"};
    static const unsigned order[] = {4, 2, 3, 1, 0}; /* as the manifest lists them */
    struct slice files[5] = {{NULL, 0}};
    struct buffer manifest;
    struct stat about;
    char path[PATH_SIZE], into[PATH_SIZE];
    path_of(path, "source");
    path_of(into, "into");
    mkdir(path, 0700);
    for (unsigned at = 0; at < 5; at++) {
        files[at] = at < 3 ? fuzz_until(&input, 0x1E) : at == 3 ? input : slice_text("x\n");
        write_file(names[at], files[at]);
    }
    buffer_init(&manifest, PATH_SIZE * 2);
    for (unsigned at = 0; at < 5; at++) {
        struct hash hash = crypto_hash(files[order[at]]);
        encoding_hex(&manifest, hash_slice(&hash));
        buffer_format(&manifest, "  %s\n", names[order[at]] + strlen("source/"));
    }
    write_file("source/manifest", buffer_slice(&manifest));
    buffer_free(&manifest);
    import_record(into, path, NULL);
    record_remove(path);
    if (stat(into, &about) == 0) {
        record_remove(into);
    }
}

static void at_exit(void)
{
    fixture_remove(top);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    fuzz_check(crypto_start());
    top = fixture_folder();
    atexit(at_exit);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = slice_of(data, size);
    uint8_t which = fuzz_byte(&input);
    if (which == 0) {
        try_manifest(input);
    } else if (which == 1) {
        try_backup(input);
    } else if (which == 2) {
        try_export(input);
    }
    return 0;
}
