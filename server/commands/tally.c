/* palabre tally: counts a file of ballots, or a vote out of an exported record, by any method that is offered.
 *
 * The file is read whole into memory, then into a box (src/tally/formats), counted by the same functions as the votes of an
 * organisation, and reported (tally_report.c, tally_table.c). Nothing is written anywhere. With --rule it is another
 * command: tally_rule.c. What stands in a file is hostile: it reaches the terminal only after it was made harmless.
 * Start at command_tally(). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/encoding.h"
#include "base/json.h"
#include "ledger/event.h"
#include "server/commands/commands.h"
#include "server/commands/options.h"
#include "server/commands/record_folder.h"
#include "server/commands/tally_report.h"
#include "server/commands/tally_rule.h"
#include "server/commands/terminal.h"

enum { REPORT_MAX = 1 << 28, READ_STEP = 1 << 20, SCOPE_MAX = 64, MEAN = 1 };
enum { COUNTED = 0, UNREADABLE = 1, WRONG_USAGE = 2, TIE_OPEN = 3 };

struct tally_command {
    const char *path;
    const char *method, *seats, *ties, *seed, *over_votes, *blank, *poll; /* as given */
    bool json;
    struct election_ask ask;
    struct hash lot;
    bool has_lot;
    char scope[SCOPE_MAX];
};

static int wrong(const char *what)
{
    fprintf(stderr, "palabre: %s\n", what);
    return WRONG_USAGE;
}

/* ---- what is asked ---- */

static void list_offered(struct buffer *out)
{
    for (uint8_t method = 1; definition_method_name(method) != NULL; method++) {
        if (tally_method_of(method) != NULL) {
            buffer_format(out, "%s%s", out->size == 0 ? "" : ", ", definition_method_name(method));
        }
    }
}

/* "score-mean" is score by the mean of the grades. */
static int read_method(struct tally_command *command)
{
    struct buffer offered;
    if (command->method == NULL) {
        return COUNTED;
    }
    bool mean = strcmp(command->method, "score-mean") == 0;
    command->ask.method = definition_method_find(slice_text(mean ? "score" : command->method));
    command->ask.opt = mean ? MEAN : 0;
    if (command->ask.method != 0 && tally_method_of(command->ask.method) != NULL) {
        return COUNTED;
    }
    buffer_init(&offered, 1024);
    list_offered(&offered);
    fprintf(stderr, "palabre: --method must be one of %.*s, score-mean\n", (int)offered.size,
            (const char *)offered.data);
    buffer_free(&offered);
    return WRONG_USAGE;
}

/* The index of a word, −1 = none of them. */
static int find_word(const char *given, const char *const *words)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(given, words[i]) == 0) {
            return i;
        }
    }
    return -1;
}

static int read_ties(struct tally_command *command)
{
    static const char *const words[] = {"not-adopted", "chair", "lot", "report", NULL};
    struct buffer seed;
    int rule = command->ties == NULL ? -1 : find_word(command->ties, words);
    if (command->ties != NULL && rule < 0) {
        return wrong("--ties must be report, lot, chair or not-adopted");
    }
    command->ask.tie = (uint8_t)(rule + 1);
    if (command->seed == NULL) {
        return COUNTED;
    }
    if (command->ties == NULL || strcmp(command->ties, "lot") != 0) {
        return wrong("--seed goes with --ties lot");
    }
    buffer_init(&seed, HASH_SIZE);
    command->has_lot =
        encoding_from_hex(slice_text(command->seed), &seed) && seed.size == HASH_SIZE;
    if (command->has_lot) {
        memcpy(command->lot.bytes, seed.data, HASH_SIZE);
    }
    buffer_free(&seed);
    return command->has_lot ? COUNTED : wrong("--seed must be 64 digits 0-9 a-f");
}

static int read_options(struct tally_command *command)
{
    static const char *const over_votes[] = {"exhaust", "skip", NULL};
    static const char *const blanks[] = {"worst", "none", NULL};
    uint64_t seats = 0;
    int code = read_method(command);
    code = code == COUNTED ? read_ties(command) : code;
    if (code != COUNTED) {
        return code;
    }
    if (command->seats != NULL &&
        (!options_number(command->seats, ELECTION_OPTIONS_MAX, &seats) || seats == 0)) {
        return wrong("--seats must be a number from 1 to 1000");
    }
    command->ask.seats = (uint16_t)seats;
    int over = command->over_votes == NULL ? 0 : find_word(command->over_votes, over_votes);
    int blank = command->blank == NULL ? 0 : find_word(command->blank, blanks);
    command->ask.skip_over_votes = over == 1;
    command->ask.blank_is_none = blank == 1;
    return over < 0    ? wrong("--over-votes must be exhaust or skip")
           : blank < 0 ? wrong("--blank must be worst or none")
                       : COUNTED;
}

