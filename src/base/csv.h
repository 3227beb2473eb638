/* Tables of separated values (RFC 4180), read strictly: bytes are a table or a fault with its place.
 *
 * Accepted: LF or CRLF at the end of a row, line breaks and doubled quotes inside quotes, a byte order mark at the start,
 * a last row without its line end. Refused: bytes that are not UTF-8, U+0000, a quote inside an unquoted cell, anything
 * but a separator or a line end after a closing quote, a CR alone outside quotes; rows of another length than the first
 * unless the rules allow them. A long file may be read in pieces: see `more`. */
#ifndef PALABRE_BASE_CSV_H
#define PALABRE_BASE_CSV_H

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
    const char
        *word; /* utf8 nul quote after_quote inner_quote cr cell cells row bytes empty. Static */
    char expected[CSV_EXPECTED_SIZE]; /* English, after "expected " */
};
struct csv_table;

struct csv_rules {
    char separator; /* 0 = told by the first row: the most frequent of comma, semicolon, tab */
    bool uneven;    /* rows may have another length than the first */
    bool
        more; /* these are the first bytes of a longer text: a last row without its end is left for the next piece */
    size_t line;                /* of the first byte; 0 = 1 */
    size_t bytes_max, cell_max; /* 0 = CSV_BYTES_MAX, CSV_CELL_MAX */
};

/* rules NULL = commas, a whole file. The first row gives the names of the columns. IMPORT_UNREADABLE with *fault; else
 * the caller frees *table, which keeps a copy of what it needs. */
enum error csv_parse(struct slice bytes, const struct csv_rules *rules, struct csv_table **table,
                     struct csv_fault *fault);
void csv_free(struct csv_table *table);
char csv_separator(const struct csv_table *table);
/* With `more`: bytes that the whole rows take, and the line after them. */
size_t csv_used(const struct csv_table *table);
size_t csv_next_line(const struct csv_table *table);

/* Every row, the first included: row r has csv_width cells and begins on csv_line. */
size_t csv_height(const struct csv_table *table);
size_t csv_width(const struct csv_table *table, size_t row);
struct slice csv_at(const struct csv_table *table, size_t row, size_t column);
void csv_at_place(const struct csv_table *table, size_t row, size_t column, size_t *line,
                  size_t *in_line);

/* Rows after the first. */
size_t csv_rows(const struct csv_table *table);
size_t csv_columns(const struct csv_table *table);
/* false = no column has this name. */
bool csv_find(const struct csv_table *table, const char *name, size_t *column);
/* Borrowed from the table; row 0 is the one after the first. */
struct slice csv_cell(const struct csv_table *table, size_t row, size_t column);
/* Where the cell begins, into fault->line and column. */
void csv_place(const struct csv_table *table, size_t row, size_t column, struct csv_fault *fault);

#endif
