/* A count as JSON, for programs and for whoever compares it with a count made elsewhere.
 *
 * The fields have the names that collections of real elections use; candidates have the numbers of their file, from 1. A table
 * of grades has no numbers, so the tallies and ranks of a majority judgment go by name. What a method has not is left out.
 * Nothing is computed here but the form: rounds and stages are both the stages of the count. Start at
 * tally_report_json(). */
#include "server/commands/tally_report.h"

#include "base/json.h"

enum { METHOD_JUDGMENT = 7 };

struct report {
    const struct election *election;
    const struct tally_counts *counts;
    uint16_t n;
};

/* ---- shared with the table ---- */

void tally_report_parts(struct buffer *out, uint64_t parts, uint32_t scale)
{
    buffer_format(out, "%llu", (unsigned long long)(parts / scale));
    buffer_append_text(out, scale > 1 ? "." : "");
    for (uint32_t left = scale / 10; left > 0; left /= 10) {
        buffer_format(out, "%u", (unsigned)(parts / left % 10));
    }
}

uint8_t tally_report_median(const uint64_t *tally, uint8_t grades)
{
    uint64_t sum = 0, passed = 0;
    for (uint8_t grade = 0; grade < grades; grade++) {
        sum += tally[grade];
    }
    uint8_t grade = 0;
    while (grade < grades && passed + tally[grade] < sum - sum / 2) {
        passed += tally[grade++];
    }
    return sum == 0 ? grades : grade;
}

uint8_t tally_report_grade(const struct election *election, uint8_t grade)
{
    bool from_one =
        election->format == ELECTION_TABLE && election->definition.method == METHOD_JUDGMENT;
    return from_one ? (uint8_t)(grade + 1) : grade;
}

/* Elected before this stage, or after it. */
static bool has_place(const struct tally_counts *counts, size_t stages, uint16_t option)
{
    return stages > 0 && counts->stages[stages - 1].states[option] == OPTION_ELECTED;
}

/* How many were elected first, one after the other, in a count by stages. When after the last transfer no more are left than
 * places, these have them at once, whether they have the quota or not. */
static size_t elected_in_order(const struct tally_counts *counts, uint16_t n_option)
{
    size_t last = counts->n_stages, elected = 0, left = 0;
    last -= last > 0 && counts->stages[last - 1].action == STAGE_FILL;
    if (last == 0) {
        return counts->n_winners;
    }
    for (uint16_t option = 0; option < n_option; option++) {
        uint8_t state = counts->stages[last - 1].states[option];
        bool before = has_place(counts, last - 1, option);
        elected += before;
        left += !before && (state == OPTION_CONTINUING || state == OPTION_ELECTED);
    }
    return elected + left == counts->n_winners ? elected : counts->n_winners;
}

size_t tally_report_winners(const struct election *election, const struct tally_counts *counts,
                            uint16_t *winners)
{
    size_t count = 0, in_order = elected_in_order(counts, election->definition.n_option);
    for (; count < in_order; count++) {
        winners[count] = counts->elected[count];
    }
    for (size_t i = 0; i < counts->n_winners; i++) {
        bool listed = false;
        for (size_t at = 0; at < in_order; at++) {
            listed = listed || winners[at] == counts->winners[i];
        }
        if (!listed) {
            winners[count++] = counts->winners[i];
        }
    }
    return count;
}

/* ---- small values ---- */

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

static json_t *parts_json(uint64_t parts, uint32_t scale)
{
    struct buffer text;
    if (scale <= 1) {
        return json_number(parts);
    }
    buffer_init(&text, 64);
    tally_report_parts(&text, parts, scale);
    json_t *json = json_text(buffer_slice(&text));
    buffer_free(&text);
    return json;
}

static json_t *option_json(uint16_t option)
{
    return json_number(option + 1U);
}

static json_t *options_json(const uint16_t *options, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, option_json(options[i]));
    }
    return list;
}

/* A member of an object that is keyed by candidates' numbers. */
static void put_option(json_t *object, uint16_t option, json_t *value)
{
    char key[8];
    snprintf(key, sizeof key, "%u", option + 1U);
    json_put(object, key, value);
}

static bool is_withdrawn(const struct report *report, uint16_t option)
{
    return report->election->withdrawn != NULL && report->election->withdrawn[option];
}

/* Keyed by name, or by number where two have the same. */
static void put_name(const struct report *report, json_t *object, uint16_t option, json_t *value)
{
    struct slice name = report->election->names[option];
    for (uint16_t other = 0; other < report->n; other++) {
        if (other != option && slice_equal(name, report->election->names[other])) {
            put_option(object, option, value);
            return;
        }
    }
    char key[3 * ELECTION_NAME_MAX + 1];
    snprintf(key, sizeof key, "%.*s", (int)name.size, (const char *)name.data);
    json_put(object, key, value);
}

/* ---- parts of a count ---- */

