/* search.find: what is typed becomes words, words become sets of documents, the best of them a page.
 *
 * Each word has a set of documents for each place and quality (search_list.c). Of a single word they are gone through in the
 * order of their scores. Of several, what is best comes out of a heap: a document with its score, or 64 documents side by
 * side with a score that none of them passes, which are opened when they come up; so few are scored, and rows of documents
 * are read only for those that have a place on the page. Comments, which can only score least, are not looked at before they
 * come up. All is bounded, so that no question holds the net loop. Invariants: nothing is answered that the caller may not
 * read; the page holds the best of what was found, in order, the newer first among equals. Start at search_find(). */
#include "assembly/search.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>

enum {
    LOOKED_MAX = 5000,  /* documents whose rows are read for one question */
    SCORED_MAX = 50000, /* of several words: documents that are scored */
    FIND_DEFAULT = 20,  /* items of an answer */
    FIND_MAX = SEARCH_ITEMS_MAX,
    POSITION_SIZE = 8, /* of a cursor: score u32 ‖ search number u32 */
    ITEM_USUAL = 900,  /* bytes, with marks */
    ANSWER_MAX = 64 * 1024 * 1024,
    TOPICS_KNOWN = 16,
    HEAP_USUAL = 1024, /* candidates */
};

/* Most documents found together stand in few topics. */
struct known_topic {
    struct topic topic;
    bool readable;
};

struct query {
    const struct request *request;
    struct search_asked asked;
    struct search_wanted wanted[SEARCH_WORDS_MAX];
    struct search_list lists[SEARCH_WORDS_MAX];
    size_t count;
    uint64_t kinds; /* bit of each document code that is wanted */
    bool classes[SEARCH_CLASSES];
    uint32_t scores[SEARCH_CELLS];
    const struct search_hit *after; /* NULL = from the beginning */
    struct search_hit page[FIND_MAX + 1];
    size_t page_count, page_size; /* one more than is answered: is there a next page? */
    size_t looked, scored;
    unsigned who; /* the caller is */
    struct known_topic topics[TOPICS_KNOWN];
    size_t topic_count;
};

/* ---- what is wanted ---- */

static void want(struct query *query, const struct fold_word *word)
{
    struct search_wanted *wanted = &query->wanted[query->count++];
    *wanted = (struct search_wanted){.word.size = (uint8_t)word->size};
    memcpy(wanted->word.text, word->text, word->size);
    wanted->scan = word->size;
}

/* The first words of the text; the last of them may be unfinished. A letter alone says something only as a beginning. */
static void read_wanted(struct query *query, struct slice text)
{
    struct fold_reader reader = fold_reader_of(text);
    struct fold_word word, next;
    bool more = fold_next(&reader, &word);
    while (more && query->count < SEARCH_WORDS_MAX) {
        more = fold_next(&reader, &next);
        if (word.size > 1 || !more || (word.text[0] >= '0' && word.text[0] <= '9')) {
            want(query, &word);
        }
        word = next;
    }
    if (query->count > 0) {
        query->wanted[query->count - 1].prefix = true;
    }
}

/* An empty list is all kinds. */
static void read_kinds(struct query *query, const json_t *kinds)
{
    size_t i;
    json_t *item;
    for (const struct search_kind *kind = search_kinds; kind->document != 0; kind++) {
        bool wanted = json_array_size(kinds) == 0;
        json_array_foreach(kinds, i, item)
        {
            wanted = wanted || strcmp(json_string_value(item), kind->word) == 0;
        }
        if (wanted) {
            query->kinds |= UINT64_C(1) << kind->document;
            for (const struct search_field *field = kind->fields; field->name != NULL; field++) {
                query->classes[field->class] = true;
            }
        }
    }
}

