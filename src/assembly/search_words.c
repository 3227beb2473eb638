/* The words of the index: which documents have a word, and which forms it has.
 *
 *   INDEX_WORD        class u8 ‖ word ‖ 0 ‖ inverse block u32 → the block's documents that have the word best there
 *   INDEX_VOCABULARY  word → its stems, a language after the other: letters kept u8 ‖ size u8 ‖ letters put instead
 *
 * A block is 2,048 numbers. Its value lists them (u16 each, ascending), or from 128 on has a bit for each: so the commonest
 * word of a long discussion is read in a few rows, and sets of documents are cut by words of 64 bits.
 *
 * Words that come are gathered in the batch and written in their order at the end of the transaction, each row once,
 * however many of its documents have the word. Invariants: a row follows from the set of documents alone, none is empty; the
 * vocabulary has the words that have a row, and no others; a transaction that has gathered words cannot be committed.
 * Start at search_word_add() and search_words_write(). */
#include "assembly/search.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>

enum {
    LIST_MAX = 127, /* numbers of a block that are listed */
    BITS_SIZE = SEARCH_BLOCK / 8,
    GATHERED_MAX = 50000,  /* words of a transaction, before they are written */
    VOCABULARY_MAX = 6000, /* words of the index looked at for one word */
    STEM_SCAN_MIN = 2,     /* letters with which forms of a word begin alike */
};

/* ---- sets of documents ---- */

static unsigned u16_at(const uint8_t *from)
{
    return (unsigned)from[0] << 8 | from[1];
}

void search_bits_add(struct search_bits *bits, struct slice value)
{
    if (value.size == BITS_SIZE) {
        for (size_t i = 0; i < SEARCH_BLOCK_BITS; i++) {
            bits->of[i] |= bytes_get_u64(value.data + 8 * i);
        }
        return;
    }
    for (size_t at = 0; at + 2 <= value.size; at += 2) {
        unsigned number = u16_at(value.data + at) % SEARCH_BLOCK;
        bits->of[number / 64] |= UINT64_C(1) << number % 64;
    }
}

static size_t count_of(const struct search_bits *bits)
{
    size_t count = 0;
    for (size_t i = 0; i < SEARCH_BLOCK_BITS; i++) {
        count += (size_t)__builtin_popcountll(bits->of[i]);
    }
    return count;
}

static struct slice encode(const struct search_bits *bits, uint8_t value[BITS_SIZE])
{
    size_t size = 0;
    if (count_of(bits) > LIST_MAX) {
        for (size_t i = 0; i < SEARCH_BLOCK_BITS; i++) {
            bytes_put_u64(value + 8 * i, bits->of[i]);
        }
        return slice_of(value, BITS_SIZE);
    }
    for (size_t i = 0; i < SEARCH_BLOCK_BITS; i++) {
        for (uint64_t left = bits->of[i]; left != 0; left &= left - 1) {
            size_t number = 64 * i + (size_t)__builtin_ctzll(left);
            value[size++] = (uint8_t)(number >> 8);
            value[size++] = (uint8_t)number;
        }
    }
    return slice_of(value, size);
}

/* ---- keys ---- */

struct index_key search_word_key(uint8_t class, struct slice word)
{
    struct index_key key = index_key(INDEX_WORD);
    index_key_u8(&key, class);
    index_key_bytes(&key, word);
    index_key_u8(&key, 0);
    return key;
}

static struct index_key row_key(const struct search_term *term, uint32_t number)
{
    struct index_key key = search_word_key(term->class, slice_of(term->text, term->size));
    index_key_u32(&key, UINT32_MAX - number / SEARCH_BLOCK);
    return key;
}

uint32_t search_block_of_key(struct slice key)
{
    return UINT32_MAX - bytes_get_u32(key.data + key.size - 4);
}

static struct index_key vocabulary_key(struct slice word)
{
    struct index_key key = index_key(INDEX_VOCABULARY);
    index_key_bytes(&key, word);
    return key;
}

static bool begins_with(struct slice key, struct slice beginning)
{
    return key.size >= beginning.size && memcmp(key.data, beginning.data, beginning.size) == 0;
}

