/* Ballots: one member's signed answer. The signature decides whose ballot it is, not the session that brings it, so a phone
 * with a good connection may bring the ballot of one without.
 *
 * The signed bytes are the command's key: the same bytes again give the same seq, whoever brings them and whatever the state
 * of the vote by then. Everything else is the acceptance list of the record (ledger.md, Ballot), judged by the same function that
 * verifiers use. A ballot touches no document but the counts (poll_apply.c). Start at cast(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/poll.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "ledger/ballot.h"
#include "ledger/record.h"

#include <string.h>

enum { RECEIPT_MAX = 262144, NOTE_SALT_SIZE = 32, DEFINITION_ARENA_MAX = 4 * 1024 * 1024 };

/* ---- ballot.cast ---- */

struct casting {
    struct id poll;
    struct buffer payload, note;
};

/* The shape was checked: base64url of the right sizes. */
static void decode_parameters(const struct request *request, struct casting *casting)
{
    const json_t *note = json_object_get(request->params, "note");
    buffer_init(&casting->payload, BALLOT_TBS_MAX + SIGNATURE_SIZE);
    buffer_init(&casting->note, NOTE_SALT_SIZE + NOTE_TEXT_MAX);
    buffer_expect(&casting->payload, request_text(request, "tbs").size / 4 * 3 + SIGNATURE_SIZE);
    assert_always(encoding_from_base64url(request_text(request, "tbs"), &casting->payload));
    assert_always(encoding_from_base64url(request_text(request, "sig"), &casting->payload));
    if (note != NULL) {
        assert_always(encoding_from_base64url(json_get_text(note, "salt"), &casting->note));
        buffer_append_slice(&casting->note, json_get_text(note, "text"));
    }
}

/* A vote of a meeting is for those in it: the record does not say who they are, so this is the server's word alone. */
static bool is_present(const struct request *request, const struct event *event)
{
    struct ballot ballot;
    struct record_poll record;
    return !record_poll(request_txn(request), event->poll, &record) || id_is_none(record.meeting) ||
           (ballot_decode(event->payload, &ballot) == ERROR_NONE &&
            poll_standing_of(request_txn(request), event->poll, &record, ballot.voter) ==
                POLL_MAY_CAST);
}

static enum error judge(struct request *request, const struct casting *casting)
{
    struct event event = {
        .type = EVENT_BALLOT,
        .poll = casting->poll,
        .payload = buffer_slice(&casting->payload),
        .note = buffer_slice(&casting->note),
    };
    struct record_at at = {
        .seq = ledger_next(assembly_ledger(request_assembly(request))),
        .time_ms = request->now_ms,
        .signature_known_good = request->ballot_signature_good,
    };
    enum error error = record_judge(request_txn(request), &event, &at);
    if (error == ERROR_NONE && !is_present(request, &event)) {
        error = ERROR_BALLOT_NOT_PRESENT;
    }
    if (error == ERROR_NONE) {
        request_emit_judged(request, &event);
    }
    return error;
}

/* Were these very bytes recorded before? A recorded ballot is never judged good again, as its counter has been used; so only
 * a refused one is looked for, unless ballots of this vote are absent, when counters are not judged. */
static bool is_known(const struct request *request, const struct casting *casting, uint64_t *seq)
{
    struct ballot ballot;
    return ballot_decode(buffer_slice(&casting->payload), &ballot) == ERROR_NONE &&
           record_ballot_by_tbs(request_txn(request), casting->poll, ballot.on_behalf_of,
                                crypto_hash(ballot.tbs), seq);
}

static enum error cast_in(struct request *request, const struct casting *casting, bool absent)
{
    if (absent && is_known(request, casting, &request->seq)) {
        return ERROR_NONE;
    }
    enum error error = judge(request, casting);
    bool repeated = error != ERROR_NONE && is_known(request, casting, &request->seq);
    return repeated ? ERROR_NONE : error;
}

static enum error cast(struct request *request)
{
    struct casting casting = {.poll = request_ref(request, "poll", NUMBER_POLL)};
    struct record_poll record = {0};
    if (id_is_none(casting.poll) ||
        (!record_poll(request_txn(request), casting.poll, &record) &&
         !document_exists(request_txn(request), DOCUMENT_POLL, casting.poll))) {
        return request_fault(request, "poll", ERROR_POLL_UNKNOWN);
    }
    decode_parameters(request, &casting);
    enum error error = cast_in(request, &casting, record.ballots_absent);
    buffer_free(&casting.payload);
    buffer_free(&casting.note);
    return error;
}

