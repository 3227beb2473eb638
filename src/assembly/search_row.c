/* What the index keeps of a document that is searched: all that a question needs of it, so that no document is parsed to
 * answer one.
 *
 *   number u32 → kind u8 ‖ id ‖ topics u16 ‖ n × topic[17] ‖ on: kind u8, id ‖ number: u8 size, bytes
 *                ‖ texts: class u8 ‖ language: u8 size, bytes ‖ text: u32 size, bytes ‖ its words: u32 size, n × word[3]
 *
 * Topics say who may know of it, on where a comment or a file stands, texts are those of search_texts() with mentions as
 * people read them; its words are the words of these texts. Of each word a hash, the first byte and the distance from the
 * one before are kept: whoever looks for words folds only those that can be meant. Invariant: the row follows from the document and its topics
 * alone, and what a document no longer says is in none of its rows. A number is given once. Start at search_row_write(). */
#include "assembly/comment.h"
#include "assembly/registry.h"
#include "assembly/search.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/fatal.h"

#include <stdio.h>

enum {
    CLASS_BITS = 3, /* of the first byte of a text: its place */
    NUMBER_BIT = 4, /* it is the document's number */
    HEAD_SIZE = 1 + ID_SIZE + 2,
};

/* ---- writing ---- */

static void write_short(struct buffer *out, struct slice text)
{
    assert_always(text.size <= UINT8_MAX);
    buffer_append_u8(out, (uint8_t)text.size);
    buffer_append_slice(out, text);
}

/* As people see it; "0" for what has none. */
static void write_number(struct buffer *out, const json_t *number)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(number));
    if (json_is_string(number)) {
        write_short(out, slice_of(json_string_value(number), json_string_length(number)));
    } else {
        write_short(out, json_integer_value(number) > 0 ? slice_of(digits, (size_t)size)
                                                        : slice_text("0"));
    }
}

/* Of what has no page of its own, the page where it is shown. */
static void write_on(struct buffer *out, struct store_txn *txn, const json_t *on)
{
    const struct search_kind *kind = search_kinds;
    struct slice word = json_get_text(on, "kind");
    struct id id = json_get_id(on, "id");
    comment_page(txn, &word, &id);
    while (kind->document != 0 && !slice_equal(word, slice_text(kind->word))) {
        kind++;
    }
    buffer_append_u8(out, kind->document);
    buffer_append_slice(out, id_slice(&id));
}

uint8_t search_hash_of(const uint8_t *text, size_t size)
{
    uint32_t hash = 2166136261; /* FNV-1a */
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ text[i]) * 16777619;
    }
    return (uint8_t)(hash ^ hash >> 8 ^ hash >> 16 ^ hash >> 24);
}

/* A distance that does not fit is gone in steps that no word begins at. */
static void write_words(struct buffer *out, struct search_terms *terms, enum search_class class,
                        struct slice text)
{
    size_t size_at = out->size, before = 0;
    struct fold_reader reader = fold_reader_of(text);
    struct fold_word word;
    buffer_append_u32(out, 0);
    while (fold_next(&reader, &word)) {
        for (; word.from - before > UINT8_MAX; before += UINT8_MAX) {
            buffer_append(out, (const uint8_t[]){0, 0, UINT8_MAX}, SEARCH_WORD_SIZE);
        }
        const uint8_t bytes[] = {search_hash_of(word.text, word.size), word.text[0],
                                 (uint8_t)(word.from - before)};
        buffer_append(out, bytes, SEARCH_WORD_SIZE);
        before = word.from;
        search_terms_add(terms, &word, class);
    }
    assert_always(buffer_ok(out));
    bytes_put_u32(out->data + size_at, (uint32_t)(out->size - size_at - 4));
}

struct writing {
    struct buffer *out;
    struct search_terms *terms;
    bool mentions;
};

static void write_text(void *context, const char *field, enum search_class class,
                       struct slice language, struct slice text)
{
    const struct writing *writing = context;
    struct buffer *out = writing->out;
    struct buffer plain;
    bool number = strcmp(field, "number") == 0;
    buffer_init(&plain, DOCUMENT_MAX);
    if (writing->mentions && strcmp(field, "text") == 0) {
        text = mention_plain(text, &plain);
    }
    buffer_append_u8(out, (uint8_t)(class | (number ? NUMBER_BIT : 0)));
    write_short(out, language);
    buffer_append_long_text(out, text);
    write_words(out, writing->terms, class, text);
    buffer_free(&plain);
}

