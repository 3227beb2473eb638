/* The reader of WebSocket frames alone, much faster than through a socket.
 *
 * The first byte of an input says in how large pieces the rest is given. Pieces must not matter: the same bytes given whole
 * say the same events, in the same order, with the same contents. A text that is handed out is UTF-8 and within its
 * maximum; after FRAME_WRONG nothing more is read. */
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "server/net/frames.h"
#include "tests/fuzz/fuzz.h"

enum { MESSAGE_MAX = 4096, EVENTS_MAX = 1 << 16 };

/* Adds what an event says to the story. */
static void tell(struct buffer *story, enum frame_event event, const struct frames *frames)
{
    buffer_append_u8(story, (uint8_t)event);
    if (event == FRAME_TEXT) {
        struct slice text = buffer_slice(&frames->message);
        fuzz_check(text.size <= MESSAGE_MAX && utf8_is_valid(text));
        buffer_append_long_text(story, text);
    } else if (event == FRAME_PING) {
        fuzz_check(frames->control_size <= FRAMES_CONTROL_MAX);
        buffer_append(story, frames->control, frames->control_size);
    } else if (event == FRAME_CLOSE || event == FRAME_WRONG) {
        fuzz_check(frames->status >= 1000 && frames->status <= 4999);
        buffer_append_u16(story, frames->status);
    }
}

static void read_all(struct slice bytes, size_t step, struct buffer *story)
{
    struct frames frames;
    enum frame_event event = FRAME_NEEDS_MORE;
    frames_init(&frames, MESSAGE_MAX);
    while (bytes.size > 0 && event != FRAME_WRONG && event != FRAME_CLOSE) {
        struct slice piece = slice_of(bytes.data, step < bytes.size ? step : bytes.size);
        size_t given = piece.size;
        event = frames_take(&frames, &piece);
        fuzz_check(piece.size <= given && (event != FRAME_NEEDS_MORE || piece.size == 0));
        bytes = slice_of(bytes.data + (given - piece.size), bytes.size - (given - piece.size));
        if (event != FRAME_NEEDS_MORE) {
            tell(story, event, &frames);
        }
    }
    frames_free(&frames);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = slice_of(data, size);
    struct buffer whole, pieces;
    size_t step = (size_t)fuzz_byte(&input) % 32 + 1;
    buffer_init(&whole, EVENTS_MAX * 16);
    buffer_init(&pieces, EVENTS_MAX * 16);
    read_all(input, input.size + 1, &whole);
    read_all(input, step, &pieces);
    fuzz_check(slice_equal(buffer_slice(&whole), buffer_slice(&pieces)));
    buffer_free(&whole);
    buffer_free(&pieces);
    return 0;
}
