/* Counting a closed vote: the final ballots of the record, the tally, the verdict, the result in the record, the decision
 * and the steps of the proposals.
 *
 * poll.count is the system's command: closing leaves it due at the same instant, so the writer executes it in the same
 * transaction. It reads the ledger alone (definition, roll, final ballots), never a document's numbers, so whoever holds the
 * openings can do the same sum. The result shows the next link of the lot's chain and moves the kept secret one on.
 * Start at poll_count(). */
#include "assembly/decision.h"
#include "assembly/poll.h"
#include "assembly/poll_report.h"
#include "assembly/proposal.h"
#include "base/fatal.h"
#include "ledger/ballot.h"
#include "ledger/payload.h"
#include "ledger/result.h"
#include "rules/rules.h"
#include "tally/tally.h"

#include <string.h>

enum { COUNT_ARENA_MAX = 8 * 1024 * 1024, LOT_VALUE_SIZE = HASH_SIZE + 1 };

struct counting {
    struct request *request;
    struct id id;
    const json_t *poll;
    struct record_poll record;
    struct definition definition;
    struct arena arena;
    struct tally_box *box;
    bool damaged; /* a ballot that should be there is not */
    struct tally_counts counts;
    struct rule_facts facts;
    struct rule_verdict verdict;
};

/* ---- facts ---- */

static bool add_ballot(void *context, struct id on_behalf_of, const struct record_ballot *final)
{
    struct counting *counting = context;
    struct ledger_entry entry;
    struct ballot ballot;
    if (!ledger_read(request_txn(counting->request), final->seq, &entry) ||
        ballot_decode(entry.event.payload, &ballot) != ERROR_NONE ||
        !id_equal(ballot.on_behalf_of, on_behalf_of)) {
        counting->damaged = true;
        return false;
    }
    tally_box_add(counting->box, ballot.choice, 1, ballot.weight);
    return true;
}

static bool add_entitled(void *context, const struct roll_entry *entry)
{
    struct rule_numbers *whole = context;
    whole->entitled.heads++;
    whole->entitled.weight += entry->weight;
    whole->entitled_shares += entry->shares;
    return true;
}

/* What the desk recorded at the opening and at the last close. */
static bool read_presence(struct counting *counting)
{
    struct store_txn *txn = request_txn(counting->request);
    struct ledger_entry entry;
    struct payload_poll_opened opened;
    struct payload_poll_closed closed;
    if (!ledger_read(txn, counting->record.opened_seq, &entry) ||
        payload_decode_poll_opened(entry.event.payload, &opened) != ERROR_NONE ||
        !ledger_read(txn, counting->record.closed_seq, &entry) ||
        payload_decode_poll_closed(entry.event.payload, &closed) != ERROR_NONE) {
        return false;
    }
    counting->facts.whole.at_opening = rule_presence_of(&opened.presence, -1);
    counting->facts.whole.at_close = rule_presence_of(&closed.presence, -1);
    return true;
}

static enum error gather(struct counting *counting)
{
    struct store_txn *txn = request_txn(counting->request);
    struct rule_facts *facts = &counting->facts;
    struct rule_numbers *whole = &facts->whole;
    if (!poll_definition(txn, counting->id, &counting->arena, &counting->definition) ||
        !read_presence(counting)) {
        return ERROR_STORAGE_CORRUPT;
    }
    record_each_ballot(txn, counting->id, add_ballot, counting);
    record_each_roll_entry(txn, counting->id, add_entitled, whole);
    if (counting->damaged) {
        return ERROR_STORAGE_CORRUPT;
    }
    struct tally_counts *counts = &counting->counts;
    struct tally_terms terms = {.definition = &counting->definition};
    tally_count(&terms, counting->box, &counting->arena, counts);
    assert_always(counts->took_part.heads <= whole->entitled.heads &&
                  counts->took_part.weight <= whole->entitled.weight);
    facts->rule = &counting->definition.rule;
    facts->method = counting->definition.method;
    facts->seats = counting->definition.seats;
    whole->took_part = counts->took_part;
    whole->blank = counts->blank;
    whole->abstain = counts->abstain;
    whole->void_ = counts->void_;
    whole->support = counts->scores[0];
    whole->votes = counts->valid.weight;
    facts->decided = counts->decided;
    counting->verdict = rule_judge(facts);
    return ERROR_NONE;
}

