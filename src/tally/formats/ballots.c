/* Ballots of a file made into choices of the method that is asked for, in our own encoding (ledger.md, Definition).
 *
 * A reader names what stands on a ballot, in its order; here the options that were withdrawn are left out, gaps closed, what
 * is named again passed over, and ranks with several options treated as asked where the method allows one. Each is counted,
 * once a ballot, and nothing is refused for it. A ballot that names nobody goes in as a blank one.
 * Invariant: the sum of the box = election.ballots, in heads and in weight. Start at ballots_begin(). */
#include "tally/formats/parts.h"

#include <stdio.h>

enum {
    METHOD_SINGLE = 3,
    METHOD_APPROVAL = 4,
    METHOD_SCORE = 5,
    METHOD_DOTS = 6,
    METHOD_JUDGMENT = 7,
    METHOD_IRV = 8,
    METHOD_SCHULZE = 9,
    METHOD_RANKED_PAIRS = 10,
    METHOD_BORDA = 11,
    METHOD_STV_SCOTTISH = 12,
    METHOD_STV_MEEK = 13,
    JUDGMENT_BLANK_IS_NONE = 1, /* opt */
    NO_GRADE = 0xFF,
    TIE_REPORTED = 4,
};
enum { RANKED = 1 << BALLOTS_RANKED, SORTED = 1 << BALLOTS_SORTED, GRADED = 1 << BALLOTS_GRADED };

static const struct way {
    uint8_t method, form;
    uint8_t kinds;      /* of ballots it can be made from */
    bool one_a_rank;    /* several on a rank are an over-vote */
    bool fills_several; /* takes the number of seats from the file */
} ways[] = {
    {METHOD_SINGLE, FORM_ONE, RANKED, true, true},
    {METHOD_APPROVAL, FORM_SET, SORTED, false, false},
    {METHOD_SCORE, FORM_GRADES, SORTED | GRADED, false, false},
    {METHOD_DOTS, FORM_POINTS, GRADED, false, false},
    {METHOD_JUDGMENT, FORM_GRADES, SORTED | GRADED, false, false},
    {METHOD_IRV, FORM_RANKS, RANKED, true, false},
    {METHOD_SCHULZE, FORM_RANKS, RANKED, false, false},
    {METHOD_RANKED_PAIRS, FORM_RANKS, RANKED, false, false},
    {METHOD_BORDA, FORM_RANKS, RANKED, false, false},
    {METHOD_STV_SCOTTISH, FORM_RANKS, RANKED, true, true},
    {METHOD_STV_MEEK, FORM_RANKS, RANKED, false, true},
};

static const struct way *way_of(uint8_t method)
{
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (ways[i].method == method) {
            return &ways[i];
        }
    }
    return NULL;
}

/* "irv, schulze": what can count such ballots and is offered. */
static void list_methods(enum ballot_kind kind, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if ((ways[i].kinds & 1U << kind) != 0 && tally_method_of(ways[i].method) != NULL &&
            used < size) {
            used += (size_t)snprintf(text + used, size - used, "%s%s", used == 0 ? "" : ", ",
                                     definition_method_name(ways[i].method));
        }
    }
}

static enum error refuse_method(struct election_source *source, enum ballot_kind kind)
{
    static const char *const words[] = {"rankings", "options sorted into categories",
                                        "grades or points"};
    char list[120];
    list_methods(kind, list, sizeof list);
    source->fault->line = 0;
    snprintf(source->fault->expected, ELECTION_EXPECTED_SIZE,
             "the file holds %s, which %s cannot count: use %s", words[kind],
             definition_method_name(source->ask->method), list[0] == '\0' ? "another file" : list);
    return ERROR_POLL_METHOD_UNAVAILABLE;
}

static enum error refuse_categories(struct election_source *source)
{
    source->fault->line = 0;
    snprintf(source->fault->expected, ELECTION_EXPECTED_SIZE,
             "approval counts two categories, yes and no; the file has %u", source->categories);
    return ERROR_POLL_METHOD_UNAVAILABLE;
}

static void name_by_numbers(struct election *election, uint16_t options)
{
    election->names = arena_new(&election->arena, options, sizeof *election->names);
    for (uint16_t option = 0; option < options; option++) {
        char text[8];
        int size = snprintf(text, sizeof text, "%u", option + 1U);
        election->names[option] = arena_copy(&election->arena, slice_of(text, (size_t)size));
    }
}

