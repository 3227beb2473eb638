/* Reading a file of ballots: which format it is, and what the readers share: places, faults, texts.
 *
 * A reader walks over the bytes once, from `at` on; a place becomes line and column only when a fault is said. Texts are
 * copied with everything replaced that must not reach a terminal or turn a line round. Start at election_read(). */
#include "tally/formats/parts.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- places and faults ---- */

static void set_place(struct election_fault *fault, struct slice bytes, size_t at)
{
    fault->line = 1;
    fault->column = 1;
    for (size_t i = 0; i < at; i++) {
        if (bytes.data[i] == '\n') {
            fault->line++;
            fault->column = 1;
        } else if ((bytes.data[i] & 0xC0) != 0x80) {
            fault->column++;
        }
    }
}

static bool is_space(int byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* The word at the place, in printable ASCII. */
static void set_found(struct election_fault *fault, struct slice bytes, size_t at)
{
    enum { WORD_MAX = 30 };
    char word[WORD_MAX + 1];
    size_t size = 0;
    for (; at + size < bytes.size && size < WORD_MAX && !is_space(bytes.data[at + size]); size++) {
        uint8_t byte = bytes.data[at + size];
        word[size] = byte > ' ' && byte < 0x7F ? (char)byte : '?';
    }
    word[size] = '\0';
    if (at >= bytes.size) {
        snprintf(fault->found, ELECTION_FOUND_SIZE, "the end of the file");
    } else if (size == 0) {
        snprintf(fault->found, ELECTION_FOUND_SIZE, "the end of the line");
    } else {
        snprintf(fault->found, ELECTION_FOUND_SIZE, "'%s'", word);
    }
}

enum error source_fault(struct election_source *source, size_t at, const char *format, ...)
{
    struct election_fault *fault = source->fault;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fault->expected, ELECTION_EXPECTED_SIZE, format, arguments);
    va_end(arguments);
    set_place(fault, source->bytes, at);
    set_found(fault, source->bytes, at);
    return ERROR_IMPORT_UNREADABLE;
}

void source_blanks(struct election_source *source)
{
    int byte = source_peek(source);
    while (byte == ' ' || byte == '\t' || (byte == '\r' && !source_at_line_end(source))) {
        source->at++;
        byte = source_peek(source);
    }
}

bool source_at_line_end(const struct election_source *source)
{
    struct slice bytes = source->bytes;
    size_t at = source->at;
    return at >= bytes.size || bytes.data[at] == '\n' ||
           (bytes.data[at] == '\r' && (at + 1 == bytes.size || bytes.data[at + 1] == '\n'));
}

enum error source_number(struct election_source *source, uint64_t max, const char *what,
                         uint64_t *value)
{
    size_t from = source->at;
    *value = 0;
    int byte = source_peek(source);
    while (byte >= '0' && byte <= '9' && *value <= max) {
        *value = *value * 10 + (uint64_t)(byte - '0');
        source->at++;
        byte = source_peek(source);
    }
    if (source->at == from || *value > max) {
        return source_fault(source, from, "%s", what);
    }
    return ERROR_NONE;
}

/* ---- texts ---- */

/* What is seen must be what is there: a character that hides or turns is shown as a mark of its own (U+FFFD). */
static size_t clean_into(uint8_t *out, struct slice text)
{
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        uint8_t first = text.data[at];
        size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        bool good = utf8_is_clean(slice_of(text.data + at, length), false);
        memcpy(out + size, good ? text.data + at : (const uint8_t *)"\xEF\xBF\xBD",
               good ? length : 3);
        size += good ? length : 3;
        at += length;
    }
    return size;
}

enum error source_text(struct election_source *source, size_t at, struct slice text,
                       struct slice *copy)
{
    uint8_t clean[3 * ELECTION_NAME_MAX];
    if (text.size > ELECTION_NAME_MAX) {
        return source_fault(source, at, "a text of at most %d bytes", ELECTION_NAME_MAX);
    }
    if (!utf8_is_valid(text)) {
        return source_fault(source, at, "UTF-8 text");
    }
    *copy = arena_copy(&source->election->arena, slice_of(clean, clean_into(clean, text)));
    return ERROR_NONE;
}

/* ---- which format ---- */

static struct slice without_mark(struct slice bytes)
{
    bool mark = bytes.size >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0;
    return mark ? slice_of(bytes.data + 3, bytes.size - 3) : bytes;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), length = strlen(ending);
    return size >= length && strcmp(name + size - length, ending) == 0;
}

