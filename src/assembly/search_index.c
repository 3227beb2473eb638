/* The index of words: kept up to date whenever a document of a kind that is searched is stored.
 *
 * Each such document gets a search number when it first has a word; rows INDEX_WORD lead from a word to numbers, title
 * words first and the newest first, and INDEX_SEARCHED holds the document's own words in order (each: bytes shared with the
 * word before u8 ‖ further bytes u8 ‖ class u8 ‖ these bytes). Invariant: the rows of a document follow from the document
 * alone, so storing one whose words did not change writes nothing, and a removed text leaves the index.
 * The hook is on storing, not on events: whichever event changes a title, it is found by its new words.
 * Start at search_document(). */
#include "assembly/comment.h"
#include "assembly/search.h"
#include "base/bytes.h"
#include "base/fatal.h"
#include "base/json_view.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    WORDS_MAX = 20000, /* words looked at in one document */
    ROW_MAX = 1024 * 1024,
    TERM_USUAL = 12, /* bytes of one word in a row */
    ROW_HEAD = 1 + ID_SIZE,
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
    {DOCUMENT_GROUP, "group", group_fields, NULL, false},
    {DOCUMENT_MEMBER, "member", member_fields, is_around, true},
    {DOCUMENT_FILE, "file", file_fields, has_page, false},
    {DOCUMENT_COMMENT, "comment", comment_fields, NULL, false},
    {0},
};
const char *const search_kind_words[] = {"proposal", "poll", "decision", "task", "group",
                                         "member",   "file", "comment",  NULL};

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

/* ---- texts of a stored document, which is not parsed ---- */

struct stored_visiting {
    struct visiting visiting;
    struct buffer *texts;
    bool mentions;
};

static void visit_stored(const struct stored_visiting *stored, struct slice value,
                         struct slice language)
{
    const struct search_field *field = stored->visiting.field;
    struct slice key, item, text = json_view_text(value, stored->texts);
    uint8_t first = value.size == 0 ? 0 : value.data[0];
    if (first == '{') {
        while (json_view_next(&value, &key, &item)) {
            if (item.data[0] == '"') {
                visit_stored(stored, item, key);
            }
        }
    } else if (first >= '1' && first <= '9') {
        text = value;
    } else if (stored->mentions && field->inner == NULL && strcmp(field->name, "text") == 0) {
        text = mention_plain(text, stored->texts);
    }
    if (text.size > 0) {
        stored->visiting.visit(stored->visiting.context, field->name, field->class, language, text);
    }
}

/* An object among the members of a document. */
static void visit_inner(const struct stored_visiting *stored, struct slice object)
{
    enum { INNER, LANGUAGE, KEYS };
    struct slice values[KEYS];
    const struct slice keys[KEYS] = {slice_text(stored->visiting.field->inner),
                                     slice_text("language")};
    json_view_members(object, keys, values, KEYS);
    visit_stored(stored, values[INNER], json_view_text(values[LANGUAGE], stored->texts));
}

static void visit_field(const struct stored_visiting *stored, struct slice value,
                        struct slice language)
{
    struct slice key, item;
    uint8_t first = value.size == 0 ? 0 : value.data[0];
    if (stored->visiting.field->inner == NULL) {
        visit_stored(stored, value, language);
    } else if (first == '{') {
        visit_inner(stored, value);
    } else if (first == '[') {
        while (json_view_next(&value, &key, &item)) {
            visit_inner(stored, item);
        }
    }
}

void search_stored_read(const struct search_kind *kind, struct slice document,
                        struct search_stored *stored)
{
    struct slice keys[STORED_KEYS + SEARCH_FIELDS_MAX] = {
        [STORED_NUMBER] = slice_text("number"),
        [STORED_ON] = slice_text("on"),
        [STORED_LANGUAGE] = slice_text("language"),
        [STORED_MENTIONS] = slice_text("mentions"),
    };
    size_t count = STORED_KEYS;
    for (const struct search_field *field = kind->fields; field->name != NULL; field++) {
        assert_always(count < STORED_KEYS + SEARCH_FIELDS_MAX);
        keys[count++] = slice_text(field->name);
    }
    stored->kind = kind;
    json_view_members(document, keys, stored->values, count);
}

