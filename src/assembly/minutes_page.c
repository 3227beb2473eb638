/* The writer behind printed minutes: headings, lines, lists and tables, as HTML or as Markdown.
 *
 * HTML is one file without scripts, pictures or links, so that it opens and prints anywhere; its policy allows nothing but its
 * own styles. What people wrote is escaped character by character, for the page, for the strings of its styles (the head of
 * each printed sheet) and for Markdown. Prose keeps paragraphs and lists: a line that begins with "- ", "* " or a number and
 * a stop is an item. Start at page_begin(), page_put(), page_prose(). */
#include "assembly/minutes_page.h"

#include <string.h>

static void raw(struct page *page, const char *text)
{
    buffer_append_text(page->out, text);
}

/* ---- what people wrote ---- */

static void escape_html(struct buffer *out, uint8_t byte)
{
    switch (byte) {
    case '&':
        buffer_append_text(out, "&amp;");
        break;
    case '<':
        buffer_append_text(out, "&lt;");
        break;
    case '>':
        buffer_append_text(out, "&gt;");
        break;
    case '"':
        buffer_append_text(out, "&quot;");
        break;
    case '\'':
        buffer_append_text(out, "&#39;");
        break;
    default:
        buffer_append_u8(out, byte);
    }
}

/* A backslash before what Markdown would read as more than a character. */
static void escape_markdown(struct buffer *out, uint8_t byte)
{
    if (byte != 0 && strchr("\\`*_{}[]<>#|&~!", byte) != NULL) {
        buffer_append_u8(out, '\\');
    }
    buffer_append_u8(out, byte);
}

static void escape(struct page *page, uint8_t byte)
{
    if (page->html) {
        escape_html(page->out, byte);
    } else {
        escape_markdown(page->out, byte);
    }
}

void page_put(struct page *page, struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        escape(page, text.data[i] < ' ' ? ' ' : text.data[i]);
    }
}

/* Within the quotes of a style: letters and digits stay, bytes above ASCII too (the text is UTF-8), all else by number. */
static void put_style_string(struct page *page, struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= '0' && byte <= '9') || byte >= 0x80 || byte == ' ';
        if (plain) {
            buffer_append_u8(page->out, byte);
        } else {
            buffer_format(page->out, "\\%x ", byte);
        }
    }
}

struct slice page_label(const struct page *page, const json_t *labels)
{
    struct slice text = json_get_text(labels, page->language);
    json_t *first = json_object_iter_value(json_object_iter((json_t *)(uintptr_t)labels));
    return text.size > 0 ? text : slice_of(json_string_value(first), json_string_length(first));
}

/* ---- words of ours ---- */

void page_say(struct page *page, enum minutes_word word)
{
    raw(page, minutes_word(word, page->language));
}

void page_text(struct page *page, const char *text)
{
    page_put(page, slice_text(text));
}

void page_number(struct page *page, uint64_t number)
{
    minutes_number(page->out, number, page->language);
}

void page_time(struct page *page, uint64_t ms)
{
    minutes_time(page->out, ms, page->language);
}

void page_date(struct page *page, uint64_t ms)
{
    minutes_date(page->out, ms, page->language);
}

void page_moment(struct page *page, uint64_t ms)
{
    page_date(page, ms);
    raw(page, ", ");
    page_time(page, ms);
}

/* ---- the whole ---- */

static const char style_head[] =
    "@page{size:A4;margin:22mm 18mm 20mm;"
    "@bottom-right{content:counter(page) \" / \" counter(pages);font:9pt sans-serif}"
    "@top-left{font:9pt sans-serif;content:\"";
static const char style[] =
    "\"}}\n"
    "body{font:11pt/1.45 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em;color:#111;"
    "background:#fff}\n"
    "h1,h2,h3,th,b{font-family:system-ui,sans-serif}\n"
    "h1{font-size:1.7em;margin:0 0 .4em}h2{font-size:1.2em;margin:1.6em 0 .3em;"
    "border-bottom:1px solid #888}h3{font-size:1em;margin:1.2em 0 .3em}\n"
    "p{margin:.25em 0}.note{margin:.8em 0}ul,ol{margin:.3em 0;padding-left:1.5em}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9em;margin:.5em 0}\n"
    "th,td{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}\n"
    "thead{display:table-header-group}tr,.sign{break-inside:avoid}h1,h2,h3{break-after:avoid}\n"
    ".sign{margin-top:3.2em;border-top:1px solid #111;width:60%;padding-top:.2em}\n"
    "p,li,td{overflow-wrap:break-word}\n"
    "@media print{body{margin:0;max-width:none;padding:0}}\n";

