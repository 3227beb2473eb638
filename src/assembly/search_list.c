/* The documents that have a word, the best place first: what one wanted word finds in the index.
 *
 * A word finds itself, forms of it (same stem in French, Dutch or English) and, the last one typed, what begins with it.
 * A list goes through them cell by cell, a cell being one place and one quality, in the order of their scores; within a
 * cell the newest first. So whoever has read enough can stop: nothing better comes later. All is bounded: words looked at,
 * rows of a cell that has to be sorted. Invariant: number, score and class are those of the next document; score never
 * rises, and within one score the number falls. Start at search_list_next(). */
#include "assembly/search.h"
#include "base/bytes.h"
#include "base/memory.h"

#include <stdlib.h>

enum {
    VOCABULARY_MAX = 6000, /* words of the index looked at for one word */
    FORMS_MAX = 1000,      /* of them those whose stems are compared */
    CELL_MAX = 5000,       /* rows read to sort a cell of several words */
    STEM_SCAN_MIN = 2,     /* letters with which forms of a word begin alike */
    NEAR_STEPS = 4,        /* rows stepped over before the next word is looked up */
    QUALITIES = 3,
    CELLS = SEARCH_CLASSES * QUALITIES,
};

/* A word of the index; term.class = the best place where it stands. */
struct search_entry {
    struct search_term term;
    enum search_quality quality;
};

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

static void entry_add(struct search_list *list, const struct search_term *term)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 64 : 2 * list->capacity;
        list->entries = memory_resize(list->entries, list->capacity, sizeof *list->entries);
    }
    list->entries[list->count++] = (struct search_entry){.term = *term};
}

static void note_stem(struct search_wanted *wanted, const struct search_term *term)
{
    if (wanted->stem_count < SEARCH_STEMS_MAX) {
        wanted->stems[wanted->stem_count++] = *term;
    }
}

/* The word of a row INDEX_WORD: text ‖ 0 ‖ class ‖ number. */
static struct search_term term_of(struct slice key)
{
    struct search_term term = {.size = (uint8_t)(key.size - 1 - 6),
                               .class = key.data[key.size - 5]};
    memcpy(term.text, key.data + 1, term.size);
    return term;
}

static bool is_row_of(struct slice key, const struct search_term *term)
{
    return key.data[0] == INDEX_WORD && key.size == 1U + term->size + 6 &&
           memcmp(key.data + 1, term->text, term->size) == 0;
}

/* To the first row of the next word: most words have few rows, and a step costs less than a look-up. */
static bool next_word(struct store_cursor *cursor, const struct search_term *term,
                      struct slice *key)
{
    struct slice value;
    bool found = true;
    for (size_t steps = 0; steps < NEAR_STEPS; steps++) {
        found = store_cursor_next(cursor, key, &value);
        if (!found || !is_row_of(*key, term)) {
            return found;
        }
    }
    struct index_key from = index_key(INDEX_WORD);
    index_key_bytes(&from, slice_of(term->text, term->size));
    index_key_u8(&from, 1); /* past all rows of this word */
    return store_cursor_seek(cursor, index_key_slice(&from), key, &value);
}

/* Calls for each word of the index that begins so, at most VOCABULARY_MAX. */
static void each_word(struct search_list *list, struct slice beginning,
                      void (*visit)(void *context, const struct search_term *term), void *context)
{
    struct slice key, value;
    struct index_key from = index_key(INDEX_WORD);
    index_key_bytes(&from, beginning);
    bool found = store_cursor_seek(list->cursor, index_key_slice(&from), &key, &value);
    for (size_t n = 0; found && n < VOCABULARY_MAX; n++) {
        if (key.data[0] != INDEX_WORD || key.size < 1 + beginning.size ||
            memcmp(key.data + 1, beginning.data, beginning.size) != 0) {
            break;
        }
        struct search_term term = term_of(key);
        visit(context, &term);
        found = next_word(list->cursor, &term, &key);
    }
}

struct looking {
    struct stemmer *stemmer;
    struct search_wanted *wanted;
    struct search_list *list;
    struct stems stems;
    size_t compared;
};

