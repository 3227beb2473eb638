/* search.find: what is typed becomes words, words become documents, the best first.
 *
 * Each word has a list of its documents, the best first (search_list.c). The lists are read in turn; a document that comes
 * is looked for all words in its own row, which gives its score. What has not come can score at most what the lists have
 * arrived at, together: once the page is full of better ones, nothing more is read. Words that seldom meet would go on for
 * long in this way; so after some rows only the list with the fewest goes on, and when one list has ended, all have been
 * seen. All is bounded, so that no question holds the net loop. Invariants: nothing is answered that the caller may not
 * read; the page holds the best of what was seen, in order. Start at search_find(). */
#include "assembly/search.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>

enum {
    SEEN_MAX = 5000,   /* documents looked at for one question */
    SEEN_FIRST = 512,  /* slots for them to begin with; a power of two */
    ROWS_IN_TURN = 50, /* of each list, before the one with the fewest goes on alone */
    FIND_DEFAULT = 20, /* items of an answer */
    FIND_MAX = SEARCH_ITEMS_MAX,
    POSITION_SIZE = 8, /* of a cursor: score u32 ‖ search number u32 */
    ITEM_USUAL = 700,  /* bytes */
    TEXTS_MAX = 2 * DOCUMENT_MAX,
    ANSWER_MAX = 64 * 1024 * 1024,
};

