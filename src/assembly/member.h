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
/* The bits of a list of role words, ROLE_MEMBER added unless it holds "observer"; NULL = no words. */
uint16_t member_roles(const json_t *words);
/* The caller is this member. */
bool member_is_caller(const struct request *request, struct id member);

/* Shapes that several concepts use. */
extern const struct field person_fields[];
extern const struct field member_tie;
extern const struct field member_role;

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
