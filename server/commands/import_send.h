/* Sending a checked source as commands of the operator. */
#ifndef PALABRE_SERVER_COMMANDS_IMPORT_SEND_H
#define PALABRE_SERVER_COMMANDS_IMPORT_SEND_H

#include "server/commands/import_source.h"
#include "server/commands/operator.h"

/* The id of an imported thing: UUIDv8 from SHA-256(organisation ‖ format ‖ kind ‖ id at the source), kind one of
 * "member", "proposal", "comment". The same thing always gets the same id, so importing again adds nothing. */
struct id import_id(struct id org, const char *format, const char *kind, struct slice source_id);

/* Told after each group of commands. */
typedef void (*import_progress)(void *context, size_t done, size_t total);
/* Sends people, proposals and comments in groups. *added = things that were not there before. False = message says what
 * was refused, and nothing after it was sent; what was sent stays, and importing again goes on from there. */
bool import_send(struct operator_desk *desk, struct id org, const struct import_source *source,
                 import_progress progress, void *context, size_t *added,
                 char message[IMPORT_MESSAGE_SIZE]);

#endif
