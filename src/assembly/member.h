/* Members: helpers of the concept that others use. */
#ifndef PALABRE_ASSEMBLY_MEMBER_H
#define PALABRE_ASSEMBLY_MEMBER_H

#include "assembly/concept.h"

enum {
    NAME_MAX_CHARACTERS = 80,
    EMAIL_MAX = 254,
    NAME_KEY_MAX = 48, /* folded bytes that put names in order */
    SPONSORED_MAX = 50 /* newcomers of one sponsor */
};

/* Handlers. */

/* Emits the member's status and roles (a binary event; roles as bits of enum role). */
void member_emit(struct request *request, struct id member, enum member_status status,
                 uint16_t roles);
/* What a member may do after an act, and what of it is worth telling. */
struct member_standing {
    enum member_status status;
    uint16_t roles;
    struct id class;     /* none = not changed */
    struct slice reason; /* size 0 = none */
    bool by_time;        /* nobody chose it */
};
/* Emits what differs from before as one event for the history, or nothing (standing.c). After the member event. */
void member_emit_standing(struct request *request, struct id member,
                          const struct record_member *before, const struct member_standing *after);
/* Who leaves signs nothing more: revokes the keys of all devices. */
void member_emit_keys_left(struct request *request, struct id member);
/* Ends links not used and all sessions. Last thing a handler does. */
void member_shut_out(struct request *request, struct id member);
/* Nobody else administers the space. */
bool member_is_last_admin(struct store_txn *txn, const struct record_member *before);
/* A class, an address, a sponsor that a command names are good: CLASS_UNKNOWN, INPUT_BAD_VALUE, MEMBER_UNKNOWN,
 * MEMBER_BAD_STATE, INPUT_TOO_BIG (a sponsor of too many). */
bool member_email_is_good(struct slice email);
enum error member_check_sponsor(struct request *request, struct id newcomer, struct id sponsor);
/* Emits {"what":"profile","member":…} with the given fields added; its reference is taken. */
void member_emit_profile(struct request *request, struct id member, json_t *fields);
/* Acting ends a pause: a dormant caller becomes active. To be called after the command's own events. */
void member_wake(struct request *request);
/* In whose name a member acts: the caller, or with the parameter `for` (a FIELD_REF of NUMBER_MEMBER) the member without
 * a device for whom facilitation or the secretariat records ("recorded by X for Y": the event's `by` is the recorder).
 * Faults on "for": RIGHT_MISSING, MEMBER_UNKNOWN, MEMBER_BAD_STATE (not active or dormant, or an observer). */
enum error member_on_behalf(struct request *request, struct id *member);
/* Active or dormant: may have a session and is told things. */
bool member_may_act(struct store_txn *txn, struct id member);
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
/* The beginning of the rows of INDEX_MEMBER_BY_EMAIL for an address. */
struct index_key;
struct index_key member_email_key(struct slice email);
/* The beginning of the rows of INDEX_MEMBER_BY_NAME for this whole name, capitals and accents aside; names that are the same in
 * their first NAME_KEY_MAX folded bytes share it. */
struct index_key member_name_key(struct slice name);
/* The address with small letters. */
struct slice member_email_folded(struct slice email, uint8_t into[EMAIL_MAX]);
/* History (standing.c): an invitation, a change of status. Dates (dormancy.c). Called by the two above. */
void standing_invited(struct change *change, struct id member);
void standing_follow(struct change *change, struct id member, enum member_status before,
                     enum member_status after);
void dormancy_follow(struct change *change, struct id member, enum member_status status);

/* Invitations (invitation.c): a new link for the member, whose token is derived from the command id. Last
 * thing a handler does. */
void invitation_issue(struct request *request, struct id member);
/* The answer's `link`, "/join#<token>", the same for a repeated command. */
void invitation_answer(struct request *request, struct id member);
/* The id under which the record and the member know the link that this command makes for the member. */
struct id invitation_link_id(struct request *request, struct id member);
/* A facilitator brings people in; roles, shares and votes are given by administration. RIGHT_MISSING with the field. */
enum error invitation_check_gifts(struct request *request, const json_t *given);
/* Emits the two events that make an invited member; `given` as member.invite takes it, class and sponsor found. Then
 * issues the link. */
void invitation_emit(struct request *request, struct id member, uint32_t number,
                     const json_t *given, struct id class, struct id sponsor);

/* A link as TABLE_SECRET holds it. */
struct invite {
    struct id member;
    uint64_t issued_ms, used_ms; /* used_ms 0 = not used */
    struct id command;           /* that used it */
};
enum { TOKEN_SIZE = 16 };
bool invite_read(struct store_txn *txn, const struct hash *token_hash, struct invite *invite);
void invite_write(struct store_txn *txn, const struct hash *token_hash,
                  const struct invite *invite);
bool invite_is_over(struct store_txn *txn, const struct invite *invite, uint64_t now_ms);
struct id invite_link_id(const struct hash *token_hash);
/* Links that have not been used stop working. */
void invitation_forget(struct store_txn *txn, struct id member);

/* Sessions (session.c). */

/* Opens a session and puts its token into the request. */
void session_open(struct request *request, struct id member);
/* Ends every session and access token of a member. */
void session_end_all(struct store_txn *txn, struct id member);
/* Access tokens (token.c), for session.c and request.c. */
bool token_is_good(struct store_txn *txn, const struct caller *caller, uint64_t now_ms);
void token_touch(struct store_txn *txn, const struct caller *caller, uint64_t now_ms);
void token_end_all(struct store_txn *txn, struct id member);
/* The scope that a command needs; NULL = it takes no access token. */
const char *token_scope_of(const struct command *command);
/* TOKEN_OUT_OF_SCOPE. */
enum error token_check(const struct caller *caller, const struct command *command);
/* What is left of enum who bits within the scopes of a caller. */
unsigned token_who(const struct caller *caller, unsigned who);
/* Fills the answer of session.get and session.join. */
void session_describe(struct request *request, struct id member);
void session_describe_screen(struct request *request, struct id meeting);
extern const struct field session_fields[];

#endif
