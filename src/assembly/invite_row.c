/* One row of a list of people: what each cell means, and what is wrong with it.
 *
 * Headings, classes, languages, ties and roles are recognised by the words that people use in French, Dutch and English,
 * capitals and accents aside; several ties or roles in one cell are separated by |. A cell that a spreadsheet would take
 * for a formula is refused where text is expected, so the list cannot carry one on. Nothing is guessed: a cell is good or
 * there is an error with its place. Start at invite_row_read(). */
#include "assembly/invite_file.h"
#include "assembly/member.h"
#include "assembly/parts.h"
#include "base/utf8.h"

#include <string.h>

/* ---- words ---- */

const char *const invite_column_words[] = {"none",     "name",  "first_name",     "email",
                                           "language", "class", "shares",         "weight",
                                           "ties",     "roles", "representative", NULL};

static const struct text_word headings[] = {
    {"name", COLUMN_NAME},
    {"full name", COLUMN_NAME},
    {"last name", COLUMN_NAME},
    {"surname", COLUMN_NAME},
    {"nom", COLUMN_NAME},
    {"nom complet", COLUMN_NAME},
    {"nom de famille", COLUMN_NAME},
    {"naam", COLUMN_NAME},
    {"volledige naam", COLUMN_NAME},
    {"achternaam", COLUMN_NAME},
    {"familienaam", COLUMN_NAME},
    {"first name", COLUMN_FIRST_NAME},
    {"prenom", COLUMN_FIRST_NAME},
    {"voornaam", COLUMN_FIRST_NAME},
    {"email", COLUMN_EMAIL},
    {"e-mail", COLUMN_EMAIL},
    {"mail", COLUMN_EMAIL},
    {"courriel", COLUMN_EMAIL},
    {"adresse e-mail", COLUMN_EMAIL},
    {"e-mailadres", COLUMN_EMAIL},
    {"language", COLUMN_LANGUAGE},
    {"langue", COLUMN_LANGUAGE},
    {"taal", COLUMN_LANGUAGE},
    {"class", COLUMN_CLASS},
    {"category", COLUMN_CLASS},
    {"classe", COLUMN_CLASS},
    {"categorie", COLUMN_CLASS},
    {"klasse", COLUMN_CLASS},
    {"shares", COLUMN_SHARES},
    {"parts", COLUMN_SHARES},
    {"aandelen", COLUMN_SHARES},
    {"weight", COLUMN_WEIGHT},
    {"votes", COLUMN_WEIGHT},
    {"number of votes", COLUMN_WEIGHT},
    {"voix", COLUMN_WEIGHT},
    {"nombre de voix", COLUMN_WEIGHT},
    {"stemmen", COLUMN_WEIGHT},
    {"aantal stemmen", COLUMN_WEIGHT},
    {"ties", COLUMN_TIES},
    {"connections", COLUMN_TIES},
    {"liens", COLUMN_TIES},
    {"banden", COLUMN_TIES},
    {"roles", COLUMN_ROLES},
    {"role", COLUMN_ROLES},
    {"rollen", COLUMN_ROLES},
    {"rol", COLUMN_ROLES},
    {"representative", COLUMN_REPRESENTATIVE},
    {"representant", COLUMN_REPRESENTATIVE},
    {"represente par", COLUMN_REPRESENTATIVE},
    {"vertegenwoordiger", COLUMN_REPRESENTATIVE},
    {NULL, COLUMN_NONE},
};
enum { LANGUAGE_FR, LANGUAGE_NL, LANGUAGE_EN };
static const char *const language_codes[] = {"fr", "nl", "en"};
static const struct text_word language_names[] = {
    {"francais", LANGUAGE_FR}, {"french", LANGUAGE_FR},
    {"frans", LANGUAGE_FR},    {"neerlandais", LANGUAGE_NL},
    {"dutch", LANGUAGE_NL},    {"nederlands", LANGUAGE_NL},
    {"anglais", LANGUAGE_EN},  {"english", LANGUAGE_EN},
    {"engels", LANGUAGE_EN},   {NULL, 0},
};
static const char *const tie_words[] = {"worker", "volunteer", "beneficiary", "partner"};
static const struct text_word tie_names[] = {
    {"travailleur", 0},  {"travailleuse", 0}, {"werknemer", 0}, {"benevole", 1},
    {"vrijwilliger", 1}, {"beneficiaire", 2}, {"usager", 2},    {"gebruiker", 2},
    {"begunstigde", 2},  {"partenaire", 3},   {NULL, 0},
};
/* Into the order of member_standing_roles. */
static const struct text_word role_names[] = {
    {"gestion", 0},     {"beheer", 0},       {"administrator", 0}, {"animation", 1},
    {"begeleiding", 1}, {"facilitation", 1}, {"secretariat", 2},   {"secretariaat", 2},
    {"controle", 3},    {"observateur", 4},  {"observatrice", 4},  {"waarnemer", 4},
    {NULL, 0},
};

