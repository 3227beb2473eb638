/* Texts by others that name a member who is erased: found for the secretariat, who may speak with their authors. They are
 * others' words, so they are never altered.
 *
 * The index of words leads from each word of the name, as the member wrote it once or now, to the documents that hold it.
 * Particles and very short words alone say nothing; documents with the whole name come first. The list holds kinds, ids
 * and numbers, never a word of the text: it is written into the record. Texts in minutes are in no index and are read
 * through. Start at erasing_named(). */
#include "assembly/comment.h"
#include "assembly/erasure.h"
#include "assembly/search.h"
#include "base/bytes.h"
#include "base/fold.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_LEAST = 3, FOUND_MAX = 2000 };

/* Words of names that are no names. */
static const char *const particles[] = {"van", "der", "den", "ten", "ter", "von",
                                        "del", "des", "les", "dos", "the", NULL};

struct naming {
    struct store_txn *txn;
    const struct erasing *erasing;
    const struct fold_word *word; /* that is looked for now */
    struct id_list found;
    json_t *whole, *part;
};

static bool says_something(const struct fold_word *word)
{
    for (size_t i = 0; particles[i] != NULL; i++) {
        if (slice_equal(slice_of(word->text, word->size), slice_text(particles[i]))) {
            return false;
        }
    }
    return word->size >= WORD_LEAST;
}

struct holding {
    const struct naming *naming;
    bool word, whole;
};

static bool has_word(struct slice text, const struct fold_word *wanted)
{
    struct fold_word word;
    struct fold_reader reader = fold_reader_of(text);
    while (fold_next(&reader, &word)) {
        if (word.size == wanted->size && memcmp(word.text, wanted->text, word.size) == 0) {
            return true;
        }
    }
    return false;
}

static void look_for_name(void *context, const char *field, enum search_class class,
                          struct slice language, struct slice text)
{
    struct holding *holding = context;
    size_t i;
    json_t *name;
    (void)class;
    (void)language;
    if (strcmp(field, "proposals") == 0) {
        return; /* a decision shows titles; they are their authors' words */
    }
    holding->word |= has_word(text, holding->naming->word);
    json_array_foreach(holding->naming->erasing->names, i, name)
    {
        holding->whole |=
            fold_contains(text, slice_of(json_string_value(name), json_string_length(name)));
    }
}

/* Where a comment or a file stands; NULL for what stands by itself. */
static json_t *place_of(struct store_txn *txn, const json_t *on)
{
    static const char *const number[] = {"number", NULL};
    struct slice word = json_get_text(on, "kind");
    struct id id = json_get_id(on, "id");
    if (on == NULL) {
        return NULL;
    }
    comment_page(txn, &word, &id);
    json_t *place = json_object();
    json_put(place, "kind", json_text(word));
    json_put(place, "id", json_id(id));
    fields_copy(place, on, number);
    return place;
}

static void list_document(struct naming *naming, const struct search_row *row)
{
    static const char *const kept[] = {"number", NULL};
    const struct search_kind *kind = search_kind_of(row->kind);
    json_t *document = document_load(naming->txn, row->kind, row->id);
    struct holding holding = {.naming = naming};
    if (document != NULL && kind != NULL) {
        search_texts(kind, document, look_for_name, &holding);
    }
    if (!holding.word) {
        json_decref(document);
        return;
    }
    json_t *item = json_object();
    id_list_add(&naming->found, row->id);
    json_put(item, "kind", json_text(slice_text(kind->word)));
    json_put(item, "id", json_id(row->id));
    fields_copy(item, document, kept);
    json_put(item, "on", place_of(naming->txn, json_object_get(document, "on")));
    json_put(item, "whole", json_boolean(holding.whole));
    json_array_append_new(holding.whole ? naming->whole : naming->part, item);
    json_decref(document);
}