void search_stored_texts(const struct search_stored *document, struct buffer *texts,
                         search_visit visit, void *context)
{
    const struct slice *values = document->values;
    struct slice language = json_view_text(values[STORED_LANGUAGE], texts);
    struct stored_visiting stored = {
        .visiting = {.visit = visit, .context = context},
        .texts = texts,
        .mentions = values[STORED_MENTIONS].size > 0,
    };
    for (size_t i = 0; document->kind->fields[i].name != NULL; i++) {
        stored.visiting.field = &document->kind->fields[i];
        visit_field(&stored, values[STORED_KEYS + i], language);
    }
}

/* ---- words of a document ---- */

struct terms {
    struct search_term *items;
    size_t count, capacity;
};

static void terms_add(struct terms *terms, const struct search_term *term)
{
    if (terms->count == terms->capacity) {
        terms->capacity = terms->capacity == 0 ? 128 : 2 * terms->capacity;
        terms->items = memory_resize(terms->items, terms->capacity, sizeof *terms->items);
    }
    struct search_term *added = &terms->items[terms->count++];
    *added = *term;
    memset(added->text + added->size, 0,
           sizeof added->text - added->size); /* for compare_texts() */
}

static void take_words(void *context, const char *field, enum search_class class,
                       struct slice language, struct slice text)
{
    struct terms *terms = context;
    struct fold_reader reader = fold_reader_of(text);
    struct fold_word word;
    (void)field;
    (void)language;
    while (terms->count < WORDS_MAX && fold_next(&reader, &word)) {
        if (word.size == 1 && (word.text[0] < '0' || word.text[0] > '9')) {
            continue; /* a, à, y: nobody looks for them */
        }
        struct search_term term = {.size = (uint8_t)word.size, .class = (uint8_t) class};
        memcpy(term.text, word.text, word.size);
        terms_add(terms, &term);
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

/* In order, each word once with its best class. */
static void terms_of(const struct search_kind *kind, const json_t *document, struct terms *terms)
{
    size_t kept = 0;
    if (kind->keep == NULL || kind->keep(document)) {
        search_texts(kind, document, take_words, terms);
    }
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

static struct index_key searched_key(uint32_t number)
{
    struct index_key key = index_key(INDEX_SEARCHED);
    index_key_u32(&key, number);
    return key;
}

static struct index_key searched_of_key(uint8_t kind, struct id id)
{
    struct index_key key = index_key(INDEX_SEARCHED_OF);
    index_key_u8(&key, kind);
    index_key_id(&key, id);
    return key;
}

bool search_row_find(struct store_txn *txn, uint32_t number, struct search_row *row)
{
    struct slice value;
    struct index_key key = searched_key(number);
    if (!store_get(txn, TABLE_INDEX, index_key_slice(&key), &value)) {
        return false;
    }
    *row = (struct search_row){.kind = value.data[0],
                               .rest = slice_of(value.data + ROW_HEAD, value.size - ROW_HEAD)};
    memcpy(row->id.bytes, value.data + 1, ID_SIZE);
    return true;
}

bool search_row_next(struct search_row *row)
{
    if (row->rest.size == 0) {
        return false;
    }
    const uint8_t *at = row->rest.data;
    size_t further = at[1];
    row->term.size = (uint8_t)(at[0] + further);
    row->term.class = at[2];
    memcpy(row->term.text + at[0], at + 3, further);
    row->rest = slice_of(at + 3 + further, row->rest.size - 3 - further);
    return true;
}

/* Words that begin alike stand together, and only the first of them shares nothing with the one before it. */
bool search_row_next_of(struct search_row *row, const struct fold_initials *initials)
{
    const uint8_t *at = row->rest.data, *end = at + row->rest.size;
    while (at < end) {
        if (at[0] == 0) {
            row->passes = !initials->of[at[3]];
            at = at[3] > initials->last ? end : at;
        }
        if (at == end || !row->passes) {
            break;
        }
        at += 3 + at[1];
    }
    row->rest = slice_of(at, (size_t)(end - at));
    return search_row_next(row);
}

static void encode_terms(struct buffer *out, const struct terms *terms)
{
    struct search_term none = {0};
    const struct search_term *before = &none;
    for (size_t i = 0; i < terms->count; i++) {
        const struct search_term *term = &terms->items[i];
        size_t shared = 0;
        while (shared < before->size && shared < term->size &&
               before->text[shared] == term->text[shared]) {
            shared++;
        }
        buffer_append_u8(out, (uint8_t)shared);
        buffer_append_u8(out, (uint8_t)(term->size - shared));
        buffer_append_u8(out, term->class);
        buffer_append(out, term->text + shared, term->size - shared);
        before = term;
    }
}

/* The number of a document; 0 = none yet. */
static uint32_t number_of(struct store_txn *txn, uint8_t kind, struct id id)
{
    struct slice value;
    struct index_key key = searched_of_key(kind, id);
    if (!store_get(txn, TABLE_INDEX, index_key_slice(&key), &value)) {
        return 0;
    }
    return bytes_get_u32(value.data);
}

static uint32_t new_number(struct change *change, uint8_t kind, struct id id)
{
    uint8_t value[4], end = INDEX_SEARCHED + 1;
    uint32_t number = 1;
    struct slice last_key, last_value;
    struct index_key key = searched_of_key(kind, id);
    struct store_cursor *cursor = store_cursor_open(change->txn, TABLE_INDEX);
    if (store_cursor_before(cursor, slice_of(&end, 1), &last_key, &last_value) &&
        last_key.data[0] == INDEX_SEARCHED) {
        number = bytes_get_u32(last_key.data + 1) + 1;
    }
    store_cursor_close(cursor);
    bytes_put_u32(value, number);
    store_put(change->txn, TABLE_INDEX, index_key_slice(&key), slice_of(value, sizeof value));
    return number;
}

static void put_word(struct change *change, const struct search_term *term, uint32_t number,
                     bool on)
{
    struct index_key key = index_key(INDEX_WORD);
    index_key_bytes(&key, slice_of(term->text, term->size));
    index_key_u8(&key, 0);
    index_key_u8(&key, term->class);
    index_key_u32(&key, UINT32_MAX - number);
    if (on) {
        store_put(change->txn, TABLE_INDEX, index_key_slice(&key), slice_text(""));
    } else {
        change_unindex(change, index_key_slice(&key));
    }
}

/* Both in order: what only `before` has goes, what only `after` has comes. */
static void change_words(struct change *change, uint32_t number, const struct terms *before,
                         const struct terms *after)
{
    size_t i = 0, j = 0;
    while (i < before->count || j < after->count) {
        int order = i == before->count  ? 1
                    : j == after->count ? -1
                                        : compare_terms(&before->items[i], &after->items[j]);
        if (order < 0) {
            put_word(change, &before->items[i++], number, false);
        } else if (order > 0) {
            put_word(change, &after->items[j++], number, true);
        } else {
            i++;
            j++;
        }
    }
}

static void read_terms(struct search_row *row, struct terms *terms)
{
    while (search_row_next(row)) {
        terms_add(terms, &row->term);
    }
}

static void store_row(struct change *change, uint8_t kind, struct id id, uint32_t number,
                      const struct terms *after)
{
    struct terms before = {0};
    struct search_row row;
    struct buffer bytes;
    struct index_key key = searched_key(number);
    bool known = search_row_find(change->txn, number, &row);
    buffer_init(&bytes, ROW_MAX);
    buffer_expect(&bytes, ROW_HEAD + after->count * TERM_USUAL);
    buffer_append_u8(&bytes, kind);
    buffer_append_slice(&bytes, id_slice(&id));
    encode_terms(&bytes, after);
    assert_always(buffer_ok(&bytes));
    struct slice value = buffer_slice(&bytes);
    if (!known || !slice_equal(row.rest, slice_of(value.data + ROW_HEAD, value.size - ROW_HEAD))) {
        if (known) {
            read_terms(&row, &before);
        }
        change_words(change, number, &before, after);
        store_put(change->txn, TABLE_INDEX, index_key_slice(&key), value);
    }
    free(before.items);
    buffer_free(&bytes);
}

void search_document(struct change *change, uint8_t kind, struct id id, const json_t *document)
{
    const struct search_kind *searched = search_kind_of(kind);
    struct terms terms = {0};
    if (searched == NULL) {
        return;
    }
    terms_of(searched, document, &terms);
    uint32_t number = number_of(change->txn, kind, id);
    if (number == 0 && terms.count > 0) {
        number = new_number(change, kind, id);
    }
    if (number != 0) {
        store_row(change, kind, id, number, &terms);
        if (kind == DOCUMENT_PROPOSAL) {
            search_alike_store(change, number, id, document);
        }
    }
    free(terms.items);
}