enum error ballots_begin(struct election_source *source, size_t at, uint64_t options,
                         enum ballot_kind kind)
{
    struct election *election = source->election;
    struct definition *definition = &election->definition;
    const struct way *way = way_of(source->ask->method);
    uint64_t most = kind == BALLOTS_SORTED ? ELECTION_OPTIONS_MAX : ELECTION_RANKED_MAX;
    if (options < 1 || options > most) {
        return source_fault(source, at, "between 1 and %llu candidates", (unsigned long long)most);
    }
    if (way == NULL || (way->kinds & 1U << kind) == 0) {
        return refuse_method(source, kind);
    }
    if (way->form == FORM_SET && source->categories != 2) {
        return refuse_categories(source);
    }
    *definition = (struct definition){
        .method = way->method,
        .form = way->form,
        .opt = source->ask->opt,
        .seats = 1,
        .n_option = (uint16_t)options,
        .flags = FLAG_BLANK,
        .rule.tie = source->ask->tie == 0 ? TIE_REPORTED : source->ask->tie,
    };
    if (way->form == FORM_RANKS || way->form == FORM_SET) {
        definition->min = 1;
        definition->max = (uint16_t)options;
    }
    if (way->form == FORM_RANKS && !way->one_a_rank) {
        definition->flags |= FLAG_EQUAL_RANKS;
    }
    if (way->method == METHOD_JUDGMENT && source->ask->blank_is_none) {
        definition->opt |= JUDGMENT_BLANK_IS_NONE;
    }
    source->is_strict = way->one_a_rank;
    name_by_numbers(election, definition->n_option);
    return ERROR_NONE;
}

uint8_t ballots_form_of(uint8_t method)
{
    const struct way *way = way_of(method);
    return way == NULL ? 0 : way->form;
}

bool ballots_fill_seats(const struct election_source *source)
{
    const struct way *way = way_of(source->ask->method);
    return source->ask->seats == 0 && way != NULL && way->fills_several;
}

/* ---- one ballot ---- */

static size_t body_size(const struct definition *definition)
{
    return definition->form == FORM_SET      ? (definition->n_option + 7U) / 8
           : definition->form == FORM_POINTS ? 2U * definition->n_option
                                             : definition->n_option;
}

void ballot_begin(struct election_source *source)
{
    const struct definition *definition = &source->election->definition;
    source->choice[0] = definition->form;
    memset(source->choice + 1, definition->form == FORM_GRADES ? NO_GRADE : 0,
           body_size(definition));
    memset(source->seen, 0, definition->n_option);
    source->n_group = 0;
    source->rank = 0;
    source->sum = 0;
    source->is_closed = source->over_voted = source->skipped = source->repeated = false;
}

/* While the rank is read, its options already bear its number, so that repetitions are seen. */
void ballot_name(struct election_source *source, uint16_t option)
{
    const bool *withdrawn = source->election->withdrawn;
    if (source->is_closed) {
        return;
    }
    if (source->choice[1 + option] != 0) {
        source->repeated = true;
    } else if (withdrawn == NULL || !withdrawn[option]) {
        source->choice[1 + option] = (uint8_t)(source->rank + 1);
        source->group[source->n_group++] = option;
    }
}

void ballot_rank_end(struct election_source *source)
{
    if (source->n_group > 1 && source->is_strict) {
        for (size_t i = 0; i < source->n_group; i++) {
            source->choice[1 + source->group[i]] = 0;
        }
        source->over_voted = true;
        source->is_closed = !source->ask->skip_over_votes;
    } else if (source->n_group > 0) {
        source->rank++;
    }
    source->n_group = 0;
}

void ballot_rank_skip(struct election_source *source)
{
    source->skipped = source->skipped || !source->is_closed;
}

static uint8_t grade_of(const struct election_source *source, uint16_t value)
{
    if (source->ask->method == METHOD_JUDGMENT) {
        return value == NO_VALUE || value == 0 ? NO_GRADE : (uint8_t)(value - 1);
    }
    return value != NO_VALUE ? (uint8_t)value : NO_GRADE;
}

void ballot_value(struct election_source *source, uint16_t option, uint16_t value)
{
    uint8_t *body = source->choice + 1;
    uint16_t points = value == NO_VALUE ? 0 : value;
    switch (source->choice[0]) {
    case FORM_SET:
        body[option / 8] |= (uint8_t)((value == 1) << option % 8);
        source->rank |= value == 1;
        break;
    case FORM_POINTS:
        body[2 * option] = (uint8_t)(points >> 8);
        body[2 * option + 1] = (uint8_t)points;
        source->rank |= points > 0;
        source->sum += points;
        break;
    default:
        body[option] = grade_of(source, value);
        source->rank |= body[option] != NO_GRADE;
        break;
    }
    source->greatest = points > source->greatest ? points : source->greatest;
}

