/* What must hold of a count by stages, at every stage. Each invariant compares a stage with the one before it, or with what
 * the count says elsewhere; none counts again. Start at the table of fault.c. */
#include "tally/fault.h"

__extension__ typedef unsigned __int128 wide;
typedef bool (*step)(const struct tally_terms *terms, const struct tally_counts *counts,
                     const struct tally_stage *before, const struct tally_stage *stage);

/* Whether it holds of each stage and the one before it. */
static bool every_step(const struct tally_terms *terms, const struct tally_counts *counts,
                       step holds)
{
    for (size_t i = 1; i < counts->n_stages; i++) {
        if (!holds(terms, counts, &counts->stages[i - 1], &counts->stages[i])) {
            return false;
        }
    }
    return true;
}

bool fault_stage_sum(const struct tally_terms *terms, const struct tally_counts *counts)
{
    for (size_t i = 0; i < counts->n_stages; i++) {
        const struct tally_stage *stage = &counts->stages[i];
        wide sum = (wide)stage->exhausted + stage->lost;
        for (uint16_t option = 0; option < terms->definition->n_option; option++) {
            sum += stage->votes[option];
        }
        if (sum != (wide)counts->valid.weight * counts->scale) {
            return false;
        }
    }
    return true;
}

static bool states_follow(const struct tally_terms *terms, const struct tally_counts *counts,
                          const struct tally_stage *before, const struct tally_stage *stage)
{
    (void)counts;
    for (uint16_t i = 0; i < terms->definition->n_option; i++) {
        bool gone = before->states[i] == OPTION_CONTINUING && stage->states[i] == OPTION_EXCLUDED;
        bool said = stage->action == STAGE_EXCLUSION && stage->option == i;
        bool elected = before->states[i] == OPTION_CONTINUING && stage->states[i] == OPTION_ELECTED;
        if (gone != said || (!gone && !elected && before->states[i] != stage->states[i])) {
            return false;
        }
    }
    return stage->action != STAGE_SURPLUS || before->states[stage->option] == OPTION_ELECTED;
}

bool fault_stage_states(const struct tally_terms *terms, const struct tally_counts *counts)
{
    for (uint16_t i = 0; counts->n_stages > 0 && i < terms->definition->n_option; i++) {
        uint8_t state = counts->stages[0].states[i];
        if (state == OPTION_EXCLUDED || (state == OPTION_WITHDRAWN) != fault_withdrawn(terms, i)) {
            return false;
        }
    }
    return every_step(terms, counts, states_follow);
}

static bool votes_follow(const struct tally_terms *terms, const struct tally_counts *counts,
                         const struct tally_stage *before, const struct tally_stage *stage)
{
    for (uint16_t i = 0; i < terms->definition->n_option; i++) {
        uint64_t had = before->votes[i], has = stage->votes[i];
        bool transferred = stage->action == STAGE_SURPLUS && stage->option == i;
        bool good = stage->states[i] == OPTION_EXCLUDED || stage->states[i] == OPTION_WITHDRAWN
                        ? has == 0
                    : transferred                         ? has == counts->quota && had >= has
                    : before->states[i] == OPTION_ELECTED ? has == had
                                                          : has >= had;
        if (!good || (stage->action == STAGE_FILL && has != had)) {
            return false;
        }
    }
    return stage->exhausted >= before->exhausted && stage->lost >= before->lost &&
           (stage->action == STAGE_SURPLUS || stage->lost == before->lost);
}

bool fault_stage_votes(const struct tally_terms *terms, const struct tally_counts *counts)
{
    return every_step(terms, counts, votes_follow);
}

static bool choice_is_right(const struct tally_terms *terms, const struct tally_counts *counts,
                            const struct tally_stage *before, const struct tally_stage *stage)
{
    if (stage->action != STAGE_EXCLUSION && stage->action != STAGE_SURPLUS) {
        return true;
    }
    uint64_t of_chosen = before->votes[stage->option];
    for (uint16_t i = 0; i < terms->definition->n_option; i++) {
        bool lower = before->states[i] == OPTION_CONTINUING && before->votes[i] < of_chosen;
        bool waits = before->states[i] == OPTION_ELECTED && before->votes[i] > counts->quota;
        if (stage->action == STAGE_EXCLUSION ? lower || waits
                                             : waits && before->votes[i] > of_chosen) {
            return false;
        }
    }
    return true;
}

bool fault_stage_choice(const struct tally_terms *terms, const struct tally_counts *counts)
{
    return every_step(terms, counts, choice_is_right);
}

bool fault_stage_first(const struct tally_terms *terms, const struct tally_counts *counts)
{
    bool equal = (terms->definition->flags & FLAG_EQUAL_RANKS) != 0;
    for (uint16_t i = 0; counts->n_stages > 0 && i < terms->definition->n_option; i++) {
        uint64_t votes = counts->stages[0].votes[i], first = counts->scores[i] * counts->scale;
        if (equal ? votes > first : votes != first) {
            return false;
        }
    }
    return counts->n_stages == 0 || counts->stages[0].action == STAGE_BEGIN;
}

/* More than half of what is with an option, but for the last two when they are equal. */
static bool has_majority(const struct tally_counts *counts, uint16_t n)
{
    const struct tally_stage *last = &counts->stages[counts->n_stages - 1];
    uint64_t sum = 0;
    for (uint16_t i = 0; i < n; i++) {
        sum += last->votes[i];
    }
    return counts->n_winners == 0 || fault_tie_is(counts, TIE_BY_LOT) ||
           last->votes[counts->winners[0]] > sum / 2;
}

bool fault_stage_quota(const struct tally_terms *terms, const struct tally_counts *counts)
{
    uint16_t n = terms->definition->n_option;
    if (counts->n_stages == 0) {
        return true;
    }
    if (counts->quota == 0) {
        return has_majority(counts, n);
    }
    uint64_t places = terms->definition->seats + 1U;
    uint64_t votes = counts->valid.weight - counts->stages[0].exhausted / counts->scale;
    uint64_t quota = counts->quota / counts->scale;
    if (counts->quota % counts->scale != 0 || quota <= votes / places ||
        quota - 1 > votes / places) {
        return false;
    }
    for (size_t at = 0; at < counts->n_stages; at++) {
        const struct tally_stage *stage = &counts->stages[at];
        for (uint16_t i = 0; i < n && stage->action != STAGE_FILL; i++) {
            bool has_it = stage->votes[i] >= counts->quota;
            if (stage->states[i] == OPTION_ELECTED ? !has_it : has_it && counts->valid.weight > 0) {
                return false;
            }
        }
    }
    return true;
}

bool fault_stage_winners(const struct tally_terms *terms, const struct tally_counts *counts)
{
    bool stands = fault_tie_is(counts, TIE_STATUS_QUO) || fault_tie_is(counts, TIE_LEFT_OPEN);
    for (uint16_t i = 0; counts->n_stages > 0 && i < terms->definition->n_option; i++) {
        bool elected = counts->stages[counts->n_stages - 1].states[i] == OPTION_ELECTED;
        bool wins = fault_wins(counts, i);
        if (elected ? !wins : wins && !stands) {
            return false;
        }
    }
    return true;
}
