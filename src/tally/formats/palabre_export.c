/* A vote out of the folder that `palabre export --with-private` writes: its definition, its final ballots and papers, with the
 * caps of its rule (ledger.md, Result). Every opening that is used is held against its leaf's commitment; signatures and
 * seals are the business of whoever verifies the record, not of whoever counts it.
 *
 * One walk over events.ndjson gathers what belongs to the vote; then ballots are sorted by whom they speak for, the last of
 * each stays, and those of people in a batch of papers go. Start at palabre_export_read(). */
#include "tally/formats/parts.h"

#include "base/encoding.h"
#include "base/memory.h"
#include "ledger/ballot.h"
#include "ledger/event.h"
#include "ledger/paper.h"
#include "rules/rules.h"

#include <stdio.h>
#include <stdlib.h>

enum { TEXTS = 3 }; /* of a line: leaf, salt, payload */

struct line {
    uint64_t seq;
    struct leaf leaf;
    struct slice salt, payload; /* size 0 = absent; borrowed from the walk */
};
struct walk {
    struct slice bytes;
    size_t at, line_at; /* next byte; where the last line began */
    uint64_t seq;       /* of the next line */
    struct buffer parts[TEXTS];
};

/* ---- lines ---- */

static void walk_begin(struct walk *walk, struct slice bytes)
{
    static const size_t sizes[TEXTS] = {LEAF_SIZE, SALT_SIZE, PAYLOAD_MAX};
    *walk = (struct walk){.bytes = bytes};
    for (size_t part = 0; part < TEXTS; part++) {
        buffer_init(&walk->parts[part], sizes[part]);
    }
}

static void walk_end(struct walk *walk)
{
    for (size_t part = 0; part < TEXTS; part++) {
        buffer_free(&walk->parts[part]);
    }
}

static bool take(struct slice *left, const char *text)
{
    size_t size = strlen(text);
    if (left->size < size || memcmp(left->data, text, size) != 0) {
        return false;
    }
    *left = slice_of(left->data + size, left->size - size);
    return true;
}

/* name, then base64 and its closing quote, into a part. */
static bool take_part(struct walk *walk, struct slice *left, const char *name, size_t part)
{
    buffer_clear(&walk->parts[part]);
    if (!take(left, name)) {
        return false;
    }
    const uint8_t *end = memchr(left->data, '"', left->size);
    if (end == NULL) {
        return false;
    }
    struct slice text = slice_of(left->data, (size_t)(end - left->data));
    *left = slice_of(end + 1, left->size - text.size - 1);
    return encoding_from_base64(text, &walk->parts[part]);
}

static bool take_note(struct slice *left)
{
    if (take(left, ",\"note\":\"")) {
        const uint8_t *end = memchr(left->data, '"', left->size);
        *left = end == NULL ? slice_of(left->data, 0)
                            : slice_of(end + 1, left->size - (size_t)(end - left->data) - 1);
    }
    return true;
}

/* {"seq":N,"leaf":"…","salt":"…","payload":"…","note":"…"}, the last one or three left out. */
static bool read_line(struct walk *walk, struct slice left, struct line *line)
{
    char seq[40];
    snprintf(seq, sizeof seq, "{\"seq\":%llu", (unsigned long long)walk->seq);
    *line = (struct line){.seq = walk->seq};
    if (!take(&left, seq) || !take_part(walk, &left, ",\"leaf\":\"", 0) ||
        leaf_decode(buffer_slice(&walk->parts[0]), &line->leaf) != ERROR_NONE) {
        return false;
    }
    if (take_part(walk, &left, ",\"salt\":\"", 1)) {
        if (!take_part(walk, &left, ",\"payload\":\"", 2) || !take_note(&left) ||
            walk->parts[1].size != SALT_SIZE || walk->parts[2].size == 0) {
            return false;
        }
        line->salt = buffer_slice(&walk->parts[1]);
        line->payload = buffer_slice(&walk->parts[2]);
    }
    return slice_equal(left, slice_text("}"));
}

