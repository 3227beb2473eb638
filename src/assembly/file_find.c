/* Files attached, asked for by the server: who may fetch bytes, whether anything still holds them, which there are.
 *
 * All three read INDEX_FILE_BY_HASH. A file may be fetched by whoever may read one of the topics in which its document stands,
 * so rights of files need no rules of their own. Bytes are held by a document, also a hidden one, or by an upload that may
 * still be attached; the margin is for transactions that run while the shelf looks. Start at file_find(). */
#include "assembly/file.h"

struct search {
    struct store_txn *txn;
    const struct caller *caller;
    struct slice name;
    struct file_found *found;
    bool any;
};

static bool look_at(void *context, struct slice key, struct slice value)
{
    struct search *search = context;
    struct id id;
    (void)key;
    memcpy(id.bytes, value.data, ID_SIZE);
    if (!document_is_readable(search->txn, DOCUMENT_FILE, id, search->caller)) {
        return true;
    }
    json_t *file = document_load(search->txn, DOCUMENT_FILE, id);
    struct slice name = json_get_text(file, "name");
    bool exact = slice_equal(name, search->name);
    if (name.size > 0 && name.size < sizeof search->found->name && (exact || !search->any)) {
        enum media_type type = media_find(json_get_text(file, "type"));
        memcpy(search->found->name, name.data, name.size);
        search->found->name[name.size] = '\0';
        search->found->content_type = media_content_type(type);
        search->found->picture = media_is_picture(type);
        search->any = true;
    }
    json_decref(file);
    return !exact;
}

enum error file_find(struct store_txn *txn, const struct hash *sha256, struct slice name,
                     const struct caller *caller, struct file_found *found)
{
    struct search search = {.txn = txn, .caller = caller, .name = name, .found = found};
    struct index_key prefix = file_hash_prefix(sha256);
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), look_at, &search);
    return search.any ? ERROR_NONE : ERROR_FILE_UNKNOWN;
}

struct keeping {
    uint64_t now_ms;
    bool kept;
};

static bool any_row(void *context, struct slice key, struct slice value)
{
    struct keeping *keeping = context;
    (void)value;
    keeping->kept = key.size > 0;
    return false;
}

static bool live_row(void *context, struct slice key, struct slice value)
{
    struct keeping *keeping = context;
    (void)key;
    keeping->kept = keeping->now_ms <= file_upload_decode(value).until_ms + FILE_SWEEP_MARGIN_MS;
    return !keeping->kept;
}

bool file_is_kept(struct store_txn *txn, const struct hash *sha256, uint64_t now_ms)
{
    struct keeping keeping = {.now_ms = now_ms};
    struct index_key attached = file_hash_prefix(sha256);
    struct index_key sent = index_key(SECRET_UPLOAD);
    index_key_hash(&sent, sha256);
    store_scan(txn, TABLE_INDEX, index_key_slice(&attached), any_row, &keeping);
    if (!keeping.kept) {
        store_scan(txn, TABLE_SECRET, index_key_slice(&sent), live_row, &keeping);
    }
    return keeping.kept;
}

struct each {
    struct store_txn *txn;
    void (*visit)(void *context, const struct hash *sha256, bool shown);
    void *context;
    struct hash hash;
    bool any, shown;
};

static void visit_last(struct each *each)
{
    if (each->any) {
        each->visit(each->context, &each->hash, each->shown);
    }
}

static bool each_row(void *context, struct slice key, struct slice value)
{
    struct each *each = context;
    struct hash hash;
    struct id id;
    memcpy(hash.bytes, key.data + 1, HASH_SIZE);
    memcpy(id.bytes, value.data, ID_SIZE);
    if (!each->any || !hash_equal(hash, each->hash)) {
        visit_last(each);
        each->hash = hash;
        each->any = true;
        each->shown = false;
    }
    json_t *file = document_load(each->txn, DOCUMENT_FILE, id);
    each->shown |= !json_get_flag(file, "hidden");
    json_decref(file);
    return true;
}

void file_each(struct store_txn *txn,
               void (*visit)(void *context, const struct hash *sha256, bool shown), void *context)
{
    struct each each = {.txn = txn, .visit = visit, .context = context};
    struct index_key prefix = index_key(INDEX_FILE_BY_HASH);
    store_scan(txn, TABLE_INDEX, index_key_slice(&prefix), each_row, &each);
    visit_last(&each);
}
