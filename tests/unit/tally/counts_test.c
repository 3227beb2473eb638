/* Counting and judging against worked counts made by another implementation: each record of tests/data/vectors/counts.json
 * is read event by event; at each recorded result the final ballots and papers are capped, counted and judged, and every
 * number of the result must come out: counts, scores, winners, verdict, how a tie was decided. */
#include "tests/harness/c/fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "crypto/crypto.h"
#include "ledger/ballot.h"
#include "ledger/event.h"
#include "ledger/paper.h"
#include "ledger/roll.h"
#include "rules/rules.h"
#include "tally/tally.h"

enum { MOST = 16, LINE_MAX_SIZE = 65536, SCORES_MOST = 64, ARENA_SIZE = 4 << 20 };

struct recount {
    const char *name;
    struct arena arena;
    struct definition definition;
    struct ballot ballots[MOST]; /* the last of each on_behalf_of */
    size_t n_ballots;
    struct roll_entry roll[MOST];
    size_t n_roll;
    struct paper_batch batches[MOST]; /* the last version of each */
    size_t n_batches;
    struct payload_presence at_opening, at_close;
    size_t results; /* compared so far */
};

static struct slice base64_of(struct recount *recount, const json_t *line, const char *key)
{
    struct buffer out;
    buffer_init(&out, LINE_MAX_SIZE);
    assert_true(encoding_from_base64(json_get_text(line, key), &out));
    struct slice kept = arena_copy(&recount->arena, buffer_slice(&out));
    buffer_free(&out);
    return kept;
}

/* ---- events ---- */

static void add_roll(struct recount *recount, struct slice payload)
{
    uint32_t count;
    assert_int_equal(roll_decode(payload, &count), ERROR_NONE);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(recount->n_roll < MOST);
        recount->roll[recount->n_roll++] = roll_read(payload, i);
    }
}

static void add_ballot(struct recount *recount, struct slice payload)
{
    struct ballot ballot;
    size_t at = 0;
    assert_int_equal(ballot_decode(payload, &ballot), ERROR_NONE);
    while (at < recount->n_ballots &&
           !id_equal(recount->ballots[at].on_behalf_of, ballot.on_behalf_of)) {
        at++;
    }
    assert_true(at < MOST);
    recount->n_ballots += at == recount->n_ballots ? 1 : 0;
    recount->ballots[at] = ballot;
}

static void add_batch(struct recount *recount, struct slice payload)
{
    struct paper_batch batch;
    size_t at = 0;
    assert_int_equal(paper_decode(payload, &batch), ERROR_NONE);
    while (at < recount->n_batches && !id_equal(recount->batches[at].batch, batch.batch)) {
        at++;
    }
    assert_true(at < MOST);
    recount->n_batches += at == recount->n_batches ? 1 : 0;
    recount->batches[at] = batch;
}

/* ---- what is counted ---- */

static bool is_on_paper(const struct recount *recount, struct id member)
{
    for (size_t i = 0; i < recount->n_batches; i++) {
        for (uint32_t v = 0; v < recount->batches[i].n_voter; v++) {
            if (id_equal(paper_voter(&recount->batches[i], v), member)) {
                return true;
            }
        }
    }
    return false;
}

static int class_of(const struct recount *recount, struct id member)
{
    for (size_t i = 0; i < recount->n_roll; i++) {
        if (id_equal(recount->roll[i].member, member)) {
            return recount->roll[i].class_index;
        }
    }
    fail_msg("%s: a ballot of somebody who is not on the roll", recount->name);
    return 0;
}

static uint64_t weight_of_papers(const struct recount *recount)
{
    uint64_t weight = 0;
    for (size_t i = 0; i < recount->n_batches; i++) {
        const struct paper_batch *batch = &recount->batches[i];
        struct reader reader = reader_of(batch->choices);
        struct paper_choice choice;
        weight += batch->void_weight;
        while (paper_next_choice(&reader, &choice)) {
            weight += choice.weight;
        }
    }
    return weight;
}

static size_t final_ballots(const struct recount *recount, struct rule_ballot ballots[MOST])
{
    size_t count = 0;
    for (size_t i = 0; i < recount->n_ballots; i++) {
        const struct ballot *ballot = &recount->ballots[i];
        if (!is_on_paper(recount, ballot->on_behalf_of)) {
            ballots[count++] = (struct rule_ballot){.voter = ballot->voter,
                                                    .on_behalf_of = ballot->on_behalf_of,
                                                    .weight = ballot->weight,
                                                    .of = i};
        }
    }
    return count;
}

