/* proposal.alike: which proposals there are already that say much the same as what somebody is typing.
 *
 * Each proposal has a row of 16-bit hashes: stems of the words of its titles, stems of its needs, trigrams of its titles
 * (for misspelled and compound words). A question goes once through the rows to learn how rare its words are and once more
 * to score each proposal: a few milliseconds for 10,000. Rare words count more, short ones less, order not at all.
 * Invariant: the row follows from the document alone. Start at search_alike(). */
#include "assembly/search.h"
#include "base/bytes.h"
#include "base/fatal.h"
#include "base/memory.h"

#include <stdlib.h>

enum {
    PART_MAX = 400,   /* hashes of one part */
    ROWS_MAX = 20000, /* proposals looked at, the newest */
    NEAREST = 5,
    HASHES = 65536,
    HEAD = ID_SIZE + 3 * 2,
    ENOUGH = 330, /* of about 1,000: below this two proposals have little in common */
};
enum part { PART_TITLE, PART_NEED, PART_TRIGRAMS, PARTS };

struct hashes {
    uint16_t items[PARTS][PART_MAX];
    size_t count[PARTS];
    bool brief[PARTS][PART_MAX]; /* of a word of three letters or fewer */
};

/* ---- hashes of a text ---- */

static uint16_t hash_of(const uint8_t *bytes, size_t size)
{
    uint32_t hash = 2166136261u; /* FNV-1a, folded */
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * 16777619u;
    }
    return (uint16_t)(hash >> 16 ^ hash);
}

static void add(struct hashes *hashes, enum part part, uint16_t hash, bool brief)
{
    size_t count = hashes->count[part];
    for (size_t i = 0; i < count; i++) {
        if (hashes->items[part][i] == hash) {
            return;
        }
    }
    if (count < PART_MAX) {
        hashes->items[part][count] = hash;
        hashes->brief[part][count] = brief;
        hashes->count[part]++;
    }
}

/* "_velo_": a word with its ends marked. */
static void add_trigrams(struct hashes *hashes, const struct fold_word *word)
{
    uint8_t padded[FOLD_WORD_MAX + 2];
    padded[0] = '_';
    memcpy(padded + 1, word->text, word->size);
    padded[word->size + 1] = '_';
    for (size_t i = 0; word->size > 2 && i + 3 <= word->size + 2; i++) {
        add(hashes, PART_TRIGRAMS, hash_of(padded + i, 3), false);
    }
}

struct hashing {
    struct stemmer *stemmer;
    struct hashes *hashes;
};

static void add_text(struct hashing *hashing, enum part part, struct slice language,
                     struct slice text)
{
    uint8_t stem[FOLD_WORD_MAX];
    struct fold_word word;
    struct fold_reader reader = fold_reader_of(text);
    enum stem_language speaks = stem_language_of(language);
    while (fold_next(&reader, &word)) {
        size_t size = stem_word(hashing->stemmer, speaks, slice_of(word.text, word.size), stem);
        add(hashing->hashes, part, hash_of(stem, size), word.size <= 3);
        if (part == PART_TITLE) {
            add_trigrams(hashing->hashes, &word);
        }
    }
}

static void visit_text(void *context, const char *field, enum search_class class,
                       struct slice language, struct slice text)
{
    if (strcmp(field, "number") != 0 && class <= SEARCH_NEED) {
        add_text(context, class == SEARCH_TITLE ? PART_TITLE : PART_NEED, language, text);
    }
}

/* ---- rows ---- */

static uint16_t get_u16(const uint8_t *from)
{
    return (uint16_t)(from[0] << 8 | from[1]);
}

