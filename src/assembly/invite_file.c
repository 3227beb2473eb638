/* Inviting from a list: a file is looked at in pieces, then those who are new are invited by the dozen.
 *
 * member.preview reads: it takes a piece of the file as bytes (32 KiB: a frame holds 64), says what every row means, who
 * is new and who is known, and where the next piece begins; heading, separator and line go along from piece to piece, so
 * the server keeps nothing and a row is never cut. The browser and `palabre invite --csv` send the same pieces to the same
 * reader. member.invite_many then invites what was shown.
 *
 * Who is who: an e-mail address, when the row has one, else the name within its class; accents and capitals aside. The
 * same row always proposes the same id (computed with the folder's secret, so that an id tells nobody an address), and an
 * id can be invited once: the same file again, or two people sending it at once, invites nobody twice. A row that says
 * something else of somebody known is shown as such and changes nothing. Start at preview() and invite_many(). */
#include "assembly/invite_file.h"
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/parts.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/utf8.h"

#include <string.h>

enum { PIECE_MAX = 32 * 1024, CELL_MAX = 4096, ROWS_MAX = 20000, MANY_MAX = 50 };

/* ---- shapes ---- */

static const char *const row_words[] = {"new", "known", "differs", "wrong", NULL};
static const struct field column_word = {
    .name = "column", .type = FIELD_WORD, .words = invite_column_words};
static const struct field line_word = {.name = "word", .type = FIELD_LINE, .max = 80};
static const struct field preview_params[] = {
    {.name = "bytes", .type = FIELD_BYTES, .min = 1, .max = PIECE_MAX, .summary = "of the file"},
    {.name = "more", .type = FIELD_FLAG, .optional = true, .summary = "the file goes on"},
    {.name = "class",
     .type = FIELD_LINE,
     .min = 1,
     .max = 64,
     .optional = true,
     .summary = "id or key of the class of rows that name none"},
    {.name = "line",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = 10000000,
     .optional = true,
     .summary = "of the first byte, from the second piece on"},
    {.name = "separator", .type = FIELD_LINE, .min = 1, .max = 3, .optional = true},
    {.name = "columns",
     .type = FIELD_LIST,
     .item = &column_word,
     .min = 1,
     .max = CSV_COLUMNS_MAX,
     .optional = true,
     .summary = "from the second piece on, which has no headings"},
    {0},
};
static const struct field error_fields[] = {
    {.name = "line", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "at", .type = FIELD_INTEGER, .max = INT64_MAX, .summary = "character of the line"},
    {.name = "column", .type = FIELD_WORD, .words = invite_column_words},
    {.name = "word", .type = FIELD_LINE, .max = 40},
    {.name = "value", .type = FIELD_LINE, .max = 40, .optional = true},
    {0},
};
static const struct field error_item = {
    .name = "error", .type = FIELD_OBJECT, .fields = error_fields};
static const struct field difference_fields[] = {
    {.name = "column", .type = FIELD_WORD, .words = invite_column_words},
    {.name = "now", .type = FIELD_LINE, .max = 500, .optional = true},
    {0},
};
static const struct field difference_item = {
    .name = "difference", .type = FIELD_OBJECT, .fields = difference_fields};
