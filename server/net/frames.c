/* Reading WebSocket frames: a state machine fed with whatever the network brings.
 *
 * A frame is a head of 2 to 14 bytes and a payload. The head is judged byte by byte, so that what is wrong is refused at
 * the first byte that shows it, before any payload comes: reserved bits and opcodes, fragments of control frames, a
 * continuation of nothing, a missing mask (MUST of §5.1), a length not written as short as possible, a message that
 * would pass the limit. Texts are put together from fragments in `message` and checked for UTF-8 as they grow, so a bad
 * character ends the connection without waiting for the rest. Control frames are kept in `control`, between fragments
 * too. The invariant: what is in `message` is at most its maximum, and its first `checked` bytes are whole characters.
 * Start reading at frames_take().
 *
 * Guards, each with a test of its name: unmasked_frame (1002), wrong_frame (1002), message_too_big (1009),
 * binary_message (1003), bad_utf8 (1007). */
#include "server/net/frames.h"

#include <string.h>

#include "base/utf8.h"

enum { CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };
enum { FINAL = 0x80, RESERVED = 0x70, MASKED = 0x80 };

void frames_init(struct frames *frames, size_t message_max)
{
    *frames = (struct frames){.left = 0};
    buffer_init(&frames->message, message_max);
}

void frames_free(struct frames *frames)
{
    buffer_free(&frames->message);
}

static unsigned opcode_of(const struct frames *frames)
{
    return frames->head[0] & 0x0fU;
}

static bool is_control(const struct frames *frames)
{
    return opcode_of(frames) >= CLOSE;
}

/* How long the head is, as far as its second byte tells. */
static size_t length_size(const struct frames *frames)
{
    unsigned length = frames->head[1] & 0x7fU;
    return length == 126 ? 2 : length == 127 ? 8 : 0;
}

static uint64_t length_of(const struct frames *frames)
{
    size_t size = length_size(frames);
    uint64_t length = 0;
    for (size_t at = 0; at < size; at++) {
        length = length << 8 | frames->head[2 + at];
    }
    return size == 0 ? frames->head[1] & 0x7fU : length;
}

static uint16_t judge_first(const struct frames *frames)
{
    unsigned opcode = opcode_of(frames);
    bool known = opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
    if ((frames->head[0] & RESERVED) != 0 || !known) {
        return CLOSE_WRONG_FRAME;
    }
    if (is_control(frames)) {
        return (frames->head[0] & FINAL) == 0 ? CLOSE_WRONG_FRAME : 0;
    }
    if ((opcode == CONTINUATION) != frames->continues) {
        return CLOSE_WRONG_FRAME;
    }
    return opcode == BINARY ? CLOSE_BINARY : 0;
}

static uint16_t judge_length(const struct frames *frames)
{
    static const uint64_t least[] = {[0] = 0, [2] = 126, [8] = 65536};
    uint64_t length = length_of(frames);
    if (length < least[length_size(frames)] || length >> 63 != 0) {
        return CLOSE_WRONG_FRAME;
    }
    size_t held = frames->told ? 0 : frames->message.size;
    return !is_control(frames) && length > frames->message.max - held ? CLOSE_TOO_BIG : 0;
}

/* 0 = nothing wrong so far. */
static uint16_t judge_head(const struct frames *frames)
{
    if (frames->head_size == 1) {
        return judge_first(frames);
    }
    bool too_long = is_control(frames) && length_size(frames) > 0;
    if ((frames->head[1] & MASKED) == 0 || too_long) {
        return CLOSE_WRONG_FRAME;
    }
    return frames->head_size == 2 + length_size(frames) ? judge_length(frames) : 0;
}

static bool head_is_whole(const struct frames *frames)
{
    return frames->head_size >= 2 && frames->head_size == 2 + length_size(frames) + 4;
}

static void begin_payload(struct frames *frames)
{
    frames->in_payload = true;
    frames->left = length_of(frames);
    frames->taken = 0;
    if (is_control(frames)) {
        frames->control_size = 0;
    } else if (frames->told) {
        frames->told = false;
        frames->checked = 0;
        buffer_clear(&frames->message);
    }
}

