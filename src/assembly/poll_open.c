/* Opening a vote: the roll is frozen, the definition is written, and from then on neither changes.
 *
 * One transaction holds, in this order, roll, poll-defined and poll-opened, then the steps of the proposals it decides. The
 * server's encoder is the only one there is, so what it wrote is decoded once before it enters the record: that is the proof
 * that everybody can read it. The lot is committed before the first ballot: a secret is drawn, the first link of its chain
 * stands in the definition, the secret itself in TABLE_SECRET until results show it link by link. Start at poll_open(). */
#include "assembly/member.h"
#include "assembly/organisation.h"
#include "assembly/poll_parts.h"
#include "assembly/practice.h"
#include "assembly/proposal.h"
#include "assembly/rule.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "ledger/payload.h"
#include "ledger/result.h"
#include "tally/tally.h"

#include <stdlib.h>
#include <string.h>

enum { OPENING_ARENA_MAX = 4 * 1024 * 1024, OPENED_MAX = 1024 };
#define WEIGHT_MAX ((UINT64_C(1) << 53) - 1)

struct opening {
    struct request *request;
    struct id id;
    const json_t *poll;
    struct roll_classes classes;
    struct roll_entry *entries; /* owned */
    size_t count;
    uint64_t closes_ms; /* 0 = by hand */
    struct payload_presence presence;
    struct hash lot[LOT_CHAIN + 1];
    struct arena arena;
    struct definition definition;
    struct buffer roll, bytes; /* payloads */
};

static struct id id_at(const json_t *list, size_t index)
{
    return json_get_id(json_array_get(list, index), "id");
}

/* The vote that this one follows left the proposal where it stands: it is voted on again. */
static bool asks_again(const struct opening *opening, struct id proposal)
{
    struct id before = json_get_id(json_object_get(opening->poll, "follows"), "id");
    return !id_is_none(poll_meeting(opening->poll)) && !id_is_none(before) &&
           id_equal(proposal_moved_by(request_txn(opening->request), proposal), before);
}

/* A decision is opened on proposals whose authors said they are ready. */
static enum error check_proposals(const struct opening *opening)
{
    const json_t *about = json_object_get(opening->poll, "about");
    bool decision = poll_word_is(opening->poll, "poll_kind", "decision");
    for (size_t i = 0; i < json_array_size(about); i++) {
        if (decision && !asks_again(opening, id_at(about, i)) &&
            proposal_state(request_txn(opening->request), id_at(about, i)) != PROPOSAL_READY) {
            return request_fault(opening->request, "id", ERROR_PROPOSAL_BAD_STATE);
        }
    }
    return ERROR_NONE;
}

/* The practice vote begins with whoever asked for it; classes do not matter there. */
static enum error make_practice_roll(struct opening *opening)
{
    opening->entries = memory_new(1, sizeof *opening->entries);
    opening->entries[0] =
        (struct roll_entry){.member = opening->request->caller.member, .weight = 1};
    opening->count = 1;
    roll_encode(&opening->roll, opening->entries, 1);
    return ERROR_NONE;
}

static enum error make_roll(struct opening *opening, const json_t *organisation)
{
    if (json_get_flag(opening->poll, "standing")) {
        return make_practice_roll(opening);
    }
    if (!roll_classes_of(organisation, &opening->classes)) {
        return request_fault(opening->request, "id", ERROR_INPUT_BAD_VALUE);
    }
    opening->count = electorate_roll(request_txn(opening->request), &opening->classes,
                                     opening->poll, &opening->entries);
    if (opening->count == 0) {
        return request_fault(opening->request, "id", ERROR_POLL_EMPTY_ROLL);
    }
    if (poll_word_is(opening->poll, "mode", "confidential") &&
        opening->count < CONFIDENTIAL_LEAST) {
        return request_fault(opening->request, "id", ERROR_POLL_TOO_FEW_FOR_CONFIDENTIAL);
    }
    roll_encode(&opening->roll, opening->entries, opening->count);
    return buffer_ok(&opening->roll) ? ERROR_NONE
                                     : request_fault(opening->request, "id", ERROR_INPUT_TOO_BIG);
}

/* ---- the definition ---- */

static int about_order(const void *a, const void *b)
{
    const struct definition_about *left = a, *right = b;
    return id_compare(left->id, right->id);
}

