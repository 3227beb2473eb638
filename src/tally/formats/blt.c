/* BLT: "candidates seats", who has withdrawn, ballots "weight 3 1=2 0", a lone 0, names, title, source, comment.
 *
 * Read as found in the wild: a byte order mark, # and slash-star comments, indentation, blank lines, CRLF, weights with
 * decimals or an X, ids of ballots in parentheses, nicknames, options in brackets, "-" for a rank that was skipped, "=" for
 * equal ones, names without quotes or with doubled ones, no lone 0 before the first quoted name, no names at all.
 * A ballot ends on its line: otherwise one whose 0 is missing would swallow the next. A file that ends among its ballots is
 * refused: nothing else would tell that half of it is missing.
 * Invariant: weights are whole numbers of 10^-decimals of a vote. A weight with more decimals than were known starts the
 * reading again with as many; so each sum is exact. Start at blt_read(). */
#include "tally/formats/parts.h"

struct blt {
    struct election_source *source;
    size_t start;
    uint64_t options;
    struct slice *nicks; /* per candidate, of the bytes; NULL = there are none */
    uint8_t decimals;    /* that weights are read with */
    bool again;          /* a weight has more */
};

static uint64_t power_of_ten(unsigned exponent)
{
    uint64_t power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

/* ---- between the words ---- */

/* Goes over a comment that begins here: to the end of the line, or to its closing mark. false = none begins here. */
static bool pass_comment(struct election_source *source)
{
    struct slice left = slice_of(source->bytes.data + source->at, source->bytes.size - source->at);
    if (left.size > 0 && left.data[0] == '#') {
        const uint8_t *end = memchr(left.data, '\n', left.size);
        source->at += end == NULL ? left.size : (size_t)(end - left.data);
        return true;
    }
    if (left.size > 1 && left.data[0] == '/' && left.data[1] == '*') {
        const uint8_t *end = memmem(left.data + 2, left.size - 2, "*/", 2);
        source->at += end == NULL ? left.size : (size_t)(end - left.data) + 2;
        return true;
    }
    return false;
}

static void pass_line_space(struct election_source *source)
{
    do {
        source_blanks(source);
    } while (pass_comment(source));
}

static void pass_space(struct election_source *source)
{
    pass_line_space(source);
    while (source_peek(source) == '\n' || source_peek(source) == '\r') {
        source->at++;
        pass_line_space(source);
    }
}

/* A word's end: white space, the file's end, or what cannot belong to it. */
static bool is_word_end(int byte)
{
    return byte < 0 || byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == '=' ||
           byte == '#' || byte == ']';
}

static struct slice take_word(struct election_source *source)
{
    size_t from = source->at;
    while (!is_word_end(source_peek(source))) {
        source->at++;
    }
    return slice_of(source->bytes.data + from, source->at - from);
}

static bool is_digits(struct slice word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < '0' || word.data[i] > '9') {
            return false;
        }
    }
    return word.size > 0;
}

/* ---- candidates ---- */

/* The number of a candidate, or a nickname; from 1. 0 = the word is 0. */
static enum error take_candidate(struct blt *blt, uint64_t *candidate)
{
    struct election_source *source = blt->source;
    size_t from = source->at;
    struct slice word = take_word(source);
    *candidate = 0;
    if (is_digits(word)) {
        for (size_t i = 0; i < word.size && *candidate <= blt->options; i++) {
            *candidate = *candidate * 10 + (uint64_t)(word.data[i] - '0');
        }
        return *candidate <= blt->options
                   ? ERROR_NONE
                   : source_fault(source, from, "a candidate from 1 to %llu, or 0",
                                  (unsigned long long)blt->options);
    }
    for (uint64_t i = 0; blt->nicks != NULL && word.size > 0 && i < blt->options; i++) {
        if (slice_equal(blt->nicks[i], word)) {
            *candidate = i + 1;
            return ERROR_NONE;
        }
    }
    return source_fault(source, from,
                        blt->nicks == NULL ? "the number of a candidate, or 0"
                                           : "a nickname or number, or 0");
}

static enum error take_withdrawn(struct blt *blt)
{
    struct election *election = blt->source->election;
    size_t from = blt->source->at++;
    uint64_t candidate;
    enum error error = take_candidate(blt, &candidate);
    if (error == ERROR_NONE && candidate == 0) {
        error = source_fault(blt->source, from, "- and the number of a candidate who withdrew");
    }
    if (error == ERROR_NONE) {
        if (election->withdrawn == NULL) {
            election->withdrawn =
                arena_new(&election->arena, blt->options, sizeof *election->withdrawn);
        }
        election->withdrawn[candidate - 1] = true;
    }
    return error;
}

