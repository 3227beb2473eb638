/* What must hold of every count, whatever the method: a table of invariants, each with the name it is called by when it is
 * broken. A count that breaks one is a bug; tally_count() stops on it rather than publish a wrong result.
 *
 * None of them counts again: they are sums that must come out, things that cannot go back, and agreement between what a count
 * says in two places (winners and states, winners and ranks, stages and scores). What a method has not is not asked for.
 * Start at tally_fault(); an invariant is one function and one line of the table. What holds stage by stage is in
 * fault_stages.c. */
#include "tally/fault.h"

__extension__ typedef unsigned __int128 wide;

bool fault_withdrawn(const struct tally_terms *terms, uint16_t option)
{
    return terms->withdrawn != NULL && terms->withdrawn[option];
}

bool fault_tie_is(const struct tally_counts *counts, enum tally_tie_how how)
{
    for (size_t i = 0; i < counts->n_ties; i++) {
        if (counts->ties[i].how == how) {
            return true;
        }
    }
    return false;
}

bool fault_wins(const struct tally_counts *counts, uint16_t option)
{
    for (uint16_t i = 0; i < counts->n_winners; i++) {
        if (counts->winners[i] == option) {
            return true;
        }
    }
    return false;
}

static bool ballots_add_up(const struct tally_terms *terms, const struct tally_counts *counts)
{
    (void)terms;
    return counts->took_part.heads == counts->valid.heads + counts->blank.heads +
                                          counts->abstain.heads + counts->void_.heads &&
           counts->took_part.weight == counts->valid.weight + counts->blank.weight +
                                           counts->abstain.weight + counts->void_.weight;
}

/* ---- winners ---- */

static bool ascending(const uint16_t *list, uint16_t n, uint16_t n_option)
{
    for (uint16_t i = 0; i < n; i++) {
        if (list[i] >= n_option || (i > 0 && list[i] <= list[i - 1])) {
            return false;
        }
    }
    return true;
}

static bool winners_differ(const struct tally_terms *terms, const struct tally_counts *counts)
{
    return ascending(counts->winners, counts->n_winners, terms->definition->n_option);
}

static bool winners_fit(const struct tally_terms *terms, const struct tally_counts *counts)
{
    return counts->n_winners <= terms->definition->seats;
}

static bool winners_stand(const struct tally_terms *terms, const struct tally_counts *counts)
{
    for (uint16_t i = 0; i < counts->n_winners; i++) {
        if (fault_withdrawn(terms, counts->winners[i])) {
            return false;
        }
    }
    return true;
}

static bool elected_are_the_winners(const struct tally_terms *terms,
                                    const struct tally_counts *counts)
{
    (void)terms;
    for (uint16_t i = 0; i < counts->n_winners; i++) {
        uint16_t found = 0;
        for (uint16_t j = 0; j < counts->n_winners; j++) {
            found = (uint16_t)(found + (counts->elected[j] == counts->winners[i] ? 1 : 0));
        }
        if (found != 1) {
            return false;
        }
    }
    return true;
}

/* ---- ties ---- */

static bool tie_is_good(const struct tally_terms *terms, const struct tally_tie *tie)
{
    bool standing = tie->how == TIE_STATUS_QUO || tie->how == TIE_LEFT_OPEN;
    if (!ascending(tie->tied, tie->n_tied, terms->definition->n_option) ||
        tie->n_chosen >= tie->n_tied || (tie->n_chosen == 0) != standing) {
        return false;
    }
    for (uint16_t i = 0; i < tie->n_chosen; i++) {
        bool is_tied = false;
        for (uint16_t j = 0; j < tie->n_tied; j++) {
            is_tied = is_tied || tie->tied[j] == tie->chosen[i];
        }
        if (!is_tied) {
            return false;
        }
    }
    return true;
}

static bool ties_are_good(const struct tally_terms *terms, const struct tally_counts *counts)
{
    for (size_t i = 0; i < counts->n_ties; i++) {
        if (!tie_is_good(terms, &counts->ties[i])) {
            return false;
        }
    }
    return true;
}

static bool decided_as_the_ties(const struct tally_terms *terms, const struct tally_counts *counts)
{
    (void)terms;
    return counts->decided == (fault_tie_is(counts, TIE_LEFT_OPEN) ? DECIDED_OPEN
                               : fault_tie_is(counts, TIE_BY_LOT)  ? DECIDED_LOT
                                                                   : DECIDED_NO_TIE);
}

