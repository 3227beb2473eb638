/* The engine without sockets: real signature workers, the real writer and a real folder on the disk; this thread does what
 * the net loop does with a message between its bytes and the bytes of its answer.
 *
 * engine VOTERS FOLDER   makes an organisation of so many voters in FOLDER/organisation, says "ready", then for each number
 *                        that it reads, one storm with so many workers: everybody casts in a new vote. The messages are left in FOLDER/messages, one a line. Prints one line of JSON:
 *                        CPU and wall time in microseconds per ballot, ballots and commits.
 *
 * Signing and checking the answers stand outside the measured time. Start at storm(). */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/encoding.h"
#include "base/memory.h"
#include "ledger/ballot.h"
#include "ledger/payload.h"
#include "ledger/record.h"
#include "server/engine/clock.h"
#include "server/engine/folder.h"
#include "server/engine/writer.h"

enum { VOTERS_MAX = 20000, MESSAGE_MAX = 4096, ANSWER_MAX = 65536, SETUP_GROUP = 500 };

struct voter {
    struct id member;
    struct key_pair key;
    struct buffer message; /* of this storm */
    struct buffer answer;
    struct job job;
    json_t *envelope;
};

struct bench {
    struct folder *folder;
    struct id org, poll;
    struct hash poll_hash;
    struct voter *voters;
    size_t count;
    uint64_t made;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool woken;
};

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "engine: %s: %s\n", what, why);
    exit(1);
}

/* ---- the organisation ---- */

static struct id new_id(struct bench *bench)
{
    uint64_t count = ++bench->made;
    return id_from_hash(crypto_hash(slice_of(&count, sizeof count)));
}

static json_t *object_of(struct bench *bench, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    json_t *params = json_vpack_ex(NULL, 0, format, arguments);
    va_end(arguments);
    json_put(params, "command", json_id(new_id(bench)));
    return params;
}

static void check_jobs(struct job *const *jobs, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        if (jobs[at]->error != ERROR_NONE) {
            const char *field = jobs[at]->request.field;
            fprintf(stderr, "engine: field %s\n", field == NULL ? "-" : field);
            fail(command_method(jobs[at]->request.command), error_reason(jobs[at]->error));
        }
    }
}

/* The same command for every voter, in groups. */
static void everybody(struct bench *bench, const char *method,
                      void (*prepare)(struct bench *bench, struct voter *voter))
{
    struct job *jobs[SETUP_GROUP];
    for (size_t from = 0; from < bench->count; from += SETUP_GROUP) {
        size_t count = bench->count - from < SETUP_GROUP ? bench->count - from : SETUP_GROUP;
        struct batch_changes changes = {.topics.count = 0};
        struct batch_counters counters = {.commits = 0};
        for (size_t at = 0; at < count; at++) {
            struct voter *voter = &bench->voters[from + at];
            json_t *last = voter->job.request.result; /* prepare() may read it */
            jobs[at] = &voter->job;
            prepare(bench, voter);
            json_decref(last);
            voter->job.request.result = NULL;
            voter->job.request.command = command_find(slice_text(method));
            voter->job.request.shape_checked = false;
        }
        uint64_t now_ms = clock_wall_ms();
        if (!batch_run(&folder_calls, bench->folder, jobs, count, now_ms, clock_local_year(now_ms),
                       &changes, &counters)) {
            fail(method, "the store failed");
        }
        check_jobs(jobs, count);
        for (size_t at = 0; at < count; at++) {
            json_decref(jobs[at]->request.params);
        }
        batch_changes_free(&changes);
    }
}

static void prepare_invitation(struct bench *bench, struct voter *voter)
{
    voter->member = new_id(bench);
    voter->job.request.caller = (struct caller){.kind = CALLER_OPERATOR};
    voter->job.request.params = object_of(bench, "{s:s,s:s,s:[s]}", "name", "Membre", "class",
                                          "members", "roles", "facilitator");
    json_put(voter->job.request.params, "id", json_id(voter->member));
}

static void prepare_joining(struct bench *bench, struct voter *voter)
{
    struct slice link = json_get_text(voter->job.request.result, "link");
    size_t skip = strlen("/join#");
    voter->job.request.caller = (struct caller){.kind = CALLER_NOBODY};
    voter->job.request.params = object_of(bench, "{s:s}", "language", "fr");
    json_put(voter->job.request.params, "token",
             json_text(slice_of(link.data + skip, link.size - skip)));
}

static void prepare_key(struct bench *bench, struct voter *voter)
{
    uint8_t seed[SEED_SIZE] = {0};
    struct buffer body;
    memcpy(seed, voter->member.bytes, ID_SIZE);
    voter->key = crypto_key_pair(seed);
    struct payload_key_added added = {.org = bench->org,
                                      .member = voter->member,
                                      .pk = voter->key.public_key,
                                      .kind = KEY_DEVICE,
                                      .via = VIA_INVITATION};
    buffer_init(&body, 256);
    payload_key_body(&body, &added);
    crypto_sign(&voter->key, buffer_slice(&body), added.proof);
    buffer_free(&body);
    voter->job.request.caller = (struct caller){.kind = CALLER_MEMBER, .member = voter->member};
    voter->job.request.params = json_object();
    json_put(voter->job.request.params, "pk", json_base64url(hash_slice(&added.pk)));
    json_put(voter->job.request.params, "proof",
             json_base64url(slice_of(added.proof, SIGNATURE_SIZE)));
}

