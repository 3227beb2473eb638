/* Bytes ready for the wire, shared.
 *
 * A change that a thousand people watch is framed once; each queue holds a counted reference, and the last one to send
 * it frees it. Segments are never altered after they are made. Counting needs no atomics: the net loop alone touches
 * them. A WebSocket frame from a server carries no mask, so the same bytes are good for everybody. */
#include <stdlib.h>

#include "base/fatal.h"
#include "base/memory.h"
#include "server/net/internal.h"

static struct segment *segment_sized(size_t size)
{
    assert_always(size <= UINT32_MAX);
    struct segment *segment = memory_resize(NULL, 1, sizeof *segment + size);
    *segment = (struct segment){.references = 1, .size = (uint32_t)size};
    return segment;
}

struct segment *segment_new(struct slice bytes)
{
    struct segment *segment = segment_sized(bytes.size);
    if (bytes.size > 0) {
        memcpy(segment->bytes, bytes.data, bytes.size);
    }
    return segment;
}

/* FIN and opcode 1, then the length in its shortest form (RFC 6455 §5.2). */
static size_t frame_head(uint8_t head[10], size_t size)
{
    head[0] = 0x81;
    if (size < 126) {
        head[1] = (uint8_t)size;
        return 2;
    }
    size_t digits = size < 65536 ? 2 : 8;
    head[1] = digits == 2 ? 126 : 127;
    for (size_t at = 0; at < digits; at++) {
        head[2 + at] = (uint8_t)((uint64_t)size >> (8 * (digits - 1 - at)));
    }
    return 2 + digits;
}

struct segment *segment_new_parts(const struct slice *parts, size_t count)
{
    uint8_t head[10];
    size_t size = 0;
    for (size_t at = 0; at < count; at++) {
        size += parts[at].size;
    }
    size_t head_size = frame_head(head, size);
    struct segment *segment = segment_sized(head_size + size);
    uint8_t *into = segment->bytes + head_size;
    memcpy(segment->bytes, head, head_size);
    for (size_t at = 0; at < count; at++) {
        if (parts[at].size > 0) {
            memcpy(into, parts[at].data, parts[at].size);
        }
        into += parts[at].size;
    }
    return segment;
}

struct segment *segment_new_text(struct slice payload)
{
    return segment_new_parts(&payload, 1);
}

void segment_release(struct segment *segment)
{
    assert_always(segment->references > 0);
    if (--segment->references == 0) {
        free(segment);
    }
}