/* Of a round: whoever still stands after it. */
static json_t *rounds_json(const struct report *report)
{
    const struct tally_counts *counts = report->counts;
    json_t *rounds = json_array();
    for (size_t i = 0; i < counts->n_stages; i++) {
        const struct tally_stage *stage = &counts->stages[i];
        const struct tally_stage *next = i + 1 < counts->n_stages ? stage + 1 : NULL;
        json_t *round = json_object(), *votes = json_object();
        for (uint16_t option = 0; option < report->n; option++) {
            if (stage->states[option] == OPTION_CONTINUING ||
                stage->states[option] == OPTION_ELECTED) {
                put_option(votes, option, json_number(stage->votes[option]));
            }
        }
        json_put(round, "votes", votes);
        json_put(round, "exhausted", json_number(stage->exhausted + counts->blank.weight));
        json_put(round, "eliminated",
                 next != NULL && next->action == STAGE_EXCLUSION ? option_json(next->option)
                                                                 : NULL);
        if (stage->action != STAGE_FILL) {
            json_array_append_new(rounds, round);
        } else {
            json_decref(round);
        }
    }
    return rounds;
}

static json_t *stage_json(const struct report *report, const struct tally_stage *stage,
                          const char *action, const char *what)
{
    json_t *json = json_object(), *votes = json_object(), *elected = json_array();
    for (uint16_t option = 0; option < report->n; option++) {
        if (!is_withdrawn(report, option)) {
            put_option(votes, option, parts_json(stage->votes[option], report->counts->scale));
        }
        if (stage->states[option] == OPTION_ELECTED) {
            json_array_append_new(elected, option_json(option));
        }
    }
    json_put(json, "action", word(action));
    json_put(json, "what", what == NULL ? NULL : word(what));
    json_put(json, "candidate",
             what == NULL || stage->option == NO_OPTION ? NULL : option_json(stage->option));
    json_put(json, "votes", votes);
    json_put(json, "elected", elected);
    json_put(json, "exhausted", parts_json(stage->exhausted, report->counts->scale));
    json_put(json, "lost", parts_json(stage->lost, report->counts->scale));
    return json;
}

/* As others write it: begin, a transfer each, and the end, which repeats the last where no place was filled without one. */
static json_t *stages_json(const struct report *report)
{
    static const char *const whats[] = {NULL, "surplus", "exclusion", NULL};
    const struct tally_counts *counts = report->counts;
    const struct tally_stage *last = &counts->stages[counts->n_stages - 1];
    json_t *stages = json_array();
    for (size_t i = 0; i < counts->n_stages; i++) {
        const struct tally_stage *stage = &counts->stages[i];
        const char *action = stage->action == STAGE_BEGIN  ? "begin"
                             : stage->action == STAGE_FILL ? "end"
                                                           : "transfer";
        json_array_append_new(stages, stage_json(report, stage, action, whats[stage->action]));
    }
    if (last->action != STAGE_FILL) {
        json_array_append_new(stages, stage_json(report, last, "end", NULL));
    }
    return stages;
}

static json_t *pairwise_json(const struct report *report)
{
    json_t *rows = json_object();
    for (uint16_t a = 0; a < report->n; a++) {
        json_t *row = json_object();
        for (uint16_t b = 0; b < report->n; b++) {
            if (a != b && !is_withdrawn(report, b)) {
                put_option(row, b, json_number(report->counts->pairwise[a * report->n + b]));
            }
        }
        if (is_withdrawn(report, a)) {
            json_decref(row);
        } else {
            put_option(rows, a, row);
        }
    }
    return rows;
}

static json_t *tiers_json(const struct report *report)
{
    json_t *tiers = json_array();
    for (uint16_t rank = 1; rank <= report->n; rank++) {
        json_t *tier = json_array();
        for (uint16_t option = 0; option < report->n; option++) {
            if (report->counts->ranks[option] == rank) {
                json_array_append_new(tier, option_json(option));
            }
        }
        if (json_array_size(tier) > 0) {
            json_array_append_new(tiers, tier);
        } else {
            json_decref(tier);
        }
    }
    return tiers;
}

/* Majority judgment: what each got of each grade, its middle grade, its place. */
static void put_judgment(const struct report *report, json_t *json)
{
    const struct tally_counts *counts = report->counts;
    uint8_t grades = report->election->definition.grades;
    json_t *tallies = json_object(), *medians = json_object(), *ranks = json_object();
    for (uint16_t option = 0; option < report->n; option++) {
        const uint64_t *tally = counts->scores + (size_t)option * grades;
        uint8_t median = tally_report_median(tally, grades);
        json_t *list = json_array();
        for (uint8_t grade = 0; grade < grades; grade++) {
            json_array_append_new(list, json_number(tally[grade]));
        }
        put_name(report, tallies, option, list);
        put_name(report, medians, option,
                 median == grades ? json_null()
                                  : json_number(tally_report_grade(report->election, median)));
        if (counts->ranks != NULL) {
            put_name(report, ranks, option, json_number(counts->ranks[option]));
        }
    }
    json_put(json, "tallies", tallies);
    json_put(json, "median_grade", medians);
    json_put(json, "ranks", ranks);
}