/* ---- options in brackets ---- */

static enum error add_nick(struct blt *blt, size_t at, struct slice word, uint64_t count)
{
    bool number = is_digits(word) || word.size == 0 || word.data[0] == '-';
    for (uint64_t i = 0; i < count && i < blt->options; i++) {
        number = number || slice_equal(blt->nicks[i], word);
    }
    if (number || count >= blt->options) {
        return source_fault(blt->source, at, "%llu different nicknames that are no numbers",
                            (unsigned long long)blt->options);
    }
    blt->nicks[count] = word;
    return ERROR_NONE;
}

/* nick says other names for candidates; tie an order that the options of the count replace; droop options of a program. */
static enum error take_option(struct blt *blt)
{
    struct election_source *source = blt->source;
    size_t from = source->at++, count = 0;
    struct slice name = take_word(source);
    bool nick = slice_equal(name, slice_text("nick")), tie = slice_equal(name, slice_text("tie"));
    if (!nick && !tie && !slice_equal(name, slice_text("droop"))) {
        return source_fault(source, from, "nick, tie or droop behind the bracket");
    }
    if (nick && blt->nicks == NULL) {
        blt->nicks = arena_new(&source->election->arena, blt->options, sizeof *blt->nicks);
    }
    enum error error = ERROR_NONE;
    for (pass_space(source); error == ERROR_NONE && source_peek(source) != ']';
         pass_space(source)) {
        size_t at = source->at;
        uint64_t candidate = 1;
        struct slice word = {0};
        if (tie) {
            error = take_candidate(blt, &candidate);
        } else {
            word = take_word(source);
        }
        if (error == ERROR_NONE && nick) {
            error = add_nick(blt, at, word, count++);
        }
        if (error == ERROR_NONE && (source->at == at || candidate == 0)) {
            source->at += source_peek(source) == '=';
            error = source->at > at && candidate > 0
                        ? ERROR_NONE
                        : source_fault(source, at, "the bracket that closes the option");
        }
    }
    if (error == ERROR_NONE && nick && count < blt->options) {
        error = source_fault(source, from, "%llu nicknames, one for each candidate",
                             (unsigned long long)blt->options);
    }
    source->at++;
    return error;
}

/* ---- ballots ---- */

/* Decimals behind the point, into units of 10^-blt->decimals. */
static enum error take_decimals(struct blt *blt, size_t from, uint64_t *weight)
{
    struct election_source *source = blt->source;
    unsigned digits = 0, kept = 0;
    uint64_t value = 0;
    source->at++;
    for (int byte = source_peek(source); byte >= '0' && byte <= '9'; byte = source_peek(source)) {
        digits++;
        if (digits <= ELECTION_DECIMALS_MAX) {
            value = value * 10 + (uint64_t)(byte - '0');
            kept = byte != '0' ? digits : kept;
        } else if (byte != '0') {
            return source_fault(source, from, "a weight of at most %d decimals",
                                ELECTION_DECIMALS_MAX);
        }
        source->at++;
    }
    if (digits == 0) {
        return source_fault(source, from, "digits behind the point of the weight");
    }
    if (kept > blt->decimals) {
        blt->decimals = (uint8_t)kept;
        blt->again = true;
    }
    digits = digits > ELECTION_DECIMALS_MAX ? ELECTION_DECIMALS_MAX : digits;
    *weight += value * power_of_ten(ELECTION_DECIMALS_MAX - digits) /
               power_of_ten(ELECTION_DECIMALS_MAX - blt->decimals);
    return ERROR_NONE;
}

/* "3", "3X", "0.5"; or the id of one ballot in parentheses. whole = votes before the point. */
static enum error take_weight(struct blt *blt, uint64_t *whole, uint64_t *weight)
{
    struct election_source *source = blt->source;
    size_t from = source->at;
    if (source_peek(source) == '(') {
        while (source_peek(source) != ')') {
            if (source_at_line_end(source)) {
                return source_fault(source, from, "a closing parenthesis on the line of the id");
            }
            source->at++;
        }
        source->at++;
        *whole = 1;
        *weight = power_of_ten(blt->decimals);
        return ERROR_NONE;
    }
    bool number = source_peek(source) >= '0' && source_peek(source) <= '9';
    enum error error = source_number(
        source, ELECTION_WEIGHT_MAX,
        number ? "a weight of at most 90071992547" : "the weight of a ballot, or a lone 0", whole);
    *weight = *whole * power_of_ten(blt->decimals);
    if (error == ERROR_NONE && source_peek(source) == '.') {
        error = take_decimals(blt, from, weight);
    }
    source->at += source_peek(source) == 'X' || source_peek(source) == 'x';
    if (error == ERROR_NONE && !is_word_end(source_peek(source))) {
        error = source_fault(source, from, "the weight of a ballot, or a lone 0");
    }
    return error;
}

