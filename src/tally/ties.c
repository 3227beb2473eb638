/* How ties are broken, for every method in one place.
 *
 * The options stand in one order of favour for the whole count (ascending lot_key; without a seed, by number): the first of
 * the tied wins a place, the last goes. A method is counted once so. Then, where that path met a tie in mid-count, the count
 * is repeated with every other choice, depth first and at most TRIALS_MAX times, and each tie of the first path is judged: it
 * changes nothing when the same results are possible whichever of the tied is taken. A tie for the last places always matters,
 * and so does one whose choices were too many to try.
 *
 * With a lot, the first path is the count. Otherwise it is counted again up to the first tie that matters: there it ends, with
 * those who win whatever is chosen; for whom a place hangs on it is noted as a tie for places.
 *
 * Invariant: a method that is asked the same questions gets the same answers, so a prefix of choices leads to one tie.
 * Start at tally_ties_count(). */
#include "tally/ties.h"

#include "base/fatal.h"
#include "base/memory.h"
#include "crypto/crypto.h"

#include <stdlib.h>
#include <string.h>

enum {
    TIE_RULE_STATUS_QUO = 1,
    TIE_RULE_LOT = 3,
    TIES_AT_FIRST = 8,
    TRIALS_MAX = 64,
    BRANCHES_MAX = 1024, /* more ties than any count has stages */
    OPTION_WORDS = (RESULT_MAX_WINNERS + 63) / 64,
    NO_STOP = BRANCHES_MAX,
};

/* A tie that needs a choice, where it stands in the list, and which choice was taken. */
struct branch {
    size_t tie;
    uint16_t choice, alternatives; /* alternatives: at most TRIALS_MAX + 1 */
    bool tried; /* the count goes on after it: whether it matters is found by trying */
};

struct tally_ties {
    const struct tally_terms *terms;
    struct arena *arena;
    uint16_t *favour; /* per option its place in the order of favour; NULL until it is needed */
    struct tally_tie *list;
    size_t count, capacity;
    struct branch *branches; /* of this run; the first n_script choices were given */
    size_t n_branches, n_script;
    size_t stop; /* the tie of this branch stands */
};

struct tally_ties *tally_ties_new(const struct tally_terms *terms, struct arena *arena)
{
    struct tally_ties *ties = arena_new(arena, 1, sizeof *ties);
    *ties = (struct tally_ties){
        .terms = terms,
        .arena = arena,
        .branches = arena_new(arena, BRANCHES_MAX, sizeof *ties->branches),
        .stop = NO_STOP,
    };
    return ties;
}

/* ---- noting ---- */

static const uint16_t *kept(struct tally_ties *ties, const uint16_t *options, uint16_t n)
{
    return n == 0 ? NULL
                  : (const uint16_t *)(const void *)arena_copy(
                        ties->arena, slice_of(options, n * sizeof *options))
                        .data;
}

static void note(struct tally_ties *ties, struct tally_tie tie)
{
    if (ties->count == ties->capacity) {
        size_t capacity = ties->capacity == 0 ? TIES_AT_FIRST : 2 * ties->capacity;
        struct tally_tie *list = arena_new(ties->arena, capacity, sizeof *list);
        if (ties->count > 0) {
            memcpy(list, ties->list, ties->count * sizeof *list);
        }
        ties->list = list;
        ties->capacity = capacity;
    }
    tie.tied = kept(ties, tie.tied, tie.n_tied);
    tie.chosen = kept(ties, tie.chosen, tie.n_chosen);
    ties->list[ties->count++] = tie;
}

/* What is made of a tie that matters; without a seed nothing can be drawn. */
static enum tally_tie_how how_of(const struct tally_ties *ties)
{
    uint8_t rule = ties->terms->definition->rule.tie;
    if (rule == TIE_RULE_LOT && ties->terms->lot_seed != NULL) {
        return TIE_BY_LOT;
    }
    return rule == TIE_RULE_STATUS_QUO ? TIE_STATUS_QUO : TIE_LEFT_OPEN;
}

/* ---- the order of favour ---- */

struct lot {
    struct hash key;
    uint16_t option;
};

static int lot_order(const void *a, const void *b)
{
    const struct lot *left = a, *right = b;
    return memcmp(left->key.bytes, right->key.bytes, HASH_SIZE);
}

