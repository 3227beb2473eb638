/* Lists of who is at a meeting: read page by page, and brought in from a file.
 *
 * A file has a heading and a row for each person: name or e-mail address, whether they are present, whether from elsewhere.
 * It is read in pieces of whole rows, each with the heading, so the server keeps nothing between them; attendance.preview
 * says what each row would do, attendance.import does it and reports the rows that it left out. Both read with the same
 * eyes. Nobody is guessed: a name that several members have is reported, and so is whoever is nowhere.
 * Proxies come on paper: a row that brings one is refused, the others pass. Start at read_row(). */
#include "assembly/attendance.h"
#include "assembly/invite_file.h"
#include "assembly/meeting.h"
#include "assembly/member.h"
#include "base/encoding.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum {
    PIECE_MAX = 32 * 1024,
    CELL_MAX = 4096,
    ROWS_MAX = 400, /* of a piece; each may be an event */
    SHOWN_MAX = 40,
    SCAN_MAX = 3000
};

/* ---- shapes ---- */

static const char *const column_words[] = {"none",    "name",   "first_name", "email",
                                           "present", "remote", "proxy_for",  NULL};
enum column { NONE, NAME, FIRST_NAME, EMAIL, PRESENT, REMOTE, PROXY_FOR, COLUMN_KINDS };
static const char *const row_words[] = {"in", "out", "same", "wrong", NULL};
static const char *const error_words[] = {
    "nobody", "unknown", "several", "twice", "bad_flag", "proxy", "remote", "too_many_cells", NULL};

const struct field attendance_list_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {.name = "after", .type = FIELD_LINE, .min = 1, .max = 200, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
static const struct field listed = {
    .name = "document", .type = FIELD_ANY, .document = DOCUMENT_ATTENDANCE};
const struct field attendance_list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &listed, .max = 200},
    {.name = "next", .type = FIELD_LINE, .max = 200, .nullable = true},
    {0},
};
const struct field attendance_import_params[] = {
    {.name = "meeting", .type = FIELD_REF, .number = NUMBER_MEETING},
    {.name = "csv",
     .type = FIELD_BYTES,
     .min = 1,
     .max = PIECE_MAX,
     .summary = "the heading and some whole rows, UTF-8"},
    {.name = "line",
     .type = FIELD_INTEGER,
     .min = 1,
     .max = 10000000,
     .optional = true,
     .summary = "of the file, on which the first row after the heading stands; 2 when left out"},
    {.name = "import",
     .type = FIELD_ID,
     .optional = true,
     .summary = "made by the client, the same for all pieces: to take them back"},
    {0},
};
static const struct field error_fields[] = {
    {.name = "line", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "column", .type = FIELD_WORD, .words = column_words},
    {.name = "word", .type = FIELD_WORD, .words = error_words},
    {.name = "value", .type = FIELD_LINE, .max = SHOWN_MAX, .optional = true},
    {0},
};
static const struct field error_item = {
    .name = "error", .type = FIELD_OBJECT, .fields = error_fields};
static const struct field row_fields[] = {
    {.name = "line", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "state",
     .type = FIELD_WORD,
     .words = row_words,
     .summary = "in, out: what it would do; same: it is so already"},
    {.name = "member", .type = FIELD_OBJECT, .fields = person_fields, .optional = true},
    {.name = "remote", .type = FIELD_FLAG},
    {.name = "error", .type = FIELD_OBJECT, .fields = error_fields, .optional = true},
    {0},
};
static const struct field row_item = {.name = "row", .type = FIELD_OBJECT, .fields = row_fields};
static const struct field heading = {.name = "heading", .type = FIELD_LINE, .max = 80};
static const struct field fault_fields[] = {
    {.name = "line", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "at", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "word", .type = FIELD_LINE, .max = 40},
    {.name = "expected", .type = FIELD_LINE, .max = 200, .summary = "English, for logs"},
    {0},
};
const struct field attendance_preview_result[] = {
    {.name = "rows", .type = FIELD_LIST, .item = &row_item, .max = ROWS_MAX},
    {.name = "unknown",
     .type = FIELD_LIST,
     .item = &heading,
     .max = CSV_COLUMNS_MAX,
     .summary = "headings whose column is not looked at"},
    {.name = "fault",
     .type = FIELD_OBJECT,
     .fields = fault_fields,
     .optional = true,
     .summary =
         "it cannot be read as a table of people; its word \"who\": no column says who they are"},
    {0},
};
const struct field attendance_import_result[] = {
    {.name = "recorded",
     .type = FIELD_INTEGER,
     .max = ROWS_MAX,
     .summary = "rows that are so now, those that were so before included"},
    {.name = "errors",
     .type = FIELD_LIST,
     .item = &error_item,
     .max = ROWS_MAX,
     .summary = "rows that were left out"},
    {0},
};

