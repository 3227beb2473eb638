/* Texts of others on a terminal: clean characters as they are, every byte of anything else a question mark. */
#include "tests/harness/c/fixture.h"

#include <stdlib.h>

#include "server/commands/terminal.h"

static void expect(const char *text, size_t size, const char *shown)
{
    char *written = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&written, &length);
    assert_non_null(out);
    terminal_text(out, slice_of(text, size));
    fclose(out);
    assert_int_equal(length, strlen(shown));
    assert_string_equal(written, shown);
    free(written);
}

static void test_texts(void **state)
{
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"", ""},
        {"Cléo – 8€ 🙂", "Cléo – 8€ 🙂"},
        {"\x1b[31mred\n\tx\x7f", "?[31mred??x?"},
        {"a\xE2\x80\xAE"
         "b",
         "a???b"},                               /* U+202E turns the line round */
        {"\xC2\x9B", "??"},                      /* a control of one code point */
        {"\xEF\xBB\xBF", "???"},                 /* a mark that nobody sees */
        {"\xC3", "?"},                           /* cut */
        {"\xE2\x82", "??"},                      /* cut */
        {"\xFFx\xC3\xA9\xED\xA0\x80", "?xé???"}, /* never UTF-8; a surrogate */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect(cases[i].text, strlen(cases[i].text), cases[i].shown);
    }
    expect("a\0b", 3, "a?b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
