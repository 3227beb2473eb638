/* The acceptance list of ballots (ledger.md, Ballot), checks 1–12 in their order, each answering its own reason.
 *
 * A check that needs an opening this reader does not have is skipped and the others are made; the flags of
 * the poll (roll_absent, definition_absent, ballots_absent) and the count of absent mandates say which. On a
 * server nothing is absent while a poll is open, so nothing is skipped there. A ballot costs a handful of
 * look-ups by key: the poll carries what the checks need of the definition, a checkpoint carries the root a
 * device saw. Start at record_judge_ballot. */
#include "ledger/record_state.h"

#include "base/encoding.h"
#include "ledger/choice.h"
#include "ledger/ledger.h"
#include "ledger/ledger_keys.h"

enum { COUNTER_STEP_MAX = 100, NO_LIMIT = 0xFFFF, HASH_TEXT_SIZE = 44 };
enum mandate_holders { HOLDER_ON_ROLL = 1, HOLDER_IN_CLASS = 2, HOLDER_ANY_MEMBER = 3 };

/* One ballot under judgement. */
struct judgement {
    struct store_txn *txn;
    const struct event *event;
    const struct record_at *at;
    struct ballot ballot;
    struct record_poll poll;
    bool own;                        /* on_behalf_of = voter */
    struct record_voter represented; /* on_behalf_of, in this poll; set before check 6 */
};

static const struct slice nothing = {NULL, 0};

/* 3: leaf, state and time. An absent ballot obeys the last two. */
static enum error check_state(const struct record_poll *poll, const struct record_at *at)
{
    if (poll->state < RECORD_POLL_OPEN) {
        return ERROR_POLL_NOT_OPEN;
    }
    if (poll->state != RECORD_POLL_OPEN || record_poll_is_overdue(poll, at->time_ms)) {
        return ERROR_POLL_CLOSED;
    }
    return ERROR_NONE;
}

static enum error check_place(const struct judgement *j)
{
    bool known = j->poll.state != RECORD_POLL_NONE;
    if (!id_equal(j->ballot.org, known ? j->poll.org : record_org(j->txn))) {
        return ERROR_BALLOT_WRONG_ORG;
    }
    if (!id_equal(j->ballot.poll, j->event->poll)) {
        return ERROR_BALLOT_WRONG_POLL;
    }
    enum error error = check_state(&j->poll, j->at);
    if (error != ERROR_NONE) {
        return error;
    }
    /* 4 */
    return hash_equal(j->ballot.poll_hash, j->poll.poll_hash) ? ERROR_NONE
                                                              : ERROR_BALLOT_WRONG_DEFINITION;
}

/* 5 */
static enum error check_key(const struct judgement *j)
{
    struct record_key key;
    struct slice found;
    if (!record_key(j->txn, &j->ballot.device_pk, &key)) {
        return ERROR_KEY_UNKNOWN;
    }
    if (!id_equal(key.member, j->ballot.voter)) {
        return ERROR_KEY_WRONG_MEMBER;
    }
    if (key.revoked_seq != 0) {
        return ERROR_KEY_REVOKED;
    }
    if (key.kind != KEY_CARD) {
        return ERROR_NONE;
    }
    if (!j->poll.definition_absent && !id_equal(key.scope, j->poll.meeting)) {
        return ERROR_KEY_WRONG_SCOPE;
    }
    struct record_name used = record_name_of(RECORD_CARD_USED, id_slice(&j->ballot.poll),
                                             hash_slice(&j->ballot.device_pk), nothing);
    bool twice = !j->poll.ballots_absent && record_get(j->txn, &used, &found);
    return twice ? ERROR_KEY_CARD_USED : ERROR_NONE;
}

/* Are checks 7's facts all there? */
static bool mandates_can_be_judged(const struct judgement *j)
{
    bool own_is_free = j->own && (j->poll.mandates_max == 0 || j->poll.mandates_own == 1);
    return !j->poll.roll_absent && !j->poll.definition_absent && !j->poll.ballots_absent &&
           (own_is_free || !record_mandates_are_absent(j->txn));
}

static enum error check_own(const struct judgement *j)
{
    struct hash id;
    struct record_mandate mandate;
    if (!hash_is_none(j->ballot.mandate)) {
        return ERROR_MANDATE_ACTIVE;
    }
    bool free = j->poll.mandates_max == 0 || j->poll.mandates_own == 1;
    bool given = !free && record_active_mandate(j->txn, j->ballot.voter, j->event->poll, &j->poll,
                                                j->at->time_ms, &id, &mandate);
    return given ? ERROR_MANDATE_ACTIVE : ERROR_NONE;
}

