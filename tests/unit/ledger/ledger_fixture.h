/* What the tests of the ledger share: the worked record of tests/data/vectors, and replaying it into a store. */
#ifndef PALABRE_TESTS_LEDGER_FIXTURE_H
#define PALABRE_TESTS_LEDGER_FIXTURE_H

#include "tests/harness/c/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/encoding.h"
#include "base/memory.h"
#include "ledger/ledger.h"
#include "ledger/paper.h"
#include "ledger/mandate.h"
#include "ledger/record.h"
#include "ledger/result.h"

static inline uint64_t number_of(const json_t *object, const char *key)
{
    return (uint64_t)json_number_value(json_object_get(object, key));
}

static inline struct id id_of(const json_t *object, const char *key)
{
    struct id id = {{0}};
    char hex[33];
    size_t length = 0;
    for (const char *c = fixture_text(object, key); *c != '\0' && length < 32; c++) {
        if (*c != '-') { /* ids stand as hex or as UUID text */
            hex[length++] = *c;
        }
    }
    hex[length] = '\0';
    struct buffer bytes = fixture_bytes(hex);
    assert_int_equal(bytes.size, ID_SIZE);
    memcpy(id.bytes, bytes.data, ID_SIZE);
    buffer_free(&bytes);
    return id;
}

static inline struct buffer bytes_of(const json_t *object, const char *key)
{
    return fixture_bytes(fixture_text(object, key));
}

static inline void assert_bytes(struct slice a, struct slice b)
{
    assert_int_equal(a.size, b.size);
    if (a.size > 0) {
        assert_memory_equal(a.data, b.data, a.size);
    }
}

static inline void assert_reason(enum error error, const char *reason)
{
    assert_string_equal(error_reason(error), reason);
}

/* One event of a vector, with bytes of its own. */
struct given {
    uint64_t seq, time_ms;
    struct buffer leaf, salt, payload, note;
    struct event event;
};

static inline void given_free(struct given *given)
{
    buffer_free(&given->leaf);
    buffer_free(&given->salt);
    buffer_free(&given->payload);
    buffer_free(&given->note);
}

static inline struct given given_of(const json_t *vector)
{
    struct given given = {.seq = number_of(vector, "seq"), .time_ms = number_of(vector, "time_ms")};
    given.leaf = bytes_of(vector, "leaf");
    given.salt = bytes_of(vector, "salt");
    given.payload = bytes_of(vector, "payload");
    given.note = fixture_bytes(json_object_get(vector, "note") ? fixture_text(vector, "note") : "");
    given.event = (struct event){
        .type = (uint8_t)number_of(vector, "type"),
        .poll = id_of(vector, "poll"),
        .payload = buffer_slice(&given.payload),
        .note = buffer_slice(&given.note),
    };
    return given;
}

/* The same from a line of an export, whose opening may be absent. */
static inline struct buffer base64_of(const json_t *line, const char *key)
{
    struct buffer bytes;
    buffer_init(&bytes, (size_t)PAYLOAD_MAX);
    const char *text = json_string_value(json_object_get(line, key));
    if (text != NULL) {
        assert_true(encoding_from_base64(slice_text(text), &bytes));
    }
    return bytes;
}

static inline struct given given_of_line(const char *text)
{
    json_error_t problem;
    json_t *line = json_loads(text, 0, &problem);
    assert_non_null(line);
    struct given given = {.seq = number_of(line, "seq")};
    given.leaf = base64_of(line, "leaf");
    given.salt = base64_of(line, "salt");
    given.payload = base64_of(line, "payload");
    given.note = base64_of(line, "note");
    given.event.payload = buffer_slice(&given.payload);
    given.event.note = buffer_slice(&given.note);
    json_decref(line);
    return given;
}

/* A store in a temporary folder with a ledger on it. */
struct scratch {
    char *folder;
    struct store *store;
    struct store_txn *txn; /* the open write transaction, or NULL */
    struct ledger *ledger;
    struct key_pair key;
};

static inline void scratch_begin(struct scratch *scratch)
{
    assert_int_equal(store_begin(scratch->store, STORE_WRITE, &scratch->txn), ERROR_NONE);
}

static inline void scratch_commit(struct scratch *scratch)
{
    assert_int_equal(store_commit(scratch->txn), ERROR_NONE);
    scratch->txn = NULL;
}

static inline void scratch_open(struct scratch *scratch)
{
    struct store_options options = {.map_bytes = 256U << 20, .not_durable = true};
    char message[256] = "";
    assert_true(crypto_start());
    *scratch = (struct scratch){.folder = fixture_folder()};
    if (store_open(scratch->folder, true, &options, &scratch->store, message) != ERROR_NONE) {
        fail_msg("%s", message);
    }
    json_t *keys = fixture_vectors("keys.json");
    struct hash seed = fixture_hash(keys, "ledger_seed");
    scratch->key = crypto_key_pair(seed.bytes);
    json_decref(keys);
}

