/* Frames of a WebSocket client, whole and byte by byte; the conformance cases over real sockets are in
 * tests/scenario/websocket.test.ts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "server/net/frames.h"

enum { MAX = 300 };

/* A masked frame; the mask is 1 2 3 4. */
static void put(struct buffer *out, uint8_t first, const char *payload)
{
    size_t size = strlen(payload);
    buffer_append_u8(out, first);
    if (size < 126) {
        buffer_append_u8(out, (uint8_t)(0x80 | size));
    } else {
        buffer_append_u8(out, 0x80 | 126);
        buffer_append_u16(out, (uint16_t)size);
    }
    buffer_append_u32(out, 0x01020304);
    for (size_t at = 0; at < size; at++) {
        buffer_append_u8(out, (uint8_t)payload[at] ^ (uint8_t)(at % 4 + 1));
    }
}

/* One event after the other, in pieces of `step` bytes. */
static enum frame_event next(struct frames *frames, struct slice *bytes, size_t step)
{
    enum frame_event event = FRAME_NEEDS_MORE;
    while (event == FRAME_NEEDS_MORE && bytes->size > 0) {
        struct slice piece = slice_of(bytes->data, step < bytes->size ? step : bytes->size);
        size_t before = piece.size;
        event = frames_take(frames, &piece);
        size_t taken = before - piece.size;
        assert_true(taken == before || event != FRAME_NEEDS_MORE);
        *bytes = slice_of(bytes->data + taken, bytes->size - taken);
    }
    return event;
}

static void assert_text(const struct frames *frames, const char *wanted)
{
    assert_true(slice_equal(buffer_slice(&frames->message), slice_text(wanted)));
}

static void messages_and_control(void **state)
{
    (void)state;
    struct buffer bytes;
    buffer_init(&bytes, 4096);
    put(&bytes, 0x81, "one");
    put(&bytes, 0x01, "tw\xc3");
    put(&bytes, 0x89, "ping");
    put(&bytes, 0x00, "\xa9 ");
    put(&bytes, 0x8a, "");
    put(&bytes, 0x80, "three, and a good deal more, é, é");
    put(&bytes, 0x81, "");
    put(&bytes, 0x88, "\x03\xe9gone");
    for (size_t step = 1; step < 40; step++) {
        struct frames frames;
        struct slice rest = buffer_slice(&bytes);
        frames_init(&frames, MAX);
        assert_int_equal(next(&frames, &rest, step), FRAME_TEXT);
        assert_text(&frames, "one");
        assert_int_equal(next(&frames, &rest, step), FRAME_PING);
        assert_int_equal(frames.control_size, 4);
        assert_memory_equal(frames.control, "ping", 4);
        assert_int_equal(next(&frames, &rest, step), FRAME_PONG);
        assert_int_equal(frames.control_size, 0);
        assert_int_equal(next(&frames, &rest, step), FRAME_TEXT);
        assert_text(&frames, "tw\xc3\xa9 three, and a good deal more, é, é");
        assert_int_equal(next(&frames, &rest, step), FRAME_TEXT);
        assert_text(&frames, "");
        assert_int_equal(next(&frames, &rest, step), FRAME_CLOSE);
        assert_int_equal(frames.status, 1001);
        assert_int_equal(rest.size, 0);
        frames_free(&frames);
    }
    buffer_free(&bytes);
}

static void what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        uint16_t status;
    } cases[] = {
        {"\x91", 1, CLOSE_WRONG_FRAME},                        /* a reserved bit */
        {"\x83", 1, CLOSE_WRONG_FRAME},                        /* an unknown opcode */
        {"\x8b", 1, CLOSE_WRONG_FRAME},                        /* of a control frame */
        {"\x09", 1, CLOSE_WRONG_FRAME},                        /* a ping in fragments */
        {"\x80", 1, CLOSE_WRONG_FRAME},                        /* a continuation of nothing */
        {"\x82", 1, CLOSE_BINARY},                             /* bytes */
        {"\x81\x05", 2, CLOSE_WRONG_FRAME},                    /* no mask */
        {"\x89\xfe", 2, CLOSE_WRONG_FRAME},                    /* a long ping */
        {"\x81\xfe\x00\x7d", 4, CLOSE_WRONG_FRAME},            /* 125 in 16 bits */
        {"\x81\xff\x80\0\0\0\0\0\0\0", 10, CLOSE_WRONG_FRAME}, /* 2^63 */
        {"\x81\xfe\x01\x2d", 4, CLOSE_TOO_BIG},                /* MAX + 1 */
        {"\x81\x81\0\0\0\0\xff", 7, CLOSE_BAD_TEXT},
        {"\x01\x82\0\0\0\0\xed\xa0", 8, CLOSE_BAD_TEXT}, /* half a surrogate */
        {"\x81\x81\0\0\0\0\xc3", 7, CLOSE_BAD_TEXT},     /* ends within a character */
        {"\x88\x81\0\0\0\0\x03", 7, CLOSE_WRONG_FRAME},
        {"\x88\x82\0\0\0\0\x03\xed", 8, CLOSE_WRONG_FRAME}, /* 1005 */
        {"\x88\x83\0\0\0\0\x03\xe8\xff", 9, CLOSE_BAD_TEXT},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        struct frames frames;
        struct slice rest = slice_of((const uint8_t *)cases[at].bytes, cases[at].size);
        frames_init(&frames, MAX);
        assert_int_equal(next(&frames, &rest, 1), FRAME_WRONG);
        assert_int_equal(frames.status, cases[at].status);
        assert_int_equal(rest.size, 0); /* at the first byte that shows it */
        frames_free(&frames);
    }
}

static void fragments_up_to_the_limit(void **state)
{
    (void)state;
    char hundred[101];
    struct frames frames;
    struct buffer bytes;
    memset(hundred, 'a', 100);
    hundred[100] = '\0';
    buffer_init(&bytes, 4096);
    put(&bytes, 0x01, hundred);
    put(&bytes, 0x00, hundred);
    put(&bytes, 0x80, hundred);
    put(&bytes, 0x01, hundred);
    put(&bytes, 0x00, hundred);
    put(&bytes, 0x00, hundred);
    put(&bytes, 0x80, "b");
    struct slice rest = buffer_slice(&bytes);
    frames_init(&frames, MAX);
    assert_int_equal(next(&frames, &rest, 64), FRAME_TEXT);
    assert_int_equal(frames.message.size, MAX);
    assert_int_equal(next(&frames, &rest, 64), FRAME_WRONG);
    assert_int_equal(frames.status, CLOSE_TOO_BIG);
    frames_free(&frames);
    buffer_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_and_control),
        cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(fragments_up_to_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
