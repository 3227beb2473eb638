/* Folded words and stems: what people type in French, Dutch and English, and hostile bytes. */
#include "base/fold.h"
#include "base/stem.h"

#include "tests/harness/c/fixture.h"

#include <string.h>

static void expect(const char *text, const char *folded)
{
    struct buffer out;
    buffer_init(&out, 4096);
    fold_append(&out, slice_text(text));
    buffer_append_u8(&out, 0);
    assert_string_equal(out.data, folded);
    buffer_free(&out);
}

static void words(void **state)
{
    (void)state;
    expect("L'École", "ecole");
    expect("l’école d'en face, aujourd'hui", "ecole en face aujourd hui");
    expect("Qu'est-ce qu’on fait ?", "est ce on fait");
    expect("CŒUR Æther straße Øresund łódź", "coeur aether strasse oresund lodz");
    expect("e\xCC\x81te\xCC\x81", "ete"); /* combining accents */
    expect("foto's, it's, don't, 's avonds", "foto it don avonds");
    expect("\xC4\xB2ssalade \xEF\xAC\x81n 12\xC2\xB2 n\xC2\xB0 3", "ijssalade fin 122 n 3");
    expect("2026-003", "2026 003");
    expect("*gras* _x_ [lien](http://a.be)", "gras x lien http a be");
    expect("ПЛАН Ωμέγα", "план ωμεγα");
    expect("", "");
    expect("… — !?", "");
}

static void places(void **state)
{
    struct fold_reader reader = fold_reader_of(slice_text("À l’été 2026"));
    struct fold_word word;
    (void)state;
    assert_true(fold_next(&reader, &word));
    assert_int_equal(word.from, 0);
    assert_int_equal(word.to, 2);
    assert_true(fold_next(&reader, &word));
    assert_memory_equal(word.text, "ete", 3);
    assert_int_equal(word.from, 7);
    assert_int_equal(word.to, 12);
    assert_true(fold_next(&reader, &word));
    assert_int_equal(word.to, 17);
    assert_false(fold_next(&reader, &word));
}

/* Any bytes: it ends, words stay within their size and inside the text, in order. */
static void hostile(void **state)
{
    uint8_t bytes[512];
    uint32_t seed = 7;
    (void)state;
    for (size_t round = 0; round < 4000; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (uint8_t)(seed >> 24 | (round % 3 == 0 ? 0xC0 : 0));
        }
        struct fold_reader reader = fold_reader_of(slice_of(bytes, sizeof bytes));
        struct fold_word word;
        size_t last = 0;
        while (fold_next(&reader, &word)) {
            assert_true(word.size > 0 && word.size <= FOLD_WORD_MAX);
            assert_true(word.from >= last && word.from < word.to && word.to <= sizeof bytes);
            last = word.to;
        }
    }
}

static void long_words(void **state)
{
    struct fold_word word;
    struct buffer text;
    (void)state;
    buffer_init(&text, 100000);
    for (size_t i = 0; i < 10000; i++) {
        buffer_append_text(&text, "\xEF\xB7\xBA"); /* one character that becomes eighteen */
    }
    struct fold_reader reader = fold_reader_of(buffer_slice(&text));
    assert_true(fold_next(&reader, &word));
    assert_true(word.size <= FOLD_WORD_MAX);
    assert_int_equal(word.to, 30000);
    assert_false(fold_next(&reader, &word));
    buffer_free(&text);
    reader = fold_reader_of(slice_text("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xD0\x96z"));
    assert_true(fold_next(&reader, &word));
    assert_int_equal(word.size, 31); /* neither half a character nor what follows the cut */
}

static void contains(void **state)
{
    (void)state;
    assert_true(fold_contains(slice_text("Élodie D'Hondt"), slice_text("elo")));
    assert_true(fold_contains(slice_text("Élodie D'Hondt"), slice_text("d’HONDT")));
    assert_true(fold_contains(slice_text("Œuvre commune"), slice_text("vre com")));
    assert_false(fold_contains(slice_text("Élodie"), slice_text("éa")));
    assert_true(fold_contains(slice_text(""), slice_text("")));
    assert_true(fold_contains(slice_text("Élodie Ångström"), slice_text("ANGST")));
    assert_true(fold_contains(slice_text("Łódź"), slice_text("lodz")));
    assert_true(fold_contains(slice_text("Straat 5"), slice_text("")));
    assert_false(fold_contains(slice_text("Straat 5"), slice_text("straten")));
    assert_false(fold_contains(slice_text(""), slice_text("a")));
    assert_false(fold_contains(slice_text("a"), slice_text("?")));
}

