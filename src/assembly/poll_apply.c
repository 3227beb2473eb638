/* From events of votes to documents: poll, poll_card, and what the cards of proposals say of their vote.
 *
 * The card is always made anew from the poll, so the two cannot differ; both stand in the topics of the proposals they are
 * about, and the card in `org` while the vote is drafted or open. A ballot touches neither: it changes the counts
 * (poll_counts.c). Dates that act (opening, closing, counting)
 * are set here, so a replay sets them again. Start at poll_apply(). */
#include "assembly/consent.h"
#include "assembly/group.h"
#include "assembly/meeting.h"
#include "assembly/organisation.h"
#include "assembly/poll_parts.h"
#include "assembly/practice.h"
#include "base/fatal.h"
#include "ledger/payload.h"
#include "ledger/result.h"

enum { POLL_TOPICS_MAX = 32, APPLY_ARENA_MAX = 4 * 1024 * 1024, SCORES_MAX = 65535 };

/* ---- the documents ---- */

static size_t topics_of(struct id id, const json_t *poll, struct topic topics[POLL_TOPICS_MAX])
{
    size_t i, count = 0;
    json_t *item;
    topics[count++] = topic_of(TOPIC_POLL, id);
    json_array_foreach(json_object_get(poll, "about"), i, item)
    {
        assert_always(count < POLL_TOPICS_MAX);
        topics[count++] = topic_of(TOPIC_PROPOSAL, json_get_id(item, "id"));
    }
    if (!id_is_none(poll_meeting(poll)) && !poll_is(poll, "draft")) {
        topics[count++] = topic_of(TOPIC_SCREEN, poll_meeting(poll));
    }
    return count;
}

static json_t *about_without_version(const json_t *about)
{
    static const char *const names[] = {"id", "number", "title", NULL};
    size_t i;
    json_t *item, *list = json_array();
    json_array_foreach(about, i, item)
    {
        json_t *one = json_object();
        fields_copy(one, item, names);
        json_array_append_new(list, one);
    }
    return list;
}

/* Where a rule that was named is from, and whether it was confirmed; NULL of any other. */
static json_t *rule_origin(const json_t *rule)
{
    static const char *const names[] = {"preset", "checked", NULL};
    json_t *origin = json_object_get(rule, "preset") == NULL ? NULL : json_object();
    if (origin != NULL) {
        fields_copy(origin, rule, names);
    }
    return origin;
}

static void store_card(struct change *change, struct id id, const json_t *poll)
{
    static const char *const names[] = {"number",  "state",  "poll_kind", "body",
                                        "method",  "mode",   "question",  "groups",
                                        "meeting", "reveal", NULL};
    static const char *const dates[] = {"opens_ms", "closes_ms", "opened_ms", NULL};
    static const char *const outcome[] = {"decision", NULL};
    static const char *const verdict[] = {"verdict", NULL};
    size_t i;
    json_t *item;
    struct topic topics[POLL_TOPICS_MAX + POLL_GROUPS_MAX + 2];
    json_t *card = document_new(DOCUMENT_POLL_CARD, id);
    const json_t *roll = json_object_get(poll, "roll");
    size_t count = topics_of(id, poll, topics);
    fields_copy(card, poll, names);
    json_put(card, "about", about_without_version(json_object_get(poll, "about")));
    json_put(card, "rule", rule_origin(json_object_get(poll, "rule")));
    fields_copy(card, poll, dates);
    json_put(card, "roll_count",
             roll == NULL ? NULL : json_number((uint64_t)json_get_integer(roll, "count")));
    fields_copy(card, json_object_get(poll, "result"), verdict);
    fields_copy(card, poll, outcome);
    json_array_foreach(json_object_get(poll, "groups"), i, item)
    {
        topics[count++] = topic_of(TOPIC_GROUP, json_get_id(item, "id"));
    }
    if (!id_is_none(poll_meeting(poll))) {
        topics[count++] = topic_of(TOPIC_MEETING, poll_meeting(poll));
    }
    /* A practice vote waits for nobody: home does not count it among open votes. */
    if ((poll_is(poll, "draft") || poll_is(poll, "open")) && !json_get_flag(poll, "standing")) {
        topics[count++] = topic_plain(TOPIC_ORG);
    }
    change_put(change, DOCUMENT_POLL_CARD, id, card, topics, count);
}