/* ---- the file ---- */

static int cannot_read(const char *path, const char *why)
{
    fprintf(stderr, "palabre: ");
    terminal_text(stderr, slice_text(path));
    fprintf(stderr, ": %s\n", why);
    return UNREADABLE;
}

/* All bytes, one more than may be at most; they may come from a pipe. */
static bool read_bytes(const char *path, struct buffer *bytes)
{
    FILE *file = fopen(path, "re");
    size_t size = 0;
    if (file == NULL) {
        return false;
    }
    buffer_init(bytes, (size_t)ELECTION_BYTES_MAX + READ_STEP);
    do {
        uint8_t *room = buffer_reserve(bytes, READ_STEP);
        size = room == NULL ? 0 : fread(room, 1, READ_STEP, file);
        bytes->size -= room == NULL ? 0 : READ_STEP - size;
    } while (size == READ_STEP);
    bool good = ferror(file) == 0;
    fclose(file);
    return good;
}

static int open_folder(struct tally_command *command, struct election_file *file,
                       struct buffer *bytes)
{
    char path[RECORD_PATH_SIZE];
    size_t size = 0;
    uint8_t *scope =
        record_path(command->path, "scope", path) ? record_read(path, SCOPE_MAX, &size) : NULL;
    if (scope == NULL) {
        return cannot_read(command->path, "a folder that palabre export wrote is expected");
    }
    memcpy(command->scope, scope, size);
    free(scope);
    file->scope = slice_of(command->scope, size);
    if (!record_path(command->path, "events.ndjson", path) || !read_bytes(path, bytes)) {
        return cannot_read(path, strerror(errno));
    }
    return COUNTED;
}

static int open_file(struct tally_command *command, struct election_file *file,
                     struct buffer *bytes)
{
    struct stat about;
    if (stat(command->path, &about) != 0) {
        return cannot_read(command->path, strerror(errno));
    }
    if (S_ISDIR(about.st_mode)) {
        return open_folder(command, file, bytes);
    }
    if (command->method == NULL) {
        return wrong("--method is missing: by which method is it to be counted?");
    }
    return read_bytes(command->path, bytes) ? COUNTED : cannot_read(command->path, strerror(errno));
}

/* ---- which vote of an export ---- */

struct vote_list {
    uint64_t wanted; /* number; 0 = only list them */
    struct id found;
};

/* In the first of its languages. */
static void put_question(const json_t *question)
{
    void *first = json_object_iter((json_t *)(uintptr_t)question);
    if (first != NULL) {
        fprintf(stderr, " ");
        terminal_text(stderr, json_get_text(question, json_object_iter_key(first)));
    }
}

/* The number of a vote stands in the drafts. */
static bool look_at_draft(void *context, const struct election_event *event)
{
    struct vote_list *list = context;
    json_t *draft;
    if (event->type != EVENT_POLL_DRAFT || event->payload.size == 0 ||
        json_parse(event->payload, &draft) != ERROR_NONE) {
        return true;
    }
    int64_t number = json_get_integer(draft, "number");
    struct slice what = json_get_text(draft, "what");
    if (list->wanted == 0 && slice_equal(what, slice_text("drafted"))) {
        fprintf(stderr, "palabre: vote %lld ", (long long)number);
        terminal_text(stderr, json_get_text(draft, "id"));
        put_question(json_object_get(draft, "question"));
        fprintf(stderr, "\n");
    } else if (number > 0 && (uint64_t)number == list->wanted) {
        list->found = json_get_id(draft, "id");
    }
    json_decref(draft);
    return true;
}

static int choose_vote(struct tally_command *command, const struct election_file *file)
{
    struct vote_list list = {.wanted = 0};
    if (command->poll == NULL) {
        return COUNTED;
    }
    if (file->scope.data == NULL) {
        return wrong("--poll goes with an exported record");
    }
    if (id_parse(slice_text(command->poll), &command->ask.poll)) {
        return COUNTED;
    }
    if (!options_number(command->poll, UINT32_MAX, &list.wanted) || list.wanted == 0) {
        return wrong("--poll must be the number or the id of a vote");
    }
    election_each_event(file->bytes, look_at_draft, &list);
    command->ask.poll = list.found;
    return id_is_none(list.found) ? wrong("--poll: the record holds no such vote") : COUNTED;
}

/* ---- counting ---- */

