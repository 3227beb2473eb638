/* Counts in tests. A choice is written in words and becomes the bytes of a ballot, which the definition must allow: so a test
 * cannot count what nobody could have cast. Start at counting_begin(). */
#include "tests/harness/c/counting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 4096, CHOICE_MAX = 1 + 2 * 1000 };

static uint8_t form_of(uint8_t method)
{
    static const uint8_t forms[] = {0,           FORM_YES_NO, FORM_CONSENT, FORM_ONE,   FORM_SET,
                                    FORM_GRADES, FORM_POINTS, FORM_GRADES,  FORM_RANKS, FORM_RANKS,
                                    FORM_RANKS,  FORM_RANKS,  FORM_RANKS,   FORM_RANKS};
    return method < sizeof forms ? forms[method] : FORM_SET;
}

void counting_begin(struct counting *counting, const char *method, uint16_t options, uint16_t seats)
{
    uint8_t number = definition_method_find(slice_text(method));
    assert_true(number > 0);
    *counting = (struct counting){.definition = {.method = number,
                                                 .form = form_of(number),
                                                 .flags = FLAG_BLANK | FLAG_ABSTAIN,
                                                 .n_option = options,
                                                 .seats = seats,
                                                 .rule = {.tie = 1}}};
    struct definition *definition = &counting->definition;
    bool marks = definition->form == FORM_SET || definition->form == FORM_RANKS;
    definition->min = marks ? 1 : 0;
    definition->max = marks ? options : 0;
    definition->grades = definition->form == FORM_GRADES ? 7 : 0;
    definition->points = definition->form == FORM_POINTS ? 10 : 0;
    definition->cap = definition->points;
    counting->box = tally_box_new();
    arena_init(&counting->arena, (size_t)64 << 20);
}

void counting_lot(struct counting *counting, uint8_t seed)
{
    memset(counting->seed.bytes, seed, HASH_SIZE);
    counting->definition.rule.tie = 3;
    counting->terms.lot_seed = &counting->seed;
}

/* ---- choices ---- */

static size_t number_body(const struct definition *definition, const char *text, uint8_t *body)
{
    size_t width = definition->form == FORM_POINTS ? 2 : 1, at = 0;
    char copy[TEXT_MAX], *rest = copy;
    (void)snprintf(copy, sizeof copy, "%s", text);
    for (char *word = strsep(&rest, " "); word != NULL; word = strsep(&rest, " ")) {
        unsigned long value = strcmp(word, "-") == 0 ? 0xFF : strtoul(word, NULL, 10);
        assert_true(at < definition->n_option);
        body[at * width] = (uint8_t)(value >> (8 * (width - 1)));
        body[at * width + width - 1] = (uint8_t)value;
        at++;
    }
    assert_int_equal(at, definition->n_option);
    return at * width;
}

static size_t set_body(const struct definition *definition, const char *text, uint8_t *body)
{
    size_t bytes = ((size_t)definition->n_option + 7) / 8;
    char *end = NULL;
    memset(body, 0, bytes);
    for (const char *at = text; *at != 0; at = *end == ' ' ? end + 1 : end) {
        unsigned long option = strtoul(at, &end, 10);
        assert_true(end > at && option < definition->n_option);
        body[option / 8] |= (uint8_t)(1U << (option % 8));
    }
    return bytes;
}

static uint8_t word_body(const char *text)
{
    static const struct {
        const char *word;
        uint8_t value;
    } words[] = {{"yes", CHOICE_YES},
                 {"no", CHOICE_NO},
                 {"consent", CHOICE_CONSENT},
                 {"concern", CHOICE_CONCERN},
                 {"objection", CHOICE_OBJECTION}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].word, text) == 0) {
            return words[i].value;
        }
    }
    fail_msg("no such choice: %s", text);
    return 0;
}