/* Keys that follow each other cost less by a cursor. */
static bool find(struct store_cursor *cursor, const struct index_key *wanted, struct slice *value)
{
    struct slice key;
    return store_cursor_seek(cursor, index_key_slice(wanted), &key, value) &&
           slice_equal(key, index_key_slice(wanted));
}

/* ---- the vocabulary ---- */

struct stems {
    uint8_t text[STEM_LANGUAGES][FOLD_WORD_MAX];
    size_t size[STEM_LANGUAGES];
};

static void stems_of(struct stemmer *stemmer, struct slice word, struct stems *stems)
{
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        stems->size[i] = stem_word(stemmer, (enum stem_language)i, word, stems->text[i]);
    }
}

static size_t kept_of(struct slice word, const struct stems *stems, size_t language)
{
    size_t kept = 0;
    while (kept < word.size && kept < stems->size[language] &&
           stems->text[language][kept] == word.data[kept]) {
        kept++;
    }
    return kept;
}

/* The word is in the vocabulary afterwards. *stemmer is made once it is needed. */
static void vocabulary_note(struct store_cursor *cursor, struct stemmer **stemmer,
                            struct slice word)
{
    uint8_t bytes[STEM_LANGUAGES * (2 + FOLD_WORD_MAX)];
    size_t size = 0;
    struct slice value;
    struct stems stems;
    struct index_key key = vocabulary_key(word);
    if (find(cursor, &key, &value)) {
        return;
    }
    *stemmer = *stemmer == NULL ? stemmer_new() : *stemmer;
    stems_of(*stemmer, word, &stems);
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        size_t kept = kept_of(word, &stems, i), more = stems.size[i] - kept;
        bytes[size++] = (uint8_t)kept;
        bytes[size++] = (uint8_t)more;
        memcpy(bytes + size, stems.text[i] + kept, more);
        size += more;
    }
    store_cursor_put(cursor, index_key_slice(&key), slice_of(bytes, size));
}

/* A row of the word has gone. */
static void vocabulary_review(struct change *change, struct slice word)
{
    struct slice key, value;
    struct store_cursor *cursor = store_cursor_open(change->txn, TABLE_INDEX);
    bool there = false;
    for (uint8_t class = 0; class < SEARCH_CLASSES && !there; class ++) {
        struct index_key rows = search_word_key(class, word);
        there = store_cursor_seek(cursor, index_key_slice(&rows), &key, &value) &&
                begins_with(key, index_key_slice(&rows));
    }
    store_cursor_close(cursor);
    if (!there) {
        struct index_key own = vocabulary_key(word);
        change_unindex(change, index_key_slice(&own));
    }
}

/* ---- writing ---- */

struct gathered {
    uint32_t number;
    struct search_term term;
};

