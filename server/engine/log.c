/* The server's log: one write per line, so that lines of several threads do not mix.
 *
 * A line is time, level, event, words; as text for people, as JSON for machines. What came from outside may stand in the
 * words, so everything goes through log_escape(): nobody can forge a second line, turn the direction of reading or drive
 * the reader's terminal. Audit lines go to a file of their own when there is one, else they are lines of the log with
 * the event "audit".
 * There is one log for the whole process: that is this file's only state, behind one lock that is held for one write.
 * Files are opened with O_APPEND, so that rotation may move them away and log_reopen() begins new ones. */
#include "server/engine/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"

enum { MESSAGE_SIZE = 256 };

/* One stream: stderr (path NULL) or a file. */
struct log_stream {
    char *path;
    int file;
};
static struct {
    pthread_mutex_t lock;
    enum log_format format;
    enum log_level level;
    struct log_stream lines;
    struct log_stream audit; /* file −1 = as lines of the log */
} current = {.lock = PTHREAD_MUTEX_INITIALIZER,
             .level = LOG_LEVEL_INFO,
             .lines.file = STDERR_FILENO,
             .audit.file = -1};

static const char *const level_names[] = {"error", "warning", "info", "debug"};

/* ---- escaping ---- */

/* The code point at the start of valid UTF-8 of this length. */
static uint32_t point_of(const uint8_t *bytes, size_t size)
{
    uint32_t point = size == 1 ? bytes[0] : bytes[0] & (0x7fu >> size);
    for (size_t at = 1; at < size; at++) {
        point = point << 6 | (bytes[at] & 0x3fu);
    }
    return point;
}

