/* Acting as the operator on a folder: through the control socket of the server that runs on it, else directly. */
#ifndef PALABRE_SERVER_COMMANDS_OPERATOR_H
#define PALABRE_SERVER_COMMANDS_OPERATOR_H

#include "server/engine/folder.h"

enum { OPERATOR_CALLS_MAX = 1000, OPERATOR_FIELD_SIZE = 64 };

struct operator_desk;
/* One command and its answer. */
struct operator_call {
    const char *method;              /* static */
    json_t *params;                  /* an object; its reference is taken by operator_send */
    enum error error;                /* the answer: ERROR_NONE = result holds it */
    json_t *result;                  /* the caller's reference; NULL when refused */
    char field[OPERATOR_FIELD_SIZE]; /* the parameter at fault, or "" */
};

/* Connects to DIR/control, or takes the folder's lock. The caller closes. message says why not. */
enum error operator_open(const char *dir, struct operator_desk **desk,
                         char message[FOLDER_MESSAGE_SIZE]);
void operator_close(struct operator_desk *desk);
/* At most OPERATOR_CALLS_MAX, in order; directly on the folder in one transaction. false = the way itself failed (the
 * server went away, the store is broken), message says how; the calls' answers are then not to be believed. */
bool operator_send(struct operator_desk *desk, struct operator_call *calls, size_t count,
                   char message[FOLDER_MESSAGE_SIZE]);
/* One call, with a fresh `command` id added when the method writes and params has none. */
bool operator_do(struct operator_desk *desk, struct operator_call *call,
                 char message[FOLDER_MESSAGE_SIZE]);
/* All documents of a topic ("org", "members/private"): a new reference to an array, NULL = refused or failed. */
json_t *operator_topic(struct operator_desk *desk, const char *name);
/* The id text of the member with this e-mail address; "" = nobody. */
void operator_member_by_email(struct operator_desk *desk, const char *email,
                              char text[ID_TEXT_SIZE]);
/* Releases the results of calls. */
void operator_calls_free(struct operator_call *calls, size_t count);

/* Bytes of files attached that nothing speaks of any more are deleted: now, or by the server that runs within a minute.
 * false = they could not be looked through. */
bool operator_sweep(struct operator_desk *desk, const char *dir, char message[FOLDER_MESSAGE_SIZE]);

#endif
