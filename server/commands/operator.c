/* The operator's desk: one way for the program's own commands to act, whether a server runs or not.
 *
 * With a server: HTTP/1.1 over DIR/control, one connection per message, JSON-RPC batches; who may open the socket (mode
 * 0600 in a 0700 folder) is the operator, so there is nothing else to prove. Without: the folder's lock is taken and the
 * calls run here, all of one send in one write transaction, through the same batch as the server's writer.
 * Either way the same commands with the same checks: there is one way in. Start reading at operator_open(). */
#include "server/commands/operator.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/memory.h"
#include "server/engine/clock.h"
#include "server/engine/shelf.h"

enum { ANSWER_MAX = 128 << 20 };

struct operator_desk {
    char control[sizeof((struct sockaddr_un *)0)->sun_path];
    struct folder *folder; /* NULL = a server runs */
};

static int fail(char *message, const char *what)
{
    snprintf(message, FOLDER_MESSAGE_SIZE, "%s", what);
    return -1;
}

/* ---- a running server ---- */

static int connect_control(const struct operator_desk *desk)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0) {
        return -1;
    }
    memcpy(address.sun_path, desk->control, sizeof address.sun_path);
    if (connect(file, (struct sockaddr *)&address, sizeof address) != 0) {
        close(file);
        return -1;
    }
    return file;
}

static bool send_all(int file, struct slice bytes)
{
    while (bytes.size > 0) {
        ssize_t sent = send(file, bytes.data, bytes.size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        bytes = slice_of(bytes.data + sent, bytes.size - (size_t)sent);
    }
    return true;
}

static bool read_all(int file, struct buffer *answer)
{
    uint8_t part[16384];
    for (;;) {
        ssize_t size = read(file, part, sizeof part);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            return size == 0 && buffer_ok(answer);
        }
        buffer_append(answer, part, (size_t)size);
    }
}

/* The body behind the head of an answer with status 200; size 0 = another status, or no answer. */
static struct slice answer_body(const struct buffer *answer)
{
    static const char good[] = "HTTP/1.1 200 ";
    const uint8_t *end =
        answer->size == 0 ? NULL : memmem(answer->data, answer->size, "\r\n\r\n", 4);
    if (end == NULL || memcmp(answer->data, good, sizeof good - 1) != 0) {
        return slice_of(NULL, 0);
    }
    return slice_of(end + 4, answer->size - (size_t)(end + 4 - answer->data));
}

/* One request, one answer, parsed: a new reference, or NULL with a message. */
static json_t *ask(const struct operator_desk *desk, const char *line, struct slice body,
                   char *message)
{
    json_t *parsed = NULL;
    struct buffer bytes;
    int file = connect_control(desk);
    if (file < 0) {
        fail(message, "the server does not answer on its control socket");
        return NULL;
    }
    buffer_init(&bytes, ANSWER_MAX);
    buffer_format(&bytes, "%s HTTP/1.1\r\nHost: control\r\nConnection: close\r\n", line);
    if (body.size > 0) {
        buffer_format(&bytes, "Content-Type: application/json\r\nContent-Length: %zu\r\n",
                      body.size);
    }
    buffer_append_text(&bytes, "\r\n");
    buffer_append_slice(&bytes, body);
    bool sent = send_all(file, buffer_slice(&bytes));
    buffer_clear(&bytes);
    if (sent && read_all(file, &bytes) && answer_body(&bytes).size > 0 &&
        json_parse(answer_body(&bytes), &parsed) != ERROR_NONE) {
        parsed = NULL;
    }
    if (parsed == NULL) {
        fail(message, "the server's answer could not be read");
    }
    close(file);
    buffer_free(&bytes);
    return parsed;
}

static void take_answer(struct operator_call *call, const json_t *answer)
{
    const json_t *error = json_object_get(answer, "error");
    const json_t *data = json_object_get(error, "data");
    if (error == NULL) {
        call->error = ERROR_NONE;
        call->result = json_incref(json_object_get(answer, "result"));
        return;
    }
    const char *reason = json_string_value(json_object_get(data, "reason"));
    call->error = error_find(reason == NULL ? "" : reason);
    struct slice field = json_get_text(data, "field");
    snprintf(call->field, sizeof call->field, "%.*s", (int)field.size, (const char *)field.data);
}