/* By place, word and number. Behind a word stand zeros, which no word has. */
static int compare_gathered(const void *left, const void *right)
{
    const struct gathered *a = left, *b = right;
    if (a->term.class != b->term.class) {
        return (int)a->term.class - (int)b->term.class;
    }
    for (size_t at = 0; at < FOLD_WORD_MAX; at += 8) {
        uint64_t first = bytes_get_u64(a->term.text + at), other = bytes_get_u64(b->term.text + at);
        if (first != other) {
            return first < other ? -1 : 1;
        }
    }
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool same_row(const struct gathered *a, const struct gathered *b)
{
    return a->number / SEARCH_BLOCK == b->number / SEARCH_BLOCK && a->term.class == b->term.class &&
           a->term.size == b->term.size && memcmp(a->term.text, b->term.text, a->term.size) == 0;
}

struct writing {
    struct store_cursor *rows, *vocabulary;
    struct stemmer *stemmer; /* NULL = not needed so far */
};

/* Documents that one row gets; how many of what was gathered that is. */
static size_t write_row(struct writing *writing, const struct gathered *gathered, size_t count)
{
    uint8_t bytes[BITS_SIZE];
    struct slice before;
    struct search_bits bits = {{0}};
    struct index_key key = row_key(&gathered->term, gathered->number);
    size_t taken = 0;
    if (find(writing->rows, &key, &before)) {
        search_bits_add(&bits, before);
    } else {
        vocabulary_note(writing->vocabulary, &writing->stemmer,
                        slice_of(gathered->term.text, gathered->term.size));
    }
    while (taken < count && same_row(gathered, &gathered[taken])) {
        uint32_t number = gathered[taken++].number % SEARCH_BLOCK;
        bits.of[number / 64] |= UINT64_C(1) << number % 64;
    }
    store_cursor_put(writing->rows, index_key_slice(&key), encode(&bits, bytes));
    return taken;
}

void search_words_write(struct batch *batch, struct store_txn *txn)
{
    size_t count = batch->gathered_count;
    if (count == 0) {
        return;
    }
    struct writing writing = {.rows = store_cursor_open(txn, TABLE_INDEX),
                              .vocabulary = store_cursor_open(txn, TABLE_INDEX)};
    qsort(batch->gathered, count, sizeof *batch->gathered, compare_gathered);
    for (size_t at = 0; at < count;) {
        at += write_row(&writing, batch->gathered + at, count - at);
    }
    batch->gathered_count = 0;
    store_cursor_close(writing.rows);
    store_cursor_close(writing.vocabulary);
    if (writing.stemmer != NULL) {
        stemmer_free(writing.stemmer);
    }
}

void search_words_free(struct batch *batch)
{
    free(batch->gathered);
    batch->gathered = NULL;
    batch->gathered_count = batch->gathered_capacity = 0;
}

void search_word_add(struct change *change, const struct search_term *term, uint32_t number)
{
    struct batch *batch = change->work->batch;
    if (batch->gathered_count == GATHERED_MAX) {
        search_words_write(batch, change->txn);
    }
    if (batch->gathered_count == batch->gathered_capacity) {
        batch->gathered_capacity =
            batch->gathered_capacity == 0 ? 256 : 2 * batch->gathered_capacity;
        batch->gathered =
            memory_resize(batch->gathered, batch->gathered_capacity, sizeof *batch->gathered);
    }
    store_attach(change->txn, batch);
    batch->gathered[batch->gathered_count++] = (struct gathered){.number = number, .term = *term};
}

void search_word_remove(struct change *change, const struct search_term *term, uint32_t number)
{
    uint8_t bytes[BITS_SIZE];
    struct slice value;
    struct search_bits bits = {{0}};
    struct index_key key = row_key(term, number);
    search_words_write(change->work->batch, change->txn);
    if (!store_get(change->txn, TABLE_INDEX, index_key_slice(&key), &value)) {
        return;
    }
    search_bits_add(&bits, value);
    bits.of[number % SEARCH_BLOCK / 64] &= ~(UINT64_C(1) << number % 64);
    value = encode(&bits, bytes);
    if (value.size > 0) {
        store_put(change->txn, TABLE_INDEX, index_key_slice(&key), value);
    } else {
        change_unindex(change, index_key_slice(&key));
        vocabulary_review(change, slice_of(term->text, term->size));
    }
}

/* ---- reading ---- */

/* Those of one row, the newest first. */
static bool scan_row(struct slice key, struct slice value,
                     bool (*visit)(void *context, uint32_t number), void *context)
{
    struct search_bits bits = {{0}};
    uint32_t first = search_block_of_key(key) * SEARCH_BLOCK;
    search_bits_add(&bits, value);
    for (size_t i = SEARCH_BLOCK_BITS; i-- > 0;) {
        for (uint64_t left = bits.of[i]; left != 0;) {
            unsigned bit = 63U - (unsigned)__builtin_clzll(left);
            left &= ~(UINT64_C(1) << bit);
            if (!visit(context, first + (uint32_t)(64 * i) + bit)) {
                return false;
            }
        }
    }
    return true;
}

void search_word_scan(struct store_txn *txn, struct slice word,
                      bool (*visit)(void *context, uint32_t number), void *context)
{
    struct slice key, value;
    struct batch *batch = store_attached(txn);
    if (batch != NULL) {
        search_words_write(batch, txn);
    }
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_INDEX);
    bool goes_on = true;
    for (uint8_t class = 0; class < SEARCH_CLASSES && goes_on; class ++) {
        struct index_key rows = search_word_key(class, word);
        bool more = store_cursor_seek(cursor, index_key_slice(&rows), &key, &value);
        while (goes_on && more && begins_with(key, index_key_slice(&rows))) {
            goes_on = scan_row(key, value, visit, context);
            more = goes_on && store_cursor_next(cursor, &key, &value);
        }
    }
    store_cursor_close(cursor);
}