/* What nearly every ballot is: numbers with one blank between them. Ends before anything else. */
static void take_usual_ranks(struct blt *blt)
{
    struct election_source *source = blt->source;
    const uint8_t *at = source->bytes.data + source->at,
                  *end = source->bytes.data + source->bytes.size;
    while (end - at > 5) {
        unsigned candidate = 0, digits = 0;
        for (; digits < 3 && at[digits] >= '0' && at[digits] <= '9'; digits++) {
            candidate = candidate * 10 + (at[digits] - '0');
        }
        bool usual = at[digits] == ' ' && at[digits + 1] >= '0' && at[digits + 1] <= '9';
        if (!usual || candidate < 1 || candidate > blt->options) {
            break;
        }
        ballot_rank(source, (uint16_t)(candidate - 1));
        at += digits + 1;
    }
    source->at = (size_t)(at - source->bytes.data);
}

/* The ranks of one ballot and their 0. */
static enum error take_ranks(struct blt *blt)
{
    struct election_source *source = blt->source;
    pass_line_space(source);
    take_usual_ranks(blt);
    for (;;) {
        uint64_t candidate;
        pass_line_space(source);
        if (source_at_line_end(source)) {
            return source_fault(source, source->at, "0 at the end of the ballot");
        }
        if (source_peek(source) == '-' && is_word_end(source_ahead(source))) {
            source->at++;
            ballot_rank_skip(source);
            continue;
        }
        enum error error = take_candidate(blt, &candidate);
        if (error != ERROR_NONE || candidate == 0) {
            return error;
        }
        ballot_name(source, (uint16_t)(candidate - 1));
        source_blanks(source);
        while (source_peek(source) == '=') {
            size_t at = ++source->at;
            source_blanks(source);
            error = take_candidate(blt, &candidate);
            if (error == ERROR_NONE && candidate == 0) {
                error = source_fault(source, at, "a candidate behind =");
            }
            if (error != ERROR_NONE) {
                return error;
            }
            ballot_name(source, (uint16_t)(candidate - 1));
            source_blanks(source);
        }
        ballot_rank_end(source);
    }
}

/* One ballot; *last at the lone 0. */
static enum error take_ballot(struct blt *blt, bool *last)
{
    struct election_source *source = blt->source;
    size_t from = source->at;
    uint64_t whole = 0, weight = 0;
    enum error error = take_weight(blt, &whole, &weight);
    if (error != ERROR_NONE || blt->again) {
        return error;
    }
    if (weight == 0) {
        pass_line_space(source);
        *last = source_at_line_end(source) || source_peek(source) == '"';
        return *last ? ERROR_NONE : source_fault(source, from, "a weight above 0");
    }
    ballot_begin(source);
    error = take_ranks(blt);
    if (error == ERROR_NONE) {
        error = ballot_end(source, from, blt->decimals == 0 ? whole : 1, weight);
    }
    return error;
}

static enum error take_ballots(struct blt *blt)
{
    struct election_source *source = blt->source;
    bool begun = false, last = false;
    enum error error = ERROR_NONE;
    while (error == ERROR_NONE && !last && !blt->again) {
        pass_space(source);
        int byte = source_peek(source);
        if (byte < 0) {
            return source_fault(source, source->at, "a lone 0 after the last ballot");
        }
        if (byte == '"') {
            break; /* the names come without it */
        }
        if (byte == '[') {
            error = take_option(blt);
        } else if (byte == '-' && !begun) {
            error = take_withdrawn(blt);
        } else {
            begun = true;
            error = take_ballot(blt, &last);
        }
    }
    return error;
}

/* ---- names ---- */

/* The text between quotes, which may be doubled inside, or both at its ends. */
static enum error take_quoted(struct election_source *source, struct slice *text)
{
    uint8_t out[ELECTION_NAME_MAX + 1];
    size_t from = source->at++, size = 0;
    bool twice = source_peek(source) == '"' && source_ahead(source) != '"' &&
                 !is_word_end(source_ahead(source));
    source->at += twice;
    for (bool open = true; open;) {
        int byte = source_peek(source);
        bool pair = byte == '"' && source_ahead(source) == '"';
        if (byte < 0 || byte == '\n') {
            return source_fault(source, from, "a closing quote on this line");
        }
        source->at += 1U + pair;
        open = byte != '"' || (pair && !twice);
        if (open && size < sizeof out) {
            out[size++] = (uint8_t)byte;
        }
    }
    enum error error = source_text(source, from, slice_of(out, size), text);
    pass_line_space(source);
    if (error == ERROR_NONE && !source_at_line_end(source) && source_peek(source) != '"') {
        error = source_fault(source, source->at, "the end of the line, or a text in quotes");
    }
    return error;
}

