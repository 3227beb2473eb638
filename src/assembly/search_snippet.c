/* What a result shows of a text: a piece around the first word that was found, with marks on every one.
 *
 * The piece is copied byte by byte into the string that is answered: white space becomes one space, signs of Markdown are
 * left out. Marks are counted on the way in UTF-16 units of what is copied, so they fit whatever was left out. Which words
 * are wanted is asked of what the row of the document knows of its words (search_row.c), so few are folded.
 * Start at search_write_marked(). */
#include "assembly/search.h"
#include "base/fatal.h"

#include <endian.h>

enum {
    BEFORE_MAX = 60,   /* bytes shown before the first word found */
    SHOWN_MAX = 220,   /* characters shown */
    COPIED_MAX = 1000, /* characters, where one word goes on for ever */
    PIECE_MAX =
        JSON_ESCAPE_MAX * (COPIED_MAX + 8), /* dots, and BLOCK bytes that are copied in vain */
    FAR = 32,                               /* bytes that are worth passing by at once */
    BLOCK = 16,                             /* bytes that are copied at once */
};

struct piece {
    uint8_t text[PIECE_MAX]; /* of a JSON string */
    size_t size, more;       /* bytes; of them those that do not begin a character */
    size_t wide;             /* characters of two UTF-16 units */
    struct buffer *marks;    /* as they are written */
};

/* ---- words that are wanted ---- */

struct search_scan search_scan_of(const struct search_asked *asked, const struct search_text *text)
{
    return (struct search_scan){.asked = asked, .text = text->text, .words = text->words};
}

/* Is the word that begins here this very one, in letters of ASCII (most are that are found), or surely none that is found
 * by it? Then it is not folded. */
enum plainly { PLAINLY_NOT, PLAINLY, PERHAPS };

static enum plainly is_plainly(const struct search_wanted *wanted, struct slice text, size_t at)
{
    size_t size = wanted->word.size, there = text.size - at;
    for (size_t i = 0; i < size; i++) {
        uint8_t letter = i < there ? fold_plain[text.data[at + i]] : 0;
        if (letter != wanted->word.text[i]) {
            return letter != 0 && i < wanted->scan ? PLAINLY_NOT : PERHAPS;
        }
    }
    uint8_t next = size < there ? text.data[at + size] : ' ';
    return next < 0x80 && fold_plain[next] == 0 ? PLAINLY : PERHAPS;
}

static uint8_t which_of(const struct search_asked *asked, uint8_t may, const struct fold_word *word)
{
    uint8_t which = 0;
    for (unsigned left = may; left != 0; left &= left - 1) {
        const struct search_wanted *wanted = &asked->wanted[__builtin_ctz(left)];
        if (search_quality_of(wanted, word->text, word->size) != QUALITY_NONE) {
            which |= (uint8_t)(left & -left);
        }
    }
    return which;
}

/* The word that begins here, folded, when it may be one of these. Which ones it is. */
static uint8_t look_at(const struct search_scan *scan, uint8_t may, size_t at,
                       struct fold_word *word)
{
    for (unsigned left = may; left != 0; left &= left - 1) {
        const struct search_wanted *wanted = &scan->asked->wanted[__builtin_ctz(left)];
        enum plainly plainly = is_plainly(wanted, scan->text, at);
        if (plainly == PLAINLY) {
            memcpy(word->text, wanted->word.text, FOLD_WORD_MAX);
            word->size = wanted->word.size;
            word->from = at;
            word->to = at + word->size;
            return (may & (may - 1)) == 0 ? may : which_of(scan->asked, may, word);
        }
        may &= (uint8_t)(plainly == PLAINLY_NOT ? ~(left & -left) : UINT8_MAX);
    }
    struct fold_reader reader = {.text = scan->text, .at = at};
    bool found = may != 0 && fold_next(&reader, word) && word->from == at;
    return found ? which_of(scan->asked, may, word) : 0;
}

