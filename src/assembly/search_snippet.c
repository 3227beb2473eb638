/* What a result shows of a text: a piece around the first word that was found, with marks on every one.
 *
 * The piece is copied by runs of plain letters: white space becomes one space, signs of Markdown are left out. Marks are
 * counted on the way in UTF-16 units of what is copied, so they fit whatever was left out. Start at search_write_marked(). */
#include "assembly/search.h"
#include "base/fatal.h"

enum {
    BEFORE_MAX = 60,   /* bytes shown before the first word found */
    SHOWN_MAX = 220,   /* characters shown */
    COPIED_MAX = 1000, /* characters, where one word goes on for ever */
    PIECE_MAX = 4 * COPIED_MAX + 16,
};

struct piece {
    uint8_t text[PIECE_MAX];
    size_t size;          /* bytes of text */
    struct buffer *marks; /* as they are written */
    uint64_t units;       /* UTF-16 */
    size_t characters;
    bool gap; /* white space not yet written */
};

static size_t point_size(uint8_t first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static bool is_sign(uint8_t byte)
{
#define BIT(sign) (UINT64_C(1) << ((sign)&63))
    static const uint64_t signs[4] = {BIT('*') | BIT('#') | BIT('>'),
                                      BIT('`') | BIT('~') | BIT('|')};
#undef BIT
    return (signs[byte >> 6] >> (byte & 63) & 1) != 0;
}

static void append(struct piece *piece, struct slice bytes, size_t characters, size_t units)
{
    assert_always(piece->size + bytes.size < PIECE_MAX);
    if (piece->gap && piece->characters > 0) {
        piece->text[piece->size++] = ' ';
        piece->units++;
        piece->characters++;
    }
    piece->gap = false;
    memcpy(piece->text + piece->size, bytes.data, bytes.size);
    piece->size += bytes.size;
    piece->units += units;
    piece->characters += characters;
}

/* How many bytes from here on are letters and the like of one byte each. */
static size_t plain_size(struct slice text, size_t from, size_t to)
{
    size_t at = from;
    while (at < to && text.data[at] > ' ' && text.data[at] < 0x80 && !is_sign(text.data[at])) {
        at++;
    }
    return at - from;
}

/* Copies [from, to) of the text, COPIED_MAX characters in all. */
static void copy(struct piece *piece, struct slice text, size_t from, size_t to)
{
    while (from < to && piece->characters < COPIED_MAX) {
        size_t room = COPIED_MAX - piece->characters;
        size_t plain = plain_size(text, from, to - from < room ? to : from + room);
        size_t size = plain > 0 ? plain : point_size(text.data[from]);
        bool firm = size == 2 && text.data[from] == 0xC2 && text.data[from + 1] == 0xA0;
        if (plain > 0) {
            append(piece, slice_of(text.data + from, plain), plain, plain);
        } else if (text.data[from] == ' ' || text.data[from] == '\n' || firm) {
            piece->gap = true;
        } else if (!is_sign(text.data[from])) {
            append(piece, slice_of(text.data + from, size), 1, size == 4 ? 2 : 1);
        }
        from += size;
    }
}

static void mark(struct piece *piece, struct slice text, const struct fold_word *word)
{
    uint64_t from = piece->units + (piece->gap && piece->characters > 0);
    copy(piece, text, word->from, word->to);
    buffer_append_text(piece->marks, piece->marks->size == 0 ? "{\"from\":" : ",{\"from\":");
    json_write_number(piece->marks, from);
    buffer_append_text(piece->marks, ",\"to\":");
    json_write_number(piece->marks, piece->units);
    buffer_append_u8(piece->marks, '}');
}

static bool is_wanted(const struct search_asked *asked, const struct fold_word *word)
{
    bool wanted = false;
    for (size_t i = 0; asked->initials.of[word->text[0]] && i < asked->count && !wanted; i++) {
        wanted = search_quality_of(&asked->wanted[i], word->text, word->size) != QUALITY_NONE;
    }
    return wanted;
}

/* Where the piece begins: at a word, some way before the first that is wanted. */
static size_t start_of(const struct search_asked *asked, struct slice text)
{
    struct fold_reader reader = fold_reader_of(text);
    struct fold_word word;
    while (fold_next_of(&reader, &asked->initials, &word)) {
        if (is_wanted(asked, &word)) {
            size_t from = word.from;
            size_t start = from;
            while (from > 0 && word.from - from < BEFORE_MAX) {
                from--;
                if (text.data[from] == ' ' || text.data[from] == '\n') {
                    start = from + 1;
                }
            }
            return from == 0 ? 0 : start;
        }
    }
    return 0;
}

void search_write_marked(struct search_asked *asked, struct slice text, bool whole)
{
    struct piece piece;
    struct fold_word word;
    size_t at = whole ? 0 : start_of(asked, text);
    struct fold_reader reader = {.text = text, .at = at};
    piece.marks = &asked->marks;
    piece.size = piece.characters = 0;
    piece.units = 0;
    piece.gap = false;
    buffer_clear(piece.marks);
    if (at > 0) {
        append(&piece, slice_text("…"), 1, 1);
        piece.gap = true;
    }
    while ((whole || piece.characters < SHOWN_MAX) && fold_next(&reader, &word)) {
        bool wanted = is_wanted(asked, &word);
        copy(&piece, text, at, wanted ? word.from : word.to);
        if (wanted) {
            mark(&piece, text, &word);
        }
        at = word.to;
    }
    if (whole || at == text.size || !fold_next(&reader, &word)) {
        copy(&piece, text, at, text.size);
    } else {
        piece.gap = true;
        append(&piece, slice_text("…"), 1, 1);
    }
    buffer_append_text(asked->out, "{\"text\":");
    json_write_string(asked->out, slice_of(piece.text, piece.size));
    buffer_append_text(asked->out, ",\"marks\":[");
    buffer_append_slice(asked->out, buffer_slice(piece.marks));
    buffer_append_text(asked->out, "]}");
}
