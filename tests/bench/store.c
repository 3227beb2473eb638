/* Large folders, and what checking and importing them costs with nothing around it.
 *
 * store make DIR EVENTS    the organisation that `engine` left in DIR votes until its record holds so many events: votes
 *                          defined, opened and closed by the real commands; ballots signed, judged, appended, applied and
 *                          sealed as the writer does, one transaction for each vote.
 * store apply DIR FOLDER   every event of DIR decoded, its commitment, leaf and tree hashed, and applied in the new FOLDER,
 *                          4,096 in a transaction; then every signature of a ballot. The limit of `palabre check`.
 * store rows DIR FOLDER    every commitment, leaf and tree hashed, and every row that stands in DIR put into the new FOLDER,
 *                          in the order in which they came to be and in as many durable transactions. The limit of an import.
 * store run PROGRAM …      runs it to its end, with its output on standard error.
 *
 * Each prints one line of JSON with what was done and its CPU time in microseconds. Start at main(). */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "assembly/search.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "ledger/ballot.h"
#include "ledger/record.h"
#include "server/engine/batch.h"
#include "server/engine/clock.h"
#include "server/engine/folder.h"

enum { VOTERS_MAX = 20000, SIGNERS = 2, BATCH = 4096, PAYLOAD_SIZE = 512, OPEN_LAST = 3 };

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "store: %s: %s\n", what, why);
    exit(1);
}

static void must(const char *what, enum error error)
{
    if (error != ERROR_NONE) {
        fail(what, error_reason(error));
    }
}

static uint64_t cpu_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static struct store *open_store(const char *dir, bool create, bool durable)
{
    struct store *store;
    char message[256];
    struct store_options options = {.read_only = !create, .not_durable = create && !durable};
    if (store_open(dir, create, &options, &store, message) != ERROR_NONE) {
        fail(dir, message);
    }
    return store;
}

static struct store_txn *begin(struct store *store, enum store_access access)
{
    struct store_txn *txn;
    must("begin", store_begin(store, access, &txn));
    return txn;
}

/* ---- make ---- */

struct voter {
    struct id member;
    struct key_pair key;
    uint8_t payload[PAYLOAD_SIZE];
    size_t size;
};
struct making {
    struct folder *folder;
    struct voter *voters;
    size_t count;
    struct id org, poll;
    struct hash poll_hash;
};
struct signing {
    const struct making *making;
    size_t from, to;
};

/* The keys that engine drew: from the member's id. */
static bool take_member(void *context, struct slice key, struct slice value)
{
    struct making *making = context;
    struct voter *voter = &making->voters[making->count];
    uint8_t seed[SEED_SIZE] = {0};
    (void)value;
    if (key.size != 1 + ID_SIZE || making->count == VOTERS_MAX) {
        return making->count < VOTERS_MAX;
    }
    memcpy(voter->member.bytes, key.data + 1, ID_SIZE);
    memcpy(seed, voter->member.bytes, ID_SIZE);
    voter->key = crypto_key_pair(seed);
    making->count++;
    return true;
}

/* Those who have the key that engine gave them: imported authors have none. */
static void find_voters(struct making *making)
{
    struct store_txn *txn = begin(making->folder->store, STORE_READ);
    struct record_key known;
    size_t kept = 0;
    store_scan(txn, TABLE_RECORD, slice_text("M"), take_member, making);
    for (size_t i = 0; i < making->count; i++) {
        if (record_key(txn, &making->voters[i].key.public_key, &known)) {
            making->voters[kept++] = making->voters[i];
        }
    }
    making->count = kept;
    making->org = record_org(txn);
    store_abort(txn);
    if (kept == 0) {
        fail("voters", "nobody has a key");
    }
}