static bool send_remote(const struct operator_desk *desk, struct operator_call *calls, size_t count,
                        char *message)
{
    json_t *batch = json_array();
    struct buffer body;
    for (size_t at = 0; at < count; at++) {
        json_t *request = json_object();
        json_put(request, "jsonrpc", json_text(slice_text("2.0")));
        json_put(request, "id", json_number(at));
        json_put(request, "method", json_text(slice_text(calls[at].method)));
        json_put(request, "params", json_incref(calls[at].params));
        json_array_append_new(batch, request);
    }
    buffer_init(&body, ANSWER_MAX);
    json_write(&body, batch);
    json_decref(batch);
    json_t *answers = ask(desk, "POST /rpc", buffer_slice(&body), message);
    buffer_free(&body);
    bool good = answers != NULL && json_array_size(answers) == count;
    for (size_t at = 0; good && at < count; at++) {
        take_answer(&calls[at], json_array_get(answers, at));
    }
    if (answers != NULL && !good) {
        fail(message, "the server refused the whole message");
    }
    json_decref(answers);
    return good;
}

/* ---- the folder itself ---- */

/* Refused before the batch, or a job for it. */
static bool prepare(struct operator_call *call, struct job *job)
{
    const struct command *command = command_find(slice_text(call->method));
    if (command == NULL) {
        call->error = ERROR_METHOD_UNKNOWN;
        return false;
    }
    job->request = (struct request){.command = command,
                                    .params = json_incref(call->params),
                                    .caller = {.kind = CALLER_OPERATOR}};
    job->owner = call;
    call->error = command_allows(command, CALLER_OPERATOR) ? assembly_check_shape(&job->request)
                                                           : ERROR_RIGHT_MISSING;
    return call->error == ERROR_NONE;
}

static void take_job(struct operator_call *call, struct job *job)
{
    if (call->error == ERROR_NONE) {
        call->error = job->error;
        call->result = job->error == ERROR_NONE ? json_incref(job->request.result) : NULL;
    }
    if (job->request.field != NULL) {
        snprintf(call->field, sizeof call->field, "%s", job->request.field);
    }
    json_decref(job->request.result);
    json_decref(job->request.params);
}

static void read_now(struct operator_desk *desk, struct job *job)
{
    struct store_txn *txn;
    job->request.now_ms = clock_wall_ms();
    job->error = store_begin(desk->folder->store, STORE_READ, &txn);
    if (job->error == ERROR_NONE) {
        job->error = assembly_read(desk->folder->assembly, txn, &job->request);
        store_abort(txn);
    }
}

static bool send_direct(struct operator_desk *desk, struct operator_call *calls, size_t count,
                        char *message)
{
    struct job *jobs = memory_new(count, sizeof *jobs);
    struct job **writes = memory_new(count, sizeof(struct job *));
    size_t write_count = 0;
    for (size_t at = 0; at < count; at++) {
        if (!prepare(&calls[at], &jobs[at])) {
            continue;
        }
        if (command_is_write(jobs[at].request.command)) {
            writes[write_count++] = &jobs[at];
        } else {
            read_now(desk, &jobs[at]);
        }
    }
    struct batch_changes changes = {.topics.count = 0};
    struct batch_counters counters = {.commits = 0};
    uint64_t now_ms = clock_wall_ms();
    bool sound =
        write_count == 0 || batch_run(&folder_calls, desk->folder, writes, write_count, now_ms,
                                      clock_local_year(now_ms), &changes, &counters);
    for (size_t at = 0; at < count; at++) {
        take_job(&calls[at], &jobs[at]);
    }
    batch_changes_free(&changes);
    free(writes);
    free(jobs);
    if (!sound) {
        fail(message, "the store failed; nothing is known to be written");
    }
    return sound;
}

static void nobody_waits(void *context)
{
    (void)context;
}

