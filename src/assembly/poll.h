/* Votes: what other concepts (ballots, decisions, the practice vote) need of them, and commands, documents and shapes of
 * their own files (poll.c, poll_*.c; between these, poll_parts.h too). Included by src/assembly only. */
#ifndef PALABRE_ASSEMBLY_POLL_H
#define PALABRE_ASSEMBLY_POLL_H

#include "assembly/concept.h"
#include "assembly/parts.h"
#include "assembly/proposal.h"
#include "ledger/definition.h"
#include "ledger/roll.h"

enum {
    CONFIDENTIAL_LEAST = 5, /* voters of a confidential vote */
    POLL_GROUPS_MAX = 5,    /* whose members one vote asks */
};

/* ---- asking ---- */

/* The poll's state is this word: draft, open, closed, counted, cancelled. */
bool poll_is(const json_t *poll, const char *state);
/* The poll named by a parameter of the request; POLL_UNKNOWN. *poll is a new reference. */
enum error poll_find(struct request *request, const char *parameter, struct id *id, json_t **poll);
/* A facilitator, the system, an admin for an election, whoever made a straw poll, and of a decision of groups who
 * coordinates every one of them. */
bool poll_may_manage(const struct request *request, const json_t *poll);
/* The electorate {"kind":"group","ids"} is of groups that this member coordinates, or is in. */
bool electorate_is_led_by(struct store_txn *txn, const json_t *electorate, struct id member);
bool electorate_is_of(struct store_txn *txn, const json_t *electorate, struct id member);
/* The words of the protocol for the numbers of the definition; 0 = no such word. */
uint8_t poll_kind_number(struct slice word);
uint8_t poll_mode_number(struct slice word);
uint8_t poll_body_number(struct slice word);
/* The definition in the record, decoded into arena; false = none, or erased. */
bool poll_definition(struct store_txn *txn, struct id poll, struct arena *arena,
                     struct definition *definition);

/* ---- the roll ---- */

struct roll_classes { /* voting classes of the organisation, ascending by code */
    struct slice codes[32];
    struct id ids[32];
    uint8_t count;
};
/* false = more than 32. Borrows from organisation. */
bool roll_classes_of(const json_t *organisation, struct roll_classes *classes);
/* Would this member be on the roll of this vote, if it opened now? *entry is filled then. */
bool electorate_has(struct store_txn *txn, const struct roll_classes *classes, const json_t *poll,
                    struct id member, struct roll_entry *entry);
/* Everybody who would, ascending. The caller frees *entries. */
size_t electorate_roll(struct store_txn *txn, const struct roll_classes *classes,
                       const json_t *poll, struct roll_entry **entries);

/* ---- votes of a meeting (poll_meeting.c) ---- */

/* The meeting of a document of a vote or a decision; none of one outside meetings. */
struct id poll_meeting(const json_t *poll);
/* May a member of the roll cast now? Outside a meeting always; in one, who was there when the vote opened and still is. */
enum poll_standing { POLL_MAY_CAST, POLL_ABSENT, POLL_LATE };
enum poll_standing poll_standing_of(struct store_txn *txn, struct id poll,
                                    const struct record_poll *record, struct id member);
/* How many votes of the meeting are open now. */
unsigned poll_open_count(struct store_txn *txn, struct id meeting);

/* ---- proposals that votes are about ---- */

/* Of all proposals of a poll: marks those in state `from` as `to`. */
void poll_mark_proposals(struct request *request, const json_t *poll, struct id id,
                         enum proposal_state from, enum proposal_state to);

/* ---- commands ---- */

enum error poll_define(struct request *request);
enum error poll_preview(struct request *request);
enum error poll_open(struct request *request);
/* Makes and opens the standing practice vote of practice.c; its roll is the caller alone, for a beginning. */
enum error poll_open_practice(struct request *request, struct id id);
/* Emits the end of a poll without a result, with its account. */
void poll_emit_cancelled(struct request *request, struct id id, struct slice reason);
enum error poll_extend(struct request *request);
enum error poll_close(struct request *request);
enum error poll_cancel(struct request *request);
enum error poll_decide(struct request *request);
/* A meeting that is over fell short of the quorum of this rule when it started, or of another that somebody saw missed, or one
 * of its votes had none: it may be called again. */
bool poll_meeting_fell_short(struct store_txn *txn, struct id meeting, const struct rule *rule);
/* A vote that decides is tied, the chair's word is still to come, and no other vote took its place. */
bool poll_waits_for_chair(const json_t *poll);
enum error poll_reopen(struct request *request);
enum error poll_reveal(struct request *request);
enum error poll_awaited(struct request *request);
enum error poll_ask_confidential(struct request *request);
/* The member asked that this draft be opened as a confidential vote. */
bool poll_has_asked(struct store_txn *txn, struct id poll, struct id member);
enum error poll_count(struct request *request);

/* ---- documents ---- */

/* Stores a changed poll, the card made of it, and what the cards of its proposals say of it. The document's reference is
 * taken. */
void poll_store(struct change *change, struct id id, json_t *poll);
void poll_apply(struct change *change);
/* A meeting ended: its closed votes are counted. */
void poll_apply_meeting(struct change *change);
/* The vote of this event opened: its turnout and, where the vote shows it, its running tally begin. */
void poll_counts_start(struct change *change, const json_t *poll);
/* The turnout is made again at the end of the transaction. */
void poll_counts_again(struct change *change);
/* A ballot of this vote was recorded: both are brought up to date at the end of the transaction. */
void poll_counts_ballot(struct change *change);

/* ---- shapes (poll_shape.c) ---- */

extern const struct field poll_define_params[], poll_fields[], poll_card_fields[], turnout_fields[],
    tally_fields[];
extern const struct field poll_rule_fields[], poll_rule_shown_fields[], poll_result_fields[],
    poll_params_fields[];
extern const char *const poll_kind_words[],
    *const poll_verdict_words[], *const poll_decided_words[],
                                     *const poll_body_words[], *const poll_mode_words[],
                                                                   *const poll_method_words[],
                                                                       *const poll_reveal_words[];

#endif
