/* Finding things by their words: what the files of the concept share, and what document.c tells it.
 * Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_SEARCH_H
#define PALABRE_ASSEMBLY_SEARCH_H

#include "assembly/concept.h"
#include "assembly/parts.h"
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

/* What search shows of a document, as it is stored: views of its members (base/json_view.h). */
enum { STORED_NUMBER, STORED_ON, STORED_LANGUAGE, STORED_MENTIONS, STORED_KEYS };
enum { SEARCH_FIELDS_MAX = 8 };
struct search_stored {
    const struct search_kind *kind;
    struct slice values[STORED_KEYS + SEARCH_FIELDS_MAX]; /* then one for each field of the kind */
};
void search_stored_read(const struct search_kind *kind, struct slice document,
                        struct search_stored *stored);
/* The same texts, with mentions as people read them. `texts` has room for twice the document (buffer_expect): what is
 * visited may stand in it. */
void search_stored_texts(const struct search_stored *document, struct buffer *texts,
                         search_visit visit, void *context);

/* A word of a document and the best place where it stands. */
struct search_term {
    uint8_t size, class;
    uint8_t text[FOLD_WORD_MAX];
};
/* The row INDEX_SEARCHED of a document: which one, and its words in their order. */
struct search_row {
    uint8_t kind;
    struct id id;
    struct slice rest; /* words not yet read */
    struct search_term term;
    bool passes; /* search_row_next_of() does not want the words at which it is */
};
bool search_row_find(struct store_txn *txn, uint32_t number, struct search_row *row);
bool search_row_next(struct search_row *row); /* fills row->term; false = no more */
/* The same for words that begin so; the others are passed by. From the beginning of the row on, without the other. */
bool search_row_next_of(struct search_row *row, const struct fold_initials *initials);

/* A document was stored (document.c): its words, and for a proposal what it resembles, are brought up to date. Documents
 * of other kinds cost a look at a table. */
void search_document(struct change *change, uint8_t kind, struct id id, const json_t *document);
/* A proposal was indexed under this number. */
void search_alike_store(struct change *change, uint32_t number, struct id id,
                        const json_t *document);

/* The words somebody looks for. */
enum { SEARCH_WORDS_MAX = 8, SEARCH_STEMS_MAX = 64 };
enum search_quality { QUALITY_NONE, QUALITY_PREFIX, QUALITY_STEM, QUALITY_EXACT };
struct search_wanted {
    struct search_term word;
    bool prefix; /* the last word: what begins with it is found too */
    size_t scan; /* bytes of the word with which everything found begins */
    struct search_term stems[SEARCH_STEMS_MAX]; /* words of the index that are forms of it */
    size_t stem_count;
};
enum search_quality search_quality_of(const struct search_wanted *wanted, const uint8_t *text,
                                      size_t size);

/* What a word is worth that was found so, there. */
uint32_t search_score_of(enum search_quality quality, uint8_t class);

/* The documents that one wanted word finds, the best first (search_list.c). */
struct search_list {
    uint32_t number, score; /* of the document it has arrived at */
    uint8_t class;
    size_t taken;                 /* documents so far */
    struct store_txn *txn;        /* what follows is its own */
    const bool *classes;          /* places that are read */
    struct search_entry *entries; /* words of the index that are found */
    size_t count, capacity, cell;
    struct store_cursor *cursor;
    struct index_key prefix; /* of a cell that is read row by row */
    struct slice key;
    bool streams;
    uint32_t *numbers; /* of a cell that was sorted */
    size_t number_count, at;
};
/* Fills wanted's stems and scan. classes (SEARCH_CLASSES of them), txn and wanted must stay; the caller closes. */
void search_list_open(struct search_list *list, struct store_txn *txn, struct stemmer *stemmer,
                      struct search_wanted *wanted, const bool *classes);
/* To the (next) document; false = there is none. Of a document that has several of the words it may come again, with a
 * lower score. */
bool search_list_next(struct search_list *list);
/* Rows of the whole list, counted up to `enough`. */
size_t search_list_count(const struct search_list *list, size_t enough);
void search_list_close(struct search_list *list);

/* A document that was found. */
struct search_hit {
    uint32_t number, score;
    uint8_t class, kind;
    struct id id;
};
/* What is asked, as far as answers show it, and where the answer is written. */
struct search_asked {
    struct store_txn *txn;
    struct slice language; /* the reader's */
    const struct search_wanted *wanted;
    size_t count;
    struct fold_initials initials; /* of the words wanted */
    struct buffer *out;
    struct buffer texts, marks; /* of the item that is being written */
    struct search_on *on;       /* what is written of places so far */
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

/* Writes {"text","marks":[{"from","to"}]}: what is shown of a text, at most about 200 characters around the first word
 * found. Marks count UTF-16 units, as JavaScript does. whole = from its beginning, not cut. */
void search_write_marked(struct search_asked *asked, struct slice text, bool whole);

/* Handlers. */
enum error search_find(struct request *request);
enum error search_alike(struct request *request);

#endif
