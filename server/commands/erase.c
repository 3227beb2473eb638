/* palabre erase: takes a person out of the record for ever.
 *
 * One call of member.erase through the operator's desk, so it works while a server runs and while none does, with the same
 * checks and the same events. When it comes back, the file of the store has been rewritten, or it says that this is still to
 * be done. --list does again what a list of erasures (DIR/erasures) says: for a folder made from a backup that is older.
 * Start reading at command_erase(). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/commands/commands.h"
#include "server/commands/erase.h"
#include "server/commands/options.h"

enum { LINE_MAX_SIZE = 256 };

struct wanted {
    const char *dir, *member, *reason, *list;
    bool texts, dry;
};

static json_t *params_of(const char *member, bool texts, const char *reason)
{
    json_t *params = json_object();
    json_put(params, "id", json_text(slice_text(member)));
    json_put(params, "texts", json_boolean(texts));
    if (reason != NULL) {
        json_put(params, "reason", json_text(slice_text(reason)));
    }
    return params;
}

static int say_refusal(const struct operator_call *call)
{
    fprintf(stderr, "palabre: %s (%s%s%s)\n", error_sentence(call->error),
            error_reason(call->error), call->field[0] == '\0' ? "" : ", ", call->field);
    return 1;
}

/* 0 done; what it answers into result (a new reference), which may be NULL. */
static int ask(struct operator_desk *desk, const char *method, json_t *params, json_t **result)
{
    char message[FOLDER_MESSAGE_SIZE];
    struct operator_call call = {.method = method, .params = params};
    int code = 0;
    if (!operator_do(desk, &call, message)) {
        fprintf(stderr, "palabre: %s\n", message);
        code = 1;
    } else if (call.error != ERROR_NONE) {
        code = say_refusal(&call);
    } else if (result != NULL) {
        *result = json_incref(call.result);
    }
    operator_calls_free(&call, 1);
    return code;
}

static int preview(struct operator_desk *desk, const char *member, bool texts)
{
    static const struct {
        const char *key, *words;
    } lines[] = {
        {"profile", "events that say who the person is, or what was noted of them"},
        {"texts", "texts of theirs"},
        {"files", "files they attached"},
        {"notes", "notes on their ballots"},
        {"named", "texts by others in which the name stands (they stay)"},
    };
    json_t *result = NULL;
    int code = ask(desk, "erasure.preview", params_of(member, texts, NULL), &result);
    for (size_t at = 0; code == 0 && at < sizeof lines / sizeof lines[0]; at++) {
        printf("%6lld  %s\n", (long long)json_get_integer(result, lines[at].key), lines[at].words);
    }
    json_decref(result);
    return code;
}

static int say_state(struct operator_desk *desk, const char *dir)
{
    json_t *result = NULL;
    char message[FOLDER_MESSAGE_SIZE];
    if (!operator_sweep(desk, dir, message)) {
        fprintf(stderr, "palabre: %s\n", message);
        return 1;
    }
    int code = ask(desk, "erasure.state", json_object(), &result);
    if (code == 0 && json_get_flag(result, "pending")) {
        printf("erased from the record; what was erased is still in the file on the disk (see the "
               "log): the next start rewrites it\n");
        code = 1;
    } else if (code == 0) {
        printf("erased, and the file of the record rewritten\n");
    }
    json_decref(result);
    return code;
}

static int erase_one(struct operator_desk *desk, const struct wanted *wanted)
{
    char text[ID_TEXT_SIZE];
    const char *member = wanted->member;
    if (strchr(member, '@') != NULL) {
        operator_member_by_email(desk, member, text);
        member = text[0] == '\0' ? "0" : text;
    }
    if (wanted->dry) {
        return preview(desk, member, wanted->texts);
    }
    const char *reason = wanted->reason == NULL ? "asked" : wanted->reason;
    int code = ask(desk, "member.erase", params_of(member, wanted->texts, reason), NULL);
    return code == 0 ? say_state(desk, wanted->dir) : code;
}

/* ---- a list ---- */

struct listed {
    char member[40], texts[2], reason[16];
};