void search_alike_store(struct change *change, uint32_t number, struct id id,
                        const json_t *document)
{
    struct buffer row;
    struct slice before;
    struct index_key key = index_key(INDEX_ALIKE);
    struct hashing hashing = {.stemmer = stemmer_new(),
                              .hashes = memory_new(1, sizeof *hashing.hashes)};
    search_texts(search_kind_of(DOCUMENT_PROPOSAL), document, visit_text, &hashing);
    index_key_u32(&key, number);
    buffer_init(&row, HEAD + 2 * PARTS * PART_MAX);
    buffer_append_slice(&row, id_slice(&id));
    for (size_t part = 0; part < PARTS; part++) {
        buffer_append_u16(&row, (uint16_t)hashing.hashes->count[part]);
    }
    for (size_t part = 0; part < PARTS; part++) {
        for (size_t i = 0; i < hashing.hashes->count[part]; i++) {
            buffer_append_u16(&row, hashing.hashes->items[part][i]);
        }
    }
    assert_always(buffer_ok(&row));
    if (!store_get(change->txn, TABLE_INDEX, index_key_slice(&key), &before) ||
        !slice_equal(before, buffer_slice(&row))) {
        store_put(change->txn, TABLE_INDEX, index_key_slice(&key), buffer_slice(&row));
    }
    buffer_free(&row);
    free(hashing.hashes);
    stemmer_free(hashing.stemmer);
}

/* ---- asking ---- */

struct near {
    struct id id;
    uint32_t number, score;
};
struct asking {
    struct hashes asked;
    struct id without;
    uint32_t rows;
    uint32_t seen[HASHES];   /* proposals that have this stem, of the stems asked for */
    uint16_t weight[HASHES]; /* of a stem asked for in title or need */
    bool of_title[HASHES];   /* asked for in the title */
    bool is_asked[HASHES];   /* a stem asked for */
    bool is_trigram[HASHES]; /* a trigram asked for */
    uint32_t title_weight, need_weight;
    struct near nearest[NEAREST];
    size_t count;
};

static void each_row(struct request *request, struct asking *asking,
                     void (*visit)(struct asking *asking, struct slice key, struct slice row))
{
    struct slice key, row;
    uint8_t end = INDEX_ALIKE + 1;
    struct store_cursor *cursor = store_cursor_open(request_txn(request), TABLE_INDEX);
    bool found = store_cursor_before(cursor, slice_of(&end, 1), &key, &row);
    for (size_t n = 0; found && n < ROWS_MAX && key.data[0] == INDEX_ALIKE; n++) {
        visit(asking, key, row);
        found = store_cursor_previous(cursor, &key, &row);
    }
    store_cursor_close(cursor);
}

static void count_row(struct asking *asking, struct slice key, struct slice row)
{
    size_t stems = (size_t)get_u16(row.data + ID_SIZE) + get_u16(row.data + ID_SIZE + 2);
    (void)key;
    asking->rows++;
    for (size_t i = 0; i < stems; i++) {
        asking->seen[get_u16(row.data + HEAD + 2 * i)]++;
    }
}

/* 16 × log2(rows / seen), at least 1: a word that all have says nothing. */
static uint32_t rarity(uint32_t rows, uint32_t seen)
{
    uint64_t ratio = ((uint64_t)rows + 2) * 65536 / (seen + 1);
    uint32_t whole = 0;
    while (ratio >= 131072) {
        ratio >>= 1;
        whole++;
    }
    uint32_t part = ratio > 65536 ? (uint32_t)((ratio - 65536) >> 12) : 0;
    return 1 + 16 * whole + part;
}

static uint32_t weigh_part(struct asking *asking, enum part part)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < asking->asked.count[part]; i++) {
        uint16_t hash = asking->asked.items[part][i];
        uint32_t weight = rarity(asking->rows, asking->seen[hash]);
        weight = asking->asked.brief[part][i] ? 1 + weight / 4 : weight;
        asking->weight[hash] = (uint16_t)weight;
        asking->is_asked[hash] = true;
        asking->of_title[hash] = asking->of_title[hash] || part == PART_TITLE;
        sum += weight;
    }
    return sum;
}

static void weigh(struct asking *asking)
{
    asking->title_weight = weigh_part(asking, PART_TITLE);
    asking->need_weight = weigh_part(asking, PART_NEED);
    for (size_t i = 0; i < asking->asked.count[PART_TRIGRAMS]; i++) {
        asking->is_trigram[asking->asked.items[PART_TRIGRAMS][i]] = true;
    }
}

/* Shared weight of the words of one part of a row: with the asked title, and with all that was asked. */
struct shared {
    uint32_t title, all, count;
};