static void one(struct bench *bench, const char *method, json_t *params)
{
    struct job job = {.request.command = command_find(slice_text(method)),
                      .request.caller = {.kind = CALLER_MEMBER, .member = bench->voters[0].member},
                      .request.params = params};
    struct job *jobs[] = {&job};
    struct batch_changes changes = {.topics.count = 0};
    struct batch_counters counters = {.commits = 0};
    uint64_t now_ms = clock_wall_ms();
    batch_run(&folder_calls, bench->folder, jobs, 1, now_ms, clock_local_year(now_ms), &changes,
              &counters);
    check_jobs(jobs, 1);
    json_decref(job.request.result);
    json_decref(params);
    batch_changes_free(&changes);
}

static void open_vote(struct bench *bench)
{
    struct store_txn *txn;
    struct record_poll record = {0};
    bench->poll = new_id(bench);
    json_t *params = object_of(bench, "{s:s,s:[],s:{s:s,s:s,s:s},s:s,s:s}", "kind", "decision",
                               "about", "question", "fr", "Oui ?", "nl", "Ja?", "en", "Yes?",
                               "method", "yes-no", "mode", "named");
    json_put(params, "id", json_id(bench->poll));
    one(bench, "poll.define", params);
    params = object_of(bench, "{}");
    json_put(params, "id", json_id(bench->poll));
    one(bench, "poll.open", params);
    if (store_begin(bench->folder->store, STORE_READ, &txn) != ERROR_NONE ||
        !record_poll(txn, bench->poll, &record)) {
        fail("vote", "not there");
    }
    bench->poll_hash = record.poll_hash;
    store_abort(txn);
}

static void found(struct bench *bench, const char *folder)
{
    char dir[4096], message[FOLDER_MESSAGE_SIZE];
    json_t *languages = json_pack("[sss]", "fr", "nl", "en");
    bench->org = new_id(bench);
    struct assembly_founding founding = {.org = bench->org,
                                         .name = slice_text("Mesure"),
                                         .legal_form = slice_text(""),
                                         .time_zone = slice_text("Europe/Brussels"),
                                         .log_name = slice_text("mesure/log"),
                                         .languages = languages,
                                         .now_ms = clock_wall_ms()};
    snprintf(dir, sizeof dir, "%s/organisation", folder);
    if (folder_create(dir, &founding, message) != ERROR_NONE ||
        folder_open(dir, NULL, NULL, &bench->folder, message) != ERROR_NONE) {
        fail(dir, message);
    }
    json_decref(languages);
    everybody(bench, "member.invite", prepare_invitation);
    everybody(bench, "session.join", prepare_joining);
    everybody(bench, "device.enrol", prepare_key);
    for (size_t at = 0; at < bench->count; at++) {
        json_decref(bench->voters[at].job.request.result);
    }
}

/* ---- ballots ---- */

static void sign(const struct bench *bench, struct voter *voter)
{
    uint8_t choice[2] = {FORM_YES_NO, voter->member.bytes[0] % 2 == 0 ? CHOICE_YES : CHOICE_NO};
    struct ballot ballot = {.org = bench->org,
                            .poll = bench->poll,
                            .poll_hash = bench->poll_hash,
                            .voter = voter->member,
                            .on_behalf_of = voter->member,
                            .device_pk = voter->key.public_key,
                            .counter = 1,
                            .weight = 1,
                            .choice = slice_of(choice, sizeof choice)};
    char poll[ID_TEXT_SIZE];
    struct buffer tbs;
    crypto_random(ballot.nonce, sizeof ballot.nonce);
    buffer_init(&tbs, 512);
    ballot_encode_tbs(&tbs, &ballot);
    crypto_sign(&voter->key, buffer_slice(&tbs), ballot.signature);
    id_format(bench->poll, poll);
    buffer_clear(&voter->message);
    buffer_format(
        &voter->message,
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ballot.cast\",\"params\":{\"poll\":\"%s\","
        "\"tbs\":\"",
        poll);
    encoding_base64url(&voter->message, buffer_slice(&tbs));
    buffer_append_text(&voter->message, "\",\"sig\":\"");
    encoding_base64url(&voter->message, slice_of(ballot.signature, SIGNATURE_SIZE));
    buffer_append_text(&voter->message, "\"}}");
    buffer_free(&tbs);
}

static void write_messages(const struct bench *bench, const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/messages", folder);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        fail(path, strerror(errno));
    }
    for (size_t at = 0; at < bench->count; at++) {
        const struct buffer *message = &bench->voters[at].message;
        fprintf(file, "%.*s\n", (int)message->size, (const char *)message->data);
    }
    if (fclose(file) != 0) {
        fail(path, strerror(errno));
    }
}