/* The rest of the line, to a comment; runs of blanks become one. */
static enum error take_plain(struct election_source *source, struct slice *text)
{
    uint8_t out[ELECTION_NAME_MAX + 1];
    size_t from = source->at, size = 0;
    for (; !source_at_line_end(source); source->at++) {
        int byte = source_peek(source);
        bool blank = byte == ' ' || byte == '\t';
        bool before = size > 0 && out[size - 1] == ' ';
        if (byte == '#' && before && is_word_end(source_ahead(source))) {
            pass_comment(source);
            break;
        }
        if (!(blank && before) && size < sizeof out) {
            out[size++] = blank ? ' ' : (uint8_t)byte;
        }
    }
    size -= size > 0 && out[size - 1] == ' ';
    return source_text(source, from, slice_of(out, size), text);
}

static enum error take_text(struct election_source *source, struct slice *text)
{
    return source_peek(source) == '"' ? take_quoted(source, text) : take_plain(source, text);
}

static enum error take_names(struct blt *blt)
{
    struct election_source *source = blt->source;
    struct election *election = source->election;
    struct slice behind = {0}; /* source and comment */
    for (uint64_t i = 0; i < blt->options; i++) {
        pass_space(source);
        if (source_peek(source) < 0) {
            return i == 0
                       ? ERROR_NONE
                       : source_fault(source, source->at, "the name of candidate %llu of %llu",
                                      (unsigned long long)i + 1, (unsigned long long)blt->options);
        }
        struct slice name = {0};
        enum error error = take_text(source, &name);
        if (error != ERROR_NONE) {
            return error;
        }
        election->names[i] = name.size > 0 ? name : election->names[i];
    }
    for (unsigned text = 0; text < 3; text++) {
        pass_space(source);
        if (source_peek(source) < 0) {
            return ERROR_NONE;
        }
        enum error error = take_text(source, text == 0 ? &election->title : &behind);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    pass_space(source);
    return source_peek(source) < 0
               ? ERROR_NONE
               : source_fault(source, source->at,
                              "nothing more: the file names %llu candidates, then title, source "
                              "and comment",
                              (unsigned long long)blt->options);
}

/* ---- the whole ---- */

static enum error take_head(struct blt *blt)
{
    struct election_source *source = blt->source;
    uint64_t seats = 0;
    pass_space(source);
    size_t from = source->at;
    enum error error = source_number(source, UINT32_MAX,
                                     "the number of candidates, then that of seats", &blt->options);
    if (error == ERROR_NONE) {
        error = ballots_begin(source, from, blt->options, BALLOTS_RANKED);
    }
    if (error != ERROR_NONE) {
        return error;
    }
    pass_line_space(source);
    from = source->at;
    error = source_number(source, UINT32_MAX, "the number of seats", &seats);
    if (error == ERROR_NONE && (seats < 1 || seats > blt->options)) {
        error = source_fault(source, from, "between 1 and %llu seats",
                             (unsigned long long)blt->options);
    }
    if (error == ERROR_NONE && source_peek(source) == '-') {
        error = source_fault(source, from, "the number of seats"); /* "1-2": nobody withdrew */
    }
    if (error == ERROR_NONE && ballots_fill_seats(source)) {
        source->election->definition.seats = (uint16_t)seats;
    }
    return error;
}

/* Once, with the decimals known so far. */
static enum error read_once(struct blt *blt)
{
    struct election_source *source = blt->source;
    source->at = blt->start;
    blt->again = false;
    blt->nicks = NULL;
    source->election->withdrawn = NULL;
    source->election->decimals = blt->decimals;
    enum error error = take_head(blt);
    if (error == ERROR_NONE) {
        error = take_ballots(blt);
    }
    return error;
}

static void forget_ballots(struct election *election)
{
    static const struct result_count none;
    tally_box_free(election->box);
    election->box = tally_box_new();
    election->ballots = election->empty = none;
    election->over_voted = election->skipped = election->repeated = none;
}

enum error blt_read(struct election_source *source)
{
    struct blt blt = {.source = source, .start = source->at};
    enum error error = read_once(&blt);
    while (error == ERROR_NONE && blt.again) {
        forget_ballots(source->election);
        error = read_once(&blt);
    }
    if (error == ERROR_NONE) {
        error = take_names(&blt);
    }
    return error == ERROR_NONE ? ballots_finish(source) : error;
}
