/* palabre demo: an invented organisation with members, proposals, votes, decisions and to-dos, and links to enter it.
 *
 * The story is built into the program (demo_data.h). Making it: demo_make(); links: three commands of the operator, to the
 * server that runs on the folder or to the folder itself. Start at command_demo(). */
#include "server/commands/commands.h"

#include <stdio.h>
#include <string.h>

#include "server/commands/demo_story.h"
#include "server/commands/operator.h"
#include "server/commands/options.h"
#include "server/engine/clock.h"

static const char default_origin[] = "http://127.0.0.1:8080";

/* ---- making ---- */

static void print_left_out(const struct demo_story *story)
{
    size_t total = 0;
    for (size_t i = 0; i < story->left_count; i++) {
        total += story->left[i].count;
    }
    printf("left out: %zu (what this version cannot do yet)\n", total);
    for (size_t i = 0; i < story->left_count; i++) {
        printf("  %s %zu\n", story->left[i].what, story->left[i].count);
    }
}

static void print_figures(const struct demo_figures *figures)
{
    const struct {
        const char *what;
        size_t count;
    } lines[] = {
        {"members", figures->members},     {"groups", figures->groups},
        {"proposals", figures->proposals}, {"comments", figures->comments},
        {"polls", figures->polls},         {"ballots", figures->ballots},
        {"decisions", figures->decisions}, {"to-dos", figures->tasks},
        {"meetings", figures->meetings},   {"files", figures->files},
        {"reports", figures->reports},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        printf("%s %zu\n", lines[i].what, lines[i].count);
    }
}

static int make(const char *dir)
{
    struct demo_story story;
    struct demo_figures figures;
    char message[DEMO_MESSAGE_SIZE] = "";
    enum demo_outcome outcome = demo_make(dir, clock_wall_ms(), &story, &figures, message);
    switch (outcome) {
    case DEMO_FAILED:
        fprintf(stderr, "palabre: %s\n", message);
        break;
    case DEMO_WAS_THERE:
        printf("0 new\n");
        break;
    case DEMO_MADE:
        print_figures(&figures);
        print_left_out(&story);
        break;
    }
    demo_story_clear(&story);
    return outcome == DEMO_FAILED ? 1 : 0;
}

/* ---- links ---- */

/* The first member who is active and has no role. */
static struct id plain_member(const struct demo_story *story)
{
    const json_t *members = demo_list(story, "members");
    for (size_t i = 0; i < json_array_size(members); i++) {
        const json_t *member = json_array_get(members, i);
        if (json_array_size(json_object_get(member, "roles")) == 0 &&
            slice_equal(json_get_text(member, "status"), slice_text("active"))) {
            return json_get_id(member, "id");
        }
    }
    return (struct id){{0}};
}

static int print_link(struct operator_desk *desk, const struct demo_story *story, const char *role,
                      struct id member, const char *origin)
{
    char why[FOLDER_MESSAGE_SIZE] = "";
    struct operator_call call = {.method = "member.link", .params = json_object()};
    json_put(call.params, "id", json_id(member));
    if (!operator_do(desk, &call, why) || call.error != ERROR_NONE) {
        fprintf(stderr, "palabre: no link for the %s: %s\n", role,
                why[0] != '\0' ? why : error_sentence(call.error));
        operator_calls_free(&call, 1);
        return 1;
    }
    struct slice name = json_get_text(demo_find(story, "members", member), "name");
    const char *link = json_string_value(json_object_get(call.result, "link"));
    const char *path = link == NULL ? NULL : strstr(link, "/join#");
    printf("%s\t%.*s\t%s%s\n", role, (int)name.size, (const char *)name.data, origin,
           path == NULL ? "" : path);
    operator_calls_free(&call, 1);
    return path == NULL ? 1 : 0;
}

static bool holds_demo(struct operator_desk *desk, const struct demo_story *story)
{
    bool holds = false;
    json_t *documents = operator_topic(desk, "org");
    for (size_t i = 0; i < json_array_size(documents); i++) {
        holds = holds || id_equal(json_get_id(json_array_get(documents, i), "id"), story->org);
    }
    json_decref(documents);
    return holds;
}

static int print_links(const char *dir, const char *origin)
{
    char why[FOLDER_MESSAGE_SIZE] = "";
    struct demo_story story;
    struct operator_desk *desk;
    if (operator_open(dir, &desk, why) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s: %s\n", dir, why);
        return 1;
    }
    demo_story_open(&story, 0);
    int code = 1;
    if (!holds_demo(desk, &story)) {
        fprintf(stderr, "palabre: %s does not hold the demo organisation\n", dir);
    } else {
        code = print_link(desk, &story, "admin", demo_role(&story, "admin"), origin);
        code |= print_link(desk, &story, "facilitator", demo_role(&story, "facilitator"), origin);
        code |= print_link(desk, &story, "member", plain_member(&story), origin);
    }
    operator_close(desk);
    demo_story_clear(&story);
    return code;
}

int command_demo(int argc, char **argv)
{
    bool links = false;
    const char *origin = NULL, *dir;
    const struct option_line options[] = {
        {.name = "links", .help = "print fresh links to enter the demo in DIR", .flag = &links},
        {.name = "origin",
         .argument = "URL",
         .help = "what links begin with (http://127.0.0.1:8080)",
         .values = &origin,
         .max = 1},
        {0},
    };
    const struct usage usage = {
        .line = "demo DIR [--links [--origin URL]]",
        .about =
            "Makes an invented organisation in DIR, a new or an empty folder: members, proposals,\n"
            "votes with signed ballots, decisions and to-dos, dated around today. A folder that\n"
            "holds the demo is left as it is. With --links: one line each for an administrator, a\n"
            "facilitator and a member of the demo, role, name and link separated by tabs; each\n"
            "link works once.",
        .exits = "0 done, 1 refused or not as the story expects, 2 wrong usage",
        .options = options,
        .arguments = 1,
    };
    int code = options_read(&usage, argc, argv, &dir);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    if (origin != NULL && !links) {
        fprintf(stderr, "palabre: --origin goes with --links\n");
        return 2;
    }
    return links ? print_links(dir, origin == NULL ? default_origin : origin) : make(dir);
}
