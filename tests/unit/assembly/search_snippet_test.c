/* What is shown of a text, compared with a plain copy made character by character, over made texts with all that is treated
 * specially: white space, signs, what JSON escapes, letters of several bytes. */
#include "assembly/registry.h"
#include "assembly/search.h"
#include "assembly/work.h"
#include "tests/harness/c/fixture.h"

#include <stdlib.h>

enum { SOURCE_MAX = 900, SHOWN_MAX = 2 * SOURCE_MAX };

static const char *const parts[] = {
    "banc",    "Banc", "bancs",  "l’été", "a",      "ab",         "abcdefghijklmnop",
    "ÉTÉ",     " ",    "  ",     "\n",    "\u00a0", " \n ",       "*",
    "**",      "#",    "`",      "~",     "|",      ">",          "\"",
    "\\",      "\x7f", "\x01\t", "<",     "\u2026", "\U0001F600", "_",
    "-",       "}",    ", ",     ". ",    " de ",   " la ",       "2026",
    "𠀀 banc", "«",    "»",      "?",     "être",
};

static void make_text(uint32_t *seed, char text[SOURCE_MAX])
{
    *seed = *seed * 1664525 + 1013904223;
    size_t size = 0, most = (*seed >> 9) % (SOURCE_MAX - 40);
    text[0] = 0;
    while (size < most) {
        *seed = *seed * 1664525 + 1013904223;
        const char *part = parts[(*seed >> 16) % (sizeof parts / sizeof parts[0])];
        size += (size_t)snprintf(text + size, SOURCE_MAX - size, "%s", part);
    }
}

/* Appends a character as it is shown; how many bytes of the text it is. */
static size_t copy_plainly(struct buffer *into, const char *from)
{
    uint8_t first = (uint8_t)*from, last = into->size > 0 ? into->data[into->size - 1] : ' ';
    size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    bool space = first == ' ' || first == '\n' || strncmp(from, "\u00a0", 2) == 0;
    if (space && last != ' ') {
        buffer_append_u8(into, ' ');
    } else if (!space && (size > 1 || strchr("*#>`~|", first) == NULL)) {
        buffer_append(into, from, size);
    }
    return size;
}

static json_int_t units_of(const struct buffer *text)
{
    json_int_t units = 0;
    for (size_t i = 0; i < text->size; i++) {
        units += (text->data[i] & 0xC0) != 0x80; /* a character begins */
        units += text->data[i] >= 0xF0;          /* of two units */
    }
    return units;
}

/* The whole text as shown, and {"from","to"} of each word that folds to the wanted one. */
static json_t *shown_plainly(const char *text, const char *wanted)
{
    struct buffer shown;
    json_t *marks = json_array();
    struct fold_reader reader = fold_reader_of(slice_text(text));
    struct fold_word word;
    size_t at = 0;
    buffer_init(&shown, SHOWN_MAX);
    while (fold_next(&reader, &word)) {
        if (slice_equal(slice_of(word.text, word.size), slice_text(wanted))) {
            while (at < word.from) {
                at += copy_plainly(&shown, text + at);
            }
            json_int_t from = units_of(&shown);
            while (at < word.to) {
                at += copy_plainly(&shown, text + at);
            }
            json_array_append_new(marks,
                                  json_pack("{s:I,s:I}", "from", from, "to", units_of(&shown)));
        }
    }
    while (text[at] != 0) {
        at += copy_plainly(&shown, text + at);
    }
    size_t size = shown.size;
    size -= size > 0 && shown.data[size - 1] == ' ';
    json_t *all =
        json_pack("{s:s%,s:o}", "text", size > 0 ? (char *)shown.data : "", size, "marks", marks);
    buffer_free(&shown);
    return all;
}

static void want(struct search_asked *asked, struct search_wanted *wanted, const char *word)
{
    size_t size = strlen(word);
    *wanted = (struct search_wanted){.word.size = (uint8_t)size, .scan = size};
    memcpy(wanted->word.text, word, size);
    *asked = (struct search_asked){.wanted = wanted, .count = 1};
    asked->by_hash[search_hash_of(wanted->word.text, size)] = 1;
}

/* What the program shows of it. */
static json_t *shown_of(struct search_asked *asked, const char *text, bool whole)
{
    struct buffer row, out;
    struct search_terms terms = {0};
    struct search_text read;
    json_t *shown, *document = json_pack("{s:s}", "text", text);
    buffer_init(&row, 100000);
    buffer_init(&out, 100000);
    buffer_init(&asked->marks, 100000);
    asked->out = &out;
    search_row_write(&row, NULL, &terms, search_kind_of(DOCUMENT_COMMENT), (struct id){{1}},
                     document, NULL, 0);
    struct search_row made = search_row_of(buffer_slice(&row));
    if (!search_row_next(&made, &read)) {
        read = (struct search_text){.class = SEARCH_COMMENT};
    }
    search_write_marked(asked, &read, whole);
    assert_int_equal(json_parse(buffer_slice(&out), &shown), ERROR_NONE);
    json_decref(document);
    free(terms.items);
    buffer_free(&row);
    buffer_free(&out);
    buffer_free(&asked->marks);
    return shown;
}

static void test_whole_texts(void **state)
{
    (void)state;
    struct search_asked asked;
    struct search_wanted wanted;
    uint32_t seed = 4;
    size_t marks = 0;
    for (size_t n = 0; n < 3000; n++) {
        static const char *const words[] = {"banc", "ete", "de", "2026"};
        char text[SOURCE_MAX];
        make_text(&seed, text);
        want(&asked, &wanted, words[n % 4]);
        json_t *shown = shown_of(&asked, text, true), *plain = shown_plainly(text, words[n % 4]);
        if (!json_equal(shown, plain)) {
            print_error("%s\n", text);
            assert_string_equal(json_dumps(shown, 0), json_dumps(plain, 0));
        }
        marks += json_array_size(json_object_get(shown, "marks"));
        json_decref(shown);
        json_decref(plain);
    }
    assert_in_range(marks, 3000, 100000);
}

/* Between words that are far from each other the row has steps at which no word begins, even if what stands there reads
 * like one that is wanted. */
static void test_steps_are_no_words(void **state)
{
    (void)state;
    struct search_asked asked;
    struct search_wanted wanted;
    char text[400], word[] = "aaa";
    while (search_hash_of((const uint8_t *)word, 3) != 0) { /* the hash of a step */
        for (size_t i = 0; word[i]++ == 'z'; i++) {
            word[i] = 'a';
            assert_in_range(i, 0, 1);
        }
    }
    memset(text, 'z', 255);
    snprintf(text + 255, sizeof text - 255, "%s, fin %s", word, word);
    want(&asked, &wanted, word);
    json_t *shown = shown_of(&asked, text, true), *plain = shown_plainly(text, word);
    assert_int_equal(json_array_size(json_object_get(plain, "marks")), 1);
    assert_true(json_equal(shown, plain));
    json_decref(shown);
    json_decref(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_texts),
        cmocka_unit_test(test_steps_are_no_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
