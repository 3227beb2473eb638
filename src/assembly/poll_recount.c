/* Counting from the record: the final ballots of a closed vote become piles, scores, winners and a verdict.
 *
 * In the order of ledger.md, Counting: final ballots (one for each member voted for), the cap, the tally with the lot, then
 * the numbers of the whole and of each class, and the verdict. It reads the ledger alone (definition, roll, ballots), never
 * a document, so whoever holds the openings can do the same sum. Papers are not recorded by this version.
 * Invariant: every final ballot is in one pile and in one class, with the weight that the cap left. Start at
 * poll_recount(). */
#include "assembly/poll_count.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "ledger/ballot.h"
#include "ledger/ledger.h"
#include "ledger/payload.h"

#include <stdlib.h>
#include <string.h>

enum {
    COUNT_ARENA_MAX = 1024 * 1024 * 1024, /* bytes: a bound, what is used is far below */
    SIGNATURES_MAX = 256 * 1024 * 1024,
    FIRST_ROOM = 256,
    WITHHELD_BELOW = 5, /* voters of a class, in confidential votes */
};

struct gathering {
    struct store_txn *txn;
    struct id poll;
    struct poll_count *count;
    struct rule_ballot *ballots;   /* owned */
    struct counted_ballot *finals; /* owned; in the order of the record */
    size_t n, room;
    struct buffer signatures;
    bool damaged; /* something that should be there is not */
};

/* ---- ballots ---- */

static void make_room(struct gathering *gathering)
{
    if (gathering->n == gathering->room) {
        gathering->room = gathering->room == 0 ? FIRST_ROOM : 2 * gathering->room;
        gathering->ballots =
            memory_resize(gathering->ballots, gathering->room, sizeof *gathering->ballots);
        gathering->finals =
            memory_resize(gathering->finals, gathering->room, sizeof *gathering->finals);
    }
}

/* Ascending by on_behalf_of: the order in which signatures enter the lot. */
static bool add_ballot(void *context, struct id on_behalf_of, const struct record_ballot *final)
{
    struct gathering *gathering = context;
    struct ledger_entry entry;
    struct ballot ballot;
    struct roll_entry on_roll;
    if (!ledger_read(gathering->txn, final->seq, &entry) ||
        ballot_decode(entry.event.payload, &ballot) != ERROR_NONE ||
        !id_equal(ballot.on_behalf_of, on_behalf_of) ||
        !record_roll_entry(gathering->txn, gathering->poll, on_behalf_of, &on_roll)) {
        gathering->damaged = true;
        return false;
    }
    make_room(gathering);
    gathering->ballots[gathering->n] = (struct rule_ballot){
        .voter = ballot.voter,
        .on_behalf_of = on_behalf_of,
        .weight = ballot.weight,
        .of = gathering->n,
    };
    gathering->finals[gathering->n] =
        (struct counted_ballot){.choice = ballot.choice, .class_index = on_roll.class_index};
    gathering->n++;
    buffer_append(&gathering->signatures, ballot.signature, SIGNATURE_SIZE);
    return true;
}

static bool has_papers(void *context, struct id batch, const struct record_batch *value)
{
    (void)batch;
    *(bool *)context = *(bool *)context || value->voters > 0;
    return true;
}

static void gather(struct gathering *gathering)
{
    bool papers = false;
    record_each_ballot(gathering->txn, gathering->poll, add_ballot, gathering);
    record_each_batch(gathering->txn, gathering->poll, has_papers, &papers);
    gathering->damaged = gathering->damaged || papers || !buffer_ok(&gathering->signatures);
}

/* ---- who is entitled, who was there ---- */

static void add_to_entitled(struct rule_numbers *numbers, const struct roll_entry *entry)
{
    numbers->entitled.heads++;
    numbers->entitled.weight += entry->weight;
    numbers->entitled_shares += entry->shares;
}

static bool add_entitled(void *context, const struct roll_entry *entry)
{
    struct poll_count *count = context;
    add_to_entitled(&count->facts.whole, entry);
    if (entry->class_index < count->definition.n_class) {
        add_to_entitled(&count->classes[entry->class_index].numbers, entry);
    }
    return true;
}

/* What the desk recorded at the opening and at the last close. */
static bool read_presence(struct store_txn *txn, struct poll_count *count)
{
    struct ledger_entry entry;
    struct payload_poll_opened opened;
    struct payload_poll_closed closed;
    if (!ledger_read(txn, count->record.opened_seq, &entry) ||
        payload_decode_poll_opened(entry.event.payload, &opened) != ERROR_NONE ||
        !ledger_read(txn, count->record.closed_seq, &entry) ||
        payload_decode_poll_closed(entry.event.payload, &closed) != ERROR_NONE) {
        return false;
    }
    count->facts.whole.at_opening = rule_presence_of(&opened.presence, -1);
    count->facts.whole.at_close = rule_presence_of(&closed.presence, -1);
    for (int i = 0; i < count->definition.n_class; i++) {
        count->classes[i].numbers.at_opening = rule_presence_of(&opened.presence, i);
        count->classes[i].numbers.at_close = rule_presence_of(&closed.presence, i);
    }
    return true;
}