static void define_about(struct opening *opening)
{
    const json_t *about = json_object_get(opening->poll, "about");
    struct definition *definition = &opening->definition;
    size_t count = json_array_size(about);
    definition->n_about = (uint8_t)count;
    definition->about = arena_new(&opening->arena, count + 1, sizeof *definition->about);
    for (size_t i = 0; i < count; i++) {
        uint32_t version;
        definition->about[i].id = id_at(about, i);
        assert_always(proposal_about(request_txn(opening->request), definition->about[i].id,
                                     &version, &definition->about[i].hash));
    }
    qsort(definition->about, count, sizeof *definition->about, about_order);
}

/* A date of opening that has not come is not a promise any more: the vote opens now, by hand. */
static void define_times(struct opening *opening)
{
    uint64_t opens = (uint64_t)json_get_integer(opening->poll, "opens_ms");
    opening->definition.opens_ms = opens > opening->request->now_ms ? 0 : opens;
    opening->definition.closes_ms = opening->closes_ms;
}

static void define(struct opening *opening)
{
    struct definition *definition = &opening->definition;
    struct roll_summary roll = roll_summarise(opening->entries, opening->count);
    poll_describe(opening->poll, &opening->arena, definition);
    definition->org = request_org(opening->request);
    definition->poll = opening->id;
    definition->meeting = poll_meeting(opening->poll);
    definition->roll_root = roll.root;
    definition->roll_count = roll.count;
    definition->roll_weight = roll.weight;
    definition->lot_commit = opening->lot[0];
    definition->n_class = opening->classes.count;
    definition->classes = opening->classes.codes;
    request_random(opening->request, definition->nonce.bytes, ID_SIZE);
    define_times(opening);
    define_about(opening);
}

/* Every sum of points or grades is exact in JavaScript too (ledger.md, Roll). */
static bool weight_fits(const struct definition *definition)
{
    uint64_t most = definition->points;
    most = definition->grades > most + 1 ? (uint64_t)definition->grades - 1 : most;
    return definition->roll_weight <= WEIGHT_MAX / (most == 0 ? 1 : most);
}

static enum error write_definition(struct opening *opening)
{
    define(opening);
    enum error error = weight_fits(&opening->definition)
                           ? poll_write_definition(&opening->definition, &opening->bytes)
                           : ERROR_INPUT_TOO_BIG;
    return error == ERROR_INPUT_TOO_BIG ? request_fault(opening->request, "id", error) : error;
}

/* ---- events ---- */

static void keep_lot_secret(struct opening *opening, const struct hash *secret)
{
    struct index_key key = index_key(SECRET_LOT);
    uint8_t value[HASH_SIZE + 1];
    index_key_id(&key, opening->id);
    memcpy(value, secret->bytes, HASH_SIZE);
    value[HASH_SIZE] = 1; /* the next link to show */
    store_put(request_txn(opening->request), TABLE_SECRET, index_key_slice(&key),
              slice_of(value, sizeof value));
}

static void emit(struct opening *opening)
{
    struct request *request = opening->request;
    struct buffer opened;
    struct payload_poll_opened payload = {
        .poll_hash = definition_hash(buffer_slice(&opening->bytes)),
        .presence = opening->presence,
    };
    struct slice none = {0};
    buffer_init(&opened, OPENED_MAX);
    payload_encode_poll_opened(&opened, &payload);
    request_emit(request, EVENT_ROLL, opening->id, buffer_slice(&opening->roll), none);
    request_emit(request, EVENT_POLL_DEFINED, opening->id, buffer_slice(&opening->bytes), none);
    request_emit(request, EVENT_POLL_OPENED, opening->id, buffer_slice(&opened), none);
    buffer_free(&opened);
    if (poll_word_is(opening->poll, "poll_kind", "decision")) {
        poll_mark_proposals(request, opening->poll, opening->id, PROPOSAL_READY, PROPOSAL_VOTING);
        if (json_object_get(opening->poll, "follows") != NULL) {
            poll_take_back(request, opening->poll, opening->id);
        }
    }
}

/* ---- in a meeting ---- */

/* A part of the shares is asked where there are none: by the record's arithmetic nought of nought is enough, so that
 * anybody could decide. Such a vote does not open. */
static bool lacks_shares(const struct opening *opening, const struct rule *rule)
{
    uint64_t shares = 0;
    for (size_t i = 0; i < opening->count; i++) {
        shares += opening->entries[i].shares;
    }
    return rule->quorum_unit == UNIT_SHARES && shares == 0;
}