static void put_scores(const struct report *report, json_t *json)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const consent[] = {"consent", "concern", "objection", NULL};
    const struct tally_counts *counts = report->counts;
    const char *const *words = report->election->definition.form == FORM_YES_NO ? yes_no : consent;
    json_t *scores = json_object(), *graders = counts->graders == NULL ? NULL : json_object();
    for (uint16_t i = 0; report->n == 0 && i < counts->n_scores && words[i] != NULL; i++) {
        json_put(scores, words[i], json_number(counts->scores[i]));
    }
    for (uint16_t option = 0; option < report->n; option++) {
        put_option(scores, option, json_number(counts->scores[option]));
        if (graders != NULL) {
            put_option(graders, option, json_number(counts->graders[option]));
        }
    }
    json_put(json, "scores", scores);
    json_put(json, "graders", graders);
}

static json_t *ties_json(const struct report *report)
{
    static const char *const for_words[] = {"place", "exclusion", "surplus"};
    static const char *const how_words[] = {"earlier-stage", "lot", "status-quo", "open",
                                            "no-difference"};
    json_t *ties = json_array();
    for (size_t i = 0; i < report->counts->n_ties; i++) {
        const struct tally_tie *tie = &report->counts->ties[i];
        json_t *json = json_object();
        json_put(json, "stage", json_number(tie->stage + 1U));
        json_put(json, "for", word(for_words[tie->what_for]));
        json_put(json, "tied", options_json(tie->tied, tie->n_tied));
        json_put(json, "how", word(how_words[tie->how]));
        json_put(json, "chosen", options_json(tie->chosen, tie->n_chosen));
        json_array_append_new(ties, json);
    }
    return ties;
}

/* ---- the whole ---- */

static void put_file(const struct report *report, json_t *json)
{
    const struct election *election = report->election;
    json_t *candidates = json_object(), *withdrawn = json_array();
    for (uint16_t option = 0; option < report->n; option++) {
        put_option(candidates, option, json_text(election->names[option]));
        if (is_withdrawn(report, option)) {
            json_array_append_new(withdrawn, option_json(option));
        }
    }
    json_put(json, "format", word(election_format_name(election->format)));
    json_put(json, "title", json_text(election->title));
    json_put(json, "candidates", candidates);
    json_put(json, "withdrawn", withdrawn);
    json_put(json, "ballots", json_number(election->ballots.heads));
    json_put(json, "empty_ballots", json_number(election->empty.heads));
    json_put(json, "abstaining_ballots", json_number(report->counts->abstain.heads));
    json_put(json, "void_ballots", json_number(report->counts->void_.heads));
    json_put(json, "over_voted_ballots", json_number(election->over_voted.heads));
    json_put(json, "skipped_rank_ballots", json_number(election->skipped.heads));
    json_put(json, "repeated_option_ballots", json_number(election->repeated.heads));
    json_put(json, "weight_decimals", json_number(election->decimals));
}

static void put_winners(const struct report *report, json_t *json)
{
    uint16_t winners[ELECTION_OPTIONS_MAX];
    size_t count = tally_report_winners(report->election, report->counts, winners);
    json_t *names = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(names, json_text(report->election->names[winners[i]]));
    }
    json_put(json, "winners", options_json(winners, count));
    json_put(json, "winner_names", names);
}

static void put_stages(const struct report *report, json_t *json)
{
    const struct tally_counts *counts = report->counts;
    const struct tally_stage *last = &counts->stages[counts->n_stages - 1];
    if (counts->scale > 1) {
        json_put(json, "quota", parts_json(counts->quota, counts->scale));
        json_put(json, "stages", stages_json(report));
        json_put(json, "exhausted", parts_json(last->exhausted, counts->scale));
    } else {
        json_put(json, "rounds", rounds_json(report));
        json_put(json, "exhausted", json_number(last->exhausted + counts->blank.weight));
    }
}

void tally_report_json(struct buffer *out, const struct election *election,
                       const struct tally_counts *counts)
{
    struct report report = {election, counts, election->definition.n_option};
    json_t *json = json_object();
    json_put(json, "method", word(definition_method_name(election->definition.method)));
    json_put(json, "seats", json_number(election->definition.seats));
    put_file(&report, json);
    put_winners(&report, json);
    if (counts->n_stages > 0) {
        put_stages(&report, json);
    }
    if (election->definition.method == METHOD_JUDGMENT) {
        put_judgment(&report, json);
    } else {
        put_scores(&report, json);
    }
    if (counts->pairwise != NULL) {
        json_put(json, "pairwise", pairwise_json(&report));
        json_put(json, "condorcet_winner",
                 counts->condorcet_winner == NO_OPTION ? json_null()
                                                       : option_json(counts->condorcet_winner));
    }
    json_put(json, "ranking_tiers", counts->ranks == NULL ? NULL : tiers_json(&report));
    json_put(json, "ties", ties_json(&report));
    json_put(json, "decided_by_lot", json_boolean(counts->decided == DECIDED_LOT));
    json_write(out, json);
    buffer_append_text(out, "\n");
    json_decref(json);
}