/* What a proposal's card shows of this vote: nothing of practice votes, nothing of cancelled ones, and of straw polls only
 * while no vote that decides is there. */
static void tell_proposal(struct change *change, struct id proposal, struct id id,
                          const json_t *poll, bool about)
{
    static const char *const names[] = {"number", "state", "closes_ms", NULL};
    json_t *card = change_load(change, DOCUMENT_PROPOSAL_CARD, proposal);
    struct id shown = json_get_id(json_object_get(card, "poll"), "id");
    bool kept = id_equal(shown, id);
    bool straw = slice_equal(json_get_text(poll, "poll_kind"), slice_text("straw"));
    bool wanted = about && !poll_is(poll, "cancelled") &&
                  !slice_equal(json_get_text(poll, "poll_kind"), slice_text("practice")) &&
                  (!straw || id_is_none(shown) || kept);
    if (card != NULL && (wanted || kept)) {
        json_t *reference = wanted ? json_object() : NULL;
        if (wanted) {
            json_put(reference, "id", json_id(id));
            fields_copy(reference, poll, names);
        }
        proposal_card_update(change, proposal, "poll", reference);
    }
    json_decref(card);
}

void poll_store(struct change *change, struct id id, json_t *poll)
{
    size_t i;
    json_t *item;
    struct topic topics[POLL_TOPICS_MAX];
    size_t count = topics_of(id, poll, topics);
    store_card(change, id, poll);
    json_t *about = json_incref(json_object_get(poll, "about"));
    json_incref(poll);
    change_put(change, DOCUMENT_POLL, id, poll, topics, count);
    json_array_foreach(about, i, item)
    {
        tell_proposal(change, json_get_id(item, "id"), id, poll, true);
    }
    json_decref(about);
    json_decref(poll);
}

/* ---- drafts ---- */

/* {"id","number","title","version"} of each proposal, as now. */
static json_t *about_documents(struct change *change, const json_t *ids)
{
    static const char *const names[] = {"number", "title", NULL};
    size_t i;
    json_t *item, *about = json_array();
    json_array_foreach(ids, i, item)
    {
        struct id id = {{0}};
        uint32_t version = 0;
        struct hash hash;
        assert_always(id_parse(slice_of(json_string_value(item), json_string_length(item)), &id));
        json_t *card = change_load(change, DOCUMENT_PROPOSAL_CARD, id);
        json_t *one = json_object();
        json_put(one, "id", json_id(id));
        fields_copy(one, card, names);
        (void)proposal_about(change->txn, id, &version, &hash);
        json_put(one, "version", json_number(version));
        json_array_append_new(about, one);
        json_decref(card);
    }
    return about;
}

static struct slice poll_of_key(struct index_key *key, struct id proposal, struct id poll)
{
    *key = index_key(INDEX_POLL_OF);
    index_key_id(key, proposal);
    index_key_id(key, poll);
    return index_key_slice(key);
}

/* The proposals of the draft that this one replaces forget it, unless they are named again. */
static void forget_old(struct change *change, struct id id, const json_t *old, const json_t *about)
{
    size_t i;
    json_t *item;
    struct index_key key;
    json_array_foreach(json_object_get(old, "about"), i, item)
    {
        struct id proposal = json_get_id(item, "id");
        if (!people_have(about, proposal)) {
            change_unindex(change, poll_of_key(&key, proposal, id));
            tell_proposal(change, proposal, id, old, false);
        }
    }
}

static void index_poll(struct change *change, struct id id, uint32_t number, const json_t *about)
{
    size_t i;
    json_t *item;
    char text[12];
    struct index_key key = index_key(INDEX_POLL_BY_NUMBER);
    index_key_u32(&key, UINT32_MAX - number);
    change_index(change, index_key_slice(&key), id);
    change_number(change, NUMBER_POLL, number_text(number, text), id);
    json_array_foreach(about, i, item)
    {
        change_index(change, poll_of_key(&key, json_get_id(item, "id"), id), id);
    }
}

