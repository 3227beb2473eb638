/* Reading topics: which documents changed since a position.
 *
 * TABLE_TOPIC is ordered by topic, then rev, so a returning client costs one range read. A run never ends in the middle of a
 * rev, so `upto` is always safe to give out as a position. Tombstones are kept: a topic has few of them (votes that closed,
 * things that moved), and a position is therefore never too old, only foreign (another epoch, or beyond the ledger).
 * Start at feed_read(). */
#include "assembly/personal.h"
#include "assembly/registry.h"
#include "assembly/work.h"
#include "base/bytes.h"

#include <string.h>

enum { FEED_WINDOW = 200 }; /* newest documents of a windowed topic in a full answer */

static uint64_t row_rev(struct slice row)
{
    return bytes_get_u64(row.data + TOPIC_KEY_SIZE);
}

static void row_start(struct topic topic, uint64_t rev, uint8_t row[TOPIC_KEY_SIZE + 8])
{
    topic_key(topic, row);
    bytes_put_u64(row + TOPIC_KEY_SIZE, rev);
}

static bool row_is_of(struct slice row, struct topic topic)
{
    return row.size == TOPIC_KEY_SIZE + 8 + DOCUMENT_KEY_SIZE &&
           topic_equal(topic_from_key(slice_of(row.data, TOPIC_KEY_SIZE)), topic);
}

/* The rev before the oldest of the newest FEED_WINDOW live documents. */
static uint64_t window_start(struct store_txn *txn, struct topic topic)
{
    uint8_t end[TOPIC_KEY_SIZE + 8];
    struct slice row, flag;
    uint64_t start = 0;
    size_t live = 0;
    row_start(topic, UINT64_MAX, end);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_TOPIC);
    bool found = store_cursor_before(cursor, slice_of(end, sizeof end), &row, &flag);
    while (found && row_is_of(row, topic)) {
        live += flag.data[0] == 0;
        if (live > FEED_WINDOW) {
            start = row_rev(row);
            break;
        }
        found = store_cursor_previous(cursor, &row, &flag);
    }
    store_cursor_close(cursor);
    return start;
}

static void separate(struct buffer *list)
{
    if (list->size > 0) {
        buffer_append_u8(list, ',');
    }
}

static void append_row(struct store_txn *txn, struct slice row, bool gone, struct buffer *docs,
                       struct buffer *list)
{
    struct id id;
    char text[ID_TEXT_SIZE];
    struct slice bytes;
    const uint8_t *document = row.data + TOPIC_KEY_SIZE + 8;
    memcpy(id.bytes, document + 1, ID_SIZE);
    if (!gone) {
        if (document_bytes(txn, document[0], id, &bytes)) {
            separate(docs);
            buffer_append_slice(docs, bytes);
        }
        return;
    }
    const struct document_shape *shape = registry_document(document[0]);
    if (shape != NULL) {
        id_format(id, text);
        separate(list);
        buffer_format(list, "{\"kind\":\"%s\",\"id\":\"%s\"}", shape->name, text);
    }
}

struct feed_run feed_read(struct store_txn *txn, struct topic topic, uint64_t since,
                          size_t max_bytes, struct buffer *docs, struct buffer *gone)
{
    if (topic.kind == TOPIC_PERSONAL) {
        return personal_read(txn, topic.id, since, max_bytes, docs, gone);
    }
    struct feed_run run = {.upto = since};
    struct slice row, flag;
    uint8_t from[TOPIC_KEY_SIZE + 8];
    uint64_t leaves = ledger_count(txn);
    bool full = since == 0;
    const struct topic_shape *shape = registry_topic(topic.kind);
    if (full && shape != NULL && shape->windowed) {
        since = window_start(txn, topic);
    }
    row_start(topic, since + 1, from);
    struct store_cursor *cursor = store_cursor_open(txn, TABLE_TOPIC);
    bool found = store_cursor_seek(cursor, slice_of(from, sizeof from), &row, &flag);
    while (found && row_is_of(row, topic)) {
        uint64_t rev = row_rev(row);
        if (rev != run.upto && docs->size + gone->size >= max_bytes) {
            run.more = true;
            break;
        }
        bool left = flag.data[0] != 0;
        if (!(left && full)) {
            append_row(txn, row, left, docs, gone);
            run.documents++;
        }
        run.upto = rev;
        found = store_cursor_next(cursor, &row, &flag);
    }
    store_cursor_close(cursor);
    if (!run.more && leaves > 0) {
        run.upto = leaves - 1;
    }
    return run;
}

