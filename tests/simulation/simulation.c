/* Random organisations through the real engine, compared act by act with the model.
 *
 *   simulation FIRST [COUNT]      seeds FIRST … FIRST + COUNT − 1; exit 0 = all the same
 *
 * A seed decides everything: who is there, which acts come in which batches, what is repeated, when the store is closed and
 * opened again, which batch is lost before its commit, which fails in the middle and is done again one by one. Acts go
 * through batch_run() as the writer's do, onto a store whose commits are not synced (crashes of the disk are others' test).
 * Compared: each refusal's reason, each answer's seq with the act it must answer for, each receipt, each count; at the end
 * every fifth record is replayed and its documents compared. A difference prints the seed, and how to see it again.
 * PALABRE_SIMULATION_FAULT=N loses each N-th ballot that was accepted, to see that this test can fail. Start at run_seed(). */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "assembly/concept.h"
#include "ledger/payload.h"
#include "server/engine/folder.h"
#include "tests/harness/c/voting.h"
#include "tests/simulation/model.h"

enum { ACTS_MAX = 400, BATCH_MAX = 6, BATCHES = 32, TEXT_MAX = 2048 };

struct sent { /* one act, and what the engine said to it */
    struct model_act act;
    struct slice tbs; /* of ballots: owned */
    uint64_t seq;
};
struct simulation {
    uint64_t seed, random;
    struct world world;
    struct folder folder;
    struct model model;
    struct caller callers[MODEL_MEMBERS];
    struct key_pair keys[MODEL_KEYS];
    struct id polls[MODEL_POLLS], commands[MODEL_COMMANDS];
    struct sent sent[ACTS_MAX];
    int count, made_commands, made_bytes;
    bool checked[MODEL_POLLS]; /* its count was compared */
    char vkey[512];
    bool lost[ACTS_MAX]; /* by the planted fault */
    uint64_t accepted;
};
static struct simulation now;
static uint64_t acts_total, ballots_total, ballots_sent, faults_every;

/* ---- saying what went wrong ---- */

static bool is_done = true;

static void say_seed(void)
{
    if (!is_done) {
        fprintf(
            stderr,
            "simulation: seed %llu failed; again: build/release/tests/simulation/simulation %llu\n",
            (unsigned long long)now.seed, (unsigned long long)now.seed);
        is_done = true;
    }
}

static void on_abort(int number)
{
    say_seed();
    signal(number, SIG_DFL);
    raise(number);
}