struct query {
    const struct request *request;
    struct search_asked asked;
    struct stemmer *stemmer;
    struct search_wanted wanted[SEARCH_WORDS_MAX];
    struct search_list lists[SEARCH_WORDS_MAX];
    size_t count;
    uint64_t kinds; /* bit of each document code that is wanted */
    bool classes[SEARCH_CLASSES];
    const struct search_hit *after; /* NULL = from the beginning */
    struct search_hit page[FIND_MAX + 1];
    size_t page_count, page_size; /* one more than is answered: is there a next page? */
    uint32_t *seen;               /* numbers, by their hash; 0 = free; at most half are taken */
    size_t seen_count, seen_slots;
    size_t fewest; /* which list goes on alone; count = not yet known */
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

/* ---- scores ---- */

/* false = a word is missing. */
static bool score_row(const struct query *query, struct search_row *row, struct search_hit *hit)
{
    uint32_t best[SEARCH_WORDS_MAX] = {0};
    hit->score = 0;
    hit->class = SEARCH_CLASSES;
    while (search_row_next_of(row, &query->asked.initials)) {
        for (size_t i = 0; i < query->count; i++) {
            if (query->wanted[i].word.text[0] != row->term.text[0]) {
                continue; /* most words, at no cost */
            }
            enum search_quality quality =
                search_quality_of(&query->wanted[i], row->term.text, row->term.size);
            uint32_t score = search_score_of(quality, row->term.class);
            best[i] = score > best[i] ? score : best[i];
            if (score > 0 && row->term.class < hit->class) {
                hit->class = row->term.class;
            }
        }
    }
    for (size_t i = 0; i < query->count; i++) {
        hit->score += best[i];
        if (best[i] == 0) {
            return false;
        }
    }
    return true;
}

static int compare_hits(const struct search_hit *a, const struct search_hit *b)
{
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->number > b->number ? -1 : a->number < b->number;
}

/* ---- the page ---- */

/* The slot where the number stands, or would. */
static uint32_t *seen_slot(const struct query *query, uint32_t number)
{
    size_t slot = number * 2654435761u % query->seen_slots;
    while (query->seen[slot] != 0 && query->seen[slot] != number) {
        slot = (slot + 1) % query->seen_slots;
    }
    return &query->seen[slot];
}

/* Most questions see few: a table for the most would be cleared, and its memory fetched, for nothing. */
static void seen_grow(struct query *query)
{
    uint32_t *before = query->seen;
    size_t slots = query->seen_slots;
    query->seen_slots = slots == 0 ? SEEN_FIRST : 4 * slots;
    query->seen = memory_new(query->seen_slots, sizeof *query->seen);
    for (size_t i = 0; i < slots; i++) {
        if (before[i] != 0) {
            *seen_slot(query, before[i]) = before[i];
        }
    }
    free(before);
}

/* true = it had not been seen. */
static bool note_seen(struct query *query, uint32_t number)
{
    if (2 * query->seen_count >= query->seen_slots) {
        seen_grow(query);
    }
    uint32_t *slot = seen_slot(query, number);
    bool fresh = *slot == 0;
    *slot = number;
    query->seen_count += fresh;
    return fresh;
}

static bool has_place(const struct query *query, const struct search_hit *hit)
{
    return (query->after == NULL || compare_hits(hit, query->after) > 0) &&
           (query->page_count < query->page_size ||
            compare_hits(hit, &query->page[query->page_count - 1]) < 0);
}

static void insert(struct query *query, const struct search_hit *hit)
{
    query->page_count += query->page_count < query->page_size;
    size_t at = query->page_count - 1;
    while (at > 0 && compare_hits(hit, &query->page[at - 1]) < 0) {
        query->page[at] = query->page[at - 1];
        at--;
    }
    query->page[at] = *hit;
}

static bool may_see(const struct query *query, const struct search_hit *hit)
{
    return search_kind_of(hit->kind)->open ||
           document_is_readable(query->asked.txn, hit->kind, hit->id, &query->request->caller);
}

/* The document a list has arrived at. Of a single word its score is known, else its row tells. */
static void take(struct query *query, const struct search_list *list)
{
    struct search_row row;
    struct search_hit hit = {.number = list->number, .score = list->score, .class = list->class};
    bool single = query->count == 1;
    if (!note_seen(query, hit.number) || (single && !has_place(query, &hit)) ||
        !search_row_find(query->asked.txn, hit.number, &row) ||
        (query->kinds >> row.kind & 1) == 0 || (!single && !score_row(query, &row, &hit))) {
        return;
    }
    hit.kind = row.kind;
    hit.id = row.id;
    if (has_place(query, &hit) && may_see(query, &hit)) {
        insert(query, &hit);
    }
}

/* ---- the walk ---- */

/* What has not been seen stands in no list before the place where it is now. */
static bool is_complete(const struct query *query)
{
    struct search_hit best = {.number = UINT32_MAX};
    for (size_t i = 0; i < query->count; i++) {
        const struct search_list *list = &query->lists[i];
        best.score += list->score;
        best.number = list->number < best.number ? list->number : best.number;
    }
    return query->seen_count >= SEEN_MAX ||
           (query->page_count == query->page_size &&
            compare_hits(&query->page[query->page_count - 1], &best) <= 0);
}

static size_t find_fewest(const struct query *query)
{
    size_t least = SEEN_MAX, fewest = 0;
    for (size_t i = 0; i < query->count && query->count > 1; i++) {
        size_t count = search_list_count(&query->lists[i], least);
        if (count < least) {
            least = count;
            fewest = i;
        }
    }
    return fewest;
}

static struct search_list *next_list(struct query *query)
{
    size_t next = 0;
    for (size_t i = 1; i < query->count; i++) {
        next = query->lists[i].taken < query->lists[next].taken ? i : next;
    }
    if (query->lists[next].taken <= ROWS_IN_TURN) {
        return &query->lists[next];
    }
    if (query->fewest == query->count) {
        query->fewest = find_fewest(query);
    }
    return &query->lists[query->fewest];
}

static void run(struct query *query)
{
    bool more = query->count > 0;
    for (size_t i = 0; i < query->count; i++) {
        search_list_open(&query->lists[i], query->asked.txn, query->stemmer, &query->wanted[i],
                         query->classes);
        more = search_list_next(&query->lists[i]) && more;
    }
    query->fewest = query->count;
    while (more && !is_complete(query)) {
        struct search_list *list = next_list(query);
        take(query, list);
        more = search_list_next(list);
    }
}

static void query_free(struct query *query)
{
    for (size_t i = 0; i < query->count; i++) {
        search_list_close(&query->lists[i]);
    }
    free(query->seen);
    stemmer_free(query->stemmer);
    free(query);
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
    buffer_init(&asked->texts, TEXTS_MAX);
    buffer_init(&asked->marks, TEXTS_MAX);
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
    assert_always(buffer_ok(out) && buffer_ok(&asked->texts) && buffer_ok(&asked->marks));
    buffer_free(&asked->texts);
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
    query->stemmer = stemmer_new();
    query->page_size = 1 + (limit == 0 ? FIND_DEFAULT : (size_t)limit);
    read_wanted(query, request_text(request, "text"));
    read_kinds(query, json_object_get(request->params, "kinds"));
    query->asked = (struct search_asked){.txn = request_txn(request),
                                         .language = request_text(request, "language"),
                                         .wanted = query->wanted,
                                         .count = query->count};
    for (size_t i = 0; i < query->count; i++) {
        fold_initials_add(&query->asked.initials, query->wanted[i].word.text[0]);
    }
    run(query);
    answer(request, query);
    query_free(query);
    return ERROR_NONE;
}
