/* The one way in: a command becomes events, events become documents.
 *
 *   assembly_execute: repeated command? → rights → handler (reads and emits) → append → apply
 *   assembly_finish:  counts documents, one checkpoint for all of the transaction
 *   assembly_complete: the answer of each command, receipts under that checkpoint
 *
 * A handler that refuses has emitted into the request's arena only, so nothing is written. Events are judged by the record's
 * rules before the first of a command is appended; that a later one of the same command is good is the handler's promise,
 * and asserted. What was carried out is known by answer.c. */
#include "assembly/erasure.h"
#include "assembly/member.h"
#include "assembly/registry.h"
#include "assembly/work.h"
#include "base/fatal.h"

#include <stdlib.h>
#include <string.h>

/* ---- repeated commands ---- */

/* Keyed with the folder's secret: the digest stands in events that an export shows, and parameters (an e-mail address) could
 * be guessed from a plain hash. */
static struct hash compute_digest(const struct request *request)
{
    struct buffer bytes;
    json_t *content = json_copy(request->params);
    json_object_del(content, "command");
    buffer_init(&bytes, 8 * 1024 * 1024);
    buffer_expect(&bytes, JSON_USUAL);
    buffer_append(&bytes, request->command->method, strlen(request->command->method) + 1);
    json_write_sorted(&bytes, content);
    assert_always(buffer_ok(&bytes));
    struct hash digest = secret_derive(request_txn(request), buffer_slice(&bytes));
    buffer_free(&bytes);
    json_decref(content);
    return digest;
}

struct hash request_digest(const struct request *request)
{
    struct work *work = request->work;
    if (!work->has_digest) {
        work->digest = compute_digest(request);
        work->has_digest = true;
    }
    return work->digest;
}

struct id answer_owner(const struct request *request)
{
    if (!id_is_none(request->work->acting)) {
        return request->work->acting;
    }
    return request->caller.kind == CALLER_MEMBER ? request->caller.member : (struct id){{0}};
}

/* ---- applying ---- */

/* json: what the payload says; NULL for binary types and erased payloads. */
static void apply_parsed(struct work *work, const struct event *event, const struct record_at *at,
                         const json_t *json)
{
    struct change change = {
        .assembly = work->assembly,
        .txn = work->txn,
        .seq = at->seq,
        .time_ms = at->time_ms,
        .type = event->type,
        .poll = event->poll,
        .payload = event->payload,
        .json = json,
        .work = work,
    };
    record_apply(work->txn, event, at);
    if (json != NULL) {
        answer_apply(&change);
    }
    registry_apply(&change);
}

void event_apply(struct work *work, const struct event *event, const struct record_at *at)
{
    json_t *json = NULL;
    if (event_kind_of(event->type)->is_json) {
        json = event->payload.size > 0 ? json_parse_own(event->payload)
                                       : residue_of(work->txn, at->seq);
    }
    apply_parsed(work, event, at, json);
    json_decref(json);
}

/* ---- appending ---- */

static bool is_keyed(const struct request *request)
{
    return (request->command->flags & COMMAND_SELF_KEYED) == 0;
}

/* {"command","method","by","digest"} first, then the payload's own keys. */
static json_t *payload_with_command(const struct request *request, const json_t *payload)
{
    json_t *whole = json_object();
    if (is_keyed(request) && json_object_get(payload, "by") == NULL) {
        struct hash digest = request_digest(request);
        json_put(whole, "command", json_id(request_id(request, "command")));
        json_put(whole, "method", json_text(slice_text(request->command->method)));
        json_put(whole, "by", request_by(request));
        json_put(whole, "digest", json_base64url(hash_slice(&digest)));
    } else if (json_object_get(payload, "by") == NULL) {
        json_put(whole, "by", request_by(request));
    }
    json_object_update(whole, (json_t *)(uintptr_t)payload);
    return whole;
}

/* The JSON stays beside its bytes: it is applied as it is, where a replay reads it from them. */
static void serialise(struct request *request, struct emitted *event)
{
    struct buffer bytes;
    json_t *whole = payload_with_command(request, event->json);
    buffer_init(&bytes, PAYLOAD_MAX);
    buffer_expect(&bytes, JSON_USUAL);
    json_write(&bytes, whole);
    assert_always(buffer_ok(&bytes));
    event->payload = arena_copy(&request->work->arena, buffer_slice(&bytes));
    buffer_free(&bytes);
    json_decref(event->json);
    event->json = whole;
}

/* An act stands just before the first binary event of a command that is not its own key. */
static void insert_act(struct request *request)
{
    struct work *work = request->work;
    size_t first = 0;
    while (first < work->event_count && event_kind_of(work->events[first].type)->is_json) {
        first++;
    }
    if (!is_keyed(request) || first == work->event_count) {
        return;
    }
    work_make_room(work);
    memmove(&work->events[first + 1], &work->events[first],
            (work->event_count - first) * sizeof *work->events);
    work->events[first] = (struct emitted){.type = EVENT_ACT, .json = json_object()};
    work->event_count++;
}

