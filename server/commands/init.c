/* palabre init: makes the folder of a new organisation.
 *
 * Folder, ledger key and the two first events (genesis, organisation) with one class of members that votes. It invites
 * nobody: `palabre invite DIR --role admin` brings in the first administrator.
 * The log's name goes into every checkpoint and receipt for ever; without --log it is made from the name and the id. */
#include <stdio.h>
#include <stdlib.h>

#include "crypto/note.h"
#include "server/commands/commands.h"
#include "server/commands/options.h"
#include "server/engine/clock.h"
#include "server/engine/folder.h"

enum { LANGUAGES_MAX = 20, LOG_NAME_MAX = ORIGIN_MAX - 2, SLUG_MAX = 60 };

struct wanted {
    const char *dir, *name, *legal_form, *languages, *zone, *log;
};

/* The letters with a sign of French, Dutch and their neighbours (U+00C0–U+017F) without it; '\0' = something else. */
static char plain_letter(unsigned point)
{
    static const char latin1[] = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty";
    static const char extended[] =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkk"
        "llllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    if (point >= 0xC0 && point <= 0xFF) {
        return latin1[point - 0xC0];
    }
    return point >= 0x100 && point <= 0x17F ? extended[point - 0x100] : '\0';
}

static char slug_letter(unsigned point)
{
    if (point >= 'A' && point <= 'Z') {
        return (char)(point - 'A' + 'a');
    }
    if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9')) {
        return (char)point;
    }
    return plain_letter(point);
}

/* The name in ASCII lower case with hyphens; "organisation" when nothing of it is left. */
static void append_slug(struct buffer *out, const char *name)
{
    size_t start = out->size;
    bool gap = false;
    for (const unsigned char *at = (const unsigned char *)name; *at != '\0';) {
        unsigned point = *at++;
        if (point >= 0xC0 && point < 0xE0 && *at != '\0') {
            point = (point & 0x1F) << 6 | (*at++ & 0x3FU);
        }
        char letter = slug_letter(point);
        if (letter == '\0' || letter == '-') {
            gap = true;
        } else if (out->size - start < SLUG_MAX) {
            if (gap && out->size > start) {
                buffer_append_text(out, "-");
            }
            gap = false;
            buffer_append(out, &letter, 1);
        }
    }
    if (out->size == start) {
        buffer_append_text(out, "organisation");
    }
}

static void make_log_name(struct buffer *out, const struct wanted *wanted, struct id org)
{
    if (wanted->log != NULL) {
        buffer_append_text(out, wanted->log);
        return;
    }
    append_slug(out, wanted->name);
    buffer_format(out, "-%02x%02x%02x%02x/log", org.bytes[0], org.bytes[1], org.bytes[2],
                  org.bytes[3]);
}

/* "fr,nl,en" as a JSON array; NULL = not a list of language codes. */
static json_t *read_languages(const char *typed)
{
    json_t *languages = json_array();
    const char *at = typed;
    while (languages != NULL) {
        size_t size = strcspn(at, ",");
        bool good = size >= 2 && size <= 35 && json_array_size(languages) < LANGUAGES_MAX &&
                    strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-") >= size;
        if (!good) {
            json_decref(languages);
            return NULL;
        }
        json_array_append_new(languages, json_text(slice_of(at, size)));
        if (at[size] == '\0') {
            return languages;
        }
        at += size + 1;
    }
    return NULL;
}

static int wrong(const char *what, const char *value)
{
    fprintf(stderr, "palabre: %s: %s\n", what, value);
    return 2;
}

static int create(const struct wanted *wanted, const json_t *languages)
{
    char message[FOLDER_MESSAGE_SIZE];
    uint8_t random[ID_SIZE];
    struct buffer log_name;
    crypto_random(random, sizeof random);
    struct assembly_founding founding = {.org = id_from_random(random),
                                         .name = slice_text(wanted->name),
                                         .legal_form = slice_text(wanted->legal_form),
                                         .time_zone = slice_text(wanted->zone),
                                         .languages = languages,
                                         .now_ms = clock_wall_ms()};
    buffer_init(&log_name, LOG_NAME_MAX);
    make_log_name(&log_name, wanted, founding.org);
    founding.log_name = buffer_slice(&log_name);
    enum error error = buffer_ok(&log_name) ? folder_create(wanted->dir, &founding, message)
                                            : ERROR_INPUT_BAD_VALUE;
    if (error == ERROR_INPUT_BAD_VALUE) {
        snprintf(message, sizeof message,
                 "the name or the log's name is not usable (a log's name: [a-z0-9.:/-])");
    }
    if (error == ERROR_NONE) {
        printf("Made %s in %s. Its record is named %.*s/1.\n"
               "Next: palabre invite %s --role admin\n",
               wanted->name, wanted->dir, (int)log_name.size, (const char *)log_name.data,
               wanted->dir);
    } else {
        fprintf(stderr, "palabre: %s\n", message);
    }
    buffer_free(&log_name);
    return error == ERROR_NONE ? 0 : 1;
}

int command_init(int argc, char **argv)
{
    struct wanted wanted = {.legal_form = NULL};
    const struct option_line options[] = {
        {"name", "N", "the organisation's name (needed)", NULL, &wanted.name, 1, NULL},
        {"legal-form", "F",
         "sc, asbl, aisbl, de-facto, scop, scic, loi1901 or other; default de-facto", NULL,
         &wanted.legal_form, 1, NULL},
        {"languages", "L", "comma-separated; default fr,nl,en", NULL, &wanted.languages, 1, NULL},
        {"time-zone", "Z", "default Europe/Brussels", NULL, &wanted.zone, 1, NULL},
        {"log", "NAME", "the record's name in checkpoints and receipts", NULL, &wanted.log, 1,
         NULL},
        {0},
    };
    const struct usage usage = {
        .line = "init DIR --name NAME [options]",
        .about =
            "Makes the folder DIR of a new organisation with one class of members that votes.\n"
            "DIR/ledger.key signs its record: keep it, and keep it to yourself.",
        .exits = "0 made, 1 refused (for instance: DIR holds an organisation), 2 wrong usage",
        .options = options,
        .arguments = 1,
    };
    int code = options_read(&usage, argc, argv, &wanted.dir);
    if (code != OPTIONS_GO_ON) {
        return code;
    }
    if (wanted.name == NULL || wanted.name[0] == '\0') {
        return wrong("needed", "--name NAME");
    }
    wanted.legal_form = wanted.legal_form == NULL ? "de-facto" : wanted.legal_form;
    if (!organisation_is_legal_form(slice_text(wanted.legal_form))) {
        return wrong("not a legal form", wanted.legal_form);
    }
    wanted.zone = wanted.zone == NULL ? "Europe/Brussels" : wanted.zone;
    if (!clock_set_zone(wanted.zone)) {
        return wrong("not a time zone of this machine", wanted.zone);
    }
    json_t *languages = read_languages(wanted.languages == NULL ? "fr,nl,en" : wanted.languages);
    if (languages == NULL) {
        return wrong("not a list of language codes", wanted.languages);
    }
    code = create(&wanted, languages);
    json_decref(languages);
    return code;
}
