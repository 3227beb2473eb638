/* Files of an exported record: small tools over the file system, each complete or not at all.
 *
 * Whatever is written is new (O_EXCL) and synced before anything says that it is there. Hashes are taken over a map of the
 * file, so a record of any size needs no memory of its own. */
#include "server/commands/record_folder.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "crypto/crypto.h"

const char *const record_files[] = {"README.txt",  "checkpoint", "events.ndjson",
                                    "ledger.vkey", "scope",      NULL};

bool record_path(const char *folder, const char *name, char path[RECORD_PATH_SIZE])
{
    int size = snprintf(path, RECORD_PATH_SIZE, "%s/%s", folder, name);
    return size > 0 && size < RECORD_PATH_SIZE;
}

bool record_bytes_path(const char *folder, const struct hash *sha256, char path[RECORD_PATH_SIZE])
{
    struct buffer digits;
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/') {
        length--;
    }
    buffer_init(&digits, 2 * HASH_SIZE);
    if (sha256 != NULL) {
        encoding_hex(&digits, slice_of(sha256->bytes, HASH_SIZE));
    }
    int size = snprintf(path, RECORD_PATH_SIZE, "%.*s.files%s%.*s", (int)length, folder,
                        sha256 == NULL ? "" : "/", (int)digits.size,
                        digits.size == 0 ? "" : (const char *)digits.data);
    buffer_free(&digits);
    return size > 0 && size < RECORD_PATH_SIZE;
}

/* Maps a whole file; *bytes stays empty for an empty one. The caller unmaps. */
static bool map_file(const char *path, struct slice *bytes)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    bool good = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    *bytes = slice_of(NULL, 0);
    if (good && about.st_size > 0) {
        void *map = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
        good = map != MAP_FAILED;
        if (good) {
            *bytes = slice_of(map, (size_t)about.st_size);
        }
    }
    close(file);
    return good;
}

static void unmap(struct slice bytes)
{
    if (bytes.size > 0) {
        munmap((void *)(uintptr_t)bytes.data, bytes.size);
    }
}

bool record_hash(const char *path, struct hash *hash)
{
    struct slice bytes;
    if (!map_file(path, &bytes)) {
        return false;
    }
    *hash = crypto_hash(bytes);
    unmap(bytes);
    return true;
}

bool record_write(const char *path, struct slice bytes)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return false;
    }
    bool good = true;
    while (good && bytes.size > 0) {
        ssize_t size = write(file, bytes.data, bytes.size);
        good = size > 0;
        if (good) {
            bytes = slice_of(bytes.data + size, bytes.size - (size_t)size);
        }
    }
    good = good && fsync(file) == 0;
    close(file);
    return good;
}

uint8_t *record_read(const char *path, size_t max, size_t *size)
{
    struct slice bytes;
    if (!map_file(path, &bytes)) {
        return NULL;
    }
    uint8_t *copy = bytes.size <= max ? malloc(bytes.size + 1) : NULL;
    if (copy != NULL && bytes.size > 0) {
        memcpy(copy, bytes.data, bytes.size);
    }
    *size = bytes.size;
    unmap(bytes);
    return copy;
}

bool record_copy(const char *from, const char *to, const struct hash *expected)
{
    struct slice bytes;
    if (!map_file(from, &bytes)) {
        return false;
    }
    bool good = hash_equal(crypto_hash(bytes), *expected) && record_write(to, bytes);
    unmap(bytes);
    return good;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

void record_remove(const char *folder)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