/* ---- duels and ranks ---- */

static bool duels_fit(const struct tally_terms *terms, const struct tally_counts *counts)
{
    size_t n = terms->definition->n_option;
    const uint64_t *d = counts->pairwise;
    for (size_t a = 0; d != NULL && a < n; a++) {
        for (size_t b = 0; b <= a; b++) {
            uint64_t most = a == b ? 0 : counts->valid.weight;
            if (d[a * n + b] > most || d[b * n + a] > most - d[a * n + b]) {
                return false;
            }
        }
    }
    return true;
}

static bool condorcet_winner_beats_all(const struct tally_terms *terms,
                                       const struct tally_counts *counts)
{
    uint16_t n = terms->definition->n_option;
    size_t best = counts->condorcet_winner;
    if (best == NO_OPTION) {
        return true;
    }
    for (uint16_t i = 0; best < n && i < n; i++) {
        bool beaten = counts->pairwise[best * n + i] > counts->pairwise[i * n + best] &&
                      (counts->ranks == NULL || counts->ranks[i] != 1);
        if (i != best && !fault_withdrawn(terms, i) && !beaten) {
            return false;
        }
    }
    return best < n && !fault_withdrawn(terms, (uint16_t)best);
}

/* Each option's rank is one more than the number of those before it. */
static bool ranks_count(const struct tally_terms *terms, const struct tally_counts *counts)
{
    uint16_t n = terms->definition->n_option;
    for (uint16_t a = 0; counts->ranks != NULL && a < n; a++) {
        uint16_t before = 0;
        for (uint16_t b = 0; b < n; b++) {
            bool is_before = counts->ranks[b] > 0 && counts->ranks[b] < counts->ranks[a];
            before = (uint16_t)(before + (is_before ? 1 : 0));
        }
        if (counts->ranks[a] != (fault_withdrawn(terms, a) ? 0 : before + 1)) {
            return false;
        }
    }
    return true;
}

/* Nobody who lost is ranked before a winner; beside one only where the lot was drawn. */
static bool ranks_agree(const struct tally_terms *terms, const struct tally_counts *counts)
{
    uint16_t n = terms->definition->n_option, last = 0;
    for (uint16_t i = 0; counts->ranks != NULL && i < counts->n_winners; i++) {
        uint16_t rank = counts->ranks[counts->winners[i]];
        last = rank > last ? rank : last;
    }
    if (last > 0 && fault_tie_is(counts, TIE_BY_LOT)) {
        last--;
    }
    for (uint16_t i = 0; last > 0 && i < n; i++) {
        if (counts->ranks[i] > 0 && counts->ranks[i] <= last && !fault_wins(counts, i)) {
            return false;
        }
    }
    return true;
}

/* ---- scores, by method ---- */

static wide sum_of(const struct tally_counts *counts)
{
    wide sum = 0;
    for (uint16_t i = 0; i < counts->n_scores; i++) {
        sum += counts->scores[i];
    }
    return sum;
}

static bool each_at_most(const struct tally_counts *counts, wide most)
{
    for (uint16_t i = 0; i < counts->n_scores; i++) {
        if (counts->scores[i] > most) {
            return false;
        }
    }
    return true;
}

/* One answer, or one option, a ballot. */
static bool one_a_ballot(const struct definition *definition, const struct tally_counts *counts)
{
    (void)definition;
    return sum_of(counts) == counts->valid.weight;
}

static bool marks_fit(const struct definition *definition, const struct tally_counts *counts)
{
    wide valid = counts->valid.weight, sum = sum_of(counts);
    return each_at_most(counts, valid) && sum >= valid * definition->min &&
           sum <= valid * definition->max;
}

static bool grades_fit(const struct definition *definition, const struct tally_counts *counts)
{
    for (uint16_t i = 0; i < counts->n_scores; i++) {
        if (counts->graders[i] > counts->valid.weight ||
            counts->scores[i] > (wide)counts->graders[i] * (definition->grades - 1U)) {
            return false;
        }
    }
    return true;
}