/* ---- attendance.list ---- */

/* Those at the door, and whoever is or was there. */
static bool may_read_names(const struct request *request, struct id id, const json_t *meeting)
{
    return meeting_may_record(request, meeting) ||
           attendance_is_known(request_txn(request), id, request->caller.member);
}

enum error attendance_list(struct request *request)
{
    struct id id;
    json_t *meeting;
    struct index_key prefix = index_key(INDEX_ATTENDANCE_OF);
    enum error error = meeting_find(request, "meeting", &id, &meeting);
    if (error == ERROR_NONE && !may_read_names(request, id, meeting)) {
        error = request_fault(request, "meeting", ERROR_RIGHT_MISSING);
    }
    if (error == ERROR_NONE) {
        index_key_id(&prefix, id);
        error = request_answer_list(request, index_key_slice(&prefix), DOCUMENT_ATTENDANCE, NULL,
                                    SCAN_MAX);
    }
    json_decref(meeting);
    return error;
}

/* ---- words of columns and cells ---- */

static const struct text_word headings[] = {
    {"present", PRESENT},
    {"presence", PRESENT},
    {"aanwezig", PRESENT},
    {"presente", PRESENT},
    {"aanwezigheid", PRESENT},
    {"attendance", PRESENT},
    {"remote", REMOTE},
    {"online", REMOTE},
    {"a distance", REMOTE},
    {"distance", REMOTE},
    {"en ligne", REMOTE},
    {"op afstand", REMOTE},
    {"proxy for", PROXY_FOR},
    {"proxy_for", PROXY_FOR},
    {"procuration de", PROXY_FOR},
    {"proxy", PROXY_FOR},
    {"procuration", PROXY_FOR},
    {"represente", PROXY_FOR},
    {"volmacht", PROXY_FOR},
    {"volmacht van", PROXY_FOR},
    {"vertegenwoordigt", PROXY_FOR},
    {NULL, NONE},
};
enum { NO, YES };
static const struct text_word flags[] = {
    {"1", YES},    {"x", YES},      {"yes", YES},     {"y", YES},        {"true", YES},
    {"oui", YES},  {"o", YES},      {"vrai", YES},    {"ja", YES},       {"j", YES},
    {"waar", YES}, {"v", YES},      {"present", YES}, {"presente", YES}, {"aanwezig", YES},
    {"0", NO},     {"no", NO},      {"n", NO},        {"false", NO},     {"non", NO},
    {"faux", NO},  {"nee", NO},     {"onwaar", NO},   {"absent", NO},    {"absente", NO},
    {"-", NO},     {"afwezig", NO}, {NULL, NO},
};

static enum column column_of(struct slice text)
{
    unsigned means = NONE;
    (void)text_means(headings, text, &means);
    switch (invite_column_find(text)) {
    case COLUMN_NAME:
        return NAME;
    case COLUMN_FIRST_NAME:
        return FIRST_NAME;
    case COLUMN_EMAIL:
        return EMAIL;
    default:
        return (enum column)means;
    }
}

/* ---- who a row speaks of ---- */

struct lookup {
    struct store_txn *txn;
    struct slice name, email; /* size 0 = not said */
    bool by_hidden;           /* also by an address that its member does not show */
    bool by_email;            /* now */
    struct id found;
    size_t count;
};

static bool consider(void *context, struct slice key, struct slice value)
{
    struct lookup *lookup = context;
    struct id id;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    json_t *member = document_load(lookup->txn, DOCUMENT_MEMBER, id);
    bool hidden = lookup->by_email && json_object_get(member, "email") == NULL;
    if (attendance_may_come(lookup->txn, id) && (!hidden || lookup->by_hidden) &&
        (lookup->name.size == 0 || text_equals(json_get_text(member, "name"), lookup->name))) {
        lookup->found = id;
        lookup->count++;
    }
    json_decref(member);
    return lookup->count < 2;
}

/* By the address; when it is nobody's, or somebody's of another name, by the name. */
static void look_up(struct lookup *lookup)
{
    if (lookup->email.size > 0) {
        struct index_key key = member_email_key(lookup->email);
        lookup->by_email = true;
        store_scan(lookup->txn, TABLE_INDEX, index_key_slice(&key), consider, lookup);
        lookup->by_email = false;
    }
    if (lookup->count == 0 && lookup->name.size > 0) {
        struct index_key key = member_name_key(lookup->name);
        store_scan(lookup->txn, TABLE_INDEX, index_key_slice(&key), consider, lookup);
    }
}

