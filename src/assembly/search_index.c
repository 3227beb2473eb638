/* The index of words: kept up to date whenever a document of a kind that is searched is stored.
 *
 * Each such document gets a search number when it first says something. INDEX_SEARCHED keeps what is searched and shown of
 * it (search_row.c), INDEX_WORD leads from each of its words to it (search_words.c). Invariant: the rows of a document
 * follow from the document and its topics alone, so storing one that says the same writes nothing, and a removed text leaves
 * the index. The hook is on storing, not on events: whichever event changes a title, it is found by its new words.
 * Start at search_document(). */
#include "assembly/search.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    WORDS_MAX = 20000, /* words looked at in one document */
    ROW_USUAL = 1000,  /* bytes, most rows */
};

/* ---- what is searched ---- */

static const struct search_field proposal_fields[] = {
    {"title", NULL, SEARCH_TITLE},           {"number", NULL, SEARCH_TITLE},
    {"translations", "title", SEARCH_TITLE}, {"need", NULL, SEARCH_NEED},
    {"translations", "need", SEARCH_NEED},   {"text", NULL, SEARCH_TEXT},
    {"translations", "text", SEARCH_TEXT},   {0},
};
static const struct search_field comment_fields[] = {{"text", NULL, SEARCH_COMMENT}, {0}};
static const struct search_field poll_fields[] = {
    {"question", NULL, SEARCH_TITLE},
    {"number", NULL, SEARCH_TITLE},
    {"options", "label", SEARCH_NEED},
    {"explanation", NULL, SEARCH_TEXT},
    {0},
};
static const struct search_field decision_fields[] = {
    {"question", NULL, SEARCH_TITLE},
    {"number", NULL, SEARCH_TITLE},
    {"proposals", "title", SEARCH_NEED},
    {"reports", "text", SEARCH_TEXT},
    {0},
};
static const struct search_field task_fields[] = {
    {"title", NULL, SEARCH_TITLE},      {"number", NULL, SEARCH_TITLE},
    {"result", NULL, SEARCH_NEED},      {"quality", NULL, SEARCH_TEXT},
    {"checklist", "text", SEARCH_TEXT}, {0},
};
static const struct search_field group_fields[] = {{"name", NULL, SEARCH_TITLE},
                                                   {"names", NULL, SEARCH_TITLE},
                                                   {"purpose", NULL, SEARCH_NEED},
                                                   {"purposes", NULL, SEARCH_NEED},
                                                   {0}};
static const struct search_field meeting_fields[] = {
    {"title", NULL, SEARCH_TITLE},
    {"number", NULL, SEARCH_TITLE},
    {"agenda", "title", SEARCH_NEED},
    {"place", NULL, SEARCH_TEXT},
    {0},
};
static const struct search_field file_fields[] = {
    {"name", NULL, SEARCH_TITLE}, {"alt", NULL, SEARCH_NEED}, {0}};
static const struct search_field member_fields[] = {{"name", NULL, SEARCH_TITLE}, {0}};

/* Authors of imported texts have no page; who has left is no longer looked for. */
static bool is_around(const json_t *member)
{
    struct slice status = json_get_text(member, "status");
    return !slice_equal(status, slice_text("external")) && !slice_equal(status, slice_text("left"));
}

/* What is attached to a comment is found by the comment. */
static bool has_page(const json_t *file)
{
    return !slice_equal(json_get_text(json_object_get(file, "on"), "kind"), slice_text("comment"));
}

const struct search_kind search_kinds[] = {
    {DOCUMENT_PROPOSAL, "proposal", proposal_fields, NULL, false},
    {DOCUMENT_POLL, "poll", poll_fields, NULL, false},
    {DOCUMENT_DECISION, "decision", decision_fields, NULL, false},
    {DOCUMENT_TASK, "task", task_fields, NULL, false},
    {DOCUMENT_MEETING, "meeting", meeting_fields, NULL, false},
    {DOCUMENT_GROUP, "group", group_fields, NULL, false},
    {DOCUMENT_MEMBER, "member", member_fields, is_around, true},
    {DOCUMENT_FILE, "file", file_fields, has_page, false},
    {DOCUMENT_COMMENT, "comment", comment_fields, NULL, false},
    {0},
};
const char *const search_kind_words[] = {"proposal", "poll",   "decision", "task",    "meeting",
                                         "group",    "member", "file",     "comment", NULL};