/* The text that was made, freed; NULL when none could be. */
static json_t *receipt_text(struct buffer *receipt, enum error error)
{
    json_t *text =
        error == ERROR_NONE && buffer_ok(receipt) ? json_text(buffer_slice(receipt)) : NULL;
    buffer_free(receipt);
    return text;
}

static void answer_cast(struct request *request)
{
    struct buffer receipt;
    buffer_init(&receipt, RECEIPT_MAX);
    enum error error = ledger_receipt_sealed(assembly_ledger(request_assembly(request)),
                                             request_txn(request), request->seq, &receipt);
    json_put(request->result, "receipt", receipt_text(&receipt, error));
}

/* ---- ballot.mine ---- */

static bool find_good_key(void *context, const struct hash *pk, const struct record_key *key)
{
    (void)pk;
    *(bool *)context = key->revoked_seq == 0 && key->kind == KEY_DEVICE;
    return !*(bool *)context;
}

static bool has_key(struct store_txn *txn, struct id member)
{
    bool found = false;
    record_each_key(txn, member, find_good_key, &found);
    return found;
}

/* From the roll once it is frozen, before from the electorate of the draft; the class by its code. */
static bool is_eligible(struct request *request, const json_t *poll, struct id id,
                        struct roll_entry *entry, json_t *result)
{
    struct store_txn *txn = request_txn(request);
    struct roll_classes classes = {0};
    struct arena arena;
    struct definition definition;
    bool eligible;
    if (poll_is(poll, "draft")) {
        json_t *organisation = organisation_load(txn);
        eligible = roll_classes_of(organisation, &classes) &&
                   electorate_has(txn, &classes, poll, request->caller.member, entry);
        if (eligible) {
            json_put(result, "class", json_text(classes.codes[entry->class_index]));
        }
        json_decref(organisation);
        return eligible;
    }
    eligible = record_roll_entry(txn, id, request->caller.member, entry);
    arena_init(&arena, DEFINITION_ARENA_MAX);
    if (eligible && poll_definition(txn, id, &arena, &definition) &&
        entry->class_index < definition.n_class) {
        json_put(result, "class", json_text(definition.classes[entry->class_index]));
    }
    arena_free(&arena);
    return eligible;
}

/* Would be on the roll if it were made now: came too late for this vote. */
static bool came_late(struct request *request, const json_t *poll)
{
    struct roll_classes classes = {0};
    struct roll_entry entry;
    json_t *organisation = organisation_load(request_txn(request));
    bool late =
        !poll_is(poll, "draft") && roll_classes_of(organisation, &classes) &&
        electorate_has(request_txn(request), &classes, poll, request->caller.member, &entry);
    json_decref(organisation);
    return late;
}

static bool of_group(const json_t *poll)
{
    return slice_equal(json_get_text(json_object_get(poll, "electorate"), "kind"),
                       slice_text("group"));
}

/* What keeps the caller from voting now; NULL = nothing. */
static const char *reason_of(struct request *request, const json_t *poll, bool eligible)
{
    if (!eligible) {
        return request_is(request, WHO_OBSERVER) ? "observer"
               : came_late(request, poll)        ? "late"
               : of_group(poll)                  ? "group"
                                                 : "not_on_roll";
    }
    if (poll_is(poll, "draft")) {
        return "not_opened";
    }
    struct record_poll record;
    struct id id = json_get_id(poll, "id");
    enum poll_standing standing =
        poll_is(poll, "open") && record_poll(request_txn(request), id, &record)
            ? poll_standing_of(request_txn(request), id, &record, request->caller.member)
            : POLL_MAY_CAST;
    if (standing != POLL_MAY_CAST) {
        return standing == POLL_ABSENT ? "absent" : "late";
    }
    return has_key(request_txn(request), request->caller.member) ? NULL : "no_key";
}

static json_t *reason_text(struct slice note)
{
    return note.size <= NOTE_SALT_SIZE
               ? NULL
               : json_text(slice_of(note.data + NOTE_SALT_SIZE, note.size - NOTE_SALT_SIZE));
}

static json_t *note_json(struct slice note)
{
    if (note.size <= NOTE_SALT_SIZE) {
        return NULL;
    }
    json_t *json = json_object();
    json_put(json, "salt", json_base64url(slice_of(note.data, NOTE_SALT_SIZE)));
    json_put(json, "text", reason_text(note));
    return json;
}

