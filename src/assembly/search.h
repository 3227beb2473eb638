/* Finding things by their words: what the files of the concept share, and what document.c tells it.
 * Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_SEARCH_H
#define PALABRE_ASSEMBLY_SEARCH_H

#include "assembly/concept.h"
#include "assembly/parts.h"
#include "base/arena.h"
#include "base/fold.h"
#include "base/stem.h"

/* Where a word stands, the best place first: how results are ranked. */
enum search_class { SEARCH_TITLE, SEARCH_NEED, SEARCH_TEXT, SEARCH_COMMENT, SEARCH_CLASSES };

/* One member of a document that is searched: a text, a number, an object of texts by language, or a list of objects whose
 * member `inner` is one of these. */
struct search_field {
    const char *name, *inner; /* name NULL ends */
    enum search_class class;
};
struct search_kind {
    uint8_t document; /* enum document_code; 0 ends the table */
    const char *word; /* as parameters and results name it: the kind of the document */
    const struct search_field *fields;
    bool (*keep)(const json_t *document); /* NULL = all are found */
    bool open; /* every reader may know of it, whatever topics it stands in */
};
/* To have another kind of document found: a line here. */
extern const struct search_kind search_kinds[];
extern const char *const search_kind_words[]; /* the same kinds, NULL-terminated */
const struct search_kind *search_kind_of(uint8_t document);

/* Every text of the document that is searched. */
typedef void (*search_visit)(void *context, const char *field, enum search_class class,
                             struct slice language, struct slice text);
void search_texts(const struct search_kind *kind, const json_t *document, search_visit visit,
                  void *context);

/* A word and the best place where a document has it. */
struct search_term {
    uint8_t size, class;
    uint8_t text[FOLD_WORD_MAX]; /* of a document's words: zeros behind it */
};

/* Words of a document. */
struct search_terms {
    struct search_term *items; /* owned */
    size_t count, capacity;
};
/* A letter alone is left out: nobody looks for it. So is what is too much. */
void search_terms_add(struct search_terms *terms, const struct fold_word *word,
                      enum search_class class);

/* What the index keeps of a document that is searched (search_row.c): views into the row INDEX_SEARCHED. */
struct search_row {
    uint8_t kind;
    struct id id;
    struct slice topics; /* it stands in, TOPIC_KEY_SIZE each; none of a kind that is open */
    uint8_t on_kind;     /* enum document_code; 0 = it stands on nothing */
    struct id on;
    struct slice number; /* as people see it */
    struct slice texts;  /* not yet read */
};
/* A text of a row, with mentions as people read them. */
struct search_text {
    enum search_class class;
    bool number; /* found by, but not shown as a text */
    struct slice language, text;
    struct slice words; /* what is known of each, so that few are folded: SEARCH_WORD_SIZE bytes */
};
enum {
    SEARCH_WORD_SIZE = 3
}; /* hash u8 ‖ first byte u8 ‖ distance u8 of its beginning from that of the one before */
/* Of a folded word. */
uint8_t search_hash_of(const uint8_t *text, size_t size);
/* Appends the row, and its words in the order of the texts to terms. */
void search_row_write(struct buffer *out, struct store_txn *txn, struct search_terms *terms,
                      const struct search_kind *kind, struct id id, const json_t *document,
                      const struct topic *topics, size_t count);
struct search_row search_row_of(struct slice bytes);
/* false = no more. */
bool search_row_next(struct search_row *row, struct search_text *text);
/* Where it is kept; false = there is no such number, or no number of such a document. */
struct index_key search_row_key(uint32_t number);
bool search_row_bytes(struct store_txn *txn, uint32_t number, struct slice *bytes);
bool search_number_of(struct store_txn *txn, uint8_t kind, struct id id, uint32_t *number);
/* The greatest number given so far; 0 = none. */
uint32_t search_last_number(struct store_txn *txn);

/* Documents that have a word in one place are kept by blocks of so many numbers, a bit each (search_words.c). */
enum { SEARCH_BLOCK = 2048, SEARCH_BLOCK_BITS = SEARCH_BLOCK / 64 };
struct search_bits {
    uint64_t of[SEARCH_BLOCK_BITS]; /* number n: bit n % 64 of of[n % SEARCH_BLOCK / 64] */
};
/* Adds the documents that the value of a row INDEX_WORD names; at most SEARCH_BLOCK numbers. */
void search_bits_add(struct search_bits *bits, struct slice value);
/* Key of the rows of a word in a place, newest block first; an inverse u32 of the block follows. */
struct index_key search_word_key(uint8_t class, struct slice word);
uint32_t search_block_of_key(struct slice key);
/* The document has the word there: written at the end of the transaction, with all others. */
void search_word_add(struct change *change, const struct search_term *term, uint32_t number);
/* It has no longer; written at once. */
void search_word_remove(struct change *change, const struct search_term *term, uint32_t number);
/* The documents that have the word, the best place first, then the newest, until visit returns false. In a transaction that
 * writes, what was added before is seen. */
