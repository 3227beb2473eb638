/* Does the ledger alone give these documents? The ledger of a folder is copied leaf by leaf into an empty scratch store,
 * each event judged and applied there as if it came now (signatures included), then every document and answer is compared
 * byte by byte, both ways. Leaf hashes and the root are recomputed on the way and must give the newest checkpoint's.
 * Start at assembly_check(). */
#include "assembly/erasure.h"
#include "assembly/registry.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "base/fatal.h"

#include <stdio.h>
#include <string.h>

enum { CHECK_BATCH = 4096 };

struct replay {
    struct store_txn *from, *to;
    struct work work;
    struct batch batch;
    struct merkle_edge edge;
    uint64_t last_ms;
    struct erased_ranges erased;
    struct check_report *report;
};

/* The scratch ledger gets the same leaf, opening, note and tree nodes. */
static void copy_leaf(struct replay *replay, const struct ledger_entry *entry)
{
    uint8_t key[8], node[9];
    struct slice value, at = slice_of(key, sizeof key);
    struct merkle_made made[MERKLE_MAX_LEVELS];
    bytes_put_u64(key, entry->seq);
    store_append(replay->to, TABLE_LEAF, at, entry->leaf_bytes);
    if (store_get(replay->from, TABLE_OPENING, at, &value)) {
        store_append(replay->to, TABLE_OPENING, at, value);
    }
    if (store_get(replay->from, TABLE_NOTE, at, &value)) {
        store_append(replay->to, TABLE_NOTE, at, value);
    }
    size_t count = merkle_edge_add(&replay->edge, merkle_leaf(entry->leaf_bytes), made);
    for (size_t i = 0; i < count; i++) {
        node[0] = (uint8_t)made[i].level;
        bytes_put_u64(node + 1, made[i].index);
        store_put(replay->to, TABLE_NODE, slice_of(node, sizeof node), hash_slice(&made[i].hash));
    }
}

static enum error check_entry(struct replay *replay, const struct ledger_entry *entry)
{
    struct record_at at = {.seq = entry->seq,
                           .time_ms = entry->leaf.time_ms,
                           .note_erased =
                               erased_ranges_cover(&replay->erased, entry->seq, ERASE_NOTE)};
    if (entry->leaf.time_ms < replay->last_ms) {
        return ERROR_EVENT_TIME_ORDER;
    }
    replay->last_ms = entry->leaf.time_ms;
    if (entry->event.payload.size == 0 && !event_type_is_erasable(entry->leaf.type)) {
        return ERROR_EVENT_BAD_COMMITMENT;
    }
    if (entry->event.payload.size > 0) {
        struct hash commitment =
            event_commitment(entry->salt.data, entry->leaf.type, entry->event.payload);
        if (!hash_equal(commitment, entry->leaf.commitment)) {
            return ERROR_EVENT_BAD_COMMITMENT;
        }
        enum error error = record_judge(replay->to, &entry->event, &at);
        if (error != ERROR_NONE) {
            return error;
        }
    }
    copy_leaf(replay, entry);
    event_apply(&replay->work, &entry->event, &at);
    return ERROR_NONE;
}

static enum error replay_batch(struct replay *replay, struct store *scratch, uint64_t *next)
{
    struct ledger_entry entry;
    enum error error = store_begin(scratch, STORE_WRITE, &replay->to);
    if (error != ERROR_NONE) {
        return error;
    }
    batch_clear(&replay->batch);
    if (*next == 0) {
        residue_load(replay->from, replay->to);
    }
    replay->work = (struct work){.txn = replay->to, .batch = &replay->batch};
    for (uint64_t end = *next + CHECK_BATCH;
         *next < end && ledger_read(replay->from, *next, &entry); ++*next) {
        error = check_entry(replay, &entry);
        if (error != ERROR_NONE) {
            replay->report->bad_seq = *next;
            store_abort(replay->to);
            return error;
        }
    }
    batch_finish(&replay->work);
    return store_commit(replay->to);
}

/* ---- comparing ---- */

struct compare {
    struct store_txn *other;
    enum table table;
    bool
        count_only_missing; /* the second direction: rows of the scratch store that the folder lacks */
    struct check_report *report;
};

static void name_difference(struct compare *compare, struct slice key)
{
    char text[ID_TEXT_SIZE];
    struct id id;
    if (compare->report->first_difference[0] != 0 || key.size < 1 + ID_SIZE) {
        return;
    }
    memcpy(id.bytes, key.data + key.size - ID_SIZE, ID_SIZE);
    id_format(id, text);
    const struct document_shape *shape =
        compare->table == TABLE_DOCUMENT ? registry_document(key.data[0]) : NULL;
    snprintf(compare->report->first_difference, sizeof compare->report->first_difference, "%s %s",
             shape == NULL ? "answer" : shape->name, text);
}

static bool compare_row(void *context, struct slice key, struct slice value)
{
    struct compare *compare = context;
    struct slice other;
    bool found = store_get(compare->other, compare->table, key, &other);
    if (!compare->count_only_missing && compare->table == TABLE_DOCUMENT) {
        compare->report->documents++;
    }
    if (!found || (!compare->count_only_missing && !slice_equal(value, other))) {
        compare->report->differing++;
        name_difference(compare, key);
    }
    return true;
}

static void compare_table(struct store_txn *from, struct store_txn *to, enum table table,
                          struct check_report *report)
{
    struct compare there = {.other = to, .table = table, .report = report};
    struct compare back = {
        .other = from, .table = table, .report = report, .count_only_missing = true};
    store_scan(from, table, slice_text(""), compare_row, &there);
    store_scan(to, table, slice_text(""), compare_row, &back);
}

static enum error check_root(struct replay *replay)
{
    struct slice note;
    struct hash root;
    enum error error = ledger_root(replay->from, replay->edge.size, &root);
    if (error == ERROR_NONE && (!ledger_checkpoint(replay->from, &note) ||
                                !hash_equal(root, merkle_edge_root(&replay->edge)))) {
        error = ERROR_CHECKPOINT_BAD;
    }
    return error;
}

enum error assembly_check(struct store_txn *from, struct store *to, struct check_report *report,
                          void (*progress)(void *context, uint64_t done, uint64_t total),
                          void *context)
{
    *report = (struct check_report){0};
    struct replay replay = {
        .from = from, .report = report, .edge = merkle_edge_empty(), .batch = {.quiet = true}};
    uint64_t total = ledger_count(from), next = 0;
    enum error error = ERROR_NONE;
    erased_ranges_read(from, &replay.erased);
    if (erased_ranges_hold(&replay.erased, from, &report->bad_seq)) {
        error = ERROR_ERASURE_NOT_DONE;
    }
    while (error == ERROR_NONE && next < total) {
        error = replay_batch(&replay, to, &next);
        if (progress != NULL) {
            progress(context, next, total);
        }
    }
    report->events = next;
    batch_free(&replay.batch);
    erased_ranges_free(&replay.erased);
    if (error == ERROR_NONE) {
        error = check_root(&replay);
    }
    struct store_txn *scratch;
    if (error == ERROR_NONE && (error = store_begin(to, STORE_READ, &scratch)) == ERROR_NONE) {
        compare_table(from, scratch, TABLE_DOCUMENT, report);
        compare_table(from, scratch, TABLE_ANSWER, report);
        store_abort(scratch);
    }
    return error;
}
