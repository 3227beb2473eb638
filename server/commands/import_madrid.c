/* The public export of Decide Madrid (CONSUL software): proposals.csv, comments.csv, comment_hierarchy.csv.
 *
 * Each table is read strictly (csv.h) and every cell that is used is checked, with the file, line and column in the message:
 * nothing is sent before the whole source is known to be good. read_proposals() and read_comments() take the rows;
 * order_comments() puts an answered comment before its answers and finds each one's first-level ancestor;
 * check_hierarchy() compares with the third file, which tells the same tree again.
 * Ids are numbers in the files: a sorted list of (number, row) finds them. Times are Madrid's.
 * Start at import_read_madrid(). */
#include "server/commands/import_source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "base/csv.h"
#include "server/commands/local_time.h"

enum file { PROPOSALS, COMMENTS, HIERARCHY, FILES };
enum { COLUMNS = 12, PATH_SIZE = 4096, DIGITS_MAX = 15 };
enum proposal_column {
    P_ID,
    P_URL,
    P_CODE,
    P_TITLE,
    P_USER,
    P_DATE,
    P_SUMMARY,
    P_TEXT,
    P_COMMENTS,
    P_SUPPORTS
};
enum comment_column {
    C_ID,
    C_PARENT,
    C_PROPOSAL,
    C_USER,
    C_DATE,
    C_TIME,
    C_TEXT,
    C_VOTES,
    C_UP,
    C_DOWN
};
enum hierarchy_column { H_PROPOSAL, H_COMMENT, H_PARENT };

static const char *const file_names[FILES] = {"proposals.csv", "comments.csv",
                                              "comment_hierarchy.csv"};
static const char *const column_names[FILES][COLUMNS] = {
    {"id", "url", "code", "title", "userId", "date", "summary", "text", "numComments",
     "numSupports"},
    {"id", "parentId", "proposalId", "userId", "date", "time", "text", "numVotes",
     "numPositiveVotes", "numNegativeVotes"},
    {"proposalId", "commendId", "parentId"},
};

struct numbered { /* a source id and the row that has it */
    uint64_t number;
    size_t row;
};
struct map {
    struct numbered *items;
    size_t count;
};
struct reading {
    const char *folder;
    char *message;
    struct import_source *source;
    struct csv_table **tables; /* the source's */
    size_t column[FILES][COLUMNS];
    struct map proposals, comments;
    size_t *answers; /* per row of comments.csv: the row answered, or IMPORT_NONE */
};

/* ---- faults and cells ---- */

static enum error fault(struct reading *reading, enum file file, size_t row, size_t column,
                        const char *expected)
{
    struct csv_fault at;
    csv_place(reading->tables[file], row, reading->column[file][column], &at);
    snprintf(reading->message, IMPORT_MESSAGE_SIZE, "%s:%zu:%zu: expected %s", file_names[file],
             at.line, at.column, expected);
    return ERROR_IMPORT_UNREADABLE;
}

static struct slice cell(const struct reading *reading, enum file file, size_t row, size_t column)
{
    return csv_cell(reading->tables[file], row, reading->column[file][column]);
}

static bool digits_value(struct slice text, uint64_t *value)
{
    *value = 0;
    if (text.size == 0 || text.size > DIGITS_MAX) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        *value = *value * 10 + (uint64_t)(text.data[i] - '0');
    }
    return text.size == 1 || text.data[0] != '0';
}

static enum error take_number(struct reading *reading, enum file file, size_t row, size_t column,
                              uint64_t *value)
{
    return digits_value(cell(reading, file, row, column), value)
               ? ERROR_NONE
               : fault(reading, file, row, column, "a whole number of at most 15 digits");
}

/* An id is a number, kept as its text. */
static enum error take_id(struct reading *reading, enum file file, size_t row, size_t column,
                          struct slice *id)
{
    uint64_t value;
    *id = cell(reading, file, row, column);
    return take_number(reading, file, row, column, &value);
}

