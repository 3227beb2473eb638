/* Erasing a member: what the files of the concept share, and what replaying a record needs of it. Included by
 * src/assembly only. */
#ifndef PALABRE_ASSEMBLY_ERASURE_H
#define PALABRE_ASSEMBLY_ERASURE_H

#include "assembly/concept.h"
#include "assembly/parts.h"
#include "ledger/payload.h"

/* ---- Replaying a record with erased events (residue.c) ---- */

/* Stands where words were: an omission in every language. Clients say more. */
#define ERASED_TEXT "[…]"

/* What is to stand in the place of an event whose words go. New references. */
json_t *residue_make(const json_t *event);
json_t *residue_of_profile(const json_t *event);
/* Somebody's words stand in it: its residue would be another. */
bool residue_has_words(const json_t *event);
/* What stays of the erased event; NULL = nothing. New reference. */
json_t *residue_of(struct store_txn *txn, uint64_t seq);
/* The residues that one event of type 131 holds become findable. */
void residue_keep(struct store_txn *txn, const json_t *event);
/* The same for all of a record: before it is replayed from its beginning into `to` (which may be `from`). */
void residue_load(struct store_txn *from, struct store_txn *to);

/* Everything the erasures of a record name. */
struct erased_range {
    struct payload_range range;
    enum erasure_what what;
};
struct erased_ranges {
    struct erased_range *items;
    size_t count;
};
void erased_ranges_read(struct store_txn *txn, struct erased_ranges *ranges);
/* The opening (or the note) of this seq is named. */
bool erased_ranges_cover(const struct erased_ranges *ranges, uint64_t seq, enum erasure_what what);
/* Something named is still there: its seq. */
bool erased_ranges_hold(const struct erased_ranges *ranges, struct store_txn *txn, uint64_t *seq);
void erased_ranges_free(struct erased_ranges *ranges);

/* ---- Choosing what goes (erasure_choose.c) ---- */

struct id_list {
    struct id *items;
    size_t count, capacity;
};
void id_list_add(struct id_list *list, struct id id);
bool id_list_has(const struct id_list *list, struct id id);

struct seq_list {
    struct payload_range *ranges;
    uint32_t count, capacity;
};

struct erasing {
    struct id member;
    bool texts;
    struct id_list things; /* whose words are the member's: proposals, comments, to-dos, files */
    json_t *names;         /* every name the member had, [text] */
    struct seq_list openings, notes;
    json_t *residues;                            /* [{"seq", "event"}] */
    int64_t profile, words, files, ballot_notes; /* counts of events */
};
/* Walks the whole record. The caller frees. */
void erasing_choose(struct store_txn *txn, struct id member, bool texts, struct erasing *erasing);
void erasing_free(struct erasing *erasing);

/* ---- Texts by others (erasure_named.c) ---- */

enum { NAMED_MAX = 500 };
/* [{"kind", "id", "number"?, "on"?, "whole"}]: documents by others in which a name of the member stands, those with the
 * whole name first; at most NAMED_MAX. New reference. */
json_t *erasing_named(struct store_txn *txn, const struct erasing *erasing);

#endif
