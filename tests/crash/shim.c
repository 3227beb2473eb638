/* The disk and the wall clock as the crash tests want them: preloaded into the real program.
 *
 *   PALABRE_SHIM_FOLDER   files below this folder are concerned (its real path); everything else passes untouched
 *   PALABRE_SHIM_RECORD   receives, in one order, what happens to those files and what is sent over sockets (record.h)
 *   PALABRE_SHIM_FAIL     N:FAULT or N:FAULT:ever: the N-th call on those files fails (and all after it); N:KILL: the
 *                         program dies of SIGKILL instead of making it
 *   PALABRE_SHIM_CALLS    receives, when the program ends, how many calls on those files there were
 *   PALABRE_SHIM_MET      receives a line when the N-th call was met: its name, its file, "failed" or "spared"
 *   PALABRE_SHIM_CLOCK    a file of 8 bytes: by how many ms the wall clock is off; mapped, so a test moves it while we run
 *
 * Every call is made by syscall(), under one lock that is held until it is in the record: so the order of the record is
 * the order in which things happened, and a reply that follows a sync in the program follows it there too.
 * A fault does what the kernel would do: nothing was written (ENOSPC, EIO, EINTR) or the first half (short). "lie" is what
 * a disk must not do, to show that the tests see it: the write is said to be done and was not. A fault that
 * a call cannot have (no space for a read, half a sync) leaves the call alone. Start at shim_start() and meet(). */
#include "tests/crash/shim.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, INTERRUPTIONS = 20, MS = 1000000 /* ns */ };

/* What may happen to a call, as bits. */
enum fault {
    FAULT_NONE,
    FAULT_ENOSPC = 1,
    FAULT_EIO = 2,
    FAULT_EINTR = 4,
    FAULT_SHORT = 8,
    FAULT_LIE = 16,
    FAULT_KILL = 32
};

static struct {
    pthread_mutex_t lock;
    char folder[PATH_SIZE];
    size_t folder_size; /* 0 = nothing is concerned */
    int record;         /* descriptor, or −1 */
    enum fault fault;
    unsigned long calls, first, last; /* counted so far; the ones from first to last fail */
    const volatile int64_t *clock_ms;
} shim = {.lock = PTHREAD_MUTEX_INITIALIZER, .record = -1};

/* ---- setting up ---- */

static void read_fault(const char *text)
{
    char *rest;
    shim.first = strtoul(text, &rest, 10);
    shim.last = shim.first;
    shim.fault = strncmp(rest, ":ENOSPC", 7) == 0  ? FAULT_ENOSPC
                 : strncmp(rest, ":EIO", 4) == 0   ? FAULT_EIO
                 : strncmp(rest, ":EINTR", 6) == 0 ? FAULT_EINTR
                 : strncmp(rest, ":lie", 4) == 0   ? FAULT_LIE
                 : strncmp(rest, ":KILL", 5) == 0  ? FAULT_KILL
                                                   : FAULT_SHORT;
    if (strstr(rest, ":ever") != NULL) {
        shim.last = shim.fault == FAULT_EINTR ? shim.first + INTERRUPTIONS : ~0UL;
    }
}

static void append(const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        long done = syscall(SYS_write, shim.record, at, size);
        if (done <= 0) {
            abort(); /* a record with a hole proves nothing */
        }
        at += done;
        size -= (size_t)done;
    }
}

/* path: below the folder, without it. */
static void record(enum record_kind kind, const char *path, uint64_t offset, const void *data,
                   size_t size)
{
    if (shim.record < 0) {
        return;
    }
    struct record_entry entry = {
        .kind = kind, .path_size = (uint32_t)strlen(path), .offset = offset, .size = size};
    append(&entry, sizeof entry);
    append(path, entry.path_size);
    append(data, size);
}