/* false = no more, or (*good false) something that is no event. */
static bool walk_next(struct walk *walk, struct line *line, bool *good)
{
    size_t left = walk->bytes.size - walk->at;
    walk->line_at = walk->at;
    if (left == 0) {
        return false;
    }
    const uint8_t *start = walk->bytes.data + walk->at, *end = memchr(start, '\n', left);
    *good = end != NULL && read_line(walk, slice_of(start, (size_t)(end - start)), line);
    walk->at += end == NULL ? left : (size_t)(end - start) + 1;
    walk->seq++;
    return *good;
}

void election_each_event(struct slice bytes,
                         bool (*visit)(void *context, const struct election_event *event),
                         void *context)
{
    struct walk walk;
    struct line line;
    bool good = true;
    walk_begin(&walk, bytes);
    while (walk_next(&walk, &line, &good)) {
        struct election_event event = {
            .type = line.leaf.type, .poll = line.leaf.poll, .payload = line.payload};
        if (!visit(context, &event)) {
            break;
        }
    }
    walk_end(&walk);
}

/* ---- what belongs to the vote ---- */

struct final {
    struct id on_behalf_of, voter;
    uint64_t seq;
    uint64_t weight;
    struct slice choice;
    const uint8_t *signature;
};
struct gathered {
    struct election_source *source;
    struct id poll;
    bool defined;
    struct hash poll_hash, lot_secret;
    bool has_result;
    struct final *ballots;
    size_t n_ballot, ballot_room;
    struct paper_batch *batches;
    size_t n_batch, batch_room;
    struct id *on_paper; /* ascending */
    size_t n_on_paper;
};

static void *one_more(void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room) {
        return list;
    }
    *room = *room == 0 ? 64 : 2 * *room;
    return memory_resize(list, *room, size);
}

static bool add_definition(struct gathered *gathered, struct slice payload)
{
    struct election *election = gathered->source->election;
    gathered->defined = definition_decode(arena_copy(&election->arena, payload), &election->arena,
                                          &election->definition) == ERROR_NONE;
    gathered->poll_hash = definition_hash(payload);
    return gathered->defined;
}

static bool add_ballot(struct gathered *gathered, struct slice payload, uint64_t seq)
{
    struct ballot ballot;
    struct arena *arena = &gathered->source->election->arena;
    if (ballot_decode(payload, &ballot) != ERROR_NONE ||
        !hash_equal(ballot.poll_hash, gathered->poll_hash) ||
        definition_check_choice(&gathered->source->election->definition, ballot.choice) !=
            ERROR_NONE) {
        return false;
    }
    gathered->ballots = one_more(gathered->ballots, gathered->n_ballot, &gathered->ballot_room,
                                 sizeof *gathered->ballots);
    gathered->ballots[gathered->n_ballot++] = (struct final){
        .on_behalf_of = ballot.on_behalf_of,
        .voter = ballot.voter,
        .seq = seq,
        .weight = ballot.weight,
        .choice = arena_copy(arena, ballot.choice),
        .signature = arena_copy(arena, slice_of(ballot.signature, SIGNATURE_SIZE)).data,
    };
    return true;
}

/* The last version of each batch is in force. */
static bool add_batch(struct gathered *gathered, struct slice payload)
{
    struct paper_batch batch;
    struct arena *arena = &gathered->source->election->arena;
    if (paper_decode(arena_copy(arena, payload), &batch) != ERROR_NONE ||
        !hash_equal(batch.poll_hash, gathered->poll_hash)) {
        return false;
    }
    size_t at = 0;
    while (at < gathered->n_batch && !id_equal(gathered->batches[at].batch, batch.batch)) {
        at++;
    }
    gathered->batches =
        one_more(gathered->batches, at, &gathered->batch_room, sizeof *gathered->batches);
    gathered->batches[at] = batch;
    gathered->n_batch += at == gathered->n_batch;
    return true;
}

