/* A strict reader of separated values.
 *
 * One pass over the bytes: take_row() takes cells until the end of a line, take_cell() one cell, quoted or plain. The text
 * of every cell, without quotes, goes one after the other into `text`; a cell is an offset into it, and the place it began
 * at, for messages; a row is the index of its first cell.
 * Line and column follow the characters as they are taken: `at`, `line` and `column` only move in step(). */
#include "base/csv.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <string.h>

struct cell {
    size_t offset, size; /* in text */
    size_t line, column;
};
struct csv_table {
    struct buffer text;
    struct cell *cells;
    size_t count, capacity; /* cells */
    size_t *rows;           /* first cell of each */
    size_t height, row_capacity;
    size_t used, next_line;
    char separator;
};
struct scan {
    struct slice bytes;
    struct csv_rules rules;
    size_t at, line, column;
    struct csv_table *table;
    struct csv_fault *fault;
};

static enum error fault_at(struct scan *scan, size_t line, size_t column, const char *word,
                           const char *expected)
{
    scan->fault->word = word;
    scan->fault->line = line;
    scan->fault->column = column;
    snprintf(scan->fault->expected, CSV_EXPECTED_SIZE, "%s", expected);
    return ERROR_IMPORT_UNREADABLE;
}

static enum error fault_here(struct scan *scan, const char *word, const char *expected)
{
    return fault_at(scan, scan->line, scan->column, word, expected);
}

/* The byte `ahead` of the place, −1 at the end. */
static int peek(const struct scan *scan, size_t ahead)
{
    return scan->bytes.size - scan->at > ahead ? scan->bytes.data[scan->at + ahead] : -1;
}

/* Goes over one byte; continuation bytes are no characters of their own. */
static void step(struct scan *scan)
{
    uint8_t byte = scan->bytes.data[scan->at++];
    if (byte == '\n') {
        scan->line++;
        scan->column = 1;
    } else if ((byte & 0xC0) != 0x80) {
        scan->column++;
    }
}

/* Nothing ends or is refused at such a byte. */
static bool is_plain(const struct scan *scan, uint8_t byte)
{
    return byte != '"' && byte != '\n' && byte != '\r' && byte != '\0' &&
           byte != (uint8_t)scan->table->separator;
}

/* This byte, whatever it is, and the plain ones behind it. */
static void keep(struct scan *scan)
{
    size_t from = scan->at;
    do {
        step(scan);
    } while (scan->at < scan->bytes.size && is_plain(scan, scan->bytes.data[scan->at]));
    buffer_append(&scan->table->text, scan->bytes.data + from, scan->at - from);
}

static bool at_separator(const struct scan *scan)
{
    return peek(scan, 0) == scan->table->separator;
}

static bool at_row_end(const struct scan *scan)
{
    return peek(scan, 0) < 0 || peek(scan, 0) == '\n' ||
           (peek(scan, 0) == '\r' &&
            (peek(scan, 1) == '\n' || (scan->rules.more && peek(scan, 1) < 0)));
}

static void pass_row_end(struct scan *scan)
{
    if (peek(scan, 0) == '\r') {
        step(scan);
    }
    if (peek(scan, 0) == '\n') {
        step(scan);
    }
}

static enum error take_quoted(struct scan *scan)
{
    size_t line = scan->line, column = scan->column;
    step(scan);
    for (;;) {
        int byte = peek(scan, 0);
        if (byte < 0) {
            return fault_at(scan, line, column, "quote",
                            "a closing quote for the one that opens here");
        }
        if (byte == '"' && peek(scan, 1) != '"') {
            step(scan);
            break;
        }
        if (byte == '"') {
            step(scan);
        }
        if (byte == '\0') {
            return fault_here(scan, "nul", "text without U+0000");
        }
        keep(scan);
    }
    if (!at_row_end(scan) && !at_separator(scan)) {
        return fault_here(scan, "after_quote",
                          "a separator or the end of the line after the closing quote");
    }
    return ERROR_NONE;
}

static enum error take_plain(struct scan *scan)
{
    while (!at_row_end(scan) && !at_separator(scan)) {
        switch (peek(scan, 0)) {
        case '"':
            return fault_here(scan, "inner_quote",
                              "quotes around the whole cell, doubled inside it");
        case '\r':
            return fault_here(scan, "cr", "LF or CRLF at the end of a line, not CR alone");
        case '\0':
            return fault_here(scan, "nul", "text without U+0000");
        default:
            keep(scan);
        }
    }
    return ERROR_NONE;
}

