/* One line per happening on stderr: time, level, part, words. Never ballots, texts, tokens or keys. Any thread. */
#ifndef PALABRE_SERVER_ENGINE_LOG_H
#define PALABRE_SERVER_ENGINE_LOG_H

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO };

/* Control characters of the message become '?'; at most 500 bytes are printed. */
void log_line(enum log_level level, const char *part, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
