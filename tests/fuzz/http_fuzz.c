/* Bytes of a client, from the first of the connection on: through libwebsockets, the router, dispatch, up to the writer.
 *
 * The first byte of an input says in how large pieces the rest is sent (0 = at once): a head that arrives in parts takes
 * other ways. Whatever is sent, an answer that comes begins as HTTP/1.1, and the server goes on serving. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/served.h"

enum { PIECES_MAX = 8, INPUT_MAX = 1 << 16 };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    served_start();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char answer[16] = "";
    struct buffer bytes;
    struct slice input = slice_of(data, size);
    size_t piece = fuzz_byte(&input);
    if (size > INPUT_MAX) {
        return 0;
    }
    served_expand(input, &bytes);
    struct slice left = buffer_slice(&bytes);
    int connection = served_connect();
    for (unsigned sent = 0; piece > 0 && sent < PIECES_MAX && left.size > piece; sent++) {
        served_send(connection, slice_of(left.data, piece));
        served_settle(connection, answer, answer[0] == 0 ? sizeof answer : 0);
        left = slice_of(left.data + piece, left.size - piece);
    }
    served_send(connection, left);
    served_settle(connection, answer, answer[0] == 0 ? sizeof answer : 0);
    fuzz_check(answer[0] == 0 || strncmp(answer, "HTTP/1.", 7) == 0);
    served_close(connection);
    buffer_free(&bytes);
    return 0;
}