static struct cell *cell_add(struct csv_table *table)
{
    if (table->count == table->capacity) {
        table->capacity = table->capacity == 0 ? 256 : 2 * table->capacity;
        table->cells = memory_resize(table->cells, table->capacity, sizeof *table->cells);
    }
    return &table->cells[table->count++];
}

static enum error take_cell(struct scan *scan)
{
    struct cell cell = {
        .offset = scan->table->text.size, .line = scan->line, .column = scan->column};
    enum error error = peek(scan, 0) == '"' ? take_quoted(scan) : take_plain(scan);
    if (error != ERROR_NONE) {
        return error;
    }
    cell.size = scan->table->text.size - cell.offset;
    if (cell.size > scan->rules.cell_max) {
        char expected[CSV_EXPECTED_SIZE];
        snprintf(expected, sizeof expected, "a cell of at most %zu bytes", scan->rules.cell_max);
        return fault_at(scan, cell.line, cell.column, "cell", expected);
    }
    *cell_add(scan->table) = cell;
    return ERROR_NONE;
}

static void row_add(struct csv_table *table, size_t first)
{
    if (table->height == table->row_capacity) {
        table->row_capacity = table->row_capacity == 0 ? 64 : 2 * table->row_capacity;
        table->rows = memory_resize(table->rows, table->row_capacity, sizeof *table->rows);
    }
    table->rows[table->height++] = first;
}

static enum error take_cells(struct scan *scan)
{
    size_t first = scan->table->count;
    for (;;) {
        enum error error = take_cell(scan);
        if (error != ERROR_NONE) {
            return error;
        }
        if (scan->table->count - first > CSV_COLUMNS_MAX) {
            return fault_here(scan, "cells", "at most 256 cells in a row");
        }
        if (!at_separator(scan)) {
            return ERROR_NONE;
        }
        step(scan);
    }
}

static enum error take_row(struct scan *scan)
{
    struct csv_table *table = scan->table;
    size_t first = table->count, line = scan->line;
    enum error error = take_cells(scan);
    if (error != ERROR_NONE) {
        return error;
    }
    row_add(table, first);
    size_t cells = table->count - first;
    if (!scan->rules.uneven && cells != csv_width(table, 0)) {
        char expected[CSV_EXPECTED_SIZE];
        snprintf(expected, sizeof expected, "%zu cells as in the first row, found %zu",
                 csv_width(table, 0), cells);
        return fault_at(scan, line, 1, "row", expected);
    }
    pass_row_end(scan);
    return ERROR_NONE;
}

/* A row that the piece cuts is left for the next one. true = it was cut here. */
static bool is_cut(const struct scan *scan)
{
    return scan->rules.more && peek(scan, 0) < 0 &&
           (scan->at == 0 || scan->bytes.data[scan->at - 1] != '\n');
}

/* Takes rows until the end; a cut one, whole or in the middle of a quoted cell, is forgotten. */
static enum error take_rows(struct scan *scan)
{
    struct csv_table *table = scan->table;
    enum error error = ERROR_NONE;
    while (error == ERROR_NONE && peek(scan, 0) >= 0) {
        size_t cells = table->count, height = table->height;
        error = take_row(scan);
        if (is_cut(scan)) {
            table->count = cells;
            table->height = height;
            break;
        }
        table->used = scan->at;
        table->next_line = scan->line;
    }
    if (scan->rules.more && table->height > 0 && peek(scan, 0) < 0) {
        return ERROR_NONE; /* what was cut comes again, whole */
    }
    if (error == ERROR_NONE && table->height == 0) {
        return fault_at(scan, scan->rules.line, 1, "row", "a row that fits into one piece");
    }
    return error;
}

