/* The practice vote: one standing vote in which everybody may try, again and again, whether their phone and the network do
 * what a vote needs. It enters no register, moves no proposal, and what was voted in it can be forgotten.
 *
 * It is made by the first member who asks for it. Its roll begins with that member; everybody else is added when they ask
 * (the definition allows late arrivals), whatever their class, with one vote each. `practice.reset` cancels it and erases the
 * openings of its ballots by an erasure event: their leaves stay, so every proof and receipt stays good, and nobody can read
 * what was voted. The next who asks makes a new one.
 * Invariant: at most one standing practice vote is open, the one that the organisation's document names.
 * Start at open_practice(). */
#include "assembly/practice.h"
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/poll.h"
#include "ledger/ledger.h"
#include "ledger/payload.h"

#include <stdlib.h>

enum { ERASED_BECAUSE_OVER = 2 /* ledger.md, Erasing: retention over */, RANGES_MAX = 100000 };

struct id practice_current(struct store_txn *txn)
{
    json_t *organisation = organisation_load(txn);
    struct id id = json_get_id(json_object_get(organisation, "practice"), "id");
    json_decref(organisation);
    return id;
}

/* ---- making it ---- */

static json_t *word(const char *text)
{
    return json_text(slice_text(text));
}

/* Asked in the three languages of the program, whichever are the organisation's. */
static json_t *question(void)
{
    json_t *labels = json_object();
    json_put(labels, "fr", word("Vote d’essai\u202f: les frites, avec de la mayonnaise\u202f?"));
    json_put(labels, "nl", word("Oefenstemming: frietjes, met mayonaise?"));
    json_put(labels, "en", word("Practice vote: chips, with mayonnaise?"));
    return labels;
}

static json_t *rule(void)
{
    static const char *const out[] = {"abstain", "blank", "void"};
    static const char *const none[] = {"majority", "quorum", "cap", "mandates"};
    json_t *rule = json_object();
    json_put(rule, "name", word("custom"));
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        json_put(rule, none[i], json_null());
    }
    for (size_t i = 0; i < sizeof out / sizeof out[0]; i++) {
        json_put(rule, out[i], word("out"));
    }
    json_put(rule, "per_class", json_array());
    json_put(rule, "tie", word("not_adopted"));
    return rule;
}

json_t *practice_draft(struct request *request, struct id id)
{
    json_t *draft = event_new("drafted");
    json_t *electorate = json_object(), *params = json_object(), *flags = json_array();
    json_put(electorate, "kind", word("entitled"));
    json_array_append_new(flags, word("blank"));
    json_array_append_new(flags, word("abstain"));
    json_array_append_new(flags, word("late"));
    json_put(params, "flags", flags);
    json_put(draft, "id", json_id(id));
    json_put(draft, "kind", word("practice"));
    json_put(draft, "body", word("members"));
    json_put(draft, "method", word("yes-no"));
    json_put(draft, "mode", word("named"));
    json_put(draft, "options", json_array());
    json_put(draft, "params", params);
    json_put(draft, "rule", rule());
    json_put(draft, "revote", json_true());
    json_put(draft, "show_live", json_false());
    json_put(draft, "question", question());
    json_put(draft, "about", json_array());
    json_put(draft, "electorate", electorate);
    json_put(draft, "standing", json_true());
    json_put(draft, "number", json_number(number_next(request_txn(request), NUMBER_POLL)));
    return draft;
}

/* ---- practice.open ---- */

static void add_to_roll(struct request *request, struct id poll)
{
    struct buffer payload;
    struct slice none = {0};
    struct roll_entry entry = {.member = request->caller.member, .weight = 1};
    buffer_init(&payload, 64);
    roll_encode(&payload, &entry, 1);
    request_emit(request, EVENT_ROLL_ADDED, poll, buffer_slice(&payload), none);
    buffer_free(&payload);
    member_wake(request);
}

static enum error open_practice(struct request *request)
{
    struct roll_entry entry;
    struct id current = practice_current(request_txn(request));
    if (id_is_none(current)) {
        return poll_open_practice(request, request_id(request, "id"));
    }
    if (record_roll_entry(request_txn(request), current, request->caller.member, &entry)) {
        json_t *poll = document_load(request_txn(request), DOCUMENT_POLL, current);
        request->seq = (uint64_t)json_get_integer(poll, "rev");
        json_decref(poll);
        return ERROR_NONE;
    }
    add_to_roll(request, current);
    return ERROR_NONE;
}