static bool add_result(struct gathered *gathered, struct slice payload)
{
    struct result result;
    uint64_t *scores = memory_new(RESULT_MAX_SCORES, sizeof *scores);
    uint16_t *winners = memory_new(RESULT_MAX_WINNERS, sizeof *winners);
    gathered->has_result = result_decode(payload, &result, scores, RESULT_MAX_SCORES, winners,
                                         RESULT_MAX_WINNERS) == ERROR_NONE;
    gathered->lot_secret = result.lot_secret;
    free(scores);
    free(winners);
    return gathered->has_result;
}

static bool add_event(struct gathered *gathered, const struct line *line)
{
    switch (line->leaf.type) {
    case EVENT_POLL_DEFINED:
        return !gathered->defined && add_definition(gathered, line->payload);
    case EVENT_BALLOT:
        return gathered->defined && add_ballot(gathered, line->payload, line->seq);
    case EVENT_PAPER_BATCH:
        return gathered->defined && add_batch(gathered, line->payload);
    case EVENT_RESULT:
        return add_result(gathered, line->payload);
    case EVENT_POLL_REOPENED:
        gathered->has_result = false;
        return true;
    default:
        return true;
    }
}

/* Openings without which nothing can be counted. */
static bool is_needed(uint8_t type)
{
    return type == EVENT_POLL_DEFINED || type == EVENT_BALLOT || type == EVENT_PAPER_BATCH;
}

static enum error gather(struct gathered *gathered)
{
    struct election_source *source = gathered->source;
    struct walk walk;
    struct line line;
    bool good = true;
    enum error error = ERROR_NONE;
    walk_begin(&walk, source->bytes);
    while (error == ERROR_NONE && walk_next(&walk, &line, &good)) {
        if (!id_equal(line.leaf.poll, gathered->poll)) {
            continue;
        }
        if (line.payload.size == 0) {
            error = is_needed(line.leaf.type)
                        ? source_fault(source, walk.line_at,
                                       "every ballot of the vote: this event has no payload, as "
                                       "in an open export or after an erasure")
                        : ERROR_NONE;
            continue;
        }
        struct hash made = event_commitment(line.salt.data, line.leaf.type, line.payload);
        if (!hash_equal(made, line.leaf.commitment) || !add_event(gathered, &line)) {
            error = source_fault(source, walk.line_at, "an event of this vote as it was recorded");
        }
    }
    if (error == ERROR_NONE && !good) {
        error = source_fault(source, walk.line_at, "event %llu of a record, on a line of its own",
                             (unsigned long long)walk.seq - 1);
    }
    walk_end(&walk);
    source->fault->found[0] = '\0';
    return error;
}

/* ---- final ballots ---- */

static int final_order(const void *a, const void *b)
{
    const struct final *left = a, *right = b;
    int order = memcmp(left->on_behalf_of.bytes, right->on_behalf_of.bytes, ID_SIZE);
    return order != 0 ? order : (left->seq > right->seq) - (left->seq < right->seq);
}

static int id_order(const void *a, const void *b)
{
    return memcmp(a, b, ID_SIZE);
}

static void list_on_paper(struct gathered *gathered)
{
    size_t room = 0;
    for (size_t i = 0; i < gathered->n_batch; i++) {
        const struct paper_batch *batch = &gathered->batches[i];
        for (uint32_t voter = 0; voter < batch->n_voter; voter++) {
            gathered->on_paper = one_more(gathered->on_paper, gathered->n_on_paper, &room,
                                          sizeof *gathered->on_paper);
            gathered->on_paper[gathered->n_on_paper++] = paper_voter(batch, voter);
        }
    }
    if (gathered->n_on_paper > 0) {
        qsort(gathered->on_paper, gathered->n_on_paper, sizeof *gathered->on_paper, id_order);
    }
}

