/* Tables of comma-separated values (RFC 4180), read strictly: a file is a table or a fault with its place.
 *
 * Accepted: LF or CRLF at the end of a row, line breaks and doubled quotes inside quotes, a byte order mark at the start,
 * a last row without its line end. Refused: bytes that are not UTF-8, U+0000, a quote inside an unquoted cell, anything
 * but a comma or a line end after a closing quote, a CR alone outside quotes, rows of another length than the first. */
#ifndef PALABRE_SERVER_COMMANDS_CSV_H
#define PALABRE_SERVER_COMMANDS_CSV_H

#include "base/error.h"
#include "base/slice.h"

enum {
    CSV_BYTES_MAX = 256 * 1024 * 1024, /* of a file */
    CSV_CELL_MAX = 1024 * 1024,        /* bytes of a cell */
    CSV_COLUMNS_MAX = 256,
    CSV_EXPECTED_SIZE = 160, /* bytes, with the NUL */
};

/* Where and what: counted from 1; the column in characters of the line. */
struct csv_fault {
    size_t line, column;
    char expected[CSV_EXPECTED_SIZE]; /* English, after "expected " */
};
struct csv_table;

/* The first row gives the names of the columns. IMPORT_UNREADABLE with *fault; else the caller frees *table, which keeps a
 * copy of what it needs. */
enum error csv_parse(struct slice bytes, struct csv_table **table, struct csv_fault *fault);
void csv_free(struct csv_table *table);

/* Rows after the first. */
size_t csv_rows(const struct csv_table *table);
size_t csv_columns(const struct csv_table *table);
/* false = no column has this name. */
bool csv_find(const struct csv_table *table, const char *name, size_t *column);
/* Borrowed from the table. */
struct slice csv_cell(const struct csv_table *table, size_t row, size_t column);
/* Where the cell begins, into fault->line and column. */
void csv_place(const struct csv_table *table, size_t row, size_t column, struct csv_fault *fault);

#endif