struct bound {
    size_t characters, bytes; /* most */
    bool lines, empty;        /* line breaks allowed; may be empty */
};

static enum error take_text(struct reading *reading, enum file file, size_t row, size_t column,
                            struct bound bound, struct slice *text)
{
    char expected[120];
    *text = cell(reading, file, row, column);
    if (!utf8_is_clean(*text, bound.lines)) {
        return fault(reading, file, row, column,
                     bound.lines ? "text without control characters" : "one line of clean text");
    }
    if ((text->size == 0 && !bound.empty) || utf8_length(*text) > bound.characters ||
        text->size > bound.bytes) {
        snprintf(expected, sizeof expected, "%s%zu characters and %zu bytes",
                 bound.empty ? "text of at most " : "some text, of at most ", bound.characters,
                 bound.bytes);
        return fault(reading, file, row, column, expected);
    }
    return ERROR_NONE;
}

static bool is_blank(struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != ' ' && text.data[i] != '\n' && text.data[i] != '\t') {
            return false;
        }
    }
    return true;
}

/* ---- dates ---- */

/* Digits where the pattern has 0, the very character elsewhere. */
static bool matches(struct slice text, const char *pattern)
{
    if (text.size != strlen(pattern)) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (pattern[i] == '0' ? !digit : text.data[i] != (uint8_t)pattern[i]) {
            return false;
        }
    }
    return true;
}

static int two_digits(struct slice text, size_t at)
{
    return (text.data[at] - '0') * 10 + (text.data[at + 1] - '0');
}

static bool take_day(struct slice text, struct local_time *time)
{
    if (!matches(text, "0000-00-00")) {
        return false;
    }
    time->year = two_digits(text, 0) * 100 + two_digits(text, 2);
    time->month = two_digits(text, 5);
    time->day = two_digits(text, 8);
    return time->month >= 1 && time->month <= 12 && time->day >= 1 && time->day <= 31;
}

static bool take_clock(struct slice text, struct local_time *time)
{
    enum { HOURS = 7, MINUTES = 10, SECONDS = 13 };
    if (text.size != SECONDS + 2 || memcmp(text.data, "0 days ", HOURS) != 0 ||
        !matches(slice_of(text.data + HOURS, text.size - HOURS), "00:00:00")) {
        return false;
    }
    time->hour = two_digits(text, HOURS);
    time->minute = two_digits(text, MINUTES);
    time->second = two_digits(text, SECONDS);
    return time->hour < 24 && time->minute < 60 && time->second < 60;
}

/* clock_column IMPORT_NONE = the day's beginning. */
static enum error take_time(struct reading *reading, enum file file, size_t row, size_t day_column,
                            size_t clock_column, uint64_t *ms)
{
    struct local_time time = {.year = 0};
    if (!take_day(cell(reading, file, row, day_column), &time)) {
        return fault(reading, file, row, day_column, "a date such as 2015-09-15");
    }
    if (clock_column != IMPORT_NONE && !take_clock(cell(reading, file, row, clock_column), &time)) {
        return fault(reading, file, row, clock_column, "a time such as 0 days 10:50:19");
    }
    if (!local_time_to_ms(&time, ms)) {
        return fault(reading, file, row, day_column, "a date that exists, from 1970 on");
    }
    return ERROR_NONE;
}

/* ---- finding ids ---- */

static int compare_numbered(const void *a, const void *b)
{
    const struct numbered *one = a, *other = b;
    if (one->number != other->number) {
        return one->number < other->number ? -1 : 1;
    }
    return one->row < other->row ? -1 : one->row > other->row;
}

