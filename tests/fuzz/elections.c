/* The checks that the harnesses of readers and of choices share.
 *
 * A file that is accepted has names that are clean text, piles whose choices its definition allows and whose sums are the
 * ballots of the file, and every method that can count it does so without breaking an invariant; both reports can be
 * written, and the JSON one is JSON. A file that is refused has a place or a sentence in printable ASCII. */
#include "tests/fuzz/elections.h"

#include "base/json.h"
#include "base/utf8.h"
#include "server/commands/tally_report.h"
#include "tests/fuzz/fuzz.h"

enum { REPORT_MAX = 64 << 20, TIE_RULES = 4, BALLOTS_MAX = 300 };

static void expect_counted(const struct tally_terms *terms, struct tally_box *box,
                           struct arena *arena, struct tally_counts *counts)
{
    const struct tally_method *method = tally_method_of(terms->definition->method);
    fuzz_check(method != NULL);
    tally_count_by(method, terms, box, arena, counts);
    fuzz_check(tally_fault(terms, counts) == NULL);
}

/* ---- files ---- */

static void expect_said(const struct election *election, const struct tally_counts *counts)
{
    struct buffer out;
    json_t *json;
    buffer_init(&out, REPORT_MAX);
    tally_report_json(&out, election, counts);
    fuzz_check(buffer_ok(&out));
    fuzz_check(json_parse(slice_of(out.data, out.size - 1), &json) == ERROR_NONE);
    json_decref(json);
    buffer_clear(&out);
    tally_report_table(&out, election, counts);
    fuzz_check(buffer_ok(&out) && utf8_is_clean(buffer_slice(&out), true));
    buffer_free(&out);
}

static void expect_piles(const struct election *election)
{
    struct result_count sum = election->void_papers;
    size_t count;
    const struct tally_pile *piles = tally_box_piles(election->box, &count);
    for (size_t i = 0; i < count; i++) {
        fuzz_check(piles[i].choice.data[0] == FORM_BLANK ||
                   definition_check_choice(&election->definition, piles[i].choice) == ERROR_NONE);
        sum.heads += piles[i].heads;
        sum.weight += piles[i].weight;
    }
    fuzz_check(sum.heads == election->ballots.heads && sum.weight == election->ballots.weight);
}

static void expect_good(const struct election *election, const struct hash *seed)
{
    struct arena arena;
    struct tally_counts counts;
    struct tally_terms terms = election_terms(election, seed);
    fuzz_check(utf8_is_clean(election->title, false));
    for (uint16_t option = 0; option < election->definition.n_option; option++) {
        fuzz_check(utf8_is_clean(election->names[option], false));
    }
    expect_piles(election);
    arena_init(&arena, SIZE_MAX);
    expect_counted(&terms, election->box, &arena, &counts);
    expect_said(election, &counts);
    arena_free(&arena);
}

static void expect_place(const struct election_fault *fault, enum error error)
{
    fuzz_check(error == ERROR_IMPORT_UNREADABLE || error == ERROR_POLL_METHOD_UNAVAILABLE ||
               error == ERROR_POLL_UNKNOWN);
    fuzz_check(fault->expected[0] != '\0' && (fault->line == 0) == (fault->column == 0));
    for (const char *at = fault->found; *at != '\0'; at++) {
        fuzz_check(*at >= ' ' && *at < 0x7F);
    }
    for (const char *at = fault->expected; *at != '\0'; at++) {
        fuzz_check(*at >= ' ' && *at < 0x7F);
    }
}

void elections_try(const struct election_file *file, uint8_t mode, uint8_t method)
{
    struct hash seed = {.bytes = {mode}};
    struct election_ask ask = {
        .method = method,
        .seats = mode >> 2 & 3,
        .skip_over_votes = (mode & 16) != 0,
        .blank_is_none = (mode & 32) != 0,
        .tie = (uint8_t)(1 + mode % TIE_RULES),
    };
    struct election election = {.format = ELECTION_UNKNOWN};
    struct election_fault fault;
    enum error error = election_read(file, &ask, &election, &fault);
    if (error == ERROR_NONE) {
        expect_good(&election, &seed);
    } else {
        expect_place(&fault, error);
    }
    election_free(&election);
}

/* ---- choices ---- */

static uint16_t between(uint16_t number, uint16_t least, uint16_t most)
{
    return (uint16_t)(least + number % (most - least + 1U));
}

