/* Objections: what a ballot that objects says, as a document of its own, so that it can be answered while the vote is open.
 *
 * A ballot by consent that objects names a note, its reason. The reason becomes an objection in the topic of the
 * objections of that vote from the moment it is cast, for those on its roll, the authors of the text and facilitation: an
 * objection that nobody sees cannot be answered. In a named vote it bears its author's name, in a confidential one it does not (whose it is stands in an index
 * alone). Answers are comments on it. It ends by another ballot of its author and by nothing else; it then stays, as ended,
 * with its answers.
 * Invariant: the words are in the record as the note of the ballot alone, so once the note is erased no document holds them.
 * Asking again about a new text is in consent_again.c. Start at apply_ballot(). */
#include "assembly/consent.h"
#include "assembly/erasure.h"
#include "assembly/member.h"
#include "assembly/objection.h"
#include "assembly/parts.h"
#include "assembly/personal.h"
#include "assembly/poll.h"
#include "base/bytes.h"
#include "ledger/ballot.h"
#include "ledger/ledger.h"

#include <string.h>

enum { NOTE_SALT_SIZE = 32, COUNT_MAX = INT32_MAX };

/* ---- who reads ---- */

struct id objection_poll(struct store_txn *txn, struct id objection)
{
    json_t *document = document_load(txn, DOCUMENT_OBJECTION, objection);
    struct id poll = json_get_id(json_object_get(document, "poll"), "id");
    json_decref(document);
    return poll;
}

/* Wrote one of the proposals that the vote is about. */
static bool is_author(struct store_txn *txn, const json_t *poll, struct id member)
{
    size_t i;
    json_t *item;
    bool found = false;
    json_array_foreach(json_object_get(poll, "about"), i, item)
    {
        json_t *proposal = document_load(txn, DOCUMENT_PROPOSAL, json_get_id(item, "id"));
        found = found || people_have(json_object_get(proposal, "authors"), member);
        json_decref(proposal);
    }
    return found;
}

/* Who answers the question, and who can change it: the roll, the authors, facilitation. */
static bool may_read_all(struct store_txn *txn, struct id id, const struct caller *caller)
{
    struct roll_entry entry;
    struct record_poll record;
    if (caller->kind != CALLER_MEMBER) {
        return false;
    }
    if (record_poll(txn, id, &record) && !id_is_none(record.meeting) &&
        record.state != RECORD_POLL_RESULT) {
        return false; /* one objection is the outcome: in a meeting it is revealed with it */
    }
    if (record_roll_entry(txn, id, caller->member, &entry)) {
        return true;
    }
    json_t *poll = document_load(txn, DOCUMENT_POLL, id);
    bool may = poll != NULL && ((caller_who(txn, caller) & WHO_FACILITATOR) != 0 ||
                                is_author(txn, poll, caller->member));
    json_decref(poll);
    return may;
}

bool objection_may_read(struct store_txn *txn, struct id objection, const struct caller *caller)
{
    return may_read_all(txn, objection_poll(txn, objection), caller);
}

/* ---- the document ---- */

/* The objection of this voter in this vote; and whose an objection is. */
static struct index_key objection_of(struct id poll, struct id voter)
{
    struct index_key key = index_key(INDEX_OBJECTION);
    index_key_id(&key, poll);
    index_key_id(&key, voter);
    return key;
}

static struct index_key author_of(struct id objection)
{
    struct index_key key = index_key(INDEX_OBJECTION_BY);
    index_key_id(&key, objection);
    return key;
}

static struct id index_get(struct store_txn *txn, const struct index_key *key)
{
    struct id id = {{0}};
    struct slice value;
    if (store_get(txn, TABLE_INDEX, index_key_slice(key), &value) && value.size == ID_SIZE) {
        memcpy(id.bytes, value.data, ID_SIZE);
    }
    return id;
}

struct id objection_for(struct store_txn *txn, struct id poll, struct id member)
{
    struct index_key key = objection_of(poll, member);
    return index_get(txn, &key);
}

struct id objection_author(struct store_txn *txn, struct id objection)
{
    struct index_key key = author_of(objection);
    return index_get(txn, &key);
}

