/* Text forms of bytes: base64 (files: padded), base64url (JSON-RPC: without padding), lower-case hex.
 * Decoding is strict: canonical only, unused trailing bits zero, no white space (ledger.md, Conventions). */
#ifndef PALABRE_BASE_ENCODING_H
#define PALABRE_BASE_ENCODING_H

#include "base/buffer.h"
#include "base/slice.h"

void encoding_base64(struct buffer *out, struct slice bytes);
void encoding_base64url(struct buffer *out, struct slice bytes);
void encoding_hex(struct buffer *out, struct slice bytes);
/* Append the decoded bytes to out; false = not canonical (or out is full), out then holds no new byte. */
bool encoding_from_base64(struct slice text, struct buffer *out);
bool encoding_from_base64url(struct slice text, struct buffer *out);
bool encoding_from_hex(struct slice text, struct buffer *out);
/* Exactly size bytes into a fixed array; false = other length or not canonical. */
bool encoding_base64url_exact(struct slice text, void *into, size_t size);

#endif