void ballot_category(struct election_source *source, uint16_t option, uint16_t category)
{
    uint8_t *body = source->choice + 1;
    bool set = source->choice[0] == FORM_SET;
    if (set ? source->seen[option] : body[option] != NO_GRADE) {
        source->repeated = true;
    } else if (set) {
        source->seen[option] = true;
        ballot_value(source, option, category);
    } else {
        body[option] = (uint8_t)(source->categories - category);
        source->rank = 1;
    }
}

/* ---- into the box ---- */

static void count_add(struct result_count *count, bool counted, uint64_t heads, uint64_t weight)
{
    count->heads += counted ? (uint32_t)heads : 0;
    count->weight += counted ? weight : 0;
}

/* A ballot of ranks for a method that takes one option: the first. */
static size_t take_first(struct election_source *source)
{
    const uint8_t *first = memchr(source->choice + 1, 1, source->election->definition.n_option);
    size_t option = (size_t)(first - source->choice) - 1;
    source->choice[1] = (uint8_t)(option >> 8);
    source->choice[2] = (uint8_t)option;
    return 2;
}

/* An option that a score's ballot does not grade gets nothing, unless it is to be left out. */
static void grade_blanks(struct election_source *source)
{
    const struct definition *definition = &source->election->definition;
    for (size_t i = 0; i < definition->n_option; i++) {
        uint8_t *grade = &source->choice[1 + i];
        *grade = *grade == NO_GRADE ? 0 : *grade;
    }
}

enum error ballot_end(struct election_source *source, size_t at, uint64_t heads, uint64_t weight)
{
    struct election *election = source->election;
    const struct definition *definition = &election->definition;
    bool empty = source->rank == 0;
    size_t size = body_size(definition);
    if (heads > UINT32_MAX - election->ballots.heads) {
        return source_fault(source, at, "at most 4294967295 ballots");
    }
    if (weight > (uint64_t)ELECTION_WEIGHT_MAX - election->ballots.weight) {
        return source_fault(source, at, "weights that sum up to at most %lld",
                            (long long)ELECTION_WEIGHT_MAX);
    }
    if (tally_box_bytes(election->box) > ELECTION_BOX_MAX) {
        return source_fault(source, at, "fewer different ballots: they take more than 1 GiB");
    }
    if (empty) {
        source->choice[0] = FORM_BLANK;
        size = 0;
    } else if (definition->form == FORM_ONE) {
        size = take_first(source);
    } else if (definition->method == METHOD_SCORE && !source->ask->blank_is_none) {
        grade_blanks(source);
    }
    count_add(&election->ballots, true, heads, weight);
    count_add(&election->empty, empty && !source->over_voted, heads, weight);
    count_add(&election->over_voted, source->over_voted, heads, weight);
    count_add(&election->skipped, source->skipped, heads, weight);
    count_add(&election->repeated, source->repeated, heads, weight);
    source->greatest_sum = source->sum > source->greatest_sum ? source->sum : source->greatest_sum;
    tally_box_add(election->box, slice_of(source->choice, size + 1), (uint32_t)heads, weight);
    return ERROR_NONE;
}

enum error ballots_finish(struct election_source *source)
{
    struct definition *definition = &source->election->definition;
    uint64_t grades = source->categories > 0                  ? source->categories
                      : definition->method == METHOD_JUDGMENT ? source->greatest
                                                              : source->greatest + 1;
    if (definition->form == FORM_GRADES) {
        definition->grades = (uint8_t)(grades < 2 ? 2 : grades);
    }
    if (definition->form == FORM_POINTS) {
        definition->points = (uint16_t)(source->greatest_sum == 0 ? 1 : source->greatest_sum);
        definition->cap = (uint16_t)(source->greatest == 0 ? 1 : source->greatest);
    }
    if (source->ask->seats > 0) {
        definition->seats = source->ask->seats;
    }
    if (definition->seats > definition->n_option) {
        source->fault->line = 0;
        snprintf(source->fault->expected, ELECTION_EXPECTED_SIZE,
                 "%u places cannot be filled: %u candidates stand", definition->seats,
                 definition->n_option);
        return ERROR_POLL_METHOD_UNAVAILABLE;
    }
    return ERROR_NONE;
}