/* Which wanted words this one may be. Steps over a long way are no words: their first byte is 0. */
static uint8_t may_be(const struct search_asked *asked, const uint8_t *entry)
{
    return asked->by_hash[entry[0]] | asked->by_initial[entry[1]];
}

/* Passes by words that are none of these, four at once; how far that is. */
static size_t pass_by(const struct search_asked *asked, uint8_t wanted, const uint8_t **entry,
                      const uint8_t *end)
{
    enum { SIZE = SEARCH_WORD_SIZE, FOUR = 4 * SIZE };
    const uint8_t *at = *entry;
    size_t way = 0;
    while (end - at >= FOUR &&
           (wanted & (may_be(asked, at) | may_be(asked, at + SIZE) | may_be(asked, at + 2 * SIZE) |
                      may_be(asked, at + 3 * SIZE))) == 0) {
        way += (size_t)at[2] + at[SIZE + 2] + at[2 * SIZE + 2] + at[3 * SIZE + 2];
        at += FOUR;
    }
    *entry = at;
    return way;
}

uint8_t search_scan_next(struct search_scan *scan, uint8_t but, struct fold_word *word)
{
    const struct search_asked *asked = scan->asked;
    const uint8_t *entry = scan->words.data, *end = entry + scan->words.size;
    size_t at = scan->at;
    uint8_t which = 0, wanted = (uint8_t)~but;
    for (; entry < end && which == 0; entry += SEARCH_WORD_SIZE) {
        uint8_t may = may_be(asked, entry) & wanted;
        at += entry[2];
        if (may != 0 && entry[1] != 0) {
            which = look_at(scan, may, at, word);
        } else {
            const uint8_t *next = entry + SEARCH_WORD_SIZE;
            at += pass_by(asked, wanted, &next, end);
            entry = next - SEARCH_WORD_SIZE;
        }
    }
    scan->at = at;
    scan->words = slice_of(entry, (size_t)(end - entry));
    return which;
}

/* ---- copying ---- */

/* What becomes of a byte: it stays, is white space, is a sign that is left out, is escaped, begins a longer character. */
enum { STAYS, SPACE, SIGN, ESCAPED, LONG };

static int fate_of(uint8_t byte)
{
#define SIX(fate) fate, fate, fate, fate, fate, fate
    static const uint8_t fates[128] = {
        SIX(ESCAPED),   ESCAPED,      ESCAPED,       ESCAPED,         ESCAPED,
        ['\n'] = SPACE, SIX(ESCAPED), SIX(ESCAPED),  SIX(ESCAPED),    ESCAPED,
        ESCAPED,        ESCAPED,      [' '] = SPACE, ['"'] = ESCAPED, ['\\'] = ESCAPED,
        ['*'] = SIGN,   ['#'] = SIGN, ['>'] = SIGN,  ['`'] = SIGN,    ['~'] = SIGN,
        ['|'] = SIGN};
#undef SIX
    return byte < 0x80 ? fates[byte] : LONG;
}

static size_t characters_of(const struct piece *piece)
{
    return piece->size - piece->more;
}

static uint64_t units_of(const struct piece *piece)
{
    return piece->size - piece->more + piece->wide;
}

/* One space, however much there is, and none at the beginning. */
static void append_space(struct piece *piece)
{
    if (piece->size > 0 && piece->text[piece->size - 1] != ' ') {
        piece->text[piece->size++] = ' ';
    }
}

/* A character that does not simply stay; how many bytes of the text it takes. */
static size_t copy_other(struct piece *piece, const uint8_t *from, int fate)
{
    uint8_t first = from[0];
    uint8_t *into = piece->text + piece->size;
    size_t size = fate != LONG ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (size == 2 && first == 0xC2 && from[1] == 0xA0) {
        append_space(piece);
    } else if (fate == ESCAPED) {
        size_t escaped = json_escape(first, into);
        piece->size += escaped;
        piece->more += escaped - 1;
    } else if (fate == LONG) {
        memcpy(into, from, size);
        piece->size += size;
        piece->more += size - 1;
        piece->wide += size == 4;
    }
    return size;
}