/* A definition of the form with numbers in their ranges. */
static struct definition take_definition(struct slice *input, uint8_t form)
{
    struct definition definition = {.form = form, .rule.tie = 0};
    bool options = form > FORM_CONSENT;
    uint16_t most = form == FORM_RANKS ? 255 : 1000;
    uint8_t small = fuzz_byte(input);
    definition.n_option =
        options ? between(small < 250 ? small % 8 : fuzz_number(input), 1, most) : 0;
    definition.seats = options ? between(fuzz_byte(input), 1, definition.n_option) : 1;
    definition.flags = FLAG_BLANK | FLAG_ABSTAIN;
    uint8_t bits = fuzz_byte(input);
    definition.rule.tie = (uint8_t)(1 + bits % TIE_RULES);
    definition.opt = bits >> 2 & 1;
    definition.flags |= form == FORM_RANKS && (bits & 8) != 0 ? FLAG_EQUAL_RANKS : 0U;
    definition.flags |= form == FORM_POINTS && (bits & 16) != 0 ? FLAG_ALL_POINTS : 0U;
    if (form == FORM_SET || form == FORM_RANKS) {
        definition.max = between(fuzz_byte(input), 1, definition.n_option);
        definition.min = between(fuzz_byte(input), 1, definition.max);
    } else if (form == FORM_GRADES) {
        uint16_t room = (uint16_t)(65535U / definition.n_option);
        definition.grades = (uint8_t)between(fuzz_byte(input), 2, room < 100 ? room : 100);
    } else if (form == FORM_POINTS) {
        definition.points = between(fuzz_number(input), 1, 65535);
        definition.cap = between(fuzz_number(input), 1, definition.points);
    }
    return definition;
}

/* Ballots: weight (a byte, or four after 255), then the choice up to its own length; the form's byte may be wrong. */
static size_t take_ballots(struct slice *input, const struct definition *definition,
                           struct tally_box *box)
{
    static const uint8_t nothing[1];
    size_t size = 1 + (definition->form == FORM_SET      ? (definition->n_option + 7U) / 8
                       : definition->form == FORM_ONE    ? 2
                       : definition->form == FORM_POINTS ? 2U * definition->n_option
                       : definition->n_option == 0       ? 1
                                                         : definition->n_option);
    size_t accepted = 0;
    for (size_t i = 0; i < BALLOTS_MAX && input->size > 0; i++) {
        uint64_t weight = fuzz_byte(input);
        weight = weight == 255 ? (uint64_t)fuzz_number(input) << 16 | fuzz_number(input) : weight;
        uint8_t form = input->size > 0 ? input->data[0] : 0;
        size_t length = form == FORM_BLANK || form == FORM_ABSTAIN ? 1 : size;
        length = length < input->size ? length : input->size;
        struct slice choice = slice_of(length == 0 ? nothing : input->data, length);
        *input = slice_of(input->data + length, input->size - length);
        if (definition_check_choice(definition, choice) == ERROR_NONE) {
            tally_box_add(box, choice, 1, weight);
            accepted++;
        }
    }
    return accepted;
}

void elections_try_choices(struct slice input, uint8_t form)
{
    static const uint8_t form_of[] = {
        [1] = FORM_YES_NO, [2] = FORM_CONSENT, [3] = FORM_ONE,    [4] = FORM_SET,
        [5] = FORM_GRADES, [6] = FORM_POINTS,  [7] = FORM_GRADES, [8] = FORM_RANKS,
        [9] = FORM_RANKS,  [12] = FORM_RANKS};
    struct hash seed = {.bytes = {fuzz_byte(&input)}};
    struct definition definition = take_definition(&input, form);
    struct tally_box *box = tally_box_new();
    size_t accepted = take_ballots(&input, &definition, box);
    for (uint8_t method = 1; method < sizeof form_of; method++) {
        bool strict = method == 8 || method == 12;
        if (form_of[method] != form || (strict && (definition.flags & FLAG_EQUAL_RANKS) != 0)) {
            continue;
        }
        struct arena arena;
        struct tally_counts counts;
        struct tally_terms terms = {.definition = &definition, .lot_seed = &seed};
        definition.method = method;
        arena_init(&arena, SIZE_MAX);
        expect_counted(&terms, box, &arena, &counts);
        fuzz_check(counts.took_part.heads == accepted);
        arena_free(&arena);
    }
    tally_box_free(box);
}