enum invite_column invite_column_find(struct slice heading)
{
    unsigned column = COLUMN_NONE;
    struct slice text = text_trimmed(heading);
    for (unsigned i = COLUMN_NAME; i < COLUMNS && column == COLUMN_NONE; i++) {
        column = text_equals(slice_text(invite_column_words[i]), text) ? i : COLUMN_NONE;
    }
    if (column == COLUMN_NONE) {
        (void)text_means(headings, text, &column);
    }
    return (enum invite_column)column;
}

/* ---- one cell ---- */

struct cell_reading {
    const struct csv_table *table;
    size_t row, at; /* cell */
    enum invite_column column;
    struct slice text;
    const struct invite_row_rules *rules;
    json_t *fields, *errors;
};

static void fault(const struct cell_reading *cell, const char *word)
{
    size_t line = 0, in_line = 0;
    json_t *error = json_object();
    csv_at_place(cell->table, cell->row, cell->at, &line, &in_line);
    json_put(error, "line", json_number(line));
    json_put(error, "at", json_number(in_line));
    json_put(error, "column", json_text(slice_text(invite_column_words[cell->column])));
    json_put(error, "word", json_text(slice_text(word)));
    struct slice shown = utf8_prefix(cell->text, 40);
    if (shown.size > 0 && utf8_is_clean(shown, false)) {
        json_put(error, "value", json_text(shown));
    }
    json_array_append_new(cell->errors, error);
}

/* A cell that a spreadsheet takes for a formula. */
static bool is_formula(struct slice text)
{
    return text.size > 0 && memchr("=+-@", text.data[0], 4) != NULL;
}

static bool good_line(const struct cell_reading *cell, size_t max)
{
    const char *word = is_formula(cell->text)              ? "formula"
                       : !utf8_is_clean(cell->text, false) ? "bad_text"
                       : utf8_length(cell->text) > max     ? "too_long"
                                                           : NULL;
    if (word != NULL) {
        fault(cell, word);
    }
    return word == NULL;
}

static void put_line(const struct cell_reading *cell, const char *field)
{
    if (good_line(cell, NAME_MAX_CHARACTERS)) {
        json_put(cell->fields, field, json_text(cell->text));
    }
}

static void read_email(const struct cell_reading *cell)
{
    if (!good_line(cell, EMAIL_MAX)) {
        return;
    }
    if (cell->text.size > EMAIL_MAX || !member_email_is_good(cell->text)) {
        fault(cell, "bad_email");
    } else {
        json_put(cell->fields, "email", json_text(cell->text));
    }
}

static bool is_small(uint8_t byte)
{
    return byte >= 'a' && byte <= 'z';
}

static void read_language(const struct cell_reading *cell)
{
    unsigned language = 0;
    for (size_t i = 0; i < 3; i++) {
        if (text_equals(slice_text(language_codes[i]), cell->text)) {
            json_put(cell->fields, "language", json_text(slice_text(language_codes[i])));
            return;
        }
    }
    if (text_means(language_names, cell->text, &language)) {
        json_put(cell->fields, "language", json_text(slice_text(language_codes[language])));
    } else if (cell->text.size == 2 && is_small(cell->text.data[0]) &&
               is_small(cell->text.data[1])) { /* a language the organisation added */
        json_put(cell->fields, "language", json_text(cell->text));
    } else {
        fault(cell, "bad_language");
    }
}