static inline void scratch_close(struct scratch *scratch)
{
    if (scratch->txn != NULL) {
        store_abort(scratch->txn);
    }
    ledger_close(scratch->ledger);
    store_close(scratch->store);
    fixture_remove(scratch->folder);
}

/* Appends the first `count` events of events.json as the server does, one transaction each. */
static inline void scratch_replay(struct scratch *scratch, const json_t *events, size_t from,
                                  size_t count)
{
    for (size_t i = from; i < count; i++) {
        struct given given = given_of(json_array_get(events, i));
        struct record_at at = {.seq = i, .time_ms = given.time_ms};
        scratch_begin(scratch);
        if (i == 0) {
            struct payload_genesis genesis;
            assert_reason(record_judge(scratch->txn, &given.event, &at), "");
            assert_int_equal(payload_decode_genesis(given.event.payload, &genesis), ERROR_NONE);
            assert_int_equal(ledger_create(scratch->txn, genesis.org, genesis.origin, &scratch->key,
                                           given.time_ms, given.salt.data),
                             ERROR_NONE);
            assert_int_equal(ledger_open(scratch->txn, &scratch->key, &scratch->ledger),
                             ERROR_NONE);
        } else {
            assert_int_equal(ledger_begin(scratch->ledger, given.time_ms), given.time_ms);
            assert_int_equal(ledger_next(scratch->ledger), i);
            assert_reason(record_judge(scratch->txn, &given.event, &at), "");
            record_apply(scratch->txn, &given.event, &at);
            assert_int_equal(
                ledger_append(scratch->ledger, scratch->txn, &given.event, given.salt.data), i);
            ledger_seal(scratch->ledger, scratch->txn);
        }
        scratch_commit(scratch);
        ledger_committed(scratch->ledger);
        given_free(&given);
    }
}

/* ---- exported records, line by line ---- */

struct lines {
    const char **items;
    size_t count;
};

/* The first `keep` lines of a base, then the case's own. */
static inline struct lines lines_of(const json_t *file, const json_t *one)
{
    json_t *base = json_object_get(json_object_get(file, "bases"), fixture_text(one, "base"));
    json_t *own = json_object_get(one, "lines");
    size_t keep = (size_t)number_of(one, "keep");
    struct lines lines = {.count = keep + json_array_size(own)};
    lines.items = memory_new(lines.count + 1, sizeof *lines.items);
    for (size_t i = 0; i < lines.count; i++) {
        json_t *line = i < keep ? json_array_get(base, i) : json_array_get(own, i - keep);
        lines.items[i] = json_string_value(line);
        assert_non_null(lines.items[i]);
    }
    return lines;
}

/* Marks the seqs that erasures cover. */
static inline void mark_erased(struct lines lines, bool *erased)
{
    for (size_t i = 0; i < lines.count; i++) {
        struct given given = given_of_line(lines.items[i]);
        struct payload_erasure erasure;
        if (given.leaf.size == LEAF_SIZE && given.leaf.data[1] == EVENT_ERASURE &&
            payload_decode_erasure(given.event.payload, &erasure) == ERROR_NONE) {
            for (uint32_t r = 0; r < erasure.count; r++) {
                struct payload_range range = payload_erasure_range(&erasure, r);
                for (uint64_t seq = range.first;
                     seq < range.first + range.count && seq < lines.count; seq++) {
                    erased[seq] = true;
                }
            }
        }
        given_free(&given);
    }
}

/* Judge, append, apply. */
static inline enum error take_line(struct scratch *scratch, const char *text, bool erased)
{
    struct given given = given_of_line(text);
    struct leaf leaf;
    enum error error = leaf_decode(buffer_slice(&given.leaf), &leaf);
    if (error == ERROR_NONE) {
        given.event.type = leaf.type;
        given.event.poll = leaf.poll;
        struct record_at at = {
            .seq = ledger_next(scratch->ledger), .time_ms = leaf.time_ms, .note_erased = erased};
        error = ledger_append_leaf(scratch->ledger, scratch->txn, buffer_slice(&given.leaf),
                                   buffer_slice(&given.salt), &given.event);
        if (error == ERROR_NONE) {
            error = record_judge(scratch->txn, &given.event, &at);
        }
        if (error == ERROR_NONE) {
            record_apply(scratch->txn, &given.event, &at);
        }
    }
    given_free(&given);
    return error;
}

static inline enum error replay(struct scratch *scratch, struct lines lines, size_t *stopped)
{
    bool *erased = memory_new(lines.count + 1, sizeof *erased);
    enum error error = ERROR_NONE;
    mark_erased(lines, erased);
    scratch_begin(scratch);
    assert_reason(ledger_open(scratch->txn, NULL, &scratch->ledger), "");
    ledger_begin(scratch->ledger, 0);
    for (*stopped = 0; *stopped < lines.count && error == ERROR_NONE; ++*stopped) {
        error = take_line(scratch, lines.items[*stopped], erased[*stopped]);
    }
    *stopped -= error != ERROR_NONE ? 1 : 0;
    free(erased);
    return error;
}