static const char *const kind_words[] = {"person", "organisation", NULL};
/* What a row says, as member.invite_many takes it. */
static const struct field person_params[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_LINE, .min = 1, .max = NAME_MAX_CHARACTERS, .optional = true},
    {.name = "kind", .type = FIELD_WORD, .words = kind_words, .optional = true},
    {.name = "representative",
     .type = FIELD_LINE,
     .min = 1,
     .max = NAME_MAX_CHARACTERS,
     .optional = true},
    {.name = "email", .type = FIELD_LINE, .min = 3, .max = EMAIL_MAX, .optional = true},
    {.name = "language", .type = FIELD_LANGUAGE, .optional = true},
    {.name = "class", .type = FIELD_LINE, .min = 1, .max = 64},
    {.name = "shares", .type = FIELD_INTEGER, .min = 0, .max = UINT32_MAX, .optional = true},
    {.name = "weight", .type = FIELD_INTEGER, .min = 1, .max = UINT32_MAX, .optional = true},
    {.name = "ties", .type = FIELD_LIST, .item = &member_tie, .max = 10, .optional = true},
    {.name = "roles", .type = FIELD_LIST, .item = &member_role, .max = 8, .optional = true},
    {0},
};
static const struct field read_fields[] = {
    {.name = "line", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "state", .type = FIELD_WORD, .words = row_words},
    {.name = "person",
     .type = FIELD_ANY,
     .summary = "what the row says, as member.invite_many takes it; its `id` tells who is who"},
    {.name = "known",
     .type = FIELD_OBJECT,
     .fields = person_fields,
     .optional = true,
     .summary = "the member whom the row speaks of"},
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX, .optional = true},
    {.name = "status", .type = FIELD_WORD, .words = member_status_words, .optional = true},
    {.name = "differences",
     .type = FIELD_LIST,
     .item = &difference_item,
     .max = 16,
     .optional = true},
    {.name = "errors", .type = FIELD_LIST, .item = &error_item, .max = 16, .optional = true},
    {0},
};
static const struct field row_item = {.name = "row", .type = FIELD_OBJECT, .fields = read_fields};
static const struct field fault_fields[] = {
    {.name = "line", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "at", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "word", .type = FIELD_LINE, .max = 40},
    {.name = "expected", .type = FIELD_LINE, .max = 200, .summary = "English, for logs"},
    {0},
};
static const struct field preview_result[] = {
    {.name = "separator", .type = FIELD_LINE, .max = 3, .optional = true},
    {.name = "columns", .type = FIELD_LIST, .item = &column_word, .max = 256, .optional = true},
    {.name = "unknown",
     .type = FIELD_LIST,
     .item = &line_word,
     .max = 256,
     .optional = true,
     .summary = "headings whose column is not looked at"},
    {.name = "rows", .type = FIELD_LIST, .item = &row_item, .max = ROWS_MAX},
    {.name = "used",
     .type = FIELD_INTEGER,
     .max = PIECE_MAX,
     .summary = "the next piece begins here"},
    {.name = "line", .type = FIELD_INTEGER, .max = INT64_MAX, .summary = "of the next piece"},
    {.name = "fault",
     .type = FIELD_OBJECT,
     .fields = fault_fields,
     .optional = true,
     .summary = "the file cannot be read as a table from here on"},
    {0},
};
static const struct field person_item = {
    .name = "person", .type = FIELD_OBJECT, .fields = person_params};
static const struct field many_params[] = {
    {.name = "people", .type = FIELD_LIST, .item = &person_item, .min = 1, .max = MANY_MAX},
    {0},
};
static const struct field made_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "link", .type = FIELD_LINE, .max = 300, .summary = "\"/join#…\", without an origin"},
    {0},
};
static const struct field made_item = {.name = "made", .type = FIELD_OBJECT, .fields = made_fields};
static const struct field many_result[] = {
    {.name = "made", .type = FIELD_LIST, .item = &made_item, .max = MANY_MAX},
    {0},
};

/* ---- who is who ---- */

/* The id that this row proposes: the same for the same address, or the same name in the same class. */
static struct id proposed_id(struct request *request, const json_t *person)
{
    uint8_t folded[4 * NAME_MAX_CHARACTERS + EMAIL_MAX];
    struct slice email = json_get_text(person, "email");
    struct buffer text;
    size_t size = email.size > 0
                      ? member_email_folded(email, folded).size
                      : text_folded(json_get_text(person, "name"), folded, sizeof folded);
    buffer_init(&text, sizeof folded + 64);
    buffer_append_text(&text, email.size > 0 ? "email " : "name ");
    buffer_append_slice(&text, email.size > 0 ? slice_text("") : json_get_text(person, "class"));
    buffer_append(&text, folded, size);
    struct hash hash = secret_derive(request_txn(request), buffer_slice(&text));
    buffer_free(&text);
    return id_from_hash(hash);
}