/* ---- the result in words of the protocol ---- */

static const char *const verdicts[] = {"none", "adopted", "not_adopted", "no_quorum", "tie_open"};
static const char *const ways[] = {"no_tie", "lot", "chair", "open"};

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

static json_t *count_json(struct result_count count)
{
    json_t *json = json_object();
    json_put(json, "heads", json_number(count.heads));
    json_put(json, "weight", json_number(count.weight));
    return json;
}

static json_t *fraction_json(const struct rule_comparison *comparison)
{
    json_t *json = json_object();
    json_put(json, "num", json_number(comparison->num));
    json_put(json, "den", json_number(comparison->den));
    json_put(json, "strict", json_boolean(comparison->strict));
    return json;
}

static json_t *quorum_json(const struct rule_verdict *verdict, const json_t *rule)
{
    static const char *const names[] = {"unit", "of", NULL};
    const struct rule_comparison *quorum = &verdict->quorum;
    json_t *json = fraction_json(quorum);
    fields_copy(json, json_object_get(rule, "quorum"), names);
    json_put(json, "x", json_number(quorum->x));
    json_put(json, "n", json_number(quorum->n));
    json_put(json, "least",
             json_number(rule_least(quorum->num, quorum->den, quorum->strict, quorum->n)));
    json_put(json, "met", json_boolean(quorum->met));
    return json;
}

static json_t *majority_json(const struct rule_verdict *verdict, const json_t *rule)
{
    static const char *const names[] = {"base", NULL};
    const struct rule_comparison *majority = &verdict->majority;
    json_t *json = fraction_json(majority);
    fields_copy(json, json_object_get(rule, "majority"), names);
    json_put(json, "support", json_number(majority->x));
    json_put(json, "total", json_number(majority->n));
    json_put(json, "met", json_boolean(majority->met));
    return json;
}

static json_t *sentences_json(const struct counting *counting)
{
    static const char *const languages[] = {"fr", "nl", "en"};
    json_t *json = json_object();
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        struct buffer text;
        buffer_init(&text, RULE_SENTENCE_MAX);
        rule_sentence(&text, languages[i], &counting->facts, &counting->verdict, NULL);
        assert_always(buffer_ok(&text));
        json_put(json, languages[i], json_text(buffer_slice(&text)));
        buffer_free(&text);
    }
    return json;
}

/* The result as documents show it, but for the seq it gets. */
static json_t *result_json(const struct counting *counting)
{
    const struct tally_counts *counts = &counting->counts;
    const struct rule_verdict *verdict = &counting->verdict;
    const json_t *rule = json_object_get(counting->poll, "rule");
    json_t *json = json_object();
    json_put(json, "verdict", word(verdicts[verdict->verdict]));
    json_put(json, "decided", word(ways[verdict->decided]));
    json_put(json, "entitled", count_json(counting->facts.whole.entitled));
    json_put(json, "took_part", count_json(counts->took_part));
    json_put(json, "valid", count_json(counts->valid));
    json_put(json, "blank", count_json(counts->blank));
    json_put(json, "abstain", count_json(counts->abstain));
    json_put(json, "void", count_json(counts->void_));
    poll_report(json, &(struct tally_terms){.definition = &counting->definition}, counts);
    json_put(json, "quorum", verdict->quorum.den > 0 ? quorum_json(verdict, rule) : NULL);
    json_put(json, "majority", verdict->majority.den > 0 ? majority_json(verdict, rule) : NULL);
    json_put(json, "sentence", sentences_json(counting));
    return json;
}

/* ---- the lot ---- */

/* The link to show; POLL_NO_LOT_LEFT when all were shown. */
static enum error next_link(struct counting *counting, struct hash *link)
{
    struct index_key key = index_key(SECRET_LOT);
    struct hash last, links[LOT_CHAIN + 1];
    struct slice value;
    index_key_id(&key, counting->id);
    if (!store_get(request_txn(counting->request), TABLE_SECRET, index_key_slice(&key), &value) ||
        value.size != LOT_VALUE_SIZE || value.data[HASH_SIZE] > LOT_CHAIN) {
        return ERROR_POLL_NO_LOT_LEFT;
    }
    memcpy(last.bytes, value.data, HASH_SIZE);
    lot_chain(&last, links);
    *link = links[value.data[HASH_SIZE]];
    crypto_wipe(&last, sizeof last);
    crypto_wipe(links, sizeof links);
    return ERROR_NONE;
}