/* ---- numbers ---- */

static void add_to(struct result_count *sum, uint64_t weight)
{
    sum->heads++;
    sum->weight += weight;
}

/* A ballot is for what a majority is asked for: yes, or the only winner. */
static bool supports(const struct poll_count *count, struct slice choice)
{
    const struct tally_counts *counts = &count->counts;
    if (choice.data[0] == FORM_YES_NO) {
        return choice.data[1] == CHOICE_YES;
    }
    if (counts->n_winners != 1) {
        return false;
    }
    unsigned winner = counts->winners[0];
    if (choice.data[0] == FORM_ONE) {
        return (unsigned)(choice.data[1] << 8 | choice.data[2]) == winner;
    }
    return choice.data[0] == FORM_SET && (choice.data[1 + winner / 8] >> (winner % 8) & 1) != 0;
}

static void add_to_class(struct rule_numbers *numbers, const struct counted_ballot *final)
{
    add_to(&numbers->took_part, final->weight);
    if (final->choice.data[0] == FORM_BLANK) {
        add_to(&numbers->blank, final->weight);
    } else if (final->choice.data[0] == FORM_ABSTAIN) {
        add_to(&numbers->abstain, final->weight);
    } else {
        numbers->votes += final->weight;
    }
}

/* Who wins may change with the chair's word, and with it what each class supports. */
static void support_in_classes(struct poll_count *count)
{
    for (size_t i = 0; i < count->definition.n_class; i++) {
        count->classes[i].numbers.support = 0;
    }
    for (size_t i = 0; i < count->n_final; i++) {
        const struct counted_ballot *final = &count->finals[i];
        if (final->class_index < count->definition.n_class && supports(count, final->choice)) {
            count->classes[final->class_index].numbers.support += final->weight;
        }
    }
}

static void add_classes(struct poll_count *count)
{
    for (size_t i = 0; i < count->n_final; i++) {
        const struct counted_ballot *final = &count->finals[i];
        if (final->class_index < count->definition.n_class) {
            add_to_class(&count->classes[final->class_index].numbers, final);
        }
    }
    support_in_classes(count);
    for (size_t i = 0; i < count->definition.n_class; i++) {
        count->classes[i].code = count->definition.classes[i];
    }
    if (count->definition.mode == MODE_CONFIDENTIAL) {
        rule_withhold(count->classes, count->definition.n_class, WITHHELD_BELOW);
    }
    count->facts.classes = count->classes;
    count->facts.n_class = count->definition.n_class;
}

static void note_tied(struct poll_count *count)
{
    const struct tally_tie *tie = tally_deciding_tie(&count->counts);
    if (tie != NULL) {
        count->facts.tied = tie->tied;
        count->facts.n_tied = tie->n_tied;
    }
}

static void note_winners(struct poll_count *count)
{
    struct tally_counts *counts = &count->counts;
    struct rule_facts *facts = &count->facts;
    facts->elected = counts->elected;
    facts->n_elected = counts->n_winners;
    facts->whole.support = facts->method == RULE_YES_NO ? counts->scores[0]
                           : counts->n_winners == 1 && counts->n_scores > counts->winners[0]
                               ? counts->scores[counts->winners[0]]
                               : 0;
}

static void note_whole(struct poll_count *count)
{
    const struct definition *definition = &count->definition;
    const struct tally_counts *counts = &count->counts;
    struct rule_facts *facts = &count->facts;
    bool by_score = definition->form >= FORM_ONE && definition->form <= FORM_POINTS &&
                    counts->n_scores == definition->n_option;
    facts->rule = &definition->rule;
    facts->method = definition->method;
    facts->seats = definition->seats;
    facts->election = definition->kind == POLL_ELECTION;
    facts->whole.took_part = counts->took_part;
    facts->whole.blank = counts->blank;
    facts->whole.abstain = counts->abstain;
    facts->whole.void_ = counts->void_;
    facts->whole.votes = counts->valid.weight;
    facts->decided = counts->decided;
    facts->scores = by_score ? counts->scores : NULL;
    if (facts->method == RULE_CONSENT) {
        facts->consent = counts->scores[0];
        facts->concern = counts->scores[1];
        facts->objection = counts->scores[2];
    }
    note_winners(count);
    note_tied(count);
}

/* ---- counting ---- */

static void tally(struct poll_count *count, struct gathering *gathering)
{
    struct tally_box *box = tally_box_new();
    count->facts.cap =
        rule_cap(&count->definition.rule, gathering->ballots, gathering->n, 0 /* no papers */);
    for (size_t i = 0; i < gathering->n; i++) {
        const struct rule_ballot *ballot = &gathering->ballots[i];
        gathering->finals[ballot->of].weight = ballot->counted;
        tally_box_add(box, gathering->finals[ballot->of].choice, 1, ballot->counted);
    }
    count->finals = gathering->finals; /* the count's from here on */
    count->n_final = gathering->n;
    gathering->finals = NULL;
    count->lot_seed = lot_seed(count->record.poll_hash, count->lot_secret,
                               crypto_hash(buffer_slice(&gathering->signatures)));
    count->terms =
        (struct tally_terms){.definition = &count->definition, .lot_seed = &count->lot_seed};
    tally_count(&count->terms, box, &count->arena, &count->counts);
    tally_box_free(box);
}