static bool has_beginning(const struct search_term *term, const struct search_term *word)
{
    return term->size >= word->size && memcmp(term->text, word->text, word->size) == 0;
}

static bool is_form(struct looking *looking, const struct search_term *term)
{
    struct stems stems;
    stems_of(looking->stemmer, term, &stems);
    return stems_meet(&looking->stems, &stems);
}

static void take_beginning(void *context, const struct search_term *term)
{
    struct looking *looking = context;
    const struct search_term *word = &looking->wanted->word;
    bool exact = term->size == word->size;
    bool form =
        !exact && word->size >= 3 && looking->compared++ < FORMS_MAX && is_form(looking, term);
    if (form) {
        note_stem(looking->wanted, term);
    }
    if (exact || form || looking->wanted->prefix) {
        entry_add(looking->list, term);
    }
}

static void take_form(void *context, const struct search_term *term)
{
    struct looking *looking = context;
    if (!has_beginning(term, &looking->wanted->word) && looking->compared++ < FORMS_MAX &&
        is_form(looking, term)) {
        note_stem(looking->wanted, term);
        entry_add(looking->list, term);
    }
}

static void find_entries(struct search_list *list, struct stemmer *stemmer,
                         struct search_wanted *wanted)
{
    struct looking looking = {.stemmer = stemmer, .wanted = wanted, .list = list};
    struct search_term *word = &wanted->word;
    size_t kept = 0;
    stems_of(stemmer, word, &looking.stems);
    each_word(list, slice_of(word->text, word->size), take_beginning, &looking);
    wanted->scan = scan_size(word, &looking.stems);
    if (wanted->scan < word->size) {
        each_word(list, slice_of(word->text, wanted->scan), take_form, &looking);
    }
    for (size_t i = 0; i < list->count; i++) {
        struct search_entry entry = list->entries[i];
        entry.quality = search_quality_of(wanted, entry.term.text, entry.term.size);
        if (entry.quality != QUALITY_NONE) {
            list->entries[kept++] = entry;
        }
    }
    list->count = kept;
}

/* ---- cells ---- */

/* Title before need before text before comment; within one place exact before stem before prefix. */
uint32_t search_score_of(enum search_quality quality, uint8_t class)
{
    static const uint32_t places[SEARCH_CLASSES] = {
        [SEARCH_TITLE] = 64, [SEARCH_NEED] = 16, [SEARCH_TEXT] = 4, [SEARCH_COMMENT] = 1};
    static const uint32_t qualities[] = {
        [QUALITY_NONE] = 0, [QUALITY_PREFIX] = 4, [QUALITY_STEM] = 6, [QUALITY_EXACT] = 9};
    return places[class] * qualities[quality];
}

/* Cells in the order of their scores: each place is worth more than all that comes after it. */
static enum search_quality cell_quality(size_t cell)
{
    return (enum search_quality)(QUALITY_EXACT - cell % QUALITIES);
}

static struct index_key rows_key(const struct search_term *term, uint8_t class)
{
    struct index_key prefix = index_key(INDEX_WORD);
    index_key_bytes(&prefix, slice_of(term->text, term->size));
    index_key_u8(&prefix, 0);
    index_key_u8(&prefix, class);
    return prefix;
}

/* The document of a row that begins with the prefix; 0 = it does not. */
static uint32_t number_of(struct slice key, const struct index_key *prefix)
{
    struct slice wanted = index_key_slice(prefix);
    bool same = key.size == wanted.size + 4 && memcmp(key.data, wanted.data, wanted.size) == 0;
    return same ? UINT32_MAX - bytes_get_u32(key.data + wanted.size) : 0;
}

