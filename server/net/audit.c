/* Audit lines: what administrators and the operator did.
 *
 * A command is an act of office when plain members may not send it, or when the operator sent it: the table of commands
 * says so, no list stands here. Who is a member's id, on what are the ids and numbers among the parameters
 * and in the answer; names and texts are in no line. Start at audit_turn(). */
#include "server/engine/log.h"
#include "server/net/internal.h"

enum { ON_MAX = 600, ID_TEXT = ID_TEXT_SIZE - 1 };

/* Ids, and numbers of things: never words that somebody wrote. */
static void append_ids(struct buffer *on, const json_t *object)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        struct id id;
        const char *text = json_string_value(value);
        bool is_id = text != NULL && strlen(text) == ID_TEXT && id_parse(slice_text(text), &id);
        if (is_id && strcmp(name, "command") != 0) {
            buffer_format(on, "%s%s=%s", on->size == 0 ? "" : " ", name, text);
        } else if (json_is_integer(value)) {
            buffer_format(on, "%s%s=%lld", on->size == 0 ? "" : " ", name,
                          (long long)json_integer_value(value));
        }
    }
}

void audit_turn(const struct conversation *conversation, const struct turn *turn)
{
    const struct request *request = &turn->job.request;
    if (request->command == NULL || !command_is_write(request->command) ||
        conversation->caller.kind == CALLER_NOBODY ||
        (conversation->caller.kind != CALLER_OPERATOR && !command_is_office(request->command))) {
        return;
    }
    struct buffer on;
    buffer_init(&on, ON_MAX);
    append_ids(&on, request->params);
    append_ids(&on, request->result);
    buffer_append_u8(&on, 0);
    char who[ID_TEXT_SIZE + sizeof "member "] = "operator";
    if (conversation->caller.kind == CALLER_MEMBER) {
        memcpy(who, "member ", sizeof "member ");
        id_format(conversation->caller.member, who + sizeof "member " - 1);
    }
    const struct log_act act = {
        .who = who,
        .command = command_method(request->command),
        .on = buffer_ok(&on) ? (const char *)on.data : "more than fits",
        .result = turn->job.error == ERROR_NONE ? "done" : error_reason(turn->job.error),
        .source = conversation_source(conversation)};
    log_audit(&act);
    buffer_free(&on);
}
