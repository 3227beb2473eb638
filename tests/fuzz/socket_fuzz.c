/* Bytes after the upgrade to WebSocket, with the session of a member: frames, fragments, messages, commands, the feed.
 *
 * The first byte of an input chooses. Even: the rest is sent as it is. Odd: the rest is records "HEAD LENGTH16 payload", each
 * framed rightly under a mask of zeros (HEAD is the first byte of the frame: FIN, RSV, opcode), so that chance spends itself
 * on what is inside; the fourth bit says that each frame is waited for. Replies are frames without a mask. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/served.h"

enum { FRAMES_MAX = 16, INPUT_MAX = 1 << 16, HEAD_MAX = 14 };

static const char handshake[] =
    "GET /ws HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: palabre.v1\r\n"
    "Cookie: palabre_session=@a\r\n\r\n";

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    served_start();
    return 0;
}

static size_t frame_head(uint8_t *head, uint8_t first, size_t size)
{
    head[0] = first;
    size_t at = 2;
    if (size < 126) {
        head[1] = (uint8_t)(0x80 | size);
    } else {
        head[1] = 0x80 | 126;
        head[2] = (uint8_t)(size >> 8);
        head[3] = (uint8_t)size;
        at = 4;
    }
    memset(head + at, 0, 4); /* the mask */
    return at + 4;
}

static bool send_frame(int connection, uint8_t first, struct slice payload)
{
    uint8_t head[HEAD_MAX];
    struct buffer bytes;
    served_expand(payload, &bytes);
    bool good = bytes.size <= UINT16_MAX &&
                served_send(connection, slice_of(head, frame_head(head, first, bytes.size))) &&
                served_send(connection, buffer_slice(&bytes));
    buffer_free(&bytes);
    return good;
}

static void send_records(int connection, struct slice input, bool waits)
{
    bool good = true;
    for (unsigned frame = 0; good && frame < FRAMES_MAX && input.size > 0; frame++) {
        uint8_t first = fuzz_byte(&input);
        size_t size = fuzz_number(&input);
        size = size < input.size ? size : input.size;
        good = send_frame(connection, first, slice_of(input.data, size));
        input = slice_of(input.data + size, input.size - size);
        if (waits) {
            served_settle(connection, NULL, 0);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char answer[16];
    struct buffer upgrade;
    struct slice input = slice_of(data, size);
    uint8_t choice = fuzz_byte(&input);
    if (size > INPUT_MAX) {
        return 0;
    }
    int connection = served_connect();
    served_expand(slice_text(handshake), &upgrade);
    served_send(connection, buffer_slice(&upgrade));
    buffer_free(&upgrade);
    served_settle(connection, answer, sizeof answer);
    fuzz_check(strncmp(answer, "HTTP/1.1 101", 12) == 0);
    if ((choice & 1) == 0) {
        served_send(connection, input);
    } else {
        send_records(connection, input, (choice & 4) != 0);
    }
    served_settle(connection, NULL, 0);
    served_close(connection);
    return 0;
}