void search_word_scan(struct store_txn *txn, struct slice word,
                      bool (*visit)(void *context, uint32_t number), void *context);

/* A document was stored (document.c): its words, and for a proposal what it resembles, are brought up to date. Documents
 * of other kinds cost a look at a table. */
void search_document(struct change *change, uint8_t kind, struct id id, const json_t *document,
                     const struct topic *topics, size_t count);
/* A proposal was indexed under this number. */
void search_alike_store(struct change *change, uint32_t number, struct id id,
                        const json_t *document);

/* The words somebody looks for. */
enum { SEARCH_WORDS_MAX = 8, SEARCH_STEMS_MAX = 64 };
enum search_quality { QUALITY_NONE, QUALITY_PREFIX, QUALITY_STEM, QUALITY_EXACT };
struct search_wanted {
    struct search_term word;
    bool prefix;               /* the last word: what begins with it is found too */
    size_t scan;               /* bytes of the word with which everything found begins */
    struct search_term *stems; /* owned: words of the index that are forms of it */
    size_t stem_count;
};
enum search_quality search_quality_of(const struct search_wanted *wanted, const uint8_t *text,
                                      size_t size);

/* Fills the word's forms (stems, scan): words of the index that have a stem in common with it. *stemmer is made once it is
 * needed; the caller frees it. */
void search_forms_find(struct store_txn *txn, struct store_cursor *cursor, struct stemmer **stemmer,
                       struct search_wanted *wanted);

/* What a word is worth that was found so, there. */
uint32_t search_score_of(enum search_quality quality, uint8_t class);

/* The documents that one wanted word finds, as sets: one for each place and quality, a cell (search_list.c). */
enum {
    SEARCH_QUALITIES = QUALITY_EXACT,
    SEARCH_CELLS = SEARCH_CLASSES * SEARCH_QUALITIES /* in the order of their scores */
};
struct search_list {
    const struct search_wanted *wanted;
    size_t blocks;             /* of the index */
    struct search_bits **sets; /* [SEARCH_CELLS][blocks]; NULL = none */
    bool found;                /* some document */
    struct arena bits;         /* of the sets */
};
/* txn and wanted must stay; the caller closes. */
void search_list_open(struct search_list *list, const struct search_wanted *wanted, size_t blocks);
/* Reads the cells of a place. */
void search_list_read(struct search_list *list, struct store_cursor *cursor, uint8_t class);
void search_list_close(struct search_list *list);
/* NULL = no document. */
static inline const struct search_bits *search_list_set(const struct search_list *list, size_t cell,
                                                        size_t block)
{
    return list->sets[cell * list->blocks + block];
}
enum search_quality search_cell_quality(size_t cell);
uint8_t search_cell_class(size_t cell);

/* A document that was found. */
struct search_hit {
    uint32_t number, score;
    uint8_t class;
    struct slice row; /* its bytes */
};
/* What is asked, as far as answers show it, and where the answer is written. */
struct search_asked {
    struct store_txn *txn;
    struct slice language; /* the reader's */
    const struct search_wanted *wanted;
    size_t count;
    uint8_t by_hash[256], by_initial[256]; /* bit i: such a word may be the wanted one i */
    struct buffer *out;
    struct buffer marks;  /* of the text that is being written */
    struct search_on *on; /* what is written of places so far */
    size_t on_count;
};
/* Where things stand that were found: "on" of an item, already written. */
struct search_on {
    struct id id;
    size_t from, size; /* bytes of out */
};
enum { SEARCH_ITEMS_MAX = 50 };
/* Writes an item of the answer. asked->on has room for SEARCH_ITEMS_MAX. */
void search_write_item(struct search_asked *asked, const struct search_hit *hit);

/* Goes through the words of a text that are wanted. */
struct search_scan {
    const struct search_asked *asked;
    struct slice text, words; /* words not yet looked at */
    size_t at;                /* where the last one looked at begins */
};
struct search_scan search_scan_of(const struct search_asked *asked, const struct search_text *text);
/* To the next wanted word, those of `but` (bits) left aside. Which it is (bits); 0 = there is none. */
uint8_t search_scan_next(struct search_scan *scan, uint8_t but, struct fold_word *word);

/* Writes {"text","marks":[{"from","to"}]}: what is shown of a text, at most about 200 characters around the first word
 * found. Marks count UTF-16 units, as JavaScript does. whole = from its beginning, not cut. */
void search_write_marked(struct search_asked *asked, const struct search_text *text, bool whole);

/* Handlers. */
enum error search_find(struct request *request);
enum error search_alike(struct request *request);

#endif