void search_row_write(struct buffer *out, struct store_txn *txn, struct search_terms *terms,
                      const struct search_kind *kind, struct id id, const json_t *document,
                      const struct topic *topics, size_t count)
{
    uint8_t key[TOPIC_KEY_SIZE];
    struct writing writing = {
        .out = out, .terms = terms, .mentions = json_object_get(document, "mentions") != NULL};
    buffer_append_u8(out, kind->document);
    buffer_append_slice(out, id_slice(&id));
    buffer_append_u16(out, (uint16_t)(kind->open ? 0 : count));
    for (size_t i = 0; i < count && !kind->open; i++) {
        topic_key(topics[i], key);
        buffer_append(out, key, sizeof key);
    }
    write_on(out, txn, json_object_get(document, "on"));
    write_number(out, json_object_get(document, "number"));
    if (kind->keep == NULL || kind->keep(document)) {
        search_texts(kind, document, write_text, &writing);
    }
}

/* ---- reading ---- */

/* The next so many bytes. Rows are our own: one that is cut off is a bug. */
static struct slice take(struct slice *rest, size_t size)
{
    assert_always(size <= rest->size);
    struct slice taken = slice_of(rest->data, size);
    *rest = slice_of(rest->data + size, rest->size - size);
    return taken;
}

static struct slice take_short(struct slice *rest)
{
    return take(rest, take(rest, 1).data[0]);
}

struct search_row search_row_of(struct slice bytes)
{
    struct search_row row;
    const uint8_t *head = take(&bytes, HEAD_SIZE).data;
    row.kind = head[0];
    memcpy(row.id.bytes, head + 1, ID_SIZE);
    row.topics =
        take(&bytes, (size_t)(head[1 + ID_SIZE] << 8 | head[2 + ID_SIZE]) * TOPIC_KEY_SIZE);
    const uint8_t *on = take(&bytes, 1 + ID_SIZE).data;
    row.on_kind = on[0];
    memcpy(row.on.bytes, on + 1, ID_SIZE);
    row.number = take_short(&bytes);
    row.texts = bytes;
    return row;
}

bool search_row_next(struct search_row *row, struct search_text *text)
{
    if (row->texts.size == 0) {
        return false;
    }
    uint8_t first = take(&row->texts, 1).data[0];
    text->class = (enum search_class)(first & CLASS_BITS);
    text->number = (first & NUMBER_BIT) != 0;
    text->language = take_short(&row->texts);
    text->text = take(&row->texts, bytes_get_u32(take(&row->texts, 4).data));
    text->words = take(&row->texts, bytes_get_u32(take(&row->texts, 4).data));
    return true;
}

/* ---- where it is kept ---- */

struct index_key search_row_key(uint32_t number)
{
    struct index_key key = index_key(INDEX_SEARCHED);
    index_key_u32(&key, number);
    return key;
}

bool search_row_bytes(struct store_txn *txn, uint32_t number, struct slice *bytes)
{
    struct index_key key = search_row_key(number);
    return store_get(txn, TABLE_INDEX, index_key_slice(&key), bytes);
}

bool search_number_of(struct store_txn *txn, uint8_t kind, struct id id, uint32_t *number)
{
    struct slice value;
    struct index_key key = index_key(INDEX_SEARCHED_OF);
    index_key_u8(&key, kind);
    index_key_id(&key, id);
    bool found = store_get(txn, TABLE_INDEX, index_key_slice(&key), &value);
    *number = found ? bytes_get_u32(value.data) : 0;
    return found;
}

uint32_t search_last_number(struct store_txn *txn)
{
    uint8_t end = INDEX_SEARCHED + 1;
    uint32_t number = 0;
    struct slice key, value;
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_INDEX);
    if (store_cursor_before(cursor, slice_of(&end, 1), &key, &value) &&
        key.data[0] == INDEX_SEARCHED) {
        number = bytes_get_u32(key.data + 1);
    }
    store_cursor_close(cursor);
    return number;
}
