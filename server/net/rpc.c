/* JSON-RPC 2.0: one dispatch for all carriers.
 *
 * A conversation is one message being answered: a request, or on /rpc a batch, whose requests run in order and not as
 * one. It goes run by run: a run is some writes and at most one read, its last. The writes travel to the writer together,
 * which executes them in order, each by itself, and commits them as one group; when all are back their answers are
 * written, then the read is answered from a transaction that has seen them. So a batch of writes costs few commits, no
 * request sees less than what stands before it, and the reply leaves only after the commits that hold it.
 * What is looked at here, in this order: the envelope, the method, the carrier, the session, the rate, the shape of the
 * parameters. Rights, state and time are for the assembly.
 *
 * Guards, each with a test of its name: bad_json, bad_envelope, unknown_method, session_methods_only_over_rpc,
 * feed_only_over_websocket, no_session, rate_limited, too_many_in_batch. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/engine/log.h"
#include "server/net/internal.h"

enum {
    BATCH_MAX = 1000,
    RUN_MAX = 128, /* writes of one message in one commit: everybody else waits as long */
    REPLY_MAX = 64 << 20
};

struct conversation *conversation_new(struct net *net, enum carrier carrier)
{
    struct conversation *conversation = memory_new(1, sizeof *conversation);
    conversation->net = net;
    conversation->number = ++net->last_request;
    conversation->carrier = carrier;
    buffer_init(&conversation->reply, REPLY_MAX);
    return conversation;
}

struct log_source conversation_source(const struct conversation *conversation)
{
    const struct caller *caller = &conversation->caller;
    struct log_source source = {.request = conversation->number};
    if (conversation->connection != NULL) {
        source.connection = conversation->connection->number;
    }
    bool session = caller->kind == CALLER_MEMBER || caller->kind == CALLER_SCREEN;
    for (size_t at = 0; session && at < sizeof source.session / 2; at++) {
        snprintf(source.session + 2 * at, 3, "%02x", caller->session.bytes[at]);
    }
    return source;
}

void conversation_free(struct conversation *conversation)
{
    for (size_t at = 0; at < conversation->run_count; at++) {
        json_decref(conversation->turns[at].job.request.params);
        json_decref(conversation->turns[at].job.request.result);
    }
    free(conversation->turns);
    json_decref(conversation->message);
    if (conversation->upload != NULL) {
        shelf_release(conversation->net->shelf, conversation->upload);
    }
    crypto_wipe(conversation->session_token, sizeof conversation->session_token);
    buffer_free(&conversation->reply);
    free(conversation);
}

static int code_of(enum error error)
{
    switch (error) {
    case ERROR_INPUT_BAD_JSON:
    case ERROR_INPUT_BAD_UTF8:
    case ERROR_INPUT_TOO_DEEP:
    case ERROR_INPUT_DUPLICATE_KEY:
        return -32700;
    case ERROR_INPUT_BAD_REQUEST:
        return -32600;
    case ERROR_METHOD_UNKNOWN:
        return -32601;
    case ERROR_INPUT_UNKNOWN_FIELD:
    case ERROR_INPUT_MISSING_FIELD:
    case ERROR_INPUT_BAD_VALUE:
    case ERROR_INPUT_TOO_BIG:
        return -32602;
    default:
        return -32000;
    }
}

static void write_head(struct buffer *reply, const json_t *id)
{
    buffer_append_text(reply, "{\"jsonrpc\":\"2.0\",\"id\":");
    if (id == NULL) {
        buffer_append_text(reply, "null");
    } else {
        json_write(reply, id);
    }
}

void rpc_write_error(struct buffer *reply, const json_t *id, enum error error, const char *field,
                     uint64_t retry_after_ms)
{
    write_head(reply, id);
    buffer_format(reply, ",\"error\":{\"code\":%d,\"message\":", code_of(error));
    json_write_string(reply, slice_text(error_sentence(error)));
    buffer_append_text(reply, ",\"data\":{\"reason\":");
    json_write_string(reply, slice_text(error_reason(error)));
    if (field != NULL) {
        buffer_append_text(reply, ",\"field\":");
        json_write_string(reply, slice_text(field));
    }
    if (retry_after_ms > 0) {
        buffer_format(reply, ",\"retry_after_ms\":%llu", (unsigned long long)retry_after_ms);
    }
    buffer_append_text(reply, "}}}");
}

