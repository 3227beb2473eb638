/* The only place that includes <jansson.h>: strict parsing of hostile input, writing in one form.
 * Others include this header and use jansson's object functions. */
#ifndef PALABRE_BASE_JSON_H
#define PALABRE_BASE_JSON_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/id.h"

enum { JSON_MAX_DEPTH = 16 };

/* Parses one JSON value: UTF-8, no duplicate keys, integers within ±(2^53 − 1), no reals, depth ≤ JSON_MAX_DEPTH,
 * nothing after it, no U+0000 in strings.
 * *out is a new reference. Errors: INPUT_BAD_UTF8, INPUT_TOO_DEEP, INPUT_DUPLICATE_KEY, INPUT_BAD_JSON. */
enum error json_parse(struct slice bytes, json_t **out);
/* Bytes this program wrote itself (documents, payloads): a failure is a bug and aborts. New reference. */
json_t *json_parse_own(struct slice bytes);
/* Compact, keys in the order they were set. Appends to out. */
void json_write(struct buffer *out, const json_t *value);
/* Compact with sorted keys: the form whose hash says whether two requests are the same. */
void json_write_sorted(struct buffer *out, const json_t *value);
/* One JSON string with quotes and escapes. */
void json_write_string(struct buffer *out, struct slice utf8);
/* How a byte that cannot stand in one is written there: its size. All JSON_ESCAPE_MAX bytes are touched. */
enum { JSON_ESCAPE_MAX = 6 };
size_t json_escape(uint8_t byte, uint8_t escape[JSON_ESCAPE_MAX]);
/* ≤ 2^53 − 1, else a bug. */
void json_write_number(struct buffer *out, uint64_t value);

/* Making values; every function returns a new reference and aborts on exhaustion. */
json_t *json_text(struct slice utf8);
json_t *json_id(struct id id);
json_t *json_base64url(struct slice bytes);
json_t *json_number(uint64_t value); /* ≤ 2^53 − 1, else a bug */

/* Reading from an object; missing or of another type = the neutral value. Borrowed. */
struct slice json_get_text(const json_t *object, const char *key); /* size 0 when missing */
struct id json_get_id(const json_t *object, const char *key);      /* none when missing */
int64_t json_get_integer(const json_t *object, const char *key);   /* 0 when missing */
bool json_get_flag(const json_t *object, const char *key);
/* Sets key to a value whose reference is taken; NULL value = key removed. */
void json_put(json_t *object, const char *key, json_t *value);

#endif
