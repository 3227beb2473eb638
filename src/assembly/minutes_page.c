/* The writer behind printed minutes: headings, lines, lists and tables, as HTML or as Markdown.
 *
 * HTML is one file without scripts, pictures or links, so that it opens and prints anywhere; its policy allows nothing but its
 * own styles. What people wrote is escaped character by character, for the page, for the strings of its styles (the head of
 * each printed sheet) and for Markdown. Prose keeps paragraphs and lists: a line that begins with "- ", "* " or a number and
 * a stop is an item; "**so**" and "*so*" are emphasis. Start at page_begin(), page_put(), page_prose(). */
#include "assembly/minutes_page.h"
#include "base/calendar.h"

#include <string.h>
#include <strings.h>

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

void page_name_number(struct page *page, uint64_t number)
{
    buffer_format(page->out, "%llu", (unsigned long long)number);
}

/* A meeting may last until another day. */
void page_time(struct page *page, uint64_t ms)
{
    uint64_t started = page_number_in(page->heading, "started_ms");
    int64_t day = calendar_number(calendar_local(ms).day);
    if (started != 0 && day != calendar_number(calendar_local(started).day)) {
        page_moment(page, ms);
    } else {
        minutes_time(page->out, ms, page->language);
    }
}

void page_date(struct page *page, uint64_t ms)
{
    minutes_date(page->out, ms, page->language);
}

void page_moment(struct page *page, uint64_t ms)
{
    page_date(page, ms);
    raw(page, ", ");
    minutes_time(page->out, ms, page->language);
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
    "thead{display:table-header-group}h1,h2,h3,.item{break-after:avoid}\n"
    "h1,h2,h3,tr,.sign,.note p,.note li,section:not(:has(table)){break-inside:avoid}\n"
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

void page_fact(struct page *page, const char *kind)
{
    if (page->html) {
        raw(page, "<section class=\"");
        raw(page, kind);
        raw(page, "\">\n");
    }
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

#define SIGN_PART "\\_\\_\\_\\_\\_\\_\\_\\_"
#define SIGN_LINE SIGN_PART SIGN_PART SIGN_PART SIGN_PART

void page_signature(struct page *page)
{
    raw(page, page->html ? "<p class=\"sign\">" : SIGN_LINE "  \n");
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

/* Where the mark of this width that begins here ends on its line; 0 = nowhere, or what is between begins or ends with a
 * space. */
static size_t closing(struct slice line, size_t at, size_t width)
{
    for (size_t end = at + width + 1; end + width <= line.size; end++) {
        bool same = memcmp(line.data + end, line.data + at, width) == 0;
        bool longer = end + width < line.size && line.data[end + width] == '*';
        if (same && !longer) {
            return line.data[at + width] != ' ' && line.data[end - 1] != ' ' ? end : 0;
        }
    }
    return 0;
}

/* Emphasis as the editor's buttons write it, one in the other left as it is. */
static void put_line(struct page *page, struct slice line)
{
    static const char *const begin[] = {"", "<em>", "<strong>"};
    static const char *const ends[] = {"", "</em>", "</strong>"};
    for (size_t at = 0; at < line.size;) {
        bool mark = line.data[at] == '*', two = at + 1 < line.size && line.data[at + 1] == '*';
        size_t width = !mark ? 0 : two ? 2 : 1;
        size_t end = width > 0 ? closing(line, at, width) : 0;
        if (end == 0) {
            size_t plain = width > 0 ? width : 1;
            page_put(page, slice_of(line.data + at, plain));
            at += plain;
            continue;
        }
        raw(page, begin[width]);
        page_put(page, slice_of(line.data + at + width, end - at - width));
        raw(page, ends[width]);
        at = end + width;
    }
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
        put_line(page, line);
        raw(page, item ? "</li>\n" : "");
    }
    move_to(page, &now, PIECE_NONE);
    raw(page, "</div>\n");
}

/* One of three or more in a row: a fence, behind which everything up to the next would be code, facts too. */
static bool is_fence(struct slice text, size_t at)
{
    uint8_t mark = text.data[at];
    size_t first = at >= 2 ? at - 2 : 0, row = 0;
    for (size_t i = first; i < text.size && i < at + 3 && row < 3; i++) {
        row = text.data[i] == mark ? row + 1 : 0;
    }
    return (mark == '`' || mark == '~') && row == 3;
}

/* What follows is an address of the web or of a mailbox: whatever else a link goes to, it is none, here as on every page. */
static bool is_address(struct slice text, size_t at)
{
    static const char *const begins[] = {"https://", "http://", "mailto:"};
    while (at < text.size && memchr(" \t\r\n", text.data[at], 4) != NULL) {
        at++;
    }
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        size_t size = strlen(begins[i]);
        if (text.size - at >= size &&
            strncasecmp((const char *)text.data + at, begins[i], size) == 0) {
            return true;
        }
    }
    return false;
}

/* The second character of "](" and "]:" before another address, and of "![", since a picture is fetched unasked. The first
 * may stand behind a backslash already, so it is this one that gets its own. */
static bool is_link(struct slice text, size_t at)
{
    uint8_t mark = text.data[at], before = at == 0 ? 0 : text.data[at - 1];
    bool link = before == ']' && (mark == '(' || mark == ':');
    return (link && !is_address(text, at + 1)) || (before == '!' && mark == '[');
}

/* It is Markdown already; what would be HTML is taken out of it, what would swallow what follows, and what would lead
 * elsewhere than to the web. */
static void prose_as_markdown(struct page *page, struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '<') {
            raw(page, "&lt;");
            continue;
        }
        raw(page, is_fence(text, i) || is_link(text, i) ? "\\" : "");
        buffer_append_u8(page->out, text.data[i]);
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
