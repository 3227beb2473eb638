/* Worked counts made by another implementation: each record of tests/data/vectors/counts.json that this version counts is
 * read event by event, its final ballots are counted, with the lot that the record shows, and every number of its recorded
 * result must come out, winners and verdict too. Papers, caps and rules within classes are left to whoever
 * brings them. */
#include "tests/harness/c/fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "ledger/ballot.h"
#include "ledger/event.h"
#include "ledger/roll.h"
#include "rules/rules.h"
#include "tally/tally.h"

enum { BALLOTS_MAX = 16, LINE_MAX_SIZE = 65536, SCORES_MAX = 8 };

struct recount {
    struct arena arena;
    struct definition definition;
    struct buffer payloads[BALLOTS_MAX];
    struct ballot ballots[BALLOTS_MAX];
    size_t count;
    struct rule_facts facts;
    bool has_paper, has_definition;
};

static struct buffer base64_of(const json_t *line, const char *key)
{
    struct buffer out;
    struct slice text = json_get_text(line, key);
    buffer_init(&out, LINE_MAX_SIZE);
    assert_true(encoding_from_base64(text, &out));
    return out;
}

static void add_roll(struct recount *recount, struct slice payload)
{
    uint32_t count;
    assert_int_equal(roll_decode(payload, &count), ERROR_NONE);
    for (uint32_t i = 0; i < count; i++) {
        struct roll_entry entry = roll_read(payload, i);
        recount->facts.whole.entitled.heads++;
        recount->facts.whole.entitled.weight += entry.weight;
        recount->facts.whole.entitled_shares += entry.shares;
    }
}

/* Keeps the last ballot of each on_behalf_of. */
static void add_ballot(struct recount *recount, struct buffer payload)
{
    struct ballot ballot;
    size_t at = 0;
    assert_int_equal(ballot_decode(buffer_slice(&payload), &ballot), ERROR_NONE);
    while (at < recount->count &&
           !id_equal(recount->ballots[at].on_behalf_of, ballot.on_behalf_of)) {
        at++;
    }
    assert_true(at < BALLOTS_MAX);
    if (at < recount->count) {
        buffer_free(&recount->payloads[at]);
    } else {
        recount->count++;
    }
    recount->payloads[at] = payload;
    recount->ballots[at] = ballot;
}

static void add_event(struct recount *recount, uint8_t type, struct slice payload)
{
    struct payload_poll_opened opened;
    struct payload_poll_closed closed;
    switch (type) {
    case EVENT_ROLL:
    case EVENT_ROLL_ADDED:
        add_roll(recount, payload);
        break;
    case EVENT_POLL_OPENED:
        assert_int_equal(payload_decode_poll_opened(payload, &opened), ERROR_NONE);
        recount->facts.whole.at_opening = rule_presence_of(&opened.presence, -1);
        break;
    case EVENT_POLL_CLOSED:
        assert_int_equal(payload_decode_poll_closed(payload, &closed), ERROR_NONE);
        recount->facts.whole.at_close = rule_presence_of(&closed.presence, -1);
        break;
    case EVENT_PAPER_BATCH:
        recount->has_paper = true;
        break;
    default:
        break;
    }
}

static void add_line(struct recount *recount, const json_t *text)
{
    json_t *line = NULL;
    assert_int_equal(json_parse(slice_of(json_string_value(text), json_string_length(text)), &line),
                     ERROR_NONE);
    struct buffer leaf_bytes = base64_of(line, "leaf"), payload = base64_of(line, "payload");
    struct leaf leaf;
    assert_int_equal(leaf_decode(buffer_slice(&leaf_bytes), &leaf), ERROR_NONE);
    if (leaf.type == EVENT_BALLOT) {
        add_ballot(recount, payload);
    } else {
        add_event(recount, leaf.type, buffer_slice(&payload));
        buffer_free(&payload);
    }
    buffer_free(&leaf_bytes);
    json_decref(line);
}

static int ballot_order(const void *a, const void *b)
{
    const struct ballot *left = a, *right = b;
    return id_compare(left->on_behalf_of, right->on_behalf_of);
}

/* Of the secret that the result shows, and of the final ballots. */
static struct hash seed_of(struct recount *recount, const struct result *result)
{
    struct buffer signatures;
    buffer_init(&signatures, BALLOTS_MAX * SIGNATURE_SIZE);
    qsort(recount->ballots, recount->count, sizeof *recount->ballots, ballot_order);
    for (size_t i = 0; i < recount->count; i++) {
        buffer_append(&signatures, recount->ballots[i].signature, SIGNATURE_SIZE);
    }
    struct hash hash = crypto_hash(buffer_slice(&signatures));
    buffer_free(&signatures);
    return lot_seed(result->poll_hash, result->lot_secret, hash);
}