enum search_quality search_quality_of(const struct search_wanted *wanted, const uint8_t *text,
                                      size_t size)
{
    size_t length = wanted->word.size;
    size_t last = wanted->scan - 1; /* of what all begins with: differs most often */
    if (text[0] != wanted->word.text[0] || size <= last || text[last] != wanted->word.text[last] ||
        memcmp(text, wanted->word.text, wanted->scan) != 0) {
        return QUALITY_NONE;
    }
    bool begins = size >= length && memcmp(text, wanted->word.text, length) == 0;
    if (begins && size == length) {
        return QUALITY_EXACT;
    }
    for (size_t i = 0; i < wanted->stem_count; i++) {
        const struct search_term *stem = &wanted->stems[i];
        if (stem->size == size && memcmp(stem->text, text, size) == 0) {
            return QUALITY_STEM;
        }
    }
    return begins && wanted->prefix ? QUALITY_PREFIX : QUALITY_NONE;
}

/* ---- the page ---- */

static int compare_hits(const struct search_hit *a, const struct search_hit *b)
{
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->number > b->number ? -1 : a->number < b->number;
}

static bool topic_is_known(struct query *query, struct topic topic)
{
    for (size_t i = 0; i < query->topic_count; i++) {
        if (topic_equal(query->topics[i].topic, topic)) {
            return query->topics[i].readable;
        }
    }
    bool readable =
        topic_is_readable_by(query->asked.txn, topic, &query->request->caller, query->who);
    if (query->topic_count < TOPICS_KNOWN) {
        query->topics[query->topic_count++] =
            (struct known_topic){.topic = topic, .readable = readable};
    }
    return readable;
}

static bool may_see(struct query *query, const struct search_row *row)
{
    bool may = search_kind_of(row->kind)->open;
    for (size_t at = 0; at < row->topics.size && !may; at += TOPIC_KEY_SIZE) {
        may =
            topic_is_known(query, topic_from_key(slice_of(row->topics.data + at, TOPIC_KEY_SIZE)));
    }
    return may;
}

/* The next best document. false = the page is full, or enough was looked at. */
static bool take(struct query *query, struct search_hit *hit)
{
    if (query->after != NULL && compare_hits(hit, query->after) <= 0) {
        return true; /* on a page before */
    }
    if (search_row_bytes(query->asked.txn, hit->number, &hit->row)) {
        struct search_row row = search_row_of(hit->row);
        if ((query->kinds >> row.kind & 1) != 0 && may_see(query, &row)) {
            query->page[query->page_count++] = *hit;
        }
    }
    return query->page_count < query->page_size && ++query->looked < LOOKED_MAX;
}

static unsigned highest_bit(uint64_t bits)
{
    return 63U - (unsigned)__builtin_clzll(bits);
}

static uint32_t number_of(size_t block, size_t part, unsigned bit)
{
    return (uint32_t)(block * SEARCH_BLOCK + 64 * part + bit);
}

/* ---- one word ---- */

/* Those of a block that are in this cell and in none before it. */
static struct search_bits fresh_bits(const struct search_list *list, size_t cell, size_t block)
{
    struct search_bits fresh = *search_list_set(list, cell, block);
    for (size_t before = 0; before < cell; before++) {
        const struct search_bits *seen = search_list_set(list, before, block);
        for (size_t i = 0; seen != NULL && i < SEARCH_BLOCK_BITS; i++) {
            fresh.of[i] &= ~seen->of[i];
        }
    }
    return fresh;
}

/* false = enough. */
static bool take_cell(struct query *query, const struct search_list *list, size_t cell,
                      size_t block)
{
    struct search_bits fresh = fresh_bits(list, cell, block);
    struct search_hit hit = {.class = search_cell_class(cell)};
    bool more = true;
    hit.score = query->scores[cell];
    for (size_t part = SEARCH_BLOCK_BITS; part-- > 0;) {
        for (uint64_t left = fresh.of[part]; left != 0 && more;) {
            unsigned bit = highest_bit(left);
            left &= ~(UINT64_C(1) << bit);
            hit.number = number_of(block, part, bit);
            more = take(query, &hit);
        }
    }
    return more;
}