/* {"id","number","item"?}; NULL of a vote outside a meeting. */
static json_t *meeting_reference(struct change *change)
{
    static const char *const number[] = {"number", NULL}, *const item[] = {"item", NULL};
    struct id id = json_get_id(change->json, "meeting");
    json_t *meeting = id_is_none(id) ? NULL : change_load(change, DOCUMENT_MEETING, id);
    if (meeting == NULL) {
        return NULL;
    }
    json_t *reference = json_object();
    json_put(reference, "id", json_id(id));
    fields_copy(reference, meeting, number);
    fields_copy(reference, change->json, item);
    json_decref(meeting);
    return reference;
}

static void index_meeting(struct change *change, struct id id, const json_t *old,
                          const json_t *poll)
{
    struct id before = poll_meeting(old), now = poll_meeting(poll);
    struct index_key key = index_key(INDEX_POLL_OF_MEETING);
    if (!id_is_none(before) && !id_equal(before, now)) {
        index_key_id(&key, before);
        index_key_id(&key, id);
        change_unindex(change, index_key_slice(&key));
    }
    if (!id_is_none(now)) {
        key = index_key(INDEX_POLL_OF_MEETING);
        index_key_id(&key, now);
        index_key_id(&key, id);
        change_index(change, index_key_slice(&key), id);
    }
}

static struct id item_of(const json_t *poll)
{
    return json_get_id(json_object_get(poll, "meeting"), "item");
}

/* Out of the meeting that it was for, or from its item there; where it is now, the meeting names it (meeting_apply_poll()). */
static void leave_item(struct change *change, struct id id, const json_t *old, const json_t *poll)
{
    struct id before = poll_meeting(old);
    if (!id_is_none(before) &&
        (!id_equal(before, poll_meeting(poll)) || !id_equal(item_of(old), item_of(poll)))) {
        meeting_forget_poll(change, before, id);
    }
}

static void put_time(json_t *poll, const char *key, uint64_t value)
{
    json_put(poll, key, value == 0 ? NULL : json_number(value));
}

/* References to the groups of an electorate that is one, as they are called now; NULL of any other. */
static json_t *groups_asked(struct change *change, const json_t *electorate)
{
    size_t i;
    json_t *item, *groups = json_array();
    if (!slice_equal(json_get_text(electorate, "kind"), slice_text("group"))) {
        json_decref(groups);
        return NULL;
    }
    json_array_foreach(json_object_get(electorate, "ids"), i, item)
    {
        struct id id = {{0}};
        (void)id_parse(slice_of(json_string_value(item), json_string_length(item)), &id);
        json_t *reference = group_reference(change->txn, id);
        if (reference != NULL) {
            json_array_append_new(groups, reference);
        }
    }
    return groups;
}

static void apply_drafted(struct change *change, struct id id)
{
    static const char *const asked[] = {"question", "explanation", "options", "params",
                                        "rule",     "electorate",  "revote",  "show_live",
                                        "others",   "reveal",      NULL};
    static const char *const named[] = {"body", "method", "mode", NULL};
    static const char *const kept[] = {"asked_confidential", "follows", NULL};
    const json_t *event = change->json;
    json_t *old = change_load(change, DOCUMENT_POLL, id);
    json_t *poll = document_new(DOCUMENT_POLL, id);
    json_t *about = about_documents(change, json_object_get(event, "about"));
    uint32_t number = (uint32_t)json_get_integer(event, "number");
    json_put(poll, "number", json_number(number));
    json_put(poll, "state", json_text(slice_text("draft")));
    json_put(poll, "poll_kind", json_text(json_get_text(event, "kind")));
    fields_copy(poll, event, named);
    json_put(poll, "about", about);
    fields_copy(poll, event, asked);
    json_put(poll, "standing", json_get_flag(event, "standing") ? json_true() : NULL);
    json_put(poll, "groups", groups_asked(change, json_object_get(event, "electorate")));
    json_put(poll, "meeting", meeting_reference(change));
    fields_copy(poll, old, kept);
    put_time(poll, "opens_ms", (uint64_t)json_get_integer(event, "opens"));
    put_time(poll, "closes_ms", (uint64_t)json_get_integer(event, "closes"));
    json_put(poll, "by",
             old != NULL ? json_incref(json_object_get(old, "by"))
                         : change_by(change, json_object_get(event, "by")));
    json_put(poll, "drafted", json_number(change->seq));
    consent_link(change, poll);
    forget_old(change, id, old, about);
    index_poll(change, id, number, about);
    index_meeting(change, id, old, poll);
    leave_item(change, id, old, poll);
    change_due(change, "poll.open", id, (uint64_t)json_get_integer(event, "opens"));
    poll_store(change, id, poll);
    json_decref(old);
}

