/* palabre invite DIR --csv FILE: everybody of a list who is not known yet.
 *
 * The file goes in pieces through member.preview, the reader that the browser uses too; nothing is read here but what it
 * answers. If anything is wrong, the lines are named and nobody is invited. Otherwise those who are new are invited by
 * member.invite_many, fifty in a command, and one line "name,link" for each is printed: keep it as long as the links are
 * not handed out, for a link is shown once. The same file again invites nobody. Start at invite_csv(). */
#include "server/commands/invite_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/memory.h"
#include "server/commands/operator.h"
#include "server/commands/served.h"

enum { FILE_MAX = 16 * 1024 * 1024, PIECE = 32 * 1024, MANY = 50, AT_ONCE = 4, SHOWN_MAX = 50 };

struct invite_run {
    const struct invite_csv *wanted;
    struct operator_desk *desk;
    struct buffer file;
    json_t *rows;    /* of all pieces */
    json_t *columns; /* NULL before the first piece */
    char separator[8];
    size_t new_count, known_count, differs_count, wrong_count;
    char message[FOLDER_MESSAGE_SIZE];
};

static const struct {
    const char *word, *sentence;
} sentences[] = {
    {"formula", "a cell that a spreadsheet would take for a formula"},
    {"bad_text", "characters that are no text"},
    {"too_long", "too long"},
    {"bad_email", "not an e-mail address"},
    {"bad_language", "not a language: fr, nl, en"},
    {"bad_class", "no such class"},
    {"no_class", "no class; name one, or give --class"},
    {"bad_number", "not a whole number, or out of range"},
    {"bad_role", "no such role"},
    {"no_right", "only administration gives this"},
    {"nobody", "neither name nor e-mail address"},
    {"too_many_cells", "more cells than columns"},
    {"too_few_cells", "fewer cells than columns"},
    {"twice", "the same person as on line"},
    {"headings", "the first line names no column \"name\" or \"email\""},
};

static const char *sentence_of(struct slice word)
{
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (slice_equal(word, slice_text(sentences[i].word))) {
            return sentences[i].sentence;
        }
    }
    return "not understood";
}

/* ---- reading ---- */

static bool read_file(struct invite_run *run)
{
    FILE *file = fopen(run->wanted->file, "rb");
    bool good = file != NULL;
    while (good && !feof(file) && run->file.size <= FILE_MAX) {
        uint8_t part[16384];
        size_t size = fread(part, 1, sizeof part, file);
        buffer_append(&run->file, part, size);
        good = ferror(file) == 0;
    }
    if (file != NULL) {
        fclose(file);
    }
    if (good && run->file.size == 0) {
        fprintf(stderr, "palabre: %s is empty\n", run->wanted->file);
        return false;
    }
    if (!good || !buffer_ok(&run->file)) {
        fprintf(stderr, "palabre: %s cannot be read, or has more than 16 MiB\n", run->wanted->file);
        return false;
    }
    return true;
}

static json_t *piece_params(const struct invite_run *run, size_t at, uint64_t line)
{
    size_t left = run->file.size - at, size = left < PIECE ? left : PIECE;
    json_t *params = json_object();
    json_put(params, "bytes", json_base64url(slice_of(run->file.data + at, size)));
    json_put(params, "more", json_boolean(left > size));
    if (run->wanted->class != NULL) {
        json_put(params, "class", json_text(slice_text(run->wanted->class)));
    }
    if (run->columns != NULL) {
        json_put(params, "columns", json_incref(run->columns));
        json_put(params, "separator", json_text(slice_text(run->separator)));
        json_put(params, "line", json_number(line));
    }
    return params;
}

static bool call(struct invite_run *run, struct operator_call *call)
{
    if (!operator_do(run->desk, call, run->message)) {
        fprintf(stderr, "palabre: %s\n", run->message);
        return false;
    }
    if (call->error != ERROR_NONE) {
        fprintf(stderr, "palabre: %s (%s%s%s)\n", error_sentence(call->error),
                error_reason(call->error), call->field[0] == '\0' ? "" : ", ", call->field);
        return false;
    }
    return true;
}