static bool holder_is_admitted(const struct judgement *j)
{
    struct roll_entry holder;
    struct record_member member;
    if (j->poll.mandates_who == HOLDER_ANY_MEMBER) {
        return record_member(j->txn, j->ballot.voter, &member) &&
               (member.status == MEMBER_ACTIVE || member.status == MEMBER_DORMANT);
    }
    if (!record_roll_entry(j->txn, j->event->poll, j->ballot.voter, &holder)) {
        return false;
    }
    return j->poll.mandates_who == HOLDER_ON_ROLL ||
           holder.class_index == j->represented.entry.class_index;
}

/* Has the voter recorded ballots here for as many other givers as allowed? */
static bool represents_too_many(const struct judgement *j)
{
    struct slice found;
    struct slice poll = id_slice(&j->event->poll);
    struct slice voter = id_slice(&j->ballot.voter);
    if (j->poll.mandates_max == NO_LIMIT) {
        return false;
    }
    struct record_name this_one =
        record_name_of(RECORD_REPRESENTED, poll, voter, id_slice(&j->ballot.on_behalf_of));
    struct record_name count = record_name_of(RECORD_REPRESENTED_COUNT, poll, voter, nothing);
    uint32_t others = record_number(j->txn, &count);
    if (others > 0 && record_get(j->txn, &this_one, &found)) {
        others--;
    }
    return others >= j->poll.mandates_max;
}

static enum error check_for_another(const struct judgement *j)
{
    struct hash id;
    struct record_mandate mandate;
    if (j->poll.mandates_max == 0) {
        return ERROR_MANDATE_NOT_ALLOWED;
    }
    if (!record_active_mandate(j->txn, j->ballot.on_behalf_of, j->event->poll, &j->poll,
                               j->at->time_ms, &id, &mandate) ||
        !hash_equal(id, j->ballot.mandate)) {
        return ERROR_MANDATE_NOT_ACTIVE;
    }
    if (!id_equal(mandate.holder, j->ballot.voter)) {
        return ERROR_MANDATE_WRONG_HOLDER;
    }
    if (!holder_is_admitted(j)) {
        return ERROR_MANDATE_NOT_ALLOWED;
    }
    if (j->represented.has_ballot && j->represented.ballot.own) {
        return ERROR_MANDATE_GIVER_VOTED;
    }
    return represents_too_many(j) ? ERROR_MANDATE_TOO_MANY : ERROR_NONE;
}

/* 6, 7, 8 */
static enum error check_right(struct judgement *j)
{
    enum error error = ERROR_NONE;
    if (!j->poll.roll_absent && !j->represented.on_roll) {
        return ERROR_BALLOT_NOT_ON_ROLL;
    }
    if (mandates_can_be_judged(j)) {
        error = j->own ? check_own(j) : check_for_another(j);
    }
    if (error == ERROR_NONE && !j->poll.roll_absent &&
        j->ballot.weight != j->represented.entry.weight) {
        error = ERROR_BALLOT_WRONG_WEIGHT;
    }
    return error;
}

/* 9 */
static enum error check_counter(const struct judgement *j)
{
    if (j->poll.ballots_absent) {
        return ERROR_NONE;
    }
    bool first_own = j->represented.has_ballot && j->own && !j->represented.ballot.own;
    if (j->represented.has_ballot && !first_own && !j->poll.definition_absent &&
        !(j->poll.flags & FLAG_REVOTE)) {
        return ERROR_BALLOT_ALREADY_CAST;
    }
    uint32_t last = j->represented.has_ballot ? j->represented.ballot.counter : 0;
    if (j->ballot.counter <= last) {
        return ERROR_BALLOT_STALE_COUNTER;
    }
    return j->ballot.counter - last > COUNTER_STEP_MAX ? ERROR_BALLOT_COUNTER_JUMP : ERROR_NONE;
}

/* Does the checkpoint kept for this size say this root? Devices cite checkpoints, so this is the usual way:
 * one look-up in place of hashing the edge together. */
static bool checkpoint_says(struct store_txn *txn, uint64_t size, const struct hash *root)
{
    uint8_t key[SEQ_KEY_SIZE];
    struct slice note;
    bytes_put_u64(key, size);
    if (!store_get(txn, TABLE_CHECKPOINT, slice_of(key, sizeof key), &note)) {
        return false;
    }
    const uint8_t *end = note.data + note.size;
    const uint8_t *line = note.data;
    for (unsigned newlines = 0; newlines < 2 && line != NULL; newlines++) {
        line = memchr(line, '\n', (size_t)(end - line));
        line = line != NULL ? line + 1 : NULL;
    }
    if (line == NULL || (size_t)(end - line) < HASH_TEXT_SIZE) {
        return false;
    }
    struct buffer bytes;
    buffer_init(&bytes, HASH_SIZE);
    bool same = encoding_from_base64(slice_of(line, HASH_TEXT_SIZE), &bytes) &&
                slice_equal(buffer_slice(&bytes), hash_slice(root));
    buffer_free(&bytes);
    return same;
}

