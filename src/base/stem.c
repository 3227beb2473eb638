/* Word stems by the Snowball rules of libstemmer.
 *
 * Words come in folded, without accents: the rules then see "ecoles" and "ecole" and give both one stem, which is all that
 * is asked of them; a stem is never shown. A stemmer holds memory that its words are worked on in: hence one per thread and
 * no global. Start at stem_word(). */
#include "base/stem.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <libstemmer.h>
#include <stdlib.h>

static const char *const codes[STEM_LANGUAGES] = {
    [STEM_FR] = "fr", [STEM_NL] = "nl", [STEM_EN] = "en"};

struct stemmer {
    struct sb_stemmer *of[STEM_LANGUAGES];
};

struct stemmer *stemmer_new(void)
{
    struct stemmer *stemmer = memory_new(1, sizeof *stemmer);
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        stemmer->of[i] = sb_stemmer_new(codes[i], "UTF_8");
        if (stemmer->of[i] == NULL) {
            fatal_memory();
        }
    }
    return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        sb_stemmer_delete(stemmer->of[i]);
    }
    free(stemmer);
}

enum stem_language stem_language_of(struct slice code)
{
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        if (code.size >= 2 && memcmp(code.data, codes[i], 2) == 0 &&
            (code.size == 2 || code.data[2] == '-')) {
            return (enum stem_language)i;
        }
    }
    return STEM_NONE;
}

/* The French rules leave the s of velos, amis, trous. */
static struct slice without_plural(enum stem_language language, struct slice word)
{
    bool plural = language == STEM_FR && word.size >= 4 && word.data[word.size - 1] == 's';
    return slice_of(word.data, word.size - plural);
}

/* The Dutch rules part fiets from fietsen, huis from huizen, brief from brieven: what they leave at the end is evened. */
static size_t evened(enum stem_language language, uint8_t *stem, size_t size)
{
    if (language != STEM_NL || size < 4) {
        return size;
    }
    uint8_t *last = &stem[size - 1];
    *last = *last == 'v' ? 'f' : *last;
    return *last == 's' || *last == 'z' ? size - 1 : size;
}

size_t stem_word(struct stemmer *stemmer, enum stem_language language, struct slice word,
                 uint8_t stem[FOLD_WORD_MAX])
{
    const uint8_t *from = word.data;
    size_t size = word.size;
    assert_always(word.size <= FOLD_WORD_MAX);
    if (language != STEM_NONE && word.size > 0) {
        struct slice one = without_plural(language, word);
        from = sb_stemmer_stem(stemmer->of[language], one.data, (int)one.size);
        if (from == NULL) {
            fatal_memory();
        }
        size = (size_t)sb_stemmer_length(stemmer->of[language]);
    }
    if (size == 0 || size > FOLD_WORD_MAX) { /* the rules took everything, or made it longer */
        from = word.data;
        size = word.size;
    }
    if (size > 0) {
        memcpy(stem, from, size);
    }
    return evened(language, stem, size);
}