static struct shared shared_of(const struct asking *asking, const uint8_t *hashes, size_t count)
{
    struct shared shared = {0};
    for (size_t i = 0; i < count; i++) {
        uint16_t hash = get_u16(hashes + 2 * i);
        if (asking->is_asked[hash]) {
            shared.all += asking->weight[hash];
            shared.title += asking->of_title[hash] ? asking->weight[hash] : 0;
            shared.count += asking->of_title[hash];
        }
    }
    return shared;
}

static uint32_t share(uint32_t part, uint32_t whole, uint32_t points)
{
    part = part > whole ? whole : part;
    return whole == 0 ? 0 : part * points / whole;
}

/* About 1,000 for the same words: title by words and by trigrams, then what the needs have in common. */
static uint32_t score_row(const struct asking *asking, struct slice row)
{
    size_t titles = get_u16(row.data + ID_SIZE), needs = get_u16(row.data + ID_SIZE + 2);
    size_t trigrams = get_u16(row.data + ID_SIZE + 4);
    const uint8_t *at = row.data + HEAD;
    struct shared title = shared_of(asking, at, titles);
    struct shared need = shared_of(asking, at + 2 * titles, needs);
    uint32_t same = 0, all = (uint32_t)(trigrams + asking->asked.count[PART_TRIGRAMS]);
    at += 2 * (titles + needs);
    for (size_t i = 0; i < trigrams; i++) {
        same += asking->is_trigram[get_u16(at + 2 * i)];
    }
    uint32_t words = share(title.title + need.title / 2, asking->title_weight, 450) +
                     share(title.count, (uint32_t)titles, 150);
    uint32_t letters = share(2 * same, all, 600);
    uint32_t texts = share(title.all + need.all, asking->title_weight + asking->need_weight, 400);
    uint32_t best = words > letters ? words : letters;
    uint32_t least = words > letters ? letters : words;
    return asking->title_weight == 0 ? 2 * texts : best + least / 3 + texts / 2;
}

static void take_row(struct asking *asking, struct slice key, struct slice row)
{
    struct near near = {.number = bytes_get_u32(key.data + 1), .score = score_row(asking, row)};
    memcpy(near.id.bytes, row.data, ID_SIZE);
    if (near.score < ENOUGH || id_equal(near.id, asking->without)) {
        return;
    }
    size_t at = asking->count;
    while (at > 0 && asking->nearest[at - 1].score < near.score) {
        at--;
    }
    if (at == NEAREST) {
        return;
    }
    asking->count += asking->count < NEAREST;
    memmove(&asking->nearest[at + 1], &asking->nearest[at],
            (asking->count - 1 - at) * sizeof asking->nearest[0]);
    asking->nearest[at] = near;
}

static void answer(struct request *request, const struct asking *asking)
{
    json_t *items = json_array();
    for (size_t i = 0; i < asking->count; i++) {
        struct id id = asking->nearest[i].id;
        if (document_is_readable(request_txn(request), DOCUMENT_PROPOSAL, id, &request->caller)) {
            json_array_append_new(items,
                                  document_load(request_txn(request), DOCUMENT_PROPOSAL_CARD, id));
        }
    }
    request->result = json_object();
    json_put(request->result, "items", items);
}

/* One word of four letters at least. */
static bool says_something(const struct hashes *asked)
{
    for (size_t part = PART_TITLE; part <= PART_NEED; part++) {
        for (size_t i = 0; i < asked->count[part]; i++) {
            if (!asked->brief[part][i]) {
                return true;
            }
        }
    }
    return false;
}

enum error search_alike(struct request *request)
{
    struct slice language = request_text(request, "language");
    struct asking *asking = memory_new(1, sizeof *asking);
    struct hashing hashing = {.stemmer = stemmer_new(), .hashes = &asking->asked};
    asking->without = request_ref(request, "not", NUMBER_PROPOSAL);
    add_text(&hashing, PART_TITLE, language, request_text(request, "title"));
    add_text(&hashing, PART_NEED, language, request_text(request, "need"));
    if (says_something(&asking->asked)) {
        each_row(request, asking, count_row);
        weigh(asking);
        each_row(request, asking, take_row);
    }
    answer(request, asking);
    stemmer_free(hashing.stemmer);
    free(asking);
    return ERROR_NONE;
}
