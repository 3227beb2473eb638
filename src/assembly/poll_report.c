/* The account of a count in JSON, for the result document and for the details of the result in the record: what people and
 * programs need to follow the count stage by stage. One small writer per part; a part that the method has not is left out.
 *
 * Invariant: nothing is computed here, so the account cannot differ from the count. Options are numbered from 0, as in the
 * definition. Start at poll_report(). */
#include "assembly/poll_report.h"

static const char *const action_words[] = {"begin", "surplus", "exclusion", "fill"};
static const char *const state_words[] = {"continuing", "elected", "excluded", "withdrawn"};
static const char *const for_words[] = {"place", "exclusion", "surplus"};
static const char *const how_words[] = {"earlier_stage", "lot", "status_quo", "open",
                                        "no_difference"};

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

static json_t *numbers(const uint64_t *list, size_t count)
{
    json_t *json = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json, json_number(list[i]));
    }
    return json;
}

static json_t *options(const uint16_t *list, size_t count)
{
    json_t *json = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json, json_number(list[i]));
    }
    return json;
}

static json_t *states(const uint8_t *list, size_t count)
{
    json_t *json = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json, word(state_words[list[i]]));
    }
    return json;
}

static json_t *stages(const struct tally_counts *counts, size_t n_option)
{
    json_t *list = json_array();
    for (size_t i = 0; i < counts->n_stages; i++) {
        const struct tally_stage *stage = &counts->stages[i];
        json_t *json = json_object();
        json_put(json, "action", word(action_words[stage->action]));
        json_put(json, "option", stage->option == NO_OPTION ? NULL : json_number(stage->option));
        json_put(json, "votes", numbers(stage->votes, n_option));
        json_put(json, "states", states(stage->states, n_option));
        json_put(json, "exhausted", json_number(stage->exhausted));
        json_put(json, "lost", json_number(stage->lost));
        json_array_append_new(list, json);
    }
    return list;
}

static json_t *pairwise(const uint64_t *cells, size_t n_option)
{
    json_t *rows = json_array();
    for (size_t row = 0; row < n_option; row++) {
        json_array_append_new(rows, numbers(cells + row * n_option, n_option));
    }
    return rows;
}

static json_t *ties(const struct tally_counts *counts)
{
    json_t *list = json_array();
    for (size_t i = 0; i < counts->n_ties; i++) {
        const struct tally_tie *tie = &counts->ties[i];
        json_t *json = json_object();
        json_put(json, "stage", json_number(tie->stage));
        json_put(json, "for", word(for_words[tie->what_for]));
        json_put(json, "tied", options(tie->tied, tie->n_tied));
        json_put(json, "how", word(how_words[tie->how]));
        json_put(json, "chosen", options(tie->chosen, tie->n_chosen));
        json_array_append_new(list, json);
    }
    return list;
}

/* The answers of a method without options have names beside their numbers. */
static void put_answers(json_t *into, uint8_t form, const uint64_t *scores)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const consent[] = {"consent", "concern", "objection", NULL};
    static const char *const none[] = {NULL};
    const char *const *names = form == FORM_YES_NO ? yes_no : form == FORM_CONSENT ? consent : none;
    for (size_t i = 0; names[i] != NULL; i++) {
        json_put(into, names[i], json_number(scores[i]));
    }
}

void poll_report(json_t *into, const struct tally_terms *terms, const struct tally_counts *counts)
{
    size_t n = terms->definition->n_option;
    put_answers(into, terms->definition->form, counts->scores);
    json_put(into, "scores", numbers(counts->scores, counts->n_scores));
    json_put(into, "winners", options(counts->winners, counts->n_winners));
    if (n == 0) {
        return;
    }
    json_put(into, "elected", options(counts->elected, counts->n_winners));
    json_put(into, "graders", counts->graders == NULL ? NULL : numbers(counts->graders, n));
    if (counts->n_stages > 0) {
        json_put(into, "scale", json_number(counts->scale));
        json_put(into, "quota", counts->quota == 0 ? NULL : json_number(counts->quota));
        json_put(into, "stages", stages(counts, n));
    }
    json_put(into, "pairwise", counts->pairwise == NULL ? NULL : pairwise(counts->pairwise, n));
    json_put(into, "ranks", counts->ranks == NULL ? NULL : options(counts->ranks, n));
    json_put(into, "condorcet_winner",
             counts->condorcet_winner == NO_OPTION ? NULL : json_number(counts->condorcet_winner));
    json_put(into, "ties", ties(counts));
}
