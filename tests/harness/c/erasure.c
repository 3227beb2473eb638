/* Erased payloads, for every act that any unit test does: world_close() calls erasure_check().
 *
 * A law or a court may ask that words go. Then the leaf stays, its payload is gone, and every later event about the same
 * thing is still there. So apply functions meet events without payload, and events about things that were never created.
 * A variant is the set of sequence numbers that are erased; variants differ by what is chosen. Each is replayed in one
 * transaction that is aborted, so that nothing is written to a disk. Start at erasure_check(). */
#include "tests/harness/c/erasure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assembly/registry.h"
#include "assembly/work.h"
#include "base/bytes.h"
#include "tests/harness/c/fixture.h"

enum {
    EVENTS_MAX = 4096,
    WORD_MAX = 96,
    WORDS_MAX = 256,
    TIMES_MAX = 4 /* that one kind of act is erased alone, or everywhere, in one program */
};

struct subject { /* one event of the record */
    uint64_t seq;
    char word[WORD_MAX]; /* kind of act: type and `what` */
    bool first, last;    /* of its word */
};
struct subjects {
    struct store_txn *from;
    struct store *scratch;
    struct subject *items;
    size_t count;
    uint64_t events;
};

/* What this program has tried: its worlds share most kinds of acts. */
static struct tried {
    char word[WORD_MAX];
    unsigned alone, everywhere;
} tried[WORDS_MAX];

typedef bool erased_function(const struct subject *subject, const void *context);

/* ---- one replay ---- */

static void keep_leaf(struct store_txn *to, struct store_txn *from, uint64_t seq, bool erased)
{
    static const enum table tables[] = {TABLE_LEAF, TABLE_OPENING, TABLE_NOTE};
    uint8_t key[8];
    struct slice value, at = slice_of(key, sizeof key);
    bytes_put_u64(key, seq);
    for (size_t i = 0; i < (erased ? 1 : sizeof tables / sizeof tables[0]); i++) {
        if (store_get(from, tables[i], at, &value)) {
            store_put(to, tables[i], at, value);
        }
    }
}

static bool add_row(void *context, struct slice key, struct slice value)
{
    struct hash *sum = context;
    struct slice parts[] = {hash_slice(sum), key, value};
    *sum = crypto_hash_tagged("erasure", parts, 3);
    return true;
}

static struct hash sum_of(struct store_txn *txn)
{
    static const enum table tables[] = {TABLE_DOCUMENT, TABLE_PLACE, TABLE_TOPIC, TABLE_INDEX};
    struct hash sum = {{0}};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        store_scan(txn, tables[i], slice_text(""), add_row, &sum);
    }
    return sum;
}

static struct hash replay(const struct subjects *all, erased_function *erased, const void *context)
{
    struct store_txn *to;
    struct batch batch = {.quiet = true};
    struct ledger_entry entry;
    size_t next = 0;
    assert_int_equal(store_begin(all->scratch, STORE_WRITE, &to), ERROR_NONE);
    struct work work = {.txn = to, .batch = &batch};
    for (uint64_t seq = 0; seq < all->events; seq++) {
        assert_true(ledger_read(all->from, seq, &entry));
        struct event event = entry.event;
        struct record_at at = {.seq = seq, .time_ms = entry.leaf.time_ms};
        bool without = next < all->count && all->items[next].seq == seq &&
                       erased(&all->items[next++], context);
        if (without) {
            event.payload = event.note = (struct slice){0};
        }
        keep_leaf(to, all->from, seq, without);
        event_apply(&work, &event, &at);
    }
    batch_finish(&work);
    batch_free(&batch);
    struct hash sum = sum_of(to);
    store_abort(to);
    return sum;
}

static void replay_twice(const struct subjects *all, erased_function *erased, const void *context)
{
    struct hash once = replay(all, erased, context), again = replay(all, erased, context);
    assert_true(hash_equal(once, again));
}

/* ---- what is erased ---- */

static bool is_this(const struct subject *subject, const void *context)
{
    return subject == context;
}

static bool is_word(const struct subject *subject, const void *context)
{
    return strcmp(subject->word, context) == 0;
}

static bool is_any(const struct subject *subject, const void *context)
{
    (void)subject;
    (void)context;
    return true;
}

static void name_subject(struct subject *subject, const struct ledger_entry *entry)
{
    const struct event_kind *kind = event_kind_of(entry->event.type);
    json_t *json = kind->is_json ? json_parse_own(entry->event.payload) : NULL;
    const char *what = json_string_value(json_object_get(json, "what"));
    snprintf(subject->word, sizeof subject->word, "%s %s", kind->name, what == NULL ? "" : what);
    json_decref(json);
}

static void find_subjects(struct subjects *all)
{
    struct ledger_entry entry;
    for (; all->events < EVENTS_MAX && ledger_read(all->from, all->events, &entry); all->events++) {
        if (!event_type_is_erasable(entry.event.type) || entry.event.payload.size == 0) {
            continue;
        }
        struct subject *subject = &all->items[all->count++];
        *subject = (struct subject){.seq = all->events, .first = true, .last = true};
        name_subject(subject, &entry);
        for (size_t i = 0; i + 1 < all->count; i++) {
            if (strcmp(all->items[i].word, subject->word) == 0) {
                subject->first = false;
                all->items[i].last = false;
            }
        }
    }
}

static void say(const char *what, const struct subject *subject)
{
    if (getenv("ERASURE") != NULL) {
        fprintf(stderr, "erased %s: %s at %llu\n", what, subject == NULL ? "" : subject->word,
                subject == NULL ? 0ULL : (unsigned long long)subject->seq);
    }
}

static struct tried *tried_find(const char *word)
{
    size_t i = 0;
    while (tried[i].word[0] != '\0' && strcmp(tried[i].word, word) != 0) {
        i++;
        assert_true(i < WORDS_MAX);
    }
    memcpy(tried[i].word, word, WORD_MAX);
    return &tried[i];
}

static void erase_like(const struct subjects *all, const struct subject *subject)
{
    struct tried *times = tried_find(subject->word);
    bool end = subject->first || subject->last;
    if (times->alone < TIMES_MAX && (end || times->alone < TIMES_MAX / 2)) {
        times->alone++;
        say("alone", subject);
        replay(all, is_this, subject);
    }
    if (subject->first && !subject->last && times->everywhere < TIMES_MAX) {
        times->everywhere++;
        say("everywhere", subject);
        replay(all, is_word, subject->word);
    }
}

void erasure_check(struct store_txn *from, struct store *scratch)
{
    struct subjects all = {.from = from, .scratch = scratch};
    all.items = calloc(EVENTS_MAX, sizeof *all.items);
    assert_non_null(all.items);
    find_subjects(&all);
    for (size_t i = 0; i < all.count; i++) {
        erase_like(&all, &all.items[i]);
    }
    say("all", NULL);
    replay_twice(&all, is_any, NULL);
    free(all.items);
}