static bool map_find(const struct map *map, uint64_t number, size_t *row)
{
    size_t low = 0, high = map->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (map->items[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == map->count || map->items[low].number != number) {
        return false;
    }
    *row = map->items[low].row;
    return true;
}

/* The ids of a table, each once. */
static enum error map_fill(struct reading *reading, enum file file, size_t column, struct map *map)
{
    map->count = csv_rows(reading->tables[file]);
    map->items = memory_new(map->count + 1, sizeof *map->items);
    for (size_t row = 0; row < map->count; row++) {
        map->items[row].row = row;
        enum error error = take_number(reading, file, row, column, &map->items[row].number);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    qsort(map->items, map->count, sizeof *map->items, compare_numbered);
    for (size_t i = 1; i < map->count; i++) {
        if (map->items[i].number == map->items[i - 1].number) {
            return fault(reading, file, map->items[i].row, column, "an id that stands only once");
        }
    }
    return ERROR_NONE;
}

/* ---- the files ---- */

static enum error file_fault(struct reading *reading, enum file file, const char *words)
{
    snprintf(reading->message, IMPORT_MESSAGE_SIZE, "%s: %s", file_names[file], words);
    return ERROR_IMPORT_UNREADABLE;
}

static enum error read_bytes(struct reading *reading, enum file file, struct buffer *bytes)
{
    char path[PATH_SIZE], chunk[16384];
    int length = snprintf(path, sizeof path, "%s/%s", reading->folder, file_names[file]);
    if (length < 0 || (size_t)length >= sizeof path) {
        return file_fault(reading, file, "the folder's name is too long");
    }
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return file_fault(reading, file, strerror(errno));
    }
    size_t size;
    while ((size = fread(chunk, 1, sizeof chunk, stream)) > 0 && buffer_ok(bytes)) {
        buffer_append(bytes, chunk, size);
    }
    bool broken = ferror(stream) != 0;
    fclose(stream);
    if (broken || !buffer_ok(bytes)) {
        return file_fault(reading, file, broken ? "cannot be read" : "longer than 256 MiB");
    }
    return ERROR_NONE;
}

static enum error find_columns(struct reading *reading, enum file file)
{
    for (size_t i = 0; i < COLUMNS && column_names[file][i] != NULL; i++) {
        if (!csv_find(reading->tables[file], column_names[file][i], &reading->column[file][i])) {
            snprintf(reading->message, IMPORT_MESSAGE_SIZE,
                     "%s:1:1: expected a column named \"%s\"", file_names[file],
                     column_names[file][i]);
            return ERROR_IMPORT_UNREADABLE;
        }
    }
    return ERROR_NONE;
}

static enum error read_table(struct reading *reading, enum file file)
{
    struct buffer bytes;
    struct csv_fault at;
    buffer_init(&bytes, IMPORT_FILE_MAX);
    enum error error = read_bytes(reading, file, &bytes);
    if (error == ERROR_NONE) {
        error = csv_parse(buffer_slice(&bytes), NULL, &reading->tables[file], &at);
        if (error != ERROR_NONE) {
            snprintf(reading->message, IMPORT_MESSAGE_SIZE, "%s:%zu:%zu: expected %s",
                     file_names[file], at.line, at.column, at.expected);
        }
    }
    buffer_free(&bytes);
    return error == ERROR_NONE ? find_columns(reading, file) : error;
}

/* ---- proposals ---- */

static enum error read_proposal(struct reading *reading, size_t row, struct import_proposal *to)
{
    static const struct bound line = {IMPORT_TITLE_MAX, 4 * IMPORT_TITLE_MAX, false, false};
    static const struct bound word = {300, 1200, false, true};
    static const struct bound need = {IMPORT_NEED_MAX, 4 * IMPORT_NEED_MAX, true, true};
    static const struct bound body = {IMPORT_TEXT_MAX, IMPORT_TEXT_MAX, true, true};
    const enum file file = PROPOSALS;
    enum error error = take_id(reading, file, row, P_ID, &to->id);
    error = error != ERROR_NONE ? error : take_text(reading, file, row, P_URL, word, &to->url);
    error = error != ERROR_NONE ? error : take_text(reading, file, row, P_CODE, word, &to->code);
    error = error != ERROR_NONE ? error : take_text(reading, file, row, P_TITLE, line, &to->title);
    error = error != ERROR_NONE ? error : take_id(reading, file, row, P_USER, &to->author);
    error = error != ERROR_NONE ? error
                                : take_time(reading, file, row, P_DATE, IMPORT_NONE, &to->at_ms);
    error = error != ERROR_NONE ? error : take_text(reading, file, row, P_SUMMARY, need, &to->need);
    error = error != ERROR_NONE ? error : take_text(reading, file, row, P_TEXT, body, &to->text);
    error =
        error != ERROR_NONE ? error : take_number(reading, file, row, P_COMMENTS, &to->comments);
    return error != ERROR_NONE ? error : take_number(reading, file, row, P_SUPPORTS, &to->supports);
}

static enum error read_proposals(struct reading *reading)
{
    struct import_source *source = reading->source;
    enum error error = map_fill(reading, PROPOSALS, P_ID, &reading->proposals);
    source->proposal_count = csv_rows(reading->tables[PROPOSALS]);
    source->proposals = memory_new(source->proposal_count + 1, sizeof *source->proposals);
    for (size_t row = 0; row < source->proposal_count && error == ERROR_NONE; row++) {
        error = read_proposal(reading, row, &source->proposals[row]);
    }
    return error;
}

/* ---- comments ---- */

static enum error read_comment(struct reading *reading, size_t row, struct import_comment *to)
{
    static const struct bound body = {IMPORT_COMMENT_MAX, IMPORT_COMMENT_MAX, true, true};
    const enum file file = COMMENTS;
    uint64_t proposal = 0;
    enum error error = take_id(reading, file, row, C_ID, &to->id);
    error = error != ERROR_NONE ? error : take_number(reading, file, row, C_PROPOSAL, &proposal);
    if (error == ERROR_NONE && !map_find(&reading->proposals, proposal, &to->proposal)) {
        error = fault(reading, file, row, C_PROPOSAL, "the id of a proposal in proposals.csv");
    }
    error = error != ERROR_NONE ? error : take_id(reading, file, row, C_USER, &to->author);
    error = error != ERROR_NONE ? error : take_time(reading, file, row, C_DATE, C_TIME, &to->at_ms);
    error = error != ERROR_NONE ? error : take_text(reading, file, row, C_TEXT, body, &to->text);
    error = error != ERROR_NONE ? error : take_number(reading, file, row, C_VOTES, &to->votes);
    error = error != ERROR_NONE ? error : take_number(reading, file, row, C_UP, &to->up);
    error = error != ERROR_NONE ? error : take_number(reading, file, row, C_DOWN, &to->down);
    if (error == ERROR_NONE && is_blank(to->text)) {
        to->text = slice_text("");
    }
    return error;
}

/* The comment that this row answers. */
static enum error read_answered(struct reading *reading, size_t row)
{
    uint64_t number = 0;
    struct import_comment *comment = &reading->source->comments[row];
    struct slice text = cell(reading, COMMENTS, row, C_PARENT);
    reading->answers[row] = IMPORT_NONE;
    if (slice_equal(text, slice_text("-1"))) {
        return ERROR_NONE;
    }
    if (!digits_value(text, &number)) {
        return fault(reading, COMMENTS, row, C_PARENT, "-1 or the id of a comment");
    }
    size_t answered;
    if (!map_find(&reading->comments, number, &answered)) {
        comment->orphan = true;
        return ERROR_NONE;
    }
    if (reading->source->comments[answered].proposal != comment->proposal) {
        return fault(reading, COMMENTS, row, C_PARENT, "a comment on the same proposal");
    }
    reading->answers[row] = answered;
    return ERROR_NONE;
}

static enum error read_comments(struct reading *reading)
{
    struct import_source *source = reading->source;
    enum error error = map_fill(reading, COMMENTS, C_ID, &reading->comments);
    source->comment_count = csv_rows(reading->tables[COMMENTS]);
    source->comments = memory_new(source->comment_count + 1, sizeof *source->comments);
    reading->answers = memory_new(source->comment_count + 1, sizeof *reading->answers);
    for (size_t row = 0; row < source->comment_count && error == ERROR_NONE; row++) {
        error = read_comment(reading, row, &source->comments[row]);
    }
    for (size_t row = 0; row < source->comment_count && error == ERROR_NONE; row++) {
        error = read_answered(reading, row);
    }
    return error;
}

/* ---- the tree ---- */

struct order {
    size_t *rows;     /* in the order found: an answered one before its answers */
    size_t *place_of; /* row → place in rows, IMPORT_NONE = not yet */
    size_t *path;     /* rows from a comment up to one that has its place */
    bool *on_path;
    size_t count;
};

static enum error order_one(struct reading *reading, struct order *order, size_t row)
{
    size_t depth = 0, at = row;
    while (at != IMPORT_NONE && order->place_of[at] == IMPORT_NONE) {
        if (order->on_path[at]) {
            return fault(reading, COMMENTS, at, C_PARENT,
                         "answers that do not go round in circles");
        }
        order->on_path[at] = true;
        order->path[depth++] = at;
        at = reading->answers[at];
    }
    while (depth > 0) {
        at = order->path[--depth];
        order->on_path[at] = false;
        order->place_of[at] = order->count;
        order->rows[order->count++] = at;
    }
    return ERROR_NONE;
}

/* Parents come before, so the first-level ancestor of the answered one is known. */
static void settle_comment(const struct reading *reading, const struct order *order,
                           struct import_comment *comments, size_t place)
{
    struct import_comment *comment = &comments[place];
    size_t answered = reading->answers[order->rows[place]];
    comment->parent = IMPORT_NONE;
    comment->reply_to = IMPORT_NONE;
    if (answered != IMPORT_NONE) {
        size_t to = order->place_of[answered];
        comment->reply_to = to;
        comment->parent = comments[to].parent == IMPORT_NONE ? to : comments[to].parent;
    }
}

static enum error order_comments(struct reading *reading)
{
    struct import_source *source = reading->source;
    size_t count = source->comment_count;
    struct order order = {
        .rows = memory_new(count + 1, sizeof(size_t)),
        .place_of = memory_new(count + 1, sizeof(size_t)),
        .path = memory_new(count + 1, sizeof(size_t)),
        .on_path = memory_new(count + 1, sizeof(bool)),
    };
    enum error error = ERROR_NONE;
    for (size_t row = 0; row < count; row++) {
        order.place_of[row] = IMPORT_NONE;
    }
    for (size_t row = 0; row < count && error == ERROR_NONE; row++) {
        error = order_one(reading, &order, row);
    }
    if (error == ERROR_NONE) {
        struct import_comment *sorted = memory_new(count + 1, sizeof *sorted);
        for (size_t place = 0; place < count; place++) {
            sorted[place] = source->comments[order.rows[place]];
            settle_comment(reading, &order, sorted, place);
            source->orphans += sorted[place].orphan;
            source->empty += sorted[place].text.size == 0;
        }
        free(source->comments);
        source->comments = sorted;
    }
    free(order.rows);
    free(order.place_of);
    free(order.path);
    free(order.on_path);
    return error;
}

/* ---- the third file ---- */

static enum error check_branch(struct reading *reading, size_t row, bool *seen)
{
    uint64_t proposal = 0, id = 0;
    size_t comment;
    enum error error = take_number(reading, HIERARCHY, row, H_PROPOSAL, &proposal);
    error = error != ERROR_NONE ? error : take_number(reading, HIERARCHY, row, H_COMMENT, &id);
    if (error != ERROR_NONE) {
        return error;
    }
    struct slice parent = cell(reading, HIERARCHY, row, H_PARENT);
    if (id == proposal && slice_equal(parent, slice_text("0"))) {
        return map_find(&reading->proposals, id, &comment)
                   ? ERROR_NONE
                   : fault(reading, HIERARCHY, row, H_COMMENT, "a proposal of proposals.csv");
    }
    if (!map_find(&reading->comments, id, &comment) || seen[comment]) {
        return fault(reading, HIERARCHY, row, H_COMMENT, "a comment of comments.csv, once");
    }
    seen[comment] = true;
    if (!slice_equal(cell(reading, HIERARCHY, row, H_PROPOSAL),
                     cell(reading, COMMENTS, comment, C_PROPOSAL))) {
        return fault(reading, HIERARCHY, row, H_PROPOSAL, "the proposal that comments.csv names");
    }
    return slice_equal(parent, cell(reading, COMMENTS, comment, C_PARENT))
               ? ERROR_NONE
               : fault(reading, HIERARCHY, row, H_PARENT, "the parent that comments.csv names");
}

static enum error check_hierarchy(struct reading *reading)
{
    size_t rows = csv_rows(reading->tables[HIERARCHY]);
    size_t comments = csv_rows(reading->tables[COMMENTS]);
    bool *seen = memory_new(comments + 1, sizeof *seen);
    enum error error = ERROR_NONE;
    for (size_t row = 0; row < rows && error == ERROR_NONE; row++) {
        error = check_branch(reading, row, seen);
    }
    for (size_t row = 0; row < comments && error == ERROR_NONE; row++) {
        if (!seen[row]) {
            error = fault(reading, COMMENTS, row, C_ID,
                          "a comment with a row in comment_hierarchy.csv");
        }
    }
    free(seen);
    return error;
}

/* ---- people ---- */

static int compare_text(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* Sorts, and leaves each once; the number left. */
static size_t keep_once(struct slice *ids, size_t count)
{
    size_t kept = 0;
    qsort(ids, count, sizeof *ids, compare_text);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || !slice_equal(ids[i], ids[kept - 1])) {
            ids[kept++] = ids[i];
        }
    }
    return kept;
}

