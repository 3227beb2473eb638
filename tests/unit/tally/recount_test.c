/* Counts elections written as lines, for tests/unit/tally/plain.test.ts, which compares them with counts made by rules written
 * down a second time: `recount_test lines` reads them from standard input and answers each with one line of JSON.
 *
 * A line: method form opt flags seats grades tie options seed withdrawn void ballot…, all numbers decimal; seed is 64 hex digits
 * or "-", withdrawn one digit (0 or 1) per option or "-", void heads:weight, a ballot heads:weight:choice in hex.
 * Alone it counts a few lines whose answers stand here. */
#include "tests/harness/c/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assembly/poll_report.h"
#include "base/encoding.h"
#include "tally/tally.h"

enum { OPTIONS_MAX = 255, ANSWER_MAX = 1 << 24 };

struct line {
    struct definition definition;
    struct tally_terms terms;
    struct hash seed;
    bool withdrawn[OPTIONS_MAX];
    struct tally_box *box;
};

static unsigned long number(char **rest)
{
    char *end;
    unsigned long value = strtoul(*rest, &end, 10);
    assert_true(end != *rest);
    *rest = *end == '\0' ? end : end + 1;
    return value;
}

static char *word(char **rest)
{
    char *start = *rest, *end = start + strcspn(start, " ");
    *rest = *end == '\0' ? end : end + 1;
    *end = '\0';
    return start;
}

static void read_definition(struct line *line, char **rest)
{
    struct definition *definition = &line->definition;
    definition->method = (uint8_t)number(rest);
    definition->form = (uint8_t)number(rest);
    definition->opt = (uint16_t)number(rest);
    definition->flags = (uint16_t)number(rest);
    definition->seats = (uint16_t)number(rest);
    definition->grades = (uint8_t)number(rest);
    definition->rule.tie = (uint8_t)number(rest);
    definition->n_option = (uint16_t)number(rest);
    assert_true(definition->n_option <= OPTIONS_MAX);
    bool marks = definition->form == FORM_SET || definition->form == FORM_RANKS;
    definition->min = marks ? 1 : 0;
    definition->max = marks ? definition->n_option : 0;
    definition->points = definition->form == FORM_POINTS ? UINT16_MAX : 0;
    definition->cap = definition->points;
}

static void read_terms(struct line *line, char **rest)
{
    const char *seed = word(rest), *withdrawn = word(rest);
    line->terms.definition = &line->definition;
    if (seed[0] != '-') {
        struct buffer bytes = fixture_bytes(seed);
        memcpy(line->seed.bytes, bytes.data, HASH_SIZE);
        buffer_free(&bytes);
        line->terms.lot_seed = &line->seed;
    }
    if (withdrawn[0] != '-') {
        for (uint16_t i = 0; i < line->definition.n_option; i++) {
            line->withdrawn[i] = withdrawn[i] == '1';
        }
        line->terms.withdrawn = line->withdrawn;
    }
    line->terms.void_papers.heads = (uint32_t)number(rest);
    line->terms.void_papers.weight = number(rest);
}

static void read_ballots(struct line *line, char **rest)
{
    line->box = tally_box_new();
    while (**rest != '\0') {
        uint32_t heads = (uint32_t)number(rest);
        uint64_t weight = number(rest);
        struct buffer choice = fixture_bytes(word(rest));
        assert_int_equal(definition_check_choice(&line->definition, buffer_slice(&choice)),
                         ERROR_NONE);
        tally_box_add(line->box, buffer_slice(&choice), heads, weight);
        buffer_free(&choice);
    }
}

static json_t *count_json(struct result_count count)
{
    json_t *json = json_object();
    json_put(json, "heads", json_number(count.heads));
    json_put(json, "weight", json_number(count.weight));
    return json;
}

/* The answer to a line; buffer_free(). */
static struct buffer answer(char *text)
{
    struct line line = {0};
    struct arena arena;
    struct tally_counts counts;
    struct buffer out;
    json_t *json = json_object();
    arena_init(&arena, 64 << 20);
    buffer_init(&out, ANSWER_MAX);
    read_definition(&line, &text);
    read_terms(&line, &text);
    read_ballots(&line, &text);
    tally_count(&line.terms, line.box, &arena, &counts);
    json_put(json, "decided", json_number(counts.decided));
    json_put(json, "took_part", count_json(counts.took_part));
    json_put(json, "valid", count_json(counts.valid));
    json_put(json, "blank", count_json(counts.blank));
    json_put(json, "abstain", count_json(counts.abstain));
    poll_report(json, &line.terms, &counts);
    json_write(&out, json);
    json_decref(json);
    tally_box_free(line.box);
    arena_free(&arena);
    return out;
}

static int serve(void)
{
    char *line = NULL;
    size_t room = 0;
    for (ssize_t size; (size = getline(&line, &room, stdin)) > 0;) {
        line[strcspn(line, "\n")] = '\0';
        struct buffer out = answer(line);
        printf("%.*s\n", (int)out.size, (const char *)out.data);
        (void)fflush(stdout);
        buffer_free(&out);
    }
    free(line);
    return 0;
}

static void test_lines(void **state)
{
    static const char *const lines[][2] = {
        /* three prefer A to B, two B to A */
        {"8 8 0 0 1 0 4 2 - - 0:0 3:3:080102 2:2:080201", "\"winners\":[0]"},
        /* equal: the rule decides */
        {"8 8 0 0 1 0 4 2 - - 0:0 2:2:080102 2:2:080201", "\"decided\":3"},
        {"8 8 0 0 1 0 1 2 - - 0:0 2:2:080102 2:2:080201", "\"decided\":0"},
        {"1 2 0 4 1 0 1 0 - - 1:7 3:4:0201 2:9:0202 1:1:01", "\"scores\":[4,9]"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, "%s", lines[i][0]);
        struct buffer out = answer(text);
        buffer_append_u8(&out, 0);
        assert_non_null(strstr((const char *)out.data, lines[i][1]));
        buffer_free(&out);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines)};
    return argc > 1 && strcmp(argv[1], "lines") == 0 ? serve()
                                                     : cmocka_run_group_tests(tests, NULL, NULL);
}