void rpc_refuse(struct buffer *reply, enum error error)
{
    rpc_write_error(reply, NULL, error, NULL, 0);
}

/* ---- one request ---- */

struct envelope {
    const json_t *id; /* NULL = a notification: no answer */
    struct slice method;
    json_t *params; /* borrowed; NULL = none */
};

/* Guard: bad_envelope. */
static enum error read_envelope(const json_t *item, struct envelope *envelope, const char **field)
{
    const char *key;
    json_t *value;
    bool version = false;
    if (!json_is_object(item)) {
        return ERROR_INPUT_BAD_REQUEST;
    }
    envelope->id = json_object_get(item, "id");
    json_object_foreach((json_t *)(uintptr_t)item, key, value)
    {
        *field = key;
        if (strcmp(key, "jsonrpc") == 0) {
            version = json_is_string(value) && strcmp(json_string_value(value), "2.0") == 0;
        } else if (strcmp(key, "method") == 0 && json_is_string(value)) {
            envelope->method = slice_of(json_string_value(value), json_string_length(value));
        } else if (strcmp(key, "params") == 0 && json_is_object(value)) {
            envelope->params = value;
        } else if (strcmp(key, "id") != 0 ||
                   !(json_is_string(value) || json_is_integer(value) || json_is_null(value))) {
            envelope->id = strcmp(key, "id") == 0 ? NULL : envelope->id;
            return ERROR_INPUT_BAD_REQUEST;
        }
    }
    *field = !version ? "jsonrpc" : "method";
    if (!version || envelope->method.size == 0) {
        return ERROR_INPUT_BAD_REQUEST;
    }
    *field = NULL;
    return ERROR_NONE;
}

static bool is_feed(struct slice method)
{
    return method.size > 5 && memcmp(method.data, "feed.", 5) == 0;
}

/* Guards: unknown_method, session_methods_only_over_rpc, feed_only_over_websocket. */
static const struct command *find_method(const struct conversation *conversation,
                                         struct slice method)
{
    const struct command *command = command_find(method);
    if (command == NULL) {
        return NULL;
    }
    bool socket = conversation->carrier == CARRIER_SOCKET;
    if ((command_is_session(command) && socket) || (is_feed(method) && !socket)) {
        return NULL;
    }
    return command;
}

/* Guard: no_session. A link may be opened by somebody who has a session: then as nobody. */
static enum error check_caller(const struct conversation *conversation,
                               const struct command *command, struct caller *caller)
{
    *caller = conversation->caller;
    if (caller->scopes != 0 && command_is_session(command)) {
        return ERROR_TOKEN_OUT_OF_SCOPE;
    }
    if (command_allows(command, caller->kind)) {
        return ERROR_NONE;
    }
    if (caller->kind == CALLER_MEMBER && command_allows(command, CALLER_NOBODY)) {
        *caller = (struct caller){.kind = CALLER_NOBODY};
        return ERROR_NONE;
    }
    if (caller->kind != CALLER_NOBODY) {
        return ERROR_RIGHT_MISSING;
    }
    return conversation->session_error != ERROR_NONE ? conversation->session_error
                                                     : ERROR_SESSION_NONE;
}

static enum limit_kind kind_of(const struct conversation *conversation,
                               const struct command *command)
{
    if (conversation->caller.kind == CALLER_NOBODY) {
        bool signs_in = command != NULL && command_is_session(command) &&
                        command_allows(command, CALLER_NOBODY);
        return signs_in ? LIMIT_SIGN_INS : LIMIT_STRANGERS;
    }
    if (command != NULL && command_is_voting(command)) {
        return LIMIT_BALLOTS;
    }
    return command != NULL && command_is_personal(command) ? LIMIT_PERSONAL : LIMIT_COMMANDS;
}