/* What the ballot's note says. */
static json_t *reason_of(struct change *change)
{
    struct ledger_entry entry;
    if (!ledger_read(change->txn, change->seq, &entry) || entry.event.note.size <= NOTE_SALT_SIZE) {
        return json_text(slice_text(ERASED_TEXT));
    }
    return json_text(
        slice_of(entry.event.note.data + NOTE_SALT_SIZE, entry.event.note.size - NOTE_SALT_SIZE));
}

static void store(struct change *change, struct id id, json_t *objection)
{
    struct id poll = json_get_id(json_object_get(objection, "poll"), "id");
    const struct topic topics[] = {topic_of(TOPIC_OBJECTIONS, poll), topic_of(TOPIC_OBJECTION, id)};
    change_put(change, DOCUMENT_OBJECTION, id, objection, topics, 2);
}

/* Those who wrote what is asked, and who asks. In a confidential vote nobody is named. */
static void tell(struct change *change, struct id author, const json_t *poll, bool named)
{
    size_t i;
    json_t *item;
    struct id nobody = {{0}}, actor = named ? author : nobody;
    struct id asked[1 + 32] = {json_get_id(json_object_get(poll, "by"), "id")};
    size_t count = 1;
    json_array_foreach(json_object_get(poll, "about"), i, item)
    {
        json_t *proposal = change_load(change, DOCUMENT_PROPOSAL, json_get_id(item, "id"));
        const json_t *authors = json_object_get(proposal, "authors");
        for (size_t at = 0; at < json_array_size(authors) && count < 1 + 32; at++) {
            asked[count++] = json_get_id(json_array_get(authors, at), "id");
        }
        json_decref(proposal);
    }
    for (i = 0; i < count; i++) {
        struct caller caller = {.kind = CALLER_MEMBER, .member = asked[i]};
        bool again = i > 0 && id_equal(asked[i], asked[0]);
        if (!again && may_read_all(change->txn, change->poll, &caller)) {
            change_notify_by(change, actor, asked[i], "objection",
                             notify_about(change, DOCUMENT_POLL, change->poll));
        }
    }
}

static json_t *raised(struct change *change, const struct ballot *ballot, const json_t *poll,
                      bool named)
{
    static const char *const number[] = {"id", "number", NULL};
    uint8_t seq[8];
    bytes_put_u64(seq, change->seq);
    struct slice parts[] = {id_slice(&change->poll), slice_of(seq, sizeof seq)};
    struct id id = id_from_hash(crypto_hash_tagged("objection", parts, 2));
    struct index_key of = objection_of(change->poll, ballot->on_behalf_of), by = author_of(id);
    json_t *objection = document_new(DOCUMENT_OBJECTION, id), *reference = json_object();
    fields_copy(reference, poll, number);
    json_put(objection, "poll", reference);
    json_put(objection, "author", named ? change_person(change, ballot->voter) : NULL);
    json_put(objection, "at_ms", json_number(change->time_ms));
    change_index(change, index_key_slice(&of), id);
    change_index(change, index_key_slice(&by), ballot->voter);
    return objection;
}

static void apply_objection(struct change *change, const struct ballot *ballot, struct id before)
{
    json_t *poll = change_load(change, DOCUMENT_POLL, change->poll);
    bool named = slice_equal(json_get_text(poll, "mode"), slice_text("named"));
    json_t *objection = id_is_none(before) ? NULL : change_load(change, DOCUMENT_OBJECTION, before);
    if (poll == NULL) {
        json_decref(objection);
        return; /* its draft was erased */
    }
    if (objection == NULL) {
        objection = raised(change, ballot, poll, named);
    } else {
        json_put(objection, "changed_ms", json_number(change->time_ms));
        json_put(objection, "ended_ms", NULL);
    }
    json_put(objection, "text", reason_of(change));
    store(change, json_get_id(objection, "id"), objection);
    tell(change, ballot->voter, poll, named);
    json_decref(poll);
}

static void apply_end(struct change *change, struct id before)
{
    json_t *objection = change_load(change, DOCUMENT_OBJECTION, before);
    if (objection == NULL || json_object_get(objection, "ended_ms") != NULL) {
        json_decref(objection);
        return;
    }
    json_put(objection, "ended_ms", json_number(change->time_ms));
    store(change, before, objection);
}