/* The ballot recorded for the caller, with a receipt to the newest seal. */
static void put_ballot(struct request *request, const struct record_ballot *final, json_t *result)
{
    struct ledger_entry entry;
    struct ballot ballot;
    struct buffer receipt;
    struct store_txn *txn = request_txn(request);
    if (!ledger_read(txn, final->seq, &entry) ||
        ballot_decode(entry.event.payload, &ballot) != ERROR_NONE) {
        return; /* erased */
    }
    json_t *json = json_object();
    json_put(json, "tbs", json_base64url(ballot.tbs));
    json_put(json, "sig", json_base64url(slice_of(ballot.signature, SIGNATURE_SIZE)));
    json_put(json, "note", note_json(entry.event.note));
    json_put(json, "seq", json_number(final->seq));
    json_put(json, "time", json_number(entry.leaf.time_ms));
    json_put(result, "ballot", json);
    buffer_init(&receipt, RECEIPT_MAX);
    enum error error = ledger_receipt(txn, final->seq, &receipt);
    json_put(result, "receipt", receipt_text(&receipt, error));
}

static enum error mine(struct request *request)
{
    struct id id;
    json_t *poll;
    struct roll_entry entry = {0};
    struct record_ballot final = {0};
    enum error error = poll_find(request, "poll", &id, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    json_t *result = json_object();
    bool eligible = is_eligible(request, poll, id, &entry, result);
    const char *reason = reason_of(request, poll, eligible);
    bool voted = record_ballot(request_txn(request), id, request->caller.member, &final);
    json_put(result, "eligible", json_boolean(eligible));
    json_put(result, "reason", reason == NULL ? NULL : json_text(slice_text(reason)));
    json_put(result, "weight", json_number(eligible ? entry.weight : 0));
    json_put(result, "counter", json_number(voted ? final.counter : 0));
    json_put(result, "asked_confidential",
             poll_has_asked(request_txn(request), id, request->caller.member) ? json_true() : NULL);
    if (voted) {
        put_ballot(request, &final, result);
    }
    request->result = result;
    json_decref(poll);
    return ERROR_NONE;
}

/* ---- ballot.list ---- */

struct listing {
    struct store_txn *txn;
    json_t *items;
    struct id after, last;
    size_t limit;
    bool more;
};

/* In a word where one says it; "options" where the bytes do. */
static const char *choice_word(struct slice choice)
{
    static const char *const consent[] = {"consent", "concern", "objection"};
    switch (choice.data[0]) {
    case FORM_BLANK:
        return "blank";
    case FORM_ABSTAIN:
        return "abstain";
    case FORM_YES_NO:
        return choice.data[1] == CHOICE_YES ? "yes" : "no";
    case FORM_CONSENT:
        return consent[choice.data[1] - CHOICE_CONSENT];
    default:
        return "options";
    }
}

static bool list_ballot(void *context, struct id on_behalf_of, const struct record_ballot *final)
{
    struct listing *listing = context;
    struct ledger_entry entry;
    struct ballot ballot;
    if (id_compare(on_behalf_of, listing->after) <= 0) {
        return true;
    }
    if (json_array_size(listing->items) == listing->limit) {
        listing->more = true;
        return false;
    }
    listing->last = on_behalf_of;
    if (!ledger_read(listing->txn, final->seq, &entry) ||
        ballot_decode(entry.event.payload, &ballot) != ERROR_NONE) {
        return true; /* erased */
    }
    json_t *item = json_object();
    json_put(item, "voter", person_of(listing->txn, on_behalf_of));
    json_put(item, "choice", json_text(slice_text(choice_word(ballot.choice))));
    json_put(item, "bytes", json_base64url(ballot.choice));
    json_put(item, "reason", reason_text(entry.event.note));
    json_put(item, "weight", json_number(ballot.weight));
    json_put(item, "seq", json_number(final->seq));
    json_array_append_new(listing->items, item);
    return true;
}

/* Named ballots are for the voters of the vote, once it is closed, in a meeting revealed; others never see them. */
static enum error check_listing(struct request *request, const json_t *poll, struct id id)
{
    struct roll_entry entry;
    if (!slice_equal(json_get_text(poll, "mode"), slice_text("named")) ||
        !record_roll_entry(request_txn(request), id, request->caller.member, &entry)) {
        return ERROR_RIGHT_MISSING;
    }
    bool seen =
        poll_is(poll, "counted") || (poll_is(poll, "closed") && id_is_none(poll_meeting(poll)));
    return seen ? ERROR_NONE : request_fault(request, "poll", ERROR_POLL_BAD_STATE);
}

static enum error list(struct request *request)
{
    struct id id;
    json_t *poll;
    int64_t limit = json_get_integer(request->params, "limit");
    struct listing listing = {.txn = request_txn(request),
                              .limit = limit == 0 ? 50 : (size_t)limit};
    enum error error = poll_find(request, "poll", &id, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    error = check_listing(request, poll, id);
    json_decref(poll);
    if (error != ERROR_NONE) {
        return error;
    }
    struct slice after = request_text(request, "after");
    if (after.size > 0 && !encoding_base64url_exact(after, listing.after.bytes, ID_SIZE)) {
        return request_fault(request, "after", ERROR_INPUT_BAD_VALUE);
    }
    listing.items = json_array();
    record_each_ballot(listing.txn, id, list_ballot, &listing);
    request->result = json_object();
    json_put(request->result, "items", listing.items);
    json_put(request->result, "next",
             listing.more ? json_base64url(id_slice(&listing.last)) : json_null());
    return ERROR_NONE;
}

/* ---- tables ---- */

static const char *const reason_words[] = {"not_opened", "not_on_roll", "no_key", "observer",
                                           "group",      "late",        "absent", NULL};

static const struct field note_fields[] = {
    {.name = "salt", .type = FIELD_BYTES, .min = NOTE_SALT_SIZE, .max = NOTE_SALT_SIZE},
    {.name = "text", .type = FIELD_TEXT, .min = 1, .max = NOTE_TEXT_MAX},
    {0},
};
static const struct field cast_params[] = {
    {.name = "poll", .type = FIELD_REF, .number = NUMBER_POLL},
    {.name = "tbs",
     .type = FIELD_BYTES,
     .min = 1,
     .max = BALLOT_TBS_MAX,
     .summary = "the signed bytes"},
    {.name = "sig", .type = FIELD_BYTES, .min = SIGNATURE_SIZE, .max = SIGNATURE_SIZE},
    {.name = "note",
     .type = FIELD_OBJECT,
     .fields = note_fields,
     .optional = true,
     .summary = "the reason"},
    {0},
};
static const struct field cast_result[] = {
    {.name = "receipt", .type = FIELD_TEXT, .max = RECEIPT_MAX, .summary = "a tlog-proof file"},
    {0},
};
static const struct field mine_params[] = {
    {.name = "poll", .type = FIELD_REF, .number = NUMBER_POLL},
    {0},
};
static const struct field ballot_fields[] = {
    {.name = "tbs", .type = FIELD_BYTES, .max = BALLOT_TBS_MAX},
    {.name = "sig", .type = FIELD_BYTES, .max = SIGNATURE_SIZE},
    {.name = "note", .type = FIELD_OBJECT, .fields = note_fields, .optional = true},
    {.name = "seq", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "time", .type = FIELD_TIME},
    {0},
};
static const struct field mine_result[] = {
    {.name = "eligible",
     .type = FIELD_FLAG,
     .summary = "on the roll, or would be if the draft opened now"},
    {.name = "reason",
     .type = FIELD_WORD,
     .words = reason_words,
     .optional = true,
     .summary = "what keeps from voting now; no_key: add this device first; absent: of a vote of a "
                "meeting, not there; late: came after it opened"},
    {.name = "weight", .type = FIELD_INTEGER, .max = INT64_MAX},
    {.name = "class", .type = FIELD_LINE, .max = 35, .optional = true},
    {.name = "counter",
     .type = FIELD_INTEGER,
     .max = UINT32_MAX,
     .summary = "of the last ballot; 0 before the first"},
    {.name = "asked_confidential",
     .type = FIELD_FLAG,
     .optional = true,
     .summary = "I asked for confidential ballots while it was a draft"},
    {.name = "ballot", .type = FIELD_OBJECT, .fields = ballot_fields, .optional = true},
    {.name = "receipt", .type = FIELD_TEXT, .max = RECEIPT_MAX, .optional = true},
    {0},
};

static const char *const choice_words[] = {"yes",     "no",        "abstain", "blank", "consent",
                                           "concern", "objection", "options", NULL};
static const struct field voter_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "name", .type = FIELD_TEXT, .max = 320},
    {0},
};
static const struct field listed_fields[] = {
    {.name = "voter", .type = FIELD_OBJECT, .fields = voter_fields},
    {.name = "choice", .type = FIELD_WORD, .words = choice_words},
    {.name = "bytes",
     .type = FIELD_BYTES,
     .max = BALLOT_TBS_MAX,
     .summary = "the choice as it was signed"},
    {.name = "reason", .type = FIELD_TEXT, .max = NOTE_TEXT_MAX, .optional = true},
    {.name = "weight", .type = FIELD_INTEGER, .max = UINT32_MAX},
    {.name = "seq", .type = FIELD_INTEGER, .max = INT64_MAX},
    {0},
};
static const struct field listed = {
    .name = "ballot", .type = FIELD_OBJECT, .fields = listed_fields};