static void add_papers(const struct recount *recount, int class_index, struct tally_box *box,
                       struct tally_terms *terms)
{
    for (size_t i = 0; i < recount->n_batches; i++) {
        const struct paper_batch *batch = &recount->batches[i];
        struct reader reader = reader_of(batch->choices);
        struct paper_choice choice;
        if (class_index >= 0 && class_index != batch->class_index) {
            continue;
        }
        terms->void_papers.heads += batch->void_ballots;
        terms->void_papers.weight += batch->void_weight;
        while (paper_next_choice(&reader, &choice)) {
            tally_box_add(box, choice.choice, choice.ballots, choice.weight);
        }
    }
}

static int by_giver(const void *left, const void *right)
{
    const struct rule_ballot *a = left, *b = right;
    return id_compare(a->on_behalf_of, b->on_behalf_of);
}

static struct hash seed_of(const struct recount *recount, const struct result *result)
{
    struct rule_ballot ballots[MOST];
    struct buffer signatures;
    size_t count = final_ballots(recount, ballots);
    qsort(ballots, count, sizeof ballots[0], by_giver);
    buffer_init(&signatures, LINE_MAX_SIZE);
    for (size_t i = 0; i < count; i++) {
        buffer_append(&signatures, recount->ballots[ballots[i].of].signature, SIGNATURE_SIZE);
    }
    struct hash hash = crypto_hash(buffer_slice(&signatures));
    buffer_free(&signatures);
    return lot_seed(result->poll_hash, result->lot_secret, hash);
}

/* Counts the whole (-1) or one class, and fills in its numbers but for the support. */
static struct rule_numbers numbers_of(struct recount *recount, int class_index,
                                      const struct rule_ballot *ballots, size_t count,
                                      const struct hash *seed, struct tally_counts *counts)
{
    struct rule_numbers numbers = {
        .at_opening = rule_presence_of(&recount->at_opening, class_index),
        .at_close = rule_presence_of(&recount->at_close, class_index),
    };
    struct tally_terms terms = {.definition = &recount->definition, .lot_seed = seed};
    struct tally_box *box = tally_box_new();
    for (size_t i = 0; i < count; i++) {
        const struct ballot *ballot = &recount->ballots[ballots[i].of];
        if (class_index < 0 || class_of(recount, ballot->on_behalf_of) == class_index) {
            tally_box_add(box, ballot->choice, 1, ballots[i].counted);
        }
    }
    add_papers(recount, class_index, box, &terms);
    tally_count(&terms, box, &recount->arena, counts);
    tally_box_free(box);
    for (size_t i = 0; i < recount->n_roll; i++) {
        const struct roll_entry *entry = &recount->roll[i];
        if (class_index < 0 || entry->class_index == class_index) {
            numbers.entitled.heads++;
            numbers.entitled.weight += entry->weight;
            numbers.entitled_shares += entry->shares;
        }
    }
    numbers.took_part = counts->took_part;
    numbers.blank = counts->blank;
    numbers.abstain = counts->abstain;
    numbers.void_ = counts->void_;
    numbers.votes = counts->valid.weight;
    return numbers;
}

/* ---- against the record ---- */

static uint64_t support_in(const struct recount *recount, const struct tally_counts *counts,
                           const struct result *result)
{
    return recount->definition.method == RULE_YES_NO ? counts->scores[0]
           : result->n_winners == 1                  ? counts->scores[result->winners[0]]
                                                     : 0;
}

static void compare_counts(const struct recount *recount, const struct tally_counts *counts,
                           const struct result *result, struct result_count entitled)
{
    const struct result_count ours[] = {entitled,      counts->took_part, counts->valid,
                                        counts->blank, counts->abstain,   counts->void_};
    const struct result_count theirs[] = {result->entitled, result->took_part, result->valid,
                                          result->blank,    result->abstain,   result->void_};
    for (size_t i = 0; i < 6; i++) {
        if (ours[i].heads != theirs[i].heads || ours[i].weight != theirs[i].weight) {
            fail_msg("%s: count %zu differs", recount->name, i);
        }
    }
    if (counts->n_scores != result->n_scores ||
        memcmp(counts->scores, result->scores, result->n_scores * sizeof *result->scores) != 0) {
        fail_msg("%s: scores differ", recount->name);
    }
    if (result->decided != DECIDED_CHAIR &&
        (counts->n_winners != result->n_winners ||
         (result->n_winners > 0 && memcmp(counts->winners, result->winners,
                                          result->n_winners * sizeof *result->winners) != 0))) {
        fail_msg("%s: winners differ", recount->name);
    }
}