static void run_one(struct query *query, struct search_list *list, struct store_cursor *cursor)
{
    bool more = true;
    for (size_t cell = 0; cell < SEARCH_CELLS && more; cell++) {
        if (cell % SEARCH_QUALITIES == 0 && query->classes[search_cell_class(cell)]) {
            search_list_read(list, cursor, search_cell_class(cell));
        }
        for (size_t block = list->blocks; block-- > 0 && more;) {
            more =
                search_list_set(list, cell, block) == NULL || take_cell(query, list, cell, block);
        }
    }
}

/* ---- several words ---- */

/* What may come next: a document; a part, 64 documents side by side; comments, which were not read so far. Score and number
 * are those of the best that can be in it. */
struct candidate {
    uint32_t score, number;
    uint8_t class; /* of a document; of a part the first place looked at */
    enum { A_DOCUMENT, A_PART, COMMENTS } what;
    uint64_t common; /* of a part: which documents */
};
struct heap {
    struct candidate *items; /* each before its two children, at 2n + 1 and 2n + 2 */
    size_t count, capacity;
};

static bool comes_before(const struct candidate *a, const struct candidate *b)
{
    return a->score != b->score     ? a->score > b->score
           : a->number != b->number ? a->number > b->number
                                    : a->what > b->what;
}