static bool labels_have(const json_t *labels, struct slice text)
{
    const char *language;
    json_t *label;
    json_object_foreach((json_t *)(uintptr_t)labels, language, label)
    {
        if (text_equals(slice_of(json_string_value(label), json_string_length(label)), text)) {
            return true;
        }
    }
    return false;
}

static void read_class(const struct cell_reading *cell)
{
    size_t i;
    json_t *class;
    json_array_foreach(cell->rules->classes, i, class)
    {
        if (text_equals(json_get_text(class, "key"), cell->text) ||
            slice_equal(json_get_text(class, "id"), cell->text) ||
            labels_have(json_object_get(class, "label"), cell->text)) {
            json_put(cell->fields, "class", json_text(json_get_text(class, "id")));
            return;
        }
    }
    fault(cell, "bad_class");
}

static void read_number(const struct cell_reading *cell, const char *field, uint64_t least)
{
    uint64_t value = 0;
    bool good = cell->text.size > 0 && cell->text.size <= 10;
    for (size_t i = 0; good && i < cell->text.size; i++) {
        good = cell->text.data[i] >= '0' && cell->text.data[i] <= '9';
        value = 10 * value + (uint64_t)(cell->text.data[i] - '0');
    }
    if (!good || value < least || value > UINT32_MAX) {
        fault(cell, "bad_number");
    } else if (!cell->rules->gives) {
        fault(cell, "no_right");
    } else {
        json_put(cell->fields, field, json_number(value));
    }
}

/* The next of the words that | separates; false = no more. */
static bool next_word(struct slice *rest, struct slice *word)
{
    if (rest->size == 0) {
        return false;
    }
    const uint8_t *bar = memchr(rest->data, '|', rest->size);
    size_t size = bar == NULL ? rest->size : (size_t)(bar - rest->data);
    *word = text_trimmed(slice_of(rest->data, size));
    *rest = slice_of(rest->data + size + (bar != NULL), rest->size - size - (bar != NULL));
    return true;
}

static bool add_once(json_t *list, struct slice word)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (slice_equal(slice_of(json_string_value(item), json_string_length(item)), word)) {
            return false;
        }
    }
    json_array_append_new(list, json_text(word));
    return true;
}

static void read_ties(const struct cell_reading *cell)
{
    struct slice rest = cell->text, word;
    unsigned tie = 0;
    json_t *ties = json_array();
    bool good = good_line(cell, 400);
    while (good && next_word(&rest, &word)) {
        if (utf8_length(word) > 35 || json_array_size(ties) >= 10) {
            fault(cell, "too_long");
            good = false;
        } else if (word.size > 0) {
            bool usual = text_means(tie_names, word, &tie);
            add_once(ties, usual ? slice_text(tie_words[tie]) : word);
        }
    }
    json_put(cell->fields, "ties", good ? ties : NULL);
    if (!good) {
        json_decref(ties);
    }
}

static bool role_find(struct slice word, const char **role)
{
    unsigned known = 0;
    for (unsigned i = 0; member_standing_roles[i] != NULL; i++) {
        if (text_equals(slice_text(member_standing_roles[i]), word)) {
            *role = member_standing_roles[i];
            return true;
        }
    }
    if (!text_means(role_names, word, &known)) {
        return false;
    }
    *role = member_standing_roles[known];
    return true;
}

static bool is_member_word(struct slice word)
{
    return text_equals(slice_text("member"), word) || text_equals(slice_text("membre"), word) ||
           text_equals(slice_text("lid"), word);
}