/* Goes through at most `most` rows of a word in one place; numbers NULL = only counts them. */
static size_t read_rows(struct store_cursor *cursor, const struct search_term *term, uint8_t class,
                        uint32_t *numbers, size_t most)
{
    struct slice key, value;
    struct index_key prefix = rows_key(term, class);
    size_t count = 0;
    bool more = store_cursor_seek(cursor, index_key_slice(&prefix), &key, &value);
    while (more && count < most) {
        uint32_t number = number_of(key, &prefix);
        if (number == 0) {
            break;
        }
        if (numbers != NULL) {
            numbers[count] = number;
        }
        count++;
        more = count < most && store_cursor_next(cursor, &key, &value);
    }
    return count;
}

static int newest_first(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a > b ? -1 : a < b;
}

/* Several words: their documents are read and sorted. */
static void collect_cell(struct search_list *list, uint8_t class)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count && count < CELL_MAX; i++) {
        const struct search_entry *entry = &list->entries[i];
        if (entry->quality == cell_quality(list->cell) && entry->term.class <= class) {
            if (list->numbers == NULL) {
                list->numbers = memory_resize(NULL, CELL_MAX, sizeof *list->numbers);
            }
            count += read_rows(list->cursor, &entry->term, class, list->numbers + count,
                               CELL_MAX - count);
        }
    }
    if (count > 1) {
        qsort(list->numbers, count, sizeof *list->numbers, newest_first);
    }
    list->number_count = count;
    list->at = 0;
}

/* One word: its rows are in order, and read as they are asked for. */
static void stream_cell(struct search_list *list, uint8_t class)
{
    struct slice value;
    list->streams = false;
    for (size_t i = 0; i < list->count && !list->streams; i++) {
        const struct search_entry *entry = &list->entries[i];
        if (entry->quality == QUALITY_EXACT && entry->term.class <= class) {
            list->prefix = rows_key(&entry->term, class);
            list->streams =
                store_cursor_seek(list->cursor, index_key_slice(&list->prefix), &list->key, &value);
        }
    }
}

static void open_cell(struct search_list *list)
{
    uint8_t class = (uint8_t)(list->cell / QUALITIES);
    list->streams = false;
    list->number_count = 0;
    list->class = class;
    list->score = search_score_of(cell_quality(list->cell), class);
    if (!list->classes[class]) {
        return;
    }
    if (cell_quality(list->cell) == QUALITY_EXACT) {
        stream_cell(list, class);
    } else {
        collect_cell(list, class);
    }
}

static bool next_in_cell(struct search_list *list)
{
    struct slice value;
    if (list->streams) {
        list->number = number_of(list->key, &list->prefix);
        list->streams = list->number != 0 && store_cursor_next(list->cursor, &list->key, &value);
        return list->number != 0;
    }
    while (list->at < list->number_count) {
        uint32_t number = list->numbers[list->at++];
        if (list->at == 1 || number != list->number) {
            list->number = number;
            return true;
        }
    }
    return false;
}

/* ---- the list ---- */

void search_list_open(struct search_list *list, struct store_txn *txn, struct stemmer *stemmer,
                      struct search_wanted *wanted, const bool *classes)
{
    *list = (struct search_list){.txn = txn, .classes = classes};
    list->cursor = store_cursor_open(txn, TABLE_INDEX);
    find_entries(list, stemmer, wanted);
    open_cell(list);
}

bool search_list_next(struct search_list *list)
{
    while (list->cell < CELLS) {
        if (next_in_cell(list)) {
            list->taken++;
            return true;
        }
        if (++list->cell < CELLS) {
            open_cell(list);
        }
    }
    return false;
}

size_t search_list_count(const struct search_list *list, size_t enough)
{
    size_t count = 0;
    struct store_cursor *cursor = store_cursor_open(list->txn, TABLE_INDEX);
    for (size_t i = 0; i < list->count; i++) {
        const struct search_term *term = &list->entries[i].term;
        for (uint8_t class = term->class; class < SEARCH_CLASSES && count < enough; class ++) {
            count +=
                list->classes[class] ? read_rows(cursor, term, class, NULL, enough - count) : 0;
        }
    }
    store_cursor_close(cursor);
    return count;
}

void search_list_close(struct search_list *list)
{
    store_cursor_close(list->cursor);
    free(list->entries);
    free(list->numbers);
}