static void heap_push(struct heap *heap, struct candidate candidate)
{
    if (heap->count == heap->capacity) {
        heap->capacity = heap->capacity == 0 ? HEAP_USUAL : 2 * heap->capacity;
        heap->items = memory_resize(heap->items, heap->capacity, sizeof *heap->items);
    }
    size_t at = heap->count++;
    while (at > 0 && comes_before(&candidate, &heap->items[(at - 1) / 2])) {
        heap->items[at] = heap->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->items[at] = candidate;
}

static bool heap_pop(struct heap *heap, struct candidate *best)
{
    if (heap->count == 0) {
        return false;
    }
    *best = heap->items[0];
    struct candidate last = heap->items[--heap->count];
    size_t at = 0, child = 1;
    while (child < heap->count) {
        child +=
            child + 1 < heap->count && comes_before(&heap->items[child + 1], &heap->items[child]);
        if (!comes_before(&heap->items[child], &last)) {
            break;
        }
        heap->items[at] = heap->items[child];
        at = child;
        child = 2 * at + 1;
    }
    heap->items[at] = last;
    return true;
}

/* Places are looked at in two goes: those of all else, then that of comments, whose words stand in no other. */
static uint8_t last_place(uint8_t first)
{
    return first == SEARCH_COMMENT ? SEARCH_COMMENT : SEARCH_TEXT;
}

static size_t first_cell(size_t class)
{
    return class * SEARCH_QUALITIES;
}

/* The documents of a block that have all words in these places. */
static struct search_bits common_of(const struct query *query, uint8_t first, size_t block)
{
    struct search_bits common;
    memset(&common, 0xFF, sizeof common);
    for (size_t word = 0; word < query->count; word++) {
        struct search_bits any = {{0}};
        for (size_t cell = first_cell(first); cell < first_cell(last_place(first) + 1U); cell++) {
            const struct search_bits *bits = search_list_set(&query->lists[word], cell, block);
            for (size_t i = 0; bits != NULL && i < SEARCH_BLOCK_BITS; i++) {
                any.of[i] |= bits->of[i];
            }
        }
        for (size_t i = 0; i < SEARCH_BLOCK_BITS; i++) {
            common.of[i] &= any.of[i];
        }
    }
    return common;
}

/* No document of these has a better score. */
static uint32_t best_score(const struct query *query, uint8_t first, size_t block, size_t part,
                           uint64_t among)
{
    uint32_t best = 0;
    for (size_t word = 0; word < query->count; word++) {
        const struct search_bits *bits;
        size_t cell = first_cell(first);
        while ((bits = search_list_set(&query->lists[word], cell, block)) == NULL ||
               (bits->of[part] & among) == 0) {
            cell++;
        }
        best += query->scores[cell];
    }
    return best;
}

static void push_parts(struct query *query, struct heap *heap, size_t blocks, uint8_t first)
{
    struct candidate candidate = {.what = A_PART, .class = first};
    for (size_t block = blocks; block-- > 0;) {
        struct search_bits common = common_of(query, first, block);
        for (size_t part = SEARCH_BLOCK_BITS; part-- > 0;) {
            if (common.of[part] != 0) {
                candidate.score = best_score(query, first, block, part, common.of[part]);
                candidate.number = number_of(block, part, 63);
                candidate.common = common.of[part];
                heap_push(heap, candidate);
            }
        }
    }
}

static struct candidate score_document(const struct query *query, uint8_t first, size_t block,
                                       size_t part, unsigned bit)
{
    struct candidate document = {
        .what = A_DOCUMENT, .number = number_of(block, part, bit), .class = SEARCH_CLASSES};
    for (size_t word = 0; word < query->count; word++) {
        const struct search_bits *bits;
        size_t cell = first_cell(first);
        while ((bits = search_list_set(&query->lists[word], cell, block)) == NULL ||
               (bits->of[part] >> bit & 1) == 0) {
            cell++;
        }
        uint8_t class = search_cell_class(cell);
        document.score += query->scores[cell];
        document.class = class < document.class ? class : document.class;
    }
    return document;
}

static void open_part(struct query *query, struct heap *heap, const struct candidate *candidate)
{
    size_t block = candidate->number / SEARCH_BLOCK;
    size_t part = candidate->number % SEARCH_BLOCK / 64;
    uint64_t common = candidate->common;
    for (; common != 0 && query->scored < SCORED_MAX; common &= common - 1) {
        heap_push(heap, score_document(query, candidate->class, block, part,
                                       (unsigned)__builtin_ctzll(common)));
        query->scored++;
    }
}

/* false = a word stands in none of these places. */
static bool read_lists(struct query *query, struct store_cursor *cursor, uint8_t first)
{
    bool found = true;
    for (size_t word = 0; word < query->count && found; word++) {
        struct search_list *list = &query->lists[word];
        list->found = false;
        for (uint8_t class = first; class <= last_place(first); class ++) {
            if (query->classes[class]) {
                search_list_read(list, cursor, class);
            }
        }
        found = list->found;
    }
    return found;
}

static void run_all(struct query *query, struct store_cursor *cursor, size_t blocks)
{
    struct heap heap = {0};
    struct candidate best = {.what = COMMENTS, .number = UINT32_MAX};
    bool more = true;
    best.score = (uint32_t)query->count * search_score_of(QUALITY_EXACT, SEARCH_COMMENT);
    heap_push(&heap, best);
    if (read_lists(query, cursor, SEARCH_TITLE)) {
        push_parts(query, &heap, blocks, SEARCH_TITLE);
    }
    while (more && heap_pop(&heap, &best)) {
        struct search_hit hit = {.number = best.number, .score = best.score, .class = best.class};
        if (best.what == A_DOCUMENT) {
            more = take(query, &hit);
        } else if (best.what == A_PART) {
            open_part(query, &heap, &best);
        } else if (read_lists(query, cursor, SEARCH_COMMENT)) {
            push_parts(query, &heap, blocks, SEARCH_COMMENT);
        }
    }
    free(heap.items);
}

static void run(struct query *query)
{
    size_t blocks = (size_t)search_last_number(query->asked.txn) / SEARCH_BLOCK + 1;
    struct store_cursor *cursor = store_cursor_open(query->asked.txn, TABLE_INDEX);
    struct stemmer *stemmer = NULL;
    for (size_t i = 0; i < query->count; i++) {
        search_forms_find(query->asked.txn, cursor, &stemmer, &query->wanted[i]);
        search_list_open(&query->lists[i], &query->wanted[i], blocks);
    }
    if (query->count == 1) {
        run_one(query, &query->lists[0], cursor);
    } else if (query->count > 1) {
        run_all(query, cursor, blocks);
    }
    store_cursor_close(cursor);
    if (stemmer != NULL) {
        stemmer_free(stemmer);
    }
    for (size_t i = 0; i < query->count; i++) {
        search_list_close(&query->lists[i]);
    }
}

/* ---- the answer ---- */

/* Which words of a text may be wanted ones. */
static void expect_words(struct search_asked *asked)
{
    for (size_t i = 0; i < asked->count; i++) {
        const struct search_wanted *wanted = &asked->wanted[i];
        uint8_t bit = (uint8_t)(1U << i);
        if (wanted->prefix) {
            asked->by_initial[wanted->word.text[0]] |= bit; /* its forms begin so, too */
        }
        asked->by_hash[search_hash_of(wanted->word.text, wanted->word.size)] |= bit;
        for (size_t form = 0; form < wanted->stem_count; form++) {
            asked->by_hash[search_hash_of(wanted->stems[form].text, wanted->stems[form].size)] |=
                bit;
        }
    }
}

static void write_position(struct buffer *out, const struct search_hit *hit)
{
    uint8_t bytes[POSITION_SIZE];
    bytes_put_u32(bytes, hit->score);
    bytes_put_u32(bytes + 4, hit->number);
    buffer_append_u8(out, '"');
    encoding_base64url(out, slice_of(bytes, sizeof bytes));
    buffer_append_u8(out, '"');
}

static void write_answer(struct query *query, struct buffer *out)
{
    struct search_on on[FIND_MAX];
    struct search_asked *asked = &query->asked;
    bool more = query->page_count == query->page_size;
    size_t count = more ? query->page_count - 1 : query->page_count;
    asked->on = on;
    asked->out = out;
    expect_words(asked);
    buffer_init(&asked->marks, DOCUMENT_MAX);
    buffer_expect(out, count * ITEM_USUAL);
    buffer_append_text(out, "{\"items\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            buffer_append_u8(out, ',');
        }
        search_write_item(asked, &query->page[i]);
    }
    buffer_append_text(out, "],\"next\":");
    if (more) {
        write_position(out, &query->page[count - 1]);
    } else {
        buffer_append_text(out, "null");
    }
    buffer_append_u8(out, '}');
    assert_always(buffer_ok(out) && buffer_ok(&asked->marks));
    buffer_free(&asked->marks);
}

