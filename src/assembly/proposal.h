/* Proposals: what other concepts ask of them and tell them. */
#ifndef PALABRE_ASSEMBLY_PROPOSAL_H
#define PALABRE_ASSEMBLY_PROPOSAL_H

#include "assembly/concept.h"
#include "assembly/parts.h"

enum proposal_state {
    PROPOSAL_NONE = 0, /* no such proposal */
    PROPOSAL_IDEA,
    PROPOSAL_DISCUSSED,
    PROPOSAL_READY,
    PROPOSAL_VOTING,
    PROPOSAL_ADOPTED,
    PROPOSAL_IN_PROGRESS,
    PROPOSAL_REALISED,
    PROPOSAL_REJECTED,
    PROPOSAL_POSTPONED,
    PROPOSAL_WITHDRAWN,
    PROPOSAL_MERGED,
    PROPOSAL_ABANDONED,
    PROPOSAL_STATES, /* number of values, not a state */
};

/* One allowed step: who may take it, and whether it needs a reason. `who` holds WHO_FACILITATOR, WHO_SYSTEM
 * and the bits below. */
enum proposal_who {
    PROPOSAL_BY_AUTHOR = 1 << 16, /* a member among the authors */
    PROPOSAL_BY_STAND_IN =
        1 << 17, /* a facilitator, where the authors are imported or silent for 30 days */
    PROPOSAL_BY_DOER = 1 << 18, /* who took the last step (undo) */
    PROPOSAL_BY_CONSENT =
        1 << 19, /* proposal.merge: a facilitator asks, one of the authors agrees */
};
struct proposal_transition {
    enum proposal_state from, to; /* from PROPOSAL_NONE ends the table */
    unsigned who;
    bool reason;
};
extern const struct proposal_transition proposal_transitions[];
/* NULL = the step is not allowed to anybody. */
const struct proposal_transition *proposal_transition_find(enum proposal_state from,
                                                           enum proposal_state to);
/* The words of the states, from PROPOSAL_IDEA on; NULL-terminated. */
extern const char *const proposal_state_words[];
const char *proposal_state_word(enum proposal_state state);
enum proposal_state proposal_state_find(struct slice word);

/* Handlers. */

enum proposal_state proposal_state(struct store_txn *txn, struct id proposal);
/* The vote that brought about its last step; none = somebody's own step. */
struct id proposal_moved_by(struct store_txn *txn, struct id proposal);
/* A step by the system (result of a vote, first to-do taken), whoever's command brings it about. The step
 * must be allowed (a bug otherwise). reason may be NULL, poll none. */
void proposal_emit_mark(struct request *request, struct id proposal, enum proposal_state to,
                        const char *reason, struct id poll);
/* The current version and its hash for a definition of a vote (ledger.md, Definition); false = no such proposal. */
bool proposal_about(struct store_txn *txn, struct id proposal, uint32_t *version,
                    struct hash *hash);

/* A new version of a text that is voted on, in the command that ends that vote and opens another: as proposal.revise, by an author or
 * a facilitator. PROPOSAL_STALE, INPUT_MISSING_FIELD when no word changes. */
enum error proposal_revise_voted(struct request *request, struct id proposal);

/* Apply. */

/* Sets `poll`, `decision` or `tasks` of the card (value's reference is taken; NULL = removed). The card then
 * stands in the topics of the votes about it. */
void proposal_card_update(struct change *change, struct id proposal, const char *key,
                          json_t *value);
/* One comment more on it (1), or one fewer (-1). */
void proposal_comment_counted(struct change *change, struct id proposal, int by);

#endif
