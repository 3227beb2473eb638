/* Small parts that several concepts share: keys of TABLE_INDEX, events, people and numbers in
 * documents. Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_PARTS_H
#define PALABRE_ASSEMBLY_PARTS_H

#include "assembly/concept.h"

/* A key of TABLE_INDEX or TABLE_SECRET, built piece by piece; integers big-endian. A value. */
struct index_key {
    uint8_t bytes[80];
    size_t size;
};
struct index_key index_key(uint8_t prefix);
void index_key_u8(struct index_key *key, uint8_t value);
void index_key_u32(struct index_key *key, uint32_t value);
void index_key_u64(struct index_key *key, uint64_t value);
void index_key_id(struct index_key *key, struct id id);
void index_key_hash(struct index_key *key, const struct hash *hash);
void index_key_bytes(struct index_key *key, struct slice bytes);
/* Valid as long as key. */
struct slice index_key_slice(const struct index_key *key);

/* HMAC of the message under the folder's secret: what opens a door is made again from it, and stored nowhere. */
struct hash secret_derive(struct store_txn *txn, struct slice message);

/* {"what": what}: the start of a JSON event. New reference. */
json_t *event_new(const char *what);
/* The event's "what" is this word. */
bool event_is(const json_t *event, const char *what);
/* Copies the members named (NULL-terminated) that `from` has. */
void fields_copy(json_t *to, const json_t *from, const char *const *names);

/* "by" of an event as documents show it: {"id","name"}, "operator" or "system". New reference. */
json_t *change_by(struct change *change, const json_t *by);
/* Decimal digits of a number; returns text. */
struct slice number_text(uint32_t number, char text[12]);

/* Lists of id texts, and of {"id","name"}. */
bool ids_have(const json_t *list, struct id id);
bool people_have(const json_t *list, struct id id);
/* A copy of list with id added (at the end) or taken out. New reference. */
json_t *ids_with(const json_t *list, struct id id, bool on);

/* What documents show of a history that may grow for ever: its newest items. The record has all of them. */
enum { HISTORY_MAX = 200 };
/* Appends item (its reference is taken) and drops the oldest beyond HISTORY_MAX. */
void history_append(json_t *list, json_t *item);

/* INPUT_TOO_BIG with the field when a text of the parameters has more than max characters. */
enum error request_limit(struct request *request, const char *field, size_t max_characters);
/* For `answer` of commands that bring something in: the id it was given, the same when the command is repeated. */
void request_answer_id(struct request *request);
/* The parameter is given and not null. */
bool request_has(const struct request *request, const char *field);

/* The folded words of the text (base/fold.h), one space between two: as many as fit into room. */
struct slice text_fold(struct slice text, uint8_t *room, size_t size);
/* The folded words of a text (base/fold.h), or the text itself when it has none; at most max bytes, returns how many. */
size_t text_folded(struct slice text, uint8_t *into, size_t max);
/* The same words, capitals and accents left aside. */
bool text_equals(struct slice a, struct slice b);
/* Without blanks and tabs at its ends. */
struct slice text_trimmed(struct slice text);
/* What people write, and what it means; the last entry of a table says NULL. */
struct text_word {
    const char *said;
    unsigned means;
};
/* false = it is not in the table; *means stays. */
bool text_means(const struct text_word *table, struct slice text, unsigned *means);

#endif