static void gather_people(struct import_source *source)
{
    size_t most = source->proposal_count + source->comment_count;
    source->people = memory_new(most + 1, sizeof *source->people);
    for (size_t i = 0; i < source->comment_count; i++) {
        source->people[i] = source->comments[i].author;
    }
    source->commenting = keep_once(source->people, source->comment_count);
    for (size_t i = 0; i < source->proposal_count; i++) {
        source->people[source->commenting + i] = source->proposals[i].author;
    }
    source->person_count = keep_once(source->people, source->commenting + source->proposal_count);
}

/* ---- all ---- */

static enum error read_all(struct reading *reading)
{
    enum error error = read_table(reading, PROPOSALS);
    error = error != ERROR_NONE ? error : read_table(reading, COMMENTS);
    error = error != ERROR_NONE ? error : read_table(reading, HIERARCHY);
    error = error != ERROR_NONE ? error : read_proposals(reading);
    error = error != ERROR_NONE ? error : read_comments(reading);
    error = error != ERROR_NONE ? error : order_comments(reading);
    return error != ERROR_NONE ? error : check_hierarchy(reading);
}

enum error import_read_madrid(const char *folder, struct import_source **source,
                              char message[IMPORT_MESSAGE_SIZE])
{
    struct local_zone zone;
    struct import_source *read = memory_new(1, sizeof *read);
    struct reading reading = {
        .folder = folder, .message = message, .source = read, .tables = read->tables};
    read->format = "decide-madrid";
    read->language = "es";
    if (!local_zone_enter(&zone, "Europe/Madrid")) {
        snprintf(message, IMPORT_MESSAGE_SIZE,
                 "this machine does not know the time zone Europe/Madrid: install tzdata");
        import_source_free(read);
        return ERROR_IMPORT_UNREADABLE;
    }
    enum error error = read_all(&reading);
    local_zone_leave(&zone);
    free(reading.proposals.items);
    free(reading.comments.items);
    free(reading.answers);
    if (error != ERROR_NONE) {
        import_source_free(read);
        return error;
    }
    gather_people(read);
    *source = read;
    return ERROR_NONE;
}

void import_source_free(struct import_source *source)
{
    if (source != NULL) {
        for (size_t i = 0; i < FILES; i++) {
            csv_free(source->tables[i]);
        }
        free(source->people);
        free(source->proposals);
        free(source->comments);
        free(source);
    }
}
