/* A count as a table for people: who has the places, the quota, every stage, the ties.
 *
 * Candidates are rows; stages, grades or duels are columns, as many side by side as a terminal holds, then the next ones below.
 * Names were made harmless when the file was read. Start at tally_report_table(). */
#include "server/commands/tally_report.h"

#include "base/utf8.h"

enum { METHOD_JUDGMENT = 7, NAME_WIDTH = 30, COLUMN_WIDTH = 13, COLUMNS = 5, CELL_SIZE = 64 };

struct table {
    struct buffer *out;
    const struct election *election;
    const struct tally_counts *counts;
    uint16_t n;
};
/* What stands in a cell; column from 0. */
typedef void (*cell_writer)(const struct table *table, struct buffer *cell, uint16_t row,
                            size_t column);

static void pad(struct buffer *out, size_t used, size_t width)
{
    for (; used < width; used++) {
        buffer_append_text(out, " ");
    }
}

static void put_left(struct buffer *out, struct slice text, size_t width)
{
    struct slice shown = utf8_prefix(text, width);
    buffer_append_slice(out, shown);
    pad(out, utf8_length(shown), width);
}

static void put_right(struct buffer *out, struct slice text, size_t width)
{
    pad(out, utf8_length(text), width);
    buffer_append_slice(out, text);
}

static bool stands(const struct table *table, uint16_t option)
{
    return table->election->withdrawn == NULL || !table->election->withdrawn[option];
}

/* Rows of candidates (and what `rest` adds below), columns from `from` to before `to`. */
static void put_panel(const struct table *table, size_t from, size_t to, cell_writer head,
                      cell_writer cell, const char *const *rest)
{
    struct buffer text;
    uint16_t rows = table->n;
    buffer_init(&text, CELL_SIZE);
    for (uint16_t extra = 0; rest != NULL && rest[extra] != NULL; extra++) {
        rows++;
    }
    buffer_append_text(table->out, "\n");
    pad(table->out, 0, NAME_WIDTH);
    for (int row = -1; row < rows; row++) {
        uint16_t option = (uint16_t)(row < 0 ? 0 : row);
        if (row >= 0 && row < table->n && !stands(table, option)) {
            continue;
        }
        if (row >= 0 && option < table->n) {
            buffer_format(table->out, "%3u ", option + 1U);
            put_left(table->out, table->election->names[option], NAME_WIDTH - 4);
        } else if (row >= 0) {
            put_left(table->out, slice_text(rest[option - table->n]), NAME_WIDTH);
        }
        for (size_t column = from; column < to; column++) {
            buffer_clear(&text);
            (row < 0 ? head : cell)(table, &text, option, column);
            put_right(table->out, buffer_slice(&text), COLUMN_WIDTH);
        }
        buffer_append_text(table->out, "\n");
    }
    buffer_free(&text);
}

static void put_panels(const struct table *table, size_t columns, cell_writer head,
                       cell_writer cell, const char *const *rest)
{
    for (size_t from = 0; from < columns; from += COLUMNS) {
        put_panel(table, from, from + COLUMNS < columns ? from + COLUMNS : columns, head, cell,
                  rest);
    }
}

/* ---- stages ---- */

static void stage_head(const struct table *table, struct buffer *cell, uint16_t row, size_t column)
{
    static const char *const words[] = {"first", "surplus", "out", "the last"};
    const struct tally_stage *stage = &table->counts->stages[column];
    (void)row;
    buffer_format(cell, "%s", words[stage->action]);
    if (stage->option != NO_OPTION && stage->action != STAGE_BEGIN) {
        buffer_format(cell, " %u", stage->option + 1U);
    }
}

static void stage_cell(const struct table *table, struct buffer *cell, uint16_t row, size_t column)
{
    const struct tally_stage *stage = &table->counts->stages[column];
    uint32_t scale = table->counts->scale;
    if (row == table->n) {
        tally_report_parts(cell, stage->exhausted, scale);
    } else if (row > table->n) {
        tally_report_parts(cell, stage->lost, scale);
    } else if (stage->states[row] == OPTION_EXCLUDED && stage->votes[row] == 0) {
        buffer_append_text(cell, "-");
    } else {
        tally_report_parts(cell, stage->votes[row], scale);
        buffer_append_text(cell, stage->states[row] == OPTION_ELECTED ? "*" : " ");
    }
}

