/* The concepts of the assembly, in the order their apply functions see an event.
 *
 * To add a concept: one file that exports a `struct concept`, one line here. Everything else (dispatch, the access matrix,
 * the OpenRPC document, the client's types) is read from the tables. The order matters where two concepts look at the same
 * event: people before texts, texts before votes, votes before what comes out of them. */
#include "assembly/registry.h"

#include "assembly/member.h"

#include <string.h>

const struct concept *const concept_registry[] = {
    &concept_organisation,
    &concept_member,
    &concept_invitation,
    &concept_session,
    &concept_device,
    &concept_group,
    &concept_proposal,
    &concept_comment,
    &concept_file,
    &concept_mention,
    &concept_report,
    &concept_poll,
    &concept_practice,
    &concept_ballot,
    &concept_consent,
    &concept_decision,
    &concept_task,
    &concept_personal,
    &concept_notification,
    &concept_draft,
    &concept_log,
    &concept_wire,
    &concept_search,
    &concept_standing,
    &concept_dormancy,
    &concept_joining,
    &concept_directory,
    &concept_invite_file,
    &concept_erasure,
    &concept_token,
    &concept_rule,
    &concept_meeting,
    &concept_screen,
    &concept_attendance,
    &concept_incident,
    &concept_minutes,
    NULL,
};

const struct command *command_find(struct slice method)
{
    for (const struct concept *const *concept = concept_registry; *concept != NULL; concept ++) {
        const struct command *command = (*concept)->commands;
        for (; command != NULL && command->method != NULL; command++) {
            if (slice_equal(method, slice_text(command->method))) {
                return command;
            }
        }
    }
    return NULL;
}

const struct document_shape *registry_document(uint8_t code)
{
    for (const struct concept *const *concept = concept_registry; *concept != NULL; concept ++) {
        const struct document_shape *shape = (*concept)->documents;
        for (; shape != NULL && shape->code != 0; shape++) {
            if (shape->code == code) {
                return shape;
            }
        }
    }
    return NULL;
}

const struct topic_shape *registry_topic(uint8_t code)
{
    for (const struct concept *const *concept = concept_registry; *concept != NULL; concept ++) {
        const struct topic_shape *shape = (*concept)->topics;
        for (; shape != NULL && shape->code != 0; shape++) {
            if (shape->code == code) {
                return shape;
            }
        }
    }
    return NULL;
}

void registry_apply(struct change *change)
{
    for (const struct concept *const *concept = concept_registry; *concept != NULL; concept ++) {
        const struct applies *applies = (*concept)->applies;
        for (; applies != NULL && applies->event != 0; applies++) {
            if (applies->event == change->type) {
                applies->apply(change);
            }
        }
    }
    for (const struct concept *const *concept = concept_registry; *concept != NULL; concept ++) {
        if ((*concept)->every != NULL) {
            (*concept)->every(change);
        }
    }
}

bool command_is_write(const struct command *command)
{
    return (command->flags & COMMAND_WRITE) != 0;
}

bool command_is_ballot(const struct command *command)
{
    return (command->flags & COMMAND_BALLOT) != 0;
}

bool command_is_free(const struct command *command)
{
    return (command->flags & COMMAND_FREE) != 0;
}

bool command_is_voting(const struct command *command)
{
    return (command->flags & (COMMAND_BALLOT | COMMAND_VOTING)) != 0;
}

bool command_is_personal(const struct command *command)
{
    return (command->flags & COMMAND_PERSONAL) != 0;
}

bool command_is_daily(const struct command *command)
{
    return (command->flags & COMMAND_DAILY) != 0;
}

bool command_is_session(const struct command *command)
{
    return (command->flags & COMMAND_SESSION) != 0;
}

bool command_allows(const struct command *command, enum caller_kind kind)
{
    switch (kind) {
    case CALLER_NOBODY:
        return (command->who & WHO_NOBODY_NEEDED) != 0;
    case CALLER_MEMBER:
        return (command->who & ~(unsigned)(WHO_OPERATOR | WHO_SYSTEM | WHO_SCREEN)) != 0;
    case CALLER_OPERATOR:
        return (command->who & (WHO_OPERATOR | WHO_NOBODY_NEEDED)) != 0;
    case CALLER_SYSTEM:
        return (command->who & WHO_SYSTEM) != 0;
    case CALLER_SCREEN:
        return (command->who & (WHO_SCREEN | WHO_NOBODY_NEEDED)) != 0;
    }
    return false;
}

bool command_is_office(const struct command *command)
{
    return (command->who & (WHO_MEMBER | WHO_NOBODY_NEEDED)) == 0;
}

const char *command_method(const struct command *command)
{
    return command->method;
}

bool command_frees_files(const struct command *command)
{
    return (command->flags & COMMAND_FREES_FILES) != 0;
}

bool caller_may(struct store_txn *txn, const struct caller *caller, const char *method)
{
    const struct command *command = command_find(slice_text(method));
    return command != NULL && token_check(caller, command) == ERROR_NONE &&
           (caller_who(txn, caller) & command->who) != 0;
}
