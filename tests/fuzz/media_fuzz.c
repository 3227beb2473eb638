/* Files attached: whatever the bytes are, media_check names one of the kinds that may be attached, or says why not.
 *
 * An input is the name of a file up to its first zero byte, then the file. A kind that was accepted has all its words, and
 * a picture has a size within the limit. Checksums are mended first when the name begins with '!', so that mutated pictures
 * and packages get past them: PNG chunks and the local headers of zip. */
#include "base/media.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

static uint32_t big(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void mend_png(uint8_t *bytes, size_t size)
{
    for (size_t at = 8; at + 12 <= size;) {
        uint32_t length = big(bytes + at);
        if (length > size - at - 12) {
            return;
        }
        uint32_t crc = media_crc(slice_of(bytes + at + 4, (size_t)length + 4));
        for (unsigned byte = 0; byte < 4; byte++) {
            bytes[at + 8 + length + byte] = (uint8_t)(crc >> (24 - 8 * byte));
        }
        at += (size_t)length + 12;
    }
}

static void expect_good(const struct media *media, struct slice name)
{
    fuzz_check(media->type > MEDIA_NONE && media->type < MEDIA_TYPES);
    fuzz_check(media_find(slice_text(media_word(media->type))) == media->type);
    fuzz_check(media_content_type(media->type) != NULL && media_ending(media->type) != NULL);
    fuzz_check(media_is_picture(media->type) == (media->width > 0 && media->height > 0));
    fuzz_check((uint64_t)media->width * media->height <= MEDIA_PIXELS_MAX);
    media_fits_name(media->type, name);
    media_named(media->type, name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = slice_of(data, size);
    struct slice name = fuzz_until(&input, 0);
    struct media media = {.type = MEDIA_NONE};
    uint8_t *bytes = malloc(input.size + 1);
    if (bytes == NULL) {
        return 0;
    }
    if (input.size > 0) {
        memcpy(bytes, input.data, input.size);
    }
    if (name.size > 0 && name.data[0] == '!') {
        mend_png(bytes, input.size);
    }
    if (media_check(slice_of(bytes, input.size), &media) == ERROR_NONE) {
        expect_good(&media, name);
    }
    media_find(name);
    free(bytes);
    return 0;
}