__attribute__((constructor)) static void shim_start(void)
{
    const char *folder = getenv("PALABRE_SHIM_FOLDER");
    const char *to = getenv("PALABRE_SHIM_RECORD");
    const char *fail = getenv("PALABRE_SHIM_FAIL");
    const char *clock = getenv("PALABRE_SHIM_CLOCK");
    if (folder != NULL) {
        shim.folder_size = (size_t)snprintf(shim.folder, sizeof shim.folder, "%s", folder);
    }
    if (to != NULL) {
        shim.record =
            (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        record(RECORD_START, "", 0, "", 0);
    }
    if (fail != NULL) {
        read_fault(fail);
    }
    if (clock != NULL) {
        int file = (int)syscall(SYS_openat, AT_FDCWD, clock, O_RDONLY | O_CLOEXEC, 0);
        void *map = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
        shim.clock_ms = map == MAP_FAILED ? NULL : map;
    }
}

__attribute__((destructor)) static void shim_end(void)
{
    const char *to = getenv("PALABRE_SHIM_CALLS");
    char text[24];
    if (to != NULL) {
        int file = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        syscall(SYS_write, file, text, snprintf(text, sizeof text, "%lu\n", shim.calls));
        syscall(SYS_close, file);
    }
}

/* ---- which files are concerned ---- */

/* The part of an absolute path below the folder ("" = the folder itself), or NULL. */
static const char *below(const char *path)
{
    if (shim.folder_size == 0 || strncmp(path, shim.folder, shim.folder_size) != 0) {
        return NULL;
    }
    const char *rest = path + shim.folder_size;
    return *rest == '/' ? rest + 1 : *rest == 0 ? rest : NULL;
}

static const char *below_file(int file, char path[PATH_SIZE])
{
    char link[40];
    if (shim.folder_size == 0) {
        return NULL;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    long size = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_SIZE - 1);
    if (size <= 0) {
        return NULL;
    }
    path[size] = 0;
    return below(path);
}

static const char *below_at(int folder, const char *name, char path[PATH_SIZE])
{
    if (name[0] == '/' || folder == AT_FDCWD) {
        return below(name);
    }
    if (below_file(folder, path) == NULL) {
        return NULL;
    }
    size_t size = strlen(path);
    snprintf(path + size, PATH_SIZE - size, "/%s", name);
    return below(path);
}

/* ---- failing ---- */

static void say_met(const char *call, const char *path, bool failed)
{
    const char *to = getenv("PALABRE_SHIM_MET");
    char text[PATH_SIZE];
    if (to != NULL) {
        int file = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND, 0600);
        int size =
            snprintf(text, sizeof text, "%s %.200s %s\n", call, path, failed ? "failed" : "spared");
        syscall(SYS_write, file, text, size);
        syscall(SYS_close, file);
    }
}

/* Counts one call; what happens to it, of what it can have. */
static enum fault meet(const char *call, const char *path, unsigned possible)
{
    shim.calls++;
    bool now = shim.fault != FAULT_NONE && shim.calls >= shim.first && shim.calls <= shim.last;
    bool fails = now && (possible & shim.fault) != 0;
    if (now && shim.fault == FAULT_KILL) {
        kill(getpid(), SIGKILL);
    }
    if (now && shim.calls == shim.first) {
        say_met(call, path, fails);
    }
    return fails ? shim.fault : FAULT_NONE;
}

static int fail_with(enum fault fault)
{
    errno = fault == FAULT_ENOSPC ? ENOSPC : fault == FAULT_EIO ? EIO : EINTR;
    return -1;
}

enum {
    OF_WRITING = FAULT_ENOSPC | FAULT_EIO | FAULT_EINTR | FAULT_SHORT | FAULT_LIE,
    OF_READING = FAULT_EIO | FAULT_EINTR | FAULT_SHORT,
    OF_SYNCING = FAULT_ENOSPC | FAULT_EIO | FAULT_EINTR,
    OF_NAMING = FAULT_ENOSPC | FAULT_EIO,
};

/* ---- the calls ---- */