/* Written where the caller wants it, else made into values. */
static void answer(struct request *request, struct query *query)
{
    struct buffer out;
    if (request->written != NULL) {
        write_answer(query, request->written);
        return;
    }
    buffer_init(&out, ANSWER_MAX);
    write_answer(query, &out);
    request->result = json_parse_own(buffer_slice(&out));
    buffer_free(&out);
}

enum error search_find(struct request *request)
{
    uint8_t position[POSITION_SIZE];
    struct search_hit after = {0};
    int64_t limit = json_get_integer(request->params, "limit");
    bool more = request_has(request, "after");
    if (more &&
        !encoding_base64url_exact(request_text(request, "after"), position, POSITION_SIZE)) {
        return request_fault(request, "after", ERROR_INPUT_BAD_VALUE);
    }
    struct query *query = memory_new(1, sizeof *query);
    if (more) {
        after.score = bytes_get_u32(position);
        after.number = bytes_get_u32(position + 4);
        query->after = &after;
    }
    query->request = request;
    query->who = caller_who(request_txn(request), &request->caller);
    query->page_size = 1 + (limit == 0 ? FIND_DEFAULT : (size_t)limit);
    for (size_t cell = 0; cell < SEARCH_CELLS; cell++) {
        query->scores[cell] = search_score_of(search_cell_quality(cell), search_cell_class(cell));
    }
    read_wanted(query, request_text(request, "text"));
    read_kinds(query, json_object_get(request->params, "kinds"));
    query->asked = (struct search_asked){.txn = request_txn(request),
                                         .language = request_text(request, "language"),
                                         .wanted = query->wanted,
                                         .count = query->count};
    run(query);
    answer(request, query);
    for (size_t i = 0; i < query->count; i++) {
        free(query->wanted[i].stems);
    }
    free(query);
    return ERROR_NONE;
}
