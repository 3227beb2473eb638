/* Proposals: what the files of the concept share among themselves. */
#ifndef PALABRE_ASSEMBLY_PROPOSAL_PARTS_H
#define PALABRE_ASSEMBLY_PROPOSAL_PARTS_H

#include "assembly/proposal.h"

enum {
    PROPOSAL_NEED_MAX = 1000, /* characters */
    PROPOSAL_AUTHORS_MAX = 20,
    PROPOSAL_ANSWERS_MAX = 20, /* shown; the record has all */
    PROPOSAL_RELATED_MAX = 40, /* proposals related to one, merged ones included */
    PROPOSAL_ASKED_MAX = 100,  /* what one member is asked at a time */
};
/* proposal_params.c, proposal_shape.c */
extern const struct field proposal_submit_params[], proposal_revise_params[],
    proposal_translate_params[], proposal_support_params[], proposal_mark_params[],
    proposal_list_params[], proposal_list_result[], proposal_get_params[], proposal_get_result[],
    proposal_import_params[], proposal_import_result[], proposal_version_params[],
    proposal_version_result[], proposal_answer_params[], proposal_invite_params[],
    proposal_join_params[], proposal_leave_params[], proposal_relate_params[],
    proposal_merge_params[], proposal_consent_params[], proposal_follow_params[],
    proposal_theme_params[], proposal_theme_result[];
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
enum error proposal_handle_invite(struct request *request);
enum error proposal_handle_join(struct request *request);
enum error proposal_handle_leave(struct request *request);
enum error proposal_handle_take_over(struct request *request);
enum error proposal_handle_relate(struct request *request);
enum error proposal_handle_merge(struct request *request);
enum error proposal_handle_consent(struct request *request);
enum error proposal_handle_follow(struct request *request);
enum error proposal_handle_theme(struct request *request);

/* ---- for handlers ---- */

/* The proposal of the parameter `field`: *id and a new reference; NULL = a fault, ERROR_PROPOSAL_UNKNOWN. */
json_t *proposal_load(struct request *request, const char *field, struct id *id);
/* An idea, discussed, ready or postponed: people and texts may still come together. */
bool proposal_is_open(const json_t *proposal);
bool proposal_has_supporter(struct store_txn *txn, struct id proposal, struct id member);
/* Refuses a support that the state or being an author forbids. */
enum error proposal_check_support(struct request *request, const json_t *card, struct id member);
/* Emits the support, and the step to the discussion when there are enough. help may be NULL; from = the merged
 * proposal that the supporter came from, or none. */
void proposal_emit_support(struct request *request, struct id id, const json_t *card,
                           struct id member, const json_t *help, struct id from);
/* {"what","id"} and, unless none, "member". */
void proposal_emit(struct request *request, const char *what, struct id id, struct id member);
void proposal_emit_related(struct request *request, struct id id, struct id to, struct slice as,
                           bool on);
/* {"what":"marked","id","from","to"}. New reference. */
json_t *proposal_mark_event(struct id proposal, enum proposal_state from, enum proposal_state to);
/* Both may be related to one more, or are to each other: a fault on field if not. */
enum error proposal_check_room(struct request *request, const char *field, struct id id,
                               struct id other);
/* A facilitator may speak for its authors: they are imported, or silent. */
bool proposal_may_stand_in(struct request *request, struct id id, const json_t *proposal);
/* The inverse of a relation's word ("answers" → "answered_by"); NULL = no such word. */
const char *proposal_inverse(struct slice word);
extern const char *const proposal_relation_words[], *const proposal_relation_all_words[];

/* What the parameters ask for, as events and documents hold it; NULL = not given. New reference. */
json_t *proposal_asks(const struct request *request);
/* The member is one of the authors of the proposal with this number. */
bool proposal_is_author(struct store_txn *txn, uint32_t number, struct id member);
/* The caller is one of the authors that the document names. */
bool proposal_by_caller(const struct request *request, const json_t *proposal);
/* Its authors did nothing here for 30 days. */
bool proposal_is_silent(struct request *request, struct id proposal);
/* The document that holds a version of a text. */
struct id proposal_version_id(struct id proposal, int64_t version);
/* The themes of the parameters are those of the organisation: a fault on "themes" if not. */
enum error proposal_check_themes(struct request *request);
/* Key prefix of the list of a theme. */
struct index_key proposal_theme_prefix(struct slice theme);

/* ---- for apply functions ---- */

/* Puts and lists (proposal_put.c). The document's reference is taken. */
void proposal_put(struct change *change, struct id id, json_t *proposal);
void proposal_put_card(struct change *change, struct id id, json_t *card);
void proposal_put_supporters(struct change *change, struct id id, json_t *supporters);
void proposal_index_number(struct change *change, const json_t *card);
void proposal_index_state(struct change *change, const json_t *card, bool on);
void proposal_index_themes(struct change *change, const json_t *card, bool on);
void proposal_index_author(struct change *change, struct id id, uint32_t number, struct id member,
                           bool on);
void proposal_index_related(struct change *change, struct id id, struct id other, bool on);
/* An author did something here: the card remembers when. */
void proposal_note_author(struct change *change, json_t *card, struct id member);
/* Who recorded it for somebody else; NULL = they did it themselves. New reference. */
json_t *proposal_recorder(struct change *change, struct id member);
/* The list of this name in a document, made when it is not there. Borrowed. */
json_t *proposal_list_of(json_t *document, const char *name);

/* Events (proposal_apply.c, proposal_apply_people.c, proposal_apply_merge.c); true = the card changed too. */
typedef bool proposal_applier(struct change *change, struct id id, json_t *proposal, json_t *card);
void proposal_apply(struct change *change);
void proposal_apply_support(struct change *change);
proposal_applier proposal_apply_invited, proposal_apply_uninvited, proposal_apply_joined,
    proposal_apply_left, proposal_apply_taken_over, proposal_apply_related,
    proposal_apply_merge_asked, proposal_apply_merge_dropped;
/* The proposal was marked merged into the event's `into`. */
void proposal_apply_merged(struct change *change, struct id id, json_t *proposal);
/* Nobody is asked any more to write it or to agree to a merge. */
void proposal_clear_asked(struct change *change, struct id id, json_t *proposal);

/* Tells those whom the event concerns; after its documents were put (proposal_tell.c). */
void proposal_tell(struct change *change, struct id id, const json_t *proposal);
/* A supporter can help with something. */
void proposal_tell_help(struct change *change, struct id id);

/* What a member is asked (proposal_asked.c): one document for each member, in the topic `me`. `what` is one of
 * author, offer, merge, follow; with (may be NULL, its reference is taken) is added to the item. */
void proposal_asked_add(struct change *change, struct id member, const char *what,
                        const json_t *proposal, json_t *with);
void proposal_asked_remove(struct change *change, struct id member, const char *what,
                           struct id proposal);
/* Only what is about this person. */
void proposal_asked_remove_of(struct change *change, struct id member, const char *what,
                              struct id proposal, struct id person);

#endif