static void keep_final(struct gathered *gathered)
{
    struct final *ballots = gathered->ballots;
    size_t kept = 0;
    list_on_paper(gathered);
    if (gathered->n_ballot > 0) {
        qsort(ballots, gathered->n_ballot, sizeof *ballots, final_order);
    }
    for (size_t i = 0; i < gathered->n_ballot; i++) {
        bool last = i + 1 == gathered->n_ballot ||
                    !id_equal(ballots[i].on_behalf_of, ballots[i + 1].on_behalf_of);
        bool paper = gathered->n_on_paper > 0 &&
                     bsearch(&ballots[i].on_behalf_of, gathered->on_paper, gathered->n_on_paper,
                             sizeof *gathered->on_paper, id_order) != NULL;
        if (last && !paper) {
            ballots[kept++] = ballots[i];
        }
    }
    gathered->n_ballot = kept;
}

static uint64_t weight_of_papers(const struct gathered *gathered)
{
    uint64_t weight = 0;
    for (size_t i = 0; i < gathered->n_batch; i++) {
        struct reader reader = reader_of(gathered->batches[i].choices);
        struct paper_choice choice;
        weight += gathered->batches[i].void_weight;
        while (paper_next_choice(&reader, &choice)) {
            weight += choice.weight;
        }
    }
    return weight;
}

/* Nobody casts more than a fraction of the weight cast, mandates included. */
static void apply_cap(struct gathered *gathered)
{
    struct rule_ballot *ballots = memory_new(gathered->n_ballot + 1, sizeof *ballots);
    for (size_t i = 0; i < gathered->n_ballot; i++) {
        const struct final *final = &gathered->ballots[i];
        ballots[i] = (struct rule_ballot){.voter = final->voter,
                                          .on_behalf_of = final->on_behalf_of,
                                          .weight = final->weight,
                                          .of = i};
    }
    rule_cap(&gathered->source->election->definition.rule, ballots, gathered->n_ballot,
             weight_of_papers(gathered));
    for (size_t i = 0; i < gathered->n_ballot; i++) {
        gathered->ballots[ballots[i].of].weight = ballots[i].counted;
    }
    free(ballots);
}

/* ---- into the box ---- */

static enum error put(struct gathered *gathered, struct slice choice, uint32_t heads,
                      uint64_t weight)
{
    struct election *election = gathered->source->election;
    struct result_count *ballots = &election->ballots;
    if (heads > UINT32_MAX - ballots->heads ||
        weight > (uint64_t)ELECTION_WEIGHT_MAX - ballots->weight) {
        return source_fault(gathered->source, 0, "weights that sum up to at most %lld",
                            (long long)ELECTION_WEIGHT_MAX);
    }
    ballots->heads += heads;
    ballots->weight += weight;
    if (choice.size == 0) {
        election->void_papers.heads += heads;
        election->void_papers.weight += weight;
        return ERROR_NONE;
    }
    election->empty.heads += choice.data[0] == FORM_BLANK ? heads : 0;
    election->empty.weight += choice.data[0] == FORM_BLANK ? weight : 0;
    tally_box_add(election->box, choice, heads, weight);
    return ERROR_NONE;
}

static enum error put_batch(struct gathered *gathered, const struct paper_batch *batch)
{
    struct reader reader = reader_of(batch->choices);
    struct paper_choice choice;
    struct slice nothing = {0};
    enum error error = put(gathered, nothing, batch->void_ballots, batch->void_weight);
    while (error == ERROR_NONE && paper_next_choice(&reader, &choice)) {
        if (definition_check_choice(&gathered->source->election->definition, choice.choice) !=
            ERROR_NONE) {
            return source_fault(gathered->source, 0, "papers that choose as the vote allows");
        }
        error = put(gathered, choice.choice, choice.ballots, choice.weight);
    }
    return error;
}

static void draw_seed(struct gathered *gathered)
{
    struct election *election = gathered->source->election;
    struct buffer signatures;
    buffer_init(&signatures, gathered->n_ballot * SIGNATURE_SIZE + 1);
    for (size_t i = 0; i < gathered->n_ballot; i++) {
        buffer_append(&signatures, gathered->ballots[i].signature, SIGNATURE_SIZE);
    }
    election->lot_seed =
        lot_seed(gathered->poll_hash, gathered->lot_secret, crypto_hash(buffer_slice(&signatures)));
    election->has_lot_seed = gathered->has_result;
    buffer_free(&signatures);
}