static void put_stages(const struct table *table)
{
    const char *const rest[] = {"(exhausted)",
                                table->counts->scale > 1 ? "(lost in rounding)" : NULL, NULL};
    if (table->counts->quota > 0) {
        buffer_append_text(table->out, "\nQuota ");
        tally_report_parts(table->out, table->counts->quota, table->counts->scale);
        buffer_append_text(table->out, "\n");
    }
    put_panels(table, table->counts->n_stages, stage_head, stage_cell, rest);
    buffer_append_text(table->out,
                       "* has a place. 'surplus 3', 'out 3': ballots of candidate 3 go on\n");
}

/* ---- grades, duels, scores ---- */

/* Its name, or its number in the file. */
static void put_grade(const struct table *table, struct buffer *cell, uint8_t grade)
{
    const struct definition_language *languages = table->election->definition.languages;
    if (languages != NULL && languages[0].grades != NULL) {
        buffer_append_slice(cell, utf8_prefix(languages[0].grades[grade], COLUMN_WIDTH - 1));
    } else {
        buffer_format(cell, "grade %u", tally_report_grade(table->election, grade));
    }
}

static void grade_head(const struct table *table, struct buffer *cell, uint16_t row, size_t column)
{
    (void)row;
    if (column == table->election->definition.grades) {
        buffer_append_text(cell, "middle");
    } else {
        put_grade(table, cell, (uint8_t)column);
    }
}

static void grade_cell(const struct table *table, struct buffer *cell, uint16_t row, size_t column)
{
    uint8_t grades = table->election->definition.grades;
    const uint64_t *tally = table->counts->scores + (size_t)row * grades;
    uint8_t median = tally_report_median(tally, grades);
    if (column < grades) {
        buffer_format(cell, "%llu", (unsigned long long)tally[column]);
    } else if (median < grades) {
        put_grade(table, cell, median);
    }
}

static void duel_head(const struct table *table, struct buffer *cell, uint16_t row, size_t column)
{
    (void)table;
    (void)row;
    buffer_format(cell, "over %zu", column + 1);
}

static void duel_cell(const struct table *table, struct buffer *cell, uint16_t row, size_t column)
{
    if (row != column && stands(table, (uint16_t)column)) {
        buffer_format(cell, "%llu",
                      (unsigned long long)table->counts->pairwise[row * (size_t)table->n + column]);
    } else {
        buffer_append_text(cell, "-");
    }
}

static void score_head(const struct table *table, struct buffer *cell, uint16_t row, size_t column)
{
    (void)table;
    (void)row;
    buffer_append_text(cell, column == 0 ? "score" : "graded by");
}

static void score_cell(const struct table *table, struct buffer *cell, uint16_t row, size_t column)
{
    const uint64_t *list = column == 0 ? table->counts->scores : table->counts->graders;
    buffer_format(cell, "%llu", (unsigned long long)list[row]);
}

static void put_answers(const struct table *table)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const consent[] = {"consent", "concern", "objection", NULL};
    const char *const *words = table->election->definition.form == FORM_YES_NO ? yes_no : consent;
    for (uint16_t i = 0; i < table->counts->n_scores && words[i] != NULL; i++) {
        buffer_format(table->out, "%-12s %llu\n", words[i],
                      (unsigned long long)table->counts->scores[i]);
    }
}

/* ---- the whole ---- */

