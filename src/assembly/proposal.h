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
 * and the three bits below. */
enum proposal_who {
    PROPOSAL_BY_AUTHOR = 1 << 16, /* a member among the authors */
    PROPOSAL_BY_STAND_IN =
        1 << 17, /* a facilitator, where the authors are imported or silent for 30 days */
    PROPOSAL_BY_DOER = 1 << 18, /* who took the last step (undo) */
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
/* A step by the system (result of a vote, first to-do taken), whoever's command brings it about. The step
 * must be allowed (a bug otherwise). reason may be NULL, poll none. */
void proposal_emit_mark(struct request *request, struct id proposal, enum proposal_state to,
                        const char *reason, struct id poll);
/* The current version and its hash for a definition of a vote (06 §5); false = no such proposal. */
bool proposal_about(struct store_txn *txn, struct id proposal, uint32_t *version,
                    struct hash *hash);

/* Apply. */

/* Sets `poll`, `decision` or `tasks` of the card (value's reference is taken; NULL = removed). The card then
 * stands in the topics of the votes about it. */
void proposal_card_update(struct change *change, struct id proposal, const char *key,
                          json_t *value);
/* One comment more on it (1), or one fewer (-1). */
void proposal_comment_counted(struct change *change, struct id proposal, int by);

/* Between the files of the concept. */

enum {
    PROPOSAL_NEED_MAX = 1000, /* characters */
    PROPOSAL_AUTHORS_MAX = 20,
    PROPOSAL_ANSWERS_MAX = 20, /* shown; the record has all */
};
/* proposal_params.c, proposal_shape.c */
extern const struct field proposal_submit_params[], proposal_revise_params[],
    proposal_translate_params[], proposal_support_params[], proposal_mark_params[],
    proposal_list_params[], proposal_list_result[], proposal_get_params[], proposal_get_result[],
    proposal_import_params[], proposal_import_result[], proposal_version_params[],
    proposal_version_result[], proposal_answer_params[];
extern const struct field proposal_asks_fields[];
extern const struct field proposal_source_fields[];
extern const struct document_shape proposal_documents[];
/* Handlers: proposal_text.c, proposal_people.c, proposal_state.c. */
enum error proposal_handle_revise(struct request *request);
enum error proposal_handle_translate(struct request *request);
enum error proposal_handle_support(struct request *request);
enum error proposal_handle_mark(struct request *request);
enum error proposal_handle_answer(struct request *request);
enum error proposal_handle_version(struct request *request);
/* What the parameters ask for, as events and documents hold it; NULL = not given. New reference. */
json_t *proposal_asks(const struct request *request);
/* The member is one of the authors of the proposal with this number. */
bool proposal_is_author(struct store_txn *txn, uint32_t number, struct id member);
/* Its authors did nothing here for 30 days. */
bool proposal_is_silent(struct request *request, struct id proposal);
/* The document that holds a version of a text. */
struct id proposal_version_id(struct id proposal, int64_t version);
/* The themes of the parameters are those of the organisation: a fault on "themes" if not. */
enum error proposal_check_themes(struct request *request);
/* Key prefix of the list of a theme. */
struct index_key proposal_theme_prefix(struct slice theme);
/* proposal_apply.c */
void proposal_index_author(struct change *change, struct id id, uint32_t number, struct id member,
                           bool on);
void proposal_apply(struct change *change);
void proposal_apply_support(struct change *change);

#endif