static int erase_listed(struct operator_desk *desk, const struct listed *listed, unsigned counts[3])
{
    char message[FOLDER_MESSAGE_SIZE];
    struct operator_call call = {
        .method = "member.erase",
        .params = params_of(listed->member, listed->texts[0] == '1', listed->reason)};
    int code = 0;
    if (!operator_do(desk, &call, message)) {
        fprintf(stderr, "palabre: %s\n", message);
        code = 1;
    } else if (call.error == ERROR_NONE) {
        counts[0]++;
    } else if (call.error == ERROR_MEMBER_BAD_STATE || call.error == ERROR_MEMBER_UNKNOWN) {
        counts[call.error == ERROR_MEMBER_UNKNOWN ? 2 : 1]++;
    } else {
        fprintf(stderr, "palabre: %s: ", listed->member);
        code = say_refusal(&call);
    }
    operator_calls_free(&call, 1);
    return code;
}

int erase_list(struct operator_desk *desk, const char *dir, const char *path)
{
    char line[LINE_MAX_SIZE];
    unsigned counts[3] = {0}; /* erased, erased before, unknown */
    struct listed listed;
    FILE *file = fopen(path, "re");
    int code = 0;
    if (file == NULL) {
        fprintf(stderr, "palabre: %s cannot be read\n", path);
        return 2;
    }
    for (unsigned number = 1; code < 2 && fgets(line, sizeof line, file) != NULL; number++) {
        if (sscanf(line, "%39s %1s %15s", listed.member, listed.texts, listed.reason) != 3) {
            fprintf(stderr, "palabre: %s: line %u is no erasure\n", path, number);
            code = 2;
        } else if (erase_listed(desk, &listed, counts) != 0) {
            code = 1;
        }
    }
    if (ferror(file)) {
        fprintf(stderr, "palabre: %s cannot be read\n", path);
        code = 2;
    }
    fclose(file);
    char message[FOLDER_MESSAGE_SIZE];
    if (code == 0 && !operator_sweep(desk, dir, message)) {
        fprintf(stderr, "palabre: %s\n", message);
        code = 1;
    }
    printf("list of erasures: %u erased, %u erased before, %u not known here\n", counts[0],
           counts[1], counts[2]);
    return code;
}

int command_erase(int argc, char **argv)
{
    struct wanted wanted = {.dir = NULL};
    const struct option_line options[] = {
        {"member", "M", "who: number, id or e-mail", NULL, &wanted.member, 1, NULL},
        {"texts", NULL, "also what they wrote", &wanted.texts, NULL, 0, NULL},
        {"reason", "R", "asked (default), retention, authority, moderation", NULL, &wanted.reason,
         1, NULL},
        {"dry-run", NULL, "only say what would go", &wanted.dry, NULL, 0, NULL},
        {"list", "FILE", "do again the erasures of a list (DIR/erasures)", NULL, &wanted.list, 1,
         NULL},
        {0},
    };
    const struct usage usage = {
        .line = "erase DIR (--member M [--texts] [--reason R] [--dry-run] | --list FILE)",
        .about =
            "Takes a person out of the record for ever: name, address, profile, sessions, drafts;\n"
            "with --texts also proposals, comments, to-dos, files and notes on ballots. Ballots "
            "stay\n"
            "without a name, so every count can be done again. Then the file is rewritten.\n"
            "Works with a running server and without one. It cannot be undone.",
        .exits = "0 erased (or said), 1 refused or not complete, 2 wrong usage or unreadable",
        .options = options,
        .arguments = 1,
    };
    int code = options_read(&usage, argc, argv, &wanted.dir);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    if ((wanted.member == NULL) == (wanted.list == NULL) ||
        (wanted.list != NULL && (wanted.texts || wanted.dry || wanted.reason != NULL))) {
        fprintf(stderr, "palabre: give one of --member, --list\n");
        return 2;
    }
    struct operator_desk *desk;
    char message[FOLDER_MESSAGE_SIZE];
    if (operator_open(wanted.dir, &desk, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        return 1;
    }
    code =
        wanted.list != NULL ? erase_list(desk, wanted.dir, wanted.list) : erase_one(desk, &wanted);
    operator_close(desk);
    return code;
}