/* Eight bytes at a time: the mask repeats itself every four. */
static void unmask(const struct frames *frames, const uint8_t *from, uint8_t *into, size_t size)
{
    const uint8_t *mask = frames->head + frames->head_size - 4;
    uint8_t key[sizeof(uint64_t)];
    uint64_t keys, bytes;
    size_t at = 0;
    for (size_t place = 0; place < sizeof key; place++) {
        key[place] = mask[(frames->taken + place) % 4];
    }
    memcpy(&keys, key, sizeof keys);
    for (; size - at >= sizeof bytes; at += sizeof bytes) {
        memcpy(&bytes, from + at, sizeof bytes);
        bytes ^= keys;
        memcpy(into + at, &bytes, sizeof bytes);
    }
    for (; at < size; at++) {
        into[at] = from[at] ^ key[at % sizeof key];
    }
}

/* The text as far as it has come. */
static uint16_t check_text(struct frames *frames)
{
    struct slice unchecked =
        slice_of(frames->message.data + frames->checked, frames->message.size - frames->checked);
    size_t whole;
    if (!utf8_begins_valid(unchecked, &whole)) {
        return CLOSE_BAD_TEXT;
    }
    frames->checked += whole;
    return 0;
}

/* Takes what there is of the payload; 0, or the status to close with. */
static uint16_t take_payload(struct frames *frames, struct slice *bytes)
{
    size_t part = bytes->size < frames->left ? bytes->size : (size_t)frames->left;
    bool text = !is_control(frames) && part > 0;
    if (text) {
        uint8_t *into = buffer_reserve(&frames->message, part);
        if (into == NULL) {
            return CLOSE_TOO_BIG;
        }
        unmask(frames, bytes->data, into, part);
    } else if (part > 0) {
        unmask(frames, bytes->data, frames->control + frames->control_size, part);
        frames->control_size = (uint8_t)(frames->control_size + part);
    }
    frames->taken += part;
    frames->left -= part;
    *bytes = slice_of(bytes->data + part, bytes->size - part);
    return text ? check_text(frames) : 0;
}

static enum frame_event wrong(struct frames *frames, uint16_t status)
{
    frames->status = status;
    return FRAME_WRONG;
}

/* Codes that may stand in a close frame: §7.4 and the registry of IANA. */
static bool is_close_code(unsigned code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
           (code >= 3000 && code <= 4999);
}

static enum frame_event end_close(struct frames *frames)
{
    if (frames->control_size == 0) {
        frames->status = CLOSE_WITHOUT_CODE;
        return FRAME_CLOSE;
    }
    unsigned code = (unsigned)frames->control[0] << 8 | frames->control[1];
    if (frames->control_size == 1 || !is_close_code(code)) {
        return wrong(frames, CLOSE_WRONG_FRAME);
    }
    if (!utf8_is_valid(slice_of(frames->control + 2, frames->control_size - 2U))) {
        return wrong(frames, CLOSE_BAD_TEXT);
    }
    frames->status = (uint16_t)code;
    return FRAME_CLOSE;
}

static enum frame_event end_frame(struct frames *frames)
{
    frames->in_payload = false;
    frames->head_size = 0;
    switch (opcode_of(frames)) {
    case PING:
        return FRAME_PING;
    case PONG:
        return FRAME_PONG;
    case CLOSE:
        return end_close(frames);
    default:
        frames->continues = (frames->head[0] & FINAL) == 0;
        break;
    }
    if (frames->continues) {
        return FRAME_NEEDS_MORE;
    }
    frames->told = true;
    return frames->checked == frames->message.size ? FRAME_TEXT : wrong(frames, CLOSE_BAD_TEXT);
}

enum frame_event frames_take(struct frames *frames, struct slice *bytes)
{
    while (bytes->size > 0) {
        uint16_t fault = 0;
        if (!frames->in_payload) {
            frames->head[frames->head_size++] = bytes->data[0];
            *bytes = slice_of(bytes->data + 1, bytes->size - 1);
            fault = judge_head(frames);
            if (fault == 0 && head_is_whole(frames)) {
                begin_payload(frames);
            }
        } else {
            fault = take_payload(frames, bytes);
        }
        if (fault != 0) {
            return wrong(frames, fault);
        }
        enum frame_event event =
            frames->in_payload && frames->left == 0 ? end_frame(frames) : FRAME_NEEDS_MORE;
        if (event != FRAME_NEEDS_MORE) {
            return event;
        }
    }
    return FRAME_NEEDS_MORE;
}