static void command(struct making *making, const char *method, json_t *params)
{
    uint8_t random[ID_SIZE];
    crypto_random(random, sizeof random);
    json_put(params, "command", json_id(id_from_random(random)));
    json_put(params, "id", json_id(making->poll));
    struct job job = {.request.command = command_find(slice_text(method)),
                      .request.caller = {.kind = CALLER_MEMBER, .member = making->voters[0].member},
                      .request.params = params};
    struct job *jobs[] = {&job};
    struct batch_changes changes = {.topics.count = 0};
    struct batch_counters counters = {.commits = 0};
    uint64_t now_ms = clock_wall_ms();
    if (!batch_run(&folder_calls, making->folder, jobs, 1, now_ms, clock_local_year(now_ms),
                   &changes, &counters)) {
        fail(method, "the store failed");
    }
    must(method, job.error);
    json_decref(job.request.result);
    json_decref(params);
    batch_changes_free(&changes);
}

static void open_vote(struct making *making)
{
    uint8_t random[ID_SIZE];
    struct record_poll record;
    crypto_random(random, sizeof random);
    making->poll = id_from_random(random);
    command(making, "poll.define",
            json_pack("{s:s,s:[],s:{s:s,s:s,s:s},s:s,s:s}", "kind", "decision", "about", "question",
                      "fr", "Faut-il un potager ?", "nl", "Een moestuin?", "en", "A garden?",
                      "method", "yes-no", "mode", "named"));
    command(making, "poll.open", json_object());
    struct store_txn *txn = begin(making->folder->store, STORE_READ);
    if (!record_poll(txn, making->poll, &record)) {
        fail("vote", "not there");
    }
    making->poll_hash = record.poll_hash;
    store_abort(txn);
}

static void sign_one(const struct making *making, struct voter *voter)
{
    struct buffer bytes;
    struct ballot ballot = {.org = making->org,
                            .poll = making->poll,
                            .poll_hash = making->poll_hash,
                            .voter = voter->member,
                            .on_behalf_of = voter->member,
                            .device_pk = voter->key.public_key,
                            .counter = 1,
                            .weight = 1};
    crypto_random(ballot.nonce, sizeof ballot.nonce);
    uint8_t choice[2] = {FORM_YES_NO, ballot.nonce[0] % 3 == 0 ? CHOICE_NO : CHOICE_YES};
    ballot.choice = slice_of(choice, sizeof choice);
    buffer_init(&bytes, PAYLOAD_SIZE);
    ballot_encode_tbs(&bytes, &ballot);
    crypto_sign(&voter->key, buffer_slice(&bytes), ballot.signature);
    buffer_append(&bytes, ballot.signature, SIGNATURE_SIZE);
    voter->size = bytes.size;
    memcpy(voter->payload, bytes.data, bytes.size);
    buffer_free(&bytes);
}

static void *sign_some(void *context)
{
    const struct signing *signing = context;
    for (size_t i = signing->from; i < signing->to; i++) {
        sign_one(signing->making, &signing->making->voters[i]);
    }
    return NULL;
}

static void sign_all(struct making *making)
{
    struct signing parts[SIGNERS];
    pthread_t threads[SIGNERS];
    for (size_t i = 0; i < SIGNERS; i++) {
        parts[i] = (struct signing){.making = making,
                                    .from = making->count * i / SIGNERS,
                                    .to = making->count * (i + 1) / SIGNERS};
        pthread_create(&threads[i], NULL, sign_some, &parts[i]);
    }
    for (size_t i = 0; i < SIGNERS; i++) {
        pthread_join(threads[i], NULL);
    }
}