/* ---- a row ---- */

struct reading {
    struct request *request;
    struct id meeting;
    bool remote_allowed, by_hidden;
    struct csv_table *table;
    struct csv_fault fault; /* when there is no table */
    size_t line;            /* of the first row after the heading, in the file */
    enum column columns[CSV_COLUMNS_MAX];
    json_t *unknown; /* headings */
    struct id seen[ROWS_MAX];
    size_t seen_count;
};
struct row {
    size_t at, line;
    char name[2 * 4 * NAME_MAX_CHARACTERS + 2];
    struct id member;
    bool present, remote;
    const char *state;
    const char *wrong; /* word of the error; NULL = good */
    enum column column;
};

static size_t column_at(const struct reading *reading, enum column column)
{
    size_t at = 0;
    while (at < csv_columns(reading->table) && reading->columns[at] != column) {
        at++;
    }
    return at;
}

static bool has_column(const struct reading *reading, enum column column)
{
    return column_at(reading, column) < csv_columns(reading->table);
}

/* Empty without the column, and in a short row. */
static struct slice cell(const struct reading *reading, const struct row *row, enum column column)
{
    size_t at = column_at(reading, column);
    return at < csv_columns(reading->table) && at < csv_width(reading->table, row->at)
               ? text_trimmed(csv_at(reading->table, row->at, at))
               : slice_text("");
}

static void fault_row(struct row *row, enum column column, const char *word)
{
    if (row->wrong == NULL) {
        row->wrong = word;
        row->column = column;
        row->state = "wrong";
    }
}

static bool read_flag(const struct reading *reading, struct row *row, enum column column)
{
    unsigned means = NO;
    struct slice text = cell(reading, row, column);
    if (text.size > 0 && !text_means(flags, text, &means)) {
        fault_row(row, column, "bad_flag");
    }
    return means == YES;
}

/* "Prénom" and "Nom" make one name. */
static struct slice whole_name(const struct reading *reading, struct row *row)
{
    struct slice first = cell(reading, row, FIRST_NAME), last = cell(reading, row, NAME);
    int size = snprintf(row->name, sizeof row->name, "%.*s%s%.*s", (int)first.size,
                        (const char *)first.data, first.size > 0 && last.size > 0 ? " " : "",
                        (int)last.size, (const char *)last.data);
    return size < 0 || (size_t)size >= sizeof row->name ? slice_text("") : slice_text(row->name);
}

static bool was_seen(struct reading *reading, struct id member)
{
    for (size_t i = 0; i < reading->seen_count; i++) {
        if (id_equal(reading->seen[i], member)) {
            return true;
        }
    }
    reading->seen[reading->seen_count++] = member;
    return false;
}

static void read_who(struct reading *reading, struct row *row)
{
    struct lookup lookup = {.txn = request_txn(reading->request),
                            .name = whole_name(reading, row),
                            .email = cell(reading, row, EMAIL),
                            .by_hidden = reading->by_hidden};
    enum column column = lookup.name.size > 0 ? NAME : EMAIL;
    look_up(&lookup);
    if (lookup.name.size == 0 && lookup.email.size == 0) {
        fault_row(row, NAME, "nobody");
    } else if (lookup.count != 1) {
        fault_row(row, column, lookup.count == 0 ? "unknown" : "several");
    } else if (was_seen(reading, lookup.found)) {
        fault_row(row, column, "twice");
    } else {
        row->member = lookup.found;
    }
}

/* Without a word on it, who is there already stays where they are. */
static void compare(const struct reading *reading, struct row *row)
{
    bool remote = false;
    bool there =
        attendance_is_there(request_txn(reading->request), reading->meeting, row->member, &remote);
    if (there && cell(reading, row, REMOTE).size == 0) {
        row->remote = remote;
    }
    bool same = there == row->present && (!there || remote == row->remote);
    row->state = same ? "same" : row->present ? "in" : "out";
}

/* Its cells may stand under other headings than their own. Separators at the end of a row that reads well do no harm. */
static void check_width(const struct reading *reading, struct row *row)
{
    size_t width = csv_width(reading->table, row->at), count = csv_columns(reading->table);
    bool shifted = width > count && row->wrong != NULL;
    for (size_t i = count; i < width; i++) {
        shifted |= text_trimmed(csv_at(reading->table, row->at, i)).size > 0;
    }
    if (shifted) {
        row->wrong = NULL;
        row->member = (struct id){0};
        fault_row(row, has_column(reading, NAME) ? NAME : EMAIL, "too_many_cells");
    }
}

