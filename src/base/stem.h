/* Stems of folded words in the three languages that Palabre speaks: forms of one word have one stem.
 * The only place that includes <libstemmer.h> is stem.c. */
#ifndef PALABRE_BASE_STEM_H
#define PALABRE_BASE_STEM_H

#include "base/fold.h"

enum stem_language { STEM_FR, STEM_NL, STEM_EN, STEM_LANGUAGES, STEM_NONE = STEM_LANGUAGES };

struct stemmer;

/* The caller frees it. Used by one thread at a time. */
struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *stemmer);
/* "fr", "fr-be" … STEM_NONE for any other language. */
enum stem_language stem_language_of(struct slice code);
/* The stem of a folded word of at most FOLD_WORD_MAX bytes (the word itself with STEM_NONE). The size of what was
 * written. */
size_t stem_word(struct stemmer *stemmer, enum stem_language language, struct slice word,
                 uint8_t stem[FOLD_WORD_MAX]);

#endif