/* What the writer does with ballots, in one transaction. */
static void cast_all(struct making *making, uint64_t most)
{
    struct assembly *assembly = making->folder->assembly;
    struct store_txn *txn = begin(making->folder->store, STORE_WRITE);
    assembly_begin(assembly, txn, clock_wall_ms());
    struct work work = {.assembly = assembly, .txn = txn, .batch = &assembly->batch};
    for (size_t i = 0; i < making->count && i < most; i++) {
        uint8_t salt[SALT_SIZE];
        const struct voter *voter = &making->voters[i];
        struct event event = {.type = EVENT_BALLOT,
                              .poll = making->poll,
                              .payload = slice_of(voter->payload, voter->size)};
        struct record_at at = {.seq = ledger_next(assembly->ledger),
                               .time_ms = assembly->now_ms,
                               .signature_known_good = true};
        must("ballot", record_judge(txn, &event, &at));
        crypto_random(salt, sizeof salt);
        ledger_append(assembly->ledger, txn, &event, salt);
        event_apply(&work, &event, &at);
    }
    assembly_finish(assembly);
    must("ballots", store_commit(txn));
    assembly_committed(assembly);
}

static void make(const char *dir, uint64_t events)
{
    struct making making = {.voters = memory_new(VOTERS_MAX, sizeof *making.voters)};
    char message[FOLDER_MESSAGE_SIZE];
    if (folder_open(dir, NULL, NULL, &making.folder, message) != ERROR_NONE) {
        fail(dir, message);
    }
    find_voters(&making);
    uint64_t votes = 0, before = cpu_us();
    const struct ledger *ledger = assembly_ledger(making.folder->assembly);
    while (ledger_size(ledger) < events) {
        open_vote(&making);
        if (ledger_size(ledger) < events) {
            sign_all(&making);
            cast_all(&making, events - ledger_size(ledger));
        }
        if (ledger_size(ledger) + making.count * OPEN_LAST < events) {
            command(&making, "poll.close", json_object());
        }
        votes++;
    }
    printf("{\"events\":%llu,\"votes\":%llu,\"voters\":%zu,\"cpu_us\":%llu}\n",
           (unsigned long long)ledger_size(ledger), (unsigned long long)votes, making.count,
           (unsigned long long)(cpu_us() - before));
    folder_close(making.folder);
    free(making.voters);
}

/* ---- apply ---- */

static uint64_t verify_all(struct store_txn *txn, uint64_t *ballots)
{
    struct ledger_entry entry;
    struct ballot ballot;
    uint64_t before = cpu_us();
    for (uint64_t seq = 0; ledger_read(txn, seq, &entry); seq++) {
        if (entry.leaf.type == EVENT_BALLOT) {
            must("ballot", ballot_decode(entry.event.payload, &ballot));
            if (!ballot_signature_is_good(&ballot)) {
                fail("ballot", "bad signature");
            }
            ++*ballots;
        }
    }
    return cpu_us() - before;
}

/* Decoded, hashed (ledger_append_leaf) and applied. */
static uint64_t apply_all(struct store_txn *from, struct store *to)
{
    struct batch batch = {.quiet = true};
    struct ledger *ledger;
    struct ledger_entry entry;
    uint64_t seq = 0;
    struct store_txn *txn = begin(to, STORE_READ);
    must("ledger", ledger_open(txn, NULL, &ledger));
    store_abort(txn);
    for (bool more = true; more;) {
        txn = begin(to, STORE_WRITE);
        batch_clear(&batch);
        struct work work = {.txn = txn, .batch = &batch};
        for (unsigned n = 0; n < BATCH && (more = ledger_read(from, seq, &entry)); n++, seq++) {
            struct record_at at = {.seq = seq, .time_ms = entry.leaf.time_ms};
            must("leaf",
                 ledger_append_leaf(ledger, txn, entry.leaf_bytes, entry.salt, &entry.event));
            event_apply(&work, &entry.event, &at);
        }
        batch_finish(&work);
        must("commit", store_commit(txn));
        ledger_committed(ledger);
    }
    ledger_close(ledger);
    batch_free(&batch);
    return seq;
}

