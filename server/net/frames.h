/* Reading what a WebSocket client sends (RFC 6455 §5): bytes in, messages and control frames out. No socket, no clock. */
#ifndef PALABRE_SERVER_NET_FRAMES_H
#define PALABRE_SERVER_NET_FRAMES_H

#include "base/buffer.h"

enum {
    FRAMES_HEAD_MAX = 14,
    FRAMES_CONTROL_MAX = 125,
    CLOSE_WRONG_FRAME = 1002,  /* against the protocol */
    CLOSE_BINARY = 1003,       /* a kind of message that we do not take */
    CLOSE_WITHOUT_CODE = 1005, /* a close frame that names none; never sent */
    CLOSE_BAD_TEXT = 1007,     /* not UTF-8 */
    CLOSE_TOO_BIG = 1009,
};

enum frame_event {
    FRAME_NEEDS_MORE, /* all bytes are taken */
    FRAME_TEXT,       /* a whole text: `message`, until the next call */
    FRAME_PING,       /* `control`, to be sent back */
    FRAME_PONG,
    FRAME_CLOSE, /* `status`: the code, or CLOSE_WITHOUT_CODE */
    FRAME_WRONG, /* `status`: the code to close with; nothing more may be read */
};

/* A reader of one connection; all members are its own, the ones named above are for reading. */
struct frames {
    struct buffer message; /* the text so far, at most its maximum */
    size_t checked;        /* bytes of it known to be whole characters */
    uint64_t left;         /* bytes of the payload still to come */
    uint64_t taken;        /* bytes of the payload that came */
    uint8_t head[FRAMES_HEAD_MAX];
    uint8_t head_size, control_size;
    uint8_t control[FRAMES_CONTROL_MAX];
    bool in_payload, continues, told; /* told: message was handed out, the next text begins anew */
    uint16_t status;
};
void frames_init(struct frames *frames, size_t message_max);
void frames_free(struct frames *frames);
/* Takes bytes from the front up to the first event. */
enum frame_event frames_take(struct frames *frames, struct slice *bytes);

#endif
