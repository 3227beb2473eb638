/* Telling the story: its acts as commands, each at its time, on a clock that only moves forward.
 *
 * All acts of one instant form one transaction; a date that comes before them (a vote that closes) gets a transaction of its
 * own first, stamped with the date. What an act needs from an earlier one is kept here: the token of an invitation, the
 * hash of a vote that opened. Device keys are drawn at random, live in this run's memory alone and are wiped at its end.
 * Nothing may be refused: the first refusal ends the telling. Start at demo_tell(). */
#include "server/commands/demo_story.h"

#include <stdio.h>
#include <stdlib.h>

#include "assembly/objection.h"
#include "base/encoding.h"
#include "base/fatal.h"
#include "base/memory.h"
#include "ledger/ballot.h"
#include "ledger/event.h"
#include "ledger/payload.h"
#include "server/engine/clock.h"

enum { TOKEN_TEXT_SIZE = 32 };

struct person {
    struct id member;
    char token[TOKEN_TEXT_SIZE]; /* of the invitation; base64url */
    struct key_pair key;
    bool has_key;
};
struct opened {
    struct id poll;
    struct hash hash;
};
struct telling {
    struct demo_story *story;
    struct folder *folder;
    struct demo_shelf *files;
    struct person *people;
    size_t person_count;
    struct opened *polls;
    size_t poll_count;
    char *message;
};

/* ---- what the telling remembers ---- */

static struct person *person_of(struct telling *telling, struct id member)
{
    for (size_t i = 0; i < telling->person_count; i++) {
        if (id_equal(telling->people[i].member, member)) {
            return &telling->people[i];
        }
    }
    fatal_bug(__FILE__, __LINE__, "everybody who acts was invited");
}

static const struct opened *poll_of(const struct telling *telling, struct id poll)
{
    for (size_t i = 0; i < telling->poll_count; i++) {
        if (id_equal(telling->polls[i].poll, poll)) {
            return &telling->polls[i];
        }
    }
    fatal_bug(__FILE__, __LINE__, "ballots come after the opening");
}

static void remember_invitation(struct telling *telling, const struct demo_act *act,
                                const json_t *result)
{
    struct person *person = &telling->people[telling->person_count++];
    struct slice link = json_get_text(result, "link");
    const uint8_t *mark = link.size == 0 ? NULL : memchr(link.data, '#', link.size);
    assert_always(mark != NULL);
    size_t size = (size_t)(link.data + link.size - mark) - 1;
    assert_always(size < TOKEN_TEXT_SIZE);
    *person = (struct person){.member = act->member};
    memcpy(person->token, mark + 1, size);
}

static void remember_opening(struct telling *telling, const struct demo_act *act,
                             const json_t *result)
{
    struct opened *opened = &telling->polls[telling->poll_count++];
    opened->poll = act->poll;
    assert_always(encoding_base64url_exact(json_get_text(result, "poll_hash"), opened->hash.bytes,
                                           HASH_SIZE));
}

/* ---- what acts need ---- */

static void add_key(struct telling *telling, struct demo_act *act)
{
    uint8_t seed[SEED_SIZE], signature[SIGNATURE_SIZE];
    struct buffer body;
    struct person *person = person_of(telling, act->member);
    crypto_random(seed, sizeof seed);
    person->key = crypto_key_pair(seed);
    person->has_key = true;
    crypto_wipe(seed, sizeof seed);
    struct payload_key_added added = {
        .org = telling->story->org,
        .member = act->member,
        .pk = person->key.public_key,
        .kind = KEY_DEVICE,
    };
    buffer_init(&body, 256);
    payload_key_body(&body, &added);
    crypto_sign(&person->key, buffer_slice(&body), signature);
    json_put(act->params, "pk", json_base64url(hash_slice(&added.pk)));
    json_put(act->params, "proof", json_base64url(slice_of(signature, sizeof signature)));
    buffer_free(&body);
}