static void same_stem(struct stemmer *stemmer, enum stem_language language, const char *a,
                      const char *b, bool same)
{
    uint8_t first[FOLD_WORD_MAX], second[FOLD_WORD_MAX];
    size_t size = stem_word(stemmer, language, slice_text(a), first);
    size_t other = stem_word(stemmer, language, slice_text(b), second);
    assert_int_equal(slice_equal(slice_of(first, size), slice_of(second, other)), same);
}

static void stems(void **state)
{
    struct stemmer *stemmer = stemmer_new();
    uint8_t stem[FOLD_WORD_MAX];
    uint32_t seed = 3;
    (void)state;
    assert_int_equal(stem_language_of(slice_text("fr-be")), STEM_FR);
    assert_int_equal(stem_language_of(slice_text("fro")), STEM_NONE);
    same_stem(stemmer, STEM_FR, "velos", "velo", true);
    same_stem(stemmer, STEM_FR, "ecoles", "ecole", true);
    same_stem(stemmer, STEM_NL, "fietsen", "fiets", true);
    same_stem(stemmer, STEM_NL, "maan", "manen", true);
    same_stem(stemmer, STEM_NL, "huis", "huizen", true);
    same_stem(stemmer, STEM_NL, "brief", "brieven", true);
    same_stem(stemmer, STEM_NL, "tuin", "keuken", false);
    same_stem(stemmer, STEM_EN, "gardens", "garden", true);
    same_stem(stemmer, STEM_EN, "cities", "city", true);
    same_stem(stemmer, STEM_EN, "garden", "kitchen", false);
    same_stem(stemmer, STEM_NONE, "velos", "velo", false);
    for (size_t round = 0; round < 100000; round++) {
        uint8_t word[FOLD_WORD_MAX];
        size_t size = round % (FOLD_WORD_MAX + 1);
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1664525 + 1013904223;
            word[i] = round % 2 == 0 ? (uint8_t)('a' + (seed >> 24) % 26) : (uint8_t)(seed >> 24);
        }
        size_t got = stem_word(stemmer, round % STEM_LANGUAGES, slice_of(word, size), stem);
        assert_true(got <= FOLD_WORD_MAX && (got > 0 || size == 0));
    }
    stemmer_free(stemmer);
}

/* Letters with their marks in one character or behind it fold alike: the first by a table, the others by Unicode's. */
static void latin_letters_fold_as_unicode_says(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"ÀÁÂÃÄÅ", "A\u0300A\u0301A\u0302A\u0303A\u0308A\u030A"},
        {"ÇÈÉÊË", "C\u0327E\u0300E\u0301E\u0302E\u0308"},
        {"ÌÍÎÏÑ", "I\u0300I\u0301I\u0302I\u0308N\u0303"},
        {"ÒÓÔÕÖ", "O\u0300O\u0301O\u0302O\u0303O\u0308"},
        {"ÙÚÛÜÝ", "U\u0300U\u0301U\u0302U\u0308Y\u0301"},
        {"àáâãäå", "a\u0300a\u0301a\u0302a\u0303a\u0308a\u030A"},
        {"çèéêë", "c\u0327e\u0300e\u0301e\u0302e\u0308"},
        {"ìíîïñ", "i\u0300i\u0301i\u0302i\u0308n\u0303"},
        {"òóôõö", "o\u0300o\u0301o\u0302o\u0303o\u0308"},
        {"ùúûüýÿ", "u\u0300u\u0301u\u0302u\u0308y\u0301y\u0308"},
        {"ÆæÐðØøÞþß", "aeAEddooththss"},
        {"a×b÷c", "a b c"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct buffer one, other;
        buffer_init(&one, 1000);
        buffer_init(&other, 1000);
        fold_append(&one, slice_text(pairs[i][0]));
        fold_append(&other, slice_text(pairs[i][1]));
        assert_int_equal(one.size, other.size);
        assert_memory_equal(one.data, other.data, one.size);
        buffer_free(&one);
        buffer_free(&other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(places),
        cmocka_unit_test(hostile),
        cmocka_unit_test(long_words),
        cmocka_unit_test(contains),
        cmocka_unit_test(stems),
        cmocka_unit_test(latin_letters_fold_as_unicode_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