/* Guard: rate_limited. Unknown methods count as commands. */
static uint64_t check_rate(const struct conversation *conversation, const struct command *command)
{
    if (conversation->limit == NULL || (command != NULL && command_is_free(command))) {
        return 0;
    }
    const struct net *net = conversation->net;
    enum limit_kind kind = kind_of(conversation, command);
    uint64_t wait_ms = limits_take(net->limits, conversation->limit, kind, net->now_ms);
    bool somebody = conversation->caller.kind != CALLER_NOBODY;
    if (wait_ms == 0 && somebody && command != NULL && command_is_daily(command)) {
        wait_ms = limits_take(net->limits, conversation->limit, LIMIT_REPORTS, net->now_ms);
    }
    return wait_ms;
}

static void separate(struct conversation *conversation)
{
    if (conversation->batch && conversation->answered++ > 0) {
        buffer_append_text(&conversation->reply, ",");
    }
}

static void answer_error(struct conversation *conversation, const json_t *id, enum error error,
                         const char *field, uint64_t retry_after_ms)
{
    conversation->without_session += error == ERROR_SESSION_NONE || error == ERROR_SESSION_EXPIRED;
    if (id == NULL && error != ERROR_INPUT_BAD_REQUEST) {
        return;
    }
    separate(conversation);
    rpc_write_error(&conversation->reply, id, error, field, retry_after_ms);
}

/* Answers hold links without an origin: the library knows no address. */
static void complete_link(struct net *net, json_t *result)
{
    struct slice link = json_get_text(result, "link");
    if (link.size == 0 || link.data[0] != '/') {
        return;
    }
    struct buffer whole;
    buffer_init(&whole, ORIGIN_TEXT_MAX + link.size);
    buffer_append_text(&whole, net->origins[0].text);
    buffer_append_slice(&whole, link);
    json_put(result, "link", json_text(buffer_slice(&whole)));
    buffer_free(&whole);
}

/* written: the result where a read wrote it, else it is empty. */
static void answer_result(struct conversation *conversation, const json_t *id, json_t *result,
                          struct slice written)
{
    conversation->succeeded++;
    if (id == NULL) {
        return;
    }
    separate(conversation);
    complete_link(conversation->net, result);
    write_head(&conversation->reply, id);
    buffer_append_text(&conversation->reply, ",\"result\":");
    if (written.size > 0) {
        buffer_expect(&conversation->reply, written.size + 2); /* and what closes it */
        buffer_append_slice(&conversation->reply, written);
    } else if (result == NULL) {
        buffer_append_text(&conversation->reply, "{}");
    } else {
        json_write(&conversation->reply, result);
    }
    buffer_append_text(&conversation->reply, "}");
}

static void take_session(struct conversation *conversation, struct request *request)
{
    if (request->opens_session) {
        conversation->opens_session = true;
        memcpy(conversation->session_token, request->session_token, 32);
        conversation->session_max_age_s = request->session_max_age_s;
        crypto_wipe(request->session_token, sizeof request->session_token);
    }
    if (request->closes_session) {
        conversation->closes_session = true;
        net_recheck(conversation->net, caller_account(&request->caller));
    }
}

static void take_sleep(const struct conversation *conversation, const struct turn *turn)
{
    if (slice_equal(turn->method, slice_text("session.sleep"))) {
        rooms_sleep(conversation->net, &conversation->caller, conversation->connection,
                    json_get_flag(turn->job.request.params, "on"));
    }
}

/* Over the socket alone, where there are no batches. */
static void answer_feed(struct conversation *conversation, const struct turn *turn)
{
    const char *field = NULL;
    struct buffer *reply = &conversation->reply;
    bool subscribes = slice_equal(turn->method, slice_text("feed.subscribe"));
    const json_t *params = turn->job.request.params;
    size_t start = reply->size;
    write_head(reply, turn->id);
    buffer_append_text(reply, ",\"result\":");
    enum error error = subscribes ? feed_subscribe(conversation->connection, params, reply, &field)
                                  : feed_unsubscribe(conversation->connection, params);
    buffer_append_text(reply, subscribes ? "}" : "{}}");
    if (error != ERROR_NONE || turn->id == NULL) {
        reply->size = start;
    }
    if (error != ERROR_NONE) {
        answer_error(conversation, turn->id, error, field, 0);
    } else if (turn->id != NULL) {
        conversation->succeeded++;
    }
}

