/* Configuration: a file's bytes, and variables of the environment.
 *
 * An input is a file up to its first byte 0x1E, then variables, each ended by a zero byte. What was read without a
 * complaint, printed and read again, says the same; a complaint names the file or the variable. */
#include <stdlib.h>

#include "server/commands/configuration.h"
#include "tests/fuzz/fuzz.h"

enum { OUT_MAX = 1 << 20, VARIABLES_MAX = 16 };

static void expect_same(const struct configuration *one, const struct configuration *other)
{
    for (unsigned name = 0; name < CONFIGURATION_COUNT; name++) {
        if (!configuration_lines[name].secret) {
            fuzz_check(configuration_same(one, other, (enum configuration_name)name));
        }
    }
}

/* Every kind of answer, of values that were accepted. */
static void ask(const struct configuration *configuration)
{
    for (unsigned at = 0; at < CONFIGURATION_COUNT; at++) {
        enum configuration_name name = (enum configuration_name)at;
        const struct configuration_line *line = &configuration_lines[at];
        const char *texts[CONFIGURATION_LIST_MAX];
        uint64_t value;
        size_t count = configuration_list(configuration, name, texts);
        fuzz_check(count <= line->room);
        if (count > 0 && line->type == CONFIGURATION_NUMBER) {
            fuzz_check(configuration_number(configuration, name, &value));
            fuzz_check(value >= line->min && value <= line->max);
        }
        for (size_t text = 0; line->good != NULL && text < count; text++) {
            fuzz_check(line->good(texts[text]));
        }
    }
}

static void read_variables(struct configuration *configuration, struct slice input,
                           struct buffer *complaints)
{
    char *environment[VARIABLES_MAX + 1];
    size_t count = 0;
    while (input.size > 0 && count < VARIABLES_MAX) {
        struct slice text = fuzz_until(&input, 0);
        char *copy = calloc(1, text.size + 1);
        fuzz_check(copy != NULL);
        memcpy(copy, text.data, text.size);
        environment[count++] = copy;
    }
    environment[count] = NULL;
    configuration_read_environment(configuration, environment, complaints);
    configuration_name_strangers(environment, complaints);
    for (size_t at = 0; at < count; at++) {
        free(environment[at]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct configuration configuration = {.file = NULL}, again = {.file = NULL};
    struct buffer complaints, printed;
    struct slice input = slice_of(data, size);
    struct slice file = fuzz_until(&input, 0x1E);
    buffer_init(&complaints, CONFIGURATION_COMPLAINTS_MAX);
    buffer_init(&printed, OUT_MAX);
    configuration_read(&configuration, "palabre.conf", file, &complaints);
    if (complaints.size == 0) {
        ask(&configuration);
        configuration_print(&configuration, &printed);
        fuzz_check(buffer_ok(&printed));
        configuration_read(&again, "again", buffer_slice(&printed), &complaints);
        fuzz_check(complaints.size == 0);
        expect_same(&configuration, &again);
    }
    read_variables(&configuration, input, &complaints);
    configuration_free(&configuration);
    configuration_free(&again);
    buffer_free(&complaints);
    buffer_free(&printed);
    return 0;
}
