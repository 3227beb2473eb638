/* Members: helpers of the concept that others use. */
#ifndef PALABRE_ASSEMBLY_MEMBER_H
#define PALABRE_ASSEMBLY_MEMBER_H

#include "assembly/concept.h"

enum { NAME_MAX_CHARACTERS = 80, EMAIL_MAX = 254 };

/* Handlers. */

/* Emits the member's status and roles (a binary event; roles as bits of enum role). */
void member_emit(struct request *request, struct id member, enum member_status status,
                 uint16_t roles);
/* Emits {"what":"profile","member":…} with the given fields added; its reference is taken. */
void member_emit_profile(struct request *request, struct id member, json_t *fields);
/* Acting ends a pause: a dormant caller becomes active. To be called after the command's own events. */
void member_wake(struct request *request);
/* In whose name a member acts: the caller, or with the parameter `for` (a FIELD_REF of NUMBER_MEMBER) the member without
 * a device for whom facilitation or the secretariat records ("recorded by X for Y": the event's `by` is the recorder).
 * Faults on "for": RIGHT_MISSING, MEMBER_UNKNOWN, MEMBER_BAD_STATE (not active or dormant, or an observer). */
enum error member_on_behalf(struct request *request, struct id *member);
/* The bits of a list of role words, ROLE_MEMBER added unless it holds "observer"; NULL = no words. */
uint16_t member_roles(const json_t *words);
/* The words of enum member_status in its order, of kinds and of roles; NULL-terminated. */
extern const char *const member_status_words[];
extern const char *const member_kind_words[];
extern const char *const member_standing_roles[];
extern const char *const member_all_roles[];
/* 0 = no such word. */
enum member_status member_status_find(struct slice word);
/* The list of role words of bits, without "member". New reference. */
json_t *member_role_words(uint16_t roles);
/* An administrator who can act. */
bool member_is_acting_admin(enum member_status status, uint16_t roles);
/* The caller is this member. */
bool member_is_caller(const struct request *request, struct id member);

/* Shapes that several concepts use. */
extern const struct field person_fields[];
extern const struct field member_line;
extern const struct field member_introduction_fields[];
extern const struct field member_tie;
extern const struct field member_role;

/* Documents (member_apply.c). */
extern const struct document_shape member_documents[];
void member_apply(struct change *change);
void member_apply_profile(struct change *change);

/* Invitations (invitation.c): a new link for the member, whose token is derived from the command id. Last
 * thing a handler does. */
void invitation_issue(struct request *request, struct id member);
/* The answer's `link`, "/join#<token>", the same for a repeated command. */
void invitation_answer(struct request *request, struct id member);
/* Links that have not been used stop working. */
void invitation_forget(struct store_txn *txn, struct id member);

/* Sessions (session.c). */

/* Opens a session and puts its token into the request. */
void session_open(struct request *request, struct id member);
/* Ends every session of a member. */
void session_end_all(struct store_txn *txn, struct id member);
/* Fills the answer of session.get and session.join. */
void session_describe(struct request *request, struct id member);
extern const struct field session_fields[];

#endif