const struct search_kind *search_kind_of(uint8_t document)
{
    const struct search_kind *kind = search_kinds;
    while (kind->document != 0 && kind->document != document) {
        kind++;
    }
    return kind->document == 0 ? NULL : kind;
}

/* ---- texts of a document ---- */

struct visiting {
    search_visit visit;
    void *context;
    const struct search_field *field;
};

static void visit_value(const struct visiting *visiting, const json_t *value, struct slice language)
{
    char digits[24];
    const char *key;
    json_t *item;
    struct slice text = slice_text("");
    if (json_is_string(value)) {
        text = slice_of(json_string_value(value), json_string_length(value));
    } else if (json_is_integer(value) && json_integer_value(value) > 0) {
        int size = snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        text = slice_of(digits, (size_t)size);
    } else if (json_is_object(value)) {
        json_object_foreach((json_t *)(uintptr_t)value, key, item)
        {
            if (json_is_string(item)) {
                visit_value(visiting, item, slice_text(key));
            }
        }
    }
    if (text.size > 0) {
        visiting->visit(visiting->context, visiting->field->name, visiting->field->class, language,
                        text);
    }
}

void search_texts(const struct search_kind *kind, const json_t *document, search_visit visit,
                  void *context)
{
    struct slice language = json_get_text(document, "language");
    for (const struct search_field *field = kind->fields; field->name != NULL; field++) {
        size_t i;
        json_t *item;
        struct visiting visiting = {.visit = visit, .context = context, .field = field};
        const json_t *value = json_object_get(document, field->name);
        if (field->inner == NULL) {
            visit_value(&visiting, value, language);
        } else if (json_is_object(value)) {
            visit_value(&visiting, json_object_get(value, field->inner),
                        json_get_text(value, "language"));
        }
        json_array_foreach(field->inner == NULL ? NULL : value, i, item)
        {
            visit_value(&visiting, json_object_get(item, field->inner),
                        json_get_text(item, "language"));
        }
    }
}

/* ---- words of a document ---- */

void search_terms_add(struct search_terms *terms, const struct fold_word *word,
                      enum search_class class)
{
    if (terms->count == WORDS_MAX ||
        (word->size == 1 && (word->text[0] < '0' || word->text[0] > '9'))) {
        return;
    }
    if (terms->count == terms->capacity) {
        terms->capacity = terms->capacity == 0 ? 128 : 2 * terms->capacity;
        terms->items = memory_resize(terms->items, terms->capacity, sizeof *terms->items);
    }
    struct search_term *term = &terms->items[terms->count++];
    *term = (struct search_term){.size = (uint8_t)word->size, .class = (uint8_t) class};
    memcpy(term->text, word->text, word->size);
}

static void terms_of_row(struct search_terms *terms, struct slice bytes)
{
    struct search_row row = search_row_of(bytes);
    struct search_text text;
    while (search_row_next(&row, &text)) {
        struct fold_reader reader = fold_reader_of(text.text);
        struct fold_word word;
        while (fold_next(&reader, &word)) {
            search_terms_add(terms, &word, text.class);
        }
    }
}

/* Behind a text stand zeros, which no word has: most pairs differ in their first eight bytes. */
static int compare_texts(const struct search_term *a, const struct search_term *b)
{
    uint64_t first = bytes_get_u64(a->text), other = bytes_get_u64(b->text);
    if (first != other) {
        return first < other ? -1 : 1;
    }
    return slice_compare(slice_of(a->text, a->size), slice_of(b->text, b->size));
}

static int compare_terms(const void *left, const void *right)
{
    const struct search_term *a = left, *b = right;
    int order = compare_texts(a, b);
    return order != 0 ? order : (int)a->class - (int)b->class;
}

/* In order, each once with its best place. */
static void sort_terms(struct search_terms *terms)
{
    size_t kept = 0;
    if (terms->count == 0) {
        return;
    }
    qsort(terms->items, terms->count, sizeof *terms->items, compare_terms);
    for (size_t i = 1; i < terms->count; i++) {
        if (compare_texts(&terms->items[kept], &terms->items[i]) != 0) {
            terms->items[++kept] = terms->items[i];
        }
    }
    terms->count = kept + 1;
}