/* Takes the answer of one piece; false = the file is no table from here on. */
static bool take_piece(struct invite_run *run, const json_t *result)
{
    const json_t *fault = json_object_get(result, "fault");
    if (fault != NULL) {
        struct slice expected = json_get_text(fault, "expected");
        const char *said = expected.size == 0
                               ? sentence_of(json_get_text(fault, "word"))
                               : json_string_value(json_object_get(fault, "expected"));
        fprintf(stderr, "%s:%lld:%lld: %s%s\n", run->wanted->file,
                (long long)json_get_integer(fault, "line"),
                (long long)json_get_integer(fault, "at"), expected.size == 0 ? "" : "expected ",
                said);
        return false;
    }
    json_array_extend(run->rows, json_object_get(result, "rows"));
    if (run->columns == NULL) {
        size_t i;
        json_t *heading;
        run->columns = json_incref(json_object_get(result, "columns"));
        snprintf(run->separator, sizeof run->separator, "%s",
                 json_string_value(json_object_get(result, "separator")));
        json_array_foreach(json_object_get(result, "unknown"), i, heading)
        {
            fprintf(stderr, "palabre: the column \"%s\" is not used\n", json_string_value(heading));
        }
    }
    return true;
}

static bool read_pieces(struct invite_run *run)
{
    size_t at = 0;
    uint64_t line = 1;
    bool good = true;
    do {
        struct operator_call one = {.method = "member.preview",
                                    .params = piece_params(run, at, line)};
        good = call(run, &one) && take_piece(run, one.result);
        size_t used = (size_t)json_get_integer(one.result, "used");
        line = (uint64_t)json_get_integer(one.result, "line");
        operator_calls_free(&one, 1);
        at += used;
        if (used == 0) {
            break;
        }
    } while (good && at < run->file.size);
    return good;
}

/* ---- judging ---- */

static void report(const struct invite_run *run, const json_t *row, const json_t *error,
                   long long other)
{
    char more[32] = "";
    const char *value = json_string_value(json_object_get(error, "value"));
    const char *column = json_string_value(json_object_get(error, "column"));
    column = column == NULL || strcmp(column, "none") == 0 ? "line" : column;
    if (other > 0) {
        snprintf(more, sizeof more, " %lld", other);
    }
    fprintf(stderr, "%s:%lld:%lld: %s: %s%s%s%s\n", run->wanted->file,
            (long long)json_get_integer(error == NULL ? row : error, "line"),
            (long long)(error == NULL ? 1 : json_get_integer(error, "at")), column,
            sentence_of(error == NULL ? slice_text("twice") : json_get_text(error, "word")), more,
            value == NULL ? "" : ": ", value == NULL ? "" : value);
}

static void report_wrong(const struct invite_run *run, const json_t *row)
{
    size_t i;
    json_t *error;
    json_array_foreach(json_object_get(row, "errors"), i, error)
    {
        if (run->wrong_count <= SHOWN_MAX) {
            report(run, row, error, 0);
        }
    }
}

static void report_differs(const struct invite_run *run, const json_t *row)
{
    size_t i;
    json_t *difference;
    const json_t *known = json_object_get(row, "known");
    fprintf(stderr, "%s:%lld: known as %s (%lld), but differs:", run->wanted->file,
            (long long)json_get_integer(row, "line"),
            json_string_value(json_object_get(known, "name")),
            (long long)json_get_integer(row, "number"));
    json_array_foreach(json_object_get(row, "differences"), i, difference)
    {
        fprintf(stderr, " %s", json_string_value(json_object_get(difference, "column")));
    }
    fprintf(stderr, "\n");
}

/* One state of each row; two rows of one person are wrong. */
static void judge(struct invite_run *run)
{
    size_t i;
    json_t *row, *seen = json_object();
    json_array_foreach(run->rows, i, row)
    {
        struct slice state = json_get_text(row, "state");
        const char *id = json_string_value(json_object_get(json_object_get(row, "person"), "id"));
        json_t *other = id == NULL ? NULL : json_object_get(seen, id);
        if (other != NULL) {
            run->wrong_count++;
            report(run, row, NULL, (long long)json_integer_value(other));
            continue;
        }
        if (id != NULL) {
            json_put(seen, id, json_number((uint64_t)json_get_integer(row, "line")));
        }
        run->new_count += slice_equal(state, slice_text("new"));
        run->known_count += slice_equal(state, slice_text("known"));
        if (slice_equal(state, slice_text("differs"))) {
            run->differs_count++;
            report_differs(run, row);
        } else if (slice_equal(state, slice_text("wrong"))) {
            run->wrong_count++;
            report_wrong(run, row);
        }
    }
    json_decref(seen);
}

/* ---- inviting ---- */