/* Copies BLOCK bytes; how many of them, from the first on, simply stay. `into` has room for all, whatever they are. */
static size_t copy_block(uint8_t *into, const uint8_t *from)
{
    typedef uint8_t bytes __attribute__((vector_size(BLOCK)));
    typedef uint64_t halves __attribute__((vector_size(BLOCK)));
    bytes block, next;
    memcpy(&block, from, BLOCK);
    memcpy(into, &block, BLOCK);
    memcpy(&next, from + 1, BLOCK);
    halves other = (halves)(block - 0x20 > 0x5F) | (halves)((block | 0x01) == '#') |
                   (halves)((block | 0x40) == '~') | (halves)(block == '*') |
                   (halves)(block == '`') | (halves)(block == '|') | (halves)(block == '\\') |
                   ((halves)(block == ' ') & (halves)(next == ' '));
    uint64_t first = be64toh(other[0]), rest = be64toh(other[1]);
    return first != 0  ? (size_t)__builtin_clzll(first) / 8
           : rest != 0 ? BLOCK / 2 + (size_t)__builtin_clzll(rest) / 8
                       : BLOCK;
}

/* What stays, and white space, of at most so many bytes; how many that is. `readable`: bytes there are. */
static size_t copy_plain(struct piece *piece, const uint8_t *from, size_t most, size_t readable)
{
    uint8_t *into = piece->text + piece->size, last = piece->size > 0 ? into[-1] : ' ';
    size_t count = 0;
    while (count < most) {
        if (readable - count > BLOCK && (last != ' ' || from[count] != ' ')) {
            size_t run = copy_block(into, from + count);
            run = run < most - count ? run : most - count;
            into += run;
            count += run;
            if (run > 0) {
                last = into[-1];
                continue;
            }
        }
        int fate = fate_of(from[count]);
        if (fate > SPACE) {
            break;
        }
        uint8_t byte = fate == SPACE ? ' ' : from[count];
        if (fate == STAYS || last != ' ') {
            *into++ = byte;
        }
        last = byte;
        count++;
    }
    piece->size = (size_t)(into - piece->text);
    return count;
}

/* Copies [from, to) of the text, COPIED_MAX characters in all. */
static void copy(struct piece *piece, struct slice text, size_t from, size_t to)
{
    while (from < to && characters_of(piece) < COPIED_MAX) {
        size_t room = COPIED_MAX - characters_of(piece);
        from += copy_plain(piece, text.data + from, to - from < room ? to - from : room,
                           text.size - from);
        if (from < to) {
            int fate = fate_of(text.data[from]);
            from += fate <= SPACE ? 0 : copy_other(piece, text.data + from, fate);
        }
    }
}

/* Before `end`; where it begins. */
static uint8_t *put_text(uint8_t *end, const char *text, size_t size)
{
    memcpy(end - size, text, size);
    return end - size;
}