static void draw(struct tally_ties *ties)
{
    uint16_t n = ties->terms->definition->n_option;
    struct lot *lots = memory_new(n, sizeof *lots);
    ties->favour = arena_new(ties->arena, n, sizeof *ties->favour);
    for (uint16_t i = 0; i < n; i++) {
        lots[i].option = i;
        if (ties->terms->lot_seed != NULL) {
            lots[i].key = lot_key(*ties->terms->lot_seed, i);
        }
    }
    if (ties->terms->lot_seed != NULL) {
        qsort(lots, n, sizeof *lots, lot_order);
    }
    for (uint16_t i = 0; i < n; i++) {
        ties->favour[lots[i].option] = i;
    }
    free(lots);
}

/* The tied in the order of favour. */
static uint16_t *by_favour(struct tally_ties *ties, const uint16_t *tied, uint16_t n)
{
    uint16_t *order = arena_new(ties->arena, n, sizeof *order);
    if (ties->favour == NULL) {
        draw(ties);
    }
    for (uint16_t i = 0; i < n; i++) {
        uint16_t at = i;
        for (; at > 0 && ties->favour[order[at - 1]] > ties->favour[tied[i]]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = tied[i];
    }
    return order;
}

/* The last goes, the first comes first: the choice-th that could be taken. */
static uint16_t taken(struct tally_ties *ties, enum tally_tie_for what_for, const uint16_t *tied,
                      uint16_t n, uint16_t choice)
{
    const uint16_t *order = by_favour(ties, tied, n);
    return what_for == TIE_FOR_EXCLUSION ? order[n - 1 - choice] : order[choice];
}

/* ---- answers to a method ---- */

/* Which choice this run takes at its next tie, for a tie that will be noted next. */
static uint16_t next_choice(struct tally_ties *ties, uint16_t alternatives, bool tried)
{
    size_t at = ties->n_branches++;
    assert_always(at < BRANCHES_MAX);
    struct branch *branch = &ties->branches[at];
    uint16_t choice = at < ties->n_script ? branch->choice : 0;
    *branch = (struct branch){ties->count, choice, alternatives, tried};
    return choice;
}

/* The tie just met is the one that stands. */
static bool stands(const struct tally_ties *ties)
{
    return ties->n_branches == ties->stop + 1;
}

/* How many ways there are to take `places` of n, or TRIALS_MAX + 1 when there are more. */
static uint16_t ways_to_take(uint16_t places, uint16_t n)
{
    uint32_t ways = 1;
    uint16_t fewer = places < n - places ? places : (uint16_t)(n - places);
    for (uint16_t i = 0; i < fewer && ways <= TRIALS_MAX; i++) {
        ways = ways * (uint32_t)(n - i) / (uint32_t)(i + 1);
    }
    return ways > TRIALS_MAX ? TRIALS_MAX + 1 : (uint16_t)ways;
}

/* Moves on to the next way to take `places` of n, in the order of favour: at[] are ascending positions. */
static void next_way(uint16_t *at, uint16_t places, uint16_t n)
{
    uint16_t last = places;
    while (last > 0 && at[last - 1] == n - places + (last - 1)) {
        last--;
    }
    assert_always(last > 0);
    at[last - 1]++;
    for (uint16_t i = last; i < places; i++) {
        at[i] = (uint16_t)(at[i - 1] + 1);
    }
}

uint16_t tally_ties_place(struct tally_ties *ties, uint16_t stage, const uint16_t *tied, uint16_t n,
                          uint16_t places, const uint16_t **chosen)
{
    assert_always(places > 0 && places < n);
    uint16_t choice = next_choice(ties, ways_to_take(places, n), false);
    const uint16_t *order = by_favour(ties, tied, n);
    uint16_t *at = arena_new(ties->arena, places, sizeof *at);
    uint16_t got = stands(ties) ? 0 : places;
    for (uint16_t i = 0; i < places; i++) {
        at[i] = i;
    }
    for (uint16_t i = 0; i < choice; i++) {
        next_way(at, places, n);
    }
    for (uint16_t i = 0; i < places; i++) {
        at[i] = order[at[i]];
    }
    *chosen = at;
    note(ties, (struct tally_tie){.stage = stage,
                                  .what_for = TIE_FOR_PLACE,
                                  .how = how_of(ties),
                                  .tied = tied,
                                  .n_tied = n,
                                  .chosen = at,
                                  .n_chosen = got});
    return got;
}

static void note_one(struct tally_ties *ties, uint16_t stage, enum tally_tie_for what_for,
                     enum tally_tie_how how, const uint16_t *tied, uint16_t n, uint16_t one)
{
    note(ties, (struct tally_tie){.stage = stage,
                                  .what_for = what_for,
                                  .how = how,
                                  .tied = tied,
                                  .n_tied = n,
                                  .chosen = &one,
                                  .n_chosen = one == NO_OPTION ? 0 : 1});
}

uint16_t tally_ties_one(struct tally_ties *ties, uint16_t stage, enum tally_tie_for what_for,
                        const uint16_t *tied, uint16_t n)
{
    uint16_t alternatives = n > TRIALS_MAX ? TRIALS_MAX + 1 : n;
    uint16_t choice = next_choice(ties, alternatives, true);
    uint16_t one = stands(ties) ? NO_OPTION : taken(ties, what_for, tied, n, choice);
    note_one(ties, stage, what_for, how_of(ties), tied, n, one);
    return one;
}

uint16_t tally_ties_alike(struct tally_ties *ties, uint16_t stage, enum tally_tie_for what_for,
                          const uint16_t *tied, uint16_t n)
{
    uint16_t one = taken(ties, what_for, tied, n, 0);
    note_one(ties, stage, what_for, TIE_NO_DIFFERENCE, tied, n, one);
    return one;
}

/* Keeps of the tied those with the least (or greatest) votes in this stage; returns how many. */
static uint16_t narrow(const struct tally_stage *stage, bool greatest, uint16_t *tied, uint16_t n)
{
    uint64_t best = stage->votes[tied[0]];
    uint16_t left = 0;
    for (uint16_t i = 1; i < n; i++) {
        uint64_t votes = stage->votes[tied[i]];
        if (greatest ? votes > best : votes < best) {
            best = votes;
        }
    }
    for (uint16_t i = 0; i < n; i++) {
        if (stage->votes[tied[i]] == best) {
            tied[left++] = tied[i];
        }
    }
    return left;
}

uint16_t tally_ties_by_stages(struct tally_ties *ties, const struct tally_stage *stages,
                              size_t n_stages, enum tally_tie_for what_for, uint16_t *tied,
                              uint16_t n)
{
    uint16_t stage = (uint16_t)(n_stages - 1), left = n;
    const uint16_t *all = kept(ties, tied, n);
    for (size_t i = n_stages - 1; i-- > 0 && left > 1;) {
        left = narrow(&stages[i], what_for != TIE_FOR_EXCLUSION, tied, left);
    }
    if (left < n) {
        note(ties, (struct tally_tie){.stage = stage,
                                      .what_for = what_for,
                                      .how = TIE_BY_EARLIER_STAGE,
                                      .tied = all,
                                      .n_tied = n,
                                      .chosen = tied,
                                      .n_chosen = left});
    }
    return left == 1 ? tied[0] : tally_ties_one(ties, stage, what_for, tied, left);
}

/* ---- trying ---- */

struct options {
    uint64_t words[OPTION_WORDS];
};
/* One count to its end: the choices it took, and who won. */
struct trial {
    struct branch *branches;
    size_t n_branches;
    struct options winners;
};
struct trials {
    struct trial list[TRIALS_MAX];
    size_t count;
    size_t
        known_from; /* every choice after the first path's tie of this branch, or a later one, was tried */
};

static struct options options_of(const uint16_t *list, uint16_t n)
{
    struct options options = {{0}};
    for (uint16_t i = 0; i < n; i++) {
        options.words[list[i] / 64] |= UINT64_C(1) << (list[i] % 64);
    }
    return options;
}

static bool options_has(const struct options *options, uint16_t option)
{
    return options->words[option / 64] >> (option % 64) & 1;
}

static void trial_keep(struct trials *trials, const struct tally_ties *ties,
                       const struct tally_counts *counts)
{
    size_t size = ties->n_branches * sizeof *ties->branches;
    trials->list[trials->count++] = (struct trial){
        .branches = memory_copy(ties->branches, size),
        .n_branches = ties->n_branches,
        .winners = options_of(counts->winners, counts->n_winners),
    };
}

/* The choices of the last trial agree with the first path's up to here. */
static size_t shared_with_first(const struct trial *trial)
{
    size_t at = 0;
    while (at < trial->n_branches && trial->branches[at].choice == 0) {
        at++;
    }
    return at;
}

/* The script that comes after this trial, depth first: its length, or 0 when all were tried. */
static size_t next_script(const struct trial *trial, struct branch *script)
{
    size_t length = trial->n_branches;
    while (length > 0 &&
           trial->branches[length - 1].choice + 1 >= trial->branches[length - 1].alternatives) {
        length--;
    }
    if (length > 0) {
        memcpy(script, trial->branches, length * sizeof *script);
        script[length - 1].choice++;
    }
    return length;
}

/* Counts with every choice after the first path. What they allocate goes with them. */
static void try_all(const struct tally_method *method, const struct tally_input *input,
                    const struct tally_counts *before, struct trials *trials)
{
    struct tally_ties *first = input->ties;
    for (;;) {
        const struct trial *last = &trials->list[trials->count - 1];
        struct arena arena;
        arena_init(&arena, SIZE_MAX / 2);
        struct tally_ties *ties = tally_ties_new(first->terms, &arena);
        ties->n_script = next_script(last, ties->branches);
        ties->favour = first->favour;
        if (ties->n_script == 0 || trials->count == TRIALS_MAX) {
            size_t shared = shared_with_first(last);
            trials->known_from = ties->n_script == 0       ? 0
                                 : shared < ties->n_script ? shared + 1
                                                           : ties->n_script;
            arena_free(&arena);
            return;
        }
        struct tally_input trial = *input;
        struct tally_counts counts = *before;
        trial.ties = ties;
        trial.arena = &arena;
        method->count(&trial, &counts);
        trial_keep(trials, ties, &counts);
        arena_free(&arena);
    }
}

/* The trial begins as the first path, up to branch `at`. */
static bool begins_as_first(const struct trial *trial, size_t at)
{
    return shared_with_first(trial) >= at && trial->n_branches > at;
}

/* Whether some trial that takes `choice` at branch `at` has these winners. */
static bool possible(const struct trials *trials, size_t at, uint16_t choice,
                     const struct options *winners)
{
    for (size_t i = 0; i < trials->count; i++) {
        const struct trial *trial = &trials->list[i];
        if (begins_as_first(trial, at) && trial->branches[at].choice == choice &&
            memcmp(&trial->winners, winners, sizeof *winners) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether it changes anything which choice is taken at this branch of the first path. */
static bool matters(const struct trials *trials, size_t at)
{
    const struct branch *branch = &trials->list[0].branches[at];
    if (!branch->tried || at < trials->known_from) {
        return true;
    }
    for (size_t i = 0; i < trials->count; i++) {
        const struct trial *trial = &trials->list[i];
        for (uint16_t choice = 0; begins_as_first(trial, at) && choice < branch->alternatives;
             choice++) {
            if (!possible(trials, at, choice, &trial->winners)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- a tie that stands ---- */

/* Who wins whatever is chosen at branch `at`, and who wins with some choice. */
static void judge_options(const struct trials *trials, size_t at, struct options *sure,
                          struct options *some)
{
    memset(sure, 0xFF, sizeof *sure);
    memset(some, 0, sizeof *some);
    for (size_t i = 0; i < trials->count; i++) {
        if (begins_as_first(&trials->list[i], at)) {
            for (size_t word = 0; word < OPTION_WORDS; word++) {
                sure->words[word] &= trials->list[i].winners.words[word];
                some->words[word] |= trials->list[i].winners.words[word];
            }
        }
    }
}

/* Those still in the count when it ended. */
static struct options continuing(const struct tally_counts *counts, uint16_t n_option)
{
    struct options options = {{0}};
    for (uint16_t i = 0; counts->n_stages > 0 && i < n_option; i++) {
        if (counts->stages[counts->n_stages - 1].states[i] == OPTION_CONTINUING) {
            options.words[i / 64] |= UINT64_C(1) << (i % 64);
        }
    }
    return options;
}

/* The count ended at branch `at`, in mid-count: adds the sure ones, and notes who could still get a place. */
static void seat_the_sure(const struct trials *trials, size_t at, const struct tally_input *input,
                          struct tally_counts *counts)
{
    struct tally_ties *ties = input->ties;
    uint16_t n = input->terms->definition->n_option, n_tied = 0, n_elected = counts->n_winners;
    uint16_t *tied = arena_new(input->arena, n, sizeof *tied);
    uint16_t *elected = arena_new(input->arena, n, sizeof *elected);
    struct options has_place = options_of(counts->winners, counts->n_winners), sure, some;
    if (n_elected > 0) {
        memcpy(elected, counts->elected, n_elected * sizeof *elected);
    }
    if (at >= trials->known_from) {
        judge_options(trials, at, &sure, &some);
    } else {
        sure = has_place;
        some = continuing(counts, n);
    }
    for (uint16_t i = 0; i < n; i++) {
        if (options_has(&has_place, i)) {
            continue;
        }
        if (options_has(&sure, i)) {
            elected[n_elected++] = i;
        } else if (options_has(&some, i)) {
            tied[n_tied++] = i;
        }
    }
    tally_elect(counts, input->arena, elected, n_elected);
    note(ties, (struct tally_tie){.stage = ties->list[ties->count - 1].stage,
                                  .what_for = TIE_FOR_PLACE,
                                  .how = how_of(ties),
                                  .tied = tied,
                                  .n_tied = n_tied});
}

/* Counts again as far as the tie of branch `at`. */
static void count_until(const struct tally_method *method, const struct tally_input *input,
                        const struct tally_counts *before, const struct trials *trials, size_t at,
                        struct tally_counts *counts)
{
    struct tally_ties *ties = input->ties;
    *counts = *before;
    ties->count = 0;
    ties->n_branches = 0;
    ties->stop = at;
    method->count(input, counts);
    if (ties->branches[at].tried) {
        seat_the_sure(trials, at, input, counts);
    }
}

static void fill(const struct tally_ties *ties, struct tally_counts *counts)
{
    counts->ties = ties->list;
    counts->n_ties = ties->count;
    counts->decided = DECIDED_NO_TIE;
    for (size_t i = 0; i < ties->count; i++) {
        if (ties->list[i].how == TIE_LEFT_OPEN) {
            counts->decided = DECIDED_OPEN;
        } else if (ties->list[i].how == TIE_BY_LOT && counts->decided != DECIDED_OPEN) {
            counts->decided = DECIDED_LOT;
        }
    }
}

/* Judges each tie of the first path; where one stands, counts as far as that. */
static void settle(const struct tally_method *method, const struct tally_input *input,
                   const struct tally_counts *before, struct trials *trials,
                   struct tally_counts *counts)
{
    struct tally_ties *ties = input->ties;
    size_t stop = NO_STOP;
    bool *matter = memory_new(ties->n_branches, sizeof *matter);
    for (size_t at = 0; at < trials->list[0].n_branches; at++) {
        matter[at] = matters(trials, at);
        stop = matter[at] && stop == NO_STOP ? at : stop;
    }
    if (stop != NO_STOP && how_of(ties) != TIE_BY_LOT) {
        count_until(method, input, before, trials, stop, counts);
    }
    for (size_t at = 0; at < ties->n_branches; at++) {
        if (!matter[at]) {
            ties->list[ties->branches[at].tie].how = TIE_NO_DIFFERENCE;
        }
    }
    free(matter);
}

void tally_ties_count(const struct tally_method *method, const struct tally_input *input,
                      struct tally_counts *counts)
{
    struct tally_ties *ties = input->ties;
    struct tally_counts before = *counts;
    bool try = false;
    method->count(input, counts);
    for (size_t at = 0; at < ties->n_branches; at++) {
        try = try || ties->branches[at].tried;
    }
    if (ties->n_branches > 0) {
        struct trials *trials = memory_new(1, sizeof *trials);
        trials->known_from = 0;
        trial_keep(trials, ties, counts);
        if (try) {
            try_all(method, input, &before, trials);
        }
        settle(method, input, &before, trials, counts);
        for (size_t i = 0; i < trials->count; i++) {
            free(trials->list[i].branches);
        }
        free(trials);
    }
    fill(ties, counts);
}

/* A tie that stands in mid-count is followed by that for the places it leaves open, and by no other. */
const struct tally_tie *tally_deciding_tie(const struct tally_counts *counts)
{
    const struct tally_tie *drawn = NULL, *last = NULL;
    for (size_t i = counts->n_ties; i-- > 0;) {
        last = last == NULL ? &counts->ties[i] : last;
        drawn = counts->ties[i].how == TIE_BY_LOT ? &counts->ties[i] : drawn;
    }
    bool stands = last != NULL && (last->how == TIE_LEFT_OPEN || last->how == TIE_STATUS_QUO);
    return stands ? last : drawn;
}