/* ---- rows ---- */

static bool stand_in_one_place(const struct search_terms *terms)
{
    unsigned places = 0;
    for (size_t i = 0; i < terms->count; i++) {
        places |= 1U << terms->items[i].class;
    }
    return (places & (places - 1)) == 0;
}

/* Of a document that had no words. Where all stand in one place it does not matter that some come again. */
static void add_words(struct change *change, uint32_t number, struct search_terms *terms)
{
    if (!stand_in_one_place(terms)) {
        sort_terms(terms);
    }
    for (size_t i = 0; i < terms->count; i++) {
        search_word_add(change, &terms->items[i], number);
    }
}

/* Both in order: what only the row before has goes, then what only `new` has comes. */
static void change_words(struct change *change, uint32_t number, struct slice before,
                         struct search_terms *new)
{
    struct search_terms old = {0};
    size_t i = 0, j = 0, come = 0;
    terms_of_row(&old, before);
    sort_terms(&old);
    sort_terms(new);
    while (i < old.count || j < new->count) {
        int order = i == old.count    ? 1
                    : j == new->count ? -1
                                      : compare_terms(&old.items[i], &new->items[j]);
        if (order < 0) {
            search_word_remove(change, &old.items[i], number);
        } else if (order > 0) {
            new->items[come++] = new->items[j];
        }
        i += order <= 0;
        j += order >= 0;
    }
    for (j = 0; j < come; j++) {
        search_word_add(change, &new->items[j], number);
    }
    free(old.items);
}

static void put_number(struct change *change, uint8_t kind, struct id id, uint32_t number)
{
    uint8_t value[4];
    struct index_key key = index_key(INDEX_SEARCHED_OF);
    index_key_u8(&key, kind);
    index_key_id(&key, id);
    bytes_put_u32(value, number);
    store_put(change->txn, TABLE_INDEX, index_key_slice(&key), slice_of(value, sizeof value));
}

/* What a document becomes in the index. */
struct entry {
    uint32_t number;
    struct slice before, after; /* rows; size 0 = there was none */
    struct search_terms terms;  /* of the row after */
};

static void store_entry(struct change *change, struct entry *entry, const json_t *document)
{
    struct index_key key = search_row_key(entry->number);
    struct search_row row = search_row_of(entry->after);
    bool new = entry->before.size == 0;
    bool other = new || !slice_equal(search_row_of(entry->before).texts, row.texts);
    if (new) {
        put_number(change, row.kind, row.id, entry->number);
        add_words(change, entry->number, &entry->terms);
    } else if (other) {
        change_words(change, entry->number, entry->before, &entry->terms);
    }
    if (other && row.kind == DOCUMENT_PROPOSAL) {
        search_alike_store(change, entry->number, row.id, document);
    }
    store_put(change->txn, TABLE_INDEX, index_key_slice(&key), entry->after);
}

void search_document(struct change *change, uint8_t kind, struct id id, const json_t *document,
                     const struct topic *topics, size_t count)
{
    const struct search_kind *searched = search_kind_of(kind);
    struct entry entry = {.before = slice_text("")};
    struct buffer row, old;
    if (searched == NULL) {
        return;
    }
    buffer_init(&row, DOCUMENT_MAX);
    buffer_init(&old, DOCUMENT_MAX);
    buffer_expect(&row, ROW_USUAL);
    search_row_write(&row, change->txn, &entry.terms, searched, id, document, topics, count);
    entry.after = buffer_slice(&row);
    bool known = search_number_of(change->txn, kind, id, &entry.number);
    bool changes = search_row_of(entry.after).texts.size > 0;
    if (known) {
        changes = search_row_bytes(change->txn, entry.number, &entry.before) &&
                  !slice_equal(entry.before, entry.after);
        buffer_append_slice(&old, entry.before); /* LMDB gives it up while more is written */
        entry.before = buffer_slice(&old);
    } else if (changes) {
        entry.number = search_last_number(change->txn) + 1;
    }
    assert_always(buffer_ok(&row) && buffer_ok(&old));
    if (changes) {
        store_entry(change, &entry, document);
    }
    free(entry.terms.items);
    buffer_free(&row);
    buffer_free(&old);
}