static struct row read_row(struct reading *reading, size_t at)
{
    struct row row = {.at = at};
    size_t in_line = 0, first = 0;
    csv_at_place(reading->table, at, 0, &row.line, &in_line);
    csv_at_place(reading->table, 1, 0, &first, &in_line);
    row.line = reading->line + row.line - first;
    read_who(reading, &row);
    row.present = !has_column(reading, PRESENT) || read_flag(reading, &row, PRESENT);
    row.remote = read_flag(reading, &row, REMOTE);
    if (cell(reading, &row, PROXY_FOR).size > 0) {
        fault_row(&row, PROXY_FOR, "proxy");
    }
    if (row.present && row.remote && !reading->remote_allowed) {
        fault_row(&row, REMOTE, "remote");
    }
    check_width(reading, &row);
    if (row.wrong == NULL) {
        compare(reading, &row);
    }
    return row;
}

static bool is_empty(const struct reading *reading, size_t at)
{
    for (size_t i = 0; i < csv_width(reading->table, at); i++) {
        if (csv_at(reading->table, at, i).size > 0) {
            return false;
        }
    }
    return true;
}

/* ---- the table ---- */

static void read_headings(struct reading *reading)
{
    for (size_t i = 0; i < csv_columns(reading->table); i++) {
        struct slice text = text_trimmed(csv_at(reading->table, 0, i));
        reading->columns[i] = column_of(text);
        if (reading->columns[i] == NONE && text.size > 0 && utf8_is_clean(text, false)) {
            json_array_append_new(reading->unknown, json_text(utf8_prefix(text, SHOWN_MAX)));
        }
    }
}

static enum error check_table(struct reading *reading)
{
    if (csv_height(reading->table) > ROWS_MAX + 1) {
        return request_fault(reading->request, "csv", ERROR_INPUT_TOO_BIG);
    }
    if (!has_column(reading, NAME) && !has_column(reading, EMAIL)) {
        reading->fault = (struct csv_fault){
            .line = 1, .column = 1, .word = "who", .expected = "a column name or email"};
        return ERROR_IMPORT_UNREADABLE;
    }
    return ERROR_NONE;
}

static void reading_end(struct reading *reading)
{
    if (reading->table != NULL) {
        csv_free(reading->table);
    }
    json_decref(reading->unknown);
}

/* Whose address is whose: known to offices, and to the officers of an assembly or a board, whom these named. Any member
 * calls a work session, and anybody's group meets. */
static bool may_know_addresses(const struct request *request, const json_t *meeting)
{
    struct slice kind = json_get_text(meeting, "meeting_kind");
    return request_is(request, WHO_FACILITATOR | WHO_SECRETARY | WHO_ADMIN) ||
           slice_equal(kind, slice_text("general_assembly")) ||
           slice_equal(kind, slice_text("board"));
}

/* IMPORT_UNREADABLE with reading->fault. Whatever is answered, reading_end(). */
static enum error read_table(struct request *request, struct id id, const json_t *meeting,
                             struct reading *reading)
{
    struct buffer bytes;
    struct csv_rules rules = {.uneven = true, .cell_max = CELL_MAX};
    *reading = (struct reading){.request = request,
                                .meeting = id,
                                .remote_allowed = json_get_flag(meeting, "remote"),
                                .by_hidden = may_know_addresses(request, meeting),
                                .unknown = json_array(),
                                .line = 2};
    if (request_has(request, "line")) {
        reading->line = (size_t)json_get_integer(request->params, "line");
    }
    buffer_init(&bytes, PIECE_MAX);
    (void)encoding_from_base64url(request_text(request, "csv"), &bytes); /* its shape is checked */
    enum error error = csv_parse(buffer_slice(&bytes), &rules, &reading->table, &reading->fault);
    buffer_free(&bytes);
    if (error == ERROR_NONE) {
        read_headings(reading);
        error = check_table(reading);
    }
    return error;
}

