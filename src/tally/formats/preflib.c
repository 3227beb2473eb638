/* PrefLib: a header of lines "# KEY: value", then ballots "count: 1,2,{3,4}".
 *
 * In soc, soi, toc and toi a ballot lists ranks, first to last, braces around equal ones. In cat it lists categories, best
 * first: braces around each, a bare number for a single option, {} for an empty one.
 * The header must say how many candidates and voters there are: the format has no end of its own, so the number of voters is
 * what tells that a file is whole. Keys that do not matter for a count are passed over. Start at preflib_read(). */
#include "tally/formats/parts.h"

#include <strings.h>

struct preflib {
    struct election_source *source;
    bool begun;  /* candidates are known */
    bool sorted; /* into categories */
    uint64_t voters, categories;
    size_t voters_at; /* the header's line; 0 = it does not say */
    bool has_voters;
};

/* ---- the header ---- */

static bool line_is_key(struct slice line, const char *key, struct slice *value)
{
    size_t size = strlen(key);
    if (line.size <= size || strncasecmp((const char *)line.data, key, size) != 0 ||
        line.data[size] != ':') {
        return false;
    }
    for (size++; size < line.size && line.data[size] == ' ';) {
        size++;
    }
    *value = slice_of(line.data + size, line.size - size);
    return true;
}

/* The line at byte `at`, without its end; *next is where the next one begins. */
static struct slice line_at(struct slice bytes, size_t at, size_t *next)
{
    const uint8_t *end = memchr(bytes.data + at, '\n', bytes.size - at);
    size_t size = end == NULL ? bytes.size - at : (size_t)(end - bytes.data) - at;
    *next = end == NULL ? bytes.size : at + size + 1;
    size -= size > 0 && bytes.data[at + size - 1] == '\r';
    return slice_of(bytes.data + at, size);
}

/* Behind the # and its blanks. */
static struct slice header_of(struct slice line)
{
    size_t at = 0;
    while (at < line.size && (line.data[at] == '#' || line.data[at] == ' ')) {
        at++;
    }
    return slice_of(line.data + at, line.size - at);
}

bool preflib_is(struct slice bytes)
{
    for (size_t at = 0; at < bytes.size && bytes.data[at] == '#';) {
        struct slice value, line = line_at(bytes, at, &at);
        if (line_is_key(header_of(line), "NUMBER ALTERNATIVES", &value)) {
            return true;
        }
    }
    return false;
}

/* All of the value, but for blanks behind it. */
static enum error number_of(struct election_source *source, struct slice value, uint64_t *number)
{
    static const char *const expected = "a number behind the key";
    size_t at = (size_t)(value.data - source->bytes.data), back = source->at;
    source->at = at;
    enum error error = source_number(source, UINT32_MAX, expected, number);
    source_blanks(source);
    if (error == ERROR_NONE && !source_at_line_end(source)) {
        error = source_fault(source, at, "%s", expected);
    }
    source->at = back;
    return error;
}

/* "ALTERNATIVE NAME 3: Ada" */
static enum error take_name(struct preflib *preflib, struct slice line)
{
    static const char key[] = "ALTERNATIVE NAME ";
    struct election_source *source = preflib->source;
    size_t from = (size_t)(line.data - source->bytes.data), back = source->at;
    uint64_t candidate = 0;
    source->at = from + sizeof key - 1;
    enum error error = source_number(source, UINT32_MAX, "the number of a candidate", &candidate);
    uint16_t options = source->election->definition.n_option;
    if (error == ERROR_NONE && (candidate < 1 || candidate > options)) {
        error = source_fault(source, from, "a candidate from 1 to %u, after their number", options);
    }
    if (error == ERROR_NONE && source_peek(source) != ':') {
        error = source_fault(source, source->at, "a colon, then the name");
    }
    size_t at = source->at + 1;
    source->at = back;
    if (error != ERROR_NONE) {
        return error;
    }
    while (at < from + line.size && source->bytes.data[at] == ' ') {
        at++;
    }
    struct slice name = {0};
    error =
        source_text(source, at, slice_of(source->bytes.data + at, from + line.size - at), &name);
    if (error == ERROR_NONE && name.size > 0) {
        source->election->names[candidate - 1] = name;
    }
    return error;
}

