/* Tables of separated values: the reader itself, the list of people to invite, the tables of Decide Madrid.
 *
 * The first byte chooses. Cells that are handed out are valid UTF-8 and their places are within the text; a list that is
 * read in pieces moves on with each piece, as the browser does; Madrid's three files stand one after the other, 0x1E
 * between them, and are read from a folder of our own. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/encoding.h"
#include "base/utf8.h"
#include "server/commands/import_source.h"
#include "tests/fuzz/fuzz.h"
#include "tests/harness/c/world.h"

enum { PIECES_MAX = 64, PATH_SIZE = 256 };

static struct world world;
static char folder[PATH_SIZE];

static void look_at_cells(const struct csv_table *table)
{
    for (size_t row = 0; row < csv_height(table); row++) {
        for (size_t column = 0; column < csv_width(table, row); column++) {
            size_t line, at;
            fuzz_check(utf8_is_valid(csv_at(table, row, column)));
            csv_at_place(table, row, column, &line, &at);
            fuzz_check(line >= 1 && at >= 1);
        }
    }
    size_t found;
    if (csv_find(table, "id", &found)) {
        fuzz_check(found < csv_columns(table));
    }
}

static void try_table(struct slice input)
{
    static const char separators[] = {0, ',', ';', '\t'};
    uint8_t choice = fuzz_byte(&input);
    struct csv_rules rules = {.separator = separators[choice & 3],
                              .uneven = (choice & 4) != 0,
                              .more = (choice & 8) != 0,
                              .cell_max = (choice & 16) != 0 ? 16 : 0};
    struct csv_table *table;
    struct csv_fault fault;
    enum error error = csv_parse(input, &rules, &table, &fault);
    if (error != ERROR_NONE) {
        fuzz_check(fault.line >= 1 && fault.word != NULL && fault.expected[0] != 0);
        return;
    }
    fuzz_check(!rules.more || csv_used(table) <= input.size);
    look_at_cells(table);
    csv_free(table);
}

static enum error call(const char *method, json_t *params, json_t **result)
{
    struct store_txn *txn;
    struct request request = {.command = command_find(slice_text(method)),
                              .caller = world_operator,
                              .params = params,
                              .now_ms = world.now_ms,
                              .year = 2026};
    fuzz_check(store_begin(world.store, STORE_READ, &txn) == ERROR_NONE);
    enum error error = assembly_check_shape(&request);
    if (error == ERROR_NONE) {
        error = assembly_read(world.assembly, txn, &request);
    }
    *result = request.result;
    store_abort(txn);
    return error;
}

/* One piece of a list of people; how many bytes of it were taken. */
static size_t preview(struct slice piece, bool more)
{
    json_t *result;
    json_t *params = json_object();
    json_put(params, "bytes", json_base64url(piece));
    json_put(params, "more", json_boolean(more));
    json_put(params, "class", json_text(slice_text("members")));
    enum error error = call("member.preview", params, &result);
    json_decref(params);
    size_t used = error == ERROR_NONE ? (size_t)json_get_integer(result, "used") : 0;
    fuzz_check(used <= piece.size);
    json_decref(result);
    return used;
}

static void try_people(struct slice input)
{
    size_t most = (size_t)fuzz_byte(&input) * 64 + 64;
    for (unsigned piece = 0; piece < PIECES_MAX && input.size > 0; piece++) {
        size_t size = input.size < most ? input.size : most;
        size_t used = preview(slice_of(input.data, size), size < input.size);
        if (used == 0) {
            return;
        }
        input = slice_of(input.data + used, input.size - used);
    }
}

static void write_file(const char *name, struct slice bytes)
{
    char path[PATH_SIZE + 64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    fuzz_check(file != NULL);
    fuzz_check(bytes.size == 0 || fwrite(bytes.data, 1, bytes.size, file) == bytes.size);
    fclose(file);
}

static void try_madrid(struct slice input)
{
    struct import_source *source;
    char message[IMPORT_MESSAGE_SIZE] = "";
    write_file("proposals.csv", fuzz_until(&input, 0x1E));
    write_file("comments.csv", fuzz_until(&input, 0x1E));
    write_file("comment_hierarchy.csv", input);
    if (import_read_madrid(folder, &source, message) == ERROR_NONE) {
        for (size_t at = 0; at < source->comment_count; at++) {
            const struct import_comment *comment = &source->comments[at];
            fuzz_check(comment->proposal < source->proposal_count);
            fuzz_check(comment->parent == IMPORT_NONE || comment->parent < at);
            fuzz_check(comment->reply_to == IMPORT_NONE || comment->reply_to < at);
        }
        import_source_free(source);
    } else {
        fuzz_check(message[0] != 0);
    }
}

static void at_exit(void)
{
    static const char *const names[] = {"proposals.csv", "comments.csv", "comment_hierarchy.csv"};
    char path[PATH_SIZE + 64];
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[at]);
        unlink(path);
    }
    rmdir(folder);
    json_decref(world.result);
    assembly_close(world.assembly);
    store_close(world.store);
    fixture_remove(world.folder);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    const char *top = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/list-XXXXXX", top == NULL ? "/tmp" : top);
    fuzz_check(mkdtemp(folder) != NULL);
    world_open(&world);
    world_member(&world, "Ana Bogaert", "");
    atexit(at_exit);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = slice_of(data, size);
    uint8_t which = fuzz_byte(&input);
    if (which == 0) {
        try_table(input);
    } else if (which == 1) {
        try_people(input);
    } else if (which == 2) {
        try_madrid(input);
    }
    return 0;
}