static const struct field list_params[] = {
    {.name = "poll", .type = FIELD_REF, .number = NUMBER_POLL},
    {.name = "after", .type = FIELD_LINE, .max = 64, .optional = true},
    {.name = "limit", .type = FIELD_INTEGER, .min = 1, .max = 200, .optional = true},
    {0},
};
static const struct field list_result[] = {
    {.name = "items", .type = FIELD_LIST, .item = &listed, .max = 200},
    {.name = "next", .type = FIELD_LINE, .max = 64, .nullable = true},
    {0},
};
static const enum error list_errors[] = {ERROR_POLL_UNKNOWN, ERROR_POLL_BAD_STATE, ERROR_NONE};

static const enum error cast_errors[] = {
    ERROR_POLL_UNKNOWN,         ERROR_BALLOT_MALFORMED,
    ERROR_BALLOT_BAD_SIGNATURE, ERROR_BALLOT_WRONG_ORG,
    ERROR_BALLOT_WRONG_POLL,    ERROR_POLL_NOT_OPEN,
    ERROR_POLL_CLOSED,          ERROR_BALLOT_WRONG_DEFINITION,
    ERROR_KEY_UNKNOWN,          ERROR_KEY_WRONG_MEMBER,
    ERROR_KEY_REVOKED,          ERROR_KEY_WRONG_SCOPE,
    ERROR_KEY_CARD_USED,        ERROR_BALLOT_NOT_ON_ROLL,
    ERROR_MANDATE_ACTIVE,       ERROR_MANDATE_NOT_ALLOWED,
    ERROR_MANDATE_NOT_ACTIVE,   ERROR_MANDATE_WRONG_HOLDER,
    ERROR_MANDATE_GIVER_VOTED,  ERROR_MANDATE_TOO_MANY,
    ERROR_BALLOT_WRONG_WEIGHT,  ERROR_BALLOT_NOT_PRESENT,
    ERROR_BALLOT_STALE_COUNTER, ERROR_BALLOT_COUNTER_JUMP,
    ERROR_BALLOT_ALREADY_CAST,  ERROR_BALLOT_UNKNOWN_HISTORY,
    ERROR_BALLOT_BAD_CHOICE,    ERROR_BALLOT_NOTE_MISSING,
    ERROR_BALLOT_BAD_NOTE,      ERROR_NONE,
};
static const enum error mine_errors[] = {ERROR_POLL_UNKNOWN, ERROR_NONE};