static enum error begin(struct preflib *preflib, struct slice value)
{
    struct election_source *source = preflib->source;
    uint64_t options = 0;
    enum error error = number_of(source, value, &options);
    if (error == ERROR_NONE) {
        preflib->begun = true;
        error = ballots_begin(source, (size_t)(value.data - source->bytes.data), options,
                              preflib->sorted ? BALLOTS_SORTED : BALLOTS_RANKED);
    }
    return error;
}

static enum error take_header(struct preflib *preflib, struct slice line)
{
    struct election_source *source = preflib->source;
    struct slice value;
    line = header_of(line);
    if (line_is_key(line, "TITLE", &value)) {
        return source_text(source, (size_t)(value.data - source->bytes.data), value,
                           &source->election->title);
    }
    if (!preflib->begun && line_is_key(line, "NUMBER ALTERNATIVES", &value)) {
        return begin(preflib, value);
    }
    if (line_is_key(line, "NUMBER VOTERS", &value)) {
        preflib->voters_at = (size_t)(value.data - source->bytes.data);
        preflib->has_voters = true;
        return number_of(source, value, &preflib->voters);
    }
    if (line.size > 17 && strncasecmp((const char *)line.data, "ALTERNATIVE NAME ", 17) == 0) {
        return take_name(preflib, line);
    }
    return ERROR_NONE;
}

/* What the keys say wherever they stand: whether ballots are sorted into categories, and how many there are. */
static enum error look_ahead(struct preflib *preflib)
{
    struct election_source *source = preflib->source;
    const char *ending = strrchr(source->name, '.');
    bool typed = false;
    enum error error = ERROR_NONE;
    preflib->sorted = ending != NULL && strcmp(ending, ".cat") == 0;
    for (size_t at = source->at; at < source->bytes.size && error == ERROR_NONE;) {
        struct slice value, line = line_at(source->bytes, at, &at);
        if (line.size > 0 && line.data[0] != '#') {
            break;
        }
        line = header_of(line);
        if (line_is_key(line, "DATA TYPE", &value)) {
            static const char *const types[] = {"soc", "soi", "toc", "toi", "cat"};
            typed = false;
            for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
                typed = typed || slice_equal(value, slice_text(types[i]));
            }
            preflib->sorted = slice_equal(value, slice_text("cat"));
            error = typed ? ERROR_NONE
                          : source_fault(source, (size_t)(value.data - source->bytes.data),
                                         "soc, soi, toc, toi or cat");
        } else if (line_is_key(line, "NUMBER CATEGORIES", &value)) {
            preflib->sorted = preflib->sorted || !typed;
            error = number_of(source, value, &preflib->categories);
            if (error == ERROR_NONE &&
                (preflib->categories < 2 || preflib->categories > GRADE_MAX + 1)) {
                error = source_fault(source, (size_t)(value.data - source->bytes.data),
                                     "between 2 and %d categories", GRADE_MAX + 1);
            }
        }
    }
    if (error == ERROR_NONE && preflib->sorted && preflib->categories == 0) {
        error = source_fault(source, source->at, "a header with NUMBER CATEGORIES");
    }
    source->categories = preflib->sorted ? (uint16_t)preflib->categories : 0;
    return error;
}

/* ---- ballots ---- */

static enum error take_option(struct preflib *preflib, uint16_t *option)
{
    struct election_source *source = preflib->source;
    uint16_t options = source->election->definition.n_option;
    size_t from = source->at;
    uint64_t number = 0;
    enum error error = source_number(source, UINT32_MAX, "the number of a candidate", &number);
    if (error == ERROR_NONE && (number < 1 || number > options)) {
        error = source_fault(source, from, "a candidate from 1 to %u", options);
    }
    *option = (uint16_t)(number - 1);
    source_blanks(source);
    return error;
}

static void place(struct preflib *preflib, uint16_t option, uint16_t at)
{
    if (preflib->sorted) {
        ballot_category(preflib->source, option, at);
    } else {
        ballot_name(preflib->source, option);
    }
}

/* {3,4} or 3 or {}: one rank or category, the at-th. */
static enum error take_group(struct preflib *preflib, uint16_t at)
{
    struct election_source *source = preflib->source;
    uint16_t option;
    enum error error = ERROR_NONE;
    if (source_peek(source) != '{') {
        error = take_option(preflib, &option);
        if (error == ERROR_NONE) {
            place(preflib, option, at);
        }
        return error;
    }
    source->at++;
    source_blanks(source);
    if (source_peek(source) == '}' && !preflib->sorted) {
        ballot_rank_skip(source);
    }
    while (error == ERROR_NONE && source_peek(source) != '}') {
        error = take_option(preflib, &option);
        if (error != ERROR_NONE) {
            break;
        }
        place(preflib, option, at);
        if (source_peek(source) == ',') {
            source->at++;
            source_blanks(source);
        } else if (source_peek(source) != '}') {
            error = source_fault(source, source->at, "a comma or a closing brace");
        }
    }
    source->at += error == ERROR_NONE;
    source_blanks(source);
    return error;
}