static void answer_open(struct request *request)
{
    static const char *const number[] = {"number", NULL};
    struct id current = practice_current(request_txn(request));
    json_t *poll = document_load(request_txn(request), DOCUMENT_POLL, current);
    if (poll != NULL) {
        json_put(request->result, "poll", json_id(current));
        fields_copy(request->result, poll, number);
    }
    json_decref(poll);
}

/* ---- practice.reset ---- */

struct ranges {
    struct payload_range *list;
    uint32_t count;
};

static void note_seq(struct ranges *ranges, uint64_t seq)
{
    struct payload_range *last = ranges->count == 0 ? NULL : &ranges->list[ranges->count - 1];
    if (last != NULL && last->first + last->count == seq) {
        last->count++;
    } else if (ranges->count < RANGES_MAX) {
        ranges->list[ranges->count++] = (struct payload_range){.first = seq, .count = 1};
    }
}

/* Every ballot of this poll since it opened, replaced ones too, that has its opening. */
static void find_ballots(struct request *request, struct id poll, struct ranges *ranges)
{
    struct record_poll record;
    struct ledger_entry entry;
    struct store_txn *txn = request_txn(request);
    if (!record_poll(txn, poll, &record)) {
        return;
    }
    for (uint64_t seq = record.opened_seq; ledger_read(txn, seq, &entry); seq++) {
        if (entry.leaf.type == EVENT_BALLOT && id_equal(entry.leaf.poll, poll) &&
            entry.event.payload.size > 0) {
            note_seq(ranges, seq);
        }
    }
}

static void emit_erasure(struct request *request, const struct ranges *ranges)
{
    struct buffer payload;
    struct slice none = {0};
    struct id no_poll = {{0}};
    buffer_init(&payload, PAYLOAD_MAX);
    payload_encode_erasure(&payload, ERASED_BECAUSE_OVER, ERASE_OPENING, ranges->list,
                           ranges->count);
    request_emit(request, EVENT_ERASURE, no_poll, buffer_slice(&payload), none);
    buffer_free(&payload);
}

static enum error reset(struct request *request)
{
    struct id current = practice_current(request_txn(request));
    if (id_is_none(current)) {
        return ERROR_POLL_UNKNOWN;
    }
    struct ranges ranges = {.list = calloc(RANGES_MAX, sizeof *ranges.list)};
    find_ballots(request, current, &ranges);
    poll_emit_cancelled(request, current,
                        slice_text("Remis à zéro · Opnieuw begonnen · Started afresh"));
    if (ranges.count > 0) {
        emit_erasure(request, &ranges);
    }
    free(ranges.list);
    member_wake(request);
    return ERROR_NONE;
}

/* ---- tables ---- */

static const struct field open_params[] = {
    {.name = "id", .type = FIELD_ID, .summary = "of the vote, if there is none yet"},
    {0},
};
static const struct field open_result[] = {
    {.name = "poll", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = INT64_MAX},
    {0},
};
static const struct field no_params[] = {{0}};
static const enum error reset_errors[] = {ERROR_POLL_UNKNOWN, ERROR_NONE};
static const struct command commands[] = {
    {.method = "practice.open",
     .who = WHO_MEMBER,
     .flags = COMMAND_WRITE,
     .params = open_params,
     .result = open_result,
     .handle = open_practice,
     .answer = answer_open,
     .summary = "The practice vote: made when there is none; the caller may vote in it from now on",
     .example = "{\"id\":\"0c2f6d1e-6e55-4a7c-8d0e-4b8f2f1f5a10\"}"},
    {.method = "practice.reset",
     .who = WHO_FACILITATOR,
     .flags = COMMAND_WRITE,
     .params = no_params,
     .handle = reset,
     .errors = reset_errors,
     .summary = "End the practice vote and erase what was voted in it; the next who asks begins a "
                "new one",
     .example = "{}"},
    {0},
};
const struct concept concept_practice = {.name = "practice", .commands = commands};
