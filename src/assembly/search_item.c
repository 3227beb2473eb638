/* What a result says of a document: the texts that say best why it was found, with marks on what was found.
 *
 * A document has several texts, some in several languages; one title is shown and one of the others, cut around the first
 * word found (search_snippet.c). Start at search_item(). */
#include "assembly/comment.h"
#include "assembly/search.h"

#include <stdio.h>

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
    while (seen + 1 != 1u << asked->count && fold_next(&reader, &word)) {
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

static json_t *number_text_of(const json_t *document)
{
    char digits[24];
    const json_t *number = json_object_get(document, "number");
    if (json_is_string(number)) {
        return json_deep_copy(number);
    }
    snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(number));
    return json_text(slice_text(digits));
}

/* {"kind","id","number","title"} of where a comment or a file stands. */
static json_t *new_on(const struct search_asked *asked, const json_t *on)
{
    json_t *result = NULL;
    for (const struct search_kind *kind = search_kinds; kind->document != 0; kind++) {
        if (!slice_equal(json_get_text(on, "kind"), slice_text(kind->word))) {
            continue;
        }
        json_t *document = document_load(asked->txn, kind->document, json_get_id(on, "id"));
        struct choosing choosing = {.asked = asked, .title = true};
        if (document != NULL) {
            search_texts(kind, document, choose, &choosing);
            result = json_object();
            json_put(result, "kind", json_text(slice_text(kind->word)));
            json_put(result, "id", json_id(json_get_id(on, "id")));
            json_put(result, "number", number_text_of(document));
            json_put(result, "title", json_text(choosing.text));
        }
        json_decref(document);
    }
    return result;
}

/* Comments found together often stand on the same thing: it is read once. */
static json_t *on_of(const struct search_asked *asked, const json_t *on, const json_t *items)
{
    size_t i;
    json_t *item;
    json_array_foreach(items, i, item)
    {
        json_t *other = json_object_get(item, "on");
        if (other != NULL && slice_equal(json_get_text(other, "id"), json_get_text(on, "id"))) {
            return json_incref(other);
        }
    }
    return on == NULL ? NULL : new_on(asked, on);
}

json_t *search_item(const struct search_asked *asked, const struct search_hit *hit,
                    const json_t *items)
{
    static const char *const places[] = {"title", "need", "text", "comment"};
    const struct search_kind *kind = search_kind_of(hit->kind);
    json_t *document = document_load(asked->txn, hit->kind, hit->id);
    mention_plain(document);
    struct choosing title = {.asked = asked, .title = true};
    struct choosing rest = {.asked = asked};
    json_t *item = json_object();
    search_texts(kind, document, choose, &title);
    search_texts(kind, document, choose, &rest);
    struct slice of = rest.text.size > 0 ? rest.of : title.of;
    json_put(item, "kind", json_text(slice_text(kind->word)));
    json_put(item, "id", json_id(hit->id));
    json_put(item, "number", number_text_of(document));
    json_put(item, "where", json_text(slice_text(places[hit->class])));
    json_put(item, "score", json_number(hit->score));
    json_put(item, "title", search_marked(title.text, asked->wanted, asked->count, true));
    json_put(item, "title_language", title.of.size == 0 ? NULL : json_text(title.of));
    json_put(item, "snippet", search_marked(rest.text, asked->wanted, asked->count, false));
    json_put(item, "language", of.size == 0 ? NULL : json_text(of));
    json_put(item, "on", on_of(asked, json_object_get(document, "on"), items));
    json_decref(document);
    return item;
}