/* What most ranks are: numbers between commas. Ends before anything else. */
static void take_usual_ranks(struct preflib *preflib)
{
    struct election_source *source = preflib->source;
    const uint8_t *at = source->bytes.data + source->at,
                  *end = source->bytes.data + source->bytes.size;
    while (end - at > 5) {
        unsigned candidate = 0, digits = 0;
        for (; digits < 3 && at[digits] >= '0' && at[digits] <= '9'; digits++) {
            candidate = candidate * 10 + (at[digits] - '0');
        }
        if (at[digits] != ',' || candidate < 1 ||
            candidate > source->election->definition.n_option) {
            break;
        }
        ballot_rank(source, (uint16_t)(candidate - 1));
        at += digits + 1;
    }
    source->at = (size_t)(at - source->bytes.data);
}

static enum error take_groups(struct preflib *preflib)
{
    struct election_source *source = preflib->source;
    uint64_t most = preflib->sorted ? preflib->categories : source->election->definition.n_option;
    if (!preflib->sorted) {
        take_usual_ranks(preflib);
        source_blanks(source);
    }
    for (uint64_t at = 1;; at++) {
        if (at > most && preflib->sorted) {
            return source_fault(source, source->at, "at most %llu categories",
                                (unsigned long long)most);
        }
        enum error error = take_group(preflib, (uint16_t)at);
        if (error != ERROR_NONE) {
            return error;
        }
        if (!preflib->sorted) {
            ballot_rank_end(source);
        }
        if (source_at_line_end(source)) {
            return ERROR_NONE;
        }
        if (source_peek(source) != ',') {
            return source_fault(source, source->at, "a comma, or the end of the line");
        }
        source->at++;
        source_blanks(source);
    }
}

static enum error take_ballot(struct preflib *preflib)
{
    struct election_source *source = preflib->source;
    size_t from = source->at;
    uint64_t count = 0;
    enum error error =
        source_number(source, UINT32_MAX, "how many cast this ballot, then a colon", &count);
    source_blanks(source);
    if (error == ERROR_NONE && source_peek(source) != ':') {
        error = source_fault(source, source->at, "a colon behind the number of ballots");
    }
    if (error == ERROR_NONE && count == 0) {
        error = source_fault(source, from, "at least one ballot");
    }
    if (error != ERROR_NONE) {
        return error;
    }
    source->at++;
    source_blanks(source);
    ballot_begin(source);
    if (!source_at_line_end(source)) {
        error = take_groups(preflib);
    }
    return error == ERROR_NONE ? ballot_end(source, from, count, count) : error;
}

static enum error take_line(struct preflib *preflib)
{
    struct election_source *source = preflib->source;
    size_t from = source->at;
    if (source_peek(source) == '#') {
        struct slice line = line_at(source->bytes, from, &source->at);
        return take_header(preflib, line);
    }
    source_blanks(source);
    enum error error = ERROR_NONE;
    if (!source_at_line_end(source)) {
        error = preflib->begun ? take_ballot(preflib)
                               : source_fault(source, from, "a header with NUMBER ALTERNATIVES");
    }
    source->at += source_peek(source) == '\r';
    source->at += source_peek(source) == '\n';
    return error;
}

enum error preflib_read(struct election_source *source)
{
    struct preflib preflib = {.source = source};
    enum error error = look_ahead(&preflib);
    while (error == ERROR_NONE && source_peek(source) >= 0) {
        error = take_line(&preflib);
    }
    if (error == ERROR_NONE && !preflib.begun) {
        error = source_fault(source, source->at, "a header with NUMBER ALTERNATIVES");
    }
    if (error == ERROR_NONE && !preflib.has_voters) {
        error = source_fault(source, source->at, "a header with NUMBER VOTERS");
    }
    if (error == ERROR_NONE && preflib.voters != source->election->ballots.heads) {
        error = source_fault(source, preflib.voters_at,
                             "as many voters as there are ballots, %u: the file may be cut",
                             source->election->ballots.heads);
    }
    return error == ERROR_NONE ? ballots_finish(source) : error;
}
