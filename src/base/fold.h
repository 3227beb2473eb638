/* Words as people mean them: case, accents, ligatures and apostrophes left aside ("L'École" gives ecole).
 * The only place that includes <utf8proc.h> is fold.c. Any bytes may come in: what is not UTF-8 separates words. */
#ifndef PALABRE_BASE_FOLD_H
#define PALABRE_BASE_FOLD_H

#include "base/buffer.h"

enum {
    FOLD_WORD_MAX = 32 /* bytes of a folded word; what is longer is cut, at a whole character */
};

struct fold_word {
    uint8_t text[FOLD_WORD_MAX];
    size_t size;
    size_t from, to; /* the bytes of the text that it stands for: [from, to) */
};
struct fold_reader {
    struct slice text; /* borrowed */
    size_t at;
};

/* Of a byte that is a letter or digit of ASCII its folded form, else 0. */
extern const uint8_t fold_plain[256];

struct fold_reader fold_reader_of(struct slice text);
/* The next word; false = no more. A letter alone beside an apostrophe (l', 's) and qu' are no words. */
bool fold_next(struct fold_reader *reader, struct fold_word *word);
/* The words of text in their order, one space between two. */
void fold_append(struct buffer *out, struct slice text);
/* The folded words of needle stand in those of text, the first and the last possibly in part. A needle of no bytes is
 * found everywhere, one without any word nowhere. */
bool fold_contains(struct slice text, struct slice needle);

#endif
