/* One line per happening, on stderr or in a file, as text or JSON; and the acts of administrators and of the operator.
 * Never ballots, texts, tokens or keys. Any thread, but log_open and log_reopen: one thread. */
#ifndef PALABRE_SERVER_ENGINE_LOG_H
#define PALABRE_SERVER_ENGINE_LOG_H

#include "base/buffer.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };
enum log_format { LOG_FORMAT_TEXT, LOG_FORMAT_JSON };
enum { LOG_MESSAGE_SIZE = 500, LOG_LINE_SIZE = 4096 }; /* bytes; what is longer is cut off */

struct log_options {
    enum log_format format;
    enum log_level level;   /* what weighs less is not written */
    const char *file;       /* NULL = stderr */
    const char *audit_file; /* NULL = audit lines stand in the log */
};
/* In force from here on; before the first call: text of LOG_LEVEL_INFO on stderr. false = a file cannot be opened: message
 * (256 bytes) says so, and what was in force stays. Files are appended to, mode 0600. */
bool log_open(const struct log_options *options, char *message);
/* Opens the files by their names again (they were moved away). A file that cannot be opened stays as it was. */
void log_reopen(void);
/* Closes files; stderr again. */
void log_close(void);

void log_line(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* On whose behalf: fields of the line. 0 or "" = none, and no field. */
struct log_source {
    uint64_t connection, request; /* numbers since the start of the process */
    char session
        [9]; /* the first 8 hex digits of the hash of a session's token: what the store knows it by */
};
/* The same with a source. */
void log_line_of(enum log_level level, const char *event, const struct log_source *source,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Lines of this level are written: before work that only a line needs. */
bool log_is_on(enum log_level level);

/* What an administrator or the operator did. Texts are escaped; none may be NULL. */
struct log_act {
    const char *who;     /* "member 12", "operator" */
    const char *command; /* the method */
    const char *on;      /* ids: "member=… proposal=…" */
    const char *result;  /* "done", or why not */
    struct log_source source;
};
/* Written at any level. */
void log_audit(const struct log_act *act);

/* Appends text so that it stays on its line and says only what it shows: control characters, direction marks, line
 * separators, backslashes, bytes that are not UTF-8 and (quoted) quotes become \… sequences of JSON. */
void log_escape(struct buffer *out, struct slice text, bool quoted);

#endif
