/* palabre minutes: prints the minutes of a meeting.
 *
 * One call of minutes.export through the operator's desk, so it works while a server runs and while none does, and gives what
 * a member gets: drafts too, which the operator may read. The four words of the seal are not in it; a client makes them.
 * Start at command_minutes(). */
#include <stdio.h>

#include "server/commands/commands.h"
#include "server/commands/operator.h"
#include "server/commands/options.h"

enum { DONE, REFUSED };

static int print_answer(const struct operator_call *call)
{
    struct slice text = json_get_text(call->result, "text");
    if (call->error != ERROR_NONE) {
        fprintf(stderr, "palabre: %s (%s%s%s)\n", error_sentence(call->error),
                error_reason(call->error), call->field[0] == '\0' ? "" : ", ", call->field);
        return REFUSED;
    }
    return fwrite(text.data, 1, text.size, stdout) == text.size && fflush(stdout) == 0 ? DONE
                                                                                       : REFUSED;
}

static int export(const char *dir, json_t *params)
{
    char message[FOLDER_MESSAGE_SIZE];
    struct operator_desk *desk;
    struct operator_call call = {.method = "minutes.export", .params = params};
    int code = REFUSED;
    if (operator_open(dir, &desk, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        json_decref(params);
        return REFUSED;
    }
    if (operator_do(desk, &call, message)) {
        code = print_answer(&call);
    } else {
        fprintf(stderr, "palabre: %s\n", message);
    }
    operator_calls_free(&call, 1);
    operator_close(desk);
    return code;
}

int command_minutes(int argc, char **argv)
{
    const char *dir = NULL, *meeting = NULL, *language = NULL, *format = NULL;
    const struct option_line options[] = {
        {"meeting", "N", "number of the meeting (needed)", NULL, &meeting, 1, NULL},
        {"language", "L", "fr, nl or en; default fr", NULL, &language, 1, NULL},
        {"format", "F", "html, markdown or json; default html", NULL, &format, 1, NULL},
        {NULL, NULL, NULL, NULL, NULL, 0, NULL},
    };
    const struct usage usage = {
        .line = "minutes DIR --meeting N [options]",
        .about = "Prints the minutes of a meeting, sealed or still a draft.",
        .exits = "0 printed, 1 refused (minutes.unknown: none are drafted), 2 wrong usage",
        .options = options,
        .arguments = 1,
    };
    int code = options_read(&usage, argc, argv, &dir);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    if (meeting == NULL) {
        fprintf(stderr, "palabre: --meeting is needed\n");
        return 2;
    }
    json_t *params = json_object();
    json_put(params, "meeting", json_text(slice_text(meeting)));
    json_put(params, "language", json_text(slice_text(language == NULL ? "fr" : language)));
    json_put(params, "format", json_text(slice_text(format == NULL ? "html" : format)));
    return export(dir, params);
}
