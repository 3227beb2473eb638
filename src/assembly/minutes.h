/* Minutes of meetings: what the files of this concept share (minutes.c, minutes_*.c). Included by src/assembly, and by the
 * program for printing from a folder. */
#ifndef PALABRE_ASSEMBLY_MINUTES_H
#define PALABRE_ASSEMBLY_MINUTES_H

#include "assembly/concept.h"
#include "assembly/meeting.h"

enum {
    MINUTES_BLOCKS_MAX = 1000,
    MINUTES_TEXTS_MAX = 300,  /* blocks of the secretary's */
    MINUTES_TEXT_MAX = 20000, /* bytes, each language */
    MINUTES_FACTS_MAX =
        12 * 1024 * 1024, /* bytes of the facts, with names: a document holds 16 MiB */
    MINUTES_PRINT_MAX = 8 * 1024 * 1024, /* bytes of a printed form */
    MINUTES_WORDS_MAX = 80,              /* bytes of the four words of a seal */
};

/* ---- facts (minutes_facts.c) ---- */

/* The blocks [{"id","block_kind","facts"}] of a meeting as the store has it, people by id alone. New reference. */
json_t *minutes_facts(struct store_txn *txn, struct id id, const json_t *meeting);
/* They are small enough for an event and, with the names of people, for a document: minutes of more than that are refused
 * before anything is written. */
bool minutes_fit(const json_t *blocks);
/* Whether minutes may be fixed as they are: they tell the result that each vote has now (else MINUTES_STALE), and no
 * tie of a vote that decides waits for the chair, unless the question was asked again (else MINUTES_TIE_OPEN). */
enum error minutes_check_votes(struct store_txn *txn, struct id id, const json_t *minutes);
/* They are sealed: what they tell does not change any more. false = there are none, or a draft. */
bool minutes_are_sealed(struct store_txn *txn, struct id meeting);
/* The facts of the block at the end: the newest seal, and who signs. New reference. */
json_t *minutes_seal_facts(struct store_txn *txn, const json_t *meeting);

/* ---- printing (minutes_print.c) ---- */

enum minutes_format { MINUTES_HTML, MINUTES_MARKDOWN };
/* Appends the whole document `minutes` in "fr", "nl" or "en" (anything else: English), times in the process's zone. words:
 * the four words of the seal in it, which only a reader's device can make; size 0 = none. */
void minutes_print(struct buffer *out, const json_t *minutes, const char *language,
                   enum minutes_format format, struct slice words);
/* One block of it, in Markdown. */
void minutes_print_block(struct buffer *out, const json_t *minutes, const json_t *block,
                         const char *language, struct slice words);

#endif