void page_begin(struct page *page, struct slice organisation, struct slice title)
{
    if (!page->html) {
        return;
    }
    raw(page, "<!doctype html>\n<html lang=\"");
    page_put(page, slice_text(page->language));
    raw(page, "\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "style-src 'unsafe-inline'\">\n"
              "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    page_put(page, title);
    raw(page, "</title>\n<style>\n");
    raw(page, style_head);
    put_style_string(page, organisation);
    raw(page, " · ");
    put_style_string(page, title);
    raw(page, style);
    raw(page, "</style>\n</head>\n<body>\n");
}

void page_finish(struct page *page)
{
    raw(page, page->html ? "</body>\n</html>\n" : "");
}

void page_fact(struct page *page)
{
    raw(page, page->html ? "<section>\n" : "");
}

void page_end_fact(struct page *page)
{
    raw(page, page->html ? "</section>\n" : "");
}

/* ---- pieces ---- */

void page_heading(struct page *page, int level)
{
    static const char *const marks[2][3] = {{"# ", "## ", "### "}, {"<h1>", "<h2>", "<h3>"}};
    static const char *const ends[] = {"</h1>\n", "</h2>\n", "</h3>\n"};
    raw(page, marks[page->html ? 1 : 0][level - 1]);
    page->close = page->html ? ends[level - 1] : "\n\n";
}

void page_title(struct page *page, enum minutes_word word)
{
    page_heading(page, 2);
    page_say(page, word);
    page_end(page);
}

void page_line(struct page *page, enum minutes_word label)
{
    raw(page, page->html ? "<p>" : "");
    if (label != MINUTES_SAY_END) {
        raw(page, page->html ? "<b>" : "**");
        page_say(page, label);
        raw(page, page->html ? "</b>" : "**");
        page_say(page, MINUTES_SAY_COLON);
    }
    page->close = page->html ? "</p>\n" : "\n\n";
}

void page_item(struct page *page)
{
    if (page->html) {
        raw(page, page->in_list ? "<li>" : "<ul>\n<li>");
    } else {
        raw(page, "- ");
    }
    page->in_list = true;
    page->close = page->html ? "</li>\n" : "\n";
}

void page_end_list(struct page *page)
{
    if (page->in_list) {
        raw(page, page->html ? "</ul>\n" : "\n");
        page->in_list = false;
    }
}

void page_signature(struct page *page)
{
    raw(page, page->html ? "<p class=\"sign\">" : "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_  \n");
    page->close = page->html ? "</p>\n" : "\n\n";
}

void page_end(struct page *page)
{
    raw(page, page->close);
}

/* ---- whole pieces ---- */

void page_word_of(struct page *page, const struct page_word *table, struct slice word)
{
    for (; table->word != NULL; table++) {
        if (slice_equal(slice_text(table->word), word)) {
            page_say(page, table->say);
        }
    }
}

void page_member(struct page *page, const json_t *holder)
{
    struct slice name = json_get_text(json_object_get(holder, "member"), "name");
    page_put(page, name.size > 0 ? name : slice_text("…"));
}

void page_class(struct page *page, struct slice key)
{
    size_t i;
    json_t *class;
    struct slice label = key;
    const json_t *organisation = json_object_get(page->heading, "organisation");
    json_array_foreach(json_object_get(organisation, "classes"), i, class)
    {
        if (slice_equal(json_get_text(class, "key"), key)) {
            label = page_label(page, json_object_get(class, "label"));
        }
    }
    page_put(page, label.size > 0 ? label : key);
}

uint64_t page_number_in(const json_t *object, const char *key)
{
    return (uint64_t)json_get_integer(object, key);
}

void page_line_time(struct page *page, enum minutes_word label, uint64_t ms)
{
    if (ms != 0) {
        page_line(page, label);
        page_moment(page, ms);
        page_end(page);
    }
}

void page_line_text(struct page *page, enum minutes_word label, struct slice text)
{
    if (text.size > 0) {
        page_line(page, label);
        page_put(page, text);
        page_end(page);
    }
}

/* ---- tables ---- */

void page_table(struct page *page, const enum minutes_word *columns, size_t count)
{
    page->columns = count;
    raw(page, page->html ? "<table>\n<thead><tr>" : "|");
    for (size_t i = 0; i < count; i++) {
        raw(page, page->html ? "<th scope=\"col\">" : " ");
        page_say(page, columns[i]);
        raw(page, page->html ? "</th>" : " |");
    }
    raw(page, page->html ? "</tr></thead>\n<tbody>\n" : "\n|");
    for (size_t i = 0; i < count && !page->html; i++) {
        raw(page, " --- |");
    }
    raw(page, page->html ? "" : "\n");
}

void page_row(struct page *page)
{
    raw(page, page->html ? "<tr>" : "|");
    page->close = "";
}

void page_cell(struct page *page)
{
    raw(page, page->close);
    raw(page, page->html ? "<td>" : " ");
    page->close = page->html ? "</td>" : " |";
}

void page_end_row(struct page *page)
{
    raw(page, page->close);
    raw(page, page->html ? "</tr>\n" : "\n");
}

void page_end_table(struct page *page)
{
    raw(page, page->html ? "</tbody>\n</table>\n" : "\n");
}

/* ---- prose ---- */

enum piece { PIECE_NONE, PIECE_PARAGRAPH, PIECE_LIST, PIECE_NUMBERED };

/* What the line is, and its text without the mark. */
static enum piece piece_of(struct slice *line)
{
    size_t at = 0, digits = 0;
    while (at < line->size && line->data[at] == ' ') {
        at++;
    }
    *line = slice_of(line->data + at, line->size - at);
    if (line->size == 0) {
        return PIECE_NONE;
    }
    if (line->size > 1 && (line->data[0] == '-' || line->data[0] == '*') && line->data[1] == ' ') {
        *line = slice_of(line->data + 2, line->size - 2);
        return PIECE_LIST;
    }
    while (digits < line->size && line->data[digits] >= '0' && line->data[digits] <= '9') {
        digits++;
    }
    if (digits > 0 && digits + 1 < line->size && line->data[digits] == '.' &&
        line->data[digits + 1] == ' ') {
        *line = slice_of(line->data + digits + 2, line->size - digits - 2);
        return PIECE_NUMBERED;
    }
    return PIECE_PARAGRAPH;
}

static void move_to(struct page *page, enum piece *from, enum piece to)
{
    static const char *const begin[] = {"", "<p>", "<ul>\n", "<ol>\n"};
    static const char *const end[] = {"", "</p>\n", "</ul>\n", "</ol>\n"};
    if (*from != to) {
        raw(page, end[*from]);
        raw(page, begin[to]);
        *from = to;
    } else if (to == PIECE_PARAGRAPH) {
        raw(page, " ");
    }
}

static struct slice next_line(struct slice *text)
{
    const uint8_t *end = memchr(text->data, '\n', text->size);
    size_t size = end == NULL ? text->size : (size_t)(end - text->data);
    struct slice line = slice_of(text->data, size);
    size_t gone = end == NULL ? size : size + 1;
    *text = slice_of(text->data + gone, text->size - gone);
    return line;
}

static void prose_as_html(struct page *page, struct slice text)
{
    enum piece now = PIECE_NONE;
    raw(page, "<div class=\"note\">\n");
    while (text.size > 0) {
        struct slice line = next_line(&text);
        enum piece piece = piece_of(&line);
        bool item = piece == PIECE_LIST || piece == PIECE_NUMBERED;
        move_to(page, &now, piece);
        raw(page, item ? "<li>" : "");
        page_put(page, line);
        raw(page, item ? "</li>\n" : "");
    }
    move_to(page, &now, PIECE_NONE);
    raw(page, "</div>\n");
}

/* It is Markdown already; only what would be HTML is taken out of it. */
static void prose_as_markdown(struct page *page, struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '<') {
            raw(page, "&lt;");
        } else {
            buffer_append_u8(page->out, text.data[i]);
        }
    }
    raw(page, "\n\n");
}

void page_prose(struct page *page, struct slice text)
{
    if (text.size == 0) {
        return;
    }
    if (page->html) {
        prose_as_html(page, text);
    } else {
        prose_as_markdown(page, text);
    }
}