struct known_walk {
    struct store_txn *txn;
    struct slice name, class;
    bool without_email; /* only somebody of whom no address is known */
    struct id found;
};

static bool take_address(void *context, struct slice key, struct slice value)
{
    struct known_walk *walk = context;
    (void)key;
    memcpy(walk->found.bytes, value.data, ID_SIZE);
    return false;
}

static bool take_name(void *context, struct slice key, struct slice value)
{
    struct known_walk *walk = context;
    struct id id;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    json_t *member = document_load(walk->txn, DOCUMENT_MEMBER, id);
    json_t *private = document_load(walk->txn, DOCUMENT_MEMBER_PRIVATE, id);
    bool fits = text_equals(json_get_text(member, "name"), walk->name) &&
                slice_equal(json_get_text(member, "class"), walk->class) &&
                (!walk->without_email || json_get_text(private, "email").size == 0);
    if (fits) {
        walk->found = id;
    }
    json_decref(member);
    json_decref(private);
    return !fits;
}

/* The member whom the row speaks of; none = somebody new. */
static struct id known_member(struct request *request, const json_t *person, struct id proposed)
{
    struct slice email = json_get_text(person, "email");
    struct known_walk walk = {.txn = request_txn(request),
                              .name = json_get_text(person, "name"),
                              .class = json_get_text(person, "class"),
                              .without_email = email.size > 0};
    if (document_exists(walk.txn, DOCUMENT_MEMBER, proposed)) {
        return proposed;
    }
    if (email.size > 0) {
        struct index_key key = member_email_key(email);
        store_scan(walk.txn, TABLE_INDEX, index_key_slice(&key), take_address, &walk);
    }
    if (id_is_none(walk.found) && walk.name.size > 0) {
        struct index_key key = member_name_key(walk.name);
        store_scan(walk.txn, TABLE_INDEX, index_key_slice(&key), take_name, &walk);
    }
    return walk.found;
}

/* ---- what differs ---- */

static void add_difference(json_t *differences, const char *column, struct slice now)
{
    json_t *one = json_object();
    json_put(one, "column", json_text(slice_text(column)));
    json_put(one, "now", now.size == 0 ? NULL : json_text(now));
    json_array_append_new(differences, one);
}

static void compare_text(json_t *differences, const json_t *person, const json_t *document,
                         const char *column)
{
    struct slice said = json_get_text(person, column), is = json_get_text(document, column);
    if (said.size > 0 && !slice_equal(said, is)) {
        add_difference(differences, column, is);
    }
}

static void compare_number(json_t *differences, const json_t *person, const json_t *document,
                           const char *column)
{
    char text[12];
    if (json_object_get(person, column) != NULL &&
        json_get_integer(person, column) != json_get_integer(document, column)) {
        add_difference(differences, column,
                       number_text((uint32_t)json_get_integer(document, column), text));
    }
}

static bool same_words(const json_t *a, const json_t *b)
{
    size_t i, j;
    json_t *one, *other;
    bool all = json_array_size(a) == json_array_size(b);
    json_array_foreach(a, i, one)
    {
        bool found = false;
        json_array_foreach(b, j, other)
        {
            found = found || json_equal(one, other);
        }
        all = all && found;
    }
    return all;
}

static void compare_words(json_t *differences, const json_t *person, const json_t *document,
                          const char *column)
{
    const json_t *said = json_object_get(person, column), *is = json_object_get(document, column);
    if (said == NULL || same_words(said, is)) {
        return;
    }
    size_t i;
    json_t *word;
    struct buffer now;
    buffer_init(&now, 500);
    json_array_foreach(is, i, word)
    {
        buffer_append_text(&now, i > 0 ? ", " : "");
        buffer_append_text(&now, json_string_value(word));
    }
    add_difference(differences, column, buffer_slice(&now));
    buffer_free(&now);
}

