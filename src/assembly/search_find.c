/* search.find: what is typed becomes words, words become documents, the best first.
 *
 * Each word finds itself, forms of it (same stem in French, Dutch or English) and, the last one, what begins with it. The
 * word with the fewest rows gives the candidates; every other word is then looked for in the candidates' own words, where
 * the score is made. All is bounded, so that no question holds the net loop: words looked at, rows read, candidates. Where a
 * word stands in more documents than are read, those with it in the title come first and the newest first, since that is
 * the order of the rows. Invariant: nothing is answered that the caller may not read. Start at search_find(). */
#include "assembly/comment.h"
#include "assembly/search.h"
#include "base/bytes.h"
#include "base/encoding.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    VOCABULARY_MAX = 2000, /* words of the index looked at for one word */
    CANDIDATES_MAX = 5000, /* rows read for one word */
    FIND_DEFAULT = 20,     /* items of an answer */
    POSITION_SIZE = 8,     /* of a cursor: score u32 ‖ search number u32 */
    STEM_SCAN_MIN = 2,     /* letters with which forms of a word begin alike */
};

struct found {
    struct search_term *terms; /* words of the index that one wanted word finds */
    size_t count, capacity;
    uint32_t *numbers; /* of documents that have one of them */
    size_t number_count;
    size_t enough; /* rows are read up to here */
};
struct hit {
    uint32_t number, score;
    uint8_t class;
};
struct query {
    struct store_txn *txn;
    struct stemmer *stemmer;
    struct search_wanted wanted[SEARCH_WORDS_MAX];
    struct found found[SEARCH_WORDS_MAX];
    size_t count;
    uint64_t kinds; /* bit of each document code that is wanted */
    bool classes[SEARCH_CLASSES];
    struct hit *hits;
    size_t hit_count;
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
    if (text[0] != wanted->word.text[0] || size < wanted->scan ||
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

/* ---- words of the index ---- */

struct stems {
    uint8_t text[STEM_LANGUAGES][FOLD_WORD_MAX];
    size_t size[STEM_LANGUAGES];
};

static void stems_of(struct stemmer *stemmer, const struct search_term *word, struct stems *stems)
{
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        stems->size[i] = stem_word(stemmer, (enum stem_language)i, slice_of(word->text, word->size),
                                   stems->text[i]);
    }
}

static bool stems_meet(const struct stems *a, const struct stems *b)
{
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        if (a->size[i] >= 3 && a->size[i] == b->size[i] &&
            memcmp(a->text[i], b->text[i], a->size[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* How many letters all forms of the word share at least: what its stems keep of it, less one that may turn (city, cities;
 * maan, manen). */
static size_t scan_size(const struct search_term *word, const struct stems *stems)
{
    size_t size = word->size;
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        size_t same = 0;
        while (same < size && same < stems->size[i] && stems->text[i][same] == word->text[same]) {
            same++;
        }
        size = same;
    }
    return word->size < 3 ? word->size : size <= STEM_SCAN_MIN ? STEM_SCAN_MIN : size - 1;
}

static void found_add(struct found *found, const struct search_term *term)
{
    if (found->count == found->capacity) {
        found->capacity = found->capacity == 0 ? 64 : 2 * found->capacity;
        found->terms = memory_resize(found->terms, found->capacity, sizeof *found->terms);
    }
    found->terms[found->count++] = *term;
}

static void note_stem(struct search_wanted *wanted, const struct search_term *term)
{
    if (wanted->stem_count < SEARCH_STEMS_MAX) {
        wanted->stems[wanted->stem_count++] = *term;
    }
}

/* The word of a row INDEX_WORD. */
static struct search_term term_of(struct slice key)
{
    struct search_term term = {.size = (uint8_t)(key.size - 1 - 6)};
    memcpy(term.text, key.data + 1, term.size);
    return term;
}

/* Calls for each word of the index that begins so, at most VOCABULARY_MAX. */
static void each_word(struct query *query, struct slice beginning,
                      void (*visit)(void *context, const struct search_term *term), void *context)
{
    struct slice key, value;
    struct index_key from = index_key(INDEX_WORD);
    index_key_bytes(&from, beginning);
    struct store_cursor *cursor = store_cursor_open(query->txn, TABLE_INDEX);
    bool found = store_cursor_seek(cursor, index_key_slice(&from), &key, &value);
    for (size_t n = 0; found && n < VOCABULARY_MAX; n++) {
        if (key.data[0] != INDEX_WORD || key.size < 1 + beginning.size ||
            memcmp(key.data + 1, beginning.data, beginning.size) != 0) {
            break;
        }
        struct search_term term = term_of(key);
        visit(context, &term);
        from = index_key(INDEX_WORD);
        index_key_bytes(&from, slice_of(term.text, term.size));
        index_key_u8(&from, 1); /* past all rows of this word */
        found = store_cursor_seek(cursor, index_key_slice(&from), &key, &value);
    }
    store_cursor_close(cursor);
}

struct looking {
    struct query *query;
    struct search_wanted *wanted;
    struct found *found;
    struct stems stems;
};

static bool has_beginning(const struct search_term *term, const struct search_term *word)
{
    return term->size >= word->size && memcmp(term->text, word->text, word->size) == 0;
}

static bool is_form(struct looking *looking, const struct search_term *term)
{
    struct stems stems;
    stems_of(looking->query->stemmer, term, &stems);
    return stems_meet(&looking->stems, &stems);
}

static void take_beginning(void *context, const struct search_term *term)
{
    struct looking *looking = context;
    const struct search_term *word = &looking->wanted->word;
    bool exact = term->size == word->size;
    bool form = !exact && word->size >= 3 && is_form(looking, term);
    if (form) {
        note_stem(looking->wanted, term);
    }
    if (exact || form || looking->wanted->prefix) {
        found_add(looking->found, term);
    }
}

static void take_form(void *context, const struct search_term *term)
{
    struct looking *looking = context;
    if (!has_beginning(term, &looking->wanted->word) && is_form(looking, term)) {
        note_stem(looking->wanted, term);
        found_add(looking->found, term);
    }
}

static void find_terms(struct query *query, size_t at)
{
    struct looking looking = {
        .query = query, .wanted = &query->wanted[at], .found = &query->found[at]};
    struct search_term *word = &looking.wanted->word;
    stems_of(query->stemmer, word, &looking.stems);
    each_word(query, slice_of(word->text, word->size), take_beginning, &looking);
    looking.wanted->scan = scan_size(word, &looking.stems);
    if (looking.wanted->scan < word->size) {
        each_word(query, slice_of(word->text, looking.wanted->scan), take_form, &looking);
    }
}

/* ---- candidates ---- */

/* Numbers of the documents that have this word in this place. */
static void take_numbers(struct store_cursor *cursor, struct found *found,
                         const struct search_term *term, enum search_class class)
{
    struct slice key, value;
    struct index_key prefix = index_key(INDEX_WORD);
    index_key_bytes(&prefix, slice_of(term->text, term->size));
    index_key_u8(&prefix, 0);
    index_key_u8(&prefix, (uint8_t) class);
    struct slice wanted = index_key_slice(&prefix);
    bool more = store_cursor_seek(cursor, wanted, &key, &value);
    while (more && found->number_count < found->enough && key.size == wanted.size + 4 &&
           memcmp(key.data, wanted.data, wanted.size) == 0) {
        found->numbers[found->number_count++] = UINT32_MAX - bytes_get_u32(key.data + wanted.size);
        more = store_cursor_next(cursor, &key, &value);
    }
}

static void find_numbers(struct query *query, struct found *found)
{
    struct store_cursor *cursor = store_cursor_open(query->txn, TABLE_INDEX);
    found->numbers = memory_new(CANDIDATES_MAX, sizeof *found->numbers);
    for (unsigned class = 0; class < SEARCH_CLASSES; class ++) {
        for (size_t i = 0; query->classes[class] && i < found->count; i++) {
            if (found->number_count == found->enough) {
                break;
            }
            take_numbers(cursor, found, &found->terms[i], (enum search_class) class);
        }
    }
    store_cursor_close(cursor);
}

static int compare_numbers(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static void without_doubles(struct found *found)
{
    size_t kept = 0;
    qsort(found->numbers, found->number_count, sizeof *found->numbers, compare_numbers);
    for (size_t i = 1; i < found->number_count; i++) {
        if (found->numbers[i] != found->numbers[kept]) {
            found->numbers[++kept] = found->numbers[i];
        }
    }
    found->number_count = found->number_count == 0 ? 0 : kept + 1;
}

/* ---- scores ---- */

/* Title before need before text before comment; within one place exact before stem before prefix. */
static uint32_t score_of(enum search_quality quality, uint8_t class)
{
    static const uint32_t places[SEARCH_CLASSES] = {
        [SEARCH_TITLE] = 64, [SEARCH_NEED] = 16, [SEARCH_TEXT] = 4, [SEARCH_COMMENT] = 1};
    static const uint32_t qualities[] = {
        [QUALITY_NONE] = 0, [QUALITY_PREFIX] = 4, [QUALITY_STEM] = 6, [QUALITY_EXACT] = 9};
    return places[class] * qualities[quality];
}

/* false = a word is missing. */
static bool score_row(const struct query *query, struct search_row *row, struct hit *hit)
{
    uint32_t best[SEARCH_WORDS_MAX] = {0};
    hit->class = SEARCH_CLASSES;
    while (search_row_next(row)) {
        for (size_t i = 0; i < query->count; i++) {
            enum search_quality quality =
                search_quality_of(&query->wanted[i], row->term.text, row->term.size);
            uint32_t score = score_of(quality, row->term.class);
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

static int compare_hits(const void *left, const void *right)
{
    const struct hit *a = left, *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->number > b->number ? -1 : a->number < b->number;
}

static void find_hits(struct query *query, const struct found *found)
{
    query->hits = memory_new(found->number_count + 1, sizeof *query->hits);
    for (size_t i = 0; i < found->number_count; i++) {
        struct search_row row;
        struct hit hit = {.number = found->numbers[i]};
        if (search_row_find(query->txn, hit.number, &row) && (query->kinds >> row.kind & 1) != 0 &&
            score_row(query, &row, &hit)) {
            query->hits[query->hit_count++] = hit;
        }
    }
    qsort(query->hits, query->hit_count, sizeof *query->hits, compare_hits);
}

static void run(struct query *query)
{
    struct found *fewest = NULL;
    for (size_t i = 0; i < query->count; i++) {
        /* Only the word with the fewest is of use: a common one is left as soon as it has more than another. */
        query->found[i].enough = fewest == NULL ? CANDIDATES_MAX : fewest->number_count;
        find_terms(query, i);
        find_numbers(query, &query->found[i]);
        if (fewest == NULL || query->found[i].number_count < fewest->number_count) {
            fewest = &query->found[i];
        }
    }
    if (fewest != NULL) {
        without_doubles(fewest);
        find_hits(query, fewest);
    }
}

static void query_free(struct query *query)
{
    for (size_t i = 0; i < query->count; i++) {
        free(query->found[i].terms);
        free(query->found[i].numbers);
    }
    free(query->hits);
    stemmer_free(query->stemmer);
    free(query);
}

/* ---- items ---- */

/* The text of a document that says best why it was found: the one with the most wanted words, then the one in the reader's
 * language, then the first. */
struct choosing {
    const struct query *query;
    struct slice language; /* the reader's */
    bool title;            /* among titles, else among the others */
    struct slice text, of; /* chosen, and its language */
    int points;
};

static int points_of(const struct query *query, struct slice text)
{
    unsigned seen = 0;
    int points = 0;
    struct fold_word word;
    struct fold_reader reader = fold_reader_of(text);
    while (seen + 1 != 1u << query->count && fold_next(&reader, &word)) {
        for (size_t i = 0; i < query->count; i++) {
            if ((seen >> i & 1) == 0 &&
                search_quality_of(&query->wanted[i], word.text, word.size) != QUALITY_NONE) {
                seen |= 1u << i;
                points += 2;
            }
        }
    }
    return points;
}

static void choose(void *context, const char *field, enum search_class class, struct slice language,
                   struct slice text)
{
    struct choosing *choosing = context;
    if (strcmp(field, "number") == 0 || (class == SEARCH_TITLE) != choosing->title) {
        return;
    }
    int points =
        1 + points_of(choosing->query, text) * 2 + slice_equal(language, choosing->language);
    if (points > choosing->points) {
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

/* {"kind","id","number","title"} of where a comment stands. */
static json_t *new_on(struct query *query, struct slice language, const json_t *on)
{
    json_t *result = NULL;
    for (const struct search_kind *kind = search_kinds; kind->document != 0; kind++) {
        if (!slice_equal(json_get_text(on, "kind"), slice_text(kind->word))) {
            continue;
        }
        json_t *document = document_load(query->txn, kind->document, json_get_id(on, "id"));
        struct choosing choosing = {.query = query, .language = language, .title = true};
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

static json_t *new_item(struct query *query, struct slice language, const struct hit *hit,
                        const struct search_row *row)
{
    static const char *const places[] = {"title", "need", "text", "comment"};
    const struct search_kind *kind = search_kind_of(row->kind);
    json_t *document = document_load(query->txn, row->kind, row->id);
    mention_plain(document);
    struct choosing title = {.query = query, .language = language, .title = true};
    struct choosing rest = {.query = query, .language = language};
    json_t *item = json_object();
    search_texts(kind, document, choose, &title);
    search_texts(kind, document, choose, &rest);
    struct slice of = rest.text.size > 0 ? rest.of : title.of;
    json_put(item, "kind", json_text(slice_text(kind->word)));
    json_put(item, "id", json_id(row->id));
    json_put(item, "number", number_text_of(document));
    json_put(item, "where", json_text(slice_text(places[hit->class])));
    json_put(item, "score", json_number(hit->score));
    json_put(item, "title", search_marked(title.text, query->wanted, query->count, true));
    json_put(item, "title_language", title.of.size == 0 ? NULL : json_text(title.of));
    json_put(item, "snippet", search_marked(rest.text, query->wanted, query->count, false));
    json_put(item, "language", of.size == 0 ? NULL : json_text(of));
    json_put(item, "on", new_on(query, language, json_object_get(document, "on")));
    json_decref(document);
    return item;
}

static json_t *new_position(const struct hit *hit)
{
    uint8_t bytes[POSITION_SIZE];
    bytes_put_u32(bytes, hit->score);
    bytes_put_u32(bytes + 4, hit->number);
    return json_base64url(slice_of(bytes, sizeof bytes));
}

static bool may_see(const struct request *request, const struct search_row *row)
{
    return search_kind_of(row->kind)->open ||
           document_is_readable(request_txn(request), row->kind, row->id, &request->caller);
}

static void answer(struct request *request, struct query *query, const struct hit *after)
{
    int64_t limit = json_get_integer(request->params, "limit");
    size_t most = limit == 0 ? FIND_DEFAULT : (size_t)limit;
    json_t *next = NULL, *items = json_array();
    for (size_t i = 0; i < query->hit_count && next == NULL; i++) {
        const struct hit *hit = &query->hits[i];
        struct search_row row;
        if ((after != NULL && compare_hits(hit, after) <= 0) ||
            !search_row_find(query->txn, hit->number, &row) || !may_see(request, &row)) {
            continue;
        }
        if (json_array_size(items) == most) {
            next = new_position(&query->hits[i - 1]);
        } else {
            json_array_append_new(items,
                                  new_item(query, request_text(request, "language"), hit, &row));
        }
    }
    request->result = json_object();
    json_put(request->result, "items", items);
    json_put(request->result, "next", next == NULL ? json_null() : next);
}

enum error search_find(struct request *request)
{
    uint8_t position[POSITION_SIZE];
    bool more = request_has(request, "after");
    if (more &&
        !encoding_base64url_exact(request_text(request, "after"), position, POSITION_SIZE)) {
        return request_fault(request, "after", ERROR_INPUT_BAD_VALUE);
    }
    struct query *query = memory_new(1, sizeof *query);
    query->txn = request_txn(request);
    query->stemmer = stemmer_new();
    read_wanted(query, request_text(request, "text"));
    read_kinds(query, json_object_get(request->params, "kinds"));
    run(query);
    struct hit after = {0};
    if (more) {
        after.score = bytes_get_u32(position);
        after.number = bytes_get_u32(position + 4);
    }
    answer(request, query, more ? &after : NULL);
    query_free(query);
    return ERROR_NONE;
}