static void append_one(struct assembly *assembly, struct request *request,
                       const struct emitted *emitted)
{
    uint8_t salt[SALT_SIZE];
    struct event event = {.type = emitted->type,
                          .poll = emitted->poll,
                          .payload = emitted->payload,
                          .note = emitted->note};
    assembly->random(salt, sizeof salt);
    struct record_at at = {.seq = ledger_append(assembly->ledger, assembly->txn, &event, salt),
                           .time_ms = assembly->now_ms};
    if (request->seq == 0 && event.type != EVENT_ACT) {
        request->seq = at.seq;
    }
    apply_parsed(request->work, &event, &at, emitted->json);
}

static enum error judge_one(struct assembly *assembly, const struct emitted *emitted, uint64_t seq)
{
    struct event event = {.type = emitted->type,
                          .poll = emitted->poll,
                          .payload = emitted->payload,
                          .note = emitted->note};
    struct record_at at = {.seq = seq, .time_ms = assembly->now_ms, .signature_known_good = true};
    return record_judge(assembly->txn, &event, &at);
}

/* The first binary event is judged before anything is appended, so a refusal still leaves no trace. */
static enum error append_all(struct assembly *assembly, struct request *request)
{
    struct work *work = request->work;
    size_t first = work->event_count;
    for (size_t i = 0; i < work->event_count && first == work->event_count; i++) {
        if (!event_kind_of(work->events[i].type)->is_json) {
            first = i;
        }
    }
    if (first < work->event_count && !work->events[first].judged) {
        enum error error =
            judge_one(assembly, &work->events[first], ledger_next(assembly->ledger) + first);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    for (size_t i = 0; i < work->event_count; i++) {
        if (i > first && !event_kind_of(work->events[i].type)->is_json) {
            assert_always(judge_one(assembly, &work->events[i], ledger_next(assembly->ledger)) ==
                          ERROR_NONE);
        }
        append_one(assembly, request, &work->events[i]);
    }
    return ERROR_NONE;
}

/* ---- executing ---- */

static bool answers_repeat(const struct request *request)
{
    return is_keyed(request) && (request->command->flags & COMMAND_SESSION) == 0;
}

/* Accepted, and the record has nothing of it. Personal documents go by their own times; what an operator brings in by what is
 * there; secrets by what their handler knows of them. */
static bool changed_nothing(const struct request *request)
{
    return answers_repeat(request) && request->work->event_count == 0 && request->result == NULL &&
           request->caller.kind == CALLER_MEMBER &&
           (request->command->flags & (COMMAND_PERSONAL | COMMAND_OWN_REPEATS)) == 0;
}

/* A handler that moved the caller's own standing has said so itself. */
static bool moves_caller(const struct request *request)
{
    struct payload_member value;
    for (size_t i = 0; i < request->work->event_count; i++) {
        const struct emitted *event = &request->work->events[i];
        if (event->type == EVENT_MEMBER &&
            payload_decode_member(event->payload, &value) == ERROR_NONE &&
            id_equal(value.member, request->caller.member)) {
            return true;
        }
    }
    return false;
}

/* Acting ends a pause, whatever the act. */
static void wake_caller(struct request *request)
{
    bool session = (request->command->flags & COMMAND_SESSION) != 0;
    if (!session && request->work->event_count > 0 && !moves_caller(request)) {
        member_wake(request);
    }
}

/* The scope of an access token, then the roles. */
static enum error check_right(struct store_txn *txn, const struct request *request)
{
    enum error error = token_check(&request->caller, request->command);
    if (error == ERROR_NONE && (caller_who(txn, &request->caller) & request->command->who) == 0) {
        error = request->caller.kind == CALLER_NOBODY ? ERROR_SESSION_NONE : ERROR_RIGHT_MISSING;
    }
    return error;
}

static enum error execute_write(struct assembly *assembly, struct request *request)
{
    struct hash known;
    uint64_t seq;
    if (answers_repeat(request) && answer_find(assembly->txn, answer_owner(request),
                                               request_id(request, "command"), &known, &seq)) {
        if (!hash_equal(known, request_digest(request))) {
            return request_fault(request, "command", ERROR_CONFLICT);
        }
        request->seq = seq;
        return ERROR_NONE;
    }
    enum error error = check_right(assembly->txn, request);
    if (error == ERROR_NONE) {
        error = request->command->handle(request);
    }
    if (error != ERROR_NONE) {
        return error;
    }
    wake_caller(request);
    insert_act(request);
    for (size_t i = 0; i < request->work->event_count; i++) {
        if (request->work->events[i].json != NULL) {
            serialise(request, &request->work->events[i]);
        }
    }
    error = append_all(assembly, request);
    if (error == ERROR_NONE && changed_nothing(request)) {
        answer_keep(assembly->txn, answer_owner(request), request_id(request, "command"),
                    request_digest(request));
    }
    return error;
}

static void work_end(struct work *work)
{
    for (size_t i = 0; i < work->event_count; i++) {
        json_decref(work->events[i].json);
    }
    arena_free(&work->arena);
}

enum error assembly_execute(struct assembly *assembly, struct request *request)
{
    struct work work = {.assembly = assembly,
                        .txn = assembly->txn,
                        .batch = &assembly->batch,
                        .actor = request->caller.member};
    assert_always(assembly->txn != NULL && command_is_write(request->command));
    if (!request->shape_checked) {
        enum error shape = assembly_check_shape(request);
        if (shape != ERROR_NONE) {
            return shape;
        }
    }
    arena_init(&work.arena, WORK_ARENA_MAX);
    request->work = &work;
    request->now_ms = assembly->now_ms;
    enum error error = execute_write(assembly, request);
    request->work = NULL;
    work_end(&work);
    if (error == ERROR_NONE) {
        error = store_error(assembly->txn);
    }
    if (error != ERROR_NONE) {
        request_clear(request);
    }
    return error;
}

enum error assembly_read(struct assembly *assembly, struct store_txn *txn, struct request *request)
{
    struct work work = {.assembly = assembly, .txn = txn};
    if (!request->shape_checked) {
        enum error shape = assembly_check_shape(request);
        if (shape != ERROR_NONE) {
            return shape;
        }
    }
    enum error error = check_right(txn, request);
    if (error != ERROR_NONE) {
        return error;
    }
    if (request->command->handle == NULL) {
        return ERROR_METHOD_UNKNOWN; /* answered by the WebSocket carrier alone */
    }
    arena_init(&work.arena, WORK_ARENA_MAX);
    request->work = &work;
    error = request->command->handle(request);
    request->work = NULL;
    arena_free(&work.arena);
    if (error == ERROR_NONE) {
        error = store_error(txn);
    }
    if (error != ERROR_NONE) {
        request_clear(request);
    }
    return error;
}

/* ---- the transaction ---- */

void assembly_begin(struct assembly *assembly, struct store_txn *txn, uint64_t now_ms)
{
    assert_always(assembly->txn == NULL);
    assembly->txn = txn;
    assembly->now_ms = ledger_begin(assembly->ledger, now_ms);
    batch_clear(&assembly->batch);
}

void assembly_finish(struct assembly *assembly)
{
    struct work work = {.assembly = assembly, .txn = assembly->txn, .batch = &assembly->batch};
    if (assembly->batch.renew) {
        held_write_all(&work);
        assembly_derive(assembly);
    } else {
        batch_finish(&work);
    }
    ledger_seal(assembly->ledger, assembly->txn);
}

/* The number of a thing that this command made, as people see it. */
static void answer_number(struct request *request, struct id id)
{
    json_t *document = document_load(request_txn(request), request->command->creates, id);
    json_t *number = document == NULL ? NULL : json_object_get(document, "number");
    if (number != NULL) {
        json_object_set(request->result, "number", number);
    }
    json_decref(document);
}

void assembly_complete(struct assembly *assembly, struct request *request)
{
    struct work work = {.assembly = assembly, .txn = assembly->txn};
    bool session = (request->command->flags & COMMAND_SESSION) != 0;
    request->work = &work;
    if (request->result == NULL) {
        request->result = json_object();
    }
    if ((request->command->flags & COMMAND_CREATES) != 0) {
        struct id id = request_id(request, "id");
        json_put(request->result, "id", json_id(id));
        answer_number(request, id);
    }
    if (!session) {
        json_put(request->result, "seq", json_number(request->seq));
    }
    if (request->command->answer != NULL) {
        request->command->answer(request);
    }
    request->work = NULL;
}

void assembly_committed(struct assembly *assembly)
{
    ledger_committed(assembly->ledger);
    assembly->txn = NULL;
}

void assembly_aborted(struct assembly *assembly)
{
    ledger_aborted(assembly->ledger);
    batch_clear(&assembly->batch);
    assembly->txn = NULL;
}

bool assembly_renewed(const struct assembly *assembly)
{
    return assembly->batch.renew;
}

const struct topic_change *assembly_changes(const struct assembly *assembly, size_t *count)
{
    *count = assembly->batch.changes.count;
    return assembly->batch.changes.items;
}

const struct id *assembly_touched_members(const struct assembly *assembly, size_t *count)
{
    *count = assembly->batch.touched_count;
    return assembly->batch.touched;
}

struct ledger *assembly_ledger(struct assembly *assembly)
{
    return assembly->ledger;
}
