/* UTF-8 as the record and the protocol accept it. */
#ifndef PALABRE_BASE_UTF8_H
#define PALABRE_BASE_UTF8_H

#include "base/slice.h"

/* Well-formed UTF-8 (RFC 3629): no surrogates, no overlong forms. */
bool utf8_is_valid(struct slice bytes);
/* Could go on to be well-formed UTF-8: only its last code point may lack bytes. *whole = bytes before that. */
bool utf8_begins_valid(struct slice bytes, size_t *whole);
/* Well-formed and without the characters ledger.md refuses: U+0000–001F (0x0A allowed when multiline),
 * 007F–009F, 2028–202E, 2066–2069, FEFF. */
bool utf8_is_clean(struct slice bytes, bool multiline);
/* Code points of valid UTF-8. */
size_t utf8_length(struct slice bytes);
/* The longest prefix of valid UTF-8 with at most max code points. */
struct slice utf8_prefix(struct slice bytes, size_t max);

#endif