static void read_now(struct net *net, struct job *job)
{
    struct store_txn *txn = net_read(net);
    job->request.now_ms = clock_wall_ms();
    job->request.year = clock_local_year(job->request.now_ms);
    job->error = txn == NULL ? ERROR_STORAGE_FAILED
                             : assembly_read(net->folder->assembly, txn, &job->request);
}

/* Ballots are in no line: who votes at what time is nobody's. */
static void note_turn(const struct conversation *conversation, const struct turn *turn)
{
    const struct command *command = turn->job.request.command;
    bool ballot = command != NULL && command_is_ballot(command);
    if (!ballot && log_is_on(LOG_LEVEL_DEBUG)) {
        enum error error = turn->job.error;
        struct log_source source = conversation_source(conversation);
        log_line_of(LOG_LEVEL_DEBUG, "rpc", &source, "%s: %s",
                    command == NULL ? "no method" : command_method(command),
                    error == ERROR_NONE ? "done" : error_reason(error));
    }
}

static void count_ballot(struct metrics *metrics, const struct turn *turn)
{
    if (turn->job.error == ERROR_NONE) {
        metrics->ballots_accepted++;
        histogram_add(&metrics->ballot_commits, clock_monotonic_us() - turn->sent_us);
    } else {
        metrics->ballots_rejected[turn->job.error]++;
    }
}

static void count_turn(const struct conversation *conversation, const struct turn *turn)
{
    struct net *net = conversation->net;
    const struct command *command = turn->job.request.command;
    enum error error = turn->job.error;
    if (command != NULL && command_is_ballot(command)) {
        count_ballot(&net->metrics, turn);
    } else if (command != NULL && command_is_session(command) && command_is_write(command) &&
               command_allows(command, CALLER_NOBODY)) {
        net->metrics.sign_ins[error == ERROR_NONE ? 0 : 1]++;
        if (error != ERROR_NONE) {
            struct log_source source = conversation_source(conversation);
            notes_sign_in_refused(&net->notes, net->now_ms, &source, error_reason(error));
        }
    }
}

/* Everything before this turn has been carried out. */
static void answer_turn(struct conversation *conversation, struct turn *turn)
{
    struct buffer written;
    struct job *job = &turn->job;
    bool good = job->error == ERROR_NONE;
    buffer_init(&written, REPLY_MAX);
    count_turn(conversation, turn);
    if (good && is_feed(turn->method)) {
        answer_feed(conversation, turn);
    } else {
        if (good && !command_is_write(job->request.command)) {
            job->request.written = &written;
            read_now(conversation->net, job);
        }
        if (job->error != ERROR_NONE) {
            answer_error(conversation, turn->id, job->error, job->request.field,
                         turn->retry_after_ms);
        } else {
            take_session(conversation, &job->request);
            take_sleep(conversation, turn);
            if (command_frees_files(job->request.command)) {
                shelf_sweep_soon(conversation->net->shelf);
            }
            answer_result(conversation, turn->id, job->request.result, buffer_slice(&written));
        }
    }
    note_turn(conversation, turn);
    audit_turn(conversation, turn);
    json_decref(job->request.result);
    json_decref(job->request.params);
    job->request = (struct request){.result = NULL};
    buffer_free(&written);
}

/* Method, carrier, rate, session. */
static enum error admit(struct conversation *conversation, struct turn *turn)
{
    struct request *request = &turn->job.request;
    request->command = find_method(conversation, turn->method);
    turn->retry_after_ms = check_rate(conversation, request->command);
    if (turn->retry_after_ms > 0) {
        return ERROR_RATE_LIMITED;
    }
    return request->command == NULL
               ? ERROR_METHOD_UNKNOWN
               : check_caller(conversation, request->command, &request->caller);
}

/* All that can be said of a request before the store is asked: its error, or none. */
static enum error prepare(struct conversation *conversation, const json_t *item, struct turn *turn)
{
    struct envelope envelope = {.id = NULL};
    struct request *request = &turn->job.request;
    enum error error = read_envelope(item, &envelope, &request->field);
    turn->id = envelope.id;
    turn->method = envelope.method;
    if (error == ERROR_NONE) {
        error = admit(conversation, turn);
    }
    if (error == ERROR_NONE) {
        request->params = envelope.params == NULL ? json_object() : json_incref(envelope.params);
        error = assembly_check_shape(request);
    }
    if (error == ERROR_NONE && command_is_write(request->command) && conversation->net->stopping) {
        error = ERROR_SERVER_STOPPING;
    }
    return error;
}