static void apply(const char *dir, const char *folder)
{
    struct store *from = open_store(dir, false, false), *to = open_store(folder, true, false);
    struct store_txn *txn = begin(from, STORE_READ);
    uint64_t before = cpu_us(), ballots = 0;
    uint64_t events = apply_all(txn, to);
    uint64_t applied = cpu_us() - before;
    uint64_t verified = verify_all(txn, &ballots);
    printf("{\"events\":%llu,\"ballots\":%llu,\"apply_us\":%llu,\"verify_us\":%llu}\n",
           (unsigned long long)events, (unsigned long long)ballots, (unsigned long long)applied,
           (unsigned long long)verified);
    store_abort(txn);
    store_close(from);
    store_close(to);
}

/* ---- rows ---- */

struct row {
    uint64_t born; /* the last event that wrote it */
    uint64_t place;
    enum table table;
    struct slice key, value;
};
struct rows {
    struct row *items;
    size_t count, capacity;
    uint64_t events, documents; /* of the folder; documents that are searched */
    enum table table;
};

/* A document says its rev near its head. */
static uint64_t rev_of(struct slice document)
{
    static const char name[] = "\"rev\":";
    const uint8_t *at = memmem(document.data, document.size, name, sizeof name - 1);
    return at == NULL ? 0 : strtoull((const char *)at + sizeof name - 1, NULL, 10);
}

static uint32_t number_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Documents that are searched were numbered in their order. */
static uint64_t born_of_number(const struct rows *rows, uint32_t number)
{
    return number * rows->events / (rows->documents + 1);
}

static uint64_t born_of(const struct rows *rows, struct slice key, struct slice value)
{
    uint64_t spread = bytes_get_u64(crypto_hash(key).bytes) % (rows->events + 1), found = 0;
    switch (rows->table) {
    case TABLE_LEAF:
    case TABLE_OPENING:
    case TABLE_NOTE:
        return bytes_get_u64(key.data);
    case TABLE_CHECKPOINT:
        return bytes_get_u64(key.data) - 1;
    case TABLE_NODE:
        return ((bytes_get_u64(key.data + 1) + 1) << key.data[0]) - 1;
    case TABLE_ANSWER:
        return bytes_get_u64(value.data + HASH_SIZE);
    case TABLE_DOCUMENT:
        return rev_of(value);
    case TABLE_PLACE:
    case TABLE_TOPIC:
        return bytes_get_u64((rows->table == TABLE_PLACE ? value.data : key.data) + TOPIC_KEY_SIZE);
    case TABLE_INDEX:
        found = key.data[0] == INDEX_SEARCHED ? born_of_number(rows, number_at(key.data + 1)) : 0;
        return found == 0 ? spread : found;
    default:
        return spread; /* says nothing of its time */
    }
}

static void add_row(struct rows *rows, uint64_t born, struct slice key, struct slice value)
{
    if (rows->count == rows->capacity) {
        rows->capacity = rows->capacity == 0 ? 4096 : 2 * rows->capacity;
        rows->items = memory_resize(rows->items, rows->capacity, sizeof *rows->items);
    }
    rows->items[rows->count] = (struct row){
        .born = born, .place = rows->count, .table = rows->table, .key = key, .value = value};
    rows->count++;
}

/* The folder keeps the documents of a word together; here each word of a document is a row of its own, as plain an index as
 * there can be, written when its document is. */
static void add_word_rows(struct rows *rows, struct slice key, struct slice value)
{
    struct search_bits bits = {{0}};
    search_bits_add(&bits, value);
    for (uint32_t at = 0; at < SEARCH_BLOCK; at++) {
        if ((bits.of[at / 64] >> at % 64 & 1) != 0) {
            uint32_t number = search_block_of_key(key) * SEARCH_BLOCK + at;
            uint8_t *own = memory_copy(key.data, key.size);
            bytes_put_u32(own + key.size - 4, UINT32_MAX - number);
            add_row(rows, born_of_number(rows, number), slice_of(own, key.size), slice_text(""));
        }
    }
}