/* Where the row says something else than the documents. What a reader may not see is not compared. */
static json_t *differences_of(struct request *request, const json_t *person, const json_t *member,
                              const json_t *private)
{
    json_t *differences = json_array();
    compare_text(differences, person, member, "name");
    compare_text(differences, person, member, "language");
    compare_text(differences, person, member, "class");
    compare_text(differences, person, member, "representative");
    compare_words(differences, person, member, "ties");
    compare_words(differences, person, member, "roles");
    if (request_is(request, WHO_ADMIN | WHO_SECRETARY | WHO_OPERATOR)) {
        compare_text(differences, person, private, "email");
        compare_number(differences, person, private, "shares");
        compare_number(differences, person, private, "weight");
    }
    return differences;
}

/* ---- member.preview ---- */

struct preview {
    struct request *request;
    struct csv_table *table;
    enum invite_column columns[CSV_COLUMNS_MAX];
    size_t count, first; /* columns; the first row with people */
    struct invite_row_rules rules;
};

static void add_known(const struct preview *preview, json_t *row, const json_t *person,
                      struct id known)
{
    struct store_txn *txn = request_txn(preview->request);
    json_t *member = document_load(txn, DOCUMENT_MEMBER, known);
    json_t *private = document_load(txn, DOCUMENT_MEMBER_PRIVATE, known);
    json_t *differences = differences_of(preview->request, person, member, private);
    bool same = json_array_size(differences) == 0;
    json_put(row, "state", json_text(slice_text(same ? "known" : "differs")));
    json_put(row, "known", person_of(txn, known));
    json_put(row, "number", json_number((uint64_t)json_get_integer(member, "number")));
    json_put(row, "status", json_text(json_get_text(member, "status")));
    json_put(row, "differences", differences);
    json_decref(member);
    json_decref(private);
}

static bool row_is_empty(const struct csv_table *table, size_t row)
{
    for (size_t i = 0; i < csv_width(table, row); i++) {
        if (csv_at(table, row, i).size > 0) {
            return false;
        }
    }
    return true;
}

static json_t *read_row(const struct preview *preview, size_t at)
{
    size_t line = 0, in_line = 0;
    json_t *row = json_object(), *person = json_object(), *errors = json_array();
    csv_at_place(preview->table, at, 0, &line, &in_line);
    invite_row_read(preview->table, at, preview->columns, preview->count, &preview->rules, person,
                    errors);
    json_put(row, "line", json_number(line));
    json_put(row, "person", person);
    if (json_array_size(errors) > 0) {
        json_put(row, "state", json_text(slice_text("wrong")));
        json_put(row, "errors", errors);
        return row;
    }
    json_decref(errors);
    struct id proposed = proposed_id(preview->request, person);
    struct id known = known_member(preview->request, person, proposed);
    json_put(person, "id", json_id(id_is_none(known) ? proposed : known));
    if (id_is_none(known)) {
        json_put(row, "state", json_text(slice_text("new")));
    } else {
        add_known(preview, row, person, known);
    }
    return row;
}

static void answer_fault(struct request *request, const struct csv_fault *at)
{
    json_t *fault = json_object();
    json_put(fault, "line", json_number(at->line));
    json_put(fault, "at", json_number(at->column));
    json_put(fault, "word", json_text(slice_text(at->word)));
    json_put(fault, "expected", json_text(slice_text(at->expected)));
    json_put(request->result, "fault", fault);
}