static bool points_fit(const struct definition *definition, const struct tally_counts *counts)
{
    wide most = (wide)counts->valid.weight * definition->points, sum = sum_of(counts);
    return each_at_most(counts, (wide)counts->valid.weight * definition->cap) &&
           ((definition->flags & FLAG_ALL_POINTS) != 0 ? sum == most : sum <= most);
}

/* Each option has a grade of every ballot; with option bit 1 of every ballot that gave one. */
static bool tallies_fit(const struct definition *definition, const struct tally_counts *counts)
{
    enum { OPT_NONE = 1 };
    for (size_t option = 0; option < definition->n_option; option++) {
        wide sum = 0;
        for (size_t grade = 0; grade < definition->grades; grade++) {
            sum += counts->scores[option * definition->grades + grade];
        }
        if ((definition->opt & OPT_NONE) != 0 ? sum > counts->valid.weight
                                              : sum != counts->valid.weight) {
            return false;
        }
    }
    return true;
}

/* Every ballot has a first preference, or several where ranks may be equal. */
static bool firsts_fit(const struct definition *definition, const struct tally_counts *counts)
{
    bool equal = (definition->flags & FLAG_EQUAL_RANKS) != 0;
    wide sum = sum_of(counts);
    return each_at_most(counts, counts->valid.weight) &&
           (equal ? sum >= counts->valid.weight : sum == counts->valid.weight);
}

static bool scores_fit(const struct tally_terms *terms, const struct tally_counts *counts)
{
    static bool (*const fit[])(const struct definition *, const struct tally_counts *) = {
        [1] = one_a_ballot, [2] = one_a_ballot, [3] = one_a_ballot, [4] = marks_fit,
        [5] = grades_fit,   [6] = points_fit,   [7] = tallies_fit,  [8] = firsts_fit,
        [9] = firsts_fit,   [12] = firsts_fit,
    };
    uint8_t method = terms->definition->method;
    return method >= sizeof fit / sizeof fit[0] || fit[method] == NULL ||
           fit[method](terms->definition, counts);
}

/* Where the best scores win: no loser has more than a winner, nobody wins with nothing, and no seat stays empty for
 * which somebody has a score, unless a tie stands. */
static bool scores_agree(const struct tally_terms *terms, const struct tally_counts *counts)
{
    const struct definition *definition = terms->definition;
    bool best = definition->method == 3 || definition->method == 4 || definition->method == 6 ||
                (definition->method == 5 && definition->opt == 0);
    uint64_t least = UINT64_MAX, most = 0;
    for (uint16_t i = 0; best && i < counts->n_scores; i++) {
        uint64_t score = counts->scores[i];
        if (fault_wins(counts, i)) {
            least = score < least ? score : least;
        } else {
            most = score > most ? score : most;
        }
    }
    bool stands = fault_tie_is(counts, TIE_STATUS_QUO) || fault_tie_is(counts, TIE_LEFT_OPEN);
    return !best || (least > 0 && least >= most &&
                     (counts->n_winners == definition->seats || most == 0 || stands));
}

static const struct {
    const char *name;
    fault_invariant holds;
} invariants[] = {
    {"ballots-sum", ballots_add_up},
    {"winners", winners_differ},
    {"winners-seats", winners_fit},
    {"winners-withdrawn", winners_stand},
    {"elected", elected_are_the_winners},
    {"ties", ties_are_good},
    {"decided", decided_as_the_ties},
    {"scores-sum", scores_fit},
    {"scores-winners", scores_agree},
    {"pairwise", duels_fit},
    {"condorcet-winner", condorcet_winner_beats_all},
    {"ranks", ranks_count},
    {"ranks-winners", ranks_agree},
    {"stage-sum", fault_stage_sum},
    {"stage-states", fault_stage_states},
    {"stage-votes", fault_stage_votes},
    {"stage-choice", fault_stage_choice},
    {"stage-first", fault_stage_first},
    {"stage-quota", fault_stage_quota},
    {"stage-winners", fault_stage_winners},
};

const char *tally_fault(const struct tally_terms *terms, const struct tally_counts *counts)
{
    for (size_t i = 0; i < sizeof invariants / sizeof invariants[0]; i++) {
        if (!invariants[i].holds(terms, counts)) {
            return invariants[i].name;
        }
    }
    return NULL;
}