enum { WHO_CASTS = WHO_READERS & ~WHO_OPERATOR };

static const struct command commands[] = {
    {.method = "ballot.cast",
     .who = WHO_CASTS,
     .flags = COMMAND_WRITE | COMMAND_SELF_KEYED | COMMAND_BALLOT | COMMAND_NO_TOKEN,
     .params = cast_params,
     .result = cast_result,
     .handle = cast,
     .answer = answer_cast,
     .errors = cast_errors,
     .summary = "Cast a signed ballot; the same bytes again give the same answer"},
    {.method = "ballot.mine",
     .who = WHO_MEMBER | WHO_OBSERVER,
     .flags = COMMAND_READ | COMMAND_NO_TOKEN | COMMAND_VOTING,
     .params = mine_params,
     .result = mine_result,
     .handle = mine,
     .errors = mine_errors,
     .summary = "May I vote, and what is recorded for me",
     .example = "{\"poll\":\"17\"}"},
    {.method = "ballot.list",
     .who = WHO_MEMBER,
     .flags = COMMAND_READ | COMMAND_NO_TOKEN,
     .params = list_params,
     .result = list_result,
     .handle = list,
     .errors = list_errors,
     .summary = "Who voted what in a closed named vote, for those on its roll",
     .example = "{\"poll\":\"17\"}"},
    {0},
};

const struct concept concept_ballot = {.name = "ballot", .commands = commands};