/* 10 */
static enum error check_seen(const struct judgement *j)
{
    const struct ballot *ballot = &j->ballot;
    struct hash root;
    if (ballot->seen_size == 0) {
        return hash_is_none(ballot->seen_root) ? ERROR_NONE : ERROR_BALLOT_UNKNOWN_HISTORY;
    }
    if (ballot->seen_size > j->at->seq) {
        return ERROR_BALLOT_UNKNOWN_HISTORY;
    }
    if (checkpoint_says(j->txn, ballot->seen_size, &ballot->seen_root)) {
        return ERROR_NONE;
    }
    bool known = merkle_root_at(ledger_node_at, j->txn, ballot->seen_size, &root);
    return known && hash_equal(root, ballot->seen_root) ? ERROR_NONE : ERROR_BALLOT_UNKNOWN_HISTORY;
}

/* 11 */
enum error record_check_choice(struct store_txn *txn, struct id id, const struct record_poll *poll,
                               struct slice choice)
{
    struct choice_rules rules = {
        .form = poll->form,
        .flags = poll->flags,
        .n_option = poll->n_option,
        .min = poll->min,
        .max = poll->max,
        .grades = poll->grades,
        .points = poll->points,
        .cap = poll->cap,
        .budget = poll->budget,
    };
    if (poll->definition_absent) {
        return ERROR_NONE;
    }
    if (poll->flags & FLAG_BASKET) {
        struct slice definition;
        size_t size = (size_t)poll->n_option * OPTION_BYTES;
        if (!record_definition(txn, id, &definition) || definition.size < poll->options_at + size) {
            return ERROR_NONE; /* erased since it was applied: absent, so not judged */
        }
        rules.option_bytes = slice_of(definition.data + poll->options_at, size);
    }
    return choice_check(&rules, choice);
}

enum error record_judge_note(const struct hash *named, struct slice given, bool erased)
{
    struct hash hash;
    if (given.size == 0) {
        return hash_is_none(*named) || erased ? ERROR_NONE : ERROR_BALLOT_BAD_NOTE;
    }
    bool same = !hash_is_none(*named) && event_note_hash(given, &hash) == ERROR_NONE &&
                hash_equal(hash, *named);
    return same ? ERROR_NONE : ERROR_BALLOT_BAD_NOTE;
}

/* 12 */
static enum error check_note(const struct judgement *j)
{
    const struct ballot *ballot = &j->ballot;
    bool objection = ballot->choice.data[0] == FORM_CONSENT && ballot->choice.size == 2 &&
                     ballot->choice.data[1] == CHOICE_OBJECTION;
    if (objection && hash_is_none(ballot->note)) {
        return ERROR_BALLOT_NOTE_MISSING;
    }
    return record_judge_note(&ballot->note, j->event->note, j->at->note_erased);
}

static enum error judge(struct judgement *j)
{
    enum error error = check_place(j);
    if (error == ERROR_NONE) {
        error = check_key(j);
    }
    if (error == ERROR_NONE) {
        j->own = id_equal(j->ballot.voter, j->ballot.on_behalf_of);
        j->represented = record_voter(j->txn, j->event->poll, j->ballot.on_behalf_of);
        error = check_right(j);
    }
    if (error == ERROR_NONE) {
        error = check_counter(j);
    }
    if (error == ERROR_NONE) {
        error = check_seen(j);
    }
    if (error == ERROR_NONE) {
        error = record_check_choice(j->txn, j->event->poll, &j->poll, j->ballot.choice);
    }
    return error == ERROR_NONE ? check_note(j) : error;
}

enum error record_judge_ballot(struct store_txn *txn, const struct event *event,
                               const struct record_at *at)
{
    struct judgement j = {.txn = txn, .event = event, .at = at};
    record_poll(txn, event->poll, &j.poll);
    if (event->payload.size == 0) {
        return check_state(&j.poll, at);
    }
    if (ballot_decode(event->payload, &j.ballot) != ERROR_NONE) {
        return ERROR_BALLOT_MALFORMED;
    }
    if (!at->signature_known_good && !ballot_signature_is_good(&j.ballot)) {
        return ERROR_BALLOT_BAD_SIGNATURE;
    }
    return judge(&j);
}

bool record_is_unjudged(struct store_txn *txn, const struct event *event)
{
    struct judgement j = {.txn = txn, .event = event};
    if (event->type != EVENT_BALLOT || ballot_decode(event->payload, &j.ballot) != ERROR_NONE ||
        !record_poll(txn, event->poll, &j.poll)) {
        return false;
    }
    j.own = id_equal(j.ballot.voter, j.ballot.on_behalf_of);
    return !mandates_can_be_judged(&j);
}