/* Why and by whom; what follows in the record changes the vote itself. */
static const char *account_of(const json_t *event)
{
    static const char *const names[][2] = {{"extended", "extended"},
                                           {"cancelled", "cancelled"},
                                           {"reopened", "reopened"},
                                           {"decided", "chair"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (event_is(event, names[i][0])) {
            return names[i][1];
        }
    }
    return NULL;
}

/* The plan in force; 0 = by hand. */
static void put_closing(struct change *change, struct id id, json_t *poll, uint64_t closes_ms)
{
    put_time(poll, "closes_ms", closes_ms);
    change_due(change, "poll.close", id, closes_ms);
}

/* Another end than the record's, in a meeting: people read that the vote is extended where it now ends later than planned. */
static void apply_countdown(struct change *change, struct id id)
{
    static const char *const reason[] = {"reason", NULL};
    json_t *poll = change_load(change, DOCUMENT_POLL, id), *account = NULL;
    int64_t before = json_get_integer(poll, "closes_ms");
    int64_t closes = json_get_integer(change->json, "closes");
    if (poll == NULL) {
        return;
    }
    if (before != 0 && closes > before) {
        account = json_object();
        json_put(account, "at_ms", json_number(change->time_ms));
        json_put(account, "closes_ms", json_integer(closes));
        fields_copy(account, change->json, reason);
    }
    json_put(poll, "extended", account);
    put_closing(change, id, poll, (uint64_t)closes);
    poll_store(change, id, poll);
}

static void apply_account(struct change *change, struct id id, const char *name)
{
    json_t *poll = change_load(change, DOCUMENT_POLL, id);
    bool extended = event_is(change->json, "extended");
    if (poll == NULL) {
        return;
    }
    json_t *account = json_object();
    json_put(account, "at_ms", json_number(change->time_ms));
    if (extended) {
        json_put(account, "closes_ms", json_number((uint64_t)json_get_integer(poll, "closes_ms")));
    }
    json_put(account, "reason", json_text(json_get_text(change->json, "reason")));
    if (!extended) {
        json_put(account, "by", change_by(change, json_object_get(change->json, "by")));
    }
    if (event_is(change->json, "cancelled")) {
        json_put(poll, "state", json_text(slice_text("cancelled")));
        change_due(change, "poll.open", id, 0);
    }
    json_put(poll, name, account);
    poll_store(change, id, poll);
}

static void apply_json(struct change *change)
{
    struct id id = json_get_id(change->json, "id");
    const char *account = account_of(change->json);
    if (event_is(change->json, "drafted")) {
        apply_drafted(change, id);
    } else if (event_is(change->json, "countdown")) {
        apply_countdown(change, id);
    } else if (account != NULL) {
        apply_account(change, id, account);
    }
}

/* ---- the binary events of a vote that has a document ---- */

static void apply_defined(struct change *change, json_t *poll)
{
    struct arena arena;
    struct definition definition;
    struct record_poll record;
    json_t *roll = json_object();
    arena_init(&arena, APPLY_ARENA_MAX);
    if (record_poll(change->txn, change->poll, &record)) {
        json_put(poll, "poll_hash", json_base64url(hash_slice(&record.poll_hash)));
    }
    if (change->payload.size > 0 &&
        definition_decode(change->payload, &arena, &definition) == ERROR_NONE) {
        json_put(roll, "count", json_number(definition.roll_count));
        json_put(roll, "weight", json_number(definition.roll_weight));
        put_time(poll, "opens_ms", definition.opens_ms);
        put_time(poll, "closes_ms", definition.closes_ms);
    }
    json_put(poll, "roll", roll);
    json_t *ids = json_array();
    for (size_t i = 0; i < json_array_size(json_object_get(poll, "about")); i++) {
        const json_t *item = json_array_get(json_object_get(poll, "about"), i);
        json_array_append_new(ids, json_id(json_get_id(item, "id")));
    }
    json_put(poll, "about", about_documents(change, ids)); /* the versions voted on */
    json_decref(ids);
    arena_free(&arena);
}

static void put_presence(json_t *poll, const char *when, const struct payload_presence *presence)
{
    if (presence->count == 0) {
        return; /* not of a meeting */
    }
    json_t *whole = json_incref(json_object_get(poll, "presence")), *now = json_object();
    whole = whole == NULL ? json_object() : whole;
    json_put(now, "heads", json_number(presence->of[0].heads));
    json_put(now, "weight", json_number(presence->of[0].weight));
    json_put(now, "shares", json_number(presence->of[0].shares));
    json_put(whole, when, now);
    json_put(poll, "presence", whole);
}

static void apply_opened(struct change *change, json_t *poll)
{
    struct payload_poll_opened payload;
    if (payload_decode_poll_opened(change->payload, &payload) == ERROR_NONE) {
        put_presence(poll, "opening", &payload.presence);
    }
    if (!id_is_none(poll_meeting(poll))) {
        poll_remember_present(change, poll_meeting(poll));
    }
    json_put(poll, "state", json_text(slice_text("open")));
    json_put(poll, "opened_ms", json_number(change->time_ms));
    change_due(change, "poll.open", change->poll, 0);
    change_due(change, "poll.close", change->poll, (uint64_t)json_get_integer(poll, "closes_ms"));
    poll_counts_start(change, poll);
}

/* Who came late stands on the roll from now on; their number is in the record. */
static void apply_roll_added(struct change *change, json_t *poll)
{
    struct record_poll record;
    json_t *roll = json_object();
    if (record_poll(change->txn, change->poll, &record)) {
        json_put(roll, "count", json_number(record.roll_count + record.added_count));
        json_put(roll, "weight", json_number(record.roll_weight + record.added_weight));
        json_put(poll, "roll", roll);
        poll_counts_again(change);
    } else {
        json_decref(roll);
    }
}

static void apply_closed(struct change *change, json_t *poll)
{
    struct payload_poll_closed payload;
    if (payload_decode_poll_closed(change->payload, &payload) == ERROR_NONE) {
        put_presence(poll, "close", &payload.presence);
    }
    json_put(poll, "state", json_text(slice_text("closed")));
    json_put(poll, "closed_ms", json_number(change->time_ms));
    change_due(change, "poll.close", change->poll, 0);
    /* In a meeting the outcome is nobody's before who leads it reveals it. */
    change_due(change, "poll.count", change->poll,
               poll_word_is(poll, "reveal", "hand") ? 0 : change->time_ms);
}

static void apply_extended(struct change *change, json_t *poll)
{
    struct payload_poll_extended payload;
    json_t *extended = json_object_get(poll, "extended");
    if (payload_decode_poll_extended(change->payload, &payload) != ERROR_NONE) {
        return;
    }
    put_closing(change, change->poll, poll, payload.closes_ms);
    if (extended == NULL) { /* the account of it was erased */
        extended = json_object();
        json_put(extended, "at_ms", json_number(change->time_ms));
        json_put(extended, "reason", json_text(slice_text("")));
        json_put(poll, "extended", extended);
    }
    json_put(extended, "closes_ms", json_number(payload.closes_ms));
}

/* Its result is withdrawn; ballots stay. It has an end of its own again, which may be moved like the first. */
static void apply_reopened(struct change *change, json_t *poll)
{
    static const char *const over[] = {"result", "chair", "closed_ms", "extended"};
    struct payload_poll_reopened payload;
    if (payload_decode_poll_reopened(change->payload, &payload) != ERROR_NONE) {
        return;
    }
    if (json_object_get(poll, "reopened") == NULL) { /* the account of it was erased */
        json_t *reopened = json_object();
        json_put(reopened, "at_ms", json_number(change->time_ms));
        json_put(reopened, "reason", json_text(payload.reason));
        json_put(poll, "reopened", reopened);
    }
    for (size_t i = 0; i < sizeof over / sizeof over[0]; i++) {
        json_put(poll, over[i], NULL);
    }
    json_put(poll, "state", json_text(slice_text("open")));
    put_closing(change, change->poll, poll, payload.closes_ms);
    change_due(change, "poll.count", change->poll, 0);
}

static void apply_cancelled(struct change *change, json_t *poll)
{
    struct payload_poll_cancelled payload = {0};
    if (json_object_get(poll, "cancelled") == NULL) { /* the account of it was erased */
        json_t *cancelled = json_object();
        (void)payload_decode_poll_cancelled(change->payload, &payload);
        json_put(cancelled, "at_ms", json_number(change->time_ms));
        json_put(cancelled, "reason", json_text(payload.reason));
        json_put(poll, "cancelled", cancelled);
    }
    json_put(poll, "state", json_text(slice_text("cancelled")));
    change_due(change, "poll.close", change->poll, 0);
    change_due(change, "poll.count", change->poll, 0);
}

static void apply_result(struct change *change, json_t *poll)
{
    struct arena arena;
    struct result result;
    json_t *details = NULL;
    arena_init(&arena, APPLY_ARENA_MAX);
    uint64_t *scores = arena_new(&arena, SCORES_MAX, sizeof *scores);
    uint16_t *winners = arena_new(&arena, SCORES_MAX, sizeof *winners);
    json_put(poll, "state", json_text(slice_text("counted")));
    change_due(change, "poll.count", change->poll, 0);
    if (result_decode(change->payload, &result, scores, SCORES_MAX, winners, SCORES_MAX) ==
            ERROR_NONE &&
        json_parse(result.details, &details) == ERROR_NONE && json_is_object(details)) {
        json_put(details, "seq", json_number(change->seq));
        json_put(poll, "result", json_incref(details));
    }
    json_decref(details);
    arena_free(&arena);
}

/* The organisation names its practice vote while it is open; what was voted in one that ended is forgotten. */
static void apply_standing(struct change *change, const json_t *poll)
{
    bool open = poll_is(poll, "open");
    struct id none = {{0}};
    if (open) {
        organisation_set_practice(change, change->poll, json_get_integer(poll, "number"));
    } else if (id_equal(practice_current(change->txn), change->poll)) {
        organisation_set_practice(change, none, 0);
        poll_counts_again(change);
    }
}

void poll_apply(struct change *change)
{
    static const struct {
        uint8_t type;
        void (*apply)(struct change *change, json_t *poll);
    } table[] = {
        {EVENT_POLL_DEFINED, apply_defined},   {EVENT_POLL_OPENED, apply_opened},
        {EVENT_ROLL_ADDED, apply_roll_added},  {EVENT_POLL_CLOSED, apply_closed},
        {EVENT_POLL_EXTENDED, apply_extended}, {EVENT_POLL_CANCELLED, apply_cancelled},
        {EVENT_RESULT, apply_result},          {EVENT_POLL_REOPENED, apply_reopened},
    };
    if (change->type == EVENT_POLL_DRAFT) {
        apply_json(change);
        return;
    }
    if (change->type == EVENT_POLL_WISH) {
        poll_apply_wish(change);
        return;
    }
    if (change->type == EVENT_BALLOT) {
        poll_counts_ballot(change);
        return;
    }
    json_t *poll = change_load(change, DOCUMENT_POLL, change->poll);
    if (poll == NULL) {
        return; /* its draft was erased */
    }
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (table[i].type == change->type) {
            table[i].apply(change, poll);
        }
    }
    if (json_get_flag(poll, "standing")) {
        apply_standing(change, poll);
    }
    poll_store(change, change->poll, poll);
}