static int refuse(const struct tally_command *command, const struct election_file *file,
                  enum error error, const struct election_fault *fault)
{
    struct vote_list list = {.wanted = 0};
    fprintf(stderr, "palabre: ");
    terminal_text(stderr, slice_text(command->path));
    if (error != ERROR_IMPORT_UNREADABLE) {
        fprintf(stderr, ": %s%s\n", fault->expected,
                error == ERROR_POLL_UNKNOWN ? " (--poll says which)" : "");
        if (error == ERROR_POLL_UNKNOWN) {
            election_each_event(file->bytes, look_at_draft, &list);
        }
        return WRONG_USAGE;
    }
    if (fault->line > 0) {
        fprintf(stderr, "%s:%zu:%zu", fault->format == ELECTION_EXPORT ? "/events.ndjson" : "",
                fault->line, fault->column);
    }
    fprintf(stderr, ": expected %s%s%s (read as %s)\n", fault->expected,
            fault->found[0] == '\0' ? "" : ", found ", fault->found,
            election_format_name(fault->format));
    return UNREADABLE;
}

static int report(const struct tally_command *command, const struct election *election,
                  const struct tally_counts *counts)
{
    struct buffer out;
    buffer_init(&out, REPORT_MAX);
    if (command->json) {
        tally_report_json(&out, election, counts);
    } else {
        tally_report_table(&out, election, counts);
    }
    bool written =
        buffer_ok(&out) && fwrite(out.data, 1, out.size, stdout) == out.size && fflush(stdout) == 0;
    buffer_free(&out);
    if (!written) {
        return cannot_read("standard output", "it could not be written");
    }
    return counts->decided == DECIDED_OPEN ? TIE_OPEN : COUNTED;
}

static int count(const struct tally_command *command, const struct election *election)
{
    struct arena arena;
    struct tally_counts counts;
    struct tally_terms terms = election_terms(election, command->has_lot ? &command->lot : NULL);
    if (command->ask.tie == 3 && terms.lot_seed == NULL) {
        return wrong("--ties lot needs --seed, 64 digits 0-9 a-f");
    }
    arena_init(&arena, SIZE_MAX);
    tally_count(&terms, election->box, &arena, &counts);
    int code = report(command, election, &counts);
    arena_free(&arena);
    return code;
}

static int run(struct tally_command *command)
{
    struct election_file file = {.name = command->path};
    struct election election = {.format = ELECTION_UNKNOWN};
    struct election_fault fault;
    struct buffer bytes = {0};
    int code = open_file(command, &file, &bytes);
    file.bytes = buffer_slice(&bytes);
    code = code == COUNTED ? choose_vote(command, &file) : code;
    if (code == COUNTED) {
        enum error error = election_read(&file, &command->ask, &election, &fault);
        code =
            error == ERROR_NONE ? count(command, &election) : refuse(command, &file, error, &fault);
        election_free(&election);
    }
    buffer_free(&bytes);
    return code;
}

static bool asks_a_rule(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--rule") == 0 || strncmp(argv[i], "--rule=", 7) == 0) {
            return true;
        }
    }
    return false;
}

int command_tally(int argc, char **argv)
{
    struct tally_command command = {.json = false};
    const struct option_line options[] = {
        {"method", "M", "by which method; left out, that of an exported vote", NULL,
         &command.method, 1, NULL},
        {"seats", "N", "places to fill; left out, as many as the file says", NULL, &command.seats,
         1, NULL},
        {"ties", "T", "report (the default), lot, chair, not-adopted", NULL, &command.ties, 1,
         NULL},
        {"seed", "HEX", "of the lot: 64 digits", NULL, &command.seed, 1, NULL},
        {"over-votes", "O", "several on one rank: exhaust (the default) or skip", NULL,
         &command.over_votes, 1, NULL},
        {"blank", "B", "a grade left blank: worst (the default) or none", NULL, &command.blank, 1,
         NULL},
        {"poll", "N", "which vote of an exported record: its number or id", NULL, &command.poll, 1,
         NULL},
        {"json", NULL, "one JSON object instead of a table", &command.json, NULL, 0, NULL},
        {"rule", "PRESET", "another thing: tally --rule PRESET --help says it", NULL,
         &command.method, 1, NULL}, /* never read here */
        {0},
    };
    const struct usage usage = {
        .line = "tally --method M FILE [options]",
        .about = "Counts the ballots in FILE: BLT, PrefLib (soc, soi, toc, toi, cat), a table of\n"
                 "grades (CSV: an id, then a column for each candidate), or a folder that palabre\n"
                 "export --with-private wrote. The content tells which.",
        .exits = "0 counted, 1 unreadable input, 2 wrong usage, 3 a tie left open",
        .options = options,
        .arguments = 1,
    };
    if (asks_a_rule(argc, argv)) {
        return tally_rule(argc, argv);
    }
    int code = options_read(&usage, argc, argv, &command.path);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    code = read_options(&command);
    return code == COUNTED ? run(&command) : code;
}
