/* Pictures: PNG, JPEG and WebP walked piece by piece, sizes read, pixels left alone.
 *
 * PNG: every chunk with its length, its letters and its CRC, IHDR first with a size, IDAT somewhere, IEND last with nothing
 * behind it. JPEG: every marker segment up to the scan, a frame header with a size, the end marker; telephones put a second
 * picture or a film behind the end, which is let through unless it looks like a page or a package. WebP: RIFF whose length
 * is the file's, chunks that fit, a size from VP8, VP8L or VP8X.
 * A size of 0 is broken, more than 50 megapixels is refused by media_check(). */
#include <ctype.h>

#include "base/media.h"

static uint32_t big32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t little32(const uint8_t *at)
{
    return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static uint32_t little24(const uint8_t *at)
{
    return (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static enum error sized(struct media *media, uint32_t width, uint32_t height)
{
    media->width = width;
    media->height = height;
    return width > 0 && height > 0 && width <= INT32_MAX && height <= INT32_MAX ? ERROR_NONE
                                                                                : ERROR_FILE_BROKEN;
}

/* ---- PNG ---- */

struct chunk {
    struct slice name, data;
};

/* Cuts the next chunk off; false = it does not fit, has no name of letters or another CRC. */
static bool png_chunk(struct slice *rest, struct chunk *chunk)
{
    if (rest->size < 12) {
        return false;
    }
    uint32_t size = big32(rest->data);
    if (size > rest->size - 12) {
        return false;
    }
    chunk->name = slice_of(rest->data + 4, 4);
    chunk->data = slice_of(rest->data + 8, size);
    for (size_t at = 0; at < 4; at++) {
        if (!isalpha(chunk->name.data[at])) {
            return false;
        }
    }
    uint32_t crc = big32(rest->data + 8 + size);
    bool good = media_crc(slice_of(rest->data + 4, 4 + (size_t)size)) == crc;
    *rest = slice_of(rest->data + 12 + size, rest->size - 12 - size);
    return good;
}

enum error media_check_png(struct slice bytes, struct media *media)
{
    struct slice rest = slice_of(bytes.data + 8, bytes.size - 8);
    struct chunk chunk = {.name = slice_text("")};
    bool has_pixels = false;
    media->type = MEDIA_PNG;
    if (!png_chunk(&rest, &chunk) || !slice_equal(chunk.name, slice_text("IHDR")) ||
        chunk.data.size != 13 ||
        sized(media, big32(chunk.data.data), big32(chunk.data.data + 4)) != ERROR_NONE) {
        return ERROR_FILE_BROKEN;
    }
    while (!slice_equal(chunk.name, slice_text("IEND"))) {
        if (!png_chunk(&rest, &chunk) || slice_equal(chunk.name, slice_text("IHDR"))) {
            return ERROR_FILE_BROKEN;
        }
        has_pixels |= slice_equal(chunk.name, slice_text("IDAT")) && chunk.data.size > 0;
    }
    return has_pixels && chunk.data.size == 0 && rest.size == 0 ? ERROR_NONE : ERROR_FILE_BROKEN;
}

/* ---- JPEG ---- */

/* Frame headers: C0–CF without the tables C4, C8, CC. */
static bool is_frame(uint8_t marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Over entropy-coded data to its next marker that is neither a restart nor a stuffed FF; the end when there is none. */
static size_t jpeg_skip_scan(struct slice bytes, size_t at)
{
    while (at + 1 < bytes.size) {
        uint8_t next = bytes.data[at + 1];
        if (bytes.data[at] == 0xFF && next != 0 && next != 0xFF &&
            !(next >= 0xD0 && next <= 0xD7)) {
            return at;
        }
        at++;
    }
    return bytes.size;
}

/* What may follow the end: padding, another picture, a film. Nothing that another program would open as a page. */
static bool jpeg_tail_is_good(struct slice tail)
{
    static const char *const refused[] = {"<html", "<script", "<svg",      "<!doctype",
                                          "<?php", "%pdf-",   "pk\x03\x04"};
    for (size_t at = 0; at < sizeof refused / sizeof refused[0]; at++) {
        if (media_contains(tail, refused[at])) {
            return false;
        }
    }
    return true;
}

static enum error jpeg_end(struct slice bytes, size_t at, const struct media *media, bool scanned)
{
    if (!scanned || media->width == 0) {
        return ERROR_FILE_BROKEN;
    }
    return jpeg_tail_is_good(slice_of(bytes.data + at, bytes.size - at)) ? ERROR_NONE
                                                                         : ERROR_FILE_UNKNOWN_TYPE;
}

enum error media_check_jpeg(struct slice bytes, struct media *media)
{
    size_t at = 2;
    bool scanned = false;
    media->type = MEDIA_JPEG;
    while (at + 2 <= bytes.size && bytes.data[at] == 0xFF) {
        uint8_t marker = bytes.data[at + 1];
        at += marker == 0xFF ? 1 : 2; /* fill bytes stand before a marker */
        if (marker == 0xD9) {
            return jpeg_end(bytes, at, media, scanned);
        }
        if (marker == 0xFF) {
            continue;
        }
        size_t size = at + 2 <= bytes.size ? (size_t)bytes.data[at] << 8 | bytes.data[at + 1] : 0;
        if (marker < 0xC0 || size < 2 || size > bytes.size - at) {
            return ERROR_FILE_BROKEN;
        }
        const uint8_t *body = bytes.data + at + 2;
        if (is_frame(marker) &&
            (size < 8 || sized(media, (uint32_t)body[3] << 8 | body[4],
                               (uint32_t)body[1] << 8 | body[2]) != ERROR_NONE)) {
            return ERROR_FILE_BROKEN;
        }
        at += size;
        if (marker == 0xDA) {
            scanned = true;
            at = jpeg_skip_scan(bytes, at);
        }
    }
    return ERROR_FILE_BROKEN;
}

/* ---- WebP ---- */

static enum error webp_size(struct chunk chunk, struct media *media)
{
    const uint8_t *data = chunk.data.data;
    if (slice_equal(chunk.name, slice_text("VP8X")) && chunk.data.size >= 10) {
        return sized(media, little24(data + 4) + 1, little24(data + 7) + 1);
    }
    if (slice_equal(chunk.name, slice_text("VP8L")) && chunk.data.size >= 5 && data[0] == 0x2F) {
        uint32_t bits = little32(data + 1);
        return sized(media, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    }
    if (slice_equal(chunk.name, slice_text("VP8 ")) && chunk.data.size >= 10 && data[3] == 0x9D &&
        data[4] == 0x01 && data[5] == 0x2A) {
        return sized(media, (uint32_t)(data[6] | data[7] << 8) & 0x3FFF,
                     (uint32_t)(data[8] | data[9] << 8) & 0x3FFF);
    }
    return ERROR_FILE_BROKEN;
}

enum error media_check_webp(struct slice bytes, struct media *media)
{
    if (bytes.size < 12 || memcmp(bytes.data + 8, "WEBP", 4) != 0) {
        return ERROR_FILE_UNKNOWN_TYPE;
    }
    media->type = MEDIA_WEBP;
    if (little32(bytes.data + 4) != bytes.size - 8) {
        return ERROR_FILE_BROKEN;
    }
    struct slice rest = slice_of(bytes.data + 12, bytes.size - 12);
    bool first = true, has_pixels = false;
    while (rest.size >= 8) {
        uint32_t size = little32(rest.data + 4);
        struct chunk chunk = {.name = slice_of(rest.data, 4)};
        if (size > rest.size - 8 || (size & 1) > rest.size - 8 - size) {
            return ERROR_FILE_BROKEN;
        }
        chunk.data = slice_of(rest.data + 8, size);
        if (first && webp_size(chunk, media) != ERROR_NONE) {
            return ERROR_FILE_BROKEN;
        }
        has_pixels |= slice_equal(chunk.name, slice_text("VP8 ")) ||
                      slice_equal(chunk.name, slice_text("VP8L")) ||
                      slice_equal(chunk.name, slice_text("ANMF"));
        first = false;
        size += size & 1;
        rest = slice_of(rest.data + 8 + size, rest.size - 8 - size);
    }
    return has_pixels && rest.size == 0 ? ERROR_NONE : ERROR_FILE_BROKEN;
}
