/* A strict reader of comma-separated values.
 *
 * One pass over the bytes: take_row() takes cells until the end of a line, take_cell() one cell, quoted or plain. The text
 * of every cell, without quotes, goes one after the other into `text`; a cell is an offset into it, and the place it began
 * at, for messages. Every row has as many cells as the first one, so row r begins at cell r × columns.
 * Line and column follow the characters as they are taken: `at`, `line` and `column` only move in step(). */
#include "server/commands/csv.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"

struct cell {
    size_t offset, size; /* in text */
    size_t line, column;
};
struct csv_table {
    struct buffer text;
    struct cell *cells;
    size_t count, capacity; /* cells */
    size_t columns;
};
struct scan {
    struct slice bytes;
    size_t at, line, column;
    struct csv_table *table;
    struct csv_fault *fault;
};

static enum error fault_at(struct scan *scan, size_t line, size_t column, const char *expected)
{
    scan->fault->line = line;
    scan->fault->column = column;
    snprintf(scan->fault->expected, CSV_EXPECTED_SIZE, "%s", expected);
    return ERROR_IMPORT_UNREADABLE;
}

static enum error fault_here(struct scan *scan, const char *expected)
{
    return fault_at(scan, scan->line, scan->column, expected);
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

static void keep(struct scan *scan)
{
    buffer_append_u8(&scan->table->text, scan->bytes.data[scan->at]);
    step(scan);
}

static bool at_row_end(const struct scan *scan)
{
    return peek(scan, 0) < 0 || peek(scan, 0) == '\n' ||
           (peek(scan, 0) == '\r' && peek(scan, 1) == '\n');
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
            return fault_at(scan, line, column, "a closing quote for the one that opens here");
        }
        if (byte == '"' && peek(scan, 1) != '"') {
            step(scan);
            break;
        }
        if (byte == '"') {
            step(scan);
        }
        if (byte == '\0') {
            return fault_here(scan, "text without U+0000");
        }
        keep(scan);
    }
    if (!at_row_end(scan) && peek(scan, 0) != ',') {
        return fault_here(scan, "a comma or the end of the line after the closing quote");
    }
    return ERROR_NONE;
}

static enum error take_plain(struct scan *scan)
{
    while (!at_row_end(scan) && peek(scan, 0) != ',') {
        switch (peek(scan, 0)) {
        case '"':
            return fault_here(scan, "quotes around the whole cell, doubled inside it");
        case '\r':
            return fault_here(scan, "LF or CRLF at the end of a line, not CR alone");
        case '\0':
            return fault_here(scan, "text without U+0000");
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
    if (cell.size > CSV_CELL_MAX) {
        return fault_at(scan, cell.line, cell.column, "a cell of at most 1 MiB");
    }
    *cell_add(scan->table) = cell;
    return ERROR_NONE;
}

static enum error take_row(struct scan *scan)
{
    size_t first = scan->table->count, line = scan->line;
    for (;;) {
        enum error error = take_cell(scan);
        if (error != ERROR_NONE) {
            return error;
        }
        if (scan->table->count - first > CSV_COLUMNS_MAX) {
            return fault_here(scan, "at most 256 cells in a row");
        }
        if (peek(scan, 0) != ',') {
            break;
        }
        step(scan);
    }
    size_t cells = scan->table->count - first;
    if (scan->table->columns == 0) {
        scan->table->columns = cells;
    }
    if (cells != scan->table->columns) {
        char expected[CSV_EXPECTED_SIZE];
        snprintf(expected, sizeof expected, "%zu cells as in the first row, found %zu",
                 scan->table->columns, cells);
        return fault_at(scan, line, 1, expected);
    }
    pass_row_end(scan);
    return ERROR_NONE;
}

static void go_to_start(struct scan *scan)
{
    bool mark = scan->bytes.size >= 3 && memcmp(scan->bytes.data, "\xEF\xBB\xBF", 3) == 0;
    scan->at = mark ? 3 : 0;
    scan->line = 1;
    scan->column = 1;
}

/* Leaves the scan at the character that is none. */
static enum error check_utf8(struct scan *scan)
{
    while (scan->at < scan->bytes.size) {
        uint8_t first = scan->bytes.data[scan->at];
        size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        size_t left = scan->bytes.size - scan->at;
        if (left < size || !utf8_is_valid(slice_of(scan->bytes.data + scan->at, size))) {
            return fault_here(scan, "UTF-8 text");
        }
        for (size_t i = 0; i < size; i++) {
            step(scan);
        }
    }
    return ERROR_NONE;
}

enum error csv_parse(struct slice bytes, struct csv_table **table, struct csv_fault *fault)
{
    struct csv_table *read = memory_new(1, sizeof *read);
    struct scan scan = {.bytes = bytes, .table = read, .fault = fault};
    buffer_init(&read->text, CSV_BYTES_MAX);
    go_to_start(&scan);
    enum error error = bytes.size > CSV_BYTES_MAX ? fault_here(&scan, "a file of at most 256 MiB")
                                                  : check_utf8(&scan);
    if (error == ERROR_NONE) {
        go_to_start(&scan);
    }
    if (error == ERROR_NONE && peek(&scan, 0) < 0) {
        error = fault_here(&scan, "a first row with the names of the columns");
    }
    while (error == ERROR_NONE && peek(&scan, 0) >= 0) {
        error = take_row(&scan);
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
        free(table);
    }
}

size_t csv_rows(const struct csv_table *table)
{
    return table->count / table->columns - 1;
}

size_t csv_columns(const struct csv_table *table)
{
    return table->columns;
}

static struct slice cell_text(const struct csv_table *table, size_t index)
{
    const struct cell *cell = &table->cells[index];
    return cell->size == 0 ? slice_text("") : slice_of(table->text.data + cell->offset, cell->size);
}

bool csv_find(const struct csv_table *table, const char *name, size_t *column)
{
    for (size_t i = 0; i < table->columns; i++) {
        if (slice_equal(cell_text(table, i), slice_text(name))) {
            *column = i;
            return true;
        }
    }
    return false;
}

struct slice csv_cell(const struct csv_table *table, size_t row, size_t column)
{
    return cell_text(table, (row + 1) * table->columns + column);
}

void csv_place(const struct csv_table *table, size_t row, size_t column, struct csv_fault *fault)
{
    const struct cell *cell = &table->cells[(row + 1) * table->columns + column];
    fault->line = cell->line;
    fault->column = cell->column;
}
