/* A to-do in one line: "@Fien !vendredi horloge" (task_line.c). */
#ifndef PALABRE_ASSEMBLY_TASK_LINE_H
#define PALABRE_ASSEMBLY_TASK_LINE_H

#include "base/buffer.h"
#include "base/calendar.h"

enum {
    TASK_LINE_TEXT_MAX = 300, /* characters of a whole line */
    TASK_LINE_NAMES_MAX = 20, /* what stands beyond is part of the title */
};

struct task_line {
    struct slice names[TASK_LINE_NAMES_MAX]; /* what stood after each @, within the line */
    size_t name_count;
    bool has_due;
    struct calendar_day due;
};
/* Reads a line of clean UTF-8; today and language (BCP 47, for two-letter weekdays) say what a date means. Its other words,
 * one space between two, are appended to title. The same line always gives the same answer on the same day. */
struct task_line task_line_read(struct slice line, struct calendar_day today, struct slice language,
                                struct buffer *title);

#endif