static struct operator_call *many_calls(const struct invite_run *run, size_t *count)
{
    size_t i, people = 0;
    json_t *row;
    struct operator_call *calls = memory_new((run->new_count + MANY - 1) / MANY + 1, sizeof *calls);
    *count = 0;
    json_array_foreach(run->rows, i, row)
    {
        if (!slice_equal(json_get_text(row, "state"), slice_text("new"))) {
            continue;
        }
        if (people++ % MANY == 0) {
            uint8_t random[ID_SIZE];
            crypto_random(random, sizeof random);
            calls[*count] =
                (struct operator_call){.method = "member.invite_many", .params = json_object()};
            json_put(calls[*count].params, "command", json_id(id_from_random(random)));
            json_put(calls[(*count)++].params, "people", json_array());
        }
        json_array_append(json_object_get(calls[*count - 1].params, "people"),
                          json_object_get(row, "person"));
    }
    return calls;
}

/* A cell of the printed list, which no spreadsheet takes for a formula. */
static void print_cell(const char *text)
{
    putchar('"');
    if (text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL) {
        putchar('\'');
    }
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            putchar('"');
        }
        putchar(*text);
    }
    putchar('"');
}

static void print_links(const struct operator_call *call, const json_t *people, const char *origin)
{
    size_t i;
    json_t *made;
    json_array_foreach(json_object_get(call->result, "made"), i, made)
    {
        const json_t *person = json_array_get(people, i);
        const char *name = json_string_value(json_object_get(person, "name"));
        const char *email = json_string_value(json_object_get(person, "email"));
        print_cell(name != NULL ? name : email);
        printf(",%s%s\n", origin, json_string_value(json_object_get(made, "link")));
    }
}

/* A few commands in one commit, so that nobody else waits long. 0 done, 1 the way failed, 2 some were refused. */
static int send_some(struct invite_run *run, struct operator_call *calls, const json_t *people,
                     size_t first, size_t count, const char *origin)
{
    int code = 0;
    if (!operator_send(run->desk, calls + first, count, run->message)) {
        fprintf(stderr, "palabre: %s\n", run->message);
        return 1;
    }
    for (size_t i = first; i < first + count; i++) {
        if (calls[i].error == ERROR_NONE) {
            print_links(&calls[i], json_array_get(people, i), origin);
        } else {
            fprintf(stderr, "palabre: %zu people were not invited: %s (%s)\n",
                    json_array_size(json_array_get(people, i)), error_sentence(calls[i].error),
                    error_reason(calls[i].error));
            code = 2;
        }
    }
    return code;
}

static int invite_new(struct invite_run *run)
{
    size_t count;
    int code = 0;
    bool whole = true;
    char origin[SERVED_ORIGIN_MAX] = "";
    struct operator_call *calls = many_calls(run, &count);
    json_t *people = json_array();
    for (size_t i = 0; i < count; i++) { /* sending takes the parameters */
        json_array_append(people, json_object_get(calls[i].params, "people"));
    }
    if (run->wanted->origin != NULL) {
        snprintf(origin, sizeof origin, "%s", run->wanted->origin);
    } else {
        served_origin(run->wanted->dir, origin);
    }
    printf("name,link\n");
    for (size_t at = 0; code != 1 && at < count; at += AT_ONCE) {
        code =
            send_some(run, calls, people, at, count - at < AT_ONCE ? count - at : AT_ONCE, origin);
        whole = whole && code == 0;
    }
    json_decref(people);
    operator_calls_free(calls, count);
    free(calls);
    return whole ? 0 : 1;
}

static int run_all(struct invite_run *run)
{
    if (!read_file(run) || !read_pieces(run)) {
        return 1;
    }
    judge(run);
    fprintf(stderr, "%zu new, %zu known, %zu known but different, %zu wrong\n", run->new_count,
            run->known_count, run->differs_count, run->wrong_count);
    if (run->wrong_count > 0) {
        fprintf(stderr, "palabre: nobody was invited\n");
        return 1;
    }
    return run->wanted->dry ? 0 : invite_new(run);
}

int invite_csv(const struct invite_csv *wanted)
{
    struct invite_run run = {.wanted = wanted, .rows = json_array()};
    buffer_init(&run.file, FILE_MAX);
    int code = 1;
    if (operator_open(wanted->dir, &run.desk, run.message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", run.message);
    } else {
        code = run_all(&run);
        operator_close(run.desk);
    }
    json_decref(run.rows);
    json_decref(run.columns);
    buffer_free(&run.file);
    return code;
}