/* ---- the storm ---- */

static void wake(void *context)
{
    struct bench *bench = context;
    pthread_mutex_lock(&bench->lock);
    bench->woken = true;
    pthread_mutex_unlock(&bench->lock);
    pthread_cond_signal(&bench->wake);
}

static void sleep_until_woken(struct bench *bench)
{
    pthread_mutex_lock(&bench->lock);
    while (!bench->woken) {
        pthread_cond_wait(&bench->wake, &bench->lock);
    }
    bench->woken = false;
    pthread_mutex_unlock(&bench->lock);
}

/* From bytes to a checked request on its way. */
static void submit(struct writer *writer, struct voter *voter)
{
    voter->job = (struct job){.owner = voter};
    struct request *request = &voter->job.request;
    if (json_parse(buffer_slice(&voter->message), &voter->envelope) != ERROR_NONE) {
        fail("message", "not JSON");
    }
    request->command = command_find(json_get_text(voter->envelope, "method"));
    request->params = json_object_get(voter->envelope, "params");
    request->caller = (struct caller){.kind = CALLER_MEMBER, .member = voter->member};
    if (assembly_check_shape(request) != ERROR_NONE) {
        fail("message", "bad shape");
    }
    writer_submit(writer, &voter->job);
}

/* From the result to the bytes of an answer. */
static void answer(struct voter *voter)
{
    buffer_clear(&voter->answer);
    buffer_append_text(&voter->answer, "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":");
    if (voter->job.request.result != NULL) {
        json_write(&voter->answer, voter->job.request.result);
    }
    buffer_append_text(&voter->answer, "}");
    json_decref(voter->job.request.result);
    json_decref(voter->envelope);
}

static size_t answer_batches(struct writer *writer)
{
    size_t count = 0;
    struct writer_batch *batch = writer_take(writer);
    while (batch != NULL) {
        struct writer_batch *next = batch->next;
        for (struct job *job = batch->jobs; job != NULL; job = job->next) {
            answer(job->owner);
            count++;
        }
        writer_batch_free(batch);
        batch = next;
    }
    return count;
}

static void check_answers(const struct bench *bench)
{
    for (size_t at = 0; at < bench->count; at++) {
        const struct voter *voter = &bench->voters[at];
        if (voter->job.error != ERROR_NONE) {
            fail("ballot", error_reason(voter->job.error));
        }
        if (memmem(voter->answer.data, voter->answer.size, "tlog-proof", 10) == NULL) {
            fail("ballot", "no receipt");
        }
    }
}

static void storm(struct bench *bench, unsigned workers, const char *folder)
{
    open_vote(bench);
    for (size_t at = 0; at < bench->count; at++) {
        sign(bench, &bench->voters[at]);
    }
    write_messages(bench, folder);
    struct writer_options options = {.calls = &folder_calls,
                                     .context = bench->folder,
                                     .workers = workers,
                                     .wake = wake,
                                     .wake_context = bench};
    struct writer *writer = writer_start(&options);
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t at = 0; at < bench->count; at++) {
        submit(writer, &bench->voters[at]);
    }
    for (size_t answered = 0; answered < bench->count;) {
        sleep_until_woken(bench);
        answered += answer_batches(writer);
    }
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    wall = seconds(CLOCK_MONOTONIC) - wall;
    struct batch_counters counters = writer_counters(writer);
    writer_stop(writer);
    writer_free(writer);
    check_answers(bench);
    printf("{\"cpu_us\":%.3f,\"wall_us\":%.3f,\"ballots\":%llu,\"commits\":%llu}\n",
           cpu * 1e6 / (double)bench->count, wall * 1e6 / (double)bench->count,
           (unsigned long long)counters.ballots, (unsigned long long)counters.commits);
}

int main(int count, char **args)
{
    static struct bench bench = {.lock = PTHREAD_MUTEX_INITIALIZER,
                                 .wake = PTHREAD_COND_INITIALIZER};
    unsigned workers;
    bench.count = count == 3 ? strtoul(args[1], NULL, 10) : 0;
    if (bench.count == 0 || bench.count > VOTERS_MAX || !crypto_start()) {
        fprintf(stderr, "usage: engine VOTERS FOLDER, then numbers of workers\n");
        return 2;
    }
    bench.voters = memory_new(bench.count, sizeof *bench.voters);
    for (size_t at = 0; at < bench.count; at++) {
        buffer_init(&bench.voters[at].message, MESSAGE_MAX);
        buffer_init(&bench.voters[at].answer, ANSWER_MAX);
    }
    found(&bench, args[2]);
    printf("ready\n");
    fflush(stdout);
    while (scanf("%u", &workers) == 1) {
        storm(&bench, workers, args[2]);
        fflush(stdout);
    }
    folder_close(bench.folder);
    return 0;
}
