/* Minutes printed with whatever people wrote: names, titles, reasons, the secretary's texts.
 *
 * The first byte chooses the language, the next ones the numbers; then texts, each up to a zero byte, which take the places of
 * a document with every kind of block in turn. Whatever they are, a page of HTML has no tags but ours and one style, Markdown
 * no HTML and no fence, and both are UTF-8. */
#include <stdlib.h>

#include "assembly/minutes.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

#define PERSON "\"member\":{\"id\":\"5e0f7a10-4c11-4f6e-9a55-0d8c1b2a3f01\",\"name\":\"$\"}"

static const char form[] =
    "[{\"block_kind\":\"text\",\"text\":{\"fr\":\"$\",\"nl\":\"$\"}},"
    "{\"block_kind\":\"heading\",\"facts\":{\"title\":{\"nl\":\"$\"},\"place\":{\"fr\":\"$\"},"
    "\"procedure\":{\"en\":\"$\"},\"remote\":true,\"number\":1,\"starts_ms\":2,\"called_ms\":3,"
    "\"notice\":{\"asked_days\":15,\"given_days\":16},\"group\":{\"name\":\"$\"},"
    "\"organisation\":{\"name\":\"$\",\"classes\":[{\"key\":\"m\",\"label\":{\"fr\":\"$\"}}]},"
    "\"officers\":[{\"office\":\"chair\"," PERSON "}]}},"
    "{\"block_kind\":\"text\",\"text\":{\"en\":\"$\"}},"
    "{\"block_kind\":\"attendance\",\"facts\":{\"attended\":2,\"remote\":1,\"people\":["
    "{" PERSON ",\"class\":\"m\",\"periods\":[{\"in_ms\":4,\"how\":\"desk\"}]},"
    "{" PERSON ",\"class\":\"x\",\"periods\":[{\"in_ms\":5,\"out_ms\":6,\"how\":\"remote\","
    "\"remote\":true,\"checked\":\"call\"}]}]}},"
    "{\"block_kind\":\"quorum\",\"facts\":{\"at_ms\":7,\"classes\":[{\"code\":\"m\"},{\"code\":"
    "\"x\"}],\"seen\":[{" PERSON ",\"x\":1,\"least\":2}]}},"
    "{\"block_kind\":\"item\",\"facts\":{\"place\":[1,2],\"title\":{\"fr\":\"$\"},\"proposals\":"
    "[{\"number\":3,\"title\":\"$\"},{\"number\":4,\"title\":\"$\"}],\"started_ms\":8,"
    "\"ended_ms\":9}},"
    "{\"block_kind\":\"vote\",\"facts\":{\"number\":1,\"question\":{\"fr\":\"$\"},\"mode\":"
    "\"named\",\"chosen\":[{\"fr\":\"$\"},{\"en\":\"$\"}],\"result\":{\"yes\":1,\"sentence\":"
    "{\"fr\":\"$\"}},\"cancelled\":{\"at_ms\":1,\"reason\":\"$\"},\"extended\":{\"at_ms\":1,"
    "\"closes_ms\":2,\"reason\":\"$\"},\"about\":[{\"number\":\"2026-001\",\"title\":\"$\"}]}},"
    "{\"block_kind\":\"tasks\",\"facts\":{\"items\":[{\"number\":5,\"title\":\"$\",\"assignees\":"
    "[{" PERSON "}],\"asked\":[{" PERSON "}],\"due_ms\":10}]}},"
    "{\"block_kind\":\"incidents\",\"facts\":{\"items\":[{\"incident_kind\":\"many\",\"at_ms\":1,"
    "\"people\":3}]}},"
    "{\"block_kind\":\"text\",\"text\":{\"fr\":\"$\"}},"
    "{\"block_kind\":\"seal\",\"facts\":{\"size\":9,\"root\":\"r\",\"officers\":[{\"office\":"
    "\"secretary\"," PERSON "}]}}]";

/* The next text, made of what documents may hold; "" when it is not. */
static json_t *next_text(struct slice *input)
{
    struct slice text = fuzz_until(input, 0);
    return json_text(utf8_is_clean(text, true) ? text : slice_text(""));
}

/* Texts take the places of "$", numbers those of numbers. */
static void fill(json_t *value, struct slice *input, uint16_t number)
{
    size_t i;
    const char *key;
    json_t *item;
    json_array_foreach(value, i, item)
    {
        fill(item, input, number);
    }
    json_object_foreach(value, key, item)
    {
        if (json_is_string(item) && slice_equal(json_get_text(value, key), slice_text("$"))) {
            json_put(value, key, next_text(input));
        } else if (json_is_integer(item)) {
            json_integer_set(item, json_integer_value(item) * number * INT64_C(86399999));
        } else {
            fill(item, input, number);
        }
    }
}

static bool begins(struct slice text, const char *with)
{
    struct slice wanted = slice_text(with);
    return text.size >= wanted.size && memcmp(text.data, wanted.data, wanted.size) == 0;
}

static void check_html(struct slice page)
{
    static const char *const tags[] = {"<!doctype html>",
                                       "<html lang=\"",
                                       "<head>",
                                       "<meta ",
                                       "<title>",
                                       "<style>",
                                       "<body>",
                                       "<section class=\"",
                                       "<h1>",
                                       "<h2>",
                                       "<h3>",
                                       "<p>",
                                       "<p class=\"",
                                       "<b>",
                                       "<em>",
                                       "<strong>",
                                       "<ul>",
                                       "<ol>",
                                       "<li>",
                                       "<table>",
                                       "<thead>",
                                       "<tr>",
                                       "<th scope=\"",
                                       "<tbody>",
                                       "<td>",
                                       "<div class=\"",
                                       "</"};
    size_t styles = 0;
    for (; page.size > 0; page = slice_of(page.data + 1, page.size - 1)) {
        bool ours = page.data[0] != '<';
        for (size_t i = 0; !ours && i < sizeof tags / sizeof tags[0]; i++) {
            ours = begins(page, tags[i]);
        }
        fuzz_check(ours);
        styles += begins(page, "</style>");
    }
    fuzz_check(styles == 1);
}

static void check_markdown(struct slice page)
{
    for (size_t at = 0; at < page.size; at++) {
        struct slice rest = slice_of(page.data + at, page.size - at);
        fuzz_check(page.data[at] != '<' || (at > 0 && page.data[at - 1] == '\\'));
        fuzz_check(!begins(rest, "```") && !begins(rest, "~~~"));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { OUT_MAX = 1 << 24 };
    static const char *const languages[] = {"fr", "nl", "en", "eo"};
    struct slice input = slice_of(data, size);
    const char *language = languages[fuzz_byte(&input) % 4];
    uint16_t number = fuzz_number(&input);
    json_t *minutes = json_object(), *blocks = json_parse_own(slice_text(form));
    struct buffer out;
    fill(blocks, &input, number);
    json_put(minutes, "state", json_text(slice_text(number % 2 == 0 ? "draft" : "sealed")));
    json_put(minutes, "blocks", blocks);
    buffer_init(&out, OUT_MAX);
    minutes_print(&out, minutes, language, MINUTES_HTML, slice_text(""));
    fuzz_check(buffer_ok(&out) && utf8_is_valid(buffer_slice(&out)));
    check_html(buffer_slice(&out));
    buffer_clear(&out);
    minutes_print(&out, minutes, language, MINUTES_MARKDOWN, slice_text(""));
    fuzz_check(buffer_ok(&out) && utf8_is_valid(buffer_slice(&out)));
    check_markdown(buffer_slice(&out));
    buffer_free(&out);
    json_decref(minutes);
    return 0;
}