/* The meeting whose door the caller keeps. Without error *meeting is a new reference. */
static enum error check_meeting(struct request *request, struct id *id, json_t **meeting)
{
    enum error error = meeting_find(request, "meeting", id, meeting);
    if (error == ERROR_NONE && !meeting_may_record(request, *meeting)) {
        error = request_fault(request, "meeting", ERROR_RIGHT_MISSING);
    } else if (error == ERROR_NONE && !attendance_doors_are_open(*meeting, request->now_ms)) {
        error = request_fault(request, "meeting", ERROR_MEETING_BAD_STATE);
    }
    if (error != ERROR_NONE) {
        json_decref(*meeting);
    }
    return error;
}

/* ---- attendance.preview, attendance.import ---- */

static json_t *error_json(const struct reading *reading, const struct row *row)
{
    json_t *error = json_object();
    struct slice shown = utf8_prefix(cell(reading, row, row->column), SHOWN_MAX);
    json_put(error, "line", json_number(row->line));
    json_put(error, "column", json_text(slice_text(column_words[row->column])));
    json_put(error, "word", json_text(slice_text(row->wrong)));
    if (shown.size > 0 && utf8_is_clean(shown, false)) {
        json_put(error, "value", json_text(shown));
    }
    return error;
}

static json_t *row_json(const struct reading *reading, const struct row *row)
{
    json_t *object = json_object();
    json_put(object, "line", json_number(row->line));
    json_put(object, "state", json_text(slice_text(row->state)));
    json_put(object, "member",
             id_is_none(row->member) ? NULL
                                     : person_of(request_txn(reading->request), row->member));
    json_put(object, "remote", json_boolean(row->remote));
    json_put(object, "error", row->wrong == NULL ? NULL : error_json(reading, row));
    return object;
}

static json_t *fault_json(const struct csv_fault *at)
{
    json_t *fault = json_object();
    json_put(fault, "line", json_number(at->line));
    json_put(fault, "at", json_number(at->column));
    json_put(fault, "word", json_text(slice_text(at->word)));
    json_put(fault, "expected", json_text(slice_text(at->expected)));
    return fault;
}

static void answer_rows(struct request *request, struct reading *reading, bool readable)
{
    json_t *rows = json_array();
    for (size_t at = 1; readable && at < csv_height(reading->table); at++) {
        if (!is_empty(reading, at)) {
            struct row row = read_row(reading, at);
            json_array_append_new(rows, row_json(reading, &row));
        }
    }
    request->result = json_object();
    json_put(request->result, "rows", rows);
    json_put(request->result, "unknown", json_incref(reading->unknown));
    json_put(request->result, "fault", readable ? NULL : fault_json(&reading->fault));
}

enum error attendance_preview(struct request *request)
{
    struct reading reading;
    struct id id;
    json_t *meeting;
    enum error error = check_meeting(request, &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    error = read_table(request, id, meeting, &reading);
    json_decref(meeting);
    if (error == ERROR_NONE || error == ERROR_IMPORT_UNREADABLE) {
        answer_rows(request, &reading, error == ERROR_NONE);
        error = ERROR_NONE;
    }
    reading_end(&reading);
    return error;
}

enum error attendance_import(struct request *request)
{
    struct reading reading;
    struct id id;
    json_t *meeting;
    enum error error = check_meeting(request, &id, &meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    error = read_table(request, id, meeting, &reading);
    json_decref(meeting);
    for (size_t at = 1; error == ERROR_NONE && at < csv_height(reading.table); at++) {
        struct row row = {.wrong = ""};
        if (!is_empty(&reading, at)) {
            row = read_row(&reading, at);
        }
        if (row.wrong == NULL) {
            attendance_emit(request, id, row.member, row.present, "list", row.remote,
                            slice_text(""));
        }
    }
    reading_end(&reading);
    return error == ERROR_IMPORT_UNREADABLE ? request_fault(request, "csv", error) : error;
}

/* Read again: what was recorded is so now, the rest is wrong as before. */
void attendance_answer_import(struct request *request)
{
    struct reading reading;
    size_t recorded = 0;
    json_t *errors = json_array();
    struct id id = request_ref(request, "meeting", NUMBER_MEETING);
    json_t *meeting = document_load(request_txn(request), DOCUMENT_MEETING, id);
    enum error error = read_table(request, id, meeting, &reading);
    for (size_t at = 1; error == ERROR_NONE && at < csv_height(reading.table); at++) {
        if (is_empty(&reading, at)) {
            continue;
        }
        struct row row = read_row(&reading, at);
        recorded += row.wrong == NULL;
        if (row.wrong != NULL) {
            json_array_append_new(errors, error_json(&reading, &row));
        }
    }
    reading_end(&reading);
    json_decref(meeting);
    json_put(request->result, "recorded", json_number(recorded));
    json_put(request->result, "errors", errors);
}