static enum election_format format_by_name(const char *name)
{
    static const struct {
        const char *ending;
        enum election_format format;
    } endings[] = {
        {".blt", ELECTION_BLT},     {".soc", ELECTION_PREFLIB}, {".soi", ELECTION_PREFLIB},
        {".toc", ELECTION_PREFLIB}, {".toi", ELECTION_PREFLIB}, {".cat", ELECTION_PREFLIB},
        {".csv", ELECTION_TABLE},
    };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (ends_with(name, endings[i].ending)) {
            return endings[i].format;
        }
    }
    return ELECTION_UNKNOWN;
}

/* The first line that is neither empty nor a comment. */
static struct slice first_line(struct slice bytes)
{
    while (bytes.size > 0) {
        const uint8_t *end = memchr(bytes.data, '\n', bytes.size);
        size_t size = end == NULL ? bytes.size : (size_t)(end - bytes.data);
        size_t at = 0;
        while (at < size && is_space(bytes.data[at])) {
            at++;
        }
        if (at < size && bytes.data[at] != '#') {
            return slice_of(bytes.data + at, size - at);
        }
        size_t passed = end == NULL ? size : size + 1;
        bytes = slice_of(bytes.data + passed, bytes.size - passed);
    }
    return bytes;
}

/* "4 2", perhaps with more behind it: two numbers and nothing that separates cells. */
static bool looks_like_blt(struct slice line)
{
    size_t at = 0, numbers = 0;
    while (at < line.size && numbers < 2) {
        size_t from = at;
        while (at < line.size && line.data[at] >= '0' && line.data[at] <= '9') {
            at++;
        }
        if (at == from) {
            return line.data[at] == '/' || line.data[at] == '[';
        }
        if (at < line.size && !is_space(line.data[at]) && line.data[at] != '#') {
            return false;
        }
        numbers++;
        while (at < line.size && is_space(line.data[at])) {
            at++;
        }
    }
    return numbers == 2;
}

enum election_format election_format_of(const struct election_file *file)
{
    struct slice bytes = without_mark(file->bytes);
    if (file->scope.data != NULL) {
        return ELECTION_EXPORT;
    }
    if (preflib_is(bytes)) {
        return ELECTION_PREFLIB;
    }
    struct slice line = first_line(bytes);
    if (line.size > 0 && looks_like_blt(line)) {
        return ELECTION_BLT;
    }
    enum election_format named = format_by_name(file->name);
    bool cells = memchr(line.data == NULL ? (const uint8_t *)"" : line.data, ',', line.size) ||
                 memchr(line.data == NULL ? (const uint8_t *)"" : line.data, ';', line.size) ||
                 memchr(line.data == NULL ? (const uint8_t *)"" : line.data, '\t', line.size);
    return named != ELECTION_UNKNOWN ? named : cells ? ELECTION_TABLE : ELECTION_UNKNOWN;
}

const char *election_format_name(enum election_format format)
{
    static const char *const names[] = {"an unknown format", "BLT", "PrefLib", "a table of grades",
                                        "an export"};
    return names[format];
}

/* ---- reading ---- */

static enum error read_as(struct election_source *source, const struct election_file *file)
{
    switch (source->election->format) {
    case ELECTION_BLT:
        return blt_read(source);
    case ELECTION_PREFLIB:
        return preflib_read(source);
    case ELECTION_TABLE:
        return judgment_csv_read(source);
    case ELECTION_EXPORT:
        return palabre_export_read(source, file->scope);
    default:
        return source_fault(source, 0,
                            "BLT, PrefLib (soc, soi, toc, toi, cat) or a table of grades (CSV)");
    }
}

enum error election_read(const struct election_file *file, const struct election_ask *ask,
                         struct election *election, struct election_fault *fault)
{
    struct election_source *source = memory_new(1, sizeof *source);
    *source = (struct election_source){
        .bytes = file->bytes, .name = file->name, .ask = ask, .election = election, .fault = fault};
    arena_init(&election->arena, SIZE_MAX);
    election->box = tally_box_new();
    election->format = election_format_of(file);
    *fault = (struct election_fault){.format = election->format};
    source->at = file->bytes.size - without_mark(file->bytes).size;
    enum error error = ERROR_NONE;
    if (file->bytes.size > ELECTION_BYTES_MAX) {
        error = source_fault(source, 0, "a file of at most 256 MiB");
    } else {
        error = read_as(source, file);
    }
    free(source);
    return error;
}

void election_free(struct election *election)
{
    arena_free(&election->arena);
    tally_box_free(election->box);
    *election = (struct election){.format = ELECTION_UNKNOWN};
}

struct tally_terms election_terms(const struct election *election, const struct hash *seed)
{
    const struct hash *own = election->has_lot_seed ? &election->lot_seed : NULL;
    return (struct tally_terms){.definition = &election->definition,
                                .withdrawn = election->withdrawn,
                                .lot_seed = seed != NULL ? seed : own,
                                .void_papers = election->void_papers};
}