static bool take_row(void *context, struct slice key, struct slice value)
{
    struct rows *rows = context;
    if (rows->table == TABLE_INDEX && key.data[0] == INDEX_WORD) {
        add_word_rows(rows, key, value);
    } else {
        add_row(rows, born_of(rows, key, value), key, value);
    }
    return true;
}

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    return a->born != b->born ? (a->born < b->born ? -1 : 1) : (a->place < b->place ? -1 : 1);
}

static bool count_document(void *context, struct slice key, struct slice value)
{
    struct rows *rows = context;
    (void)key;
    (void)value;
    rows->documents++;
    return true;
}

static void hash_event(struct store_txn *txn, uint64_t seq, struct merkle_edge *edge)
{
    struct ledger_entry entry;
    struct merkle_made made[MERKLE_MAX_LEVELS];
    if (ledger_read(txn, seq, &entry)) {
        struct hash commitment =
            event_commitment(entry.salt.data, entry.leaf.type, entry.event.payload);
        if (!hash_equal(commitment, entry.leaf.commitment)) {
            fail("event", "another commitment");
        }
        merkle_edge_add(edge, merkle_leaf(entry.leaf_bytes), made);
    }
}

/* A transaction ends where the folder has a checkpoint. */
static void put_rows(struct store_txn *from, const struct rows *rows, struct store *to)
{
    struct merkle_edge edge = merkle_edge_empty();
    struct store_txn *txn = begin(to, STORE_WRITE);
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->items[i];
        if (row->table == TABLE_LEAF) {
            hash_event(from, bytes_get_u64(row->key.data), &edge);
        }
        store_put(txn, row->table, row->key, row->value);
        if (row->table == TABLE_CHECKPOINT) {
            must("commit", store_commit(txn));
            txn = begin(to, STORE_WRITE);
        }
    }
    must("commit", store_commit(txn));
}

static void put_all_rows(const char *dir, const char *folder)
{
    struct store *from = open_store(dir, false, false), *to = open_store(folder, true, true);
    struct store_txn *txn = begin(from, STORE_READ);
    struct rows rows = {.events = ledger_count(txn)};
    uint8_t searched = INDEX_SEARCHED;
    store_scan(txn, TABLE_INDEX, slice_of(&searched, 1), count_document, &rows);
    for (int table = TABLE_META + 1; table < TABLE_COUNT; table++) {
        rows.table = (enum table)table;
        store_scan(txn, rows.table, slice_of(NULL, 0), take_row, &rows);
    }
    qsort(rows.items, rows.count, sizeof *rows.items, compare_rows);
    uint64_t before = cpu_us();
    put_rows(txn, &rows, to);
    printf("{\"events\":%llu,\"rows\":%zu,\"cpu_us\":%llu}\n", (unsigned long long)rows.events,
           rows.count, (unsigned long long)(cpu_us() - before));
    free(rows.items);
    store_abort(txn);
    store_close(from);
    store_close(to);
}

/* ---- run ---- */

static void run(char **args)
{
    struct rusage used;
    int status = 1;
    pid_t child = fork();
    if (child == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execv(args[0], args);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) {
        fail(args[0], "it failed");
    }
    long us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 + used.ru_utime.tv_usec +
              used.ru_stime.tv_usec;
    printf("{\"cpu_us\":%ld,\"peak_kb\":%ld}\n", us, used.ru_maxrss);
}

int main(int count, char **args)
{
    const char *what = count > 2 ? args[1] : "";
    if (!crypto_start()) {
        return 1;
    }
    if (count == 4 && strcmp(what, "make") == 0) {
        make(args[2], strtoull(args[3], NULL, 10));
    } else if (count == 4 && strcmp(what, "apply") == 0) {
        apply(args[2], args[3]);
    } else if (count == 4 && strcmp(what, "rows") == 0) {
        put_all_rows(args[2], args[3]);
    } else if (strcmp(what, "run") == 0) {
        run(args + 2);
    } else {
        fprintf(stderr,
                "usage: store make DIR EVENTS | apply DIR NEW | rows DIR NEW | run PROGRAM …\n");
        return 2;
    }
    return 0;
}
