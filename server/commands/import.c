/* palabre import: brings a discussion from elsewhere into an organisation.
 *
 * The whole source is read and checked first; then it is sent as commands of the operator, to the server that runs on the
 * folder or to the folder itself. Running it again adds nothing. Start at command_import(). */
#include "server/commands/commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/commands/import_record.h"
#include "server/commands/import_send.h"
#include "server/commands/options.h"

enum { BAR_WIDTH = 40 };

/* One line that is written over, on a terminal only. */
static void show_progress(void *context, size_t done, size_t total)
{
    char bar[BAR_WIDTH + 1];
    size_t full = total == 0 ? BAR_WIDTH : done * BAR_WIDTH / total;
    (void)context;
    memset(bar, '#', full);
    memset(bar + full, '.', BAR_WIDTH - full);
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r%s %zu of %zu%s", bar, done, total, done == total ? "\n" : "");
    fflush(stderr);
}

static void print_summary(const struct import_source *source, size_t added)
{
    printf("proposals %zu\n", source->proposal_count);
    printf("comments %zu\n", source->comment_count);
    printf("people %zu (of whom %zu commented)\n", source->person_count, source->commenting);
    printf("orphans %zu (they answer a comment that is not in the source)\n", source->orphans);
    printf("empty %zu (brought in as removed)\n", source->empty);
    printf("%zu new\n", added);
}

/* The organisation's id; none = it could not be read. */
static struct id organisation_of(struct operator_desk *desk)
{
    struct id org = {{0}};
    json_t *documents = operator_topic(desk, "org");
    for (size_t i = 0; i < json_array_size(documents); i++) {
        const json_t *document = json_array_get(documents, i);
        if (slice_equal(json_get_text(document, "kind"), slice_text("organisation"))) {
            org = json_get_id(document, "id");
        }
    }
    json_decref(documents);
    return org;
}

static int send_to(const char *dir, const struct import_source *source)
{
    char why[FOLDER_MESSAGE_SIZE], message[IMPORT_MESSAGE_SIZE];
    struct operator_desk *desk;
    size_t added = 0;
    if (operator_open(dir, &desk, why) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s: %s\n", dir, why);
        return 1;
    }
    struct id org = organisation_of(desk);
    if (id_is_none(org)) {
        fprintf(stderr, "palabre: %s: the organisation could not be read\n", dir);
        operator_close(desk);
        return 1;
    }
    bool good = import_send(desk, org, source, isatty(STDERR_FILENO) ? show_progress : NULL, NULL,
                            &added, message);
    operator_close(desk);
    if (!good) {
        fprintf(stderr, "palabre: %s (%zu things were brought in before)\n", message, added);
        return 1;
    }
    print_summary(source, added);
    return 0;
}

int command_import(int argc, char **argv)
{
    const char *format = NULL, *key = NULL, *arguments[2];
    const struct option_line options[] = {
        {.name = "format",
         .argument = "NAME",
         .help = "what FOLDER holds: decide-madrid, or palabre (a private export)",
         .values = &format,
         .max = 1},
        {.name = "key",
         .argument = "FILE",
         .help = "palabre: the ledger.key that sealed the record; else a new one is drawn",
         .values = &key,
         .max = 1},
        {0},
    };
    const struct usage usage = {
        .line = "import DIR --format NAME FOLDER",
        .about = "Brings a discussion from elsewhere into the organisation in DIR: its authors "
                 "(who get\n"
                 "no session and no vote), proposals and comments. FOLDER holds proposals.csv,\n"
                 "comments.csv and comment_hierarchy.csv. All of it is checked before anything is\n"
                 "brought in, and importing it again adds nothing. With palabre, FOLDER is what\n"
                 "`export --with-private` wrote and DIR a new folder that becomes the same\n"
                 "organisation, with the files attached in FOLDER.files.",
        .exits = "0 done, 1 refused, 2 wrong usage or unreadable input (the place is named)",
        .options = options,
        .arguments = 2,
    };
    int code = options_read(&usage, argc, argv, arguments);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    if (format != NULL && strcmp(format, "palabre") == 0) {
        return import_record(arguments[0], arguments[1], key);
    }
    if (format == NULL || strcmp(format, "decide-madrid") != 0 || key != NULL) {
        fprintf(stderr, "palabre: %s\n",
                format == NULL ? "--format is missing: decide-madrid or palabre"
                : key != NULL  ? "--key goes with --format palabre"
                               : "--format must be decide-madrid or palabre");
        return 2;
    }
    struct import_source *source;
    char message[IMPORT_MESSAGE_SIZE];
    if (import_read_madrid(arguments[1], &source, message) != ERROR_NONE) {
        fprintf(stderr, "palabre: %s/%s\n", arguments[1], message);
        return 2;
    }
    code = send_to(arguments[0], source);
    import_source_free(source);
    return code;
}