/* Columns come with the request, or from the headings; false = nothing says who the people are. */
static bool read_headings(struct preview *preview)
{
    size_t i;
    json_t *item, *unknown = json_array();
    bool who = false;
    const json_t *given = json_object_get(preview->request->params, "columns");
    json_array_foreach(given, i, item)
    {
        preview->columns[preview->count++] =
            invite_column_find(slice_of(json_string_value(item), json_string_length(item)));
    }
    for (i = 0; given == NULL && i < csv_width(preview->table, 0); i++) {
        struct slice heading = csv_at(preview->table, 0, i);
        preview->columns[preview->count] = invite_column_find(heading);
        if (preview->columns[preview->count++] == COLUMN_NONE && heading.size > 0) {
            json_array_append_new(unknown, json_text(utf8_prefix(heading, 80)));
        }
    }
    json_t *words = json_array();
    for (i = 0; i < preview->count; i++) {
        who = who || preview->columns[i] == COLUMN_NAME || preview->columns[i] == COLUMN_EMAIL;
        json_array_append_new(words,
                              json_text(slice_text(invite_column_words[preview->columns[i]])));
    }
    preview->first = given == NULL ? 1 : 0;
    json_put(preview->request->result, "columns", words);
    json_put(preview->request->result, "unknown", unknown);
    return who;
}

static struct invite_row_rules row_rules(struct request *request, const json_t *organisation)
{
    struct invite_row_rules rules = {
        .classes = json_object_get(organisation, "classes"),
        .gives = request_is(request, WHO_ADMIN | WHO_OPERATOR),
    };
    if (request_has(request, "class")) {
        rules.default_class =
            organisation_class(request_txn(request), request_text(request, "class"));
    } else if (json_array_size(rules.classes) == 1) {
        rules.default_class = json_get_id(json_array_get(rules.classes, 0), "id");
    }
    return rules;
}

static void read_rows(struct preview *preview)
{
    json_t *rows = json_object_get(preview->request->result, "rows");
    json_t *organisation = organisation_load(request_txn(preview->request));
    preview->rules = row_rules(preview->request, organisation);
    for (size_t at = preview->first; at < csv_height(preview->table); at++) {
        if (!row_is_empty(preview->table, at)) {
            json_array_append_new(rows, read_row(preview, at));
        }
    }
    json_decref(organisation);
}

static enum error read_table(struct request *request, struct slice bytes, struct preview *preview,
                             struct csv_fault *fault)
{
    struct slice separator = request_text(request, "separator");
    struct csv_rules rules = {
        .separator = (char)(separator.size > 0 ? separator.data[0] : 0),
        .uneven = true,
        .more = json_get_flag(request->params, "more"),
        .line = (size_t)json_get_integer(request->params, "line"),
        .bytes_max = PIECE_MAX,
        .cell_max = CELL_MAX,
    };
    /* A tab does not travel as a line of text. */
    rules.separator = slice_equal(separator, slice_text("tab")) ? '\t' : rules.separator;
    return csv_parse(bytes, &rules, &preview->table, fault);
}

static void answer_table(struct request *request, struct preview *preview)
{
    char separator[2] = {csv_separator(preview->table), '\0'};
    struct csv_fault nobody = {.line = 1, .column = 1, .word = "headings"};
    json_put(request->result, "separator",
             json_text(slice_text(separator[0] == '\t' ? "tab" : separator)));
    if (read_headings(preview)) {
        read_rows(preview);
        json_put(request->result, "used", json_number(csv_used(preview->table)));
        json_put(request->result, "line", json_number(csv_next_line(preview->table)));
    } else {
        answer_fault(request, &nobody);
    }
}

static enum error preview(struct request *request)
{
    struct preview reading = {.request = request};
    struct csv_fault fault = {.word = ""};
    struct buffer bytes;
    if (request_has(request, "class") &&
        id_is_none(organisation_class(request_txn(request), request_text(request, "class")))) {
        return request_fault(request, "class", ERROR_CLASS_UNKNOWN);
    }
    buffer_init(&bytes, PIECE_MAX);
    (void)encoding_from_base64url(request_text(request, "bytes"), &bytes);
    request->result = json_object();
    json_put(request->result, "rows", json_array());
    json_put(request->result, "used", json_number(0));
    json_put(request->result, "line", json_number(0));
    if (read_table(request, buffer_slice(&bytes), &reading, &fault) == ERROR_NONE) {
        answer_table(request, &reading);
        csv_free(reading.table);
    } else {
        answer_fault(request, &fault);
    }
    buffer_free(&bytes);
    return ERROR_NONE;
}