/* {salt, text}, and the hash that is signed. */
static struct hash add_reason(struct demo_act *act)
{
    uint8_t salt[SALT_SIZE];
    struct hash hash;
    struct buffer bytes;
    json_t *note = json_object();
    crypto_random(salt, sizeof salt);
    buffer_init(&bytes, SALT_SIZE + NOTE_TEXT_MAX);
    buffer_append(&bytes, salt, sizeof salt);
    buffer_append_text(&bytes, json_string_value(act->reason));
    assert_always(event_note_hash(buffer_slice(&bytes), &hash) == ERROR_NONE);
    buffer_free(&bytes);
    json_put(note, "salt", json_base64url(slice_of(salt, sizeof salt)));
    json_put(note, "text", json_deep_copy(act->reason));
    json_put(act->params, "note", note);
    return hash;
}

static void add_ballot(struct telling *telling, struct demo_act *act)
{
    uint8_t signature[SIGNATURE_SIZE];
    struct buffer tbs;
    struct person *person = person_of(telling, act->member);
    struct ballot ballot = {
        .org = telling->story->org,
        .poll = act->poll,
        .poll_hash = poll_of(telling, act->poll)->hash,
        .voter = act->member,
        .on_behalf_of = act->member,
        .device_pk = person->key.public_key,
        .counter = act->counter,
        .weight = act->weight,
        .choice = slice_of(act->choice, act->choice_size),
    };
    assert_always(person->has_key);
    if (act->reason != NULL) {
        ballot.note = add_reason(act);
    }
    crypto_random(ballot.nonce, sizeof ballot.nonce);
    buffer_init(&tbs, BALLOT_TBS_MAX);
    ballot_encode_tbs(&tbs, &ballot);
    crypto_sign(&person->key, buffer_slice(&tbs), signature);
    json_put(act->params, "poll", json_id(act->poll));
    json_put(act->params, "tbs", json_base64url(buffer_slice(&tbs)));
    json_put(act->params, "sig", json_base64url(slice_of(signature, sizeof signature)));
    buffer_free(&tbs);
}

/* {kind, id} of what is answered: it got its id when it was raised. */
static void add_objection(struct telling *telling, struct demo_act *act)
{
    struct store_txn *txn;
    json_t *on = json_object();
    assert_always(store_begin(telling->folder->store, STORE_READ, &txn) == ERROR_NONE);
    json_put(on, "kind", json_text(slice_text("objection")));
    json_put(on, "id", json_id(objection_for(txn, act->poll, act->member)));
    json_put(act->params, "on", on);
    store_abort(txn);
}

/* An act has one command id, whenever the demo is made: its place in the plan. */
static struct id command_id(const struct demo_act *act)
{
    uint8_t order[2] = {(uint8_t)(act->order >> 8), (uint8_t)act->order};
    struct slice parts[] = {slice_of(order, sizeof order)};
    return id_from_hash(crypto_hash_tagged("demo-command", parts, 1));
}

static enum error prepare(struct telling *telling, struct demo_act *act)
{
    enum error error = ERROR_NONE;
    switch (act->need) {
    case NEED_NOTHING:
        break;
    case NEED_TOKEN:
        json_put(act->params, "token",
                 json_text(slice_text(person_of(telling, act->member)->token)));
        break;
    case NEED_KEY:
        add_key(telling, act);
        return error; /* keys and ballots are their own command ids */
    case NEED_BALLOT:
        add_ballot(telling, act);
        return error;
    case NEED_OBJECTION:
        add_objection(telling, act);
        break;
    case NEED_BYTES:
        error = demo_shelf_put(telling->files, act->file, act->params);
        break;
    }
    json_put(act->params, "command", json_id(command_id(act)));
    return error;
}

/* ---- one instant ---- */

static bool refuse(struct telling *telling, const struct demo_act *act, const struct job *job)
{
    char actor[ID_TEXT_SIZE];
    id_format(act->caller.member, actor);
    snprintf(telling->message, DEMO_MESSAGE_SIZE, "act %zu, %s by %s: %s (%s%s%s)", act->order,
             act->method, act->caller.kind == CALLER_OPERATOR ? "the operator" : actor,
             error_sentence(job->error), error_reason(job->error),
             job->request.field == NULL ? "" : ", ",
             job->request.field == NULL ? "" : job->request.field);
    return false;
}