static uint8_t *put_number(uint8_t *end, uint64_t number)
{
    do {
        *--end = (uint8_t)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

/* A question of common words has a hundred marks: each is put together from its end and appended at once. */
static void append_mark(struct buffer *marks, uint64_t from, uint64_t to)
{
    uint8_t text[80], *end = text + sizeof text;
    uint8_t *at = put_number(put_text(end, "}", 1), to);
    at = put_number(put_text(at, ",\"to\":", 6), from);
    at = put_text(at, ",{\"from\":", 9);
    at += marks->size == 0; /* no comma before the first */
    buffer_append(marks, at, (size_t)(end - at));
}

/* Copies up to a word that is wanted, and the word. */
static size_t copy_marked(struct piece *piece, struct slice text, size_t at,
                          const struct fold_word *word)
{
    copy(piece, text, at, word->from);
    uint64_t from = units_of(piece);
    copy(piece, text, word->from, word->to);
    append_mark(piece->marks, from, units_of(piece));
    return word->to;
}

/* ---- pieces ---- */

static void copy_whole(struct piece *piece, struct search_scan *scan)
{
    struct fold_word word;
    size_t at = 0;
    while (search_scan_next(scan, 0, &word) != 0) {
        at = copy_marked(piece, scan->text, at, &word);
    }
    copy(piece, scan->text, at, scan->text.size);
}

/* Where the piece begins: at a word, some way before the first that is wanted. */
static size_t start_of(struct slice text, size_t first)
{
    size_t from = first, start = first;
    while (from > 0 && first - from < BEFORE_MAX) {
        from--;
        if (text.data[from] == ' ' || text.data[from] == '\n') {
            start = from + 1;
        }
    }
    return from == 0 ? 0 : start;
}

/* How far one can go before so much is shown that a word is the last; white space, so that no word is cut. */
static size_t far_end(const struct piece *piece, struct slice text, size_t at)
{
    size_t shown = characters_of(piece) + 2;
    size_t end = shown < SHOWN_MAX ? at + SHOWN_MAX - shown : at;
    end = end < text.size ? end : text.size;
    while (end > at && end < text.size && fate_of(text.data[end]) != SPACE) {
        end--;
    }
    return end;
}

/* Until enough is shown, from `at` on. word: the first wanted one; there = there is one. Where it stopped. */
static size_t copy_shown(struct piece *piece, struct search_scan *scan, size_t at, bool there,
                         struct fold_word *word)
{
    struct slice text = scan->text;
    struct fold_word next;
    size_t end = far_end(piece, text, at);
    for (; end - at >= FAR; end = far_end(piece, text, at)) {
        while (there && word->to <= end) {
            at = copy_marked(piece, text, at, word);
            there = search_scan_next(scan, 0, word) != 0;
        }
        copy(piece, text, at, end);
        at = end;
    }
    struct fold_reader reader = {.text = text, .at = at};
    while (characters_of(piece) < SHOWN_MAX && fold_next(&reader, &next)) {
        if (there && next.from == word->from) {
            at = copy_marked(piece, text, at, word);
            there = search_scan_next(scan, 0, word) != 0;
        } else {
            copy(piece, text, at, next.to);
            at = next.to;
        }
    }
    if (at == text.size || !fold_next(&reader, &next)) {
        copy(piece, text, at, text.size);
        at = text.size;
    }
    return at;
}

static void append_dots(struct piece *piece)
{
    static const char dots[] = "…";
    append_space(piece);
    (void)copy_other(piece, (const uint8_t *)dots, LONG);
}

static void copy_around(struct piece *piece, struct search_scan *scan)
{
    struct fold_word word;
    bool there = search_scan_next(scan, 0, &word) != 0;
    size_t at = there ? start_of(scan->text, word.from) : 0;
    if (at > 0) {
        append_dots(piece);
        append_space(piece);
    }
    if (copy_shown(piece, scan, at, there, &word) < scan->text.size) {
        append_dots(piece);
    }
}

void search_write_marked(struct search_asked *asked, const struct search_text *text, bool whole)
{
    struct piece piece;
    struct search_scan scan = search_scan_of(asked, text);
    piece.marks = &asked->marks;
    piece.size = piece.more = piece.wide = 0;
    buffer_clear(piece.marks);
    if (whole) {
        copy_whole(&piece, &scan);
    } else {
        copy_around(&piece, &scan);
    }
    piece.size -= piece.size > 0 && piece.text[piece.size - 1] == ' ';
    assert_always(piece.size <= PIECE_MAX);
    buffer_append_text(asked->out, "{\"text\":\"");
    buffer_append(asked->out, piece.text, piece.size);
    buffer_append_text(asked->out, "\",\"marks\":[");
    buffer_append_slice(asked->out, buffer_slice(piece.marks));
    buffer_append_text(asked->out, "]}");
}