static int open_at(int folder, const char *name, int flags, unsigned mode)
{
    char path[PATH_SIZE];
    struct stat about;
    pthread_mutex_lock(&shim.lock);
    const char *known = below_at(folder, name, path);
    bool there = (flags & O_CREAT) == 0 ||
                 syscall(SYS_newfstatat, folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0;
    enum fault fault =
        known == NULL
            ? FAULT_NONE
            : meet("open", known, FAULT_EIO | FAULT_EINTR | (there ? FAULT_NONE : FAULT_ENOSPC));
    int file = fault != FAULT_NONE ? fail_with(fault)
                                   : (int)syscall(SYS_openat, folder, name, flags, mode);
    if (file >= 0 && known != NULL && !there) {
        record(RECORD_CREATE, known, 0, "", 0);
    }
    if (file >= 0 && known != NULL && there && (flags & O_TRUNC) != 0) {
        record(RECORD_TRUNCATE, known, 0, "", 0);
    }
    pthread_mutex_unlock(&shim.lock);
    return file;
}

#define READ_MODE(mode, flags)                                                                     \
    unsigned mode = 0;                                                                             \
    if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {                                                  \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        mode = va_arg(arguments, unsigned);                                                        \
        va_end(arguments);                                                                         \
    }

int open(const char *name, int flags, ...)
{
    READ_MODE(mode, flags)
    return open_at(AT_FDCWD, name, flags, mode);
}

int openat(int folder, const char *name, int flags, ...)
{
    READ_MODE(mode, flags)
    return open_at(folder, name, flags, mode);
}

/* One write at an offset, −1 = where the file stands. vectors are gathered by the caller. */
static ssize_t write_at(int file, const void *bytes, size_t size, off_t offset)
{
    char path[PATH_SIZE];
    pthread_mutex_lock(&shim.lock);
    const char *known = below_file(file, path);
    enum fault fault = known == NULL ? FAULT_NONE : meet("write", known, OF_WRITING);
    ssize_t done;
    if (fault == FAULT_LIE) {
        done = (ssize_t)size;
    } else if (fault != FAULT_NONE && fault != FAULT_SHORT) {
        done = fail_with(fault);
    } else {
        off_t at = offset >= 0 ? offset : known == NULL ? 0 : lseek(file, 0, SEEK_CUR);
        size_t wanted = fault == FAULT_SHORT && size > 1 ? size / 2 : size;
        done = offset >= 0 ? syscall(SYS_pwrite64, file, bytes, wanted, offset)
                           : syscall(SYS_write, file, bytes, wanted);
        if (done > 0 && known != NULL) {
            bool synced = (fcntl(file, F_GETFL) & O_DSYNC) != 0;
            record(synced ? RECORD_WRITE_SYNCED : RECORD_WRITE, known, (uint64_t)at, bytes,
                   (size_t)done);
        }
    }
    pthread_mutex_unlock(&shim.lock);
    return done;
}

ssize_t write(int file, const void *bytes, size_t size)
{
    return write_at(file, bytes, size, -1);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset)
{
    return write_at(file, bytes, size, offset);
}

ssize_t writev(int file, const struct iovec *parts, int count)
{
    char path[PATH_SIZE];
    size_t size = 0;
    if (below_file(file, path) == NULL) {
        return syscall(SYS_writev, file, parts, count);
    }
    for (int i = 0; i < count; i++) {
        size += parts[i].iov_len;
    }
    char *bytes = malloc(size);
    if (bytes == NULL) {
        abort();
    }
    for (int i = 0, at = 0; i < count; at += (int)parts[i].iov_len, i++) {
        memcpy(bytes + at, parts[i].iov_base, parts[i].iov_len);
    }
    ssize_t done = write_at(file, bytes, size, -1);
    int number = errno;
    free(bytes);
    errno = number;
    return done;
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
    char path[PATH_SIZE];
    pthread_mutex_lock(&shim.lock);
    enum fault fault = below_file(file, path) == NULL
                           ? FAULT_NONE
                           : meet("read", path + shim.folder_size, OF_READING);
    pthread_mutex_unlock(&shim.lock);
    if (fault != FAULT_NONE && fault != FAULT_SHORT) {
        return fail_with(fault);
    }
    return syscall(SYS_pread64, file, bytes, fault == FAULT_SHORT ? size / 2 : size, offset);
}

static int sync_file(int file, long call)
{
    char path[PATH_SIZE];
    pthread_mutex_lock(&shim.lock);
    const char *known = below_file(file, path);
    enum fault fault = known == NULL ? FAULT_NONE : meet("sync", known, OF_SYNCING);
    int answer = fault != FAULT_NONE ? fail_with(fault) : (int)syscall(call, file);
    if (answer == 0 && known != NULL) {
        record(RECORD_SYNC, known, 0, "", 0);
    }
    pthread_mutex_unlock(&shim.lock);
    return answer;
}

int fsync(int file)
{
    return sync_file(file, SYS_fsync);
}

int fdatasync(int file)
{
    return sync_file(file, SYS_fdatasync);
}

int ftruncate(int file, off_t size)
{
    char path[PATH_SIZE];
    pthread_mutex_lock(&shim.lock);
    const char *known = below_file(file, path);
    enum fault fault = known == NULL ? FAULT_NONE : meet("truncate", known, OF_SYNCING);
    int answer = fault != FAULT_NONE ? fail_with(fault) : (int)syscall(SYS_ftruncate, file, size);
    if (answer == 0 && known != NULL) {
        record(RECORD_TRUNCATE, known, (uint64_t)size, "", 0);
    }
    pthread_mutex_unlock(&shim.lock);
    return answer;
}

/* A change of names: call with up to two more arguments. */
static int change_name(enum record_kind kind, long call, const char *path, uintptr_t second)
{
    pthread_mutex_lock(&shim.lock);
    const char *known = below(path);
    const char *renamed = kind == RECORD_RENAME ? below((const char *)second) : "";
    enum fault fault = known == NULL ? FAULT_NONE : meet("name", known, OF_NAMING);
    int answer = fault != FAULT_NONE ? fail_with(fault) : (int)syscall(call, path, second);
    if (answer == 0 && known != NULL && renamed != NULL) {
        record(kind, known, 0, renamed, strlen(renamed));
    }
    pthread_mutex_unlock(&shim.lock);
    return answer;
}

int rename(const char *from, const char *to)
{
    return change_name(RECORD_RENAME, SYS_rename, from, (uintptr_t)to);
}

int unlink(const char *path)
{
    return change_name(RECORD_UNLINK, SYS_unlink, path, 0);
}

int mkdir(const char *path, mode_t mode)
{
    return change_name(RECORD_FOLDER, SYS_mkdir, path, mode);
}

ssize_t send(int socket, const void *bytes, size_t size, int flags)
{
    pthread_mutex_lock(&shim.lock);
    ssize_t done = syscall(SYS_sendto, socket, bytes, size, flags, NULL, 0);
    if (done > 0) {
        record(RECORD_SENT, "", (uint64_t)socket, bytes, (size_t)done);
    }
    pthread_mutex_unlock(&shim.lock);
    return done;
}

/* ---- the wall clock ---- */

static void wall_clock(struct timespec *now)
{
    syscall(SYS_clock_gettime, CLOCK_REALTIME, now);
    int64_t off_ms = shim.clock_ms == NULL ? 0 : *shim.clock_ms;
    int64_t ms = (int64_t)now->tv_sec * 1000 + now->tv_nsec / MS + off_ms;
    now->tv_sec = ms / 1000;
    now->tv_nsec = ms % 1000 * MS + now->tv_nsec % MS;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) {
        return (int)syscall(SYS_clock_gettime, clock, now);
    }
    wall_clock(now);
    return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    (void)zone;
    struct timespec exact;
    wall_clock(&exact);
    *now = (struct timeval){.tv_sec = exact.tv_sec, .tv_usec = exact.tv_nsec / 1000};
    return 0;
}

time_t time(time_t *to)
{
    struct timespec now;
    wall_clock(&now);
    if (to != NULL) {
        *to = now.tv_sec;
    }
    return now.tv_sec;
}