/* Who of the roll is there, and whether that is enough: if not, whoever opens it says that they saw it. */
static enum error meet(struct opening *opening)
{
    struct rule rule = {0};
    struct poll_shortage shortage;
    struct request *request = opening->request;
    struct id meeting = poll_meeting(opening->poll);
    enum error error = poll_meeting_check(request, meeting);
    if (error != ERROR_NONE) {
        return error;
    }
    if (!poll_meeting_is_second_now(request, opening->poll)) {
        return request_fault(request, "id", ERROR_RULE_BAD_STATE);
    }
    opening->presence = poll_presence_at_opening(request_txn(request), meeting, opening->entries,
                                                 opening->count, opening->classes.count);
    if (poll_word_is(opening->poll, "mode", "confidential") &&
        opening->presence.of[0].heads < CONFIDENTIAL_LEAST) {
        return request_fault(request, "id", ERROR_POLL_TOO_FEW_FOR_CONFIDENTIAL);
    }
    rule_read(json_object_get(opening->poll, "rule"), &rule);
    if (lacks_shares(opening, &rule)) {
        return request_fault(request, "id", ERROR_POLL_NO_SHARES);
    }
    if (!poll_falls_short(request_txn(request), meeting, &rule, opening->entries, opening->count,
                          &opening->presence, &shortage)) {
        return ERROR_NONE;
    }
    if (!json_get_flag(request->params, "seen")) {
        return request_fault(request, "seen", ERROR_MEETING_BELOW_QUORUM);
    }
    poll_emit_seen(request, opening->poll, &shortage);
    return ERROR_NONE;
}

/* As planned, or, in a meeting, so many seconds from now. */
static enum error check_closing(struct opening *opening)
{
    const struct request *request = opening->request;
    uint64_t seconds = (uint64_t)json_get_integer(request->params, "seconds");
    if (seconds != 0 && id_is_none(poll_meeting(opening->poll))) {
        return request_fault(opening->request, "seconds", ERROR_INPUT_BAD_VALUE);
    }
    opening->closes_ms = seconds == 0 ? (uint64_t)json_get_integer(opening->poll, "closes_ms")
                                      : request->now_ms + seconds * 1000;
    return opening->closes_ms != 0 && opening->closes_ms <= request->now_ms
               ? request_fault(opening->request, "id", ERROR_POLL_BAD_TIME)
               : ERROR_NONE;
}

static enum error open_now(struct opening *opening)
{
    struct hash secret = {{0}};
    struct request *request = opening->request;
    enum error error = check_closing(opening);
    if (error == ERROR_NONE) {
        error = check_proposals(opening);
    }
    json_t *organisation = organisation_load(request_txn(request));
    if (error == ERROR_NONE) {
        error = make_roll(opening, organisation);
    }
    if (error == ERROR_NONE && !id_is_none(poll_meeting(opening->poll))) {
        error = meet(opening);
    }
    if (error == ERROR_NONE) {
        request_random(request, secret.bytes, HASH_SIZE);
        lot_chain(&secret, opening->lot);
        error = write_definition(opening);
    }
    if (error == ERROR_NONE) {
        emit(opening);
        member_wake(request);
        keep_lot_secret(opening, &secret);
    }
    json_decref(organisation);
    crypto_wipe(&secret, sizeof secret);
    crypto_wipe(opening->lot, sizeof opening->lot);
    return error;
}

static enum error open_with(struct opening *opening)
{
    arena_init(&opening->arena, OPENING_ARENA_MAX);
    buffer_init(&opening->roll, PAYLOAD_MAX);
    buffer_init(&opening->bytes, DEFINITION_MAX);
    enum error error = open_now(opening);
    free(opening->entries);
    buffer_free(&opening->bytes);
    buffer_free(&opening->roll);
    arena_free(&opening->arena);
    return error;
}

enum error poll_open(struct request *request)
{
    json_t *poll;
    struct opening opening = {.request = request};
    enum error error = poll_find(request, "id", &opening.id, &poll);
    if (error != ERROR_NONE) {
        return error;
    }
    opening.poll = poll;
    error = !poll_may_manage(request, poll) ? ERROR_RIGHT_MISSING
            : !poll_is(poll, "draft")       ? request_fault(request, "id", ERROR_POLL_BAD_STATE)
                                            : open_with(&opening);
    json_decref(poll);
    return error;
}

/* ---- the practice vote ---- */

enum error poll_open_practice(struct request *request, struct id id)
{
    struct opening opening = {.request = request, .id = id};
    if (document_exists(request_txn(request), DOCUMENT_POLL, id)) {
        return request_fault(request, "id", ERROR_CONFLICT);
    }
    json_t *draft = practice_draft(request, id);
    json_t *poll = json_deep_copy(draft); /* as its document will be */
    json_put(poll, "poll_kind", json_text(json_get_text(draft, "kind")));
    opening.poll = poll;
    request_emit_json(request, EVENT_POLL_DRAFT, draft);
    enum error error = open_with(&opening);
    json_decref(poll);
    return error;
}