static void read_roles(const struct cell_reading *cell)
{
    struct slice rest = cell->text, word;
    const char *role = NULL;
    json_t *roles = json_array();
    const char *wrong = NULL;
    while (wrong == NULL && next_word(&rest, &word)) {
        if (word.size == 0 || is_member_word(word)) {
            continue;
        }
        if (!role_find(word, &role)) {
            wrong = "bad_role";
        } else if (!cell->rules->gives && strcmp(role, "observer") != 0) {
            wrong = "no_right";
        } else {
            add_once(roles, slice_text(role));
        }
    }
    if (wrong != NULL) {
        fault(cell, wrong);
    } else if (json_array_size(roles) > 0) {
        json_put(cell->fields, "roles", json_incref(roles));
    }
    json_decref(roles);
}

static void read_cell(const struct cell_reading *cell)
{
    switch (cell->column) {
    case COLUMN_NAME:
        put_line(cell, "name");
        return;
    case COLUMN_FIRST_NAME:
        put_line(cell, "first_name");
        return;
    case COLUMN_EMAIL:
        read_email(cell);
        return;
    case COLUMN_LANGUAGE:
        read_language(cell);
        return;
    case COLUMN_CLASS:
        read_class(cell);
        return;
    case COLUMN_SHARES:
        read_number(cell, "shares", 0);
        return;
    case COLUMN_WEIGHT:
        read_number(cell, "weight", 1);
        return;
    case COLUMN_TIES:
        read_ties(cell);
        return;
    case COLUMN_ROLES:
        read_roles(cell);
        return;
    case COLUMN_REPRESENTATIVE:
        put_line(cell, "representative");
        return;
    case COLUMN_NONE:
    case COLUMNS:
        return;
    }
}

/* ---- the row ---- */

/* "Prénom" and "Nom" make one name. */
static void join_names(const struct cell_reading *cell)
{
    struct slice first = json_get_text(cell->fields, "first_name");
    struct slice last = json_get_text(cell->fields, "name");
    if (first.size > 0) {
        struct buffer whole;
        buffer_init(&whole, 8 * NAME_MAX_CHARACTERS + 1);
        buffer_append_slice(&whole, first);
        buffer_append_text(&whole, last.size > 0 ? " " : "");
        buffer_append_slice(&whole, last);
        if (utf8_length(buffer_slice(&whole)) > NAME_MAX_CHARACTERS) {
            fault(cell, "too_long");
        } else {
            json_put(cell->fields, "name", json_text(buffer_slice(&whole)));
        }
        buffer_free(&whole);
    }
    json_object_del(cell->fields, "first_name");
}

static void complete_row(struct cell_reading *cell)
{
    bool wrong = json_array_size(cell->errors) > 0;
    cell->at = 0;
    cell->text = slice_text("");
    cell->column = COLUMN_NAME;
    join_names(cell);
    if (!wrong && json_get_text(cell->fields, "name").size == 0 &&
        json_get_text(cell->fields, "email").size == 0) {
        fault(cell, "nobody");
    }
    if (json_object_get(cell->fields, "class") == NULL) {
        cell->column = COLUMN_CLASS;
        if (!id_is_none(cell->rules->default_class)) {
            json_put(cell->fields, "class", json_id(cell->rules->default_class));
        } else if (!wrong) {
            fault(cell, "no_class");
        }
    }
    if (json_object_get(cell->fields, "representative") != NULL) {
        json_put(cell->fields, "kind", json_text(slice_text("organisation")));
    }
}

void invite_row_read(const struct csv_table *table, size_t row, const enum invite_column *columns,
                     size_t count, const struct invite_row_rules *rules, json_t *fields,
                     json_t *errors)
{
    size_t width = csv_width(table, row);
    struct cell_reading cell = {
        .table = table, .row = row, .rules = rules, .fields = fields, .errors = errors};
    if (width != count) {
        cell.at = width > count ? count : width - 1;
        cell.text = csv_at(table, row, cell.at);
        fault(&cell, width > count ? "too_many_cells" : "too_few_cells");
    }
    for (size_t i = 0; i < width && i < count; i++) {
        cell.at = i;
        cell.column = columns[i];
        cell.text = text_trimmed(csv_at(table, row, i));
        if (cell.text.size > 0) {
            read_cell(&cell);
        }
    }
    complete_row(&cell);
}