bool operator_sweep(struct operator_desk *desk, const char *dir, char message[FOLDER_MESSAGE_SIZE])
{
    if (desk->folder == NULL) {
        return true; /* the server sweeps within a minute */
    }
    const struct shelf_options options = {.dir = dir,
                                          .max_bytes = UINT64_MAX / 2,
                                          .store = desk->folder->store,
                                          .now_ms = clock_wall_ms,
                                          .wake = nobody_waits};
    struct shelf *shelf = shelf_open(&options, message); /* sweeps as it opens */
    if (shelf != NULL) {
        shelf_close(shelf);
    }
    return shelf != NULL;
}

/* ---- both ---- */

enum error operator_open(const char *dir, struct operator_desk **desk,
                         char message[FOLDER_MESSAGE_SIZE])
{
    struct operator_desk *opened = memory_new(1, sizeof *opened);
    int size = snprintf(opened->control, sizeof opened->control, "%s/control", dir);
    bool fits = size > 0 && (size_t)size < sizeof opened->control;
    int file = fits ? connect_control(opened) : -1;
    enum error error = ERROR_NONE;
    if (file >= 0) {
        close(file);
    } else {
        error = folder_open(dir, NULL, NULL, &opened->folder, message);
    }
    if (error != ERROR_NONE) {
        free(opened);
        return error;
    }
    if (opened->folder != NULL) {
        char zone[64];
        folder_zone(opened->folder, zone);
        clock_set_zone(zone);
    }
    *desk = opened;
    return ERROR_NONE;
}

void operator_close(struct operator_desk *desk)
{
    if (desk->folder != NULL) {
        folder_close(desk->folder);
    }
    free(desk);
}

bool operator_send(struct operator_desk *desk, struct operator_call *calls, size_t count,
                   char message[FOLDER_MESSAGE_SIZE])
{
    bool sound = count <= OPERATOR_CALLS_MAX;
    if (!sound) {
        fail(message, "too many commands at once");
    } else if (count > 0 && desk->folder == NULL) {
        sound = send_remote(desk, calls, count, message);
    } else if (count > 0) {
        sound = send_direct(desk, calls, count, message);
    }
    for (size_t at = 0; at < count; at++) {
        json_decref(calls[at].params);
        calls[at].params = NULL;
    }
    return sound;
}

bool operator_do(struct operator_desk *desk, struct operator_call *call,
                 char message[FOLDER_MESSAGE_SIZE])
{
    const struct command *command = command_find(slice_text(call->method));
    if (command != NULL && command_is_write(command) &&
        json_object_get(call->params, "command") == NULL) {
        uint8_t random[ID_SIZE];
        crypto_random(random, sizeof random);
        json_put(call->params, "command", json_id(id_from_random(random)));
    }
    return operator_send(desk, call, 1, message);
}

json_t *operator_topic(struct operator_desk *desk, const char *name)
{
    if (desk->folder == NULL) {
        char line[256];
        char message[FOLDER_MESSAGE_SIZE];
        snprintf(line, sizeof line, "GET /topic/%s", name);
        return ask(desk, line, slice_of(NULL, 0), message);
    }
    static const struct caller caller = {.kind = CALLER_OPERATOR};
    struct store_txn *txn;
    struct topic topic;
    json_t *documents = NULL;
    if (store_begin(desk->folder->store, STORE_READ, &txn) != ERROR_NONE) {
        return NULL;
    }
    if (topic_find(txn, slice_text(name), &caller, &topic) == ERROR_NONE) {
        struct buffer array;
        buffer_init(&array, FOLDER_TOPIC_MAX);
        folder_topic(txn, topic, &array);
        documents = json_parse_own(buffer_slice(&array));
        buffer_free(&array);
    }
    store_abort(txn);
    return documents;
}

void operator_calls_free(struct operator_call *calls, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        json_decref(calls[at].result);
        calls[at].result = NULL;
    }
}

void operator_member_by_email(struct operator_desk *desk, const char *email,
                              char text[ID_TEXT_SIZE])
{
    json_t *documents = operator_topic(desk, "members/private");
    text[0] = '\0';
    for (size_t at = 0; at < json_array_size(documents) && text[0] == '\0'; at++) {
        const json_t *document = json_array_get(documents, at);
        const char *its = json_string_value(json_object_get(document, "email"));
        if (its != NULL && strcasecmp(its, email) == 0) {
            id_format(json_get_id(document, "id"), text);
        }
    }
    json_decref(documents);
}
