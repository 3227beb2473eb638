/* The documents that one wanted word finds in the index, as sets.
 *
 * A word finds itself, forms of it (same stem in French, Dutch or English) and, the last one typed, what begins with it. Its
 * documents stand in cells, a cell being one place and one quality, in the order of their scores: each a set by blocks of
 * the index (search_words.c). Places are read one by one, the best first, so whoever has enough can stop; the words that
 * begin so stand side by side and are read in one go, at most ROWS_MAX rows. Invariant: a cell that was read holds all
 * documents that have the word so, there. Start at search_list_read(). */
#include "assembly/search.h"
#include "base/memory.h"

#include <stdlib.h>

enum { ROWS_MAX = 10000 /* of the words that begin so, in one place */ };

/* Title before need before text before comment; within one place exact before stem before prefix: each place is worth more
 * than all that comes after it. */
uint32_t search_score_of(enum search_quality quality, uint8_t class)
{
    static const uint32_t places[SEARCH_CLASSES] = {
        [SEARCH_TITLE] = 64, [SEARCH_NEED] = 16, [SEARCH_TEXT] = 4, [SEARCH_COMMENT] = 1};
    static const uint32_t qualities[] = {
        [QUALITY_NONE] = 0, [QUALITY_PREFIX] = 4, [QUALITY_STEM] = 6, [QUALITY_EXACT] = 9};
    return places[class] * qualities[quality];
}

enum search_quality search_cell_quality(size_t cell)
{
    return (enum search_quality)(QUALITY_EXACT - cell % SEARCH_QUALITIES);
}

uint8_t search_cell_class(size_t cell)
{
    return (uint8_t)(cell / SEARCH_QUALITIES);
}

/* ---- sets ---- */

static void add_row(struct search_list *list, uint8_t class, enum search_quality quality,
                    struct slice key, struct slice value)
{
    size_t block = search_block_of_key(key);
    size_t cell = (size_t) class * SEARCH_QUALITIES + (size_t)(QUALITY_EXACT - quality);
    if (block < list->blocks) {
        struct search_bits **set = &list->sets[cell * list->blocks + block];
        *set = *set == NULL ? arena_new(&list->bits, 1, sizeof **set) : *set;
        search_bits_add(*set, value);
        list->found = true;
    }
}

/* ---- rows ---- */

static bool begins_with(struct slice key, struct slice beginning)
{
    return key.size >= beginning.size && memcmp(key.data, beginning.data, beginning.size) == 0;
}

static void read_word(struct search_list *list, struct store_cursor *cursor, uint8_t class,
                      const struct search_term *word, enum search_quality quality)
{
    struct slice key, value;
    struct index_key rows = search_word_key(class, slice_of(word->text, word->size));
    bool more = store_cursor_seek(cursor, index_key_slice(&rows), &key, &value);
    while (more && begins_with(key, index_key_slice(&rows))) {
        add_row(list, class, quality, key, value);
        more = store_cursor_next(cursor, &key, &value);
    }
}

/* All words that begin so, among them the word itself and forms of it. A key: prefix, class, word, 0, block. */
static void read_beginning(struct search_list *list, struct store_cursor *cursor, uint8_t class)
{
    enum { BEFORE = 2, BEHIND = 5 };
    struct slice key, value;
    const struct search_term *word = &list->wanted->word;
    struct index_key rows = search_word_key(class, slice_of(word->text, word->size));
    struct slice beginning = slice_of(rows.bytes, rows.size - 1);
    bool more = store_cursor_seek(cursor, beginning, &key, &value);
    for (size_t n = 0; more && n < ROWS_MAX && begins_with(key, beginning); n++) {
        size_t size = key.size - BEFORE - BEHIND;
        enum search_quality quality =
            size == word->size ? QUALITY_EXACT
            : list->wanted->stem_count == 0
                ? QUALITY_PREFIX
                : search_quality_of(list->wanted, key.data + BEFORE, size);
        add_row(list, class, quality, key, value);
        more = store_cursor_next(cursor, &key, &value);
    }
}

void search_list_read(struct search_list *list, struct store_cursor *cursor, uint8_t class)
{
    const struct search_wanted *wanted = list->wanted;
    const struct search_term *word = &wanted->word;
    if (wanted->prefix) {
        read_beginning(list, cursor, class);
    } else {
        read_word(list, cursor, class, word, QUALITY_EXACT);
    }
    for (size_t i = 0; i < wanted->stem_count; i++) {
        const struct search_term *form = &wanted->stems[i];
        bool begins = form->size > word->size && memcmp(form->text, word->text, word->size) == 0;
        if (!wanted->prefix || !begins) {
            read_word(list, cursor, class, form, QUALITY_STEM);
        }
    }
}

void search_list_open(struct search_list *list, const struct search_wanted *wanted, size_t blocks)
{
    *list = (struct search_list){.wanted = wanted, .blocks = blocks};
    list->sets = memory_new(SEARCH_CELLS * blocks, sizeof(struct search_bits *));
    arena_init(&list->bits, SEARCH_CELLS * blocks * sizeof(struct search_bits));
}

void search_list_close(struct search_list *list)
{
    arena_free(&list->bits);
    free(list->sets);
}
