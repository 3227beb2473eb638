/* A to-do in one line, as it is typed while a meeting goes on: "@Fien !vendredi horloge".
 *
 * Words are what spaces separate. @ begins a name (one word of it, or several joined as in @fien.peeters), ! a date: a
 * weekday in French, Dutch or English, the next one after today, or tomorrow in one of them; day/month, the next such day from
 * today on; year-month-day, if it is not past; +3d, +2w. The first date counts. Whatever else begins with @ or !, a second date or a day that does not
 * exist, is a word of the title like all others: nothing that was typed is lost. A pure function of line, day and language.
 * Start at task_line_read(). */
#include "assembly/task_line.h"

#include "base/fold.h"

#include <string.h>

enum { DAYS_AHEAD_MAX = 3660, NUMBER_DIGITS = 4 };

static const struct {
    const char *language; /* the only one in which the word is understood; NULL = any */
    const char *words[7]; /* of Monday … Sunday */
} weekdays[] = {
    {NULL, {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}},
    {NULL, {"lun", "mar", "mer", "jeu", "ven", "sam", "dim"}},
    {NULL, {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"}},
    {NULL, {"maa", "din", "woe", "don", "vri", "zat", "zon"}},
    {NULL, {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}},
    {NULL, {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}},
    {NULL, {"", "tues", "", "thurs", "", "", ""}},
    {"fr", {"lu", "ma", "me", "je", "ve", "sa", "di"}},
    {"nl", {"ma", "di", "wo", "do", "vr", "za", "zo"}},
    {"en", {"mo", "tu", "we", "th", "fr", "sa", "su"}},
};

static const char *const tomorrow[] = {"demain", "morgen", "tomorrow"};

/* ---- dates ---- */

/* 0 … 9999, at least one digit; false = none here. */
static bool take_number(struct slice *text, int *number)
{
    size_t digits = 0;
    *number = 0;
    while (digits < text->size && digits <= NUMBER_DIGITS && text->data[digits] >= '0' &&
           text->data[digits] <= '9') {
        *number = *number * 10 + (text->data[digits] - '0');
        digits++;
    }
    *text = slice_of(text->data + digits, text->size - digits);
    return digits > 0 && digits <= NUMBER_DIGITS;
}

static bool take_byte(struct slice *text, char byte)
{
    if (text->size == 0 || text->data[0] != (uint8_t)byte) {
        return false;
    }
    *text = slice_of(text->data + 1, text->size - 1);
    return true;
}

static int64_t read_ahead(struct slice text, int64_t today)
{
    int count;
    if (!take_byte(&text, '+') || !take_number(&text, &count)) {
        return -1;
    }
    int days = take_byte(&text, 'd') ? 1 : take_byte(&text, 'w') ? 7 : 0;
    return days == 0 || text.size > 0 || count * days > DAYS_AHEAD_MAX ? -1 : today + count * days;
}

static int64_t read_full_date(struct slice text, int64_t today)
{
    struct calendar_day day;
    bool read = take_number(&text, &day.year) && take_byte(&text, '-') &&
                take_number(&text, &day.month) && take_byte(&text, '-') &&
                take_number(&text, &day.day) && text.size == 0 && calendar_is_day(day);
    return read && calendar_number(day) >= today ? calendar_number(day) : -1;
}

/* 29 February may be eight years away. */
static int64_t read_day_and_month(struct slice text, int64_t today)
{
    struct calendar_day day = calendar_day_of(today);
    if (!take_number(&text, &day.day) || !take_byte(&text, '/') ||
        !take_number(&text, &day.month) || text.size > 0) {
        return -1;
    }
    for (int last = day.year + 8; day.year <= last; day.year++) {
        if (calendar_is_day(day) && calendar_number(day) >= today) {
            return calendar_number(day);
        }
    }
    return -1;
}

static int weekday_of(const struct fold_word *word, struct slice language)
{
    struct slice text = slice_of(word->text, word->size);
    for (size_t i = 0; i < sizeof weekdays / sizeof weekdays[0]; i++) {
        const char *only = weekdays[i].language;
        if (only != NULL && (language.size < 2 || memcmp(language.data, only, 2) != 0)) {
            continue;
        }
        for (int day = 0; day < 7; day++) {
            if (slice_equal(text, slice_text(weekdays[i].words[day]))) {
                return day;
            }
        }
    }
    return -1;
}

static bool is_tomorrow(const struct fold_word *word)
{
    for (size_t i = 0; i < sizeof tomorrow / sizeof tomorrow[0]; i++) {
        if (slice_equal(slice_of(word->text, word->size), slice_text(tomorrow[i]))) {
            return true;
        }
    }
    return false;
}

static int64_t read_word(struct slice text, int64_t today, struct slice language)
{
    struct fold_word word;
    struct fold_reader reader = fold_reader_of(text);
    if (!fold_next(&reader, &word) || word.from != 0 || word.to != text.size) {
        return -1;
    }
    if (is_tomorrow(&word)) {
        return today + 1;
    }
    int wanted = weekday_of(&word, language);
    int days = wanted - calendar_weekday(calendar_day_of(today));
    return wanted < 0 ? -1 : today + (days > 0 ? days : days + 7);
}

/* Comma and stop after a date belong to the sentence. */
static struct slice without_stop(struct slice text)
{
    while (text.size > 0 && strchr(".,;:", text.data[text.size - 1]) != NULL) {
        text.size--;
    }
    return text;
}

static bool read_date(struct slice text, int64_t today, struct slice language, int64_t *due)
{
    text = without_stop(text);
    int64_t read = read_ahead(text, today);
    read = read >= 0 ? read : read_full_date(text, today);
    read = read >= 0 ? read : read_day_and_month(text, today);
    read = read >= 0 ? read : read_word(text, today, language);
    *due = read;
    return read >= 0 && calendar_day_of(read).year <= CALENDAR_YEAR_MAX;
}

/* ---- the line ---- */

static bool has_word(struct slice text)
{
    struct fold_word word;
    struct fold_reader reader = fold_reader_of(text);
    return fold_next(&reader, &word);
}

/* The next run of bytes without a space; size 0 = no more. */
static struct slice next_token(struct slice *line)
{
    size_t from = 0, size = 0;
    while (from < line->size && line->data[from] <= ' ') {
        from++;
    }
    while (from + size < line->size && line->data[from + size] > ' ') {
        size++;
    }
    struct slice token = slice_of(line->data + from, size);
    *line = slice_of(token.data + size, line->size - from - size);
    return token;
}

/* The token was a name or the date; else it is a word of the title. */
static bool take_mark(struct task_line *read, struct slice token, int64_t today,
                      struct slice language)
{
    int64_t due;
    struct slice rest = slice_of(token.data + 1, token.size - 1);
    if (token.data[0] == '@' && read->name_count < TASK_LINE_NAMES_MAX && has_word(rest)) {
        read->names[read->name_count++] = rest;
        return true;
    }
    if (token.data[0] == '!' && !read->has_due && read_date(rest, today, language, &due)) {
        read->has_due = true;
        read->due = calendar_day_of(due);
        return true;
    }
    return false;
}

struct task_line task_line_read(struct slice line, struct calendar_day today, struct slice language,
                                struct buffer *title)
{
    struct task_line read = {.name_count = 0};
    size_t from = title->size;
    int64_t now = calendar_number(today);
    for (struct slice token = next_token(&line); token.size > 0; token = next_token(&line)) {
        if (!take_mark(&read, token, now, language)) {
            if (title->size > from) {
                buffer_append_u8(title, ' ');
            }
            buffer_append_slice(title, token);
        }
    }
    return read;
}