static void move_lot(struct counting *counting)
{
    struct index_key key = index_key(SECRET_LOT);
    uint8_t bytes[LOT_VALUE_SIZE];
    struct slice value;
    index_key_id(&key, counting->id);
    assert_always(
        store_get(request_txn(counting->request), TABLE_SECRET, index_key_slice(&key), &value) &&
        value.size == LOT_VALUE_SIZE);
    memcpy(bytes, value.data, LOT_VALUE_SIZE);
    bytes[HASH_SIZE]++;
    store_put(request_txn(counting->request), TABLE_SECRET, index_key_slice(&key),
              slice_of(bytes, sizeof bytes));
}

/* ---- events ---- */

static void emit_result(struct counting *counting, const struct hash *link, const json_t *json)
{
    const struct tally_counts *counts = &counting->counts;
    struct buffer details, payload;
    struct slice none = {0};
    buffer_init(&details, PAYLOAD_MAX / 2);
    buffer_init(&payload, PAYLOAD_MAX);
    json_write(&details, json);
    struct result result = {
        .poll_hash = counting->record.poll_hash,
        .closed = counting->record.closed_seq,
        .entitled = counting->facts.whole.entitled,
        .took_part = counts->took_part,
        .valid = counts->valid,
        .blank = counts->blank,
        .abstain = counts->abstain,
        .void_ = counts->void_,
        .scores = counts->scores,
        .n_scores = counts->n_scores,
        .winners = counts->winners,
        .n_winners = counts->n_winners,
        .verdict = counting->verdict.verdict,
        .decided = counting->verdict.decided,
        .lot_secret = *link,
        .details = buffer_slice(&details),
    };
    result_encode(&payload, &result);
    assert_always(buffer_ok(&details) && buffer_ok(&payload));
    request_emit(counting->request, EVENT_RESULT, counting->id, buffer_slice(&payload), none);
    buffer_free(&payload);
    buffer_free(&details);
}

static enum proposal_state state_after(enum verdict verdict)
{
    return verdict == VERDICT_ADOPTED       ? PROPOSAL_ADOPTED
           : verdict == VERDICT_NOT_ADOPTED ? PROPOSAL_REJECTED
           : verdict == VERDICT_NO_QUORUM   ? PROPOSAL_POSTPONED
                                            : PROPOSAL_NONE;
}

/* A decision or an election is entered in the register; only a decision moves proposals. */
static void emit_consequences(struct counting *counting, const json_t *json)
{
    struct slice kind = json_get_text(counting->poll, "poll_kind");
    bool decision = slice_equal(kind, slice_text("decision"));
    enum proposal_state state = state_after(counting->verdict.verdict);
    if (decision || slice_equal(kind, slice_text("election"))) {
        decision_emit(counting->request, counting->id, counting->poll, json);
    }
    if (decision && state != PROPOSAL_NONE) {
        poll_mark_proposals(counting->request, counting->poll, counting->id, PROPOSAL_VOTING,
                            state);
    }
}

static enum error count(struct counting *counting)
{
    struct hash link;
    if (!record_poll(request_txn(counting->request), counting->id, &counting->record) ||
        counting->record.state != RECORD_POLL_CLOSED) {
        return request_fault(counting->request, "id", ERROR_POLL_BAD_STATE);
    }
    enum error error = next_link(counting, &link);
    if (error == ERROR_NONE) {
        error = gather(counting);
    }
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *json = result_json(counting);
    emit_result(counting, &link, json);
    emit_consequences(counting, json);
    json_decref(json);
    move_lot(counting);
    return ERROR_NONE;
}

enum error poll_count(struct request *request)
{
    json_t *poll;
    struct counting counting = {.request = request};
    enum error error = poll_find(request, "id", &counting.id, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    counting.poll = poll;
    counting.box = tally_box_new();
    arena_init(&counting.arena, COUNT_ARENA_MAX);
    error = count(&counting);
    arena_free(&counting.arena);
    tally_box_free(counting.box);
    json_decref(poll);
    return error;
}