/* The most frequent of the separators in the first row, outside quotes. */
static char sniff(struct slice bytes)
{
    static const char known[] = ",;\t";
    size_t counts[3] = {0}, best = 0;
    bool quoted = false;
    for (size_t at = 0; at < bytes.size && (quoted || bytes.data[at] != '\n'); at++) {
        quoted = quoted != (bytes.data[at] == '"');
        for (size_t i = 0; i < 3 && !quoted; i++) {
            counts[i] += bytes.data[at] == (uint8_t)known[i];
        }
    }
    for (size_t i = 1; i < 3; i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    return known[best];
}

static void go_to_start(struct scan *scan)
{
    bool mark = scan->bytes.size >= 3 && memcmp(scan->bytes.data, "\xEF\xBB\xBF", 3) == 0;
    scan->at = mark && scan->rules.line == 1 ? 3 : 0;
    scan->line = scan->rules.line;
    scan->column = 1;
}

/* These last bytes may begin a character that the next piece ends: no row of this piece holds them. */
static bool is_begun(struct slice bytes)
{
    for (size_t at = 1; at < bytes.size; at++) {
        if ((bytes.data[at] & 0xC0) != 0x80) {
            return false;
        }
    }
    return bytes.data[0] >= 0xC2 && bytes.data[0] <= 0xF4;
}

/* Leaves the scan at the character that is none. */
static enum error check_utf8(struct scan *scan)
{
    while (scan->at < scan->bytes.size) {
        uint8_t first = scan->bytes.data[scan->at];
        size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        size_t left = scan->bytes.size - scan->at;
        if (left < size && scan->rules.more &&
            is_begun(slice_of(scan->bytes.data + scan->at, left))) {
            break;
        }
        if (left < size || !utf8_is_valid(slice_of(scan->bytes.data + scan->at, size))) {
            return fault_here(scan, "utf8", "UTF-8 text");
        }
        for (size_t i = 0; i < size; i++) {
            step(scan);
        }
    }
    return ERROR_NONE;
}

static struct csv_rules rules_of(const struct csv_rules *given)
{
    struct csv_rules rules = {.separator = ','};
    if (given != NULL) {
        rules = *given;
    }
    rules.line = rules.line == 0 ? 1 : rules.line;
    rules.bytes_max = rules.bytes_max == 0 ? CSV_BYTES_MAX : rules.bytes_max;
    rules.cell_max = rules.cell_max == 0 ? CSV_CELL_MAX : rules.cell_max;
    return rules;
}

enum error csv_parse(struct slice bytes, const struct csv_rules *rules, struct csv_table **table,
                     struct csv_fault *fault)
{
    struct csv_table *read = memory_new(1, sizeof *read);
    struct scan scan = {.bytes = bytes, .rules = rules_of(rules), .table = read, .fault = fault};
    enum error error = ERROR_NONE;
    buffer_init(&read->text, scan.rules.bytes_max);
    read->separator = scan.rules.separator == 0 ? sniff(bytes) : scan.rules.separator;
    read->next_line = scan.rules.line;
    go_to_start(&scan);
    if (bytes.size > scan.rules.bytes_max) {
        error = fault_here(&scan, "bytes", "a file of at most 256 MiB");
    } else {
        error = check_utf8(&scan);
    }
    if (error == ERROR_NONE) {
        go_to_start(&scan);
    }
    if (error == ERROR_NONE && peek(&scan, 0) < 0) {
        error = fault_here(&scan, "empty", "a first row with the names of the columns");
    }
    if (error == ERROR_NONE) {
        error = take_rows(&scan);
    }
    if (error != ERROR_NONE) {
        csv_free(read);
        return error;
    }
    *table = read;
    return ERROR_NONE;
}

void csv_free(struct csv_table *table)
{
    if (table != NULL) {
        buffer_free(&table->text);
        free(table->cells);
        free(table->rows);
        free(table);
    }
}

char csv_separator(const struct csv_table *table)
{
    return table->separator;
}

size_t csv_used(const struct csv_table *table)
{
    return table->used;
}

size_t csv_next_line(const struct csv_table *table)
{
    return table->next_line;
}

size_t csv_height(const struct csv_table *table)
{
    return table->height;
}

size_t csv_width(const struct csv_table *table, size_t row)
{
    size_t end = row + 1 < table->height ? table->rows[row + 1] : table->count;
    return end - table->rows[row];
}

struct slice csv_at(const struct csv_table *table, size_t row, size_t column)
{
    const struct cell *cell = &table->cells[table->rows[row] + column];
    return cell->size == 0 ? slice_text("") : slice_of(table->text.data + cell->offset, cell->size);
}

void csv_at_place(const struct csv_table *table, size_t row, size_t column, size_t *line,
                  size_t *in_line)
{
    const struct cell *cell = &table->cells[table->rows[row] + column];
    *line = cell->line;
    *in_line = cell->column;
}

size_t csv_rows(const struct csv_table *table)
{
    return table->height - 1;
}

size_t csv_columns(const struct csv_table *table)
{
    return csv_width(table, 0);
}

bool csv_find(const struct csv_table *table, const char *name, size_t *column)
{
    for (size_t i = 0; i < csv_columns(table); i++) {
        if (slice_equal(csv_at(table, 0, i), slice_text(name))) {
            *column = i;
            return true;
        }
    }
    return false;
}

struct slice csv_cell(const struct csv_table *table, size_t row, size_t column)
{
    return csv_at(table, row + 1, column);
}

void csv_place(const struct csv_table *table, size_t row, size_t column, struct csv_fault *fault)
{
    csv_at_place(table, row + 1, column, &fault->line, &fault->column);
}