__attribute__((format(printf, 1, 2))) _Noreturn static void differs(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

/* ---- chance ---- */

/* SplitMix64. */
static uint64_t draw(void)
{
    uint64_t mixed = now.random += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ mixed >> 31;
}

static int below(int bound)
{
    return (int)(draw() % (uint64_t)bound);
}

static bool one_in(int bound)
{
    return below(bound) == 0;
}

/* ---- the organisation ---- */

static void follow_world(void)
{
    now.folder = (struct folder){
        .store = now.world.store, .assembly = now.world.assembly, .key = now.world.key};
    struct store_txn *txn;
    assert_int_equal(store_begin(now.world.store, STORE_READ, &txn), ERROR_NONE);
    now.folder.has_next_due = assembly_next_due(txn, &now.folder.next_due_ms);
    store_abort(txn);
}

static void join(bool observer, bool facilitator)
{
    static const char *const names[MODEL_MEMBERS] = {"Ana", "Bob", "Cyd", "Dan", "Eva", "Fay",
                                                     "Gus", "Hal", "Ivo", "Jan", "Kim", "Lou"};
    unsigned weight = (unsigned)(1 + below(3));
    struct world *world = &now.world;
    int member = model_join(&now.model, observer, facilitator, weight);
    struct id id = world_id(world);
    char token[64];
    world_must(world, world_operator, "member.invite",
               "{'id':'%s','name':'%s','class':'members','roles':[%s],'weight':%u}", world_text(id),
               names[member],
               facilitator ? "'facilitator','admin'"
               : observer  ? "'observer'"
                           : "",
               weight);
    const char *link = json_string_value(json_object_get(world->result, "link"));
    snprintf(token, sizeof token, "%s", link + strlen("/join#"));
    world_must(world, world_nobody, "session.join", "{'token':'%s','language':'fr'}", token);
    now.callers[member] = (struct caller){.kind = CALLER_MEMBER, .member = id};
    now.model.last_ms = world->now_ms;
}

static void reopen(void)
{
    char message[256];
    struct store_options options = {.map_bytes = UINT64_C(256) << 20, .not_durable = true};
    assembly_close(now.world.assembly);
    store_close(now.world.store);
    assert_int_equal(store_open(now.world.folder, false, &options, &now.world.store, message),
                     ERROR_NONE);
    assert_int_equal(
        assembly_open(now.world.store, &now.world.key, NULL, NULL, &now.world.assembly),
        ERROR_NONE);
    follow_world();
}

static void start(void)
{
    struct buffer vkey;
    int members = 2 + below(5);
    world_open(&now.world);
    model_open(&now.model, now.world.now_ms);
    join(false, true);
    for (int at = 1; at < members; at++) {
        join(one_in(5), false);
    }
    buffer_init(&vkey, sizeof now.vkey - 1);
    ledger_vkey(assembly_ledger(now.world.assembly), &vkey);
    memcpy(now.vkey, vkey.data, vkey.size);
    now.vkey[vkey.size] = 0;
    buffer_free(&vkey);
    for (int at = 0; at < MODEL_POLLS; at++) {
        now.polls[at] = world_id(&now.world);
    }
    follow_world();
}

/* ---- acts as the engine takes them ---- */

static void put_bytes(json_t *params, const char *key, struct slice bytes)
{
    json_put(params, key, json_base64url(bytes));
}

static json_t *cast_params(struct sent *sent)
{
    const struct model_act *act = &sent->act;
    struct ballot ballot;
    json_t *params = json_object();
    json_put(params, "poll", json_id(now.polls[act->poll]));
    put_bytes(params, "tbs", sent->tbs);
    struct buffer payload;
    uint8_t signature[SIGNATURE_SIZE];
    crypto_sign(&now.keys[act->key], sent->tbs, signature);
    signature[5] ^= act->bad_signature ? 1 : 0;
    put_bytes(params, "sig", slice_of(signature, sizeof signature));
    buffer_init(&payload, BALLOT_TBS_MAX + SIGNATURE_SIZE);
    buffer_append_slice(&payload, sent->tbs);
    buffer_append(&payload, signature, sizeof signature);
    assert_int_equal(ballot_decode(buffer_slice(&payload), &ballot), ERROR_NONE);
    buffer_free(&payload);
    return params;
}

static json_t *enrol_params(const struct model_act *act)
{
    json_t *params = json_object();
    struct payload_key_added added = {.org = now.world.org,
                                      .member = now.callers[act->caller].member,
                                      .pk = now.keys[act->key].public_key,
                                      .kind = KEY_DEVICE,
                                      .via = VIA_INVITATION};
    struct buffer body;
    buffer_init(&body, 256);
    payload_key_body(&body, &added);
    crypto_sign(&now.keys[act->key], buffer_slice(&body), added.proof);
    buffer_free(&body);
    put_bytes(params, "pk", hash_slice(&added.pk));
    put_bytes(params, "proof", slice_of(added.proof, sizeof added.proof));
    return params;
}

static json_t *define_params(const struct model_act *act)
{
    json_t *params = json_object();
    json_put(params, "kind", json_text(slice_text(act->straw ? "straw" : "decision")));
    json_put(params, "question", json_pack("{ssssss}", "fr", "Oui ?", "nl", "Ja?", "en", "Yes?"));
    json_put(params, "method", json_text(slice_text("yes-no")));
    json_put(params, "mode", json_text(slice_text("named")));
    json_put(params, "revote", json_boolean(act->revote));
    if (act->closes_ms != 0) {
        json_put(params, "closes", json_number(act->closes_ms));
    }
    return params;
}

static json_t *keyed_params(const struct model_act *act)
{
    json_t *params = act->what == ACT_DEFINE ? define_params(act) : json_object();
    if (act->what == ACT_REVOKE) {
        put_bytes(params, "pk", hash_slice(&now.keys[act->key].public_key));
        json_put(params, "note", json_text(slice_text("perdu")));
    } else {
        json_put(params, "id",
                 json_id(act->what == ACT_LEAVE ? now.callers[act->member].member
                                                : now.polls[act->poll]));
    }
    if (act->what == ACT_EXTEND) {
        json_put(params, "closes", json_number(act->closes_ms));
    }
    if (act->what == ACT_EXTEND || act->what == ACT_CANCEL) {
        json_put(params, "reason", json_text(slice_text("parce que")));
    }
    json_put(params, "command", json_id(now.commands[act->command]));
    return params;
}

static void fill_job(struct sent *sent, struct job *job)
{
    static const char *const methods[] = {"poll.define",   "poll.open",    "poll.close",
                                          "poll.cancel",   "poll.extend",  "device.enrol",
                                          "device.revoke", "member.leave", "ballot.cast"};
    const struct model_act *act = &sent->act;
    *job = (struct job){.request = {.command = command_find(slice_text(methods[act->what])),
                                    .caller = now.callers[act->caller]}};
    job->request.params = act->what == ACT_CAST    ? cast_params(sent)
                          : act->what == ACT_ENROL ? enrol_params(act)
                                                   : keyed_params(act);
}

/* ---- making acts up ---- */

static int command_id(void)
{
    now.commands[now.made_commands] = world_id(&now.world);
    return now.made_commands++;
}

static int some_key(int owner)
{
    for (int tries = 0; tries < 8 && now.model.keys > 0; tries++) {
        int key = below(now.model.keys);
        if (now.model.owner[key] == owner) {
            return key;
        }
    }
    return now.model.keys > 0 ? below(now.model.keys) : -1;
}

static int new_key(int owner)
{
    uint8_t seed[SEED_SIZE] = {1, (uint8_t)now.model.keys};
    memcpy(seed + 2, &now.seed, sizeof now.seed);
    now.keys[now.model.keys] = crypto_key_pair(seed);
    now.model.owner[now.model.keys] = owner;
    return now.model.keys++;
}

/* The bytes that a device signs, as the act says. */
static void sign_bytes(struct sent *sent)
{
    static const uint8_t choices[][2] = {{2, 1}, {2, 2}, {0, 0}, {1, 0}, {2, 7}};
    struct model_act *act = &sent->act;
    struct id member = now.callers[act->voter].member;
    struct record_poll record;
    struct store_txn *txn;
    struct ballot ballot = {
        .org = now.world.org,
        .poll = now.polls[act->signed_poll],
        .voter = member,
        .on_behalf_of = member,
        .device_pk = now.keys[act->key].public_key,
        .counter = act->counter,
        .weight = act->weight,
        .choice = slice_of(choices[act->choice],
                           act->choice == CHOOSE_BLANK || act->choice == CHOOSE_ABSTAIN ? 1 : 2)};
    memcpy(ballot.nonce, &act->bytes, sizeof act->bytes);
    ballot.org.bytes[3] ^= act->other_organisation ? 1 : 0;
    assert_int_equal(store_begin(now.world.store, STORE_READ, &txn), ERROR_NONE);
    if (record_poll(txn, ballot.poll, &record)) {
        ballot.poll_hash = record.poll_hash;
    } else {
        act->other_definition = true; /* nobody has seen one yet */
    }
    store_abort(txn);
    ballot.poll_hash.bytes[9] ^= act->other_definition ? 1 : 0;
    struct buffer tbs;
    size_t size;
    buffer_init(&tbs, BALLOT_TBS_MAX);
    ballot_encode_tbs(&tbs, &ballot);
    uint8_t *bytes = buffer_take(&tbs, &size);
    sent->tbs = slice_of(bytes, size);
}

static bool make_cast(struct sent *sent)
{
    struct model_act *act = &sent->act;
    act->what = ACT_CAST;
    act->voter = below(now.model.members);
    act->caller = one_in(6) ? below(now.model.members) : act->voter; /* who brings it */
    act->key = one_in(12) ? some_key(below(now.model.members)) : some_key(act->voter);
    act->poll = below(MODEL_POLLS);
    for (int tries = 0; tries < 6 && now.model.polls[act->poll].state != POLL_OPEN; tries++) {
        act->poll = below(MODEL_POLLS);
    }
    if (act->key < 0) {
        return false;
    }
    const struct model_poll *poll = &now.model.polls[act->poll];
    act->signed_poll = one_in(20) ? below(MODEL_POLLS) : act->poll;
    act->weight = one_in(20) ? 4 : poll->roll[act->voter] == 0 ? 1 : poll->roll[act->voter];
    act->counter = poll->counter[act->voter] + (one_in(8)    ? 0u
                                                : one_in(10) ? (unsigned)below(130)
                                                             : (unsigned)(1 + below(2)));
    act->choice = one_in(25) ? CHOOSE_NONSENSE : (enum model_choice)below(4);
    act->bad_signature = one_in(25);
    act->other_organisation = one_in(30);
    act->other_definition = one_in(30);
    act->bytes = now.made_bytes++;
    sign_bytes(sent);
    return true;
}

static uint64_t some_date(void)
{
    return one_in(3) ? 0 : now.world.now_ms - 2000 + (uint64_t)below(90000);
}

static void make_managing(struct model_act *act)
{
    static const enum model_what often[] = {ACT_DEFINE, ACT_DEFINE, ACT_DEFINE, ACT_OPEN,
                                            ACT_OPEN,   ACT_OPEN,   ACT_OPEN,   ACT_CLOSE,
                                            ACT_CANCEL, ACT_EXTEND, ACT_EXTEND};
    act->what = often[below((int)(sizeof often / sizeof often[0]))];
    act->caller = one_in(12) ? below(now.model.members) : 0;
    act->poll = below(MODEL_POLLS);
    act->closes_ms = act->what == ACT_EXTEND   ? now.world.now_ms + 1 + (uint64_t)below(90000)
                     : act->what == ACT_DEFINE ? some_date()
                                               : 0;
    act->revote = !one_in(3);
    act->straw = one_in(3);
    act->command = command_id();
}

static void make_key_act(struct model_act *act)
{
    act->caller = below(now.model.members);
    if (one_in(4) && now.model.keys > 0) {
        act->what = ACT_REVOKE;
        act->key = one_in(3) ? below(now.model.keys) : some_key(act->caller);
        act->command = command_id();
    } else {
        act->what = ACT_ENROL;
        act->key = now.model.keys < MODEL_KEYS && !one_in(5) ? new_key(act->caller)
                                                             : below(now.model.keys);
    }
}

/* The same again, from whoever sent it; now and then with the same command id and something else in it. */
static bool make_again(struct sent *sent)
{
    const struct sent *before = &now.sent[below(now.count)];
    sent->act = before->act;
    if (before->tbs.size > 0) {
        void *bytes = malloc(before->tbs.size);
        memcpy(bytes, before->tbs.data, before->tbs.size);
        sent->tbs = slice_of(bytes, before->tbs.size);
        sent->act.caller = one_in(3) ? below(now.model.members) : before->act.caller;
    } else if (sent->act.what != ACT_ENROL && sent->act.what != ACT_REVOKE &&
               sent->act.what != ACT_LEAVE && one_in(5)) {
        sent->act.poll = (sent->act.poll + 1) % MODEL_POLLS;
    }
    return true;
}

/* Every organisation begins so that there is something to vote on, and somebody who can. */
static bool make_first(struct sent *sent, int number)
{
    int members = now.model.members, polls = 3;
    if (number < members) {
        sent->act = (struct model_act){.what = ACT_ENROL, .caller = number};
        sent->act.key = new_key(number);
        return true;
    }
    if (number < members + 2 * polls) {
        bool opens = number >= members + polls;
        sent->act = (struct model_act){.what = opens ? ACT_OPEN : ACT_DEFINE,
                                       .poll = (number - members) % polls,
                                       .revote = !one_in(4),
                                       .command = command_id()};
        return true;
    }
    return false;
}

static bool make_act(struct sent *sent, int number)
{
    *sent = (struct sent){.seq = 0};
    if (make_first(sent, number)) {
        return true;
    }
    int dice = below(100);
    if (dice < 12 && now.count > 0) {
        return make_again(sent);
    }
    if (dice < 28) {
        make_managing(&sent->act);
    } else if (dice < 37 || now.model.keys == 0) {
        make_key_act(&sent->act);
    } else if (dice < 39) {
        sent->act = (struct model_act){.what = ACT_LEAVE,
                                       .caller = below(now.model.members),
                                       .member = below(now.model.members),
                                       .command = command_id()};
    } else {
        return make_cast(sent);
    }
    return true;
}

/* ---- a batch ---- */

static bool fails_once;

/* As a disk that is full for a moment: the batch is taken back and done again, one by one. */
static enum error finish_or_fail(void *context)
{
    enum error error = folder_calls.finish(context);
    bool fails = fails_once;
    fails_once = false;
    return fails ? ERROR_STORAGE_FAILED : error;
}

static void check_receipt(const struct sent *sent, const struct job *job, uint64_t wanted)
{
    uint64_t seq = 0;
    const json_t *text = json_object_get(job->request.result, "receipt");
    struct slice receipt = slice_of(json_string_value(text), json_string_length(text));
    enum error error = receipt_check(receipt, slice_text(now.vkey), sent->tbs, &seq);
    if (error != ERROR_NONE || seq != wanted) {
        differs("act %td: a receipt that does not hold: \"%s\", of %llu instead of %llu\n%.*s",
                sent - now.sent, error_reason(error), (unsigned long long)seq,
                (unsigned long long)wanted, (int)receipt.size, (const char *)receipt.data);
    }
}

static void compare(struct sent *sent, const struct job *job, const char *reason, int as)
{
    const char *found = error_reason(job->error);
    int number = (int)(sent - now.sent);
    if (strcmp(found, reason) != 0) {
        differs("act %d (kind %d by %d, poll %d, key %d): the engine says \"%s\", the model \"%s\"",
                number, (int)sent->act.what, sent->act.caller, sent->act.poll, sent->act.key, found,
                reason);
    }
    if (job->error != ERROR_NONE) {
        return;
    }
    sent->seq = job->request.seq;
    for (int other = 0; other < number && as == number; other++) {
        if (now.sent[other].seq == sent->seq) {
            differs("act %d has the seq of act %d", number, other);
        }
    }
    if (as != number && now.sent[as].seq != sent->seq) {
        differs("act %d repeats act %d and is answered another seq", number, as);
    }
    if (sent->act.what == ACT_CAST) {
        check_receipt(sent, job, sent->seq);
        now.accepted++;
    }
}

/* What the model says to the acts of a batch, all in one transaction or each in its own. */
static void ask_model(int first, int count, bool apart, const char **reasons, int *as)
{
    for (int at = 0; at < count; at++) {
        if (at == 0 || apart) {
            model_begin(&now.model, now.world.now_ms);
        }
        reasons[at] = model_do(&now.model, &now.sent[first + at].act, first + at, &as[at]);
        if (at == count - 1 || apart) {
            model_end(&now.model);
        }
    }
}

/* Begins, executes, and is gone before the commit. */
static void crash(struct job *const *jobs, int count)
{
    assert_int_equal(folder_calls.begin(&now.folder, now.world.now_ms, 2026), ERROR_NONE);
    for (int at = 0; at < count; at++) {
        jobs[at]->request.now_ms = now.world.now_ms;
        jobs[at]->request.year = 2026;
        jobs[at]->error = folder_calls.execute(&now.folder, &jobs[at]->request);
    }
    folder_calls.abort(&now.folder);
    for (int at = 0; at < count; at++) {
        struct sent *sent = &now.sent[now.count + at];
        json_decref(jobs[at]->request.result);
        json_decref(jobs[at]->request.params);
        fill_job(sent, jobs[at]);
    }
    reopen();
}

/* PALABRE_SIMULATION_FAULT: this ballot is lost, and its answer believed. */
static bool is_lost(const struct sent *sent)
{
    return faults_every > 0 && sent->act.what == ACT_CAST && ++ballots_sent % faults_every == 0;
}

static void run_jobs(struct job **jobs, int count)
{
    struct batch_calls calls = folder_calls;
    struct batch_changes changes = {.topics.count = 0};
    struct batch_counters counters = {.commits = 0};
    struct job *kept[BATCH_MAX];
    size_t left = 0;
    calls.finish = finish_or_fail;
    for (int at = 0; at < count; at++) {
        now.lost[now.count + at] = is_lost(&now.sent[now.count + at]);
        if (!now.lost[now.count + at]) {
            kept[left++] = jobs[at];
        }
    }
    fails_once = fails_once && left > 1;
    if (!batch_run(&calls, &now.folder, kept, left, now.world.now_ms, 2026, &changes, &counters)) {
        differs("the store is broken");
    }
    batch_changes_free(&changes);
}

/* The acts that stand from now.count on. */
static void run_acts(int count)
{
    struct job space[BATCH_MAX], *jobs[BATCH_MAX];
    const char *reasons[BATCH_MAX];
    int as[BATCH_MAX];
    for (int at = 0; at < count; at++) {
        jobs[at] = &space[at];
        fill_job(&now.sent[now.count + at], jobs[at]);
    }
    if (one_in(10)) {
        crash(jobs, count);
    }
    fails_once = count > 1 && one_in(8);
    ask_model(now.count, count, fails_once, reasons, as);
    run_jobs(jobs, count);
    for (int at = 0; at < count; at++) {
        if (!now.lost[now.count + at]) {
            compare(&now.sent[now.count + at], jobs[at], reasons[at], as[at]);
        }
        json_decref(jobs[at]->request.result);
        json_decref(jobs[at]->request.params);
    }
    now.count += count;
}

static void run_batch(void)
{
    int count = 0, wanted = 1 + below(BATCH_MAX);
    now.world.now_ms += one_in(6) ? (uint64_t)below(60000) : (uint64_t)below(2000);
    now.world.now_ms -= one_in(10) ? 1500 : 0;
    while (count < wanted && now.count + count < ACTS_MAX - MODEL_POLLS) {
        count += make_act(&now.sent[now.count + count], now.count + count) ? 1 : 0;
    }
    run_acts(count);
}

/* So that every ballot is in a count. */
static void close_votes(void)
{
    for (int poll = 0; poll < MODEL_POLLS; poll++) {
        if (now.model.polls[poll].state == POLL_OPEN) {
            now.sent[now.count] =
                (struct sent){.act = {.what = ACT_CLOSE, .poll = poll, .command = command_id()}};
            run_acts(1);
        }
    }
}

/* ---- counts ---- */

static void expect_number(const json_t *result, const char *path, unsigned wanted, int poll)
{
    const json_t *value = world_at(result, path);
    if (!json_is_integer(value) || json_integer_value(value) != (json_int_t)wanted) {
        differs("vote %d: %s is %lld, the model says %u", poll, path,
                (long long)json_integer_value(value), wanted);
    }
}

static void compare_count(int at)
{
    const struct model_poll *poll = &now.model.polls[at];
    struct model_tally tally = model_count(poll);
    json_t *document = world_document(&now.world, DOCUMENT_POLL, now.polls[at]);
    const json_t *result = json_object_get(document, "result");
    if (strcmp(json_string_value(json_object_get(document, "state")), "counted") != 0) {
        differs("vote %d is not counted", at);
    }
    expect_number(result, "yes", tally.yes, at);
    expect_number(result, "no", tally.no, at);
    expect_number(result, "blank.weight", tally.blank, at);
    expect_number(result, "abstain.weight", tally.abstain, at);
    expect_number(result, "took_part.heads", tally.heads, at);
    const char *verdict = json_string_value(json_object_get(result, "verdict"));
    if (!poll->straw && strcmp(verdict, tally.adopted ? "adopted" : "not_adopted") != 0) {
        differs("vote %d: %s with %u to %u", at, verdict, tally.yes, tally.no);
    }
    json_decref(document);
}

static void compare_counts(void)
{
    for (int at = 0; at < MODEL_POLLS; at++) {
        if (now.model.polls[at].state == POLL_COUNTED && !now.checked[at]) {
            compare_count(at);
            now.checked[at] = true;
        }
    }
}

/* ---- the whole ---- */

static void clean(void)
{
    for (int at = 0; at < now.count; at++) {
        free((void *)(uintptr_t)now.sent[at].tbs.data);
    }
    json_decref(now.world.result);
    assembly_close(now.world.assembly);
    store_close(now.world.store);
    fixture_remove(now.world.folder);
}

static void run_seed(uint64_t seed)
{
    now = (struct simulation){.seed = seed, .random = seed};
    is_done = false;
    start();
    for (int batch = 0; batch < BATCHES; batch++) {
        run_batch();
        compare_counts();
        if (one_in(12)) {
            reopen();
        }
        if (one_in(10) && now.model.members < MODEL_MEMBERS) {
            join(one_in(5), false);
            model_begin(&now.model, now.world.now_ms);
            model_end(&now.model);
            follow_world();
        }
    }
    close_votes();
    compare_counts();
    if (seed % 5 == 0) {
        world_check(&now.world);
    }
    acts_total += (uint64_t)now.count;
    ballots_total += now.accepted;
    clean();
    is_done = true;
}

int main(int argc, char **argv)
{
    uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    const char *fault = getenv("PALABRE_SIMULATION_FAULT");
    faults_every = fault == NULL ? 0 : strtoull(fault, NULL, 10);
    atexit(say_seed);
    signal(SIGABRT, on_abort);
    for (uint64_t seed = first; seed < first + count; seed++) {
        run_seed(seed);
    }
    printf("%llu seeds, %llu acts, %llu ballots recorded\n", (unsigned long long)count,
           (unsigned long long)acts_total, (unsigned long long)ballots_total);
    return 0;
}