static enum error fill_box(struct gathered *gathered)
{
    enum error error = ERROR_NONE;
    keep_final(gathered);
    draw_seed(gathered);
    apply_cap(gathered);
    for (size_t i = 0; error == ERROR_NONE && i < gathered->n_ballot; i++) {
        error = put(gathered, gathered->ballots[i].choice, 1, gathered->ballots[i].weight);
    }
    for (size_t i = 0; error == ERROR_NONE && i < gathered->n_batch; i++) {
        error = put_batch(gathered, &gathered->batches[i]);
    }
    return error;
}

/* ---- the whole ---- */

static enum error sentence(struct election_source *source, enum error error, const char *text)
{
    source->fault->line = 0;
    snprintf(source->fault->expected, ELECTION_EXPECTED_SIZE, "%s", text);
    return error;
}

struct search {
    struct id poll;
    size_t count;
};

static bool find_poll(void *context, const struct election_event *event)
{
    struct search *search = context;
    if (event->type == EVENT_POLL_DEFINED) {
        search->poll = event->poll;
        search->count++;
    }
    return true;
}

static enum error choose_poll(struct gathered *gathered)
{
    struct election_source *source = gathered->source;
    struct search search = {.count = 0};
    gathered->poll = source->ask->poll;
    if (!id_is_none(gathered->poll)) {
        return ERROR_NONE;
    }
    election_each_event(source->bytes, find_poll, &search);
    gathered->poll = search.poll;
    return search.count == 1   ? ERROR_NONE
           : search.count == 0 ? sentence(source, ERROR_POLL_UNKNOWN, "no vote was opened")
                               : sentence(source, ERROR_POLL_UNKNOWN, "it holds several votes");
}

/* Another method may count choices of the same form. */
static enum error settle(struct election_source *source)
{
    struct election *election = source->election;
    struct definition *definition = &election->definition;
    uint8_t method = source->ask->method == 0 ? definition->method : source->ask->method;
    if (method != definition->method) {
        if (ballots_form_of(method) != definition->form) {
            return sentence(source, ERROR_POLL_METHOD_UNAVAILABLE,
                            "the ballots of this vote hold choices of another form");
        }
        definition->method = method;
        definition->opt = 0;
    }
    definition->opt |= source->ask->opt;
    if (tally_method_of(method) == NULL) {
        return sentence(source, ERROR_POLL_METHOD_UNAVAILABLE,
                        "the method of this vote is not offered by this version");
    }
    if (source->ask->tie != 0) {
        definition->rule.tie = source->ask->tie;
    }
    definition->seats = source->ask->seats == 0 ? definition->seats : source->ask->seats;
    if (definition->seats > definition->n_option && definition->n_option > 0) {
        return sentence(source, ERROR_POLL_METHOD_UNAVAILABLE,
                        "more places than options cannot be filled");
    }
    election->title = definition->languages[0].question;
    election->names = definition->languages[0].labels;
    return ERROR_NONE;
}

enum error palabre_export_read(struct election_source *source, struct slice scope)
{
    struct gathered gathered = {.source = source};
    if (!slice_equal(scope, slice_text("private 0\n"))) {
        return sentence(source, ERROR_IMPORT_UNREADABLE,
                        "a whole private export (palabre export --with-private): an open one "
                        "holds no ballots");
    }
    enum error error = choose_poll(&gathered);
    if (error == ERROR_NONE) {
        error = gather(&gathered);
    }
    if (error == ERROR_NONE && !gathered.defined) {
        error = sentence(source, ERROR_POLL_UNKNOWN, "this vote was never opened");
    }
    if (error == ERROR_NONE) {
        error = fill_box(&gathered);
    }
    if (error == ERROR_NONE) {
        error = settle(source);
    }
    free(gathered.ballots);
    free(gathered.batches);
    free(gathered.on_paper);
    return error;
}