static void compare_counts(const struct recount *recount, const char *name,
                           const struct tally_counts *counts, const struct result *result)
{
    const struct result_count ours[] = {recount->facts.whole.entitled,
                                        counts->took_part,
                                        counts->valid,
                                        counts->blank,
                                        counts->abstain,
                                        counts->void_};
    const struct result_count theirs[] = {result->entitled, result->took_part, result->valid,
                                          result->blank,    result->abstain,   result->void_};
    for (size_t i = 0; i < 6; i++) {
        if (ours[i].heads != theirs[i].heads || ours[i].weight != theirs[i].weight) {
            fail_msg("%s: count %zu differs", name, i);
        }
    }
    assert_int_equal(counts->n_scores, result->n_scores);
    for (size_t i = 0; i < counts->n_scores; i++) {
        if (counts->scores[i] != result->scores[i]) {
            fail_msg("%s: score %zu differs", name, i);
        }
    }
    if (counts->n_winners != result->n_winners) {
        fail_msg("%s: %u winners", name, counts->n_winners);
    }
    for (size_t i = 0; i < counts->n_winners; i++) {
        if (counts->winners[i] != result->winners[i]) {
            fail_msg("%s: winner %zu differs", name, i);
        }
    }
}

/* What supports the question: yes, or the only winner. */
static uint64_t support_of(const struct definition *definition, const struct tally_counts *counts)
{
    return definition->method == RULE_YES_NO ? counts->scores[0]
           : counts->n_winners == 1          ? counts->scores[counts->winners[0]]
                                             : 0;
}

static void compare_verdict(struct recount *recount, const char *name,
                            const struct tally_counts *counts, const struct result *result)
{
    struct rule_facts *facts = &recount->facts;
    facts->rule = &recount->definition.rule;
    facts->method = recount->definition.method;
    facts->seats = recount->definition.seats;
    facts->whole.took_part = counts->took_part;
    facts->whole.blank = counts->blank;
    facts->whole.abstain = counts->abstain;
    facts->whole.void_ = counts->void_;
    facts->whole.support = support_of(&recount->definition, counts);
    facts->whole.votes = counts->valid.weight;
    facts->decided = counts->decided;
    if (facts->method == RULE_CONSENT) {
        facts->consent = counts->scores[0];
        facts->concern = counts->scores[1];
        facts->objection = counts->scores[2];
    }
    struct rule_verdict verdict = rule_judge(facts);
    if (verdict.verdict != result->verdict || verdict.decided != result->decided) {
        fail_msg("%s: verdict %d, decided %d", name, (int)verdict.verdict, (int)verdict.decided);
    }
}

/* Everything that the recorded result says, against our own count. */
static void compare(struct recount *recount, const char *name, const char *payload_hex)
{
    uint64_t scores[SCORES_MAX];
    uint16_t winners[SCORES_MAX];
    struct result result;
    struct tally_counts counts;
    struct tally_box *box = tally_box_new();
    struct buffer payload = fixture_bytes(payload_hex);
    assert_int_equal(
        result_decode(buffer_slice(&payload), &result, scores, SCORES_MAX, winners, SCORES_MAX),
        ERROR_NONE);
    for (size_t i = 0; i < recount->count; i++) {
        tally_box_add(box, recount->ballots[i].choice, 1, recount->ballots[i].weight);
    }
    struct hash seed = seed_of(recount, &result);
    struct tally_terms terms = {.definition = &recount->definition, .lot_seed = &seed};
    tally_count(&terms, box, &recount->arena, &counts);
    compare_counts(recount, name, &counts, &result);
    compare_verdict(recount, name, &counts, &result);
    buffer_free(&payload);
    tally_box_free(box);
}

/* true = this version counts it. */
static bool recount_case(const json_t *bases, const json_t *one)
{
    struct recount recount = {0};
    size_t i;
    json_t *line;
    struct buffer definition = fixture_bytes(fixture_text(one, "definition"));
    const json_t *base = json_object_get(bases, fixture_text(one, "base"));
    arena_init(&recount.arena, 1 << 20);
    assert_int_equal(
        definition_decode(buffer_slice(&definition), &recount.arena, &recount.definition),
        ERROR_NONE);
    bool ours = tally_method_of(recount.definition.method) != NULL &&
                recount.definition.rule.per_class == 0 && recount.definition.rule.cap_den == 0;
    for (size_t at = 0; ours && at < (size_t)json_get_integer(one, "keep"); at++) {
        add_line(&recount, json_array_get(base, at));
    }
    json_array_foreach(json_object_get(one, "lines"), i, line)
    {
        if (ours) {
            add_line(&recount, line);
        }
    }
    ours = ours && !recount.has_paper;
    if (ours) {
        compare(&recount, fixture_text(one, "name"),
                json_string_value(json_array_get(json_object_get(one, "results"), 0)));
    }
    for (size_t at = 0; at < recount.count; at++) {
        buffer_free(&recount.payloads[at]);
    }
    buffer_free(&definition);
    arena_free(&recount.arena);
    return ours;
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
    json_decref(vectors);
    assert_true(counted >= 35);
    fixture_count("palabre/counts", counted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_worked_counts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
