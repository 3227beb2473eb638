/* palabre invite: prints one line, the link that brings somebody in.
 *
 * With --role: invites a new member. With --member: another link for a member who exists (by number or e-mail), for
 * instance after a lost device; that is an act in the record which the member sees. With --csv: everybody
 * of a list (invite_csv.c). All go through the operator's desk,
 * so it works while a server runs and while none does.
 * A server puts its own first origin before the link; without one it is --origin, else the origin last served. */
#include <stdio.h>
#include <stdlib.h>

#include "server/commands/commands.h"
#include "server/commands/invite_csv.h"
#include "server/commands/operator.h"
#include "server/commands/options.h"
#include "server/commands/served.h"

enum { ROLES_MAX = 8 };

struct wanted {
    const char *dir, *roles[ROLES_MAX], *name, *class, *language, *email, *member, *origin, *csv;
    size_t role_count;
    bool dry;
};

/* "member" is what everybody is without another role. */
static json_t *roles_of(const struct wanted *wanted)
{
    json_t *roles = json_array();
    for (size_t at = 0; at < wanted->role_count; at++) {
        if (strcmp(wanted->roles[at], "member") != 0) {
            json_array_append_new(roles, json_text(slice_text(wanted->roles[at])));
        }
    }
    return roles;
}

/* The id of the first class that votes; none = there is no such class, or the folder could not be read. */
static struct id first_voting_class(struct operator_desk *desk)
{
    json_t *documents = operator_topic(desk, "org");
    struct id found = {.bytes = {0}};
    for (size_t at = 0; at < json_array_size(documents) && id_is_none(found); at++) {
        const json_t *classes = json_object_get(json_array_get(documents, at), "classes");
        for (size_t one = 0; one < json_array_size(classes) && id_is_none(found); one++) {
            const json_t *class = json_array_get(classes, one);
            if (json_get_flag(class, "votes")) {
                found = json_get_id(class, "id");
            }
        }
    }
    json_decref(documents);
    return found;
}

static void put_text(json_t *params, const char *key, const char *value)
{
    if (value != NULL) {
        json_put(params, key, json_text(slice_text(value)));
    }
}

static json_t *invite_params(struct operator_desk *desk, const struct wanted *wanted)
{
    json_t *params = json_object();
    uint8_t random[ID_SIZE];
    crypto_random(random, sizeof random);
    json_put(params, "id", json_id(id_from_random(random)));
    put_text(params, "name", wanted->name);
    put_text(params, "email", wanted->email);
    put_text(params, "language", wanted->language);
    if (wanted->class != NULL) {
        put_text(params, "class", wanted->class);
    } else {
        json_put(params, "class", json_id(first_voting_class(desk)));
    }
    json_put(params, "roles", roles_of(wanted));
    return params;
}

static json_t *link_params(struct operator_desk *desk, const struct wanted *wanted)
{
    json_t *params = json_object();
    char text[ID_TEXT_SIZE];
    if (strchr(wanted->member, '@') == NULL) {
        put_text(params, "id", wanted->member);
        return params;
    }
    operator_member_by_email(desk, wanted->member, text);
    put_text(params, "id", text[0] == '\0' ? "0" : text);
    return params;
}

static int print_link(const struct wanted *wanted, const struct operator_call *call)
{
    struct slice link = json_get_text(call->result, "link");
    char origin[SERVED_ORIGIN_MAX] = "";
    if (link.size > 0 && link.data[0] == '/') {
        served_origin(wanted->dir, origin);
    }
    if (wanted->origin != NULL && link.size > 0) {
        const uint8_t *path = memmem(link.data, link.size, "/join#", 6);
        link = path == NULL ? link : slice_of(path, link.size - (size_t)(path - link.data));
        snprintf(origin, sizeof origin, "%s", wanted->origin);
    }
    printf("%s%.*s\n", origin, (int)link.size, (const char *)link.data);
    return link.size > 0 ? 0 : 1;
}

static int act(struct operator_desk *desk, const struct wanted *wanted)
{
    char message[FOLDER_MESSAGE_SIZE];
    struct operator_call call = {.method = wanted->member == NULL ? "member.invite" : "member.link",
                                 .params = wanted->member == NULL ? invite_params(desk, wanted)
                                                                  : link_params(desk, wanted)};
    int code = 1;
    if (!operator_do(desk, &call, message)) {
        fprintf(stderr, "palabre: %s\n", message);
    } else if (call.error != ERROR_NONE) {
        fprintf(stderr, "palabre: %s (%s%s%s)\n", error_sentence(call.error),
                error_reason(call.error), call.field[0] == '\0' ? "" : ", ", call.field);
    } else {
        code = print_link(wanted, &call);
    }
    operator_calls_free(&call, 1);
    return code;
}

int command_invite(int argc, char **argv)
{
    struct wanted wanted = {.role_count = 0};
    const struct option_line options[] = {
        {"role", "R", "member, admin, facilitator, secretary, auditor, observer …; may be repeated",
         NULL, wanted.roles, ROLES_MAX, &wanted.role_count},
        {"name", "N", "without it the person gives it when joining", NULL, &wanted.name, 1, NULL},
        {"class", "C", "id or key; default the first class that votes", NULL, &wanted.class, 1,
         NULL},
        {"language", "L", "fr, nl, en …", NULL, &wanted.language, 1, NULL},
        {"email", "E", "where to reach the person", NULL, &wanted.email, 1, NULL},
        {"member", "M", "another link for a member who exists: number or e-mail", NULL,
         &wanted.member, 1, NULL},
        {"csv", "FILE", "everybody of a list who is not known yet; prints name,link", NULL,
         &wanted.csv, 1, NULL},
        {"dry-run", NULL, "with --csv: only say what would be done", &wanted.dry, NULL, 0, NULL},
        {"origin", "URL", "what the link begins with", NULL, &wanted.origin, 1, NULL},
        {0},
    };
    const struct usage usage = {
        .line =
            "invite DIR (--role R [options] | --member M | --csv FILE [--dry-run]) [--origin URL]",
        .about = "Prints one line: a link that lets one person in, once, for 30 days.\n"
                 "With --csv one line \"name,link\" for each person who is new.\n"
                 "Works with a running server and without one.",
        .exits = "0 printed, 1 refused, 2 wrong usage",
        .options = options,
        .arguments = 1,
    };
    int code = options_read(&usage, argc, argv, &wanted.dir);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    int ways = (wanted.role_count > 0) + (wanted.member != NULL) + (wanted.csv != NULL);
    if (ways != 1 || (wanted.dry && wanted.csv == NULL)) {
        fprintf(stderr, "palabre: give one of --role, --member, --csv\n");
        return 2;
    }
    if (wanted.csv != NULL) {
        const struct invite_csv list = {.dir = wanted.dir,
                                        .file = wanted.csv,
                                        .class = wanted.class,
                                        .origin = wanted.origin,
                                        .dry = wanted.dry};
        return invite_csv(&list);
    }
    struct operator_desk *desk;
    char message[FOLDER_MESSAGE_SIZE];
    if (operator_open(wanted.dir, &desk, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s\n", message);
        return 1;
    }
    code = act(desk, &wanted);
    operator_close(desk);
    return code;
}