/* Most ballots are of other methods: they are passed by on sight of their form. */
static void apply_ballot(struct change *change)
{
    struct ballot ballot;
    uint8_t form =
        change->payload.size > BALLOT_FIXED_SIZE ? change->payload.data[BALLOT_FIXED_SIZE] : 0xFF;
    if ((form != FORM_BLANK && form != FORM_ABSTAIN && form != FORM_CONSENT) ||
        ballot_decode(change->payload, &ballot) != ERROR_NONE) {
        return;
    }
    struct id before = objection_for(change->txn, change->poll, ballot.on_behalf_of);
    if (form == FORM_CONSENT && ballot.choice.data[1] == CHOICE_OBJECTION) {
        apply_objection(change, &ballot, before);
    } else if (!id_is_none(before)) {
        apply_end(change, before);
    }
}

/* ---- asked again ---- */

static bool tell_voter(void *context, const struct roll_entry *entry)
{
    struct change *change = context;
    change_notify(change, entry->member, "poll_again",
                  notify_about(change, DOCUMENT_POLL, change->poll));
    return true;
}

/* Everybody on the roll of a vote that follows another is asked again; in a meeting they are there. */
static void apply_opened(struct change *change)
{
    json_t *poll = change_load(change, DOCUMENT_POLL, change->poll);
    if (json_object_get(poll, "follows") != NULL && id_is_none(poll_meeting(poll))) {
        record_each_roll_entry(change->txn, change->poll, tell_voter, change);
    }
    json_decref(poll);
}

/* ---- tables ---- */

static const struct field poll_reference_fields[] = {
    {.name = "id", .type = FIELD_ID},
    {.name = "number", .type = FIELD_INTEGER, .max = COUNT_MAX},
    {0},
};
static const struct field objection_fields[] = {
    {.name = "poll", .type = FIELD_OBJECT, .fields = poll_reference_fields},
    {.name = "author",
     .type = FIELD_OBJECT,
     .fields = person_fields,
     .optional = true,
     .summary = "not in a confidential vote"},
    {.name = "at_ms", .type = FIELD_TIME},
    {.name = "changed_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "when its author objected again, with other words"},
    {.name = "ended_ms",
     .type = FIELD_TIME,
     .optional = true,
     .summary = "when its author cast another ballot; absent: it stands"},
    {.name = "text", .type = FIELD_TEXT, .max = NOTE_TEXT_MAX},
    {0},
};
static const struct command commands[] = {
    {.method = "poll.ask_again",
     .who = WHO_MEMBER | WHO_FACILITATOR | WHO_ADMIN,
     .flags = COMMAND_WRITE | COMMAND_CREATES,
     .params = consent_ask_again_params,
     .handle = consent_ask_again,
     .creates = DOCUMENT_POLL,
     .errors = consent_ask_again_errors,
     .summary =
         "A new text for an open vote by consent: it ends, and everybody is asked again about "
         "the new version, by who leads the vote",
     .example = "{\"id\":\"6a9e3c0e-8a0b-4d5e-9d55-0c6a5f8f3a11\",\"poll\":\"17\",\"base\":1,"
                "\"text\":\"…\"}"},
    {0},
};
static const struct applies applies[] = {
    {EVENT_BALLOT, apply_ballot}, {EVENT_POLL_OPENED, apply_opened}, {0}};
static const struct document_shape documents[] = {
    {DOCUMENT_OBJECTION, "objection", objection_fields}, {0}};
static const struct topic_shape topics[] = {
    {.code = TOPIC_OBJECTIONS,
     .name = "objections",
     .has_id = true,
     .number = NUMBER_POLL,
     .readers = WHO_MEMBER | WHO_FACILITATOR,
     .may_read = may_read_all},
    {.code = TOPIC_OBJECTION,
     .name = "objection",
     .has_id = true,
     .readers = WHO_MEMBER | WHO_FACILITATOR,
     .may_read = objection_may_read},
    {0},
};
const struct concept concept_consent = {.name = "consent",
                                        .commands = commands,
                                        .applies = applies,
                                        .documents = documents,
                                        .topics = topics};