/* Copies bytes into memory of exactly that size, so that a read past the end is seen. free() */
static inline struct slice exact_copy(struct slice bytes, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);
    assert_non_null(copy);
    if (size > 0) {
        memcpy(copy, bytes.data, size);
    }
    return slice_of(copy, size);
}
static inline void exact_free(struct slice copy)
{
    union {
        const uint8_t *constant;
        uint8_t *mutable;
    } data = {.constant = copy.data};
    free(data.mutable);
}

/* The decoder of a type; JSON is never decoded here. */
static inline enum error decode_any(uint8_t type, struct slice payload)
{
    static uint64_t scores[RESULT_MAX_SCORES];
    static uint16_t winners[RESULT_MAX_WINNERS];
    union {
        struct payload_genesis genesis;
        struct payload_member member;
        struct payload_key_added added;
        struct payload_key_revoked revoked;
        struct payload_poll_opened opened;
        struct payload_poll_closed closed;
        struct payload_poll_extended extended;
        struct payload_poll_reopened reopened;
        struct payload_poll_cancelled cancelled;
        struct payload_epoch epoch;
        struct payload_erasure erasure;
        struct ballot ballot;
        struct mandate mandate;
        struct mandate_end end;
        struct paper_batch paper;
        struct result result;
        struct definition definition;
        uint32_t count;
    } value;
    struct arena arena;
    enum error error;
    switch (type) {
    case EVENT_GENESIS:
        return payload_decode_genesis(payload, &value.genesis);
    case EVENT_MEMBER:
        return payload_decode_member(payload, &value.member);
    case EVENT_KEY_ADDED:
        return payload_decode_key_added(payload, &value.added);
    case EVENT_KEY_REVOKED:
        return payload_decode_key_revoked(payload, &value.revoked);
    case EVENT_ROLL:
    case EVENT_ROLL_ADDED:
        return roll_decode(payload, &value.count);
    case EVENT_POLL_DEFINED:
        arena_init(&arena, DEFINITION_ARENA);
        error = definition_decode(payload, &arena, &value.definition);
        arena_free(&arena);
        return error;
    case EVENT_POLL_OPENED:
        return payload_decode_poll_opened(payload, &value.opened);
    case EVENT_MANDATE:
        return mandate_decode(payload, &value.mandate);
    case EVENT_MANDATE_ENDED:
        return mandate_end_decode(payload, &value.end);
    case EVENT_BALLOT:
        return ballot_decode(payload, &value.ballot);
    case EVENT_PAPER_BATCH:
        return paper_decode(payload, &value.paper);
    case EVENT_POLL_CLOSED:
        return payload_decode_poll_closed(payload, &value.closed);
    case EVENT_RESULT:
        return result_decode(payload, &value.result, scores, RESULT_MAX_SCORES, winners,
                             RESULT_MAX_WINNERS);
    case EVENT_ERASURE:
        return payload_decode_erasure(payload, &value.erasure);
    case EVENT_EPOCH:
        return payload_decode_epoch(payload, &value.epoch);
    case EVENT_POLL_EXTENDED:
        return payload_decode_poll_extended(payload, &value.extended);
    case EVENT_POLL_REOPENED:
        return payload_decode_poll_reopened(payload, &value.reopened);
    case EVENT_POLL_CANCELLED:
        return payload_decode_poll_cancelled(payload, &value.cancelled);
    default:
        fail_msg("no decoder for type %u", type);
        return ERROR_NONE;
    }
}

/* Good as it is; refused at every shorter length and with one byte more; no flip of a bit reads outside. */
static inline void check_strictness(uint8_t type, struct slice payload)
{
    assert_reason(decode_any(type, payload), "");
    for (size_t size = 0; size < payload.size; size++) {
        struct slice cut = exact_copy(payload, size);
        assert_int_not_equal(decode_any(type, cut), ERROR_NONE);
        exact_free(cut);
    }
    uint8_t *bytes = memory_new(payload.size + 1, 1);
    memcpy(bytes, payload.data, payload.size);
    assert_int_not_equal(decode_any(type, slice_of(bytes, payload.size + 1)), ERROR_NONE);
    for (size_t i = 0; i < payload.size * 8; i++) {
        bytes[i / 8] ^= (uint8_t)(1U << (i % 8));
        struct slice flipped = exact_copy(slice_of(bytes, payload.size), payload.size);
        (void)decode_any(type, flipped);
        exact_free(flipped);
        bytes[i / 8] ^= (uint8_t)(1U << (i % 8));
    }
    free(bytes);
}

#endif