static void put_head(const struct table *table)
{
    static const char *const units[] = {"",
                                        "tenths",
                                        "hundredths",
                                        "thousandths",
                                        "ten-thousandths",
                                        "hundred-thousandths",
                                        "millionths"};
    const struct election *election = table->election;
    if (election->title.size > 0) {
        buffer_append_slice(table->out, election->title);
        buffer_append_text(table->out, "\n");
    }
    buffer_format(table->out, "%s, %u place%s, %u ballots",
                  definition_method_name(election->definition.method), election->definition.seats,
                  election->definition.seats == 1 ? "" : "s", election->ballots.heads);
    const struct {
        uint32_t count;
        const char *text;
    } notes[] = {{election->empty.heads, "empty"},
                 {table->counts->abstain.heads, "abstaining"},
                 {election->void_papers.heads, "void"},
                 {election->over_voted.heads, "with several on one rank"},
                 {election->skipped.heads, "with a rank left out"},
                 {election->repeated.heads, "that name somebody twice"}};
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        if (notes[i].count > 0) {
            buffer_format(table->out, ", %u %s", notes[i].count, notes[i].text);
        }
    }
    buffer_append_text(table->out, "\n");
    if (election->decimals > 0) {
        buffer_format(table->out, "weights have decimals: votes below are %s\n",
                      units[election->decimals]);
    }
    for (uint16_t option = 0; option < table->n; option++) {
        if (!stands(table, option)) {
            buffer_append_text(table->out, "withdrawn: ");
            buffer_append_slice(table->out, election->names[option]);
            buffer_append_text(table->out, "\n");
        }
    }
}

static void put_winners(const struct table *table)
{
    uint16_t winners[ELECTION_OPTIONS_MAX];
    size_t count = tally_report_winners(table->election, table->counts, winners);
    if (table->n == 0) {
        return;
    }
    buffer_append_text(table->out, count == 0 ? "\nnobody has a place\n" : "\n");
    for (size_t i = 0; i < count; i++) {
        uint16_t option = winners[i];
        buffer_format(table->out, "%3zu. ", i + 1);
        buffer_append_slice(table->out, table->election->names[option]);
        buffer_format(table->out, " (%u)\n", option + 1U);
    }
}

static void put_ties(const struct table *table)
{
    static const char *const for_words[] = {"for a place", "for exclusion", "for a surplus"};
    static const char *const how_words[] = {"decided by an earlier stage", "decided by lot",
                                            "none of them gets it", "left open",
                                            "makes no difference"};
    for (size_t i = 0; i < table->counts->n_ties; i++) {
        const struct tally_tie *tie = &table->counts->ties[i];
        buffer_append_text(table->out, i == 0 ? "\nTie " : "Tie ");
        buffer_append_text(table->out, for_words[tie->what_for]);
        if (table->counts->n_stages > 0) {
            buffer_format(table->out, " after stage %u", tie->stage + 1U);
        }
        for (size_t at = 0; at < (size_t)tie->n_tied + tie->n_chosen; at++) {
            uint16_t option = at < tie->n_tied ? tie->tied[at] : tie->chosen[at - tie->n_tied];
            if (at == tie->n_tied) {
                buffer_format(table->out, ": %s:", how_words[tie->how]);
            }
            buffer_append_text(table->out, at == 0 ? ": " : at == tie->n_tied ? " " : ", ");
            buffer_append_slice(table->out, table->election->names[option]);
        }
        if (tie->n_chosen == 0) {
            buffer_format(table->out, ": %s", how_words[tie->how]);
        }
        buffer_append_text(table->out, "\n");
    }
}

void tally_report_table(struct buffer *out, const struct election *election,
                        const struct tally_counts *counts)
{
    struct table table = {out, election, counts, election->definition.n_option};
    put_head(&table);
    put_winners(&table);
    if (table.n == 0) {
        put_answers(&table);
    } else if (counts->n_stages > 0) {
        put_stages(&table);
    } else if (election->definition.method == METHOD_JUDGMENT) {
        put_panels(&table, election->definition.grades + 1U, grade_head, grade_cell, NULL);
    } else if (counts->pairwise != NULL) {
        put_panels(&table, table.n, duel_head, duel_cell, NULL);
    } else {
        put_panels(&table, counts->graders == NULL ? 1 : 2, score_head, score_cell, NULL);
    }
    put_ties(&table);
}