/* ---- the message ---- */

static void finish(struct conversation *conversation)
{
    if (conversation->batch && conversation->answered > 0) {
        buffer_append_text(&conversation->reply, "]");
    } else if (conversation->batch) {
        buffer_clear(&conversation->reply);
    }
    conversation->finished = true;
    conversation->done(conversation);
}

static void answer_run(struct conversation *conversation)
{
    for (size_t at = 0; at < conversation->run_count; at++) {
        answer_turn(conversation, &conversation->turns[at]);
    }
    conversation->at += conversation->run_count;
    conversation->run_count = 0;
}

static size_t request_count(const struct conversation *conversation)
{
    return conversation->batch ? json_array_size(conversation->message) : 1;
}

/* Prepares requests from `at` on and sends the writes among them: up to RUN_MAX, or up to a read. */
static void start_run(struct conversation *conversation)
{
    size_t left = request_count(conversation) - conversation->at;
    struct job *first = NULL, **last = &first;
    bool reads = false;
    conversation->run_count = 0;
    while (!reads && conversation->run_count < left && conversation->run_count < RUN_MAX) {
        size_t at = conversation->at + conversation->run_count;
        struct turn *turn = &conversation->turns[conversation->run_count++];
        const json_t *item =
            conversation->batch ? json_array_get(conversation->message, at) : conversation->message;
        *turn = (struct turn){.job.owner = conversation};
        turn->job.error = prepare(conversation, item, turn);
        if (turn->job.error != ERROR_NONE) {
            continue;
        }
        if (command_is_write(turn->job.request.command)) {
            *last = &turn->job;
            last = &turn->job.next;
            turn->sent_us = command_is_ballot(turn->job.request.command) ? clock_monotonic_us() : 0;
            conversation->in_flight++;
        } else {
            reads = true;
        }
    }
    if (conversation->in_flight == 1) {
        writer_submit(conversation->net->writer, first);
    } else if (conversation->in_flight > 1) {
        writer_submit_all(conversation->net->writer, first);
    }
}

static void go_on(struct conversation *conversation)
{
    while (conversation->at < request_count(conversation)) {
        start_run(conversation);
        if (conversation->in_flight > 0) {
            return; /* rpc_resume goes on */
        }
        answer_run(conversation);
    }
    finish(conversation);
}

static void refuse_message(struct conversation *conversation, enum error error)
{
    conversation->fault = error;
    rpc_refuse(&conversation->reply, error);
    conversation->finished = true;
    conversation->done(conversation);
}

void rpc_start_parsed(struct conversation *conversation, json_t *message)
{
    conversation->message = message;
    if (json_is_array(message)) {
        size_t count = json_array_size(message);
        if (conversation->carrier == CARRIER_SOCKET || count == 0 || count > BATCH_MAX) {
            refuse_message(conversation, ERROR_INPUT_BAD_REQUEST);
            return;
        }
        conversation->batch = true;
        buffer_append_text(&conversation->reply, "[");
    }
    size_t count = request_count(conversation);
    conversation->turns =
        memory_new(count < RUN_MAX ? count : RUN_MAX, sizeof *conversation->turns);
    go_on(conversation);
}

void rpc_start(struct conversation *conversation, struct slice bytes)
{
    json_t *message = NULL;
    enum error error = json_parse(bytes, &message);
    if (error != ERROR_NONE) {
        refuse_message(conversation, error);
        return;
    }
    rpc_start_parsed(conversation, message);
}

void rpc_resume(struct conversation *conversation)
{
    if (--conversation->in_flight > 0) {
        return;
    }
    bool nobody = conversation->carrier == CARRIER_SOCKET ? conversation->connection == NULL
                                                          : conversation->owner == NULL;
    if (nobody) {
        conversation_free(conversation);
        return;
    }
    answer_run(conversation);
    go_on(conversation);
}
