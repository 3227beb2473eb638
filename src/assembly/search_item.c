/* What a result says of a document: the texts that say best why it was found, with marks on what was found.
 *
 * A document has several texts, some in several languages; one title is shown and one of the others, cut around the first
 * word found (search_snippet.c). Start at search_item(). */
#include "assembly/comment.h"
#include "assembly/comment.h"
#include "assembly/search.h"
#include "base/fatal.h"
#include "base/json_view.h"

/* The text of a document that says best why it was found: the one with the most wanted words, then the one in the reader's
 * language, then the first. */
struct choosing {
    const struct search_asked *asked;
    bool title;            /* among titles, else among the others */
    struct slice text, of; /* chosen, and its language */
    size_t count;
    int points; /* of the chosen one, once there are two to choose from */
};

static int points_of(const struct search_asked *asked, struct slice text)
{
    unsigned seen = 0;
    int points = 0;
    struct fold_word word;
    struct fold_reader reader = fold_reader_of(text);
    while (seen + 1 != 1u << asked->count && fold_next_of(&reader, &asked->initials, &word)) {
        for (size_t i = 0; i < asked->count; i++) {
            if ((seen >> i & 1) == 0 &&
                search_quality_of(&asked->wanted[i], word.text, word.size) != QUALITY_NONE) {
                seen |= 1u << i;
                points += 2;
            }
        }
    }
    return points;
}

static int worth_of(const struct choosing *choosing, struct slice language, struct slice text)
{
    return points_of(choosing->asked, text) * 2 + slice_equal(language, choosing->asked->language);
}

static void choose(void *context, const char *field, enum search_class class, struct slice language,
                   struct slice text)
{
    struct choosing *choosing = context;
    int points = 0;
    if (strcmp(field, "number") == 0 || (class == SEARCH_TITLE) != choosing->title) {
        return;
    }
    if (++choosing->count == 2) {
        choosing->points = worth_of(choosing, choosing->of, choosing->text);
    }
    if (choosing->count > 1) {
        points = worth_of(choosing, language, text);
    }
    if (choosing->count == 1 || points > choosing->points) {
        choosing->points = points;
        choosing->text = text;
        choosing->of = language;
    }
}

/* Title and what else is shown, in one walk over the texts. */
struct shown {
    struct choosing title, rest;
};

static void choose_both(void *context, const char *field, enum search_class class,
                        struct slice language, struct slice text)
{
    struct shown *shown = context;
    choose(class == SEARCH_TITLE ? &shown->title : &shown->rest, field, class, language, text);
}

static void choose_title(void *context, const char *field, enum search_class class,
                         struct slice language, struct slice text)
{
    choose(context, field, class, language, text);
}

/* Room for what search_stored_texts() puts there. */
static struct buffer *texts_for(struct search_asked *asked, struct slice document)
{
    buffer_clear(&asked->texts);
    buffer_expect(&asked->texts, 2 * document.size);
    return &asked->texts;
}

/* ---- writing ---- */

static void write_text(struct buffer *out, const char *key, struct slice text)
{
    buffer_append_text(out, key);
    json_write_string(out, text);
}

static void write_id(struct buffer *out, const char *key, struct id id)
{
    char text[ID_TEXT_SIZE];
    id_format(id, text);
    write_text(out, key, slice_of(text, ID_TEXT_SIZE - 1));
}

static void write_number(struct buffer *out, struct slice number)
{
    buffer_append_text(out, ",\"number\":");
    if (number.size > 0 && number.data[0] == '"') {
        buffer_append_slice(out, number);
        return;
    }
    bool counts = number.size > 0 && number.data[0] >= '1' && number.data[0] <= '9';
    json_write_string(out, counts ? number : slice_text("0"));
}

static const struct search_kind *kind_of_word(struct slice word)
{
    const struct search_kind *kind = search_kinds;
    while (kind->document != 0 && !slice_equal(word, slice_text(kind->word))) {
        kind++;
    }
    return kind->document == 0 ? NULL : kind;
}

/* {"kind","id","number","title"} of where a comment or a file stands; false = that is not there. */
static bool write_new_on(struct search_asked *asked, struct slice word, struct id id)
{
    struct slice document;
    struct search_stored stored;
    struct buffer *out = asked->out;
    struct choosing choosing = {.asked = asked, .title = true};
    comment_page(asked->txn, &word, &id);
    const struct search_kind *kind = kind_of_word(word);
    if (kind == NULL || !document_bytes(asked->txn, kind->document, id, &document)) {
        return false;
    }
    search_stored_read(kind, document, &stored);
    search_stored_texts(&stored, texts_for(asked, document), choose_title, &choosing);
    write_text(out, ",\"on\":{\"kind\":", slice_text(kind->word));
    write_id(out, ",\"id\":", id);
    write_number(out, stored.values[STORED_NUMBER]);
    write_text(out, ",\"title\":", choosing.text);
    buffer_append_u8(out, '}');
    return true;
}

/* Comments found together often stand on the same thing: it is read once. */
static void write_on(struct search_asked *asked, struct slice on)
{
    struct buffer *out = asked->out;
    struct id id = json_view_id(json_view_member(on, "id"));
    for (size_t i = 0; i < asked->on_count; i++) {
        const struct search_on *other = &asked->on[i];
        if (id_equal(other->id, id)) {
            buffer_expect(out, other->size);
            buffer_append(out, out->data + other->from, other->size);
            return;
        }
    }
    size_t from = out->size;
    struct slice word = json_view_text(json_view_member(on, "kind"), &asked->texts);
    if (write_new_on(asked, word, id)) {
        asked->on[asked->on_count++] =
            (struct search_on){.id = id, .from = from, .size = out->size - from};
    }
}

static void write_language(struct buffer *out, const char *key, struct slice language)
{
    if (language.size > 0) {
        write_text(out, key, language);
    }
}

void search_write_item(struct search_asked *asked, const struct search_hit *hit)
{
    static const char *const places[] = {"title", "need", "text", "comment"};
    const struct search_kind *kind = search_kind_of(hit->kind);
    struct slice document;
    struct search_stored stored;
    struct buffer *out = asked->out;
    struct shown shown = {.title = {.asked = asked, .title = true}, .rest = {.asked = asked}};
    bool found = document_bytes(asked->txn, hit->kind, hit->id, &document);
    assert_always(found); /* the index follows the documents */
    search_stored_read(kind, document, &stored);
    search_stored_texts(&stored, texts_for(asked, document), choose_both, &shown);
    write_text(out, "{\"kind\":", slice_text(kind->word));
    write_id(out, ",\"id\":", hit->id);
    write_number(out, stored.values[STORED_NUMBER]);
    write_text(out, ",\"where\":", slice_text(places[hit->class]));
    buffer_append_text(out, ",\"score\":");
    json_write_number(out, hit->score);
    buffer_append_text(out, ",\"title\":");
    search_write_marked(asked, shown.title.text, true);
    write_language(out, ",\"title_language\":", shown.title.of);
    buffer_append_text(out, ",\"snippet\":");
    search_write_marked(asked, shown.rest.text, false);
    write_language(out,
                   ",\"language\":", shown.rest.text.size > 0 ? shown.rest.of : shown.title.of);
    write_on(asked, stored.values[STORED_ON]);
    buffer_append_u8(out, '}');
}