static bool take_number(void *context, uint32_t number)
{
    struct naming *naming = context;
    struct slice bytes;
    if (search_row_bytes(naming->txn, number, &bytes)) {
        struct search_row row = search_row_of(bytes);
        if (row.kind != DOCUMENT_MEMBER && !id_list_has(&naming->erasing->things, row.id) &&
            !id_list_has(&naming->found, row.id)) {
            list_document(naming, &row);
        }
    }
    return naming->found.count < FOUND_MAX;
}

/* ---- minutes ---- */

static bool note_meeting(void *context, struct slice key, struct slice value)
{
    struct id id;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    id_list_add(context, id);
    return true;
}

/* A word of the member's names stands in the text. */
static bool has_any_word(const struct naming *naming, struct slice text)
{
    size_t i;
    json_t *name;
    struct fold_word word;
    bool has = false;
    json_array_foreach(naming->erasing->names, i, name)
    {
        struct fold_reader reader =
            fold_reader_of(slice_of(json_string_value(name), json_string_length(name)));
        while (!has && fold_next(&reader, &word)) {
            has = says_something(&word) && has_word(text, &word);
        }
    }
    return has;
}

/* A text of the secretary's, by the number of its meeting. */
static void list_minutes_text(struct naming *naming, const json_t *meeting, const json_t *block)
{
    static const char *const kept[] = {"number", NULL};
    const char *language;
    size_t i;
    json_t *text, *name;
    bool word = false, whole = false;
    json_object_foreach(json_object_get(block, "text"), language, text)
    {
        struct slice said = slice_of(json_string_value(text), json_string_length(text));
        word = word || has_any_word(naming, said);
        json_array_foreach(naming->erasing->names, i, name)
        {
            whole |=
                fold_contains(said, slice_of(json_string_value(name), json_string_length(name)));
        }
    }
    if (word) {
        json_t *item = json_object();
        json_put(item, "kind", json_text(slice_text("minutes")));
        json_put(item, "id", json_id(json_get_id(block, "id")));
        fields_copy(item, meeting, kept);
        json_put(item, "whole", json_boolean(whole));
        json_array_append_new(whole ? naming->whole : naming->part, item);
    }
}

static void look_at_minutes(struct naming *naming)
{
    struct id_list meetings = {0};
    struct index_key prefix = index_key(INDEX_MEETING_BY_NUMBER);
    store_scan(naming->txn, TABLE_INDEX, index_key_slice(&prefix), note_meeting, &meetings);
    for (size_t at = 0; at < meetings.count; at++) {
        size_t i;
        json_t *block;
        json_t *minutes = document_load(naming->txn, DOCUMENT_MINUTES, meetings.items[at]);
        json_t *meeting = minutes == NULL
                              ? NULL
                              : document_load(naming->txn, DOCUMENT_MEETING, meetings.items[at]);
        json_array_foreach(json_object_get(minutes, "blocks"), i, block)
        {
            list_minutes_text(naming, meeting, block);
        }
        json_decref(meeting);
        json_decref(minutes);
    }
    free(meetings.items);
}

json_t *erasing_named(struct store_txn *txn, const struct erasing *erasing)
{
    size_t i;
    json_t *name;
    struct naming naming = {
        .txn = txn, .erasing = erasing, .whole = json_array(), .part = json_array()};
    json_array_foreach(erasing->names, i, name)
    {
        struct fold_word word;
        struct fold_reader reader =
            fold_reader_of(slice_of(json_string_value(name), json_string_length(name)));
        while (fold_next(&reader, &word)) {
            naming.word = &word;
            if (says_something(&word)) {
                search_word_scan(txn, slice_of(word.text, word.size), take_number, &naming);
            }
        }
    }
    look_at_minutes(&naming);
    json_array_extend(naming.whole, naming.part);
    while (json_array_size(naming.whole) > NAMED_MAX) {
        json_array_remove(naming.whole, json_array_size(naming.whole) - 1);
    }
    json_decref(naming.part);
    free(naming.found.items);
    return naming.whole;
}
