/* Folding: text into words that compare as people read them.
 *
 * A word is a run of letters, digits and marks. Each character is taken apart (compatibility decomposition), loses its
 * marks and its case; letters that Unicode does not take apart (œ, ø, ł …) stand in a small table. One character at a
 * time, so that nothing is allocated and no input makes it longer than FOLD_WORD_MAX. Start at fold_next(). */
#include "base/fold.h"

#include <utf8proc.h>

enum { DECOMPOSED_MAX = 32, TEXT_MAX = 1024 * 1024 };

struct fold_reader fold_reader_of(struct slice text)
{
    return (struct fold_reader){.text = text};
}

/* One character at `at`; its size in bytes, −1 as point where the bytes are not UTF-8. */
static size_t point_at(struct slice text, size_t at, utf8proc_int32_t *point)
{
    utf8proc_ssize_t size =
        utf8proc_iterate(text.data + at, (utf8proc_ssize_t)(text.size - at), point);
    if (size <= 0) {
        *point = -1;
        return 1;
    }
    return (size_t)size;
}

static bool is_wordly(utf8proc_category_t category)
{
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

static bool is_mark(utf8proc_category_t category)
{
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

static bool is_apostrophe(utf8proc_int32_t point)
{
    return point == '\'' || point == 0x2019 || point == 0x2018 || point == 0x02BC;
}

/* ---- one character ---- */

static void append(struct fold_word *word, const void *bytes, size_t size)
{
    if (word->size + size <= FOLD_WORD_MAX) {
        memcpy(word->text + word->size, bytes, size);
        word->size += size;
    } else {
        word->size |= (size_t)1 << 16; /* full: nothing shorter may follow */
    }
}

static void append_point(struct fold_word *word, utf8proc_int32_t point)
{
    static const struct {
        utf8proc_int32_t point;
        const char *letters;
    } apart[] = {{0xE6, "ae"}, {0xF0, "d"},  {0xF8, "o"},  {0xFE, "th"},  {0x111, "d"},
                 {0x127, "h"}, {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}, {0x167, "t"}};
    utf8proc_uint8_t bytes[4];
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++) {
        if (apart[i].point == point) {
            append(word, apart[i].letters, strlen(apart[i].letters));
            return;
        }
    }
    utf8proc_ssize_t size = utf8proc_encode_char(point, bytes);
    if (size > 0) {
        append(word, bytes, (size_t)size);
    }
}

static void append_folded(struct fold_word *word, utf8proc_int32_t point)
{
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        point, parts, DECOMPOSED_MAX,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && count <= DECOMPOSED_MAX; i++) {
        if (is_wordly(utf8proc_category(parts[i]))) {
            append_point(word, parts[i]);
        }
    }
}

const uint8_t fold_plain[256] = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                "0123456789\0\0\0\0\0\0"
                                "\0abcdefghijklmnopqrstuvwxyz\0\0\0\0\0"
                                "\0abcdefghijklmnopqrstuvwxyz\0\0\0\0\0";

/* The letters of Latin-1 that fold to one of one byte (U+00C0 to U+00FF, in UTF-8 C3 and a second byte); '.' = another. */
static uint8_t latin_letter(uint8_t second)
{
    static const char letters[] = "aaaaaa.ceeeeiiii.nooooo..uuuuy.."
                                  "aaaaaa.ceeeeiiii.nooooo..uuuuy.y";
    uint8_t letter = (second & 0xC0) == 0x80 ? (uint8_t)letters[second & 0x3F] : '.';
    return letter == '.' ? 0 : letter;
}

/* Takes the character of several bytes at `at` into the word when it belongs to one; its size, 0 when it does not. */
static size_t take(struct slice text, size_t at, struct fold_word *word)
{
    utf8proc_int32_t point;
    if (text.data[at] == 0xC3 && at + 1 < text.size) {
        uint8_t letter = latin_letter(text.data[at + 1]);
        if (letter != 0) {
            append(word, &letter, 1);
            return 2;
        }
    }
    size_t size = point_at(text, at, &point);
    utf8proc_category_t category = point < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(point);
    if (is_mark(category)) {
        return size;
    }
    if (!is_wordly(category)) {
        return 0;
    }
    append_folded(word, point);
    return size;
}

/* ---- words ---- */

static bool apostrophe_at(struct slice text, size_t at)
{
    utf8proc_int32_t point;
    return at < text.size && point_at(text, at, &point) > 0 && is_apostrophe(point);
}

static bool apostrophe_before(struct slice text, size_t at)
{
    size_t from = at;
    while (from > 0 && at - from < 3) {
        from--;
        if ((text.data[from] & 0xC0) != 0x80) {
            return apostrophe_at(text, from);
        }
    }
    return false;
}

/* l', d', qu' before a word; 's, 't after one. */
static bool is_elided(struct slice text, const struct fold_word *word)
{
    bool short_one = word->size == 1;
    bool qu = word->size == 2 && memcmp(word->text, "qu", 2) == 0;
    return ((short_one || qu) && apostrophe_at(text, word->to)) ||
           (short_one && apostrophe_before(text, word->from));
}

/* Past what belongs to no word. */
static void pass_signs(struct fold_reader *reader)
{
    const uint8_t *at = reader->text.data + reader->at;
    const uint8_t *end = reader->text.data + reader->text.size;
    while (at < end && *at < 0x80 && fold_plain[*at] == 0) {
        at++;
    }
    reader->at = (size_t)(at - reader->text.data);
}

/* The word that begins here, elided or not; false = none does, and the reader is past the sign that stands here. */
static bool read_word(struct fold_reader *reader, struct fold_word *word)
{
    utf8proc_int32_t point;
    struct slice text = reader->text;
    size_t at = reader->at, size;
    *word = (struct fold_word){.from = at};
    do {
        uint8_t letter = 0;
        while (at < text.size && (letter = fold_plain[text.data[at]]) != 0) {
            if (word->size < FOLD_WORD_MAX) {
                word->text[word->size++] = letter;
            } else {
                append(word, &letter, 1);
            }
            at++;
        }
        size = at < text.size && text.data[at] >= 0x80 ? take(text, at, word) : 0;
        at += size;
    } while (size > 0);
    word->size &= ((size_t)1 << 16) - 1;
    word->to = at;
    reader->at = at > word->from ? at : at + point_at(text, at, &point);
    return word->size > 0;
}

bool fold_next(struct fold_reader *reader, struct fold_word *word)
{
    for (pass_signs(reader); reader->at < reader->text.size; pass_signs(reader)) {
        if (read_word(reader, word) && !is_elided(reader->text, word)) {
            return true;
        }
    }
    return false;
}

void fold_append(struct buffer *out, struct slice text)
{
    struct fold_reader reader = fold_reader_of(text);
    struct fold_word word;
    bool first = true;
    while (fold_next(&reader, &word)) {
        if (!first) {
            buffer_append_u8(out, ' ');
        }
        first = false;
        buffer_append(out, word.text, word.size);
    }
}

bool fold_contains(struct slice text, struct slice needle)
{
    struct buffer words, wanted;
    if (needle.size == 0) {
        return true;
    }
    buffer_init(&words, TEXT_MAX);
    buffer_init(&wanted, TEXT_MAX);
    fold_append(&words, text);
    fold_append(&wanted, needle);
    bool found = words.size > 0 && wanted.size > 0 &&
                 memmem(words.data, words.size, wanted.data, wanted.size) != NULL;
    buffer_free(&words);
    buffer_free(&wanted);
    return found;
}
