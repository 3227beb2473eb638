/* Text and its encodings: JSON, UTF-8, words and stems, base64, hex, ids.
 *
 * The first byte chooses. What is decoded encodes to the same text (one canonical form), what is encoded decodes to the
 * same bytes; JSON that is accepted, written and read again is equal; words point into the text they came from. */
#include "base/encoding.h"
#include "base/fold.h"
#include "base/json.h"
#include "base/stem.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

enum { OUT_MAX = 8 << 20 };

static void expect_written_again(const json_t *value)
{
    struct buffer out;
    json_t *again = NULL;
    buffer_init(&out, OUT_MAX);
    json_write(&out, value);
    fuzz_check(buffer_ok(&out));
    fuzz_check(json_parse(buffer_slice(&out), &again) == ERROR_NONE);
    fuzz_check(json_equal(value, again));
    json_decref(again);
    buffer_clear(&out);
    json_write_sorted(&out, value);
    fuzz_check(json_parse(buffer_slice(&out), &again) == ERROR_NONE);
    fuzz_check(json_equal(value, again));
    json_decref(again);
    buffer_free(&out);
}

static void try_json(struct slice text)
{
    json_t *value = NULL;
    enum error error = json_parse(text, &value);
    if (error == ERROR_NONE) {
        fuzz_check(utf8_is_valid(text));
        expect_written_again(value);
        json_decref(value);
    } else {
        fuzz_check(error == ERROR_INPUT_BAD_JSON || error == ERROR_INPUT_BAD_UTF8 ||
                   error == ERROR_INPUT_TOO_DEEP || error == ERROR_INPUT_DUPLICATE_KEY);
    }
}

static void try_json_string(struct slice text)
{
    struct buffer out;
    json_t *value = NULL;
    if (!utf8_is_clean(text, true)) {
        return;
    }
    buffer_init(&out, OUT_MAX);
    buffer_append_text(&out, "[");
    json_write_string(&out, text);
    buffer_append_text(&out, "]");
    fuzz_check(json_parse(buffer_slice(&out), &value) == ERROR_NONE);
    const json_t *string = json_array_get(value, 0);
    fuzz_check(slice_equal(slice_of(json_string_value(string), json_string_length(string)), text));
    json_decref(value);
    buffer_free(&out);
}

static void try_utf8(struct slice text)
{
    bool valid = utf8_is_valid(text);
    fuzz_check(valid || !utf8_is_clean(text, true));
    fuzz_check(utf8_is_clean(text, true) || !utf8_is_clean(text, false));
    if (valid) {
        size_t length = utf8_length(text);
        fuzz_check(length <= text.size && utf8_prefix(text, length).size == text.size);
        struct slice prefix = utf8_prefix(text, length / 2);
        fuzz_check(utf8_is_valid(prefix) && utf8_length(prefix) == length / 2);
    }
}

static void try_words(struct slice text)
{
    struct stemmer *stemmer = stemmer_new();
    struct fold_reader reader = fold_reader_of(text);
    struct fold_word word;
    size_t before = 0;
    while (fold_next(&reader, &word)) {
        uint8_t stem[FOLD_WORD_MAX];
        fuzz_check(word.from >= before && word.to > word.from && word.to <= text.size);
        fuzz_check(word.size > 0 && word.size <= FOLD_WORD_MAX);
        fuzz_check(utf8_is_valid(slice_of(word.text, word.size)));
        before = word.to;
        for (enum stem_language language = STEM_FR; language <= STEM_NONE; language++) {
            fuzz_check(stem_word(stemmer, language, slice_of(word.text, word.size), stem) <=
                       FOLD_WORD_MAX);
        }
    }
    stemmer_free(stemmer);
}

static void try_contains(struct slice bytes)
{
    struct slice needle = fuzz_until(&bytes, 0);
    struct buffer out;
    buffer_init(&out, OUT_MAX);
    fold_append(&out, bytes);
    fuzz_check(buffer_ok(&out) && utf8_is_valid(buffer_slice(&out)));
    fold_contains(bytes, needle);
    if (out.size > 0) {
        fuzz_check(fold_contains(bytes, bytes));
    }
    buffer_free(&out);
}

struct form {
    void (*encode)(struct buffer *out, struct slice bytes);
    bool (*decode)(struct slice text, struct buffer *out);
};

static void try_form(const struct form *form, struct slice input)
{
    struct buffer out, back;
    buffer_init(&out, OUT_MAX);
    buffer_init(&back, OUT_MAX);
    form->encode(&out, input);
    fuzz_check(form->decode(buffer_slice(&out), &back));
    fuzz_check(slice_equal(buffer_slice(&back), input));
    buffer_clear(&out);
    buffer_clear(&back);
    if (form->decode(input, &back)) {
        form->encode(&out, buffer_slice(&back));
        fuzz_check(slice_equal(buffer_slice(&out), input));
    } else {
        fuzz_check(back.size == 0);
    }
    buffer_free(&out);
    buffer_free(&back);
}

static void try_encodings(struct slice input)
{
    static const struct form forms[] = {
        {encoding_base64, encoding_from_base64},
        {encoding_base64url, encoding_from_base64url},
        {encoding_hex, encoding_from_hex},
    };
    uint8_t exact[HASH_SIZE];
    for (size_t at = 0; at < sizeof forms / sizeof forms[0]; at++) {
        try_form(&forms[at], input);
    }
    encoding_base64url_exact(input, exact, sizeof exact);
}

static void try_id(struct slice text)
{
    struct id id;
    char again[ID_TEXT_SIZE];
    if (id_parse(text, &id)) {
        id_format(id, again);
        fuzz_check(slice_equal(slice_text(again), text));
        fuzz_check(!id_is_none(id));
    }
    stem_language_of(text);
}

static void (*const functions[])(struct slice text) = {
    try_json, try_json_string, try_utf8, try_words, try_contains, try_encodings, try_id,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = slice_of(data, size);
    uint8_t which = fuzz_byte(&input);
    if (which < sizeof functions / sizeof functions[0] && size <= OUT_MAX / 16) {
        functions[which](input);
    }
    return 0;
}