static void compare(struct recount *recount, const struct result *result)
{
    struct tally_counts counts, of_class;
    struct rule_ballot ballots[MOST];
    struct rule_class classes[RULE_CLASSES_MAX] = {0};
    const struct definition *definition = &recount->definition;
    struct hash seed = seed_of(recount, result);
    size_t count = final_ballots(recount, ballots);
    struct rule_facts facts = {
        .rule = &definition->rule,
        .method = definition->method,
        .cap = rule_cap(&definition->rule, ballots, count, weight_of_papers(recount)),
        .classes = classes,
        .n_class = definition->n_class,
        .chair_says_yes = result->verdict == VERDICT_ADOPTED,
    };
    facts.whole = numbers_of(recount, -1, ballots, count, &seed, &counts);
    facts.whole.support = support_in(recount, &counts, result);
    for (uint8_t i = 0; i < definition->n_class; i++) {
        classes[i].code = definition->classes[i];
        classes[i].numbers = numbers_of(recount, i, ballots, count, &seed, &of_class);
        classes[i].numbers.support = support_in(recount, &of_class, result);
    }
    if (definition->method == RULE_CONSENT) {
        facts.consent = counts.scores[0];
        facts.concern = counts.scores[1];
        facts.objection = counts.scores[2];
    }
    facts.decided = result->decided == DECIDED_CHAIR ? DECIDED_CHAIR : counts.decided;
    struct rule_verdict verdict = rule_judge(&facts);
    compare_counts(recount, &counts, result, facts.whole.entitled);
    if (verdict.verdict != result->verdict || verdict.decided != result->decided) {
        fail_msg("%s: verdict %d, decided %d", recount->name, (int)verdict.verdict,
                 (int)verdict.decided);
    }
    recount->results++;
}

static void add_result(struct recount *recount, struct slice payload)
{
    uint64_t scores[SCORES_MOST];
    uint16_t winners[SCORES_MOST];
    struct result result;
    assert_int_equal(result_decode(payload, &result, scores, SCORES_MOST, winners, SCORES_MOST),
                     ERROR_NONE);
    compare(recount, &result);
}

static void add_line(struct recount *recount, const json_t *text)
{
    json_t *line = NULL;
    struct leaf leaf;
    struct payload_poll_opened opened;
    struct payload_poll_closed closed;
    assert_int_equal(json_parse(slice_of(json_string_value(text), json_string_length(text)), &line),
                     ERROR_NONE);
    assert_int_equal(leaf_decode(base64_of(recount, line, "leaf"), &leaf), ERROR_NONE);
    struct slice payload = base64_of(recount, line, "payload");
    json_decref(line);
    switch (leaf.type) {
    case EVENT_ROLL:
    case EVENT_ROLL_ADDED:
        add_roll(recount, payload);
        break;
    case EVENT_POLL_OPENED:
        assert_int_equal(payload_decode_poll_opened(payload, &opened), ERROR_NONE);
        recount->at_opening = opened.presence;
        break;
    case EVENT_POLL_CLOSED:
        assert_int_equal(payload_decode_poll_closed(payload, &closed), ERROR_NONE);
        recount->at_close = closed.presence;
        break;
    case EVENT_BALLOT:
        add_ballot(recount, payload);
        break;
    case EVENT_PAPER_BATCH:
        add_batch(recount, payload);
        break;
    case EVENT_RESULT:
        add_result(recount, payload);
        break;
    default:
        break;
    }
}

/* true = its method is offered, and every result of it was compared. */
static bool recount_case(const json_t *bases, const json_t *one)
{
    size_t i;
    json_t *line;
    struct recount recount = {.name = fixture_text(one, "name")};
    struct buffer definition = fixture_bytes(fixture_text(one, "definition"));
    const json_t *base = json_object_get(bases, fixture_text(one, "base"));
    arena_init(&recount.arena, ARENA_SIZE);
    assert_int_equal(
        definition_decode(buffer_slice(&definition), &recount.arena, &recount.definition),
        ERROR_NONE);
    bool offered = tally_method_of(recount.definition.method) != NULL;
    for (size_t at = 0; offered && at < (size_t)json_get_integer(one, "keep"); at++) {
        add_line(&recount, json_array_get(base, at));
    }
    json_array_foreach(json_object_get(one, "lines"), i, line)
    {
        if (offered) {
            add_line(&recount, line);
        }
    }
    if (offered) {
        assert_int_equal(recount.results, json_array_size(json_object_get(one, "results")));
    }
    buffer_free(&definition);
    arena_free(&recount.arena);
    return offered;
}

static void test_worked_counts(void **state)
{
    size_t i, counted = 0;
    json_t *one;
    json_t *vectors = fixture_vectors("counts.json");
    (void)state;
    json_array_foreach(json_object_get(vectors, "cases"), i, one)
    {
        counted += recount_case(json_object_get(vectors, "bases"), one) ? 1 : 0;
    }
    assert_int_equal(counted, json_array_size(json_object_get(vectors, "cases")));
    json_decref(vectors);
    fixture_count("palabre/counts", counted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_worked_counts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
