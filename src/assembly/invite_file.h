/* A list of people as they write it: words of columns, classes, ties and roles in three languages, read cell by cell.
 * Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_INVITE_FILE_H
#define PALABRE_ASSEMBLY_INVITE_FILE_H

#include "assembly/concept.h"
#include "base/csv.h"

enum invite_column {
    COLUMN_NONE, /* not known: its cells are not looked at */
    COLUMN_NAME,
    COLUMN_FIRST_NAME,
    COLUMN_EMAIL,
    COLUMN_LANGUAGE,
    COLUMN_CLASS,
    COLUMN_SHARES,
    COLUMN_WEIGHT,
    COLUMN_TIES,
    COLUMN_ROLES,
    COLUMN_REPRESENTATIVE,
    COLUMNS
};
/* The words of the columns in the protocol, in their order; NULL-terminated. */
extern const char *const invite_column_words[];
/* The column of a heading, accents and capitals aside; COLUMN_NONE = none. */
enum invite_column invite_column_find(struct slice heading);

/* What the reading of a row needs to know. */
struct invite_row_rules {
    const json_t *classes;   /* of the organisation */
    struct id default_class; /* for an empty cell; none = the cell must name one */
    bool gives;              /* the reader may give roles, shares and votes */
};
/* Reads row `row` of the table: fills `fields` with what member.invite takes and appends to `errors`
 * {"column","line","at","word","value"}. */
void invite_row_read(const struct csv_table *table, size_t row, const enum invite_column *columns,
                     size_t count, const struct invite_row_rules *rules, json_t *fields,
                     json_t *errors);

#endif