static enum error count_now(struct gathering *gathering)
{
    struct store_txn *txn = gathering->txn;
    struct poll_count *count = gathering->count;
    struct slice bytes;
    if (!record_poll(txn, gathering->poll, &count->record) ||
        count->record.state < RECORD_POLL_CLOSED || count->record.state == RECORD_POLL_CANCELLED) {
        return ERROR_POLL_BAD_STATE;
    }
    if (!record_definition(txn, gathering->poll, &bytes) ||
        definition_decode(bytes, &count->arena, &count->definition) != ERROR_NONE ||
        !read_presence(txn, count)) {
        return ERROR_STORAGE_CORRUPT;
    }
    gather(gathering);
    record_each_roll_entry(txn, gathering->poll, add_entitled, count);
    if (gathering->damaged) {
        return ERROR_STORAGE_CORRUPT;
    }
    tally(count, gathering);
    note_whole(count);
    add_classes(count);
    assert_always(count->counts.took_part.heads <= count->facts.whole.entitled.heads &&
                  count->counts.took_part.weight <= count->facts.whole.entitled.weight);
    count->verdict = rule_judge(&count->facts);
    return ERROR_NONE;
}

enum error poll_recount(struct store_txn *txn, struct id poll, const struct hash *lot_secret,
                        struct poll_count *count)
{
    struct gathering gathering = {.txn = txn, .poll = poll, .count = count};
    *count = (struct poll_count){.lot_secret = *lot_secret};
    arena_init(&count->arena, COUNT_ARENA_MAX);
    buffer_init(&gathering.signatures, SIGNATURES_MAX);
    enum error error = count_now(&gathering);
    buffer_free(&gathering.signatures);
    free(gathering.ballots);
    free(gathering.finals);
    return error;
}

void poll_count_free(struct poll_count *count)
{
    free(count->finals);
    arena_free(&count->arena);
}

/* ---- the chair ---- */

static bool list_has(const uint16_t *list, uint16_t n, uint16_t option)
{
    for (uint16_t i = 0; i < n; i++) {
        if (list[i] == option) {
            return true;
        }
    }
    return false;
}

/* The sure winners and some of the tied, each once, as many as there are seats. */
static bool winners_are_open(const struct poll_count *count, const uint16_t *winners, uint16_t n)
{
    const struct tally_counts *counts = &count->counts;
    unsigned sure = 0;
    for (uint16_t i = 0; i < n; i++) {
        bool is_sure = list_has(counts->winners, counts->n_winners, winners[i]);
        bool is_tied = list_has(count->facts.tied, (uint16_t)count->facts.n_tied, winners[i]);
        if ((!is_sure && !is_tied) || (i > 0 && winners[i] <= winners[i - 1])) {
            return false;
        }
        sure += is_sure ? 1 : 0;
    }
    return n == count->definition.seats && sure == counts->n_winners;
}

bool poll_chair(struct poll_count *count, const uint16_t *winners, uint16_t n, bool adopted)
{
    struct tally_counts *counts = &count->counts;
    bool yes_no = count->facts.method == RULE_YES_NO;
    if (count->verdict.verdict != VERDICT_TIE_OPEN || (yes_no && n > 0) ||
        (!yes_no && !winners_are_open(count, winners, n))) {
        return false;
    }
    if (!yes_no) {
        uint16_t *list = arena_new(&count->arena, n, sizeof *list);
        uint16_t *elected = arena_new(&count->arena, n, sizeof *list);
        uint16_t placed = counts->n_winners;
        memcpy(list, winners, n * sizeof *list);
        memcpy(elected, counts->elected, placed * sizeof *list);
        for (uint16_t i = 0; i < n; i++) {
            if (!list_has(counts->winners, counts->n_winners, winners[i])) {
                elected[placed++] = winners[i];
            }
        }
        counts->winners = list;
        counts->elected = elected;
        counts->n_winners = n;
    }
    counts->decided = DECIDED_CHAIR;
    count->facts.decided = DECIDED_CHAIR;
    count->facts.chair_says_yes = adopted;
    note_winners(count);
    support_in_classes(count);
    count->verdict = rule_judge(&count->facts);
    return true;
}

struct result poll_result_of(const struct poll_count *count, struct slice details)
{
    const struct tally_counts *counts = &count->counts;
    return (struct result){
        .poll_hash = count->record.poll_hash,
        .closed = count->record.closed_seq,
        .entitled = count->facts.whole.entitled,
        .took_part = counts->took_part,
        .valid = counts->valid,
        .blank = counts->blank,
        .abstain = counts->abstain,
        .void_ = counts->void_,
        .scores = counts->scores,
        .n_scores = counts->n_scores,
        .winners = counts->winners,
        .n_winners = counts->n_winners,
        .verdict = count->verdict.verdict,
        .decided = count->verdict.decided,
        .lot_secret = count->lot_secret,
        .details = details,
    };
}
