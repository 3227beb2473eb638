/* What a result says of a document: the texts that say best why it was found, with marks on what was found.
 *
 * A document has several texts, some in several languages; one title is shown and one of the others, cut around the first
 * word found (search_snippet.c). All stands in its row of the index (search_row.c). Start at search_write_item(). */
#include "assembly/search.h"

/* The text of a document that says best why it was found: the one with the most wanted words, then the one in the reader's
 * language, then the first. */
struct choosing {
    const struct search_asked *asked;
    struct search_text best;
    size_t count;
    unsigned worth; /* of the chosen one, once there are two to choose from */
};

/* Twice the wanted words that stand in the text. */
static unsigned points_of(const struct search_asked *asked, const struct search_text *text)
{
    unsigned points = 0;
    uint8_t seen = 0, found;
    struct fold_word word;
    struct search_scan scan = search_scan_of(asked, text);
    while (seen + 1U != 1U << asked->count && (found = search_scan_next(&scan, seen, &word)) != 0) {
        points += 2 * (unsigned)__builtin_popcount(found);
        seen |= found;
    }
    return points;
}

/* Of one that is worth so much already no other can be better, unless by its language. */
static void look_at(struct choosing *choosing, const struct search_text *text)
{
    unsigned spoken = slice_equal(text->language, choosing->asked->language);
    if (choosing->worth < 4 * choosing->asked->count + spoken) {
        unsigned worth = points_of(choosing->asked, text) * 2 + spoken;
        if (worth > choosing->worth) {
            choosing->best = *text;
            choosing->worth = worth;
        }
    }
}

static void choose(struct choosing *choosing, const struct search_text *text)
{
    if (choosing->count == 0) {
        choosing->best = *text;
    } else {
        if (choosing->count == 1) {
            look_at(choosing, &choosing->best);
        }
        look_at(choosing, text);
    }
    choosing->count++;
}

/* Title and what else is shown. */
struct shown {
    struct choosing title, rest;
};

static struct shown choose_texts(const struct search_asked *asked, struct search_row row)
{
    struct shown shown = {.title.asked = asked, .rest.asked = asked};
    struct search_text text;
    while (search_row_next(&row, &text)) {
        if (!text.number) {
            choose(text.class == SEARCH_TITLE ? &shown.title : &shown.rest, &text);
        }
    }
    return shown;
}

/* ---- writing ---- */

#define append_literal(out, text) buffer_append(out, text, sizeof(text) - 1)

static void write_id(struct buffer *out, struct id id)
{
    char text[ID_TEXT_SIZE];
    id_format(id, text);
    append_literal(out, "\",\"id\":\"");
    buffer_append(out, text, ID_TEXT_SIZE - 1);
    append_literal(out, "\",\"number\":");
}

/* {"kind","id","number","title"} of where a comment or a file stands; false = that is not there. */
static bool write_new_on(struct search_asked *asked, uint8_t kind, struct id id)
{
    uint32_t number;
    struct slice bytes;
    struct buffer *out = asked->out;
    if (!search_number_of(asked->txn, kind, id, &number) ||
        !search_row_bytes(asked->txn, number, &bytes)) {
        return false;
    }
    struct search_row row = search_row_of(bytes);
    append_literal(out, ",\"on\":{\"kind\":\"");
    buffer_append_text(out, search_kind_of(kind)->word);
    write_id(out, id);
    json_write_string(out, row.number);
    append_literal(out, ",\"title\":");
    json_write_string(out, choose_texts(asked, row).title.best.text);
    buffer_append_u8(out, '}');
    return true;
}

/* Comments found together often stand on the same thing: it is read once. */
static void write_on(struct search_asked *asked, const struct search_row *row)
{
    struct buffer *out = asked->out;
    if (row->on_kind == 0) {
        return;
    }
    for (size_t i = 0; i < asked->on_count; i++) {
        const struct search_on *other = &asked->on[i];
        if (id_equal(other->id, row->on)) {
            buffer_expect(out, other->size);
            buffer_append(out, out->data + other->from, other->size);
            return;
        }
    }
    size_t from = out->size;
    if (write_new_on(asked, row->on_kind, row->on)) {
        asked->on[asked->on_count++] =
            (struct search_on){.id = row->on, .from = from, .size = out->size - from};
    }
}

static void write_language(struct buffer *out, const char *key, struct slice language)
{
    if (language.size > 0) {
        buffer_append_text(out, key);
        json_write_string(out, language);
    }
}

void search_write_item(struct search_asked *asked, const struct search_hit *hit)
{
    static const char *const places[] = {"title", "need", "text", "comment"};
    struct buffer *out = asked->out;
    struct search_row row = search_row_of(hit->row);
    struct shown shown = choose_texts(asked, row);
    const struct search_text *title = &shown.title.best, *rest = &shown.rest.best;
    append_literal(out, "{\"kind\":\"");
    buffer_append_text(out, search_kind_of(row.kind)->word);
    write_id(out, row.id);
    json_write_string(out, row.number);
    append_literal(out, ",\"where\":\"");
    buffer_append_text(out, places[hit->class]);
    append_literal(out, "\",\"score\":");
    json_write_number(out, hit->score);
    append_literal(out, ",\"title\":");
    search_write_marked(asked, title, true);
    write_language(out, ",\"title_language\":", title->language);
    append_literal(out, ",\"snippet\":");
    search_write_marked(asked, rest, false);
    write_language(out, ",\"language\":", rest->text.size > 0 ? rest->language : title->language);
    write_on(asked, &row);
    buffer_append_u8(out, '}');
}
