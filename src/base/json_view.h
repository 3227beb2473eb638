/* Looking into JSON that this program wrote itself (documents) without making values of it: compact, each key once, keys
 * without escapes. A view is the bytes of one value, borrowed; size 0 = there is none. Bytes that are cut off or no JSON are
 * a bug and abort; what others wrote goes through json_parse(). */
#ifndef PALABRE_BASE_JSON_VIEW_H
#define PALABRE_BASE_JSON_VIEW_H

#include "base/buffer.h"
#include "base/id.h"

/* The (next) member of an object or item of an array: rest begins as the container's view and is moved on; key has size 0
 * in an array. false = no more, or rest was neither. */
bool json_view_next(struct slice *rest, struct slice *key, struct slice *value);
/* Size 0: not there, or object is none. */
struct slice json_view_member(struct slice object, const char *key);
/* Several members in one walk: values[i] is that of keys[i]. */
void json_view_members(struct slice object, const struct slice *keys, struct slice *values,
                       size_t count);
/* The characters of a string, size 0 for what is none. Borrowed from the view, or where there are escapes from `texts`,
 * which gets as many bytes at most: a caller who made room for them all (buffer_expect) may keep several. */
struct slice json_view_text(struct slice value, struct buffer *texts);
/* An id; none for what is none. */
struct id json_view_id(struct slice value);

#endif