/* ---- forms of a word ---- */

/* Does the word, whose stems these are, have one in common with the wanted one? */
static bool stems_meet(const struct stems *wanted, struct slice word, struct slice value)
{
    const uint8_t *at = value.data;
    bool meet = false;
    for (size_t i = 0; i < STEM_LANGUAGES && !meet; i++) {
        size_t kept = at[0], more = at[1];
        meet = kept + more == wanted->size[i] && kept + more >= 3 &&
               memcmp(word.data, wanted->text[i], kept) == 0 &&
               memcmp(at + 2, wanted->text[i] + kept, more) == 0;
        at += 2 + more;
    }
    return meet;
}

/* How many letters all forms of the word share at least: what its stems keep of it, less one that may turn (city, cities;
 * maan, manen). */
static size_t scan_size(struct slice word, const struct stems *stems)
{
    size_t size = word.size;
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        size_t kept = kept_of(word, stems, i);
        size = kept < size ? kept : size;
    }
    return size <= STEM_SCAN_MIN ? STEM_SCAN_MIN : size - 1;
}

static void note_form(struct search_wanted *wanted, struct slice word)
{
    enum { STEP = 8 };
    if (wanted->stem_count % STEP == 0) {
        wanted->stems =
            memory_resize(wanted->stems, wanted->stem_count + STEP, sizeof *wanted->stems);
    }
    struct search_term *form = &wanted->stems[wanted->stem_count++];
    *form = (struct search_term){.size = (uint8_t)word.size};
    memcpy(form->text, word.data, word.size);
}

/* Most words that are looked for stand in the vocabulary. */
static void own_stems(struct store_txn *txn, struct stemmer **stemmer, struct slice word,
                      struct stems *stems)
{
    struct slice value;
    struct index_key key = vocabulary_key(word);
    if (!store_get(txn, TABLE_INDEX, index_key_slice(&key), &value)) {
        *stemmer = *stemmer == NULL ? stemmer_new() : *stemmer;
        stems_of(*stemmer, word, stems);
        return;
    }
    const uint8_t *at = value.data;
    for (size_t i = 0; i < STEM_LANGUAGES; i++) {
        memcpy(stems->text[i], word.data, at[0]);
        memcpy(stems->text[i] + at[0], at + 2, at[1]);
        stems->size[i] = (size_t)at[0] + at[1];
        at += 2 + at[1];
    }
}

void search_forms_find(struct store_txn *txn, struct store_cursor *cursor, struct stemmer **stemmer,
                       struct search_wanted *wanted)
{
    struct stems stems;
    struct slice key, value, own = slice_of(wanted->word.text, wanted->word.size);
    if (own.size < 3) {
        return; /* no forms: scan is the whole word */
    }
    own_stems(txn, stemmer, own, &stems);
    wanted->scan = scan_size(own, &stems);
    struct index_key from = vocabulary_key(slice_of(own.data, wanted->scan));
    bool more = store_cursor_seek(cursor, index_key_slice(&from), &key, &value);
    for (size_t n = 0; more && n < VOCABULARY_MAX && wanted->stem_count < SEARCH_STEMS_MAX; n++) {
        if (!begins_with(key, index_key_slice(&from))) {
            break;
        }
        struct slice word = slice_of(key.data + 1, key.size - 1);
        if (stems_meet(&stems, word, value) && !slice_equal(word, own)) {
            note_form(wanted, word);
        }
        more = store_cursor_next(cursor, &key, &value);
    }
}