/* ---- member.invite_many ---- */

static enum error check_person(struct request *request, const json_t *person, size_t at)
{
    struct record_member known;
    struct store_txn *txn = request_txn(request);
    const json_t *people = json_object_get(request->params, "people");
    struct id id = json_get_id(person, "id");
    if (record_member(txn, id, &known)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    for (size_t i = 0; i < at; i++) {
        if (id_equal(json_get_id(json_array_get(people, i), "id"), id)) {
            return request_fault(request, "id", ERROR_INPUT_BAD_VALUE);
        }
    }
    if (id_is_none(organisation_class(txn, json_get_text(person, "class")))) {
        return request_fault(request, "class", ERROR_CLASS_UNKNOWN);
    }
    struct slice email = json_get_text(person, "email");
    if (email.size > 0 && !member_email_is_good(email)) {
        return request_fault(request, "email", ERROR_INPUT_BAD_VALUE);
    }
    return invitation_check_gifts(request, person);
}

/* All or none. */
static enum error invite_many(struct request *request)
{
    size_t i;
    json_t *person;
    struct id nobody = {{0}};
    enum error error = ERROR_NONE;
    struct store_txn *txn = request_txn(request);
    const json_t *people = json_object_get(request->params, "people");
    json_array_foreach(people, i, person)
    {
        error = error == ERROR_NONE ? check_person(request, person, i) : error;
    }
    uint32_t number = number_next(txn, NUMBER_MEMBER);
    json_array_foreach(people, i, person)
    {
        if (error == ERROR_NONE) {
            invitation_emit(request, json_get_id(person, "id"), number + (uint32_t)i, person,
                            organisation_class(txn, json_get_text(person, "class")), nobody);
        }
    }
    return error;
}

static void answer_many(struct request *request)
{
    size_t i;
    json_t *person, *made = json_array();
    json_t *result = request->result;
    json_array_foreach(json_object_get(request->params, "people"), i, person)
    {
        struct id id = json_get_id(person, "id");
        json_t *member = document_load(request_txn(request), DOCUMENT_MEMBER, id);
        json_t *one = json_object();
        json_put(one, "id", json_id(id));
        json_put(one, "number", json_number((uint64_t)json_get_integer(member, "number")));
        request->result = one;
        invitation_answer(request, id);
        json_array_append_new(made, one);
        json_decref(member);
    }
    request->result = result;
    json_put(result, "made", made);
}

/* ---- tables ---- */

static const enum error preview_errors[] = {ERROR_CLASS_UNKNOWN, ERROR_NONE};
static const enum error many_errors[] = {ERROR_CLASS_UNKNOWN, ERROR_CONFLICT, ERROR_NONE};
static const struct command commands[] = {
    {.method = "member.preview",
     .who = WHO_FACILITATOR | WHO_ADMIN | WHO_OPERATOR,
     .flags = COMMAND_READ,
     .params = preview_params,
     .result = preview_result,
     .handle = preview,
     .errors = preview_errors,
     .summary = "What a piece of a list of people means: who is new, who is known, what is wrong",
     .example = "{\"bytes\":\"bmFtZSxlbWFpbApBbixhbkBleGFtcGxlLm9yZwo\"}"},
    {.method = "member.invite_many",
     .who = WHO_FACILITATOR | WHO_ADMIN | WHO_OPERATOR,
     .flags = COMMAND_WRITE,
     .params = many_params,
     .result = many_result,
     .handle = invite_many,
     .answer = answer_many,
     .errors = many_errors,
     .summary = "Invite several people, all or none: answers a link for each"},
    {0},
};
const struct concept concept_invite_file = {.name = "invite_file", .commands = commands};