static bool look_at(struct telling *telling, const struct demo_act *act, const struct job *job)
{
    if (job->error != ERROR_NONE) {
        return refuse(telling, act, job);
    }
    if (strcmp(act->method, "member.invite") == 0) {
        remember_invitation(telling, act, job->request.result);
    } else if (strcmp(act->method, "poll.open") == 0) {
        remember_opening(telling, act, job->request.result);
    }
    return true;
}

static bool run_batch(struct telling *telling, struct job *const *jobs, size_t count,
                      uint64_t at_ms)
{
    struct batch_changes changes = {.topics.count = 0};
    struct batch_counters counters = {.commits = 0};
    bool sound = batch_run(&folder_calls, telling->folder, jobs, count, at_ms,
                           clock_local_year(at_ms), &changes, &counters);
    batch_changes_free(&changes);
    if (!sound) {
        snprintf(telling->message, DEMO_MESSAGE_SIZE, "the folder could not be written");
    }
    return sound;
}

/* Dates up to this instant act in transactions of their own. */
static bool run_dates(struct telling *telling, uint64_t until_ms)
{
    struct folder *folder = telling->folder;
    while (folder->has_next_due && folder->next_due_ms <= until_ms) {
        uint64_t before_ms = folder->next_due_ms;
        if (!run_batch(telling, NULL, 0, before_ms)) {
            return false;
        }
        if (folder->has_next_due && folder->next_due_ms == before_ms) {
            snprintf(telling->message, DEMO_MESSAGE_SIZE, "a date does not act");
            return false;
        }
    }
    return true;
}

static bool run_instant(struct telling *telling, struct demo_act *acts, size_t count)
{
    struct job *jobs = memory_new(count, sizeof *jobs);
    struct job **list = memory_new(count, sizeof(struct job *));
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        jobs[i].error = prepare(telling, &acts[i]);
        good = good && (jobs[i].error == ERROR_NONE || refuse(telling, &acts[i], &jobs[i]));
        jobs[i].request = (struct request){
            .command = command_find(slice_text(acts[i].method)),
            .params = acts[i].params,
            .caller = acts[i].caller,
        };
        assert_always(jobs[i].request.command != NULL);
        list[i] = &jobs[i];
    }
    good = good && run_batch(telling, list, count, acts[0].at_ms);
    demo_shelf_release(telling->files);
    for (size_t i = 0; i < count; i++) {
        good = good && look_at(telling, &acts[i], &jobs[i]);
        crypto_wipe(jobs[i].request.session_token, sizeof jobs[i].request.session_token);
        request_clear(&jobs[i].request);
    }
    free(list);
    free(jobs);
    return good;
}

static bool tell_acts(struct telling *telling)
{
    bool good = true;
    const struct demo_story *story = telling->story;
    for (size_t i = 0, next; i < story->count && good; i = next) {
        for (next = i; next < story->count && story->acts[next].at_ms == story->acts[i].at_ms;) {
            next++;
        }
        good = run_dates(telling, story->acts[i].at_ms) &&
               run_instant(telling, &story->acts[i], next - i);
    }
    return good && run_dates(telling, story->now_ms);
}

bool demo_tell(struct demo_story *story, struct folder *folder, const char *dir,
               char message[DEMO_MESSAGE_SIZE])
{
    struct demo_shelf *files = demo_shelf_open(folder, dir, message);
    if (files == NULL) {
        return false;
    }
    size_t members = json_array_size(demo_list(story, "members"));
    struct telling telling = {
        .story = story,
        .folder = folder,
        .files = files,
        .people = memory_new(members, sizeof(struct person)),
        .polls = memory_new(json_array_size(demo_list(story, "polls")), sizeof(struct opened)),
        .message = message,
    };
    bool good = tell_acts(&telling);
    crypto_wipe(telling.people, members * sizeof(struct person));
    free(telling.people);
    free(telling.polls);
    demo_shelf_close(files);
    return good;
}
