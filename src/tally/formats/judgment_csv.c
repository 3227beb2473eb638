/* Tables of grades: a first row with the names of the candidates, then one row a ballot; the first column holds its id.
 *
 * Cells hold whole numbers. For majority judgment 0 and an empty cell are no opinion, 1 is the worst grade; for score a
 * number is the grade itself and only an empty cell is none; for dots it is the points. The first row is read by base/csv,
 * the others here: a hundred thousand of them need no table in memory.
 * Separators (comma, semicolon, tab) are told by the first row. Cells may stand in quotes; a row without cells is passed
 * over. Start at judgment_csv_read(). */
#include "tally/formats/parts.h"

#include "base/csv.h"

struct table {
    struct election_source *source;
    char separator;
    uint16_t columns; /* without the id */
    uint16_t most;    /* greatest value */
};

/* Bytes of the first row, a line feed in quotes included. */
static size_t head_size(struct slice bytes, size_t at)
{
    bool quoted = false;
    size_t from = at;
    for (; at < bytes.size && (quoted || bytes.data[at] != '\n'); at++) {
        quoted = quoted != (bytes.data[at] == '"');
    }
    return at + (at < bytes.size) - from;
}

static struct slice trimmed(struct slice text)
{
    while (text.size > 0 && text.data[0] == ' ') {
        text = slice_of(text.data + 1, text.size - 1);
    }
    while (text.size > 0 && text.data[text.size - 1] == ' ') {
        text.size--;
    }
    return text;
}

static enum error take_names(struct table *table, const struct csv_table *csv)
{
    struct election_source *source = table->source;
    enum error error =
        csv_columns(csv) < 2
            ? source_fault(source, source->at, "a column of ids, then one for each candidate")
            : ballots_begin(source, source->at, csv_columns(csv) - 1, BALLOTS_GRADED);
    table->separator = csv_separator(csv);
    table->columns = source->election->definition.n_option;
    for (uint16_t i = 0; error == ERROR_NONE && i < table->columns; i++) {
        struct slice name = trimmed(csv_at(csv, 0, i + 1U));
        error = source_text(source, source->at, name, &name);
        if (error == ERROR_NONE && name.size > 0) {
            source->election->names[i] = name;
        }
    }
    return error;
}

static enum error take_head(struct table *table)
{
    static const struct csv_rules rules = {.cell_max = ELECTION_NAME_MAX};
    struct election_source *source = table->source;
    struct slice row =
        slice_of(source->bytes.data + source->at, head_size(source->bytes, source->at));
    struct csv_table *csv;
    struct csv_fault fault;
    if (csv_parse(row, &rules, &csv, &fault) != ERROR_NONE) {
        enum error error = source_fault(source, source->at, "%s", fault.expected);
        source->fault->line = fault.line;
        source->fault->column = fault.column;
        source->fault->found[0] = '\0';
        return error;
    }
    enum error error = take_names(table, csv);
    source->at += row.size;
    csv_free(csv);
    return error;
}

/* The id may be anything. */
static enum error pass_id(struct table *table)
{
    struct election_source *source = table->source;
    size_t from = source->at;
    bool quoted = source_peek(source) == '"';
    source->at += quoted;
    while (quoted) {
        if (source_peek(source) < 0) {
            return source_fault(source, from, "a closing quote for the one that opens here");
        }
        bool pair = source_peek(source) == '"' && source_ahead(source) == '"';
        quoted = source_peek(source) != '"' || pair;
        source->at += 1U + pair;
    }
    while (!source_at_line_end(source) && source_peek(source) != table->separator) {
        source->at++;
    }
    return ERROR_NONE;
}

static void pass_spaces(struct election_source *source)
{
    while (source_peek(source) == ' ') {
        source->at++;
    }
}

/* A number, or nothing, with or without quotes; then a separator or the end of the row. */
static enum error take_value(struct table *table, uint16_t *value)
{
    struct election_source *source = table->source;
    uint64_t number = NO_VALUE;
    int digit = source_peek(source), next = source_ahead(source);
    if (digit >= '0' && digit <= '9' && (next == table->separator || next == '\n')) {
        source->at++; /* nearly every cell */
        *value = (uint16_t)(digit - '0');
        return ERROR_NONE;
    }
    pass_spaces(source);
    bool quoted = source_peek(source) == '"';
    source->at += quoted;
    pass_spaces(source);
    size_t from = source->at;
    if (source_peek(source) >= '0' && source_peek(source) <= '9') {
        enum error error = source_number(source, table->most, "", &number);
        if (error != ERROR_NONE) {
            return source_fault(source, from, "a number from 0 to %u", table->most);
        }
    }
    pass_spaces(source);
    bool closed = !quoted || source_peek(source) == '"';
    source->at += quoted && closed;
    pass_spaces(source);
    *value = (uint16_t)number;
    return closed && (source_at_line_end(source) || source_peek(source) == table->separator)
               ? ERROR_NONE
               : source_fault(source, from, "a number from 0 to %u, or nothing", table->most);
}

static enum error take_row(struct table *table)
{
    struct election_source *source = table->source;
    size_t from = source->at;
    enum error error = pass_id(table);
    ballot_begin(source);
    for (uint16_t i = 0; error == ERROR_NONE && i < table->columns; i++) {
        uint16_t value = NO_VALUE;
        if (source_peek(source) != table->separator) {
            return source_fault(source, source->at,
                                "%u numbers behind the id, as many as candidates; there are %u",
                                table->columns, i);
        }
        source->at++;
        error = take_value(table, &value);
        if (error == ERROR_NONE) {
            ballot_value(source, i, value);
        }
    }
    if (error == ERROR_NONE && !source_at_line_end(source)) {
        error =
            source_fault(source, source->at, "the end of the row after %u numbers", table->columns);
    }
    return error == ERROR_NONE ? ballot_end(source, from, 1, 1) : error;
}

enum error judgment_csv_read(struct election_source *source)
{
    struct table table = {.source = source};
    enum error error = take_head(&table);
    table.most = source->election->definition.form == FORM_POINTS ? POINTS_MAX : GRADE_MAX;
    while (error == ERROR_NONE && source_peek(source) >= 0) {
        if (!source_at_line_end(source)) {
            error = take_row(&table);
        }
        source->at += error == ERROR_NONE && source_peek(source) == '\r';
        source->at += error == ERROR_NONE && source_peek(source) == '\n';
    }
    return error == ERROR_NONE ? ballots_finish(source) : error;
}