struct slice counting_choice(const struct definition *definition, const char *text, uint8_t *out)
{
    size_t size = 0;
    out[0] = strcmp(text, "blank") == 0     ? FORM_BLANK
             : strcmp(text, "abstain") == 0 ? FORM_ABSTAIN
                                            : definition->form;
    if (out[0] == FORM_SET) {
        size = set_body(definition, text, out + 1);
    } else if (out[0] == FORM_ONE) {
        unsigned long option = strtoul(text, NULL, 10);
        out[1] = (uint8_t)(option >> 8);
        out[2] = (uint8_t)option;
        size = 2;
    } else if (out[0] >= FORM_GRADES) {
        size = number_body(definition, text, out + 1);
    } else if (out[0] > FORM_ABSTAIN) {
        out[1] = word_body(text);
        size = 1;
    }
    return slice_of(out, 1 + size);
}

void counting_add(struct counting *counting, uint32_t heads, uint64_t weight, const char *choice)
{
    uint8_t bytes[CHOICE_MAX];
    struct slice slice = counting_choice(&counting->definition, choice, bytes);
    if (definition_check_choice(&counting->definition, slice) != ERROR_NONE) {
        fail_msg("nobody can cast \"%s\"", choice);
    }
    tally_box_add(counting->box, slice, heads, heads * weight);
}

void counting_count(struct counting *counting)
{
    const struct tally_method *method = tally_method_of(counting->definition.method);
    assert_non_null(method);
    counting->terms.definition = &counting->definition;
    tally_count_by(method, &counting->terms, counting->box, &counting->arena, &counting->counts);
    const char *fault = tally_fault(&counting->terms, &counting->counts);
    if (fault != NULL) {
        fail_msg("broken: %s", fault);
    }
}

void counting_end(struct counting *counting)
{
    tally_box_free(counting->box);
    arena_free(&counting->arena);
}

/* ---- expecting ---- */

struct line {
    char text[TEXT_MAX];
    size_t size;
};

static void write_number(struct line *line, uint64_t number)
{
    int wrote = snprintf(line->text + line->size, sizeof line->text - line->size, "%s%llu",
                         line->size == 0 ? "" : " ", (unsigned long long)number);
    assert_true(wrote > 0 && line->size + (size_t)wrote < sizeof line->text);
    line->size += (size_t)wrote;
}

static void expect_options(const uint16_t *options, size_t n, const char *expected)
{
    struct line line = {{0}, 0};
    for (size_t i = 0; i < n; i++) {
        write_number(&line, options[i]);
    }
    assert_string_equal(line.text, expected);
}

void counting_expect_scores(const struct counting *counting, const char *scores)
{
    struct line line = {{0}, 0};
    for (size_t i = 0; i < counting->counts.n_scores; i++) {
        write_number(&line, counting->counts.scores[i]);
    }
    assert_string_equal(line.text, scores);
}

void counting_expect_winners(const struct counting *counting, const char *winners)
{
    expect_options(counting->counts.winners, counting->counts.n_winners, winners);
}

void counting_expect_elected(const struct counting *counting, const char *elected)
{
    expect_options(counting->counts.elected, counting->counts.n_winners, elected);
}

void counting_expect_ranks(const struct counting *counting, const char *ranks)
{
    assert_non_null(counting->counts.ranks);
    expect_options(counting->counts.ranks, counting->definition.n_option, ranks);
}

void counting_expect_ties(const struct counting *counting, const char *ties)
{
    static const char *const how[] = {" earlier", " lot", " status_quo", " open", " no_difference"};
    struct line line = {{0}, 0};
    for (size_t i = 0; i < counting->counts.n_ties; i++) {
        const struct tally_tie *tie = &counting->counts.ties[i];
        for (size_t at = 0; at < tie->n_tied; at++) {
            write_number(&line, tie->tied[at]);
        }
        line.size += (size_t)snprintf(line.text + line.size, sizeof line.text - line.size, "%s",
                                      how[tie->how]);
        for (size_t at = 0; at < tie->n_chosen; at++) {
            write_number(&line, tie->chosen[at]);
        }
        line.size += (size_t)snprintf(line.text + line.size, sizeof line.text - line.size, "%s",
                                      i + 1 < counting->counts.n_ties ? "," : "");
    }
    assert_string_equal(line.text, ties);
}