static bool is_hidden(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0x61c ||
           (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
}

void log_escape(struct buffer *out, struct slice text, bool quoted)
{
    for (size_t at = 0; at < text.size;) {
        uint8_t first = text.data[at];
        size_t size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        size = size <= text.size - at ? size : 1;
        struct slice part = slice_of(text.data + at, size);
        if (!utf8_is_valid(part)) {
            buffer_append_text(out, "\\ufffd");
            at++;
            continue;
        }
        uint32_t point = point_of(part.data, size);
        if (is_hidden(point)) {
            buffer_format(out, "\\u%04x", (unsigned)point);
        } else if (point == '\\' || (quoted && point == '"')) {
            buffer_format(out, "\\%c", (char)point);
        } else {
            buffer_append_slice(out, part);
        }
        at += size;
    }
}

/* ---- lines ---- */

static void append_time(struct buffer *line)
{
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    buffer_format(line, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ", parts.tm_year + 1900,
                  parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                  now.tv_nsec / 1000000);
}

static void append_head(struct buffer *line, enum log_format format, enum log_level level,
                        const char *event)
{
    bool json = format == LOG_FORMAT_JSON;
    buffer_append_text(line, json ? "{\"ts\":\"" : "");
    append_time(line);
    buffer_format(line, json ? "\",\"level\":\"%s\",\"event\":\"%s\"" : " %s %s",
                  level_names[level], event);
}

static void append_word(struct buffer *line, enum log_format format, const char *name,
                        const char *text)
{
    bool json = format == LOG_FORMAT_JSON;
    buffer_format(line, json ? ",\"%s\":\"" : " %s=", name);
    log_escape(line, slice_text(text), json);
    buffer_append_text(line, json ? "\"" : "");
}

/* The lock is held. A line that would be too long was made too long by escapes: it is not worth more than its beginning. */
static void put_line(int file, struct buffer *line)
{
    buffer_append_text(line, current.format == LOG_FORMAT_JSON ? "}\n" : "\n");
    if (buffer_ok(line) && write(file, line->data, line->size) < 0) {
        return; /* nobody reads it, or the disk is full: nothing better can be done with it */
    }
}

static void append_number(struct buffer *line, enum log_format format, const char *name,
                          uint64_t number)
{
    if (number != 0) {
        buffer_format(line, format == LOG_FORMAT_JSON ? ",\"%s\":%llu" : " %s=%llu", name,
                      (unsigned long long)number);
    }
}

static void append_source(struct buffer *line, enum log_format format,
                          const struct log_source *source)
{
    append_number(line, format, "connection", source->connection);
    append_number(line, format, "request", source->request);
    if (source->session[0] != '\0') {
        append_word(line, format, "session", source->session);
    }
}

bool log_is_on(enum log_level level)
{
    pthread_mutex_lock(&current.lock);
    bool on = level <= current.level;
    pthread_mutex_unlock(&current.lock);
    return on;
}

__attribute__((format(printf, 4, 0))) static void write_line(enum log_level level,
                                                             const char *event,
                                                             const struct log_source *source,
                                                             const char *format, va_list arguments)
{
    char message[LOG_MESSAGE_SIZE];
    vsnprintf(message, sizeof message, format, arguments);
    pthread_mutex_lock(&current.lock);
    if (level <= current.level) {
        struct buffer line;
        bool json = current.format == LOG_FORMAT_JSON;
        buffer_init(&line, LOG_LINE_SIZE);
        append_head(&line, current.format, level, event);
        append_source(&line, current.format, source);
        buffer_append_text(&line, json ? ",\"message\":\"" : " ");
        log_escape(&line, slice_text(message), json);
        buffer_append_text(&line, json ? "\"" : "");
        put_line(current.lines.file, &line);
        buffer_free(&line);
    }
    pthread_mutex_unlock(&current.lock);
}

void log_line(enum log_level level, const char *event, const char *format, ...)
{
    static const struct log_source none = {.request = 0};
    va_list arguments;
    va_start(arguments, format);
    write_line(level, event, &none, format, arguments);
    va_end(arguments);
}

void log_line_of(enum log_level level, const char *event, const struct log_source *source,
                 const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line(level, event, source, format, arguments);
    va_end(arguments);
}

void log_audit(const struct log_act *act)
{
    struct buffer line;
    buffer_init(&line, LOG_LINE_SIZE);
    pthread_mutex_lock(&current.lock);
    append_head(&line, current.format, LOG_LEVEL_INFO, "audit");
    append_source(&line, current.format, &act->source);
    append_word(&line, current.format, "who", act->who);
    append_word(&line, current.format, "command", act->command);
    append_word(&line, current.format, "on", act->on);
    append_word(&line, current.format, "result", act->result);
    put_line(current.audit.file < 0 ? current.lines.file : current.audit.file, &line);
    pthread_mutex_unlock(&current.lock);
    buffer_free(&line);
}

/* ---- files ---- */

/* otherwise: what stands for no path. −1 = it cannot be opened, errno says why. */
static int open_stream(const char *path, int otherwise)
{
    return path == NULL ? otherwise : open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static void close_stream(struct log_stream *stream)
{
    if (stream->path != NULL) {
        close(stream->file);
        free(stream->path);
    }
}

static void replace(struct log_stream *stream, const char *path, int file)
{
    char *copy = path == NULL ? NULL : memory_copy_text(path);
    close_stream(stream);
    *stream = (struct log_stream){.path = copy, .file = file};
}

bool log_open(const struct log_options *options, char *message)
{
    int lines = open_stream(options->file, STDERR_FILENO);
    if (lines < 0) {
        snprintf(message, MESSAGE_SIZE, "log-file: %s: %s", options->file, strerror(errno));
        return false;
    }
    int audit = open_stream(options->audit_file, -1);
    if (audit < 0 && options->audit_file != NULL) {
        snprintf(message, MESSAGE_SIZE, "audit-file: %s: %s", options->audit_file, strerror(errno));
        if (options->file != NULL) {
            close(lines);
        }
        return false;
    }
    pthread_mutex_lock(&current.lock);
    replace(&current.lines, options->file, lines);
    replace(&current.audit, options->audit_file, audit);
    current.format = options->format;
    current.level = options->level;
    pthread_mutex_unlock(&current.lock);
    return true;
}

static void reopen(struct log_stream *stream)
{
    int file = stream->path == NULL ? -1 : open_stream(stream->path, -1);
    if (file >= 0) {
        close(stream->file);
        stream->file = file;
    }
}

void log_reopen(void)
{
    pthread_mutex_lock(&current.lock);
    reopen(&current.lines);
    reopen(&current.audit);
    pthread_mutex_unlock(&current.lock);
}

void log_close(void)
{
    static const struct log_options usual = {.level = LOG_LEVEL_INFO};
    log_open(&usual, NULL);
}
