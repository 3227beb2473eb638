/* Helpers of the C tests. They fail or skip the running test themselves, so that a test reads as what it checks.
 *
 * Data of other projects are not copied into the repository: they are looked for beside the checkout, and a test
 * that needs them says so and is counted as skipped where they are missing. Start at fixture_shared(). */
#include "tests/harness/c/fixture.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/memory.h"

enum { FILE_MAX = 64 << 20, OPEN_FOLDERS = 16 };

char *fixture_path(const char *folder, const char *name)
{
    size_t size = strlen(folder) + 1 + strlen(name) + 1;
    char *path = memory_new(size, 1);
    snprintf(path, size, "%s/%s", folder, name);
    return path;
}

char *fixture_folder(void)
{
    const char *parent = getenv("TMPDIR");
    char *folder = fixture_path(parent == NULL ? "/tmp" : parent, "palabre-XXXXXX");
    assert_non_null(mkdtemp(folder));
    return folder;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *at)
{
    (void)status;
    (void)type;
    (void)at;
    return remove(path);
}

void fixture_remove(char *folder)
{
    (void)nftw(folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    free(folder);
}

char *fixture_shared(const char *name)
{
    const char *shared = getenv("PALABRE_SHARED");
    char *path = fixture_path(shared == NULL ? "../shared" : shared, name);
    if (access(path, R_OK) != 0) {
        printf("%s is not here\n", path);
        free(path);
        skip();
    }
    return path;
}

struct buffer fixture_read(const char *path)
{
    struct buffer bytes;
    buffer_init(&bytes, FILE_MAX);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("cannot read %s", path);
    }
    uint8_t chunk[8192];
    size_t size;
    while ((size = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buffer_append(&bytes, chunk, size);
    }
    fclose(file);
    assert_true(buffer_ok(&bytes));
    return bytes;
}

json_t *fixture_json(const char *path)
{
    struct buffer bytes = fixture_read(path);
    json_error_t problem;
    json_t *value =
        json_loadb((const char *)bytes.data, bytes.size, JSON_DECODE_INT_AS_REAL, &problem);
    if (value == NULL) {
        fail_msg("%s:%d: %s", path, problem.line, problem.text);
    }
    buffer_free(&bytes);
    return value;
}

json_t *fixture_vectors(const char *name)
{
    char *path = fixture_path("tests/data/vectors", name);
    json_t *value = fixture_json(path);
    free(path);
    return value;
}

struct buffer fixture_bytes(const char *hex)
{
    struct buffer bytes;
    buffer_init(&bytes, FILE_MAX);
    assert_non_null(hex);
    if (!encoding_from_hex(slice_text(hex), &bytes)) {
        fail_msg("not hex: %s", hex);
    }
    return bytes;
}

const char *fixture_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (text == NULL) {
        fail_msg("the vector has no %s", key);
    }
    return text;
}

struct hash fixture_hash(const json_t *object, const char *key)
{
    struct buffer bytes = fixture_bytes(fixture_text(object, key));
    assert_int_equal(bytes.size, HASH_SIZE);
    struct hash hash;
    memcpy(hash.bytes, bytes.data, HASH_SIZE);
    buffer_free(&bytes);
    return hash;
}

void fixture_count(const char *family, size_t cases)
{
    printf("vectors: %s %zu\n", family, cases);
    fflush(stdout);
}

bool fixture_aborts(void (*body)(void *context), void *context)
{
    fflush(stdout);
    fflush(stderr);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit none = {.rlim_cur = 0, .rlim_max = 0};
        (void)setrlimit(RLIMIT_CORE, &none);
        if (freopen("/dev/null", "w", stderr) == NULL) {
            _exit(2);
        }
        (void)signal(SIGABRT, SIG_DFL);
        body(context);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}
