/* Votes: what the files that draft, open and count them share besides poll.h. Included by src/assembly/poll_*.c only. */
#ifndef PALABRE_ASSEMBLY_POLL_PARTS_H
#define PALABRE_ASSEMBLY_POLL_PARTS_H

#include "assembly/poll.h"
#include "assembly/poll_count.h"

/* ---- words of drafts and documents (poll_words.c) ---- */

/* The member `key` of an object is this word. */
bool poll_word_is(const json_t *object, const char *key, const char *word);
json_t *poll_word(const char *text);
/* Bytes of a JSON string; size 0 for anything else. */
struct slice poll_text_of(const json_t *value);
/* A copy of the member, or `otherwise` in its place (its reference is taken). New reference. */
json_t *poll_given(const json_t *object, const char *key, json_t *otherwise);
/* Its result decides something: it enters the register. Of a draft event or a document. */
bool poll_decides(const json_t *poll);
/* Elections: about persons, so confidential unless said otherwise. */
bool poll_is_of_persons(const json_t *draft);

/* ---- methods (poll_method.c) ---- */

/* The draft's parameters with every default of its method filled in; of none but its own. The draft has method, question
 * and options. New reference. */
json_t *poll_params_complete(const json_t *draft, const json_t *given);
/* The draft's options with every reference an id: [{"id","label","proposal"?}]. PROPOSAL_UNKNOWN. */
enum error poll_options_complete(struct request *request, json_t *draft);
/* Method, options and parameters of a complete draft, and what was given of them in the request. */
enum error poll_check_method(struct request *request, const json_t *draft);
/* Form of the ballots of a draft or document; the method is offered. */
uint8_t poll_form(const json_t *poll);
/* A majority may be asked (ledger.md, Definition): yes-no, and single and approval with one seat. */
bool poll_takes_majority(const json_t *draft);
/* Its running result is a score for each option (or yes and no), which ballots add to one by one. */
bool poll_runs(const json_t *draft);

/* ---- rules (poll_rule.c) ---- */

/* Puts `rule` into the draft: what was given completed, or what it names; and the mode where what it names has another.
 * RULE_UNKNOWN, RULE_BAD_STATE, INPUT_BAD_VALUE. */
enum error poll_rule_take(struct request *request, json_t *draft);
enum error poll_check_rule(struct request *request, const json_t *draft);

/* ---- the definition (poll_definition.c) ---- */

/* What a draft or a document of a vote says of its definition: all but ids, dates, roll, classes, lot and proposals. Slices
 * borrow from the JSON, arrays are in the arena. */
void poll_describe(const json_t *poll, struct arena *arena, struct definition *definition);
/* Encodes it, then decodes it: the proof that everybody can read it. INPUT_TOO_BIG, POLL_DEFINED_MALFORMED. */
enum error poll_write_definition(const struct definition *definition, struct buffer *bytes);
/* The definition that a complete draft would get if it opened now, without roll, lot and proposals. Errors as above. */
enum error poll_try_definition(struct request *request, const json_t *draft, struct buffer *bytes);

/* ---- votes of a meeting (poll_meeting.c) ---- */

/* Puts `meeting`, `item`, `reveal`, `follows` of the parameters into the draft, as ids. MEETING_UNKNOWN, MEETING_BAD_STATE,
 * MEETING_BAD_AGENDA, POLL_UNKNOWN, POLL_BAD_STATE; INPUT_BAD_VALUE outside a meeting. */
enum error poll_meeting_take(struct request *request, json_t *draft);
/* The meeting is of this kind. */
bool poll_meeting_is(struct request *request, struct id meeting, const char *kind);
/* Whom a vote of the draft's meeting asks if nothing is said, as in poll.define; NULL = everybody entitled. New reference. */
json_t *poll_meeting_electorate(struct request *request, const json_t *draft);
/* The meeting of this complete draft is called again, as many days after the first as its rule asks, and what the draft is
 * about (the vote that it follows, or its point of the agenda) could not be decided there for want of a quorum. */
bool poll_meeting_is_second(struct request *request, const json_t *draft);
/* The same of a vote that opens now, if its rule is that of a second call; of any other true. */
bool poll_meeting_is_second_now(struct request *request, const json_t *poll);
/* The caller is its chair, or it has none who could act. */
bool poll_meeting_is_chaired(const struct request *request, struct id meeting);
/* The caller leads it. */
bool poll_meeting_is_run(const struct request *request, struct id meeting);
/* A vote of it may open, or open again: MEETING_BAD_STATE, POLL_TOO_MANY_OPEN. */
enum error poll_meeting_check(struct request *request, struct id meeting);
/* Who of the roll is at the meeting: overall, then in each class. */
struct payload_presence poll_presence_at_opening(struct store_txn *txn, struct id meeting,
                                                 const struct roll_entry *entries, size_t count,
                                                 uint8_t n_class);
/* The same of a vote that is open; not kept of one outside a meeting. */
struct payload_presence poll_presence_at_close(struct store_txn *txn, struct id poll,
                                               const struct record_poll *record);
/* Where a quorum is not met: how many are there, and how many are asked for, in a unit by its word (static). */
struct poll_shortage {
    uint64_t x, least;
    const char *unit;
};
/* Fewer of this roll are there than the rule asks to be present, or than the meeting watches. */
bool poll_falls_short(struct store_txn *txn, struct id meeting, const struct rule *rule,
                      const struct roll_entry *entries, size_t count,
                      const struct payload_presence *present, struct poll_shortage *shortage);
/* Emits that who opens this vote has seen it. */
void poll_emit_seen(struct request *request, const json_t *poll, const struct poll_shortage *seen);
/* The vote of this event opened: who is there now is written down. */
void poll_remember_present(struct change *change, struct id meeting);

/* ---- results (poll_result.c) ---- */

/* The result as documents show it, but for the seq it gets. New reference. */
json_t *poll_result(struct store_txn *txn, const json_t *poll, const struct poll_count *count);

/* ---- what commands share ---- */

/* The poll named by `id`, which the caller may manage: POLL_UNKNOWN, RIGHT_MISSING. *poll is a new reference. */
enum error poll_find_managed(struct request *request, struct id *id, json_t **poll);
/* {"what","id","reason"}: the event that says who and why, before the binary one. New reference. */
json_t *poll_account(const char *what, struct id id, struct slice reason);
/* The link of its lot that the next result shows; POLL_NO_LOT_LEFT when all were shown. */
enum error poll_next_link(struct store_txn *txn, struct id id, struct hash *link);
/* Emits the result of a count, its entry in the register and the steps of its proposals. */
void poll_announce(struct request *request, struct id id, const json_t *poll,
                   const struct poll_count *count);
/* Its proposals are voted on again, from wherever a result left them (poll_after.c). */
void poll_take_back(struct request *request, const json_t *poll, struct id id);
/* The member asked for confidential ballots in this draft (poll_wish.c). */
void poll_apply_wish(struct change *change);

#endif
