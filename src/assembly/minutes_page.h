/* A page of minutes, as it is written: the same calls make HTML or Markdown (minutes_page.c). Only put and label-taking calls
 * carry what people wrote, and they escape it. */
#ifndef PALABRE_ASSEMBLY_MINUTES_PAGE_H
#define PALABRE_ASSEMBLY_MINUTES_PAGE_H

#include "assembly/minutes_words.h"
#include "base/json.h"

struct page {
    struct buffer *out;
    bool html; /* else Markdown */
    const char *language;
    const json_t *minutes;   /* borrowed */
    const json_t *heading;   /* the facts of its heading, borrowed */
    struct slice seal_words; /* borrowed; size 0 = none */
    const char *close;       /* what ends the piece that is open */
    bool in_list;
    size_t columns; /* of the table */
};

/* The head of the whole page with its styles; nothing in Markdown. And its end. */
void page_begin(struct page *page, struct slice organisation, struct slice title);
void page_finish(struct page *page);
/* Around what comes from the record; `kind` is a word of the program. */
void page_fact(struct page *page, const char *kind);
void page_end_fact(struct page *page);

/* Pieces, one at a time: begun, filled by the calls below, ended. A heading of level 1 to 3, a line with its label (END =
 * without one), an item of a list, a line to sign on. */
void page_heading(struct page *page, int level);
void page_line(struct page *page, enum minutes_word label);
void page_item(struct page *page);
void page_signature(struct page *page);
void page_end(struct page *page);
void page_end_list(struct page *page);
/* A whole heading of level 2. */
void page_title(struct page *page, enum minutes_word word);

void page_table(struct page *page, const enum minutes_word *columns, size_t count);
void page_row(struct page *page);
void page_cell(struct page *page);
void page_end_row(struct page *page);
void page_end_table(struct page *page);

/* What somebody wrote: escaped, on one line. */
void page_put(struct page *page, struct slice text);
/* Words and signs of ours. */
void page_say(struct page *page, enum minutes_word word);
void page_text(struct page *page, const char *text);
void page_number(struct page *page, uint64_t number);
/* By which a thing is called: without marks between thousands. */
void page_name_number(struct page *page, uint64_t number);
/* A time of the day (with its day, where that is not the one on which the meeting began); a day; both. */
void page_time(struct page *page, uint64_t ms);
void page_date(struct page *page, uint64_t ms);
void page_moment(struct page *page, uint64_t ms);
/* Several lines of Markdown somebody wrote: paragraphs, lists, emphasis. */
void page_prose(struct page *page, struct slice text);

/* What is said for a word of the documents; nothing for any other. */
struct page_word {
    const char *word; /* NULL ends a table */
    enum minutes_word say;
};
void page_word_of(struct page *page, const struct page_word *table, struct slice word);
/* What the organisation called the class with this key. */
void page_class(struct page *page, struct slice key);
/* The name of the {"member": {"id","name"}} of holder. */
void page_member(struct page *page, const json_t *holder);
/* 0 when it is not there. */
uint64_t page_number_in(const json_t *object, const char *key);
/* Whole lines; nothing for 0 and for an empty text. */
void page_line_time(struct page *page, enum minutes_word label, uint64_t ms);
void page_line_text(struct page *page, enum minutes_word label, struct slice text);

/* Facts of a vote, and lines that others share (minutes_print_vote.c). */
void minutes_print_vote(struct page *page, const json_t *of);
/* One line for each time that somebody said to have seen what is below this quorum. */
void minutes_print_seen(struct page *page, const json_t *seen, const json_t *quorum);
/* One line: number and title of each. */
void minutes_print_things(struct page *page, enum minutes_word label, const json_t *things);

/* Of {language: text}: the page's language, else the first there is. Borrowed; size 0 = none. */
struct slice page_label(const struct page *page, const json_t *labels);

#endif
