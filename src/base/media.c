/* Which kind a file is: its first bytes name a family, the family's check must then agree with every byte of structure.
 *
 * The name that a browser gives and the Content-Type it sends are never looked at. What begins as one of ours and is cut
 * or bent is "broken", so that people try again; what is none of ours is "unknown". Text is what is left: valid UTF-8
 * without control characters, and not a page (nothing that begins with "<").
 * Nothing here unpacks or decodes pictures: sizes are read from headers and bounded, so a small file cannot make a big
 * one. Start at media_check(). */
#include "base/media.h"

#include <ctype.h>

#include "base/utf8.h"

enum { PDF_TAIL = 1024 };

static const struct {
    const char *word, *content_type;
    const char *endings[4];
    bool picture;
} kinds[MEDIA_TYPES] = {
    [MEDIA_NONE] = {"", "application/octet-stream", {NULL}, false},
    [MEDIA_PNG] = {"png", "image/png", {".png", NULL}, true},
    [MEDIA_JPEG] = {"jpeg", "image/jpeg", {".jpg", ".jpeg", NULL}, true},
    [MEDIA_WEBP] = {"webp", "image/webp", {".webp", NULL}, true},
    [MEDIA_PDF] = {"pdf", "application/pdf", {".pdf", NULL}, false},
    [MEDIA_ODT] = {"odt", "application/vnd.oasis.opendocument.text", {".odt", NULL}, false},
    [MEDIA_DOCX] = {"docx",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    {".docx", NULL},
                    false},
    [MEDIA_CSV] = {"csv", "text/csv; charset=utf-8", {".csv", NULL}, false},
    [MEDIA_TEXT] = {"txt", "text/plain; charset=utf-8", {".txt", ".md", NULL}, false},
};

const char *media_word(enum media_type type)
{
    return kinds[type].word;
}

enum media_type media_find(struct slice word)
{
    for (unsigned at = 1; at < MEDIA_TYPES; at++) {
        if (slice_equal(slice_text(kinds[at].word), word)) {
            return (enum media_type)at;
        }
    }
    return MEDIA_NONE;
}

const char *media_content_type(enum media_type type)
{
    return kinds[type].content_type;
}

bool media_is_picture(enum media_type type)
{
    return kinds[type].picture;
}

const char *media_ending(enum media_type type)
{
    return kinds[type].endings[0];
}

static bool same_letters(struct slice bytes, const char *lower)
{
    for (size_t at = 0; at < bytes.size; at++) {
        if (tolower(bytes.data[at]) != lower[at]) {
            return false;
        }
    }
    return true;
}

bool media_fits_name(enum media_type type, struct slice name)
{
    for (const char *const *ending = kinds[type].endings; *ending != NULL; ending++) {
        size_t size = strlen(*ending);
        if (name.size > size &&
            same_letters(slice_of(name.data + name.size - size, size), *ending)) {
            return true;
        }
    }
    return false;
}

enum media_type media_named(enum media_type type, struct slice name)
{
    return type == MEDIA_TEXT && media_fits_name(MEDIA_CSV, name) ? MEDIA_CSV : type;
}

bool media_contains(struct slice bytes, const char *needle)
{
    size_t size = strlen(needle);
    for (size_t at = 0; at + size <= bytes.size; at++) {
        if (tolower(bytes.data[at]) == needle[0] &&
            same_letters(slice_of(bytes.data + at, size), needle)) {
            return true;
        }
    }
    return false;
}

static uint32_t crc_of_byte(uint32_t value)
{
    for (unsigned bit = 0; bit < 8; bit++) {
        value = (value & 1) != 0 ? 0xEDB88320U ^ (value >> 1) : value >> 1;
    }
    return value;
}

uint32_t media_crc(struct slice bytes)
{
    uint32_t table[256];
    uint32_t crc = UINT32_MAX;
    for (uint32_t at = 0; at < 256; at++) {
        table[at] = crc_of_byte(at);
    }
    for (size_t at = 0; at < bytes.size; at++) {
        crc = table[(crc ^ bytes.data[at]) & 0xFF] ^ (crc >> 8);
    }
    return crc ^ UINT32_MAX;
}

/* "%PDF-1.x" or "%PDF-2.x" at the very start, startxref and %%EOF near the end. */
static enum error check_pdf(struct slice bytes, struct media *media)
{
    size_t tail = bytes.size < PDF_TAIL ? bytes.size : PDF_TAIL;
    struct slice end = slice_of(bytes.data + bytes.size - tail, tail);
    media->type = MEDIA_PDF;
    bool version = bytes.size > 8 && (bytes.data[5] == '1' || bytes.data[5] == '2') &&
                   bytes.data[6] == '.' && isdigit(bytes.data[7]);
    return version && media_contains(end, "startxref") && media_contains(end, "%%eof")
               ? ERROR_NONE
               : ERROR_FILE_BROKEN;
}

static bool is_control(uint8_t byte)
{
    return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f') ||
           byte == 0x7F;
}

/* A page or a script in disguise: what a reader that guesses might run. */
static bool is_page(struct slice text)
{
    while (text.size > 0 && isspace(text.data[0])) {
        text = slice_of(text.data + 1, text.size - 1);
    }
    return text.size > 0 &&
           (text.data[0] == '<' || (text.size > 1 && text.data[0] == '#' && text.data[1] == '!'));
}

static enum error check_text(struct slice bytes, struct media *media)
{
    static const uint8_t mark[3] = {0xEF, 0xBB, 0xBF};
    struct slice text = bytes;
    if (text.size >= sizeof mark && memcmp(text.data, mark, sizeof mark) == 0) {
        text = slice_of(text.data + sizeof mark, text.size - sizeof mark);
    }
    for (size_t at = 0; at < text.size; at++) {
        if (is_control(text.data[at])) {
            return ERROR_FILE_UNKNOWN_TYPE;
        }
    }
    if (is_page(text)) {
        return ERROR_FILE_UNKNOWN_TYPE;
    }
    media->type = MEDIA_TEXT;
    return utf8_is_valid(text) ? ERROR_NONE : ERROR_FILE_BAD_TEXT;
}

enum error media_check(struct slice bytes, struct media *media)
{
    static const struct {
        const char *start;
        size_t size;
        enum error (*check)(struct slice bytes, struct media *media);
    } families[] = {
        {"\x89PNG\r\n\x1a\n", 8, media_check_png},
        {"\xFF\xD8\xFF", 3, media_check_jpeg},
        {"RIFF", 4, media_check_webp},
        {"%PDF-", 5, check_pdf},
        {"PK\x03\x04", 4, media_check_package},
    };
    *media = (struct media){.type = MEDIA_NONE};
    if (bytes.size == 0) {
        return ERROR_FILE_EMPTY;
    }
    if (bytes.size > MEDIA_MAX) {
        return ERROR_FILE_TOO_BIG;
    }
    for (size_t at = 0; at < sizeof families / sizeof families[0]; at++) {
        if (bytes.size >= families[at].size &&
            memcmp(bytes.data, families[at].start, families[at].size) == 0) {
            enum error error = families[at].check(bytes, media);
            bool large = (uint64_t)media->width * media->height > MEDIA_PIXELS_MAX;
            return error == ERROR_NONE && large ? ERROR_FILE_TOO_MANY_PIXELS : error;
        }
    }
    return check_text(bytes, media);
}