bool feed_needs_full(struct store_txn *txn, struct topic topic, uint64_t since)
{
    if (topic.kind == TOPIC_PERSONAL) {
        return personal_needs_full(txn, topic.id, since);
    }
    return since == 0 || since >= ledger_count(txn);
}

struct slice feed_epoch(struct store_txn *txn)
{
    struct slice epoch;
    return store_get(txn, TABLE_META, slice_text("feed_epoch"), &epoch) ? epoch : slice_text("");
}

/* ---- names ---- */

static const struct topic_shape *shape_named(struct slice name, bool has_id)
{
    for (const struct concept *const *concept = concept_registry; *concept != NULL; concept ++) {
        const struct topic_shape *shape = (*concept)->topics;
        for (; shape != NULL && shape->code != 0; shape++) {
            if (shape->has_id == has_id && slice_equal(name, slice_text(shape->name))) {
                return shape;
            }
        }
    }
    return NULL;
}

static const struct topic_shape *name_parse(struct store_txn *txn, struct slice name,
                                            struct topic *topic)
{
    const struct topic_shape *shape = shape_named(name, false);
    if (shape != NULL) {
        *topic = topic_plain(shape->code);
        return shape;
    }
    const uint8_t *slash = name.size == 0 ? NULL : memchr(name.data, '/', name.size);
    if (slash == NULL) {
        return NULL;
    }
    size_t length = (size_t)(slash - name.data);
    shape = shape_named(slice_of(name.data, length), true);
    if (shape == NULL) {
        return NULL;
    }
    struct slice reference = slice_of(slash + 1, name.size - length - 1);
    *topic = topic_of(shape->code, reference_find(txn, reference, shape->number));
    return id_is_none(topic->id) ? NULL : shape;
}

bool topic_is_readable(struct store_txn *txn, struct topic topic, const struct caller *caller)
{
    return topic_is_readable_by(txn, topic, caller, caller_who(txn, caller));
}

bool topic_is_readable_by(struct store_txn *txn, struct topic topic, const struct caller *caller,
                          unsigned who)
{
    const struct topic_shape *shape = registry_topic(topic.kind);
    if (caller->scopes != 0 && (caller->scopes & TOKEN_READ) == 0) {
        return false;
    }
    if (shape == NULL || (topic.kind == TOPIC_ME && !id_equal(topic.id, caller->member))) {
        return false;
    }
    return (who & shape->readers) != 0 &&
           (shape->may_read == NULL || shape->may_read(txn, topic.id, caller));
}

enum error topic_find(struct store_txn *txn, struct slice name, const struct caller *caller,
                      struct topic *topic)
{
    const struct topic_shape *shape = name_parse(txn, name, topic);
    if (shape == NULL) {
        return ERROR_TOPIC_UNKNOWN;
    }
    if (shape->code == TOPIC_ME || shape->code == TOPIC_PERSONAL) {
        topic->id = caller->member;
    }
    return topic_is_readable(txn, *topic, caller) ? ERROR_NONE : ERROR_RIGHT_MISSING;
}

void topic_name(struct buffer *out, struct topic topic)
{
    char text[ID_TEXT_SIZE];
    const struct topic_shape *shape = registry_topic(topic.kind);
    if (shape == NULL) {
        return;
    }
    buffer_append_text(out, shape->name);
    if (shape->has_id) {
        id_format(topic.id, text);
        buffer_format(out, "/%s", text);
    }
}
